//! What can be wrong with a map. All faults are found in one go, so that an author mends them in one go.
//!
//! Where a fault stands in a file is not known here: a fault names the skill by its place in [`MapParts::skills`],
//! from which whoever read the file knows the line.

use super::{MapParts, SkillNo, SkillPart, SkillSet};
use crate::ids::SkillId;
use crate::near::nearest;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The most that a map may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapLimits;

impl MapLimits {
    /// Skills.
    pub const SKILLS: usize = 4_000;
    /// References of one kind from one skill.
    pub const REFERENCES: usize = 40;
    /// Grades run from 0 to this.
    pub const GRADE: u8 = 13;
}

/// In what way one skill speaks of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Needed before (`pre`).
    Prerequisite,
    /// Helpful before (`soft`).
    Soft,
    /// Practised along with it (`enc`).
    Encompassed,
}

impl Relation {
    /// The key in a map file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Prerequisite => "pre",
            Self::Soft => "soft",
            Self::Encompassed => "enc",
        }
    }
}

/// A pair of numbers that must be chances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Guess.
    pub guess: f64,
    /// Slip.
    pub slip: f64,
}

/// One thing that is wrong, or odd, about a map. `part` is a place in [`MapParts::skills`].
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MapFault {
    /// There is no skill at all.
    #[error("the map has no skill")]
    Empty,
    /// More skills than a map may have.
    #[error("the map has {count} skills, {} at most", MapLimits::SKILLS)]
    TooManySkills {
        /// How many.
        count: usize,
    },
    /// Skills that need each other in a circle: nobody could begin any of them.
    #[error("a circle of prerequisites: {}", arrows(path))]
    Cycle {
        /// A skill of the circle.
        part: usize,
        /// From one skill along its prerequisites back to itself; first and last are the same.
        path: Vec<SkillId>,
    },
    /// A reference to a skill that the map does not have.
    #[error("{skill} names {target}, which is not on the map")]
    UnknownSkill {
        /// Who names it.
        part: usize,
        /// Who names it.
        skill: SkillId,
        /// In what way.
        relation: Relation,
        /// What is named.
        target: SkillId,
        /// The skill whose id is nearest, if one is near.
        nearest: Option<SkillId>,
    },
    /// A skill that speaks of itself as soft or encompassed.
    #[error("{skill} names itself")]
    Itself {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// In what way.
        relation: Relation,
    },
    /// An id that was used before.
    #[error("{skill} stands twice on the map")]
    DoubledId {
        /// The second one.
        part: usize,
        /// The first one.
        first: usize,
        /// The id.
        skill: SkillId,
    },
    /// Two ids whose short names in the store agree.
    #[error("{skill} and {other} have the same short name in the store")]
    SameShort {
        /// The second one.
        part: usize,
        /// Its id.
        skill: SkillId,
        /// The first one's id.
        other: SkillId,
    },
    /// An item type that the map does not define.
    #[error("{skill} uses the item type {item_type}, which the map does not define")]
    UnknownItemType {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// The item type.
        item_type: String,
        /// The item type whose name is nearest, if one is near.
        nearest: Option<String>,
    },
    /// A skill without any item type.
    #[error("{skill} has no item type")]
    NoItemType {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
    },
    /// A skill in a strand that the map does not define.
    #[error("{skill} stands in the strand {strand}, which the map does not define")]
    UnknownStrand {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// The strand.
        strand: String,
    },
    /// A skill whose block, id and strand do not name one domain.
    #[error("{skill} stands in a block of the domain {domain}")]
    OtherDomain {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// The block's or the strand's domain.
        domain: String,
    },
    /// A weight outside of 0 (not counted) to 1.
    #[error("{skill} gives {target} the weight {weight}, which is not above 0 and at most 1")]
    Weight {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// The encompassed skill.
        target: SkillId,
        /// The weight.
        weight: f64,
    },
    /// A grade that no school has.
    #[error("{skill} has the grade {grade}, {} at most", MapLimits::GRADE)]
    Grade {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// The grade.
        grade: u8,
    },
    /// More references of one kind than a skill may have.
    #[error("{skill} has {count} references in {}, {} at most", relation.key(), MapLimits::REFERENCES)]
    TooManyReferences {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// Of which kind.
        relation: Relation,
        /// How many.
        count: usize,
    },
    /// Chances that cannot be: outside of 0 to 1, or a skilled learner no better than a guess.
    #[error("the item type {item_type} has guess {} and slip {}", figures.guess, figures.slip)]
    Chances {
        /// The item type.
        item_type: String,
        /// Its chances.
        figures: Figures,
    },
    /// A strand, item type, level or competency that stands twice.
    #[error("{id} is defined twice")]
    DoubledDefinition {
        /// Its id.
        id: String,
    },
    /// A level step that names a skill that the map does not have.
    #[error("the level {level} names {target}, which is not on the map")]
    UnknownLevelSkill {
        /// The step's id.
        level: String,
        /// What is named.
        target: SkillId,
        /// The skill whose id is nearest, if one is near.
        nearest: Option<SkillId>,
    },
    /// Warning: a prerequisite that is expected later than the skill itself.
    #[error("{skill} (grade {grade}) needs {target} of the later grade {target_grade}")]
    LaterGrade {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// Its grade.
        grade: u8,
        /// The prerequisite.
        target: SkillId,
        /// The prerequisite's grade.
        target_grade: u8,
    },
    /// Warning: a prerequisite that another prerequisite needs anyway.
    #[error("{skill} needs {target}, which {through} needs already")]
    Implied {
        /// Which.
        part: usize,
        /// Which.
        skill: SkillId,
        /// The prerequisite that could be left out.
        target: SkillId,
        /// The prerequisite that needs it.
        through: SkillId,
    },
}

fn arrows(path: &[SkillId]) -> String {
    path.iter().map(SkillId::as_str).collect::<Vec<_>>().join(" → ")
}

impl MapFault {
    /// Whether the map cannot be used with it.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::LaterGrade { .. } | Self::Implied { .. })
    }

    /// The strand, item type, level or competency that it is about, by its id.
    pub fn definition(&self) -> Option<&str> {
        match self {
            Self::Chances { item_type: id, .. }
            | Self::DoubledDefinition { id }
            | Self::UnknownLevelSkill { level: id, .. } => Some(id),
            _ => None,
        }
    }

    /// The skill it is about, as a place in [`MapParts::skills`]; none: it is about the map as a whole.
    pub fn part(&self) -> Option<usize> {
        match self {
            Self::Empty
            | Self::TooManySkills { .. }
            | Self::Chances { .. }
            | Self::DoubledDefinition { .. }
            | Self::UnknownLevelSkill { .. } => None,
            Self::Cycle { part, .. }
            | Self::UnknownSkill { part, .. }
            | Self::Itself { part, .. }
            | Self::DoubledId { part, .. }
            | Self::SameShort { part, .. }
            | Self::UnknownItemType { part, .. }
            | Self::NoItemType { part, .. }
            | Self::UnknownStrand { part, .. }
            | Self::OtherDomain { part, .. }
            | Self::Weight { part, .. }
            | Self::Grade { part, .. }
            | Self::TooManyReferences { part, .. }
            | Self::LaterGrade { part, .. }
            | Self::Implied { part, .. } => Some(*part),
        }
    }
}

/// All faults of a map: first those of the map as a whole, then skill by skill, then circles.
pub(super) fn all(parts: &MapParts) -> Vec<MapFault> {
    let mut found = Vec::new();
    if parts.skills.is_empty() {
        found.push(MapFault::Empty);
    }
    if parts.skills.len() > MapLimits::SKILLS {
        found.push(MapFault::TooManySkills { count: parts.skills.len() });
        return found;
    }
    definitions(parts, &mut found);
    let mut ids: BTreeMap<&SkillId, usize> = BTreeMap::new();
    let mut shorts: BTreeMap<[u8; 4], usize> = BTreeMap::new();
    for (part, skill) in parts.skills.iter().enumerate() {
        if let Some(&first) = ids.get(&skill.id) {
            found.push(MapFault::DoubledId { part, first, skill: skill.id.clone() });
            continue;
        }
        ids.insert(&skill.id, part);
        if let Some(&first) = shorts.get(&skill.short) {
            let other = parts.skills[first].id.clone();
            found.push(MapFault::SameShort { part, skill: skill.id.clone(), other });
        }
        shorts.insert(skill.short, part);
    }
    for (part, skill) in parts.skills.iter().enumerate() {
        of_skill(parts, &ids, part, skill, &mut found);
    }
    for step in parts.levels.iter().flat_map(|l| &l.steps) {
        for target in step.skills.iter().filter(|t| !ids.contains_key(t)) {
            found.push(MapFault::UnknownLevelSkill {
                level: step.id.clone(),
                target: target.clone(),
                nearest: near(target.as_str(), ids.keys().map(|k| k.as_str()), found.len())
                    .and_then(|n| n.parse().ok()),
            });
        }
    }
    let circles = circles(parts, &ids);
    if circles.is_empty() {
        implied(parts, &ids, &mut found);
    }
    found.extend(circles);
    found
}

fn definitions(parts: &MapParts, found: &mut Vec<MapFault>) {
    let mut names = BTreeSet::new();
    let strands = parts.strands.iter().map(|s| s.id.as_str());
    let types = parts.item_types.iter().map(|t| t.id.as_str());
    let steps = parts.levels.iter().flat_map(|l| &l.steps).map(|s| s.id.as_str());
    let competencies = parts.competencies.iter().map(|c| c.id.as_str());
    for id in strands.chain(types).chain(steps).chain(competencies) {
        if !names.insert(id) {
            found.push(MapFault::DoubledDefinition { id: id.to_owned() });
        }
    }
    for t in &parts.item_types {
        let chance = |x: f64| x > 0.0 && x < 1.0;
        if !(chance(t.guess) && chance(t.slip) && t.guess + t.slip < 1.0) {
            let figures = Figures { guess: t.guess, slip: t.slip };
            found.push(MapFault::Chances { item_type: t.id.clone(), figures });
        }
    }
}

fn of_skill(
    parts: &MapParts,
    ids: &BTreeMap<&SkillId, usize>,
    part: usize,
    skill: &SkillPart,
    found: &mut Vec<MapFault>,
) {
    let id = || skill.id.clone();
    match parts.strands.iter().find(|s| s.id == skill.id.strand()) {
        None => found.push(MapFault::UnknownStrand { part, skill: id(), strand: skill.id.strand().to_owned() }),
        Some(strand) => {
            for domain in [&skill.domain, &strand.domain] {
                if domain != skill.id.domain() {
                    found.push(MapFault::OtherDomain { part, skill: id(), domain: domain.clone() });
                }
            }
        }
    }
    if skill.grade > MapLimits::GRADE {
        found.push(MapFault::Grade { part, skill: id(), grade: skill.grade });
    }
    if skill.item_types.is_empty() {
        found.push(MapFault::NoItemType { part, skill: id() });
    }
    for item_type in &skill.item_types {
        if !parts.item_types.iter().any(|t| t.id == *item_type) {
            let nearest = near(item_type, parts.item_types.iter().map(|t| t.id.as_str()), found.len());
            found.push(MapFault::UnknownItemType { part, skill: id(), item_type: item_type.clone(), nearest });
        }
    }
    let encompassed: Vec<SkillId> = skill.encompassed.iter().map(|(t, _)| t.clone()).collect();
    let kinds = [
        (Relation::Prerequisite, &skill.prerequisites),
        (Relation::Soft, &skill.soft),
        (Relation::Encompassed, &encompassed),
    ];
    for (relation, targets) in kinds {
        if targets.len() > MapLimits::REFERENCES {
            found.push(MapFault::TooManyReferences { part, skill: id(), relation, count: targets.len() });
        }
        for target in targets {
            match ids.get(target) {
                None => found.push(MapFault::UnknownSkill {
                    part,
                    skill: id(),
                    relation,
                    target: target.clone(),
                    nearest: near(target.as_str(), ids.keys().map(|k| k.as_str()), found.len())
                        .and_then(|n| n.parse().ok()),
                }),
                Some(_) if *target == skill.id && relation != Relation::Prerequisite => {
                    found.push(MapFault::Itself { part, skill: id(), relation });
                }
                Some(&at) if relation == Relation::Prerequisite && parts.skills[at].grade > skill.grade => {
                    found.push(MapFault::LaterGrade {
                        part,
                        skill: id(),
                        grade: skill.grade,
                        target: target.clone(),
                        target_grade: parts.skills[at].grade,
                    });
                }
                Some(_) => {}
            }
        }
    }
    for (target, weight) in &skill.encompassed {
        if !(*weight > 0.0 && *weight <= 1.0) {
            found.push(MapFault::Weight { part, skill: id(), target: target.clone(), weight: *weight });
        }
    }
}

/// Known prerequisites of each skill as places, doubled ids left out.
fn edges(parts: &MapParts, ids: &BTreeMap<&SkillId, usize>) -> Vec<Vec<usize>> {
    let known = |s: &SkillPart| s.prerequisites.iter().filter_map(|p| ids.get(p).copied()).collect();
    let first = |(i, s): (usize, &SkillPart)| if ids.get(&s.id) == Some(&i) { known(s) } else { Vec::new() };
    parts.skills.iter().enumerate().map(first).collect()
}

/// One fault for each separate circle, with a shortest path through it; [`MOST_CIRCLES`] at most.
fn circles(parts: &MapParts, ids: &BTreeMap<&SkillId, usize>) -> Vec<MapFault> {
    let edges = edges(parts, ids);
    // What has no prerequisite left, or no dependant left, lies on no circle.
    let rest: BTreeSet<usize> = (0..edges.len()).collect();
    let rest = peel(rest, &turned(&edges));
    let rest = peel(rest, &edges);
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut found = Vec::new();
    for &start in rest.iter().take(10 * MOST_CIRCLES) {
        if told.contains(&start) || found.len() == MOST_CIRCLES {
            continue;
        }
        if let Some(path) = way_back(start, &edges, &rest) {
            told.extend(&path);
            let path = path.iter().map(|&i| parts.skills[i].id.clone()).collect();
            found.push(MapFault::Cycle { part: start, path });
        }
    }
    found
}

/// More circles than this are not told at once: they hang together.
const MOST_CIRCLES: usize = 20;

/// From what a skill points at to what points at it.
fn turned(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut turned = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for &to in targets {
            turned[to].push(from);
        }
    }
    turned
}

/// Takes away, one after the other, everything that nothing in the rest points at along `edges`.
fn peel(mut rest: BTreeSet<usize>, edges: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut pointed = vec![0usize; edges.len()];
    for &to in rest.iter().flat_map(|&i| &edges[i]) {
        pointed[to] += 1;
    }
    let mut free: Vec<usize> = rest.iter().copied().filter(|&i| pointed[i] == 0).collect();
    while let Some(here) = free.pop() {
        rest.remove(&here);
        for &to in &edges[here] {
            pointed[to] -= 1;
            if pointed[to] == 0 && rest.contains(&to) {
                free.push(to);
            }
        }
    }
    rest
}

/// A shortest way from a skill along prerequisites back to itself, within `rest`.
fn way_back(start: usize, edges: &[Vec<usize>], rest: &BTreeSet<usize>) -> Option<Vec<usize>> {
    let mut came_from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(here) = waiting.pop_front() {
        for &next in edges[here].iter().filter(|n| rest.contains(n)) {
            if next == start {
                let mut path = vec![start, here];
                let mut at = here;
                while at != start {
                    at = came_from[&at];
                    path.push(at);
                }
                path.reverse();
                return Some(path);
            }
            if next != start && !came_from.contains_key(&next) {
                came_from.insert(next, here);
                waiting.push_back(next);
            }
        }
    }
    None
}

/// Prerequisites that another prerequisite needs anyway. Only for maps without circles.
fn implied(parts: &MapParts, ids: &BTreeMap<&SkillId, usize>, found: &mut Vec<MapFault>) {
    let edges = edges(parts, ids);
    let above = ancestors(&edges);
    for (part, skill) in parts.skills.iter().enumerate() {
        for &target in &edges[part] {
            let reaches = |other: &&usize| **other != target && above[**other].contains(SkillNo(target as u16));
            if let Some(&through) = edges[part].iter().find(reaches) {
                found.push(MapFault::Implied {
                    part,
                    skill: skill.id.clone(),
                    target: parts.skills[target].id.clone(),
                    through: parts.skills[through].id.clone(),
                });
            }
        }
    }
}

/// Everything that each skill rests on, in a map without circles.
fn ancestors(edges: &[Vec<usize>]) -> Vec<SkillSet> {
    let turned = turned(edges);
    let mut waiting: Vec<usize> = edges.iter().map(Vec::len).collect();
    let mut ready: Vec<usize> = (0..edges.len()).filter(|&i| waiting[i] == 0).collect();
    let mut above = vec![SkillSet::default(); edges.len()];
    while let Some(here) = ready.pop() {
        let mut set = SkillSet::default();
        for &before in &edges[here] {
            set.insert(SkillNo(before as u16));
            set.union(&above[before]);
        }
        above[here] = set;
        for &after in &turned[here] {
            waiting[after] -= 1;
            if waiting[after] == 0 {
                ready.push(after);
            }
        }
    }
    above
}

/// After so many faults the search for near names stops: it is there for slips of the pen, not for a wrong file.
const MOST_GUESSES: usize = 50;

fn near<'a>(wrong: &str, known: impl Iterator<Item = &'a str>, told: usize) -> Option<String> {
    if told > MOST_GUESSES { None } else { nearest(wrong, known) }
}
