//! What a caller may rely on, with sled and on a real disk.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_store::*;
use drafts::*;
use std::sync::Arc;

fn open(folder: &std::path::Path) -> (Store, Vec<Notice>) {
    Store::open(config(folder, SLED)).unwrap()
}

/// The log as somebody reads it beside a server.
fn own_events(folder: &std::path::Path) -> journal::Events {
    let log = journal::Log::open(folder).unwrap();
    log.events(log.own())
}

#[test]
fn what_is_acknowledged_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let (store, notices) = open(folder.path());
    assert_eq!(notices, vec![]);
    let first = store.submit(class(1, "Baobab", true)).unwrap();
    let ack = store.submit(answer(1, 1, Some((1, 1)), "12")).unwrap();
    assert_eq!((first.id.seq, ack.id.seq, ack.duplicate), (1, 2, false));
    let views = all_views(&store);
    assert_eq!(views.len(), 3);
    drop(store);

    let (store, notices) = open(folder.path());
    assert_eq!(notices, vec![]);
    assert_eq!(all_views(&store), views);
    let event = store.event(ack.id).unwrap().unwrap();
    assert_eq!((event.id, event.hlc, event.learner), (ack.id, ack.hlc, Some(learner(1))));
    assert_eq!(store.events_of(learner(1), 0).unwrap(), vec![event.clone()]);
    assert_eq!(store.answer_to(learner(1), item(1), NOW - 1000).unwrap().as_ref(), Some(&event));
    assert_eq!(store.sent_before(SendKey { client: client(1), cseq: 1 }).unwrap(), Some(event.id));
    assert_eq!(store.events_since(Some(first.id), 10).unwrap(), vec![event]);
    assert_eq!(store.events_since(None, 1).unwrap().len(), 1);
    assert_eq!(store.event(EventId { box_id: BoxId([0; 8]), seq: 1 }).unwrap(), None);
    assert_eq!(store.submit(class(2, "Acacia", true)).unwrap().id.seq, 3);
}

#[test]
fn sending_again_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    let first = store.submit(answer(1, 1, Some((1, 1)), "12")).unwrap();
    let again = store.submit(answer(1, 1, Some((1, 1)), "12")).unwrap();
    assert_eq!(again, Ack { duplicate: true, ..first });
    let refused = store.submit(answer(1, 1, Some((1, 1)), "13"));
    assert!(matches!(refused, Err(SubmitError::Conflict { first: f }) if f == first.id), "{refused:?}");
    let refused = store.submit(answer(1, 2, Some((1, 1)), "12"));
    assert!(matches!(refused, Err(SubmitError::Conflict { first: f }) if f == first.id), "{refused:?}");
    for other in [Some((1, 2)), Some((2, 1)), None] {
        let refused = store.submit(answer(1, 1, other, "12"));
        assert!(matches!(refused, Err(SubmitError::AlreadyAnswered { first: f }) if f == first.id), "{refused:?}");
    }
    // Out of order, from another tab, after a restart.
    let later = store.submit(answer(1, 9, Some((1, 40)), "9")).unwrap();
    let between = store.submit(answer(1, 8, Some((1, 3)), "8")).unwrap();
    drop(store);
    let (store, _) = open(folder.path());
    assert_eq!(store.submit(answer(1, 9, Some((1, 40)), "9")).unwrap(), Ack { duplicate: true, ..later });
    assert_eq!(store.submit(answer(1, 8, Some((1, 3)), "8")).unwrap(), Ack { duplicate: true, ..between });
    assert_eq!(store.stats().unwrap().events, 3);
    assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 3);
}

#[test]
fn duplicates_within_one_batch_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    let acks = store
        .submit_many(vec![answer(1, 1, Some((1, 1)), "1"), class(1, "Baobab", true), answer(1, 1, Some((1, 1)), "1")])
        .unwrap();
    assert_eq!(
        acks.iter().map(|a| (a.id.seq, a.duplicate)).collect::<Vec<_>>(),
        vec![(1, false), (2, false), (1, true)]
    );
    // One refusal refuses all, and leaves no trace in what is checked next.
    let refused = store.submit_many(vec![answer(1, 5, Some((1, 5)), "5"), answer(1, 5, Some((1, 6)), "5")]);
    assert!(matches!(refused, Err(SubmitError::AlreadyAnswered { .. })), "{refused:?}");
    assert_eq!(store.submit(answer(1, 5, Some((1, 5)), "5")).unwrap().id.seq, 3);
}

#[test]
fn many_at_once_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    let drafts: Vec<_> = (0..3000u64).map(|n| answer((n % 50) as u8, n, None, &n.to_string())).collect();
    let acks = store.submit_many(drafts).unwrap();
    assert!(acks.iter().zip(1u64..).all(|(ack, seq)| ack.id.seq == seq));
    let events: Vec<Event> = store.stream(None).map(|e| e.unwrap()).collect();
    assert!(events.iter().zip(1u64..).all(|(e, seq)| e.id.seq == seq) && events.len() == 3000);
    assert!(events.windows(2).all(|w| w[0].hlc < w[1].hlc));
    let views = all_views(&store);
    drop(store);
    let (again, _) = Store::open(config(folder.path(), EngineChoice::Memory)).unwrap();
    assert_eq!(all_views(&again), views);
}

#[test]
fn a_second_opener_is_told_who_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    match Store::open(config(folder.path(), SLED)) {
        Err(OpenError::Locked { folder: which }) => assert_eq!(which, folder.path()),
        other => panic!("{:?}", other.map(|_| ())),
    }
    let seen: Vec<_> = own_events(folder.path()).collect();
    assert!(seen.is_empty());
    store.submit(answer(1, 1, None, "1")).unwrap();
    assert_eq!(own_events(folder.path()).count(), 1);
}

#[test]
fn views_are_folded_anew_when_the_rules_change() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    store.submit_many((0..250).map(|n| answer(1, n, None, "1")).collect()).unwrap();
    let views = all_views(&store);
    drop(store);
    let newer = StoreConfig { projection: Arc::new(Counting(2)), ..config(folder.path(), SLED) };
    let (store, notices) = Store::open(newer).unwrap();
    assert_eq!(notices, vec![Notice::ViewsRebuilt { from: Some(1), to: 2 }]);
    assert_eq!(all_views(&store), views);
}

#[test]
fn what_cannot_be_stored_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    assert!(matches!(store.submit(answer(1, 1, Some((1, 0)), "1")), Err(SubmitError::SendingZero)));
    let huge = answer(1, 1, None, &"x".repeat(70_000));
    assert!(matches!(store.submit(huge), Err(SubmitError::TooLarge { .. })));
    let unknown = EventDraft { body: EventBody::Unknown { kind: 99 }, ..class(1, "a", true) };
    assert!(matches!(store.submit(unknown), Err(SubmitError::Unstorable)));
    let mut nan = answer(1, 1, None, "1");
    if let EventBody::Answered(a) = &mut nan.body {
        a.mastery = Some(f64::NAN);
    }
    assert!(matches!(store.submit(nan), Err(SubmitError::Unstorable)));
    store.close();
    assert!(matches!(store.submit(answer(1, 1, None, "1")), Err(SubmitError::ReadOnly)));
}

#[test]
fn a_long_answer_is_kept_and_found() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    let ack = store.submit(answer(1, 1, Some((1, 1)), &"long ".repeat(2000))).unwrap();
    assert_eq!(
        store.submit(answer(1, 1, Some((1, 1)), &"long ".repeat(2000))).unwrap(),
        Ack { duplicate: true, ..ack }
    );
    assert_eq!(store.events_of(learner(1), 0).unwrap().len(), 1);
}

#[test]
fn an_answer_before_its_item_is_set_right() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    let early = EventDraft { at_ms: Some(5), ..answer(1, 1, None, "1") };
    let ack = store.submit(early).unwrap();
    let event = store.event(ack.id).unwrap().unwrap();
    assert_eq!(event.at, Hlc::from_ms(NOW - 1000));
    assert!(store.answer_to(learner(1), item(1), NOW - 1000).unwrap().is_some());
}

#[test]
fn an_engine_that_does_not_open_is_set_aside_and_rebuilt() {
    for (damage, reason) in [("conf", SetAside::Failed), ("probe", SetAside::Probe)] {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = open(folder.path());
        store.submit_many((0..300).map(|n| answer(1, n, Some((1, n + 1)), "1")).collect()).unwrap();
        let views = all_views(&store);
        drop(store);
        let mut config = config(folder.path(), SLED);
        if damage == "conf" {
            std::fs::write(folder.path().join("engine/1/conf"), b"not a configuration").unwrap();
        } else {
            std::fs::write(folder.path().join("lock"), b"in use").unwrap();
            config.probe = Some(Arc::new(|_| Err(ProbeError::Process { code: Some(101) })));
        }
        let (store, notices) = Store::open(config).unwrap();
        assert!(
            notices
                .iter()
                .any(|n| matches!(n, Notice::EngineSetAside { reason: r, folder } if *r == reason && folder.exists())),
            "{notices:?}"
        );
        assert!(notices.contains(&Notice::Replayed { events: 300 }));
        assert_eq!(all_views(&store), views);
        assert!(store.submit(answer(1, 7, Some((1, 8)), "1")).unwrap().duplicate);
    }
}

#[test]
fn an_engine_that_disagrees_with_the_journal_is_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path());
    store.submit_many((0..20).map(|n| answer(1, n, None, "1")).collect()).unwrap();
    let views = all_views(&store);
    drop(store);
    {
        let engine = <engine::SledEngine as engine::KvEngine>::open(
            &folder.path().join("engine/1"),
            engine::EngineOptions::default(),
        )
        .unwrap();
        let sum = [b"S".as_slice(), &1u64.to_be_bytes()].concat();
        let row = engine::KvEngine::get(&engine, &sum).unwrap().expect("applied events are counted");
        let mut wrong = row;
        *wrong.last_mut().unwrap() ^= 1;
        engine::KvEngine::apply(&engine, &[engine::Op::Set(sum, wrong)]).unwrap();
        engine::KvEngine::close(&engine).unwrap();
    }
    let (store, notices) = open(folder.path());
    assert!(
        notices.iter().any(|n| matches!(n, Notice::EngineSetAside { reason: SetAside::Disagrees, .. })),
        "{notices:?}"
    );
    assert_eq!(all_views(&store), views);
}
