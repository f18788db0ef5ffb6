//! The log of a data folder for whoever only reads: without opening the store, also beside a running server, of which the
//! last events may then not be acknowledged yet. Changes nothing.

use super::closed::last_closed;
use super::read::{Entry, JournalReader, Merged};
use super::segments::{Part, all_boxes, first_of_box, owner_of, parts_of, read_records, records_in};
use super::{JournalError, read_all};
use crate::codec::{decode_event, front};
use crate::disk::{Disk, RealDisk};
use crate::error::{OpenError, StoreError};
use crate::record::Record;
use chalkbox_domain::event::{BoxRange, Event, EventBody};
use chalkbox_domain::ids::{BoxId, EventId};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// The log of a data folder.
pub struct Log {
    disk: Arc<dyn Disk>,
    own: BoxId,
}

/// Events, or what is in the place of one that cannot be read.
pub type Events = Box<dyn Iterator<Item = Result<Event, StoreError>>>;

impl Log {
    /// Looks into a data folder.
    ///
    /// # Errors
    /// When the folder does not tell whose it is.
    pub fn open(data: &Path) -> Result<Self, OpenError> {
        let disk: Arc<dyn Disk> = Arc::new(RealDisk::new(data));
        let own = owner_of(data, &*disk)?;
        Ok(Self { disk, own })
    }

    /// Whose data folder it is.
    pub fn own(&self) -> BoxId {
        self.own
    }

    /// The boxes that have events here, the own one last.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn boxes(&self) -> Result<Vec<BoxId>, StoreError> {
        let mut boxes = all_boxes(&*self.disk)?;
        boxes.retain(|id| *id != self.own);
        boxes.push(self.own);
        Ok(boxes)
    }

    /// Up to which number a box's events were dropped with their years; 0: none. Of another box that is what lies before the
    /// rows of a closing with which its events begin here.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn dropped(&self, box_id: BoxId) -> Result<u64, StoreError> {
        let first = first_of_box(&*self.disk, box_id)?.unwrap_or(1);
        if box_id == self.own || first == 1 {
            return Ok(last_closed(&*self.disk, box_id)?);
        }
        let begins_so = |entry: Result<Entry, JournalError>| {
            let payload = entry.ok()?.payload;
            front(&payload).filter(|front| !front.practice && !front.carried)?;
            match decode_event(&payload).ok()?.body {
                EventBody::YearClosed(year) => Some(year.carried_from == first),
                _ => None,
            }
        };
        Ok(if self.reader(box_id, None).find_map(begins_so) == Some(true) { first - 1 } else { 0 })
    }

    fn reader(&self, box_id: BoxId, up_to: Option<u64>) -> JournalReader {
        let up_to = up_to.map(|seq| Arc::new(AtomicU64::new(seq)));
        if box_id == self.own {
            JournalReader::new(self.disk.clone(), box_id, 1, up_to)
        } else {
            JournalReader::of_other(self.disk.clone(), box_id, 1, up_to)
        }
    }

    /// The events of one box in the order of their numbers. A damaged place gives one error, and reading goes on behind it.
    pub fn events(&self, box_id: BoxId) -> Events {
        Box::new(self.reader(box_id, None).map(|entry| Ok(decode_event(&entry?.payload)?)))
    }

    /// The events of one box before a number, and those of others that had come in, in the order in which they are folded.
    pub fn folded(&self, box_id: BoxId, before: u64, known: &[BoxRange]) -> Events {
        let mut readers = vec![(box_id, self.reader(box_id, Some(before.saturating_sub(1))))];
        for range in known.iter().filter(|range| range.box_id != box_id) {
            readers.push((range.box_id, self.reader(range.box_id, Some(range.to))));
        }
        Box::new(Merged::new(readers).map(|entry| Ok(decode_event(&entry?.payload)?)))
    }

    /// The numbers whose events were of learners who are erased.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn erased(&self) -> Result<BTreeSet<EventId>, StoreError> {
        let mut erased = BTreeSet::new();
        for box_id in all_boxes(&*self.disk)? {
            let parts = parts_of(&*self.disk, box_id)?;
            for (i, part) in parts.iter().enumerate() {
                let records = match part {
                    Part::Volume(name) => match read_records(&*self.disk, name) {
                        Ok(records) => records,
                        // It is told where the events are read.
                        Err(JournalError::Volume { .. }) => continue,
                        Err(error) => return Err(error.into()),
                    },
                    Part::Frames(name) => {
                        let next = parts.get(i + 1).map(|next| (next.first(), true));
                        records_in(&read_all(&*self.disk, &name.path)?, name.first, next)
                    }
                };
                let numbers = records.iter().filter_map(|record| match record {
                    Record::Erased { seq, .. } => Some(EventId { box_id, seq: *seq }),
                    _ => None,
                });
                erased.extend(numbers);
            }
        }
        Ok(erased)
    }
}
