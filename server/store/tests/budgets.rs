//! What an answer costs: bytes and syncs of the journal, memory of the engine.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_store::*;
use drafts::*;

/// Resident memory of this process in bytes.
fn resident() -> u64 {
    let pages: u64 = std::fs::read_to_string("/proc/self/statm").unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

#[test]
fn thirty_writers_share_syncs_and_an_answer_stays_under_a_kilobyte() {
    const WRITERS: u64 = 30;
    const EACH: u64 = 200;
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(config(folder.path(), SLED)).unwrap();
    let before = store.stats().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                for n in 1..=EACH {
                    store.submit(answer(writer as u8, writer << 32 | n, Some((writer as u8, n)), "42")).unwrap();
                }
            });
        }
    });
    let after = store.stats().unwrap();
    let events = WRITERS * EACH;
    let bytes = (after.journal_bytes - before.journal_bytes) / events;
    let syncs = after.journal_syncs - before.journal_syncs;
    println!(
        "{events} answers: {bytes} B and {:.3} syncs each, {} batches",
        syncs as f64 / events as f64,
        after.batches
    );
    // Zeros written ahead are counted: they are about half of it.
    assert!(bytes <= 1000, "{bytes} B to the journal for one answer");
    assert!(syncs * 2 <= events, "{syncs} syncs for {events} answers of {WRITERS} writers");
    assert!(syncs >= after.batches - before.batches, "every batch has its sync");
}

#[test]
fn memory_stays_small_with_a_small_cache() {
    const EVENTS: u64 = 20_000;
    let folder = tempfile::tempdir().unwrap();
    let engine = EngineChoice::Sled { cache_bytes: 4 << 20 };
    let (store, _) = Store::open(config(folder.path(), engine)).unwrap();
    let before = resident();
    for from in (0..EVENTS).step_by(1000) {
        let drafts =
            (from..from + 1000).map(|n| answer((n % 200) as u8, n, Some(((n % 97) as u8, n + 1)), "3")).collect();
        store.submit_many(drafts).unwrap();
    }
    let grown = resident().saturating_sub(before) >> 20;
    let disk = store.stats().unwrap().engine_bytes;
    println!("{EVENTS} events: {grown} MiB more memory, {} MiB engine on disk", disk >> 20);
    assert!(grown < 120, "{grown} MiB");
}

#[test]
fn too_many_at_once_are_told_to_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(StoreConfig { queue: 1, ..config(folder.path(), EngineChoice::Memory) }).unwrap();
    let (busy, stored) = (std::sync::atomic::AtomicU64::new(0), std::sync::atomic::AtomicU64::new(0));
    std::thread::scope(|scope| {
        for writer in 0..16u64 {
            let (store, busy, stored) = (&store, &busy, &stored);
            scope.spawn(move || {
                for n in 0..40 {
                    let count = match store.submit(answer(writer as u8, writer << 32 | n, None, "1")) {
                        Ok(_) => stored,
                        Err(SubmitError::Busy) => busy,
                        Err(error) => panic!("{error}"),
                    };
                    count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    let (busy, stored) = (busy.into_inner(), stored.into_inner());
    assert_eq!(busy + stored, 16 * 40);
    assert!(busy > 0 && store.stats().unwrap().events == stored);
}
