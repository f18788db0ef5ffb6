//! The compiling child of this package's tests: what the box's hidden command does, and nothing else.

use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    chalkbox_plugin_host::compile_child_main(&args)
}
