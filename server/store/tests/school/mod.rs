//! A small school on a disk, for the tests of backups.
#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, reason = "tests")]

use super::drafts::*;
use chalkbox_domain::ids::BoxId;
use chalkbox_store::backup::{BackupError, CreateOptions, Created, Target, create};
use chalkbox_store::{Store, ViewKey};
use std::fs;
use std::path::{Path, PathBuf};

/// A pack's hash, as its folder is called.
pub const PACK: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A data folder with events and with all that lies beside them.
pub struct School {
    place: tempfile::TempDir,
    pub box_id: BoxId,
    /// All rows.
    pub views: Vec<(ViewKey, Vec<u8>)>,
}

pub fn options() -> CreateOptions {
    CreateOptions { created_ms: Some(NOW), ..CreateOptions::default() }
}

impl School {
    /// So many answers of five learners, and two classes.
    pub fn new(answers: u64) -> Self {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("data");
        let store = Store::open(config(&data, SLED)).unwrap().0;
        store.submit(class(1, "Reef class", true)).unwrap();
        store.submit(class(2, "River class", true)).unwrap();
        for n in 0..answers {
            store.submit(answer(1 + (n % 5) as u8, n, Some((1, n + 1)), "12")).unwrap();
        }
        assert!(store.wait_until_ready(std::time::Duration::from_secs(20)));
        let (box_id, views) = (store.box_id(), all_views(&store));
        drop(store);
        let key: Vec<u8> = box_id.0.iter().cycle().take(32).copied().collect();
        let beside = [
            ("item.key", key.as_slice()),
            ("chalkbox.toml", b"[web]\nworkers = 2\n"),
            ("contexts/0102030405060708.json", b"{}"),
            ("plugins/code.key", b"never copied"),
            ("demo-sign-in.json", b"never copied"),
            ("host-name", b"never copied"),
            ("quarantine/1-torn-x", b"never copied"),
        ];
        for (name, bytes) in beside {
            write(&data, name, bytes);
        }
        let pack = format!("plugins/{PACK}");
        write(&data, &format!("{pack}/files.sha256"), b"00  manifest.toml\n00  locales/en.ftl\n00  tool.wasm\n");
        for name in ["manifest.toml", "locales/en.ftl", "tool.wasm"] {
            write(&data, &format!("{pack}/{name}"), name.as_bytes());
        }
        write(&data, &format!("{pack}/code-1-x.cwasm"), b"never copied");
        Self { place, box_id, views }
    }

    pub fn data(&self) -> &'static Path {
        // Leaked so that tests may pass it around; a few bytes each.
        Box::leak(self.place.path().join("data").into_boxed_path())
    }

    /// A place beside the data folder.
    pub fn scratch(&self) -> &Path {
        self.place.path()
    }

    pub fn open(&self) -> Store {
        let store = Store::open(config(self.data(), SLED)).unwrap().0;
        assert!(store.wait_until_ready(std::time::Duration::from_secs(20)));
        store
    }

    pub fn create(&self, target: &Target) -> Result<Created, BackupError> {
        create(self.data(), target, &options(), &mut |_| {})
    }

    /// Whether a restored folder has what a box needs, and nothing that is another machine's.
    pub fn files_are_in(&self, data: &Path) {
        let same = ["item.key", "chalkbox.toml", "contexts/0102030405060708.json"].map(str::to_owned);
        let pack =
            ["files.sha256", "manifest.toml", "locales/en.ftl", "tool.wasm"].map(|n| format!("plugins/{PACK}/{n}"));
        for name in same.iter().chain(&pack) {
            assert_eq!(fs::read(data.join(name)).unwrap(), fs::read(self.data().join(name)).unwrap(), "{name}");
        }
        for name in ["plugins/code.key", "demo-sign-in.json", "host-name", &format!("plugins/{PACK}/code-1-x.cwasm")] {
            assert!(!data.join(name).exists(), "{name}");
        }
        assert_eq!(fs::read_dir(data.join("plugins")).unwrap().count(), 1);
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(data.join("item.key")).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

fn write(data: &Path, name: &str, bytes: &[u8]) {
    let path = data.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The files below a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
        } else {
            names.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
        }
    }
    names.sort();
    names
}

pub fn copy_folder(from: &Path, to: &Path) {
    for name in names(from) {
        let path: PathBuf = to.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(from.join(&name), path).unwrap();
    }
}

pub fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|w| w == word)
}
