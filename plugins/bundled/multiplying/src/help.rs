//! Wrong answers, hints, steps and praise for one fact: one ladder for times, one for a missing factor. Never here: questions.

use chalkbox_tool::{
    Answer, Block, Figure, Grid, Lang, PICTURES, Picture, Problem, Rule, Setup, distractors, groups, say, spoken_math,
};

/// Rows of filled squares: `rows` rows of `columns`; nothing when one of them is 0.
pub fn array(rows: i64, columns: i64) -> Vec<Block> {
    cut_array(rows, columns, rows)
}

/// Rows of squares of which the first ones are filled; nothing when there are no squares.
pub fn cut_array(rows: i64, columns: i64, filled: i64) -> Vec<Block> {
    if rows < 1 || columns < 1 {
        return vec![];
    }
    let filled = (0..(filled * columns) as u16).collect();
    vec![Block::Figure(Figure::Grid(Grid { columns: columns as u8, rows: rows as u8, filled }))]
}

/// The parts of a × b as the table of a rectangle, so many of them known: row by row, the tens before the ones.
pub fn area(a: i64, b: i64, known: usize) -> Block {
    let sides = [a / 10 * 10, a % 10];
    let mut table = vec![vec!["×".to_owned(), sides[0].to_string(), sides[1].to_string()]];
    for (row, side) in [b / 10 * 10, b % 10].into_iter().filter(|side| *side > 0).enumerate() {
        let part = |at: usize| if row * 2 + at < known { (sides[at] * side).to_string() } else { String::new() };
        table.push(vec![side.to_string(), part(0), part(1)]);
    }
    Block::Table(table)
}

/// Equal groups as a block; nothing when one of them is 0.
pub fn plates(count: i64, each: i64) -> Vec<Block> {
    if count < 1 || each < 1 { vec![] } else { vec![Block::Figure(groups(count, each))] }
}

/// A picture of something that children can share and pack.
pub fn small(s: &mut Setup) -> &'static Picture {
    one_of(s, &["apple", "mango", "banana", "bean", "stone", "leaf", "flower"])
}

/// A picture of something that fits into a cup.
pub fn tiny(s: &mut Setup) -> &'static Picture {
    one_of(s, &["bean", "stone"])
}

fn one_of(s: &mut Setup, names: &[&str]) -> &'static Picture {
    let name = *s.rng.pick(names);
    PICTURES.iter().find(|picture| picture.name == name).unwrap_or(&PICTURES[0])
}

/// Wrong answers to a × b with what they show, the most telling first.
pub fn times_rules(a: i64, b: i64) -> Vec<Rule> {
    let (low, high, right) = (a.min(b), a.max(b), a * b);
    let mut rules: Vec<Rule> = match low {
        0 => vec![(high, "zero-one-rule")],
        1 => vec![(high + 1, "zero-one-rule"), (1, "zero-one-rule")],
        _ => vec![(a + b, "adds-instead-of-multiplies")],
    };
    if low > 0 {
        rules.extend([(right - b, "one-group-off"), (right + b, "one-group-off")]);
        rules.extend([(right - a, "one-group-off"), (right + a, "one-group-off")]);
        rules.push((a * 10 + b, "joins-digits"));
    }
    rules
}

/// The known fact that leads to a × b, as the last hint and the first step.
fn known(l: Lang, a: i64, b: i64) -> String {
    if b == 0 {
        return say!(
            l,
            "Every group is empty. Is there anything?",
            "Tous les groupes sont vides. Y a-t-il quelque chose ?"
        );
    }
    match a {
        0 => say!(l, "There is no group at all. Is there anything?", "Il n'y a aucun groupe. Y a-t-il quelque chose ?"),
        1 => say!(l, "There is one group of {b}, and no more.", "Il y a un seul groupe de {b}."),
        10 if b > 1 => say!(l, "10 times makes tens: {b} tens.", "10 fois, cela fait des dizaines : {b} dizaines."),
        2..=5 | 10 => {
            let (less, before) = (a - 1, (a - 1) * b);
            say!(l, "{less} × {b} = {before}. Add one more {b}.", "{less} × {b} = {before}. Ajoute encore {b}.")
        }
        9 => {
            let ten = 10 * b;
            say!(l, "10 × {b} = {ten}. Take one {b} away.", "10 × {b} = {ten}. Enlève une fois {b}.")
        }
        _ => {
            let (rest, five, more) = (a - 5, 5 * b, (a - 5) * b);
            say!(
                l,
                "5 × {b} = {five}, and {rest} × {b} = {more}. Put both together.",
                "5 × {b} = {five}, et {rest} × {b} = {more}. Mets les deux ensemble."
            )
        }
    }
}

/// For a × b: see the groups, then work from a fact that is known.
pub fn times(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let right = a * b;
    let p = p.hint(say!(
        l,
        "How many groups, and how many in each? Count in equal steps.",
        "Combien de groupes, et combien dans chacun ? Compte par pas égaux."
    ));
    let p = if right == 0 {
        p.hint(say!(l, "Think of plates with nothing on them.", "Pense à des assiettes vides."))
    } else {
        p.hint_with(
            say!(l, "Here are the rows. Count row by row.", "Voici les rangées. Compte rangée par rangée."),
            array(a, b),
        )
    };
    p.hint(known(l, a, b))
        .step(say!(l, "{a} × {b} means {a} groups of {b}.", "{a} × {b}, c'est {a} groupes de {b}."))
        .step_show(array(a, b))
        .step(known(l, a, b))
        .step_show([Block::Math(format!("{a} × {b} = {right}"))])
        .praise(say!(l, "Yes. {a} times {b} is {right}.", "Oui. {a} fois {b} font {right}."))
}

/// For whole ÷ by, or ? × by = whole: think of the times fact.
pub fn divided(p: Problem, l: Lang, whole: i64, by: i64) -> Problem {
    let right = whole / by;
    let (less, before) = ((right - 1).max(0), (right - 1).max(0) * by);
    let p = p
        .hint(say!(
            l,
            "Turn it round: what times {by} makes {whole}?",
            "Retourne la question : combien de fois {by} font {whole} ?"
        ))
        .hint(say!(
            l,
            "Count in steps of {by} up to {whole}. A finger for each step.",
            "Compte de {by} en {by} jusqu'à {whole}. Un doigt pour chaque pas."
        ));
    let p = if whole == 0 {
        p.hint(say!(
            l,
            "Nothing is shared. How much does each one get?",
            "On ne partage rien. Combien chacun reçoit-il ?"
        ))
    } else {
        p.hint(say!(
            l,
            "{less} × {by} = {before}. How many groups are there when you add one more {by}?",
            "{less} × {by} = {before}. Combien de groupes y a-t-il si tu ajoutes encore {by} ?"
        ))
    };
    p.step(say!(
        l,
        "Look for the times fact: how many groups of {by} make {whole}?",
        "Cherche la multiplication : combien de groupes de {by} font {whole} ?"
    ))
    .step_show(array(right, by))
    .step_show([Block::Math(format!("{right} × {by} = {whole}")), Block::Math(format!("{whole} ÷ {by} = {right}"))])
    .praise(say!(l, "Yes. {right} times {by} is {whole}.", "Oui. {right} fois {by} font {whole}."))
}

/// Lines with one gap (`_`) each, to fill with tiles: each line with its number. Gives the answer and what is spoken.
pub fn lines(s: &mut Setup, lines: &[(String, i64)], rules: &[Rule], high: i64) -> (Answer, String) {
    let rights: Vec<i64> = lines.iter().map(|(_, right)| *right).collect();
    let fitting: Vec<Rule> = rules.iter().copied().filter(|(n, _)| !rights.contains(n)).collect();
    let extra: Vec<_> = distractors(&mut s.rng, rights[0], &fitting, 3, 0, high)
        .into_iter()
        .filter(|(n, _)| !rights.contains(n))
        .map(|(n, code)| (n.to_string(), code))
        .collect();
    let gaps: Vec<_> = lines
        .iter()
        .map(|(line, right)| {
            let (before, after) = line.split_once('_').unwrap_or((line, ""));
            (before.trim().to_owned(), after.trim().to_owned(), right.to_string())
        })
        .collect();
    let spoken: Vec<String> = lines.iter().map(|(line, _)| spoken_math(s.lang, line)).collect();
    let mark = s.lang.pick("? ", "\u{a0}? ");
    (Answer::gaps(&mut s.rng, &gaps, &extra), format!("{}{}", spoken.join(mark), mark.trim_end_matches(' ')))
}
