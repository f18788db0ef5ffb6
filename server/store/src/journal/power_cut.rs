//! The promise, tested at every operation: whatever was acknowledged is there after a power cut, once and in order; and
//! the same with a medium that fails, and with bits that flip.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests")]

use super::recover::Recovered;
use super::sim::{Faults, Part, SimDisk};
use super::{FileName, JournalError, JournalOptions, JournalReader, Recovery, files, recover};
use crate::disk::Disk;
use crate::notice::Notice;
use crate::record::Record;
use chalkbox_domain::ids::BoxId;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

const BOX: BoxId = BoxId([0xb0; 8]);
const SMALL: JournalOptions = JournalOptions { seal_at: 2048, fill_step: 1024, lead: 3 };
const BATCHES: [u64; 16] = [1, 3, 2, 5, 1, 4, 2, 6, 3, 1, 1, 7, 2, 5, 3, 4];
/// Ways for what was on its way to arrive: nothing, everything, in sectors, in pages, several times.
const SEEDS: u64 = 16;

fn payload(seq: u64, word: &str) -> Vec<u8> {
    let mut text = format!("{word} {seq} ");
    let len = 60 + (seq as usize * 37) % 190;
    while text.len() < len {
        text.push_str("and on ");
    }
    text.into_bytes()
}

/// What a test has of lost events, by number.
type Rescue<'a> = &'a dyn Fn(&[RangeInclusive<u64>]) -> BTreeMap<u64, Vec<u8>>;

fn open_with(disk: &SimDisk, applied: u64, rescue: Rescue) -> Result<Recovered, JournalError> {
    recover(&Recovery {
        disk: Arc::new(disk.clone()),
        box_id: BOX,
        boot: 1,
        options: SMALL,
        applied,
        stamp: "1",
        rescue: &|missing| {
            let found = rescue(missing).into_iter();
            found.map(|(seq, payload)| (seq, Record::Event { seq, payload })).collect()
        },
    })
}

fn open(disk: &SimDisk) -> Result<Recovered, JournalError> {
    open_with(disk, 0, &|_| BTreeMap::new())
}

/// Writes all batches as long as it goes; the number of the last acknowledged event. What a full disk refuses is sent again.
fn run(disk: &SimDisk) -> u64 {
    let mut acknowledged = 0;
    let Ok(Recovered { mut journal, .. }) = open(disk) else { return 0 };
    for len in BATCHES {
        let from = journal.next_seq();
        let batch: Vec<Vec<u8>> = (from..from + len).map(|seq| payload(seq, "first")).collect();
        let done = match journal.append(&batch) {
            Err(JournalError::Full) => journal.append(&batch),
            done => done,
        };
        if done.is_err() {
            break;
        }
        acknowledged = from + len - 1;
        journal.prepare();
    }
    acknowledged
}

fn read(disk: &SimDisk) -> (BTreeMap<u64, Vec<u8>>, Vec<RangeInclusive<u64>>) {
    let mut events = BTreeMap::new();
    let mut lost = Vec::new();
    for entry in JournalReader::new(Arc::new(disk.clone()) as Arc<dyn Disk>, BOX, 1, None) {
        match entry {
            Ok(entry) => assert!(events.insert(entry.seq, entry.payload).is_none(), "number {} twice", entry.seq),
            Err(JournalError::Damaged { missing }) => lost.extend(missing),
            Err(error) => panic!("{error}"),
        }
    }
    (events, lost)
}

/// Whether all acknowledged events are there after a cut, the journal whole, and able to go on.
fn survives(disk: &SimDisk, acknowledged: u64) -> Result<(), String> {
    let Recovered { mut journal, notices, .. } = open(disk).map_err(|e| e.to_string())?;
    if notices.iter().any(|n| !matches!(n, Notice::TornTail { .. })) {
        return Err(format!("{notices:?}"));
    }
    let (events, lost) = read(disk);
    let last = journal.next_seq() - 1;
    if !lost.is_empty() || events.len() as u64 != last || last < acknowledged || last > acknowledged + 7 {
        return Err(format!("{} events, last {last}, acknowledged {acknowledged}, lost {lost:?}", events.len()));
    }
    if let Some((seq, _)) = events.iter().find(|(seq, p)| **p != payload(**seq, "first")) {
        return Err(format!("event {seq} is not what was written"));
    }
    let more: Vec<Vec<u8>> = (last + 1..last + 4).map(|seq| payload(seq, "second")).collect();
    journal.append(&more).map_err(|e| e.to_string())?;
    drop(journal);
    let Recovered { journal, notices, .. } = open(disk).map_err(|e| e.to_string())?;
    let (events, lost) = read(disk);
    if !notices.is_empty() || !lost.is_empty() || journal.next_seq() != last + 4 || events[&(last + 3)] != more[2] {
        return Err(format!("going on: {notices:?} {lost:?} {}", journal.next_seq()));
    }
    Ok(())
}

fn operations() -> u64 {
    let disk = SimDisk::default();
    assert_eq!(run(&disk), BATCHES.iter().sum::<u64>());
    assert!(files(&disk, BOX).unwrap().len() >= 4, "the run must change files");
    disk.ops()
}

/// Cuts at every operation, with several ways for the bytes to arrive; how many cuts, and the failures.
fn cut_everywhere(lying: bool) -> (u64, Vec<String>) {
    let mut failures = Vec::new();
    for cut in 1..=operations() {
        let disk = SimDisk::new(Faults { cut_at: Some(cut), lying, ..Faults::default() });
        let acknowledged = run(&disk);
        for seed in 0..SEEDS {
            let after = disk.after_power_cut(seed, Faults::default());
            if let Err(why) = survives(&after, acknowledged) {
                failures.push(format!("cut {cut}, seed {seed}: {why}"));
            }
        }
    }
    (operations() * SEEDS, failures)
}

#[test]
fn nothing_acknowledged_is_lost_wherever_the_power_goes() {
    let (cuts, failures) = cut_everywhere(false);
    println!("{} operations, each cut with {SEEDS} ways to arrive: {cuts} power cuts", operations());
    assert!(failures.is_empty(), "{} failures, the first: {}", failures.len(), failures[0]);
    assert!(cuts >= 1_000, "only {cuts} cuts");
}

#[test]
fn a_lying_disk_is_found_out() {
    let (_, failures) = cut_everywhere(true);
    assert!(!failures.is_empty(), "this simulation could not fail");
}

#[test]
fn a_second_cut_while_the_first_is_put_right_does_no_harm() {
    let mut cuts = 0;
    for cut in 1..=operations() {
        let disk = SimDisk::new(Faults { cut_at: Some(cut), ..Faults::default() });
        let acknowledged = run(&disk);
        for seed in 0..12 {
            for second in 1.. {
                cuts += 1;
                let faults = Faults { cut_at: Some(second), ..Faults::default() };
                let again = disk.after_power_cut(seed, faults);
                let done = open(&again).is_ok();
                let why = survives(&again.after_power_cut(seed + second, Faults::default()), acknowledged);
                assert_eq!(why, Ok(()), "cut {cut}, seed {seed}, second {second}");
                if done && again.ops() < second {
                    break;
                }
            }
        }
    }
    println!("{cuts} second cuts");
    assert!(cuts >= 1_000, "only {cuts} cuts");
}

/// Lets one operation after the other fail, each with several parts of what it wrote in the file, and cuts the power behind.
fn one_fails(fault: impl Fn(u64, Part) -> Faults) {
    let mut cases = 0;
    for at in 1..=operations() {
        for part in Part::ALL {
            let disk = SimDisk::new(fault(at, part));
            let acknowledged = run(&disk);
            // Opening an empty folder may fail as a whole; later no single error stops the journal.
            if at > 5 {
                assert_eq!(acknowledged, BATCHES.iter().sum::<u64>(), "operation {at} fails, {part:?}");
            }
            let (events, lost) = read(&disk);
            assert!(lost.is_empty() && events.len() as u64 >= acknowledged, "operation {at} fails, {part:?}: {lost:?}");
            // Nothing arrives, everything, sectors, pages.
            for seed in [0, 1, 2, 6] {
                let why = survives(&disk.after_power_cut(seed, Faults::default()), acknowledged);
                assert_eq!(why, Ok(()), "operation {at} fails, {part:?}, seed {seed}");
                cases += 1;
            }
        }
    }
    println!("{cases} power cuts behind an operation that failed");
    assert!(cases >= 1_000);
}

#[test]
fn an_error_of_the_medium_loses_nothing_and_is_met_by_a_new_file() {
    one_fails(|at, part| Faults { error_at: Some(at), part, ..Faults::default() });
}

#[test]
fn a_disk_that_is_full_for_a_moment_loses_nothing_and_takes_what_is_sent_again() {
    one_fails(|at, part| Faults { full_at: Some(at), part, ..Faults::default() });
}

#[test]
fn a_file_system_that_turns_read_only_keeps_what_was_acknowledged_and_goes_on_when_it_is_mounted_anew() {
    for from in 1..=operations() {
        let disk = SimDisk::new(Faults { read_only_from: Some(from), ..Faults::default() });
        let acknowledged = run(&disk);
        let (events, lost) = read(&disk);
        assert!(lost.is_empty() && events.len() as u64 >= acknowledged, "read-only from {from}: {lost:?}");
        // Opening it as it is may fail, and changes nothing.
        let before: Vec<(String, Vec<u8>)> = contents(&disk);
        let _ = open(&disk);
        assert_eq!(contents(&disk), before, "read-only from {from}");
        disk.set_faults(Faults::default());
        for seed in 0..SEEDS {
            let why = survives(&disk.after_power_cut(seed, Faults::default()), acknowledged);
            assert_eq!(why, Ok(()), "read-only from {from}, seed {seed}");
        }
        assert_eq!(survives(&disk.copy(), acknowledged), Ok(()), "read-only from {from}");
    }
}

/// Everything in the journal's folder.
fn contents(disk: &SimDisk) -> Vec<(String, Vec<u8>)> {
    let names = disk.list(super::FOLDER).unwrap();
    names
        .into_iter()
        .map(|name| {
            let bytes = super::read_all(disk, &format!("{}/{name}", super::FOLDER)).unwrap();
            (name, bytes)
        })
        .collect()
}

#[test]
fn a_medium_that_fails_for_good_ends_in_refusal_not_in_loss() {
    for from in 1..=operations() {
        let disk = SimDisk::new(Faults { errors_from: Some(from), ..Faults::default() });
        let acknowledged = run(&disk);
        assert!(acknowledged < BATCHES.iter().sum::<u64>() || from + 8 > operations(), "errors from {from}");
        for seed in 0..SEEDS {
            let why = survives(&disk.after_power_cut(seed, Faults::default()), acknowledged);
            assert_eq!(why, Ok(()), "errors from {from}, seed {seed}");
        }
    }
}

#[test]
fn a_full_disk_uses_up_the_room_it_has_and_goes_on_when_there_is_more() {
    let disk = SimDisk::default();
    let Recovered { mut journal, .. } = open(&disk).unwrap();
    disk.set_faults(Faults { room: Some(SMALL.fill_step), ..Faults::default() });
    let mut acknowledged = 0;
    let refused = loop {
        match journal.append(&[payload(acknowledged + 1, "first")]) {
            Ok(_) => acknowledged += 1,
            Err(error) => break error,
        }
        journal.prepare();
    };
    assert!(matches!(refused, JournalError::Full), "{refused}");
    let names = files(&disk, BOX).unwrap();
    assert_eq!(names.len(), 1, "nothing half-made stays");
    let used = super::check::scan(&super::read_all(&disk, &names[0].path).unwrap()).end;
    let next = super::format::FRAME_BYTES + payload(acknowledged + 1, "first").len();
    assert!((used + next) as u64 > SMALL.fill_step, "{used} bytes used of {}", SMALL.fill_step);
    for seed in 0..SEEDS {
        assert_eq!(survives(&disk.after_power_cut(seed, Faults::default()), acknowledged), Ok(()), "seed {seed}");
    }

    disk.set_faults(Faults::default());
    for _ in 0..20 {
        journal.append(&[payload(acknowledged + 1, "first")]).unwrap();
        journal.prepare();
        acknowledged += 1;
    }
    assert_eq!(journal.next_seq(), acknowledged + 1);
    assert_eq!(survives(&disk.copy(), acknowledged), Ok(()));
}

#[test]
fn frames_that_could_not_be_written_end_the_journal_also_when_the_disk_is_full() {
    let disk = SimDisk::default();
    let Recovered { mut journal, .. } = open(&disk).unwrap();
    journal.append(&[payload(1, "first")]).unwrap();
    let room = Some(SMALL.fill_step);
    disk.set_faults(Faults { error_at: Some(disk.ops() + 1), room, ..Faults::default() });
    let batch = [payload(2, "first")];
    assert!(matches!(journal.append(&batch), Err(JournalError::Failed)));
    assert_eq!(files(&disk, BOX).unwrap().len(), 1, "the half-made new file is removed");
    disk.set_faults(Faults::default());
    journal.prepare();
    assert!(matches!(journal.append(&batch), Err(JournalError::Failed)));
    assert_eq!(survives(&disk.copy(), 1), Ok(()));
}

fn written() -> (SimDisk, BTreeMap<u64, Vec<u8>>, Vec<FileName>) {
    let disk = SimDisk::default();
    run(&disk);
    let names = files(&disk, BOX).unwrap();
    let (events, lost) = read(&disk);
    assert!(lost.is_empty());
    (disk.copy(), events, names)
}

#[test]
fn every_flipped_byte_is_repaired_while_the_engine_has_the_events() {
    let (disk, events, names) = written();
    let all = events.len() as u64;
    for (i, name) in names.iter().enumerate() {
        let len = disk.open(&name.path, false).unwrap().len().unwrap() as usize;
        let next = names.get(i + 1).map_or(u64::MAX, |n| n.first);
        for at in (0..len).step_by(7) {
            let hurt = disk.copy();
            hurt.damage(&name.path, at, |b| b ^ 0x41);
            let asked = std::cell::Cell::new(0);
            let rescue = |missing: &[RangeInclusive<u64>]| {
                asked.set(asked.get() + 1);
                events
                    .iter()
                    .filter(|(s, _)| missing.iter().any(|m| m.contains(s)))
                    .map(|(s, p)| (*s, p.clone()))
                    .collect()
            };
            // As if the engine had everything, but read as far back as this file.
            let applied = if next == u64::MAX { all } else { name.first.max(2) - 1 };
            let opened = open_with(&hurt, applied, &rescue).unwrap();
            assert!(opened.gaps.is_empty(), "{} at {at}: {:?}", name.path, opened.notices);
            assert_eq!(opened.journal.next_seq(), all + 1, "{} at {at}", name.path);
            let (found, lost) = read(&hurt);
            assert!(lost.is_empty() && found == events, "{} at {at}: {lost:?}", name.path);
        }
    }
}

#[test]
fn a_flipped_byte_that_nobody_can_repair_costs_only_its_own_frame() {
    let (disk, events, names) = written();
    let all = events.len() as u64;
    for name in &names {
        let len = disk.open(&name.path, false).unwrap().len().unwrap() as usize;
        for at in (0..len).step_by(5) {
            let hurt = disk.copy();
            hurt.damage(&name.path, at, |b| b.wrapping_add(1));
            let opened = open_with(&hurt, 0, &|_| BTreeMap::new()).unwrap();
            let (found, lost) = read(&hurt);
            assert!(lost.is_empty(), "what is lost is noted in the file: {lost:?}");
            assert!(found.iter().all(|(seq, p)| *p == events[seq]), "a wrong event was read");
            let last = opened.journal.next_seq() - 1;
            // The very last batch may be taken for a torn one, since nothing proves that it was synced.
            let gone = last - found.len() as u64;
            assert!(gone <= 1 && last + 4 >= all, "{} at {at}: {gone} gone, last {last}", name.path);
            assert_eq!(opened.gaps.iter().map(|g| g.end() - g.start() + 1).sum::<u64>(), gone);
            // Said once: the repaired file is whole, and says what it does not have.
            let again = open(&hurt).unwrap();
            assert_eq!((again.notices, again.gaps), (vec![], vec![]));
        }
    }
}

#[test]
fn the_engine_s_watermark_tells_damage_from_a_torn_tail() {
    let (disk, events, names) = written();
    let all = events.len() as u64;
    let name = names.iter().rfind(|n| n.first <= all).unwrap();
    let bytes = super::read_all(&disk, &name.path).unwrap();
    let frames = super::check::scan(&bytes).frames;
    let hurt = disk.copy();
    hurt.damage(&name.path, frames[frames.len() - 2].payload.start, |b| !b);
    let torn = open(&hurt.copy()).unwrap();
    assert!(matches!(torn.notices.as_slice(), [Notice::TornTail { .. }]));
    assert_eq!(torn.journal.next_seq(), all - 3);
    let damaged = open_with(&hurt, all, &|_| BTreeMap::new()).unwrap();
    assert_eq!(damaged.gaps, vec![all - 1..=all - 1]);
    assert_eq!(damaged.journal.next_seq(), all + 1);
}

#[test]
fn the_newest_event_lies_before_a_torn_fresh_file_also_when_the_engine_lags() {
    let disk = SimDisk::default();
    let Recovered { mut journal, .. } = open(&disk).unwrap();
    // Until the third file has just been begun.
    while files(&disk, BOX).unwrap().len() < 3 || journal.file_of(journal.next_seq()) != journal.next_seq() {
        journal.append(&[payload(journal.next_seq(), "first")]).unwrap();
        journal.prepare();
    }
    let fresh = journal.next_seq();
    journal.append(&[payload(fresh, "first"), payload(fresh + 1, "first")]).unwrap();
    drop(journal);
    let path = FileName::new(BOX, fresh).path;
    let frames = super::check::scan(&super::read_all(&disk, &path).unwrap()).frames;
    disk.damage(&path, frames[0].payload.start, |b| !b);
    for applied in 0..fresh {
        let opened = open_with(&disk.copy(), applied, &|_| BTreeMap::new()).unwrap();
        assert_eq!(opened.newest, Some(payload(fresh - 1, "first")), "the engine has {applied}");
        assert_eq!(opened.journal.next_seq(), fresh);
    }
}

#[test]
fn a_newer_format_is_refused_and_left_alone() {
    let (disk, _, names) = written();
    let head = disk.open(&names[0].path, true).unwrap();
    let header = super::format::Header { format: 2, box_id: BOX, boot: 1, first_seq: 1 };
    head.write(0, &header.encode()).unwrap();
    let before = disk.ops();
    let refused = super::check_formats(&disk, BOX);
    assert!(matches!(refused, Err(JournalError::NewerFormat { format: 2, known: 1, .. })));
    assert_eq!(disk.ops(), before);
}
