//! What a box's events lie in, in the order of their numbers: files with frames, and volumes.

use super::closed::{last_closed, speaks_for};
use super::damage::{RescueOf, filled, holds_later_kinds, records_or_lost, set_volume_aside, shadowed, with_found};
use super::{FOLDER, FileName, JournalError, boxes, check, files, judge_among, read_all};
use crate::codec;
use crate::disk::{Disk, RealDisk};
use crate::error::{OpenError, StoreError};
use crate::folder;
use crate::record::Record;
use crate::volume::{VolumeError, VolumeName, read_volume};
use chalkbox_domain::event::Hlc;
use chalkbox_domain::ids::BoxId;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One file of a box's events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Frames(FileName),
    Volume(VolumeName),
}

impl Part {
    pub fn first(&self) -> u64 {
        match self {
            Self::Frames(name) => name.first,
            Self::Volume(name) => name.from,
        }
    }

    /// The file.
    pub fn path(&self) -> String {
        match self {
            Self::Frames(name) => name.path.clone(),
            Self::Volume(name) => volume_path(name),
        }
    }
}

/// The volumes of one box, in the order of their numbers.
pub(crate) fn volumes_of(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<VolumeName>, JournalError> {
    let names = disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))?;
    let mut volumes: Vec<VolumeName> =
        names.iter().filter_map(|name| VolumeName::parse(name)).filter(|v| v.box_id == box_id).collect();
    volumes.sort();
    Ok(volumes)
}

/// Everything of one box that counts.
pub(super) fn parts_of(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<Part>, JournalError> {
    Ok(layout(disk, box_id)?.1)
}

/// Up to which number everything was dropped, and everything of one box behind it.
pub(super) fn layout(disk: &dyn Disk, box_id: BoxId) -> Result<(u64, Vec<Part>), JournalError> {
    // In this order: what goes while this is read is then known to be dropped.
    let mut parts = unfiltered_parts(disk, box_id)?;
    let last = last_closed(disk, box_id)?;
    let left_over = speaks_for(&parts, last);
    parts.retain(|part| !left_over.contains(part));
    Ok((last, parts))
}

/// Everything of one box. A file that is packed but not yet removed counts, its volume does not.
pub(super) fn unfiltered_parts(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<Part>, JournalError> {
    let frames = files(disk, box_id)?;
    let volumes = volumes_of(disk, box_id)?;
    let packed = volumes.into_iter().filter(|v| frames.iter().all(|f| f.first != v.from)).map(Part::Volume);
    let mut parts: Vec<Part> = packed.collect();
    parts.extend(frames.into_iter().map(Part::Frames));
    parts.sort_by_key(Part::first);
    Ok(parts)
}

/// The first numbers of a box's files, in their order.
pub(crate) fn begins(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<u64>, JournalError> {
    Ok(parts_of(disk, box_id)?.iter().map(Part::first).collect())
}

/// The boxes that have events here.
pub(crate) fn all_boxes(disk: &dyn Disk) -> Result<Vec<BoxId>, JournalError> {
    let names = disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))?;
    let mut found = boxes(disk)?;
    found.extend(names.iter().filter_map(|name| VolumeName::parse(name)).map(|v| v.box_id));
    found.sort();
    found.dedup();
    Ok(found)
}

pub(super) fn volume_path(name: &VolumeName) -> String {
    format!("{FOLDER}/{}", name.file_name())
}

/// All records of a volume in the journal's folder.
pub(crate) fn read_records(disk: &dyn Disk, name: &VolumeName) -> Result<Vec<Record>, JournalError> {
    let path = volume_path(name);
    let bytes = read_all(disk, &path)?;
    let mut records = Vec::new();
    let read = read_volume(&mut bytes.as_slice(), &mut |record| {
        records.push(record);
        Ok(())
    });
    match read {
        Ok(found) if found == *name => Ok(records),
        Ok(_) => {
            let other =
                std::io::Error::new(std::io::ErrorKind::InvalidData, "it holds other events than its name says");
            Err(JournalError::Volume { file: path, source: VolumeError::Io(other) })
        }
        Err(source) => Err(JournalError::Volume { file: path, source }),
    }
}

/// What lies behind a file of frames: the first number of the next, and whether it is used.
pub(super) fn behind(disk: &dyn Disk, parts: &[Part], at: usize) -> Result<Option<(u64, bool)>, JournalError> {
    match parts.get(at + 1) {
        Some(Part::Frames(next)) => Ok(Some((next.first, has_frames(disk, next)?))),
        Some(Part::Volume(_)) | None => Ok(None),
    }
}

/// A file of the journal's folder that holds events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Whose events.
    pub box_id: BoxId,
    /// Number of the first.
    pub first: u64,
    /// The file.
    pub path: PathBuf,
    /// Whether it will never change any more, but for erasing a learner.
    pub closed: bool,
    /// Whether they are this box's own.
    pub own: bool,
    part: Part,
    behind: Option<(FileName, bool)>,
}

/// Whose data folder it is.
pub(super) fn owner_of(data: &Path, disk: &dyn Disk) -> Result<BoxId, OpenError> {
    match folder::read_box(data)? {
        Some(id) => Ok(id),
        None => match boxes(disk)?.as_slice() {
            [only] => Ok(*only),
            _ => Err(OpenError::BoxFile { path: data.join(folder::BOX_FILE) }),
        },
    }
}

/// Whether a file has any frame.
pub(super) fn has_frames(disk: &dyn Disk, name: &FileName) -> Result<bool, JournalError> {
    use super::format::{FRAME_BYTES, HEADER_BYTES, MAX_PAYLOAD, parse};
    let head = disk
        .open(&name.path, false)
        .and_then(|f| f.read(0, HEADER_BYTES + FRAME_BYTES + MAX_PAYLOAD))
        .map_err(JournalError::io("read", &name.path))?;
    Ok(parse(&head, HEADER_BYTES).is_some() || !check::scan(&read_all(disk, &name.path)?).frames.is_empty())
}

/// The files of a data folder that hold events, by box and number. Reads only; may run beside a server.
///
/// # Errors
/// When the folder does not tell whose it is, or cannot be read.
pub fn segments(data: &Path) -> Result<Vec<Segment>, OpenError> {
    let disk = RealDisk::new(data);
    let owner = owner_of(data, &disk)?;
    let mut found = Vec::new();
    for box_id in all_boxes(&disk)? {
        let parts = parts_of(&disk, box_id)?;
        for (i, part) in parts.iter().enumerate() {
            let behind = match parts.get(i + 1) {
                Some(Part::Frames(next)) => Some((next.clone(), has_frames(&disk, next)?)),
                _ => None,
            };
            let (path, closed) = match part {
                Part::Frames(name) if !has_frames(&disk, name)? => continue,
                Part::Frames(name) => (data.join(&name.path), behind.as_ref().is_some_and(|(_, used)| *used)),
                Part::Volume(name) => (data.join(volume_path(name)), true),
            };
            let (first, own) = (part.first(), box_id == owner);
            found.push(Segment { box_id, first, path, closed, own, part: part.clone(), behind });
        }
    }
    Ok(found)
}

impl Segment {
    /// Everything in it, up to the last whole batch. Numbers that are damaged and not mended are told as lost.
    ///
    /// # Errors
    /// When the file cannot be read; a volume also when it is damaged.
    pub fn records(&self, data: &Path) -> Result<Vec<Record>, StoreError> {
        let disk: Arc<dyn Disk> = Arc::new(RealDisk::new(data));
        let name = match &self.part {
            Part::Volume(name) => return Ok(read_records(&*disk, name)?),
            Part::Frames(name) => name,
        };
        let bytes = read_all(&*disk, &name.path)?;
        let behind = self.behind.as_ref().map(|(next, used)| (next.first, *used));
        Ok(records_in(&bytes, name.first, behind))
    }
}

/// The records of a file's bytes; what is missing between them is told as lost.
pub(super) fn records_in(bytes: &[u8], first: u64, behind: Option<(u64, bool)>) -> Vec<Record> {
    use super::format::FrameKind;
    let judgement = judge_among(&check::scan(bytes), first, behind, 0);
    let mut records = Vec::with_capacity(judgement.keep.len());
    for frame in &judgement.keep {
        let payload = &bytes[frame.payload.clone()];
        records.push(match frame.kind {
            FrameKind::Gap { to } => Record::Lost { from: frame.seq, to },
            // Of a later version: it is there, and cannot be told in this one.
            FrameKind::Other | FrameKind::Closed => Record::Lost { from: frame.seq, to: frame.seq },
            FrameKind::Erased => Record::Erased { seq: frame.seq, sha256: payload.try_into().unwrap_or_default() },
            _ => Record::Event { seq: frame.seq, payload: payload.to_vec() },
        });
    }
    records.extend(judgement.missing.iter().map(|m| Record::Lost { from: *m.start(), to: *m.end() }));
    records.sort_by_key(Record::first);
    records
}

/// The number with which what is here of a box begins; none when nothing is.
pub(crate) fn first_of_box(disk: &dyn Disk, box_id: BoxId) -> Result<Option<u64>, JournalError> {
    Ok(parts_of(disk, box_id)?.first().map(Part::first))
}

/// The newest event of one box, and what it says in front; none when it has none.
pub(crate) fn newest_of_box(disk: &dyn Disk, box_id: BoxId) -> Result<Option<(u64, codec::Front)>, JournalError> {
    let parts = parts_of(disk, box_id)?;
    for (at, part) in parts.iter().enumerate().rev() {
        let records = match part {
            // Damage costs what is behind it, and not the opening.
            Part::Volume(name) => match records_or_lost(disk, name) {
                Err(JournalError::Volume { .. }) => continue,
                read => read?.0,
            },
            Part::Frames(name) => records_in(&read_all(disk, &name.path)?, name.first, behind(disk, &parts, at)?),
        };
        let newest = records.iter().rev().find_map(|record| match record {
            // What cannot be read is never folded.
            Record::Event { seq, payload } if codec::decode_event(payload).is_ok() => {
                codec::front(payload).map(|front| (*seq, front))
            }
            _ => None,
        });
        if newest.is_some() {
            return Ok(newest);
        }
    }
    Ok(None)
}

/// Goes through the files of a box that begin before number `until` and writes anew those in which `change` gives another record for one that is there.
/// Each is exchanged as a whole: a cut leaves the one or the other. What is lost in them is put back as far as `rescue` has
/// it; a damaged volume is written anew whatever is in it. How many were written.
pub(crate) fn rewrite(
    disk: &dyn Disk,
    (box_id, until): (BoxId, u64),
    rescue: &RescueOf<'_>,
    change: &mut dyn FnMut(&Record) -> Option<Record>,
) -> Result<u64, JournalError> {
    let parts = parts_of(disk, box_id)?;
    let mut written = 0;
    for (i, part) in parts.iter().enumerate().filter(|(_, part)| part.first() < until) {
        let (records, damaged, bytes) = match part {
            Part::Volume(name) => {
                let (records, damaged) = records_or_lost(disk, name)?;
                (records, damaged, Vec::new())
            }
            Part::Frames(name) => {
                let bytes = read_all(disk, &name.path)?;
                // Nobody writes to another box's last file: everything whole in it counts.
                let end = || check::scan(&bytes).frames.iter().map(|frame| frame.last_seq() + 1).max();
                let next = match parts.get(i + 1) {
                    Some(Part::Frames(next)) if until == u64::MAX && !has_frames(disk, next)? => None,
                    next => next.map(Part::first),
                };
                let Some(next) = next.or_else(end) else { continue };
                (records_in(&bytes, name.first, Some((next, true))), false, bytes)
            }
        };
        let (records, mut changed) = filled(records, box_id, rescue);
        changed |= damaged;
        let new = |record: Record| {
            let new = change(&record);
            changed |= new.is_some();
            new.unwrap_or(record)
        };
        let records: Vec<Record> = records.into_iter().map(new).collect();
        if changed {
            exchange_part(disk, box_id, (part, &bytes), &records)?;
            written += 1;
        }
    }
    for volume in shadowed(disk, box_id)?.iter().filter(|volume| volume.from < until) {
        remove_volume(disk, volume)?;
    }
    Ok(written)
}

/// Writes a file anew; `bytes` are those of one of frames.
fn exchange_part(
    disk: &dyn Disk,
    box_id: BoxId,
    (part, bytes): (&Part, &[u8]),
    records: &[Record],
) -> Result<(), JournalError> {
    match part {
        Part::Volume(name) => exchange_volume(disk, name, records),
        Part::Frames(name) if holds_later_kinds(bytes) => Err(JournalError::LaterKind { file: name.path.clone() }),
        Part::Frames(name) => {
            let boot = super::format::Header::decode(bytes).map_or(0, |h| h.boot);
            exchange_frames(disk, box_id, boot, name, records)
        }
    }
}

/// Writes a closed file of frames anew, whole or not at all.
fn exchange_frames(
    disk: &dyn Disk,
    box_id: BoxId,
    boot: u64,
    name: &FileName,
    records: &[Record],
) -> Result<(), JournalError> {
    use super::format::{FORMAT, Header, push_erased, push_event, push_gap, push_seal};
    use sha2::{Digest, Sha256};
    let mut bytes = Header { format: FORMAT, box_id, boot, first_seq: name.first }.encode().to_vec();
    let mut events = 0;
    for record in records {
        match record {
            Record::Event { seq, payload } => {
                push_event(&mut bytes, *seq, (*seq, 1), payload);
                events += 1;
            }
            Record::Erased { seq, sha256 } => push_erased(&mut bytes, *seq, sha256),
            Record::Lost { from, to } => push_gap(&mut bytes, *from, *to),
        }
    }
    let hash = Sha256::digest(&bytes).into();
    push_seal(&mut bytes, records.last().map_or(name.first, Record::last), events, &hash);
    exchange(disk, &name.path, &bytes)
}

fn exchange_volume(disk: &dyn Disk, name: &VolumeName, records: &[Record]) -> Result<(), JournalError> {
    let path = volume_path(name);
    let mut bytes = Vec::new();
    crate::volume::write_volume(name, &mut records.iter().cloned(), &mut bytes)
        .map_err(|source| JournalError::Volume { file: path.clone(), source })?;
    exchange(disk, &path, &bytes)
}

/// Puts a volume into the journal's folder, whole or not at all.
pub(crate) fn put_volume(disk: &dyn Disk, name: &VolumeName, records: &[Record]) -> Result<(), JournalError> {
    disk.create_folder(FOLDER).map_err(JournalError::io("create", FOLDER))?;
    exchange_volume(disk, name, records)
}

pub(super) fn exchange(disk: &dyn Disk, path: &str, bytes: &[u8]) -> Result<(), JournalError> {
    let beside = format!("{path}.repair");
    let swap = || -> std::io::Result<()> {
        // What a cut left of an earlier try.
        let _ = disk.remove(&beside);
        let new = disk.create(&beside)?;
        new.write(0, bytes)?;
        new.sync()?;
        disk.rename(&beside, path)?;
        disk.sync_folder(FOLDER)
    };
    swap().map_err(|error| {
        // What is half written takes room, and may hold what is to be forgotten.
        let _ = disk.remove(&beside);
        JournalError::io("write", path)(error)
    })
}

/// What is wrong with one file of the journal's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ill {
    /// Its name.
    pub file: String,
    /// Numbers that are missing in it; empty when only its seal does not fit.
    pub missing: Vec<RangeInclusive<u64>>,
}

/// Reads every file of a box through, and checks frames, seals and volumes. Everything up to number `synced` must be there, also
/// in the file that is written to at this moment. `told` hears of each file and how many records it
/// has, and says whether to go on.
pub(crate) fn check_files(
    disk: &dyn Disk,
    (box_id, synced): (BoxId, u64),
    told: &mut dyn FnMut(u64) -> bool,
) -> Result<Vec<Ill>, JournalError> {
    let parts = parts_of(disk, box_id)?;
    let mut ill = Vec::new();
    for i in 0..parts.len() {
        let records = match check_part(disk, synced, &parts, i, &mut ill) {
            // It was packed meanwhile.
            Err(error) if error.is_not_found() => 0,
            checked => checked?,
        };
        if !told(records) {
            break;
        }
    }
    Ok(ill)
}

/// Checks one file; how many records it has.
fn check_part(
    disk: &dyn Disk,
    synced: u64,
    parts: &[Part],
    at: usize,
    ill: &mut Vec<Ill>,
) -> Result<u64, JournalError> {
    match &parts[at] {
        Part::Volume(name) => match read_records(disk, name) {
            Ok(records) => Ok(records.len() as u64),
            Err(JournalError::Volume { file, source }) => {
                tracing::error!(file, %source, "a volume is damaged");
                ill.push(Ill { file, missing: vec![name.from..=name.to] });
                Ok(0)
            }
            Err(error) => Err(error),
        },
        Part::Frames(name) => {
            let behind = behind(disk, parts, at)?;
            let bytes = read_all(disk, &name.path)?;
            let scan = check::scan(&bytes);
            let judgement = judge_among(&scan, name.first, behind, synced);
            let closed = behind.is_some_and(|(_, used)| used);
            let missing: Vec<_> = judgement.missing.into_iter().filter(|m| closed || *m.end() <= synced).collect();
            if !missing.is_empty() || (closed && !seal_fits(&bytes, &scan)) {
                ill.push(Ill { file: name.path.clone(), missing });
            }
            Ok(judgement.keep.len() as u64)
        }
    }
}

/// Whether the hash in a file's seal is that of the file before it. A file that was never sealed fits.
fn seal_fits(bytes: &[u8], scan: &check::Scan) -> bool {
    use sha2::{Digest, Sha256};
    let seal = scan.frames.iter().find(|frame| frame.kind == super::format::FrameKind::Seal);
    seal.is_none_or(|seal| {
        let told = bytes.get(seal.payload.clone()).and_then(|payload| payload.get(8..40));
        told == Some(Sha256::digest(&bytes[..seal.start]).as_slice())
    })
}

/// Packs the closed files of a box whose newest event was received before a moment: each becomes a volume, which is read back
/// before the file goes. How many were packed.
pub(crate) fn pack(disk: &dyn Disk, box_id: BoxId, before: Hlc, most: usize) -> Result<u64, JournalError> {
    let parts = parts_of(disk, box_id)?;
    let mut packed = 0;
    for pair in parts.windows(2) {
        let [Part::Frames(name), Part::Frames(next)] = pair else { continue };
        if packed as usize >= most || !has_frames(disk, next)? {
            break;
        }
        let bytes = read_all(disk, &name.path)?;
        if holds_later_kinds(&bytes) {
            continue;
        }
        let records = records_in(&bytes, name.first, Some((next.first, true)));
        let newest = records.iter().rev().find_map(|record| match record {
            Record::Event { payload, .. } => codec::front(payload).map(|front| front.hlc),
            _ => None,
        });
        let (Some(first), Some(last)) = (records.first(), records.last()) else { continue };
        if newest.is_none_or(|hlc| hlc >= before) {
            break;
        }
        let volume = VolumeName { box_id, from: first.first(), to: last.last() };
        put_volume(disk, &volume, &records)?;
        if read_records(disk, &volume)? != records {
            remove_volume(disk, &volume)?;
            continue;
        }
        let removed = disk.remove(&name.path).and_then(|()| disk.sync_folder(FOLDER));
        removed.map_err(JournalError::io("remove", &name.path))?;
        packed += 1;
    }
    Ok(packed)
}

/// Packs every file of a box that takes no more events: of one that this box was called before. What a later program wrote
/// stays as it is.
pub(crate) fn retire(disk: &dyn Disk, box_id: BoxId) -> Result<(), JournalError> {
    let parts = parts_of(disk, box_id)?;
    for (at, part) in parts.iter().enumerate() {
        let Part::Frames(name) = part else { continue };
        let bytes = read_all(disk, &name.path)?;
        if holds_later_kinds(&bytes) {
            continue;
        }
        let records = records_in(&bytes, name.first, behind(disk, &parts, at)?);
        if let (Some(first), Some(last)) = (records.first(), records.last()) {
            let volume = VolumeName { box_id, from: first.first(), to: last.last() };
            put_volume(disk, &volume, &records)?;
            if read_records(disk, &volume)? != records {
                remove_volume(disk, &volume)?;
                continue;
            }
        }
        let removed = disk.remove(&name.path).and_then(|()| disk.sync_folder(FOLDER));
        removed.map_err(JournalError::io("remove", &name.path))?;
    }
    Ok(())
}

/// Takes a volume out of the journal's folder.
pub(crate) fn remove_volume(disk: &dyn Disk, name: &VolumeName) -> Result<(), JournalError> {
    let path = volume_path(name);
    disk.remove(&path).and_then(|()| disk.sync_folder(FOLDER)).map_err(JournalError::io("remove", &path))
}

/// What is here under the numbers of a volume, whatever it lies in.
pub(crate) fn records_between(disk: &dyn Disk, range: &VolumeName) -> Result<Vec<Record>, JournalError> {
    let parts = parts_of(disk, range.box_id)?;
    let mut found = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let next = parts.get(i + 1).map(Part::first);
        if part.first() > range.to || next.is_some_and(|next| next <= range.from) {
            continue;
        }
        let records = match part {
            Part::Volume(name) => records_or_lost(disk, name)?.0,
            Part::Frames(name) => records_in(&read_all(disk, &name.path)?, name.first, behind(disk, &parts, i)?),
        };
        found.extend(records.into_iter().filter(|r| r.first() <= range.to && r.last() >= range.from));
    }
    Ok(found)
}

/// Puts lost events back into the files of a box that begin before number `until`; `mended` counts them. A damaged volume
/// goes to quarantine, under a name that begins with `stamp`.
pub(crate) fn mend(
    disk: &dyn Disk,
    (box_id, until): (BoxId, u64),
    stamp: &str,
    found: &BTreeMap<u64, Record>,
    mended: &mut u64,
) -> Result<(), JournalError> {
    let parts = parts_of(disk, box_id)?;
    for (i, part) in parts.iter().enumerate().filter(|(_, part)| part.first() < until) {
        let behind = parts.get(i + 1).map(Part::first);
        let (records, next, damaged, bytes) = match part {
            Part::Volume(name) => {
                let (records, damaged) = records_or_lost(disk, name)?;
                (records, name.to + 1, damaged, Vec::new())
            }
            Part::Frames(name) => {
                let Some(next) = behind else { continue };
                let bytes = read_all(disk, &name.path)?;
                (records_in(&bytes, name.first, Some((next, true))), next, false, bytes)
            }
        };
        let lost =
            |seq: &u64| records.iter().any(|r| matches!(r, Record::Lost { from, to } if (*from..=*to).contains(seq)));
        let back: Vec<u64> = found.range(part.first()..next).map(|(seq, _)| *seq).filter(lost).collect();
        // A frame of a later kind is there, and nothing to be mended.
        if back.is_empty() || holds_later_kinds(&bytes) {
            continue;
        }
        if let (Part::Volume(name), true) = (part, damaged) {
            set_volume_aside(disk, stamp, name)?;
        }
        exchange_part(disk, box_id, (part, &bytes), &with_found(records, &back, found))?;
        *mended += back.len() as u64;
    }
    Ok(())
}
