//! Walking one road of the map: a list from the end of the road down to its beginning, each row drawing its own stretch
//! of road, stretched to the row's height.

use super::markup::Markup;
use super::plants::{self, PlantState};

/// A skill on the road, as the child meets it.
#[derive(Debug, Clone)]
pub struct RoadStep {
    /// Hill, 0 the first.
    pub grade: u8,
    /// State.
    pub state: PlantState,
    /// In the child's words ("count to 20").
    pub title: String,
    /// Where a ready or learning skill is opened.
    pub href: Option<String>,
    /// What must come before, in the child's words, for one that opens soon.
    pub after: Option<String>,
    /// What it grows from in another strand: "Place value: read numbers to 99".
    pub from: Option<String>,
    /// Whether the child is here; the page opens at it.
    pub here: bool,
}

/// A row of the page.
#[derive(Debug, Clone)]
pub struct RoadRow {
    /// The skill.
    pub step: RoadStep,
    /// Its stretch of road, with the plant.
    pub stretch: Markup,
    /// The crest of this row's hill, where the row above belongs to another; else empty.
    pub crest: Markup,
    /// Number of the hill's colour.
    pub hill: u8,
}

/// Rows from the end of the road to its beginning. `strand` chooses the tree.
pub fn rows(steps: &[RoadStep], strand: &str) -> Vec<RoadRow> {
    let kind = strand.bytes().map(usize::from).sum::<usize>() % 4;
    let last = steps.len().saturating_sub(1);
    let mut above: Option<u8> = None;
    let mut rows = Vec::with_capacity(steps.len());
    for (k, step) in steps.iter().rev().enumerate() {
        let crest = match above {
            Some(grade) if grade != step.grade => crest(step.grade),
            _ => Markup::default(),
        };
        above = Some(step.grade);
        let stretch = stretch(step.state, kind, k % 2 == 0, k == 0, k == last);
        rows.push(RoadRow { step: step.clone(), stretch, crest, hill: step.grade % 6 });
    }
    rows
}

fn stretch(state: PlantState, kind: usize, left: bool, first: bool, last: bool) -> Markup {
    let x = if left { 36 } else { 68 };
    let mut d = if first { format!("M{x} 48") } else { format!("M52 0C52 24 {x} 24 {x} 48") };
    if !last {
        d.push_str(&format!("C{x} 72 52 72 52 96"));
    }
    let pale = if state == PlantState::Later { " fad" } else { "" };
    let side = if left { "pl near" } else { "pl wide2" };
    Markup(format!(
        "<svg class=\"w\" viewBox=\"0 0 104 96\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"tx w19{pale}\" d=\"{d}\" vector-effect=\"non-scaling-stroke\"/><path class=\"tr w15{pale}\" d=\"{d}\" vector-effect=\"non-scaling-stroke\"/></svg>{}",
        plants::plant_with(state, kind, side)
    ))
}

fn crest(grade: u8) -> Markup {
    let k = i32::from(grade % 6);
    Markup(format!(
        "<svg class=\"crest\" viewBox=\"0 0 400 26\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"m{k}\" d=\"M0 26C50 {} 110 2 170 {} 240 {} 300 {} 400 14V26z\"/></svg>",
        6 + k,
        12 - k,
        22 - k,
        8 + k * 2
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_road_is_turned_round_and_hills_have_crests_between_them() {
        let step = |grade: u8, title: &str| RoadStep {
            grade,
            state: PlantState::Can,
            title: title.into(),
            href: None,
            after: None,
            from: None,
            here: false,
        };
        let rows = rows(&[step(0, "a"), step(0, "b"), step(1, "c")], "numeracy.add");
        let titles: Vec<&str> = rows.iter().map(|r| r.step.title.as_str()).collect();
        assert_eq!(titles, ["c", "b", "a"]);
        let crests: Vec<bool> = rows.iter().map(|r| !r.crest.is_empty()).collect();
        assert_eq!(crests, [false, true, false]);
        assert!(super::rows(&[], "x").is_empty());
    }
}
