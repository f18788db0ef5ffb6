//! By how much times were off that the box had to guess, once it knew the true one: events are never rewritten, so whoever
//! shows when something happened asks here.

use crate::engine::{KvEngine, Span};
use crate::error::StoreError;
use crate::keys;
use chalkbox_domain::event::{ClockTrust, Event, EventBody, Hlc};
use chalkbox_domain::ids::BoxId;
use std::collections::BTreeMap;

/// What was said of the starts of boxes: what is to be added to guessed times, in milliseconds, and when it was said.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Corrections(BTreeMap<(BoxId, u64), (i64, Hlc)>);

impl Corrections {
    /// Everything that an engine has.
    pub fn read(engine: &dyn KvEngine) -> Result<Self, StoreError> {
        let rows = engine.range(&Span::prefix(keys::CORRECTED))?;
        let rows = rows.iter().map(|(key, row)| Ok((keys::corrected_start(key)?, keys::read_correction(row)?)));
        Ok(Self(rows.collect::<Result<_, StoreError>>()?))
    }

    /// Takes note of an event that says so.
    pub fn follow(&mut self, event: &Event) {
        if let EventBody::ClockCorrected { boot, offset_ms } = event.body {
            self.0.insert((event.id.box_id, boot), (offset_ms, event.hlc));
        }
    }

    /// When something happened, as is known by now.
    pub fn happened_ms(&self, event: &Event) -> u64 {
        let at = event.at.ms();
        match self.0.get(&(event.id.box_id, event.boot)) {
            Some((offset, _)) if event.clock == ClockTrust::Guessed => at.saturating_add_signed(*offset),
            _ => at,
        }
    }

    /// From where on `at` has to be looked through for everything that happened from a moment on. A time that was guessed too
    /// early was put right after it, so only what was said later counts.
    pub fn look_from_ms(&self, from_ms: u64) -> u64 {
        let later = self.0.values().filter(|(_, said)| said.ms() >= from_ms);
        let most = later.map(|(offset, _)| *offset).max().unwrap_or(0).max(0);
        from_ms.saturating_sub(most.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_said_after_a_moment_makes_the_look_longer() {
        let mut corrections = Corrections::default();
        let mut said = |boot, offset, ms| corrections.0.insert((BoxId([1; 8]), boot), (offset, Hlc::from_ms(ms)));
        said(1, 5_000, 100_000);
        said(2, -9_000, 200_000);
        said(3, 2_000, 200_000);
        assert_eq!(corrections.look_from_ms(50_000), 45_000);
        assert_eq!(corrections.look_from_ms(150_000), 148_000);
        assert_eq!(corrections.look_from_ms(250_000), 250_000);
        assert_eq!(corrections.look_from_ms(1_000), 0);
    }
}
