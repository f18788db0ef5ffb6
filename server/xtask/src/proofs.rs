//! Proofs and measurements that are too heavy for every change: `cargo xtask kill-points`, `budgets`, `test-network`.

use std::process::Command;

use crate::commands;
use crate::plugins;
use crate::repository::Repository;
use crate::setup::{self, Job};

/// Kills a box at two hundred random moments and looks for answers that were acknowledged and are gone, or there twice.
///
/// # Errors
/// When something is missing on this machine, does not build, or an answer was lost.
pub fn kill_points(repository: &Repository) -> anyhow::Result<()> {
    setup::ensure(&[Job::Server, Job::Plugins])?;
    plugins::build(repository.root())?;
    let mut test = Command::new("cargo");
    // By the test's name and not by its file: see `build_server`.
    test.current_dir(repository.root()).args(["test", "--workspace", "--", "--ignored", "--nocapture"]);
    commands::run(test.arg("answers_outlive_two_hundred_kills"))
}

/// Measures the program as it ships: start, memory, sign-in, answer, first page.
///
/// # Errors
/// When something is missing on this machine, does not build, or costs too much.
pub fn budgets(repository: &Repository) -> anyhow::Result<()> {
    setup::ensure(&[Job::Server, Job::Plugins])?;
    plugins::build(repository.root())?;
    let mut test = Command::new("cargo");
    test.current_dir(repository.root()).args(["test", "--release", "--package", "chalkbox", "--test", "budgets"]);
    commands::run(test.args(["--", "--nocapture"]))
}

/// Two boxes and a tablet in network name spaces of their own; avahi on the tablet must find and resolve the boxes.
///
/// # Errors
/// When something is missing on this machine, does not build, or a box is not found.
pub fn network(repository: &Repository) -> anyhow::Result<()> {
    setup::ensure(&[Job::Server, Job::Plugins, Job::Network])?;
    plugins::build(repository.root())?;
    build_server(repository)?;
    let program = repository.root().join("tests/network/run");
    commands::run(Command::new(program).env("CHALKBOX_BIN", repository.server("debug")))
}

/// Builds the server as the tests drive it.
///
/// # Errors
/// When it does not build.
pub fn build_server(repository: &Repository) -> anyhow::Result<()> {
    // Built as `cargo test` builds it: alone, or with one test named, it would have other features of its libraries, and
    // all of them be compiled anew.
    let mut build = Command::new("cargo");
    commands::run(build.current_dir(repository.root()).args(["test", "--workspace", "--no-run"]))
}
