//! What the box can teach with: the map, its titles, lessons, local contexts, and the tools with the skills they serve.
//! A snapshot; a change makes a new one.

use crate::ports::InstalledPack;
use crate::study::prefix;
use crate::{Chalkbox, StoreTrouble, views};
use chalkbox_content::formats::context::PlaceContext;
use chalkbox_content::formats::pack::{PackManifest, read_manifest};
use chalkbox_content::hash::{context_hash, pack_hash};
use chalkbox_content::lesson::Lesson;
use chalkbox_content::{ContentPack, PackLimits, read_pack};
use chalkbox_domain::event::{PackSet, PackState};
use chalkbox_domain::ids::{ContextHash, PackHash, SkillId};
use chalkbox_domain::item::LocalContext;
use chalkbox_domain::map::{KnowledgeMap, SkillNo, SkillSet};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

/// Content as it was read: shared between snapshots.
pub struct Content {
    /// The map.
    pub map: KnowledgeMap,
    /// Titles, contexts and lessons.
    pub pack: ContentPack,
    /// Its pictures, sounds and films, with their captions.
    pub files: BTreeMap<String, Vec<u8>>,
    /// A short hash of all of it.
    pub hash: String,
}

/// A tool as it is listed.
#[derive(Debug, Clone)]
pub struct ToolView {
    /// The pack's id.
    pub id: String,
    /// Semver.
    pub version: String,
    /// In the asked language.
    pub title: String,
    /// Skills it serves.
    pub skills: Vec<SkillId>,
    /// `active`, `off` or `quarantined`.
    pub state: &'static str,
    /// Which bytes.
    pub hash: PackHash,
}

/// A tool that ships with the box and could not be installed.
#[derive(Debug, Clone)]
pub struct MissingTool {
    hash: PackHash,
    manifest: Option<PackManifest>,
}

impl MissingTool {
    /// What the pack says of itself, as far as it can be read.
    pub(crate) fn of(pack: &[u8]) -> Self {
        let read = |files: BTreeMap<String, Vec<u8>>| read_manifest("pack.toml", files.get("pack.toml")?).0;
        Self { hash: pack_hash(pack), manifest: read_pack(pack, &PackLimits::MOST).ok().and_then(read) }
    }
    /// Its id; where the pack cannot be read, the first digits of its hash.
    pub fn name(&self) -> String {
        self.manifest.as_ref().map_or_else(|| self.hash.to_string()[..12].to_owned(), |m| m.id.clone())
    }
    /// Its title in a language, else its name.
    pub fn title_in(&self, locale: &str) -> String {
        self.manifest.as_ref().map_or_else(|| self.name(), |m| title_in(m, locale))
    }
    /// Its version; empty where the pack cannot be read.
    pub fn version(&self) -> String {
        self.manifest.as_ref().map(|m| m.version.to_string()).unwrap_or_default()
    }
}

/// A tool's title in a language, else in any, else its id.
fn title_in(manifest: &PackManifest, locale: &str) -> String {
    let plain = locale.split('-').next().unwrap_or(locale);
    let title = manifest.title.get(plain).or_else(|| manifest.title.values().next());
    title.cloned().unwrap_or_else(|| manifest.id.clone())
}

/// A country whose local context the box has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2, or `XX` for nowhere in particular.
    pub code: String,
    titles: BTreeMap<String, String>,
}

impl Country {
    /// Its name in a language, else in any.
    pub fn title_in(&self, locale: &str) -> String {
        let plain = locale.split('-').next().unwrap_or(locale);
        let found = self.titles.get(locale).or_else(|| self.titles.get(plain)).or_else(|| self.titles.values().next());
        found.cloned().unwrap_or_else(|| self.code.clone())
    }
}

/// A snapshot of all that the box can teach with.
pub struct Library {
    content: Arc<Content>,
    tools: Vec<(InstalledPack, PackState)>,
    older: Vec<PackSet>,
    served: SkillSet,
    by_skill: BTreeMap<SkillId, Vec<PackHash>>,
    contexts: Vec<(String, LocalContext, ContextHash)>,
    every_context: HashMap<ContextHash, LocalContext>,
}

impl Library {
    /// Puts a snapshot together. `older`: packs that were active once and may still have open items.
    pub fn new(
        content: Arc<Content>,
        tools: Vec<(InstalledPack, PackState)>,
        older: Vec<PackSet>,
        country: &str,
        locales: &[String],
    ) -> Self {
        let map = &content.map;
        let mut by_skill: BTreeMap<SkillId, Vec<PackHash>> = BTreeMap::new();
        for (tool, _) in tools.iter().filter(|(_, state)| *state == PackState::Active) {
            for skill in &tool.manifest.skills {
                by_skill.entry(skill.id.clone()).or_default().push(tool.hash);
            }
        }
        let served = by_skill.keys().filter_map(|id| map.find(id)).collect();
        let mut every_context = HashMap::new();
        let mut contexts = Vec::new();
        for place in content.pack.contexts.values() {
            for locale in locales {
                let Some(context) = place.local(locale) else { continue };
                let hash = context_hash(&context);
                if place.country == country {
                    contexts.push((locale.clone(), context.clone(), hash));
                }
                every_context.insert(hash, context);
            }
        }
        if contexts.is_empty() {
            let nowhere = LocalContext::default();
            contexts.push((
                locales.first().cloned().unwrap_or_else(|| "en".into()),
                nowhere.clone(),
                context_hash(&nowhere),
            ));
        }
        Self { content, tools, older, served, by_skill, contexts, every_context }
    }

    /// The map.
    pub fn map(&self) -> &KnowledgeMap {
        &self.content.map
    }
    /// Skills for which some tool gives items.
    pub fn served(&self) -> &SkillSet {
        &self.served
    }
    /// A short hash of the content.
    pub fn content_hash(&self) -> &str {
        &self.content.hash
    }
    /// The content as it was read.
    pub fn content(&self) -> &Arc<Content> {
        &self.content
    }
    pub(crate) fn tools(&self) -> &[(InstalledPack, PackState)] {
        &self.tools
    }
    pub(crate) fn older(&self) -> &[PackSet] {
        &self.older
    }
    /// The tools that serve a skill.
    pub fn tools_of(&self, skill: &SkillId) -> Vec<PackHash> {
        self.by_skill.get(skill).cloned().unwrap_or_default()
    }
    /// The pack whose hash begins with these bytes, also an older one.
    pub(crate) fn plugin_by_prefix(&self, bytes: [u8; 8]) -> Option<PackHash> {
        let now = self.tools.iter().map(|(t, _)| t.hash);
        now.chain(self.older.iter().map(|p| p.hash)).find(|hash| prefix(*hash) == bytes)
    }
    /// A pack's own id and version.
    pub fn plugin_name(&self, hash: PackHash) -> (String, String) {
        if let Some((tool, _)) = self.tools.iter().find(|(t, _)| t.hash == hash) {
            return (tool.manifest.id.clone(), tool.manifest.version.to_string());
        }
        self.older.iter().find(|p| p.hash == hash).map(|p| (p.id.clone(), p.version.clone())).unwrap_or_default()
    }
    /// A skill's title for teachers.
    pub fn skill_title(&self, no: SkillNo, locale: &str) -> String {
        self.content.pack.titles.skill(self.map(), no, locale).text.to_owned()
    }
    /// What follows "I can …".
    pub fn skill_can(&self, no: SkillNo, locale: &str) -> String {
        self.content.pack.titles.can(self.map(), no, locale).text.to_owned()
    }
    /// A strand's title, by its place on the map.
    pub fn strand_title(&self, strand: usize, locale: &str) -> String {
        self.content.pack.titles.strand(self.map(), strand, locale).text.to_owned()
    }
    /// A skill's title by its id; the id itself when it is not on the map any more.
    pub fn title_of(&self, skill: &SkillId, locale: &str) -> String {
        self.map().find(skill).map_or_else(|| skill.to_string(), |no| self.skill_title(no, locale))
    }
    /// A misconception's name in a language; its code when the tool does not name it.
    pub fn misconception(&self, plugin: PackHash, code: &str, locale: &str) -> String {
        let plain = locale.split('-').next().unwrap_or(locale);
        let names =
            self.tools.iter().find(|(t, _)| t.hash == plugin).and_then(|(t, _)| t.manifest.misconceptions.get(code));
        names
            .and_then(|n| n.get(locale).or_else(|| n.get(plain)).or_else(|| n.values().next()))
            .cloned()
            .unwrap_or_else(|| code.to_owned())
    }
    /// The language in which a tool is asked: the wanted one if it speaks it, else its first.
    pub fn item_locale(&self, plugin: PackHash, wanted: &str) -> String {
        let plain = wanted.split('-').next().unwrap_or(wanted);
        let spoken = self
            .tools
            .iter()
            .find(|(t, _)| t.hash == plugin)
            .map(|(t, _)| t.manifest.locales.as_slice())
            .unwrap_or_default();
        let found = spoken
            .iter()
            .find(|l| *l == wanted)
            .or_else(|| spoken.iter().find(|l| *l == plain))
            .or_else(|| spoken.first());
        found.cloned().unwrap_or_else(|| "en".to_owned())
    }
    /// The context in force in a language, else in the first.
    pub fn context(&self, locale: &str) -> (&LocalContext, ContextHash) {
        let plain = locale.split('-').next().unwrap_or(locale);
        let found = self.contexts.iter().find(|(l, _, _)| l == plain).unwrap_or(&self.contexts[0]);
        (&found.1, found.2)
    }
    pub(crate) fn any_context(&self, hash: ContextHash) -> Option<&LocalContext> {
        self.every_context.get(&hash)
    }
    pub(crate) fn contexts_in_force(&self) -> &[(String, LocalContext, ContextHash)] {
        &self.contexts
    }
    /// Whether there is a lesson for a skill.
    pub fn has_lesson(&self, skill: &SkillId) -> bool {
        self.lesson(skill, "en").is_some()
    }
    /// The lesson of a skill in a language, else in the pack's first.
    pub fn lesson(&self, skill: &SkillId, locale: &str) -> Option<&Lesson> {
        self.content.pack.lesson(skill, locale)
    }
    /// A picture, sound or film of the content.
    pub fn media(&self, name: &str) -> Option<(&[u8], &'static str)> {
        let bytes = self.content.files.get(name)?;
        let media_type = match name.rsplit('.').next()? {
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "jpg" | "jpeg" => "image/jpeg",
            "mp3" => "audio/mpeg",
            "mp4" => "video/mp4",
            "vtt" => "text/vtt; charset=utf-8",
            _ => return None,
        };
        name.starts_with("media/").then_some((bytes.as_slice(), media_type))
    }
    fn places(&self) -> impl Iterator<Item = &PlaceContext> {
        self.content.pack.contexts.values()
    }
}

impl Chalkbox {
    /// The tools of the box.
    pub fn tools(&self, locale: &str) -> Vec<ToolView> {
        let library = self.library();
        let health = self.plugins().health();
        let view = |(tool, state): &(InstalledPack, PackState)| {
            let quarantined = health.iter().any(|h| h.plugin == tool.hash && h.quarantined);
            ToolView {
                id: tool.manifest.id.clone(),
                version: tool.manifest.version.to_string(),
                title: title_in(&tool.manifest, locale),
                skills: tool.manifest.skills.iter().map(|s| s.id.clone()).collect(),
                state: match state {
                    PackState::Off => "off",
                    PackState::Active if quarantined => "quarantined",
                    PackState::Active => "active",
                },
                hash: tool.hash,
            }
        };
        library.tools().iter().map(view).collect()
    }

    /// Countries whose local context the box has, `XX` last.
    pub fn countries(&self) -> Vec<Country> {
        let library = self.library();
        let mut list: Vec<Country> =
            library.places().map(|p| Country { code: p.country.clone(), titles: p.title.clone() }).collect();
        list.sort_by(|a, b| (a.code == "XX", &a.code).cmp(&(b.code == "XX", &b.code)));
        list
    }

    /// The time zone that a new school in a country is offered first; `UTC` where the box knows none.
    pub fn zone_of_country(&self, country: &str) -> String {
        let library = self.library();
        let zone = library.places().find(|p| p.country == country).and_then(|p| p.zone.clone());
        zone.filter(|zone| jiff::tz::TimeZone::get(zone).is_ok()).unwrap_or_else(|| "UTC".to_owned())
    }

    pub(crate) fn names_of(&self, country: &str) -> Vec<String> {
        self.library().places().find(|p| p.country == country).map(|p| p.names.clone()).unwrap_or_default()
    }

    /// Puts another snapshot in force.
    pub(crate) fn set_library(&self, library: Library) {
        *self.library.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(library);
        self.forms.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The tools as the newest entries say, and those that were in use before: after entries of another box came in.
    pub(crate) fn read_tools_anew(&self) -> Result<(), StoreTrouble> {
        let (newest, every) = views::packs(self.store())?;
        let country = self.people().settings.as_ref().map_or_else(|| "XX".to_owned(), |s| s.country.clone());
        let old = self.library();
        let state = |tool: &InstalledPack| {
            newest.iter().find(|p| p.id == tool.manifest.id).map_or(PackState::Active, |p| p.state)
        };
        let tools = old.tools().iter().map(|(tool, _)| (tool.clone(), state(tool))).collect();
        self.set_library(Library::new(Arc::clone(old.content()), tools, every, &country, self.locales()));
        Ok(())
    }

    pub(crate) fn set_country(&self, country: &str) {
        let old = self.library();
        let next = Library::new(
            Arc::clone(old.content()),
            old.tools().to_vec(),
            old.older().to_vec(),
            country,
            self.locales(),
        );
        self.set_library(next);
    }
}
