//! Three-digit numbers in columns. Never here: estimates, stories.

use chalkbox_tool::forms::{self, asked, tiles, until, whose};
use chalkbox_tool::{Answer, Block, Figure, Problem, Rule, Setup, line, say};

use crate::columns::{self, WHOSE_MOST, blocks};
use crate::slips::{carries, trades};

/// `numeracy.add.three-digit`
pub fn three_digit(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(6)) {
        (4, 0) => return three_numbers(s),
        (4, 1) => return near_hundred(s),
        (4, 2) => return missing_digit(s),
        _ => {}
    }
    let (a, b) = sum_numbers(s);
    question(s, a, b, false, &columns::add_rules(a, b))
}

/// Numbers of a band: without a carry, with one, with two, through a nine or over a thousand.
fn sum_numbers(s: &mut Setup) -> (i64, i64) {
    match s.band {
        0 if s.rng.chance(1, 3) => {
            let a = s.rng.range(1, 8);
            (a * 100, s.rng.range(1, 9 - a) * 100)
        }
        0 if s.rng.chance(1, 2) => until(s, |r| (r.range(110, 980), r.range(2, 9)), |(a, b)| carries(*a, *b) == 0),
        0 => until(s, |r| (r.range(110, 980), r.range(1, 8) * 10), |(a, b)| carries(*a, *b) == 0),
        1 => until(s, |r| (r.range(112, 876), r.range(111, 777)), |(a, b)| a + b < 1000 && carries(*a, *b) == 0),
        2 => until(s, |r| (r.range(112, 776), r.range(113, 777)), |(a, b)| a + b < 1000 && carries(*a, *b) == 1),
        3 if s.rng.chance(1, 2) => {
            until(s, |r| (r.range(146, 876), r.range(26, 99)), |(a, b)| a + b < 1000 && carries(*a, *b) == 2)
        }
        3 => until(s, |r| (r.range(146, 776), r.range(126, 777)), |(a, b)| a + b < 1000 && carries(*a, *b) == 2),
        _ if s.rng.chance(1, 2) => until(
            s,
            |r| (r.range(1, 7) * 100 + 90 + r.range(1, 9), r.range(102, 209)),
            |(a, b)| a % 10 + b % 10 > 9 && b / 10 % 10 == 0,
        ),
        _ => until(s, |r| (r.range(346, 976), r.range(326, 977)), |(a, b)| a + b > 1000 && carries(*a, *b) >= 2),
    }
}

/// Numbers of a band: without a trade, with one, with two, with zeros above.
fn difference_numbers(s: &mut Setup) -> (i64, i64) {
    match s.band {
        0 if s.rng.chance(1, 3) => {
            let a = s.rng.range(2, 9);
            (a * 100, s.rng.range(1, a - 1) * 100)
        }
        0 if s.rng.chance(1, 2) => {
            until(s, |r| (r.range(112, 989), r.range(2, 9)), |(a, b)| trades(*a, *b) == 0 && a % 10 > *b)
        }
        0 => until(s, |r| (r.range(112, 989), r.range(1, 8) * 10), |(a, b)| trades(*a, *b) == 0),
        1 => until(s, |r| (r.range(312, 989), r.range(111, 777)), |(a, b)| a - b > 100 && trades(*a, *b) == 0),
        2 => until(
            s,
            |r| (r.range(312, 989), r.range(111, 777)),
            |(a, b)| a - b > 100 && trades(*a, *b) == 1 && a % 10 > 0 && a / 10 % 10 > 0,
        ),
        3 if s.rng.chance(1, 2) => until(
            s,
            |r| (r.range(212, 989), r.range(26, 98)),
            |(a, b)| a - b > 100 && trades(*a, *b) == 2 && a / 10 % 10 > 0,
        ),
        3 => until(
            s,
            |r| (r.range(312, 989), r.range(111, 777)),
            |(a, b)| a - b > 100 && trades(*a, *b) == 2 && a / 10 % 10 > 0,
        ),
        _ => until(
            s,
            |r| (r.range(3, 9) * 100 + r.range(0, 8), r.range(113, 689)),
            |(a, b)| a - b > 50 && trades(*a, *b) == 2 && b % 10 > 0,
        ),
    }
}

/// The usual question on three digits, with its column in the middle bands.
fn question(s: &mut Setup, a: i64, b: i64, takes: bool, rules: &[Rule]) -> Problem {
    let l = s.lang;
    let (sign, right) = if takes { ("−", a - b) } else { ("+", a + b) };
    let sentence = format!("{a} {sign} {b} = _");
    let p = match (s.band, s.rng.below(6)) {
        (2 | 3, 0) if right < 1000 => {
            let places = say!(l, "hundreds _ tens _ ones _", "centaines _ dizaines _ unités _");
            let digits = [right / 100, right / 10 % 10, right % 10];
            let slips: Vec<Rule> = rules
                .iter()
                .filter(|(n, _)| *n < 1000 && !digits.contains(&(n / 10 % 10)))
                .map(|(n, code)| (n / 10 % 10, *code))
                .collect();
            Problem::new(tiles(s, &places, &digits, &slips, 9)).sum(l, &sentence).tell(say!(
                l,
                "Put the digits of the answer.",
                "Mets les chiffres de la réponse."
            ))
        }
        (3 | 4, 1) => Problem::new(whose(s, right, rules, WHOSE_MOST))
            .tell(say!(
                l,
                "Three children worked it out. Whose answer is right?",
                "Trois enfants ont calculé. Qui a la bonne réponse ?"
            ))
            .sum(l, &sentence),
        (1 | 2, _) => Problem::new(asked(s, right, rules, 2000))
            .show([forms::columns(l, a, sign, b)])
            .tell(say!(l, "Work it out.", "Calcule."))
            .sum(l, &sentence),
        _ => Problem::new(asked(s, right, rules, 2000)).tell(say!(l, "Work it out.", "Calcule.")).sum(l, &sentence),
    };
    if takes { columns::take(p, l, a, b) } else { columns::add(p, l, a, b) }
}

fn three_numbers(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = until(s, |r| (r.range(112, 388), r.range(112, 388)), |(a, b)| a % 10 + b % 10 == 10);
    let c = s.rng.range(2, 9) * 10;
    let (first, right) = (a + b, a + b + c);
    let rules = [(right - 10, "forgets-carry"), (right - 100, "forgets-carry")];
    Problem::new(Answer::number(right, &rules))
        .tell(say!(l, "Work it out.", "Calcule."))
        .sum(l, &format!("{a} + {c} + {b} = _"))
        .hint(say!(
            l,
            "Which two go well together? Look at the ones.",
            "Lesquels vont bien ensemble ? Regarde les unités."
        ))
        .hint_with(
            say!(l, "Look at these two.", "Regarde ces deux-là."),
            [Block::Figure(blocks(a)), Block::Figure(blocks(b))],
        )
        .hint(say!(l, "{a} + {b} = {first}. Now add {c}.", "{a} + {b} = {first}. Ajoute maintenant {c}."))
        .step(say!(l, "An easy pair first: {a} + {b} = {first}.", "D'abord une paire facile : {a} + {b} = {first}."))
        .step(say!(l, "Then {first} + {c} = {right}.", "Puis {first} + {c} = {right}."))
        .praise(say!(l, "Yes, {right}. All three are in it.", "Oui, {right}. Les trois y sont."))
        .seconds(60)
}

/// 299 + 46: go to the round hundred and mend.
fn near_hundred(s: &mut Setup) -> Problem {
    let l = s.lang;
    let off = s.rng.range(1, 2);
    let round = s.rng.range(2, 8) * 100;
    let (a, b) = (round - off, s.rng.range(26, 97));
    let (over, right) = (round + b, a + b);
    let rules = [
        (over, "forgets-second-part"),
        (over + off, "forgets-second-part"),
        (right - 100, "forgets-carry"),
        (right - 10, "forgets-carry"),
    ];
    Problem::new(Answer::number(right, &rules))
        .tell(say!(l, "Find an easy way.", "Trouve un chemin facile."))
        .sum(l, &format!("{a} + {b} = _"))
        .hint(say!(l, "{a} is near a round number. Which one?", "{a} est proche d'un nombre rond. Lequel ?"))
        .hint(say!(
            l,
            "Think of {round} in place of {a}. Is that too much or too little?",
            "Prends {round} à la place de {a}. Est-ce trop ou pas assez ?"
        ))
        .hint(say!(
            l,
            "{round} + {b} = {over}. That is {off} too much.",
            "{round} + {b} = {over}. C'est {off} de trop."
        ))
        .step(say!(l, "Go to the round number: {round} + {b} = {over}.", "Va au nombre rond : {round} + {b} = {over}."))
        .step(say!(l, "Take back {off}: {over} − {off} = {right}.", "Enlève {off} : {over} − {off} = {right}."))
        .praise(say!(l, "Yes, {right}. The round number made it easy.", "Oui, {right}. Le nombre rond a aidé."))
        .seconds(45)
}

/// The tens digit of a three-digit number is hidden.
fn missing_digit(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = until(
        s,
        |r| (r.range(112, 588), r.range(113, 388)),
        |(a, b)| carries(*a, *b) == 1 && a % 10 + b % 10 > 9 && a / 10 % 10 < 8,
    );
    let (sum, digit) = (a + b, a / 10 % 10);
    let (hundreds, ones) = (a / 100, a % 10);
    let of_hundreds = if hundreds == 1 { l.pick("hundred", "centaine") } else { l.pick("hundreds", "centaines") };
    let of_ones = if ones == 1 { l.pick("one", "unité") } else { l.pick("ones", "unités") };
    Problem::new(Answer::number(digit, &[(digit + 1, "forgets-carry")]))
        .math(format!("{hundreds}_{ones} + {b} = {sum}"))
        .tell(say!(
            l,
            "The tens digit of the first number is hidden. Which digit is it?",
            "Le chiffre des dizaines du premier nombre est caché. Lequel est-ce ?"
        ))
        .speak(say!(
            l,
            "{hundreds} {of_hundreds}, hidden tens, {ones} {of_ones}, plus {b}, equals {sum}",
            "{hundreds} {of_hundreds}, dizaines cachées, {ones} {of_ones}, plus {b}, égale {sum}"
        ))
        .hint(say!(l, "Do the ones first. Do they make a ten?", "Fais d'abord les unités. Font-elles une dizaine ?"))
        .hint_with(
            say!(l, "Here are the two numbers that you know.", "Voici les deux nombres connus."),
            [Block::Figure(blocks(sum)), Block::Figure(blocks(b))],
        )
        .hint(say!(
            l,
            "Take {b} away again: {sum} − {b}. Look at the tens.",
            "Enlève {b} : {sum} − {b}. Regarde les dizaines."
        ))
        .step(say!(l, "Undo it: {sum} − {b} = {a}.", "Fais le contraire : {sum} − {b} = {a}."))
        .step(say!(l, "The hidden digit is {digit}.", "Le chiffre caché est {digit}."))
        .praise(say!(
            l,
            "Yes, it was {a}. You thought of the new ten.",
            "Oui, c'était {a}. Tu as pensé à la nouvelle dizaine."
        ))
        .seconds(60)
}

/// `numeracy.add.sub-three-digit`
pub fn sub_three_digit(s: &mut Setup) -> Problem {
    if s.band == 4 && s.rng.chance(1, 4) {
        return count_up(s);
    }
    let (a, b) = difference_numbers(s);
    question(s, a, b, true, &columns::take_rules(a, b))
}

/// 401 − 398: near numbers.
fn count_up(s: &mut Setup) -> Problem {
    let l = s.lang;
    let round = s.rng.range(2, 9) * 100;
    let (below, above) = (s.rng.range(1, 6), s.rng.range(1, 6));
    let (a, b, right) = (round + above, round - below, below + above);
    Problem::new(Answer::number(right, &columns::take_rules(a, b)))
        .figure(Figure::NumberLine(line(round - 10, round + 10, 1, &[round - 10, round, round + 10], &[b, a])))
        .tell(say!(l, "The numbers are near. Count up.", "Les nombres sont proches. Compte en montant."))
        .sum(l, &format!("{a} − {b} = _"))
        .hint(say!(l, "Stand on {b}. How far is it to {a}?", "Pars de {b}. Quelle distance jusqu'à {a} ?"))
        .hint(say!(l, "First go to {round}.", "Va d'abord à {round}."))
        .hint(say!(
            l,
            "From {b} to {round} it is {below}. From {round} to {a}?",
            "De {b} à {round}, il y a {below}. De {round} à {a} ?"
        ))
        .step(say!(
            l,
            "{b} to {round}: {below}. {round} to {a}: {above}.",
            "De {b} à {round} : {below}. De {round} à {a} : {above}."
        ))
        .step(say!(l, "Together {right}.", "Ensemble {right}."))
        .praise(say!(l, "Yes. Counting up was a short way.", "Oui. Compter en montant était un chemin court."))
        .seconds(40)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::check::{DIFFICULTIES, ask};

    #[test]
    fn bands_trade_as_often_as_they_say() {
        let least = [0, 0, 1, 2, 2];
        for (band, difficulty) in DIFFICULTIES.into_iter().enumerate() {
            for seed in 0..300 {
                let asked = ask("numeracy.add.three-digit", difficulty, seed, "en");
                let (a, b) = sum_numbers(&mut Setup::new(&asked));
                assert!(carries(a, b) >= least[band] && (band > 1 || carries(a, b) == 0), "band {band}: {a} + {b}");
                let (a, b) = difference_numbers(&mut Setup::new(&asked));
                assert!(
                    a > b && trades(a, b) >= least[band] && (band > 1 || trades(a, b) == 0),
                    "band {band}: {a} − {b}"
                );
                assert!(band < 4 || a / 10 % 10 == 0, "{a} has no zero");
            }
        }
    }
}
