//! Classes as teachers see them: who is in, who is let in, whose hand is up. Where everybody stands is in `standing`,
//! what changes the class in `register` (people and screens, teacher 1–3 and 8).

mod register;
mod same_child;
mod standing;

pub use register::CardMade;
pub use same_child::{Entry, SameChild};
pub use standing::{ClassProgress, Doing, LatestAnswer, LearnerPage, ProgressOf, SkillEvidence, Today, TodayOf};

use crate::live::Happening;
use crate::people::People;
use crate::setup::SetupError;
use crate::sign_in::Viewer;
use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Class, Profile, SkillState, StaffRole};
use chalkbox_domain::ids::{ClassId, LearnerId, StaffId};

/// Why a class was not shown or changed.
#[derive(Debug, thiserror::Error)]
pub enum ClassError {
    /// No such class, or not the asker's to know.
    #[error("there is no such class")]
    NoSuchClass,
    /// No such learner, or not the asker's to know.
    #[error("there is no such learner")]
    NoSuchLearner,
    /// The class is another teacher's.
    #[error("this class is another teacher's")]
    NotYours,
    /// The class is closed for sign-in.
    #[error("the class is not open now; the teacher opens it")]
    Closed,
    /// A field is wrong.
    #[error("{field}: {message}")]
    Wrong {
        /// Which.
        field: &'static str,
        /// What would be right.
        message: String,
    },
    /// Too much waits to be written.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The disk refused.
    #[error("the class could not be stored: {0}")]
    Store(String),
}

impl From<StoreTrouble> for ClassError {
    fn from(trouble: StoreTrouble) -> Self {
        match trouble {
            StoreTrouble::Busy => Self::Busy,
            StoreTrouble::Failed(reason) => Self::Store(reason),
        }
    }
}

impl From<SetupError> for ClassError {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::Wrong { field, message } => Self::Wrong { field, message },
            SetupError::Busy => Self::Busy,
            other => Self::Store(other.to_string()),
        }
    }
}

/// A class as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassView {
    /// Its id.
    pub id: ClassId,
    /// Its name.
    pub name: String,
    /// Which picture stands for it.
    pub picture: u8,
    /// Grade, 0 pre-primary.
    pub grade: u8,
    /// Whether learners may sign in.
    pub open: bool,
    /// How many learners.
    pub learners: usize,
}

/// A learner as the class page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Who.
    pub id: LearnerId,
    /// First name as shown.
    pub display_name: String,
    /// Number of the drawn face.
    pub avatar: u8,
    /// Whether the teacher said "come in".
    pub let_in: bool,
    /// Whether there is a picture code at all.
    pub has_code: bool,
    /// Whether a card was made.
    pub has_card: bool,
}

/// How long a hand that was raised at the door stays up.
const AT_THE_DOOR_MS: u64 = 10 * 60_000;

impl Chalkbox {
    fn class_view(&self, class: &Class) -> ClassView {
        ClassView {
            id: class.id,
            name: class.name.clone(),
            picture: class.picture,
            grade: class.grade,
            open: class.open,
            learners: self.people().learners_of(class.id).len(),
        }
    }

    /// Classes by name for a list: open ones for everybody, their own for teachers, all for leader and technologist.
    pub fn classes_for(&self, viewer: Option<&Viewer>) -> Vec<ClassView> {
        self.classes_where(|people, class| match viewer {
            Some(Viewer::Staff(id, roles)) => {
                people.may_see(*id, roles, class) || roles.contains(&StaffRole::Technologist)
            }
            Some(Viewer::Learner(_)) | None => class.open,
        })
    }

    /// Classes whose Today and grid a member of staff may open.
    pub fn classes_seen_by(&self, member: StaffId, roles: &[StaffRole]) -> Vec<ClassView> {
        self.classes_where(|people, class| people.may_see(member, roles, class))
    }

    fn classes_where(&self, wanted: impl Fn(&People, &Class) -> bool) -> Vec<ClassView> {
        let classes: Vec<Class> = {
            let people = self.people();
            people.classes_by_name().into_iter().filter(|c| wanted(&people, c)).cloned().collect()
        };
        classes.iter().map(|c| self.class_view(c)).collect()
    }

    /// The class, if this member of staff may see where it stands: its teacher or a leader.
    pub fn may_open(&self, member: StaffId, roles: &[StaffRole], class: ClassId) -> Result<ClassView, ClassError> {
        self.class_if(class, |people, found| people.may_see(member, roles, found))
    }

    /// The class, if it is this member of staff's to change: its teacher's.
    pub fn may_change(&self, member: StaffId, roles: &[StaffRole], class: ClassId) -> Result<ClassView, ClassError> {
        self.class_if(class, |people, found| people.may_change(member, roles, found))
    }

    fn class_if(&self, class: ClassId, may: impl Fn(&People, &Class) -> bool) -> Result<ClassView, ClassError> {
        let found = {
            let people = self.people();
            let found = people.classes.get(&class).ok_or(ClassError::NoSuchClass)?;
            if !may(&people, found) {
                return Err(ClassError::NotYours);
            }
            found.clone()
        };
        Ok(self.class_view(&found))
    }

    /// A class that is open for sign-in.
    pub fn open_class(&self, class: ClassId) -> Result<ClassView, ClassError> {
        let found = self.people().classes.get(&class).cloned().ok_or(ClassError::NoSuchClass)?;
        if found.open { Ok(self.class_view(&found)) } else { Err(ClassError::Closed) }
    }

    /// The learners of a class by name: for everybody while it is open, for its staff always.
    pub fn faces_of(&self, class: ClassId, viewer: Option<&Viewer>) -> Result<Vec<Face>, ClassError> {
        let people = self.people();
        let found = people.classes.get(&class).ok_or(ClassError::NoSuchClass)?;
        let staff = matches!(viewer, Some(Viewer::Staff(id, roles)) if people.may_see(*id, roles, found));
        if !found.open && !staff {
            return Err(ClassError::Closed);
        }
        Ok(self.faces(&people, class))
    }

    fn faces(&self, people: &People, class: ClassId) -> Vec<Face> {
        people.learners_of(class).into_iter().map(|l| self.face(l)).collect()
    }

    /// A class that is this member of staff's to change, with its learners by name.
    pub fn class_to_change(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        class: ClassId,
    ) -> Result<(ClassView, Vec<Face>), ClassError> {
        let view = self.may_change(member, roles, class)?;
        Ok((view, self.faces(&self.people(), class)))
    }

    /// A learner as the class page shows it.
    pub fn face_of(&self, learner: LearnerId) -> Option<(Face, ClassId)> {
        let people = self.people();
        let profile = people.learner(learner)?;
        Some((self.face(profile), profile.class))
    }

    fn face(&self, profile: &Profile) -> Face {
        Face {
            id: profile.id,
            display_name: profile.display_name.clone(),
            avatar: profile.avatar,
            let_in: self.let_ins().holds(profile.id, self.clock().mono_ms()),
            has_code: profile.code.is_some(),
            has_card: profile.card.is_some(),
        }
    }

    /// A learner of a class that is this member of staff's to change.
    fn theirs(&self, member: StaffId, roles: &[StaffRole], learner: LearnerId) -> Result<Profile, ClassError> {
        let people = self.people();
        let profile = people.learner(learner).ok_or(ClassError::NoSuchLearner)?;
        let class = people.classes.get(&profile.class).ok_or(ClassError::NoSuchLearner)?;
        if people.may_change(member, roles, class) { Ok(profile.clone()) } else { Err(ClassError::NoSuchLearner) }
    }

    /// Lets a child in without a code, for three minutes.
    pub fn let_in(&self, member: StaffId, roles: &[StaffRole], learner: LearnerId) -> Result<Face, ClassError> {
        let profile = self.theirs(member, roles, learner)?;
        self.let_ins().allow(learner, self.clock().mono_ms());
        Ok(self.face(&profile))
    }

    /// Raises or lowers a learner's hand.
    pub fn hand(&self, learner: LearnerId, up: bool) -> Result<(), ClassError> {
        let class = self.people().learner(learner).map(|p| p.class).ok_or(ClassError::NoSuchLearner)?;
        let changed = if up {
            self.hands().insert(learner, self.clock().mono_ms()).is_none()
        } else {
            self.hands().remove(&learner).is_some()
        };
        if changed {
            self.live().tell(class, &Happening::Hand { learner, up, at_ms: self.clock().unix_ms() });
        }
        Ok(())
    }

    /// Lowers the hand of a learner who came in or left; who is not in the school any more has none.
    pub(crate) fn lower_hand(&self, learner: LearnerId) {
        if self.hand(learner, false).is_err() {
            self.hands().remove(&learner);
        }
    }

    /// Whether a learner's hand is up. The hand of a child who is not signed in, and has not stood at the door for ten
    /// minutes, is one that was forgotten.
    pub fn hand_is_up(&self, learner: LearnerId) -> bool {
        let now = self.clock().mono_ms();
        let raised = self.hands().get(&learner).copied();
        raised.is_some_and(|at| now.saturating_sub(at) < AT_THE_DOOR_MS || self.sign_ins().is_here(learner, now))
    }

    /// Tells the teachers that a learner's door pauses: the hand goes up for the child.
    pub(crate) fn note_struggle_at_door(&self, learner: LearnerId) {
        if let Err(e) = self.hand(learner, true) {
            tracing::debug!(error = %e, "nobody to tell of a pausing door");
        }
    }
}

/// The API's word for a state.
pub fn state_name(state: SkillState) -> &'static str {
    match state {
        SkillState::NotStarted => "not-started",
        SkillState::Ready => "ready",
        SkillState::Learning => "learning",
        SkillState::Credited => "credited",
        SkillState::Mastered => "mastered",
        SkillState::Secure => "secure",
        SkillState::Refresh => "refresh",
        SkillState::Resting => "resting",
    }
}
