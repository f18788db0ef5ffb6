//! Backups that are damaged, cut short or made to do harm: each is refused in its own words, and nothing on the box changes.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
mod school;

use chalkbox_store::backup::*;
use chalkbox_store::disk::{Disk, DiskFile, RealDisk};
use drafts::*;
use school::*;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

fn verifies(target: &Target) -> Result<Verified, BackupError> {
    verify(target, None, &mut |_| {})
}

/// A restore into a new folder that must be refused, and leave nothing.
fn refused(target: &Target, passphrase: Option<&str>) -> BackupError {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("new");
    let error = restore(config(&data, SLED), target, passphrase, &mut |_| {}).err().expect("refused");
    assert!(!data.exists(), "something was changed: {error}");
    error
}

fn set_of(school: &School, stick: &Path) -> PathBuf {
    school.create(&Target::Folder(stick.into())).unwrap().path
}

#[test]
fn any_changed_byte_of_a_folder_is_found() {
    let school = School::new(6);
    let stick = tempfile::tempdir().unwrap();
    let set = set_of(&school, stick.path());
    let target = Target::Folder(set.clone());
    verifies(&target).unwrap();
    let mut flips = 0;
    for name in names(&set) {
        let path = set.join(&name);
        let whole = fs::read(&path).unwrap();
        let stride = (whole.len() / 40).max(1);
        for at in (0..whole.len()).step_by(stride).chain([whole.len() - 1]) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&path, &bytes).unwrap();
            assert!(verifies(&target).is_err(), "{name}, byte {at}");
            flips += 1;
        }
        for cut in [0, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).unwrap();
            let error = verifies(&target).unwrap_err();
            assert!(matches!(error, BackupError::CutShort { .. }), "{name} cut at {cut}: {error}");
        }
        fs::write(&path, [whole.as_slice(), b"x"].concat()).unwrap();
        assert!(verifies(&target).is_err(), "{name}, longer");
        fs::remove_file(&path).unwrap();
        assert!(verifies(&target).is_err(), "{name}, missing");
        let _ = refused(&target, None);
        fs::write(&path, &whole).unwrap();
    }
    assert!(flips > 200, "{flips} flips");
    verifies(&target).unwrap();
}

#[test]
fn any_changed_byte_of_a_file_is_found() {
    let school = School::new(6);
    let path = school.scratch().join("a.tar");
    school.create(&Target::File(path.clone())).unwrap();
    let whole = fs::read(&path).unwrap();
    let other = school.scratch().join("b.tar");
    let target = Target::File(other.clone());
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).open(&other).unwrap();
    file.write_all(&whole).unwrap();
    verifies(&target).unwrap();
    // Every third byte: each header, each content, what fills the blocks, and the end.
    use std::os::unix::fs::FileExt;
    for at in (0..whole.len()).step_by(3) {
        file.write_at(&[whole[at] ^ (1 << (at % 8))], at as u64).unwrap();
        assert!(verifies(&target).is_err(), "byte {at} of {}", whole.len());
        file.write_at(&[whole[at]], at as u64).unwrap();
    }
    for cut in (0..whole.len()).step_by(211) {
        fs::write(&other, &whole[..cut]).unwrap();
        assert!(verifies(&target).is_err(), "cut at {cut}");
    }
    fs::write(&other, &whole[..whole.len() - 1024]).unwrap();
    assert!(matches!(refused(&target, None), BackupError::CutShort { .. }));
}

#[test]
fn an_encrypted_set_tells_a_wrong_passphrase_from_damage() {
    let school = School::new(6);
    let stick = tempfile::tempdir().unwrap();
    let passphrase = new_passphrase().unwrap();
    let encryption = Encryption::Passphrase(passphrase.clone());
    let target = Target::Folder(stick.path().into());
    let set = create(school.data(), &target, &CreateOptions { encryption, ..options() }, &mut |_| {}).unwrap().path;
    assert!(matches!(refused(&target, Some("not the recovery key")), BackupError::WrongPassphrase { .. }));
    let key = set.join("key.age");
    let whole = fs::read(&key).unwrap();
    let mut bytes = whole.clone();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&key, &bytes).unwrap();
    assert!(matches!(refused(&target, Some(&passphrase)), BackupError::Damaged { .. }));
    fs::write(&key, &whole).unwrap();
    // A file that was exchanged for another of the same set, with a manifest that agrees.
    let manifest = set.join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let (one, two) = ("files/item.key.age", "files/chalkbox.toml.age");
    let swapped = text.replace(one, "PLACE").replace(two, one).replace("PLACE", two);
    fs::write(&manifest, sealed(&swapped)).unwrap();
    assert!(verifies(&target).is_err(), "the sizes and hashes are the other file's");
    fs::rename(set.join(one), set.join("x")).unwrap();
    fs::rename(set.join(two), set.join(one)).unwrap();
    fs::rename(set.join("x"), set.join(two)).unwrap();
    verifies(&target).expect("as the manifest says; who can write both can exchange what the key does not bind");
}

/// A manifest's text with the hash that fits.
fn sealed(text: &str) -> String {
    const SEAL: &str = ",\n  \"sha256\": \"";
    let open = text.rsplit_once(SEAL).map_or(text, |(open, _)| open);
    let hash: String = Sha256::digest(open.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    format!("{open}{SEAL}{hash}\"\n}}\n")
}

/// Changes the manifest of a set and gives it the hash that fits.
fn change(set: &Path, change: impl FnOnce(String) -> String) {
    let path = set.join("manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, sealed(&change(text))).unwrap();
}

#[test]
fn a_manifest_that_fits_its_hash_is_still_not_believed() {
    let school = School::new(6);
    type Change = fn(String) -> String;
    let changes: [(&str, Change); 9] = [
        ("traversal", |m| m.replace("files/item.key", "files/../../item.key")),
        ("absolute", |m| m.replace("\"files/item.key", "\"/files/item.key")),
        ("another place", |m| m.replace("files/chalkbox.toml", "files/box.toml")),
        ("case", |m| m.replace("files/chalkbox.toml", "files/ITEM.key")),
        ("doubled", |m| m.replace("files/chalkbox.toml", "files/item.key")),
        ("a longer box", |m| m.replacen("\"to\": 8", "\"to\": 9", 1)),
        ("more events", |m| m.replace("\"present\": 8", "\"present\": 9")),
        ("a size", |m| m.replace("\"size\": 32", "\"size\": 18446744073709551615")),
        ("a field", |m| m.replacen("\"program\"", "\"programme\"", 1)),
    ];
    for (what, changed) in changes {
        let stick = tempfile::tempdir().unwrap();
        let set = set_of(&school, stick.path());
        let before = fs::read_to_string(set.join("manifest.json")).unwrap();
        assert_ne!(changed(before.clone()), before, "{what} changes nothing");
        change(&set, changed);
        let error = refused(&Target::Folder(stick.path().into()), None);
        assert!(
            matches!(error, BackupError::Refused { .. } | BackupError::Damaged { .. } | BackupError::CutShort { .. }),
            "{what}: {error:?}"
        );
    }
    let stick = tempfile::tempdir().unwrap();
    let set = set_of(&school, stick.path());
    let target = Target::Folder(stick.path().into());
    change(&set, |m| m.replace("\"version\": 1", "\"version\": 7"));
    assert!(matches!(refused(&target, None), BackupError::Newer { found: 7, .. }));
    // One of 1 GiB costs neither time nor memory.
    let began = std::time::Instant::now();
    fs::OpenOptions::new().write(true).open(set.join("manifest.json")).unwrap().set_len(1 << 30).unwrap();
    assert!(matches!(refused(&target, None), BackupError::Refused { .. }));
    assert!(began.elapsed().as_secs() < 5);
}

#[test]
fn links_pipes_and_folders_are_no_files() {
    let school = School::new(6);
    let secret = school.scratch().join("secret");
    for kind in ["link", "linked folder", "pipe", "folder"] {
        let stick = tempfile::tempdir().unwrap();
        let set = set_of(&school, stick.path());
        let path = set.join("files/item.key");
        match kind {
            "linked folder" => {
                fs::rename(set.join("files"), &secret).unwrap();
                std::os::unix::fs::symlink(&secret, set.join("files")).unwrap();
            }
            "link" => {
                fs::rename(&path, school.scratch().join("key")).unwrap();
                std::os::unix::fs::symlink(school.scratch().join("key"), &path).unwrap();
            }
            "pipe" => {
                fs::remove_file(&path).unwrap();
                assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
            }
            _ => {
                fs::remove_file(&path).unwrap();
                fs::create_dir(&path).unwrap();
            }
        }
        let target = Target::Folder(stick.path().into());
        assert!(matches!(refused(&target, None), BackupError::Refused { .. }), "{kind}");
        // And nothing is written through one.
        if kind == "linked folder" {
            fs::write(school.data().join("chalkbox.toml"), "[web]\nworkers = 9\n").unwrap();
            let before = names(&secret);
            let _ = school.create(&target);
            assert_eq!(names(&secret), before);
        }
    }
}

/// An entry of an archive as its header says it.
struct Entry<'a> {
    name: &'a [u8],
    kind: u8,
    size: u64,
    content: Vec<u8>,
}

fn entry(name: &[u8], kind: u8, content: &[u8]) -> Vec<u8> {
    Entry { name, kind, size: content.len() as u64, content: content.to_vec() }.bytes()
}

impl Entry<'_> {
    fn bytes(&self) -> Vec<u8> {
        let mut block = [0u8; 512];
        block[..self.name.len()].copy_from_slice(self.name);
        block[100..108].copy_from_slice(b"0000600\0");
        block[124..136].copy_from_slice(format!("{:011o}\0", self.size).as_bytes());
        block[136..148].copy_from_slice(b"00000000000\0");
        block[148..156].copy_from_slice(b"        ");
        block[156] = self.kind;
        block[257..265].copy_from_slice(b"ustar  \0");
        let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let mut bytes = block.to_vec();
        bytes.extend(&self.content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
        bytes
    }
}

#[test]
fn archives_that_no_box_writes_are_refused() {
    let school = School::new(3);
    let path = school.scratch().join("a.tar");
    school.create(&Target::File(path.clone())).unwrap();
    let good = fs::read(&path).unwrap();
    let set = format!("chalkbox-backup-{}", school.box_id);
    let inside = |name: &str| format!("{set}/{name}").into_bytes();
    let long = [b"../".as_slice(), &b"a".repeat(150)].concat();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("traversal", entry(&inside("../../x"), b'0', b"x")),
        ("absolute", entry(b"/etc/x", b'0', b"x")),
        ("outside", entry(b"x", b'0', b"x")),
        ("symbolic link", entry(&inside("files/x"), b'2', b"")),
        ("hard link", entry(&inside("files/x"), b'1', b"")),
        ("device", entry(&inside("files/x"), b'3', b"")),
        ("pipe", entry(&inside("files/x"), b'6', b"")),
        ("sparse", entry(&inside("files/x"), b'S', b"")),
        ("doubled", entry(&inside("files/item.key"), b'0', b"x")),
        ("case", entry(&inside("files/ITEM.KEY"), b'0', b"x")),
        ("file and folder", entry(&inside("files"), b'0', b"x")),
        (
            "no text",
            entry(
                &inside("files/\u{0}").iter().map(|b| if *b == 0 { 0xff } else { *b }).collect::<Vec<_>>(),
                b'0',
                b"x",
            ),
        ),
        ("control character", entry(&inside("files/a\nb"), b'0', b"x")),
        ("long traversal", [entry(b"././@LongLink", b'L', &long), entry(b"x", b'0', b"x")].concat()),
        ("endless name", Entry { name: b"././@LongLink", kind: b'L', size: 1 << 32, content: vec![] }.bytes()),
        ("another size", [entry(b"p", b'x', b"11 size=99\n"), entry(&inside("files/x"), b'0', b"x")].concat()),
        (
            "traversal in properties",
            [entry(b"p", b'x', b"17 path=../../xx\n"), entry(&inside("y"), b'0', b"x")].concat(),
        ),
        (
            "size beyond the end",
            Entry { name: &inside("files/x"), kind: b'0', size: (1 << 33) - 1, content: vec![] }.bytes(),
        ),
        ("no size", {
            let mut bytes = entry(&inside("files/x"), b'0', b"x");
            bytes[124..136].copy_from_slice(b"9zzzzzzzzzzz");
            bytes
        }),
        ("folder that climbs", entry(&inside("../y/"), b'5', b"")),
    ];
    let bad = school.scratch().join("bad.tar");
    let target = Target::File(bad.clone());
    for (what, first) in cases {
        fs::write(&bad, [first.as_slice(), &good].concat()).unwrap();
        let error = refused(&target, None);
        assert!(
            matches!(error, BackupError::Refused { .. } | BackupError::Damaged { .. } | BackupError::CutShort { .. }),
            "{what}: {error:?}"
        );
    }
    // 100,000 files.
    let many: Vec<u8> = (0..100_000).flat_map(|n| entry(&inside(&format!("files/{n}")), b'0', b"")).collect();
    fs::write(&bad, [many.as_slice(), &good].concat()).unwrap();
    assert!(matches!(refused(&target, None), BackupError::Refused { .. }));
    for nothing in [b"".as_slice(), b"not an archive", &[0; 10_240]] {
        fs::write(&bad, nothing).unwrap();
        let error = refused(&target, None);
        assert!(
            matches!(error, BackupError::NoBackup { .. } | BackupError::CutShort { .. } | BackupError::Damaged { .. }),
            "{error:?}"
        );
    }
    assert!(matches!(refused(&Target::File(school.scratch().into()), None), BackupError::NoBackup { .. }));
}

#[test]
fn an_archive_that_another_program_made_of_a_set_is_taken() {
    let school = School::new(3);
    let stick = tempfile::tempdir().unwrap();
    set_of(&school, stick.path());
    let path = school.scratch().join("made.tar");
    for arguments in [["--format=gnu", "."], ["--format=pax", "."], ["--format=ustar", "."]] {
        let mut tar = std::process::Command::new("tar");
        let made = tar.arg("-cf").arg(&path).arg("-C").arg(stick.path()).args(arguments).status();
        if !made.is_ok_and(|status| status.success()) {
            // No such program here, or one that knows other words.
            continue;
        }
        verifies(&Target::File(path.clone())).unwrap();
    }
}

#[test]
fn a_wrong_place_is_told() {
    let school = School::new(3);
    let place = tempfile::tempdir().unwrap();
    let create = |target: Target| school.create(&target).unwrap_err();
    let file = place.path().join("a.tar");
    fs::write(&file, b"something").unwrap();
    assert!(matches!(create(Target::from_path(&file)), BackupError::Exists { .. }));
    assert_eq!(fs::read(&file).unwrap(), b"something");
    assert!(matches!(create(Target::Folder(file)), BackupError::NotAFolder { .. }));
    assert!(matches!(create(Target::Folder(place.path().join("gone"))), BackupError::Gone { .. }));
    assert!(matches!(create(Target::File(place.path().join("gone/a.tar"))), BackupError::Gone { .. }));
    let none =
        chalkbox_store::backup::create(place.path(), &Target::Folder(place.path().into()), &options(), &mut |_| {});
    assert!(matches!(none, Err(BackupError::NoBox { .. })));
    assert!(matches!(verifies(&Target::Folder(place.path().into())), Err(BackupError::NoBackup { .. })));
    // A folder of that name that holds something else, another box's set, and one that was never finished.
    let set = place.path().join(format!("chalkbox-backup-{}", school.box_id));
    let stick = Target::Folder(place.path().into());
    fs::create_dir(&set).unwrap();
    fs::write(set.join("photo.jpg"), b"x").unwrap();
    assert!(matches!(create(stick.clone()), BackupError::Foreign { .. }));
    fs::remove_file(set.join("photo.jpg")).unwrap();
    assert!(matches!(verifies(&stick), Err(BackupError::Unfinished { .. })));
    let other = School::new(2);
    let theirs = other.create(&stick).unwrap().path;
    fs::remove_dir_all(&set).unwrap();
    fs::rename(theirs, &set).unwrap();
    assert!(matches!(create(stick.clone()), BackupError::Foreign { .. }));
    verifies(&stick).expect("nothing of it was touched");
}

/// A real folder whose medium begins to fail at some operation, in the way that is told.
struct Failing {
    root: PathBuf,
    disk: RealDisk,
    left: AtomicU64,
    kind: io::ErrorKind,
}

impl Failing {
    fn go(&self) -> io::Result<()> {
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(1), Ordering::Relaxed);
        if left == 0 { Err(self.kind.into()) } else { Ok(()) }
    }
}

struct FailingDisk(Arc<Failing>);
struct FailingFile(Arc<Failing>, Box<dyn DiskFile>);

impl Disk for FailingDisk {
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.0.go()?;
        self.0.disk.list(folder)
    }
    fn create_folder(&self, folder: &str) -> io::Result<()> {
        self.0.go()?;
        match fs::create_dir(self.0.root.join(folder)) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            done => done,
        }
    }
    fn create(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        self.0.go()?;
        Ok(Box::new(FailingFile(Arc::clone(&self.0), self.0.disk.create(path)?)))
    }
    fn open(&self, path: &str, write: bool) -> io::Result<Box<dyn DiskFile>> {
        self.0.go()?;
        Ok(Box::new(FailingFile(Arc::clone(&self.0), self.0.disk.open(path, write)?)))
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.go()?;
        self.0.disk.rename(from, to)
    }
    fn remove(&self, path: &str) -> io::Result<()> {
        self.0.go()?;
        self.0.disk.remove(path)
    }
    fn sync_folder(&self, _folder: &str) -> io::Result<()> {
        self.0.go()
    }
}

impl DiskFile for FailingFile {
    fn len(&self) -> io::Result<u64> {
        self.0.go()?;
        self.1.len()
    }
    fn read(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        self.0.go()?;
        self.1.read(offset, len)
    }
    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.0.go() {
            // The first half arrived.
            self.1.write(offset, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        self.1.write(offset, bytes)
    }
    fn sync(&self) -> io::Result<()> {
        self.0.go()
    }
}

#[test]
fn a_stick_that_goes_at_any_operation_reading_included_keeps_a_whole_set() {
    let school = School::new(4);
    let former = tempfile::tempdir().unwrap();
    set_of(&school, former.path());
    school.open().submit(answer(2, 77, None, "3")).unwrap();
    let errors = [io::ErrorKind::NotFound, io::ErrorKind::StorageFull, io::ErrorKind::ReadOnlyFilesystem];
    let mut states = std::collections::BTreeSet::new();
    for at in 0.. {
        let kind = errors[at as usize % errors.len()];
        let stick = tempfile::tempdir().unwrap();
        copy_folder(former.path(), stick.path());
        let disk =
            Failing { root: stick.path().into(), disk: RealDisk::new(stick.path()), left: AtomicU64::new(at), kind };
        let made = create_on(school.data(), Arc::new(FailingDisk(Arc::new(disk))), &options(), &mut |_| {});
        match (&made, kind) {
            (Ok(_), _) => {}
            (Err(BackupError::Full { needed_bytes, .. }), io::ErrorKind::StorageFull) => {
                assert!(*needed_bytes > 0, "operation {at}");
            }
            (Err(BackupError::ReadOnly { .. }), io::ErrorKind::ReadOnlyFilesystem) => {}
            (Err(BackupError::Gone { .. } | BackupError::ReadsBackOther { .. }), io::ErrorKind::NotFound) => {}
            (Err(other), _) => panic!("operation {at}: {other:?}"),
        }
        let target = Target::Folder(stick.path().into());
        let events = verifies(&target).unwrap().sets[0].contents.as_ref().unwrap().events;
        assert!(events == 7 || (events == 6 && made.is_err()), "operation {at}: {events} events");
        states.insert(events);
        school.create(&target).unwrap();
        assert_eq!(verifies(&target).unwrap().sets[0].contents.as_ref().unwrap().events, 7);
        assert!(!names(stick.path()).iter().any(|n| n.ends_with(".part")));
        if at > 60 && made.is_ok() {
            break;
        }
    }
    assert_eq!(states.into_iter().collect::<Vec<_>>(), [6, 7]);
}
