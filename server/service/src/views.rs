//! How events become rows: the one place where stored facts are folded into what is looked up. Pure: equal events in
//! equal order give equal rows, so every row can be thrown away and made again. The order is that of receipt, also for an
//! answer that waited on a device (docs/decisions/0013).
//!
//! Rows of people and settings are JSON of the event's own value; rows of learning are the domain's records.

use crate::StoreTrouble;
use crate::people::People;
use chalkbox_domain::event::{Answered, ContextSet, Event, EventBody, PackSet, Token};
use chalkbox_domain::ids::{LearnerId, PackHash, SkillId, StaffId};
use chalkbox_domain::model::fold;
use chalkbox_domain::model::state::{ItemRecord, LearnerRecord, RecordError, SkillRecord};
use chalkbox_store::{Projection, Store, ViewKey, ViewPrefix, ViewReader, ViewWrites};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Display;

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
            EventBody::Erased { learner } => {
                out.delete(ViewKey::learner(*learner));
                out.delete(ViewKey::value(kind::LEARNER, &learner.0));
                for (key, _) in views.list(&ViewPrefix::skills_of(*learner)) {
                    out.delete(key);
                }
            }
            EventBody::Hinted(_)
            | EventBody::Imported { .. }
            | EventBody::Carried(_)
            | EventBody::YearClosed(_)
            | EventBody::GapNoted { .. }
            | EventBody::ClockCorrected { .. }
            | EventBody::Linked { .. }
            | EventBody::Unlinked { .. }
            | EventBody::Unknown { .. } => {}
        }
    }

    fn join(&self, from: LearnerId, to: LearnerId, views: &dyn ViewReader, out: &mut ViewWrites) {
        for (key, _) in views.list(&ViewPrefix::skills_of(from)) {
            join_record(views, out, (&key, to), SkillRecord::from_bytes, SkillRecord::joined, |r| {
                r.to_bytes().to_vec()
            });
        }
        let key = ViewKey::value(kind::LEARNER, &from.0);
        join_record(views, out, (&key, to), LearnerRecord::from_bytes, LearnerRecord::joined, |r| {
            r.to_bytes().to_vec()
        });
    }
}

/// Puts a learner's record together with the same one of another.
fn join_record<T: Clone>(
    views: &dyn ViewReader,
    out: &mut ViewWrites,
    (key, to): (&ViewKey, LearnerId),
    read: impl Fn(&[u8]) -> Result<T, RecordError>,
    joined: impl Fn(&T, &T) -> T,
    bytes: impl Fn(&T) -> Vec<u8>,
) {
    let Some(theirs) = key.for_learner(to) else { return };
    let mut record = |key: &ViewKey| match views.get(key).map(|row| read(&row)) {
        Some(Err(_)) => {
            out.found_damaged(key.clone());
            None
        }
        Some(Ok(record)) => Some(record),
        None => None,
    };
    let Some(one) = record(key) else { return };
    let both = record(&theirs).map_or_else(|| one.clone(), |other| joined(&other, &one));
    out.set(theirs, bytes(&both));
    out.delete(key.clone());
}

fn project_answer(answered: &Answered, learner: LearnerId, at_ms: u64, views: &dyn ViewReader, out: &mut ViewWrites) {
    let skill_key = ViewKey::skill(learner, &answered.skill);
    let learner_key = ViewKey::value(kind::LEARNER, &learner.0);
    let item_key = item_key(answered.plugin, &answered.skill, answered.step, &answered.format);
    let skill = record_in(views, out, &skill_key, SkillRecord::from_bytes, SkillRecord::default);
    let own = record_in(views, out, &learner_key, LearnerRecord::from_bytes, LearnerRecord::default);
    let item = record_in(views, out, &item_key, ItemRecord::from_bytes, || ItemRecord::start(answered.step));
    let (Some(mut skill), Some(mut own), Some(mut item)) = (skill, own, item) else { return };
    fold::apply(answered, at_ms, &mut skill, &mut own, &mut item);
    out.set(skill_key, skill.to_bytes().to_vec());
    out.set(learner_key, own.to_bytes().to_vec());
    out.set(item_key, item.to_bytes().to_vec());
}

/// A record as it stands, or as one begins; none for a row that is no record: going on from a fresh one would forget
/// what a child has shown.
fn record_in<T>(
    views: &dyn ViewReader,
    out: &mut ViewWrites,
    key: &ViewKey,
    read: impl Fn(&[u8]) -> Result<T, RecordError>,
    begin: impl Fn() -> T,
) -> Option<T> {
    let Some(bytes) = views.get(key) else { return Some(begin()) };
    let record = read(&bytes);
    if record.is_err() {
        out.found_damaged(key.clone());
    }
    record.ok()
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

/// A row read, or trouble: the next start folds all rows anew, and a damaged row is never taken for one that is not there.
fn sound<T, E: Display>(store: &Store, read: Result<T, E>) -> Result<T, StoreTrouble> {
    read.map_err(|error| {
        store.distrust_views();
        StoreTrouble::Failed(format!("a row is damaged ({error}); start the box again, it makes the rows anew"))
    })
}

fn row<T: DeserializeOwned>(store: &Store, key: &ViewKey) -> Result<Option<T>, StoreTrouble> {
    let bytes = store.view(key)?;
    bytes.map(|b| sound(store, serde_json::from_slice(&b))).transpose()
}

fn rows<T: DeserializeOwned>(store: &Store, prefix: &ViewPrefix) -> Result<Vec<T>, StoreTrouble> {
    let list = store.views(prefix)?;
    list.iter().map(|(_, bytes)| sound(store, serde_json::from_slice(bytes))).collect()
}

/// A learner's way with a skill so far.
pub(crate) fn skill_record(store: &Store, learner: LearnerId, skill: &SkillId) -> Result<SkillRecord, StoreTrouble> {
    let bytes = store.view(&ViewKey::skill(store.one_child(learner), skill))?;
    Ok(bytes.map(|b| sound(store, SkillRecord::from_bytes(&b))).transpose()?.unwrap_or_default())
}

/// A learner's records of all skills, by the four bytes that stand for a skill.
pub(crate) fn skill_records(store: &Store, learner: LearnerId) -> Result<Vec<([u8; 4], SkillRecord)>, StoreTrouble> {
    let list = store.views(&ViewPrefix::skills_of(store.one_child(learner)))?;
    let read = |(key, bytes): &(ViewKey, Vec<u8>)| {
        let record = sound(store, SkillRecord::from_bytes(bytes))?;
        Ok(key.of_skill().map(|skill| (skill, record)))
    };
    list.iter().filter_map(|row| read(row).transpose()).collect()
}

/// A learner's own record.
pub(crate) fn learner_record(store: &Store, learner: LearnerId) -> Result<LearnerRecord, StoreTrouble> {
    let bytes = store.view(&ViewKey::value(kind::LEARNER, &store.one_child(learner).0))?;
    Ok(bytes.map(|b| sound(store, LearnerRecord::from_bytes(&b))).transpose()?.unwrap_or_default())
}

/// An item's record; one that nobody has answered starts at its step.
pub(crate) fn item_record(
    store: &Store,
    plugin: PackHash,
    skill: &SkillId,
    step: u8,
    format: &str,
) -> Result<ItemRecord, StoreTrouble> {
    let bytes = store.view(&item_key(plugin, skill, step, format))?;
    let record = bytes.map(|b| sound(store, ItemRecord::from_bytes(&b))).transpose()?;
    Ok(record.unwrap_or_else(|| ItemRecord::start(step)))
}

/// Everybody and the settings, read from the rows.
///
/// # Errors
/// When a row cannot be read: a school whose settings are damaged is not one that was never set up.
pub fn people(store: &Store) -> Result<People, StoreTrouble> {
    let settings = row(store, &ViewKey::value(kind::SETTINGS, b""))?;
    let mut people = People { settings, links: store.links(), ..People::default() };
    for class in rows::<chalkbox_domain::event::Class>(store, &ViewPrefix::values(kind::CLASS))? {
        people.classes.insert(class.id, class);
    }
    for member in rows::<chalkbox_domain::event::Staff>(store, &ViewPrefix::values(kind::STAFF))? {
        people.staff.insert(member.id, member);
    }
    for profile in rows::<chalkbox_domain::event::Profile>(store, &ViewPrefix::learners())? {
        people.learners.insert(profile.id, profile);
    }
    Ok(people)
}

/// The newest word on each pack, and every pack that was ever active.
///
/// # Errors
/// When a row cannot be read.
pub fn packs(store: &Store) -> Result<(Vec<PackSet>, Vec<PackSet>), StoreTrouble> {
    Ok((rows(store, &ViewPrefix::values(kind::PACK))?, rows(store, &ViewPrefix::values(kind::PACK_HASH))?))
}

/// The local contexts that were put in force, the newest of each country and language.
///
/// # Errors
/// When a row cannot be read.
pub fn contexts(store: &Store) -> Result<Vec<ContextSet>, StoreTrouble> {
    rows(store, &ViewPrefix::values(kind::CONTEXT))
}

/// Every token of a program that was not taken back.
///
/// # Errors
/// When a row cannot be read.
pub fn tokens(store: &Store) -> Result<Vec<Token>, StoreTrouble> {
    let mut tokens: Vec<Token> = rows(store, &ViewPrefix::values(kind::TOKEN))?;
    tokens.retain(|token| token.active);
    Ok(tokens)
}

/// As whom a program acts.
///
/// # Errors
/// When the row cannot be read.
pub fn token_owner(store: &Store, hash: &[u8; 32]) -> Result<Option<StaffId>, StoreTrouble> {
    let token: Option<Token> = row(store, &ViewKey::value(kind::TOKEN, hash))?;
    Ok(token.filter(|t| t.active).map(|t| t.staff))
}
