//! `chalkbox probe-engine`: opens the engine where a crash can take nothing else along.

use super::Failure;
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;

/// Which folder.
#[derive(Debug, Args)]
pub struct ProbeArgs {
    /// The data folder.
    data: PathBuf,
}

/// Tries.
pub fn run(args: ProbeArgs) -> Result<(), Failure> {
    Ok(chalkbox_store::probe_engine(&args.data).context("the engine does not open")?)
}
