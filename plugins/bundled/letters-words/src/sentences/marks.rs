//! Marks in sentences: at the end, between two sentences, inside, and round what is said. Never here: the tables.

use chalkbox_tool::{Answer, Block, Lang, Problem, Setup, french_spaces, say};

use super::{Coded, en, fr, small_start};

/// A sentence without its end mark, and the mark.
pub(super) struct Marked {
    text: &'static str,
    mark: &'static str,
}

pub(super) const fn marked(text: &'static str, mark: &'static str) -> Marked {
    Marked { text, mark }
}

/// Two sentences.
pub(super) struct Two {
    first: &'static str,
    second: &'static str,
}

pub(super) const fn two(first: &'static str, second: &'static str) -> Two {
    Two { first, second }
}

/// `literacy.write.punctuation`.
pub fn punctuation(s: &mut Setup) -> Problem {
    match s.band {
        0 => end_mark(s, &[".", "?"]),
        1 => end_mark(s, &[".", "?", "!"]),
        2 => two_sentences(s),
        3 => inside(s),
        _ => speech(s),
    }
}

/// A sentence with a mark behind it, with the blank that French puts before double marks.
fn with_mark(lang: Lang, text: &str, mark: &str) -> String {
    if lang == Lang::Fr && matches!(mark, "?" | "!") { format!("{text}\u{a0}{mark}") } else { format!("{text}{mark}") }
}

/// The same sentence with each of some marks: which one asks, tells, calls?
fn end_mark(s: &mut Setup, marks: &[&str]) -> Problem {
    let rows: Vec<&Marked> = s.lang.pick(en::ENDS, fr::ENDS).iter().filter(|row| marks.contains(&row.mark)).collect();
    let row = *s.rng.pick(&rows);
    // What is told may be called out too, and the other way round: between those two marks nothing is wrong.
    let calls_or_tells = |mark: &str| matches!(mark, "." | "!");
    let mut wrong: Vec<Coded> = marks
        .iter()
        .chain([&","])
        .filter(|mark| **mark != row.mark && !(calls_or_tells(row.mark) && calls_or_tells(mark)))
        .map(|mark| (with_mark(s.lang, row.text, mark), Some(if *mark == "," { "no-end-mark" } else { "wrong-mark" })))
        .collect();
    wrong.truncate(3);
    let right = with_mark(s.lang, row.text, row.mark);
    let answer = Answer::choose_text(&mut s.rng, right.clone(), wrong);
    let says = match row.mark {
        "." => say!(s.lang, "This sentence tells something.", "Cette phrase raconte quelque chose."),
        "?" => say!(s.lang, "This sentence wants an answer.", "Cette phrase attend une réponse."),
        _ => say!(s.lang, "Here somebody calls out.", "Ici, quelqu'un s'écrie."),
    };
    let problem =
        Problem::new(answer).tell(say!(s.lang, "Which mark belongs at the end?", "Quel signe faut-il à la fin ?"));
    told(problem, s, &right)
        .hint(say!(s.lang, "Does it tell, ask or call out?", "Est-ce qu'on raconte, demande ou s'écrie ?"))
        .hint(says)
        .seconds(20)
}

fn told(problem: Problem, s: &Setup, right: &str) -> Problem {
    problem
        .hint(say!(
            s.lang,
            "Read it aloud. Where does your voice stop?",
            "Lis à voix haute. Où ta voix s'arrête-t-elle ?"
        ))
        .step(say!(
            s.lang,
            "Read it aloud as it is marked. This one sounds right:",
            "Lis à voix haute en suivant les signes. Celle-ci sonne juste :"
        ))
        .step_show([Block::Text(right.to_owned())])
        .praise(say!(
            s.lang,
            "Yes, the marks stand where the voice needs them.",
            "Oui, les signes sont là où la voix en a besoin."
        ))
}

/// Where does one sentence end and the next begin?
fn two_sentences(s: &mut Setup) -> Problem {
    let row = s.rng.pick(s.lang.pick(en::PAIRS, fr::PAIRS));
    let (first, second) = (row.first.trim_end_matches('.'), row.second);
    let small = small_start(second);
    let right = format!("{first}. {second}");
    let wrong: Vec<Coded> = vec![
        (format!("{first}, {small}"), Some("comma-for-stop")),
        (format!("{first} {small}"), Some("no-end-mark")),
        (format!("{first}. {small}"), Some("missing-capital")),
    ];
    let answer = Answer::choose_text(&mut s.rng, right.clone(), wrong);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Two sentences stand here. Where are they marked well?",
        "Il y a ici deux phrases. Où sont-elles bien séparées ?"
    ));
    let count = row.first.split(' ').count();
    told(problem, s, &right)
        .hint(say!(
            s.lang,
            "Each sentence can stand alone. Each begins with a capital letter.",
            "Chaque phrase peut être seule. Chacune commence par une majuscule."
        ))
        .hint(say!(s.lang, "The first one has {count} words.", "La première a {count} mots."))
        .seconds(30)
}

/// Commas in a list, apostrophes.
fn inside(s: &mut Setup) -> Problem {
    let row = *s.rng.pick(s.lang.pick(en::INSIDE, fr::INSIDE));
    let wrong: Vec<Coded> = row[1..]
        .iter()
        .filter_map(|entry| entry.split_once(':'))
        .map(|(mark, words)| {
            let code = match mark {
                "s" => "runs-past-stops",
                "c" => "wrong-mark",
                _ => "letter-omitted",
            };
            (words.to_owned(), Some(code))
        })
        .collect();
    let answer = Answer::choose_text(&mut s.rng, row[0], wrong);
    let list = row[0].contains(',');
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Which sentence has its marks in the right places?",
        "Quelle phrase a ses signes aux bonnes places ?"
    ));
    let why = if list {
        say!(
            s.lang,
            "In a list a comma stands between the things, but not beside “and”.",
            "Dans une liste, la virgule sépare les choses, mais pas près de « et »."
        )
    } else {
        say!(
            s.lang,
            "The apostrophe stands where a letter has gone, or before the s of the owner.",
            "L'apostrophe est à la place de la lettre qui est partie."
        )
    };
    told(problem, s, row[0])
        .hint(say!(
            s.lang,
            "Go from word to word. Is anything joined or cut?",
            "Va de mot en mot. Y a-t-il des morceaux collés ou coupés ?"
        ))
        .hint(why)
        .seconds(30)
}

/// Speech marks round what is said, and round nothing else.
fn speech(s: &mut Setup) -> Problem {
    let [words, mark, teller] = *s.rng.pick(s.lang.pick(en::SAID, fr::SAID));
    let (right, wrong): (String, Vec<Coded>) = match s.lang {
        Lang::En => (
            format!("“{words}{mark}” {teller}"),
            vec![
                (format!("“{words}{mark} {teller}”"), Some("speech-whole-sentence")),
                (format!("{words}{mark} {teller}"), Some("speech-unmarked")),
                (format!("{words}{mark} “{teller}”"), Some("who-whom-swap")),
            ],
        ),
        Lang::Fr => {
            let inner = if mark.is_empty() { words.to_owned() } else { format!("{words} {mark}") };
            let comma = if mark.is_empty() { "," } else { "" };
            let bare = teller.trim_end_matches('.');
            (
                french_spaces(&format!("« {inner} »{comma} {teller}")),
                vec![
                    (french_spaces(&format!("« {inner}{comma} {bare} ».")), Some("speech-whole-sentence")),
                    (french_spaces(&format!("{inner}{comma} {teller}")), Some("speech-unmarked")),
                    (french_spaces(&format!("{inner}{comma} « {bare} ».")), Some("who-whom-swap")),
                ],
            )
        }
    };
    let answer = Answer::choose_text(&mut s.rng, right.clone(), wrong);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Where do the speech marks belong?",
        "Où faut-il mettre les guillemets ?"
    ));
    told(problem, s, &right)
        .hint(say!(
            s.lang,
            "Which words come out of somebody's mouth?",
            "Quels mots sortent de la bouche de quelqu'un ?"
        ))
        .hint(say!(
            s.lang,
            "The teller's words stay outside: {teller}",
            "Les mots de celui qui raconte restent dehors : {teller}"
        ))
        .seconds(30)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::check::{LOCALES, ask};
    use chalkbox_tool::{Interaction, Response};

    #[test]
    fn no_sentence_is_offered_both_told_and_called_out() {
        for locale in LOCALES {
            for difficulty in [0.0, 0.25] {
                for seed in 0..200 {
                    let ask = ask("literacy.write.punctuation", difficulty, seed, locale);
                    let answer = punctuation(&mut Setup::new(&ask)).answer;
                    let (Interaction::Choice(choice), Response::Choice(right)) = (&answer.interaction, &answer.right)
                    else {
                        panic!("a choice")
                    };
                    let end = |content: &[Block]| match content {
                        [Block::Text(words)] => words.chars().last(),
                        _ => None,
                    };
                    let ends: Vec<_> = choice.options.iter().filter_map(|option| end(&option.content)).collect();
                    let key = choice.options.iter().find(|option| option.id == right[0]).expect("the right option");
                    let asks = end(&key.content) == Some('?');
                    assert!(ends.len() >= 3, "{ends:?}");
                    assert!(asks || !(ends.contains(&'.') && ends.contains(&'!')), "seed {seed}: {ends:?}");
                }
            }
        }
    }
}
