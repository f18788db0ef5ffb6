//! What every kind of event looks like outside: one id, no secret, no number that a program would round.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use chalkbox_domain::event::*;
use chalkbox_domain::ids::*;
use chalkbox_domain::item::Response;
use serde_json::{Value, json};

fn event(body: EventBody) -> Event {
    Event {
        id: EventId { box_id: BoxId([0xb0; 8]), seq: 127 },
        hlc: Hlc(Hlc::from_ms(1_795_600_000_123).0 + 3),
        at: Hlc::from_ms(1_795_600_000_000),
        boot: u64::MAX - 1,
        mono_ms: 51_200,
        clock: ClockTrust::Trusted,
        send: Some(SendKey { client: ClientId([6; 16]), cseq: u64::MAX }),
        learner: Some(LearnerId([3; 16])),
        actor: Actor::Staff(StaffId([2; 16])),
        body,
    }
}

fn answered() -> Answered {
    Answered {
        item: ItemKey([5; 16]),
        asked_ms: 1_795_599_995_000,
        skill: "numeracy.add.within-10".parse().unwrap(),
        plugin: PackHash([7; 32]),
        step: 2,
        seed: 9,
        locale: "en".into(),
        context: ContextHash([8; 8]),
        format: "num-entry".into(),
        mode: Mode::Practise,
        response: Response::Number { value: "7".into() },
        help: 0,
        elapsed_ms: 5_000,
        score: Some(0.1),
        fault: None,
        misconception: None,
        d: 0.0,
        expected: 0.5,
        lambda: 1.0,
        pace: Pace::Usual,
        guess: 0.05,
        slip: 0.1,
        guess_fixed: false,
        learn: 0.08,
        mixed_formats: false,
        mastery: Some(0.4),
        state: Some(SkillState::Learning),
    }
}

/// One of every kind, with how many fields of its own it must show.
fn every_kind() -> Vec<(EventBody, usize)> {
    let staff = StaffId([2; 16]);
    let (skill, hash) = ("numeracy.add.within-10".parse().unwrap(), [9; 32]);
    vec![
        (EventBody::Answered(Box::new(answered())), 27),
        (EventBody::Hinted(Hinted { item: ItemKey([5; 16]), skill, level: 1, asked_ms: 1_795_599_995_000 }), 4),
        (
            EventBody::ProfileSet(Profile {
                id: LearnerId([3; 16]),
                display_name: "Azé".into(),
                avatar: 1,
                class: ClassId([4; 16]),
                grade: 3,
                code: Some(hash),
                card: Some(hash),
                locale: None,
                active: true,
            }),
            7,
        ),
        (
            EventBody::ClassSet(Class {
                id: ClassId([4; 16]),
                name: "Class 3".into(),
                grade: 3,
                teachers: vec![staff],
                open: true,
                picture: 1,
            }),
            6,
        ),
        (
            EventBody::StaffSet(Staff {
                id: staff,
                username: "amina".into(),
                display_name: "Amina".into(),
                roles: vec![StaffRole::Teacher],
                password: "$argon2id$secret".into(),
                locale: None,
                active: true,
            }),
            6,
        ),
        (
            EventBody::SettingsSet(Settings {
                school: "S".into(),
                locale: "en".into(),
                country: "KE".into(),
                zone: "UTC".into(),
                demo: false,
            }),
            5,
        ),
        (EventBody::TokenSet(Token { hash, name: "report".into(), staff, active: true }), 3),
        (
            EventBody::PackSet(PackSet {
                id: "org.example.tool".into(),
                version: "0.1.0".into(),
                hash: PackHash([7; 32]),
                state: PackState::Active,
            }),
            4,
        ),
        (EventBody::ContextSet(ContextSet { country: "KE".into(), locale: "en".into(), hash: ContextHash([8; 8]) }), 3),
        (EventBody::GapNoted { from: 3, to: 5 }, 2),
        (EventBody::Imported { ranges: vec![BoxRange { box_id: BoxId([8; 8]), from: 1, to: 9 }] }, 1),
        (EventBody::Erased { learner: LearnerId([3; 16]) }, 1),
        (EventBody::Carried(Carried { rules: 1, rows: vec![(b"V".to_vec(), b"row".to_vec())] }), 1),
        (EventBody::YearClosed(YearClosed { name: "2026".into(), carried_from: 5, carried_to: 9, others: vec![] }), 4),
        (EventBody::ClockCorrected { boot: u64::MAX, offset_ms: -5 }, 2),
        (EventBody::Unknown { kind: 99 }, 1),
    ]
}

fn numbers(value: &Value, found: &mut Vec<f64>) {
    match value {
        Value::Number(n) => found.extend(n.as_f64()),
        Value::Array(list) => list.iter().for_each(|v| numbers(v, found)),
        Value::Object(fields) => fields.values().for_each(|v| numbers(v, found)),
        _ => {}
    }
}

#[test]
fn every_kind_keeps_the_event_s_id_and_all_its_own_fields() {
    for (body, own) in every_kind() {
        let text = line(&event(body.clone())).unwrap();
        assert_eq!(text.matches("\"id\":\"b0b0b0b0b0b0b0b0-127\"").count(), 1, "{text}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["id"], "b0b0b0b0b0b0b0b0-127");
        assert_eq!(
            (&read["at"], &read["received"]),
            (&json!("2026-11-25T09:46:40Z"), &json!("2026-11-25T09:46:40.123Z"))
        );
        assert_eq!(
            (&read["boot"], &read["send"]["cseq"]),
            (&json!("fffffffffffffffe"), &json!("18446744073709551615"))
        );
        assert_eq!(read.as_object().unwrap().len(), 11 + own, "{text}");
        let mut all = Vec::new();
        numbers(&read, &mut all);
        assert!(all.iter().all(|n| n.abs() < 9_007_199_254_740_992.0), "{text}");
        for secret in ["code", "card", "password", "argon2", "09090909", "[9,9"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

#[test]
fn an_answer_says_when_it_was_asked_and_its_score_in_short() {
    let text = line(&event(EventBody::Answered(Box::new(answered())))).unwrap();
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["asked"], "2026-11-25T09:46:35Z");
    assert!(text.contains("\"score\":0.1,"), "{text}");
    assert_eq!((&read["type"], &read["skill"]), (&json!("answered"), &json!("numeracy.add.within-10")));
    let failed = Answered { score: None, ..answered() };
    assert!(line(&event(EventBody::Answered(Box::new(failed)))).unwrap().contains("\"score\":null"));
}
