//! Runs digital tools: strangers' code, one WebAssembly component each, that may compute and nothing else.
//!
//! A pack is inspected, compiled in a child process, stored by hash, and then called with a fresh instance for
//! every ask, under limits of time, memory and output; what comes back is checked for meaning before anyone sees
//! it. HTML, learners, keys and trees never live here. Only this room names `wasmtime` (C5.3, C5.4).

mod abi;
mod compile;
mod engine;
mod gate;
mod health;
mod inspect;
mod library;
mod limits;
mod loader;
mod meaning;
mod meter;
mod pack;
mod runner;
mod scratch;

pub use compile::{CompileError, Compiler, CompilerCommand, compile_child_main};
pub use inspect::{InspectError, Inspected, inspect};
pub use library::LibraryError;
pub use limits::PluginHostConfig;
pub use meaning::{Nonsense, PackFacts};
pub use runner::{OpenError, PluginHost};
pub use scratch::ScratchFolder;
