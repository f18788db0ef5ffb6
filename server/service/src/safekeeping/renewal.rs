//! After a learner was erased: the backup on the card is made anew without the learner, and the old one goes when the new
//! one was read back. That it has to be done is noted before anybody is erased, so that a cut only puts it off.

use super::jobs::Outcome;
use super::medium::{self, Fault, Lock, Medium, Saved, Tell};
use super::{CARD_FOLDER, JobKind, JobState, SafekeepingError, locked, scratch, sticks};
use crate::Chalkbox;
use chalkbox_domain::event::Actor;
use chalkbox_domain::ids::LearnerId;
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

/// Where the new backup is made, in the data folder.
const NEW_FOLDER: &str = "backup.new";
/// Where the store unpacks a backup that is restored; a cut may have left it.
const UNPACKED: &str = "restore.part";
/// What did not go well is tried again after so long, in milliseconds.
const AGAIN_MS: u64 = 60_000;

/// How far the box is with taking erased learners out of the backup on its card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewal {
    /// It is about to begin.
    Waits,
    /// It goes on.
    Runs {
        /// Parts done.
        done: u64,
        /// Parts in all; 0: not known yet.
        total: u64,
    },
    /// It did not go well, and is tried again.
    Failed(Fault),
}

impl Chalkbox {
    /// How far the box is with taking erased learners out of the backup on its card; none: nothing of them is left in it.
    pub fn renewal(&self) -> Option<Renewal> {
        if self.upkeep_record().erased.is_empty() || !self.has_card_backup() {
            return None;
        }
        let job = self.job().filter(|job| job.kind == JobKind::Renew);
        Some(match job.map(|job| (job.state, job.done, job.total)) {
            Some((JobState::Running, done, total)) => Renewal::Runs { done, total },
            Some((JobState::Failed(fault), ..)) => Renewal::Failed(fault),
            _ => Renewal::Waits,
        })
    }

    /// Whether there is a backup on the card.
    pub(crate) fn has_card_backup(&self) -> bool {
        !sticks::sets_in(&self.data().join(CARD_FOLDER)).is_empty()
    }

    /// Notes that a learner is about to be erased.
    pub(crate) fn note_erasing(&self, learner: LearnerId) {
        locked(&self.safekeeping().erasings).insert(learner, false);
        self.change_record(|record| {
            record.erased.retain(|one| *one != learner);
            record.erased.push(learner);
        });
    }

    /// Notes that the store is rid of a learner.
    pub(crate) fn note_erased(&self, learner: LearnerId) {
        locked(&self.safekeeping().erasings).insert(learner, true);
    }

    /// Notes that nobody was erased: the store did not take the wish.
    pub(crate) fn note_not_erased(&self, learner: LearnerId) {
        locked(&self.safekeeping().erasings).remove(&learner);
        self.change_record(|record| record.erased.retain(|one| *one != learner));
    }

    /// Makes the backup on the card anew if it may hold somebody who was erased; call it every few seconds.
    pub fn follow_erasing(&self) {
        if self.upkeep_record().erased.is_empty() || self.preparing().is_some() || self.job_runs() {
            return;
        }
        let now_mono_ms = self.clock().mono_ms();
        let failed_at = locked(&self.safekeeping().rounds).renewal_failed_ms;
        if failed_at.is_some_and(|at| now_mono_ms.saturating_sub(at) < AGAIN_MS) {
            return;
        }
        let had_one = self.has_card_backup();
        let done = self.in_turn(JobKind::Renew, "card", |tell| self.renew(tell));
        let failed = matches!(&done, Err(error) if !matches!(error, SafekeepingError::Running));
        locked(&self.safekeeping().rounds).renewal_failed_ms = failed.then_some(now_mono_ms);
        if done.is_ok() && !had_one {
            // Nothing was there, so there is nothing to be told.
            self.forget_job();
        }
    }

    fn renew(&self, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let asked = self.upkeep_record().erased;
        for learner in &asked {
            self.see_erased(*learner)?;
        }
        self.forget_looked_at();
        for folder in [NEW_FOLDER, UNPACKED, scratch::FOLDER] {
            remove(&self.data().join(folder))?;
        }
        let saved = if self.has_card_backup() { self.exchange(tell)? } else { Saved { bytes: 0 } };
        self.change_record(|record| record.erased.retain(|one| !asked.contains(one)));
        Ok(Outcome::Saved(saved))
    }

    /// Sees that the store is rid of a learner: a cut may have come before it was.
    fn see_erased(&self, learner: LearnerId) -> Result<(), SafekeepingError> {
        let _one_at_a_time = self.administration();
        let known = locked(&self.safekeeping().erasings).get(&learner).copied();
        let is_here = self.people().learners.contains_key(&learner);
        // In a former run, and the learner is here: the cut came before the wish was stored, and nobody was told that it
        // was done.
        if known == Some(true) || (known.is_none() && is_here) {
            return Ok(());
        }
        self.store().erase(learner, Actor::Box).map_err(|error| Fault::Store(error.to_string()))?;
        self.people_mut().learners.remove(&learner);
        self.forget_learner(learner);
        self.note_erased(learner);
        Ok(())
    }

    /// A whole new backup beside the old one, which goes when the new one was read back. Never the old one brought up to
    /// date: that would keep entries that the box itself has lost, and they may be the learner's.
    fn exchange(&self, tell: Tell<'_>) -> Result<Saved, Fault> {
        let (new, entries) = (self.data().join(NEW_FOLDER), self.entries());
        let made = match self.make_new(&new, tell) {
            // Without the room for both, a backup less for a moment is better than one with the learner in it.
            Err(Fault::NoRoom { .. }) => {
                remove(&new)?;
                self.drop_card_sets()?;
                self.make_new(&new, tell)
            }
            made => made,
        };
        let saved = match made {
            Ok(saved) => saved,
            Err(fault) => {
                remove(&new)?;
                return Err(fault);
            }
        };
        self.drop_card_sets()?;
        let card = self.data().join(CARD_FOLDER);
        for set in sticks::sets_in(&new) {
            let to = card.join(set.file_name().unwrap_or_default());
            std::fs::rename(&set, &to).map_err(|error| failed(&to, &error))?;
        }
        File::open(&card).and_then(|folder| folder.sync_all()).map_err(|error| failed(&card, &error))?;
        remove(&new)?;
        self.note_deed("card", true, entries, String::new(), |record| &mut record.saved_on_card);
        Ok(saved)
    }

    fn make_new(&self, new: &Path, tell: Tell<'_>) -> Result<Saved, Fault> {
        std::fs::create_dir_all(new).map_err(|error| failed(new, &error))?;
        let saved = medium::save(self.data(), new, Lock::Open, tell)?;
        medium::check(&Medium::Folder(new.to_owned()), None, tell)?;
        Ok(saved)
    }

    fn drop_card_sets(&self) -> Result<(), Fault> {
        if self.drop_card_backup() {
            Ok(())
        } else {
            Err(Fault::Medium("the old backup on the card cannot be removed".to_owned()))
        }
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Fault {
    Fault::Medium(format!("{}: {error}", path.display()))
}

/// Removes a folder if it is there.
fn remove(folder: &Path) -> Result<(), Fault> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(folder, &error)),
        _ => Ok(()),
    }
}
