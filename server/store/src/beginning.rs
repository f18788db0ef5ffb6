//! What a fold begins with where the events of older years are gone: the rows that were carried over the end of a year.

use crate::build::Builder;
use crate::codec::{decode_event, front};
use crate::engine::{KvEngine, Op};
use crate::error::StoreError;
use crate::journal::{self, JournalError, JournalReader};
use crate::keys::{self, Meta, ViewKey};
use crate::record::Record;
use crate::volume::VolumeName;
use chalkbox_domain::event::{Carried, EventBody, YearClosed};
use chalkbox_domain::ids::{BoxId, LearnerId};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// So many rows are put into the engine at once.
const AT_ONCE: usize = 100;

/// Rows, and what is in them.
#[derive(Default)]
pub(crate) struct Beginning {
    /// Keys and rows without their version bytes.
    rows: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Up to these numbers events are in the rows: they change no view any more.
    pub within: BTreeMap<BoxId, u64>,
    /// Up to these numbers events of other boxes were said to have come in before.
    imported: BTreeMap<BoxId, u64>,
    /// Up to where this box's events were dropped; 0: not.
    dropped: u64,
    /// Numbers of this box that are dropped, and for which no rows can be read.
    pub lost: Option<RangeInclusive<u64>>,
}

impl Builder {
    /// What a fold of everything that is here begins with; nothing where nothing was dropped.
    pub fn beginning(&self) -> Result<Beginning, StoreError> {
        let mut beginning = Beginning { dropped: journal::last_closed(&*self.disk, self.own)?, ..Beginning::default() };
        if beginning.dropped > 0 {
            self.begin_own(&mut beginning)?;
        }
        // A box that was restored begins where its backups do; so does what comes from another box that has dropped years.
        for box_id in journal::all_boxes(&*self.disk)?.into_iter().filter(|id| *id != self.own) {
            let first = journal::volumes_of(&*self.disk, box_id)?.first().map_or(1, |volume| volume.from);
            if first > beginning.within.get(&box_id).map_or(1, |to| to + 1) {
                let reader = JournalReader::of_other(self.disk.clone(), box_id, 1, None);
                self.newest_whole(box_id, reader, &mut beginning)?;
            }
        }
        Ok(beginning)
    }

    fn begin_own(&self, out: &mut Beginning) -> Result<(), StoreError> {
        if let Some(closed) = journal::read_closed(&*self.disk, self.own)?
            && let Some(rows) = self.rows_between(self.own, closed.carried_from, closed.carried_to)?
        {
            out.rows = rows;
            out.imported = closed.others.iter().map(|other| (other.box_id, other.carried)).collect();
            out.within = out.imported.clone();
            out.within.insert(self.own, closed.carried_to);
            return Ok(());
        }
        let reader = JournalReader::new(self.disk.clone(), self.own, 1, None);
        if !self.newest_whole(self.own, reader, out)? {
            tracing::error!("the rows that were carried over the end of a year cannot be read");
            out.lost = Some(1..=out.dropped);
        }
        Ok(())
    }

    /// Takes the rows of a box's newest closing of which all are there, and says whether there was one.
    fn newest_whole(&self, box_id: BoxId, reader: JournalReader, out: &mut Beginning) -> Result<bool, StoreError> {
        let mut closings: Vec<YearClosed> = Vec::new();
        for entry in reader {
            let payload = match entry {
                Ok(entry) => entry.payload,
                Err(JournalError::Damaged { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            if front(&payload).is_some_and(|front| !front.practice && !front.carried)
                && let Ok(EventBody::YearClosed(year)) = decode_event(&payload).map(|event| event.body)
            {
                closings.push(year);
            }
        }
        for year in closings.into_iter().rev() {
            let Some(rows) = self.rows_between(box_id, year.carried_from, year.carried_to)? else { continue };
            let first = out.within.is_empty();
            for (key, row) in rows {
                out.rows.entry(key).or_insert(row);
            }
            out.within.insert(box_id, year.carried_to);
            // With a second one, those stay the rows' that were there first: they say what is in them.
            if first {
                out.within.extend(year.others.iter().map(|other| (other.box_id, other.to)));
            }
            if box_id == self.own {
                out.imported = year.others.iter().map(|other| (other.box_id, other.to)).collect();
            }
            return Ok(true);
        }
        Ok(false)
    }

    /// The rows that events of some numbers carry; none when one of those is lost.
    fn rows_between(&self, box_id: BoxId, from: u64, to: u64) -> Result<Option<BTreeMap<Vec<u8>, Vec<u8>>>, StoreError> {
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
            Some(b'X') => Some((key, row)),
            Some(table) if keys::VIEW_TABLES.contains(table) => {
                let row = self.projection.carried_over(rules, &ViewKey::from_bytes(key.clone()), row)?;
                Some((key, row))
            }
            _ => None,
        }
    }
}

impl Beginning {
    /// Puts the rows of some tables into a new engine, and notes in it from where on its events begin.
    pub fn put(&self, engine: &dyn KvEngine, tables: &[u8]) -> Result<(), StoreError> {
        let of_tables = self.rows.iter().filter(|(key, _)| key.first().is_some_and(|table| tables.contains(table)));
        put_rows(engine, of_tables)?;
        let imported = self.imported.iter().map(|(id, to)| Op::Set(keys::meta(Meta::Imported(*id)), keys::number_row(*to)));
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
