//! A stick that is pulled out, fails or is full, at every operation: the set on it is the former one or the new one, whole,
//! and the next run finishes the work.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests")]

use super::{CreateOptions, Created, Encryption, create_on, verify_on};
use crate::journal::JournalOptions;
use crate::journal::sim::{Faults, SimDisk};
use crate::open::{Medium, open};
use crate::{EngineChoice, NoViews, Store, StoreConfig};
use chalkbox_domain::event::{Actor, Class, EventBody, EventDraft};
use chalkbox_domain::ids::ClassId;
use std::path::Path;
use std::sync::Arc;

const PASSPHRASE: &str = "abcd-efgh-jkmn-pqrs-tuvw-xyz2";

fn start(folder: &Path) -> Store {
    let config = StoreConfig { engine: EngineChoice::Memory, ..StoreConfig::new(folder, Arc::new(NoViews)) };
    let journal = JournalOptions { seal_at: 1536, fill_step: 1024, lead: 2 };
    open(&config, Medium { disk: None, journal }).unwrap().0
}

fn submit(store: &Store, numbers: std::ops::RangeInclusive<u8>) {
    for n in numbers {
        let class = Class {
            id: ClassId([n; 16]),
            name: "x".repeat(200 + usize::from(n) * 10),
            grade: 1,
            teachers: vec![],
            open: true,
            picture: 0,
        };
        let body = EventBody::ClassSet(class);
        store.submit(EventDraft { at_ms: None, send: None, learner: None, actor: Actor::Box, body }).unwrap();
    }
}

/// A box on two days, and its backup of the first.
struct School {
    data: tempfile::TempDir,
    set: String,
    former: SimDisk,
    passphrase: Option<&'static str>,
}

impl School {
    fn new(passphrase: Option<&'static str>) -> Self {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("item.key"), [7; 32]).unwrap();
        std::fs::write(data.path().join("chalkbox.toml"), "[web]\n").unwrap();
        let store = start(data.path());
        submit(&store, 1..=6);
        drop(store);
        let former = SimDisk::default();
        let encryption = passphrase.map_or(Encryption::AsBefore, |p| Encryption::Passphrase(p.to_owned()));
        let options = CreateOptions { encryption, created_ms: Some(1_795_600_000_000) };
        let made = create_on(data.path(), Arc::new(former.clone()), &options, &mut |_| {}).unwrap();
        let store = start(data.path());
        submit(&store, 7..=16);
        drop(store);
        std::fs::write(data.path().join("chalkbox.toml"), "[web]\nworkers = 2\n").unwrap();
        Self { data, set: format!("chalkbox-backup-{}", made.box_id), former: former.copy(), passphrase }
    }

    fn create(&self, disk: &SimDisk) -> Result<Created, super::BackupError> {
        create_on(self.data.path(), Arc::new(disk.clone()), &CreateOptions::default(), &mut |_| {})
    }

    /// How many events a whole set holds.
    fn events(&self, disk: &SimDisk) -> Result<u64, String> {
        // Opening a locked key costs half a second, so that is left to a few cases.
        let verified = verify_on(Arc::new(disk.clone()), &self.set, None).map_err(|e| format!("{e:?}"))?;
        let ranges = &verified.summary.boxes;
        if ranges.iter().any(|range| !range.missing.is_empty()) {
            return Err(format!("holes: {ranges:?}"));
        }
        if let Some(contents) = &verified.contents {
            assert_eq!(contents.events, ranges[0].to);
        }
        Ok(ranges[0].to)
    }

    /// Whether a stick holds the former or the new state and can be finished.
    fn survives(&self, disk: &SimDisk, finished: bool) -> Result<(), String> {
        let events = self.events(disk)?;
        if events != 16 && (finished || events != 6) {
            return Err(format!("{events} events"));
        }
        self.create(disk).map_err(|e| format!("the next run: {e:?}"))?;
        let (events, names) = (self.events(disk)?, self.names(disk));
        if events != 16 || names != self.names(&self.done()) {
            return Err(format!("after the next run: {events} events, {names:?}"));
        }
        Ok(())
    }

    /// The stick when all went well.
    fn done(&self) -> SimDisk {
        let disk = self.former.copy();
        self.create(&disk).unwrap();
        disk
    }

    fn names(&self, disk: &SimDisk) -> Vec<String> {
        use crate::disk::Disk;
        let mut names = disk.list(&self.set).unwrap();
        names.sort();
        names
    }
}

#[test]
fn a_stick_pulled_out_at_any_operation_holds_the_former_set_or_the_new_one() {
    for passphrase in [None, Some(PASSPHRASE)] {
        let school = School::new(passphrase);
        assert_eq!(school.events(&school.former), Ok(6));
        let operations = school.done().ops();
        assert!(operations > 30, "{operations} operations");
        let mut states = std::collections::BTreeSet::new();
        for cut in 1..=operations {
            let disk = school.former.copy();
            disk.set_faults(Faults { cut_at: Some(cut), ..Faults::default() });
            let finished = school.create(&disk).is_ok();
            for seed in 0..4 {
                let after = disk.after_power_cut(seed, Faults::default());
                states.insert(school.events(&after).unwrap_or(0));
                school.survives(&after, finished).unwrap_or_else(|e| panic!("cut {cut}, seed {seed}: {e}"));
            }
        }
        assert_eq!(states.into_iter().collect::<Vec<_>>(), [6, 16], "both states must have been seen");
    }
}

#[test]
fn a_stick_whose_syncs_do_nothing_is_found_out() {
    let school = School::new(None);
    let broken = (1..=school.done().ops()).any(|cut| {
        let disk = school.former.copy();
        disk.set_faults(Faults { cut_at: Some(cut), lying: true, ..Faults::default() });
        let finished = school.create(&disk).is_ok();
        (0..4).any(|seed| school.survives(&disk.after_power_cut(seed, Faults::default()), finished).is_err())
    });
    assert!(broken, "this simulation could not fail");
}

#[test]
fn an_operation_that_fails_leaves_the_former_set_or_the_new_one() {
    let school = School::new(None);
    for at in 1..=school.done().ops() {
        for faults in
            [Faults { error_at: Some(at), ..Faults::default() }, Faults { errors_from: Some(at), ..Faults::default() }]
        {
            let disk = school.former.copy();
            disk.set_faults(faults);
            let finished = school.create(&disk).is_ok();
            disk.set_faults(Faults::default());
            school.survives(&disk, finished).unwrap_or_else(|e| panic!("{faults:?}: {e}"));
        }
    }
}

#[test]
fn a_full_stick_keeps_the_former_set_and_says_how_much_is_needed() {
    let school = School::new(None);
    let bytes = |disk: &SimDisk| -> u64 {
        use crate::disk::Disk;
        let size = |name: &String| disk.open(&format!("{}/{name}", school.set), false).unwrap().len().unwrap();
        school.names(disk).iter().map(size).sum()
    };
    let (before, after) = (bytes(&school.former), bytes(&school.done()));
    let mut refused = 0;
    for room in (before..after + 4000).step_by(97) {
        let disk = school.former.copy();
        disk.set_faults(Faults { room: Some(room), ..Faults::default() });
        match school.create(&disk) {
            Ok(_) => {}
            Err(super::BackupError::Full { needed_bytes, .. }) => {
                assert!(needed_bytes > 0);
                refused += 1;
            }
            Err(other) => panic!("{other:?}"),
        }
        disk.set_faults(Faults::default());
        school.survives(&disk, false).unwrap_or_else(|e| panic!("room {room}: {e}"));
    }
    assert!(refused > 3);
}

#[test]
fn a_first_backup_that_was_cut_off_is_begun_anew() {
    let school = School::new(None);
    let whole = SimDisk::default();
    school.create(&whole).unwrap();
    for cut in 1..=whole.ops() {
        let disk = SimDisk::new(Faults { cut_at: Some(cut), ..Faults::default() });
        let _ = school.create(&disk);
        for seed in 0..4 {
            let after = disk.after_power_cut(seed, Faults::default());
            school.create(&after).unwrap_or_else(|e| panic!("cut {cut}, seed {seed}: {e:?}"));
            assert_eq!(school.events(&after), Ok(16));
            assert_eq!(school.names(&after), school.names(&whole));
        }
    }
}

#[test]
fn only_what_is_new_is_written() {
    let school = School::new(None);
    let disk = school.former.copy();
    let made = school.create(&disk).unwrap();
    let volumes = |names: &[String]| names.iter().filter(|n| n.ends_with(".zst")).cloned().collect::<Vec<_>>();
    let before = volumes(&school.names(&disk));
    assert!(before.len() >= 3, "{before:?}");
    let again = school.create(&disk).unwrap();
    assert_eq!((again.files_written, again.bytes_written), (0, 0));
    assert_eq!(again.bytes, made.bytes);
    let store = start(school.data.path());
    submit(&store, 17..=17);
    drop(store);
    let tail = school.create(&disk).unwrap();
    assert_eq!(tail.files_written, 2, "the tail and its checksum");
    assert!(tail.bytes_written < made.bytes / 3, "{} of {} bytes", tail.bytes_written, made.bytes);
    let after = volumes(&school.names(&disk));
    assert_eq!(before.iter().filter(|n| after.contains(n)).count(), before.len() - 1, "closed ones stay as they are");
    assert_eq!(school.events(&disk), Ok(17));
    assert!(school.passphrase.is_none());
}
