//! Two-digit numbers: adding and taking away, first without and then with a new ten. Never here: three digits, stories.

use chalkbox_tool::forms::{self, asked, bars, chosen, tiles, until, whose};
use chalkbox_tool::{Answer, Block, Figure, Problem, Rule, Setup, base_ten, line, say, spoken_math};

use crate::columns::{self, WHOSE_MOST, blocks};
use crate::slips::{carries, digit_sum, trades};

/// A sum or difference with its sentence.
struct Sum {
    a: i64,
    b: i64,
    takes: bool,
}

impl Sum {
    fn right(&self) -> i64 {
        if self.takes { self.a - self.b } else { self.a + self.b }
    }

    fn line(&self) -> String {
        format!("{} {} {} = _", self.a, if self.takes { '−' } else { '+' }, self.b)
    }
}

fn adding(a: i64, b: i64) -> Sum {
    Sum { a, b, takes: false }
}

fn taking(a: i64, b: i64) -> Sum {
    Sum { a, b, takes: true }
}

/// The usual question: a figure or a column above, the number typed or chosen, help by columns.
fn asked_plainly(s: &mut Setup, sum: &Sum, rules: &[Rule], shown: Shown) -> Problem {
    let l = s.lang;
    let (a, b) = (sum.a, sum.b);
    let p = Problem::new(asked(s, sum.right(), rules, 200));
    let p = match shown {
        Shown::Bundles if sum.takes => p.figure(blocks(a)),
        Shown::Bundles => p.figure(blocks(a)).figure(blocks(b)),
        Shown::Line => p.figure(Figure::NumberLine(line(0, 100, 10, &[0, 50, 100], &[a]))),
        Shown::Column => p.show([forms::columns(l, a, if sum.takes { "−" } else { "+" }, b)]),
        Shown::Nothing => p,
    };
    explained(p.tell(say!(l, "Work it out.", "Calcule.")).sum(l, &sum.line()), s, sum)
}

fn explained(p: Problem, s: &Setup, sum: &Sum) -> Problem {
    if sum.takes { columns::take(p, s.lang, sum.a, sum.b) } else { columns::add(p, s.lang, sum.a, sum.b) }
}

/// What stands above the question.
#[derive(Clone, Copy)]
enum Shown {
    Bundles,
    Line,
    Column,
    Nothing,
}

/// Tens and ones of the result as tiles.
fn placed(s: &mut Setup, sum: &Sum, rules: &[Rule]) -> Problem {
    let l = s.lang;
    let right = sum.right();
    let (tens, ones) = (right / 10, right % 10);
    let sentence = say!(l, "tens _ ones _", "dizaines _ unités _");
    // A wrong result shows in its tens.
    let slips: Vec<Rule> = rules
        .iter()
        .filter(|(n, _)| *n >= 10 && *n < 200 && n / 10 != tens && n / 10 != ones)
        .map(|(n, code)| (n / 10, *code))
        .collect();
    let answer = tiles(s, &sentence, &[tens, ones], &slips, 19);
    let p = Problem::new(answer).sum(l, &sum.line()).tell(say!(
        l,
        "Put the tens and the ones of the answer.",
        "Mets les dizaines et les unités de la réponse."
    ));
    explained(p, s, sum)
}

/// `numeracy.add.tens-no-regroup`
pub fn tens_no_regroup(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = match s.band {
        0 => {
            let total = s.rng.range(2, 9);
            let a = s.rng.range(1, total - 1);
            (a * 10, (total - a) * 10)
        }
        1 => {
            let (tens, ones) = (s.rng.range(1, 9), s.rng.range(1, 8));
            (tens * 10 + ones, s.rng.range(1, 9 - ones))
        }
        2 => {
            let tens = s.rng.range(1, 8);
            (tens * 10 + s.rng.range(1, 9), s.rng.range(1, 9 - tens) * 10)
        }
        3 => until(
            s,
            |r| (r.range(11, 88), r.range(11, 88)),
            |(a, b)| a + b <= 99 && carries(*a, *b) == 0 && a % 10 > 0 && b % 10 > 0,
        ),
        _ => return tens_hard(s),
    };
    let rules = tens_rules(a, b);
    if s.band == 3 && s.rng.chance(1, 4) {
        let (tens, ones) = (a / 10 * 10 + b / 10 * 10, a % 10 + b % 10);
        let sentence = format!("{a} + {b} = {tens} + _");
        let p = Problem::new(tiles(
            s,
            &sentence,
            &[ones],
            &[(digit_sum(a, b), "adds-all-digits"), (b, "repeats-given-number")],
            40,
        ))
        .tell(say!(
            l,
            "The tens are together. What do the ones make?",
            "Les dizaines sont ensemble. Que font les unités ?"
        ))
        .speak(spoken_math(l, &sentence));
        return columns::add(p, l, a, b);
    }
    let shown = match s.band {
        0 | 1 => Shown::Bundles,
        2 => Shown::Line,
        _ => Shown::Nothing,
    };
    asked_plainly(s, &adding(a, b), &rules, shown)
}

/// What a + b without a new ten is mistaken for.
fn tens_rules(a: i64, b: i64) -> Vec<Rule> {
    let mut rules = Vec::new();
    if a % 10 == 0 && b % 10 == 0 {
        rules.push(((a + b) / 10, "drops-zero"));
    } else if b % 10 == 0 {
        rules.push((a + b / 10, "wrong-column"));
        rules.push((a + b / 10 * 11, "changes-both-digits"));
    } else if b < 10 {
        rules.push((a + b * 10, "wrong-column"));
        rules.push((a + b * 11, "changes-both-digits"));
    }
    rules.push((digit_sum(a, b), "adds-all-digits"));
    rules
}

fn tens_hard(s: &mut Setup) -> Problem {
    let l = s.lang;
    match s.rng.below(4) {
        0 => {
            let tens = s.rng.range(1, 8);
            let (a, b) = (tens * 10 + s.rng.range(1, 9), s.rng.range(1, 9 - tens) * 10);
            let whole = a + b;
            let rules = [(b / 10, "drops-zero"), (whole + a, "equals-means-answer"), (whole, "repeats-given-number")];
            let p = Problem::new(Answer::number(b, &rules))
                .tell(say!(l, "How many are missing?", "Combien en manque-t-il ?"))
                .sum(l, &format!("{a} + _ = {whole}"));
            p.hint(say!(l, "Look at the ones: do they change?", "Regarde les unités : changent-elles ?"))
                .hint_with(
                    say!(l, "Jump in tens from {a}.", "Saute de dix en dix à partir de {a}."),
                    [Block::Figure(Figure::NumberLine(line(0, 100, 10, &[0, 50, 100], &[a, whole])))],
                )
                .hint(say!(
                    l,
                    "Count the jumps of ten from {a} to {whole}.",
                    "Compte les sauts de dix de {a} à {whole}."
                ))
                .step(say!(l, "Only the tens change.", "Seules les dizaines changent."))
                .step_show([Block::Math(format!("{a} + {b} = {whole}"))])
                .praise(say!(l, "Yes. You looked at the tens.", "Oui. Tu as regardé les dizaines."))
                .seconds(25)
        }
        1 => {
            let (tens, ones) = (s.rng.range(2, 9), s.rng.range(1, 7));
            let (a, b) = (s.rng.range(2, 9 - ones), tens * 10 + ones);
            let rules = [
                (b + a * 10, "wrong-column"),
                (b + a * 11, "changes-both-digits"),
                (digit_sum(a, b), "adds-all-digits"),
            ];
            asked_plainly(s, &adding(a, b), &rules, Shown::Nothing)
        }
        2 => {
            let (x, y) = (s.rng.range(1, 4) * 10, s.rng.range(1, 4) * 10);
            let c = s.rng.range(11, 19);
            let (first, right) = (x + y, x + y + c);
            let rules =
                [(first, "forgets-second-part"), ((x + y) / 10 + c, "drops-zero"), (digit_sum(x, y) + c, "drops-zero")];
            Problem::new(asked(s, right, &rules, 120))
                .tell(say!(l, "Work it out.", "Calcule."))
                .sum(l, &format!("{x} + {y} + {c} = _"))
                .hint(say!(l, "Put the round tens together first.", "Mets d'abord ensemble les dizaines rondes."))
                .hint_with(
                    say!(l, "Here they are as bundles.", "Les voici en fagots."),
                    [Block::Figure(blocks(x)), Block::Figure(blocks(y)), Block::Figure(blocks(c))],
                )
                .hint(say!(l, "{x} + {y} = {first}. Now add {c}.", "{x} + {y} = {first}. Ajoute maintenant {c}."))
                .step(say!(l, "Tens first: {x} + {y} = {first}.", "D'abord les dizaines : {x} + {y} = {first}."))
                .step(say!(l, "Then {first} + {c} = {right}.", "Puis {first} + {c} = {right}."))
                .praise(say!(l, "Yes, {right}. Tens with tens.", "Oui, {right}. Les dizaines ensemble."))
                .seconds(30)
        }
        _ => {
            let (a, b) = until(
                s,
                |r| (r.range(21, 88), r.range(11, 78)),
                |(a, b)| a + b > 80 && a + b <= 99 && carries(*a, *b) == 0,
            );
            asked_plainly(s, &adding(a, b), &tens_rules(a, b), Shown::Nothing)
        }
    }
}

/// `numeracy.add.two-digit`
pub fn two_digit(s: &mut Setup) -> Problem {
    let (a, b) = two_digit_numbers(s);
    let sum = adding(a, b);
    let rules = columns::add_rules(a, b);
    match (s.band, s.rng.below(4)) {
        (0, 0 | 1) => asked_plainly(s, &sum, &rules, Shown::Line),
        (0 | 1, _) => asked_plainly(s, &sum, &rules, Shown::Bundles),
        (2, 0) | (3, 0) => placed(s, &sum, &rules),
        (2, _) => asked_plainly(s, &sum, &rules, Shown::Column),
        (3, 1) => three_numbers(s),
        (4, 0) => mistake(s, &sum, &rules),
        (4, 1) => missing_digit(s, false),
        _ => asked_plainly(s, &sum, &rules, Shown::Nothing),
    }
}

/// Numbers of a band whose ones make a new ten.
fn two_digit_numbers(s: &mut Setup) -> (i64, i64) {
    match s.band {
        0 => until(s, |r| (r.range(15, 89), r.range(2, 9)), |(a, b)| a % 10 + b > 10),
        1 => until(
            s,
            |r| (r.range(12, 79), r.range(12, 79)),
            |(a, b)| a + b < 100 && (10..=12).contains(&(a % 10 + b % 10)),
        ),
        2 | 3 => until(s, |r| (r.range(13, 79), r.range(13, 79)), |(a, b)| a + b < 100 && a % 10 + b % 10 > 10),
        _ => until(s, |r| (r.range(34, 98), r.range(15, 98)), |(a, b)| carries(*a, *b) == 2),
    }
}

fn three_numbers(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = until(s, |r| (r.range(11, 48), r.range(11, 39)), |(a, b)| a % 10 + b % 10 == 10);
    let c = s.rng.range(2, 9);
    let (first, right) = (a + b, a + b + c);
    let rules = [(right - 10, "forgets-carry"), (first, "forgets-second-part")];
    Problem::new(asked(s, right, &rules, 150))
        .tell(say!(l, "Work it out.", "Calcule."))
        .sum(l, &format!("{a} + {c} + {b} = _"))
        .hint(say!(
            l,
            "Which two are easy together? Look at the ones.",
            "Lesquels vont bien ensemble ? Regarde les unités."
        ))
        .hint_with(
            say!(l, "Look at these two as bundles.", "Regarde ces deux-là en fagots."),
            [Block::Figure(blocks(a)), Block::Figure(blocks(b))],
        )
        .hint(say!(l, "{a} + {b} = {first}. Now add {c}.", "{a} + {b} = {first}. Ajoute maintenant {c}."))
        .step(say!(
            l,
            "The ones of {a} and {b} make ten: {a} + {b} = {first}.",
            "Les unités de {a} et {b} font dix : {a} + {b} = {first}."
        ))
        .step(say!(l, "Then {first} + {c} = {right}.", "Puis {first} + {c} = {right}."))
        .praise(say!(l, "Yes, {right}. You looked for an easy pair.", "Oui, {right}. Tu as cherché une paire facile."))
        .seconds(35)
}

/// Three children's answers.
fn mistake(s: &mut Setup, sum: &Sum, rules: &[Rule]) -> Problem {
    let l = s.lang;
    let answer = whose(s, sum.right(), rules, WHOSE_MOST);
    let p = Problem::new(answer)
        .tell(say!(
            l,
            "Three children worked it out. Whose answer is right?",
            "Trois enfants ont calculé. Qui a la bonne réponse ?"
        ))
        .sum(l, &sum.line());
    explained(p, s, sum)
}

/// A digit of the first number is hidden: tens of a sum, or of a difference.
fn missing_digit(s: &mut Setup, takes: bool) -> Problem {
    let l = s.lang;
    let (a, b) = if takes {
        until(s, |r| (r.range(41, 96), r.range(13, 69)), |(a, b)| trades(*a, *b) == 1 && a - b > 10)
    } else {
        until(s, |r| (r.range(23, 69), r.range(13, 59)), |(a, b)| carries(*a, *b) == 1 && a + b < 100)
    };
    let result = if takes { a - b } else { a + b };
    let (digit, ones) = (a / 10, a % 10);
    let sign = if takes { '−' } else { '+' };
    let line = format!("_{ones} {sign} {b} = {result}");
    let slip = if takes { (digit - 1, "borrow-no-decrement") } else { (digit + 1, "forgets-carry") };
    let spoken = spoken_math(l, &format!("{sign} {b} = {result}"));
    let p = Problem::new(Answer::number(digit, &[slip]))
        .tell(say!(
            l,
            "The tens digit of the first number is hidden. Which digit is it?",
            "Le chiffre des dizaines du premier nombre est caché. Lequel est-ce ?"
        ))
        .math(line)
        .speak(say!(l, "a number that ends in {ones}, {spoken}", "un nombre qui finit par {ones}, {spoken}"));
    let p = p
        .hint(say!(
            l,
            "Do the ones first. Is a ten made or opened?",
            "Fais d'abord les unités. Une dizaine est-elle faite ou ouverte ?"
        ))
        .hint_with(
            say!(l, "Here are the two numbers that you know.", "Voici les deux nombres connus."),
            [Block::Figure(blocks(result)), Block::Figure(blocks(b))],
        );
    let p = if takes {
        p.hint(say!(
            l,
            "Put {b} back: {result} + {b}. Look at the tens.",
            "Remets {b} : {result} + {b}. Regarde les dizaines."
        ))
        .step(say!(l, "Undo it: {result} + {b} = {a}.", "Fais le contraire : {result} + {b} = {a}."))
    } else {
        p.hint(say!(
            l,
            "Take {b} away again: {result} − {b}. Look at the tens.",
            "Enlève {b} : {result} − {b}. Regarde les dizaines."
        ))
        .step(say!(l, "Undo it: {result} − {b} = {a}.", "Fais le contraire : {result} − {b} = {a}."))
    };
    p.step(say!(l, "The hidden digit is {digit}.", "Le chiffre caché est {digit}."))
        .praise(say!(l, "Yes, it was {a}. You thought of the ten.", "Oui, c'était {a}. Tu as pensé à la dizaine."))
        .seconds(45)
}

/// `numeracy.add.sub-two-digit-no-regroup`
pub fn sub_two_digit_no_regroup(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = match s.band {
        0 => {
            let tens = s.rng.range(3, 9);
            (tens * 10, s.rng.range(1, tens - 1) * 10)
        }
        1 => {
            let ones = s.rng.range(2, 9);
            (s.rng.range(2, 9) * 10 + ones, s.rng.range(1, ones - 1))
        }
        2 => {
            let tens = s.rng.range(3, 9);
            (tens * 10 + s.rng.range(1, 9), s.rng.range(1, tens - 1) * 10)
        }
        3 => until(
            s,
            |r| (r.range(32, 99), r.range(11, 88)),
            |(a, b)| a - b > 10 && trades(*a, *b) == 0 && a % 10 > b % 10 && b % 10 > 0,
        ),
        _ if s.rng.chance(1, 2) => until(
            s,
            |r| (r.range(32, 99), r.range(11, 88)),
            |(a, b)| a > b && trades(*a, *b) == 0 && (a % 10 == b % 10 || a / 10 == b / 10),
        ),
        _ => until(s, |r| (r.range(32, 99), r.range(11, 88)), |(a, b)| a - b > 10 && trades(*a, *b) == 0),
    };
    let rules = tens_take_rules(a, b);
    let sum = taking(a, b);
    match (s.band, s.rng.below(4)) {
        (0 | 1, _) => asked_plainly(s, &sum, &rules, Shown::Bundles),
        (2, 0) => {
            let right = a - b;
            let answer = chosen(s, right, &rules, 99);
            let p = Problem::new(answer)
                .tell(say!(l, "Choose the right answer.", "Choisis la bonne réponse."))
                .sum(l, &sum.line());
            columns::take(p, l, a, b)
        }
        (2, _) => asked_plainly(s, &sum, &rules, Shown::Line),
        (3, 0) => placed(s, &sum, &rules),
        (4, 0 | 1) => {
            let left = a - b;
            let rules = [(a + left, "adds-instead"), (b + 10, "wrong-column"), (left, "repeats-given-number")];
            let p = Problem::new(Answer::number(b, &rules))
                .tell(say!(l, "How much was taken away?", "Combien a-t-on enlevé ?"))
                .sum(l, &format!("{a} − _ = {left}"));
            p.hint(say!(l, "{a} is the whole. {left} is what stays.", "{a} est le tout. {left} est ce qui reste."))
                .hint_with(
                    say!(l, "The bars show the whole and what stays.", "Les barres montrent le tout et ce qui reste."),
                    bars(&[a, left]),
                )
                .hint(say!(
                    l,
                    "Take what stays from the whole: {a} − {left}.",
                    "Enlève au tout ce qui reste : {a} − {left}."
                ))
                .step(say!(
                    l,
                    "The missing part is the whole without what stays.",
                    "La partie qui manque est le tout sans ce qui reste."
                ))
                .step_show([Block::Math(format!("{a} − {left} = {b}"))])
                .praise(say!(l, "Yes. {left} and {b} make {a}.", "Oui. {left} et {b} font {a}."))
                .seconds(30)
        }
        _ => asked_plainly(s, &sum, &rules, Shown::Nothing),
    }
}

/// What a − b without an opened ten is mistaken for.
fn tens_take_rules(a: i64, b: i64) -> Vec<Rule> {
    let right = a - b;
    let mut rules = vec![(a + b, "adds-instead")];
    if b % 10 == 0 {
        if a % 10 > 0 {
            rules.push((a - b / 10, "wrong-column"));
            rules.push((a - b / 10 * 11, "changes-both-digits"));
        }
    } else if b < 10 {
        rules.push((a - b * 10, "wrong-column"));
        rules.push((a - b * 11, "changes-both-digits"));
    }
    if right % 10 == 0 {
        rules.push((right / 10, "drops-zero"));
    }
    rules
}

/// `numeracy.add.sub-two-digit`
pub fn sub_two_digit(s: &mut Setup) -> Problem {
    let (a, b) = trade_numbers(s);
    let sum = taking(a, b);
    let rules = columns::take_rules(a, b);
    match (s.band, s.rng.below(5)) {
        (0, 0 | 1) => asked_plainly(s, &sum, &rules, Shown::Line),
        (0 | 1, _) => asked_plainly(s, &sum, &rules, Shown::Bundles),
        (2 | 3, 0) => placed(s, &sum, &rules),
        (2, _) => asked_plainly(s, &sum, &rules, Shown::Column),
        (4, 0) => mistake(s, &sum, &rules),
        (4, 1) => missing_digit(s, true),
        (4, 2) => count_up(s),
        (4, 3) => from_hundred(s),
        _ => asked_plainly(s, &sum, &rules, Shown::Nothing),
    }
}

/// Numbers of a band whose ones need an opened ten.
fn trade_numbers(s: &mut Setup) -> (i64, i64) {
    match s.band {
        0 => until(s, |r| (r.range(21, 96), r.range(2, 9)), |(a, b)| a % 10 < *b && a % 10 > 0),
        1 => until(s, |r| (r.range(4, 9) * 10, r.range(12, 68)), |(a, b)| a - b > 5 && b % 10 > 0),
        _ => until(s, |r| (r.range(41, 98), r.range(13, 79)), |(a, b)| a - b > 10 && trades(*a, *b) == 1),
    }
}

/// Near numbers: counting up is quicker.
fn count_up(s: &mut Setup) -> Problem {
    let l = s.lang;
    let a = s.rng.range(3, 9) * 10 + s.rng.range(1, 3);
    let right = a % 10 + s.rng.range(1, 3);
    let b = a - right;
    let rules: Vec<Rule> = columns::take_rules(a, b);
    let ten = a / 10 * 10;
    let (to_ten, on) = (ten - b, a - ten);
    Problem::new(Answer::number(right, &rules))
        .figure(Figure::NumberLine(line(ten - 10, ten + 10, 1, &[ten - 10, ten, ten + 10], &[b, a])))
        .tell(say!(l, "The numbers are near. Count up.", "Les nombres sont proches. Compte en montant."))
        .sum(l, &format!("{a} − {b} = _"))
        .hint(say!(l, "Stand on {b}. How far is it to {a}?", "Pars de {b}. Quelle distance jusqu'à {a} ?"))
        .hint(say!(l, "First go to {ten}.", "Va d'abord à {ten}."))
        .hint(say!(
            l,
            "From {b} to {ten} it is {to_ten}. From {ten} to {a}?",
            "De {b} à {ten}, il y a {to_ten}. De {ten} à {a} ?"
        ))
        .step(say!(
            l,
            "{b} to {ten}: {to_ten}. {ten} to {a}: {on}.",
            "De {b} à {ten} : {to_ten}. De {ten} à {a} : {on}."
        ))
        .step(say!(l, "Together {right}.", "Ensemble {right}."))
        .praise(say!(l, "Yes. Counting up was a short way.", "Oui. Compter en montant était un chemin court."))
        .seconds(30)
}

fn from_hundred(s: &mut Setup) -> Problem {
    let l = s.lang;
    let b = until(s, |r| r.range(12, 88), |b| b % 10 > 0);
    let right = 100 - b;
    let rules = [(right + 10, "borrow-no-decrement"), (100 + b, "adds-instead")];
    let ten = b / 10 * 10 + 10;
    let (to_ten, rest) = (ten - b, 100 - ten);
    Problem::new(Answer::number(right, &rules))
        .tell(say!(l, "How much is missing to 100?", "Combien manque-t-il jusqu'à 100 ?"))
        .sum(l, &format!("100 − {b} = _"))
        .hint(say!(l, "Go up from {b} to the next ten.", "Monte de {b} à la dizaine suivante."))
        .hint_with(
            say!(l, "Here is {b}. What fills it up to ten bundles?", "Voici {b}. Que faut-il pour faire dix fagots ?"),
            [Block::Figure(base_ten(0, b / 10, b % 10))],
        )
        .hint(say!(
            l,
            "From {b} to {ten} it is {to_ten}. Then from {ten} to 100.",
            "De {b} à {ten}, il y a {to_ten}. Puis de {ten} à 100."
        ))
        .step(say!(
            l,
            "{b} + {to_ten} = {ten}, and {ten} + {rest} = 100.",
            "{b} + {to_ten} = {ten}, et {ten} + {rest} = 100."
        ))
        .step(say!(l, "{to_ten} and {rest} make {right}.", "{to_ten} et {rest} font {right}."))
        .praise(say!(l, "Yes. {b} and {right} make 100.", "Oui. {b} et {right} font 100."))
        .seconds(35)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(skill: &str, difficulty: f32, check: impl Fn(&mut Setup)) {
        for seed in 0..400 {
            check(&mut Setup::new(&chalkbox_tool::check::ask(skill, difficulty, seed, "en")));
        }
    }

    #[test]
    fn regrouping_is_needed_where_it_is_practised() {
        for difficulty in chalkbox_tool::check::DIFFICULTIES {
            each("numeracy.add.two-digit", difficulty, |s| {
                let (a, b) = two_digit_numbers(s);
                assert!(carries(a, b) >= 1 && (s.band == 4 || a + b < 100), "{a} + {b}");
            });
            each("numeracy.add.sub-two-digit", difficulty, |s| {
                let (a, b) = trade_numbers(s);
                assert!(a > b && trades(a, b) >= 1, "{a} − {b}");
            });
        }
    }

    #[test]
    fn rules_without_regrouping() {
        assert_eq!(tens_rules(34, 20), [(36, "wrong-column"), (56, "changes-both-digits"), (9, "adds-all-digits")]);
        assert_eq!(tens_rules(34, 5)[0], (84, "wrong-column"));
        assert_eq!(tens_rules(30, 20)[0], (5, "drops-zero"));
        assert_eq!(tens_rules(34, 25), [(14, "adds-all-digits")]);
        assert_eq!(tens_take_rules(68, 20), [(88, "adds-instead"), (66, "wrong-column"), (46, "changes-both-digits")]);
        assert_eq!(tens_take_rules(57, 27), [(84, "adds-instead"), (3, "drops-zero")]);
    }
}
