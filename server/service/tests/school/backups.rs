//! Backups when something is in their way: sticks that are none, backups that are bad, keys that were exchanged, work that is
//! stopped, and a box that is never quiet.

use crate::support::{HOUR, School, TYPED};
use chalkbox_service::safekeeping::{At, Away, Fault, Job, JobState, Outcome, SafekeepingError};
use std::cell::Cell;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const DAY: u64 = 24 * HOUR;

fn answer(school: &School, n: usize, key: &str) {
    let learner = school.child(n);
    let item = school.ask(learner, Some(TYPED), "en").unwrap();
    school.respond(learner, &school.right(&item, key)).unwrap();
}

/// Sticks of these names, made ready.
fn sticks(school: &School, names: &[&str]) -> TempDir {
    let media = tempfile::tempdir().unwrap();
    for name in names {
        std::fs::create_dir_all(media.path().join(name).join("chalkbox")).unwrap();
    }
    school.set_stick_roots(vec![media.path().to_owned()]);
    media
}

fn id_of(school: &School, name: &str) -> String {
    school.sticks().into_iter().find(|stick| stick.name == name).unwrap().id
}

fn save(school: &School, name: &str) -> Result<(), SafekeepingError> {
    school.carry_out(&Job::SaveToStick(id_of(school, name)))
}

fn set_on(school: &School, name: &str) -> At {
    At::Set(school.sticks().into_iter().find(|stick| stick.name == name).unwrap().sets[0].id.clone())
}

fn set_folder(stick: &Path) -> PathBuf {
    let folders = std::fs::read_dir(stick).unwrap().map(|entry| entry.unwrap().path());
    folders.into_iter().find(|path| path.to_string_lossy().contains("chalkbox-backup-")).unwrap()
}

/// Changes a byte of a file of a backup that no later one writes anew.
fn damage(stick: &Path) {
    let path = set_folder(stick).join("files/item.key");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[0] ^= 1;
    std::fs::write(&path, bytes).unwrap();
}

fn faulty(done: Result<(), SafekeepingError>) -> Fault {
    match done {
        Err(SafekeepingError::Fault(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_backup_that_fails_its_check_is_good_no_more_until_one_there_passes() {
    let school = School::new();
    let media = sticks(&school, &["BLUE", "RED"]);
    save(&school, "BLUE").unwrap();
    school.carry_out(&Job::SaveToCard).unwrap();
    assert_eq!(school.backup_away(), Away::Days(0));
    damage(&media.path().join("BLUE"));
    let blue = set_on(&school, "BLUE");
    assert!(matches!(faulty(school.carry_out(&Job::Check(blue.clone()))), Fault::Damaged(_)));
    assert_eq!(school.backup_away(), Away::Bad);
    assert!(school.backups().is_due());
    school.carry_out(&Job::Check(At::Card)).unwrap();
    assert_eq!(school.backup_away(), Away::Bad, "another backup says nothing of it");
    answer(&school, 0, "later");
    save(&school, "RED").unwrap();
    assert_eq!(school.backup_away(), Away::Days(0));
    assert!(school.upkeep_record().is_bad("BLUE"), "still remembered");
    // A save that adds what is new only would leave it as damaged as it is.
    save(&school, "BLUE").unwrap();
    assert_eq!(school.upkeep_record().bad, []);
    school.carry_out(&Job::Drill(blue)).unwrap();
    assert_eq!(school.backup_away(), Away::Days(0));
}

#[test]
fn a_bad_backup_on_the_card_is_mended_by_the_next_save() {
    let school = School::new();
    school.upkeep_round(&|| true);
    damage(&school.data.path().join("backup"));
    assert!(matches!(faulty(school.carry_out(&Job::Drill(At::Card))), Fault::Damaged(_)));
    assert!(school.upkeep_record().is_bad("card"));
    school.clock.forward(26 * HOUR);
    school.upkeep_round(&|| true);
    assert_eq!(school.upkeep_record().bad, []);
    school.carry_out(&Job::Drill(At::Card)).unwrap();
}

#[test]
fn what_is_in_the_way_of_a_check_says_nothing_of_the_backup() {
    let school = School::new();
    let media = sticks(&school, &["BLUE"]);
    let former = school.make_recovery_key().unwrap();
    save(&school, "BLUE").unwrap();
    school.make_recovery_key().unwrap();
    let blue = set_on(&school, "BLUE");
    assert_eq!(faulty(save(&school, "BLUE")), Fault::OtherKey);
    assert_eq!(faulty(school.carry_out(&Job::Drill(blue.clone()))), Fault::Passphrase);
    school.carry_out(&Job::Check(blue.clone())).unwrap();
    assert_eq!(school.job().unwrap().state, JobState::Done(Outcome::Sound(0)), "read as it lies there");
    let record = school.upkeep_record();
    assert!(record.bad.is_empty() && record.restore_tested.is_none(), "{record:?}");

    let wrong = Job::WithKey { at: blue.clone(), passphrase: "2222-2222-2222-2222".into(), drill: true };
    assert_eq!(faulty(school.carry_out(&wrong)), Fault::Passphrase);
    for drill in [false, true] {
        school.carry_out(&Job::WithKey { at: blue.clone(), passphrase: former.clone(), drill }).unwrap();
    }
    assert!(school.upkeep_record().restore_tested.unwrap().fine);
    drop(media);
}

#[test]
fn a_folder_on_the_box_s_own_card_is_no_stick() {
    let school = School::new();
    let media = sticks(&school, &["BLUE"]);
    school.let_sticks_share_a_disk(false);
    assert!(school.sticks()[0].is_own_disk);
    assert_eq!(faulty(save(&school, "BLUE")), Fault::Gone);
    assert_eq!(school.upkeep_record().saved_away, None);
    assert_eq!(std::fs::read_dir(media.path().join("BLUE")).unwrap().count(), 1, "nothing was written");

    // What is kept in memory is another disk than that of the data.
    let Ok(memory) = tempfile::tempdir_in("/dev/shm") else { return };
    let disk = |path: &Path| std::fs::metadata(path).unwrap().dev();
    if disk(memory.path()) != disk(school.data.path()) {
        std::fs::create_dir_all(memory.path().join("RED/chalkbox")).unwrap();
        school.set_stick_roots(vec![memory.path().to_owned()]);
        assert!(!school.sticks()[0].is_own_disk);
        save(&school, "RED").unwrap();
        assert_eq!(school.backup_away(), Away::Days(0));
    }
}

#[test]
fn a_page_that_is_loaded_again_makes_no_other_key() {
    let school = School::new();
    school.carry_out(&Job::SaveToCard).unwrap();
    let mark = school.backups().key_mark;
    assert_eq!(mark, "");
    let key = school.make_recovery_key_after(&mark).unwrap();
    assert!(matches!(school.make_recovery_key_after(&mark), Err(SafekeepingError::KeyMade)));
    let kept = || std::fs::read_to_string(school.data.path().join("recovery.key")).unwrap();
    assert_eq!(kept(), key, "the one that was printed");
    let mark = school.backups().key_mark;
    assert!(!mark.is_empty() && !key.contains(&mark));
    assert_ne!(school.make_recovery_key_after(&mark).unwrap(), key);
    assert_ne!(school.backups().key_mark, mark);
    school.carry_out(&Job::Check(At::Card)).unwrap();
}

#[test]
fn only_what_was_looked_at_is_brought_back() {
    let from = School::new();
    let to = School::new();
    let media = sticks(&from, &["BLUE"]);
    to.set_stick_roots(vec![media.path().to_owned()]);
    save(&from, "BLUE").unwrap();
    to.carry_out(&Job::Look { at: set_on(&to, "BLUE"), passphrase: None }).unwrap();
    // Another stick at the same place.
    answer(&from, 0, "later");
    save(&from, "BLUE").unwrap();
    let entries = to.entries();
    assert_eq!(faulty(to.carry_out(&Job::BringBack)), Fault::OtherBackup);
    assert_eq!(to.entries(), entries);
    to.carry_out(&Job::Look { at: set_on(&to, "BLUE"), passphrase: None }).unwrap();
    to.carry_out(&Job::BringBack).unwrap();
    assert!(to.entries() > entries);
}

#[test]
fn one_file_arrives_at_a_time_and_half_of_one_is_removed() {
    let school = School::new();
    let (mut first, _) = school.begin_upload().unwrap();
    first.write_all(b"the first").unwrap();
    assert!(matches!(school.begin_upload(), Err(SafekeepingError::Running)));
    let look = Job::Look { at: At::Upload, passphrase: None };
    assert!(matches!(school.carry_out(&look), Err(SafekeepingError::NothingLookedAt)), "it is not there yet");
    assert!(!school.backups().uploaded);
    let path = school.data.path().join("upload/brought.part");
    assert_eq!(std::fs::read(&path).unwrap(), b"the first");
    drop(first);
    assert!(!path.exists());
    let (mut second, _) = school.begin_upload().unwrap();
    second.write_all(b"the second").unwrap();
    second.sync_all().unwrap();
    drop(second);
    assert!(school.backups().uploaded, "it can be looked at later, too");
    assert_eq!(std::fs::read(&path).unwrap(), b"the second");
}

#[test]
fn a_save_that_failed_is_tried_again_and_the_last_good_one_stays_known() {
    let school = School::new();
    let (card, aside) = (school.data.path().join("backup"), school.data.path().join("aside"));
    std::fs::write(&card, b"no folder").unwrap();
    school.upkeep_round(&|| true);
    let saved = || school.upkeep_record().saved_on_card.unwrap();
    assert!(!saved().fine);
    std::fs::remove_file(&card).unwrap();
    school.clock.forward(2 * HOUR);
    school.upkeep_round(&|| true);
    let good = saved();
    assert!(good.fine && good.since.is_none());

    std::fs::rename(&card, &aside).unwrap();
    std::fs::write(&card, b"no folder").unwrap();
    school.clock.forward(26 * HOUR);
    school.upkeep_round(&|| true);
    let failed = saved();
    assert!(failed.fine && failed.at == good.at && failed.since.is_some(), "{failed:?}");
    std::fs::remove_file(&card).unwrap();
    std::fs::rename(&aside, &card).unwrap();
    school.clock.forward(2 * HOUR);
    school.upkeep_round(&|| true);
    assert!(saved().since.is_none() && saved().at > good.at, "{:?}", saved());
}

#[test]
fn a_box_that_is_never_quiet_saves_itself_in_the_end() {
    let school = School::new();
    let mut waited = 0;
    while school.upkeep_record().saved_on_card.is_none() {
        school.sign_in(school.child(0));
        school.upkeep_round(&|| true);
        school.clock.forward(6 * HOUR);
        waited += 6 * HOUR;
        assert!(waited <= 4 * DAY, "it waits for ever");
    }
    assert!(waited > 3 * DAY, "a child is disturbed only when it must be: {waited}");
    let saved = school.upkeep_record().saved_on_card.unwrap();
    assert!(saved.fine);
    assert_eq!(school.upkeep_record().restore_tested, None);
}

#[test]
fn what_the_box_does_for_itself_ends_when_a_child_comes() {
    let school = School::new();
    let asked = Cell::new(0);
    school.upkeep_round(&|| {
        asked.set(asked.get() + 1);
        if asked.get() == 2 {
            school.sign_in(school.child(0));
        }
        true
    });
    assert!(asked.get() >= 2, "it was asked while it worked");
    assert_eq!(school.upkeep_record().saved_on_card, None);
    assert_eq!(school.job(), None, "nothing that anybody need read");
    school.clock.forward(2 * HOUR);
    school.upkeep_round(&|| true);
    assert!(school.upkeep_record().saved_on_card.unwrap().fine);
}

/// Takes a backup, and has it stopped.
struct Stopping<'a>(&'a School);

impl Write for Stopping<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.stop_job();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn work_is_stopped_and_gives_its_place_back() {
    let school = School::new();
    school.stop_job();
    assert_eq!(faulty(school.pour_backup(&mut Stopping(&school))), Fault::Halted);
    assert_eq!(school.job().unwrap().state, JobState::Failed(Fault::Halted));
    assert_eq!(school.backup_away(), Away::Never);
    school.pour_backup(&mut io::sink()).unwrap();
    assert_eq!(school.backup_away(), Away::Days(0));
}

#[test]
fn a_stick_that_holds_a_backup_is_saved_to_when_it_is_put_in() {
    let school = School::new();
    let media = sticks(&school, &["BLUE", "PLAIN"]);
    let out = tempfile::tempdir_in(media.path().parent().unwrap()).unwrap();
    let (stick, pocket) = (media.path().join("BLUE"), out.path().join("BLUE"));
    let saved = || school.upkeep_record().saved_away;
    let round = || {
        // A lesson goes on; nobody is disturbed by a few files.
        school.sign_in(school.child(0));
        school.upkeep_round(&|| true);
    };
    round();
    assert_eq!(saved(), None, "nobody has chosen it yet");
    save(&school, "BLUE").unwrap();
    let chosen = saved();
    school.clock.forward(HOUR);
    round();
    assert_eq!(saved(), chosen, "it was saved to an hour ago");
    std::fs::rename(&stick, &pocket).unwrap();
    round();
    std::fs::rename(&pocket, &stick).unwrap();
    answer(&school, 0, "later");
    round();
    let again = saved().unwrap();
    assert!(again.at > chosen.unwrap().at && again.place == "BLUE");
    school.carry_out(&Job::Check(set_on(&school, "BLUE"))).unwrap();
    assert_eq!(school.job().unwrap().state, JobState::Done(Outcome::Sound(school.entries())));
    school.clock.forward(21 * HOUR);
    round();
    assert!(saved().unwrap().at > again.at, "once a day while it stays");
    let names: Vec<_> =
        std::fs::read_dir(media.path().join("PLAIN")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["chalkbox"], "nothing goes to a stick that nobody has chosen");
}
