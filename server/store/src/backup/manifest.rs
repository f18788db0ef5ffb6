//! The manifest of a set: what is in it, with sizes and hashes, and a hash over itself. A set is what its manifest says:
//! it is replaced last, in one step, so a set is always the former one or the new one.

use super::error::BackupError;
use super::paths::{self, FILES, Kind, SEALED, SUM};
use crate::volume::VolumeName;
use chalkbox_domain::ids::BoxId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;

/// What the manifest calls itself.
const FORMAT: &str = "chalkbox-backup";
/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;
/// Largest manifest in bytes.
pub(super) const LARGEST: u64 = 16 << 20;
/// What stands between the manifest and the hash of all that stands before it.
const SEAL: &str = ",\n  \"sha256\": \"";
const END: &str = "\"\n}\n";

/// A SHA-256 as text.
pub(super) fn hex(hash: &[u8]) -> String {
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

/// What a set holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// `chalkbox-backup`.
    pub format: String,
    /// Version of this layout.
    pub version: u64,
    /// Whose backup it is.
    #[serde(rename = "box")]
    pub box_id: BoxId,
    /// Version of the program that wrote it.
    pub program: String,
    /// When it was written, RFC 3339.
    pub created: String,
    /// For an encrypted set the public key that its files are encrypted for, as age writes it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub encrypted_for: Option<String>,
    /// The boxes whose events are in it.
    pub boxes: Vec<BoxRange>,
    /// All files but this one.
    pub files: Vec<Entry>,
}

/// Which events of a box a set holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoxRange {
    /// Which box.
    #[serde(rename = "box")]
    pub box_id: BoxId,
    /// First number.
    pub from: u64,
    /// Last number.
    pub to: u64,
    /// Ranges between them that the box did not have when the backup was made.
    pub missing: Vec<(u64, u64)>,
}

/// A file of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Its path in the set; ends in `.age` in an encrypted one.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Encrypted: what is inside.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub content: Option<Content>,
    /// A volume: what its records are.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub events: Option<Events>,
    /// Which state of which file on the box it was made from; says nothing to anybody else.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub source: String,
}

/// What is inside an encrypted file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 in hex.
    pub sha256: String,
}

/// What is in a volume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Events {
    /// Events that are there.
    pub present: u64,
    /// Events of erased learners.
    pub erased: u64,
    /// Lost numbers, in order.
    pub lost: Vec<(u64, u64)>,
    /// SHA-256 over number and hash of each event, there or erased, in hex.
    pub digest: String,
}

impl Entry {
    /// Its path without what encryption adds.
    pub fn plain_path<'a>(&'a self, manifest: &Manifest) -> &'a str {
        let is_open = manifest.encrypted_for.is_none() || self.path == paths::KEY || self.path == paths::README;
        if is_open { &self.path } else { self.path.strip_suffix(SEALED).unwrap_or(&self.path) }
    }

    /// Size and hash of the bytes inside.
    pub fn inside(&self) -> (u64, &str) {
        self.content.as_ref().map_or((self.size, &self.sha256), |c| (c.size, &c.sha256))
    }

    /// The volume that it is.
    pub fn volume(&self, manifest: &Manifest) -> Option<VolumeName> {
        match paths::kind(self.plain_path(manifest))? {
            Kind::Events(name) if !name.ends_with(SUM) => VolumeName::parse(&name),
            _ => None,
        }
    }
}

impl Manifest {
    /// A manifest of this version without files.
    pub fn new(box_id: BoxId, created: String, encrypted_for: Option<String>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            box_id,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            created,
            encrypted_for,
            boxes: Vec::new(),
            files: Vec::new(),
        }
    }

    /// The file of that path.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.files.iter().find(|entry| entry.path == path)
    }

    /// Its bytes, the hash of all before it in the last line.
    pub fn to_bytes(&self) -> Vec<u8> {
        let text = serde_json::to_string_pretty(self).expect("a manifest holds text and numbers alone");
        let open = text.strip_suffix("\n}").expect("an object ends so");
        let hash = hex(&Sha256::digest(open.as_bytes()));
        format!("{open}{SEAL}{hash}{END}").into_bytes()
    }

    /// Reads a manifest and checks everything in it that can be checked without the files.
    pub fn from_bytes(bytes: &[u8], path: &Path) -> Result<Self, BackupError> {
        let damaged = |why: &str| BackupError::Damaged { path: path.to_owned(), why: why.to_owned() };
        let refused = |why: String| BackupError::Refused { path: path.to_owned(), why };
        if bytes.len() as u64 > LARGEST {
            return Err(refused(format!("larger than {} MiB", LARGEST >> 20)));
        }
        let cut = || BackupError::CutShort { path: path.to_owned(), why: "its last line is missing".to_owned() };
        let text = std::str::from_utf8(bytes).map_err(|_| damaged("it is no text"))?;
        let sealed = text.strip_suffix(END).ok_or_else(cut)?;
        let (open, hash) = sealed.rsplit_once(SEAL).ok_or_else(cut)?;
        if hash != hex(&Sha256::digest(open.as_bytes())) {
            return Err(damaged("its hash is another"));
        }
        let text = format!("{open}\n}}");
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|e| refused(e.to_string()))?;
        if value.get("format").and_then(serde_json::Value::as_str) != Some(FORMAT) {
            return Err(refused("it is a manifest of something else".to_owned()));
        }
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(VERSION) => {}
            Some(found) if found > VERSION => {
                return Err(BackupError::Newer { path: path.to_owned(), found, known: VERSION });
            }
            _ => return Err(refused("its version is none".to_owned())),
        }
        let manifest: Self = serde_json::from_value(value).map_err(|e| refused(e.to_string()))?;
        manifest.fault().map_or(Ok(()), |why| Err(refused(why)))?;
        Ok(manifest)
    }

    /// What no box would have written.
    fn fault(&self) -> Option<String> {
        if self.files.len() > FILES {
            return Some(format!("more than {FILES} files"));
        }
        let mut apart = paths::Apart::default();
        let mut total = 0u64;
        for entry in &self.files {
            if let Some(why) = self.fault_of(entry) {
                return Some(why.to_owned());
            }
            if !apart.admits(&entry.path) {
                return Some("two paths fall together".to_owned());
            }
            total = match total.checked_add(entry.size) {
                Some(total) => total,
                None => return Some("the sizes are none".to_owned()),
            };
        }
        (self.encrypted_for.is_some() != self.entry(paths::KEY).is_some())
            .then(|| "it says that it is encrypted and has no key, or the other way round".to_owned())
    }

    /// What no box would have said of a file.
    fn fault_of(&self, entry: &Entry) -> Option<&'static str> {
        if let Some(why) = paths::fault(&entry.path) {
            return Some(why);
        }
        let plain = entry.plain_path(self);
        let Some(kind) = paths::kind(plain) else { return Some("a path belongs to no backup") };
        let is_open = matches!(kind, Kind::Readme | Kind::Key);
        let is_sealed = entry.path != plain && entry.content.is_some();
        if self.encrypted_for.is_some() && !is_open && !is_sealed {
            return Some("a file of an encrypted backup is not encrypted");
        }
        if (self.encrypted_for.is_none() || is_open) && entry.content.is_some() {
            return Some("a file that is not encrypted has a content of its own");
        }
        let Kind::Events(name) = &kind else { return None };
        let is_sum = name.strip_suffix(SUM).is_some_and(|volume| VolumeName::parse(volume).is_some());
        let is_volume = entry.volume(self).is_some() && entry.events.is_some();
        (!is_sum && !is_volume).then_some("a file of events is no volume")
    }

    /// The boxes whose events are in it, from the volumes that it lists.
    pub fn ranges(&self) -> Vec<BoxRange> {
        let mut volumes: Vec<(VolumeName, &Events)> =
            self.files.iter().filter_map(|e| Some((e.volume(self)?, e.events.as_ref()?))).collect();
        volumes.sort_by_key(|(name, _)| *name);
        let mut boxes: Vec<BoxRange> = Vec::new();
        for box_volumes in volumes.chunk_by(|a, b| a.0.box_id == b.0.box_id) {
            boxes.push(range_of(box_volumes));
        }
        boxes
    }
}

/// What the volumes of one box, in order of their first numbers, hold together. A number is missing when no volume has it.
fn range_of(volumes: &[(VolumeName, &Events)]) -> BoxRange {
    let first = volumes[0].0;
    // Numbers that volumes have, as ranges.
    let mut had: Vec<(u64, u64)> = Vec::new();
    for (name, events) in volumes {
        let mut next = name.from;
        for (from, to) in &events.lost {
            if next < *from {
                had.push((next, from - 1));
            }
            next = to.saturating_add(1);
        }
        if next <= name.to {
            had.push((next, name.to));
        }
    }
    had.sort_unstable();
    let to = volumes.iter().map(|(name, _)| name.to).max().unwrap_or(first.to);
    let mut missing = Vec::new();
    let mut next = first.from;
    for (from, until) in had {
        if next < from {
            missing.push((next, from - 1));
        }
        next = next.max(until.saturating_add(1));
    }
    if next <= to {
        missing.push((next, to));
    }
    BoxRange { box_id: first.box_id, from: first.from, to, missing }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn manifest() -> Manifest {
        let mut manifest = Manifest::new(BoxId([1; 8]), "2026-12-01T00:00:00Z".into(), None);
        manifest.files.push(Entry {
            path: "files/item.key".into(),
            size: 32,
            sha256: hex(&[7; 32]),
            content: None,
            events: None,
            source: String::new(),
        });
        manifest
    }

    fn read(bytes: &[u8]) -> Result<Manifest, BackupError> {
        Manifest::from_bytes(bytes, Path::new("manifest.json"))
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_found() {
        let bytes = manifest().to_bytes();
        assert_eq!(read(&bytes).unwrap(), manifest());
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut other = bytes.clone();
                other[at] ^= 1 << bit;
                assert!(read(&other).is_err(), "byte {at}, bit {bit}");
            }
            assert!(read(&bytes[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn hostile_manifests_are_refused() {
        let changes: [fn(&mut Manifest); 9] = [
            |m| m.files[0].path = "../../etc/passwd".into(),
            |m| m.files[0].path = "files/box.toml".into(),
            |m| m.files.push(m.files[0].clone()),
            |m| {
                let first = m.files[0].clone();
                m.files.extend((0..FILES).map(|n| Entry { path: format!("files/contexts/{n}"), ..first.clone() }));
            },
            |m| m.files[0].content = Some(Content { size: 1, sha256: String::new() }),
            |m| m.encrypted_for = Some("age1".into()),
            |m| m.format = "other".into(),
            |m| m.files[0].path = "events/x".into(),
            |m| {
                m.files[0].size = u64::MAX;
                m.files.push(Entry { path: "files/chalkbox.toml".into(), ..m.files[0].clone() });
            },
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut other = manifest();
            change(&mut other);
            assert!(matches!(read(&other.to_bytes()), Err(BackupError::Refused { .. })), "change {number}");
        }
        let mut newer = manifest();
        newer.version = 2;
        assert!(matches!(read(&newer.to_bytes()), Err(BackupError::Newer { found: 2, known: 1, .. })));
        assert!(matches!(read(&vec![b' '; LARGEST as usize + 1]), Err(BackupError::Refused { .. })));
    }

    #[test]
    fn holes_are_counted_once() {
        let lost = |lost: &[(u64, u64)]| Events { present: 0, erased: 0, lost: lost.to_vec(), digest: String::new() };
        let name = |from, to| VolumeName { box_id: BoxId([1; 8]), from, to };
        let (none, some) = (lost(&[]), lost(&[(12, 14), (19, 20)]));
        let range = range_of(&[(name(1, 5), &none), (name(10, 20), &some), (name(13, 13), &none)]);
        assert_eq!((range.from, range.to), (1, 20));
        assert_eq!(range.missing, [(6, 9), (12, 12), (14, 14), (19, 20)]);
    }
}
