//! One child's facts: given out whole, erased whole.

use crate::support::{MINUTE, School, TYPED, Way};
use chalkbox_domain::event::StaffRole;
use chalkbox_domain::item::Response;
use chalkbox_service::classes::ClassError;
use chalkbox_service::privacy::PrivacyError;
use chalkbox_service::safekeeping::{At, Job, JobState, Outcome, Renewal};
use chalkbox_service::study::{HandedItem, HintError, RespondError};
use chalkbox_store::encode_event;
use std::path::Path;

/// A name that stands nowhere by chance.
const NAME: &str = "Zuleikha-Wintergreen";

fn school_with(name: &str) -> (School, chalkbox_domain::ids::LearnerId) {
    let school = School::new();
    let (owner, roles) = school.owner();
    school.add_learners(owner, &roles, school.class(), &[name.to_owned()]).unwrap();
    let learner = school.people().learners.values().find(|l| l.display_name == name).unwrap().id;
    (school, learner)
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    let begins = |(at, byte): (usize, &u8)| *byte == wanted[0] && bytes[at..].starts_with(wanted);
    bytes.iter().enumerate().any(begins)
}

/// Files below a folder that hold some bytes, as they lie there or unpacked.
fn holding(folder: &Path, wanted: &[u8], found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            holding(&path, wanted, found);
            continue;
        }
        let raw = std::fs::read(&path).unwrap();
        let is_packed = path.extension().is_some_and(|extension| extension == "zst");
        let unpacked = if is_packed { zstd::decode_all(raw.as_slice()).unwrap() } else { Vec::new() };
        if has(&raw, wanted) || has(&unpacked, wanted) {
            found.push(path.display().to_string());
        }
    }
}

fn everywhere(school: &School, wanted: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    holding(school.data.path(), wanted, &mut found);
    found
}

#[test]
fn everything_about_a_child_is_given_out_and_nothing_that_opens_a_door() {
    let (school, child) = school_with(NAME);
    let (_, roles) = school.owner();
    school.sign_in(child);
    for key in ["a", "b"] {
        let item = school.ask(child, Some(TYPED), "en").unwrap();
        school.respond(child, &school.right(&item, key)).unwrap();
    }
    let text = school.export_learner(&roles, child).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines[0]["type"].as_str(), lines[0]["display_name"].as_str()), (Some("about"), Some(NAME)));
    assert_eq!(lines[0]["entries"].as_u64(), Some(lines.len() as u64 - 1));
    assert_eq!(lines.iter().filter(|line| line["type"] == "answered").count(), 2);
    assert!(lines.iter().any(|line| line["type"] == "profile-set" && line["display_name"] == NAME));
    assert!(!text.contains("\"code\"") && !text.contains("\"card\""), "no code leaves the box");
    assert_eq!((*school).child(&roles, child).unwrap().entries, Some(lines.len() - 1));
}

#[test]
fn only_leader_and_technologist_see_and_erase() {
    let (school, child) = school_with(NAME);
    let (owner, _) = school.owner();
    let teacher = [StaffRole::Teacher];
    assert!(matches!(school.children(&teacher), Err(PrivacyError::NotYours)));
    assert!(matches!(school.export_learner(&teacher, child), Err(PrivacyError::NotYours)));
    assert!(matches!(school.erase_learner(owner, &teacher, child, NAME), Err(PrivacyError::NotYours)));
    for role in [StaffRole::Leader, StaffRole::Technologist] {
        assert_eq!(school.children(&[role]).unwrap().len(), 4);
    }
}

#[test]
fn a_child_is_erased_only_by_its_name_and_then_for_good() {
    let (mut school, child) = school_with(NAME);
    let (owner, roles) = school.owner();
    let ada = school.people().learners.values().find(|l| l.display_name == "Ada").unwrap().id;
    let token = school.sign_in(child).token;
    for (learner, key) in [(child, "a"), (ada, "b")] {
        let item = school.ask(learner, Some(TYPED), "en").unwrap();
        school.respond(learner, &school.right(&item, key)).unwrap();
    }
    let before = school.store().events_of(ada, 0).unwrap();
    assert!(matches!(school.erase_learner(owner, &roles, child, "Ada"), Err(PrivacyError::OtherName)));
    assert!(school.viewer(&token).is_ok(), "nothing was erased");

    school.erase_learner(owner, &roles, child, " zuleikha-wintergreen ").unwrap();
    assert!(school.viewer(&token).is_err(), "the child is out");
    assert!(!school.people().learners.contains_key(&child));
    assert!(school.store().events_of(child, 0).unwrap().is_empty());
    assert!(matches!(school.export_learner(&roles, child), Err(PrivacyError::NoSuchLearner)));
    assert!(matches!(school.learner_page(owner, &roles, child, "en"), Err(ClassError::NoSuchLearner)));
    assert_eq!(school.store().events_of(ada, 0).unwrap(), before, "nobody else is touched");
    assert!(school.today(owner, &roles, school.class(), "en").unwrap().learners.iter().all(|l| l.learner != child));

    school.close();
    let mut found = Vec::new();
    holding(&school.data.path().join("journal"), NAME.as_bytes(), &mut found);
    assert_eq!(found, Vec::<String>::new(), "no file of the log has the name");
    school.start().unwrap();
    assert!(!school.people().learners.contains_key(&child), "also after a start");
    assert_eq!(school.people().learners.len(), 3);
}

/// A child with answers that stand nowhere else, and a backup of it on the card.
const ANSWERS: [&str; 2] = ["Qzx7j", "Wvy4k"];

fn school_with_a_backup() -> (School, chalkbox_domain::ids::LearnerId, Vec<Vec<u8>>) {
    let (school, child) = school_with(NAME);
    *school.tool.way.lock().unwrap() = Way::Writes;
    for (n, value) in ANSWERS.into_iter().enumerate() {
        let item = school.ask(child, Some(TYPED), "en").unwrap();
        let mut draft = school.right(&item, &format!("key-{n}"));
        draft.response = Response::Text { value: value.into() };
        school.respond(child, &draft).unwrap();
        // Saved in between, so that the backup is not of one piece.
        school.carry_out(&Job::SaveToCard).unwrap();
    }
    let events = school.store().events_of(child, 0).unwrap();
    let payloads: Vec<Vec<u8>> = events.iter().map(|event| encode_event(event).unwrap()).collect();
    assert!(payloads.len() >= 3, "{payloads:?}");
    for wanted in ANSWERS.into_iter().chain([NAME]) {
        let found = everywhere(&school, wanted.as_bytes());
        assert!(found.iter().any(|path| path.contains("/backup/")), "{wanted}: {found:?}");
        assert!(found.iter().any(|path| path.contains("/journal/")), "{wanted}: {found:?}");
    }
    (school, child, payloads)
}

fn assert_nothing_is_left(school: &School, payloads: &[Vec<u8>]) {
    for wanted in ANSWERS.into_iter().chain([NAME]) {
        assert_eq!(everywhere(school, wanted.as_bytes()), Vec::<String>::new(), "{wanted}");
    }
    for payload in payloads {
        assert_eq!(everywhere(school, payload), Vec::<String>::new());
    }
}

#[test]
fn nothing_of_an_erased_child_is_left_in_the_data_folder_nor_in_its_backups() {
    let (mut school, child, payloads) = school_with_a_backup();
    let (owner, roles) = school.owner();
    // What a cut left of work on a backup.
    for name in ["scratch", "restore.part", "backup.new"] {
        std::fs::create_dir(school.data.path().join(name)).unwrap();
        std::fs::write(school.data.path().join(name).join("left"), NAME).unwrap();
    }
    // A backup under the name that the box had before its card was copied.
    let older = school.data.path().join("backup/chalkbox-backup-0000000000000001");
    std::fs::create_dir(&older).unwrap();
    std::fs::write(older.join("left"), NAME).unwrap();
    assert_eq!(school.renewal(), None);
    assert!(school.erase_learner(owner, &roles, child, NAME).unwrap().has_card_backup);
    assert_eq!(school.renewal(), Some(Renewal::Waits), "the page says so");
    school.follow_erasing();
    assert_eq!(school.renewal(), None, "{:?}", school.job());
    let entries = school.entries();
    assert_eq!(school.upkeep_record().saved_on_card.unwrap().events, entries);
    school.carry_out(&Job::Check(At::Card)).unwrap();
    assert_eq!(school.people().learners.len(), 3);
    school.close();
    assert_nothing_is_left(&school, &payloads);
    school.start().unwrap();
    school.carry_out(&Job::Drill(At::Card)).unwrap();
    let JobState::Done(Outcome::Restorable(back)) = school.job().unwrap().state else { panic!("{:?}", school.job()) };
    assert_eq!((back.answers, back.learners), (0, 3));
}

#[test]
fn a_cut_puts_the_new_backup_off_and_no_more() {
    let (mut school, child, payloads) = school_with_a_backup();
    let (owner, roles) = school.owner();
    school.erase_learner(owner, &roles, child, NAME).unwrap();
    school.close();
    school.start().unwrap();
    assert_eq!(school.renewal(), Some(Renewal::Waits), "it is remembered");
    school.follow_erasing();
    assert_eq!(school.renewal(), None, "{:?}", school.job());
    school.close();
    assert_nothing_is_left(&school, &payloads);
}

#[test]
fn a_new_backup_that_fails_leaves_the_old_one_and_is_tried_again() {
    let (school, child, payloads) = school_with_a_backup();
    let (owner, roles) = school.owner();
    // A file where the folder should be.
    let blocked = school.data.path().join("backup.new");
    std::fs::write(&blocked, "in the way").unwrap();
    school.erase_learner(owner, &roles, child, NAME).unwrap();
    school.follow_erasing();
    assert!(matches!(school.renewal(), Some(Renewal::Failed(_))), "{:?}", school.renewal());
    assert!(school.upkeep_record().saved_on_card.is_some(), "the old one is there");
    std::fs::remove_file(&blocked).unwrap();
    school.follow_erasing();
    assert!(school.renewal().is_some(), "not at once");
    school.clock.forward(2 * MINUTE);
    school.follow_erasing();
    assert_eq!(school.renewal(), None);
    let mut school = school;
    school.close();
    assert_nothing_is_left(&school, &payloads);
}

#[test]
fn without_a_backup_on_the_card_there_is_nothing_to_make_anew() {
    let (school, child) = school_with(NAME);
    let (owner, roles) = school.owner();
    assert!(!school.erase_learner(owner, &roles, child, NAME).unwrap().has_card_backup);
    school.follow_erasing();
    assert_eq!((school.renewal(), school.job()), (None, None));
    assert_eq!(school.upkeep_record().saved_on_card, None);
}

#[test]
fn nothing_is_stored_of_a_child_who_was_erased_meanwhile() {
    let (mut school, child) = school_with(NAME);
    let (owner, roles) = school.owner();
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    school.erase_learner(owner, &roles, child, NAME).unwrap();
    // Past the door already when the child was erased.
    let late = school.respond(child, &school.right(&item, "late"));
    assert!(matches!(late, Err(RespondError::NoSuchItem)), "{late:?}");
    assert!(matches!(school.hint(child, &item.item, 1), Err(HintError::NoSuchItem)));
    assert!(school.store().events_of(child, 0).unwrap().is_empty());
    school.reload_people().unwrap();
    assert!(!school.people().learners.contains_key(&child));
    school.close();
    school.start().unwrap();
    assert!(school.store().events_of(child, 0).unwrap().is_empty(), "also after a start");
}

#[test]
fn a_child_who_answers_while_it_is_erased_leaves_nothing() {
    let (school, child) = school_with(NAME);
    let (owner, roles) = school.owner();
    let items: Vec<_> = (0..40).map(|_| school.ask(child, Some(TYPED), "en").unwrap()).collect();
    let taken = std::thread::scope(|scope| {
        let answers = scope.spawn(|| {
            let take = |(n, item): (usize, &HandedItem)| {
                school.respond(child, &school.right(item, &format!("key-{n}"))).is_ok()
            };
            items.iter().enumerate().filter(|one| take(*one)).count()
        });
        std::thread::sleep(std::time::Duration::from_millis(5));
        school.erase_learner(owner, &roles, child, NAME).unwrap();
        answers.join().unwrap()
    });
    assert!(school.store().events_of(child, 0).unwrap().is_empty(), "{taken} of them were stored and erased");
}

#[test]
fn a_child_who_could_not_be_erased_is_still_there_and_one_half_erased_is_not() {
    let (mut school, child) = school_with(NAME);
    let (owner, roles) = school.owner();
    // What the store clears away cannot be: it is no folder.
    let blocked = school.data.path().join("quarantine");
    std::fs::write(&blocked, "in the way").unwrap();
    let half = school.erase_learner(owner, &roles, child, NAME);
    assert!(matches!(half, Err(PrivacyError::Unfinished(_))), "{half:?}");
    assert!(!school.people().learners.contains_key(&child), "it was asked for, and goes on");
    std::fs::remove_file(&blocked).unwrap();
    school.close();
    school.start().unwrap();
    assert!(!school.people().learners.contains_key(&child), "also after a start");

    let ada = school.child(0);
    school.store().close();
    let not = school.erase_learner(owner, &roles, ada, "Ada");
    assert!(matches!(not, Err(PrivacyError::Store(_))), "{not:?}");
    assert!(school.people().learners.contains_key(&ada), "nothing was erased");
}
