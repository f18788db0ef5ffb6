//! One suite for every engine: what the store relies on, and nothing else. Memory forgets, so it is not reopened; in
//! everything else the engines are held to the same.
#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_store::engine::{
    EngineError, EngineOptions, EngineStats, KvEngine, MAX_OPS, MemEngine, Op, RedbEngine, Row, SledEngine, Span,
    WriteBehind,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const FOLDER: &str = "CHALKBOX_ENGINE_FOLDER";
const ENGINE: &str = "CHALKBOX_ENGINE";

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

fn empty_and_maximal_keys<E: KvEngine>(folder: &Path) {
    let engine: E = open(folder);
    // Longer than any key (337 bytes of a view's) and any value (1 KiB) of the store's.
    let longest = vec![0xff; 4096];
    let value = vec![0xee; 2048];
    engine.apply(&[set(b"", &value), set(&longest, b""), set(&longest[1..], b"shorter")]).unwrap();
    engine.checkpoint().unwrap();
    let all = engine.range(&Span::prefix(&[])).unwrap();
    let expect: [Row; 3] = [(vec![], value), (longest[1..].to_vec(), b"shorter".to_vec()), (longest.clone(), vec![])];
    assert_eq!(all, expect);
    assert_eq!(engine.range(&Span::prefix(&longest)).unwrap(), expect[2..]);
    engine.apply(&[Op::Delete(vec![]), Op::Delete(longest)]).unwrap();
    assert_eq!(engine.range(&Span::prefix(&[])).unwrap(), expect[1..2]);
}

fn keeps_over_a_reopening<E: KvEngine>(folder: &Path) {
    many::<E>(folder, 2_000).close().unwrap();
    let engine: E = open(folder);
    assert_eq!(engine.get(&5u32.reverse_bits().to_be_bytes()).unwrap().as_deref(), Some(5u32.to_be_bytes().as_slice()));
    assert_eq!(engine.range(&Span::prefix(&[])).unwrap().len(), 2_000);
    assert!(engine.stats().unwrap().bytes > 0);
    // What came after the checkpoint is kept as well when the engine is closed in order.
    engine.apply(&[set(b"late", b"1"), Op::Delete(5u32.reverse_bits().to_be_bytes().to_vec())]).unwrap();
    engine.close().unwrap();
    drop(engine);
    let engine: E = open(folder);
    assert_eq!(engine.get(b"late").unwrap().as_deref(), Some(b"1".as_slice()));
    assert_eq!(engine.range(&Span::prefix(&[])).unwrap().len(), 2_000);
}

const BATCH_KEYS: u16 = 200;

/// Writes batch after batch, each with its number under every key; says what is durable.
fn write_for_ever<E: KvEngine>(folder: &Path) {
    let engine: E = open(folder);
    for batch in 1u64.. {
        let ops: Vec<Op> = (0..BATCH_KEYS).map(|key| set(&key.to_be_bytes(), &batch.to_be_bytes())).collect();
        engine.apply(&ops).unwrap();
        if batch.is_multiple_of(5) {
            engine.checkpoint().unwrap();
            let mut out = std::io::stdout().lock();
            out.write_all(format!("{batch}.\n").as_bytes()).unwrap();
            out.flush().unwrap();
        }
    }
}

/// Not a test of its own: what the child does when it is started for it.
#[test]
fn child() {
    let (Some(folder), Ok(engine)) = (std::env::var_os(FOLDER), std::env::var(ENGINE)) else { return };
    match engine.as_str() {
        "sled" => write_for_ever::<SledEngine>(Path::new(&folder)),
        "redb" => write_for_ever::<RedbEngine>(Path::new(&folder)),
        "behind" => write_for_ever::<WriteBehind<SledEngine>>(Path::new(&folder)),
        other => panic!("no engine {other}"),
    }
}

/// Kills a process that writes, at many moments: a batch is there whole or not at all, and a checkpoint stays.
fn a_batch_is_whole_after_a_kill<E: KvEngine>(folder: &Path, name: &str) {
    for round in 0..6 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture", "--test-threads=1"])
            .envs([(FOLDER, folder.as_os_str()), (ENGINE, name.as_ref())])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut durable = 0;
        let mut line = String::new();
        // At least one checkpoint, and then a moment that differs from round to round.
        while durable == 0 && lines.read_line(&mut line).unwrap() > 0 {
            durable = line.trim_end().strip_suffix('.').and_then(|n| n.parse().ok()).unwrap_or(0);
            line.clear();
        }
        std::thread::sleep(Duration::from_micros(7_300 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        for said in lines.lines().map_while(Result::ok) {
            durable = said.strip_suffix('.').and_then(|n| n.parse().ok()).unwrap_or(durable);
        }
        assert!(durable > 0, "the child must get to write something");
        let engine: E = open(folder);
        let rows = engine.range(&Span::prefix(&[])).unwrap();
        assert_eq!(rows.len(), usize::from(BATCH_KEYS));
        assert!(rows.iter().all(|(_, value)| *value == rows[0].1), "round {round}: a batch is there in part");
        let found = u64::from_be_bytes(rows[0].1.as_slice().try_into().unwrap());
        assert!(found >= durable, "round {round}: {durable} was durable, {found} is there");
    }
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// One way to hurt some bytes.
fn hurt(whole: &[u8], at: usize, how: usize) -> Vec<u8> {
    let end = (at + 16).min(whole.len());
    let mut hurt = whole.to_vec();
    match how {
        0 => hurt[at] ^= 0x10,
        1 => hurt[at..end].fill(0),
        2 => hurt[at..end].fill(0xa5),
        3 => hurt.truncate(at),
        _ => drop(hurt.splice(at..at, whole[at..end].iter().copied()).count()),
    }
    hurt
}

/// Whether it opens, and what it then holds, is the engine's affair; that the process is still here is ours.
fn damage_gives_errors_not_panics<E: KvEngine>(folder: &Path) {
    many::<E>(folder, 500).close().unwrap();
    let mut all = Vec::new();
    files(folder, &mut all);
    assert!(!all.is_empty());
    let copies: Vec<(PathBuf, Vec<u8>)> = all.iter().map(|p| (p.clone(), std::fs::read(p).unwrap())).collect();
    let mut failed = 0;
    for (path, whole) in copies.iter().filter(|(_, whole)| !whole.is_empty()) {
        for turn in 0..60 {
            let at = turn * 257 % whole.len();
            std::fs::remove_dir_all(folder.join("engine")).unwrap();
            for (path, whole) in &copies {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, whole).unwrap();
            }
            std::fs::write(path, hurt(whole, at, turn % 5)).unwrap();
            failed += usize::from(use_all_of::<E>(folder).is_err());
        }
    }
    assert!(failed > 0, "a check that nothing can fail sees nothing");
}

fn use_all_of<E: KvEngine>(folder: &Path) -> Result<(), chalkbox_store::engine::EngineError> {
    let engine = E::open(&folder.join("engine"), EngineOptions { cache_bytes: 4 << 20 })?;
    engine.range(&Span::prefix(&[]))?;
    engine.get(&7u32.reverse_bits().to_be_bytes())?;
    engine.apply(&[set(b"new", b"1"), Op::Delete(9u32.reverse_bits().to_be_bytes().to_vec())])?;
    engine.stats()?;
    engine.close()
}

#[derive(Debug, Clone)]
enum Step {
    Apply(Vec<(Vec<u8>, Option<Vec<u8>>)>),
    Look { from: Vec<u8>, to: Option<Vec<u8>>, reverse: bool, limit: usize },
    Checkpoint,
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
        1 => Just(Step::Checkpoint),
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
                assert_eq!(engine.get(from).unwrap().as_ref(), model.get(from));
            }
            Step::Checkpoint => engine.checkpoint().unwrap(),
            Step::Reopen if may_reopen => {
                engine.close().unwrap();
                drop(engine);
                engine = open(folder);
            }
            Step::Reopen => {}
        }
    }
}

/// The same random histories for whoever asks, with the seed of proptest's own.
fn every_history(test: impl Fn(&Path, &[Step])) {
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() });
    let histories = prop::collection::vec(step(), 1..60);
    runner
        .run(&histories, |steps| {
            let folder = tempfile::tempdir().unwrap();
            test(folder.path(), &steps);
            Ok(())
        })
        .unwrap();
}

/// A million keys: `cargo xtask store-proofs engines`.
fn a_million<E: KvEngine>(folder: &Path) {
    let before = resident();
    let start = Instant::now();
    let engine: E = many(folder, 1_000_000);
    let took = start.elapsed();
    let stats = engine.stats().unwrap();
    let grown = resident().saturating_sub(before) >> 20;
    engine.close().unwrap();
    drop(engine);
    let start = Instant::now();
    let engine: E = open(folder);
    let opened = start.elapsed();
    assert!(stats.keys.is_none_or(|keys| keys == 1_000_000));
    println!(
        "{}: 1,000,000 keys in {:.1} s, {grown} MiB more memory, {} MiB on disk, opened again in {:.2} s",
        stats.name,
        took.as_secs_f32(),
        stats.bytes >> 20,
        opened.as_secs_f32()
    );
    drop(engine);
    assert!(grown < 800, "{grown} MiB");
}

/// Resident memory of this process in bytes.
fn resident() -> u64 {
    let pages: u64 = std::fs::read_to_string("/proc/self/statm").unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

/// The suite. What only an engine on disk can show stands in `on_disk`.
macro_rules! suite {
    ($name:ident, $engine:ty, reopens: $reopens:literal) => {
        mod $name {
            use super::*;

            #[test]
            fn order_and_boundaries() {
                super::order_and_boundaries::<$engine>(tempfile::tempdir().unwrap().path());
            }
            #[test]
            fn changes() {
                super::changes::<$engine>(tempfile::tempdir().unwrap().path());
            }
            #[test]
            fn empty_and_maximal_keys() {
                super::empty_and_maximal_keys::<$engine>(tempfile::tempdir().unwrap().path());
            }
            #[test]
            fn many_keys() {
                super::many::<$engine>(tempfile::tempdir().unwrap().path(), 20_000).close().unwrap();
            }
            #[test]
            fn follows_the_model() {
                every_history(|folder, steps| super::follows_the_model::<$engine>(folder, steps, $reopens));
            }
            #[test]
            #[ignore = "takes minutes: cargo xtask store-proofs engines"]
            fn a_million_keys() {
                super::a_million::<$engine>(tempfile::tempdir().unwrap().path());
            }
        }
    };
}

macro_rules! on_disk {
    ($name:ident, $engine:ty, $word:literal) => {
        mod $name {
            use super::*;

            #[test]
            fn keeps_over_a_reopening() {
                super::keeps_over_a_reopening::<$engine>(tempfile::tempdir().unwrap().path());
            }
            #[test]
            fn a_batch_is_whole_after_a_kill() {
                super::a_batch_is_whole_after_a_kill::<$engine>(tempfile::tempdir().unwrap().path(), $word);
            }
            #[test]
            fn damage_gives_errors_not_panics() {
                super::damage_gives_errors_not_panics::<$engine>(tempfile::tempdir().unwrap().path());
            }
        }
    };
}

suite!(memory, MemEngine, reopens: false);
suite!(sled, SledEngine, reopens: true);
suite!(redb, RedbEngine, reopens: true);
suite!(behind, WriteBehind<SledEngine>, reopens: true);
suite!(behind_memory, WriteBehind<MemEngine>, reopens: false);
on_disk!(sled_on_disk, SledEngine, "sled");
on_disk!(redb_on_disk, RedbEngine, "redb");
on_disk!(behind_on_disk, WriteBehind<SledEngine>, "behind");

/// An engine whose changes can be made to fail, and counted.
struct Counted {
    inner: MemEngine,
    batches: AtomicUsize,
    changes: AtomicUsize,
    broken: AtomicBool,
}

impl KvEngine for Counted {
    fn open(folder: &Path, options: EngineOptions) -> Result<Self, EngineError> {
        let inner = MemEngine::open(folder, options)?;
        Ok(Self { inner, batches: AtomicUsize::new(0), changes: AtomicUsize::new(0), broken: AtomicBool::new(false) })
    }
    fn apply(&self, ops: &[Op]) -> Result<(), EngineError> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(EngineError::Failed { doing: "apply", source: "broken".into() });
        }
        self.batches.fetch_add(1, Ordering::Relaxed);
        self.changes.fetch_add(ops.len(), Ordering::Relaxed);
        assert!(ops.len() <= MAX_OPS, "{}", ops.len());
        self.inner.apply(ops)
    }
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.inner.get(key)
    }
    fn range(&self, span: &Span) -> Result<Vec<Row>, EngineError> {
        self.inner.range(span)
    }
    fn checkpoint(&self) -> Result<(), EngineError> {
        self.inner.checkpoint()
    }
    fn stats(&self) -> Result<EngineStats, EngineError> {
        self.inner.stats()
    }
    fn close(&self) -> Result<(), EngineError> {
        self.inner.close()
    }
}

#[test]
fn changes_of_one_row_become_one_and_a_failure_stays() {
    let behind: WriteBehind<Counted> = open(Path::new("nowhere"));
    for n in 0..1_000u32 {
        behind.apply(&[set(b"watermark", &n.to_be_bytes()), set(&n.to_be_bytes(), b"event")]).unwrap();
    }
    let engine = behind.engine();
    assert_eq!(engine.batches.load(Ordering::Relaxed), 0, "nothing has moved on yet");
    behind.checkpoint().unwrap();
    assert_eq!((engine.batches.load(Ordering::Relaxed), engine.changes.load(Ordering::Relaxed)), (7, 1_007));
    assert_eq!(engine.get(b"watermark").unwrap(), Some(999u32.to_be_bytes().to_vec()));

    engine.broken.store(true, Ordering::Relaxed);
    behind.apply(&[set(b"watermark", b"later")]).unwrap();
    behind.checkpoint().unwrap_err();
    engine.broken.store(false, Ordering::Relaxed);
    behind.apply(&[set(b"more", b"")]).unwrap_err();
    behind.checkpoint().unwrap_err();
    assert_eq!(behind.get(b"watermark").unwrap().as_deref(), Some(b"later".as_slice()), "it can still be read");
}

#[test]
fn what_waits_in_memory_is_bounded() {
    let behind: WriteBehind<Counted> = open(Path::new("nowhere"));
    let changes = 100_000;
    for n in 0..changes / 100 {
        let ops: Vec<Op> = (0..100u32).map(|m| set(&(n * 100 + m).to_be_bytes(), &[7; 1000])).collect();
        behind.apply(&ops).unwrap();
    }
    let moved = behind.engine().changes.load(Ordering::Relaxed);
    let waiting = (changes as usize - moved) * (1_000 + 2 * 4 + 160);
    assert!(waiting > 32 << 20 && waiting <= 64 << 20, "{moved} of {changes} moved on, {waiting} bytes wait");
    assert_eq!(behind.range(&Span::prefix(&[])).unwrap().len(), changes as usize);
}

#[test]
fn an_engine_names_the_version_that_is_built_in() {
    let lock = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let names = [
        open::<SledEngine>(&folder.path().join("sled")).stats().unwrap().name,
        open::<RedbEngine>(&folder.path().join("redb")).stats().unwrap().name,
    ];
    for name in names {
        let (engine, version) = name.split_once(' ').unwrap();
        assert!(lock.contains(&format!("name = \"{engine}\"\nversion = \"{version}\"\n")), "{name}");
    }
}
