//! Settings of the program: one TOML file, then flags. One field for each room; every key has a default.

use anyhow::Context;
use chalkbox_web::server::WebConfig;
use serde::Deserialize;
use std::path::Path;

/// All settings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How pages and API are served.
    pub web: WebConfig,
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
