//! Words as rows of sounds: how a row is spelled, and what comes out when it is misread. Never here: which mistake a skill
//! looks for, sentences.

use chalkbox_tool::Lang;

use crate::data::{Data, Sound, Word, data, unkind};

/// Ids that stand for consonants although their kind says "other".
const OTHER_VOWELS: [&str; 2] = ["y2", "y3"];

/// The spelling of a row of sounds; the e of a split spelling goes behind the next sound.
pub fn spell(data: &Data, ids: &[&str]) -> String {
    let mut word = String::new();
    let mut waiting = "";
    for sound in ids.iter().filter_map(|id| data.sound(id)) {
        match sound.g.split_once('_') {
            Some((first, last)) => {
                word.push_str(first);
                waiting = last;
            }
            None => {
                word.push_str(sound.g);
                word.push_str(waiting);
                waiting = "";
            }
        }
    }
    word + waiting
}

/// The sounds as heard, without contrasts that many accents do not make.
pub fn heard(data: &Data, ids: &[&str]) -> String {
    let all: String = ids.iter().filter_map(|id| data.sound(id)).map(|sound| sound.ipa).collect();
    all.replace("œ̃", "ɛ̃").replace('ɑ', "a").replace('ɛ', "e").replace(['ø', 'ə'], "œ")
}

/// Whether a sound is a vowel.
pub fn is_vowel(sound: &Sound) -> bool {
    matches!(sound.kind, "v" | "team" | "split" | "nasal" | "r-vowel" | "open" | "semi")
        || OTHER_VOWELS.contains(&sound.id)
}

/// Whether a sound is a consonant.
pub fn is_consonant(sound: &Sound) -> bool {
    matches!(sound.kind, "c" | "digraph" | "double") || (sound.kind == "other" && !OTHER_VOWELS.contains(&sound.id))
}

/// The sounds of a word, mute letters left out.
pub fn sounded(data: &Data, word: &Word) -> Vec<&'static Sound> {
    word.s.iter().filter_map(|id| data.sound(id)).filter(|sound| !sound.ipa.is_empty()).collect()
}

/// Consonants before the first vowel, and behind the last.
pub fn clusters(data: &Data, word: &Word) -> (usize, usize) {
    let sounds = sounded(data, word);
    let start = sounds.iter().take_while(|sound| is_consonant(sound)).count();
    let end = sounds.iter().rev().take_while(|sound| is_consonant(sound)).count();
    (start, end)
}

/// Whether two consonants stand side by side anywhere.
pub fn has_cluster(data: &Data, word: &Word) -> bool {
    sounded(data, word).windows(2).any(|two| is_consonant(two[0]) && is_consonant(two[1]))
}

/// How many sounds are written with two letters or more that work together; doubled letters do not count.
pub fn pairs(data: &Data, word: &Word) -> usize {
    sounded(data, word)
        .iter()
        .filter(|sound| matches!(sound.kind, "digraph" | "team" | "nasal" | "r-vowel" | "split"))
        .count()
}

/// Words that a misreading must not produce because they would fit the clue of a word of the list too.
const ALSO_RIGHT: [&str; 9] = ["mom", "mam", "sung", "swum", "drunk", "sat", "sang", "bue", "moman"];

/// What comes out when a word is misread in the way of a misconception: words of the list first, then made ones. Only words
/// that sound otherwise than the right one, and no word of the same theme, so that one option alone can be right.
pub fn misread(lang: Lang, word: &'static Word, code: &'static str) -> Vec<String> {
    let data = data(lang);
    let mut found: Vec<String> = Vec::new();
    let right = heard(data, word.s);
    let apart = |other: &&Word| other.w != word.w && other.theme != word.theme;
    let real = data.words.iter().filter(apart).filter(|other| shows(data, word, other, code));
    let real = real.filter(|other| heard(data, other.s) != right).map(|other| other.w.to_owned());
    found.extend(real);
    for ids in made(data, word, code) {
        let made = spell(data, &ids);
        let known = data.words.iter().any(|other| other.w == made && other.theme == word.theme);
        let common = data.irregular.contains(&made.as_str());
        let odd = known || common || made.chars().count() < 2 || unkind(&made) || ALSO_RIGHT.contains(&made.as_str());
        if !odd && made != word.w && heard(data, &ids) != right && !found.contains(&made) {
            found.push(made);
        }
    }
    found
}

/// Whether reading `other` for `word` shows a misconception.
fn shows(data: &Data, word: &Word, other: &Word, code: &str) -> bool {
    let first = |w: &str| w.chars().next();
    if code == "first-sound-guess" {
        return first(word.w) == first(other.w) && word.w.chars().count().abs_diff(other.w.chars().count()) < 3;
    }
    if code == "order-reversed" {
        return word.w.chars().count() < 5 && word.w.chars().rev().eq(other.w.chars());
    }
    if word.s.len() != other.s.len() {
        return false;
    }
    let differ: Vec<usize> = (0..word.s.len()).filter(|i| word.s[*i] != other.s[*i]).collect();
    let [at] = differ.as_slice() else { return false };
    let (Some(mine), Some(theirs)) = (data.sound(word.s[*at]), data.sound(other.s[*at])) else { return false };
    match code {
        "vowel-swap" => is_vowel(mine) && is_vowel(theirs),
        "short-for-long" => is_vowel(mine) && mine.g.chars().count() > 1 && theirs.kind == "v",
        "drops-last-sound" => *at + 1 == word.s.len() && is_consonant(mine) && is_consonant(theirs),
        "b-d-reversal" => matches!((mine.g, theirs.g), ("b", "d") | ("d", "b")),
        "confuses-near-sound" => is_consonant(mine) && mine.near.contains(&theirs.id),
        _ => false,
    }
}

/// Rows of sounds made from a word by a misconception.
fn made(data: &'static Data, word: &'static Word, code: &str) -> Vec<Vec<&'static str>> {
    let ids: Vec<&'static str> = word.s.to_vec();
    let sound = |at: usize| ids.get(at).and_then(|id| data.sound(id));
    let vowel_at = |at: usize| sound(at).is_some_and(is_vowel);
    let consonant_at = |at: usize| sound(at).is_some_and(is_consonant);
    let change = |at: usize, to: &[&'static str]| {
        let mut changed = ids.clone();
        changed.splice(at..=at, to.iter().copied());
        changed
    };
    // Behind c and g another vowel would change their sound as well.
    let fixed = |at: usize| at > 0 && matches!(ids[at - 1], "c" | "g" | "c2" | "g2" | "ç" | "ge" | "gu" | "q" | "qu");
    let mut rows: Vec<Vec<&'static str>> = Vec::new();
    for at in 0..ids.len() {
        let Some(here) = sound(at) else { continue };
        match code {
            "vowel-swap" if is_vowel(here) && !fixed(at) => {
                rows.extend(other_vowels(data, here).into_iter().map(|other| change(at, &[other])));
            }
            "short-for-long" | "splits-digraph" if is_vowel(here) && !fixed(at) => {
                rows.extend(
                    single_letters(data, here)
                        .into_iter()
                        .filter(|one| one_vowel(data, one))
                        .map(|one| change(at, &[one])),
                );
            }
            "drops-cluster-sound" if here.kind == "digraph" && here.g != "qu" => {
                rows.extend(single_letters(data, here).into_iter().map(|one| change(at, &[one])));
            }
            "drops-cluster-sound"
                if is_consonant(here)
                    && here.ipa.len() < 4
                    && (consonant_at(at + 1) || (at > 0 && consonant_at(at - 1))) =>
            {
                rows.push(change(at, &[]));
            }
            "adds-vowel-in-cluster" if is_consonant(here) && consonant_at(at + 1) => {
                let between = if matches!(here.id, "c" | "g") { ["a", "o"] } else { ["i", "a"] };
                rows.extend(between.into_iter().map(|vowel| change(at, &[here.id, vowel])));
            }
            "letter-order-swap" if at > 0 && is_consonant(here) && consonant_at(at - 1) && vowel_at(at + 1) => {
                let mut swapped = ids.clone();
                swapped.swap(at, at + 1);
                rows.push(swapped);
            }
            "b-d-reversal" if here.g == "b" || here.g == "d" => {
                rows.push(change(at, &[if here.g == "b" { "d" } else { "b" }]));
            }
            "confuses-near-sound" if is_consonant(here) => {
                let near = here
                    .near
                    .iter()
                    .copied()
                    .filter(|id| data.sound(id).is_some_and(is_consonant) && !matches!(*id, "ck"));
                rows.extend(near.map(|other| change(at, &[other])));
            }
            "drops-last-sound" if at + 1 == ids.len() && is_consonant(here) && here.kind == "c" => {
                rows.extend(["t", "p", "n", "d", "m"].map(|other| change(at, &[other])));
            }
            _ => {}
        }
    }
    if code == "drops-last-sound" && word.syl.len() > 1 {
        rows.extend(without_last_part(data, word));
    }
    if code == "order-reversed"
        && ids.len() == 3
        && consonant_at(0)
        && consonant_at(2)
        && !matches!(ids[0], "c" | "h" | "w" | "y" | "j" | "qu")
    {
        rows.push(ids.iter().rev().copied().collect());
    }
    rows
}

/// The sounds of a word up to its last written part.
fn without_last_part(data: &Data, word: &Word) -> Option<Vec<&'static str>> {
    let kept: String = word.syl[..word.syl.len() - 1].concat();
    let length = (1..word.s.len()).find(|length| spell(data, &word.s[..*length]) == kept)?;
    Some(word.s[..length].to_vec())
}

fn one_vowel(data: &Data, id: &str) -> bool {
    data.sound(id).is_some_and(|sound| sound.kind == "v")
}

/// The single letters of a spelling, as sounds of their own.
fn single_letters(data: &'static Data, sound: &Sound) -> Vec<&'static str> {
    if sound.g.chars().filter(|c| *c != '_').count() != 2 {
        return vec![];
    }
    let letters = sound.g.chars().filter(|c| *c != '_').take(if sound.g.contains('_') { 1 } else { 2 });
    let found =
        letters.filter_map(|c| data.sounds.iter().find(|other| other.id == c.to_string() && other.kind != "mute"));
    found.map(|other| other.id).collect()
}

/// Vowels that could stand in the place of one: simple ones for simple ones, teams for teams, nasals for nasals.
fn other_vowels(data: &'static Data, vowel: &Sound) -> Vec<&'static str> {
    const FRENCH_TEAMS: [&str; 3] = ["ou", "oi", "au"];
    const NASALS: [&str; 3] = ["on", "an", "in"];
    let english = data.sound("a_e").is_some();
    let others: Vec<&'static str> = match vowel.kind {
        "v" if vowel.id.chars().count() == 1 && english => vec!["a", "i", "o", "u", "e"],
        "v" => vec!["a", "i", "o", "u"],
        "nasal" if vowel.g.chars().count() == 2 && !vowel.g.ends_with('m') => NASALS.to_vec(),
        "team" if english => vec!["ee", "oa", "ai", "oo"],
        "team" => FRENCH_TEAMS.to_vec(),
        "split" => vec!["a_e", "i_e", "o_e"],
        "r-vowel" if vowel.id != "er2" => vec!["ar", "or", "ir"],
        _ => vec![],
    };
    others.into_iter().filter(|id| *id != vowel.id && data.sound(id).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clues::clued;
    use crate::data::{EN, FR};

    #[test]
    fn every_word_is_spelled_by_its_sounds() {
        for data in [&EN, &FR] {
            for word in data.words {
                assert_eq!(spell(data, word.s), word.w);
                assert_eq!(word.syl.concat(), word.w);
            }
        }
    }

    #[test]
    fn misreadings_follow_their_rule() {
        let check = |lang: Lang, word: &str, code: &'static str, expect: &str| {
            let word = data(lang).word(word).expect("a word of the list");
            let found = misread(lang, word, code);
            assert!(found.iter().any(|made| made == expect), "{} {code}: {found:?}", word.w);
            assert!(found.iter().all(|made| *made != word.w));
        };
        check(Lang::En, "cup", "vowel-swap", "cap");
        check(Lang::En, "cup", "drops-last-sound", "cut");
        check(Lang::En, "bed", "b-d-reversal", "ded");
        check(Lang::En, "pot", "order-reversed", "top");
        check(Lang::En, "nest", "drops-cluster-sound", "net");
        check(Lang::En, "frog", "letter-order-swap", "forg");
        check(Lang::En, "stick", "adds-vowel-in-cluster", "sitick");
        check(Lang::En, "ship", "drops-cluster-sound", "sip");
        check(Lang::En, "ship", "confuses-near-sound", "chip");
        check(Lang::En, "kite", "short-for-long", "kit");
        check(Lang::En, "boat", "short-for-long", "bot");
        check(Lang::Fr, "mouton", "splits-digraph", "muton");
        check(Lang::Fr, "tigre", "drops-cluster-sound", "tige");
        check(Lang::Fr, "moto", "vowel-swap", "mito");
        check(Lang::Fr, "tomate", "drops-last-sound", "toma");
        check(Lang::Fr, "robe", "b-d-reversal", "rode");
    }

    #[test]
    fn no_misreading_is_unkind_or_sounds_right() {
        let codes = [
            "vowel-swap",
            "short-for-long",
            "splits-digraph",
            "drops-cluster-sound",
            "adds-vowel-in-cluster",
            "letter-order-swap",
            "b-d-reversal",
            "confuses-near-sound",
            "drops-last-sound",
            "order-reversed",
            "first-sound-guess",
        ];
        for lang in [Lang::En, Lang::Fr] {
            let patterns: Vec<&str> = data(lang).words.iter().map(|word| word.pattern).collect();
            for word in clued(lang, &patterns, 1..=12) {
                for code in codes {
                    for made in misread(lang, word, code) {
                        assert!(!unkind(&made) && !made.is_empty() && made != word.w, "{}: {made}", word.w);
                    }
                }
            }
        }
        let cup = EN.word("clock").expect("a word of the list");
        assert!(!misread(Lang::En, cup, "drops-cluster-sound").contains(&"cock".to_owned()));
    }
}
