//! Bytes flipped, zeroed, cut off and doubled anywhere in a data folder: the store opens, never serves what was not written,
//! says what it repaired or lost, and misses nothing of which a second copy is whole.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_store::*;
use drafts::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

/// The child that tries an engine before the store opens it gets the folder by this.
const PROBE: &str = "CHALKBOX_DAMAGE_PROBE";
/// Runs only the case of this seed.
const SEED: &str = "CHALKBOX_DAMAGE_SEED";
const LEARNERS: u64 = 5;
const EVENTS: u64 = 2_600;
/// So many answers of a batch, so that the files have many batches.
const BATCH: u64 = 20;
/// Longer than any opening takes.
const HANGS: Duration = Duration::from_secs(120);
const REDB: EngineChoice = EngineChoice::Redb { cache_bytes: 8 << 20 };

/// Not a test of its own: what the child does that tries an engine.
#[test]
fn probe() {
    if let Some(folder) = std::env::var_os(PROBE) {
        probe_engine(Path::new(&folder)).unwrap();
    }
}

fn probe_child() -> Probe {
    let child = |data: &Path| {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "probe", "--test-threads=1"]).env(PROBE, data).stderr(std::process::Stdio::null());
        command
    };
    probe_by(child, Duration::from_secs(30))
}

/// Every third answer is so long that only the journal has it; those fill several files.
fn draft(n: u64) -> EventDraft {
    let value = if n.is_multiple_of(3) { format!("{n} ").repeat(3_000) } else { n.to_string() };
    answer((n % LEARNERS) as u8 + 1, n, Some(((n % LEARNERS) as u8 + 1, n / LEARNERS + 1)), &value)
}

/// A data folder as it was left, and what is in it.
struct Whole {
    folder: tempfile::TempDir,
    engine: EngineChoice,
    events: Vec<Event>,
    /// Numbers that only the journal has.
    long: BTreeSet<u64>,
    views: Vec<(ViewKey, Vec<u8>)>,
    /// Left by a kill: the engine lags behind.
    killed: bool,
}

impl Whole {
    fn new(engine: EngineChoice, killed: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(config(folder.path(), engine)).unwrap();
        for from in (0..EVENTS).step_by(BATCH as usize) {
            store.submit_many((from..from + BATCH).map(draft).collect()).unwrap();
        }
        let events: Vec<Event> = store.stream(None).map(Result::unwrap).collect();
        let long = events.iter().filter(|e| encode_event(e).unwrap().len() > 1000).map(|e| e.id.seq).collect();
        let views = all_views(&store);
        let mut left = folder;
        if killed {
            let copy = tempfile::tempdir().unwrap();
            copy_folder(left.path(), copy.path(), &|_| false);
            left = copy;
        }
        drop(store);
        assert!(std::fs::read_dir(left.path().join("journal")).unwrap().count() >= 3, "several journal files");
        Self { folder: left, engine, events, long, views, killed }
    }

    fn open(&self, folder: &Path) -> (Store, Vec<Notice>) {
        let config = StoreConfig { probe: Some(probe_child()), ..config(folder, self.engine) };
        Store::open(config).unwrap_or_else(|error| panic!("it does not open: {error:?}"))
    }

    /// Whether these are the views when some answers are lost. An engine that lagged behind when its box was killed may have
    /// counted the first of them while they were there.
    fn are_views_without(&self, absent: &BTreeSet<u64>, views: &BTreeMap<ViewKey, Vec<u8>>) -> bool {
        let present: BTreeSet<u64> = (1..=EVENTS).filter(|seq| !absent.contains(seq)).collect();
        let counted =
            |up_to: &u64| -> BTreeSet<u64> { present.iter().chain(absent.range(..=up_to)).copied().collect() };
        let lagging: &BTreeSet<u64> = if self.killed { absent } else { &BTreeSet::new() };
        !absent.is_empty()
            && (*views == self.fold(&present) || lagging.iter().any(|up_to| *views == self.fold(&counted(up_to))))
    }

    /// What the views are when only these answers are left.
    fn fold(&self, present: &BTreeSet<u64>) -> BTreeMap<ViewKey, Vec<u8>> {
        let mut skills = BTreeMap::new();
        for event in self.events.iter().filter(|e| present.contains(&e.id.seq)) {
            let (EventBody::Answered(a), Some(learner)) = (&event.body, event.learner) else { continue };
            *skills.entry((learner, ViewKey::skill(learner, &a.skill))).or_insert(0u32) += 1;
        }
        let mut rows = BTreeMap::new();
        for ((learner, key), count) in skills {
            rows.insert(key, count.to_be_bytes().to_vec());
            let known = rows.entry(ViewKey::learner(learner)).or_insert_with(|| 0u32.to_be_bytes().to_vec());
            let more = u32::from_be_bytes(known.as_slice().try_into().unwrap()) + 1;
            *known = more.to_be_bytes().to_vec();
        }
        rows
    }
}

/// Copies a folder; files for which `link` says so share their bytes with the original.
fn copy_folder(from: &Path, to: &Path, link: &dyn Fn(&Path) -> bool) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir(&copy).unwrap();
            copy_folder(&path, &copy, link);
        } else if link(&path) {
            std::fs::hard_link(&path, &copy).unwrap();
        } else {
            std::fs::copy(&path, &copy).unwrap();
        }
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// A small random source, so that a failing case can be run again by its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Hurts one file; what was done, for people.
fn damage(path: &Path, dice: &mut Dice) -> String {
    let mut bytes = std::fs::read(path).unwrap();
    // Half of a journal file may be zeros that were written ahead: where something lies is hurt more often.
    let used = bytes.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
    let reach = if dice.below(4) == 0 { bytes.len() } else { used };
    let at = dice.below(reach);
    let longest = [8, 512, 4096][dice.below(3)];
    let len = 1 + dice.below(longest);
    let end = (at + len).min(bytes.len());
    let what = match dice.below(4) {
        0 if !bytes.is_empty() => {
            let bit = dice.below(8);
            bytes[at] ^= 1 << bit;
            format!("bit {bit} of byte {at} flipped")
        }
        1 => {
            bytes[at..end].fill(0);
            format!("bytes {at}..{end} zeroed")
        }
        2 => {
            bytes.truncate(at);
            format!("cut at {at}")
        }
        _ => {
            let twice = bytes[at..end].to_vec();
            bytes.splice(end..end, twice);
            format!("bytes {at}..{end} doubled")
        }
    };
    std::fs::remove_file(path).unwrap();
    std::fs::write(path, bytes).unwrap();
    what
}

/// What the log has of the box: by number, what was read; and the numbers that it says are missing.
fn read(folder: &Path, whole: &Whole) -> (BTreeSet<u64>, BTreeSet<u64>) {
    let (mut present, mut missing) = (BTreeSet::new(), BTreeSet::new());
    for item in journal::Log::open(folder).unwrap().events(whole.events[0].id.box_id) {
        match item {
            Ok(event) => match whole.events.get(event.id.seq as usize - 1) {
                Some(written) => {
                    assert_eq!(&event, written, "a wrong value");
                    assert!(present.insert(event.id.seq), "event {} twice", event.id.seq);
                }
                // What the store itself noted.
                None => assert!(!matches!(event.body, EventBody::Answered(_)), "nobody sent {event:?}"),
            },
            Err(StoreError::Journal(journal::JournalError::Damaged { missing: ranges })) => {
                missing.extend(ranges.into_iter().flatten());
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    (present, missing)
}

fn gaps(notices: &[Notice]) -> BTreeSet<u64> {
    let gap = |notice: &Notice| match notice {
        Notice::Gap { from, to } => Some(*from..=*to),
        _ => None,
    };
    notices.iter().filter_map(gap).flatten().collect()
}

/// A learner's events are what was written, but for numbers that are said to be lost.
fn learners_are_served(store: &Store, whole: &Whole, lost: &BTreeSet<u64>) {
    for n in 1..=LEARNERS {
        match store.events_of(learner(n as u8), 0) {
            Ok(events) => {
                let expected: Vec<&Event> = whole
                    .events
                    .iter()
                    .filter(|e| e.learner == Some(learner(n as u8)) && !lost.contains(&e.id.seq))
                    .collect();
                let found: Vec<&Event> = events.iter().filter(|e| !lost.contains(&e.id.seq)).collect();
                assert_eq!(found, expected, "events of learner {n}");
                assert!(events.iter().all(|e| whole.events.get(e.id.seq as usize - 1) == Some(e)), "a wrong value");
            }
            Err(StoreError::Journal(journal::JournalError::Damaged { missing })) => {
                assert!(missing.into_iter().flatten().all(|seq| lost.contains(&seq)), "learner {n}: more is missing");
            }
            Err(error) => panic!("learner {n}: {error:?}"),
        }
    }
}

/// Where the damage lay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Journal,
    Engine,
    Other,
}

/// One case: what was hurt, and an assertion for everything that must hold all the same.
fn hurt_and_open(whole: &Whole, seed: u64) {
    let mut dice = Dice(seed ^ 0x9e37_79b9_7f4a_7c15);
    let copy = tempfile::tempdir().unwrap();
    // Files that are closed are never written to; the two newest may be.
    let journals: Vec<PathBuf> = files_below(&whole.folder.path().join("journal"));
    let closed: BTreeSet<PathBuf> = journals.iter().take(journals.len() - 2).cloned().collect();
    copy_folder(whole.folder.path(), copy.path(), &|path| closed.contains(path));
    if dice.below(2) == 0 {
        std::fs::write(copy.path().join("lock"), b"in use\n").unwrap();
    }
    let files = files_below(copy.path());
    let of = |word: &str| -> Vec<PathBuf> {
        let below = |path: &&PathBuf| path.strip_prefix(copy.path()).unwrap().starts_with(word);
        files.iter().filter(below).cloned().collect()
    };
    let (place, among) = match dice.below(10) {
        0..=4 => (Place::Journal, of("journal")),
        5..=8 => (Place::Engine, of("engine")),
        _ => (Place::Other, [of("box.toml"), of("lock")].concat()),
    };
    let path = among[dice.below(among.len())].clone();
    let did = damage(&path, &mut dice);
    println!("seed {seed}: {:?}: {did}", path.strip_prefix(copy.path()).unwrap());

    let (store, notices) = whole.open(copy.path());
    assert!(store.wait_until_ready(HANGS));
    let all = (1..=EVENTS).collect::<BTreeSet<u64>>();
    let (present, missing) = read(copy.path(), whole);
    let mut told: BTreeSet<u64> = gaps(&notices).union(&missing).copied().collect();
    // The last batch of a box that was killed: nothing proves that anybody was told of it, so it may be set aside, aloud.
    let torn = notices.iter().any(|n| matches!(n, Notice::TornTail { .. }));
    if whole.killed && place == Place::Journal && torn {
        told.extend(EVENTS - BATCH + 1..=EVENTS);
    }
    let absent: BTreeSet<u64> = all.difference(&present).copied().collect();
    assert!(absent.is_subset(&told), "gone without a word: {:?}", absent.difference(&told).collect::<Vec<_>>());
    assert!(place == Place::Journal || absent.is_empty(), "the journal is whole, and {absent:?} are missing");
    learners_are_served(&store, whole, &told);

    // Reading everything through mends what a second copy has.
    let report = store.scrub(&|| true).unwrap();
    let lost: BTreeSet<u64> = report.lost.iter().flat_map(|(from, to)| *from..=*to).chain(gaps(&notices)).collect();
    let (present, _) = read(copy.path(), whole);
    let absent: BTreeSet<u64> = all.difference(&present).copied().collect();
    let second_copy = |seq: &&u64| !whole.long.contains(seq) && !whole.killed;
    assert_eq!(absent.iter().filter(second_copy).collect::<Vec<_>>(), Vec::<&u64>::new(), "the engine has them");
    assert!(absent.is_subset(&lost) || (whole.killed && torn), "after the scrub: {absent:?} gone, {lost:?} told");
    assert!(store.wait_until_ready(HANGS));
    let views: BTreeMap<ViewKey, Vec<u8>> = all_views(&store).into_iter().collect();
    let undamaged = views.iter().map(|(k, v)| (k.clone(), v.clone())).eq(whole.views.iter().cloned());
    assert!(undamaged || whole.are_views_without(&absent, &views), "other views");
    goes_on(&store, whole, &absent);
}

/// What was sent before is known, and what is new gets a number that nobody had.
fn goes_on(store: &Store, whole: &Whole, absent: &BTreeSet<u64>) {
    for n in [0, 1, EVENTS / 2, EVENTS - 1].into_iter().filter(|n| !absent.contains(&(n + 1))) {
        let ack = store.submit(draft(n)).unwrap();
        assert!(ack.duplicate && ack.id.seq == n + 1, "sending {n} again: {ack:?}");
    }
    // With another name in `box.toml` it begins to count anew; the old events are those of another box then.
    let new = store.submit(draft(EVENTS)).unwrap();
    let last = if whole.killed { EVENTS - BATCH } else { EVENTS };
    assert!(!new.duplicate && (new.id.box_id != whole.events[0].id.box_id || new.id.seq > last), "{new:?}");
    assert!(!store.is_read_only());
}

/// Runs one case in a thread of its own; what went wrong, if anything.
fn fails(whole: Arc<Whole>, seed: u64) -> Option<String> {
    let (done, outcome) = channel();
    let case = std::thread::spawn(move || {
        hurt_and_open(&whole, seed);
        let _ = done.send(());
    });
    // A panic drops the sender: that is no hang, and its words are on the terminal.
    match outcome.recv_timeout(HANGS) {
        Err(std::sync::mpsc::RecvTimeoutError::Timeout) => Some(format!("seed {seed} hangs")),
        _ => case.join().err().map(|panic| format!("seed {seed}: {}", words(&*panic))),
    }
}

fn damage_often(cases: u64) {
    if std::env::var_os(PROBE).is_some() {
        return;
    }
    let wholes =
        [(SLED, false), (SLED, true), (REDB, false)].map(|(engine, killed)| Arc::new(Whole::new(engine, killed)));
    let before: Vec<Vec<Vec<u8>>> = wholes.iter().map(|w| contents(w.folder.path())).collect();
    let one: Option<u64> = std::env::var(SEED).ok().and_then(|s| s.parse().ok());
    let first = one.unwrap_or_else(|| std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64 >> 20 << 20);
    println!("seeds from {first}");
    let seeds = first..first + if one.is_some() { 1 } else { cases };
    // Two at a time, as many as a small machine has cores.
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut failed = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if !seeds.contains(&seed) {
                return failed;
            }
            let whole = wholes[if seed.is_multiple_of(4) { 2 } else { seed as usize % 2 }].clone();
            failed.extend(fails(whole, seed));
        }
    };
    let failed: Vec<String> = std::thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let after: Vec<Vec<Vec<u8>>> = wholes.iter().map(|w| contents(w.folder.path())).collect();
    assert!(before == after, "a closed file was written to in its place");
    for failure in &failed {
        println!("{}", failure.chars().take(600).collect::<String>());
    }
    assert!(failed.is_empty(), "{} of {cases} cases failed, the first: {:.600}", failed.len(), failed[0]);
    println!("{cases} damaged folders: all open, no wrong value, nothing lost of which a second copy was whole");
}

fn contents(folder: &Path) -> Vec<Vec<u8>> {
    files_below(&folder.join("journal")).iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned())).unwrap_or_default()
}

/// The engine of a folder, opened beside the store for a test that hurts it.
fn change_engine(folder: &Path, change: impl FnOnce(&engine::SledEngine)) {
    use engine::{EngineOptions, KvEngine, SledEngine};
    let engine = SledEngine::open(&folder.join("engine/1"), EngineOptions::default()).unwrap();
    change(&engine);
    engine.close().unwrap();
}

/// Damaged files of an engine may open without a word, with rows gone: here by the engine's own hand. The journal has the
/// event, so nobody may be told that there is none.
#[test]
fn an_event_that_vanished_from_the_engine_is_served_all_the_same() {
    use engine::{KvEngine, Op, Span};
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    store.submit_many((0..40).map(|n| answer(1, n, Some((1, n + 1)), "5")).collect()).unwrap();
    drop(store);
    change_engine(folder.path(), |engine| {
        let rows = engine.range(&Span::prefix(b"E")).unwrap();
        engine.apply(&[Op::Delete(rows[7].0.clone())]).unwrap();
    });
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    for _ in 0..200 {
        if store.events_of(learner(1), 0).unwrap().len() == 40 {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 40, "{:?}", store.notices());
    assert!(store.answer_to(learner(1), item(7), NOW - 1000).unwrap().is_some());
    assert!(!store.notices().is_empty(), "it is said that the engine was mended");
}

/// A long event lies in the journal only. Where it is damaged it is lost, and a scrub says so, as of any other.
#[test]
fn a_scrub_tells_of_a_long_event_that_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    store.submit_many((0..40).map(draft).collect()).unwrap();
    let path = files_below(&folder.path().join("journal")).remove(0);
    let mut bytes = std::fs::read(&path).unwrap();
    let frames: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"\xffev\xfe")).collect();
    bytes[frames[6] + 500] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let report = store.scrub(&|| true).unwrap();
    assert_eq!((report.lost, report.complete), (vec![(7, 7)], true));
}

/// Which box it is stands in a file of one line. That it cannot be read is no reason not to open: the journal tells it too.
#[test]
fn a_name_of_the_box_that_is_no_text_is_found_in_the_journal() {
    for hurt in [b"box = \"\xff\"\n".as_slice(), b"", b"box = \"12\"\n"] {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
        let ack = store.submit(answer(1, 1, None, "5")).unwrap();
        drop(store);
        std::fs::write(folder.path().join("box.toml"), hurt).unwrap();
        let (store, _) = Store::open(config(folder.path(), SLED)).expect("it opens");
        assert_eq!(store.event(ack.id).unwrap().map(|e| e.id), Some(ack.id), "{hurt:?}");
    }
}

/// One bit of that line makes it the name of another box, to the eye of a program. The journal and the engine know better.
#[test]
fn a_name_of_the_box_with_one_wrong_digit_hides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    let ack = store.submit(answer(1, 1, None, "5")).unwrap();
    drop(store);
    let path = folder.path().join("box.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let digit = text.find("box = \"").unwrap() + 7;
    let mut bytes = text.into_bytes();
    bytes[digit] = if bytes[digit] == b'a' { b'b' } else { b'a' };
    std::fs::write(&path, bytes).unwrap();
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert_eq!(store.event(ack.id).unwrap().map(|e| e.id), Some(ack.id), "{notices:?}");
    assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 1, "{notices:?}");
}

#[test]
fn damage_anywhere_is_survived_and_told() {
    damage_often(40);
}

/// `cargo xtask store-proofs damage`.
#[test]
#[ignore = "takes minutes: cargo xtask store-proofs damage"]
fn damage_anywhere_is_survived_and_told_a_thousand_times() {
    damage_often(1_000);
}
