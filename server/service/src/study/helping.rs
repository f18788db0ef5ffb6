//! Help with an item: a hint before the answer, the solution after it.

use super::{HintError, SolutionError};
use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Actor, Event, EventBody, EventDraft, Hinted, Mode};
use chalkbox_domain::ids::{LearnerId, PackHash};
use chalkbox_domain::item::{Block, Solution};

impl Chalkbox {
    /// Gives a hint, after noting that it was given.
    pub fn hint(&self, learner: LearnerId, item: &str, level: u8) -> Result<(Vec<Block>, PackHash), HintError> {
        let opened = self.open_item(learner, item)?;
        let made = self.plugins().generate(opened.plugin, &opened.ask)?;
        let hints = if opened.sealed.mode == Mode::Show { 0 } else { made.hints };
        if level == 0 || level > hints {
            return Err(HintError::NoSuchHint { hints });
        }
        let _turn = self.turn_of(learner);
        self.still_here(learner)?;
        let since = self.since_asked(learner, &opened)?;
        if since.answer.is_some() {
            return Err(HintError::Answered);
        }
        let blocks = self.plugins().hint(opened.plugin, &opened.ask, level)?;
        if since.help < level {
            let body = EventBody::Hinted(Hinted {
                item: opened.key,
                skill: opened.ask.skill.clone(),
                level,
                asked_ms: opened.sealed.asked_ms,
            });
            let entry = opened.sealed.learner;
            let draft =
                EventDraft { at_ms: None, send: None, learner: Some(entry), actor: Actor::Learner(entry), body };
            self.store().submit(draft).map_err(StoreTrouble::from)?;
        }
        Ok((blocks, opened.plugin))
    }

    /// Shows how it is done, once the item is answered.
    pub fn solution(&self, learner: LearnerId, item: &str) -> Result<(Solution, PackHash), SolutionError> {
        let opened = self.open_item(learner, item)?;
        let answered = self.store().answer_to(opened.sealed.learner, opened.key, opened.sealed.asked_ms)?;
        if answered.is_none() {
            return Err(SolutionError::NotAnswered);
        }
        let solution = self.plugins().solve(opened.plugin, &opened.ask)?;
        Ok((solution, opened.plugin))
    }

    /// The learner's answer to an item, if there is one.
    pub fn answer_of(&self, learner: LearnerId, item: &str) -> Result<Option<Event>, HintError> {
        let opened = self.open_item(learner, item)?;
        Ok(self.store().answer_to(opened.sealed.learner, opened.key, opened.sealed.asked_ms)?)
    }
}
