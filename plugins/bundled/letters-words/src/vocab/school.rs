//! Words of the school subjects and of tasks. Never here: the tables of sentences.

use chalkbox_tool::{Answer, Block, Problem, Setup, say, text};

use super::{Coded, school_en, school_fr};
use crate::data::data;

/// Word, subject, meaning.
type Row = (&'static str, &'static str, &'static str);

/// `literacy.vocab.school-words`.
pub fn school_words(s: &mut Setup) -> Problem {
    match s.band {
        0 => join(s),
        1 => which_meaning(s, false),
        2 => which_meaning(s, true),
        3 => in_a_sentence(s),
        _ => what_to_do(s),
    }
}

fn told(problem: Problem, s: &Setup, row: &Row) -> Problem {
    let (word, subject, means) = *row;
    let where_to = if ["all", "tout"].contains(&subject) {
        say!(
            s.lang,
            "You meet it in every subject, in tasks.",
            "On le rencontre dans toutes les matières, dans les consignes."
        )
    } else {
        say!(s.lang, "You hear it in this lesson: {subject}.", "On l'entend dans cette leçon : {subject}.")
    };
    problem
        .hint(where_to)
        .hint(say!(
            s.lang,
            "Say it in your own words. Then give an example.",
            "Dis-le avec tes mots. Puis donne un exemple."
        ))
        .step(say!(
            s.lang,
            "Say the word, its subject, its meaning and an example:",
            "Dis le mot, la matière, le sens et un exemple :"
        ))
        .step_show([Block::Text(format!("{word} = {means}"))])
        .praise(say!(s.lang, "Yes, you know this school word.", "Oui, tu connais ce mot de l'école."))
}

/// Three words of different subjects and their meanings.
fn join(s: &mut Setup) -> Problem {
    let mut rows: Vec<&Row> = data(s.lang).school.iter().collect();
    s.rng.shuffle(&mut rows);
    let mut chosen: Vec<&Row> = Vec::new();
    for row in rows {
        if chosen.len() < 3 && !chosen.iter().any(|other| other.1 == row.1) {
            chosen.push(row);
        }
    }
    let answer =
        Answer::matching(&mut s.rng, chosen.iter().map(|row| (text(row.0), text(row.2))).collect(), vec![], &[]);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Join each school word with its meaning.",
        "Relie chaque mot de l'école à son sens."
    ));
    let (word, means) = (chosen[0].0, chosen[0].2);
    let lines: Vec<Block> = chosen[1..].iter().map(|row| Block::Text(format!("{} = {}", row.0, row.2))).collect();
    told(problem, s, chosen[0])
        .step_show(lines)
        .hint(say!(s.lang, "“{word}” belongs to: {means}.", "« {word} » va avec : {means}."))
        .seconds(45)
}

/// What does the word mean? Other options: meanings of other subjects, or of the same one, everyday senses, examples.
fn which_meaning(s: &mut Setup, same: bool) -> Problem {
    let rows = data(s.lang).school;
    let row = s.rng.pick(rows);
    let mut wrong: Vec<Coded> = Vec::new();
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(word, _)| *word == row.0).map(|(_, words)| (*words).to_owned())
    };
    if same {
        wrong.extend(
            find(s.lang.pick(school_en::EVERYDAY, school_fr::EVERYDAY)).map(|words| (words, Some("everyday-sense"))),
        );
        wrong.extend(
            find(s.lang.pick(school_en::EXAMPLES, school_fr::EXAMPLES))
                .map(|words| (words, Some("example-for-meaning"))),
        );
    }
    let mut others: Vec<&Row> = rows.iter().filter(|other| other.0 != row.0).collect();
    s.rng.shuffle(&mut others);
    others.sort_by_key(|other| (other.1 == row.1) != same);
    wrong.extend(others.iter().map(|other| (other.2.to_owned(), (other.1 == row.1).then_some("related-thing"))));
    wrong.truncate(3);
    let answer = Answer::choose_text(&mut s.rng, row.2, wrong);
    let (word, subject) = (row.0, row.1);
    let problem = Problem::new(answer).tell(if ["all", "tout"].contains(&subject) {
        say!(s.lang, "At school, what does “{word}” mean?", "À l'école, que veut dire « {word} » ?")
    } else {
        say!(s.lang, "In the subject {subject}: what does “{word}” mean?", "En {subject} : que veut dire « {word} » ?")
    });
    told(problem, s, row).seconds(25)
}

/// The word into a sentence of its subject.
fn in_a_sentence(s: &mut Setup) -> Problem {
    let rows = data(s.lang).school;
    let (word, line) = *s.rng.pick(s.lang.pick(school_en::SENTENCES, school_fr::SENTENCES));
    let row = rows.iter().find(|row| row.0 == word).unwrap_or(&rows[0]);
    let mut others: Vec<&Row> = rows.iter().filter(|other| other.0 != word).collect();
    s.rng.shuffle(&mut others);
    others.sort_by_key(|other| other.1 != row.1);
    let extra: Vec<Coded> = others
        .iter()
        .take(3)
        .map(|other| (other.0.to_owned(), (other.1 == row.1).then_some("related-thing")))
        .collect();
    let (before, after) = line.split_once("___").unwrap_or((line, ""));
    let answer = Answer::gaps(
        &mut s.rng,
        &[(before.trim_end().to_owned(), after.trim_start().to_owned(), word.to_owned())],
        &extra,
    );
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Put the school word that fits into the sentence.",
        "Mets dans la phrase le mot de l'école qui convient."
    ));
    let start: String = word.chars().take(2).collect();
    told(problem, s, row)
        .hint(say!(s.lang, "It begins with {start}", "Il commence par {start}"))
        .step_show([Block::Text(line.replace("___", word))])
        .seconds(30)
}

/// A task: what are you asked to do?
fn what_to_do(s: &mut Setup) -> Problem {
    let rows = data(s.lang).school;
    let tasks = s.lang.pick(school_en::TASKS, school_fr::TASKS);
    let (word, task) = *s.rng.pick(tasks);
    let row = rows.iter().find(|row| row.0 == word).unwrap_or(&rows[0]);
    let mut others: Vec<&str> = tasks.iter().map(|(other, _)| *other).filter(|other| *other != word).collect();
    s.rng.shuffle(&mut others);
    let mut wrong: Vec<Coded> = Vec::new();
    for other in others.iter().filter_map(|other| rows.iter().find(|row| row.0 == *other)) {
        if wrong.len() < 3 && other.0 != word {
            wrong.push((other.2.to_owned(), Some("related-thing")));
        }
    }
    let answer = Answer::choose_text(&mut s.rng, row.2, wrong);
    let problem = Problem::new(answer)
        .tell(say!(s.lang, "Read the task. What are you to do?", "Lis la consigne. Que dois-tu faire ?"))
        .write(task.to_owned());
    told(problem, s, row).seconds(30)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::Lang;

    #[test]
    fn every_row_belongs_to_a_school_word() {
        for lang in [Lang::En, Lang::Fr] {
            let known = |word: &str| data(lang).school.iter().any(|row| row.0 == word);
            for table in [
                lang.pick(school_en::EVERYDAY, school_fr::EVERYDAY),
                lang.pick(school_en::EXAMPLES, school_fr::EXAMPLES),
                lang.pick(school_en::TASKS, school_fr::TASKS),
                lang.pick(school_en::SENTENCES, school_fr::SENTENCES),
            ] {
                assert!(table.len() > 6);
                assert!(table.iter().all(|(word, _)| known(word)), "{lang:?}: {table:?}");
            }
            assert!(lang.pick(school_en::SENTENCES, school_fr::SENTENCES).iter().all(|(_, line)| line.contains("___")));
        }
    }
}
