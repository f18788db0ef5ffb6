//! Which cards come up and with what reason; that nothing locked is ever offered.

use super::*;
use crate::map::tests::small_map;
use crate::model::state::{SkillRecord, Status};
use proptest::prelude::*;

const DAY: u64 = 86_400_000;
const DAYS: Days = Days { today_ms: 10 * DAY, last_school_day_ms: 9 * DAY };

/// Own records by id, and what is served, planned, pinned and due, by id.
#[derive(Default)]
struct Case<'a> {
    own: &'a [(&'a str, f64, Status, u64)],
    unserved: &'a [&'a str],
    plan: &'a [&'a str],
    pinned: &'a [&'a str],
    due: &'a [&'a str],
}

fn cards(map: &KnowledgeMap, case: &Case) -> Vec<Card> {
    let no = |id: &&str| map.find(&id.parse().expect("an id")).expect("on the map");
    let mut records = SkillRecords::new(map);
    for (id, p, status, last_ms) in case.own {
        *records.get_mut(no(id)) =
            SkillRecord { p: *p, status: *status, n: 1, tries: 1, last_ms: *last_ms, ..SkillRecord::default() };
    }
    let unserved: SkillSet = case.unserved.iter().map(no).collect();
    let served: SkillSet = map.numbers().filter(|n| !unserved.contains(*n)).collect();
    let beliefs = Beliefs::of(map, &records, &served);
    let pinned: Vec<SkillNo> = case.pinned.iter().map(no).collect();
    let due: Vec<SkillNo> = case.due.iter().map(no).collect();
    let plan = case.plan.iter().map(no).collect();
    let learner = LearnerRecord::default();
    let scene = CardScene {
        map,
        records: &records,
        beliefs: &beliefs,
        learner: &learner,
        served: &served,
        days: DAYS,
        plan: &plan,
        pinned: &pinned,
        reviews_due: &due,
    };
    next_cards(&scene)
}

fn check(case: Case, expect: &[(&str, CardKind, Reason)]) {
    let map = small_map();
    let found: Vec<_> =
        cards(&map, &case).into_iter().map(|c| (map.skill(c.skill).id.to_string(), c.kind, c.reason)).collect();
    let expect: Vec<_> = expect.iter().map(|(id, kind, reason)| ((*id).to_owned(), *kind, reason.clone())).collect();
    assert_eq!(found, expect);
}

use CardKind::{Learn, Practise, Review};

fn literacy() -> Reason {
    Reason::AnotherDomain { domain: "literacy".into() }
}

#[test]
fn a_new_learner_starts_where_most_opens_and_may_try_another_domain_and_something_new() {
    check(
        Case::default(),
        &[
            ("numeracy.add.root", Learn, Reason::OpensMost { count: 3 }),
            ("literacy.word.say", Learn, literacy()),
            ("numeracy.shape.name", Learn, Reason::SomethingNew),
        ],
    );
}

#[test]
fn what_was_begun_goes_on_and_what_is_nearly_done_is_finished() {
    check(
        Case { own: &[("numeracy.shape.name", 0.6, Status::Learning, 10 * DAY + 5)], ..Case::default() },
        &[
            ("numeracy.add.root", Learn, Reason::OpensMost { count: 3 }),
            ("literacy.word.say", Learn, literacy()),
            ("numeracy.shape.name", Practise, Reason::ContinueToday),
        ],
    );
    let begun = |p, last_ms, reason| {
        check(
            Case {
                own: &[("numeracy.shape.name", p, Status::Learning, last_ms)],
                unserved: &["numeracy.add.root", "numeracy.add.two", "numeracy.add.other", "literacy.word.say"],
                ..Case::default()
            },
            &[
                ("numeracy.shape.name", Practise, reason),
                ("literacy.word.read", Learn, literacy()),
                ("numeracy.add.three", Learn, Reason::SomethingNew),
            ],
        );
    };
    begun(0.69, 9 * DAY, Reason::ContinueYesterday);
    begun(0.84, 10 * DAY, Reason::AlmostThere);
}

#[test]
fn the_teacher_s_word_goes_first_but_never_opens_a_locked_door() {
    check(
        Case { pinned: &["numeracy.add.three", "literacy.word.say"], ..Case::default() },
        &[
            ("literacy.word.say", Learn, Reason::TeacherChose),
            ("numeracy.add.root", Learn, Reason::AnotherDomain { domain: "numeracy".into() }),
            ("numeracy.shape.name", Learn, Reason::SomethingNew),
        ],
    );
    check(
        Case { plan: &["numeracy.shape.name"], ..Case::default() },
        &[
            ("numeracy.add.root", Learn, Reason::OpensMost { count: 3 }),
            ("literacy.word.say", Learn, literacy()),
            ("numeracy.shape.name", Learn, Reason::SomethingNew),
        ],
    );
    check(
        Case { plan: &["literacy.word.say"], ..Case::default() },
        &[
            ("literacy.word.say", Learn, Reason::InPlan),
            ("numeracy.add.root", Learn, Reason::AnotherDomain { domain: "numeracy".into() }),
            ("numeracy.shape.name", Learn, Reason::SomethingNew),
        ],
    );
}

#[test]
fn a_due_review_takes_the_third_card() {
    check(
        Case {
            own: &[("numeracy.add.root", 0.97, Status::Mastered, DAY)],
            due: &["numeracy.add.root"],
            ..Case::default()
        },
        &[
            ("literacy.word.say", Learn, Reason::FirstOfAll),
            ("numeracy.add.other", Learn, Reason::AnotherDomain { domain: "numeracy".into() }),
            ("numeracy.add.root", Review, Reason::ReviewDue),
        ],
    );
}

#[test]
fn what_no_tool_serves_is_not_offered_and_few_cards_are_few() {
    check(
        Case {
            unserved: &[
                "numeracy.add.root",
                "numeracy.add.two",
                "numeracy.add.other",
                "literacy.word.say",
                "literacy.word.read",
            ],
            ..Case::default()
        },
        &[
            ("numeracy.shape.name", Learn, Reason::FirstOfAll),
            ("numeracy.add.three", Learn, Reason::AnotherStrand { strand: "numeracy.add".into() }),
        ],
    );
    let everything: Vec<&str> = vec![
        "numeracy.add.root",
        "numeracy.add.two",
        "numeracy.add.other",
        "numeracy.add.three",
        "numeracy.shape.name",
        "literacy.word.say",
        "literacy.word.read",
    ];
    check(Case { unserved: &everything, ..Case::default() }, &[]);
}

#[test]
fn what_rests_or_is_mastered_is_not_offered() {
    check(
        Case {
            own: &[
                ("numeracy.add.root", 0.3, Status::Resting, DAY),
                ("literacy.word.say", 0.97, Status::Mastered, DAY),
                ("literacy.word.read", 0.97, Status::Secure, DAY),
            ],
            ..Case::default()
        },
        &[("numeracy.shape.name", Learn, Reason::FirstOfAll)],
    );
}

proptest! {
    #[test]
    fn nothing_locked_is_ever_offered(
        ps in prop::collection::vec(0.001f64..0.999, 7), statuses in prop::collection::vec(0usize..6, 7),
        unserved in any::<u8>(), pins in prop::collection::vec(0u16..7, 0..4), due in prop::collection::vec(0u16..7, 0..3),
    ) {
        let map = small_map();
        let all = [Status::Untouched, Status::Learning, Status::Credited, Status::Mastered, Status::Resting, Status::Refresh];
        let mut records = SkillRecords::new(&map);
        for (at, (p, status)) in ps.iter().zip(&statuses).enumerate() {
            if *status > 0 {
                *records.get_mut(SkillNo(at as u16)) = SkillRecord { p: *p, status: all[*status], n: 1, tries: 1, ..SkillRecord::default() };
            }
        }
        let served: SkillSet = map.numbers().filter(|n| unserved & (1 << n.0) == 0).collect();
        let beliefs = Beliefs::of(&map, &records, &served);
        let pinned: Vec<SkillNo> = pins.into_iter().map(SkillNo).collect();
        let due: Vec<SkillNo> = due.into_iter().map(SkillNo).filter(|n| records.get(*n).status.is_mastered()).collect();
        let learner = LearnerRecord::default();
        let scene = CardScene {
            map: &map, records: &records, beliefs: &beliefs, learner: &learner, served: &served, days: DAYS,
            plan: &SkillSet::default(), pinned: &pinned, reviews_due: &due,
        };
        let cards = next_cards(&scene);
        prop_assert!(cards.len() <= CARDS);
        for (at, card) in cards.iter().enumerate() {
            prop_assert!(served.contains(card.skill));
            prop_assert!(cards[..at].iter().all(|c| c.skill != card.skill));
            if card.kind == CardKind::Review {
                prop_assert!(records.get(card.skill).status.is_mastered());
            } else {
                prop_assert!(beliefs.is_open(card.skill));
                let passes = |q: &SkillNo| beliefs.is_known(*q) || !served.contains(*q);
                prop_assert!(map.skill(card.skill).prerequisites.iter().all(passes));
            }
        }
        prop_assert_eq!(cards, next_cards(&scene));
    }
}
