//! Has the log grown so long that the school year should be closed?

use super::{Check, Finding, Ground};

pub struct SchoolYear;

/// Entries that any board bears.
const MANY: u64 = 500_000;
/// Entries that are too many for every board.
const TOO_MANY: u64 = 1_000_000;
/// Boards with less memory must close the year sooner: 1 GiB, less what the system keeps for itself.
const SMALL_BYTES: u64 = 900 << 20;
const REMEDY: &str = "make a backup on a stick, then close the school year (page School year): entries from before the last closing go, and stay in the backup";

impl Check for SchoolYear {
    fn name(&self) -> &'static str {
        "school-year"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let events = ground.log.events;
        let small = ground.memory_bytes.is_some_and(|bytes| bytes < SMALL_BYTES);
        let memory = ground.memory_bytes.map_or_else(|| "unknown".to_owned(), |b| format!("{} MB", b / 1_000_000));
        vec![if events > TOO_MANY || (small && events > MANY) {
            let what = format!("{events} entries are many for the memory of this board ({memory})");
            Finding::look(self, what, &ground.data, REMEDY)
        } else {
            Finding::ok(self, format!("{events} entries; memory {memory}"), &ground.data)
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Log, Mark};

    #[test]
    fn a_small_board_must_close_its_year_sooner() {
        for (events, memory_bytes, mark) in [
            (499_999, Some(512 << 20), Mark::Ok),
            (500_001, Some(512 << 20), Mark::Look),
            (500_001, Some(4 << 30), Mark::Ok),
            (500_001, None, Mark::Ok),
            (1_000_001, Some(8 << 30), Mark::Look),
        ] {
            let log = Log { events, ..Log::default() };
            let ground = Ground { data: "x".into(), log, now_ms: 0, memory_bytes };
            assert_eq!(SchoolYear.look(&ground)[0].mark, mark, "{events} {memory_bytes:?}");
        }
    }
}
