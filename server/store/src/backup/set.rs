//! Finding and opening a set. Nothing in it is believed but what the manifest's hashes say, and that not for more than it is:
//! whoever wrote the set wrote the hashes, too.

use super::Target;
use super::archive::Index;
use super::crypt::{self, BackupKey, LARGEST_KEY};
use super::error::{BackupError, on_medium};
use super::manifest::{BoxRange, Entry, LARGEST, Manifest};
use super::paths::{KEY, MANIFEST, README, SET};
use super::stick::{self, Hashing, Medium, Reading, SetFolder};
use crate::disk::Disk;
use age::x25519::Identity;
use chalkbox_domain::ids::BoxId;
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most sets that one folder is searched for.
const SETS: usize = 1000;

/// What a set says of itself; read quickly, nothing but the manifest is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSummary {
    /// Where it is.
    pub path: PathBuf,
    /// Whose backup it is.
    pub box_id: BoxId,
    /// When it was made, RFC 3339.
    pub created: String,
    /// Version of the program that made it.
    pub program: String,
    /// Whether a passphrase is needed to restore it.
    pub encrypted: bool,
    /// The boxes whose events it holds.
    pub boxes: Vec<BoxRange>,
    /// Files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// SHA-256 of its manifest, by which a set is known again: it holds the hash of every other file.
    pub manifest_sha256: [u8; 32],
}

/// Which sets a stick or file holds.
///
/// # Errors
/// When there is none, or a manifest is damaged.
pub fn sets(target: &Target) -> Result<Vec<SetSummary>, BackupError> {
    Ok(OpenSet::all(target)?.iter().map(OpenSet::summary).collect())
}

pub(super) enum Place {
    Folder(SetFolder),
    Archive(Index),
}

impl Place {
    pub fn shown(&self, path: &str) -> PathBuf {
        match self {
            Self::Folder(set) => set.shown(path),
            Self::Archive(index) => index.shown(path),
        }
    }

    /// A file as it is stored, and its size.
    pub fn open(&self, path: &str) -> Result<(Box<dyn Read + '_>, u64), BackupError> {
        let missing = || BackupError::CutShort { path: self.shown(path), why: "the file is missing".to_owned() };
        match self {
            Self::Folder(set) => {
                let refused = |e: io::Error| match e.kind() {
                    io::ErrorKind::NotFound => missing(),
                    _ if stick::is_no_plain_file(&e) => {
                        BackupError::Refused { path: self.shown(path), why: "it is no plain file".to_owned() }
                    }
                    _ => on_medium("read", &self.shown(path))(e),
                };
                let file = set.open(path).map_err(refused)?;
                let size = file.len().map_err(on_medium("read", &self.shown(path)))?;
                Ok((Box::new(Reading::new(file)), size))
            }
            Self::Archive(index) => {
                let (part, size) = index.open(path).ok_or_else(missing)?;
                Ok((Box::new(part), size))
            }
        }
    }

    /// All of a file that must not be large.
    fn short(&self, path: &str, largest: u64) -> Result<Vec<u8>, BackupError> {
        let (content, size) = self.open(path)?;
        if size > largest {
            return Err(BackupError::Refused { path: self.shown(path), why: format!("larger than {largest} bytes") });
        }
        let mut bytes = Vec::new();
        content.take(largest).read_to_end(&mut bytes).map_err(on_medium("read", &self.shown(path)))?;
        Ok(bytes)
    }
}

/// A set with its manifest, and the key to it if it has one and it was given.
pub(super) struct OpenSet {
    pub place: Place,
    pub manifest: Manifest,
    sha256: [u8; 32],
    identity: Option<Identity>,
}

impl OpenSet {
    fn new(place: Place) -> Result<Self, BackupError> {
        let bytes = place.short(MANIFEST, LARGEST)?;
        let manifest = Manifest::from_bytes(&bytes, &place.shown(MANIFEST))?;
        Ok(Self { place, manifest, sha256: Sha256::digest(&bytes).into(), identity: None })
    }

    /// The set in a folder of a disk.
    pub fn on(disk: Arc<dyn Disk>, set: &str) -> Result<Self, BackupError> {
        Self::new(Place::Folder(SetFolder::new(disk, set, Path::new(""))))
    }

    /// All sets of a stick or file, by name.
    pub fn all(target: &Target) -> Result<Vec<Self>, BackupError> {
        let folder = match target {
            Target::File(path) => return Ok(vec![Self::new(Place::Archive(Index::of(path)?))?]),
            Target::Folder(folder) => folder,
        };
        let medium: Arc<dyn Disk> = Arc::new(Medium::new(folder));
        let open = |name: &str| Self::new(Place::Folder(SetFolder::new(Arc::clone(&medium), name, folder)));
        if folder.join(MANIFEST).symlink_metadata().is_ok() {
            return Ok(vec![open("")?]);
        }
        let is_set = |name: &String| name.strip_prefix(SET).is_some_and(|id| id.parse::<BoxId>().is_ok());
        let mut names = medium.list("").map_err(on_medium("list", folder))?;
        names.retain(is_set);
        names.sort();
        names.truncate(SETS);
        let finished = |name: &&String| folder.join(name).join(MANIFEST).symlink_metadata().is_ok();
        let found: Vec<Self> = names.iter().filter(finished).map(|name| open(name)).collect::<Result<_, _>>()?;
        match (found.is_empty(), names.first()) {
            (false, _) => Ok(found),
            (true, Some(name)) => Err(BackupError::Unfinished { path: folder.join(name) }),
            // The set itself, never finished.
            (true, None) if folder.join(README).is_file() && folder.join("events").is_dir() => {
                Err(BackupError::Unfinished { path: folder.clone() })
            }
            (true, None) => Err(BackupError::NoBackup { path: folder.clone() }),
        }
    }

    /// The only set of a stick or file.
    pub fn only(target: &Target) -> Result<Self, BackupError> {
        let mut found = Self::all(target)?;
        match (found.pop(), found.is_empty()) {
            (Some(set), true) => Ok(set),
            (last, _) => {
                let all = found.iter().chain(&last);
                let names = all.map(|set| format!("{SET}{}", set.manifest.box_id)).collect();
                Err(BackupError::Several { path: target.path().to_owned(), names })
            }
        }
    }

    pub fn summary(&self) -> SetSummary {
        SetSummary {
            path: self.place.shown(""),
            box_id: self.manifest.box_id,
            created: self.manifest.created.clone(),
            program: self.manifest.program.clone(),
            encrypted: self.manifest.encrypted_for.is_some(),
            boxes: self.manifest.boxes.clone(),
            files: self.manifest.files.len(),
            bytes: self.bytes(),
            manifest_sha256: self.sha256,
        }
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.manifest.files.iter().map(|e| e.size).sum()
    }

    /// Whether the contents can be read.
    pub fn is_open(&self) -> bool {
        self.manifest.encrypted_for.is_none() || self.identity.is_some()
    }

    /// The key of an encrypted set, still locked.
    pub fn key(&self) -> Result<Option<BackupKey>, BackupError> {
        match &self.manifest.encrypted_for {
            Some(recipient) => Ok(Some(BackupKey::of_set(recipient, self.place.short(KEY, LARGEST_KEY)?))),
            None => Ok(None),
        }
    }

    /// Opens an encrypted set; a plain one needs no passphrase and looks at none.
    pub fn unlock(&mut self, passphrase: &str) -> Result<(), BackupError> {
        if let Some(key) = self.key()? {
            let entry = self.manifest.entry(KEY).map(|e| (e.size, e.sha256.as_str()));
            let mut reading = Hashing::new(key.locked());
            reading.drain().map_err(on_medium("read", &self.place.shown(KEY)))?;
            // A damaged key looks like a wrong passphrase, which would send people searching.
            if entry != Some((reading.bytes, reading.hex().as_str())) {
                return Err(self.damaged(KEY, "its hash is another"));
            }
            self.identity = Some(key.unlock(passphrase, &self.place.shown(KEY))?);
        }
        Ok(())
    }

    pub fn damaged(&self, path: &str, why: &str) -> BackupError {
        BackupError::Damaged { path: self.place.shown(path), why: why.to_owned() }
    }

    /// Gives the content of a file to `take`, as far as that reads it, and checks the whole file: size and hash of what is
    /// stored, and of what is inside. Without the key of an encrypted set `take` is not called; none then.
    pub fn read<T>(
        &self,
        entry: &Entry,
        take: &mut dyn FnMut(&mut dyn Read) -> Result<T, BackupError>,
    ) -> Result<Option<T>, BackupError> {
        let shown = self.place.shown(&entry.path);
        let (content, size) = self.place.open(&entry.path)?;
        if size < entry.size {
            let why = format!("{size} of {} bytes are there", entry.size);
            return Err(BackupError::CutShort { path: shown, why });
        }
        if size > entry.size {
            return Err(self.damaged(&entry.path, "it is longer than it was"));
        }
        let mut stored = Hashing::new(content);
        let sealed = entry.content.is_some();
        let outcome = match (&self.identity, sealed) {
            (None, true) => Ok(None),
            (Some(identity), true) => self.read_sealed(entry, identity, &mut stored, take).map(Some),
            (_, false) => take(&mut stored).map(Some),
        };
        // Bytes that are not what was written say more than what came of reading them.
        stored.drain().map_err(on_medium("read", &shown))?;
        if stored.bytes != entry.size || stored.hex() != entry.sha256 {
            return Err(self.damaged(&entry.path, "its hash is another"));
        }
        outcome
    }

    fn read_sealed<T>(
        &self,
        entry: &Entry,
        identity: &Identity,
        stored: &mut dyn Read,
        take: &mut dyn FnMut(&mut dyn Read) -> Result<T, BackupError>,
    ) -> Result<T, BackupError> {
        let shown = self.place.shown(&entry.path);
        let mut inside = Hashing::new(crypt::open(identity, stored, &shown)?);
        let taken = take(&mut inside)?;
        inside.drain().map_err(|e| self.damaged(&entry.path, &e.to_string()))?;
        if (inside.bytes, inside.hex().as_str()) != entry.inside() {
            return Err(self.damaged(&entry.path, "what is inside is another"));
        }
        Ok(taken)
    }
}
