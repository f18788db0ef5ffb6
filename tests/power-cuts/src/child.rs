//! The processes that have a system open, apart from the one that judges: a panic, a hang or a kill is theirs alone.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::load::{self, Random};
use crate::scratch::Scratch;
use crate::system_calls;
use crate::systems::{self, Kind, Seen};

/// Threads that write at once.
const WRITERS: u64 = 6;
/// The exit code of a system that said that it cannot open what is there.
const DOES_NOT_OPEN: u8 = 3;
/// More memory than any of the systems needs for what is written here, in bytes.
const MOST_MEMORY: u64 = 6 << 30;

/// This program, called to do a part.
pub fn command(part: &str, system: Kind, folder: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(part).arg(system.word()).arg(folder).stdin(Stdio::null());
    Ok(command)
}

/// The library that counts syncs, or lies about them: it lies beside this program.
pub fn lying_disk() -> anyhow::Result<PathBuf> {
    let library = std::env::current_exe()?.with_file_name("liblying_disk.so");
    ensure!(library.is_file(), "{} is missing: build the whole of tests/power-cuts", library.display());
    Ok(library)
}

/// The part `write`: writes until it cannot any more. Each number goes to standard output as 8 bytes once the system has
/// acknowledged it, and not before.
pub fn write(system: Kind, folder: &Path, run: u64) -> anyhow::Result<()> {
    let system = systems::open(system, folder)?;
    // Not through Rust's own buffer: one `write` for one acknowledgement, which a pipe takes whole or not at all.
    let pipe = File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (system, mut pipe) = (&system, &pipe);
            scope.spawn(move || {
                let mut random = Random::new(run << 8 | writer);
                let mut next = 0;
                loop {
                    let count = if random.below(8) == 0 { 2 + random.below(4) } else { 1 };
                    let ids: Vec<u64> = (next..next + count).map(|n| load::id(run, writer, n)).collect();
                    next += count;
                    // After the cut everything fails, and nobody reads any more.
                    let stored = system.store(&ids);
                    let said: Vec<u8> = ids.iter().flat_map(|id| id.to_le_bytes()).collect();
                    if stored.is_err() || pipe.write_all(&said).is_err() {
                        return;
                    }
                }
            });
        }
    });
    Ok(())
}

/// The numbers that the part `fill` writes: of run 0, which no `write` has.
pub fn filled(events: u64) -> impl Iterator<Item = u64> {
    (0..events).map(|n| load::id(0, 0, n))
}

/// The part `fill`: writes so many events and ends in order.
pub fn fill(system: Kind, folder: &Path, events: u64) -> anyhow::Result<()> {
    let system = systems::open(system, folder)?;
    let ids: Vec<u64> = filled(events).collect();
    ids.chunks(5).try_for_each(|ids| system.store(ids))?;
    system.close()
}

/// The part `check`: opens, and says what is there.
pub fn check(system: Kind, folder: &Path) -> ExitCode {
    let opened = system_calls::limit_memory(MOST_MEMORY).map_err(anyhow::Error::from);
    let mut reader = match opened.and_then(|()| systems::open_to_read(system, folder)) {
        Ok(reader) => reader,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::from(DOES_NOT_OPEN);
        }
    };
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut written = Ok(());
    let mut say = |line: String| {
        if written.is_ok() {
            written = writeln!(out, "{line}");
        }
    };
    reader.read(&mut |seen| match seen {
        Seen::Event { id, intact: true } => say(format!("{id} intact")),
        Seen::Event { id, intact: false } => say(format!("{id} wrong")),
        Seen::Missing(what) => say(format!("missing {}", what.replace('\n', " "))),
    });
    say("end".to_owned());
    if written.and_then(|()| out.flush()).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What `check` found.
#[derive(Debug)]
pub enum Verdict {
    /// It was read to the end.
    Read(Contents),
    /// The system said that it cannot open.
    DoesNotOpen(String),
    /// A panic, an abort, a signal; with the last words.
    Crash(String),
    /// Still not done when the time was over.
    Hang,
}

/// What is in a system.
#[derive(Debug, Default)]
pub struct Contents {
    /// How often each event is there.
    pub events: BTreeMap<u64, u32>,
    /// Events that are not as they were written.
    pub wrong: Vec<u64>,
    /// What the system said about missing things.
    pub missing: Vec<String>,
}

/// Lets a process of its own open and read a folder.
pub fn look(system: Kind, folder: &Path, scratch: &Scratch, limit: Duration) -> anyhow::Result<Verdict> {
    let (seen, said) = (scratch.path("seen"), scratch.path("said"));
    let mut command = command("check", system, folder)?;
    command.stdout(File::create(&seen)?).stderr(File::create(&said)?);
    let status = run_within(&mut command, limit)?;
    let said = String::from_utf8_lossy(&std::fs::read(&said)?).trim().to_owned();
    let Some(status) = status else { return Ok(Verdict::Hang) };
    if status.code() == Some(DOES_NOT_OPEN.into()) {
        return Ok(Verdict::DoesNotOpen(said));
    }
    if !status.success() {
        return Ok(Verdict::Crash(format!("{status}: {said}")));
    }
    read_contents(&std::fs::read_to_string(&seen)?).map(Verdict::Read)
}

fn read_contents(text: &str) -> anyhow::Result<Contents> {
    let mut contents = Contents::default();
    let mut ended = false;
    for line in text.lines() {
        match line.split_once(' ') {
            Some(("missing", what)) => contents.missing.push(what.to_owned()),
            Some((id, how)) => {
                let id = id.parse().with_context(|| format!("a line of `check`: {line}"))?;
                *contents.events.entry(id).or_default() += 1;
                if how != "intact" {
                    contents.wrong.push(id);
                }
            }
            None => ended = line == "end",
        }
    }
    ensure!(ended, "`check` ended with success before its end");
    Ok(contents)
}

/// Runs a process; none when it had to be killed because its time was over.
pub fn run_within(command: &mut Command, limit: Duration) -> anyhow::Result<Option<ExitStatus>> {
    let mut child = command.spawn().context("cannot start a part of the trial")?;
    let until = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() > until {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Fills a folder by a process of its own.
pub fn fill_folder(system: Kind, folder: &Path, events: u64) -> anyhow::Result<()> {
    match run_within(command("fill", system, folder)?.arg(events.to_string()), Duration::from_secs(300))? {
        Some(status) if status.success() => Ok(()),
        other => bail!("{}: cannot write what should be damaged ({other:?})", system.word()),
    }
}
