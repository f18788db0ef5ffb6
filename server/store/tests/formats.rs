//! Bytes that were written once are read for ever: round trips of every kind, and kept bytes of each version.
#![allow(clippy::unwrap_used, reason = "tests")]

mod drafts;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_domain::item::Response;
use chalkbox_store::*;
use drafts::*;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn event(seq: u64, body: EventBody) -> Event {
    Event {
        id: EventId { box_id: BoxId([0xb0; 8]), seq },
        hlc: Hlc::from_ms(NOW + seq),
        at: Hlc::from_ms(NOW + seq),
        boot: 0x0123_4567_89ab_cdef,
        mono_ms: 4000 + seq,
        clock: ClockTrust::Trusted,
        send: None,
        learner: None,
        actor: Actor::Staff(StaffId([2; 16])),
        body,
    }
}

/// One event of every kind that the first program wrote, with every optional field used in one and left out in another.
fn every_kind() -> Vec<Event> {
    let staff = StaffId([2; 16]);
    let skill: SkillId = "numeracy.add.within-10".parse().unwrap();
    let EventBody::Answered(full) = answer(3, 5, None, "12").body else { unreachable!("an answer") };
    let bare = Answered {
        response: Response::Skipped,
        score: None,
        fault: Some("deadline".into()),
        misconception: Some("counts-all".into()),
        mode: Mode::CheckUp,
        pace: Pace::Slower,
        state: Some(SkillState::Resting),
        guess_fixed: false,
        mixed_formats: true,
        ..(*full).clone()
    };
    let profile = Profile {
        id: learner(3),
        display_name: "Azé".into(),
        avatar: 29,
        class: ClassId([4; 16]),
        grade: 3,
        code: Some([5; 32]),
        card: Some([6; 32]),
        locale: Some("fr".into()),
        active: true,
    };
    let own = |e: Event| Event { learner: Some(learner(3)), actor: Actor::Learner(learner(3)), ..e };
    vec![
        own(Event { send: Some(SendKey { client: client(9), cseq: 77 }), ..event(1, EventBody::Answered(full)) }),
        Event {
            at: Hlc::from_ms(NOW - 5),
            clock: ClockTrust::Guessed,
            ..own(event(2, EventBody::Answered(Box::new(bare))))
        },
        own(event(3, EventBody::Hinted(Hinted { item: item(5), skill, level: 2, asked_ms: 0 }))),
        event(4, EventBody::ProfileSet(profile.clone())),
        event(5, EventBody::ProfileSet(Profile { code: None, card: None, locale: None, active: false, ..profile })),
        event(
            6,
            EventBody::ClassSet(Class {
                id: ClassId([4; 16]),
                name: "CE1".into(),
                grade: 3,
                teachers: vec![staff],
                open: true,
                picture: 11,
            }),
        ),
        event(
            7,
            EventBody::StaffSet(Staff {
                id: staff,
                username: "ama".into(),
                display_name: "Ama".into(),
                roles: vec![StaffRole::Leader, StaffRole::Teacher, StaffRole::Technologist],
                password: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into(),
                locale: Some("en".into()),
                active: true,
            }),
        ),
        event(
            8,
            EventBody::SettingsSet(Settings {
                school: "École".into(),
                locale: "fr".into(),
                country: "SN".into(),
                zone: "Africa/Dakar".into(),
                demo: false,
            }),
        ),
        event(
            9,
            EventBody::PackSet(PackSet {
                id: "org.chalkbox.counting".into(),
                version: "1.2.3".into(),
                hash: PackHash([8; 32]),
                state: PackState::Off,
            }),
        ),
        event(
            10,
            EventBody::ContextSet(ContextSet { country: "SN".into(), locale: "fr".into(), hash: ContextHash([9; 8]) }),
        ),
        Event { actor: Actor::Box, ..event(11, EventBody::GapNoted { from: 300, to: 301 }) },
        Event { actor: Actor::Box, ..event(12, EventBody::ClockCorrected { boot: 77, offset_ms: -86_400_000 }) },
        event(13, EventBody::TokenSet(Token { hash: [3; 32], name: "reports".into(), staff, active: true })),
    ]
}

/// One of each that came later, all of version 1 too.
fn later_kinds() -> Vec<Event> {
    let other = BoxRange { box_id: BoxId([0xc1; 8]), from: 3, to: 9_000 };
    let of = |e: Event| Event { learner: Some(learner(3)), ..e };
    vec![
        Event { actor: Actor::Box, ..event(1, EventBody::Imported { ranges: vec![other] }) },
        event(2, EventBody::Erased { learner: learner(9) }),
        Event {
            actor: Actor::Box,
            ..of(event(3, EventBody::Carried(Carried { rules: 1, rows: vec![(b"K1".to_vec(), b"row".to_vec())] })))
        },
        Event {
            actor: Actor::Box,
            ..event(
                4,
                EventBody::YearClosed(YearClosed {
                    name: "2026–27".into(),
                    carried_from: 3,
                    carried_to: 3,
                    others: vec![other],
                }),
            )
        },
        of(event(5, EventBody::Linked { learner: learner(3), to: learner(4) })),
        of(event(6, EventBody::Unlinked { learner: learner(3) })),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn kept_bytes_of_version_1_read_as_they_did() {
    are_kept("events-v1.txt", &every_kind());
    are_kept("events-v1-later.txt", &later_kinds());
}

fn are_kept(name: &str, events: &[Event]) {
    let path = fixtures().join(name);
    let written: String = events.iter().map(|e| hex(&encode_event(e).unwrap()) + "\n").collect();
    if std::env::var_os("CHALKBOX_WRITE_FIXTURES").is_some() {
        std::fs::write(&path, &written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(kept.lines().count(), events.len());
    for (line, event) in kept.lines().zip(events) {
        let bytes: Vec<u8> =
            (0..line.len()).step_by(2).map(|i| u8::from_str_radix(&line[i..i + 2], 16).unwrap()).collect();
        assert_eq!(decode_event(&bytes).unwrap(), *event);
    }
    assert_eq!(written, kept, "what is written today is what was written then");
}

#[test]
fn a_kept_data_folder_of_version_1_opens() {
    let kept = fixtures().join("box-v1");
    let name = "0101010101010101-0000000000000001.j";
    if std::env::var_os("CHALKBOX_WRITE_FIXTURES").is_some() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("box.toml"), "box = \"0101010101010101\"\n").unwrap();
        let (store, _) = Store::open(config(folder.path(), EngineChoice::Memory)).unwrap();
        for event in every_kind() {
            let Event { send, learner, actor, body, .. } = event;
            let _ = store.submit(EventDraft { at_ms: None, send, learner, actor, body });
        }
        drop(store);
        let mut bytes = std::fs::read(folder.path().join("journal").join(name)).unwrap();
        bytes.truncate(bytes.iter().rposition(|b| *b != 0).unwrap() + 1);
        std::fs::create_dir_all(kept.join("journal")).unwrap();
        std::fs::write(kept.join("journal").join(name), bytes).unwrap();
        std::fs::copy(folder.path().join("box.toml"), kept.join("box.toml")).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("journal")).unwrap();
    for file in ["box.toml".to_owned(), format!("journal/{name}")] {
        std::fs::copy(kept.join(&file), folder.path().join(&file)).unwrap();
    }
    let (store, notices) = Store::open(config(folder.path(), SLED)).unwrap();
    assert_eq!(notices, vec![Notice::Replayed { events: 12 }]);
    let kinds: Vec<_> = store.stream(None).map(|e| std::mem::discriminant(&e.unwrap().body)).collect();
    // The second answer of the list is to the same item, so it is not in the store.
    let expect: Vec<_> = every_kind()
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != 1)
        .map(|(_, e)| std::mem::discriminant(&e.body))
        .collect();
    assert_eq!(kinds, expect);
    assert_eq!(store.submit(class(9, "next", true)).unwrap().id.seq, 13);
}

#[test]
fn a_kind_or_version_of_tomorrow_is_kept_and_skipped() {
    let bytes = encode_event(&every_kind()[2]).unwrap();
    assert_eq!(bytes[..4], [0x08, 1, 0x10, 2], "version and kind stand in front");
    for (at, value, kind) in [(3, 99, 99), (1, 2, 2)] {
        let mut newer = bytes.clone();
        newer[at] = value;
        let event = decode_event(&newer).unwrap();
        assert_eq!((event.body, event.id.seq), (EventBody::Unknown { kind }, 3));
    }
    // A word that is not known yet, in a kind that is.
    let mut wire = encode_event(&event(
        1,
        EventBody::PackSet(PackSet {
            id: "a".into(),
            version: "1".into(),
            hash: PackHash([0; 32]),
            state: PackState::Off,
        }),
    ))
    .unwrap();
    *wire.last_mut().unwrap() = 77;
    assert_eq!(decode_event(&wire).unwrap().body, EventBody::Unknown { kind: 7 });
}

#[test]
fn an_answer_costs_less_than_half_a_kilobyte() {
    let bytes = encode_event(&every_kind()[0]).unwrap().len();
    println!("an answer is {bytes} bytes");
    assert!(bytes < 480, "{bytes}");
}

#[test]
fn bytes_that_are_no_event_are_an_error() {
    for bytes in [b"".as_slice(), b"\x08", b"\xff\xff\xff", b"\x08\x01\x10\x02"] {
        assert!(decode_event(bytes).is_err(), "{bytes:?}");
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z0-9 ]{0,12}", "\\PC{0,8}", Just(String::new())]
}

fn skill() -> impl Strategy<Value = SkillId> {
    "[a-z]{2,9}\\.[a-z0-9-]{1,9}".prop_map(|s| s.parse().unwrap())
}

fn finite() -> impl Strategy<Value = f64> {
    prop::num::f64::NORMAL | prop::num::f64::ZERO
}

fn response() -> impl Strategy<Value = Response> {
    prop_oneof![
        prop::collection::vec(text(), 0..4).prop_map(|ids| Response::Choice { ids }),
        text().prop_map(|value| Response::Text { value }),
        text().prop_map(|value| Response::Number { value }),
        prop::collection::vec(text(), 0..4).prop_map(|ids| Response::Order { ids }),
        prop::collection::vec((text(), text()), 0..4).prop_map(|pairs| Response::Pairs { pairs }),
        (0f32..1.0, 0f32..1.0).prop_map(|(x, y)| Response::Point { x, y }),
        any::<u32>().prop_map(|value| Response::Count { value }),
        text().prop_map(|value| Response::Custom { value }),
        Just(Response::Skipped),
    ]
}

prop_compose! {
    fn answered()(
        ids in (any::<[u8; 16]>(), any::<[u8; 32]>(), any::<[u8; 8]>()),
        (asked_ms, skill, step, seed) in (any::<u64>(), skill(), any::<u8>(), any::<u32>()),
        (locale, format, response, help) in (text(), text(), response(), any::<u8>()),
        (elapsed_ms, score, fault, misconception) in (any::<u32>(), prop::option::of(0f32..=1.0), prop::option::of(text()), prop::option::of(text())),
        numbers in prop::array::uniform7(finite()),
        (mode, pace, state, guess_fixed, mixed_formats) in (0usize..6, 0usize..4, 0usize..9, any::<bool>(), any::<bool>()),
    ) -> EventBody {
        let [d, expected, lambda, guess, slip, learn, mastery] = numbers;
        EventBody::Answered(Box::new(Answered {
            item: ItemKey(ids.0), asked_ms, skill, plugin: PackHash(ids.1), step, seed, locale, context: ContextHash(ids.2), format,
            mode: [Mode::Placement, Mode::Teach, Mode::Practise, Mode::Show, Mode::Review, Mode::CheckUp][mode],
            response, help, elapsed_ms, score, fault, misconception, d, expected, lambda,
            pace: [Pace::Usual, Pace::Rapid, Pace::Faster, Pace::Slower][pace],
            guess, slip, guess_fixed, learn, mixed_formats,
            mastery: (state < 8).then_some(mastery),
            state: [SkillState::NotStarted, SkillState::Ready, SkillState::Learning, SkillState::Credited, SkillState::Mastered,
                SkillState::Secure, SkillState::Refresh, SkillState::Resting].get(state).copied(),
        }))
    }
}

fn body() -> impl Strategy<Value = EventBody> {
    let id = || any::<[u8; 16]>();
    prop_oneof![
        answered(),
        (id(), skill(), any::<u8>(), any::<u64>()).prop_map(|(item, skill, level, asked_ms)| {
            EventBody::Hinted(Hinted { item: ItemKey(item), skill, level, asked_ms })
        }),
        (
            id(),
            text(),
            any::<u8>(),
            id(),
            any::<u8>(),
            prop::option::of(any::<[u8; 32]>()),
            prop::option::of(any::<[u8; 32]>()),
            prop::option::of(text()),
            any::<bool>()
        )
            .prop_map(|(id, display_name, avatar, class, grade, code, card, locale, active)| {
                EventBody::ProfileSet(Profile {
                    id: LearnerId(id),
                    display_name,
                    avatar,
                    class: ClassId(class),
                    grade,
                    code,
                    card,
                    locale,
                    active,
                })
            }),
        (id(), text(), any::<u8>(), prop::collection::vec(id(), 0..3), any::<bool>(), any::<u8>()).prop_map(
            |(id, name, grade, teachers, open, picture)| {
                EventBody::ClassSet(Class {
                    id: ClassId(id),
                    name,
                    grade,
                    teachers: teachers.into_iter().map(StaffId).collect(),
                    open,
                    picture,
                })
            }
        ),
        (id(), text(), text(), prop::collection::vec(0usize..3, 0..3), text(), prop::option::of(text()), any::<bool>())
            .prop_map(|(id, username, display_name, roles, password, locale, active)| EventBody::StaffSet(Staff {
                id: StaffId(id),
                username,
                display_name,
                roles: roles
                    .into_iter()
                    .map(|r| [StaffRole::Teacher, StaffRole::Leader, StaffRole::Technologist][r])
                    .collect(),
                password,
                locale,
                active,
            })),
        (text(), text(), text(), text(), any::<bool>()).prop_map(|(school, locale, country, zone, demo)| {
            EventBody::SettingsSet(Settings { school, locale, country, zone, demo })
        }),
        (any::<[u8; 32]>(), text(), id(), any::<bool>()).prop_map(|(hash, name, staff, active)| EventBody::TokenSet(
            Token { hash, name, staff: StaffId(staff), active }
        )),
        (text(), text(), any::<[u8; 32]>(), any::<bool>()).prop_map(|(id, version, hash, on)| {
            EventBody::PackSet(PackSet {
                id,
                version,
                hash: PackHash(hash),
                state: if on { PackState::Active } else { PackState::Off },
            })
        }),
        (text(), text(), any::<[u8; 8]>()).prop_map(|(country, locale, hash)| EventBody::ContextSet(ContextSet {
            country,
            locale,
            hash: ContextHash(hash)
        })),
        (any::<u64>(), any::<u64>()).prop_map(|(from, to)| EventBody::GapNoted { from, to }),
        prop::collection::vec((any::<[u8; 8]>(), any::<u64>(), any::<u64>()), 0..4).prop_map(|ranges| {
            EventBody::Imported {
                ranges: ranges.into_iter().map(|(id, from, to)| BoxRange { box_id: BoxId(id), from, to }).collect(),
            }
        }),
        (any::<u32>(), prop::collection::vec(any::<(Vec<u8>, Vec<u8>)>(), 0..4))
            .prop_map(|(rules, rows)| EventBody::Carried(Carried { rules, rows })),
        (text(), any::<(u64, u64)>(), prop::collection::vec((any::<[u8; 8]>(), any::<u64>(), any::<u64>()), 0..4))
            .prop_map(|(name, (carried_from, carried_to), others)| {
                let range = |(id, from, to)| BoxRange { box_id: BoxId(id), from, to };
                let others = others.into_iter().map(range).collect();
                EventBody::YearClosed(YearClosed { name, carried_from, carried_to, others })
            }),
        id().prop_map(|learner| EventBody::Erased { learner: LearnerId(learner) }),
        (id(), id()).prop_map(|(learner, to)| EventBody::Linked { learner: LearnerId(learner), to: LearnerId(to) }),
        id().prop_map(|learner| EventBody::Unlinked { learner: LearnerId(learner) }),
        (any::<u64>(), any::<i64>()).prop_map(|(boot, offset_ms)| EventBody::ClockCorrected { boot, offset_ms }),
    ]
}

prop_compose! {
    fn any_event()(
        (box_id, seq, hlc, at) in (any::<[u8; 8]>(), any::<u64>(), any::<u64>(), any::<u64>()),
        (boot, mono_ms, trusted) in (any::<u64>(), any::<u64>(), any::<bool>()),
        send in prop::option::of((any::<[u8; 16]>(), any::<u64>())),
        learner in prop::option::of(any::<[u8; 16]>()),
        (who, actor) in (0u8..4, any::<[u8; 16]>()),
        body in body(),
    ) -> Event {
        Event {
            id: EventId { box_id: BoxId(box_id), seq }, hlc: Hlc(hlc), at: Hlc(at), boot, mono_ms,
            clock: if trusted { ClockTrust::Trusted } else { ClockTrust::Guessed },
            send: send.map(|(client, cseq)| SendKey { client: ClientId(client), cseq }),
            learner: learner.map(LearnerId),
            actor: match (who, learner) {
                (0, _) => Actor::Box,
                (1, _) => Actor::Staff(StaffId(actor)),
                (2, Some(own)) => Actor::Learner(LearnerId(own)),
                _ => Actor::Learner(LearnerId(actor)),
            },
            body,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(event in any_event()) {
        let bytes = encode_event(&event).unwrap();
        prop_assert_eq!(decode_event(&bytes).unwrap(), event);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode_event(&bytes);
    }
}
