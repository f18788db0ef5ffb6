//! A folder of our own for a moment, outside of the data folder: nobody else can look into it or have made it before us.

use crate::library::LibraryError;
use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A new, empty folder that only this user can open. Dropping it removes it with all that is in it.
#[derive(Debug)]
pub struct ScratchFolder(PathBuf);

impl ScratchFolder {
    /// Makes one among the system's temporary files, under a name that cannot be guessed.
    ///
    /// # Errors
    /// When the system refuses; also when the name is taken, which is no accident.
    pub fn new() -> Result<Self, LibraryError> {
        let within = std::env::temp_dir();
        let mut name = [0; 12];
        let drawn = getrandom::fill(&mut name).map_err(io::Error::other);
        drawn.map_err(|source| LibraryError { path: within.clone(), source })?;
        let name: String = name.iter().map(|byte| format!("{byte:02x}")).collect();
        Self::at(within.join(format!("chalkbox-{name}")))
    }

    fn at(path: PathBuf) -> Result<Self, LibraryError> {
        match DirBuilder::new().mode(0o700).create(&path) {
            Ok(()) => Ok(Self(path)),
            Err(source) => Err(LibraryError { path, source }),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "a temporary folder is left behind");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn it_is_ours_alone_and_goes() {
        let scratch = ScratchFolder::new().expect("a folder");
        let path = scratch.path().to_owned();
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0);
        assert!(ScratchFolder::at(path.clone()).is_err(), "what is there already may be a trap");
        drop(scratch);
        assert!(!path.exists());
    }
}
