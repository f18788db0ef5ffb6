//! A folder that a set is written to or read from, with the care that a foreign medium needs: no link is followed, nothing
//! but plain files is read, and what was written is dropped from memory so that reading it back asks the medium.

use super::error::{BackupError, on_medium};
use super::paths::PART;
use crate::disk::{Disk, DiskFile};
use rustix::fs::{Advice, Mode, OFlags};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder of a real medium.
#[derive(Debug, Clone)]
pub(super) struct Medium {
    root: PathBuf,
}

impl Medium {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The real path, when none of the folders on the way is a link.
    fn at(&self, path: &str) -> io::Result<PathBuf> {
        let mut real = self.root.clone();
        let mut parts = path.split('/').filter(|p| !p.is_empty()).peekable();
        while let Some(part) = parts.next() {
            real.push(part);
            if parts.peek().is_some() && std::fs::symlink_metadata(&real).is_ok_and(|m| !m.is_dir()) {
                return Err(io::Error::new(io::ErrorKind::NotADirectory, "a folder is something else"));
            }
        }
        Ok(real)
    }

    fn file(&self, path: &str, flags: OFlags) -> io::Result<Box<dyn DiskFile>> {
        let real = self.at(path)?;
        // Not blocking: opening a pipe would otherwise wait for ever.
        let flags = flags | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(&real, flags, Mode::from_raw_mode(0o600))?);
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file"));
        }
        Ok(Box::new(MediumFile(file)))
    }
}

impl Disk for Medium {
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let real = self.at(folder)?;
        match std::fs::symlink_metadata(&real) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(e),
        }
        let mut names = Vec::new();
        for entry in std::fs::read_dir(real)? {
            // A name that is no text is nothing that a box wrote; it is seen, and matches nothing.
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        Ok(names)
    }

    fn create_folder(&self, folder: &str) -> io::Result<()> {
        let real = self.at(folder)?;
        match std::fs::symlink_metadata(&real) {
            Ok(found) if found.is_dir() => return Ok(()),
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => std::fs::create_dir(&real)?,
            Err(e) => return Err(e),
        }
        sync_path(real.parent().unwrap_or(&self.root))
    }

    fn create(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        self.file(path, OFlags::RDWR | OFlags::CREATE | OFlags::EXCL)
    }

    fn open(&self, path: &str, write: bool) -> io::Result<Box<dyn DiskFile>> {
        self.file(path, if write { OFlags::RDWR } else { OFlags::RDONLY })
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        std::fs::rename(self.at(from)?, self.at(to)?)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        std::fs::remove_file(self.at(path)?)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        sync_path(&self.at(folder)?)
    }
}

/// Whether opening failed because there is a link, a folder, a pipe or another thing that no backup holds.
pub(super) fn is_no_plain_file(error: &io::Error) -> bool {
    let loops = rustix::io::Errno::LOOP.raw_os_error();
    matches!(error.kind(), io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory)
        || error.raw_os_error() == Some(loops)
}

/// Syncs a folder, where the file system knows such a thing.
fn sync_path(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

struct MediumFile(File);

impl DiskFile for MediumFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; len];
        let mut got = 0;
        while got < len {
            match self.0.read_at(&mut bytes[got..], offset + got as u64) {
                Ok(0) => break,
                Ok(n) => got += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        bytes.truncate(got);
        Ok(bytes)
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all_at(bytes, offset)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_all()?;
        forget(&self.0);
        Ok(())
    }
}

/// Asks the system to drop a file's bytes from memory, so that reading them asks the medium. It may decline.
pub(super) fn forget(file: &File) {
    let _ = rustix::fs::fadvise(file, 0, None, Advice::DontNeed);
}

/// Bytes that are free at a path, if that can be told.
pub(super) fn free_bytes(path: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(path).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// A file of a disk as a stream.
pub(super) struct Reading {
    file: Box<dyn DiskFile>,
    offset: u64,
}

impl Reading {
    pub fn new(file: Box<dyn DiskFile>) -> Self {
        Self { file, offset: 0 }
    }
}

impl Read for Reading {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.file.read(self.offset, out.len().min(256 << 10))?;
        out[..bytes.len()].copy_from_slice(&bytes);
        self.offset += bytes.len() as u64;
        Ok(bytes.len())
    }
}

/// Counts and hashes what is read through it.
pub(super) struct Hashing<R> {
    inner: R,
    hash: Sha256,
    /// Bytes so far.
    pub bytes: u64,
}

impl<R: Read> Hashing<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }
    /// SHA-256 of everything that was read, in hex.
    pub fn hex(&self) -> String {
        super::manifest::hex(&self.hash.clone().finalize())
    }
    /// Reads what is left.
    pub fn drain(&mut self) -> io::Result<()> {
        let mut piece = vec![0; 64 << 10];
        while self.read(&mut piece)? > 0 {}
        Ok(())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.hash.update(&out[..n]);
        self.bytes += n as u64;
        Ok(n)
    }
}

/// The folder of one set, on whatever disk.
#[derive(Clone)]
pub(super) struct SetFolder {
    disk: Arc<dyn Disk>,
    /// Its name on the disk; empty when the disk is the set.
    set: String,
    /// The same, as people call it.
    shown: PathBuf,
}

impl SetFolder {
    pub fn new(disk: Arc<dyn Disk>, set: &str, shown: &Path) -> Self {
        Self { disk, set: set.to_owned(), shown: shown.join(set) }
    }

    /// A path of the set as people call it.
    pub fn shown(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.shown.clone() } else { self.shown.join(path) }
    }

    fn on_disk(&self, path: &str) -> String {
        match (self.set.as_str(), path) {
            ("", path) => path.to_owned(),
            (set, "") => set.to_owned(),
            (set, path) => format!("{set}/{path}"),
        }
    }

    /// Opens a file for reading.
    pub fn open(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        self.disk.open(&self.on_disk(path), false)
    }

    /// What is in a folder; empty when there is none.
    pub fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.list(&self.on_disk(folder))
    }

    /// Makes a folder and those above it.
    pub fn make_folder(&self, folder: &str) -> Result<(), BackupError> {
        let mut parts: Vec<&str> = vec![""];
        parts.extend(folder.match_indices('/').map(|(at, _)| &folder[..at]));
        parts.push(folder);
        for part in parts {
            self.disk.create_folder(&self.on_disk(part)).map_err(on_medium("make", &self.shown(part)))?;
        }
        Ok(())
    }

    /// Writes a file under the name of a part, syncs it and gives it its own name. Names are synced by [`Self::sync`].
    pub fn write(&self, path: &str, content: &mut dyn Read) -> Result<(), BackupError> {
        let shown = self.shown(path);
        let part = self.on_disk(PART);
        self.remove(PART)?;
        let file = self.disk.create(&part).map_err(on_medium("write", &shown))?;
        let mut piece = vec![0; 256 << 10];
        let mut offset = 0;
        loop {
            let n = fill(content, &mut piece).map_err(super::error::on_box("read what goes to", &shown))?;
            if n == 0 {
                break;
            }
            file.write(offset, &piece[..n]).map_err(on_medium("write", &shown))?;
            offset += n as u64;
        }
        file.sync().map_err(on_medium("sync", &shown))?;
        drop(file);
        self.disk.rename(&part, &self.on_disk(path)).map_err(on_medium("name", &shown))
    }

    /// Removes a file if it is there.
    pub fn remove(&self, path: &str) -> Result<(), BackupError> {
        match self.disk.remove(&self.on_disk(path)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(on_medium("remove", &self.shown(path))(e)),
            _ => Ok(()),
        }
    }

    /// After this the names in a folder are on the medium.
    pub fn sync(&self, folder: &str) -> Result<(), BackupError> {
        self.disk.sync_folder(&self.on_disk(folder)).map_err(on_medium("sync", &self.shown(folder)))
    }
}

/// Reads until the buffer is full or the content ends.
fn fill(content: &mut dyn Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < piece.len() {
        match content.read(&mut piece[got..]) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(got)
}
