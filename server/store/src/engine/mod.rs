//! What the store asks of an ordered key-value engine: few operations, and nothing that ties it to one.
//!
//! An engine is never trusted: everything in it can be rebuilt from the journal. Only the adapters in this folder
//! may name an engine's types.

mod guard;
mod mem;
mod redb;
mod sled;
mod write_behind;

pub use self::mem::MemEngine;
pub(crate) use self::redb::FILE as REDB_FILE;
pub use self::redb::RedbEngine;
pub use self::sled::SledEngine;
pub use self::write_behind::WriteBehind;

use std::path::{Path, PathBuf};

/// At most so many changes go into one batch: sled keeps memory for ever after larger ones.
pub const MAX_OPS: usize = 300;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Writes a value.
    Set(Vec<u8>, Vec<u8>),
    /// Removes a key, if it is there.
    Delete(Vec<u8>),
}

/// How to open an engine.
#[derive(Debug, Clone, Copy)]
pub struct EngineOptions {
    /// Memory for its cache in bytes, as far as the engine can bound it.
    pub cache_bytes: u64,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self { cache_bytes: 16 << 20 }
    }
}

/// Keys and values.
pub type Row = (Vec<u8>, Vec<u8>);

/// A part of the keys, in the order of their bytes.
#[derive(Debug, Clone)]
pub struct Span {
    /// First key that may be in it.
    pub from: Vec<u8>,
    /// First key behind it; none: to the end.
    pub to: Option<Vec<u8>>,
    /// From the end backwards.
    pub reverse: bool,
    /// At most so many rows.
    pub limit: usize,
}

impl Span {
    /// All keys that begin so.
    pub fn prefix(prefix: &[u8]) -> Self {
        Self { from: prefix.to_vec(), to: after_prefix(prefix), reverse: false, limit: usize::MAX }
    }
}

/// The first key behind all keys that begin so; none when there is no such key.
pub(crate) fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.last_mut() {
        if *last < u8::MAX {
            *last += 1;
            return Some(end);
        }
        end.pop();
    }
    None
}

/// Size and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineStats {
    /// Name and version of the engine.
    pub name: &'static str,
    /// Bytes on disk.
    pub bytes: u64,
    /// Number of keys, when that is cheap to say.
    pub keys: Option<u64>,
}

/// Why an engine did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The engine gave an error of its own.
    #[error("the engine failed while it should {doing}")]
    Failed {
        /// What it was asked, as a verb.
        doing: &'static str,
        /// Its own error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The engine panicked; whatever it holds is not trusted any more.
    #[error("the engine panicked while it should {doing}: {message}")]
    Panicked {
        /// What it was asked, as a verb.
        doing: &'static str,
        /// The panic's text.
        message: String,
    },
    /// Syncing its files failed.
    #[error("cannot sync {path}")]
    Sync {
        /// Which file or folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
}

/// An ordered map from bytes to bytes.
pub trait KvEngine: Send + Sync {
    /// Opens the engine in a folder, making it when it is not there.
    ///
    /// # Errors
    /// Whatever goes wrong, a panic of the engine included.
    fn open(folder: &Path, options: EngineOptions) -> Result<Self, EngineError>
    where
        Self: Sized;
    /// Makes all changes or, after a cut, none; at most [`MAX_OPS`]. Not durable before the next checkpoint.
    ///
    /// # Errors
    /// When the engine fails; nothing is known then of what it holds.
    fn apply(&self, ops: &[Op]) -> Result<(), EngineError>;
    /// The value of a key.
    ///
    /// # Errors
    /// When the engine fails.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError>;
    /// Rows in the order of their keys.
    ///
    /// # Errors
    /// When the engine fails.
    fn range(&self, span: &Span) -> Result<Vec<Row>, EngineError>;
    /// Does work that was put off by earlier calls, while nobody waits for it. Makes nothing durable.
    ///
    /// # Errors
    /// When the engine fails.
    fn catch_up(&self) -> Result<(), EngineError> {
        Ok(())
    }
    /// Everything applied before the call is on the medium when it returns.
    ///
    /// # Errors
    /// When the engine or the medium fails.
    fn checkpoint(&self) -> Result<(), EngineError>;
    /// Size and name.
    ///
    /// # Errors
    /// When the engine fails.
    fn stats(&self) -> Result<EngineStats, EngineError>;
    /// The last checkpoint; the engine is not used after it.
    ///
    /// # Errors
    /// When the engine or the medium fails.
    fn close(&self) -> Result<(), EngineError>;
}
