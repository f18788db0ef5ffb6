//! What the box says to broken, wrong, foreign, old, forged, huge, slow and stubborn callers: the documented answer, as
//! `application/problem+json`, and nothing lost.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_testkit::{Answer, Client, Solver, TestBox, copy_folder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");
const SKILL: &str = "numeracy.count.on-to-20";

fn assert_problem(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.media_type, "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    for field in ["type", "title", "detail"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {problem}");
    }
    assert!(!answer.text.contains("panicked") && !answer.text.contains(".rs:"), "{}", answer.text);
}

fn post(client: &Client, path: &str, body: &[u8]) -> Answer {
    client.call("POST", path, &[], body).unwrap()
}

#[test]
fn bodies_that_are_no_json_or_the_wrong_json() {
    let the_box = TestBox::demo(PROGRAM);
    let learner = Client::learner(&the_box, 0);
    for broken in ["", "{", "{\"skill\":", "skill=x", "\u{0}"] {
        assert_problem(&post(&learner, "/api/v1/me/items", broken.as_bytes()), 400);
    }
    assert_problem(&post(&learner, "/api/v1/me/items", b"\xff\xfe\xfa"), 400);
    for wrong in [json!({"skill": 7}), json!([]), json!({"skil": SKILL})] {
        let answer = learner.post("/api/v1/me/items", &wrong);
        assert_problem(&answer, 422);
        assert!(answer.json()["errors"][0]["field"].is_string(), "{}", answer.text);
    }
    let nobody = Client::new(&the_box);
    for wrong in [json!({}), json!({"learner": "x"}), json!({"username": "teacher"}), json!({"card": 5})] {
        let answer = nobody.post("/api/v1/session", &wrong);
        assert!([404, 422].contains(&answer.status), "{wrong}: {}", answer.text);
        assert_problem(&answer, answer.status);
    }
    let item = learner.ask(SKILL);
    let path = format!("/api/v1/me/items/{}/response", item["item"].as_str().unwrap());
    for wrong in [
        json!({}),
        json!({"response": null}),
        json!({"response": {"type": "number"}}),
        json!({"response": {"type": "number", "value": 3}}),
        json!({"response": {"type": "dance", "value": "3"}}),
        json!({"response": {"type": "number", "value": "3"}, "elapsed_ms": -1}),
        json!({"response": {"type": "text", "value": "x".repeat(5000)}, "elapsed_ms": 1}),
    ] {
        assert_problem(&learner.post(&path, &wrong), 422);
    }
    assert_problem(&learner.post(&format!("{}hint", path.trim_end_matches("response")), &json!({"level": 99})), 422);
}

#[test]
fn ids_that_are_unknown_foreign_answered_forged_or_old() {
    let the_box = TestBox::demo(PROGRAM);
    let solver = Solver::new(&the_box, PROGRAM);
    let (one, other) = (Client::learner(&the_box, 0), Client::learner(&the_box, 1));
    assert_problem(&one.post("/api/v1/me/items", &json!({"skill": "numeracy.count.nowhere"})), 404);
    assert_problem(&one.get("/api/v1/classes/00000000000000000000000000000000/learners"), 404);
    assert_problem(&one.get("/api/v1/classes/none/learners"), 404);

    let item = one.ask(SKILL);
    let id = item["item"].as_str().unwrap();
    let right = solver.solve(&item);
    assert_problem(&other.respond(id, "a", &right).unwrap(), 404);
    let mut forged = id.to_owned();
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'B' } else { 'A' });
    for wrong in [forged.as_str(), "x", "AAAA", &"A".repeat(3000)] {
        let answer = one.respond(wrong, "b", &right).unwrap();
        assert!([404, 414].contains(&answer.status), "{}", answer.text);
    }
    let old = solver.forge(id, |ask| ask.asked_ms -= 61 * 24 * 3_600_000);
    assert_problem(&one.respond(&old, "c", &right).unwrap(), 410);
    let solution = format!("/api/v1/me/items/{id}/solution");
    assert_problem(&one.get(&solution), 409);

    let first = one.respond(id, "first", &right).unwrap();
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(one.respond(id, "first", &right).unwrap().json(), first.json(), "a retry gives the same answer");
    assert_problem(&one.respond(id, "second", &right).unwrap(), 409);
    assert_problem(&one.respond(id, "first", &json!({"type": "skipped"})).unwrap(), 409);
    let next = one.ask(SKILL);
    assert_problem(&one.respond(next["item"].as_str().unwrap(), "first", &solver.solve(&next)).unwrap(), 409);
    assert_eq!(one.get(&solution).status, 200);
    assert_problem(&one.respond(next["item"].as_str().unwrap(), &"k".repeat(400), &right).unwrap(), 422);
}

#[test]
fn sessions_that_are_missing_stolen_or_over_and_roles_that_may_not() {
    let the_box = TestBox::demo(PROGRAM);
    let nobody = Client::new(&the_box);
    let mut learner = Client::learner(&the_box, 0);
    let class = the_box.sign_ins()["learners"][0]["class"].as_str().unwrap().to_owned();
    for path in ["/api/v1/me", "/api/v1/me/path", "/api/v1/plugins", "/api/v1/export/events"] {
        assert_problem(&nobody.get(path), 401);
    }
    for path in
        ["/api/v1/plugins".to_owned(), format!("/api/v1/classes/{class}/progress"), "/api/v1/export/events".into()]
    {
        let answer = learner.get(&path);
        assert!([403, 404].contains(&answer.status), "{path}: {}", answer.text);
        assert_problem(&answer, answer.status);
    }
    let stolen = learner.session.clone().unwrap();
    let foreign = [("Origin", "http://elsewhere.example")];
    assert_problem(&learner.call("POST", "/api/v1/me/items", &foreign, b"{}").unwrap(), 403);
    assert_eq!(learner.call("DELETE", "/api/v1/session", &[], b"").unwrap().status, 204);
    learner.session = Some(stolen);
    assert_problem(&learner.get("/api/v1/me"), 401);
    learner.session = Some("A".repeat(43));
    assert_problem(&learner.get("/api/v1/me"), 401);
    let bearer = [("Authorization", "Bearer nonsense")];
    assert_problem(&nobody.call("GET", "/api/v1/me", &bearer, b"").unwrap(), 401);
}

#[test]
fn wrong_pictures_again_and_again_wait_and_other_children_do_not() {
    let the_box = TestBox::demo(PROGRAM);
    let nobody = Client::new(&the_box);
    let who = the_box.sign_ins()["learners"][0].clone();
    let pictures: Vec<u64> = who["pictures"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    let wrong: Vec<u64> = pictures.iter().rev().copied().collect();
    let mut waited = None;
    for _ in 0..20 {
        let answer = nobody.post("/api/v1/session", &json!({"learner": who["id"], "pictures": wrong}));
        if answer.status == 429 {
            assert_problem(&answer, 429);
            waited = answer.retry_after;
            break;
        }
        assert_problem(&answer, 401);
    }
    assert!(waited.is_some_and(|seconds| (1..=3600).contains(&seconds)), "{waited:?}");
    Client::learner(&the_box, 1);
    for shape in [json!([1, 1, 2]), json!([1, 2]), json!([0, 1, 2]), json!([1, 2, 10]), json!([1, 2, 3, 4])] {
        let answer = nobody
            .post("/api/v1/session", &json!({"learner": the_box.sign_ins()["learners"][2]["id"], "pictures": shape}));
        assert!([401, 422].contains(&answer.status), "{}", answer.text);
    }
}

#[test]
fn a_body_of_ten_megabytes_is_refused_and_the_box_goes_on() {
    let the_box = TestBox::demo(PROGRAM);
    let learner = Client::learner(&the_box, 0);
    let huge = format!("{{\"skill\":\"{}\"}}", "x".repeat(10 << 20));
    match learner.call("POST", "/api/v1/me/items", &[], huge.as_bytes()) {
        Ok(answer) => assert_problem(&answer, 413),
        // The box answers and closes before all has come; some callers see only that.
        Err(error) => println!("the connection was closed: {error}"),
    }
    let head = format!(
        "POST /api/v1/me/items HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\nCookie: chalkbox_session={}\r\n\r\n{{",
        10 << 20,
        learner.session.clone().unwrap()
    );
    let (said, _) = raw(&the_box, head.as_bytes());
    assert!(said.starts_with("HTTP/1.1 413"), "{said}");
    learner.ask(SKILL);
}

#[test]
fn a_body_that_would_grow_while_it_is_read_is_refused() {
    let the_box = TestBox::demo(PROGRAM);
    let learner = Client::learner(&the_box, 0);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &vec![b' '; 10 << 20]).unwrap();
    let small = encoder.finish().unwrap();
    assert!(small.len() < 16_000);
    for address in ["/api/v1/me/items", "/api/v1/session", "/staff"] {
        let answer = learner.call("POST", address, &[("Content-Encoding", "gzip")], &small).unwrap();
        assert_problem(&answer, 415);
    }
    learner.ask(SKILL);
}

/// Sends bytes, waits for the end, and gives what came back with how long it took.
fn raw(of: &TestBox, bytes: &[u8]) -> (String, Duration) {
    let start = Instant::now();
    let mut stream = TcpStream::connect(("127.0.0.1", of.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    stream.write_all(bytes).unwrap();
    let mut said = Vec::new();
    let mut part = [0; 4096];
    while let Ok(count) = stream.read(&mut part) {
        said.extend_from_slice(&part[..count]);
        if count == 0 || said.windows(4).any(|w| w == b"\r\n\r\n") {
            break;
        }
    }
    (String::from_utf8_lossy(&said).into_owned(), start.elapsed())
}

#[test]
fn slow_callers_are_let_go_while_others_are_served() {
    let the_box = TestBox::demo(PROGRAM);
    let learner = Client::learner(&the_box, 0);
    let session = learner.session.clone().unwrap();
    let the_box_ref = &the_box;
    std::thread::scope(|scope| {
        let half_a_head = scope.spawn(|| raw(&the_box, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "));
        let half_a_body = format!(
            "POST /api/v1/me/items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\nCookie: chalkbox_session={session}\r\n\r\n{{"
        );
        let half_a_body = scope.spawn(move || raw(the_box_ref, half_a_body.as_bytes()));
        let half_a_form = b"POST /language HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\nloc".to_vec();
        let half_a_form = scope.spawn(move || raw(the_box_ref, &half_a_form));
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(2) {
            learner.ask(SKILL);
        }
        for (what, thread) in [("head", half_a_head), ("body", half_a_body), ("form", half_a_form)] {
            let (said, took) = thread.join().unwrap();
            assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{what}: {said}");
            assert!(took < Duration::from_secs(30), "{what} was held for {took:?}");
        }
    });
}

#[test]
fn paths_that_climb_and_addresses_that_are_none() {
    let the_box = TestBox::demo(PROGRAM);
    for path in [
        "/static/../Cargo.toml",
        "/static/%2e%2e/%2e%2e/item.key",
        "/static/..%2fitem.key",
        "/content/foundations/../../item.key",
        "/content/foundations/%2e%2e%2fitem.key",
        "/plugins/0000/assets/../../../item.key",
        "/nothing",
        "/api/v1/nothing",
        "/learn/items/..",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let (said, _) = raw(&the_box, request.as_bytes());
        assert!(
            said.starts_with("HTTP/1.1 404") || said.starts_with("HTTP/1.1 401") || said.starts_with("HTTP/1.1 400"),
            "{path}: {said}"
        );
    }
    let nobody = Client::new(&the_box);
    assert_problem(&nobody.get("/api/v1/nothing"), 404);
    let deleted = nobody.call("DELETE", "/api/v1/map", &[], b"").unwrap();
    assert!([404, 405].contains(&deleted.status), "{}", deleted.text);
}

#[test]
fn packs_that_lie_and_maps_with_a_circle() {
    let the_box = TestBox::demo(PROGRAM);
    let folder = tempfile::tempdir().unwrap();
    let lie = folder.path().join("lie.chalk");
    std::fs::write(&lie, b"PK\x03\x04 this is no pack").unwrap();
    let output = the_box.command(&["plugin", "try", lie.to_str().unwrap(), "--skill", SKILL]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("pack"), "{}", String::from_utf8_lossy(&output.stderr));

    let circle = folder.path().join("circle");
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/packs/foundations");
    copy_folder(&source, &circle);
    let map = std::fs::read_to_string(circle.join("map.toml")).unwrap();
    std::fs::write(circle.join("map.toml"), with_a_circle(&map)).unwrap();
    let output = the_box.command(&["content", "check", circle.to_str().unwrap()]);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("map.toml:")
            && said.contains("numeracy.count.say-to-10")
            && said.contains("numeracy.count.touch-to-5"),
        "{said}"
    );
}

#[test]
fn a_tool_is_tried_in_its_own_languages_and_in_countries_that_there_are() {
    let the_box = TestBox::demo(PROGRAM);
    let folder = tempfile::tempdir().unwrap();
    let serves = |path: &std::path::PathBuf| {
        std::fs::read_to_string(path.join("pack.toml")).is_ok_and(|manifest| manifest.contains(SKILL))
    };
    let mut stored = std::fs::read_dir(the_box.data().join("plugins")).unwrap().map(|entry| entry.unwrap().path());
    let stored = stored.find(serves).expect("a tool for the skill");
    let list = std::fs::read_to_string(stored.join("files.sha256")).unwrap();
    let names = list.lines().map(|line| line.split_once("  ").unwrap().1);
    let files: BTreeMap<String, Vec<u8>> =
        names.map(|name| (name.to_owned(), std::fs::read(stored.join(name)).unwrap())).collect();
    let pack = folder.path().join("tool.chalk");
    std::fs::write(&pack, chalkbox_content::write_pack(&files).unwrap()).unwrap();
    let tried = |more: &[&str]| {
        let mut args = vec!["plugin", "try", pack.to_str().unwrap(), "--skill", SKILL];
        args.extend(more);
        let output = the_box.command(&args);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(tried(&["--locale", "fr", "--country", "KE"]).0, Some(0));
    for (wrong, names) in [(["--locale", "tlh"], "en, fr"), (["--country", "KEN"], "KE, ")] {
        let (code, said) = tried(&wrong);
        assert!(code == Some(2) && said.contains(wrong[0]) && said.contains(names), "{code:?} {said}");
    }
}

/// The first skill now needs one that needs it. One skill is one line of the map.
fn with_a_circle(map: &str) -> String {
    let circle = |line: &str| {
        if !line.contains("id = \"numeracy.count.say-to-10\"") {
            return line.to_owned();
        }
        let (before, after) = line.split_once("pre = [").expect("every skill lists what it needs");
        let (_, after) = after.split_once(']').expect("on one line");
        format!("{before}pre = [\"numeracy.count.touch-to-5\"]{after}")
    };
    map.lines().map(circle).collect::<Vec<_>>().join("\n")
}
