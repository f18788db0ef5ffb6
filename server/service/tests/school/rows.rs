//! Rows that do not read back: never taken for rows that are not there, and made anew at the next start.

use crate::support::{School, TYPED};
use chalkbox_domain::event::{Actor, Event, EventBody, EventDraft};
use chalkbox_service::start::StartError;
use chalkbox_service::study::{AskError, RespondError};
use chalkbox_service::views::{Rules, kind};
use chalkbox_store::{Projection, ViewKey, ViewReader, ViewWrites};
use std::sync::Arc;

/// Rules that write nonsense into one row at the next event.
struct Vandal(ViewKey);

impl Projection for Vandal {
    fn version(&self) -> u32 {
        Rules.version()
    }
    fn project(&self, _event: &Event, _views: &dyn ViewReader, out: &mut ViewWrites) {
        out.set(self.0.clone(), b"nonsense".to_vec());
    }
}

fn damage(school: &mut School, key: ViewKey) {
    school.close();
    let store = school.store_under(Arc::new(Vandal(key)));
    let body = EventBody::GapNoted { from: 0, to: 0 };
    store.submit(EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body }).unwrap();
}

#[test]
fn a_school_with_damaged_rows_of_people_is_not_one_that_was_never_set_up() {
    let mut school = School::new();
    let (class, child) = (school.class(), school.child(0));
    for key in [
        ViewKey::value(kind::SETTINGS, b""),
        ViewKey::value(kind::CLASS, &class.0),
        ViewKey::learner(child),
        ViewKey::value(kind::PACK, b"org.example.digits"),
    ] {
        damage(&mut school, key.clone());
        let refused = school.start().expect_err("it does not start with half of its people");
        assert!(matches!(refused, StartError::Store(_)), "{refused}");
        assert!(refused.to_string().contains("start the box again"), "{refused}");
        school.start().unwrap();
        assert!(school.is_set_up() && school.class() == class && school.child(0) == child, "{key:?}");
    }
}

#[test]
fn a_damaged_record_is_no_fresh_record() {
    let mut school = School::new();
    let child = school.child(0);
    let skill = TYPED.parse().unwrap();
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    let before = school.respond(child, &school.right(&item, "a")).unwrap().mastery;
    for key in [ViewKey::skill(child, &skill), ViewKey::value(kind::LEARNER, &child.0)] {
        damage(&mut school, key);
        school.start().unwrap();
        let asked = school.ask(child, Some(TYPED), "en");
        assert!(matches!(asked, Err(AskError::Store(_))), "{asked:?}");
        let path = school.path(child, "en");
        assert!(matches!(path, Err(AskError::Store(_))), "{path:?}");
        school.close();
        school.start().unwrap();
        let knowledge = school.knowledge_of(child).unwrap();
        let at = school.library().map().find(&skill).unwrap().at();
        assert_eq!(Some(knowledge.mastery[at]), before, "what was shown is there again");
    }
}

#[test]
fn an_answer_to_a_damaged_record_is_refused_and_taken_after_the_next_start() {
    let mut school = School::new();
    let child = school.child(0);
    let skill = TYPED.parse().unwrap();
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    let draft = school.right(&item, "a");
    damage(&mut school, ViewKey::skill(child, &skill));
    school.start().unwrap();
    let refused = school.respond(child, &draft);
    assert!(matches!(refused, Err(RespondError::Store(_))), "{refused:?}");
    school.close();
    school.start().unwrap();
    assert_eq!(school.respond(child, &draft).unwrap().score, Some(1.0));
}
