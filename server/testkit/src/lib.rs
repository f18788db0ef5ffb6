//! What tests of the whole box share: a box of its own for each test, a program that calls it, and somebody who knows
//! the right answers. Rules, stores and pages are never tested here.

mod client;
mod solver;
mod test_box;

pub use client::{Answer, Client};
pub use solver::Solver;
pub use test_box::{TestBox, copy_folder};
