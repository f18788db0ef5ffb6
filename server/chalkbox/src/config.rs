//! Settings of the program: one TOML file, then flags. One field for each room; every key has a default.

use anyhow::Context;
use chalkbox_web::server::WebConfig;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// All settings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How pages and API are served.
    pub web: WebConfig,
    /// Where sticks are found.
    pub sticks: SticksConfig,
}

/// Where sticks are found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SticksConfig {
    /// Folders below which the system mounts sticks.
    pub folders: Vec<PathBuf>,
}

impl Default for SticksConfig {
    fn default() -> Self {
        Self { folders: ["/media", "/run/media"].map(PathBuf::from).to_vec() }
    }
}

impl Config {
    /// Reads `chalkbox.toml` of the data folder; defaults when it is not there.
    pub fn read(data: &Path) -> anyhow::Result<Self> {
        let path = data.join("chalkbox.toml");
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text)
                .with_context(|| format!("{} has a mistake; mend it or remove the file", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }
}
