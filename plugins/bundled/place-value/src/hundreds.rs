//! Hundreds, tens and ones: reading to 999 and expanded form. Never here: comparing.

use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, say, text};

use crate::digits::{blocks, choose, digit, listed, makes, misheard, swapped, units, without_zeros, zero_moved};
use crate::reading::{find_written, from_blocks, write_it};

/// Three different digits, none of them zero.
fn three(s: &mut Setup) -> (i64, i64, i64) {
    let d = s.rng.distinct(1, 9, 3);
    (d[0], d[1], d[2])
}

/// Reads and writes numbers to 999.
pub fn read_999(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let (h, t, o) = three(s);
    let full = h * 100 + t * 10 + o;
    match (s.band, form) {
        (0, _) => {
            let n = if form == 0 { h * 100 } else { h * 100 + t * 10 };
            let mut rules = misheard(s.lang, n);
            rules.push((t * 100 + h * 10, "swaps-digits"));
            find_written(s, n, &rules, 4, 9999)
        }
        (1, 0) => from_blocks(s, full),
        (1, _) => {
            let rules = [
                (swapped(full), "swaps-digits"),
                (full + 10, "number-name-slip"),
                (full + 100, "number-name-slip"),
                (full - 1, "number-name-slip"),
            ];
            find_written(s, full, &rules, 4, 1099)
        }
        (2, 0) => {
            let n = if s.rng.chance(1, 2) { h * 100 + o } else { h * 100 + t * 10 };
            from_blocks(s, n)
        }
        (2, _) => {
            let n = if form == 1 { h * 100 + t * 10 } else { h * 100 + o };
            let rules = misheard(s.lang, n);
            find_written(s, n, &rules, 4, 99_999)
        }
        (3, _) => {
            let n = [full, h * 100 + o, h * 100 + t * 10, full][form as usize];
            write_it(s, n)
        }
        (_, 0) => {
            let n = h * 100 + t * 10;
            let rules = [(zero_moved(n), "zero-moved"), (without_zeros(n), "drops-zero"), (n * 10, "writes-as-heard")];
            find_written(s, n, &rules, 4, 9999)
        }
        (_, 1) => {
            let n = h * 100 + 10 + o;
            write_it(s, n)
        }
        _ => {
            let n = h * 100 + s.rng.range(1, 9);
            write_it(s, n)
        }
    }
}

/// Hundreds, tens and ones in expanded form.
pub fn expand_999(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let (h, t, o) = three(s);
    match (s.band, form) {
        (0, _) => missing_part(s, h, t, o, form),
        (1, _) => all_parts(s, h, t, o),
        (2, 0) => match_sums(s, h, o),
        (2, _) => {
            let parts: Vec<i64> =
                [vec![h * 100, o], vec![h * 100, t * 10], vec![h * 100, t * 10, o]][form as usize - 1].clone();
            build(s, &parts)
        }
        (3, 0 | 1) => worth(s, h, t, o),
        (3, _) => {
            let parts = if form == 2 { vec![o, h * 100, t * 10] } else { vec![t * 10, o, h * 100] };
            build(s, &parts)
        }
        (_, 0) => tens_in(s, h, t),
        (_, 1) => traded(s, h, t, o),
        _ => across_a_zero(s, h, o),
    }
}

/// Hints, steps and praise that show a number in its three columns.
fn columns_help(s: &Setup, n: i64, problem: Problem) -> Problem {
    let (h, t, o) = (digit(n, 2), digit(n, 1), digit(n, 0));
    let (hundreds, tens) = (h * 100, t * 10);
    let h_as_hundreds = units(s.lang, h, 2);
    let t_as_tens = units(s.lang, t, 1);
    let o_as_ones = units(s.lang, o, 0);
    problem
        .hint(say!(
            s.lang,
            "Name the column of each digit: hundreds, tens, ones.",
            "Nomme la colonne de chaque chiffre : centaines, dizaines, unités."
        ))
        .hint_with(say!(s.lang, "Look at the blocks.", "Regarde les blocs."), [blocks(n)])
        .hint(say!(
            s.lang,
            "The {h} on the left is worth {hundreds}, the {t} is worth {tens}, the {o} is worth {o}.",
            "Le {h} à gauche vaut {hundreds}, le {t} vaut {tens}, le {o} vaut {o}."
        ))
        .step(say!(
            s.lang,
            "Write the columns: {h_as_hundreds}, {t_as_tens}, {o_as_ones}.",
            "Écris les colonnes : {h_as_hundreds}, {t_as_tens}, {o_as_ones}."
        ))
        .step_show([blocks(n), Block::Math(format!("{n} = {hundreds} + {tens} + {o}"))])
        .praise(say!(
            s.lang,
            "Yes: {h_as_hundreds}, {t_as_tens} and {o_as_ones} make {n}.",
            "Oui : {h_as_hundreds}, {t_as_tens} et {o_as_ones} font {n}."
        ))
        .seconds(20)
}

fn missing_part(s: &mut Setup, h: i64, t: i64, o: i64, form: u32) -> Problem {
    let n = h * 100 + t * 10 + o;
    let (hundreds, tens) = (h * 100, t * 10);
    let (right, line, rules): (i64, String, Vec<Rule>) = match form {
        0 => (hundreds, format!("{n} = _ + {tens} + {o}"), vec![(h, "face-value"), (h * 10, "face-value")]),
        1 | 2 => {
            (tens, format!("{n} = {hundreds} + _ + {o}"), vec![(t, "face-value"), (t * 10 + o, "writes-as-heard")])
        }
        _ => (o, format!("{n} = {hundreds} + {tens} + _"), vec![(t, "swaps-digits"), (tens + o, "writes-as-heard")]),
    };
    let problem = Problem::new(Answer::number(right, &rules))
        .tell(say!(s.lang, "Which part is missing?", "Quelle partie manque ?"))
        .math(line);
    columns_help(s, n, problem)
}

fn all_parts(s: &mut Setup, h: i64, t: i64, o: i64) -> Problem {
    let n = h * 100 + t * 10 + o;
    let gaps = [
        (format!("{n} = "), " +".to_owned(), (h * 100).to_string()),
        (String::new(), " +".to_owned(), (t * 10).to_string()),
        (String::new(), String::new(), o.to_string()),
    ];
    let extra = [
        (h.to_string(), Some("face-value")),
        (t.to_string(), Some("face-value")),
        ((o * 100).to_string(), Some("swaps-digits")),
    ];
    let answer = Answer::gaps(&mut s.rng, &gaps, &extra);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Break the number into hundreds, tens and ones.",
        "Décompose le nombre en centaines, dizaines et unités."
    ));
    columns_help(s, n, problem).seconds(30)
}

fn build(s: &mut Setup, parts: &[i64]) -> Problem {
    let n: i64 = parts.iter().sum();
    let sum: Vec<String> = parts.iter().map(i64::to_string).collect();
    let in_turn: i64 =
        parts.iter().fold(0, |so_far, part| so_far * 10 + part.to_string()[..1].parse::<i64>().unwrap_or(0));
    let side_by_side: i64 = sum.concat().parse().unwrap_or(0);
    let mut rules: Vec<Rule> = Vec::new();
    if parts.windows(2).any(|two| two[0] < two[1]) {
        rules.push((in_turn, "order-not-unit"));
    } else {
        rules.push((in_turn, "drops-zero"));
        rules.push((zero_moved(n), "zero-moved"));
    }
    rules.push((side_by_side, "writes-as-heard"));
    let problem = Problem::new(Answer::number(n, &rules))
        .tell(say!(s.lang, "Put the parts together. What number is it?", "Rassemble les parties. Quel nombre est-ce ?"))
        .math(format!("{} = _", sum.join(" + ")));
    columns_help(s, n, problem)
}

fn match_sums(s: &mut Setup, h: i64, o: i64) -> Problem {
    let numbers = [h * 100 + o, h * 100 + o * 10, h * 10 + o];
    let hundreds = h * 100;
    let sums = [format!("{hundreds} + {o}"), format!("{hundreds} + {}", o * 10), format!("{} + {o}", h * 10)];
    let math = |words: &String| vec![Block::Math(words.clone())];
    let pairs = numbers.iter().zip(&sums).map(|(n, sum)| (text(n.to_string()), math(sum))).collect();
    let rules = [(0, 1, "zero-moved"), (1, 0, "zero-moved"), (2, 0, "drops-zero"), (0, 2, "drops-zero")];
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &rules);
    let problem =
        Problem::new(answer).tell(say!(s.lang, "Join each number to its parts.", "Relie chaque nombre à ses parties."));
    columns_help(s, numbers[0], problem).seconds(30)
}

fn worth(s: &mut Setup, h: i64, t: i64, o: i64) -> Problem {
    let n = h * 100 + t * 10 + o;
    let (asked, right, other) = if s.rng.chance(1, 2) { (h, h * 100, h * 10) } else { (t, t * 10, t * 100) };
    let answer =
        choose(&mut s.rng, right, &[(asked, "face-value"), (other, "wrong-column"), (n, "face-value")], 4, (1, 999));
    let problem =
        Problem::new(answer).tell(say!(s.lang, "What is the {asked} in {n} worth?", "Que vaut le {asked} dans {n} ?"));
    columns_help(s, n, problem).seconds(15)
}

fn tens_in(s: &mut Setup, h: i64, t: i64) -> Problem {
    let n = h * 100 + t * 10;
    let right = h * 10 + t;
    let answer = Answer::number(right, &[(t, "face-value"), (n, "face-value"), (h + t, "face-value")]);
    let tens_of_hundreds = h * 10;
    let h_as_hundreds = units(s.lang, h, 2);
    let make = makes(s.lang, h);
    let tens_of_hundreds_as_tens = units(s.lang, tens_of_hundreds, 1);
    let t_as_tens = units(s.lang, t, 1);
    let right_as_tens = units(s.lang, right, 1);
    Problem::new(answer)
        .tell(say!(s.lang, "How many tens make {n}?", "Combien de dizaines font {n} ?"))
        .hint(say!(s.lang, "The hundreds are made of tens too.", "Les centaines sont faites de dizaines aussi."))
        .hint_with(
            say!(s.lang, "How many tens are in one hundred?", "Combien de dizaines dans une centaine ?"),
            [blocks(n)],
        )
        .hint(say!(
            s.lang,
            "{h_as_hundreds} {make} {tens_of_hundreds_as_tens}, and {t_as_tens} more.",
            "{h_as_hundreds} {make} {tens_of_hundreds_as_tens}, et encore {t_as_tens}."
        ))
        .step(say!(
            s.lang,
            "One hundred is ten tens, so {h_as_hundreds} {make} {tens_of_hundreds_as_tens}.",
            "Une centaine, c'est dix dizaines ; {h_as_hundreds} {make} {tens_of_hundreds_as_tens}."
        ))
        .step(say!(s.lang, "With {t_as_tens} more: {right_as_tens}.", "Avec {t_as_tens} de plus : {right_as_tens}."))
        .praise(say!(s.lang, "Yes, {right_as_tens} make {n}.", "Oui, {right_as_tens} font {n}."))
        .seconds(25)
}

/// 365 is 2 hundreds, how many tens, and 5 ones?
fn traded(s: &mut Setup, h: i64, t: i64, o: i64) -> Problem {
    let h = h.max(2);
    let n = h * 100 + t * 10 + o;
    let fewer = h - 1;
    let right = t + 10;
    let answer = Answer::number(right, &[(t, "face-value"), (h * 10 + t, "face-value"), (right * 10, "wrong-column")]);
    let fewer_as_hundreds = units(s.lang, fewer, 2);
    let o_as_ones = units(s.lang, o, 0);
    let t_as_tens = units(s.lang, t, 1);
    let h_as_hundreds = units(s.lang, h, 2);
    let right_as_tens = units(s.lang, right, 1);
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "{n} is {fewer_as_hundreds}, how many tens, and {o_as_ones}?",
            "{n}, c'est {fewer_as_hundreds}, combien de dizaines, et {o_as_ones} ?"
        ))
        .hint(say!(s.lang, "One hundred was changed into tens.", "Une centaine a été changée en dizaines."))
        .hint_with(
            say!(
                s.lang,
                "Look at the blocks. Change one hundred into ten tens.",
                "Regarde les blocs. Change une centaine en dix dizaines."
            ),
            [blocks(n)],
        )
        .hint(say!(s.lang, "There were {t_as_tens}. Ten more come.", "Il y avait {t_as_tens}. Dix de plus arrivent."))
        .step(say!(
            s.lang,
            "{h_as_hundreds} become {fewer_as_hundreds} and ten tens.",
            "{h_as_hundreds} deviennent {fewer_as_hundreds} et dix dizaines."
        ))
        .step(say!(
            s.lang,
            "{t_as_tens} and ten tens are {right_as_tens}.",
            "{t_as_tens} et dix dizaines font {right_as_tens}."
        ))
        .praise(say!(
            s.lang,
            "Yes: {fewer_as_hundreds}, {right_as_tens} and {o_as_ones} are still {n}.",
            "Oui : {fewer_as_hundreds}, {right_as_tens} et {o_as_ones} font toujours {n}."
        ))
        .seconds(25)
}

/// Ten more where the tens are nine.
fn across_a_zero(s: &mut Setup, h: i64, o: i64) -> Problem {
    let h = h.min(8);
    let up = s.rng.chance(1, 2);
    let n = if up { h * 100 + 90 + o } else { h * 100 + o };
    let right = if up { n + 10 } else { n - 10 };
    let rules = if up {
        vec![(n - 90, "wrong-column"), (n + 100, "wrong-column"), (n + 1, "step-of-one"), (n - 10, "wrong-direction")]
    } else {
        vec![(n + 90, "wrong-column"), (n - 100, "wrong-column"), (n - 1, "step-of-one"), (n + 10, "wrong-direction")]
    };
    let after = listed(&[n, right]);
    Problem::new(Answer::number(right, &rules))
        .tell(if up {
            say!(s.lang, "What is 10 more than {n}?", "Combien font 10 de plus que {n} ?")
        } else {
            say!(s.lang, "What is 10 less than {n}?", "Combien font 10 de moins que {n} ?")
        })
        .hint(say!(
            s.lang,
            "Look at the tens and the hundreds together.",
            "Regarde ensemble les dizaines et les centaines."
        ))
        .hint_with(
            say!(
                s.lang,
                "Here are the blocks. Ten tens are one hundred.",
                "Voici les blocs. Dix dizaines font une centaine."
            ),
            [blocks(n)],
        )
        .hint(say!(s.lang, "Say: {after}.", "Dis : {after}."))
        .step(if up {
            say!(
                s.lang,
                "Nine tens and one ten are a new hundred.",
                "Neuf dizaines et une dizaine font une nouvelle centaine."
            )
        } else {
            say!(
                s.lang,
                "There is no ten to take: change one hundred into ten tens.",
                "Il n'y a pas de dizaine à prendre : change une centaine en dix dizaines."
            )
        })
        .step_show([blocks(n), blocks(right)])
        .step(say!(s.lang, "The number is {right}.", "Le nombre est {right}."))
        .praise(say!(
            s.lang,
            "Yes, {right}. You traded ten tens for a hundred.",
            "Oui, {right}. Tu as échangé dix dizaines et une centaine."
        ))
        .seconds(20)
}
