//! Figures of the store on this machine: `cargo run --release -p chalkbox-store --example throughput [events]`.
//! Two hundred writers, then a start with what they wrote.

use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_domain::item::Response;
use chalkbox_store::{NoViews, Store, StoreConfig};
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

const WRITERS: u64 = 200;
/// Without a word from outside.
const EVENTS: u64 = 20_000;

fn answer(writer: u64, cseq: u64) -> Result<EventDraft, IdError> {
    let bytes = |n: u64| {
        let mut id = [0x11; 16];
        id[..8].copy_from_slice(&n.to_be_bytes());
        id
    };
    let learner = LearnerId(bytes(writer));
    Ok(EventDraft {
        at_ms: None,
        send: Some(SendKey { client: ClientId(bytes(writer)), cseq }),
        learner: Some(learner),
        actor: Actor::Learner(learner),
        body: EventBody::Answered(Box::new(Answered {
            item: ItemKey(bytes(writer << 32 | cseq)),
            asked_ms: std::time::UNIX_EPOCH.elapsed().map_or(0, |d| d.as_millis() as u64),
            skill: "numeracy.add.within-10".parse()?,
            plugin: PackHash([7; 32]),
            step: 2,
            seed: cseq as u32,
            locale: "en".into(),
            context: ContextHash([9; 8]),
            format: "num-entry".into(),
            mode: Mode::Practise,
            response: Response::Number { value: "12".into() },
            help: 0,
            elapsed_ms: 5300,
            score: Some(1.0),
            fault: None,
            misconception: None,
            d: 0.37,
            expected: 0.62,
            lambda: 1.0,
            pace: Pace::Usual,
            guess: 0.02,
            slip: 0.1,
            guess_fixed: true,
            learn: 0.15,
            mixed_formats: false,
            mastery: Some(0.71),
            state: Some(SkillState::Learning),
        })),
    })
}

fn write(store: &Store, writer: u64, answers: u64) -> Result<Vec<Duration>, Box<dyn Error + Send + Sync>> {
    let mut waits = Vec::new();
    for cseq in 1..=answers {
        let draft = answer(writer, cseq)?;
        let started = Instant::now();
        store.submit(draft)?;
        waits.push(started.elapsed());
    }
    Ok(waits)
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let scratch = tempfile::tempdir()?;
    let folder = scratch.path().join("data");
    let events = std::env::args().nth(1).map_or(Ok(EVENTS), |word| word.parse::<u64>())?.max(WRITERS);
    let config = StoreConfig::new(&folder, Arc::new(NoViews));
    let (store, _) = Store::open(config.clone())?;
    let started = Instant::now();
    let waits = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|w| (w, &store))
            .map(|(w, s)| scope.spawn(move || write(s, w, events / WRITERS)))
            .collect();
        writers
            .into_iter()
            .map(|w| w.join().unwrap_or_else(|_| Err("a writer panicked".into())))
            .collect::<Result<Vec<_>, _>>()
    })?;
    let took = started.elapsed();
    let mut waits: Vec<Duration> = waits.into_iter().flatten().collect();
    waits.sort();
    let stats = store.stats()?;
    let at = |part: usize| waits[(waits.len() - 1) * part / 100].as_micros() as f64 / 1000.0;
    println!("{WRITERS} writers: {:.0} events/s", events as f64 / took.as_secs_f64());
    println!("acknowledged after {:.1} ms (half), {:.1} ms (99 of 100)", at(50), at(99));
    println!(
        "journal: {} B and {:.3} syncs an event; engine: {} B an event",
        stats.journal_bytes / events,
        stats.journal_syncs as f64 / events as f64,
        stats.engine_bytes / events
    );
    drop(store);
    let started = Instant::now();
    let (store, _) = Store::open(config)?;
    println!("start with {events} events: {:.0} ms", started.elapsed().as_secs_f64() * 1000.0);
    drop(store);
    std::fs::remove_dir_all(folder.join("engine"))?;
    let started = Instant::now();
    let (store, notices) = Store::open(StoreConfig::new(&folder, Arc::new(NoViews)))?;
    println!(
        "engine rebuilt from the journal: {:.0} events/s, {notices:?}",
        events as f64 / started.elapsed().as_secs_f64()
    );
    drop(store);
    Ok(())
}
