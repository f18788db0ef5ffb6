//! Events into the engine: the event's own row, its sending, the views, and the watermark, in one atomic batch.
//!
//! Used the same way for events just written, for replay and for rebuilding, so that all three give the same rows.

use crate::engine::{EngineError, KvEngine, MAX_OPS, Op, Span, after_prefix};
use crate::error::StoreError;
use crate::journal::{Entry, JournalError};
use crate::keys::{self, FileSum, Meta, ViewKey, ViewPrefix};
use crate::newest::Newest;
use crate::numbers::Numbers;
use crate::projection::{Projection, ViewReader, ViewWrites};
use crate::read::answered;
use chalkbox_domain::event::{Carried, Event, EventBody, Hlc};
use chalkbox_domain::ids::{BoxId, LearnerId};
use chalkbox_domain::links::Links;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Most events in one engine batch.
const MAX_EVENTS: usize = 100;
/// After so many events the engine should be made durable: a start reads as many once more after a cut.
pub(crate) const CHECKPOINT_EVERY: u64 = 60_000;

/// An event with its bytes and the journal file (by first number) that it lies in.
pub(crate) struct Stored {
    pub event: Event,
    pub payload: Vec<u8>,
    pub file: u64,
}

type Pending = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// Puts events into the engine in the order in which they are folded.
pub(crate) struct Applier {
    engine: Arc<dyn KvEngine>,
    projection: Arc<dyn Projection>,
    own: BoxId,
    /// Number of the last applied event of each box.
    applied: BTreeMap<BoxId, u64>,
    /// Events that are in the views already: with the rows that were carried over the end of a year.
    within: Numbers,
    sum: Option<(u64, FileSum)>,
    newest: Newest,
    /// Rows of table `E`.
    rows: u64,
    /// Everybody who was erased, or is to be.
    erased: BTreeSet<LearnerId>,
    /// Which ids are one child in the views: from their first event on.
    folded: Links,
    /// Which ids are one child by what was said so far.
    told: Links,
    /// Something was said of which the views know nothing.
    is_stale: bool,
    since_checkpoint: u64,
}

/// Takes the mark away by which an opening knows that the views are folded: it folds them anew then.
pub fn unmark_views(engine: &dyn KvEngine) -> Result<(), EngineError> {
    engine.apply(&[Op::Delete(keys::meta(Meta::Views))])
}

impl Applier {
    /// Goes on behind the engine's watermarks; `own` is this box.
    pub fn new(engine: Arc<dyn KvEngine>, projection: Arc<dyn Projection>, own: BoxId) -> Result<Self, StoreError> {
        let mut applied = BTreeMap::new();
        for (key, row) in engine.range(&Span::prefix(keys::APPLIED))? {
            applied.insert(keys::applied_box(&key)?, keys::read_number(&row)?);
        }
        let rows = engine.range(&Span::prefix(b"X"))?;
        let erased: BTreeSet<LearnerId> = rows.iter().filter_map(|(key, _)| keys::of_erased(key)).collect();
        let mut told = keys::links_in(&*engine)?;
        for learner in &erased {
            told.forget(*learner);
        }
        let rows = engine.get(&keys::meta(Meta::Rows))?.map_or(Ok(0), |row| keys::read_number(&row))?;
        let (within, newest) = (Numbers::default(), Newest::default());
        Ok(Self {
            engine,
            projection,
            own,
            applied,
            within,
            sum: None,
            newest,
            rows,
            erased,
            folded: told.clone(),
            told,
            is_stale: false,
            since_checkpoint: 0,
        })
    }

    /// Number of the last event of this box that is in the engine.
    pub fn applied(&self) -> u64 {
        self.applied_of(self.own)
    }

    /// Number of the last event of a box that is in the engine.
    pub fn applied_of(&self, box_id: BoxId) -> u64 {
        self.applied.get(&box_id).copied().unwrap_or(0)
    }

    /// Takes everything of this box up to a number for applied: for an engine that is not to hold what lies before.
    pub fn skip_to(&mut self, seq: u64) {
        self.applied.insert(self.own, seq);
    }

    /// Takes these events for being in the views already: they change none any more.
    pub fn begin_with(&mut self, within: Numbers) {
        self.within = within;
    }

    /// Folds as these links have it, whatever is said on the way. What of a year's end is in the engine already is joined.
    pub fn fold_by(&mut self, links: Links) -> Result<(), StoreError> {
        for (from, to) in links.pairs().map(|(from, _)| (from, links.one(from))).filter(|(from, to)| from != to) {
            let none = Pending::new();
            let rows = self.view_writes(&none, |views, out| self.projection.join(from, to, views, out))?;
            for (key, row) in rows.map(view_rows).into_iter().flatten() {
                self.flush(&mut Pending::from([(key, row)]))?;
            }
        }
        self.folded = links;
        Ok(())
    }

    /// Which ids are one child by what was said so far.
    pub fn told(&self) -> &Links {
        &self.told
    }

    /// Whether it was said since this was asked last that ids are one child, or are not, of which the views know nothing. Until
    /// another engine is built what is known of these children is what it was.
    pub fn takes_stale(&mut self) -> bool {
        std::mem::take(&mut self.is_stale)
    }

    /// Whether a learner was erased, or is to be.
    pub fn is_erased(&self, learner: LearnerId) -> bool {
        self.erased.contains(&learner)
    }

    /// What came last, and the engine that it is in.
    pub fn newest(&mut self) -> (&mut Newest, &dyn KvEngine) {
        (&mut self.newest, &*self.engine)
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
        for stored in events {
            let id = stored.event.id;
            if id.seq <= self.applied_of(id.box_id) {
                continue;
            }
            let rows = self.rows_of(stored, &pending)?;
            if count == MAX_EVENTS || (count > 0 && pending.len() + rows.len() + 4 > MAX_OPS) {
                self.flush(&mut pending)?;
                count = 0;
            }
            let sending = stored.event.send.and_then(|send| rows.get(&keys::sending(send).0)?.as_deref());
            self.newest.follow(&stored.event, sending);
            self.erased.extend(rows.keys().filter_map(|key| keys::of_erased(key)));
            pending.extend(rows);
            if self.told.follow(&stored.event.body) && self.told != self.folded {
                // An opening after a cut folds anew, too.
                pending.insert(keys::meta(Meta::Views), None);
                self.is_stale = true;
            }
            if id.box_id == self.own {
                let sum = self.sum_of(stored.file)?;
                sum.add(&stored.payload);
                pending.insert(keys::file_sum(stored.file), Some(sum.row()));
            }
            pending.insert(keys::meta(Meta::Applied(id.box_id)), Some(keys::number_row(id.seq)));
            self.rows += u64::from(!matches!(stored.event.body, EventBody::Carried(_)));
            pending.insert(keys::meta(Meta::Rows), Some(keys::number_row(self.rows)));
            self.applied.insert(id.box_id, id.seq);
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
        if let EventBody::Carried(carried) = &event.body {
            return self.erased_rows(carried, pending);
        }
        let counts = !self.within.has(event.id) && self.counts(event, pending)?;
        let mut rows = if counts { self.view_rows(event, pending)? } else { Pending::new() };
        match &event.body {
            EventBody::Imported { ranges } => {
                rows.extend(ranges.iter().map(|r| (keys::meta(Meta::Imported(r.box_id)), Some(keys::number_row(r.to)))))
            }
            EventBody::GapNoted { from, to } if event.id.box_id == self.own => {
                rows.insert(keys::meta(Meta::Gap(*from)), Some(keys::number_row(*to)));
            }
            EventBody::ClockCorrected { boot, offset_ms } => {
                let key = keys::meta(Meta::Corrected(event.id.box_id, *boot, event.hlc));
                rows.insert(key, Some(keys::number_row(*offset_ms as u64)));
            }
            EventBody::Erased { learner } => {
                rows.insert(keys::erased(*learner), Some(keys::erased_row(false)));
                let theirs = self.told.pairs().filter(|(from, to)| from == learner || to == learner);
                rows.extend(theirs.map(|(from, _)| (keys::linked(from), None)));
            }
            EventBody::Linked { learner, to } if learner != to => {
                rows.insert(keys::linked(*learner), Some(keys::linked_row(*to)));
            }
            EventBody::Unlinked { learner } => {
                rows.insert(keys::linked(*learner), None);
            }
            EventBody::YearClosed(_) if event.id.box_id == self.own => {
                let key = keys::meta(Meta::Years);
                let before = match pending.get(&key) {
                    Some(row) => row.clone(),
                    None => self.engine.get(&key)?,
                };
                rows.insert(key, Some(keys::with_year(before.as_deref(), event.id.seq)?));
            }
            _ => {}
        }
        rows.insert(keys::event(event), Some(keys::event_row(&stored.payload, answered(event).map(|a| a.item))));
        if let Some(send) = event.send {
            let (key, place) = keys::sending(send);
            let before = match (pending.get(&key), self.newest.row_of(send)) {
                (Some(row), _) => row.clone(),
                (None, Some(row)) => row.map(<[u8]>::to_vec),
                (None, None) => self.engine.get(&key)?,
            };
            rows.insert(key, Some(keys::with_sending(before.as_deref(), place, event.id, self.own)?));
        }
        Ok(rows)
    }

    /// Of rows that were carried only who was erased counts here: the others stand in the views, and whoever looks through a
    /// learner's events looks for what happened. That somebody was erased stays so, whatever comes in and in what order.
    fn erased_rows(&self, carried: &Carried, pending: &Pending) -> Result<Pending, StoreError> {
        let mut rows = Pending::new();
        for (key, row) in carried.rows.iter().filter(|(key, _)| key.first() == Some(&b'X')) {
            if !pending.contains_key(key) && self.engine.get(key)?.is_none() {
                rows.insert(key.clone(), Some(keys::view_row(row)));
            }
        }
        Ok(rows)
    }

    /// Whether an event may change the views. One box never takes two answers to one item; several may, and then the first
    /// in the order of the fold counts, which is the one that is here already.
    fn counts(&self, event: &Event, pending: &Pending) -> Result<bool, StoreError> {
        let (EventBody::Answered(answer), Some(learner)) = (&event.body, event.learner) else { return Ok(true) };
        let alone = self.applied.keys().all(|id| *id == event.id.box_id);
        if alone {
            return Ok(true);
        }
        let from = keys::events_from(learner, Hlc::from_ms(answer.asked_ms & (u64::MAX >> 16)));
        let to = after_prefix(&keys::events_of(learner));
        let mut span = Span { from: from.clone(), to, reverse: false, limit: usize::MAX };
        span.limit = 10_000;
        let mut rows: BTreeMap<Vec<u8>, Option<Vec<u8>>> =
            self.engine.range(&span)?.into_iter().map(|(key, row)| (key, Some(row))).collect();
        let waiting = pending.range(from..).take_while(|(key, _)| span.to.as_ref().is_none_or(|to| *key < to));
        rows.extend(waiting.map(|(key, row)| (key.clone(), row.clone())));
        for row in rows.values().flatten() {
            // A long answer lies in the journal; its item is told by its row alone.
            if keys::row_item(row) == Some(answer.item) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What the projection writes for an event. If it panics the event changes no view, and the log says so.
    fn view_rows(&self, event: &Event, pending: &Pending) -> Result<Pending, StoreError> {
        let event = match event.learner.map(|learner| (learner, self.folded.one(learner))) {
            Some((learner, one)) if one != learner => Cow::Owned(Event { learner: Some(one), ..event.clone() }),
            _ => Cow::Borrowed(event),
        };
        let writes = self.view_writes(pending, |views, out| self.projection.project(&event, views, out))?;
        let Some(writes) = writes else {
            tracing::error!(event = %event.id, "the rules panicked over an event; it changes no view");
            return Ok(Pending::new());
        };
        Ok(view_rows(writes))
    }

    /// What the projection writes when it is asked; none when it panics.
    fn view_writes(
        &self,
        pending: &Pending,
        ask: impl FnOnce(&dyn ViewReader, &mut ViewWrites),
    ) -> Result<Option<ViewWrites>, StoreError> {
        let views = Overlay { engine: &*self.engine, pending, trouble: RefCell::new(None) };
        let mut writes = ViewWrites::default();
        let done = catch_unwind(AssertUnwindSafe(|| ask(&views, &mut writes)));
        if let Some(error) = views.trouble.into_inner() {
            return Err(error);
        }
        if done.is_err() {
            return Ok(None);
        }
        if let Some(key) = writes.damaged() {
            tracing::error!(?key, "a row of the views is damaged; the next start folds all of them anew");
            unmark_views(&*self.engine)?;
            return Err(StoreError::Row { table: key.as_bytes().first().copied().map_or('?', char::from) });
        }
        Ok(Some(writes))
    }

    /// Applies what journals have above the watermarks, in their order; damaged places are given to `damage` and passed over.
    pub fn replay(
        &mut self,
        entries: impl Iterator<Item = Result<Entry, JournalError>>,
        damage: impl FnMut(JournalError),
        mut told: impl FnMut(u64) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let mut count = 0;
        for_groups(entries, damage, |group| {
            let new = |s: &&Stored| s.event.id.seq > self.applied_of(s.event.id.box_id);
            count += group.iter().filter(new).count() as u64;
            self.apply(group)?;
            told(group.len() as u64)?;
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
}

/// Rows of the views as the engine has them.
fn view_rows(writes: ViewWrites) -> Pending {
    let mut rows = Pending::new();
    for (key, value) in writes.into_rows() {
        if value.as_ref().is_some_and(|v| v.len() >= keys::MAX_ROW) {
            tracing::warn!(?key, "a view row is larger than the engine likes");
        }
        rows.insert(key.as_bytes().to_vec(), value.map(|v| keys::view_row(&v)));
    }
    rows
}

/// Reads a journal through in groups, decoded.
fn for_groups(
    reader: impl Iterator<Item = Result<Entry, JournalError>>,
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
