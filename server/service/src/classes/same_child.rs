//! The same child twice: entered on two boxes whose events came together, or twice on one. Who teaches the child says so; what
//! is known becomes that of one child, and can be parted again.

use super::{ClassError, Face};
use crate::Chalkbox;
use crate::live::Happening;
use chalkbox_domain::event::{Actor, Profile, StaffRole};
use chalkbox_domain::ids::{LearnerId, StaffId};
use chalkbox_domain::near::nearest;
use chalkbox_store::LinkError;

/// A child with the class that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who, with name and face.
    pub face: Face,
    /// The class's name; empty: the child has left.
    pub class: String,
}

/// One child, as whom else it was entered, and who else it may be.
#[derive(Debug, Clone)]
pub struct SameChild {
    /// The child.
    pub child: Entry,
    /// Whether the asker may open the child's page as a teacher.
    pub is_theirs: bool,
    /// Other entries that are this child by now.
    pub joined: Vec<Entry>,
    /// Entries whose names are the same or nearly.
    pub alike: Vec<Entry>,
    /// All others that the asker may join.
    pub others: Vec<Entry>,
}

impl From<LinkError> for ClassError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::NotReady => Self::Busy,
            LinkError::Submit(error) => crate::StoreTrouble::from(error).into(),
            other @ (LinkError::Already | LinkError::Store(_)) => Self::Store(other.to_string()),
        }
    }
}

fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether two names may be one: the same but for a slip of the pen.
fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    one == other || nearest(&one, std::iter::once(other.as_str())).is_some()
}

impl Chalkbox {
    /// One child, as whom else it was entered, and who else it may be, by class and name.
    ///
    /// # Errors
    /// For whoever neither teaches the child nor leads the school, and for a child that is not there.
    pub fn same_child(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        learner: LearnerId,
    ) -> Result<SameChild, ClassError> {
        let child = self.to_join(member, roles, learner)?;
        let is_theirs = self.theirs(member, roles, learner).is_ok();
        let people = self.people();
        let entry = |profile: &Profile| {
            let class = people.classes.get(&profile.class).filter(|_| profile.active);
            Entry { face: self.face(profile), class: class.map(|class| class.name.clone()).unwrap_or_default() }
        };
        let mut joined: Vec<Entry> =
            people.links.all(learner).iter().skip(1).filter_map(|id| people.learners.get(id)).map(entry).collect();
        joined.sort_by(|a, b| (&a.class, &a.face.display_name).cmp(&(&b.class, &b.face.display_name)));
        let (mut alike, mut others) = (Vec::new(), Vec::new());
        for class in people.classes_by_name() {
            let may = roles.contains(&StaffRole::Leader) || people.may_change(member, roles, class);
            for profile in people.learners_of(class.id).into_iter().filter(|l| may && l.id != learner) {
                let list = if are_alike(&profile.display_name, &child.display_name) { &mut alike } else { &mut others };
                list.push(entry(profile));
            }
        }
        Ok(SameChild { child: entry(&child), is_theirs, joined, alike, others })
    }

    /// From here on `other` is the same child as `learner`, under whose name and class it goes on. Nothing that either has done
    /// is lost. Takes as long as everything takes to be read once.
    ///
    /// # Errors
    /// As [`Self::same_child`], for either; and when it cannot be stored, or the box is still at work on what was before.
    pub fn join_children(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        learner: LearnerId,
        other: LearnerId,
    ) -> Result<(), ClassError> {
        self.to_join(member, roles, learner)?;
        if learner == other {
            return Ok(());
        }
        let leaves = match self.to_join(member, roles, other) {
            // Sent twice: it is done.
            Err(_) if self.people().links.one(other) == learner => return Ok(()),
            profile => profile?,
        };
        // What a tablet still holds under the other entry is taken when the child has come in as this one.
        self.forget_learner(other);
        match self.store().link(other, learner, Actor::Staff(member)) {
            Ok(()) | Err(LinkError::Already) => {}
            Err(error) => return Err(error.into()),
        }
        self.read_links();
        self.forget_learner(other);
        let gone = Happening::Presence { learner: other, here: false, at_ms: self.clock().unix_ms() };
        self.live().tell(leaves.class, &gone);
        Ok(())
    }

    /// Takes it back that `other` is the same child as `learner`.
    ///
    /// # Errors
    /// As [`Self::join_children`].
    pub fn part_children(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        learner: LearnerId,
        other: LearnerId,
    ) -> Result<(), ClassError> {
        let learner = self.people().links.one(learner);
        self.to_join(member, roles, learner)?;
        // Two boxes may have said it both ways round; then both words are taken back.
        for said in [other, learner] {
            let links = self.store().links();
            if links.one(other) != links.one(learner) {
                break;
            }
            match self.store().unlink(said, Actor::Staff(member)) {
                Ok(()) | Err(LinkError::Already) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.read_links();
        Ok(())
    }

    fn read_links(&self) {
        let _one_at_a_time = self.administration();
        let links = self.store().links();
        self.people_mut().links = links;
    }

    /// A child that this member of staff may join with another: of a class that is theirs, and any for a leader.
    fn to_join(&self, member: StaffId, roles: &[StaffRole], learner: LearnerId) -> Result<Profile, ClassError> {
        if roles.contains(&StaffRole::Leader) {
            return self.people().learner(learner).cloned().ok_or(ClassError::NoSuchLearner);
        }
        self.theirs(member, roles, learner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_but_for_a_slip() {
        for (one, other) in
            [("Amina", "amina "), ("Amina K", "Amina  k"), ("Aminata", "Aminatta"), ("Élodie", "Elodie")]
        {
            assert!(are_alike(one, other), "{one} {other}");
        }
        for (one, other) in [("Amina", "Kofi"), ("Ama", "Omar"), ("", "Ines")] {
            assert!(!are_alike(one, other), "{one} {other}");
        }
    }
}
