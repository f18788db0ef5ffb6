//! What happened, kind by kind: domain values to messages and back.

use super::{CodecError, fixed, wire};
use chalkbox_domain::event::{
    Answered, BoxRange, Carried, Class, ContextSet, EventBody, Hinted, Mode, Pace, PackSet, PackState, Profile,
    Settings, SkillState, Staff, StaffRole, Token, YearClosed,
};
use chalkbox_domain::ids::{BoxId, ClassId, ContextHash, ItemKey, LearnerId, PackHash, SkillId, StaffId};
use prost::Message;

const ANSWERED: u32 = 1;
const HINTED: u32 = 2;
const PROFILE_SET: u32 = 3;
const CLASS_SET: u32 = 4;
const STAFF_SET: u32 = 5;
const SETTINGS_SET: u32 = 6;
const PACK_SET: u32 = 7;
const CONTEXT_SET: u32 = 8;
const GAP_NOTED: u32 = 9;
const CLOCK_CORRECTED: u32 = 10;
const TOKEN_SET: u32 = 11;
const IMPORTED: u32 = 12;
const ERASED: u32 = 13;
const CARRIED: u32 = 14;
const YEAR_CLOSED: u32 = 15;
const LINKED: u32 = 16;
const UNLINKED: u32 = 17;

/// Words as numbers; the place in the list, from 1, is the number for ever.
const MODES: [Mode; 6] = [Mode::Placement, Mode::Teach, Mode::Practise, Mode::Show, Mode::Review, Mode::CheckUp];
const PACES: [Pace; 4] = [Pace::Usual, Pace::Rapid, Pace::Faster, Pace::Slower];
const STATES: [SkillState; 8] = [
    SkillState::NotStarted,
    SkillState::Ready,
    SkillState::Learning,
    SkillState::Credited,
    SkillState::Mastered,
    SkillState::Secure,
    SkillState::Refresh,
    SkillState::Resting,
];
const ROLES: [StaffRole; 3] = [StaffRole::Teacher, StaffRole::Leader, StaffRole::Technologist];
const PACK_STATES: [PackState; 2] = [PackState::Active, PackState::Off];

fn number<T: PartialEq>(words: &[T], word: &T) -> Result<u32, CodecError> {
    words.iter().position(|w| w == word).map(|i| i as u32 + 1).ok_or(CodecError::Field { field: "word" })
}

fn word<T: Copy>(words: &[T], number: u32, field: &'static str) -> Result<T, CodecError> {
    (number as usize).checked_sub(1).and_then(|i| words.get(i)).copied().ok_or(CodecError::Field { field })
}

fn small(value: u32, field: &'static str) -> Result<u8, CodecError> {
    u8::try_from(value).map_err(|_| CodecError::Field { field })
}

fn skill(text: &str) -> Result<SkillId, CodecError> {
    text.parse().map_err(|_| CodecError::Field { field: "skill" })
}

/// Whether a kind is of the many that children make, and not of the few by which people are let in.
pub(super) fn is_practice(kind: u32) -> bool {
    matches!(kind, ANSWERED | HINTED)
}

/// Whether a kind is an answer.
pub(super) fn is_answer(kind: u32) -> bool {
    kind == ANSWERED
}

/// Whether a kind carries rows over the end of a year.
pub(super) fn is_carried(kind: u32) -> bool {
    kind == CARRIED
}

/// Kind and bytes of a body.
pub(super) fn encode(body: &EventBody) -> Result<(u32, Vec<u8>), CodecError> {
    Ok(match body {
        EventBody::Answered(a) => (ANSWERED, answered(a)?.encode_to_vec()),
        EventBody::Hinted(h) => {
            let h = wire::Hinted {
                item: h.item.0.to_vec(),
                skill: h.skill.to_string(),
                level: h.level.into(),
                asked_ms: h.asked_ms,
            };
            (HINTED, h.encode_to_vec())
        }
        EventBody::ProfileSet(p) => (PROFILE_SET, profile(p).encode_to_vec()),
        EventBody::ClassSet(c) => (CLASS_SET, class(c).encode_to_vec()),
        EventBody::StaffSet(s) => (STAFF_SET, staff(s)?.encode_to_vec()),
        EventBody::SettingsSet(s) => {
            let s = wire::Settings {
                school: s.school.clone(),
                locale: s.locale.clone(),
                country: s.country.clone(),
                zone: s.zone.clone(),
                demo: s.demo,
            };
            (SETTINGS_SET, s.encode_to_vec())
        }
        EventBody::TokenSet(t) => {
            let t = wire::Token {
                hash: t.hash.to_vec(),
                name: t.name.clone(),
                staff: t.staff.0.to_vec(),
                active: t.active,
            };
            (TOKEN_SET, t.encode_to_vec())
        }
        EventBody::PackSet(p) => {
            let p = wire::PackSet {
                id: p.id.clone(),
                version: p.version.clone(),
                hash: p.hash.0.to_vec(),
                state: number(&PACK_STATES, &p.state)?,
            };
            (PACK_SET, p.encode_to_vec())
        }
        EventBody::ContextSet(c) => {
            let c = wire::ContextSet { country: c.country.clone(), locale: c.locale.clone(), hash: c.hash.0.to_vec() };
            (CONTEXT_SET, c.encode_to_vec())
        }
        EventBody::GapNoted { from, to } => (GAP_NOTED, wire::GapNoted { from: *from, to: *to }.encode_to_vec()),
        EventBody::ClockCorrected { boot, offset_ms } => {
            (CLOCK_CORRECTED, wire::ClockCorrected { boot: *boot, offset_ms: *offset_ms }.encode_to_vec())
        }
        EventBody::Imported { ranges } => {
            (IMPORTED, wire::Imported { ranges: ranges.iter().map(range).collect() }.encode_to_vec())
        }
        EventBody::Erased { learner } => (ERASED, wire::Erased { learner: learner.0.to_vec() }.encode_to_vec()),
        EventBody::Carried(c) => {
            let rows = c.rows.iter().map(|(key, row)| wire::Row { key: key.clone(), row: row.clone() }).collect();
            (CARRIED, wire::Carried { rules: c.rules, rows }.encode_to_vec())
        }
        EventBody::YearClosed(y) => {
            let y = wire::YearClosed {
                name: y.name.clone(),
                carried_from: y.carried_from,
                carried_to: y.carried_to,
                others: y.others.iter().map(range).collect(),
            };
            (YEAR_CLOSED, y.encode_to_vec())
        }
        EventBody::Linked { learner, to } => {
            (LINKED, wire::Linked { learner: learner.0.to_vec(), to: to.0.to_vec() }.encode_to_vec())
        }
        EventBody::Unlinked { learner } => (UNLINKED, wire::Unlinked { learner: learner.0.to_vec() }.encode_to_vec()),
        EventBody::Unknown { kind } => return Err(CodecError::UnknownKind { kind: *kind }),
    })
}

/// The body of a kind; an unknown kind is [`EventBody::Unknown`].
pub(super) fn decode(kind: u32, bytes: &[u8]) -> Result<EventBody, CodecError> {
    Ok(match kind {
        ANSWERED => EventBody::Answered(Box::new(read_answered(wire::Answered::decode(bytes)?)?)),
        HINTED => {
            let h = wire::Hinted::decode(bytes)?;
            EventBody::Hinted(Hinted {
                item: ItemKey(fixed(&h.item, "item")?),
                skill: skill(&h.skill)?,
                level: small(h.level, "level")?,
                asked_ms: h.asked_ms,
            })
        }
        PROFILE_SET => EventBody::ProfileSet(read_profile(wire::Profile::decode(bytes)?)?),
        CLASS_SET => EventBody::ClassSet(read_class(wire::Class::decode(bytes)?)?),
        STAFF_SET => EventBody::StaffSet(read_staff(wire::Staff::decode(bytes)?)?),
        SETTINGS_SET => {
            let s = wire::Settings::decode(bytes)?;
            EventBody::SettingsSet(Settings {
                school: s.school,
                locale: s.locale,
                country: s.country,
                zone: s.zone,
                demo: s.demo,
            })
        }
        TOKEN_SET => {
            let t = wire::Token::decode(bytes)?;
            EventBody::TokenSet(Token {
                hash: fixed(&t.hash, "hash")?,
                name: t.name,
                staff: StaffId(fixed(&t.staff, "staff")?),
                active: t.active,
            })
        }
        PACK_SET => {
            let p = wire::PackSet::decode(bytes)?;
            EventBody::PackSet(PackSet {
                id: p.id,
                version: p.version,
                hash: PackHash(fixed(&p.hash, "hash")?),
                state: word(&PACK_STATES, p.state, "state")?,
            })
        }
        CONTEXT_SET => {
            let c = wire::ContextSet::decode(bytes)?;
            EventBody::ContextSet(ContextSet {
                country: c.country,
                locale: c.locale,
                hash: ContextHash(fixed(&c.hash, "hash")?),
            })
        }
        GAP_NOTED => {
            let g = wire::GapNoted::decode(bytes)?;
            EventBody::GapNoted { from: g.from, to: g.to }
        }
        CLOCK_CORRECTED => {
            let c = wire::ClockCorrected::decode(bytes)?;
            EventBody::ClockCorrected { boot: c.boot, offset_ms: c.offset_ms }
        }
        IMPORTED => {
            let ranges = wire::Imported::decode(bytes)?.ranges;
            EventBody::Imported { ranges: ranges.iter().map(read_range).collect::<Result<_, _>>()? }
        }
        ERASED => EventBody::Erased { learner: LearnerId(fixed(&wire::Erased::decode(bytes)?.learner, "learner")?) },
        CARRIED => {
            let c = wire::Carried::decode(bytes)?;
            EventBody::Carried(Carried { rules: c.rules, rows: c.rows.into_iter().map(|r| (r.key, r.row)).collect() })
        }
        YEAR_CLOSED => {
            let y = wire::YearClosed::decode(bytes)?;
            EventBody::YearClosed(YearClosed {
                name: y.name,
                carried_from: y.carried_from,
                carried_to: y.carried_to,
                others: y.others.iter().map(read_range).collect::<Result<_, _>>()?,
            })
        }
        LINKED => {
            let l = wire::Linked::decode(bytes)?;
            EventBody::Linked { learner: LearnerId(fixed(&l.learner, "learner")?), to: LearnerId(fixed(&l.to, "to")?) }
        }
        UNLINKED => {
            EventBody::Unlinked { learner: LearnerId(fixed(&wire::Unlinked::decode(bytes)?.learner, "learner")?) }
        }
        kind => EventBody::Unknown { kind },
    })
}

fn range(r: &BoxRange) -> wire::Range {
    wire::Range { box_id: r.box_id.0.to_vec(), from: r.from, to: r.to }
}

fn read_range(r: &wire::Range) -> Result<BoxRange, CodecError> {
    Ok(BoxRange { box_id: BoxId(fixed(&r.box_id, "ranges")?), from: r.from, to: r.to })
}

fn answered(a: &Answered) -> Result<wire::Answered, CodecError> {
    Ok(wire::Answered {
        item: a.item.0.to_vec(),
        asked_ms: a.asked_ms,
        skill: a.skill.to_string(),
        plugin: a.plugin.0.to_vec(),
        step: a.step.into(),
        seed: a.seed,
        locale: a.locale.clone(),
        context: a.context.0.to_vec(),
        format: a.format.clone(),
        mode: number(&MODES, &a.mode)?,
        response: serde_json::to_vec(&a.response).map_err(CodecError::Response)?,
        help: a.help.into(),
        elapsed_ms: a.elapsed_ms,
        score: a.score,
        fault: a.fault.clone(),
        misconception: a.misconception.clone(),
        d: a.d,
        expected: a.expected,
        lambda: a.lambda,
        pace: number(&PACES, &a.pace)?,
        guess: a.guess,
        slip: a.slip,
        guess_fixed: a.guess_fixed,
        learn: a.learn,
        mixed_formats: a.mixed_formats,
        mastery: a.mastery.unwrap_or_default(),
        state: a.state.map_or(Ok(0), |state| number(&STATES, &state))?,
    })
}

fn read_answered(a: wire::Answered) -> Result<Answered, CodecError> {
    Ok(Answered {
        item: ItemKey(fixed(&a.item, "item")?),
        asked_ms: a.asked_ms,
        skill: skill(&a.skill)?,
        plugin: PackHash(fixed(&a.plugin, "plugin")?),
        step: small(a.step, "step")?,
        seed: a.seed,
        locale: a.locale,
        context: ContextHash(fixed(&a.context, "context")?),
        format: a.format,
        mode: word(&MODES, a.mode, "mode")?,
        response: serde_json::from_slice(&a.response).map_err(CodecError::Response)?,
        help: small(a.help, "help")?,
        elapsed_ms: a.elapsed_ms,
        score: a.score,
        fault: a.fault,
        misconception: a.misconception,
        d: a.d,
        expected: a.expected,
        lambda: a.lambda,
        pace: word(&PACES, a.pace, "pace")?,
        guess: a.guess,
        slip: a.slip,
        guess_fixed: a.guess_fixed,
        learn: a.learn,
        mixed_formats: a.mixed_formats,
        mastery: (a.state != 0).then_some(a.mastery),
        state: (a.state != 0).then(|| word(&STATES, a.state, "state")).transpose()?,
    })
}

fn profile(p: &Profile) -> wire::Profile {
    wire::Profile {
        id: p.id.0.to_vec(),
        display_name: p.display_name.clone(),
        avatar: p.avatar.into(),
        class: p.class.0.to_vec(),
        grade: p.grade.into(),
        code: p.code.map(|c| c.to_vec()),
        card: p.card.map(|c| c.to_vec()),
        locale: p.locale.clone(),
        active: p.active,
    }
}

fn read_profile(p: wire::Profile) -> Result<Profile, CodecError> {
    Ok(Profile {
        id: LearnerId(fixed(&p.id, "id")?),
        display_name: p.display_name,
        avatar: small(p.avatar, "avatar")?,
        class: ClassId(fixed(&p.class, "class")?),
        grade: small(p.grade, "grade")?,
        code: p.code.map(|c| fixed(&c, "code")).transpose()?,
        card: p.card.map(|c| fixed(&c, "card")).transpose()?,
        locale: p.locale,
        active: p.active,
    })
}

fn class(c: &Class) -> wire::Class {
    wire::Class {
        id: c.id.0.to_vec(),
        name: c.name.clone(),
        grade: c.grade.into(),
        teachers: c.teachers.iter().map(|t| t.0.to_vec()).collect(),
        open: c.open,
        picture: c.picture.into(),
    }
}

fn read_class(c: wire::Class) -> Result<Class, CodecError> {
    Ok(Class {
        id: ClassId(fixed(&c.id, "id")?),
        name: c.name,
        grade: small(c.grade, "grade")?,
        teachers: c.teachers.iter().map(|t| fixed(t, "teachers").map(StaffId)).collect::<Result<_, _>>()?,
        open: c.open,
        picture: small(c.picture, "picture")?,
    })
}

fn staff(s: &Staff) -> Result<wire::Staff, CodecError> {
    Ok(wire::Staff {
        id: s.id.0.to_vec(),
        username: s.username.clone(),
        display_name: s.display_name.clone(),
        roles: s.roles.iter().map(|r| number(&ROLES, r)).collect::<Result<_, _>>()?,
        password: s.password.clone(),
        locale: s.locale.clone(),
        active: s.active,
    })
}

fn read_staff(s: wire::Staff) -> Result<Staff, CodecError> {
    Ok(Staff {
        id: StaffId(fixed(&s.id, "id")?),
        username: s.username,
        display_name: s.display_name,
        roles: s.roles.iter().map(|r| word(&ROLES, *r, "roles")).collect::<Result<_, _>>()?,
        password: s.password,
        locale: s.locale,
        active: s.active,
    })
}
