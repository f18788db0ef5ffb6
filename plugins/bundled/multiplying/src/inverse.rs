//! Times and divided by undo each other (numeracy.mult.inverse). Never here: division facts to know by heart.

use chalkbox_tool::forms::asked;
use chalkbox_tool::{Answer, Block, Problem, Setup, say};

use crate::{divide, help, tables};

/// Factors of families whose facts are all different.
const FAMILIES: [(i64, i64); 8] = [(3, 8), (4, 6), (5, 7), (3, 6), (4, 8), (5, 9), (3, 9), (4, 7)];

/// `numeracy.mult.inverse`
pub fn inverse(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let table = *s.rng.pick(&[2, 5, 10]);
    match (s.band, form) {
        (0, 0) => rows_of(s),
        (0, _) => {
            let (a, b) = (s.rng.range(2, 4), s.rng.range(2, 5));
            both_ways(s, a, b)
        }
        (1, 0) => {
            let a = s.rng.range(3, 9);
            both_ways(s, a, table)
        }
        (1, _) => {
            let a = s.rng.range(2, 10);
            from_times(s, a, table)
        }
        (2, 0) => belongs(s),
        (2, _) => family(s),
        (3, 0 | 1) => which_helps(s, table),
        (3, _) => {
            let a = s.rng.range(3, 9);
            as_division(s, a, table)
        }
        (_, 0) => there_and_back(s),
        (_, 1) => {
            let (a, b) = (s.rng.range(3, 9), s.rng.range(2, 5));
            divide::missing_whole(s, a, b)
        }
        (_, 2) => checked(s),
        _ => {
            let (a, b) = (s.rng.range(3, 9), s.rng.range(3, 4));
            tables::missing_factor(s, a, b)
        }
    }
}

/// Hints, steps and praise for facts of one array: the whole, rows, in each row.
fn helped(p: Problem, s: &Setup, a: i64, b: i64) -> Problem {
    let (l, whole) = (s.lang, a * b);
    let (less, before) = (a - 1, (a - 1) * b);
    p.hint(say!(
        l,
        "What is the whole? Which two numbers make it by times?",
        "Quel est le tout ? Quels sont les deux facteurs ?"
    ))
    .hint_with(
        say!(
            l,
            "Here are {whole} in rows of {b}. How many rows are there?",
            "Voici {whole} en rangées de {b}. Combien y a-t-il de rangées ?"
        ),
        help::array(a, b),
    )
    .hint(say!(
        l,
        "{less} × {b} = {before}. Add one more {b} and you have {whole}.",
        "{less} × {b} = {before}. Ajoute encore {b}, et cela fait {whole}."
    ))
    .step_show(help::array(a, b))
    .step(say!(
        l,
        "{a} rows of {b} make {whole}, so {whole} in rows of {b} are {a} rows.",
        "{a} rangées de {b} font {whole}, donc {whole} en rangées de {b}, cela fait {a} rangées."
    ))
    .step_show([Block::Math(format!("{a} × {b} = {whole}")), Block::Math(format!("{whole} ÷ {b} = {a}"))])
    .praise(say!(
        l,
        "Yes. What times does, divided by undoes.",
        "Oui. Ce que fait la multiplication, la division le défait."
    ))
    .seconds(25)
}

/// An array: the whole and one side are told, how many rows?
fn rows_of(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (rows, columns) = (s.rng.range(2, 4), s.rng.range(2, 5));
    let whole = rows * columns;
    let rules = [
        (whole - columns, "subtracts-instead"),
        (rows - 1, "one-group-off"),
        (rows + 1, "one-group-off"),
        (columns, "groups-sizes-swapped"),
    ];
    let p = Problem::new(asked(s, rows, &rules, 20))
        .show(help::array(rows, columns))
        .tell(say!(
            l,
            "{whole} squares in rows of {columns}. How many rows?",
            "{whole} carrés en rangées de {columns}. Combien de rangées ?"
        ))
        .sum(l, &format!("{whole} ÷ {columns} = _"));
    helped(p, s, rows, columns)
}

/// a × b = ? and then a × b ÷ b = ?, with tiles.
fn both_ways(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let whole = a * b;
    let written = [(format!("{a} × {b} = _"), whole), (format!("{whole} ÷ {b} = _"), a)];
    let rules = [(a + b, "adds-instead-of-multiplies"), (whole - b, "subtracts-instead"), (a + 1, "one-group-off")];
    let (answer, spoken) = help::lines(s, &written, &rules, 110);
    let p = Problem::new(answer);
    let p = if s.band == 0 { p.show(help::array(a, b)) } else { p };
    let p = p.tell(say!(l, "Fill in both lines.", "Complète les deux écritures.")).speak(spoken);
    helped(p, s, a, b).seconds(30)
}

/// A times fact is given: what does its division give?
fn from_times(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let whole = a * b;
    let rules = [
        (b, "repeats-given-number"),
        (whole - b, "subtracts-instead"),
        (whole, "repeats-given-number"),
        (a - 1, "one-group-off"),
        (a + 1, "one-group-off"),
    ];
    let p = Problem::new(asked(s, a, &rules, 100))
        .tell(say!(l, "The first line helps with the second.", "La première écriture aide pour la seconde."))
        .math(format!("{a} × {b} = {whole}"))
        .sum(l, &format!("{whole} ÷ {b} = _"));
    helped(p, s, a, b).seconds(15)
}

/// The other three facts of a family, with tiles.
fn family(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = *s.rng.pick(&FAMILIES);
    let (a, b) = if s.rng.chance(1, 2) { (a, b) } else { (b, a) };
    let whole = a * b;
    let mut written =
        vec![(format!("{b} × _ = {whole}"), a), (format!("{whole} ÷ {a} = _"), b), (format!("{whole} ÷ _ = {a}"), b)];
    s.rng.shuffle(&mut written);
    let rules = [(whole, "wrong-family"), (a + b, "wrong-family"), ((b - a).abs(), "wrong-family")];
    let (answer, spoken) = help::lines(s, &written, &rules, 60);
    let p = Problem::new(answer)
        .tell(say!(
            l,
            "One fact gives all the others. Fill them in.",
            "Une seule égalité donne les autres. Complète-les."
        ))
        .sum(l, &format!("{a} × {b} = {whole}"))
        .speak(spoken);
    helped(p, s, a, b).seconds(40)
}

/// Which of these belong to the family of a, b and their product?
fn belongs(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = *s.rng.pick(&FAMILIES);
    let whole = a * b;
    let math = |line: String| vec![Block::Math(line)];
    let right = vec![
        math(format!("{b} × {a} = {whole}")),
        math(format!("{whole} ÷ {a} = {b}")),
        math(format!("{whole} ÷ {b} = {a}")),
    ];
    let wrong = vec![
        (math(format!("{a} ÷ {whole} = {b}")), Some("division-order-swapped")),
        (math(format!("{a} + {b} = {}", a + b)), Some("wrong-family")),
    ];
    let p = Problem::new(Answer::choice_of_all(&mut s.rng, right, wrong))
        .tell(say!(
            l,
            "Which ones are of the same family? Choose them all.",
            "Lesquelles sont de la même famille ? Choisis-les toutes."
        ))
        .sum(l, &format!("{a} × {b} = {whole}"));
    helped(p, s, a, b).seconds(40)
}

/// Which times fact helps?
fn which_helps(s: &mut Setup, b: i64) -> Problem {
    let l = s.lang;
    let a = s.rng.range(3, 9);
    let a = if a == b { a + 1 } else { a };
    let whole = a * b;
    let math = |line: String| vec![Block::Math(line)];
    let wrong = vec![
        (math(format!("{whole} + {b} = {}", whole + b)), Some("wrong-family")),
        (math(format!("{b} × {whole} = {}", whole * b)), Some("wrong-family")),
        (math(format!("{whole} − {b} = {}", whole - b)), Some("subtracts-instead")),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, math(format!("{b} × {a} = {whole}")), wrong))
        .tell(say!(l, "Which fact helps to find it?", "Quelle égalité aide à trouver ?"))
        .sum(l, &format!("{whole} ÷ {b} = _"));
    helped(p, s, a, b).seconds(25)
}

/// ? × 2 = 18 is 18 ÷ 2.
fn as_division(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let whole = a * b;
    let rules = [
        (whole - b, "subtracts-instead"),
        (whole * b, "uses-shown-sign"),
        (a + 1, "one-group-off"),
        (a - 1, "one-group-off"),
    ];
    let p = if s.rng.chance(1, 2) {
        let written = [(format!("{whole} ÷ {b} = _"), a), (format!("{b} × _ = {whole}"), a)];
        let (answer, spoken) = help::lines(s, &written, &rules, 200);
        Problem::new(answer)
            .tell(say!(
                l,
                "The second line proves the first. Fill in both.",
                "La seconde écriture prouve la première. Complète-les."
            ))
            .speak(spoken)
    } else {
        Problem::new(asked(s, a, &rules, 200))
            .tell(say!(
                l,
                "Which number is missing? Divide to find it.",
                "Quel nombre manque ? Divise pour le trouver."
            ))
            .sum(l, &format!("_ × {b} = {whole}"))
    };
    helped(p, s, a, b).seconds(25)
}

/// n × b ÷ b
fn there_and_back(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (n, by) = (s.rng.range(12, 48), s.rng.range(3, 9));
    let rules =
        [(n * by, "stops-after-one-step"), (n + by, "adds-instead-of-multiplies"), (by, "repeats-given-number")];
    let line = format!("{n} × {by} ÷ {by} = _");
    Problem::new(asked(s, n, &rules, 500))
        .tell(say!(l, "Look at both signs before you work it out.", "Regarde les deux signes avant de calculer."))
        .sum(l, &line)
        .hint(say!(
            l,
            "First times, then divided by the same number.",
            "D'abord multiplier, puis diviser par le même nombre."
        ))
        .hint(say!(l, "Try it with a small number: 2 × {by} ÷ {by}.", "Essaie avec un petit nombre : 2 × {by} ÷ {by}."))
        .hint(say!(
            l,
            "Divided by {by} undoes times {by}. So you are back at the start.",
            "Diviser par {by} défait multiplier par {by}. On revient au départ."
        ))
        .step(say!(
            l,
            "Times {by} and divided by {by} undo each other: {n} stays.",
            "Multiplier par {by} et diviser par {by} se défont : il reste {n}."
        ))
        .praise(say!(l, "Yes. There and back again: {n}.", "Oui. Aller et retour : {n}."))
        .seconds(25)
}

/// Which times line checks a division?
fn checked(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = (s.rng.range(3, 9), s.rng.range(3, 4));
    let a = if a == b { a + 1 } else { a };
    let whole = a * b;
    let math = |line: String| vec![Block::Math(line)];
    let wrong = vec![
        (math(format!("{whole} × {b} = {a}")), Some("wrong-family")),
        (math(format!("{a} ÷ {b} = {whole}")), Some("division-order-swapped")),
        (math(format!("{a} + {b} = {whole}")), Some("wrong-family")),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, math(format!("{a} × {b} = {whole}")), wrong))
        .tell(say!(l, "Which line shows that this is right?", "Quelle écriture montre que c'est juste ?"))
        .sum(l, &format!("{whole} ÷ {b} = {a}"));
    helped(p, s, a, b).seconds(25)
}
