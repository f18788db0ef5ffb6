//! Sentences with a gap for a very common word: the right one, words that are far from it, and near ones that do not fit
//! either. Never here: how gaps are asked.

mod en;
mod fr;

use chalkbox_tool::Lang;

/// A sentence with `___` for one common word. Nothing but the right word makes it a good sentence.
pub struct GapRow {
    /// 25 for the first common words, 100 for the further ones.
    pub step: u8,
    /// The sentence.
    pub text: &'static str,
    /// The word for the gap.
    pub right: &'static str,
    /// Words unlike it, parted by blanks.
    pub far: &'static str,
    /// Words near to it, each with l (looks alike), f (same first letter) or o (read from the wrong end).
    pub near: &'static str,
}

const fn row(step: u8, text: &'static str, right: &'static str, far: &'static str, near: &'static str) -> GapRow {
    GapRow { step, text, right, far, near }
}

impl GapRow {
    /// The near words with their misconceptions.
    pub fn near_words(&self) -> Vec<(String, Option<&'static str>)> {
        let coded = self.near.split(' ').filter_map(|entry| entry.split_once(':'));
        let code = |mark: &str| match mark {
            "f" => "first-letter-only",
            "o" => "order-reversed",
            _ => "look-alike",
        };
        coded.map(|(word, mark)| (word.to_owned(), Some(code(mark)))).collect()
    }

    /// The far words.
    pub fn far_words(&self) -> Vec<(String, Option<&'static str>)> {
        self.far.split(' ').map(|word| (word.to_owned(), None)).collect()
    }

    /// The sentence with the word in its place.
    pub fn full(&self) -> String {
        self.text.replace("___", self.right)
    }
}

/// The rows of a language, first common words first.
pub fn rows(lang: Lang) -> &'static [GapRow] {
    lang.pick(en::ROWS, fr::ROWS)
}

/// The row for a word.
pub fn row_of(lang: Lang, word: &str) -> Option<&'static GapRow> {
    rows(lang).iter().find(|row| row.right.to_lowercase() == word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_whole() {
        for lang in [Lang::En, Lang::Fr] {
            for row in rows(lang) {
                assert_eq!(row.text.matches("___").count(), 1, "{}", row.text);
                assert_eq!(row.far_words().len(), 3, "{}", row.text);
                assert_eq!(row.near_words().len(), row.near.split(' ').count(), "{}", row.text);
                assert!(row.near_words().len() > 1, "{}", row.text);
                let mut all: Vec<String> =
                    row.far_words().into_iter().chain(row.near_words()).map(|(word, _)| word).collect();
                all.push(row.right.to_owned());
                let capital = row.right.chars().next().is_some_and(char::is_uppercase);
                for (i, word) in all.iter().enumerate() {
                    assert!(!all[..i].contains(word), "{}: {word} twice", row.text);
                    assert_eq!(word.chars().next().is_some_and(char::is_uppercase), capital, "{}: {word}", row.text);
                }
            }
            for step in [25, 100] {
                assert!(rows(lang).iter().filter(|row| row.step == step).count() > 19);
            }
        }
    }
}
