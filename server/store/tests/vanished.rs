//! Files of the journal that are not there any more: what others have of them comes back, and no number is given out twice
//! of which anybody knows.
#![allow(clippy::unwrap_used, reason = "tests")]

mod boxes;
mod drafts;
use boxes::{own_records, volume_of};
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

#[test]
fn a_journal_that_is_gone_with_the_engine_comes_back_from_the_backup_on_the_card() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    backup(folder.path(), &folder.path().join(BACKUPS).join("set"));
    remove_journal(folder.path());
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    goes_on(folder.path(), &views);
}

#[test]
fn numbers_that_only_a_locked_backup_has_are_not_given_out_again() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let path = backup(folder.path(), &folder.path().join(BACKUPS));
    std::fs::write(format!("{}.age", path.display()), b"nobody here can read this").unwrap();
    std::fs::remove_file(path).unwrap();
    remove_journal(folder.path());
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(notices.contains(&Notice::Gap { from: 1, to: EVENTS }), "{notices:?}");
    assert!(store.submit(answer(1, 1000, Some((1, 1000)), "5")).unwrap().id.seq > EVENTS);
}
