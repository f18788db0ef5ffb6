//! Facts: what happened at the school, in the form in which it is kept for ever.
//!
//! Every state is computed from these (see `docs/ARCHITECTURE.md`); nothing here is ever changed after it was
//! stored. How an event is written as bytes is the store's affair (`docs/store-format.md`).

use crate::ids::{BoxId, ClassId, ClientId, ContextHash, EventId, ItemKey, LearnerId, PackHash, SkillId, StaffId};
use crate::item::Response;
use serde::{Deserialize, Serialize};

/// A hybrid logical clock: 48 bits of milliseconds since 1970, 16 bits of counter. Grows on one box, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc(pub u64);

impl Hlc {
    /// The first moment of a millisecond.
    pub fn from_ms(ms: u64) -> Self {
        Self(ms << 16)
    }
    /// Milliseconds since 1970.
    pub fn ms(self) -> u64 {
        self.0 >> 16
    }
}

/// Whether the box knew what time it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockTrust {
    /// The clock was plausible.
    Trusted,
    /// Only order and distance are right.
    Guessed,
}

/// Which sending this is: made before the first send, so that sending twice counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SendKey {
    /// Who sends.
    pub client: ClientId,
    /// 1, 2, 3, … of that sender.
    pub cseq: u64,
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The box itself.
    Box,
    /// A learner.
    Learner(LearnerId),
    /// A member of staff.
    Staff(StaffId),
}

/// What is handed to the store; it adds identity, order and time of receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct EventDraft {
    /// When it happened, if that is not the time of receipt. Milliseconds since 1970.
    pub at_ms: Option<u64>,
    /// Which sending this is; administration has none.
    pub send: Option<SendKey>,
    /// Whose history it belongs to.
    pub learner: Option<LearnerId>,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub body: EventBody,
}

/// A stored fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identity.
    pub id: EventId,
    /// When it was received.
    pub hlc: Hlc,
    /// When it happened; equal to `hlc` but for late answers and back-dated evidence.
    pub at: Hlc,
    /// Which start of the box (random).
    pub boot: u64,
    /// Milliseconds since that start.
    pub mono_ms: u64,
    /// Whether the clock was plausible.
    pub clock: ClockTrust,
    /// Which sending this was.
    pub send: Option<SendKey>,
    /// Whose history it belongs to.
    pub learner: Option<LearnerId>,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub body: EventBody,
}

/// Events of another box, from a number to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxRange {
    /// Whose.
    #[serde(rename = "box")]
    pub box_id: BoxId,
    /// First number.
    pub from: u64,
    /// Last number.
    pub to: u64,
}

/// What happened, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum EventBody {
    /// A response to an item, with everything that was decided on it.
    Answered(Box<Answered>),
    /// A hint was asked for (stored before it is shown).
    Hinted(Hinted),
    /// A learner's profile, whole.
    ProfileSet(Profile),
    /// A class, whole.
    ClassSet(Class),
    /// A member of staff, whole.
    StaffSet(Staff),
    /// The school's settings, whole.
    SettingsSet(Settings),
    /// A token for programs was made or taken back.
    TokenSet(Token),
    /// A pack was switched on or off.
    PackSet(PackSet),
    /// A local context became the school's; kept by its hash for re-scoring.
    ContextSet(ContextSet),
    /// Numbers that were given out and cannot be found any more.
    GapNoted {
        /// First missing number.
        from: u64,
        /// Last missing number.
        to: u64,
    },
    /// The true time became known.
    ClockCorrected {
        /// Which start of the box it is about.
        boot: u64,
        /// Milliseconds to add to times of that start.
        offset_ms: i64,
    },
    /// Events of other boxes came in (a backup, another box's stick), and count from here on.
    Imported {
        /// Which.
        ranges: Vec<BoxRange>,
    },
    /// A learner is to be forgotten: everything that carries this id.
    Erased {
        /// Whom.
        learner: LearnerId,
    },
    /// Rows of the views as they stood when a school year was closed. Folding passes over them; only where the events
    /// before are gone does it begin with them.
    Carried(Carried),
    /// A school year was closed: what stood at its end is in the `Carried` events right before.
    YearClosed(YearClosed),
    /// A learner is the same child as another one: entered on two boxes, or twice. What is known is known of the child.
    Linked {
        /// Who does not stand alone any more.
        learner: LearnerId,
        /// As whom the child goes on.
        to: LearnerId,
    },
    /// They were two children after all.
    Unlinked {
        /// Who stands alone again.
        learner: LearnerId,
    },
    /// A kind that this version does not know: kept and skipped.
    Unknown {
        /// Its number in the stored format.
        kind: u32,
    },
}

/// Rows of the views as they stood, of one learner (the event's) or of nobody in particular. What is in them is the
/// store's and the rules' affair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Version of the rules that wrote the rows.
    pub rules: u32,
    /// Keys and rows, in the order of the keys.
    pub rows: Vec<(Vec<u8>, Vec<u8>)>,
}

/// The end of a school year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearClosed {
    /// What people call the year, 1 to 40 characters.
    pub name: String,
    /// Number of the first event that carries rows; everything of this box before it is in them.
    pub carried_from: u64,
    /// Number of the last event that carries rows.
    pub carried_to: u64,
    /// Up to which numbers events of other boxes are in them.
    pub others: Vec<BoxRange>,
}

/// In what frame of mind an item was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Finding where to start.
    Placement,
    /// In or right after a lesson.
    Teach,
    /// Practice.
    Practise,
    /// "Show it": without hints.
    Show,
    /// Before it is forgotten.
    Review,
    /// Summative.
    CheckUp,
}

/// How fast a response was against the item's own median.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// Not known yet, or as usual.
    Usual,
    /// Faster than anyone could read: not counted.
    Rapid,
    /// Faster than the median.
    Faster,
    /// Slower than twice the median.
    Slower,
}

/// The state of a skill for a learner (mastery model §1); the API's `state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkillState {
    /// A prerequisite is not known.
    NotStarted,
    /// May be begun.
    Ready,
    /// Begun.
    Learning,
    /// Taken to be known from placement or from what rests on it; not shown yet.
    Credited,
    /// Shown by the learner's own answers.
    Mastered,
    /// Shown again days later.
    Secure,
    /// Forgotten in a review; still mastered.
    Refresh,
    /// Left alone for some days.
    Resting,
}

/// A response and everything that was decided on it. What the fold needs from elsewhere (the map's guess and slip,
/// other learners' answers) stands in it as fact, so that one learner's states can be computed from one learner's events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// Which handed-out item; it takes one response.
    pub item: ItemKey,
    /// When the item was handed out. Milliseconds since 1970.
    pub asked_ms: u64,
    /// The skill.
    pub skill: SkillId,
    /// The pack whose plugin made and scored the item.
    pub plugin: PackHash,
    /// Difficulty asked, in quarters: 0 to 4.
    pub step: u8,
    /// The ask's seed.
    pub seed: u32,
    /// The ask's locale.
    pub locale: String,
    /// The ask's local context.
    pub context: ContextHash,
    /// The map's item type that the interaction amounts to (`num-entry`, `mc4`, …).
    pub format: String,
    /// Mode in which it was asked.
    pub mode: Mode,
    /// The learner's response, as scored (normalised).
    pub response: Response,
    /// Highest hint seen; 0 none.
    pub help: u8,
    /// From showing to answering, as the device says.
    pub elapsed_ms: u32,
    /// 0..=1; none when the tool failed.
    pub score: Option<f32>,
    /// Why there is no score.
    pub fault: Option<String>,
    /// A stable word of the tool's manifest.
    pub misconception: Option<String>,
    /// The item's difficulty with which it was scored.
    pub d: f64,
    /// P(correct) before the answer.
    pub expected: f64,
    /// Weight of the evidence, 0..=1.
    pub lambda: f64,
    /// Against the item's median.
    pub pace: Pace,
    /// Chance of a right answer without the skill, for this format.
    pub guess: f64,
    /// Chance of a wrong answer with the skill.
    pub slip: f64,
    /// Whether the format fixes the guess.
    pub guess_fixed: bool,
    /// Chance to learn from one opportunity (T).
    pub learn: f64,
    /// Whether the skill has formats of different guess, so that mastery asks for one that cannot be guessed.
    pub mixed_formats: bool,
    /// p after the answer, as acknowledged. None: the box was putting its memory in order and could not say; then `d` and
    /// `expected` are not known either, and the fold takes them from the records as they are in the answer's place.
    pub mastery: Option<f64>,
    /// State after the answer, as acknowledged; none together with `mastery`.
    pub state: Option<SkillState>,
}

impl Answered {
    /// Whether belief was decided on when the answer was taken.
    pub fn decided(&self) -> bool {
        self.mastery.is_some()
    }
    /// Whether the score is right (help is judged apart).
    pub fn correct(&self) -> bool {
        self.score.is_some_and(|s| s >= crate::item::Verdict::RIGHT)
    }
}

/// A hint that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hinted {
    /// Which handed-out item.
    pub item: ItemKey,
    /// The item's skill.
    pub skill: SkillId,
    /// Which hint, from 1.
    pub level: u8,
    /// When the item was handed out, milliseconds since 1970; 0 in the first events of this kind, which did not say.
    pub asked_ms: u64,
}

/// A learner, whole. Names and codes stand here and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Who.
    pub id: LearnerId,
    /// As shown on the class page, 1 to 40 characters.
    pub display_name: String,
    /// Which drawn face, 0 to 29.
    pub avatar: u8,
    /// The class.
    pub class: ClassId,
    /// Grade that the learner is in, 0 pre-primary.
    pub grade: u8,
    /// HMAC-SHA-256 of the picture code with the box's key; none: only the teacher lets in. Never in an export.
    pub code: Option<[u8; 32]>,
    /// HMAC-SHA-256 of the token on the learner's card; none: there is no card. Never in an export.
    pub card: Option<[u8; 32]>,
    /// BCP 47; none: the school's.
    pub locale: Option<String>,
    /// False: has left.
    pub active: bool,
}

/// A class, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Which.
    pub id: ClassId,
    /// As people call it, 1 to 40 characters.
    pub name: String,
    /// Grade, 0 pre-primary.
    pub grade: u8,
    /// Who teaches it.
    pub teachers: Vec<StaffId>,
    /// Whether learners may sign in.
    pub open: bool,
    /// Which picture stands for it, 0 to 11.
    pub picture: u8,
}

/// What a member of staff may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffRole {
    /// Teaches classes.
    Teacher,
    /// Head of the school.
    Leader,
    /// Looks after the box.
    Technologist,
}

/// A member of staff, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Who.
    pub id: StaffId,
    /// To sign in with: 2 to 40 of letters, digits, `.`, `_`, `-`; compared in lower case.
    pub username: String,
    /// As shown.
    pub display_name: String,
    /// At least one; the chief one first.
    pub roles: Vec<StaffRole>,
    /// Argon2id, PHC format. Never in an export.
    pub password: String,
    /// BCP 47; none: the school's.
    pub locale: Option<String>,
    /// False: has left.
    pub active: bool,
}

/// The school's settings, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The school's name, 1 to 80 characters.
    pub school: String,
    /// Default language, BCP 47.
    pub locale: String,
    /// Country of the local context, ISO 3166-1 alpha-2 or `XX`.
    pub country: String,
    /// IANA time zone, for school days.
    pub zone: String,
    /// True: the invented demo school.
    pub demo: bool,
}

/// A token that a program signs in with instead of a person (`Authorization: Bearer`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// HMAC-SHA-256 of the token with the box's key: its identity.
    pub hash: [u8; 32],
    /// What it is for, 1 to 40 characters.
    pub name: String,
    /// As whom the program acts: the member of staff who made it.
    pub staff: StaffId,
    /// False: taken back.
    pub active: bool,
}

/// A pack was switched on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSet {
    /// The pack's own id (`org.chalkbox.counting`).
    pub id: String,
    /// Semver.
    pub version: String,
    /// Which bytes.
    pub hash: PackHash,
    /// What becomes of it.
    pub state: PackState,
}

/// What a pack may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackState {
    /// In use.
    Active,
    /// Switched off by a person.
    Off,
}

/// A local context in one language became the school's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextSet {
    /// ISO 3166-1 alpha-2 or `XX`.
    pub country: String,
    /// BCP 47.
    pub locale: String,
    /// Its hash; the context itself is a file of that name, kept as long as an event names it.
    pub hash: ContextHash,
}
