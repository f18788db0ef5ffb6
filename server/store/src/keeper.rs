//! The thread that works on what is stored while answers are taken: builds engines beside the one in use, and erases.

use crate::apply::Applier;
use crate::ballast;
use crate::build::{Builder, Built};
use crate::current::Current;
use crate::engine::{Op, Span};
use crate::erase::{self, Erased};
use crate::error::{OpenError, ProbeError, StoreError};
use crate::journal::{self, Closed, Dropped, QUARANTINE};
use crate::keys;
use crate::notice::{Notice, SetAside};
use crate::writer::{Message, Shared};
use chalkbox_domain::event::BoxRange;
use chalkbox_domain::ids::LearnerId;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// After so many engines in a row that did not come to use, no more is tried: a person has to look.
const MOST_TRIES: u32 = 3;

/// What the keeper is asked to do.
pub(crate) enum Work {
    /// Builds an engine anew and puts it in use. `done` is told how it went.
    Build {
        why: Why,
        done: Option<SyncSender<Result<(), StoreError>>>,
    },
    /// An engine was still being tried when the opening went on without it.
    Late {
        number: u32,
        outcome: Receiver<Result<(), ProbeError>>,
    },
    /// Takes everything of a learner out of every file, and then out of the engine.
    Erase {
        learner: LearnerId,
        done: SyncSender<Result<Erased, StoreError>>,
    },
    /// Drops events of closed years, and builds an engine without them.
    Drop {
        closed: Box<Closed>,
        done: SyncSender<Result<Dropped, StoreError>>,
    },
    /// After an opening: goes on with an erasing that was cut short, and makes the reserve for a full disk.
    Settle,
    Stop,
}

/// Why an engine is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// There is none that can be used.
    None,
    /// The rules have another version.
    Rules { from: Option<u32>, to: u32 },
    /// A row that does not read back, or an engine that failed, while it was in use.
    Damaged,
    /// Events of other boxes came in, or a learner was erased.
    Changed,
}

/// A new engine for the writer to put in use.
pub(crate) struct Swap {
    pub applier: Applier,
    pub number: u32,
    /// What is to be said to have come in.
    pub announce: Vec<BoxRange>,
    pub done: SyncSender<Result<(), StoreError>>,
}

pub(crate) struct Keeper {
    pub builder: Builder,
    pub data: PathBuf,
    pub current: Arc<Current>,
    pub synced: Arc<AtomicU64>,
    pub writer: SyncSender<Message>,
    pub shared: Arc<Shared>,
    pub stamp: String,
    pub boot: u64,
    pub ballast_bytes: u64,
    pub tries: u32,
}

impl Keeper {
    /// Works until it is told to stop.
    pub fn run(mut self, inbox: &Receiver<Work>) {
        while let Ok(work) = inbox.recv() {
            if self.shared.stopping.load(Ordering::Acquire) {
                return;
            }
            match work {
                Work::Stop => return,
                Work::Settle => {
                    self.finish_erasing();
                    if let Err(error) = ballast::make(&*self.builder.disk, &self.data, self.ballast_bytes) {
                        tracing::warn!(%error, "no room could be kept for when the disk is full");
                    }
                }
                Work::Build { why, done } => {
                    let outcome = self.build(why);
                    if let Err(error) = &outcome {
                        self.failed(error);
                    }
                    if let Some(done) = done {
                        let _ = done.send(outcome);
                    }
                }
                Work::Late { number, outcome } => self.late(number, &outcome),
                Work::Drop { closed, done } => {
                    let _ = done.send(self.drop_years(&closed));
                }
                Work::Erase { learner, done } => {
                    let _ = done.send(self.erase(learner));
                }
            }
        }
    }

    fn failed(&self, error: &StoreError) {
        if self.shared.stopping.load(Ordering::Acquire) {
            return;
        }
        tracing::error!(%error, "an engine could not be built");
        if self.tries < MOST_TRIES {
            self.current.ask_keeper(Work::Build { why: Why::Damaged, done: None });
        } else {
            self.shared.read_only.store(true, Ordering::Release);
            self.current.notice(Notice::GaveUp);
        }
    }

    fn build(&mut self, why: Why) -> Result<(), StoreError> {
        if why == Why::Damaged {
            // A cut from here on must not bring it back into use.
            self.builder.shelf.unmark_all().map_err(folder)?;
        }
        self.tries += 1;
        let number = self.builder.shelf.free_number().map_err(folder)?;
        self.current.total.store(self.synced.load(Ordering::Acquire).max(1), Ordering::Relaxed);
        self.current.done.store(0, Ordering::Relaxed);
        let built = self.builder.build(number, Some(self.synced.clone()), Some(&self.current), &self.shared.stopping);
        let swapped = built.and_then(|Built { applier, events, missing }| {
            self.swap(applier, number)?;
            Ok((events, missing))
        });
        self.current.total.store(0, Ordering::Relaxed);
        let (events, missing) = swapped?;
        self.tries = 0;
        self.current.notice(match why {
            Why::Rules { from, to } => Notice::ViewsRebuilt { from, to },
            _ => Notice::Replayed { events },
        });
        for gap in missing {
            self.current.notice(Notice::Gap { from: *gap.start(), to: *gap.end() });
        }
        self.finish_erasing();
        Ok(())
    }

    /// Has the writer put an engine in use; returns when it is.
    fn swap(&self, applier: Applier, number: u32) -> Result<(), StoreError> {
        let announce = self.builder.unannounced(&applier)?;
        let (done, outcome) = sync_channel(1);
        let swap = Swap { applier, number, announce, done };
        self.writer.send(Message::Swap(Box::new(swap))).map_err(|_| StoreError::Closing)?;
        outcome.recv().unwrap_or(Err(StoreError::Closing))?;
        self.builder.shelf.sweep(Some(number));
        Ok(())
    }

    /// The probe of the engine that is there has ended, after the opening went on without it.
    fn late(&mut self, number: u32, outcome: &Receiver<Result<(), ProbeError>>) {
        let sound = match outcome.recv() {
            Ok(Ok(())) => self.adopt(number),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the engine failed its probe");
                Err(SetAside::Probe)
            }
            Err(_) => Err(SetAside::Probe),
        };
        if let Err(reason) = sound {
            match self.builder.shelf.set_aside(number, reason, &self.stamp) {
                Ok(Some(folder)) => self.current.notice(Notice::EngineSetAside { reason, folder }),
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "an engine could not be set aside"),
            }
            self.current.ask_keeper(Work::Build { why: Why::None, done: None });
        }
    }

    /// Puts an engine in use that has passed its probe.
    fn adopt(&self, number: u32) -> Result<(), SetAside> {
        let engine = self.builder.shelf.open(number).map_err(|_| SetAside::Failed)?;
        if !self.builder.fits(&*engine).map_err(|_| SetAside::Failed)? {
            return Err(SetAside::Foreign);
        }
        let projection = self.builder.projection.clone();
        let applier = Applier::new(engine, projection, self.builder.own).map_err(|_| SetAside::Failed)?;
        let ours = applier.applied() <= self.synced.load(Ordering::Acquire)
            && applier.views_version().is_ok_and(|v| v == Some(self.builder.projection.version()))
            && self.builder.has_others(&applier).unwrap_or(false)
            && self.builder.is_rid(&applier).unwrap_or(false);
        if !ours {
            return Err(SetAside::Disagrees);
        }
        self.swap(applier, number).map_err(|_| SetAside::Failed)
    }

    fn erase(&mut self, learner: LearnerId) -> Result<Erased, StoreError> {
        let erased = self.rewrite_without(&[learner])?;
        let quarantine = self.data.join(QUARANTINE);
        if quarantine.exists() {
            std::fs::remove_dir_all(&quarantine)
                .map_err(|source| folder(OpenError::Io { doing: "remove", path: quarantine, source }))?;
        }
        self.note_erased(&[learner])?;
        // The engine's own file still has what was deleted in it: only a new one is rid of it.
        self.build(Why::Changed)?;
        self.note_erased(&[learner])?;
        Ok(erased)
    }

    fn drop_years(&mut self, closed: &Closed) -> Result<Dropped, StoreError> {
        let dropped = journal::drop_closed(&*self.builder.disk, self.builder.own, self.boot, closed)?;
        self.build(Why::Changed)?;
        Ok(dropped)
    }

    /// Goes on with what a cut has interrupted: learners whose erasing was asked for and is not done.
    fn finish_erasing(&mut self) {
        let engine = self.current.engine();
        let Ok(rows) = engine.range(&Span::prefix(b"X")) else { return };
        let open: Vec<LearnerId> = rows
            .iter()
            .filter_map(|(key, row)| keys::read_erased(key, row).ok())
            .filter_map(|(learner, done)| (!done).then_some(learner))
            .collect();
        if open.is_empty() {
            return;
        }
        match self.rewrite_without(&open) {
            Ok(erased) if erased.events > 0 => {
                self.current.ask_keeper(Work::Build { why: Why::Changed, done: None });
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "a learner could not be erased; the next start tries again");
                return;
            }
        }
        if let Err(error) = self.note_erased(&open) {
            tracing::error!(%error, "that a learner is erased could not be noted");
        }
    }

    fn rewrite_without(&self, learners: &[LearnerId]) -> Result<Erased, StoreError> {
        let (done, rolled) = sync_channel(1);
        self.writer.send(Message::Roll { done }).map_err(|_| StoreError::Closing)?;
        let until = rolled.recv().unwrap_or(Err(StoreError::Closing))?;
        erase::rewrite_journals(&*self.builder.disk, (self.builder.own, until), learners)
    }

    fn note_erased(&self, learners: &[LearnerId]) -> Result<(), StoreError> {
        let ops: Vec<Op> = learners.iter().map(|l| Op::Set(keys::erased(*l), keys::erased_row(true))).collect();
        Ok(self.current.engine().apply(&ops)?)
    }
}

fn folder(error: OpenError) -> StoreError {
    StoreError::Folder(Box::new(error))
}
