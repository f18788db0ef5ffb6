//! The same child under two ids: what is known is what a fold shows that knew it from the first event on, on whichever box, in
//! whatever order it came in; it can be taken back to the byte; and no cut leaves half of it.
#![allow(clippy::unwrap_used, reason = "tests")]

mod boxes;
mod drafts;
use boxes::*;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::*;
use drafts::*;
use std::path::{Path, PathBuf};
use std::time::Duration;

const DAY: u64 = 24 * 60 * 60 * 1000;
const REDB: EngineChoice = EngineChoice::Redb { cache_bytes: 8 << 20 };
const ENGINES: [EngineChoice; 3] = [SLED, REDB, EngineChoice::Memory];
const TEACHER: Actor = Actor::Staff(StaffId([1; 16]));

/// Answers of three learners, in turn.
fn answers(store: &Store, school: &School, from: u64, to: u64) {
    for n in from..to {
        school.clock.pass(1_000);
        let of = 1 + (n % 3) as u8;
        store.submit(answer(of, n, Some((of, n + 1)), "7")).unwrap();
    }
}

fn skills(store: &Store, of: u8) -> usize {
    store.views(&ViewPrefix::skills_of(learner(of))).unwrap().len()
}

/// The rows are those of a fold that knows nothing of stores, also after a start, and from nothing.
fn is_right(store: Store, school: &School, events: &[Event], case: &str) -> Store {
    let expected = model(events.to_vec());
    assert_eq!(rows(&store), expected, "{case}");
    let scrubbed = store.scrub(&|| true).unwrap();
    assert!(scrubbed.is_sound() && scrubbed.learners > 0, "{case}: {scrubbed:?}");
    drop(store);
    assert_eq!(rows(&school.open_with(EngineChoice::Memory)), expected, "{case}, from nothing");
    let store = school.open();
    assert_eq!(rows(&store), expected, "{case}, opened anew");
    store
}

#[test]
fn two_ids_become_one_child_and_two_again() {
    for engine in ENGINES {
        let school = School::new(5, engine);
        let store = school.open();
        answers(&store, &school, 0, 60);
        let apart = rows(&store);
        let own = own_events(&store);
        let store = is_right(store, &school, &own, "apart");

        store.link(learner(2), learner(1), TEACHER).unwrap();
        assert_eq!((skills(&store, 2), skills(&store, 1)), (0, 7), "one child");
        let said = store.stream(None).last().unwrap().unwrap();
        assert_eq!(said.body, EventBody::Linked { learner: learner(2), to: learner(1) });
        assert_eq!((said.actor, said.learner), (TEACHER, Some(learner(2))));
        for of in [1, 2] {
            let events = store.events_of(learner(of), 0).unwrap();
            assert_eq!(events.len(), 41, "of both, and that they are one");
            assert!(events.is_sorted_by_key(|event| event.at));
            assert_eq!(store.happened_since(learner(of), 0).unwrap().len(), 41);
        }
        let own = own_events(&store);
        let store = is_right(store, &school, &own, "linked");
        // A tablet that held an answer under the other id: it counts for the child, and twice is still once.
        answers(&store, &school, 60, 90);
        assert!(store.submit(answer(2, 61, Some((2, 62)), "7")).unwrap().duplicate);
        assert_eq!(skills(&store, 2), 0);
        for again in [(2, 1), (1, 2), (1, 1)] {
            let outcome = store.link(learner(again.0), learner(again.1), TEACHER);
            assert!(matches!(outcome, Err(LinkError::Already)), "{outcome:?}");
        }
        assert!(matches!(store.unlink(learner(1), TEACHER), Err(LinkError::Already)));
        let own = own_events(&store);
        let store = is_right(store, &school, &own, "linked and gone on");

        store.unlink(learner(2), TEACHER).unwrap();
        assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 30);
        let own = own_events(&store);
        assert_eq!(rows(&store), model(own.clone()));
        let first: Vec<Event> = own.iter().filter(|event| event.id.seq <= 60).cloned().collect();
        assert_eq!(model(first), apart, "what was before is what it was");
        drop(is_right(store, &school, &own, "two again"));
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

/// The power goes when it is stored and the new engine is not in use yet: the start finds the engine from before.
#[test]
fn an_engine_from_before_the_word_is_not_used() {
    for engine in [SLED, REDB] {
        for build_at_once in [20_000, 0] {
            let school = School::new(5, engine);
            let store = school.open();
            answers(&store, &school, 0, 30);
            drop(store);
            let before = tempfile::tempdir().unwrap();
            copy_folder(school.data(), before.path());
            let store = school.open();
            store.link(learner(2), learner(1), TEACHER).unwrap();
            let expected = rows(&store);
            drop(store);
            // The journal knows it, the engine does not.
            for entry in std::fs::read_dir(school.data().join("journal")).unwrap() {
                let path = entry.unwrap().path();
                std::fs::copy(&path, before.path().join("journal").join(path.file_name().unwrap())).unwrap();
            }
            let config = StoreConfig {
                engine,
                build_at_once,
                clock: school.clock.clone(),
                ..StoreConfig::new(before.path(), std::sync::Arc::new(Chained))
            };
            let (store, _) = Store::open(config).unwrap();
            assert!(store.wait_until_ready(Duration::from_secs(20)));
            assert_eq!(rows(&store), expected, "{engine:?}, {build_at_once}");
            assert_eq!(store.links().one(learner(2)), learner(1));
        }
    }
}

fn whole(school: &School, into: &Path) -> Vec<PathBuf> {
    volume_of(&own_records(school.data()), 0, usize::MAX, into).into_iter().collect()
}

#[test]
fn what_one_box_was_told_holds_on_the_other_and_opposite_words_make_one_child() {
    let (a, b, sticks) = (School::new(1, SLED), School::new(2, REDB), tempfile::tempdir().unwrap());
    let (store_a, store_b) = (a.open(), b.open());
    answers(&store_a, &a, 0, 30);
    answers(&store_b, &b, 30, 60);
    store_a.link(learner(2), learner(1), TEACHER).unwrap();
    b.clock.pass(50_000);
    store_b.link(learner(1), learner(2), TEACHER).unwrap();
    store_b.link(learner(3), learner(2), TEACHER).unwrap();
    drop((store_a, store_b));
    let (of_a, of_b) = (whole(&a, &sticks.path().join("a")), whole(&b, &sticks.path().join("b")));
    let (store_a, store_b) = (a.open(), b.open());
    store_a.import(&of_b).unwrap();
    store_b.import(&of_a).unwrap();
    assert_eq!(rows(&store_a), rows(&store_b));
    for of in 1..=3 {
        assert_eq!(store_a.links().one(learner(of)), learner(1), "the smallest of a circle, and who hangs on it");
        assert_eq!(store_a.events_of(learner(of), 0).unwrap().len(), 63);
    }
    let mut everything = own_events(&store_a);
    everything.extend(own_events(&store_b));
    assert_eq!(rows(&store_a), model(everything));
    // Taken back on one box: the other word stands.
    store_a.unlink(learner(1), TEACHER).unwrap();
    assert_eq!(store_a.links().one(learner(1)), learner(1));
    assert_eq!(store_a.links().all(learner(3)), [learner(1), learner(2), learner(3)]);
}

#[test]
fn a_child_is_erased_under_all_its_ids() {
    let school = School::new(5, SLED);
    let store = school.open();
    answers(&store, &school, 0, 60);
    for (of, name) in [(1, "Zanzibara"), (2, "Zanzibarina"), (3, "Amadou")] {
        store.submit(profile(of, name)).unwrap();
    }
    store.link(learner(2), learner(1), TEACHER).unwrap();
    let stick = tempfile::tempdir().unwrap();
    drop(store);
    let before = whole(&school, stick.path());
    let store = school.open();
    store.erase(learner(1), TEACHER).unwrap();
    let gone = |store: &Store| {
        for of in [1, 2] {
            assert_eq!((skills(store, of), store.events_of(learner(of), 0).unwrap().len()), (0, 0), "{of}");
        }
        assert_eq!((skills(store, 3), store.links().pairs().count()), (7, 0));
        let outcome = store.link(learner(3), learner(1), TEACHER);
        assert!(matches!(outcome, Err(LinkError::Submit(SubmitError::Erased))), "{outcome:?}");
    };
    gone(&store);
    store.import(&before).unwrap();
    gone(&store);
    drop(store);
    for file in std::fs::read_dir(school.data().join("journal")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|word| word == b"Zanzibar"));
        // Who was erased stands in the word of it, and nowhere else.
        assert_eq!(bytes.windows(18).filter(|word| word[..2] == [0x12, 16] && word[2..] == [1; 16]).count(), 0);
    }
    let store = school.open();
    gone(&store);
    // Erasing one of two that were linked, told from the other side: the link goes, the other stays what it was.
    let school = School::new(6, SLED);
    let store = school.open();
    answers(&store, &school, 0, 30);
    store.link(learner(2), learner(1), TEACHER).unwrap();
    store.erase(learner(2), TEACHER).unwrap();
    assert_eq!((skills(&store, 1), skills(&store, 3)), (0, 7), "it is one child, whichever id is named");
}

/// Years are closed and dropped before, between and after: what was carried is joined, and carried on as one child.
#[test]
fn a_child_stays_one_over_the_end_of_years() {
    for engine in ENGINES {
        let school = School::new(5, engine);
        let store = school.open();
        let year = |store: &Store, from: u64| {
            for n in from..from + 21 {
                school.clock.pass(1_000);
                let of = 1 + (n % 3) as u8;
                let mut draft = answer(of, n, Some((of, n + 1)), "7");
                if let EventBody::Answered(answered) = &mut draft.body {
                    answered.asked_ms = store.now_ms();
                }
                store.submit(draft).unwrap();
            }
        };
        for n in 0..2 {
            year(&store, n * 100);
            store.close_year(&n.to_string(), true).unwrap();
            school.clock.pass(365 * DAY);
        }
        year(&store, 200);
        let apart = store.views_digest().unwrap();
        store.link(learner(2), learner(1), TEACHER).unwrap();
        assert_eq!((skills(&store, 2), skills(&store, 1)), (0, 7), "what was carried is joined");
        let joined = store.views_digest().unwrap();
        store.unlink(learner(2), TEACHER).unwrap();
        assert_eq!(store.views_digest().unwrap(), apart, "taken back, also of what was carried");
        store.link(learner(2), learner(1), TEACHER).unwrap();
        assert_eq!(store.views_digest().unwrap(), joined);
        drop(store);
        assert_eq!(school.open_with(EngineChoice::Memory).views_digest().unwrap(), joined, "from nothing");
        let store = school.open();
        // Two more years: the word itself is let go, and still known.
        for n in 3..6 {
            store.close_year(&n.to_string(), true).unwrap();
            school.clock.pass(365 * DAY);
            year(&store, n * 100);
        }
        assert!(!store.stream(None).any(|event| matches!(event.unwrap().body, EventBody::Linked { .. })), "let go");
        let digest = store.views_digest().unwrap();
        assert_eq!((skills(&store, 2), store.links().one(learner(2))), (0, learner(1)));
        drop(store);
        let anew = school.open_with(EngineChoice::Memory);
        assert_eq!((anew.views_digest().unwrap(), anew.links().one(learner(2))), (digest, learner(1)));
        assert!(anew.scrub(&|| true).unwrap().is_sound());
        // From here on they are two; what was learnt until the last closing stays with the one.
        anew.unlink(learner(2), TEACHER).unwrap();
        assert_eq!(skills(&anew, 2), 7, "what came after the closing that a fold begins with is its own");
    }
}
