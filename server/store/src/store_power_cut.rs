//! The whole store on a disk that loses power: the acknowledgement that a caller gets is true.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::disk::Disk;
use crate::journal::JournalOptions;
use crate::journal::sim::{Faults, Part, SimDisk};
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

/// How many operations a whole run is.
fn operations(folder: &std::path::Path) -> u64 {
    let whole = SimDisk::default();
    assert_eq!(run(folder, &whole), 16);
    whole.ops()
}

#[test]
fn an_acknowledgement_is_true_wherever_the_power_goes() {
    let folder = tempfile::tempdir().unwrap();
    let mut cuts = 0;
    for cut in 1..=operations(folder.path()) {
        let disk = SimDisk::new(Faults { cut_at: Some(cut), ..Faults::default() });
        let acknowledged = run(folder.path(), &disk);
        for seed in 0..8 {
            let after = disk.after_power_cut(seed, Faults::default());
            let (store, notices) = start(folder.path(), &after).unwrap();
            assert!(
                !notices
                    .iter()
                    .any(|n| matches!(n, Notice::Gap { .. } | Notice::FileRepaired { .. } | Notice::OtherName { .. })),
                "cut {cut}: {notices:?}"
            );
            for n in 1..=acknowledged {
                let ack = store.submit(draft(n)).unwrap();
                assert!(ack.duplicate && ack.id.seq == n, "cut {cut}, seed {seed}, sending {n}");
            }
            assert_eq!(store.submit(draft(acknowledged + 1)).unwrap().id.seq, acknowledged + 1);
            cuts += 1;
        }
    }
    println!("{cuts} power cuts of the whole store's medium");
}

/// Proof that the test before can fail: with syncs that do nothing, some acknowledgement is not true.
#[test]
fn a_lying_disk_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let broken = |cut: &u64| {
        let disk = SimDisk::new(Faults { cut_at: Some(*cut), lying: true, ..Faults::default() });
        let acknowledged = run(folder.path(), &disk);
        (0..8).any(|seed| match start(folder.path(), &disk.after_power_cut(seed, Faults::default())) {
            Some((store, _)) => !(1..=acknowledged).all(|n| store.submit(draft(n)).is_ok_and(|ack| ack.duplicate)),
            None => true,
        })
    };
    assert!((1..=operations(folder.path())).rev().any(|cut| broken(&cut)), "this simulation could not fail");
}

/// Everything that was acknowledged is there once, and what was not is taken when it is sent again: out of order, and
/// twice, as from two tabs.
fn is_whole_and_goes_on(folder: &std::path::Path, disk: &SimDisk, acknowledged: &[(u64, u64)], case: &str) {
    let (store, notices) = start(folder, disk).unwrap_or_else(|| panic!("{case}: it does not open"));
    let told = notices
        .iter()
        .any(|n| matches!(n, Notice::Gap { .. } | Notice::FileRepaired { .. } | Notice::OtherName { .. }));
    assert!(!told, "{case}: {notices:?}");
    for (n, seq) in acknowledged {
        let ack = store.submit(draft(*n)).unwrap();
        assert!(ack.duplicate && ack.id.seq == *seq, "{case}: sending {n} became {seq}, now {ack:?}");
    }
    let mut numbers = std::collections::BTreeSet::new();
    for n in (1..=16).rev() {
        let first = store.submit(draft(n)).unwrap();
        let again = store.submit(draft(n)).unwrap();
        assert_eq!((again.id, again.duplicate), (first.id, true), "{case}: sending {n}");
        numbers.insert(first.id.seq);
    }
    assert_eq!(numbers, (1..=16).collect(), "{case}: sixteen sendings, sixteen numbers");
    assert_eq!(store.stream(None).filter(Result::is_ok).count(), 16, "{case}");
}

/// Sends all, also after a refusal; what was acknowledged, with its number.
fn run_on(folder: &std::path::Path, disk: &SimDisk) -> Vec<(u64, u64)> {
    let Some((store, _)) = start(folder, disk) else { return Vec::new() };
    let acks: Vec<(u64, u64)> = (1..=16).filter_map(|n| Some((n, store.submit(draft(n)).ok()?.id.seq))).collect();
    assert!(store.stream(None).filter(Result::is_ok).count() >= acks.len(), "what was acknowledged can be read");
    acks
}

#[test]
fn whatever_operation_fails_an_acknowledgement_is_true() {
    let folder = tempfile::tempdir().unwrap();
    let mut cases = 0;
    for at in 1..=operations(folder.path()) {
        let faults = [
            ("one error", Faults { error_at: Some(at), part: Part::ALL[at as usize % 5], ..Faults::default() }),
            ("full once", Faults { full_at: Some(at), part: Part::ALL[at as usize % 5], ..Faults::default() }),
            ("errors from there on", Faults { errors_from: Some(at), ..Faults::default() }),
            ("read-only from there on", Faults { read_only_from: Some(at), ..Faults::default() }),
        ];
        for (word, fault) in faults {
            let disk = SimDisk::new(fault);
            let acknowledged = run_on(folder.path(), &disk);
            if at > 6 && matches!(word, "one error" | "full once") {
                assert!(acknowledged.len() >= 15, "{word} at {at}: one failure refuses one sending at most");
            }
            for seed in 0..4 {
                let after = disk.after_power_cut(seed + at % 2 * 4, Faults::default());
                is_whole_and_goes_on(folder.path(), &after, &acknowledged, &format!("{word} at {at}, seed {seed}"));
                cases += 1;
            }
            // Without a cut: the process is started anew, and the medium is well again.
            disk.set_faults(Faults::default());
            is_whole_and_goes_on(folder.path(), &disk, &acknowledged, &format!("{word} at {at}, no cut"));
        }
    }
    println!("{cases} power cuts behind failures of the whole store's medium");
}

#[test]
fn a_read_only_file_system_ends_in_refusal_and_can_still_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let disk = SimDisk::default();
    let (store, _) = start(folder.path(), &disk).unwrap();
    for n in 1..=5 {
        store.submit(draft(n)).unwrap();
    }
    disk.set_faults(Faults { read_only_from: Some(0), ..Faults::default() });
    assert!(matches!(store.submit(draft(6)), Err(SubmitError::ReadOnly)));
    assert!(store.is_read_only() && !store.is_full());
    assert!(matches!(store.submit(draft(1)), Err(SubmitError::ReadOnly)), "nothing more is taken");
    assert_eq!(store.stream(None).filter(Result::is_ok).count(), 5);
    drop(store);
    disk.set_faults(Faults::default());
    is_whole_and_goes_on(folder.path(), &disk, &[(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)], "mounted anew");
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
    assert!(
        !notices
            .iter()
            .any(|n| matches!(n, Notice::Gap { .. } | Notice::FileRepaired { .. } | Notice::OtherName { .. })),
        "{notices:?}"
    );
    assert_eq!(store.stream(None).filter(Result::is_ok).count(), 16);
}
