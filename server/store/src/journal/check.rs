//! Judges the bytes of one journal file: what is whole, what is a torn tail that nobody was told of, what is damage.
//! Pure: bytes in, judgement out.

use super::format::{self, Frame, FrameKind, HEADER_BYTES, Header};
use std::ops::RangeInclusive;

/// All whole frames of a file, in their order.
#[derive(Debug)]
pub(crate) struct Scan {
    pub header: Option<Header>,
    pub frames: Vec<Frame>,
    /// End of the last whole frame.
    pub end: usize,
    /// End of the last byte that is not zero.
    pub dirty_end: usize,
}

/// Reads on past bad frames, so that one flipped bit costs one frame and not all behind it.
pub(crate) fn scan(bytes: &[u8]) -> Scan {
    let mut frames = Vec::new();
    let mut at = HEADER_BYTES.min(bytes.len());
    let used = used(bytes);
    // No frame begins in zeros.
    while at < used
        && let Some(frame) = format::parse(bytes, at).or_else(|| format::find(bytes, at))
    {
        at = frame.end();
        frames.push(frame);
    }
    Scan { header: Header::decode(bytes), frames, end: at, dirty_end: used.max(at) }
}

/// The end of the last byte that is not zero. Most of a file may be zeros that were written ahead, so they are passed over
/// in blocks.
fn used(bytes: &[u8]) -> usize {
    const ZEROS: [u8; 4096] = [0; 4096];
    let mut end = bytes.len();
    while let Some(from) = end.checked_sub(ZEROS.len())
        && bytes[from..end] == ZEROS
    {
        end = from;
    }
    bytes[..end].iter().rposition(|b| *b != 0).map_or(0, |last| last + 1)
}

/// What a file is worth.
#[derive(Debug, Default)]
pub(crate) struct Judgement {
    /// Whole frames of events and noted gaps, rising, all to be kept.
    pub keep: Vec<Frame>,
    /// Where the next frame goes (in the last file): behind what is kept, before what is torn.
    pub end: usize,
    /// Acknowledged numbers that are not there.
    pub missing: Vec<RangeInclusive<u64>>,
    /// Whether the file is closed by a seal.
    pub sealed: bool,
    /// The number after the last one that the file speaks of.
    pub next_seq: u64,
}

/// Judges a scanned file that begins with number `first`.
///
/// `until`: the first number of the file behind it; numbers from there on were written again there. None: this is the
/// last file, and a broken last batch is a torn tail, unless `applied`, the engine's watermark, shows that the batch
/// had been synced, or the file's header is broken too.
pub(crate) fn judge(scan: &Scan, first: u64, until: Option<u64>, applied: u64) -> Judgement {
    let mut expected = first;
    let mut out = Judgement { end: HEADER_BYTES, next_seq: first, ..Judgement::default() };
    let mut rising = Vec::new();
    let mut newest = first.checked_sub(1);
    for frame in &scan.frames {
        if frame.kind == FrameKind::Seal {
            out.sealed = true;
        } else if newest.is_none_or(|n| frame.seq > n)
            && until.is_none_or(|u| frame.seq < u)
            && frame.last_seq() >= frame.seq
        {
            newest = Some(frame.last_seq());
            rising.push(frame);
        }
    }
    let batches: Vec<&[&Frame]> = rising.chunk_by(|a, b| a.batch == b.batch).collect();
    for (i, batch) in batches.iter().enumerate() {
        let (from, len) = (batch[0].batch, u64::from(batch[0].batch_len));
        let last = until.is_none() && i + 1 == batches.len();
        // The header was on the medium before the first frame was written: where it is broken, something else was at work
        // than a cut, and the batch may have been acknowledged.
        if last && !whole(batch) && applied < from && scan.header.is_some() {
            // Torn: the batch was never acknowledged. What is missing before it is damage all the same.
            note_missing(&mut out.missing, expected, from);
            expected = expected.max(from);
            break;
        }
        for frame in *batch {
            note_missing(&mut out.missing, expected, frame.seq);
            expected = frame.last_seq() + 1;
            out.end = frame.end();
            out.keep.push((*frame).clone());
        }
        if last && !whole(batch) {
            let behind = from + len;
            note_missing(&mut out.missing, expected, behind);
            expected = expected.max(behind);
        }
    }
    let told = until.unwrap_or(applied + 1);
    note_missing(&mut out.missing, expected, told);
    out.next_seq = expected.max(told);
    if out.sealed {
        out.end = scan.end;
    }
    out
}

/// Whether a cut explains that what lies behind `end` is not whole. The space was zeros before, so a cut leaves zeros: whole
/// pieces of the medium, or everything from some place on. Where there are none, bytes were damaged that had been written.
pub(crate) fn cut_explains(bytes: &[u8], scan: &Scan, end: usize) -> bool {
    const PIECE: usize = 512;
    const LEAST: usize = 16;
    let to = scan.dirty_end;
    let mut at = end;
    while at < to {
        let next = (at / PIECE * PIECE + PIECE).min(to);
        if next - at >= LEAST && bytes[at..next].iter().all(|byte| *byte == 0) {
            return true;
        }
        at = next;
    }
    let last = scan.frames.last().filter(|frame| frame.start >= end);
    let ends_early = last.is_some_and(|f| f.end() == to && f.seq + 1 < f.batch + u64::from(f.batch_len));
    let from = last.map_or(end, Frame::end);
    let in_a_head = from < to && to - from < format::FRAME_BYTES;
    ends_early || in_a_head || format::end_by_length(bytes, from).is_some_and(|by_length| by_length > to)
}

fn whole(batch: &[&Frame]) -> bool {
    batch.len() == usize::from(batch[0].batch_len) && batch[0].seq == batch[0].batch
}

fn note_missing(missing: &mut Vec<RangeInclusive<u64>>, expected: u64, found: u64) {
    if found > expected {
        missing.push(expected..=found - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_domain::ids::BoxId;

    /// A file of batches of so many events each, and the place and number of each frame.
    fn file(batches: &[u16]) -> (Vec<u8>, Vec<Frame>) {
        let mut bytes = Header { format: 1, box_id: BoxId([1; 8]), boot: 7, first_seq: 1 }.encode().to_vec();
        let mut seq = 1;
        for len in batches {
            let first = seq;
            for _ in 0..*len {
                format::push_event(&mut bytes, seq, (first, *len), format!("event {seq} of the file").as_bytes());
                seq += 1;
            }
        }
        bytes.resize(bytes.len() + 300, 0);
        let frames = scan(&bytes).frames;
        (bytes, frames)
    }

    fn numbers(judgement: &Judgement) -> Vec<u64> {
        judgement.keep.iter().map(|f| f.seq).collect()
    }

    #[test]
    fn zeros_at_the_end_are_no_part_of_it() {
        let (whole, frames) = file(&[1, 3]);
        let end = frames.last().unwrap().end();
        for zeros in [0, 1, 4_095, 4_096, 4_097, 20_000] {
            let mut bytes = whole[..end].to_vec();
            bytes.resize(end + zeros, 0);
            let scan = scan(&bytes);
            assert_eq!((scan.frames.len(), scan.end, scan.dirty_end), (4, end, end), "{zeros}");
            if let Some(last) = bytes.get_mut(end..).and_then(<[u8]>::last_mut) {
                *last = 1;
                assert_eq!(super::scan(&bytes).dirty_end, end + zeros, "{zeros}");
            }
        }
        assert_eq!([0, 1, 4_096, 10_000].map(|zeros| used(&vec![0; zeros])), [0; 4]);
    }

    #[test]
    fn a_whole_file_is_whole() {
        let (bytes, frames) = file(&[2, 1, 3]);
        let judgement = judge(&scan(&bytes), 1, None, 6);
        assert_eq!((numbers(&judgement), judgement.missing.len(), judgement.next_seq), (vec![1, 2, 3, 4, 5, 6], 0, 7));
        assert_eq!(judgement.end, frames[5].end());
    }

    #[test]
    fn any_broken_frame_of_the_last_batch_is_a_torn_tail() {
        for broken in 3..6 {
            let (mut bytes, frames) = file(&[2, 1, 3]);
            bytes[frames[broken].payload.start] ^= 1;
            let judgement = judge(&scan(&bytes), 1, None, 3);
            assert_eq!((numbers(&judgement), judgement.missing.len(), judgement.next_seq), (vec![1, 2, 3], 0, 4));
            assert_eq!(judgement.end, frames[2].end());
        }
    }

    #[test]
    fn a_cut_leaves_zeros_and_damage_does_not() {
        let (whole, frames) = file(&[2, 4]);
        let end = frames[1].end();
        let explains = |bytes: &[u8]| cut_explains(bytes, &scan(bytes), end);
        // From any place on nothing arrived: but for the few bytes that may be zeros of the frame itself.
        for cut in end + 1..frames[5].end() {
            let mut bytes = whole.clone();
            bytes[cut..].fill(0);
            assert!(explains(&bytes), "cut at {cut}");
        }
        for at in end..frames[5].end() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            let length = frames[2..].iter().any(|f| (f.start + 4..f.start + 8).contains(&at));
            assert!(length || !explains(&bytes), "a bit of byte {at}");
        }
        let mut bytes = Header { format: 1, box_id: BoxId([1; 8]), boot: 7, first_seq: 1 }.encode().to_vec();
        (1..=3).for_each(|seq| format::push_event(&mut bytes, seq, (1, 3), &[b'x'; 700]));
        let broken = |bytes: &[u8]| cut_explains(bytes, &scan(bytes), HEADER_BYTES);
        bytes[1024..1536].fill(0);
        assert!(broken(&bytes), "a piece in the middle never arrived");
        bytes[1100] = 1;
        assert!(!broken(&bytes));
    }

    #[test]
    fn the_same_is_damage_when_the_header_is_broken_too() {
        let (mut bytes, frames) = file(&[3]);
        bytes[24..frames[1].start - 5].fill(0);
        let judgement = judge(&scan(&bytes), 1, None, 0);
        assert_eq!((numbers(&judgement), judgement.missing, judgement.next_seq), (vec![2, 3], vec![1..=1], 4));
    }

    #[test]
    fn the_same_is_damage_when_the_engine_has_seen_the_batch() {
        let (mut bytes, frames) = file(&[2, 1, 3]);
        bytes[frames[4].payload.start] ^= 1;
        let judgement = judge(&scan(&bytes), 1, None, 4);
        assert_eq!((numbers(&judgement), judgement.missing, judgement.next_seq), (vec![1, 2, 3, 4, 6], vec![5..=5], 7));
        let (mut bytes, frames) = file(&[2, 1, 3]);
        bytes.truncate(frames[3].start);
        bytes.resize(2000, 0);
        let judgement = judge(&scan(&bytes), 1, None, 6);
        assert_eq!((numbers(&judgement), judgement.missing, judgement.next_seq), (vec![1, 2, 3], vec![4..=6], 7));
    }

    #[test]
    fn a_broken_frame_before_a_later_batch_is_damage_and_costs_only_itself() {
        for broken in 0..3usize {
            let (mut bytes, frames) = file(&[2, 1, 3]);
            bytes[frames[broken].start] ^= 1;
            let judgement = judge(&scan(&bytes), 1, None, 0);
            let lost = broken as u64 + 1;
            assert_eq!(numbers(&judgement), (1..=6).filter(|n| *n != lost).collect::<Vec<_>>());
            assert_eq!(judgement.missing, vec![lost..=lost]);
        }
    }

    #[test]
    fn pages_of_a_torn_batch_may_arrive_in_any_order() {
        let (whole, frames) = file(&[1, 4]);
        for kept in 0..16u32 {
            let mut bytes = whole.clone();
            for (i, frame) in frames[1..].iter().enumerate() {
                if kept & 1 << i == 0 {
                    bytes[frame.start..frame.end()].fill(0);
                }
            }
            let judgement = judge(&scan(&bytes), 1, None, 1);
            let expect = if kept == 15 { vec![1, 2, 3, 4, 5] } else { vec![1] };
            assert_eq!((numbers(&judgement), judgement.missing.len()), (expect, 0), "{kept:04b}");
        }
    }

    #[test]
    fn what_was_written_again_in_the_next_file_does_not_count() {
        let (bytes, _) = file(&[2, 3]);
        let judgement = judge(&scan(&bytes), 1, Some(3), 0);
        assert_eq!((numbers(&judgement), judgement.missing.len(), judgement.next_seq), (vec![1, 2], 0, 3));
    }

    #[test]
    fn a_payload_that_looks_like_a_frame_is_not_searched() {
        let mut inner = Vec::new();
        format::push_event(&mut inner, 2, (2, 1), b"forged");
        let mut bytes = Header { format: 1, box_id: BoxId([1; 8]), boot: 7, first_seq: 1 }.encode().to_vec();
        format::push_event(&mut bytes, 1, (1, 1), &inner);
        assert_eq!(numbers(&judge(&scan(&bytes), 1, None, 0)), vec![1]);
    }
}
