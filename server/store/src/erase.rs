//! Forgetting a learner: every file of every box is written anew without the learner's events. Their numbers stay, with
//! the hash of what was there, so that nothing looks lost.

use crate::codec;
use crate::disk::Disk;
use crate::error::StoreError;
use crate::journal::{self, JournalError, JournalReader, RescueOf};
use crate::keys;
use crate::record::Record;
use chalkbox_domain::event::EventBody;
use chalkbox_domain::ids::{BoxId, LearnerId};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What an erasing took out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Events.
    pub events: u64,
    /// Files that were written anew.
    pub files: u64,
}

/// Whether an event is about one of some learners.
fn is_about(payload: &[u8], learners: &[LearnerId]) -> bool {
    let Some(front) = codec::front(payload) else { return false };
    if front.learner.is_some_and(|l| learners.contains(&l)) {
        return true;
    }
    if front.practice || front.carried {
        return false;
    }
    // Some name their learner in themselves.
    match codec::decode_event(payload).map(|event| event.body) {
        Ok(EventBody::ProfileSet(profile)) => learners.contains(&profile.id),
        Ok(EventBody::Linked { learner, to }) => learners.contains(&learner) || learners.contains(&to),
        Ok(EventBody::Unlinked { learner }) => learners.contains(&learner),
        _ => false,
    }
}

/// The record without what it says, if it is about one of the learners.
pub(crate) fn forgotten(record: &Record, learners: &[LearnerId]) -> Option<Record> {
    match record {
        Record::Event { seq, payload } if is_about(payload, learners) => {
            Some(Record::Erased { seq: *seq, sha256: Sha256::digest(payload).into() })
        }
        _ => None,
    }
}

/// Who is to be erased as an event says: asked for in it, or done before the end of a year.
pub(crate) fn erasing(payload: &[u8]) -> Vec<LearnerId> {
    if codec::front(payload).is_none_or(|front| front.practice) {
        return Vec::new();
    }
    match codec::decode_event(payload).map(|event| event.body) {
        Ok(EventBody::Erased { learner }) => vec![learner],
        Ok(EventBody::Carried(carried)) => carried.rows.iter().filter_map(|(key, _)| keys::of_erased(key)).collect(),
        _ => Vec::new(),
    }
}

/// Everybody of whom the journals say that they are to be erased: for when no engine tells it.
pub(crate) fn erased_in(disk: &Arc<dyn Disk>) -> Result<BTreeSet<LearnerId>, StoreError> {
    let mut learners = BTreeSet::new();
    for box_id in journal::all_boxes(&**disk)? {
        for entry in JournalReader::of_other(disk.clone(), box_id, 1, None) {
            match entry {
                Ok(entry) => learners.extend(erasing(&entry.payload)),
                Err(JournalError::Damaged { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(learners)
}

/// Writes every file anew that holds events of these learners; of the own box those that begin before number `until`: the
/// file in use is not touched, and must not hold any. What is lost in the files comes back from `rescue`.
pub(crate) fn rewrite_journals(
    disk: &dyn Disk,
    (own, until): (BoxId, u64),
    learners: &[LearnerId],
    rescue: &RescueOf<'_>,
) -> Result<Erased, StoreError> {
    let mut erased = Erased::default();
    for box_id in journal::all_boxes(disk)? {
        let until = if box_id == own { until } else { u64::MAX };
        journal::rewrite(disk, (box_id, until), rescue, &mut |record| {
            let forgotten = forgotten(record, learners);
            erased.events += u64::from(forgotten.is_some());
            forgotten
        })
        .map(|files| erased.files += files)?;
    }
    Ok(erased)
}
