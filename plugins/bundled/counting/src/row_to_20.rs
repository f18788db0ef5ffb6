//! The row of numbers to twenty: on, back, neighbours. Never here: steps of two, five and ten.

use chalkbox_tool::{Answer, Block, Figure, Problem, Rule, Setup, line, say};

use crate::runs::{cards_in_order, hidden_places, jumps, piece_of_line, teen_ty, what_next};

/// Counts on to 20 and from any start.
pub fn on_to_20(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, 0) => {
            let run: Vec<i64> = (1..=s.rng.range(4, 6)).collect();
            let ask = say!(
                s.lang,
                "Put the cards in counting order, from one.",
                "Range les cartes comme on compte, à partir de un."
            );
            cards_in_order(s, &run, ask)
        }
        (0, _) => {
            let last = s.rng.range(3, 9);
            let run: Vec<i64> = (1..=last).collect();
            next_up(s, &run)
        }
        (1 | 2, 0) => {
            let first = if s.band == 1 { s.rng.range(2, 6) } else { s.rng.range(7, 11) };
            let run: Vec<i64> = (first..first + 5).collect();
            let ask = say!(s.lang, "Put the cards in counting order.", "Range les cartes comme on compte.");
            cards_in_order(s, &run, ask)
        }
        (1, _) => {
            let first = s.rng.range(2, 8);
            next_up(s, &[first, first + 1, first + 2])
        }
        (2, _) => {
            let first = s.rng.range(7, 11);
            next_up(s, &[first, first + 1, first + 2])
        }
        (3, _) => {
            let first = s.rng.range(7, 16);
            let run: Vec<i64> = (first..first + 5).collect();
            let place = s.rng.range(1, 3) as usize;
            let extra = [(first + 5, "skips-number"), (first - 1, "wrong-direction")];
            let mut extra = extra.to_vec();
            extra.extend(teen_ty(s.lang, run[place]));
            hidden_places(s, &run, &[place], &extra)
        }
        (_, 0 | 1) => {
            let first = s.rng.range(9, 15);
            let run: Vec<i64> = (first..first + 6).collect();
            let second = s.rng.range(3, 4) as usize;
            hidden_places(s, &run, &[1, second], &[(first + 6, "skips-number"), (first - 1, "wrong-direction")])
        }
        _ => {
            let (start, count) = (s.rng.range(8, 15), s.rng.range(3, 5));
            let end = start + count;
            let mut rules = vec![
                (end - 1, "counts-the-start"),
                (count, "starts-from-one"),
                (start - count, "wrong-direction"),
                (end + 1, "skips-number"),
            ];
            rules.extend(teen_ty(s.lang, end));
            jumps(s, start, 1, count, &rules)
        }
    }
}

fn next_up(s: &mut Setup, shown: &[i64]) -> Problem {
    let last = shown[shown.len() - 1];
    let mut rules: Vec<Rule> =
        vec![(1, "starts-from-one"), (2, "starts-from-one"), (last + 2, "skips-number"), (last - 1, "wrong-direction")];
    rules.extend(teen_ty(s.lang, last + 1));
    what_next(s, shown, 1, &rules)
}

/// Counts back from 10, then from 20.
pub fn back_20(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, _) => {
            let last = s.rng.range(1, 5);
            let longest = s.rng.range(2, 3);
            let run: Vec<i64> = (last..=last + longest).rev().collect();
            next_down(s, &run)
        }
        (1, 0) => down_cards(s, 5, 10),
        (1, _) => {
            let first = s.rng.range(5, 10);
            next_down(s, &[first, first - 1, first - 2])
        }
        (2, 0) => down_cards(s, 8, 10),
        (2, _) => {
            let first = s.rng.range(5, 10);
            let run: Vec<i64> = (first - 4..=first).rev().collect();
            let place = s.rng.range(1, 3) as usize;
            hidden_places(s, &run, &[place], &[(first + 1, "wrong-direction"), (first - 5, "skips-number")])
        }
        (3, 0) => down_cards(s, 11, 13),
        (3, _) => {
            let first = s.rng.range(11, 13);
            let run: Vec<i64> = (first - 4..=first).rev().collect();
            let place = s.rng.range(1, 3) as usize;
            hidden_places(s, &run, &[place], &[(first + 1, "wrong-direction"), (first - 5, "skips-number")])
        }
        (_, 0 | 1) => {
            let first = s.rng.range(15, 20);
            let run: Vec<i64> = (first - 5..=first).rev().collect();
            let second = s.rng.range(3, 4) as usize;
            hidden_places(s, &run, &[1, second], &[(first + 1, "wrong-direction"), (first - 6, "skips-number")])
        }
        _ => {
            let (start, count) = (s.rng.range(13, 20), s.rng.range(3, 5));
            let end = start - count;
            let mut rules =
                vec![(end + 1, "counts-the-start"), (start + count, "wrong-direction"), (end - 1, "skips-number")];
            rules.extend(teen_ty(s.lang, end));
            jumps(s, start, -1, count, &rules)
        }
    }
}

fn next_down(s: &mut Setup, shown: &[i64]) -> Problem {
    let last = shown[shown.len() - 1];
    let mut rules: Vec<Rule> = vec![(last + 1, "wrong-direction"), (last - 2, "skips-number")];
    rules.extend(teen_ty(s.lang, last - 1));
    what_next(s, shown, -1, &rules)
}

fn down_cards(s: &mut Setup, low: i64, high: i64) -> Problem {
    let first = s.rng.range(low, high);
    let last = first - 4;
    let run: Vec<i64> = (last..=first).rev().collect();
    let ask = say!(
        s.lang,
        "Count down with the cards, from {first} to {last}.",
        "Compte à rebours avec les cartes, de {first} à {last}."
    );
    cards_in_order(s, &run, ask)
}

/// Names the number before, after and between.
pub fn before_after(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let (low, high) = [(1, 8), (2, 9), (2, 12), (8, 19), (10, 20)][usize::from(s.band)];
    let n = s.rng.range(low, high);
    let before = s.rng.chance(1, 2);
    match (s.band, form) {
        (0, _) => neighbour(s, n, false, true),
        (1, _) => neighbour(s, n, before, true),
        (2, _) => neighbour(s, n, before, false),
        (3, 0) => lives_between(s, n.max(9)),
        (3, _) => neighbour(s, n, before, false),
        (_, 0) => lives_between(s, n),
        (_, 1) => both_neighbours(s, n),
        _ => riddle(s, n, before),
    }
}

fn neighbour_rules(n: i64, before: bool) -> Vec<Rule> {
    if before {
        vec![(n + 1, "wrong-direction"), (n, "repeats-given-number"), (n - 2, "skips-number")]
    } else {
        vec![
            (n - 1, "wrong-direction"),
            (n, "repeats-given-number"),
            (n + 2, "skips-number"),
            (1, "starts-from-one"),
            (2, "starts-from-one"),
        ]
    }
}

/// Hints, steps and praise for a neighbour of `n`.
fn neighbour_help(s: &Setup, n: i64, before: bool, problem: Problem) -> Problem {
    let right = if before { n - 1 } else { n + 1 };
    let (low, high) = (n - 2, n + 2);
    let lead =
        if before { format!("{}, {}, {}", n - 1, n, n + 1) } else { format!("{}, {}, {}", (n - 1).max(0), n, n + 1) };
    problem
        .hint(if before {
            say!(
                s.lang,
                "Before is the word you say just earlier when you count.",
                "Avant, c'est le mot que tu dis juste plus tôt en comptant."
            )
        } else {
            say!(
                s.lang,
                "After is the word you say next when you count.",
                "Après, c'est le mot que tu dis ensuite en comptant."
            )
        })
        .hint_with(
            say!(s.lang, "Look at the line. Which place is empty?", "Regarde la ligne. Quelle place est vide ?"),
            [Block::Figure(piece_of_line(low, high, 1, &[right]))],
        )
        .hint(say!(s.lang, "Say: {lead}.", "Dis : {lead}."))
        .step(say!(
            s.lang,
            "Find {n} on the line. One step left is before, one step right is after.",
            "Trouve {n} sur la ligne. Un pas à gauche, c'est avant ; un pas à droite, c'est après."
        ))
        .step_show([Block::Figure(piece_of_line(low, high, 1, &[]))])
        .step(say!(s.lang, "The number is {right}.", "C'est {right}."))
        .praise(if before {
            say!(s.lang, "Yes, {right} comes just before {n}.", "Oui, {right} vient juste avant {n}.")
        } else {
            say!(s.lang, "Yes, {right} comes just after {n}.", "Oui, {right} vient juste après {n}.")
        })
        .seconds(12)
}

fn neighbour(s: &mut Setup, n: i64, before: bool, line_shown: bool) -> Problem {
    let right = if before { n - 1 } else { n + 1 };
    let ask = if before {
        say!(s.lang, "What number comes just before {n}?", "Quel nombre vient juste avant {n} ?")
    } else {
        say!(s.lang, "What number comes just after {n}?", "Quel nombre vient juste après {n} ?")
    };
    let mut problem = Problem::new(Answer::number(right, &neighbour_rules(n, before))).tell(ask);
    if line_shown {
        let labels: Vec<i64> = (0..=10).collect();
        problem = problem.figure(Figure::NumberLine(line(0, 10, 1, &labels, &[n])));
    }
    neighbour_help(s, n, before, problem)
}

fn riddle(s: &mut Setup, n: i64, before: bool) -> Problem {
    // The speaker is one before n, or one after it; or the question is what stands before 1.
    let n = if before && s.rng.chance(1, 6) { 1 } else { n };
    let right = if before { n - 1 } else { n + 1 };
    let ask = if before {
        say!(s.lang, "I am one before {n}. Who am I?", "Je suis juste avant {n}. Qui suis-je ?")
    } else {
        say!(s.lang, "I am one after {n}. Who am I?", "Je suis juste après {n}. Qui suis-je ?")
    };
    let problem = Problem::new(Answer::number(right, &neighbour_rules(n, before))).tell(ask);
    neighbour_help(s, n, before, problem)
}

fn lives_between(s: &mut Setup, n: i64) -> Problem {
    let (low, high) = (n - 1, n + 1);
    let rules = [(low, "repeats-given-number"), (high, "repeats-given-number"), (high + 1, "skips-number")];
    let answer = Answer::choose_number(&mut s.rng, n, &rules, 4, 0, 25);
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "My neighbours are {low} and {high}. Who am I?",
            "Mes voisins sont {low} et {high}. Qui suis-je ?"
        ))
        .hint(say!(s.lang, "I come after {low} and before {high}.", "Je viens après {low} et avant {high}."))
        .hint_with(
            say!(s.lang, "Look at the line. Which place is empty?", "Regarde la ligne. Quelle place est vide ?"),
            [Block::Figure(piece_of_line(n - 2, n + 2, 1, &[n]))],
        )
        .hint(say!(s.lang, "Say: {low}, {n}, {high}.", "Dis : {low}, {n}, {high}."))
        .step(say!(
            s.lang,
            "Count on from {low}: the next word is {n}, and then {high}.",
            "Compte après {low} : le mot suivant est {n}, puis {high}."
        ))
        .step_show([Block::Figure(piece_of_line(n - 2, n + 2, 1, &[]))])
        .praise(say!(s.lang, "Yes, {n} lives between {low} and {high}.", "Oui, {n} habite entre {low} et {high}."))
        .seconds(15)
}

fn both_neighbours(s: &mut Setup, n: i64) -> Problem {
    let (low, high) = (n - 1, n + 1);
    let gaps = [(String::new(), format!(", {n},"), low.to_string()), (String::new(), String::new(), high.to_string())];
    let extra = [
        (n.to_string(), Some("repeats-given-number")),
        ((n - 2).to_string(), Some("skips-number")),
        ((n + 2).to_string(), Some("skips-number")),
    ];
    let mut answer = Answer::gaps(&mut s.rng, &gaps, &extra);
    if let chalkbox_tool::Response::Pairs(pairs) = answer.right.clone() {
        let swapped = vec![(pairs[0].0.clone(), pairs[1].1.clone()), (pairs[1].0.clone(), pairs[0].1.clone())];
        answer = answer.wrong(chalkbox_tool::Response::Pairs(swapped), "wrong-direction");
    }
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "Who lives before {n} and who lives after it?",
            "Qui habite avant {n} et qui habite après ?"
        ))
        .hint(say!(
            s.lang,
            "Before is the word you say just earlier.",
            "Avant, c'est le mot que tu dis juste plus tôt."
        ))
        .hint_with(
            say!(s.lang, "Look at the line.", "Regarde la ligne."),
            [Block::Figure(piece_of_line(n - 3, n + 3, 1, &[low, high]))],
        )
        .hint(say!(s.lang, "Say: {low}, {n}, {high}.", "Dis : {low}, {n}, {high}."))
        .step(say!(
            s.lang,
            "Count up to {n}: the word just before is {low}. Go on: {high}.",
            "Compte jusqu'à {n} : le mot juste avant est {low}. Continue : {high}."
        ))
        .step_show([Block::Figure(piece_of_line(n - 3, n + 3, 1, &[]))])
        .praise(say!(s.lang, "Yes: {low}, {n}, {high}.", "Oui : {low}, {n}, {high}."))
        .seconds(20)
}
