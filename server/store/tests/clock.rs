//! A board without a clock of its own: it wakes up in 1970, its time jumps to 2090, steps back, or stands still, over many
//! starts. The order of events is kept, times of receipt grow, trust is told as it is, and the right time is taken when it comes.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::EventId;
use chalkbox_store::*;
use drafts::*;
use proptest::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;
/// 1 January 2090.
const FAR: u64 = 3_786_912_000_000;
/// Before this no release of the program existed.
const BUILT: u64 = 1_767_225_600_000;
/// A step back that is taken for a small correction.
const SMALL: u64 = 5 * MINUTE;

/// Shows what it is told.
#[derive(Default)]
struct Told {
    unix_ms: AtomicU64,
    mono_ms: AtomicU64,
}

impl Clock for Told {
    fn unix_ms(&self) -> u64 {
        self.unix_ms.load(Ordering::Relaxed)
    }
    fn mono_ms(&self) -> u64 {
        self.mono_ms.load(Ordering::Relaxed)
    }
}

/// A box with its clock; the folder outlives starts.
struct Board {
    store: Option<Store>,
    clock: Arc<Told>,
    sent: u64,
}

impl Board {
    /// Starts with the clock showing this; whether it was said that the clock is not believed.
    fn start(folder: &Path, unix_ms: u64, sent: u64) -> (Self, bool) {
        let clock = Arc::new(Told::default());
        clock.unix_ms.store(unix_ms, Ordering::Relaxed);
        let config = StoreConfig { clock: clock.clone(), ..config(folder, EngineChoice::Memory) };
        let (store, notices) = Store::open(config).unwrap();
        let guessed = notices.contains(&Notice::ClockGuessed);
        assert!(!notices.iter().any(|n| matches!(n, Notice::Gap { .. } | Notice::FileRepaired { .. })), "{notices:?}");
        (Self { store: Some(store), clock, sent }, guessed)
    }

    fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    /// So much time passes, and the clock shows this then.
    fn later(&self, ms: u64, unix_ms: u64) {
        self.clock.mono_ms.fetch_add(ms, Ordering::Relaxed);
        self.clock.unix_ms.store(unix_ms, Ordering::Relaxed);
    }

    /// A child answers; the event.
    fn answer(&mut self) -> Event {
        self.sent += 1;
        let ack = self.store().submit(answer(1, self.sent, Some((1, self.sent)), "5")).unwrap();
        let event = self.store().event(ack.id).unwrap().unwrap();
        assert_eq!(event.hlc, ack.hlc);
        event
    }
}

/// By how much the log says that guessed times were off, with the start that it is about.
fn corrections(folder: &Path) -> Vec<(u64, i64)> {
    let log = journal::Log::open(folder).unwrap();
    let said = log.events(log.own()).filter_map(|event| match event.unwrap().body {
        EventBody::ClockCorrected { boot, offset_ms } => Some((boot, offset_ms)),
        _ => None,
    });
    said.collect()
}

/// Every event has a later time than the one before it.
fn in_order(folder: &Path) {
    let log = journal::Log::open(folder).unwrap();
    let events: Vec<Event> = log.events(log.own()).map(Result::unwrap).collect();
    assert!(events.windows(2).all(|w| w[0].hlc < w[1].hlc && w[0].id.seq + 1 == w[1].id.seq));
    assert!(events.iter().all(|e| e.at <= e.hlc || e.at.ms() == NOW - 1000), "it did not happen after it was received");
}

#[test]
fn the_first_start_ever_is_in_1970() {
    let folder = tempfile::tempdir().unwrap();
    let (mut board, guessed) = Board::start(folder.path(), 0, 0);
    assert!(guessed);
    board.later(1_000, 1_000);
    let first = board.answer();
    assert_eq!((first.clock, first.hlc.ms()), (ClockTrust::Guessed, BUILT + 1_000));
    board.later(MINUTE, 1_000 + MINUTE);
    let second = board.answer();
    assert_eq!(second.hlc.ms() - first.hlc.ms(), MINUTE, "distance is right though the date is not");
    // A teacher's device tells the time; from then on it is right.
    board.later(1, NOW);
    let third = board.answer();
    assert_eq!((third.clock, third.hlc.ms()), (ClockTrust::Trusted, NOW));
    drop(board);
    in_order(folder.path());
    // The log says what was wrong with the two: so they can be put on the right day.
    let off = NOW - 1 - second.hlc.ms();
    assert_eq!(corrections(folder.path()), [(first.boot, off as i64)]);
    assert_eq!(first.hlc.ms() + off, NOW - 1 - MINUTE, "so long ago it was");
    assert!(second.boot == first.boot && first.boot == third.boot);
}

#[test]
fn what_happened_at_a_guessed_time_is_told_for_the_right_day_once_that_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let (board, _) = Board::start(folder.path(), NOW, 0);
    let done = |board: &Board, no: u64| {
        let mut draft = answer(1, no, None, "5");
        if let EventBody::Answered(answered) = &mut draft.body {
            answered.asked_ms = 0;
        }
        board.store().submit(draft).unwrap().id
    };
    let first = done(&board, 1);
    drop(board);
    // Two days later, and the board believes that no time has passed.
    let today = NOW + 2 * DAY;
    let (board, _) = Board::start(folder.path(), 12_000, 0);
    board.later(MINUTE, 12_000 + MINUTE);
    let early = done(&board, 2);
    let since = |board: &Board, from_ms| -> Vec<(u64, EventId)> {
        let happened = board.store().happened_since(learner(1), from_ms).unwrap();
        happened.into_iter().map(|(ms, event)| (ms, event.id)).collect()
    };
    assert_eq!(since(&board, today - DAY), [], "nobody knows yet");
    board.later(10 * MINUTE, today);
    let late = done(&board, 3);
    let expected = [(today - 10 * MINUTE, early), (today, late)];
    assert_eq!(since(&board, today - DAY), expected);
    assert_eq!(since(&board, today - MINUTE), expected[1..]);
    assert_eq!(since(&board, 0), [(NOW, first), expected[0], expected[1]]);
    drop(board);
    for engine in [SLED, SLED, EngineChoice::Memory] {
        let clock = Arc::new(Told::default());
        clock.unix_ms.store(today + MINUTE, Ordering::Relaxed);
        let (store, _) = Store::open(StoreConfig { clock: clock.clone(), ..config(folder.path(), engine) }).unwrap();
        let board = Board { store: Some(store), clock, sent: 0 };
        assert_eq!(since(&board, today - DAY), expected, "after a start with {engine:?}");
    }
}

#[test]
fn every_morning_is_1970_until_the_network_tells_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let (mut board, guessed) = Board::start(folder.path(), NOW, 0);
    assert!(!guessed);
    let mut last = board.answer();
    let mut expected = Vec::new();
    for day in 1..=5 {
        let sent = board.sent;
        drop(board);
        let (started, guessed) = Board::start(folder.path(), 12_000, sent);
        board = started;
        assert!(guessed, "day {day}");
        assert!(
            board.store().now_ms() >= last.hlc.ms(),
            "the box does not say that it is earlier than the newest event"
        );
        let early = board.answer();
        assert_eq!(early.clock, ClockTrust::Guessed);
        assert!(early.hlc > last.hlc && early.hlc.ms() <= last.hlc.ms() + 1, "no time is invented");
        board.later(30 * MINUTE, 12_000 + 30 * MINUTE);
        let guessing = board.answer();
        assert_eq!(guessing.hlc.ms(), early.hlc.ms() + 30 * MINUTE);
        board.later(1, NOW + day * DAY);
        last = board.answer();
        // Guessed times of this morning and what is added to them give this day.
        let off = NOW + day * DAY - 1 - guessing.hlc.ms();
        expected.push((guessing.boot, off as i64));
        assert_eq!((early.hlc.ms() + off) / DAY, (NOW + day * DAY) / DAY);
        assert_eq!((last.clock, last.hlc.ms()), (ClockTrust::Trusted, NOW + day * DAY), "right after it was told");
        assert_eq!(board.store().now_ms(), NOW + day * DAY);
    }
    drop(board);
    in_order(folder.path());
    assert_eq!(corrections(folder.path()), expected, "one for each morning");
}

#[test]
fn one_start_in_2090_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let (mut board, _) = Board::start(folder.path(), NOW, 0);
    board.answer();
    drop(board);
    let (mut board, guessed) = Board::start(folder.path(), FAR, 1);
    assert!(guessed);
    board.later(10_000, FAR + 10_000);
    let event = board.answer();
    assert_eq!((event.clock, event.hlc.ms()), (ClockTrust::Guessed, NOW + 10_000));
    drop(board);
    let (mut board, guessed) = Board::start(folder.path(), NOW + DAY, 2);
    assert!(!guessed);
    assert_eq!(board.answer().hlc.ms(), NOW + DAY);
    // And while it runs.
    board.later(500, FAR);
    let jumped = board.answer();
    assert_eq!((jumped.clock, jumped.hlc.ms()), (ClockTrust::Guessed, NOW + DAY + 500));
    assert!(board.store().now_ms() < FAR);
    board.later(500, NOW + DAY + 1_000);
    let right = board.answer();
    assert_eq!((right.clock, right.hlc.ms()), (ClockTrust::Trusted, NOW + DAY + 1_000));
    drop(board);
    in_order(folder.path());
    assert_eq!(corrections(folder.path()), [], "times went on as they should, so nothing is to be added");
}

#[test]
fn the_very_first_start_may_be_in_2090_too() {
    let folder = tempfile::tempdir().unwrap();
    let (mut board, guessed) = Board::start(folder.path(), FAR, 0);
    assert!(guessed);
    let event = board.answer();
    assert_eq!((event.clock, event.hlc.ms()), (ClockTrust::Guessed, BUILT));
    board.later(5, NOW);
    assert_eq!(board.answer().hlc.ms(), NOW);
    drop(board);
    in_order(folder.path());
}

#[test]
fn a_clock_that_is_set_back_keeps_order_and_is_believed_again_when_it_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let (mut board, _) = Board::start(folder.path(), NOW, 0);
    board.answer();
    board.later(1, NOW - SMALL);
    let small = board.answer();
    assert_eq!((small.clock, small.hlc.ms()), (ClockTrust::Trusted, NOW), "a small correction");
    board.later(MINUTE, NOW - 3 * DAY);
    let back = board.answer();
    assert_eq!(back.clock, ClockTrust::Guessed);
    assert!(back.hlc > small.hlc && back.hlc.ms() <= NOW + 2 * MINUTE);
    let sent = board.sent;
    drop(board);
    // Three days behind also at the next start.
    let (mut board, guessed) = Board::start(folder.path(), NOW - 3 * DAY + 2 * MINUTE, sent);
    assert!(guessed);
    assert!(board.answer().hlc > back.hlc);
    board.later(MINUTE, NOW + 4 * MINUTE);
    let right = board.answer();
    assert_eq!((right.clock, right.hlc.ms()), (ClockTrust::Trusted, NOW + 4 * MINUTE));
    drop(board);
    in_order(folder.path());
}

#[test]
fn no_time_at_all_still_keeps_order_over_many_starts() {
    let folder = tempfile::tempdir().unwrap();
    let mut last = Hlc(0);
    for start in 0..20 {
        // Neither the date nor the time since the start goes on.
        let (mut board, guessed) = Board::start(folder.path(), 0, start * 10);
        assert!(guessed);
        for _ in 0..10 {
            let event = board.answer();
            assert!(event.hlc > last && event.clock == ClockTrust::Guessed);
            last = event.hlc;
        }
    }
    assert!(last.ms() <= BUILT + 1, "two hundred events need no two hundred milliseconds");
    in_order(folder.path());
}

#[test]
fn late_answers_happened_when_they_happened_and_never_after_they_were_received() {
    let folder = tempfile::tempdir().unwrap();
    let (board, _) = Board::start(folder.path(), NOW, 0);
    let store = board.store();
    // The tablet's clock is a year ahead, right, or long before the item was handed out.
    for (n, told, kept) in [(1, NOW + 365 * DAY, NOW), (2, NOW - 500, NOW - 500), (3, 5, NOW - 1_000)] {
        let draft = EventDraft { at_ms: Some(told), ..answer(1, n, Some((1, n)), "5") };
        let event = store.event(store.submit(draft).unwrap().id).unwrap().unwrap();
        assert_eq!((event.at.ms(), event.hlc.ms()), (kept, NOW));
    }
}

/// What the clock shows, while the true time goes on.
#[derive(Debug, Clone, Copy)]
enum Shown {
    Right,
    Off(i64),
    Date1970,
    Date2090,
}

fn shown() -> impl Strategy<Value = Shown> {
    prop_oneof![
        4 => Just(Shown::Right),
        1 => (-20 * 60_000i64..-1).prop_map(Shown::Off),
        1 => (-40i64..-1).prop_map(|days| Shown::Off(days * DAY as i64)),
        1 => Just(Shown::Off(402 * DAY as i64)),
        2 => Just(Shown::Date1970),
        2 => Just(Shown::Date2090),
    ]
}

/// A start, and the moments at which somebody answers: so long after the one before, with such a clock.
fn start() -> impl Strategy<Value = (u64, Vec<(u64, Shown)>)> {
    (0u64..20 * DAY, prop::collection::vec((0u64..3 * 60 * MINUTE, shown()), 1..8))
}

fn any_clock(starts: &[(u64, Vec<(u64, Shown)>)]) {
    let folder = tempfile::tempdir().unwrap();
    let (mut board, _) = Board::start(folder.path(), NOW, 0);
    let mut last = board.answer();
    let mut sent = board.sent;
    drop(board);
    let mut now = NOW;
    for (off, moments) in starts {
        now += off;
        let mut started: Option<Board> = None;
        for (after, shown) in moments {
            now += after;
            let unix_ms = match shown {
                Shown::Right => now,
                Shown::Off(ms) => now.saturating_add_signed(*ms),
                Shown::Date1970 => now - NOW,
                Shown::Date2090 => FAR + (now - NOW),
            };
            let mut board = match started.take() {
                Some(board) => board,
                None => Board::start(folder.path(), unix_ms, sent).0,
            };
            board.later(*after, unix_ms);
            let event = board.answer();
            assert!(event.hlc > last.hlc, "time goes on");
            assert!(event.hlc.ms() <= now + SMALL + 1, "{shown:?} pushed the log {} ms ahead", event.hlc.ms() - now);
            if event.clock == ClockTrust::Trusted {
                assert!(event.hlc.ms().abs_diff(unix_ms) <= SMALL, "{shown:?} is believed and not followed");
            }
            if matches!(shown, Shown::Date1970 | Shown::Date2090) {
                assert_eq!(event.clock, ClockTrust::Guessed, "{shown:?}");
            }
            assert!(board.store().now_ms() >= event.hlc.ms());
            last = event;
            sent = board.sent;
            started = Some(board);
        }
    }
    // The right time comes, at last.
    let (mut board, guessed) = Board::start(folder.path(), now + DAY, sent);
    let right = board.answer();
    assert!(!guessed);
    assert_eq!((right.clock, right.hlc.ms()), (ClockTrust::Trusted, now + DAY));
    drop(board);
    in_order(folder.path());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 300, ..ProptestConfig::default() })]
    #[test]
    fn whatever_the_clock_shows(starts in prop::collection::vec(start(), 1..6)) {
        any_clock(&starts);
    }
}
