//! Reading everything through while nobody waits: what lies still for years may go bad without anybody noticing, and is mended
//! as long as a second copy is good.

use crate::apply::Applier;
use crate::beginning::Beginning;
use crate::engine::{EngineOptions, KvEngine, MemEngine, Span};
use crate::error::StoreError;
use crate::journal::{self, Entry, Ill, JournalError};
use crate::keeper::{Why, Work};
use crate::keys::{self, ViewKey, ViewPrefix};
use crate::read::answered;
use crate::record::Record;
use crate::rescue::{rescue, without};
use crate::store::Store;
use crate::writer::Message;
use chalkbox_domain::event::{Event, Hlc};
use chalkbox_domain::ids::{BoxId, LearnerId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::sync_channel;

/// So many learners are folded anew in one scrub.
const SAMPLE: usize = 20;

/// What a scrub found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScrubReport {
    /// Files of the journals that were read.
    pub files: u64,
    /// Events in them.
    pub events: u64,
    /// Files that were damaged.
    pub damaged: Vec<String>,
    /// Lost events that were put back from the engine or a backup.
    pub mended: u64,
    /// Numbers that nobody has.
    pub lost: Vec<(u64, u64)>,
    /// Rows of events in the engine that were read.
    pub rows: u64,
    /// Rows that do not read back, or are missing.
    pub bad_rows: u64,
    /// Learners whose views were folded anew and compared.
    pub learners: u64,
    /// Learners whose views differed.
    pub differing: u64,
    /// False: it was stopped before the end.
    pub complete: bool,
}

impl ScrubReport {
    /// Whether everything was found in order.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.lost.is_empty() && self.bad_rows == 0 && self.differing == 0
    }
}

impl Store {
    /// Reads every file of the journals and every row of events, folds some learners anew, and mends what it can: damaged files
    /// from the engine and the backups on the card, a bad engine by building another. `keep_going` is asked now and then.
    ///
    /// # Errors
    /// When reading fails for another reason than damage.
    pub fn scrub(&self, keep_going: &dyn Fn() -> bool) -> Result<ScrubReport, StoreError> {
        let mut report = ScrubReport::default();
        if !self.is_ready() {
            return Ok(report);
        }
        let mut going = true;
        for box_id in journal::all_boxes(&*self.reader.disk)? {
            let mut told = |records| {
                report.files += 1;
                report.events += records;
                going &= keep_going();
                going
            };
            let own = box_id == self.box_id();
            let synced = if own { self.reader.synced.load(Ordering::Acquire) } else { 0 };
            let ill = journal::check_files(&*self.reader.disk, (box_id, synced), &mut told)?;
            self.heal(box_id, &ill, &mut report)?;
            report.damaged.extend(ill.into_iter().map(|ill| ill.file));
            if !going {
                return Ok(report);
            }
        }
        if !self.check_rows(keep_going, &mut report)? || !self.check_learners(keep_going, &mut report)? {
            return Ok(report);
        }
        if report.bad_rows > 0 || report.differing > 0 {
            self.distrust_views();
        }
        report.complete = true;
        Ok(report)
    }

    /// Puts back what is missing in a box's files, as far as somebody has it.
    fn heal(&self, box_id: BoxId, ill: &[Ill], report: &mut ScrubReport) -> Result<(), StoreError> {
        let missing: Vec<RangeInclusive<u64>> = ill.iter().flat_map(|ill| ill.missing.clone()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let _alone = self.changes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let found = self.put_back(box_id, &missing, &mut report.mended)?;
        for range in missing {
            let mut next = *range.start();
            for seq in found.range(range.clone()).map(|(seq, _)| *seq) {
                if seq > next {
                    report.lost.push((next, seq - 1));
                }
                next = seq + 1;
            }
            if next <= *range.end() {
                report.lost.push((next, *range.end()));
            }
        }
        Ok(())
    }

    /// Puts back what the engine and the backups on the card have of some numbers of a box; what they have. Whoever asks holds
    /// the lock of changes.
    pub(crate) fn put_back(
        &self,
        box_id: BoxId,
        missing: &[RangeInclusive<u64>],
        mended: &mut u64,
    ) -> Result<BTreeMap<u64, Record>, StoreError> {
        let engine = self.reader.current.engine();
        let found = rescue(Some(&*engine), self.builder.shelf.data(), box_id, missing);
        let found = without(found, self.erased_learners()?);
        let until = if box_id == self.box_id() {
            let (done, rolled) = sync_channel(1);
            self.inbox.send(Message::Roll { done }).map_err(|_| StoreError::Closing)?;
            rolled.recv().unwrap_or(Err(StoreError::Closing))?
        } else {
            u64::MAX
        };
        // A build that goes on may have read these files as they were, and a backup may have what was never folded.
        let change = self.builder.shelf.owe().map_err(|error| StoreError::Folder(Box::new(error)))?;
        let before = *mended;
        let put = journal::mend(&*self.reader.disk, (box_id, until), &self.stamp, &found, mended);
        if put.is_ok() && *mended == before {
            change.withdraw();
        } else {
            drop(change);
            self.reader.current.ask_keeper(Work::Build { why: Why::Changed, done: None });
        }
        put?;
        Ok(found)
    }

    /// Whether every row of an event reads back, and there are as many as were applied.
    fn check_rows(&self, keep_going: &dyn Fn() -> bool, report: &mut ScrubReport) -> Result<bool, StoreError> {
        const PAGE: usize = 500;
        let engine = self.reader.current.engine();
        let synced = self.reader.synced.load(Ordering::Acquire);
        let mut own = 0;
        let mut span = Span { limit: PAGE, ..Span::prefix(b"E") };
        loop {
            let rows = engine.range(&span)?;
            for (key, row) in &rows {
                report.rows += 1;
                report.bad_rows += u64::from(keys::read_event_row(row).is_err());
                let (box_id, seq) = keys::event_key_id(key)?;
                own += u64::from(box_id == self.box_id() && seq <= synced);
            }
            if !keep_going() {
                return Ok(false);
            }
            match rows.last() {
                Some((key, _)) if rows.len() == PAGE => span.from = [key.as_slice(), &[0]].concat(),
                _ => break,
            }
        }
        let mut events = 0;
        for entry in self.reader.journal(1) {
            // What carries rows over the end of a year has no row of its own.
            let told = |entry: &Entry| crate::codec::front(&entry.payload).is_none_or(|front| !front.carried);
            events += u64::from(entry.is_ok_and(|entry| entry.seq <= synced && told(&entry)));
        }
        report.bad_rows += events.saturating_sub(own);
        Ok(keep_going())
    }

    /// Folds some learners anew, each from nothing, and compares what is known of their skills.
    fn check_learners(&self, keep_going: &dyn Fn() -> bool, report: &mut ScrubReport) -> Result<bool, StoreError> {
        let beginning = self.builder.beginning()?;
        let everybody: BTreeSet<LearnerId> =
            self.reader.views(&ViewPrefix::skills())?.iter().filter_map(|(key, _)| key.of_learner()).collect();
        let every = (everybody.len() / SAMPLE).max(1);
        // Another part of them each time.
        let from = (self.reader.synced.load(Ordering::Acquire) as usize) % every;
        for learner in everybody.into_iter().skip(from).step_by(every).take(SAMPLE) {
            let before = self.reader.views(&ViewPrefix::skills_of(learner))?;
            let events = match self.reader.events_of(learner, 0) {
                // Some are lost, which the journal's check has said; without them there is nothing to compare.
                Err(StoreError::Journal(JournalError::Damaged { .. })) => continue,
                events => events?,
            };
            // What was taken unseen takes facts from other learners' answers, which are not folded here.
            if events.iter().any(|event| answered(event).is_some_and(|answer| !answer.decided())) {
                continue;
            }
            let anew = self.fold_alone(learner, events, &beginning)?;
            report.learners += 1;
            // An answer that came in meanwhile is no difference.
            let after = self.reader.views(&ViewPrefix::skills_of(learner))?;
            report.differing += u64::from(before == after && anew != after);
            if !keep_going() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn fold_alone(
        &self,
        learner: LearnerId,
        mut events: Vec<Event>,
        beginning: &Beginning,
    ) -> Result<Vec<(ViewKey, Vec<u8>)>, StoreError> {
        events.sort_by_key(|event| (event.hlc, event.id.box_id, event.id.seq));
        let engine: Arc<dyn KvEngine> = Arc::new(MemEngine::open(Path::new(""), EngineOptions::default())?);
        let links = self.links();
        for id in links.all(learner) {
            beginning.put_of(id, &*engine)?;
        }
        let mut applier = Applier::new(engine.clone(), self.builder.projection.clone(), self.box_id())?;
        applier.begin_with(beginning.within.clone());
        applier.fold_by(links)?;
        let entries = events.iter().filter_map(|event| {
            let payload = crate::codec::encode_event(event).ok()?;
            Some(Ok(Entry { seq: event.id.seq, payload, file: 1 }))
        });
        applier.replay(entries, |_| {}, |_| Ok(()))?;
        let rows = engine.range(&Span::prefix(ViewPrefix::skills_of(learner).as_bytes()))?;
        rows.into_iter()
            .map(|(key, row)| Ok((ViewKey::from_bytes(key.clone()), keys::read_view_row(&key, row)?)))
            .collect()
    }

    /// Packs files of this box whose newest event was received before a moment (milliseconds since 1970) into compressed
    /// volumes, at most so many. How many were packed.
    ///
    /// # Errors
    /// When reading or writing fails; what was not packed stays as it is.
    pub fn pack(&self, before_ms: u64, most: usize) -> Result<u64, StoreError> {
        let _alone = self.changes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(journal::pack(&*self.reader.disk, self.box_id(), Hlc::from_ms(before_ms), most)?)
    }
}
