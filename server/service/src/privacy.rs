//! What the box knows of one child: given out to whoever must answer for it, and erased. Names go into the child's own
//! export and nowhere else.

use crate::export::{line, rfc3339};
use crate::live::Happening;
use crate::sign_in::Viewer;
use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Actor, Profile, StaffRole};
use chalkbox_domain::ids::{ClassId, LearnerId, StaffId};
use chalkbox_store::EraseError;
use serde_json::json;

/// Why a child's facts were not given out or erased.
#[derive(Debug, thiserror::Error)]
pub enum PrivacyError {
    /// Not for this person.
    #[error("this is for leaders and technologists")]
    NotYours,
    /// No such child, or erased before.
    #[error("there is no such learner")]
    NoSuchLearner,
    /// The name that was typed is not the child's.
    #[error("name: it is not the name of the child")]
    OtherName,
    /// Too much waits to be written.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The disk refused.
    #[error("the child’s facts cannot be read or erased: {0}")]
    Store(String),
    /// It was stored that the child is to be erased, and could not be finished; the child is in no class any more.
    #[error(
        "the erasing is noted and not done yet; the box goes on with it, at the latest when it is started again: {0}"
    )]
    Unfinished(String),
}

impl From<StoreTrouble> for PrivacyError {
    fn from(trouble: StoreTrouble) -> Self {
        match trouble {
            StoreTrouble::Busy => Self::Busy,
            StoreTrouble::Failed(reason) => Self::Store(reason),
        }
    }
}

/// A child as the privacy pages list it, those who left included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildView {
    /// Who.
    pub id: LearnerId,
    /// First name as shown.
    pub display_name: String,
    /// Number of the drawn face.
    pub avatar: u8,
    /// The class.
    pub class: ClassId,
    /// Its name.
    pub class_name: String,
    /// Entries of the log about the child; counted for one child only.
    pub entries: Option<usize>,
}

/// What an erasing left to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErasedView {
    /// Whether there is a backup on the card. It is made anew without the child, in the background;
    /// [`Chalkbox::renewal`] tells how that goes.
    pub has_card_backup: bool,
}

fn may(roles: &[StaffRole]) -> Result<(), PrivacyError> {
    let allowed = roles.iter().any(|role| matches!(role, StaffRole::Leader | StaffRole::Technologist));
    if allowed { Ok(()) } else { Err(PrivacyError::NotYours) }
}

/// Names are the same when a person would say so: blanks and capitals do not matter.
fn same_name(typed: &str, name: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(typed) == plain(name)
}

fn child_view(profile: &Profile, class_name: String) -> ChildView {
    ChildView {
        id: profile.id,
        display_name: profile.display_name.clone(),
        avatar: profile.avatar,
        class: profile.class,
        class_name,
        entries: None,
    }
}

impl Chalkbox {
    /// Every child of the school once, by class and name; last those who left.
    ///
    /// # Errors
    /// For whoever is neither leader nor technologist.
    pub fn children(&self, roles: &[StaffRole]) -> Result<Vec<ChildView>, PrivacyError> {
        may(roles)?;
        let people = self.people();
        let mut list = Vec::with_capacity(people.learners.len());
        for class in people.classes_by_name() {
            list.extend(people.learners_of(class.id).into_iter().map(|l| child_view(l, class.name.clone())));
        }
        list.extend(
            people
                .learners
                .values()
                .filter(|l| !l.active && people.links.stands(l.id))
                .map(|l| child_view(l, String::new())),
        );
        Ok(list)
    }

    fn profile_of(&self, roles: &[StaffRole], learner: LearnerId) -> Result<Profile, PrivacyError> {
        may(roles)?;
        let people = self.people();
        let found = people.learners.get(&learner).filter(|_| people.links.stands(learner));
        found.cloned().ok_or(PrivacyError::NoSuchLearner)
    }

    fn class_name_of(&self, profile: &Profile) -> String {
        self.people().classes.get(&profile.class).map(|c| c.name.clone()).unwrap_or_default()
    }

    /// One child, with the number of entries about it.
    ///
    /// # Errors
    /// For others than leaders and technologists, for a child that is not there, and when the store cannot be read.
    pub fn child(&self, roles: &[StaffRole], learner: LearnerId) -> Result<ChildView, PrivacyError> {
        let profile = self.profile_of(roles, learner)?;
        let entries = self.store().events_of(learner, 0).map_err(StoreTrouble::from)?.len();
        let class_name = self.class_name_of(&profile);
        Ok(ChildView { entries: Some(entries), ..child_view(&profile, class_name) })
    }

    /// Everything about one child as JSON Lines: first who it is, and under which other ids it was entered, then every entry of the log in the order in which it
    /// happened. Codes and cards stay on the box.
    ///
    /// # Errors
    /// As [`Self::child`].
    pub fn export_learner(&self, roles: &[StaffRole], learner: LearnerId) -> Result<String, PrivacyError> {
        let profile = self.profile_of(roles, learner)?;
        let events = self.store().events_of(learner, 0).map_err(StoreTrouble::from)?;
        let about = json!({
            "type": "about",
            "learner": learner,
            "also": self.people().links.all(learner)[1..],
            "display_name": profile.display_name,
            "class": self.class_name_of(&profile),
            "grade": profile.grade,
            "locale": profile.locale,
            "in_school": profile.active,
            "school": self.box_info().school,
            "written": rfc3339(self.store().now_ms()),
            "entries": events.len(),
        });
        let mut out = format!("{about}\n");
        for event in &events {
            out.push_str(&line(event).map_err(|error| PrivacyError::Store(error.to_string()))?);
            out.push('\n');
        }
        Ok(out)
    }

    /// Erases a child under all its ids: its entries, its name, its sign-ins. The backup on the card is made anew afterwards, see
    /// [`Self::follow_erasing`]. The name must be typed again.
    ///
    /// # Errors
    /// As [`Self::child`]; [`PrivacyError::OtherName`]. Nothing was erased then; only after [`PrivacyError::Unfinished`] it
    /// goes on.
    pub fn erase_learner(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        learner: LearnerId,
        typed: &str,
    ) -> Result<ErasedView, PrivacyError> {
        let one_at_a_time = self.administration();
        let profile = self.profile_of(roles, learner)?;
        if !same_name(typed, &profile.display_name) {
            return Err(PrivacyError::OtherName);
        }
        // An answer that is being decided on is stored before, and erased with the others; the next finds no learner.
        let turn = self.turn_of(learner);
        let entries = self.take_out(learner);
        drop(turn);
        // Others work on meanwhile: the store needs minutes for a large school.
        drop(one_at_a_time);
        self.note_erasing(learner);
        match self.store().erase(learner, Actor::Staff(member)) {
            Ok(_) => self.note_erased(learner),
            Err(EraseError::Submit(error)) => {
                self.note_not_erased(learner);
                let _one_at_a_time = self.administration();
                for entry in entries {
                    self.leaving().remove(&entry.id);
                    self.people_mut().learners.insert(entry.id, entry);
                }
                return Err(StoreTrouble::from(error).into());
            }
            Err(EraseError::Store(error)) => return Err(PrivacyError::Unfinished(error.to_string())),
        }
        self.clear_copies();
        let gone = Happening::Presence { learner, here: false, at_ms: self.clock().unix_ms() };
        self.live().tell(profile.class, &gone);
        Ok(ErasedView { has_card_backup: self.has_card_backup() })
    }

    /// Takes a child out of the school, every entry of it.
    fn take_out(&self, learner: LearnerId) -> Vec<Profile> {
        let ids = self.people().links.all(learner);
        self.leaving().extend(&ids);
        let entries = {
            let mut people = self.people_mut();
            ids.iter().filter_map(|id| people.learners.remove(id)).collect()
        };
        ids.into_iter().for_each(|id| self.forget_learner(id));
        entries
    }

    /// Forgets a learner who is not in the school any more: sign-ins, a raised hand, answers that wait.
    pub(crate) fn forget_learner(&self, learner: LearnerId) {
        self.sign_ins().end_all(|viewer| *viewer == Viewer::Learner(learner));
        self.hands().remove(&learner);
        self.let_ins().forget(learner);
        self.waiting.forget(learner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_whatever_its_blanks_and_capitals() {
        assert!(same_name("  amina  k ", "Amina K"));
        assert!(same_name("ÉLODIE", "Élodie"));
        for other in ["", "Amin", "Amina", "AminaK"] {
            assert!(!same_name(other, "Amina K"), "{other}");
        }
    }
}
