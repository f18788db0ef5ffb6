//! What a fold begins with where the events of older years are gone: the rows that were carried over the end of a year.

use crate::build::Builder;
use crate::codec::{decode_event, front};
use crate::engine::{KvEngine, Op};
use crate::error::StoreError;
use crate::journal::{self, Closed, JournalError, JournalReader};
use crate::keys::{self, Meta, ViewKey};
use crate::numbers::Numbers;
use crate::record::Record;
use crate::volume::VolumeName;
use chalkbox_domain::event::{BoxRange, Carried, EventBody, Hlc, YearClosed};
use chalkbox_domain::ids::{BoxId, EventId, LearnerId};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// So many rows are put into the engine at once.
const AT_ONCE: usize = 100;

/// Keys and rows without their version bytes.
type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// Rows, and what is in them.
#[derive(Default)]
pub(crate) struct Beginning {
    /// Keys and rows without their version bytes.
    rows: Rows,
    /// Events that are in the rows: they change no view any more.
    pub within: Numbers,
    /// What of other boxes was said to have come in before.
    imported: Vec<BoxRange>,
    /// Up to where this box's events were dropped; 0: not.
    dropped: u64,
    /// Numbers of this box that are dropped, and for which no rows can be read.
    pub lost: Option<RangeInclusive<u64>>,
}

/// A closing of which every row is there.
struct Whole {
    at: Hlc,
    box_id: BoxId,
    year: YearClosed,
    rows: Rows,
}

impl Builder {
    /// What a fold of everything that is here begins with; nothing where nothing was dropped.
    pub fn beginning(&self) -> Result<Beginning, StoreError> {
        let mut out = Beginning { dropped: journal::last_closed(&*self.disk, self.own)?, ..Beginning::default() };
        if self.begins_late(self.own)? {
            self.begin_own(&mut out)?;
        }
        // A box that was restored begins where its backups do; so does what comes from another box that has dropped years.
        let mut others = Vec::new();
        for box_id in journal::all_boxes(&*self.disk)?.into_iter().filter(|id| *id != self.own) {
            let known = out.within.has(EventId { box_id, seq: 1 });
            if !known && self.begins_late(box_id)? {
                others.extend(self.newest_whole(box_id)?);
            }
        }
        // The newest knows the most; one that knows of another comes before it.
        others.sort_by_key(|whole| Reverse((whole.at, whole.box_id)));
        for whole in others {
            if !out.within.has(EventId { box_id: whole.box_id, seq: 1 }) {
                out.take(whole);
            }
        }
        Ok(out)
    }

    /// Writes the file that stands for dropped numbers anew where it is damaged, out of the newest closing. What of other boxes
    /// is in that one's rows and not here was dropped.
    pub fn heal_closed(&self, boot: u64) -> Result<(), StoreError> {
        let last = journal::last_closed(&*self.disk, self.own)?;
        if last == 0 || journal::read_closed(&*self.disk, self.own)?.is_some() {
            return Ok(());
        }
        let Some(Whole { year, .. }) = self.newest_whole(self.own)? else { return Ok(()) };
        let mut within = Numbers::default();
        within.put_all(&year.others);
        let dropped = within.without(&self.numbers_of_others()?);
        let closed = Closed {
            last,
            carried_from: year.carried_from,
            carried_to: year.carried_to,
            within: within.ranges(),
            dropped: dropped.ranges(),
        };
        journal::drop_closed(&*self.disk, self.own, boot, &closed)?;
        Ok(())
    }

    /// What of other boxes is here.
    pub fn numbers_of_others(&self) -> Result<Numbers, StoreError> {
        let mut numbers = Numbers::default();
        for box_id in journal::all_boxes(&*self.disk)?.into_iter().filter(|id| *id != self.own) {
            for volume in journal::volumes_of(&*self.disk, box_id)? {
                numbers.put(box_id, volume.from, volume.to);
            }
        }
        Ok(numbers)
    }

    /// Whether the first number of a box is not here any more.
    fn begins_late(&self, box_id: BoxId) -> Result<bool, StoreError> {
        Ok(journal::first_of_box(&*self.disk, box_id)?.is_some_and(|first| first > 1))
    }

    fn begin_own(&self, out: &mut Beginning) -> Result<(), StoreError> {
        if let Some(closed) = journal::read_closed(&*self.disk, self.own)?
            && let Some(rows) = self.rows_between(self.own, closed.carried_from, closed.carried_to)?
        {
            out.rows = rows;
            out.within.put(self.own, 1, closed.carried_to);
            out.within.put_all(&closed.within);
            out.imported = closed.within;
            return Ok(());
        }
        match self.newest_whole(self.own)? {
            Some(whole) => {
                out.imported = whole.year.others.clone();
                out.take(whole);
            }
            None if out.dropped > 0 => {
                tracing::error!("the rows that were carried over the end of a year cannot be read");
                out.lost = Some(1..=out.dropped);
            }
            None => {}
        }
        Ok(())
    }

    /// A box's newest closing of which all rows are there.
    fn newest_whole(&self, box_id: BoxId) -> Result<Option<Whole>, StoreError> {
        let reader = if box_id == self.own {
            JournalReader::new(self.disk.clone(), box_id, 1, None)
        } else {
            JournalReader::of_other(self.disk.clone(), box_id, 1, None)
        };
        let mut closings: Vec<(Hlc, YearClosed)> = Vec::new();
        for entry in reader {
            let payload = match entry {
                Ok(entry) => entry.payload,
                Err(JournalError::Damaged { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            if front(&payload).is_some_and(|front| !front.practice && !front.carried)
                && let Ok(event) = decode_event(&payload)
                && let EventBody::YearClosed(year) = event.body
            {
                closings.push((event.hlc, year));
            }
        }
        for (at, year) in closings.into_iter().rev() {
            if let Some(rows) = self.rows_between(box_id, year.carried_from, year.carried_to)? {
                return Ok(Some(Whole { at, box_id, year, rows }));
            }
        }
        Ok(None)
    }

    /// The rows that events of some numbers carry; none when one of those is lost.
    pub fn rows_between(&self, box_id: BoxId, from: u64, to: u64) -> Result<Option<Rows>, StoreError> {
        let mut rows = BTreeMap::new();
        if to < from {
            return Ok(Some(rows));
        }
        let records = match journal::records_between(&*self.disk, &VolumeName { box_id, from, to }) {
            Ok(records) => records,
            Err(JournalError::Volume { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut next = from;
        for record in records {
            // Of a learner who was erased since, the rows are gone with the rest.
            let whole = record.first() == next && !matches!(record, Record::Lost { .. });
            if !whole {
                return Ok(None);
            }
            next = record.last() + 1;
            if let Record::Event { payload, .. } = record
                && let EventBody::Carried(Carried { rules, rows: some }) = decode_event(&payload)?.body
            {
                rows.extend(some.into_iter().filter_map(|(key, row)| self.carried_over(rules, key, row)));
            }
        }
        Ok((next == to + 1).then_some(rows))
    }

    fn carried_over(&self, rules: u32, key: Vec<u8>, row: Vec<u8>) -> Option<(Vec<u8>, Vec<u8>)> {
        match key.first() {
            Some(b'X' | b'A') => Some((key, row)),
            Some(table) if keys::VIEW_TABLES.contains(table) => {
                let row = self.projection.carried_over(rules, &ViewKey::from_bytes(key.clone()), row)?;
                Some((key, row))
            }
            _ => None,
        }
    }
}

impl Beginning {
    /// Takes the rows of a closing, where none are from a newer one.
    fn take(&mut self, whole: Whole) {
        for (key, row) in whole.rows {
            self.rows.entry(key).or_insert(row);
        }
        self.within.put(whole.box_id, 1, whole.year.carried_to);
        self.within.put_all(&whole.year.others);
    }

    /// Puts the rows of some tables into a new engine, and notes in it from where on its events begin.
    pub fn put(&self, engine: &dyn KvEngine, tables: &[u8]) -> Result<(), StoreError> {
        let of_tables = self.rows.iter().filter(|(key, _)| key.first().is_some_and(|table| tables.contains(table)));
        put_rows(engine, of_tables)?;
        let imported =
            self.imported.iter().map(|r| Op::Set(keys::meta(Meta::Imported(r.box_id)), keys::number_row(r.to)));
        let dropped = Op::Set(keys::meta(Meta::Dropped), keys::number_row(self.dropped));
        let notes: Vec<Op> = imported.chain((self.dropped > 0).then_some(dropped)).collect();
        for some in notes.chunks(AT_ONCE) {
            engine.apply(some)?;
        }
        Ok(())
    }

    /// Puts the rows of one learner into an engine.
    pub fn put_of(&self, learner: LearnerId, engine: &dyn KvEngine) -> Result<(), StoreError> {
        put_rows(engine, self.rows.iter().filter(|(key, _)| keys::is_of(key, learner)))
    }
}

fn put_rows<'a>(
    engine: &dyn KvEngine,
    rows: impl Iterator<Item = (&'a Vec<u8>, &'a Vec<u8>)>,
) -> Result<(), StoreError> {
    let ops: Vec<Op> = rows.map(|(key, row)| Op::Set(key.clone(), keys::view_row(row))).collect();
    for some in ops.chunks(AT_ONCE) {
        engine.apply(some)?;
    }
    Ok(())
}
