//! `chalkbox compile-plugin`: the child process in which a stranger's component meets the compiler.

use clap::Args;
use std::ffi::OsString;
use std::process::ExitCode;

/// What the parent tells: the component's file, the file to write, MiB of address space, seconds.
#[derive(Debug, Args)]
pub struct CompileArgs {
    #[arg(num_args = 0.., allow_hyphen_values = true)]
    args: Vec<OsString>,
}

/// Compiles.
pub fn run(args: &CompileArgs) -> ExitCode {
    chalkbox_plugin_host::compile_child_main(&args.args)
}
