//! What the tests of the store share: drafts, a projection that counts, a clock that is told.
#![allow(dead_code, reason = "each test uses a part")]

use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_domain::item::Response;
use chalkbox_store::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// 25 November 2026.
pub const NOW: u64 = 1_795_600_000_000;

/// A clock that goes on by one millisecond at each look.
pub struct Ticking(AtomicU64);

impl Ticking {
    pub fn new() -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(0)))
    }
}

impl Clock for Ticking {
    fn unix_ms(&self) -> u64 {
        NOW + self.0.fetch_add(1, Ordering::Relaxed)
    }
    fn mono_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Counts answers by learner and skill, and keeps the names of classes.
pub struct Counting(pub u32);

impl Projection for Counting {
    fn version(&self) -> u32 {
        self.0
    }
    fn project(&self, event: &Event, views: &dyn ViewReader, out: &mut ViewWrites) {
        match &event.body {
            EventBody::Answered(a) => {
                let learner = event.learner.expect("answers in these tests have a learner");
                let key = ViewKey::skill(learner, &a.skill);
                let before = views.get(&key).map_or(0, |v| u32::from_be_bytes(v.try_into().expect("four bytes")));
                out.set(key, (before + 1).to_be_bytes().to_vec());
                let skills = views.list(&ViewPrefix::skills_of(learner)).len() as u32;
                out.set(ViewKey::learner(learner), (skills + u32::from(before == 0)).to_be_bytes().to_vec());
            }
            EventBody::ClassSet(c) if c.open => out.set(ViewKey::value(1, &c.id.0), c.name.clone().into_bytes()),
            EventBody::ClassSet(c) => out.delete(ViewKey::value(1, &c.id.0)),
            _ => {}
        }
    }
}

pub fn learner(n: u8) -> LearnerId {
    LearnerId([n; 16])
}

pub fn client(n: u8) -> ClientId {
    ClientId([n; 16])
}

pub fn item(n: u64) -> ItemKey {
    let mut key = [0x5a; 16];
    key[..8].copy_from_slice(&n.to_be_bytes());
    ItemKey(key)
}

/// An answer of a usual size.
pub fn answer(of: u8, item_no: u64, send: Option<(u8, u64)>, value: &str) -> EventDraft {
    EventDraft {
        at_ms: None,
        send: send.map(|(c, cseq)| SendKey { client: client(c), cseq }),
        learner: Some(learner(of)),
        actor: Actor::Learner(learner(of)),
        body: EventBody::Answered(Box::new(Answered {
            item: item(item_no),
            asked_ms: NOW - 1000,
            skill: format!("numeracy.add.within-{}", item_no % 7).parse().expect("well formed"),
            plugin: PackHash([7; 32]),
            step: 2,
            seed: 0xdead_beef,
            locale: "fr".into(),
            context: ContextHash([9; 8]),
            format: "num-entry".into(),
            mode: Mode::Practise,
            response: Response::Number { value: value.into() },
            help: 0,
            elapsed_ms: 5300,
            score: Some(1.0),
            fault: None,
            misconception: None,
            d: 0.37,
            expected: 0.62,
            lambda: 1.0,
            pace: Pace::Usual,
            guess: 0.02,
            slip: 0.1,
            guess_fixed: true,
            learn: 0.15,
            mixed_formats: false,
            mastery: Some(0.71),
            state: Some(SkillState::Learning),
        })),
    }
}

pub fn class(n: u8, name: &str, open: bool) -> EventDraft {
    EventDraft {
        at_ms: None,
        send: None,
        learner: None,
        actor: Actor::Staff(StaffId([1; 16])),
        body: EventBody::ClassSet(Class {
            id: ClassId([n; 16]),
            name: name.into(),
            grade: 3,
            teachers: vec![StaffId([1; 16])],
            open,
            picture: 4,
        }),
    }
}

pub fn config(folder: &std::path::Path, engine: EngineChoice) -> StoreConfig {
    StoreConfig { engine, clock: Ticking::new(), ..StoreConfig::new(folder, Arc::new(Counting(1))) }
}

pub const SLED: EngineChoice = EngineChoice::Sled { cache_bytes: 8 << 20 };

/// All rows of the views, as one comparable value.
pub fn all_views(store: &Store) -> Vec<(ViewKey, Vec<u8>)> {
    [ViewPrefix::skills(), ViewPrefix::learners(), ViewPrefix::values(1)]
        .iter()
        .flat_map(|p| store.views(p).expect("readable"))
        .collect()
}
