//! Volumes that are damaged, files that are there twice, and what is lost and comes back.

use super::segments::{Part, behind, parts_of, read_records, remove_volume, volume_path, volumes_of};
use super::{JournalError, check, files, judge_among, read_all, set_aside};
use crate::disk::Disk;
use crate::record::Record;
use crate::volume::{VolumeError, VolumeFault, VolumeName};
use chalkbox_domain::ids::BoxId;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The records of a volume and whether it is damaged: then all its numbers are lost. One that a newer program wrote is not
/// damaged but an error.
pub(crate) fn records_or_lost(disk: &dyn Disk, name: &VolumeName) -> Result<(Vec<Record>, bool), JournalError> {
    match read_records(disk, name) {
        Ok(records) => Ok((records, false)),
        Err(JournalError::Volume {
            source: VolumeError::Fault { line, fault: fault @ VolumeFault::NewerVersion { .. } },
            file,
        }) => Err(JournalError::Volume { source: VolumeError::Fault { line, fault }, file }),
        Err(JournalError::Volume { file, source }) => {
            tracing::error!(file, %source, "a volume of the journal is damaged");
            Ok((vec![Record::Lost { from: name.from, to: name.to }], true))
        }
        Err(error) => Err(error),
    }
}

/// The numbers of damaged volumes that hold some of a range.
pub(crate) fn damaged_in(disk: &dyn Disk, range: &VolumeName) -> Result<Vec<RangeInclusive<u64>>, JournalError> {
    let mut damaged = Vec::new();
    for volume in volumes_of(disk, range.box_id)?.iter().filter(|v| v.from <= range.to && v.to >= range.from) {
        if records_or_lost(disk, volume)?.1 {
            damaged.push(volume.from..=volume.to);
        }
    }
    Ok(damaged)
}

/// Copies a damaged volume into quarantine before it is exchanged.
pub(crate) fn set_volume_aside(disk: &dyn Disk, stamp: &str, name: &VolumeName) -> Result<(), JournalError> {
    let path = volume_path(name);
    let bytes = read_all(disk, &path)?;
    set_aside(disk, stamp, "damaged", &name.file_name(), &bytes).map_err(JournalError::io("set aside", &path))
}

/// Volumes of files that were packed and not yet removed: a cut came in between. The file counts.
pub(super) fn shadowed(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<VolumeName>, JournalError> {
    let frames = files(disk, box_id)?;
    Ok(volumes_of(disk, box_id)?.into_iter().filter(|v| frames.iter().any(|f| f.first == v.from)).collect())
}

/// Removes the volumes of files that were packed and not yet removed. One whose file is damaged stays: it may be mended
/// from it.
pub(super) fn remove_shadowed(disk: &dyn Disk, box_id: BoxId) -> Result<(), JournalError> {
    for volume in shadowed(disk, box_id)? {
        let parts = parts_of(disk, box_id)?;
        let at = parts.iter().position(|part| part.first() == volume.from);
        let Some((at, Part::Frames(name))) = at.and_then(|at| Some((at, parts.get(at)?))) else { continue };
        let scan = check::scan(&read_all(disk, &name.path)?);
        if judge_among(&scan, name.first, behind(disk, &parts, at)?, 0).missing.is_empty() {
            remove_volume(disk, &volume)?;
        }
    }
    Ok(())
}

/// Gives back records of some numbers of a box, as far as somebody has them.
pub(crate) type RescueOf<'a> = dyn Fn(BoxId, &[RangeInclusive<u64>]) -> BTreeMap<u64, Record> + 'a;

/// Records with what others have of those that are lost; whether they had any.
pub(super) fn filled(records: Vec<Record>, box_id: BoxId, rescue: &RescueOf<'_>) -> (Vec<Record>, bool) {
    let lost: Vec<RangeInclusive<u64>> = records
        .iter()
        .filter_map(|record| match record {
            Record::Lost { from, to } => Some(*from..=*to),
            _ => None,
        })
        .collect();
    if lost.is_empty() {
        return (records, false);
    }
    let mut found = rescue(box_id, &lost);
    found.retain(|seq, _| lost.iter().any(|range| range.contains(seq)));
    let back: Vec<u64> = found.keys().copied().collect();
    (with_found(records, &back, &found), !back.is_empty())
}

/// Whether a file has frames of a kind that only a later program can write again.
pub(super) fn holds_later_kinds(bytes: &[u8]) -> bool {
    check::scan(bytes).frames.iter().any(|frame| frame.kind == super::format::FrameKind::Other)
}

/// Records with some of the lost ones back in their places.
pub(super) fn with_found(records: Vec<Record>, back: &[u64], found: &BTreeMap<u64, Record>) -> Vec<Record> {
    let mut whole = Vec::with_capacity(records.len() + back.len());
    for record in records {
        let Record::Lost { from, to } = record else {
            whole.push(record);
            continue;
        };
        let mut next = from;
        for seq in back.iter().copied().filter(|seq| (from..=to).contains(seq)) {
            if seq > next {
                whole.push(Record::Lost { from: next, to: seq - 1 });
            }
            whole.extend(found.get(&seq).cloned());
            next = seq + 1;
        }
        if next <= to {
            whole.push(Record::Lost { from: next, to });
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::super::format::{self, FORMAT, Header};
    use super::super::sim::SimDisk;
    use super::super::{FileName, rewrite};
    use super::*;

    const BOX: BoxId = BoxId([0xb0; 8]);

    /// A frame of a later version is neither lost nor written anew as if it were.
    #[test]
    fn a_file_with_frames_of_a_later_kind_is_left_as_it_is() {
        let disk = SimDisk::default();
        let header = |first_seq| Header { format: FORMAT, box_id: BOX, boot: 1, first_seq }.encode().to_vec();
        let mut bytes = header(1);
        format::push_event(&mut bytes, 1, (1, 1), b"one");
        let mut later = Vec::new();
        format::push_event(&mut later, 2, (2, 1), b"of a kind that comes later");
        let frame = format::parse(&later, 0).unwrap();
        later[frame.start + 1..frame.start + 3].copy_from_slice(b"zz");
        format::push_again(&mut bytes, &later, &frame);
        for (first, content) in [(1, &bytes), (3, &header(3))] {
            disk.create(&FileName::new(BOX, first).path).unwrap().write(0, content).unwrap();
        }
        let nobody = |_, _: &[_]| BTreeMap::new();
        let unchanged = rewrite(&disk, (BOX, 3), &nobody, &mut |_| None);
        assert_eq!(unchanged.unwrap(), 0);
        let erased = |record: &Record| (record.first() == 1).then_some(Record::Erased { seq: 1, sha256: [1; 32] });
        let refused = rewrite(&disk, (BOX, 3), &nobody, &mut |record| erased(record));
        assert!(matches!(refused, Err(JournalError::LaterKind { .. })), "{refused:?}");
        assert_eq!(read_all(&disk, &FileName::new(BOX, 1).path).unwrap(), bytes);
    }
}
