//! A folder that is gone afterwards.

use std::path::{Path, PathBuf};

use anyhow::Context;

/// A folder of this process's own.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes one in `parent`, or where the system keeps such things.
    pub fn new(parent: Option<&Path>) -> anyhow::Result<Self> {
        let parent = parent.map_or_else(std::env::temp_dir, Path::to_path_buf);
        let path = parent.join(format!("chalkbox-trials-{}", std::process::id()));
        std::fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }

    /// A name in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
