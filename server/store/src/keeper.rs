//! The thread that works on what is stored while answers are taken: builds engines beside the one in use, and erases.

use crate::apply::Applier;
use crate::ballast;
use crate::build::{Builder, Built, Verdict, Watch};
use crate::current::Current;
use crate::engine::{Op, Span};
use crate::erase::{self, Erased};
use crate::error::{OpenError, ProbeError, StoreError};
use crate::folder::sync_folder;
use crate::journal::{self, Closed, Dropped, QUARANTINE};
use crate::keys;
use crate::notice::{Notice, SetAside};
use crate::open::erasings;
use crate::rescue::{rescue, without};
use crate::writer::{Message, Shared};
use chalkbox_domain::event::{BoxRange, EventDraft};
use chalkbox_domain::ids::LearnerId;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, TryLockError};
use std::time::{Duration, Instant};

/// After a build that failed the next one begins so much later, and in the end once an hour: what is in the way, a full disk
/// above all, may go away, and answers are taken meanwhile.
const PAUSES: [Duration; 4] =
    [Duration::ZERO, Duration::from_secs(60), Duration::from_secs(300), Duration::from_secs(1800)];
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);
/// After so many in a row a person is told.
const TOLD_AFTER: usize = 2;

/// What the keeper is asked to do.
pub(crate) enum Work {
    /// Builds an engine anew and puts it in use. `done` is told how it went; whoever waits for it holds the lock of changes.
    Build {
        why: Why,
        done: Option<SyncSender<Result<(), StoreError>>>,
    },
    /// An engine was still being tried when the opening went on without it.
    Late {
        number: u32,
        outcome: Receiver<Result<(), ProbeError>>,
    },
    /// Folds everything anew by a word on which ids are one child, which is stored when that is in use. Whoever waits holds the
    /// lock of changes.
    Link {
        saying: Box<EventDraft>,
        done: SyncSender<Result<(), StoreError>>,
    },
    /// Takes everything of some learners out of every file, and then out of the engine. Whoever waits holds the lock of changes.
    Erase {
        learners: Vec<LearnerId>,
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
    /// Two ids became one child, or two.
    Linked,
}

/// A new engine for the writer to put in use.
pub(crate) struct Swap {
    pub applier: Applier,
    pub number: u32,
    /// What is to be said to have come in.
    pub announce: Vec<BoxRange>,
    /// What has to be stored for it to be right.
    pub saying: Option<EventDraft>,
    pub done: SyncSender<Result<(), StoreError>>,
}

/// What became of an engine whose probe took long.
enum Adopted {
    Yes,
    /// It is whole, and another has to be built all the same.
    Outdated(Why),
    No(SetAside),
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
    /// Builds in a row that failed.
    pub tries: usize,
    /// When the next build is tried after one that failed.
    pub again: Option<Instant>,
    /// Held by whoever takes events in or out: one at a time.
    pub changes: Arc<Mutex<()>>,
    /// The engine in use was folded from nothing since this start.
    pub anew: bool,
    /// The start found a change of the journals that was cut short.
    pub interrupted: bool,
    /// Nobody has looked yet whether the engine in use has every row.
    pub uncounted: bool,
}

impl Keeper {
    /// Works until it is told to stop.
    pub fn run(mut self, inbox: &Receiver<Work>) {
        while let Some(work) = self.next(inbox) {
            if self.shared.stopping.load(Ordering::Acquire) {
                return;
            }
            match work {
                Work::Stop => return,
                Work::Settle => {
                    self.count_rows();
                    if let Err(error) = self.tell_of_gaps() {
                        tracing::error!(%error, "what is lost could not be looked up");
                    }
                    self.finish_erasing(false);
                    if let Err(error) = ballast::make(&*self.builder.disk, &self.data, self.ballast_bytes) {
                        tracing::warn!(%error, "no room could be kept for when the disk is full");
                    }
                }
                Work::Build { why, done } => {
                    let outcome = self.build(why, None);
                    match &outcome {
                        Ok(()) => self.finish_erasing(done.is_some()),
                        Err(error) => self.failed(error),
                    }
                    if let Some(done) = done {
                        let _ = done.send(outcome);
                    }
                }
                Work::Late { number, outcome } => self.late(number, &outcome),
                Work::Drop { closed, done } => {
                    let _ = done.send(self.drop_years(&closed));
                }
                Work::Link { saying, done } => {
                    let _ = done.send(self.build(Why::Linked, Some(*saying)));
                }
                Work::Erase { learners, done } => {
                    let _ = done.send(self.forget(&learners, false));
                }
            }
        }
    }

    /// What is to be done next, when it is time for it; none when nobody can ask any more.
    fn next(&self, inbox: &Receiver<Work>) -> Option<Work> {
        let Some(again) = self.again else { return inbox.recv().ok() };
        match inbox.recv_timeout(again.saturating_duration_since(Instant::now())) {
            Ok(work) => Some(work),
            Err(RecvTimeoutError::Timeout) => Some(Work::Build { why: Why::Damaged, done: None }),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Looks once after an opening whether the engine that was found has every row, and has another built where it has not.
    fn count_rows(&mut self) {
        if !self.current.is_ready() || !std::mem::take(&mut self.uncounted) {
            return;
        }
        let engine = self.current.engine();
        match self.builder.has_all_rows(&*engine, &self.shared.stopping) {
            Ok(true) => {}
            Ok(false) => {
                tracing::error!("rows of the engine are gone; another is built from the journal");
                if self.current.distrust(&engine) {
                    self.current.notice(Notice::EngineFailed);
                    self.current.ask_keeper(Work::Build { why: Why::Damaged, done: None });
                }
            }
            Err(error) => tracing::error!(%error, "the rows of the engine could not be counted"),
        }
    }

    /// Tells again of numbers that an earlier start found lost, as long as nothing has brought them back: of other boxes an engine
    /// is built when something came in.
    fn tell_of_gaps(&self) -> Result<(), StoreError> {
        if !self.current.is_ready() {
            // An engine comes, and who builds it meets every gap.
            return Ok(());
        }
        for (key, row) in self.current.engine().range(&Span::prefix(keys::OTHER_GAP))? {
            let (box_id, from) = keys::other_gap_from(&key)?;
            self.current.gap(Notice::OtherGap { box_id, from, to: keys::read_number(&row)? });
        }
        let dropped = journal::last_closed(&*self.builder.disk, self.builder.own)?;
        for (key, row) in self.current.engine().range(&Span::prefix(keys::GAP))? {
            let (from, to) = (keys::gap_from(&key)?.max(dropped + 1), keys::read_number(&row)?);
            for lost in self.builder.lost_between(from, to)? {
                self.current.gap(Notice::Gap { from: *lost.start(), to: *lost.end() });
            }
        }
        Ok(())
    }

    /// A build failed: the store goes on as it is, and tries again.
    fn failed(&mut self, error: &StoreError) {
        if self.shared.stopping.load(Ordering::Acquire) {
            return;
        }
        tracing::error!(%error, tries = self.tries, "an engine could not be built");
        let pause = PAUSES.get(self.tries.saturating_sub(1)).copied().unwrap_or(LONGEST_PAUSE);
        self.again = Some(Instant::now() + pause);
        let notice = match error {
            StoreError::NoRoom { needs, free } => Notice::NoRoomToBuild { needs: *needs, free: *free },
            _ if self.tries >= TOLD_AFTER => Notice::NotBuilt,
            _ => return,
        };
        self.current.take_back(is_of_building);
        self.current.notice(notice);
    }

    fn build(&mut self, why: Why, saying: Option<EventDraft>) -> Result<(), StoreError> {
        self.tries += 1;
        self.again = None;
        if why == Why::Damaged {
            // A cut from here on must not bring it back into use.
            self.builder.shelf.unmark_all().map_err(folder)?;
        }
        self.builder.shelf.look_for_room()?;
        let (number, begun) = (self.builder.shelf.free_number().map_err(folder)?, self.builder.shelf.moves());
        self.current.total.store(self.synced.load(Ordering::Acquire).max(1), Ordering::Relaxed);
        self.current.done.store(0, Ordering::Relaxed);
        let links = self.current.links().clone();
        let watch =
            Watch { synced: Some(self.synced.clone()), progress: Some(&self.current), stopping: &self.shared.stopping };
        let built = self.builder.build(number, &links, saying.as_ref().map(|draft| &draft.body), &watch);
        let swapped = built.and_then(|Built { applier, events, missing }| {
            self.swap(applier, number, saying)?;
            Ok((events, missing))
        });
        self.current.total.store(0, Ordering::Relaxed);
        if swapped.is_err() {
            self.builder.shelf.discard(number);
        }
        let (events, missing) = swapped?;
        self.builder.shelf.paid(begun);
        self.tries = 0;
        self.current.take_back(is_of_building);
        self.anew = true;
        match why {
            Why::Rules { from, to } => self.current.notice(Notice::ViewsRebuilt { from, to }),
            Why::None | Why::Damaged | Why::Changed => self.current.notice(Notice::Replayed { events }),
            Why::Linked => {}
        }
        // What was told before may be back. What is noted as lost the journal passes over, what it misses is new.
        self.current.take_back(Notice::is_gap);
        missing.iter().for_each(|missing| self.current.gap(self.builder.gap(missing)));
        self.tell_of_gaps()
    }

    /// Has the writer put an engine in use; returns when it is.
    fn swap(&self, applier: Applier, number: u32, saying: Option<EventDraft>) -> Result<(), StoreError> {
        let announce = self.builder.unannounced(&applier)?;
        let (done, outcome) = sync_channel(1);
        let swap = Swap { applier, number, announce, saying, done };
        self.writer.send(Message::Swap(Box::new(swap))).map_err(|_| StoreError::Closing)?;
        outcome.recv().unwrap_or(Err(StoreError::Closing))?;
        self.builder.shelf.sweep(Some(number));
        Ok(())
    }

    /// The probe of the engine that is there has ended, after the opening went on without it.
    fn late(&mut self, number: u32, outcome: &Receiver<Result<(), ProbeError>>) {
        let adopted = match outcome.recv() {
            Ok(Ok(())) => self.adopt(number),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the engine failed its probe");
                Ok(Adopted::No(SetAside::Probe))
            }
            Err(_) => Ok(Adopted::No(SetAside::Probe)),
        };
        self.anew = false;
        let (reason, why) = match adopted {
            Ok(Adopted::Yes) => return self.count_rows(),
            Ok(Adopted::Outdated(why)) => (None, why),
            Ok(Adopted::No(reason)) => (Some(reason), Why::None),
            // Nothing is known against it: the next start looks at it again.
            Err(_) if self.shared.stopping.load(Ordering::Acquire) => return,
            Err(error) => {
                tracing::error!(%error, "an engine that passed its probe could not be put in use");
                (Some(SetAside::Failed), Why::None)
            }
        };
        if let Some(reason) = reason {
            match self.builder.shelf.set_aside(number, reason, &self.stamp) {
                Ok(Some(folder)) => self.current.notice(Notice::EngineSetAside { reason, folder }),
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "an engine could not be set aside"),
            }
        }
        self.current.ask_keeper(Work::Build { why, done: None });
    }

    /// Puts an engine in use that has passed its probe, if it is as good as one that is found at an opening must be.
    fn adopt(&self, number: u32) -> Result<Adopted, StoreError> {
        let engine = self.builder.shelf.open(number)?;
        if !self.builder.fits(&*engine)? {
            return Ok(Adopted::No(SetAside::Foreign));
        }
        let applier = Applier::new(engine, self.builder.projection.clone(), self.builder.own)?;
        Ok(match self.builder.verdict(&applier, self.synced.load(Ordering::Acquire), false).map_err(folder)? {
            Verdict::Disagrees => Adopted::No(SetAside::Disagrees),
            Verdict::Rules { from, to } => Adopted::Outdated(Why::Rules { from, to }),
            Verdict::Changed => Adopted::Outdated(Why::Changed),
            Verdict::Sound => {
                self.swap(applier, number, None)?;
                Adopted::Yes
            }
        })
    }

    /// Takes everything of some learners out of every file, and out of the engine: one that is folded anew from what is left,
    /// unless the one in use was, and nothing was left to be taken out. Only then it is noted as done. A cut anywhere leaves
    /// it open, or folds anew at the next start.
    fn forget(&mut self, learners: &[LearnerId], anew: bool) -> Result<Erased, StoreError> {
        let change = self.builder.shelf.owe().map_err(folder)?;
        let rewritten = self.rewrite_without(learners);
        let untouched = anew && change.fresh && matches!(&rewritten, Ok(erased) if *erased == Erased::default());
        if rewritten.is_ok() && (!untouched || self.interrupted) {
            self.empty_quarantine()?;
        }
        if untouched {
            change.withdraw();
        } else {
            drop(change);
            self.build(Why::Changed, None)?;
        }
        let erased = rewritten?;
        self.note_erased(learners)?;
        self.interrupted = false;
        Ok(erased)
    }

    /// Goes on with what a cut has interrupted: learners whose erasing was asked for and is not done. `held`: whoever asked
    /// holds the lock of changes.
    fn finish_erasing(&mut self, held: bool) {
        if !self.current.is_ready() {
            // An engine comes, and then this again.
            return;
        }
        let Ok(rows) = erasings(&*self.current.engine()) else { return };
        let open: Vec<LearnerId> = rows.into_iter().filter_map(|(learner, done)| (!done).then_some(learner)).collect();
        if open.is_empty() {
            self.interrupted = false;
            return;
        }
        let changes = self.changes.clone();
        let _alone = match changes.try_lock() {
            _ if held => None,
            Ok(lock) => Some(lock),
            Err(TryLockError::Poisoned(lock)) => Some(lock.into_inner()),
            // Whoever has it may wait for the keeper.
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_millis(20));
                self.current.ask_keeper(Work::Settle);
                return;
            }
        };
        if let Err(error) = self.forget(&open, self.anew) {
            tracing::error!(%error, "a learner could not be erased; the next start tries again");
        }
    }

    /// Everybody who was ever erased is taken out: what is mended on the way may come from before.
    fn rewrite_without(&self, learners: &[LearnerId]) -> Result<Erased, StoreError> {
        let engine = self.current.engine();
        let mut everybody: Vec<LearnerId> = erasings(&*engine)?.into_iter().map(|(learner, _)| learner).collect();
        everybody.extend(learners.iter().filter(|l| !everybody.contains(l)).copied().collect::<Vec<_>>());
        let (done, rolled) = sync_channel(1);
        self.writer.send(Message::Roll { done }).map_err(|_| StoreError::Closing)?;
        let until = rolled.recv().unwrap_or(Err(StoreError::Closing))?;
        let rescue =
            |box_id, missing: &[_]| without(rescue(Some(&*engine), &self.data, box_id, missing), Default::default());
        erase::rewrite_journals(&*self.builder.disk, (self.builder.own, until), &everybody, &rescue)
    }

    fn empty_quarantine(&self) -> Result<(), StoreError> {
        let quarantine = self.data.join(QUARANTINE);
        if quarantine.exists() {
            std::fs::remove_dir_all(&quarantine)
                .map_err(|source| folder(OpenError::Io { doing: "remove", path: quarantine, source }))?;
            sync_folder(&self.data).map_err(folder)?;
        }
        Ok(())
    }

    fn drop_years(&mut self, closed: &Closed) -> Result<Dropped, StoreError> {
        let dropped = journal::drop_closed(&*self.builder.disk, self.builder.own, self.boot, closed)?;
        self.build(Why::Changed, None)?;
        Ok(dropped)
    }

    fn note_erased(&self, learners: &[LearnerId]) -> Result<(), StoreError> {
        let ops: Vec<Op> = learners.iter().map(|l| Op::Set(keys::erased(*l), keys::erased_row(true))).collect();
        let engine = self.current.engine();
        engine.apply(&ops)?;
        Ok(engine.checkpoint()?)
    }
}

fn is_of_building(notice: &Notice) -> bool {
    matches!(notice, Notice::NotBuilt | Notice::NoRoomToBuild { .. })
}

fn folder(error: OpenError) -> StoreError {
    StoreError::Folder(Box::new(error))
}
