//! Reading words for their sense: three sounds, two consonants together, two letters with one sound, vowel teams. A clue or a
//! picture says what is meant; the word itself is never spoken. Never here: building and spelling, longer words by parts.

use std::ops::RangeInclusive;

use chalkbox_tool::{Answer, Block, Figure, Lang, PICTURES, Problem, Rng, Setup, both, say, text};

use crate::clues::clued;
use crate::data::{Data, Word, data, in_hints};
use crate::sounds::{clusters, has_cluster, misread, pairs, sounded};

/// What a skill reads in a band.
struct Band {
    words: Vec<&'static Word>,
    /// Misreadings to offer, the most telling first.
    codes: &'static [&'static str],
}

/// Hints of a skill, from weak to strong; the start of the word is added behind.
struct Talk {
    hints: [String; 2],
    step: String,
}

fn sets(lang: Lang, band: u8, en: [u8; 5], fr: [u8; 5]) -> RangeInclusive<u8> {
    1..=lang.pick(en, fr)[usize::from(band.min(4))]
}

/// `literacy.word.cvc`: short words sound by sound.
pub fn cvc(s: &mut Setup) -> Problem {
    let sets = sets(s.lang, s.band, [2, 4, 5, 5, 6], [2, 3, 4, 5, 8]);
    let mut words = clued(s.lang, s.lang.pick(&["cvc", "double"], &["simples", "fermees"]), sets);
    let codes: &[&str] = match s.band {
        0 => &[],
        1 => &["first-sound-guess"],
        2 => &["first-sound-guess", "first-sound-guess", "drops-last-sound"],
        3 => &["vowel-swap", "drops-last-sound", "vowel-swap"],
        _ => &["b-d-reversal", "order-reversed", "vowel-swap"],
    };
    if s.band == 4 {
        let doubled = |w: &str| w.as_bytes().windows(2).any(|two| two[0] == two[1]);
        words.retain(|word| {
            word.w.contains(['b', 'd']) || doubled(word.w) || !misread(s.lang, word, "order-reversed").is_empty()
        });
    }
    let talk = Talk {
        hints: [
            say!(
                s.lang,
                "Put your finger under each letter and say its sound.",
                "Mets le doigt sous chaque lettre et dis son bruit."
            ),
            say!(
                s.lang,
                "Keep the voice on and slide from one sound to the next.",
                "Garde la voix et glisse d'un bruit à l'autre."
            ),
        ],
        step: say!(
            s.lang,
            "Say the sounds from the start and slide them together:",
            "Dis les sons depuis le début et fais-les glisser ensemble :"
        ),
    };
    read(s, Band { words, codes }, talk)
}

/// `literacy.word.clusters`: words with two consonants together.
pub fn two_consonants(s: &mut Setup) -> Problem {
    let lang = s.lang;
    let data = data(lang);
    let simple = clued(lang, lang.pick(&["blend"], &["groupes"]), 1..=12);
    let words = match (lang, s.band) {
        (Lang::En, 0) => keep(simple, |word| clusters(data, word).1 > 1 && clusters(data, word).0 < 2),
        (Lang::En, 1) => {
            keep(simple, |word| matches!(word.w.chars().nth(1), Some('l' | 'r')) && clusters(data, word).0 > 1)
        }
        (Lang::En, 2) => {
            keep(simple, |word| word.w.starts_with('s') && clusters(data, word).0 > 1 || word.w.starts_with("tw"))
        }
        (Lang::En, 3) => keep(simple, |word| clusters(data, word).0 > 1 || clusters(data, word).1 > 1),
        (Lang::Fr, 0) => keep(simple, |word| word.set <= 3),
        (Lang::Fr, 1) => keep(simple, |word| word.set <= 4),
        (Lang::Fr, 2 | 3) => simple,
        (Lang::En, _) => keep(clued(lang, &["digraph", "vowel-team", "blend"], 1..=12), |word| {
            has_cluster(data, word) && (pairs(data, word) > 0 || clusters(data, word).0 > 2)
        }),
        (Lang::Fr, _) => {
            keep(clued(lang, &["complexes"], 1..=12), |word| clusters(data, word).0 > 1 && pairs(data, word) > 0)
        }
    };
    let codes: &[&str] = match s.band {
        0 => &["drops-cluster-sound", "first-sound-guess"],
        1 => &["drops-cluster-sound", "first-sound-guess", "vowel-swap"],
        2 => &["drops-cluster-sound", "adds-vowel-in-cluster", "first-sound-guess"],
        3 => &["drops-cluster-sound", "letter-order-swap", "vowel-swap"],
        _ => &["letter-order-swap", "drops-cluster-sound", "adds-vowel-in-cluster"],
    };
    let talk = Talk {
        hints: [
            say!(lang, "Say each sound; none is left out.", "Dis chaque son ; n'en oublie aucun."),
            say!(
                lang,
                "Cover the first letter and read. Then put it back.",
                "Cache la première lettre et lis. Puis remets-la."
            ),
        ],
        step: say!(
            lang,
            "Say both consonants close together, then all of the word:",
            "Dis les deux consonnes l'une contre l'autre, puis le mot entier :"
        ),
    };
    read(s, Band { words, codes }, talk)
}

/// `literacy.word.two-letter`: words with two letters that make one sound.
pub fn two_letter(s: &mut Setup) -> Problem {
    let lang = s.lang;
    let data = data(lang);
    let english_vowels = |word: &&'static Word| ["ee", "ai", "oa", "ar", "or"].iter().any(|id| word.s.contains(id));
    let words = match (lang, s.band) {
        (Lang::En, 0) => keep(clued(lang, &["digraph"], 1..=7), |word| first_is_pair(data, word)),
        (Lang::En, 1) => keep(clued(lang, &["digraph"], 1..=7), |word| !has_cluster(data, word)),
        (Lang::En, 2 | 3) => {
            let mut words = clued(lang, &["digraph"], 1..=7);
            words.extend(clued(lang, &["vowel-team", "r-vowel"], 1..=12).into_iter().filter(english_vowels));
            words
        }
        (Lang::En, _) => keep(clued(lang, &["digraph", "vowel-team", "r-vowel"], 1..=12), |word| {
            pairs(data, word) > 1 || (pairs(data, word) == 1 && has_cluster(data, word))
        }),
        (Lang::Fr, 4) => keep(clued(lang, &["complexes"], 1..=12), |word| {
            pairs(data, word) > 1 || (pairs(data, word) == 1 && has_cluster(data, word))
        }),
        (Lang::Fr, band) => clued(lang, &["complexes"], 1..=[5, 6, 7, 8][usize::from(band)]),
    };
    let codes: &[&str] = match s.band {
        0 => &["first-sound-guess"],
        1 => &["confuses-near-sound", "first-sound-guess"],
        2 => &["splits-digraph", "confuses-near-sound", "first-sound-guess"],
        3 => &["drops-cluster-sound", "splits-digraph", "confuses-near-sound"],
        _ => &["splits-digraph", "drops-cluster-sound", "confuses-near-sound"],
    };
    let talk = Talk {
        hints: [
            say!(lang, "Find the two letters that work together.", "Trouve les deux lettres qui travaillent ensemble."),
            say!(
                lang,
                "Give these two letters one sound, then say the rest.",
                "Donne à ces deux lettres un seul son, puis dis le reste."
            ),
        ],
        step: say!(
            lang,
            "Two letters can make one sound. The parts of this word:",
            "Deux lettres peuvent faire un seul son. Les parties de ce mot :"
        ),
    };
    read(s, Band { words, codes }, talk)
}

/// `literacy.word.vowel-teams`: vowel teams and split spellings; in French letters whose sound depends on their neighbours.
pub fn vowel_teams(s: &mut Setup) -> Problem {
    let lang = s.lang;
    let patterns: &[&str] = lang.pick(&["silent-e", "vowel-team", "r-vowel"], &["contexte", "muettes"]);
    let words = match (lang, s.band) {
        (Lang::En, 0) => clued(lang, patterns, 8..=8),
        (Lang::En, 1) => clued(lang, patterns, 8..=9),
        (Lang::En, 2) => clued(lang, patterns, 8..=11),
        (Lang::En, 4) => keep(clued(lang, patterns, 8..=12), |word| {
            ["oo", "oo2", "ow", "ow2", "ea", "ea2", "c2", "s2", "y3"].iter().any(|id| word.s.contains(id))
        }),
        (Lang::Fr, 0) => clued(lang, &["muettes"], 5..=5),
        (Lang::Fr, 1) => clued(lang, patterns, 5..=9),
        (Lang::Fr, 2) => clued(lang, patterns, 9..=10),
        (Lang::Fr, 4) => clued(lang, patterns, 11..=12),
        _ => clued(lang, patterns, 8..=12),
    };
    let codes: &[&str] = match s.band {
        0 => &["first-sound-guess"],
        1 => &["short-for-long", "first-sound-guess"],
        2 => &["vowel-swap", "short-for-long", "first-sound-guess"],
        3 => &["short-for-long", "vowel-swap", "short-for-long"],
        _ => &["vowel-swap", "short-for-long", "confuses-near-sound"],
    };
    let talk = Talk {
        hints: [
            say!(
                lang,
                "Which letters make one sound together?",
                "Quelles lettres font un seul son, ou restent muettes ?"
            ),
            say!(
                lang,
                "Try the word with both sounds: which one is a real word?",
                "Essaie le mot avec un son, puis avec l'autre : lequel est un vrai mot ?"
            ),
        ],
        step: say!(
            lang,
            "Mark the letters that go together, say their sound, then all:",
            "Marque les lettres qui vont ensemble, dis leur son, puis tout :"
        ),
    };
    read(s, Band { words, codes }, talk)
}

fn keep(words: Vec<&'static Word>, fits: impl Fn(&'static Word) -> bool) -> Vec<&'static Word> {
    words.into_iter().filter(|word| fits(word)).collect()
}

fn first_is_pair(data: &Data, word: &Word) -> bool {
    sounded(data, word).first().is_some_and(|sound| sound.kind == "digraph")
}

/// A choice by clue or picture, or words to join with their clues.
fn read(s: &mut Setup, mut band: Band, talk: Talk) -> Problem {
    band.words.retain(|word| !in_hints(word.w));
    if s.band > 0 && s.rng.chance(1, 4) {
        return join(s, band.words, talk);
    }
    let word = *s.rng.pick(&band.words);
    let wrong = wrong_words(&mut s.rng, s.lang, word, &band.words, band.codes, if s.band == 0 { 2 } else { 3 });
    let answer = Answer::choose_text(&mut s.rng, word.w, wrong);
    let problem = asked_for(s, Problem::new(answer), word);
    let start: String = word.w.chars().take(1).collect();
    let end: String = word.w.chars().last().into_iter().collect();
    told(problem, s, talk, word)
        .hint(say!(
            s.lang,
            "It begins with {start} and ends with {end}.",
            "Il commence par {start} et finit par {end}."
        ))
        .seconds(20)
}

/// The instruction and what is meant: a picture where the host has one, else the clue.
pub fn asked_for(s: &mut Setup, problem: Problem, word: &Word) -> Problem {
    match picture(s.lang, word.w) {
        Some(name) if s.rng.chance(1, 2) => problem
            .tell(say!(
                s.lang,
                "Read the words. Which one goes with the picture?",
                "Lis les mots. Lequel va avec l'image ?"
            ))
            .figure(Figure::Row(vec![name.to_owned()])),
        _ => problem
            .tell(say!(s.lang, "Read the words. Which one is it?", "Lis les mots. Lequel est-ce ?"))
            .tell(word.clue.unwrap_or_default().to_owned()),
    }
}

/// The host's picture of a word.
pub fn picture(lang: Lang, word: &str) -> Option<&'static str> {
    PICTURES.iter().find(|picture| lang.pick(picture.en[0], picture.fr[0]) == word).map(|picture| picture.name)
}

/// Wrong words: one for each code, in turn, then words of the pool that begin otherwise.
pub fn wrong_words(
    rng: &mut Rng,
    lang: Lang,
    word: &'static Word,
    pool: &[&'static Word],
    codes: &[&'static str],
    count: usize,
) -> Vec<(String, Option<&'static str>)> {
    let mut wrong: Vec<(String, Option<&'static str>)> = Vec::new();
    for code in codes.iter().copied() {
        let found = misread(lang, word, code);
        let fresh: Vec<&String> = found.iter().filter(|made| !wrong.iter().any(|(other, _)| other == *made)).collect();
        // Words that exist come first; among the first few the seed decides.
        if let Some(made) = fresh.get(rng.below(fresh.len().min(3) as u32) as usize) {
            wrong.push(((*made).clone(), Some(code)));
        }
    }
    let mut rest: Vec<&Word> =
        pool.iter().copied().filter(|other| other.theme != word.theme && other.w != word.w).collect();
    rng.shuffle(&mut rest);
    let first = |w: &str| w.chars().next();
    rest.sort_by_key(|other| first(other.w) == first(word.w));
    for other in rest {
        if !wrong.iter().any(|(taken, _)| taken == other.w) {
            wrong.push((other.w.to_owned(), None));
        }
    }
    wrong.truncate(count);
    wrong
}

fn join(s: &mut Setup, mut words: Vec<&'static Word>, talk: Talk) -> Problem {
    s.rng.shuffle(&mut words);
    let count = if s.band < 3 { 3 } else { 4 };
    let mut chosen: Vec<&'static Word> = Vec::new();
    for word in words {
        if chosen.len() < count && !chosen.iter().any(|other| other.theme == word.theme) {
            chosen.push(word);
        }
    }
    let first = |word: &Word| word.w.chars().next();
    let mut rules = Vec::new();
    for (i, one) in chosen.iter().enumerate() {
        for (j, other) in chosen.iter().enumerate() {
            if i != j && first(one) == first(other) {
                rules.push((i, j, "first-sound-guess"));
            }
        }
    }
    let pairs = chosen.iter().map(|word| (text(word.w), both(word.clue.unwrap_or_default().to_owned()))).collect();
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &rules);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Read each word and join it with what it means.",
        "Lis chaque mot et relie-le à ce qu'il veut dire."
    ));
    let lead = chosen[0];
    let fits = lead.clue.unwrap_or_default();
    let word = lead.w;
    let all: Vec<Block> =
        chosen.iter().map(|word| Block::Text(format!("{} – {}", word.w, word.clue.unwrap_or_default()))).collect();
    told(problem, s, talk, lead).step_show(all).hint(say!(s.lang, "{word}: {fits}", "{word} : {fits}")).seconds(45)
}

fn told(problem: Problem, s: &Setup, talk: Talk, word: &'static Word) -> Problem {
    let data = data(s.lang);
    let parts: Vec<&str> = word.s.iter().filter_map(|id| data.sound(id)).map(|sound| sound.g).collect();
    let parts = parts.join(" · ").replace('_', "…");
    let [first, second] = talk.hints;
    problem
        .hint(first)
        .hint(second)
        .step(talk.step)
        .step_show([Block::Text(format!("{parts} → {}", word.w))])
        .praise(say!(s.lang, "Yes, you read it well.", "Oui, tu as bien lu."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_band_has_enough_words_and_codes() {
        for locale in ["en", "fr"] {
            for (id, plan) in [
                ("cvc", cvc as fn(&mut Setup) -> Problem),
                ("clusters", two_consonants),
                ("two-letter", two_letter),
                ("vowel-teams", vowel_teams),
            ] {
                for (band, difficulty) in [0.0, 0.25, 0.5, 0.75, 1.0].into_iter().enumerate() {
                    let mut rights = std::collections::BTreeSet::new();
                    let mut codes = std::collections::BTreeSet::new();
                    for seed in 0..80 {
                        let ask = chalkbox_tool::check::ask(id, difficulty, seed, locale);
                        let problem = plan(&mut Setup::new(&ask));
                        codes.extend(problem.answer.wrong.iter().map(|wrong| wrong.code));
                        rights.insert(format!("{:?}", problem.steps.last()));
                    }
                    assert!(rights.len() > 5, "{id} band {band} {locale}: {} words", rights.len());
                    assert!(band == 0 || !codes.is_empty(), "{id} band {band} {locale}: no codes");
                }
            }
        }
    }
}
