//! The use cases on a whole school: true store, true content, a simulated tool and a clock that is told.
#![allow(clippy::unwrap_used, reason = "tests")]

mod checks;
mod contexts;
mod doors;
mod privacy;
mod rows;
mod safekeeping;
mod study;
mod support;
mod tools;
mod waiting;
mod year;
