//! How a tool fares: its calls, their times, its traps, and the strikes that put it into quarantine.
//!
//! A tool that rests is tried again with one call after some minutes, and rests longer each time that fails: on a busy
//! machine a good tool may be too slow for a while, and it may be the only one of a skill. Time is handed in. Nothing
//! here is kept over a restart: a tool gets a fresh chance.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// So many of the last calls give the 95th percentile.
const TIMES: usize = 256;
/// How long a tool rests at first. Twice as long each time after that.
const FIRST_REST: Duration = Duration::from_secs(2 * 60);
/// How long it rests at most.
const LONGEST_REST: Duration = Duration::from_secs(60 * 60);
/// After so much time without a rest, the next one is a first one again.
const FORGET_RESTS: Duration = Duration::from_secs(2 * 60 * 60);
/// A trial that has not ended after so long is taken as lost, and another call is tried.
const TRIAL: Duration = Duration::from_secs(60);

/// What is known of one tool since the start of the program.
#[derive(Debug, Default)]
pub(crate) struct Record {
    calls: u64,
    traps: u64,
    times_us: VecDeque<u32>,
    strikes: VecDeque<Instant>,
    /// Until when it rests, or until when a trial may take.
    resting: Option<Instant>,
    rests: u32,
    rested_last: Option<Instant>,
}

/// A call's leave to be made. It must come back with how the call went.
#[derive(Debug)]
#[must_use]
pub(crate) struct Leave {
    trial: bool,
}

impl Record {
    /// Whether a call may be made at `now`: always, unless the tool rests; after the rest one call, as a trial.
    pub(crate) fn admit(&mut self, now: Instant) -> Option<Leave> {
        match self.resting {
            None => Some(Leave { trial: false }),
            Some(until) if now < until => None,
            Some(_) => {
                self.resting = Some(now + TRIAL);
                Some(Leave { trial: true })
            }
        }
    }

    /// A call took so long, whatever came of it.
    pub(crate) fn called(&mut self, took: Duration) {
        self.calls += 1;
        if self.times_us.len() == TIMES {
            self.times_us.pop_front();
        }
        self.times_us.push_back(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }

    /// The call ended as it should; true when that was the trial that ends the quarantine.
    pub(crate) fn went_well(&mut self, leave: &Leave) -> bool {
        if leave.trial {
            self.resting = None;
            self.strikes.clear();
        }
        leave.trial
    }

    /// The call was not made after all: the next one may be the trial.
    pub(crate) fn not_made(&mut self, leave: &Leave, now: Instant) {
        if leave.trial {
            self.resting = Some(now);
        }
    }

    /// A trap or time-out at `now`; how long the tool rests if it is the one that brings quarantine: `most` within
    /// `memory`, or the first of a trial.
    pub(crate) fn strike(&mut self, leave: &Leave, now: Instant, most: u32, memory: Duration) -> Option<Duration> {
        self.traps += 1;
        self.strikes.retain(|strike| now.saturating_duration_since(*strike) < memory);
        self.strikes.push_back(now);
        let enough = self.resting.is_none() && self.strikes.len() >= most as usize;
        (enough || leave.trial).then(|| self.rest(now))
    }

    /// The tool rests from `now` on, and how long: a call could not even begin, or there were too many strikes.
    pub(crate) fn rest(&mut self, now: Instant) -> Duration {
        if self.rested_last.is_some_and(|last| now.saturating_duration_since(last) >= FORGET_RESTS) {
            self.rests = 0;
        }
        let rest = FIRST_REST.saturating_mul(1 << self.rests.min(10)).min(LONGEST_REST);
        self.rests += 1;
        self.resting = Some(now + rest);
        self.rested_last = Some(now + rest);
        rest
    }

    /// Until when it rests or is being tried; none while it works.
    pub(crate) fn resting(&self) -> Option<Instant> {
        self.resting
    }

    /// Whether it rests, or is being tried.
    pub(crate) fn quarantined(&self) -> bool {
        self.resting.is_some()
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

    const MEMORY: Duration = Duration::from_secs(600);

    fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    fn strike(record: &mut Record, now: Instant) -> Option<Duration> {
        let leave = record.admit(now).expect("it does not rest");
        record.strike(&leave, now, 5, MEMORY)
    }

    #[test]
    fn strikes_count_only_within_their_time() {
        let start = Instant::now();
        let mut record = Record::default();
        for minute in 0..20 {
            assert_eq!(strike(&mut record, start + seconds(minute * 180)), None, "minute {minute}");
        }
        let late = start + seconds(10_000);
        let outcomes: Vec<_> = (0..5).map(|second| strike(&mut record, late + seconds(second))).collect();
        assert_eq!(outcomes, [None, None, None, None, Some(FIRST_REST)]);
        assert!(record.quarantined() && record.admit(late + seconds(5)).is_none());
        assert_eq!(record.traps(), 25);
    }

    #[test]
    fn a_call_that_was_on_its_way_neither_ends_nor_prolongs_a_rest() {
        let now = Instant::now();
        let mut record = Record::default();
        let (early, late) = (record.admit(now).expect("a leave"), record.admit(now).expect("a leave"));
        record.rest(now);
        assert!(!record.went_well(&early) && record.quarantined());
        assert_eq!(record.strike(&late, now, 1, MEMORY), None);
        assert!(record.admit(now + FIRST_REST).is_some());
    }

    #[test]
    fn after_a_rest_one_call_is_tried_and_each_failure_makes_the_next_rest_longer() {
        let mut now = Instant::now();
        let mut record = Record::default();
        let mut rest = record.rest(now);
        assert_eq!(rest, FIRST_REST);
        for minutes in [4, 8, 16, 32, 60, 60] {
            assert!(record.admit(now + rest - seconds(1)).is_none());
            now += rest;
            let trial = record.admit(now).expect("a trial");
            assert!(record.admit(now).is_none(), "one is enough");
            rest = record.strike(&trial, now, 5, MEMORY).expect("it rests again");
            assert_eq!(rest, seconds(minutes * 60));
        }
        now += rest;
        let trial = record.admit(now).expect("a trial");
        assert!(record.went_well(&trial) && !record.quarantined());
        assert!(record.admit(now).is_some());
        assert_eq!(strike(&mut record, now), None, "old strikes are forgotten");
        // What went wrong so often rests long again when it soon goes wrong again, and not when that is long ago.
        assert_eq!(record.rest(now + seconds(60)), LONGEST_REST);
        assert_eq!(record.rest(now + LONGEST_REST + FORGET_RESTS + seconds(60)), FIRST_REST);
    }

    #[test]
    fn a_trial_that_was_not_made_or_got_lost_is_made_by_another_call() {
        let now = Instant::now();
        let mut record = Record::default();
        let now = now + record.rest(now);
        let trial = record.admit(now).expect("a trial");
        record.not_made(&trial, now);
        let lost = record.admit(now);
        assert!(lost.is_some() && record.admit(now + TRIAL - seconds(1)).is_none());
        assert!(record.admit(now + TRIAL).is_some());
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
