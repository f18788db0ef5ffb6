//! Events into the engine: the event's own row, its sending, the views, and the watermark, in one atomic batch.
//!
//! Used the same way for events just written, for replay and for rebuilding, so that all three give the same rows.

use crate::engine::{EngineError, KvEngine, MAX_OPS, Op, Span};
use crate::error::StoreError;
use crate::journal::{Entry, JournalError, JournalReader};
use crate::keys::{self, FileSum, Meta, VIEW_TABLES, ViewKey, ViewPrefix};
use crate::projection::{Projection, ViewReader, ViewWrites};
use chalkbox_domain::event::Event;
use chalkbox_domain::ids::BoxId;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Most events in one engine batch.
const MAX_EVENTS: usize = 100;
/// After so many events the engine should be made durable.
pub(crate) const CHECKPOINT_EVERY: u64 = 20_000;

/// An event with its bytes and the journal file (by first number) that it lies in.
pub(crate) struct Stored {
    pub event: Event,
    pub payload: Vec<u8>,
    pub file: u64,
}

type Pending = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// Puts events into the engine in the order of their numbers.
pub(crate) struct Applier {
    engine: Arc<dyn KvEngine>,
    projection: Arc<dyn Projection>,
    box_id: BoxId,
    applied: u64,
    sum: Option<(u64, FileSum)>,
    since_checkpoint: u64,
}

/// Takes the mark away by which an opening knows that the views are folded: it folds them anew then.
pub fn unmark_views(engine: &dyn KvEngine) -> Result<(), EngineError> {
    engine.apply(&[Op::Delete(keys::meta(Meta::Views))])
}

impl Applier {
    /// Goes on behind the engine's watermark.
    pub fn new(engine: Arc<dyn KvEngine>, projection: Arc<dyn Projection>, box_id: BoxId) -> Result<Self, StoreError> {
        let applied = match engine.get(&keys::meta(Meta::Applied(box_id)))? {
            Some(row) => keys::read_number(&row)?,
            None => 0,
        };
        Ok(Self { engine, projection, box_id, applied, sum: None, since_checkpoint: 0 })
    }

    /// Number of the last event that is in the engine.
    pub fn applied(&self) -> u64 {
        self.applied
    }

    /// The engine that it writes to.
    pub fn engine(&self) -> Arc<dyn KvEngine> {
        self.engine.clone()
    }

    /// Whether enough was applied since the last time this said yes.
    pub fn checkpoint_due(&mut self) -> bool {
        let due = self.since_checkpoint >= CHECKPOINT_EVERY;
        if due {
            self.since_checkpoint = 0;
        }
        due
    }

    /// Applies events; those at or below the watermark are skipped.
    pub fn apply(&mut self, events: &[Stored]) -> Result<(), StoreError> {
        let mut pending = Pending::new();
        let mut count = 0;
        let above = self.applied;
        for stored in events.iter().filter(|s| s.event.id.seq > above) {
            let rows = self.rows_of(stored, &pending)?;
            if count == MAX_EVENTS || (count > 0 && pending.len() + rows.len() + 2 > MAX_OPS) {
                self.flush(&mut pending)?;
                count = 0;
            }
            pending.extend(rows);
            let sum = self.sum_of(stored.file)?;
            sum.add(&stored.payload);
            pending.insert(keys::file_sum(stored.file), Some(sum.row()));
            pending.insert(keys::meta(Meta::Applied(self.box_id)), Some(keys::number_row(stored.event.id.seq)));
            self.applied = stored.event.id.seq;
            self.since_checkpoint += 1;
            count += 1;
        }
        self.flush(&mut pending)
    }

    fn flush(&self, pending: &mut Pending) -> Result<(), StoreError> {
        let ops: Vec<Op> = std::mem::take(pending)
            .into_iter()
            .map(|(key, value)| match value {
                Some(value) => Op::Set(key, value),
                None => Op::Delete(key),
            })
            .collect();
        if !ops.is_empty() {
            self.engine.apply(&ops)?;
        }
        Ok(())
    }

    fn sum_of(&mut self, file: u64) -> Result<&mut FileSum, StoreError> {
        let sum = match self.sum {
            Some((of, sum)) if of == file => sum,
            _ => FileSum::read(self.engine.get(&keys::file_sum(file))?.as_deref())?,
        };
        Ok(&mut self.sum.insert((file, sum)).1)
    }

    fn rows_of(&self, stored: &Stored, pending: &Pending) -> Result<Pending, StoreError> {
        let event = &stored.event;
        let mut rows = self.view_rows(event, pending)?;
        rows.insert(keys::event(event), Some(keys::event_row(&stored.payload)));
        if let Some(send) = event.send {
            let (key, place) = keys::sending(send);
            let before = match pending.get(&key) {
                Some(row) => row.clone(),
                None => self.engine.get(&key)?,
            };
            rows.insert(key, Some(keys::with_sending(before.as_deref(), place, event.id.seq)?));
        }
        Ok(rows)
    }

    /// What the projection writes for an event. If it panics the event changes no view, and the log says so.
    fn view_rows(&self, event: &Event, pending: &Pending) -> Result<Pending, StoreError> {
        let views = Overlay { engine: &*self.engine, pending, trouble: RefCell::new(None) };
        let mut writes = ViewWrites::default();
        let done = catch_unwind(AssertUnwindSafe(|| self.projection.project(event, &views, &mut writes)));
        if let Some(error) = views.trouble.into_inner() {
            return Err(error);
        }
        if done.is_err() {
            tracing::error!(event = %event.id, "the rules panicked over an event; it changes no view");
            return Ok(Pending::new());
        }
        if let Some(key) = writes.damaged() {
            tracing::error!(event = %event.id, ?key, "a row of the views is damaged; the next start folds all of them anew");
            unmark_views(&*self.engine)?;
            return Err(StoreError::Row { table: key.as_bytes().first().copied().map_or('?', char::from) });
        }
        let mut rows = Pending::new();
        for (key, value) in writes.into_rows() {
            if value.as_ref().is_some_and(|v| v.len() >= keys::MAX_ROW) {
                tracing::warn!(?key, "a view row is larger than the engine likes");
            }
            rows.insert(key.as_bytes().to_vec(), value.map(|v| keys::view_row(&v)));
        }
        Ok(rows)
    }

    /// Applies what the journal has above the watermark; damaged places are given to `damage` and passed over.
    pub fn replay(&mut self, reader: JournalReader, damage: impl FnMut(JournalError)) -> Result<u64, StoreError> {
        let before = self.applied;
        let mut count = 0;
        for_groups(reader, damage, |group| {
            count += group.iter().filter(|s| s.event.id.seq > before).count() as u64;
            self.apply(group)?;
            if self.checkpoint_due() {
                self.engine.checkpoint()?;
            }
            Ok(())
        })?;
        Ok(count)
    }

    /// The version that the views in the engine were folded with; none when they are not finished.
    pub fn views_version(&self) -> Result<Option<u32>, StoreError> {
        let row = self.engine.get(&keys::meta(Meta::Views))?;
        Ok(row.map(|r| keys::read_number(&r)).transpose()?.map(|v| v as u32))
    }

    /// Notes that the views are folded with the projection in use.
    pub fn mark_views(&self) -> Result<(), StoreError> {
        let version = keys::number_row(self.projection.version().into());
        Ok(self.engine.apply(&[Op::Set(keys::meta(Meta::Views), version)])?)
    }

    /// Throws all views away and folds them anew from the events up to the watermark.
    pub fn rebuild_views(&mut self, reader: JournalReader, damage: impl FnMut(JournalError)) -> Result<(), StoreError> {
        unmark_views(&*self.engine)?;
        for table in VIEW_TABLES {
            loop {
                let rows = self.engine.range(&Span { limit: MAX_OPS, ..Span::prefix(&[table]) })?;
                if rows.is_empty() {
                    break;
                }
                self.engine.apply(&rows.into_iter().map(|(key, _)| Op::Delete(key)).collect::<Vec<_>>())?;
            }
        }
        let applied = self.applied;
        let mut since_checkpoint = 0;
        for_groups(reader, damage, |group| {
            let mut pending = Pending::new();
            for stored in group.iter().filter(|s| s.event.id.seq <= applied) {
                let rows = self.view_rows(&stored.event, &pending)?;
                if pending.len() + rows.len() > MAX_OPS {
                    self.flush(&mut pending)?;
                }
                pending.extend(rows);
            }
            self.flush(&mut pending)?;
            since_checkpoint += group.len() as u64;
            if since_checkpoint >= CHECKPOINT_EVERY {
                since_checkpoint = 0;
                self.engine.checkpoint()?;
            }
            Ok(())
        })?;
        self.mark_views()
    }
}

/// Reads a journal through in groups, decoded.
fn for_groups(
    reader: JournalReader,
    mut damage: impl FnMut(JournalError),
    mut work: impl FnMut(&[Stored]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut group = Vec::new();
    for entry in reader {
        match entry {
            Ok(Entry { seq, payload, file }) => match crate::codec::decode_event(&payload) {
                Ok(event) => group.push(Stored { event, payload, file }),
                Err(error) => tracing::error!(seq, %error, "an event is kept in the journal and skipped"),
            },
            Err(error @ JournalError::Damaged { .. }) => damage(error),
            Err(error) => return Err(error.into()),
        }
        if group.len() >= MAX_EVENTS {
            work(&group)?;
            group.clear();
        }
    }
    work(&group)
}

/// The engine's rows with changes that are not in it yet.
struct Overlay<'a> {
    engine: &'a dyn KvEngine,
    pending: &'a Pending,
    trouble: RefCell<Option<StoreError>>,
}

impl Overlay<'_> {
    fn try_get(&self, key: &ViewKey) -> Result<Option<Vec<u8>>, StoreError> {
        let row = match self.pending.get(key.as_bytes()) {
            Some(row) => row.clone(),
            None => self.engine.get(key.as_bytes())?,
        };
        row.map(|row| keys::read_view_row(key.as_bytes(), row)).transpose()
    }

    fn try_list(&self, prefix: &ViewPrefix) -> Result<Vec<(ViewKey, Vec<u8>)>, StoreError> {
        let mut rows: BTreeMap<Vec<u8>, Vec<u8>> =
            self.engine.range(&Span::prefix(prefix.as_bytes()))?.into_iter().collect();
        let changes = self.pending.range(prefix.as_bytes().to_vec()..);
        for (key, value) in changes.take_while(|(key, _)| key.starts_with(prefix.as_bytes())) {
            match value {
                Some(value) => rows.insert(key.clone(), value.clone()),
                None => rows.remove(key),
            };
        }
        rows.into_iter()
            .map(|(key, row)| Ok((ViewKey::from_bytes(key.clone()), keys::read_view_row(&key, row)?)))
            .collect()
    }

    fn noted<T: Default>(&self, result: Result<T, StoreError>) -> T {
        result.unwrap_or_else(|error| {
            self.trouble.borrow_mut().get_or_insert(error);
            T::default()
        })
    }
}

impl ViewReader for Overlay<'_> {
    fn get(&self, key: &ViewKey) -> Option<Vec<u8>> {
        self.noted(self.try_get(key))
    }
    fn list(&self, prefix: &ViewPrefix) -> Vec<(ViewKey, Vec<u8>)> {
        self.noted(self.try_list(prefix))
    }
}
