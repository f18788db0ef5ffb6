//! The recovery key: the passphrase that locks backups. It lies in the data folder, so that the box can make and check
//! locked backups by itself, and is shown once, to be printed: on a new card the paper is all there is.

use super::{SafekeepingError, locked, medium};
use crate::Chalkbox;
use crate::keys::write_secret;
use crate::sign_in::hex;
use sha2::{Digest, Sha256};
use std::io::ErrorKind;
use std::path::PathBuf;

/// Its file in the data folder, mode 0600.
pub const FILE: &str = "recovery.key";
/// Characters of a key at most.
const LONGEST: usize = 200;

impl Chalkbox {
    pub(super) fn recovery_key_path(&self) -> PathBuf {
        self.data().join(FILE)
    }

    /// Whether new backups are locked: with the recovery key that lies here, or with one that is on paper alone, as after a
    /// locked backup came back to a new card.
    pub fn has_recovery_key(&self) -> bool {
        self.recovery_key_path().is_file() || medium::has_key(self.data())
    }

    /// The recovery key, if one was made.
    pub(crate) fn recovery_key(&self) -> Result<Option<String>, SafekeepingError> {
        let path = self.recovery_key_path();
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text.trim().to_owned()).filter(|key| !key.is_empty() && key.len() <= LONGEST)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(SafekeepingError::io(&path)(error)),
        }
    }

    /// Makes a recovery key and keeps it; the one before still opens what it locked, from paper. Show it once.
    ///
    /// # Errors
    /// When the disk refuses; the key before stays then.
    pub fn make_recovery_key(&self) -> Result<String, SafekeepingError> {
        let _one_at_a_time = locked(&self.safekeeping().key_in_making);
        self.new_recovery_key()
    }

    /// The same, if the key that is there is still the one of that mark: a page that is loaded again, or sent twice, must not
    /// make another key than the one that is printed.
    ///
    /// # Errors
    /// As [`Self::make_recovery_key`]; [`SafekeepingError::KeyMade`] when another key is there.
    pub fn make_recovery_key_after(&self, mark: &str) -> Result<String, SafekeepingError> {
        let _one_at_a_time = locked(&self.safekeeping().key_in_making);
        if mark != self.recovery_key_mark() {
            return Err(SafekeepingError::KeyMade);
        }
        self.new_recovery_key()
    }

    /// Tells one recovery key from another and says nothing of it; empty: there is none.
    pub fn recovery_key_mark(&self) -> String {
        let Ok(Some(key)) = self.recovery_key() else { return String::new() };
        let hash: [u8; 32] = Sha256::digest([b"mark of a recovery key: ".as_slice(), key.as_bytes()].concat()).into();
        hex(&hash[..4])
    }

    fn new_recovery_key(&self) -> Result<String, SafekeepingError> {
        let key = medium::new_passphrase()?;
        let path = self.recovery_key_path();
        write_secret(&path, key.as_bytes()).map_err(SafekeepingError::io(&path))?;
        // The command `backup create` knows this half alone. Not worth to lose the key for: what is saved next keeps it too.
        if let Err(error) = medium::keep_key(self.data(), &key) {
            tracing::warn!(%error, "the key of backups could not be kept beside them");
        }
        Ok(key)
    }
}
