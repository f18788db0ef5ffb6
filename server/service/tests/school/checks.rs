//! What the doctor says of a whole school beside it, and of one where something is wrong.

use crate::support::{School, TYPED};
use chalkbox_service::checks::{Finding, Ground, Log, Mark, all};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn findings(data: &Path, now_ms: u64) -> Vec<Finding> {
    let log = Log::read(data).unwrap();
    all::look(&Ground { data: data.to_owned(), log, now_ms, memory_bytes: Some(4 << 30) })
}

fn mark(findings: &[Finding], check: &str) -> Mark {
    findings.iter().filter(|found| found.check == check).map(|found| found.mark).max().unwrap()
}

#[test]
fn a_whole_school_is_well_also_while_it_is_open() {
    let school = School::new();
    let ada = school.child(0);
    let item = school.ask(ada, Some(TYPED), "en").unwrap();
    school.respond(ada, &school.right(&item, "a")).unwrap();
    let log = Log::read(school.data.path()).unwrap();
    assert_eq!(log.events, school.entries());
    assert_eq!((log.packs.len(), log.contexts.len(), log.missing.len()), (1, 1, 0));
    let found = findings(school.data.path(), school.store().now_ms());
    assert!(found.iter().all(|f| f.mark != Mark::Wrong), "{found:#?}");
    for check in ["journal", "volumes", "clock", "item-key", "contexts", "quarantine", "school-year"] {
        assert_eq!(mark(&found, check), Mark::Ok, "{check}: {found:#?}");
    }
    assert_eq!(mark(&found, "backup"), Mark::Look, "none was made yet");
    assert_eq!(mark(&found, "plugins"), Mark::Look, "the simulated tool is not in the folder");
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_remedy() {
    let mut school = School::new();
    let ada = school.child(0);
    let item = school.ask(ada, Some(TYPED), "en").unwrap();
    school.respond(ada, &school.right(&item, "a")).unwrap();
    let now_ms = school.store().now_ms();
    school.close();
    let data = school.data.path();
    fs::set_permissions(data.join("item.key"), Permissions::from_mode(0o644)).unwrap();
    for context in fs::read_dir(data.join("contexts")).unwrap().flatten() {
        fs::write(context.path(), b"{}").unwrap();
    }
    fs::create_dir_all(data.join("quarantine/0000000001-engine-failed")).unwrap();
    // One letter of the school's name, in the first file of the log.
    let file = fs::read_dir(data.join("journal")).unwrap().flatten().map(|e| e.path()).min().unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let at = bytes.windows(8).position(|w| w == b"A school").unwrap();
    bytes[at] ^= 1;
    fs::write(&file, bytes).unwrap();

    let found = findings(data, now_ms);
    for check in ["journal", "item-key", "contexts"] {
        assert_eq!(mark(&found, check), Mark::Wrong, "{check}: {found:#?}");
    }
    assert_eq!(mark(&found, "quarantine"), Mark::Look);
    assert!(found.iter().all(|f| !f.place.is_empty() && (f.mark == Mark::Ok) == f.remedy.is_empty()), "{found:#?}");
}
