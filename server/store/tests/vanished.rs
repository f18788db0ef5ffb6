//! Files of the journal that are not there any more: what others have of them comes back, and no number is given out twice
//! of which anybody knows.
#![allow(clippy::unwrap_used, reason = "tests")]

mod boxes;
mod drafts;
use boxes::{own_records, volume_of};
use chalkbox_domain::ids::{BoxId, EventId};
use chalkbox_store::*;
use drafts::*;
use std::path::{Path, PathBuf};

const EVENTS: u64 = 60;

/// A data folder with answers, closed in order.
fn written(folder: &Path) -> Vec<(ViewKey, Vec<u8>)> {
    let (store, _) = Store::open(config(folder, SLED)).unwrap();
    for n in 0..EVENTS {
        store.submit(answer((n % 3) as u8 + 1, n, Some((1, n + 1)), "5")).unwrap();
    }
    all_views(&store)
}

fn remove_journal(folder: &Path) {
    std::fs::remove_dir_all(folder.join("journal")).unwrap();
}

/// The volume of everything in a data folder, as a backup has it.
fn backup(data: &Path, to: &Path) -> PathBuf {
    let records = own_records(data);
    volume_of(&records, 0, records.1.len(), to).unwrap()
}

/// Everything is there, what is new has a new number, and so it is after another start.
fn goes_on(folder: &Path, views: &[(ViewKey, Vec<u8>)]) {
    let (store, notices) = Store::open(config(folder, SLED)).unwrap();
    assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. } | Notice::EngineSetAside { .. })), "{notices:?}");
    assert_eq!((all_views(&store), store.stream(None).map(Result::unwrap).count() as u64), (views.to_vec(), EVENTS));
    assert!(store.submit(answer(1, 0, Some((1, 1)), "5")).unwrap().duplicate);
    let new = store.submit(answer(1, 1000, Some((1, 1000)), "5")).unwrap();
    assert_eq!((new.duplicate, new.id.seq), (false, EVENTS + 1));
    let views = all_views(&store);
    drop(store);
    let (store, _) = Store::open(config(folder, EngineChoice::Memory)).unwrap();
    assert_eq!(all_views(&store), views, "as from nothing");
}

#[test]
fn a_journal_that_is_gone_comes_back_from_the_engine() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    remove_journal(folder.path());
    goes_on(folder.path(), &views);
}

/// And at the next start everything is as from nothing.
fn stays_so(folder: &Path, store: Store) -> Store {
    let (views, now) = (all_views(&store), store.box_id());
    drop(store);
    let (store, notices) = Store::open(config(folder, EngineChoice::Memory)).unwrap();
    assert_eq!((all_views(&store), store.box_id()), (views.clone(), now), "as from nothing");
    assert!(!notices.iter().any(|n| matches!(n, Notice::OtherName { .. })), "told once");
    drop(store);
    let (store, _) = Store::open(config(folder, SLED)).unwrap();
    assert_eq!((all_views(&store), store.box_id()), (views, now));
    store
}

fn which(folder: &Path) -> BoxId {
    journal::Log::open(folder).unwrap().own()
}

#[test]
fn a_journal_that_is_gone_with_the_engine_comes_back_from_the_backup_on_the_card() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    let was = which(folder.path());
    backup(folder.path(), &folder.path().join(BACKUPS).join("set"));
    remove_journal(folder.path());
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. } | Notice::OtherGap { .. })), "{notices:?}");
    assert_eq!(all_views(&store), views);
    assert!(store.submit(answer(1, 0, Some((1, 1)), "5")).unwrap().duplicate);
    // More may have been given out after the backup.
    assert!(notices.contains(&Notice::OtherName { was, now: store.box_id() }), "{notices:?}");
    assert_eq!(store.event(EventId { box_id: was, seq: EVENTS }).unwrap().unwrap().id.seq, EVENTS);
    drop(stays_so(folder.path(), store));
}

#[test]
fn numbers_that_only_a_locked_backup_has_are_told_as_lost_until_they_are_back() {
    let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let views = written(folder.path());
    let was = which(folder.path());
    let whole = backup(folder.path(), stick.path());
    let path = backup(folder.path(), &folder.path().join(BACKUPS));
    std::fs::write(format!("{}.age", path.display()), b"nobody here can read this").unwrap();
    std::fs::remove_file(path).unwrap();
    remove_journal(folder.path());
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    let lost = Notice::OtherGap { box_id: was, from: 1, to: EVENTS };
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(store.box_id() != was && notices.contains(&lost), "{notices:?}");
    drop(store);
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    let told = || store.notices().contains(&lost);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !told() && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(told(), "told again: {:?}", store.notices());
    assert_eq!(store.import(&[whole]).unwrap().new_events, EVENTS);
    assert!(!told(), "it is back");
    assert_eq!(all_views(&store), views);
}

/// Nothing at all is left but the name: nobody can tell what it had given out.
#[test]
fn a_name_alone_is_not_used_again() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let was = which(folder.path());
    remove_journal(folder.path());
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    assert_ne!(store.box_id(), was);
    let now = store.box_id();
    drop(store);
    assert_eq!(Store::open(config(folder.path(), SLED)).unwrap().0.box_id(), now, "the new one stays");
}
