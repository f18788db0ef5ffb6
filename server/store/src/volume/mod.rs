//! A volume: the events of one box from a number to a number, as compressed lines of text that can be read without this
//! program. Packed parts of the journal, backups and what one box brings to another are all volumes. The same records
//! give the same bytes, always.

use crate::record::Record;
use chalkbox_domain::ids::BoxId;
use std::io::{Read, Write};

/// Which events a volume holds; as text the file's name, `backup-<box>-<from>-<to>.jsonl.zst`, numbers as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct VolumeName {
    /// Whose events.
    pub box_id: BoxId,
    /// First number.
    pub from: u64,
    /// Last number.
    pub to: u64,
}

impl VolumeName {
    /// Reads a file's name; none when it is not a volume's.
    pub fn parse(file_name: &str) -> Option<Self> {
        let rest = file_name.strip_prefix("backup-")?.strip_suffix(".jsonl.zst")?;
        let mut parts = rest.split('-');
        let (box_id, from, to) = (parts.next()?, parts.next()?, parts.next()?);
        let number = |hex: &str| (hex.len() == 16).then(|| u64::from_str_radix(hex, 16).ok())?;
        let name = Self { box_id: box_id.parse().ok()?, from: number(from)?, to: number(to)? };
        (parts.next().is_none() && name.from <= name.to && name.file_name() == file_name).then_some(name)
    }
    /// The file's name.
    pub fn file_name(&self) -> String {
        format!("backup-{}-{:016x}-{:016x}.jsonl.zst", self.box_id, self.from, self.to)
    }
}

/// Why a volume cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum VolumeError {
    /// The medium failed.
    #[error("the file cannot be read or written")]
    Io(#[from] std::io::Error),
}

/// Writes a volume. Records must be given in order, without holes, from `name.from` to `name.to`.
pub fn write_volume(
    _name: &VolumeName,
    _records: &mut dyn Iterator<Item = Record>,
    _out: &mut dyn Write,
) -> Result<(), VolumeError> {
    unimplemented!()
}

/// Reads a volume to its end and gives each record to `take`; every check is made, but what was given before a mistake was
/// found has been given. Bounded: a hostile file cannot make it take much memory or time.
pub fn read_volume(
    _input: &mut dyn Read,
    _take: &mut dyn FnMut(Record) -> Result<(), VolumeError>,
) -> Result<VolumeName, VolumeError> {
    unimplemented!()
}
