//! What is written. All of an event follows from its number, so that whoever reads it can tell whether it is intact.

use std::sync::OnceLock;

use chalkbox_domain::event::{Actor, Answered, Event, EventBody, EventDraft, SendKey};
use chalkbox_domain::ids::{ClientId, ItemKey, LearnerId};
use chalkbox_domain::item::Response;

/// About what an answer takes beside its text, in bytes.
const BESIDE_TEXT: usize = 190;
/// From this run on all events are answers of a usual size: for measuring speed.
pub const USUAL_ONLY: u64 = 0x8000;

/// An event's number: which run of a writing process, which thread of it, which event of that thread (from 0).
pub fn id(run: u64, writer: u64, n: u64) -> u64 {
    run << 40 | writer << 28 | n
}

/// Random numbers that are always the same.
pub struct Random(u64);

impl Random {
    /// Begins at a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// The next one (splitmix64).
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// A number below `bound`, which must not be 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// The length of an event's text: mostly short, now and then 2 KiB, seldom up to 40 KiB.
fn text_length(id: u64, random: &mut Random) -> usize {
    let kind = if id >> 40 >= USUAL_ONLY { 64 } else { random.below(64) };
    let length = match kind {
        0 => 4_096 + random.below(36_000),
        1..=4 => 2_048,
        _ => 10 + random.below(400),
    };
    length as usize
}

fn text(id: u64) -> String {
    let mut random = Random::new(id);
    let length = text_length(id, &mut random);
    let mut text = String::with_capacity(length + 8);
    while text.len() < length {
        text.extend(random.next().to_le_bytes().map(|byte| char::from(b'a' + byte % 26)));
    }
    text.truncate(length);
    text
}

/// An event's bytes, for systems that know only keys and values; as long as ours are.
pub fn value(id: u64) -> Vec<u8> {
    let mut value = text(id).into_bytes();
    let mut random = Random::new(!id);
    value.extend((0..BESIDE_TEXT.div_ceil(8)).flat_map(|_| random.next().to_le_bytes()));
    value
}

fn item(id: u64) -> ItemKey {
    let mut key = [0x5a; 16];
    key[..8].copy_from_slice(&id.to_be_bytes());
    ItemKey(key)
}

/// What all answers here have alike. Read from JSON, so that a new field of answers that has a default needs no change.
fn pattern() -> &'static Answered {
    static PATTERN: OnceLock<Answered> = OnceLock::new();
    PATTERN.get_or_init(|| {
        let pattern = serde_json::json!({
            "item": item(0), "asked_ms": 1_795_600_000_000_u64, "skill": "numeracy.add.within-10",
            "plugin": "07".repeat(32), "step": 2, "seed": 0, "locale": "fr", "context": "09".repeat(8),
            "format": "num-entry", "mode": "practise", "response": { "type": "text", "value": "" }, "help": 0,
            "elapsed_ms": 5300, "score": 1.0, "fault": null, "misconception": null, "d": 0.375, "expected": 0.625,
            "lambda": 1.0, "pace": "usual", "guess": 0.0625, "slip": 0.125, "guess_fixed": true, "learn": 0.125,
            "mixed_formats": false, "mastery": 0.75, "state": "learning",
        });
        serde_json::from_value(pattern).expect("an answer has these fields")
    })
}

/// The same event as an answer.
pub fn draft(id: u64) -> EventDraft {
    let mut answered = pattern().clone();
    answered.item = item(id);
    answered.seed = id as u32;
    answered.response = Response::Text { value: text(id) };
    // A learner gives a few answers and then the next one comes, as in a school.
    let mut learner = [0x11; 16];
    learner[..8].copy_from_slice(&(id >> 4).to_be_bytes());
    let mut client = [0x22; 16];
    client[..8].copy_from_slice(&(id >> 28).to_be_bytes());
    let learner = LearnerId(learner);
    EventDraft {
        at_ms: None,
        send: Some(SendKey { client: ClientId(client), cseq: (id & 0x0fff_ffff) + 1 }),
        learner: Some(learner),
        actor: Actor::Learner(learner),
        body: EventBody::Answered(Box::new(answered)),
    }
}

/// An event that was read back: its number, and whether it is what was written. None: not one of ours.
pub fn recognise(event: &Event) -> Option<(u64, bool)> {
    let EventBody::Answered(answered) = &event.body else { return None };
    let id = u64::from_be_bytes(answered.item.0[..8].try_into().ok()?);
    let draft = draft(id);
    let intact = event.body == draft.body
        && event.send == draft.send
        && event.learner == draft.learner
        && event.actor == draft.actor;
    Some((id, intact))
}

/// Another seed at each call of the program.
pub fn seed_of_now() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Random::new(now.as_nanos() as u64).next()
}
