//! The engine that answers now. It can be exchanged for one that was built beside it; whoever reads holds on to the one
//! that he began with.

use crate::corrections::Corrections;
use crate::engine::KvEngine;
use crate::keeper::Work;
use crate::keys;
use crate::notice::Notice;
use crate::recent::Recent;
use chalkbox_domain::event::{Event, EventBody};
use chalkbox_domain::links::Links;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

/// At most so many notices are kept.
const MOST_NOTICES: usize = 200;

/// How far the store is with putting its memory in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Everything can be looked up.
    Ready,
    /// People are known and answers are taken; what was learnt before is still being folded.
    Preparing {
        /// Events folded so far.
        done: u64,
        /// Events in all.
        total: u64,
    },
}

/// The engine in use.
struct InUse {
    engine: Arc<dyn KvEngine>,
    /// Of an engine that only lets people in: what was practised before it was made.
    recent: Option<Arc<Recent>>,
}

impl InUse {
    fn new(engine: Arc<dyn KvEngine>, recent: Option<Recent>) -> Self {
        Self { engine, recent: recent.map(Arc::new) }
    }
}

/// The engine in use, and what is told about it.
pub(crate) struct Current {
    in_use: RwLock<InUse>,
    /// As the engine has them, with those since.
    corrections: RwLock<Corrections>,
    /// By which the views of the engine are folded.
    links: RwLock<Links>,
    ready: AtomicBool,
    /// A row of the engine in use does not read back: another is built.
    distrusted: AtomicBool,
    /// Events folded by the work that is going on, and events in all; both zero while there is none.
    pub done: AtomicU64,
    pub total: AtomicU64,
    notices: Mutex<Vec<Notice>>,
    keeper: Sender<Work>,
}

impl Current {
    pub fn new(
        engine: Arc<dyn KvEngine>,
        recent: Option<Recent>,
        notices: Vec<Notice>,
        keeper: Sender<Work>,
    ) -> Arc<Self> {
        let ready = recent.is_none();
        Arc::new(Self {
            corrections: RwLock::new(corrections_in(&*engine)),
            links: RwLock::new(links_in(&*engine)),
            in_use: RwLock::new(InUse::new(engine, recent)),
            ready: AtomicBool::new(ready),
            distrusted: AtomicBool::new(false),
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            notices: Mutex::new(notices),
            keeper,
        })
    }

    pub fn engine(&self) -> Arc<dyn KvEngine> {
        self.in_use.read().unwrap_or_else(PoisonError::into_inner).engine.clone()
    }

    /// The engine in use, and what it does not have of what was practised when it only lets people in.
    pub fn engine_and_recent(&self) -> (Arc<dyn KvEngine>, Option<Arc<Recent>>) {
        let place = self.in_use.read().unwrap_or_else(PoisonError::into_inner);
        (place.engine.clone(), place.recent.clone())
    }

    /// Puts another engine in use; the one before. One that only lets people in comes with what was practised before.
    pub fn exchange(&self, engine: Arc<dyn KvEngine>, recent: Option<Recent>) -> Arc<dyn KvEngine> {
        let (corrections, links) = (corrections_in(&*engine), links_in(&*engine));
        let mut place = self.in_use.write().unwrap_or_else(PoisonError::into_inner);
        let ready = recent.is_none();
        let before = std::mem::replace(&mut *place, InUse::new(engine, recent)).engine;
        *self.corrections.write().unwrap_or_else(PoisonError::into_inner) = corrections;
        *self.links.write().unwrap_or_else(PoisonError::into_inner) = links;
        self.ready.store(ready, Ordering::Release);
        self.distrusted.store(false, Ordering::Release);
        before
    }

    pub fn corrections(&self) -> RwLockReadGuard<'_, Corrections> {
        self.corrections.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Which ids are one child in the engine in use.
    pub fn links(&self) -> RwLockReadGuard<'_, Links> {
        self.links.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of an event that was just stored, if it says by how much times were off.
    pub fn follow(&self, event: &Event) {
        if matches!(event.body, EventBody::ClockCorrected { .. }) {
            self.corrections.write().unwrap_or_else(PoisonError::into_inner).follow(event);
        }
    }

    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    pub fn readiness(&self) -> Readiness {
        if self.is_ready() {
            return Readiness::Ready;
        }
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        Readiness::Preparing { done: done.min(total), total }
    }

    /// Events folded and events in all, while something is folded in the background.
    pub fn at_work(&self) -> Option<(u64, u64)> {
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        (total > 0).then_some((done.min(total), total))
    }

    pub fn notice(&self, notice: Notice) {
        let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        if notices.len() < MOST_NOTICES {
            notices.push(notice);
        }
    }

    /// Tells of numbers that are lost, unless that was told.
    pub fn gap(&self, gap: Notice) {
        if !self.notices().iter().any(|told| told.covers(&gap)) {
            self.notice(gap);
        }
    }

    /// Takes back what is not so any more.
    pub fn take_back(&self, outdated: impl Fn(&Notice) -> bool) {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).retain(|notice| !outdated(notice));
    }

    /// Marks an engine as one that is not trusted; whether it is in use and was trusted before.
    pub fn distrust(&self, engine: &Arc<dyn KvEngine>) -> bool {
        let place = self.in_use.read().unwrap_or_else(PoisonError::into_inner);
        Arc::ptr_eq(&place.engine, engine) && !self.distrusted.swap(true, Ordering::AcqRel)
    }

    pub fn notices(&self) -> Vec<Notice> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Hands work to the keeper; false when it has ended.
    pub fn ask_keeper(&self, work: Work) -> bool {
        self.keeper.send(work).is_ok()
    }
}

/// Without them times are shown as they were guessed: no reason to stop.
fn corrections_in(engine: &dyn KvEngine) -> Corrections {
    Corrections::read(engine).unwrap_or_else(|error| {
        tracing::error!(%error, "what is known of wrong clocks cannot be read");
        Corrections::default()
    })
}

/// Without them each id is a child of its own until another engine is in use: no reason to stop.
fn links_in(engine: &dyn KvEngine) -> Links {
    keys::links_in(engine).unwrap_or_else(|error| {
        tracing::error!(%error, "which ids are one child cannot be read");
        Links::default()
    })
}
