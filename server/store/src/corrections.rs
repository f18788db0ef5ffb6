//! By how much times were off that the box had to guess, once it knew the true one: events are never rewritten, so whoever
//! shows when something happened asks here.

use crate::engine::{KvEngine, Span};
use crate::error::StoreError;
use crate::keys;
use chalkbox_domain::event::{ClockTrust, Event, EventBody, Hlc};
use chalkbox_domain::ids::BoxId;
use std::collections::BTreeMap;

/// What was said of the starts of boxes: of which box and start, when, and what is to be added to the times that were guessed
/// there since what was said before it, in milliseconds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Corrections(BTreeMap<(BoxId, u64, Hlc), i64>);

impl Corrections {
    /// Everything that an engine has.
    pub fn read(engine: &dyn KvEngine) -> Result<Self, StoreError> {
        let rows = engine.range(&Span::prefix(keys::CORRECTED))?;
        let rows = rows.iter().map(|(key, row)| Ok((keys::correction(key)?, keys::read_number(row)? as i64)));
        Ok(Self(rows.collect::<Result<_, StoreError>>()?))
    }

    /// Takes note of an event that says so.
    pub fn follow(&mut self, event: &Event) {
        if let EventBody::ClockCorrected { boot, offset_ms } = event.body {
            self.0.insert((event.id.box_id, boot, event.hlc), offset_ms);
        }
    }

    /// When something happened, as is known by now.
    pub fn happened_ms(&self, event: &Event) -> u64 {
        let at = event.at.ms();
        if event.clock == ClockTrust::Trusted {
            return at;
        }
        let start = (event.id.box_id, event.boot);
        let after = self.0.range((start.0, start.1, event.hlc)..).next();
        match after {
            Some(((box_id, boot, _), offset)) if (*box_id, *boot) == start => at.saturating_add_signed(*offset),
            _ => at,
        }
    }

    /// From where on `at` has to be looked through for everything that happened from a moment on. A time that was guessed too
    /// early was put right after it, so only what was said later counts.
    pub fn look_from_ms(&self, from_ms: u64) -> u64 {
        let later = self.0.iter().filter(|((_, _, said), _)| said.ms() >= from_ms);
        let most = later.map(|(_, offset)| *offset).max().unwrap_or(0).max(0);
        from_ms.saturating_sub(most.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_said_after_a_moment_makes_the_look_longer() {
        let mut corrections = Corrections::default();
        let mut said = |boot, offset, ms| corrections.0.insert((BoxId([1; 8]), boot, Hlc::from_ms(ms)), offset);
        said(1, 5_000, 100_000);
        said(2, -9_000, 200_000);
        said(3, 2_000, 200_000);
        assert_eq!(corrections.look_from_ms(50_000), 45_000);
        assert_eq!(corrections.look_from_ms(150_000), 148_000);
        assert_eq!(corrections.look_from_ms(250_000), 250_000);
        assert_eq!(corrections.look_from_ms(1_000), 0);
    }
}
