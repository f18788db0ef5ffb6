//! A volume: the events of one box from a number to a number, as compressed lines of text that can be read without this
//! program. Packed parts of the journal, backups and what one box brings to another are all volumes. The same records
//! give the same text, always, and the same bytes with the same version of the zstd library.
//!
//! Whoever reads one may have it from anywhere: nothing in it is believed before it is checked, and everything is limited.

mod fault;
mod file;
mod read;
#[cfg(test)]
mod tests;
mod write;

use chalkbox_domain::ids::{BoxId, EventId};
use serde::{Deserialize, Serialize};

pub use fault::{VolumeError, VolumeFault};
pub use file::{read_volume_file, store_volume, write_checksum};
pub use read::read_volume;
pub use write::write_volume;

/// Longest line in bytes, its end included. Each byte of an event (at most 64 KiB) takes at most six as text, and two more
/// as `raw`.
pub const MAX_LINE_BYTES: u64 = 576 * 1024;
/// Most text in a volume, in bytes: 1 GiB. Whoever writes more makes several.
pub const MAX_TEXT_BYTES: u64 = 1 << 30;
/// Most records in a volume.
pub const MAX_RECORDS: u64 = 4_000_000;
/// Largest number of an event in a volume: what programs that keep numbers as floating point still tell apart.
pub const MAX_SEQ: u64 = (1 << 53) - 1;

const FORMAT: &str = "chalkbox-events";
const VERSION: u32 = 1;
const EXTENSION: &str = ".jsonl.zst";

/// Which events a volume holds; as text the file's name, `backup-<box>-<from>-<to>.jsonl.zst`, numbers as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct VolumeName {
    /// Whose events.
    pub box_id: BoxId,
    /// First number, from 1.
    pub from: u64,
    /// Last number, at least `from`, at most [`MAX_SEQ`].
    pub to: u64,
}

impl VolumeName {
    /// Reads a file's name; none when it is not a volume's, to the letter.
    pub fn parse(file_name: &str) -> Option<Self> {
        let mut parts = file_name.strip_prefix("backup-")?.strip_suffix(EXTENSION)?.split('-');
        let mut part = || parts.next().filter(|digits| digits.len() == 16);
        let box_id = part()?.parse().ok()?;
        let from = u64::from_str_radix(part()?, 16).ok()?;
        let to = u64::from_str_radix(part()?, 16).ok()?;
        let name = Self { box_id, from, to };
        (name.is_sound() && name.file_name() == file_name).then_some(name)
    }

    /// The file's name.
    pub fn file_name(&self) -> String {
        format!("backup-{}-{:016x}-{:016x}{EXTENSION}", self.box_id, self.from, self.to)
    }

    fn is_sound(&self) -> bool {
        1 <= self.from && self.from <= self.to && self.to <= MAX_SEQ
    }

    fn id(&self, seq: u64) -> EventId {
        EventId { box_id: self.box_id, seq }
    }
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    version: u32,
    r#box: BoxId,
    from: u64,
    to: u64,
}

/// The line of an event that was erased.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErasedLine {
    id: EventId,
    erased: crate::codec::text::Hex<32>,
}

/// The line of lost numbers.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LostLine {
    lost: LostRange,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LostRange {
    from: u64,
    to: u64,
}

/// The last line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trailer {
    end: bool,
    count: u64,
    sha256: crate::codec::text::Hex<32>,
}

/// What is allowed to be how large; the public constants, and less in tests.
#[derive(Debug, Clone, Copy)]
struct Limits {
    line: u64,
    text: u64,
    records: u64,
}

const LIMITS: Limits = Limits { line: MAX_LINE_BYTES, text: MAX_TEXT_BYTES, records: MAX_RECORDS };
