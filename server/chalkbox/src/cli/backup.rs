//! `chalkbox backup create | verify | restore`: everything of a box onto a stick or into a file, proved, and back.

use super::Failure;
use anyhow::{Context, anyhow};
use chalkbox_service::views::Rules;
use chalkbox_store::backup::{
    self, BackupError, BackupKey, BoxRange, Contents, CreateOptions, Created, Encryption, Progress, Restored, Step,
    Target,
};
use chalkbox_store::{OpenError, Store, StoreConfig};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Commands on backups.
#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// Writes what a stick lacks, or everything into a new file. May run beside the server.
    Create(CreateArgs),
    /// Reads a backup to its end and says whether it is whole and what is in it.
    Verify(VerifyArgs),
    /// Puts a backup back: into an empty folder, or together with what is there.
    Restore(RestoreArgs),
}

/// What to back up, and where to.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// Encrypts a new backup. Makes and prints a recovery key if the box has none and none is given.
    #[arg(long, conflicts_with = "plain")]
    encrypt: bool,
    /// Does not encrypt a new backup, also if the box has a recovery key.
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    /// A folder, such as a stick, or a new file that ends in .tar.
    target: PathBuf,
}

/// What to verify.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Restores into this folder, which must be empty or missing, compares the states with those in --data, and removes it.
    #[arg(long, requires = "data")]
    scratch: Option<PathBuf>,
    /// The data folder that --scratch compares with; no server may have it open.
    #[arg(long, requires = "scratch")]
    data: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    /// A stick, a folder chalkbox-backup-…, or a file.
    target: PathBuf,
}

/// What to restore, and where to.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The data folder; made when it is not there.
    #[arg(long)]
    data: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    /// A stick, a folder chalkbox-backup-…, or a file.
    target: PathBuf,
}

/// Where a passphrase comes from: the file, else the environment, else it is asked for on the terminal.
#[derive(Debug, Args)]
struct PassphraseArgs {
    /// A file that holds the recovery key or passphrase. Else CHALKBOX_PASSPHRASE is looked at, and then it is asked for.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Where a passphrase is looked for in the environment.
const ENVIRONMENT: &str = "CHALKBOX_PASSPHRASE";
/// Longest passphrase file in bytes.
const LONGEST: u64 = 4096;

/// Runs a command on backups.
pub fn run(command: BackupCommand) -> Result<(), Failure> {
    match command {
        BackupCommand::Create(args) => create(&args),
        BackupCommand::Verify(args) => verify(&args),
        BackupCommand::Restore(args) => restore(&args),
    }
}

fn create(args: &CreateArgs) -> Result<(), Failure> {
    let target = Target::from_path(&args.target);
    let given = args.passphrase.given()?;
    let encryption = match given {
        _ if args.plain => Encryption::Plain,
        Some(passphrase) => Encryption::Passphrase(passphrase),
        None if args.encrypt && BackupKey::kept(&args.data).is_none() => Encryption::Passphrase(new_recovery_key()?),
        None => Encryption::AsBefore,
    };
    let bar = Bar::new();
    let make = |encryption| {
        let options = CreateOptions { encryption, created_ms: None };
        backup::create(&args.data, &target, &options, &mut |progress| bar.show(progress))
    };
    let made = match make(encryption) {
        // Once is enough: the box keeps the key.
        Err(BackupError::UnknownKey { .. }) => make(Encryption::Passphrase(ask("Recovery key of that backup: ")?)),
        made => made,
    };
    drop(bar);
    tell_created(&made.map_err(|error| failure(error, &args.data))?);
    Ok(())
}

/// Makes a recovery key and prints it, before anything is encrypted for it.
fn new_recovery_key() -> Result<String, Failure> {
    let key = backup::new_passphrase().map_err(anyhow::Error::from)?;
    println!("Recovery key, written down nowhere else: {key}");
    println!("Print it or copy it by hand and keep it away from the stick. Without it nobody can read the backup.");
    Ok(key)
}

fn tell_created(made: &Created) {
    let sort = if made.encrypted { "encrypted" } else { "not encrypted" };
    println!("{}, {sort}, {}", made.path.display(), made.created);
    println!(
        "{} new files, {} bytes; {} files, {} bytes in all",
        made.files_written, made.bytes_written, made.files, made.bytes
    );
    tell_boxes(&made.boxes);
    println!("written and read back; the stick may be pulled out");
}

fn tell_boxes(boxes: &[BoxRange]) {
    for range in boxes {
        println!("events {} to {} of box {}", range.from, range.to, range.box_id);
        for (from, to) in &range.missing {
            println!("  {from} to {to} were missing on the box already");
        }
    }
}

fn verify(args: &VerifyArgs) -> Result<(), Failure> {
    let target = Target::from_path(&args.target);
    let passphrase = args.passphrase.for_target(&target)?;
    let bar = Bar::new();
    let proved = backup::verify(&target, passphrase.as_deref(), &mut |progress| bar.show(progress));
    drop(bar);
    for set in proved.map_err(|error| failure(error, &args.target))?.sets {
        let summary = &set.summary;
        println!(
            "{}: whole, {} files, {} bytes, {}",
            summary.path.display(),
            summary.files,
            summary.bytes,
            summary.created
        );
        tell_boxes(&summary.boxes);
        set.contents.iter().for_each(tell_contents);
    }
    match (&args.scratch, &args.data) {
        (Some(scratch), Some(data)) => drill(scratch, data, &target, passphrase.as_deref()),
        _ => Ok(()),
    }
}

fn tell_contents(contents: &Contents) {
    println!(
        "{} events of {} learners, {} answers, {} erased",
        contents.events,
        contents.learners,
        contents.answers(),
        contents.erased
    );
    let kinds: Vec<String> = contents.kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    println!("  {}", kinds.join(", "));
}

fn drill(scratch: &Path, data: &Path, target: &Target, passphrase: Option<&str>) -> Result<(), Failure> {
    let (live, _) = Store::open(config(data)).map_err(|error| failure(error.into(), data))?;
    while !live.wait_until_ready(std::time::Duration::from_secs(1)) && !live.is_read_only() {}
    let bar = Bar::new();
    let digest = || live.views_digest();
    let drilled = backup::drill(config(scratch), target, passphrase, &digest, &mut |progress| bar.show(progress));
    drop(bar);
    let drilled = drilled.map_err(|error| failure(error, scratch))?;
    if drilled.same_states {
        println!("restored for a trial: every state is as it is on the box");
        Ok(())
    } else {
        println!("restored for a trial: states differ from those on the box; make a new backup and try again");
        Err(Failure::Found)
    }
}

fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let target = Target::from_path(&args.target);
    let passphrase = args.passphrase.for_target(&target)?;
    let bar = Bar::new();
    let done = backup::restore(config(&args.data), &target, passphrase.as_deref(), &mut |progress| bar.show(progress));
    drop(bar);
    let (store, restored) = done.map_err(|error| failure(error, &args.data))?;
    tell_restored(&restored);
    println!("{} is box {}", args.data.display(), store.box_id());
    store.close();
    if restored.imported.conflicts.is_empty() { Ok(()) } else { Err(Failure::Found) }
}

fn tell_restored(restored: &Restored) {
    let imported = &restored.imported;
    println!(
        "{} events came in, {} were here already, {} were mended",
        imported.new_events, imported.known_events, imported.mended
    );
    println!("{} files were put in place, {} were here already", restored.files_placed, restored.files_kept);
    if restored.other_key {
        println!(
            "the box keeps its own item.key: picture codes and cards that were made on the other box do not work here"
        );
    }
    if let Some(first) = imported.conflicts.first() {
        let count = imported.conflicts.len();
        println!(
            "{count} numbers, the first {first}, stand for other events here: the card was copied once, and both went on."
        );
        println!("Those files were not taken over. Keep the backup, and export its events to see what they are.");
    }
}

fn config(data: &Path) -> StoreConfig {
    StoreConfig::new(data, Arc::new(Rules))
}

/// Words and exit code for what went wrong.
fn failure(error: BackupError, data: &Path) -> Failure {
    match error {
        BackupError::Open(OpenError::Locked { .. }) => {
            let page = "a server has it open; use its page /admin/backups, or stop the server first";
            Failure::Cannot(anyhow!("{} was not changed: {page}", data.display()))
        }
        BackupError::NoBox { .. }
        | BackupError::Exists { .. }
        | BackupError::NotAFolder { .. }
        | BackupError::NoBackup { .. }
        | BackupError::Several { .. }
        | BackupError::PassphraseNeeded { .. }
        | BackupError::WeakPassphrase { .. }
        | BackupError::PlainSet { .. } => Failure::Usage(error.to_string()),
        error => Failure::Cannot(error.into()),
    }
}

impl PassphraseArgs {
    /// What is in the file, if one is named, else in the environment.
    fn given(&self) -> Result<Option<String>, Failure> {
        let Some(path) = &self.passphrase_file else { return Ok(std::env::var(ENVIRONMENT).ok()) };
        let mut text = String::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
            .with_context(|| format!("{} cannot be read as a passphrase", path.display()))?;
        let first = text.lines().next().unwrap_or_default().trim_end().to_owned();
        Ok(Some(first))
    }

    /// The passphrase for a backup; none if it needs none.
    fn for_target(&self, target: &Target) -> Result<Option<String>, Failure> {
        let sets = backup::sets(target).map_err(|error| failure(error, target.path()))?;
        if !sets.iter().any(|set| set.encrypted) {
            return Ok(None);
        }
        match self.given()? {
            Some(passphrase) => Ok(Some(passphrase)),
            None => Ok(Some(ask("Recovery key: ")?)),
        }
    }
}

/// From the environment, or from whoever sits at the terminal.
fn ask(prompt: &str) -> Result<String, Failure> {
    if let Ok(passphrase) = std::env::var(ENVIRONMENT) {
        return Ok(passphrase);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!(
            "the backup is encrypted: give its recovery key with --passphrase-file or in {ENVIRONMENT}"
        )));
    }
    Ok(rpassword::prompt_password(prompt).context("the terminal cannot be read")?)
}

/// A bar on a terminal, nothing elsewhere.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg:11} {wide_bar} {percent:>3} %") {
            bar.set_style(style);
        }
        Self(bar)
    }

    fn show(&self, progress: Progress) {
        let word = match progress.step {
            Step::Write => "writing",
            Step::Check => "checking",
            Step::Unpack => "unpacking",
            Step::Prepare => "folding",
        };
        self.0.set_message(word);
        self.0.set_length(progress.total);
        self.0.set_position(progress.done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
