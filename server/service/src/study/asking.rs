//! Handing out an item: which tool, at which step, sealed so that nothing need be written.

use super::{AskError, HintError, prefix};
use crate::ports::RunError;
use crate::seal::SealedAsk;
use crate::{Chalkbox, views};
use chalkbox_domain::event::Mode;
use chalkbox_domain::ids::{LearnerId, PackHash, SkillId};
use chalkbox_domain::item::{Ask, Block, Interaction};
use chalkbox_domain::map::SkillNo;
use chalkbox_domain::model::format::FormatFacts;
use chalkbox_domain::selection::item::{self as choice, Offer};
use chalkbox_store::ViewKey;

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

impl Chalkbox {
    /// Hands out an item of a skill, or of the first card.
    pub fn ask(&self, learner: LearnerId, skill: Option<&str>, locale: &str) -> Result<HandedItem, AskError> {
        self.ask_of_moment(learner, skill, locale, self.store().now_ms())
    }

    /// An item of the first card as if it were an earlier moment: for the invented past of the demo school.
    pub(crate) fn ask_at(&self, learner: LearnerId, locale: &str, asked_ms: u64) -> Result<HandedItem, AskError> {
        self.ask_of_moment(learner, None, locale, asked_ms)
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
        let mode = choice::mode(&FormatFacts::usual(map, no), &record, &own);
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

    /// Every tool of the skill at every step, with the difficulty learnt so far.
    fn offers(&self, no: SkillNo, skill: &SkillId) -> Result<Vec<Offer>, AskError> {
        let library = self.library();
        let usual = FormatFacts::usual(library.map(), no);
        let mut offers = Vec::new();
        for plugin in library.tools_of(skill) {
            for step in 0..=4u8 {
                let forms = self.forms_of(plugin, skill, step).map_err(|_| AskError::Busy)?.list;
                let (format, chances) =
                    forms.first().map_or((usual.format.as_str(), usual.chances), |f| (f.format.as_str(), f.chances));
                let record = views::item_record(self.store(), plugin, skill, step, format)?;
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
        let opened = self.open_item(learner, text)?;
        let item = self.plugins().generate(opened.plugin, &opened.ask)?;
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
}
