//! Backups: everything that a school cannot get back, on a stick or in one file, readable without this program.
//!
//! A **set** is the folder `chalkbox-backup-<box>`, or a tar archive of it: a manifest, the events of all boxes as
//! volumes, and the few files of the data folder that no event can bring back. `docs/backups.md` tells it to the technologist.
//! Whatever is read from a set is hostile until it was checked; nothing is changed on the box before all of it was.

mod archive;
mod create;
mod crypt;
mod damaged;
mod error;
mod gather;
mod manifest;
mod paths;
#[cfg(test)]
mod pulled;
mod restore;
mod set;
mod sources;
mod stick;
mod verify;

pub use create::{CreateOptions, Created, Encryption, Progress, create, create_on, create_to, mend};
pub use crypt::{BackupKey, new_passphrase};
pub use error::BackupError;
pub use manifest::BoxRange;
pub use restore::{Drilled, Restored, UNPACKED, drill, restore, restore_into};
pub use set::{SetSummary, sets};
pub use verify::{Contents, Verified, VerifiedSet, verify, verify_on};

use std::path::{Path, PathBuf};

/// Where a backup is, or shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder, such as a stick: it holds sets, one for each box, or is one.
    Folder(PathBuf),
    /// One file, a tar archive with one set.
    File(PathBuf),
}

impl Target {
    /// What a person means by a path: a folder that is there, or else a file.
    pub fn from_path(path: &Path) -> Self {
        if path.is_dir() { Self::Folder(path.to_owned()) } else { Self::File(path.to_owned()) }
    }

    /// The path.
    pub fn path(&self) -> &Path {
        let (Self::Folder(path) | Self::File(path)) = self;
        path
    }
}

/// What a long work is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Writing what the set lacks; bytes of the box that were looked at.
    Write,
    /// Reading and checking; bytes of the set.
    Check,
    /// Copying onto the box; bytes of the set.
    Unpack,
    /// Folding events into states; events.
    Prepare,
}

/// The text in a set that tells people what it is.
fn readme() -> &'static str {
    include_str!("readme.txt")
}
