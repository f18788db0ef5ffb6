//! Taking a response: shape, score, decision, and the disk before the word.

use super::{OpenItem, RespondError};
use crate::answer_shape;
use crate::live::Happening;
use crate::ports::RunError;
use crate::{Chalkbox, StoreTrouble, views};
use chalkbox_domain::event::{Actor, Answered, Event, EventBody, EventDraft, SendKey, SkillState};
use chalkbox_domain::ids::{ClientId, EventId, LearnerId, PackHash, SkillId};
use chalkbox_domain::item::{Block, Item, Response, Verdict};
use chalkbox_domain::map::SkillNo;
use chalkbox_domain::model::fold::{self, Given, Outcome};
use chalkbox_domain::model::format::FormatFacts;
use chalkbox_domain::normalise;
use chalkbox_store::SubmitError;
use sha2::{Digest, Sha256};

/// A response as it comes in.
#[derive(Debug, Clone)]
pub struct ResponseDraft {
    /// The sealed ask.
    pub item: String,
    /// Which sending this is.
    pub key: Option<String>,
    /// The response.
    pub response: Response,
    /// From showing to answering, in milliseconds.
    pub elapsed_ms: u64,
    /// How long ago it was given, in milliseconds.
    pub age_ms: Option<u64>,
}

/// What became of a response.
#[derive(Debug, Clone)]
pub struct Reply {
    /// 0..=1; none when the tool failed.
    pub score: Option<f32>,
    /// Whether it is right.
    pub correct: Option<bool>,
    /// For the learner.
    pub feedback: Vec<Block>,
    /// The pack that scored it.
    pub plugin: PackHash,
    /// The skill.
    pub skill: SkillId,
    /// p after it.
    pub mastery: Option<f64>,
    /// State after it.
    pub state: Option<SkillState>,
    /// The stored event.
    pub event: EventId,
    /// Whether it had come before.
    pub repeated: bool,
    /// Highest hint seen before it.
    pub help: u8,
}

impl Reply {
    /// What a stored answer says; not repeated until its caller says so.
    fn of(answered: &Answered, verdict: Option<Verdict>, plugin: PackHash, event: EventId) -> Self {
        Self {
            score: answered.score,
            correct: answered.score.map(|_| answered.correct()),
            feedback: verdict.map(|v| v.feedback).unwrap_or_default(),
            plugin,
            skill: answered.skill.clone(),
            mastery: answered.mastery,
            state: answered.state,
            event,
            repeated: false,
            help: answered.help,
        }
    }
}

/// What happened with an item since it was handed out.
pub(super) struct SinceAsked {
    /// Its answer.
    pub answer: Option<Event>,
    /// The highest hint that was shown; 0 none.
    pub help: u8,
}

/// A day, in milliseconds.
const DAY_MS: u64 = 24 * 3600 * 1000;

/// The sending that a key names (docs/store-format.md): `<32 hex digits>.<n>` is a browser's own count, anything else
/// is a client that sends once.
pub fn send_key(account: LearnerId, key: &str) -> Result<SendKey, RespondError> {
    let fits = (1..=64).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if !fits {
        return Err(RespondError::BadKey);
    }
    if let Some((client, n)) = key.split_once('.')
        && let Ok(client) = client.parse::<ClientId>()
        && !n.starts_with('0')
        && n.bytes().all(|b| b.is_ascii_digit())
        && let Ok(cseq) = n.parse::<u64>()
    {
        return Ok(SendKey { client, cseq });
    }
    Ok(once(account, key))
}

/// A client that sends once.
fn once(account: LearnerId, key: &str) -> SendKey {
    let hash: [u8; 32] =
        Sha256::new().chain_update(account.0).chain_update([0]).chain_update(key.as_bytes()).finalize().into();
    let mut client = [0u8; 16];
    client.copy_from_slice(&hash[..16]);
    SendKey { client: ClientId(client), cseq: 1 }
}

impl Chalkbox {
    /// Takes a response.
    pub fn respond(&self, learner: LearnerId, draft: &ResponseDraft) -> Result<Reply, RespondError> {
        // Needs no tool: one that rests or is gone must not let in what no item takes.
        answer_shape::bounds(&draft.response).map_err(RespondError::Shape)?;
        let opened = self.open_item(learner, &draft.item)?;
        // Stored under the entry that the item was handed out to: so a tablet that sends again is recognised.
        let entry = opened.sealed.learner;
        let send = match &draft.key {
            Some(key) => send_key(entry, key)?,
            None => once(entry, &draft.item),
        };
        // One learner's answers in turn: each is decided on from the one before.
        let _turn = self.turn_of(learner);
        self.still_here(learner)?;
        // From here on the response is what will be stored and scored: one spelling of the many that people type.
        let response = normalise::response(&draft.response, &opened.ask.locale);
        let draft = &ResponseDraft { response, ..draft.clone() };
        let since = self.since_asked(learner, &opened)?;
        match &since.answer {
            Some(first) if first.send == Some(send) => return self.again(first, &opened, &draft.response),
            _ => {}
        }
        // A key that came before, and not for this item, came for something else; what for need not be read.
        if let Some(first) = self.store().sent_before(send)? {
            return Err(RespondError::KeyUsed { first });
        }
        if let Some(first) = &since.answer {
            return Err(RespondError::AlreadyAnswered { first: first.id });
        }
        let item = self.plugins().generate(opened.plugin, &opened.ask);
        let item = match item {
            Ok(item) => Some(item),
            Err(RunError::Busy) => return Err(RespondError::Busy),
            Err(_) => None,
        };
        if let Some(item) = &item {
            answer_shape::check(&item.interaction, &draft.response).map_err(RespondError::Shape)?;
        }
        let (verdict, fault) = self.score(&opened, item.as_ref(), &draft.response)?;
        let now = self.store().now_ms();
        let at_ms = now
            .saturating_sub(draft.age_ms.unwrap_or(0))
            .max(opened.sealed.asked_ms)
            .min(now.max(opened.sealed.asked_ms));
        let answered =
            self.decide(learner, &opened, item.as_ref(), draft, verdict.as_ref(), fault, since.help, at_ms)?;
        let event = EventDraft {
            at_ms: Some(at_ms).filter(|at| *at < now),
            send: Some(send),
            learner: Some(entry),
            actor: Actor::Learner(entry),
            body: EventBody::Answered(Box::new(answered.clone())),
        };
        let ack = match self.store().submit(event) {
            Ok(ack) => ack,
            Err(SubmitError::Conflict { first }) => return Err(RespondError::KeyUsed { first }),
            Err(SubmitError::AlreadyAnswered { first }) => return Err(RespondError::AlreadyAnswered { first }),
            // Sent again it would be the same: a device must not keep it and wait for the box.
            Err(SubmitError::TooLarge { .. }) => return Err(RespondError::TooLarge),
            // Nothing of an erased child comes back, also not out of a tablet that held it until now.
            Err(SubmitError::Erased) => return Err(RespondError::NoSuchItem),
            Err(SubmitError::Unstorable) => return Err(RespondError::Unstorable),
            Err(other) => return Err(StoreTrouble::from(other).into()),
        };
        let mut reply = Reply::of(&answered, verdict, opened.plugin, ack.id);
        reply.repeated = ack.duplicate;
        if !ack.duplicate {
            self.tell_answer(learner, &answered, ack.id, at_ms);
        }
        Ok(reply)
    }

    /// The first reply, if this is the same sending: the same item and the same response, normalised.
    fn again(&self, first: &Event, opened: &OpenItem, response: &Response) -> Result<Reply, RespondError> {
        match &first.body {
            EventBody::Answered(answered) if answered.item == opened.key && answered.response == *response => {
                let verdict = match self.plugins().evaluate(opened.plugin, &opened.ask, response) {
                    Ok(verdict) => Some(verdict),
                    Err(RunError::Busy) => return Err(RespondError::Busy),
                    Err(_) => None,
                };
                let mut reply = Reply::of(answered, verdict, opened.plugin, first.id);
                reply.repeated = true;
                Ok(reply)
            }
            _ => Err(RespondError::KeyUsed { first: first.id }),
        }
    }

    /// The verdict, or why there is none: a tool that fails does not cost the child its answer.
    fn score(
        &self,
        opened: &OpenItem,
        item: Option<&Item>,
        response: &Response,
    ) -> Result<(Option<Verdict>, Option<String>), RespondError> {
        if item.is_none() {
            return Ok((None, Some("the tool could not make the item again".to_owned())));
        }
        match self.plugins().evaluate(opened.plugin, &opened.ask, response) {
            Ok(verdict) => Ok((Some(verdict), None)),
            Err(RunError::Busy) => Err(RespondError::Busy),
            Err(failure) => {
                // Not its words: they may quote what a child typed.
                let kind = failure.kind();
                tracing::warn!(plugin = %opened.plugin, skill = %opened.ask.skill, kind, "a tool gave no verdict");
                Ok((None, Some(failure.to_string())))
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "all that one answer is judged by, named one by one")]
    fn decide(
        &self,
        learner: LearnerId,
        opened: &OpenItem,
        item: Option<&Item>,
        draft: &ResponseDraft,
        verdict: Option<&Verdict>,
        fault: Option<String>,
        help: u8,
        at_ms: u64,
    ) -> Result<Answered, RespondError> {
        let library = self.library();
        let map = library.map();
        let skill = &opened.ask.skill;
        let no = map.find(skill).ok_or(RespondError::NoSuchItem)?;
        let mut facts = item.map_or_else(|| FormatFacts::usual(map, no), |item| FormatFacts::of(map, no, item));
        facts.mixed_formats =
            facts.mixed_formats && self.gives_unguessable(skill).map_err(|_: RunError| RespondError::Busy)?;
        // While the box puts its memory in order an answer is kept, and what it means is found when it is folded.
        let decided = self.store().is_ready();
        let record = self.skill_record(learner, skill)?;
        let own = self.learner_record(learner)?;
        let of_item = views::item_record(self.store(), opened.plugin, skill, opened.sealed.step, &facts.format)?;
        let score = verdict.map(|v| v.score);
        let elapsed_ms = draft.elapsed_ms.min(DAY_MS) as u32;
        // Medians of items are learnt by the rules on guessing, which need them; until then nothing counts as rapid.
        let given = Given {
            facts: facts.clone(),
            mode: opened.sealed.mode,
            lambda: fold::LAMBDA_ALONE,
            median_ms: None,
            // Looked at only where the answer leaves no state of its own: when the tool failed.
            state: if score.is_none() { self.state_of(learner, no)? } else { SkillState::Learning },
        };
        let outcome = Outcome { score, skipped: draft.response == Response::Skipped, help, elapsed_ms, at_ms };
        let decision = fold::decide(&given, &outcome, &record, &own, &of_item);
        Ok(Answered {
            item: opened.key,
            asked_ms: opened.sealed.asked_ms,
            skill: skill.clone(),
            plugin: opened.plugin,
            step: opened.sealed.step,
            seed: opened.sealed.seed,
            locale: opened.ask.locale.clone(),
            context: opened.sealed.context,
            format: facts.format,
            mode: opened.sealed.mode,
            response: draft.response.clone(),
            help,
            elapsed_ms,
            score,
            fault,
            misconception: verdict.and_then(|v| v.misconception.clone()),
            d: if decided { decision.d } else { 0.0 },
            expected: if decided { decision.expected } else { 0.0 },
            lambda: decision.lambda,
            pace: decision.pace,
            guess: decision.guess,
            slip: decision.slip,
            guess_fixed: decision.guess_fixed,
            learn: decision.learn,
            mixed_formats: decision.mixed_formats,
            mastery: decided.then_some(decision.mastery),
            state: decided.then_some(decision.state),
        })
    }

    /// The state of one skill by the learner's own record or what the map says.
    fn state_of(&self, learner: LearnerId, no: SkillNo) -> Result<SkillState, StoreTrouble> {
        Ok(self.knowledge_of(learner)?.states[no.at()])
    }

    /// What happened with an item since it was handed out.
    pub(super) fn since_asked(&self, learner: LearnerId, opened: &OpenItem) -> Result<SinceAsked, StoreTrouble> {
        let mut since = SinceAsked { answer: None, help: 0 };
        for event in self.store().events_of(learner, opened.sealed.asked_ms)? {
            match &event.body {
                EventBody::Hinted(h) if h.item == opened.key => since.help = since.help.max(h.level),
                EventBody::Answered(a) if a.item == opened.key => {
                    since.answer.get_or_insert(event);
                }
                _ => {}
            }
        }
        Ok(since)
    }

    fn tell_answer(&self, learner: LearnerId, answered: &Answered, event: EventId, at_ms: u64) {
        // A statement of its own: in the condition the people would stay locked while listeners are told.
        let class = self.people().learner(learner).map(|p| p.class);
        if let Some(class) = class {
            let happening = Happening::Answered {
                learner,
                skill: answered.skill.clone(),
                score: answered.score,
                state: answered.state,
                at_ms,
                event,
            };
            self.live().tell(class, &happening);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_s_key_counts_and_any_other_key_is_one_sending() {
        let learner = LearnerId([1; 16]);
        let own = send_key(learner, "0123456789abcdef0123456789abcdef.17").expect("a key");
        assert_eq!(own.cseq, 17);
        assert_eq!(own.client.to_string(), "0123456789abcdef0123456789abcdef");
        let once = send_key(learner, "attempt-1").expect("a key");
        assert_eq!(once.cseq, 1);
        assert_eq!(send_key(learner, "attempt-1").expect("a key"), once);
        assert_ne!(send_key(LearnerId([2; 16]), "attempt-1").expect("a key"), once);
        assert_eq!(send_key(learner, "0123456789abcdef0123456789abcdef.0").expect("a key").cseq, 1);
        for wrong in ["", "a b", "é", &"x".repeat(65), "a/b"] {
            assert!(matches!(send_key(learner, wrong), Err(RespondError::BadKey)), "{wrong}");
        }
    }
}
