//! Events as bytes and back: version and kind in front, then the fields of `docs/store-format.md`.
//!
//! Stored bytes are never migrated. A kind, a version or a word that this program does not know is kept on disk and
//! read as [`EventBody::Unknown`].

mod body;
pub(crate) mod text;
pub(crate) mod wire;

use chalkbox_domain::event::{Actor, ClockTrust, Event, EventBody, Hlc, SendKey};
use chalkbox_domain::ids::{BoxId, ClientId, EventId, ItemKey, LearnerId, StaffId};
use prost::Message;

/// Version of every kind that this program writes.
const V: u32 = 1;

/// Bytes that are not an event, or an event that cannot be written so that it reads back the same.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// Not the wire format.
    #[error("the bytes of an event cannot be read")]
    Wire(#[from] prost::DecodeError),
    /// A field is missing, has a wrong length, or a word unknown to this program.
    #[error("field “{field}” of an event cannot be read")]
    Field {
        /// Name of the field in the format's description.
        field: &'static str,
    },
    /// The response could not be written as JSON or read from it.
    #[error("a response is not the JSON it should be")]
    Response(#[source] serde_json::Error),
    /// A kind of a newer program; it can be kept but not written anew.
    #[error("events of kind {kind} are unknown to this program and cannot be written")]
    UnknownKind {
        /// Its number.
        kind: u32,
    },
}

pub(crate) fn fixed<const N: usize>(bytes: &[u8], field: &'static str) -> Result<[u8; N], CodecError> {
    bytes.try_into().map_err(|_| CodecError::Field { field })
}

/// The bytes of an event, as they stand in the journal and in exports of raw data.
///
/// # Errors
/// When the body is [`EventBody::Unknown`], or holds a response that JSON cannot express.
pub fn encode_event(event: &Event) -> Result<Vec<u8>, CodecError> {
    let (kind, body) = body::encode(&event.body)?;
    let (actor_kind, actor) = match event.actor {
        Actor::Box => (0, Vec::new()),
        Actor::Learner(id) if event.learner == Some(id) => (1, Vec::new()),
        Actor::Learner(id) => (1, id.0.to_vec()),
        Actor::Staff(id) => (2, id.0.to_vec()),
    };
    let envelope = wire::Envelope {
        v: V,
        kind,
        box_id: event.id.box_id.0.to_vec(),
        seq: event.id.seq,
        hlc: event.hlc.0,
        at: (event.at != event.hlc).then_some(event.at.0),
        boot: event.boot,
        mono_ms: event.mono_ms,
        clock: match event.clock {
            ClockTrust::Trusted => 0,
            ClockTrust::Guessed => 1,
        },
        client: event.send.map(|s| s.client.0.to_vec()),
        cseq: event.send.map_or(0, |s| s.cseq),
        learner: event.learner.map(|l| l.0.to_vec()),
        actor_kind,
        actor,
        body,
    };
    Ok(envelope.encode_to_vec())
}

/// The event in some bytes. A body that this program cannot read becomes [`EventBody::Unknown`].
///
/// # Errors
/// When what is common to all kinds cannot be read.
pub fn decode_event(bytes: &[u8]) -> Result<Event, CodecError> {
    let e = wire::Envelope::decode(bytes)?;
    let learner = e.learner.as_deref().map(|l| fixed(l, "learner").map(LearnerId)).transpose()?;
    let actor = match (e.actor_kind, e.actor.is_empty()) {
        (0, _) => Actor::Box,
        (1, true) => Actor::Learner(learner.ok_or(CodecError::Field { field: "actor" })?),
        (1, false) => Actor::Learner(LearnerId(fixed(&e.actor, "actor")?)),
        (2, _) => Actor::Staff(StaffId(fixed(&e.actor, "actor")?)),
        _ => return Err(CodecError::Field { field: "actor_kind" }),
    };
    let body = if e.v == V {
        body::decode(e.kind, &e.body).unwrap_or_else(|error| {
            tracing::warn!(seq = e.seq, kind = e.kind, %error, "an event is kept and skipped");
            EventBody::Unknown { kind: e.kind }
        })
    } else {
        EventBody::Unknown { kind: e.kind }
    };
    let client = e.client.as_deref().map(|c| fixed(c, "client").map(ClientId)).transpose()?;
    Ok(Event {
        id: EventId { box_id: BoxId(fixed(&e.box_id, "box_id")?), seq: e.seq },
        hlc: Hlc(e.hlc),
        at: Hlc(e.at.unwrap_or(e.hlc)),
        boot: e.boot,
        mono_ms: e.mono_ms,
        clock: match e.clock {
            0 => ClockTrust::Trusted,
            1 => ClockTrust::Guessed,
            _ => return Err(CodecError::Field { field: "clock" }),
        },
        send: client.map(|client| SendKey { client, cseq: e.cseq }),
        learner,
        actor,
        body,
    })
}

/// What can be told of an event without reading all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Front {
    /// Whether it is a child's practice, and not one of the few events by which people are let in.
    pub practice: bool,
    /// Whether it carries rows over the end of a year.
    pub carried: bool,
    /// When it was received.
    pub hlc: Hlc,
    /// Whose history it belongs to.
    pub learner: Option<LearnerId>,
}

/// The front of an event's bytes; none when even that cannot be read.
pub(crate) fn front(bytes: &[u8]) -> Option<Front> {
    let front = wire::Front::decode(bytes).ok()?;
    let learner = front.learner.as_deref().and_then(|l| l.try_into().ok()).map(LearnerId);
    let (practice, carried) = (body::is_practice(front.kind), body::is_carried(front.kind));
    Some(Front { practice, carried, hlc: Hlc(front.hlc), learner })
}

/// What an event of a child's practice is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Practised {
    pub hlc: Hlc,
    pub at: Hlc,
    pub learner: Option<LearnerId>,
    pub send: Option<SendKey>,
    /// The item, of an answer.
    pub item: Option<ItemKey>,
}

/// What an event of a child's practice is found by. None for any other event.
pub(crate) fn practised(bytes: &[u8]) -> Option<Practised> {
    let found = wire::Practised::decode(bytes).ok()?;
    if !body::is_practice(found.kind) {
        return None;
    }
    let learner = match found.learner {
        Some(id) => Some(LearnerId(id.try_into().ok()?)),
        None => None,
    };
    let send = match found.client {
        Some(id) => Some(SendKey { client: ClientId(id.try_into().ok()?), cseq: found.cseq }),
        None => None,
    };
    let answer = wire::AnsweredItem::decode(found.body.as_slice()).ok().filter(|_| body::is_answer(found.kind));
    Some(Practised {
        hlc: Hlc(found.hlc),
        at: Hlc(found.at.unwrap_or(found.hlc)),
        learner,
        send,
        item: answer.and_then(|answer| answer.item.try_into().ok()).map(ItemKey),
    })
}

/// Whether the event in some bytes may be the answer to an item: false is sure, and costs much less than reading it.
pub(crate) fn may_answer(bytes: &[u8], item: ItemKey) -> bool {
    match wire::Kind::decode(bytes) {
        Ok(e) if e.v == V => {
            body::is_answer(e.kind) && wire::AnsweredItem::decode(&*e.body).is_ok_and(|answer| answer.item == item.0)
        }
        Ok(_) => false,
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn what_practice_is_found_by_is_what_the_event_says() {
        let (client, learner) = (Some(vec![3; 16]), Some(vec![4; 16]));
        let answer = wire::AnsweredItem { item: vec![7; 16] }.encode_to_vec();
        let mut envelope =
            wire::Envelope { v: V, kind: 1, box_id: vec![1; 8], seq: 300, hlc: 1 << 63, ..Default::default() };
        (envelope.client, envelope.cseq, envelope.learner, envelope.body) = (client, 1 << 40, learner, answer);
        let read = practised(&envelope.encode_to_vec()).unwrap();
        let send = Some(SendKey { client: ClientId([3; 16]), cseq: 1 << 40 });
        let hlc = Hlc(1 << 63);
        let item = Some(ItemKey([7; 16]));
        assert_eq!(read, Practised { hlc, at: hlc, learner: Some(LearnerId([4; 16])), send, item });
        (envelope.kind, envelope.at, envelope.client) = (2, Some(9), None);
        let hint = practised(&envelope.encode_to_vec()).unwrap();
        assert_eq!(hint, Practised { at: Hlc(9), send: None, item: None, ..read });
        envelope.kind = 3;
        assert_eq!(practised(&envelope.encode_to_vec()), None, "a profile is no practice");
        let bytes = envelope.encode_to_vec();
        (0..bytes.len()).for_each(|end| assert_eq!(practised(&bytes[..end]), None));
        assert_eq!(practised(&[0xff; 40]), None);
    }

    #[test]
    fn whether_it_is_the_answer_to_an_item_is_told_without_reading_it() {
        let answer = wire::AnsweredItem { item: vec![7; 16] };
        let bytes = |v, kind| wire::Kind { v, kind, body: answer.encode_to_vec() }.encode_to_vec();
        let (same, other) = (ItemKey([7; 16]), ItemKey([8; 16]));
        assert!(may_answer(&bytes(V, 1), same));
        assert!(!may_answer(&bytes(V, 1), other));
        assert!(!may_answer(&bytes(V, 2), same), "a hint is no answer");
        assert!(!may_answer(&bytes(V + 1, 1), same), "nor is what this program cannot read");
        assert!(may_answer(&[0xff], same), "whoever reads it says what is wrong");
    }
}
