//! One child under several entries: said by who teaches it, counted as one, parted again, erased whole.

use crate::study::verified;
use crate::support::{HOUR, School, TYPED};
use chalkbox_domain::event::StaffRole;
use chalkbox_domain::ids::{ClassId, LearnerId};
use chalkbox_service::classes::ClassError;
use chalkbox_service::privacy::PrivacyError;
use chalkbox_service::setup::ClassDraft;
use chalkbox_service::sign_in::NotSignedIn;
use std::io::Write;

fn answers(school: &School, learner: LearnerId, from: u32, to: u32) {
    for n in from..to {
        let item = school.ask(learner, Some(TYPED), "en").unwrap();
        school.respond(learner, &school.right(&item, &format!("key-{n}"))).unwrap();
        school.clock.forward(20_000);
    }
}

/// A class of the owner's with one more Ada in it.
fn second_ada(school: &School) -> (ClassId, LearnerId) {
    let (owner, _) = school.owner();
    let draft = ClassDraft { name: "Class 4".into(), grade: 4, learners: vec!["Adah".into(), "Zoe".into()] };
    let class = school.add_class(owner, &draft).unwrap();
    let ada = school.people().learners_of(class)[0].id;
    (class, ada)
}

fn mastery(school: &School, learner: LearnerId) -> f64 {
    let knowledge = school.knowledge_of(learner).unwrap();
    let at = school.library().map().find(&TYPED.parse().unwrap()).unwrap().at();
    knowledge.mastery[at]
}

#[test]
fn who_was_entered_twice_becomes_one_child_with_the_work_of_both() {
    let mut school = School::new();
    let (owner, roles) = school.owner();
    let (home, ada, ben) = (school.class(), school.child(0), school.child(1));
    let (class, other) = second_ada(&school);
    answers(&school, ada, 0, 3);
    answers(&school, other, 0, 3);
    let before = mastery(&school, ada);
    let token = school.sign_in(other).token;
    let held = school.ask(other, Some(TYPED), "en").unwrap();
    let sent = school.ask(other, Some(TYPED), "en").unwrap();
    let arrived = school.respond(other, &school.right(&sent, "sent")).unwrap();

    let found = school.same_child(owner, &roles, ada).unwrap();
    assert_eq!((found.child.class.as_str(), found.is_theirs, found.joined.len()), ("Class 3", true, 0));
    let alike: Vec<_> = found.alike.iter().map(|e| (e.face.id, e.class.as_str())).collect();
    assert_eq!((alike, found.others.len()), (vec![(other, "Class 4")], 3));

    school.join_children(owner, &roles, ada, other).unwrap();
    school.join_children(owner, &roles, ada, other).unwrap();
    assert!(mastery(&school, ada) > before, "the work of both");
    assert_eq!(school.people().learners_of(class).len(), 1, "the child is in one class");
    assert_eq!(school.viewer(&token), Err(NotSignedIn::Unknown), "who was in as the other comes in anew");
    assert!(matches!(school.same_child(owner, &roles, other), Err(ClassError::NoSuchLearner)));
    let found = school.same_child(owner, &roles, ada).unwrap();
    assert_eq!((found.joined.len(), found.joined[0].face.id, found.alike.len()), (1, other, 0));
    let page = school.learner_page(owner, &roles, ada, "en").unwrap();
    assert_eq!((page.skills[0].answers, page.latest.len()), (7, 7));
    assert_eq!(school.today(owner, &roles, home, "en").unwrap().learners.iter().map(|l| l.answers).max(), Some(7));

    // What the tablet still held for the other entry is taken, once, also what had arrived before.
    school.respond(ada, &school.right(&held, "held")).unwrap();
    let again = school.respond(ada, &school.right(&sent, "sent")).unwrap();
    assert!(again.repeated && again.event == arrived.event);
    answers(&school, ada, 10, 12);
    assert!(school.respond(ben, &school.right(&held, "x")).is_err(), "it is nobody else's");
    assert_eq!(verified(&school).differences, vec![]);
    let joined = mastery(&school, ada);
    school.close();
    school.start().unwrap();
    assert_eq!((mastery(&school, ada), school.people().learners_of(class).len()), (joined, 1), "after a start too");

    school.part_children(owner, &roles, ada, other).unwrap();
    assert_eq!((school.people().learners_of(class).len(), mastery(&school, ada) < joined), (2, true));
    assert_eq!(
        school.learner_page(owner, &roles, other, "en").unwrap().skills[0].answers,
        5,
        "its own, and what it held"
    );
    answers(&school, other, 20, 22);
    assert_eq!(verified(&school).differences, vec![]);
    school.join_children(owner, &roles, other, ada).unwrap();
    assert_eq!(mastery(&school, other), mastery(&school, ada), "asked under either, it is one child");
    assert_eq!(verified(&school).differences, vec![]);
}

#[test]
fn who_teaches_a_child_or_leads_the_school_may_say_so() {
    let school = School::new();
    let (owner, _) = school.owner();
    let (home, ada) = (school.class(), school.child(0));
    let (_, other) = second_ada(&school);
    let stranger = chalkbox_domain::ids::StaffId([9; 16]);
    for role in [StaffRole::Teacher, StaffRole::Technologist] {
        let refused = |outcome: Result<(), ClassError>| assert!(matches!(outcome, Err(ClassError::NoSuchLearner)));
        refused(school.join_children(stranger, &[role], ada, other));
        refused(school.part_children(stranger, &[role], ada, other));
        refused(school.same_child(stranger, &[role], ada).map(drop));
    }
    let found = school.same_child(stranger, &[StaffRole::Leader], ada).unwrap();
    assert_eq!((found.is_theirs, found.alike.len()), (false, 1));
    school.join_children(stranger, &[StaffRole::Leader], ada, other).unwrap();
    school.part_children(owner, &[StaffRole::Teacher], ada, other).unwrap();
    let nobody = LearnerId([7; 16]);
    assert!(matches!(school.join_children(owner, &[StaffRole::Leader], ada, nobody), Err(ClassError::NoSuchLearner)));
    school.join_children(owner, &[StaffRole::Leader], ada, ada).unwrap();
    assert_eq!(school.people().learners_of(home).len(), 3, "nobody became another one's shadow");
}

#[test]
fn a_child_is_given_out_and_erased_under_all_its_entries() {
    let school = School::new();
    let (owner, roles) = school.owner();
    let ada = school.child(0);
    let (_, other) = second_ada(&school);
    answers(&school, ada, 0, 2);
    answers(&school, other, 0, 2);
    school.join_children(owner, &roles, ada, other).unwrap();
    let text = school.export_learner(&roles, ada).unwrap();
    let about: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(about["also"], serde_json::json!([other]));
    assert_eq!(text.lines().filter(|line| line.contains("\"answered\"")).count(), 4);
    assert_eq!(school.children(&roles).unwrap().len(), 4, "once");
    assert!(matches!(school.export_learner(&roles, other), Err(PrivacyError::NoSuchLearner)));
    school.erase_learner(owner, &roles, ada, "Ada").unwrap();
    for id in [ada, other] {
        assert!(school.store().events_of(id, 0).unwrap().is_empty());
        assert!(!school.people().learners.contains_key(&id));
    }
    school.reload_people().unwrap();
    assert_eq!(school.children(&roles).unwrap().len(), 3);
    assert_eq!(verified(&school).differences, vec![]);
}

/// Two boxes of one school come together, each with its own Ada.
#[test]
fn the_same_child_of_two_boxes() {
    let (from, to) = (School::new(), School::new());
    for (school, count) in [(&from, 4), (&to, 2)] {
        answers(school, school.child(0), 0, count);
    }
    let (theirs, ours) = (from.child(0), to.child(0));
    let mut file = Vec::new();
    from.pour_backup(&mut file).unwrap();
    let (mut upload, _) = to.begin_upload().unwrap();
    upload.write_all(&file).unwrap();
    upload.sync_all().unwrap();
    use chalkbox_service::safekeeping::{At, Job};
    to.carry_out(&Job::Look { at: At::Upload, passphrase: None }).unwrap();
    to.carry_out(&Job::BringBack).unwrap();
    to.clock.forward(HOUR);
    let leader = to.owner().0;
    to.join_children(leader, &[StaffRole::Leader], ours, theirs).unwrap();
    answers(&to, ours, 30, 33);
    let log = to.store().events_of(ours, 0).unwrap();
    assert_eq!(log.iter().filter(|e| matches!(e.body, chalkbox_domain::event::EventBody::Answered(_))).count(), 9);
    assert_eq!(verified(&to).differences, vec![]);
    // Back on the other box it is one child, too.
    let mut file = Vec::new();
    to.pour_backup(&mut file).unwrap();
    let (mut upload, _) = from.begin_upload().unwrap();
    upload.write_all(&file).unwrap();
    upload.sync_all().unwrap();
    from.carry_out(&Job::Look { at: At::Upload, passphrase: None }).unwrap();
    let token = from.sign_in(theirs).token;
    from.carry_out(&Job::BringBack).unwrap();
    assert_eq!(from.viewer(&token), Err(NotSignedIn::Unknown));
    assert_eq!(mastery(&from, theirs), mastery(&to, ours));
    assert_eq!(from.people().links.one(theirs), ours);
}
