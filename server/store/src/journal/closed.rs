//! Numbers of a box that were dropped because the years that they belong to are closed. One small file stands for all of
//! them; its name alone says which, `<box>-<last dropped number>.closed`, so that whoever reads sees no gap. What it holds
//! says where the rows are with which a fold begins instead.

use super::format::{self, FORMAT, FrameKind, HEADER_BYTES, Header};
use super::segments::{Part, exchange, unfiltered_parts, volumes_of};
use super::{FOLDER, JournalError, read_all};
use crate::disk::Disk;
use crate::numbers::Numbers;
use chalkbox_domain::event::BoxRange;
use chalkbox_domain::ids::BoxId;
use std::collections::BTreeSet;

/// What stands for the dropped numbers of a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Closed {
    /// 1 to this were dropped.
    pub last: u64,
    /// First event that carries rows of the closing with which a fold begins.
    pub carried_from: u64,
    /// Last event that carries rows.
    pub carried_to: u64,
    /// Events of other boxes that are in the rows.
    pub within: Vec<BoxRange>,
    /// Events of other boxes that were dropped; all of them are in the rows too.
    pub dropped: Vec<BoxRange>,
}

/// What a dropping took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dropped {
    /// Everything of this box up to this number is gone; 0: nothing.
    pub up_to: u64,
    /// Files that were removed.
    pub files: u64,
    /// Bytes that they had.
    pub bytes: u64,
}

fn path_of(box_id: BoxId, last: u64) -> String {
    format!("{FOLDER}/{box_id}-{last:016x}.closed")
}

/// Box and last dropped number in a file's name.
fn parse_name(name: &str) -> Option<(BoxId, u64)> {
    let (box_id, last) = name.strip_suffix(".closed")?.split_once('-')?;
    (last.len() == 16).then_some(())?;
    let last = u64::from_str_radix(last, 16).ok().filter(|last| *last < 1 << 53)?;
    Some((box_id.parse().ok()?, last))
}

/// The numbers that such files of a box in a listing name.
pub(super) fn closed_in(names: &[String], box_id: BoxId) -> impl Iterator<Item = u64> {
    names.iter().filter_map(|name| parse_name(name)).filter(move |(of, _)| *of == box_id).map(|(_, last)| last)
}

/// The last dropped number of a box; 0 when none was.
pub(crate) fn last_closed(disk: &dyn Disk, box_id: BoxId) -> Result<u64, JournalError> {
    let names = disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))?;
    Ok(closed_in(&names, box_id).max().unwrap_or(0))
}

/// The files of a box that stand for dropped numbers, for a look at their formats.
pub(super) fn closed_paths(disk: &dyn Disk, box_id: BoxId) -> Result<Vec<String>, JournalError> {
    let names = disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))?;
    Ok(closed_in(&names, box_id).map(|last| path_of(box_id, last)).collect())
}

/// What stands for the dropped numbers of a box. None when none was dropped, or when the file is damaged: then its name is all
/// that is known.
pub(crate) fn read_closed(disk: &dyn Disk, box_id: BoxId) -> Result<Option<Closed>, JournalError> {
    let last = last_closed(disk, box_id)?;
    if last == 0 {
        return Ok(None);
    }
    let path = path_of(box_id, last);
    let closed = decode(&read_all(disk, &path)?, last);
    if closed.is_none() {
        tracing::error!(path, "the file that stands for closed years is damaged");
    }
    Ok(closed)
}

fn encode(box_id: BoxId, boot: u64, closed: &Closed) -> Vec<u8> {
    let mut payload = Vec::new();
    for number in [closed.last, closed.carried_from, closed.carried_to] {
        payload.extend_from_slice(&number.to_le_bytes());
    }
    payload.extend_from_slice(&(closed.within.len() as u64).to_le_bytes());
    for range in closed.within.iter().chain(&closed.dropped) {
        payload.extend_from_slice(&range.box_id.0);
        payload.extend_from_slice(&range.from.to_le_bytes());
        payload.extend_from_slice(&range.to.to_le_bytes());
    }
    let mut bytes = Header { format: FORMAT, box_id, boot, first_seq: 1 }.encode().to_vec();
    format::push_closed(&mut bytes, closed.last, &payload);
    bytes
}

fn decode(bytes: &[u8], last: u64) -> Option<Closed> {
    Header::decode(bytes)?;
    let frame = format::parse(bytes, HEADER_BYTES).filter(|frame| frame.kind == FrameKind::Closed)?;
    let (numbers, ranges) = bytes[frame.payload].split_at_checked(32)?;
    let (ranges, rest) = ranges.as_chunks::<24>();
    let number = |bytes: &[u8]| bytes.try_into().map(u64::from_le_bytes).ok();
    let range = |bytes: &[u8; 24]| {
        Some(BoxRange {
            box_id: BoxId(bytes[..8].try_into().ok()?),
            from: number(&bytes[8..16])?,
            to: number(&bytes[16..])?,
        })
    };
    let (within, dropped) = ranges.split_at_checked(usize::try_from(number(&numbers[24..])?).ok()?)?;
    let closed = Closed {
        last: number(&numbers[..8])?,
        carried_from: number(&numbers[8..16])?,
        carried_to: number(&numbers[16..24])?,
        within: within.iter().map(range).collect::<Option<_>>()?,
        dropped: dropped.iter().map(range).collect::<Option<_>>()?,
    };
    (rest.is_empty() && closed.last == last).then_some(closed)
}

/// The last number of this box that can be dropped when everything from `from` on is to stay: files go as a whole.
pub(crate) fn droppable(disk: &dyn Disk, box_id: BoxId, from: u64) -> Result<u64, JournalError> {
    let parts = unfiltered_parts(disk, box_id)?;
    let kept = parts.iter().map(Part::first).filter(|first| *first <= from).max();
    Ok(kept.map_or(0, |first| first.saturating_sub(1)).max(last_closed(disk, box_id)?))
}

/// Drops what a closed file speaks for: first the file is there for good, then the others go.
pub(crate) fn drop_closed(disk: &dyn Disk, box_id: BoxId, boot: u64, closed: &Closed) -> Result<Dropped, JournalError> {
    exchange(disk, &path_of(box_id, closed.last), &encode(box_id, boot, closed))?;
    clear_closed(disk, box_id)
}

/// Removes files for which the closed one speaks: by a dropping, or at the opening after one that was cut short.
pub(crate) fn clear_closed(disk: &dyn Disk, box_id: BoxId) -> Result<Dropped, JournalError> {
    let last = last_closed(disk, box_id)?;
    let mut dropped = Dropped { up_to: last, ..Dropped::default() };
    if last == 0 {
        return Ok(dropped);
    }
    let names = disk.list(FOLDER).map_err(JournalError::io("list", FOLDER))?;
    let mut paths: Vec<String> =
        closed_in(&names, box_id).filter(|one| *one < last).map(|one| path_of(box_id, one)).collect();
    let parts = unfiltered_parts(disk, box_id)?;
    paths.extend(speaks_for(&parts, last).iter().map(Part::path));
    // A file that is packed and not yet removed hides its volume.
    paths.extend(volumes_of(disk, box_id)?.into_iter().filter(|v| v.to <= last).map(|v| Part::Volume(v).path()));
    if let Some(closed) = read_closed(disk, box_id)? {
        let mut of_others = Numbers::default();
        of_others.put_all(&closed.dropped);
        let others: BTreeSet<BoxId> = closed.dropped.iter().map(|range| range.box_id).collect();
        for other in others {
            let gone = volumes_of(disk, other)?.into_iter().filter(|v| of_others.has_all(other, v.from, v.to));
            paths.extend(gone.map(|volume| Part::Volume(volume).path()));
        }
    }
    let mut seen = BTreeSet::new();
    paths.retain(|path| seen.insert(path.clone()));
    for path in &paths {
        dropped.bytes += disk.open(path, false).and_then(|file| file.len()).unwrap_or(0);
        disk.remove(path).map_err(JournalError::io("remove", path))?;
        dropped.files += 1;
    }
    if !paths.is_empty() {
        disk.sync_folder(FOLDER).map_err(JournalError::io("sync", FOLDER))?;
    }
    Ok(dropped)
}

/// Those of a box's files, in order, for whose numbers a closed file speaks.
pub(super) fn speaks_for(parts: &[Part], last: u64) -> Vec<Part> {
    let ends = |(i, part): &(usize, &Part)| match part {
        Part::Volume(name) => name.to <= last,
        Part::Frames(_) => parts.get(i + 1).is_some_and(|next| next.first() <= last + 1),
    };
    parts.iter().enumerate().filter(ends).map(|(_, part)| part.clone()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_closed_file_reads_back_and_no_damaged_one_does() {
        let range = |n| BoxRange { box_id: BoxId([n; 8]), from: u64::from(n), to: 90 + u64::from(n) };
        for (within, dropped) in
            [(vec![], vec![]), (vec![range(1)], vec![]), (vec![range(1), range(2)], vec![range(2)])]
        {
            let closed = Closed { last: 40, carried_from: 55, carried_to: 60, within, dropped };
            let bytes = encode(BoxId([7; 8]), 3, &closed);
            assert_eq!(decode(&bytes, 40), Some(closed));
            assert_eq!(decode(&bytes, 41), None, "under another name");
            for at in 0..bytes.len() {
                let mut bad = bytes.clone();
                bad[at] ^= 8;
                assert_eq!(decode(&bad, 40), None, "byte {at}");
                assert_eq!(decode(&bytes[..at], 40), None, "cut at {at}");
            }
        }
        assert_eq!(parse_name("0707070707070707-0000000000000028.closed"), Some((BoxId([7; 8]), 40)));
        for name in ["0707070707070707-28.closed", "0707070707070707-0000000000000028.j", "x.closed", ".closed"] {
            assert_eq!(parse_name(name), None, "{name}");
        }
    }
}
