//! Every format that the box reads or writes: bytes in, values of the domain and diagnostics out; and back.
//!
//! No disk and no network in here: whoever calls has the bytes. A mistake of an author is no error of the program: reading
//! gives what could be read beside all that is wrong with it, with file, line and remedy, so that one reading suffices.

mod all;
pub mod check;
pub mod diagnostic;
pub mod formats;
pub mod hash;
pub mod lesson;
pub mod map_ids;
mod notes;
pub mod pack_file;

pub use check::{ContentPack, check_content_pack};
pub use diagnostic::{Diagnostic, Mistake, Severity};
pub use pack_file::{PackFault, PackLimits, WriteFault, read_pack, write_pack};
