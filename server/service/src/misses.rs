//! Misses at the doors, so that guessing a code costs time and never locks a child out.
//!
//! Two counts. One door on one device pauses half a minute after five misses in a row. And one device may miss about
//! twenty times in five minutes over all doors of a kind, so that nobody tries a few codes on each child of the school.
//! A password is slow to look at, so that try is counted before and taken back when it was right: a hundred tries at
//! once are not all looked at.
//!
//! A *device* is the address that a request comes from: on the box's own Wi-Fi that is one tablet. In a school's own
//! network a whole class may stand behind one address. So each child who gets in from an address, once in five minutes,
//! pays for two more misses there: a class that comes in mostly right never meets the pause, and who guesses does.

use chalkbox_domain::ids::LearnerId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Misses in a row before a door pauses.
pub const MISSES_BEFORE_PAUSE: u32 = 5;
/// How long it pauses, in milliseconds.
const PAUSE_MS: u64 = 30_000;
/// After so long a miss of a device is forgotten.
const MISS_MS: u64 = 15_000;
/// Misses of a device that may be remembered before it pauses: twenty, forgotten over five minutes.
const DEVICE_MS: u64 = 20 * MISS_MS;
/// Misses that a child who gets in pays for at that address.
const PAID_BY_A_CHILD: u64 = 2;
/// Doors and devices that are remembered before those that are at rest are forgotten.
const MOST: usize = 5_000;

/// What somebody wants to open, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    name: String,
    device: String,
}

impl Door {
    /// A learner's own code.
    pub fn of_learner(learner: LearnerId, device: &str) -> Self {
        Self { name: format!("{learner}@{device}"), device: format!("learners@{device}") }
    }
    /// The cards of all learners.
    pub fn of_cards(device: &str) -> Self {
        Self { name: format!("card@{device}"), device: format!("learners@{device}") }
    }
    /// A member of staff. Children's misses do not keep their teacher out, nor the other way round.
    pub fn of_staff(username: &str, device: &str) -> Self {
        Self { name: format!("{}@{device}", username.trim().to_lowercase()), device: format!("staff@{device}") }
    }
}

/// All misses that are remembered.
#[derive(Default)]
pub struct Misses {
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    doors: HashMap<String, InARow>,
    devices: HashMap<String, Device>,
}

struct InARow {
    misses: u32,
    last_ms: u64,
}

impl InARow {
    fn pause_ms(&self, now_ms: u64) -> u64 {
        if self.misses < MISSES_BEFORE_PAUSE { 0 } else { (self.last_ms + PAUSE_MS).saturating_sub(now_ms) }
    }
}

#[derive(Default)]
struct Device {
    /// When all misses will be forgotten: each puts it off by [`MISS_MS`].
    clean_ms: u64,
    /// Children who came in there lately, and when.
    came_in: Vec<(LearnerId, u64)>,
}

impl Device {
    fn pause_ms(&self, now_ms: u64) -> u64 {
        (self.clean_ms.max(now_ms) + MISS_MS).saturating_sub(now_ms + DEVICE_MS)
    }
}

impl Counts {
    /// Milliseconds for which this door still pauses; 0: it does not.
    fn pause_ms(&self, door: &Door, now_ms: u64) -> u64 {
        let own = self.doors.get(&door.name).map_or(0, |d| d.pause_ms(now_ms));
        let device = self.devices.get(&door.device).map_or(0, |d| d.pause_ms(now_ms));
        own.max(device)
    }

    fn forget_what_rests(&mut self, now_ms: u64) {
        if self.doors.len() >= MOST {
            self.doors.retain(|_, d| d.last_ms + PAUSE_MS > now_ms);
        }
        if self.devices.len() >= MOST {
            self.devices.retain(|_, d| d.clean_ms > now_ms);
        }
    }

    fn attempt(&mut self, door: &Door, now_ms: u64) -> Result<(), u64> {
        let pause_ms = self.pause_ms(door, now_ms);
        if pause_ms > 0 {
            return Err(pause_ms.div_ceil(1000));
        }
        self.forget_what_rests(now_ms);
        let own = self.doors.entry(door.name.clone()).or_insert(InARow { misses: 0, last_ms: now_ms });
        if own.misses >= MISSES_BEFORE_PAUSE {
            own.misses = 0;
        }
        own.misses += 1;
        own.last_ms = now_ms;
        let device = self.devices.entry(door.device.clone()).or_default();
        device.clean_ms = device.clean_ms.max(now_ms) + MISS_MS;
        Ok(())
    }

    /// The misses at this door are forgotten, and a child who came in pays for others of the device.
    fn opened(&mut self, door: &Door, child: Option<LearnerId>, now_ms: u64) {
        self.doors.remove(&door.name);
        self.take_back(door);
        if let (Some(child), Some(device)) = (child, self.devices.get_mut(&door.device)) {
            device.came_in.retain(|(_, at)| at + DEVICE_MS > now_ms);
            if device.came_in.iter().all(|(who, _)| *who != child) {
                device.came_in.push((child, now_ms));
                device.clean_ms = device.clean_ms.saturating_sub(PAID_BY_A_CHILD * MISS_MS);
            }
        }
    }

    fn take_back(&mut self, door: &Door) {
        if let Some(device) = self.devices.get_mut(&door.device) {
            device.clean_ms = device.clean_ms.saturating_sub(MISS_MS);
        }
    }
}

impl Misses {
    /// A try whose code was quick to look at: `found` is the child that it opens for, none for a miss. While the door
    /// pauses nothing is told and nothing counted.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn tried(&self, door: &Door, found: Option<LearnerId>, now_mono_ms: u64) -> Result<(), u64> {
        let mut counts = self.lock();
        counts.attempt(door, now_mono_ms)?;
        if found.is_some() {
            counts.opened(door, found, now_mono_ms);
        }
        Ok(())
    }

    /// A try that is slow to look at: counted as a miss before that, so that many at once are not all let past.
    ///
    /// # Errors
    /// The seconds to wait while the door pauses.
    pub fn attempt(&self, door: &Door, now_mono_ms: u64) -> Result<(), u64> {
        self.lock().attempt(door, now_mono_ms)
    }

    /// The slow try was right.
    pub fn opened(&self, door: &Door, now_mono_ms: u64) {
        self.lock().opened(door, None, now_mono_ms);
    }

    /// Seconds for which this door pauses from now on.
    pub fn pause(&self, door: &Door, now_mono_ms: u64) -> Option<u64> {
        let pause_ms = self.lock().pause_ms(door, now_mono_ms);
        (pause_ms > 0).then(|| pause_ms.div_ceil(1000))
    }

    /// The try was sent away without a look: it counts for nothing.
    pub fn not_looked_at(&self, door: &Door) {
        let mut counts = self.lock();
        counts.take_back(door);
        if let Some(own) = counts.doors.get_mut(&door.name) {
            own.misses = own.misses.saturating_sub(1);
            if own.misses == 0 {
                counts.doors.remove(&door.name);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(n: u8) -> LearnerId {
        LearnerId([n; 16])
    }

    #[test]
    fn five_misses_pause_a_door_for_half_a_minute_only() {
        let misses = Misses::default();
        let (a, b) = (Door::of_learner(child(1), "x"), Door::of_learner(child(2), "x"));
        for n in 1..=5 {
            assert_eq!(misses.tried(&a, None, 0), Ok(()));
            assert_eq!(misses.pause(&a, 0).is_some(), n == 5);
        }
        assert_eq!(misses.tried(&a, None, 1_000), Err(29));
        assert_eq!(misses.pause(&b, 1_000), None);
        assert_eq!(misses.pause(&Door::of_learner(child(1), "y"), 1_000), None);
        assert_eq!(misses.tried(&a, None, 30_000), Ok(()));
        assert_eq!(misses.pause(&a, 30_000), None);
    }

    #[test]
    fn tries_at_once_are_counted_before_they_are_looked_at() {
        let misses = Misses::default();
        let door = Door::of_staff("Amina", "x");
        let looked_at = (0..300).filter(|_| misses.attempt(&door, 0).is_ok()).count();
        assert_eq!(looked_at, 5);
        misses.opened(&door, 0);
        assert_eq!(misses.attempt(&Door::of_staff(" amina", "x"), 0), Ok(()), "one name in any case of letters");
    }

    #[test]
    fn a_try_that_nobody_looked_at_counts_for_nothing() {
        let misses = Misses::default();
        let door = Door::of_staff("amina", "x");
        for _ in 0..300 {
            assert_eq!(misses.attempt(&door, 0), Ok(()));
            misses.not_looked_at(&door);
        }
        assert!(misses.lock().doors.is_empty());
    }

    #[test]
    fn a_device_that_tries_every_child_misses_twenty_times_in_five_minutes() {
        let misses = Misses::default();
        let mut looked_at = 0;
        for second in 0..300u64 {
            for n in 0..60 {
                looked_at += u64::from(misses.tried(&Door::of_learner(child(n), "x"), None, second * 1000).is_ok());
            }
        }
        assert_eq!(looked_at, 20 + 300_000 / MISS_MS - 1, "twenty at once, then one in a quarter of a minute");
        assert_eq!(misses.tried(&Door::of_learner(child(1), "another"), None, 300_000), Ok(()));
        assert_eq!(misses.attempt(&Door::of_staff("amina", "x"), 300_000), Ok(()), "the teacher gets in");
    }

    #[test]
    fn a_class_behind_one_address_pays_for_its_own_misses() {
        let misses = Misses::default();
        // Thirty children in two minutes; every one is wrong once before it is right.
        for n in 0..30u8 {
            let now = u64::from(n) * 4_000;
            let door = Door::of_learner(child(n), "school");
            assert_eq!(misses.tried(&door, None, now), Ok(()), "child {n}");
            assert_eq!(misses.tried(&door, Some(child(n)), now + 1), Ok(()), "child {n}");
        }
        // Who comes in again and again with one code buys nothing by it.
        let mut guesses = 0;
        for n in 0..100 {
            guesses += u64::from(misses.tried(&Door::of_learner(child(100 + n), "thief"), None, 0).is_ok());
            let _ = misses.tried(&Door::of_learner(child(1), "thief"), Some(child(1)), 0);
        }
        assert!(guesses <= 22, "{guesses}");
    }
}
