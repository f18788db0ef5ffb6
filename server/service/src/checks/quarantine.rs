//! What was set aside after damage, since when, and what to do with it.

use super::{Check, Finding, Ground};
use crate::export::rfc3339;
use std::path::Path;
use std::time::UNIX_EPOCH;

pub struct Quarantine;

/// Entries that are told at most.
const TOLD: usize = 20;

fn size_of(path: &Path) -> u64 {
    let Ok(found) = path.symlink_metadata() else { return 0 };
    if !found.is_dir() {
        return found.len();
    }
    std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| size_of(&entry.path())).sum()
}

/// What a name in quarantine stands for, and what to do with it.
fn meaning(name: &str) -> (&'static str, &'static str) {
    if name.contains("engine") || name.contains("probe") {
        ("tables that were damaged; new ones were made from the log", "remove it when the school works as it should")
    } else {
        (
            "a piece of the log that was damaged or torn",
            "keep it until a backup was made and `chalkbox events verify` finds nothing; then remove it",
        )
    }
}

impl Check for Quarantine {
    fn name(&self) -> &'static str {
        "quarantine"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let folder = ground.data.join(chalkbox_store::journal::QUARANTINE);
        let mut entries: Vec<_> = std::fs::read_dir(&folder).into_iter().flatten().flatten().collect();
        if entries.is_empty() {
            return vec![Finding::ok(self, "nothing was set aside", &folder)];
        }
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let told = |entry: &std::fs::DirEntry| {
            let (what, remedy) = meaning(&entry.file_name().to_string_lossy());
            let since =
                entry.metadata().and_then(|of| of.modified()).ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            let since = since.map_or_else(|| "an unknown time".to_owned(), |at| rfc3339(at.as_secs() * 1000));
            let megabytes = size_of(&entry.path()).div_ceil(1_000_000);
            Finding::look(self, format!("{what}, since {since}, {megabytes} MB"), &entry.path(), remedy)
        };
        entries.iter().take(TOLD).map(told).collect()
    }
}
