//! Ten more and ten less, on the grid, in runs and back again. Never here: adding in columns.

use chalkbox_tool::{Answer, Figure, Grid, Problem, Setup, base_ten, say};

use crate::digits::{blocks, units};

/// Ten more and ten less.
pub fn ten_more_less(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let more = s.rng.chance(1, 2);
    match (s.band, form) {
        (0, _) => {
            let tens = s.rng.range(1, 8);
            by_ten(s, tens * 10, 10).figure(base_ten(0, tens, 0))
        }
        (1, _) => {
            let n = s.rng.range(11, 60);
            on_the_grid(s, n)
        }
        (2, 0) => hidden_in_run(s, true),
        (2, _) => {
            let n = s.rng.range(21, 89);
            by_ten(s, n, if more { 10 } else { -10 })
        }
        (3, 0 | 1) => {
            let n = if more { s.rng.range(81, 99) } else { s.rng.range(100, 119) };
            by_ten(s, n, if more { 10 } else { -10 })
        }
        (3, _) => hidden_in_run(s, more),
        (_, 0 | 1) => {
            let n = s.rng.range(31, 69);
            let by = if form == 0 { 20 } else { 30 };
            by_ten(s, n, if more { by } else { -by })
        }
        _ => undo(s, more),
    }
}

fn by_ten(s: &mut Setup, n: i64, by: i64) -> Problem {
    let right = n + by;
    let size = by.abs();
    let one = by.signum();
    let rules = [
        (n + one * size / 10, "step-of-one"),
        (n - by, "wrong-direction"),
        (n + by + one * size / 10, "changes-both-digits"),
        (n + by * 10, "wrong-column"),
    ];
    let (tens, tens_after) = (n / 10, right / 10);
    let ask = if by > 0 {
        say!(s.lang, "What is {size} more than {n}?", "Combien font {size} de plus que {n} ?")
    } else {
        say!(s.lang, "What is {size} less than {n}?", "Combien font {size} de moins que {n} ?")
    };
    let tens_as_tens = units(s.lang, tens, 1);
    let tens_after_as_tens = units(s.lang, tens_after, 1);
    let before = if tens == 1 { "There was" } else { "There were" };
    let now = if tens_after == 1 { "Now there is" } else { "Now there are" };
    let turn = if tens == 1 { s.lang.pick("becomes", "devient") } else { s.lang.pick("become", "deviennent") };
    Problem::new(Answer::number(right, &rules))
        .tell(ask)
        .hint(say!(
            s.lang,
            "Which digit changes: the tens or the ones?",
            "Quel chiffre change : les dizaines ou les unités ?"
        ))
        .hint_with(
            if by > 0 {
                say!(
                    s.lang,
                    "Here is the number. Add tens and leave the ones.",
                    "Voici le nombre. Ajoute des dizaines et laisse les unités."
                )
            } else {
                say!(
                    s.lang,
                    "Here is the number. Take tens away and leave the ones.",
                    "Voici le nombre. Enlève des dizaines et laisse les unités."
                )
            },
            [blocks(n)],
        )
        .hint(say!(
            s.lang,
            "{before} {tens_as_tens}. {now} {tens_after}.",
            "Il y avait {tens_as_tens}. Maintenant il y en a {tens_after}."
        ))
        .step(say!(
            s.lang,
            "{tens_as_tens} {turn} {tens_after_as_tens}. The ones stay.",
            "{tens_as_tens} {turn} {tens_after_as_tens}. Les unités restent."
        ))
        .step_show([blocks(n), blocks(right)])
        .step(say!(s.lang, "The number is {right}.", "Le nombre est {right}."))
        .praise(say!(s.lang, "Yes, {right}: only the tens changed.", "Oui, {right} : seules les dizaines ont changé."))
        .seconds(12)
}

fn on_the_grid(s: &mut Setup, n: i64) -> Problem {
    let cell = (n - 1) as u16;
    by_ten(s, n, 10).figure(Figure::Grid(Grid { columns: 10, rows: 10, filled: vec![cell] })).tell(say!(
        s.lang,
        "The coloured square is {n}. One row down is ten more.",
        "La case colorée est {n}. Une ligne plus bas, c'est dix de plus."
    ))
}

fn hidden_in_run(s: &mut Setup, up: bool) -> Problem {
    let first = if s.band < 3 { s.rng.range(11, 59) } else { s.rng.range(71, 99) };
    let mut run: Vec<i64> = (0..4).map(|k| first + 10 * k).collect();
    if !up {
        run.reverse();
    }
    let place = s.rng.range(1, 2) as usize;
    let before = crate::digits::listed(&run[..place]);
    let after = crate::digits::listed(&run[place + 1..]);
    let last = run[place - 1];
    let step = run[1] - run[0];
    let extra = [
        ((last + step.signum()).to_string(), Some("step-of-one")),
        ((run[place] + step.signum()).to_string(), Some("changes-both-digits")),
        ((run[0] - step).to_string(), Some("wrong-direction")),
    ];
    let answer =
        Answer::gaps(&mut s.rng, &[(format!("{before}, "), format!(", {after}"), run[place].to_string())], &extra);
    let whole = crate::digits::listed(&run);
    Problem::new(answer)
        .tell(say!(s.lang, "Which number is missing?", "Quel nombre manque ?"))
        .hint(say!(
            s.lang,
            "Which digit changes from one number to the next?",
            "Quel chiffre change d'un nombre à l'autre ?"
        ))
        .hint(say!(
            s.lang,
            "The ones stay. The tens go one step each time.",
            "Les unités restent. Les dizaines avancent d'un pas chaque fois."
        ))
        .hint(say!(s.lang, "The whole run: {whole}.", "Toute la suite : {whole}."))
        .step(say!(s.lang, "Each step is one ten: {whole}.", "Chaque pas est une dizaine : {whole}."))
        .praise(say!(s.lang, "Yes: {whole}. Only the tens change.", "Oui : {whole}. Seules les dizaines changent."))
        .seconds(20)
}

/// Which number is ten less than ?, so that it becomes 47?
fn undo(s: &mut Setup, more: bool) -> Problem {
    let end = s.rng.range(31, 79);
    let (right, opposite) = if more { (end - 10, end + 10) } else { (end + 10, end - 10) };
    let rules = [
        (opposite, "wrong-direction"),
        (if more { end - 1 } else { end + 1 }, "step-of-one"),
        (if more { end - 11 } else { end + 11 }, "changes-both-digits"),
    ];
    let name = s.name();
    Problem::new(Answer::number(right, &rules))
        .tell(if more {
            say!(
                s.lang,
                "{name} had some beans and got ten more. Now there are {end}. How many were there before?",
                "{name} avait des haricots et en a reçu dix de plus. Maintenant il y en a {end}. Combien avant ?"
            )
        } else {
            say!(
                s.lang,
                "{name} had some beans and gave ten away. Now there are {end}. How many were there before?",
                "{name} avait des haricots et en a donné dix. Maintenant il y en a {end}. Combien avant ?"
            )
        })
        .hint(say!(s.lang, "Were there more or fewer before?", "Y en avait-il plus ou moins avant ?"))
        .hint_with(
            say!(
                s.lang,
                "This is how many there are now. Undo the ten.",
                "Voici combien il y en a maintenant. Défais la dizaine."
            ),
            [blocks(end)],
        )
        .hint(if more {
            say!(s.lang, "Take ten from {end}.", "Enlève dix à {end}.")
        } else {
            say!(s.lang, "Give ten back to {end}.", "Rends dix à {end}.")
        })
        .step(say!(s.lang, "Go the way back: {end}, then {right}.", "Reviens en arrière : {end}, puis {right}."))
        .step_show([blocks(end), blocks(right)])
        .praise(say!(s.lang, "Yes, {right}. You went the way back.", "Oui, {right}. Tu as fait le chemin inverse."))
        .seconds(20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::{Block, check::ask};

    #[test]
    fn one_ten_is_told_as_one() {
        let check = |locale: &str, n: i64, by: i64, expect: [&str; 2]| {
            let ask = ask("numeracy.place.ten-more-less", 0.0, 1, locale);
            let problem = by_ten(&mut Setup::new(&ask), n, by);
            let told = |blocks: &[Block]| match &blocks[0] {
                Block::Text(words) => words.clone(),
                other => panic!("words, not {other:?}"),
            };
            assert_eq!([told(&problem.hints[2]), told(&problem.steps)], expect);
        };
        check("en", 10, 10, ["There was 1 ten. Now there are 2.", "1 ten becomes 2 tens. The ones stay."]);
        check("en", 25, -10, ["There were 2 tens. Now there is 1.", "2 tens become 1 ten. The ones stay."]);
        check(
            "fr",
            10,
            10,
            ["Il y avait 1 dizaine. Maintenant il y en a 2.", "1 dizaine devient 2 dizaines. Les unités restent."],
        );
        check(
            "fr",
            25,
            -10,
            ["Il y avait 2 dizaines. Maintenant il y en a 1.", "2 dizaines deviennent 1 dizaine. Les unités restent."],
        );
    }
}
