//! The knowledge map: skills, what rests on what, and the order that follows from it (C3.1).
//!
//! A [`KnowledgeMap`] exists only without mistakes: it is built from [`MapParts`], which names every fault of a map
//! at once. How a map is written as a file is the affair of the content room; what a learner knows of it stands in
//! `model`.

mod faults;
mod parts;
mod set;

pub use faults::{Figures, MapFault, MapLimits, Relation};
pub use parts::{CompetencyPart, ItemTypePart, LevelPart, LevelStepPart, MapParts, SkillPart, StrandPart};
pub use set::SkillSet;

use crate::ids::SkillId;
use std::collections::BTreeMap;

/// A skill's place on one map, in the order of the file. It has no meaning outside that map and is never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillNo(pub u16);

impl SkillNo {
    /// As an index into anything that is kept one to a skill.
    pub fn at(self) -> usize {
        usize::from(self.0)
    }
}

/// A strand: skills that belong together within a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strand {
    /// Such as `numeracy.add`.
    pub id: String,
    /// Such as `numeracy`.
    pub domain: String,
    /// Title in the map's own language.
    pub title: String,
}

/// A way of answering, with its chances.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemType {
    /// Such as `mc4`.
    pub id: String,
    /// What it is, in the map's own language.
    pub name: String,
    /// Chance of a right answer without the skill, above 0 and below 1.
    pub guess: f64,
    /// Chance of a wrong answer with the skill, above 0 and below 1.
    pub slip: f64,
    /// Whether the way of answering fixes the guess.
    pub guess_fixed: bool,
}

impl ItemType {
    /// Item types that need a person to hear, watch or mark; no device can give them.
    const BY_PERSON: [&str; 4] = ["oral", "read-aloud", "write-paper", "observe"];

    /// Whether a person has to hear, watch or mark it.
    pub fn by_person(&self) -> bool {
        Self::BY_PERSON.contains(&self.id.as_str())
    }
}

/// A skill of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// Its id, never reused.
    pub id: SkillId,
    /// First four bytes of the SHA-256 of the id: its short name in the store's keys.
    pub short: [u8; 4],
    /// Title for teachers, in the map's own language.
    pub title: String,
    /// What follows "I can …", in the map's own language.
    pub can: String,
    /// Grade by whose end most are expected to have it; 0 pre-primary.
    pub grade: u8,
    /// Index of its strand in [`KnowledgeMap::strands`].
    pub strand: usize,
    /// Needed before this one.
    pub prerequisites: Vec<SkillNo>,
    /// Helpful before this one; never blocks.
    pub soft: Vec<SkillNo>,
    /// Skills that are practised by doing this one, with weights above 0 and at most 1.
    pub encompassed: Vec<(SkillNo, f64)>,
    /// Indices of its usual item types in [`KnowledgeMap::item_types`], the chief one first.
    pub item_types: Vec<usize>,
    /// Correct responses (or words) a minute that count as fluent; none: fluency is not asked.
    pub fluency: Option<u16>,
    /// Whether its content depends on the language.
    pub by_language: bool,
}

/// One step of a level table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelStep {
    /// Such as `NL2`.
    pub id: String,
    /// Title in the map's own language.
    pub title: String,
    /// Skills that make the step, together with those of all lower steps.
    pub skills: Vec<SkillNo>,
}

/// Levels of one domain for grouping a whole class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelTable {
    /// Domain.
    pub domain: String,
    /// From the lowest to the highest.
    pub steps: Vec<LevelStep>,
}

/// A cross-cutting competency: noted by people, never computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// Such as `x.sel.1`.
    pub id: String,
    /// Such as `social-emotional`.
    pub family: String,
    /// Title in the map's own language.
    pub title: String,
}

/// A map without mistakes.
#[derive(Debug, Clone, PartialEq)]
pub struct KnowledgeMap {
    id: String,
    version: String,
    locale: String,
    title: String,
    strands: Vec<Strand>,
    item_types: Vec<ItemType>,
    levels: Vec<LevelTable>,
    competencies: Vec<Competency>,
    skills: Vec<Skill>,
    by_id: BTreeMap<SkillId, SkillNo>,
    by_short: BTreeMap<[u8; 4], SkillNo>,
    order: Vec<SkillNo>,
    dependants: Vec<Vec<SkillNo>>,
    ancestors: Vec<SkillSet>,
    descendants: Vec<SkillSet>,
    depth: Vec<u16>,
    warnings: Vec<MapFault>,
}

impl KnowledgeMap {
    /// Builds the map, or gives every fault of it at once (warnings among them). A map that has only warnings is
    /// built and keeps them in [`Self::warnings`].
    pub fn build(parts: MapParts) -> Result<Self, Vec<MapFault>> {
        let faults = faults::all(&parts);
        if faults.iter().any(MapFault::is_error) {
            return Err(faults);
        }
        let by_id: BTreeMap<SkillId, SkillNo> =
            parts.skills.iter().enumerate().map(|(i, s)| (s.id.clone(), SkillNo(i as u16))).collect();
        let by_short = parts.skills.iter().enumerate().map(|(i, s)| (s.short, SkillNo(i as u16))).collect();
        let MapParts { id, version, locale, title, strands, item_types, levels, competencies, skills } = parts;
        let strands: Vec<Strand> =
            strands.into_iter().map(|s| Strand { id: s.id, domain: s.domain, title: s.title }).collect();
        let item_types: Vec<ItemType> = item_types
            .into_iter()
            .map(|t| ItemType { id: t.id, name: t.name, guess: t.guess, slip: t.slip, guess_fixed: t.guess_fixed })
            .collect();
        let skills: Vec<Skill> = skills.into_iter().map(|s| resolve(s, &by_id, &strands, &item_types)).collect();
        let levels = levels.into_iter().map(|l| resolve_levels(l, &by_id)).collect();
        let competencies =
            competencies.into_iter().map(|c| Competency { id: c.id, family: c.family, title: c.title }).collect();
        let mut map = Self {
            id,
            version,
            locale,
            title,
            strands,
            item_types,
            levels,
            competencies,
            by_id,
            by_short,
            order: Vec::new(),
            dependants: vec![Vec::new(); skills.len()],
            ancestors: vec![SkillSet::default(); skills.len()],
            descendants: vec![SkillSet::default(); skills.len()],
            depth: vec![0; skills.len()],
            skills,
            warnings: faults,
        };
        map.derive();
        Ok(map)
    }

    /// Fills in what follows from the prerequisites: order, dependants, ancestors, descendants, depth.
    fn derive(&mut self) {
        let mut waiting: Vec<usize> = self.skills.iter().map(|s| s.prerequisites.len()).collect();
        for no in self.numbers() {
            for &before in &self.skills[no.at()].prerequisites {
                self.dependants[before.at()].push(no);
            }
        }
        let mut ready: Vec<SkillNo> = self.numbers().filter(|no| waiting[no.at()] == 0).collect();
        let mut next = 0;
        while next < ready.len() {
            let no = ready[next];
            next += 1;
            for &after in &self.dependants[no.at()] {
                waiting[after.at()] -= 1;
                if waiting[after.at()] == 0 {
                    ready.push(after);
                }
            }
        }
        self.order = ready;
        for &no in &self.order {
            let mut above = SkillSet::default();
            let mut depth = 0;
            for &before in &self.skills[no.at()].prerequisites {
                above.insert(before);
                above.union(&self.ancestors[before.at()]);
                depth = depth.max(self.depth[before.at()] + 1);
            }
            self.ancestors[no.at()] = above;
            self.depth[no.at()] = depth;
        }
        for &no in self.order.iter().rev() {
            let mut below = SkillSet::default();
            for &after in &self.dependants[no.at()] {
                below.insert(after);
                below.union(&self.descendants[after.at()]);
            }
            self.descendants[no.at()] = below;
        }
    }

    /// The map's id, such as `foundations`.
    pub fn id(&self) -> &str {
        &self.id
    }
    /// The map's version.
    pub fn version(&self) -> &str {
        &self.version
    }
    /// The language of the map's own titles, BCP 47.
    pub fn locale(&self) -> &str {
        &self.locale
    }
    /// The map's title in its own language.
    pub fn title(&self) -> &str {
        &self.title
    }
    /// Strands in the order of the file.
    pub fn strands(&self) -> &[Strand] {
        &self.strands
    }
    /// Item types in the order of the file.
    pub fn item_types(&self) -> &[ItemType] {
        &self.item_types
    }
    /// The item type of that id.
    pub fn item_type(&self, id: &str) -> Option<&ItemType> {
        self.item_types.iter().find(|t| t.id == id)
    }
    /// Level tables in the order of the file.
    pub fn levels(&self) -> &[LevelTable] {
        &self.levels
    }
    /// Competencies in the order of the file.
    pub fn competencies(&self) -> &[Competency] {
        &self.competencies
    }
    /// Skills in the order of the file.
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }
    /// How many skills there are.
    pub fn len(&self) -> usize {
        self.skills.len()
    }
    /// Whether there is no skill.
    pub fn is_empty(&self) -> bool {
        self.skills.is_empty()
    }
    /// All places, in the order of the file.
    pub fn numbers(&self) -> impl DoubleEndedIterator<Item = SkillNo> + use<> {
        (0..self.skills.len() as u16).map(SkillNo)
    }
    /// The skill at a place of this map.
    pub fn skill(&self, no: SkillNo) -> &Skill {
        &self.skills[no.at()]
    }
    /// The strand of a skill.
    pub fn strand_of(&self, no: SkillNo) -> &Strand {
        &self.strands[self.skill(no).strand]
    }
    /// The place of a skill by its id.
    pub fn find(&self, id: &SkillId) -> Option<SkillNo> {
        self.by_id.get(id).copied()
    }
    /// The place of a skill by its short name in the store's keys.
    pub fn find_short(&self, short: [u8; 4]) -> Option<SkillNo> {
        self.by_short.get(&short).copied()
    }
    /// Every skill after all its prerequisites; among equals the order of the file.
    pub fn order(&self) -> &[SkillNo] {
        &self.order
    }
    /// Skills that need this one directly.
    pub fn dependants(&self, no: SkillNo) -> &[SkillNo] {
        &self.dependants[no.at()]
    }
    /// Everything that this one rests on.
    pub fn ancestors(&self, no: SkillNo) -> &SkillSet {
        &self.ancestors[no.at()]
    }
    /// Everything that rests on this one.
    pub fn descendants(&self, no: SkillNo) -> &SkillSet {
        &self.descendants[no.at()]
    }
    /// Length of the longest way from a skill without prerequisites; 0 for such a skill itself.
    pub fn depth(&self, no: SkillNo) -> u16 {
        self.depth[no.at()]
    }
    /// What is odd about this map without making it unusable.
    pub fn warnings(&self) -> &[MapFault] {
        &self.warnings
    }

    /// Whether the skill lists item types of different guess, all of them counted: the mastery rule's (d) by its letter.
    pub fn mixed_formats(&self, no: SkillNo) -> bool {
        self.differ(no, |_| true)
    }

    /// As [`Self::mixed_formats`], counting only what a device can give: on devices alone a learner could otherwise
    /// never show a skill whose one unguessable format is heard by a teacher.
    pub fn mixed_device_formats(&self, no: SkillNo) -> bool {
        self.differ(no, |t| !t.by_person())
    }

    fn differ(&self, no: SkillNo, counts: impl Fn(&ItemType) -> bool) -> bool {
        let mut guesses =
            self.skill(no).item_types.iter().map(|&t| &self.item_types[t]).filter(|t| counts(t)).map(|t| t.guess);
        match guesses.next() {
            Some(first) => guesses.any(|g| g != first),
            None => false,
        }
    }

    /// The chief item type that a device can give, else the first one.
    pub fn chief_type(&self, no: SkillNo) -> &ItemType {
        let types = &self.skill(no).item_types;
        let chief = types.iter().map(|&t| &self.item_types[t]).find(|t| !t.by_person());
        chief.unwrap_or(&self.item_types[types[0]])
    }
}

fn resolve(part: SkillPart, by_id: &BTreeMap<SkillId, SkillNo>, strands: &[Strand], item_types: &[ItemType]) -> Skill {
    let all = |ids: Vec<SkillId>| ids.iter().map(|id| by_id[id]).collect();
    Skill {
        strand: strands.iter().position(|s| s.id == part.id.strand()).expect("a skill without a strand is a fault"),
        short: part.short,
        title: part.title,
        can: part.can,
        grade: part.grade,
        prerequisites: all(part.prerequisites),
        soft: all(part.soft),
        encompassed: part.encompassed.iter().map(|(id, weight)| (by_id[id], *weight)).collect(),
        item_types: part.item_types.iter().filter_map(|id| item_types.iter().position(|t| t.id == *id)).collect(),
        fluency: part.fluency,
        by_language: part.by_language,
        id: part.id,
    }
}

fn resolve_levels(part: LevelPart, by_id: &BTreeMap<SkillId, SkillNo>) -> LevelTable {
    let step = |s: LevelStepPart| LevelStep {
        id: s.id,
        title: s.title,
        skills: s.skills.iter().map(|id| by_id[id]).collect(),
    };
    LevelTable { domain: part.domain, steps: part.steps.into_iter().map(step).collect() }
}

#[cfg(test)]
pub(crate) mod tests;
