//! Closing a school year. Every row of the views is written into the journal once more, so that a later fold can begin with
//! them; then the events of the year before the last can go.

use crate::duplicates::Batch;
use crate::engine::{KvEngine, Span};
use crate::error::{StoreError, SubmitError};
use crate::journal::{self, Closed, Dropped, JournalError};
use crate::keeper::Work;
use crate::keys::{self, Meta};
use crate::numbers::Numbers;
use crate::store::Store;
use crate::writer::{Message, Writer};
use chalkbox_domain::event::{Actor, BoxRange, Carried, EventBody, EventDraft, YearClosed};
use chalkbox_domain::ids::{EventId, LearnerId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
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

/// What closing a year would drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WouldDrop {
    /// Numbers of this box that would go.
    pub dropped: u64,
    /// Numbers of this box that would stay.
    pub kept: u64,
}

/// A year was not closed.
#[derive(Debug, thiserror::Error)]
pub enum YearError {
    /// The name has no letter, or more than forty.
    #[error("the name of a year has 1 to 40 letters")]
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
    /// Reading or writing failed. Where the year is closed already, [`Store::forget_closed_years`] tries the dropping again.
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
        if before.as_ref().is_some_and(|end| !self.is_old(end)) {
            return Err(YearError::TooSoon);
        }
        let (done, outcome) = sync_channel(1);
        self.inbox.send(Message::CloseYear { name, done }).map_err(|_| StoreError::Closing)?;
        let mut closing = outcome.recv().unwrap_or(Err(YearError::Store(StoreError::Closing)))?;
        if before.is_some() {
            closing.dropped = self.drop_closed()?;
        }
        Ok(closing)
    }

    /// Drops what lies before the last closing but one, as [`Store::close_year`] does it: for where that was closed without
    /// dropping, or was cut short.
    ///
    /// # Errors
    /// See [`YearError`].
    pub fn forget_closed_years(&self) -> Result<Option<Dropped>, YearError> {
        let _alone = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_ready() {
            return Err(YearError::NotReady);
        }
        Ok(self.drop_closed()?)
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

    /// What dropping would take and leave, if the year were closed now: numbers of this box.
    ///
    /// # Errors
    /// When reading fails.
    pub fn would_drop(&self) -> Result<WouldDrop, StoreError> {
        let (disk, own) = (&*self.reader.disk, self.box_id());
        let gone = journal::last_closed(disk, own)?;
        let last = match self.year_ends()?.first() {
            Some(end) if self.is_old(end) => journal::droppable(disk, own, end.year.carried_from)?,
            _ => gone,
        };
        let newest = self.reader.synced.load(Ordering::Acquire);
        Ok(WouldDrop { dropped: last.saturating_sub(gone), kept: newest.saturating_sub(last) })
    }

    fn is_old(&self, end: &YearEnd) -> bool {
        self.now_ms() >= end.closed_ms.saturating_add(KEPT_MS)
    }

    /// Drops what lies before the last closing but one; the rows of the last one are what a fold begins with from now on.
    fn drop_closed(&self) -> Result<Option<Dropped>, StoreError> {
        let (disk, own) = (&*self.reader.disk, self.box_id());
        let ends = self.year_ends()?;
        let [newest, before] = ends.as_slice() else { return Ok(None) };
        let last = journal::droppable(disk, own, before.year.carried_from)?;
        if last == 0 || !self.is_old(before) {
            return Ok(None);
        }
        let (newest, before) = (&newest.year, &before.year);
        if self.builder.rows_between(own, newest.carried_from, newest.carried_to)?.is_none() {
            // They lie on the medium only a moment; what does not read back now is no ground to drop anything.
            let missing = vec![newest.carried_from..=newest.carried_to];
            return Err(JournalError::Damaged { missing }.into());
        }
        let mut dropped = Numbers::default();
        dropped.put_all(&before.others);
        dropped.put_all(journal::read_closed(disk, own)?.iter().flat_map(|closed| &closed.dropped));
        let mut within = dropped.clone();
        within.put_all(&newest.others);
        let closed = Closed {
            last,
            carried_from: newest.carried_from,
            carried_to: newest.carried_to,
            within: within.ranges(),
            dropped: dropped.ranges(),
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
        // The rows begin a file of their own, so that what lies before them can go as a whole.
        self.journal.roll().map_err(StoreError::from)?;
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

    /// Which events of other boxes are in the views: those that are here, and those with whose rows the fold began.
    fn others(&self) -> Result<Vec<BoxRange>, StoreError> {
        let mut others = self.builder.beginning()?.within;
        others.put_all(&self.builder.numbers_of_others()?.ranges());
        others.forget(self.reader.box_id);
        Ok(others.ranges())
    }
}

/// A key and its row without the version byte.
type Row = (Vec<u8>, Vec<u8>);

/// All rows that are carried, as events have them: those of each learner together, then those of nobody in particular.
fn carried(engine: &dyn KvEngine, rules: u32) -> Result<Vec<(Option<LearnerId>, Carried)>, StoreError> {
    let mut by_learner: BTreeMap<LearnerId, Vec<Row>> = BTreeMap::new();
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
fn in_events(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut parts: Vec<Vec<Row>> = Vec::new();
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
