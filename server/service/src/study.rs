//! A learner at work: the path with its three cards, items handed out and answered, hints and solutions (C5.3).
//!
//! An item is handed out without writing anything; its sealed text is the ask itself. A response is scored here by the
//! version of the tool that made the item, decided on by the rules of the domain, and acknowledged only when the disk
//! has it.

use crate::answer_shape::{self, ShapeFault};
use crate::live::Happening;
use crate::ports::RunError;
use crate::seal::{ITEM_LIFE_MS, SealedAsk};
use crate::views::{item_key, kind};
use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Actor, Answered, Event, EventBody, EventDraft, Hinted, Mode, SendKey, SkillState};
use chalkbox_domain::ids::{ClientId, EventId, ItemKey, LearnerId, PackHash, SkillId};
use chalkbox_domain::item::{Ask, Block, Interaction, Item, Response, Solution, Verdict};
use chalkbox_domain::map::{SkillNo, SkillSet};
use chalkbox_domain::model::fold::{self, Given, Outcome};
use chalkbox_domain::model::format::FormatFacts;
use chalkbox_domain::model::implication::Beliefs;
use chalkbox_domain::model::records::SkillRecords;
use chalkbox_domain::model::state::{ItemRecord, LearnerRecord, SkillRecord};
use chalkbox_domain::normalise;
use chalkbox_domain::selection::cards::{self, CardKind, CardScene, Reason};
use chalkbox_domain::selection::item::{self as choice, Offer};
use chalkbox_store::{StoreError, SubmitError, ViewKey, ViewPrefix};
use sha2::{Digest, Sha256};

/// Why no item was handed out.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// No such skill on the map.
    #[error("there is no such skill on the map")]
    UnknownSkill,
    /// No tool on this box serves the skill.
    #[error("no tool on this box serves this skill")]
    NoTool,
    /// There is nothing to offer: everything that tools serve is mastered.
    #[error("everything that this box has tools for is mastered")]
    NothingToOffer,
    /// All places for tools are taken.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// Every tool of the skill failed.
    #[error("the tool for {skill} gave no item; try another skill, and tell the technologist")]
    ToolsFailed {
        /// Which skill.
        skill: SkillId,
        /// The last tool's failure.
        #[source]
        source: RunError,
    },
    /// What was stored cannot be read.
    #[error("the learner's records cannot be read: {0}")]
    Store(String),
}

/// Why a response was not taken.
#[derive(Debug, thiserror::Error)]
pub enum RespondError {
    /// The seal is broken, or the item is another learner's.
    #[error("there is no such item")]
    NoSuchItem,
    /// Over 60 days.
    #[error("the item is over 60 days old; ask for a new one")]
    TooOld,
    /// The key is not a key.
    #[error("the Idempotency-Key is not a key")]
    BadKey,
    /// The response cannot be one to this item.
    #[error("{}: {}", .0.field, .0.message)]
    Shape(ShapeFault),
    /// The key came before with another item or response.
    #[error("this key came before with another item or response (event {first}); use a new key")]
    KeyUsed {
        /// What it was used for.
        first: EventId,
    },
    /// The item has its one response.
    #[error("the item was answered before (event {first}); ask for a new one")]
    AlreadyAnswered {
        /// The answer.
        first: EventId,
    },
    /// Too much waits.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The disk refused: nothing was taken.
    #[error("the answer could not be kept: {0}; keep it on the device and try again")]
    Store(String),
}

/// Why no hint was given.
#[derive(Debug, thiserror::Error)]
pub enum HintError {
    /// The seal is broken, or the item is another learner's.
    #[error("there is no such item")]
    NoSuchItem,
    /// Over 60 days.
    #[error("the item is over 60 days old; ask for a new one")]
    TooOld,
    /// No hint of that number.
    #[error("this item has hints 1 to {hints}")]
    NoSuchHint {
        /// How many there are.
        hints: u8,
    },
    /// The item is answered.
    #[error("the item is answered; look at its solution")]
    Answered,
    /// All places for tools are taken, or too much waits.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The tool failed.
    #[error("the tool gave no hint")]
    ToolFailed(#[source] RunError),
    /// The disk refused.
    #[error("the hint could not be noted: {0}")]
    Store(String),
}

/// Why no solution was shown.
#[derive(Debug, thiserror::Error)]
pub enum SolutionError {
    /// The seal is broken, or the item is another learner's.
    #[error("there is no such item")]
    NoSuchItem,
    /// Over 60 days.
    #[error("the item is over 60 days old; ask for a new one")]
    TooOld,
    /// Not answered yet.
    #[error("answer first; \"skipped\" is an answer")]
    NotAnswered,
    /// All places for tools are taken.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The tool failed.
    #[error("the tool gave no solution")]
    ToolFailed(#[source] RunError),
}

/// A learner's path.
#[derive(Debug, Clone)]
pub struct PathView {
    /// At most three, the best first.
    pub cards: Vec<CardView>,
    /// Mastered skills due to be seen again.
    pub reviews_due: u32,
    /// Mastered skills.
    pub mastered: u32,
    /// State of every skill, in the order of the map.
    pub states: Vec<SkillState>,
}

/// One card.
#[derive(Debug, Clone)]
pub struct CardView {
    /// Which skill.
    pub skill: SkillId,
    /// Its title in the asked language.
    pub title: String,
    /// What follows "I can …" in the asked language.
    pub can: String,
    /// The strand's id.
    pub strand: String,
    /// `placement`, `learn`, `practise` or `review`.
    pub kind: &'static str,
    /// Why it is offered.
    pub reason: Reason,
    /// Whether there is a lesson in the asked language or another.
    pub has_lesson: bool,
}

/// An item handed out.
#[derive(Debug, Clone)]
pub struct HandedItem {
    /// The sealed ask.
    pub item: String,
    /// Which skill.
    pub skill: SkillId,
    /// The item's language.
    pub locale: String,
    /// The pack that made it.
    pub plugin: PackHash,
    /// The pack's own id.
    pub plugin_id: String,
    /// Its version.
    pub plugin_version: String,
    /// In what frame of mind.
    pub mode: Mode,
    /// Difficulty in quarters.
    pub step: u8,
    /// The ask's seed, which also scatters dots.
    pub seed: u32,
    /// What is shown.
    pub body: Vec<Block>,
    /// How to answer.
    pub interaction: Interaction,
    /// How many hints there are; none when a skill is to be shown.
    pub hints: u8,
    /// Expected time.
    pub seconds: u16,
}

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
    /// Whether the skill became mastered by this answer.
    pub newly_mastered: bool,
    /// Highest hint seen before it.
    pub help: u8,
}

impl Reply {
    /// What a stored answer says; neither repeated nor newly mastered until its caller says so.
    fn of(answered: &Answered, verdict: Option<Verdict>, plugin: PackHash, event: EventId) -> Self {
        Self {
            score: answered.score,
            correct: answered.score.map(|_| answered.correct()),
            feedback: verdict.map(|v| v.feedback).unwrap_or_default(),
            plugin,
            skill: answered.skill.clone(),
            mastery: Some(answered.mastery),
            state: Some(answered.state),
            event,
            repeated: false,
            newly_mastered: false,
            help: answered.help,
        }
    }
}

/// All that is believed of a learner.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// The records.
    pub records: SkillRecords,
    /// What follows from them.
    pub beliefs: Beliefs,
    /// The learner's own record.
    pub learner: LearnerRecord,
    /// State of each skill, in the order of the map.
    pub states: Vec<SkillState>,
    /// p of each skill, in the order of the map.
    pub mastery: Vec<f64>,
}

/// A day, in milliseconds.
const DAY_MS: u64 = 24 * 3600 * 1000;

/// The API's word for a kind of card.
fn kind_name(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Placement => "placement",
        CardKind::Learn => "learn",
        CardKind::Practise => "practise",
        CardKind::Review => "review",
    }
}

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
    /// All that is believed of a learner, from the rows of the store.
    pub fn knowledge_of(&self, learner: LearnerId) -> Result<Knowledge, StoreTrouble> {
        let library = self.library();
        let map = library.map();
        let rows = self.store().views(&ViewPrefix::skills_of(learner))?;
        let records =
            rows.iter().filter_map(|(key, bytes)| Some((key.of_skill()?, SkillRecord::from_bytes(bytes).ok()?)));
        let records = SkillRecords::from_rows(map, records);
        let beliefs = Beliefs::of(map, &records, library.served());
        let states = map.numbers().map(|no| beliefs.state(no, &records)).collect();
        let mastery = map.numbers().map(|no| records.get(no).p).collect();
        Ok(Knowledge { beliefs, learner: self.learner_record(learner)?, states, mastery, records })
    }

    fn learner_record(&self, learner: LearnerId) -> Result<LearnerRecord, StoreTrouble> {
        let row = self.store().view(&ViewKey::value(kind::LEARNER, &learner.0))?;
        Ok(row.and_then(|b| LearnerRecord::from_bytes(&b).ok()).unwrap_or_default())
    }

    /// The cards that the rules offer, from what is believed.
    pub(crate) fn cards_from(&self, knowledge: &Knowledge, locale: &str) -> Vec<CardView> {
        let library = self.library();
        let map = library.map();
        let now = self.store().now_ms();
        let today = self.day_start_ms(now);
        let scene = CardScene {
            map,
            records: &knowledge.records,
            beliefs: &knowledge.beliefs,
            learner: &knowledge.learner,
            served: library.served(),
            days: cards::Days { today_ms: today, last_school_day_ms: self.last_school_day_ms(today) },
            plan: &SkillSet::default(),
            pinned: &[],
            reviews_due: &[],
        };
        let view = |card: cards::Card| CardView {
            skill: map.skill(card.skill).id.clone(),
            title: library.skill_title(card.skill, locale),
            can: library.skill_can(card.skill, locale),
            strand: map.strand_of(card.skill).id.clone(),
            kind: kind_name(card.kind),
            reason: card.reason,
            has_lesson: library.has_lesson(&map.skill(card.skill).id),
        };
        cards::next_cards(&scene).into_iter().map(view).collect()
    }

    /// The learner's path.
    pub fn path(&self, learner: LearnerId, locale: &str) -> Result<PathView, AskError> {
        let knowledge = self.knowledge_of(learner)?;
        let cards = self.cards_from(&knowledge, locale);
        let mastered = knowledge.records.mastered() as u32;
        Ok(PathView { cards, reviews_due: 0, mastered, states: knowledge.states })
    }

    /// Hands out an item of a skill, or of the first card.
    pub fn ask(&self, learner: LearnerId, skill: Option<&str>, locale: &str) -> Result<HandedItem, AskError> {
        self.ask_in(learner, skill, locale, None)
    }

    /// As [`Self::ask`], in a given mode: a lesson asks in *teach*.
    pub fn ask_in(
        &self,
        learner: LearnerId,
        skill: Option<&str>,
        locale: &str,
        mode: Option<Mode>,
    ) -> Result<HandedItem, AskError> {
        self.ask_of_moment(learner, skill, locale, mode, self.store().now_ms())
    }

    /// An item of the first card as if it were an earlier moment: for the invented past of the demo school.
    pub(crate) fn ask_at(&self, learner: LearnerId, locale: &str, asked_ms: u64) -> Result<HandedItem, AskError> {
        self.ask_of_moment(learner, None, locale, None, asked_ms)
    }

    /// The ask of an item that was just handed out.
    pub(crate) fn ask_of_item(&self, item: &HandedItem) -> Option<Ask> {
        let (sealed, _) = self.seal_key().open(&item.item)?;
        self.open_item(sealed.learner, &item.item).ok().map(|open| open.ask)
    }

    fn ask_of_moment(
        &self,
        learner: LearnerId,
        skill: Option<&str>,
        locale: &str,
        mode: Option<Mode>,
        now: u64,
    ) -> Result<HandedItem, AskError> {
        let library = self.library();
        let map = library.map();
        let no = match skill {
            Some(text) => {
                let id: SkillId = text.parse().map_err(|_| AskError::UnknownSkill)?;
                map.find(&id).ok_or(AskError::UnknownSkill)?
            }
            None => {
                let knowledge = self.knowledge_of(learner)?;
                let first = self.cards_from(&knowledge, locale).into_iter().next().ok_or(AskError::NothingToOffer)?;
                map.find(&first.skill).ok_or(AskError::UnknownSkill)?
            }
        };
        let id = map.skill(no).id.clone();
        let record = self.skill_record(learner, &id)?;
        let own = self.learner_record(learner)?;
        let mode = mode.unwrap_or_else(|| choice::mode(&FormatFacts::usual(map, no), &record, &own));
        let mut offers = self.offers(no, &id)?;
        if offers.is_empty() {
            return Err(AskError::NoTool);
        }
        let today = self.day_start_ms(now);
        let mut last_failure = RunError::Quarantined;
        while let Some(chosen) = choice::choose(&offers, &id, &record, &own, today, self.dice()) {
            let offer = offers[chosen.offer].clone();
            match self.hand_out(learner, &id, &offer, chosen.seed, mode, locale, now) {
                Ok(item) => return Ok(item),
                Err(RunError::Busy) => return Err(AskError::Busy),
                Err(failure) => {
                    tracing::warn!(plugin = %offer.plugin, skill = %id, error = %failure, "a tool gave no item");
                    offers.retain(|o| o.plugin != offer.plugin);
                    last_failure = failure;
                }
            }
        }
        Err(AskError::ToolsFailed { skill: id, source: last_failure })
    }

    fn skill_record(&self, learner: LearnerId, skill: &SkillId) -> Result<SkillRecord, StoreTrouble> {
        let row = self.store().view(&ViewKey::skill(learner, skill))?;
        Ok(row.and_then(|b| SkillRecord::from_bytes(&b).ok()).unwrap_or_default())
    }

    /// Every tool of the skill at every step, with the difficulty learnt so far.
    fn offers(&self, no: SkillNo, skill: &SkillId) -> Result<Vec<Offer>, StoreTrouble> {
        let library = self.library();
        let usual = FormatFacts::usual(library.map(), no);
        let mut offers = Vec::new();
        for plugin in library.tools_of(skill) {
            for step in 0..=4u8 {
                let forms = self.forms_of(plugin, skill, step);
                let (format, chances) =
                    forms.first().map_or((usual.format.as_str(), usual.chances), |f| (f.format.as_str(), f.chances));
                let row = self.store().view(&item_key(plugin, skill, step, format))?;
                let record =
                    row.and_then(|b| ItemRecord::from_bytes(&b).ok()).unwrap_or_else(|| ItemRecord::start(step));
                offers.push(Offer { plugin, step, d: record.d, chances });
            }
        }
        Ok(offers)
    }

    #[allow(clippy::too_many_arguments)]
    fn hand_out(
        &self,
        learner: LearnerId,
        skill: &SkillId,
        offer: &Offer,
        seed: u32,
        mode: Mode,
        locale: &str,
        now_ms: u64,
    ) -> Result<HandedItem, RunError> {
        let library = self.library();
        let locale = library.item_locale(offer.plugin, locale);
        let (context, context_hash) = library.context(&locale);
        let ask = Ask {
            skill: skill.clone(),
            difficulty: f32::from(offer.step) / 4.0,
            seed,
            locale: locale.clone(),
            context: context.clone(),
        };
        let item = self.plugins().generate(offer.plugin, &ask)?;
        let sealed = SealedAsk {
            learner,
            skill: ViewKey::skill_bytes(skill),
            plugin: prefix(offer.plugin),
            step: offer.step,
            seed,
            mode,
            asked_ms: now_ms,
            context: context_hash,
            locale: locale.clone(),
        };
        let (text, _) = self.seal_key().seal(&sealed);
        let (plugin_id, plugin_version) = library.plugin_name(offer.plugin);
        let hints = if mode == Mode::Show { 0 } else { item.hints };
        Ok(HandedItem {
            item: text,
            skill: skill.clone(),
            locale,
            plugin: offer.plugin,
            plugin_id,
            plugin_version,
            mode,
            step: offer.step,
            seed,
            body: item.body,
            interaction: item.interaction,
            hints,
            seconds: item.seconds,
        })
    }

    /// The item of a seal again, as it was handed out: for a page that was reloaded.
    pub fn item_again(&self, learner: LearnerId, text: &str) -> Result<HandedItem, HintError> {
        let opened = self
            .open_item(learner, text)
            .map_err(|e| if e == Closed::TooOld { HintError::TooOld } else { HintError::NoSuchItem })?;
        let item = self
            .plugins()
            .generate(opened.plugin, &opened.ask)
            .map_err(|e| if e == RunError::Busy { HintError::Busy } else { HintError::ToolFailed(e) })?;
        let (plugin_id, plugin_version) = self.library().plugin_name(opened.plugin);
        Ok(HandedItem {
            item: text.to_owned(),
            skill: opened.ask.skill.clone(),
            locale: opened.ask.locale.clone(),
            plugin: opened.plugin,
            plugin_id,
            plugin_version,
            mode: opened.sealed.mode,
            step: opened.sealed.step,
            seed: opened.sealed.seed,
            body: item.body,
            interaction: item.interaction,
            hints: if opened.sealed.mode == Mode::Show { 0 } else { item.hints },
            seconds: item.seconds,
        })
    }

    /// Takes a response.
    pub fn respond(&self, learner: LearnerId, draft: &ResponseDraft) -> Result<Reply, RespondError> {
        let opened = self
            .open_item(learner, &draft.item)
            .map_err(|e| if e == Closed::TooOld { RespondError::TooOld } else { RespondError::NoSuchItem })?;
        let send = match &draft.key {
            Some(key) => send_key(learner, key)?,
            None => once(learner, &draft.item),
        };
        // One learner's answers in turn: each is decided on from the one before.
        let _turn = self.turn_of(learner);
        if let Some(first) = self.store().first_by_send(send)? {
            return self.again(&first, &opened, &draft.response);
        }
        if let Some(first) = self.store().answer_to(learner, opened.key, opened.sealed.asked_ms)? {
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
        let help = self.help_seen(learner, &opened)?;
        let answered = self.decide(learner, &opened, item.as_ref(), draft, verdict.as_ref(), fault, help, at_ms)?;
        let was_mastered = self.skill_record(learner, &opened.ask.skill)?.status.is_mastered();
        let event = EventDraft {
            at_ms: Some(at_ms).filter(|at| *at < now),
            send: Some(send),
            learner: Some(learner),
            actor: Actor::Learner(learner),
            body: EventBody::Answered(Box::new(answered.clone())),
        };
        let ack = match self.store().submit(event) {
            Ok(ack) => ack,
            Err(SubmitError::Conflict { first }) => return Err(RespondError::KeyUsed { first }),
            Err(SubmitError::AlreadyAnswered { first }) => return Err(RespondError::AlreadyAnswered { first }),
            Err(other) => return Err(StoreTrouble::from(other).into()),
        };
        let mut reply = Reply::of(&answered, verdict, opened.plugin, ack.id);
        reply.repeated = ack.duplicate;
        reply.newly_mastered = !was_mastered && answered.state == SkillState::Mastered;
        if !ack.duplicate {
            self.tell_answer(learner, &answered, ack.id, at_ms);
        }
        Ok(reply)
    }

    fn again(&self, first: &Event, opened: &OpenItem, response: &Response) -> Result<Reply, RespondError> {
        match &first.body {
            EventBody::Answered(answered)
                if answered.item == opened.key
                    && answered.response == normalise::response(response, &opened.ask.locale) =>
            {
                let verdict = self.plugins().evaluate(opened.plugin, &opened.ask, response).ok();
                let mut reply = Reply::of(answered, verdict, opened.plugin, first.id);
                reply.repeated = true;
                reply.score = answered.score;
                reply.correct = answered.score.map(|_| answered.correct());
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
                tracing::warn!(plugin = %opened.plugin, skill = %opened.ask.skill, error = %failure, "a tool gave no verdict");
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
        facts.mixed_formats = facts.mixed_formats && self.gives_unguessable(skill);
        let record = self.skill_record(learner, skill)?;
        let own = self.learner_record(learner)?;
        let row = self.store().view(&item_key(opened.plugin, skill, opened.sealed.step, &facts.format))?;
        let of_item =
            row.and_then(|b| ItemRecord::from_bytes(&b).ok()).unwrap_or_else(|| ItemRecord::start(opened.sealed.step));
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
            response: normalise::response(&draft.response, &opened.ask.locale),
            help,
            elapsed_ms,
            score,
            fault,
            misconception: verdict.and_then(|v| v.misconception.clone()),
            d: decision.d,
            expected: decision.expected,
            lambda: decision.lambda,
            pace: decision.pace,
            guess: decision.guess,
            slip: decision.slip,
            guess_fixed: decision.guess_fixed,
            learn: decision.learn,
            mixed_formats: decision.mixed_formats,
            mastery: decision.mastery,
            state: decision.state,
        })
    }

    /// The state of one skill by the learner's own record or what the map says.
    fn state_of(&self, learner: LearnerId, no: SkillNo) -> Result<SkillState, StoreTrouble> {
        Ok(self.knowledge_of(learner)?.states[no.at()])
    }

    fn help_seen(&self, learner: LearnerId, opened: &OpenItem) -> Result<u8, StoreTrouble> {
        let events = self.store().events_of(learner, opened.sealed.asked_ms)?;
        let level = |e: &Event| match &e.body {
            EventBody::Hinted(h) if h.item == opened.key => h.level,
            _ => 0,
        };
        Ok(events.iter().map(level).max().unwrap_or(0))
    }

    fn tell_answer(&self, learner: LearnerId, answered: &Answered, event: EventId, at_ms: u64) {
        if let Some(class) = self.people().learner(learner).map(|p| p.class) {
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

    /// Gives a hint, after noting that it was given.
    pub fn hint(&self, learner: LearnerId, item: &str, level: u8) -> Result<(Vec<Block>, PackHash), HintError> {
        let opened = self
            .open_item(learner, item)
            .map_err(|e| if e == Closed::TooOld { HintError::TooOld } else { HintError::NoSuchItem })?;
        let failed = |e: RunError| if e == RunError::Busy { HintError::Busy } else { HintError::ToolFailed(e) };
        let made = self.plugins().generate(opened.plugin, &opened.ask).map_err(failed)?;
        let hints = if opened.sealed.mode == Mode::Show { 0 } else { made.hints };
        if level == 0 || level > hints {
            return Err(HintError::NoSuchHint { hints });
        }
        let _turn = self.turn_of(learner);
        if self.store().answer_to(learner, opened.key, opened.sealed.asked_ms)?.is_some() {
            return Err(HintError::Answered);
        }
        let blocks = self.plugins().hint(opened.plugin, &opened.ask, level).map_err(failed)?;
        if self.help_seen(learner, &opened)? < level {
            let body = EventBody::Hinted(Hinted { item: opened.key, skill: opened.ask.skill.clone(), level });
            let draft =
                EventDraft { at_ms: None, send: None, learner: Some(learner), actor: Actor::Learner(learner), body };
            self.store().submit(draft).map_err(StoreTrouble::from)?;
        }
        Ok((blocks, opened.plugin))
    }

    /// Shows how it is done, once the item is answered.
    pub fn solution(&self, learner: LearnerId, item: &str) -> Result<(Solution, PackHash), SolutionError> {
        let opened = self
            .open_item(learner, item)
            .map_err(|e| if e == Closed::TooOld { SolutionError::TooOld } else { SolutionError::NoSuchItem })?;
        let answered =
            self.store().answer_to(learner, opened.key, opened.sealed.asked_ms).map_err(|_| SolutionError::Busy)?;
        if answered.is_none() {
            return Err(SolutionError::NotAnswered);
        }
        let failed = |e: RunError| if e == RunError::Busy { SolutionError::Busy } else { SolutionError::ToolFailed(e) };
        let solution = self.plugins().solve(opened.plugin, &opened.ask).map_err(failed)?;
        Ok((solution, opened.plugin))
    }

    /// The learner's answer to an item, if there is one.
    pub fn answer_of(&self, learner: LearnerId, item: &str) -> Result<Option<Event>, HintError> {
        let opened = self
            .open_item(learner, item)
            .map_err(|e| if e == Closed::TooOld { HintError::TooOld } else { HintError::NoSuchItem })?;
        Ok(self.store().answer_to(learner, opened.key, opened.sealed.asked_ms)?)
    }

    fn open_item(&self, learner: LearnerId, text: &str) -> Result<OpenItem, Closed> {
        let (sealed, key) = self.seal_key().open(text).ok_or(Closed::NoSuchItem)?;
        if sealed.learner != learner {
            return Err(Closed::NoSuchItem);
        }
        if self.store().now_ms().saturating_sub(sealed.asked_ms) > ITEM_LIFE_MS {
            return Err(Closed::TooOld);
        }
        let library = self.library();
        let no = library.map().find_short(sealed.skill).ok_or(Closed::NoSuchItem)?;
        let plugin = library.plugin_by_prefix(sealed.plugin).ok_or(Closed::NoSuchItem)?;
        let context = self.context_by_hash(sealed.context, &sealed.locale).ok_or(Closed::NoSuchItem)?;
        let ask = Ask {
            skill: library.map().skill(no).id.clone(),
            difficulty: f32::from(sealed.step) / 4.0,
            seed: sealed.seed,
            locale: sealed.locale.clone(),
            context,
        };
        Ok(OpenItem { sealed, key, plugin, ask })
    }
}

/// First bytes of a pack's hash, as seals carry them.
pub(crate) fn prefix(plugin: PackHash) -> [u8; 8] {
    let mut bytes = [0u8; 8];
    bytes.copy_from_slice(&plugin.0[..8]);
    bytes
}

struct OpenItem {
    sealed: SealedAsk,
    key: ItemKey,
    plugin: PackHash,
    ask: Ask,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closed {
    NoSuchItem,
    TooOld,
}

macro_rules! from_trouble {
    ($($error:ident),*) => {$(
        impl From<StoreTrouble> for $error {
            fn from(trouble: StoreTrouble) -> Self {
                match trouble {
                    StoreTrouble::Busy => Self::Busy,
                    StoreTrouble::Failed(reason) => Self::Store(reason),
                }
            }
        }
        impl From<StoreError> for $error {
            fn from(error: StoreError) -> Self {
                StoreTrouble::from(error).into()
            }
        }
    )*};
}
from_trouble!(AskError, RespondError, HintError);

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
