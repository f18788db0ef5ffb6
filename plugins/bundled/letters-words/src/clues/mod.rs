//! Clues: a sentence that a word answers, so that a word can be read for its sense without a picture. The clue may be heard;
//! the word must be read. `build.rs` puts each into the table of words. Never here: how clues are asked.

#[cfg(test)]
mod en;
#[cfg(test)]
mod fr;

use chalkbox_tool::Lang;

use crate::data::{Word, data};

/// Every word with a clue of some patterns, taught up to a set; shortest sets first.
pub fn clued(lang: Lang, patterns: &[&str], sets: std::ops::RangeInclusive<u8>) -> Vec<&'static Word> {
    let fits = |word: &&Word| word.clue.is_some() && sets.contains(&word.set) && patterns.contains(&word.pattern);
    data(lang).words.iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::in_hints;

    #[test]
    fn every_clue_belongs_to_a_word_and_does_not_hold_it() {
        for lang in [Lang::En, Lang::Fr] {
            let table = lang.pick(en::CLUES, fr::CLUES);
            let mut missing = Vec::new();
            for (i, (word, clue)) in table.iter().enumerate() {
                if data(lang).word(word).is_none() {
                    missing.push(*word);
                }
                assert!(!table[..i].iter().any(|(other, same)| other == word || same == clue), "{word}: twice");
                assert!(clue.ends_with('.') && clue.chars().next().is_some_and(char::is_uppercase), "{word}: {clue}");
                let parts = clue.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
                assert!(parts.into_iter().all(|part| part != *word), "{word} is in its clue");
            }
            assert!(missing.is_empty(), "no such words: {missing:?}");
        }
        assert!(!in_hints("cat"));
    }
}
