//! One file for each format of a pack. The table of which file is in which format stands in `all.rs` beside this room's
//! root; formats never look at it, nor at each other.

pub mod context;
pub mod drawing;
pub mod figure;
pub mod lesson;
pub mod map;
pub mod pack;
pub mod titles;
