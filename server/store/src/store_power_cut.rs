//! The whole store on a disk that loses power: the acknowledgement that a caller gets is true.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::journal::JournalOptions;
use crate::disk::Disk;
use crate::journal::sim::{Faults, SimDisk};
use crate::open::{Medium, open};
use crate::{EngineChoice, NoViews, Notice, Store, StoreConfig, SubmitError};
use chalkbox_domain::event::{Actor, Class, EventBody, EventDraft, SendKey};
use chalkbox_domain::ids::{ClassId, ClientId};
use std::sync::Arc;

fn draft(n: u64) -> EventDraft {
    EventDraft {
        at_ms: None,
        send: Some(SendKey { client: ClientId([3; 16]), cseq: n }),
        learner: None,
        actor: Actor::Box,
        body: EventBody::ClassSet(Class {
            id: ClassId([n as u8; 16]),
            name: "x".repeat(20 + n as usize * 7),
            grade: 1,
            teachers: vec![],
            open: true,
            picture: 0,
        }),
    }
}

fn start(folder: &std::path::Path, disk: &SimDisk) -> Option<(Store, Vec<Notice>)> {
    let config = StoreConfig { engine: EngineChoice::Memory, ..StoreConfig::new(folder, Arc::new(NoViews)) };
    let journal = JournalOptions { seal_at: 1536, fill_step: 1024, lead: 2 };
    open(&config, Medium { disk: Some(Arc::new(disk.clone())), journal }).ok()
}

/// Sends until something fails; what was acknowledged last.
fn run(folder: &std::path::Path, disk: &SimDisk) -> u64 {
    let Some((store, _)) = start(folder, disk) else { return 0 };
    (1..=16).take_while(|n| store.submit(draft(*n)).is_ok()).last().unwrap_or(0)
}

#[test]
fn an_acknowledgement_is_true_wherever_the_power_goes() {
    let folder = tempfile::tempdir().unwrap();
    let whole = SimDisk::default();
    assert_eq!(run(folder.path(), &whole), 16);
    for cut in 1..=whole.ops() {
        let disk = SimDisk::new(Faults { cut_at: Some(cut), ..Faults::default() });
        let acknowledged = run(folder.path(), &disk);
        for seed in 0..4 {
            let after = disk.after_power_cut(seed, Faults::default());
            let (store, notices) = start(folder.path(), &after).unwrap();
            assert!(
                !notices.iter().any(|n| matches!(n, Notice::Gap { .. } | Notice::FileRepaired { .. })),
                "cut {cut}: {notices:?}"
            );
            for n in 1..=acknowledged {
                let ack = store.submit(draft(n)).unwrap();
                assert!(ack.duplicate && ack.id.seq == n, "cut {cut}, seed {seed}, sending {n}");
            }
            assert_eq!(store.submit(draft(acknowledged + 1)).unwrap().id.seq, acknowledged + 1);
        }
    }
}

#[test]
fn a_dead_medium_ends_in_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let disk = SimDisk::new(Faults { errors_from: Some(12), ..Faults::default() });
    let (store, _) = start(folder.path(), &disk).unwrap();
    let results: Vec<_> = (1..=10).map(|n| store.submit(draft(n))).collect();
    let stored = results.iter().take_while(|r| r.is_ok()).count();
    assert!(stored > 0 && stored < 10);
    assert!(results[stored..].iter().all(|r| matches!(r, Err(SubmitError::ReadOnly))));
    assert!(store.is_read_only());
    assert_eq!(store.stream(None).count(), stored, "what was acknowledged can still be read");
}

#[test]
fn a_full_disk_takes_answers_from_its_reserve_first() {
    let folder = tempfile::tempdir().unwrap();
    let disk = SimDisk::default();
    let config = StoreConfig {
        engine: EngineChoice::Memory,
        ballast_bytes: 4096,
        ..StoreConfig::new(folder.path(), Arc::new(NoViews))
    };
    let journal = JournalOptions { seal_at: 1536, fill_step: 1024, lead: 2 };
    let (store, _) = open(&config, Medium { disk: Some(Arc::new(disk.clone())), journal }).unwrap();
    // The keeper makes it while nobody waits.
    for _ in 0..500 {
        if disk.open("ballast", false).and_then(|f| f.len()).is_ok_and(|len| len == 4096) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    disk.set_faults(Faults { room: Some(1024 + 4096), ..Faults::default() });
    let with_reserve = (1..=40).take_while(|n| store.submit(draft(*n % 16 + 1 + *n / 16 * 16)).is_ok()).count();
    assert!(disk.open("ballast", false).is_err(), "it is given up");
    assert!(store.notices().contains(&Notice::LastReserve));
    assert!(store.is_full() || with_reserve == 40);
    assert!(with_reserve > 8, "{with_reserve}");
}

#[test]
fn a_full_disk_refuses_and_takes_again_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let disk = SimDisk::default();
    let (store, _) = start(folder.path(), &disk).unwrap();
    disk.set_faults(Faults { room: Some(1024), ..Faults::default() });
    let stored = (1..=16).take_while(|n| store.submit(draft(*n)).is_ok()).last().unwrap();
    assert!(stored < 16, "the room must be used up");
    assert!(matches!(store.submit(draft(stored + 1)), Err(SubmitError::ReadOnly)));
    assert!(!store.is_read_only());
    disk.set_faults(Faults::default());
    for n in stored + 1..=16 {
        assert_eq!(store.submit(draft(n)).unwrap().id.seq, n);
    }
    let ack = store.submit(draft(1)).unwrap();
    assert!(ack.duplicate && ack.id.seq == 1);
    drop(store);
    let (store, notices) = start(folder.path(), &disk).unwrap();
    assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. } | Notice::FileRepaired { .. })), "{notices:?}");
    assert_eq!(store.stream(None).filter(Result::is_ok).count(), 16);
}
