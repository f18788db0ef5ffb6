//! Erasing a learner: afterwards no byte of the name or of the events is in any file of the data folder, whatever the box has
//! been through, also when it is killed in the middle; and no older backup, of this box or another, brings them back.
#![allow(clippy::unwrap_used, reason = "tests")]

mod boxes;
mod drafts;
use boxes::*;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::*;
use drafts::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const FOLDER: &str = "CHALKBOX_ERASE_FOLDER";
const LONG: Duration = Duration::from_secs(60);
const LEARNERS: u8 = 4;

/// A word that stands in a learner's events and nowhere else.
fn word(of: u8) -> String {
    format!("only learner {of} wrote this")
}

fn name(of: u8) -> String {
    format!("Zanzibara the {of}th")
}

/// The key of a learner's item: random-looking bytes that name nobody else's.
fn own_item(of: u8, n: u64) -> u64 {
    0x1e57_0000_0000_0000 | u64::from(of) << 32 | n
}

/// Bytes that must be nowhere when a learner is erased: as text, and as they lie in frames, rows and lines.
fn traces(of: u8) -> Vec<Vec<u8>> {
    let ItemKey(item) = item(own_item(of, 0));
    // Bytes of a client that are no letters: sixteen of them would be a number in hex by chance.
    let (shared, client) = (&item[..6], client(200 + of).0);
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into_bytes();
    vec![word(of).into_bytes(), name(of).into_bytes(), shared.to_vec(), hex(shared), client.to_vec(), hex(&client)]
}

/// Where a learner's traces are in a data folder, compressed files unpacked.
fn found(folder: &Path, of: u8) -> BTreeSet<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut found = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        let Some(entries) = still_there(std::fs::read_dir(folder)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Some(raw) = still_there(std::fs::read(&path)) else { continue };
            // The bytes of a compressed file mean nothing as they are: sixteen equal ones stand in some of them.
            let all =
                if raw.starts_with(b"\x28\xb5\x2f\xfd") { zstd::decode_all(raw.as_slice()).unwrap() } else { raw };
            if traces(of).iter().any(|trace| holds(&all, trace)) {
                found.insert(path);
            }
        }
    }
    found
}

/// A store at work may remove what was just listed.
fn still_there<T>(read: std::io::Result<T>) -> Option<T> {
    match read {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        read => Some(read.unwrap()),
    }
}

fn holds(bytes: &[u8], trace: &[u8]) -> bool {
    let mut rest = bytes;
    // The library's own search: most of these files are zeros.
    while rest.skip_until(trace[0]).unwrap() > 0 {
        if bytes[bytes.len() - rest.len() - 1..].starts_with(trace) {
            return true;
        }
    }
    false
}

/// An answer that has the learner's word in it; every third is so long that only the journal has it.
fn answer_of(of: u8, n: u64) -> EventDraft {
    let value = word(of).repeat(if n.is_multiple_of(3) { 60 } else { 1 });
    answer(of, own_item(of, n), Some((200 + of, n + 1)), &value)
}

#[derive(Debug, Clone)]
enum Step {
    Answer(u8),
    /// The profile is written again, as when a code is changed.
    Profile(u8),
    /// A backup of everything is taken, and kept somewhere else.
    Backup,
    /// The oldest backup comes in again.
    Restore,
    /// Events of the other box come in.
    Other,
    Pack,
    Scrub,
    Stop,
    Erase(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        14 => (1..=LEARNERS).prop_map(Step::Answer),
        2 => (1..=LEARNERS).prop_map(Step::Profile),
        2 => Just(Step::Backup),
        1 => Just(Step::Restore),
        1 => Just(Step::Other),
        1 => Just(Step::Pack),
        1 => Just(Step::Scrub),
        1 => Just(Step::Stop),
        2 => (1..=LEARNERS).prop_map(Step::Erase),
    ]
}

/// Every learner works at two boxes.
fn other_box(sticks: &Path) -> Vec<PathBuf> {
    let other = School::new(9, EngineChoice::Memory);
    let store = other.open();
    for of in 1..=LEARNERS {
        store.submit(profile(of, &name(of))).unwrap();
        for n in 1_000..1_006 {
            store.submit(answer_of(of, n)).unwrap();
        }
    }
    drop(store);
    volume_of(&own_records(other.data()), 0, usize::MAX, &sticks.join("other")).into_iter().collect()
}

/// The rows of the learners who are still there.
fn rows_of_others(store: &Store, gone: &BTreeSet<u8>) -> Vec<(ViewKey, Vec<u8>)> {
    let is_gone = |key: &ViewKey| key.of_learner().is_some_and(|l| gone.iter().any(|of| learner(*of) == l));
    rows(store).into_iter().filter(|(key, _)| !is_gone(key) && key.name() != Some(b"everything")).collect()
}

fn nobody_is_back(store: &Store, data: &Path, gone: &BTreeSet<u8>) {
    for of in gone {
        assert_eq!(found(data, *of), BTreeSet::new(), "traces of learner {of}");
        assert_eq!(store.events_of(learner(*of), 0).unwrap(), vec![]);
        assert!(rows(store).iter().all(|(key, _)| key.of_learner() != Some(learner(*of))));
    }
}

fn erasing_leaves_nothing(steps: &[Step], engine: EngineChoice) {
    let sticks = tempfile::tempdir().unwrap();
    let other = other_box(sticks.path());
    let school = School::new(5, engine);
    let mut store = school.open();
    for of in 1..=LEARNERS {
        store.submit(profile(of, &name(of))).unwrap();
    }
    let (mut gone, mut backups, mut next) = (BTreeSet::new(), Vec::new(), 0);
    for (n, step) in steps.iter().enumerate() {
        match step {
            // Nobody answers as somebody who is erased.
            Step::Answer(of) if !gone.contains(of) => {
                store.submit(answer_of(*of, next)).unwrap();
                next += 1;
            }
            Step::Profile(of) if !gone.contains(of) => {
                store.submit(profile(*of, &name(*of))).unwrap();
            }
            Step::Answer(_) | Step::Profile(_) => {}
            Step::Backup => {
                let volume = volume_of(&own_records(school.data()), 0, usize::MAX, &sticks.path().join(n.to_string()));
                backups.extend(volume);
            }
            Step::Restore => drop(store.import(backups.get(..1).unwrap_or_default()).unwrap()),
            Step::Other => drop(store.import(&other).unwrap()),
            Step::Pack => drop(store.pack(u64::MAX >> 16, 10).unwrap()),
            Step::Scrub => assert!(store.scrub(&|| true).unwrap().is_sound()),
            Step::Stop => {
                drop(store);
                store = school.open();
            }
            Step::Erase(of) => {
                gone.insert(*of);
                let before = rows_of_others(&store, &gone);
                store.erase(learner(*of), Actor::Box).unwrap();
                assert_eq!(rows_of_others(&store, &gone), before, "nobody else loses anything");
            }
        }
        if matches!(step, Step::Erase(_) | Step::Restore | Step::Other | Step::Pack | Step::Scrub | Step::Stop) {
            nobody_is_back(&store, school.data(), &gone);
        }
    }
    // Everything that ever left the box comes back in, and the engine is built from nothing.
    store.import(&[other, backups].concat()).unwrap();
    nobody_is_back(&store, school.data(), &gone);
    let (digest, here) = (store.views_digest().unwrap(), rows(&store));
    drop(store);
    let _ = std::fs::remove_dir_all(school.data().join("engine"));
    let store = school.open();
    nobody_is_back(&store, school.data(), &gone);
    assert_eq!((store.views_digest().unwrap(), rows(&store)), (digest, here));
    for of in (1..=LEARNERS).filter(|of| !gone.contains(of)) {
        assert_eq!(store.view(&ViewKey::learner(learner(of))).unwrap(), Some(name(of).into_bytes()));
        assert!(!found(school.data(), of).is_empty(), "this search could not find anybody");
    }
}

fn run(cases: u32, engine: EngineChoice) {
    let config = Config { cases, max_shrink_iters: 200, source_file: Some(file!()), ..Config::default() };
    let outcome = TestRunner::new(config).run(&prop::collection::vec(step(), 1..50), |steps| {
        erasing_leaves_nothing(&steps, engine);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn whatever_a_box_has_been_through_an_erased_learner_is_in_no_file() {
    run(8, EngineChoice::Memory);
    run(4, SLED);
    run(2, EngineChoice::Redb { cache_bytes: 4 << 20 });
}

/// `cargo xtask store-proofs erase`.
#[test]
#[ignore = "takes minutes: cargo xtask store-proofs erase"]
fn whatever_a_box_has_been_through_an_erased_learner_is_in_no_file_five_hundred_times() {
    run(300, EngineChoice::Memory);
    run(150, SLED);
    run(50, EngineChoice::Redb { cache_bytes: 4 << 20 });
    println!("500 histories: no byte of an erased learner in any file, no backup brings one back");
}

fn config_of(folder: &Path) -> StoreConfig {
    StoreConfig { engine: SLED, ..StoreConfig::new(folder, Arc::new(Chained)) }
}

/// Not a test of its own: what the child does that is killed while it erases.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let (store, _) = Store::open(config_of(Path::new(&folder))).unwrap();
    println!("erasing");
    store.erase(learner(2), Actor::Box).unwrap();
    println!("erased");
    std::thread::sleep(LONG);
}

/// Kills a child after so long an erasing; whether it had said that it was done.
fn kill_while_erasing(folder: &Path, after: Duration) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.by_ref().any(|line| line.ends_with("erasing")));
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    lines.any(|line| line == "erased")
}

fn killed_while_erasing(kills: u32) {
    let (mut done, mut finished) = (0, 0);
    let seed = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64;
    println!("seed {seed}");
    let mut random = seed;
    for _ in 0..kills {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(config_of(folder.path())).unwrap();
        for of in 1..=LEARNERS {
            store.submit(profile(of, &name(of))).unwrap();
        }
        store.submit_many((0..200).map(|n| answer_of((n % 4) as u8 + 1, n)).collect()).unwrap();
        drop(store);
        let told = kill_while_erasing(folder.path(), Duration::from_micros((random >> 33) % 60_000));
        done += u32::from(told);
        let log = journal::Log::open(folder.path()).unwrap();
        let asked = log.events(log.own()).any(|e| matches!(e.unwrap().body, EventBody::Erased { .. }));
        assert!(asked || !told, "what was done had been asked for");
        let (store, notices) = Store::open(config_of(folder.path())).unwrap();
        assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. })), "{notices:?}");
        if asked {
            // The next start goes on with it by itself.
            let until = Instant::now() + LONG;
            while !found(folder.path(), 2).is_empty() && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(20));
            }
            assert_eq!(found(folder.path(), 2), BTreeSet::new());
            finished += 1;
        } else {
            assert_eq!(store.events_of(learner(2), 0).unwrap().len(), 51, "not asked for, so nothing is gone");
        }
        assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 51);
        drop(store);
    }
    println!(
        "{kills} kills while erasing: {done} after the end, {finished} asked for and finished, the others untouched"
    );
}

#[test]
fn an_erasing_that_is_killed_is_finished_by_the_next_start() {
    if std::env::var_os(FOLDER).is_none() {
        killed_while_erasing(8);
    }
}

/// `cargo xtask store-proofs erase`.
#[test]
#[ignore = "takes minutes: cargo xtask store-proofs erase"]
fn an_erasing_that_is_killed_is_finished_by_the_next_start_two_hundred_times() {
    if std::env::var_os(FOLDER).is_none() {
        killed_while_erasing(200);
    }
}

/// What a cut left of an earlier engine, or of one that was never finished, goes at the next start.
#[test]
fn engines_that_a_cut_left_behind_go_at_the_next_start() {
    let school = School::new(5, SLED);
    let store = school.open();
    store.submit(profile(2, &name(2))).unwrap();
    store.submit(answer_of(2, 1)).unwrap();
    drop(store);
    let left = tempfile::tempdir().unwrap();
    copy_folder(&school.data().join("engine/1"), &left.path().join("1"));
    let store = school.open();
    store.erase(learner(2), Actor::Box).unwrap();
    drop(store);
    copy_folder(&left.path().join("1"), &school.data().join("engine/1"));
    assert!(!found(school.data(), 2).is_empty());
    let store = school.open();
    assert_eq!(found(school.data(), 2), BTreeSet::new());
    drop(store);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() { copy_folder(&path, &copy) } else { assert!(std::fs::copy(&path, &copy).is_ok()) }
    }
}

/// A cut between the volume of a packed file and the removal of the file: both are there, and both are rid of the learner.
#[test]
fn a_file_that_was_packed_and_is_still_there_is_erased_in_both() {
    for opened_between in [false, true] {
        let school = School::new(5, EngineChoice::Memory);
        let store = school.open();
        let people = (1..=LEARNERS).map(|of| profile(of, &name(of)));
        store.submit_many(people.chain((0..40).map(|n| answer_of((n % 4) as u8 + 1, n))).collect()).unwrap();
        // Whoever is erased closes the file.
        store.erase(learner(9), Actor::Box).unwrap();
        store.submit(profile(3, &name(3))).unwrap();
        let first = school.data().join(format!("journal/{}-{:016x}.j", store.box_id(), 1));
        let bytes = std::fs::read(&first).unwrap();
        assert_eq!(store.pack(u64::MAX >> 16, 10).unwrap(), 1);
        std::fs::write(&first, &bytes).unwrap();
        let store = if opened_between {
            drop(store);
            let store = school.open();
            let volumes = journal_files(school.data(), ".zst");
            assert_eq!(volumes, Vec::<PathBuf>::new(), "the file counts, and its volume goes");
            store
        } else {
            store
        };
        assert!(first.exists());
        store.erase(learner(2), Actor::Box).unwrap();
        assert_eq!(found(school.data(), 2), BTreeSet::new());
        assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 11);
        drop(store);
        assert_eq!(school.open().events_of(learner(1), 0).unwrap().len(), 11);
    }
}

fn journal_files(data: &Path, end: &str) -> Vec<PathBuf> {
    let all = std::fs::read_dir(data.join("journal")).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.to_string_lossy().ends_with(end)).collect()
}

/// Flips a byte inside a frame's payload: by the marker that frames begin with, the so-manieth.
fn hurt_frame(path: &Path, marker: &[u8], nth: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    let at = bytes.windows(marker.len()).enumerate().filter(|(_, w)| *w == marker).nth(nth).unwrap().0;
    bytes[at + 40] ^= 0x20;
    std::fs::write(path, &bytes).unwrap();
}

/// The mark of an erased event is damaged, and a backup on the card from before still has the event: neither an opening nor
/// a scrub puts it back.
#[test]
fn no_repair_brings_back_who_was_erased() {
    for by_scrub in [false, true] {
        let school = School::new(5, SLED);
        let store = school.open();
        let people = (1..=LEARNERS).map(|of| profile(of, &name(of)));
        store.submit_many(people.chain((0..40).map(|n| answer_of((n % 4) as u8 + 1, n))).collect()).unwrap();
        let old = tempfile::tempdir().unwrap();
        let backup = volume_of(&own_records(school.data()), 0, usize::MAX, old.path()).unwrap();
        store.erase(learner(2), Actor::Box).unwrap();
        // The service makes a new backup after an erasing; here an old one is put back by hand.
        std::fs::create_dir(school.data().join("backup")).unwrap();
        let on_card = school.data().join("backup").join(backup.file_name().unwrap());
        std::fs::copy(&backup, &on_card).unwrap();
        let first = school.data().join(format!("journal/{}-{:016x}.j", store.box_id(), 1));
        let bytes = std::fs::read(&first).unwrap();
        let marker = marker_of_erased(&bytes);
        let report = if by_scrub {
            hurt_frame(&first, &marker, 1);
            Some(store.scrub(&|| true).unwrap())
        } else {
            None
        };
        drop(store);
        if !by_scrub {
            // Without an engine everything is looked at by the opening.
            std::fs::remove_dir_all(school.data().join("engine")).unwrap();
            hurt_frame(&first, &marker, 1);
        }
        let config = StoreConfig {
            engine: SLED,
            clock: school.clock.clone(),
            ..StoreConfig::new(school.data(), Arc::new(Chained))
        };
        let (store, notices) = Store::open(config).unwrap();
        assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. })), "{notices:?}");
        assert!(by_scrub == report.is_some_and(|r| r.mended == 1 && r.lost.is_empty()));
        assert_eq!(store.events_of(learner(2), 0).unwrap(), vec![]);
        assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 11);
        let still = found(school.data(), 2);
        assert!(still.iter().all(|path| *path == on_card), "{still:?}");
    }
}

/// What the frames of erased events begin with: 32 bytes of payload, and no seal.
fn marker_of_erased(bytes: &[u8]) -> Vec<u8> {
    let starts = (0..bytes.len() - 8).filter(|at| bytes[*at] == 0xff && bytes[at + 3] == 0xfe);
    let mut of_erased = starts.filter(|at| bytes[at + 4..at + 8] == 32u32.to_le_bytes());
    let at = of_erased.next().unwrap();
    bytes[at..at + 8].to_vec()
}

/// A volume that contradicts what is here is kept aside, without whom it may not bring back.
#[test]
fn what_is_kept_aside_of_a_conflict_has_nobody_who_was_erased() {
    let (school, stick) = (School::new(5, EngineChoice::Memory), tempfile::tempdir().unwrap());
    let store = school.open();
    store.submit(profile(2, &name(2))).unwrap();
    store.submit(answer_of(1, 1)).unwrap();
    // The same box elsewhere, from a copied card: its second event is another.
    let copy = School::new(5, EngineChoice::Memory);
    let other = copy.open();
    other.submit(profile(2, &name(2))).unwrap();
    other.submit(answer_of(2, 2)).unwrap();
    drop(other);
    let volume = volume_of(&own_records(copy.data()), 0, usize::MAX, stick.path()).unwrap();
    store.erase(learner(2), Actor::Box).unwrap();
    assert_eq!(store.import(&[volume]).unwrap().conflicts.len(), 1);
    assert_eq!(std::fs::read_dir(school.data().join("quarantine")).unwrap().count(), 1);
    assert_eq!(found(school.data(), 2), BTreeSet::new());
}

/// A volume of another box is damaged: nobody can say whom it holds, so that it goes, and what the engine has of it stays.
#[test]
fn a_damaged_volume_stops_no_erasing() {
    let (school, stick) = (School::new(5, SLED), tempfile::tempdir().unwrap());
    let volumes = other_box(stick.path());
    let store = school.open();
    store.submit(profile(1, &name(1))).unwrap();
    store.import(&volumes).unwrap();
    let before = store.events_of(learner(1), 0).unwrap();
    let path = journal_files(school.data(), ".zst").remove(0);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    std::fs::write(&path, bytes).unwrap();
    let erased = store.erase(learner(2), Actor::Box).unwrap();
    assert!(erased.events > 0, "{erased:?}");
    let gone = [2].into_iter().collect();
    nobody_is_back(&store, school.data(), &gone);
    let short = |event: &&Event| encode_event(event).unwrap().len() < 900;
    let after = store.events_of(learner(1), 0).unwrap();
    assert_eq!(
        after.iter().collect::<Vec<_>>(),
        before.iter().filter(short).collect::<Vec<_>>(),
        "the engine had these"
    );
    drop(store);
    let store = school.open();
    nobody_is_back(&store, school.data(), &gone);
    // The stick still has what was lost.
    store.import(&volumes).unwrap();
    nobody_is_back(&store, school.data(), &gone);
}

/// Files of another box that are no volumes, as when the line that names the box was changed: they are rid of a learner too,
/// the last one as well, and they are no reason to fold everything at every start.
#[test]
fn journal_files_of_another_box_are_folded_once_and_erased_like_any() {
    let (school, other) = (School::new(5, SLED), School::new(9, EngineChoice::Memory));
    let store = other.open();
    store.submit_many((1..=LEARNERS).map(|of| profile(of, &name(of))).collect()).unwrap();
    for n in 0..12 {
        store.submit(answer_of((n % 4) as u8 + 1, n)).unwrap();
    }
    drop(store);
    let store = school.open();
    store.submit(answer_of(1, 100)).unwrap();
    drop(store);
    for path in journal_files(other.data(), ".j") {
        std::fs::copy(&path, school.data().join("journal").join(path.file_name().unwrap())).unwrap();
    }
    let open = || {
        let config = StoreConfig {
            engine: SLED,
            clock: school.clock.clone(),
            ..StoreConfig::new(school.data(), Arc::new(Chained))
        };
        Store::open(config).unwrap()
    };
    let (store, notices) = open();
    assert!(notices.iter().any(|n| matches!(n, Notice::Replayed { .. })), "{notices:?}");
    assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 5);
    drop(store);
    let (store, notices) = open();
    assert!(!notices.iter().any(|n| matches!(n, Notice::Replayed { .. })), "{notices:?}");
    store.erase(learner(2), Actor::Box).unwrap();
    nobody_is_back(&store, school.data(), &[2].into_iter().collect());
    drop(store);
    let (store, notices) = open();
    assert!(!notices.iter().any(|n| matches!(n, Notice::Replayed { .. } | Notice::Gap { .. })), "{notices:?}");
    assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 5);
}

/// A tablet that held an answer until its child was erased does not bring the child back.
#[test]
fn nothing_about_a_learner_is_taken_after_the_erasing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    store.submit_many(vec![answer(1, 1, Some((1, 1)), "5"), answer(2, 1, Some((2, 1)), "5")]).unwrap();
    let body = EventBody::Erased { learner: learner(3) };
    let erased = EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body };
    let refused = |outcome| matches!(outcome, Err(SubmitError::Erased));
    // All or none: the erasing of the third is not stored either.
    assert!(refused(store.submit_many(vec![erased, answer(3, 1, None, "5")])));
    store.submit(answer(3, 1, Some((3, 1)), "5")).unwrap();
    store.erase(learner(1), Actor::Box).unwrap();
    assert!(refused(store.submit_many(vec![answer(1, 2, Some((1, 2)), "5")])));
    assert!(refused(store.submit_many(vec![answer(1, 1, Some((1, 1)), "5")])), "also what was there before");
    store.submit(answer(2, 2, Some((2, 2)), "5")).unwrap();
    drop(store);
    for engine in [SLED, EngineChoice::Memory] {
        let (store, _) = Store::open(config(folder.path(), engine)).unwrap();
        assert!(refused(store.submit_many(vec![answer(1, 3, None, "5")])), "after a start with {engine:?}");
        assert!(store.events_of(learner(1), 0).unwrap().is_empty());
    }
}
