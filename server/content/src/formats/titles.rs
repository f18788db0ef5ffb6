//! `locales/<locale>.toml`: the titles of a map in another language.

use crate::diagnostic::{Diagnostic, Mistake, Severity};
use crate::notes::{self, Notes, Table};
use chalkbox_domain::map::KnowledgeMap;
use chalkbox_domain::near::nearest;
use chalkbox_domain::titles::{MapTitles, SkillTitle};
use std::collections::BTreeMap;

/// Bytes of a file of titles, at most.
pub const MOST_BYTES: usize = 2 << 20;
/// Characters of a title, at most.
const TITLE: usize = 200;

/// Reads titles and compares them with the map that they belong to. Mistaken ones are left out.
pub fn read_titles(file: &str, bytes: &[u8], map: &KnowledgeMap) -> (MapTitles, Vec<Diagnostic>) {
    let mut titles = MapTitles::default();
    let text = match notes::text(file, bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(wrong) => return (titles, vec![*wrong]),
    };
    let mut notes = Notes::new(file, text, 0);
    let Some(table) = notes::parse(&mut notes, text) else { return (titles, notes.found) };
    let mut top = Table::new(table.get_ref(), 0);
    let strands: Vec<&str> = map.strands().iter().map(|s| s.id.as_str()).collect();
    let levels: Vec<&str> = map.levels().iter().flat_map(|l| &l.steps).map(|s| s.id.as_str()).collect();
    let competencies: Vec<&str> = map.competencies().iter().map(|c| c.id.as_str()).collect();
    titles.strands = plain(&mut notes, &mut top, "strand", &strands);
    titles.levels = plain(&mut notes, &mut top, "level", &levels);
    titles.competencies = plain(&mut notes, &mut top, "competency", &competencies);

    let known = || map.skills().iter().map(|s| s.id.as_str());
    for (key, value) in top.rest() {
        let Some(skill) = known().find(|id| *id == key.value).and_then(|id| id.parse().ok()) else {
            let nearest = nearest(key.value, known());
            let id = key.value.chars().take(80).collect();
            notes.error(key.at, Mistake::UnknownTitle { kind: "skill", id, nearest });
            continue;
        };
        let Some(mut table) = Table::of(&mut notes, key.value, value) else { continue };
        let title = table.text(&mut notes, "t", TITLE);
        let can = table.text(&mut notes, "can", TITLE);
        table.done(&mut notes);
        if let Some((title, can)) = title.zip(can) {
            titles.skills.insert(skill, SkillTitle { title: title.value, can: can.value });
        }
    }
    missing(
        &mut notes,
        map,
        &titles,
        [(&strands, &titles.strands), (&levels, &titles.levels), (&competencies, &titles.competencies)],
    );
    (titles, notes.found)
}

/// A table of ids and titles.
fn plain(notes: &mut Notes, top: &mut Table, kind: &'static str, known: &[&str]) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    let Some(value) = top.take(kind) else { return titles };
    let Some(mut table) = Table::of(notes, kind, value) else { return titles };
    for (key, value) in table.rest() {
        if !known.contains(&key.value) {
            let nearest = nearest(key.value, known.iter().copied());
            notes.error(key.at, Mistake::UnknownTitle { kind, id: key.value.chars().take(80).collect(), nearest });
        } else if let Some(title) = notes::text_of(notes, key.value, value, TITLE) {
            titles.insert(key.value.to_owned(), title.value);
        }
    }
    titles
}

/// One warning for all that is not translated.
fn missing(
    notes: &mut Notes,
    map: &KnowledgeMap,
    titles: &MapTitles,
    plain: [(&Vec<&str>, &BTreeMap<String, String>); 3],
) {
    let skills = map.skills().iter().filter(|s| !titles.skills.contains_key(&s.id)).map(|s| s.id.as_str());
    let others = plain.into_iter().flat_map(|(known, have)| known.iter().copied().filter(|id| !have.contains_key(*id)));
    let lacking: Vec<&str> = skills.chain(others).collect();
    if let Some(first) = lacking.first() {
        notes.whole(Severity::Warning, Mistake::MissingTitles { count: lacking.len(), first: (*first).to_owned() });
    }
}
