//! An engine in memory, for tests; it forgets everything when it is dropped.

use super::{EngineError, EngineOptions, EngineStats, KvEngine, Op, Row, Span};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;
use std::sync::{PoisonError, RwLock};

/// A sorted map.
#[derive(Debug, Default)]
pub struct MemEngine {
    rows: RwLock<BTreeMap<Vec<u8>, Vec<u8>>>,
}

impl KvEngine for MemEngine {
    fn open(_folder: &Path, _options: EngineOptions) -> Result<Self, EngineError> {
        Ok(Self::default())
    }

    fn apply(&self, ops: &[Op]) -> Result<(), EngineError> {
        let mut rows = self.rows.write().unwrap_or_else(PoisonError::into_inner);
        for op in ops {
            match op {
                Op::Set(key, value) => rows.insert(key.clone(), value.clone()),
                Op::Delete(key) => rows.remove(key),
            };
        }
        Ok(())
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        Ok(self.rows.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned())
    }

    fn range(&self, span: &Span) -> Result<Vec<Row>, EngineError> {
        if span.to.as_ref().is_some_and(|to| *to <= span.from) {
            return Ok(Vec::new());
        }
        let to = span.to.as_ref().map_or(Bound::Unbounded, |to| Bound::Excluded(to.clone()));
        let rows = self.rows.read().unwrap_or_else(PoisonError::into_inner);
        let found = rows.range((Bound::Included(span.from.clone()), to)).map(|(k, v)| (k.clone(), v.clone()));
        Ok(if span.reverse { found.rev().take(span.limit).collect() } else { found.take(span.limit).collect() })
    }

    fn checkpoint(&self) -> Result<(), EngineError> {
        Ok(())
    }

    fn stats(&self) -> Result<EngineStats, EngineError> {
        let rows = self.rows.read().unwrap_or_else(PoisonError::into_inner);
        Ok(EngineStats { name: "memory", bytes: 0, keys: Some(rows.len() as u64) })
    }

    fn close(&self) -> Result<(), EngineError> {
        Ok(())
    }
}
