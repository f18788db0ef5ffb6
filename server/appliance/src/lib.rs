//! The box as a thing on a table: its name on the network, its addresses, and the square that a phone can read.
//! (C2.2: everything works where there is no internet, so nobody else gives the box a name.)
//!
//! Never here: what a school is, pages, events. Other rooms are not needed for any of it.

pub mod addresses;
pub mod announce;
mod host_name;
pub mod qr;
