//! Answers that go on for a long time: a class as it happens, and the whole log.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_testkit::{Client, Solver, TestBox};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");
const SKILL: &str = "numeracy.count.on-to-20";

/// Reads until the text holds what is waited for; false when the stream ended or nothing came for so long.
fn reads(stream: &mut TcpStream, told: &mut String, until: impl Fn(&str) -> bool, at_most: Duration) -> bool {
    let start = Instant::now();
    let mut part = [0; 4096];
    while !until(told) {
        let left = at_most.saturating_sub(start.elapsed());
        if left.is_zero() {
            return false;
        }
        stream.set_read_timeout(Some(left)).unwrap();
        match stream.read(&mut part) {
            Ok(0) | Err(_) => return until(told),
            Ok(count) => told.push_str(&String::from_utf8_lossy(&part[..count])),
        }
    }
    true
}

#[test]
fn whoever_signs_out_hears_no_more_of_the_class() {
    let the_box = TestBox::demo(PROGRAM);
    let solver = Solver::new(&the_box, PROGRAM);
    let (teacher, learner) = (Client::staff(&the_box, "teacher"), Client::learner(&the_box, 0));
    let class = the_box.sign_ins()["learners"][0]["class"].as_str().unwrap().to_owned();
    let mut stream = TcpStream::connect(("127.0.0.1", the_box.port())).unwrap();
    let head = format!(
        "GET /api/v1/classes/{class}/live HTTP/1.1\r\nHost: x\r\nCookie: chalkbox_session={}\r\n\r\n",
        teacher.session.clone().unwrap()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut told = String::new();
    assert!(reads(&mut stream, &mut told, |t| t.contains("retry: 2000"), Duration::from_secs(5)), "{told}");
    let item = learner.ask(SKILL);
    let answer = learner.respond(item["item"].as_str().unwrap(), "a", &solver.solve(&item)).unwrap().json();
    let event = format!("id: {}", answer["event"].as_str().unwrap());
    assert!(reads(&mut stream, &mut told, |t| t.contains(&event), Duration::from_secs(5)), "{told}");

    assert_eq!(teacher.call("DELETE", "/api/v1/session", &[], b"").unwrap().status, 204);
    // The class stays busy: also then the sign-in is looked up again.
    let end = Instant::now() + Duration::from_secs(25);
    let mut ended = false;
    let mut turn = 0;
    while !ended && Instant::now() < end {
        turn += 1;
        let item = learner.ask(SKILL);
        learner.respond(item["item"].as_str().unwrap(), &format!("b{turn}"), &solver.solve(&item)).unwrap();
        ended = reads(&mut stream, &mut told, |t| t.ends_with("0\r\n\r\n"), Duration::from_millis(200));
    }
    assert!(ended, "the stream goes on: {told}");
}

#[test]
fn the_log_is_given_out_line_by_line_and_goes_on_behind_an_event() {
    let the_box = TestBox::demo(PROGRAM);
    let technologist = Client::staff(&the_box, "technologist");
    let text = technologist.get("/api/v1/export/events").text;
    let log: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(log.len() > 200, "{} events of a school with some days behind it", log.len());
    for (line, event) in text.lines().zip(&log) {
        let id = format!("\"id\":{}", event["id"]);
        assert_eq!(line.matches(&id).count(), 1, "{line}");
        for time in ["at", "received"] {
            assert!(event[time].as_str().is_some_and(|t| t.starts_with("20") && t.ends_with('Z')), "{line}");
        }
        assert!(!line.contains("password") && !line.contains("$argon2"), "{line}");
    }
    let middle = log[log.len() / 2]["id"].as_str().unwrap();
    let rest = technologist.get(&format!("/api/v1/export/events?after={middle}")).text;
    assert_eq!(rest.lines().count(), log.len() - log.len() / 2 - 1);
    let (of_box, number) = middle.split_once('-').unwrap();
    let other: String = of_box.chars().map(|c| if c == '0' { '1' } else { '0' }).collect();
    assert_eq!(technologist.get(&format!("/api/v1/export/events?after={other}-{number}")).status, 404);
    assert_eq!(technologist.get("/api/v1/export/events?after=nonsense").status, 422);
}
