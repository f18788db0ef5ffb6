//! Letters and words: shapes, order, reading by sense, building and spelling, and what word parts mean, in English and
//! French. Only what can be done fairly without recorded sounds or pictures of its own: what is to be read is never spoken.
//! Never here: skills that can only be heard, passages, handwriting.

mod clues;
mod data;
mod key;
mod letters;
mod read;
mod sounds;
mod tips;

use chalkbox_tool::{Skill, Tip, Tool, export_tool};

/// The tool.
pub struct LettersWords;

impl Tool for LettersWords {
    const SKILLS: &'static [Skill] = &[
        Skill { id: "literacy.letter.shapes", plan: letters::shapes },
        Skill { id: "literacy.letter.capitals", plan: letters::capitals },
        Skill { id: "literacy.letter.abc-order", plan: letters::abc_order },
        Skill { id: "literacy.word.cvc", plan: read::cvc },
        Skill { id: "literacy.word.clusters", plan: read::two_consonants },
        Skill { id: "literacy.word.two-letter", plan: read::two_letter },
        Skill { id: "literacy.word.vowel-teams", plan: read::vowel_teams },
    ];
    const TIPS: &'static [Tip] = tips::TIPS;
}

export_tool!(LettersWords);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_contract() {
        chalkbox_tool::check::check_tool::<LettersWords>(include_str!("../pack.toml"));
    }
}
