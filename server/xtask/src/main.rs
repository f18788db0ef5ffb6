//! Repository chores, as `cargo xtask CHORE`. One file per chore; here only their list. Never here: production code.

mod plugins;

use std::path::{Path, PathBuf};

use clap::Parser;

/// Chores of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Chore {
    /// Builds every bundled tool into a pack under the target folder.
    Plugins,
}

fn main() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::Plugins => plugins::run(&root()),
    }
}

/// The root of the workspace.
fn root() -> PathBuf {
    // This crate lies two folders below the root.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// The target folder: `CARGO_TARGET_DIR`, or `target` under the root.
fn target_dir(root: &Path) -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root.join(dir),
        None => root.join("target"),
    }
}
