//! When was the last backup made, and did it go well?

use super::{Check, Finding, Ground};
use crate::safekeeping::{Deed, REMIND_AFTER_DAYS, UpkeepRecord};
use std::path::Path;

pub struct BackupAge;

const DAY_MS: u64 = 24 * 3600 * 1000;
const AWAY: &str = "put in a stick and choose “To a stick” on the page Backups, or save one to another device";
const CARD: &str = "look whether the card has room; the box tries again by itself when no child is at work";

fn days(deed: &Deed, now_ms: u64) -> u64 {
    now_ms.saturating_sub(deed.at_ms()) / DAY_MS
}

impl BackupAge {
    fn away(&self, record: &UpkeepRecord, now_ms: u64, place: &Path) -> Finding {
        match &record.saved_away {
            None => Finding::look(self, "no backup was ever made outside of this box", place, AWAY),
            Some(deed) if days(deed, now_ms) >= REMIND_AFTER_DAYS => {
                let what = format!("the last backup outside of this box is {} days old", days(deed, now_ms));
                Finding::look(self, what, place, AWAY)
            }
            Some(deed) => {
                let what = format!("a backup outside of this box was made at {} ({})", deed.at, deed.place);
                Finding::ok(self, what, place)
            }
        }
    }

    fn on_card(&self, record: &UpkeepRecord, now_ms: u64, place: &Path) -> Option<Finding> {
        let deed = record.saved_on_card.as_ref()?;
        let what = if !deed.fine {
            format!("the last backup on the card did not go well: {}", deed.told)
        } else if days(deed, now_ms) >= 3 {
            format!("the last backup on the card is {} days old", days(deed, now_ms))
        } else {
            return Some(Finding::ok(self, format!("a backup on the card was made at {}", deed.at), place));
        };
        Some(Finding::look(self, what, place, CARD))
    }
}

impl Check for BackupAge {
    fn name(&self) -> &'static str {
        "backup"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let place = ground.data.join(crate::safekeeping::CARD_FOLDER);
        let record = UpkeepRecord::read(&ground.data);
        let mut found = vec![self.away(&record, ground.now_ms, &place)];
        found.extend(self.on_card(&record, ground.now_ms, &place));
        let failed =
            [("a backup did not pass its check", &record.checked), ("a test restore failed", &record.restore_tested)];
        for (what, deed) in failed {
            if let Some(deed) = deed.as_ref().filter(|deed| !deed.fine) {
                let what = format!("{what} at {}: {}", deed.at, deed.told);
                found.push(Finding::wrong(self, what, &place, "make a new backup on another stick and check it"));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Log, Mark};

    #[test]
    fn a_backup_grows_old_and_a_bad_one_is_wrong() {
        let data = tempfile::tempdir().expect("a folder");
        let deed = |at: &str, fine| Deed { at: at.into(), place: "card".into(), fine, events: 1, told: "x".into() };
        let marks = |record: &UpkeepRecord| -> Vec<Mark> {
            std::fs::write(data.path().join("upkeep.json"), serde_json::to_vec(record).expect("JSON"))
                .expect("written");
            let now_ms = 1_795_594_500_000;
            let ground = Ground { data: data.path().to_owned(), log: Log::default(), now_ms, memory_bytes: None };
            BackupAge.look(&ground).iter().map(|found| found.mark).collect()
        };
        let (new, old) = ("2026-11-24T08:00:00Z", "2026-11-10T08:00:00Z");
        assert_eq!(marks(&UpkeepRecord::default()), [Mark::Look]);
        let mut record = UpkeepRecord { saved_away: Some(deed(new, true)), ..UpkeepRecord::default() };
        assert_eq!(marks(&record), [Mark::Ok]);
        record.saved_away = Some(deed(old, true));
        record.saved_on_card = Some(deed(new, false));
        assert_eq!(marks(&record), [Mark::Look, Mark::Look]);
        record.saved_on_card = Some(deed(new, true));
        record.checked = Some(deed(new, false));
        assert_eq!(marks(&record), [Mark::Look, Mark::Ok, Mark::Wrong]);
    }
}
