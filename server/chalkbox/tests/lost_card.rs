//! A stick that is pulled out while a backup is written, again and again; then the card is lost, the school goes on with a new
//! one, and the old card is found. Through the program as people use it.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_service::views::Rules;
use chalkbox_store::{EngineChoice, Store, StoreConfig};
use chalkbox_testkit::{Client, Solver, TestBox};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");
const SKILL: &str = "numeracy.count.on-to-20";
/// How long a backup of the demo school may run before the stick is out; the longest are finished.
const PULLED_AFTER_MS: [u64; 12] = [1, 5, 10, 15, 20, 30, 40, 60, 80, 120, 200, 400];

/// So many answers of learners; their events, as they were acknowledged.
fn work(of: &TestBox, solver: &Solver, answers: usize, told: &mut BTreeSet<String>) {
    for n in 0..answers {
        let client = Client::learner(of, n % 3);
        let item = client.ask(SKILL);
        let key = format!("work-{}", told.len());
        let answer = client.respond(item["item"].as_str().unwrap(), &key, &solver.solve(&item)).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(told.insert(answer.json()["event"].as_str().unwrap().to_owned()), "an event has its id alone");
    }
}

/// Runs a command that must succeed; what it said.
fn run(of: &TestBox, words: &[&str]) -> String {
    let output = of.command_on_data(words);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{words:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// Begins a backup and ends the process with all that it holds; whether it was still at work.
fn pulled_away(of: &TestBox, stick: &Path, after: Duration) -> bool {
    let mut child = Command::new(PROGRAM)
        .args(["backup", "create", "--plain", "--data"])
        .args([of.data(), stick])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

/// The log's ids; each is there once.
fn log(of: &TestBox) -> BTreeSet<String> {
    let lines = run(of, &["events", "export"]);
    let ids: BTreeSet<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), lines.lines().count(), "no number is given twice");
    ids
}

/// SHA-256 of everything that is shown: as it is, and folded from nothing.
fn digests(data: &Path) -> [[u8; 32]; 2] {
    let config = StoreConfig::new(data, Arc::new(Rules));
    let folded = StoreConfig { engine: EngineChoice::Memory, ..config.clone() };
    [config, folded].map(|config| {
        let store = Store::open(config).unwrap().0;
        assert!(store.wait_until_ready(Duration::from_secs(60)));
        store.views_digest().unwrap()
    })
}

#[test]
fn a_school_outlives_a_stick_that_is_pulled_out_and_a_card_that_is_lost_and_found() {
    let mut old = TestBox::demo(PROGRAM);
    let solver = Solver::new(&old, PROGRAM);
    let place = tempfile::tempdir().unwrap();
    let stick = place.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let stick_path = stick.to_str().unwrap();
    let mut told = BTreeSet::new();
    work(&old, &solver, 6, &mut told);

    let mut pulled = 0;
    for ms in PULLED_AFTER_MS {
        pulled += u32::from(pulled_away(&old, &stick, Duration::from_millis(ms)));
        work(&old, &solver, 2, &mut told);
    }
    assert!(pulled >= 3, "{pulled} runs were cut short: nothing was tried");
    run(&old, &["backup", "create", "--plain", stick_path]);
    let verified = old.command(&["backup", "verify", stick_path]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let on_stick = told.clone();
    // These are on no stick.
    work(&old, &solver, 5, &mut told);
    old.kill();

    let mut new = TestBox::idle(PROGRAM);
    run(&new, &["backup", "restore", stick_path]);
    assert!(log(&new).is_superset(&on_stick), "what the stick has is back");
    // Who may sign in is in no backup of a demo school; the test knows it.
    std::fs::copy(old.data().join("demo-sign-in.json"), new.data().join("demo-sign-in.json")).unwrap();
    new.start();
    let mut since = told.clone();
    work(&new, &solver, 7, &mut since);
    new.kill();

    // The old card is found: what only it has comes in, and nothing twice.
    let found = place.path().join("found.tar");
    let found_path = found.to_str().unwrap();
    run(&old, &["backup", "create", "--plain", found_path]);
    run(&new, &["backup", "restore", found_path]);
    let [shown, folded] = digests(new.data());
    assert_eq!(shown, folded, "everything shown is what a fold from nothing gives, byte for byte");
    let merged = log(&new);
    assert!(merged.is_superset(&since), "every acknowledged answer of both boxes");
    run(&new, &["backup", "restore", found_path]);
    assert_eq!((log(&new), digests(new.data())), (merged, [shown, folded]), "as often as one likes");
    let verified = run(&new, &["events", "verify"]);
    assert!(verified.contains(" 0 differences"), "{verified}");
    new.start();
    work(&new, &solver, 2, &mut since);
}
