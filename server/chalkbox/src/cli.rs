//! The command line: one file for each command. Exit codes: 0 done, 1 something was found wrong, 2 the command was wrong.

mod backup;
mod compile;
mod content;
mod doctor;
mod events;
mod plugin;
mod probe;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A school in a box: lessons, practice and progress for a class, without internet.
#[derive(Debug, Parser)]
#[command(name = "chalkbox", version)]
pub struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Runs the box.
    Serve(serve::ServeArgs),
    /// Digital tools: for content creators and technologists.
    #[command(subcommand)]
    Plugin(plugin::PluginCommand),
    /// Maps, lessons and other content.
    #[command(subcommand)]
    Content(content::ContentCommand),
    /// The log of everything that happened.
    #[command(subcommand)]
    Events(events::EventsCommand),
    /// Backups: onto a stick or into a file, proved, and back.
    #[command(subcommand)]
    Backup(backup::BackupCommand),
    /// Checks a box, its data and its tools, and says what is wrong in plain words.
    Doctor(doctor::DoctorArgs),
    /// Compiles one plugin within limits; the box starts this by itself.
    #[command(hide = true)]
    CompilePlugin(compile::CompileArgs),
    /// Tries to open the engine of a data folder; the box starts this by itself after a power cut.
    #[command(hide = true)]
    ProbeEngine(probe::ProbeArgs),
}

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Something was found wrong: exit code 1. What it is was printed.
    Found,
    /// The command itself is wrong: exit code 2.
    Usage(String),
    /// It could not be done: exit code 1, with all its causes.
    Cannot(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Cannot(error)
    }
}

/// Runs a command and says how it went.
pub fn run(command: Command) -> ExitCode {
    let done = match command.what {
        What::Serve(args) => serve::run(args),
        What::Plugin(command) => plugin::run(command),
        What::Content(command) => content::run(command),
        What::Events(command) => events::run(command),
        What::Backup(command) => backup::run(command),
        What::Doctor(args) => doctor::run(&args),
        What::CompilePlugin(args) => return compile::run(&args),
        What::ProbeEngine(args) => probe::run(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => ExitCode::from(1),
        Err(Failure::Usage(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
        Err(Failure::Cannot(error)) => {
            for cause in error.chain() {
                eprintln!("{cause}");
            }
            ExitCode::from(1)
        }
    }
}
