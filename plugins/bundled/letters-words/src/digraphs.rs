//! Two letters with one sound: finding them in a word, telling them from their neighbours and from single letters, counting
//! sounds. The word is read or guessed from a clue, never spoken. Never here: reading whole words for sense.

use chalkbox_tool::{Answer, Block, Lang, Problem, Setup, say, text};

use crate::data::{Data, Sound, Word, data, unkind};
use crate::sounds::{has_cluster, heard, is_consonant, sounded};

/// The last step whose words are asked: later ones hold spellings that are not taught yet.
const LAST_SET: u8 = 7;

/// A word that holds one pair of letters with one sound, and no other letters that work together.
struct Holder {
    word: &'static Word,
    pair: &'static Sound,
    /// The letters before the pair.
    before: String,
    /// The letters behind it.
    after: String,
}

impl Holder {
    /// The holder of a word's only pair; `None` where it has none, several, or letters that are not side by side.
    fn of(lang: Lang, word: &'static Word) -> Option<Self> {
        let data = data(lang);
        let sounds: Vec<&'static Sound> = word.s.iter().filter_map(|id| data.sound(id)).collect();
        let mut long = sounds.iter().enumerate().filter(|(_, sound)| sound.g.chars().count() > 1);
        let (at, pair) = long.next()?;
        let kinds: &[&str] = lang.pick(&["digraph"], &["digraph", "team", "nasal"]);
        if long.next().is_some() || !kinds.contains(&pair.kind) || pair.g.chars().count() != 2 {
            return None;
        }
        let letters = |sounds: &[&Sound]| sounds.iter().map(|sound| sound.g).collect();
        Some(Self { word, pair, before: letters(&sounds[..at]), after: letters(&sounds[at + 1..]) })
    }

    /// Letters that stand side by side in the word and do not work together in any word: the pair's own neighbours first.
    fn neighbours(&self, data: &Data) -> Vec<String> {
        let letters: Vec<char> = self.word.w.chars().collect();
        let place = self.before.chars().count();
        let mut found: Vec<(usize, String)> = letters
            .windows(2)
            .enumerate()
            .map(|(at, two)| (at.abs_diff(place), two.iter().collect()))
            .filter(|(_, two): &(usize, String)| !data.sounds.iter().any(|sound| sound.g == *two))
            .collect();
        found.sort_by_key(|(apart, _)| *apart);
        let mut distinct: Vec<String> = Vec::new();
        for (_, two) in found {
            if !distinct.contains(&two) && !unkind(&two) && two != self.swapped() {
                distinct.push(two);
            }
        }
        distinct
    }

    fn swapped(&self) -> String {
        self.pair.g.chars().rev().collect()
    }

    /// The sounds of the word apart, mute letters left out: "sh · i · p".
    fn parts(&self, data: &Data) -> String {
        sounded(data, self.word).iter().map(|sound| sound.g).collect::<Vec<_>>().join(" · ")
    }
}

/// Every holder of the words up to a step.
fn holders(lang: Lang, last: u8) -> Vec<Holder> {
    let pattern = lang.pick("digraph", "complexes");
    let words = data(lang).words.iter().filter(|word| word.pattern == pattern && word.set <= last);
    words.filter_map(|word| Holder::of(lang, word)).collect()
}

/// `literacy.letter.two-letter`
pub fn two_letter(s: &mut Setup) -> Problem {
    match s.band {
        0 => find(s, false),
        1 if s.rng.chance(1, 4) => join(s, 2),
        1 => find(s, true),
        2 if s.rng.chance(1, 3) => join(s, 3),
        2 => fill(s, false),
        3 => fill(s, true),
        _ if s.rng.chance(1, 2) => count_sounds(s),
        _ => find_in_clusters(s),
    }
}

/// Which two letters of the word make one sound? In the easy form the right letters never stand in another order.
fn find(s: &mut Setup, turned: bool) -> Problem {
    let data = data(s.lang);
    let last = if turned { LAST_SET } else { s.lang.pick(LAST_SET, 6) };
    let fits = |held: &Holder| {
        let long = held.word.w.chars().count();
        (turned || long < 6) && !has_cluster(data, held.word) && held.neighbours(data).len() >= 2
    };
    let all: Vec<Holder> = holders(s.lang, last).into_iter().filter(fits).collect();
    let held = s.rng.pick(&all);
    found(s, held, &held.neighbours(data), turned)
}

/// The same in words with two consonants side by side: they are two sounds, and offered first.
fn find_in_clusters(s: &mut Setup) -> Problem {
    let data = data(s.lang);
    let fits = |held: &Holder| has_cluster(data, held.word) && held.neighbours(data).len() >= 2;
    let all: Vec<Holder> = holders(s.lang, LAST_SET).into_iter().filter(fits).collect();
    let held = s.rng.pick(&all);
    let cluster = |two: &str| two.chars().all(|c| data.sound(&c.to_string()).is_some_and(is_consonant));
    let mut neighbours = held.neighbours(data);
    neighbours.sort_by_key(|two| !cluster(two));
    found(s, held, &neighbours, true)
}

fn found(s: &mut Setup, held: &Holder, neighbours: &[String], turned: bool) -> Problem {
    let mut wrong: Vec<(String, Option<&'static str>)> = Vec::new();
    wrong.extend(turned.then(|| (held.swapped(), Some("letter-order-swap"))));
    wrong.extend(neighbours.iter().take(2).map(|two| (two.clone(), None)));
    let answer = Answer::choose_text(&mut s.rng, held.pair.g, wrong);
    let other = &neighbours[0];
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "Read the word. Which two letters make one sound together?",
            "Lis le mot. Quelles deux lettres font ensemble un seul son ?"
        ))
        .write(held.word.w.to_owned())
        .hint(say!(
            s.lang,
            "Say the word slowly. Where do two letters share one sound?",
            "Dis le mot lentement. Où deux lettres se partagent-elles un son ?"
        ))
        .hint(say!(
            s.lang,
            "Say each letter by itself. Where does it stop sounding like the word?",
            "Dis chaque lettre toute seule. Où n'entends-tu plus le mot ?"
        ))
        .hint(say!(s.lang, "It is not {other}. Look at the others.", "Ce n'est pas {other}. Regarde les autres."));
    explained(problem, s, held).seconds(15)
}

/// The steps and the praise that every form shares.
fn explained(problem: Problem, s: &Setup, held: &Holder) -> Problem {
    let (pair, word, parts) = (held.pair.g, held.word.w, held.parts(data(s.lang)));
    problem
        .step(say!(s.lang, "Say the word sound by sound:", "Dis le mot son par son :"))
        .step_show([Block::Text(format!("{parts} → {word}"))])
        .step_show([Block::Text(say!(
            s.lang,
            "The letters {pair} make one sound together.",
            "Les lettres {pair} font un seul son ensemble."
        ))])
        .praise(say!(s.lang, "Yes. Two letters, one sound.", "Oui. Deux lettres, un seul son."))
}

/// What could stand in the gap and still be no answer: it sounds otherwise, and is no word of the same kind or rude.
fn no_answer(data: &Data, held: &Holder, tile: &str) -> bool {
    let made = format!("{}{tile}{}", held.before, held.after);
    let same_kind = data.words.iter().any(|word| word.w == made && word.theme == held.word.theme);
    let sound = |id: &str| heard(data, &[id]);
    let alike = data.sounds.iter().any(|other| other.g == tile && sound(other.id) == sound(held.pair.id));
    !same_kind && !alike && !unkind(&made) && !data.irregular.contains(&made.as_str())
}

/// The pair is missing in a word that a clue gives away. With `single`, the options hold its letters alone.
fn fill(s: &mut Setup, single: bool) -> Problem {
    let data = data(s.lang);
    let all: Vec<Holder> = holders(s.lang, LAST_SET).into_iter().filter(|held| held.word.clue.is_some()).collect();
    let held = s.rng.pick(&all);
    let near = held.pair.near.iter().filter_map(|id| data.sound(id)).map(|sound| (sound.g, "confuses-near-sound"));
    let mut wrong: Vec<(String, Option<&'static str>)> = Vec::new();
    let swapped = held.swapped();
    if single {
        wrong.extend(held.pair.g.chars().map(|letter| (letter.to_string(), Some("splits-digraph"))));
        wrong.push((swapped, Some("letter-order-swap")));
        wrong.extend(near.map(|(tile, code)| (tile.to_owned(), Some(code))));
    } else {
        let pairs = near.filter(|(tile, _)| tile.chars().count() == 2);
        wrong.extend(pairs.map(|(tile, code)| (tile.to_owned(), Some(code))));
    }
    let mut others: Vec<&str> = all.iter().map(|other| other.pair.g).collect();
    s.rng.shuffle(&mut others);
    wrong.extend(others.into_iter().map(|tile| (tile.to_owned(), None)));
    let mut tiles: Vec<(String, Option<&'static str>)> = Vec::new();
    for (tile, code) in wrong {
        let fresh = tile != held.pair.g && !tiles.iter().any(|(other, _)| *other == tile);
        if fresh && tiles.len() < 3 && no_answer(data, held, &tile) {
            tiles.push((tile, code));
        }
    }
    let gap = (held.before.clone(), held.after.clone(), held.pair.g.to_owned());
    let answer = Answer::gaps(&mut s.rng, &[gap], &tiles);
    let told = held.word.clue.unwrap_or_default();
    let same: Vec<&Holder> =
        all.iter().filter(|other| other.pair.id == held.pair.id && other.word.w != held.word.w).collect();
    let problem = Problem::new(answer)
        .tell(told.to_owned())
        .tell(say!(s.lang, "Put in the letters that are missing.", "Mets les lettres qui manquent."))
        .hint(say!(
            s.lang,
            "Say the word that the sentence means. Which sound is missing?",
            "Dis le mot dont parle la phrase. Quel son manque ?"
        ))
        .hint(say!(
            s.lang,
            "It is one sound, and it takes two letters.",
            "C'est un seul son, et il faut deux lettres."
        ));
    let problem = match same.as_slice() {
        [] => problem,
        same => {
            let key = s.rng.pick(same).word.w;
            problem.hint(say!(
                s.lang,
                "The same sound is in the word “{key}”.",
                "Le même son est dans le mot « {key} »."
            ))
        }
    };
    explained(problem, s, held).seconds(20)
}

/// Words to join that hold the same pair.
fn join(s: &mut Setup, count: usize) -> Problem {
    let data = data(s.lang);
    let mut all: Vec<Holder> =
        holders(s.lang, LAST_SET).into_iter().filter(|held| held.word.w.chars().count() > 2).collect();
    s.rng.shuffle(&mut all);
    let mut joined: Vec<(&Holder, &Holder)> = Vec::new();
    for (i, one) in all.iter().enumerate() {
        // Letters that say the same sound in two ways, or two sounds in one way, would make two partners.
        let taken = joined.iter().any(|(other, _)| {
            other.pair.g == one.pair.g || heard(data, &[other.pair.id]) == heard(data, &[one.pair.id])
        });
        let partner = all[i + 1..].iter().find(|other| other.pair.id == one.pair.id);
        if let Some(partner) = partner.filter(|_| joined.len() < count && !taken) {
            joined.push((one, partner));
        }
    }
    let pairs = joined.iter().map(|(one, other)| (text(one.word.w), text(other.word.w))).collect();
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &[]);
    let (lead, partner) = joined[0];
    let (word, pair, twin) = (lead.word.w, lead.pair.g, partner.word.w);
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "In each word two letters make one sound. Join the words with the same two letters.",
            "Dans chaque mot, deux lettres font un seul son. Relie les mots qui ont les mêmes."
        ))
        .hint(say!(
            s.lang,
            "Find the two letters that work together in each word.",
            "Dans chaque mot, trouve les deux lettres qui travaillent ensemble."
        ))
        .hint(say!(
            s.lang,
            "In “{word}” they are {pair}. Look for them on the other side.",
            "Dans « {word} », c'est {pair}. Cherche-les de l'autre côté."
        ))
        .hint(say!(
            s.lang,
            "“{word}” goes with “{twin}”. Now the others.",
            "« {word} » va avec « {twin} ». À toi pour les autres."
        ))
        .step(say!(
            s.lang,
            "Mark the two letters in each word, then look for the same ones:",
            "Marque les deux lettres dans chaque mot, puis cherche les mêmes :"
        ))
        .step_show(joined.iter().map(|(one, other)| {
            Block::Text(
                format!("{} : {} – {}", one.pair.g, one.word.w, other.word.w)
                    .replace(" :", s.lang.pick(":", "\u{a0}:")),
            )
        }))
        .praise(say!(
            s.lang,
            "Yes. The same two letters say the same sound.",
            "Oui. Les deux mêmes lettres disent le même son."
        ))
        .seconds(30)
}

/// Whether every sound of the word is counted alike by everybody: no mute letter, no glide, no letter for two sounds.
fn countable(data: &Data, word: &Word) -> bool {
    word.s.iter().filter_map(|id| data.sound(id)).all(|sound| {
        !sound.ipa.is_empty()
            && !sound.ipa.starts_with(['w', 'ɥ', 'j', 'ə'])
            && !sound.ipa.ends_with('w')
            && !matches!(sound.ipa, "ks" | "kw" | "ɡz")
    })
}

/// How many sounds has the word? Its pair is one of them.
fn count_sounds(s: &mut Setup) -> Problem {
    let data = data(s.lang);
    let fits = |held: &Holder| countable(data, held.word) && held.word.w.chars().count() > 3;
    let all: Vec<Holder> = holders(s.lang, LAST_SET).into_iter().filter(fits).collect();
    let held = s.rng.pick(&all);
    let (pair, parts) = (held.pair.g, held.parts(data));
    let (sounds, letters) = (held.word.s.len() as i64, held.word.w.chars().count() as i64);
    let answer = Answer::number(sounds, &[(letters, "splits-digraph")]);
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "Read the word. How many sounds has it? Count sounds, not letters.",
            "Lis le mot. Combien de sons a-t-il ? Compte les sons, pas les lettres."
        ))
        .write(held.word.w.to_owned())
        .hint(say!(
            s.lang,
            "Say the word slowly and raise one finger for each sound.",
            "Dis le mot lentement et lève un doigt pour chaque son."
        ))
        .hint(say!(s.lang, "The letters {pair} make only one sound.", "Les lettres {pair} ne font qu'un son."))
        .hint(say!(s.lang, "The sounds, one by one: {parts}", "Les sons, un par un : {parts}"));
    explained(problem, s, held)
        .step(say!(s.lang, "That makes {sounds} sounds.", "Cela fait {sounds} sons."))
        .seconds(20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::check::{DIFFICULTIES, LOCALES, ask};
    use chalkbox_tool::{ChoiceOption, Interaction, Response};
    use std::collections::BTreeSet;

    fn written(option: &ChoiceOption) -> &str {
        match option.content.as_slice() {
            [Block::Text(words)] => words,
            other => panic!("a written option, not {other:?}"),
        }
    }

    #[test]
    fn holders_have_one_pair() {
        let held = |lang: Lang, w: &str| Holder::of(lang, data(lang).word(w).expect("a word of the list"));
        let ship = held(Lang::En, "ship").expect("one pair");
        assert_eq!((ship.pair.g, ship.before.as_str(), ship.after.as_str()), ("sh", "", "ip"));
        assert_eq!(ship.neighbours(&crate::data::EN), ["hi", "ip"]);
        assert_eq!(ship.parts(&crate::data::EN), "sh · i · p");
        assert!(held(Lang::En, "shell").is_none() && held(Lang::En, "cat").is_none());
        let poule = held(Lang::Fr, "poule").expect("one pair");
        assert_eq!((poule.pair.g, poule.before.as_str(), poule.after.as_str()), ("ou", "p", "le"));
        assert_eq!(held(Lang::Fr, "hache").expect("one pair").parts(&crate::data::FR), "a · ch");
        assert!(held(Lang::Fr, "mouton").is_none() && held(Lang::Fr, "bateau").is_none());
    }

    /// Every letter group that a language gives one sound.
    fn work_together(lang: Lang, two: &str) -> bool {
        data(lang).sounds.iter().any(|sound| sound.g == two)
    }

    #[test]
    fn one_option_alone_is_right() {
        for locale in LOCALES {
            let lang = Lang::of(locale);
            for difficulty in DIFFICULTIES {
                let mut forms = BTreeSet::new();
                for seed in 0..300 {
                    let ask = ask("literacy.letter.two-letter", difficulty, seed, locale);
                    let problem = two_letter(&mut Setup::new(&ask));
                    let at = format!("{locale} {difficulty} seed {seed}");
                    match (&problem.answer.interaction, &problem.answer.right) {
                        (Interaction::Choice(choice), Response::Choice(right)) => {
                            assert!(choice.options.len() >= 3, "{at}");
                            for option in &choice.options {
                                assert_eq!(
                                    work_together(lang, written(option)),
                                    option.id == right[0],
                                    "{at}: {option:?}"
                                );
                            }
                        }
                        (Interaction::GapMatch(gaps), Response::Pairs(right)) => {
                            assert!(gaps.right.len() == 4, "{at}: {} tiles", gaps.right.len());
                            let gap = &gaps.left[0];
                            for tile in gaps.right.iter().filter(|tile| tile.id != right[0].1) {
                                let made = format!("{}{}{}", gap.before, written(tile), gap.after);
                                assert!(!unkind(&made), "{at}: {made}");
                            }
                        }
                        (Interaction::Match(pairs), Response::Pairs(right)) => {
                            for (l, r) in right {
                                let find = |list: &[ChoiceOption], id: &str| {
                                    let option = list.iter().find(|option| option.id == id).expect("an option");
                                    let word = data(lang).word(written(option)).expect("a word of the list");
                                    Holder::of(lang, word).expect("one pair").pair
                                };
                                let pair = find(&pairs.left, l);
                                let partners =
                                    pairs.right.iter().filter(|option| find(&pairs.right, &option.id).g == pair.g);
                                assert_eq!(partners.count(), 1, "{at}");
                                assert_eq!(find(&pairs.right, r).id, pair.id, "{at}");
                            }
                        }
                        (Interaction::NumberEntry(_), Response::Number(right)) => {
                            let letters = problem.body.iter().find_map(|block| match block {
                                Block::Text(words) if !words.contains(' ') => Some(words.chars().count() as i64),
                                _ => None,
                            });
                            assert_eq!(right.parse::<i64>().ok(), letters.map(|n| n - 1), "{at}");
                        }
                        other => panic!("{at}: {other:?}"),
                    }
                    forms.insert(format!("{:?}", problem.steps));
                }
                assert!(forms.len() >= 8, "{locale} {difficulty}: {} different", forms.len());
            }
        }
    }
}
