//! How a tool fares: its calls, their times, its traps, and the strikes that put it into quarantine.
//!
//! Time is handed in. Nothing here is kept over a restart: a tool gets a fresh chance.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// So many of the last calls give the 95th percentile.
const TIMES: usize = 256;

/// What is known of one tool since the start of the program.
#[derive(Debug, Default)]
pub(crate) struct Record {
    calls: u64,
    traps: u64,
    times_us: VecDeque<u32>,
    strikes: VecDeque<Instant>,
    quarantined: bool,
}

impl Record {
    /// A call took so long, whatever came of it.
    pub(crate) fn called(&mut self, took: Duration) {
        self.calls += 1;
        if self.times_us.len() == TIMES {
            self.times_us.pop_front();
        }
        self.times_us.push_back(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }

    /// A trap or time-out at `now`; true when it is the one that brings quarantine: `most` within `memory`.
    pub(crate) fn strike(&mut self, now: Instant, most: u32, memory: Duration) -> bool {
        self.traps += 1;
        self.strikes.retain(|strike| now.saturating_duration_since(*strike) < memory);
        self.strikes.push_back(now);
        let newly = !self.quarantined && self.strikes.len() >= most as usize;
        self.quarantined |= newly;
        newly
    }

    /// Strikes and quarantine are forgotten.
    pub(crate) fn pardon(&mut self) {
        self.strikes.clear();
        self.quarantined = false;
    }

    /// Whether it rests.
    pub(crate) fn quarantined(&self) -> bool {
        self.quarantined
    }

    /// Calls so far.
    pub(crate) fn calls(&self) -> u64 {
        self.calls
    }

    /// Traps and time-outs so far.
    pub(crate) fn traps(&self) -> u64 {
        self.traps
    }

    /// 95th percentile of the last calls' times in microseconds; 0 before the first.
    pub(crate) fn p95_us(&self) -> u64 {
        let mut sorted: Vec<u32> = self.times_us.iter().copied().collect();
        sorted.sort_unstable();
        let rank = (sorted.len() * 95).div_ceil(100);
        rank.checked_sub(1).and_then(|at| sorted.get(at)).copied().map_or(0, u64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strikes_count_only_within_their_time() {
        let memory = Duration::from_secs(600);
        let start = Instant::now();
        let mut record = Record::default();
        for minute in 0..20 {
            assert!(!record.strike(start + Duration::from_secs(minute * 180), 5, memory), "minute {minute}");
        }
        let late = start + Duration::from_secs(10_000);
        let outcomes: Vec<bool> =
            (0..6).map(|second| record.strike(late + Duration::from_secs(second), 5, memory)).collect();
        assert_eq!(outcomes, [false, false, false, false, true, false]);
        assert!(record.quarantined());
        record.pardon();
        assert!(!record.quarantined());
        assert!(!record.strike(late + Duration::from_secs(7), 5, memory));
        assert_eq!(record.traps(), 27);
    }

    #[test]
    fn the_percentile_is_of_the_last_calls() {
        let mut record = Record::default();
        assert_eq!(record.p95_us(), 0);
        for us in 1..=100 {
            record.called(Duration::from_micros(us));
        }
        assert_eq!((record.p95_us(), record.calls()), (95, 100));
        for _ in 0..300 {
            record.called(Duration::from_micros(7));
        }
        assert_eq!(record.p95_us(), 7);
    }
}
