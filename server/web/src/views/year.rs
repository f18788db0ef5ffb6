//! Closing a school year: how the years stand, and that one was closed.

use super::{Page, Words, paths};
use askama::Template;

/// How the years stand, and the form that closes one.
#[derive(Template)]
#[template(path = "lead/year.html")]
pub struct YearPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The last closing, a message already.
    pub last: String,
    /// Entries that would go.
    pub would_go: u64,
    /// Entries that would stay.
    pub would_stay: u64,
    /// Whether a stick has everything, so that entries may go.
    pub stick_is_fresh: bool,
    /// Whether whoever looks may make a backup.
    pub technologist: bool,
    /// What was typed, after trouble.
    pub name: String,
    /// What is wrong, a message already; empty: nothing.
    pub trouble: String,
}

/// A year was closed.
#[derive(Template)]
#[template(path = "lead/year_closed.html")]
pub struct YearClosedPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Its name.
    pub name: String,
    /// Facts that were written down once more.
    pub rows: u64,
    /// Entries that went.
    pub gone: u64,
    /// Whether the backup on the card could not be removed.
    pub card_backup_left: bool,
}
