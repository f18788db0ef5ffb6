//! What can go wrong with the store as a whole, with the facts that help.

use crate::codec::CodecError;
use crate::engine::EngineError;
use crate::journal::JournalError;
use chalkbox_domain::ids::EventId;
use std::path::PathBuf;

/// The store cannot be opened. Nothing was changed that would make it worse.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it open.
    #[error("{folder} is in use by another process")]
    Locked {
        /// The data folder.
        folder: PathBuf,
    },
    /// A file or folder of the store cannot be used.
    #[error("cannot {doing} {path}")]
    Io {
        /// What was tried, as a verb.
        doing: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
    /// The file that names this box cannot be read, and the journal does not tell its name either.
    #[error("{path} does not name this box")]
    BoxFile {
        /// Which file.
        path: PathBuf,
    },
    /// The journal cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The engine failed even when built anew.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The rows of an engine that was just built do not read back.
    #[error(transparent)]
    Store(StoreError),
    /// The system gives no random bytes.
    #[error("no random bytes")]
    Random(#[source] getrandom::Error),
}

/// Something could not be read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// An event's bytes cannot be read.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The store is being closed; the work is done anew at the next opening.
    #[error("the store is closing")]
    Closing,
    /// Files of the data folder cannot be used.
    #[error("the data folder cannot be used")]
    Folder(#[source] Box<OpenError>),
    /// What an engine was built for could not be stored, so it is not put in use.
    #[error(transparent)]
    NotSaid(Box<SubmitError>),
    /// There is too little room on the disk to build an engine.
    #[error("building an engine takes some {needs} bytes, {free} are free; make room on the disk")]
    NoRoom {
        /// Bytes that it takes, about.
        needs: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// A row of the engine is not what it should be.
    #[error("a row of table {table} is damaged")]
    Row {
        /// First byte of its key.
        table: char,
    },
}

/// An event was not stored.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// Too many are waiting; the sender should try again in a moment.
    #[error("too many events are waiting")]
    Busy,
    /// The disk has no room for it, or: the medium or the engine failed, or the store is closing, and nothing more is
    /// stored by this process.
    #[error("the store takes no more events")]
    ReadOnly,
    /// The same sending came before with another item or response; the first stays.
    #[error("this sending was used before for something else, stored as {first}")]
    Conflict {
        /// The event that is stored.
        first: EventId,
    },
    /// The item has an answer of the learner already; the first stays.
    #[error("the item is answered already, stored as {first}")]
    AlreadyAnswered {
        /// The event that is stored.
        first: EventId,
    },
    /// It is about a learner who was erased: nothing of such a learner is kept any more.
    #[error("the learner was erased")]
    Erased,
    /// Larger than an event may be.
    #[error("an event of {bytes} bytes is larger than {max}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The largest that is taken.
        max: usize,
    },
    /// A sending's number starts at 1.
    #[error("a sending's number must be at least 1")]
    SendingZero,
    /// What would be stored does not read back as it was given (not-a-number, a kind of a newer program).
    #[error("the event cannot be written so that it reads back the same")]
    Unstorable,
    /// Looking for earlier events failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a probe of the engine found.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// The engine does not open or read.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The process that tried it ended badly (its exit code, if it had one) or took too long.
    #[error("the probing process failed with {code:?}")]
    Process {
        /// Exit code; none after a signal or a time-out.
        code: Option<i32>,
    },
    /// The probing process could not be started.
    #[error("cannot start the probing process")]
    Start(#[source] std::io::Error),
}
