//! When was the last backup made, and did it go well?

use super::{Check, Finding, Ground};
use crate::safekeeping::{Away, Deed, UpkeepRecord};
use std::path::Path;

pub struct BackupAge;

const DAY_MS: u64 = 24 * 3600 * 1000;
const AWAY: &str = "put in a stick and choose “To a stick” on the page Backups, or save one to another device";
const BAD: &str = "save to it again, which mends what can be mended, or make a new one on another stick and check it";
const CARD_BAD: &str = "save a backup to a stick; the box mends the one on the card at the next quiet moment";
const CARD: &str = "look whether the card has room; the box tries again by itself when no child is at work";

fn days(deed: &Deed, now_ms: u64) -> u64 {
    now_ms.saturating_sub(deed.at_ms()) / DAY_MS
}

impl BackupAge {
    fn away(&self, record: &UpkeepRecord, now_ms: u64, place: &Path) -> Finding {
        match (&record.saved_away, record.away(now_ms)) {
            (None, _) | (_, Away::Never) => {
                Finding::look(self, "no backup was ever made outside of this box", place, AWAY)
            }
            (Some(deed), Away::Bad) => {
                let what = format!("the last backup outside of this box did not pass its check ({})", deed.place);
                Finding::look(self, what, place, AWAY)
            }
            (Some(_), away @ Away::Days(days)) if away.is_due() => {
                let what = format!("the last backup outside of this box is {days} days old");
                Finding::look(self, what, place, AWAY)
            }
            (Some(deed), Away::Days(_)) => {
                let what = format!("a backup outside of this box was made at {} ({})", deed.at, deed.place);
                Finding::ok(self, what, place)
            }
        }
    }

    fn on_card(&self, record: &UpkeepRecord, now_ms: u64, place: &Path) -> Finding {
        let Some(deed) = &record.saved_on_card else {
            return Finding::look(self, "no backup was made on the card yet", place, CARD);
        };
        let what = if !deed.fine {
            format!("the last backup on the card did not go well: {}", deed.told)
        } else if let Some(failed) = &deed.since {
            format!("the backup on the card is of {}; at {} it did not go well: {}", deed.at, failed.at, failed.told)
        } else if days(deed, now_ms) >= 3 {
            format!("the last backup on the card is {} days old", days(deed, now_ms))
        } else {
            return Finding::ok(self, format!("a backup on the card was made at {}", deed.at), place);
        };
        Finding::look(self, what, place, CARD)
    }

    /// Backups that did not pass, and what never went well.
    fn bad(&self, record: &UpkeepRecord, place: &Path) -> Vec<Finding> {
        let never = [&record.checked, &record.restore_tested].into_iter().flatten();
        let never = never.filter(|deed| !deed.fine && !record.is_bad(&deed.place));
        let found = |deed: &Deed| {
            let what = format!("the backup at {:?} did not pass at {}: {}", deed.place, deed.at, deed.told);
            let remedy = if deed.place == "card" { CARD_BAD } else { BAD };
            Finding::wrong(self, what, place, remedy)
        };
        record.bad.iter().chain(never).map(found).collect()
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
        found.push(self.on_card(&record, ground.now_ms, &place));
        found.extend(self.bad(&record, &place));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Log, Mark};
    use crate::safekeeping::Failure;

    #[test]
    fn a_backup_grows_old_and_a_bad_one_is_wrong() {
        let data = tempfile::tempdir().expect("a folder");
        let deed = |at: &str, fine| Deed {
            at: at.into(),
            place: "card".into(),
            fine,
            events: 1,
            told: "x".into(),
            since: None,
        };
        let marks = |record: &UpkeepRecord| -> Vec<Mark> {
            std::fs::write(data.path().join("upkeep.json"), serde_json::to_vec(record).expect("JSON"))
                .expect("written");
            let now_ms = 1_795_594_500_000;
            let ground = Ground { data: data.path().to_owned(), log: Log::default(), now_ms, memory_bytes: None };
            BackupAge.look(&ground).iter().map(|found| found.mark).collect()
        };
        let (new, old) = ("2026-11-24T08:00:00Z", "2026-11-10T08:00:00Z");
        assert_eq!(marks(&UpkeepRecord::default()), [Mark::Look, Mark::Look]);
        let mut record = UpkeepRecord { saved_away: Some(deed(new, true)), ..UpkeepRecord::default() };
        assert_eq!(marks(&record), [Mark::Ok, Mark::Look], "there is none on the card");
        record.saved_away = Some(deed(old, true));
        record.saved_on_card = Some(deed(new, false));
        assert_eq!(marks(&record), [Mark::Look, Mark::Look]);
        record.saved_on_card = Some(deed(new, true));
        record.checked = Some(deed(new, false));
        assert_eq!(marks(&record), [Mark::Look, Mark::Ok, Mark::Wrong]);
        let failed = Failure { at: new.into(), place: "card".into(), told: "x".into() };
        record = UpkeepRecord { saved_on_card: Some(Deed { since: Some(failed), ..deed(new, true) }), ..record };
        assert_eq!(marks(&record), [Mark::Look, Mark::Look, Mark::Wrong], "tried again and failed");

        let away = |place: &str| Some(Deed { place: place.into(), ..deed(new, true) });
        let bad = vec![Deed { place: "BLUE".into(), ..deed(new, false) }];
        let on_card = Some(deed(new, true));
        let record = |place| UpkeepRecord {
            saved_away: away(place),
            saved_on_card: on_card.clone(),
            bad: bad.clone(),
            ..UpkeepRecord::default()
        };
        assert_eq!(marks(&record("RED")), [Mark::Ok, Mark::Ok, Mark::Wrong]);
        assert_eq!(marks(&record("BLUE")), [Mark::Look, Mark::Ok, Mark::Wrong], "the last one away did not pass");
    }
}
