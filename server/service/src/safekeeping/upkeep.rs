//! What the box does by itself when no child is at work: a backup on its own card once a day, reading everything through
//! once a week, a test restore once a month. When each was done and how it went is kept in a file, so that people and
//! `doctor` can see it.

use super::{At, Away, Fault, Job, SafekeepingError, locked};
use crate::export::rfc3339;
use crate::keys::write_secret;
use crate::{Chalkbox, StoreTrouble, views};
use chalkbox_domain::ids::LearnerId;
use chalkbox_store::ScrubReport;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Files of the journal are packed when their newest event is so old.
const PACKED_AFTER_MS: u64 = 60 * 24 * 3600 * 1000;
/// So many files of the journal are packed in one quiet moment.
const PACKED_AT_ONCE: usize = 16;
/// The file in the data folder.
pub const FILE: &str = "upkeep.json";
/// A day, in milliseconds.
pub(super) const DAY_MS: u64 = 24 * HOUR_MS;
const HOUR_MS: u64 = 3600 * 1000;
/// Bytes of the file at most.
const LONGEST: u64 = 64 * 1024;
/// The hours of the school's own time in which the box prefers to work for itself: from midnight to five.
const QUIET_UNTIL: i8 = 5;
/// What did not go well is tried again after so long, at the earliest.
const AGAIN_MS: u64 = HOUR_MS;
/// A backup on the card that is so old is made anew although children are at work.
const OVERDUE_MS: u64 = 3 * DAY_MS;
/// A stick that stays in is saved to so often.
const STICK_EVERY_MS: u64 = 20 * HOUR_MS;
/// Backups that did not pass are remembered, at most.
const MOST_BAD: usize = 16;

/// One thing that was done, and how it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// When, RFC 3339 in UTC by the box's clock.
    pub at: String,
    /// `card`, `device`, `upload`, `box`, or the name of a stick.
    pub place: String,
    /// Whether it went well.
    pub fine: bool,
    /// Entries of the log that it covers.
    pub events: u64,
    /// What went wrong, for programmers; empty when nothing did.
    #[serde(default)]
    pub told: String,
    /// It went well, and did not the last time that it was tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Failure>,
}

/// Something that was tried again and did not go well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When, as in [`Deed::at`].
    pub at: String,
    /// Where, as in [`Deed::place`].
    pub place: String,
    /// What went wrong, for programmers.
    pub told: String,
}

fn ms_of(at: &str) -> u64 {
    at.parse::<jiff::Timestamp>().map_or(0, |at| u64::try_from(at.as_millisecond()).unwrap_or(0))
}

impl Failure {
    /// When, milliseconds since 1970; 0 when the file says nonsense.
    pub fn at_ms(&self) -> u64 {
        ms_of(&self.at)
    }
}

impl Deed {
    /// When it did not go well the last time, if that was the last time.
    fn failed_ms(&self) -> Option<u64> {
        let since = self.since.as_ref().map(Failure::at_ms);
        since.or_else(|| (!self.fine).then(|| self.at_ms()))
    }
    /// When, milliseconds since 1970; 0 when the file says nonsense.
    pub fn at_ms(&self) -> u64 {
        ms_of(&self.at)
    }
}

/// What was done last of each kind, if it ever went well: the last time that it did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UpkeepRecord {
    /// The backup on the card.
    pub saved_on_card: Option<Deed>,
    /// The last backup on a stick or a device.
    pub saved_away: Option<Deed>,
    /// The last backup that was read through.
    pub checked: Option<Deed>,
    /// The last test restore.
    pub restore_tested: Option<Deed>,
    /// The last time that the box read its own memory through.
    pub scrubbed: Option<Deed>,
    /// Learners who were erased and may still be in the backup on the card.
    pub erased: Vec<LearnerId>,
    /// Backups that cannot be relied on, one for each place: until the one there passes.
    pub bad: Vec<Deed>,
    /// Since when the first backup on the card waits for a moment without children.
    pub waits_since: Option<String>,
}

impl UpkeepRecord {
    /// Whether the last backup at a place did not pass.
    pub fn is_bad(&self, place: &str) -> bool {
        self.bad.iter().any(|deed| deed.place == place)
    }

    /// How it stands with the backup that is not on the box's own card.
    pub fn away(&self, now_ms: u64) -> Away {
        match &self.saved_away {
            None => Away::Never,
            Some(deed) if !deed.fine || self.is_bad(&deed.place) => Away::Bad,
            Some(deed) => Away::Days(now_ms.saturating_sub(deed.at_ms()) / DAY_MS),
        }
    }

    /// Reads the file of a data folder; nothing done where it is not there or says nonsense.
    pub fn read(data: &Path) -> Self {
        let path = data.join(FILE);
        if path.metadata().map_or(true, |of| of.len() > LONGEST) {
            return Self::default();
        }
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        read.unwrap_or_else(|| {
            tracing::warn!(path = %path.display(), "what was done for upkeep cannot be read and is begun anew");
            Self::default()
        })
    }
}

/// What the box does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chore {
    Save,
    Scrub,
    Drill,
}

impl Chore {
    const ALL: [Self; 3] = [Self::Save, Self::Scrub, Self::Drill];

    /// After how long it is tried again when it did not go well. What takes long, or reads and writes much, not at once.
    fn again_ms(self) -> u64 {
        match self {
            Self::Save => AGAIN_MS,
            Self::Scrub | Self::Drill => DAY_MS,
        }
    }

    /// After how long it is due again, in milliseconds.
    fn every_ms(self) -> u64 {
        match self {
            Self::Save => 20 * HOUR_MS,
            Self::Scrub => 7 * DAY_MS,
            Self::Drill => 30 * DAY_MS,
        }
    }

    fn last(self, record: &UpkeepRecord) -> Option<&Deed> {
        match self {
            Self::Save => record.saved_on_card.as_ref(),
            Self::Scrub => record.scrubbed.as_ref(),
            Self::Drill => record.restore_tested.as_ref(),
        }
    }
}

/// Whether a chore is due. A box that is off at night does it a little later, in any moment without a child.
fn is_due(chore: Chore, last_ms: Option<u64>, now_ms: u64, quiet_hour: bool) -> bool {
    let Some(last_ms) = last_ms else { return true };
    // A clock that went back must not put a backup off for years.
    let since = now_ms.abs_diff(last_ms);
    since >= chore.every_ms() + if quiet_hour { 0 } else { chore.every_ms() / 4 }
}

/// What the rounds remember between them.
#[derive(Default)]
pub(crate) struct Rounds {
    was_preparing: bool,
    /// When each chore was last begun, in monotonic milliseconds.
    begun: [Option<u64>; 3],
    /// When the backup on the card could not be made anew, the same.
    pub(super) renewal_failed_ms: Option<u64>,
    /// When each stick that is in was last saved to, the same.
    sticks: BTreeMap<String, u64>,
}

impl Chalkbox {
    /// What was done when.
    pub fn upkeep_record(&self) -> UpkeepRecord {
        locked(&self.safekeeping().record).get_or_insert_with(|| UpkeepRecord::read(self.data())).clone()
    }

    pub(super) fn change_record(&self, change: impl FnOnce(&mut UpkeepRecord)) {
        let mut kept = locked(&self.safekeeping().record);
        let record = kept.get_or_insert_with(|| UpkeepRecord::read(self.data()));
        change(record);
        let path = self.data().join(FILE);
        let written = serde_json::to_vec_pretty(record).map_err(std::io::Error::other);
        if let Err(error) = written.and_then(|bytes| write_secret(&path, &bytes)) {
            tracing::warn!(%error, path = %path.display(), "what was done for upkeep cannot be noted");
        }
    }

    /// Notes what was done and how it went.
    pub(super) fn note_deed(
        &self,
        place: &str,
        fine: bool,
        events: u64,
        told: String,
        which: impl FnOnce(&mut UpkeepRecord) -> &mut Option<Deed>,
    ) {
        let (at, place) = (rfc3339(self.store().now_ms()), place.to_owned());
        self.change_record(|record| match which(record) {
            // When it last went well stays known.
            Some(former) if former.fine && !fine => former.since = Some(Failure { at, place, told }),
            slot => *slot = Some(Deed { at, place, fine, events, told, since: None }),
        });
    }

    /// Notes that the backup at a place cannot be relied on.
    pub(super) fn note_bad(&self, place: &str, told: &str) {
        let at = rfc3339(self.store().now_ms());
        let (place, told) = (place.to_owned(), told.to_owned());
        self.change_record(|record| {
            record.bad.retain(|deed| deed.place != place);
            record.bad.push(Deed { at, place, fine: false, events: 0, told, since: None });
            let most = record.bad.len().saturating_sub(MOST_BAD);
            record.bad.drain(..most);
        });
    }

    /// Notes that the backup at a place passed.
    pub(super) fn note_good(&self, place: &str) {
        if self.upkeep_record().is_bad(place) {
            self.change_record(|record| record.bad.retain(|deed| deed.place != place));
        }
    }

    /// Notes that a stick was saved to: it is not saved to again by itself at once.
    pub(super) fn note_stick_saved(&self, stick: &str) {
        let now_mono_ms = self.clock().mono_ms();
        locked(&self.safekeeping().rounds).sticks.insert(stick.to_owned(), now_mono_ms);
    }

    /// Everybody and every tool as the newest entries say, and the local context of their country: after a backup was brought back, or
    /// once the box has put its memory in order.
    ///
    /// # Errors
    /// When a row cannot be read, or the context cannot be put in force.
    pub fn reload_people(&self) -> Result<(), StoreTrouble> {
        let _one_at_a_time = self.administration();
        self.read_people_anew()
    }

    /// The same, for whoever holds [`Self::administration`] already.
    pub(super) fn read_people_anew(&self) -> Result<(), StoreTrouble> {
        let mut people = views::people(self.store())?;
        people.learners.retain(|id, _| !self.leaving().contains(id));
        let gone = {
            let mut now = self.people_mut();
            let gone: Vec<_> = now
                .learners
                .keys()
                .filter(|id| !people.learners.contains_key(id) || !people.links.stands(**id))
                .copied()
                .collect();
            *now = people;
            gone
        };
        for learner in gone {
            self.forget_learner(learner);
        }
        self.read_tools_anew()?;
        if self.is_set_up() {
            self.adopt_context().map_err(|error| StoreTrouble::Failed(error.to_string()))?;
        }
        Ok(())
    }

    /// One round of what the box does by itself; call it every half a minute. `going` says false when the box shall stop.
    pub fn upkeep_round(&self, going: &dyn Fn() -> bool) {
        if self.preparing().is_some() || !self.is_set_up() {
            return;
        }
        let now_mono_ms = self.clock().mono_ms();
        self.save_to_known_stick(now_mono_ms, going);
        let is_quiet = self.is_quiet();
        let may = |chore: Chore| is_quiet || (chore == Chore::Save && self.is_save_overdue());
        let due = Chore::ALL.into_iter().find(|chore| may(*chore) && self.is_due(*chore, now_mono_ms));
        let Some(chore) = due.filter(|_| going()) else { return };
        locked(&self.safekeeping().rounds).begun[chore as usize] = Some(now_mono_ms);
        // What was begun in a quiet moment ends when a child comes.
        let done = self.do_chore(chore, &|| going() && (!is_quiet || self.is_quiet()));
        self.tell_chore(&format!("{chore:?}"), done);
    }

    fn tell_chore(&self, chore: &str, done: Result<(), SafekeepingError>) {
        match done {
            // Nobody has asked for it, and nobody need read that it waits.
            Err(SafekeepingError::Fault(Fault::Halted)) => self.forget_job(),
            Err(error) => tracing::warn!(%error, chore, "a chore of upkeep did not go well; it is tried again"),
            Ok(()) => {}
        }
    }

    /// A school in which some child is always at work must not be without a backup for ever.
    fn is_save_overdue(&self) -> bool {
        let (record, now_ms) = (self.upkeep_record(), self.store().now_ms());
        let since_ms = match (record.saved_on_card.filter(|deed| deed.fine), record.waits_since) {
            (Some(deed), _) => deed.at_ms(),
            (None, Some(since)) => ms_of(&since),
            (None, None) => {
                self.change_record(|record| record.waits_since = Some(rfc3339(now_ms)));
                now_ms
            }
        };
        now_ms.abs_diff(since_ms) >= OVERDUE_MS
    }

    /// Saves to a stick that holds this box's backup already: once when it is put in, and once a day while it stays.
    fn save_to_known_stick(&self, now_mono_ms: u64, going: &dyn Fn() -> bool) {
        let known = self.known_sticks();
        let due = {
            let sticks = &mut locked(&self.safekeeping().rounds).sticks;
            sticks.retain(|stick, _| known.contains(stick));
            let is_due = |at: &u64| now_mono_ms.saturating_sub(*at) >= STICK_EVERY_MS;
            known.into_iter().find(|stick| sticks.get(stick).is_none_or(is_due))
        };
        let Some(stick) = due.filter(|_| going()) else { return };
        match self.carry_out_while(&Job::SaveToStick(stick.clone()), going) {
            Err(SafekeepingError::Running) => {}
            done => {
                // One that cannot be saved to is not tried again at once.
                self.note_stick_saved(&stick);
                self.tell_chore("SaveToStick", done);
            }
        }
    }

    /// Reads the people anew once the memory is in order; call it every few seconds.
    pub fn follow_readiness(&self) {
        let preparing = self.preparing().is_some();
        let was = std::mem::replace(&mut locked(&self.safekeeping().rounds).was_preparing, preparing);
        if was
            && !preparing
            && let Err(error) = self.reload_people()
        {
            tracing::error!(%error, "the people of the school cannot be read");
        }
    }

    fn is_due(&self, chore: Chore, now_mono_ms: u64) -> bool {
        let begun = locked(&self.safekeeping().rounds).begun[chore as usize];
        if begun.is_some_and(|at| now_mono_ms.saturating_sub(at) < AGAIN_MS) {
            return false;
        }
        let (record, now_ms) = (self.upkeep_record(), self.store().now_ms());
        if chore == Chore::Drill && record.saved_on_card.as_ref().is_none_or(|deed| !deed.fine) {
            return false;
        }
        let last = chore.last(&record);
        let failed_ms = last.and_then(Deed::failed_ms);
        if failed_ms.is_some_and(|at| now_ms.abs_diff(at) < chore.again_ms()) {
            return false;
        }
        let fine_ms = last.filter(|deed| deed.fine).map(Deed::at_ms);
        is_due(chore, fine_ms, now_ms, self.local_hour() < QUIET_UNTIL)
    }

    /// No child is signed in.
    fn is_quiet(&self) -> bool {
        self.sign_ins().learners_seen(self.clock().mono_ms()).is_empty()
    }

    fn local_hour(&self) -> i8 {
        let ms = i64::try_from(self.store().now_ms()).unwrap_or(i64::MAX);
        let moment = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        moment.to_zoned(self.zone()).hour()
    }

    fn do_chore(&self, chore: Chore, going: &dyn Fn() -> bool) -> Result<(), SafekeepingError> {
        match chore {
            Chore::Save => self.carry_out_while(&Job::SaveToCard, going),
            Chore::Drill => self.carry_out_while(&Job::Drill(At::Card), going),
            Chore::Scrub => {
                let told = match self.store().scrub(going) {
                    // Ended early; it goes on another time.
                    Ok(report) if !report.complete => return Ok(()),
                    Ok(report) => scrub_words(&report),
                    Err(error) => error.to_string(),
                };
                self.note_deed("box", told.is_empty(), self.entries(), told, |record| &mut record.scrubbed);
                // What lies still for long takes a sixth of the room when it is packed.
                let before_ms = self.store().now_ms().saturating_sub(PACKED_AFTER_MS);
                if let Err(error) = self.store().pack(before_ms, PACKED_AT_ONCE) {
                    tracing::warn!(%error, "old files of the journal could not be packed");
                }
                Ok(())
            }
        }
    }
}

/// What a scrub found wrong, for programmers; empty: nothing.
fn scrub_words(report: &ScrubReport) -> String {
    let found = [
        (report.damaged.len() as u64, "files were damaged"),
        (report.lost.iter().map(|(from, to)| to.saturating_sub(*from) + 1).sum(), "entries are lost"),
        (report.bad_rows, "rows did not read back"),
        (report.differing, "learners’ states differed"),
    ];
    let words = found.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chore_is_due_at_night_and_a_little_later_by_day() {
        let last = Some(100 * DAY_MS);
        for (hours, night, day) in [(1, false, false), (19, false, false), (20, true, false), (25, true, true)] {
            let now = 100 * DAY_MS + hours * HOUR_MS;
            assert_eq!(is_due(Chore::Save, last, now, true), night, "{hours}");
            assert_eq!(is_due(Chore::Save, last, now, false), day, "{hours}");
        }
        assert!(is_due(Chore::Drill, None, 0, false), "never done");
        assert!(is_due(Chore::Save, last, 10 * DAY_MS, false), "the clock went back");
    }

    #[test]
    fn a_record_that_says_nonsense_or_too_much_is_begun_anew() {
        let data = tempfile::tempdir().expect("a folder");
        assert_eq!(UpkeepRecord::read(data.path()), UpkeepRecord::default());
        for text in ["{", "[]", "\"x\"", &format!("\"{}\"", "x".repeat(70_000))] {
            std::fs::write(data.path().join(FILE), text).expect("written");
            assert_eq!(UpkeepRecord::read(data.path()), UpkeepRecord::default());
        }
        let deed = Deed {
            at: "2026-11-25T08:15:00Z".into(),
            place: "card".into(),
            fine: true,
            events: 3,
            told: String::new(),
            since: None,
        };
        let record = UpkeepRecord { checked: Some(deed), ..UpkeepRecord::default() };
        std::fs::write(data.path().join(FILE), serde_json::to_vec(&record).expect("JSON")).expect("written");
        assert_eq!(UpkeepRecord::read(data.path()), record);
        assert_eq!(record.checked.map(|d| d.at_ms()), Some(1_795_594_500_000));
    }
}
