//! The end of a school year: what everybody knows is written down once more, and, where a checked stick has it, what is
//! older than the last year may go.

use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::StaffRole;
use chalkbox_store::{StoreError, SubmitError, YearError as StoreYear};

/// A stick counts for so long: what came since is on the card, and stays there.
const STICK_FRESH_MS: u64 = 24 * 60 * 60 * 1000;
/// The place in the record of a backup that a device took: nobody has read it back.
const DEVICE: &str = "device";

/// Why a year was not closed.
#[derive(Debug, thiserror::Error)]
pub enum YearError {
    /// Not for this person.
    #[error("this is for leaders and technologists")]
    NotYours,
    /// No name, or a long one.
    #[error("name: a year's name has 1 to 40 letters")]
    Name,
    /// The last year that was closed is called so.
    #[error("name: the last year was closed under this name already")]
    SameName,
    /// Entries are to go, and no stick has them.
    #[error("no backup on a stick was made and read back within the last day; make one first")]
    NoStick,
    /// The box is at work on a backup, which would lose its footing.
    #[error("a backup is being worked on; wait until it is done")]
    BackupRuns,
    /// The memory is not in order yet.
    #[error("the box is putting its memory in order; try again when it is done")]
    NotReady,
    /// The last closing is too near.
    #[error("the last year was closed less than 61 days ago: nothing can be let go yet")]
    TooSoon,
    /// Too much waits to be written.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The disk refused.
    #[error("the year cannot be closed: {0}")]
    Store(String),
}

impl From<StoreYear> for YearError {
    fn from(error: StoreYear) -> Self {
        match error {
            StoreYear::Name => Self::Name,
            StoreYear::NotReady => Self::NotReady,
            StoreYear::TooSoon => Self::TooSoon,
            StoreYear::Submit(SubmitError::Busy) => Self::Busy,
            other => Self::Store(other.to_string()),
        }
    }
}

impl From<StoreError> for YearError {
    fn from(error: StoreError) -> Self {
        match StoreTrouble::from(error) {
            StoreTrouble::Busy => Self::Busy,
            StoreTrouble::Failed(reason) => Self::Store(reason),
        }
    }
}

/// How the years stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearsView {
    /// The last closing: its name, and when (milliseconds since 1970).
    pub last: Option<(String, u64)>,
    /// Entries that would go if the year were closed now, and the older ones let go.
    pub would_go: u64,
    /// Entries that would stay.
    pub would_stay: u64,
    /// Whether a stick was made and read back within the last day.
    pub stick_is_fresh: bool,
}

/// A year was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedView {
    /// Its name.
    pub name: String,
    /// Rows that were written down once more: what is known of people, skills and tasks.
    pub rows: u64,
    /// Entries that went.
    pub gone: u64,
    /// Whether the backup on the card could not be removed, so that it still holds what went.
    pub card_backup_left: bool,
}

fn may(roles: &[StaffRole]) -> Result<(), YearError> {
    let allowed = roles.iter().any(|role| matches!(role, StaffRole::Leader | StaffRole::Technologist));
    if allowed { Ok(()) } else { Err(YearError::NotYours) }
}

impl Chalkbox {
    /// How the years stand; changes nothing.
    ///
    /// # Errors
    /// For whoever is neither leader nor technologist, and when the store cannot be read.
    pub fn years(&self, roles: &[StaffRole]) -> Result<YearsView, YearError> {
        may(roles)?;
        let ends = self.store().year_ends()?;
        let would = self.store().would_drop()?;
        Ok(YearsView {
            last: ends.into_iter().next().map(|end| (end.year.name, end.closed_ms)),
            would_go: would.dropped,
            would_stay: would.kept,
            stick_is_fresh: self.stick_is_fresh(),
        })
    }

    /// Whether the last backup away from the box is on a stick, was read back, and is newer than a day.
    fn stick_is_fresh(&self) -> bool {
        let now_ms = self.store().now_ms();
        self.upkeep_record()
            .saved_away
            .is_some_and(|deed| deed.fine && deed.place != DEVICE && deed.at_ms().abs_diff(now_ms) < STICK_FRESH_MS)
    }

    /// Closes the school year under a name. With `forget`, what is older than the last closing is let go, if a stick was made
    /// and read back within the last day.
    ///
    /// # Errors
    /// See [`YearError`]; nothing was let go then.
    pub fn close_year(&self, roles: &[StaffRole], name: &str, forget: bool) -> Result<ClosedView, YearError> {
        may(roles)?;
        let _one_at_a_time = self.administration();
        let last = self.store().year_ends()?.into_iter().next();
        if last.is_some_and(|end| end.year.name == name.trim()) {
            return Err(YearError::SameName);
        }
        let goes = forget && self.store().would_drop()?.dropped > 0;
        if goes && !self.stick_is_fresh() {
            return Err(YearError::NoStick);
        }
        if goes && self.job_runs() {
            return Err(YearError::BackupRuns);
        }
        let would = self.store().would_drop()?;
        let closing = self.store().close_year(name, goes)?;
        let went = closing.dropped.is_some();
        Ok(ClosedView {
            name: name.trim().to_owned(),
            rows: closing.rows,
            gone: if went { would.dropped } else { 0 },
            // What goes from the box goes from its card too; a new backup is made at the next quiet moment.
            card_backup_left: went && !self.drop_card_backup(),
        })
    }
}
