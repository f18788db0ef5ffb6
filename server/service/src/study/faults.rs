//! Why an item was not handed out, a response not taken, help not given.

use crate::StoreTrouble;
use crate::answer_shape::ShapeFault;
use crate::ports::RunError;
use chalkbox_domain::ids::{EventId, SkillId};
use chalkbox_store::StoreError;

/// Why no item was handed out.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// No such skill on the map.
    #[error("there is no such skill on the map")]
    UnknownSkill,
    /// No tool on this box serves the skill.
    #[error("no tool on this box serves this skill")]
    NoTool,
    /// There is nothing to offer: everything that tools serve is mastered.
    #[error("everything that this box has tools for is mastered")]
    NothingToOffer,
    /// All places for tools are taken.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// Every tool of the skill failed.
    #[error("the tool for {skill} gave no item; try another skill, and tell the technologist")]
    ToolsFailed {
        /// Which skill.
        skill: SkillId,
        /// The last tool's failure.
        #[source]
        source: RunError,
    },
    /// What was stored cannot be read.
    #[error("the learner's records cannot be read: {0}")]
    Store(String),
}

/// Why a response was not taken.
#[derive(Debug, thiserror::Error)]
pub enum RespondError {
    /// The seal is broken, or the item is another learner's.
    #[error("there is no such item")]
    NoSuchItem,
    /// Over 60 days.
    #[error("the item is over 60 days old; ask for a new one")]
    TooOld,
    /// The key is not a key.
    #[error("the Idempotency-Key is not a key")]
    BadKey,
    /// The response cannot be one to this item.
    #[error("{}: {}", .0.field, .0.message)]
    Shape(ShapeFault),
    /// Larger than an event may be.
    #[error("the answer is too large to be kept; ask for a new item and send a shorter answer")]
    TooLarge,
    /// It would not read back from the disk as it was sent.
    #[error("the answer cannot be kept as it is; ask for a new item and send an answer of the kind it asks for")]
    Unstorable,
    /// The key came before with another item or response.
    #[error("this key came before with another item or response (event {first}); use a new key")]
    KeyUsed {
        /// What it was used for.
        first: EventId,
    },
    /// The item has its one response.
    #[error("the item was answered before (event {first}); ask for a new one")]
    AlreadyAnswered {
        /// The answer.
        first: EventId,
    },
    /// Too much waits.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The disk refused: nothing was taken.
    #[error("the answer could not be kept: {0}; keep it on the device and try again")]
    Store(String),
}

/// Why no hint was given.
#[derive(Debug, thiserror::Error)]
pub enum HintError {
    /// The seal is broken, or the item is another learner's.
    #[error("there is no such item")]
    NoSuchItem,
    /// Over 60 days.
    #[error("the item is over 60 days old; ask for a new one")]
    TooOld,
    /// No hint of that number.
    #[error("this item has hints 1 to {hints}")]
    NoSuchHint {
        /// How many there are.
        hints: u8,
    },
    /// The item is answered.
    #[error("the item is answered; look at its solution")]
    Answered,
    /// All places for tools are taken, or too much waits.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The tool failed.
    #[error("the tool gave no hint")]
    ToolFailed(#[source] RunError),
    /// The disk refused.
    #[error("the hint could not be noted: {0}")]
    Store(String),
}

/// Why no solution was shown.
#[derive(Debug, thiserror::Error)]
pub enum SolutionError {
    /// The seal is broken, or the item is another learner's.
    #[error("there is no such item")]
    NoSuchItem,
    /// Over 60 days.
    #[error("the item is over 60 days old; ask for a new one")]
    TooOld,
    /// Not answered yet.
    #[error("answer first; \"skipped\" is an answer")]
    NotAnswered,
    /// All places for tools are taken.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The tool failed.
    #[error("the tool gave no solution")]
    ToolFailed(#[source] RunError),
    /// What was stored cannot be read.
    #[error("the answer cannot be read: {0}")]
    Store(String),
}

/// Why a sealed item was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    /// The seal is broken, or the item is another learner's.
    NoSuchItem,
    /// Over 60 days.
    TooOld,
}

macro_rules! from_trouble {
    ($($error:ident),*) => {$(
        impl From<StoreTrouble> for $error {
            fn from(trouble: StoreTrouble) -> Self {
                match trouble {
                    StoreTrouble::Busy => Self::Busy,
                    StoreTrouble::Failed(reason) => Self::Store(reason),
                }
            }
        }
        impl From<StoreError> for $error {
            fn from(error: StoreError) -> Self {
                StoreTrouble::from(error).into()
            }
        }
    )*};
}
from_trouble!(AskError, RespondError, HintError, SolutionError);

macro_rules! from_closed {
    ($($error:ident),*) => {$(
        impl From<Closed> for $error {
            fn from(closed: Closed) -> Self {
                match closed {
                    Closed::NoSuchItem => Self::NoSuchItem,
                    Closed::TooOld => Self::TooOld,
                }
            }
        }
    )*};
}
from_closed!(RespondError, HintError, SolutionError);

macro_rules! from_tool {
    ($($error:ident),*) => {$(
        impl From<RunError> for $error {
            fn from(failure: RunError) -> Self {
                if failure == RunError::Busy { Self::Busy } else { Self::ToolFailed(failure) }
            }
        }
    )*};
}
from_tool!(HintError, SolutionError);
