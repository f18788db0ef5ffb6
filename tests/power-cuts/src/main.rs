//! Trials of the store beside others: `trials cuts`, `trials damage`, `trials speed`. Progress goes to standard error, a
//! table in Markdown to standard output.
//!
//! Ends with 0 when ours kept what it promises, 1 when it did not, 2 when the trial itself could not be made.

mod child;
mod cuts;
mod damage;
mod ext4;
mod load;
mod scratch;
mod speed;
mod system_calls;
mod systems;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use systems::Kind;

#[derive(Parser)]
#[command(name = "trials", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    trial: Trial,
}

#[derive(Subcommand)]
enum Trial {
    /// Power cuts of a real ext4 in the middle of writing. Needs root.
    Cuts(cuts::Settings),
    /// Damaged files.
    Damage(damage::Settings),
    /// Durable commits by many writers.
    Speed(speed::Settings),
    /// For the trials themselves: writes without end, and says on standard output what was acknowledged.
    #[command(hide = true)]
    Write { system: Kind, folder: PathBuf, run: u64 },
    /// For the trials themselves: writes so many events and closes.
    #[command(hide = true)]
    Fill { system: Kind, folder: PathBuf, events: u64 },
    /// For the trials themselves: opens, and says on standard output what is there.
    #[command(hide = true)]
    Check { system: Kind, folder: PathBuf },
    /// For the trials themselves: one system's part of `speed`.
    #[command(hide = true)]
    Load { system: Kind, folder: PathBuf, writers: u64, events: u64 },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().trial {
        Trial::Cuts(settings) => cuts::run(&settings),
        Trial::Damage(settings) => damage::run(&settings),
        Trial::Speed(settings) => speed::run(&settings),
        Trial::Write { system, folder, run } => child::write(system, &folder, run).map(|()| true),
        Trial::Fill { system, folder, events } => child::fill(system, &folder, events).map(|()| true),
        Trial::Check { system, folder } => return child::check(system, &folder),
        Trial::Load { system, folder, writers, events } => speed::load(system, &folder, writers, events).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// How often for each system: `each`, or `ours` for ours if that is given.
fn times(system: Kind, each: u32, ours: Option<u32>) -> u32 {
    if system == Kind::Ours { ours.unwrap_or(each) } else { each }
}
