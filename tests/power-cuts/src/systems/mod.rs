//! The systems on trial, each used as its own documentation says that data becomes durable.

mod grouped;
mod ours;
mod redb;
mod sled;
mod sqlite;

use std::path::Path;
use std::str::FromStr;

use grouped::Grouped;

/// One system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Journal in front, engine behind.
    Ours,
    /// sled: `flush` after each batch.
    Sled,
    /// The same, and `fdatasync` on its file.
    SledSync,
    /// redb: a commit of `Durability::Immediate`.
    Redb,
    /// The same, and each opening compares all checksums, as our adapter has it.
    RedbChecked,
    /// SQLite: write-ahead log, `synchronous=FULL`.
    Sqlite,
    /// SQLite: rollback journal, `synchronous=EXTRA`: with `FULL` its last transaction may be rolled back after a cut.
    SqliteRollback,
}

impl Kind {
    /// All of them, ours first.
    pub const ALL: [Self; 7] =
        [Self::Ours, Self::Sled, Self::SledSync, Self::Redb, Self::RedbChecked, Self::Sqlite, Self::SqliteRollback];

    /// As on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Sled => "sled",
            Self::SledSync => "sled-sync",
            Self::Redb => "redb",
            Self::RedbChecked => "redb-checked",
            Self::Sqlite => "sqlite",
            Self::SqliteRollback => "sqlite-rollback",
        }
    }

    /// As in the tables.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ours => "ours: journal and sled",
            Self::Sled => "sled 0.34.7, `flush()`",
            Self::SledSync => "sled 0.34.7, `flush()` and `fdatasync`",
            Self::Redb => "redb 4.6, `Immediate`",
            Self::RedbChecked => "redb 4.6, checked at opening",
            Self::Sqlite => "SQLite, WAL, `FULL`",
            Self::SqliteRollback => "SQLite, rollback journal, `EXTRA`",
        }
    }
}

impl FromStr for Kind {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        let words = Self::ALL.map(Self::word).join(", ");
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(format!("one of {words}"))
    }
}

/// Which systems a trial is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Each.
    All,
    /// This one.
    One(Kind),
}

impl FromStr for Which {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        if word == "all" {
            Ok(Self::All)
        } else {
            word.parse().map(Self::One).map_err(|error| format!("all, or {error}"))
        }
    }
}

impl Which {
    /// The systems that were asked for; `all` are those that a trial has something to say about.
    pub fn of(self, all: &[Kind]) -> Vec<Kind> {
        match self {
            Self::All => all.to_vec(),
            Self::One(kind) => vec![kind],
        }
    }
}

/// A system that is open for writing, shared by many threads.
pub trait Writer: Sync {
    /// Stores these events; when it returns, they are durable as far as the system says.
    fn store(&self, ids: &[u64]) -> anyhow::Result<()>;
    /// Ends in order.
    fn close(self: Box<Self>) -> anyhow::Result<()>;
}

/// Opens for writing; makes what is not there.
pub fn open(kind: Kind, folder: &Path) -> anyhow::Result<Box<dyn Writer>> {
    std::fs::create_dir_all(folder)?;
    Ok(match kind {
        Kind::Ours => Box::new(ours::Ours::open(folder)?.0),
        _ => Box::new(Grouped::new(engine(kind, folder)?)),
    })
}

/// What reading gives.
pub enum Seen {
    /// An event, and whether it is as it was written.
    Event { id: u64, intact: bool },
    /// The system says that something is not there or cannot be read.
    Missing(String),
}

/// A system that is open for reading.
pub trait Reader {
    /// What the system has to look through everything and to mend what it can; what it says is missing goes to `take`.
    fn mend(&mut self, _take: &mut dyn FnMut(Seen)) {}
    /// Everything that is there, once.
    fn read(&mut self, take: &mut dyn FnMut(Seen));
}

/// Opens for reading what was written before, repairing as the system does by itself. A cut may come before there is even a
/// folder, which is no fault of the system.
pub fn open_to_read(kind: Kind, folder: &Path) -> anyhow::Result<Box<dyn Reader>> {
    std::fs::create_dir_all(folder)?;
    Ok(match kind {
        Kind::Ours => {
            let (store, notices) = ours::Ours::open(folder)?;
            Box::new(ours::OursReader { store, notices })
        }
        _ => Box::new(grouped::EngineReader(engine(kind, folder)?)),
    })
}

fn engine(kind: Kind, folder: &Path) -> anyhow::Result<Box<dyn grouped::Engine>> {
    Ok(match kind {
        Kind::Ours => anyhow::bail!("ours is no engine"),
        Kind::Sled => Box::new(sled::Sled::open(folder, false)?),
        Kind::SledSync => Box::new(sled::Sled::open(folder, true)?),
        Kind::Redb => Box::new(redb::Redb::open(folder, false)?),
        Kind::RedbChecked => Box::new(redb::Redb::open(folder, true)?),
        Kind::Sqlite => Box::new(sqlite::Sqlite::open(folder, "WAL", "FULL")?),
        Kind::SqliteRollback => Box::new(sqlite::Sqlite::open(folder, "DELETE", "EXTRA")?),
    })
}
