//! Events of other boxes come in: a backup that is restored, a stick from a second box, an old card put back. One thing in
//! all three cases: the union by box and number, whatever the order and however often. And a learner goes out.

use crate::erase::{self, Erased, forgotten};
use crate::error::{StoreError, SubmitError};
use crate::journal;
use crate::keeper::{Why, Work};
use crate::notice::Notice;
use crate::numbers::Numbers;
use crate::open::erasings;
use crate::record::Record;
use crate::shelf::Change;
use crate::store::Store;
use crate::volume::{VolumeError, VolumeName, read_volume, write_volume};
use crate::writer::wait_for;
use chalkbox_domain::event::{Actor, ClockTrust, EventBody, EventDraft, Hlc};
use chalkbox_domain::ids::{BoxId, EventId, LearnerId};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::mpsc::sync_channel;

/// Most bytes of events in one volume that is taken in. A box's own volumes have some 4 MiB.
const MOST_BYTES: usize = 64 << 20;
/// Most volumes at once: a large school's ten years in files of 4 MiB are some thousand.
const MOST_VOLUMES: usize = 20_000;
/// Most boxes whose events are here: a district has some hundred, and each costs an opening some time.
const MOST_BOXES: usize = 1_000;
/// Events later than this box's believed clock by more than this are not taken in.
const MOST_AHEAD_MS: u64 = 400 * 24 * 60 * 60 * 1000;

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Events that were not here.
    pub new_events: u64,
    /// Events that were here already.
    pub known_events: u64,
    /// Whose events were read.
    pub boxes: Vec<BoxId>,
    /// Numbers under which another event is here: nothing of their volumes was taken.
    pub conflicts: Vec<EventId>,
    /// Events that had been lost here and came back.
    pub mended: u64,
}

/// Events did not come in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A volume cannot be read; nothing was taken in.
    #[error("{path} cannot be taken in")]
    Volume {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: VolumeError,
    },
    /// A volume holds more than a box's volumes do; nothing was taken in.
    #[error("{path} is larger than a box's volumes are")]
    TooLarge {
        /// Which file.
        path: PathBuf,
    },
    /// More volumes than one import takes; nothing was taken in.
    #[error("{count} files are more than {most}; bring them in a few folders at a time")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many one import takes.
        most: usize,
    },
    /// Events of more boxes than one box keeps; nothing was taken in.
    #[error("with these there would be events of {count} boxes here, and a box keeps those of {most}")]
    TooManyBoxes {
        /// How many there would be.
        count: usize,
        /// How many are kept.
        most: usize,
    },
    /// A volume was another when it was read a second time: what was taken in before it stays.
    #[error("{path} changed while it was taken in; leave the stick in its place and bring it again")]
    Changed {
        /// Which file.
        path: PathBuf,
    },
    /// Events say that they happened long after this box's clock; nothing was taken in.
    #[error(
        "{path} holds events from after {newest_ms} ms since 1970, more than a year ahead of this box's clock; set the clock right"
    )]
    Ahead {
        /// Which file.
        path: PathBuf,
        /// When its newest event was received.
        newest_ms: u64,
    },
    /// Nothing more is stored here.
    #[error("the store takes no more events")]
    ReadOnly,
    /// Reading or writing here failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A learner was not erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// That it was asked for could not be stored; nothing was changed.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// It was stored, and could not be finished; the next start goes on with it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A volume that was read and checked.
struct Read {
    name: VolumeName,
    records: Vec<Record>,
    /// Of everything in it.
    digest: [u8; 32],
}

impl Store {
    /// Takes in volumes: every one is read and checked before the first is taken. What is new lies on the medium and is
    /// folded when it returns; until then everything goes on as before. Events of this box itself that were lost are mended.
    ///
    /// # Errors
    /// See [`ImportError`].
    pub fn import(&self, volumes: &[PathBuf]) -> Result<Imported, ImportError> {
        let _alone = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_read_only() {
            return Err(ImportError::ReadOnly);
        }
        if volumes.len() > MOST_VOLUMES {
            return Err(ImportError::TooMany { count: volumes.len(), most: MOST_VOLUMES });
        }
        let (mut names, mut newest, mut erased) = (BTreeMap::new(), Hlc(0), self.erased_learners()?);
        let mut boxes: BTreeSet<BoxId> =
            journal::all_boxes(&*self.reader.disk).map_err(StoreError::from)?.into_iter().collect();
        for path in volumes {
            let read = read_one(path, self)?;
            boxes.insert(read.name.box_id);
            if boxes.len() > MOST_BOXES {
                return Err(ImportError::TooManyBoxes { count: boxes.len(), most: MOST_BOXES });
            }
            newest = newest.max(newest_in(&read.records));
            erased.extend(read.records.iter().flat_map(erased_by));
            names.insert((read.name, path.clone()), read.digest);
        }
        let erased: Vec<LearnerId> = erased.into_iter().collect();
        let (mut imported, mut change) = (Imported::default(), None);
        let taken = names.iter().try_for_each(|((_, path), digest)| -> Result<(), ImportError> {
            let read = read_one(path, self)?;
            if read.digest != *digest {
                return Err(ImportError::Changed { path: path.clone() });
            }
            Ok(self.take_in(&read, &erased, &mut change, &mut imported)?)
        });
        imported.boxes.sort();
        imported.boxes.dedup();
        // Whatever became of it: what lies on the medium now is folded, here or at the next start.
        let folded = match change {
            None => Ok(()),
            Some(change) if taken.is_ok() && imported.new_events + imported.mended == 0 => {
                change.withdraw();
                Ok(())
            }
            Some(change) => {
                self.stamper.lock().unwrap_or_else(PoisonError::into_inner).observe(newest);
                // After an error not everything that is seen need be on the medium: then the next start folds it once more.
                let unsure = taken.is_err().then_some(change);
                // What was stamped before is on the medium after this, so that everything later has a later time.
                wait_for(&self.inbox);
                let folded = self.build_anew();
                drop(unsure);
                folded
            }
        };
        taken?;
        folded?;
        Ok(imported)
    }

    /// Before the journals are changed: a fold from nothing is owed from here on.
    fn owe(&self, change: &mut Option<Change>) -> Result<(), StoreError> {
        if change.is_none() {
            *change = Some(self.builder.shelf.owe().map_err(|error| StoreError::Folder(Box::new(error)))?);
        }
        Ok(())
    }

    fn build_anew(&self) -> Result<(), StoreError> {
        let (done, outcome) = sync_channel(1);
        self.reader.current.ask_keeper(Work::Build { why: Why::Changed, done: Some(done) });
        outcome.recv().unwrap_or(Err(StoreError::Closing))
    }

    /// Everybody who was erased here.
    pub(crate) fn erased_learners(&self) -> Result<BTreeSet<LearnerId>, StoreError> {
        Ok(erasings(&*self.reader.current.engine())?.into_iter().map(|(learner, _)| learner).collect())
    }

    /// What of a volume is not here becomes a volume of the journal.
    fn take_in(
        &self,
        read: &Read,
        erased: &[LearnerId],
        change: &mut Option<Change>,
        out: &mut Imported,
    ) -> Result<(), StoreError> {
        let Read { name, records, .. } = read;
        out.boxes.push(name.box_id);
        // What of a damaged volume is still elsewhere here must not be lost by writing it anew.
        let damaged = journal::damaged_in(&*self.reader.disk, name)?;
        if !damaged.is_empty() {
            self.put_back(name.box_id, &damaged, &mut out.mended)?;
        }
        let dropped = self.dropped()?;
        let is_dropped = |r: &&Record| dropped.has_all(name.box_id, r.first(), r.last());
        let records: Vec<Record> = records.iter().filter(|r| !is_dropped(r)).cloned().collect();
        out.known_events += (read.records.len() - records.len()) as u64;
        let here = self.hashes_of(name)?;
        let hash = |record: &Record| match record {
            Record::Event { payload, .. } => Some(Sha256::digest(payload).into()),
            Record::Erased { sha256, .. } => Some(*sha256),
            Record::Lost { .. } => None,
        };
        let differs = |r: &&Record| here.get(&r.first()).is_some_and(|h| hash(r).is_some_and(|new| new != *h));
        if let Some(other) = records.iter().find(differs) {
            let id = EventId { box_id: name.box_id, seq: other.first() };
            out.conflicts.push(id);
            self.set_volume_aside(read, erased);
            self.reader.current.notice(Notice::Conflict { box_id: name.box_id, seq: id.seq });
            return Ok(());
        }
        let is_new = |r: &&Record| !matches!(r, Record::Lost { .. }) && !here.contains_key(&r.first());
        let new: Vec<Record> =
            records.iter().filter(is_new).map(|r| forgotten(r, erased).unwrap_or_else(|| r.clone())).collect();
        let events = new.iter().filter(|r| matches!(r, Record::Event { .. })).count() as u64;
        out.known_events += here.len() as u64;
        if name.box_id == self.box_id() {
            out.mended += self.mend(new, change)?;
        } else if !new.is_empty() {
            self.owe(change)?;
            out.new_events += events;
            for run in new.chunk_by(|a, b| a.last() + 1 == b.first()) {
                self.put_run(name.box_id, run)?;
            }
        }
        Ok(())
    }

    /// What was here and was dropped, with its year: it does not come in again.
    fn dropped(&self) -> Result<Numbers, StoreError> {
        let mut dropped = Numbers::default();
        dropped.put(self.box_id(), 1, journal::last_closed(&*self.reader.disk, self.box_id())?);
        let closed = journal::read_closed(&*self.reader.disk, self.box_id())?;
        dropped.put_all(closed.iter().flat_map(|closed| &closed.dropped));
        Ok(dropped)
    }

    fn put_run(&self, box_id: BoxId, run: &[Record]) -> Result<(), StoreError> {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return Ok(()) };
        let name = VolumeName { box_id, from: first.first(), to: last.last() };
        // Where a number was lost here, a volume says so: the new one replaces it.
        let mut records: BTreeMap<u64, Record> = BTreeMap::new();
        let overlapped: Vec<VolumeName> = journal::volumes_of(&*self.reader.disk, box_id)?
            .into_iter()
            .filter(|v| v.from <= name.to && v.to >= name.from)
            .collect();
        for volume in &overlapped {
            let (there, damaged) = journal::records_or_lost(&*self.reader.disk, volume)?;
            if damaged {
                journal::set_volume_aside(&*self.reader.disk, &self.stamp, volume)?;
            }
            records.extend(there.into_iter().map(|record| (record.first(), record)));
        }
        let fills = !overlapped.is_empty();
        records.retain(|_, r| !matches!(r, Record::Lost { from, to } if *from >= name.from && *to <= name.to));
        records.extend(run.iter().map(|r| (r.first(), r.clone())));
        let records: Vec<Record> = records.into_values().collect();
        let name = VolumeName {
            box_id,
            from: records.first().map_or(name.from, Record::first),
            to: records.last().map_or(name.to, Record::last),
        };
        journal::put_volume(&*self.reader.disk, &name, &records)?;
        if fills {
            for old in overlapped.iter().filter(|old| **old != name) {
                journal::remove_volume(&*self.reader.disk, old)?;
            }
        }
        Ok(())
    }

    /// Puts events of this box back that were lost here. Numbers that were never given out are not ours to fill: whoever has
    /// them has the box's name too.
    fn mend(&self, found: Vec<Record>, change: &mut Option<Change>) -> Result<u64, StoreError> {
        let end = self.reader.synced.load(std::sync::atomic::Ordering::Acquire);
        if let Some(beyond) = found.iter().find(|r| r.last() > end) {
            self.reader.current.notice(Notice::Conflict { box_id: self.box_id(), seq: beyond.first() });
        }
        let found: BTreeMap<u64, Record> =
            found.into_iter().filter(|r| r.last() <= end).map(|r| (r.first(), r)).collect();
        if found.is_empty() {
            return Ok(0);
        }
        self.owe(change)?;
        let (done, rolled) = sync_channel(1);
        self.inbox.send(crate::writer::Message::Roll { done }).map_err(|_| StoreError::Closing)?;
        let until = rolled.recv().unwrap_or(Err(StoreError::Closing))?;
        let mut mended = 0;
        journal::mend(&*self.reader.disk, (self.box_id(), until), &self.stamp, &found, &mut mended)?;
        Ok(mended)
    }

    /// The hashes of what is here under a volume's numbers.
    fn hashes_of(&self, name: &VolumeName) -> Result<BTreeMap<u64, [u8; 32]>, StoreError> {
        let mut hashes = BTreeMap::new();
        for record in journal::records_between(&*self.reader.disk, name)? {
            match record {
                Record::Event { seq, payload } => hashes.insert(seq, Sha256::digest(&payload).into()),
                Record::Erased { seq, sha256 } => hashes.insert(seq, sha256),
                Record::Lost { .. } => None,
            };
        }
        Ok(hashes)
    }

    /// Keeps a volume in quarantine, without learners who are erased.
    fn set_volume_aside(&self, Read { name, records, .. }: &Read, erased: &[LearnerId]) {
        let quarantine = self.builder.shelf.data().join(journal::QUARANTINE);
        let to = quarantine.join(format!("{}-conflict-{}", self.stamp, name.file_name()));
        let mut kept = records.iter().map(|r| forgotten(r, erased).unwrap_or_else(|| r.clone()));
        let mut bytes = Vec::new();
        let copied = crate::folder::create(&quarantine)
            .map_err(|e| e.to_string())
            .and_then(|()| write_volume(name, &mut kept, &mut bytes).map_err(|e| e.to_string()))
            .and_then(|()| std::fs::write(&to, &bytes).map_err(|e| e.to_string()));
        if let Err(error) = copied {
            tracing::error!(error, "a volume that contradicts the journal could not be kept aside");
        }
        self.builder.shelf.bound_quarantine();
    }

    /// Forgets a learner, under all ids of the child: every event about it goes out of every file of the journals, of the engine and of
    /// quarantine. Returns when that is done; a cut in between is made good at the next start. Backups made before
    /// still have them; taken in again here, they stay forgotten.
    ///
    /// # Errors
    /// See [`EraseError`].
    pub fn erase(&self, learner: LearnerId, actor: Actor) -> Result<Erased, EraseError> {
        let _alone = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        let ids = self.reader.current.links().all(learner);
        let erased = |learner: &LearnerId| EventDraft {
            at_ms: None,
            send: None,
            learner: None,
            actor,
            body: EventBody::Erased { learner: *learner },
        };
        // From here on no cut leaves a copy that nobody thinks of.
        let change = self.builder.shelf.owe().map_err(|error| StoreError::Folder(Box::new(error)))?;
        match self.submit_many(ids.iter().map(erased).collect()) {
            Ok(_) => drop(change),
            Err(error) => {
                change.withdraw();
                return Err(error.into());
            }
        }
        let (done, outcome) = sync_channel(1);
        self.reader.current.ask_keeper(Work::Erase { learners: ids, done });
        Ok(outcome.recv().unwrap_or(Err(StoreError::Closing))?)
    }
}

fn newest_in(records: &[Record]) -> Hlc {
    let front = |r: &Record| match r {
        Record::Event { payload, .. } => crate::codec::front(payload).map(|f| f.hlc),
        _ => None,
    };
    records.iter().filter_map(front).max().unwrap_or(Hlc(0))
}

fn erased_by(record: &Record) -> Vec<LearnerId> {
    match record {
        Record::Event { payload, .. } => erase::erasing(payload),
        _ => Vec::new(),
    }
}

fn read_one(path: &Path, store: &Store) -> Result<Read, ImportError> {
    let bad = |source| ImportError::Volume { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(|e| bad(VolumeError::Io(e)))?;
    let (mut records, mut bytes, mut digest) = (Vec::new(), 0, Sha256::new());
    let name = read_volume(&mut file, &mut |record| {
        digest.update(record.first().to_be_bytes());
        digest.update(record.last().to_be_bytes());
        match &record {
            Record::Event { payload, .. } => {
                bytes += payload.len();
                digest.update(payload);
            }
            Record::Erased { sha256, .. } => digest.update(sha256),
            Record::Lost { .. } => {}
        }
        // Nothing behind it is read: a file may be packed a thousandfold.
        if bytes > MOST_BYTES {
            return Err(VolumeError::NotTaken("it is too large".into()));
        }
        records.push(record);
        Ok(())
    });
    if bytes > MOST_BYTES {
        return Err(ImportError::TooLarge { path: path.to_owned() });
    }
    let name = name.map_err(bad)?;
    let newest_ms = newest_in(&records).ms();
    let mut stamper = store.stamper.lock().unwrap_or_else(PoisonError::into_inner);
    if stamper.trust() == ClockTrust::Trusted && newest_ms > stamper.now_ms().saturating_add(MOST_AHEAD_MS) {
        return Err(ImportError::Ahead { path: path.to_owned(), newest_ms });
    }
    drop(stamper);
    Ok(Read { name, records, digest: digest.finalize().into() })
}
