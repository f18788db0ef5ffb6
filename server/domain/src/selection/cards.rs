//! The three cards: what a learner is offered next, and why (C5.3). The learner picks; picks are not scored.
//!
//! Only skills that some tool serves are offered, and never one whose prerequisites are missing.

use crate::event::SkillState;
use crate::map::{KnowledgeMap, SkillNo, SkillSet};
use crate::model::format::FormatFacts;
use crate::model::implication::Beliefs;
use crate::model::records::SkillRecords;
use crate::model::response;
use crate::model::state::LearnerRecord;
use serde::{Deserialize, Serialize};

/// How many cards there are, at most.
pub const CARDS: usize = 3;
/// Below this P(correct) of a middling item a skill is taught before it is practised.
pub const P_TEACH: f64 = 0.40;

/// Weights of the features in a skill's score; they need not sum to 1.
const UNLOCK: f64 = 0.25;
const P: f64 = 0.20;
const CONTINUITY: f64 = 0.15;
const PLAN: f64 = 0.25;
const BALANCE: f64 = 0.15;
const EARLY: f64 = 0.20;
/// From this p on one may say "almost there".
const P_ALMOST: f64 = 0.70;

/// What a card is for; the API's `kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardKind {
    /// Finding where to start.
    Placement,
    /// Begins with a lesson.
    Learn,
    /// Items.
    Practise,
    /// Something mastered, before it is forgotten.
    Review,
}

/// Why a card is there, as facts, so that every face can say it in its own words and language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// The teacher chose it.
    TeacherChose,
    /// It is in the teacher's plan of the week.
    InPlan,
    /// Many things become possible with it.
    OpensMost {
        /// Skills that rest on it and are not mastered yet.
        count: u16,
    },
    /// Begun earlier today.
    ContinueToday,
    /// Begun on the last school day.
    ContinueYesterday,
    /// Little is missing.
    AlmostThere,
    /// It comes early on the way.
    FirstOfAll,
    /// Its domain came short lately.
    LittleLately {
        /// Domain.
        domain: String,
    },
    /// For a change: the best of another domain.
    AnotherDomain {
        /// Domain.
        domain: String,
    },
    /// For a change: the best of another strand.
    AnotherStrand {
        /// Strand.
        strand: String,
    },
    /// Not tried, or least of all.
    SomethingNew,
    /// Just before it may be forgotten.
    ReviewDue,
}

/// One thing that is offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The skill.
    pub skill: SkillNo,
    /// What for.
    pub kind: CardKind,
    /// Why.
    pub reason: Reason,
}

/// Begins of days in milliseconds since 1970; time zone and calendar are the caller's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// When today began.
    pub today_ms: u64,
    /// When the last school day before today began.
    pub last_school_day_ms: u64,
}

/// All that the choice looks at.
#[derive(Debug, Clone, Copy)]
pub struct CardScene<'a> {
    /// The map.
    pub map: &'a KnowledgeMap,
    /// The learner's skills.
    pub records: &'a SkillRecords,
    /// What follows from them.
    pub beliefs: &'a Beliefs,
    /// The learner.
    pub learner: &'a LearnerRecord,
    /// Skills for which some tool of the box gives items.
    pub served: &'a SkillSet,
    /// Begins of days.
    pub days: Days,
    /// What the teacher planned for this week.
    pub plan: &'a SkillSet,
    /// What the teacher chose for this learner, in that order.
    pub pinned: &'a [SkillNo],
    /// Mastered skills to look at again, the most overdue first.
    pub reviews_due: &'a [SkillNo],
}

impl CardScene<'_> {
    /// Whether a skill may be offered at all: served, not locked, not resting, and not mastered.
    pub fn may_offer(&self, no: SkillNo) -> bool {
        self.served.contains(no)
            && self.beliefs.is_open(no)
            && matches!(self.beliefs.state(no, self.records), SkillState::Ready | SkillState::Learning)
    }

    /// *Learn* where a middling item would mostly go wrong, else *practise*.
    pub fn kind(&self, no: SkillNo) -> CardKind {
        let facts = FormatFacts::usual(self.map, no);
        let expected = response::expected(self.records.get(no).p, self.learner.theta, 0.0, &facts.chances);
        if expected < P_TEACH { CardKind::Learn } else { CardKind::Practise }
    }
}

/// The cards, best first: three where there is so much to offer, else fewer.
pub fn next_cards(scene: &CardScene) -> Vec<Card> {
    let scored = scored(scene);
    let mut cards: Vec<Card> = Vec::with_capacity(CARDS);
    for &no in scene.pinned.iter().filter(|no| scene.may_offer(**no)) {
        if cards.len() < CARDS && cards.iter().all(|c| c.skill != no) {
            cards.push(Card { skill: no, kind: scene.kind(no), reason: Reason::TeacherChose });
        }
    }
    if cards.is_empty() {
        cards.extend(scored.first().map(|best| Card {
            skill: best.no,
            kind: scene.kind(best.no),
            reason: best.reason(scene),
        }));
    }
    if cards.len() < 2 {
        cards.extend(other(scene, &scored, &cards));
    }
    if cards.len() < CARDS {
        cards.extend(review(scene).or_else(|| something_new(scene, &scored, &cards)));
    }
    // Too little to choose from for the rules above: the next best.
    for next in &scored {
        if cards.len() < CARDS && cards.iter().all(|c| c.skill != next.no) {
            cards.push(Card { skill: next.no, kind: scene.kind(next.no), reason: next.reason(scene) });
        }
    }
    cards
}

/// The best of another domain than the first card's, else of another strand.
fn other(scene: &CardScene, scored: &[Scored], cards: &[Card]) -> Option<Card> {
    let map = scene.map;
    let first = cards.first()?.skill;
    let domain = |no: SkillNo| map.strand_of(no).domain.as_str();
    let strand = |no: SkillNo| map.skill(no).strand;
    let card = |no: SkillNo, reason| Card { skill: no, kind: scene.kind(no), reason };
    if let Some(best) = scored.iter().find(|s| domain(s.no) != domain(first)) {
        return Some(card(best.no, Reason::AnotherDomain { domain: domain(best.no).to_owned() }));
    }
    let best = scored.iter().find(|s| strand(s.no) != strand(first))?;
    Some(card(best.no, Reason::AnotherStrand { strand: map.strand_of(best.no).id.clone() }))
}

fn review(scene: &CardScene) -> Option<Card> {
    let due = scene.reviews_due.iter().find(|no| scene.served.contains(**no))?;
    Some(Card { skill: *due, kind: CardKind::Review, reason: Reason::ReviewDue })
}

/// The least tried ready skill; among equals one of a strand that is on no card yet, then the best.
fn something_new(scene: &CardScene, scored: &[Scored], cards: &[Card]) -> Option<Card> {
    let strand = |no: SkillNo| scene.map.skill(no).strand;
    let shown = |no: SkillNo| cards.iter().any(|c| strand(c.skill) == strand(no));
    let fresh = |s: &&Scored| {
        scene.beliefs.state(s.no, scene.records) == SkillState::Ready && cards.iter().all(|c| c.skill != s.no)
    };
    // `min_by_key` keeps the first of equals, and `scored` has the best first.
    let least = scored.iter().filter(fresh).min_by_key(|s| (scene.records.get(s.no).tries, shown(s.no)))?;
    Some(Card { skill: least.no, kind: scene.kind(least.no), reason: Reason::SomethingNew })
}

/// How many features a score has.
const FEATURES: usize = 6;

/// A candidate with its weighted features: plan, continuity, p, unlock, early, balance; the order is the one in which
/// reasons are given when they weigh the same.
struct Scored {
    no: SkillNo,
    features: [f64; FEATURES],
    /// By how much each feature stands above its mean over all candidates.
    above: [f64; FEATURES],
    opens: u16,
}

impl Scored {
    fn total(&self) -> f64 {
        self.features.iter().sum()
    }

    /// The feature that sets this skill apart most from the other candidates.
    fn reason(&self, scene: &CardScene) -> Reason {
        let record = scene.records.get(self.no);
        let almost = record.tries > 0 && record.p >= P_ALMOST;
        let says = |feature: usize| match feature {
            // "almost there" says more than "go on"
            1 => self.features[1] > 0.0 && !almost,
            2 => almost,
            3 => self.opens > 0,
            _ => self.features[feature] > 0.0,
        };
        let most = (0..FEATURES).filter(|f| says(*f)).fold(None, |most: Option<usize>, feature| match most {
            Some(other) if self.above[other] >= self.above[feature] => most,
            _ => Some(feature),
        });
        match most {
            Some(0) => Reason::InPlan,
            Some(1) if record.last_ms >= scene.days.today_ms => Reason::ContinueToday,
            Some(1) => Reason::ContinueYesterday,
            Some(2) => Reason::AlmostThere,
            Some(3) => Reason::OpensMost { count: self.opens },
            Some(5) => Reason::LittleLately { domain: scene.map.strand_of(self.no).domain.clone() },
            _ => Reason::FirstOfAll,
        }
    }
}

/// All candidates, best first; ties by id.
fn scored(scene: &CardScene) -> Vec<Scored> {
    let map = scene.map;
    let candidates: Vec<SkillNo> = map.numbers().filter(|no| scene.may_offer(*no)).collect();
    let mastered: SkillSet = scene.records.iter().filter(|(_, r)| r.status.is_mastered()).map(|(no, _)| no).collect();
    let opens: Vec<u16> = candidates.iter().map(|no| map.descendants(*no).count_without(&mastered) as u16).collect();
    let widest = libm::log(1.0 + f64::from(opens.iter().copied().max().unwrap_or(0)));
    let grades = || candidates.iter().map(|no| f64::from(map.skill(*no).grade));
    let (lowest, highest) = (grades().fold(f64::MAX, f64::min), grades().fold(0.0, f64::max));
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let features = |no: SkillNo, opens: u16| {
        let record = scene.records.get(no);
        let fresh = record.last_ms > 0 && record.last_ms >= scene.days.last_school_day_ms;
        [
            if scene.plan.contains(no) { PLAN } else { 0.0 },
            if fresh { CONTINUITY } else { 0.0 },
            P * record.p,
            UNLOCK * share(libm::log(1.0 + f64::from(opens)), widest),
            EARLY * (1.0 - share(f64::from(map.skill(no).grade) - lowest, highest - lowest)),
            BALANCE * (1.0 - scene.learner.share_of(&map.strand_of(no).domain)),
        ]
    };
    let mut scored: Vec<Scored> = candidates
        .iter()
        .zip(&opens)
        .map(|(&no, &opens)| Scored { no, features: features(no, opens), above: [0.0; FEATURES], opens })
        .collect();
    let mut mean = [0.0; FEATURES];
    for (at, mean) in mean.iter_mut().enumerate() {
        *mean = scored.iter().map(|s| s.features[at]).sum::<f64>() / scored.len().max(1) as f64;
    }
    for s in &mut scored {
        s.above = std::array::from_fn(|at| s.features[at] - mean[at]);
    }
    scored.sort_by(|a, b| b.total().total_cmp(&a.total()).then_with(|| map.skill(a.no).id.cmp(&map.skill(b.no).id)));
    scored
}

#[cfg(test)]
mod tests;
