//! Is every entry of the log there, and whole?

use super::{Check, Finding, Ground};

pub struct Journal;

const RESTORE: &str = "bring back the newest backup (page Backups, or `chalkbox backup restore`): entries that it has are put in their place";

fn holes(list: &[(u64, u64)]) -> (u64, String) {
    let lost = list.iter().map(|(from, to)| to - from + 1).sum();
    let mut words: Vec<String> = list
        .iter()
        .take(5)
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from} to {to}") })
        .collect();
    if list.len() > 5 {
        words.push("…".to_owned());
    }
    (lost, words.join(", "))
}

impl Check for Journal {
    fn name(&self) -> &'static str {
        "journal"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let place = ground.data.join(chalkbox_store::journal::FOLDER);
        let log = &ground.log;
        let mut found = Vec::new();
        if !log.missing.is_empty() {
            let (lost, words) = holes(&log.missing);
            found.push(Finding::wrong(self, format!("{lost} entries are missing: {words}"), &place, RESTORE));
        }
        let noted: Vec<(u64, u64)> = log.noted.iter().filter(|hole| !log.missing.contains(hole)).copied().collect();
        if !noted.is_empty() {
            let (lost, words) = holes(&noted);
            found.push(Finding::look(
                self,
                format!("{lost} entries were lost before, and that was noted: {words}"),
                &place,
                RESTORE,
            ));
        }
        if let Some(first) = log.unreadable.first() {
            let what = format!("{} entries cannot be read; the first: {first}", log.unreadable_count);
            found.push(Finding::wrong(self, what, &place, RESTORE));
        }
        if found.is_empty() {
            found.push(Finding::ok(self, format!("{} entries, all whole", log.events), &place));
        }
        found
    }
}
