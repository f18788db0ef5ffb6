//! The use cases on a whole school: true store, true content, a simulated tool and a clock that is told.
#![allow(clippy::unwrap_used, reason = "tests")]

mod contexts;
mod doors;
mod rows;
mod study;
mod support;
mod tools;
