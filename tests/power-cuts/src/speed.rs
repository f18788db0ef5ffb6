//! `trials speed`: durable commits by many writers, each waiting for its acknowledgement before the next event, and beside
//! them what the disk alone can do.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use clap::Args;

use crate::child;
use crate::load;
use crate::scratch::Scratch;
use crate::system_calls::syncs_so_far;
use crate::systems::{self, Kind};
use crate::table;

/// Events a second that are fast enough on any disk.
const FAST: f64 = 50_000.0;
/// The part of the disk's limit that is fast enough on a slow one.
const PART_OF_LIMIT: f64 = 0.8;
/// What our journal puts around an event's bytes.
const FRAME: usize = 34;
/// Written in advance for measuring the disk, in bytes.
const FILLED: u64 = 64 << 20;
const DISK_TIME: Duration = Duration::from_secs(3);

/// What `speed` can be told.
#[derive(Args)]
pub struct Settings {
    /// Threads that write.
    #[arg(long, default_value_t = 200)]
    writers: u64,
    /// Events in all, for each system.
    #[arg(long, default_value_t = 100_000)]
    events: u64,
    /// On the disk that is to be measured; otherwise where the system keeps temporary files.
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// What one system did.
struct Figures {
    per_second: f64,
    p50: Duration,
    p99: Duration,
    bytes: u64,
    syncs: u64,
    ranges: u64,
}

/// Measures; whether ours is fast enough.
pub fn run(settings: &Settings) -> anyhow::Result<bool> {
    ensure!(settings.writers > 0 && settings.events >= settings.writers, "at least one writer, and an event for each");
    let scratch = Scratch::new(settings.folder.as_deref())?;
    let frame = mean_frame();
    // Measured right before ours and right after it, and the better one counts: other work on the same disk may slow
    // down one of them, and must not make ours look good.
    let before = disk_limit(&scratch, frame * settings.writers as usize)?;
    let ours = measure(Kind::Ours, settings, &scratch)?;
    let syncs = before.max(disk_limit(&scratch, frame * settings.writers as usize)?);
    let mut rows = vec![row(Kind::Ours, settings, &ours)];
    for system in [Kind::Redb, Kind::Sqlite, Kind::SledSync] {
        rows.push(row(system, settings, &measure(system, settings, &scratch)?));
    }
    let limit = syncs * settings.writers as f64;
    let each = format!("{:.4}", 1.0 / settings.writers as f64);
    let frame = table::count(frame as u64);
    let [name, none] = ["the disk alone, full batches", "–"].map(str::to_owned);
    rows.push([name, table::count(limit as u64), none.clone(), none, frame, each]);
    table::print(["system", "events/s", "p50", "p99", "bytes an event", "syncs an event"], &rows);
    Ok(judge(ours.per_second, limit))
}

fn judge(ours: f64, limit: f64) -> bool {
    let part = ours / limit;
    let percent = 100.0 * part;
    println!();
    println!("Ours: {} events a second, {percent:.0} % of the disk's limit.", table::count(ours as u64));
    if ours >= FAST {
        println!("The bound of {} events a second holds.", table::count(FAST as u64));
    } else if part >= PART_OF_LIMIT {
        println!("The bound of {:.0} % of the disk's limit holds.", 100.0 * PART_OF_LIMIT);
    } else {
        let (fast, part) = (table::count(FAST as u64), 100.0 * PART_OF_LIMIT);
        println!("Neither bound holds: {fast} events a second, or {part:.0} % of the disk's limit.");
        return false;
    }
    true
}

fn row(system: Kind, settings: &Settings, figures: &Figures) -> [String; 6] {
    let events = (settings.events / settings.writers * settings.writers) as f64;
    let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let mut syncs = format!("{:.4}", figures.syncs as f64 / events);
    if figures.ranges > 0 {
        syncs += &format!(" and {:.4} of a range", figures.ranges as f64 / events);
    }
    [
        system.title().to_owned(),
        table::count(figures.per_second as u64),
        milliseconds(figures.p50),
        milliseconds(figures.p99),
        table::count((figures.bytes as f64 / events) as u64),
        syncs,
    ]
}

fn measure(system: Kind, settings: &Settings, scratch: &Scratch) -> anyhow::Result<Figures> {
    let (folder, out) = (scratch.path("speed"), scratch.path("figures"));
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut command = child::command("load", system, &folder)?;
    command.args([settings.writers.to_string(), settings.events.to_string()]);
    command.env("LD_PRELOAD", child::lying_disk()?).stdout(File::create(&out)?);
    let status = child::run_within(&mut command, Duration::from_secs(900))?;
    if !status.is_some_and(|status| status.success()) {
        bail!("{}: the load did not end in order ({status:?})", system.word());
    }
    let text = fs::read_to_string(&out)?;
    let numbers = text.split_whitespace().map(str::parse).collect::<Result<Vec<u64>, _>>()?;
    let [events, took, p50, p99, bytes, syncs, ranges] = numbers[..] else { bail!("the load said {text}") };
    fs::remove_dir_all(&folder)?;
    let per_second = events as f64 * 1e6 / took.max(1) as f64;
    eprintln!("{}: {per_second:.0} events a second", system.word());
    let [p50, p99] = [p50, p99].map(Duration::from_micros);
    Ok(Figures { per_second, p50, p99, bytes, syncs, ranges })
}

/// The part `load`: prints events, and then microseconds in all, at the middle and at 99 %, bytes and syncs.
pub fn load(system: Kind, folder: &Path, writers: u64, events: u64) -> anyhow::Result<()> {
    let system = systems::open(system, folder)?;
    let (bytes_before, syncs_before) = (bytes_written()?, syncs_so_far().context("without lying-disk")?);
    let each = events / writers;
    let start = Instant::now();
    let mut waits = std::thread::scope(|scope| {
        let writing: Vec<_> = (0..writers)
            .map(|writer| {
                let system = &system;
                scope.spawn(move || {
                    (0..each)
                        .map(|n| {
                            let start = Instant::now();
                            system.store(&[load::id(load::USUAL_ONLY, writer, n)]).map(|()| start.elapsed())
                        })
                        .collect::<anyhow::Result<Vec<Duration>>>()
                })
            })
            .collect();
        let mut waits = Vec::new();
        for writer in writing {
            waits.extend(writer.join().map_err(|_| anyhow::anyhow!("a writer panicked"))??);
        }
        anyhow::Ok(waits)
    })?;
    let took = start.elapsed().as_micros();
    let (bytes, syncs) = (bytes_written()? - bytes_before, syncs_so_far().context("without lying-disk")?);
    waits.sort_unstable();
    let at = |part: usize| waits.get((waits.len() * part / 100).min(waits.len() - 1)).map_or(0, Duration::as_micros);
    let (fsyncs, ranges) = (syncs.0 - syncs_before.0, syncs.1 - syncs_before.1);
    println!("{} {took} {} {} {bytes} {fsyncs} {ranges}", waits.len(), at(50), at(99));
    system.close()
}

/// Bytes that this process caused to be written to disks, file system's own not included.
fn bytes_written() -> anyhow::Result<u64> {
    let text = fs::read_to_string("/proc/self/io")?;
    let line = text.lines().find_map(|line| line.strip_prefix("write_bytes: "));
    line.context("no write_bytes in /proc/self/io")?.parse().context("write_bytes in /proc/self/io")
}

/// How many bytes one event of this load takes in our journal.
fn mean_frame() -> usize {
    const LOOKED_AT: u64 = 1000;
    let bytes: usize = (0..LOOKED_AT).map(|n| load::value(load::id(load::USUAL_ONLY, 0, n)).len() + FRAME).sum();
    bytes / LOOKED_AT as usize
}

/// How often a second the disk takes so many bytes and `fdatasync`, in space that is written already. With writers that
/// wait for their acknowledgement, a full batch is one event of each of them.
fn disk_limit(scratch: &Scratch, batch: usize) -> anyhow::Result<f64> {
    let path = scratch.path("disk");
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).open(&path)?;
    let zeros = vec![0; 1 << 20];
    for _ in 0..FILLED / zeros.len() as u64 {
        file.write_all(&zeros)?;
    }
    file.sync_all()?;
    let bytes: Vec<u8> = (0..batch).map(|n| n as u8 | 1).collect();
    let mut at = 0;
    let mut syncs = 0;
    let start = Instant::now();
    while start.elapsed() < DISK_TIME {
        if at + batch as u64 > FILLED {
            at = 0;
        }
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&bytes)?;
        file.sync_data()?;
        at += batch as u64;
        syncs += 1;
    }
    let rate = f64::from(syncs) / start.elapsed().as_secs_f64();
    fs::remove_file(&path)?;
    eprintln!("disk: {rate:.0} syncs of {batch} bytes a second");
    Ok(rate)
}
