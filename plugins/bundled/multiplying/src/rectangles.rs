//! Two digits times two (numeracy.mult.two-by-two): a rectangle with four parts, then two rows. Never here: one digit.

use chalkbox_tool::forms::{asked, columns, until};
use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, say, text};

use crate::help;

/// What a × b is mistaken for when both have two digits.
fn square_rules(a: i64, b: i64) -> Vec<Rule> {
    let (x, y, right) = (a / 10 * 10, b / 10 * 10, a * b);
    let (c, d) = (a % 10, b % 10);
    let mut rules = Vec::new();
    if d > 0 {
        rules.push((a * d + a * (y / 10), "forgets-zero-shift"));
        if c > 0 {
            rules.push((x * y + c * d, "splits-both-add-parts"));
        }
        let carry = c * d / 10 * 10;
        rules.extend((carry > 0).then_some((right - carry, "forgets-carry")));
    } else {
        rules.extend([(right / 10, "forgets-zero-shift"), (right + b, "one-group-off"), (right - b, "one-group-off")]);
    }
    rules.push((a + b, "adds-instead-of-multiplies"));
    rules
}

/// Hints, steps and praise for a × b by the tens and the ones of b.
fn helped(p: Problem, s: &Setup, a: i64, b: i64) -> Problem {
    let (l, right) = (s.lang, a * b);
    let (tens, ones) = (b / 10 * 10, b % 10);
    let (one, two) = (a * tens, a * ones);
    p.hint(say!(
        l,
        "Split {b} into {tens} and {ones}. Or cut both numbers.",
        "Sépare {b} en {tens} et {ones}. Ou coupe les deux nombres."
    ))
    .hint_with(
        say!(
            l,
            "The largest part is there. What goes into the other three?",
            "La plus grande partie y est. Que met-on dans les trois autres ?"
        ),
        [help::area(a, b, 1)],
    )
    .hint(say!(
        l,
        "{a} × {tens} = {one}. Now {a} × {ones}, then add.",
        "{a} × {tens} = {one}. Calcule {a} × {ones}, puis additionne."
    ))
    .step_show([help::area(a, b, 4)])
    .step(say!(l, "{a} × {tens} = {one} and {a} × {ones} = {two}.", "{a} × {tens} = {one} et {a} × {ones} = {two}."))
    .step(say!(l, "Together: {one} + {two} = {right}.", "Ensemble : {one} + {two} = {right}."))
    .step_show([columns(l, a, "×", b), Block::Math(format!("{a} × {b} = {right}"))])
    .praise(say!(l, "Yes, {right}. All four parts are there.", "Oui, {right}. Les quatre parties y sont."))
    .seconds(90)
}

/// Two numbers of two digits, as large as the band wants.
fn factors(s: &mut Setup) -> (i64, i64) {
    let band = s.band;
    until(
        s,
        |r| match band {
            1 => (r.range(12, 19), r.range(11, 15)),
            2 => (r.range(21, 44), r.range(12, 34)),
            _ => (r.range(23, 89), r.range(23, 78)),
        },
        |(a, b)| {
            let (c, d) = (a % 10, b % 10);
            c > 0 && d > 0 && a != b && (band != 2 || (c < 5 && d < 5)) && (band < 3 || c * d > 9)
        },
    )
}

/// `numeracy.mult.two-by-two`
pub fn two_by_two(s: &mut Setup) -> Problem {
    let form = s.rng.below(6);
    match (s.band, form) {
        (0, _) => whole_tens(s),
        (1, 0..=2) => four_parts(s),
        (1, _) => worked_out(s),
        (2, 0..=2) => two_rows(s),
        (2, 3) => four_parts(s),
        (3, 0) => possible(s),
        (4, 0) => near_tens(s),
        (4, 1) => missing_part(s),
        (4, 2 | 3) => find_mistake(s),
        (4, 4) => field(s),
        (4, _) => possible(s),
        _ => worked_out(s),
    }
}

/// 24 × 30
fn whole_tens(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, tens) = until(s, |r| (r.range(12, 48), r.range(2, 5)), |(a, _)| a % 10 > 0);
    let (b, small) = (tens * 10, a * tens);
    let right = a * b;
    let p = Problem::new(asked(s, right, &square_rules(a, b), 2500))
        .tell(say!(l, "How much is it?", "Combien cela fait-il ?"))
        .sum(l, &format!("{a} × {b} = _"));
    p.hint(say!(l, "{b} is {tens} tens.", "{b}, c'est {tens} dizaines."))
        .hint(say!(l, "First {a} × {tens}. What you get are tens.", "D'abord {a} × {tens}. Tu obtiens des dizaines."))
        .hint(say!(
            l,
            "{a} × {tens} = {small}. How much are {small} tens?",
            "{a} × {tens} = {small}. Combien valent {small} dizaines ?"
        ))
        .step(say!(l, "{a} × {tens} = {small}.", "{a} × {tens} = {small}."))
        .step(say!(l, "{small} tens are {right}.", "{small} dizaines font {right}."))
        .praise(say!(l, "Yes. {small} tens are {right}.", "Oui. {small} dizaines font {right}."))
        .seconds(40)
}

/// The four parts of the rectangle, with tiles.
fn four_parts(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let (x, c, y, d) = (a / 10 * 10, a % 10, b / 10 * 10, b % 10);
    let written = [(x, y), (c, y), (x, d), (c, d)].map(|(m, n)| (format!("{m} × {n} = _"), m * n));
    let rules = [(x / 10 * y, "forgets-zero-shift"), (c * y / 10, "drops-zero"), (x + y, "adds-instead-of-multiplies")];
    let (answer, spoken) = help::lines(s, &written, &rules, 2500);
    let p = Problem::new(answer)
        .show([help::area(a, b, 0)])
        .tell(say!(l, "Find the four parts of {a} × {b}.", "Trouve les quatre parties de {a} × {b}."))
        .speak(spoken);
    helped(p, s, a, b)
}

/// 24 × 36 = 24 × 30 + 24 × ?, with tiles.
fn two_rows(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let (tens, ones) = (b / 10 * 10, b % 10);
    let written = [
        (format!("{a} × {tens} = _"), a * tens),
        (format!("{a} × {ones} = _"), a * ones),
        (format!("{a} × {b} = _"), a * b),
    ];
    let mut rules = square_rules(a, b);
    rules.insert(0, (a * tens / 10, "drops-zero"));
    let (answer, spoken) = help::lines(s, &written, &rules, 4000);
    let p = Problem::new(answer)
        .tell(say!(l, "First the two rows, then the whole.", "D'abord les deux lignes, ensuite le tout."))
        .speak(spoken);
    helped(p, s, a, b)
}

/// a × b, in a column in the hard bands.
fn worked_out(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let p = Problem::new(Answer::number(a * b, &square_rules(a, b)));
    let p = if s.band < 3 { p.show([help::area(a, b, 0)]) } else { p.show([columns(l, a, "×", b)]) };
    let p = p.tell(say!(l, "How much is it?", "Combien cela fait-il ?")).sum(l, &format!("{a} × {b} = _"));
    helped(p, s, a, b)
}

/// Which answer can be right? Only one is near the estimate.
fn possible(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let (x, y) = ((a + 5) / 10 * 10, (b + 5) / 10 * 10);
    let (about, right) = (x * y, a * b);
    let card = |n: i64| text(n.to_string());
    let wrong = vec![
        (card(a * (b % 10) + a * (b / 10)), Some("forgets-zero-shift")),
        (card(a + b), Some("adds-instead-of-multiplies")),
        (card(right * 10), None),
    ];
    Problem::new(Answer::choice(&mut s.rng, card(right), wrong))
        .tell(say!(
            l,
            "Do not work it out. Which answer can be right?",
            "Ne calcule pas tout. Quelle réponse est possible ?"
        ))
        .sum(l, &format!("{a} × {b} = _"))
        .hint(say!(l, "Round both numbers to tens.", "Arrondis les deux nombres à la dizaine."))
        .hint(say!(l, "{a} is near {x}, {b} is near {y}.", "{a} est proche de {x}, {b} est proche de {y}."))
        .hint(say!(l, "{x} × {y} = {about}. Which answer is near?", "{x} × {y} = {about}. Quelle réponse est proche ?"))
        .step(say!(l, "{x} × {y} = {about}: the answer is about that.", "{x} × {y} = {about} : la réponse est proche."))
        .step(say!(l, "Near is only {right}.", "Seul {right} est proche."))
        .praise(say!(l, "Yes, {right} is near {about}.", "Oui, {right} est proche de {about}."))
        .seconds(45)
}

/// 39 × 25 = 40 × 25 − ?
fn near_tens(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (tens, b) = (s.rng.range(2, 6) * 10, *s.rng.pick(&[12, 15, 21, 25, 32, 35]));
    let a = tens - 1;
    let (round, right) = (tens * b, a * b);
    let rules = [
        (round - 1, "compensates-by-one"),
        (round, "stops-after-one-step"),
        (right - b, "one-group-off"),
        (a + b, "adds-instead-of-multiplies"),
    ];
    Problem::new(asked(s, right, &rules, 2500))
        .tell(say!(l, "Start from a round number. How much is it?", "Pars d'un nombre rond. Combien cela fait-il ?"))
        .sum(l, &format!("{a} × {b} = _"))
        .hint(say!(l, "Which round number is just above {a}?", "Quel nombre rond est juste au-dessus de {a} ?"))
        .hint(say!(
            l,
            "{tens} × {b} = {round}. How many groups too many is that?",
            "{tens} × {b} = {round}. Combien de groupes de trop ?"
        ))
        .hint(say!(l, "One group of {b} too many: {round} − {b}.", "Un groupe de {b} en trop : {round} − {b}."))
        .step(say!(l, "{tens} × {b} = {round}.", "{tens} × {b} = {round}."))
        .step(say!(l, "One group less: {round} − {b} = {right}.", "Un groupe de moins : {round} − {b} = {right}."))
        .praise(say!(l, "Yes, {right}: a whole group less.", "Oui, {right} : un groupe entier de moins."))
        .seconds(60)
}

/// Three of the four parts are known, the last is asked.
fn missing_part(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let (x, c, y, d) = (a / 10 * 10, a % 10, b / 10 * 10, b % 10);
    let (m, n) = *s.rng.pick(&[(x, d), (c, y)]);
    let right = m * n;
    let cell = |p: i64, q: i64| if (p, q) == (m, n) { "?".to_owned() } else { (p * q).to_string() };
    let table = Block::Table(vec![
        vec!["×".to_owned(), x.to_string(), c.to_string()],
        vec![y.to_string(), cell(x, y), cell(c, y)],
        vec![d.to_string(), cell(x, d), cell(c, d)],
    ]);
    let rules =
        [(right / 10, "drops-zero"), (m + n, "adds-instead-of-multiplies"), (right + m.max(n), "one-group-off")];
    Problem::new(asked(s, right, &rules, 900))
        .show([table])
        .tell(say!(
            l,
            "{a} × {b} in four parts. Which number is missing?",
            "{a} × {b} en quatre parties. Quel nombre manque ?"
        ))
        .hint(say!(
            l,
            "Look at the head of the row and of the column.",
            "Regarde le début de la ligne et de la colonne."
        ))
        .hint(say!(l, "The part is {m} × {n}.", "La partie est {m} × {n}."))
        .hint(say!(
            l,
            "Work with the digits, then put the zero back.",
            "Calcule avec les chiffres, puis remets le zéro."
        ))
        .step(say!(l, "{m} × {n} = {right}.", "{m} × {n} = {right}."))
        .step_show([help::area(a, b, 4)])
        .praise(say!(l, "Yes. The part is {right}.", "Oui. La partie vaut {right}."))
        .seconds(45)
}

/// What did the child forget?
fn find_mistake(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let name = s.name();
    let (x, c, y, d) = (a / 10 * 10, a % 10, b / 10 * 10, b % 10);
    let (crossed, shifted) = (x * y + c * d, a * d + a * (y / 10));
    let forgot_parts = s.rng.chance(1, 2);
    let wrong_answer = if forgot_parts { crossed } else { shifted };
    let parts = text(say!(l, "{x} × {d} and {c} × {y} are missing", "il manque {x} × {d} et {c} × {y}"));
    let small = y / 10;
    let zero = text(say!(l, "{small} was taken for {y}", "{small} a été pris pour {y}"));
    let added = text(say!(l, "the numbers were added", "les nombres ont été additionnés"));
    let (right, other) = if forgot_parts { (parts, zero) } else { (zero, parts) };
    // To take one mistake for another shows none of one's own.
    let answer = Answer::choice(&mut s.rng, right, vec![(other, None), (added, None)]);
    let (about, whole) = ((a + 5) / 10 * 10 * ((b + 5) / 10 * 10), a * b);
    let p = Problem::new(answer).tell(say!(
        l,
        "{name} says: {a} × {b} is {wrong_answer}. What went wrong?",
        "{name} dit : {a} × {b} font {wrong_answer}. Où est l'erreur ?"
    ));
    let p = p
        .hint(say!(l, "It should be about {about}.", "Cela devrait faire environ {about}."))
        .hint_with(say!(l, "Here are the four parts.", "Voici les quatre parties."), [help::area(a, b, 4)]);
    let p = if forgot_parts {
        let (one, two) = (x * y, c * d);
        p.hint(say!(
            l,
            "{wrong_answer} is {one} + {two}. Which parts are not there?",
            "{wrong_answer}, c'est {one} + {two}. Quelles parties n'y sont pas ?"
        ))
        .step(say!(
            l,
            "Only {x} × {y} and {c} × {d} were added.",
            "On a additionné seulement {x} × {y} et {c} × {d}."
        ))
    } else {
        let (one, two) = (a * d, a * small);
        p.hint(say!(
            l,
            "{wrong_answer} is {one} + {two}. What is the {two}?",
            "{wrong_answer}, c'est {one} + {two}. D'où vient {two} ?"
        ))
        .step(say!(
            l,
            "{two} is {a} × {small}, but the digit stands for {y}.",
            "{two}, c'est {a} × {small}, mais le chiffre vaut {y}."
        ))
    };
    p.step_show([help::area(a, b, 4)])
        .step(say!(l, "All four parts make {whole}.", "Les quatre parties font {whole}."))
        .praise(say!(l, "Yes. With all parts it is {whole}.", "Oui. Avec toutes les parties, cela fait {whole}."))
        .seconds(75)
}

/// How many squares has a field?
fn field(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = factors(s);
    let p = Problem::new(Answer::number(a * b, &square_rules(a, b))).tell(say!(
        l,
        "A field has {a} rows of {b} plants. How many plants?",
        "Un champ a {a} rangées de {b} plants. Combien de plants y a-t-il ?"
    ));
    helped(p, s, a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_factor_is_round() {
        for difficulty in chalkbox_tool::check::DIFFICULTIES.into_iter().skip(1) {
            for seed in 0..300 {
                let ask = chalkbox_tool::check::ask("numeracy.mult.two-by-two", difficulty, seed, "en");
                let (a, b) = factors(&mut Setup::new(&ask));
                assert!(a % 10 > 0 && b % 10 > 0 && a != b && a < 90 && b < 80, "{a} × {b}");
            }
        }
    }

    #[test]
    fn slips_of_a_rectangle() {
        let rules = square_rules(24, 36);
        assert_eq!(
            rules,
            [
                (216, "forgets-zero-shift"),
                (624, "splits-both-add-parts"),
                (844, "forgets-carry"),
                (60, "adds-instead-of-multiplies")
            ]
        );
        assert_eq!(square_rules(24, 30)[0], (72, "forgets-zero-shift"));
    }
}
