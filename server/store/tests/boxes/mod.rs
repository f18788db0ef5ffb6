//! What the tests of several boxes share: rules that see every change of order, a model of them in a few lines, boxes whose
//! clocks are told, and volumes out of a data folder.
#![allow(dead_code, reason = "each test uses a part")]

use super::drafts::*;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_domain::links::Links;
use chalkbox_store::*;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Links events into chains, one for each skill of a learner and one for everything: other events, or the same in another
/// order, give other rows. Keeps the names of learners and classes.
pub struct Chained;

fn link(key: ViewKey, event: &Event, views: &dyn ViewReader, out: &mut ViewWrites) {
    let before = views.get(&key).unwrap_or_default();
    let hash = Sha256::new().chain_update(before).chain_update(event.id.to_string()).finalize();
    out.set(key, hash.to_vec());
}

impl Projection for Chained {
    fn version(&self) -> u32 {
        1
    }
    fn project(&self, event: &Event, views: &dyn ViewReader, out: &mut ViewWrites) {
        match &event.body {
            EventBody::Answered(a) => {
                let learner = event.learner.expect("answers in these tests have a learner");
                link(ViewKey::skill(learner, &a.skill), event, views, out);
                link(ViewKey::value(2, b"everything"), event, views, out);
            }
            EventBody::ProfileSet(p) => out.set(ViewKey::learner(p.id), p.display_name.clone().into_bytes()),
            EventBody::ClassSet(c) => out.set(ViewKey::value(1, &c.id.0), c.name.clone().into_bytes()),
            _ => {}
        }
    }
    fn join(&self, from: LearnerId, to: LearnerId, views: &dyn ViewReader, out: &mut ViewWrites) {
        for (key, row) in views.list(&ViewPrefix::skills_of(from)) {
            let theirs = key.for_learner(to).expect("a row of a skill");
            let before = views.get(&theirs).unwrap_or_default();
            out.set(theirs, Sha256::new().chain_update(before).chain_update(row).finalize().to_vec());
            out.delete(key);
        }
    }
}

/// All rows of [`Chained`].
pub fn rows(store: &Store) -> Vec<(ViewKey, Vec<u8>)> {
    [ViewPrefix::skills(), ViewPrefix::learners(), ViewPrefix::values(1), ViewPrefix::values(2)]
        .iter()
        .flat_map(|prefix| store.views(prefix).expect("readable"))
        .collect()
}

struct Rows(RefCell<BTreeMap<ViewKey, Vec<u8>>>);

impl ViewReader for Rows {
    fn get(&self, key: &ViewKey) -> Option<Vec<u8>> {
        self.0.borrow().get(key).cloned()
    }
    fn list(&self, prefix: &ViewPrefix) -> Vec<(ViewKey, Vec<u8>)> {
        let rows = self.0.borrow();
        rows.iter()
            .filter(|(k, _)| k.as_bytes().starts_with(prefix.as_bytes()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect()
    }
}

/// What the rows must be when these events are everything that there is: a fold that knows nothing of stores.
pub fn model(mut events: Vec<Event>) -> Vec<(ViewKey, Vec<u8>)> {
    events.sort_by_key(|e| (e.hlc, e.id.box_id, e.id.seq));
    let rows = Rows(RefCell::default());
    let mut links = Links::default();
    for event in &events {
        links.follow(&event.body);
    }
    let mut answered = HashSet::new();
    for event in &events {
        // An item takes one answer: the first in this order.
        if let EventBody::Answered(a) = &event.body
            && !answered.insert((event.learner, a.item))
        {
            continue;
        }
        let mut writes = ViewWrites::default();
        // Whoever is one child is so from the first event on.
        let event = Event { learner: event.learner.map(|learner| links.one(learner)), ..event.clone() };
        Chained.project(&event, &rows, &mut writes);
        for (key, row) in writes.rows() {
            rows.0.borrow_mut().insert(key.clone(), row.clone().expect("these rules remove nothing"));
        }
    }
    rows.0.into_inner().into_iter().collect()
}

/// A clock that stands still until it is moved.
pub struct Told(AtomicU64);

impl Told {
    pub fn at(ms: u64) -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(ms)))
    }
    pub fn pass(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for Told {
    fn unix_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
    fn mono_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed) - NOW
    }
}

/// A box: its folder, and the clock that hangs in its room.
pub struct School {
    pub folder: tempfile::TempDir,
    pub clock: Arc<Told>,
    pub engine: EngineChoice,
}

impl School {
    /// A box with a name of its own, so that a case can be run again from its seed.
    pub fn new(id: u8, engine: EngineChoice) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("box.toml"), format!("box = \"{}\"\n", BoxId([id; 8]))).unwrap();
        Self { folder, clock: Told::at(NOW + u64::from(id)), engine }
    }
    pub fn data(&self) -> &Path {
        self.folder.path()
    }
    pub fn open(&self) -> Store {
        self.open_with(self.engine)
    }
    pub fn open_with(&self, engine: EngineChoice) -> Store {
        let config =
            StoreConfig { engine, clock: self.clock.clone(), ..StoreConfig::new(self.data(), Arc::new(Chained)) };
        let (store, notices) = Store::open(config).unwrap();
        let loss = |n: &&Notice| {
            matches!(
                n,
                Notice::Gap { .. } | Notice::FileRepaired { .. } | Notice::OtherName { .. } | Notice::Conflict { .. }
            )
        };
        assert_eq!(notices.iter().find(loss), None);
        store
    }
}

/// One thing that happens at a box.
#[derive(Debug, Clone)]
pub enum Deed {
    Answer { of: u8, item: u64, value: u8, late_ms: Option<u64> },
    Name { of: u8, name: u8 },
    Class { n: u8, name: u8 },
    Link { of: u8, to: u8 },
    Unlink { of: u8 },
    Pass(u64),
}

pub fn deed() -> impl Strategy<Value = Deed> {
    let late = prop::option::weighted(0.2, 0u64..900);
    prop_oneof![
        48 => (1u8..4, 0u64..14, 0u8..2, late)
            .prop_map(|(of, item, value, late_ms)| Deed::Answer { of, item, value, late_ms }),
        4 => (1u8..4, 0u8..9).prop_map(|(of, name)| Deed::Name { of, name }),
        4 => (1u8..3, 0u8..9).prop_map(|(n, name)| Deed::Class { n, name }),
        2 => (1u8..4, 1u8..4).prop_map(|(of, to)| Deed::Link { of, to }),
        1 => (1u8..4).prop_map(|of| Deed::Unlink { of }),
        12 => (0u64..400).prop_map(Deed::Pass),
    ]
}

/// A learner's name.
pub fn profile(of: u8, name: &str) -> EventDraft {
    let profile = Profile {
        id: learner(of),
        display_name: name.into(),
        avatar: 1,
        class: ClassId([1; 16]),
        grade: 1,
        code: None,
        card: None,
        locale: None,
        active: true,
    };
    EventDraft {
        at_ms: None,
        send: None,
        learner: Some(learner(of)),
        actor: Actor::Staff(StaffId([1; 16])),
        body: EventBody::ProfileSet(profile),
    }
}

/// Does it. That an item was answered before, here or at a box whose events came in, is no failure.
pub fn act(store: &Store, clock: &Told, deed: &Deed) {
    let draft = match deed {
        Deed::Answer { of, item, value, late_ms } => {
            let send = Some((*of, u64::from(*of) << 32 | (item + 1)));
            let at_ms = late_ms.map(|ms| NOW - ms);
            EventDraft { at_ms, ..answer(*of, u64::from(*of) << 32 | *item, send, &value.to_string()) }
        }
        Deed::Name { of, name } => profile(*of, &format!("name {name} of {of}")),
        Deed::Class { n, name } => class(*n, &format!("class {name}"), true),
        Deed::Link { of, to } => return linked(store.link(learner(*of), learner(*to), Actor::Box)),
        Deed::Unlink { of } => return linked(store.unlink(learner(*of), Actor::Box)),
        Deed::Pass(ms) => return clock.pass(*ms),
    };
    match store.submit(draft) {
        Ok(_) | Err(SubmitError::Conflict { .. } | SubmitError::AlreadyAnswered { .. }) => {}
        Err(error) => panic!("{deed:?}: {error}"),
    }
}

/// That it is so already is no failure, nor that the store is still at work on what was before.
fn linked(outcome: Result<(), LinkError>) {
    assert!(matches!(outcome, Ok(()) | Err(LinkError::Already | LinkError::NotReady)), "{outcome:?}");
}

/// The events that the box itself took.
pub fn own_events(store: &Store) -> Vec<Event> {
    store.stream(None).map(Result::unwrap).collect()
}

/// The records of a box's own journal.
pub fn own_records(data: &Path) -> (BoxId, Vec<Record>) {
    let segments = journal::segments(data).unwrap();
    let box_id = journal::Log::open(data).unwrap().own();
    let own = segments.iter().filter(|s| s.own).flat_map(|s| s.records(data).unwrap()).collect();
    (box_id, own)
}

/// A volume of some of a box's records, by their places; none for no records.
pub fn volume_of((box_id, records): &(BoxId, Vec<Record>), from: usize, to: usize, into: &Path) -> Option<PathBuf> {
    let part = records.get(from..to.min(records.len()))?;
    let name = volume::VolumeName { box_id: *box_id, from: part.first()?.first(), to: part.last()?.last() };
    std::fs::create_dir_all(into).unwrap();
    Some(volume::store_volume(into, &name, &mut part.iter().cloned()).unwrap())
}
