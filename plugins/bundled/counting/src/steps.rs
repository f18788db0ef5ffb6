//! Counting in steps of ten, two and five. Never here: the row of single steps, or tables.

use chalkbox_tool::{Answer, Block, Layout, Problem, Rule, Setup, base_ten, dots, groups, say};

use crate::runs::{cards_in_order, hidden_places, jumps, listed, teen_ty, what_next};

/// Counts in tens to 100.
pub fn tens_to_100(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, 0) => bundles(s, 2, 5),
        (0, _) => {
            let last = s.rng.range(2, 6);
            let run: Vec<i64> = (1..=last).map(|n| n * 10).collect();
            next_ten(s, &run).figure(base_ten(0, last, 0))
        }
        (1, 0) => bundles(s, 3, 6),
        (1, _) => {
            let first = s.rng.range(1, 4) * 10;
            next_ten(s, &[first, first + 10])
        }
        (2, 0) => order_tens(s, false),
        (2, _) => {
            let first = s.rng.range(1, 6);
            let run: Vec<i64> = (first..first + 5).map(|n| n * 10).collect();
            let place = s.rng.range(1, 3) as usize;
            let mut extra: Vec<Rule> = vec![(run[place - 1] + 1, "step-of-one"), ((first + 5) * 10, "skips-number")];
            extra.extend(teen_ty(s.lang, run[place]));
            hidden_places(s, &run, &[place], &extra)
        }
        (3, 0) => order_tens(s, true),
        (3, 1) => bundles(s, 6, 10),
        (3, _) => {
            let first = s.rng.range(4, 10) * 10;
            let run = [first, first - 10, first - 20];
            let mut rules =
                vec![(first - 21, "step-of-one"), (first - 10, "wrong-direction"), (first - 40, "skips-number")];
            rules.extend(teen_ty(s.lang, first - 30));
            what_next(s, &run, -10, &rules)
        }
        (_, 0 | 1) => {
            let (start, count) = (s.rng.range(2, 6) * 10, s.rng.range(3, 4));
            let end = start + 10 * count;
            let mut rules = vec![
                (start + count, "step-of-one"),
                (end - 10, "counts-the-start"),
                (count, "counts-groups"),
                (end + 10, "skips-number"),
            ];
            rules.extend(teen_ty(s.lang, end));
            jumps(s, start, 10, count, &rules)
        }
        _ => {
            let first = s.rng.range(1, 4);
            let mut run: Vec<i64> = (first..first + 6).map(|n| n * 10).collect();
            if s.rng.chance(1, 2) {
                run.reverse();
            }
            let second = s.rng.range(3, 4) as usize;
            let beyond = run[5] + (run[5] - run[4]);
            hidden_places(s, &run, &[1, second], &[(run[0] + 1, "step-of-one"), (beyond, "skips-number")])
        }
    }
}

fn next_ten(s: &mut Setup, shown: &[i64]) -> Problem {
    let last = shown[shown.len() - 1];
    let mut rules = vec![(last + 1, "step-of-one"), (last + 20, "skips-number"), (last - 10, "wrong-direction")];
    rules.extend(teen_ty(s.lang, last + 10));
    what_next(s, shown, 10, &rules)
}

fn order_tens(s: &mut Setup, down: bool) -> Problem {
    let first = s.rng.range(1, 6);
    let mut run: Vec<i64> = (first..first + 5).map(|n| n * 10).collect();
    if down {
        run.reverse();
    }
    let (from, to) = (run[0], run[4]);
    let ask = say!(
        s.lang,
        "Count in tens with the cards, from {from} to {to}.",
        "Compte de dix en dix avec les cartes, de {from} à {to}."
    );
    cards_in_order(s, &run, ask)
}

/// Bundles of ten: how many sticks in all?
fn bundles(s: &mut Setup, low: i64, high: i64) -> Problem {
    let n = s.rng.range(low, high);
    let right = n * 10;
    let mut rules = vec![(n, "counts-groups"), (right + 10, "skips-number"), (n + 10, "step-of-one")];
    rules.extend(teen_ty(s.lang, right));
    let run: Vec<i64> = (1..=n).map(|k| k * 10).collect();
    let run = listed(&run);
    Problem::new(Answer::number(right, &rules))
        .tell(say!(
            s.lang,
            "Each bar is a bundle of ten. How many in all?",
            "Chaque barre est un paquet de dix. Combien en tout ?"
        ))
        .figure(base_ten(0, n, 0))
        .hint(say!(s.lang, "How many are in each bundle?", "Combien y en a-t-il dans chaque paquet ?"))
        .hint(say!(
            s.lang,
            "Touch one bundle for each word: ten, twenty, and so on.",
            "Touche un paquet par mot : dix, vingt, et ainsi de suite."
        ))
        .hint(say!(s.lang, "Say: {run}.", "Dis : {run}."))
        .step(say!(s.lang, "Lay one bundle at a time and say: {run}.", "Pose un paquet à la fois et dis : {run}."))
        .step_show([Block::Figure(base_ten(0, n, 0))])
        .praise(say!(s.lang, "Yes, {n} bundles of ten are {right}.", "Oui, {n} paquets de dix font {right}."))
        .seconds(15)
}

/// Counts in twos and fives.
pub fn twos_fives(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let step = *s.rng.pick(&[2, 5]);
    match (s.band, form) {
        (0, 0 | 1) => count_groups(s, step, 2, 5),
        (0, _) => {
            let last = s.rng.range(2, 4);
            let run: Vec<i64> = (1..=last).map(|n| n * step).collect();
            next_step(s, &run, step).figure(groups(last, step))
        }
        (1, 0) => count_groups(s, step, 4, 8),
        (1, _) => {
            let first = s.rng.range(1, 6);
            let run: Vec<i64> = (first..first + 3).map(|n| n * step).collect();
            next_step(s, &run, step)
        }
        (2, _) => {
            let first = s.rng.range(1, 5);
            let run: Vec<i64> = (first..first + 5).map(|n| n * step).collect();
            let place = s.rng.range(1, 3) as usize;
            hidden_steps(s, &run, &[place], step)
        }
        (3, _) => {
            let first = s.rng.range(5, 8);
            let mut run: Vec<i64> = (first..first + 3).map(|n| n * step).collect();
            if form < 2 {
                run.reverse();
                let last = run[2];
                let rules = [
                    (last - 1, "step-of-one"),
                    (last - (7 - step), "wrong-step-size"),
                    (last + step, "wrong-direction"),
                    (last - 2 * step, "skips-number"),
                ];
                return what_next(s, &run, -step, &rules);
            }
            next_step(s, &run, step)
        }
        (_, 0) => is_it_in_the_row(s, step),
        (_, 1) => count_groups(s, step, 7, 9),
        _ => {
            let first = s.rng.range(2, 6);
            let mut run: Vec<i64> = (first..first + 6).map(|n| n * step).collect();
            if s.rng.chance(1, 2) {
                run.reverse();
            }
            let second = s.rng.range(3, 4) as usize;
            hidden_steps(s, &run, &[1, second], step)
        }
    }
}

fn next_step(s: &mut Setup, shown: &[i64], step: i64) -> Problem {
    let last = shown[shown.len() - 1];
    let mut rules = vec![(last + 1, "step-of-one"), (last + 2 * step, "skips-number")];
    rules.insert(1, if step == 5 { (last + 2, "wrong-step-size") } else { (last + 5, "wrong-step-size") });
    if step == 5 {
        rules.insert(1, (last + 10, "wrong-step-size"));
    }
    what_next(s, shown, step, &rules)
}

fn hidden_steps(s: &mut Setup, run: &[i64], hidden: &[usize], step: i64) -> Problem {
    let toward = (run[1] - run[0]).signum();
    let before = run[hidden[0] - 1];
    let other = if step == 2 { 5 } else { 2 };
    hidden_places(s, run, hidden, &[(before + toward, "step-of-one"), (before + toward * other, "wrong-step-size")])
}

/// Hands with five fingers, or pairs: how many in all?
fn count_groups(s: &mut Setup, step: i64, low: i64, high: i64) -> Problem {
    let n = s.rng.range(low, high);
    let right = n * step;
    let other = if step == 5 { 10 } else { 5 };
    let rules = [
        (n, "counts-groups"),
        (n * other, "wrong-step-size"),
        (right + step, "skips-number"),
        (right - step, "skips-number"),
    ];
    let run: Vec<i64> = (1..=n).map(|k| k * step).collect();
    let run = listed(&run);
    let ask = if step == 5 {
        say!(
            s.lang,
            "Here are {n} hands with 5 fingers each. How many fingers in all?",
            "Voici {n} mains de 5 doigts. Combien de doigts en tout ?"
        )
    } else {
        say!(
            s.lang,
            "Here are {n} pairs of shoes. How many shoes in all?",
            "Voici {n} paires de chaussures. Combien de chaussures en tout ?"
        )
    };
    Problem::new(Answer::number(right, &rules))
        .tell(ask)
        .figure(groups(n, step))
        .hint(say!(s.lang, "How many are in one group?", "Combien y en a-t-il dans un groupe ?"))
        .hint(say!(
            s.lang,
            "Touch one group for each word and go on in steps of {step}.",
            "Touche un groupe par mot et avance de {step} en {step}."
        ))
        .hint(say!(s.lang, "Say: {run}.", "Dis : {run}."))
        .step(say!(s.lang, "One word for each group: {run}.", "Un mot par groupe : {run}."))
        .step_show([Block::Figure(groups(n, step))])
        .praise(say!(s.lang, "Yes, {n} groups of {step} are {right}.", "Oui, {n} groupes de {step} font {right}."))
        .seconds(20)
}

/// Is a number one of those you say in twos, or in fives?
fn is_it_in_the_row(s: &mut Setup, step: i64) -> Problem {
    let base = s.rng.range(3, 9) * step;
    let is_in = s.rng.chance(1, 2);
    let n = if is_in { base } else { base + s.rng.range(1, step - 1) };
    let yes_no = |yes: bool| {
        let word = if yes { say!(s.lang, "Yes", "Oui") } else { say!(s.lang, "No", "Non") };
        vec![Block::Text(word.clone()), Block::Speech(word)]
    };
    // Taking any number for one of the row comes of going on by single steps; missing one of it, of another step.
    let code = if is_in { "wrong-step-size" } else { "step-of-one" };
    let options = vec![(yes_no(true), (!is_in).then_some(code)), (yes_no(false), is_in.then_some(code))];
    let answer = Answer::choice_in_order(options, usize::from(!is_in));
    let below = n / step * step;
    let run: Vec<i64> = (1..=below / step).map(|k| k * step).collect();
    let run = listed(&run);
    let told = if is_in {
        say!(s.lang, "Yes: in steps of {step} you land on {n}.", "Oui : de {step} en {step}, on arrive sur {n}.")
    } else {
        say!(s.lang, "No: in steps of {step} you jump over {n}.", "Non : de {step} en {step}, on saute par-dessus {n}.")
    };
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "You count from zero in steps of {step}. Do you say {n}?",
            "Tu comptes depuis zéro de {step} en {step}. Dis-tu {n} ?"
        ))
        .hint(say!(
            s.lang,
            "Say the steps aloud until you come near {n}.",
            "Dis les pas à voix haute jusqu'à {n} ou presque."
        ))
        .hint(if step == 2 {
            say!(
                s.lang,
                "Can you make pairs from {n} things, with none left over?",
                "Peux-tu faire des paires avec {n} choses, sans reste ?"
            )
        } else {
            say!(
                s.lang,
                "Look at the last digits when you count in fives. What do you see?",
                "Regarde les derniers chiffres de cinq en cinq. Que vois-tu ?"
            )
        })
        .hint(say!(s.lang, "Say: {run}.", "Dis : {run}."))
        .step(say!(s.lang, "Count in steps: {run}.", "Compte par pas : {run}."))
        .step_show([Block::Figure(dots(n, if step == 2 { Layout::Line } else { Layout::Dice }))])
        .step(told.clone())
        .praise(told)
        .seconds(20)
}
