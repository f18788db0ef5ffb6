//! The append-only journal: what makes an acknowledgement true.
//!
//! Files `journal/<box>-<first number>.j`, frames with checksums, one sync for each batch. Nothing here knows what an
//! event says, or that an engine exists: recovery is told its watermark and asks back for events it may have.

pub(crate) mod check;
mod closed;
mod damage;
pub mod format;
mod log;
mod read;
mod recover;
mod segments;
mod write;

pub use closed::Dropped;
pub(crate) use closed::{Closed, drop_closed, droppable, last_closed, read_closed};
pub(crate) use damage::{RescueOf, damaged_in, records_or_lost, set_volume_aside};
pub use log::{Events, Log};
pub use read::{Entry, JournalReader};
pub(crate) use read::{Merged, MissingOf};
pub(crate) use recover::{Recovery, check_formats, is_doubtful, newest_is_gone, recover};
pub(crate) use segments::{
    Ill, all_boxes, begins, check_files, first_of_box, mend, newest_of_box, pack, put_volume, records_between,
    remove_volume, retire, rewrite, volumes_of,
};
pub use segments::{Segment, segments};
pub(crate) use write::{Journal, JournalOptions};

use crate::disk::Disk;
use chalkbox_domain::ids::BoxId;
use std::io;
use std::ops::RangeInclusive;

/// The journal's folder in the data folder.
pub const FOLDER: &str = "journal";
/// Where damaged and torn bytes are kept, in the data folder.
pub const QUARANTINE: &str = "quarantine";
/// Most events in one batch.
pub const MAX_BATCH_EVENTS: usize = 1024;
/// Most bytes of payload in one batch.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;

/// The journal cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The medium failed.
    #[error("cannot {doing} {file}")]
    Io {
        /// What was tried, as a verb.
        doing: &'static str,
        /// Path in the data folder.
        file: String,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// A newer program wrote this; nothing was changed.
    #[error("{file} has format {format}, this program knows formats up to {known}")]
    NewerFormat {
        /// Path in the data folder.
        file: String,
        /// Format of the file.
        format: u16,
        /// Newest format known here.
        known: u16,
    },
    /// A volume in the journal's folder cannot be read.
    #[error("{file} cannot be read")]
    Volume {
        /// Path in the data folder.
        file: String,
        /// What is wrong with it.
        #[source]
        source: crate::volume::VolumeError,
    },
    /// Events are missing that were acknowledged; reading goes on behind them.
    #[error("events {missing:?} are missing")]
    Damaged {
        /// Their numbers.
        missing: Vec<RangeInclusive<u64>>,
    },
    /// A file has to be written anew and holds frames that only a later program can write again; nothing was changed.
    #[error("{file} holds entries of a later version of this program and cannot be written anew; use that version")]
    LaterKind {
        /// Path in the data folder.
        file: String,
    },
    /// There is no room; nothing was written.
    #[error("the disk is full; make room on it, then events are taken again")]
    Full,
    /// Writing failed twice; this journal takes nothing more.
    #[error("the journal takes no more events")]
    Failed,
}

impl JournalError {
    fn io<'a>(doing: &'static str, file: &'a str) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| Self::Io { doing, file: file.to_owned(), source }
    }

    /// Whether a file is not there any more.
    fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// One journal file by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileName {
    pub path: String,
    pub first: u64,
}

impl FileName {
    pub fn new(box_id: BoxId, first: u64) -> Self {
        Self { path: format!("{FOLDER}/{box_id}-{first:016x}.j"), first }
    }
    /// The name without its folder.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// Box and first number in the name of a journal file.
fn parse_name(name: &str) -> Option<(BoxId, u64)> {
    let (box_id, first) = name.strip_suffix(".j")?.split_once('-')?;
    if first.len() != 16 {
        return None;
    }
    Some((box_id.parse().ok()?, u64::from_str_radix(first, 16).ok()?))
}

/// The files of one box, in the order of their numbers. Files of other boxes are left alone.
pub(crate) fn files(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<FileName>, JournalError> {
    let names = disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))?;
    let mut files: Vec<FileName> = names
        .iter()
        .filter_map(|name| parse_name(name))
        .filter(|(of, _)| *of == box_id)
        .map(|(of, first)| FileName::new(of, first))
        .collect();
    files.sort_by_key(|f| f.first);
    Ok(files)
}

/// The boxes that have files here.
pub(crate) fn boxes(disk: &dyn Disk) -> Result<Vec<BoxId>, JournalError> {
    let names = disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))?;
    let mut boxes: Vec<BoxId> = names.iter().filter_map(|name| parse_name(name)).map(|(of, _)| of).collect();
    boxes.sort();
    boxes.dedup();
    Ok(boxes)
}

/// All bytes of a file.
pub(crate) fn read_all(disk: &dyn Disk, path: &str) -> Result<Vec<u8>, JournalError> {
    let read = || {
        let file = disk.open(path, false)?;
        file.read(0, file.len()? as usize)
    };
    read().map_err(JournalError::io("read", path))
}

/// Copies bytes into quarantine, synced, under a name that begins with `stamp` and that nothing has.
fn set_aside(disk: &dyn Disk, stamp: &str, word: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    disk.create_folder(QUARANTINE)?;
    let taken = disk.list(QUARANTINE)?;
    let base = format!("{stamp}-{word}-{name}");
    let free = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}.{n}"))).find(|n| !taken.contains(n));
    let file = disk.create(&format!("{QUARANTINE}/{}", free.unwrap_or(base)))?;
    file.write(0, bytes)?;
    file.sync()?;
    disk.sync_folder(QUARANTINE)
}

/// Judges a file with what lies behind it: `behind` is the first number of the next file, and whether frames are in it.
pub(crate) fn judge_among(
    scan: &check::Scan,
    first: u64,
    behind: Option<(u64, bool)>,
    applied: u64,
) -> check::Judgement {
    match behind {
        Some((next, true)) => check::judge(scan, first, Some(next), applied),
        Some((next, false)) => {
            // A file made early, or one begun after this one failed: then what was to be written again does not count.
            let alone = check::judge(scan, first, None, applied);
            if alone.next_seq > next { check::judge(scan, first, Some(next), applied) } else { alone }
        }
        None => check::judge(scan, first, None, applied),
    }
}

#[cfg(test)]
mod power_cut;
#[cfg(test)]
pub(crate) mod sim;
