//! Two digits times one digit (numeracy.mult.two-by-one): in parts, then in a column. Never here: two digits times two.

use chalkbox_tool::forms::{asked, columns, until, whose};
use chalkbox_tool::{Answer, Block, Figure, Grid, Problem, Rule, Setup, base_ten, say, text};

use crate::{help, tables};

/// What a × b is mistaken for when a has two digits and b one.
pub fn column_rules(a: i64, b: i64) -> Vec<Rule> {
    let (tens, ones, right) = (a / 10, a % 10, a * b);
    let carry = ones * b / 10;
    let mut rules = Vec::new();
    if carry > 0 {
        rules.push((right - carry * 10, "forgets-carry"));
        rules.push((joined(tens * b, ones * b), "writes-both-digits"));
        rules.push(((tens + carry) * b * 10 + ones * b % 10, "adds-carry-first"));
    }
    if ones > 0 {
        rules.push((tens * 10 + ones * b, "multiplies-one-part"));
        rules.push((tens * b * 10 + ones, "multiplies-one-part"));
    }
    rules.push((a + b, "adds-instead-of-multiplies"));
    rules
}

/// Two numbers side by side.
fn joined(a: i64, b: i64) -> i64 {
    let shift = 10_i64.pow(b.to_string().len() as u32);
    a * shift + b
}

/// A rectangle of b rows, cut after ten columns: the tens are filled, the ones are not.
fn cut_at_ten(a: i64, b: i64) -> Figure {
    let filled = (0..a * b).filter(|cell| cell % a < 10).map(|cell| cell as u16).collect();
    Figure::Grid(Grid { columns: a as u8, rows: b as u8, filled })
}

/// Hints, steps and praise: split, multiply both parts, add.
pub fn helped(p: Problem, s: &Setup, a: i64, b: i64) -> Problem {
    let (l, right) = (s.lang, a * b);
    let (tens, ones) = (a / 10 * 10, a % 10);
    let (one, two) = (tens * b, ones * b);
    // In the easy bands the rectangle is in the question already.
    let (second, shown) = if s.band < 3 {
        let words = say!(l, "Here is {a} once. Think of it {b} times.", "Voici {a} une fois. Imagine-le {b} fois.");
        (words, Block::Figure(base_ten(0, a / 10, ones)))
    } else {
        let words = say!(
            l,
            "A rectangle has two parts. What goes into each?",
            "Le rectangle a deux parties. Que met-on dans chacune ?"
        );
        (words, help::area(a, b, 0))
    };
    p.hint(say!(
        l,
        "Split {a} into tens and ones. Each part is taken {b} times.",
        "Sépare {a} en dizaines et unités. On prend {b} fois chaque partie."
    ))
    .hint_with(second, [shown])
    .hint(say!(
        l,
        "{tens} × {b} = {one}. Now {ones} × {b}, then add both.",
        "{tens} × {b} = {one}. Calcule {ones} × {b}, puis additionne."
    ))
    .step_show([help::area(a, b, 2)])
    .step(say!(
        l,
        "Tens: {tens} × {b} = {one}. Ones: {ones} × {b} = {two}.",
        "Dizaines : {tens} × {b} = {one}. Unités : {ones} × {b} = {two}."
    ))
    .step(say!(l, "Together: {one} + {two} = {right}.", "Ensemble : {one} + {two} = {right}."))
    .step_show([columns(l, a, "×", b), Block::Math(format!("{a} × {b} = {right}"))])
    .praise(say!(
        l,
        "Yes, {right}. Tens and ones, both {b} times.",
        "Oui, {right}. Les dizaines et les unités, {b} fois chacune."
    ))
    .seconds(40)
}

/// Two digits and one that carry as the band wants.
fn factors(s: &mut Setup) -> (i64, i64) {
    let band = s.band;
    until(
        s,
        |r| (r.range(12, 99), r.range(2, if band < 3 { 5 } else { 9 })),
        |(a, b)| {
            let (tens, ones) = (a / 10 * b, a % 10 * b);
            match band {
                1 => ones > 0 && ones < 10 && tens < 10,
                2 => ones > 9 && a * b < 100,
                _ => ones > 9 && a * b > 99 && a % 10 > 1 && *b > 2,
            }
        },
    )
}

/// `numeracy.mult.two-by-one`
pub fn two_by_one(s: &mut Setup) -> Problem {
    let form = s.rng.below(6);
    match (s.band, form) {
        (0, _) => {
            let (a, b) = (s.rng.range(2, 9), s.rng.range(2, 9));
            tables::tens(s, a, b)
        }
        (1 | 2, 0 | 1) => in_parts(s),
        (3, 0) => which_answer(s),
        (4, 0) => missing_digit(s),
        (4, 1) => near_ten(s),
        (4, 2) => three_digits(s),
        (4, 3) => about(s),
        (4, 4) => price(s),
        (4, _) => which_answer(s),
        _ => worked_out(s),
    }
}

/// a × b; a rectangle or a column stands above it.
fn worked_out(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let mut p = Problem::new(asked(s, a * b, &column_rules(a, b), 900));
    p = match s.band {
        1 => p.show([help::area(a, b, 0)]),
        2 if a < 20 => p.figure(cut_at_ten(a, b)),
        2 => p.show([help::area(a, b, 0)]),
        _ => p.show([columns(l, a, "×", b)]),
    };
    let p = p.tell(say!(l, "How much is it?", "Combien cela fait-il ?")).sum(l, &format!("{a} × {b} = _"));
    helped(p, s, a, b)
}

/// 24 × 3 = 20 × 3 + ? × ?, with tiles.
fn in_parts(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let (tens, ones) = (a / 10 * 10, a % 10);
    let written = [
        (format!("{tens} × {b} = _"), tens * b),
        (format!("{ones} × {b} = _"), ones * b),
        (format!("{a} × {b} = _"), a * b),
    ];
    let mut rules = column_rules(a, b);
    rules.truncate(2);
    rules.push((tens / 10 * b, "drops-zero"));
    let (answer, spoken) = help::lines(s, &written, &rules, 900);
    let p = Problem::new(answer)
        .tell(say!(l, "First the parts, then the whole.", "D'abord les parties, ensuite le tout."))
        .speak(spoken);
    helped(p, s, a, b).seconds(50)
}

/// Whose answer is right?
fn which_answer(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let mut rules = column_rules(a, b);
    s.rng.shuffle(&mut rules);
    let p = Problem::new(whose(s, a * b, &rules, 9000))
        .tell(say!(l, "Three children worked it out. Who is right?", "Trois enfants ont calculé. Qui a raison ?"))
        .sum(l, &format!("{a} × {b} = _"));
    helped(p, s, a, b).seconds(50)
}

/// A digit of the larger number is hidden: the whole number is asked.
fn missing_digit(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = until(s, |r| (r.range(13, 49), r.range(3, 6)), |(a, b)| a % 10 > 1 && a % 10 * b > 9);
    let (tens, ones, whole) = (a / 10, a % 10, a * b);
    let rules = [
        (ones + 1, "one-group-off"),
        (ones - 1, "one-group-off"),
        (whole % 10, "repeats-given-number"),
        (b, "repeats-given-number"),
    ];
    let rest = whole - tens * 10 * b;
    let tens_part = tens * 10 * b;
    let p = Problem::new(asked(s, ones, &rules, 9)).tell(say!(
        l,
        "A number has {tens} tens and some ones. Times {b} it is {whole}. How many ones has it?",
        "Un nombre a {tens} dizaines et des unités. Multiplié par {b}, il donne {whole}. Combien a-t-il d'unités ?"
    ));
    p.hint(say!(l, "What do the tens alone make?", "Que donnent les dizaines toutes seules ?"))
        .hint(say!(
            l,
            "The tens make {tens_part}. How much is missing to {whole}?",
            "Les dizaines donnent {tens_part}. Combien manque-t-il jusqu'à {whole} ?"
        ))
        .hint(say!(
            l,
            "{rest} is missing. What times {b} makes {rest}?",
            "Il manque {rest}. Combien de fois {b} font {rest} ?"
        ))
        .step(say!(l, "Tens: {tens} tens × {b} = {tens_part}.", "Dizaines : {tens} dizaines × {b} = {tens_part}."))
        .step(say!(
            l,
            "Missing: {whole} − {tens_part} = {rest}, and {ones} × {b} = {rest}.",
            "Il manque : {whole} − {tens_part} = {rest}, et {ones} × {b} = {rest}."
        ))
        .step_show([Block::Math(format!("{a} × {b} = {whole}"))])
        .praise(say!(l, "Yes: {a} × {b} = {whole}.", "Oui : {a} × {b} = {whole}."))
        .seconds(50)
}

/// 29 × 5 = 150 − ?
fn near_ten(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (tens, b, less) = (s.rng.range(2, 6) * 10, s.rng.range(3, 8), s.rng.range(1, 2));
    let a = tens - less;
    let (round, right) = (tens * b, less * b);
    let rules = [(less, "compensates-by-one"), (right + b, "one-group-off"), (tens, "repeats-given-number")];
    Problem::new(asked(s, right, &rules, 60))
        .tell(say!(
            l,
            "Start from the round number. What must be taken away?",
            "Pars du nombre rond. Que faut-il enlever ?"
        ))
        .sum(l, &format!("{a} × {b} = {round} − _"))
        .hint(say!(l, "How much more is {tens} than {a}?", "De combien {tens} dépasse-t-il {a} ?"))
        .hint(say!(l, "Each of the {b} groups is too big by {less}.", "Chacun des {b} groupes a {less} de trop."))
        .hint(say!(
            l,
            "{b} groups, {less} too many in each: {b} × {less}.",
            "{b} groupes, {less} de trop dans chacun : {b} × {less}."
        ))
        .step(say!(l, "{tens} × {b} = {round}.", "{tens} × {b} = {round}."))
        .step(say!(l, "Too many: {less} × {b} = {right}.", "De trop : {less} × {b} = {right}."))
        .step_show([Block::Math(format!("{a} × {b} = {round} − {right} = {}", a * b))])
        .praise(say!(l, "Yes. Take {right} from {round}.", "Oui. On enlève {right} à {round}."))
        .seconds(40)
}

/// Three digits times one.
fn three_digits(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) =
        until(s, |r| (r.range(112, 289), r.range(2, 4)), |(a, b)| a % 10 > 1 && a % 10 * b > 9 && a / 10 % 10 > 0);
    let (hundreds, tens, ones) = (a / 100 * 100, a / 10 % 10 * 10, a % 10);
    let (x, y, z, right) = (hundreds * b, tens * b, ones * b, a * b);
    let rules = [
        (right - ones * b / 10 * 10, "forgets-carry"),
        (x + tens + ones, "multiplies-one-part"),
        (hundreds + tens + z, "multiplies-one-part"),
        (a + b, "adds-instead-of-multiplies"),
    ];
    Problem::new(asked(s, right, &rules, 1200))
        .show([columns(l, a, "×", b)])
        .tell(say!(l, "How much is it?", "Combien cela fait-il ?"))
        .sum(l, &format!("{a} × {b} = _"))
        .hint(say!(l, "Split {a} into hundreds, tens and ones.", "Sépare {a} en centaines, dizaines et unités."))
        .hint(say!(l, "Each of the three parts is taken {b} times.", "On prend {b} fois chacune des trois parties."))
        .hint(say!(
            l,
            "{hundreds} × {b} = {x} and {tens} × {b} = {y}. Now the ones.",
            "{hundreds} × {b} = {x} et {tens} × {b} = {y}. Et les unités ?"
        ))
        .step(say!(
            l,
            "{hundreds} × {b} = {x}, {tens} × {b} = {y}, {ones} × {b} = {z}.",
            "{hundreds} × {b} = {x}, {tens} × {b} = {y}, {ones} × {b} = {z}."
        ))
        .step(say!(l, "Together: {x} + {y} + {z} = {right}.", "Ensemble : {x} + {y} + {z} = {right}."))
        .praise(say!(l, "Yes, {right}. No part was left out.", "Oui, {right}. Aucune partie n'a été oubliée."))
        .seconds(60)
}

/// About how much? The nearest round product.
fn about(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = until(s, |r| (r.range(21, 98), r.range(4, 9)), |(a, _)| (2..=8).contains(&(a % 10)) && a % 10 != 5);
    let tens = (a + 5) / 10 * 10;
    let right = tens * b;
    let low = a / 10 * 10;
    let high = low + 10;
    let wrong = vec![
        (text((tens + b).to_string()), Some("adds-instead-of-multiplies")),
        (text((tens / 10 * b).to_string()), Some("drops-zero")),
        (text((right * 10).to_string()), None),
    ];
    Problem::new(Answer::choice(&mut s.rng, text(right.to_string()), wrong))
        .tell(say!(
            l,
            "About how much is it? Choose the nearest.",
            "Cela fait environ combien ? Choisis le plus proche."
        ))
        .sum(l, &format!("{a} × {b}"))
        .hint(say!(l, "Which round number is near {a}?", "Quel nombre rond est proche de {a} ?"))
        .hint(say!(
            l,
            "{a} lies between {low} and {high}. It is nearer to {tens}.",
            "{a} est entre {low} et {high}. Il est plus proche de {tens}."
        ))
        .hint(say!(l, "Work out {tens} × {b}.", "Calcule {tens} × {b}."))
        .step(say!(l, "{a} is about {tens}.", "{a}, c'est environ {tens}."))
        .step(say!(
            l,
            "{tens} × {b} = {right}, so it is about {right}.",
            "{tens} × {b} = {right}, c'est donc environ {right}."
        ))
        .praise(say!(l, "Yes, about {right}.", "Oui, environ {right}."))
        .seconds(35)
}

/// A story of prices.
fn price(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let p = Problem::new(asked(s, a * b, &column_rules(a, b), 900)).tell(say!(
        l,
        "One bucket costs {a} coins. How many coins do {b} buckets cost?",
        "Un seau coûte {a} sous. Combien de sous coûtent {b} seaux ?"
    ));
    helped(p, s, a, b).seconds(50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_carry_as_the_band_says() {
        for (band, difficulty) in chalkbox_tool::check::DIFFICULTIES.into_iter().enumerate().skip(1) {
            for seed in 0..300 {
                let ask = chalkbox_tool::check::ask("numeracy.mult.two-by-one", difficulty, seed, "en");
                let (a, b) = factors(&mut Setup::new(&ask));
                assert_eq!(a % 10 * b > 9, band > 1, "{a} × {b} in band {band}");
                assert_eq!(a * b > 99, band > 2, "{a} × {b} in band {band}");
            }
        }
    }

    #[test]
    fn slips_of_a_column() {
        let rules = column_rules(24, 3);
        assert_eq!(
            rules[..2],
            [(62, "forgets-carry"), (612, "writes-both-digits")],
            "a carried ten is lost, or both digits are written"
        );
        assert!(rules.contains(&(32, "multiplies-one-part")) && rules.contains(&(64, "multiplies-one-part")));
        assert!(column_rules(27, 3).contains(&(121, "adds-carry-first")));
        assert_eq!(column_rules(47, 6)[0], (242, "forgets-carry"));
        assert_eq!(column_rules(30, 4), [(34, "adds-instead-of-multiplies")]);
    }
}
