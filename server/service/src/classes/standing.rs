//! Where a class and its learners stand: skill by skill, today, one by one.

use super::{ClassError, ClassView, Face};
use crate::waiting::{WaitingOf, is_late};
use crate::{Chalkbox, StoreTrouble, answers_among};
use chalkbox_domain::event::{Answered, Profile, SkillState, StaffRole};
use chalkbox_domain::ids::{ClassId, EventId, LearnerId, PackHash, SkillId, StaffId};
use chalkbox_domain::item::{Item, Response};
use std::collections::BTreeMap;

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
    /// Four of the last six answers on a skill wrong, or more: needs somebody.
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
    /// Answers that wait on devices.
    pub waiting: Vec<WaitingOf>,
    /// Answers given today that came more than two minutes later.
    pub late: u32,
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

impl Chalkbox {
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
        let mut late = 0;
        for profile in profiles {
            let events = self.store().happened_since(profile.id, day_start).map_err(StoreTrouble::from)?;
            late += events.iter().filter(|(_, event)| is_late(event, now_ms)).count() as u32;
            let answers = answers_among(events);
            learners.push(self.today_of(&profile, &answers, now_ms, seen.contains_key(&profile.id), locale));
        }
        learners.sort_by(|a, b| (a.doing, &a.display_name, a.learner).cmp(&(b.doing, &b.display_name, b.learner)));
        Ok(Today { class: view, learners, waiting: self.waiting_in(class)?, late })
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
        } else if here && wrong >= 4 {
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
        TodayOf {
            learner: profile.id,
            display_name: profile.display_name.clone(),
            avatar: profile.avatar,
            doing,
            skill,
            quiet_minutes,
            answers: answers.len() as u32,
            right: answers.iter().filter(|(_, _, a)| a.correct()).count() as u32,
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
}
