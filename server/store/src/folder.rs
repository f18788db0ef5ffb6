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
    /// Whether there was no run before.
    pub first: bool,
}

impl Lock {
    /// Takes the folder and notes in it that a run has begun.
    pub fn take(data: &Path) -> Result<Self, OpenError> {
        let path = data.join(LOCK_FILE);
        let first = !path.exists();
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
        let mut lock = Self { file, unclean: !content.is_empty(), first, path };
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

/// Which box this is, as noted; none when nobody has said it yet, or what stands there is damaged.
pub(crate) fn read_box(data: &Path) -> Result<Option<BoxId>, OpenError> {
    Ok(read_note(data)?.map(|note| note.id))
}

/// What `box.toml` says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BoxNote {
    pub id: BoxId,
    /// Whether a checksum beside it agrees; older programs wrote none.
    pub checked: bool,
}

/// As [`read_box`], and whether it is sure.
pub(crate) fn read_note(data: &Path) -> Result<Option<BoxNote>, OpenError> {
    let path = data.join(BOX_FILE);
    match std::fs::read(&path) {
        Ok(bytes) => Ok(note_in(&String::from_utf8_lossy(&bytes))),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(io_error("read", &path)(e)),
    }
}

fn note_in(text: &str) -> Option<BoxNote> {
    let word =
        |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"'));
    let id: BoxId = word("box")?.parse().ok()?;
    match word("check") {
        // One wrong digit makes it the number of another box, and the journal that of a stranger.
        Some(check) if check != check_of(id) => None,
        check => Some(BoxNote { id, checked: check.is_some() }),
    }
}

fn check_of(id: BoxId) -> String {
    format!("{:08x}", crc32c::crc32c(id.to_string().as_bytes()))
}

/// Writes which box this is, whole or not at all.
pub(crate) fn write_box(data: &Path, box_id: BoxId) -> Result<(), OpenError> {
    let (path, beside) = (data.join(BOX_FILE), data.join("box.toml.new"));
    let check = check_of(box_id);
    let text = format!(
        "# Which box this is. Its events carry this number: never copy it to another box.\n\
         box = \"{box_id}\"\ncheck = \"{check}\"\n"
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// Whatever one place of damage does to the note: it tells the right box, or none.
    #[test]
    fn a_hurt_note_never_tells_of_another_box() {
        let folder = tempfile::tempdir().unwrap();
        let id = BoxId([0x4b, 0xda, 0x06, 0xcf, 0x9e, 0x58, 0xd8, 0xe1]);
        write_box(folder.path(), id).unwrap();
        assert_eq!(read_note(folder.path()).unwrap(), Some(BoxNote { id, checked: true }));
        let whole = std::fs::read(folder.path().join(BOX_FILE)).unwrap();
        let mut hurt = Vec::new();
        for at in 0..whole.len() {
            hurt.extend((0..8).map(|bit| {
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << bit;
                bytes
            }));
            hurt.push(whole[..at].to_vec());
            for end in at + 1..=whole.len() {
                let mut zeroed = whole.clone();
                zeroed[at..end].fill(0);
                hurt.push(zeroed);
                hurt.push([&whole[..end], &whole[at..]].concat());
            }
        }
        for bytes in hurt {
            let text = String::from_utf8_lossy(&bytes);
            assert!(note_in(&text).is_none_or(|note| note.id == id), "{text:?}");
        }
        assert_eq!(note_in(&format!("box = \"{id}\"\n")), Some(BoxNote { id, checked: false }));
    }
}
