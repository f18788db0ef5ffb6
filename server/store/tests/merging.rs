//! Events of other boxes: in any order, any number of times, with the same outcome; and a learner who is erased stays so.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::{BoxId, EventId};
use chalkbox_store::*;
use drafts::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The volumes of everything in a data folder, written somewhere else.
fn volumes(data: &Path, to: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for segment in journal::segments(data).unwrap() {
        let records = segment.records(data).unwrap();
        let (Some(first), Some(last)) = (records.first(), records.last()) else { continue };
        let name = volume::VolumeName { box_id: segment.box_id, from: first.first(), to: last.last() };
        paths.push(volume::store_volume(to, &name, &mut records.into_iter()).unwrap());
    }
    paths
}

/// A clock that stands still until it is moved.
struct Told(AtomicU64);

impl Told {
    fn at(ms: u64) -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(ms)))
    }
    fn pass(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for Told {
    fn unix_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
    fn mono_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            std::fs::copy(&path, &copy).unwrap();
        }
    }
}

fn bodies(store: &Store) -> usize {
    store.stream(None).filter(|e| !matches!(e.as_ref().unwrap().body, EventBody::Imported { .. })).count()
}

#[test]
fn a_lost_box_comes_back_under_a_new_name_and_its_old_card_can_be_put_back() {
    for engine in [SLED, EngineChoice::Redb { cache_bytes: 8 << 20 }, EngineChoice::Memory] {
        let (old, new, stick) =
            (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (store, _) = Store::open(config(old.path(), engine)).unwrap();
        store.submit_many((0..60).map(|n| answer((n % 3) as u8 + 1, n, Some((1, n + 1)), "5")).collect()).unwrap();
        let backup = volumes(old.path(), stick.path());
        // After the backup the old box goes on; these answers are on the old card only.
        store.submit_many((60..80).map(|n| answer((n % 3) as u8 + 1, n, Some((1, n + 1)), "5")).collect()).unwrap();
        let views = all_views(&store);
        let old_box = store.box_id();
        drop(store);

        let (store, _) = Store::open(config(new.path(), engine)).unwrap();
        assert_ne!(store.box_id(), old_box);
        let imported = store.import(&backup).unwrap();
        assert_eq!((imported.new_events, imported.known_events, imported.conflicts.len()), (60, 0, 0));
        // What was sent to the old box is known here, also what it is sent again for.
        assert!(store.submit(answer(1, 0, Some((1, 1)), "5")).unwrap().duplicate);
        assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 20);
        // A child answers again what only the old card has: both have it, it counts once.
        store.submit(answer(1, 60, Some((1, 61)), "5")).unwrap();
        let again = store.import(&backup).unwrap();
        assert_eq!((again.new_events, again.known_events), (0, 60));

        let rest = tempfile::tempdir().unwrap();
        let card = volumes(old.path(), rest.path());
        assert_eq!(store.import(&card).unwrap().new_events, 20);
        assert_eq!(all_views(&store), views, "everything counts once");
        let digest = store.views_digest().unwrap();
        assert_eq!(store.boxes().unwrap().len(), 2);
        drop(store);
        let (anew, _) = Store::open(config(new.path(), EngineChoice::Memory)).unwrap();
        assert_eq!(anew.views_digest().unwrap(), digest, "as from nothing");
        let said: Vec<_> = anew.stream(None).map(|e| e.unwrap().body).collect();
        assert!(matches!(&said[0], EventBody::Imported { ranges } if ranges[0].to == 60), "{said:?}");
        assert!(
            matches!(said.last(), Some(EventBody::Imported { ranges }) if ranges[0] == BoxRange { box_id: old_box, from: 61, to: 80 })
        );
    }
}

/// A box whose clock was wrong by a year comes in: what this box does later stands behind it, at its own right time.
#[test]
fn a_box_that_is_ahead_of_time_does_not_take_the_others_with_it() {
    let day = 24 * 3_600_000;
    let (wrong, right, stick) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |folder: &Path, ms: u64| {
        let clock = Told::at(ms);
        let (store, _) = Store::open(StoreConfig { clock: clock.clone(), ..config(folder, SLED) }).unwrap();
        (store, clock)
    };
    let (store, _) = at(wrong.path(), NOW + 300 * day);
    store.submit_many((0..20).map(|n| answer(1, n, Some((1, n + 1)), "5")).collect()).unwrap();
    drop(store);
    let (store, clock) = at(right.path(), NOW);
    store.submit(answer(2, 100, Some((2, 1)), "5")).unwrap();
    assert_eq!(store.import(&volumes(wrong.path(), stick.path())).unwrap().new_events, 20);
    assert_eq!(store.now_ms(), NOW);
    clock.pass(5_000);
    let event = |store: &Store, draft| store.event(store.submit(draft).unwrap().id).unwrap().unwrap();
    let later = event(&store, answer(2, 101, Some((2, 2)), "5"));
    assert_eq!((later.at.ms(), later.clock), (NOW + 5_000, ClockTrust::Trusted));
    assert!(later.hlc.ms() >= NOW + 300 * day, "it stands behind what came in");
    let (views, digest) = (all_views(&store), store.views_digest().unwrap());
    drop(store);
    // And so after every start, also of a board that has no clock.
    for (ms, expected, trust) in
        [(NOW + 6_000, NOW + 6_000, ClockTrust::Trusted), (77, NOW + 5_000, ClockTrust::Guessed)]
    {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(right.path(), copy.path());
        let (store, _) = at(copy.path(), ms);
        assert_eq!((all_views(&store), store.views_digest().unwrap()), (views.clone(), digest));
        assert_eq!(store.now_ms(), expected);
        let last = event(&store, answer(2, 102, Some((2, 3)), "5"));
        assert_eq!((last.at.ms(), last.clock), (expected, trust));
        assert!(last.hlc > later.hlc);
    }
}

#[test]
fn a_stick_with_too_much_on_it_is_refused_before_anything_is_taken() {
    let (folder, other, stick) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _) = Store::open(config(folder.path(), EngineChoice::Memory)).unwrap();
    let many = vec![stick.path().join("nothing"); 20_001];
    assert!(matches!(store.import(&many), Err(ImportError::TooMany { count: 20_001, .. })));
    // One event each, of boxes that nobody has.
    let (source, _) = Store::open(config(other.path(), EngineChoice::Memory)).unwrap();
    let event = source.event(source.submit(answer(1, 1, Some((1, 1)), "5")).unwrap().id).unwrap().unwrap();
    let volume_of = |n: u64| {
        let box_id = BoxId((n + 1).to_be_bytes());
        let payload = encode_event(&Event { id: EventId { box_id, seq: 1 }, ..event.clone() }).unwrap();
        let name = volume::VolumeName { box_id, from: 1, to: 1 };
        volume::store_volume(stick.path(), &name, &mut [Record::Event { seq: 1, payload }].into_iter()).unwrap()
    };
    let volumes: Vec<PathBuf> = (0..1_001).map(volume_of).collect();
    assert!(matches!(store.import(&volumes), Err(ImportError::TooManyBoxes { most: 1_000, .. })));
    assert_eq!(store.boxes().unwrap().len(), 1, "none came in");
    assert_eq!(store.import(&volumes[..3]).unwrap().new_events, 3);
}

#[test]
fn the_same_numbers_with_other_events_are_taken_from_neither() {
    let (one, copy, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _) = Store::open(config(one.path(), SLED)).unwrap();
    store.submit(answer(1, 1, Some((1, 1)), "5")).unwrap();
    drop(store);
    // A cloned card: both go on with the same numbers.
    std::fs::create_dir(copy.path().join("journal")).unwrap();
    std::fs::copy(one.path().join("box.toml"), copy.path().join("box.toml")).unwrap();
    for file in std::fs::read_dir(one.path().join("journal")).unwrap() {
        let path = file.unwrap().path();
        std::fs::copy(&path, copy.path().join("journal").join(path.file_name().unwrap())).unwrap();
    }
    let (clone, _) = Store::open(config(copy.path(), SLED)).unwrap();
    clone.submit(answer(2, 50, Some((2, 1)), "7")).unwrap();
    drop(clone);
    let (store, _) = Store::open(config(one.path(), SLED)).unwrap();
    store.submit(answer(1, 2, Some((1, 2)), "5")).unwrap();
    let views = all_views(&store);
    let imported = store.import(&volumes(copy.path(), stick.path())).unwrap();
    assert_eq!(imported.conflicts.iter().map(|id| id.seq).collect::<Vec<_>>(), [2]);
    assert_eq!((imported.new_events, imported.mended), (0, 0));
    assert!(store.notices().iter().any(|n| matches!(n, Notice::Conflict { seq: 2, .. })));
    assert_eq!((all_views(&store), bodies(&store)), (views, 2));
    let kept = std::fs::read_dir(one.path().join("quarantine")).unwrap().count();
    assert_eq!(kept, 1, "what came in is kept aside");
}

#[test]
fn what_was_lost_comes_back_from_a_backup() {
    let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    for n in 0..30 {
        store.submit(answer(1, n, Some((1, n + 1)), "5")).unwrap();
    }
    let views = all_views(&store);
    let box_id = store.box_id();
    drop(store);
    let backup = volumes(folder.path(), stick.path());
    // The engine is gone and a frame in the middle is damaged: nobody on the card has event 11.
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    let path = folder.path().join(format!("journal/{box_id}-{:016x}.j", 1));
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(4).enumerate().filter(|(_, w)| *w == b"\xffev\xfe").nth(10).unwrap().0;
    bytes[at + 60] ^= 0x20;
    std::fs::write(&path, &bytes).unwrap();
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(notices.contains(&Notice::Gap { from: 11, to: 11 }), "{notices:?}");
    assert_ne!(all_views(&store), views);
    // As long as it is not back, every start says so, once.
    let mut store = store;
    let told = |store: &Store| store.notices().iter().filter(|n| matches!(n, Notice::Gap { from: 11, to: 11 })).count();
    for _ in 0..2 {
        drop(store);
        store = Store::open(config(folder.path(), SLED)).unwrap().0;
        for _ in 0..500 {
            if told(&store) > 0 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert_eq!(told(&store), 1, "{:?}", store.notices());
    }
    let imported = store.import(&backup).unwrap();
    assert_eq!((imported.mended, imported.new_events), (1, 0));
    assert_eq!(all_views(&store), views);
    assert_eq!(told(&store), 0, "{:?}", store.notices());
    drop(store);

    // The same when the backup lies on the card itself: nobody has to do anything.
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    std::fs::create_dir_all(folder.path().join("backup/set/events")).unwrap();
    let name = backup[0].file_name().unwrap();
    std::fs::copy(&backup[0], folder.path().join("backup/set/events").join(name)).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(4).enumerate().filter(|(_, w)| *w == b"\xffev\xfe").nth(20).unwrap().0;
    bytes[at + 60] ^= 0x20;
    std::fs::write(&path, &bytes).unwrap();
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(notices.iter().any(|n| matches!(n, Notice::FileRepaired { rescued: 1, .. })), "{notices:?}");
    assert_eq!(all_views(&store), views);
}

/// Whether a folder's files have some bytes anywhere, volumes unpacked.
fn found(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut content = std::fs::read(&path).unwrap();
            if path.extension().is_some_and(|e| e == "zst") {
                content = zstd::decode_all(content.as_slice()).unwrap();
            }
            if content.windows(bytes.len()).any(|w| w == bytes) {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn an_erased_learner_is_in_no_file_and_no_backup_brings_the_learner_back() {
    let (folder, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (other, other_stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let named = |n: u8, name: &str| EventDraft {
        learner: Some(learner(n)),
        body: EventBody::ProfileSet(Profile {
            id: learner(n),
            display_name: name.into(),
            avatar: 1,
            class: chalkbox_domain::ids::ClassId([1; 16]),
            grade: 1,
            code: None,
            card: None,
            locale: None,
            active: true,
        }),
        ..answer(n, 0, None, "1")
    };
    // Another box has answers of the same child.
    let (store, _) = Store::open(config(other.path(), SLED)).unwrap();
    store.submit(named(2, "Zanzibara")).unwrap();
    store.submit_many((100..110).map(|n| answer((n % 2) as u8 + 1, n, Some((7, n)), "5")).collect()).unwrap();
    drop(store);
    let foreign = volumes(other.path(), other_stick.path());

    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    store.submit(named(1, "Amadou")).unwrap();
    store.submit(named(2, "Zanzibara")).unwrap();
    store.submit_many((0..40).map(|n| answer((n % 2) as u8 + 1, n, Some((1, n + 1)), "4711")).collect()).unwrap();
    store.import(&foreign).unwrap();
    let backup = volumes(folder.path(), stick.path());
    std::fs::create_dir_all(folder.path().join("quarantine")).unwrap();
    std::fs::write(folder.path().join("quarantine/old"), b"Zanzibara").unwrap();
    let others: Vec<_> = all_views(&store).into_iter().filter(|(k, _)| k.of_learner() == Some(learner(1))).collect();
    assert!(!found(folder.path(), b"Zanzibara").is_empty());

    let erased = store.erase(learner(2), Actor::Box).unwrap();
    assert_eq!(erased.events, 27, "her profile twice, twenty answers, five on the other box");
    let gone = |store: &Store| {
        assert_eq!(store.events_of(learner(2), 0).unwrap(), vec![]);
        assert!(all_views(store).iter().all(|(k, _)| k.of_learner() != Some(learner(2))));
        let rest: Vec<_> = all_views(store).into_iter().filter(|(k, _)| k.of_learner() == Some(learner(1))).collect();
        assert_eq!(rest, others);
        assert_eq!(found(folder.path(), b"Zanzibara"), Vec::<PathBuf>::new());
        // Her id stands in the word that erases her, and nowhere else: no event carries it.
        let log = journal::Log::open(folder.path()).unwrap();
        for box_id in log.boxes().unwrap() {
            for event in log.events(box_id) {
                let event = event.unwrap();
                assert!(event.learner != Some(learner(2)), "{event:?}");
            }
        }
        assert_eq!(log.erased().unwrap().len(), 27);
    };
    gone(&store);
    // An older backup, of this box and of the other, does not bring her back.
    let imported = store.import(&backup).unwrap();
    assert_eq!((imported.new_events, imported.conflicts.len()), (0, 0), "{imported:?}");
    store.import(&foreign).unwrap();
    gone(&store);
    drop(store);
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. })), "{notices:?}");
    gone(&store);
    store.submit(answer(1, 999, Some((1, 999)), "5")).unwrap();
    drop(store);

    // A new box that takes in the old backup together with the word of erasing takes in none of her.
    let (new, rest) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _) = Store::open(config(new.path(), SLED)).unwrap();
    let after = volumes(folder.path(), rest.path());
    let mut all = backup.clone();
    all.extend(after.clone());
    store.import(&all).unwrap();
    assert_eq!(store.events_of(learner(2), 0).unwrap(), vec![]);
    assert_eq!(found(new.path(), b"Zanzibara"), Vec::<PathBuf>::new());
}

#[test]
fn a_scrub_finds_and_mends_what_went_bad_in_a_closed_file() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    // Every other one is so long that only the journal has it, so that more than one file is filled.
    let value = |n: u64| if n.is_multiple_of(2) { "9".repeat(6_000) } else { "9".to_owned() };
    for from in (0..1_500).step_by(30) {
        let some = (from..from + 30).map(|n| answer((n % 5) as u8 + 1, n, Some((1, n + 1)), &value(n))).collect();
        store.submit_many(some).unwrap();
    }
    let sound = store.scrub(&|| true).unwrap();
    assert!(sound.is_sound() && sound.complete, "{sound:?}");
    assert!(sound.files >= 2 && sound.learners == 5 && sound.rows >= 1_500, "{sound:?}");
    let path = folder.path().join(format!("journal/{}-{:016x}.j", store.box_id(), 1));
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(4).enumerate().filter(|(_, w)| *w == b"\xffev\xfe").nth(101).unwrap().0;
    bytes[at + 60] ^= 0x20;
    std::fs::write(&path, &bytes).unwrap();
    let found = store.scrub(&|| true).unwrap();
    assert_eq!((found.damaged.len(), found.mended, found.lost.len()), (1, 1, 0), "{found:?}");
    assert!(store.scrub(&|| true).unwrap().is_sound());
    let rest = (1_500..2_500u64).map(|n| answer((n % 5) as u8 + 1, n, Some((1, n + 1)), &value(n)));
    for draft in rest {
        store.submit(draft).unwrap();
    }
    // Old files are packed, and everything reads as before.
    let before: Vec<Event> = store.stream(None).map(Result::unwrap).collect();
    let files = std::fs::read_dir(folder.path().join("journal")).unwrap().count();
    let packed = store.pack(u64::MAX >> 16, 100).unwrap();
    assert!(packed >= 1, "{files} files");
    assert!(!path.exists());
    assert_eq!(store.stream(None).map(Result::unwrap).collect::<Vec<Event>>(), before);
    assert!(store.scrub(&|| true).unwrap().is_sound());
    let views = all_views(&store);
    drop(store);
    std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. })), "{notices:?}");
    assert_eq!(all_views(&store), views);
}

/// The last events of another box are all of a learner who is erased: that is no reason to fold everything at every start.
#[test]
fn a_volume_that_ends_in_erased_events_is_folded_once() {
    let (other, stick, folder) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _) = Store::open(config(other.path(), EngineChoice::Memory)).unwrap();
    store.submit_many((0..20).map(|n| answer(if n < 10 { 1 } else { 2 }, n, Some((1, n + 1)), "5")).collect()).unwrap();
    let records: Vec<Record> = store
        .stream(None)
        .map(|event| event.unwrap())
        .map(|event| Record::Event { seq: event.id.seq, payload: encode_event(&event).unwrap() })
        .collect();
    let volume = |part: &[Record]| {
        let name =
            volume::VolumeName { box_id: store.box_id(), from: part[0].first(), to: part[part.len() - 1].last() };
        volume::store_volume(stick.path(), &name, &mut part.iter().cloned()).unwrap()
    };
    let all: Vec<PathBuf> = records.chunks(10).map(volume).collect();
    let (here, _) = Store::open(config(folder.path(), SLED)).unwrap();
    here.import(&all).unwrap();
    here.erase(learner(2), Actor::Box).unwrap();
    let views = all_views(&here);
    drop(here);
    for _ in 0..2 {
        let (here, notices) = Store::open(config(folder.path(), SLED)).unwrap();
        assert!(!notices.iter().any(|n| matches!(n, Notice::Replayed { .. })), "{notices:?}");
        assert_eq!(all_views(&here), views);
    }
}
