//! Answers that wait on tablets, and those that came late, on the teacher's Today.

use crate::support::{HOUR, MINUTE, School, TYPED};
use chalkbox_domain::event::{Actor, EventBody, EventDraft};
use chalkbox_domain::ids::ClientId;
use chalkbox_service::waiting::MOST_AT_ONCE;

fn waiting(school: &School) -> Vec<(String, usize)> {
    let (owner, roles) = school.owner();
    let today = school.today(owner, &roles, school.class(), "en").unwrap();
    today.waiting.into_iter().map(|w| (w.display_name, w.answers)).collect()
}

#[test]
fn an_answer_waits_until_it_has_come_whoever_brings_it() {
    let school = School::new();
    let (ada, ben) = (school.child(0), school.child(1));
    let first = school.ask(ada, Some(TYPED), "en").unwrap();
    let second = school.ask(ada, Some(TYPED), "en").unwrap();
    let other = school.ask(ben, Some(TYPED), "en").unwrap();
    let items = [&first, &second, &other].map(|handed| handed.item.clone());
    school.note_waiting(None, &items);
    school.note_waiting(None, &items[..1]);
    assert_eq!(waiting(&school), [("Ada".to_owned(), 2), ("Ben".to_owned(), 1)]);

    school.respond(ada, &school.right(&first, "a")).unwrap();
    assert_eq!(waiting(&school), [("Ada".to_owned(), 1), ("Ben".to_owned(), 1)]);
    // An old page of the tablet tells it again.
    school.note_waiting(None, &items[..1]);
    assert_eq!(waiting(&school), [("Ada".to_owned(), 1), ("Ben".to_owned(), 1)]);

    school.clock.forward(4 * HOUR);
    assert_eq!(waiting(&school), [], "a tablet that is gone for hours is not told of");
}

#[test]
fn only_items_of_this_box_wait_and_no_tablet_fills_the_memory() {
    let school = School::new();
    let other = School::new();
    let foreign = other.ask(other.child(0), Some(TYPED), "en").unwrap().item;
    school.note_waiting(None, &[foreign, String::new(), "AAAA".into(), "x".repeat(5000)]);
    assert_eq!(waiting(&school), []);
    let ada = school.child(0);
    let many: Vec<String> = (0..MOST_AT_ONCE + 10).map(|_| school.ask(ada, Some(TYPED), "en").unwrap().item).collect();
    school.note_waiting(None, &many);
    assert_eq!(waiting(&school), [("Ada".to_owned(), MOST_AT_ONCE)]);
}

#[test]
fn an_answer_that_came_late_is_told_and_counts() {
    let school = School::new();
    let (owner, roles) = school.owner();
    let ada = school.child(0);
    let items: Vec<_> = (0..2).map(|_| school.ask(ada, Some(TYPED), "en").unwrap()).collect();
    school.clock.forward(10 * MINUTE);
    let mut late = school.right(&items[0], "a");
    late.age_ms = Some(5 * MINUTE);
    school.respond(ada, &late).unwrap();
    school.respond(ada, &school.right(&items[1], "b")).unwrap();
    let today = school.today(owner, &roles, school.class(), "en").unwrap();
    assert_eq!(today.late, 1);
    let of_ada = today.learners.iter().find(|l| l.learner == ada).unwrap();
    assert_eq!((of_ada.answers, of_ada.right), (2, 2));
}

#[test]
fn what_a_tablet_tells_replaces_what_it_told_before() {
    let school = School::new();
    let (ada, ben) = (school.child(0), school.child(1));
    let [first, second] = [(); 2].map(|()| school.ask(ada, Some(TYPED), "en").unwrap().item);
    let other = school.ask(ben, Some(TYPED), "en").unwrap().item;
    let (one, two) = (Some(ClientId([1; 16])), Some(ClientId([2; 16])));
    school.note_waiting(one, &[first.clone(), second.clone()]);
    school.note_waiting(two, &[other]);
    assert_eq!(waiting(&school), [("Ada".to_owned(), 2), ("Ben".to_owned(), 1)]);
    // The box refused one for good: the tablet has given it up.
    school.note_waiting(one, &[second]);
    assert_eq!(waiting(&school), [("Ada".to_owned(), 1), ("Ben".to_owned(), 1)]);
    school.note_waiting(one, &[]);
    assert_eq!(waiting(&school), [("Ben".to_owned(), 1)], "of another tablet");
}

#[test]
fn only_answers_come_late() {
    let school = School::new();
    let (owner, roles) = school.owner();
    let ada = school.child(0);
    let event = EventDraft {
        at_ms: Some(school.store().now_ms() - 30 * MINUTE),
        send: None,
        learner: Some(ada),
        actor: Actor::Staff(owner),
        body: EventBody::ProfileSet(school.people().learners[&ada].clone()),
    };
    school.store().submit(event).unwrap();
    let today = school.today(owner, &roles, school.class(), "en").unwrap();
    assert_eq!(today.late, 0, "a profile is no answer");
}
