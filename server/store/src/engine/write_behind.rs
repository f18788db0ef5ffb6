//! Changes are put into memory at once and into the engine later, many together: a row that changes with every answer is
//! written once for a hundred of them, and nobody waits for an engine that rearranges its files.
//!
//! Nothing is less safe by it. No engine keeps what was applied since its last checkpoint, and the journal has it all.

use super::{EngineError, EngineOptions, EngineStats, KvEngine, MAX_OPS, Op, Row, Span};
use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// So many bytes may wait in memory, with what it costs to keep them there; whoever brings more waits for the engine.
const MOST_WAITING: usize = 64 << 20;
/// Above this the engine catches up, beside whoever brings more. Below it waits for a checkpoint: then a burst of answers has
/// the processor to itself, and what is changed again soon is written once. Some 50,000 answers.
const CATCH_UP_ABOVE: usize = MOST_WAITING / 4 * 3;
/// What a row costs in memory beside its bytes, about: it stands in a map and in a list.
const ROW_COST: usize = 160;

type Key = Arc<[u8]>;
type Value = Option<Arc<[u8]>>;

/// An engine with the newest changes in memory before it.
pub struct WriteBehind<E> {
    engine: E,
    waiting: RwLock<Waiting>,
    /// Held by whoever moves changes on: they go in their order.
    moving: Mutex<()>,
    /// The engine did not take a change: nothing is known of what it holds.
    failed: AtomicBool,
}

/// Changes that are not in the engine.
#[derive(Default)]
struct Waiting {
    /// The newest value of each row, and the group that brought it.
    rows: BTreeMap<Key, (Value, u64)>,
    /// What goes into the engine together, the oldest first.
    groups: VecDeque<Group>,
    /// Number of the oldest group.
    first: u64,
    bytes: usize,
}

#[derive(Default)]
struct Group {
    /// In the order in which they came: of two with one key the later counts.
    rows: Vec<(Key, Value)>,
    bytes: usize,
    /// It is on its way: later changes go into another.
    closed: bool,
}

impl Waiting {
    /// All changes of one call go into one group, so that they are made together or not at all.
    fn put(&mut self, ops: &[Op]) {
        let fits = self.groups.back().is_some_and(|group| !group.closed && group.rows.len() + ops.len() <= MAX_OPS);
        if !fits {
            self.groups.push_back(Group::default());
        }
        let number = self.first + self.groups.len() as u64 - 1;
        let Some(group) = self.groups.back_mut() else { return };
        for op in ops {
            let (key, value): (Key, Value) = match op {
                Op::Set(key, value) => (key.as_slice().into(), Some(value.as_slice().into())),
                Op::Delete(key) => (key.as_slice().into(), None),
            };
            let cost = cost(&key, &value);
            group.bytes += cost;
            self.bytes += cost;
            group.rows.push((key.clone(), value.clone()));
            self.rows.insert(key, (value, number));
        }
    }

    /// Closes the oldest group; its changes, in the order of their keys.
    fn oldest(&mut self) -> Option<BTreeMap<Key, Value>> {
        let group = self.groups.front_mut()?;
        group.closed = true;
        Some(group.rows.iter().cloned().collect())
    }

    /// The oldest group is in the engine.
    fn forget_oldest(&mut self) {
        let Some(group) = self.groups.pop_front() else { return };
        self.bytes -= group.bytes;
        for (key, _) in &group.rows {
            if self.rows.get(key).is_some_and(|(_, number)| *number == self.first) {
                self.rows.remove(key);
            }
        }
        self.first += 1;
    }

    /// The changes in a part of the keys, in its direction, up to as many rows as are wanted.
    fn within(&self, span: &Span) -> Vec<(Key, Value)> {
        let to = span.to.as_ref().map_or(Bound::Unbounded, |to| Bound::Excluded(to.as_slice()));
        let found = self.rows.range::<[u8], _>((Bound::Included(span.from.as_slice()), to));
        let mut there = 0;
        let wanted = |(key, (value, _)): (&Key, &(Value, u64))| {
            let more = there < span.limit;
            there += usize::from(value.is_some());
            more.then(|| (key.clone(), value.clone()))
        };
        if span.reverse { found.rev().map_while(wanted).collect() } else { found.map_while(wanted).collect() }
    }
}

fn cost(key: &Key, value: &Value) -> usize {
    ROW_COST + 2 * key.len() + value.as_ref().map_or(0, |value| value.len())
}

impl<E: KvEngine> WriteBehind<E> {
    /// The engine that changes go to.
    pub fn engine(&self) -> &E {
        &self.engine
    }

    fn read(&self) -> RwLockReadGuard<'_, Waiting> {
        self.waiting.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Waiting> {
        self.waiting.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the oldest groups on while `more` says so of what waits.
    fn move_on(&self, more: impl Fn(&Waiting) -> bool) -> Result<(), EngineError> {
        let _alone = self.moving.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let rows = {
                let mut waiting = self.write();
                if !more(&waiting) {
                    return Ok(());
                }
                let Some(rows) = waiting.oldest() else { return Ok(()) };
                rows
            };
            self.unfailed()?;
            let op = |(key, value): (&Key, &Value)| match value {
                Some(value) => Op::Set(key.to_vec(), value.to_vec()),
                None => Op::Delete(key.to_vec()),
            };
            let ops: Vec<Op> = rows.iter().map(op).collect();
            // Whoever reads meanwhile finds the rows in memory still, and then the same ones in the engine.
            let applied = self.engine.apply(&ops);
            self.failed.fetch_or(applied.is_err(), Ordering::AcqRel);
            applied?;
            self.write().forget_oldest();
        }
    }

    fn unfailed(&self) -> Result<(), EngineError> {
        if self.failed.load(Ordering::Acquire) {
            let source = "it did not take an earlier change".into();
            return Err(EngineError::Failed { doing: "apply", source });
        }
        Ok(())
    }

    /// Rows of the engine with changes put over them.
    fn merged(&self, span: &Span, changes: Vec<(Key, Value)>) -> Result<Vec<Row>, EngineError> {
        let before = |a: &[u8], b: &[u8]| if span.reverse { a > b } else { a < b };
        let mut changes = changes.into_iter().peekable();
        let mut rest = span.clone();
        let mut out: Vec<Row> = Vec::new();
        while out.len() < span.limit {
            rest.limit = span.limit - out.len();
            let rows = self.engine.range(&rest)?;
            let last = (rows.len() == rest.limit).then(|| rows.last().map(|(key, _)| key.clone())).flatten();
            for (key, row) in rows {
                while let Some((new, value)) = changes.next_if(|(new, _)| before(new, &key)) {
                    out.extend(value.map(|value| (new.to_vec(), value.to_vec())));
                }
                match changes.next_if(|(changed, _)| **changed == *key) {
                    Some((_, value)) => out.extend(value.map(|value| (key, value.to_vec()))),
                    None => out.push((key, row)),
                }
            }
            match last {
                Some(last) if span.reverse => rest.to = Some(last),
                Some(last) => rest.from = [last.as_slice(), &[0]].concat(),
                None => {
                    out.extend(changes.filter_map(|(key, value)| Some((key.to_vec(), value?.to_vec()))));
                    break;
                }
            }
        }
        out.truncate(span.limit);
        Ok(out)
    }
}

impl<E: KvEngine> KvEngine for WriteBehind<E> {
    fn open(folder: &Path, options: EngineOptions) -> Result<Self, EngineError> {
        let engine = E::open(folder, options)?;
        Ok(Self { engine, waiting: RwLock::default(), moving: Mutex::default(), failed: AtomicBool::new(false) })
    }

    fn apply(&self, ops: &[Op]) -> Result<(), EngineError> {
        self.unfailed()?;
        if ops.is_empty() {
            return Ok(());
        }
        let too_much = {
            let mut waiting = self.write();
            waiting.put(ops);
            waiting.bytes > MOST_WAITING
        };
        if too_much {
            self.move_on(|waiting| waiting.bytes > MOST_WAITING)?;
        }
        Ok(())
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        if let Some((value, _)) = self.read().rows.get(key) {
            return Ok(value.as_ref().map(|value| value.to_vec()));
        }
        self.engine.get(key)
    }

    fn range(&self, span: &Span) -> Result<Vec<Row>, EngineError> {
        if span.to.as_ref().is_some_and(|to| *to <= span.from) {
            return Ok(Vec::new());
        }
        // Memory first: what moves on in between is then found twice, and not missed.
        let changes = self.read().within(span);
        if changes.is_empty() { self.engine.range(span) } else { self.merged(span, changes) }
    }

    fn catch_up(&self) -> Result<(), EngineError> {
        self.move_on(|waiting| waiting.bytes > CATCH_UP_ABOVE)
    }

    fn checkpoint(&self) -> Result<(), EngineError> {
        let end = {
            let waiting = self.read();
            waiting.first + waiting.groups.len() as u64
        };
        self.move_on(|waiting| waiting.first < end)?;
        self.unfailed()?;
        self.engine.checkpoint()
    }

    fn stats(&self) -> Result<EngineStats, EngineError> {
        let all_there = self.read().groups.is_empty();
        let stats = self.engine.stats()?;
        Ok(EngineStats { keys: stats.keys.filter(|_| all_there), ..stats })
    }

    fn close(&self) -> Result<(), EngineError> {
        self.move_on(|_| true)?;
        self.engine.close()
    }
}
