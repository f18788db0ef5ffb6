//! The store as the rest of the program sees it.

use crate::build::Builder;
use crate::clock::{BUILT_MS, Clock, Stamper, SystemClock};
use crate::current::Readiness;
use crate::disk::DiskCounters;
use crate::engine::EngineOptions;
use crate::error::{OpenError, ProbeError, StoreError, SubmitError};
use crate::folder::Lock;
use crate::keeper::Work;
use crate::keys::{ViewKey, ViewPrefix};
use crate::notice::Notice;
use crate::open::Medium;
use crate::projection::Projection;
use crate::read::{EventStream, Reader};
use crate::writer::{Message, Shared, ask};
use chalkbox_domain::event::{Event, EventDraft, Hlc, SendKey};
use chalkbox_domain::ids::{BoxId, EventId, ItemKey, LearnerId};
use chalkbox_domain::links::Links;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Tries the engine of a data folder (given as argument) somewhere where it can do no harm.
pub type Probe = Arc<dyn Fn(&Path) -> Result<(), ProbeError> + Send + Sync>;

/// Which engine answers the queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineChoice {
    /// sled, in the data folder.
    Sled {
        /// Memory for its cache in bytes.
        cache_bytes: u64,
    },
    /// redb, in the data folder: for where sled does not do.
    Redb {
        /// Memory for its cache in bytes.
        cache_bytes: u64,
    },
    /// Memory only: rebuilt from the journal at every opening.
    Memory,
}

impl EngineChoice {
    pub(crate) fn cache_bytes(self) -> u64 {
        match self {
            Self::Sled { cache_bytes } | Self::Redb { cache_bytes } => cache_bytes,
            Self::Memory => 0,
        }
    }
}

/// How to open a store.
#[derive(Clone)]
pub struct StoreConfig {
    /// The data folder; made when it is not there.
    pub folder: PathBuf,
    /// Which engine; default sled with 16 MiB.
    pub engine: EngineChoice,
    /// Where time comes from; default the machine's.
    pub clock: Arc<dyn Clock>,
    /// What events mean for the views.
    pub projection: Arc<dyn Projection>,
    /// So many senders may wait; more are told to come back. Default 512.
    pub queue: usize,
    /// Used after an unclean stop, before the engine is opened here.
    pub probe: Option<Probe>,
    /// So long an opening waits for the probe; then it goes on, and the engine is put in use when it has passed. Default 5 s.
    pub patience: Duration,
    /// Up to so many events an engine is built while opening, more are folded while answers are taken. Default 20,000.
    pub build_at_once: u64,
    /// Bytes on the disk that are given up last, so that answers still fit when it is full; 0: none. Default 0.
    pub ballast_bytes: u64,
    /// No clock before this moment is believed. Milliseconds since 1970.
    pub built_ms: u64,
}

impl StoreConfig {
    /// Defaults for a data folder.
    pub fn new(folder: impl Into<PathBuf>, projection: Arc<dyn Projection>) -> Self {
        Self {
            folder: folder.into(),
            engine: EngineChoice::Sled { cache_bytes: EngineOptions::default().cache_bytes },
            clock: Arc::new(SystemClock::new()),
            projection,
            queue: 512,
            probe: None,
            patience: Duration::from_secs(5),
            build_at_once: 20_000,
            ballast_bytes: 0,
            built_ms: BUILT_MS,
        }
    }
}

/// An event is on the medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ack {
    /// The event; of a duplicate, the first one.
    pub id: EventId,
    /// When it was received.
    pub hlc: Hlc,
    /// Whether it had been stored before.
    pub duplicate: bool,
}

/// A box whose events are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoxStanding {
    /// Which.
    pub box_id: BoxId,
    /// Whether it is this one.
    pub own: bool,
    /// Number of its newest event here.
    pub newest: u64,
}

/// Figures for the health page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreStats {
    /// Number of the last event on the medium.
    pub events: u64,
    /// Whether nothing more is stored.
    pub read_only: bool,
    /// Whether the last event was refused because the disk is full.
    pub full: bool,
    /// Bytes written to the journal since opening.
    pub journal_bytes: u64,
    /// Syncs of the journal since opening.
    pub journal_syncs: u64,
    /// Batches since opening.
    pub batches: u64,
    /// Checkpoints of the engine since opening.
    pub checkpoints: u64,
    /// Checkpoints that failed.
    pub failed_checkpoints: u64,
    /// Name and version of the engine.
    pub engine: &'static str,
    /// Bytes of the engine on disk.
    pub engine_bytes: u64,
}

pub(crate) struct Threads {
    pub writer: JoinHandle<()>,
    pub checkpoints: JoinHandle<()>,
    pub keeper: JoinHandle<()>,
}

/// All that the box remembers. Share it by reference or in an `Arc`; calls block, so keep them off async threads.
pub struct Store {
    pub(crate) reader: Reader,
    pub(crate) inbox: SyncSender<Message>,
    pub(crate) threads: Mutex<Option<Threads>>,
    pub(crate) stamper: Arc<Mutex<Stamper>>,
    pub(crate) shared: Arc<Shared>,
    pub(crate) counters: Arc<DiskCounters>,
    pub(crate) boot: u64,
    pub(crate) lock: Mutex<Lock>,
    /// Held by whoever takes events in or out: one at a time.
    pub(crate) changes: Arc<Mutex<()>>,
    pub(crate) builder: Builder,
    /// Word in the names of files in quarantine.
    pub(crate) stamp: String,
}

impl Store {
    /// Opens the store, repairing and rebuilding what needs it, and says what happened.
    ///
    /// # Errors
    /// When another process has the folder, a newer program wrote it, or the medium fails.
    pub fn open(config: StoreConfig) -> Result<(Self, Vec<Notice>), OpenError> {
        crate::open::open(&config, Medium::default())
    }

    /// Which box this is.
    pub fn box_id(&self) -> BoxId {
        self.reader.box_id
    }

    /// Which start of the box this is, as events carry it.
    pub fn boot(&self) -> u64 {
        self.boot
    }

    /// The time as the next event would be stamped, in milliseconds since 1970: never before the newest event, also when
    /// the machine's clock is wrong.
    pub fn now_ms(&self) -> u64 {
        self.stamper.lock().unwrap_or_else(PoisonError::into_inner).now_ms()
    }

    /// Stores an event; returns when it is on the medium. An event that was sent before is not stored again: the
    /// acknowledgement names the first one.
    ///
    /// # Errors
    /// See [`SubmitError`]; nothing was stored then.
    pub fn submit(&self, draft: EventDraft) -> Result<Ack, SubmitError> {
        let acks = ask(&self.inbox, vec![draft])?;
        acks.first().copied().ok_or(SubmitError::ReadOnly)
    }

    /// Stores events in this order, with no other between them; all are checked before the first is written.
    ///
    /// # Errors
    /// See [`SubmitError`]; when one is refused, none is stored.
    pub fn submit_many(&self, drafts: Vec<EventDraft>) -> Result<Vec<Ack>, SubmitError> {
        ask(&self.inbox, drafts)
    }

    /// Whether everything can be looked up yet. Once ready, a store stays so, unless its engine fails.
    pub fn readiness(&self) -> Readiness {
        self.reader.current.readiness()
    }

    /// Whether everything can be looked up.
    pub fn is_ready(&self) -> bool {
        self.reader.current.is_ready()
    }

    /// Waits until everything can be looked up, at most so long; whether it can.
    pub fn wait_until_ready(&self, at_most: Duration) -> bool {
        let until = Instant::now() + at_most;
        while !self.is_ready() {
            if Instant::now() >= until || self.is_read_only() {
                return self.is_ready();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        true
    }

    /// Events folded and events in all, while an engine is built in the background.
    pub fn at_work(&self) -> Option<(u64, u64)> {
        self.reader.current.at_work()
    }

    /// What happened since the start that a person may want to know, oldest first; at most 200.
    pub fn notices(&self) -> Vec<Notice> {
        self.reader.current.notices()
    }

    /// Whether the last event was refused because the disk is full.
    pub fn is_full(&self) -> bool {
        self.shared.full.load(Ordering::Acquire)
    }

    /// One event, of whichever box.
    ///
    /// # Errors
    /// When the journal cannot be read or is damaged there.
    pub fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        self.reader.by_id(id)
    }

    /// Which ids are one child, as what is known is folded now.
    pub fn links(&self) -> Links {
        self.reader.current.links().clone()
    }

    /// The id under which it is kept what is known of a child.
    pub fn one_child(&self, learner: LearnerId) -> LearnerId {
        self.reader.current.links().one(learner)
    }

    /// A child's events from a moment on (milliseconds since 1970) under all its ids, by the times that stand in them, in that order. Whoever
    /// shows times to people asks [`Self::happened_since`].
    ///
    /// # Errors
    /// When reading fails.
    pub fn events_of(&self, learner: LearnerId, from_ms: u64) -> Result<Vec<Event>, StoreError> {
        self.reader.events_of(learner, from_ms)
    }

    /// What happened to a child from a moment on (milliseconds since 1970) under all its ids, each with its time as it is known by now, in that
    /// order: where the box had to guess the time and learnt later by how much it was off, that is put right.
    ///
    /// # Errors
    /// When reading fails.
    pub fn happened_since(&self, learner: LearnerId, from_ms: u64) -> Result<Vec<(u64, Event)>, StoreError> {
        self.reader.happened_since(learner, from_ms)
    }

    /// The learner's answer to an item that was handed out at `asked_ms`.
    ///
    /// # Errors
    /// When reading fails.
    pub fn answer_to(&self, learner: LearnerId, item: ItemKey, asked_ms: u64) -> Result<Option<Event>, StoreError> {
        self.reader.answer_to(learner, item, asked_ms)
    }

    /// Which event a sending became, if it ever arrived. Does not read the event, once the store is ready: that would go
    /// through a journal file.
    ///
    /// # Errors
    /// When reading fails.
    pub fn sent_before(&self, send: SendKey) -> Result<Option<EventId>, StoreError> {
        self.reader.sent_before(send)
    }

    /// Has all views folded anew in the background: for whoever finds a row that is not what it should be. Nothing is lost
    /// by it, events are elsewhere.
    pub fn distrust_views(&self) {
        self.reader.distrust_views();
    }

    /// The events of this box behind `after`, in the order of their numbers; all of them for none.
    pub fn stream(&self, after: Option<EventId>) -> EventStream {
        self.reader.stream(after)
    }

    /// At most `limit` events of this box behind `after`, in the order of their numbers. Lost ones are passed over.
    ///
    /// # Errors
    /// When reading fails.
    pub fn events_since(&self, after: Option<EventId>, limit: usize) -> Result<Vec<Event>, StoreError> {
        let lost = |item: &Result<Event, StoreError>| {
            matches!(item, Err(StoreError::Journal(crate::journal::JournalError::Damaged { .. })))
        };
        self.stream(after).filter(|item| !lost(item)).take(limit).collect()
    }

    /// One row of the views.
    ///
    /// # Errors
    /// When reading fails.
    pub fn view(&self, key: &ViewKey) -> Result<Option<Vec<u8>>, StoreError> {
        self.reader.view(key)
    }

    /// All rows of the views whose keys begin so, in the order of their keys.
    ///
    /// # Errors
    /// When reading fails.
    pub fn views(&self, prefix: &ViewPrefix) -> Result<Vec<(ViewKey, Vec<u8>)>, StoreError> {
        self.reader.views(prefix)
    }

    /// A hash over every row of the views: equal where two stores show the same, to the byte.
    ///
    /// # Errors
    /// When reading fails.
    pub fn views_digest(&self) -> Result<[u8; 32], StoreError> {
        self.reader.views_digest()
    }

    /// Which boxes have events here: this one first.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn boxes(&self) -> Result<Vec<BoxStanding>, StoreError> {
        self.reader.boxes()
    }

    /// Figures.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn stats(&self) -> Result<StoreStats, StoreError> {
        let engine = self.reader.current.engine().stats()?;
        Ok(StoreStats {
            events: self.reader.synced.load(Ordering::Acquire),
            read_only: self.is_read_only(),
            full: self.is_full(),
            journal_bytes: self.counters.bytes.load(Ordering::Relaxed),
            journal_syncs: self.counters.syncs.load(Ordering::Relaxed),
            batches: self.shared.batches.load(Ordering::Relaxed),
            checkpoints: self.shared.checkpoints.load(Ordering::Relaxed),
            failed_checkpoints: self.shared.failed_checkpoints.load(Ordering::Relaxed),
            engine: engine.name,
            engine_bytes: engine.bytes,
        })
    }

    /// Whether the medium or the engine failed, so that nothing more is stored.
    pub fn is_read_only(&self) -> bool {
        self.shared.read_only.load(Ordering::Acquire)
    }

    /// Writes what waits, makes the engine durable and ends; later submissions are refused, reading goes on. Dropping
    /// the store does the same.
    pub fn close(&self) {
        let threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Threads { writer, checkpoints, keeper }) = threads else { return };
        self.shared.stopping.store(true, Ordering::Release);
        let _ = self.inbox.send(Message::Stop);
        let mut in_order = writer.join().is_ok();
        in_order &= checkpoints.join().is_ok();
        self.reader.current.ask_keeper(Work::Stop);
        in_order &= keeper.join().is_ok();
        if let Err(error) = self.reader.current.engine().close() {
            tracing::error!(%error, "the engine could not be closed in order");
            in_order = false;
        }
        if in_order && !self.is_read_only() {
            self.lock.lock().unwrap_or_else(PoisonError::into_inner).end_in_order();
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close();
    }
}
