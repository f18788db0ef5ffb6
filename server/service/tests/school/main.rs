//! The use cases on a whole school: true store, true content, a simulated tool and a clock that is told.
#![allow(clippy::unwrap_used, reason = "tests")]

mod backups;
mod checks;
mod contexts;
mod doors;
mod first_start;
mod privacy;
mod recovery;
mod rows;
mod safekeeping;
mod same_child;
mod study;
mod support;
mod tools;
mod waiting;
mod year;
