//! Answers, SIGKILL, and what is there afterwards: through the program and its API only.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_testkit::{Client, Solver, TestBox};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");

/// The log as the program writes it, line by line.
fn log(of: &TestBox) -> Vec<Value> {
    let output = of.command_on_data(&["events", "export"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Ids of events; each is there once.
fn ids(log: &[Value]) -> BTreeSet<String> {
    let ids: BTreeSet<String> = log.iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), log.len(), "no number is given twice");
    ids
}

fn assert_verifies(of: &TestBox) {
    let output = of.command_on_data(&["events", "verify"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(" 0 differences"), "{said}");
}

/// What the teacher's table says of one learner's skill.
fn progress(of: &TestBox, learner: &Value, skill: &str) -> (Value, Value) {
    let class = learner["class"].as_str().unwrap();
    let table = Client::staff(of, "leader").get(&format!("/api/v1/classes/{class}/progress")).json();
    let column = table["skills"].as_array().unwrap().iter().position(|s| s == skill).unwrap();
    let row = table["learners"].as_array().unwrap().iter().find(|l| l["id"] == learner["id"]).unwrap();
    (row["states"][column].clone(), row["mastery"][column].clone())
}

#[test]
fn a_mastered_skill_outlives_a_kill_right_after_the_last_acknowledgement() {
    let mut the_box = TestBox::demo(PROGRAM);
    let solver = Solver::new(&the_box, PROGRAM);
    let who = the_box.sign_ins()["learners"].as_array().unwrap().last().unwrap().clone();
    let n = the_box.sign_ins()["learners"].as_array().unwrap().len() - 1;
    let skill = "numeracy.count.on-to-20";
    let learner = Client::learner(&the_box, n);
    let asked_before = learner.ask(skill);
    let mut events = Vec::new();
    let mut last = Value::Null;
    for turn in 0..60 {
        let item = learner.ask(skill);
        let id = item["item"].as_str().unwrap();
        let answer = learner.respond(id, &format!("master-{turn}"), &solver.solve(&item)).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
        last = answer.json();
        assert_eq!(last["score"], 1.0, "{last}");
        events.push(last["event"].as_str().unwrap().to_owned());
        if last["skill"]["state"] == "mastered" {
            break;
        }
    }
    assert_eq!(last["skill"]["state"], "mastered", "sixty right answers master a skill");
    the_box.kill();
    println!("mastered {skill} by {} right answers", events.len());

    the_box.start();
    let (state, mastery) = progress(&the_box, &who, skill);
    assert_eq!(state, last["skill"]["state"]);
    let shown = last["skill"]["mastery"].as_f64().unwrap();
    assert!((mastery.as_f64().unwrap() - shown).abs() <= 0.005 + 1e-9, "{mastery} is not {shown} rounded");

    let learner = Client::learner(&the_box, n);
    let again = learner.respond(asked_before["item"].as_str().unwrap(), "kept", &solver.solve(&asked_before)).unwrap();
    assert_eq!(again.status, 200, "an item asked for before the kill takes its answer: {}", again.text);
    let kept = again.json()["event"].as_str().unwrap().to_owned();
    let repeated =
        learner.respond(asked_before["item"].as_str().unwrap(), "kept", &solver.solve(&asked_before)).unwrap();
    assert_eq!(repeated.json(), again.json(), "the same key gives the same answer");
    events.push(kept);

    let log = log(&the_box);
    let of_learner: Vec<&str> = log
        .iter()
        .filter(|e| e["learner"] == who["id"] && e["type"] == "answered")
        .filter_map(|e| e["id"].as_str())
        .collect();
    assert_eq!(of_learner, events, "every acknowledged answer is in the log once, in order, and nothing else");
    assert_verifies(&the_box);
}

#[test]
fn a_damaged_place_hides_nothing_behind_it() {
    let mut the_box = TestBox::demo(PROGRAM);
    the_box.kill();
    let whole = log(&the_box);
    let hurt = whole.iter().position(|e| e["type"] == "answered").expect("the demo school has worked");
    let folder = std::fs::read_dir(the_box.data().join("journal")).unwrap();
    let first = folder.map(|entry| entry.unwrap().path()).min().unwrap();
    let mut bytes = std::fs::read(&first).unwrap();
    let frame = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"\xffev\xfe")).nth(hurt).unwrap();
    bytes[frame + 40] ^= 1;
    std::fs::write(&first, bytes).unwrap();
    let missing = format!("{0}..={0}", hurt + 1);

    let export = the_box.command_on_data(&["events", "export"]);
    let told = String::from_utf8_lossy(&export.stderr).into_owned();
    assert_eq!(export.status.code(), Some(1), "{told}");
    assert!(told.contains(&missing), "{told}");
    assert_eq!(String::from_utf8(export.stdout).unwrap().lines().count(), whole.len() - 1);

    let verify = the_box.command_on_data(&["events", "verify"]);
    let told = String::from_utf8_lossy(&verify.stderr).into_owned();
    assert_eq!(verify.status.code(), Some(1), "{told}");
    assert!(told.contains(&missing), "{told}");
    let said = String::from_utf8(verify.stdout).unwrap();
    assert!(said.contains(&format!("{} events, ", whole.len() - 1)) && said.contains(" 1 damaged places"), "{said}");
}

/// One learner's work until the box dies: every acknowledged key with its event, and the one that may be either way.
struct Work {
    acknowledged: BTreeMap<String, String>,
    in_flight: Option<(Value, String, Value)>,
}

fn work(
    client: &Client,
    solver: &Mutex<Solver>,
    round: usize,
    worker: usize,
    stop: &AtomicBool,
    done: &AtomicUsize,
) -> Work {
    let mut work = Work { acknowledged: BTreeMap::new(), in_flight: None };
    for turn in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let Ok(asked) = client.call(
            "POST",
            "/api/v1/me/items",
            &[],
            json!({"skill": "numeracy.count.on-to-20"}).to_string().as_bytes(),
        ) else {
            break;
        };
        assert_eq!(asked.status, 200, "{}", asked.text);
        let item = asked.json();
        let response = solver.lock().unwrap().solve(&item);
        let key = format!("k{round}-{worker}-{turn}");
        work.in_flight = Some((item.clone(), key.clone(), response.clone()));
        let Ok(answer) = client.respond(item["item"].as_str().unwrap(), &key, &response) else { break };
        assert_eq!(answer.status, 200, "{}", answer.text);
        work.acknowledged.insert(key, answer.json()["event"].as_str().unwrap().to_owned());
        work.in_flight = None;
        done.fetch_add(1, Ordering::Relaxed);
    }
    work
}

/// A point in time that differs from run to run and can be printed.
fn dice(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

fn kill_points(points: usize) {
    let mut seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64 | 1;
    println!("kill points: {points}, seed {seed}");
    let mut the_box = TestBox::demo(PROGRAM);
    let solver = Arc::new(Mutex::new(Solver::new(&the_box, PROGRAM)));
    let mut expected = ids(&log(&the_box));
    let mut total = 0;
    for round in 0..points {
        let stop = Arc::new(AtomicBool::new(false));
        let done = Arc::new(AtomicUsize::new(0));
        let workers: Vec<_> = (0..3)
            .map(|worker| {
                let client = Client::learner(&the_box, 40 + (round * 3 + worker) % 20);
                let (solver, stop, done) = (Arc::clone(&solver), Arc::clone(&stop), Arc::clone(&done));
                std::thread::spawn(move || work(&client, &solver, round, worker, &stop, &done))
            })
            .collect();
        let first = dice(&mut seed) as usize % 4;
        assert!(TestBox::wait(Duration::from_secs(30), || done.load(Ordering::Relaxed) >= first), "nobody answered");
        std::thread::sleep(Duration::from_micros(dice(&mut seed) % 40_000));
        the_box.kill();
        stop.store(true, Ordering::Relaxed);
        let works: Vec<Work> = workers.into_iter().map(|w| w.join().expect("a worker")).collect();
        the_box.start();
        for (worker, work) in works.into_iter().enumerate() {
            for event in work.acknowledged.values() {
                assert!(expected.insert(event.clone()), "round {round}: {event} was acknowledged twice");
                total += 1;
            }
            if let Some((item, key, response)) = work.in_flight {
                let client = Client::learner(&the_box, 40 + (round * 3 + worker) % 20);
                let answer = client.respond(item["item"].as_str().unwrap(), &key, &response).unwrap();
                assert_eq!(answer.status, 200, "round {round}: the answer in flight is taken once: {}", answer.text);
                assert!(expected.insert(answer.json()["event"].as_str().unwrap().to_owned()));
            }
        }
        let there = ids(&log(&the_box));
        let lost: Vec<_> = expected.difference(&there).collect();
        assert!(lost.is_empty(), "round {round}: lost {lost:?}");
        if round % 20 == 19 {
            println!("{} of {points} points, {total} answers acknowledged", round + 1);
        }
    }
    assert_verifies(&the_box);
    println!("{points} kill points: {total} acknowledged answers, none lost, none twice");
}

#[test]
fn answers_outlive_a_kill_at_any_point() {
    kill_points(4);
}

/// `cargo xtask kill-points`: minutes long, so not with every change.
#[test]
#[ignore = "a command of its own: cargo xtask kill-points"]
fn answers_outlive_two_hundred_kills() {
    kill_points(200);
}
