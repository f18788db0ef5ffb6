//! One go at a skill: how many answers it has had, and what it ended in. Nothing of it is stored; it is read from the
//! learner's latest answers, so that a go continues on any device.

use crate::study::{AskError, HintError};
use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Answered, SkillState};
use chalkbox_domain::ids::{LearnerId, SkillId};
use chalkbox_domain::item::{Ask, Block};

/// Quiet time after which a new go begins, in milliseconds.
const PAUSE_MS: u64 = 30 * 60 * 1000;
/// How far back a go is looked for, in milliseconds.
const REACH_MS: u64 = 4 * 3600 * 1000;

/// The latest answers on one skill, without a pause between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunOfAnswers {
    /// How many.
    pub answers: u32,
    /// Right ones among them.
    pub right: u32,
    /// Whether the last of them brought mastery.
    pub newly_mastered: bool,
}

/// The end of a go.
#[derive(Debug, Clone)]
pub struct DoneView {
    /// Which skill.
    pub skill: SkillId,
    /// What follows "I can …".
    pub can: String,
    /// The strand's place on the map.
    pub strand_at: usize,
    /// The skill's state now.
    pub state: SkillState,
    /// Answers of the last go.
    pub answers: u32,
    /// Right ones among them.
    pub right: u32,
}

impl Chalkbox {
    /// The go that a learner is in on a skill.
    pub fn run_of(&self, learner: LearnerId, skill: &SkillId) -> Result<RunOfAnswers, HintError> {
        Ok(self.run(learner, skill)?)
    }

    fn run(&self, learner: LearnerId, skill: &SkillId) -> Result<RunOfAnswers, StoreTrouble> {
        let now = self.store().now_ms();
        let answers = self.answers_since(learner, now.saturating_sub(REACH_MS))?;
        let mut run = RunOfAnswers::default();
        let mut later = now;
        let mine = answers.iter().rev().filter(|(_, _, a)| a.skill == *skill);
        let mut newest = None;
        for (at, _, answered) in mine {
            if later.saturating_sub(*at) > PAUSE_MS {
                break;
            }
            newest.get_or_insert((*at, answered));
            run.answers += 1;
            run.right += u32::from(answered.correct());
            later = *at;
        }
        if let Some((at, answered)) = newest
            && answered.state == Some(SkillState::Mastered)
        {
            // Also when it is the first answer of the day: the record knows when mastery came.
            run.newly_mastered = self.skill_record(learner, skill)?.mastered_ms == at;
        }
        Ok(run)
    }

    /// The end of a go on a skill.
    pub fn done(&self, learner: LearnerId, skill: &str, locale: &str) -> Result<DoneView, AskError> {
        let id: SkillId = skill.parse().map_err(|_| AskError::UnknownSkill)?;
        let library = self.library();
        let no = library.map().find(&id).ok_or(AskError::UnknownSkill)?;
        let run = self.run(learner, &id)?;
        let state = self.knowledge_of(learner)?.states[no.at()];
        Ok(DoneView {
            can: library.skill_can(no, locale),
            strand_at: library.map().skill(no).strand,
            state,
            answers: run.answers,
            right: run.right,
            skill: id,
        })
    }

    /// What the tool says of a stored answer; nothing when it cannot say it any more.
    pub fn feedback_of(&self, answered: &Answered) -> Vec<Block> {
        match self.ask_of(answered) {
            Some(ask) => self
                .plugins()
                .evaluate(answered.plugin, &ask, &answered.response)
                .map(|v| v.feedback)
                .unwrap_or_default(),
            None => Vec::new(),
        }
    }

    /// The ask of a stored answer; none when its local context is gone.
    pub fn ask_of(&self, answered: &Answered) -> Option<Ask> {
        Some(Ask {
            skill: answered.skill.clone(),
            difficulty: f32::from(answered.step) / 4.0,
            seed: answered.seed,
            locale: answered.locale.clone(),
            context: self.context_by_hash(answered.context, &answered.locale)?,
        })
    }
}
