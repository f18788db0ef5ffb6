//! How events become rows: the one place where stored facts are folded into what is looked up. Pure: equal events in
//! equal order give equal rows, so every row can be thrown away and made again.
//!
//! Rows of people and settings are JSON of the event's own value; rows of learning are the domain's records.

use crate::people::People;
use chalkbox_domain::event::{Answered, ContextSet, Event, EventBody, PackSet, Token};
use chalkbox_domain::ids::{LearnerId, PackHash, SkillId, StaffId};
use chalkbox_domain::model::fold;
use chalkbox_domain::model::state::{ItemRecord, LearnerRecord, SkillRecord};
use chalkbox_store::{Projection, ViewKey, ViewPrefix, ViewReader, ViewWrites};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Kinds of the table `V`, final: a number is never used again for something else.
pub mod kind {
    /// The settings; one row without a name.
    pub const SETTINGS: u8 = 1;
    /// A class by its id.
    pub const CLASS: u8 = 2;
    /// A member of staff by id.
    pub const STAFF: u8 = 3;
    /// The newest word on a pack, by the pack's own id.
    pub const PACK: u8 = 4;
    /// Every pack that was ever active, by its hash.
    pub const PACK_HASH: u8 = 5;
    /// The newest local context, by country and locale with a zero byte between.
    pub const CONTEXT: u8 = 6;
    /// An item's record: first 8 bytes of the pack's hash, 4 of the skill's, step, format.
    pub const ITEM: u8 = 7;
    /// A token of a program, by its hash.
    pub const TOKEN: u8 = 8;
    /// A learner's own record (offset, last items), by id.
    pub const LEARNER: u8 = 9;
}

/// The rules as the store sees them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules;

impl Projection for Rules {
    fn version(&self) -> u32 {
        1
    }

    fn project(&self, event: &Event, views: &dyn ViewReader, out: &mut ViewWrites) {
        match &event.body {
            EventBody::Answered(answered) => {
                if let Some(learner) = event.learner {
                    project_answer(answered, learner, event.at.ms(), views, out);
                }
            }
            EventBody::ProfileSet(profile) => set_json(out, ViewKey::learner(profile.id), profile),
            EventBody::ClassSet(class) => set_json(out, ViewKey::value(kind::CLASS, &class.id.0), class),
            EventBody::StaffSet(member) => set_json(out, ViewKey::value(kind::STAFF, &member.id.0), member),
            EventBody::SettingsSet(settings) => set_json(out, ViewKey::value(kind::SETTINGS, b""), settings),
            EventBody::TokenSet(token) => set_json(out, ViewKey::value(kind::TOKEN, &token.hash), token),
            EventBody::PackSet(pack) => {
                set_json(out, ViewKey::value(kind::PACK, pack.id.as_bytes()), pack);
                set_json(out, ViewKey::value(kind::PACK_HASH, &pack.hash.0), pack);
            }
            EventBody::ContextSet(context) => {
                let name = [context.country.as_bytes(), &[0], context.locale.as_bytes()].concat();
                set_json(out, ViewKey::value(kind::CONTEXT, &name), context);
            }
            EventBody::Hinted(_)
            | EventBody::GapNoted { .. }
            | EventBody::ClockCorrected { .. }
            | EventBody::Unknown { .. } => {}
        }
    }
}

fn project_answer(answered: &Answered, learner: LearnerId, at_ms: u64, views: &dyn ViewReader, out: &mut ViewWrites) {
    let skill_key = ViewKey::skill(learner, &answered.skill);
    let learner_key = ViewKey::value(kind::LEARNER, &learner.0);
    let item_key = item_key(answered.plugin, &answered.skill, answered.step, &answered.format);
    let mut skill = views.get(&skill_key).and_then(|b| SkillRecord::from_bytes(&b).ok()).unwrap_or_default();
    let mut own = views.get(&learner_key).and_then(|b| LearnerRecord::from_bytes(&b).ok()).unwrap_or_default();
    let mut item = views
        .get(&item_key)
        .and_then(|b| ItemRecord::from_bytes(&b).ok())
        .unwrap_or_else(|| ItemRecord::start(answered.step));
    fold::apply(answered, at_ms, &mut skill, &mut own, &mut item);
    out.set(skill_key, skill.to_bytes().to_vec());
    out.set(learner_key, own.to_bytes().to_vec());
    out.set(item_key, item.to_bytes().to_vec());
}

/// Where an item's record lies.
pub fn item_key(plugin: PackHash, skill: &SkillId, step: u8, format: &str) -> ViewKey {
    let name = [&plugin.0[..8], &ViewKey::skill_bytes(skill), &[step], format.as_bytes()].concat();
    ViewKey::value(kind::ITEM, &name)
}

fn set_json<T: Serialize>(out: &mut ViewWrites, key: ViewKey, value: &T) {
    // A value of the domain always serialises: it holds neither maps with odd keys nor failing parts.
    if let Ok(bytes) = serde_json::to_vec(value) {
        out.set(key, bytes);
    }
}

fn rows<T: DeserializeOwned>(list: Vec<(ViewKey, Vec<u8>)>) -> Vec<T> {
    list.iter().filter_map(|(_, bytes)| serde_json::from_slice(bytes).ok()).collect()
}

/// Everybody and the settings, read from the rows.
pub fn people(views: &dyn ViewReader) -> People {
    let settings = views.get(&ViewKey::value(kind::SETTINGS, b"")).and_then(|b| serde_json::from_slice(&b).ok());
    let mut people = People { settings, ..People::default() };
    for class in rows::<chalkbox_domain::event::Class>(views.list(&ViewPrefix::values(kind::CLASS))) {
        people.classes.insert(class.id, class);
    }
    for member in rows::<chalkbox_domain::event::Staff>(views.list(&ViewPrefix::values(kind::STAFF))) {
        people.staff.insert(member.id, member);
    }
    for profile in rows::<chalkbox_domain::event::Profile>(views.list(&ViewPrefix::learners())) {
        people.learners.insert(profile.id, profile);
    }
    people
}

/// The newest word on each pack, and every pack that was ever active.
pub fn packs(views: &dyn ViewReader) -> (Vec<PackSet>, Vec<PackSet>) {
    (rows(views.list(&ViewPrefix::values(kind::PACK))), rows(views.list(&ViewPrefix::values(kind::PACK_HASH))))
}

/// The local contexts that were put in force, the newest of each country and language.
pub fn contexts(views: &dyn ViewReader) -> Vec<ContextSet> {
    rows(views.list(&ViewPrefix::values(kind::CONTEXT)))
}

/// Every token of a program that was not taken back.
pub fn tokens(views: &dyn ViewReader) -> Vec<Token> {
    let mut tokens: Vec<Token> = rows(views.list(&ViewPrefix::values(kind::TOKEN)));
    tokens.retain(|token| token.active);
    tokens
}

/// As whom a program acts.
pub fn token_owner(views: &dyn ViewReader, hash: &[u8; 32]) -> Option<StaffId> {
    let bytes = views.get(&ViewKey::value(kind::TOKEN, hash))?;
    let token: Token = serde_json::from_slice(&bytes).ok()?;
    token.active.then_some(token.staff)
}
