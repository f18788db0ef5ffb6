//! Writing a volume. Nothing of the moment, the machine or the program goes into it, so that it can be written again.

use super::{
    ErasedLine, FORMAT, Header, LIMITS, Limits, LostLine, LostRange, Trailer, VERSION, VolumeError, VolumeFault,
    VolumeName,
};
use crate::codec::text::{Hex, payload_line};
use crate::journal::format::MAX_PAYLOAD;
use crate::record::Record;
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use zstd::stream::write::Encoder;

/// Measured on answers: lines are so alike that levels up to 12 save nothing, and take up to forty times as long.
const LEVEL: i32 = 1;
/// Window of 2 MiB, whatever a later zstd thinks of the level.
const WINDOW_LOG: u32 = 21;

/// Writes a volume. Records must be given in order, without holes, from `name.from` to `name.to`.
///
/// # Errors
/// When `out` fails, when the records are others than the name says, or when there are more than a volume takes: see
/// [`MAX_TEXT_BYTES`](super::MAX_TEXT_BYTES) and [`MAX_RECORDS`](super::MAX_RECORDS). What was written by then is no volume.
pub fn write_volume(
    name: &VolumeName,
    records: &mut dyn Iterator<Item = Record>,
    out: &mut dyn Write,
) -> Result<(), VolumeError> {
    write_within(&LIMITS, name, records, out)
}

pub(super) fn write_within(
    limits: &Limits,
    name: &VolumeName,
    records: &mut dyn Iterator<Item = Record>,
    out: &mut dyn Write,
) -> Result<(), VolumeError> {
    let refuse = |seq, fault| Err(VolumeError::Unwritable { id: name.id(seq), fault });
    if !name.is_sound() {
        return refuse(name.from, VolumeFault::Range { from: name.from, to: name.to });
    }
    let mut encoder = Encoder::new(out, LEVEL)?;
    encoder.include_checksum(true)?;
    encoder.window_log(WINDOW_LOG)?;
    let mut text = Text { out: encoder, sum: Sha256::new(), bytes: 0 };
    text.line(&to_json(&Header {
        format: FORMAT.to_owned(),
        version: VERSION,
        r#box: name.box_id,
        from: name.from,
        to: name.to,
    })?)?;
    let (mut next, mut count) = (name.from, 0);
    for record in records {
        let line = line_of(name, next, &record)?;
        count += 1;
        // The last line, of at most 128 bytes, must still fit.
        if text.bytes + line.len() as u64 + 128 > limits.text {
            return refuse(next, VolumeFault::TooMuchText { most: limits.text });
        }
        if line.len() as u64 >= limits.line {
            return refuse(next, VolumeFault::LongLine { most: limits.line });
        }
        if count > limits.records {
            return refuse(next, VolumeFault::TooManyRecords { most: limits.records });
        }
        text.line(&line)?;
        next = record.last() + 1;
    }
    if next <= name.to {
        return refuse(next, VolumeFault::Unfinished { next, last: name.to });
    }
    let sum = text.sum.clone().finalize().into();
    text.line(&to_json(&Trailer { end: true, count, sha256: Hex(sum) })?)?;
    text.out.finish()?;
    Ok(())
}

struct Text<'a> {
    out: Encoder<'static, &'a mut dyn Write>,
    sum: Sha256,
    bytes: u64,
}

impl Text<'_> {
    fn line(&mut self, line: &str) -> io::Result<()> {
        for part in [line.as_bytes(), b"\n"] {
            self.sum.update(part);
            self.out.write_all(part)?;
            self.bytes += part.len() as u64;
        }
        Ok(())
    }
}

fn to_json(line: &impl serde::Serialize) -> Result<String, VolumeError> {
    serde_json::to_string(line).map_err(|e| VolumeError::Io(e.into()))
}

fn line_of(name: &VolumeName, next: u64, record: &Record) -> Result<String, VolumeError> {
    let (found, last) = (record.first(), record.last());
    let refuse = |fault| VolumeError::Unwritable { id: name.id(found), fault };
    if found > name.to || last > name.to {
        return Err(refuse(VolumeFault::Beyond { found: last, last: name.to }));
    }
    if found > next {
        return Err(refuse(VolumeFault::Hole { expected: next, found }));
    }
    if found < next {
        return Err(refuse(VolumeFault::Again { expected: next, found }));
    }
    match record {
        Record::Event { payload, .. } if payload.len() > MAX_PAYLOAD => {
            Err(refuse(VolumeFault::LargeEvent { bytes: payload.len(), most: MAX_PAYLOAD }))
        }
        Record::Event { seq, payload } => {
            payload_line(name.id(*seq), payload).map_err(|error| refuse(VolumeFault::Event(error)))
        }
        Record::Erased { seq, sha256 } => to_json(&ErasedLine { id: name.id(*seq), erased: Hex(*sha256) }),
        Record::Lost { from, to } if from > to => Err(refuse(VolumeFault::Lost { from: *from, to: *to })),
        Record::Lost { from, to } => to_json(&LostLine { lost: LostRange { from: *from, to: *to } }),
    }
}
