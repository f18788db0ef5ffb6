//! Maps for tests, and what a map says of itself and of its mistakes.

use super::*;
use proptest::prelude::*;

/// A skill as short as it gets; its short name is made of the id, for tests only.
pub(crate) fn part(id: &str, grade: u8, prerequisites: &[&str], item_types: &[&str]) -> SkillPart {
    let fold = id.bytes().fold(7u32, |sum, b| sum.wrapping_mul(16_777_619) ^ u32::from(b));
    SkillPart {
        id: id.parse().expect("an id"),
        short: fold.to_be_bytes(),
        title: title(id),
        can: format!("do {id}"),
        grade,
        domain: id.split('.').next().expect("a domain").to_owned(),
        prerequisites: prerequisites.iter().map(|p| p.parse().expect("an id")).collect(),
        soft: vec![],
        encompassed: vec![],
        item_types: item_types.iter().map(|t| (*t).to_owned()).collect(),
        fluency: None,
        by_language: false,
    }
}

fn title(id: &str) -> String {
    let last = id.rsplit('.').next().expect("a part");
    let mut letters = last.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub(crate) fn parts(skills: Vec<SkillPart>) -> MapParts {
    let strand = |id: &str, title: &str| StrandPart {
        id: id.to_owned(),
        domain: id.split('.').next().expect("a domain").to_owned(),
        title: title.to_owned(),
    };
    let kind = |id: &str, guess, slip, guess_fixed| ItemTypePart {
        id: id.to_owned(),
        name: id.to_owned(),
        guess,
        slip,
        guess_fixed,
    };
    MapParts {
        id: "test".into(),
        version: "1".into(),
        locale: "en".into(),
        title: "Test".into(),
        strands: vec![
            strand("numeracy.add", "Adding"),
            strand("numeracy.shape", "Shapes"),
            strand("literacy.word", "Words"),
        ],
        item_types: vec![
            kind("num-entry", 0.05, 0.10, false),
            kind("mc4", 0.25, 0.08, true),
            kind("mc2", 0.50, 0.08, true),
            kind("oral", 0.05, 0.10, false),
        ],
        levels: vec![],
        competencies: vec![],
        skills,
    }
}

/// root → two → three, root → other → three, a shape, two words.
pub(crate) fn small_parts() -> MapParts {
    parts(vec![
        part("numeracy.add.root", 0, &[], &["num-entry"]),
        part("numeracy.add.two", 1, &["numeracy.add.root"], &["num-entry", "mc4"]),
        part("numeracy.add.other", 1, &["numeracy.add.root"], &["mc4", "oral"]),
        part("numeracy.add.three", 2, &["numeracy.add.two", "numeracy.add.other"], &["num-entry"]),
        part("numeracy.shape.name", 1, &[], &["mc4"]),
        part("literacy.word.say", 0, &[], &["oral"]),
        part("literacy.word.read", 1, &["literacy.word.say"], &["mc4"]),
    ])
}

pub(crate) fn small_map() -> KnowledgeMap {
    KnowledgeMap::build(small_parts()).expect("a map without mistakes")
}

fn no(map: &KnowledgeMap, id: &str) -> SkillNo {
    map.find(&id.parse().expect("an id")).expect("on the map")
}

#[test]
fn a_map_knows_what_rests_on_what() {
    let map = small_map();
    let (root, three) = (no(&map, "numeracy.add.root"), no(&map, "numeracy.add.three"));
    assert_eq!((map.depth(root), map.depth(three)), (0, 2));
    assert_eq!((map.descendants(root).len(), map.ancestors(three).len()), (3, 3));
    assert_eq!(map.dependants(root).len(), 2);
    let at = |n: SkillNo| map.order().iter().position(|o| *o == n).expect("in the order");
    for n in map.numbers() {
        assert!(map.skill(n).prerequisites.iter().all(|p| at(*p) < at(n)));
        assert_eq!(map.find_short(map.skill(n).short), Some(n));
    }
    assert_eq!(map.order().len(), map.len());
}

#[test]
fn formats_differ_only_where_their_guess_does() {
    let map = small_map();
    let check = |id: &str, letter: bool, devices: bool, chief: &str| {
        let n = no(&map, id);
        assert_eq!((map.mixed_formats(n), map.mixed_device_formats(n)), (letter, devices), "{id}");
        assert_eq!(map.chief_type(n).id, chief, "{id}");
    };
    check("numeracy.add.root", false, false, "num-entry");
    check("numeracy.add.two", true, true, "num-entry");
    check("numeracy.add.other", true, false, "mc4");
    check("literacy.word.say", false, false, "oral");
}

/// The faults of a map, one a line, warnings marked.
fn check(parts: MapParts, expect: &[&str]) {
    let faults = match KnowledgeMap::build(parts) {
        Ok(map) => map.warnings().to_vec(),
        Err(faults) => faults,
    };
    let said: Vec<String> =
        faults.iter().map(|f| format!("{}{f}", if f.is_error() { "" } else { "(warning) " })).collect();
    assert_eq!(said, expect);
}

#[test]
fn every_fault_is_found_and_all_at_once() {
    check(small_parts(), &[]);
    check(parts(vec![]), &["the map has no skill"]);
    let mut wrong = small_parts();
    wrong.skills[0].prerequisites = vec!["numeracy.add.three".parse().expect("an id")];
    wrong.skills[1].prerequisites.push("numeracy.add.thre".parse().expect("an id"));
    wrong.skills[2].item_types.push("mc44".into());
    wrong.skills[3].encompassed.push(("numeracy.add.two".parse().expect("an id"), 1.5));
    wrong.skills[4] = part("numeracy.add.two", 1, &[], &[]);
    wrong.skills[5].short = wrong.skills[6].short;
    wrong.skills[6].soft.push("literacy.word.read".parse().expect("an id"));
    wrong.item_types[2].guess = 0.95;
    check(
        wrong,
        &[
            "the item type mc2 has guess 0.95 and slip 0.08",
            "numeracy.add.two stands twice on the map",
            "literacy.word.read and literacy.word.say have the same short name in the store",
            "numeracy.add.root (grade 0) needs numeracy.add.three of the later grade 2",
            "numeracy.add.two names numeracy.add.thre, which is not on the map",
            "numeracy.add.other uses the item type mc44, which the map does not define",
            "numeracy.add.three gives numeracy.add.two the weight 1.5, which is not above 0 and at most 1",
            "numeracy.add.two has no item type",
            "literacy.word.read names itself",
            "a circle of prerequisites: numeracy.add.root → numeracy.add.three → numeracy.add.two → numeracy.add.root",
            "a circle of prerequisites: numeracy.add.other → numeracy.add.root → numeracy.add.three → numeracy.add.other",
        ]
        .map(|line| if line.contains("later grade") { format!("(warning) {line}") } else { line.to_owned() })
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>(),
    );
}

#[test]
fn a_circle_is_shown_with_its_path_and_each_only_once() {
    let circle = |of: &[(&str, &str)]| {
        parts(
            of.iter()
                .map(|(id, pre)| part(id, 1, &pre.split(' ').filter(|p| !p.is_empty()).collect::<Vec<_>>(), &["mc4"]))
                .collect(),
        )
    };
    check(
        circle(&[("numeracy.add.a", "numeracy.add.a")]),
        &["a circle of prerequisites: numeracy.add.a → numeracy.add.a"],
    );
    check(
        circle(&[
            ("numeracy.add.a", "numeracy.add.b"),
            ("numeracy.add.b", "numeracy.add.a"),
            ("numeracy.add.between", "numeracy.add.a"),
            ("numeracy.add.c", "numeracy.add.d numeracy.add.between"),
            ("numeracy.add.d", "numeracy.add.c"),
            ("numeracy.add.after", "numeracy.add.c"),
        ]),
        &[
            "a circle of prerequisites: numeracy.add.a → numeracy.add.b → numeracy.add.a",
            "a circle of prerequisites: numeracy.add.c → numeracy.add.d → numeracy.add.c",
        ],
    );
}

#[test]
fn what_is_only_odd_is_a_warning() {
    let mut odd = small_parts();
    odd.skills[3].prerequisites.push("numeracy.add.root".parse().expect("an id"));
    odd.skills[0].grade = 2;
    check(
        odd,
        &[
            "(warning) numeracy.add.two (grade 1) needs numeracy.add.root of the later grade 2",
            "(warning) numeracy.add.other (grade 1) needs numeracy.add.root of the later grade 2",
            "(warning) numeracy.add.three needs numeracy.add.root, which numeracy.add.two needs already",
        ],
    );
}

#[test]
fn a_strand_and_its_skills_share_their_domain() {
    let mut wrong = small_parts();
    wrong.skills[4] = part("numeracy.measure.mass", 99, &[], &["mc4"]);
    wrong.skills[6].domain = "numeracy".into();
    wrong.strands[0].id = "literacy.word".into();
    let faults = KnowledgeMap::build(wrong).expect_err("many faults");
    assert!(faults.iter().any(|f| matches!(f, MapFault::UnknownStrand { part: 4, .. })));
    assert!(faults.iter().any(|f| matches!(f, MapFault::OtherDomain { part: 6, .. })));
    assert!(faults.iter().any(|f| matches!(f, MapFault::Grade { part: 4, grade: 99, .. })));
    assert!(faults.iter().any(|f| matches!(f, MapFault::DoubledDefinition { id } if id == "literacy.word")));
}

proptest! {
    /// Any graph at all either builds with an order in which prerequisites come first, or has a circle that is one.
    #[test]
    fn a_map_is_ordered_or_shows_a_true_circle(edges in prop::collection::vec((0usize..12, 0usize..12), 0..30)) {
        let id = |i: usize| format!("numeracy.add.s{i}");
        let mut skills: Vec<SkillPart> = (0..12).map(|i| part(&id(i), 1, &[], &["mc4"])).collect();
        for (from, to) in &edges {
            skills[*from].prerequisites.push(id(*to).parse().expect("an id"));
        }
        match KnowledgeMap::build(parts(skills.clone())) {
            Ok(map) => {
                let at = |n: SkillNo| map.order().iter().position(|o| *o == n).expect("in the order");
                for n in map.numbers() {
                    prop_assert!(map.skill(n).prerequisites.iter().all(|p| at(*p) < at(n)));
                    prop_assert!(!map.ancestors(n).contains(n));
                }
            }
            Err(faults) => {
                let cycles: Vec<_> = faults.iter().filter(|f| f.is_error()).collect();
                prop_assert!(!cycles.is_empty());
                for fault in cycles {
                    let MapFault::Cycle { path, .. } = fault else { panic!("{fault}") };
                    prop_assert_eq!(path.first(), path.last());
                    prop_assert!(path.len() >= 2);
                    for step in path.windows(2) {
                        let from = skills.iter().find(|s| s.id == step[0]).expect("on the map");
                        prop_assert!(from.prerequisites.contains(&step[1]));
                    }
                }
            }
        }
    }
}
