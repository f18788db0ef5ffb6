//! What a box's events lie in, in the order of their numbers: files with frames, and volumes.

use super::{FOLDER, FileName, JournalError, boxes, check, files, judge_among, read_all};
use crate::codec;
use crate::disk::{Disk, RealDisk};
use crate::error::{OpenError, StoreError};
use crate::folder;
use crate::record::Record;
use crate::volume::{VolumeError, VolumeName, read_volume};
use chalkbox_domain::ids::BoxId;
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
}

/// The volumes of one box, in the order of their numbers.
pub(crate) fn volumes_of(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<VolumeName>, JournalError> {
    let names = disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))?;
    let mut volumes: Vec<VolumeName> =
        names.iter().filter_map(|name| VolumeName::parse(name)).filter(|v| v.box_id == box_id).collect();
    volumes.sort();
    Ok(volumes)
}

/// Everything of one box. A file that is packed but not yet removed counts, its volume does not.
pub(super) fn parts_of(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<Part>, JournalError> {
    let frames = files(disk, box_id)?;
    let volumes = volumes_of(disk, box_id)?;
    let packed = volumes.into_iter().filter(|v| frames.iter().all(|f| f.first != v.from)).map(Part::Volume);
    let mut parts: Vec<Part> = packed.collect();
    parts.extend(frames.into_iter().map(Part::Frames));
    parts.sort_by_key(Part::first);
    Ok(parts)
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

fn volume_path(name: &VolumeName) -> String {
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
            let other = std::io::Error::new(std::io::ErrorKind::InvalidData, "it holds other events than its name says");
            Err(JournalError::Volume { file: path, source: VolumeError::Io(other) })
        }
        Err(source) => Err(JournalError::Volume { file: path, source }),
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
            FrameKind::Other => Record::Lost { from: frame.seq, to: frame.seq },
            FrameKind::Erased => {
                Record::Erased { seq: frame.seq, sha256: payload.try_into().unwrap_or_default() }
            }
            _ => Record::Event { seq: frame.seq, payload: payload.to_vec() },
        });
    }
    records.extend(judgement.missing.iter().map(|m| Record::Lost { from: *m.start(), to: *m.end() }));
    records.sort_by_key(Record::first);
    records
}

/// The newest event of one box, and what it says in front; none when it has none.
pub(crate) fn newest_of_box(disk: &dyn Disk, box_id: BoxId) -> Result<Option<(u64, codec::Front)>, JournalError> {
    let Some(name) = volumes_of(disk, box_id)?.into_iter().max_by_key(|v| v.to) else { return Ok(None) };
    let records = read_records(disk, &name)?;
    Ok(records.iter().rev().find_map(|record| match record {
        Record::Event { seq, payload } => codec::front(payload).map(|front| (*seq, front)),
        _ => None,
    }))
}
