//! `locales/<locale>.toml`: the titles of a map in another language.

use crate::diagnostic::{Diagnostic, Mistake, Severity};
use crate::map_ids::MapIds;
use crate::notes::{self, At, Notes, Table};
use chalkbox_domain::near::nearest;
use chalkbox_domain::titles::{MapTitles, SkillTitle};
use std::collections::BTreeMap;

/// Bytes of a file of titles, at most.
pub const MOST_BYTES: usize = 2 << 20;
/// Characters of a title, at most.
const TITLE: usize = 200;

/// Reads titles and compares them with the ids of the map that they belong to, if these are known. Mistaken ones are
/// left out.
pub fn read_titles(file: &str, bytes: &[u8], ids: Option<&MapIds>) -> (MapTitles, Vec<Diagnostic>) {
    let mut titles = MapTitles::default();
    let text = match notes::text(file, bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(wrong) => return (titles, vec![*wrong]),
    };
    let mut notes = Notes::new(file, text, 0);
    let Some(table) = notes::parse(&mut notes, text) else { return (titles, notes.found) };
    let mut top = Table::new(table.get_ref(), 0);
    titles.strands = plain(&mut notes, &mut top, "strand", ids.map(|i| &i.strands));
    titles.levels = plain(&mut notes, &mut top, "level", ids.map(|i| &i.levels));
    titles.competencies = plain(&mut notes, &mut top, "competency", ids.map(|i| &i.competencies));
    for (key, value) in top.rest() {
        if !is_known(&mut notes, "skill", ids.map(|i| &i.skills), &key) {
            continue;
        }
        let Some(mut table) = Table::of(&mut notes, key.value, value) else { continue };
        let title = table.text(&mut notes, "t", TITLE);
        let can = table.text(&mut notes, "can", TITLE);
        table.done(&mut notes);
        // An id that is none was told where the map has it.
        if let (Ok(skill), Some((title, can))) = (key.value.parse(), title.zip(can)) {
            titles.skills.insert(skill, SkillTitle { title: title.value, can: can.value });
        }
    }
    if let Some(ids) = ids {
        missing(&mut notes, ids, &titles);
    }
    (titles, notes.found)
}

/// Whether the map has the id, with a note if not.
fn is_known(notes: &mut Notes, kind: &'static str, known: Option<&Vec<String>>, key: &At<&str>) -> bool {
    let Some(known) = known else { return true };
    let is_known = known.iter().any(|id| id == key.value);
    if !is_known {
        let nearest = nearest(key.value, known.iter().map(String::as_str));
        let id = key.value.chars().take(80).collect();
        notes.error(key.at, Mistake::UnknownTitle { kind, id, nearest });
    }
    is_known
}

/// A table of ids and titles.
fn plain(
    notes: &mut Notes,
    top: &mut Table,
    kind: &'static str,
    known: Option<&Vec<String>>,
) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    let Some(value) = top.take(kind) else { return titles };
    let Some(mut table) = Table::of(notes, kind, value) else { return titles };
    for (key, value) in table.rest() {
        if is_known(notes, kind, known, &key)
            && let Some(title) = notes::text_of(notes, key.value, value, TITLE)
        {
            titles.insert(key.value.to_owned(), title.value);
        }
    }
    titles
}

/// One warning for all that is not translated.
fn missing(notes: &mut Notes, ids: &MapIds, titles: &MapTitles) {
    let skills = ids.skills.iter().filter(|id| !id.parse().is_ok_and(|id| titles.skills.contains_key(&id)));
    let plain =
        [(&ids.strands, &titles.strands), (&ids.levels, &titles.levels), (&ids.competencies, &titles.competencies)];
    let others = plain.into_iter().flat_map(|(known, have)| known.iter().filter(|id| !have.contains_key(*id)));
    let lacking: Vec<&String> = skills.chain(others).collect();
    if let Some(first) = lacking.first() {
        notes.whole(Severity::Warning, Mistake::MissingTitles { count: lacking.len(), first: (*first).clone() });
    }
}
