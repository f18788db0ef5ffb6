//! What is believed of a learner, and what to offer next.

use super::AskError;
use crate::{Chalkbox, StoreTrouble, views};
use chalkbox_domain::event::SkillState;
use chalkbox_domain::ids::{LearnerId, SkillId};
use chalkbox_domain::map::SkillSet;
use chalkbox_domain::model::implication::Beliefs;
use chalkbox_domain::model::records::SkillRecords;
use chalkbox_domain::model::state::LearnerRecord;
use chalkbox_domain::selection::cards::{self, CardKind, CardScene, Reason};

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

/// The API's word for a kind of card.
fn kind_name(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Placement => "placement",
        CardKind::Learn => "learn",
        CardKind::Practise => "practise",
        CardKind::Review => "review",
    }
}

impl Chalkbox {
    /// All that is believed of a learner, from the rows of the store.
    pub fn knowledge_of(&self, learner: LearnerId) -> Result<Knowledge, StoreTrouble> {
        let library = self.library();
        let map = library.map();
        let records = SkillRecords::from_rows(map, views::skill_records(self.store(), learner)?);
        let beliefs = Beliefs::of(map, &records, library.served());
        let states = map.numbers().map(|no| beliefs.state(no, &records)).collect();
        let mastery = map.numbers().map(|no| records.get(no).p).collect();
        Ok(Knowledge { beliefs, learner: self.learner_record(learner)?, states, mastery, records })
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
}
