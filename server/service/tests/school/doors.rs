//! Who gets in, how often somebody may try, and whose class is whose.

use crate::support::{MINUTE, PASSWORD, School};
use chalkbox_domain::event::StaffRole;
use chalkbox_service::classes::{ClassError, Doing};
use chalkbox_service::doors::{Code, SignInError};
use chalkbox_service::sign_in::Viewer;
use std::sync::Barrier;

/// How many of these tries at once ended in which way: wrong, paused, busy.
fn at_once(school: &School, tries: usize, who: impl Fn(usize) -> (String, String) + Sync) -> (usize, usize, usize) {
    let barrier = Barrier::new(tries);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..tries)
            .map(|n| {
                let (barrier, who) = (&barrier, &who);
                scope.spawn(move || {
                    let (name, device) = who(n);
                    barrier.wait();
                    school.sign_in_staff(&name, "not the password", &device).expect_err("a wrong password")
                })
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).fold((0, 0, 0), |(wrong, paused, busy), error| match error {
            SignInError::WrongPassword => (wrong + 1, paused, busy),
            SignInError::Pause { .. } => (wrong, paused + 1, busy),
            SignInError::Busy => (wrong, paused, busy + 1),
            other => panic!("{other}"),
        })
    })
}

#[test]
fn three_hundred_tries_at_once_are_not_three_hundred_passwords_looked_at() {
    let school = School::new();
    let (wrong, paused, busy) = at_once(&school, 300, |_| ("amina".into(), "x".into()));
    assert!(wrong <= 5 && busy == 0, "{wrong} looked at, {busy} busy");
    assert_eq!(wrong + paused, 300);
    // Names that nobody has, from everywhere: the gate lets two in and eight wait.
    let (wrong, paused, busy) = at_once(&school, 60, |n| (format!("nobody{n}"), format!("d{n}")));
    assert!(busy >= 30 && paused == 0, "{wrong} looked at, {busy} busy");
    assert!(school.sign_in_staff("amina", PASSWORD, "y").is_ok(), "another device is not held up");
    school.clock.forward(31_000);
    assert!(school.sign_in_staff("Amina", PASSWORD, "x").is_ok(), "nor this one any more");
}

#[test]
fn one_device_does_not_try_some_codes_on_every_child() {
    let school = School::new();
    let wrong = |n: usize| {
        let child = school.child(n);
        let Code::Pictures(mut code) = school.code(child) else { panic!("pictures") };
        code.rotate_left(1);
        school.sign_in_learner(child, &Code::Pictures(code), "thief").expect_err("not the code")
    };
    let mut looked_at = 0;
    for _ in 0..20 {
        for n in 0..3 {
            if matches!(wrong(n), SignInError::WrongCode) {
                looked_at += 1;
            }
        }
        school.clock.forward(7_000);
    }
    // Without the count over all doors this would be four at each of three doors in every half minute: 60 of 60.
    assert!(looked_at < 30, "{looked_at}");
    assert!(matches!(wrong(0), SignInError::Pause { .. }));
    let code = school.code(school.child(0));
    assert!(school.sign_in_learner(school.child(0), &code, "tablet").is_ok(), "the child's own tablet is not held up");
    let (owner, roles) = school.owner();
    school.let_in(owner, &roles, school.child(1)).unwrap();
    assert!(school.sign_in_learner(school.child(1), &Code::LetIn, "thief").is_ok(), "a teacher lets in, whatever was");
}

#[test]
fn a_hand_at_the_door_comes_down_when_the_child_is_in() {
    let school = School::new();
    let child = school.child(0);
    let Code::Pictures(mut code) = school.code(child) else { panic!("pictures") };
    code.rotate_left(1);
    for _ in 0..5 {
        let _ = school.sign_in_learner(child, &Code::Pictures(code.clone()), "tablet");
    }
    assert!(school.hand_is_up(child), "five misses call the teacher");
    let (owner, roles) = school.owner();
    school.let_in(owner, &roles, child).unwrap();
    let inside = school.sign_in_learner(child, &Code::LetIn, "tablet").unwrap();
    assert!(!school.hand_is_up(child));

    school.hand(child, true).unwrap();
    school.clock.forward(12 * MINUTE);
    assert!(school.hand_is_up(child), "signed in and waiting");
    school.sign_out(&inside.token);
    assert!(!school.hand_is_up(child));
}

#[test]
fn the_hand_of_a_child_who_is_gone_is_forgotten() {
    let school = School::new();
    let child = school.child(0);
    school.hand(child, true).unwrap();
    school.clock.forward(9 * MINUTE);
    assert!(school.hand_is_up(child), "at the door");
    school.clock.forward(2 * MINUTE);
    assert!(!school.hand_is_up(child), "gone");
    school.sign_in(child);
    school.hand(child, true).unwrap();
    school.clock.forward(21 * MINUTE);
    assert!(!school.hand_is_up(child), "signed out by quiet");
    let (owner, roles) = school.owner();
    let today = school.today(owner, &roles, school.class(), "en").unwrap();
    assert!(today.learners.iter().all(|l| l.doing != Doing::HandUp));
}

#[test]
fn closing_a_class_signs_out_and_lowers_hands() {
    let school = School::new();
    let child = school.child(0);
    let inside = school.sign_in(child);
    school.hand(child, true).unwrap();
    let (owner, roles) = school.owner();
    school.open_or_close(owner, &roles, school.class(), false).unwrap();
    assert!(school.viewer(&inside.token).is_err() && !school.hand_is_up(child));
}

#[test]
fn a_look_that_does_not_prolong_sees_the_end() {
    let school = School::new();
    let inside = school.sign_in(school.child(0));
    school.clock.forward(19 * MINUTE);
    assert!(school.viewer_unprolonged(&inside.token).is_ok());
    school.clock.forward(2 * MINUTE);
    assert!(school.viewer_unprolonged(&inside.token).is_err());
}

#[test]
fn leader_and_technologist_of_another_s_class() {
    let school = School::bare();
    school.make_demo("en").unwrap().expect("made");
    let role = |role| {
        let people = school.people();
        people.staff.values().find(|s| s.roles == [role]).map(|s| (s.id, s.roles.clone())).expect("one of each")
    };
    let (class, child) = (school.class(), school.child(0));
    let (leader, roles) = role(StaffRole::Leader);
    assert!(school.today(leader, &roles, class, "en").is_ok() && school.progress(leader, &roles, class).is_ok());
    assert!(matches!(school.learner_page(leader, &roles, child, "en"), Err(ClassError::NoSuchLearner)));
    assert!(matches!(school.new_code(leader, &roles, child), Err(ClassError::NoSuchLearner)));
    assert!(matches!(school.let_in(leader, &roles, child), Err(ClassError::NoSuchLearner)));
    assert!(matches!(school.open_or_close(leader, &roles, class, false), Err(ClassError::NotYours)));
    assert!(matches!(school.new_cards(leader, &roles, class, None, true), Err(ClassError::NotYours)));
    let (technologist, roles) = role(StaffRole::Technologist);
    assert!(matches!(school.today(technologist, &roles, class, "en"), Err(ClassError::NotYours)));
    assert!(matches!(school.progress(technologist, &roles, class), Err(ClassError::NotYours)));
    assert!(matches!(school.learner_page(technologist, &roles, child, "en"), Err(ClassError::NoSuchLearner)));
    let viewer = Viewer::Staff(technologist, roles.clone());
    assert_eq!(school.classes_for(Some(&viewer)).len(), 3, "their names are no secret");
    assert!(school.classes_seen_by(technologist, &roles).is_empty());
    let (teacher, roles) = role(StaffRole::Teacher);
    assert!(school.learner_page(teacher, &roles, child, "en").is_ok());
    assert!(school.may_change(teacher, &roles, class).is_ok());
}
