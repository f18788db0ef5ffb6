//! First start, the page of the box, and the poster.

use super::backups::JobLine;
use super::{Markup, NoticeLine, Page, Words, paths};
use crate::drawing::qr;
use crate::translator::LanguageName;
use askama::Template;

/// First start, step 1: language (`lang`).
#[derive(Template)]
#[template(path = "admin/setup_language.html")]
pub struct SetupLanguagePage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// All languages.
    pub languages: Vec<LanguageName>,
}

/// First start, step 2: school (`school`) and country (`country`).
#[derive(Template)]
#[template(path = "admin/setup_school.html")]
pub struct SetupSchoolPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Typed before.
    pub school: String,
    /// Code and name of each country that has a local context.
    pub countries: Vec<(String, String)>,
    /// Chosen before, a code.
    pub country: String,
    /// What is wrong, a message already; empty: nothing.
    pub trouble: String,
}

/// First start, step 3: the owner's account (`name`, `username`, `password`).
#[derive(Template)]
#[template(path = "admin/setup_owner.html")]
pub struct SetupOwnerPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Typed before.
    pub name: String,
    /// Typed before.
    pub username: String,
    /// Every time zone.
    pub zones: Vec<String>,
    /// The one chosen, or that of the country.
    pub zone: String,
    /// What is wrong, a message already; empty: nothing.
    pub trouble: String,
}

/// First start with a backup: which one, what it holds, how far it is.
#[derive(Template)]
#[template(path = "admin/setup_restore.html")]
pub struct SetupRestorePage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Backups on sticks.
    pub sets: Vec<SetupSet>,
    /// What the one that was looked at holds: lines of words; empty: none was.
    pub holds: Vec<String>,
    /// Whether that one holds a school.
    pub usable: bool,
    /// What runs or ran last.
    pub job: Option<JobLine>,
    /// Whether it runs.
    pub running: bool,
    /// What is wrong, a message already; empty: nothing.
    pub trouble: String,
}

/// A backup on a stick, offered to an empty box.
#[derive(Debug, Clone, Default)]
pub struct SetupSet {
    /// Sent as `at`.
    pub id: String,
    /// The stick and the day.
    pub name: String,
    /// Its own name.
    pub detail: String,
    /// Whether its recovery key (`passphrase`) is asked for.
    pub locked: bool,
    /// Why it cannot be used, in words; empty: it can.
    pub fault: String,
}

/// First start with a backup, done.
#[derive(Template)]
#[template(path = "admin/setup_restored.html")]
pub struct SetupRestoredPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The school's name.
    pub school: String,
    /// Entries that came.
    pub entries: u64,
    /// Whether codes and cards were made with a key that did not come with it.
    pub other_key: bool,
}

/// First start, done.
#[derive(Template)]
#[template(path = "admin/setup_done.html")]
pub struct SetupDonePage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The school's name.
    pub school: String,
    /// The address to type on a tablet, such as `http://192.168.0.7`.
    pub address: String,
}

impl SetupDonePage {
    /// The address to photograph.
    pub fn qr(&self) -> Markup {
        qr::qr(&self.address, &self.t.msg1("qr-label", "address", &self.address))
    }
}

/// The box at a glance, for its technologist and leader.
#[derive(Template)]
#[template(path = "admin/box.html")]
pub struct BoxPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The school's name.
    pub school: String,
    /// Version of the program.
    pub version: String,
    /// The address to type on a tablet.
    pub address: String,
    /// Classes: name, learners, address of Today; empty where it is not for the viewer.
    pub classes: Vec<(String, usize, String)>,
    /// Digital tools.
    pub tools: Vec<ToolLine>,
    /// Whether to show the way to the viewer's own classes.
    pub teacher: bool,
    /// Whether to show the way to programs and their tokens, and to backups.
    pub technologist: bool,
    /// Whether to show the way to what is kept of whom; the technologist has it too.
    pub leader: bool,
    /// What happened to the box.
    pub notices: Vec<NoticeLine>,
    /// Why a backup should be made now; empty: the last one is new enough.
    pub backup: String,
}

/// Programs that sign in with a token.
#[derive(Template)]
#[template(path = "admin/programs.html")]
pub struct ProgramsPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Those that have a token.
    pub programs: Vec<ProgramLine>,
    /// Name and token of the one just made; shown only now.
    pub made: Option<(String, String)>,
    /// What is wrong with the name, a message already; empty: nothing.
    pub trouble: String,
}

/// A program.
#[derive(Debug, Clone, Default)]
pub struct ProgramLine {
    /// What it is for.
    pub name: String,
    /// As whom it acts; empty when that person has left.
    pub member: String,
    /// The form that ends it.
    pub end: String,
}

/// A digital tool.
#[derive(Debug, Clone, Default)]
pub struct ToolLine {
    /// Title.
    pub title: String,
    /// Version.
    pub version: String,
    /// Skills that it serves.
    pub skills: usize,
    /// Whether it works; off or in quarantine otherwise.
    pub active: bool,
    /// Whether it ships with the box and could not be installed.
    pub missing: bool,
}

/// The poster: how to reach the box, to print.
#[derive(Template)]
#[template(path = "admin/poster.html")]
pub struct PosterPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The school's name.
    pub school: String,
    /// Addresses, the surest first: the numbers, then the short name.
    pub addresses: Vec<String>,
    /// Where the page was opened.
    pub back: &'static str,
}

impl PosterPage {
    /// The first address to photograph.
    pub fn qr(&self) -> Markup {
        self.addresses.first().map(|a| qr::qr(a, &self.t.msg1("qr-label", "address", a))).unwrap_or_default()
    }
}
