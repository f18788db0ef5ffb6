//! What changes a class: learners by name, codes and cards, open or closed.

use super::ClassError;
use crate::Chalkbox;
use crate::setup::{ClassDraft, MOST_IN_A_CLASS, random_id, random_pictures};
use crate::sign_in::{Viewer, hex};
use chalkbox_domain::event::{Actor, EventBody, Profile, StaffRole};
use chalkbox_domain::ids::{ClassId, LearnerId, StaffId};

/// A learner's new card for the way in. Shown once: the box keeps hashes only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardMade {
    /// Whose.
    pub learner: LearnerId,
    /// First name as shown.
    pub display_name: String,
    /// Number of the drawn face.
    pub avatar: u8,
    /// The token on the card: it signs in, and says nothing of whom.
    pub token: String,
    /// The new three pictures; none when those from before stay.
    pub pictures: Option<Vec<u8>>,
}

impl Chalkbox {
    /// Makes a new picture code for a learner; the old one ends. Shown once, kept only as a keyed hash.
    pub fn new_code(&self, member: StaffId, roles: &[StaffRole], learner: LearnerId) -> Result<Vec<u8>, ClassError> {
        let _one_at_a_time = self.administration();
        let mut profile = self.theirs(member, roles, learner)?;
        let pictures = self.renew_pictures(&mut profile)?;
        self.administer(Actor::Staff(member), vec![EventBody::ProfileSet(profile)])?;
        Ok(pictures)
    }

    fn renew_pictures(&self, profile: &mut Profile) -> Result<Vec<u8>, ClassError> {
        let pictures = random_pictures().map_err(no_random)?;
        profile.code = Some(crate::doors::pictures_hash(self, profile.id, &pictures));
        Ok(pictures)
    }

    /// Makes a new card for every learner of a class, or for one; the old cards end. `pictures`: new picture codes for
    /// all of them too; whoever has none gets one in any case.
    pub fn new_cards(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        class: ClassId,
        only: Option<LearnerId>,
        pictures: bool,
    ) -> Result<Vec<CardMade>, ClassError> {
        let _one_at_a_time = self.administration();
        self.may_change(member, roles, class)?;
        let mut profiles: Vec<Profile> = self.people().learners_of(class).into_iter().cloned().collect();
        if let Some(only) = only {
            profiles.retain(|p| p.id == only);
            if profiles.is_empty() {
                return Err(ClassError::NoSuchLearner);
            }
        }
        let mut made = Vec::with_capacity(profiles.len());
        for profile in &mut profiles {
            let token = hex(&random_id().map_err(no_random)?);
            profile.card = Some(self.seal_key().keyed_hash("card", token.as_bytes()));
            let pictures = if pictures || profile.code.is_none() { Some(self.renew_pictures(profile)?) } else { None };
            made.push(CardMade {
                learner: profile.id,
                display_name: profile.display_name.clone(),
                avatar: profile.avatar,
                token,
                pictures,
            });
        }
        self.administer(Actor::Staff(member), profiles.into_iter().map(EventBody::ProfileSet).collect())?;
        Ok(made)
    }

    /// Opens or closes a class for sign-in. Closing signs its learners out.
    pub fn open_or_close(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        class: ClassId,
        open: bool,
    ) -> Result<(), ClassError> {
        let _one_at_a_time = self.administration();
        self.may_change(member, roles, class)?;
        let mut found = self.people().classes.get(&class).cloned().ok_or(ClassError::NoSuchClass)?;
        if found.open == open {
            return Ok(());
        }
        found.open = open;
        self.administer(Actor::Staff(member), vec![EventBody::ClassSet(found)])?;
        if !open {
            let inside: Vec<LearnerId> = self.people().learners_of(class).iter().map(|l| l.id).collect();
            self.sign_ins().end_all(|v| matches!(v, Viewer::Learner(id) if inside.contains(id)));
            inside.into_iter().for_each(|learner| self.lower_hand(learner));
        }
        Ok(())
    }

    /// Makes a class of this teacher's, with learners by name; says which.
    pub fn add_class(&self, member: StaffId, draft: &ClassDraft) -> Result<ClassId, ClassError> {
        let _one_at_a_time = self.administration();
        let (id, bodies) = self.class_bodies(draft, vec![member])?;
        self.administer(Actor::Staff(member), bodies)?;
        Ok(id)
    }

    /// Adds learners by name to a class.
    pub fn add_learners(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        class: ClassId,
        names: &[String],
    ) -> Result<usize, ClassError> {
        let _one_at_a_time = self.administration();
        let view = self.may_change(member, roles, class)?;
        if view.learners + names.len() > MOST_IN_A_CLASS {
            return Err(ClassError::Wrong {
                field: "learners",
                message: format!("at most {MOST_IN_A_CLASS} in a class"),
            });
        }
        let draft = ClassDraft { name: view.name, grade: view.grade, learners: names.to_vec() };
        let (_, mut bodies) = self.class_bodies(&draft, vec![member])?;
        bodies.remove(0);
        for (n, body) in bodies.iter_mut().enumerate() {
            if let EventBody::ProfileSet(profile) = body {
                profile.class = class;
                profile.avatar = ((view.learners + n) % 30) as u8;
            }
        }
        let added = bodies.len();
        self.administer(Actor::Staff(member), bodies)?;
        Ok(added)
    }
}

fn no_random(error: getrandom::Error) -> ClassError {
    ClassError::Store(error.to_string())
}
