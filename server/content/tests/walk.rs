//! Invented children walk the real map with the real rules: they always have something to do, are never led through a
//! locked door, and get everywhere.

use chalkbox_content::formats::map::read_map;
use chalkbox_domain::event::{Answered, SkillState};
use chalkbox_domain::ids::{ContextHash, ItemKey, PackHash};
use chalkbox_domain::item::Response;
use chalkbox_domain::map::{ItemType, KnowledgeMap, SkillNo, SkillSet};
use chalkbox_domain::model::fold::{self, Given, LAMBDA_ALONE, Outcome};
use chalkbox_domain::model::format::FormatFacts;
use chalkbox_domain::model::implication::Beliefs;
use chalkbox_domain::model::records::SkillRecords;
use chalkbox_domain::model::response::{Chances, d_start};
use chalkbox_domain::model::state::{ItemRecord, LearnerRecord};
use chalkbox_domain::selection::cards::{CardScene, Days, next_cards};
use chalkbox_domain::selection::item::{Offer, choose, mode};

const DAY: u64 = 86_400_000;
/// Answers a day.
const DAILY: u64 = 30;

fn map() -> KnowledgeMap {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/packs/foundations/map.toml");
    let (map, diagnostics) = read_map("map.toml", &std::fs::read(path).expect("the bundled map"));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    map.expect("a sound map")
}

/// Dice that fall the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1u64 << 31) as f64
    }
}

/// What a device can give for a skill.
fn device_types(map: &KnowledgeMap, no: SkillNo) -> Vec<ItemType> {
    let types = map.skill(no).item_types.iter().map(|t| map.item_types()[*t].clone());
    types.filter(|t| !t.by_person()).collect()
}

struct Child<'a> {
    map: &'a KnowledgeMap,
    served: &'a SkillSet,
    records: SkillRecords,
    learner: LearnerRecord,
    dice: Dice,
    answers: u64,
}

impl Child<'_> {
    fn now(&self) -> u64 {
        DAY * (10 + self.answers / DAILY) + 60_000 * (self.answers % DAILY)
    }

    /// Takes one of the cards and answers one item; false when there is no card left.
    fn step(&mut self, right: f64) -> bool {
        let beliefs = Beliefs::of(self.map, &self.records, self.served);
        let today_ms = self.now() / DAY * DAY;
        let scene = CardScene {
            map: self.map,
            records: &self.records,
            beliefs: &beliefs,
            learner: &self.learner,
            served: self.served,
            days: Days { today_ms, last_school_day_ms: today_ms - DAY },
            plan: &SkillSet::default(),
            pinned: &[],
            reviews_due: &[],
        };
        let cards = next_cards(&scene);
        for card in &cards {
            let state = beliefs.state(card.skill, &self.records);
            assert!(matches!(state, SkillState::Ready | SkillState::Learning), "{state:?}");
            for q in &self.map.skill(card.skill).prerequisites {
                assert!(beliefs.is_known(*q) || !self.served.contains(*q), "a locked door");
            }
        }
        if cards.is_empty() {
            return false;
        }
        let no = cards[(self.dice.throw() * cards.len() as f64) as usize].skill;
        self.answer(no, right, today_ms, beliefs.state(no, &self.records));
        true
    }

    fn answer(&mut self, no: SkillNo, right: f64, today_ms: u64, state: SkillState) {
        let types = device_types(self.map, no);
        let kind = &types[(self.dice.throw() * types.len() as f64) as usize];
        let chances = Chances { guess: kind.guess, slip: kind.slip, guess_fixed: kind.guess_fixed };
        let offers: Vec<Offer> =
            (0..5).map(|step| Offer { plugin: PackHash([1; 32]), step, d: d_start(step), chances }).collect();
        let id = &self.map.skill(no).id;
        let seed = (self.dice.throw() * 1e9) as u32;
        let choice = choose(&offers, id, self.records.get(no), &self.learner, today_ms, seed).expect("five offers");
        let step = offers[choice.offer].step;
        let mut item = ItemRecord::start(step);
        let facts = FormatFacts { format: kind.id.clone(), chances, mixed_formats: self.map.mixed_device_formats(no) };
        let mode = mode(&facts, self.records.get(no), &self.learner);
        let given = Given { facts, mode, lambda: LAMBDA_ALONE, median_ms: None, state };
        let score = if self.dice.throw() < right { 1.0 } else { 0.0 };
        let at_ms = self.now();
        let outcome = Outcome { score: Some(score), skipped: false, help: 0, elapsed_ms: 4_000, at_ms };
        let decided = fold::decide(&given, &outcome, self.records.get(no), &self.learner, &item);
        let answered = Answered {
            item: ItemKey([0; 16]),
            asked_ms: at_ms,
            skill: id.clone(),
            plugin: PackHash([1; 32]),
            step,
            seed: choice.seed,
            locale: "en".into(),
            context: ContextHash([0; 8]),
            format: given.facts.format.clone(),
            mode,
            response: Response::Count { value: 1 },
            help: 0,
            elapsed_ms: 4_000,
            score: outcome.score,
            fault: None,
            misconception: None,
            d: decided.d,
            expected: decided.expected,
            lambda: decided.lambda,
            pace: decided.pace,
            guess: decided.guess,
            slip: decided.slip,
            guess_fixed: decided.guess_fixed,
            learn: decided.learn,
            mixed_formats: decided.mixed_formats,
            mastery: Some(decided.mastery),
            state: Some(decided.state),
        };
        fold::apply(&answered, at_ms, self.records.get_mut(no), &mut self.learner, &mut item);
        assert_eq!(Some(self.records.get(no).p), answered.mastery);
        assert_eq!(self.records.get(no).status.state(), answered.state);
        self.answers += 1;
    }
}

/// Walks until nothing is offered; gives how many answers that took and what share of served skills is mastered.
fn walk(map: &KnowledgeMap, served: &SkillSet, seed: u64, right: f64, most: u64) -> (u64, usize) {
    let mut child = Child {
        map,
        served,
        records: SkillRecords::new(map),
        learner: LearnerRecord::default(),
        dice: Dice(seed),
        answers: 0,
    };
    while child.answers < most && child.step(right) {}
    (child.answers, served.iter().filter(|no| child.records.get(*no).status.is_mastered()).count())
}

/// All that a device can ask for.
fn on_devices(map: &KnowledgeMap) -> SkillSet {
    map.numbers().filter(|no| !device_types(map, *no).is_empty()).collect()
}

#[test]
fn children_who_answer_well_get_everywhere() {
    let map = map();
    let served = on_devices(&map);
    for seed in 1..=3 {
        let (answers, mastered) = walk(&map, &served, seed, 0.95, 10_000);
        assert!(mastered * 10 >= served.len() * 9, "{mastered} of {} after {answers}", served.len());
        assert!(answers < 20 * served.len() as u64, "{answers} answers for {} skills", served.len());
    }
}

#[test]
fn a_child_who_always_errs_is_never_led_onward_and_always_has_something_to_do() {
    let map = map();
    let served = on_devices(&map);
    let (answers, mastered) = walk(&map, &served, 7, 0.0, 600);
    assert_eq!((answers, mastered), (600, 0));
}

#[test]
fn with_few_tools_what_they_serve_is_still_reached() {
    let map = map();
    let served: SkillSet = on_devices(&map).iter().filter(|no| map.skill(*no).grade <= 2).collect();
    let (answers, mastered) = walk(&map, &served, 5, 0.97, 10_000);
    assert!(mastered * 10 >= served.len() * 9, "{mastered} of {} after {answers}", served.len());
}
