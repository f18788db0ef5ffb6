//! What this room needs of a pack: its manifest, its files within the host's limits, and what its answers may name.
//! The formats themselves belong to the content room.

use crate::limits::PluginHostConfig;
use crate::meaning::PackFacts;
use chalkbox_content::formats::pack::{PackKind, PackManifest, read_manifest};
use chalkbox_content::{Diagnostic, PackLimits, read_pack};
use std::collections::BTreeMap;

/// The manifest's name in a pack.
pub(crate) const MANIFEST: &str = "pack.toml";
/// The component's.
pub(crate) const COMPONENT: &str = "plugin.wasm";

/// A pack that was read whole.
pub(crate) struct Pack {
    /// What it says of itself.
    pub(crate) manifest: PackManifest,
    /// All its files by name.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

/// Why a file is no plugin's pack.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum PackError {
    /// The container is not sound.
    #[error(transparent)]
    Container(#[from] chalkbox_content::PackFault),
    /// A file that every plugin's pack has is not there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// The manifest has mistakes.
    #[error("{}", .0.iter().map(Diagnostic::to_string).collect::<Vec<_>>().join("\n"))]
    Manifest(Vec<Diagnostic>),
    /// A content pack.
    #[error("this pack carries content and no plugin")]
    Content,
}

/// Reads a plugin's pack.
pub(crate) fn read(bytes: &[u8], limits: &PluginHostConfig) -> Result<Pack, PackError> {
    let limits = PackLimits {
        pack_bytes: (limits.pack_mib as usize) << 20,
        unpacked_bytes: (limits.unpacked_mib as usize) << 20,
        files: limits.files as usize,
        ..PackLimits::USUAL
    };
    let files = read_pack(bytes, &limits)?;
    let manifest = manifest(files.get(MANIFEST).ok_or(PackError::Missing(MANIFEST))?)?;
    if !files.contains_key(COMPONENT) {
        return Err(PackError::Missing(COMPONENT));
    }
    Ok(Pack { manifest, files })
}

/// Reads a plugin's manifest.
pub(crate) fn manifest(bytes: &[u8]) -> Result<PackManifest, PackError> {
    match read_manifest(MANIFEST, bytes) {
        (Some(manifest), _) if manifest.kind == PackKind::Plugin => Ok(manifest),
        (Some(_), _) => Err(PackError::Content),
        (None, found) => Err(PackError::Manifest(found.into_iter().filter(Diagnostic::is_error).collect())),
    }
}

/// What answers of this pack's tool may name.
pub(crate) fn facts<'a>(manifest: &PackManifest, names: impl Iterator<Item = &'a str> + Clone) -> PackFacts {
    let within = |folder: &str| names.clone().filter_map(|name| name.strip_prefix(folder)).map(str::to_owned).collect();
    PackFacts {
        assets: within("assets/"),
        pages: within("web/"),
        misconceptions: manifest.misconceptions.keys().cloned().collect(),
    }
}

/// The media type of a file, from its name.
pub(crate) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "mp3" => "audio/mpeg",
        "ogg" | "opus" => "audio/ogg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "vtt" => "text/vtt",
        _ => "application/octet-stream",
    }
}
