//! The trait that makes a set of planners a tool, and the four calls that follow from a plan. Never here: judging itself.

use crate::{Ask, Block, Fault, Item, Lang, Problem, Response, Setup, Solution, Verdict, judge};

/// A planner: the same setup always gives the same problem.
pub type Planner = fn(&mut Setup) -> Problem;

/// A skill that a tool serves.
pub struct Skill {
    /// Its id on the knowledge map.
    pub id: &'static str,
    /// What plans its items.
    pub plan: Planner,
}

/// What to try next after a misconception: said to the learner after "not yet". Must fit every item that uses the code.
pub struct Tip {
    /// The misconception, as in the manifest.
    pub code: &'static str,
    /// In English.
    pub en: &'static str,
    /// In French.
    pub fr: &'static str,
}

/// A digital tool. The two tables are all that a tool writes; the calls follow from them.
pub trait Tool {
    /// Every skill of the tool with its planner.
    const SKILLS: &'static [Skill];
    /// What to say after each misconception.
    const TIPS: &'static [Tip];

    /// The plan for an ask.
    ///
    /// # Errors
    /// [`Fault::UnknownSkill`] when no planner serves the skill.
    fn plan(ask: &Ask) -> Result<Problem, Fault> {
        let skill = Self::SKILLS.iter().find(|skill| skill.id == ask.skill).ok_or(Fault::UnknownSkill)?;
        Ok((skill.plan)(&mut Setup::new(ask)))
    }

    /// The item as the learner sees it.
    ///
    /// # Errors
    /// As [`Tool::plan`].
    fn generate(ask: &Ask) -> Result<Item, Fault> {
        Ok(Self::plan(ask)?.into_item())
    }

    /// The verdict on a response.
    ///
    /// # Errors
    /// As [`Tool::plan`]; [`Fault::BadResponse`] when the response is of another kind than the interaction asks for.
    fn evaluate(ask: &Ask, response: &Response) -> Result<Verdict, Fault> {
        let problem = Self::plan(ask)?;
        let lang = Lang::of(&ask.locale);
        judge::verdict(&problem, response, lang, &|code| {
            Self::TIPS.iter().find(|tip| tip.code == code).map(|tip| lang.pick(tip.en, tip.fr))
        })
    }

    /// The hint of a level, from 1.
    ///
    /// # Errors
    /// As [`Tool::plan`]; [`Fault::Internal`] when there is no such level.
    fn hint(ask: &Ask, level: u8) -> Result<Vec<Block>, Fault> {
        let problem = Self::plan(ask)?;
        let rung = usize::from(level).checked_sub(1).and_then(|index| problem.hints.get(index).cloned());
        rung.ok_or_else(|| Fault::Internal(format!("there is no hint of level {level}")))
    }

    /// The right response with the way to it.
    ///
    /// # Errors
    /// As [`Tool::plan`].
    fn solve(ask: &Ask) -> Result<Solution, Fault> {
        let problem = Self::plan(ask)?;
        Ok(Solution { response: problem.answer.right, steps: problem.steps })
    }
}
