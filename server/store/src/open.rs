//! Opening: every step is checked, and each that fails has a next one that needs no person.

use crate::apply::Applier;
use crate::clock::Stamper;
use crate::codec::decode_event;
use crate::disk::{Disk, RealDisk};
use crate::engine::{EngineError, EngineOptions, KvEngine, MemEngine, Op, SledEngine, Span};
use crate::error::{OpenError, ProbeError, StoreError};
use crate::folder::{self, Lock, io_error};
use crate::journal::{self, Journal, JournalError, JournalOptions, JournalReader, Recovery, recover};
use crate::keys::{self, EventRow, FileSum, Meta, SCHEMA};
use crate::notice::{Notice, SetAside};
use crate::read::Reader;
use crate::store::{EngineChoice, Probe, Store, StoreConfig, Threads};
use crate::writer::{Shared, Writer, run_checkpoints};
use chalkbox_domain::event::{Actor, ClockTrust, EventBody, EventDraft, Hlc};
use chalkbox_domain::ids::BoxId;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

const ENGINE_FOLDER: &str = "engine";

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
    let boot = random()?;
    let mut opening =
        Opening { config, options: medium.journal, stamp: stamp(config), disk, box_id, boot, notices: Vec::new() };
    if lock.unclean {
        opening.notices.push(Notice::UncleanStop);
    }
    let (engine, fresh) = opening.open_engine(lock.unclean)?;
    let (journal, applier, newest, gaps) = opening.settle(engine, fresh)?;
    let engine = applier.engine();
    let stamper = Stamper::new(config.clock.clone(), config.built_ms, newest);
    if stamper.trust() == ClockTrust::Guessed {
        opening.notices.push(Notice::ClockGuessed);
    }
    let Opening { disk, notices, .. } = opening;
    let synced = Arc::new(AtomicU64::new(journal.next_seq() - 1));
    let reader = Reader { engine, disk, box_id, synced };
    let store = start(config, lock, counters, reader, journal, applier, stamper, boot)?;
    for gap in gaps {
        let noted = EventDraft {
            at_ms: None,
            send: None,
            learner: None,
            actor: Actor::Box,
            body: EventBody::GapNoted { from: *gap.start(), to: *gap.end() },
        };
        if let Err(error) = store.submit(noted) {
            tracing::error!(%error, ?gap, "a gap could not be noted");
        }
    }
    Ok((store, notices))
}

/// Which box this is: as noted, as its journal tells, or a new one.
fn which_box(data: &Path, disk: &dyn Disk) -> Result<BoxId, OpenError> {
    if let Some(id) = folder::read_box(data)? {
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
    options: JournalOptions,
    stamp: String,
    disk: Arc<dyn Disk>,
    box_id: BoxId,
    boot: u64,
    notices: Vec<Notice>,
}

type Settled = (Journal, Applier, Hlc, Vec<RangeInclusive<u64>>);

impl Opening<'_> {
    /// An engine whose versions fit, set aside and new if need be; and whether it is new.
    fn open_engine(&mut self, unclean: bool) -> Result<(Arc<dyn KvEngine>, bool), OpenError> {
        let folder = self.config.folder.join(ENGINE_FOLDER);
        let known = self.config.engine != EngineChoice::Memory && folder.exists();
        if known
            && unclean
            && let Some(probe) = &self.config.probe
            && let Err(error) = probe(&self.config.folder)
        {
            tracing::warn!(%error, "the engine failed its probe");
            return Ok((self.set_aside(SetAside::Probe)?, true));
        }
        let reason = match self.raw_engine() {
            Ok(engine) => match self.fits(&*engine) {
                Ok(Some(true)) => return Ok((engine, false)),
                Ok(None) => {
                    self.found(&*engine)?;
                    return Ok((engine, true));
                }
                Ok(Some(false)) => SetAside::Foreign,
                Err(StoreError::Engine(EngineError::Panicked { .. })) => SetAside::Panicked,
                Err(_) => SetAside::Failed,
            },
            Err(error) if !known => return Err(error.into()),
            Err(EngineError::Panicked { .. }) => SetAside::Panicked,
            Err(_) => SetAside::Failed,
        };
        Ok((self.set_aside(reason)?, true))
    }

    fn raw_engine(&self) -> Result<Arc<dyn KvEngine>, EngineError> {
        let folder = self.config.folder.join(ENGINE_FOLDER);
        Ok(match self.config.engine {
            EngineChoice::Sled { cache_bytes } => Arc::new(SledEngine::open(&folder, EngineOptions { cache_bytes })?),
            EngineChoice::Memory => Arc::new(MemEngine::open(&folder, EngineOptions::default())?),
        })
    }

    /// Whether the engine belongs here; none when nothing is in it.
    fn fits(&self, engine: &dyn KvEngine) -> Result<Option<bool>, StoreError> {
        let Some(schema) = engine.get(&keys::meta(Meta::Schema))? else {
            let empty = engine.range(&Span { limit: 1, ..Span::prefix(&[]) })?.is_empty();
            return Ok(if empty { None } else { Some(false) });
        };
        let owner = engine.get(&keys::meta(Meta::Box))?;
        let ours = keys::number_row(u64::from_be_bytes(self.box_id.0));
        Ok(Some(keys::read_number(&schema)? == SCHEMA && owner.as_deref() == Some(&ours)))
    }

    /// Writes into a new engine whose it is.
    fn found(&self, engine: &dyn KvEngine) -> Result<(), EngineError> {
        engine.apply(&[
            Op::Set(keys::meta(Meta::Schema), keys::number_row(SCHEMA)),
            Op::Set(keys::meta(Meta::Box), keys::number_row(u64::from_be_bytes(self.box_id.0))),
        ])
    }

    /// Moves the engine's folder into quarantine and begins a new one.
    fn set_aside(&mut self, reason: SetAside) -> Result<Arc<dyn KvEngine>, OpenError> {
        let data = &self.config.folder;
        let from = data.join(ENGINE_FOLDER);
        if from.exists() {
            let quarantine = data.join(journal::QUARANTINE);
            folder::create(&quarantine)?;
            let base = format!("{}-{}", self.stamp, reason.word());
            let mut to = quarantine.join(&base);
            for n in 2.. {
                if !to.exists() {
                    break;
                }
                to = quarantine.join(format!("{base}.{n}"));
            }
            std::fs::rename(&from, &to).map_err(io_error("set aside", &from))?;
            folder::sync_folder(&quarantine)?;
            folder::sync_folder(data)?;
            tracing::warn!(?reason, to = %to.display(), "the engine was set aside; it is rebuilt from the journal");
            self.notices.push(Notice::EngineSetAside { reason, folder: to });
        }
        let engine = self.raw_engine()?;
        self.found(&*engine)?;
        Ok(engine)
    }

    /// Brings journal and engine to the same state.
    fn settle(&mut self, engine: Arc<dyn KvEngine>, mut fresh: bool) -> Result<Settled, OpenError> {
        // The engine is moved in: a second hold on it would keep the old one open beside the one that is built anew.
        let mut applier = match self.applier(engine) {
            Ok(applier) => applier,
            Err(_) => {
                fresh = true;
                let anew = self.set_aside(SetAside::Failed)?;
                self.applier(anew).map_err(OpenError::Store)?
            }
        };
        let engine = applier.engine();
        let rescue = |missing: &[RangeInclusive<u64>]| rescue(&*engine, self.box_id, missing);
        let recovered = recover(&Recovery {
            disk: self.disk.clone(),
            box_id: self.box_id,
            boot: self.boot,
            options: self.options,
            applied: applier.applied(),
            stamp: &self.stamp,
            rescue: &rescue,
        })?;
        let journal = recovered.journal;
        self.notices.extend(recovered.notices);
        if !fresh && !self.agrees(&*engine, &applier, &journal)? {
            drop(engine);
            drop(applier);
            fresh = true;
            let anew = self.set_aside(SetAside::Disagrees)?;
            applier = self.applier(anew).map_err(OpenError::Store)?;
        }
        self.catch_up(&mut applier, fresh)?;
        let newest = recovered.newest.and_then(|payload| decode_event(&payload).ok()).map_or(Hlc(0), |e| e.hlc);
        Ok((journal, applier, newest, recovered.gaps))
    }

    fn applier(&self, engine: Arc<dyn KvEngine>) -> Result<Applier, StoreError> {
        Applier::new(engine, self.config.projection.clone(), self.box_id)
    }

    fn journal_from(&self, next: u64) -> JournalReader {
        JournalReader::new(self.disk.clone(), self.box_id, next, None)
    }

    /// Whether what the engine applied of the newest file is what lies there.
    fn agrees(&self, engine: &dyn KvEngine, applier: &Applier, journal: &Journal) -> Result<bool, OpenError> {
        let file = journal.file_of(applier.applied());
        if applier.applied() < file {
            return Ok(true);
        }
        let mut sum = FileSum::default();
        for entry in self.journal_from(file) {
            match entry {
                Ok(entry) if entry.seq <= applier.applied() && entry.file == file => sum.add(&entry.payload),
                Ok(_) => break,
                Err(JournalError::Damaged { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let applied =
            engine.get(&keys::file_sum(file)).map_err(StoreError::from).and_then(|row| FileSum::read(row.as_deref()));
        Ok(applied.is_ok_and(|a| a == sum))
    }

    /// Replays what the engine has not seen, and folds the views anew when the rules have changed.
    fn catch_up(&mut self, applier: &mut Applier, fresh: bool) -> Result<(), OpenError> {
        let to = self.config.projection.version();
        let from = applier.views_version().map_err(OpenError::Store)?;
        let mut gaps = Vec::new();
        let mut damage = |error: JournalError| {
            if let JournalError::Damaged { missing } = error {
                gaps.extend(missing);
            }
        };
        let mut changed = fresh;
        if applier.applied() == 0 {
            applier.mark_views().map_err(OpenError::Store)?;
        } else if from != Some(to) {
            applier.rebuild_views(self.journal_from(1), &mut damage).map_err(OpenError::Store)?;
            self.notices.push(Notice::ViewsRebuilt { from, to });
            changed = true;
        }
        let reader = self.journal_from(applier.applied() + 1);
        let events = applier.replay(reader, &mut damage).map_err(OpenError::Store)?;
        if events > 0 {
            self.notices.push(Notice::Replayed { events });
        }
        if changed || events > 0 {
            applier.engine().checkpoint()?;
        }
        gaps.sort_by_key(|g: &RangeInclusive<u64>| *g.start());
        gaps.dedup();
        self.notices.extend(gaps.iter().map(|g| Notice::Gap { from: *g.start(), to: *g.end() }));
        Ok(())
    }
}

/// Events of some numbers as the engine has them: rows that read back whole.
fn rescue(engine: &dyn KvEngine, box_id: BoxId, missing: &[RangeInclusive<u64>]) -> BTreeMap<u64, Vec<u8>> {
    const PAGE: usize = 500;
    let mut found = BTreeMap::new();
    let mut span = Span { limit: PAGE, ..Span::prefix(b"E") };
    while let Ok(rows) = engine.range(&span) {
        for (key, row) in &rows {
            if let (Ok((of, seq)), Ok(EventRow::Here(payload))) = (keys::event_key_id(key), keys::read_event_row(row))
                && of == box_id
                && missing.iter().any(|m| m.contains(&seq))
            {
                found.insert(seq, payload.to_vec());
            }
        }
        match rows.last() {
            Some((key, _)) if rows.len() == PAGE => span.from = [key.as_slice(), &[0]].concat(),
            _ => break,
        }
    }
    found
}

#[expect(clippy::too_many_arguments, reason = "the parts of a store, put together once")]
fn start(
    config: &StoreConfig,
    lock: Lock,
    counters: Arc<crate::disk::DiskCounters>,
    reader: Reader,
    journal: Journal,
    applier: Applier,
    stamper: Stamper,
    boot: u64,
) -> Result<Store, OpenError> {
    let (inbox, messages) = mpsc::sync_channel(config.queue.max(1));
    let (checkpoint, wake) = mpsc::sync_channel(1);
    let shared = Arc::new(Shared::default());
    let stamper = Arc::new(Mutex::new(stamper));
    let writer = Writer {
        journal,
        applier,
        reader: reader.clone(),
        stamper: stamper.clone(),
        boot,
        shared: shared.clone(),
        checkpoint,
    };
    let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(work)
            .map_err(io_error("start a thread for", &config.folder))
    };
    let (engine, told) = (reader.engine.clone(), shared.clone());
    let checkpoints = spawn("store-checkpoint", Box::new(move || run_checkpoints(&*engine, &told, &wake)))?;
    let writer = spawn("store-writer", Box::new(move || writer.run(&messages)))?;
    let threads = Mutex::new(Some(Threads { writer, checkpoints }));
    Ok(Store { reader, inbox, threads, stamper, shared, counters, boot, lock: Mutex::new(lock) })
}

/// Opens the engine of a data folder and reads in it: for a child process, so that whatever the engine does on damaged
/// files (panic, hang, eat memory) happens there. Does not take the folder's lock: its holder is the parent.
///
/// # Errors
/// When the engine does not open or read.
pub fn probe_engine(data: &Path) -> Result<(), ProbeError> {
    const PAGE: usize = 1000;
    const PAGES: usize = 10;
    let folder = data.join(ENGINE_FOLDER);
    if !folder.exists() {
        return Ok(());
    }
    let engine = SledEngine::open(&folder, EngineOptions::default())?;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::projection::{NoViews, Projection, ViewReader, ViewWrites};
    use chalkbox_domain::event::{Class, Event};
    use chalkbox_domain::ids::ClassId;
    use std::sync::Weak;

    /// Notes, each time an event is folded, whether a certain engine is still held by somebody.
    #[derive(Default)]
    struct Watching {
        old: Mutex<Option<Weak<dyn KvEngine>>>,
        held: Mutex<Vec<bool>>,
    }

    impl Projection for Watching {
        fn version(&self) -> u32 {
            0
        }
        fn project(&self, _event: &Event, _views: &dyn ViewReader, _out: &mut ViewWrites) {
            let old = self.old.lock().unwrap();
            self.held.lock().unwrap().push(old.as_ref().is_some_and(|old| old.upgrade().is_some()));
        }
    }

    fn in_memory(folder: &Path, projection: Arc<dyn Projection>) -> StoreConfig {
        StoreConfig { engine: EngineChoice::Memory, ..StoreConfig::new(folder, projection) }
    }

    #[test]
    fn the_old_engine_is_let_go_before_a_new_one_is_built() {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(in_memory(folder.path(), Arc::new(NoViews))).unwrap();
        let class =
            Class { id: ClassId([1; 16]), name: "Baobab".into(), grade: 3, teachers: vec![], open: true, picture: 0 };
        let body = EventBody::ClassSet(class);
        store.submit(EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body }).unwrap();
        let box_id = store.box_id();
        drop(store);

        let watching = Arc::new(Watching::default());
        let config = in_memory(folder.path(), watching.clone());
        let disk: Arc<dyn Disk> = Arc::new(RealDisk::new(folder.path()));
        let mut opening = Opening {
            config: &config,
            options: JournalOptions::default(),
            stamp: stamp(&config),
            disk,
            box_id,
            boot: 1,
            notices: Vec::new(),
        };
        let engine = opening.raw_engine().unwrap();
        opening.found(&*engine).unwrap();
        // It says that it has the event, and has no sum of it: it disagrees with the journal.
        engine.apply(&[Op::Set(keys::meta(Meta::Applied(box_id)), keys::number_row(1))]).unwrap();
        *watching.old.lock().unwrap() = Some(Arc::downgrade(&engine));
        opening.settle(engine, false).unwrap();
        assert!(opening.notices.contains(&Notice::Replayed { events: 1 }), "{:?}", opening.notices);
        assert_eq!(*watching.held.lock().unwrap(), vec![false]);
    }
}
