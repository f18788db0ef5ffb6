//! What is common to the lines of all kinds of events. It stands in front of the kind's own fields, so that a reader knows
//! the kind when it comes to them.

use super::hex::{Hex, unhex};
use super::own::Own;
use super::{Secrets, TextError};
use chalkbox_domain::event::{Actor, ClockTrust, Event, Hlc, SendKey};
use chalkbox_domain::ids::{ClientId, EventId, LearnerId, StaffId};
use serde::de::value::{MapAccessDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// RFC 3339 in UTC of milliseconds since 1970; 1970 itself for a moment beyond the year 9999.
pub fn rfc3339(ms: u64) -> String {
    i64::try_from(ms)
        .ok()
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |moment| moment.to_string())
}

/// Milliseconds since 1970 of a moment in RFC 3339.
pub(super) fn ms(text: &str, field: &'static str) -> Result<u64, TextError> {
    let moment: jiff::Timestamp = text.parse().map_err(|_| TextError::Field { field })?;
    u64::try_from(moment.as_millisecond()).map_err(|_| TextError::Field { field })
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Send {
    client: ClientId,
    // As text: it is whatever number a client chose.
    cseq: String,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
enum By {
    Box,
    Learner { id: LearnerId },
    Staff { id: StaffId },
}

/// The common fields as they are written, in this order.
#[derive(Serialize)]
pub(super) struct Head {
    id: EventId,
    r#type: &'static str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_hlc: Option<Hex<8>>,
    received: String,
    hlc: Hex<8>,
    boot: Hex<8>,
    mono_ms: u64,
    clock: ClockTrust,
    send: Option<Send>,
    learner: Option<LearnerId>,
    actor: By,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<String>,
}

/// A whole line.
#[derive(Serialize)]
pub(super) struct Written {
    #[serde(flatten)]
    pub head: Head,
    #[serde(flatten)]
    pub own: Own,
}

impl Head {
    pub(super) fn of(event: &Event, kind: &'static str, secrets: Secrets, raw: Option<String>) -> Self {
        let (at, received) = (rfc3339(event.at.ms()), rfc3339(event.hlc.ms()));
        // What `at` means is found again from the two texts, but for a counter of its own.
        let found_again = meant_at(&at, &received, event.hlc).ok() == Some(event.at);
        let at_hlc = (secrets == Secrets::Kept && !found_again).then(|| event.at.0.into());
        Self {
            id: event.id,
            r#type: kind,
            at,
            at_hlc,
            received,
            hlc: event.hlc.0.into(),
            boot: event.boot.into(),
            mono_ms: event.mono_ms,
            clock: event.clock,
            send: event.send.map(|s| Send { client: s.client, cseq: s.cseq.to_string() }),
            learner: event.learner,
            actor: match event.actor {
                Actor::Box => By::Box,
                Actor::Learner(id) => By::Learner { id },
                Actor::Staff(id) => By::Staff { id },
            },
            raw,
        }
    }
}

fn meant_at(at: &str, received: &str, hlc: Hlc) -> Result<Hlc, TextError> {
    if at == received { Ok(hlc) } else { Ok(Hlc::from_ms(ms(at, "at")?)) }
}

/// What a line holds.
pub(super) enum Line {
    Event(Box<Event>),
    /// Bytes that count in place of all other fields.
    Raw {
        id: EventId,
        payload: Vec<u8>,
    },
}

/// Reads a line.
pub(super) fn read(line: &str) -> Result<Line, TextError> {
    let Found { head, own } = serde_json::from_str(line)?;
    let id = head.id.ok_or(TextError::Field { field: "id" })?;
    if let Some(raw) = head.raw {
        let payload = unhex(&raw).ok_or(TextError::Field { field: "raw" })?;
        return Ok(Line::Raw { id, payload });
    }
    let need = |field| TextError::Field { field };
    let hlc = Hlc(head.hlc.ok_or(need("hlc"))?.into());
    let (at, received) = (head.at.ok_or(need("at"))?, head.received.ok_or(need("received"))?);
    // The text is for people; it must not tell them something else than what counts.
    if received != rfc3339(hlc.ms()) {
        return Err(need("received"));
    }
    let at = match head.at_hlc {
        Some(exact) if at == rfc3339(u64::from(exact) >> 16) => Hlc(exact.into()),
        Some(_) => return Err(need("at_hlc")),
        None => meant_at(&at, &received, hlc)?,
    };
    let send = head.send.ok_or(need("send"))?.map(|s| {
        let cseq = s.cseq.parse().map_err(|_| need("cseq"))?;
        Ok::<_, TextError>(SendKey { client: s.client, cseq })
    });
    Ok(Line::Event(Box::new(Event {
        id,
        hlc,
        at,
        boot: head.boot.ok_or(need("boot"))?.into(),
        mono_ms: head.mono_ms.ok_or(need("mono_ms"))?,
        clock: head.clock.ok_or(need("clock"))?,
        send: send.transpose()?,
        learner: head.learner.ok_or(need("learner"))?,
        actor: match head.actor.ok_or(need("actor"))? {
            By::Box => Actor::Box,
            By::Learner { id } => Actor::Learner(id),
            By::Staff { id } => Actor::Staff(id),
        },
        body: own.ok_or(need("type"))?.body()?,
    })))
}

/// The common fields as they were found. Twice the same one: the later counts for nothing, the line is refused.
#[derive(Default)]
struct FoundHead {
    id: Option<EventId>,
    kind: Option<String>,
    at: Option<String>,
    at_hlc: Option<Hex<8>>,
    received: Option<String>,
    hlc: Option<Hex<8>>,
    boot: Option<Hex<8>>,
    mono_ms: Option<u64>,
    clock: Option<ClockTrust>,
    send: Option<Option<Send>>,
    learner: Option<Option<LearnerId>>,
    actor: Option<By>,
    raw: Option<String>,
}

struct Found {
    head: FoundHead,
    own: Option<Own>,
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    Id,
    Type,
    At,
    AtHlc,
    Received,
    Hlc,
    Boot,
    MonoMs,
    Clock,
    Send,
    Learner,
    Actor,
    Raw,
    Own(String),
}

impl FoundHead {
    /// Takes the common fields, up to the first that is the kind's own, whose name it gives.
    fn take<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<String>, A::Error> {
        fn set<'de, T: Deserialize<'de>, A: MapAccess<'de>>(slot: &mut Option<T>, map: &mut A) -> Result<(), A::Error> {
            let twice = slot.replace(map.next_value()?).is_some();
            if twice { Err(A::Error::custom("a field stands twice")) } else { Ok(()) }
        }
        while let Some(key) = map.next_key()? {
            match key {
                Key::Id => set(&mut self.id, map)?,
                Key::Type => set(&mut self.kind, map)?,
                Key::At => set(&mut self.at, map)?,
                Key::AtHlc => set(&mut self.at_hlc, map)?,
                Key::Received => set(&mut self.received, map)?,
                Key::Hlc => set(&mut self.hlc, map)?,
                Key::Boot => set(&mut self.boot, map)?,
                Key::MonoMs => set(&mut self.mono_ms, map)?,
                Key::Clock => set(&mut self.clock, map)?,
                Key::Send => set(&mut self.send, map)?,
                Key::Learner => set(&mut self.learner, map)?,
                Key::Actor => set(&mut self.actor, map)?,
                Key::Raw => set(&mut self.raw, map)?,
                Key::Own(name) => return Ok(Some(name)),
            }
        }
        Ok(None)
    }
}

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Found;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an event")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
                let mut head = FoundHead::default();
                let first = head.take(&mut map)?;
                if head.raw.is_some() {
                    // What a newer program says in other fields is for people who have that program.
                    if first.is_some() {
                        map.next_value::<IgnoredAny>()?;
                        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                    }
                    return Ok(Found { head, own: None });
                }
                let kind = head.kind.as_deref().ok_or_else(|| A::Error::missing_field("type"))?;
                let own = Own::read(kind, MapAccessDeserializer::new(Rest { first, map }))?;
                Ok(Found { head, own: Some(own) })
            }
        }
        d.deserialize_map(Reader)
    }
}

/// The rest of an object, from a field on whose name is already read.
struct Rest<A> {
    first: Option<String>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Rest<A> {
    type Error = A::Error;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(name) => {
                let name: StringDeserializer<A::Error> = name.into_deserializer();
                seed.deserialize(name).map(Some)
            }
            None => self.map.next_key_seed(seed),
        }
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}
