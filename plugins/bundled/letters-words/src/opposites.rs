//! Opposites and words of like meaning, seen and heard. Never here: word parts, words with several meanings.

use chalkbox_tool::{Answer, Block, Lang, Problem, Rng, Setup, both, say};

use crate::data::data;

/// A wrong word with the misconception it shows.
type Coded = (String, Option<&'static str>);

/// Words often heard together with one, which mean something else.
const EN_RELATED: &[(&str, &str)] = &[
    ("hot", "fire"),
    ("cold", "ice"),
    ("big", "elephant"),
    ("small", "ant"),
    ("wet", "rain"),
    ("dry", "sand"),
    ("day", "sun"),
    ("night", "moon"),
    ("happy", "song"),
    ("sad", "tears"),
    ("up", "sky"),
    ("down", "ground"),
    ("fast", "horse"),
    ("slow", "snail"),
    ("hard", "stone"),
    ("soft", "cotton"),
    ("long", "rope"),
    ("clean", "soap"),
    ("dirty", "mud"),
    ("open", "door"),
    ("dark", "cave"),
    ("light", "lamp"),
    ("loud", "drum"),
    ("deep", "well"),
    ("full", "bucket"),
    ("push", "cart"),
    ("strong", "ox"),
    ("rough", "bark"),
];
const FR_RELATED: &[(&str, &str)] = &[
    ("grand", "arbre"),
    ("petit", "fourmi"),
    ("chaud", "feu"),
    ("froid", "glace"),
    ("jour", "soleil"),
    ("nuit", "lune"),
    ("monter", "échelle"),
    ("descendre", "puits"),
    ("noir", "charbon"),
    ("blanc", "lait"),
    ("propre", "savon"),
    ("sale", "boue"),
    ("rire", "joie"),
    ("pleurer", "larmes"),
    ("vide", "seau"),
    ("plein", "panier"),
    ("dur", "pierre"),
    ("mou", "beurre"),
    ("léger", "plume"),
    ("lourd", "sac"),
    ("ouvrir", "clé"),
    ("fermer", "porte"),
    ("sec", "sable"),
    ("mouillé", "pluie"),
    ("fort", "lion"),
    ("acheter", "marché"),
    ("riche", "or"),
    ("pousser", "chariot"),
    ("perdre", "poche"),
];
/// Words that are near enough to each other to argue about: they never stand together as options.
const NEAR: &[&[&str]] = &[
    &["dark", "light", "day", "night"],
    &["strong", "weak", "hard", "soft"],
    &["big", "small", "long", "short", "thick", "thin", "little", "large", "enormous", "huge", "deep", "shallow"],
    &["quick", "fast", "slow", "rapid", "swift"],
    &["lost", "found", "arrive", "leave"],
    &["fort", "faible", "dur", "mou", "solide", "résistant", "courageux", "brave"],
    &["jour", "nuit", "noir", "blanc"],
    &["grand", "petit", "immense", "profond", "peu profond"],
    &["tôt", "tard", "vite", "rapidement"],
    &["monter", "descendre", "arriver", "partir"],
];

/// What stands in the tables for a word: its partner on the other side.
fn partner(pairs: &'static [(u8, &'static str, &'static str)], word: &str) -> Option<&'static str> {
    pairs.iter().find_map(|(_, one, other)| if *one == word { Some(*other) } else { (*other == word).then_some(*one) })
}

fn near(one: &str, other: &str) -> bool {
    NEAR.iter().any(|group| group.contains(&one) && group.contains(&other))
}

/// `literacy.vocab.opposites`.
pub fn opposites(s: &mut Setup) -> Problem {
    match s.band {
        0 => one_of(s, true, 1, false),
        1 => one_of(s, true, 1, true),
        2 => {
            let opposite = s.rng.chance(1, 2);
            one_of(s, opposite, 2, opposite)
        }
        3 => like_or_opposite(s),
        _ => in_a_sentence(s),
    }
}

/// A word of a level whose partner is asked, with its partner.
fn pick_pair(rng: &mut Rng, lang: Lang, opposite: bool, levels: &[u8]) -> (&'static str, &'static str) {
    let table = if opposite { data(lang).antonyms } else { data(lang).synonyms };
    let of_level: Vec<_> = table.iter().filter(|(level, ..)| levels.contains(level)).collect();
    let (_, one, other) = **rng.pick(&of_level);
    if rng.chance(1, 2) { (one, other) } else { (other, one) }
}

/// Wrong words: the other kind of partner, "not …", something that goes with it, then words of other pairs.
fn wrong_words(s: &mut Setup, word: &str, right: &str, opposite: bool, not: bool) -> Vec<Coded> {
    let data = data(s.lang);
    let (other_kind, code) =
        if opposite { (data.synonyms, "same-for-opposite") } else { (data.antonyms, "opposite-for-same") };
    let mut wrong: Vec<Coded> =
        partner(other_kind, word).map(|other| (other.to_owned(), Some(code))).into_iter().collect();
    if not && !["yes", "no", "oui", "non"].contains(&word) {
        wrong.push((say!(s.lang, "not {word}", "pas {word}"), Some("adds-not")));
    }
    let related = s.lang.pick(EN_RELATED, FR_RELATED).iter().find(|(of, _)| *of == word);
    wrong.extend(related.map(|(_, thing)| ((*thing).to_owned(), Some("related-thing"))));
    let mut others: Vec<&str> = data.antonyms.iter().flat_map(|(_, one, other)| [*one, *other]).collect();
    s.rng.shuffle(&mut others);
    let clear = |other: &&&str| {
        let linked =
            |to: &str| partner(data.antonyms, to) == Some(**other) || partner(data.synonyms, to) == Some(**other);
        **other != word
            && **other != right
            && !linked(word)
            && !linked(right)
            && !near(word, other)
            && !near(right, other)
    };
    wrong.extend(others.iter().filter(clear).take(3).map(|other| ((*other).to_owned(), None)));
    wrong
}

/// Which word is the opposite, or means nearly the same?
fn one_of(s: &mut Setup, opposite: bool, level: u8, not: bool) -> Problem {
    let (word, right) = pick_pair(&mut s.rng, s.lang, opposite, &[level]);
    let mut wrong = wrong_words(s, word, right, opposite, not);
    wrong.truncate(if s.band < 2 { 2 } else { 3 });
    let options = wrong.into_iter().map(|(words, code)| (both(words), code)).collect();
    let answer = Answer::choice(&mut s.rng, both(right.to_owned()), options);
    let ask = if opposite {
        say!(s.lang, "Which word is the opposite?", "Quel mot est le contraire ?")
    } else {
        say!(s.lang, "Which word means nearly the same?", "Quel mot veut dire presque la même chose ?")
    };
    let problem = Problem::new(answer).tell(ask).show(both(word.to_owned()));
    let how = if opposite {
        say!(s.lang, "Show it with your hands, then turn it round.", "Montre-le avec les mains, puis montre l'inverse.")
    } else {
        say!(
            s.lang,
            "Put it into a sentence in its place: does it still say the same?",
            "Mets-le à sa place dans une phrase : dit-elle encore la même chose ?"
        )
    };
    let start: String = right.chars().take(1).collect();
    told(problem, s, how)
        .hint(say!(s.lang, "It begins with {start}.", "Il commence par {start}."))
        .step(say!(
            s.lang,
            "Say the word and think when you use it. Then try each option:",
            "Dis le mot et pense au moment où tu l'emploies. Puis essaie chaque choix :"
        ))
        .step_show([Block::Text(pair_line(word, right, opposite))])
        .seconds(15)
}

fn pair_line(word: &str, other: &str, opposite: bool) -> String {
    format!("{word} {} {other}", if opposite { "↔" } else { "=" })
}

fn told(problem: Problem, s: &Setup, how: String) -> Problem {
    problem
        .hint(say!(s.lang, "Think of when you use this word.", "Pense au moment où tu emploies ce mot."))
        .hint(how)
        .praise(say!(s.lang, "Yes, these two go together.", "Oui, ces deux-là vont ensemble."))
}

/// Pairs to sort: nearly the same, or opposite.
fn like_or_opposite(s: &mut Setup) -> Problem {
    let lang = s.lang;
    let mut chosen: Vec<(&str, &str, bool)> = Vec::new();
    let alike = s.rng.range(1, 3);
    for turn in 0..200 {
        let opposite = chosen.len() as i64 >= alike;
        let (one, other) = pick_pair(&mut s.rng, lang, opposite, &[1, 2]);
        let fresh = !chosen.iter().any(|(a, b, _)| [a, b].contains(&&one) || [a, b].contains(&&other));
        if fresh && chosen.len() < 4 && turn < 199 {
            chosen.push((one, other, opposite));
        }
    }
    let things = chosen
        .iter()
        .map(|(one, other, opposite)| (both(format!("{one} – {other}")), usize::from(*opposite)))
        .collect();
    let groups = vec![both(say!(lang, "nearly the same", "presque pareil")), both(say!(lang, "opposite", "contraire"))];
    let rules: Vec<(usize, usize, &'static str)> = chosen
        .iter()
        .enumerate()
        .map(|(i, (_, _, opposite))| {
            (i, usize::from(!*opposite), if *opposite { "same-for-opposite" } else { "opposite-for-same" })
        })
        .collect();
    let answer = Answer::sorting(&mut s.rng, things, groups, &rules);
    let problem = Problem::new(answer).tell(say!(
        lang,
        "Do the two words mean nearly the same, or are they opposites?",
        "Les deux mots disent-ils presque la même chose, ou le contraire ?"
    ));
    let (one, other, _) = chosen[0];
    let lines =
        chosen.iter().map(|(one, other, opposite)| Block::Text(pair_line(one, other, *opposite))).collect::<Vec<_>>();
    told(
        problem,
        s,
        say!(
            lang,
            "Can one thing be both at once? Then they are no opposites.",
            "Une chose peut-elle être les deux à la fois ? Alors ce n'est pas le contraire."
        ),
    )
    .hint(say!(
        lang,
        "Begin with “{one} – {other}”: the same, or turned round?",
        "Commence par « {one} – {other} » : pareil ou inverse ?"
    ))
    .step(say!(
        lang,
        "Say each pair and think of one thing for each word.",
        "Dis chaque paire et pense à une chose pour chaque mot."
    ))
    .step_show(lines)
    .seconds(45)
}

/// "Not deep, but …": the opposite into a sentence.
fn in_a_sentence(s: &mut Setup) -> Problem {
    let lang = s.lang;
    let opposite = s.rng.chance(2, 3);
    let (word, right) = pick_pair(&mut s.rng, lang, opposite, &[3]);
    let wrong: Vec<Coded> = wrong_words(s, word, right, opposite, false).into_iter().take(3).collect();
    let before = if opposite {
        say!(lang, "not {word}, but", "pas {word}, mais")
    } else {
        say!(lang, "{word}, that is to say", "{word}, c'est-à-dire")
    };
    let answer = Answer::gaps(&mut s.rng, &[(before.clone(), String::new(), right.to_owned())], &wrong);
    let problem =
        Problem::new(answer).tell(say!(lang, "Put the word that fits best.", "Mets le mot qui convient le mieux."));
    let how = if opposite {
        say!(
            lang,
            "Not …, but …: the second word turns the first one round.",
            "Pas …, mais … : le deuxième mot dit l'inverse du premier."
        )
    } else {
        say!(
            lang,
            "That is to say: the second word says the first one again.",
            "C'est-à-dire : le deuxième mot redit le premier."
        )
    };
    let start: String = right.chars().take(2).collect();
    told(problem, s, how)
        .hint(say!(lang, "It begins with {start}", "Il commence par {start}"))
        .step(say!(
            lang,
            "Read the start, think of the meaning, try each word:",
            "Lis le début, pense au sens, essaie chaque mot :"
        ))
        .step_show([Block::Text(format!("{before} {right}"))])
        .seconds(25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_found_both_ways() {
        assert_eq!(partner(data(Lang::En).antonyms, "cold"), Some("hot"));
        assert_eq!(partner(data(Lang::Fr).synonyms, "joli"), Some("beau"));
        assert!(near("fort", "mou") && !near("fort", "vide"));
    }

    #[test]
    fn related_words_belong_to_words_of_the_tables() {
        for (lang, related) in [(Lang::En, EN_RELATED), (Lang::Fr, FR_RELATED)] {
            for (word, thing) in related {
                assert!(partner(data(lang).antonyms, word).is_some(), "{word}");
                assert_ne!(partner(data(lang).antonyms, word), Some(*thing));
            }
        }
    }
}
