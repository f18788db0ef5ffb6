//! Backups of a whole school: saved, checked, tried, brought to another box; and what the box does by itself.

use crate::support::{HOUR, School, TYPED};
use chalkbox_domain::event::{Actor, EventBody, EventDraft, Settings, StaffRole};
use chalkbox_domain::ids::LearnerId;
use chalkbox_service::safekeeping::{At, Fault, Happened, Job, JobState, Outcome, SafekeepingError};
use chalkbox_store::backup;
use std::io::{self, Write};
use std::time::{Duration, Instant};

fn answer(school: &School, learner: LearnerId, key: &str) {
    let item = school.ask(learner, Some(TYPED), "en").unwrap();
    school.respond(learner, &school.right(&item, key)).unwrap();
}

fn school_at_work() -> School {
    let school = School::new();
    for n in 0..3 {
        answer(&school, school.child(n), &format!("key-{n}"));
    }
    school
}

fn poured(school: &School) -> Vec<u8> {
    let mut file = Vec::new();
    school.pour_backup(&mut file).unwrap();
    file
}

fn upload(school: &School, bytes: &[u8]) {
    let (mut file, room) = school.begin_upload().unwrap();
    assert!(room > bytes.len() as u64);
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
}

fn look(school: &School, passphrase: Option<&str>) -> Result<(), SafekeepingError> {
    school.carry_out(&Job::Look { at: At::Upload, passphrase: passphrase.map(str::to_owned) })
}

#[test]
fn a_backup_on_the_card_is_saved_read_tried_and_noted() {
    let school = school_at_work();
    let entries = school.entries();
    assert!(school.backups().is_due(), "none was ever made");
    school.carry_out(&Job::SaveToCard).unwrap();
    school.carry_out(&Job::Check(At::Card)).unwrap();
    assert_eq!(school.job().unwrap().state, JobState::Done(Outcome::Sound(entries)));
    school.carry_out(&Job::Drill(At::Card)).unwrap();
    let JobState::Done(Outcome::Restorable(back)) = school.job().unwrap().state else { panic!("{:?}", school.job()) };
    assert_eq!((back.answers, back.learners, back.same_states), (3, 3, true));
    let record = school.upkeep_record();
    for deed in [&record.saved_on_card, &record.checked, &record.restore_tested] {
        let deed = deed.as_ref().unwrap();
        assert!(deed.fine && deed.events == entries && deed.place == "card", "{deed:?}");
    }
    answer(&school, school.child(0), "later");
    let view = school.backups();
    assert_eq!(view.since(record.saved_on_card.as_ref().unwrap()), 1);
    assert!(view.is_due(), "a backup on the card does not outlive the card");
    let left: Vec<_> = std::fs::read_dir(school.data.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(!left.iter().any(|name| name == "scratch"), "{left:?}");
}

/// Takes a backup, and meanwhile asks for another.
struct Nosy<'a> {
    school: &'a School,
    refused: u32,
}

impl Write for Nosy<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let second = self.school.carry_out(&Job::SaveToCard);
        self.refused += u32::from(matches!(second, Err(SafekeepingError::Running)));
        assert!(matches!(self.school.shared().begin_job(Job::SaveToCard), Err(SafekeepingError::Running)));
        assert!(matches!(self.school.begin_upload(), Err(SafekeepingError::Running)));
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn one_thing_at_a_time_and_work_that_fails_gives_its_place_back() {
    let school = school_at_work();
    let mut nosy = Nosy { school: &school, refused: 0 };
    school.pour_backup(&mut nosy).unwrap();
    assert!(nosy.refused > 0);
    assert!(!school.backups().is_due(), "it was made away from the box");

    let failed = school.carry_out(&Job::Check(At::Card));
    assert!(matches!(failed, Err(SafekeepingError::Fault(Fault::NoBackup | Fault::Gone))), "{failed:?}");
    assert!(matches!(school.job().unwrap().state, JobState::Failed(_)));
    school.shared().begin_job(Job::SaveToCard).unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while school.job().unwrap().state == JobState::Running && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(matches!(school.job().unwrap().state, JobState::Done(Outcome::Saved(_))), "{:?}", school.job());
    school.forget_job();
    assert_eq!(school.job(), None);
}

#[test]
fn a_backup_comes_to_another_box_once_and_says_before_what_it_holds() {
    let from = school_at_work();
    let file = poured(&from);
    let to = School::new();
    assert!(matches!(to.carry_out(&Job::BringBack), Err(SafekeepingError::NothingLookedAt)));
    upload(&to, &file);
    look(&to, None).unwrap();
    let held = to.backups().looked_at.unwrap();
    assert_eq!((held.school.as_str(), held.learners, held.classes, held.answers), ("A school", 3, 1, 3));
    assert_eq!((held.own, held.boxes, held.new_events), (false, 1, from.entries()));
    assert!(0 < held.from_ms && held.from_ms <= held.to_ms);
    assert_eq!(to.people().learners.len(), 3, "looking changes nothing");

    to.carry_out(&Job::BringBack).unwrap();
    let JobState::Done(Outcome::BroughtBack(back)) = to.job().unwrap().state else { panic!("{:?}", to.job()) };
    assert_eq!((back.known_events, back.conflicts, back.other_key), (0, 0, true));
    assert_eq!(to.people().learners.len(), 6, "children of both");
    let child = from.child(0);
    assert_eq!(to.store().events_of(child, 0).unwrap().len(), from.store().events_of(child, 0).unwrap().len());
    assert!(to.backups().looked_at.is_none());
    assert!(!to.data.path().join("upload").exists(), "what was uploaded is gone");

    upload(&to, &file);
    look(&to, None).unwrap();
    assert_eq!(to.backups().looked_at.unwrap().new_events, 0);
    to.carry_out(&Job::BringBack).unwrap();
    let JobState::Done(Outcome::BroughtBack(back)) = to.job().unwrap().state else { panic!("{:?}", to.job()) };
    assert_eq!(back.new_events, 0);
}

#[test]
fn a_locked_backup_needs_its_key() {
    let from = school_at_work();
    let key = from.make_recovery_key().unwrap();
    let file = poured(&from);
    assert!(!file.windows(8).any(|w| w == b"A school"), "nothing can be read in it");
    let to = School::new();
    upload(&to, &file);
    for (wrong, fault) in [(None, Fault::KeyNeeded), (Some("2222-2222-2222-2222-2222-2222"), Fault::Passphrase)] {
        match look(&to, wrong) {
            Err(SafekeepingError::Fault(found)) => assert_eq!(found, fault, "{wrong:?}"),
            other => panic!("{wrong:?}: {other:?}"),
        }
        assert!(to.backups().looked_at.is_none());
        assert!(to.data.path().join("upload").exists(), "it waits for its key");
    }
    look(&to, Some(&key)).unwrap();
    to.carry_out(&Job::BringBack).unwrap();
    assert_eq!(to.people().learners.len(), 6);
    // Its own box has the key.
    from.carry_out(&Job::SaveToCard).unwrap();
    from.carry_out(&Job::Drill(At::Card)).unwrap();
}

#[test]
fn a_broken_file_changes_nothing() {
    let from = school_at_work();
    let file = poured(&from);
    let to = School::new();
    let entries = to.entries();
    let mut flipped = file.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    for broken in [&b""[..], b"hello", &file[..file.len() / 2], &flipped] {
        upload(&to, broken);
        let failed = look(&to, None);
        assert!(matches!(failed, Err(SafekeepingError::Fault(_))), "{} bytes: {failed:?}", broken.len());
        assert!(matches!(to.carry_out(&Job::BringBack), Err(SafekeepingError::NothingLookedAt)));
        assert!(!to.data.path().join("upload").exists(), "what is of no use does not stay");
    }
    assert_eq!((to.entries(), to.people().learners.len()), (entries, 3));
}

#[test]
fn a_stick_is_saved_to_and_one_that_was_taken_out_is_missed() {
    let school = school_at_work();
    let media = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(media.path().join("BLUE/chalkbox")).unwrap();
    school.set_stick_roots(vec![media.path().to_owned()]);
    let [stick] = &school.sticks()[..] else { panic!("{:?}", school.sticks()) };
    assert_eq!((stick.name.as_str(), stick.sets.len()), ("BLUE", 0));
    assert!(stick.free_bytes.is_some());
    school.carry_out(&Job::SaveToStick(stick.id.clone())).unwrap();
    assert_eq!(school.upkeep_record().saved_away.unwrap().place, "BLUE");
    let set = school.sticks()[0].sets[0].id.clone();
    school.carry_out(&Job::Check(At::Set(set.clone()))).unwrap();
    // Again: only what is new is added.
    answer(&school, school.child(0), "later");
    school.carry_out(&Job::SaveToStick(stick.id.clone())).unwrap();
    school.carry_out(&Job::Check(At::Set(set.clone()))).unwrap();
    assert_eq!(school.job().unwrap().state, JobState::Done(Outcome::Sound(school.entries())));

    std::fs::rename(media.path().join("BLUE"), media.path().join("pocket")).unwrap();
    std::fs::remove_dir_all(media.path().join("pocket")).unwrap();
    assert!(matches!(school.carry_out(&Job::SaveToStick(stick.id.clone())), Err(SafekeepingError::NoSuchStick)));
    assert!(matches!(school.carry_out(&Job::Check(At::Set(set))), Err(SafekeepingError::NoSuchStick)));
}

#[test]
fn the_box_saves_itself_when_no_child_is_at_work() {
    let school = school_at_work();
    let saved = || school.upkeep_record().saved_on_card;
    school.sign_in(school.child(0));
    school.upkeep_round(&|| true);
    assert_eq!(saved(), None, "a child is signed in");
    school.clock.forward(HOUR);
    school.upkeep_round(&|| false);
    assert_eq!(saved(), None, "the box is stopping");
    school.upkeep_round(&|| true);
    let first = saved().expect("saved");
    assert!(first.fine);
    school.upkeep_round(&|| true);
    assert_eq!(saved(), Some(first.clone()), "once a day");
    school.clock.forward(26 * HOUR);
    for _ in 0..3 {
        school.upkeep_round(&|| true);
    }
    assert_ne!(saved(), Some(first));
    assert!(school.upkeep_record().scrubbed.is_some_and(|deed| deed.fine), "{:?}", school.upkeep_record());
    assert!(school.upkeep_record().restore_tested.is_some_and(|deed| deed.fine), "{:?}", school.upkeep_record());
}

#[test]
fn erasing_a_child_takes_the_backup_on_the_card_along() {
    let school = school_at_work();
    let (owner, roles) = school.owner();
    school.carry_out(&Job::SaveToCard).unwrap();
    let ada = school.child(0);
    assert!(school.erase_learner(owner, &roles, ada, "Ada").unwrap().has_card_backup);
    school.follow_erasing();
    school.carry_out(&Job::Drill(At::Card)).unwrap();
    let JobState::Done(Outcome::Restorable(back)) = school.job().unwrap().state else { panic!("{:?}", school.job()) };
    assert_eq!((back.answers, back.learners), (2, 2));
}

#[test]
fn a_school_that_is_well_has_nothing_to_tell_a_teacher() {
    let school = School::new();
    assert_eq!(school.preparing(), None);
    let told: Vec<Happened> = school.happened().into_iter().filter(Happened::is_for_teachers).collect();
    assert_eq!(told, []);
}

/// Makes what a cut leaves of work on a backup.
fn leave_copies(data: &std::path::Path) {
    for name in ["upload/brought.part", "scratch/journal/a", "restore.part/events/b"] {
        let path = data.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "Ada").unwrap();
    }
}

fn copies(data: &std::path::Path) -> Vec<&'static str> {
    ["upload", "scratch", "restore.part"].into_iter().filter(|name| data.join(name).exists()).collect()
}

#[test]
fn copies_of_a_school_that_a_cut_left_go_at_the_start_and_with_an_erased_child() {
    let mut school = school_at_work();
    leave_copies(school.data.path());
    let (owner, roles) = school.owner();
    let ada = school.child(0);
    school.erase_learner(owner, &roles, ada, "Ada").unwrap();
    assert_eq!(copies(school.data.path()), Vec::<&str>::new());
    leave_copies(school.data.path());
    school.close();
    school.start().unwrap();
    assert_eq!(copies(school.data.path()), Vec::<&str>::new());
}

#[test]
fn no_more_is_uploaded_than_can_be_looked_into() {
    let school = School::new();
    let (_, room) = school.begin_upload().unwrap();
    let disk = chalkbox_service::safekeeping::disk_room(school.data.path()).unwrap();
    assert!(room * 13 <= disk.free_bytes, "{room} of {disk:?}");
}

fn is_locked(bytes: &[u8]) -> bool {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.tar");
    std::fs::write(&path, bytes).unwrap();
    backup::sets(&backup::Target::File(path)).unwrap()[0].encrypted
}

#[test]
fn one_recovery_key_locks_the_page_s_backups_and_the_command_s() {
    let school = school_at_work();
    assert!(!school.backups().has_key && !is_locked(&poured(&school)));
    let key = school.make_recovery_key().unwrap();
    // As `chalkbox backup create` does it, which knows nothing of the page.
    let place = tempfile::tempdir().unwrap();
    let target = backup::Target::File(place.path().join("a.tar"));
    let made = backup::create(school.data.path(), &target, &backup::CreateOptions::default(), &mut |_| {}).unwrap();
    assert!(made.encrypted);
    assert_eq!(
        backup::verify(&target, Some(&key), &mut |_| {}).unwrap().sets[0].contents.as_ref().unwrap().learners,
        3
    );

    // A locked backup came back to a new card: the key is on paper, and the box has its own half alone.
    std::fs::remove_file(school.data.path().join("recovery.key")).unwrap();
    assert!(school.backups().has_key && is_locked(&poured(&school)));
    let media = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(media.path().join("BLUE/chalkbox")).unwrap();
    school.set_stick_roots(vec![media.path().to_owned()]);
    school.carry_out(&Job::SaveToStick(school.sticks()[0].id.clone())).unwrap();
    let sets = backup::sets(&backup::Target::Folder(media.path().join("BLUE"))).unwrap();
    assert!(sets[0].encrypted);
    school.carry_out(&Job::SaveToCard).unwrap();
    let sets = backup::sets(&backup::Target::Folder(school.data.path().join("backup"))).unwrap();
    assert!(!sets[0].encrypted, "the key lies beside it");
}

#[test]
fn a_backup_of_another_school_says_what_comes_along() {
    let from = school_at_work();
    let to = School::new();
    let named = |school: &School, name: &str| {
        let settings = Settings { school: name.into(), ..school.people().settings.clone().unwrap() };
        let body = EventBody::SettingsSet(settings);
        school.store().submit(EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body }).unwrap();
        school.reload_people().unwrap();
    };
    let comes = |school: &School, from: &School| {
        upload(school, &poured(from));
        look(school, None).unwrap();
        school.backups().looked_at.unwrap().comes
    };
    named(&from, "Elsewhere");
    to.clock.forward(HOUR);
    named(&to, "Here");
    let found = comes(&to, &from);
    assert_eq!(found.other_than.as_deref(), Some("Here"));
    let (_, roles) = from.owner();
    let mut wanted: Vec<(StaffRole, usize)> = roles.iter().map(|role| (*role, 1)).collect();
    wanted.sort();
    assert_eq!((found.staff, found.erased, found.settings), (wanted, 0, false), "the name here was set later");
    to.carry_out(&Job::BringBack).unwrap();
    assert_eq!(to.people().settings.as_ref().unwrap().school, "Here");

    let (owner, roles) = from.owner();
    let ada = from.child(0);
    from.erase_learner(owner, &roles, ada, "Ada").unwrap();
    from.clock.forward(2 * HOUR);
    named(&from, "Elsewhere");
    let found = comes(&to, &from);
    assert_eq!((found.staff.len(), found.erased, found.settings), (0, 1, true));
    to.carry_out(&Job::BringBack).unwrap();
    assert_eq!(to.people().settings.as_ref().unwrap().school, "Elsewhere", "as was said");
    assert!(!to.people().learners.contains_key(&ada), "as was said");
    // The school's own backup brings nothing but entries.
    assert_eq!(comes(&to, &to), chalkbox_service::safekeeping::ComesAlong::default());
}
