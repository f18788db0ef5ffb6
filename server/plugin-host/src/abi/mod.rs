//! The versions of the plugin contract that this box can speak. One file per version lifts it to the newest, which
//! is the domain's own; the rest of the room knows only that.

mod all;
mod v1;

pub(crate) use all::{INTERFACES, adapt};

use crate::meter::Meter;
use chalkbox_domain::item::{Ask, Block, Item, Response, Solution, Verdict};
use wasmtime::Store;

/// What a tool answers when it cannot do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GuestFault {
    /// The skill is none of its own.
    UnknownSkill,
    /// The response is none that its item takes.
    BadResponse(String),
    /// It says itself that it is broken.
    Internal(String),
}

/// The outer error is the sandbox's (a trap, a limit), the inner one the tool's own.
pub(crate) type Answer<T> = wasmtime::Result<Result<T, GuestFault>>;

/// A compiled tool, whatever version it was built for. Every call makes an instance in the store given, which is
/// fresh, limited and dropped afterwards.
pub(crate) trait Guest: Send + Sync {
    /// Makes the item of an ask.
    fn generate(&self, store: &mut Store<Meter>, ask: &Ask) -> Answer<Item>;
    /// Scores a response.
    fn evaluate(&self, store: &mut Store<Meter>, ask: &Ask, response: &Response) -> Answer<Verdict>;
    /// Gives the hint of a level, 1 and up.
    fn hint(&self, store: &mut Store<Meter>, ask: &Ask, level: u8) -> Answer<Vec<Block>>;
    /// Gives a right response and the way to it.
    fn solve(&self, store: &mut Store<Meter>, ask: &Ask) -> Answer<Solution>;
}
