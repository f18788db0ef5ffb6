//! The end of a school year: nobody sees a difference, and what goes is on a stick.

use crate::study::verified;
use crate::support::{School, TYPED};
use chalkbox_domain::event::StaffRole;
use chalkbox_service::safekeeping::Job;
use chalkbox_service::year::YearError;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// A day on which every child answers some questions.
fn teach(school: &School, day: &str) {
    for n in 0..3 {
        let child = school.child(n);
        school.sign_in(child);
        for key in ["a", "b", "c"] {
            let item = school.ask(child, Some(TYPED), "en").unwrap();
            school.respond(child, &school.right(&item, &format!("{day}-{n}-{key}"))).unwrap();
        }
    }
}

fn stick(school: &School) -> tempfile::TempDir {
    let media = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(media.path().join("BLUE/chalkbox")).unwrap();
    school.set_stick_roots(vec![media.path().to_owned()]);
    media
}

fn save(school: &School) {
    let id = school.sticks()[0].id.clone();
    school.carry_out(&Job::SaveToStick(id)).unwrap();
}

#[test]
fn a_year_goes_when_a_stick_has_it_and_not_before() {
    let mut school = School::new();
    let (_, roles) = school.owner();
    let _media = stick(&school);
    teach(&school, "first");
    let closed = school.close_year(&roles, " 2026/27 ", true).unwrap();
    assert_eq!((closed.name.as_str(), closed.gone), ("2026/27", 0), "nothing goes at a first closing");
    assert!(closed.rows > 10);
    let years = school.years(&roles).unwrap();
    assert_eq!((years.last.unwrap().0.as_str(), years.would_go), ("2026/27", 0));

    school.clock.forward(300 * DAY);
    teach(&school, "second");
    let years = school.years(&roles).unwrap();
    assert!(years.would_go > 9 && years.would_stay > 9 && !years.stick_is_fresh, "{years:?}");
    let entries = school.entries();
    assert!(matches!(school.close_year(&roles, "2027/28", true), Err(YearError::NoStick)));
    save(&school);
    school.clock.forward(2 * DAY);
    assert!(matches!(school.close_year(&roles, "2027/28", true), Err(YearError::NoStick)), "it is too old");
    save(&school);
    let mut sink = Vec::new();
    school.pour_backup(&mut sink).unwrap();
    assert!(matches!(school.close_year(&roles, "2027/28", true), Err(YearError::NoStick)), "nobody has read it back");
    assert_eq!(school.entries(), entries, "nothing was changed");
    save(&school);
    school.carry_out(&Job::SaveToCard).unwrap();

    let digest = school.store().views_digest().unwrap();
    let closed = school.close_year(&roles, "2027/28", true).unwrap();
    assert_eq!(closed.gone, years.would_go);
    assert!(!closed.card_backup_left && school.upkeep_record().saved_on_card.is_none());
    assert_eq!(school.store().views_digest().unwrap(), digest, "nobody sees a difference");
    assert_eq!(verified(&school).differences, vec![]);
    teach(&school, "third");
    assert_eq!(verified(&school).differences, vec![]);
    // A backup of what is left brings the same school back.
    school.carry_out(&Job::SaveToCard).unwrap();
    school.carry_out(&Job::Drill(chalkbox_service::safekeeping::At::Card)).unwrap();
    let digest = school.store().views_digest().unwrap();
    school.close();
    school.start().unwrap();
    assert_eq!(school.store().views_digest().unwrap(), digest);
}

#[test]
fn only_leader_and_technologist_close_a_year() {
    let school = School::new();
    let teacher = [StaffRole::Teacher];
    assert!(matches!(school.years(&teacher), Err(YearError::NotYours)));
    assert!(matches!(school.close_year(&teacher, "2026", false), Err(YearError::NotYours)));
    for name in ["", " ", &"x".repeat(41)] {
        assert!(matches!(school.close_year(&[StaffRole::Leader], name, false), Err(YearError::Name)));
    }
    school.close_year(&[StaffRole::Leader], "2026", false).unwrap();
    let entries = school.entries();
    assert!(
        matches!(school.close_year(&[StaffRole::Leader], " 2026 ", false), Err(YearError::SameName)),
        "touched twice"
    );
    assert_eq!(school.entries(), entries);
    assert_eq!(school.years(&[StaffRole::Technologist]).unwrap().last.unwrap().0, "2026");
}
