//! The words of the pages: Fluent messages of every language, parsed once at start, and the direction of writing.
//! Never holds words of packs or plugins, which bring their own (C1.4).
//!
//! `ar-XB` is a pseudo-language for tests: English, right to left, each word turned round by the browser. Nobody is
//! offered it, but asking for it works, so that a page that forgot to mirror is seen at once.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

/// One language: its code, its own name for itself, its direction and the files with its words.
struct Language {
    code: &'static str,
    name: &'static str,
    direction: Direction,
    offered: bool,
    files: &'static [&'static str],
}

macro_rules! words_of {
    ($folder:literal) => {
        &[
            include_str!(concat!("../locales/", $folder, "/common.ftl")),
            include_str!(concat!("../locales/", $folder, "/home.ftl")),
            include_str!(concat!("../locales/", $folder, "/learn.ftl")),
            include_str!(concat!("../locales/", $folder, "/figures.ftl")),
            include_str!(concat!("../locales/", $folder, "/teach.ftl")),
            include_str!(concat!("../locales/", $folder, "/admin.ftl")),
        ]
    };
}

/// The first is the one that every other falls back to.
const LANGUAGES: &[Language] = &[
    Language { code: "en", name: "English", direction: Direction::Ltr, offered: true, files: words_of!("en") },
    Language { code: "fr", name: "Français", direction: Direction::Ltr, offered: true, files: words_of!("fr") },
    Language { code: "ar-XB", name: "Mirrored", direction: Direction::Rtl, offered: false, files: words_of!("en") },
];

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// As the HTML attribute `dir` wants it.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// A language that people may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageName {
    /// BCP 47.
    pub code: &'static str,
    /// In that language.
    pub name: &'static str,
}

/// A locale file that does not parse, or a message said twice.
#[derive(Debug, thiserror::Error)]
#[error("the words of {language}: {problem}")]
pub struct WordsError {
    /// BCP 47 of the language.
    pub language: &'static str,
    /// What Fluent says.
    pub problem: String,
}

struct Bundle {
    language: &'static Language,
    messages: FluentBundle<FluentResource>,
}

/// All languages of the pages. Make one at start and share it.
pub struct Translator {
    bundles: Vec<Bundle>,
}

impl Translator {
    /// Parses the embedded words. Fails only if a locale file is wrong, which the tests of this file exclude.
    pub fn new() -> Result<Arc<Translator>, WordsError> {
        let bundles = LANGUAGES.iter().map(Bundle::parse).collect::<Result<_, _>>()?;
        Ok(Arc::new(Translator { bundles }))
    }

    /// The languages to offer, in a fixed order.
    pub fn languages(&self) -> Vec<LanguageName> {
        LANGUAGES.iter().filter(|l| l.offered).map(|l| LanguageName { code: l.code, name: l.name }).collect()
    }

    /// The words of a language: exactly that one, else one with the same first part (`fr-SN` gets `fr`), else the first.
    pub fn words(self: &Arc<Self>, locale: &str) -> Words {
        Words { translator: Arc::clone(self), index: find(locale).unwrap_or(0) }
    }

    /// The words of the best language of an `Accept-Language` header; the first language if none fits or there is none.
    pub fn negotiate(self: &Arc<Self>, accept_language: Option<&str>) -> Words {
        let mut wanted: Vec<(f32, &str)> = accept_language
            .unwrap_or_default()
            .split(',')
            .take(16)
            .filter_map(|entry| {
                let mut parts = entry.split(';');
                let code = parts.next()?.trim();
                let weight =
                    parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
                (weight > 0.0 && !code.is_empty()).then_some((weight, code))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        let index = wanted.iter().find_map(|(_, code)| find(code)).unwrap_or(0);
        Words { translator: Arc::clone(self), index }
    }
}

fn find(locale: &str) -> Option<usize> {
    let exact = LANGUAGES.iter().position(|l| l.code.eq_ignore_ascii_case(locale));
    exact.or_else(|| {
        let first = locale.split(['-', '_']).next()?;
        LANGUAGES.iter().position(|l| l.offered && l.code.eq_ignore_ascii_case(first))
    })
}

impl Bundle {
    fn parse(language: &'static Language) -> Result<Bundle, WordsError> {
        let wrong = |problem: String| WordsError { language: language.code, problem };
        let id: LanguageIdentifier = language.code.parse().map_err(|e| wrong(format!("{e:?}")))?;
        let mut messages = FluentBundle::new_concurrent(vec![id]);
        messages.set_use_isolating(language.direction == Direction::Rtl);
        if language.code == "ar-XB" {
            messages.set_transform(Some(mirrored));
        }
        for file in language.files {
            let resource = FluentResource::try_new((*file).to_owned()).map_err(|(_, e)| wrong(format!("{e:?}")))?;
            messages.add_resource(resource).map_err(|e| wrong(format!("{e:?}")))?;
        }
        Ok(Bundle { language, messages })
    }
}

/// Turns each word round with direction marks and leaves blanks and signs where they are.
fn mirrored(text: &str) -> Cow<'_, str> {
    if !text.chars().any(char::is_alphabetic) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    let mut inside = false;
    for letter in text.chars() {
        let word = letter.is_alphabetic() || letter == '\'' || letter == '’';
        if word && !inside {
            out.push('\u{202e}');
        } else if !word && inside {
            out.push('\u{202c}');
        }
        inside = word;
        out.push(letter);
    }
    if inside {
        out.push('\u{202c}');
    }
    Cow::Owned(out)
}

/// The words of one language. Cheap to clone; every view holds one as `t`.
#[derive(Clone)]
pub struct Words {
    translator: Arc<Translator>,
    index: usize,
}

impl Words {
    fn bundle(&self) -> &Bundle {
        &self.translator.bundles[self.index]
    }

    /// BCP 47, for the attribute `lang`.
    pub fn lang(&self) -> &'static str {
        self.bundle().language.code
    }

    /// The language's own name for itself.
    pub fn language_name(&self) -> &'static str {
        self.bundle().language.name
    }

    /// Which way it is written.
    pub fn direction(&self) -> Direction {
        self.bundle().language.direction
    }

    /// For the attribute `dir`.
    pub fn dir(&self) -> &'static str {
        self.direction().as_str()
    }

    /// Whether the message exists in this language.
    pub fn has(&self, key: &str) -> bool {
        self.bundle().messages.get_message(key).is_some_and(|m| m.value().is_some())
    }

    /// A message without arguments. A key that does not exist shows itself in brackets
    /// that no text has (sounds are written as `[ou]`); a test finds it first.
    pub fn msg(&self, key: &str) -> String {
        self.msg_with(key, &[])
    }

    /// A message with arguments by name.
    pub fn msg_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let messages = &self.bundle().messages;
        let Some(pattern) = messages.get_message(key).and_then(|m| m.value()) else {
            tracing::error!(key, language = self.lang(), "a message has no words");
            return format!("⟦{key}⟧");
        };
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent.set(*name, value.fluent());
        }
        let mut problems = Vec::new();
        let text = messages.format_pattern(pattern, Some(&fluent), &mut problems).into_owned();
        if !problems.is_empty() {
            tracing::error!(key, language = self.lang(), ?problems, "a message lacks an argument");
        }
        text
    }

    /// A message with one argument; short for templates.
    pub fn msg1<'a>(&self, key: &str, name: &str, value: impl Into<Arg<'a>>) -> String {
        self.msg_with(key, &[(name, value.into())])
    }

    /// A message with two arguments; short for templates.
    pub fn msg2<'a, 'b>(
        &self,
        key: &str,
        name: &str,
        value: impl Into<Arg<'a>>,
        name2: &str,
        value2: impl Into<Arg<'b>>,
    ) -> String {
        self.msg_with(key, &[(name, value.into()), (name2, value2.into())])
    }

    /// A list of words joined as this language does: "a, b and c".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        match items {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [first @ .., last] => {
                let mut head = String::new();
                for (k, item) in first.iter().enumerate() {
                    let _ = write!(head, "{}{}", if k > 0 { ", " } else { "" }, item.as_ref());
                }
                self.msg2("list-and", "first", head, "last", last.as_ref())
            }
        }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.lang())
    }
}

/// What is put into a message: words, or a number (which chooses the plural).
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Words as they are.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
}

impl Arg<'_> {
    fn fluent(&self) -> FluentValue<'_> {
        match self {
            Arg::Text(text) => FluentValue::from(text.as_ref()),
            Arg::Number(number) => FluentValue::from(*number),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&'a &String> for Arg<'a> {
    fn from(text: &'a &String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}
macro_rules! number_arg {
    ($($number:ty),*) => {$(
        impl From<$number> for Arg<'_> {
            fn from(number: $number) -> Self {
                Arg::Number(number as i64)
            }
        }
        impl From<&$number> for Arg<'_> {
            fn from(number: &$number) -> Self {
                Arg::Number(*number as i64)
            }
        }
        impl From<&&$number> for Arg<'_> {
            fn from(number: &&$number) -> Self {
                Arg::Number(**number as i64)
            }
        }
    )*};
}
number_arg!(u8, u16, u32, u64, usize, i32, i64);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn keys(folder: &str) -> BTreeSet<String> {
        let language = LANGUAGES.iter().find(|l| l.code == folder).expect("a language");
        let mut keys = BTreeSet::new();
        for file in language.files {
            for line in file.lines() {
                if let Some((key, _)) = line.split_once(" =")
                    && !key.is_empty()
                    && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                {
                    assert!(keys.insert(key.to_owned()), "{key} twice in {folder}");
                }
            }
        }
        keys
    }

    fn sources(folder: &Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder of this crate") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html") {
                out.push_str(&std::fs::read_to_string(&path).expect("text"));
                out.push('\n');
            }
        }
    }

    /// Every `msg("key"`, `msg1("key"`, `msg2("key"`, `msg_with("key"` of templates and sources.
    fn asked(text: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for call in [".msg(\"", ".msg1(\"", ".msg2(\"", ".msg_with(\""] {
            for part in text.split(call).skip(1) {
                found.insert(part.split('"').next().unwrap_or_default());
            }
        }
        found
    }

    fn whole_crate() -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut text = String::new();
        sources(&root.join("src"), &mut text);
        sources(&root.join("templates"), &mut text);
        text
    }

    #[test]
    fn every_language_has_every_key() {
        let english = keys("en");
        assert!(english.len() > 100);
        for language in LANGUAGES.iter().filter(|l| l.offered) {
            let here = keys(language.code);
            assert_eq!(
                english.symmetric_difference(&here).collect::<Vec<_>>(),
                Vec::<&String>::new(),
                "{}",
                language.code
            );
        }
    }

    #[test]
    fn every_key_that_is_asked_for_exists() {
        let text = whole_crate();
        let known = keys("en");
        let missing: Vec<_> = asked(&text).into_iter().filter(|k| !known.contains(*k) && *k != "no-such-key").collect();
        assert!(missing.is_empty(), "no words for {missing:?}");
    }

    /// Keys that reach `msg` through a variable: every string of these families must be a key.
    #[test]
    fn every_key_of_a_family_exists() {
        const FAMILIES: &[&str] = &[
            "error-",
            "card-",
            "presence-",
            "plant-",
            "sign-",
            "lesson-",
            "welcome-",
            "domain-",
            "claim-",
            "shape-",
            "pic-",
            "tab-",
            "first-",
            "ago-",
        ];
        let text = whole_crate();
        let known = keys("en");
        let shaped = |s: &str| s.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let missing: BTreeSet<&str> = text
            .split('"')
            .filter(|s| FAMILIES.iter().any(|f| s.len() > f.len() && s.starts_with(f)) && shaped(s))
            .filter(|s| !known.contains(*s))
            .collect();
        assert!(missing.is_empty(), "no words for {missing:?}");
    }

    #[test]
    fn no_key_is_unused() {
        let text = whole_crate();
        let unused: Vec<_> = keys("en").into_iter().filter(|k| !text.contains(&format!("\"{k}\""))).collect();
        assert!(unused.is_empty(), "words that no page says: {unused:?}");
    }

    #[test]
    fn every_language_takes_the_same_arguments() {
        let of = |code: &str| -> Vec<(String, BTreeSet<String>)> {
            let language = LANGUAGES.iter().find(|l| l.code == code).expect("a language");
            let all = language.files.join("\n");
            let mut out: Vec<(String, BTreeSet<String>)> = Vec::new();
            for line in all.lines() {
                if let Some((key, _)) = line.split_once(" =")
                    && !line.starts_with([' ', '#'])
                {
                    out.push((key.to_owned(), BTreeSet::new()));
                }
                for part in line.split('$').skip(1) {
                    let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
                    out.last_mut().expect("a message before its arguments").1.insert(name);
                }
            }
            out.sort();
            out
        };
        assert_eq!(of("en"), of("fr"));
    }

    #[test]
    fn languages_are_found_and_negotiated() {
        let translator = Translator::new().expect("embedded words parse");
        assert_eq!(translator.words("fr-SN").lang(), "fr");
        assert_eq!(translator.words("sw").lang(), "en");
        assert_eq!(translator.negotiate(Some("de, fr;q=0.8, en;q=0.5")).lang(), "fr");
        assert_eq!(translator.negotiate(Some("fr;q=0, en")).lang(), "en");
        assert_eq!(translator.negotiate(Some(";;;q=x,")).lang(), "en");
        assert_eq!(translator.negotiate(None).lang(), "en");
        assert_eq!(translator.words("ar-XB").direction(), Direction::Rtl);
        assert_eq!(translator.words("no").msg("no-such-key"), "⟦no-such-key⟧");
    }

    #[test]
    fn the_pseudo_language_turns_words_and_keeps_arguments() {
        let translator = Translator::new().expect("embedded words parse");
        let words = translator.words("ar-XB");
        let text = words.msg1("path-pick", "name", "Amina");
        assert!(text.contains('\u{202e}') && text.contains("Amina"), "{text}");
        assert_eq!(mirrored("8 + 5"), "8 + 5");
    }

    #[test]
    fn lists_are_joined() {
        let words = Translator::new().expect("embedded words parse").words("en");
        assert_eq!(words.list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(words.list(&["a"]), "a");
        assert_eq!(words.list::<&str>(&[]), "");
    }
}
