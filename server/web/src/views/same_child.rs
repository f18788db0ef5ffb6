//! The same child twice.

use super::{Page, Words, paths};
use askama::Template;

/// An entry of a child.
#[derive(Debug, Clone, Default)]
pub struct EntryLine {
    /// Learner id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Face.
    pub face: u8,
    /// Class; empty for a child who left.
    pub class: String,
}

/// As whom else a child was entered, and who else it may be.
#[derive(Template)]
#[template(path = "teach/same_child.html")]
pub struct SameChildPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The page it came from.
    pub back: String,
    /// The child.
    pub child: EntryLine,
    /// Other entries that are this child by now.
    pub joined: Vec<EntryLine>,
    /// Entries with the same name or nearly.
    pub alike: Vec<EntryLine>,
    /// All others.
    pub others: Vec<EntryLine>,
}

impl SameChildPage {
    /// Says that an entry is this child.
    pub fn join(&self, entry: &EntryLine) -> String {
        paths::join_child(&self.child.id, &entry.id)
    }
    /// Takes it back.
    pub fn part(&self, entry: &EntryLine) -> String {
        paths::part_child(&self.child.id, &entry.id)
    }
}
