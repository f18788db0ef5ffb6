//! Which item comes next within a skill: hard enough to be worth it, easy enough that about four in five succeed; and in
//! which mode it is asked (C5.3).

use super::cards::P_TEACH;
use crate::event::Mode;
use crate::ids::{PackHash, SkillId};
use crate::model::format::FormatFacts;
use crate::model::response::{self, Chances};
use crate::model::state::{ItemMark, LearnerRecord, SkillRecord};

/// P(correct) that is aimed at.
pub const P_AIM: f64 = 0.80;
/// P(correct) that will do.
pub const P_FIT: std::ops::RangeInclusive<f64> = 0.70..=0.85;
/// The first item of a day succeeds at least this often, for confidence.
pub const P_FIRST: f64 = 0.85;
/// From this P(correct) of a middling item on, a skill is shown rather than practised.
pub const P_SHOW: f64 = 0.85;

/// One item that could be asked: a tool at a difficulty step.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The tool.
    pub plugin: PackHash,
    /// Difficulty step, 0 to 4.
    pub step: u8,
    /// Difficulty as learnt so far.
    pub d: f64,
    /// Chances of the format that the tool gives there, else of the skill's chief item type.
    pub chances: Chances,
}

/// The item to ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Place in the offers.
    pub offer: usize,
    /// Predicted P(correct).
    pub expected: f64,
    /// Where the tool's dice start; not the same item as one of the last five.
    pub seed: u32,
}

/// Chooses among the offers; none only if there is no offer. `today_ms`: when today began, milliseconds since 1970;
/// `seed`: fresh dice.
pub fn choose(
    offers: &[Offer],
    skill_id: &SkillId,
    skill: &SkillRecord,
    learner: &LearnerRecord,
    today_ms: u64,
    seed: u32,
) -> Option<Choice> {
    let first = learner.last_ms < today_ms;
    let rank = |expected: f64| {
        if first {
            // Sure enough and then as near to it as can be; else the surest.
            (u8::from(expected < P_FIRST), (expected - P_FIRST).abs())
        } else {
            (u8::from(!P_FIT.contains(&expected)), (expected - P_AIM).abs())
        }
    };
    let predicted = offers.iter().map(|o| response::expected(skill.p, learner.theta, o.d, &o.chances)).enumerate();
    // `min_by` keeps the first of equals.
    let (offer, expected) = predicted.min_by(|a, b| {
        let (a, b) = (rank(a.1), rank(b.1));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    })?;
    let chosen = &offers[offer];
    let unseen = |seed: &u32| !learner.saw(&ItemMark::new(&chosen.plugin, skill_id, chosen.step, *seed));
    let seed = (0..=LearnerRecord::ITEMS as u32).map(|i| seed.wrapping_add(i)).find(unseen).unwrap_or(seed);
    Some(Choice { offer, expected, seed })
}

/// The mode in which an item of the skill is asked, by P(correct) of a middling one: below 0.40 *teach*, from 0.85 on
/// *show* while it is not mastered, else *practise*.
pub fn mode(facts: &FormatFacts, skill: &SkillRecord, learner: &LearnerRecord) -> Mode {
    let expected = response::expected(skill.p, learner.theta, 0.0, &facts.chances);
    if skill.status.is_mastered() {
        Mode::Practise
    } else if expected < P_TEACH {
        Mode::Teach
    } else if expected < P_SHOW {
        Mode::Practise
    } else {
        Mode::Show
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::state::Status;
    use proptest::prelude::*;

    const TYPED: Chances = Chances { guess: 0.05, slip: 0.10, guess_fixed: false };

    fn offers() -> Vec<Offer> {
        (0..5)
            .map(|step| Offer { plugin: PackHash([1; 32]), step, d: response::d_start(step), chances: TYPED })
            .collect()
    }

    fn id() -> SkillId {
        "numeracy.add.two".parse().expect("an id")
    }

    /// The step that is chosen for a learner of this p and theta.
    fn check(p: f64, theta: f64, first: bool, step: Option<usize>) {
        let skill = SkillRecord { p, ..SkillRecord::default() };
        let learner = LearnerRecord { theta, last_ms: if first { 1 } else { 20 }, ..LearnerRecord::default() };
        let choice = choose(&offers(), &id(), &skill, &learner, 10, 1).expect("there are offers");
        assert_eq!(Some(choice.offer), step, "{p} {theta} {first} {}", choice.expected);
    }

    #[test]
    fn about_four_in_five_succeed() {
        // who knows nothing gets the easiest
        check(0.2, 0.0, false, Some(0));
        // p = 0.95: step 4 gives 0.95·0.768 + …, step 3 0.95·0.845 + … = 0.80
        check(0.95, 0.0, false, Some(3));
        check(0.95, -1.0, false, Some(1));
        check(0.95, 2.0, false, Some(4));
        // the first of the day is surer
        check(0.95, 0.0, true, Some(2));
        check(0.2, 0.0, true, Some(0));
    }

    #[test]
    fn without_a_tool_there_is_no_item() {
        assert_eq!(choose(&[], &id(), &SkillRecord::default(), &LearnerRecord::default(), 0, 1), None);
    }

    #[test]
    fn the_mode_follows_from_what_a_middling_item_would_do() {
        let mode_of = |p: f64, status| {
            let facts = FormatFacts { format: "num-entry".into(), chances: TYPED, mixed_formats: false };
            mode(&facts, &SkillRecord { p, status, ..SkillRecord::default() }, &LearnerRecord::default())
        };
        // P(correct) = 0.05 + 0.85 p
        assert_eq!(mode_of(0.41, Status::Untouched), Mode::Teach);
        assert_eq!(mode_of(0.42, Status::Learning), Mode::Practise);
        assert_eq!(mode_of(0.94, Status::Learning), Mode::Practise);
        assert_eq!(mode_of(0.95, Status::Learning), Mode::Show);
        assert_eq!(mode_of(0.95, Status::Mastered), Mode::Practise);
    }

    proptest! {
        #[test]
        fn the_last_five_items_do_not_come_again(seed in any::<u32>(), p in 0.01f64..0.99) {
            let skill = SkillRecord { p, ..SkillRecord::default() };
            let mut learner = LearnerRecord { last_ms: 20, ..LearnerRecord::default() };
            let mut seen: Vec<(u8, u32)> = vec![];
            for _ in 0..20 {
                let choice = choose(&offers(), &id(), &skill, &learner, 10, seed).expect("there are offers");
                let step = offers()[choice.offer].step;
                prop_assert!(seen.iter().rev().take(5).all(|s| *s != (step, choice.seed)));
                seen.push((step, choice.seed));
                learner.note(ItemMark::new(&PackHash([1; 32]), &id(), step, choice.seed), "numeracy", 21);
            }
        }

        #[test]
        fn where_one_fits_one_that_fits_is_chosen(p in 0.01f64..0.99, theta in -2.0f64..2.0) {
            let skill = SkillRecord { p, ..SkillRecord::default() };
            let learner = LearnerRecord { theta, last_ms: 20, ..LearnerRecord::default() };
            let all: Vec<f64> = offers().iter().map(|o| response::expected(p, theta, o.d, &o.chances)).collect();
            let choice = choose(&offers(), &id(), &skill, &learner, 10, 1).expect("there are offers");
            if all.iter().any(|e| P_FIT.contains(e)) {
                prop_assert!(P_FIT.contains(&choice.expected));
            }
            prop_assert!((choice.expected - all[choice.offer]).abs() < 1e-12);
        }
    }
}
