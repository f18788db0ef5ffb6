//! Memory and time with a school's whole record: answers that come in live, that come in from another box's volumes, an
//! engine built anew, a start. Each in a process of its own, so that what one leaves behind is not counted for another.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::*;
use drafts::*;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const JOB: &str = "CHALKBOX_MEMORY_JOB";
const FOLDER: &str = "CHALKBOX_MEMORY_FOLDER";
const EVENTS: &str = "CHALKBOX_MEMORY_EVENTS";
/// Learners of a large school, each with a tablet.
const LEARNERS: u64 = 500;
const BATCH: u64 = 200;

/// What a process needed.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cost {
    /// Most resident memory ever, in MiB.
    peak: u64,
    /// Resident memory at the end of the work, in MiB.
    end: u64,
    seconds: f64,
    events: u64,
}

/// A figure of this process in MiB, as the system names it.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() >> 10
}

fn learner_of(n: u64) -> LearnerId {
    let mut id = [0x4c; 16];
    id[..8].copy_from_slice(&(n % LEARNERS).to_be_bytes());
    LearnerId(id)
}

fn draft(n: u64) -> EventDraft {
    let learner = learner_of(n);
    let send = Some(SendKey { client: ClientId(learner.0), cseq: n / LEARNERS + 1 });
    let mut draft =
        EventDraft { send, learner: Some(learner), actor: Actor::Learner(learner), ..answer(1, n, None, "42") };
    if let EventBody::Answered(answered) = &mut draft.body {
        // Handed out just now, as items are: not before everything that the learner ever did.
        answered.asked_ms = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis() as u64;
    }
    draft
}

fn open(folder: &Path) -> Store {
    Store::open(StoreConfig::new(folder, Arc::new(Counting(1)))).unwrap().0
}

/// Answers of thirty writers, until there are so many.
fn live(folder: &Path, events: u64) -> Store {
    const WRITERS: u64 = 30;
    let store = open(folder);
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                for from in (writer * BATCH..events).step_by((WRITERS * BATCH) as usize) {
                    store.submit_many((from..events.min(from + BATCH)).map(draft).collect()).unwrap();
                }
            });
        }
    });
    store
}

/// The volumes of a box's journal, one a file.
fn volumes(folder: &Path) -> Vec<PathBuf> {
    let to = folder.join("stick");
    std::fs::create_dir_all(&to).unwrap();
    let mut paths = Vec::new();
    for segment in journal::segments(&folder.join("data")).unwrap() {
        let records = segment.records(&folder.join("data")).unwrap();
        let (Some(first), Some(last)) = (records.first(), records.last()) else { continue };
        let name = volume::VolumeName { box_id: segment.box_id, from: first.first(), to: last.last() };
        paths.push(volume::store_volume(&to, &name, &mut records.into_iter()).unwrap());
    }
    paths
}

/// Not a test of its own: what a child does that is measured.
#[test]
fn child() {
    let (Some(job), Some(folder)) = (std::env::var(JOB).ok(), std::env::var_os(FOLDER)) else { return };
    let folder = PathBuf::from(folder);
    let events: u64 = std::env::var(EVENTS).unwrap().parse().unwrap();
    let data = folder.join("data");
    let begun = Instant::now();
    let store = match job.as_str() {
        "live" => live(&data, events),
        "start" | "rebuild" => {
            let store = open(&data);
            if job == "rebuild" {
                // Answers are taken all the while.
                println!("open after {:.2} s", begun.elapsed().as_secs_f64());
                let taken = Instant::now();
                store.submit(draft(events + 7)).unwrap();
                println!("an answer is taken meanwhile, within {:.2} s", taken.elapsed().as_secs_f64());
                assert!(store.wait_until_ready(Duration::from_secs(3600)));
            }
            store
        }
        "volumes" => {
            volumes(&folder);
            return;
        }
        "import" => {
            let store = open(&folder.join("new"));
            let mut paths: Vec<PathBuf> =
                std::fs::read_dir(folder.join("stick")).unwrap().map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            let imported = store.import(&paths).unwrap();
            assert!(imported.new_events >= events, "{imported:?}");
            store
        }
        other => panic!("no job is called {other}"),
    };
    let seconds = begun.elapsed().as_secs_f64();
    // Everything is there, and what it costs to look is counted too.
    let some = store.events_of(learner_of(3), 0).unwrap().len() as u64;
    assert!(some >= events / LEARNERS, "{some} events of one learner");
    let counted = store.views(&ViewPrefix::skills()).unwrap().len();
    assert!(counted >= 500, "{counted} rows of skills");
    let here = store.boxes().unwrap().iter().map(|b| b.newest).max().unwrap();
    println!("\ncost {} {} {seconds} {here}", memory("VmHWM:"), memory("VmRSS:"));
}

fn measure(job: &str, folder: &Path, events: u64) -> Cost {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(JOB, job)
        .env(FOLDER, folder)
        .env(EVENTS, events.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{job}: {said}{}", String::from_utf8_lossy(&output.stderr));
    if job == "volumes" {
        return Cost { peak: 0, end: 0, seconds: 0.0, events };
    }
    said.lines()
        .filter(|line| line.contains("after") || line.contains("within"))
        .for_each(|line| println!("{job}: {line}"));
    let line = said.lines().find_map(|line| line.strip_prefix("cost ")).unwrap_or_else(|| panic!("{job}: {said}"));
    let numbers: Vec<f64> = line.split(' ').map(|n| n.parse().unwrap()).collect();
    let [peak, end, seconds, here] = numbers[..] else { panic!("{line}") };
    let cost = Cost { peak: peak as u64, end: end as u64, seconds, events: here as u64 };
    println!(
        "{job}: {} events, {} MiB at most, {} MiB at the end, {seconds:.2} s, {:.0} events/s",
        cost.events,
        cost.peak,
        cost.end,
        cost.events as f64 / seconds
    );
    cost
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|e| if e.path().is_dir() { bytes_below(&e.path()) } else { e.metadata().unwrap().len() }).sum()
}

/// Limits in MiB: for the work with answers, and for the moments in which an engine is built beside the one in use.
fn stays_within(events: u64, working: u64, building: u64) {
    if std::env::var_os(JOB).is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let live = measure("live", folder.path(), events);
    let (journal, engine) = (bytes_below(&data.join("journal")), bytes_below(&data.join("engine")));
    println!("on disk for an event: {} B of journal, {} B of engine", journal / events, engine / events);
    assert_eq!(live.events, events);
    let start = measure("start", folder.path(), events);
    std::fs::remove_dir_all(data.join("engine")).unwrap();
    let rebuild = measure("rebuild", folder.path(), events);
    measure("volumes", folder.path(), events);
    let import = measure("import", folder.path(), events);
    assert!(live.peak <= working && start.peak <= working, "live {live:?}, start {start:?}");
    assert!(rebuild.peak <= building && import.peak <= building, "rebuild {rebuild:?}, import {import:?}");
    // The design allows a Pi ten seconds until answers are taken; no machine that runs this is slower.
    assert!(start.seconds <= 10.0, "{start:?}");
}

#[test]
fn fifteen_thousand_events_need_little_memory() {
    stays_within(15_000, 120, 160);
}

/// `cargo xtask store-proofs memory`.
#[test]
#[ignore = "takes minutes and some gigabytes of disk: cargo xtask store-proofs memory"]
fn a_million_events_stay_within_three_hundred_mebibytes() {
    stays_within(1_000_000, 300, 400);
}
