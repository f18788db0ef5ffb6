//! The limits, made small enough to be reached.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::read::read_within;
use super::write::write_within;
use super::*;
use crate::record::Record;

const NAME: VolumeName = VolumeName { box_id: BoxId([0xb0; 8]), from: 1, to: 20 };

fn erased() -> Vec<Record> {
    (1..=20).map(|seq| Record::Erased { seq, sha256: [seq as u8; 32] }).collect()
}

fn volume() -> Vec<u8> {
    let mut out = Vec::new();
    write_volume(&NAME, &mut erased().into_iter(), &mut out).unwrap();
    out
}

fn read(limits: Limits) -> (usize, String) {
    let mut taken = Vec::new();
    let result = read_within(&limits, &mut volume().as_slice(), &mut |record| {
        taken.push(record);
        Ok(())
    });
    (taken.len(), result.map_or_else(|error| error.to_string(), |name| name.file_name()))
}

fn written(limits: Limits) -> String {
    write_within(&limits, &NAME, &mut erased().into_iter(), &mut Vec::new())
        .map_or_else(|error| error.to_string(), |()| "written".into())
}

#[test]
fn limits_hold_for_reading_and_what_is_written_can_be_read() {
    let text = zstd::decode_all(volume().as_slice()).unwrap();
    let longest = text.split_inclusive(|b| *b == b'\n').map(<[u8]>::len).max().unwrap() as u64;
    let whole = Limits { line: longest, text: text.len() as u64, records: 20 };
    assert_eq!(read(whole), (20, NAME.file_name()));
    let (taken, error) = read(Limits { records: 19, ..whole });
    assert_eq!(
        (taken, error.as_str()),
        (19, "line 21: there are more than 19 records; no volume is as large; take another copy")
    );
    let (taken, error) = read(Limits { text: whole.text - 1, ..whole });
    assert_eq!(taken, 20);
    assert!(error.starts_with("line 22: there is more text than"), "{error}");
    let (_, error) = read(Limits { line: longest - 1, ..whole });
    assert!(error.contains(": the line is longer than"), "{error}");
    // Writing is no looser than reading.
    for limits in [
        whole,
        Limits { records: 19, ..LIMITS },
        Limits { text: whole.text - 1, ..LIMITS },
        Limits { line: 90, ..LIMITS },
    ] {
        let said = written(limits);
        if said == "written" {
            assert_eq!(read(limits).1, NAME.file_name());
        } else {
            assert!(said.starts_with("event b0b0b0b0b0b0b0b0-") && said.contains(" cannot be written: "), "{said}");
        }
    }
    assert_eq!(written(Limits { records: 20, ..LIMITS }), "written");
    assert!(written(Limits { records: 19, ..LIMITS }).contains("there are more than 19 records"));
}
