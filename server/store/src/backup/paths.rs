//! Which names a set may hold. Whatever is read from a stick or an upload goes through here first, so that no name in it
//! can reach outside of the set or the data folder, and no two fall together on a disk that knows no case.

use std::collections::BTreeMap;

/// Name of the manifest in a set.
pub(super) const MANIFEST: &str = "manifest.json";
/// Name of the text for people.
pub(super) const README: &str = "README.txt";
/// Name of the locked key of an encrypted set.
pub(super) const KEY: &str = "key.age";
/// Under this name every file is written before it is given its own.
pub(super) const PART: &str = "writing.part";
/// What an encrypted file's name ends in.
pub(super) const SEALED: &str = ".age";
/// What the name of a file with a volume's checksum ends in.
pub(super) const SUM: &str = ".sha256";
/// How the names of set folders begin.
pub(super) const SET: &str = "chalkbox-backup-";

/// Most files in a set.
pub(super) const FILES: usize = 20_000;
/// Longest path in a set, in bytes.
const PATH: usize = 400;
/// Longest name of a file or folder, in bytes.
const NAME: usize = 200;
/// Most folders above a file.
const DEPTH: usize = 12;

/// Where a file of a set belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The text for people.
    Readme,
    /// The locked key.
    Key,
    /// Events: the file's name.
    Events(String),
    /// A file of the data folder: its path there.
    Data(String),
}

/// Why a path may not stand in a set; none if it may.
pub(super) fn fault(path: &str) -> Option<&'static str> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'/');
    let part = |p: &str| !p.is_empty() && p.len() <= NAME && p != "." && p != ".." && !p.ends_with('.');
    if path.len() > PATH {
        return Some("a path is too long");
    }
    if path.starts_with('/') {
        return Some("a path is absolute");
    }
    if !path.bytes().all(fits) {
        return Some("a path holds other characters than letters, digits, full stops, hyphens and underscores");
    }
    if path.split('/').count() > DEPTH {
        return Some("a path is too deep");
    }
    (!path.split('/').all(part)).then_some("a path has a part that is no name")
}

/// Where a listed path of a set belongs, the ending of encryption taken off; none for what no set holds.
pub(super) fn kind(path: &str) -> Option<Kind> {
    match path {
        README => return Some(Kind::Readme),
        KEY => return Some(Kind::Key),
        _ => {}
    }
    let (top, rest) = path.split_once('/')?;
    match folder_of(top)? {
        "events" if !rest.contains('/') => Some(Kind::Events(rest.to_owned())),
        "files" if belongs_to_a_box(rest) => Some(Kind::Data(rest.to_owned())),
        _ => None,
    }
}

/// `events` or `files`, of whatever generation.
fn folder_of(top: &str) -> Option<&str> {
    let folder = match top.split_once('.') {
        Some((folder, number)) => {
            number.parse::<u32>().ok().filter(|n| *n > 1 && number == n.to_string()).map(|_| folder)?
        }
        None => top,
    };
    matches!(folder, "events" | "files").then_some(folder)
}

/// Whether a folder at the top of a set is one that a box fills.
pub(super) fn is_own_folder(top: &str) -> bool {
    folder_of(top).is_some()
}

/// Whether a path of a data folder is one that backups carry.
fn belongs_to_a_box(path: &str) -> bool {
    let is_hash =
        |name: &str| name.len() == 64 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    match path.split_once('/') {
        None => path == "item.key" || path == "chalkbox.toml",
        Some(("contexts", _)) => true,
        Some(("plugins", rest)) => rest.split_once('/').is_some_and(|(hash, _)| is_hash(hash)),
        Some(_) => false,
    }
}

/// The path under which changed content is kept beside a former one: `files/x`, then `files.2/x`, `files.3/x`, …
pub(super) fn generation(path: &str, number: u32) -> String {
    match path.split_once('/') {
        Some((top, rest)) if number > 1 => format!("{top}.{number}/{rest}"),
        _ => path.to_owned(),
    }
}

/// Finds names that are there twice, also if they differ in case alone, and files that stand where another needs a folder.
#[derive(Debug, Default)]
pub(super) struct Apart {
    files: BTreeMap<String, ()>,
    folders: BTreeMap<String, String>,
}

impl Apart {
    /// Whether a path can stand beside all that were given before.
    pub(super) fn admits(&mut self, path: &str) -> bool {
        let lower = path.to_ascii_lowercase();
        if self.folders.contains_key(&lower) || self.files.insert(lower.clone(), ()).is_some() {
            return false;
        }
        path.match_indices('/').all(|(at, _)| {
            let spelled = self.folders.entry(lower[..at].to_owned()).or_insert_with(|| path[..at].to_owned());
            *spelled == path[..at] && !self.files.contains_key(&lower[..at])
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn only_paths_of_a_set_are_taken() {
        for good in ["README.txt", "events/backup-00-1-2.jsonl.zst", "files/plugins/x/a_B-c.ftl"] {
            assert_eq!(fault(good), None, "{good}");
        }
        let deep = "a/".repeat(DEPTH) + "a";
        let long = "a".repeat(NAME + 1);
        for bad in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "./a",
            "a\\b",
            "a:b",
            "a b",
            "ä",
            "a/",
            "a.",
            "x\n",
            &deep,
            &long,
        ] {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn a_path_belongs_to_one_place() {
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(kind("files/item.key"), Some(Kind::Data("item.key".into())));
        assert_eq!(kind("files.2/chalkbox.toml"), Some(Kind::Data("chalkbox.toml".into())));
        assert_eq!(kind("events.3/x"), Some(Kind::Events("x".into())));
        assert_eq!(kind(&format!("files/plugins/{hash}/a/b")), Some(Kind::Data(format!("plugins/{hash}/a/b"))));
        for no in [
            "files/box.toml",
            "files/plugins/code.key",
            "files/plugins/x/y",
            "files.1/item.key",
            "files.02/item.key",
            "files.x/item.key",
            "events/a/b",
            "other/x",
            "files/journal/x",
            "box.toml",
            "files",
        ] {
            assert_eq!(kind(no), None, "{no}");
        }
        assert_eq!(generation("files/a/b", 1), "files/a/b");
        assert_eq!(generation("files/a/b", 2), "files.2/a/b");
    }

    #[test]
    fn names_that_fall_together_are_found() {
        let mut apart = Apart::default();
        assert!(apart.admits("a/b") && apart.admits("a/c") && apart.admits("d"));
        for no in ["a/B", "A/e", "a", "d/x", "D", "a/b"] {
            assert!(!apart.admits(no), "{no}");
        }
    }
}
