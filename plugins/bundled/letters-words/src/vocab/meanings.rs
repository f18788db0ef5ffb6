//! Words with more than one meaning. Never here: word parts.

use chalkbox_tool::{Answer, Block, Problem, Setup, say, text};

use super::{Coded, filled};
use crate::data::{Meaning, data};

/// `literacy.vocab.many-meanings`.
pub fn many_meanings(s: &mut Setup) -> Problem {
    match s.band {
        0 => which_meaning(s, &[1], 1),
        1 => which_meaning(s, &[1, 2], 2),
        2 => join(s),
        3 => which_meaning(s, &[2, 3], 2),
        _ => {
            if s.rng.chance(1, 2) {
                one_word(s)
            } else {
                which_sentence(s)
            }
        }
    }
}

fn of_levels(s: &Setup, levels: &[u8]) -> Vec<&'static Meaning> {
    data(s.lang).meanings.iter().filter(|row| levels.contains(&row.level)).collect()
}

/// Meanings of other words, shuffled.
fn others(s: &mut Setup, row: &Meaning) -> Vec<&'static str> {
    let mut all: Vec<&str> =
        data(s.lang).meanings.iter().filter(|other| other.word != row.word).map(|other| other.senses[0][0]).collect();
    s.rng.shuffle(&mut all);
    all
}

/// A sentence: what does the word mean here?
fn which_meaning(s: &mut Setup, levels: &[u8], more: usize) -> Problem {
    let rows = of_levels(s, levels);
    let row = *s.rng.pick(&rows);
    let asked = s.rng.below(2) as usize;
    let [means, sentence] = row.senses[asked];
    let mut wrong: Vec<Coded> = vec![(row.senses[1 - asked][0].to_owned(), Some("common-sense-only"))];
    wrong.extend(others(s, row).into_iter().take(more).map(|other| (other.to_owned(), None)));
    let answer = Answer::choose_text(&mut s.rng, means, wrong);
    let word = row.word;
    let sentence = filled(s, sentence);
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "Read the sentence. What does “{word}” mean here?",
            "Lis la phrase. Que veut dire « {word} » ici ?"
        ))
        .write(sentence.clone());
    told(problem, s, word).step_show([Block::Text(format!("{sentence} {word} = {means}"))]).seconds(25)
}

fn told(problem: Problem, s: &Setup, word: &str) -> Problem {
    problem
        .hint(say!(
            s.lang,
            "One word can have two meanings. Think of both.",
            "Un mot peut avoir deux sens. Pense aux deux."
        ))
        .hint(say!(
            s.lang,
            "Put each meaning in place of “{word}”. Which one makes sense?",
            "Mets chaque sens à la place de « {word} ». Lequel va bien ?"
        ))
        .hint(say!(
            s.lang,
            "Look at the other words: what is it about, what is done with it?",
            "Regarde les autres mots : de quoi parle-t-on, qu'en fait-on ?"
        ))
        .step(say!(
            s.lang,
            "Think of all meanings, test each one in the sentence, keep the one that fits:",
            "Pense à tous les sens, essaie chacun dans la phrase, garde celui qui va :"
        ))
        .praise(say!(s.lang, "Yes, the sentence told you which meaning.", "Oui, la phrase t'a dit quel sens."))
}

/// Two sentences with one word, and two with another, to join with the meanings.
fn join(s: &mut Setup) -> Problem {
    let mut rows = of_levels(s, &[1, 2]);
    s.rng.shuffle(&mut rows);
    let senses: Vec<(String, &str)> =
        rows[..2].iter().flat_map(|row| row.senses).map(|[means, sentence]| (sentence.to_owned(), means)).collect();
    let senses: Vec<(String, &str)> =
        senses.into_iter().map(|(sentence, means)| (filled(s, &sentence), means)).collect();
    let rules = [
        (0, 1, "common-sense-only"),
        (1, 0, "common-sense-only"),
        (2, 3, "common-sense-only"),
        (3, 2, "common-sense-only"),
    ];
    let pairs = senses.iter().map(|(sentence, means)| (text(sentence.clone()), text(*means))).collect();
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &rules);
    let (one, other) = (rows[0].word, rows[1].word);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Look at “{one}” and “{other}”. Join each sentence with what the word means there.",
        "Regarde « {one} » et « {other} ». Relie chaque phrase à ce que le mot y veut dire."
    ));
    let lines: Vec<Block> =
        senses.iter().map(|(sentence, means)| Block::Text(format!("{sentence} → {means}"))).collect();
    told(problem, s, one).step_show(lines).seconds(60)
}

/// The sentence with a line in place of the word.
fn blanked(sentence: &str, word: &str) -> String {
    sentence.replacen(word, "___", 1).replacen(&crate::spell::upper_first(word), "___", 1)
}

/// One word that fills the gap of two sentences.
fn one_word(s: &mut Setup) -> Problem {
    let rows = of_levels(s, &[2, 3, 4]);
    let row = *s.rng.pick(&rows);
    let mut wrong: Vec<&str> = rows.iter().filter(|other| other.word != row.word).map(|other| other.word).collect();
    s.rng.shuffle(&mut wrong);
    let wrong = wrong.into_iter().take(3).map(|word| (word.to_owned(), None)).collect();
    let answer = Answer::choose_text(&mut s.rng, row.word, wrong);
    let lines: Vec<String> = row.senses.iter().map(|[_, sentence]| blanked(sentence, row.word)).collect();
    let lines: Vec<String> = lines.iter().map(|line| filled(s, line)).collect();
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "One word fits into both sentences. Which one?",
            "Un seul mot va dans les deux phrases. Lequel ?"
        ))
        .write(lines.join("\n"));
    let start: String = row.word.chars().take(1).collect();
    let means = row.senses.map(|[means, _]| means).join(" / ");
    told(problem, s, "___")
        .hint(say!(s.lang, "It begins with {start}.", "Il commence par {start}."))
        .step_show([Block::Text(format!("{} = {means}", row.word))])
        .seconds(40)
}

/// In which sentence has the word this meaning?
fn which_sentence(s: &mut Setup) -> Problem {
    let rows = of_levels(s, &[3, 4]);
    let row = *s.rng.pick(&rows);
    let asked = s.rng.below(2) as usize;
    let [means, sentence] = row.senses[asked];
    let other: Vec<&Meaning> = rows.iter().copied().filter(|other| other.word != row.word).collect();
    let third = s.rng.pick(&other).senses[asked][1];
    let wrong = vec![
        (filled(s, row.senses[1 - asked][1]), Some("common-sense-only")),
        (filled(s, third), Some("fits-topic-only")),
    ];
    let right = filled(s, sentence);
    let answer = Answer::choose_text(&mut s.rng, right.clone(), wrong);
    let word = row.word;
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "In which sentence does “{word}” mean: {means}?",
        "Dans quelle phrase « {word} » veut-il dire : {means} ?"
    ));
    told(problem, s, word).step_show([Block::Text(right)]).seconds(40)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::Lang;

    #[test]
    fn every_sentence_holds_its_word_once() {
        for lang in [Lang::En, Lang::Fr] {
            for row in data(lang).meanings {
                for [_, sentence] in row.senses {
                    assert_eq!(blanked(sentence, row.word).matches("___").count(), 1, "{sentence}");
                }
            }
        }
    }
}
