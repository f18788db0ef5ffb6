//! Very common words, read in a sentence with a gap. The sentence may be heard with the gap; the words to choose from are
//! read. Never here: spelling them.

use chalkbox_tool::{Answer, Problem, Setup, say};

use crate::gaps::{GapRow, rows};

/// `literacy.word.common-25`: the first 25 common words.
pub fn first_25(s: &mut Setup) -> Problem {
    common(s, &[25])
}

/// `literacy.word.common-100`: the first 100 common words; the first 25 come in the easy bands.
pub fn first_100(s: &mut Setup) -> Problem {
    match s.band {
        0 => common(s, &[25, 100]),
        _ => common(s, &[100]),
    }
}

fn common(s: &mut Setup, steps: &[u8]) -> Problem {
    let of_step: Vec<&GapRow> = rows(s.lang).iter().filter(|row| steps.contains(&row.step)).collect();
    // Each band is a longer part of the list; the top band has all of it.
    let part = (of_step.len() * (usize::from(s.band) + 2) / 6).max(8).min(of_step.len());
    let row = *s.rng.pick(&of_step[..part]);
    let (mut far, near) = (row.far_words(), row.near_words());
    s.rng.shuffle(&mut far);
    let mut wrong = match s.band {
        0 => far.into_iter().take(2).collect::<Vec<_>>(),
        1 => near.into_iter().take(1).chain(far.into_iter().take(2)).collect(),
        _ => near.into_iter().chain(far).collect(),
    };
    wrong.truncate(3);
    let letters: String = row.right.chars().take(1).collect();
    let last: String = row.right.chars().last().into_iter().collect();
    let tiles = s.band > 0 && s.rng.chance(1, 3);
    let problem = if tiles {
        let (before, after) = row.text.split_once("___").unwrap_or((row.text, ""));
        let gap = (before.trim_end().to_owned(), after.trim_start().to_owned(), row.right.to_owned());
        let answer = Answer::gaps(&mut s.rng, &[gap], &wrong);
        Problem::new(answer).tell(say!(
            s.lang,
            "Put the word that fits into the sentence.",
            "Mets dans la phrase le mot qui convient."
        ))
    } else {
        let answer = Answer::choose_text(&mut s.rng, row.right, wrong);
        Problem::new(answer)
            .tell(say!(s.lang, "Which word fits into the sentence?", "Quel mot va dans la phrase ?"))
            .write(row.text.to_owned())
    };
    problem
        .hint(say!(s.lang, "Try each word. Does it make sense?", "Essaie chaque mot et relis la phrase."))
        .hint(say!(s.lang, "Look closely: read on to its last letter.", "Regarde chaque lettre jusqu'à la fin."))
        .hint(say!(
            s.lang,
            "Here it begins with {letters} and ends with {last}.",
            "Ici, cela commence par {letters} et finit par {last}."
        ))
        .step(say!(
            s.lang,
            "Read all of the sentence, then try each word:",
            "Lis toute la phrase, puis essaie chaque mot :"
        ))
        .step_show([chalkbox_tool::Block::Text(row.full())])
        .praise(say!(s.lang, "Yes, now the sentence makes sense.", "Oui, maintenant la phrase a un sens."))
        .seconds(20)
}
