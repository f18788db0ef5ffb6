//! Closing years on a disk that loses power at any operation: what was acknowledged counts, once, whether its event is
//! still there or only the rows that were carried.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::clock::Clock;
use crate::journal::JournalOptions;
use crate::journal::sim::{Faults, SimDisk};
use crate::open::{Medium, open};
use crate::{EngineChoice, Notice, Projection, Store, StoreConfig, ViewKey, ViewReader, ViewWrites};
use chalkbox_domain::event::{Actor, Class, Event, EventBody, EventDraft, SendKey};
use chalkbox_domain::ids::{ClassId, ClientId};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const NOW: u64 = 1_795_600_000_000;
const DAY: u64 = 24 * 60 * 60 * 1000;
const YEAR: u64 = 300 * DAY;
/// So many sendings a year.
const A_YEAR: u64 = 6;
const YEARS: u64 = 3;

struct Told(AtomicU64);

impl Clock for Told {
    fn unix_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
    fn mono_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed) - NOW
    }
}

/// How many sendings count, and a chain of which ones in which order.
struct Chain;

fn how_many() -> ViewKey {
    ViewKey::value(1, b"how many")
}

fn chain() -> ViewKey {
    ViewKey::value(1, b"chain")
}

fn linked(before: &[u8], name: &str) -> Vec<u8> {
    Sha256::new().chain_update(before).chain_update(name).finalize().to_vec()
}

impl Projection for Chain {
    fn version(&self) -> u32 {
        1
    }
    fn project(&self, event: &Event, views: &dyn ViewReader, out: &mut ViewWrites) {
        if let EventBody::ClassSet(class) = &event.body {
            let count = views.get(&how_many()).map_or(0, |row| row[0]);
            out.set(how_many(), vec![count + 1]);
            out.set(chain(), linked(&views.get(&chain()).unwrap_or_default(), &class.name));
        }
    }
}

fn name(n: u64) -> String {
    format!("{n:02}").repeat(20 + n as usize)
}

fn draft(n: u64) -> EventDraft {
    let class = Class { id: ClassId([1; 16]), name: name(n), grade: 1, teachers: vec![], open: true, picture: 0 };
    let send = Some(SendKey { client: ClientId([3; 16]), cseq: n });
    EventDraft { at_ms: None, send, learner: None, actor: Actor::Box, body: EventBody::ClassSet(class) }
}

fn start(folder: &Path, disk: &SimDisk, clock: &Arc<Told>) -> Option<(Store, Vec<Notice>)> {
    let config =
        StoreConfig { engine: EngineChoice::Memory, clock: clock.clone(), ..StoreConfig::new(folder, Arc::new(Chain)) };
    let journal = JournalOptions { seal_at: 1024, fill_step: 1024, lead: 2 };
    open(&config, Medium { disk: Some(Arc::new(disk.clone())), journal }).ok()
}

/// What was acknowledged before the power went.
#[derive(Default)]
struct Done {
    sent: u64,
    /// Number of the last one.
    seq: u64,
    closed: u64,
    dropped: u64,
}

/// Goes on behind `from` sendings until everything is done or something fails.
fn run(store: &Store, clock: &Told, from: u64, closed: u64) -> Done {
    let mut done = Done { sent: from, closed, ..Done::default() };
    for n in from + 1..=YEARS * A_YEAR {
        let Ok(ack) = store.submit(draft(n)) else { return done };
        (done.sent, done.seq) = (n, ack.id.seq);
        if n.is_multiple_of(A_YEAR) && done.closed < n / A_YEAR {
            let Ok(closing) = store.close_year(&format!("year {n}"), true) else { return done };
            done.closed += 1;
            done.dropped = closing.dropped.map_or(done.dropped, |gone| gone.up_to);
            clock.0.fetch_add(YEAR, Ordering::Relaxed);
        }
    }
    done
}

fn told() -> Arc<Told> {
    Arc::new(Told(AtomicU64::new(NOW)))
}

/// The views say that the first so many count, in their order; how many.
fn counted(store: &Store, case: &str) -> u64 {
    let count = store.view(&how_many()).unwrap().map_or(0, |row| u64::from(row[0]));
    let expected = (1..=count).fold(Vec::new(), |before, n| linked(&before, &name(n)));
    assert_eq!(store.view(&chain()).unwrap().unwrap_or_default(), expected, "{case}: {count}");
    count
}

fn has_no_loss(notices: &[Notice], case: &str) {
    let loss = |n: &&Notice| {
        matches!(
            n,
            Notice::Gap { .. } | Notice::FileRepaired { .. } | Notice::OtherName { .. } | Notice::Conflict { .. }
        )
    };
    assert_eq!(notices.iter().find(loss), None, "{case}");
}

#[test]
fn wherever_the_power_goes_while_years_are_closed_everything_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let whole = SimDisk::default();
    let clock = told();
    let done = run(&start(folder.path(), &whole, &clock).unwrap().0, &clock, 0, 0);
    assert_eq!((done.sent, done.closed), (YEARS * A_YEAR, YEARS));
    assert!(done.dropped > A_YEAR, "two years are dropped");
    let mut cases = 0;
    for cut in 1..=whole.ops() {
        let (disk, clock) = (SimDisk::new(Faults { cut_at: Some(cut), ..Faults::default() }), told());
        let opened = start(folder.path(), &disk, &clock);
        let done = opened.map(|(store, _)| run(&store, &clock, 0, 0)).unwrap_or_default();
        for seed in 0..4 {
            let case = format!("cut {cut}, seed {seed}");
            let after = disk.after_power_cut(seed, Faults::default());
            let clock = Arc::new(Told(AtomicU64::new(clock.unix_ms() + 62 * DAY)));
            let (store, notices) =
                start(folder.path(), &after, &clock).unwrap_or_else(|| panic!("{case}: it does not open"));
            has_no_loss(&notices, &case);
            let count = counted(&store, &case);
            assert!((done.sent..=done.sent + 1).contains(&count), "{case}: {} of {count}", done.sent);
            // What is still there is known; the newest always is.
            let first = store.stream(None).next().map_or(1, |event| event.unwrap().id.seq);
            if count > 0 && done.seq >= first {
                assert!(store.submit(draft(done.sent)).unwrap().duplicate, "{case}");
            }
            let numbers: Vec<u64> = store.stream(None).map(|event| event.unwrap().id.seq).collect();
            assert!(numbers.iter().copied().eq(first..first + numbers.len() as u64), "{case}: {numbers:?}");
            assert!(numbers.last().copied().unwrap_or(0) >= done.seq, "{case}: no number is given twice");
            // The rest is done as if nothing had been; the rows are still those of all, and so they are from nothing.
            let closed = store.year_ends().unwrap().len() as u64;
            let closed = if closed == 2 { closed.max(done.closed) } else { closed };
            run(&store, &clock, count, closed);
            assert_eq!(counted(&store, &case), YEARS * A_YEAR, "{case}");
            assert!(store.scrub(&|| true).unwrap().is_sound(), "{case}");
            drop(store);
            let (store, notices) = start(folder.path(), &after, &clock).unwrap();
            has_no_loss(&notices, &case);
            assert_eq!(counted(&store, &case), YEARS * A_YEAR, "{case}, again");
            cases += 1;
        }
    }
    println!("{cases} power cuts while years are closed");
    assert!(cases >= 400, "{cases}");
}
