//! The pure heart of Chalkbox: what a school, a skill, an item, a learner and an event are, and the rules
//! that lead from what happened to what is suggested next.
//!
//! Nothing in here touches a disk, a network, a clock, a random source or a log: time and seeds arrive as
//! arguments, and equal input gives equal bytes on every machine.

pub mod drawn;
pub mod event;
pub mod ids;
pub mod item;
pub mod links;
pub mod map;
pub mod model;
pub mod near;
pub mod normalise;
pub mod selection;
pub mod titles;
