//! The one file that speaks with the store's backups: what it makes, reads and says becomes values of this room.

pub(super) use chalkbox_store::backup::UNPACKED;
use chalkbox_store::backup::{self, BackupError, BackupKey, CreateOptions, Encryption, Progress, Target};
use chalkbox_store::{ImportError, Store, StoreConfig};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Told how far it is: done, and of how much (0: not known).
pub(super) type Tell<'a> = &'a mut dyn FnMut(u64, u64);

/// What went wrong with a backup, as far as people can do something about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The folder or file holds no backup.
    #[error("there is no backup in it")]
    NoBackup,
    /// The stick was taken out.
    #[error("it is gone: put the stick back in and try again; what was on it before is whole")]
    Gone,
    /// Nothing can be written there.
    #[error("nothing can be written on it: slide its lock, or take another one")]
    ReadOnly,
    /// The backup that is there is open, and this box locks its own.
    #[error("the backup that is there is not locked: take an empty stick")]
    NotLocked,
    /// A newer program wrote it.
    #[error("a newer program wrote it: bring the program up to date first")]
    Newer,
    /// It is locked, and no key was given.
    #[error("it is locked: give its recovery key")]
    KeyNeeded,
    /// It is locked with another key than the one that was given.
    #[error("it is locked, and this recovery key is not the one")]
    Passphrase,
    /// It ends too early.
    #[error("it is cut short: {0}")]
    CutShort(String),
    /// It holds no school.
    #[error("it holds no school: choose another backup")]
    NoSchool,
    /// It is from long after this box's time of day.
    #[error("it is from a later time than this box's clock says: set the clock right")]
    Clock,
    /// It is damaged.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// There is not enough room.
    #[error("there is not enough room: {needed} bytes are needed, {free} are free")]
    NoRoom {
        /// Bytes.
        needed: u64,
        /// Bytes.
        free: u64,
    },
    /// It could not be read or written to the end: most likely the stick was taken out.
    #[error("it could not be read or written to its end: {0}")]
    Medium(String),
    /// The box could not take it in.
    #[error("the box could not take it in: {0}")]
    Store(String),
    /// What came back is not what was saved.
    #[error("what came back is not what was saved: {0}")]
    NotTheSame(String),
    /// The work ended before it was done: a fault of ours.
    #[error("the work ended before it was done")]
    Stopped,
}

/// A backup that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Bytes written.
    pub bytes: u64,
}

/// What a test restore brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CameBack {
    /// Entries of the log.
    pub events: u64,
    /// Answers among them.
    pub answers: u64,
    /// Learners that they are about.
    pub learners: u64,
    /// Whether all that follows from them is as it is in the school now.
    pub same_states: bool,
}

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BroughtBack {
    /// Entries that were not here.
    pub new_events: u64,
    /// Entries that were here already.
    pub known_events: u64,
    /// Entries of which two boxes say different things; neither was taken silently.
    pub conflicts: u64,
    /// Lost entries of this box that were found in it.
    pub mended: u64,
    /// Whether its codes and cards were made with another key than this box has: they open nothing here.
    pub other_key: bool,
}

/// Where a backup lies: a folder with its files, or one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Medium {
    /// A folder.
    Folder(PathBuf),
    /// One file.
    File(PathBuf),
}

impl Medium {
    pub(super) fn path(&self) -> &Path {
        let (Self::Folder(path) | Self::File(path)) = self;
        path
    }

    fn target(&self) -> Target {
        match self {
            Self::Folder(path) => Target::Folder(path.clone()),
            Self::File(path) => Target::File(path.clone()),
        }
    }
}

fn options(passphrase: Option<String>) -> CreateOptions {
    let encryption = passphrase.map_or(Encryption::Plain, Encryption::Passphrase);
    CreateOptions { encryption, ..CreateOptions::default() }
}

/// For a backup that leaves the box. Without the passphrase it is locked for the key that the box keeps, as after a locked
/// backup came back to a new card; without either it is readable: nobody could be told what opens it.
fn options_away(passphrase: Option<String>) -> CreateOptions {
    let encryption = passphrase.map_or(Encryption::AsBefore, Encryption::Passphrase);
    CreateOptions { encryption, ..CreateOptions::default() }
}

fn told(tell: Tell<'_>) -> impl FnMut(Progress) + '_ {
    move |progress| tell(progress.done, progress.total)
}

/// The error and all its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

/// What people can do something about is told apart; the rest is told as it is.
fn fault(error: BackupError) -> Fault {
    match error {
        BackupError::NoBackup { .. } | BackupError::Unfinished { .. } => Fault::NoBackup,
        BackupError::Gone { .. } => Fault::Gone,
        BackupError::ReadOnly { .. } => Fault::ReadOnly,
        BackupError::Full { needed_bytes, free_bytes, .. } => Fault::NoRoom { needed: needed_bytes, free: free_bytes },
        BackupError::PassphraseNeeded { .. } => Fault::KeyNeeded,
        BackupError::WrongPassphrase { .. } | BackupError::UnknownKey { .. } => Fault::Passphrase,
        BackupError::CutShort { .. } => Fault::CutShort(chain(&error)),
        BackupError::Import(ImportError::Ahead { .. }) => Fault::Clock,
        BackupError::PlainSet { .. } => Fault::NotLocked,
        BackupError::Newer { .. } => Fault::Newer,
        BackupError::Damaged { .. } | BackupError::Refused { .. } => Fault::Damaged(chain(&error)),
        other => Fault::Medium(chain(&other)),
    }
}

/// Adds to the backup in a folder what is not there yet, and reads it back.
pub(super) fn save(data: &Path, folder: &Path, passphrase: Option<String>, tell: Tell<'_>) -> Result<Saved, Fault> {
    let target = Target::Folder(folder.to_owned());
    let made = backup::create(data, &target, &options(passphrase), &mut told(tell)).map_err(fault)?;
    Ok(Saved { bytes: made.bytes_written })
}

/// The same on a stick: locked also if the box has only its own half of the key.
pub(super) fn save_away(
    data: &Path,
    folder: &Path,
    passphrase: Option<String>,
    tell: Tell<'_>,
) -> Result<Saved, Fault> {
    let target = Target::Folder(folder.to_owned());
    let made = backup::create(data, &target, &options_away(passphrase), &mut told(tell)).map_err(fault)?;
    Ok(Saved { bytes: made.bytes_written })
}

/// Writes a whole backup as one file.
pub(super) fn pour(
    data: &Path,
    out: &mut dyn Write,
    passphrase: Option<String>,
    tell: Tell<'_>,
) -> Result<Saved, Fault> {
    let made = backup::create_to(data, out, &options_away(passphrase), &mut told(tell)).map_err(fault)?;
    Ok(Saved { bytes: made.bytes_written })
}

/// What a backup says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Summary {
    /// When it was made, milliseconds since 1970; 0 when it says nonsense.
    pub made_ms: u64,
    /// Whether it needs a key.
    pub locked: bool,
}

/// Reads what the only backup in a folder or file says of itself, and no more.
pub(super) fn summary(path: &Path) -> Result<Summary, Fault> {
    let sets = backup::sets(&Target::from_path(path)).map_err(fault)?;
    let set = sets.first().ok_or(Fault::NoBackup)?;
    let made = set.created.parse::<jiff::Timestamp>().map_or(0, |at| u64::try_from(at.as_millisecond()).unwrap_or(0));
    Ok(Summary { made_ms: made, locked: set.encrypted })
}

/// Reads all of a backup; how many entries of the log are in it. Of a locked one without its key: none, though every byte is
/// as it was written.
pub(super) fn check(medium: &Medium, passphrase: Option<&str>, tell: Tell<'_>) -> Result<u64, Fault> {
    let verified = backup::verify(&medium.target(), passphrase, &mut told(tell)).map_err(fault)?;
    Ok(verified.sets.iter().filter_map(|set| set.contents.as_ref()).map(|contents| contents.events).sum())
}

/// Restores a backup beside a school, and compares what follows from it with what follows there.
pub(super) fn drill(
    school: &Store,
    config: StoreConfig,
    medium: &Medium,
    passphrase: Option<&str>,
    tell: Tell<'_>,
) -> Result<CameBack, Fault> {
    let live = || school.views_digest();
    let drilled = backup::drill(config, &medium.target(), passphrase, &live, &mut told(tell)).map_err(fault)?;
    let contents = &drilled.restored.contents;
    Ok(CameBack {
        events: contents.events,
        answers: contents.answers(),
        learners: contents.learners,
        same_states: drilled.same_states,
    })
}

/// Brings a backup into a store.
pub(super) fn bring_into(
    store: &Store,
    data: &Path,
    medium: &Medium,
    passphrase: Option<&str>,
    tell: Tell<'_>,
) -> Result<BroughtBack, Fault> {
    let restored = backup::restore_into(store, data, &medium.target(), passphrase, &mut told(tell)).map_err(fault)?;
    let imported = &restored.imported;
    Ok(BroughtBack {
        new_events: imported.new_events,
        known_events: imported.known_events,
        conflicts: imported.conflicts.len() as u64,
        mended: imported.mended,
        other_key: restored.other_key,
    })
}

/// Whether the box keeps a key that it locks new backups for.
pub(super) fn has_key(data: &Path) -> bool {
    BackupKey::kept(data).is_some()
}

/// From now on new backups are locked so that this recovery key opens them, also those of `chalkbox backup create`.
pub(super) fn keep_key(data: &Path, passphrase: &str) -> Result<(), Fault> {
    BackupKey::new(passphrase).and_then(|key| key.keep(data)).map_err(fault)
}

/// A new recovery key.
pub(super) fn new_passphrase() -> Result<String, Fault> {
    backup::new_passphrase().map_err(fault)
}
