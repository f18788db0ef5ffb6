//! The log of a data folder, read through once: what the checks ask of it.

use chalkbox_domain::event::{Event, EventBody};
use chalkbox_domain::ids::{ContextHash, PackHash};
use chalkbox_store::StoreError;
use chalkbox_store::journal::{self, JournalError};
use std::collections::BTreeSet;
use std::path::Path;

/// Damaged places that are told at most.
const TOLD: usize = 20;

/// What was found in the log.
#[derive(Debug, Default)]
pub struct Log {
    /// Events that can be read.
    pub events: u64,
    /// Numbers that are missing: first and last of each hole.
    pub missing: Vec<(u64, u64)>,
    /// Holes that were found and noted before: acknowledged answers that are lost.
    pub noted: Vec<(u64, u64)>,
    /// Events whose bytes cannot be read, in words; the first twenty.
    pub unreadable: Vec<String>,
    /// How many there are in all.
    pub unreadable_count: u64,
    /// Local contexts that answers name.
    pub contexts: BTreeSet<ContextHash>,
    /// Packs that answers name.
    pub packs: BTreeSet<PackHash>,
    /// When the newest event was received, milliseconds since 1970; 0 when there is none.
    pub newest_ms: u64,
}

/// The log cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// It cannot be opened.
    #[error("the log cannot be opened")]
    Open(#[from] chalkbox_store::OpenError),
    /// It cannot be read to its end.
    #[error("the log cannot be read to its end")]
    Read(#[from] StoreError),
}

impl Log {
    /// Reads the log of a data folder, beside a running server or without one.
    ///
    /// # Errors
    /// When it cannot be opened or read to its end; damaged places are no error.
    pub fn read(data: &Path) -> Result<Self, LogError> {
        let mut log = Self::default();
        let files = journal::Log::open(data)?;
        let mut all = files.boxes()?.into_iter().flat_map(|id| files.events(id));
        all.try_for_each(|event| log.add(event))?;
        Ok(log)
    }

    fn add(&mut self, event: Result<Event, StoreError>) -> Result<(), LogError> {
        match event {
            Ok(event) => {
                self.events += 1;
                self.newest_ms = self.newest_ms.max(event.at.ms());
                match event.body {
                    EventBody::Answered(answered) => {
                        self.contexts.insert(answered.context);
                        self.packs.insert(answered.plugin);
                    }
                    EventBody::GapNoted { from, to } => self.noted.push((from, to)),
                    _ => {}
                }
            }
            Err(StoreError::Journal(JournalError::Damaged { missing })) => {
                self.missing.extend(missing.iter().map(|hole| (*hole.start(), *hole.end())));
            }
            Err(StoreError::Codec(error)) => {
                self.unreadable_count += 1;
                if self.unreadable.len() < TOLD {
                    self.unreadable.push(error.to_string());
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreadable_entries_are_all_counted_and_a_few_are_told() {
        let mut log = Log::default();
        for _ in 0..5_000 {
            let broken = chalkbox_store::decode_event(&[0xff]).map_err(StoreError::from);
            log.add(broken).expect("a damaged entry is no reason to end");
        }
        assert_eq!((log.events, log.unreadable_count, log.unreadable.len()), (0, 5_000, TOLD));
    }
}
