//! The few file operations that the journal is made of, as a small trait, so that a test can cut the power between
//! any two of them, and the real thing with counters.
//!
//! Paths are relative to the data folder and use `/`. Nothing here knows what is in the files.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Folders and names.
pub trait Disk: Send + Sync {
    /// Names in a folder, in no order; empty when the folder does not exist.
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;
    /// Makes a folder, and syncs the folder that it is in. Fine when it exists.
    fn create_folder(&self, folder: &str) -> io::Result<()>;
    /// Makes a file that must not exist.
    fn create(&self, path: &str) -> io::Result<Box<dyn DiskFile>>;
    /// Opens a file that exists; `write` false for reading only.
    fn open(&self, path: &str, write: bool) -> io::Result<Box<dyn DiskFile>>;
    /// Gives a file another name, replacing what had it.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &str) -> io::Result<()>;
    /// After this the names in the folder are on the medium.
    fn sync_folder(&self, folder: &str) -> io::Result<()>;
}

/// One open file.
pub trait DiskFile: Send + Sync {
    /// Length in bytes.
    fn len(&self) -> io::Result<u64>;
    /// Whether nothing is in it.
    fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }
    /// Reads up to `len` bytes at `offset`; fewer only at the end of the file.
    fn read(&self, offset: u64, len: usize) -> io::Result<Vec<u8>>;
    /// Writes all bytes at `offset`, growing the file when needed.
    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()>;
    /// After this everything written to this file, and its length, is on the medium.
    fn sync(&self) -> io::Result<()>;
}

/// What was asked of the medium since the start.
#[derive(Debug, Default)]
pub struct DiskCounters {
    /// Bytes written to files.
    pub bytes: AtomicU64,
    /// Syncs of files.
    pub syncs: AtomicU64,
}

/// A folder of the real file system.
#[derive(Debug, Clone)]
pub struct RealDisk {
    root: PathBuf,
    counters: Arc<DiskCounters>,
}

impl RealDisk {
    /// Works below `root`, which must exist.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), counters: Arc::default() }
    }
    /// What was written so far; shared with every copy of this disk.
    pub fn counters(&self) -> Arc<DiskCounters> {
        self.counters.clone()
    }
    fn wrap(&self, file: File) -> Box<dyn DiskFile> {
        Box::new(RealFile { file, counters: self.counters.clone() })
    }
}

impl Disk for RealDisk {
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let entries = match std::fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(e),
        };
        let mut names = Vec::new();
        for entry in entries {
            if let Ok(name) = entry?.file_name().into_string() {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn create_folder(&self, folder: &str) -> io::Result<()> {
        let path = self.root.join(folder);
        if path.is_dir() {
            return Ok(());
        }
        std::fs::create_dir(&path)?;
        File::open(path.parent().unwrap_or(&self.root))?.sync_all()
    }

    fn create(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        Ok(self.wrap(OpenOptions::new().read(true).write(true).create_new(true).open(self.root.join(path))?))
    }

    fn open(&self, path: &str, write: bool) -> io::Result<Box<dyn DiskFile>> {
        Ok(self.wrap(OpenOptions::new().read(true).write(write).open(self.root.join(path))?))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        std::fs::rename(self.root.join(from), self.root.join(to))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        std::fs::remove_file(self.root.join(path))
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        File::open(self.root.join(folder))?.sync_all()
    }
}

struct RealFile {
    file: File,
    counters: Arc<DiskCounters>,
}

impl DiskFile for RealFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn read(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let room = self.len()?.saturating_sub(offset).min(len as u64) as usize;
        let mut bytes = vec![0; room];
        let mut got = 0;
        while got < room {
            match self.file.read_at(&mut bytes[got..], offset + got as u64) {
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
        self.file.write_all_at(bytes, offset)?;
        self.counters.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        self.counters.syncs.fetch_add(1, Ordering::Relaxed);
        self.file.sync_data()
    }
}
