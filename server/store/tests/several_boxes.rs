//! Several boxes: whatever came in, in whatever order, in whatever pieces and however often, every box shows what a fold of
//! all events from nothing shows, byte for byte; and a box that was lost and restored, and whose old card turns up again,
//! gives no number twice and counts nothing twice.
#![allow(clippy::unwrap_used, reason = "tests")]

mod boxes;
mod drafts;
use boxes::*;
use chalkbox_domain::event::*;
use chalkbox_store::*;
use drafts::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, BTreeSet};

/// What comes in at once: parts of boxes' journals, as (box, from, to) in parts of a hundred.
type Bundle = Vec<(usize, usize, usize)>;

fn bundles() -> impl Strategy<Value = Vec<Bundle>> {
    let part = (0usize..3, 0usize..100, 1usize..=100);
    prop::collection::vec(prop::collection::vec(part, 1..4), 0..4)
}

/// Three boxes, and in what order and pieces each of four boxes, a new one among them, gets to know of the others.
#[derive(Debug, Clone)]
struct Case {
    deeds: [Vec<Deed>; 3],
    first: [Vec<Bundle>; 4],
    /// In which order everything comes in at last, as numbers to sort by.
    order: [[u8; 3]; 4],
    at_once: [bool; 4],
    later: [Vec<Deed>; 4],
}

fn case() -> impl Strategy<Value = Case> {
    let deeds = || prop::collection::vec(deed(), 1..25);
    let later = || prop::collection::vec(deed(), 0..4);
    (
        [deeds(), deeds(), deeds()],
        [bundles(), bundles(), bundles(), bundles()],
        any::<[[u8; 3]; 4]>(),
        any::<[bool; 4]>(),
        [later(), later(), later(), later()],
    )
        .prop_map(|(deeds, first, order, at_once, later)| Case { deeds, first, order, at_once, later })
}

/// The union of what boxes have, without what they say of each other.
fn union<'a>(of: impl IntoIterator<Item = &'a Vec<Event>>) -> Vec<Event> {
    let by_id: BTreeMap<_, _> = of.into_iter().flatten().map(|e| ((e.id.box_id, e.id.seq), e.clone())).collect();
    by_id.into_values().collect()
}

fn permuted_imports_agree(case: &Case, engine: EngineChoice) {
    let mut schools: Vec<School> = [1, 2, 3].map(|id| School::new(id, engine)).into();
    let mut written = Vec::new();
    for (school, deeds) in schools.iter().zip(&case.deeds) {
        let store = school.open();
        deeds.iter().for_each(|deed| act(&store, &school.clock, deed));
        assert_eq!(rows(&store), model(own_events(&store)));
        written.push(own_events(&store));
    }
    let records: Vec<_> = schools.iter().map(|school| own_records(school.data())).collect();
    schools.push(School::new(4, engine));
    let sticks = tempfile::tempdir().unwrap();
    let everything = model(union(&written));
    for (i, school) in schools.iter().enumerate() {
        let store = school.open();
        let into = |n: usize| sticks.path().join(format!("{i}-{n}"));
        for (n, bundle) in case.first[i].iter().enumerate() {
            let volumes: Vec<_> = bundle
                .iter()
                .filter_map(|(of, from, to)| {
                    let len = records[*of].1.len();
                    volume_of(&records[*of], from * len / 100, (to * len).div_ceil(100), &into(n))
                })
                .collect();
            let imported = store.import(&volumes).unwrap();
            assert_eq!(imported.conflicts, vec![]);
        }
        let mut all: Vec<usize> = (0..3).collect();
        all.sort_by_key(|of| (case.order[i][*of], *of));
        let whole: Vec<_> =
            all.iter().filter_map(|of| volume_of(&records[*of], 0, usize::MAX, &into(1000 + of))).collect();
        if case.at_once[i] {
            store.import(&whole).unwrap();
        } else {
            whole
                .iter()
                .for_each(|volume| assert_eq!(store.import(std::slice::from_ref(volume)).unwrap().conflicts, vec![]));
        }
        assert_eq!(rows(&store), everything, "box {i}");
        let again = store.import(&whole).unwrap();
        assert_eq!((again.new_events, again.mended), (0, 0), "what is here is not new");
        // The box goes on with what it knows now.
        case.later[i].iter().for_each(|deed| act(&store, &school.clock, deed));
        let own = own_events(&store);
        let live = rows(&store);
        assert_eq!(live, model(union(written.iter().chain([&own]))), "box {i}, later");
        let digest = store.views_digest().unwrap();
        drop(store);
        assert_eq!(school.open_with(EngineChoice::Memory).views_digest().unwrap(), digest, "box {i}, from nothing");
    }
}

/// One box with whatever happens to it: the rows that it keeps as it goes are those that come from nothing.
#[derive(Debug, Clone)]
enum Turn {
    Do(Deed),
    /// A part of another box's journal comes in, in parts of a hundred.
    Import(usize, usize, usize),
    Stop,
    /// The engine is gone, and people answer while another is built.
    Anew,
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        16 => deed().prop_map(Turn::Do),
        2 => (0usize..2, 0usize..100, 1usize..=100).prop_map(|(of, from, to)| Turn::Import(of, from, to)),
        1 => Just(Turn::Stop),
        1 => Just(Turn::Anew),
    ]
}

fn history() -> impl Strategy<Value = ([Vec<Deed>; 2], Vec<Turn>)> {
    let deeds = || prop::collection::vec(deed(), 1..20);
    ([deeds(), deeds()], prop::collection::vec(turn(), 1..40))
}

fn live_is_rebuilt(others: &[Vec<Deed>; 2], turns: &[Turn], engine: EngineChoice) {
    let mut records = Vec::new();
    let mut elsewhere = Vec::new();
    for (id, deeds) in [7, 200].into_iter().zip(others) {
        let school = School::new(id, EngineChoice::Memory);
        let store = school.open();
        deeds.iter().for_each(|deed| act(&store, &school.clock, deed));
        elsewhere.push(own_events(&store));
        drop(store);
        records.push(own_records(school.data()));
    }
    let school = School::new(100, engine);
    let sticks = tempfile::tempdir().unwrap();
    let mut came_in: [BTreeSet<u64>; 2] = Default::default();
    let mut store = school.open();
    for (n, turn) in turns.iter().enumerate() {
        match turn {
            Turn::Do(deed) => act(&store, &school.clock, deed),
            Turn::Import(of, from, to) => {
                let len = records[*of].1.len();
                let (from, to) = (from * len / 100, (to * len).div_ceil(100));
                if let Some(volume) = volume_of(&records[*of], from, to, &sticks.path().join(n.to_string())) {
                    store.import(&[volume]).unwrap();
                    came_in[*of].extend(from as u64 + 1..=to as u64);
                }
            }
            Turn::Stop => {
                drop(store);
                store = school.open();
            }
            Turn::Anew => {
                drop(store);
                let _ = std::fs::remove_dir_all(school.data().join("engine"));
                let config = StoreConfig {
                    engine,
                    clock: school.clock.clone(),
                    build_at_once: 0,
                    ..StoreConfig::new(school.data(), std::sync::Arc::new(Chained))
                };
                store = Store::open(config).unwrap().0;
            }
        }
    }
    assert!(store.wait_until_ready(std::time::Duration::from_secs(60)));
    let known = elsewhere.iter().zip(&came_in).map(|(events, numbers)| -> Vec<Event> {
        events.iter().filter(|e| numbers.contains(&e.id.seq)).cloned().collect()
    });
    let known: Vec<Vec<Event>> = known.chain([own_events(&store)]).collect();
    assert_eq!(rows(&store), model(union(&known)), "live");
    let digest = store.views_digest().unwrap();
    drop(store);
    assert_eq!(school.open_with(EngineChoice::Memory).views_digest().unwrap(), digest, "from nothing");
}

/// Works, is backed up, works on, is lost; a new box takes its place; then the old card turns up again, and goes on.
#[derive(Debug, Clone)]
struct Loss {
    before: Vec<Deed>,
    /// After the last backup: only the old card has it, and clients have been told.
    unsaved: Vec<Deed>,
    meanwhile: Vec<Deed>,
    /// Which of the unsaved ones are sent again to the new box.
    again: Vec<bool>,
    after: Vec<Deed>,
    /// Somebody uses the old card once more.
    old_card: Vec<Deed>,
}

fn loss() -> impl Strategy<Value = Loss> {
    let deeds = || prop::collection::vec(deed(), 1..15);
    (deeds(), deeds(), deeds(), prop::collection::vec(any::<bool>(), 15), deeds(), deeds()).prop_map(
        |(before, unsaved, meanwhile, again, after, old_card)| Loss {
            before,
            unsaved,
            meanwhile,
            again,
            after,
            old_card,
        },
    )
}

fn a_lost_box_counts_nothing_twice(case: &Loss, engine: EngineChoice) {
    let (old, new) = (School::new(30, engine), School::new(20, engine));
    let sticks = tempfile::tempdir().unwrap();
    let store = old.open();
    case.before.iter().for_each(|deed| act(&store, &old.clock, deed));
    drop(store);
    let saved = own_records(old.data());
    let backup: Vec<_> = volume_of(&saved, 0, usize::MAX, &sticks.path().join("backup")).into_iter().collect();
    let store = old.open();
    case.unsaved.iter().for_each(|deed| act(&store, &old.clock, deed));
    drop(store);

    let store = new.open();
    store.import(&backup).unwrap();
    for deed in case.unsaved.iter().zip(&case.again).filter(|(_, again)| **again).map(|(deed, _)| deed) {
        act(&store, &new.clock, deed);
    }
    case.meanwhile.iter().for_each(|deed| act(&store, &new.clock, deed));
    // The card is found, and somebody has worked with it once more before it comes here.
    let card = old.open();
    case.old_card.iter().for_each(|deed| act(&card, &old.clock, deed));
    let on_card = own_events(&card);
    drop(card);
    let whole = own_records(old.data());
    let card: Vec<_> = volume_of(&whole, 0, usize::MAX, &sticks.path().join("card")).into_iter().collect();
    let imported = store.import(&card).unwrap();
    assert_eq!(imported.conflicts, vec![]);
    assert_eq!(imported.new_events as usize, whole.1.len() - saved.1.len());
    case.after.iter().for_each(|deed| act(&store, &new.clock, deed));
    let own = own_events(&store);
    assert_eq!(own.iter().map(|e| e.id.seq).collect::<Vec<_>>(), (1..=own.len() as u64).collect::<Vec<_>>());
    assert!(own.iter().all(|e| e.id.box_id != saved.0), "a number of the old box was given again");
    assert!(own.is_sorted_by_key(|e| e.hlc));
    let all = union([&own, &on_card]);
    assert_eq!(rows(&store), model(all.clone()));
    let links = store.links();
    for n in 1..4 {
        let ids = links.all(learner(n));
        let theirs = |e: &&Event| e.learner.is_some_and(|learner| ids.contains(&learner));
        let mut expected: Vec<_> = all.iter().filter(theirs).cloned().collect();
        expected.sort_by_key(|e| (e.at, e.id.box_id, e.id.seq));
        assert_eq!(store.events_of(learner(n), 0).unwrap(), expected);
    }
    let digest = store.views_digest().unwrap();
    drop(store);
    assert_eq!(new.open_with(EngineChoice::Memory).views_digest().unwrap(), digest);
}

/// Runs cases of a strategy; a failing one is printed as small as it gets, and its seed kept beside this file.
fn run<S: Strategy>(cases: u32, strategy: &S, check: impl Fn(S::Value))
where
    S::Value: Clone,
{
    let config = Config { cases, max_shrink_iters: 200, source_file: Some(file!()), ..Config::default() };
    let outcome = TestRunner::new(config).run(strategy, |case| {
        check(case);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn every_order_of_arrival_gives_the_same_rows() {
    run(8, &case(), |case| permuted_imports_agree(&case, EngineChoice::Memory));
    run(2, &case(), |case| permuted_imports_agree(&case, SLED));
}

#[test]
fn rows_kept_live_are_those_that_come_from_nothing() {
    run(12, &history(), |(others, turns)| live_is_rebuilt(&others, &turns, EngineChoice::Memory));
    run(4, &history(), |(others, turns)| live_is_rebuilt(&others, &turns, SLED));
}

#[test]
fn a_box_that_was_lost_and_restored_and_found_counts_nothing_twice() {
    run(12, &loss(), |case| a_lost_box_counts_nothing_twice(&case, EngineChoice::Memory));
    run(3, &loss(), |case| a_lost_box_counts_nothing_twice(&case, SLED));
}

/// `cargo xtask store-proofs several_boxes`.
#[test]
#[ignore = "takes minutes: cargo xtask store-proofs several_boxes"]
fn every_order_of_arrival_gives_the_same_rows_a_thousand_times() {
    run(1_000, &case(), |case| permuted_imports_agree(&case, EngineChoice::Memory));
    println!("1000 cases: four boxes, any order of arrival, rows byte-equal to a fold from nothing");
}

/// `cargo xtask store-proofs several_boxes`.
#[test]
#[ignore = "takes minutes: cargo xtask store-proofs several_boxes"]
fn rows_kept_live_are_those_that_come_from_nothing_a_thousand_times() {
    run(1_000, &history(), |(others, turns)| live_is_rebuilt(&others, &turns, EngineChoice::Memory));
    run(100, &history(), |(others, turns)| live_is_rebuilt(&others, &turns, SLED));
    println!("1100 histories: rows kept live are byte-equal to a fold from nothing");
}

/// `cargo xtask store-proofs several_boxes`.
#[test]
#[ignore = "takes minutes: cargo xtask store-proofs several_boxes"]
fn a_box_that_was_lost_and_restored_and_found_counts_nothing_twice_a_thousand_times() {
    run(1_000, &loss(), |case| a_lost_box_counts_nothing_twice(&case, EngineChoice::Memory));
    println!("1000 lost boxes: no number twice, nothing counted twice");
}
