//! What happens while an engine is built beside the one in use: answers are taken and kept, nothing counts twice, and in
//! the end everything is as if it had been built before.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::*;
use drafts::*;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

const LONG: Duration = Duration::from_secs(30);

/// Folds like [`Counting`], but stops at the first answer until it is let through.
struct Gated {
    rules: Counting,
    open: Mutex<bool>,
    changed: Condvar,
}

impl Gated {
    fn new(rules: u32) -> Arc<Self> {
        Arc::new(Self { rules: Counting(rules), open: Mutex::new(false), changed: Condvar::new() })
    }
    fn let_through(&self) {
        *self.open.lock().unwrap() = true;
        self.changed.notify_all();
    }
}

impl Projection for Gated {
    fn version(&self) -> u32 {
        self.rules.version()
    }
    fn project(&self, event: &Event, views: &dyn ViewReader, out: &mut ViewWrites) {
        // The writer's own thread must not wait: it folds what comes in meanwhile.
        let builds = std::thread::current().name() == Some("store-keeper");
        if builds && matches!(event.body, EventBody::Answered(_)) {
            let open = self.open.lock().unwrap();
            drop(self.changed.wait_while(open, |open| !*open).unwrap());
        }
        self.rules.project(event, views, out);
    }
}

fn class(n: u8) -> EventDraft {
    let class =
        Class { id: ClassId([n; 16]), name: format!("class {n}"), grade: 1, teachers: vec![], open: true, picture: 0 };
    EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body: EventBody::ClassSet(class) }
}

/// A folder with a class and a hundred answers of four learners; what its views are.
fn written(folder: &Path) -> Vec<(ViewKey, Vec<u8>)> {
    let (store, _) = Store::open(config(folder, SLED)).unwrap();
    store.submit(class(7)).unwrap();
    store
        .submit_many(
            (0..100).map(|n| answer((n % 4) as u8 + 1, n, Some(((n % 4) as u8 + 1, n / 4 + 1)), "5")).collect(),
        )
        .unwrap();
    all_views(&store)
}

fn remove_engine(folder: &Path) {
    // There is none yet where a store was closed before it came to building one.
    let _ = std::fs::remove_dir_all(folder.join("engine"));
}

#[test]
fn answers_are_taken_and_counted_once_while_the_engine_is_built() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    remove_engine(folder.path());
    let gate = Gated::new(1);
    let config = StoreConfig { projection: gate.clone(), build_at_once: 0, ..config(folder.path(), SLED) };
    let (store, _) = Store::open(config).unwrap();
    assert!(matches!(store.readiness(), Readiness::Preparing { .. }));
    // People are known at once, what they learnt is not.
    assert_eq!(store.view(&ViewKey::value(1, &[7; 16])).unwrap().as_deref(), Some(b"class 7".as_slice()));
    assert_eq!(store.views(&ViewPrefix::skills()).unwrap(), vec![]);
    // A new answer, the same again, one from before, one from before under another key.
    let new = store.submit(answer(1, 500, Some((1, 90)), "5")).unwrap();
    assert!(!new.duplicate);
    let again = store.submit(answer(1, 500, Some((1, 90)), "5")).unwrap();
    assert_eq!((again.id, again.duplicate), (new.id, true));
    assert!(store.submit(answer(1, 0, Some((1, 1)), "5")).unwrap().duplicate);
    assert!(matches!(store.submit(answer(1, 0, Some((1, 91)), "5")), Err(SubmitError::AlreadyAnswered { .. })));
    assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 26, "a learner's events come from the journal");
    assert_eq!(store.answer_to(learner(2), item(1), NOW - 1000).unwrap().map(|e| e.id.seq), Some(3));
    gate.let_through();
    assert!(store.wait_until_ready(LONG));
    let views = all_views(&store);
    drop(store);
    let (anew, _) = Store::open(drafts::config(folder.path(), EngineChoice::Memory)).unwrap();
    assert_eq!(all_views(&anew), views);
    assert_eq!(anew.stream(None).count(), 102);
}

#[test]
fn a_store_closes_in_the_middle_of_building_and_begins_again() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    for _ in 0..3 {
        remove_engine(folder.path());
        let gate = Gated::new(1);
        let config = StoreConfig { projection: gate.clone(), build_at_once: 0, ..config(folder.path(), SLED) };
        let (store, _) = Store::open(config).unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(30));
                gate.let_through();
            });
            drop(store);
        });
    }
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    assert_eq!(all_views(&store), views);
}

#[test]
fn other_rules_fold_anew_in_the_background() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    let config = StoreConfig { projection: Arc::new(Counting(2)), build_at_once: 0, ..config(folder.path(), SLED) };
    let (store, _) = Store::open(config).unwrap();
    assert!(store.wait_until_ready(LONG));
    assert_eq!(all_views(&store), views);
    for _ in 0..200 {
        if store.notices().contains(&Notice::ViewsRebuilt { from: Some(1), to: 2 }) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{:?}", store.notices());
}

#[test]
fn a_probe_that_takes_long_is_not_waited_for() {
    for sound in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let views = written(folder.path());
        std::fs::write(folder.path().join("lock"), b"in use").unwrap();
        let (let_go, wait) = std::sync::mpsc::channel::<()>();
        let wait = Mutex::new(wait);
        let mut config = config(folder.path(), SLED);
        config.patience = Duration::from_millis(20);
        config.probe = Some(Arc::new(move |_| {
            let _ = wait.lock().unwrap().recv();
            if sound { Ok(()) } else { Err(ProbeError::Process { code: None }) }
        }));
        let (store, _) = Store::open(config).unwrap();
        assert!(!store.is_ready());
        store.submit(answer(3, 900, Some((3, 90)), "5")).unwrap();
        drop(let_go);
        assert!(store.wait_until_ready(LONG));
        let aside = |n: &Notice| matches!(n, Notice::EngineSetAside { reason: SetAside::Probe, .. });
        assert_eq!(store.notices().iter().any(aside), !sound, "{:?}", store.notices());
        let more = all_views(&store);
        assert_ne!(more, views);
        drop(store);
        let (anew, _) = Store::open(drafts::config(folder.path(), EngineChoice::Memory)).unwrap();
        assert_eq!(all_views(&anew), more);
    }
}

#[test]
fn a_row_that_does_not_read_back_heals_while_the_store_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    let key = ViewKey::skill(learner(1), &"numeracy.add.within-10".parse().unwrap());
    let hurt = |folder: &Path| {
        use chalkbox_store::engine::{EngineOptions, KvEngine, Op, SledEngine};
        // An engine that was just closed may hold its lock a moment longer.
        let open = || SledEngine::open(&folder.join("engine/1"), EngineOptions::default());
        let engine = (0..500).find_map(|_| open().inspect_err(|_| std::thread::sleep(Duration::from_millis(10))).ok());
        let engine = engine.unwrap();
        engine.apply(&[Op::Set(key.as_bytes().to_vec(), vec![77, 1, 2])]).unwrap();
        engine.close().unwrap();
    };
    hurt(folder.path());
    // Found by a reader: everything else goes on meanwhile.
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(matches!(store.view(&key), Err(StoreError::Row { table: 'K' })));
    for _ in 0..500 {
        if store.view(&key).is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(all_views(&store), views);
    drop(store);

    // Found by the writer, while it folds an answer.
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    hurt(folder.path());
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    let ack = store.submit(answer(1, 700, Some((1, 60)), "5")).unwrap();
    assert!(store.submit(answer(1, 700, Some((1, 60)), "5")).unwrap().duplicate);
    assert!(store.wait_until_ready(LONG));
    assert!(store.notices().contains(&Notice::EngineFailed), "{:?}", store.notices());
    assert!(store.submit(answer(1, 700, Some((1, 60)), "5")).unwrap().duplicate);
    assert_eq!(store.event(ack.id).unwrap().map(|e| e.id), Some(ack.id));
    let views = all_views(&store);
    drop(store);
    let (anew, _) = Store::open(config(folder.path(), EngineChoice::Memory)).unwrap();
    assert_eq!(all_views(&anew), views);
}

#[test]
fn another_engine_is_one_setting_and_a_building_anew() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    for (engine, kept) in [
        (EngineChoice::Redb { cache_bytes: 8 << 20 }, false),
        (EngineChoice::Redb { cache_bytes: 8 << 20 }, true),
        (SLED, false),
    ] {
        let (store, notices) = Store::open(config(folder.path(), engine)).unwrap();
        assert_eq!(all_views(&store), views);
        assert_eq!(notices.is_empty(), kept, "{notices:?}");
        assert!(store.submit(answer(1, 0, Some((1, 1)), "5")).unwrap().duplicate);
        let word = match engine {
            EngineChoice::Redb { .. } => "redb",
            _ => "sled",
        };
        assert!(store.stats().unwrap().engine.starts_with(word));
    }
}

/// Tries until it is so, for half a minute.
fn soon(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..3_000 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{what}");
}

#[test]
fn engines_that_cannot_be_built_never_end_the_taking_of_answers() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    // Whatever is to be made in the folder of engines fails; the one in use has its files open.
    let (engines, away) = (folder.path().join("engine"), folder.path().join("away"));
    std::fs::rename(&engines, &away).unwrap();
    std::fs::write(&engines, b"no folder").unwrap();
    store.distrust_views();
    soon("a person is told", || store.notices().contains(&Notice::NotBuilt));
    assert!(!store.is_read_only());
    let ack = store.submit(answer(1, 500, Some((1, 90)), "5")).unwrap();
    assert!(store.submit(answer(1, 500, Some((1, 90)), "5")).unwrap().duplicate);
    assert_eq!(store.event(ack.id).unwrap().map(|e| e.id), Some(ack.id));
    assert!(store.events_of(learner(1), 0).unwrap().iter().any(|e| e.id == ack.id));
    drop(store);
    std::fs::remove_file(&engines).unwrap();
    std::fs::rename(&away, &engines).unwrap();
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(store.is_ready() && !notices.contains(&Notice::NotBuilt), "{notices:?}");
    assert_ne!(all_views(&store), views, "the new answer counts");
    assert!(store.submit(answer(1, 500, Some((1, 90)), "5")).unwrap().duplicate);
}

#[test]
fn however_many_readers_meet_a_damaged_row_one_engine_is_built() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let gate = Gated::new(1);
    let config = StoreConfig { projection: gate.clone(), ..config(folder.path(), SLED) };
    let (store, _) = Store::open(config).unwrap();
    (0..50).for_each(|_| store.distrust_views());
    gate.let_through();
    let built = |store: &Store| store.notices().iter().filter(|n| matches!(n, Notice::Replayed { .. })).count();
    soon("one is built", || built(&store) > 0);
    // Whatever else was asked for comes before this.
    store.erase(learner(9), Actor::Box).unwrap();
    assert!(built(&store) <= 2, "the one, and that of the erasing: {:?}", store.notices());
}

#[test]
fn a_store_that_is_closed_while_an_engine_is_tried_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let views = written(folder.path());
    std::fs::write(folder.path().join("lock"), b"in use").unwrap();
    let (let_go, wait) = std::sync::mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let mut late = config(folder.path(), SLED);
    late.patience = Duration::from_millis(20);
    late.probe = Some(Arc::new(move |_| {
        let _ = wait.lock().unwrap().recv();
        Ok(())
    }));
    let (store, _) = Store::open(late).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(50));
            drop(let_go);
        });
        drop(store);
    });
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert!(
        !notices.iter().any(|n| matches!(n, Notice::EngineSetAside { .. } | Notice::Replayed { .. })),
        "{notices:?}"
    );
    assert_eq!(all_views(&store), views);
}
