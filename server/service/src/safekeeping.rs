//! Keeping the school's work safe: backups on the card, on sticks and on devices, checking them, bringing one back, and
//! what the box does by itself at quiet hours. How a backup looks is the store's affair; words for people are web's.

mod first_start;
mod jobs;
mod medium;
mod notices;
mod recovery_key;
mod renewal;
mod scratch;
mod sticks;
mod upkeep;

pub use first_start::RestorableSet;
pub use jobs::{At, Job, JobKind, JobState, JobView, Outcome};
pub use medium::{BroughtBack, CameBack, Fault, Saved};
pub use notices::{Happened, Preparing};
pub use renewal::Renewal;
pub use scratch::{ComesAlong, Holdings};
pub use sticks::{SetView, StickView, disk_room};
pub use upkeep::{Deed, Failure, UpkeepRecord};

use crate::Chalkbox;
use chalkbox_domain::event::PackSet;
use chalkbox_domain::ids::LearnerId;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Folder of the data folder with the backup that the box makes by itself.
pub const CARD_FOLDER: &str = "backup";
/// Folder of the data folder that holds a backup somebody brings, while it is looked at.
pub const UPLOAD_FOLDER: &str = "upload";
/// After so many days without a backup away from the box its people are reminded.
pub const REMIND_AFTER_DAYS: u64 = 7;
/// Bytes of a brought backup at most: 16 GiB.
pub const UPLOAD_MOST: u64 = 16 << 30;

/// Why something about backups was not done.
#[derive(Debug, thiserror::Error)]
pub enum SafekeepingError {
    /// One thing at a time.
    #[error("the box is at work on a backup already; wait until it is done")]
    Running,
    /// The stick is not there any more.
    #[error("there is no such stick; put it back in and try again")]
    NoSuchStick,
    /// Nothing was looked at that could be brought back.
    #[error("no backup was looked at; choose one and look at it first")]
    NothingLookedAt,
    /// A school is there already.
    #[error("this box belongs to a school already; sign in and bring the backup back on the page Backups")]
    NotEmpty,
    /// What is brought does not fit.
    #[error("the file is too large: there is room for {room} bytes")]
    NoRoom {
        /// Bytes that would fit.
        room: u64,
    },
    /// Another recovery key was made meanwhile.
    #[error("a recovery key was made a moment ago; no other one was made")]
    KeyMade,
    /// It did not go well.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The system gave no random bits.
    #[error("the system gave no random bits: {0}")]
    Random(getrandom::Error),
    /// A file could not be read or written.
    #[error("{path} cannot be read or written")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl SafekeepingError {
    fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

/// What is known of backups while the program runs.
pub(crate) struct Safekeeping {
    job: Mutex<Option<JobView>>,
    record: Mutex<Option<UpkeepRecord>>,
    roots: RwLock<Vec<PathBuf>>,
    looked_at: Mutex<Option<LookedAt>>,
    rounds: Mutex<upkeep::Rounds>,
    /// Learners who were to be erased since the start, and whether the store is rid of them.
    erasings: Mutex<BTreeMap<LearnerId, bool>>,
    /// What runs shall stop.
    stop: AtomicBool,
    /// A backup arrives as a file.
    arriving: Arc<AtomicBool>,
    /// Whether sticks may be folders of the box's own disk.
    shared_disk: AtomicBool,
    listed: sticks::Listed,
    key_in_making: Mutex<()>,
}

impl Safekeeping {
    fn arrives(&self) -> bool {
        self.arriving.load(Ordering::Acquire)
    }
}

impl Default for Safekeeping {
    fn default() -> Self {
        Self {
            job: Mutex::default(),
            record: Mutex::default(),
            roots: RwLock::new(sticks::usual_roots()),
            looked_at: Mutex::default(),
            rounds: Mutex::default(),
            erasings: Mutex::default(),
            stop: AtomicBool::default(),
            arriving: Arc::default(),
            shared_disk: AtomicBool::default(),
            listed: sticks::Listed::default(),
            key_in_making: Mutex::default(),
        }
    }
}

/// A backup that was looked at and may be brought back.
#[derive(Clone)]
struct LookedAt {
    at: At,
    /// By what it is known again.
    stamp: [u8; 32],
    passphrase: Option<String>,
    /// Whether it needs the key.
    locked: bool,
    holdings: Holdings,
    /// The newest word on each tool in it.
    tools: Vec<PackSet>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what a cut left of a backup that was uploaded, looked into or brought back: nobody knows of it any more, and it
/// holds a whole school.
pub(crate) fn clear_left(data: &Path) {
    for name in [UPLOAD_FOLDER, scratch::FOLDER, medium::UNPACKED] {
        let folder = data.join(name);
        if let Err(error) = std::fs::remove_dir_all(&folder)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, folder = %folder.display(), "a copy of a school cannot be removed");
        }
    }
}

/// The backups of the box at a glance.
#[derive(Debug, Clone)]
pub struct BackupsView {
    /// What was done when.
    pub record: UpkeepRecord,
    /// Entries of the log, of all boxes.
    pub events: u64,
    /// How it stands with the backup that is not on the box's own card.
    pub away: Away,
    /// Whether there is a recovery key, so that backups are locked.
    pub has_key: bool,
    /// Names the recovery key that is there, in the form for another one.
    pub key_mark: String,
    /// Whether a file was uploaded that can be looked at.
    pub uploaded: bool,
    /// Sticks that are in.
    pub sticks: Vec<StickView>,
    /// What runs, or what ran last.
    pub job: Option<JobView>,
    /// What the backup that was looked at holds.
    pub looked_at: Option<Holdings>,
}

/// How it stands with the backup that outlives the box's own card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// There never was one.
    Never,
    /// The last one did not pass its check.
    Bad,
    /// The last one is so many days old.
    Days(u64),
}

impl Away {
    /// Whether people should be asked to make one.
    pub fn is_due(self) -> bool {
        !matches!(self, Self::Days(days) if days < REMIND_AFTER_DAYS)
    }
}

/// A file that arrives. What did not arrive whole is removed.
pub struct Arrival {
    file: std::fs::File,
    path: PathBuf,
    is_whole: bool,
    arriving: Arc<AtomicBool>,
}

impl Arrival {
    /// All of it is there: puts it on the medium and keeps it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sync_all(&mut self) -> io::Result<()> {
        self.file.sync_all()?;
        self.is_whole = true;
        self.arriving.store(false, Ordering::Release);
        Ok(())
    }
}

impl Write for Arrival {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        if self.is_whole {
            return;
        }
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "half a backup that was brought cannot be removed");
        }
        self.arriving.store(false, Ordering::Release);
    }
}

impl BackupsView {
    /// Whether people should be asked to make a backup.
    pub fn is_due(&self) -> bool {
        self.away.is_due()
    }
    /// Entries that came after a deed.
    pub fn since(&self, deed: &Deed) -> u64 {
        self.events.saturating_sub(deed.events)
    }
}

impl Chalkbox {
    pub(crate) fn safekeeping(&self) -> &Safekeeping {
        &self.safekeeping
    }

    /// Below which folders sticks are mounted.
    pub fn set_stick_roots(&self, roots: Vec<PathBuf>) {
        *self.safekeeping().roots.write().unwrap_or_else(PoisonError::into_inner) = roots;
    }

    /// Entries of the log, of all boxes that have some here.
    pub fn entries(&self) -> u64 {
        let boxes = self.store().boxes().unwrap_or_else(|error| {
            tracing::warn!(%error, "the boxes whose entries are here cannot be told");
            Vec::new()
        });
        boxes.iter().map(|one| one.newest).sum()
    }

    /// Whether sticks may be folders of the box's own disk: for trials alone, where nothing is mounted.
    pub fn let_sticks_share_a_disk(&self, may: bool) {
        self.safekeeping().shared_disk.store(may, Ordering::Release);
    }

    pub(crate) fn sticks_may_share_a_disk(&self) -> bool {
        self.safekeeping().shared_disk.load(Ordering::Acquire)
    }

    /// How it stands with the backup that is not on the box's own card.
    pub fn backup_away(&self) -> Away {
        self.upkeep_record().away(self.store().now_ms())
    }

    /// The backups at a glance.
    pub fn backups(&self) -> BackupsView {
        self.backups_with(self.sticks_lately())
    }

    /// The same without the sticks: for whoever asks again and again how far the work is.
    pub fn backups_at_work(&self) -> BackupsView {
        self.backups_with(Vec::new())
    }

    fn backups_with(&self, sticks: Vec<StickView>) -> BackupsView {
        BackupsView {
            record: self.upkeep_record(),
            events: self.entries(),
            away: self.backup_away(),
            has_key: self.has_recovery_key(),
            key_mark: self.recovery_key_mark(),
            uploaded: !self.safekeeping().arrives() && self.upload_path().is_file(),
            sticks,
            job: self.job(),
            looked_at: self.looked_at(),
        }
    }

    /// What the backup that was looked at holds.
    pub fn looked_at(&self) -> Option<Holdings> {
        locked(&self.safekeeping().looked_at).as_ref().map(|looked_at| looked_at.holdings.clone())
    }

    /// Writes a whole backup into `out`, as one file; locked when there is a recovery key.
    ///
    /// # Errors
    /// When something else is at work, or `out` takes no more: then the file is not whole. Flushing `out` must last until
    /// whoever reads has taken everything; only then it counts as saved.
    pub fn pour_backup(&self, out: &mut dyn Write) -> Result<(), SafekeepingError> {
        let passphrase = self.recovery_key()?;
        self.in_turn(JobKind::Save, "device", |progress| {
            let entries = self.entries();
            let cut = |error: io::Error| Fault::Medium(format!("the device took it not to its end: {error}"));
            let saved = medium::pour(self.data(), out, passphrase, progress)
                .and_then(|saved| out.flush().map_err(cut).map(|()| saved))
                .map_err(|fault| if self.is_job_stopped() { Fault::Halted } else { fault })?;
            self.note_deed("device", true, entries, String::new(), |record| &mut record.saved_away);
            Ok(Outcome::Saved(saved))
        })
    }

    /// A new file for a backup that somebody brings, and how many bytes it may take: so many that there is room to look into
    /// it afterwards. Earlier ones are removed.
    ///
    /// # Errors
    /// When a backup is being worked on, or the disk refuses.
    pub fn begin_upload(&self) -> Result<(Arrival, u64), SafekeepingError> {
        if self.job_runs() {
            return Err(SafekeepingError::Running);
        }
        // One at a time: both would go to the same place.
        if self.safekeeping().arriving.swap(true, Ordering::AcqRel) {
            return Err(SafekeepingError::Running);
        }
        let file = self.new_arrival().inspect_err(|_| self.safekeeping().arriving.store(false, Ordering::Release))?;
        let free = |room: sticks::DiskRoom| room.free_bytes.saturating_sub(room.spare_bytes());
        let room = disk_room(self.data()).map_or(UPLOAD_MOST, |room| scratch::largest(free(room)));
        Ok((file, room.min(UPLOAD_MOST)))
    }

    fn new_arrival(&self) -> Result<Arrival, SafekeepingError> {
        *locked(&self.safekeeping().looked_at) = None;
        let folder = self.data().join(UPLOAD_FOLDER);
        std::fs::create_dir_all(&folder).map_err(SafekeepingError::io(&folder))?;
        let path = self.upload_path();
        let file = std::fs::File::create(&path).map_err(SafekeepingError::io(&path))?;
        Ok(Arrival { file, path, is_whole: false, arriving: Arc::clone(&self.safekeeping().arriving) })
    }

    fn upload_path(&self) -> PathBuf {
        self.data().join(UPLOAD_FOLDER).join("brought.part")
    }

    /// Forgets what was looked at, and removes what was uploaded.
    pub fn forget_looked_at(&self) {
        *locked(&self.safekeeping().looked_at) = None;
        let folder = self.data().join(UPLOAD_FOLDER);
        if !self.safekeeping().arrives()
            && folder.exists()
            && let Err(error) = std::fs::remove_dir_all(&folder)
        {
            tracing::warn!(%error, folder = %folder.display(), "an uploaded backup cannot be removed");
        }
    }

    /// What was uploaded and cannot be looked into is of no use, and holds a whole school. A locked one waits for its key.
    fn drop_failed_upload(&self, at: &At, error: &SafekeepingError) {
        if *at == At::Upload && !matches!(error, SafekeepingError::Fault(Fault::KeyNeeded | Fault::Passphrase)) {
            self.forget_looked_at();
        }
    }

    /// Removes whole copies of a school that nobody works with. Work that goes on removes its own.
    pub(crate) fn clear_copies(&self) {
        // Held all the while, so that no work begins with what is being removed.
        let job = locked(&self.safekeeping().job);
        if job.as_ref().is_none_or(|job| job.state != JobState::Running) {
            *locked(&self.safekeeping().looked_at) = None;
            clear_left(self.data());
        }
    }

    /// Removes the backup on the card; the next quiet moment makes a new one. False when it is still there.
    pub(crate) fn drop_card_backup(&self) -> bool {
        self.change_record(|record| record.saved_on_card = None);
        let folder = self.data().join(CARD_FOLDER);
        loop {
            // Not the folder itself: keys of backups may lie beside them. A few at a time are found.
            let sets = sticks::sets_in(&folder);
            if sets.is_empty() {
                return true;
            }
            for set in sets {
                let removed = if set.is_dir() { std::fs::remove_dir_all(&set) } else { std::fs::remove_file(&set) };
                if let Err(error) = removed {
                    tracing::error!(%error, set = %set.display(), "the backup on the card cannot be removed");
                    return false;
                }
            }
        }
    }
}
