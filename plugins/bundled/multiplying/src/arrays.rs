//! Rows and columns, repeated sums and the sign for times (numeracy.mult.arrays). Never here: tables to know by heart.

use chalkbox_tool::forms::{asked, tiles};
use chalkbox_tool::{Answer, Block, Figure, Grid, Problem, Rule, Setup, say, spoken_math};

use crate::help;

/// c + c + … with so many parts.
fn repeated(rows: i64, columns: i64) -> String {
    vec![columns.to_string(); rows as usize].join(" + ")
}

/// What rows × columns is mistaken for.
fn array_rules(rows: i64, columns: i64) -> Vec<Rule> {
    let right = rows * columns;
    let mut rules =
        vec![(rows + columns, "adds-instead-of-multiplies"), (rows, "counts-groups"), (columns, "counts-groups")];
    rules.extend((rows > 2 && columns > 2).then_some((2 * (rows + columns) - 4, "counts-edge-only")));
    rules.extend([(right - columns, "one-group-off"), (right + columns, "one-group-off")]);
    rules
}

/// Hints, steps and praise for an array: rows, then the repeated sum, then the sign.
fn helped(p: Problem, s: &Setup, rows: i64, columns: i64) -> Problem {
    let (l, right, sum) = (s.lang, rows * columns, repeated(rows, columns));
    let (two, pair) = (2 * columns, repeated(2, columns));
    let p = p
        .hint(say!(
            l,
            "How many rows are there? How many in each row?",
            "Combien y a-t-il de rangées ? Combien dans chaque rangée ?"
        ))
        .hint_with(
            say!(
                l,
                "Run a finger along each row, one after the other.",
                "Suis chaque rangée du doigt, l'une après l'autre."
            ),
            help::array(rows, columns),
        );
    let p = if rows > 2 {
        p.hint(say!(
            l,
            "Two rows: {pair} = {two}. Go on row by row.",
            "Deux rangées : {pair} = {two}. Continue rangée par rangée."
        ))
    } else {
        p.hint(say!(l, "Each row has {columns}: {sum}.", "Chaque rangée en a {columns} : {sum}."))
    };
    p.step(say!(l, "{rows} rows of {columns}.", "{rows} rangées de {columns}."))
        .step_show(help::array(rows, columns))
        .step_show([Block::Math(format!("{sum} = {right}")), Block::Math(format!("{rows} × {columns} = {right}"))])
        .praise(say!(
            l,
            "Yes. {rows} rows of {columns} make {right}.",
            "Oui. {rows} rangées de {columns} font {right}."
        ))
        .seconds(25)
}

/// `numeracy.mult.arrays`
pub fn arrays(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let columns = s.rng.range(2, 5);
    match (s.band, form) {
        (0, 0) => in_all(s, 2, columns),
        (0, _) => parts(s, columns),
        (1, _) => {
            let rows = s.rng.range(2, 3);
            if form < 2 { sum_of_rows(s, rows, columns) } else { in_all(s, rows, columns) }
        }
        (2, 0) => joined(s),
        (2, 1) => which(s),
        (2, _) => {
            let rows = s.rng.range(3, 5);
            in_all(s, rows, columns)
        }
        (3, 0) => written(s, columns),
        (3, 1) => turned(s, columns),
        (3, 2) => covered(s),
        (3, _) => as_times(s, columns),
        (_, 0) => missing_row(s),
        (_, 1) => cut(s),
        _ => no_picture(s),
    }
}

/// An array to look at: how many in all?
fn in_all(s: &mut Setup, rows: i64, columns: i64) -> Problem {
    let l = s.lang;
    let answer = asked(s, rows * columns, &array_rules(rows, columns), 40);
    let p = Problem::new(answer).show(help::array(rows, columns)).tell(say!(
        l,
        "{rows} rows of {columns}. How many in all?",
        "{rows} rangées de {columns}. Combien en tout ?"
    ));
    helped(p, s, rows, columns)
}

/// How many rows, or how many in a row?
fn parts(s: &mut Setup, columns: i64) -> Problem {
    let l = s.lang;
    let upright = s.rng.chance(1, 3);
    let (rows, columns) = if upright { (columns, 2) } else { (2, columns) };
    let of_rows = s.rng.chance(1, 2);
    let (right, other) = if of_rows { (rows, columns) } else { (columns, rows) };
    let rules = [(rows * columns, "repeats-given-number"), (other, "groups-sizes-swapped")];
    let p = Problem::new(asked(s, right, &rules, 12)).show(help::array(rows, columns));
    let p = if of_rows {
        p.tell(say!(l, "How many rows are there?", "Combien y a-t-il de rangées ?"))
            .hint(say!(l, "A row lies flat, from left to right.", "Une rangée est couchée, de gauche à droite."))
            .hint(say!(l, "Lay a stick on each row.", "Pose un bâton sur chaque rangée."))
            .hint(say!(
                l,
                "Count down the side: one for each row.",
                "Compte sur le côté, de haut en bas : un par rangée."
            ))
    } else {
        p.tell(say!(l, "How many are in each row?", "Combien y en a-t-il dans chaque rangée ?"))
            .hint(say!(l, "A row lies flat, from left to right.", "Une rangée est couchée, de gauche à droite."))
            .hint(say!(l, "Look at the top row only.", "Regarde seulement la rangée du haut."))
            .hint(say!(l, "Count along the top row.", "Compte le long de la rangée du haut."))
    };
    p.step(say!(l, "There are {rows} rows, each with {columns}.", "Il y a {rows} rangées, chacune de {columns}."))
        .step_show(help::array(rows, columns))
        .praise(say!(l, "Yes. {rows} rows of {columns}.", "Oui. {rows} rangées de {columns}."))
        .seconds(18)
}

/// The repeated sum of an array, with its parts or its total missing.
fn sum_of_rows(s: &mut Setup, rows: i64, columns: i64) -> Problem {
    let l = s.lang;
    let sum = repeated(rows, columns);
    let sentence = format!("{sum} = _");
    let p = Problem::new(asked(s, rows * columns, &array_rules(rows, columns), 40))
        .show(help::array(rows, columns))
        .tell(say!(l, "Add the rows.", "Additionne les rangées."))
        .sum(l, &sentence);
    helped(p, s, rows, columns)
}

/// Join arrays, or repeated sums, with times sentences.
fn joined(s: &mut Setup) -> Problem {
    let l = s.lang;
    let mut cards = vec![(2, 3), (3, 4), (3, 5), (4, 2), (4, 5), (5, 2)];
    s.rng.shuffle(&mut cards);
    cards.truncate(3);
    let drawn = s.rng.chance(1, 2);
    let left = |r: i64, c: i64| if drawn { help::array(r, c) } else { vec![Block::Math(repeated(r, c))] };
    let times = |r: i64, c: i64| vec![Block::Math(format!("{r} × {c}"))];
    let pairs = cards.iter().map(|(r, c)| (left(*r, *c), times(*r, *c))).collect();
    let (r, c) = cards[0];
    let spare = [(2, 2), (3, 3), (5, 5)];
    let (x, y) = *s.rng.pick(&spare);
    let answer = Answer::matching(
        &mut s.rng,
        pairs,
        vec![vec![Block::Math(format!("{r} + {c}"))], times(x, y)],
        &[(0, 3, "adds-instead-of-multiplies")],
    );
    let p = Problem::new(answer);
    let p = if drawn {
        p.tell(say!(
            l,
            "Join each picture to its sentence: rows × in each row.",
            "Relie chaque image à son écriture : rangées × nombre par rangée."
        ))
    } else {
        p.tell(say!(l, "Join each sum to its times sentence.", "Relie chaque somme à sa multiplication."))
    };
    let sum = repeated(r, c);
    p.hint(say!(
        l,
        "Which number comes again and again? How many times?",
        "Quel nombre revient toujours ? Combien de fois ?"
    ))
    .hint(say!(
        l,
        "First how many rows, then how many in each.",
        "D'abord combien de rangées, ensuite combien dans chacune."
    ))
    .hint(say!(l, "{sum} is {r} × {c}. Now the others.", "{sum}, c'est {r} × {c}. À toi pour les autres."))
    .step_show(help::array(r, c))
    .step(say!(l, "{r} rows of {c}: {sum}, written {r} × {c}.", "{r} rangées de {c} : {sum}, on écrit {r} × {c}."))
    .step(say!(l, "Do the same with the others.", "Fais de même pour les autres."))
    .praise(say!(
        l,
        "Yes. Times is a short way to add equal rows.",
        "Oui. Multiplier, c'est additionner vite des rangées égales."
    ))
    .seconds(45)
}

/// Which picture is so many rows of so many?
fn which(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (rows, columns) = (s.rng.range(3, 5), s.rng.range(2, 5));
    let columns = if columns == rows { rows - 1 } else { columns };
    let wrong = vec![
        (help::array(columns, rows), Some("groups-sizes-swapped")),
        (help::array(rows + 1, columns), Some("one-group-off")),
        (help::array(rows, columns + 1), Some("one-group-off")),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, help::array(rows, columns), wrong)).tell(say!(
        l,
        "Which picture shows {rows} rows of {columns}?",
        "Quelle image montre {rows} rangées de {columns} ?"
    ));
    helped(p, s, rows, columns)
}

/// Rows and columns of an array as tiles, either way round.
fn written(s: &mut Setup, columns: i64) -> Problem {
    let l = s.lang;
    let rows = s.rng.range(3, 6);
    let whole = rows * columns;
    let sentence = format!("_ × _ = {whole}");
    let rules =
        [(rows + 1, "one-group-off"), (columns + 1, "one-group-off"), (rows + columns, "adds-instead-of-multiplies")];
    let rules: Vec<Rule> = rules.into_iter().filter(|(n, _)| *n != rows && *n != columns).collect();
    // Which factor stands first differs from country to country.
    let answer = tiles(s, &sentence, &[rows, columns], &rules, 12).either_way(0, 1);
    let p = Problem::new(answer)
        .show(help::array(rows, columns))
        .tell(say!(l, "Write what the picture shows.", "Écris ce que montre l'image."))
        .speak(spoken_math(l, &sentence));
    helped(p, s, rows, columns).seconds(30)
}

/// a rows of b are as many as b rows of a.
fn turned(s: &mut Setup, columns: i64) -> Problem {
    let l = s.lang;
    let rows = *s.rng.pick(&[3, 4, 6]);
    let rows = if rows == columns { rows + 1 } else { rows };
    let whole = rows * columns;
    let rules = [
        (rows, "repeats-given-number"),
        (rows + columns, "adds-instead-of-multiplies"),
        (columns + 1, "one-group-off"),
        (columns - 1, "one-group-off"),
    ];
    let p = Problem::new(asked(s, columns, &rules, 12))
        .show(help::array(rows, columns))
        .tell(say!(
            l,
            "Turn the picture: the rows become columns. What is missing?",
            "Tourne l'image : les rangées deviennent des colonnes. Que manque-t-il ?"
        ))
        .sum(l, &format!("{rows} × {columns} = _ × {rows}"));
    p.hint(say!(l, "Look from the side. Does anything come or go?", "Regarde de côté. Y en a-t-il plus ou moins ?"))
        .hint_with(say!(l, "Here it is turned.", "La voici tournée."), help::array(columns, rows))
        .hint(say!(
            l,
            "Now each row has {rows}. Count the rows.",
            "Chaque rangée en a maintenant {rows}. Compte les rangées."
        ))
        .step(say!(
            l,
            "{rows} rows of {columns} become {columns} rows of {rows}: {whole} both times.",
            "{rows} rangées de {columns} deviennent {columns} rangées de {rows} : {whole} les deux fois."
        ))
        .step_show([Block::Math(format!("{rows} × {columns} = {columns} × {rows}"))])
        .praise(say!(l, "Yes. Turned round it is still {whole}.", "Oui. Tournée, c'est toujours {whole}."))
        .seconds(25)
}

/// Only the top row and the left column are filled.
fn covered(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (rows, columns) = (s.rng.range(3, 6), s.rng.range(3, 5));
    let edge = rows + columns - 1;
    let filled = (0..rows * columns).filter(|n| *n < columns || n % columns == 0).map(|n| n as u16).collect();
    let grid = Figure::Grid(Grid { columns: columns as u8, rows: rows as u8, filled });
    let mut rules = vec![(edge, "counts-edge-only")];
    rules.extend(array_rules(rows, columns));
    let p = Problem::new(asked(s, rows * columns, &rules, 40)).figure(grid).tell(say!(
        l,
        "The top row and the first column are painted. How many squares are there in all, painted or not?",
        "La rangée du haut et la première colonne sont peintes. Combien y a-t-il de carrés en tout, peints ou non ?"
    ));
    helped(p, s, rows, columns).seconds(30)
}

/// 5 + 5 + 5 = _ × 5
fn as_times(s: &mut Setup, columns: i64) -> Problem {
    let l = s.lang;
    let rows = s.rng.range(3, 6);
    let rows = if rows == columns { rows + 1 } else { rows };
    let whole = rows * columns;
    let sum = repeated(rows, columns);
    let sentence = format!("{sum} = _ × {columns}");
    let rules = [
        (whole, "repeats-given-number"),
        (columns, "groups-sizes-swapped"),
        (rows - 1, "one-group-off"),
        (rows + 1, "one-group-off"),
    ];
    let answer =
        if s.rng.chance(1, 2) { tiles(s, &sentence, &[rows], &rules, 40) } else { Answer::number(rows, &rules) };
    let p = Problem::new(answer)
        .tell(say!(l, "Write the sum with times.", "Écris la somme avec une multiplication."))
        .sum(l, &sentence);
    p.hint(say!(l, "Which number comes again and again?", "Quel nombre revient toujours ?"))
        .hint_with(say!(l, "Here is the sum as rows.", "Voici la somme en rangées."), help::array(rows, columns))
        .hint(say!(l, "Count how often you see {columns}.", "Compte combien de fois tu vois {columns}."))
        .step(say!(l, "{columns} stands there {rows} times.", "On voit {rows} fois le nombre {columns}."))
        .step_show([Block::Math(format!("{sum} = {rows} × {columns}"))])
        .praise(say!(l, "Yes: {rows} times {columns}.", "Oui : {rows} fois {columns}."))
        .seconds(20)
}

/// ? × 3 = 12, with the array.
fn missing_row(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (rows, columns) = (s.rng.range(3, 7), s.rng.range(2, 5));
    let whole = rows * columns;
    let rules = [
        (whole * columns, "uses-shown-sign"),
        (whole - columns, "subtracts-instead"),
        (rows - 1, "one-group-off"),
        (rows + 1, "one-group-off"),
        (columns, "repeats-given-number"),
    ];
    let p = Problem::new(asked(s, rows, &rules, 60))
        .show(help::array(1, columns))
        .tell(say!(
            l,
            "This is one row. There are {whole} squares in all. How many rows?",
            "Voici une rangée. Il y a {whole} carrés en tout. Combien de rangées ?"
        ))
        .sum(l, &format!("_ × {columns} = {whole}"));
    help::divided(p, l, whole, columns).seconds(25)
}

/// An array cut in two: the parts and the whole.
fn cut(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (rows, columns) = (s.rng.range(6, 8), s.rng.range(3, 5));
    let (first, rest) = (5, rows - 5);
    let (upper, lower, whole) = (first * columns, rest * columns, rows * columns);
    let grid = help::cut_array(rows, columns, first);
    let rules = [
        (upper, "stops-after-one-step"),
        (rows + columns, "adds-instead-of-multiplies"),
        (upper + rest, "multiplies-one-part"),
        (whole - columns, "one-group-off"),
        (whole + columns, "one-group-off"),
    ];
    Problem::new(asked(s, whole, &rules, 60))
        .show(grid.clone())
        .tell(say!(
            l,
            "{rows} rows of {columns}: {first} rows are painted, the rest are not. How many squares in all?",
            "{rows} rangées de {columns} : {first} rangées sont peintes, les autres non. Combien de carrés en tout ?"
        ))
        .hint(say!(l, "Work out the painted part first.", "Calcule d'abord la partie peinte."))
        .hint(say!(l, "Painted: {first} × {columns} = {upper}.", "Partie peinte : {first} × {columns} = {upper}."))
        .hint(say!(
            l,
            "Not painted: {rest} × {columns} = {lower}. Put both parts together.",
            "Partie non peinte : {rest} × {columns} = {lower}. Mets les deux parties ensemble."
        ))
        .step_show(grid)
        .step(say!(
            l,
            "{first} × {columns} = {upper} and {rest} × {columns} = {lower}.",
            "{first} × {columns} = {upper} et {rest} × {columns} = {lower}."
        ))
        .step(say!(l, "Together: {upper} + {lower} = {whole}.", "Ensemble : {upper} + {lower} = {whole}."))
        .praise(say!(l, "Yes. Two easy parts make {whole}.", "Oui. Deux parties faciles font {whole}."))
        .seconds(30)
}

/// Rows told in words only.
fn no_picture(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (rows, columns) = (s.rng.range(3, 6), s.rng.range(3, 6));
    let p = Problem::new(asked(s, rows * columns, &array_rules(rows, columns), 60))
        .tell(say!(
            l,
            "A field has {rows} rows of {columns} plants. How many plants?",
            "Un champ a {rows} rangées de {columns} plants. Combien de plants y a-t-il ?"
        ))
        .sum(l, &format!("{rows} × {columns} = _"));
    helped(p, s, rows, columns)
}
