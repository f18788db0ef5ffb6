//! Opening: every step is checked, and each that fails has a next one that needs no person.

use crate::apply::Applier;
use crate::build::{Builder, Built, Verdict, Watch};
use crate::clock::{Latest, Stamper};
use crate::codec::decode_event;
use crate::current::Current;
use crate::disk::{Disk, DiskCounters, RealDisk};
use crate::engine::{EngineError, KvEngine, Span};
use crate::erase;
use crate::error::{OpenError, ProbeError, StoreError};
use crate::folder::{self, BoxNote, Lock, io_error};
use crate::journal::{self, Journal, JournalOptions, Recovery, recover};
use crate::keeper::{Keeper, Why, Work};
use crate::keys;
use crate::notice::{Notice, SetAside};
use crate::read::Reader;
use crate::recent::Recent;
use crate::record::Record;
use crate::rescue::{backed_up_to, rescue, without};
use crate::shelf::{self, Shelf};
use crate::store::{Probe, Store, StoreConfig, Threads};
use crate::volume::VolumeName;
use crate::writer::{Shared, Writer, run_checkpoints};
use chalkbox_domain::event::{Actor, ClockTrust, EventBody, EventDraft, Hlc};
use chalkbox_domain::ids::{BoxId, LearnerId};
use chalkbox_domain::links::Links;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::mpsc::{self, Receiver, RecvError, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a test puts in the place of the real disk.
#[derive(Default)]
pub(crate) struct Medium {
    pub disk: Option<Arc<dyn Disk>>,
    pub journal: JournalOptions,
}

pub(crate) fn open(config: &StoreConfig, medium: Medium) -> Result<(Store, Vec<Notice>), OpenError> {
    folder::create(&config.folder)?;
    let lock = Lock::take(&config.folder)?;
    let real = RealDisk::new(&config.folder);
    let counters = real.counters();
    let disk: Arc<dyn Disk> = medium.disk.unwrap_or_else(|| Arc::new(real));
    let box_id = which_box(&config.folder, &*disk)?;
    journal::check_formats(&*disk, box_id)?;
    let builder = Builder {
        shelf: Shelf::new(&config.folder, config.engine),
        disk,
        own: box_id,
        projection: config.projection.clone(),
    };
    let owed = builder.shelf.owes();
    let mut opening = Opening { config, builder, stamp: stamp(config), boot: random()?, owed, notices: Vec::new() };
    if lock.unclean {
        opening.notices.push(Notice::UncleanStop);
    }
    opening.look_for_others()?;
    let engine = opening.engine_in_use(lock.unclean)?;
    let engine = if lock.first { engine } else { opening.take_other_name(engine, lock.unclean)? };
    let (journal, newest, gaps) = opening.recover(&engine, medium.journal)?;
    opening.builder.heal_closed(opening.boot).map_err(OpenError::Store)?;
    opening.builder.shelf.bound_quarantine();
    let settled = opening.settle(engine, &journal)?;
    opening.start(lock, counters, journal, settled, (newest, gaps))
}

/// Which box this is: as noted, as its journal tells, or a new one.
fn which_box(data: &Path, disk: &dyn Disk) -> Result<BoxId, OpenError> {
    if let Some(BoxNote { id, checked }) = folder::read_note(data)? {
        if !checked {
            folder::write_box(data, id)?;
        }
        return Ok(id);
    }
    let id = match journal::boxes(disk)?.as_slice() {
        [] => BoxId(random()?.to_be_bytes()),
        [only] => *only,
        _ => return Err(OpenError::BoxFile { path: data.join(folder::BOX_FILE) }),
    };
    folder::write_box(data, id)?;
    Ok(id)
}

fn random() -> Result<u64, OpenError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(OpenError::Random)?;
    Ok(u64::from_be_bytes(bytes))
}

/// The time as it stands in names of quarantine, sortable; only a word, so a wrong clock does no harm.
fn stamp(config: &StoreConfig) -> String {
    format!("{:010}", config.clock.unix_ms() / 1000)
}

struct Opening<'a> {
    config: &'a StoreConfig,
    builder: Builder,
    stamp: String,
    boot: u64,
    /// A change of the journals was cut short: the engine in use does not follow it.
    owed: bool,
    notices: Vec<Notice>,
}

/// What was found where the engine in use should be.
enum Found {
    /// One that opens and belongs here.
    Engine(u32, Box<Applier>),
    /// One that is still being tried in a child process.
    Late(u32, Receiver<Result<(), ProbeError>>),
    None,
}

/// What answers from now on.
struct Settled {
    applier: Applier,
    /// What was practised, while the engine only lets people in.
    recent: Option<Recent>,
    /// It was folded from nothing by this opening.
    anew: bool,
    /// What the keeper has to begin with.
    work: Option<Work>,
}

impl Opening<'_> {
    /// Files of other boxes that are no volumes: put there by hand, and not ours to fold.
    fn look_for_others(&mut self) -> Result<(), OpenError> {
        for box_id in journal::boxes(&*self.builder.disk)?.into_iter().filter(|id| *id != self.builder.own) {
            self.notices.push(Notice::OtherJournal { box_id });
        }
        Ok(())
    }

    fn engine_in_use(&mut self, unclean: bool) -> Result<Found, OpenError> {
        let Some(number) = self.builder.shelf.in_use()? else { return Ok(Found::None) };
        if unclean && let Some(probe) = &self.config.probe {
            let mut tried = try_engine(probe, &self.config.folder, self.config.patience);
            if let Tried::Late(outcome) = tried {
                // What the journal lacks the engine may have: then it is worth waiting for, as long as the probe takes.
                let (disk, own) = (&*self.builder.disk, self.builder.own);
                if !journal::is_doubtful(disk, own)? && journal::newest_is_gone(disk, own)?.is_none() {
                    return Ok(Found::Late(number, outcome));
                }
                tracing::warn!("the journal is damaged; the opening waits for the engine");
                tried = Tried::of(outcome.recv());
            }
            if let Tried::Failed(error) = tried {
                tracing::warn!(%error, "the engine failed its probe");
                self.set_aside(number, SetAside::Probe)?;
                return Ok(Found::None);
            }
        }
        let opened = self.builder.shelf.open(number).map_err(StoreError::from).and_then(|engine| {
            if !self.builder.fits(&*engine)? {
                return Ok(None);
            }
            Applier::new(engine, self.config.projection.clone(), self.builder.own).map(Some)
        });
        let reason = match opened {
            Ok(Some(applier)) => return Ok(Found::Engine(number, Box::new(applier))),
            Ok(None) => SetAside::Foreign,
            Err(StoreError::Engine(EngineError::Panicked { .. })) => SetAside::Panicked,
            Err(_) => SetAside::Failed,
        };
        self.set_aside(number, reason)?;
        Ok(Found::None)
    }

    /// Where numbers may have been given out that nobody knows any more, the box goes on under another name. An engine that was
    /// closed in order knows the last one.
    fn take_other_name(&mut self, found: Found, unclean: bool) -> Result<Found, OpenError> {
        let (was, data) = (self.builder.own, self.config.folder.clone());
        let disk = self.builder.disk.clone();
        let Some(last) = journal::newest_is_gone(&*disk, was)? else { return Ok(found) };
        let engine = match &found {
            Found::Engine(..) if !unclean => return Ok(found),
            Found::Engine(_, applier) => Some(applier),
            Found::Late(..) | Found::None => None,
        };
        // What others have of it is kept, under its own numbers.
        let known = engine.map_or(0, |applier| applier.applied()).max(backed_up_to(&data, was));
        if known > last {
            let engine = engine.map(|applier| applier.engine());
            let records = self.all_records(engine.as_deref(), &(last + 1..=known));
            journal::put_volume(&*disk, &VolumeName { box_id: was, from: last + 1, to: known }, &records)?;
        }
        journal::retire(&*disk, was)?;
        let now = BoxId(random()?.to_be_bytes());
        folder::write_box(&data, now)?;
        self.builder.own = now;
        drop(found);
        self.builder.shelf.unmark_all()?;
        self.builder.shelf.sweep(None);
        if last.max(known) > 0 {
            tracing::error!(%was, %now, "the newest journal file is gone; the box goes on under another name");
            self.notices.push(Notice::OtherName { was, now });
        }
        Ok(Found::None)
    }

    /// What the engine and the backups on the card have of some numbers of this box.
    fn rescued(&self, engine: Option<&dyn KvEngine>, missing: &[RangeInclusive<u64>]) -> BTreeMap<u64, Record> {
        let found = rescue(engine, &self.config.folder, self.builder.own, missing);
        if found.is_empty() {
            return found;
        }
        // No copy brings back whoever was erased; the word of it may be among what comes back.
        let mut erased = erase::erased_in(&self.builder.disk).unwrap_or_default();
        erased.extend(engine.iter().flat_map(|engine| erasings(*engine).unwrap_or_default()).map(|(who, _)| who));
        without(found, erased)
    }

    /// Everything that stood under some numbers of this box, with what is lost of it.
    fn all_records(&self, engine: Option<&dyn KvEngine>, numbers: &RangeInclusive<u64>) -> Vec<Record> {
        let mut records: Vec<Record> = Vec::new();
        let mut next = *numbers.start();
        for (seq, record) in self.rescued(engine, std::slice::from_ref(numbers)) {
            if seq > next {
                records.push(Record::Lost { from: next, to: seq - 1 });
            }
            next = seq + 1;
            records.push(record);
        }
        if next <= *numbers.end() {
            records.push(Record::Lost { from: next, to: *numbers.end() });
        }
        records
    }

    fn set_aside(&mut self, number: u32, reason: SetAside) -> Result<(), OpenError> {
        if let Some(folder) = self.builder.shelf.set_aside(number, reason, &self.stamp)? {
            tracing::warn!(?reason, to = %folder.display(), "the engine was set aside; it is rebuilt from the journal");
            self.notices.push(Notice::EngineSetAside { reason, folder });
        }
        Ok(())
    }

    /// Brings the journal in order, with what the engine and the backups on the card have.
    fn recover(
        &mut self,
        found: &Found,
        options: JournalOptions,
    ) -> Result<(Journal, Latest, Vec<RangeInclusive<u64>>), OpenError> {
        let engine = match found {
            Found::Engine(_, applier) => Some(applier.engine()),
            Found::Late(..) | Found::None => None,
        };
        let (own, data) = (self.builder.own, &self.config.folder);
        let in_engine = match found {
            Found::Engine(_, applier) => applier.applied(),
            Found::Late(..) | Found::None => 0,
        };
        let recovered = recover(&Recovery {
            disk: self.builder.disk.clone(),
            box_id: own,
            boot: self.boot,
            options,
            applied: in_engine.max(backed_up_to(data, own)),
            stamp: &self.stamp,
            rescue: &|missing| self.rescued(engine.as_deref(), missing),
        })?;
        self.notices.extend(recovered.notices);
        let newest = recovered.newest.and_then(|payload| decode_event(&payload).ok());
        let mut others = Hlc(0);
        for box_id in journal::all_boxes(&*self.builder.disk)?.into_iter().filter(|id| *id != own) {
            let other = journal::newest_of_box(&*self.builder.disk, box_id)?;
            others = others.max(other.map_or(Hlc(0), |(_, front)| front.hlc));
        }
        Ok((recovered.journal, Latest::of(newest.as_ref(), others), recovered.gaps))
    }

    /// Decides what answers from now on: the engine that was found, brought up to date; one that is built at once; or a small one
    /// in memory, until the keeper is done with a large one.
    fn settle(&mut self, found: Found, journal: &Journal) -> Result<Settled, OpenError> {
        let end = journal.next_seq() - 1;
        let why = match found {
            Found::Late(number, outcome) => return self.meanwhile(end, Work::Late { number, outcome }),
            Found::None => Why::None,
            Found::Engine(number, mut applier) => {
                match self.builder.verdict(&applier, end, end <= self.config.build_at_once)? {
                    Verdict::Disagrees => {
                        drop(applier);
                        self.set_aside(number, SetAside::Disagrees)?;
                        Why::None
                    }
                    Verdict::Rules { from, to } => Why::Rules { from, to },
                    Verdict::Changed => Why::Changed,
                    Verdict::Sound => {
                        self.catch_up(&mut applier)?;
                        if applier.takes_stale() {
                            drop(applier);
                            return self.anew(Why::Changed, end);
                        }
                        // What a cut left beside it, perhaps with a learner who is erased.
                        self.builder.shelf.sweep(Some(number));
                        return Ok(Settled { applier: *applier, recent: None, anew: false, work: None });
                    }
                }
            }
        };
        self.anew(why, end)
    }

    /// Has an engine built: at once where that is quick, otherwise while answers are taken.
    fn anew(&mut self, why: Why, end: u64) -> Result<Settled, OpenError> {
        if end <= self.config.build_at_once {
            return self.build_at_once(why, end == 0);
        }
        self.meanwhile(end, Work::Build { why, done: None })
    }

    fn meanwhile(&self, end: u64, work: Work) -> Result<Settled, OpenError> {
        let (applier, recent) = self.builder.early(end).map_err(OpenError::Store)?;
        Ok(Settled { applier, recent: Some(recent), anew: false, work: Some(work) })
    }

    fn build_at_once(&mut self, why: Why, nothing: bool) -> Result<Settled, OpenError> {
        let (number, begun) = (self.builder.shelf.free_number()?, self.builder.shelf.moves());
        let watch = Watch { synced: None, progress: None, stopping: &AtomicBool::new(false) };
        let built = self.builder.build(number, &Links::default(), None, &watch).map_err(OpenError::Store)?;
        let Built { applier, events, missing } = built;
        self.builder.shelf.mark(number)?;
        self.builder.shelf.paid(begun);
        self.builder.shelf.sweep(Some(number));
        match why {
            Why::Rules { from, to } => self.notices.push(Notice::ViewsRebuilt { from, to }),
            _ if nothing && events == 0 => {}
            _ => self.notices.push(Notice::Replayed { events }),
        }
        for gap in missing.iter().map(|missing| self.builder.gap(missing)) {
            if !self.notices.iter().any(|told| told.covers(&gap)) {
                self.notices.push(gap);
            }
        }
        Ok(Settled { applier, recent: None, anew: true, work: None })
    }

    /// Applies what the engine in use has not seen.
    fn catch_up(&mut self, applier: &mut Applier) -> Result<(), OpenError> {
        let mut missing = Vec::new();
        let damage = |error| {
            if let journal::JournalError::Damaged { missing: found } = error {
                missing.extend(found);
            }
        };
        let next = applier.applied() + 1;
        let reader = journal::JournalReader::new(self.builder.disk.clone(), self.builder.own, next, None);
        let events = applier.replay(reader, damage, |_| Ok(())).map_err(OpenError::Store)?;
        if events > 0 {
            self.notices.push(Notice::Replayed { events });
            applier.engine().checkpoint()?;
        }
        self.notices.extend(missing.iter().map(|m| Notice::Gap { from: *m.start(), to: *m.end() }));
        Ok(())
    }

    /// Starts the threads, notes what is to be noted, and gives the store.
    fn start(
        mut self,
        lock: Lock,
        counters: Arc<DiskCounters>,
        journal: Journal,
        settled: Settled,
        (newest, gaps): (Latest, Vec<RangeInclusive<u64>>),
    ) -> Result<(Store, Vec<Notice>), OpenError> {
        let config = self.config;
        let stamper = Stamper::new(config.clock.clone(), config.built_ms, newest);
        if stamper.trust() == ClockTrust::Guessed {
            self.notices.push(Notice::ClockGuessed);
        }
        let stamper = Arc::new(Mutex::new(stamper));
        let (work, keeper_inbox) = mpsc::channel();
        let current = Current::new(settled.applier.engine(), settled.recent, self.notices.clone(), work.clone());
        let journal_end = journal.next_seq() - 1;
        let synced = Arc::new(AtomicU64::new(journal_end));
        let (disk, box_id) = (self.builder.disk.clone(), self.builder.own);
        let reader = Reader { current: current.clone(), disk, box_id, synced: synced.clone() };
        let (inbox, messages) = mpsc::sync_channel(config.queue.max(1));
        let (checkpoint, wake) = mpsc::sync_channel(1);
        let (shared, changes) = (Arc::new(Shared::default()), Arc::new(Mutex::new(())));
        let writer = Writer {
            journal,
            applier: settled.applier,
            reader: reader.clone(),
            builder: self.builder.clone(),
            stamper: stamper.clone(),
            boot: self.boot,
            shared: shared.clone(),
            checkpoint,
        };
        let keeper = Keeper {
            builder: self.builder.clone(),
            data: config.folder.clone(),
            current: current.clone(),
            synced,
            writer: inbox.clone(),
            shared: shared.clone(),
            stamp: self.stamp.clone(),
            boot: self.boot,
            ballast_bytes: config.ballast_bytes,
            tries: 0,
            again: None,
            changes: changes.clone(),
            anew: settled.anew,
            interrupted: self.owed,
            uncounted: !settled.anew && journal_end > config.build_at_once,
        };
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work);
            thread.map_err(io_error("start a thread for", &config.folder))
        };
        let (engines, told) = (current.clone(), shared.clone());
        let checkpoints = spawn("store-checkpoint", Box::new(move || run_checkpoints(&engines, &told, &wake)))?;
        let writer = spawn("store-writer", Box::new(move || writer.run(&messages)))?;
        let keeper = spawn("store-keeper", Box::new(move || keeper.run(&keeper_inbox)))?;
        if let Some(first) = settled.work {
            current.ask_keeper(first);
        }
        current.ask_keeper(Work::Settle);
        let threads = Mutex::new(Some(Threads { writer, checkpoints, keeper }));
        let store = Store {
            reader,
            inbox,
            threads,
            stamper,
            shared,
            counters,
            boot: self.boot,
            lock: Mutex::new(lock),
            changes,
            builder: self.builder,
            stamp: self.stamp,
        };
        store.note_opening(gaps);
        Ok((store, self.notices))
    }
}

impl Store {
    /// Writes down what an opening found: numbers that are lost, and events of other boxes that nobody was told of.
    fn note_opening(&self, gaps: Vec<RangeInclusive<u64>>) {
        let mut bodies: Vec<EventBody> =
            gaps.iter().map(|gap| EventBody::GapNoted { from: *gap.start(), to: *gap.end() }).collect();
        if self.reader.current.is_ready() {
            let applier = Applier::new(self.reader.current.engine(), self.builder.projection.clone(), self.box_id());
            let ranges = applier.and_then(|applier| self.builder.unannounced(&applier)).unwrap_or_default();
            if !ranges.is_empty() {
                bodies.push(EventBody::Imported { ranges });
            }
        }
        for body in bodies {
            let noted = EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body };
            if let Err(error) = self.submit(noted) {
                tracing::error!(%error, "what the opening found could not be noted");
            }
        }
    }
}

enum Tried {
    Sound,
    Failed(ProbeError),
    Late(Receiver<Result<(), ProbeError>>),
}

impl Tried {
    /// By what the probe has told; it tells nothing when it panicked.
    fn of(told: Result<Result<(), ProbeError>, RecvError>) -> Self {
        match told {
            Ok(Ok(())) => Self::Sound,
            Ok(Err(error)) => Self::Failed(error),
            Err(RecvError) => Self::Failed(ProbeError::Process { code: None }),
        }
    }
}

/// Tries the engine elsewhere, and waits so long for the outcome.
fn try_engine(probe: &Probe, data: &Path, patience: Duration) -> Tried {
    let (send, outcome) = mpsc::sync_channel(1);
    let (probe, data) = (probe.clone(), data.to_owned());
    std::thread::spawn(move || {
        let _ = send.send(probe(&data));
    });
    match outcome.recv_timeout(patience) {
        Err(RecvTimeoutError::Timeout) => Tried::Late(outcome),
        Err(RecvTimeoutError::Disconnected) => Tried::of(Err(RecvError)),
        Ok(told) => Tried::of(Ok(told)),
    }
}

/// Where the box keeps the backups that it makes on its own card, in the data folder.
pub const BACKUPS: &str = "backup";

/// Who was erased as an engine has it, and whether that is done.
pub(crate) fn erasings(engine: &dyn KvEngine) -> Result<Vec<(LearnerId, bool)>, StoreError> {
    engine.range(&Span::prefix(b"X"))?.iter().map(|(key, row)| keys::read_erased(key, row)).collect()
}

/// Opens the engine of a data folder and reads in it: for a child process, so that whatever the engine does on damaged
/// files (panic, hang, eat memory) happens there. Does not take the folder's lock: its holder is the parent.
///
/// # Errors
/// When the engine does not open or read.
pub fn probe_engine(data: &Path) -> Result<(), ProbeError> {
    const PAGE: usize = 1000;
    const PAGES: usize = 10;
    let Some(engine) = shelf::open_any(data)? else { return Ok(()) };
    for reverse in [false, true] {
        let mut span = Span { limit: PAGE, reverse, ..Span::prefix(&[]) };
        for _ in 0..PAGES {
            let rows = engine.range(&span)?;
            match rows.last() {
                Some((key, _)) if reverse => span.to = Some(key.clone()),
                Some((key, _)) => span.from = [key.as_slice(), &[0]].concat(),
                None => break,
            }
        }
    }
    Ok(())
}

/// A probe that runs a command made for the data folder, and kills it after `longest`. The command should call
/// [`probe_engine`] and end with code 0 when that is fine.
pub fn probe_by(command: impl Fn(&Path) -> Command + Send + Sync + 'static, longest: Duration) -> Probe {
    Arc::new(move |data: &Path| {
        let mut child = command(data).stdin(Stdio::null()).stdout(Stdio::null()).spawn().map_err(ProbeError::Start)?;
        let started = Instant::now();
        loop {
            match child.try_wait().map_err(ProbeError::Start)? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(ProbeError::Process { code: status.code() }),
                None if started.elapsed() > longest => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(ProbeError::Process { code: None });
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    })
}
