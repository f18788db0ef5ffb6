//! Long work on backups: one thing at a time, in memory only, with how far it is and what came of it.

use super::medium::{self, BroughtBack, CameBack, Fault, Medium, Saved, Tell};
use super::scratch::{self, Holdings};
use super::{CARD_FOLDER, LookedAt, SafekeepingError, locked};
use crate::Chalkbox;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Where a backup lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// On the box's own card.
    Card,
    /// On a stick, by its id in [`SetView`](super::SetView).
    Set(String),
    /// In the file that somebody uploaded.
    Upload,
}

/// Work to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Brings the backup on the card up to date.
    SaveToCard,
    /// The same on a stick, by its id.
    SaveToStick(String),
    /// Reads all of a backup.
    Check(At),
    /// Restores a backup beside the school and looks whether everything came back.
    Drill(At),
    /// Says what a backup holds, before it is brought back.
    Look {
        /// Where it lies.
        at: At,
        /// The recovery key of a locked one, if it is not this box's own.
        passphrase: Option<String>,
    },
    /// Brings back what was looked at last.
    BringBack,
}

/// What kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Making a backup.
    Save,
    /// Reading one through.
    Check,
    /// A test restore.
    Drill,
    /// Looking into one.
    Look,
    /// Bringing one back.
    BringBack,
}

/// How work stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    /// It goes on.
    Running,
    /// It is done.
    Done(Outcome),
    /// It did not go well; nothing that was there before is lost by it.
    Failed(Fault),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A backup was made, and read back.
    Saved(Saved),
    /// A backup is whole; it holds so many entries.
    Sound(u64),
    /// A test restore went well.
    Restorable(CameBack),
    /// A backup was looked into.
    Holds(Holdings),
    /// A backup was brought back.
    BroughtBack(BroughtBack),
}

/// Work as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobView {
    /// What kind.
    pub kind: JobKind,
    /// `card`, `device`, `upload`, or the name of a stick.
    pub place: String,
    /// Parts done.
    pub done: u64,
    /// Parts in all; 0: not known yet.
    pub total: u64,
    /// How it stands.
    pub state: JobState,
}

/// How long the box may take to put what came back in order.
pub(super) const ORDER: Duration = Duration::from_secs(6 * 3600);

/// Holds the one place for work; work that ends without a word has failed.
struct Claim<'a>(&'a Chalkbox);

impl Claim<'_> {
    fn settle(&self, state: JobState) {
        if let Some(job) = locked(&self.0.safekeeping().job).as_mut() {
            job.state = state;
        }
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        if self.0.job_runs() {
            self.settle(JobState::Failed(Fault::Stopped));
        }
    }
}

impl Job {
    fn kind(&self) -> JobKind {
        match self {
            Self::SaveToCard | Self::SaveToStick(_) => JobKind::Save,
            Self::Check(_) => JobKind::Check,
            Self::Drill(_) => JobKind::Drill,
            Self::Look { .. } => JobKind::Look,
            Self::BringBack => JobKind::BringBack,
        }
    }
}

impl Chalkbox {
    /// What runs, or what ran last.
    pub fn job(&self) -> Option<JobView> {
        locked(&self.safekeeping().job).clone()
    }

    pub(crate) fn job_runs(&self) -> bool {
        self.job().is_some_and(|job| job.state == JobState::Running)
    }

    /// Forgets what ran last, once it was seen; what runs stays.
    pub fn forget_job(&self) {
        let mut job = locked(&self.safekeeping().job);
        if job.as_ref().is_some_and(|job| job.state != JobState::Running) {
            *job = None;
        }
    }

    fn take_place(&self, kind: JobKind, place: &str) -> Result<(), SafekeepingError> {
        let mut job = locked(&self.safekeeping().job);
        if job.as_ref().is_some_and(|job| job.state == JobState::Running) {
            return Err(SafekeepingError::Running);
        }
        *job = Some(JobView { kind, place: place.to_owned(), done: 0, total: 0, state: JobState::Running });
        Ok(())
    }

    /// Does work in the one place for it, in this thread.
    pub(super) fn in_turn(
        &self,
        kind: JobKind,
        place: &str,
        work: impl FnOnce(Tell<'_>) -> Result<Outcome, SafekeepingError>,
    ) -> Result<(), SafekeepingError> {
        self.take_place(kind, place)?;
        self.finish(&Claim(self), work)
    }

    fn finish(
        &self,
        claim: &Claim<'_>,
        work: impl FnOnce(Tell<'_>) -> Result<Outcome, SafekeepingError>,
    ) -> Result<(), SafekeepingError> {
        let outcome = work(&mut |done, total| {
            if let Some(job) = locked(&self.safekeeping().job).as_mut() {
                (job.done, job.total) = (done, total);
            }
        });
        match outcome {
            Ok(outcome) => {
                claim.settle(JobState::Done(outcome));
                Ok(())
            }
            Err(error) => {
                let fault = match &error {
                    SafekeepingError::Fault(fault) => fault.clone(),
                    other => Fault::Medium(other.to_string()),
                };
                tracing::warn!(%error, "work on a backup did not go well");
                claim.settle(JobState::Failed(fault));
                Err(error)
            }
        }
    }

    /// Begins work in a thread of its own; [`Self::job`] tells how it goes.
    ///
    /// # Errors
    /// When something is at work already, or what it needs is not there.
    pub fn begin_job(self: &Arc<Self>, job: Job) -> Result<(), SafekeepingError> {
        let place = self.place_of(&job)?;
        // Taken before anybody is told that the work has begun; the thread gives it up.
        self.take_place(job.kind(), &place)?;
        let chalkbox = Arc::clone(self);
        let begun = std::thread::Builder::new().name("safekeeping".to_owned()).spawn(move || {
            let claim = Claim(&chalkbox);
            // What went wrong is in the job's state, and logged.
            let _ = chalkbox.finish(&claim, |tell| chalkbox.work(&job, tell));
        });
        if let Err(error) = begun {
            drop(Claim(self));
            return Err(Fault::Store(error.to_string()).into());
        }
        Ok(())
    }

    /// Does work at once, in this thread.
    ///
    /// # Errors
    /// As [`Self::begin_job`], and when it does not go well.
    pub fn carry_out(&self, job: &Job) -> Result<(), SafekeepingError> {
        let place = self.place_of(job)?;
        self.in_turn(job.kind(), &place, |tell| self.work(job, tell))
    }

    /// The name of the place that a job is about; what it needs must be there.
    fn place_of(&self, job: &Job) -> Result<String, SafekeepingError> {
        match job {
            Job::SaveToCard => Ok("card".to_owned()),
            Job::SaveToStick(stick) => Ok(self.stick_folder(stick)?.1),
            Job::Check(at) | Job::Drill(at) | Job::Look { at, .. } => Ok(self.medium_at(at)?.1),
            Job::BringBack => {
                let looked_at = locked(&self.safekeeping().looked_at).clone();
                Ok(self.medium_at(&looked_at.ok_or(SafekeepingError::NothingLookedAt)?.at)?.1)
            }
        }
    }

    fn medium_at(&self, at: &At) -> Result<(Medium, String), SafekeepingError> {
        match at {
            At::Card => Ok((Medium::Folder(self.data().join(CARD_FOLDER)), "card".to_owned())),
            At::Set(id) => {
                let (path, stick) = self.set_on_stick(id)?;
                Ok((if path.is_dir() { Medium::Folder(path) } else { Medium::File(path) }, stick))
            }
            At::Upload => {
                let path = self.upload_path();
                if !path.is_file() {
                    return Err(SafekeepingError::NothingLookedAt);
                }
                Ok((Medium::File(path), "upload".to_owned()))
            }
        }
    }

    /// The key for a backup: the one that was typed, else the box's own.
    fn key_for(&self, typed: Option<&str>) -> Result<Option<String>, SafekeepingError> {
        match typed.map(str::trim).filter(|key| !key.is_empty()) {
            Some(typed) => Ok(Some(typed.to_owned())),
            None => self.recovery_key(),
        }
    }

    fn work(&self, job: &Job, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        match job {
            Job::SaveToCard => {
                let folder = self.data().join(CARD_FOLDER);
                let entries = self.entries();
                // Never locked: the key lies on the same card, and lost entries are looked for in it without anybody.
                let saved = make_folder(&folder).and_then(|()| medium::save(self.data(), &folder, None, tell));
                let (fine, events, told) = told(&saved, |_| entries);
                self.note_deed("card", fine, events, told, |record| &mut record.saved_on_card);
                Ok(Outcome::Saved(saved?))
            }
            Job::SaveToStick(stick) => {
                let (folder, name) = self.stick_folder(stick)?;
                let entries = self.entries();
                let saved = medium::save(self.data(), &folder, self.recovery_key()?, tell)?;
                self.note_deed(&name, true, entries, String::new(), |record| &mut record.saved_away);
                Ok(Outcome::Saved(saved))
            }
            Job::Check(at) => {
                let (medium, place) = self.medium_at(at)?;
                let checked = medium::check(&medium, self.recovery_key()?.as_deref(), tell);
                let (fine, events, told) = told(&checked, |events| *events);
                self.note_deed(&place, fine, events, told, |record| &mut record.checked);
                Ok(Outcome::Sound(checked?))
            }
            Job::Drill(at) => self.drill(at, tell),
            Job::Look { at, passphrase } => self.look(at, passphrase.as_deref(), tell),
            Job::BringBack => self.bring_back(tell),
        }
    }

    /// Restores a backup beside the school. What follows from it must be what follows here, if nothing came since.
    fn drill(&self, at: &At, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let (medium, place) = self.medium_at(at)?;
        let key = self.recovery_key()?;
        let before = self.entries();
        let saved = self.upkeep_record().saved_on_card.map(|deed| deed.events);
        let restored = scratch::drill(self, &medium, key.as_deref(), tell).and_then(|back| {
            let is_newest = *at == At::Card && saved == Some(before) && self.entries() == before;
            if is_newest && !back.same_states {
                return Err(Fault::NotTheSame("other states follow from it than the school has".to_owned()));
            }
            Ok(back)
        });
        let (fine, events, told) = told(&restored, |back| back.events);
        self.note_deed(&place, fine, events, told, |record| &mut record.restore_tested);
        Ok(Outcome::Restorable(restored?))
    }

    fn look(&self, at: &At, passphrase: Option<&str>, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let (medium, _) = self.medium_at(at)?;
        let passphrase = self.key_for(passphrase)?;
        *locked(&self.safekeeping().looked_at) = None;
        let holdings = scratch::restore(self, &medium, passphrase.as_deref(), tell)?;
        let looked_at = LookedAt { at: at.clone(), passphrase, holdings: holdings.clone() };
        *locked(&self.safekeeping().looked_at) = Some(looked_at);
        Ok(Outcome::Holds(holdings))
    }

    fn bring_back(&self, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let looked_at = locked(&self.safekeeping().looked_at).clone().ok_or(SafekeepingError::NothingLookedAt)?;
        let (medium, _) = self.medium_at(&looked_at.at)?;
        let back = medium::bring_into(self.store(), self.data(), &medium, looked_at.passphrase.as_deref(), tell)?;
        // Answers are taken all the while; the people of the backup are there once it is folded.
        if self.store().wait_until_ready(ORDER) {
            self.reload_people().map_err(|trouble| Fault::Store(trouble.to_string()))?;
        }
        self.forget_looked_at();
        Ok(Outcome::BroughtBack(back))
    }
}

fn make_folder(folder: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(folder).map_err(|error| Fault::Medium(format!("{}: {error}", folder.display())))
}

/// Whether it went well, its entries, and the fault in words for the record.
fn told<T>(result: &Result<T, Fault>, events: impl Fn(&T) -> u64) -> (bool, u64, String) {
    match result {
        Ok(value) => (true, events(value), String::new()),
        Err(fault) => (false, 0, fault.to_string()),
    }
}
