//! Making a backup: to a folder only what it lacks, to a file or a stream all of it.
//!
//! In a folder nothing of the former set is touched until the new one is whole, synced and read back; then the manifest is
//! replaced in one step, and what only the former one needed is removed. So a stick that is pulled out at any moment holds the
//! former set or the new one, and the next run finishes what this one began.

use super::archive::{Archive, Index};
use super::crypt::BackupKey;
use super::damaged::{is_covered, take_damaged};
use super::error::{BackupError, on_medium};
use super::gather::{Gathering, Out, Stop, Written};
use super::manifest::{self, BoxRange, Entry, Manifest};
use super::paths::{self, KEY, MANIFEST, PART, README, SET};
use super::sources;
use super::stick::{Hashing, Medium, Reading, SetFolder, forget, free_bytes};
use super::{Step, Target};
use crate::clock::{Clock, SystemClock};
use crate::disk::Disk;
use crate::folder::read_box;
use crate::journal::segments;
use chalkbox_domain::ids::BoxId;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of events in a data folder.
const JOURNAL: &str = "journal";

/// How far a long work is. Bytes of what is done in this step, not of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// What is being done.
    pub step: Step,
    /// Bytes done (events, while the store is made ready).
    pub done: u64,
    /// Bytes to do in this step; an estimate.
    pub total: u64,
    stop: &'a Cell<bool>,
}

impl Progress<'_> {
    /// Ends the work with [`BackupError::Stopped`]. A former set stays whole. What is taken into a store already is taken in
    /// to its end.
    pub fn stop(&self) {
        self.stop.set(true);
    }
}

/// Tells how far a work is.
///
/// # Errors
/// When whoever is told ends it.
pub(super) fn tell(progress: &mut dyn FnMut(Progress), step: Step, done: u64, total: u64) -> Result<(), BackupError> {
    let stop = Cell::new(false);
    progress(Progress { step, done, total, stop: &stop });
    if stop.get() { Err(BackupError::Stopped) } else { Ok(()) }
}

/// Whether a new set is encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Encryption {
    /// A set stays as it is; a new one is encrypted if the box keeps a key.
    #[default]
    AsBefore,
    /// A new set is readable by everybody who has it. An encrypted one stays encrypted.
    Plain,
    /// With this passphrase, at least 10 characters. Show a new one to people **before**: the box keeps the key, not the
    /// passphrase, and from then on encrypts new sets for it.
    Passphrase(String),
}

/// How to make a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreateOptions {
    /// Whether it is encrypted.
    pub encryption: Encryption,
    /// The time that is noted in it, in milliseconds since 1970; default the machine's.
    pub created_ms: Option<u64>,
}

/// A backup that was made and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The folder of the set, or the file; empty for a stream.
    pub path: PathBuf,
    /// Whose backup it is.
    pub box_id: BoxId,
    /// When it was made, RFC 3339.
    pub created: String,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// Files written now, without the manifest.
    pub files_written: usize,
    /// Their bytes.
    pub bytes_written: u64,
    /// All files of the set, without the manifest.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// The boxes whose events it holds.
    pub boxes: Vec<BoxRange>,
}

/// Makes a backup. Reads the data folder only, but for the key that it keeps when a passphrase is given; may run beside a
/// server. Everything new is read back before it returns.
///
/// # Errors
/// See [`BackupError`]; a former set in the folder is whole then.
pub fn create(
    data: &Path,
    target: &Target,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Created, BackupError> {
    match target {
        Target::Folder(folder) => to_folder(data, folder, Former::Believed, options, progress),
        Target::File(file) => to_file(data, file, options, progress),
    }
}

/// As [`create`], to a folder whose former set is damaged: each of its files is read first, and what is not as it was written
/// is written anew.
///
/// # Errors
/// See [`create`]; [`BackupError::Damaged`] when the box does not have the events of a damaged volume: then nothing of the
/// set is given up.
pub fn mend(
    data: &Path,
    folder: &Path,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Created, BackupError> {
    to_folder(data, folder, Former::LookedThrough, options, progress)
}

/// How much of the set that is there is believed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Former {
    /// What has the size that its manifest says.
    Believed,
    /// What has the hash that it says.
    LookedThrough,
}

fn box_of(data: &Path) -> Result<BoxId, BackupError> {
    let none = || BackupError::NoBox { folder: data.to_owned() };
    if !data.join(JOURNAL).is_dir() {
        return Err(none());
    }
    match read_box(data)? {
        Some(box_id) => Ok(box_id),
        None => segments(data)?.iter().find(|s| s.own).map(|s| s.box_id).ok_or_else(none),
    }
}

/// Name of a box's set.
fn set_name(box_id: BoxId) -> String {
    format!("{SET}{box_id}")
}

fn empty_manifest(box_id: BoxId, options: &CreateOptions, key: Option<&BackupKey>) -> Manifest {
    let now = options.created_ms.unwrap_or_else(|| SystemClock::new().unix_ms());
    let created = i64::try_from(now).ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok()).unwrap_or_default();
    Manifest::new(box_id, created.to_string(), key.map(|k| k.recipient().to_owned()))
}

fn created(path: PathBuf, manifest: &Manifest, written: &Written) -> Created {
    Created {
        path,
        box_id: manifest.box_id,
        created: manifest.created.clone(),
        encrypted: manifest.encrypted_for.is_some(),
        files_written: written.paths.len(),
        bytes_written: written.bytes,
        files: manifest.files.len(),
        bytes: manifest.files.iter().map(|e| e.size).sum(),
        boxes: manifest.boxes.clone(),
    }
}

/// The key that a new set is encrypted for; none for a plain one.
fn key_of_new(data: &Path, encryption: &Encryption) -> Result<Option<BackupKey>, BackupError> {
    let kept = BackupKey::kept(data);
    match encryption {
        Encryption::AsBefore => Ok(kept),
        Encryption::Plain => Ok(None),
        Encryption::Passphrase(passphrase) => {
            let same = kept.filter(|key| key.unlock(passphrase, Path::new(KEY)).is_ok());
            if same.is_some() {
                return Ok(same);
            }
            let key = BackupKey::new(passphrase)?;
            key.keep(data)?;
            Ok(Some(key))
        }
    }
}

// ---- To a folder.

fn to_folder(
    data: &Path,
    folder: &Path,
    trust: Former,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Created, BackupError> {
    let found = std::fs::metadata(folder).map_err(on_medium("open", folder))?;
    if !found.is_dir() {
        return Err(BackupError::NotAFolder { path: folder.to_owned() });
    }
    let handle = File::open(folder).map_err(on_medium("open", folder))?;
    if let Err(TryLockError::WouldBlock) = handle.try_lock() {
        return Err(BackupError::Busy { path: folder.to_owned() });
    }
    let box_id = box_of(data)?;
    let set = set_name(box_id);
    // Whoever names the set itself means it, too.
    let is_set = folder.file_name().is_some_and(|name| *name == *set) && folder.join(MANIFEST).is_file();
    let set = if is_set { String::new() } else { set };
    let free_bytes = free_bytes(folder).unwrap_or(0);
    let set = SetFolder::new(Arc::new(Medium::new(folder)), &set, folder);
    to_set(data, box_id, &set, trust, options, progress).map_err(|error| match error {
        BackupError::Full { path, needed_bytes, .. } => BackupError::Full { path, needed_bytes, free_bytes },
        other => other,
    })
}

/// Makes a backup on a disk of any kind, in the folder `chalkbox-backup-<box>`: as [`create`] does it to a folder.
///
/// # Errors
/// See [`create`].
pub fn create_on(
    data: &Path,
    disk: Arc<dyn Disk>,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Created, BackupError> {
    let box_id = box_of(data)?;
    let set = SetFolder::new(disk, &set_name(box_id), Path::new(""));
    to_set(data, box_id, &set, Former::Believed, options, progress)
}

fn to_set(
    data: &Path,
    box_id: BoxId,
    set: &SetFolder,
    trust: Former,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Created, BackupError> {
    // What a run would write if nothing were there; better numbers are known later.
    let most = |error| needs(error, || sources::all_bytes(data));
    let mut former = former(set, box_id).map_err(most)?;
    let damaged = match &mut former {
        Some(former) if trust == Former::LookedThrough => take_damaged(set, former, progress)?,
        _ => Vec::new(),
    };
    let key = key_of_set(data, set, former.as_ref(), &options.encryption).map_err(most)?;
    set.make_folder("").map_err(most)?;
    let (manifest, written) =
        gather(data, set, former.as_ref(), key.as_ref(), empty_manifest(box_id, options, key.as_ref()), progress)?;
    if let Some((path, _)) = damaged.iter().find(|(_, volume)| !is_covered(&manifest, *volume)) {
        let why = "this box has not all the events that were in it: keep it, and use another stick".to_owned();
        return Err(BackupError::Damaged { path: set.shown(path), why });
    }
    finish(set, &manifest, &written, progress)
        .map_err(|error| needs(error, || written.bytes + manifest.to_bytes().len() as u64))?;
    if let Err(error) = sweep(set, &manifest) {
        // The set is whole; what is left over is removed by the next run.
        tracing::warn!(%error, "files of a former backup could not be removed");
    }
    Ok(created(set.shown(""), &manifest, &written))
}

/// Fills in what a full medium lacks, where that is not told yet.
fn needs(error: BackupError, bytes: impl FnOnce() -> u64) -> BackupError {
    match error {
        BackupError::Full { path, needed_bytes: 0, free_bytes } => {
            BackupError::Full { path, needed_bytes: bytes(), free_bytes }
        }
        other => other,
    }
}

/// Writes what the set lacks. Files of the box that change meanwhile are looked at again, twice.
fn gather(
    data: &Path,
    set: &SetFolder,
    former: Option<&Manifest>,
    key: Option<&BackupKey>,
    empty: Manifest,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Manifest, Written), BackupError> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        let mut out = ToSet { set, folders: BTreeSet::from([String::new()]), wrote: 0 };
        let mut gathering = Gathering::new(data, former, empty.clone(), &mut out, progress);
        let done = gathering.run(key.map(BackupKey::locked));
        let left = gathering.left();
        let (manifest, written) = (gathering.manifest, gathering.written);
        let wrote = out.wrote;
        match done {
            Ok(()) => {
                let synced = out.folders.iter().try_for_each(|folder| set.sync(folder));
                return synced.map(|()| (manifest, written)).map_err(|error| needs(error, || wrote));
            }
            Err(Stop::Again(_)) if attempt < 3 => {}
            Err(Stop::Again(error) | Stop::End(error)) => return Err(needs(error, || wrote + left)),
        }
    }
}

/// Reads everything new back; then the set becomes the new one.
fn finish(
    set: &SetFolder,
    manifest: &Manifest,
    written: &Written,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), BackupError> {
    read_back(set, manifest, written, progress)?;
    commit(set, manifest)
}

/// What the set holds already; only files that are there, with their sizes, are believed.
fn former(set: &SetFolder, box_id: BoxId) -> Result<Option<Manifest>, BackupError> {
    let shown = set.shown("");
    let names = set.list("").map_err(|e| match e.kind() {
        io::ErrorKind::NotADirectory => {
            BackupError::Foreign { folder: shown.clone(), found: "it is no folder".to_owned() }
        }
        _ => on_medium("list", &shown)(e),
    })?;
    let bytes = match set.open(MANIFEST) {
        Ok(file) => file.read(0, manifest::LARGEST as usize + 1).map_err(on_medium("read", &set.shown(MANIFEST)))?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            let ours = |name: &str| {
                let top = name.split(['.', '/']).next().unwrap_or(name);
                matches!(name, README | KEY | PART) || matches!(top, "events" | "files")
            };
            return match names.into_iter().find(|name| !ours(name)) {
                Some(found) => Err(BackupError::Foreign { folder: shown, found: format!("it holds {found:?}") }),
                None => Ok(None),
            };
        }
        Err(e) => return Err(on_medium("read", &set.shown(MANIFEST))(e)),
    };
    let mut former = Manifest::from_bytes(&bytes, &set.shown(MANIFEST))?;
    if former.box_id != box_id {
        let found = format!("it is of box {}", former.box_id);
        return Err(BackupError::Foreign { folder: shown, found });
    }
    former.files.retain(|entry| set.open(&entry.path).and_then(|f| f.len()).is_ok_and(|len| len == entry.size));
    Ok(Some(former))
}

fn key_of_set(
    data: &Path,
    set: &SetFolder,
    former: Option<&Manifest>,
    encryption: &Encryption,
) -> Result<Option<BackupKey>, BackupError> {
    let Some(former) = former else { return key_of_new(data, encryption) };
    let path = set.shown("");
    let Some(recipient) = &former.encrypted_for else {
        return if matches!(encryption, Encryption::Passphrase(_)) {
            Err(BackupError::PlainSet { path })
        } else {
            Ok(None)
        };
    };
    let kept = BackupKey::kept(data);
    if let Encryption::Passphrase(passphrase) = encryption {
        let shown = set.shown(KEY);
        let file = set.open(KEY).map_err(on_medium("read", &shown))?;
        let locked = file.read(0, super::crypt::LARGEST_KEY as usize + 1).map_err(on_medium("read", &shown))?;
        let key = BackupKey::of_set(recipient, locked);
        key.unlock(passphrase, &shown)?;
        if kept.is_none() {
            key.keep(data)?;
        }
        return Ok(Some(key));
    }
    // A key that only the stick tells could be a stranger's.
    kept.filter(|key| key.recipient() == recipient).map(Some).ok_or(BackupError::UnknownKey { path })
}

struct ToSet<'a> {
    set: &'a SetFolder,
    /// Folders whose names are not synced yet.
    folders: BTreeSet<String>,
    wrote: u64,
}

impl Out for ToSet<'_> {
    fn put(&mut self, path: &str, size: u64, content: &mut dyn Read) -> Result<(), BackupError> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if self.folders.insert(folder.to_owned()) {
            self.set.make_folder(folder)?;
        }
        // What would not fit counts as needed.
        self.wrote += size;
        self.set.write(path, content)
    }
}

/// Reads everything new back from the medium.
fn read_back(
    set: &SetFolder,
    manifest: &Manifest,
    written: &Written,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), BackupError> {
    let (mut done, total) = (0, written.bytes);
    for entry in written.paths.iter().filter_map(|path| manifest.entry(path)) {
        let shown = set.shown(&entry.path);
        let file = set.open(&entry.path).map_err(on_medium("read back", &shown))?;
        let mut reading = Hashing::new(Reading::new(file));
        reading.drain().map_err(on_medium("read back", &shown))?;
        if !is_as_written(entry, &reading) {
            return Err(BackupError::ReadsBackOther { path: shown });
        }
        done += entry.size;
        tell(progress, Step::Check, done, total)?;
    }
    Ok(())
}

pub(super) fn is_as_written<R: Read>(entry: &Entry, read: &Hashing<R>) -> bool {
    read.bytes == entry.size && read.hex() == entry.sha256
}

/// Replaces the manifest: from now on the set is the new one.
fn commit(set: &SetFolder, manifest: &Manifest) -> Result<(), BackupError> {
    let bytes = manifest.to_bytes();
    set.write(MANIFEST, &mut bytes.as_slice())?;
    set.sync("")?;
    let shown = set.shown(MANIFEST);
    let file = set.open(MANIFEST).map_err(on_medium("read back", &shown))?;
    let back = file.read(0, bytes.len() + 1).map_err(on_medium("read back", &shown))?;
    if back == bytes { Ok(()) } else { Err(BackupError::ReadsBackOther { path: shown }) }
}

/// Removes from the set's own folders what the manifest does not name.
fn sweep(set: &SetFolder, manifest: &Manifest) -> Result<(), BackupError> {
    let listed: BTreeSet<&str> = manifest.files.iter().map(|e| e.path.as_str()).collect();
    set.remove(PART)?;
    let tops = set.list("").map_err(on_medium("list", &set.shown("")))?;
    let is_ours = |top: &String| paths::is_own_folder(top.split('/').next().unwrap_or(top));
    let mut folders: Vec<String> = Vec::new();
    let mut waiting: Vec<String> = tops.into_iter().filter(is_ours).collect();
    while let Some(path) = waiting.pop() {
        if listed.contains(path.as_str()) {
            continue;
        }
        match set.list(&path) {
            Ok(names) if !names.is_empty() => {
                waiting.extend(names.into_iter().map(|name| format!("{path}/{name}")));
                folders.push(path);
            }
            // An empty folder stays; it is in nobody's way.
            Ok(_) => {
                let _ = set.remove(&path);
            }
            Err(_) => set.remove(&path)?,
        }
    }
    folders.iter().try_for_each(|folder| set.sync(folder))?;
    set.sync("")
}

// ---- To a file or a stream.

fn to_file(
    data: &Path,
    file: &Path,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Created, BackupError> {
    if file.symlink_metadata().is_ok() {
        return Err(BackupError::Exists { path: file.to_owned() });
    }
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(BackupError::Gone { path: folder.to_owned() });
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = folder.join(name);
    let done = to_part(data, &part, options, progress).and_then(|mut done| {
        std::fs::rename(&part, file).map_err(on_medium("name", file))?;
        File::open(folder).and_then(|f| f.sync_all()).map_err(on_medium("sync", folder))?;
        done.path = file.to_owned();
        Ok(done)
    });
    if done.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    done
}

fn to_part(
    data: &Path,
    part: &Path,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Created, BackupError> {
    let file =
        OpenOptions::new().write(true).create(true).truncate(true).open(part).map_err(on_medium("write", part))?;
    let mut out = BufWriter::with_capacity(256 << 10, file);
    let free = free_bytes(part).unwrap_or(0);
    let (manifest, written) = stream(data, part, &mut out, options, progress).map_err(|error| match error {
        BackupError::Full { path, needed_bytes, .. } => BackupError::Full { path, needed_bytes, free_bytes: free },
        other => other,
    })?;
    let file = out.into_inner().map_err(|e| on_medium("write", part)(e.into_error()))?;
    file.sync_all().map_err(on_medium("sync", part))?;
    forget(&file);
    let index = Index::of(part)?;
    let (mut done, total) = (0, written.bytes);
    for entry in &manifest.files {
        let other = || BackupError::ReadsBackOther { path: part.to_owned() };
        let (content, _) = index.open(&entry.path).ok_or_else(other)?;
        let mut reading = Hashing::new(content);
        reading.drain().map_err(on_medium("read back", part))?;
        if !is_as_written(entry, &reading) {
            return Err(other());
        }
        done += entry.size;
        tell(progress, Step::Check, done, total)?;
    }
    Ok(created(part.to_owned(), &manifest, &written))
}

/// Makes a backup as one tar archive into a stream, such as a download. Nothing is held in memory but one journal file at
/// a time. Whoever takes the stream has to check what arrived: [`verify`](super::verify).
///
/// # Errors
/// See [`BackupError`]; what was written by then is no backup.
pub fn create_to(
    data: &Path,
    out: &mut dyn Write,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Created, BackupError> {
    let (manifest, written) = stream(data, Path::new("the stream"), out, options, progress)?;
    Ok(created(PathBuf::new(), &manifest, &written))
}

struct ToArchive<'a> {
    archive: Archive<'a>,
    shown: &'a Path,
    wrote: u64,
}

impl Out for ToArchive<'_> {
    fn put(&mut self, path: &str, size: u64, content: &mut dyn Read) -> Result<(), BackupError> {
        self.wrote += size;
        self.archive.add(path, size, content).map_err(on_medium("write", self.shown))
    }
}

fn stream(
    data: &Path,
    shown: &Path,
    out: &mut dyn Write,
    options: &CreateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Manifest, Written), BackupError> {
    let box_id = box_of(data)?;
    let key = key_of_new(data, &options.encryption)?;
    let manifest = empty_manifest(box_id, options, key.as_ref());
    let created_s = manifest.created.parse::<jiff::Timestamp>().map_or(0, |t| t.as_second().unsigned_abs());
    let archive = Archive::new(out, &set_name(box_id), created_s);
    let mut out = ToArchive { archive, shown, wrote: 0 };
    let mut gathering = Gathering::new(data, None, manifest, &mut out, progress);
    let done = gathering.run(key.as_ref().map(BackupKey::locked));
    let left = gathering.left();
    let (manifest, written) = (gathering.manifest, gathering.written);
    if let Err(Stop::Again(error) | Stop::End(error)) = done {
        return Err(needs(error, || out.wrote + left));
    }
    let bytes = manifest.to_bytes();
    out.put(MANIFEST, bytes.len() as u64, &mut bytes.as_slice()).map_err(|error| needs(error, || written.bytes))?;
    out.archive.finish().map_err(on_medium("write", shown)).map_err(|error| needs(error, || written.bytes))?;
    Ok((manifest, written))
}
