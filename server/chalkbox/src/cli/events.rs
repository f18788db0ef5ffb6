//! `chalkbox events verify`: reads the log beside a running server or alone and proves it.

use super::Failure;
use crate::cli::plugin::reading_host;
use anyhow::Context;
use chalkbox_domain::event::Event;
use chalkbox_service::verify::{Verifier, VerifyReport};
use chalkbox_store::StoreError;
use chalkbox_store::journal::{Events, JournalError, Log};
use clap::{Args, Subcommand};
use std::io::Write;
use std::path::PathBuf;

/// Commands on the log.
#[derive(Debug, Subcommand)]
pub enum EventsCommand {
    /// Scores every response again, folds every state from nothing, and compares both with what was acknowledged.
    Verify(DataArgs),
    /// The log as JSON Lines.
    Export(DataArgs),
}

/// Which data folder.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
}

/// Differences that are printed.
const SHOWN: usize = 50;

/// Runs a command on the log.
pub fn run(command: EventsCommand) -> Result<(), Failure> {
    match command {
        EventsCommand::Verify(args) => verify(&args),
        EventsCommand::Export(args) => export(&args),
    }
}

fn journal_of(args: &DataArgs) -> Result<PathBuf, Failure> {
    let folder = args.data.join("journal");
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(Failure::Usage(format!("{} holds no journal; name the data folder of a box", args.data.display())))
    }
}

fn verify(args: &DataArgs) -> Result<(), Failure> {
    journal_of(args)?;
    let host = reading_host(&args.data)?;
    let log = Log::open(&args.data).context("the journal cannot be read")?;
    let erased = log.erased().context("the journal cannot be read")?;
    let mut report = VerifyReport::default();
    let mut damaged = 0;
    for box_id in log.boxes().context("the journal cannot be read")? {
        let mut verifier = Verifier::new(&args.data, &host, &log, box_id, &erased);
        damaged += for_each(log.events(box_id), |event| {
            verifier.check(event);
            Ok(())
        })?;
        report.add(verifier.finish());
    }
    for difference in report.differences.iter().take(SHOWN) {
        println!("{difference}");
    }
    if report.differences.len() > SHOWN {
        println!("… and {} more", report.differences.len() - SHOWN);
    }
    println!(
        "{} events, {} of erased learners, from {} boxes, {} responses of {} learners: {} scored again, {} differences, \
         {damaged} damaged places",
        report.events,
        erased.len(),
        report.boxes,
        report.responses,
        report.learners,
        report.rescored,
        report.differences.len()
    );
    if report.differences.is_empty() && damaged == 0 { Ok(()) } else { Err(Failure::Found) }
}

/// Gives every event that can be read to `take`. Each place that cannot is told on stderr, and reading goes on behind
/// it; how many there were.
fn for_each(events: Events, mut take: impl FnMut(&Event) -> Result<(), Failure>) -> Result<u64, Failure> {
    let mut damaged = 0;
    for event in events {
        match event {
            Ok(event) => take(&event)?,
            Err(error @ (StoreError::Journal(JournalError::Damaged { .. }) | StoreError::Codec(_))) => {
                damaged += 1;
                eprintln!("damaged: {:#}", anyhow::Error::from(error));
            }
            Err(error) => {
                return Err(anyhow::Error::from(error).context("the journal cannot be read to its end").into());
            }
        }
    }
    if damaged > 0 {
        eprintln!("what lies behind a damaged place was read; look for what is missing in a backup of the data folder");
    }
    Ok(damaged)
}

fn export(args: &DataArgs) -> Result<(), Failure> {
    journal_of(args)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let log = Log::open(&args.data).context("the journal cannot be read")?;
    let mut damaged = 0;
    for box_id in log.boxes().context("the journal cannot be read")? {
        damaged += for_each(log.events(box_id), |event| {
            let line = chalkbox_service::export::line(event).context("an event cannot be written as JSON")?;
            Ok(writeln!(out, "{line}").context("the output is closed")?)
        })?;
    }
    out.flush().context("the output is closed")?;
    if damaged == 0 { Ok(()) } else { Err(Failure::Found) }
}
