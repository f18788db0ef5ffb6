//! A learner at work: the path with its three cards, items handed out and answered, hints and solutions (C5.3).
//!
//! An item is handed out without writing anything; its sealed text is the ask itself. A response is scored here by the
//! version of the tool that made the item, decided on by the rules of the domain, and acknowledged only when the disk
//! has it. What is believed of a learner and offered next is in `path`, handing out in `asking`, taking a response in
//! `answering`, hints and solutions in `helping`, every refusal in `faults`.

mod answering;
mod asking;
mod faults;
mod helping;
mod path;

pub use answering::{Reply, ResponseDraft, send_key};
pub use asking::HandedItem;
pub use faults::{AskError, HintError, RespondError, SolutionError};
pub use path::{CardView, Knowledge, PathView};

use crate::seal::{ITEM_LIFE_MS, SealedAsk};
use crate::{Chalkbox, StoreTrouble, views};
use chalkbox_domain::ids::{ItemKey, LearnerId, PackHash, SkillId};
use chalkbox_domain::item::Ask;
use chalkbox_domain::model::state::{LearnerRecord, SkillRecord};
use faults::Closed;

/// First bytes of a pack's hash, as seals carry them.
pub(crate) fn prefix(plugin: PackHash) -> [u8; 8] {
    let mut bytes = [0u8; 8];
    bytes.copy_from_slice(&plugin.0[..8]);
    bytes
}

/// An item as its seal gives it back.
struct OpenItem {
    sealed: SealedAsk,
    key: ItemKey,
    plugin: PackHash,
    ask: Ask,
}

impl Chalkbox {
    fn learner_record(&self, learner: LearnerId) -> Result<LearnerRecord, StoreTrouble> {
        views::learner_record(self.store(), learner)
    }

    pub(crate) fn skill_record(&self, learner: LearnerId, skill: &SkillId) -> Result<SkillRecord, StoreTrouble> {
        views::skill_record(self.store(), learner, skill)
    }

    /// Whoever is erased while an answer waits for its turn leaves nothing behind: asked under the turn, because an erasing
    /// takes the learner away under it.
    fn still_here(&self, learner: LearnerId) -> Result<(), Closed> {
        if self.people().learners.contains_key(&learner) { Ok(()) } else { Err(Closed::NoSuchItem) }
    }

    fn open_item(&self, learner: LearnerId, text: &str) -> Result<OpenItem, Closed> {
        let (sealed, key) = self.seal_key().open(text).ok_or(Closed::NoSuchItem)?;
        // It may have been handed out under another entry of the child.
        if sealed.learner != learner && self.people().links.one(sealed.learner) != learner {
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
