//! A trace of the running server's system calls: for every acknowledgement the answer's frame was written to the journal,
//! then a sync of that file began and returned, and only then was the reply sent. And what an answer costs the card.

#![allow(clippy::unwrap_used, reason = "tests")]

mod trace;
use chalkbox_testkit::{Client, Solver, TestBox};
use serde_json::json;
use std::process::Command;
use std::sync::Barrier;
use trace::Call;

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");
const SKILL: &str = "numeracy.count.on-to-20";
const CHILDREN: usize = 30;
const EACH: usize = 20;

fn is_journal(call: &Call) -> bool {
    call.path.contains("/journal/") && call.path.ends_with(".j")
}

/// Numbers of the events in a write to the journal, from its first frame's header.
fn batch_in(call: &Call) -> Option<std::ops::Range<u64>> {
    let head = call.bytes.get(..26).filter(|head| head.starts_with(b"\xffev\xfe"))?;
    let first = u64::from_le_bytes(head[16..24].try_into().ok()?);
    let count = u16::from_le_bytes(head[24..26].try_into().ok()?);
    Some(first..first + u64::from(count))
}

/// The event that a reply acknowledges: box and number.
fn acknowledged_in(call: &Call) -> Option<(String, u64)> {
    if !call.path.starts_with("socket:") && !call.path.starts_with("TCP") {
        return None;
    }
    let text = String::from_utf8_lossy(&call.bytes);
    let (_, behind) = text.split_once("\"event\":\"")?;
    let (box_id, number) = behind.split_once('"')?.0.split_once('-')?;
    Some((box_id.to_owned(), number.parse().ok()?))
}

/// What is wrong with the order of things; nothing, if every reply waited for its sync. How many replies there were.
fn out_of_order(calls: &[Call]) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut replies = 0;
    for reply in calls.iter().filter(|call| call.is_write()) {
        let Some((box_id, seq)) = acknowledged_in(reply) else { continue };
        replies += 1;
        let holds = |call: &&Call| {
            is_journal(call) && call.path.contains(&box_id) && batch_in(call).is_some_and(|batch| batch.contains(&seq))
        };
        let Some(frame) = calls.iter().filter(|call| call.is_write()).find(holds) else {
            wrong.push(format!("event {seq} is acknowledged on line {} and never written", reply.begun));
            continue;
        };
        let in_between = |sync: &&Call| {
            sync.is_sync() && sync.path == frame.path && sync.begun > frame.ended && sync.ended < reply.begun
        };
        if !calls.iter().any(|call| in_between(&call)) {
            wrong.push(format!(
                "event {seq}: written up to line {}, acknowledged on line {}, and no sync of {} began and ended between",
                frame.ended, reply.begun, frame.path
            ));
        }
    }
    (replies, wrong)
}

/// Answers of thirty children at the same time; whatever the server did meanwhile, and until it was stopped.
fn traced_answers() -> Vec<Call> {
    let mut the_box = TestBox::demo(PROGRAM);
    let solver = Solver::new(&the_box, PROGRAM);
    let children: Vec<(Client, Vec<_>)> = (0..CHILDREN)
        .map(|n| {
            let client = Client::learner(&the_box, n);
            let items = (0..EACH).map(|_| client.ask(SKILL));
            let solved = items.map(|item| (solver.solve(&item), item["item"].as_str().unwrap().to_owned())).collect();
            (client, solved)
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trace");
    let process = the_box.process().unwrap();
    let mut strace = trace::attach(process, &path);
    let gate = Barrier::new(CHILDREN);
    std::thread::scope(|scope| {
        for (n, (client, items)) in children.iter().enumerate() {
            let gate = &gate;
            scope.spawn(move || {
                gate.wait();
                for (turn, (response, item)) in items.iter().enumerate() {
                    let key = format!("sync-{n}-{turn}");
                    // Packed, the reply could not be read in the trace.
                    let headers = [("Idempotency-Key", key.as_str()), ("Accept-Encoding", "identity")];
                    let body = json!({"response": response, "elapsed_ms": 6000}).to_string();
                    let address = format!("/api/v1/me/items/{item}/response");
                    let answer = client.call("POST", &address, &headers, body.as_bytes()).unwrap();
                    assert_eq!(answer.status, 200, "{}", answer.text);
                }
            });
        }
    });
    // In order, so that the engine writes down what it has: that belongs to the price of an answer.
    assert!(Command::new("kill").arg(process.to_string()).status().unwrap().success());
    strace.wait().unwrap();
    the_box.kill();
    trace::parse(&std::fs::read_to_string(&path).unwrap())
}

#[test]
fn no_answer_is_acknowledged_before_it_is_on_the_medium_and_it_costs_little() {
    let calls = traced_answers();
    let (replies, wrong) = out_of_order(&calls);
    let answers = (CHILDREN * EACH) as u64;
    assert_eq!(replies as u64, answers, "every reply is in the trace");
    assert!(wrong.is_empty(), "{} replies came too early, the first: {}", wrong.len(), wrong[0]);

    let sum = |of: &dyn Fn(&Call) -> bool| calls.iter().filter(|call| of(call)).map(Call::taken).sum::<u64>();
    let frames = sum(&|call| is_journal(call) && batch_in(call).is_some());
    let zeros = sum(&|call| is_journal(call) && batch_in(call).is_none());
    let engine = sum(&|call| call.path.contains("/engine/"));
    let syncs = calls.iter().filter(|call| is_journal(call) && call.is_sync()).count() as u64;
    println!(
        "{answers} answers of {CHILDREN} children: {} B of frames each ({zeros} B of zeros ahead), {:.3} syncs each, {} B by the \
         engine each",
        frames / answers,
        syncs as f64 / answers as f64,
        engine / answers
    );
    // Every byte of a frame was written once before, as a zero, in steps of a mebibyte: so twice.
    assert!(2 * frames / answers <= 1_000, "{} B to the journal for an answer", 2 * frames / answers);
    // One for each batch, and a few for zeros ahead and for a file that is begun.
    let batches = calls.iter().filter(|call| is_journal(call) && batch_in(call).is_some()).count() as u64;
    assert!(batches <= answers && syncs <= batches + 4, "{syncs} syncs for {batches} batches of {answers} answers");
    assert!((2 * frames + engine) / answers <= 4_096, "{} B in all for an answer", (2 * frames + engine) / answers);
}

/// A trace of one answer, made up: `lines` are what happens, by word.
fn made_up(lines: &[&str]) -> Vec<Call> {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("\\x{b:02x}")).collect::<String>();
    let journal = hex(b"/data/journal/0101010101010101-0000000000000001.j");
    let mut head = b"\xffev\xfe\x09\0\0\0".to_vec();
    head.extend(7u64.to_le_bytes());
    head.extend(6u64.to_le_bytes());
    head.extend([2, 0]);
    let reply = hex(br#"{"event":"0101010101010101-7","score":1.0}"#);
    let line = |word: &str| match word {
        "frame" => format!("12 pwrite64(4<{journal}>, \"{}\"..., 90, 400) = 90", hex(&head)),
        "frame begins" => format!("12 pwrite64(4<{journal}>, \"{}\"..., 90, 400 <unfinished ...>", hex(&head)),
        "frame ends" => "12 <... pwrite64 resumed>) = 90".to_owned(),
        "sync" => format!("12 fdatasync(4<{journal}>) = 0"),
        "sync begins" => format!("12 fdatasync(4<{journal}> <unfinished ...>"),
        // As strace lines it up.
        "sync ends" => "12 <... fdatasync resumed>)             = 0".to_owned(),
        "sync fails" => format!("12 fdatasync(4<{journal}>) = -1 EIO (Input/output error)"),
        "other sync" => format!("12 fdatasync(9<{}>) = 0", hex(b"/data/engine/1/db")),
        "reply" => format!("31  writev(8<{}>, [{{iov_base=\"{reply}\", iov_len=42}}], 1) = 42", hex(b"socket:[77]")),
        other => panic!("{other}"),
    };
    trace::parse(&lines.iter().map(|word| line(word)).collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_reply_that_does_not_wait_is_found_out() {
    for good in [
        &["frame", "sync", "reply"][..],
        &["frame begins", "frame ends", "sync begins", "sync ends", "reply"],
        &["sync", "frame", "sync", "reply"],
    ] {
        assert_eq!(out_of_order(&made_up(good)), (1, vec![]), "{good:?}");
    }
    for bad in [
        &["frame", "reply", "sync"][..],
        &["frame", "sync begins", "reply", "sync ends"],
        &["sync", "frame", "reply"],
        &["frame", "sync fails", "reply"],
        &["frame", "other sync", "reply"],
        &["reply", "frame", "sync"],
        &["sync", "reply"],
    ] {
        let (replies, wrong) = out_of_order(&made_up(bad));
        assert_eq!((replies, wrong.len()), (1, 1), "{bad:?}");
    }
}
