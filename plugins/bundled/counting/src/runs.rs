//! Pieces that every run of numbers needs: what comes next, hidden places, cards to put in order. Never here: which run it is.

use chalkbox_tool::{Answer, Block, Figure, Lang, Problem, Rule, Setup, line, number_words, say};

/// Numbers as written in a run.
pub fn listed(numbers: &[i64]) -> String {
    let words: Vec<String> = numbers.iter().map(i64::to_string).collect();
    words.join(", ")
}

/// The teen heard as a ten, where the words of the language sound alike.
pub fn teen_ty(lang: Lang, n: i64) -> Option<Rule> {
    match (lang, n) {
        (Lang::En, 13..=19) => Some(((n - 10) * 10, "teen-ty")),
        (Lang::En, 30 | 40 | 50 | 60 | 70 | 80 | 90) => Some((n / 10 + 10, "teen-ty")),
        _ => None,
    }
}

/// A part of the number line around some numbers, with every tick named but the hidden ones.
pub fn piece_of_line(low: i64, high: i64, step: i64, hidden: &[i64]) -> Figure {
    let low = low.max(0);
    let labels: Vec<i64> = (low..=high).step_by(step.max(1) as usize).filter(|n| !hidden.contains(n)).collect();
    Figure::NumberLine(line(low, high, step, &labels, &[]))
}

/// "11, 12, 13: what comes next?" with hints for a run in steps of `step` (below zero: down).
pub fn what_next(s: &mut Setup, shown: &[i64], step: i64, rules: &[Rule]) -> Problem {
    let last = shown.last().copied().unwrap_or(0);
    let next = last + step;
    let run = listed(shown);
    let (low, high) = if step > 0 { (last - 2 * step, last + 2 * step) } else { (last + 2 * step, last - 2 * step) };
    let low = low.max((low.max(0) / step.abs()) * step.abs());
    let (before, word) = (number_words(s.lang, last), number_words(s.lang, next));
    Problem::new(Answer::number(next, rules))
        .tell_as(
            say!(s.lang, "{run}, … What comes next?", "{run}, … Qu'est-ce qui vient après ?"),
            say!(s.lang, "{run}. What comes next?", "{run}. Qu'est-ce qui vient après ?"),
        )
        .hint(if step > 0 {
            say!(s.lang, "Say the numbers again. How big is each step?", "Redis les nombres. De combien avance-t-on ?")
        } else {
            say!(
                s.lang,
                "Say the numbers again. Which way are we going, up or down?",
                "Redis les nombres. Va-t-on vers le haut ou vers le bas ?"
            )
        })
        .hint_with(
            say!(
                s.lang,
                "Look at this piece of the line. One place is empty.",
                "Regarde ce morceau de la ligne. Une place est vide."
            ),
            [piece_of_line(low.max(0), high, step.abs(), &[next])].map(Block::Figure),
        )
        .hint(say!(s.lang, "Say: {run}, {next}.", "Dis : {run}, {next}."))
        .step(say!(s.lang, "Say the run: {run}.", "Dis la suite : {run}."))
        .step_show([Block::Figure(piece_of_line(low.max(0), high, step.abs(), &[]))])
        .step(say!(s.lang, "One more step from {before}: {word}.", "Un pas de plus après {before} : {word}."))
        .praise(say!(
            s.lang,
            "Yes, after {last} comes {next}. You kept the step.",
            "Oui, après {last} vient {next}. Tu as gardé le pas."
        ))
        .seconds(12)
}

/// Hidden places of a run, to be filled with tiles. `extra` are tiles too many, with what they show.
pub fn hidden_places(s: &mut Setup, run: &[i64], hidden: &[usize], extra: &[Rule]) -> Problem {
    let mut gaps = Vec::new();
    let mut from = 0;
    for (i, place) in hidden.iter().enumerate() {
        let before = listed(&run[from..*place]);
        let before = if before.is_empty() { before } else { format!("{before}, ") };
        let is_last = i + 1 == hidden.len();
        let rest = listed(&run[place + 1..]);
        let after = match (is_last, rest.is_empty()) {
            (true, true) => String::new(),
            (true, false) => format!(", {rest}"),
            _ => ",".to_owned(),
        };
        gaps.push((before, after, run[*place].to_string()));
        from = place + 1;
    }
    let tiles: Vec<(String, Option<&'static str>)> = extra
        .iter()
        .filter(|(n, _)| *n >= 0 && !run.contains(n))
        .map(|(n, code)| (n.to_string(), Some(*code)))
        .collect();
    let answer = Answer::gaps(&mut s.rng, &gaps, &tiles);
    let step = run[1] - run[0];
    let (low, high) = (run[0].min(run[run.len() - 1]), run[0].max(run[run.len() - 1]));
    let missing: Vec<i64> = hidden.iter().map(|place| run[*place]).collect();
    let whole = listed(run);
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "Which numbers are missing? Put them in their places.",
            "Quels nombres manquent ? Mets-les à leur place."
        ))
        .hint(say!(
            s.lang,
            "Say the run from the start. How big is each step, and which way?",
            "Dis la suite depuis le début. Quel est le pas, et dans quel sens ?"
        ))
        .hint_with(
            say!(s.lang, "Here is that piece of the line.", "Voici ce morceau de la ligne."),
            [Block::Figure(piece_of_line(low, high, step.abs(), &missing))],
        )
        .hint(say!(s.lang, "The whole run is {whole}.", "La suite complète est {whole}."))
        .step(say!(
            s.lang,
            "Say the run and listen for the place where a word is missing.",
            "Dis la suite et écoute où il manque un mot."
        ))
        .step_show([Block::Figure(piece_of_line(low, high, step.abs(), &[]))])
        .step(say!(s.lang, "The whole run: {whole}.", "La suite complète : {whole}."))
        .praise(say!(s.lang, "Yes: {whole}. Every step is the same.", "Oui : {whole}. Tous les pas sont égaux."))
        .seconds(25)
}

/// Number cards to put in the order of the run.
pub fn cards_in_order(s: &mut Setup, run: &[i64], ask: String) -> Problem {
    let contents = run.iter().map(|n| vec![Block::Text(n.to_string())]).collect();
    let reversed = (0..run.len()).rev().collect();
    let answer = Answer::order(&mut s.rng, contents, vec![(reversed, "wrong-direction")]);
    let whole = listed(run);
    let first = run[0];
    Problem::new(answer)
        .tell(ask)
        .hint(say!(s.lang, "Which number does the run start with?", "Par quel nombre la suite commence-t-elle ?"))
        .hint(say!(s.lang, "Begin with {first}. What do you say after it?", "Commence par {first}. Que dis-tu après ?"))
        .hint(say!(s.lang, "Say: {whole}.", "Dis : {whole}."))
        .step(say!(
            s.lang,
            "Begin with {first} and look for the next word each time.",
            "Commence par {first} et cherche chaque fois le mot suivant."
        ))
        .step(say!(s.lang, "The order is {whole}.", "L'ordre est {whole}."))
        .praise(say!(s.lang, "Yes, you laid out the run: {whole}.", "Oui, tu as rangé la suite : {whole}."))
        .seconds(25)
}

/// "Start at 13 and count on 4": where do you land? `by` is below zero for counting back.
pub fn jumps(s: &mut Setup, start: i64, by: i64, count: i64, rules: &[Rule]) -> Problem {
    let end = start + by * count;
    let path: Vec<i64> = (0..=count).map(|k| start + by * k).collect();
    let path = listed(&path);
    let (low, high) = (start.min(end), start.max(end));
    let ask = match by {
        1 => say!(
            s.lang,
            "Start at {start} and count on {count} steps. Where are you?",
            "Pars de {start} et avance de {count} pas. Où es-tu ?"
        ),
        -1 => say!(
            s.lang,
            "Start at {start} and count back {count} steps. Where are you?",
            "Pars de {start} et recule de {count} pas. Où es-tu ?"
        ),
        _ => say!(
            s.lang,
            "Start at {start} and go on {count} steps of {by}. Where are you?",
            "Pars de {start} et avance de {count} pas de {by}. Où es-tu ?"
        ),
    };
    let first = start + by;
    Problem::new(Answer::number(end, rules))
        .tell(ask)
        .hint(say!(
            s.lang,
            "Stand on {start}. Jump first, then say one.",
            "Place-toi sur {start}. Saute d'abord, puis dis un."
        ))
        .hint_with(
            say!(s.lang, "Jump along the line, one jump for each step.", "Saute sur la ligne, un saut par pas."),
            [Block::Figure(piece_of_line(low, high, by.abs(), &[end]))],
        )
        .hint(say!(
            s.lang,
            "The first jump lands on {first}. All the jumps: {path}.",
            "Le premier saut arrive sur {first}. Tous les sauts : {path}."
        ))
        .step(say!(
            s.lang,
            "Stand on {start}. Each jump is one step: {path}.",
            "Place-toi sur {start}. Chaque saut est un pas : {path}."
        ))
        .step_show([Block::Figure(piece_of_line(low, high, by.abs(), &[]))])
        .praise(say!(
            s.lang,
            "Yes, {count} jumps from {start} land on {end}.",
            "Oui, {count} sauts depuis {start} arrivent sur {end}."
        ))
        .seconds(20)
}
