//! SQLite, with each of its two ways to outlive a cut.

use std::path::Path;

use rusqlite::Connection;

use super::grouped::{Engine, Row};

/// One database.
pub struct Sqlite(Connection);

impl Sqlite {
    /// Opens or makes it. `journal` is a word of `PRAGMA journal_mode`, `synchronous` one of `PRAGMA synchronous`.
    pub fn open(folder: &Path, journal: &str, synchronous: &str) -> anyhow::Result<Self> {
        let connection = Connection::open(folder.join("events.sqlite"))?;
        connection.pragma_update(None, "journal_mode", journal)?;
        connection.pragma_update(None, "synchronous", synchronous)?;
        connection.execute_batch("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, value BLOB NOT NULL)")?;
        // The folder's own name in its parent is its user's affair.
        std::fs::File::open(folder.join(".."))?.sync_all()?;
        Ok(Self(connection))
    }
}

impl Engine for Sqlite {
    fn commit(&mut self, rows: &[Row]) -> anyhow::Result<()> {
        let transaction = self.0.transaction()?;
        {
            let mut insert = transaction.prepare_cached("INSERT INTO events (id, value) VALUES (?1, ?2)")?;
            for (id, value) in rows {
                insert.execute((id.cast_signed(), value))?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn rows(&mut self, take: &mut dyn FnMut(u64, &[u8])) -> anyhow::Result<()> {
        let mut select = self.0.prepare("SELECT id, value FROM events")?;
        let mut rows = select.query(())?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let value: Vec<u8> = row.get(1)?;
            take(id.cast_unsigned(), &value);
        }
        Ok(())
    }

    fn close(self: Box<Self>) -> anyhow::Result<()> {
        self.0.close().map_err(|(_, error)| error.into())
    }
}
