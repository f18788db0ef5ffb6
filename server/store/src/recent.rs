//! What this box's children practised, for while there is no whole engine: which event an answer or a sending became, found
//! without reading the journal. Made once while the journals are read to let people in; what comes in later is in the engine
//! that does so.

use crate::codec::Practised;
use crate::keys;
use chalkbox_domain::event::{Hlc, SendKey};
use chalkbox_domain::ids::{ItemKey, LearnerId};
use std::hash::{BuildHasher, RandomState};

/// So many numbers, the newest, are known: with two keys each that is 32 MiB. Before them the journal is read.
const MOST: u64 = 1 << 21;
/// Bits of an entry that say which number; the others are of the key's hash.
const NUMBER_BITS: u32 = 24;

/// Eight bytes for each answered item and for each sending: a hash of it, and the event's number. Whoever finds a number looks
/// into the journal whether it is the one.
pub(crate) struct Recent {
    hasher: RandomState,
    /// Rising, once it is made.
    entries: Vec<u64>,
    /// The smallest number that may be in it.
    first: u64,
    /// Everything that happened later than this, up to the moment at which it was made, is in it.
    behind: Hlc,
}

impl Recent {
    /// For the events up to number `end`.
    pub fn new(end: u64) -> Self {
        Self::of_last(end, MOST)
    }

    fn of_last(end: u64, most: u64) -> Self {
        let first = end.saturating_sub(most.min(MOST)) + 1;
        let entries = Vec::with_capacity((end + 1 - first) as usize * 2);
        Self { hasher: RandomState::new(), entries, first, behind: Hlc(0) }
    }

    /// Takes in an event of a child's practice.
    pub fn put(&mut self, seq: u64, event: &Practised) {
        let Some(number) = seq.checked_sub(self.first) else {
            self.behind = self.behind.max(event.hlc).max(event.at);
            return;
        };
        if number >> NUMBER_BITS != 0 {
            return;
        }
        if let Some(item) = event.item {
            let answered = self.hash(&(keys::owner(event.learner), item));
            self.entries.push(answered | number);
        }
        if let Some(send) = event.send {
            let sent = self.hash(&(send.client, send.cseq));
            self.entries.push(sent | number);
        }
    }

    /// Nothing is taken in any more.
    pub fn made(mut self) -> Self {
        self.entries.sort_unstable();
        self
    }

    fn hash(&self, key: &impl std::hash::Hash) -> u64 {
        self.hasher.hash_one(key) >> NUMBER_BITS << NUMBER_BITS
    }

    fn numbers(&self, hash: u64) -> impl Iterator<Item = u64> + '_ {
        let from = self.entries.partition_point(|entry| *entry < hash);
        let same = move |entry: &&u64| **entry >> NUMBER_BITS == hash >> NUMBER_BITS;
        self.entries[from..].iter().take_while(same).map(|entry| (*entry & ((1 << NUMBER_BITS) - 1)) + self.first)
    }

    /// Whether every event from a moment on is in it.
    pub fn covers(&self, from: Hlc) -> bool {
        self.first == 1 || from > self.behind
    }

    /// Numbers of the events that may be a learner's answers to an item, rising.
    pub fn answers(&self, learner: LearnerId, item: ItemKey) -> Vec<u64> {
        self.numbers(self.hash(&(learner, item))).collect()
    }

    /// Numbers of the events that may be what a sending became, rising.
    pub fn sent(&self, send: SendKey) -> Vec<u64> {
        self.numbers(self.hash(&(send.client, send.cseq))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_domain::ids::ClientId;

    fn practised(n: u64) -> Practised {
        Practised {
            hlc: Hlc::from_ms(1000 + n),
            at: Hlc::from_ms(1000 + n),
            learner: Some(LearnerId([(n % 7) as u8; 16])),
            send: Some(SendKey { client: ClientId([(n % 7) as u8; 16]), cseq: n / 7 + 1 }),
            item: Some(ItemKey([(n % 250) as u8; 16])),
        }
    }

    fn of(events: u64, most: u64) -> Recent {
        let mut recent = Recent::of_last(events, most);
        (1..=events).for_each(|n| recent.put(n, &practised(n)));
        recent.made()
    }

    #[test]
    fn everything_that_was_practised_is_found_in_sixteen_bytes_an_event() {
        let recent = of(5_000, MOST);
        for n in 1..=5_000 {
            let Practised { learner, send, item, .. } = practised(n);
            let answers = recent.answers(keys::owner(learner), item.unwrap_or(ItemKey([0; 16])));
            assert!(answers.contains(&n) && answers.is_sorted(), "{n}: {answers:?}");
            assert!(send.is_some_and(|send| recent.sent(send).contains(&n)));
        }
        assert!(recent.covers(Hlc(0)));
        let strangers = (1..=1000).map(|n| recent.sent(SendKey { client: ClientId([99; 16]), cseq: n }).len());
        assert!(strangers.sum::<usize>() <= 1, "a stranger costs a look into the journal");
        assert_eq!(recent.entries.capacity() * size_of::<u64>(), 16 * 5_000);
    }

    #[test]
    fn what_is_too_old_for_it_is_not_said_to_be_unknown() {
        let recent = of(100, 30);
        assert!(!recent.covers(Hlc::from_ms(1070)) && recent.covers(Hlc::from_ms(1071)));
        let sent = |n: u64| practised(n).send.map(|send| recent.sent(send)).unwrap_or_default();
        assert_eq!((sent(70), sent(71), sent(100)), (vec![], vec![71], vec![100]));
    }
}
