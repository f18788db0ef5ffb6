//! Which of the map's item types an item amounts to, and with what chances it is scored.

use super::response::Chances;
use crate::item::{Block, Interaction, Item};
use crate::map::{ItemType, KnowledgeMap, SkillNo};

/// An item's format with its chances: facts that an answer keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct FormatFacts {
    /// The item type's id, such as `num-entry` or `mc4`.
    pub format: String,
    /// Guess and slip of the format.
    pub chances: Chances,
    /// Whether the skill has formats of different guess that a device can give.
    pub mixed_formats: bool,
}

impl FormatFacts {
    /// The facts of an item on a skill.
    pub fn of(map: &KnowledgeMap, no: SkillNo, item: &Item) -> Self {
        let format = format_of(item);
        Self { chances: chances(map, &format, &item.interaction), format, mixed_formats: map.mixed_device_formats(no) }
    }

    /// The facts of the skill's chief item type, for predictions before there is an item.
    pub fn usual(map: &KnowledgeMap, no: SkillNo) -> Self {
        let chief = map.chief_type(no);
        Self { format: chief.id.clone(), chances: of_type(chief), mixed_formats: map.mixed_device_formats(no) }
    }
}

/// The item type that an item amounts to. A choice with something to hear is `listen-pick`; of several things to
/// choose it is `sort`; one of more than four is `mc5`, `mc6`, …, which no map needs to define.
pub fn format_of(item: &Item) -> String {
    let spoken = item.body.iter().any(|b| matches!(b, Block::Speech { .. } | Block::Audio(_)));
    of_interaction(&item.interaction, spoken)
}

fn of_interaction(interaction: &Interaction, spoken: bool) -> String {
    let name = match interaction {
        Interaction::NumberEntry { .. } => "num-entry",
        Interaction::TextEntry { .. } => "text-entry",
        Interaction::Choice { max, .. } if *max > 1 => "sort",
        Interaction::Choice { .. } if spoken => "listen-pick",
        Interaction::Choice { options, .. } => return format!("mc{}", options.len().max(2)),
        Interaction::Order { .. } => "drag-order",
        Interaction::Match { reuse: true, .. } => "sort",
        Interaction::Match { reuse: false, .. } => "drag-match",
        Interaction::GapMatch { .. } => "word-build",
        Interaction::Slider(_) | Interaction::SelectPoint(_) => "number-line",
        Interaction::TapCount { .. } => "tap-count",
        Interaction::Custom { .. } => "trace",
    };
    name.to_owned()
}

fn of_type(t: &ItemType) -> Chances {
    Chances { guess: t.guess, slip: t.slip, guess_fixed: t.guess_fixed }
}

/// The map's chances for the format. Where fewer or more can be chosen from than the type says, the guess is 1 of them.
fn chances(map: &KnowledgeMap, format: &str, interaction: &Interaction) -> Chances {
    let known = map.item_type(format).map(of_type);
    match interaction {
        Interaction::Choice { options, max: 0 | 1 } => {
            let guess = 1.0 / options.len().max(2) as f64;
            match known {
                Some(chances) if format != "listen-pick" || options.len() == 4 => chances,
                Some(chances) => Chances { guess, ..chances },
                None => Chances { guess, slip: CHOICE_SLIP, guess_fixed: true },
            }
        }
        _ => known.unwrap_or(UNKNOWN),
    }
}

/// Slip of a choice that the map does not define.
const CHOICE_SLIP: f64 = 0.08;
/// Any other format that the map does not define.
const UNKNOWN: Chances = Chances { guess: 0.10, slip: 0.10, guess_fixed: false };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::{ChoiceOption, NumberForm, NumberLine};
    use crate::map::tests::small_map;

    fn options(n: usize) -> Vec<ChoiceOption> {
        (0..n).map(|i| ChoiceOption { id: i.to_string(), content: vec![] }).collect()
    }

    fn check(interaction: Interaction, spoken: bool, format: &str, guess: f64, fixed: bool) {
        let body = if spoken { vec![Block::Speech { text: "seven".into() }] } else { vec![] };
        let item = Item { body, interaction, hints: 0, seconds: 10 };
        let facts = FormatFacts::of(&small_map(), SkillNo(1), &item);
        assert_eq!((facts.format.as_str(), facts.chances.guess, facts.chances.guess_fixed), (format, guess, fixed));
        assert!(facts.mixed_formats);
    }

    #[test]
    fn every_interaction_has_its_type_and_chances() {
        let choice = |n, max| Interaction::Choice { options: options(n), max };
        check(Interaction::NumberEntry { form: NumberForm::Integer, unit: None }, false, "num-entry", 0.05, false);
        check(choice(4, 1), false, "mc4", 0.25, true);
        check(choice(2, 1), false, "mc2", 0.5, true);
        check(choice(5, 1), false, "mc5", 0.2, true);
        check(choice(4, 1), true, "listen-pick", 0.25, true);
        check(choice(2, 1), true, "listen-pick", 0.5, true);
        check(choice(6, 3), false, "sort", 0.10, false);
        check(Interaction::TextEntry { longest: 9 }, false, "text-entry", 0.10, false);
        check(Interaction::Order { options: options(3) }, false, "drag-order", 0.10, false);
        let pairs = |reuse| Interaction::Match { left: options(2), right: options(2), reuse };
        check(pairs(false), false, "drag-match", 0.10, false);
        check(pairs(true), false, "sort", 0.10, false);
        check(Interaction::GapMatch { left: vec![], right: options(2) }, false, "word-build", 0.10, false);
        let line = NumberLine { lowest: 0.0, highest: 1.0, step: 0.1, labels: vec![], marks: vec![] };
        check(Interaction::Slider(line), false, "number-line", 0.10, false);
        check(Interaction::TapCount { picture: "bead".into(), available: 9 }, true, "tap-count", 0.10, false);
    }

    #[test]
    fn before_there_is_an_item_the_chief_type_counts() {
        let facts = FormatFacts::usual(&small_map(), SkillNo(2));
        assert_eq!((facts.format.as_str(), facts.mixed_formats), ("mc4", false));
    }
}
