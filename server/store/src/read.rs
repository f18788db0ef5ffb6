//! Reading what is stored: a learner's events and views from the engine, everything else from the journal.

use crate::apply::unmark_views;
use crate::codec::{self, decode_event};
use crate::current::Current;
use crate::disk::Disk;
use crate::engine::{KvEngine, Row, Span, after_prefix};
use crate::error::StoreError;
use crate::journal::{self, JournalError, JournalReader};
use crate::keeper::{Why, Work};
use crate::keys::{self, EventRow, ViewKey, ViewPrefix};
use crate::store::BoxStanding;
use chalkbox_domain::event::{Answered, Event, EventBody, Hlc, SendKey};
use chalkbox_domain::ids::{BoxId, EventId, ItemKey, LearnerId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Everything that is needed to find a stored event.
#[derive(Clone)]
pub(crate) struct Reader {
    pub current: Arc<Current>,
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

    /// The event of a number, from its box's journal.
    pub fn by_id(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        find_event(&mut self.journal_of(id.box_id), id.seq)
    }

    /// The journal of any box.
    fn journal_of(&self, box_id: BoxId) -> JournalReader {
        if box_id == self.box_id {
            self.journal(1)
        } else {
            JournalReader::of_other(self.disk.clone(), box_id, 1, None)
        }
    }

    fn engine(&self) -> Arc<dyn KvEngine> {
        self.current.engine()
    }

    /// The learner's events from a moment on as the own journal has them, for while the engine has none from before: goes
    /// back file by file until one begins before that moment.
    fn scan_events_of(&self, learner: LearnerId, from: Hlc) -> Result<Vec<Event>, StoreError> {
        let mut first = 1;
        for name in journal::files(&*self.disk, self.box_id)?.into_iter().rev() {
            first = name.first;
            let begins = self.journal(first).next().and_then(Result::ok).and_then(|e| codec::front(&e.payload));
            if begins.is_some_and(|front| front.hlc < from) {
                break;
            }
        }
        let mut events = Vec::new();
        for entry in self.journal(first) {
            let payload = match entry {
                Ok(entry) => entry.payload,
                Err(JournalError::Damaged { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            if codec::front(&payload).is_some_and(|front| front.learner == Some(learner) && !front.carried) {
                events.extend(decode_event(&payload).ok().filter(|event| event.at >= from));
            }
        }
        events.sort_by_key(|event| (event.at, event.id.box_id, event.id.seq));
        Ok(events)
    }

    /// A child's events under all its ids.
    pub fn events_of(&self, learner: LearnerId, from_ms: u64) -> Result<Vec<Event>, StoreError> {
        let ids = self.current.links().all(learner);
        let mut events = Vec::new();
        for id in &ids {
            events.extend(self.events_under(*id, from_ms)?);
        }
        if ids.len() > 1 {
            events.sort_by_key(|event| (event.at, event.id.box_id, event.id.seq));
        }
        Ok(events)
    }

    fn events_under(&self, learner: LearnerId, from_ms: u64) -> Result<Vec<Event>, StoreError> {
        if !self.current.is_ready() {
            return self.scan_events_of(learner, Hlc::from_ms(from_ms));
        }
        let span = Span {
            from: keys::events_from(learner, Hlc::from_ms(from_ms)),
            to: after_prefix(&keys::events_of(learner)),
            reverse: false,
            limit: usize::MAX,
        };
        let rows = self.engine().range(&span)?;
        let mut journals = Journals::new(self);
        let mut events = Vec::with_capacity(rows.len());
        for row in &rows {
            events.extend(event_in(row, &mut journals)?);
        }
        Ok(events)
    }

    /// What happened to a learner from a moment on, each with its time as is known by now, in that order.
    pub fn happened_since(&self, learner: LearnerId, from_ms: u64) -> Result<Vec<(u64, Event)>, StoreError> {
        let look_from = self.current.corrections().look_from_ms(from_ms);
        let events = self.events_of(learner, look_from)?;
        let corrections = self.current.corrections();
        let timed = events.into_iter().map(|event| (corrections.happened_ms(&event), event));
        let mut happened: Vec<(u64, Event)> = timed.filter(|(ms, _)| *ms >= from_ms).collect();
        happened.sort_by_key(|(ms, _)| *ms);
        Ok(happened)
    }

    /// The answer to a handed-out item, if the learner has given one.
    pub fn answer_to(&self, learner: LearnerId, item: ItemKey, asked_ms: u64) -> Result<Option<Event>, StoreError> {
        const PAGE: usize = 64;
        let (engine, recent) = self.current.engine_and_recent();
        let asked = Hlc::from_ms(asked_ms);
        let answers = |event: &Event| answered(event).is_some_and(|a| a.item == item);
        if let Some(recent) = recent {
            let before = if recent.covers(asked) {
                let same = |event: &Event| keys::owner(event.learner) == learner && event.at >= asked && answers(event);
                self.first_among(&recent.answers(learner, item), same)?
            } else {
                self.scan_events_of(learner, asked)?.into_iter().find(answers)
            };
            if before.is_some() {
                return Ok(before);
            }
        }
        let to = after_prefix(&keys::events_of(learner));
        let mut from = keys::events_from(learner, asked);
        let mut journals = Journals::new(self);
        loop {
            let rows = engine.range(&Span { from, to: to.clone(), reverse: false, limit: PAGE })?;
            for row in &rows {
                let other = match keys::read_event_row(&row.1) {
                    Ok(EventRow::InJournal(of)) => of != item.0,
                    Ok(EventRow::Here(payload)) => !codec::may_answer(payload, item),
                    Err(_) => false,
                };
                if other {
                    continue;
                }
                if let Some(event) = event_in(row, &mut journals)?
                    && answers(&event)
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

    /// The first of some events of this box, in the order in which they happened, of which something is so.
    fn first_among(&self, numbers: &[u64], is: impl Fn(&Event) -> bool) -> Result<Option<Event>, StoreError> {
        let mut first: Option<Event> = None;
        let mut journal = self.journal(1);
        for seq in numbers {
            match find_event(&mut journal, *seq) {
                Ok(Some(event)) if is(&event) && first.as_ref().is_none_or(|first| event.at < first.at) => {
                    first = Some(event);
                }
                Ok(_) | Err(StoreError::Journal(JournalError::Damaged { .. }) | StoreError::Codec(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(first)
    }

    /// The event that a sending became.
    pub fn sent_before(&self, send: SendKey) -> Result<Option<EventId>, StoreError> {
        let (key, place) = keys::sending(send);
        let (engine, recent) = self.current.engine_and_recent();
        let known = keys::read_sending(engine.get(&key)?.as_deref(), place, self.box_id)?;
        match recent {
            Some(recent) if known.is_none() => {
                let same = |event: &Event| event.send == Some(send);
                Ok(self.first_among(&recent.sent(send), same)?.map(|event| event.id))
            }
            _ => Ok(known),
        }
    }

    /// The event that a sending became, whole.
    pub fn first_by_send(&self, send: SendKey) -> Result<Option<Event>, StoreError> {
        match self.sent_before(send)? {
            Some(id) => self.by_id(id),
            None => Ok(None),
        }
    }

    /// A hash over all rows of the views.
    pub fn views_digest(&self) -> Result<[u8; 32], StoreError> {
        const PAGE: usize = 500;
        let engine = self.engine();
        let mut hash = Sha256::new();
        for table in keys::VIEW_TABLES {
            let mut span = Span { limit: PAGE, ..Span::prefix(&[table]) };
            loop {
                let rows = engine.range(&span)?;
                for (key, row) in &rows {
                    for part in [key, row] {
                        hash.update((part.len() as u64).to_be_bytes());
                        hash.update(part);
                    }
                }
                match rows.last() {
                    Some((key, _)) if rows.len() == PAGE => span.from = [key.as_slice(), &[0]].concat(),
                    _ => break,
                }
            }
        }
        Ok(hash.finalize().into())
    }

    /// The boxes that have events here, with the numbers of their newest.
    pub fn boxes(&self) -> Result<Vec<BoxStanding>, StoreError> {
        let newest = self.synced.load(std::sync::atomic::Ordering::Acquire);
        let mut boxes = vec![BoxStanding { box_id: self.box_id, own: true, newest }];
        for (key, row) in self.engine().range(&Span::prefix(keys::APPLIED))? {
            let box_id = keys::applied_box(&key)?;
            if box_id != self.box_id {
                boxes.push(BoxStanding { box_id, own: false, newest: keys::read_number(&row)? });
            }
        }
        Ok(boxes)
    }

    pub fn view(&self, key: &ViewKey) -> Result<Option<Vec<u8>>, StoreError> {
        let engine = self.engine();
        let row = engine.get(key.as_bytes())?;
        self.sound(&engine, row.map(|row| keys::read_view_row(key.as_bytes(), row)).transpose())
    }

    pub fn views(&self, prefix: &ViewPrefix) -> Result<Vec<(ViewKey, Vec<u8>)>, StoreError> {
        let engine = self.engine();
        let rows = engine.range(&Span::prefix(prefix.as_bytes()))?;
        let read = rows.into_iter().map(|(key, row)| {
            let value = keys::read_view_row(&key, row)?;
            Ok((ViewKey::from_bytes(key), value))
        });
        self.sound(&engine, read.collect())
    }

    fn sound<T>(&self, engine: &Arc<dyn KvEngine>, read: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::Row { .. }) = read {
            self.distrust(engine);
        }
        read
    }

    /// Has all views folded anew, now and, if that is cut short, at the next opening.
    pub fn distrust_views(&self) {
        self.distrust(&self.engine());
    }

    /// However many readers meet damage in one engine, one other is built.
    fn distrust(&self, engine: &Arc<dyn KvEngine>) {
        if !self.current.distrust(engine) {
            return;
        }
        tracing::error!("a row of the views is damaged; all of them are folded anew from the journal");
        if let Err(error) = unmark_views(&**engine) {
            tracing::error!(%error, "the engine does not take the mark away");
        }
        self.current.ask_keeper(Work::Build { why: Why::Damaged, done: None });
    }
}

/// One reader for each box, for many look-ups.
struct Journals<'a> {
    reader: &'a Reader,
    open: BTreeMap<BoxId, JournalReader>,
}

impl<'a> Journals<'a> {
    fn new(reader: &'a Reader) -> Self {
        Self { reader, open: BTreeMap::new() }
    }
    fn find(&mut self, id: EventId) -> Result<Option<Event>, StoreError> {
        let journal = self.open.entry(id.box_id).or_insert_with(|| self.reader.journal_of(id.box_id));
        find_event(journal, id.seq)
    }
}

fn find_event(journal: &mut JournalReader, seq: u64) -> Result<Option<Event>, StoreError> {
    Ok(journal.find(seq)?.map(|entry| decode_event(&entry.payload)).transpose()?)
}

/// An event out of its row; a row that does not read well is passed over for the journal. A learner's events have rising
/// numbers, so that a file is gone through once and not for each of them.
fn event_in((key, row): &Row, journals: &mut Journals<'_>) -> Result<Option<Event>, StoreError> {
    let id = |key| keys::event_key_id(key).map(|(box_id, seq)| EventId { box_id, seq });
    match keys::read_event_row(row) {
        Ok(EventRow::Here(payload)) => Ok(Some(decode_event(payload)?)),
        Ok(EventRow::InJournal(_)) => journals.find(id(key)?),
        Err(error) => {
            let id = id(key)?;
            tracing::warn!(event = %id, %error, "an event is read from the journal instead");
            journals.find(id)
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
