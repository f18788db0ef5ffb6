//! Ten years on, without this program: `docs/recovery.py` and the program `zstd` get out of backups and journal what the
//! store knows.
#![allow(clippy::unwrap_used, reason = "tests")]
// Mastery and state are acknowledged or not yet known; the test gives them either way.
#![allow(clippy::useless_conversion, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::volume::*;
use chalkbox_store::*;
use drafts::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// What the script prints. The two programs are part of what is promised, so that without them the test fails.
fn script(arguments: &[&Path]) -> String {
    for (program, package) in [("python3", "python3"), ("zstd", "zstd")] {
        let there = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
        assert!(there, "the program {program} is missing: sudo apt-get install --no-install-recommends {package}");
    }
    let output = Command::new("python3").arg(docs().join("recovery.py")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn profile(of: u8, name: &str) -> EventDraft {
    let profile = Profile {
        id: learner(of),
        display_name: name.into(),
        avatar: of,
        class: ClassId([4; 16]),
        grade: 2,
        code: Some([of; 32]),
        card: None,
        locale: None,
        active: true,
    };
    let staff = Actor::Staff(StaffId([1; 16]));
    EventDraft { at_ms: None, send: None, learner: None, actor: staff, body: EventBody::ProfileSet(profile) }
}

fn known(of: u8, item_no: u64, mastery: f64, state: SkillState) -> EventDraft {
    let mut draft = answer(of, item_no, Some((of, item_no)), "5");
    let EventBody::Answered(a) = &mut draft.body else { unreachable!("an answer") };
    (a.mastery, a.state) = (mastery.into(), state.into());
    draft
}

/// A small school: two learners, one renamed, skills that went up and down.
fn school(folder: &Path) -> Vec<Event> {
    let (store, _) = Store::open(config(folder, EngineChoice::Memory)).unwrap();
    let states = [SkillState::Learning, SkillState::Mastered, SkillState::Secure, SkillState::Refresh];
    for draft in [class(4, "CE1", true), profile(1, "Ama"), profile(2, "Kofi \"K\" Ménsah")] {
        store.submit(draft).unwrap();
    }
    for n in 1..=60 {
        let (of, state) = (1 + (n % 2) as u8, states[n % 4]);
        store.submit(known(of, n as u64, 1.0 / (n as f64 + 3.0), state)).unwrap();
    }
    store.submit(profile(1, "Ama Ɔsei")).unwrap();
    store.events_since(None, 1000).unwrap()
}

fn records(events: &[Event]) -> Vec<Record> {
    events.iter().map(|e| Record::Event { seq: e.id.seq, payload: encode_event(e).unwrap() }).collect()
}

/// Makes backups of at most 25 records each.
fn back_up(records: &[Record], box_id: BoxId, folder: &Path) -> Vec<PathBuf> {
    let volumes = records.chunks(25).map(|part| {
        let name = VolumeName { box_id, from: part[0].first(), to: part[part.len() - 1].last() };
        let path = store_volume(folder, &name, &mut part.iter().cloned()).unwrap();
        write_checksum(&path).unwrap();
        path
    });
    volumes.collect()
}

/// A value as the texts write it: a word, or a number.
fn written(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap().trim_matches('"').to_owned()
}

/// Learner and skill to state and mastery, from the store's own events; each line as the script should print it.
fn expected(events: &[Event]) -> BTreeSet<String> {
    let mut names = BTreeMap::new();
    let mut last = BTreeMap::new();
    for event in events {
        match &event.body {
            EventBody::ProfileSet(p) => drop(names.insert(p.id, p.display_name.clone())),
            EventBody::Answered(a) => {
                let key = (event.learner.unwrap(), a.skill.clone());
                last.insert(key, format!("{}\t{}", written(&a.state), written(&a.mastery)));
            }
            _ => {}
        }
    }
    last.iter().map(|((learner, skill), known)| format!("{}\t{skill}\t{known}", names[learner])).collect()
}

#[test]
fn a_few_lines_of_python_say_what_each_child_could_do() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let events = school(data.path());
    let volumes = back_up(&records(&events), events[0].id.box_id, stick.path());
    assert_eq!(volumes.len(), 3);
    let lines: BTreeSet<String> = script(&[stick.path()]).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 14, "two learners, seven skills: {lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("Ama Ɔsei\tnumeracy.add.within-0\t")), "{lines:?}");
    assert_eq!(lines, expected(&events));

    let checked = Command::new("sh").args(["-c", "sha256sum --check *.sha256"]).current_dir(stick.path()).status();
    assert!(checked.unwrap().success());

    // A missing file is said; a damaged one is not read.
    fs::remove_file(&volumes[1]).unwrap();
    let said = script(&[stick.path()]);
    assert!(said.contains(&format!("not in these files: {} 26 to 50", events[0].id.box_id)), "{said}");
    let text = zstd::decode_all(fs::read(&volumes[0]).unwrap().as_slice()).unwrap();
    let forged = String::from_utf8(text).unwrap().replacen("Ama", "Eva", 1);
    fs::write(&volumes[0], zstd::encode_all(forged.as_bytes(), 3).unwrap()).unwrap();
    let output = Command::new("python3").arg(docs().join("recovery.py")).arg(stick.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("is damaged: take another copy"), "{said}");
}

#[test]
fn an_older_backup_does_not_bring_back_what_was_erased() {
    let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let events = school(data.path());
    let box_id = events[0].id.box_id;
    let all = records(&events);
    back_up(&all, box_id, stick.path());
    let erased: Vec<Record> = all
        .iter()
        .zip(&events)
        .map(|(record, event)| {
            let about = matches!(&event.body, EventBody::ProfileSet(p) if p.id == learner(1));
            let gone = about || event.learner == Some(learner(1));
            if gone { Record::Erased { seq: event.id.seq, sha256: [7; 32] } } else { record.clone() }
        })
        .collect();
    let name = VolumeName { box_id, from: 1, to: events.len() as u64 };
    store_volume(stick.path(), &name, &mut erased.into_iter()).unwrap();
    let said = script(&[stick.path()]);
    assert!(said.contains("Kofi") && !said.contains("Ama"), "{said}");
    assert_eq!(said.lines().count(), 7, "{said}");
}

#[test]
fn the_journal_itself_can_be_read_by_its_description() {
    let data = tempfile::tempdir().unwrap();
    let events = school(data.path());
    let mut files: Vec<PathBuf> =
        fs::read_dir(data.path().join("journal")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "j"));
    files.sort();
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let said = script(&paths);
    let numbers: Vec<u64> =
        said.lines().filter_map(|line| line.split_once("\tevent\t")?.1.strip_suffix("\tOK")?.parse().ok()).collect();
    assert_eq!(numbers, (1..=events.len() as u64).collect::<Vec<_>>(), "{said}");
    assert!(!said.contains("DAMAGED"), "{said}");

    // One flipped byte costs one event, and is said.
    let first = &files[0];
    let mut bytes = fs::read(first).unwrap();
    bytes[40 + 30 + 5] ^= 1;
    fs::write(first, bytes).unwrap();
    let said = script(&paths);
    assert!(said.contains("\tbyte 40\tDAMAGED"), "{said}");
    assert!(!said.contains("\tevent\t1\tOK") && said.contains("\tevent\t2\tOK"), "{said}");
    assert_eq!(said.matches("\tevent\t").count(), events.len() - 1, "{said}");
}

#[test]
fn the_script_in_the_document_is_the_one_that_was_tested() {
    let paper = fs::read_to_string(docs().join("recovery.md")).unwrap();
    let kept = fs::read_to_string(docs().join("recovery.py")).unwrap();
    assert!(paper.contains(&format!("```python\n{kept}```\n")), "docs/recovery.md shows another docs/recovery.py");
}

/// Rows as the rules of the school write them: a profile is JSON text, what is known of a skill has 36 bytes.
struct AsTheRules;

impl Projection for AsTheRules {
    fn version(&self) -> u32 {
        1
    }
    fn project(&self, event: &Event, _: &dyn ViewReader, out: &mut ViewWrites) {
        match (&event.body, event.learner) {
            (EventBody::ProfileSet(p), _) => out.set(ViewKey::learner(p.id), serde_json::to_vec(p).unwrap()),
            (EventBody::Answered(a), Some(learner)) => {
                let states = [SkillState::Learning, SkillState::Credited, SkillState::Mastered, SkillState::Secure];
                let state = states.iter().position(|s| Some(*s) == a.state).map_or(5, |at| at as u8 + 1);
                let mut row = vec![1, state];
                row.resize(12, 0);
                row.extend_from_slice(&a.mastery.unwrap().to_le_bytes());
                row.resize(36, 0);
                out.set(ViewKey::skill(learner, &a.skill), row);
            }
            _ => {}
        }
    }
}

/// Two years were closed and the first let go: what a child could do then stands in the lines that carry it on.
#[test]
fn the_script_reads_what_was_carried_over_the_end_of_a_year() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Late::new();
    let config = StoreConfig {
        clock: clock.clone(),
        ..StoreConfig {
            engine: EngineChoice::Memory,
            ..StoreConfig::new(folder.path(), std::sync::Arc::new(AsTheRules))
        }
    };
    let (store, _) = Store::open(config).unwrap();
    store.submit(profile(1, "Ama")).unwrap();
    store.submit(known(1, 3, 0.75, SkillState::Mastered)).unwrap();
    store.close_year("2025", true).unwrap();
    clock.pass();
    store.submit(profile(2, "Kofi")).unwrap();
    store.submit(known(2, 4, 0.25, SkillState::Learning)).unwrap();
    let gone = store.close_year("2026", true).unwrap().dropped.unwrap().up_to;
    let box_id = store.box_id();
    drop(store);
    let segments = journal::segments(folder.path()).unwrap();
    let records: Vec<Record> = segments.iter().flat_map(|s| s.records(folder.path()).unwrap()).collect();
    let backup = tempfile::tempdir().unwrap();
    back_up(&records, box_id, backup.path());
    let told = script(&[backup.path()]);
    let skill: SkillId = "numeracy.add.within-3".parse().unwrap();
    let short: String = ViewKey::skill_bytes(&skill).iter().map(|b| format!("{b:02x}")).collect();
    for line in [
        format!("left out with closed years: {box_id} 1 to {gone}"),
        format!("Ama\t{short}\tmastered\t0.75"),
        "Kofi\tnumeracy.add.within-4\tlearning\t0.25".to_owned(),
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
    assert!(!told.contains("not in these files"), "{told}");
    let files: Vec<PathBuf> = fs::read_dir(folder.path().join("journal")).unwrap().map(|e| e.unwrap().path()).collect();
    let listed = script(&files.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    assert!(listed.lines().any(|line| line.ends_with(&format!("closed\t{gone}\tOK"))), "{listed}");
    assert!(!listed.contains("DAMAGED"), "{listed}");
}

/// A clock that stands still, and then is a year later.
struct Late(std::sync::atomic::AtomicU64);

impl Late {
    fn new() -> std::sync::Arc<Self> {
        std::sync::Arc::new(Self(std::sync::atomic::AtomicU64::new(NOW)))
    }
    fn pass(&self) {
        self.0.fetch_add(365 * 24 * 60 * 60 * 1000, std::sync::atomic::Ordering::Relaxed);
    }
}

impl Clock for Late {
    fn unix_ms(&self) -> u64 {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }
    fn mono_ms(&self) -> u64 {
        self.unix_ms() - NOW
    }
}
