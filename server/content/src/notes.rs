//! Reading TOML so that every mistake is noted with its line and reading goes on.
//!
//! [`Notes`] gathers diagnostics of one file; [`Table`] takes keys out of a table and complains about those left over.

use crate::diagnostic::{Diagnostic, Mistake, Severity};
use chalkbox_domain::near::nearest;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Mistakes of one file, told no further than this.
const MOST: usize = 500;

/// The diagnostics of one file, or of one part of it.
pub(crate) struct Notes {
    file: String,
    /// Where lines begin, in bytes of the part that is read.
    starts: Vec<usize>,
    /// Lines of the file before the part.
    before: u32,
    pub(crate) found: Vec<Diagnostic>,
}

impl Notes {
    /// Notes on a part of a file that has `before` lines before it.
    pub(crate) fn new(file: &str, text: &str, before: u32) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file: file.to_owned(), starts, before, found: Vec::new() }
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, at: usize) -> u32 {
        self.before + self.starts.partition_point(|start| *start <= at) as u32
    }

    pub(crate) fn error(&mut self, at: usize, what: Mistake) {
        self.note(Severity::Error, Some(at), what);
    }
    pub(crate) fn warning(&mut self, at: usize, what: Mistake) {
        self.note(Severity::Warning, Some(at), what);
    }
    /// About the file as a whole.
    pub(crate) fn whole(&mut self, severity: Severity, what: Mistake) {
        self.note(severity, None, what);
    }
    fn note(&mut self, severity: Severity, at: Option<usize>, what: Mistake) {
        if self.found.len() < MOST {
            let line = at.map(|at| self.line(at));
            self.found.push(Diagnostic { severity, file: self.file.clone(), line, column: None, what });
        }
    }

    /// The file that the notes are on.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Whether anything noted makes the file unusable.
    pub(crate) fn has_error(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }
}

/// The text of a file within its ceiling, or what is wrong with it.
pub(crate) fn text<'a>(file: &str, bytes: &'a [u8], most: usize) -> Result<&'a str, Box<Diagnostic>> {
    let wrong = |what| Box::new(Diagnostic::about(file, Severity::Error, what));
    if bytes.len() > most {
        return Err(wrong(Mistake::TooLarge { bytes: bytes.len(), most }));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| wrong(Mistake::NotUtf8))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Parses TOML; none, with the reasons noted, if it is none.
pub(crate) fn parse<'i>(notes: &mut Notes, text: &'i str) -> Option<Spanned<DeTable<'i>>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().map_or(0, |s| s.start);
        let message = error.message().trim().replace('\n', ", ");
        notes.error(at, Mistake::Syntax { format: "TOML", message });
    }
    errors.is_empty().then_some(table)
}

/// A value with the place where it stands.
#[derive(Debug, Clone)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) at: usize,
}

/// A table whose keys are taken out one by one.
pub(crate) struct Table<'t, 'i> {
    entries: BTreeMap<&'t str, (usize, &'t Spanned<DeValue<'i>>)>,
    known: Vec<&'static str>,
    /// Where the table begins.
    pub(crate) at: usize,
}

impl<'t, 'i> Table<'t, 'i> {
    pub(crate) fn new(table: &'t DeTable<'i>, at: usize) -> Self {
        let entries = table.iter().map(|(k, v)| (k.get_ref().as_ref(), (k.span().start, v))).collect();
        Self { entries, known: Vec::new(), at }
    }

    /// A value as a table; noted if it is none.
    pub(crate) fn of(notes: &mut Notes, key: &str, value: &'t Spanned<DeValue<'i>>) -> Option<Self> {
        match value.get_ref().as_table() {
            Some(table) => Some(Self::new(table, value.span().start)),
            None => {
                wrong_type(notes, key, "a table", value);
                None
            }
        }
    }

    /// Takes a key that may be there.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.entries.remove(key).map(|(_, value)| value)
    }
    /// Takes a key that must be there.
    pub(crate) fn need(&mut self, notes: &mut Notes, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        let value = self.take(key);
        if value.is_none() {
            notes.error(self.at, Mistake::MissingKey { key: key.to_owned() });
        }
        value
    }

    /// A text of 1 to `most` visible characters that must be there.
    pub(crate) fn text(&mut self, notes: &mut Notes, key: &'static str, most: usize) -> Option<At<String>> {
        let value = self.need(notes, key)?;
        text_of(notes, key, value, most)
    }
    /// A whole number that must be there.
    pub(crate) fn whole(&mut self, notes: &mut Notes, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.need(notes, key)?;
        whole_of(notes, key, value, range)
    }
    /// A number that must be there.
    pub(crate) fn number(&mut self, notes: &mut Notes, key: &'static str) -> Option<f64> {
        let value = self.need(notes, key)?;
        number_of(notes, key, value)
    }
    /// True or false; false if it is not there.
    pub(crate) fn flag(&mut self, notes: &mut Notes, key: &'static str) -> bool {
        let Some(value) = self.take(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            wrong_type(notes, key, "true or false", value);
            false
        })
    }
    /// A list; empty if it is not there.
    pub(crate) fn list(&mut self, notes: &mut Notes, key: &'static str) -> Vec<&'t Spanned<DeValue<'i>>> {
        self.take(key).map_or_else(Vec::new, |value| list_of(notes, key, value))
    }
    /// A list of texts; empty if it is not there.
    pub(crate) fn texts(&mut self, notes: &mut Notes, key: &'static str, most: usize) -> Vec<At<String>> {
        self.list(notes, key).into_iter().filter_map(|v| text_of(notes, key, v, most)).collect()
    }
    /// A table under a key that must be there.
    pub(crate) fn table(&mut self, notes: &mut Notes, key: &'static str) -> Option<Table<'t, 'i>> {
        let value = self.need(notes, key)?;
        Table::of(notes, key, value)
    }

    /// All keys that were not taken, in the order of the file.
    pub(crate) fn rest(&mut self) -> Vec<(At<&'t str>, &'t Spanned<DeValue<'i>>)> {
        let mut rest: Vec<_> =
            std::mem::take(&mut self.entries).into_iter().map(|(k, (at, v))| (At { value: k, at }, v)).collect();
        rest.sort_by_key(|(key, _)| key.at);
        rest
    }

    /// Complains about keys that were not taken.
    pub(crate) fn done(mut self, notes: &mut Notes) {
        for (key, _) in self.rest() {
            let near = nearest(key.value, self.known.iter().copied());
            let nearest = self.known.iter().copied().find(|k| near.as_deref() == Some(*k));
            notes.error(key.at, Mistake::UnknownKey { key: key.value.chars().take(40).collect(), nearest });
        }
    }
}

fn wrong_type(notes: &mut Notes, key: &str, expected: &'static str, value: &Spanned<DeValue<'_>>) {
    let found = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    notes.error(value.span().start, Mistake::WrongType { key: key.to_owned(), expected, found });
}

pub(crate) fn text_of(notes: &mut Notes, key: &str, value: &Spanned<DeValue<'_>>, most: usize) -> Option<At<String>> {
    let at = value.span().start;
    let Some(text) = value.get_ref().as_str() else {
        wrong_type(notes, key, "a text", value);
        return None;
    };
    let length = text.chars().count();
    if text.trim().is_empty() || length > most || text.chars().any(unseen) {
        notes.error(at, Mistake::Text { key: key.to_owned(), most });
        return None;
    }
    Some(At { value: text.to_owned(), at })
}

/// Characters that hide or turn text: controls (a newline is fine) and directional overrides.
pub(crate) fn unseen(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

pub(crate) fn whole_of(
    notes: &mut Notes,
    key: &str,
    value: &Spanned<DeValue<'_>>,
    range: RangeInclusive<i64>,
) -> Option<i64> {
    let Some(written) = value.get_ref().as_integer() else {
        wrong_type(notes, key, "a whole number", value);
        return None;
    };
    match i64::from_str_radix(written.as_str(), written.radix()) {
        Ok(number) if range.contains(&number) => Some(number),
        _ => {
            let (least, most) = (*range.start() as f64, *range.end() as f64);
            let found = written.as_str().chars().take(40).collect();
            notes.error(value.span().start, Mistake::OutOfRange { key: key.to_owned(), found, least, most });
            None
        }
    }
}

pub(crate) fn number_of(notes: &mut Notes, key: &str, value: &Spanned<DeValue<'_>>) -> Option<f64> {
    let written = match value.get_ref() {
        DeValue::Float(float) => float.as_str(),
        DeValue::Integer(whole) if whole.radix() == 10 => whole.as_str(),
        _ => "",
    };
    let number = written.parse().ok().filter(|n: &f64| n.is_finite());
    if number.is_none() {
        wrong_type(notes, key, "a number", value);
    }
    number
}

pub(crate) fn list_of<'t, 'i>(
    notes: &mut Notes,
    key: &str,
    value: &'t Spanned<DeValue<'i>>,
) -> Vec<&'t Spanned<DeValue<'i>>> {
    match value.get_ref().as_array() {
        Some(list) => list.iter().collect(),
        None => {
            wrong_type(notes, key, "a list", value);
            Vec::new()
        }
    }
}

/// Whether a text is a language tag as packs use it: `fr`, `pt-BR`, `zh-Hans`.
pub(crate) fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or("");
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && text.len() <= 35
        && parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The bytes from here to the end of the line, for messages.
pub(crate) fn begin_of(text: &str, range: Range<usize>) -> String {
    let line = text.get(range).unwrap_or("").lines().next().unwrap_or("");
    line.chars().take(40).collect()
}
