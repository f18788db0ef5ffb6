//! Division facts within 100 (numeracy.mult.divide-facts). Never here: remainders, sharing with things.

use chalkbox_tool::forms::{asked, tiles};
use chalkbox_tool::{Answer, Problem, Rule, Setup, say};

use crate::help;

fn rules(whole: i64, by: i64) -> Vec<Rule> {
    let right = whole / by;
    let special = whole == 0 || by == 1 || whole == by;
    let mut rules =
        if special { vec![(by, "zero-one-rule"), (1, "zero-one-rule"), (0, "zero-one-rule")] } else { vec![] };
    rules.extend([(right - 1, "one-group-off"), (right + 1, "one-group-off")]);
    if !special {
        rules.extend([
            (right - 2, "table-neighbour"),
            (right + 2, "table-neighbour"),
            (whole - by, "subtracts-instead"),
        ]);
    }
    rules
}

/// `numeracy.mult.divide-facts`
pub fn divide_facts(s: &mut Setup) -> Problem {
    let by = match s.band {
        0 => *s.rng.pick(&[2, 5, 10]),
        1 => s.rng.range(3, 4),
        2 => *s.rng.pick(&[6, 9]),
        3 => s.rng.range(7, 8),
        _ => s.rng.range(3, 9),
    };
    let right = s.rng.range(2, 10);
    match (s.band, s.rng.below(4)) {
        (4, 0) => {
            let n = s.rng.range(2, 9);
            let (whole, by) = *s.rng.pick(&[(n, 1), (0, n), (n, n)]);
            quotient(s, whole, by)
        }
        (4, 1) => missing_divisor(s, right, by),
        (4, 2) => missing_whole(s, right, by),
        (2 | 3, 0) => which_array(s, right, by),
        _ => quotient(s, right * by, by),
    }
}

/// whole ÷ by.
pub fn quotient(s: &mut Setup, whole: i64, by: i64) -> Problem {
    let l = s.lang;
    let p = Problem::new(asked(s, whole / by, &rules(whole, by), 100))
        .tell(say!(l, "How much is it?", "Combien cela fait-il ?"))
        .sum(l, &format!("{whole} ÷ {by} = _"));
    help::divided(p, l, whole, by).seconds(15)
}

/// 54 ÷ ? = 6
fn missing_divisor(s: &mut Setup, right: i64, known: i64) -> Problem {
    let l = s.lang;
    let whole = right * known;
    let sentence = format!("{whole} ÷ _ = {known}");
    let rules = rules(whole, known);
    let answer =
        if s.rng.chance(1, 2) { Answer::number(right, &rules) } else { tiles(s, &sentence, &[right], &rules, 100) };
    let p = Problem::new(answer).tell(say!(l, "Which number is missing?", "Quel nombre manque ?")).sum(l, &sentence);
    p.hint(say!(l, "{whole} is the whole. {known} is one factor.", "{whole} est le tout. {known} est un facteur."))
        .hint(say!(l, "Which number times {known} makes {whole}?", "Quel nombre fois {known} font {whole} ?"))
        .hint_with(
            say!(l, "Each row has {known}. Count the rows.", "Chaque rangée en a {known}. Compte les rangées."),
            help::array(right, known),
        )
        .step(say!(l, "Look for ? × {known} = {whole}.", "Cherche ? × {known} = {whole}."))
        .step(say!(
            l,
            "{right} × {known} = {whole}, so {whole} ÷ {right} = {known}.",
            "{right} × {known} = {whole}, donc {whole} ÷ {right} = {known}."
        ))
        .praise(say!(l, "Yes. {right} times {known} is {whole}.", "Oui. {right} fois {known} font {whole}."))
        .seconds(22)
}

/// ? ÷ 7 = 8
pub fn missing_whole(s: &mut Setup, groups: i64, by: i64) -> Problem {
    let l = s.lang;
    let right = groups * by;
    let mut rules =
        vec![(groups + by, "adds-instead-of-multiplies"), (right + by, "one-group-off"), (right - by, "one-group-off")];
    if groups % by == 0 {
        rules.push((groups / by, "uses-shown-sign"));
    }
    let p = Problem::new(asked(s, right, &rules, 110))
        .tell(say!(l, "Which number was divided?", "Quel nombre a été divisé ?"))
        .sum(l, &format!("_ ÷ {by} = {groups}"));
    p.hint(say!(
        l,
        "The whole is missing. How do you undo dividing?",
        "C'est le tout qui manque. Comment défaire une division ?"
    ))
    .hint_with(
        say!(l, "Put all the rows together again.", "Remets toutes les rangées ensemble."),
        help::array(groups, by),
    )
    .hint(say!(l, "Work out {groups} × {by}.", "Calcule {groups} × {by}."))
    .step(say!(l, "Times undoes divided by.", "Multiplier défait la division."))
    .step(say!(
        l,
        "{groups} × {by} = {right}, so {right} ÷ {by} = {groups}.",
        "{groups} × {by} = {right}, donc {right} ÷ {by} = {groups}."
    ))
    .praise(say!(l, "Yes. {groups} times {by} is {right}.", "Oui. {groups} fois {by} font {right}."))
    .seconds(22)
}

/// Which array shows whole ÷ by?
fn which_array(s: &mut Setup, rows: i64, by: i64) -> Problem {
    let l = s.lang;
    let whole = rows * by;
    let wrong = vec![
        (help::array(rows - 1, by), Some("one-group-off")),
        (help::array(rows, by - 1), Some("table-neighbour")),
        (help::array(rows - 1, by + 1), Some("table-neighbour")),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, help::array(rows, by), wrong))
        .tell(say!(
            l,
            "Which picture shows it, with {by} in each row?",
            "Quelle image le montre, avec {by} par rangée ?"
        ))
        .sum(l, &format!("{whole} ÷ {by} = _"));
    help::divided(p, l, whole, by).seconds(30)
}
