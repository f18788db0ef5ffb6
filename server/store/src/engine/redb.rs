//! redb: one file of pages with checksums, and real syncs. Ready to take sled's place.
//!
//! Its changes between two checkpoints stay in memory, so after a kill it is back at the last checkpoint, and the journal
//! gives what is missing. Every opening reads the whole file and compares the checksum of each page, as redb does by
//! itself only after a cut: a file that was damaged while the box was off is an error then, and not a wrong row later.

use super::guard::{guarded, sync};
use super::{EngineError, EngineOptions, EngineStats, KvEngine, Op, Row, Span};
use redb::{
    AccessGuard, Database, Durability, ReadOnlyTable, ReadableDatabase, ReadableTableMetadata, StorageError,
    TableDefinition, TableError,
};
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// Name of its file in the engine's folder.
pub(crate) const FILE: &str = "rows.redb";
const ROWS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("rows");

/// One redb database, one table.
pub struct RedbEngine {
    /// There until it is dropped.
    db: Option<Database>,
    path: PathBuf,
}

type Guards = (AccessGuard<'static, &'static [u8]>, AccessGuard<'static, &'static [u8]>);

fn row(read: Result<Guards, StorageError>) -> Result<Row, redb::Error> {
    let (key, value) = read?;
    Ok((key.value().to_vec(), value.value().to_vec()))
}

/// Makes the table where there is none: in a new file, or in one whose making was cut short.
fn ensure_table(db: &Database) -> Result<(), redb::Error> {
    match db.begin_read()?.open_table(ROWS) {
        Ok(_) => return Ok(()),
        Err(TableError::TableDoesNotExist(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let write = db.begin_write()?;
    write.open_table(ROWS)?;
    Ok(write.commit()?)
}

impl RedbEngine {
    fn db(&self) -> Result<&Database, redb::Error> {
        self.db.as_ref().ok_or(redb::Error::DatabaseClosed)
    }

    fn rows(&self) -> Result<ReadOnlyTable<&'static [u8], &'static [u8]>, redb::Error> {
        Ok(self.db()?.begin_read()?.open_table(ROWS)?)
    }
}

impl KvEngine for RedbEngine {
    fn open(folder: &Path, options: EngineOptions) -> Result<Self, EngineError> {
        let path = folder.join(FILE);
        let fresh = !path.exists();
        guarded("make its folder", || std::fs::create_dir_all(folder))?;
        let cache = usize::try_from(options.cache_bytes).unwrap_or(usize::MAX);
        let mut settings = Database::builder();
        settings.set_cache_size(cache).set_check_integrity_on_open(true);
        let db = guarded("open", || settings.create(&path))?;
        // From here on the database is dropped by `Drop` below, whatever happens.
        let engine = Self { db: Some(db), path };
        guarded("make its table", || ensure_table(engine.db()?))?;
        if fresh {
            sync(&engine.path)?;
            sync(folder)?;
            if let Some(parent) = folder.parent() {
                sync(parent)?;
            }
        }
        Ok(engine)
    }

    fn apply(&self, ops: &[Op]) -> Result<(), EngineError> {
        guarded("apply", || -> Result<(), redb::Error> {
            let mut write = self.db()?.begin_write()?;
            write.set_durability(Durability::None)?;
            {
                let mut rows = write.open_table(ROWS)?;
                for op in ops {
                    match op {
                        Op::Set(key, value) => drop(rows.insert(key.as_slice(), value.as_slice())?),
                        Op::Delete(key) => drop(rows.remove(key.as_slice())?),
                    }
                }
            }
            Ok(write.commit()?)
        })
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        guarded("get", || -> Result<_, redb::Error> { Ok(self.rows()?.get(key)?.map(|value| value.value().to_vec())) })
    }

    fn range(&self, span: &Span) -> Result<Vec<Row>, EngineError> {
        if span.to.as_ref().is_some_and(|to| *to <= span.from) {
            return Ok(Vec::new());
        }
        let to = span.to.as_ref().map_or(Bound::Unbounded, |to| Bound::Excluded(to.as_slice()));
        guarded("range", || {
            let found = self.rows()?.range::<&[u8]>((Bound::Included(span.from.as_slice()), to))?;
            if span.reverse {
                found.rev().take(span.limit).map(row).collect()
            } else {
                found.take(span.limit).map(row).collect()
            }
        })
    }

    fn checkpoint(&self) -> Result<(), EngineError> {
        // A commit without changes takes along all that came before it, with the engine's own `fdatasync`.
        guarded("checkpoint", || -> Result<(), redb::Error> {
            let mut write = self.db()?.begin_write()?;
            write.set_durability(Durability::Immediate)?;
            Ok(write.commit()?)
        })
    }

    fn stats(&self) -> Result<EngineStats, EngineError> {
        let bytes = guarded("measure", || std::fs::metadata(&self.path))?.len();
        let keys = guarded("count", || -> Result<u64, redb::Error> { Ok(self.rows()?.len()?) })?;
        Ok(EngineStats { name: "redb 4.6.0", bytes, keys: Some(keys) })
    }

    fn close(&self) -> Result<(), EngineError> {
        self.checkpoint()
    }
}

impl Drop for RedbEngine {
    fn drop(&mut self) {
        let Some(db) = self.db.take() else { return };
        // It writes once more when it is let go, so it may fail here like everywhere else.
        if let Err(error) = guarded("end", || db.close()) {
            tracing::warn!(%error, "the engine did not end in order");
        }
    }
}
