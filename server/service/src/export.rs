//! The log as it leaves the box: one JSON object for each event, in a shape of its own, so that what programs read does
//! not change when the code does. Codes, cards, passwords and tokens stay on the box.

use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Actor, Event, EventBody};
use chalkbox_domain::ids::EventId;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Why the log was not given out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The event to go on behind is another box's.
    #[error("there is no such event on this box")]
    NoSuchEvent,
    /// Too much waits.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The disk refused.
    #[error("the log cannot be read: {0}")]
    Store(String),
}

impl From<StoreTrouble> for ExportError {
    fn from(trouble: StoreTrouble) -> Self {
        match trouble {
            StoreTrouble::Busy => Self::Busy,
            StoreTrouble::Failed(reason) => Self::Store(reason),
        }
    }
}

impl Chalkbox {
    /// Events of this box after one that is known, in the order of the box.
    ///
    /// # Errors
    /// When the event is another box's, or reading fails.
    pub fn events_after(&self, after: Option<EventId>, most: usize) -> Result<Vec<Event>, ExportError> {
        if after.is_some_and(|id| id.box_id != self.store().box_id()) {
            return Err(ExportError::NoSuchEvent);
        }
        Ok(self.store().events_since(after, most).map_err(StoreTrouble::from)?)
    }
}

/// RFC 3339 in UTC of milliseconds since 1970.
pub fn rfc3339(ms: u64) -> String {
    jiff::Timestamp::from_millisecond(i64::try_from(ms).unwrap_or(i64::MAX))
        .map(|t| t.to_string())
        .unwrap_or_else(|_| "1970-01-01T00:00:00Z".to_owned())
}

/// An event as one line, without the end of the line: `id` is the event's own, all times are RFC 3339, and no number is
/// larger than JavaScript keeps.
///
/// # Errors
/// When a value cannot be written as JSON.
pub fn line(event: &Event) -> Result<String, serde_json::Error> {
    let (kind, own) = body(&event.body)?;
    let send = event.send.map(|s| json!({"client": s.client, "cseq": s.cseq.to_string()}));
    let actor = match event.actor {
        Actor::Box => json!({"by": "box"}),
        Actor::Learner(id) => json!({"by": "learner", "id": id}),
        Actor::Staff(id) => json!({"by": "staff", "id": id}),
    };
    let mut line = Map::new();
    for (name, value) in [
        ("id", json!(event.id)),
        ("type", json!(kind)),
        ("at", json!(rfc3339(event.at.ms()))),
        ("received", json!(rfc3339(event.hlc.ms()))),
        ("hlc", json!(format!("{:016x}", event.hlc.0))),
        ("boot", json!(format!("{:016x}", event.boot))),
        ("mono_ms", json!(event.mono_ms)),
        ("clock", json!(event.clock)),
        ("send", json!(send)),
        ("learner", json!(event.learner)),
        ("actor", actor),
    ] {
        line.insert(name.to_owned(), value);
    }
    for (name, value) in own {
        line.entry(name).or_insert(value);
    }
    serde_json::to_string(&Value::Object(line))
}

/// A number as short as the API writes it once it goes through a JSON value: 0.1 and not 0.10000000149.
pub fn short(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

fn fields(value: &impl Serialize) -> Result<Map<String, Value>, serde_json::Error> {
    Ok(match serde_json::to_value(value)? {
        Value::Object(fields) => fields,
        other => Map::from_iter([("value".to_owned(), other)]),
    })
}

/// The kind's name and its own fields, none of which is named like one of the event's.
fn body(body: &EventBody) -> Result<(&'static str, Map<String, Value>), serde_json::Error> {
    let (kind, mut own, id_as, secrets): (_, _, _, &[&str]) = match body {
        EventBody::Answered(answered) => {
            let mut own = fields(answered)?;
            own.remove("asked_ms");
            own.insert("asked".into(), json!(rfc3339(answered.asked_ms)));
            own.insert("score".into(), json!(answered.score.map(short)));
            ("answered", own, "", &[])
        }
        EventBody::Hinted(hinted) => {
            let mut own = fields(hinted)?;
            own.remove("asked_ms");
            let asked = Some(hinted.asked_ms).filter(|ms| *ms > 0).map(rfc3339);
            own.insert("asked".into(), json!(asked));
            ("hinted", own, "", &[])
        }
        EventBody::ProfileSet(profile) => ("profile-set", fields(profile)?, "profile", &["code", "card"]),
        EventBody::ClassSet(class) => ("class-set", fields(class)?, "class", &[]),
        EventBody::StaffSet(member) => ("staff-set", fields(member)?, "member", &["password"]),
        EventBody::SettingsSet(settings) => ("settings-set", fields(settings)?, "", &[]),
        EventBody::TokenSet(token) => ("token-set", fields(token)?, "", &["hash"]),
        EventBody::PackSet(pack) => ("pack-set", fields(pack)?, "pack", &[]),
        EventBody::ContextSet(context) => ("context-set", fields(context)?, "", &[]),
        EventBody::GapNoted { from, to } => ("gap-noted", fields(&json!({"from": from, "to": to}))?, "", &[]),
        EventBody::ClockCorrected { boot, offset_ms } => {
            let own = json!({"of_boot": format!("{boot:016x}"), "offset_ms": offset_ms});
            ("clock-corrected", fields(&own)?, "", &[])
        }
        EventBody::Imported { ranges } => ("imported", fields(&json!({"ranges": ranges}))?, "", &[]),
        EventBody::Erased { learner } => ("erased", fields(&json!({"forgotten": learner}))?, "", &[]),
        EventBody::Unknown { kind } => ("unknown", fields(&json!({"kind": kind}))?, "", &[]),
    };
    for secret in secrets {
        own.remove(*secret);
    }
    if let Some(id) = own.remove("id") {
        own.insert(id_as.to_owned(), id);
    }
    Ok((kind, own))
}

#[cfg(test)]
mod tests;
