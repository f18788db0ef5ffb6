//! Sending twice counts once: the check before an event is stored, against the engine and against the batch that is
//! being gathered.

use crate::apply::Applier;
use crate::error::{StoreError, SubmitError};
use crate::keys;
use crate::read::{Reader, answered};
use crate::store::Ack;
use chalkbox_domain::event::{Event, EventBody, EventDraft, Hlc, SendKey};
use chalkbox_domain::ids::{ItemKey, LearnerId};
use std::collections::HashMap;

/// Events that are about to be written, by what makes them unique.
#[derive(Default)]
pub(crate) struct Batch {
    pub events: Vec<Event>,
    pub payloads: Vec<Vec<u8>>,
    pub bytes: usize,
    sends: HashMap<SendKey, usize>,
    items: HashMap<(LearnerId, ItemKey), usize>,
    erased: HashMap<LearnerId, usize>,
}

impl Batch {
    pub fn push(&mut self, event: Event, payload: Vec<u8>) {
        let at = self.events.len();
        if let Some(send) = event.send {
            self.sends.insert(send, at);
        }
        if let Some(answer) = answered(&event) {
            self.items.insert((keys::owner(event.learner), answer.item), at);
        }
        if let EventBody::Erased { learner } = event.body {
            self.erased.entry(learner).or_insert(at);
        }
        self.bytes += payload.len();
        self.events.push(event);
        self.payloads.push(payload);
    }

    /// Takes back everything from the event at `len` on.
    pub fn truncate(&mut self, len: usize) {
        self.bytes -= self.payloads[len..].iter().map(Vec::len).sum::<usize>();
        self.events.truncate(len);
        self.payloads.truncate(len);
        self.sends.retain(|_, at| *at < len);
        self.items.retain(|_, at| *at < len);
        self.erased.retain(|_, at| *at < len);
    }

    /// Whether a learner is erased by what is about to be written.
    pub fn erases(&self, learner: LearnerId) -> bool {
        self.erased.contains_key(&learner)
    }

    fn by_send(&self, send: SendKey) -> Option<&Event> {
        self.sends.get(&send).map(|at| &self.events[*at])
    }

    fn by_item(&self, learner: LearnerId, item: ItemKey) -> Option<&Event> {
        self.items.get(&(learner, item)).map(|at| &self.events[*at])
    }
}

/// The acknowledgement of the first event when a draft was stored before; none when it is new.
///
/// # Errors
/// [`SubmitError::Conflict`], [`SubmitError::AlreadyAnswered`], or what reading gives.
pub(crate) fn earlier(
    draft: &EventDraft,
    batch: &Batch,
    reader: &Reader,
    applier: &mut Applier,
) -> Result<Option<Ack>, SubmitError> {
    let same_item = first_answer(draft, batch, reader, applier)?;
    if let Some(send) = draft.send {
        let known = match batch.by_send(send) {
            Some(event) => Some(event.clone()),
            // The usual retry is of an answer, which is found beside the learner's others.
            None => match same_item.as_ref().filter(|e| e.send == Some(send)) {
                Some(event) => Some(event.clone()),
                None if reader.current.is_ready() && is_next(send, applier)? => None,
                None => reader.first_by_send(send)?,
            },
        };
        if let Some(first) = known {
            return if same_content(&first, draft) {
                Ok(Some(again(&first)))
            } else {
                Err(SubmitError::Conflict { first: first.id })
            };
        }
    }
    match same_item {
        Some(first) if first.send == draft.send && same_content(&first, draft) => Ok(Some(again(&first))),
        Some(first) => Err(SubmitError::AlreadyAnswered { first: first.id }),
        None => Ok(None),
    }
}

fn first_answer(
    draft: &EventDraft,
    batch: &Batch,
    reader: &Reader,
    applier: &mut Applier,
) -> Result<Option<Event>, StoreError> {
    let EventBody::Answered(answer) = &draft.body else { return Ok(None) };
    let learner = keys::owner(draft.learner);
    if let Some(event) = batch.by_item(learner, answer.item) {
        return Ok(Some(event.clone()));
    }
    if reader.current.is_ready() {
        let (newest, engine) = applier.newest();
        if newest.none_since(learner, Hlc::from_ms(answer.asked_ms & (u64::MAX >> 16)), engine)? {
            return Ok(None);
        }
    }
    reader.answer_to(learner, answer.item, answer.asked_ms)
}

fn is_next(send: SendKey, applier: &mut Applier) -> Result<bool, StoreError> {
    let (newest, engine) = applier.newest();
    newest.is_next(send, engine)
}

fn again(first: &Event) -> Ack {
    Ack { id: first.id, hlc: first.hlc, duplicate: true }
}

/// Whether a draft says what the stored event says: of an answer its learner, item and response count (the judgement
/// may have been made anew since), of a hint its item and level, of anything else that it is of the same kind for the same learner.
fn same_content(first: &Event, draft: &EventDraft) -> bool {
    first.learner == draft.learner
        && match (&first.body, &draft.body) {
            (EventBody::Answered(a), EventBody::Answered(b)) => a.item == b.item && a.response == b.response,
            (EventBody::Hinted(a), EventBody::Hinted(b)) => a.item == b.item && a.level == b.level,
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
}
