//! The one binary: reads the command, wires the rooms, runs, stops. It decides nothing about school.

mod bundled;
mod cli;
mod config;
mod memory;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    memory::settle_allocator();
    let command = match cli::Command::try_parse() {
        Ok(command) => command,
        Err(error) => {
            // Help and version are not errors; everything else means that the command was wrong.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    cli::run(command)
}
