//! New words understood from the sentence round them. Never here: words taught by themselves.

use chalkbox_tool::{Answer, Block, Problem, Setup, say, text};

use super::{Coded, filled};
use crate::data::{Unknown, data};

/// `literacy.vocab.context`.
pub fn in_context(s: &mut Setup) -> Problem {
    match s.band {
        0 => what_does_it_mean(s, &["restate"], 2),
        1 => what_does_it_mean(s, &["restate", "example"], 3),
        2 => what_does_it_mean(s, &["contrast", "example"], 3),
        3 => {
            if s.rng.chance(1, 2) {
                join(s)
            } else {
                what_does_it_mean(s, &["cause", "contrast"], 3)
            }
        }
        _ => which_words_helped(s),
    }
}

fn of_kinds(s: &Setup, kinds: &[&str]) -> Vec<&'static Unknown> {
    data(s.lang).context.iter().filter(|row| kinds.contains(&row.kind)).collect()
}

fn what_does_it_mean(s: &mut Setup, kinds: &[&str], count: usize) -> Problem {
    let rows = of_kinds(s, kinds);
    let row = *s.rng.pick(&rows);
    let mut wrong: Vec<Coded> = row.not.iter().map(|other| ((*other).to_owned(), Some("fits-topic-only"))).collect();
    s.rng.shuffle(&mut wrong);
    wrong.truncate(count);
    let answer = Answer::choose_text(&mut s.rng, row.means, wrong);
    let (word, sentence) = (row.word, filled(s, row.text));
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "Read the sentence. What may “{word}” mean?",
            "Lis la phrase. Que peut vouloir dire « {word} » ?"
        ))
        .write(sentence);
    told(problem, s, row)
}

fn told(problem: Problem, s: &mut Setup, row: &Unknown) -> Problem {
    let (word, means) = (row.word, row.means);
    let clue = filled(s, row.clue);
    problem
        .hint(say!(s.lang, "Read on to the full stop.", "Lis jusqu'au point."))
        .hint(say!(
            s.lang,
            "Look for but, because, such as, or a second way to say it.",
            "Cherche mais, car, par exemple, ou une deuxième façon de le dire."
        ))
        .hint(say!(s.lang, "These words help: “{clue}”.", "Ces mots aident : « {clue} »."))
        .step(say!(
            s.lang,
            "Find the words that help, guess a meaning, put it in place of the word: does it fit?",
            "Trouve les mots qui aident, devine un sens, mets-le à la place du mot : est-ce que cela va ?"
        ))
        .step_show([Block::Text(clue), Block::Text(format!("{word} = {means}"))])
        .praise(say!(
            s.lang,
            "Yes, you worked out a new word by yourself.",
            "Oui, tu as compris un mot nouveau par toi-même."
        ))
        .seconds(40)
}

/// Three words with their meanings; their sentences stand above.
fn join(s: &mut Setup) -> Problem {
    let mut rows = of_kinds(s, &["cause", "contrast", "example"]);
    s.rng.shuffle(&mut rows);
    rows.truncate(3);
    let rules: Vec<(usize, usize, &'static str)> =
        (0..3).flat_map(|i| (0..3).filter(move |j| *j != i).map(move |j| (i, j, "fits-topic-only"))).collect();
    let pairs = rows.iter().map(|row| (text(row.word), text(row.means))).collect();
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &rules);
    let lines: Vec<String> = rows.iter().map(|row| filled(s, row.text)).collect();
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "Read the sentences. Join each word with its meaning.",
            "Lis les phrases. Relie chaque mot à son sens."
        ))
        .write(lines.join("\n"));
    let all: Vec<Block> = rows.iter().map(|row| Block::Text(format!("{} = {}", row.word, row.means))).collect();
    told(problem, s, rows[0]).step_show(all).seconds(90)
}

/// Which words of the sentence gave the meaning away?
fn which_words_helped(s: &mut Setup) -> Problem {
    let rows: Vec<&Unknown> = data(s.lang).context.iter().filter(|row| row.text.contains(row.clue)).collect();
    let row = *s.rng.pick(&rows);
    let (sentence, clue) = (filled(s, row.text), filled(s, row.clue));
    let rest = row.text.replacen(row.clue, "|", 1).replacen(row.word, "|", 1);
    let mut wrong: Vec<Coded> = vec![(row.word.to_owned(), Some("clue-word-itself"))];
    let trimmed = |part: &str| part.trim_matches(|c: char| !c.is_alphanumeric() && !"{}".contains(c)).to_owned();
    let parts: Vec<String> = rest.split('|').map(trimmed).filter(|part| part.chars().count() > 4).collect();
    for part in parts.into_iter().take(2) {
        // Slots are filled alike everywhere only where there is one name; so parts with slots stay out.
        if !part.contains('{') {
            wrong.push((part, Some("clue-word-itself")));
        }
    }
    wrong.push((row.not[0].to_owned(), Some("fits-topic-only")));
    let answer = Answer::choose_text(&mut s.rng, clue, wrong);
    let (word, means) = (row.word, row.means);
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "“{word}” means: {means}. Which words of the sentence tell you so?",
            "« {word} » veut dire : {means}. Quels mots de la phrase te le disent ?"
        ))
        .write(sentence);
    told(problem, s, row)
}
