//! An engine made anew from the journals: everything of every box, in the order of the fold. Also the small one in memory
//! that lets people in while a large one is made.

use crate::apply::Applier;
use crate::current::Current;
use crate::disk::Disk;
use crate::engine::{EngineError, EngineOptions, KvEngine, MemEngine, Op, Span};
use crate::error::{OpenError, StoreError};
use crate::journal::{self, JournalError, JournalReader, Merged, MissingOf};
use crate::keys::{self, FileSum, Meta, SCHEMA};
use crate::notice::Notice;
use crate::projection::Projection;
use crate::recent::Recent;
use crate::record::Record;
use crate::shelf::Shelf;
use crate::volume::VolumeName;
use chalkbox_domain::event::{BoxRange, EventBody};
use chalkbox_domain::ids::BoxId;
use chalkbox_domain::links::Links;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};

/// What it takes to make an engine, and to judge one.
#[derive(Clone)]
pub(crate) struct Builder {
    pub shelf: Shelf,
    pub disk: Arc<dyn Disk>,
    pub own: BoxId,
    pub projection: Arc<dyn Projection>,
}

/// What goes on around a build.
pub(crate) struct Watch<'a> {
    /// Where this box's events end, while some come in.
    pub synced: Option<Arc<AtomicU64>>,
    /// Is told how far it is.
    pub progress: Option<&'a Current>,
    /// Ends it early when set.
    pub stopping: &'a AtomicBool,
}

/// An engine that was made, and the numbers that could not be found on the way.
pub(crate) struct Built {
    pub applier: Applier,
    pub events: u64,
    pub missing: Vec<(BoxId, RangeInclusive<u64>)>,
}

/// What an engine is worth that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It lacks at most the end of this box's journal.
    Sound,
    /// It holds other events than the journal does.
    Disagrees,
    /// Its views were folded by other rules.
    Rules { from: Option<u32>, to: u32 },
    /// The journals were changed in a way that it does not follow.
    Changed,
}

impl Builder {
    /// One reader for each box. `noted` is told of numbers of other boxes that were lost before they came here, or since: of this
    /// box an event says it.
    fn readers(
        &self,
        synced: Option<Arc<AtomicU64>>,
        noted: &MissingOf,
    ) -> Result<Vec<(BoxId, JournalReader)>, JournalError> {
        let mut readers = vec![(self.own, JournalReader::new(self.disk.clone(), self.own, 1, synced))];
        let others = journal::all_boxes(&*self.disk)?.into_iter().filter(|id| *id != self.own);
        readers.extend(others.map(|id| (id, JournalReader::of_other(self.disk.clone(), id, 1, None).telling(noted))));
        Ok(readers)
    }

    /// Folds everything into a new engine. `links`: as which ids were one child when somebody last looked; where the journals
    /// say otherwise in the end, it is folded once more by what they say. `saying`: what of this is said right after.
    pub fn build(
        &self,
        number: u32,
        links: &Links,
        saying: Option<&EventBody>,
        watch: &Watch,
    ) -> Result<Built, StoreError> {
        let mut links = links.with(saying);
        loop {
            let mut built = self.build_by(number, links.clone(), watch)?;
            let told = built.applier.told().with(saying);
            if told == links {
                built.applier.takes_stale();
                return Ok(built);
            }
            links = told;
            drop(built);
            self.shelf.discard(number);
        }
    }

    fn build_by(&self, number: u32, links: Links, watch: &Watch) -> Result<Built, StoreError> {
        let Watch { synced, progress, stopping } = watch;
        let engine = self.shelf.open(number)?;
        self.found(&*engine)?;
        let beginning = self.beginning()?;
        beginning.put(&*engine, &keys::CARRIED_TABLES)?;
        let mut applier = Applier::new(engine, self.projection.clone(), self.own)?;
        applier.begin_with(beginning.within);
        applier.fold_by(links)?;
        let told = |events: u64| {
            if let Some(current) = progress {
                current.done.fetch_add(events, Ordering::Relaxed);
            }
            if stopping.load(Ordering::Relaxed) { Err(StoreError::Closing) } else { Ok(()) }
        };
        let noted = MissingOf::default();
        let merged = Merged::new(self.readers(synced.clone(), &noted)?);
        let met: MissingOf = merged.missing();
        let events = applier.replay(merged, |_| {}, told)?;
        let mut missing = std::mem::take(&mut *met.lock().unwrap_or_else(PoisonError::into_inner));
        missing.append(&mut noted.lock().unwrap_or_else(PoisonError::into_inner));
        missing.extend(beginning.lost.map(|numbers| (self.own, numbers)));
        missing.sort_by_key(|(box_id, range)| (*box_id, *range.start()));
        missing.dedup();
        // Of this box an event says it.
        for (box_id, range) in missing.iter().filter(|(box_id, _)| *box_id != self.own) {
            let key = keys::meta(Meta::OtherGap(*box_id, *range.start()));
            applier.engine().apply(&[Op::Set(key, keys::number_row(*range.end()))])?;
        }
        applier.mark_views()?;
        applier.engine().checkpoint()?;
        Ok(Built { applier, events, missing })
    }

    /// What is said of numbers that are missing.
    pub fn gap(&self, (box_id, range): &(BoxId, RangeInclusive<u64>)) -> Notice {
        let (from, to) = (*range.start(), *range.end());
        if *box_id == self.own { Notice::Gap { from, to } } else { Notice::OtherGap { box_id: *box_id, from, to } }
    }

    /// Only what lets people in, in memory, with this box's events up to `end` taken for applied; and what they practised till then.
    pub fn early(&self, end: u64) -> Result<(Applier, Recent), StoreError> {
        let engine = Arc::new(MemEngine::open(Path::new(""), EngineOptions::default())?);
        self.found(&*engine)?;
        let beginning = self.beginning()?;
        beginning.put(&*engine, b"LVXA")?;
        let mut applier = Applier::new(engine, self.projection.clone(), self.own)?;
        applier.begin_with(beginning.within);
        let mut recent = Recent::new(end);
        let mut merged = Merged::new(self.readers(None, &MissingOf::default())?);
        let needed = std::iter::from_fn(|| {
            loop {
                let entry = match merged.next()? {
                    Ok(entry) => entry,
                    Err(error) => return Some(Err(error)),
                };
                let Some(front) = crate::codec::front(&entry.payload) else { return Some(Ok(entry)) };
                if front.practice {
                    if merged.box_id() == Some(self.own)
                        && let Some(practised) = crate::codec::practised(&entry.payload)
                    {
                        recent.put(entry.seq, &practised);
                    }
                    continue;
                }
                // Who was erased is in rows of nobody in particular.
                if !(front.carried && front.learner.is_some()) {
                    return Some(Ok(entry));
                }
            }
        });
        applier.replay(needed, |_| {}, |_| Ok(()))?;
        // It knows no history; the engine that is built meanwhile is folded by what was said.
        let told = applier.told().clone();
        applier.fold_by(told)?;
        applier.takes_stale();
        applier.skip_to(end);
        Ok((applier, recent.made()))
    }

    /// Whether an engine can be used as it is, and if not, what is wrong with it. `end`: number of the last event of this box
    /// that is on the medium; `count`: its rows are counted too, which takes long with many.
    pub fn verdict(&self, applier: &Applier, end: u64, count: bool) -> Result<Verdict, OpenError> {
        let version = self.projection.version();
        let from = applier.views_version().map_err(OpenError::Store)?;
        let has_all = || -> Result<bool, OpenError> {
            let never = AtomicBool::new(false);
            Ok(!count || self.has_all_rows(&*applier.engine(), &never).map_err(OpenError::Store)?)
        };
        Ok(if applier.applied() > end || !self.agrees(applier)? || !has_all()? {
            Verdict::Disagrees
        } else if from != Some(version) {
            Verdict::Rules { from, to: version }
        } else if self.shelf.owes() || !self.has_others(applier)? || !self.is_rid(applier)? {
            Verdict::Changed
        } else {
            Verdict::Sound
        })
    }

    /// Writes into a new engine whose it is.
    pub fn found(&self, engine: &dyn KvEngine) -> Result<(), EngineError> {
        engine.apply(&[
            Op::Set(keys::meta(Meta::Schema), keys::number_row(SCHEMA)),
            Op::Set(keys::meta(Meta::Box), keys::number_row(u64::from_be_bytes(self.own.0))),
        ])
    }

    /// Whether an engine belongs here: format and box.
    pub fn fits(&self, engine: &dyn KvEngine) -> Result<bool, StoreError> {
        let Some(schema) = engine.get(&keys::meta(Meta::Schema))? else { return Ok(false) };
        let owner = engine.get(&keys::meta(Meta::Box))?;
        let ours = keys::number_row(u64::from_be_bytes(self.own.0));
        Ok(keys::read_number(&schema)? == SCHEMA && owner.as_deref() == Some(&ours))
    }

    /// Whether what an engine applied last of this box, of the file that holds its newest event and of the one before, is what
    /// lies there, and has its row.
    pub fn agrees(&self, applier: &Applier) -> Result<bool, OpenError> {
        let begins = journal::begins(&*self.disk, self.own)?;
        let applied = begins.iter().rev().filter(|first| **first <= applier.applied()).take(2);
        for file in applied {
            if !self.agrees_in(applier, *file)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn agrees_in(&self, applier: &Applier, file: u64) -> Result<bool, OpenError> {
        let mut sum = FileSum::default();
        for entry in JournalReader::new(self.disk.clone(), self.own, file, None) {
            match entry {
                Ok(entry) if entry.seq <= applier.applied() && entry.file == file => {
                    // What cannot be read is never applied. A damaged engine may open without a word, with rows gone.
                    if let Ok(event) = crate::codec::decode_event(&entry.payload) {
                        sum.add(&entry.payload);
                        // What was carried over the end of a year stands in the views, and has no row of its own.
                        let carried = matches!(event.body, EventBody::Carried(_));
                        if !carried && applier.engine().get(&keys::event(&event))?.is_none() {
                            return Ok(false);
                        }
                    }
                }
                Ok(_) => break,
                // The engine may be the only one that has it: a scrub mends the file from it.
                Err(JournalError::Damaged { missing }) if missing.iter().any(|m| *m.start() <= applier.applied()) => {
                    return Ok(true);
                }
                Err(JournalError::Damaged { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let row = applier.engine().get(&keys::file_sum(file)).map_err(StoreError::from);
        Ok(row.and_then(|row| FileSum::read(row.as_deref())).is_ok_and(|applied| applied == sum))
    }

    /// Whether an engine still has every event's row: files that were damaged may open without a word. Reads through them all;
    /// ends early, with yes, when `stopping` is set.
    pub fn has_all_rows(&self, engine: &dyn KvEngine, stopping: &AtomicBool) -> Result<bool, StoreError> {
        const PAGE: usize = 1000;
        let Some(told) = engine.get(&keys::meta(Meta::Rows))? else { return Ok(true) };
        let (told, mut found) = (keys::read_number(&told)?, 0);
        let mut span = Span { limit: PAGE, ..Span::prefix(b"E") };
        loop {
            let rows = engine.range(&span)?;
            found += rows.len() as u64;
            match rows.last() {
                _ if stopping.load(Ordering::Relaxed) => return Ok(true),
                Some((key, _)) if rows.len() == PAGE => span.from = [key.as_slice(), &[0]].concat(),
                _ => break,
            }
        }
        // What came in meanwhile may be among them.
        Ok(found >= told)
    }

    /// Numbers of this box between two, both included, that are lost.
    pub fn lost_between(&self, from: u64, to: u64) -> Result<Vec<RangeInclusive<u64>>, StoreError> {
        if to < from {
            return Ok(Vec::new());
        }
        let records = journal::records_between(&*self.disk, &VolumeName { box_id: self.own, from, to })?;
        let lost = |record: Record| match record {
            Record::Lost { from: first, to: last } => Some(first.max(from)..=last.min(to)),
            _ => None,
        };
        Ok(records.into_iter().filter_map(lost).filter(|range| !range.is_empty()).collect())
    }

    /// Whether an engine was built since this box's events were last dropped.
    pub fn is_rid(&self, applier: &Applier) -> Result<bool, OpenError> {
        let row = applier.engine().get(&keys::meta(Meta::Dropped))?;
        let told = row.map(|row| keys::read_number(&row)).transpose().map_err(OpenError::Store)?.unwrap_or(0);
        Ok(told == journal::last_closed(&*self.disk, self.own)?)
    }

    /// Whether everything of other boxes is in an engine.
    pub fn has_others(&self, applier: &Applier) -> Result<bool, OpenError> {
        for box_id in journal::all_boxes(&*self.disk)?.into_iter().filter(|id| *id != self.own) {
            let newest = journal::newest_of_box(&*self.disk, box_id)?.map_or(0, |(seq, _)| seq);
            // It may have more than can be read now.
            if applier.applied_of(box_id) < newest {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What of other boxes is in an engine and was not said to have come in.
    pub fn unannounced(&self, applier: &Applier) -> Result<Vec<BoxRange>, StoreError> {
        let engine = applier.engine();
        let mut ranges = Vec::new();
        for (key, row) in engine.range(&Span::prefix(keys::APPLIED))? {
            let (box_id, to) = (keys::applied_box(&key)?, keys::read_number(&row)?);
            let told = engine.get(&keys::meta(Meta::Imported(box_id)))?;
            let told = told.map(|row| keys::read_number(&row)).transpose()?.unwrap_or(0);
            if box_id != self.own && told < to {
                ranges.push(BoxRange { box_id, from: told + 1, to });
            }
        }
        Ok(ranges)
    }
}
