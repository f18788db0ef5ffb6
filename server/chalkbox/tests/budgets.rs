//! What the box costs: time to start, memory, a sign-in, an answer, the first page. Figures are printed; what does not
//! depend on the machine fails when it is too much. `cargo xtask budgets` measures the program as it ships.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_testkit::{Client, Solver, TestBox};
use serde_json::json;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");
const SKILL: &str = "numeracy.count.on-to-20";

/// User and system time of a process so far, in clock ticks of 10 ms.
fn cpu(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = fields[11..13].iter().map(|t| t.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

/// Memory that is this process's own share, in MiB.
fn pss(process: u32) -> f64 {
    let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap();
    let line = rollup.lines().find(|l| l.starts_with("Pss:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

fn gzipped(client: &Client, path: &str) -> usize {
    let answer = client.call("GET", path, &[("Accept-Encoding", "identity")], b"").unwrap();
    assert_eq!(answer.status, 200, "{path}");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, answer.text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn start_memory_sign_in_answer_and_first_page() {
    let begun = Instant::now();
    let mut the_box = TestBox::first_start(PROGRAM);
    println!("first start ever, with the demo school: {:?} (budget 5 s)", begun.elapsed());
    the_box.kill();
    let begun = Instant::now();
    the_box.start();
    assert_eq!(Client::new(&the_box).get("/healthz").text, "ok");
    println!("start to first answer, demo school: {:?} (budget 0.2 s)", begun.elapsed());
    let process = the_box.process().unwrap();
    println!("memory idle: {:.1} MiB PSS (budget 20)", pss(process));

    let before = cpu(process);
    let children = 40;
    let clients: Vec<Client> = (0..children).map(|n| Client::learner(&the_box, n)).collect();
    println!("a child's sign-in: {:?} CPU (budget 1 ms)", (cpu(process) - before) / children as u32);

    let solver = Solver::new(&the_box, PROGRAM);
    let items: Vec<_> = (0..200).map(|n| clients[n % children].ask(SKILL)).collect();
    let responses: Vec<_> = items.iter().map(|item| solver.solve(item)).collect();
    let before = cpu(process);
    let begun = Instant::now();
    for (n, (item, response)) in items.iter().zip(&responses).enumerate() {
        let answer = clients[n % children].respond(item["item"].as_str().unwrap(), &format!("b{n}"), response).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let wall = begun.elapsed() / 200;
    println!("one answer: {:?} CPU (budget 0.2 ms), {wall:?} one after the other", (cpu(process) - before) / 200);
    println!("memory after 200 answers: {:.1} MiB PSS (budget 40)", pss(process));

    let nobody = Client::new(&the_box);
    let page = nobody.get("/");
    let addresses = page.text.split('"').filter(|word| word.starts_with("/static/") && !word.ends_with(".svg"));
    let parts: Vec<(String, usize)> =
        std::iter::once("/").chain(addresses).map(|path| (path.to_owned(), gzipped(&nobody, path))).collect();
    let total: usize = parts.iter().map(|p| p.1).sum();
    println!("sign-in page with style and script, gzip: {total} bytes {parts:?} (budget 14 kB for one round trip)");
    assert!(total <= 14_000, "{total} bytes before anybody has signed in");

    let leader = Client::staff(&the_box, "leader");
    let class = the_box.sign_ins()["learners"][0]["class"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/classes/{class}/progress");
    println!("a class's progress, gzip: {} bytes (budget 20 kB for 60 learners)", gzipped(&leader, &path));
    assert!(leader.post("/api/v1/me/items", &json!({"skill": SKILL})).status == 403, "leaders answer nothing");
}
