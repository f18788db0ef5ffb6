//! `cargo xtask run`: from a fresh clone to a served demo school. Never decides what the demo school is.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::commands;
use crate::plugins;
use crate::repository::Repository;
use crate::setup::{self, Job};

/// What `run` can be told.
#[derive(Args)]
pub struct RunArguments {
    /// Address and port to serve on.
    #[arg(long, default_value = "0.0.0.0:8080")]
    listen: String,
    /// The data folder; it is made when missing, and kept between runs. [default: target/demo]
    #[arg(long)]
    data: Option<PathBuf>,
    /// Start with a new school: the data folder is removed first.
    #[arg(long)]
    fresh: bool,
    /// Do not announce the box on the network.
    #[arg(long)]
    no_mdns: bool,
}

/// Builds the tools and the server as they ship, and serves until Ctrl-C.
///
/// # Errors
/// When something is missing on this machine, does not build, or the server ends with an error.
pub fn run(repository: &Repository, arguments: &RunArguments) -> anyhow::Result<()> {
    setup::ensure(&[Job::Server, Job::Plugins])?;
    plugins::build(repository.root())?;
    commands::run(Command::new("cargo").current_dir(repository.root()).args([
        "build",
        "--release",
        "--package",
        "chalkbox",
    ]))?;
    let data = arguments.data.clone().unwrap_or_else(|| repository.target().join("demo"));
    if arguments.fresh && data.exists() {
        std::fs::remove_dir_all(&data).with_context(|| format!("cannot remove {}", data.display()))?;
    }
    let mut serve = Command::new(repository.server("release"));
    serve.arg("serve").arg("--data").arg(&data).args(["--listen", &arguments.listen, "--demo"]);
    if arguments.no_mdns {
        serve.arg("--no-mdns");
    }
    println!("The school's data: {} (start anew with --fresh). Stop with Ctrl-C.", data.display());
    commands::run(&mut serve)
}
