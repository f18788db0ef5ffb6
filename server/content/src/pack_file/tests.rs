//! Packs that lie, and packs that do not.

use super::*;
use proptest::prelude::*;
use std::io::{Cursor, Write};

const LIMITS: PackLimits = PackLimits { pack_bytes: 1 << 20, unpacked_bytes: 4 << 20, files: 20, ratio: 50 };

/// One entry of a zip that is written by hand, so that it can lie.
#[derive(Clone)]
struct Raw {
    name: Vec<u8>,
    local_name: Option<Vec<u8>>,
    content: Vec<u8>,
    packed: Option<Vec<u8>>,
    method: u16,
    flags: u16,
    /// Size in both headers, if not the true one.
    size: Option<u32>,
    /// Size in the local header, if not that of the directory.
    local_size: Option<u32>,
    crc: Option<u32>,
    mode: u32,
    extra: Vec<u8>,
    /// Offset of the header that the directory tells, if not the true one.
    header: Option<u32>,
}

fn raw(name: &str, content: &[u8]) -> Raw {
    Raw {
        name: name.into(),
        local_name: None,
        content: content.into(),
        packed: None,
        method: 0,
        flags: 0,
        size: None,
        local_size: None,
        crc: None,
        mode: 0,
        extra: vec![],
        header: None,
    }
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).expect("in memory");
    encoder.finish().expect("in memory")
}

fn zip_of(entries: &[Raw]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for e in entries {
        let header = out.len() as u32;
        let packed = e.packed.clone().unwrap_or_else(|| e.content.clone());
        let mut crc = Crc::new();
        crc.update(&e.content);
        let size = e.size.unwrap_or(e.content.len() as u32);
        let fields = |size: u32, name: &[u8]| {
            let mut f = Vec::new();
            f.extend([20u16, e.flags, e.method, 0, 0x21].iter().flat_map(|v| v.to_le_bytes()));
            f.extend([e.crc.unwrap_or(crc.sum()), packed.len() as u32, size].iter().flat_map(|v| v.to_le_bytes()));
            f.extend([name.len() as u16, e.extra.len() as u16].iter().flat_map(|v| v.to_le_bytes()));
            f
        };
        let local_name = e.local_name.as_ref().unwrap_or(&e.name);
        out.extend(Entry::LOCAL.to_le_bytes());
        out.extend(fields(e.local_size.unwrap_or(size), local_name));
        out.extend(local_name);
        out.extend(&e.extra);
        out.extend(&packed);
        directory.extend(Entry::SIGNATURE.to_le_bytes());
        directory.extend([20, 3]);
        directory.extend(fields(size, &e.name));
        directory.extend([0; 6]);
        directory.extend((e.mode << 16).to_le_bytes());
        directory.extend(e.header.unwrap_or(header).to_le_bytes());
        directory.extend(&e.name);
        directory.extend(&e.extra);
    }
    let (start, length, count) = (out.len() as u32, directory.len() as u32, entries.len() as u16);
    out.extend(directory);
    out.extend(Directory::SIGNATURE.to_le_bytes());
    out.extend([0; 4]);
    out.extend([count, count].iter().flat_map(|v| v.to_le_bytes()));
    out.extend([length, start].iter().flat_map(|v| v.to_le_bytes()));
    out.extend([0; 2]);
    out
}

#[test]
fn an_honest_pack_is_read() {
    let long = b"chalk ".repeat(1_000);
    let packed = Raw { packed: Some(deflated(&long)), method: 8, ..raw("media/a.txt", &long) };
    let file = zip_of(&[
        raw("pack.toml", b"x = 1"),
        packed,
        raw("media/", b""),
        raw("empty", b""),
        raw("media/files.sha256", b""),
    ]);
    let files = read_pack(&file, &LIMITS).expect("honest");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["empty", "media/a.txt", "media/files.sha256", "pack.toml"]);
    assert_eq!(files["media/a.txt"], long);
    assert_eq!(read_pack(&zip_of(&[]), &LIMITS), Ok(BTreeMap::new()));
}

#[test]
fn a_lying_pack_is_refused_with_its_reason() {
    let check = |what: &str, entries: &[Raw], expect: &str| {
        let fault = read_pack(&zip_of(entries), &LIMITS).expect_err(what);
        assert_eq!(fault.to_string(), expect, "{what}");
    };
    let x = |name: &str| raw(name, b"x");
    for name in [
        "../evil",
        "a/../../evil",
        "/etc/passwd",
        "a//b",
        "./a",
        "a/.",
        "C:evil",
        "a\\b",
        "a b",
        "",
        "/",
        "é",
        "a\0b",
        "a:b",
    ] {
        let shown: String = name.escape_debug().collect();
        check(name, &[x(name)], &format!("“{shown}” is not a name that a pack may hold"));
    }
    let long = "n".repeat(201);
    check("a long name", &[x(&long)], &format!("“{}” is not a name that a pack may hold", "n".repeat(80)));
    check(
        "a name that is no text",
        &[Raw { name: vec![0xff], ..x("a") }],
        "“\u{fffd}” is not a name that a pack may hold",
    );
    for name in ["files.sha256", "Files.SHA256", "files.sha256/a"] {
        check(
            name,
            &[x(name)],
            &format!("“{name}” is the name of the box's own list of a pack's files; call it something else"),
        );
    }
    check("one name twice", &[x("a"), x("a")], "“a” stands twice in the pack");
    check("names alike but for case", &[x("a/B.svg"), x("a/b.svg")], "“a/b.svg” stands twice in the pack");
    check("a file as a folder", &[x("a"), x("a/b")], "“a/b” stands twice in the pack");
    check("folders alike but for case", &[x("Media/a"), x("media/b")], "“media/b” stands twice in the pack");
    for mode in [0o120_777, 0o060_644, 0o010_644, 0o140_644, 0o020_644] {
        check("a link or device", &[Raw { mode, ..x("a") }], "“a” is no plain file");
    }
    check("a folder as a file", &[Raw { mode: 0o040_755, ..x("a") }], "“a” is no plain file");
    check("a folder with content", &[x("a/")], "“a/” does not become what its header says: a folder with content");
    check(
        "other names",
        &[Raw { local_name: Some(b"b".to_vec()), ..x("a") }],
        "the two headers of “a” disagree about its name",
    );
    check("other sizes", &[Raw { local_size: Some(2), ..x("a") }], "the two headers of “a” disagree about its size");
    check("a wrong size", &[Raw { size: Some(2), ..x("a") }], "“a” does not become what its header says: its size");
    check(
        "a wrong checksum",
        &[Raw { crc: Some(7), ..x("a") }],
        "“a” does not become what its header says: its checksum",
    );
    check("encryption", &[Raw { flags: 1, ..x("a") }], "the pack uses encryption, which packs do not");
    check(
        "streaming",
        &[Raw { flags: 8, ..x("a") }],
        "the pack uses sizes that stand behind the data, which packs do not",
    );
    check("patches", &[Raw { flags: 32, ..x("a") }], "the pack uses rare features of zip, which packs do not");
    check("bzip2", &[Raw { method: 12, ..x("a") }], "the pack uses a rare way of packing, which packs do not");
    check("zip64", &[Raw { extra: vec![1, 0, 0, 0], ..x("a") }], "the pack uses zip64, which packs do not");
    check("zip64 sizes", &[Raw { size: Some(u32::MAX), ..x("a") }], "the pack uses zip64, which packs do not");
    check(
        "a second name",
        &[Raw { extra: vec![0x75, 0x70, 0, 0], ..x("a") }],
        "the pack uses a second name, which packs do not",
    );
    check(
        "an extra field that ends early",
        &[Raw { extra: vec![9, 9, 9, 0], ..x("a") }],
        "this is no whole pack: a header is missing or broken",
    );
    check(
        "no deflated data",
        &[Raw { method: 8, ..raw("a", b"\xff\xff\xff") }],
        "“a” does not become what its header says: not deflated data",
    );
    check(
        "nothing deflated",
        &[Raw { method: 8, ..raw("a", b"") }],
        "“a” does not become what its header says: not deflated data",
    );
    let mut tail = deflated(b"x");
    tail.push(0);
    check(
        "more behind the data",
        &[Raw { method: 8, packed: Some(tail), ..x("a") }],
        "“a” does not become what its header says: not deflated data",
    );
    let many: Vec<Raw> = (0..21).map(|n| x(&n.to_string())).collect();
    check("many files", &many, "the pack has 21 files, 20 at most");
    check(
        "two names for the same bytes",
        &[raw("a", b"x"), Raw { header: Some(0), local_name: Some(b"a".to_vec()), ..x("b") }],
        "the two headers of “b” disagree about its name",
    );
}

#[test]
fn a_bomb_is_stopped_while_it_grows() {
    let check = |what: &str, file: &[u8], expect: &str| {
        assert_eq!(read_pack(file, &LIMITS).expect_err(what).to_string(), expect, "{what}");
    };
    let zeros = vec![0u8; 3 << 20];
    let bomb = |size: Option<u32>| Raw { packed: Some(deflated(&zeros)), method: 8, size, ..raw("bomb", &zeros) };
    check("a bomb", &zip_of(&[bomb(None)]), "“bomb” becomes 50 times larger or more, 50 at most");
    check(
        "a bomb that says it is small",
        &zip_of(&[bomb(Some(10))]),
        "“bomb” does not become what its header says: its size",
    );
    // Many files, each within the ratio by the free 64 KiB, too much together.
    let part = vec![0u8; 60 << 10];
    let small = PackLimits { unpacked_bytes: 200 << 10, ..LIMITS };
    let parts: Vec<Raw> =
        (0..4).map(|n| Raw { packed: Some(deflated(&part)), method: 8, ..raw(&n.to_string(), &part) }).collect();
    let fault = read_pack(&zip_of(&parts), &small).expect_err("too much");
    assert_eq!(fault, PackFault::Unpacked { most: 200 << 10 });
    let stored: Vec<Raw> = (0..4).map(|n| raw(&n.to_string(), &part)).collect();
    assert_eq!(read_pack(&zip_of(&stored), &small).expect_err("too much"), PackFault::Unpacked { most: 200 << 10 });
    check("a heavy pack", &vec![0; (1 << 20) + 1], "the pack has 1048577 bytes, 1048576 at most");
    // Two directory entries over the same bytes.
    let inner = zip_of(&[raw("b", b"x")]);
    let around = raw("a", &inner);
    let file = zip_of(&[around.clone(), Raw { header: Some(30 + 1), ..raw("b", b"x") }]);
    check("an entry within another", &file, "“b” lies on top of another entry");
}

#[test]
fn a_cut_or_changed_pack_is_refused_and_never_panics() {
    let file = zip_of(&[raw("pack.toml", b"kind = 1"), raw("media/a.svg", b"<svg></svg>")]);
    for length in 0..file.len() {
        assert!(read_pack(&file[..length], &LIMITS).is_err(), "cut to {length}");
    }
    let honest = read_pack(&file, &LIMITS).expect("honest");
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[at] ^= 1 << bit;
            // A changed time or version says nothing; content that differs must not pass.
            if let Ok(files) = read_pack(&changed, &LIMITS) {
                assert!(files.values().eq(honest.values()), "byte {at} bit {bit}");
            }
        }
    }
    let mut behind = file.clone();
    behind.push(0);
    assert!(read_pack(&behind, &LIMITS).is_err());
    let mut before = vec![0];
    before.extend(&file);
    assert!(read_pack(&before, &LIMITS).is_err());
}

#[test]
fn names_that_cannot_be_read_are_not_written() {
    let check = |names: &[&str], expect: WriteFault| {
        let files = names.iter().map(|n| ((*n).to_owned(), vec![])).collect();
        assert_eq!(write_pack(&files), Err(expect));
    };
    check(&["../a"], WriteFault::Name { name: "../a".into() });
    check(&["a b"], WriteFault::Name { name: "a b".into() });
    check(&["files.sha256"], WriteFault::Reserved { name: "files.sha256".into() });
    check(&["A", "a"], WriteFault::Doubled { name: "a".into() });
}

#[test]
fn other_programs_read_what_we_write_and_we_what_they_write() {
    let files: BTreeMap<String, Vec<u8>> =
        [("pack.toml", b"kind".repeat(99)), ("media/x.svg", b"<svg/>".to_vec())].map(|(n, c)| (n.to_owned(), c)).into();
    let ours = write_pack(&files).expect("written");
    let mut archive = zip::ZipArchive::new(Cursor::new(&ours)).expect("a zip");
    for (name, content) in &files {
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(name).expect("there"), &mut read).expect("whole");
        assert_eq!(&read, content);
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in &files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name.as_str(), options).expect("begun");
        writer.write_all(content).expect("written");
    }
    let theirs = writer.finish().expect("finished").into_inner();
    assert_eq!(read_pack(&theirs, &LIMITS), Ok(files));
}

proptest! {
    #[test]
    fn what_is_written_is_read_again_and_always_the_same(
        files in prop::collection::btree_map("[a-z]{1,8}(/[a-z]{1,8}\\.txt)?", prop::collection::vec(any::<u8>(), 0..3_000), 0..10),
    ) {
        let Ok(pack) = write_pack(&files) else { return Ok(()) };
        let folder_and_file = files.keys().any(|a| files.keys().any(|b| b.starts_with(&format!("{a}/"))));
        match read_pack(&pack, &LIMITS) {
            Ok(read) => prop_assert_eq!(&read, &files),
            Err(fault) => prop_assert!(folder_and_file, "{}", fault),
        }
        prop_assert_eq!(write_pack(&files).expect("again"), pack);
    }

    #[test]
    fn no_bytes_at_all_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_pack(&bytes, &LIMITS);
    }
}
