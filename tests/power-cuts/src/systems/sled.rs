//! sled 0.34.7 with its own settings.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::grouped::{Engine, Row};

/// One database.
pub struct Sled {
    db: sled::Db,
    folder: PathBuf,
    /// Whether `fdatasync` follows each `flush`.
    syncs: bool,
}

impl Sled {
    /// Opens or makes it. With `syncs` a new one is brought onto the disk at once, files and folder.
    pub fn open(folder: &Path, syncs: bool) -> anyhow::Result<Self> {
        let db = sled::Config::new().path(folder).open()?;
        if syncs {
            db.flush()?;
            for name in ["conf", "db", "."] {
                File::open(folder.join(name))?.sync_all()?;
            }
            File::open(folder.join(".."))?.sync_all()?;
        }
        Ok(Self { db, folder: folder.to_owned(), syncs })
    }
}

impl Engine for Sled {
    fn commit(&mut self, rows: &[Row]) -> anyhow::Result<()> {
        let mut batch = sled::Batch::default();
        for (id, value) in rows {
            batch.insert(&id.to_be_bytes(), value.as_slice());
        }
        self.db.apply_batch(batch)?;
        self.db.flush()?;
        if self.syncs {
            File::open(self.folder.join("db"))?.sync_data()?;
        }
        Ok(())
    }

    fn rows(&mut self, take: &mut dyn FnMut(u64, &[u8])) -> anyhow::Result<()> {
        for row in self.db.iter() {
            let (key, value) = row?;
            ensure!(key.len() == 8, "a key of {} bytes", key.len());
            take(u64::from_be_bytes(key.as_ref().try_into().context("a key")?), &value);
        }
        Ok(())
    }

    fn close(self: Box<Self>) -> anyhow::Result<()> {
        self.db.flush()?;
        Ok(())
    }
}
