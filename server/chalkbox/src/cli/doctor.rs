//! `chalkbox doctor`: looks at the data of a box, its tools and the box itself, beside a running server or alone, changes
//! nothing, and says in plain words what is wrong and what to do.

use super::Failure;
use anyhow::Context;
use chalkbox_service::checks::{Finding, Ground, Log, Mark, all, memory_bytes};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// Which box.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// Prints findings as JSON, for programs.
    #[arg(long)]
    json: bool,
}

/// Looks and tells; exit code 1 when something is wrong.
pub fn run(args: &DoctorArgs) -> Result<(), Failure> {
    if !args.data.join("journal").is_dir() {
        return Err(Failure::Usage(format!("{} holds no journal; name the data folder of a box", args.data.display())));
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let ground = Ground {
        log: Log::read(&args.data).context("the log cannot be read; look whether the card is in and may be read")?,
        data: args.data.clone(),
        now_ms: u64::try_from(now.as_millis()).unwrap_or(u64::MAX),
        memory_bytes: memory_bytes(),
    };
    let findings = all::look(&ground);
    tell(&findings, args.json).context("the output is closed")?;
    if findings.iter().any(|found| found.mark == Mark::Wrong) { Err(Failure::Found) } else { Ok(()) }
}

fn tell(findings: &[Finding], json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        return writeln!(out, "{}", serde_json::to_string_pretty(findings).map_err(std::io::Error::other)?);
    }
    for found in findings {
        write!(out, "{:5}  {}: {} ({})", found.mark.word(), found.check, found.what, found.place)?;
        if !found.remedy.is_empty() {
            write!(out, " – {}", found.remedy)?;
        }
        writeln!(out)?;
    }
    out.flush()
}
