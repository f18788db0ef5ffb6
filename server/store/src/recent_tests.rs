//! While an engine is built, what is new is known to be new without a look into the journal.
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::disk::{Disk, DiskFile, RealDisk};
use crate::journal::JournalOptions;
use crate::open::{Medium, open};
use crate::{Ack, EngineChoice, NoViews, StoreConfig, SubmitError};
use chalkbox_domain::event::{Actor, Answered, EventBody, EventDraft, Hinted, Mode, Pace, SendKey};
use chalkbox_domain::ids::{ClientId, ContextHash, ItemKey, LearnerId, PackHash};
use chalkbox_domain::item::Response;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const SLED: EngineChoice = EngineChoice::Sled { cache_bytes: 8 << 20 };

fn config(folder: &Path) -> StoreConfig {
    StoreConfig { engine: SLED, ..StoreConfig::new(folder, Arc::new(NoViews)) }
}

/// A disk that gives the keeper no file to read, so that no engine is built.
struct Withheld {
    disk: RealDisk,
    /// Files of the journal that the writing thread opened to read.
    writer_reads: AtomicU64,
}

impl Withheld {
    fn new(folder: &Path) -> Arc<Self> {
        Arc::new(Self { disk: RealDisk::new(folder), writer_reads: AtomicU64::new(0) })
    }
}

impl Disk for Withheld {
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }
    fn create_folder(&self, folder: &str) -> io::Result<()> {
        self.disk.create_folder(folder)
    }
    fn create(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        self.disk.create(path)
    }
    fn open(&self, path: &str, write: bool) -> io::Result<Box<dyn DiskFile>> {
        if std::thread::current().name() == Some("store-keeper") {
            return Err(io::Error::other("withheld"));
        }
        if !write && path.starts_with("journal/") && std::thread::current().name() == Some("store-writer") {
            self.writer_reads.fetch_add(1, Ordering::Relaxed);
        }
        self.disk.open(path, write)
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.disk.rename(from, to)
    }
    fn remove(&self, path: &str) -> io::Result<()> {
        self.disk.remove(path)
    }
    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.disk.sync_folder(folder)
    }
}

fn practised(of: u8, n: u64, send: u64, hint: bool) -> EventDraft {
    let learner = LearnerId([of; 16]);
    let mut key = [0x5a; 16];
    key[..8].copy_from_slice(&n.to_be_bytes());
    let (item, asked_ms, skill) = (ItemKey(key), 1_795_600_000_000, "numeracy.add.within-10".parse().unwrap());
    let body = if hint {
        EventBody::Hinted(Hinted { item, skill, level: 1, asked_ms })
    } else {
        EventBody::Answered(Box::new(Answered {
            item,
            asked_ms,
            skill,
            plugin: PackHash([7; 32]),
            step: 2,
            seed: 1,
            locale: "fr".into(),
            context: ContextHash([9; 8]),
            format: "num-entry".into(),
            mode: Mode::Practise,
            response: Response::Number { value: "5".into() },
            help: 0,
            elapsed_ms: 5300,
            score: Some(1.0),
            fault: None,
            misconception: None,
            d: 0.37,
            expected: 0.62,
            lambda: 1.0,
            pace: Pace::Usual,
            guess: 0.02,
            slip: 0.1,
            guess_fixed: true,
            learn: 0.15,
            mixed_formats: false,
            mastery: None,
            state: None,
        }))
    };
    let send = Some(SendKey { client: ClientId([of; 16]), cseq: send });
    EventDraft { at_ms: None, send, learner: Some(learner), actor: Actor::Learner(learner), body }
}

#[test]
fn an_answer_reads_no_journal_file_while_the_store_prepares() {
    let folder = tempfile::tempdir().unwrap();
    let small = || JournalOptions { seal_at: 8192, fill_step: 4096, lead: 3 };
    let (store, _) = open(&config(folder.path()), Medium { journal: small(), ..Medium::default() }).unwrap();
    for n in 1..=120 {
        store.submit(practised((n % 5) as u8 + 1, n, n, n % 4 == 0)).unwrap();
    }
    drop(store);
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    let disk = Withheld::new(folder.path());
    let medium = Medium { disk: Some(disk.clone()), journal: small() };
    let (store, _) = open(&StoreConfig { build_at_once: 0, ..config(folder.path()) }, medium).unwrap();
    let reads = || disk.writer_reads.swap(0, Ordering::Relaxed);
    reads();
    for n in 201..=260 {
        let draft = || practised((n % 5) as u8 + 1, n, n, n % 4 == 0);
        let new = store.submit(draft()).unwrap();
        assert!(!new.duplicate);
        // The usual retry of an answer is found beside the learner's others.
        if n % 4 != 0 {
            assert_eq!(store.submit(draft()).unwrap(), Ack { duplicate: true, ..new });
        }
    }
    assert_eq!(reads(), 0, "an answer that is new, and again while it is");
    // What came before is found, and only then its file is read.
    for n in 1..=120 {
        let ack = store.submit(practised((n % 5) as u8 + 1, n, n, n % 4 == 0)).unwrap();
        assert_eq!((ack.id.seq, ack.duplicate), (n, true));
    }
    assert!((120..=600).contains(&reads()));
    let other = practised(2, 301, 21, false);
    assert!(matches!(store.submit(other), Err(SubmitError::Conflict { first }) if first.seq == 21));
    let elsewhere = practised(2, 21, 400, false);
    assert!(matches!(store.submit(elsewhere), Err(SubmitError::AlreadyAnswered { first }) if first.seq == 21));
    assert!(!store.is_ready());
    assert_eq!(store.stream(None).filter(Result::is_ok).count(), 180);
}
