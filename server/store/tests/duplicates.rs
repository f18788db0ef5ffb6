//! Sending again: a reply may be lost at any point between writing and receiving, and whoever has no reply sends again: out of
//! order, from two tabs at once, after a restart, while an engine is built. Every sending becomes one event, and everybody is
//! told the same.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::*;
use drafts::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Barrier;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(30);

/// Sending `n` of a tablet's outbox: answers of two children, and a hint now and then.
fn sending(n: u64) -> EventDraft {
    let of = (n % 2) as u8 + 1;
    let mut draft = answer(of, n, Some((1, n + 1)), &n.to_string());
    if n.is_multiple_of(5) {
        let skill = "numeracy.add.within-3".parse().unwrap();
        draft.body = EventBody::Hinted(Hinted { item: item(n + 1), skill, level: 1, asked_ms: NOW - 1000 });
    }
    draft
}

#[derive(Debug, Clone)]
enum Step {
    /// Sends, and gets the reply.
    Send(u64),
    /// Sends, and the connection breaks before the reply: it is known to nobody.
    Lose(u64),
    /// Two tabs send the same at the same moment.
    Twice(u64),
    /// The whole outbox, from the back, and the first again.
    Backwards,
    /// The server is stopped in order.
    Stop,
    /// The server is killed.
    Kill,
    /// The server is killed and its engine gone: answers are taken while another is built.
    Anew,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0u64..30).prop_map(Step::Send),
        6 => (0u64..30).prop_map(Step::Lose),
        3 => (0u64..30).prop_map(Step::Twice),
        1 => Just(Step::Backwards),
        1 => Just(Step::Stop),
        1 => Just(Step::Kill),
        1 => Just(Step::Anew),
    ]
}

/// The server's side and what clients were told.
struct Served {
    folder: tempfile::TempDir,
    engine: EngineChoice,
    /// None for the moment between two starts.
    store: Option<Store>,
    told: BTreeMap<u64, EventId>,
    sent: BTreeSet<u64>,
}

impl Served {
    fn open(folder: &Path, engine: EngineChoice, build_at_once: u64) -> Store {
        Store::open(StoreConfig { build_at_once, ..config(folder, engine) }).unwrap().0
    }

    fn new(engine: EngineChoice) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Self::open(folder.path(), engine, 20_000);
        Self { folder, engine, store: Some(store), told: BTreeMap::new(), sent: BTreeSet::new() }
    }

    fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    fn hear(&mut self, n: u64, ack: Ack) {
        let first = *self.told.entry(n).or_insert(ack.id);
        assert_eq!(ack.id, first, "sending {n} was acknowledged as another event before");
        assert_eq!(ack.duplicate, self.sent.contains(&n), "sending {n}: {ack:?}");
        self.sent.insert(n);
    }

    /// While an engine is built, an answer that is sent again is found by its item; a hint may be stored twice, which shows
    /// and counts nothing twice. So hints wait here.
    fn may_send(&self, n: u64) {
        assert!(!n.is_multiple_of(5) || self.store().wait_until_ready(LONG));
    }

    fn send(&mut self, n: u64) {
        self.may_send(n);
        let ack = self.store().submit(sending(n)).unwrap();
        self.hear(n, ack);
    }

    fn twice(&mut self, n: u64) {
        self.may_send(n);
        let gate = Barrier::new(3);
        let acks: Vec<Ack> = std::thread::scope(|scope| {
            let tab = || {
                gate.wait();
                self.store().submit(sending(n)).unwrap()
            };
            let tabs: Vec<_> = (0..3).map(|_| scope.spawn(tab)).collect();
            tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
        });
        let stored = acks.iter().filter(|ack| !ack.duplicate).count();
        assert_eq!(stored, usize::from(!self.sent.contains(&n)), "sending {n}: {acks:?}");
        assert!(acks.iter().all(|ack| ack.id == acks[0].id), "sending {n}: {acks:?}");
        self.sent.insert(n);
        self.hear(n, Ack { duplicate: true, ..acks[0] });
    }

    /// The folder as a kill leaves it.
    fn kill(&mut self) {
        let left = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), left.path());
        self.store = None;
        self.folder = left;
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Send(n) => self.send(*n),
            Step::Lose(n) => {
                self.may_send(*n);
                let ack = self.store().submit(sending(*n)).unwrap();
                assert_eq!(ack.duplicate, self.sent.contains(n), "sending {n}");
                self.sent.insert(*n);
            }
            Step::Twice(n) => self.twice(*n),
            Step::Backwards => {
                for n in self.sent.clone().into_iter().rev().chain([0, 0]) {
                    self.send(n);
                }
            }
            Step::Stop => {
                self.store = None;
                self.store = Some(Self::open(self.folder.path(), self.engine, 20_000));
            }
            Step::Kill => {
                self.kill();
                self.store = Some(Self::open(self.folder.path(), self.engine, 20_000));
            }
            Step::Anew => {
                self.kill();
                // In memory there is no folder of it.
                let _ = std::fs::remove_dir_all(self.folder.path().join("engine"));
                self.store = Some(Self::open(self.folder.path(), self.engine, 0));
            }
        }
    }

    /// In the end every sending is there once, and the views count it once.
    fn settle(mut self) {
        for n in self.sent.clone() {
            self.send(n);
        }
        assert!(self.store().wait_until_ready(LONG));
        let events: Vec<Event> = self.store().stream(None).map(Result::unwrap).collect();
        assert_eq!(events.len(), self.sent.len());
        let numbers: BTreeSet<u64> = events.iter().map(|e| e.send.unwrap().cseq - 1).collect();
        assert_eq!(numbers, self.sent);
        for event in &events {
            let n = event.send.unwrap().cseq - 1;
            assert_eq!((event.id, &event.body), (self.told[&n], &sending(n).body));
            assert_eq!(self.store().sent_before(event.send.unwrap()).unwrap(), Some(event.id));
        }
        let answers = self.sent.iter().filter(|n| !n.is_multiple_of(5)).count() as u32;
        let counted = self.store().views(&ViewPrefix::skills()).unwrap();
        let counted: u32 = counted.iter().map(|(_, row)| u32::from_be_bytes(row.as_slice().try_into().unwrap())).sum();
        assert_eq!(counted, answers);
    }
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

fn check(steps: &[Step], engine: EngineChoice) {
    let mut served = Served::new(engine);
    steps.iter().for_each(|step| served.take(step));
    served.settle();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn every_sending_becomes_one_event_in_memory(steps in prop::collection::vec(step(), 1..60)) {
        check(&steps, EngineChoice::Memory);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, ..ProptestConfig::default() })]
    #[test]
    fn every_sending_becomes_one_event_with_sled(steps in prop::collection::vec(step(), 1..60)) {
        check(&steps, SLED);
    }
}

#[test]
fn the_same_key_with_something_else_is_told_which_one_stays_also_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Served::open(folder.path(), SLED, 20_000);
    let first = store.submit(sending(1)).unwrap().id;
    for turn in 0..3 {
        let other_response = answer(2, 1, Some((1, 2)), "other");
        let other_item = answer(2, 77, Some((1, 2)), "1");
        let other_child = answer(1, 1, Some((1, 2)), "1");
        for draft in [other_response, other_item, other_child] {
            let refused = store.submit(draft);
            assert!(matches!(refused, Err(SubmitError::Conflict { first: f }) if f == first), "{turn}: {refused:?}");
        }
        // From another browser, with its own key: the item has its answer.
        let refused = store.submit(answer(2, 1, Some((9, 1)), "1"));
        assert!(matches!(refused, Err(SubmitError::AlreadyAnswered { first: f }) if f == first), "{turn}: {refused:?}");
        drop(store);
        if turn == 1 {
            std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
        }
        store = Served::open(folder.path(), SLED, 20_000);
    }
    assert_eq!(store.stats().unwrap().events, 1);
}

#[test]
fn two_hundred_tablets_that_all_lost_their_replies_send_everything_again_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Served::open(folder.path(), SLED, 20_000);
    let tablet = |tablet: u64, n: u64| {
        let mut client = [0x77; 16];
        client[..8].copy_from_slice(&tablet.to_be_bytes());
        let send = Some(SendKey { client: ClientId(client), cseq: n + 1 });
        EventDraft { send, ..answer((tablet % 250) as u8, tablet << 32 | n, None, "5") }
    };
    let round = |store: &Store| -> BTreeSet<EventId> {
        let gate = Barrier::new(200);
        std::thread::scope(|scope| {
            let tablets: Vec<_> = (0..200)
                .map(|t| {
                    let gate = &gate;
                    scope.spawn(move || {
                        gate.wait();
                        // From the back, as an outbox that is turned round.
                        (0..5u64).rev().map(|n| store.submit(tablet(t, n)).unwrap().id).collect::<Vec<_>>()
                    })
                })
                .collect();
            tablets.into_iter().flat_map(|t| t.join().unwrap()).collect()
        })
    };
    let first = round(&store);
    assert_eq!(first.len(), 1_000);
    assert_eq!(round(&store), first);
    drop(store);
    let store = Served::open(folder.path(), SLED, 20_000);
    assert_eq!(round(&store), first);
    assert_eq!(store.stream(None).count(), 1_000);
}
