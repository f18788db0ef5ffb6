//! One response: Bayesian Knowledge Tracing whose guess and slip move with the item's difficulty and the learner's own
//! offset, and the slow update of both (C5.3, C7.2). Numbers only; who answered what stands in `fold`.
//!
//! All powers and logarithms come from the crate `libm`, since boxes and tests compare states byte for byte.

/// Chance that a learner of whom nothing is known has a skill (p0).
pub const P_START: f64 = 0.20;
/// Chance to learn a skill from one opportunity with feedback (T).
pub const LEARN: f64 = 0.08;
/// p stays this far from 0 and from 1; without that a rounding error grows without bound in long runs.
pub const P_EDGE: f64 = 1e-6;
/// theta stays within ± this.
pub const THETA_EDGE: f64 = 2.0;
/// d stays within ± this.
pub const D_EDGE: f64 = 3.0;
/// Difference of learner and item that counts, at most.
const SHIFT_EDGE: f64 = 2.0;
/// First step of theta and d.
const STEP: f64 = 0.4;
/// How fast the step falls with each update.
const STEP_FALL: f64 = 0.05;

/// The chances of one way of answering one skill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chances {
    /// Of a right answer without the skill, above 0 and below 1.
    pub guess: f64,
    /// Of a wrong answer with the skill, above 0 and below 1.
    pub slip: f64,
    /// Whether the way of answering fixes the guess: a hard item cannot be guessed less often.
    pub guess_fixed: bool,
}

/// Guess and slip of these chances for this learner and item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shifted {
    /// g'
    pub guess: f64,
    /// s'
    pub slip: f64,
}

impl Chances {
    /// Moves guess and slip by how far the learner stands above the item: `theta − d`, held within ±2.
    pub fn shifted(&self, theta: f64, d: f64) -> Shifted {
        let x = (theta - d).clamp(-SHIFT_EDGE, SHIFT_EDGE);
        let guess = sigma(logit(self.guess) + x);
        Shifted {
            guess: if self.guess_fixed { guess.max(self.guess) } else { guess },
            slip: sigma(logit(self.slip) - x),
        }
    }
}

impl Shifted {
    /// P(correct) of a learner who has the skill with chance p.
    pub fn expected(&self, p: f64) -> f64 {
        p * (1.0 - self.slip) + (1.0 - p) * self.guess
    }

    /// p after an answer, with the evidence weighted by `lambda` (1 is plain Bayes) and no learning yet.
    pub fn believe(&self, p: f64, correct: bool, lambda: f64) -> f64 {
        let (with, without) = if correct { (1.0 - self.slip, self.guess) } else { (self.slip, 1.0 - self.guess) };
        hold(sigma(logit(hold(p)) + lambda * libm::log(with / without)))
    }
}

/// P(correct) before the answer.
pub fn expected(p: f64, theta: f64, d: f64, chances: &Chances) -> f64 {
    chances.shifted(theta, d).expected(p)
}

/// p after one opportunity to learn with chance `learn`.
pub fn learned(p: f64, learn: f64) -> f64 {
    hold(p + (1.0 - p) * learn)
}

/// theta after an answer, `n` updates having gone before; `surprise` is correct − P(correct).
pub fn moved_theta(theta: f64, n: u32, surprise: f64) -> f64 {
    (theta + step(n) * surprise).clamp(-THETA_EDGE, THETA_EDGE)
}

/// d after an answer, `n` updates having gone before; `surprise` is correct − P(correct).
pub fn moved_d(d: f64, n: u32, surprise: f64) -> f64 {
    (d - step(n) * surprise).clamp(-D_EDGE, D_EDGE)
}

/// d of an item that nobody has answered yet, by its difficulty step (0 to 4): −1 to 1.
pub fn d_start(step: u8) -> f64 {
    2.0 * (f64::from(step.min(4)) / 4.0) - 1.0
}

/// σ(x) = 1/(1+e^−x)
pub fn sigma(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// The inverse of σ.
pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

fn step(n: u32) -> f64 {
    STEP / (1.0 + STEP_FALL * f64::from(n))
}

fn hold(p: f64) -> f64 {
    p.clamp(P_EDGE, 1.0 - P_EDGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TYPED: Chances = Chances { guess: 0.05, slip: 0.10, guess_fixed: false };
    const ONE_OF_FOUR: Chances = Chances { guess: 0.25, slip: 0.08, guess_fixed: true };

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    /// Plain BKT by hand: theta = d, λ = 1. p = 0.2, g = 0.05, s = 0.1.
    #[test]
    fn one_answer_as_worked_by_hand() {
        let check = |p: f64, c: Chances, correct: bool, expect: f64, after: f64, with_learning: f64| {
            let s = c.shifted(0.0, 0.0);
            near(s.expected(p), expect);
            near(s.believe(p, correct, 1.0), after);
            near(learned(s.believe(p, correct, 1.0), LEARN), with_learning);
        };
        // right: 0.18 / (0.18 + 0.04) = 9/11; then 9/11 + 2/11 · 0.08
        check(0.2, TYPED, true, 0.22, 9.0 / 11.0, 9.0 / 11.0 + 2.0 / 11.0 * 0.08);
        // wrong: 0.02 / (0.02 + 0.76) = 1/39
        check(0.2, TYPED, false, 0.22, 1.0 / 39.0, 1.0 / 39.0 + 38.0 / 39.0 * 0.08);
        // 1 of 4, right: 0.184 / (0.184 + 0.2) = 23/48
        check(0.2, ONE_OF_FOUR, true, 0.384, 23.0 / 48.0, 23.0 / 48.0 + 25.0 / 48.0 * 0.08);
        // even chance, wrong: 0.04 / (0.04 + 0.375)
        check(0.5, ONE_OF_FOUR, false, 0.585, 0.04 / 0.415, 0.04 / 0.415 + 0.375 / 0.415 * 0.08);
    }

    #[test]
    fn a_harder_item_is_guessed_and_mastered_less() {
        // x = −1: odds of the guess 1/19 · e^−1, odds of the slip 1/9 · e
        let shifted = TYPED.shifted(0.0, 1.0);
        let e = std::f64::consts::E;
        near(shifted.guess, 1.0 / (1.0 + 19.0 * e));
        near(shifted.slip, e / (9.0 + e));
        // the format holds the guess up, and lets it rise on an easy item
        near(ONE_OF_FOUR.shifted(0.0, 1.0).guess, 0.25);
        near(ONE_OF_FOUR.shifted(1.0, 0.0).guess, e / (3.0 + e));
        // beyond ±2 nothing more moves
        assert_eq!(TYPED.shifted(2.0, -3.0), TYPED.shifted(2.0, 0.0));
    }

    #[test]
    fn weight_scales_the_evidence() {
        let s = TYPED.shifted(0.0, 0.0);
        near(s.believe(0.3, true, 0.0), 0.3);
        // λ = ½: odds · √18
        let odds = 0.3 / 0.7 * 18f64.sqrt();
        near(s.believe(0.3, true, 0.5), odds / (1.0 + odds));
    }

    #[test]
    fn offsets_move_by_a_falling_step_within_their_edges() {
        near(moved_theta(0.0, 0, 0.5), 0.2);
        near(moved_theta(0.0, 20, 0.5), 0.1);
        near(moved_d(0.0, 0, 0.5), -0.2);
        near(moved_theta(1.9, 0, 1.0), 2.0);
        near(moved_d(2.9, 0, -1.0), 3.0);
        for (step, d) in [(0, -1.0), (1, -0.5), (2, 0.0), (3, 0.5), (4, 1.0), (9, 1.0)] {
            near(d_start(step), d);
        }
    }

    proptest! {
        #[test]
        fn p_never_leaves_its_bounds(
            start in 0.0f64..=1.0,
            answers in prop::collection::vec((any::<bool>(), -3.0f64..3.0, 0.0f64..=1.0), 1..400),
            guess in 0.001f64..0.6, slip in 0.001f64..0.35, fixed in any::<bool>(),
        ) {
            let chances = Chances { guess, slip, guess_fixed: fixed };
            let (mut p, mut theta) = (start.clamp(P_EDGE, 1.0 - P_EDGE), 0.0);
            for (n, (correct, d, lambda)) in answers.into_iter().enumerate() {
                let shifted = chances.shifted(theta, d);
                let e = shifted.expected(p);
                prop_assert!(e > 0.0 && e < 1.0);
                p = learned(shifted.believe(p, correct, lambda), LEARN);
                prop_assert!((P_EDGE..=1.0 - P_EDGE).contains(&p), "{p}");
                theta = moved_theta(theta, n as u32, f64::from(u8::from(correct)) - e);
                prop_assert!(theta.abs() <= THETA_EDGE);
            }
        }

        #[test]
        fn a_right_answer_never_lowers_belief_when_skill_helps(p in 0.001f64..0.999, theta in -2.0f64..2.0, d in -3.0f64..3.0) {
            for chances in [TYPED, ONE_OF_FOUR] {
                let s = chances.shifted(theta, d);
                if 1.0 - s.slip > s.guess {
                    prop_assert!(s.believe(p, true, 1.0) >= p - 1e-12);
                    prop_assert!(s.believe(p, false, 1.0) <= p + 1e-12);
                }
            }
        }
    }
}
