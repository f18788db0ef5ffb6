//! Tens and ones in a two-digit number. Never here: reading it aloud, ten more and ten less.

use chalkbox_tool::{Answer, Block, Problem, Setup, base_ten, say, text};

use crate::digits::{as_heard, blocks, choose, units};
use crate::reading::from_blocks;

/// Tens and ones in a two-digit number.
pub fn tens_ones(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let (t, o) = (s.rng.range(2, 9), s.rng.range(1, 9));
    let o = if o == t { o % 9 + 1 } else { o };
    match (s.band, form) {
        (0, 0 | 1) => {
            let n = s.rng.range(1, 3) * 10 + o;
            from_blocks(s, n)
        }
        (0, _) => {
            let t = s.rng.range(1, 3);
            let o = if o == t { o + 4 } else { o };
            how_many_of(s, t, o, form == 2, true)
        }
        (1, 0) => match_blocks(s),
        (1, _) => which_blocks(s, t.min(5), if o == t.min(5) { o + 1 } else { o }),
        (2, _) => how_many_of(s, t, o, form < 2, false),
        (3, _) => build_from(s, t, o, form < 2),
        (_, 0) => worth(s, t, o),
        _ => other_name(s, t, o, form == 1),
    }
}

/// Hints, steps and praise that show a number as tens and ones.
fn split_help(s: &Setup, t: i64, o: i64, problem: Problem) -> Problem {
    let n = t * 10 + o;
    let ten = t * 10;
    let t_as_tens = units(s.lang, t, 1);
    let o_as_ones = units(s.lang, o, 0);
    problem
        .hint(say!(
            s.lang,
            "Which digit tells the tens? It stands on the left.",
            "Quel chiffre dit les dizaines ? Il est à gauche."
        ))
        .hint_with(say!(s.lang, "Look at it in tens and ones.", "Regarde-le en dizaines et unités."), [blocks(n)])
        .hint(say!(s.lang, "{n} is {t_as_tens} and {o_as_ones}.", "{n}, c'est {t_as_tens} et {o_as_ones}."))
        .step(say!(s.lang, "Draw {t_as_tens} and {o_as_ones}.", "Dessine {t_as_tens} et {o_as_ones}."))
        .step_show([blocks(n), Block::Math(format!("{ten} + {o} = {n}"))])
        .praise(say!(s.lang, "Yes, {n} is {t_as_tens} and {o_as_ones}.", "Oui, {n}, c'est {t_as_tens} et {o_as_ones}."))
        .seconds(18)
}

fn how_many_of(s: &mut Setup, t: i64, o: i64, tens: bool, picture: bool) -> Problem {
    let n = t * 10 + o;
    let (right, rules) = if tens {
        (t, [(o, "swaps-digits"), (t * 10, "face-value")])
    } else {
        (o, [(t, "swaps-digits"), (n, "face-value")])
    };
    let t_as_tens = units(s.lang, t, 1);
    let ask = if tens {
        say!(s.lang, "How many tens are in {n}?", "Combien de dizaines dans {n} ?")
    } else {
        say!(s.lang, "{n} is {t_as_tens} and how many ones?", "{n}, c'est {t_as_tens} et combien d'unités ?")
    };
    let mut problem = Problem::new(Answer::number(right, &rules)).tell(ask);
    if picture {
        problem = problem.figure(base_ten(0, t, o));
    }
    split_help(s, t, o, problem)
}

fn match_blocks(s: &mut Setup) -> Problem {
    let d = s.rng.distinct(1, 5, 3);
    let numbers = [d[0] * 10 + d[1], d[1] * 10 + d[0], d[2] * 10 + d[0]];
    let pairs = numbers.iter().map(|n| (text(n.to_string()), vec![blocks(*n)])).collect();
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &[(0, 1, "swaps-digits"), (1, 0, "swaps-digits")]);
    split_help(
        s,
        d[0],
        d[1],
        Problem::new(answer).tell(say!(s.lang, "Join each number to its blocks.", "Relie chaque nombre à ses blocs.")),
    )
    .seconds(30)
}

fn which_blocks(s: &mut Setup, t: i64, o: i64) -> Problem {
    let n = t * 10 + o;
    let card = |tens: i64, ones: i64| vec![Block::Figure(base_ten(0, tens, ones))];
    let wrong =
        vec![(card(o, t), Some("swaps-digits")), (card(0, t + o), Some("face-value")), (card(t, (o + 1) % 10), None)];
    let answer = Answer::choice(&mut s.rng, card(t, o), wrong);
    split_help(s, t, o, Problem::new(answer).tell(say!(s.lang, "Which blocks show {n}?", "Quels blocs montrent {n} ?")))
}

fn build_from(s: &mut Setup, t: i64, o: i64, ones_first: bool) -> Problem {
    let n = t * 10 + o;
    let turned = o * 10 + t;
    let mut rules = vec![(turned, if ones_first { "order-not-unit" } else { "swaps-digits" })];
    rules.extend(as_heard(s.lang, n).map(|heard| (heard, "writes-as-heard")));
    rules.push((t * 100 + o, "writes-as-heard"));
    rules.push((t + o, "face-value"));
    let o_as_ones = units(s.lang, o, 0);
    let t_as_tens = units(s.lang, t, 1);
    let ask = if ones_first {
        say!(
            s.lang,
            "{o_as_ones} and {t_as_tens}: what number is it?",
            "{o_as_ones} et {t_as_tens} : quel nombre est-ce ?"
        )
    } else {
        say!(
            s.lang,
            "{t_as_tens} and {o_as_ones}: what number is it?",
            "{t_as_tens} et {o_as_ones} : quel nombre est-ce ?"
        )
    };
    split_help(s, t, o, Problem::new(Answer::number(n, &rules)).tell(ask))
}

fn worth(s: &mut Setup, t: i64, o: i64) -> Problem {
    let n = t * 10 + o;
    let answer =
        choose(&mut s.rng, t * 10, &[(t, "face-value"), (o * 10, "swaps-digits"), (n, "face-value")], 4, (1, 99));
    split_help(
        s,
        t,
        o,
        Problem::new(answer).tell(say!(s.lang, "What is the {t} in {n} worth?", "Que vaut le {t} dans {n} ?")),
    )
}

/// Other names of a number: 43 is 3 tens and 13 ones.
fn other_name(s: &mut Setup, t: i64, o: i64, hidden_ones: bool) -> Problem {
    let n = t * 10 + o;
    let (fewer, more) = (t - 1, o + 10);
    let fewer_as_tens = units(s.lang, fewer, 1);
    let more_as_ones = units(s.lang, more, 0);
    let (right, rules, ask) = if hidden_ones {
        let rules = vec![(o, "face-value"), (n, "face-value")];
        (
            more,
            rules,
            say!(
                s.lang,
                "{n} is {fewer_as_tens} and how many ones?",
                "{n}, c'est {fewer_as_tens} et combien d'unités ?"
            ),
        )
    } else {
        let rules = vec![
            (fewer * 100 + more, "writes-as-heard"),
            (fewer * 10 + o, "face-value"),
            (more * 10 + fewer, "order-not-unit"),
        ];
        (
            n,
            rules,
            say!(
                s.lang,
                "{more_as_ones} and {fewer_as_tens}: what number is it?",
                "{more_as_ones} et {fewer_as_tens} : quel nombre est-ce ?"
            ),
        )
    };
    let t_as_tens = units(s.lang, t, 1);
    let o_as_ones = units(s.lang, o, 0);
    Problem::new(Answer::number(right, &rules))
        .tell(ask)
        .hint(say!(
            s.lang,
            "Ten ones can be tied to one ten, and one ten untied to ten ones.",
            "Dix unités font une dizaine, et une dizaine se défait en dix unités."
        ))
        .hint_with(
            say!(s.lang, "Look at the tens and the ones here.", "Regarde les dizaines et les unités."),
            [Block::Figure(base_ten(0, fewer, more))],
        )
        .hint(say!(
            s.lang,
            "{fewer_as_tens} and {more_as_ones} are {n}.",
            "{fewer_as_tens} et {more_as_ones} font {n}."
        ))
        .step(say!(
            s.lang,
            "{t_as_tens} and {o_as_ones}: untie one ten.",
            "{t_as_tens} et {o_as_ones} : défais une dizaine."
        ))
        .step_show([Block::Figure(base_ten(0, t, o)), Block::Figure(base_ten(0, fewer, more))])
        .step(say!(
            s.lang,
            "It is still {n}: {fewer_as_tens} and {more_as_ones}.",
            "C'est toujours {n} : {fewer_as_tens} et {more_as_ones}."
        ))
        .praise(say!(
            s.lang,
            "Yes, {n} is also {fewer_as_tens} and {more_as_ones}.",
            "Oui, {n}, c'est aussi {fewer_as_tens} et {more_as_ones}."
        ))
        .seconds(25)
}
