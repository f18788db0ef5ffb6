//! Column by column: the rules of wrong answers, hints and steps. Never here: which numbers.

use chalkbox_tool::forms::columns;
use chalkbox_tool::{Block, Figure, Lang, Problem, Rule, base_ten, say};

use crate::slips::{self, digits};

/// The highest answer that another child gives where the question is whose is right.
pub const WHOSE_MOST: i64 = 2000;

/// A number as hundreds, tens and ones.
pub fn blocks(n: i64) -> Figure {
    base_ten(n / 100, n / 10 % 10, n % 10)
}

/// What a + b is mistaken for when it is done in columns.
pub fn add_rules(a: i64, b: i64) -> Vec<Rule> {
    let right = a + b;
    let mut rules = Vec::new();
    let wide = digits(a, 1).len().max(digits(b, 1).len());
    if slips::carries(a, b) > 0 {
        rules.push((slips::no_carry(a, b), "forgets-carry"));
        // One of several carries lost.
        if slips::carries(a, b) > 1 {
            rules.extend([(right - 10, "forgets-carry"), (right - 100, "forgets-carry")]);
        }
        rules.push((slips::both_digits(a, b), "writes-both-digits"));
        rules.push((slips::ones_carried(a, b, false), "carries-ones-digit"));
        if wide > 2 {
            rules.push((slips::ones_carried(a, b, true), "carries-ones-digit"));
        }
    }
    rules.extend(slips::left_aligned(a, b).map(|short| (a.max(b) + short, "wrong-column")));
    rules.push((right + 10, "carries-always"));
    rules
}

/// What a − b is mistaken for when it is done in columns.
pub fn take_rules(a: i64, b: i64) -> Vec<Rule> {
    let right = a - b;
    let mut rules = Vec::new();
    for keep in [true, false] {
        rules.extend(slips::from_zero(a, b, keep).map(|n| (n, "zero-minus-n")));
    }
    if slips::trades(a, b) > 0 {
        rules.push((slips::smaller_from_larger(a, b), "smaller-from-larger"));
        if a >= 100 && a / 10 % 10 == 0 && a % 10 < b % 10 {
            rules.push((right + 10, "borrows-past-zero"));
        }
        rules.push((slips::no_decrement(a, b), "borrow-no-decrement"));
    }
    rules.extend(slips::left_aligned(a, b).map(|short| (a - short, "wrong-column")));
    rules.retain(|(n, _)| *n < a);
    rules.push((a + b, "adds-instead"));
    rules
}

fn column_name(l: Lang, i: usize) -> &'static str {
    l.pick(["Ones", "Tens", "Hundreds"], ["Unités", "Dizaines", "Centaines"])[i.min(2)]
}

/// The columns of a + b in words, ones first.
fn add_steps(l: Lang, a: i64, b: i64) -> Vec<String> {
    let width = digits(a, 1).len().max(digits(b, 1).len());
    let mut carry = 0;
    let mut steps = Vec::new();
    for (i, (x, y)) in digits(a, width).into_iter().zip(digits(b, width)).enumerate() {
        let (name, sum) = (column_name(l, i), x + y + carry);
        let line = if carry > 0 { format!("{x} + {y} + {carry} = {sum}") } else { format!("{x} + {y} = {sum}") };
        carry = sum / 10;
        let ones = sum % 10;
        steps.push(if carry > 0 && i + 1 < width {
            say!(
                l,
                "{name}: {line}. Write {ones}, carry {carry}.",
                "{name} : {line}. J'écris {ones}, je retiens {carry}."
            )
        } else {
            say!(l, "{name}: {line}.", "{name} : {line}.")
        });
    }
    steps
}

/// The columns of a − b in words, ones first.
fn take_steps(l: Lang, a: i64, b: i64) -> Vec<String> {
    let width = digits(a, 1).len();
    let mut opened = 0;
    let mut steps = Vec::new();
    for (i, (x, y)) in digits(a, width).into_iter().zip(digits(b, width)).enumerate() {
        let (name, have) = (column_name(l, i), x - opened);
        if have < y {
            let (more, rest) = (have + 10, have + 10 - y);
            opened = 1;
            steps.push(say!(
                l,
                "{name}: {y} cannot be taken yet. Open the next place: {more} − {y} = {rest}.",
                "{name} : on ne peut pas encore enlever {y}. Ouvre le rang suivant : {more} − {y} = {rest}."
            ));
        } else {
            let rest = have - y;
            let was = if opened > 0 { say!(l, "{x} is now {have}, ", "{x} devient {have}, ") } else { String::new() };
            opened = 0;
            if y == 0 && x != have {
                steps.push(say!(l, "{name}: {x} is now {have}.", "{name} : {x} devient {have}."));
            } else if i + 1 < width || have > 0 {
                steps.push(say!(l, "{name}: {was}{have} − {y} = {rest}.", "{name} : {was}{have} − {y} = {rest}."));
            }
        }
    }
    steps
}

/// Hints, steps and praise for a + b in columns.
pub fn add(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let total = a + b;
    let carries = slips::carries(a, b) > 0;
    let mut steps = add_steps(l, a, b);
    let first = steps[0].clone();
    let p = if carries {
        p.hint(say!(
            l,
            "Start with the ones. In which column do you get ten or more?",
            "Commence par les unités. Dans quelle colonne trouves-tu dix ou plus ?"
        ))
    } else {
        p.hint(say!(
            l,
            "Keep ones with ones and tens with tens.",
            "Garde les unités avec les unités et les dizaines avec les dizaines."
        ))
    };
    let p = p
        .hint_with(
            say!(l, "Here are both numbers as bundles.", "Voici les deux nombres en fagots."),
            [Block::Figure(blocks(a)), Block::Figure(blocks(b))],
        )
        .hint(say!(l, "{first} Now you go on.", "{first} À toi de continuer."));
    let round = ((a + 5) / 10 * 10, (b + 5) / 10 * 10);
    let (near_a, near_b, about) = (round.0, round.1, round.0 + round.1);
    let last = steps.pop().unwrap_or_default();
    let mut p = p.step_show([columns(l, a, "+", b)]);
    for step in steps {
        p = p.step(step);
    }
    p = p.step(last).step_show([Block::Math(format!("{a} + {b} = {total}"))]);
    // Where both are round already there is nothing to compare with.
    if about != total || near_a != a {
        p = p.step(say!(
            l,
            "Does it make sense? {near_a} + {near_b} is {about}: near.",
            "Est-ce possible ? {near_a} + {near_b} font {about} : c'est proche."
        ));
    }
    p.praise(if carries {
        say!(l, "Yes, {total}. You kept what you carried.", "Oui, {total}. Tu n'as pas oublié la retenue.")
    } else {
        say!(l, "Yes, {total}. Every place is right.", "Oui, {total}. Chaque rang est juste.")
    })
    .seconds(if a.max(b) > 99 { 45 } else { 30 })
}

/// Hints, steps and praise for a − b in columns.
pub fn take(p: Problem, l: Lang, a: i64, b: i64) -> Problem {
    let left = a - b;
    let (x, y) = (a % 10, b % 10);
    let steps = take_steps(l, a, b);
    let first = steps[0].clone();
    let p = if slips::trades(a, b) == 0 {
        p.hint(say!(
            l,
            "Take ones from ones and tens from tens.",
            "Enlève les unités aux unités et les dizaines aux dizaines."
        ))
    } else if x < y {
        p.hint(say!(
            l,
            "Look at the ones: {x} − {y}. What must be opened?",
            "Regarde les unités : {x} − {y}. Que faut-il ouvrir ?"
        ))
    } else {
        p.hint(say!(
            l,
            "Which column cannot be done yet? What must be opened?",
            "Quelle colonne ne va pas encore ? Que faut-il ouvrir ?"
        ))
    };
    let p = p
        .hint_with(
            say!(l, "Here is {a} as bundles. Cross out {b}.", "Voici {a} en fagots. Barre {b}."),
            [Block::Figure(opened(a, b))],
        )
        .hint(say!(l, "{first} Now you go on.", "{first} À toi de continuer."));
    let mut p = p.step_show([columns(l, a, "−", b)]);
    for step in steps {
        p = p.step(step);
    }
    p.step_show([Block::Math(format!("{a} − {b} = {left}"))])
        .step(say!(l, "Check by adding back: {left} + {b} = {a}.", "Vérifie en ajoutant : {left} + {b} = {a}."))
        .praise(say!(l, "Yes, {left}. Add {b} again and you have {a}.", "Oui, {left}. Ajoute {b} et tu retrouves {a}."))
        .seconds(if a > 99 { 50 } else { 30 })
}

/// The first number with a ten opened where the ones need it.
fn opened(a: i64, b: i64) -> Figure {
    if a % 10 < b % 10 && a / 10 % 10 > 0 { base_ten(a / 100, a / 10 % 10 - 1, a % 10 + 10) } else { blocks(a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_say_what_the_columns_do() {
        assert_eq!(add_steps(Lang::En, 47, 38), ["Ones: 7 + 8 = 15. Write 5, carry 1.", "Tens: 4 + 3 + 1 = 8."]);
        assert_eq!(
            take_steps(Lang::En, 503, 267),
            [
                "Ones: 7 cannot be taken yet. Open the next place: 13 − 7 = 6.",
                "Tens: 6 cannot be taken yet. Open the next place: 9 − 6 = 3.",
                "Hundreds: 5 is now 4, 4 − 2 = 2."
            ]
        );
    }

    #[test]
    fn rules_of_columns() {
        assert_eq!(
            add_rules(47, 38),
            [(75, "forgets-carry"), (715, "writes-both-digits"), (121, "carries-ones-digit"), (95, "carries-always")]
        );
        assert_eq!(
            take_rules(65, 38),
            [(33, "smaller-from-larger"), (37, "borrow-no-decrement"), (103, "adds-instead")]
        );
        assert_eq!(take_rules(60, 24)[..2], [(44, "zero-minus-n"), (40, "zero-minus-n")]);
        assert!(take_rules(503, 267).contains(&(246, "borrows-past-zero")));
        assert!(add_rules(365, 27).contains(&(635, "wrong-column")));
        assert!(take_rules(365, 27).contains(&(95, "wrong-column")));
    }
}
