//! Time as the store writes it: a hybrid logical clock that always grows, also on a board that wakes up in 1970.
//!
//! The true clock is a port ([`Clock`]); nothing else in the store asks the machine for the time.

use chalkbox_domain::event::{ClockTrust, Event, Hlc};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Before this moment (1 January 2026) no release of the program existed, so no clock can be right about it.
pub const BUILT_MS: u64 = 1_767_225_600_000;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
const LONGEST_LIFE_MS: u64 = 20 * 365 * DAY_MS;
const LONGEST_REST_MS: u64 = 400 * DAY_MS;
/// A clock that was set back by no more than this is still believed: such steps are small corrections.
const SMALL_STEP_MS: u64 = 5 * 60 * 1000;
/// Times that were off by less need no correction.
const NOTEWORTHY_MS: u64 = 1000;

/// Where time comes from; a test gives its own.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970 as the machine believes; may be wrong, may jump.
    fn unix_ms(&self) -> u64;
    /// Milliseconds since some fixed moment of this start; never steps back.
    fn mono_ms(&self) -> u64;
}

/// The machine's own clocks.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// Begins to count monotonic time now.
    pub fn new() -> Self {
        Self { started: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn unix_ms(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as u64)
    }
    fn mono_ms(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }
}

/// One reading, ready to be written into an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Its place in the order of everything that is here.
    pub hlc: Hlc,
    /// The time, which is that of `hlc` but for a box that took events in from one whose clock is ahead.
    pub at: Hlc,
    pub mono_ms: u64,
    pub trust: ClockTrust,
}

/// What the journals tell of time at an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Latest {
    /// The newest place in the order, of whichever box.
    pub order: Hlc,
    /// This box's own newest time, in milliseconds since 1970; 0: none.
    pub wall_ms: u64,
}

impl Latest {
    /// Of this box's newest event, if it has any, and of the newest of all others.
    pub fn of(own: Option<&Event>, others: Hlc) -> Self {
        /// So many events may follow one that came in before they can be told from later ones.
        const CLOSE: u64 = 1_000_000;
        let Some(own) = own else { return Self { order: others, wall_ms: 0 } };
        // Where a box is behind events that came in, its own follow them step by step, and only `at` has its time.
        let pushed = own.hlc > others && own.hlc.0 - others.0 < CLOSE && own.hlc.ms() > own.at.ms();
        let wall = if pushed { own.at } else { own.hlc };
        Self { order: own.hlc.max(others), wall_ms: wall.ms() }
    }
}

/// Gives out times of receipt that only grow. Order and time are two things: events of another box whose clock is ahead
/// move the order, and everything later stands behind them; the time of this box they do not move.
pub(crate) struct Stamper {
    clock: Arc<dyn Clock>,
    built_ms: u64,
    /// The newest place that was given out or seen.
    order: Hlc,
    /// The newest time that was told, in milliseconds since 1970; 0: none.
    wall_ms: u64,
    /// The last moment believed, as (milliseconds since 1970, monotonic milliseconds); never before the newest time told.
    anchor: (u64, u64),
    /// Whether the last reading went on from the anchor, since the machine's clock was not believed.
    guessing: bool,
    /// Whether an event was stamped with a guessed time since the true one was known last.
    guessed: bool,
    /// What is to be added to those times: the true one has become known, and the log does not say so yet.
    correction: Option<i64>,
}

impl Stamper {
    /// Goes on after what the journals tell.
    pub fn new(clock: Arc<dyn Clock>, built_ms: u64, Latest { order, wall_ms }: Latest) -> Self {
        let anchor = (wall_ms.max(built_ms), clock.mono_ms());
        Self { clock, built_ms, order, wall_ms, anchor, guessing: false, guessed: false, correction: None }
    }

    /// The anchor's time, gone on by the monotonic clock.
    fn own_ms(&self, mono_ms: u64) -> u64 {
        self.anchor.0 + mono_ms.saturating_sub(self.anchor.1)
    }

    fn plausible(&self, unix_ms: u64, mono_ms: u64) -> bool {
        let newest = if self.wall_ms == 0 { u64::MAX } else { self.wall_ms.saturating_add(LONGEST_REST_MS) };
        // A clock far behind the newest event would make time stand still until it has caught up. And once time was
        // guessed, a clock is believed again only when it has come up to that time, so that time does not fall back.
        let oldest = if self.guessing { self.wall_ms.max(self.own_ms(mono_ms)) } else { self.wall_ms };
        (self.built_ms..=self.built_ms + LONGEST_LIFE_MS).contains(&unix_ms)
            && unix_ms <= newest
            && unix_ms.saturating_add(SMALL_STEP_MS) >= oldest
    }

    /// Whether the machine's clock is believed at this moment.
    pub fn trust(&self) -> ClockTrust {
        let believed = self.plausible(self.clock.unix_ms(), self.clock.mono_ms());
        if believed { ClockTrust::Trusted } else { ClockTrust::Guessed }
    }

    /// The time now, as the next event would be stamped, in milliseconds since 1970. What a believed clock has said is
    /// never taken back, also when no event was stamped with it: an item was handed out at that moment.
    pub fn now_ms(&mut self) -> u64 {
        let (now_ms, _, trust) = self.reading();
        if trust == ClockTrust::Trusted {
            self.wall_ms = self.wall_ms.max(now_ms);
        }
        now_ms.max(self.wall_ms)
    }

    fn reading(&mut self) -> (u64, u64, ClockTrust) {
        let (unix_ms, mono_ms) = (self.clock.unix_ms(), self.clock.mono_ms());
        self.guessing = !self.plausible(unix_ms, mono_ms);
        if self.guessing {
            (self.own_ms(mono_ms), mono_ms, ClockTrust::Guessed)
        } else {
            if std::mem::take(&mut self.guessed) {
                let off = i64::try_from(i128::from(unix_ms) - i128::from(self.own_ms(mono_ms)));
                self.correction = off.ok().filter(|off| off.unsigned_abs() >= NOTEWORTHY_MS);
            }
            self.anchor = (unix_ms.max(self.wall_ms), mono_ms);
            (unix_ms, mono_ms, ClockTrust::Trusted)
        }
    }

    /// What is to be added to guessed times of this start, if the true time has become known by now and nobody has said so.
    pub fn correction(&mut self) -> Option<i64> {
        self.reading();
        self.correction
    }

    /// The correction is in the log.
    pub fn is_corrected(&mut self) {
        self.correction = None;
    }

    /// Takes note of an event that came from elsewhere: every later one stands behind it.
    pub fn observe(&mut self, hlc: Hlc) {
        self.order = self.order.max(hlc);
    }

    /// The next time of receipt, larger than every one before it.
    pub fn stamp(&mut self) -> Stamp {
        let (now_ms, mono_ms, trust) = self.reading();
        self.guessed |= trust == ClockTrust::Guessed;
        self.wall_ms = self.wall_ms.max(now_ms);
        self.order = Hlc::from_ms(self.wall_ms).max(Hlc(self.order.0 + 1));
        let behind = self.order.ms() > self.wall_ms;
        let at = if behind { Hlc::from_ms(self.wall_ms) } else { self.order };
        Stamp { hlc: self.order, at, mono_ms, trust }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    struct Told(Mutex<(u64, u64)>);
    impl Clock for Told {
        fn unix_ms(&self) -> u64 {
            self.0.lock().expect("no panic holds it").0
        }
        fn mono_ms(&self) -> u64 {
            self.0.lock().expect("no panic holds it").1
        }
    }

    fn newest(ms: u64) -> Latest {
        Latest { order: Hlc::from_ms(ms), wall_ms: ms }
    }

    fn run(last_ms: u64, readings: &[(u64, u64)]) -> Vec<Stamp> {
        let clock = Arc::new(Told(Mutex::new(readings[0])));
        let mut stamper = Stamper::new(clock.clone(), BUILT_MS, newest(last_ms));
        let stamps: Vec<Stamp> = readings
            .iter()
            .map(|r| {
                *clock.0.lock().expect("no panic holds it") = *r;
                stamper.stamp()
            })
            .collect();
        assert!(stamps.windows(2).all(|w| w[0].hlc < w[1].hlc), "{stamps:?}");
        stamps
    }

    #[test]
    fn events_from_a_box_that_is_ahead_move_the_order_and_not_the_time() {
        let t = BUILT_MS + DAY_MS;
        let clock = Arc::new(Told(Mutex::new((t, 0))));
        let mut stamper = Stamper::new(clock.clone(), BUILT_MS, newest(t - 1));
        let ahead = Hlc::from_ms(t + 300 * DAY_MS);
        stamper.observe(ahead);
        assert_eq!(stamper.now_ms(), t);
        *clock.0.lock().expect("no panic holds it") = (t + 5, 5);
        let (first, second) = (stamper.stamp(), stamper.stamp());
        assert!(first.hlc > ahead && second.hlc > first.hlc);
        assert_eq!((first.at, first.trust), (Hlc::from_ms(t + 5), ClockTrust::Trusted));
        assert_eq!(stamper.now_ms(), t + 5);
        // Once the time is there, the two are one again.
        *clock.0.lock().expect("no panic holds it") = (t + 300 * DAY_MS + 1, 6);
        let later = stamper.stamp();
        assert_eq!((later.hlc, later.at), (Hlc::from_ms(t + 300 * DAY_MS + 1), later.hlc));
    }

    #[test]
    fn a_good_clock_is_taken_as_it_is() {
        let t = BUILT_MS + 5_000;
        let stamps = run(0, &[(t, 0), (t, 0), (t + 7, 7)]);
        assert_eq!(stamps[0].hlc, Hlc::from_ms(t));
        assert_eq!(stamps[1].hlc.ms(), t);
        assert_eq!(stamps[2].hlc, Hlc::from_ms(t + 7));
        assert!(stamps.iter().all(|s| s.trust == ClockTrust::Trusted));
    }

    #[test]
    fn born_in_1970_it_goes_on_by_monotonic_time() {
        let last = BUILT_MS + 90 * DAY_MS;
        let stamps = run(last, &[(0, 10), (500, 510), (last + DAY_MS, 900)]);
        assert!(stamps[0].hlc.ms() >= last && stamps[1].hlc.ms() == last + 500);
        assert_eq!(stamps[1].trust, ClockTrust::Guessed);
        assert_eq!((stamps[2].hlc.ms(), stamps[2].trust), (last + DAY_MS, ClockTrust::Trusted));
    }

    #[test]
    fn one_wrong_clock_cannot_push_the_log_into_2090() {
        let t = BUILT_MS + 5_000;
        let stamps = run(t, &[(t, 0), (t + 64 * 365 * DAY_MS, 100), (t + 401 * DAY_MS, 150), (t + 200, 200)]);
        assert_eq!(stamps[1].trust, ClockTrust::Guessed);
        assert_eq!(stamps[1].hlc.ms(), t + 100);
        assert_eq!(stamps[2].trust, ClockTrust::Guessed);
        assert_eq!((stamps[3].hlc.ms(), stamps[3].trust), (t + 200, ClockTrust::Trusted));
    }

    #[test]
    fn what_was_told_is_not_taken_back_by_a_clock_set_back() {
        let t = BUILT_MS + DAY_MS;
        let clock = Arc::new(Told(Mutex::new((t, 0))));
        let mut stamper = Stamper::new(clock.clone(), BUILT_MS, newest(0));
        assert_eq!(stamper.now_ms(), t);
        *clock.0.lock().expect("no panic holds it") = (t - 3_600_000, 1);
        assert_eq!(stamper.now_ms(), t + 1);
        assert!(stamper.stamp().hlc > Hlc::from_ms(t));
    }

    #[test]
    fn a_small_step_back_keeps_order_and_trust() {
        let t = BUILT_MS + DAY_MS;
        let stamps = run(0, &[(t, 0), (t - SMALL_STEP_MS, 1), (t - 1, SMALL_STEP_MS), (t + 5, SMALL_STEP_MS + 6)]);
        assert_eq!(stamps.iter().map(|s| s.hlc.ms()).collect::<Vec<_>>(), [t, t, t, t + 5]);
        assert!(stamps.iter().all(|s| s.trust == ClockTrust::Trusted));
    }

    #[test]
    fn a_step_back_keeps_order() {
        let t = BUILT_MS + DAY_MS;
        let minute = 60_000;
        let back = t - 60 * minute;
        let readings = [
            (t, 0),
            (back, 1),
            // It has come near the newest event, but time has gone on by an hour.
            (back + 60 * minute, 1 + 60 * minute),
            // Set right again.
            (t + 61 * minute, 2 + 61 * minute),
            (t + 62 * minute, 2 + 62 * minute),
        ];
        let stamps = run(0, &readings);
        let told: Vec<(u64, ClockTrust)> = stamps.iter().map(|s| (s.hlc.ms(), s.trust)).collect();
        let expected = [
            (t, ClockTrust::Trusted),
            (t + 1, ClockTrust::Guessed),
            (t + 1 + 60 * minute, ClockTrust::Guessed),
            (t + 61 * minute, ClockTrust::Trusted),
            (t + 62 * minute, ClockTrust::Trusted),
        ];
        assert_eq!(told, expected, "time goes on also while the machine's clock lags");
    }

    #[test]
    fn a_clock_behind_the_newest_event_is_not_believed_at_the_start() {
        let last = BUILT_MS + 90 * DAY_MS;
        let clock = Arc::new(Told(Mutex::new((last - DAY_MS, 7))));
        let mut stamper = Stamper::new(clock.clone(), BUILT_MS, newest(last));
        assert_eq!(stamper.trust(), ClockTrust::Guessed);
        *clock.0.lock().expect("no panic holds it") = (last - DAY_MS + 400, 407);
        assert_eq!(stamper.now_ms(), last + 400);
        *clock.0.lock().expect("no panic holds it") = (last + DAY_MS, 500);
        assert_eq!((stamper.trust(), stamper.now_ms()), (ClockTrust::Trusted, last + DAY_MS));
    }
}
