//! The hills behind "my path" and "done": the same place as the map, filling with trees as skills are kept.

use super::markup::{Markup, number};
use super::plants::PlantState;
use std::f64::consts::TAU;
use std::fmt::Write as _;

/// Where trees stand on the hills: kind, place, size, nearest to the road first, so that the first tree is seen at once.
const TREES: [(usize, i32, i32, &str); 26] = [
    (0, 300, 222, "1.6"),
    (3, 414, 216, "1.6"),
    (1, 262, 216, "1.5"),
    (0, 500, 214, "1.5"),
    (3, 322, 186, "1.2"),
    (1, 402, 168, "1.2"),
    (2, 545, 222, "1.5"),
    (2, 232, 200, "1.4"),
    (0, 462, 166, "1.1"),
    (0, 590, 220, "1.5"),
    (3, 186, 226, "1.5"),
    (2, 500, 176, "1.2"),
    (1, 560, 190, "1.3"),
    (1, 620, 228, "1.5"),
    (0, 130, 224, "1.5"),
    (2, 690, 218, "1.4"),
    (1, 740, 226, "1.5"),
    (3, 60, 226, "1.6"),
    (2, 96, 206, "1.3"),
    (0, 660, 200, "1.2"),
    (3, 712, 196, "1.2"),
    (1, 160, 194, "1.2"),
    (2, 280, 170, "1.1"),
    (0, 356, 156, "1"),
    (3, 606, 176, "1.1"),
    (1, 30, 204, "1.3"),
];
/// What is there before the first tree.
const THINGS: [(&str, i32, i32, &str); 7] = [
    ("d-hut", 456, 214, "1.3"),
    ("d-goat", 330, 244, "1.2"),
    ("d-flow", 430, 240, "1.3"),
    ("d-tuft", 470, 236, "1.4"),
    ("d-tuft", 280, 244, "1.4"),
    ("d-hay", 648, 232, "1.3"),
    ("pl", 438, 150, "1.3"),
];

/// How many trees stand for so many skills: the first twelve one by one, then one for every seven.
fn trees(known: usize) -> usize {
    (known.min(12) + known.saturating_sub(12) / 7).min(TREES.len())
}

/// The wide strip of hills behind "my path". `known` skills fill it with trees. Hidden from the voice.
pub fn hills(known: usize) -> Markup {
    const W: f64 = 800.0;
    const H: f64 = 260.0;
    let cloud = super::map::CLOUD;
    let mut out = format!(
        "<svg viewBox=\"0 0 {W} {H}\" preserveAspectRatio=\"xMidYMax slice\" aria-hidden=\"true\"><circle class=\"su\" cx=\"568\" cy=\"46\" r=\"24\"/><path class=\"pa\" d=\"M586 66{cloud}M250 34{cloud}M690 30{cloud}\"/>"
    );
    let crest = |k: i32, x: f64| {
        let f = f64::from(k);
        H - 52.0 - 30.0 * f
            + 15.0 * libm::sin(x / W * TAU * (0.8 + 0.17 * f) + f * 1.9)
            + 5.0 * libm::sin(x / W * TAU * 2.3 + f)
    };
    for hill in (0..6).rev() {
        let outline = |dy: f64| {
            let points: Vec<(f64, f64)> =
                (0..=18).map(|n| f64::from(n) * 50.0 - 50.0).map(|x| (x, crest(hill, x) + dy)).collect();
            format!("{}V{H}H-50z", super::map::smooth(&points))
        };
        let body = outline(0.0);
        let _ = write!(out, "<path class=\"msh\" d=\"{}\"/><path class=\"m{hill}\" d=\"{body}\"/>", outline(-3.0));
        let _ = if hill < 3 {
            write!(out, "<path class=\"mhi\" d=\"{}\"/>", outline(11.0))
        } else {
            write!(out, "<path class=\"mz\" opacity=\"{}\" d=\"{body}\"/>", number(0.2 * (f64::from(hill) - 1.8)))
        };
    }
    let road = super::map::smooth(&[
        (356.0, 268.0),
        (372.0, 236.0),
        (338.0, 214.0),
        (376.0, 190.0),
        (430.0, 176.0),
        (420.0, 152.0),
        (452.0, 132.0),
    ]);
    let _ = write!(out, "<path class=\"tx w12\" d=\"{road}\"/><path class=\"tr w9\" d=\"{road}\"/>");
    let mut things: Vec<(i32, String)> = THINGS
        .iter()
        .map(|(id, x, y, scale)| (*y, format!("<use href=\"#{id}\" transform=\"translate({x} {y}) scale({scale})\"/>")))
        .collect();
    for (kind, x, y, scale) in TREES.iter().take(trees(known)) {
        let id = PlantState::Kept.id(*kind);
        things.push((*y, format!("<use href=\"#{id}\" transform=\"translate({x} {y}) scale({scale})\"/>")));
    }
    things.sort();
    out.extend(things.into_iter().map(|(_, markup)| markup));
    out.push_str("<g transform=\"translate(453 132)\"><path d=\"M0 0v-40\" class=\"bks w3\"/><path class=\"fr\" d=\"M0-40l26 8-26 9z\"/></g></svg>");
    Markup(out)
}

/// One hill with the plant of the skill just worked on, between two older trees. Hidden from the voice.
pub fn done(state: PlantState, kind: usize) -> Markup {
    let plant = state.id(kind);
    Markup(format!(
        "<svg class=\"plant1\" viewBox=\"-40 -34 80 52\" aria-hidden=\"true\"><path class=\"m0\" d=\"M-40 4c20-8 40-5 54-4s20 0 26-3v21h-80z\"/><path class=\"tx\" d=\"M0 18C-6 12-16 10-12 4\"/><path class=\"tr\" d=\"M0 18C-6 12-16 10-12 4\"/><use href=\"#k3\" x=\"-26\" y=\"3\"/><use href=\"#k0\" x=\"26\" y=\"2\"/><g class=\"grow\"><use href=\"#{plant}\" transform=\"translate(0 2) scale(1.7)\"/></g><use href=\"#d-flow\" x=\"14\" y=\"9\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_new_skill_adds_a_tree_at_first_and_never_takes_one_away() {
        let count = |known: usize| hills(known).0.matches("href=\"#k").count();
        assert_eq!([count(0), count(1), count(2), count(12)], [0, 1, 2, 12]);
        let counts: Vec<usize> = (0..300).map(count).collect();
        assert!(counts.windows(2).all(|w| w[0] <= w[1]));
        assert_eq!(count(300), TREES.len());
    }
}
