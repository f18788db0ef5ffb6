//! Answers that wait on devices: a tablet that reaches the box but may not send some of its answers (another child is
//! signed in there) says which handed-out items they answer. The seal of an item tells whose it is, so nothing else need
//! be known of the device. Kept in memory alone; an answer that came is not waiting any more, whoever brought it.

use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Event, EventBody};
use chalkbox_domain::ids::{ClassId, ClientId, ItemKey, LearnerId};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Items that a device may name at once.
pub const MOST_AT_ONCE: usize = 50;
/// Items that are remembered at most.
const MOST: usize = 5_000;
/// A device that was not heard of for so long is not told of: four hours, in milliseconds of monotonic time.
const RECENT_MS: u64 = 4 * 3600 * 1000;
/// An answer that came so long after it was given came late, in milliseconds.
const LATE_MS: u64 = 2 * 60 * 1000;

struct Waits {
    learner: LearnerId,
    tablet: Option<ClientId>,
    asked_ms: u64,
    seen_mono_ms: u64,
}

/// What waits.
#[derive(Default)]
pub(crate) struct Waiting(Mutex<HashMap<ItemKey, Waits>>);

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, HashMap<ItemKey, Waits>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub(crate) fn forget(&self, learner: LearnerId) {
        self.lock().retain(|_, waits| waits.learner != learner);
    }
}

/// Answers of one learner that wait on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingOf {
    /// Whose.
    pub learner: LearnerId,
    /// First name as shown.
    pub display_name: String,
    /// How many.
    pub answers: usize,
}

/// Whether an event is an answer that came long after it was given. Of one whose place in the order is ahead of the time,
/// behind events from a box whose clock is ahead, nobody knows.
pub(crate) fn is_late(event: &Event, now_ms: u64) -> bool {
    let (received, given) = (event.hlc.ms(), event.at.ms());
    matches!(event.body, EventBody::Answered(_)) && received <= now_ms && received.saturating_sub(given) >= LATE_MS
}

impl Chalkbox {
    /// Notes that a device still holds answers to these items, and to none that it told of before: it may have given one up.
    /// What is no item of this box is passed over.
    pub fn note_waiting(&self, tablet: Option<ClientId>, items: &[String]) {
        let now = self.clock().mono_ms();
        let opened = items.iter().take(MOST_AT_ONCE).filter_map(|text| self.seal_key().open(text));
        let mut all = self.waiting.lock();
        all.retain(|_, waits| {
            let replaced = tablet.is_some() && waits.tablet == tablet;
            !replaced && now.saturating_sub(waits.seen_mono_ms) < RECENT_MS
        });
        for (sealed, key) in opened {
            if all.len() < MOST || all.contains_key(&key) {
                let waits = Waits { learner: sealed.learner, tablet, asked_ms: sealed.asked_ms, seen_mono_ms: now };
                all.insert(key, waits);
            }
        }
    }

    /// Answers of a class that wait on devices heard of within four hours, by name. Those that came meanwhile are
    /// forgotten.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn waiting_in(&self, class: ClassId) -> Result<Vec<WaitingOf>, StoreTrouble> {
        let now = self.clock().mono_ms();
        let links = self.people().links.clone();
        let names: BTreeMap<LearnerId, String> =
            self.people().learners_of(class).into_iter().map(|l| (l.id, l.display_name.clone())).collect();
        let open: Vec<(ItemKey, LearnerId, u64)> = {
            let all = self.waiting.lock();
            let recent = all.iter().filter(|(_, w)| now.saturating_sub(w.seen_mono_ms) < RECENT_MS);
            let theirs = recent.filter(|(_, w)| names.contains_key(&links.one(w.learner)));
            theirs.map(|(k, w)| (*k, w.learner, w.asked_ms)).collect()
        };
        let mut counts: BTreeMap<LearnerId, usize> = BTreeMap::new();
        for (key, learner, asked_ms) in open {
            if self.store().answer_to(learner, key, asked_ms)?.is_some() {
                self.waiting.lock().remove(&key);
            } else {
                *counts.entry(links.one(learner)).or_default() += 1;
            }
        }
        let of = |(learner, answers): (LearnerId, usize)| {
            Some(WaitingOf { learner, display_name: names.get(&learner)?.clone(), answers })
        };
        let mut list: Vec<WaitingOf> = counts.into_iter().filter_map(of).collect();
        list.sort_by(|a, b| (&a.display_name, a.learner).cmp(&(&b.display_name, b.learner)));
        Ok(list)
    }
}
