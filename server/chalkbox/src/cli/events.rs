//! `chalkbox events verify`: reads the log beside a running server or alone and proves it.

use super::Failure;
use crate::cli::plugin::reading_host;
use anyhow::Context;
use chalkbox_service::verify::Verifier;
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
    let mut verifier = Verifier::new(&args.data, &host);
    for event in chalkbox_store::journal::read_only(&args.data).context("the journal cannot be read")? {
        verifier.check(&event.context("the journal cannot be read to its end")?);
    }
    let report = verifier.finish();
    for difference in report.differences.iter().take(SHOWN) {
        println!("{difference}");
    }
    if report.differences.len() > SHOWN {
        println!("… and {} more", report.differences.len() - SHOWN);
    }
    println!(
        "{} events, {} responses of {} learners: {} scored again, {} differences",
        report.events,
        report.responses,
        report.learners,
        report.rescored,
        report.differences.len()
    );
    if report.differences.is_empty() { Ok(()) } else { Err(Failure::Found) }
}

fn export(args: &DataArgs) -> Result<(), Failure> {
    journal_of(args)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for event in chalkbox_store::journal::read_only(&args.data).context("the journal cannot be read")? {
        let event = event.context("the journal cannot be read to its end")?;
        let line = chalkbox_service::export::line(&event).context("an event cannot be written as JSON")?;
        writeln!(out, "{line}").context("the output is closed")?;
    }
    Ok(out.flush().context("the output is closed")?)
}
