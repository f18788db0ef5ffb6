//! A school day: some hundred learners, each at a tablet with an outbox of its own, against the real server, which is killed
//! again and again and started anew. An answer without a reply stays in its outbox and is sent again. In the end every
//! acknowledged answer is there exactly once, and everything that had to be sent again has arrived.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_domain::event::{Actor, EventBody, EventDraft, Profile};
use chalkbox_domain::ids::{ClassId, ClientId, LearnerId};
use chalkbox_service::seal::SealKey;
use chalkbox_service::views::Rules;
use chalkbox_store::{Store, StoreConfig, journal};
use chalkbox_testkit::{Client, Solver, TestBox};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");

/// How a day goes.
#[derive(Debug, Clone, Copy)]
struct Day {
    learners: u64,
    lasts: Duration,
    cut_every: Duration,
    /// How long a learner thinks about a question, at most; on average half of it.
    thinks_ms: u64,
}

fn learner_id(n: u64) -> LearnerId {
    let mut id = [0xda; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    LearnerId(id)
}

fn card(n: u64) -> String {
    format!("school-day-{n:08}")
}

/// The n-th learner's tablet.
fn tablet(n: u64) -> ClientId {
    let mut id = [0x7b; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    ClientId(id)
}

/// Puts so many learners with cards into the classes of a demo school that does not run.
fn enrol(of: &TestBox, learners: u64) {
    let key = SealKey::new(std::fs::read(of.data().join("item.key")).unwrap().try_into().unwrap());
    let classes: Vec<ClassId> = of.sign_ins()["learners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|learner| learner["class"].as_str().unwrap().parse().unwrap())
        .collect();
    let (store, _) = Store::open(StoreConfig::new(of.data(), Arc::new(Rules))).unwrap();
    let profile = |n: u64| Profile {
        id: learner_id(n),
        display_name: format!("Learner {n}"),
        avatar: (n % 30) as u8,
        class: classes[n as usize % classes.len()],
        grade: 1,
        code: None,
        card: Some(key.keyed_hash("card", card(n).as_bytes())),
        locale: None,
        active: true,
    };
    let draft = |n: u64| EventDraft {
        at_ms: None,
        send: None,
        learner: Some(learner_id(n)),
        actor: Actor::Box,
        body: EventBody::ProfileSet(profile(n)),
    };
    store.submit_many((0..learners).map(draft).collect()).unwrap();
}

/// A small random source for one thread.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// One answer on a tablet, until the box has said that it has it.
struct Waiting {
    cseq: u64,
    item: String,
    response: Value,
    sent: u32,
}

/// What a tablet was told and what it went through.
#[derive(Default)]
struct Told {
    /// Event of each sending.
    events: BTreeMap<u64, String>,
    /// Sendings that needed more than one.
    again: u64,
    /// How long each reply took, in microseconds; only of those that came at once.
    waits: Vec<u64>,
}

/// The whole school while it works.
struct School {
    server: RwLock<TestBox>,
    solver: Mutex<Solver>,
    is_over: AtomicBool,
    acknowledged: AtomicU64,
    /// Answers that are sent and not acknowledged.
    sending: AtomicU64,
    day: Day,
}

struct Tablet<'a> {
    school: &'a School,
    n: u64,
    dice: Dice,
    client: Option<Client>,
    outbox: Vec<Waiting>,
    next: u64,
    told: Told,
}

impl<'a> Tablet<'a> {
    fn new(school: &'a School, n: u64, seed: u64) -> Self {
        let dice = Dice(seed ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Self { school, n, dice, client: None, outbox: Vec::new(), next: 1, told: Told::default() }
    }

    /// Works until the day is over, and then until the outbox is empty.
    fn work(mut self) -> Told {
        while !self.school.is_over.load(Ordering::Relaxed) || !self.outbox.is_empty() {
            if !self.sign_in() || !self.send_outbox() {
                // No server, or none that answers: as a tablet does, it tries again in a moment.
                self.client = None;
                std::thread::sleep(Duration::from_millis(200 + self.dice.below(400)));
                continue;
            }
            if !self.school.is_over.load(Ordering::Relaxed) {
                self.answer_one();
                std::thread::sleep(Duration::from_millis(self.dice.below(self.school.day.thinks_ms)));
            }
        }
        self.told
    }

    fn sign_in(&mut self) -> bool {
        if self.client.is_some() {
            return true;
        }
        let mut client = Client::new(&self.school.server.read().unwrap());
        let body = json!({"card": card(self.n)}).to_string();
        match client.call("POST", "/api/v1/session", &[], body.as_bytes()) {
            Ok(answer) if answer.status == 200 => {
                client.session = answer.session();
                self.client = Some(client);
                true
            }
            Ok(answer) => {
                assert!(matches!(answer.status, 429 | 503), "sign-in: {} {}", answer.status, answer.text);
                false
            }
            Err(_) => false,
        }
    }

    /// Asks for a question, thinks, and puts the answer into the outbox; it is sent from there.
    fn answer_one(&mut self) {
        let Some(client) = &self.client else { return };
        let asked = client.call("POST", "/api/v1/me/items", &[], b"{}");
        let item = match asked {
            Ok(answer) if answer.status == 200 => answer.json(),
            Ok(answer) => {
                assert!(matches!(answer.status, 401 | 429 | 503), "asking: {} {}", answer.status, answer.text);
                self.client = None;
                return;
            }
            Err(_) => {
                self.client = None;
                return;
            }
        };
        let response = self.school.solver.lock().unwrap().solve(&item);
        let item = item["item"].as_str().unwrap().to_owned();
        self.outbox.push(Waiting { cseq: self.next, item, response, sent: 0 });
        self.next += 1;
        if !self.send_outbox() {
            self.client = None;
        }
    }

    /// Sends everything that waits, oldest first; whether all of it was acknowledged.
    fn send_outbox(&mut self) -> bool {
        while let Some(waiting) = self.outbox.first_mut() {
            let Some(client) = &self.client else { return false };
            waiting.sent += 1;
            let key = format!("{}.{}", tablet(self.n), waiting.cseq);
            let begun = Instant::now();
            self.school.sending.fetch_add(1, Ordering::Relaxed);
            let answer = client.respond(&waiting.item, &key, &waiting.response);
            self.school.sending.fetch_sub(1, Ordering::Relaxed);
            let Ok(answer) = answer else { return false };
            if answer.status != 200 {
                assert!(matches!(answer.status, 401 | 429 | 503), "answer: {} {}", answer.status, answer.text);
                return false;
            }
            if waiting.sent == 1 {
                self.told.waits.push(begun.elapsed().as_micros() as u64);
            }
            self.told.again += u64::from(waiting.sent > 1);
            let event = answer.json()["event"].as_str().unwrap().to_owned();
            assert_eq!(self.told.events.insert(waiting.cseq, event), None, "it is out of the outbox once it was told");
            self.outbox.remove(0);
            self.school.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
        true
    }
}

/// Resident memory of a process in MiB.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) >> 10
}

fn bytes_below(path: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else { return path.metadata().map_or(0, |m| m.len()) };
    entries.flatten().map(|entry| bytes_below(&entry.path())).sum()
}

/// Waits for answers that are sent and not acknowledged, as many as there will be soon, and then a little, each time longer:
/// a kill between two answers shows nothing.
fn while_answers_are_on_their_way(school: &School, kills: u32) {
    const SOON: Duration = Duration::from_secs(2);
    let begun = Instant::now();
    while begun.elapsed() < SOON && school.sending.load(Ordering::Relaxed) < 1 + u64::from(kills % 3) {
        std::thread::yield_now();
    }
    std::thread::sleep(Duration::from_micros(u64::from(kills % 8) * 700));
}

/// Kills the server and starts it again, as often as the day says; how often, and the most memory that it ever had, in MiB.
fn cut_the_power(school: &School, begun: Instant) -> (u32, u64) {
    let (mut kills, mut most) = (0, 0);
    while begun.elapsed() + school.day.cut_every < school.day.lasts {
        std::thread::sleep(school.day.cut_every);
        let mut server = school.server.write().unwrap();
        most = most.max(server.process().map_or(0, resident));
        while_answers_are_on_their_way(school, kills);
        server.kill();
        server.start();
        kills += 1;
        drop(server);
        if kills % 10 == 0 {
            println!("{kills} kills, {} answers acknowledged", school.acknowledged.load(Ordering::Relaxed));
        }
    }
    std::thread::sleep(school.day.lasts.saturating_sub(begun.elapsed()));
    (kills, most.max(school.server.read().unwrap().process().map_or(0, resident)))
}

/// Every acknowledged answer is in the log under the event that was told, every sending once.
fn assert_all_there_once(data: &Path, told: &[Told]) {
    let log = journal::Log::open(data).unwrap();
    let mut stored: HashMap<(ClientId, u64), String> = HashMap::new();
    for event in log.events(log.own()) {
        let event = event.expect("nothing is damaged");
        if let (EventBody::Answered(_), Some(send)) = (&event.body, event.send) {
            let before = stored.insert((send.client, send.cseq), event.id.to_string());
            assert_eq!(before, None, "a sending is stored twice");
        }
    }
    let mut acknowledged = 0;
    for (n, told) in told.iter().enumerate() {
        for (cseq, event) in &told.events {
            assert_eq!(stored.get(&(tablet(n as u64), *cseq)), Some(event), "learner {n}, sending {cseq}");
            acknowledged += 1;
        }
        let last = told.events.len() as u64;
        assert_eq!(
            told.events.keys().copied().collect::<Vec<_>>(),
            (1..=last).collect::<Vec<_>>(),
            "nothing is left out"
        );
    }
    let of_tablets = (0..told.len() as u64).map(tablet).collect::<std::collections::HashSet<_>>();
    assert_eq!(stored.keys().filter(|(client, _)| of_tablets.contains(client)).count(), acknowledged);
}

fn verify(of: &TestBox) {
    let output = of.command_on_data(&["events", "verify"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(" 0 differences") && said.contains(" 0 damaged places"), "{said}");
    println!("verify: {}", said.trim());
}

fn go_through(day: Day) {
    println!("{day:?}");
    let mut server = TestBox::demo(PROGRAM);
    let solver = Solver::new(&server, PROGRAM);
    server.kill();
    enrol(&server, day.learners);
    let before = bytes_below(server.data());
    server.start();
    let school = School {
        server: RwLock::new(server),
        solver: Mutex::new(solver),
        is_over: AtomicBool::new(false),
        acknowledged: AtomicU64::new(0),
        sending: AtomicU64::new(0),
        day,
    };
    let seed = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64;
    println!("seed {seed}");
    let begun = Instant::now();
    let (told, (kills, most)) = std::thread::scope(|scope| {
        let tablets: Vec<_> = (0..day.learners)
            .map(|n| (n, &school))
            .map(|(n, s)| scope.spawn(move || Tablet::new(s, n, seed).work()))
            .collect();
        let kills = cut_the_power(&school, begun);
        school.is_over.store(true, Ordering::Relaxed);
        (tablets.into_iter().map(|tablet| tablet.join().unwrap()).collect::<Vec<Told>>(), kills)
    });
    let mut server = school.server.into_inner().unwrap();
    server.kill();
    report(&told, kills, most);
    assert_all_there_once(server.data(), &told);
    verify(&server);
    let answers: u64 = told.iter().map(|t| t.events.len() as u64).sum();
    let data = server.data();
    let [journal, engine, quarantine] = ["journal", "engine", "quarantine"].map(|name| bytes_below(&data.join(name)));
    println!(
        "on disk: {} KiB of journal, {} KiB of engine, {} KiB in quarantine",
        journal >> 10,
        engine >> 10,
        quarantine >> 10
    );
    let grown = (journal + engine + quarantine).saturating_sub(before);
    assert!(kills > 0 && answers >= day.learners, "{kills} kills, {answers} answers: nothing was tried");
    // Journal and engine of an answer, zeros written ahead, and what an engine keeps for itself.
    assert!(grown <= answers * 1_300 + (32 << 20), "{grown} bytes for {answers} answers");
    assert!(most <= 300, "{most} MiB of memory");
}

fn report(told: &[Told], kills: u32, most: u64) {
    let answers: usize = told.iter().map(|t| t.events.len()).sum();
    let again: u64 = told.iter().map(|t| t.again).sum();
    let mut waits: Vec<u64> = told.iter().flat_map(|t| t.waits.iter().copied()).collect();
    waits.sort_unstable();
    let at = |part: usize| waits.get(waits.len().saturating_sub(1) * part / 100).copied().unwrap_or(0) as f64 / 1000.0;
    println!(
        "{} learners, {kills} kills: {answers} answers acknowledged, {again} of them sent more than once; reply after {:.1} ms \
         (half), {:.1} ms (99 of 100); {most} MiB of memory at most",
        told.len(),
        at(50),
        at(99)
    );
}

/// A figure that `cargo xtask school-day` hands over.
fn told_or(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn a_short_day_with_kills() {
    go_through(Day { learners: 12, lasts: Duration::from_secs(16), cut_every: Duration::from_secs(4), thinks_ms: 500 });
}

/// `cargo xtask school-day`: two hundred learners, a kill every twenty seconds, ten minutes; or as it is told.
#[test]
#[ignore = "a command of its own: cargo xtask school-day"]
fn a_school_day_with_kills() {
    go_through(Day {
        learners: told_or("CHALKBOX_DAY_LEARNERS", 200),
        lasts: Duration::from_secs(60 * told_or("CHALKBOX_DAY_MINUTES", 10)),
        cut_every: Duration::from_secs(told_or("CHALKBOX_DAY_CUT_EVERY", 20)),
        thinks_ms: 1000 * told_or("CHALKBOX_DAY_THINKS", 10),
    });
}
