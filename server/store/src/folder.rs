//! The data folder itself: who has it open, which box it is, whether the last run ended in order.

use crate::error::OpenError;
use chalkbox_domain::ids::BoxId;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Name of the file that says which box this is.
pub(crate) const BOX_FILE: &str = "box.toml";
const LOCK_FILE: &str = "lock";
const IN_USE: &[u8] = b"in use\n";

pub(crate) fn io_error<'a>(doing: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> OpenError + 'a {
    move |source| OpenError::Io { doing, path: path.to_owned(), source }
}

/// Syncs a folder, so that the names in it are on the medium.
pub(crate) fn sync_folder(path: &Path) -> Result<(), OpenError> {
    File::open(path).and_then(|f| f.sync_all()).map_err(io_error("sync", path))
}

/// Makes the data folder when it is not there.
pub(crate) fn create(data: &Path) -> Result<(), OpenError> {
    if data.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(data).map_err(io_error("create", data))?;
    match data.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
        _ => Ok(()),
    }
}

/// Holds the folder against other processes until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
    /// Whether the run before did not end in order.
    pub unclean: bool,
}

impl Lock {
    /// Takes the folder and notes in it that a run has begun.
    pub fn take(data: &Path) -> Result<Self, OpenError> {
        let path = data.join(LOCK_FILE);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io_error("open", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::Locked { folder: data.to_owned() }),
            Err(TryLockError::Error(e)) => return Err(io_error("lock", &path)(e)),
        }
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(io_error("read", &path))?;
        let mut lock = Self { file, unclean: !content.is_empty(), path };
        lock.write(IN_USE).map_err(io_error("write", &lock.path))?;
        sync_folder(data)?;
        Ok(lock)
    }

    fn write(&mut self, content: &[u8]) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(content)?;
        self.file.sync_all()
    }

    /// Notes that the run ended in order.
    pub fn end_in_order(&mut self) {
        if let Err(error) = self.write(b"") {
            tracing::warn!(%error, path = %self.path.display(), "the end of this run could not be noted");
        }
    }
}

/// Which box this is; none when nobody has said it yet.
pub(crate) fn read_box(data: &Path) -> Result<Option<BoxId>, OpenError> {
    let path = data.join(BOX_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(io_error("read", &path)(e)),
    };
    Ok(text.lines().find_map(|line| line.strip_prefix("box = \"")?.strip_suffix('"')?.parse().ok()))
}

/// Writes which box this is, whole or not at all.
pub(crate) fn write_box(data: &Path, box_id: BoxId) -> Result<(), OpenError> {
    let (path, beside) = (data.join(BOX_FILE), data.join("box.toml.new"));
    let text = format!(
        "# Which box this is. Its events carry this number: never copy it to another box.\nbox = \"{box_id}\"\n"
    );
    let write = || -> io::Result<()> {
        let mut file = File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, &path)
    };
    write().map_err(io_error("write", &path))?;
    sync_folder(data)
}
