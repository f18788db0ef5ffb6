//! A first start with a backup: an empty box becomes the school that a stick holds.

use crate::support::{School, TYPED};
use chalkbox_domain::event::{Actor, EventBody, EventDraft, PackState};
use chalkbox_service::safekeeping::{At, Fault, Job, JobState, Outcome, SafekeepingError};
use chalkbox_service::setup::{SetupDraft, SetupError};
use chalkbox_service::views;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A stick, marked as one for the box.
struct Stick(TempDir);

impl Stick {
    fn new() -> Self {
        let media = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(media.path().join("BLUE/chalkbox")).unwrap();
        Self(media)
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("BLUE")
    }

    fn put_into(&self, school: &School) {
        school.set_stick_roots(vec![self.0.path().to_owned()]);
    }

    fn take_backup_of(&self, school: &School) {
        self.put_into(school);
        school.carry_out(&Job::SaveToStick(school.sticks()[0].id.clone())).unwrap();
    }

    /// The folder of the only backup.
    fn set(&self) -> PathBuf {
        let is_set = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("chalkbox-backup-");
        std::fs::read_dir(self.folder()).unwrap().map(|e| e.unwrap().path()).find(is_set).unwrap()
    }
}

fn look(to: &School, passphrase: Option<&str>) -> Result<(), SafekeepingError> {
    let [set] = &to.restorable_sets()[..] else { panic!("{:?}", to.restorable_sets()) };
    to.carry_out(&Job::Look { at: At::Set(set.id.clone()), passphrase: passphrase.map(str::to_owned) })
}

fn faults_with(to: &School, wanted: &dyn Fn(&Fault) -> bool) {
    match look(to, None) {
        Err(SafekeepingError::Fault(fault)) => assert!(wanted(&fault), "{fault:?}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(to.carry_out(&Job::Restore), Err(SafekeepingError::NothingLookedAt)));
    assert!(!to.is_set_up() && to.people().staff.is_empty());
}

#[test]
fn an_empty_box_becomes_the_school_of_a_backup_with_its_codes_and_open_questions() {
    let (stick, from) = (Stick::new(), School::new());
    let child = from.child(0);
    let code = from.code(child);
    let open = from.ask(child, Some(TYPED), "en").unwrap();
    let answered = from.ask(child, Some(TYPED), "en").unwrap();
    from.respond(child, &from.right(&answered, "a")).unwrap();
    let (people, events) = (from.people().clone(), from.store().events_of(child, 0).unwrap());
    stick.take_backup_of(&from);

    let mut to = School::bare();
    stick.put_into(&to);
    let [set] = &to.restorable_sets()[..] else { panic!("{:?}", to.restorable_sets()) };
    assert_eq!((set.stick.as_str(), set.locked, &set.fault), ("BLUE", false, &None));
    assert!(set.made_ms > 0);
    look(&to, None).unwrap();
    let held = to.looked_at().unwrap();
    assert_eq!((held.school.as_str(), held.learners, held.answers), ("A school", 3, 1));
    assert!(!to.is_set_up(), "looking changes nothing");
    to.carry_out(&Job::Restore).unwrap();
    let JobState::Done(Outcome::BroughtBack(back)) = to.job().unwrap().state else { panic!("{:?}", to.job()) };
    assert_eq!((back.conflicts, back.other_key), (0, false));

    assert!(to.is_set_up());
    assert_ne!(to.store().box_id(), from.store().box_id(), "the old box may have given out more numbers");
    let same = |school: &School| {
        assert_eq!((&school.people().settings, &school.people().staff), (&people.settings, &people.staff));
        assert_eq!((&school.people().classes, &school.people().learners), (&people.classes, &people.learners));
        assert_eq!(school.store().events_of(child, 0).unwrap()[..events.len()], events);
    };
    same(&to);
    to.sign_in_learner(child, &code, "tablet").unwrap();
    to.respond(child, &to.right(&open, "b")).unwrap();
    to.sign_in_staff("amina", crate::support::PASSWORD, "tablet").unwrap();
    to.close();
    to.start().unwrap();
    same(&to);
    to.sign_in_learner(child, &code, "tablet").unwrap();
    assert_eq!(to.store().events_of(child, 0).unwrap().len(), events.len() + 1);
}

#[test]
fn a_locked_backup_asks_for_its_key_and_the_school_goes_on_locking() {
    let (stick, from) = (Stick::new(), School::new());
    let key = from.make_recovery_key().unwrap();
    stick.take_backup_of(&from);
    let to = School::bare();
    stick.put_into(&to);
    assert!(to.restorable_sets()[0].locked);
    faults_with(&to, &|fault| *fault == Fault::KeyNeeded);
    let wrong = look(&to, Some("2222-2222-2222-2222-2222-2222"));
    assert!(matches!(wrong, Err(SafekeepingError::Fault(Fault::Passphrase))), "{wrong:?}");
    look(&to, Some(&key)).unwrap();
    to.carry_out(&Job::Restore).unwrap();
    assert!(to.is_set_up() && to.has_recovery_key());
    let other = Stick::new();
    other.take_backup_of(&to);
    assert!(other.set().join("key.age").is_file(), "new backups are locked");
}

#[test]
fn a_backup_that_is_not_one_says_why_and_the_box_stays_empty() {
    let from = School::new();
    let broken = |change: &dyn Fn(&Path), wanted: &dyn Fn(&Fault) -> bool| {
        let stick = Stick::new();
        stick.take_backup_of(&from);
        change(&stick.set());
        let to = School::bare();
        stick.put_into(&to);
        faults_with(&to, wanted);
        (stick, to)
    };
    let manifest = |set: &Path| set.join("manifest.json");
    broken(&|set| std::fs::remove_file(manifest(set)).unwrap(), &|fault| *fault == Fault::NoBackup);
    broken(&|set| std::fs::remove_dir_all(set.join("events")).unwrap(), &|fault| matches!(fault, Fault::CutShort(_)));
    let flip = |set: &Path| {
        let volume = std::fs::read_dir(set.join("events")).unwrap().map(|e| e.unwrap().path());
        let volume = volume.filter(|path| path.extension().is_some_and(|e| e == "zst")).min().unwrap();
        let mut bytes = std::fs::read(&volume).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&volume, bytes).unwrap();
    };
    broken(&flip, &|fault| matches!(fault, Fault::Damaged(_)));
    let newer = |set: &Path| {
        // As a newer program would write it: with the hash of all before.
        let text = std::fs::read_to_string(manifest(set)).unwrap();
        let (before, _) = text.rsplit_once("\"sha256\"").unwrap();
        let comma = before.rfind(',').unwrap();
        let (body, blank) = (text[..comma].replacen("\"version\": 1,", "\"version\": 99,", 1), &before[comma..]);
        assert_ne!(body, text[..comma]);
        let hash: [u8; 32] = Sha256::digest(&body).into();
        let hash: String = hash.iter().map(|b| format!("{b:02x}")).collect();
        std::fs::write(manifest(set), format!("{body}{blank}\"sha256\": \"{hash}\"\n}}\n")).unwrap();
    };
    let (_stick, to) = broken(&newer, &|fault| *fault == Fault::Newer);
    assert_eq!(to.restorable_sets()[0].fault, Some(Fault::Newer), "it is said before anything is tried");

    // The box can still become a new school.
    to.set_up(&draft(&to)).unwrap();
}

fn draft(school: &School) -> SetupDraft {
    SetupDraft {
        locale: "en".into(),
        school: "Another".into(),
        country: school.countries()[0].code.clone(),
        zone: "UTC".into(),
        owner: "Bintou".into(),
        username: "bintou".into(),
        password: "another password".into(),
        classes: Vec::new(),
    }
}

#[test]
fn a_backup_without_a_school_makes_none() {
    let (stick, from) = (Stick::new(), School::bare());
    stick.take_backup_of(&from);
    let to = School::bare();
    stick.put_into(&to);
    look(&to, None).unwrap();
    let refused = to.carry_out(&Job::Restore);
    assert!(matches!(refused, Err(SafekeepingError::Fault(Fault::NoSchool))), "{refused:?}");
    to.set_up(&draft(&to)).unwrap();
}

#[test]
fn a_box_belongs_to_one_school() {
    let (stick, from) = (Stick::new(), School::new());
    stick.take_backup_of(&from);
    let to = School::bare();
    stick.put_into(&to);
    look(&to, None).unwrap();
    to.set_up(&draft(&to)).unwrap();
    let key = std::fs::read(to.data.path().join("item.key")).unwrap();
    assert!(matches!(to.carry_out(&Job::Restore), Err(SafekeepingError::NotEmpty)));
    assert_eq!(std::fs::read(to.data.path().join("item.key")).unwrap(), key);
    assert_eq!(to.people().staff.len(), 1);

    let empty = School::bare();
    stick.put_into(&empty);
    look(&empty, None).unwrap();
    empty.carry_out(&Job::Restore).unwrap();
    assert!(matches!(empty.set_up(&draft(&empty)), Err(SetupError::Done)));
}

#[test]
fn a_tool_that_was_switched_off_stays_off() {
    let (stick, from) = (Stick::new(), School::new());
    let (newest, _) = views::packs(from.store()).unwrap();
    let mut tool = newest[0].clone();
    tool.state = PackState::Off;
    let off = EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body: EventBody::PackSet(tool) };
    from.store().submit(off).unwrap();
    stick.take_backup_of(&from);
    let mut to = School::bare();
    stick.put_into(&to);
    assert_eq!(to.tools("en")[0].state, "active");
    look(&to, None).unwrap();
    to.carry_out(&Job::Restore).unwrap();
    assert_eq!(to.tools("en")[0].state, "off");
    to.close();
    to.start().unwrap();
    assert_eq!(to.tools("en")[0].state, "off");
}
