//! Longer words by their parts: two in English, three in French. Never here: prefixes and suffixes, spelling letter by letter.

use chalkbox_tool::{Answer, Block, Lang, Problem, Setup, say, text};

use crate::data::{Data, Word, data, in_hints};
use crate::read::asked_for;
use crate::tiles::build;

/// English words of three parts; the language data hold hardly any.
const THREE_PARTS: [&[&str]; 14] = [
    &["el", "e", "phant"],
    &["ba", "nan", "a"],
    &["to", "ma", "to"],
    &["po", "ta", "to"],
    &["um", "brel", "la"],
    &["yes", "ter", "day"],
    &["re", "mem", "ber"],
    &["Sep", "tem", "ber"],
    &["but", "ter", "fly"],
    &["hos", "pi", "tal"],
    &["to", "geth", "er"],
    &["croc", "o", "dile"],
    &["fam", "i", "ly"],
    &["hol", "i", "day"],
];

/// `literacy.word.two-syllable`: longer words by parts.
pub fn longer_words(s: &mut Setup) -> Problem {
    match s.band {
        0 => missing_part(s, false),
        1 => whole_words(s, false),
        2 => {
            if s.rng.chance(1, 2) {
                two_words(s)
            } else {
                from_tiles(s)
            }
        }
        3 => {
            if s.rng.chance(1, 2) {
                whole_words(s, true)
            } else {
                missing_part(s, true)
            }
        }
        _ => three_parts(s),
    }
}

/// Words of the length that the language asks for here. In the easy bands the first part is closed (rab-bit) or, in French,
/// the word is taught early.
fn words(s: &Setup, easy: bool) -> Vec<&'static Word> {
    let data = data(s.lang);
    let count = s.lang.pick(2, 3);
    let vowels = ['a', 'e', 'i', 'o', 'u', 'y'];
    let long =
        data.words.iter().filter(|word| word.syl.len() == count && word.w.chars().count() < 9 && !in_hints(word.w));
    let fits = |word: &&Word| match s.lang {
        Lang::En => !easy || !word.syl[0].ends_with(vowels),
        Lang::Fr => !easy || word.set <= 8,
    };
    // Parts of one letter (é-co-le) are hard to see as parts: not in the easy bands.
    long.filter(fits).filter(|word| !easy || word.syl.iter().all(|part| part.chars().count() > 1)).collect()
}

/// The last part is missing.
fn missing_part(s: &mut Setup, hard: bool) -> Problem {
    let words = words(s, !hard);
    let word = *s.rng.pick(&words);
    let last = word.syl.len() - 1;
    let start = word.syl[..last].concat();
    let data = data(s.lang);
    // Parts that would end another word must not stand beside the right one.
    let ends: Vec<&str> = data.words.iter().filter_map(|other| other.w.strip_prefix(start.as_str())).collect();
    let taken = |part: &str| ends.contains(&part);
    let mut others: Vec<&str> =
        words.iter().map(|other| other.syl[other.syl.len() - 1]).filter(|part| !taken(part)).collect();
    s.rng.shuffle(&mut others);
    let first = |part: &str| part.chars().next();
    if hard {
        others.sort_by_key(|part| first(part) != first(word.syl[last]));
    }
    others.dedup();
    let code = |part: &str| if first(part) == first(word.syl[last]) { "first-part-guess" } else { "syllable-drop" };
    let mut extra: Vec<(String, Option<&'static str>)> = Vec::new();
    for part in others {
        if extra.len() < 2 + usize::from(hard) && !extra.iter().any(|(other, _)| other == part) {
            extra.push((part.to_owned(), (first(part) == first(word.syl[last])).then(|| code(part))));
        }
    }
    if let Some(repeat) = extra.last_mut().filter(|_| !taken(word.syl[0])) {
        *repeat = (word.syl[0].to_owned(), Some("syllable-drop"));
    }
    let answer = Answer::gaps(&mut s.rng, &[(start, String::new(), word.syl[last].to_owned())], &extra);
    let problem =
        Problem::new(answer).tell(say!(s.lang, "Which part ends the word?", "Quelle partie termine le mot ?"));
    told(with_clue(problem, word), s, word.syl)
}

fn with_clue(problem: Problem, word: &Word) -> Problem {
    match word.clue {
        Some(clue) => problem.tell(clue.to_owned()),
        None => problem,
    }
}

/// Whole words to choose from by a clue; in the hard form the others share a part with the right one.
fn whole_words(s: &mut Setup, hard: bool) -> Problem {
    let words = words(s, !hard);
    let clued: Vec<&Word> = words.iter().copied().filter(|word| word.clue.is_some()).collect();
    let word = *s.rng.pick(&clued);
    let mut wrong: Vec<(String, Option<&'static str>)> = Vec::new();
    if hard {
        wrong.extend(misbuilt(s, word));
    }
    let mut others: Vec<&Word> = words.iter().copied().filter(|other| other.theme != word.theme).collect();
    s.rng.shuffle(&mut others);
    let first = |other: &Word| other.w.chars().next() == word.w.chars().next();
    others.sort_by_key(|other| !first(other));
    wrong.extend(others.iter().map(|other| (other.w.to_owned(), first(other).then_some("first-part-guess"))));
    wrong.truncate(3);
    let answer = Answer::choose_text(&mut s.rng, word.w, wrong);
    let problem = asked_for(s, Problem::new(answer), word);
    told(problem, s, word.syl)
}

/// A word with its parts misread: one left out, two swapped, another vowel in one.
fn misbuilt(s: &mut Setup, word: &'static Word) -> Vec<(String, Option<&'static str>)> {
    let mut made: Vec<(String, &'static str)> = Vec::new();
    let mut swapped = word.syl.to_vec();
    swapped.swap(0, 1);
    made.push((swapped.concat(), "parts-swapped"));
    if word.syl.len() > 2 {
        made.push((format!("{}{}", word.syl[0], word.syl[2]), "syllable-drop"));
    }
    let vowels = crate::sounds::misread(s.lang, word, "vowel-swap");
    if let Some(other) = vowels.get(s.rng.below(vowels.len() as u32) as usize) {
        made.push((other.clone(), "vowel-swap"));
    }
    let known = |made: &str| data(s.lang).word(made).is_some() || crate::data::unkind(made) || made == word.w;
    made.into_iter().filter(|(word, _)| !known(word)).map(|(word, code)| (word, Some(code))).collect()
}

/// Tiles of one word and, in English, a tile too many.
fn from_tiles(s: &mut Setup) -> Problem {
    let words = words(s, true);
    let word = *s.rng.pick(&words);
    let parts: Vec<String> = word.syl.iter().map(|part| (*part).to_owned()).collect();
    let answer = build(&mut s.rng, &parts, &[], "parts-swapped");
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Put the parts together to make a word.",
        "Assemble les parties pour faire un mot."
    ));
    told(with_clue(problem, word), s, word.syl)
}

/// First parts and last parts of several words to join.
fn two_words(s: &mut Setup) -> Problem {
    let mut words = words(s, true);
    s.rng.shuffle(&mut words);
    let data = data(s.lang);
    let mut chosen: Vec<&Word> = Vec::new();
    for word in words {
        if chosen.len() < 3 && chosen.iter().all(|other| apart(data, word, other)) {
            chosen.push(word);
        }
    }
    let split =
        |word: &'static Word| (text(word.syl[..word.syl.len() - 1].concat()), text(word.syl[word.syl.len() - 1]));
    let rules: Vec<(usize, usize, &'static str)> = (0..chosen.len())
        .flat_map(|i| (0..chosen.len()).filter(move |j| *j != i).map(move |j| (i, j, "first-part-guess")))
        .collect();
    let answer = Answer::matching(&mut s.rng, chosen.iter().map(|word| split(word)).collect(), vec![], &rules);
    let all = chosen.iter().map(|word| word.w).collect::<Vec<_>>().join(", ");
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Join the parts so that they make words.",
        "Relie les parties pour faire des mots."
    ));
    told(problem, s, chosen[0].syl).step_show([Block::Text(all)])
}

/// Whether neither word's start makes a word with the other's end.
fn apart(data: &Data, one: &Word, other: &Word) -> bool {
    let start = |word: &Word| word.syl[..word.syl.len() - 1].concat();
    let end = |word: &Word| word.syl[word.syl.len() - 1];
    let word = |start: String, end: &str| data.word(&format!("{start}{end}")).is_some();
    start(one) != start(other)
        && end(one) != end(other)
        && !word(start(one), end(other))
        && !word(start(other), end(one))
}

/// Three parts: build the word, or find the part that is missing in the middle.
fn three_parts(s: &mut Setup) -> Problem {
    let all: Vec<&'static [&'static str]> = match s.lang {
        Lang::En => THREE_PARTS.to_vec(),
        Lang::Fr => data(s.lang)
            .words
            .iter()
            .filter(|word| word.syl.len() == 3 && !in_hints(word.w))
            .map(|word| word.syl)
            .collect(),
    };
    let parts = *s.rng.pick(&all);
    let clue = data(s.lang).word(&parts.concat()).and_then(|word| word.clue);
    let ask = if clue.is_some() || s.rng.chance(1, 2) {
        let tiles: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let answer = build(&mut s.rng, &tiles, &[], "parts-swapped");
        let ask = say!(
            s.lang,
            "Put the three parts together to make a word.",
            "Assemble les trois parties pour faire un mot."
        );
        clue.into_iter().fold(Problem::new(answer).tell(ask), |problem, clue| problem.tell(clue.to_owned()))
    } else {
        let fits =
            |part: &str| all.iter().any(|other| other[0] == parts[0] && other[1] == part && other[2] == parts[2]);
        let mut others: Vec<&str> = all.iter().map(|other| other[1]).filter(|part| !fits(part)).collect();
        s.rng.shuffle(&mut others);
        let mut extra = vec![(parts[2].to_owned(), Some("syllable-drop"))];
        extra.extend(others.iter().take(2).map(|part| ((*part).to_owned(), Some("first-part-guess"))));
        extra.retain(|(part, _)| !fits(part));
        let answer =
            Answer::gaps(&mut s.rng, &[(parts[0].to_owned(), parts[2].to_owned(), parts[1].to_owned())], &extra);
        Problem::new(answer).tell(say!(
            s.lang,
            "Which part is missing in the middle?",
            "Quelle partie manque au milieu ?"
        ))
    };
    told(ask, s, parts)
}

fn told(problem: Problem, s: &Setup, parts: &[&str]) -> Problem {
    let (first, whole) = (parts[0], parts.concat());
    problem
        .hint(say!(s.lang, "Each part has a vowel: find them.", "Chaque partie a une voyelle : trouve-les."))
        .hint(say!(
            s.lang,
            "Cover the end and read the start. Then go on.",
            "Cache la fin et lis le début. Puis continue."
        ))
        .hint(say!(s.lang, "The first part is “{first}”.", "La première partie est « {first} »."))
        .step(say!(s.lang, "Read each part, then say them in one go:", "Lis chaque partie, puis dis-les d'un trait :"))
        .step_show([Block::Text(format!("{} → {whole}", parts.join(" · ")))])
        .praise(say!(s.lang, "Yes, part by part you read a long word.", "Oui, partie par partie tu as lu un long mot."))
        .seconds(30)
}
