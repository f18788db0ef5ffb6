//! Reading what is stored: a learner's events and views from the engine, everything else from the journal.

use crate::apply::unmark_views;
use crate::codec::decode_event;
use crate::disk::Disk;
use crate::engine::{KvEngine, Row, Span, after_prefix};
use crate::error::StoreError;
use crate::journal::JournalReader;
use crate::keys::{self, EventRow, ViewKey, ViewPrefix};
use chalkbox_domain::event::{Answered, Event, EventBody, Hlc, SendKey};
use chalkbox_domain::ids::{BoxId, EventId, ItemKey, LearnerId};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Everything that is needed to find a stored event.
#[derive(Clone)]
pub(crate) struct Reader {
    pub engine: Arc<dyn KvEngine>,
    pub disk: Arc<dyn Disk>,
    pub box_id: BoxId,
    /// Number of the last event that is on the medium.
    pub synced: Arc<AtomicU64>,
}

/// The events of this box in the order of their numbers. A damaged place gives one error, and reading goes on.
pub struct EventStream(JournalReader);

impl Iterator for EventStream {
    type Item = Result<Event, StoreError>;
    fn next(&mut self) -> Option<Self::Item> {
        Some(self.0.next()?.map_err(StoreError::from).and_then(|entry| Ok(decode_event(&entry.payload)?)))
    }
}

impl Reader {
    pub fn journal(&self, from: u64) -> JournalReader {
        JournalReader::new(self.disk.clone(), self.box_id, from, Some(self.synced.clone()))
    }

    pub fn stream(&self, after: Option<EventId>) -> EventStream {
        EventStream(self.journal(after.map_or(1, |id| id.seq.saturating_add(1))))
    }

    /// The event of a number, from the journal.
    pub fn by_seq(&self, seq: u64) -> Result<Option<Event>, StoreError> {
        find_event(&mut self.journal(seq), seq)
    }

    pub fn events_of(&self, learner: LearnerId, from_ms: u64) -> Result<Vec<Event>, StoreError> {
        let span = Span {
            from: keys::events_from(learner, Hlc::from_ms(from_ms)),
            to: after_prefix(&keys::events_of(learner)),
            reverse: false,
            limit: usize::MAX,
        };
        let rows = self.engine.range(&span)?;
        let mut journal = self.journal(1);
        let mut events = Vec::with_capacity(rows.len());
        for row in &rows {
            events.extend(event_in(row, &mut journal)?);
        }
        Ok(events)
    }

    /// The answer to a handed-out item, if the learner has given one.
    pub fn answer_to(&self, learner: LearnerId, item: ItemKey, asked_ms: u64) -> Result<Option<Event>, StoreError> {
        const PAGE: usize = 64;
        let to = after_prefix(&keys::events_of(learner));
        let mut from = keys::events_from(learner, Hlc::from_ms(asked_ms));
        let mut journal = self.journal(1);
        loop {
            let rows = self.engine.range(&Span { from, to: to.clone(), reverse: false, limit: PAGE })?;
            for row in &rows {
                if let Some(event) = event_in(row, &mut journal)?
                    && answered(&event).is_some_and(|a| a.item == item)
                {
                    return Ok(Some(event));
                }
            }
            match rows.last() {
                Some((key, _)) if rows.len() == PAGE => from = [key.as_slice(), &[0]].concat(),
                _ => return Ok(None),
            }
        }
    }

    /// The number of the event that a sending became.
    pub fn sent_before(&self, send: SendKey) -> Result<Option<u64>, StoreError> {
        let (key, place) = keys::sending(send);
        keys::read_sending(self.engine.get(&key)?.as_deref(), place)
    }

    /// The event that a sending became.
    pub fn first_by_send(&self, send: SendKey) -> Result<Option<Event>, StoreError> {
        match self.sent_before(send)? {
            Some(seq) => self.by_seq(seq),
            None => Ok(None),
        }
    }

    pub fn view(&self, key: &ViewKey) -> Result<Option<Vec<u8>>, StoreError> {
        let row = self.engine.get(key.as_bytes())?;
        self.sound(row.map(|row| keys::read_view_row(key.as_bytes(), row)).transpose())
    }

    pub fn views(&self, prefix: &ViewPrefix) -> Result<Vec<(ViewKey, Vec<u8>)>, StoreError> {
        let rows = self.engine.range(&Span::prefix(prefix.as_bytes()))?;
        let read = rows.into_iter().map(|(key, row)| {
            let value = keys::read_view_row(&key, row)?;
            Ok((ViewKey::from_bytes(key), value))
        });
        self.sound(read.collect())
    }

    fn sound<T>(&self, read: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::Row { .. }) = read {
            self.distrust_views();
        }
        read
    }

    /// Lets the next opening fold all views anew.
    pub fn distrust_views(&self) {
        tracing::error!("a row of the views is damaged; the next start folds all of them anew from the journal");
        if let Err(error) = unmark_views(&*self.engine).and_then(|()| self.engine.checkpoint()) {
            tracing::error!(%error, "the engine does not take the mark away");
        }
    }
}

fn find_event(journal: &mut JournalReader, seq: u64) -> Result<Option<Event>, StoreError> {
    Ok(journal.find(seq)?.map(|entry| decode_event(&entry.payload)).transpose()?)
}

/// An event out of its row; a row that does not read well is passed over for the journal. One reader for many rows: a
/// learner's events have rising numbers, so that a file is gone through once and not for each of them.
fn event_in((key, row): &Row, journal: &mut JournalReader) -> Result<Option<Event>, StoreError> {
    match keys::read_event_row(row) {
        Ok(EventRow::Here(payload)) => Ok(Some(decode_event(payload)?)),
        Ok(EventRow::InJournal) => find_event(journal, keys::event_key_id(key)?.1),
        Err(error) => {
            let (box_id, seq) = keys::event_key_id(key)?;
            tracing::warn!(%box_id, seq, %error, "an event is read from the journal instead");
            find_event(journal, seq)
        }
    }
}

/// The answer in an event, if it is one.
pub(crate) fn answered(event: &Event) -> Option<&Answered> {
    match &event.body {
        EventBody::Answered(answered) => Some(answered),
        _ => None,
    }
}
