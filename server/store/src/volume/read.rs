//! Reading a volume that may be anybody's: each line is checked before it is given on, and nothing grows with what a file
//! claims.

use super::{
    ErasedLine, FORMAT, Header, LIMITS, Limits, LostLine, Trailer, VERSION, VolumeError, VolumeFault, VolumeName,
};
use crate::codec::text::payload_from_line;
use crate::journal::format::MAX_PAYLOAD;
use crate::record::Record;
use chalkbox_domain::ids::EventId;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, BufRead as _, BufReader, Chain, Cursor, Read};
use zstd::stream::read::Decoder;

/// Largest window of a frame, as a power of two: 8 MiB, what every reader of zstd is asked to have.
const MAX_WINDOW_LOG: u32 = 23;

/// Reads a volume to its end and gives each record to `take`; every check is made, but what was given before a mistake was
/// found has been given. Bounded: a hostile file cannot make it take much memory or time.
///
/// # Errors
/// When the medium fails, when something is wrong with the text, or with what `take` gives.
pub fn read_volume(
    input: &mut dyn Read,
    take: &mut dyn FnMut(Record) -> Result<(), VolumeError>,
) -> Result<VolumeName, VolumeError> {
    read_within(&LIMITS, input, take)
}

pub(super) fn read_within(
    limits: &Limits,
    input: &mut dyn Read,
    take: &mut dyn FnMut(Record) -> Result<(), VolumeError>,
) -> Result<VolumeName, VolumeError> {
    let mut lines = Lines::open(input, *limits)?;
    lines.need_next()?;
    let name = header(lines.text()?).map_err(|fault| lines.wrong(fault))?;
    let mut expected = Expected { name, next: name.from, start: String::new() };
    let mut count = 0;
    loop {
        lines.need_next()?;
        let line = lines.text()?;
        if line.starts_with("{\"end\":") {
            end(line, &expected, count, lines.sum_before()).map_err(|fault| lines.wrong(fault))?;
            lines.need_end()?;
            return Ok(name);
        }
        if count == limits.records {
            return Err(lines.wrong(VolumeFault::TooManyRecords { most: limits.records }));
        }
        let record = expected.record(line).map_err(|fault| lines.wrong(fault))?;
        count += 1;
        take(record)?;
    }
}

/// Which kind of file it is, whatever else a later version says.
#[derive(Deserialize)]
struct AnyHeader {
    format: String,
    version: u32,
}

fn header(line: &str) -> Result<VolumeName, VolumeFault> {
    let any: AnyHeader = serde_json::from_str(line).map_err(VolumeFault::NoHeader)?;
    if any.format != FORMAT {
        return Err(VolumeFault::OtherFormat);
    }
    if any.version != VERSION {
        return Err(VolumeFault::NewerVersion { version: any.version });
    }
    let header: Header = serde_json::from_str(line).map_err(VolumeFault::NoHeader)?;
    let name = VolumeName { box_id: header.r#box, from: header.from, to: header.to };
    if name.is_sound() { Ok(name) } else { Err(VolumeFault::Range { from: name.from, to: name.to }) }
}

fn end(line: &str, expected: &Expected, count: u64, sum: [u8; 32]) -> Result<(), VolumeFault> {
    let end: Trailer = serde_json::from_str(line).map_err(VolumeFault::BadEnd)?;
    if !end.end {
        return Err(VolumeFault::BadEnd(serde::de::Error::custom("“end” is not true")));
    }
    if expected.next <= expected.name.to {
        return Err(VolumeFault::Unfinished { next: expected.next, last: expected.name.to });
    }
    if end.count != count {
        return Err(VolumeFault::Count { said: end.count, found: count });
    }
    if end.sha256.0 == sum { Ok(()) } else { Err(VolumeFault::Sum) }
}

/// What must stand in the next line.
struct Expected {
    name: VolumeName,
    next: u64,
    /// How the line begins; kept for its memory.
    start: String,
}

impl Expected {
    fn record(&mut self, line: &str) -> Result<Record, VolumeFault> {
        self.start.clear();
        // Writing to a string cannot fail.
        let _ = write!(self.start, "{{\"id\":\"{}-{}\",\"", self.name.box_id, self.next);
        let record = match line.strip_prefix(self.start.as_str()) {
            _ if line.starts_with("{\"lost\":") => self.lost(line)?,
            None => return Err(self.other(line)),
            Some(_) if self.next > self.name.to => {
                return Err(VolumeFault::Beyond { found: self.next, last: self.name.to });
            }
            Some(rest) if rest.starts_with("erased\":") => {
                let erased: ErasedLine = serde_json::from_str(line).map_err(VolumeFault::NoRecord)?;
                Record::Erased { seq: self.next, sha256: erased.erased.0 }
            }
            Some(_) => {
                let (id, payload) = payload_from_line(line).map_err(VolumeFault::Event)?;
                debug_assert_eq!(id, self.name.id(self.next), "the line begins with it");
                if payload.len() > MAX_PAYLOAD {
                    return Err(VolumeFault::LargeEvent { bytes: payload.len(), most: MAX_PAYLOAD });
                }
                Record::Event { seq: self.next, payload }
            }
        };
        self.next = record.last() + 1;
        Ok(record)
    }

    fn lost(&self, line: &str) -> Result<Record, VolumeFault> {
        let LostLine { lost } = serde_json::from_str(line).map_err(VolumeFault::NoRecord)?;
        self.in_order(lost.from)?;
        if lost.to < lost.from || lost.to > self.name.to {
            return Err(VolumeFault::Lost { from: lost.from, to: lost.to });
        }
        Ok(Record::Lost { from: lost.from, to: lost.to })
    }

    fn in_order(&self, found: u64) -> Result<(), VolumeFault> {
        let expected = self.next;
        if found > self.name.to {
            Err(VolumeFault::Beyond { found, last: self.name.to })
        } else if found > expected {
            Err(VolumeFault::Hole { expected, found })
        } else if found < expected {
            Err(VolumeFault::Again { expected, found })
        } else {
            Ok(())
        }
    }

    /// Why a line does not begin as it must.
    fn other(&self, line: &str) -> VolumeFault {
        #[derive(Deserialize)]
        struct AnyRecord {
            id: EventId,
        }
        match serde_json::from_str(line) {
            Err(error) => VolumeFault::NoRecord(error),
            Ok(AnyRecord { id }) if id.box_id != self.name.box_id => {
                VolumeFault::OtherBox { expected: self.name.box_id, found: id.box_id }
            }
            Ok(AnyRecord { id }) => match self.in_order(id.seq) {
                Err(fault) => fault,
                Ok(()) => VolumeFault::NoRecord(serde::de::Error::custom("“id” does not stand first")),
            },
        }
    }
}

/// The text's lines, one at a time.
struct Lines<'a> {
    input: BufReader<Decoder<'static, Packed<'a>>>,
    limits: Limits,
    /// The line, its end included.
    line: Vec<u8>,
    number: u64,
    bytes: u64,
    sum: Sha256,
}

type Packed<'a> = Chain<Cursor<Vec<u8>>, BufReader<Medium<'a>>>;

/// The file as it is; errors of the medium itself are told from those of the compression by wrapping them.
struct Medium<'a>(&'a mut dyn Read);

#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct MediumError(io::Error);

impl Read for Medium<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            // Tried again by whoever reads.
            io::ErrorKind::Interrupted => error,
            kind => io::Error::new(kind, MediumError(error)),
        })
    }
}

fn wrong(line: u64, fault: VolumeFault) -> VolumeError {
    VolumeError::Fault { line, fault }
}

fn from_io(line: u64, error: io::Error) -> VolumeError {
    if error.get_ref().is_some_and(|inner| inner.is::<MediumError>()) {
        VolumeError::Io(error)
    } else if error.kind() == io::ErrorKind::UnexpectedEof {
        wrong(line, VolumeFault::CutShort)
    } else {
        wrong(line, VolumeFault::Damaged(error))
    }
}

impl<'a> Lines<'a> {
    fn open(input: &'a mut dyn Read, limits: Limits) -> Result<Self, VolumeError> {
        let mut input = BufReader::with_capacity(64 * 1024, Medium(input));
        let mut start = Vec::new();
        Read::by_ref(&mut input).take(6).read_to_end(&mut start).map_err(|error| from_io(1, error))?;
        frame(&start).map_err(|fault| wrong(1, fault))?;
        let packed = Cursor::new(start).chain(input);
        let mut decoder = Decoder::with_buffer(packed)?.single_frame();
        decoder.window_log_max(MAX_WINDOW_LOG)?;
        let input = BufReader::with_capacity(128 * 1024, decoder);
        Ok(Self { input, limits, line: Vec::new(), number: 0, bytes: 0, sum: Sha256::new() })
    }

    fn wrong(&self, fault: VolumeFault) -> VolumeError {
        wrong(self.number, fault)
    }

    /// Goes on to the next line, which must be there.
    fn need_next(&mut self) -> Result<(), VolumeError> {
        self.sum.update(&self.line);
        self.line.clear();
        self.number += 1;
        let most = self.limits.line.min(self.limits.text - self.bytes);
        let read = Read::by_ref(&mut self.input).take(most).read_until(b'\n', &mut self.line);
        let read = read.map_err(|error| from_io(self.number, error))? as u64;
        self.bytes += read;
        if self.line.last() == Some(&b'\n') {
            return Ok(());
        }
        Err(self.wrong(if read < most {
            VolumeFault::CutShort
        } else if self.bytes == self.limits.text {
            VolumeFault::TooMuchText { most: self.limits.text }
        } else {
            VolumeFault::LongLine { most: self.limits.line }
        }))
    }

    /// The line, without its end.
    fn text(&self) -> Result<&str, VolumeError> {
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        std::str::from_utf8(line).map_err(|_| self.wrong(VolumeFault::NotText))
    }

    /// SHA-256 of all lines before this one.
    fn sum_before(&self) -> [u8; 32] {
        self.sum.clone().finalize().into()
    }

    /// Sees that nothing follows, neither text nor compressed bytes. Only then has zstd compared its own checksum.
    fn need_end(mut self) -> Result<(), VolumeError> {
        self.number += 1;
        let more = self.input.fill_buf().map(<[u8]>::len).map_err(|error| from_io(self.number, error))?;
        if more > 0 {
            return Err(self.wrong(VolumeFault::BehindEnd));
        }
        let number = self.number;
        let mut packed = self.input.into_inner().finish();
        match packed.fill_buf() {
            Ok([]) => Ok(()),
            Ok(_) => Err(wrong(number, VolumeFault::BehindEnd)),
            Err(error) => Err(from_io(number, error)),
        }
    }
}

/// Looks at the first bytes of a frame (RFC 8878): what is unusual in them is refused with a reason, and unused bits that
/// zstd would pass over are not let through.
fn frame(start: &[u8]) -> Result<(), VolumeFault> {
    let refuse = |how| Err(VolumeFault::Compressed { how });
    match start {
        [0x28, 0xb5, 0x2f, 0xfd, flags, window] => match flags {
            _ if flags & 0b0001_1000 != 0 => refuse("in a way that is not known"),
            _ if flags & 0b0000_0011 != 0 => refuse("with a dictionary, which is not here"),
            _ if flags & 0b0000_0100 == 0 => refuse("without a checksum"),
            // One segment: as large as its content, which the decoder compares with its own limit.
            _ if flags & 0b0010_0000 == 0 && window_bytes(*window) > 1 << MAX_WINDOW_LOG => {
                refuse("with a window above 8 MiB")
            }
            _ => Ok(()),
        },
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [] => Err(VolumeFault::CutShort),
        _ => Err(VolumeFault::NotZstd),
    }
}

fn window_bytes(descriptor: u8) -> u64 {
    let base = 1 << (10 + (descriptor >> 3));
    base + base / 8 * u64::from(descriptor & 7)
}
