//! The use cases of a school, one file to each family of them, and the ports that they need from outside.
//!
//! Plain functions on one [`Chalkbox`], which is built once by the binary and handed down. No HTTP, no sandbox, no
//! engine: those are the rooms above and below.

pub mod answer_shape;
pub mod checks;
pub mod classes;
pub mod contexts;
pub mod demo;
pub mod doors;
pub mod export;
mod forms;
pub mod keys;
pub mod lessons;
pub mod library;
pub mod live;
pub mod misses;
pub mod passwords;
pub mod people;
pub mod ports;
pub mod privacy;
pub mod programs;
pub mod rounds;
pub mod safekeeping;
pub mod seal;
pub mod setup;
pub mod sign_in;
pub mod start;
pub mod study;
pub mod verify;
pub mod views;
pub mod waiting;
pub mod year;

use chalkbox_domain::event::{Answered, Event, EventBody};
use chalkbox_domain::ids::{EventId, LearnerId};
use chalkbox_store::{Store, StoreError, SubmitError};
use doors::{LetIns, PasswordGate};
use forms::FormsByStep;
use library::{Library, MissingTool};
use live::Live;
use misses::Misses;
use people::People;
use ports::{Clock, PluginRunner};
use seal::SealKey;
use sign_in::SignIns;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// What the store could not do, as far as a use case cares.
#[derive(Debug, thiserror::Error)]
pub enum StoreTrouble {
    /// Too much waits; try again in a moment.
    #[error("too much waits to be written")]
    Busy,
    /// The disk refused, or what is there cannot be read.
    #[error("{0}")]
    Failed(String),
}

impl From<SubmitError> for StoreTrouble {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Busy => Self::Busy,
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<StoreError> for StoreTrouble {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Facts about the box, as everybody may know them.
#[derive(Debug, Clone)]
pub struct BoxInfo {
    /// Version of the program.
    pub version: &'static str,
    /// The school's name; empty before the first start was gone through.
    pub school: String,
    /// The box's clock, milliseconds since 1970.
    pub time_ms: u64,
    /// Languages of the pages.
    pub languages: Vec<String>,
}

/// The answers among events, each with its time and id.
pub(crate) fn answers_among(events: Vec<(u64, Event)>) -> Vec<(u64, EventId, Answered)> {
    let answer = |(at_ms, event): (u64, Event)| match event.body {
        EventBody::Answered(answered) => Some((at_ms, event.id, *answered)),
        _ => None,
    };
    events.into_iter().filter_map(answer).collect()
}

/// How many locks share the learners between them.
const TURNS: usize = 256;

/// The school: everything that the faces may ask for.
pub struct Chalkbox {
    data: PathBuf,
    store: Store,
    plugins: Arc<dyn PluginRunner>,
    clock: Arc<dyn Clock>,
    library: RwLock<Arc<Library>>,
    missing: Vec<MissingTool>,
    people: RwLock<People>,
    seal_key: RwLock<Arc<SealKey>>,
    sign_ins: SignIns,
    misses: Misses,
    let_ins: LetIns,
    password_gate: PasswordGate,
    decoy: OnceLock<String>,
    hands: Mutex<BTreeMap<LearnerId, u64>>,
    live: Live,
    turns: Vec<Mutex<()>>,
    administration: Mutex<()>,
    leaving: Mutex<BTreeSet<LearnerId>>,
    forms: Mutex<FormsByStep>,
    locales: Vec<String>,
    safekeeping: safekeeping::Safekeeping,
    waiting: waiting::Waiting,
}

impl Chalkbox {
    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }
    /// What lies below: for checks and for stopping.
    pub fn store(&self) -> &Store {
        &self.store
    }
    /// Runs the tools.
    pub fn plugins(&self) -> &dyn PluginRunner {
        &*self.plugins
    }
    /// Map, titles, lessons, contexts and tools as they are now.
    pub fn library(&self) -> Arc<Library> {
        Arc::clone(&self.library.read().unwrap_or_else(PoisonError::into_inner))
    }
    /// Tools that ship with the box and could not be installed at this start.
    pub fn missing_tools(&self) -> &[MissingTool] {
        &self.missing
    }
    /// What happens in classes right now.
    pub fn live(&self) -> &Live {
        &self.live
    }
    /// The time.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }
    /// Languages of the pages, the first one the default.
    pub fn locales(&self) -> &[String] {
        &self.locales
    }
    /// Everybody, as they are now. Let go before asking the store.
    pub fn people(&self) -> RwLockReadGuard<'_, People> {
        self.people.read().unwrap_or_else(PoisonError::into_inner)
    }
    pub(crate) fn people_mut(&self) -> RwLockWriteGuard<'_, People> {
        self.people.write().unwrap_or_else(PoisonError::into_inner)
    }
    pub(crate) fn seal_key(&self) -> Arc<SealKey> {
        Arc::clone(&self.seal_key.read().unwrap_or_else(PoisonError::into_inner))
    }
    /// Only for a box that belongs to nobody yet: whatever was sealed before opens no more.
    pub(crate) fn set_seal_key(&self, key: SealKey) {
        *self.seal_key.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(key);
    }
    pub(crate) fn sign_ins(&self) -> &SignIns {
        &self.sign_ins
    }
    pub(crate) fn misses(&self) -> &Misses {
        &self.misses
    }
    pub(crate) fn let_ins(&self) -> &LetIns {
        &self.let_ins
    }
    pub(crate) fn password_gate(&self) -> &PasswordGate {
        &self.password_gate
    }
    pub(crate) fn decoy_password(&self) -> &str {
        self.decoy.get_or_init(Self::make_decoy)
    }
    /// Hands that are up, with the monotonic time at which each was raised.
    pub(crate) fn hands(&self) -> MutexGuard<'_, BTreeMap<LearnerId, u64>> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Held while people or settings are read, changed and written: the second of two changes sees the first.
    pub(crate) fn administration(&self) -> MutexGuard<'_, ()> {
        self.administration.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Learners who are being erased, or were since the start: whoever reads all people anew leaves them out.
    pub(crate) fn leaving(&self) -> MutexGuard<'_, BTreeSet<LearnerId>> {
        self.leaving.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Holds a learner's turn: answers of one learner are decided on one after the other.
    pub(crate) fn turn_of(&self, learner: LearnerId) -> MutexGuard<'_, ()> {
        let place = usize::from(learner.0[0]) % TURNS;
        self.turns[place].lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// 32 random bits, or the clock's where the system has none: seeds of items need not be secret.
    pub(crate) fn dice(&self) -> u32 {
        let mut bytes = [0u8; 4];
        match getrandom::fill(&mut bytes) {
            Ok(()) => u32::from_le_bytes(bytes),
            Err(_) => self.clock.mono_ms() as u32,
        }
    }
    /// Facts about the box.
    pub fn box_info(&self) -> BoxInfo {
        BoxInfo {
            version: env!("CARGO_PKG_VERSION"),
            school: self.people().settings.as_ref().map(|s| s.school.clone()).unwrap_or_default(),
            time_ms: self.store.now_ms(),
            languages: self.locales.clone(),
        }
    }

    /// A learner's answers from a time on, oldest first.
    pub(crate) fn answers_since(
        &self,
        learner: LearnerId,
        from_ms: u64,
    ) -> Result<Vec<(u64, EventId, Answered)>, StoreTrouble> {
        Ok(answers_among(self.store.happened_since(learner, from_ms)?))
    }

    fn zone(&self) -> jiff::tz::TimeZone {
        let people = self.people();
        let name = people.settings.as_ref().map_or("UTC", |s| s.zone.as_str());
        jiff::tz::TimeZone::get(name).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// Year, month and day of a moment (milliseconds since 1970) at the school.
    pub fn local_date(&self, ms: u64) -> (i16, i8, i8) {
        let moment = jiff::Timestamp::from_millisecond(i64::try_from(ms).unwrap_or(i64::MAX))
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let date = moment.to_zoned(self.zone()).date();
        (date.year(), date.month(), date.day())
    }

    /// When the local day of a moment began, milliseconds since 1970.
    pub fn day_start_ms(&self, ms: u64) -> u64 {
        let moment = jiff::Timestamp::from_millisecond(i64::try_from(ms).unwrap_or(i64::MAX))
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let start = moment.to_zoned(self.zone()).start_of_day();
        start.map_or(ms, |s| u64::try_from(s.timestamp().as_millisecond()).unwrap_or(0))
    }

    /// When the last school day before a day began: weekdays, until the calendar says otherwise.
    pub fn last_school_day_ms(&self, today_ms: u64) -> u64 {
        let zone = self.zone();
        let mut day = today_ms;
        for _ in 0..7 {
            day = self.day_start_ms(day.saturating_sub(12 * 3600 * 1000));
            let moment = jiff::Timestamp::from_millisecond(i64::try_from(day).unwrap_or(0))
                .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
            let weekday = moment.to_zoned(zone.clone()).weekday();
            if !matches!(weekday, jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
                break;
            }
        }
        day
    }
}
