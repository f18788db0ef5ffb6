//! Events as text: one JSON object a line, in a shape of its own, so that what programs and people read does not change
//! when the code does (`docs/store-format.md`, "Events as text").
//!
//! With its secrets a line is the event to the byte. Whether it is, is never assumed: each line is read back while it is
//! written, and where the same bytes do not come out of it, it carries them as `raw`.

mod head;
mod hex;
mod own;
#[cfg(test)]
mod tests;

use super::{CodecError, decode_event, encode_event};
use chalkbox_domain::event::Event;
use chalkbox_domain::ids::{BoxId, EventId};
use prost::Message;
use serde::Serialize;

pub use head::rfc3339;
pub(crate) use hex::{Hex, hex};

/// What becomes of picture codes, cards, passwords and tokens, all of which an event holds as hashes only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// They stand in the line: it can become the event again. For backups.
    Kept,
    /// They stay on the box. For programs and people that are given the log.
    LeftOut,
}

/// Why an event cannot be written as text or read from it.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// Not the JSON of an event. Names the place, never what stands there.
    #[error("this is not an event as text: {0}")]
    Json(#[from] serde_json::Error),
    /// A field has a value that it cannot have.
    #[error("field “{field}” of an event cannot be read")]
    Field {
        /// Its name.
        field: &'static str,
    },
    /// The bytes of an event, written out or in the field `raw`, are none.
    #[error("the bytes of an event cannot be read")]
    Codec(#[from] CodecError),
    /// The bytes are those of another event than they stand for.
    #[error("the bytes given for event {expected} are those of event {found}")]
    OtherEvent {
        /// Which event it should be.
        expected: EventId,
        /// Which it is.
        found: EventId,
    },
}

/// An event as one line, without the end of the line: `id` is the event's own, moments are RFC 3339 in UTC, and no number
/// that an honest box writes is larger than JavaScript keeps. With [`Secrets::Kept`] it becomes the same bytes again.
///
/// # Errors
/// With [`Secrets::Kept`], when the event's kind is unknown: only [`payload_line`] has its bytes.
pub fn event_line(event: &Event, secrets: Secrets) -> Result<String, TextError> {
    match secrets {
        Secrets::LeftOut => line(event, secrets, None),
        Secrets::Kept => lossless(event, &encode_event(event)?),
    }
}

/// The line of an event whose bytes are at hand, with its secrets. Whatever this program does not understand in it stands
/// in `raw`.
///
/// # Errors
/// When the bytes do not even say which event they are, or are another than `id`.
pub fn payload_line(id: EventId, payload: &[u8]) -> Result<String, TextError> {
    let found = identity(payload)?;
    if found != id {
        return Err(TextError::OtherEvent { expected: id, found });
    }
    match decode_event(payload) {
        Ok(event) => lossless(&event, payload),
        Err(_) => {
            let bare = Bare { id, r#type: "unreadable", raw: hex(payload) };
            Ok(serde_json::to_string(&bare)?)
        }
    }
}

/// The event in a line, as [`event_line`] and [`payload_line`] write it.
///
/// # Errors
/// When the line is not one of those.
// Only a use for the event itself will call it outside the tests; records are read as bytes.
#[cfg_attr(not(test), expect(dead_code, reason = "volumes take the bytes"))]
pub(crate) fn event_from_line(line: &str) -> Result<Event, TextError> {
    match head::read(line)? {
        head::Line::Event(event) => Ok(*event),
        head::Line::Raw { id, payload } => {
            confirm(id, &payload)?;
            Ok(decode_event(&payload)?)
        }
    }
}

/// Which event is in a line, and its bytes.
///
/// # Errors
/// When the line is not one that [`payload_line`] writes, or its `raw` holds another event.
pub(crate) fn payload_from_line(line: &str) -> Result<(EventId, Vec<u8>), TextError> {
    match head::read(line)? {
        head::Line::Event(event) => Ok((event.id, encode_event(&event)?)),
        head::Line::Raw { id, payload } => {
            confirm(id, &payload)?;
            Ok((id, payload))
        }
    }
}

/// The line of an event that an unreadable message holds: nothing but its bytes.
#[derive(Serialize)]
struct Bare {
    id: EventId,
    r#type: &'static str,
    raw: String,
}

/// The two fields of an event's message that say which event it is.
#[derive(Clone, PartialEq, Message)]
struct Identity {
    #[prost(bytes = "vec", tag = "3")]
    box_id: Vec<u8>,
    #[prost(uint64, tag = "4")]
    seq: u64,
}

fn lossless(event: &Event, payload: &[u8]) -> Result<String, TextError> {
    let plain = line(event, Secrets::Kept, None)?;
    let back = payload_from_line(&plain);
    if back.is_ok_and(|(id, bytes)| id == event.id && bytes == payload) {
        return Ok(plain);
    }
    line(event, Secrets::Kept, Some(hex(payload)))
}

fn line(event: &Event, secrets: Secrets, raw: Option<String>) -> Result<String, TextError> {
    let own = own::Own::of(&event.body, secrets);
    Ok(serde_json::to_string(&head::Written { head: head::Head::of(event, own.kind(), secrets, raw), own })?)
}

/// Box and number in the bytes of an event, also of one of which this program understands nothing else.
fn identity(payload: &[u8]) -> Result<EventId, CodecError> {
    let found = Identity::decode(payload)?;
    Ok(EventId { box_id: BoxId(super::fixed(&found.box_id, "box")?), seq: found.seq })
}

fn confirm(id: EventId, payload: &[u8]) -> Result<(), TextError> {
    let found = identity(payload)?;
    if found == id { Ok(()) } else { Err(TextError::OtherEvent { expected: id, found }) }
}
