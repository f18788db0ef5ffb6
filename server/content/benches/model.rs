//! What the learner model costs on the real map: `cargo bench -p chalkbox-content`. Prints; the machine decides.

use chalkbox_content::formats::map::read_map;
use chalkbox_domain::event::{Mode, SkillState};
use chalkbox_domain::map::{KnowledgeMap, SkillNo, SkillSet};
use chalkbox_domain::model::fold::{Given, LAMBDA_ALONE, Outcome, decide};
use chalkbox_domain::model::format::FormatFacts;
use chalkbox_domain::model::implication::{Beliefs, states};
use chalkbox_domain::model::records::SkillRecords;
use chalkbox_domain::model::state::{ItemRecord, LearnerRecord, SkillRecord, Status};
use chalkbox_domain::selection::cards::{CardScene, Days, next_cards};
use std::hint::black_box;
use std::time::Instant;

fn timed<T>(what: &str, times: u32, mut run: impl FnMut() -> T) {
    let start = Instant::now();
    for _ in 0..times {
        black_box(run());
    }
    println!("{what:<44} {:>9.2} µs", start.elapsed().as_secs_f64() * 1e6 / f64::from(times));
}

/// A learner half-way: everything up to grade 1 mastered, some of grade 2 begun.
fn half_way(map: &KnowledgeMap) -> SkillRecords {
    let mut records = SkillRecords::new(map);
    for no in map.numbers() {
        let (p, status) = match map.skill(no).grade {
            0 | 1 => (0.97, Status::Mastered),
            2 if no.0 % 3 == 0 => (0.6, Status::Learning),
            _ => continue,
        };
        *records.get_mut(no) = SkillRecord { p, status, n: 5, tries: 5, last_ms: 1, ..SkillRecord::default() };
    }
    records
}

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/packs/foundations/map.toml");
    let bytes = std::fs::read(path).expect("the bundled map");
    let map = read_map("map.toml", &bytes).0.expect("a sound map");
    let records = half_way(&map);
    let served: SkillSet = map.numbers().collect();
    let (learner, item) = (LearnerRecord::default(), ItemRecord::start(2));
    let given = Given {
        facts: FormatFacts::usual(&map, SkillNo(0)),
        mode: Mode::Practise,
        lambda: LAMBDA_ALONE,
        median_ms: None,
        state: SkillState::Learning,
    };
    let outcome = Outcome { score: Some(1.0), skipped: false, help: 0, elapsed_ms: 3_000, at_ms: 5 };
    timed("one response decided (budget 100 µs)", 200_000, || {
        decide(black_box(&given), &outcome, records.get(SkillNo(0)), &learner, &item)
    });
    timed("states of one learner, 187 skills", 5_000, || states(black_box(&map), &records, &served));
    timed("next cards with their beliefs (budget 1000 µs)", 5_000, || {
        let beliefs = Beliefs::of(black_box(&map), &records, &served);
        next_cards(&CardScene {
            map: &map,
            records: &records,
            beliefs: &beliefs,
            learner: &learner,
            served: &served,
            days: Days { today_ms: 10, last_school_day_ms: 5 },
            plan: &SkillSet::default(),
            pinned: &[],
            reviews_due: &[],
        })
    });
    timed("the map read and built", 50, || read_map("map.toml", black_box(&bytes)));
}
