//! Letters and words: shapes, order, reading by sense, building and spelling, and what word parts mean, in English and
//! French. Only what can be done fairly without recorded sounds or pictures of its own: what is to be read is never spoken.
//! Never here: skills that can only be heard, passages, handwriting.

mod affixes;
mod clues;
mod data;
mod digraphs;
mod endings;
mod gaps;
mod key;
mod letters;
mod opposites;
mod parts;
mod read;
mod sentences;
mod sight;
mod sounds;
mod spell;
mod tiles;
mod tips;
mod vocab;

use chalkbox_tool::{Skill, Tip, Tool, export_tool};

/// The tool.
pub struct LettersWords;

impl Tool for LettersWords {
    const SKILLS: &'static [Skill] = &[
        Skill { id: "literacy.letter.shapes", plan: letters::shapes },
        Skill { id: "literacy.letter.capitals", plan: letters::capitals },
        Skill { id: "literacy.letter.abc-order", plan: letters::abc_order },
        Skill { id: "literacy.letter.two-letter", plan: digraphs::two_letter },
        Skill { id: "literacy.word.cvc", plan: read::cvc },
        Skill { id: "literacy.word.clusters", plan: read::two_consonants },
        Skill { id: "literacy.word.two-letter", plan: read::two_letter },
        Skill { id: "literacy.word.vowel-teams", plan: read::vowel_teams },
        Skill { id: "literacy.word.two-syllable", plan: parts::longer_words },
        Skill { id: "literacy.word.common-25", plan: sight::first_25 },
        Skill { id: "literacy.word.common-100", plan: sight::first_100 },
        Skill { id: "literacy.write.spell-cvc", plan: spell::short_words },
        Skill { id: "literacy.write.spell-common", plan: spell::common_words },
        Skill { id: "literacy.write.spell-long", plan: spell::long_words },
        Skill { id: "literacy.word.endings", plan: endings::read },
        Skill { id: "literacy.word.long", plan: affixes::long_words },
        Skill { id: "literacy.vocab.opposites", plan: opposites::opposites },
        Skill { id: "literacy.vocab.endings", plan: endings::meaning },
        Skill { id: "literacy.vocab.affixes", plan: affixes::meanings },
        Skill { id: "literacy.vocab.sort-words", plan: vocab::sort_words },
        Skill { id: "literacy.vocab.context", plan: vocab::in_context },
        Skill { id: "literacy.vocab.many-meanings", plan: vocab::many_meanings },
        Skill { id: "literacy.vocab.school-words", plan: vocab::school_words },
        Skill { id: "literacy.read.sentence", plan: sentences::read_sentence },
        Skill { id: "literacy.write.sentence", plan: sentences::write_sentence },
        Skill { id: "literacy.write.punctuation", plan: sentences::punctuation },
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
