//! Repository chores: `cargo xtask COMMAND`. One file per chore; this one only reads the command line.
//!
//! Nothing here runs in a school. Chores may call other programs (cargo, apt-get, npm, ip); the rooms of the box never do.

mod commands;
mod plugins;
mod proofs;
mod repository;
mod run;
mod setup;
mod suites;
mod tidy;
mod wit;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use repository::{Repository, target_dir};

/// Builds, runs and tests Chalkbox. Each command first sets up what a fresh machine lacks.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Serve a demo school from `target/demo`, and print its address and how to sign in.
    Run(run::RunArguments),
    /// Everything that must be true before a change is merged: tidy, format, lints, tests, and the suites of `tests/`.
    Test(suites::TestArguments),
    /// Check the rules of the house: arrows between rooms, headers, sizes, names, paths, dependencies.
    Tidy,
    /// Build every bundled tool into a pack under the target folder.
    Plugins,
    /// Install what the chores need (as root), or say what is missing.
    Setup,
    /// Kill a box at two hundred random moments, and the store alone at a thousand; no acknowledged answer may be lost or
    /// counted twice. Minutes long.
    KillPoints,
    /// Cut the power of a real ext4 under the store; nothing acknowledged may be lost. Needs root.
    PowerCuts {
        /// How many times.
        #[arg(long, default_value_t = 200)]
        cuts: u32,
    },
    /// Power cuts, damage and speed of the store beside sled, redb and SQLite: writes `docs/store-trials.md`. Needs root.
    StoreTrials,
    /// Print what the program costs as it ships, beside the budgets.
    Budgets,
    /// Two boxes and a tablet in network name spaces: avahi must find them. Needs root.
    TestNetwork,
    /// The store's own proofs in their long form: damage anywhere, several boxes, erasing, a million events. An hour.
    StoreProofs {
        /// Only these, by name: `damage`, `several_boxes`, `erase`, `memory`. Without names: all of them.
        only: Vec<String>,
    },
    /// Learners at tablets against the real server, which is killed again and again; nothing acknowledged may be missing.
    SchoolDay(proofs::SchoolDayArguments),
    /// Freeze the plugin contract as it stands under `plugins/wit/released/<version>/`.
    FreezeWit,
}

fn main() -> ExitCode {
    match chore(Arguments::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore(chore: Chore) -> anyhow::Result<()> {
    let repository = Repository::find()?;
    match chore {
        Chore::Run(arguments) => run::run(&repository, &arguments),
        Chore::Test(arguments) => suites::test(&repository, &arguments),
        Chore::Tidy => tidy::command(&repository),
        Chore::Plugins => {
            setup::ensure(&[setup::Job::Plugins])?;
            plugins::run(repository.root())
        }
        Chore::Setup => setup::ensure(&setup::Job::ALL),
        Chore::KillPoints => proofs::kill_points(&repository),
        Chore::PowerCuts { cuts } => proofs::power_cuts(&repository, cuts),
        Chore::StoreTrials => proofs::store_trials(&repository),
        Chore::Budgets => proofs::budgets(&repository),
        Chore::TestNetwork => proofs::network(&repository),
        Chore::StoreProofs { only } => proofs::store_proofs(&repository, &only),
        Chore::SchoolDay(arguments) => proofs::school_day(&repository, &arguments),
        Chore::FreezeWit => wit::freeze(repository.root()),
    }
}
