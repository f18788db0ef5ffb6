//! Secrets that lie in the data folder, readable by the server alone: made once, synced before they are used.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The key that seals items, codes and cards, in the data folder.
pub const ITEM_KEY: &str = "item.key";

/// Why a secret could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The disk refused.
    #[error(
        "{path} could not be read or written; check that the data folder belongs to the server and the disk is not full"
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is there but is not a key.
    #[error(
        "{path} holds {bytes} bytes where 32 belong; put the file back from a backup, or remove it: items handed out before will then no longer be taken"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What it holds.
        bytes: usize,
    },
    /// The system gave no random bits.
    #[error("the system gave no random bits: {0}")]
    Random(getrandom::Error),
}

/// Reads the 32 bytes of `name` in the data folder, or makes them (mode 0600, synced with the folder).
pub fn load_or_make(data: &Path, name: &str) -> Result<[u8; 32], KeyError> {
    let path = data.join(name);
    let io = |source| KeyError::Io { path: path.clone(), source };
    match File::open(&path) {
        Ok(mut file) => {
            let mut bytes = Vec::new();
            Read::by_ref(&mut file).take(64).read_to_end(&mut bytes).map_err(io)?;
            let length = bytes.len();
            bytes.try_into().map_err(|_| KeyError::Damaged { path: path.clone(), bytes: length })
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            let mut key = [0u8; 32];
            getrandom::fill(&mut key).map_err(KeyError::Random)?;
            write_secret(&path, &key).map_err(io)?;
            Ok(key)
        }
        Err(e) => Err(io(e)),
    }
}

/// Writes a file that only the server may read, whole or not at all.
pub fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    let temporary = path.with_file_name(name);
    let _ = fs::remove_file(&temporary);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_and_is_nobody_else_s() {
        let data = tempfile::tempdir().expect("a folder");
        let first = load_or_make(data.path(), "item.key").expect("made");
        assert_eq!(load_or_make(data.path(), "item.key").expect("read"), first);
        let mode = fs::metadata(data.path().join("item.key")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(data.path().join("item.key"), b"short").expect("written");
        assert!(matches!(load_or_make(data.path(), "item.key"), Err(KeyError::Damaged { bytes: 5, .. })));
    }
}
