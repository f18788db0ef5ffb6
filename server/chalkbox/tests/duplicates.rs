//! A reply that is lost on the way: the connection breaks at each point between the first byte of a request and the last of
//! its reply. The tablet sends again, out of order, from two tabs, after a kill; every answer counts once.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_testkit::{Client, Solver, TestBox};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");
const SKILL: &str = "numeracy.count.on-to-20";
/// A learner of the demo school who has not worked yet.
const LEARNER: usize = 45;

/// Where a connection breaks.
#[derive(Debug, Clone, Copy)]
enum Breaks {
    /// So many bytes of the request were sent.
    AfterSending(usize),
    /// Everything was sent, nothing of the reply is read.
    BeforeReply,
    /// So long after everything was sent.
    Later(Duration),
    /// One byte of the reply has come.
    WithinReply,
}

/// The whole request as bytes.
fn request(of: &TestBox, client: &Client, item: &str, key: &str, response: &Value) -> Vec<u8> {
    let body = json!({"response": response, "elapsed_ms": 6000}).to_string();
    let session = client.session.as_ref().unwrap();
    format!(
        "POST /api/v1/me/items/{item}/response HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
         Cookie: chalkbox_session={session}\r\nIdempotency-Key: {key}\r\nContent-Length: {}\r\n\r\n{body}",
        of.port(),
        body.len()
    )
    .into_bytes()
}

fn send_and_break(of: &TestBox, request: &[u8], breaks: Breaks) {
    let mut stream = TcpStream::connect(("127.0.0.1", of.port())).unwrap();
    let sent = match breaks {
        Breaks::AfterSending(bytes) => bytes.min(request.len()),
        _ => request.len(),
    };
    stream.write_all(&request[..sent]).unwrap();
    match breaks {
        Breaks::Later(wait) => std::thread::sleep(wait),
        Breaks::WithinReply => drop(stream.read(&mut [0; 1]).unwrap()),
        Breaks::AfterSending(_) | Breaks::BeforeReply => {}
    }
}

/// A question with a right answer, and the key that the tablet made for it.
struct Waiting {
    item: String,
    key: String,
    response: Value,
}

fn event_of(client: &Client, waiting: &Waiting) -> String {
    let answer = client.respond(&waiting.item, &waiting.key, &waiting.response).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["event"].as_str().unwrap().to_owned()
}

/// Events of the learner's answers as the log has them.
fn answers_in_log(of: &TestBox, learner: &Value) -> Vec<String> {
    let output = of.command_on_data(&["events", "export"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let events = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let own = events.filter(|e| e["type"] == "answered" && e["learner"] == *learner);
    own.map(|e| e["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_answer_whose_reply_was_lost_counts_once_however_it_is_sent_again() {
    let mut the_box = TestBox::demo(PROGRAM);
    let solver = Solver::new(&the_box, PROGRAM);
    let who = the_box.sign_ins()["learners"][LEARNER]["id"].clone();
    let tab = Client::learner(&the_box, LEARNER);
    let points = [0, 1, 60, 200, 400, usize::MAX]
        .map(Breaks::AfterSending)
        .into_iter()
        .chain([Breaks::BeforeReply, Breaks::WithinReply])
        .chain((0..8).map(|ms| Breaks::Later(Duration::from_millis(ms * ms))));
    let mut outbox = Vec::new();
    for (n, breaks) in points.enumerate() {
        let item = tab.ask(SKILL);
        let response = solver.solve(&item);
        let item = item["item"].as_str().unwrap().to_owned();
        let waiting = Waiting { item, key: format!("{:032x}.{}", 0xabc, n + 1), response };
        send_and_break(&the_box, &request(&the_box, &tab, &waiting.item, &waiting.key, &waiting.response), breaks);
        outbox.push(waiting);
    }
    // The first half is sent again before the server dies, from the back, the rest after it; all of it twice.
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    let half = outbox.len() / 2;
    let mut hear = |waiting: &Waiting, event: String| {
        let first = told.entry(waiting.key.clone()).or_insert_with(|| event.clone());
        assert_eq!(*first, event, "{} is another event now", waiting.key);
    };
    for waiting in outbox[..half].iter().rev() {
        hear(waiting, event_of(&tab, waiting));
    }
    the_box.kill();
    the_box.start();
    let tabs = [Client::learner(&the_box, LEARNER), Client::learner(&the_box, LEARNER)];
    for waiting in outbox.iter().rev() {
        let both = std::thread::scope(|scope| {
            let sent = tabs.each_ref().map(|tab| scope.spawn(move || event_of(tab, waiting)));
            sent.map(|reply| reply.join().unwrap())
        });
        both.into_iter().for_each(|event| hear(waiting, event));
    }
    // The same key with something else is refused, and the first stays.
    let other = tabs[0].respond(&outbox[0].item, &outbox[1].key, &outbox[0].response).unwrap();
    assert_eq!(other.status, 409, "{}", other.text);
    the_box.kill();
    let mut stored = answers_in_log(&the_box, &who);
    let mut expected: Vec<String> = told.into_values().collect();
    stored.sort();
    expected.sort();
    assert_eq!(stored, expected, "every answer once, and nothing else");
}
