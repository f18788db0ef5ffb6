//! `pack.toml`: what a pack is, alike for plugins and for content.

use super::context::localized;
use crate::diagnostic::{Diagnostic, Mistake};
use crate::notes::{self, At, Notes, Table};
use chalkbox_domain::ids::SkillId;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Bytes of a manifest, at most.
pub const MOST_BYTES: usize = 128 << 10;

/// What a pack carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackKind {
    /// A digital tool.
    Plugin,
    /// A map, lessons, contexts, media.
    Content,
}

/// What a pack is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// Explains.
    Teach,
    /// Gives items.
    Practise,
    /// Plays.
    Game,
    /// Measures.
    Assess,
    /// Lets make something.
    Create,
}

/// A skill that a tool serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillUse {
    /// The skill.
    pub id: SkillId,
    /// What the tool does for it.
    pub role: Modality,
}

/// A version in the manner of semver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackVersion {
    /// First number.
    pub major: u64,
    /// Second number.
    pub minor: u64,
    /// Third number.
    pub patch: u64,
    /// What stands behind a `-`; empty: a released version.
    pub pre: String,
}

impl FromStr for PackVersion {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (numbers, pre) = text.split_once('-').unwrap_or((text, ""));
        let number = |t: &str| {
            let plain = !t.is_empty() && t.len() <= 10 && t.bytes().all(|b| b.is_ascii_digit());
            let led = t.len() > 1 && t.starts_with('0');
            if plain && !led { t.parse::<u64>().map_err(|_| ()) } else { Err(()) }
        };
        let mut parts = numbers.split('.');
        let mut next = || parts.next().ok_or(()).and_then(number);
        let version = Self { major: next()?, minor: next()?, patch: next()?, pre: pre.to_owned() };
        let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let pre_fits = if text.contains('-') { pre.len() <= 30 && pre.split('.').all(word) } else { true };
        if parts.next().is_none() && pre_fits { Ok(version) } else { Err(()) }
    }
}

impl fmt::Display for PackVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if self.pre.is_empty() { Ok(()) } else { write!(f, "-{}", self.pre) }
    }
}

impl Ord for PackVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = |v: &Self| (v.major, v.minor, v.patch);
        numbers(self).cmp(&numbers(other)).then_with(|| match (self.pre.is_empty(), other.pre.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => self.pre.split('.').map(Word::of).cmp(other.pre.split('.').map(Word::of)),
        })
    }
}

impl PartialOrd for PackVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// One part of a pre-release: numbers come before words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Word<'a> {
    Number(u64),
    Text(&'a str),
}

impl<'a> Word<'a> {
    fn of(text: &'a str) -> Self {
        text.parse().map_or(Self::Text(text), Self::Number)
    }
}

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackManifest {
    /// Plugin or content.
    pub kind: PackKind,
    /// Such as `org.example.number-bonds`.
    pub id: String,
    /// Its version.
    pub version: PackVersion,
    /// Version of the plugin contract; plugins only.
    pub interface: Option<String>,
    /// SPDX.
    pub licence: String,
    /// BCP 47, the one to fall back to first.
    pub locales: Vec<String>,
    /// Title by locale.
    pub title: BTreeMap<String, String>,
    /// Summary by locale.
    pub summary: BTreeMap<String, String>,
    /// What it is for.
    pub modalities: Vec<Modality>,
    /// Misconceptions that the tool recognises, with words for the teacher by locale.
    pub misconceptions: BTreeMap<String, BTreeMap<String, String>>,
    /// Skills that the tool serves; plugins only.
    pub skills: Vec<SkillUse>,
    /// Memory that the tool asks for, MiB; none: the box's default.
    pub memory_mib: Option<u32>,
}

impl PackManifest {
    /// The locale of the pack in which to serve a reader of `wanted`: the same, the same language, else the pack's first.
    pub fn best_locale(&self, wanted: &str) -> &str {
        let plain = |l: &str| l.split('-').next().unwrap_or("").to_owned();
        let same = self.locales.iter().find(|l| *l == wanted);
        let near = || self.locales.iter().find(|l| plain(l) == plain(wanted));
        same.or_else(near).or(self.locales.first()).map_or("en", String::as_str)
    }
}

/// Reads a manifest; none if anything is wrong with it.
pub fn read_manifest(file: &str, bytes: &[u8]) -> (Option<PackManifest>, Vec<Diagnostic>) {
    let text = match notes::text(file, bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(wrong) => return (None, vec![*wrong]),
    };
    let mut notes = Notes::new(file, text, 0);
    let Some(table) = notes::parse(&mut notes, text) else { return (None, notes.found) };
    let mut top = Table::new(table.get_ref(), 0);
    let n = &mut notes;
    let kind = top.text(n, "kind", 20).and_then(|kind| match kind.value.as_str() {
        "plugin" => Some(PackKind::Plugin),
        "content" => Some(PackKind::Content),
        _ => not_a(n, &kind, "“plugin” or “content”"),
    });
    let id = top.text(n, "id", 64).and_then(|id| {
        if is_pack_id(&id.value) {
            Some(id.value)
        } else {
            not_a(n, &id, "a pack’s id such as “org.example.number-bonds”")
        }
    });
    let version = top.text(n, "version", 60).and_then(|v| {
        let parsed = v.value.parse::<PackVersion>().ok();
        parsed.or_else(|| not_a(n, &v, "a version such as “1.2.0”"))
    });
    let licence = top.text(n, "licence", 100).and_then(|l| {
        let spdx = l.value.bytes().all(|b| b.is_ascii_alphanumeric() || b" .+-()".contains(&b));
        if spdx { Some(l.value) } else { not_a(n, &l, "an SPDX licence such as “CC-BY-4.0”") }
    });
    let locales = locales(n, &mut top);
    let title = top.table(n, "title").map(|mut t| localized(n, &mut t, "title", &locales));
    let summary = top.table(n, "summary").map(|mut t| localized(n, &mut t, "summary", &locales));
    let modalities = modalities(n, &mut top);
    let misconceptions = misconceptions(n, &mut top, &locales);
    // What only a tool has; in a content pack these keys are unknown ones.
    let (mut interface, mut skills, mut memory_mib) = (None, Vec::new(), None);
    if kind != Some(PackKind::Content) {
        interface = top.text(n, "interface", 20).and_then(|i| {
            let numbers = i.value.split('.').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
            if numbers && i.value.contains('.') {
                Some(i.value)
            } else {
                not_a(n, &i, "a version of the contract such as “1.0”")
            }
        });
        skills = skill_uses(n, &mut top);
        if let Some(value) = top.take("limits")
            && let Some(mut limits) = Table::of(n, "limits", value)
        {
            memory_mib = limits.take("memory_mib").and_then(|v| notes::whole_of(n, "memory_mib", v, 1..=1024));
            limits.done(n);
        }
    }
    top.done(n);
    let manifest = (|| {
        Some(PackManifest {
            kind: kind?,
            id: id?,
            version: version?,
            interface,
            licence: licence?,
            locales,
            title: title?,
            summary: summary?,
            modalities,
            misconceptions,
            skills,
            memory_mib: memory_mib.map(|m| m as u32),
        })
    })();
    (manifest.filter(|_| !notes.has_error()), notes.found)
}

fn not_a<T>(notes: &mut Notes, text: &At<String>, expected: &'static str) -> Option<T> {
    notes.error(text.at, Mistake::NotA { text: text.value.clone(), expected });
    None
}

/// Whether a text is a pack's id: 3 to 64 of `[a-z0-9.-]`, with a dot, no part empty.
pub fn is_pack_id(text: &str) -> bool {
    (3..=64).contains(&text.len())
        && text.contains('.')
        && text.split('.').all(|p| !p.is_empty() && !p.starts_with('-'))
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
}

fn locales(notes: &mut Notes, top: &mut Table) -> Vec<String> {
    let mut locales: Vec<String> = Vec::new();
    for locale in top.texts(notes, "locales", 35) {
        if !notes::is_locale(&locale.value) {
            let _: Option<()> = not_a(notes, &locale, "a language tag such as “fr” or “pt-BR”");
        } else if locales.contains(&locale.value) {
            notes.error(locale.at, Mistake::Doubled { key: "locales".to_owned(), value: locale.value });
        } else {
            locales.push(locale.value);
        }
    }
    if locales.is_empty() || locales.len() > 100 {
        let count = locales.len();
        notes.error(top.at, Mistake::Count { key: "locales".to_owned(), count, least: 1, most: 100 });
    }
    locales
}

fn modality(notes: &mut Notes, text: &At<String>) -> Option<Modality> {
    match text.value.as_str() {
        "teach" => Some(Modality::Teach),
        "practise" => Some(Modality::Practise),
        "game" => Some(Modality::Game),
        "assess" => Some(Modality::Assess),
        "create" => Some(Modality::Create),
        _ => not_a(notes, text, "one of teach, practise, game, assess and create"),
    }
}

fn modalities(notes: &mut Notes, top: &mut Table) -> Vec<Modality> {
    let texts = top.texts(notes, "modalities", 20);
    if texts.is_empty() {
        notes.error(top.at, Mistake::Count { key: "modalities".to_owned(), count: 0, least: 1, most: 5 });
    }
    texts.iter().filter_map(|t| modality(notes, t)).collect()
}

fn misconceptions(
    notes: &mut Notes,
    top: &mut Table,
    locales: &[String],
) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut known = BTreeMap::new();
    let Some(value) = top.take("misconceptions") else { return known };
    let Some(mut table) = Table::of(notes, "misconceptions", value) else { return known };
    for (word, value) in table.rest() {
        let at = At { value: word.value.to_owned(), at: word.at };
        let fits = word.value.len() <= 40 && word.value.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if !fits {
            let _: Option<()> = not_a(notes, &at, "a short word such as “adds-denominators”");
        }
        if let Some(mut texts) = Table::of(notes, word.value, value) {
            known.insert(at.value, localized(notes, &mut texts, word.value, locales));
        }
    }
    known
}

fn skill_uses(notes: &mut Notes, top: &mut Table) -> Vec<SkillUse> {
    let mut skills: Vec<SkillUse> = Vec::new();
    for value in top.list(notes, "skills") {
        let Some(mut table) = Table::of(notes, "skills", value) else { continue };
        let id = table.text(notes, "id", 64);
        let role = table.text(notes, "role", 20).and_then(|r| match modality(notes, &r) {
            Some(Modality::Game | Modality::Create) => not_a(notes, &r, "one of teach, practise and assess"),
            role => role,
        });
        table.done(notes);
        let Some(id) = id else { continue };
        match id.value.parse::<SkillId>() {
            Err(_) => {
                let _: Option<()> = not_a(notes, &id, "a skill’s id such as “numeracy.add.within-10”");
            }
            Ok(skill) if skills.iter().any(|s| s.id == skill) => {
                notes.error(id.at, Mistake::Doubled { key: "skills".to_owned(), value: id.value });
            }
            Ok(skill) => skills.extend(role.map(|role| SkillUse { id: skill, role })),
        }
    }
    if !(1..=1_000).contains(&skills.len()) {
        let count = skills.len();
        notes.error(top.at, Mistake::Count { key: "skills".to_owned(), count, least: 1, most: 1_000 });
    }
    skills
}
