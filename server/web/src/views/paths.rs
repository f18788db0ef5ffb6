//! Every address of the pages in one place, so that links and routes cannot part. Routes use the constants, links the
//! functions. Ids are percent-encoded here.

use std::fmt::Write as _;

/// Welcome: the classes.
pub const WELCOME: &str = "/";
/// Choosing a language, and the form that keeps it (`lang`, `back`).
pub const LANGUAGE: &str = "/language";
/// Help for whoever is there.
pub const HELP: &str = "/help";
/// Staff sign-in.
pub const STAFF: &str = "/staff";
/// Ends a sign-in; a form.
pub const LEAVE: &str = "/leave";
/// Keeps day or dim on this device; a form (`theme`, `back`).
pub const THEME: &str = "/theme";
/// Raises or lowers the hand; a form (`up`, `back`).
pub const HAND: &str = "/learn/hand";
/// Makes a class; a form (`name`, `grade`, `learners` one a line).
pub const NEW_CLASS: &str = "/teach/classes/new";
/// My path.
pub const LEARN: &str = "/learn";
/// My map.
pub const MAP: &str = "/learn/map";
/// The classes of a teacher.
pub const TEACH: &str = "/teach";
/// The box: tools, people, poster.
pub const ADMIN: &str = "/admin";
/// Programs and their tokens; also the form that makes one (`name`).
pub const PROGRAMS: &str = "/admin/programs";
/// Backups.
pub const BACKUPS: &str = "/admin/backups";
/// Saves a backup to the device that asks; a form.
pub const BACKUP_DOWNLOAD: &str = "/admin/backups/download";
/// Saves a backup to a stick; a form (`stick`).
pub const BACKUP_STICK: &str = "/admin/backups/stick";
/// Reads a backup through, or restores it for a test; a form (`at`, `drill`).
pub const BACKUP_CHECK: &str = "/admin/backups/check";
/// Says what a backup on a stick holds; a form (`at`, `passphrase`).
pub const BACKUP_LOOK: &str = "/admin/backups/look";
/// The same of a file; a form with a file (`passphrase`, `file`).
pub const BACKUP_UPLOAD: &str = "/admin/backups/upload";
/// Brings back what was looked at; a form.
pub const BACKUP_BRING: &str = "/admin/backups/bring";
/// Forgets what was looked at, and what was done last; a form.
pub const BACKUP_FORGET: &str = "/admin/backups/forget";
/// Makes a recovery key and shows it once; a form.
pub const BACKUP_KEY: &str = "/admin/backups/key";
/// Stops work on a backup.
pub const BACKUP_STOP: &str = "/admin/backups/stop";
/// What is kept of whom, and one child's facts.
pub const PRIVACY: &str = "/lead/privacy";
/// Closing a school year; also as a form (`name`, `forget`).
pub const YEAR: &str = "/lead/year";
/// Which answers a device still holds; our own script tells it.
pub const WAITING: &str = "/learn/waiting";
/// First start; the steps are below it.
pub const SETUP: &str = "/setup";
/// First start with a backup from a stick.
pub const SETUP_RESTORE: &str = "/setup/restore";
/// Says what a backup holds; a form (`at`, `passphrase`).
pub const SETUP_RESTORE_LOOK: &str = "/setup/restore/look";
/// Makes the box the school that was looked at; a form.
pub const SETUP_RESTORE_BRING: &str = "/setup/restore/bring";
/// Forgets what was looked at, to choose again; a form.
pub const SETUP_RESTORE_FORGET: &str = "/setup/restore/forget";
/// The poster with the address.
pub const POSTER: &str = "/poster";

/// An id as one segment of an address, or as one value of a query.
pub fn encoded(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Who are you? `page` from 0.
pub fn faces(class: &str, page: usize) -> String {
    match page {
        0 => format!("/class/{}", encoded(class)),
        n => format!("/class/{}?page={n}", encoded(class)),
    }
}

/// The picture code of one child; also the form's address (`pictures` = "2,7,4"). `chosen` goes into `p`.
pub fn code(class: &str, learner: &str, chosen: &[u8]) -> String {
    let base = format!("/class/{}/{}", encoded(class), encoded(learner));
    if chosen.is_empty() { base } else { format!("{base}?p={}", pictures(chosen)) }
}

/// "Ask my teacher" for a child; a form (POST) and the page that waits (GET).
pub fn ask_teacher(class: &str, learner: &str) -> String {
    format!("/class/{}/{}/ask", encoded(class), encoded(learner))
}

/// Chosen pictures as forms and links write them: "2,7".
pub fn pictures(chosen: &[u8]) -> String {
    chosen.iter().map(u8::to_string).collect::<Vec<_>>().join(",")
}

/// Walks one road of the map.
pub fn road(strand: &str) -> String {
    format!("/learn/map/{}#here", encoded(strand))
}

/// A step of a lesson, from 0.
pub fn lesson(lesson: &str, step: usize) -> String {
    format!("/learn/lessons/{}/{step}", encoded(lesson))
}

/// Opens a new question of a skill.
pub fn practise(skill: &str) -> String {
    format!("/learn/practise?skill={}", encoded(skill))
}

/// A question (GET) and its answer form (POST). Sealed items are safe letters, so they stay short here.
pub fn item(item: &str) -> String {
    format!("/learn/items/{}", encoded(item))
}

/// Opens the next hint of a question; a form with `level`.
pub fn hint(item: &str) -> String {
    format!("/learn/items/{}/hint", encoded(item))
}

/// "Show me how", once it is answered.
pub fn solution(item: &str) -> String {
    format!("/learn/items/{}/solution", encoded(item))
}

/// Today of a class.
pub fn today(class: &str) -> String {
    format!("/teach/{}", encoded(class))
}

/// One learner as the teacher sees it.
pub fn learner(class: &str, learner: &str) -> String {
    format!("/teach/{}/learner/{}", encoded(class), encoded(learner))
}

/// The skill grid; without a strand the first.
pub fn grid(class: &str, strand: Option<&str>) -> String {
    match strand {
        Some(strand) => format!("/teach/{}/grid?strand={}", encoded(class), encoded(strand)),
        None => format!("/teach/{}/grid", encoded(class)),
    }
}

/// Who may be let in; a form (`learner`).
pub fn let_in(class: &str) -> String {
    format!("/teach/{}/let-in", encoded(class))
}

/// Opens or closes a class; a form (`open`).
pub fn open(class: &str) -> String {
    format!("/teach/{}/open", encoded(class))
}

/// Adds children to a class; a form (`learners` one a line).
pub fn add_learners(class: &str) -> String {
    format!("/teach/{}/learners", encoded(class))
}

/// New pictures for a child; a form.
pub fn new_code(class: &str, learner: &str) -> String {
    format!("/teach/{}/learner/{}/code", encoded(class), encoded(learner))
}

/// Cards for the way in, of a whole class or of one child; also the form that makes them (`pictures`, `learner`).
pub fn cards(class: &str, learner: Option<&str>) -> String {
    match learner {
        Some(learner) => format!("/teach/{}/cards?learner={}", encoded(class), encoded(learner)),
        None => format!("/teach/{}/cards", encoded(class)),
    }
}

/// The way in by a printed card, below the box's address.
pub fn card(token: &str) -> String {
    format!("/card/{}", encoded(token))
}

/// Ends a program's token; a form.
pub fn end_program(program: &str) -> String {
    format!("/admin/programs/{}/end", encoded(program))
}

/// What is known of one child.
pub fn child(learner: &str) -> String {
    format!("/lead/privacy/{}", encoded(learner))
}

/// Gives out what is known of a child; a form.
pub fn child_export(learner: &str) -> String {
    format!("/lead/privacy/{}/export", encoded(learner))
}

/// Erases a child; a form (`name`).
pub fn child_erase(learner: &str) -> String {
    format!("/lead/privacy/{}/erase", encoded(learner))
}

/// As whom else a child was entered.
pub fn same_child(learner: &str) -> String {
    format!("/teach/same/{}", encoded(learner))
}

/// Another entry is this child; a form.
pub fn join_child(learner: &str, other: &str) -> String {
    format!("/teach/same/{}/{}/join", encoded(learner), encoded(other))
}

/// Another entry is another child after all; a form.
pub fn part_child(learner: &str, other: &str) -> String {
    format!("/teach/same/{}/{}/part", encoded(learner), encoded(other))
}

/// The page that a form belongs to: forms with an address of their own stand on another page.
pub fn page_of_form(path: &str) -> String {
    match path {
        NEW_CLASS => return TEACH.to_owned(),
        "/setup/language" => return SETUP.to_owned(),
        _ => {}
    }
    if let Some(class) = path.strip_suffix("/learners") {
        return format!("{class}/let-in");
    }
    if path.starts_with("/admin/backups/") {
        return BACKUPS.to_owned();
    }
    if path.starts_with("/setup/restore/") {
        return SETUP_RESTORE.to_owned();
    }
    if let Some((child, _)) = path.strip_prefix("/teach/same/").and_then(|rest| rest.split_once('/')) {
        return format!("/teach/same/{child}");
    }
    let page =
        path.strip_suffix("/hint").or_else(|| path.strip_suffix("/code")).or_else(|| path.strip_suffix("/erase"));
    page.unwrap_or(path).to_owned()
}

/// Live news of a class, a stream.
pub fn live(class: &str) -> String {
    format!("/api/v1/classes/{}/live", encoded(class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_its_page() {
        for (form, page) in [
            ("/learn/items/abc/hint", "/learn/items/abc"),
            ("/learn/items/abc", "/learn/items/abc"),
            ("/teach/c/learner/l/code", "/teach/c/learner/l"),
            ("/teach/c/learners", "/teach/c/let-in"),
            ("/teach/c/cards", "/teach/c/cards"),
            (NEW_CLASS, TEACH),
            (BACKUP_LOOK, BACKUPS),
            (SETUP_RESTORE_LOOK, SETUP_RESTORE),
            ("/lead/privacy/l/erase", "/lead/privacy/l"),
            ("/teach/same/l/k/join", "/teach/same/l"),
        ] {
            assert_eq!(page_of_form(form), page);
        }
    }

    #[test]
    fn ids_cannot_leave_their_segment() {
        assert_eq!(today("../a?b#c"), "/teach/..%2Fa%3Fb%23c");
        assert_eq!(code("m", "a", &[2, 7]), "/class/m/a?p=2,7");
        assert_eq!(faces("m", 0), "/class/m");
    }
}
