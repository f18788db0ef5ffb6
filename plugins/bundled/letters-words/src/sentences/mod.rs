//! Sentences: words in order, capital and end mark, and the marks inside. Never here: the tables of sentences, passages.

mod en;
mod fr;
mod marks;
mod pictured;

pub use marks::punctuation;
pub use pictured::read_sentence;

use chalkbox_tool::{Answer, Block, Problem, Setup, say, text};

/// A wrong option with the misconception it shows.
type Coded = (String, Option<&'static str>);

/// A sentence of a length: 1 short, 2 longer, 3 long; and two places whose words, exchanged, turn the meaning.
struct Line {
    size: u8,
    text: &'static str,
    turn: Option<(usize, usize)>,
}

const fn line(size: u8, text: &'static str) -> Line {
    Line { size, text, turn: None }
}

const fn turns(size: u8, text: &'static str, one: usize, other: usize) -> Line {
    Line { size, text, turn: Some((one, other)) }
}

/// `literacy.write.sentence`.
pub fn write_sentence(s: &mut Setup) -> Problem {
    match s.band {
        0 => in_order(s, 1),
        1 => in_order(s, 2),
        2 => which_is_right(s, 2, false),
        3 => with_false_tiles(s),
        _ => {
            if s.rng.chance(2, 3) {
                which_is_right(s, 3, true)
            } else {
                in_order(s, 3)
            }
        }
    }
}

fn pick(s: &mut Setup, size: u8) -> &'static Line {
    let all: Vec<&Line> = s.lang.pick(en::LINES, fr::LINES).iter().filter(|line| line.size == size).collect();
    s.rng.pick::<&Line>(&all)
}

fn words_of(line: &Line) -> Vec<String> {
    line.text.split(' ').map(str::to_owned).collect()
}

fn told(problem: Problem, s: &Setup, line: &Line) -> Problem {
    let words = words_of(line);
    let first = words[0].clone();
    problem
        .hint(say!(
            s.lang,
            "A sentence begins with a capital letter and ends with a mark.",
            "Une phrase commence par une majuscule et finit par un point."
        ))
        .hint(say!(
            s.lang,
            "Who or what is it about? Then: what does it say about it?",
            "De qui ou de quoi parle-t-on ? Puis : qu'en dit-on ?"
        ))
        .hint(say!(s.lang, "It begins with “{first}”.", "Elle commence par « {first} »."))
        .step(say!(
            s.lang,
            "Find the capital letter and the mark, put the words between, read it all:",
            "Trouve la majuscule et le point, mets les mots entre les deux, relis tout :"
        ))
        .step_show([Block::Text(line.text.to_owned())])
        .praise(say!(s.lang, "Yes, that is a whole sentence.", "Oui, c'est une vraie phrase."))
}

fn in_order(s: &mut Setup, size: u8) -> Problem {
    let line = pick(s, size);
    let words = words_of(line);
    let mut rules: Vec<(Vec<usize>, &'static str)> = Vec::new();
    let whole: Vec<usize> = (0..words.len()).collect();
    let swapped = |one: usize, other: usize| {
        let mut order = whole.clone();
        order.swap(one, other);
        order
    };
    rules.extend(line.turn.map(|(one, other)| (swapped(one, other), "who-whom-swap")));
    rules.extend((1..words.len()).map(|at| (swapped(at - 1, at), "swaps-neighbours")));
    let answer = Answer::order(&mut s.rng, words.iter().map(|word| text(word.clone())).collect(), rules);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Put the words in order so that they make a sentence.",
        "Range les mots pour faire une phrase."
    ));
    told(problem, s, line).seconds(45)
}

/// The sentence with its first letter small.
fn small_start(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Which one is written as a sentence should be?
fn which_is_right(s: &mut Setup, size: u8, spaces: bool) -> Problem {
    let line = pick(s, size);
    let bare = line.text.trim_end_matches('.');
    let mut wrong: Vec<Coded> =
        vec![(small_start(line.text), Some("missing-capital")), (bare.to_owned(), Some("no-end-mark"))];
    if spaces {
        let at = 1 + s.rng.below(words_of(line).len() as u32 - 2) as usize;
        let joined: String = words_of(line)
            .iter()
            .enumerate()
            .map(|(i, word)| if i == 0 || i == at { word.clone() } else { format!(" {word}") })
            .collect();
        wrong.push((joined, Some("no-spaces")));
    }
    let answer = Answer::choose_text(&mut s.rng, line.text, wrong);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Which one is all right: capital, spaces, mark?",
        "Laquelle est bien écrite : majuscule, espaces, point ?"
    ));
    let count = words_of(line).len();
    problem
        .hint(say!(s.lang, "Look at the first letter.", "Regarde la première lettre."))
        .hint(say!(
            s.lang,
            "Look at the end. Then look between the words.",
            "Regarde la fin. Puis regarde entre les mots."
        ))
        .hint(say!(
            s.lang,
            "It has {count} words, a capital at the start and a mark at the end.",
            "Elle a {count} mots, une majuscule au début et un point à la fin."
        ))
        .step(say!(
            s.lang,
            "Check three things: capital, spaces, mark:",
            "Vérifie trois choses : majuscule, espaces, point :"
        ))
        .step_show([Block::Text(line.text.to_owned())])
        .praise(say!(s.lang, "Yes, you checked it all.", "Oui, tu as tout vérifié."))
        .seconds(30)
}

/// The words as tiles with two that are wrong: a small start, an end without its mark.
fn with_false_tiles(s: &mut Setup) -> Problem {
    let line = pick(s, 2);
    let words = words_of(line);
    let last = words.last().map(|word| word.trim_end_matches('.').to_owned()).unwrap_or_default();
    let extra: Vec<Coded> = vec![(small_start(&words[0]), Some("missing-capital")), (last, Some("no-end-mark"))];
    let gaps: Vec<(String, String, String)> =
        words.iter().map(|word| (String::new(), String::new(), word.clone())).collect();
    let answer = Answer::gaps(&mut s.rng, &gaps, &extra);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Build the sentence. Some tiles are left over.",
        "Construis la phrase. Il restera des étiquettes."
    ));
    told(problem, s, line).seconds(60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::Lang;

    #[test]
    fn sentences_are_whole() {
        for lang in [Lang::En, Lang::Fr] {
            let lines = lang.pick(en::LINES, fr::LINES);
            for size in 1..=3 {
                assert!(lines.iter().filter(|line| line.size == size).count() > 5);
            }
            for line in lines {
                let words = words_of(line);
                assert!(line.text.ends_with('.') && small_start(line.text) != line.text, "{}", line.text);
                assert!(words.iter().enumerate().all(|(i, word)| !words[..i].contains(word)), "{}", line.text);
                assert!(line.turn.is_none_or(|(one, other)| one < other && other < words.len()), "{}", line.text);
            }
        }
    }
}
