//! Titles of a map in the languages of the school, with a fallback that can be seen: where a translation is missing
//! the map's own title is shown and marked as being in the map's own language, so that it is read aloud rightly.

use crate::ids::SkillId;
use crate::map::{KnowledgeMap, SkillNo};
use std::collections::BTreeMap;

/// What a skill is called in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillTitle {
    /// For teachers.
    pub title: String,
    /// What follows "I can …", for the learner.
    pub can: String,
}

/// The titles of a map in one language. Any of them may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MapTitles {
    /// Titles of skills.
    pub skills: BTreeMap<SkillId, SkillTitle>,
    /// Titles of strands by id.
    pub strands: BTreeMap<String, String>,
    /// Titles of level steps by id.
    pub levels: BTreeMap<String, String>,
    /// Titles of competencies by id.
    pub competencies: BTreeMap<String, String>,
}

/// Words in a language that may not be the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Titled<'a> {
    /// The words.
    pub text: &'a str,
    /// Their language, BCP 47; goes into the page's `lang`.
    pub locale: &'a str,
}

/// Titles of one map in all languages that there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TitleBook {
    by_locale: BTreeMap<String, MapTitles>,
}

impl TitleBook {
    /// A book of these languages (BCP 47).
    pub fn new(by_locale: BTreeMap<String, MapTitles>) -> Self {
        Self { by_locale }
    }

    /// Languages that have titles beside the map's own.
    pub fn locales(&self) -> impl Iterator<Item = &str> {
        self.by_locale.keys().map(String::as_str)
    }

    /// The titles in that language, or in the language without its region (`fr-SN`, then `fr`).
    fn find(&self, locale: &str) -> Option<(&str, &MapTitles)> {
        let plain = locale.split('-').next().unwrap_or(locale);
        let found = self.by_locale.get_key_value(locale).or_else(|| self.by_locale.get_key_value(plain))?;
        Some((found.0.as_str(), found.1))
    }

    fn or_own<'a>(
        &'a self,
        map: &'a KnowledgeMap,
        locale: &str,
        own: &'a str,
        pick: impl Fn(&'a MapTitles) -> Option<&'a String>,
    ) -> Titled<'a> {
        let translated = self
            .find(locale)
            .and_then(|(locale, titles)| pick(titles).map(|text| Titled { text, locale }))
            .filter(|t| !t.text.is_empty());
        translated.unwrap_or(Titled { text: own, locale: map.locale() })
    }

    /// A skill's title for teachers.
    pub fn skill<'a>(&'a self, map: &'a KnowledgeMap, no: SkillNo, locale: &str) -> Titled<'a> {
        let skill = map.skill(no);
        self.or_own(map, locale, &skill.title, |t| t.skills.get(&skill.id).map(|s| &s.title))
    }

    /// What follows "I can …".
    pub fn can<'a>(&'a self, map: &'a KnowledgeMap, no: SkillNo, locale: &str) -> Titled<'a> {
        let skill = map.skill(no);
        self.or_own(map, locale, &skill.can, |t| t.skills.get(&skill.id).map(|s| &s.can))
    }

    /// A strand's title, by its place in [`KnowledgeMap::strands`].
    pub fn strand<'a>(&'a self, map: &'a KnowledgeMap, strand: usize, locale: &str) -> Titled<'a> {
        let strand = &map.strands()[strand];
        self.or_own(map, locale, &strand.title, |t| t.strands.get(&strand.id))
    }

    /// A level step's title.
    pub fn level<'a>(&'a self, map: &'a KnowledgeMap, step: &'a crate::map::LevelStep, locale: &str) -> Titled<'a> {
        self.or_own(map, locale, &step.title, |t| t.levels.get(&step.id))
    }

    /// A competency's title.
    pub fn competency<'a>(
        &'a self,
        map: &'a KnowledgeMap,
        competency: &'a crate::map::Competency,
        locale: &str,
    ) -> Titled<'a> {
        self.or_own(map, locale, &competency.title, |t| t.competencies.get(&competency.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::tests::small_map;

    #[test]
    fn a_missing_translation_is_shown_in_the_map_s_own_language_and_says_so() {
        let map = small_map();
        let skill = map.find(&"numeracy.add.two".parse().expect("an id")).expect("on the map");
        let french = SkillTitle { title: "Ajoute deux".into(), can: "ajouter deux".into() };
        let titles = MapTitles { skills: [(map.skill(skill).id.clone(), french)].into(), ..MapTitles::default() };
        let book = TitleBook::new([("fr".to_owned(), titles)].into());
        let check = |no, locale, text, lang| {
            assert_eq!(book.skill(&map, no, locale), Titled { text, locale: lang }, "{locale}");
        };
        check(skill, "fr", "Ajoute deux", "fr");
        check(skill, "fr-SN", "Ajoute deux", "fr");
        check(skill, "sw", "Two", "en");
        check(SkillNo(0), "fr", "Root", "en");
        assert_eq!(book.can(&map, skill, "fr").text, "ajouter deux");
        assert_eq!(book.strand(&map, 0, "fr"), Titled { text: "Adding", locale: "en" });
    }
}
