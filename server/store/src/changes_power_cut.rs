//! The power goes while the journals are changed in a way that the engine in use does not follow: a learner is erased, events
//! of another box come in. The next start makes it good, at whatever operation it was.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::disk::Disk;
use crate::engine::Span;
use crate::erase;
use crate::journal::sim::{Faults, SimDisk};
use crate::journal::{self, JournalOptions, JournalReader, read_all};
use crate::keys;
use crate::notice::Notice;
use crate::open::{Medium, erasings, open};
use crate::record::Record;
use crate::volume::{VolumeName, store_volume};
use crate::{EngineChoice, NoViews, Projection, Store, StoreConfig, ViewKey, ViewReader, ViewWrites};
use chalkbox_domain::event::{Actor, Class, Event, EventBody, EventDraft, Profile};
use chalkbox_domain::ids::{BoxId, ClassId, LearnerId};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

const LONG: Duration = Duration::from_secs(30);
const GONE: LearnerId = LearnerId([0xe7; 16]);
const STAYS: LearnerId = LearnerId([0x51; 16]);
const OTHER: BoxId = BoxId([9; 8]);

fn draft(learner: LearnerId, n: usize) -> EventDraft {
    let profile = Profile {
        id: learner,
        display_name: format!("{}{}", if learner == GONE { "Zanzibara " } else { "Amadou " }, "x".repeat(n * 9)),
        avatar: 1,
        class: ClassId([1; 16]),
        grade: 1,
        code: None,
        card: None,
        locale: None,
        active: true,
    };
    let body = EventBody::ProfileSet(profile);
    EventDraft { at_ms: None, send: None, learner: Some(learner), actor: Actor::Box, body }
}

fn start(folder: &Path, disk: &SimDisk) -> Option<Store> {
    let engine = EngineChoice::Redb { cache_bytes: 1 << 20 };
    let config = StoreConfig { engine, ..StoreConfig::new(folder, Arc::new(NoViews)) };
    let journal = JournalOptions { seal_at: 1536, fill_step: 1024, lead: 2 };
    Some(open(&config, Medium { disk: Some(Arc::new(disk.clone())), journal }).ok()?.0)
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir(&copy).unwrap();
            copy_folder(&path, &copy);
        } else {
            std::fs::copy(&path, &copy).unwrap();
        }
    }
}

fn eventually(what: impl Fn() -> bool) -> bool {
    let until = Instant::now() + LONG;
    while Instant::now() < until {
        if what() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    what()
}

/// Where the word stands that only the erased learner's events have: files of the journal, unpacked, and of the engine.
fn traces(folder: &Path, disk: &SimDisk) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(9).any(|w| w == b"Zanzibara");
    let mut found = Vec::new();
    for name in disk.list(journal::FOLDER).unwrap() {
        let raw = read_all(disk, &format!("{}/{name}", journal::FOLDER)).unwrap();
        if holds(&raw) || zstd::decode_all(raw.as_slice()).is_ok_and(|text| holds(&text)) {
            found.push(name);
        }
    }
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path).is_ok_and(|bytes| holds(&bytes)) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// A store with both learners in several files of its own, closed.
fn written(folder: &Path) -> SimDisk {
    let disk = SimDisk::default();
    let store = start(folder, &disk).unwrap();
    for n in 0..14 {
        store.submit(draft(if n % 3 == 0 { GONE } else { STAYS }, n)).unwrap();
    }
    drop(store);
    disk
}

#[test]
fn an_erasing_is_finished_wherever_the_power_went() {
    let whole = tempfile::tempdir().unwrap();
    let disk = written(whole.path());
    let (mut cut, mut asked, mut told) = (0, 0, 0);
    loop {
        cut += 1;
        let folder = tempfile::tempdir().unwrap();
        copy_folder(whole.path(), folder.path());
        std::fs::create_dir(folder.path().join("quarantine")).unwrap();
        std::fs::write(folder.path().join("quarantine/old"), b"Zanzibara").unwrap();
        let hurt = disk.copy();
        hurt.set_faults(Faults { cut_at: Some(cut), ..Faults::default() });
        let erased = start(folder.path(), &hurt).is_some_and(|store| store.erase(GONE, Actor::Box).is_ok());
        let over = hurt.ops() < cut;
        let after = hurt.after_power_cut(cut, Faults::default());
        let shared: Arc<dyn Disk> = Arc::new(after.clone());
        let wanted = !erase::erased_in(&shared).unwrap().is_empty();
        assert!(wanted || !erased, "cut {cut}: what was done had been asked for");
        let store = start(folder.path(), &after).unwrap();
        if wanted {
            let done = || erasings(&*store.reader.current.engine()).unwrap().contains(&(GONE, true));
            assert!(eventually(done), "cut {cut}: never done");
            drop(store);
            assert_eq!(traces(folder.path(), &after), Vec::<String>::new(), "cut {cut}");
            asked += 1;
        } else {
            assert_eq!(store.events_of(GONE, 0).unwrap().len(), 5, "cut {cut}: not asked for");
        }
        told += u32::from(erased);
        if over {
            break;
        }
    }
    println!("{cut} cuts while erasing, {asked} asked for and finished, {told} told to be done");
    assert!(asked >= 12 && told >= 1, "{asked} of {cut} cuts");
}

/// Folds events of a learner into a count, so that rows tell whose they are.
struct Named;

impl Projection for Named {
    fn version(&self) -> u32 {
        1
    }
    fn project(&self, event: &Event, views: &dyn ViewReader, out: &mut ViewWrites) {
        if let (EventBody::ProfileSet(_), Some(learner)) = (&event.body, event.learner) {
            let key = ViewKey::learner(learner);
            let before = views.get(&key).and_then(|row| row.first().copied()).unwrap_or(0);
            out.set(key, vec![before + 1]);
        }
    }
}

#[test]
fn a_child_is_one_or_two_wherever_the_power_went() {
    let start = |folder: &Path, disk: &SimDisk| {
        let engine = EngineChoice::Redb { cache_bytes: 1 << 20 };
        let config = StoreConfig { engine, ..StoreConfig::new(folder, Arc::new(Named)) };
        let journal = JournalOptions { seal_at: 1536, fill_step: 1024, lead: 2 };
        Some(open(&config, Medium { disk: Some(Arc::new(disk.clone())), journal }).ok()?.0)
    };
    let whole = tempfile::tempdir().unwrap();
    let disk = SimDisk::default();
    let store = start(whole.path(), &disk).unwrap();
    for n in 0..14 {
        store.submit(draft(if n % 3 == 0 { GONE } else { STAYS }, n)).unwrap();
    }
    drop(store);
    let (mut two, mut one, mut told) = (0, 0, 0);
    for case in 0..24 {
        // It is one write and one sync; what of it arrives differs from case to case.
        let cut = 1 + case / 8;
        let folder = tempfile::tempdir().unwrap();
        copy_folder(whole.path(), folder.path());
        let hurt = disk.copy();
        hurt.set_faults(Faults { cut_at: Some(cut), ..Faults::default() });
        let linked = start(folder.path(), &hurt).is_some_and(|store| store.link(GONE, STAYS, Actor::Box).is_ok());
        let after = hurt.after_power_cut(case, Faults::default());
        let store = start(folder.path(), &after).unwrap();
        let count = |of| store.view(&ViewKey::learner(of)).unwrap().map_or(0, |row| row[0]);
        let are_one = store.links().one(GONE) == STAYS;
        assert_eq!((count(GONE), count(STAYS)), if are_one { (0, 14) } else { (5, 9) }, "case {case}");
        let said = store.stream(None).any(|event| matches!(event.unwrap().body, EventBody::Linked { .. }));
        assert_eq!(said, are_one, "case {case}: said, and not so");
        assert!(are_one || !linked, "case {case}: it was told to be so");
        two += u32::from(!are_one);
        one += u32::from(are_one && !linked);
        told += u32::from(linked);
    }
    println!("{two} cuts left two children, {one} one child untold, {told} were told");
    assert!(two > 0 && one > 0 && told > 0);
}

/// What is left of a box when the power went while it was at work, and its newest journal file is gone.
fn robbed(folder: &Path) -> (BoxId, SimDisk, Vec<u64>) {
    let disk = written(folder);
    let own = crate::folder::read_box(folder).unwrap().unwrap();
    std::fs::write(folder.join("lock"), "in use\n").unwrap();
    let mut names = disk.list(journal::FOLDER).unwrap();
    names.sort();
    // The one made ahead, and the newest that was used.
    let used =
        |name: &str| read_all(&disk, &format!("{}/{name}", journal::FOLDER)).unwrap()[40..].iter().any(|b| *b != 0);
    while let Some(name) = names.pop() {
        let was_used = used(&name);
        disk.remove(&format!("{}/{name}", journal::FOLDER)).unwrap();
        if was_used {
            break;
        }
    }
    disk.sync_folder(journal::FOLDER).unwrap();
    let left = JournalReader::of_other(Arc::new(disk.clone()), own, 1, None).map(|entry| entry.unwrap().seq).collect();
    (own, disk, left)
}

/// The numbers of a box that are there.
fn numbers_of(disk: &SimDisk, box_id: BoxId) -> Vec<u64> {
    JournalReader::of_other(Arc::new(disk.clone()), box_id, 1, None).map(|entry| entry.unwrap().seq).collect()
}

#[test]
fn a_box_whose_newest_file_is_gone_takes_another_name_wherever_the_power_goes() {
    let whole = tempfile::tempdir().unwrap();
    let (was, disk, left) = robbed(whole.path());
    assert!(left.len() > 4 && left.len() < 14, "several files are left, and one is gone: {left:?}");
    // The engine knows of all of them or of none: it may lag behind by a minute.
    for with_engine in [true, false] {
        let mut cut = 0;
        loop {
            cut += 1;
            let folder = tempfile::tempdir().unwrap();
            copy_folder(whole.path(), folder.path());
            if !with_engine {
                std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
            }
            let hurt = disk.copy();
            hurt.set_faults(Faults { cut_at: Some(cut), ..Faults::default() });
            let first = start(folder.path(), &hurt);
            let told = |store: &Store| {
                store.notices().iter().any(|n| matches!(n, Notice::OtherName { was: of, .. } if *of == was))
            };
            let was_told = first.as_ref().is_some_and(told);
            drop(first);
            let over = hurt.ops() < cut;
            let after = hurt.after_power_cut(cut, Faults::default());
            let store = start(folder.path(), &after).unwrap();
            assert_ne!(store.box_id(), was, "cut {cut}: numbers are given out again");
            assert!(told(&store) || was_told || !over, "cut {cut}");
            let new = store.submit(draft(STAYS, 3)).unwrap();
            assert_ne!(new.id.box_id, was);
            let expected: Vec<u64> = if with_engine { (1..=14).collect() } else { left.clone() };
            assert_eq!(numbers_of(&after, was), expected, "cut {cut}, engine {with_engine}");
            let rows = store.reader.current.engine().range(&Span::prefix(b"E")).unwrap();
            let old = rows.iter().filter(|(key, _)| keys::event_key_id(key).unwrap().0 == was).count();
            assert_eq!(old, expected.len(), "cut {cut}: everything counts, once");
            let journals = journal::boxes(&after).unwrap();
            assert_eq!(journals, [store.box_id()], "cut {cut}: what was the box's own is packed");
            drop(store);
            assert_ne!(start(folder.path(), &after).unwrap().box_id(), was);
            if over {
                break;
            }
        }
        println!("{cut} cuts while a box took another name, engine {with_engine}");
        assert!(cut > 5);
    }
}

/// Volumes of another box, as files somewhere.
fn volumes(folder: &Path, ranges: &[(u64, u64)]) -> Vec<PathBuf> {
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("box.toml"), format!("box = \"{OTHER}\"\n")).unwrap();
    let disk = SimDisk::default();
    let store = start(other.path(), &disk).unwrap();
    for n in 0..30 {
        let class =
            Class { id: ClassId([n; 16]), name: "c".into(), grade: 1, teachers: vec![], open: true, picture: 0 };
        let body = EventBody::ClassSet(class);
        store.submit(EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body }).unwrap();
    }
    let records: Vec<Record> = JournalReader::new(Arc::new(disk), OTHER, 1, None)
        .map(Result::unwrap)
        .map(|entry| Record::Event { seq: entry.seq, payload: entry.payload })
        .collect();
    let volume = |(from, to): &(u64, u64)| {
        let some = &records[*from as usize - 1..*to as usize];
        let name = VolumeName { box_id: OTHER, from: *from, to: *to };
        store_volume(folder, &name, &mut some.iter().cloned()).unwrap()
    };
    ranges.iter().map(volume).collect()
}

/// Numbers of the other box in the journal, and in the engine.
fn there_and_folded(store: &Store, disk: &SimDisk) -> (Vec<u64>, Vec<u64>) {
    let there = JournalReader::of_other(Arc::new(disk.clone()), OTHER, 1, None).map(|entry| entry.unwrap().seq);
    let rows = store.reader.current.engine().range(&Span::prefix(b"E")).unwrap();
    let ids = rows.iter().map(|(key, _)| keys::event_key_id(key).unwrap());
    let mut folded: Vec<u64> = ids.filter(|(of, _)| *of == OTHER).map(|(_, seq)| seq).collect();
    folded.sort_unstable();
    (there.collect(), folded)
}

#[test]
fn whatever_of_an_import_is_on_the_medium_is_folded_by_the_next_start() {
    let (whole, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // The newest is here already: what is missing lies before it.
    let all = volumes(stick.path(), &[(1, 8), (25, 30), (9, 14), (15, 20), (21, 24)]);
    let disk = written(whole.path());
    let store = start(whole.path(), &disk).unwrap();
    assert_eq!(store.import(&all[..2]).unwrap().new_events, 14);
    drop(store);
    let (mut cut, mut partly) = (0, 0);
    loop {
        cut += 1;
        let folder = tempfile::tempdir().unwrap();
        copy_folder(whole.path(), folder.path());
        let hurt = disk.copy();
        hurt.set_faults(Faults { cut_at: Some(cut), ..Faults::default() });
        let told = start(folder.path(), &hurt).is_some_and(|store| store.import(&all[2..]).is_ok());
        let over = hurt.ops() < cut;
        let after = hurt.after_power_cut(cut, Faults::default());
        let store = start(folder.path(), &after).unwrap();
        let (there, folded) = there_and_folded(&store, &after);
        assert_eq!(folded, there, "cut {cut}: counts nowhere");
        assert!(!told || there.len() == 30, "cut {cut}: it was said to be in");
        partly += u32::from(there.len() > 14 && there.len() < 30);
        // Once more, and it is all in.
        store.import(&all[2..]).unwrap();
        let (there, folded) = there_and_folded(&store, &after);
        assert_eq!((there.len(), folded.len()), (30, 30), "cut {cut}");
        if over {
            break;
        }
    }
    println!("{cut} cuts while events came in, {partly} left a part of them");
    assert!(partly > 0);
}

/// The medium fails in the middle, and the store goes on: what came in by then is folded at once.
#[test]
fn whatever_of_an_import_that_failed_is_on_the_medium_is_folded_at_once() {
    let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let all = volumes(stick.path(), &[(1, 8), (25, 30), (9, 14), (15, 20), (21, 24)]);
    let disk = written(folder.path());
    let store = start(folder.path(), &disk).unwrap();
    store.import(&all[..2]).unwrap();
    // What a cut left is removed, then a volume is made, written, synced, renamed, and its folder synced: the second cannot
    // be written.
    disk.set_faults(Faults { error_at: Some(disk.ops() + 9), ..Faults::default() });
    assert!(store.import(&all[2..]).is_err());
    disk.set_faults(Faults::default());
    assert!(disk.list(journal::FOLDER).unwrap().iter().all(|name| !name.ends_with(".repair")), "half a file stays");
    let (there, folded) = there_and_folded(&store, &disk);
    assert!(there.len() > 14 && there.len() < 30, "{there:?}");
    assert_eq!(folded, there);
}
