//! Backups of a school: made, proved, put back, added to, several on one stick, encrypted.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
mod school;

use chalkbox_domain::event::EventBody;
use chalkbox_domain::ids::{BoxId, LearnerId};
use chalkbox_store::backup::*;
use chalkbox_store::{EngineChoice, Store, StoreConfig};
use drafts::*;
use school::*;
use std::fs;
use std::path::Path;

#[test]
fn what_a_folder_a_file_and_a_stream_hold_comes_back() {
    let school = School::new(40);
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("school.tar");
    let streamed = stick.path().join("streamed.tar");
    let made = school.create(&Target::Folder(stick.path().into())).unwrap();
    assert_eq!(made.path, stick.path().join(format!("chalkbox-backup-{}", school.box_id)));
    assert_eq!((made.boxes.len(), made.boxes[0].from, made.boxes[0].to), (1, 1, 42));
    school.create(&Target::File(file.clone())).unwrap();
    let mut out = fs::File::create(&streamed).unwrap();
    create_to(school.data(), &mut out, &options(), &mut |_| {}).unwrap();
    for target in [Target::Folder(stick.path().into()), Target::File(file), Target::File(streamed)] {
        let proved = verify(&target, None, &mut |_| {}).unwrap();
        let contents = proved.sets[0].contents.clone().unwrap();
        assert_eq!((contents.events, contents.answers(), contents.learners), (42, 40, 5), "{target:?}");
        assert_eq!((contents.kinds["class-set"], contents.erased), (2, 0));
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("new");
        let (store, restored) = restore(config(&data, SLED), &target, None, &mut |_| {}).unwrap();
        assert_ne!(store.box_id(), school.box_id, "numbers of the old box are not given out again");
        assert_eq!((restored.imported.new_events, restored.imported.boxes.clone()), (42, vec![school.box_id]));
        assert_eq!(all_views(&store), school.views);
        assert!(!restored.other_key && restored.files_placed > 5 && restored.files_kept == 0);
        school.files_are_in(&data);
        assert!(!data.join("restore.part").exists());
        let ack = store.submit(answer(1, 900, None, "9")).unwrap();
        assert_eq!(ack.id.box_id, store.box_id());
    }
}

#[test]
fn the_old_box_and_the_restored_one_can_be_put_together() {
    let school = School::new(20);
    let (stick, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = Target::Folder(stick.path().into());
    school.create(&target).unwrap();
    // The old card is found again: it went on after the backup.
    let store = school.open();
    for n in 0..5 {
        store.submit(answer(2, 500 + n, None, "old")).unwrap();
    }
    drop(store);
    let data = place.path().join("new");
    let (store, _) = restore(config(&data, SLED), &target, None, &mut |_| {}).unwrap();
    for n in 0..7 {
        store.submit(answer(3, 700 + n, None, "new")).unwrap();
    }
    let old = place.path().join("old.tar");
    school.create(&Target::File(old.clone())).unwrap();
    let restored = restore_into(&store, &data, &Target::File(old.clone()), None, &mut |_| {}).unwrap();
    assert_eq!((restored.imported.new_events, restored.imported.known_events), (5, 22));
    assert_eq!(restored.files_placed, 0);
    let again = restore_into(&store, &data, &Target::File(old), None, &mut |_| {}).unwrap();
    assert_eq!((again.imported.new_events, again.imported.known_events), (0, 27), "as often as one likes");
    let answers = (1..=5).map(|l| store.events_of(learner(l), 0).unwrap().len()).sum::<usize>();
    assert_eq!(answers, 20 + 5 + 7);
    let live = store.views_digest().unwrap();
    drop(store);
    // Everything folded from nothing is the same, byte for byte.
    let fresh = Store::open(config(&data, EngineChoice::Memory)).unwrap().0;
    assert!(fresh.wait_until_ready(std::time::Duration::from_secs(20)));
    assert_eq!(fresh.views_digest().unwrap(), live);
}

#[test]
fn a_second_run_writes_only_the_tail() {
    let school = School::new(10);
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    let store = school.open();
    // Large answers fill a journal file and begin another.
    for n in 0..15u64 {
        store.submit_many((0..100).map(|m| answer(1, 1000 + n * 100 + m, None, &"7".repeat(9000))).collect()).unwrap();
    }
    drop(store);
    let first = school.create(&target).unwrap();
    let volumes = names(stick.path()).iter().filter(|n| n.ends_with(".zst")).count();
    assert!(volumes >= 2, "{volumes} volumes");
    assert_eq!(first.files_written, first.files);
    let second = school.create(&target).unwrap();
    assert_eq!((second.files_written, second.bytes_written), (0, 0), "nothing happened between");
    let store = school.open();
    store.submit(answer(4, 9000, None, "8")).unwrap();
    drop(store);
    let before = names(stick.path());
    let third = school.create(&target).unwrap();
    assert_eq!(third.files_written, 2, "the open volume and its checksum");
    assert!(third.bytes_written < first.bytes / 2);
    let after = names(stick.path());
    assert_eq!(before.len(), after.len(), "the longer volume replaced the shorter one");
    assert_eq!(before.iter().filter(|n| !after.contains(n)).count(), 2);
    // Settings that changed lie beside the former ones until the new set is whole, and then alone.
    fs::write(school.data().join("chalkbox.toml"), "[web]\nworkers = 3\n").unwrap();
    assert_eq!(school.create(&target).unwrap().files_written, 1);
    let settings: Vec<String> = names(stick.path()).into_iter().filter(|n| n.ends_with("chalkbox.toml")).collect();
    assert_eq!(settings.len(), 1);
    assert!(settings[0].contains("files.2/"), "{settings:?}");
    let proved = verify(&target, None, &mut |_| {}).unwrap();
    assert_eq!(proved.sets[0].contents.as_ref().unwrap().events, 1513);
}

#[test]
fn two_boxes_share_a_stick() {
    let (one, other) = (School::new(10), School::new(15));
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    one.create(&target).unwrap();
    other.create(&target).unwrap();
    one.create(&target).unwrap();
    let found = sets(&target).unwrap();
    assert_eq!(
        found.iter().map(|s| s.box_id).collect::<std::collections::BTreeSet<_>>(),
        [one.box_id, other.box_id].into()
    );
    assert_eq!(verify(&target, None, &mut |_| {}).unwrap().sets.len(), 2);
    let place = tempfile::tempdir().unwrap();
    let refused = restore(config(&place.path().join("a"), SLED), &target, None, &mut |_| {}).err().unwrap();
    assert!(matches!(refused, BackupError::Several { ref names, .. } if names.len() == 2), "{refused}");
    assert!(!place.path().join("a").exists());
    // Both sets after each other into one new box: the union.
    let data = place.path().join("a");
    let set = |school: &School| Target::Folder(stick.path().join(format!("chalkbox-backup-{}", school.box_id)));
    let (store, _) = restore(config(&data, SLED), &set(&one), None, &mut |_| {}).unwrap();
    let restored = restore_into(&store, &data, &set(&other), None, &mut |_| {}).unwrap();
    assert!(restored.other_key, "each box had a key of its own");
    assert_eq!(fs::read(data.join("item.key")).unwrap(), fs::read(one.data().join("item.key")).unwrap());
    assert_eq!(restored.imported.new_events, 17);
    // A backup of the union holds three boxes.
    drop(store);
    let made = create(&data, &target, &options(), &mut |_| {}).unwrap();
    let mut boxes: Vec<BoxId> = made.boxes.iter().map(|b| b.box_id).collect();
    boxes.retain(|b| *b == one.box_id || *b == other.box_id);
    assert_eq!(boxes.len(), 2);
}

#[test]
fn an_encrypted_set_is_added_to_without_its_passphrase() {
    let school = School::new(10);
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    let passphrase = new_passphrase().unwrap();
    let encrypted = CreateOptions { encryption: Encryption::Passphrase(passphrase.clone()), ..options() };
    assert!(create(school.data(), &target, &encrypted, &mut |_| {}).unwrap().encrypted);
    assert!(
        names(stick.path())
            .iter()
            .all(|n| n.ends_with(".age") || n.ends_with("README.txt") || n.ends_with("manifest.json"))
    );
    assert_eq!(school.create(&target).unwrap().files_written, 0);
    school.open().submit(answer(1, 800, None, "5")).unwrap();
    let added = school.create(&target).unwrap();
    assert_eq!((added.files_written, added.encrypted), (2, true));
    // Without the passphrase the bytes are proved, with it the contents.
    assert_eq!(verify(&target, None, &mut |_| {}).unwrap().sets[0].contents, None);
    let contents = verify(&target, Some(&passphrase), &mut |_| {}).unwrap().sets[0].contents.clone().unwrap();
    assert_eq!(contents.events, 13);
    for file in names(stick.path()) {
        let bytes = fs::read(stick.path().join(&file)).unwrap();
        for word in ["item.key", "Reef class", "practise"] {
            let is_manifest = file.ends_with("manifest.json") || file.ends_with("README.txt");
            assert!(is_manifest || !contains(&bytes, word.as_bytes()), "{word} in {file}");
        }
    }
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("new");
    let restoring = |passphrase| restore(config(&data, SLED), &target, passphrase, &mut |_| {});
    assert!(matches!(restoring(None), Err(BackupError::PassphraseNeeded { .. })));
    let wrong = new_passphrase().unwrap();
    assert!(matches!(restoring(Some(&wrong)), Err(BackupError::WrongPassphrase { .. })));
    assert!(!data.exists(), "nothing was changed");
    let (store, restored) = restoring(Some(&passphrase.to_ascii_uppercase().replace('-', " "))).unwrap();
    assert_eq!(restored.imported.new_events, 13);
    school.files_are_in(&data);
    drop(store);
    // The new box encrypts for the same recovery key, also a file.
    let file = place.path().join("a.tar");
    assert!(create(&data, &Target::File(file.clone()), &options(), &mut |_| {}).unwrap().encrypted);
    assert!(verify(&Target::File(file), Some(&passphrase), &mut |_| {}).unwrap().sets[0].contents.is_some());
}

#[test]
fn a_key_that_the_box_does_not_know_is_not_used() {
    let school = School::new(5);
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    let (one, other) = (new_passphrase().unwrap(), new_passphrase().unwrap());
    let with = |p: &str| CreateOptions { encryption: Encryption::Passphrase(p.to_owned()), ..options() };
    create(school.data(), &target, &with(&one), &mut |_| {}).unwrap();
    let wrong = create(school.data(), &target, &with(&other), &mut |_| {});
    assert!(matches!(wrong, Err(BackupError::WrongPassphrase { .. })), "{wrong:?}");
    fs::remove_dir_all(school.data().join("backup")).unwrap();
    assert!(matches!(school.create(&target), Err(BackupError::UnknownKey { .. })));
    create(school.data(), &target, &with(&one), &mut |_| {}).unwrap();
    school.create(&target).unwrap();
    // A set that everybody can read does not become half encrypted.
    let plain = tempfile::tempdir().unwrap();
    let open = CreateOptions { encryption: Encryption::Plain, ..options() };
    let target = Target::Folder(plain.path().into());
    assert!(!create(school.data(), &target, &open, &mut |_| {}).unwrap().encrypted);
    assert!(matches!(create(school.data(), &target, &with(&one), &mut |_| {}), Err(BackupError::PlainSet { .. })));
    assert!(!school.create(&target).unwrap().encrypted, "it stays as it is");
}

#[test]
fn a_learner_who_is_erased_goes_from_the_stick_with_the_next_run() {
    let school = School::new(20);
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    school.create(&target).unwrap();
    let older = school.scratch().join("older.tar");
    school.create(&Target::File(older.clone())).unwrap();
    let store = school.open();
    store.erase(learner(3), chalkbox_domain::event::Actor::Box).unwrap();
    drop(store);
    let made = school.create(&target).unwrap();
    assert!(made.files_written > 0);
    let contents = verify(&target, None, &mut |_| {}).unwrap().sets[0].contents.clone().unwrap();
    assert!(contents.erased >= 4, "{contents:?}");
    assert!(!learners_on(stick.path()).contains(&learner(3)));
    assert!(learners_on(stick.path()).contains(&learner(2)));
    // An older backup does not bring the learner back.
    let store = school.open();
    restore_into(&store, school.data(), &Target::File(older), None, &mut |_| {}).unwrap();
    assert_eq!(store.events_of(learner(3), 0).unwrap(), []);
}

#[test]
fn a_box_that_lost_events_does_not_take_them_from_its_backup() {
    let school = School::new(30);
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    school.create(&target).unwrap();
    let whole = names(stick.path());
    // The card died, and somebody put nothing but the box's name on a new one: it begins again under it, and backs up to the
    // same stick.
    fs::remove_dir_all(school.data().join("journal")).unwrap();
    fs::remove_dir_all(school.data().join("engine")).unwrap();
    fs::remove_file(school.data().join("lock")).unwrap();
    let store = school.open();
    assert_eq!(store.box_id(), school.box_id);
    store.submit(answer(1, 1, None, "again")).unwrap();
    drop(store);
    assert_eq!(school.create(&target).unwrap().boxes[0].to, 32);
    let after = names(stick.path());
    for volume in whole.iter().filter(|n| n.ends_with(".zst")) {
        assert!(after.contains(volume), "{volume} is gone");
    }
    let place = tempfile::tempdir().unwrap();
    let restored = restore(config(&place.path().join("new"), SLED), &target, None, &mut |_| {}).unwrap().1;
    assert!(restored.contents.events >= 32);
}

#[test]
fn another_event_under_a_number_is_told_and_not_taken() {
    let school = School::new(12);
    // A copy of the card goes on in another machine, and so does the first.
    let copy = school.scratch().join("copy");
    copy_folder(school.data(), &copy);
    school.open().submit(answer(1, 300, None, "here")).unwrap();
    Store::open(config(&copy, SLED)).unwrap().0.submit(answer(2, 301, None, "there")).unwrap();
    let file = school.scratch().join("copy.tar");
    create(&copy, &Target::File(file.clone()), &options(), &mut |_| {}).unwrap();
    let store = school.open();
    let restored = restore_into(&store, school.data(), &Target::File(file), None, &mut |_| {}).unwrap();
    assert_eq!(restored.imported.conflicts.len(), 1, "{restored:?}");
    assert_eq!(restored.imported.conflicts[0].seq, 15);
    let mine = store.events_of(learner(1), 0).unwrap();
    assert!(mine.iter().any(|e| matches!(&e.body, EventBody::Answered(a) if a.item == item(300))));
}

#[test]
fn a_drill_proves_that_the_states_come_back() {
    let school = School::new(25);
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    school.create(&target).unwrap();
    let store = school.open();
    let scratch = school.scratch().join("drill");
    let drilled = drill(config(&scratch, SLED), &target, None, &|| store.views_digest(), &mut |_| {}).unwrap();
    assert!(drilled.same_states);
    assert!(!scratch.exists());
    store.submit(answer(1, 600, None, "later")).unwrap();
    let drilled = drill(config(&scratch, SLED), &target, None, &|| store.views_digest(), &mut |_| {}).unwrap();
    assert!(!drilled.same_states, "something came after the backup");
    let used: StoreConfig = config(school.data(), SLED);
    assert!(matches!(
        drill(used, &target, None, &|| store.views_digest(), &mut |_| {}),
        Err(BackupError::Exists { .. })
    ));
    assert!(school.data().join("journal").exists());
}

#[test]
fn a_restore_beside_a_server_is_refused_before_the_work() {
    let school = School::new(5);
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    let store = school.open();
    // Making one beside it is fine.
    school.create(&target).unwrap();
    let refused = restore(config(school.data(), SLED), &target, None, &mut |_| panic!("no work")).err().unwrap();
    assert!(matches!(refused, BackupError::Open(chalkbox_store::OpenError::Locked { .. })), "{refused}");
    drop(store);
}

#[test]
fn a_backup_beside_a_running_box_is_whole() {
    let school = School::new(5);
    let store = school.open();
    let stick = tempfile::tempdir().unwrap();
    let target = Target::Folder(stick.path().into());
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 0..400 {
                store.submit(answer(1, 2000 + n, None, "5")).unwrap();
            }
        });
        let mut last = 0;
        while !writer.is_finished() {
            school.create(&target).unwrap();
            let contents = verify(&target, None, &mut |_| {}).unwrap().sets[0].contents.clone().unwrap();
            assert!(contents.events >= last);
            last = contents.events;
        }
    });
    school.create(&target).unwrap();
    let contents = verify(&target, None, &mut |_| {}).unwrap().sets[0].contents.clone().unwrap();
    assert_eq!(contents.events, 407);
}

fn learners_on(stick: &Path) -> std::collections::BTreeSet<LearnerId> {
    let mut found = std::collections::BTreeSet::new();
    for name in names(stick).iter().filter(|n| n.ends_with(".zst")) {
        let mut file = fs::File::open(stick.join(name)).unwrap();
        chalkbox_store::volume::read_volume(&mut file, &mut |record| {
            if let chalkbox_store::Record::Event { payload, .. } = record {
                found.extend(chalkbox_store::decode_event(&payload).unwrap().learner);
            }
            Ok(())
        })
        .unwrap();
    }
    found
}

#[test]
fn settings_of_the_machine_come_back_to_a_new_card_and_never_to_a_box_that_runs() {
    let school = School::new(5);
    let place = tempfile::tempdir().unwrap();
    let target = Target::File(place.path().join("a.tar"));
    school.create(&target).unwrap();
    let (new, runs) = (place.path().join("new"), place.path().join("runs"));
    drop(restore(config(&new, SLED), &target, None, &mut |_| {}).unwrap());
    assert!(new.join("chalkbox.toml").exists());
    let store = Store::open(config(&runs, SLED)).unwrap().0;
    restore_into(&store, &runs, &target, None, &mut |_| {}).unwrap();
    assert!(runs.join("item.key").exists() && !runs.join("chalkbox.toml").exists());
}
