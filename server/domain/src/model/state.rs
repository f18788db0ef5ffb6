//! The records in which a learner's and an item's state are kept, and their bytes. They are rows of the store that can
//! be thrown away: a fold of the events makes them again, byte for byte.
//!
//! Every record starts with a version byte and has a fixed layout, numbers little-endian, written down at its type.
//! A record that cannot be read is an error and never a fresh record: what needs it is refused, and the next start folds
//! all records anew.

use super::response::{D_EDGE, P_EDGE, P_START, THETA_EDGE, d_start};
use crate::event::SkillState;
use crate::ids::{PackHash, SkillId};

/// Bytes that are not the record they were taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Written by another version of the program.
    #[error("a {record} of version {version}, which this program does not know")]
    Version {
        /// Which record.
        record: &'static str,
        /// Its first byte.
        version: u8,
    },
    /// Too short or too long.
    #[error("a {record} of {length} bytes")]
    Length {
        /// Which record.
        record: &'static str,
        /// How many bytes there are.
        length: usize,
    },
    /// A field holds what it cannot hold.
    #[error("a {record} whose field {field} makes no sense")]
    Field {
        /// Which record.
        record: &'static str,
        /// Which field.
        field: &'static str,
    },
}

/// What is kept of a learner's way with a skill; [`SkillState`] follows from it and from the rest of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Never answered, never placed.
    #[default]
    Untouched,
    /// Begun.
    Learning,
    /// Placed here; not shown.
    Credited,
    /// Shown by own evidence.
    Mastered,
    /// Shown again days later.
    Secure,
    /// Forgotten in a review.
    Refresh,
    /// Left alone for some days.
    Resting,
}

impl Status {
    const ALL: [Status; 7] =
        [Self::Untouched, Self::Learning, Self::Credited, Self::Mastered, Self::Secure, Self::Refresh, Self::Resting];

    /// The state that follows without looking at the map; none: the map decides.
    pub fn state(self) -> Option<SkillState> {
        match self {
            Self::Untouched => None,
            Self::Learning => Some(SkillState::Learning),
            Self::Credited => Some(SkillState::Credited),
            Self::Mastered => Some(SkillState::Mastered),
            Self::Secure => Some(SkillState::Secure),
            Self::Refresh => Some(SkillState::Refresh),
            Self::Resting => Some(SkillState::Resting),
        }
    }

    /// Whether the learner has shown the skill (a skill to refresh is still mastered).
    pub fn is_mastered(self) -> bool {
        matches!(self, Self::Mastered | Self::Secure | Self::Refresh)
    }
}

/// One learner and one skill. 36 bytes: version 1, status 1, right 1, fixed 1, n 4, tries 4, p 8, mastered 8, last 8.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkillRecord {
    /// P(learner has the skill), within 1e−6 of 0 and 1 at most.
    pub p: f64,
    /// Answers that count.
    pub n: u32,
    /// All answers, also those too fast to count.
    pub tries: u32,
    /// Results of the last eight answers that count, the newest in the lowest bit, 1 right.
    pub right: u8,
    /// Of the same answers: 1 where the way of answering fixed the guess.
    pub fixed: u8,
    /// What is kept.
    pub status: Status,
    /// When it was mastered, milliseconds since 1970; 0: not.
    pub mastered_ms: u64,
    /// When it was last answered, milliseconds since 1970; 0: never.
    pub last_ms: u64,
}

impl Default for SkillRecord {
    fn default() -> Self {
        Self { p: P_START, n: 0, tries: 0, right: 0, fixed: 0, status: Status::Untouched, mastered_ms: 0, last_ms: 0 }
    }
}

impl SkillRecord {
    /// Bytes of a record.
    pub const LENGTH: usize = 36;
    const VERSION: u8 = 1;
    const NAME: &'static str = "skill record";

    /// Whether nothing at all is known of the learner's way with the skill.
    pub fn is_untouched(&self) -> bool {
        self.status == Status::Untouched && self.tries == 0 && self.n == 0
    }
    /// Right answers among the last `of` (8 at most) that count.
    pub fn right_of_last(&self, of: u32) -> u32 {
        (self.right & mask(of.min(self.n))).count_ones()
    }
    /// Of two records of one child and one skill the one that says more: the skill is mastered in it, or it rests on more answers,
    /// or on newer ones. Used where the answers themselves are gone.
    pub fn joined(&self, other: &Self) -> Self {
        let rank = |record: &Self| (record.status.is_mastered(), record.n, record.last_ms);
        let (more, less) = if rank(self) >= rank(other) { (self, other) } else { (other, self) };
        Self { tries: more.tries.saturating_add(less.tries), last_ms: more.last_ms.max(less.last_ms), ..*more }
    }
    /// Notes the result of an answer that counts.
    pub(super) fn note(&mut self, right: bool, fixed: bool) {
        self.right = self.right << 1 | u8::from(right);
        self.fixed = self.fixed << 1 | u8::from(fixed);
        self.n = self.n.saturating_add(1);
    }
    /// Whether all of the last four answers were of a kind that can be guessed by its format.
    pub(super) fn all_fixed_of_last_four(&self) -> bool {
        self.fixed & 0b1111 == 0b1111
    }

    /// The record as it is stored.
    pub fn to_bytes(&self) -> [u8; Self::LENGTH] {
        let mut out = Writer::<{ Self::LENGTH }>::new(Self::VERSION);
        out.put(&[self.status as u8, self.right, self.fixed]);
        out.put(&self.n.to_le_bytes());
        out.put(&self.tries.to_le_bytes());
        out.put(&self.p.to_le_bytes());
        out.put(&self.mastered_ms.to_le_bytes());
        out.put(&self.last_ms.to_le_bytes());
        out.bytes
    }
    /// Reads a stored record.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        let mut from = Reader::new(Self::NAME, Self::VERSION, Self::LENGTH, bytes)?;
        let status = from.byte();
        let record = Self {
            status: *Status::ALL.get(usize::from(status)).ok_or_else(|| from.wrong("status"))?,
            right: from.byte(),
            fixed: from.byte(),
            n: from.u32(),
            tries: from.u32(),
            p: from.f64(),
            mastered_ms: from.u64(),
            last_ms: from.u64(),
        };
        if !(P_EDGE..=1.0 - P_EDGE).contains(&record.p) {
            return Err(from.wrong("p"));
        }
        Ok(record)
    }
}

/// The lowest `of` bits.
fn mask(of: u32) -> u8 {
    if of >= 8 { u8::MAX } else { (1 << of) - 1 }
}

/// Which item it was, as far as that is needed not to give it again soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemMark {
    /// First four bytes of the plugin's hash.
    pub tool: [u8; 4],
    /// The skill's tag ([`tag`]).
    pub skill: u32,
    /// Difficulty step.
    pub step: u8,
    /// Seed.
    pub seed: u32,
}

impl ItemMark {
    /// The mark of an item.
    pub fn new(plugin: &PackHash, skill: &SkillId, step: u8, seed: u32) -> Self {
        Self { tool: short(plugin), skill: tag(skill.as_str()), step, seed }
    }
}

/// The first four bytes of a plugin's hash.
pub fn short(plugin: &PackHash) -> [u8; 4] {
    let [a, b, c, d, ..] = plugin.0;
    [a, b, c, d]
}

/// A small mark of a name (FNV-1a, 32 bits): good enough to tell recent items and domains apart, no key of anything.
pub fn tag(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// One learner. 128 bytes: version 1, items 1, activities 1, n_theta 4, theta 8, last 8, five item marks of 13
/// (tool 4, skill 4, step 1, seed 4), newest first, twenty domain tags of 2 (the low half of [`tag`]), newest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LearnerRecord {
    /// The learner's offset, within ±2.
    pub theta: f64,
    /// Updates of theta.
    pub n_theta: u32,
    /// When the learner last answered anything, milliseconds since 1970; 0: never.
    pub last_ms: u64,
    pub(crate) recent: Vec<ItemMark>,
    pub(crate) domains: Vec<u16>,
}

impl LearnerRecord {
    /// Bytes of a record.
    pub const LENGTH: usize = 128;
    /// How many items are remembered.
    pub const ITEMS: usize = 5;
    /// How many activities are remembered.
    pub const ACTIVITIES: usize = 20;
    /// After such a pause the next answer begins a new activity, also on the same skill.
    pub const PAUSE_MS: u64 = 30 * 60 * 1000;
    const VERSION: u8 = 1;
    const NAME: &'static str = "learner record";

    /// The last items answered, newest first.
    pub fn recent(&self) -> &[ItemMark] {
        &self.recent
    }
    /// Whether an item is among the last five.
    pub fn saw(&self, item: &ItemMark) -> bool {
        self.recent.contains(item)
    }
    /// Share of a domain in the last twenty activities, 0 where there is none.
    pub fn share_of(&self, domain: &str) -> f64 {
        if self.domains.is_empty() {
            return 0.0;
        }
        let mine = domain_tag(domain);
        self.domains.iter().filter(|d| **d == mine).count() as f64 / self.domains.len() as f64
    }

    /// Of two records of one child the one that rests on more answers; last seen is when either was. Used where the answers
    /// themselves are gone.
    pub fn joined(&self, other: &Self) -> Self {
        let rank = |record: &Self| (record.n_theta, record.last_ms);
        let more = if rank(self) >= rank(other) { self } else { other };
        Self { last_ms: self.last_ms.max(other.last_ms), ..more.clone() }
    }

    /// Notes that an item of a domain was answered. A new skill, or a pause before it, makes a new activity.
    pub(crate) fn note(&mut self, item: ItemMark, domain: &str, at_ms: u64) {
        let goes_on = self.recent.first().is_some_and(|last| last.skill == item.skill)
            && at_ms.saturating_sub(self.last_ms) < Self::PAUSE_MS;
        if !goes_on {
            self.domains.insert(0, domain_tag(domain));
            self.domains.truncate(Self::ACTIVITIES);
        }
        self.recent.insert(0, item);
        self.recent.truncate(Self::ITEMS);
        self.last_ms = self.last_ms.max(at_ms);
    }

    /// The record as it is stored.
    pub fn to_bytes(&self) -> [u8; Self::LENGTH] {
        let mut out = Writer::<{ Self::LENGTH }>::new(Self::VERSION);
        out.put(&[self.recent.len() as u8, self.domains.len() as u8]);
        out.put(&self.n_theta.to_le_bytes());
        out.put(&self.theta.to_le_bytes());
        out.put(&self.last_ms.to_le_bytes());
        for at in 0..Self::ITEMS {
            let item = self.recent.get(at).copied().unwrap_or(ItemMark { tool: [0; 4], skill: 0, step: 0, seed: 0 });
            out.put(&item.tool);
            out.put(&item.skill.to_le_bytes());
            out.put(&[item.step]);
            out.put(&item.seed.to_le_bytes());
        }
        for at in 0..Self::ACTIVITIES {
            out.put(&self.domains.get(at).copied().unwrap_or(0).to_le_bytes());
        }
        out.bytes
    }
    /// Reads a stored record.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        let mut from = Reader::new(Self::NAME, Self::VERSION, Self::LENGTH, bytes)?;
        let (items, activities) = (usize::from(from.byte()), usize::from(from.byte()));
        if items > Self::ITEMS || activities > Self::ACTIVITIES {
            return Err(from.wrong("counts"));
        }
        let (n_theta, theta, last_ms) = (from.u32(), from.f64(), from.u64());
        if !(-THETA_EDGE..=THETA_EDGE).contains(&theta) {
            return Err(from.wrong("theta"));
        }
        let mut recent: Vec<ItemMark> = (0..Self::ITEMS)
            .map(|_| ItemMark { tool: from.take(), skill: from.u32(), step: from.byte(), seed: from.u32() })
            .collect();
        let mut domains: Vec<u16> = (0..Self::ACTIVITIES).map(|_| u16::from_le_bytes(from.take())).collect();
        recent.truncate(items);
        domains.truncate(activities);
        Ok(Self { theta, n_theta, last_ms, recent, domains })
    }
}

fn domain_tag(domain: &str) -> u16 {
    tag(domain) as u16
}

/// One item: a tool, a skill, a difficulty step and a format, never a seed. 17 bytes: version 1, n_d 4, n_resp 4, d 8.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemRecord {
    /// Difficulty, within ±3.
    pub d: f64,
    /// Updates of d.
    pub n_d: u32,
    /// Responses.
    pub n_resp: u32,
}

impl ItemRecord {
    /// Bytes of a record.
    pub const LENGTH: usize = 17;
    const VERSION: u8 = 1;
    const NAME: &'static str = "item record";

    /// An item of that difficulty step (0 to 4) which nobody has answered yet.
    pub fn start(step: u8) -> Self {
        Self { d: d_start(step), n_d: 0, n_resp: 0 }
    }

    /// The record as it is stored.
    pub fn to_bytes(&self) -> [u8; Self::LENGTH] {
        let mut out = Writer::<{ Self::LENGTH }>::new(Self::VERSION);
        out.put(&self.n_d.to_le_bytes());
        out.put(&self.n_resp.to_le_bytes());
        out.put(&self.d.to_le_bytes());
        out.bytes
    }
    /// Reads a stored record.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        let mut from = Reader::new(Self::NAME, Self::VERSION, Self::LENGTH, bytes)?;
        let record = Self { n_d: from.u32(), n_resp: from.u32(), d: from.f64() };
        if !(-D_EDGE..=D_EDGE).contains(&record.d) {
            return Err(from.wrong("d"));
        }
        Ok(record)
    }
}

/// Writes a record of a fixed length front to back.
struct Writer<const N: usize> {
    bytes: [u8; N],
    at: usize,
}

impl<const N: usize> Writer<N> {
    fn new(version: u8) -> Self {
        let mut bytes = [0; N];
        bytes[0] = version;
        Self { bytes, at: 1 }
    }
    fn put(&mut self, field: &[u8]) {
        self.bytes[self.at..self.at + field.len()].copy_from_slice(field);
        self.at += field.len();
    }
}

/// Reads a record front to back; its length was checked at the start.
struct Reader<'a> {
    record: &'static str,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn new(record: &'static str, version: u8, length: usize, bytes: &'a [u8]) -> Result<Self, RecordError> {
        match bytes.split_first() {
            None => Err(RecordError::Length { record, length: 0 }),
            Some((&found, _)) if found != version => Err(RecordError::Version { record, version: found }),
            Some((_, rest)) if rest.len() + 1 == length => Ok(Self { record, rest }),
            Some(_) => Err(RecordError::Length { record, length: bytes.len() }),
        }
    }
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (field, rest) =
            self.rest.split_first_chunk::<N>().expect("the length was checked and the fields add up to it");
        self.rest = rest;
        *field
    }
    fn byte(&mut self) -> u8 {
        let [byte] = self.take();
        byte
    }
    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }
    fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.take())
    }
    fn f64(&mut self) -> f64 {
        f64::from_le_bytes(self.take())
    }
    fn wrong(&self, field: &'static str) -> RecordError {
        RecordError::Field { record: self.record, field }
    }
}

#[cfg(test)]
mod tests;
