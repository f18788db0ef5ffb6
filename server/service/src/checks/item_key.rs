//! Is the key there that seals questions, codes and cards, and nobody else's to read?

use super::{Check, Finding, Ground};
use std::os::unix::fs::PermissionsExt;

pub struct ItemKeyFile;

const BACK: &str =
    "put the file back from a backup; without it questions that are out, picture codes and cards stop working";

impl Check for ItemKeyFile {
    fn name(&self) -> &'static str {
        "item-key"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let path = ground.data.join("item.key");
        let Ok(found) = path.symlink_metadata() else {
            return vec![Finding::wrong(self, "the key of items is missing", &path, BACK)];
        };
        let mode = found.permissions().mode() & 0o777;
        vec![if !found.is_file() || found.len() != 32 {
            Finding::wrong(self, format!("it holds {} bytes where 32 belong", found.len()), &path, BACK)
        } else if mode & 0o077 != 0 {
            Finding::wrong(self, format!("others may read it (mode {mode:03o})"), &path, "chmod 600 the file")
        } else {
            Finding::ok(self, "the key of items is there, and nobody else's to read", &path)
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Log, Mark};
    use std::fs::{self, Permissions};

    #[test]
    fn a_key_that_is_missing_short_or_open_is_wrong() {
        let data = tempfile::tempdir().expect("a folder");
        let ground = Ground { data: data.path().to_owned(), log: Log::default(), now_ms: 0, memory_bytes: None };
        let mark = || ItemKeyFile.look(&ground)[0].mark;
        assert_eq!(mark(), Mark::Wrong, "missing");
        let path = data.path().join("item.key");
        fs::write(&path, [1; 31]).expect("written");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("set");
        assert_eq!(mark(), Mark::Wrong, "short");
        fs::write(&path, [1; 32]).expect("written");
        assert_eq!(mark(), Mark::Ok);
        fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("set");
        assert_eq!(mark(), Mark::Wrong, "open to others");
    }
}
