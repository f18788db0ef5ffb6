//! Where things are in this repository. Never what is done with them.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// The clone that the chores work on.
pub struct Repository {
    root: PathBuf,
    target: PathBuf,
}

impl Repository {
    /// Finds the repository that holds this program's own package, or the one that the working folder lies in.
    ///
    /// # Errors
    /// When neither holds a `Cargo.toml` with a workspace.
    pub fn find() -> anyhow::Result<Self> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => env::current_dir().context("the working folder cannot be read")?,
        };
        for folder in start.ancestors() {
            let manifest = folder.join("Cargo.toml");
            let is_workspace = std::fs::read_to_string(&manifest).is_ok_and(|text| text.starts_with("[workspace]"));
            if is_workspace {
                let target =
                    env::var_os("CARGO_TARGET_DIR").map_or_else(|| folder.join("target"), |given| folder.join(given));
                return Ok(Self { root: folder.to_path_buf(), target });
            }
        }
        bail!("no workspace above {}: run this inside the clone", start.display())
    }

    /// The top folder of the clone.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder (`CARGO_TARGET_DIR` where it is set).
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The built server of a profile's folder (`debug` or `release`). It may not exist yet.
    pub fn server(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("chalkbox")
    }
}

/// Cargo's target folder for a workspace: `CARGO_TARGET_DIR`, or `target` in it.
pub fn target_dir(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |given| root.join(given))
}
