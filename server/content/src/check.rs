//! A content pack as a whole: everything that it holds, beside every mistake in it, at once.

use crate::all::{FileKind, kind_of};
use crate::diagnostic::{Diagnostic, Mistake, Severity};
use crate::formats::context::{PlaceContext, read_context};
use crate::formats::drawing;
use crate::formats::lesson::{LessonScene, name_of, read_lesson};
use crate::formats::map::read_map_and_ids;
use crate::formats::pack::{PackKind, PackManifest, read_manifest};
use crate::formats::titles::read_titles;
use crate::lesson::{Lesson, StepKind};
use crate::map_ids::MapIds;
use crate::notes::{self, Notes};
use chalkbox_domain::ids::SkillId;
use chalkbox_domain::map::KnowledgeMap;
use chalkbox_domain::near::nearest;
use chalkbox_domain::titles::TitleBook;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a file that only authors read, at most.
const REFERENCE_BYTES: usize = 2 << 20;

/// What could be read of a content pack.
#[derive(Debug, Clone, Default)]
pub struct ContentPack {
    /// What the pack is; none if that could not be read.
    pub manifest: Option<PackManifest>,
    /// The map; none if the pack has none or it is not sound.
    pub map: Option<KnowledgeMap>,
    /// The map's titles in other languages.
    pub titles: TitleBook,
    /// Places by country.
    pub contexts: BTreeMap<String, PlaceContext>,
    /// Lessons by skill and locale.
    pub lessons: BTreeMap<(SkillId, String), Lesson>,
    /// Paths in `media/`.
    pub media: BTreeSet<String>,
}

impl ContentPack {
    /// The lesson for a skill: in that language, in the language without its region, else in the pack's first.
    pub fn lesson(&self, skill: &SkillId, locale: &str) -> Option<&Lesson> {
        let best = self.manifest.as_ref().map_or("en", |m| m.best_locale(locale));
        let first = self.manifest.as_ref().and_then(|m| m.locales.first());
        let find = |locale: &str| self.lessons.get(&(skill.clone(), locale.to_owned()));
        find(best).or_else(|| first.and_then(|l| find(l)))
    }
}

/// Reads a content pack from its files (path in the pack, bytes). Files that are broken are left out of the result;
/// the diagnostics come in the order of the files, then lines.
pub fn check_content_pack(files: &BTreeMap<String, Vec<u8>>) -> (ContentPack, Vec<Diagnostic>) {
    let mut pack = ContentPack::default();
    let mut found = Vec::new();
    let paths: BTreeSet<String> = files.keys().cloned().collect();
    match files.get("pack.toml") {
        Some(bytes) => {
            let (manifest, diagnostics) = read_manifest("pack.toml", bytes);
            found.extend(diagnostics);
            if manifest.as_ref().is_some_and(|m| m.kind == PackKind::Plugin) {
                found.push(Diagnostic::about("pack.toml", Severity::Error, Mistake::OtherKind { kind: "plugin" }));
            }
            pack.manifest = manifest;
        }
        None => found.push(missing("pack.toml", Severity::Error)),
    }
    if !files.contains_key("LICENSE") {
        found.push(missing("LICENSE", Severity::Warning));
    }
    let mut ids = None;
    if let Some(bytes) = files.get("map.toml") {
        let read = read_map_and_ids("map.toml", bytes);
        found.extend(read.found);
        (pack.map, ids) = (read.map, read.ids);
    }
    pack.media = paths.iter().filter(|p| kind_of(p) == FileKind::Media).cloned().collect();
    // Without a readable manifest the locales are those that files are named after.
    let locales = pack.manifest.as_ref().map_or_else(|| named_locales(&paths), |m| m.locales.clone());
    let mut titles = BTreeMap::new();
    for (path, bytes) in files {
        match kind_of(path) {
            FileKind::Manifest | FileKind::Map | FileKind::Words => {}
            FileKind::Titles => {
                let locale = path.trim_start_matches("locales/").trim_end_matches(".toml");
                known_locale(path, locale, &locales, &mut found);
                let (read, diagnostics) = read_titles(path, bytes, ids.as_ref());
                found.extend(diagnostics);
                titles.insert(locale.to_owned(), read);
            }
            FileKind::Context => {
                let (place, diagnostics) = read_context(path, bytes, &locales);
                found.extend(diagnostics);
                pack.contexts.extend(place.map(|p| (p.country.clone(), p)));
            }
            FileKind::Lesson => {
                known_locale(path, &name_of(path).1, &locales, &mut found);
                let (lesson, diagnostics) = read_lesson(path, bytes, LessonScene { locales: &locales, files: &paths });
                found.extend(diagnostics);
                if let Some(lesson) = lesson {
                    pack.lessons.insert((lesson.skill.clone(), lesson.locale.clone()), lesson);
                }
            }
            FileKind::Media => media(path, bytes, &mut found),
            FileKind::Captions => captions(path, bytes, &mut found),
            FileKind::Reference => reference(path, bytes, &mut found),
            FileKind::Unknown => found.push(Diagnostic::about(path, Severity::Warning, Mistake::UnknownFile)),
        }
    }
    pack.titles = TitleBook::new(titles);
    across(&pack, ids.as_ref(), &paths, &locales, &mut found);
    found.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    (pack, found)
}

fn missing(path: &str, severity: Severity) -> Diagnostic {
    Diagnostic::about(path, severity, Mistake::MissingFile { path: path.to_owned() })
}

fn named_locales(paths: &BTreeSet<String>) -> Vec<String> {
    let lessons = paths.iter().filter(|p| kind_of(p) == FileKind::Lesson).map(|p| name_of(p).1);
    lessons.filter(|l| notes::is_locale(l)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn known_locale(path: &str, locale: &str, locales: &[String], found: &mut Vec<Diagnostic>) {
    if !locales.iter().any(|l| l == locale) {
        let what = Mistake::UnknownLocale { locale: locale.chars().take(40).collect() };
        found.push(Diagnostic::about(path, Severity::Error, what));
    }
}

/// What only several files together show.
fn across(
    pack: &ContentPack,
    ids: Option<&MapIds>,
    paths: &BTreeSet<String>,
    locales: &[String],
    found: &mut Vec<Diagnostic>,
) {
    let named: BTreeSet<(String, String)> =
        paths.iter().filter(|p| kind_of(p) == FileKind::Lesson).map(|p| name_of(p)).collect();
    if let Some(ids) = ids {
        for (name, locale) in named.iter().filter(|(skill, _)| !ids.skills.contains(skill)) {
            let Ok(skill) = name.parse::<SkillId>() else { continue };
            let path = lesson_path(&skill, locale);
            let nearest = nearest(name, ids.skills.iter().map(String::as_str));
            found.push(Diagnostic::about(&path, Severity::Error, Mistake::LessonSkill { skill, nearest }));
        }
    }
    let skills: BTreeSet<&String> = named.iter().map(|(skill, _)| skill).collect();
    for skill in skills {
        let lacks = locales.iter().filter(|l| !named.contains(&(skill.clone(), (*l).clone())));
        let Ok(id) = skill.parse::<SkillId>() else { continue };
        for locale in lacks {
            let here = named.iter().find(|(s, _)| s == skill).map_or("", |(_, l)| l);
            let what = Mistake::LessonMissing { skill: id.clone(), locale: locale.clone() };
            found.push(Diagnostic::about(&lesson_path(&id, here), Severity::Warning, what));
        }
    }
    let kinds = |l: &Lesson| l.steps.iter().map(|s| s.kind).collect::<Vec<StepKind>>();
    let mut first: BTreeMap<&SkillId, &Lesson> = BTreeMap::new();
    for lesson in pack.lessons.values() {
        let other = *first.entry(&lesson.skill).or_insert(lesson);
        if kinds(other) != kinds(lesson) {
            let what = Mistake::StepsDiffer { locale: other.locale.clone() };
            found.push(Diagnostic::about(&lesson_path(&lesson.skill, &lesson.locale), Severity::Warning, what));
        }
    }
    let used: BTreeSet<&str> = pack.lessons.values().flat_map(Lesson::media).collect();
    let unread = paths.iter().filter(|p| kind_of(p) == FileKind::Lesson).count() > pack.lessons.len();
    if !unread {
        for path in pack.media.iter().filter(|p| !used.contains(p.as_str())) {
            found.push(Diagnostic::about(path, Severity::Warning, Mistake::UnusedFile));
        }
    }
}

fn lesson_path(skill: &SkillId, locale: &str) -> String {
    format!("lessons/{skill}.{locale}.md")
}

/// Whether a file is what its ending says; a drawing must not do anything.
fn media(path: &str, bytes: &[u8], found: &mut Vec<Diagnostic>) {
    let mut error = |what| found.push(Diagnostic::about(path, Severity::Error, what));
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    let expected = match path.rsplit_once('.').map_or("", |(_, e)| e) {
        "svg" => return found.extend(drawing::check(path, bytes)),
        "png" if !begins(b"\x89PNG\r\n\x1a\n") => "PNG picture",
        "jpg" if !begins(&[0xff, 0xd8, 0xff]) => "JPEG picture",
        "mp3" if !(begins(b"ID3") || matches!(bytes, [0xff, b, ..] if b & 0xe6 == 0xe2)) => "MP3 sound",
        "mp4" if bytes.get(4..8) != Some(b"ftyp") => "MP4 film",
        _ => return,
    };
    error(Mistake::NotMedia { expected });
}

fn captions(path: &str, bytes: &[u8], found: &mut Vec<Diagnostic>) {
    if std::str::from_utf8(bytes).is_err() {
        found.push(Diagnostic::about(path, Severity::Error, Mistake::NotUtf8));
    } else if !bytes.starts_with(b"WEBVTT") {
        found.push(Diagnostic::about(path, Severity::Error, Mistake::NotMedia { expected: "WebVTT file" }));
    }
}

fn reference(path: &str, bytes: &[u8], found: &mut Vec<Diagnostic>) {
    match notes::text(path, bytes, REFERENCE_BYTES) {
        Err(wrong) => found.push(*wrong),
        Ok(text) => {
            let mut notes = Notes::new(path, text, 0);
            notes::parse(&mut notes, text);
            found.append(&mut notes.found);
        }
    }
}
