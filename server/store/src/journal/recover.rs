//! Opening the journal after whatever happened: torn tails are removed, damage is repaired as far as somebody has the
//! events, and what is lost is said aloud.

use super::check::{self, Judgement, Scan};
use super::closed::{clear_closed, closed_paths, last_closed};
use super::damage::remove_shadowed;
use super::format::{self, FORMAT, FrameKind, HEADER_BYTES, Header};
use super::segments::volumes_of;
use super::write::{self, Journal, JournalOptions, OpenFile};
use super::{FOLDER, FileName, JournalError, files, judge_among, read_all};
use crate::disk::Disk;
use crate::notice::Notice;
use crate::record::Record;
use chalkbox_domain::ids::BoxId;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Gives back what stood under some numbers, as far as it has it.
pub(crate) type Rescue<'a> = dyn Fn(&[RangeInclusive<u64>]) -> BTreeMap<u64, Record> + 'a;

/// A journal that is whole again.
pub(crate) struct Recovered {
    pub journal: Journal,
    pub notices: Vec<Notice>,
    /// Payload of the newest event.
    pub newest: Option<Vec<u8>>,
    /// Numbers found missing now and marked so in the files.
    pub gaps: Vec<RangeInclusive<u64>>,
}

/// What a recovery needs to know.
pub(crate) struct Recovery<'a> {
    pub disk: Arc<dyn Disk>,
    pub box_id: BoxId,
    pub boot: u64,
    pub options: JournalOptions,
    /// The highest number of which somebody else knows that it was given out: the engine by its watermark, backups on the card.
    pub applied: u64,
    /// Word in the names of files in quarantine.
    pub stamp: &'a str,
    pub rescue: &'a Rescue<'a>,
}

struct Loaded {
    name: FileName,
    bytes: Vec<u8>,
    scan: Scan,
}

impl Loaded {
    /// A file that is not there any more.
    fn gone(box_id: BoxId, first: u64) -> Self {
        Self { name: FileName::new(box_id, first), bytes: Vec::new(), scan: check::scan(&[]) }
    }

    fn read(disk: &dyn Disk, name: FileName) -> Result<Self, JournalError> {
        let bytes = read_all(disk, &name.path)?;
        let scan = check::scan(&bytes);
        Ok(Self { name, bytes, scan })
    }
}

/// Opens the journal for appending.
///
/// # Errors
/// When the medium fails. Formats must have been checked before.
pub(crate) fn recover(with: &Recovery<'_>) -> Result<Recovered, JournalError> {
    let mut work = Work { with, notices: Vec::new(), gaps: Vec::new() };
    with.disk.create_folder(FOLDER).map_err(JournalError::io("create", FOLDER))?;
    work.remove_leftovers()?;
    clear_closed(&*with.disk, with.box_id)?;
    let mut names = files(&*with.disk, with.box_id)?;

    let mut empty: Vec<Loaded> = Vec::new();
    let mut main = None;
    while let Some(name) = names.pop() {
        let file = Loaded::read(&*with.disk, name)?;
        if !file.scan.frames.is_empty() || with.applied >= file.name.first {
            main = Some(file);
            break;
        }
        if file.scan.header.is_some() {
            empty.insert(0, file);
        } else {
            // The power went while it was made, and it was never used; or so much of it is damaged that nobody can say.
            work.tell_of_remains(&file)?;
            with.disk.remove(&file.name.path).map_err(JournalError::io("remove", &file.name.path))?;
        }
    }
    if main.is_none() {
        // No file is left, and numbers were given out: what others have of them is written down again.
        let first = last_closed(&*with.disk, with.box_id)? + 1;
        main = (with.applied >= first).then(|| Loaded::gone(with.box_id, first));
    }
    let mut behind = main.as_ref().map(|m| m.name.first);
    while let (Some(name), Some(next)) = (names.pop(), behind) {
        if next <= with.applied + 1 {
            break;
        }
        behind = Some(name.first);
        let file = Loaded::read(&*with.disk, name)?;
        let judgement = check::judge(&file.scan, file.name.first, Some(next), with.applied);
        if !judgement.missing.is_empty() {
            work.rewrite(&file, &judgement, true)?;
        }
    }
    let begun = main.as_ref().map(|m| m.name.first);
    let (journal, newest) = match main {
        Some(file) => work.finish(file, empty)?,
        None => (work.begin(empty)?, None),
    };
    let newest = match (newest, begun) {
        (None, Some(first)) => work.newest_before(first)?,
        (newest, _) => newest,
    };
    remove_shadowed(&*with.disk, with.box_id)?;
    Ok(Recovered { journal, notices: work.notices, newest, gaps: work.gaps })
}

/// Whether a recovery would take something for lost or torn that an engine may have: so it should not be done without one. A
/// tail that a cut explains is no such thing.
///
/// # Errors
/// When the medium fails.
pub(crate) fn is_doubtful(disk: &dyn Disk, box_id: BoxId) -> Result<bool, JournalError> {
    let (mut last, mut behind) = (true, None);
    for name in files(disk, box_id)?.into_iter().rev() {
        let file = Loaded::read(disk, name)?;
        let first = file.name.first;
        if last && file.scan.frames.is_empty() {
            if file.scan.header.is_none() && file.scan.dirty_end > HEADER_BYTES {
                return Ok(true);
            }
            behind = behind.or(Some((first, false)));
            continue;
        }
        let judgement = judge_among(&file.scan, first, behind, 0);
        let torn = last && file.scan.dirty_end > judgement.end;
        if file.scan.header.is_none()
            || !judgement.missing.is_empty()
            || torn && !check::cut_explains(&file.bytes, &file.scan, judgement.end)
        {
            return Ok(true);
        }
        (last, behind) = (false, Some((first, true)));
    }
    Ok(false)
}

/// The last number that is there, when the newest file of a box is gone or nothing in it can be read: then numbers may have been
/// given out that nobody finds here any more. None: the newest is there.
///
/// The next file is made, and its header synced, before one is closed. So a closed one is never the last.
///
/// # Errors
/// When the medium fails.
pub(crate) fn newest_is_gone(disk: &dyn Disk, box_id: BoxId) -> Result<Option<u64>, JournalError> {
    let packed = volumes_of(disk, box_id)?.last().map_or(0, |volume| volume.to);
    let before = packed.max(last_closed(disk, box_id)?);
    for name in files(disk, box_id)?.into_iter().rev() {
        let file = Loaded::read(disk, name)?;
        if file.scan.frames.is_empty() && file.scan.header.is_none() {
            continue;
        }
        let judgement = check::judge(&file.scan, file.name.first, None, 0);
        let closed = !file.scan.frames.is_empty() && (judgement.sealed || before >= judgement.next_seq);
        return Ok(closed.then(|| before.max(judgement.next_seq - 1)));
    }
    Ok(Some(before))
}

/// Refuses a journal that a newer program wrote, before anything is changed.
pub(crate) fn check_formats(disk: &dyn Disk, box_id: BoxId) -> Result<(), JournalError> {
    let paths = files(disk, box_id)?.into_iter().map(|name| name.path).chain(closed_paths(disk, box_id)?);
    for path in paths {
        let head =
            disk.open(&path, false).and_then(|f| f.read(0, HEADER_BYTES)).map_err(JournalError::io("read", &path))?;
        if let Some(header) = Header::decode(&head)
            && header.format > FORMAT
        {
            return Err(JournalError::NewerFormat { file: path, format: header.format, known: FORMAT });
        }
    }
    Ok(())
}

struct Work<'a> {
    with: &'a Recovery<'a>,
    notices: Vec<Notice>,
    gaps: Vec<RangeInclusive<u64>>,
}

impl Work<'_> {
    fn remove_leftovers(&self) -> Result<(), JournalError> {
        let disk = &self.with.disk;
        for name in disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))? {
            if name.ends_with(".repair") {
                let path = format!("{FOLDER}/{name}");
                disk.remove(&path).map_err(JournalError::io("remove", &path))?;
            }
        }
        Ok(())
    }

    /// The newest event before the file that begins with `first`. The names are listed anew: those that were looked at
    /// on the way, and perhaps written anew, count too.
    fn newest_before(&self, first: u64) -> Result<Option<Vec<u8>>, JournalError> {
        let mut next = first;
        for name in files(&*self.with.disk, self.with.box_id)?.into_iter().rev().filter(|n| n.first < first) {
            let begins = name.first;
            let file = Loaded::read(&*self.with.disk, name)?;
            let newest = newest_of(&file.bytes, &check::judge(&file.scan, begins, Some(next), self.with.applied));
            if newest.is_some() {
                return Ok(newest);
            }
            next = begins;
        }
        Ok(None)
    }

    /// A journal without any event.
    fn begin(&mut self, mut empty: Vec<Loaded>) -> Result<Journal, JournalError> {
        let with = self.with;
        // Numbers of closed years were given out, though their events are gone.
        let first = last_closed(&*with.disk, with.box_id)? + 1;
        let current = match empty.iter().position(|e| e.name.first == first) {
            Some(at) => self.adopt(empty.remove(at))?,
            None => write::create(&*with.disk, with.box_id, with.boot, first, with.options)?,
        };
        let prepared = self.first_behind(empty, first)?;
        Ok(self.journal(first, current, prepared))
    }

    fn journal(&self, next_seq: u64, current: OpenFile, prepared: Option<OpenFile>) -> Journal {
        let Recovery { disk, box_id, boot, options, .. } = self.with;
        Journal {
            disk: disk.clone(),
            box_id: *box_id,
            boot: *boot,
            options: *options,
            next_seq,
            current,
            prepared,
            failed: false,
        }
    }

    /// A file that was never used has zeros behind its header. What else is there is set aside, aloud.
    fn tell_of_remains(&mut self, file: &Loaded) -> Result<(), JournalError> {
        let Some(bytes) = file.bytes.get(HEADER_BYTES..file.scan.dirty_end).filter(|bytes| !bytes.is_empty()) else {
            return Ok(());
        };
        let path = &file.name.path;
        self.set_aside("torn", file.name.name(), &file.bytes[..file.scan.dirty_end])
            .map_err(JournalError::io("set aside", path))?;
        self.notices.push(Notice::TornTail {
            file: file.name.name().to_owned(),
            bytes: bytes.len() as u64,
            cut: false,
        });
        Ok(())
    }

    /// Puts the last file with events in order and finds the file to go on in.
    fn finish(&mut self, mut file: Loaded, mut empty: Vec<Loaded>) -> Result<(Journal, Option<Vec<u8>>), JournalError> {
        let with = self.with;
        let first = file.name.first;
        let behind = empty.first().map(|e| (e.name.first, false));
        let mut judgement = judge_among(&file.scan, first, behind, with.applied);
        let next_seq = judgement.next_seq;
        if !judgement.missing.is_empty() || file.scan.header.is_none() {
            self.rewrite(&file, &judgement, judgement.sealed)?;
            file = Loaded::read(&*with.disk, file.name)?;
            judgement = judge_among(&file.scan, first, behind, with.applied);
        }
        let newest = newest_of(&file.bytes, &judgement);
        let sealed = judgement.sealed;
        let cut = behind
            .is_some_and(|(b, _)| b <= next_seq && check::judge(&file.scan, first, None, with.applied).next_seq > b);
        let mut main = self.adopt_used(file, &judgement, cut)?;
        let current = match empty.iter().position(|e| e.name.first == next_seq) {
            Some(at) => {
                if !sealed && !cut {
                    main.seal(next_seq - 1, with.options.fill_step);
                }
                self.adopt(empty.remove(at))?
            }
            None if sealed => write::create(&*with.disk, with.box_id, with.boot, next_seq, with.options)?,
            None => main,
        };
        let prepared = self.first_behind(empty, next_seq)?;
        Ok((self.journal(next_seq, current, prepared), newest))
    }

    /// The file that was made early, if there is one; others without events are removed.
    fn first_behind(&mut self, empty: Vec<Loaded>, next_seq: u64) -> Result<Option<OpenFile>, JournalError> {
        let mut prepared = None;
        for file in empty {
            if prepared.is_none() && file.name.first > next_seq {
                prepared = Some(self.adopt(file)?);
            } else {
                self.with.disk.remove(&file.name.path).map_err(JournalError::io("remove", &file.name.path))?;
            }
        }
        Ok(prepared)
    }

    /// Opens a file without events for writing.
    fn adopt(&mut self, file: Loaded) -> Result<OpenFile, JournalError> {
        let judgement = Judgement { end: HEADER_BYTES, ..Judgement::default() };
        self.adopt_used(file, &judgement, false)
    }

    /// Opens a file for writing behind its last whole batch; what lies there is set aside and zeroed.
    fn adopt_used(&mut self, file: Loaded, judgement: &Judgement, leave_tail: bool) -> Result<OpenFile, JournalError> {
        let path = file.name.path.clone();
        let open = self.with.disk.open(&path, true).map_err(JournalError::io("open", &path))?;
        let (end, dirty_end) = (judgement.end, file.scan.dirty_end);
        if dirty_end > end && !leave_tail {
            let torn = &file.bytes[end..dirty_end];
            if let Err(error) = self.set_aside("torn", file.name.name(), torn) {
                tracing::warn!(%error, "a torn tail could not be copied before it was removed");
            }
            let zeroed = open.write(end as u64, &vec![0; torn.len()]).and_then(|()| open.sync());
            zeroed.map_err(JournalError::io("clear", &path))?;
            let cut = check::cut_explains(&file.bytes, &file.scan, end);
            let (name, bytes) = (file.name.name().to_owned(), torn.len() as u64);
            self.notices.push(Notice::TornTail { file: name, bytes, cut });
        }
        let events = judgement.keep.iter().filter(|f| f.kind == FrameKind::Event).count() as u64;
        Ok(OpenFile {
            sha: Sha256::new_with_prefix(&file.bytes[..end]),
            file: open,
            used: end as u64,
            filled: file.bytes.len() as u64,
            events,
            spoiled: false,
            ahead_again_at: 0,
            name: file.name,
        })
    }

    /// Copies bytes into quarantine, synced.
    fn set_aside(&self, word: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
        super::set_aside(&*self.with.disk, self.with.stamp, word, name, bytes)
    }

    /// Writes a damaged file anew beside itself, with what others have of it, and swaps the two.
    fn rewrite(&mut self, file: &Loaded, judgement: &Judgement, seal: bool) -> Result<(), JournalError> {
        let with = self.with;
        let mut rescued = (with.rescue)(&judgement.missing);
        rescued.retain(|seq, record| {
            !matches!(record, Record::Lost { .. }) && judgement.missing.iter().any(|m| m.contains(seq))
        });
        let lost = minus(&judgement.missing, &rescued);
        let header = Header { format: FORMAT, box_id: with.box_id, boot: with.boot, first_seq: file.name.first };
        let mut parts: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
        for frame in &judgement.keep {
            format::push_again(parts.entry(frame.seq).or_default(), &file.bytes, frame);
        }
        for (seq, record) in &rescued {
            match record {
                Record::Erased { sha256, .. } => format::push_erased(parts.entry(*seq).or_default(), *seq, sha256),
                Record::Event { payload, .. } => {
                    format::push_event(parts.entry(*seq).or_default(), *seq, (*seq, 1), payload);
                }
                Record::Lost { .. } => {}
            }
        }
        for gap in &lost {
            format::push_gap(parts.entry(*gap.start()).or_default(), *gap.start(), *gap.end());
        }
        let mut bytes = header.encode().to_vec();
        bytes.extend(parts.values().flatten());
        if seal {
            let events = judgement.keep.iter().filter(|f| f.kind == FrameKind::Event).count()
                + rescued.values().filter(|record| matches!(record, Record::Event { .. })).count();
            let hash = Sha256::digest(&bytes).into();
            format::push_seal(&mut bytes, judgement.next_seq - 1, events as u64, &hash);
        }
        let (path, beside) = (&file.name.path, format!("{}.repair", file.name.path));
        let swap = || -> io::Result<()> {
            if !file.bytes.is_empty() {
                self.set_aside("damaged", file.name.name(), &file.bytes)?;
            }
            let repaired = with.disk.create(&beside)?;
            repaired.write(0, &bytes)?;
            repaired.sync()?;
            with.disk.rename(&beside, path)?;
            with.disk.sync_folder(FOLDER)
        };
        swap().map_err(JournalError::io("repair", path))?;
        tracing::warn!(file = file.name.name(), rescued = rescued.len(), lost = ?lost, "a journal file was damaged");
        self.notices.push(Notice::FileRepaired { file: file.name.name().to_owned(), rescued: rescued.len() as u64 });
        self.notices.extend(lost.iter().map(|gap| Notice::Gap { from: *gap.start(), to: *gap.end() }));
        self.gaps.extend(lost);
        Ok(())
    }
}

fn newest_of(bytes: &[u8], judgement: &Judgement) -> Option<Vec<u8>> {
    let newest = judgement.keep.iter().rev().find(|f| f.kind == FrameKind::Event)?;
    Some(bytes[newest.payload.clone()].to_vec())
}

/// The numbers of `missing` that were not found.
fn minus<T>(missing: &[RangeInclusive<u64>], found: &BTreeMap<u64, T>) -> Vec<RangeInclusive<u64>> {
    let mut lost = Vec::new();
    for range in missing {
        let mut from = *range.start();
        for seq in found.range(range.clone()).map(|(seq, _)| *seq) {
            if seq > from {
                lost.push(from..=seq - 1);
            }
            from = seq + 1;
        }
        if from <= *range.end() {
            lost.push(from..=*range.end());
        }
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_leaves_the_rest() {
        let found = [3, 5, 6].map(|seq| (seq, ())).into_iter().collect();
        assert_eq!(minus(&[2..=7, 9..=9], &found), vec![2..=2, 4..=4, 7..=7, 9..=9]);
        assert_eq!(minus(&[3..=3], &found), Vec::<RangeInclusive<u64>>::new());
    }
}
