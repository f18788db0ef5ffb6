//! That what was decided is what the fold finds again, and what counts as an answer.

use super::*;
use crate::ids::{ContextHash, ItemKey, PackHash};
use proptest::prelude::*;

const TYPED: Chances = Chances { guess: 0.05, slip: 0.10, guess_fixed: false };
const ONE_OF_FOUR: Chances = Chances { guess: 0.25, slip: 0.08, guess_fixed: true };

fn given(chances: Chances, mixed: bool, mode: Mode) -> Given {
    Given {
        facts: FormatFacts { format: "num-entry".into(), chances, mixed_formats: mixed },
        mode,
        lambda: LAMBDA_ALONE,
        median_ms: None,
        state: SkillState::Ready,
    }
}

fn outcome(score: f32, at_ms: u64) -> Outcome {
    Outcome { score: Some(score), skipped: false, help: 0, elapsed_ms: 5_000, at_ms }
}

/// The event that would be stored for a decision.
fn stored(given: &Given, outcome: &Outcome, decision: &Decision, step: u8, seed: u32) -> Answered {
    Answered {
        item: ItemKey([0; 16]),
        asked_ms: outcome.at_ms,
        skill: "numeracy.add.two".parse().expect("an id"),
        plugin: PackHash([7; 32]),
        step,
        seed,
        locale: "en".into(),
        context: ContextHash([0; 8]),
        format: given.facts.format.clone(),
        mode: given.mode,
        response: if outcome.skipped { Response::Skipped } else { Response::Number { value: "7".into() } },
        help: outcome.help,
        elapsed_ms: outcome.elapsed_ms,
        score: outcome.score,
        fault: None,
        misconception: None,
        d: decision.d,
        expected: decision.expected,
        lambda: decision.lambda,
        pace: decision.pace,
        guess: decision.guess,
        slip: decision.slip,
        guess_fixed: decision.guess_fixed,
        learn: decision.learn,
        mixed_formats: decision.mixed_formats,
        mastery: Some(decision.mastery),
        state: Some(decision.state),
    }
}

/// Decides and applies one answer to fresh records of an item in the middle.
fn once(given: &Given, outcome: &Outcome) -> (Decision, SkillRecord, LearnerRecord, ItemRecord) {
    let (mut skill, mut learner, mut item) = (SkillRecord::default(), LearnerRecord::default(), ItemRecord::start(2));
    let decision = decide(given, outcome, &skill, &learner, &item);
    apply(&stored(given, outcome, &decision, 2, 1), outcome.at_ms, &mut skill, &mut learner, &mut item);
    (decision, skill, learner, item)
}

#[test]
fn the_first_right_answer_by_hand() {
    let (decision, skill, learner, item) = once(&given(TYPED, false, Mode::Practise), &outcome(1.0, 9));
    let p = 9.0 / 11.0 + 2.0 / 11.0 * 0.08;
    assert!((decision.expected - 0.22).abs() < 1e-12 && (decision.mastery - p).abs() < 1e-12);
    assert_eq!((decision.state, decision.pace, decision.learn), (SkillState::Learning, Pace::Usual, LEARN));
    assert!((learner.theta - 0.4 * 0.78).abs() < 1e-12 && (item.d + 0.4 * 0.78).abs() < 1e-12);
    assert_eq!((skill.n, skill.tries, skill.right, skill.last_ms), (1, 1, 1, 9));
    assert_eq!((learner.n_theta, item.n_d, item.n_resp, learner.recent().len()), (1, 1, 1, 1));
}

#[test]
fn help_and_skipping_count_as_not_yet() {
    let practise = given(TYPED, false, Mode::Practise);
    let wrong = once(&practise, &outcome(0.0, 1)).1;
    assert_eq!(once(&practise, &Outcome { help: 1, ..outcome(1.0, 1) }).1, wrong);
    assert_eq!(once(&practise, &Outcome { skipped: true, ..outcome(1.0, 1) }).1, wrong);
    assert_eq!(once(&practise, &outcome(0.998, 1)).1, wrong);
    assert_ne!(once(&practise, &outcome(0.999, 1)).1, wrong);
}

#[test]
fn without_feedback_nothing_is_learned_from_the_answer_itself() {
    for (mode, learn) in [
        (Mode::Placement, 0.0),
        (Mode::CheckUp, 0.0),
        (Mode::Teach, LEARN),
        (Mode::Practise, LEARN),
        (Mode::Show, LEARN),
        (Mode::Review, LEARN),
    ] {
        let (decision, ..) = once(&given(TYPED, false, mode), &outcome(1.0, 1));
        assert_eq!(decision.learn, learn, "{mode:?}");
        let p = if learn > 0.0 { 9.0 / 11.0 + 2.0 / 11.0 * learn } else { 9.0 / 11.0 };
        assert!((decision.mastery - p).abs() < 1e-12);
    }
}

#[test]
fn an_answer_that_the_tool_could_not_score_changes_nothing() {
    let failed = Outcome { score: None, ..outcome(1.0, 1) };
    let (decision, skill, learner, item) = once(&given(TYPED, false, Mode::Practise), &failed);
    assert_eq!((skill, item), (SkillRecord::default(), ItemRecord::start(2)));
    assert_eq!((learner.theta, learner.n_theta, learner.recent().len()), (0.0, 0, 1));
    assert_eq!((decision.state, decision.mastery), (SkillState::Ready, SkillRecord::default().p));
}

#[test]
fn a_rapid_answer_is_a_try_and_nothing_else() {
    let known = |median| Given { median_ms: Some(median), ..given(TYPED, false, Mode::Practise) };
    let check = |median: u32, elapsed_ms: u32, expect: Pace| {
        let (decision, skill, learner, item) = once(&known(median), &Outcome { elapsed_ms, ..outcome(1.0, 1) });
        assert_eq!(decision.pace, expect, "{elapsed_ms} of {median}");
        if expect == Pace::Rapid {
            assert_eq!((skill.p, skill.n, skill.tries), (SkillRecord::default().p, 0, 1));
            assert_eq!((learner.theta, item.d, item.n_d, decision.state), (0.0, 0.0, 0, SkillState::Learning));
        } else {
            assert_eq!((skill.n, decision.lambda), (1, 1.0));
        }
    };
    check(5_000, 699, Pace::Rapid);
    check(5_000, 700, Pace::Faster);
    check(20_000, 1_999, Pace::Rapid);
    check(90_000, 2_999, Pace::Rapid);
    check(90_000, 3_000, Pace::Faster);
    check(5_000, 5_000, Pace::Usual);
    check(5_000, 10_001, Pace::Slower);
    let (decision, ..) = once(&given(TYPED, false, Mode::Practise), &Outcome { elapsed_ms: 1, ..outcome(1.0, 1) });
    assert_eq!(decision.pace, Pace::Usual, "no median, no judgement");
}

#[test]
fn evidence_with_a_partner_moves_p_and_no_offset() {
    let pair = Given { lambda: 0.5, ..given(TYPED, false, Mode::Practise) };
    let (_, skill, learner, item) = once(&pair, &outcome(1.0, 1));
    assert!(skill.p > 0.20 && skill.n == 1);
    assert_eq!((learner.theta, learner.n_theta, item.d, item.n_d, item.n_resp), (0.0, 0, 0.0, 0, 1));
}

#[test]
fn four_right_typed_answers_master_a_skill() {
    let practise = given(TYPED, false, Mode::Practise);
    let (mut skill, mut learner, mut item) = (SkillRecord::default(), LearnerRecord::default(), ItemRecord::start(2));
    let mut states = vec![];
    for at in 1..=5 {
        let outcome = outcome(1.0, at);
        let decision = decide(&practise, &outcome, &skill, &learner, &item);
        apply(&stored(&practise, &outcome, &decision, 2, at as u32), at, &mut skill, &mut learner, &mut item);
        states.push(decision.state);
    }
    use SkillState::{Learning, Mastered};
    assert_eq!(states, [Learning, Learning, Learning, Mastered, Mastered]);
    assert_eq!(skill.mastered_ms, 4);
}

/// One answer of a made-up history.
fn step() -> impl Strategy<Value = (u8, Mode, Option<f32>, bool, u8, u32, Option<u32>, bool, f64)> {
    let mode = prop_oneof![Just(Mode::Practise), Just(Mode::Show), Just(Mode::CheckUp), Just(Mode::Placement)];
    let score = prop_oneof![3 => Just(Some(1.0f32)), 2 => Just(Some(0.0)), 1 => Just(Some(0.5)), 1 => Just(None)];
    let lambda = prop_oneof![4 => Just(1.0), 1 => Just(0.5)];
    (0u8..5, mode, score, any::<bool>(), 0u8..3, 0u32..20_000, prop::option::of(0u32..9_000), any::<bool>(), lambda)
}

proptest! {
    /// A fold of the stored answers from nothing gives the mastery and state that were acknowledged, answer by answer,
    /// and the same bytes every time.
    #[test]
    fn the_fold_finds_what_was_decided(steps in prop::collection::vec(step(), 1..60), mixed in any::<bool>()) {
        let (mut skill, mut learner) = (SkillRecord::default(), LearnerRecord::default());
        let mut items: Vec<ItemRecord> = (0..5).map(ItemRecord::start).collect();
        let mut log = vec![];
        for (at, (step, mode, score, fixed, help, elapsed_ms, median_ms, skipped, lambda)) in steps.into_iter().enumerate() {
            let at_ms = 1_000 * (at as u64 + 1);
            let chances = if fixed { ONE_OF_FOUR } else { TYPED };
            let given = Given { median_ms, lambda, ..given(chances, mixed, mode) };
            let outcome = Outcome { score, skipped: skipped && help == 2, help: help.saturating_sub(1), elapsed_ms, at_ms };
            let item = &mut items[usize::from(step)];
            let decision = decide(&given, &outcome, &skill, &learner, item);
            prop_assert!(decision.expected > 0.0 && decision.expected < 1.0);
            let event = stored(&given, &outcome, &decision, step, at as u32);
            apply(&event, at_ms, &mut skill, &mut learner, item);
            log.push((event, at_ms));
        }
        let (mut again, mut who) = (SkillRecord::default(), LearnerRecord::default());
        let mut others: Vec<ItemRecord> = (0..5).map(ItemRecord::start).collect();
        for (event, at_ms) in &log {
            let item = &mut others[usize::from(event.step)];
            prop_assert!((response::expected(again.p, who.theta, event.d, &Evidence::of(event, 0).chances) - event.expected).abs() == 0.0);
            prop_assert_eq!(item.d, event.d);
            apply(event, *at_ms, &mut again, &mut who, item);
            prop_assert_eq!(Some(again.p), event.mastery);
            prop_assert_eq!(Some(again.status.state().unwrap_or(SkillState::Ready)), event.state);
        }
        prop_assert_eq!(again.to_bytes(), skill.to_bytes());
        prop_assert_eq!(who.to_bytes(), learner.to_bytes());
        prop_assert_eq!(others, items);
        prop_assert!(skill.p > 0.0 && skill.p < 1.0);
    }
}

#[test]
fn an_answer_taken_unseen_means_in_its_place_what_it_would_have_meant() {
    let given = given(TYPED, false, Mode::Practise);
    let fresh = || (SkillRecord::default(), LearnerRecord::default(), ItemRecord::start(2));
    let (mut seen, mut other) = (fresh(), fresh());
    for (at, score) in [1.0, 0.0, 1.0, 1.0, 1.0, 1.0].into_iter().enumerate() {
        let outcome = outcome(score, 1_000 * at as u64);
        let decision = decide(&given, &outcome, &seen.0, &seen.1, &seen.2);
        let decided = stored(&given, &outcome, &decision, 2, at as u32);
        let bare = Answered { d: 0.0, expected: 0.0, mastery: None, state: None, ..decided.clone() };
        apply(&decided, outcome.at_ms, &mut seen.0, &mut seen.1, &mut seen.2);
        apply(&bare, outcome.at_ms, &mut other.0, &mut other.1, &mut other.2);
        assert_eq!(other.0.to_bytes(), seen.0.to_bytes(), "answer {at}");
        assert_eq!((other.1.to_bytes(), other.2.to_bytes()), (seen.1.to_bytes(), seen.2.to_bytes()), "answer {at}");
    }
}
