//! Swapping and splitting in times sums (numeracy.mult.rules). Never here: written columns.

use chalkbox_tool::forms::{asked, tiles};
use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, both, say, spoken_math};

use crate::{help, tables};

/// `numeracy.mult.rules`
pub fn rules(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, _) => swapped(s),
        (1, 0) => joined(s),
        (1, _) => which_same(s, false),
        (2, _) => split_with_five(s, form == 0),
        (3, 0 | 1) => {
            let b = s.rng.range(4, 9);
            tables::from_near(s, (9, b), 10)
        }
        (3, _) => three_factors(s),
        (_, 0) => true_or_false(s),
        (_, 1) => over_ten(s),
        (_, 2) => which_same(s, true),
        _ => both_split(s),
    }
}

/// Hints, steps and praise for swapping.
fn swap_help(p: Problem, s: &Setup, a: i64, b: i64) -> Problem {
    let (l, whole) = (s.lang, a * b);
    p.hint(say!(l, "Could you turn the picture?", "Pourrais-tu tourner l'image ?"))
        .hint_with(
            say!(l, "Here are {a} rows of {b}. Look from the side.", "Voici {a} rangées de {b}. Regarde de côté."),
            help::array(a, b),
        )
        .hint(say!(
            l,
            "From the side you see rows of {a}. The total stays.",
            "De côté, tu vois des rangées de {a}. Le total reste le même."
        ))
        .step_show(help::array(a, b))
        .step(say!(
            l,
            "{a} rows of {b} are as many as {b} rows of {a}: {whole}.",
            "{a} rangées de {b}, c'est autant que {b} rangées de {a} : {whole}."
        ))
        .step_show([Block::Math(format!("{a} × {b} = {b} × {a}"))])
        .praise(say!(
            l,
            "Yes. In times the order does not matter.",
            "Oui. Dans une multiplication, l'ordre ne compte pas."
        ))
        .seconds(20)
}

/// 3 × 5 = 5 × ?, with the array.
fn swapped(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = (s.rng.range(2, 6), s.rng.range(2, 6));
    let b = if a == b { a + 1 } else { b };
    let sentence = if s.rng.chance(1, 2) { format!("{a} × {b} = {b} × _") } else { format!("{a} × {b} = _ × {a}") };
    let right = if sentence.starts_with(&format!("{a} × {b} = {b}")) { a } else { b };
    let rules = [
        (a * b, "repeats-given-number"),
        (a + b - right, "repeats-given-number"),
        (right + 1, "one-group-off"),
        (right - 1, "one-group-off"),
    ];
    let answer =
        if s.rng.chance(1, 2) { tiles(s, &sentence, &[right], &rules, 40) } else { asked(s, right, &rules, 40) };
    let p = Problem::new(answer)
        .show(help::array(a, b))
        .tell(say!(l, "Which number is missing?", "Quel nombre manque ?"))
        .sum(l, &sentence);
    swap_help(p, s, a, b)
}

/// Join sums that are equal.
fn joined(s: &mut Setup) -> Problem {
    let l = s.lang;
    let mut cards = vec![(3, 7), (4, 6), (2, 9), (5, 8), (4, 9), (3, 8), (6, 7)];
    s.rng.shuffle(&mut cards);
    cards.truncate(3);
    let line = |a: i64, sign: &str, b: i64| vec![Block::Math(format!("{a} {sign} {b}"))];
    let pairs = cards.iter().map(|(a, b)| (line(*a, "×", *b), line(*b, "×", *a))).collect();
    let (a, b) = cards[0];
    let answer = Answer::matching(&mut s.rng, pairs, vec![line(a, "+", b)], &[(0, 3, "adds-instead-of-multiplies")]);
    let p = Problem::new(answer).tell(say!(
        l,
        "Join the sums that are equal. One card is left over.",
        "Relie les calculs égaux. Une carte reste seule."
    ));
    swap_help(p, s, a, b).seconds(35)
}

/// Which is the same as a × b, or which is not?
fn which_same(s: &mut Setup, odd_one: bool) -> Problem {
    let l = s.lang;
    let (a, b) = (s.rng.range(4, 8), s.rng.range(4, 9));
    let b = if a == b { a + 1 } else { b };
    let math = |line: String| vec![Block::Math(line)];
    let asked_for = format!("{a} × {b}");
    if odd_one {
        let half = b / 2;
        let rest = b - half;
        let one_part = math(format!("{a} × {half} + {rest}"));
        let wrong = vec![
            (math(format!("{b} × {a}")), None),
            (math(format!("{a} × {half} + {a} × {rest}")), Some("multiplies-one-part")),
            (math(format!("{b} × {} + {b}", a - 1)), None),
        ];
        let p = Problem::new(Answer::choice(&mut s.rng, one_part, wrong))
            .tell(say!(
                l,
                "Three are the same as this. Which one is not?",
                "Trois sont égaux à ce calcul. Lequel ne l'est pas ?"
            ))
            .sum(l, &asked_for);
        return split_help(p, s, (a, b), half);
    }
    let wrong = vec![
        (math(format!("{a} + {b}")), Some("adds-instead-of-multiplies")),
        (math(format!("{} × {b}", a + 1)), Some("one-group-off")),
        (math(format!("{} × {}", a - 1, b + 1)), None),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, math(format!("{b} × {a}")), wrong))
        .tell(say!(
            l,
            "Which is the same as this? Find it without working it out.",
            "Lequel est égal à ce calcul ? Trouve sans calculer."
        ))
        .sum(l, &asked_for);
    swap_help(p, s, a, b)
}

/// Hints, steps and praise for a × b with b split: each part is taken a times.
fn split_help(p: Problem, s: &Setup, (a, b): (i64, i64), part: i64) -> Problem {
    let (l, rest, whole) = (s.lang, b - part, a * b);
    let (one, two) = (a * part, a * rest);
    p.hint(say!(l, "Where could you cut the picture?", "Où pourrais-tu couper l'image ?"))
        .hint_with(
            say!(
                l,
                "Here it is cut: {part} rows of {a} filled, {rest} rows empty.",
                "La voici coupée : {part} rangées de {a} pleines, {rest} vides."
            ),
            help::cut_array(b, a, part),
        )
        .hint(say!(
            l,
            "{a} × {part} = {one} and {a} × {rest} = {two}.",
            "{a} × {part} = {one} et {a} × {rest} = {two}."
        ))
        .step_show(help::cut_array(b, a, part))
        .step(say!(
            l,
            "Both parts are taken {a} times: {one} + {two} = {whole}.",
            "On prend {a} fois chaque partie : {one} + {two} = {whole}."
        ))
        .step_show([Block::Math(format!("{a} × {b} = {a} × {part} + {a} × {rest}"))])
        .praise(say!(l, "Yes. Both parts are multiplied.", "Oui. On multiplie les deux parties."))
        .seconds(35)
}

/// 7 × 4 = 5 × 4 + ? × 4, or the second part as a number.
fn split_with_five(s: &mut Setup, as_number: bool) -> Problem {
    let (a, b) = (s.rng.range(6, 9), s.rng.range(3, 9));
    let rest = a - 5;
    let (sentence, right) = if as_number {
        (format!("{a} × {b} = 5 × {b} + _"), rest * b)
    } else {
        (format!("{a} × {b} = 5 × {b} + _ × {b}"), rest)
    };
    let rules: Vec<Rule> = if as_number {
        vec![(rest, "multiplies-one-part"), (a * b, "repeats-given-number"), (right + b, "one-group-off")]
    } else {
        vec![
            (a, "repeats-given-number"),
            (rest * b, "multiplies-one-part"),
            (rest + 1, "one-group-off"),
            (rest - 1, "one-group-off"),
        ]
    };
    let rules: Vec<Rule> = rules.into_iter().filter(|(n, _)| *n != right).collect();
    let answer =
        if s.rng.chance(1, 2) { tiles(s, &sentence, &[right], &rules, 80) } else { asked(s, right, &rules, 80) };
    cut_after(answer, s, (a, b), 5, &sentence)
}

/// An array cut after `first` rows, beside the sentence that says so.
fn cut_after(answer: Answer, s: &Setup, (a, b): (i64, i64), first: i64, sentence: &str) -> Problem {
    let l = s.lang;
    let p = Problem::new(answer)
        .show(help::cut_array(a, b, first))
        .tell(say!(
            l,
            "The picture is cut after {first} rows. What is missing?",
            "L'image est coupée après {first} rangées. Que manque-t-il ?"
        ))
        .sum(l, sentence);
    rows_help(p, s, (a, b), first)
}

/// Hints, steps and praise for a × b with a split.
fn rows_help(p: Problem, s: &Setup, (a, b): (i64, i64), first: i64) -> Problem {
    let (l, rest, whole) = (s.lang, a - first, a * b);
    let (one, two) = (first * b, rest * b);
    p.hint(say!(
        l,
        "Some rows are filled, the others are not. How many are in one row?",
        "Des rangées sont pleines, les autres non. Combien y en a-t-il dans une rangée ?"
    ))
    .hint(say!(l, "The filled part: {first} × {b} = {one}.", "La partie pleine : {first} × {b} = {one}."))
    .hint(say!(
        l,
        "Count the rows that are not filled. Each has {b}.",
        "Compte les rangées qui ne sont pas pleines. Chacune en a {b}."
    ))
    .step_show(help::cut_array(a, b, first))
    .step(say!(
        l,
        "The two parts: {first} × {b} = {one}, {rest} × {b} = {two}.",
        "Les deux parties : {first} × {b} = {one}, {rest} × {b} = {two}."
    ))
    .step(say!(l, "Together: {one} + {two} = {whole}.", "Ensemble : {one} + {two} = {whole}."))
    .praise(say!(l, "Yes. Two easy sums make a hard one.", "Oui. Deux calculs faciles en font un difficile."))
    .seconds(30)
}

/// 2 × 7 × 5: an easy pair first.
fn three_factors(s: &mut Setup) -> Problem {
    let l = s.lang;
    let n = s.rng.range(3, 9);
    let (x, y) = *s.rng.pick(&[(2, 5), (5, 2), (4, 5), (5, 4)]);
    let (pair, right) = (x * y, x * y * n);
    let rules = [
        (x * n, "stops-after-one-step"),
        (x + n + y, "adds-instead-of-multiplies"),
        (right + pair, "one-group-off"),
        (right - pair, "one-group-off"),
    ];
    Problem::new(asked(s, right, &rules, 300))
        .tell(say!(
            l,
            "Choose an easy pair first. How much is it?",
            "Commence par une paire facile. Combien cela fait-il ?"
        ))
        .sum(l, &format!("{x} × {n} × {y} = _"))
        .hint(say!(
            l,
            "You may change the order. Which two make tens?",
            "Tu peux changer l'ordre. Quels nombres font des dizaines ?"
        ))
        .hint(say!(l, "Look at {x} and {y}.", "Regarde {x} et {y}."))
        .hint(say!(l, "{x} × {y} = {pair}. Now {pair} × {n}.", "{x} × {y} = {pair}. Maintenant {pair} × {n}."))
        .step(say!(l, "The easy pair: {x} × {y} = {pair}.", "La paire facile : {x} × {y} = {pair}."))
        .step(say!(l, "Then {pair} × {n} = {right}.", "Puis {pair} × {n} = {right}."))
        .praise(say!(l, "Yes, {right}. The order is yours to choose.", "Oui, {right}. C'est à toi de choisir l'ordre."))
        .seconds(30)
}

/// Is a line true?
fn true_or_false(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = (s.rng.range(3, 8), 2 * s.rng.range(2, 4));
    let a = if a == b { a + 1 } else { a };
    let half = b / 2;
    let (line, holds, code) = match s.rng.below(5) {
        0 => (format!("{a} × {b} = {b} × {a}"), true, None),
        1 => (format!("{a} × {b} = {a} × {half} + {a} × {half}"), true, None),
        2 => (format!("{a} × {b} = {a} × {half} + {half}"), false, Some("multiplies-one-part")),
        3 => (format!("9 × {a} = 10 × {a} − 1"), false, Some("compensates-by-one")),
        _ => (format!("{} ÷ {a} = {a} ÷ {}", a * b, a * b), false, Some("division-order-swapped")),
    };
    let card = |words: &str| both(words.to_owned());
    let options = vec![(card(l.pick("true", "vrai")), code.filter(|_| !holds)), (card(l.pick("false", "faux")), None)];
    let p = Problem::new(Answer::choice_in_order(options, usize::from(!holds)))
        .tell(say!(l, "Are both sides the same?", "Les deux côtés sont-ils égaux ?"))
        .math(&line)
        .speak(spoken_math(l, &line));
    let (left, right) = line.split_once(" = ").unwrap_or((&line, ""));
    p.hint(say!(l, "Tell each side as groups.", "Raconte chaque côté avec des groupes."))
        .hint(say!(
            l,
            "Draw rows for the left side. Do they fit the right side?",
            "Dessine des rangées pour le côté gauche. Vont-elles avec le côté droit ?"
        ))
        .hint(say!(l, "Work out both sides: {left} and {right}.", "Calcule les deux côtés : {left} et {right}."))
        .step(reason(s, &line, (a, b), holds))
        .praise(say!(l, "Yes. You looked at both sides.", "Oui. Tu as regardé les deux côtés."))
        .seconds(30)
}

/// Why a line is true or not.
fn reason(s: &Setup, line: &str, (a, b): (i64, i64), holds: bool) -> String {
    let l = s.lang;
    let half = b / 2;
    if line.contains('÷') {
        let whole = a * b;
        say!(
            l,
            "{whole} ÷ {a} is {b}. The other side is less than 1: false.",
            "{whole} ÷ {a} font {b}. L'autre côté est plus petit que 1 : faux."
        )
    } else if line.starts_with("9 ") {
        say!(
            l,
            "9 groups are 10 groups less a whole group of {a}, not less 1: false.",
            "9 groupes, c'est 10 groupes moins un groupe entier de {a}, et non moins 1 : faux."
        )
    } else if !holds {
        say!(
            l,
            "Both parts must be taken {a} times; here the second is not: false.",
            "Il faut prendre {a} fois les deux parties ; ici, pas la seconde : faux."
        )
    } else if line.contains('+') {
        say!(
            l,
            "{b} is {half} and {half}. Both are taken {a} times: true.",
            "{b}, c'est {half} et {half}. On prend {a} fois les deux : vrai."
        )
    } else {
        say!(l, "Turned round, the rows are as many in all: true.", "Tournées, les rangées font autant en tout : vrai.")
    }
}

/// 12 × 6 = 10 × 6 + ?
fn over_ten(s: &mut Setup) -> Problem {
    let (a, b) = (s.rng.range(11, 13), s.rng.range(3, 9));
    let rest = a - 10;
    let right = rest * b;
    let sentence = format!("{a} × {b} = 10 × {b} + _");
    let rules = [(rest, "multiplies-one-part"), (right + b, "one-group-off"), (a * b, "repeats-given-number")];
    let answer = asked(s, right, &rules, 80);
    cut_after(answer, s, (a, b), 10, &sentence)
}

/// Which is the same as 12 × 14?
fn both_split(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = (s.rng.range(11, 14), s.rng.range(12, 16));
    let b = if a == b { b + 1 } else { b };
    let (x, y) = (a - 10, b - 10);
    let whole = a * b;
    let (one, two) = (10 * b, x * b);
    let math = |line: String| vec![Block::Math(line)];
    let wrong = vec![
        (math(format!("10 × 10 + {x} × {y}")), Some("splits-both-add-parts")),
        (math(format!("10 × {b} + {x}")), Some("multiplies-one-part")),
    ];
    Problem::new(Answer::choice(&mut s.rng, math(format!("10 × {b} + {x} × {b}")), wrong))
        .tell(say!(l, "Which is the same as this?", "Lequel est égal à ce calcul ?"))
        .sum(l, &format!("{a} × {b}"))
        .hint(say!(
            l,
            "Draw a rectangle of {a} by {b}. Cut off 10 rows.",
            "Dessine un rectangle de {a} sur {b}. Coupe après 10 rangées."
        ))
        .hint_with(
            say!(
                l,
                "Here it is. How long is each row, in both parts?",
                "Le voici. Quelle est la longueur d'une rangée, dans chaque partie ?"
            ),
            help::cut_array(a, b, 10),
        )
        .hint(say!(
            l,
            "10 rows of {b}, and {x} more rows. How long are these?",
            "10 rangées de {b}, et encore {x}. Quelle est leur longueur ?"
        ))
        .step_show(help::cut_array(a, b, 10))
        .step(say!(
            l,
            "Every row has {b}: 10 × {b} = {one}, {x} × {b} = {two}.",
            "Chaque rangée en a {b} : 10 × {b} = {one}, {x} × {b} = {two}."
        ))
        .step(say!(l, "Together {whole}.", "Ensemble {whole}."))
        .praise(say!(l, "Yes. Each of the {a} rows has {b}.", "Oui. Chacune des {a} rangées en a {b}."))
        .seconds(40)
}
