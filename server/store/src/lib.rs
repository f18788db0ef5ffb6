//! Progress on disk: an append-only journal that makes the promise, an embedded engine (sled) that gives the
//! queries, and views folded from events. Formats are in `docs/store-format.md`.
//!
//! An event is acknowledged only after its frame is synced in the journal. Everything in the engine can be thrown
//! away and is rebuilt from the journal. No rule of learning lives here: what events mean for the views is told by a
//! [`Projection`], and only `engine/` may name an engine's types.

pub mod backup;
pub mod clock;
pub mod disk;
pub mod engine;
pub mod journal;
pub mod volume;

mod apply;
mod ballast;
mod beginning;
mod build;
#[cfg(test)]
mod changes_power_cut;
mod codec;
mod corrections;
mod current;
mod duplicates;
mod erase;
mod error;
mod folder;
mod import;
mod keeper;
mod keys;
mod link;
mod newest;
mod notice;
mod numbers;
mod open;
mod projection;
mod read;
mod recent;
#[cfg(test)]
mod recent_tests;
pub mod record;
mod reply;
mod rescue;
mod scrub;
mod shelf;
mod store;
#[cfg(test)]
mod store_power_cut;
mod writer;
mod year;
#[cfg(test)]
mod year_power_cut;

pub use clock::{Clock, SystemClock};
pub use codec::text::{Secrets, TextError, event_line, payload_line, rfc3339};
pub use codec::{CodecError, decode_event, encode_event};
pub use current::Readiness;
pub use erase::Erased;
pub use error::{OpenError, ProbeError, StoreError, SubmitError};
pub use import::{EraseError, ImportError, Imported};
pub use journal::Dropped;
pub use keys::{ViewKey, ViewPrefix, link_in};
pub use link::LinkError;
pub use notice::{Notice, SetAside};
pub use open::{BACKUPS, probe_by, probe_engine};
pub use projection::{NoViews, Projection, ViewReader, ViewWrites};
pub use read::EventStream;
pub use record::Record;
pub use scrub::ScrubReport;
pub use store::{Ack, BoxStanding, EngineChoice, Probe, Store, StoreConfig, StoreStats};
pub use year::{WouldDrop, YearClosing, YearEnd, YearError};
