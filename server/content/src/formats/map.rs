//! `map.toml`: the knowledge map as authors write it, one skill a line. What its keys mean stands at the head of the
//! bundled map and in the schema; what a map may be is decided in the domain.

use crate::diagnostic::{Diagnostic, Mistake, Severity};
use crate::hash::skill_short;
use crate::map_ids::MapIds;
use crate::notes::{self, At, Notes, Table};
use chalkbox_domain::ids::SkillId;
use chalkbox_domain::map::{
    CompetencyPart, ItemTypePart, KnowledgeMap, LevelPart, LevelStepPart, MapFault, MapParts, SkillPart, StrandPart,
};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::DeValue;

/// Bytes of a map, at most.
pub const MOST_BYTES: usize = 2 << 20;
/// Characters of a title, at most.
const TITLE: usize = 200;
/// Characters of an id, at most.
const ID: usize = 64;

/// What could be read of a map.
#[derive(Debug, Clone, Default)]
pub struct ReadMap {
    /// The map, only if nothing is wrong with it.
    pub map: Option<KnowledgeMap>,
    /// Its ids; none if it is no TOML at all.
    pub ids: Option<MapIds>,
    /// All that is wrong, at once.
    pub found: Vec<Diagnostic>,
}

/// Reads a map. There is a map only if nothing is wrong with it; all that is wrong is told at once.
pub fn read_map(file: &str, bytes: &[u8]) -> (Option<KnowledgeMap>, Vec<Diagnostic>) {
    let ReadMap { map, found, .. } = read_map_and_ids(file, bytes);
    (map, found)
}

/// Reads a map as [`read_map`] does, and its ids even where there is no map.
pub fn read_map_and_ids(file: &str, bytes: &[u8]) -> ReadMap {
    let text = match notes::text(file, bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(wrong) => return ReadMap { found: vec![*wrong], ..ReadMap::default() },
    };
    let mut notes = Notes::new(file, text, 0);
    let Some(table) = notes::parse(&mut notes, text) else {
        return ReadMap { found: notes.found, ..ReadMap::default() };
    };
    let mut top = Table::new(table.get_ref(), 0);
    let mut parts = MapParts::default();
    head(&mut notes, &mut top, &mut parts);
    let mut defined = BTreeMap::new();
    item_types(&mut notes, &mut top, &mut parts, &mut defined);
    strands(&mut notes, &mut top, &mut parts, &mut defined);
    levels(&mut notes, &mut top, &mut parts, &mut defined);
    competencies(&mut notes, &mut top, &mut parts, &mut defined);
    let mut ids = MapIds {
        skills: Vec::new(),
        strands: parts.strands.iter().map(|s| s.id.clone()).collect(),
        levels: parts.levels.iter().flat_map(|l| &l.steps).map(|s| s.id.clone()).collect(),
        competencies: parts.competencies.iter().map(|c| c.id.clone()).collect(),
    };
    let places = skills(&mut notes, &mut top, &mut parts, &mut ids.skills);
    top.done(&mut notes);
    let map = judge(&mut notes, parts, &places, &defined);
    ReadMap { map, ids: Some(ids), found: notes.found }
}

/// The map of these parts if nothing is wrong; notes what is.
fn judge(notes: &mut Notes, parts: MapParts, places: &[usize], defined: &Places) -> Option<KnowledgeMap> {
    let (map, faults) = match KnowledgeMap::build(parts) {
        Ok(map) => {
            let warnings = map.warnings().to_vec();
            (Some(map), warnings)
        }
        Err(faults) => (None, faults),
    };
    let broken = notes.has_error();
    for fault in faults {
        // An empty map is no news where its skills could not be read.
        if broken && fault == MapFault::Empty {
            continue;
        }
        let severity = if fault.is_error() { Severity::Error } else { Severity::Warning };
        let place = fault.part().and_then(|part| places.get(part));
        match (place.or_else(|| fault.definition().and_then(|id| defined.get(id))), severity) {
            (Some(&at), Severity::Error) => notes.error(at, Mistake::Map(fault)),
            (Some(&at), Severity::Warning) => notes.warning(at, Mistake::Map(fault)),
            (None, severity) => notes.whole(severity, Mistake::Map(fault)),
        }
    }
    notes.found.sort_by_key(|d| d.line);
    map.filter(|_| !broken)
}

/// Where strands, item types, level steps and competencies are defined, by id; of two the later one.
type Places = BTreeMap<String, usize>;

fn head(notes: &mut Notes, top: &mut Table, parts: &mut MapParts) {
    let Some(mut head) = top.table(notes, "map") else { return };
    let mut text = |key, most| head.text(notes, key, most).map(|t| t.value).unwrap_or_default();
    parts.id = text("id", ID);
    parts.version = text("version", 40);
    parts.title = text("title", TITLE);
    text("licence", 100);
    if let Some(locale) = head.text(notes, "language_of_titles", 35) {
        if !notes::is_locale(&locale.value) {
            notes.error(
                locale.at,
                Mistake::NotA { text: locale.value.clone(), expected: "a language tag such as “en”" },
            );
        }
        parts.locale = locale.value;
    }
    head.done(notes);
}

fn item_types(notes: &mut Notes, top: &mut Table, parts: &mut MapParts, defined: &mut Places) {
    let Some(mut types) = top.table(notes, "item_type") else { return };
    for (id, value) in types.rest() {
        let Some(mut table) = Table::of(notes, id.value, value) else { continue };
        let name = table.text(notes, "name", TITLE);
        let guess = table.number(notes, "guess");
        let slip = table.number(notes, "slip");
        let guess_fixed = table.flag(notes, "gfix");
        table.done(notes);
        defined.insert(id.value.to_owned(), id.at);
        parts.item_types.push(ItemTypePart {
            id: id.value.to_owned(),
            name: name.map(|n| n.value).unwrap_or_default(),
            guess: guess.unwrap_or(0.1),
            slip: slip.unwrap_or(0.1),
            guess_fixed,
        });
    }
}

fn strands(notes: &mut Notes, top: &mut Table, parts: &mut MapParts, defined: &mut Places) {
    let Some(mut strands) = top.table(notes, "strand") else { return };
    for (id, value) in strands.rest() {
        let Some(mut table) = Table::of(notes, id.value, value) else { continue };
        let domain = table.text(notes, "domain", ID);
        let title = table.text(notes, "t", TITLE);
        // alignments with frameworks: for people to read
        for key in ["gpf", "ccss"] {
            if let Some(value) = table.take(key) {
                notes::text_of(notes, key, value, TITLE);
            }
        }
        table.done(notes);
        defined.insert(id.value.to_owned(), id.at);
        parts.strands.push(StrandPart {
            id: id.value.to_owned(),
            domain: domain.map(|d| d.value).unwrap_or_default(),
            title: title.map(|t| t.value).unwrap_or_default(),
        });
    }
}

fn levels(notes: &mut Notes, top: &mut Table, parts: &mut MapParts, defined: &mut Places) {
    for value in top.list(notes, "level") {
        let Some(mut table) = Table::of(notes, "level", value) else { continue };
        let domain = table.text(notes, "domain", ID).map(|d| d.value).unwrap_or_default();
        let mut steps = Vec::new();
        for value in table.list(notes, "steps") {
            let Some(mut step) = Table::of(notes, "steps", value) else { continue };
            let id = step.text(notes, "id", ID).map(|i| i.value).unwrap_or_default();
            let title = step.text(notes, "t", TITLE).map(|t| t.value).unwrap_or_default();
            let skills = references(notes, &mut step, "skills");
            step.done(notes);
            defined.insert(id.clone(), value.span().start);
            steps.push(LevelStepPart { id, title, skills });
        }
        table.done(notes);
        parts.levels.push(LevelPart { domain, steps });
    }
}

fn competencies(notes: &mut Notes, top: &mut Table, parts: &mut MapParts, defined: &mut Places) {
    if let Some(value) = top.take("competency_rubric")
        && let Some(mut rubric) = Table::of(notes, "competency_rubric", value)
    {
        rubric.texts(notes, "levels", TITLE);
        rubric.done(notes);
    }
    let Some(value) = top.take("competency") else { return };
    let Some(mut table) = Table::of(notes, "competency", value) else { return };
    for (id, value) in table.rest() {
        let Some(mut table) = Table::of(notes, id.value, value) else { continue };
        let family = table.text(notes, "family", TITLE);
        let title = table.text(notes, "t", TITLE);
        if let Some(value) = table.take("four_c") {
            notes::text_of(notes, "four_c", value, ID);
        }
        table.done(notes);
        defined.insert(id.value.to_owned(), id.at);
        parts.competencies.push(CompetencyPart {
            id: id.value.to_owned(),
            family: family.map(|f| f.value).unwrap_or_default(),
            title: title.map(|t| t.value).unwrap_or_default(),
        });
    }
}

/// Reads the blocks of skills; gives where each part stands, and every id.
fn skills(notes: &mut Notes, top: &mut Table, parts: &mut MapParts, ids: &mut Vec<String>) -> Vec<usize> {
    let mut places = Vec::new();
    let Some(blocks) = top.need(notes, "skills") else { return places };
    for value in notes::list_of(notes, "skills", blocks) {
        let Some(mut block) = Table::of(notes, "skills", value) else { continue };
        let domain = block.text(notes, "domain", ID).map(|d| d.value).unwrap_or_default();
        for value in block.list(notes, "list") {
            let Some(table) = Table::of(notes, "list", value) else { continue };
            if let Some(part) = skill(notes, table, &domain, ids) {
                places.push(value.span().start);
                parts.skills.push(part);
            }
        }
        block.done(notes);
    }
    places
}

fn skill(notes: &mut Notes, mut table: Table, domain: &str, ids: &mut Vec<String>) -> Option<SkillPart> {
    let id = table.text(notes, "id", ID);
    ids.extend(id.as_ref().map(|id| id.value.clone()));
    let id = id.and_then(|id| skill_id(notes, &id));
    let title = table.text(notes, "t", TITLE);
    let can = table.text(notes, "can", TITLE);
    let grade = table.whole(notes, "g", 0..=i64::from(u8::MAX));
    let prerequisites = needed(notes, &mut table, "pre", references_of);
    let soft = references(notes, &mut table, "soft");
    let encompassed = encompassed(notes, &mut table);
    let item_types = needed(notes, &mut table, "it", |notes, key, value| {
        let texts = notes::list_of(notes, key, value);
        texts.into_iter().filter_map(|v| notes::text_of(notes, key, v, ID)).map(|t| t.value).collect()
    });
    let fluency = table.take("fl").and_then(|v| notes::whole_of(notes, "fl", v, 1..=i64::from(u16::MAX)));
    let by_language = table.flag(notes, "lang");
    table.done(notes);
    let id = id?;
    Some(SkillPart {
        short: skill_short(&id),
        id,
        title: title.map(|t| t.value).unwrap_or_default(),
        can: can.map(|c| c.value).unwrap_or_default(),
        grade: grade.unwrap_or(0) as u8,
        domain: domain.to_owned(),
        prerequisites,
        soft,
        encompassed,
        item_types,
        fluency: fluency.map(|f| f as u16),
        by_language,
    })
}

/// A list that must be there, though it may be empty.
fn needed<T>(
    notes: &mut Notes,
    table: &mut Table,
    key: &'static str,
    read: impl Fn(&mut Notes, &str, &Spanned<DeValue>) -> Vec<T>,
) -> Vec<T> {
    table.need(notes, key).map_or_else(Vec::new, |value| read(notes, key, value))
}

fn references(notes: &mut Notes, table: &mut Table, key: &'static str) -> Vec<SkillId> {
    table.take(key).map_or_else(Vec::new, |value| references_of(notes, key, value))
}

fn references_of(notes: &mut Notes, key: &str, value: &Spanned<DeValue>) -> Vec<SkillId> {
    let texts = notes::list_of(notes, key, value);
    let mut skills: Vec<SkillId> = Vec::with_capacity(texts.len());
    for value in texts {
        let Some(text) = notes::text_of(notes, key, value, ID) else { continue };
        let Some(skill) = skill_id(notes, &text) else { continue };
        if skills.contains(&skill) {
            notes.error(text.at, Mistake::Doubled { key: key.to_owned(), value: text.value });
        } else {
            skills.push(skill);
        }
    }
    skills
}

fn encompassed(notes: &mut Notes, table: &mut Table) -> Vec<(SkillId, f64)> {
    let Some(value) = table.take("enc") else { return Vec::new() };
    let Some(mut weights) = Table::of(notes, "enc", value) else { return Vec::new() };
    let mut encompassed = Vec::new();
    for (id, value) in weights.rest() {
        let skill = skill_id(notes, &At { value: id.value.to_owned(), at: id.at });
        let weight = notes::number_of(notes, id.value, value);
        encompassed.extend(skill.zip(weight));
    }
    encompassed
}

fn skill_id(notes: &mut Notes, id: &At<String>) -> Option<SkillId> {
    match id.value.parse::<SkillId>() {
        Ok(skill) if id.value.matches('.').count() >= 2 && id.value.split('.').all(|p| !p.is_empty()) => Some(skill),
        _ => {
            let expected = "an id such as “numeracy.add.within-10”: a-z, 0-9 and “-” in at least three parts";
            notes.error(id.at, Mistake::NotA { text: id.value.chars().take(80).collect(), expected });
            None
        }
    }
}
