//! Each kind's own fields as text. None is named like one that all kinds share: the `id` of what is set is named after
//! what it is. A field that is not known is refused on reading: it would be lost.

use super::head::{ms, rfc3339};
use super::hex::{Hex, HexBytes};
use super::{Secrets, TextError};
use chalkbox_domain::event::{self, BoxRange, EventBody, Mode, Pace, PackState, SkillState, StaffRole};
use chalkbox_domain::ids::{ClassId, ContextHash, ItemKey, LearnerId, PackHash, SkillId, StaffId};
use chalkbox_domain::item::Response;
use serde::{Deserialize, Deserializer, Serialize};

/// The fields of any kind.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Own {
    Answered(Box<Answered>),
    Hinted(Hinted),
    ProfileSet(ProfileSet),
    ClassSet(ClassSet),
    StaffSet(StaffSet),
    SettingsSet(SettingsSet),
    TokenSet(TokenSet),
    PackSet(PackSet),
    ContextSet(ContextSet),
    GapNoted(GapNoted),
    ClockCorrected(ClockCorrected),
    Imported(Imported),
    Erased(Erased),
    Carried(Carried),
    YearClosed(YearClosed),
    Linked(Linked),
    Unlinked(Unlinked),
    Unknown(Unknown),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answered {
    item: ItemKey,
    asked: String,
    skill: SkillId,
    plugin: PackHash,
    step: u8,
    seed: u32,
    locale: String,
    context: ContextHash,
    format: String,
    mode: Mode,
    response: Response,
    help: u8,
    elapsed_ms: u32,
    score: Option<f32>,
    fault: Option<String>,
    misconception: Option<String>,
    d: f64,
    expected: f64,
    lambda: f64,
    pace: Pace,
    guess: f64,
    slip: f64,
    guess_fixed: bool,
    learn: f64,
    mixed_formats: bool,
    mastery: Option<f64>,
    state: Option<SkillState>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hinted {
    item: ItemKey,
    asked: Option<String>,
    skill: SkillId,
    level: u8,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileSet {
    profile: LearnerId,
    display_name: String,
    avatar: u8,
    class: ClassId,
    grade: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Hex<32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<Hex<32>>,
    locale: Option<String>,
    active: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClassSet {
    class: ClassId,
    name: String,
    grade: u8,
    teachers: Vec<StaffId>,
    open: bool,
    picture: u8,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StaffSet {
    member: StaffId,
    username: String,
    display_name: String,
    roles: Vec<StaffRole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    locale: Option<String>,
    active: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsSet {
    school: String,
    locale: String,
    country: String,
    zone: String,
    demo: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenSet {
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<Hex<32>>,
    name: String,
    staff: StaffId,
    active: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackSet {
    pack: String,
    version: String,
    hash: PackHash,
    state: PackState,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextSet {
    country: String,
    locale: String,
    hash: ContextHash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GapNoted {
    from: u64,
    to: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockCorrected {
    of_boot: Hex<8>,
    offset_ms: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Imported {
    ranges: Vec<BoxRange>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Erased {
    forgotten: LearnerId,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Carried {
    rules: u32,
    /// Names and hashes of codes and passwords are in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<(HexBytes, HexBytes)>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearClosed {
    year: String,
    carried_from: u64,
    carried_to: u64,
    others: Vec<BoxRange>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Linked {
    joined: LearnerId,
    to: LearnerId,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unlinked {
    parted: LearnerId,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unknown {
    kind: u32,
}

impl Own {
    /// The word for `type`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Answered(_) => "answered",
            Self::Hinted(_) => "hinted",
            Self::ProfileSet(_) => "profile-set",
            Self::ClassSet(_) => "class-set",
            Self::StaffSet(_) => "staff-set",
            Self::SettingsSet(_) => "settings-set",
            Self::TokenSet(_) => "token-set",
            Self::PackSet(_) => "pack-set",
            Self::ContextSet(_) => "context-set",
            Self::GapNoted(_) => "gap-noted",
            Self::ClockCorrected(_) => "clock-corrected",
            Self::Imported(_) => "imported",
            Self::Erased(_) => "erased",
            Self::Carried(_) => "carried",
            Self::YearClosed(_) => "year-closed",
            Self::Linked(_) => "linked",
            Self::Unlinked(_) => "unlinked",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Reads the fields of a kind.
    pub(super) fn read<'de, D: Deserializer<'de>>(kind: &str, fields: D) -> Result<Self, D::Error> {
        Ok(match kind {
            "answered" => Self::Answered(Box::deserialize(fields)?),
            "hinted" => Self::Hinted(Deserialize::deserialize(fields)?),
            "profile-set" => Self::ProfileSet(Deserialize::deserialize(fields)?),
            "class-set" => Self::ClassSet(Deserialize::deserialize(fields)?),
            "staff-set" => Self::StaffSet(Deserialize::deserialize(fields)?),
            "settings-set" => Self::SettingsSet(Deserialize::deserialize(fields)?),
            "token-set" => Self::TokenSet(Deserialize::deserialize(fields)?),
            "pack-set" => Self::PackSet(Deserialize::deserialize(fields)?),
            "context-set" => Self::ContextSet(Deserialize::deserialize(fields)?),
            "gap-noted" => Self::GapNoted(Deserialize::deserialize(fields)?),
            "clock-corrected" => Self::ClockCorrected(Deserialize::deserialize(fields)?),
            "imported" => Self::Imported(Deserialize::deserialize(fields)?),
            "erased" => Self::Erased(Deserialize::deserialize(fields)?),
            "carried" => Self::Carried(Deserialize::deserialize(fields)?),
            "year-closed" => Self::YearClosed(Deserialize::deserialize(fields)?),
            "linked" => Self::Linked(Deserialize::deserialize(fields)?),
            "unlinked" => Self::Unlinked(Deserialize::deserialize(fields)?),
            "unknown" => Self::Unknown(Deserialize::deserialize(fields)?),
            _ => {
                return Err(serde::de::Error::custom("a kind of event that this program does not know, without “raw”"));
            }
        })
    }

    /// The fields of an event.
    pub(super) fn of(body: &EventBody, secrets: Secrets) -> Self {
        let mut own = match body {
            EventBody::Answered(a) => Self::Answered(Box::new((&**a).into())),
            EventBody::Hinted(h) => Self::Hinted(h.into()),
            EventBody::ProfileSet(p) => Self::ProfileSet(p.into()),
            EventBody::ClassSet(c) => Self::ClassSet(c.into()),
            EventBody::StaffSet(s) => Self::StaffSet(s.into()),
            EventBody::SettingsSet(s) => Self::SettingsSet(s.into()),
            EventBody::TokenSet(t) => Self::TokenSet(t.into()),
            EventBody::PackSet(p) => Self::PackSet(p.into()),
            EventBody::ContextSet(c) => Self::ContextSet(c.into()),
            EventBody::GapNoted { from, to } => Self::GapNoted(GapNoted { from: *from, to: *to }),
            EventBody::ClockCorrected { boot, offset_ms } => {
                Self::ClockCorrected(ClockCorrected { of_boot: (*boot).into(), offset_ms: *offset_ms })
            }
            EventBody::Imported { ranges } => Self::Imported(Imported { ranges: ranges.clone() }),
            EventBody::Erased { learner } => Self::Erased(Erased { forgotten: *learner }),
            EventBody::Carried(c) => Self::Carried(c.into()),
            EventBody::YearClosed(y) => Self::YearClosed(y.into()),
            EventBody::Linked { learner, to } => Self::Linked(Linked { joined: *learner, to: *to }),
            EventBody::Unlinked { learner } => Self::Unlinked(Unlinked { parted: *learner }),
            EventBody::Unknown { kind } => Self::Unknown(Unknown { kind: *kind }),
        };
        if secrets == Secrets::LeftOut {
            own.leave_out_secrets();
        }
        own
    }

    fn leave_out_secrets(&mut self) {
        match self {
            Self::ProfileSet(p) => (p.code, p.card) = (None, None),
            Self::StaffSet(s) => s.password = None,
            Self::TokenSet(t) => t.hash = None,
            Self::Carried(c) => c.rows = None,
            Self::Answered(_) | Self::Hinted(_) | Self::ClassSet(_) | Self::SettingsSet(_) => {}
            Self::PackSet(_) | Self::ContextSet(_) | Self::GapNoted(_) | Self::ClockCorrected(_) => {}
            Self::Imported(_) | Self::Erased(_) | Self::YearClosed(_) => {}
            Self::Linked(_) | Self::Unlinked(_) | Self::Unknown(_) => {}
        }
    }

    /// What happened.
    pub(super) fn body(self) -> Result<EventBody, TextError> {
        Ok(match self {
            Self::Answered(a) => EventBody::Answered(Box::new((*a).try_into()?)),
            Self::Hinted(h) => EventBody::Hinted(h.try_into()?),
            Self::ProfileSet(p) => EventBody::ProfileSet(p.into()),
            Self::ClassSet(c) => EventBody::ClassSet(c.into()),
            Self::StaffSet(s) => EventBody::StaffSet(s.try_into()?),
            Self::SettingsSet(s) => EventBody::SettingsSet(s.into()),
            Self::TokenSet(t) => EventBody::TokenSet(t.try_into()?),
            Self::PackSet(p) => EventBody::PackSet(p.into()),
            Self::ContextSet(c) => EventBody::ContextSet(c.into()),
            Self::GapNoted(g) => EventBody::GapNoted { from: g.from, to: g.to },
            Self::ClockCorrected(c) => EventBody::ClockCorrected { boot: c.of_boot.into(), offset_ms: c.offset_ms },
            Self::Imported(i) => EventBody::Imported { ranges: i.ranges },
            Self::Erased(e) => EventBody::Erased { learner: e.forgotten },
            Self::Carried(c) => EventBody::Carried(c.try_into()?),
            Self::YearClosed(y) => EventBody::YearClosed(y.into()),
            Self::Linked(l) => EventBody::Linked { learner: l.joined, to: l.to },
            Self::Unlinked(u) => EventBody::Unlinked { learner: u.parted },
            Self::Unknown(u) => EventBody::Unknown { kind: u.kind },
        })
    }
}

impl From<&event::Answered> for Answered {
    fn from(a: &event::Answered) -> Self {
        Self {
            asked: rfc3339(a.asked_ms),
            item: a.item,
            skill: a.skill.clone(),
            plugin: a.plugin,
            step: a.step,
            seed: a.seed,
            locale: a.locale.clone(),
            context: a.context,
            format: a.format.clone(),
            mode: a.mode,
            response: a.response.clone(),
            help: a.help,
            elapsed_ms: a.elapsed_ms,
            score: a.score,
            fault: a.fault.clone(),
            misconception: a.misconception.clone(),
            d: a.d,
            expected: a.expected,
            lambda: a.lambda,
            pace: a.pace,
            guess: a.guess,
            slip: a.slip,
            guess_fixed: a.guess_fixed,
            learn: a.learn,
            mixed_formats: a.mixed_formats,
            mastery: a.mastery,
            state: a.state,
        }
    }
}

impl TryFrom<Answered> for event::Answered {
    type Error = TextError;
    fn try_from(a: Answered) -> Result<Self, TextError> {
        Ok(Self {
            asked_ms: ms(&a.asked, "asked")?,
            item: a.item,
            skill: a.skill,
            plugin: a.plugin,
            step: a.step,
            seed: a.seed,
            locale: a.locale,
            context: a.context,
            format: a.format,
            mode: a.mode,
            response: a.response,
            help: a.help,
            elapsed_ms: a.elapsed_ms,
            score: a.score,
            fault: a.fault,
            misconception: a.misconception,
            d: a.d,
            expected: a.expected,
            lambda: a.lambda,
            pace: a.pace,
            guess: a.guess,
            slip: a.slip,
            guess_fixed: a.guess_fixed,
            learn: a.learn,
            mixed_formats: a.mixed_formats,
            mastery: a.mastery,
            state: a.state,
        })
    }
}

impl From<&event::Hinted> for Hinted {
    fn from(h: &event::Hinted) -> Self {
        Self {
            asked: Some(h.asked_ms).filter(|ms| *ms > 0).map(rfc3339),
            item: h.item,
            skill: h.skill.clone(),
            level: h.level,
        }
    }
}

impl TryFrom<Hinted> for event::Hinted {
    type Error = TextError;
    fn try_from(h: Hinted) -> Result<Self, TextError> {
        Ok(Self {
            asked_ms: h.asked.map_or(Ok(0), |asked| ms(&asked, "asked"))?,
            item: h.item,
            skill: h.skill,
            level: h.level,
        })
    }
}

impl From<&event::Profile> for ProfileSet {
    fn from(p: &event::Profile) -> Self {
        Self {
            profile: p.id,
            code: p.code.map(Hex),
            card: p.card.map(Hex),
            display_name: p.display_name.clone(),
            avatar: p.avatar,
            class: p.class,
            grade: p.grade,
            locale: p.locale.clone(),
            active: p.active,
        }
    }
}

impl From<ProfileSet> for event::Profile {
    fn from(p: ProfileSet) -> Self {
        Self {
            id: p.profile,
            code: p.code.map(|code| code.0),
            card: p.card.map(|card| card.0),
            display_name: p.display_name,
            avatar: p.avatar,
            class: p.class,
            grade: p.grade,
            locale: p.locale,
            active: p.active,
        }
    }
}

impl From<&event::Class> for ClassSet {
    fn from(c: &event::Class) -> Self {
        Self {
            class: c.id,
            name: c.name.clone(),
            grade: c.grade,
            teachers: c.teachers.clone(),
            open: c.open,
            picture: c.picture,
        }
    }
}

impl From<ClassSet> for event::Class {
    fn from(c: ClassSet) -> Self {
        Self { id: c.class, name: c.name, grade: c.grade, teachers: c.teachers, open: c.open, picture: c.picture }
    }
}

impl From<&event::Staff> for StaffSet {
    fn from(s: &event::Staff) -> Self {
        Self {
            member: s.id,
            password: Some(s.password.clone()),
            username: s.username.clone(),
            display_name: s.display_name.clone(),
            roles: s.roles.clone(),
            locale: s.locale.clone(),
            active: s.active,
        }
    }
}

impl TryFrom<StaffSet> for event::Staff {
    type Error = TextError;
    fn try_from(s: StaffSet) -> Result<Self, TextError> {
        Ok(Self {
            id: s.member,
            password: s.password.ok_or(TextError::Field { field: "password" })?,
            username: s.username,
            display_name: s.display_name,
            roles: s.roles,
            locale: s.locale,
            active: s.active,
        })
    }
}

impl From<&event::Settings> for SettingsSet {
    fn from(s: &event::Settings) -> Self {
        Self {
            school: s.school.clone(),
            locale: s.locale.clone(),
            country: s.country.clone(),
            zone: s.zone.clone(),
            demo: s.demo,
        }
    }
}

impl From<SettingsSet> for event::Settings {
    fn from(s: SettingsSet) -> Self {
        Self { school: s.school, locale: s.locale, country: s.country, zone: s.zone, demo: s.demo }
    }
}

impl From<&event::Token> for TokenSet {
    fn from(t: &event::Token) -> Self {
        Self { hash: Some(Hex(t.hash)), name: t.name.clone(), staff: t.staff, active: t.active }
    }
}

impl TryFrom<TokenSet> for event::Token {
    type Error = TextError;
    fn try_from(t: TokenSet) -> Result<Self, TextError> {
        Ok(Self {
            hash: t.hash.ok_or(TextError::Field { field: "hash" })?.0,
            name: t.name,
            staff: t.staff,
            active: t.active,
        })
    }
}

impl From<&event::PackSet> for PackSet {
    fn from(p: &event::PackSet) -> Self {
        Self { pack: p.id.clone(), state: p.state, version: p.version.clone(), hash: p.hash }
    }
}

impl From<PackSet> for event::PackSet {
    fn from(p: PackSet) -> Self {
        Self { id: p.pack, state: p.state, version: p.version, hash: p.hash }
    }
}

impl From<&event::ContextSet> for ContextSet {
    fn from(c: &event::ContextSet) -> Self {
        Self { country: c.country.clone(), locale: c.locale.clone(), hash: c.hash }
    }
}

impl From<ContextSet> for event::ContextSet {
    fn from(c: ContextSet) -> Self {
        Self { country: c.country, locale: c.locale, hash: c.hash }
    }
}

impl From<&event::Carried> for Carried {
    fn from(c: &event::Carried) -> Self {
        let rows = c.rows.iter().map(|(key, row)| (HexBytes(key.clone()), HexBytes(row.clone())));
        Self { rules: c.rules, rows: Some(rows.collect()) }
    }
}

impl TryFrom<Carried> for event::Carried {
    type Error = TextError;
    fn try_from(c: Carried) -> Result<Self, TextError> {
        let rows = c.rows.ok_or(TextError::Field { field: "rows" })?;
        Ok(Self { rules: c.rules, rows: rows.into_iter().map(|(key, row)| (key.0, row.0)).collect() })
    }
}

impl From<&event::YearClosed> for YearClosed {
    fn from(y: &event::YearClosed) -> Self {
        Self { year: y.name.clone(), carried_from: y.carried_from, carried_to: y.carried_to, others: y.others.clone() }
    }
}

impl From<YearClosed> for event::YearClosed {
    fn from(y: YearClosed) -> Self {
        Self { name: y.year, carried_from: y.carried_from, carried_to: y.carried_to, others: y.others }
    }
}
