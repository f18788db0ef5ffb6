//! A child process writes and says what was acknowledged; it is killed at a random moment, again and again, without
//! cleaning between. Whatever it had said is there, once and in order, and sending it again counts nothing.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::*;
use drafts::*;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

const FOLDER: &str = "CHALKBOX_KILL_FOLDER";
const ROUND: &str = "CHALKBOX_KILL_ROUND";
const WRITERS: u64 = 6;

fn sending(round: u64, writer: u64, cseq: u64) -> EventDraft {
    let mut client = [0; 16];
    client[..8].copy_from_slice(&(round * WRITERS + writer).to_be_bytes());
    let item = (round * WRITERS + writer) << 32 | cseq;
    EventDraft { send: Some(SendKey { client: ClientId(client), cseq }), ..answer((writer % 4) as u8, item, None, "7") }
}

/// Not a test of its own: what the child does when it is started for it.
#[test]
fn child() {
    let (Some(folder), Some(round)) = (std::env::var_os(FOLDER), std::env::var(ROUND).ok()) else { return };
    let round: u64 = round.parse().unwrap();
    let (store, _) = Store::open(StoreConfig::new(folder, Arc::new(Counting(1)))).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                for cseq in 1.. {
                    let ack = store.submit(sending(round, writer, cseq)).unwrap();
                    let line = format!("{writer} {cseq} {}\n", ack.id.seq);
                    let mut out = std::io::stdout().lock();
                    out.write_all(line.as_bytes()).unwrap();
                    out.flush().unwrap();
                }
            });
        }
    });
}

/// Runs the child for a while; for each writer and sending, the number that it was told.
fn run_and_kill(folder: &Path, round: u64, life: Duration) -> BTreeMap<(u64, u64), u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap());
    let reading = std::thread::spawn(move || {
        let mut told = BTreeMap::new();
        for line in lines.lines() {
            let line = line.unwrap();
            let numbers: Vec<u64> = line.split(' ').filter_map(|w| w.parse().ok()).collect();
            // The last line may be cut off by the kill; only one that has all three numbers was said.
            if let ([writer, cseq, seq], true) = (numbers.as_slice(), line.split(' ').count() == 3) {
                told.insert((*writer, *cseq), *seq);
            }
        }
        told
    });
    std::thread::sleep(life);
    child.kill().unwrap();
    child.wait().unwrap();
    let mut told = reading.join().unwrap();
    // A number cut off at the end would be a smaller one: drop the last of a writer if it does not rise.
    for writer in 0..WRITERS {
        let own: Vec<_> = told.range((writer, 0)..(writer + 1, 0)).map(|(k, v)| (*k, *v)).collect();
        if let [.., (_, before), (last, seq)] = own.as_slice()
            && seq <= before
        {
            told.remove(last);
        }
    }
    told
}

/// A number that differs from run to run.
fn any_seed() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64 ^ u64::from(std::process::id())
}

/// Kills a child so often on one folder, each after 30 ms and at most so many more; how much was acknowledged.
fn kill_rounds(rounds: u64, longest_ms: u64, seed: u64) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let mut random = seed;
    println!("seed {random}");
    let mut told_in_all = 0;
    for round in 0..rounds {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let told = run_and_kill(folder.path(), round, Duration::from_millis(30 + (random >> 40) % longest_ms));
        told_in_all += told.len();
        let (store, notices) = Store::open(StoreConfig::new(folder.path(), Arc::new(Counting(1)))).unwrap();
        assert!(
            notices
                .iter()
                .all(|n| matches!(n, Notice::UncleanStop | Notice::Replayed { .. } | Notice::TornTail { .. })),
            "{notices:?}"
        );
        for ((writer, cseq), seq) in &told {
            let draft = sending(round, *writer, *cseq);
            let event = store.sent_before(draft.send.unwrap()).unwrap().expect("acknowledged, so it is there");
            let event = store.event(event).unwrap().expect("what was sent is in the journal");
            assert_eq!((event.id.seq, &event.body), (*seq, &draft.body), "round {round}");
        }
        for writer in 0..WRITERS {
            let last = told.range((writer, 0)..(writer + 1, 0)).next_back().map_or(0, |((_, cseq), _)| *cseq);
            if last > 0 {
                let ack = store.submit(sending(round, writer, last)).unwrap();
                assert!(ack.duplicate && ack.id.seq == told[&(writer, last)]);
            }
            // What was on its way when the process died may have been stored or not; sent again, it is there once.
            let first = store.submit(sending(round, writer, last + 1)).unwrap();
            let again = store.submit(sending(round, writer, last + 1)).unwrap();
            assert_eq!((again.id, again.duplicate), (first.id, true));
        }
        let mut sends = std::collections::HashSet::new();
        for (event, seq) in store.stream(None).zip(1u64..) {
            let event = event.unwrap();
            assert_eq!(event.id.seq, seq);
            assert!(sends.insert(event.send), "counted twice");
        }
    }
    let (store, _) = Store::open(StoreConfig::new(folder.path(), Arc::new(Counting(1)))).unwrap();
    let views = all_views(&store);
    drop(store);
    let (anew, _) = Store::open(config(folder.path(), EngineChoice::Memory)).unwrap();
    assert_eq!(all_views(&anew), views, "views folded live and from nothing are the same");
    println!("{rounds} kills, {told_in_all} acknowledged events, none lost");
    assert!(told_in_all > rounds as usize, "the child must get to write something");
    told_in_all
}

#[test]
fn nothing_acknowledged_is_lost_by_kills() {
    if std::env::var_os(FOLDER).is_none() {
        kill_rounds(30, 250, any_seed());
    }
}

/// `cargo xtask kill-points`: ten folders, a hundred kills on each; on the way every event of a folder is read after each kill.
#[test]
#[ignore = "takes minutes: cargo xtask kill-points"]
fn nothing_acknowledged_is_lost_by_a_thousand_kills() {
    if std::env::var_os(FOLDER).is_none() {
        let seed = any_seed();
        let told: usize = (0..10).map(|folder| kill_rounds(100, 70, seed.wrapping_add(folder))).sum();
        println!("1000 kills, {told} acknowledged events, none lost");
    }
}
