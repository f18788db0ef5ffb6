//! Classes as teachers see them: who is in, where everybody stands, what happens now (people and screens, teacher 1–3).

use crate::doors::hash_password;
use crate::live::Happening;
use crate::setup::{ClassDraft, SetupError, random_id, random_pictures};
use crate::sign_in::{Viewer, hex};
use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Actor, Answered, Class, EventBody, Profile, SkillState, StaffRole};
use chalkbox_domain::ids::{ClassId, EventId, LearnerId, PackHash, SkillId, StaffId};
use chalkbox_domain::item::{Item, Response};
use std::collections::BTreeMap;

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
}

/// Where a class stands.
#[derive(Debug, Clone)]
pub struct ClassProgress {
    /// The columns.
    pub skills: Vec<SkillId>,
    /// The rows, by name.
    pub learners: Vec<ProgressOf>,
}

/// One learner's row.
#[derive(Debug, Clone)]
pub struct ProgressOf {
    /// Who.
    pub learner: LearnerId,
    /// First name as shown.
    pub display_name: String,
    /// Number of the drawn face.
    pub avatar: u8,
    /// State of each skill.
    pub states: Vec<SkillState>,
    /// p of each skill.
    pub mastery: Vec<f64>,
}

/// What a learner does right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// Hand up.
    HandUp,
    /// Four of the last six wrong on a skill, or more: needs somebody.
    Stuck,
    /// Answered within the last five minutes.
    Working,
    /// Signed in, quiet.
    Here,
    /// Practised today, not signed in now.
    WasHere,
    /// Not seen today.
    Away,
}

/// A learner on Today.
#[derive(Debug, Clone)]
pub struct TodayOf {
    /// Who.
    pub learner: LearnerId,
    /// First name as shown.
    pub display_name: String,
    /// Number of the drawn face.
    pub avatar: u8,
    /// What they do.
    pub doing: Doing,
    /// The skill they last answered on, its title in the asked language.
    pub skill: Option<(SkillId, String)>,
    /// Minutes since the last answer.
    pub quiet_minutes: Option<u64>,
    /// Answers today.
    pub answers: u32,
    /// Right ones among them.
    pub right: u32,
    /// Skills mastered today.
    pub mastered: u32,
    /// Right or not, oldest first, of the last six answers on the last skill.
    pub last_six: Vec<bool>,
}

/// A class today.
#[derive(Debug, Clone)]
pub struct Today {
    /// The class.
    pub class: ClassView,
    /// Everybody: hands up and stuck first.
    pub learners: Vec<TodayOf>,
}

/// What is known of a learner's work on one skill.
#[derive(Debug, Clone)]
pub struct SkillEvidence {
    /// Which.
    pub skill: SkillId,
    /// Title in the asked language.
    pub title: String,
    /// State.
    pub state: SkillState,
    /// p, 0..=1.
    pub mastery: f64,
    /// Answers on it.
    pub answers: u32,
    /// The last eight, oldest first.
    pub last: Vec<bool>,
    /// When last answered, milliseconds since 1970.
    pub last_ms: u64,
    /// Names of misconceptions seen, with how often, most often first.
    pub misconceptions: Vec<(String, u32)>,
}

/// A learner as the teacher sees it.
#[derive(Debug, Clone)]
pub struct LearnerPage {
    /// The class.
    pub class: ClassView,
    /// Who, with name and face.
    pub face: Face,
    /// Grade.
    pub grade: u8,
    /// Skills with evidence, the most recent first.
    pub skills: Vec<SkillEvidence>,
    /// The latest answers, newest first, at most 20.
    pub latest: Vec<LatestAnswer>,
    /// State of every skill, in the order of the map.
    pub states: Vec<SkillState>,
    /// What the box would offer next: title and kind.
    pub next: Vec<crate::study::CardView>,
}

/// One answer in a learner's history.
#[derive(Debug, Clone)]
pub struct LatestAnswer {
    /// When, milliseconds since 1970.
    pub at_ms: u64,
    /// Skill title in the asked language.
    pub skill: String,
    /// Right, wrong, or no score.
    pub correct: Option<bool>,
    /// Helped by hints.
    pub helped: bool,
    /// Misconception's name, if one was seen.
    pub misconception: Option<String>,
    /// The item as the child saw it; none when its tool cannot make it again.
    pub item: Option<Item>,
    /// What the child answered.
    pub response: Response,
    /// The ask's seed, which also scatters dots.
    pub seed: u32,
    /// The pack that made it.
    pub plugin: PackHash,
}

/// A code that was made for a learner, to be shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    /// Three pictures.
    pub pictures: Vec<u8>,
    /// The token for a printed card.
    pub card: String,
}

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

    /// Classes that somebody may see: open ones for everybody, their own for teachers, all for leader and technologist.
    pub fn classes_for(&self, viewer: Option<&Viewer>) -> Vec<ClassView> {
        let classes: Vec<Class> = {
            let people = self.people();
            let sees = |c: &&Class| match viewer {
                Some(Viewer::Staff(id, roles)) => people.may_see(*id, roles, c),
                Some(Viewer::Learner(_)) | None => c.open,
            };
            people.classes_by_name().into_iter().filter(sees).cloned().collect()
        };
        classes.iter().map(|c| self.class_view(c)).collect()
    }

    /// The class, if this member of staff may open it.
    pub fn may_open(&self, member: StaffId, roles: &[StaffRole], class: ClassId) -> Result<ClassView, ClassError> {
        let found = {
            let people = self.people();
            let found = people.classes.get(&class).ok_or(ClassError::NoSuchClass)?;
            if !people.may_see(member, roles, found) {
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
        Ok(people.learners_of(class).into_iter().map(|l| self.face(l)).collect())
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
        }
    }

    /// Where a class stands, skill by skill.
    pub fn progress(&self, member: StaffId, roles: &[StaffRole], class: ClassId) -> Result<ClassProgress, ClassError> {
        self.may_open(member, roles, class)?;
        let profiles: Vec<Profile> = self.people().learners_of(class).into_iter().cloned().collect();
        let library = self.library();
        let mut learners = Vec::with_capacity(profiles.len());
        for profile in profiles {
            let knowledge = self.knowledge_of(profile.id)?;
            learners.push(ProgressOf {
                learner: profile.id,
                display_name: profile.display_name,
                avatar: profile.avatar,
                states: knowledge.states,
                mastery: knowledge.mastery,
            });
        }
        Ok(ClassProgress { skills: library.map().skills().iter().map(|s| s.id.clone()).collect(), learners })
    }

    /// A class today: who is here, who works, who is stuck.
    pub fn today(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        class: ClassId,
        locale: &str,
    ) -> Result<Today, ClassError> {
        let view = self.may_open(member, roles, class)?;
        let profiles: Vec<Profile> = self.people().learners_of(class).into_iter().cloned().collect();
        let now_ms = self.store().now_ms();
        let day_start = self.day_start_ms(now_ms);
        let seen: BTreeMap<LearnerId, u64> =
            self.sign_ins().learners_seen(self.clock().mono_ms()).into_iter().collect();
        let mut learners = Vec::with_capacity(profiles.len());
        for profile in profiles {
            let answers = self.answers_since(profile.id, day_start)?;
            learners.push(self.today_of(&profile, &answers, now_ms, seen.contains_key(&profile.id), locale));
        }
        learners.sort_by(|a, b| (a.doing, &a.display_name, a.learner).cmp(&(b.doing, &b.display_name, b.learner)));
        Ok(Today { class: view, learners })
    }

    fn today_of(
        &self,
        profile: &Profile,
        answers: &[(u64, EventId, Answered)],
        now_ms: u64,
        here: bool,
        locale: &str,
    ) -> TodayOf {
        let library = self.library();
        let last = answers.last();
        let skill = last.map(|(_, _, a)| (a.skill.clone(), library.title_of(&a.skill, locale)));
        let on_skill: Vec<bool> = answers
            .iter()
            .filter(|(_, _, a)| Some(&a.skill) == last.map(|l| &l.2.skill) && a.score.is_some())
            .map(|(_, _, a)| a.correct())
            .collect();
        let last_six = on_skill[on_skill.len().saturating_sub(6)..].to_vec();
        let quiet_minutes = last.map(|(at, _, _)| now_ms.saturating_sub(*at) / 60_000);
        let wrong = last_six.iter().filter(|right| !**right).count();
        let doing = if self.hand_is_up(profile.id) {
            Doing::HandUp
        } else if here && last_six.len() >= 6 && wrong >= 4 {
            Doing::Stuck
        } else if here && quiet_minutes.is_some_and(|m| m < 5) {
            Doing::Working
        } else if here {
            Doing::Here
        } else if last.is_some() {
            Doing::WasHere
        } else {
            Doing::Away
        };
        let mut mastered: Vec<&SkillId> =
            answers.iter().filter(|(_, _, a)| a.state == SkillState::Mastered).map(|(_, _, a)| &a.skill).collect();
        mastered.sort_unstable();
        mastered.dedup();
        TodayOf {
            learner: profile.id,
            display_name: profile.display_name.clone(),
            avatar: profile.avatar,
            doing,
            skill,
            quiet_minutes,
            answers: answers.len() as u32,
            right: answers.iter().filter(|(_, _, a)| a.correct()).count() as u32,
            mastered: mastered.len() as u32,
            last_six,
        }
    }

    /// A learner for the teacher of the class.
    pub fn learner_page(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        learner: LearnerId,
        locale: &str,
    ) -> Result<LearnerPage, ClassError> {
        let profile = self.theirs(member, roles, learner)?;
        let class = self.may_open(member, roles, profile.class)?;
        let library = self.library();
        let knowledge = self.knowledge_of(learner)?;
        let answers = self.answers_since(learner, 0)?;
        let mut by_skill: BTreeMap<&SkillId, Vec<&(u64, EventId, Answered)>> = BTreeMap::new();
        for answer in &answers {
            by_skill.entry(&answer.2.skill).or_default().push(answer);
        }
        let mut skills: Vec<SkillEvidence> = Vec::with_capacity(by_skill.len());
        for (skill, list) in by_skill {
            let Some(no) = library.map().find(skill) else { continue };
            let mut named: BTreeMap<String, u32> = BTreeMap::new();
            for (_, _, a) in &list {
                if let Some(code) = &a.misconception {
                    *named.entry(library.misconception(a.plugin, code, locale)).or_default() += 1;
                }
            }
            let mut misconceptions: Vec<(String, u32)> = named.into_iter().collect();
            misconceptions.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let scored: Vec<bool> =
                list.iter().filter(|(_, _, a)| a.score.is_some()).map(|(_, _, a)| a.correct()).collect();
            skills.push(SkillEvidence {
                skill: skill.clone(),
                title: library.skill_title(no, locale),
                state: knowledge.states[no.at()],
                mastery: knowledge.mastery[no.at()],
                answers: list.len() as u32,
                last: scored[scored.len().saturating_sub(8)..].to_vec(),
                last_ms: list.last().map_or(0, |(at, _, _)| *at),
                misconceptions,
            });
        }
        skills.sort_by(|a, b| b.last_ms.cmp(&a.last_ms).then_with(|| a.skill.cmp(&b.skill)));
        let latest = answers.iter().rev().take(20).map(|(at, _, a)| LatestAnswer {
            at_ms: *at,
            skill: library.title_of(&a.skill, locale),
            correct: a.score.map(|_| a.correct()),
            helped: a.help > 0,
            misconception: a.misconception.as_ref().map(|code| library.misconception(a.plugin, code, locale)),
            item: self.ask_of(a).and_then(|ask| self.plugins().generate(a.plugin, &ask).ok()),
            response: a.response.clone(),
            seed: a.seed,
            plugin: a.plugin,
        });
        let next = self.cards_from(&knowledge, locale);
        Ok(LearnerPage {
            class,
            face: self.face(&profile),
            grade: profile.grade,
            skills,
            latest: latest.collect(),
            states: knowledge.states,
            next,
        })
    }

    fn theirs(&self, member: StaffId, roles: &[StaffRole], learner: LearnerId) -> Result<Profile, ClassError> {
        let people = self.people();
        let profile = people.learner(learner).ok_or(ClassError::NoSuchLearner)?;
        let class = people.classes.get(&profile.class).ok_or(ClassError::NoSuchLearner)?;
        if people.may_see(member, roles, class) { Ok(profile.clone()) } else { Err(ClassError::NoSuchLearner) }
    }

    /// Lets a child in without a code, for three minutes.
    pub fn let_in(&self, member: StaffId, roles: &[StaffRole], learner: LearnerId) -> Result<Face, ClassError> {
        let profile = self.theirs(member, roles, learner)?;
        self.let_ins().allow(learner, self.clock().mono_ms());
        Ok(self.face(&profile))
    }

    /// Signs a learner out everywhere.
    pub fn send_out(&self, member: StaffId, roles: &[StaffRole], learner: LearnerId) -> Result<(), ClassError> {
        let profile = self.theirs(member, roles, learner)?;
        self.sign_ins().end_all(|v| *v == Viewer::Learner(learner));
        self.lower_hand(learner);
        self.live().tell(profile.class, &Happening::Presence { learner, here: false, at_ms: self.clock().unix_ms() });
        Ok(())
    }

    /// Makes a new picture code and card for a learner; the old ones end. Shown once, kept only as keyed hashes.
    pub fn new_code(&self, member: StaffId, roles: &[StaffRole], learner: LearnerId) -> Result<NewCode, ClassError> {
        let mut profile = self.theirs(member, roles, learner)?;
        let random = |e: getrandom::Error| ClassError::Store(e.to_string());
        let pictures = random_pictures().map_err(random)?;
        let card = hex(&random_id().map_err(random)?);
        let text = format!("p{}-{}-{}", pictures[0], pictures[1], pictures[2]);
        profile.code = Some(crate::doors::code_hash(self, learner, &text));
        profile.card = Some(self.seal_key().keyed_hash("card", card.as_bytes()));
        self.administer(Actor::Staff(member), vec![EventBody::ProfileSet(profile)])?;
        Ok(NewCode { pictures, card })
    }

    /// Opens or closes a class for sign-in. Closing signs its learners out.
    pub fn open_or_close(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        class: ClassId,
        open: bool,
    ) -> Result<(), ClassError> {
        self.may_open(member, roles, class)?;
        let mut found = self.people().classes.get(&class).cloned().ok_or(ClassError::NoSuchClass)?;
        if found.open == open {
            return Ok(());
        }
        found.open = open;
        self.administer(Actor::Staff(member), vec![EventBody::ClassSet(found)])?;
        if !open {
            let inside: Vec<LearnerId> = self.people().learners_of(class).iter().map(|l| l.id).collect();
            self.sign_ins().end_all(|v| matches!(v, Viewer::Learner(id) if inside.contains(id)));
        }
        Ok(())
    }

    /// Makes a class of this teacher's, with learners by name.
    pub fn add_class(&self, member: StaffId, draft: &ClassDraft) -> Result<(), ClassError> {
        let bodies = self.class_bodies(draft, vec![member])?;
        Ok(self.administer(Actor::Staff(member), bodies)?)
    }

    /// Adds learners by name to a class.
    pub fn add_learners(
        &self,
        member: StaffId,
        roles: &[StaffRole],
        class: ClassId,
        names: &[String],
    ) -> Result<usize, ClassError> {
        let view = self.may_open(member, roles, class)?;
        if view.learners + names.len() > 120 {
            return Err(ClassError::Wrong { field: "learners", message: "at most 120 in a class".into() });
        }
        let draft = ClassDraft { name: view.name, grade: view.grade, learners: names.to_vec() };
        let mut bodies = self.class_bodies(&draft, vec![member])?;
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

    /// Raises or lowers a learner's hand.
    pub fn hand(&self, learner: LearnerId, up: bool) -> Result<(), ClassError> {
        let class = self.people().learner(learner).map(|p| p.class).ok_or(ClassError::NoSuchLearner)?;
        let changed = if up { self.hands().insert(learner) } else { self.hands().remove(&learner) };
        if changed {
            self.live().tell(class, &Happening::Hand { learner, up, at_ms: self.clock().unix_ms() });
        }
        Ok(())
    }

    pub(crate) fn lower_hand(&self, learner: LearnerId) {
        self.hands().remove(&learner);
    }

    /// Whether a learner's hand is up.
    pub fn hand_is_up(&self, learner: LearnerId) -> bool {
        self.hands().contains(&learner)
    }

    /// Tells the teachers that a learner's door pauses: the hand goes up for the child.
    pub(crate) fn note_struggle_at_door(&self, learner: LearnerId) {
        if let Err(e) = self.hand(learner, true) {
            tracing::debug!(error = %e, "nobody to tell of a pausing door");
        }
    }

    /// A hash of a password that nobody has, so that an unknown name costs as much time as a wrong password.
    pub(crate) fn make_decoy() -> String {
        hash_password(&format!("nobody-{}", random_id().map(|b| hex(&b)).unwrap_or_default())).unwrap_or_default()
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
