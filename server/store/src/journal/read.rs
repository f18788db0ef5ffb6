//! Reading a journal in the order of its numbers, or several in the order in which they are folded, beside a running writer or without one.

use super::check::{self, Judgement};
use super::closed::last_closed;
use super::format::FrameKind;
use super::segments::{Part, has_frames, layout, read_records};
use super::{FileName, JournalError, judge_among, read_all};
use crate::codec;
use crate::disk::Disk;
use crate::record::Record;
use crate::volume::VolumeName;
use chalkbox_domain::event::Hlc;
use chalkbox_domain::ids::BoxId;
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::iter::Peekable;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// One event as it lies in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub seq: u64,
    /// Its bytes.
    pub payload: Vec<u8>,
    /// First number of the file that it lies in.
    pub file: u64,
}

enum Step {
    Event(Entry),
    Missing(Vec<RangeInclusive<u64>>),
}

/// Goes through the journal of one box; a damaged place gives one error, and reading goes on behind it.
pub struct JournalReader {
    disk: Arc<dyn Disk>,
    box_id: BoxId,
    next: u64,
    /// Nothing above it is given; none: up to the last whole batch.
    synced: Option<Arc<AtomicU64>>,
    /// Whether a number that no file has is damage: of another box only parts may have come here.
    holes_are_damage: bool,
    /// Is told of numbers that volumes note as lost: they are passed over.
    noted: Option<MissingOf>,
    steps: VecDeque<Step>,
    done: bool,
}

impl JournalReader {
    /// Reads this box's own journal from number `next` on, up to `synced` when it is given.
    pub(crate) fn new(disk: Arc<dyn Disk>, box_id: BoxId, next: u64, synced: Option<Arc<AtomicU64>>) -> Self {
        let (next, steps) = (next.max(1), VecDeque::new());
        Self { disk, box_id, next, synced, holes_are_damage: true, noted: None, steps, done: false }
    }

    /// Reads what there is of another box from number `next` on.
    pub(crate) fn of_other(disk: Arc<dyn Disk>, box_id: BoxId, next: u64, up_to: Option<Arc<AtomicU64>>) -> Self {
        Self { holes_are_damage: false, ..Self::new(disk, box_id, next, up_to) }
    }

    /// Tells on the way of numbers that were noted as lost before.
    pub(crate) fn telling(self, noted: &MissingOf) -> Self {
        Self { noted: Some(noted.clone()), ..self }
    }

    /// Loads what the file that holds the next number has from there on. A file that is packed just now has gone when it is
    /// read: its volume is listed then.
    fn load(&mut self) -> Result<(), JournalError> {
        for _ in 0..3 {
            match self.load_listed() {
                Err(error) if error.is_not_found() => {}
                loaded => return loaded,
            }
        }
        self.load_listed()
    }

    fn load_listed(&mut self) -> Result<(), JournalError> {
        let limit = self.synced.as_ref().map_or(u64::MAX, |s| s.load(Ordering::Acquire));
        if self.next > limit {
            return Ok(());
        }
        let (closed, parts) = layout(&*self.disk, self.box_id)?;
        self.next = self.next.max(closed + 1);
        let before = self.next;
        match self.load_from(&parts, limit) {
            // It was dropped, with its year, between the look at the folder and the look into it.
            Err(JournalError::Io { source, .. })
                if source.kind() == ErrorKind::NotFound && last_closed(&*self.disk, self.box_id)? >= before =>
            {
                self.next = last_closed(&*self.disk, self.box_id)? + 1;
                Ok(())
            }
            loaded => loaded,
        }
    }

    fn load_from(&mut self, parts: &[Part], limit: u64) -> Result<(), JournalError> {
        let at = parts.partition_point(|part| part.first() <= self.next);
        match at.checked_sub(1).and_then(|i| parts.get(i)) {
            None => {
                self.go_on_at(parts.first().map(Part::first));
                Ok(())
            }
            Some(Part::Volume(name)) if self.next > name.to => {
                self.go_on_at(parts.get(at).map(Part::first));
                Ok(())
            }
            Some(Part::Volume(name)) => self.load_volume(name, limit),
            Some(Part::Frames(name)) => {
                let behind = parts.get(at).and_then(|part| match part {
                    Part::Frames(name) => Some(name),
                    Part::Volume(_) => None,
                });
                self.load_frames(name, behind, limit)
            }
        }
    }

    /// No file has the next number: on with the first one that one has.
    fn go_on_at(&mut self, first: Option<u64>) {
        let Some(first) = first else { return };
        if self.holes_are_damage {
            self.steps.push_back(Step::Missing(vec![self.next..=first - 1]));
        }
        self.next = first;
    }

    fn load_volume(&mut self, name: &VolumeName, limit: u64) -> Result<(), JournalError> {
        match read_records(&*self.disk, name) {
            Ok(records) => {
                for record in records {
                    match record {
                        Record::Event { seq, payload } if (self.next..=limit).contains(&seq) => {
                            self.steps.push_back(Step::Event(Entry { seq, payload, file: name.from }));
                        }
                        Record::Lost { from, to } => self.note(from..=to),
                        Record::Event { .. } | Record::Erased { .. } => {}
                    }
                }
            }
            Err(JournalError::Volume { file, source }) => {
                tracing::error!(file, %source, "a volume of the journal is damaged");
                self.steps.push_back(Step::Missing(vec![self.next..=name.to]));
            }
            Err(error) => return Err(error),
        }
        self.next = name.to + 1;
        Ok(())
    }

    fn note(&self, lost: RangeInclusive<u64>) {
        if let Some(noted) = &self.noted {
            noted.lock().unwrap_or_else(PoisonError::into_inner).push((self.box_id, lost));
        }
    }

    fn load_frames(&mut self, name: &FileName, behind: Option<&FileName>, limit: u64) -> Result<(), JournalError> {
        let (mut bytes, mut judgement) = self.judged(name, behind, limit)?;
        if !judgement.missing.is_empty() {
            // A server beside this may have written while it was read; what is truly missing is so the second time too.
            (bytes, judgement) = self.judged(name, behind, limit)?;
        }
        let missing: Vec<_> =
            judgement.missing.iter().filter(|m| *m.end() >= self.next && *m.start() <= limit).cloned().collect();
        if !missing.is_empty() {
            self.steps.push_back(Step::Missing(missing));
        }
        for frame in judgement.keep {
            if frame.kind == FrameKind::Event && (self.next..=limit).contains(&frame.seq) {
                let payload = bytes[frame.payload].to_vec();
                self.steps.push_back(Step::Event(Entry { seq: frame.seq, payload, file: name.first }));
            }
        }
        // Whatever the next load starts with, it is not this file's known part again.
        self.next = self.next.max(judgement.next_seq.min(limit.saturating_add(1)));
        Ok(())
    }

    /// The event of a number. Numbers that are asked for in rising order cost one scan for each file that they lie in.
    pub(crate) fn find(&mut self, seq: u64) -> Result<Option<Entry>, JournalError> {
        // First among what is loaded, then in the file itself.
        for load in [false, true] {
            if load {
                self.steps.clear();
                self.next = seq.max(1);
                self.load()?;
            }
            while let Some(step) = self.steps.pop_front() {
                match step {
                    Step::Event(entry) if entry.seq == seq => return Ok(Some(entry)),
                    Step::Event(entry) if entry.seq > seq => {
                        self.steps.push_front(Step::Event(entry));
                        break;
                    }
                    Step::Missing(missing) if missing.iter().any(|m| m.contains(&seq)) => {
                        return Err(JournalError::Damaged { missing });
                    }
                    Step::Event(_) | Step::Missing(_) => {}
                }
            }
        }
        Ok(None)
    }

    /// A file's bytes and what they are worth. The file behind it is looked at first: once that is used, nothing more
    /// comes into this one, so that a server which goes on to the next file in between leaves no hole.
    fn judged(
        &self,
        name: &FileName,
        behind: Option<&FileName>,
        limit: u64,
    ) -> Result<(Vec<u8>, Judgement), JournalError> {
        let behind = behind.map(|n| has_frames(&*self.disk, n).map(|used| (n.first, used))).transpose()?;
        let bytes = read_all(&*self.disk, &name.path)?;
        let synced = if limit == u64::MAX { 0 } else { limit };
        let judgement = judge_among(&check::scan(&bytes), name.first, behind, synced);
        Ok((bytes, judgement))
    }
}

impl Iterator for JournalReader {
    type Item = Result<Entry, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.steps.pop_front() {
                Some(Step::Event(entry)) => return Some(Ok(entry)),
                Some(Step::Missing(missing)) => return Some(Err(JournalError::Damaged { missing })),
                None => {}
            }
            let before = self.next;
            if let Err(error) = self.load() {
                self.done = true;
                return Some(Err(error));
            }
            self.done = self.next == before && self.steps.is_empty();
        }
        None
    }
}

/// The journals of several boxes as one, in the order in which events are folded: by time of receipt, then box, then number.
/// What a box received stays in its own order, whatever its clock did.
pub(crate) struct Merged {
    readers: Vec<(BoxId, Peekable<JournalReader>, Hlc)>,
    missing: MissingOf,
    /// Whose the entry before is.
    before: Option<BoxId>,
}

/// Numbers that were met on the way and are missing, and whose they are.
pub(crate) type MissingOf = Arc<Mutex<Vec<(BoxId, RangeInclusive<u64>)>>>;

impl Merged {
    /// Merges readers, one a box.
    pub fn new(readers: Vec<(BoxId, JournalReader)>) -> Self {
        let readers = readers.into_iter().map(|(id, reader)| (id, reader.peekable(), Hlc(0))).collect();
        Self { readers, missing: Arc::default(), before: None }
    }

    /// Whose the entry is that was given last.
    pub fn box_id(&self) -> Option<BoxId> {
        self.before
    }

    /// Where the numbers are told that are missing.
    pub fn missing(&self) -> MissingOf {
        self.missing.clone()
    }
}

impl Iterator for Merged {
    type Item = Result<Entry, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut first: Option<(Hlc, BoxId, usize)> = None;
        for (at, (box_id, reader, newest)) in self.readers.iter_mut().enumerate() {
            let hlc = match reader.peek() {
                None => continue,
                // A damaged place is told where it is met.
                Some(Err(_)) => *newest,
                Some(Ok(entry)) => codec::front(&entry.payload).map_or(*newest, |f| f.hlc.max(*newest)),
            };
            if first.is_none_or(|(h, b, _)| (hlc, *box_id) < (h, b)) {
                first = Some((hlc, *box_id, at));
            }
        }
        let (hlc, _, at) = first?;
        let (box_id, reader, newest) = &mut self.readers[at];
        *newest = hlc;
        self.before = Some(*box_id);
        let entry = reader.next();
        if let Some(Err(JournalError::Damaged { missing })) = &entry {
            let mut told = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            told.extend(missing.iter().map(|range| (*box_id, range.clone())));
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::super::files;
    use super::super::sim::SimDisk;
    use super::super::{Journal, JournalOptions, Recovery, recover};
    use super::*;
    use crate::disk::DiskFile;
    use std::collections::BTreeMap;
    use std::io;

    const BOX: BoxId = BoxId([0xb0; 8]);
    const SMALL: JournalOptions = JournalOptions { seal_at: 2048, fill_step: 1024, lead: 3 };

    fn payload(seq: u64) -> Vec<u8> {
        format!("event {seq} {}", "and on ".repeat(20)).into_bytes()
    }

    fn journal(disk: &SimDisk) -> Journal {
        let opened = recover(&Recovery {
            disk: Arc::new(disk.clone()),
            box_id: BOX,
            boot: 1,
            options: SMALL,
            applied: 0,
            stamp: "1",
            rescue: &|_| BTreeMap::new(),
        });
        opened.unwrap().journal
    }

    fn write_events(journal: &mut Journal, events: u64) {
        for _ in 0..events {
            let seq = journal.next_seq();
            journal.append(&[payload(seq)]).unwrap();
            journal.prepare();
        }
    }

    /// A disk to read from, where a server beside the reader writes once, before a certain opening of a file.
    struct Beside {
        disk: SimDisk,
        opened: AtomicU64,
        server: Mutex<Option<(u64, Journal)>>,
    }

    impl Beside {
        fn new(disk: &SimDisk, server: Option<(u64, Journal)>) -> Arc<Self> {
            Arc::new(Self { disk: disk.clone(), opened: AtomicU64::new(0), server: Mutex::new(server) })
        }
    }

    impl Disk for Beside {
        fn list(&self, folder: &str) -> io::Result<Vec<String>> {
            self.disk.list(folder)
        }
        fn create_folder(&self, folder: &str) -> io::Result<()> {
            self.disk.create_folder(folder)
        }
        fn create(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
            self.disk.create(path)
        }
        fn open(&self, path: &str, write: bool) -> io::Result<Box<dyn DiskFile>> {
            let before = self.opened.fetch_add(1, Ordering::Relaxed);
            if let Some((at, journal)) = &mut *self.server.lock().unwrap()
                && *at == before
            {
                write_events(journal, 6);
            }
            self.disk.open(path, write)
        }
        fn rename(&self, from: &str, to: &str) -> io::Result<()> {
            self.disk.rename(from, to)
        }
        fn remove(&self, path: &str) -> io::Result<()> {
            self.disk.remove(path)
        }
        fn sync_folder(&self, folder: &str) -> io::Result<()> {
            self.disk.sync_folder(folder)
        }
    }

    #[test]
    fn many_numbers_cost_one_scan_for_each_file() {
        let disk = SimDisk::default();
        let mut writer = journal(&disk);
        write_events(&mut writer, 40);
        let names = files(&disk, BOX).unwrap();
        assert!(names.len() >= 3);
        let beside = Beside::new(&disk, None);
        let mut reader = JournalReader::new(beside.clone(), BOX, 1, None);
        for seq in (1..=40).step_by(2) {
            assert_eq!(reader.find(seq).unwrap().map(|e| (e.seq, e.payload)), Some((seq, payload(seq))));
        }
        // Each file is read once for itself and once as the one behind another.
        assert!(beside.opened.load(Ordering::Relaxed) <= 2 * names.len() as u64);
        // Any order gives the same.
        for seq in [40, 3, 17, 17, 1] {
            assert_eq!(reader.find(seq).unwrap().map(|e| e.seq), Some(seq));
        }
        for none in [0, 41, u64::MAX] {
            assert_eq!(reader.find(none).unwrap(), None);
        }
    }

    #[test]
    fn only_a_missing_number_is_not_found_in_a_damaged_file() {
        let disk = SimDisk::default();
        let mut writer = journal(&disk);
        write_events(&mut writer, 5);
        let path = FileName::new(BOX, 1).path;
        let third = check::scan(&read_all(&disk, &path).unwrap()).frames[2].payload.start;
        disk.damage(&path, third, |b| !b);
        let mut reader = JournalReader::new(Beside::new(&disk, None), BOX, 1, None);
        for seq in [1, 2, 4, 5, 2] {
            assert_eq!(reader.find(seq).unwrap().map(|e| e.seq), Some(seq));
        }
        assert!(matches!(reader.find(3), Err(JournalError::Damaged { missing }) if missing == [3u64..=3]));
    }

    /// An event as a volume takes it.
    fn real(seq: u64) -> Vec<u8> {
        use chalkbox_domain::event::{Actor, ClockTrust, Event, EventBody};
        let id = chalkbox_domain::ids::EventId { box_id: BOX, seq };
        let body = EventBody::GapNoted { from: seq, to: seq };
        let (hlc, clock) = (Hlc(seq), ClockTrust::Trusted);
        let event =
            Event { id, hlc, at: hlc, boot: 1, mono_ms: 1, clock, send: None, learner: None, actor: Actor::Box, body };
        crate::encode_event(&event).unwrap()
    }

    /// A disk to read from, where the first file is packed before a certain opening of a file.
    struct Packing {
        disk: SimDisk,
        left: AtomicU64,
    }

    impl Packing {
        fn pack(&self) {
            use super::super::segments::{put_volume, records_in};
            let names = files(&self.disk, BOX).unwrap();
            let bytes = read_all(&self.disk, &names[0].path).unwrap();
            let records = records_in(&bytes, 1, Some((names[1].first, true)));
            put_volume(&self.disk, &VolumeName { box_id: BOX, from: 1, to: names[1].first - 1 }, &records).unwrap();
            self.disk.remove(&names[0].path).unwrap();
        }
    }

    impl Disk for Packing {
        fn list(&self, folder: &str) -> io::Result<Vec<String>> {
            self.disk.list(folder)
        }
        fn create_folder(&self, folder: &str) -> io::Result<()> {
            self.disk.create_folder(folder)
        }
        fn create(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
            self.disk.create(path)
        }
        fn open(&self, path: &str, write: bool) -> io::Result<Box<dyn DiskFile>> {
            if self.left.fetch_sub(1, Ordering::Relaxed) == 0 {
                self.pack();
            }
            self.disk.open(path, write)
        }
        fn rename(&self, from: &str, to: &str) -> io::Result<()> {
            self.disk.rename(from, to)
        }
        fn remove(&self, path: &str) -> io::Result<()> {
            self.disk.remove(path)
        }
        fn sync_folder(&self, folder: &str) -> io::Result<()> {
            self.disk.sync_folder(folder)
        }
    }

    #[test]
    fn a_file_that_is_packed_while_it_is_read_ends_no_reading() {
        for at in 0..6 {
            let disk = SimDisk::default();
            let mut writer = journal(&disk);
            for seq in 1..=300 {
                writer.append(&[real(seq)]).unwrap();
                writer.prepare();
            }
            let packing = Arc::new(Packing { disk: disk.clone(), left: AtomicU64::new(at) });
            let read: Vec<Entry> = JournalReader::new(packing, BOX, 1, None).map(Result::unwrap).collect();
            assert_eq!(read.iter().map(|e| e.seq).collect::<Vec<_>>(), (1..=300).collect::<Vec<_>>(), "opening {at}");
            assert!(files(&disk, BOX).unwrap()[0].first > 1, "it was packed");
            let again = JournalReader::new(Arc::new(disk), BOX, 1, None).map(Result::unwrap).map(|e| e.payload);
            assert!(read.into_iter().map(|e| e.payload).eq(again));
        }
    }

    #[test]
    fn a_server_that_goes_on_to_the_next_file_leaves_no_hole() {
        for at in 0..8 {
            let disk = SimDisk::default();
            let mut server = journal(&disk);
            // Until the next file is made: three events more, and it is begun.
            while files(&disk, BOX).unwrap().len() < 2 {
                write_events(&mut server, 1);
            }
            let there = server.next_seq() - 1;
            let beside = Beside::new(&disk, Some((at, server)));
            let read: Vec<Entry> = JournalReader::new(beside, BOX, 1, None).map(Result::unwrap).collect();
            assert!(read.len() as u64 >= there, "before opening {at}");
            assert!(read.iter().zip(1..).all(|(entry, seq)| entry.seq == seq), "before opening {at}");
        }
    }
}
