//! Long work on backups: one thing at a time, in memory only, with how far it is and what came of it.

use super::medium::{self, BroughtBack, CameBack, Fault, Lock, Medium, Saved, Tell};
use super::scratch::{self, Holdings};
use super::sticks::device_of;
use super::{CARD_FOLDER, LookedAt, SafekeepingError, locked};
use crate::Chalkbox;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
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
    /// Checks or tries one that is locked with another key than the box has now.
    WithKey {
        /// Where it lies.
        at: At,
        /// The key that was typed.
        passphrase: String,
        /// Whether it is restored for a test, too.
        drill: bool,
    },
    /// Says what a backup holds, before it is brought back.
    Look {
        /// Where it lies.
        at: At,
        /// The recovery key of a locked one, if it is not this box's own.
        passphrase: Option<String>,
    },
    /// Brings back what was looked at last.
    BringBack,
    /// Brings what was looked at last to a box that belongs to nobody yet.
    Restore,
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
    /// Bringing one to an empty box.
    Restore,
    /// Making the one on the card anew, without somebody who was erased.
    Renew,
}

impl JobKind {
    /// Whether it can be stopped: bringing one back goes to its end.
    pub fn can_stop(self) -> bool {
        matches!(self, Self::Save | Self::Check | Self::Drill | Self::Look)
    }
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
        self.0.safekeeping().list_anew();
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
            Self::Check(_) | Self::WithKey { drill: false, .. } => JobKind::Check,
            Self::Drill(_) | Self::WithKey { drill: true, .. } => JobKind::Drill,
            Self::Look { .. } => JobKind::Look,
            Self::BringBack => JobKind::BringBack,
            Self::Restore => JobKind::Restore,
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
        self.safekeeping().stop.store(false, Ordering::Release);
        Ok(())
    }

    /// Stops what runs, if it can be stopped, between two files.
    pub fn stop_job(&self) {
        let job = locked(&self.safekeeping().job);
        if job.as_ref().is_some_and(|job| job.state == JobState::Running && job.kind.can_stop()) {
            self.safekeeping().stop.store(true, Ordering::Release);
        }
    }

    /// Whether what runs was told to stop.
    pub fn is_job_stopped(&self) -> bool {
        self.safekeeping().stop.load(Ordering::Acquire)
    }

    /// Does work in the one place for it, in this thread.
    pub(super) fn in_turn(
        &self,
        kind: JobKind,
        place: &str,
        work: impl FnOnce(Tell<'_>) -> Result<Outcome, SafekeepingError>,
    ) -> Result<(), SafekeepingError> {
        self.take_place(kind, place)?;
        self.finish(&Claim(self), &|| true, work)
    }

    fn finish(
        &self,
        claim: &Claim<'_>,
        going: &dyn Fn() -> bool,
        work: impl FnOnce(Tell<'_>) -> Result<Outcome, SafekeepingError>,
    ) -> Result<(), SafekeepingError> {
        let outcome = work(&mut |done, total| {
            if let Some(job) = locked(&self.safekeeping().job).as_mut() {
                (job.done, job.total) = (done, total);
            }
            !self.is_job_stopped() && going()
        });
        match outcome {
            Ok(outcome) => {
                claim.settle(JobState::Done(outcome));
                Ok(())
            }
            Err(error) => {
                let fault = match &error {
                    SafekeepingError::Fault(fault) => fault.clone(),
                    other => Fault::Box(other.to_string()),
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
            let _ = chalkbox.finish(&claim, &|| true, |tell| chalkbox.work(&job, tell));
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
        self.carry_out_while(job, &|| true)
    }

    /// The same, stopped between two files once `going` says false.
    pub(super) fn carry_out_while(&self, job: &Job, going: &dyn Fn() -> bool) -> Result<(), SafekeepingError> {
        let place = self.place_of(job)?;
        self.take_place(job.kind(), &place)?;
        self.finish(&Claim(self), going, |tell| self.work(job, tell))
    }

    /// The name of the place that a job is about; what it needs must be there.
    fn place_of(&self, job: &Job) -> Result<String, SafekeepingError> {
        match job {
            Job::SaveToCard => Ok("card".to_owned()),
            Job::SaveToStick(stick) => Ok(self.stick_folder(stick)?.1),
            Job::Check(at) | Job::Drill(at) | Job::WithKey { at, .. } | Job::Look { at, .. } => {
                Ok(self.medium_at(at)?.1)
            }
            Job::BringBack | Job::Restore => {
                let looked_at = locked(&self.safekeeping().looked_at).clone();
                Ok(self.medium_at(&looked_at.ok_or(SafekeepingError::NothingLookedAt)?.at)?.1)
            }
        }
    }

    pub(super) fn medium_at(&self, at: &At) -> Result<(Medium, String), SafekeepingError> {
        match at {
            At::Card => {
                // A card that was copied may hold the other box's backup beside its own.
                let folder = self.data().join(CARD_FOLDER);
                let own = folder.join(self.own_set_name());
                Ok((Medium::Folder(if own.is_dir() { own } else { folder }), "card".to_owned()))
            }
            At::Set(id) => {
                let (path, stick) = self.set_on_stick(id)?;
                Ok((if path.is_dir() { Medium::Folder(path) } else { Medium::File(path) }, stick))
            }
            At::Upload => {
                let path = self.upload_path();
                if self.safekeeping().arrives() || !path.is_file() {
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
                let saved = make_folder(&folder).and_then(|()| self.save("card", &folder, Lock::Open, tell));
                // What was stopped, or waits for another program, is tried again; it is no trouble to be told.
                if !matches!(saved, Err(Fault::Halted | Fault::Busy)) {
                    let (fine, events, told) = told(&saved, |_| entries);
                    self.note_deed("card", fine, events, told, |record| &mut record.saved_on_card);
                }
                Ok(Outcome::Saved(saved?))
            }
            Job::SaveToStick(stick) => self.save_to_stick(stick, tell),
            Job::Check(at) => self.check(at, None, tell),
            Job::Drill(at) => self.drill(at, None, tell),
            Job::WithKey { at, passphrase, drill: false } => self.check(at, Some(passphrase), tell),
            Job::WithKey { at, passphrase, drill: true } => self.drill(at, Some(passphrase), tell),
            Job::Look { at, passphrase } => {
                self.look(at, passphrase.as_deref(), tell).inspect_err(|error| self.drop_failed_upload(at, error))
            }
            Job::BringBack => self.bring_back(tell),
            Job::Restore => self.become_school(tell),
        }
    }

    /// Saves to a folder. A save writes what is missing and looks at nothing else; where the backup did not pass, all of it
    /// is looked at, mended, and must pass.
    fn save(&self, place: &str, folder: &Path, lock: Lock, tell: Tell<'_>) -> Result<Saved, Fault> {
        if !self.upkeep_record().is_bad(place) {
            return medium::save(self.data(), folder, lock, tell);
        }
        let saved = medium::mend(self.data(), folder, lock, tell)?;
        let checked = medium::check(&Medium::Folder(folder.join(self.own_set_name())), None, tell);
        self.note_verdict(place, &checked);
        checked.map(|_| saved)
    }

    /// Saves to a stick: a disk of its own, which must still be there when all is written.
    fn save_to_stick(&self, stick: &str, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let (folder, name) = self.stick_folder(stick)?;
        let disk = device_of(&folder);
        if disk.is_none() || self.is_own_disk(&folder) {
            return Err(Fault::Gone.into());
        }
        let entries = self.entries();
        let saved = self.save(&name, &folder, Lock::With(self.recovery_key()?), tell)?;
        // Without the stick its folder may still be there: then all went to the box's own card.
        if device_of(&folder) != disk {
            return Err(Fault::Gone.into());
        }
        self.note_deed(&name, true, entries, String::new(), |record| &mut record.saved_away);
        self.note_stick_saved(stick);
        Ok(Outcome::Saved(saved))
    }

    /// Reads a backup through. One that is locked with another key than the box's own is read as it lies there.
    fn check(&self, at: &At, typed: Option<&str>, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let (medium, place) = self.medium_at(at)?;
        let key = self.key_for(typed)?;
        let mut checked = medium::check(&medium, key.as_deref(), tell);
        if typed.is_none() && matches!(checked, Err(Fault::KeyNeeded | Fault::Passphrase)) {
            checked = medium::check(&medium, None, tell);
        }
        let checked = checked.map_err(|fault| self.gone_or(at, fault));
        if self.note_verdict(&place, &checked) {
            let (fine, events, told) = told(&checked, |events| *events);
            self.note_deed(&place, fine, events, told, |record| &mut record.checked);
        }
        Ok(Outcome::Sound(checked?))
    }

    /// Restores a backup beside the school. What follows from it must be what follows here, if nothing came since.
    fn drill(&self, at: &At, typed: Option<&str>, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let (medium, place) = self.medium_at(at)?;
        let key = self.key_for(typed)?;
        let restored = scratch::drill(self, &medium, key.as_deref(), tell).map_err(|fault| self.gone_or(at, fault));
        if self.note_verdict(&place, &restored) {
            let (fine, events, told) = told(&restored, |back| back.events);
            self.note_deed(&place, fine, events, told, |record| &mut record.restore_tested);
        }
        Ok(Outcome::Restorable(restored?))
    }

    /// What is read of a stick while it is taken out looks damaged.
    fn gone_or(&self, at: &At, fault: Fault) -> Fault {
        let is_gone = fault.is_of_the_backup() && matches!(at, At::Set(id) if self.set_on_stick(id).is_err());
        if is_gone { Fault::Gone } else { fault }
    }

    /// Notes whether the backup at a place can be relied on; false when nothing was found out about it.
    fn note_verdict<T>(&self, place: &str, found: &Result<T, Fault>) -> bool {
        match found {
            Ok(_) => self.note_good(place),
            Err(fault) if fault.is_of_the_backup() => self.note_bad(place, &fault.to_string()),
            Err(_) => return false,
        }
        true
    }

    fn look(&self, at: &At, passphrase: Option<&str>, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let (medium, _) = self.medium_at(at)?;
        let passphrase = self.key_for(passphrase)?;
        *locked(&self.safekeeping().looked_at) = None;
        let stamp = medium::stamp(&medium)?;
        let (holdings, tools) = scratch::restore(self, &medium, passphrase.as_deref(), tell)?;
        let locked = medium::summary(medium.path())?.locked;
        let looked_at = LookedAt { at: at.clone(), stamp, passphrase, locked, holdings: holdings.clone(), tools };
        *super::locked(&self.safekeeping().looked_at) = Some(looked_at);
        Ok(Outcome::Holds(holdings))
    }

    fn bring_back(&self, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let looked_at = locked(&self.safekeeping().looked_at).clone().ok_or(SafekeepingError::NothingLookedAt)?;
        let (medium, _) = self.medium_at(&looked_at.at)?;
        looked_at.is_still(&medium)?;
        let back = medium::bring_into(self.store(), self.data(), &medium, looked_at.passphrase.as_deref(), tell)?;
        // Answers are taken all the while; the people of the backup are there once it is folded.
        if self.store().wait_until_ready(ORDER) {
            self.reload_people().map_err(|trouble| Fault::Store(trouble.to_string()))?;
        }
        self.forget_looked_at();
        Ok(Outcome::BroughtBack(back))
    }
}

impl LookedAt {
    /// Another stick may have come to the same place, with a backup of the same name.
    pub(super) fn is_still(&self, medium: &Medium) -> Result<(), Fault> {
        if medium::stamp(medium)? == self.stamp { Ok(()) } else { Err(Fault::OtherBackup) }
    }
}

fn make_folder(folder: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(folder).map_err(|error| Fault::Box(format!("{}: {error}", folder.display())))
}

/// Whether it went well, its entries, and the fault in words for the record.
fn told<T>(result: &Result<T, Fault>, events: impl Fn(&T) -> u64) -> (bool, u64, String) {
    match result {
        Ok(value) => (true, events(value), String::new()),
        Err(fault) => (false, 0, fault.to_string()),
    }
}
