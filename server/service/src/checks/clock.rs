//! Can the time of day be right?

use super::{Check, Finding, Ground};
use crate::export::rfc3339;
use chalkbox_store::clock::BUILT_MS;

pub struct ClockCheck;

const DAY_MS: u64 = 24 * 3600 * 1000;
/// A program is not used longer than this after it was built.
const LONGEST_LIFE_MS: u64 = 20 * 365 * DAY_MS;
/// Nobody leaves a box off for longer than this.
const LONGEST_REST_MS: u64 = 400 * DAY_MS;
const REMEDY: &str = "set the time of day of the machine (`timedatectl set-time`); until then the order of answers is right, their times are guessed";

impl Check for ClockCheck {
    fn name(&self) -> &'static str {
        "clock"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let (now, newest) = (ground.now_ms, ground.log.newest_ms);
        let says = rfc3339(now);
        let fault = if now < BUILT_MS {
            Some(format!("the clock says {says}, before this program was built"))
        } else if now > BUILT_MS + LONGEST_LIFE_MS {
            Some(format!("the clock says {says}, too long after this program was built"))
        } else if newest > now + DAY_MS {
            Some(format!("the clock says {says}, before the newest entry of {}", rfc3339(newest)))
        } else if newest > 0 && now > newest + LONGEST_REST_MS {
            Some(format!("the clock says {says}, more than 400 days after the newest entry of {}", rfc3339(newest)))
        } else {
            None
        };
        vec![match fault {
            Some(what) => Finding::look(self, what, &ground.data, REMEDY),
            None => Finding::ok(self, format!("the clock says {says}"), &ground.data),
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Log, Mark};

    #[test]
    fn a_clock_is_measured_by_the_program_and_by_the_newest_entry() {
        let now = BUILT_MS + 300 * DAY_MS;
        for (now_ms, newest_ms, mark) in [
            (now, now, Mark::Ok),
            (now, 0, Mark::Ok),
            (0, now, Mark::Look),
            (now, now + 2 * DAY_MS, Mark::Look),
            (now + 401 * DAY_MS, now, Mark::Look),
            (BUILT_MS + 21 * 365 * DAY_MS, 0, Mark::Look),
        ] {
            let log = Log { newest_ms, ..Log::default() };
            let ground = Ground { data: "x".into(), log, now_ms, memory_bytes: None };
            assert_eq!(ClockCheck.look(&ground)[0].mark, mark, "{now_ms} {newest_ms}");
        }
    }
}
