//! `chalkbox content check`: every mistake of a content pack at once, with file, line and remedy.

use super::Failure;
use anyhow::Context;
use chalkbox_content::{Diagnostic, check_content_pack, read_pack};
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Commands on content.
#[derive(Debug, Subcommand)]
pub enum ContentCommand {
    /// Says everything that is wrong with a content pack: a folder or a `.chalk` file.
    Check(CheckArgs),
}

/// Which pack.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A folder with `pack.toml`, or a `.chalk` file.
    pack: PathBuf,
}

/// Files of a folder, at most.
const MOST_FILES: usize = 5_000;

/// Runs a command on content.
pub fn run(command: ContentCommand) -> Result<(), Failure> {
    let ContentCommand::Check(args) = command;
    if !args.pack.exists() {
        return Err(Failure::Usage(format!("{} is not there", args.pack.display())));
    }
    let files = read_files(&args.pack)?;
    let (pack, found) = check_content_pack(&files);
    for one in &found {
        println!("{one}");
    }
    let errors = found.iter().filter(|d| Diagnostic::is_error(d)).count();
    if errors > 0 {
        println!("{}: {errors} mistakes, {} remarks", args.pack.display(), found.len() - errors);
        return Err(Failure::Found);
    }
    println!(
        "{} is sound: {} skills, {} lessons, {} local contexts{}",
        args.pack.display(),
        pack.map.as_ref().map_or(0, |m| m.len()),
        pack.lessons.len(),
        pack.contexts.len(),
        if found.is_empty() { String::new() } else { format!(", {} remarks", found.len()) }
    );
    Ok(())
}

fn read_files(path: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    if path.is_dir() {
        let mut files = BTreeMap::new();
        collect(path, path, &mut files)?;
        return Ok(files);
    }
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    read_pack(&bytes, &chalkbox_content::PackLimits::MOST)
        .with_context(|| format!("{} is not a sound pack", path.display()))
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if files.len() < MOST_FILES {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?);
        } else {
            anyhow::bail!("{} holds over {MOST_FILES} files", root.display());
        }
    }
    Ok(())
}
