//! redb with its own settings: a commit is durable when it returns.

use std::path::Path;

use redb::{Database, Durability, ReadableDatabase, ReadableTable, TableDefinition};

use super::grouped::{Engine, Row};

const TABLE: TableDefinition<u64, &[u8]> = TableDefinition::new("events");

/// One database.
pub struct Redb(Database);

impl Redb {
    /// Opens or makes it; `checked`: only after comparing the checksums of all that is in it.
    pub fn open(folder: &Path, checked: bool) -> anyhow::Result<Self> {
        let db = Database::builder().set_check_integrity_on_open(checked).create(folder.join("events.redb"))?;
        let write = db.begin_write()?;
        write.open_table(TABLE)?;
        write.commit()?;
        // Its file's own name must outlive a cut too; that is its user's affair.
        std::fs::File::open(folder)?.sync_all()?;
        std::fs::File::open(folder.join(".."))?.sync_all()?;
        Ok(Self(db))
    }
}

impl Engine for Redb {
    fn commit(&mut self, rows: &[Row]) -> anyhow::Result<()> {
        let mut write = self.0.begin_write()?;
        write.set_durability(Durability::Immediate)?;
        {
            let mut table = write.open_table(TABLE)?;
            for (id, value) in rows {
                table.insert(id, value.as_slice())?;
            }
        }
        Ok(write.commit()?)
    }

    fn rows(&mut self, take: &mut dyn FnMut(u64, &[u8])) -> anyhow::Result<()> {
        for row in self.0.begin_read()?.open_table(TABLE)?.iter()? {
            let (key, value) = row?;
            take(key.value(), value.value());
        }
        Ok(())
    }

    fn close(self: Box<Self>) -> anyhow::Result<()> {
        Ok(self.0.close()?)
    }
}
