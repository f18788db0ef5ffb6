//! Why a backup was not made, not believed or not restored. Each error names the thing, the place and what to do.

use crate::error::{OpenError, StoreError};
use crate::import::ImportError;
use crate::volume::VolumeError;
use std::io;
use std::path::{Path, PathBuf};

/// A backup could not be made, read or restored. Unless it says otherwise, the set and the data folder are as they were.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no box in the data folder.
    #[error("{folder} holds no box: name the data folder of a box")]
    NoBox {
        /// The folder that was named.
        folder: PathBuf,
    },
    /// What the backup should go to is not there any more, or never was.
    #[error("{path} is gone: plug the stick in again and repeat; the former backup on it is whole")]
    Gone {
        /// Which file or folder.
        path: PathBuf,
    },
    /// A folder was expected.
    #[error("{path} is not a folder: name a folder, or a new file that ends in .tar")]
    NotAFolder {
        /// What was named.
        path: PathBuf,
    },
    /// A new file was expected.
    #[error("{path} is there already: name a new file; a backup never replaces one")]
    Exists {
        /// What was named.
        path: PathBuf,
    },
    /// The folder of the set holds something else.
    #[error("{folder} is not a backup of this box ({found}): move it away and repeat")]
    Foreign {
        /// The folder of the set.
        folder: PathBuf,
        /// What is in it.
        found: String,
    },
    /// No room.
    #[error("{path} is full: about {needed_bytes} bytes are needed and {free_bytes} are free; use a larger stick")]
    Full {
        /// The stick's folder or the file.
        path: PathBuf,
        /// What this backup needs there, estimated from above.
        needed_bytes: u64,
        /// What was free when it began; 0 when that is not known.
        free_bytes: u64,
    },
    /// Nothing can be written there.
    #[error("{path} cannot be written to: slide the stick's lock or use another one")]
    ReadOnly {
        /// Which file or folder.
        path: PathBuf,
    },
    /// Another backup is being written there.
    #[error("another backup is being written to {path}: wait until it is done")]
    Busy {
        /// The stick's folder.
        path: PathBuf,
    },
    /// The medium failed.
    #[error("cannot {doing} {path}: use another stick if this happens again")]
    Io {
        /// What was tried, as a verb.
        doing: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// What was written reads back as something else.
    #[error("{path} does not read back as it was written: the stick cannot be trusted, use another one")]
    ReadsBackOther {
        /// Which file.
        path: PathBuf,
    },
    /// A file of the box changed while it was being read, three times in a row.
    #[error("{path} changed while it was being read: repeat")]
    Changed {
        /// Which file of the data folder.
        path: PathBuf,
    },
    /// A file of the box cannot go into a backup.
    #[error("{path} cannot go into a backup ({why}): move it out of the data folder and repeat")]
    Unfit {
        /// Which file of the data folder.
        path: PathBuf,
        /// Why, such as "larger than 64 MiB".
        why: &'static str,
    },
    /// Nothing that was named is a backup.
    #[error("{path} holds no backup: name a stick, a folder chalkbox-backup-… or a .tar file")]
    NoBackup {
        /// What was named.
        path: PathBuf,
    },
    /// A backup was begun and never finished.
    #[error("the backup in {path} was never finished: use another one, or finish it at its box")]
    Unfinished {
        /// The folder of the set.
        path: PathBuf,
    },
    /// There are several, and one must be chosen.
    #[error("{path} holds several backups: name one of {}", names.join(", "))]
    Several {
        /// What was named.
        path: PathBuf,
        /// Names of the sets.
        names: Vec<String>,
    },
    /// A newer program wrote it.
    #[error("{path} was written by a newer program (format {found}, this one knows {known}): update this program")]
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its version.
        found: u64,
        /// The newest that is known.
        known: u64,
    },
    /// A file is not what the manifest says, or the manifest is not what it was.
    #[error("{path} is damaged ({why}): use another backup")]
    Damaged {
        /// Which file of the set.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file or the set ends too early.
    #[error("{path} is cut short ({why}): copy the backup again, or use another one")]
    CutShort {
        /// Which file.
        path: PathBuf,
        /// What is missing.
        why: String,
    },
    /// It holds what no backup holds; perhaps it was made to do harm.
    #[error("{path} is refused ({why}): no box writes such a backup; do not use it")]
    Refused {
        /// Which file of the set.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// It is encrypted.
    #[error("{path} is encrypted: give its recovery key")]
    PassphraseNeeded {
        /// The set.
        path: PathBuf,
    },
    /// It is encrypted with something else.
    #[error("the recovery key does not open {path}: look at the sheet that was printed for this backup")]
    WrongPassphrase {
        /// The key's file in the set.
        path: PathBuf,
    },
    /// A passphrase was given for a set that is readable by everybody.
    #[error("the backup in {path} is not encrypted: begin an encrypted one in an empty folder, then remove this one")]
    PlainSet {
        /// The folder of the set.
        path: PathBuf,
    },
    /// The set is encrypted for a key that the box does not know, so that it may be somebody else's.
    #[error("the backup in {path} is encrypted for a key that this box does not know: give its recovery key once")]
    UnknownKey {
        /// The folder of the set.
        path: PathBuf,
    },
    /// Too easily guessed.
    #[error("a passphrase has at least {least} characters; let the box make one")]
    WeakPassphrase {
        /// The fewest characters.
        least: usize,
    },
    /// The system gives no random bytes.
    #[error("no random bytes")]
    Random(#[source] getrandom::Error),
    /// Encrypting failed.
    #[error("{path} cannot be encrypted")]
    Encrypt {
        /// Which file of the set.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<age::EncryptError>,
    },
    /// Whoever was told how far it is ended it.
    #[error("it was stopped before its end; what was there before is whole")]
    Stopped,
    /// The events of the box cannot be listed, or the store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Events of the box cannot be read.
    #[error("the events in {path} cannot be read: restart the box, which repairs what can be repaired, and repeat")]
    Events {
        /// Which journal file.
        path: PathBuf,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// A volume of the box cannot be made or read.
    #[error("the events in {path} cannot be packed")]
    Volume {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: VolumeError,
    },
    /// The store did not take the events. Nothing of them was taken.
    #[error("the events of the backup cannot be taken over")]
    Import(#[from] ImportError),
    /// The rows of a store cannot be compared.
    #[error("the states cannot be compared")]
    Compare(#[source] StoreError),
}

/// Turns a medium's error on the way to a stick into what a person can act on.
pub(super) fn on_medium(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            BackupError::Full { path, needed_bytes: 0, free_bytes: 0 }
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => BackupError::ReadOnly { path },
        io::ErrorKind::NotFound | io::ErrorKind::NotConnected | io::ErrorKind::StaleNetworkFileHandle => {
            BackupError::Gone { path }
        }
        _ => BackupError::Io { doing, path, source },
    }
}

/// An error of a file of the data folder.
pub(super) fn on_box(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::Io { doing, path, source }
}
