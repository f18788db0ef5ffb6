//! Closing a school year: the views stay what they are to the byte, whatever happens to the box before and after; what is
//! dropped is no gap; and nobody who is erased comes back with the rows that were carried over.
#![allow(clippy::unwrap_used, reason = "tests")]

mod boxes;
mod drafts;
use boxes::*;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::*;
use drafts::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const DAY: u64 = 24 * 60 * 60 * 1000;
const YEAR: u64 = 365 * DAY;
/// Bytes of a file's header.
const HEADER: usize = 40;
const REDB: EngineChoice = EngineChoice::Redb { cache_bytes: 8 << 20 };
const ENGINES: [EngineChoice; 3] = [SLED, REDB, EngineChoice::Memory];

/// An answer that was asked just now.
fn now_answer(store: &Store, of: u8, n: u64) -> EventDraft {
    let mut draft = answer(of, n, Some((of, n + 1)), &format!("{n}"));
    if let EventBody::Answered(answered) = &mut draft.body {
        answered.asked_ms = store.now_ms() - 1000;
    }
    draft
}

/// A year of three learners: so many answers, their names once, a class.
fn live(store: &Store, school: &School, year: u64, answers: u64) -> Vec<EventDraft> {
    let mut sent = Vec::new();
    for of in 1..=3 {
        store.submit(profile(of, &format!("learner {of} in {year}"))).unwrap();
    }
    store.submit(class(year as u8, &format!("class of {year}"), true)).unwrap();
    for n in 0..answers {
        school.clock.pass(60_000);
        let draft = now_answer(store, 1 + (n % 3) as u8, year * 10_000 + n);
        store.submit(draft.clone()).unwrap();
        sent.push(draft);
    }
    sent
}

fn digest(store: &Store) -> [u8; 32] {
    store.views_digest().unwrap()
}

/// Opens the box anew with its engine, and once with nothing but the journal: both show the same, and miss nothing.
fn is_the_same_anew(school: &School, expected: [u8; 32], case: &str) -> Store {
    let copy = tempfile::tempdir().unwrap();
    copy_of(school.data(), copy.path());
    let config = StoreConfig {
        engine: EngineChoice::Memory,
        clock: school.clock.clone(),
        ..StoreConfig::new(copy.path(), std::sync::Arc::new(Chained))
    };
    let (nothing, notices) = Store::open(config).unwrap();
    assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. })), "{case}: {notices:?}");
    assert_eq!(digest(&nothing), expected, "{case}, from nothing");
    drop(nothing);
    let store = school.open();
    assert!(store.wait_until_ready(std::time::Duration::from_secs(20)));
    assert_eq!(digest(&store), expected, "{case}, opened anew");
    let aside = |n: &Notice| matches!(n, Notice::EngineSetAside { .. });
    assert!(!store.notices().iter().any(aside), "{case}: {:?}", store.notices());
    store
}

/// Box and journal; no engine.
fn copy_of(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.join("journal")).unwrap();
    std::fs::copy(from.join("box.toml"), to.join("box.toml")).unwrap();
    for entry in std::fs::read_dir(from.join("journal")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join("journal").join(entry.file_name())).unwrap();
    }
}

fn files(data: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(data.join("journal")).unwrap().map(|e| e.unwrap().path()).collect();
    found.retain(|path| path.to_str().unwrap().ends_with(ending));
    found.sort();
    found
}

/// No reader meets a gap or a damaged place, and the box's own numbers go on without one behind what was dropped.
fn is_whole(store: &Store, data: &Path) {
    let scrubbed = store.scrub(&|| true).unwrap();
    assert!(scrubbed.is_sound() && scrubbed.complete, "{scrubbed:?}");
    let log = journal::Log::open(data).unwrap();
    let mut numbers: BTreeSet<EventId> = log.erased().unwrap();
    for box_id in log.boxes().unwrap() {
        numbers.extend(log.events(box_id).map(|event| event.unwrap().id));
    }
    let own: Vec<u64> = numbers.iter().filter(|id| id.box_id == store.box_id()).map(|id| id.seq).collect();
    let first = log.dropped(store.box_id()).unwrap() + 1;
    assert!(own.iter().copied().eq(first..first + own.len() as u64), "{own:?}");
}

#[test]
fn three_years_are_closed_and_no_view_changes() {
    for engine in ENGINES {
        let school = School::new(5, engine);
        let mut store = school.open();
        let (mut everything, mut seen) = (Vec::new(), 0);
        let mut sent: Vec<Vec<EventDraft>> = Vec::new();
        for year in 1..=4u64 {
            sent.push(live(&store, &school, year, 60));
            let fresh = store.stream(Some(EventId { box_id: store.box_id(), seq: seen }));
            everything.extend(fresh.map(Result::unwrap));
            seen = everything.last().map_or(0, |e: &Event| e.id.seq);
            let before = digest(&store);
            assert_eq!(rows(&store), model(everything.clone()), "year {year}");
            let would = store.would_drop().unwrap();
            let closing = store.close_year(&format!(" 202{year} "), true).unwrap();
            assert_eq!(closing.rows as usize, rows(&store).len(), "every row is carried");
            assert_eq!(digest(&store), before, "year {year}");
            let (events, gone) = (store.stats().unwrap().events, closing.dropped);
            assert_eq!(closing.id.seq, events, "the closing is the last event");
            if year == 1 {
                assert_eq!((gone, would.dropped), (None, 0), "the last year stays");
            } else {
                let gone = gone.unwrap();
                assert!(gone.up_to > 60 && gone.files > 0 && gone.bytes > 0, "{gone:?}");
                assert!(would.dropped > 60 && would.kept > 60, "{would:?}");
                assert_eq!(files(school.data(), ".closed").len(), 1);
                let first = store.stream(None).next().unwrap().unwrap();
                assert_eq!(first.id.seq, gone.up_to + 1);
                assert!(matches!(first.body, EventBody::Carried(_)), "{first:?}");
            }
            let ends: Vec<_> = store.year_ends().unwrap().into_iter().map(|end| end.year.name).collect();
            assert_eq!(ends.first().unwrap(), &format!("202{year}"));
            assert_eq!(ends.len(), year.min(2) as usize);
            is_whole(&store, school.data());
            drop(store);
            store = is_the_same_anew(&school, before, &format!("year {year}"));
            assert_eq!(store.year_ends().unwrap().len(), year.min(2) as usize);
            // What was answered this year is known, and its item takes no other answer.
            for draft in sent.iter().skip(year as usize - 1).flatten() {
                assert!(store.submit(draft.clone()).unwrap().duplicate);
                let other = EventDraft { send: Some(SendKey { client: client(99), cseq: 1 }), ..draft.clone() };
                assert!(matches!(store.submit(other), Err(SubmitError::AlreadyAnswered { .. })));
            }
            assert_eq!(store.stats().unwrap().events, events, "nothing was stored twice");
            assert_eq!(store.submit(class(90, "next", true)).unwrap().id.seq, events + 1, "numbers go on");
            school.clock.pass(YEAR);
        }
        let kept = store.events_of(learner(1), 0).unwrap();
        assert_eq!(kept.len(), 21, "one year of four, and the name in it");
    }
}

#[test]
fn what_cannot_be_closed_changes_nothing() {
    let school = School::new(5, EngineChoice::Memory);
    let store = school.open();
    live(&store, &school, 1, 9);
    let events = store.stats().unwrap().events;
    for name in ["", "   ", &"x".repeat(41)] {
        assert!(matches!(store.close_year(name, false), Err(YearError::Name)));
    }
    assert_eq!(store.stats().unwrap().events, events);
    store.close_year(&"é".repeat(40), true).unwrap();
    school.clock.pass(60 * DAY);
    let events = store.stats().unwrap().events;
    assert!(matches!(store.close_year("too soon", true), Err(YearError::TooSoon)));
    assert_eq!((store.stats().unwrap().events, store.would_drop().unwrap().dropped), (events, 0));
    // Without dropping it may be closed whenever somebody wants to.
    store.close_year("twice", false).unwrap();
    assert_eq!(store.forget_closed_years().unwrap(), None, "what lies before is too young");
    school.clock.pass(2 * DAY);
    let gone = store.forget_closed_years().unwrap().unwrap();
    assert!(gone.up_to > 0, "{gone:?}");
    let before = digest(&store);
    drop(store);
    drop(is_the_same_anew(&school, before, "dropped later"));
}

/// An empty school has no row; its year can be closed all the same.
#[test]
fn a_school_without_anything_is_closed() {
    let school = School::new(5, EngineChoice::Memory);
    let store = school.open();
    for year in 1..=3 {
        let closing = store.close_year(&year.to_string(), true).unwrap();
        assert_eq!(closing.rows, 0);
        school.clock.pass(YEAR);
    }
    let before = digest(&store);
    is_whole(&store, school.data());
    drop(store);
    drop(is_the_same_anew(&school, before, "empty"));
}

/// Volumes of everything that a box has, its own and others'.
fn stick(data: &Path, to: &Path) -> Vec<PathBuf> {
    std::fs::create_dir_all(to).unwrap();
    let mut paths = Vec::new();
    for segment in journal::segments(data).unwrap() {
        let records = segment.records(data).unwrap();
        let (Some(first), Some(last)) = (records.first(), records.last()) else { continue };
        let name = volume::VolumeName { box_id: segment.box_id, from: first.first(), to: last.last() };
        paths.push(volume::store_volume(to, &name, &mut records.into_iter()).unwrap());
    }
    paths
}

/// Two years of a box, both closed, the first one dropped; and a stick with everything from before.
fn two_years(id: u8, engine: EngineChoice, sticks: &Path) -> (School, Vec<PathBuf>) {
    let school = School::new(id, engine);
    let store = school.open();
    live(&store, &school, 1, 40);
    store.close_year("2025", true).unwrap();
    school.clock.pass(YEAR);
    live(&store, &school, 2, 40);
    let old = stick(school.data(), &sticks.join(format!("old-{id}")));
    store.close_year("2026", true).unwrap().dropped.unwrap();
    school.clock.pass(DAY);
    live(&store, &school, 3, 10);
    drop(store);
    (school, old)
}

#[test]
fn a_box_that_is_restored_from_what_is_left_shows_the_same() {
    for engine in ENGINES {
        let sticks = tempfile::tempdir().unwrap();
        let (lost, old) = two_years(5, engine, sticks.path());
        let expected = rows(&lost.open());
        let backup = stick(lost.data(), &sticks.path().join("backup"));

        let new = School::new(9, engine);
        new.clock.pass(2 * YEAR);
        let store = new.open();
        let imported = store.import(&backup).unwrap();
        assert!(imported.new_events > 40 && imported.conflicts.is_empty(), "{imported:?}");
        assert_eq!(rows(&store), expected);
        is_whole(&store, new.data());
        let log = journal::Log::open(new.data()).unwrap();
        let first = log.events(BoxId([5; 8])).next().unwrap().unwrap().id.seq;
        assert_eq!(log.dropped(BoxId([5; 8])).unwrap(), first - 1, "it begins with a closing: no gap before it");
        let same = digest(&store);
        drop(store);
        let store = is_the_same_anew(&new, same, "restored");
        // The stick from before the dropping has the years that are not here: with them everything is folded from nothing.
        store.import(&old).unwrap();
        assert_eq!(rows(&store), expected, "with the old stick too");
        let same = digest(&store);
        drop(store);
        drop(is_the_same_anew(&new, same, "with the old stick"));
    }
}

#[test]
fn what_came_from_another_box_goes_with_its_year_and_does_not_come_again() {
    for engine in ENGINES {
        let sticks = tempfile::tempdir().unwrap();
        let other = School::new(3, EngineChoice::Memory);
        let theirs = other.open();
        for of in 4..=5 {
            theirs.submit(profile(of, &format!("learner {of}"))).unwrap();
        }
        for n in 0..40 {
            other.clock.pass(1000);
            theirs.submit(now_answer(&theirs, 4 + (n % 2) as u8, n)).unwrap();
        }
        drop(theirs);
        let records = own_records(other.data());
        let late = volume_of(&records, 0, 12, &sticks.path().join("late")).unwrap();
        let early = volume_of(&records, 12, 30, &sticks.path().join("early")).unwrap();
        let rest = volume_of(&records, 30, usize::MAX, &sticks.path().join("rest")).unwrap();

        let school = School::new(5, engine);
        school.clock.pass(DAY);
        let store = school.open();
        live(&store, &school, 1, 20);
        store.import(std::slice::from_ref(&early)).unwrap();
        store.close_year("2025", true).unwrap();
        school.clock.pass(YEAR);
        live(&store, &school, 2, 20);
        let before = digest(&store);
        let gone = store.close_year("2026", true).unwrap().dropped.unwrap();
        assert!(gone.files >= 2, "{gone:?}");
        assert_eq!(digest(&store), before);
        assert_eq!(files(school.data(), ".zst"), Vec::<PathBuf>::new(), "the other box's events are dropped too");
        let again = store.import(std::slice::from_ref(&early)).unwrap();
        assert_eq!((again.new_events, again.known_events), (0, 18));
        assert_eq!(digest(&store), before, "what is in the rows does not count twice");
        drop(store);
        let store = is_the_same_anew(&school, before, "dropped");
        // What never came in before does count, whatever its numbers: those before and those behind.
        for (volume, learners) in [(&late, [4u8, 5]), (&rest, [4, 5])] {
            let rows_of = |of| store.views(&ViewPrefix::skills_of(learner(of))).unwrap();
            let was = learners.map(rows_of);
            assert!(store.import(std::slice::from_ref(volume)).unwrap().new_events >= 10);
            assert!(learners.map(rows_of).iter().zip(&was).all(|(now, was)| now != was));
            assert_eq!(store.import(std::slice::from_ref(volume)).unwrap().new_events, 0);
        }
        is_whole(&store, school.data());
        let now = digest(&store);
        drop(store);
        let store = is_the_same_anew(&school, now, "late ones");
        school.clock.pass(YEAR);
        store.close_year("2027", true).unwrap();
        school.clock.pass(YEAR);
        store.close_year("2028", true).unwrap();
        assert_eq!(digest(&store), now);
        assert_eq!(files(school.data(), ".zst"), Vec::<PathBuf>::new());
        for volume in [&late, &early, &rest] {
            assert_eq!(store.import(std::slice::from_ref(volume)).unwrap().new_events, 0);
        }
        drop(store);
        drop(is_the_same_anew(&school, now, "all of it dropped"));
    }
}

/// Files below a folder that hold a word, packed ones unpacked.
fn holding(folder: &Path, word: &[u8]) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    // A store at work may remove what was just listed.
    for path in std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(holding(&path, word));
            continue;
        }
        let Ok(raw) = std::fs::read(&path) else { continue };
        let unpacked =
            if raw.starts_with(b"\x28\xb5\x2f\xfd") { zstd::decode_all(raw.as_slice()).unwrap() } else { Vec::new() };
        let hex: Vec<u8> = word.iter().flat_map(|b| format!("{b:02x}").into_bytes()).collect();
        if [&raw, &unpacked].iter().any(|bytes| holds(bytes, word) || holds(bytes, &hex)) {
            found.insert(path);
        }
    }
    found
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == word[0]) {
        if rest[at..].starts_with(word) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

#[test]
fn of_an_erased_learner_no_carried_row_stays() {
    let name = b"learner 2 in ";
    for (engine, erase_after) in ENGINES.into_iter().zip([1, 2, 3]) {
        let sticks = tempfile::tempdir().unwrap();
        let school = School::new(5, engine);
        let mut store = school.open();
        let mut backups = Vec::new();
        for year in 1..=3 {
            if year <= erase_after {
                live(&store, &school, year, 30);
            }
            backups.push(stick(school.data(), &sticks.path().join(format!("{year}"))));
            let before = digest(&store);
            store.close_year(&format!("202{year}"), true).unwrap();
            assert_eq!(digest(&store), before);
            if year == erase_after {
                assert!(!holding(school.data(), name).is_empty(), "the name is in the carried rows");
                let erased = store.erase(learner(2), Actor::Box).unwrap();
                assert!(erased.events > 10, "{erased:?}");
                assert_eq!(holding(school.data(), name), BTreeSet::new(), "{engine:?}, year {year}");
            }
            if year >= erase_after {
                assert!(store.views(&ViewPrefix::skills_of(learner(2))).unwrap().is_empty());
                assert_eq!(store.view(&ViewKey::learner(learner(2))).unwrap(), None);
                assert!(store.view(&ViewKey::learner(learner(1))).unwrap().is_some());
                is_whole(&store, school.data());
            }
            let now = digest(&store);
            drop(store);
            store = is_the_same_anew(&school, now, &format!("year {year}"));
            school.clock.pass(YEAR);
        }
        // Nor do old sticks bring anybody back, here or at a box that has heard of the erasing.
        let now = digest(&store);
        for backup in &backups {
            assert_eq!(store.import(backup).unwrap().new_events, 0);
        }
        assert_eq!(digest(&store), now);
        assert_eq!(holding(school.data(), name), BTreeSet::new());
        let last = stick(school.data(), &sticks.path().join("last"));
        let new = School::new(9, engine);
        new.clock.pass(4 * YEAR);
        let restored = new.open();
        restored.import(&last).unwrap();
        for backup in &backups {
            restored.import(backup).unwrap();
        }
        assert_eq!(holding(new.data(), name), BTreeSet::new());
        assert!(restored.views(&ViewPrefix::skills_of(learner(2))).unwrap().is_empty());
    }
}

/// Opens with nothing but the journal, whatever is wrong with it.
fn open_damaged(school: &School) -> (Store, Vec<Notice>) {
    let config = StoreConfig {
        engine: EngineChoice::Memory,
        clock: school.clock.clone(),
        ..StoreConfig::new(school.data(), std::sync::Arc::new(Chained))
    };
    Store::open(config).unwrap()
}

fn gaps(notices: &[Notice]) -> Vec<(u64, u64)> {
    let gap = |n: &Notice| match n {
        Notice::Gap { from, to } => Some((*from, *to)),
        _ => None,
    };
    notices.iter().filter_map(gap).collect()
}

#[test]
fn a_closed_file_that_is_damaged_or_gone_changes_no_view() {
    let sticks = tempfile::tempdir().unwrap();
    let (school, old) = two_years(5, EngineChoice::Memory, sticks.path());
    let store = school.open();
    let expected = rows(&store);
    let numbers: Vec<u64> = store.stream(None).map(|event| event.unwrap().id.seq).collect();
    let (up_to, newest) = (numbers[0] - 1, numbers.into_iter().max().unwrap());
    drop(store);
    let path = files(school.data(), ".closed").remove(0);
    let whole = std::fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(7).chain([whole.len() - 1]) {
        let mut bad = whole.clone();
        bad[at] ^= 0x10;
        std::fs::write(&path, &bad).unwrap();
        let (store, notices) = open_damaged(&school);
        assert_eq!(rows(&store), expected, "byte {at}");
        assert!(gaps(&notices).is_empty(), "its name still says what was dropped: no gap");
        assert_eq!(store.import(&old[..1]).unwrap().new_events, 0);
        assert_eq!(rows(&store), expected);
        drop(store);
        // Written anew, by another start of the box.
        assert_eq!(std::fs::read(&path).unwrap()[HEADER..], whole[HEADER..], "byte {at}");
    }
    // Without it nobody can say that those numbers were dropped: they are told as lost, and the views are whole.
    std::fs::remove_file(&path).unwrap();
    let (store, notices) = open_damaged(&school);
    assert_eq!(rows(&store), expected);
    assert_eq!(gaps(&notices), [(1, up_to)]);
    let next = store.submit(class(91, "goes on", true)).unwrap().id.seq;
    assert!(next > newest, "no number is given out again");
}

#[test]
fn carried_rows_that_are_damaged_are_found_at_the_closing_before() {
    let sticks = tempfile::tempdir().unwrap();
    let (school, _) = two_years(5, EngineChoice::Memory, sticks.path());
    let store = school.open();
    let expected = rows(&store);
    let ends = store.year_ends().unwrap();
    let (newest, before) = (ends[0].year.carried_from, ends[1].year.carried_from);
    drop(store);
    let damage = |seq: u64| {
        let event =
            journal::Log::open(school.data()).unwrap().events(BoxId([5; 8])).flatten().find(|e| e.id.seq == seq);
        let payload = encode_event(&event.unwrap()).unwrap();
        for path in files(school.data(), ".j") {
            let mut bytes = std::fs::read(&path).unwrap();
            if let Some(at) = bytes.windows(payload.len()).position(|part| part == payload) {
                bytes[at + payload.len() / 2] ^= 1;
                std::fs::write(&path, bytes).unwrap();
                return;
            }
        }
        panic!("{seq} is nowhere");
    };
    damage(newest);
    let (store, notices) = open_damaged(&school);
    assert_eq!(gaps(&notices), [(newest, newest)], "{notices:?}");
    assert_eq!(rows(&store), expected, "the rows before, and what happened since");
    drop(store);
    damage(before);
    let (store, notices) = open_damaged(&school);
    let lost = gaps(&notices);
    assert!(lost.iter().any(|(from, _)| *from == 1), "what cannot be shown any more is told: {notices:?}");
    assert_ne!(rows(&store), expected);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn rows_as_text(store: &Store) -> String {
    rows(store).iter().map(|(key, row)| format!("{} {}\n", hex(key.as_bytes()), hex(row))).collect()
}

/// Kept for ever: a data folder whose first year was dropped, and the rows that it shows.
#[test]
fn a_kept_data_folder_with_closed_years_opens() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/year-v1");
    if std::env::var_os("CHALKBOX_WRITE_FIXTURES").is_some() {
        let sticks = tempfile::tempdir().unwrap();
        let (school, _) = two_years(5, EngineChoice::Memory, sticks.path());
        let text = rows_as_text(&school.open());
        let _ = std::fs::remove_dir_all(&kept);
        copy_of(school.data(), &kept);
        for path in files(&kept, ".j") {
            let mut bytes = std::fs::read(&path).unwrap();
            bytes.truncate(bytes.iter().rposition(|b| *b != 0).unwrap() + 1);
            std::fs::write(&path, bytes).unwrap();
        }
        std::fs::write(kept.join("rows.txt"), text).unwrap();
    }
    let school = School::new(5, SLED);
    school.clock.pass(2 * YEAR);
    copy_of(&kept, school.data());
    let closed = files(school.data(), ".closed").remove(0);
    let (name, bytes) = (closed.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&closed).unwrap());
    let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
    assert_eq!(bytes[..8], *b"\x89CHALKJ\n");
    assert_eq!(bytes[40..48], *b"\xffcl\xfe\x20\0\0\0");
    let last = number(70);
    assert_eq!(name, format!("0505050505050505-{last:016x}.closed"));
    assert_eq!((number(48), number(56), number(94), bytes.len()), (last, last, 0, 102));
    let store = school.open();
    assert_eq!(rows_as_text(&store), std::fs::read_to_string(kept.join("rows.txt")).unwrap());
    let ends = store.year_ends().unwrap();
    assert_eq!((ends[0].year.carried_from, ends[0].year.carried_to), (number(78), number(86)));
    assert_eq!((ends[1].year.name.as_str(), ends[1].year.carried_from), ("2025", last + 1));
    is_whole(&store, school.data());
    let (mut carried, records) = (0, own_records(school.data()).1);
    for record in &records {
        let Record::Event { payload, .. } = record else { panic!("{record:?}") };
        let event = decode_event(payload).unwrap();
        carried += u64::from(matches!(event.body, EventBody::Carried(_)));
        assert_eq!(encode_event(&event).unwrap(), *payload, "what is written today is what was written then");
    }
    assert!(carried >= 2);
    let next = records.last().unwrap().last() + 1;
    assert_eq!(store.submit(class(9, "next", true)).unwrap().id.seq, next);
}
