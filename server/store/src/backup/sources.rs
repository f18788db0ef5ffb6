//! What of a data folder goes into a set: all events, and the few files that no event can bring back.

use super::error::{BackupError, on_box};
use super::manifest::{Events, hex};
use super::paths;
use crate::record::Record;
use crate::volume::VolumeName;
use sha2::{Digest, Sha256};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Largest file beside the events, in bytes.
pub(super) const LARGEST_FILE: u64 = 64 << 20;
/// The list of a pack's files in its folder, as the library of packs writes it: `<hash>  <name>` a line.
const PACK_LIST: &str = "files.sha256";

/// Which state of which file it is: another one after any change.
pub(super) fn state_of(found: &Metadata) -> String {
    format!(
        "{}-{}-{}.{:09}-{}.{:09}",
        found.ino(),
        found.size(),
        found.mtime(),
        found.mtime_nsec(),
        found.ctime(),
        found.ctime_nsec()
    )
}

/// A file of the data folder that goes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DataFile {
    /// Its path in the data folder, with `/`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The files beside the events. Compiled code, keys of this machine alone and what is rebuilt stay behind.
pub(super) fn data_files(data: &Path) -> Result<Vec<DataFile>, BackupError> {
    let mut found = Vec::new();
    for name in ["item.key", "chalkbox.toml"] {
        add(&mut found, data, name.to_owned())?;
    }
    for name in names_in(&data.join("contexts"))? {
        // What begins with a full stop, or is being written, is no context.
        if !name.starts_with('.') && name.ends_with(".json") {
            add(&mut found, data, format!("contexts/{name}"))?;
        }
    }
    for hash in names_in(&data.join("plugins"))? {
        let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let list = data.join("plugins").join(&hash).join(PACK_LIST);
        if !is_hash || !list.is_file() {
            continue;
        }
        let text = std::fs::read_to_string(&list).map_err(on_box("read", &list))?;
        add(&mut found, data, format!("plugins/{hash}/{PACK_LIST}"))?;
        // Only what the pack brought: the list does not name the code that this box compiled.
        for name in text.lines().filter_map(|line| line.split_once("  ")).map(|(_, name)| name) {
            add(&mut found, data, format!("plugins/{hash}/{name}"))?;
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// Bytes of everything that goes into a set, before packing; what cannot be seen counts nothing.
pub(super) fn all_bytes(data: &Path) -> u64 {
    let segments = crate::journal::segments(data).unwrap_or_default().into_iter().map(|s| s.path);
    let files = data_files(data).unwrap_or_default().into_iter().map(|f| f.path);
    segments.chain(files).filter_map(|path| std::fs::metadata(path).ok()).map(|m| m.len()).sum()
}

fn add(found: &mut Vec<DataFile>, data: &Path, name: String) -> Result<(), BackupError> {
    let path = data.join(&name);
    if paths::fault(&name).is_some() {
        return Err(BackupError::Unfit { path, why: "its name" });
    }
    match std::fs::symlink_metadata(&path) {
        Ok(file) if file.is_file() && file.len() > LARGEST_FILE => {
            Err(BackupError::Unfit { path, why: "larger than 64 MiB" })
        }
        Ok(file) if file.is_file() => {
            found.push(DataFile { name, path });
            Ok(())
        }
        Ok(_) => Err(BackupError::Unfit { path, why: "it is no plain file" }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(on_box("read", &path)(e)),
    }
}

fn names_in(folder: &Path) -> Result<Vec<String>, BackupError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(on_box("list", folder)(e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(on_box("list", folder))?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
}

/// What a row of records holds, counted and hashed as they go by; within a range, and but for some numbers.
pub(super) struct Tally {
    range: (u64, u64),
    without: Vec<(u64, u64)>,
    hash: Sha256,
    present: u64,
    erased: u64,
    lost: Vec<(u64, u64)>,
}

impl Tally {
    /// Of everything.
    pub fn new() -> Self {
        Self::within((0, u64::MAX), Vec::new())
    }

    /// Of the numbers in a range that are not `without`.
    pub fn within(range: (u64, u64), without: Vec<(u64, u64)>) -> Self {
        Self { range, without, hash: Sha256::new(), present: 0, erased: 0, lost: Vec::new() }
    }

    fn counts(&self, seq: u64) -> bool {
        let (from, to) = self.range;
        (from..=to).contains(&seq) && !self.without.iter().any(|(from, to)| (*from..=*to).contains(&seq))
    }

    /// The next record. An erased event counts with the hash of what it was, so that erasing changes no digest.
    pub fn add(&mut self, record: &Record) {
        match record {
            Record::Event { seq, payload } if self.counts(*seq) => {
                self.present += 1;
                self.hash.update(seq.to_be_bytes());
                self.hash.update(Sha256::digest(payload));
            }
            Record::Erased { seq, sha256 } if self.counts(*seq) => {
                self.erased += 1;
                self.hash.update(seq.to_be_bytes());
                self.hash.update(sha256);
            }
            Record::Lost { from, to } => self.lost.push((*from, *to)),
            _ => {}
        }
    }

    /// What it was.
    pub fn finish(self) -> Events {
        Events { present: self.present, erased: self.erased, lost: self.lost, digest: hex(&self.hash.finalize()) }
    }
}

/// Of which range records are; none without any.
pub(super) fn name_of(box_id: chalkbox_domain::ids::BoxId, records: &[Record]) -> Option<VolumeName> {
    Some(VolumeName { box_id, from: records.first()?.first(), to: records.last()?.last() })
}
