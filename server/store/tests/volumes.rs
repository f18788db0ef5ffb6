//! Volumes: what is written is read again, and of what somebody else made, nothing is believed.
#![allow(clippy::unwrap_used, reason = "tests")]

mod forgery;
use chalkbox_domain::ids::*;
use chalkbox_store::volume::*;
use chalkbox_store::*;
use forgery::*;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read, Write};

#[test]
fn the_same_records_give_the_same_bytes_and_come_back() {
    let records = records();
    let bytes = write(&records);
    assert_eq!(write(&records), bytes);
    assert_eq!(read(&bytes).unwrap(), (name_of(&records), records.clone()));
    for part in [&records[..1], &records[3..9], &records[records.len() - 2..]] {
        assert_eq!(read(&write(part)).unwrap(), (name_of(part), part.to_vec()));
    }
    // Bytes that trickle in, as from a slow stick, are the same.
    struct Trickle<'a>(&'a [u8]);
    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = buffer.len().min(1);
            self.0.read(&mut buffer[..most])
        }
    }
    let mut count = 0;
    let mut counted = |_| {
        count += 1;
        Ok(())
    };
    assert_eq!(read_volume(&mut Trickle(&bytes), &mut counted).unwrap(), name_of(&records));
    assert_eq!(count, records.len());
}

#[test]
fn a_kept_volume_of_version_1_reads_as_it_did() {
    let records = records();
    let path = fixtures().join("volume-v1").join(name_of(&records).file_name());
    if std::env::var_os("CHALKBOX_WRITE_FIXTURES").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        store_volume(path.parent().unwrap(), &name_of(&records), &mut records.iter().cloned()).unwrap();
        write_checksum(&path).unwrap();
    }
    let mut kept = Vec::new();
    let name = read_volume_file(&path, &mut |record| {
        kept.push(record);
        Ok(())
    });
    assert_eq!((name.unwrap(), kept), (name_of(&records), records.clone()));
    assert_eq!(
        text(&fs::read(&path).unwrap()),
        text(&write(&records)),
        "what is written today is what was written then"
    );
}

#[test]
fn names_are_read_to_the_letter() {
    let name = VolumeName { box_id: BOX, from: 1, to: 0xab };
    let file = "backup-b0b0b0b0b0b0b0b0-0000000000000001-00000000000000ab.jsonl.zst";
    assert_eq!((name.file_name().as_str(), VolumeName::parse(file)), (file, Some(name)));
    for wrong in [
        file.to_uppercase(),
        file.replace("ab.", "AB."),
        file.replace("0001", "+001"),
        file.replace("000001-", "000000-"),
        file.replace("0000ab", "000000"),
        file.replace("00000000000000ab", "0020000000000000"),
        file.replace(".zst", ".zst.part"),
        file.replace("backup", "copy"),
        file.replace(".jsonl", "-00000000000000ac.jsonl"),
        format!("folder/{file}"),
        String::new(),
    ] {
        assert_eq!(VolumeName::parse(&wrong), None, "{wrong}");
    }
}

#[test]
fn hostile_volumes_are_refused_each_with_its_own_reason() {
    let hostile = every_forgery();
    assert!(hostile.len() >= 60, "{}", hostile.len());
    for (what, bytes, reason) in hostile {
        let error = read(&bytes).expect_err(what).to_string();
        assert!(error.contains(reason), "{what}: {error}");
        // It says where, and what to do.
        assert!(error.starts_with("line ") && error.contains("; "), "{what}: {error}");
    }
}

#[test]
fn a_volume_cut_anywhere_is_refused() {
    let bytes = write(&records());
    for length in 0..bytes.len() {
        let error = read(&bytes[..length]).expect_err("half a volume");
        assert!(matches!(error, VolumeError::Fault { .. }), "{length}: {error}");
    }
    let whole = text(&bytes);
    for length in (0..whole.len()).step_by(7) {
        assert!(read(&pack(&whole.as_bytes()[..length])).is_err(), "{length}");
    }
}

/// Compressed text can be written in several ways: a window larger than needed, the last bits of a table that are not read,
/// a repetition copied from here or from there. A change that leads from one way to another leaves the same text, which its
/// SHA-256 proves, and so the very same records. Nothing else may pass.
#[test]
fn a_changed_byte_anywhere_is_found_or_changes_nothing() {
    let records = records();
    let bytes = write(&records);
    let (mut tried, mut same) = (0, 0);
    for at in 0..bytes.len() {
        for change in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            tried += 1;
            if let Ok(read) = read(&changed) {
                assert_eq!(read, (name_of(&records), records.clone()), "byte {at} ^ {change}");
                same += 1;
            }
        }
    }
    println!("{} bytes, {tried} changes, {same} of them to another way to write the same", bytes.len());
    assert!(same * 100 < tried, "{same} of {tried}");
    // The text itself can be written in one way only.
    let whole = text(&bytes).into_bytes();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 7);
        assert!(read(&pack(&changed)).is_err(), "byte {at} of the text");
    }
}

/// Highest memory that this process has had, in KiB.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn reading_takes_little_memory_whatever_the_file_claims() {
    const FILE: &str = "CHALKBOX_TEST_READ";
    if let Some(path) = std::env::var_os(FILE) {
        // The child: reads the file once and says what it took.
        let before = most_memory();
        let result = read_volume(&mut fs::File::open(path).unwrap(), &mut |_| Ok(()));
        println!("{}: grew {} KiB", result.map_or_else(|e| e.to_string(), |_| "read".into()), most_memory() - before);
        return;
    }
    let grown = |bytes: &[u8], said: &str| -> u64 {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "reading_takes_little_memory_whatever_the_file_claims",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(FILE, file.path())
            .output()
            .unwrap();
        let output = String::from_utf8(child.stdout).unwrap();
        let line = output.lines().find(|line| line.contains(": grew ")).expect("the child reads");
        assert!(line.contains(said), "{line}");
        line.rsplit(' ').nth(1).unwrap().parse().unwrap()
    };
    let packed = |window: u32, fill: &mut dyn FnMut(&mut dyn Write)| {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
        encoder.include_checksum(true).unwrap();
        encoder.window_log(window).unwrap();
        fill(&mut encoder);
        encoder.finish().unwrap()
    };
    let bomb = packed(23, &mut |out| {
        let piece = vec![b'a'; 1 << 20];
        (0..512).for_each(|_| out.write_all(&piece).unwrap());
    });
    // Half a GiB behind a few dozen KiB.
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let lines = packed(23, &mut |out| {
        let mut text =
            "{\"format\":\"chalkbox-events\",\"version\":1,\"box\":\"b0b0b0b0b0b0b0b0\",\"from\":1,\"to\":200000}\n"
                .to_owned();
        let line =
            |seq: u64| format!("{{\"id\":\"{ID}{seq}\",\"erased\":\"{}\"}}\n", hex(&Sha256::digest(seq.to_le_bytes())));
        text.extend((1..=200_000).map(line));
        out.write_all(end(&text, 200_000).as_bytes()).unwrap();
    });
    for (what, grew) in [
        ("endless line", grown(&bomb, "line 1: the line is longer than")),
        ("many lines in a large window", grown(&lines, "read")),
        ("a small volume", grown(&write(&records()), "read")),
    ] {
        println!("{what}: {grew} KiB");
        assert!(grew < 16 << 10, "{what}: {grew} KiB");
    }
}

/// `cargo test --release -p chalkbox-store --test volumes -- --ignored --nocapture`
#[test]
#[ignore = "a figure for the release build"]
fn speed() {
    let count: u64 = 200_000;
    let kept = records();
    let Record::Event { payload, .. } = &kept[0] else { unreachable!() };
    let answer = decode_event(payload).unwrap();
    let records: Vec<Record> = (1..=count)
        .map(|seq| {
            let mut event = answer.clone();
            let random = Sha256::digest(seq.to_le_bytes());
            event.id.seq = seq;
            event.hlc.0 += seq << 26;
            event.at = event.hlc;
            let chalkbox_domain::event::EventBody::Answered(a) = &mut event.body else { unreachable!() };
            a.item = ItemKey(random[..16].try_into().unwrap());
            a.seed = u32::from_le_bytes(random[16..20].try_into().unwrap());
            a.elapsed_ms = seq as u32 * 7919 % 30_000;
            (a.expected, a.lambda, a.d) = (1.0 / (seq as f64), 1.0 - 1.0 / (seq as f64), (seq as f64).ln());
            event.learner = Some(LearnerId([random[20]; 16]));
            Record::Event { seq, payload: encode_event(&event).unwrap() }
        })
        .collect();
    let payloads: usize =
        records.iter().map(|r| if let Record::Event { payload, .. } = r { payload.len() } else { 0 }).sum();
    let begun = std::time::Instant::now();
    let bytes = write(&records);
    let wrote = begun.elapsed().as_secs_f64();
    let begun = std::time::Instant::now();
    let mut read = 0;
    read_volume(&mut bytes.as_slice(), &mut |_| {
        read += 1;
        Ok(())
    })
    .unwrap();
    let took = begun.elapsed().as_secs_f64();
    println!(
        "{count} answers of {} bytes: {} bytes each as text, {} packed; written {:.0}/s, read {:.0}/s",
        payloads as u64 / count,
        text(&bytes).len() as u64 / count,
        bytes.len() as u64 / count,
        count as f64 / wrote,
        count as f64 / took,
    );
    assert_eq!(read, count);
}

#[test]
fn records_that_are_not_the_volume_s_are_not_written() {
    let all = records();
    let name = name_of(&all);
    let attempt = |name: VolumeName, records: &[Record]| {
        let written = write_volume(&name, &mut records.iter().cloned(), &mut Vec::new());
        written.expect_err("not written").to_string()
    };
    let event = |n: usize| all[n - 1].clone();
    for (records, reason) in [
        (all[..5].to_vec(), "b0b0b0b0b0b0b0b0-6 cannot be written: the records end before number 6"),
        (all[1..].to_vec(), "number 2 follows, but 1 is missing"),
        (vec![event(1), event(1)], "number 1 stands here again"),
        (vec![event(1), Record::Event { seq: 2, payload: Vec::new() }], "the bytes of an event cannot be read"),
        (vec![event(1), Record::Lost { from: 2, to: 1 }], "lost numbers 2 to 1 cannot be here"),
        (vec![event(1), Record::Lost { from: 2, to: 99 }], "number 99 is behind the last one"),
        (vec![Record::Event { seq: 1, payload: vec![0; 65_537] }], "the event has 65537 bytes, more than 65536"),
    ] {
        let error = attempt(name, &records);
        assert!(error.contains(reason), "{error}");
    }
    let Record::Event { payload, .. } = event(2) else { unreachable!() };
    let error = attempt(VolumeName { to: 1, ..name }, &[Record::Event { seq: 1, payload }]);
    assert!(
        error.contains("the bytes given for event b0b0b0b0b0b0b0b0-1 are those of event b0b0b0b0b0b0b0b0-2"),
        "{error}"
    );
    let error = attempt(VolumeName { box_id: BoxId([1; 8]), ..name }, &all);
    assert!(error.contains("are those of event b0b0b0b0b0b0b0b0-1"), "{error}");
    let error = attempt(VolumeName { from: 1, to: MAX_SEQ + 1, ..name }, &all);
    assert!(error.contains("events 1 to 9007199254740992 cannot be"), "{error}");
}

#[test]
fn errors_of_the_medium_and_of_the_taker_are_told_apart() {
    struct Failing<'a>(&'a [u8]);
    impl Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("the stick was pulled out")),
                read => Ok(read),
            }
        }
    }
    let bytes = write(&records());
    for length in [0, 3, 100, bytes.len() - 1] {
        let error = read_volume(&mut Failing(&bytes[..length]), &mut |_| Ok(())).unwrap_err();
        assert!(matches!(error, VolumeError::Io(_)), "{length}: {error}");
    }
    let error = read_volume(&mut bytes.as_slice(), &mut |_| Err(VolumeError::NotTaken("enough".into()))).unwrap_err();
    assert!(matches!(error, VolumeError::NotTaken(_)), "{error}");
}

#[test]
fn a_stored_volume_is_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let names = || {
        let mut names: Vec<String> =
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let records = records();
    let name = name_of(&records);
    // A part that was left behind by a cut is overwritten.
    fs::write(folder.path().join(format!("{}.part", name.file_name())), "half").unwrap();
    let path = store_volume(folder.path(), &name, &mut records.iter().cloned()).unwrap();
    assert_eq!((names(), fs::read(&path).unwrap()), (vec![name.file_name()], write(&records)));
    // One that fails leaves the old one.
    let error = store_volume(folder.path(), &name, &mut records.iter().take(3).cloned()).unwrap_err();
    assert!(error.to_string().contains(&name.file_name()), "{error}");
    assert_eq!((names(), fs::read(&path).unwrap()), (vec![name.file_name()], write(&records)));
    let missing = store_volume(&folder.path().join("away"), &name, &mut records.iter().cloned()).unwrap_err();
    assert!(matches!(missing, VolumeError::InFile { .. }), "{missing}");

    let sidecar = write_checksum(&path).unwrap();
    let line = fs::read_to_string(&sidecar).unwrap();
    assert_eq!(line, format!("{}  {}\n", hex(&Sha256::digest(write(&records))), name.file_name()));
    let checked =
        std::process::Command::new("sha256sum").arg("--check").arg(&sidecar).current_dir(folder.path()).status();
    assert!(checked.expect("sha256sum, of coreutils").success());

    assert_eq!(read_volume_file(&path, &mut |_| Ok(())).unwrap(), name);
    let other = folder.path().join(VolumeName { to: name.to + 1, ..name }.file_name());
    fs::rename(&path, &other).unwrap();
    let error = read_volume_file(&other, &mut |_| Ok(())).unwrap_err();
    let VolumeError::InFile { error, .. } = error else { panic!("{error}") };
    assert!(matches!(*error, VolumeError::Misnamed { holds } if holds == name), "{error}");
}
