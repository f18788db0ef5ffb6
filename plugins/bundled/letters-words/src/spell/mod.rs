//! Spelling: short words by their sounds, very common words with an odd part, longer words and endings. A clue, a picture or
//! a sentence says which word is meant. Never here: the tables of words, reading.

mod en;
mod fr;

use chalkbox_tool::{Answer, Block, Figure, Lang, Problem, Setup, say};

use crate::clues::clued;
use crate::data::{Data, Sound, Word, data, dictionary_key, in_hints};
use crate::gaps::{GapRow, row_of};
use crate::read::picture;
use crate::sounds::{is_vowel, misread, pairs};
use crate::tiles::{build, first_letter, letter_left_out, letters_swapped, typed};

/// A wrong tile or spelling with the misconception it shows.
type Coded = (String, Option<&'static str>);

/// A common word: the odd part in brackets, wrong letters for it, and wrong spellings of the whole.
struct OddWord {
    /// "s[ai]d".
    marked: &'static str,
    /// Wrong letters for the odd part, parted by blanks.
    tiles: &'static str,
    /// Wrong spellings by sound, parted by blanks.
    spellings: &'static str,
}

const fn odd(marked: &'static str, tiles: &'static str, spellings: &'static str) -> OddWord {
    OddWord { marked, tiles, spellings }
}

impl OddWord {
    /// Before the odd part, the odd part, behind it.
    fn parts(&self) -> (&'static str, &'static str, &'static str) {
        let (before, rest) = self.marked.split_once('[').unwrap_or((self.marked, "]"));
        let (part, after) = rest.split_once(']').unwrap_or((rest, ""));
        (before, part, after)
    }

    fn word(&self) -> String {
        let (before, part, after) = self.parts();
        format!("{before}{part}{after}")
    }
}

/// A word whose base changes before an ending: what is asked, the right form, wrong forms parted by blanks.
struct Changed {
    ask: &'static str,
    right: &'static str,
    wrong: &'static str,
}

const fn changed(ask: &'static str, right: &'static str, wrong: &'static str) -> Changed {
    Changed { ask, right, wrong }
}

/// `literacy.write.spell-cvc`: short words by their sounds.
pub fn short_words(s: &mut Setup) -> Problem {
    let lang = s.lang;
    let last = lang.pick([2, 4, 4, 5, 6], [2, 3, 4, 5, 8])[usize::from(s.band.min(4))];
    let mut words = clued(lang, lang.pick(&["cvc", "double"], &["simples", "fermees"]), 1..=last);
    words.retain(|word| !in_hints(word.w) && word.w.chars().count() < 8);
    let data = data(lang);
    if s.band < 2 {
        words.retain(|word| place(data, word, s.band == 1).is_some());
    }
    let word = *s.rng.pick(&words);
    let problem = match s.band {
        0 | 1 => {
            let at = place(data, word, s.band == 1).unwrap_or_default();
            let codes = ["drops-last-sound", "vowel-swap", "b-d-reversal", "confuses-near-sound"];
            let extra = wrong_tiles(lang, word, at, &codes, 2);
            missing(s, word, at, extra)
        }
        2 => word_tiles(s, word, vec![]),
        3 => {
            let mut extra: Vec<Coded> = Vec::new();
            for code in ["b-d-reversal", "vowel-swap", "confuses-near-sound"] {
                let found = (0..word.s.len()).flat_map(|at| wrong_tiles(lang, word, at, &[code], 1));
                extra.extend(found.filter(|(_, code)| code.is_some()).take(1));
            }
            extra.truncate(2);
            word_tiles(s, word, extra)
        }
        _ => {
            let mut rules = left_out(data, word);
            for code in ["vowel-swap", "b-d-reversal", "confuses-near-sound"] {
                rules.extend(misread(lang, word, code).into_iter().map(|made| (made, code)));
            }
            typed_word(s, word, rules)
        }
    };
    by_sound(problem, s)
}

/// Where a letter is left open: the first vowel, or the last sound that is heard.
fn place(data: &Data, word: &Word, vowel: bool) -> Option<usize> {
    let sound = |at: &usize| data.sound(word.s[*at]).filter(|sound| !sound.ipa.is_empty() && !sound.g.contains('_'));
    if vowel {
        (0..word.s.len()).find(|at| sound(at).is_some_and(is_vowel))
    } else {
        (1..word.s.len()).rev().find(|at| sound(at).is_some())
    }
}

fn letters_of(data: &Data, word: &Word) -> Vec<String> {
    word.s.iter().filter_map(|id| data.sound(id)).map(|sound| sound.g.to_owned()).collect()
}

/// Wrong letters for one place of a word: from misreadings that change nothing else, then plain ones to fill up.
fn wrong_tiles(lang: Lang, word: &'static Word, at: usize, codes: &[&'static str], count: usize) -> Vec<Coded> {
    let data = data(lang);
    let letters = letters_of(data, word);
    let (before, after) = (letters[..at].concat(), letters[at + 1..].concat());
    let mut found: Vec<Coded> = Vec::new();
    for code in codes {
        let made = misread(lang, word, code);
        let tile = made.iter().find_map(|made| {
            let tile = made.strip_prefix(before.as_str())?.strip_suffix(after.as_str())?;
            (!tile.is_empty() && tile.len() < 4 && !found.iter().any(|(other, _)| other == tile))
                .then(|| tile.to_owned())
        });
        found.extend(tile.map(|tile| (tile, Some(*code))));
    }
    let spare = if data.sound(word.s[at]).is_some_and(is_vowel) { ["a", "o", "i", "u"] } else { ["t", "m", "r", "p"] };
    let taken = |tile: &str| tile == letters[at] || data.word(&format!("{before}{tile}{after}")).is_some();
    for tile in spare {
        if !taken(tile) && !found.iter().any(|(other, _)| other == tile) {
            found.push((tile.to_owned(), None));
        }
    }
    found.truncate(count);
    found
}

/// What is meant: a picture where the host has one, else the clue.
fn meant(s: &mut Setup, problem: Problem, word: &Word) -> Problem {
    match picture(s.lang, word.w) {
        Some(name) => problem.figure(Figure::Row(vec![name.to_owned()])),
        None => problem.tell(word.clue.unwrap_or_default().to_owned()),
    }
}

/// Letters of one place are missing.
fn missing(s: &mut Setup, word: &'static Word, at: usize, extra: Vec<Coded>) -> Problem {
    let letters = letters_of(data(s.lang), word);
    let gap = (letters[..at].concat(), letters[at + 1..].concat(), letters[at].clone());
    let mut two = [letters[at].clone(), extra.first().map(|(tile, _)| tile.clone()).unwrap_or_default()];
    two.sort();
    let [one, other] = two;
    let answer = Answer::gaps(&mut s.rng, &[gap], &extra);
    let problem =
        Problem::new(answer).tell(say!(s.lang, "What is missing in the word?", "Que manque-t-il dans le mot ?"));
    spelled(meant(s, problem, word), s, word.w, &letters)
        .hint(say!(s.lang, "Two are left: {one} or {other}.", "Il reste deux choix : {one} ou {other}."))
        .seconds(20)
}

/// The word from tiles, one for each sound.
fn word_tiles(s: &mut Setup, word: &'static Word, extra: Vec<Coded>) -> Problem {
    let letters = letters_of(data(s.lang), word);
    let answer = build(&mut s.rng, &letters, &extra, "letter-order-swap");
    let problem = Problem::new(answer).tell(say!(s.lang, "Build the word.", "Construis le mot."));
    let first = letters[0].clone();
    spelled(meant(s, problem, word), s, word.w, &letters)
        .hint(say!(s.lang, "It begins with {first}.", "Il commence par {first}."))
        .seconds(30)
}

/// The word to type.
fn typed_word(s: &mut Setup, word: &'static Word, rules: Vec<(String, &'static str)>) -> Problem {
    let letters = letters_of(data(s.lang), word);
    let problem = Problem::new(typed(word.w, rules)).tell(say!(s.lang, "Write the word.", "Écris le mot."));
    let start: String = word.w.chars().take(2).collect();
    spelled(meant(s, problem, word).write(first_letter(word.w)), s, word.w, &letters)
        .hint(say!(s.lang, "It begins with {start}", "Il commence par {start}"))
        .seconds(30)
}

fn spelled(problem: Problem, s: &Setup, word: &str, letters: &[String]) -> Problem {
    let parts = letters.join(" · ").replace('_', "…");
    problem
        .step(say!(
            s.lang,
            "Say the word slowly and write what you hear, part by part:",
            "Dis le mot lentement et écris ce que tu entends, morceau par morceau :"
        ))
        .step_show([Block::Text(format!("{parts} → {word}"))])
        .praise(say!(s.lang, "Yes, each letter is in its place.", "Oui, chaque lettre est à sa place."))
}

/// Hints that fit words spelled by sound; they come before those of the item.
fn by_sound(mut problem: Problem, s: &Setup) -> Problem {
    let last = std::mem::take(&mut problem.hints);
    let mut problem = problem
        .hint(say!(
            s.lang,
            "Say it slowly. How many sounds do you hear?",
            "Dis-le lentement. Combien de sons entends-tu ?"
        ))
        .hint(say!(
            s.lang,
            "One line for each sound. Begin with the first.",
            "Un trait pour chaque son. Commence par le premier."
        ));
    problem.hints.extend(last);
    problem
}

/// One letter forgotten: a vowel, the last sound, or another one.
fn left_out(data: &Data, word: &Word) -> Vec<(String, &'static str)> {
    let letters: Vec<char> = word.w.chars().collect();
    let vowel = |c: char| data.sound(&c.to_string()).is_some_and(is_vowel);
    let named = letter_left_out(word.w).into_iter().enumerate().map(|(i, made)| {
        let code = match letters[i + 1] {
            c if vowel(c) => "vowel-omitted",
            _ if i + 2 == letters.len() => "drops-last-sound",
            _ => "letter-omitted",
        };
        (made, code)
    });
    let swaps = letters_swapped(word.w).into_iter().map(|made| (made, "letter-order-swap"));
    named.chain(swaps).chain(without_marks(word.w)).collect()
}

/// The word without its accents.
fn without_marks(word: &str) -> Option<(String, &'static str)> {
    let plain = dictionary_key(word);
    (plain != word.to_lowercase()).then_some((plain, "look-alike"))
}

/// `literacy.write.spell-common`: common words with an odd part, in a sentence.
pub fn common_words(s: &mut Setup) -> Problem {
    let table = s.lang.pick(en::ODD, fr::ODD);
    let range = match s.band {
        0 => 0..12,
        1 => 0..18,
        2 => 6..26,
        3 => 0..table.len(),
        _ => 12..table.len(),
    };
    let long = |odd: &&OddWord| s.band < 2 || odd.word().chars().count() > 2;
    let known: Vec<(&OddWord, &GapRow)> =
        table[range].iter().filter(long).filter_map(|odd| Some((odd, row_of(s.lang, &odd.word())?))).collect();
    let (odd, row) = *s.rng.pick(&known);
    let word = odd.word();
    let (before, part, after) = odd.parts();
    let problem = match s.band {
        0 => {
            let extra: Vec<Coded> = odd
                .tiles
                .split(' ')
                .map(|tile| (tile.to_owned(), Some(odd_code(s.lang, &format!("{before}{tile}{after}")))))
                .collect();
            let answer = Answer::gaps(&mut s.rng, &[(before.to_owned(), after.to_owned(), part.to_owned())], &extra);
            Problem::new(answer).tell(say!(
                s.lang,
                "Put the letters that are missing into the word.",
                "Mets dans le mot les lettres qui manquent."
            ))
        }
        1 | 2 => {
            let tiles: Vec<String> = word.chars().map(|c| c.to_string()).collect();
            let mut extra: Vec<Coded> = Vec::new();
            let false_letters = odd.spellings.chars().filter(|c| c.is_alphabetic() && !word.contains(*c));
            extra.extend(false_letters.map(|c| (c.to_string(), Some("phonetic-spelling"))));
            extra.dedup_by(|a, b| a.0 == b.0);
            extra.truncate(if s.band == 1 { 0 } else { 2 });
            let answer = build(&mut s.rng, &tiles, &extra, "letter-order-swap");
            Problem::new(answer).tell(say!(
                s.lang,
                "Build the word for the sentence.",
                "Construis le mot de la phrase."
            ))
        }
        _ if s.band == 4 && s.rng.chance(1, 2) => right_spelling(s, odd, row),
        _ => {
            let rules = odd_spellings(s.lang, odd);
            let hidden: String = part.chars().map(|_| '_').collect();
            // First only the odd part is hidden; then all but the first letter.
            let shown = if s.band == 3 { spread(&format!("{before}{hidden}{after}")) } else { first_letter(&word) };
            Problem::new(typed(&word, rules))
                .tell(say!(s.lang, "Write the word of the sentence.", "Écris le mot de la phrase."))
                .write(shown)
        }
    };
    let start: String = word.chars().take(1).collect();
    let count = word.chars().count();
    problem
        .write(row.text.to_owned())
        .hint(say!(s.lang, "Part of it is odd.", "Un morceau surprend."))
        .hint(say!(s.lang, "Look, cover, try it on paper, compare.", "Lis, cache, essaie sur du papier, compare."))
        .hint(say!(
            s.lang,
            "It has {count} letters and begins with {start}.",
            "Il a {count} lettres et commence par {start}."
        ))
        .step(say!(
            s.lang,
            "The odd part must be known by heart. Mark it:",
            "Le morceau qui surprend s'apprend par cœur. Marque-le :"
        ))
        .step_show([
            Block::Text(odd.marked.replace('[', " [").replace(']', "] ").trim().to_owned()),
            Block::Text(row.full()),
        ])
        .praise(say!(s.lang, "Yes, that is how it is written.", "Oui, cela s'écrit ainsi."))
        .seconds(30)
}

/// A wrong spelling that is another common word is a look-alike.
fn odd_code(lang: Lang, made: &str) -> &'static str {
    let other = row_of(lang, made).is_some() || data(lang).irregular.contains(&made);
    if other { "look-alike" } else { "phonetic-spelling" }
}

fn odd_spellings(lang: Lang, odd: &OddWord) -> Vec<(String, &'static str)> {
    let word = odd.word();
    let mut rules: Vec<(String, &'static str)> =
        odd.spellings.split(' ').map(|made| (made.to_owned(), odd_code(lang, made))).collect();
    rules.extend(without_marks(&word));
    rules.extend(letters_swapped(&word).into_iter().map(|made| (made, "letter-order-swap")));
    rules.extend(letter_left_out(&word).into_iter().map(|made| (made, "letter-omitted")));
    rules
}

fn spread(word: &str) -> String {
    word.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(" ")
}

/// Which of several spellings is right?
fn right_spelling(s: &mut Setup, odd: &OddWord, row: &GapRow) -> Problem {
    let word = odd.word();
    let mut wrong: Vec<(String, &'static str)> = Vec::new();
    let all = odd_spellings(s.lang, odd);
    for code in ["look-alike", "phonetic-spelling", "letter-order-swap", "letter-omitted"] {
        let fits = |(made, of): &&(String, &str)| {
            *of == code && *made != word && !crate::data::unkind(made) && made.chars().count() > 1
        };
        let of_code: Vec<&(String, &'static str)> = all.iter().filter(fits).collect();
        if let Some(one) = of_code.get(s.rng.below(of_code.len().max(1) as u32) as usize) {
            wrong.push((*one).clone());
        }
    }
    let capital = row.right.chars().next().is_some_and(char::is_uppercase);
    let cased = |word: &str| if capital { upper_first(word) } else { word.to_owned() };
    let wrong = wrong.into_iter().take(3).map(|(made, code)| (cased(&made), Some(code))).collect();
    let answer = Answer::choose_text(&mut s.rng, cased(&word), wrong);
    Problem::new(answer).tell(say!(
        s.lang,
        "Which spelling is right in the sentence?",
        "Quelle écriture est juste dans la phrase ?"
    ))
}

/// The word with a capital.
pub fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `literacy.write.spell-long`: sounds of two letters, silent letters, and bases that change before an ending.
pub fn long_words(s: &mut Setup) -> Problem {
    match s.band {
        0 => {
            let words = paired(s, 7);
            let word = *s.rng.pick(&words);
            let at = (0..word.s.len()).find(|at| pair_at(data(s.lang), word, *at)).unwrap_or_default();
            let extra = pair_tiles(s, word, at);
            by_pairs(missing(s, word, at, extra), s)
        }
        1 => {
            let words = paired(s, 8);
            let word = *s.rng.pick(&words);
            by_pairs(word_tiles(s, word, vec![]), s)
        }
        2 => changed_form(s, false),
        3 => {
            let lang = s.lang;
            let patterns: &[&str] = lang.pick(&["silent-e", "vowel-team", "r-vowel"], &["contexte", "muettes"]);
            let mut words = clued(lang, patterns, 1..=12);
            words.retain(|word| !in_hints(word.w) && (4..9).contains(&word.w.chars().count()));
            let word = *s.rng.pick(&words);
            let rules = long_rules(lang, word);
            by_pairs(typed_word(s, word, rules), s)
        }
        _ => changed_form(s, true),
    }
}

fn pair_at(data: &Data, word: &Word, at: usize) -> bool {
    let pair = |sound: &Sound| matches!(sound.kind, "digraph" | "team" | "nasal" | "r-vowel") && !sound.g.contains('_');
    data.sound(word.s[at]).is_some_and(pair)
}

/// Words with a sound of two letters and no split spelling.
fn paired(s: &Setup, longest: usize) -> Vec<&'static Word> {
    let data = data(s.lang);
    let mut words = clued(s.lang, s.lang.pick(&["digraph", "vowel-team", "r-vowel"], &["complexes"]), 1..=12);
    let whole = |word: &Word| word.s.iter().filter_map(|id| data.sound(id)).all(|sound| !sound.g.contains('_'));
    words.retain(|word| {
        !in_hints(word.w)
            && word.w.chars().count() <= longest
            && pairs(data, word) > 0
            && whole(word)
            && (0..word.s.len()).any(|at| pair_at(data, word, at))
    });
    words
}

/// Other spellings of the same sound, its first letter alone, near sounds.
fn pair_tiles(s: &mut Setup, word: &'static Word, at: usize) -> Vec<Coded> {
    let data = data(s.lang);
    let Some(right) = data.sound(word.s[at]) else { return vec![] };
    let mut same: Vec<&Sound> = data.sounds.iter().filter(|other| same_sound(right, other)).collect();
    s.rng.shuffle(&mut same);
    let mut found: Vec<Coded> =
        same.iter().take(1).map(|other| (other.g.to_owned(), Some("same-sound-other-spelling"))).collect();
    let single: String = right.g.chars().take(1).collect();
    found.push((single, Some("phonetic-spelling")));
    found.extend(wrong_tiles(s.lang, word, at, &["confuses-near-sound"], 1));
    found.retain(|(tile, _)| tile != right.g);
    found.truncate(2);
    found
}

fn same_sound(right: &Sound, other: &Sound) -> bool {
    other.ipa == right.ipa && other.g != right.g && !other.g.contains('_') && other.kind != "double"
}

/// Wrong spellings of a longer word: another spelling of one sound, its first letter alone, letters swapped or left out.
fn long_rules(lang: Lang, word: &'static Word) -> Vec<(String, &'static str)> {
    let data = data(lang);
    let mut rules: Vec<(String, &'static str)> = Vec::new();
    for at in 0..word.s.len() {
        let Some(right) = data.sound(word.s[at]) else { continue };
        let with = |id: &'static str| {
            let mut ids = word.s.to_vec();
            ids[at] = id;
            crate::sounds::spell(data, &ids)
        };
        let same =
            data.sounds.iter().filter(|other| other.ipa == right.ipa && other.g != right.g && !right.ipa.is_empty());
        rules.extend(same.map(|other| (with(other.id), "same-sound-other-spelling")));
    }
    rules.extend(misread(lang, word, "short-for-long").into_iter().map(|made| (made, "phonetic-spelling")));
    rules.extend(without_marks(word.w));
    rules.extend(letters_swapped(word.w).into_iter().map(|made| (made, "letter-order-swap")));
    rules.extend(letter_left_out(word.w).into_iter().map(|made| (made, "letter-omitted")));
    rules
}

fn by_pairs(mut problem: Problem, s: &Setup) -> Problem {
    let last = std::mem::take(&mut problem.hints);
    let mut problem = problem
        .hint(say!(
            s.lang,
            "Clap its parts and spell one after the other.",
            "Frappe les syllabes et écris-les l'une après l'autre."
        ))
        .hint(say!(
            s.lang,
            "Which sound takes two letters, which letter is silent?",
            "Quel son prend deux lettres, quelle lettre reste muette ?"
        ));
    problem.hints.extend(last);
    problem
}

/// A base that changes before its ending: to choose or to type.
fn changed_form(s: &mut Setup, to_type: bool) -> Problem {
    let row = s.rng.pick(s.lang.pick(en::CHANGED, fr::CHANGED));
    let wrong: Vec<&str> = row.wrong.split(' ').collect();
    let problem = if to_type {
        let mut rules: Vec<(String, &'static str)> =
            wrong.iter().map(|made| ((*made).to_owned(), "no-double")).collect();
        rules.extend(without_marks(row.right));
        rules.extend(letters_swapped(row.right).into_iter().map(|made| (made, "letter-order-swap")));
        rules.extend(letter_left_out(row.right).into_iter().map(|made| (made, "letter-omitted")));
        Problem::new(typed(row.right, rules)).tell(say!(
            s.lang,
            "Write the form that is missing.",
            "Écris la forme qui manque."
        ))
    } else {
        let mut options: Vec<Coded> =
            wrong.iter().take(2).map(|made| ((*made).to_owned(), Some("no-double"))).collect();
        let swaps: Vec<String> = letters_swapped(row.right)
            .into_iter()
            .rev()
            .filter(|made| !wrong.contains(&made.as_str()))
            .take(3)
            .collect();
        options.push((s.rng.pick(&swaps).clone(), Some("letter-order-swap")));
        let answer = Answer::choose_text(&mut s.rng, row.right, options);
        Problem::new(answer).tell(say!(s.lang, "Which spelling is right?", "Quelle écriture est juste ?"))
    };
    let (right, start): (_, String) = (row.right, row.right.chars().take(row.right.chars().count() - 3).collect());
    problem
        .write(row.ask.to_owned())
        .hint(say!(
            s.lang,
            "Read the base. Now say it with its ending.",
            "Lis la base. Dis-la maintenant avec sa terminaison."
        ))
        .hint(say!(
            s.lang,
            "Does the base change: a letter twice, a letter gone, another letter?",
            "La base change-t-elle : une lettre doublée, une lettre en plus, une autre lettre ?"
        ))
        .hint(say!(s.lang, "It begins with {start}", "Cela commence par {start}"))
        .step(say!(
            s.lang,
            "Write the base, add the ending, and look at the place where they meet.",
            "Écris la base, ajoute la terminaison, et regarde l'endroit où elles se touchent."
        ))
        .step_show([Block::Text(row.ask.replace("___", right))])
        .praise(say!(s.lang, "Yes, you saw how the base changes.", "Oui, tu as vu comment la base change."))
        .seconds(30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        for lang in [Lang::En, Lang::Fr] {
            let table = lang.pick(en::ODD, fr::ODD);
            assert!(table.len() > 30);
            for odd in table {
                let word = odd.word();
                let (_, part, _) = odd.parts();
                assert!(row_of(lang, &word).is_some(), "{word} has no sentence");
                assert!(!part.is_empty() && part.len() < odd.word().len(), "{word}");
                assert!(odd.tiles.split(' ').all(|tile| tile != part && !tile.is_empty()), "{word}");
                assert!(odd.spellings.split(' ').all(|made| made != word), "{word}");
            }
            for row in lang.pick(en::CHANGED, fr::CHANGED) {
                assert!(row.ask.contains("___") && !row.ask.contains(row.right), "{}", row.right);
                assert!(row.wrong.split(' ').all(|made| made != row.right), "{}", row.right);
            }
        }
    }

    #[test]
    fn wrong_letters_show_their_rule() {
        let word = data(Lang::En).word("cup").expect("a word of the list");
        let tiles = wrong_tiles(Lang::En, word, 1, &["vowel-swap"], 2);
        assert_eq!(tiles[0], ("a".to_owned(), Some("vowel-swap")));
        let rules = left_out(data(Lang::En), word);
        assert!(
            rules.contains(&("cp".to_owned(), "vowel-omitted"))
                && rules.contains(&("cu".to_owned(), "drops-last-sound"))
        );
        let long = data(Lang::En).word("boat").expect("a word of the list");
        assert!(long_rules(Lang::En, long).contains(&("bot".to_owned(), "phonetic-spelling")));
        assert_eq!(upper_first("être"), "Être");
    }
}
