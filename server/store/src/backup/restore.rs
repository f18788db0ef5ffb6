//! Putting a backup back: into an empty folder, which becomes a new box, or into one that has a box already, which then has
//! what both had. The whole set is verified before anything on the box is changed.

use super::create::{Progress, tell};
use super::error::{BackupError, on_box, on_medium};
use super::manifest::Entry;
use super::paths::{self, Kind, SUM};
use super::set::OpenSet;
use super::stick::{Hashing, free_bytes};
use super::verify::{Contents, check};
use super::{Step, Target};
use crate::error::{OpenError, StoreError};
use crate::import::{ImportError, Imported};
use crate::store::{Store, StoreConfig};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where a set is unpacked to in the data folder; a cut may leave it.
pub const UNPACKED: &str = "restore.part";
/// Where a pack lies while its files arrive.
const PACK_PART: &str = ".new-restored-";
/// The machine's own settings in a data folder.
const SETTINGS: &str = "chalkbox.toml";
/// How often it is told how far the folding is.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// What a restore brought.
#[derive(Debug)]
pub struct Restored {
    /// What was in the set.
    pub contents: Contents,
    /// What the store took of it.
    pub imported: Imported,
    /// Files beside the events that were missing and are there now.
    pub files_placed: u64,
    /// Files beside the events that were there already and stayed.
    pub files_kept: u64,
    /// Whether the box had a key of its own already that is another than the backup's: it stays. Questions that are out at
    /// the other box, and picture codes and cards that were made there, do not work here.
    pub other_key: bool,
}

/// Restores a set into a data folder that no server has open. An empty or missing folder becomes a new box with a number
/// of its own: the old one may have given out numbers after the backup. Returns when all states are folded.
///
/// # Errors
/// See [`BackupError`]. When the set is damaged, cut short, refused or not opened by the passphrase, nothing was changed.
pub fn restore(
    config: StoreConfig,
    target: &Target,
    passphrase: Option<&str>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Store, Restored), BackupError> {
    let data = config.folder.clone();
    is_free(&data)?;
    let (set, contents) = proved(target, passphrase, progress)?;
    let unpacked = Unpacked::of(&set, &data, progress)?;
    let (store, notices) = Store::open(config)?;
    for notice in notices {
        tracing::info!(?notice, "while opening the store for a restore");
    }
    let restored = take_over(&store, &set, contents, &data, &unpacked, Settings::Placed, progress)?;
    Ok((store, restored))
}

/// Restores a set into the data folder of a store that is open; a server goes on meanwhile. Its `chalkbox.toml` is left out:
/// it is about another machine, and would count at the next start without anybody having asked for it.
///
/// # Errors
/// See [`restore`].
pub fn restore_into(
    store: &Store,
    data: &Path,
    target: &Target,
    passphrase: Option<&str>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Restored, BackupError> {
    let (set, contents) = proved(target, passphrase, progress)?;
    let unpacked = Unpacked::of(&set, data, progress)?;
    take_over(store, &set, contents, data, &unpacked, Settings::LeftOut, progress)
}

/// A drill: whether a backup would bring everything back.
#[derive(Debug)]
pub struct Drilled {
    /// What the restore brought.
    pub restored: Restored,
    /// Whether the states that were folded from the backup are those of the living store. Events that came after the
    /// backup make them differ.
    pub same_states: bool,
}

/// Restores a set into a scratch folder, compares the states there with those that `live` tells
/// ([`Store::views_digest`] of the store in use), and removes the scratch folder. `config` names the folder; it must not be
/// there or be empty.
///
/// # Errors
/// See [`restore`]; [`BackupError::Exists`] when something is in the folder.
pub fn drill(
    config: StoreConfig,
    target: &Target,
    passphrase: Option<&str>,
    live: &dyn Fn() -> Result<[u8; 32], StoreError>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Drilled, BackupError> {
    let scratch = config.folder.clone();
    let is_empty = match std::fs::read_dir(&scratch) {
        Ok(mut entries) => entries.next().is_none(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => true,
        Err(e) => return Err(on_box("list", &scratch)(e)),
    };
    if !is_empty {
        return Err(BackupError::Exists { path: scratch });
    }
    let done = restore(config, target, passphrase, progress).and_then(|(store, restored)| {
        let there = store.views_digest().map_err(BackupError::Compare)?;
        let same_states = there == live().map_err(BackupError::Compare)?;
        Ok(Drilled { restored, same_states })
    });
    if let Err(error) = std::fs::remove_dir_all(&scratch)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, scratch = %scratch.display(), "the scratch folder of a drill is left");
    }
    done
}

/// Whether no process has the data folder open. Asked before the long work; opening the store asks again.
fn is_free(data: &Path) -> Result<(), BackupError> {
    let Ok(lock) = File::open(data.join("lock")) else { return Ok(()) };
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked { folder: data.to_owned() }.into()),
        _ => Ok(()),
    }
}

/// The only set of a stick or file, verified and open.
fn proved(
    target: &Target,
    passphrase: Option<&str>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(OpenSet, Contents), BackupError> {
    let mut set = OpenSet::only(target)?;
    if set.manifest.encrypted_for.is_some() {
        match passphrase {
            Some(passphrase) => set.unlock(passphrase)?,
            None => return Err(BackupError::PassphraseNeeded { path: set.place.shown("") }),
        }
    }
    let (mut done, total) = (0, set.bytes());
    let contents = check(&set, &mut |bytes| {
        done += bytes;
        tell(progress, Step::Check, done, total)
    })?;
    let contents = contents.ok_or_else(|| BackupError::PassphraseNeeded { path: set.place.shown("") })?;
    Ok((set, contents))
}

/// A set's files in the data folder; removed when it is dropped.
struct Unpacked {
    folder: PathBuf,
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, folder = %self.folder.display(), "left for the next restore to remove");
        }
    }
}

fn make_folder(path: &Path) -> Result<(), BackupError> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(on_box("make", path))
}

impl Unpacked {
    /// Copies what a set holds for a box, and checks again what is copied: the stick may not be what it was.
    fn of(set: &OpenSet, data: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Self, BackupError> {
        let folder = data.join(UNPACKED);
        if folder.symlink_metadata().is_ok() {
            std::fs::remove_dir_all(&folder).map_err(on_box("remove", &folder))?;
        }
        crate::folder::create(data)?;
        make_folder(&folder)?;
        let unpacked = Self { folder };
        let total: u64 = set.manifest.files.iter().map(|e| e.inside().0).sum();
        let free = free_bytes(data).unwrap_or(u64::MAX);
        // The store copies what it takes, so that it is there twice for a moment.
        let needed = total.saturating_mul(2);
        if free < needed {
            return Err(BackupError::Full { path: data.to_owned(), needed_bytes: needed, free_bytes: free });
        }
        let mut done = 0;
        for entry in &set.manifest.files {
            if unpacked.place(set, entry).is_some() {
                unpacked.copy(set, entry)?;
            }
            done += entry.inside().0;
            tell(progress, Step::Unpack, done, total)?;
        }
        Ok(unpacked)
    }

    /// Where a file is unpacked to; none for what a box does not need.
    fn place(&self, set: &OpenSet, entry: &Entry) -> Option<PathBuf> {
        let plain = entry.plain_path(&set.manifest);
        match paths::kind(plain)? {
            Kind::Events(name) if !name.ends_with(SUM) => Some(self.folder.join(plain)),
            Kind::Data(_) => Some(self.folder.join(plain)),
            _ => None,
        }
    }

    fn copy(&self, set: &OpenSet, entry: &Entry) -> Result<(), BackupError> {
        let Some(path) = self.place(set, entry) else { return Ok(()) };
        if let Some(parent) = path.parent() {
            make_folder(parent)?;
        }
        let mut file = new_file(&path)?;
        set.read(entry, &mut |content| {
            let mut content = Hashing::new(content);
            io::copy(&mut content, &mut file).map_err(|e| copy_error(e, &path))?;
            Ok(())
        })?;
        file.flush().map_err(on_medium("write", &path))
    }

    /// The volumes, in no order.
    fn volumes(&self, set: &OpenSet) -> Vec<PathBuf> {
        let is_volume = |e: &&Entry| e.volume(&set.manifest).is_some();
        set.manifest.files.iter().filter(is_volume).filter_map(|e| self.place(set, e)).collect()
    }
}

fn copy_error(error: io::Error, path: &Path) -> BackupError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => on_medium("write", path)(error),
        _ => on_box("copy the backup to", path)(error),
    }
}

fn new_file(path: &Path) -> Result<File, BackupError> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(on_medium("write", path))
}

/// What becomes of the settings of the machine that the set was made on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Settings {
    /// Put in place where there are none.
    Placed,
    /// Not taken.
    LeftOut,
}

/// Puts the files in place and gives the volumes to the store.
#[allow(clippy::too_many_arguments, reason = "one step of two, cut out of both")]
fn take_over(
    store: &Store,
    set: &OpenSet,
    contents: Contents,
    data: &Path,
    unpacked: &Unpacked,
    settings: Settings,
    progress: &mut dyn FnMut(Progress),
) -> Result<Restored, BackupError> {
    let mut placed = Placed::default();
    let mut packs: Vec<String> = Vec::new();
    for entry in &set.manifest.files {
        let (Some(Kind::Data(name)), Some(from)) =
            (paths::kind(entry.plain_path(&set.manifest)), unpacked.place(set, entry))
        else {
            continue;
        };
        if settings == Settings::LeftOut && name == SETTINGS {
            continue;
        }
        match name.strip_prefix("plugins/").and_then(|rest| rest.split_once('/')) {
            Some((hash, rest)) => placed.file_of_pack(data, hash, rest, &from, &mut packs)?,
            None => placed.file(&from, &data.join(&name))?,
        }
    }
    for hash in &packs {
        finish_pack(data, hash)?;
    }
    sync_folders(data)?;
    let imported = import(store, &unpacked.volumes(set), progress)?;
    // What was there before the import may still be folded, also when nothing came in.
    while !store.wait_until_ready(LOOK_AGAIN) && !store.is_read_only() {}
    keep_key(set, data);
    Ok(Restored {
        contents,
        imported,
        files_placed: placed.placed,
        files_kept: placed.kept,
        other_key: placed.other_key,
    })
}

#[derive(Default)]
struct Placed {
    placed: u64,
    kept: u64,
    other_key: bool,
}

impl Placed {
    /// Puts a file where there is none.
    fn file(&mut self, from: &Path, to: &Path) -> Result<(), BackupError> {
        if to.symlink_metadata().is_ok() {
            self.kept += 1;
            if to.file_name().is_some_and(|name| name == "item.key") {
                self.other_key |= !same_bytes(from, to).map_err(on_box("compare", to))?;
            }
            return Ok(());
        }
        if let Some(parent) = to.parent() {
            make_folder(parent)?;
        }
        File::open(from).and_then(|f| f.sync_all()).map_err(on_box("sync", from))?;
        // A hard link is refused where a name is taken meanwhile; renaming would replace it.
        match std::fs::hard_link(from, to) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => self.kept += 1,
            Err(e) => return Err(on_box("place", to)(e)),
            Ok(()) => self.placed += 1,
        }
        Ok(())
    }

    /// Gathers the files of a pack that is not there beside its place.
    fn file_of_pack(
        &mut self,
        data: &Path,
        hash: &str,
        rest: &str,
        from: &Path,
        packs: &mut Vec<String>,
    ) -> Result<(), BackupError> {
        let plugins = data.join("plugins");
        if !packs.iter().any(|pack| pack == hash) {
            if plugins.join(hash).symlink_metadata().is_ok() {
                self.kept += 1;
                return Ok(());
            }
            let beside = plugins.join(format!("{PACK_PART}{hash}"));
            if beside.exists() {
                std::fs::remove_dir_all(&beside).map_err(on_box("remove", &beside))?;
            }
            packs.push(hash.to_owned());
        }
        self.file(from, &plugins.join(format!("{PACK_PART}{hash}")).join(rest))
    }
}

/// Gives a pack's folder its name, when all its files are on the medium.
fn finish_pack(data: &Path, hash: &str) -> Result<(), BackupError> {
    let plugins = data.join("plugins");
    let beside = plugins.join(format!("{PACK_PART}{hash}"));
    sync_tree(&beside)?;
    match std::fs::rename(&beside, plugins.join(hash)) {
        // Somebody installed it meanwhile: the same files.
        Err(e) if matches!(e.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists) => {
            std::fs::remove_dir_all(&beside).map_err(on_box("remove", &beside))
        }
        done => done.map_err(on_box("place", &beside)),
    }
}

fn sync_tree(folder: &Path) -> Result<(), BackupError> {
    for entry in std::fs::read_dir(folder).map_err(on_box("list", folder))? {
        let path = entry.map_err(on_box("list", folder))?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        }
    }
    File::open(folder).and_then(|f| f.sync_all()).map_err(on_box("sync", folder))
}

/// The names that were placed are on the medium after this.
fn sync_folders(data: &Path) -> Result<(), BackupError> {
    for folder in [data.to_owned(), data.join("contexts"), data.join("plugins")] {
        if folder.is_dir() {
            File::open(&folder).and_then(|f| f.sync_all()).map_err(on_box("sync", &folder))?;
        }
    }
    Ok(())
}

fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let read = |path: &Path| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(1 << 20).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    Ok(read(one)? == read(other)?)
}

/// Gives the volumes to the store, and tells meanwhile how far the folding is.
fn import(store: &Store, volumes: &[PathBuf], progress: &mut dyn FnMut(Progress)) -> Result<Imported, ImportError> {
    std::thread::scope(|scope| {
        let work = scope.spawn(|| store.import(volumes));
        while !work.is_finished() {
            if let Some((done, total)) = store.at_work() {
                // What comes in comes in as a whole: a wish to stop is too late.
                let _ = tell(progress, Step::Prepare, done, total);
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        work.join().unwrap_or(Err(ImportError::ReadOnly))
    })
}

/// From now on new backups are encrypted for the same recovery key, unless the box has one of its own.
fn keep_key(set: &OpenSet, data: &Path) {
    if super::BackupKey::kept(data).is_some() {
        return;
    }
    if let Ok(Some(key)) = set.key()
        && let Err(error) = key.keep(data)
    {
        tracing::warn!(%error, "the key of the backup could not be kept");
    }
}
