//! Reading the journal in the order of its numbers, beside a running writer or without one.

use super::check;
use super::format::FrameKind;
use super::{FileName, JournalError, boxes, files, judge_among, read_all};
use crate::codec::decode_event;
use crate::disk::{Disk, RealDisk};
use crate::error::{OpenError, StoreError};
use crate::folder;
use chalkbox_domain::event::Event;
use chalkbox_domain::ids::BoxId;
use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// One event as it lies in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub seq: u64,
    /// Its bytes.
    pub payload: Vec<u8>,
    /// First number of the file that it lies in.
    pub file: u64,
}

enum Step {
    Event(Entry),
    Missing(Vec<RangeInclusive<u64>>),
}

/// Goes through the journal; a damaged place gives one error, and reading goes on behind it.
pub struct JournalReader {
    disk: Arc<dyn Disk>,
    box_id: BoxId,
    next: u64,
    /// Nothing above it is given; none: up to the last whole batch.
    synced: Option<Arc<AtomicU64>>,
    steps: VecDeque<Step>,
    done: bool,
}

impl JournalReader {
    /// Reads from number `next` on, up to `synced` when it is given.
    pub(crate) fn new(disk: Arc<dyn Disk>, box_id: BoxId, next: u64, synced: Option<Arc<AtomicU64>>) -> Self {
        Self { disk, box_id, next: next.max(1), synced, steps: VecDeque::new(), done: false }
    }

    /// Loads what the file that holds the next number has from there on.
    fn load(&mut self) -> Result<(), JournalError> {
        let limit = self.synced.as_ref().map_or(u64::MAX, |s| s.load(Ordering::Acquire));
        if self.next > limit {
            return Ok(());
        }
        let names = files(&*self.disk, self.box_id)?;
        let at = names.partition_point(|f| f.first <= self.next);
        let Some(name) = at.checked_sub(1).and_then(|i| names.get(i)) else {
            if let Some(first) = names.first() {
                self.steps.push_back(Step::Missing(vec![self.next..=first.first - 1]));
                self.next = first.first;
            }
            return Ok(());
        };
        let bytes = read_all(&*self.disk, &name.path)?;
        let scan = check::scan(&bytes);
        let behind = names.get(at).map(|n| self.has_frames(n).map(|used| (n.first, used))).transpose()?;
        let judgement = judge_among(&scan, name.first, behind, if limit == u64::MAX { 0 } else { limit });
        let missing: Vec<_> =
            judgement.missing.iter().filter(|m| *m.end() >= self.next && *m.start() <= limit).cloned().collect();
        if !missing.is_empty() {
            self.steps.push_back(Step::Missing(missing));
        }
        for frame in judgement.keep {
            if frame.kind == FrameKind::Event && (self.next..=limit).contains(&frame.seq) {
                let payload = bytes[frame.payload].to_vec();
                self.steps.push_back(Step::Event(Entry { seq: frame.seq, payload, file: name.first }));
            }
        }
        // Whatever the next load starts with, it is not this file's known part again.
        self.next = self.next.max(judgement.next_seq.min(limit.saturating_add(1)));
        Ok(())
    }

    fn has_frames(&self, name: &FileName) -> Result<bool, JournalError> {
        Ok(!check::scan(&read_all(&*self.disk, &name.path)?).frames.is_empty())
    }
}

impl Iterator for JournalReader {
    type Item = Result<Entry, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.steps.pop_front() {
                Some(Step::Event(entry)) => return Some(Ok(entry)),
                Some(Step::Missing(missing)) => return Some(Err(JournalError::Damaged { missing })),
                None => {}
            }
            let before = self.next;
            if let Err(error) = self.load() {
                self.done = true;
                return Some(Err(error));
            }
            self.done = self.next == before && self.steps.is_empty();
        }
        None
    }
}

/// Reads the events of a data folder without opening the store: also beside a running server, of which the last
/// events may then not be acknowledged yet. Changes nothing.
///
/// # Errors
/// When the folder does not tell whose journal it is.
pub fn read_only(data: &Path) -> Result<impl Iterator<Item = Result<Event, StoreError>> + use<>, OpenError> {
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::new(data));
    let box_id = match folder::read_box(data)? {
        Some(id) => id,
        None => match boxes(&*disk)?.as_slice() {
            [only] => *only,
            _ => return Err(OpenError::BoxFile { path: data.join(folder::BOX_FILE) }),
        },
    };
    let reader = JournalReader::new(disk, box_id, 1, None);
    Ok(reader.map(|entry| Ok(decode_event(&entry?.payload)?)))
}
