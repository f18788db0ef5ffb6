//! What the box believes about each learner and how evidence changes it: closed formulas, each with one sentence that
//! a teacher can repeat (`docs/mastery.md`). The state is a fold of the learner's own events.

pub mod fold;
pub mod format;
pub mod implication;
pub mod mastery;
pub mod records;
pub mod response;
pub mod state;
