//! sled 0.34, with what its own code leaves out: a real sync, and panics kept inside.
//!
//! On Linux `flush` of this version ends without `fsync`, so a checkpoint adds one on its file and its folder; values
//! stay small because large ones go to files that are never synced; batches stay small because it keeps memory for ever
//! after large ones. `docs/store-format.md` tells how this was found.

use super::guard::{guarded, sync};
use super::{EngineError, EngineOptions, EngineStats, KvEngine, Op, Row, Span};
use std::fs::File;
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// One sled database, one tree.
pub struct SledEngine {
    db: sled::Db,
    folder: PathBuf,
}

impl SledEngine {
    fn sync_data(&self) -> Result<(), EngineError> {
        let path = self.folder.join("db");
        File::open(&path).and_then(|f| f.sync_data()).map_err(|source| EngineError::Sync { path, source })?;
        sync(&self.folder)
    }
}

impl KvEngine for SledEngine {
    fn open(folder: &Path, options: EngineOptions) -> Result<Self, EngineError> {
        let fresh = !folder.join("db").exists();
        let config = sled::Config::new()
            .path(folder)
            .cache_capacity(options.cache_bytes)
            .flush_every_ms(None)
            .use_compression(false);
        let db = guarded("open", || config.open())?;
        let engine = Self { db, folder: folder.to_owned() };
        if fresh {
            guarded("flush", || engine.db.flush())?;
            sync(&folder.join("conf"))?;
            sync(&folder.join("db"))?;
            sync(folder)?;
            if let Some(parent) = folder.parent() {
                sync(parent)?;
            }
        }
        Ok(engine)
    }

    fn apply(&self, ops: &[Op]) -> Result<(), EngineError> {
        let mut batch = sled::Batch::default();
        for op in ops {
            match op {
                Op::Set(key, value) => batch.insert(key.as_slice(), value.as_slice()),
                Op::Delete(key) => batch.remove(key.as_slice()),
            }
        }
        guarded("apply", || self.db.apply_batch(batch))
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        guarded("get", || self.db.get(key).map(|found| found.map(|value| value.to_vec())))
    }

    fn range(&self, span: &Span) -> Result<Vec<Row>, EngineError> {
        if span.to.as_ref().is_some_and(|to| *to <= span.from) {
            return Ok(Vec::new());
        }
        let to = span.to.as_ref().map_or(Bound::Unbounded, |to| Bound::Excluded(to.clone()));
        guarded("range", || {
            let found = self.db.range((Bound::Included(span.from.clone()), to));
            let row = |r: Result<(sled::IVec, sled::IVec), sled::Error>| r.map(|(k, v)| (k.to_vec(), v.to_vec()));
            if span.reverse {
                found.rev().take(span.limit).map(row).collect()
            } else {
                found.take(span.limit).map(row).collect()
            }
        })
    }

    fn checkpoint(&self) -> Result<(), EngineError> {
        guarded("flush", || self.db.flush())?;
        self.sync_data()
    }

    fn stats(&self) -> Result<EngineStats, EngineError> {
        let bytes = guarded("measure", || self.db.size_on_disk())?;
        Ok(EngineStats { name: "sled 0.34.7", bytes, keys: None })
    }

    fn close(&self) -> Result<(), EngineError> {
        self.checkpoint()
    }
}
