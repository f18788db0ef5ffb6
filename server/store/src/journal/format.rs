//! Bytes of a journal file: header and frames. Little-endian, as `docs/store-format.md` draws them.

use chalkbox_domain::ids::BoxId;
use std::ops::Range;

/// Format version that this program writes.
pub const FORMAT: u16 = 1;
/// Largest payload of a frame.
pub const MAX_PAYLOAD: usize = 64 * 1024;
/// Bytes of a file's header.
pub const HEADER_BYTES: usize = 40;
/// Bytes of a frame before its payload.
pub const FRAME_BYTES: usize = 30;

const MAGIC: [u8; 8] = *b"\x89CHALKJ\n";
// A marker holds bytes that no UTF-8 text can, so text inside a payload never looks like the start of a frame.
const EVENT: [u8; 4] = [0xff, b'e', b'v', 0xfe];
const SEAL: [u8; 4] = [0xff, b's', b'l', 0xfe];
const GAP: [u8; 4] = [0xff, b'g', b'p', 0xfe];
const ERASED: [u8; 4] = [0xff, b'e', b'r', 0xfe];
const CLOSED: [u8; 4] = [0xff, b'c', b'l', 0xfe];

/// First bytes of a journal file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Format version.
    pub format: u16,
    /// Whose journal.
    pub box_id: BoxId,
    /// Which start of the box made the file.
    pub boot: u64,
    /// Number of the first event in it.
    pub first_seq: u64,
}

impl Header {
    /// The header's bytes.
    pub fn encode(&self) -> [u8; HEADER_BYTES] {
        let mut out = [0; HEADER_BYTES];
        out[..8].copy_from_slice(&MAGIC);
        out[8..10].copy_from_slice(&self.format.to_le_bytes());
        out[12..20].copy_from_slice(&self.box_id.0);
        out[20..28].copy_from_slice(&self.boot.to_le_bytes());
        out[28..36].copy_from_slice(&self.first_seq.to_le_bytes());
        let crc = crc32c::crc32c(&out[..36]);
        out[36..].copy_from_slice(&crc.to_le_bytes());
        out
    }

    /// Reads a header; none when it is torn or damaged.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..HEADER_BYTES)?;
        let crc = u32::from_le_bytes(head[36..].try_into().ok()?);
        if head[..8] != MAGIC || crc32c::crc32c(&head[..36]) != crc {
            return None;
        }
        Some(Self {
            format: u16::from_le_bytes(head[8..10].try_into().ok()?),
            box_id: BoxId(head[12..20].try_into().ok()?),
            boot: u64::from_le_bytes(head[20..28].try_into().ok()?),
            first_seq: u64::from_le_bytes(head[28..36].try_into().ok()?),
        })
    }
}

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    /// An event.
    Event,
    /// The end of a file: number of events, and SHA-256 of all bytes before the frame.
    Seal,
    /// Numbers that are lost, from the frame's own to the one in the payload.
    Gap {
        /// Last missing number.
        to: u64,
    },
    /// An event of a learner who was erased; the payload is the SHA-256 of the event's bytes.
    Erased,
    /// Numbers that were dropped because their years are closed, up to the frame's own. Stands in a file of its own.
    Closed,
    /// A kind of a later version; its number counts as present, its content is skipped.
    Other,
}

/// Where a frame would end that seems to begin here, by the length that stands in it.
pub(crate) fn end_by_length(bytes: &[u8], at: usize) -> Option<usize> {
    let head = bytes.get(at..at + 8)?;
    let length = u32::from_le_bytes(head[4..].try_into().ok()?) as usize;
    (head[..4] == EVENT && length <= MAX_PAYLOAD).then_some(at + FRAME_BYTES + length)
}

/// A whole frame inside a buffer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What it holds.
    pub kind: FrameKind,
    /// The event's number.
    pub seq: u64,
    /// Number of the first event of its batch.
    pub batch: u64,
    /// Number of frames in its batch.
    pub batch_len: u16,
    /// Where it starts.
    pub start: usize,
    /// Where its payload lies.
    pub payload: Range<usize>,
}

impl Frame {
    /// Where the next frame begins.
    pub fn end(&self) -> usize {
        self.payload.end
    }
    /// Last number that the frame speaks of.
    pub fn last_seq(&self) -> u64 {
        match self.kind {
            FrameKind::Gap { to } => to,
            _ => self.seq,
        }
    }
}

fn push(out: &mut Vec<u8>, marker: [u8; 4], seq: u64, batch: (u64, u16), payload: &[u8]) {
    let start = out.len();
    out.extend_from_slice(&marker);
    out.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    out.extend_from_slice(&seq.to_le_bytes());
    out.extend_from_slice(&batch.0.to_le_bytes());
    out.extend_from_slice(&batch.1.to_le_bytes());
    let crc = crc32c::crc32c_append(crc32c::crc32c(&out[start..]), payload);
    out.extend_from_slice(&crc.to_le_bytes());
    out.extend_from_slice(payload);
}

/// Appends the frame of an event; `batch` is the number of its batch's first event and the number of frames in it.
pub fn push_event(out: &mut Vec<u8>, seq: u64, batch: (u64, u16), payload: &[u8]) {
    push(out, EVENT, seq, batch, payload);
}

/// Appends the frame that closes a file.
pub fn push_seal(out: &mut Vec<u8>, last_seq: u64, events: u64, sha256: &[u8; 32]) {
    let mut payload = events.to_le_bytes().to_vec();
    payload.extend_from_slice(sha256);
    push(out, SEAL, last_seq, (0, 0), &payload);
}

/// Appends the frame that stands for lost numbers.
pub fn push_gap(out: &mut Vec<u8>, from: u64, to: u64) {
    push(out, GAP, from, (from, 1), &to.to_le_bytes());
}

/// Appends the frame that stands for an erased event.
pub fn push_erased(out: &mut Vec<u8>, seq: u64, sha256: &[u8; 32]) {
    push(out, ERASED, seq, (seq, 1), sha256);
}

/// Appends the frame that stands for dropped numbers.
pub fn push_closed(out: &mut Vec<u8>, last_seq: u64, payload: &[u8]) {
    push(out, CLOSED, last_seq, (last_seq, 1), payload);
}

/// The frame that starts at `start`, if a whole and undamaged one does.
pub fn parse(bytes: &[u8], start: usize) -> Option<Frame> {
    let head = bytes.get(start..start + FRAME_BYTES)?;
    let number = |at: usize| head[at..at + 8].try_into().map(u64::from_le_bytes).unwrap_or_default();
    let length = u32::from_le_bytes(head[4..8].try_into().ok()?) as usize;
    if head[0] != 0xff || head[3] != 0xfe || length == 0 || length > MAX_PAYLOAD {
        return None;
    }
    let payload = start + FRAME_BYTES..start + FRAME_BYTES + length;
    let content = bytes.get(payload.clone())?;
    let crc = u32::from_le_bytes(head[26..30].try_into().ok()?);
    if crc32c::crc32c_append(crc32c::crc32c(&head[..26]), content) != crc {
        return None;
    }
    let kind = match [head[0], head[1], head[2], head[3]] {
        EVENT => FrameKind::Event,
        SEAL => FrameKind::Seal,
        CLOSED => FrameKind::Closed,
        ERASED if content.len() == 32 => FrameKind::Erased,
        GAP => FrameKind::Gap { to: u64::from_le_bytes(content.get(..8)?.try_into().ok()?) },
        _ => FrameKind::Other,
    };
    let batch_len = u16::from_le_bytes(head[24..26].try_into().ok()?);
    Some(Frame { kind, seq: number(8), batch: number(16), batch_len, start, payload })
}

/// The next whole frame at or behind `from`.
pub fn find(bytes: &[u8], mut from: usize) -> Option<Frame> {
    while let Some(at) = bytes.get(from..)?.iter().position(|b| *b == 0xff) {
        if let Some(frame) = parse(bytes, from + at) {
            return Some(frame);
        }
        from += at + 1;
    }
    None
}

/// Appends a frame once more, with the payload it had, as a batch of its own.
pub fn push_again(out: &mut Vec<u8>, bytes: &[u8], frame: &Frame) {
    let marker = [bytes[frame.start], bytes[frame.start + 1], bytes[frame.start + 2], bytes[frame.start + 3]];
    push(out, marker, frame.seq, (frame.seq, 1), &bytes[frame.payload.clone()]);
}
