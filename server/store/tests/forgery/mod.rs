//! What the tests of volumes share: records of every kind, and volumes that somebody spoilt.

use chalkbox_domain::ids::*;
use chalkbox_store::volume::*;
use chalkbox_store::*;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

pub const BOX: BoxId = BoxId([0xb0; 8]);
/// Ids of the kept events begin so.
pub const ID: &str = "b0b0b0b0b0b0b0b0-";

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

pub fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// An event of every kind, as kept for ever, then whatever else a volume may hold.
pub fn records() -> Vec<Record> {
    let kept = fs::read_to_string(fixtures().join("events-v1.txt")).unwrap();
    let mut records: Vec<Record> =
        kept.lines().zip(1..).map(|(line, seq)| Record::Event { seq, payload: unhex(line) }).collect();
    let seq = records.len() as u64;
    let like_the_last = |seq: u64, old: &str, new: &str| {
        let Some(Record::Event { payload, .. }) = records.last() else { unreachable!() };
        // Field 4, the number, stands behind field 3, the box.
        let text = hex(payload).replacen(&format!("b0b020{:02x}", records.len()), &format!("b0b020{seq:02x}"), 1);
        assert!(text.contains(old), "{text}");
        Record::Event { seq, payload: unhex(&text.replacen(old, new, 1)) }
    };
    let more = [
        // A newer version of the kind, an unknown kind, and nothing but box and number that can be read.
        like_the_last(seq + 1, "0801100b", "0802100b"),
        like_the_last(seq + 2, "0801100b", "08011063"),
        Record::Event { seq: seq + 3, payload: unhex(&format!("1a08{}20{:02x}4807", "b0".repeat(8), seq + 3)) },
        Record::Erased { seq: seq + 4, sha256: [0xe5; 32] },
        Record::Lost { from: seq + 5, to: seq + 7 },
        Record::Erased { seq: seq + 8, sha256: [0xe6; 32] },
    ];
    records.extend(more);
    records
}

pub fn name_of(records: &[Record]) -> VolumeName {
    VolumeName { box_id: BOX, from: records[0].first(), to: records[records.len() - 1].last() }
}

pub fn write(records: &[Record]) -> Vec<u8> {
    let mut out = Vec::new();
    write_volume(&name_of(records), &mut records.iter().cloned(), &mut out).unwrap();
    out
}

pub fn read(mut bytes: &[u8]) -> Result<(VolumeName, Vec<Record>), VolumeError> {
    let mut records = Vec::new();
    let name = read_volume(&mut bytes, &mut |record| {
        records.push(record);
        Ok(())
    })?;
    Ok((name, records))
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(zstd::decode_all(bytes).unwrap()).unwrap()
}

pub fn pack(text: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// Lines with a last line that fits them.
pub fn end(lines: &str, count: usize) -> String {
    format!("{lines}{{\"end\":true,\"count\":{count},\"sha256\":\"{}\"}}\n", hex(&Sha256::digest(lines)))
}

/// A hostile volume: what it is, its bytes, and what must be said about it.
pub type Forgery = (&'static str, Vec<u8>, &'static str);

/// A good volume's lines, to be spoilt. Whatever is done to them, the sum in the last line is right: as an attacker would
/// do it.
struct Forger(Vec<String>);

impl Forger {
    fn new() -> Self {
        let good = text(&write(&records()));
        let mut lines: Vec<String> = good.split_inclusive('\n').map(str::to_owned).collect();
        lines.pop();
        Self(lines)
    }
    /// Records, without the header.
    fn count(&self) -> usize {
        self.0.len() - 1
    }
    fn of(lines: &[String]) -> Vec<u8> {
        pack(end(&lines.concat(), lines.len() - 1).as_bytes())
    }
    fn with(&self, at: usize, line: String) -> Vec<u8> {
        let mut lines = self.0.clone();
        lines[at] = line;
        Self::of(&lines)
    }
    fn replaced(&self, at: usize, old: &str, new: &str) -> Vec<u8> {
        assert!(self.0[at].contains(old), "{old}: {}", self.0[at]);
        self.with(at, self.0[at].replacen(old, new, 1))
    }
    fn without(&self, at: usize) -> Vec<u8> {
        let mut lines = self.0.clone();
        lines.remove(at);
        Self::of(&lines)
    }
    fn ordered(&self, order: &[usize]) -> Vec<u8> {
        Self::of(&order.iter().map(|at| self.0[*at].clone()).collect::<Vec<_>>())
    }
    /// With another last line, whatever it says.
    fn ended(&self, last: &str) -> Vec<u8> {
        pack(format!("{}{last}", self.0.concat()).as_bytes())
    }
    fn sum(&self) -> String {
        hex(&Sha256::digest(self.0.concat()))
    }
    /// The whole text as it should be.
    fn text(&self) -> String {
        end(&self.0.concat(), self.count())
    }
}

/// More than sixty.
pub fn every_forgery() -> Vec<Forgery> {
    let forger = Forger::new();
    [compressed(&forger), headers(&forger), order(&forger), lines(&forger), events(&forger), ends(&forger)].concat()
}

fn compressed(f: &Forger) -> Vec<Forgery> {
    let (good, text) = (write(&records()), f.text());
    let packed = |checksum: bool, window: u32| {
        let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
        encoder.include_checksum(checksum).unwrap();
        encoder.window_log(window).unwrap();
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let (first, rest) = text.split_at(f.0[0].len());
    let mut unused_bit = good.clone();
    unused_bit[4] |= 0b1_0000;
    let mut dictionary = good.clone();
    dictionary[4] |= 1;
    let skippable = [0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 0];
    vec![
        ("empty", vec![], "line 1: the file ends here"),
        ("not zstd", b"PK\x03\x04 something else".to_vec(), "line 1: the file is not compressed with zstd"),
        ("plain text", text.clone().into_bytes(), "line 1: the file is not compressed with zstd"),
        ("a skippable frame first", [&skippable, &good[..]].concat(), "line 1: the file is not compressed with zstd"),
        ("no checksum", packed(false, 21), "line 1: the file is compressed without a checksum; unpack it"),
        ("window of 128 MiB", packed(true, 27), "line 1: the file is compressed with a window above 8 MiB"),
        ("an unused bit", unused_bit, "line 1: the file is compressed in a way that is not known"),
        ("a dictionary", dictionary, "line 1: the file is compressed with a dictionary"),
        ("nothing in it", pack(b""), "line 1: the file ends here"),
        ("two frames", [pack(first.as_bytes()), pack(rest.as_bytes())].concat(), "line 2: the file ends here"),
        ("a byte behind it", [&good[..], &[0]].concat(), "something follows the last line"),
        ("twice", [&good[..], &good[..]].concat(), "something follows the last line"),
        ("a skippable frame behind", [&good[..], &skippable].concat(), "something follows the last line"),
        ("an endless line", pack("a".repeat(64 << 20).as_bytes()), "line 1: the line is longer than 589824 bytes"),
    ]
}

fn headers(f: &Forger) -> Vec<Forgery> {
    let first = "line 1: this is not the first line of a volume";
    vec![
        ("no JSON at all", pack(b"hello\n"), first),
        (
            "another format",
            f.replaced(0, "chalkbox-events", "wallbox-events"),
            "line 1: this is not a volume of events",
        ),
        ("a newer version", f.replaced(0, "\"version\":1", "\"version\":2,\"new\":0"), "format; update Chalkbox"),
        ("version 0", f.replaced(0, "\"version\":1", "\"version\":0"), "line 1: the file has version 0"),
        ("a header with more", f.replaced(0, "\"version\":1", "\"version\":1,\"more\":1"), first),
        ("a range backwards", f.replaced(0, "\"from\":1,", "\"from\":100,"), "line 1: events 100 to 21 cannot be"),
        ("from 0", f.replaced(0, "\"from\":1,", "\"from\":0,"), "line 1: events 0 to 21 cannot be"),
        ("above 2^53", f.replaced(0, "\"to\":21", "\"to\":9007199254740992"), "events 1 to 9007199254740992 cannot be"),
        ("a number with a point", f.replaced(0, "\"to\":21", "\"to\":21.0"), first),
        ("a box in capitals", f.replaced(0, "\"b0b0", "\"g0b0"), first),
        ("no header", Forger::of(&f.0[1..]), first),
        ("a byte-order mark", pack(format!("\u{feff}{}", f.text()).as_bytes()), first),
    ]
}

fn order(f: &Forger) -> Vec<Forgery> {
    let (erased, lost) = (f.count() - 2, f.count() - 1);
    vec![
        ("a header only", Forger::of(&f.0[..1]), "line 2: the records end before number 1"),
        ("a hole", f.without(5), "line 6: number 6 follows, but 5 is missing"),
        ("the first is missing", f.without(1), "line 2: number 2 follows, but 1 is missing"),
        ("the last is missing", f.without(f.count()), "the records end before number 21, but should go to 21"),
        ("doubled", f.ordered(&[0, 1, 2, 2]), "line 4: number 2 stands here again"),
        ("swapped", f.ordered(&[0, 1, 3, 2]), "line 3: number 3 follows, but 2 is missing"),
        ("more than said", f.replaced(0, "\"to\":21", "\"to\":4"), "line 6: number 5 is behind the last one, 4"),
        ("another box", f.replaced(4, ID, "0101010101010101-"), "line 5: the record is of box 0101010101010101"),
        ("erased, another box", f.replaced(erased, ID, "0101010101010101-"), "the record is of box 0101010101010101"),
        ("an id with zeros", f.replaced(4, "b0-4", "b0-04"), "line 5: this is no record"),
        ("an id in capitals", f.replaced(4, ID, "B0b0b0b0b0b0b0b0-"), "line 5: this is no record"),
        ("lost backwards", f.replaced(lost, "\"to\":20", "\"to\":17"), "lost numbers 18 to 17 cannot be here"),
        ("lost without end", f.replaced(lost, "\"to\":20", "\"to\":18446744073709551615"), "lost numbers 18 to"),
        ("lost in the past", f.replaced(lost, "\"from\":18", "\"from\":17"), "number 17 stands here again"),
        ("lost too late", f.replaced(lost, "\"from\":18", "\"from\":19"), "number 19 follows, but 18 is missing"),
        ("lost and more", f.replaced(lost, "\"to\":20", "\"to\":20,\"why\":0"), "this is no record"),
        ("a short hash", f.replaced(erased, "e5e5", ""), "this is no record"),
        ("erased and more", f.replaced(erased, "\"erased\"", "\"erased\":\"00\",\"erased\""), "this is no record"),
    ]
}

fn lines(f: &Forger) -> Vec<Forgery> {
    let bad_utf8 = {
        let mut bytes = f.text().into_bytes();
        let at = bytes.windows(4).position(|w| w == "Azé".as_bytes()).unwrap();
        bytes[at + 2] = 0xff;
        pack(&bytes)
    };
    let deep = format!("\"at\":{}\"", "[".repeat(200_000));
    let event = "this is not an event as text";
    vec![
        ("a huge record", f.with(3, format!("{}\n", "a".repeat(2 << 20))), "line 4: the line is longer than 589824"),
        ("bad UTF-8", bad_utf8, "line 5: the line is not text"),
        ("an open brace", f.replaced(2, "}\n", "\n"), event),
        ("an empty line", f.with(2, "\n".into()), "line 3: this is no record"),
        ("a null byte", f.replaced(2, "{\"id\"", "\0{\"id\""), "line 3: this is no record"),
        ("deep nesting", f.replaced(2, "\"at\":\"", &deep), event),
        ("deep nesting first", f.with(2, format!("{}\n", "[".repeat(500_000))), "line 3: this is no record"),
    ]
}

fn events(f: &Forger) -> Vec<Forgery> {
    let event = "line 2: this is not an event as text";
    let (raw, behind) = ("\"raw\":\"", "are those of event b0b0b0b0b0b0b0b0-15");
    let other_raw = {
        let (start, _) = f.0[14].split_once(raw).unwrap();
        let (_, other) = f.0[15].split_once(raw).unwrap();
        f.with(14, format!("{start}{raw}{other}"))
    };
    let gap = "line 12: this is not an event as text";
    vec![
        (
            "an unknown kind",
            f.replaced(11, "gap-noted", "quarrel"),
            "if it comes from a newer Chalkbox, update this one",
        ),
        ("an unknown field", f.replaced(11, "\"to\":301", "\"to\":301,\"why\":1"), gap),
        ("a field twice", f.replaced(11, "\"to\":301", "\"to\":301,\"to\":301"), gap),
        ("another id behind", f.replaced(11, "\"type\"", "\"id\":\"b0b0b0b0b0b0b0b0-12\",\"type\""), gap),
        ("a field missing", f.replaced(11, ",\"to\":301", ""), "as text: missing field `to`"),
        ("an unknown kind without raw", f.replaced(15, raw, "\"row\":\""), "line 16: this is not an event as text"),
        ("a skill that is none", f.replaced(1, "\"skill\":\"", "\"skill\":\"../"), event),
        ("a number as text", f.replaced(1, "\"mono_ms\":", "\"mono_ms\":\"4\",\"more\":"), event),
        ("a number too large", f.replaced(1, "\"step\":2", "\"step\":256"), event),
        ("a type of no event", f.replaced(1, "\"type\"", "\"sort\""), event),
        ("raw that is no hex", f.replaced(14, raw, "\"raw\":\"x"), "line 15: field “raw” of an event cannot be read"),
        (
            "raw that is no event",
            f.replaced(14, raw, "\"raw\":\"ffff"),
            "line 15: the bytes of an event cannot be read",
        ),
        ("raw of another event", other_raw, behind),
        ("raw of another box", f.replaced(16, "\"1a08b0", "\"1a08b1"), "are those of event b1b0b0b0b0b0b0b0-16"),
        ("too many bytes", f.replaced(16, "4807\"", &format!("4807{}\"", "5001".repeat(33_000))), "more than 65536"),
    ]
}

fn ends(f: &Forger) -> Vec<Forgery> {
    let (text, sum, count) = (f.text(), f.sum(), f.count());
    let last = |said: &str| f.ended(&format!("{{\"end\":{said},\"sha256\":\"{sum}\"}}\n"));
    let cut = "the file ends here, in the middle";
    vec![
        ("no last line", f.ended(""), cut),
        ("half a last line", pack(&text.as_bytes()[..text.len() - 3]), cut),
        ("no end of the last line", pack(&text.as_bytes()[..text.len() - 1]), cut),
        ("another sum", f.ended(&end("", count)), "the SHA-256 of the lines before is not what"),
        ("another count", last("true,\"count\":3"), "there are 19 records, not 3"),
        ("no true end", last(&format!("false,\"count\":{count}")), "“end” is not true"),
        ("no count", last("true"), "the last line cannot be read"),
        ("an end with more", last(&format!("true,\"count\":{count},\"more\":1")), "the last line cannot be read"),
        ("a changed name", pack(text.replace("Azé", "Eve").as_bytes()), "the SHA-256 of the lines before"),
        ("lines of Windows", pack(text.replace('\n', "\r\n").as_bytes()), "the SHA-256 of the lines before"),
        ("text behind the end", pack(format!("{text}\n").as_bytes()), "something follows the last line"),
    ]
}
