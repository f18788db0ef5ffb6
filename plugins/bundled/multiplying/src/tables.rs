//! The times tables: 2, 5 and 10, then 3 and 4, then all. Never here: groups without a sign, dividing.

use chalkbox_tool::forms::{asked, tiles};
use chalkbox_tool::{Answer, Figure, Problem, Setup, counted, line, say};

use crate::help::{self, times_rules};

/// What stands above the sum.
#[derive(Clone, Copy, PartialEq)]
enum Picture {
    Nothing,
    Groups,
    Array,
    Jumps,
}

/// a × b with its answer asked; `near` holds wrong answers of this table that come before the common ones.
fn fact(s: &mut Setup, (a, b): (i64, i64), picture: Picture, near: &[(i64, &'static str)]) -> Problem {
    let l = s.lang;
    let mut rules = near.to_vec();
    rules.extend(times_rules(a, b));
    let mut p = Problem::new(asked(s, a * b, &rules, 110));
    p = match picture {
        Picture::Nothing => p,
        Picture::Groups => p.show(help::plates(a, b)),
        Picture::Array => p.show(help::array(a, b)),
        Picture::Jumps => {
            let marks: Vec<i64> = (1..=a).map(|jump| jump * b).collect();
            p.figure(Figure::NumberLine(line(0, 10 * b, b, &[0, b], &marks)))
        }
    };
    p = match picture {
        Picture::Nothing => p.tell(say!(l, "How much is it?", "Combien cela fait-il ?")),
        Picture::Jumps => p.tell(say!(l, "{a} jumps of {b}. Where do you land?", "{a} sauts de {b}. Où arrives-tu ?")),
        _ => p.tell(say!(l, "{a} times {b}. How many in all?", "{a} fois {b}. Combien en tout ?")),
    };
    help::times(p.sum(l, &format!("{a} × {b} = _")), l, a, b).seconds(12)
}

/// The fact, turned round half of the time.
fn turned(s: &mut Setup, (a, b): (i64, i64)) -> (i64, i64) {
    if s.rng.chance(1, 2) { (b, a) } else { (a, b) }
}

/// ? × b = whole.
pub fn missing_factor(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let whole = a * b;
    let rules = [
        (whole * b, "uses-shown-sign"),
        (whole - b, "subtracts-instead"),
        (a - 1, "one-group-off"),
        (a + 1, "one-group-off"),
        (b, "repeats-given-number"),
    ];
    let p = Problem::new(asked(s, a, &rules, 500))
        .tell(say!(l, "Which number is missing?", "Quel nombre manque ?"))
        .sum(l, &format!("_ × {b} = {whole}"));
    help::divided(p, l, whole, b).seconds(18)
}

/// A story of things that each have the same: legs, prices.
fn story(s: &mut Setup, a: i64, b: i64, legs: bool) -> Problem {
    let l = s.lang;
    let (name, food) = (s.name(), s.food());
    let amount = counted(l, a, &food);
    let words = match (legs, b) {
        (true, 3) => say!(
            l,
            "A stool has 3 legs. How many legs do {a} stools have?",
            "Un tabouret a 3 pieds. Combien de pieds ont {a} tabourets ?"
        ),
        (true, _) => say!(
            l,
            "A table has {b} legs. How many legs do {a} tables have?",
            "Une table a {b} pieds. Combien de pieds ont {a} tables ?"
        ),
        _ => say!(
            l,
            "{name} buys {amount}. Each costs {b} coins. How many coins does {name} pay?",
            "{name} achète {amount}, à {b} sous pièce. Combien de sous doit payer {name} ?"
        ),
    };
    let p = Problem::new(asked(s, a * b, &times_rules(a, b), 110)).tell(words);
    help::times(p, l, a, b).seconds(25)
}

/// A fact from a near one: `left` = `before` `sign` _.
pub fn from_near(s: &mut Setup, (a, b): (i64, i64), start: i64) -> Problem {
    let l = s.lang;
    let (sign, right) = if start > a { ('−', (start - a) * b) } else { ('+', (a - start) * b) };
    let sentence = format!("{a} × {b} = {start} × {b} {sign} _");
    let rules =
        [((start - a).abs(), "compensates-by-one"), (right + b, "one-group-off"), (a * b, "repeats-given-number")];
    let answer =
        if s.rng.chance(1, 2) { Answer::number(right, &rules) } else { tiles(s, &sentence, &[right], &rules, 110) };
    let p = Problem::new(answer)
        .tell(say!(l, "Use a fact you know. What is missing?", "Pars d'un résultat connu. Que manque-t-il ?"))
        .sum(l, &sentence);
    let groups = (start - a).abs();
    p.hint(say!(l, "How many groups are on each side?", "Combien y a-t-il de groupes de chaque côté ?"))
        .hint_with(
            say!(
                l,
                "Here are {a} rows of {b}. Cover those that you know.",
                "Voici {a} rangées de {b}. Cache celles que tu connais."
            ),
            help::array(a, b),
        )
        .hint(say!(l, "The sides differ by {groups} × {b}.", "La différence est de {groups} × {b}."))
        .step(say!(
            l,
            "{a} groups against {start} groups: {groups} × {b} makes the difference.",
            "{a} groupes contre {start} groupes : {groups} × {b} fait la différence."
        ))
        .step(say!(l, "So the missing number is {right}.", "Le nombre qui manque est donc {right}."))
        .praise(say!(l, "Yes. A known fact leads to a new one.", "Oui. Un résultat connu mène à un nouveau."))
        .seconds(25)
}

/// `numeracy.mult.tables-2-5-10`
pub fn tables_2_5_10(s: &mut Setup) -> Problem {
    let table = *s.rng.pick(&[2, 5, 10]);
    let near = |a: i64, b: i64| match b {
        5 => vec![(a * 10, "wrong-step-size"), (a * 2, "wrong-step-size")],
        _ => vec![(a * 5, "wrong-step-size")],
    };
    let (small, any) = (s.rng.range(1, 5), s.rng.range(2, 10));
    match s.band {
        0 => fact(s, (small, table), Picture::Groups, &near(small, table)),
        1 => {
            let table = if table == 5 { 2 } else { table };
            fact(s, (any, table), Picture::Jumps, &near(any, table))
        }
        2 => fact(s, (any, 5), Picture::Nothing, &near(any, 5)),
        3 => {
            let pair = turned(s, (any, table));
            fact(s, pair, Picture::Nothing, &near(any, table))
        }
        _ => match s.rng.below(4) {
            0 => {
                let pair = (table, s.rng.range(0, 1));
                let pair = turned(s, pair);
                fact(s, pair, Picture::Nothing, &[])
            }
            1 => story(s, any, table, false),
            _ => missing_factor(s, any, table),
        },
    }
}

/// `numeracy.mult.tables-3-4`
pub fn tables_3_4(s: &mut Setup) -> Problem {
    let table = s.rng.range(3, 4);
    let near = |a: i64, b: i64| {
        vec![(a * (b - 1), "wrong-step-size"), (a * b + 1, "off-by-one-part"), (a * b - 1, "off-by-one-part")]
    };
    let any = s.rng.range(2, 10);
    match s.band {
        0 => {
            let a = s.rng.range(1, 3);
            fact(s, (a, table), Picture::Array, &near(a, table))
        }
        1 => {
            let a = s.rng.range(2, if table == 3 { 6 } else { 5 });
            fact(s, (a, table), Picture::Jumps, &near(a, table))
        }
        2 => fact(s, (any, 3), Picture::Nothing, &near(any, 3)),
        3 => {
            let table = if s.rng.chance(1, 2) { 4 } else { table };
            let pair = turned(s, (any, table));
            fact(s, pair, Picture::Nothing, &near(any, table))
        }
        _ => match s.rng.below(4) {
            0 => story(s, any, table, true),
            1 => from_near(s, (table, any), 2),
            _ => missing_factor(s, any, table),
        },
    }
}

/// `numeracy.mult.tables-10`
pub fn tables_10(s: &mut Setup) -> Problem {
    let any = s.rng.range(3, 10);
    let table = match s.band {
        0 => *s.rng.pick(&[2, 5, 10]),
        1 => *s.rng.pick(&[3, 4, 9]),
        2 => 6,
        3 => s.rng.range(7, 8),
        _ => s.rng.range(3, 9),
    };
    let a = match s.band {
        3 => s.rng.range(6, 9),
        4 => s.rng.range(4, 9),
        _ => any,
    };
    let pair = turned(s, (a, table));
    let near = [
        (neighbour(a, table), "table-neighbour"),
        (a * table + 1, "off-by-one-part"),
        (a * table - 1, "off-by-one-part"),
    ];
    match (s.band, s.rng.below(4)) {
        (1, 0) => from_near(s, (9, any), 10),
        (0..=3, _) => fact(s, pair, Picture::Nothing, &near),
        (_, 0) => tens(s, a, table),
        (_, 1) => from_near(s, (9, a), 10),
        _ => missing_factor(s, a, table),
    }
}

/// The answer of a fact beside a × b: both factors moved towards each other or apart.
fn neighbour(a: i64, b: i64) -> i64 {
    if a < b { (a - 1) * (b + 1) } else { (a + 1) * (b - 1) }
}

/// Tens times ones: 60 × 7.
pub fn tens(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let (ten, fact) = (a * 10, a * b);
    let right = ten * b;
    let rules = [
        (fact, "drops-zero"),
        (ten + b, "adds-instead-of-multiplies"),
        (right + ten, "one-group-off"),
        (right - ten, "one-group-off"),
    ];
    Problem::new(asked(s, right, &rules, 1000))
        .tell(say!(l, "How much is it?", "Combien cela fait-il ?"))
        .sum(l, &format!("{ten} × {b} = _"))
        .hint(say!(l, "Think of {ten} as {a} tens.", "Pense à {ten} comme {a} dizaines."))
        .hint(say!(l, "First work out {a} × {b}. Those are tens.", "Calcule d'abord {a} × {b}. Ce sont des dizaines."))
        .hint(say!(
            l,
            "{a} × {b} = {fact}. How much are {fact} tens?",
            "{a} × {b} = {fact}. Combien valent {fact} dizaines ?"
        ))
        .step(say!(l, "{ten} is {a} tens. {a} × {b} = {fact}.", "{ten}, c'est {a} dizaines. {a} × {b} = {fact}."))
        .step(say!(l, "{fact} tens are {right}.", "{fact} dizaines font {right}."))
        .praise(say!(l, "Yes. {fact} tens are {right}.", "Oui. {fact} dizaines font {right}."))
        .seconds(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_is_another_fact_near_by() {
        assert_eq!(neighbour(7, 8), 54);
        assert_eq!(neighbour(8, 7), 54);
        assert_eq!(neighbour(6, 6), 35);
    }
}
