//! Closing a school year. Every row of the views is written into the journal once more, so that a later fold can begin with
//! them; then the events of the year before the last can go.

use crate::duplicates::Batch;
use crate::engine::{KvEngine, Span};
use crate::error::{StoreError, SubmitError};
use crate::journal::{self, Closed, Dropped, OtherClosed};
use crate::keeper::Work;
use crate::keys::{self, Meta};
use crate::store::Store;
use crate::writer::{Message, Writer};
use chalkbox_domain::event::{Actor, BoxRange, Carried, EventBody, EventDraft, YearClosed};
use chalkbox_domain::ids::{BoxId, EventId, LearnerId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;
use std::sync::mpsc::sync_channel;

/// Most bytes of rows in one event; the frame around it is some 200.
const MOST_BYTES: usize = 47 * 1024;
/// Longest name of a year, in characters.
const MOST_NAME: usize = 40;
/// Nothing younger than this is dropped: an item that was handed out takes an answer for 60 days.
const KEPT_MS: u64 = 61 * 24 * 60 * 60 * 1000;

/// A year was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearClosing {
    /// The event that says so.
    pub id: EventId,
    /// Rows of the views that are in the journal once more.
    pub rows: u64,
    /// Number of the first event that carries them.
    pub carried_from: u64,
    /// Number of the last one.
    pub carried_to: u64,
    /// What was dropped; none when nothing was to be.
    pub dropped: Option<Dropped>,
}

/// A closing that lies behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEnd {
    /// The event that says so.
    pub id: EventId,
    /// When that was, milliseconds since 1970.
    pub closed_ms: u64,
    /// What was closed.
    pub year: YearClosed,
}

/// A year was not closed.
#[derive(Debug, thiserror::Error)]
pub enum YearError {
    /// The name has no letter, or more than forty.
    #[error("the name of a year has 1 to {MOST_NAME} letters")]
    Name,
    /// What was learnt is still being put in order; nothing was changed.
    #[error("the store is still putting its memory in order; try again when it is ready")]
    NotReady,
    /// The closing before this one is too near: items that children have in hand are older. Nothing was changed.
    #[error("the last closing was less than 61 days ago; close without dropping, or wait")]
    TooSoon,
    /// What was to be stored was not.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// Reading or writing failed. When the year is closed already, dropping can be tried again by closing it once more.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Closes a school year under a name. With `forget` everything before the closing before this one is dropped, so that
    /// the last year and the one now keep their events; nothing is dropped at a first closing. Whoever calls has seen to it
    /// that a checked backup elsewhere holds what goes. The views stay what they are, to the byte.
    ///
    /// # Errors
    /// See [`YearError`].
    pub fn close_year(&self, name: &str, forget: bool) -> Result<YearClosing, YearError> {
        let name = name.trim().to_owned();
        if !(1..=MOST_NAME).contains(&name.chars().count()) {
            return Err(YearError::Name);
        }
        let _alone = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_ready() {
            return Err(YearError::NotReady);
        }
        let before = if forget { self.year_ends()?.into_iter().next() } else { None };
        if before.as_ref().is_some_and(|end| self.now_ms() < end.closed_ms.saturating_add(KEPT_MS)) {
            return Err(YearError::TooSoon);
        }
        let (done, outcome) = sync_channel(1);
        self.inbox.send(Message::CloseYear { name, done }).map_err(|_| StoreError::Closing)?;
        let mut closing = outcome.recv().unwrap_or(Err(YearError::Store(StoreError::Closing)))?;
        if let Some(before) = before {
            closing.dropped = self.drop_before(&before.year)?;
        }
        Ok(closing)
    }

    /// The last closings of this box, the newest first; at most two.
    ///
    /// # Errors
    /// When reading fails.
    pub fn year_ends(&self) -> Result<Vec<YearEnd>, StoreError> {
        let row = self.reader.current.engine().get(&keys::meta(Meta::Years))?;
        let mut ends = Vec::new();
        for seq in keys::read_years(row.as_deref())? {
            let event = self.reader.by_id(EventId { box_id: self.box_id(), seq })?;
            ends.extend(event.and_then(|event| match event.body {
                EventBody::YearClosed(year) => Some(YearEnd { id: event.id, closed_ms: event.hlc.ms(), year }),
                _ => None,
            }));
        }
        Ok(ends)
    }

    /// Drops what lies before a closing; the rows of the newest one are what a fold begins with from now on.
    fn drop_before(&self, before: &YearClosed) -> Result<Option<Dropped>, StoreError> {
        let (disk, own) = (&*self.reader.disk, self.box_id());
        let last = journal::droppable(disk, own, before.carried_from)?;
        let newest = self.year_ends()?.into_iter().next().map(|end| end.year);
        let Some(newest) = newest.filter(|_| last > 0) else { return Ok(None) };
        let mut dropped: BTreeMap<BoxId, u64> = before.others.iter().map(|r| (r.box_id, r.to)).collect();
        for other in journal::read_closed(disk, own)?.iter().flat_map(|closed| &closed.others) {
            let to = dropped.entry(other.box_id).or_default();
            *to = other.dropped.max(*to);
        }
        let mut carried: BTreeMap<BoxId, u64> = dropped.clone();
        carried.extend(newest.others.iter().map(|r| (r.box_id, r.to)));
        let other = |(box_id, carried): (BoxId, u64)| OtherClosed {
            box_id,
            carried,
            dropped: dropped.get(&box_id).copied().unwrap_or(0),
        };
        let closed = Closed {
            last,
            carried_from: newest.carried_from,
            carried_to: newest.carried_to,
            others: carried.into_iter().map(other).collect(),
        };
        let (done, outcome) = sync_channel(1);
        self.reader.current.ask_keeper(Work::Drop { closed: Box::new(closed), done });
        outcome.recv().unwrap_or(Err(StoreError::Closing)).map(Some)
    }
}

impl Writer {
    /// Writes the rows of the views and the event that closes the year.
    pub(crate) fn close_year(&mut self, name: String) -> Result<YearClosing, YearError> {
        if !self.reader.current.is_ready() {
            return Err(YearError::NotReady);
        }
        let carried = carried(&*self.applier.engine(), self.builder.projection.version())?;
        let rows = carried.iter().map(|(_, carried)| carried.rows.len() as u64).sum();
        let carried_from = self.journal.next_seq();
        let carried_to = carried_from + carried.len() as u64 - 1;
        let others = self.others()?;
        let draft = |learner, body| EventDraft { at_ms: None, send: None, learner, actor: Actor::Box, body };
        let mut drafts: Vec<EventDraft> =
            carried.into_iter().map(|(learner, carried)| draft(learner, EventBody::Carried(carried))).collect();
        drafts.push(draft(None, EventBody::YearClosed(YearClosed { name, carried_from, carried_to, others })));
        let mut batch = Batch::default();
        let acks = self.admit(drafts, &mut batch)?;
        let id = acks.last().ok_or(SubmitError::ReadOnly)?.id;
        if !self.put(batch) {
            return Err(SubmitError::ReadOnly.into());
        }
        Ok(YearClosing { id, rows, carried_from, carried_to, dropped: None })
    }

    /// Up to where events of other boxes are in the views; those whose events were dropped here stay among them.
    fn others(&self) -> Result<Vec<BoxRange>, StoreError> {
        let own = self.reader.box_id;
        let closed = journal::read_closed(&*self.reader.disk, own)?;
        let mut others: BTreeMap<BoxId, u64> =
            closed.iter().flat_map(|closed| &closed.others).map(|other| (other.box_id, other.carried)).collect();
        for (key, row) in self.applier.engine().range(&Span::prefix(keys::APPLIED))? {
            let to = others.entry(keys::applied_box(&key)?).or_default();
            *to = keys::read_number(&row)?.max(*to);
        }
        others.remove(&own);
        Ok(others.into_iter().map(|(box_id, to)| BoxRange { box_id, from: 1, to }).collect())
    }
}

/// All rows that are carried, as events have them: those of each learner together, then those of nobody in particular.
fn carried(engine: &dyn KvEngine, rules: u32) -> Result<Vec<(Option<LearnerId>, Carried)>, StoreError> {
    let mut by_learner: BTreeMap<LearnerId, Vec<(Vec<u8>, Vec<u8>)>> = BTreeMap::new();
    let mut nobodys = Vec::new();
    let mut rest = Vec::new();
    for table in keys::CARRIED_TABLES {
        for (key, row) in engine.range(&Span::prefix(&[table]))? {
            let row = keys::read_view_row(&key, row)?;
            match keys::ViewKey::from_bytes(key.clone()).of_learner() {
                Some(learner) => by_learner.entry(learner).or_default().push((key, row)),
                None => rest.push((key, row)),
            }
        }
    }
    let learners: BTreeSet<LearnerId> = by_learner.keys().copied().collect();
    for (key, row) in rest {
        let named = keys::ViewKey::from_bytes(key.clone()).name().and_then(|n| n.try_into().ok()).map(LearnerId);
        match named.filter(|learner| learners.contains(learner)) {
            Some(learner) => by_learner.entry(learner).or_default().push((key, row)),
            None => nobodys.push((key, row)),
        }
    }
    let mut events = Vec::new();
    let all = by_learner.into_iter().map(|(learner, rows)| (Some(learner), rows)).chain([(None, nobodys)]);
    for (learner, rows) in all {
        events.extend(in_events(rows).into_iter().map(|rows| (learner, Carried { rules, rows })));
    }
    Ok(events)
}

/// Rows in parts that fit into an event each.
fn in_events(rows: Vec<(Vec<u8>, Vec<u8>)>) -> Vec<Vec<(Vec<u8>, Vec<u8>)>> {
    let mut parts: Vec<Vec<(Vec<u8>, Vec<u8>)>> = Vec::new();
    let mut bytes = 0;
    for (key, row) in rows {
        // Twelve bytes are what the wire format adds to a row at most.
        let size = key.len() + row.len() + 12;
        match parts.last_mut() {
            Some(part) if bytes + size <= MOST_BYTES => part.push((key, row)),
            _ => {
                parts.push(vec![(key, row)]);
                bytes = 0;
            }
        }
        bytes += size;
    }
    parts
}
