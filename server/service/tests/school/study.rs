//! A child's answers: counted once, judged by the whole of what the tool can do, helped when helped.

use crate::support::{HOUR, MINUTE, MIXED, School, TYPED, Way};
use chalkbox_domain::event::{EventBody, SkillState};
use chalkbox_domain::ids::{EventId, LearnerId};
use chalkbox_domain::item::Response;
use chalkbox_service::ports::RunError;
use chalkbox_service::study::{AskError, RespondError};
use chalkbox_service::verify::{Difference, Verifier, VerifyReport};
use chalkbox_store::journal::Log;
use std::fmt::{Debug, Write};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Subscriber};

fn helped(school: &School, learner: LearnerId, id: EventId) -> (u8, bool) {
    let events = school.store().events_of(learner, 0).unwrap();
    let found = events.into_iter().find(|e| e.id == id).expect("stored");
    let EventBody::Answered(answered) = found.body else { panic!("an answer") };
    (answered.help, answered.mixed_formats)
}

#[test]
fn a_hint_counts_also_when_the_clock_goes_back_after_the_item_was_asked() {
    let mut school = School::new();
    let child = school.child(0);
    let first = school.ask(child, Some(TYPED), "en").unwrap();
    school.clock.unix.fetch_sub(HOUR, Ordering::Relaxed);
    school.hint(child, &first.item, 1).unwrap();
    let reply = school.respond(child, &school.right(&first, "a")).unwrap();
    assert_eq!((reply.help, helped(&school, child, reply.event).0), (1, 1));

    // A board without a clock of its own, after a cut: it goes on from the last event, which is before the asking.
    school.clock.forward(3 * HOUR);
    let second = school.ask(child, Some(TYPED), "en").unwrap();
    school.close();
    school.clock.unix.store(0, Ordering::Relaxed);
    school.start().unwrap();
    school.hint(child, &second.item, 2).unwrap();
    let reply = school.respond(child, &school.right(&second, "b")).unwrap();
    assert_eq!((reply.help, helped(&school, child, reply.event).0), (2, 2));
}

pub fn verified(school: &School) -> VerifyReport {
    let log = Log::open(school.data.path()).unwrap();
    let erased = log.erased().unwrap();
    let mut verifier = Verifier::new(school.data.path(), &*school.tool, &log, log.own(), &erased);
    school.store().stream(None).for_each(|event| verifier.check(&event.unwrap()));
    verifier.finish()
}

#[test]
fn a_response_that_the_tool_does_not_score_is_not_counted_as_scored_again() {
    let school = School::new();
    let child = school.child(0);
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    school.respond(child, &school.right(&item, "a")).unwrap();
    let report = verified(&school);
    assert_eq!((report.responses, report.rescored, report.differences), (1, 1, vec![]));
    *school.tool.evaluate_fails.lock().unwrap() = Some(RunError::Internal("broken".into()));
    let report = verified(&school);
    assert_eq!((report.responses, report.rescored), (1, 0));
    assert!(matches!(report.differences.as_slice(), [Difference::CannotScore { .. }]), "{:?}", report.differences);
}

#[test]
fn a_retry_gives_the_first_reply_and_a_busy_tool_is_no_empty_feedback() {
    let school = School::new();
    let child = school.child(0);
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    let draft = school.right(&item, "a");
    let first = school.respond(child, &draft).unwrap();
    *school.tool.evaluate_fails.lock().unwrap() = Some(RunError::Busy);
    assert!(matches!(school.respond(child, &draft), Err(RespondError::Busy)));
    *school.tool.evaluate_fails.lock().unwrap() = None;
    let again = school.respond(child, &draft).unwrap();
    assert!(again.repeated && !first.repeated);
    assert_eq!((again.event, again.score, &again.feedback), (first.event, first.score, &first.feedback));
    assert!(!again.feedback.is_empty());

    let next = school.ask(child, Some(TYPED), "en").unwrap();
    let used = school.respond(child, &school.right(&next, "a"));
    assert!(matches!(used, Err(RespondError::KeyUsed { first: id }) if id == first.event), "{used:?}");
    let other = school.respond(child, &school.right(&item, "b"));
    assert!(matches!(other, Err(RespondError::AlreadyAnswered { first: id }) if id == first.event), "{other:?}");
}

#[test]
fn an_answer_is_checked_as_it_will_be_scored() {
    let school = School::new();
    let child = school.child(0);
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    let mut draft = school.right(&item, "a");
    draft.response = Response::Number { value: format!("\u{061c}＋{}\u{feff}", item.seed % 10) };
    let reply = school.respond(child, &draft).unwrap();
    assert_eq!((reply.score, reply.repeated), (Some(1.0), false));
    let again = school.respond(child, &school.right(&item, "a")).unwrap();
    assert!(again.repeated && again.event == reply.event, "another spelling is the same response");

    *school.tool.way.lock().unwrap() = Way::Writes;
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    let mut blank = school.right(&item, "b");
    blank.response = Response::Text { value: " \u{3000}\u{200b} ".into() };
    let refused = school.respond(child, &blank);
    assert!(matches!(refused, Err(RespondError::Shape(_))), "{refused:?}");
    assert_eq!(school.respond(child, &school.right(&item, "b")).unwrap().score, Some(1.0), "the item was not used up");
}

#[test]
fn a_resting_tool_lets_nothing_in_that_no_item_takes() {
    let school = School::new();
    let child = school.child(0);
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    *school.tool.generate_fails.lock().unwrap() = Some(RunError::Quarantined);
    for response in [
        Response::Text { value: "x".repeat(60 << 10) },
        Response::Number { value: "9".repeat(41) },
        Response::Point { x: 1e39_f64 as f32, y: 0.5 },
        Response::Choice { ids: vec!["i".repeat(65)] },
        Response::Custom { value: "x".repeat((16 << 10) + 1) },
    ] {
        let mut draft = school.right(&item, "a");
        draft.response = response;
        let refused = school.respond(child, &draft);
        assert!(matches!(refused, Err(RespondError::Shape(_))), "{refused:?}");
        // Shape and size come before the question which item it is for.
        draft.item = "none".into();
        let refused = school.respond(child, &draft);
        assert!(matches!(refused, Err(RespondError::Shape(_))), "{refused:?}");
    }
    let reply = school.respond(child, &school.right(&item, "a")).unwrap();
    assert_eq!((reply.score, reply.repeated), (None, false), "a fitting answer is kept, not counted");
}

#[test]
fn an_answer_that_the_store_cannot_hold_is_at_fault_itself() {
    let school = School::new();
    let child = school.child(0);
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    *school.tool.misconception.lock().unwrap() = Some("m".repeat(70 << 10));
    let refused = school.respond(child, &school.right(&item, "a"));
    assert!(matches!(refused, Err(RespondError::TooLarge)), "{refused:?}");
    *school.tool.misconception.lock().unwrap() = None;
    assert_eq!(school.respond(child, &school.right(&item, "a")).unwrap().score, Some(1.0));
}

#[test]
fn people_can_change_while_a_class_is_told_of_an_answer() {
    let school = School::new();
    let child = school.child(0);
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    let (tell, told) = mpsc::channel();
    let (change, changed) = mpsc::channel();
    let (note, noted) = mpsc::channel();
    school.live().listen(
        school.class(),
        Box::new(move |_| {
            tell.send(()).unwrap();
            note.send(changed.recv_timeout(Duration::from_secs(5)).is_ok()).is_ok()
        }),
    );
    let school = &school;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            told.recv().unwrap();
            school.code(school.child(1));
            change.send(()).unwrap();
        });
        school.respond(child, &school.right(&item, "a")).unwrap();
    });
    assert_eq!(noted.recv(), Ok(true));
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<String>>);

impl Visit for Logged {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Logged {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[test]
fn what_a_child_typed_does_not_reach_the_system_log() {
    let school = School::new();
    let child = school.child(0);
    let words = || "Ada hates maths".to_owned();
    for (key, failure) in [("a", RunError::BadResponse(words())), ("b", RunError::Internal(words()))] {
        let item = school.ask(child, Some(TYPED), "en").unwrap();
        let kind = failure.kind();
        *school.tool.evaluate_fails.lock().unwrap() = Some(failure);
        let logged = Logged::default();
        let draft = school.right(&item, key);
        let reply = tracing::subscriber::with_default(logged.clone(), || school.respond(child, &draft));
        assert_eq!(reply.unwrap().score, None);
        let said = logged.0.lock().unwrap().clone();
        assert!(said.contains("gave no verdict") && said.contains(kind), "{said}");
        assert!(!said.contains("Ada"), "{said}");
    }
}

#[test]
fn many_children_at_a_new_skill_ask_the_tool_for_its_formats_once() {
    let school = School::new();
    let before = school.tool.generated.load(Ordering::Relaxed);
    let children: Vec<LearnerId> = (0..12).map(|n| school.child(n % 3)).collect();
    std::thread::scope(|scope| {
        for child in &children {
            let school = &school;
            scope.spawn(move || school.ask(*child, Some(MIXED), "en").unwrap());
        }
    });
    let calls = school.tool.generated.load(Ordering::Relaxed) - before;
    assert_eq!(calls, 40 + 12, "five steps of eight looks, and an item for each");
}

#[test]
fn a_tool_without_a_free_place_is_asked_again() {
    let school = School::new();
    let child = school.child(0);
    *school.tool.generate_fails.lock().unwrap() = Some(RunError::Busy);
    assert!(matches!(school.ask(child, Some(MIXED), "en"), Err(AskError::Busy)));
    *school.tool.generate_fails.lock().unwrap() = None;
    let item = school.ask(child, Some(MIXED), "en").unwrap();
    let reply = school.respond(child, &school.right(&item, "a")).unwrap();
    assert!(helped(&school, child, reply.event).1, "it can type: mastery asks for a typed answer");
}

#[test]
fn a_failure_of_the_tool_does_not_make_mastery_cheaper() {
    let school = School::new();
    let child = school.child(0);
    *school.tool.way.lock().unwrap() = Way::Chooses;
    let trapped = RunError::Trapped { reason: "out of fuel".into() };
    *school.tool.generate_fails.lock().unwrap() = Some(trapped);
    assert!(matches!(school.ask(child, Some(MIXED), "en"), Err(AskError::ToolsFailed { .. })));
    *school.tool.generate_fails.lock().unwrap() = None;
    let item = school.ask(child, Some(MIXED), "en").unwrap();
    let reply = school.respond(child, &school.right(&item, "a")).unwrap();
    assert!(helped(&school, child, reply.event).1, "nobody knows yet what it can give");

    school.clock.forward(2 * MINUTE);
    let item = school.ask(child, Some(MIXED), "en").unwrap();
    let reply = school.respond(child, &school.right(&item, "b")).unwrap();
    assert!(!helped(&school, child, reply.event).1, "looked at again: it gives choices only");
}

#[test]
fn the_first_answer_of_a_day_that_brings_mastery_says_i_can() {
    let school = School::new();
    let child = school.child(0);
    let skill = TYPED.parse().unwrap();
    let mut newly = Vec::new();
    for n in 0..30 {
        school.clock.forward(24 * HOUR);
        let item = school.ask(child, Some(TYPED), "en").unwrap();
        let reply = school.respond(child, &school.right(&item, &format!("k{n}"))).unwrap();
        let run = school.run_of(child, &skill).unwrap();
        newly.push(run.newly_mastered);
        if reply.state == Some(SkillState::Mastered) && newly.len() > 2 && newly[newly.len() - 2] {
            break;
        }
    }
    assert_eq!(newly.iter().filter(|n| **n).count(), 1, "{newly:?}");
    assert!(!newly[newly.len() - 1] && newly[newly.len() - 2], "once, when it came: {newly:?}");
}
