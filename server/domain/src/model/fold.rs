//! What an answer does to the records, twice the same: `decide` computes, before an answer is stored, the facts that are
//! stored with it; `apply` computes the records from stored answers alone. Both go through one piece of code.

use super::format::FormatFacts;
use super::mastery;
use super::response::{self, Chances, LEARN};
use super::state::{ItemMark, ItemRecord, LearnerRecord, SkillRecord, Status};
use crate::event::{Answered, Mode, Pace, SkillState};
use crate::item::{Response, Verdict};

/// Evidence of a learner alone with the device.
pub const LAMBDA_ALONE: f64 = 1.0;

/// No answer faster than this was read.
const RAPID_LEAST_MS: u32 = 700;
/// A slower answer may have been read, however slow others are.
const RAPID_MOST_MS: u32 = 3_000;

/// What is known of an item before it is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Format, chances, whether formats are mixed.
    pub facts: FormatFacts,
    /// Mode in which it was asked.
    pub mode: Mode,
    /// Weight by who answered with whom: 1 alone.
    pub lambda: f64,
    /// The item's median time, once it is known (from twenty answers on).
    pub median_ms: Option<u32>,
    /// The skill's state before the answer, from [`super::implication::Beliefs`].
    pub state: SkillState,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// 0..=1; none when the tool failed.
    pub score: Option<f32>,
    /// "I do not know yet."
    pub skipped: bool,
    /// Highest hint seen; 0 none.
    pub help: u8,
    /// From showing to answering.
    pub elapsed_ms: u32,
    /// When it was answered, milliseconds since 1970.
    pub at_ms: u64,
}

/// The facts that are stored with an answer; the names are those of [`Answered`].
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The item's difficulty with which it was scored.
    pub d: f64,
    /// P(correct) before the answer.
    pub expected: f64,
    /// Weight of the evidence.
    pub lambda: f64,
    /// Against the item's median.
    pub pace: Pace,
    /// The format's guess.
    pub guess: f64,
    /// The format's slip.
    pub slip: f64,
    /// Whether the format fixes the guess.
    pub guess_fixed: bool,
    /// Chance to learn from this opportunity; 0 where no feedback was shown.
    pub learn: f64,
    /// Whether the skill has formats of different guess.
    pub mixed_formats: bool,
    /// p after the answer.
    pub mastery: f64,
    /// State after the answer.
    pub state: SkillState,
}

/// Decides what an answer means, from the records as they stand. Changes nothing.
pub fn decide(
    given: &Given,
    outcome: &Outcome,
    skill: &SkillRecord,
    learner: &LearnerRecord,
    item: &ItemRecord,
) -> Decision {
    let pace = pace(outcome.elapsed_ms, given.median_ms);
    let chances = given.facts.chances;
    let evidence = Evidence {
        correct: outcome.score.map(|s| s >= Verdict::RIGHT && outcome.help == 0 && !outcome.skipped),
        d: item.d,
        lambda: if pace == Pace::Rapid { 0.0 } else { given.lambda.clamp(0.0, 1.0) },
        chances,
        learn: if shows_feedback(given.mode) { LEARN } else { 0.0 },
        mixed_formats: given.facts.mixed_formats,
        at_ms: outcome.at_ms,
    };
    let expected = evidence.expected(skill, learner.theta);
    let (mut skill, mut theta) = (*skill, learner.theta);
    evidence.weigh(&mut skill, &mut theta, learner.n_theta);
    Decision {
        d: evidence.d,
        expected,
        lambda: evidence.lambda,
        pace,
        guess: chances.guess,
        slip: chances.slip,
        guess_fixed: chances.guess_fixed,
        learn: evidence.learn,
        mixed_formats: evidence.mixed_formats,
        mastery: skill.p,
        state: skill.status.state().unwrap_or(given.state),
    }
}

/// Applies a stored answer to all three records. `at_ms` is when it happened.
pub fn apply(
    answered: &Answered,
    at_ms: u64,
    skill: &mut SkillRecord,
    learner: &mut LearnerRecord,
    item: &mut ItemRecord,
) {
    if answered.decided() {
        apply_to_learner(answered, at_ms, skill, learner);
        apply_to_item(answered, item);
    } else {
        let answered = &completed(answered, at_ms, skill, learner, item);
        apply_to_learner(answered, at_ms, skill, learner);
        apply_to_item(answered, item);
    }
}

/// An answer that was taken while nobody could look at the records, with the facts that they give in its place.
fn completed(
    answered: &Answered,
    at_ms: u64,
    skill: &SkillRecord,
    learner: &LearnerRecord,
    item: &ItemRecord,
) -> Answered {
    let mut completed = Answered { d: item.d, ..answered.clone() };
    completed.expected = Evidence::of(&completed, at_ms).expected(skill, learner.theta);
    completed
}

/// Applies a stored answer to the learner's own records: one learner's answers in the order in which the box received
/// them, which is also the order in which they were decided (docs/decisions/0013).
pub fn apply_to_learner(answered: &Answered, at_ms: u64, skill: &mut SkillRecord, learner: &mut LearnerRecord) {
    let evidence = Evidence::of(answered, at_ms);
    if evidence.weigh(skill, &mut learner.theta, learner.n_theta) == Moved::Yes {
        learner.n_theta = learner.n_theta.saturating_add(1);
    }
    let mark = ItemMark::new(&answered.plugin, &answered.skill, answered.step, answered.seed);
    learner.note(mark, answered.skill.domain(), at_ms);
}

/// Applies a stored answer to its item: in the order of receipt over all learners, from the stored surprise alone.
pub fn apply_to_item(answered: &Answered, item: &mut ItemRecord) {
    let Some(correct) = correct(answered) else { return };
    item.n_resp = item.n_resp.saturating_add(1);
    if answered.lambda == 1.0 {
        item.d = response::moved_d(item.d, item.n_d, f64::from(u8::from(correct)) - answered.expected);
        item.n_d = item.n_d.saturating_add(1);
    }
}

/// Whether an answer counts as right: a hint or "I do not know yet" makes it not yet right; none where the tool failed.
pub fn correct(answered: &Answered) -> Option<bool> {
    let skipped = matches!(answered.response, Response::Skipped);
    answered.score.map(|_| answered.correct() && answered.help == 0 && !skipped)
}

/// Whether the learner hears in this mode how the answer was.
pub fn shows_feedback(mode: Mode) -> bool {
    match mode {
        Mode::Placement | Mode::CheckUp => false,
        Mode::Teach | Mode::Practise | Mode::Show | Mode::Review => true,
    }
}

/// How fast an answer was against the item's median; as usual while that is not known.
fn pace(elapsed_ms: u32, median_ms: Option<u32>) -> Pace {
    let Some(median) = median_ms else { return Pace::Usual };
    if elapsed_ms < (median / 10).clamp(RAPID_LEAST_MS, RAPID_MOST_MS) {
        Pace::Rapid
    } else if elapsed_ms < median {
        Pace::Faster
    } else if elapsed_ms > median.saturating_mul(2) {
        Pace::Slower
    } else {
        Pace::Usual
    }
}

/// An answer reduced to what moves belief.
struct Evidence {
    correct: Option<bool>,
    d: f64,
    lambda: f64,
    chances: Chances,
    learn: f64,
    mixed_formats: bool,
    at_ms: u64,
}

/// Whether theta was updated.
#[derive(PartialEq)]
enum Moved {
    Yes,
    No,
}

impl Evidence {
    fn of(answered: &Answered, at_ms: u64) -> Self {
        Self {
            correct: correct(answered),
            d: answered.d,
            lambda: answered.lambda,
            chances: Chances { guess: answered.guess, slip: answered.slip, guess_fixed: answered.guess_fixed },
            learn: answered.learn,
            mixed_formats: answered.mixed_formats,
            at_ms,
        }
    }

    fn expected(&self, skill: &SkillRecord, theta: f64) -> f64 {
        response::expected(skill.p, theta, self.d, &self.chances)
    }

    /// An answer that the tool could not score changes nothing; one of no weight is a try and nothing else, so that
    /// tapping on blindly teaches the box nothing, not even that there was an opportunity to learn.
    fn weigh(&self, skill: &mut SkillRecord, theta: &mut f64, n_theta: u32) -> Moved {
        let Some(correct) = self.correct else { return Moved::No };
        skill.tries = skill.tries.saturating_add(1);
        skill.last_ms = skill.last_ms.max(self.at_ms);
        if self.lambda <= 0.0 {
            if skill.status == Status::Untouched {
                skill.status = Status::Learning;
            }
            return Moved::No;
        }
        let shifted = self.chances.shifted(*theta, self.d);
        let surprise = f64::from(u8::from(correct)) - shifted.expected(skill.p);
        skill.p = shifted.believe(skill.p, correct, self.lambda);
        if self.learn > 0.0 {
            skill.p = response::learned(skill.p, self.learn);
        }
        skill.note(correct, self.chances.guess_fixed);
        let before = skill.status;
        skill.status = mastery::status_after(skill, self.mixed_formats);
        if skill.status == Status::Mastered && before != Status::Mastered {
            skill.mastered_ms = self.at_ms;
        }
        if self.lambda < 1.0 {
            return Moved::No;
        }
        *theta = response::moved_theta(*theta, n_theta, surprise);
        Moved::Yes
    }
}

#[cfg(test)]
mod tests;
