//! Settings of the program: one TOML file, then flags. One field for each room; every key has a default.

use anyhow::Context;
use chalkbox_store::EngineChoice;
use chalkbox_store::engine::EngineOptions;
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
    /// What lies behind the journal.
    pub store: StoreSettings,
}

/// What lies behind the journal.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StoreSettings {
    /// Which engine; another one than before is built anew from the journal at the next start.
    pub engine: EngineName,
    /// Memory for its cache in MiB; none: what the store takes by itself.
    pub cache_mib: Option<u32>,
}

/// An engine by its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineName {
    /// sled.
    #[default]
    Sled,
    /// redb.
    Redb,
}

impl StoreSettings {
    /// The store's own word for it.
    pub fn engine(&self) -> EngineChoice {
        let cache_bytes = self.cache_mib.map_or(EngineOptions::default().cache_bytes, |mib| u64::from(mib) << 20);
        match self.engine {
            EngineName::Sled => EngineChoice::Sled { cache_bytes },
            EngineName::Redb => EngineChoice::Redb { cache_bytes },
        }
    }
}

/// Where sticks are found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SticksConfig {
    /// Folders below which the system mounts sticks.
    pub folders: Vec<PathBuf>,
    /// For trials without sticks: a folder on the box's own disk may be one, too.
    pub own_disk: bool,
}

impl Default for SticksConfig {
    fn default() -> Self {
        Self { folders: ["/media", "/run/media"].map(PathBuf::from).to_vec(), own_disk: false }
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
