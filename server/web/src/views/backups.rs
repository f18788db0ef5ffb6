//! Backups of the box, for its technologist.

use super::{Page, Words, paths};
use askama::Template;

/// When the box was saved and where, and everything that can be done about it.
#[derive(Template)]
#[template(path = "admin/backups.html")]
pub struct BackupsPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Asked for when the last backup is old; empty: it is not.
    pub due: String,
    /// What was done last of each kind.
    pub deeds: Vec<DeedLine>,
    /// Sticks that are in.
    pub sticks: Vec<StickLine>,
    /// Backups that can be checked: address in the form, and name.
    pub sets: Vec<(String, String)>,
    /// Backups that can be looked into: those, and a file that was uploaded.
    pub to_look: Vec<(String, String)>,
    /// Whether backups are locked with a recovery key.
    pub locked: bool,
    /// Sent with the wish for a recovery key: which one is there.
    pub key_mark: String,
    /// What runs or ran last.
    pub job: Option<JobLine>,
    /// What the backup that was looked at holds: lines of words; empty: none was.
    pub holds: Vec<String>,
    /// How much of it is new here, in words.
    pub new: String,
    /// Whether there is anything in it that is not here.
    pub brings_new: bool,
    /// Whether it is another school's, so that bringing it back is confirmed a second time.
    pub other_school: bool,
    /// What is wrong with what was asked for, a message already; empty: nothing.
    pub trouble: String,
}

/// Something that was done.
#[derive(Debug, Clone, Default)]
pub struct DeedLine {
    /// What.
    pub name: String,
    /// When and where, or that it never was.
    pub detail: String,
    /// How much it covers; may be empty.
    pub more: String,
    /// Whether it went well; none: never done.
    pub fine: Option<bool>,
    /// Whether it went wrong.
    pub bad: bool,
}

/// A stick.
#[derive(Debug, Clone, Default)]
pub struct StickLine {
    /// Sent as `stick`.
    pub id: String,
    /// Name.
    pub name: String,
    /// How much is free, in words; may be empty.
    pub free: String,
    /// Whether it is a folder on the box's own card, where nothing is saved to.
    pub is_own_disk: bool,
    /// Backups on it: sent as `at`, and their names.
    pub sets: Vec<(String, String)>,
}

/// Work on backups.
#[derive(Debug, Clone, Default)]
pub struct JobLine {
    /// What is or was done.
    pub heading: String,
    /// What came of it; may be empty.
    pub detail: String,
    /// Whether it goes on.
    pub running: bool,
    /// Whether it went wrong.
    pub failed: bool,
    /// Whether it can be stopped.
    pub can_stop: bool,
    /// In hundredths; none: not known.
    pub percent: Option<u64>,
}

/// The recovery key, shown once, to print.
#[derive(Template)]
#[template(path = "admin/recovery_key.html")]
pub struct RecoveryKeyPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The school's name.
    pub school: String,
    /// The key.
    pub key: String,
    /// The day, in words.
    pub day: String,
}
