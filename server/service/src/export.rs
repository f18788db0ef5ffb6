//! The log as it leaves the box: the store's own text of each event, one JSON object a line (docs/store-format.md, "Events
//! as text"), but codes, cards, passwords and tokens stay on the box.

use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::Event;
use chalkbox_domain::ids::EventId;
use chalkbox_store::{Secrets, TextError, event_line};

pub use chalkbox_store::rfc3339;

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

/// An event as one line, without the end of the line: `id` is the event's own, all times are RFC 3339, and no number is
/// larger than JavaScript keeps.
///
/// # Errors
/// When a value cannot be written as JSON.
pub fn line(event: &Event) -> Result<String, TextError> {
    event_line(event, Secrets::LeftOut)
}

/// A number as short as the API writes it once it goes through a JSON value: 0.1 and not 0.10000000149.
pub fn short(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

#[cfg(test)]
mod tests;
