//! Volumes of the journal that do not read back, of this box and of others: everything else goes on, what somebody has comes
//! back, and what nobody has is said to be lost, with the name of the box whose it was.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_store::*;
use drafts::*;
use std::path::{Path, PathBuf};
use std::time::Duration;

const HANGS: Duration = Duration::from_secs(60);

/// Every third answer is so long that only the journal has it.
fn draft(n: u64) -> EventDraft {
    let value = if n.is_multiple_of(3) { format!("{n} ").repeat(3_000) } else { n.to_string() };
    answer((n % 5) as u8 + 1, n, Some(((n % 5) as u8 + 1, n / 5 + 1)), &value)
}

/// The files in a folder.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Flips a bit in the middle of a volume.
fn hurt_volume(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    std::fs::write(path, bytes).unwrap();
}

/// The volumes in a journal.
fn volumes_in(folder: &Path) -> Vec<PathBuf> {
    let all = files_in(&folder.join("journal")).into_iter();
    all.filter(|path| path.extension().is_some_and(|e| e == "zst")).collect()
}

/// A folder after a restore: its whole history is volumes of the box that was lost, and a little of its own. And a stick with
/// those volumes.
fn restored(folder: &Path, stick: &Path) -> (Vec<PathBuf>, Vec<Event>) {
    let old = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(config(old.path(), EngineChoice::Memory)).unwrap();
    store.submit_many((0..60).map(draft).collect()).unwrap();
    let events: Vec<Event> = store.stream(None).map(Result::unwrap).collect();
    drop(store);
    let records: Vec<Record> =
        events.iter().map(|e| Record::Event { seq: e.id.seq, payload: encode_event(e).unwrap() }).collect();
    let volume = |part: &[Record]| {
        let name =
            volume::VolumeName { box_id: events[0].id.box_id, from: part[0].first(), to: part[part.len() - 1].last() };
        volume::store_volume(stick, &name, &mut part.iter().cloned()).unwrap()
    };
    let volumes: Vec<PathBuf> = records.chunks(20).map(volume).collect();
    let (store, _) = Store::open(config(folder, SLED)).unwrap();
    assert_eq!(store.import(&volumes).unwrap().new_events, 60);
    store.submit(answer(1, 900, Some((9, 1)), "5")).unwrap();
    (volumes, events)
}

/// The newest volume of the box that was lost is damaged: the server starts, with or without an engine, says so, goes on, and
/// the stick mends it.
#[test]
fn a_damaged_volume_of_another_box_stops_nothing_and_a_stick_mends_it() {
    for with_engine in [true, false] {
        let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (volumes, events) = restored(folder.path(), stick.path());
        let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
        let views = all_views(&store);
        drop(store);
        hurt_volume(volumes_in(folder.path()).last().unwrap());
        if !with_engine {
            std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
        }
        let (store, notices) = Store::open(config(folder.path(), SLED)).expect("it opens");
        let box_id = events[0].id.box_id;
        let told = notices.contains(&Notice::OtherGap { box_id, from: 41, to: 60 });
        assert_eq!(told, !with_engine, "{notices:?}");
        assert!(
            !notices.iter().any(|n| matches!(n, Notice::Gap { .. })),
            "they are not this box's numbers: {notices:?}"
        );
        assert_eq!(all_views(&store) == views, with_engine);
        let stick: Vec<PathBuf> = volumes;
        store.import(&stick).unwrap();
        assert_eq!(all_views(&store), views);
        assert!(store.scrub(&|| true).unwrap().is_sound());
        for event in &events {
            assert_eq!(store.event(event.id).unwrap().as_ref(), Some(event));
        }
        drop(store);
        let (store, notices) = Store::open(config(folder.path(), EngineChoice::Memory)).unwrap();
        assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. } | Notice::OtherGap { .. })), "{notices:?}");
        assert_eq!(all_views(&store), views);
    }
}

/// A scrub heals the volumes of every box: from the engine, and what the engine does not have from a backup on the card; that
/// is folded then.
#[test]
fn a_scrub_heals_volumes_of_every_box_and_folds_what_comes_back() {
    for with_engine in [true, false] {
        let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (volumes, events) = restored(folder.path(), stick.path());
        let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
        let views = all_views(&store);
        drop(store);
        let hurt = volumes_in(folder.path()).remove(1);
        hurt_volume(&hurt);
        if !with_engine {
            std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
        }
        let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
        if with_engine {
            let report = store.scrub(&|| true).unwrap();
            let long = events[20..40].iter().filter(|e| encode_event(e).unwrap().len() > 1000).count() as u64;
            assert_eq!((report.damaged.len(), report.mended), (1, 20 - long), "{report:?}");
            assert_eq!(
                report.lost.iter().map(|(from, to)| to - from + 1).sum::<u64>(),
                long,
                "only the journal had these"
            );
        }
        // A backup on the card has everything.
        std::fs::create_dir_all(folder.path().join("backup/set")).unwrap();
        let name = volumes[1].file_name().unwrap();
        std::fs::copy(&volumes[1], folder.path().join("backup/set").join(name)).unwrap();
        if with_engine {
            hurt_volume(&hurt);
        }
        let report = store.scrub(&|| true).unwrap();
        assert_eq!((report.mended, report.lost.len()), (20, 0), "{report:?}");
        let until = std::time::Instant::now() + HANGS;
        while (all_views(&store) != views || store.at_work().is_some()) && std::time::Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(all_views(&store), views, "what came back is folded");
        assert!(store.scrub(&|| true).unwrap().is_sound());
        for event in &events {
            assert_eq!(store.event(event.id).unwrap().as_ref(), Some(event));
        }
    }
}

/// A packed file of this box is damaged: a scrub heals it, from the engine and a backup on the card; so does a stick.
#[test]
fn a_damaged_volume_of_this_box_is_healed() {
    for by_stick in [true, false] {
        let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
        store.submit_many((0..60).map(draft).collect()).unwrap();
        let events: Vec<Event> = store.stream(None).map(Result::unwrap).collect();
        let records: Vec<Record> =
            events.iter().map(|e| Record::Event { seq: e.id.seq, payload: encode_event(e).unwrap() }).collect();
        let name = volume::VolumeName { box_id: store.box_id(), from: 1, to: 60 };
        let backup = volume::store_volume(stick.path(), &name, &mut records.into_iter()).unwrap();
        // An erasing, of whomever, closes the file.
        store.erase(learner(200), Actor::Box).unwrap();
        store.submit(answer(1, 900, Some((9, 1)), "5")).unwrap();
        assert_eq!(store.pack(u64::MAX >> 16, 10).unwrap(), 1);
        hurt_volume(&volumes_in(folder.path())[0]);
        if by_stick {
            assert!(store.import(&[backup]).unwrap().mended > 0);
        } else {
            std::fs::create_dir_all(folder.path().join("backup/set")).unwrap();
            std::fs::copy(&backup, folder.path().join("backup/set").join(backup.file_name().unwrap())).unwrap();
            let report = store.scrub(&|| true).unwrap();
            assert!(report.mended > 0 && report.damaged.len() == 1, "{report:?}");
        }
        for event in &events {
            assert_eq!(store.event(event.id).unwrap().as_ref(), Some(event));
        }
        assert!(store.scrub(&|| true).unwrap().is_sound());
        let aside = files_in(&folder.path().join("quarantine"));
        assert!(aside.iter().any(|path| path.to_string_lossy().contains("-damaged-backup-")), "{aside:?}");
    }
}

/// A backup to a new stick takes everything that can be read, and says what cannot.
#[test]
fn a_damaged_volume_stops_no_backup() {
    let (folder, stick, target) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (_, events) = restored(folder.path(), stick.path());
    hurt_volume(&volumes_in(folder.path())[1]);
    let to = backup::Target::Folder(target.path().into());
    let set = backup::create(folder.path(), &to, &backup::CreateOptions::default(), &mut |_| {}).unwrap();
    let box_id = events[0].id.box_id;
    let lost = set.boxes.iter().find(|b| b.box_id == box_id).map(|b| b.missing.clone());
    assert_eq!(lost, Some(vec![(21, 40)]), "{:?}", set.boxes);
}

/// What an engine holds of the file before the last is compared too, also when a new file was just begun.
#[test]
fn an_engine_that_disagrees_with_an_older_file_is_set_aside() {
    use engine::{KvEngine, Op, Span};
    for more in [0, 1] {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
        store.submit_many((0..40).map(|n| answer(1, n, Some((1, n + 1)), "5")).collect()).unwrap();
        // An erasing, of whomever, begins a new file.
        store.erase(learner(200), Actor::Box).unwrap();
        if more == 1 {
            store.submit(answer(1, 900, Some((9, 1)), "5")).unwrap();
        }
        let views = all_views(&store);
        drop(store);
        let engine =
            engine::SledEngine::open(&folder.path().join("engine/2"), engine::EngineOptions::default()).unwrap();
        let (key, mut row) = engine.range(&Span::prefix(b"S")).unwrap().remove(0);
        *row.last_mut().unwrap() ^= 1;
        engine.apply(&[Op::Set(key, row)]).unwrap();
        engine.checkpoint().unwrap();
        engine.close().unwrap();
        drop(engine);
        let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
        let aside = |n: &Notice| matches!(n, Notice::EngineSetAside { reason: SetAside::Disagrees, .. });
        assert!(notices.iter().any(aside), "{more} events in the new file: {notices:?}");
        assert_eq!(all_views(&store), views);
    }
}
