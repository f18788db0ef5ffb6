//! Random histories against a model of a few lines: submit, send again, send something else under the same key, stop,
//! start, change the rules. Whatever happens, the store and the model agree.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_store::*;
use drafts::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Clone)]
struct Sending {
    of: u8,
    item: u64,
    send: Option<(u8, u64)>,
    value: u8,
    late: Option<u64>,
}

impl Sending {
    fn draft(&self) -> EventDraft {
        EventDraft {
            at_ms: self.late.map(|ms| NOW - ms),
            ..answer(self.of, self.item, self.send, &self.value.to_string())
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    One(Sending),
    Many(Vec<Sending>),
    Again(usize),
    Stop,
    Kill,
    NewRules,
}

fn sending() -> impl Strategy<Value = Sending> {
    let send = prop::option::weighted(0.9, (1u8..4, prop_oneof![1u64..40, Just(u64::MAX)]));
    (1u8..4, 0u64..25, send, 0u8..3, prop::option::of(0u64..100_000))
        .prop_map(|(of, item, send, value, late)| Sending { of, item, send, value, late })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        20 => sending().prop_map(Step::One),
        3 => prop::collection::vec(sending(), 1..6).prop_map(Step::Many),
        8 => any::<usize>().prop_map(Step::Again),
        1 => Just(Step::Stop),
        1 => Just(Step::Kill),
        1 => Just(Step::NewRules),
    ]
}

#[derive(Debug, PartialEq, Clone, Copy)]
enum Outcome {
    Stored(u64),
    Duplicate(u64),
    Conflict(u64),
    Answered(u64),
}

fn outcome(result: Result<Ack, SubmitError>) -> Outcome {
    match result {
        Ok(Ack { id, duplicate: false, .. }) => Outcome::Stored(id.seq),
        Ok(Ack { id, duplicate: true, .. }) => Outcome::Duplicate(id.seq),
        Err(SubmitError::Conflict { first }) => Outcome::Conflict(first.seq),
        Err(SubmitError::AlreadyAnswered { first }) => Outcome::Answered(first.seq),
        Err(error) => panic!("{error}"),
    }
}

/// What the store should hold: the sendings that were stored, in order.
#[derive(Default, Clone)]
struct Model(Vec<Sending>);

impl Model {
    fn submit(&mut self, new: &Sending) -> Outcome {
        let number = |test: &dyn Fn(&Sending) -> bool| self.0.iter().position(test).map(|i| i as u64 + 1);
        let same = |s: &Sending| (s.of, s.item, s.value) == (new.of, new.item, new.value);
        if let Some(first) = new.send.and_then(|_| number(&|s| s.send == new.send)) {
            return if same(&self.0[first as usize - 1]) {
                Outcome::Duplicate(first)
            } else {
                Outcome::Conflict(first)
            };
        }
        if let Some(first) = number(&|s| (s.of, s.item) == (new.of, new.item)) {
            let before = &self.0[first as usize - 1];
            return if same(before) && before.send == new.send {
                Outcome::Duplicate(first)
            } else {
                Outcome::Answered(first)
            };
        }
        self.0.push(new.clone());
        Outcome::Stored(self.0.len() as u64)
    }
}

fn agree(store: &Store, model: &Model) {
    let all: Vec<Event> = store.stream(None).map(|e| e.unwrap()).collect();
    let drafts: Vec<EventBody> = model.0.iter().map(|s| s.draft().body).collect();
    assert_eq!(all.iter().map(|e| e.body.clone()).collect::<Vec<_>>(), drafts);
    let mut counts = BTreeMap::new();
    for (event, sending) in all.iter().zip(&model.0) {
        assert_eq!(store.event(event.id).unwrap().as_ref(), Some(event));
        assert_eq!(store.answer_to(learner(sending.of), item(sending.item), NOW - 1000).unwrap().as_ref(), Some(event));
        if let Some(send) = event.send {
            assert_eq!(store.sent_before(send).unwrap(), Some(event.id));
        }
        let EventBody::Answered(a) = &event.body else { panic!("only answers were sent") };
        *counts.entry(ViewKey::skill(learner(sending.of), &a.skill)).or_insert(0u32) += 1;
    }
    for of in 1..4 {
        let mut own: Vec<&Event> = all.iter().filter(|e| e.learner == Some(learner(of))).collect();
        own.sort_by_key(|e| (e.at, e.id.seq));
        assert_eq!(store.events_of(learner(of), 0).unwrap().iter().collect::<Vec<_>>(), own);
    }
    let views: Vec<_> = store.views(&ViewPrefix::skills()).unwrap();
    assert_eq!(views, counts.into_iter().map(|(k, n)| (k, n.to_be_bytes().to_vec())).collect::<Vec<_>>());
}

fn open(folder: &Path, engine: EngineChoice, rules: u32) -> Store {
    let config = StoreConfig { projection: Arc::new(Counting(rules)), ..config(folder, engine) };
    Store::open(config).unwrap().0
}

/// A copy of the folder as a kill would leave it: taken while the store is open, without any end in order.
fn killed_copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    let mut folders = vec![from.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let copy = to.path().join(path.strip_prefix(from).unwrap());
            if path.is_dir() {
                std::fs::create_dir(&copy).unwrap();
                folders.push(path);
            } else {
                std::fs::copy(&path, &copy).unwrap();
            }
        }
    }
    to
}

fn check(steps: &[Step], engine: EngineChoice) {
    let mut folder = tempfile::tempdir().unwrap();
    let mut rules = 1;
    let mut store = open(folder.path(), engine, rules);
    let mut model = Model::default();
    let mut sent = Vec::new();
    for step in steps {
        match step {
            Step::One(sending) => {
                assert_eq!(outcome(store.submit(sending.draft())), model.submit(sending), "{sending:?}");
                sent.push(sending.clone());
            }
            Step::Many(sendings) => {
                let mut trial = model.clone();
                let expect: Vec<Outcome> = sendings.iter().map(|s| trial.submit(s)).collect();
                let refusal = expect.iter().copied().find(|o| matches!(o, Outcome::Conflict(_) | Outcome::Answered(_)));
                match (store.submit_many(sendings.iter().map(Sending::draft).collect()), refusal) {
                    (Ok(acks), None) => {
                        assert_eq!(acks.into_iter().map(|a| outcome(Ok(a))).collect::<Vec<_>>(), expect);
                        model = trial;
                    }
                    (Err(error), Some(expect)) => assert_eq!(outcome(Err(error)), expect),
                    (result, expect) => panic!("{result:?}, expected {expect:?}"),
                }
            }
            Step::Again(which) if !sent.is_empty() => {
                let sending = &sent[which % sent.len()];
                assert_eq!(outcome(store.submit(sending.draft())), model.submit(sending), "{sending:?}");
            }
            Step::Again(_) => {}
            Step::Stop => {
                drop(store);
                store = open(folder.path(), engine, rules);
            }
            Step::Kill => {
                let after = killed_copy(folder.path());
                drop(store);
                folder = after;
                store = open(folder.path(), engine, rules);
            }
            Step::NewRules => {
                drop(store);
                rules += 1;
                store = open(folder.path(), engine, rules);
            }
        }
    }
    agree(&store, &model);
}

/// Runs so many random histories; a failing one is printed as small as it gets, and its seed kept beside this file.
fn histories(cases: u32, engine: EngineChoice) {
    let config = Config { cases, max_shrink_iters: 200, source_file: Some(file!()), ..Config::default() };
    let outcome = TestRunner::new(config).run(&prop::collection::vec(step(), 1..80), |steps| {
        check(&steps, engine);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

const REDB: EngineChoice = EngineChoice::Redb { cache_bytes: 8 << 20 };

#[test]
fn in_memory() {
    histories(40, EngineChoice::Memory);
}

#[test]
fn with_redb() {
    histories(8, REDB);
}

#[test]
fn with_sled() {
    histories(12, SLED);
}

/// `cargo xtask store-proofs model`.
#[test]
#[ignore = "takes minutes: cargo xtask store-proofs model"]
fn the_store_and_the_model_agree_over_a_thousand_histories() {
    histories(600, EngineChoice::Memory);
    histories(200, SLED);
    histories(200, REDB);
    println!("1000 histories: the store and the model agree");
}
