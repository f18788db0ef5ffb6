//! One suite for every engine: what the store relies on, and nothing else.
#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_store::engine::{EngineOptions, KvEngine, MAX_OPS, MemEngine, Op, Row, SledEngine, Span};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// An engine that was just closed may hold its lock a moment longer: its own threads end behind it.
fn open<E: KvEngine>(folder: &Path) -> E {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match E::open(&folder.join("engine"), EngineOptions { cache_bytes: 4 << 20 }) {
            Ok(engine) => return engine,
            Err(error) if format!("{error:?}").contains("acquire lock") && Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

fn set(key: &[u8], value: &[u8]) -> Op {
    Op::Set(key.to_vec(), value.to_vec())
}

fn keys(rows: Vec<Row>) -> Vec<Vec<u8>> {
    rows.into_iter().map(|(key, _)| key).collect()
}

fn order_and_boundaries<E: KvEngine>(folder: &Path) {
    let engine: E = open(folder);
    let all: [&[u8]; 7] = [b"", b"\x00", b"a", b"a\x00", b"a\xff", b"b", b"\xff\xff"];
    engine.apply(&all.iter().rev().map(|k| set(k, k)).collect::<Vec<_>>()).unwrap();
    let everything = Span { from: vec![], to: None, reverse: false, limit: usize::MAX };
    assert_eq!(keys(engine.range(&everything).unwrap()), all);
    assert_eq!(keys(engine.range(&Span { limit: 2, reverse: true, ..everything.clone() }).unwrap()), [all[6], all[5]]);
    assert_eq!(keys(engine.range(&Span::prefix(b"a")).unwrap()), [all[2], all[3], all[4]]);
    assert_eq!(keys(engine.range(&Span::prefix(b"\xff")).unwrap()), [all[6]]);
    let half_open = Span { from: b"a\x00".to_vec(), to: Some(b"b".to_vec()), ..everything.clone() };
    assert_eq!(keys(engine.range(&half_open).unwrap()), [all[3], all[4]]);
    for (from, to) in [("b", "a"), ("a", "a")] {
        let none = Span { from: from.into(), to: Some(to.into()), ..everything.clone() };
        assert_eq!(engine.range(&none).unwrap(), vec![]);
    }
    assert_eq!(engine.range(&Span { limit: 0, ..everything }).unwrap(), vec![]);
    assert_eq!((engine.get(b"").unwrap(), engine.get(b"c").unwrap()), (Some(vec![]), None));
    let stats = engine.stats().unwrap();
    assert!(!stats.name.is_empty() && stats.keys.is_none_or(|k| k == 7));
}

fn changes<E: KvEngine>(folder: &Path) {
    let engine: E = open(folder);
    let long = vec![b'k'; 300];
    engine.apply(&[set(b"x", b"1"), set(b"x", b"2"), set(&long, &[7; 1024]), Op::Delete(b"nothing".to_vec())]).unwrap();
    assert_eq!(engine.get(b"x").unwrap().as_deref(), Some(b"2".as_slice()));
    engine.apply(&[Op::Delete(b"x".to_vec()), set(b"y", b"")]).unwrap();
    assert_eq!((engine.get(b"x").unwrap(), engine.get(b"y").unwrap()), (None, Some(vec![])));
    assert_eq!(engine.get(&long).unwrap().unwrap(), vec![7; 1024]);
    engine.apply(&[]).unwrap();
}

fn many<E: KvEngine>(folder: &Path, count: u32) -> E {
    let engine: E = open(folder);
    for from in (0..count).step_by(MAX_OPS) {
        let ops: Vec<Op> = (from..count.min(from + MAX_OPS as u32))
            .map(|n| set(&n.reverse_bits().to_be_bytes(), &n.to_be_bytes()))
            .collect();
        engine.apply(&ops).unwrap();
    }
    let mut seen = 0;
    let mut span = Span { limit: 1000, ..Span::prefix(&[]) };
    loop {
        let rows = engine.range(&span).unwrap();
        assert!(rows.is_sorted_by(|a, b| a.0 < b.0));
        seen += rows.len() as u32;
        match rows.last() {
            Some((last, _)) if rows.len() == 1000 => span.from = [last.as_slice(), &[0]].concat(),
            _ => break,
        }
    }
    assert_eq!(seen, count);
    engine.checkpoint().unwrap();
    engine
}

#[test]
fn memory_does_it() {
    let folder = tempfile::tempdir().unwrap();
    order_and_boundaries::<MemEngine>(folder.path());
    changes::<MemEngine>(folder.path());
    many::<MemEngine>(folder.path(), 20_000).close().unwrap();
}

#[test]
fn sled_does_it() {
    for test in [order_and_boundaries::<SledEngine>, changes::<SledEngine>] {
        let folder = tempfile::tempdir().unwrap();
        test(folder.path());
    }
}

#[test]
fn sled_keeps_what_it_has_over_a_reopening() {
    let folder = tempfile::tempdir().unwrap();
    many::<SledEngine>(folder.path(), 20_000).close().unwrap();
    let engine: SledEngine = open(folder.path());
    assert_eq!(engine.get(&5u32.reverse_bits().to_be_bytes()).unwrap().as_deref(), Some(5u32.to_be_bytes().as_slice()));
    assert_eq!(engine.range(&Span::prefix(&[])).unwrap().len(), 20_000);
    assert!(engine.stats().unwrap().bytes > 0);
}

#[test]
fn sled_s_failures_are_errors_not_panics() {
    let folder = tempfile::tempdir().unwrap();
    many::<SledEngine>(folder.path(), 500).close().unwrap();
    let db = folder.path().join("engine/db");
    let whole = std::fs::read(&db).unwrap();
    for at in (0..whole.len().min(4096)).step_by(257) {
        let mut hurt = whole.clone();
        hurt[at..(at + 16).min(whole.len())].fill(0xa5);
        std::fs::write(&db, &hurt).unwrap();
        // Whether it opens is sled's affair; that the process is still here is ours.
        if let Ok(engine) = SledEngine::open(&folder.path().join("engine"), EngineOptions::default()) {
            let _ = engine.range(&Span::prefix(&[]));
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Apply(Vec<(Vec<u8>, Option<Vec<u8>>)>),
    Look { from: Vec<u8>, to: Option<Vec<u8>>, reverse: bool, limit: usize },
    Reopen,
}

fn key() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![Just(0u8), Just(1), Just(0x80), Just(0xff)], 0..4)
}

fn step() -> impl Strategy<Value = Step> {
    let change = (key(), prop::option::of(prop::collection::vec(any::<u8>(), 0..40)));
    prop_oneof![
        6 => prop::collection::vec(change, 0..20).prop_map(Step::Apply),
        4 => (key(), prop::option::of(key()), any::<bool>(), 0usize..30)
            .prop_map(|(from, to, reverse, limit)| Step::Look { from, to, reverse, limit }),
        1 => Just(Step::Reopen),
    ]
}

fn follows_the_model<E: KvEngine>(folder: &Path, steps: &[Step], may_reopen: bool) {
    let mut model = BTreeMap::new();
    let mut engine: E = open(folder);
    for step in steps {
        match step {
            Step::Apply(changes) => {
                let ops: Vec<Op> = changes
                    .iter()
                    .map(|(key, value)| match value {
                        Some(value) => set(key, value),
                        None => Op::Delete(key.clone()),
                    })
                    .collect();
                engine.apply(&ops).unwrap();
                for (key, value) in changes {
                    match value {
                        Some(value) => model.insert(key.clone(), value.clone()),
                        None => model.remove(key),
                    };
                }
            }
            Step::Look { from, to, reverse, limit } => {
                let span = Span { from: from.clone(), to: to.clone(), reverse: *reverse, limit: *limit };
                let mut expect: Vec<Row> = model
                    .iter()
                    .filter(|(k, _)| *k >= from && to.as_ref().is_none_or(|t| *k < t))
                    .map(|(k, v)| (k.clone(), v.clone()))
                    .collect();
                if *reverse {
                    expect.reverse();
                }
                expect.truncate(*limit);
                assert_eq!(engine.range(&span).unwrap(), expect);
            }
            Step::Reopen if may_reopen => {
                engine.close().unwrap();
                drop(engine);
                engine = open(folder);
            }
            Step::Reopen => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn every_engine_follows_the_model(steps in prop::collection::vec(step(), 1..60)) {
        let folder = tempfile::tempdir().unwrap();
        follows_the_model::<MemEngine>(folder.path(), &steps, false);
        follows_the_model::<SledEngine>(folder.path(), &steps, true);
    }
}
