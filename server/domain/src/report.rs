//! Facts gathered for people to read: rows for tables, never a decision.

pub mod progress;
pub mod shelf;
