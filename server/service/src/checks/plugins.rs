//! Are the tools of the data folder whole, and is there each that answers name?

use super::{Check, Finding, Ground};
use chalkbox_content::pack_file::FILE_LIST;
use chalkbox_domain::ids::PackHash;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Component, Path};

pub struct Plugins;

const AGAIN: &str = "start the box again: it installs its own tools anew; install others again from their .chalk file";
/// Bytes of a tool's file at most.
const LARGEST: u64 = 64 << 20;

/// What is wrong with a stored pack; none: every file is what the list says.
fn fault(folder: &Path) -> Option<String> {
    let list = match std::fs::read_to_string(folder.join(FILE_LIST)) {
        Ok(list) => list,
        Err(error) => return Some(format!("its list of files cannot be read: {error}")),
    };
    for line in list.lines() {
        let Some((hash, name)) = line.split_once("  ") else { return Some("its list of files is damaged".to_owned()) };
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        let (true, Ok(hash)) = (inside, hash.parse::<PackHash>()) else {
            return Some("its list of files is damaged".to_owned());
        };
        let path = folder.join(name);
        if path.metadata().map_or(true, |of| of.len() > LARGEST) {
            return Some(format!("{name} is missing or too large"));
        }
        match std::fs::read(&path) {
            Ok(bytes) if <[u8; 32]>::from(Sha256::digest(&bytes)) == hash.0 => {}
            Ok(_) => return Some(format!("{name} is not what it was")),
            Err(error) => return Some(format!("{name} cannot be read: {error}")),
        }
    }
    None
}

impl Check for Plugins {
    fn name(&self) -> &'static str {
        "plugins"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let root = ground.data.join("plugins");
        let entries = std::fs::read_dir(&root).into_iter().flatten().flatten();
        let stored: BTreeSet<PackHash> =
            entries.filter_map(|entry| entry.file_name().to_str()?.parse::<PackHash>().ok()).collect();
        let mut found: Vec<Finding> = stored
            .iter()
            .filter_map(|hash| {
                let folder = root.join(hash.to_string());
                fault(&folder).map(|what| Finding::wrong(self, format!("a tool is damaged: {what}"), &folder, AGAIN))
            })
            .collect();
        let missing = ground.log.packs.iter().filter(|hash| !stored.contains(hash)).count();
        if missing > 0 {
            let what = format!("{missing} tools that answers name are not here: those answers cannot be scored again");
            let remedy = "bring back a backup, which has them; nothing that was counted changes";
            found.push(Finding::look(self, what, &root, remedy));
        }
        if found.is_empty() {
            found.push(Finding::ok(self, format!("{} tools, all whole", stored.len()), &root));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_pack_is_held_against_its_list_and_the_list_stays_inside() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        assert!(fault(folder.path()).is_some_and(|f| f.contains("list")), "no list");
        let hash = PackHash(Sha256::digest(b"one").into());
        write("a.txt", "one");
        write(FILE_LIST, &format!("{hash}  a.txt\n"));
        assert_eq!(fault(folder.path()), None);
        write("a.txt", "two");
        assert_eq!(fault(folder.path()).as_deref(), Some("a.txt is not what it was"));
        for list in
            [format!("{hash}  ../a.txt"), format!("{hash}  /etc/hostname"), "x  a.txt".into(), "nonsense".into()]
        {
            write(FILE_LIST, &list);
            assert_eq!(fault(folder.path()).as_deref(), Some("its list of files is damaged"), "{list}");
        }
        write(FILE_LIST, &format!("{hash}  gone.txt\n"));
        assert!(fault(folder.path()).is_some_and(|f| f.starts_with("gone.txt is missing")));
    }
}
