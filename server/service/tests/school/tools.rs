//! Tools that ship with the box and cannot be installed.

use crate::support::{School, TYPED};
use chalkbox_service::study::AskError;
use std::sync::atomic::Ordering;

#[test]
fn a_tool_that_cannot_be_installed_is_left_out_and_tried_again_at_the_next_start() {
    let mut school = School::new();
    let child = school.child(0);
    let item = school.ask(child, Some(TYPED), "en").unwrap();
    assert!(school.missing_tools().is_empty());
    school.close();
    school.tool.install_fails.store(true, Ordering::Relaxed);
    school.start().unwrap();
    assert!(school.tools("en").is_empty());
    let missing: Vec<_> = school.missing_tools().iter().map(|t| (t.name(), t.title_in("fr"), t.version())).collect();
    assert_eq!(missing, [("org.example.digits".to_owned(), "Digits".to_owned(), "0.1.0".to_owned())]);
    let asked = school.ask(child, Some(TYPED), "en");
    assert!(matches!(asked, Err(AskError::NoTool)), "{asked:?}");
    let reply = school.respond(child, &school.right(&item, "a")).unwrap();
    assert_eq!(reply.score, Some(1.0), "an item from before may still be answered");

    school.close();
    school.tool.install_fails.store(false, Ordering::Relaxed);
    school.start().unwrap();
    assert_eq!(school.tools("en").len(), 1);
    assert!(school.missing_tools().is_empty());
    school.ask(child, Some(TYPED), "en").unwrap();
}
