//! How a learner sees his or her own map: in five kinds, without a number, a rank or a lost streak (C7.1).

use crate::event::SkillState;
use serde::{Deserialize, Serialize};

/// Where a skill stands on the learner's own page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shelf {
    /// "I can": shown.
    ICan,
    /// "I kept it": shown again days later.
    Kept,
    /// "Show it": taken to be known, waiting to be shown.
    ShowIt,
    /// "Ready now".
    ReadyNow,
    /// "Later": not yet in reach, and not shown until it is near.
    Later,
}

impl Shelf {
    /// All shelves in the order of the page.
    pub const ALL: [Shelf; 5] = [Self::Kept, Self::ICan, Self::ShowIt, Self::ReadyNow, Self::Later];

    /// The shelf of a state.
    pub fn of(state: SkillState) -> Self {
        match state {
            SkillState::Mastered => Self::ICan,
            SkillState::Secure => Self::Kept,
            SkillState::Credited => Self::ShowIt,
            SkillState::Ready | SkillState::Learning | SkillState::Refresh => Self::ReadyNow,
            SkillState::NotStarted | SkillState::Resting => Self::Later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_refreshed_is_ready_and_what_rests_waits() {
        let check = |state, shelf| assert_eq!(Shelf::of(state), shelf, "{state:?}");
        check(SkillState::Refresh, Shelf::ReadyNow);
        check(SkillState::Resting, Shelf::Later);
        check(SkillState::Credited, Shelf::ShowIt);
        check(SkillState::Secure, Shelf::Kept);
        check(SkillState::Mastered, Shelf::ICan);
        check(SkillState::NotStarted, Shelf::Later);
    }
}
