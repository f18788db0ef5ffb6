//! Ten years on, without this program: what `docs/recovery.md` tells to type is typed, on the backup of a real school, and
//! gives every event.

use crate::support::{School, TYPED};
use age::x25519::Identity;
use chalkbox_domain::event::EventBody;
use chalkbox_service::safekeeping::{Job, SafekeepingError};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The blocks of a kind in the paper, in order.
fn blocks(kind: &str) -> Vec<String> {
    let paper = std::fs::read_to_string(docs().join("recovery.md")).unwrap();
    let begin = format!("```{kind}\n");
    paper.split(&begin).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The programs that the paper needs are a part of what is promised: without one the test fails.
fn programs_are_there() {
    for (program, package) in [("zstd", "zstd"), ("python3", "python3"), ("sha256sum", "coreutils"), ("tar", "tar")] {
        let there = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
        assert!(there, "{program} is missing: run `cargo xtask setup`, or apt-get install {package}");
    }
}

/// Types the block that has some words in it, in a folder.
fn typed(folder: &Path, words: &str) -> Output {
    let all = blocks("sh");
    let found: Vec<&String> = all.iter().filter(|block| block.contains(words)).collect();
    let [block] = found[..] else { panic!("{words}: {found:?}") };
    let output = Command::new("sh").args(["-e", "-c", block]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{block}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn school_at_work() -> School {
    let school = School::new();
    for n in 0..3 {
        for key in ["a", "b"] {
            let item = school.ask(school.child(n), Some(TYPED), "en").unwrap();
            school.respond(school.child(n), &school.right(&item, key)).unwrap();
        }
    }
    school
}

/// The school's backup on a stick, in a folder as the paper wants it.
fn copy_of_backup(school: &School) -> TempDir {
    let media = tempfile::tempdir().unwrap();
    let stick = media.path().join("BLUE");
    std::fs::create_dir_all(stick.join("chalkbox")).unwrap();
    school.set_stick_roots(vec![media.path().to_owned()]);
    let save = || school.carry_out(&Job::SaveToStick(school.sticks()[0].id.clone())).unwrap();
    save();
    // Once more, with something new: files that were written again later.
    let item = school.ask(school.child(0), Some(TYPED), "en").unwrap();
    school.respond(school.child(0), &school.right(&item, "later")).unwrap();
    std::fs::write(school.data.path().join("chalkbox.toml"), "# settings\n").unwrap();
    save();
    let work = tempfile::tempdir().unwrap();
    let copied = Command::new("cp").arg("-r").arg(stick.join(".")).arg(work.path()).status().unwrap();
    assert!(copied.success());
    work
}

/// Does what the paper says from its second step on, and compares.
fn read_by_hand(work: &Path, school: &School) {
    let sums = String::from_utf8(typed(work, "sha256sum --check").stdout).unwrap();
    assert!(sums.lines().count() > 0 && sums.lines().all(|line| line.ends_with(": OK")), "{sums}");
    typed(work, "> events.txt");
    let text = std::fs::read_to_string(work.join("events.txt")).unwrap();
    let [script] = &blocks("python")[..] else { panic!("one script") };
    assert_eq!(
        *script,
        std::fs::read_to_string(docs().join("recovery.py")).unwrap(),
        "recovery.md shows another script"
    );
    std::fs::write(work.join("recovery.py"), script).unwrap();

    let output = typed(work, "recovery.py events .");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "nothing is missing");
    let all = std::fs::read_to_string(work.join("all-events.txt")).unwrap();
    let events = school.store().events_since(None, 10_000).unwrap();
    assert_eq!(all.lines().count(), events.len());
    for (line, event) in all.lines().zip(&events) {
        let found: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(found["id"], event.id.to_string(), "every event, in order: {line}");
        assert_eq!(found["learner"].as_str(), event.learner.map(|l| l.to_string()).as_deref());
        assert!(text.contains(&format!("{{\"id\":\"{}\",\"type\":", event.id)), "in plain text too: {line}");
        if let EventBody::ProfileSet(profile) = &event.body {
            assert_eq!(found["display_name"].as_str(), Some(profile.display_name.as_str()));
        }
    }

    typed(work, "> skills.txt");
    let skills = std::fs::read_to_string(work.join("skills.txt")).unwrap();
    let names: BTreeSet<&str> = skills
        .lines()
        .filter(|line| line.contains(&format!("\t{TYPED}\t")))
        .filter_map(|l| l.split('\t').next())
        .collect();
    assert_eq!(names, BTreeSet::from(["Ada", "Ben", "Che"]), "{skills}");
}

#[test]
fn what_the_paper_says_is_typed_on_a_backup_and_gives_every_event() {
    programs_are_there();
    let school = school_at_work();
    let work = copy_of_backup(&school);
    read_by_hand(work.path(), &school);
}

#[test]
fn a_backup_in_one_file_is_unpacked_and_read_alike() {
    programs_are_there();
    let school = school_at_work();
    let mut file = Vec::new();
    school.pour_backup(&mut file).unwrap();
    let work = tempfile::tempdir().unwrap();
    std::fs::write(work.path().join("chalkbox-backup-2026-11-25.tar"), file).unwrap();
    typed(work.path(), "tar -xf");
    read_by_hand(work.path(), &school);
}

/// As `age --decrypt` does it with a passphrase, which asks for it on a terminal.
fn open_key(locked: &[u8], passphrase: &str) -> Identity {
    let identity = age::scrypt::Identity::new(passphrase.to_owned().into());
    let mut text = String::new();
    let decryptor = age::Decryptor::new(locked).unwrap();
    decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).unwrap().read_to_string(&mut text).unwrap();
    let line = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).expect("a file of identities");
    line.trim().parse().unwrap()
}

/// As the loop in the paper does it.
fn unlock_all(folder: &Path, identity: &Identity) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            unlock_all(&path, identity);
        } else if path.extension().is_some_and(|e| e == "age") && path.file_name().is_some_and(|n| n != "key.age") {
            let mut content = Vec::new();
            let decryptor = age::Decryptor::new_buffered(std::io::BufReader::new(std::fs::File::open(&path).unwrap()));
            let mut opened = decryptor.unwrap().decrypt(std::iter::once(identity as &dyn age::Identity)).unwrap();
            opened.read_to_end(&mut content).unwrap();
            std::fs::write(path.with_extension(""), content).unwrap();
        }
    }
}

#[test]
fn a_locked_backup_opens_with_the_key_as_it_was_printed() -> Result<(), SafekeepingError> {
    programs_are_there();
    let school = school_at_work();
    let key = school.make_recovery_key()?;
    let work = copy_of_backup(&school);
    let locked = std::fs::read_dir(work.path()).unwrap().map(|e| e.unwrap().path());
    let set = locked.filter(|path| path.join("key.age").is_file()).last().expect("it is locked");
    let identity = open_key(&std::fs::read(set.join("key.age")).unwrap(), &key);
    unlock_all(work.path(), &identity);
    read_by_hand(work.path(), &school);
    Ok(())
}

#[test]
fn the_journal_of_a_card_gives_every_number() {
    programs_are_there();
    let mut school = school_at_work();
    let events = school.store().events_since(None, 10_000).unwrap();
    school.close();
    let work = tempfile::tempdir().unwrap();
    let copied =
        Command::new("cp").arg("-r").arg(school.data.path().join("journal")).arg(work.path()).status().unwrap();
    assert!(copied.success());
    std::fs::copy(docs().join("recovery.py"), work.path().join("recovery.py")).unwrap();
    let said = String::from_utf8(typed(work.path(), "recovery.py journal").stdout).unwrap();
    let numbers: BTreeSet<u64> =
        said.lines().filter_map(|line| line.split_once("\tevent\t")?.1.strip_suffix("\tOK")?.parse().ok()).collect();
    assert!(events.iter().all(|event| numbers.contains(&event.id.seq)), "{said}");
    assert!(!said.contains("DAMAGED"), "{said}");
}
