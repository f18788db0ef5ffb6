//! Two or three digits divided by one digit (numeracy.mult.divide-long). Never here: facts within the tables.

use chalkbox_tool::forms::{asked, until};
use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, base_ten, say, text};

use crate::{help, remainder};

/// The digits of a number, the highest first.
fn digits(n: i64) -> Vec<i64> {
    n.to_string().bytes().map(|byte| i64::from(byte - b'0')).collect()
}

/// A number from digits, the highest first; of two figures in one place both are written.
fn number(digits: &[i64]) -> i64 {
    digits.iter().map(i64::to_string).collect::<String>().parse().unwrap_or(0)
}

/// What whole ÷ by is mistaken for in writing.
fn long_rules(whole: i64, by: i64) -> Vec<Rule> {
    let right = whole / by;
    let places = digits(whole);
    let mut rules = Vec::new();
    if right > 100 && right / 10 % 10 == 0 || right % 10 == 0 {
        let kept: Vec<i64> = digits(right).into_iter().filter(|digit| *digit != 0).collect();
        rules.push((number(&kept), "drops-zero"));
    }
    if places.iter().all(|digit| *digit > 0) && places.iter().any(|digit| *digit < by) {
        let turned: Vec<i64> = places.iter().map(|digit| by.max(*digit) / by.min(*digit)).collect();
        rules.push((number(&turned), "smaller-into-larger"));
    }
    rules.push((number(&places.iter().map(|digit| digit / by).collect::<Vec<_>>()), "divides-digits-apart"));
    rules.extend([(right - 1, "one-group-off"), (right + 1, "one-group-off"), (whole - by, "subtracts-instead")]);
    rules.retain(|(n, _)| *n > 0);
    rules
}

/// The whole in parts that each divide: 384 by 6 gives (360, 60), (24, 4); what is left is not among them.
fn chunks(whole: i64, by: i64) -> Vec<(i64, i64)> {
    let places = digits(whole / by);
    let count = places.len() as u32;
    places
        .iter()
        .enumerate()
        .map(|(i, digit)| digit * 10_i64.pow(count - 1 - i as u32))
        .filter(|part| *part > 0)
        .map(|part| (part * by, part))
        .collect()
}

/// Hints, steps and praise: share the large places first, pass on what is left.
fn helped(p: Problem, s: &Setup, whole: i64, by: i64) -> Problem {
    let (l, right) = (s.lang, whole / by);
    let parts = chunks(whole, by);
    let (first, share) = parts[0];
    let rest = whole - first;
    let p = p.hint(if share > 99 {
        say!(
            l,
            "How many hundreds can each of the {by} get?",
            "Combien de centaines chacun des {by} peut-il recevoir ?"
        )
    } else {
        say!(l, "How many tens can each of the {by} get?", "Combien de dizaines chacun des {by} peut-il recevoir ?")
    });
    let p = p
        .hint_with(
            say!(
                l,
                "Share the bundles among {by}. Open what is left and go on.",
                "Partage les fagots en {by}. Ouvre ce qui reste et continue."
            ),
            [Block::Figure(base_ten(whole / 100, whole / 10 % 10, whole % 10))],
        )
        .hint(if rest > 0 {
            say!(
                l,
                "{first} ÷ {by} = {share}. There are still {rest} to share.",
                "{first} ÷ {by} = {share}. Il reste encore {rest} à partager."
            )
        } else {
            let (small, tens) = (share / 10, first / 10);
            say!(l, "{tens} tens ÷ {by} = {small} tens.", "{tens} dizaines ÷ {by} = {small} dizaines.")
        });
    solved(p, s, whole, by)
        .praise(say!(l, "Yes, {right}. You shared every place.", "Oui, {right}. Tu as partagé chaque rang."))
        .seconds(if whole > 99 { 75 } else { 50 })
}

/// The steps of whole ÷ by: its parts, each part's share, and the check.
fn solved(p: Problem, s: &Setup, whole: i64, by: i64) -> Problem {
    let (l, right, left, parts) = (s.lang, whole / by, whole % by, chunks(whole, by));
    let split: Vec<String> = parts.iter().map(|(part, _)| part.to_string()).collect();
    let mut sum = split.join(" + ");
    if left > 0 {
        sum = format!("{sum} + {left}");
    }
    let mut p = if left == 0 && parts.len() == 1 {
        p.step(say!(l, "{by} equal parts of {whole}.", "{by} parts égales de {whole}."))
    } else {
        p.step(say!(
            l,
            "Split it into parts that can be shared: {whole} = {sum}.",
            "Fais des parts qui se partagent : {whole} = {sum}."
        ))
    };
    for (part, share) in &parts {
        p = p.step_show([Block::Math(format!("{part} ÷ {by} = {share}"))]);
    }
    let back = right * by;
    if left > 0 {
        p.step(say!(l, "That makes {right}, and {left} left over.", "Cela fait {right}, et il reste {left}.")).step(
            say!(
                l,
                "Check: {right} × {by} = {back}, and {left} more is {whole}.",
                "Vérifie : {right} × {by} = {back}, et encore {left} font {whole}."
            ),
        )
    } else {
        p.step(say!(
            l,
            "Together: {right}. Check: {right} × {by} = {back}.",
            "Ensemble : {right}. Vérifie : {right} × {by} = {back}."
        ))
    }
}

/// A division of a band that comes out even.
fn even(s: &mut Setup) -> (i64, i64) {
    let band = s.band;
    let (right, by) = until(
        s,
        |r| match band {
            0 => (*r.pick(&[11, 12, 13, 14, 20, 21, 22, 23, 24, 30, 31, 32, 33, 34, 42, 43]), r.range(2, 4)),
            1 | 2 => (r.range(12, 45), r.range(2, 7)),
            3 => (r.range(23, 198), r.range(3, 8)),
            _ => (
                *r.pick(&[101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 120, 130, 140, 203, 205, 208]),
                r.range(3, 8),
            ),
        },
        |(right, by)| {
            let whole = right * by;
            let places = digits(whole);
            match band {
                0 => whole < 100 && places.iter().all(|digit| digit % by == 0),
                1 | 2 => whole < 100 && places[0] > *by && places[0] % by > 0 && right % 10 > 0,
                3 => (100..1000).contains(&whole) && digits(*right).iter().all(|digit| *digit > 0),
                _ => (100..1000).contains(&whole),
            }
        },
    );
    (right * by, by)
}

/// `numeracy.mult.divide-long`
pub fn divide_long(s: &mut Setup) -> Problem {
    let form = s.rng.below(6);
    match (s.band, form) {
        (1, 0 | 1) => in_parts(s),
        (2, 0 | 1) => which_check(s),
        (2, _) => with_rest(s),
        (3, 0) => about(s),
        (3, 1) => in_parts(s),
        (4, 0) => missing_digit(s),
        (4, 1) => buses(s),
        (4, 2) => which_check(s),
        _ => worked_out(s),
    }
}

/// whole ÷ by, even.
fn worked_out(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (whole, by) = even(s);
    let p = Problem::new(asked(s, whole / by, &long_rules(whole, by), 400))
        .tell(say!(l, "How much is it?", "Combien cela fait-il ?"))
        .sum(l, &format!("{whole} ÷ {by} = _"));
    helped(p, s, whole, by)
}

/// 96 ÷ 4: 80 ÷ 4, 16 ÷ 4, then both, with tiles.
fn in_parts(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (whole, by) = even(s);
    let (first, share) = chunks(whole, by)[0];
    let rest = whole - first;
    let written = [
        (format!("{first} ÷ {by} = _"), share),
        (format!("{whole} − {first} = _"), rest),
        (format!("{rest} ÷ {by} = _"), rest / by),
        (format!("{whole} ÷ {by} = _"), whole / by),
    ];
    let mut rules = long_rules(whole, by);
    rules.insert(0, (number(&digits(share).into_iter().filter(|digit| *digit > 0).collect::<Vec<_>>()), "drops-zero"));
    let (answer, spoken) = help::lines(s, &written, &rules, 900);
    let p = Problem::new(answer)
        .tell(say!(l, "Share in two parts. Fill in each line.", "Partage en deux fois. Complète chaque ligne."))
        .speak(spoken);
    helped(p, s, whole, by).seconds(70)
}

/// Two digits with a remainder.
fn with_rest(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (whole, by) = uneven(s);
    let (answer, spoken) = remainder::result_tiles(s, whole, by);
    let p = Problem::new(answer)
        .tell(say!(l, "How much is it, and what is left over?", "Combien cela fait-il, et combien reste-t-il ?"))
        .speak(spoken);
    helped(p, s, whole, by)
}

/// A division of two digits that does not come out even.
fn uneven(s: &mut Setup) -> (i64, i64) {
    until(
        s,
        |r| (r.range(31, 98), r.range(3, 7)),
        |(whole, by)| whole % by > 0 && whole / by > 10 && whole / 10 % by > 0,
    )
}

/// Which line checks a division, with or without a remainder?
fn which_check(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (whole, by) = uneven(s);
    let (right, left) = (whole / by, whole % by);
    let math = |line: String| vec![Block::Math(line)];
    let back = right * by;
    let wrong = vec![
        (math(format!("{right} × {by} = {whole}")), Some("ignores-remainder")),
        (math(format!("{} × {by} + {} = {whole}", right - 1, left + by)), Some("remainder-too-big")),
        (math(format!("{left} × {by} + {right} = {whole}")), Some("swaps-quotient-remainder")),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, math(format!("{right} × {by} + {left} = {whole}")), wrong))
        .tell(say!(
            l,
            "Which line shows the whole result of this division?",
            "Quelle ligne donne le résultat complet de cette division ?"
        ))
        .sum(l, &format!("{whole} ÷ {by}"));
    p.hint(say!(l, "Multiply back, then look at what is left.", "Multiplie en retour, puis regarde ce qui reste."))
        .hint(say!(l, "The rest must be less than {by}.", "Le reste doit être plus petit que {by}."))
        .hint(say!(
            l,
            "{right} × {by} = {back}. How much is missing to {whole}?",
            "{right} × {by} = {back}. Combien manque-t-il jusqu'à {whole} ?"
        ))
        .step(say!(
            l,
            "{right} × {by} = {back}, which is just below {whole}.",
            "{right} × {by} = {back}, juste au-dessous de {whole}."
        ))
        .step_show([Block::Math(format!("{right} × {by} + {left} = {whole}"))])
        .praise(say!(l, "Yes. Groups and rest give the whole back.", "Oui. Les groupes et le reste redonnent le tout."))
        .seconds(60)
}

/// Which estimate fits?
fn about(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (whole, by, near) = until(
        s,
        |r| {
            let (near, by) = (r.range(3, 9) * 10, r.range(3, 8));
            (near * by + r.range(-9, 9), by, near)
        },
        |(whole, by, near)| (101..1000).contains(whole) && (whole - near * by).abs() > 2,
    );
    let round = near * by;
    let wrong = vec![
        (text((near / 10).to_string()), Some("drops-zero")),
        (text((near * 10).to_string()), None),
        (text(round.to_string()), Some("stops-after-one-step")),
    ];
    Problem::new(Answer::choice(&mut s.rng, text(near.to_string()), wrong))
        .tell(say!(l, "About how much is it?", "Cela fait environ combien ?"))
        .sum(l, &format!("{whole} ÷ {by}"))
        .hint(say!(
            l,
            "Look for a number near {whole} that is easy to divide by {by}.",
            "Cherche près de {whole} un nombre facile à diviser par {by}."
        ))
        .hint(say!(l, "{round} is near {whole}.", "{round} est proche de {whole}."))
        .hint(say!(l, "How many tens are {round} ÷ {by}?", "Combien de dizaines font {round} ÷ {by} ?"))
        .step(say!(l, "{whole} is about {round}.", "{whole}, c'est environ {round}."))
        .step(say!(
            l,
            "{round} ÷ {by} = {near}, so it is about {near}.",
            "{round} ÷ {by} = {near}, c'est donc environ {near}."
        ))
        .praise(say!(l, "Yes, about {near}.", "Oui, environ {near}."))
        .seconds(45)
}

/// The whole is asked, by multiplying back.
fn missing_digit(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (right, by) =
        until(s, |r| (r.range(23, 148), r.range(3, 6)), |(right, by)| right * by > 99 && right % 10 * by > 9);
    let whole = right * by;
    let carry = right % 10 * by / 10 * 10;
    let rules = [
        (whole - carry, "forgets-carry"),
        (right / by, "uses-shown-sign"),
        (right + by, "adds-instead-of-multiplies"),
        (whole + by, "one-group-off"),
    ];
    let (tens, ones) = (right / 10 * 10, right % 10);
    let (one, two) = (tens * by, ones * by);
    Problem::new(asked(s, whole, &rules, 999))
        .tell(say!(l, "Which number was divided?", "Quel nombre a été divisé ?"))
        .sum(l, &format!("_ ÷ {by} = {right}"))
        .hint(say!(
            l,
            "The whole is missing. How do you undo dividing?",
            "C'est le tout qui manque. Comment défaire une division ?"
        ))
        .hint(say!(l, "Put the {by} equal shares together again.", "Remets ensemble les {by} parts égales."))
        .hint(say!(
            l,
            "Work out {right} × {by}: {tens} × {by} = {one}, and then?",
            "Calcule {right} × {by} : {tens} × {by} = {one}, et ensuite ?"
        ))
        .step(say!(
            l,
            "{tens} × {by} = {one} and {ones} × {by} = {two}.",
            "{tens} × {by} = {one} et {ones} × {by} = {two}."
        ))
        .step_show([Block::Math(format!("{right} × {by} = {whole}")), Block::Math(format!("{whole} ÷ {by} = {right}"))])
        .praise(say!(l, "Yes. Multiplying back gives {whole}.", "Oui. La multiplication redonne {whole}."))
        .seconds(60)
}

/// A story with a remainder to judge.
fn buses(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (whole, by) = uneven(s);
    let (right, left) = (whole / by + 1, whole % by);
    let rules = [
        (right - 1, "remainder-story-slip"),
        (left, "swaps-quotient-remainder"),
        (whole - by, "subtracts-instead"),
        (whole * by, "multiplies-instead"),
    ];
    let p = Problem::new(asked(s, right, &rules, 200)).tell(say!(
        l,
        "{whole} children sit at tables of {by}. How many tables are needed for all?",
        "On place {whole} enfants à des tables de {by}. Combien de tables faut-il pour tous ?"
    ));
    let groups = right - 1;
    let back = groups * by;
    p.hint(say!(
        l,
        "Divide first. Then think of those that are left.",
        "Divise d'abord. Puis pense à ceux qui restent."
    ))
    .hint(say!(
        l,
        "Ten tables hold {by} tens. How many more tables are full?",
        "Dix tables, c'est {by} dizaines d'enfants. Combien d'autres tables sont pleines ?"
    ))
    .hint(say!(
        l,
        "{groups} × {by} = {back}. Where do the others sit?",
        "{groups} × {by} = {back}. Où s'assoient les autres ?"
    ))
    .step(say!(
        l,
        "{groups} tables are full: {groups} × {by} = {back}.",
        "{groups} tables sont pleines : {groups} × {by} = {back}."
    ))
    .step(say!(
        l,
        "{whole} − {back} = {left}: one more table is needed. {right} tables.",
        "{whole} − {back} = {left} : il faut encore une table. {right} tables."
    ))
    .praise(say!(l, "Yes, {right}. You thought of the rest.", "Oui, {right}. Tu as pensé au reste."))
    .seconds(70)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisions_stay_in_their_band() {
        for (band, difficulty) in chalkbox_tool::check::DIFFICULTIES.into_iter().enumerate() {
            for seed in 0..300 {
                let ask = chalkbox_tool::check::ask("numeracy.mult.divide-long", difficulty, seed, "en");
                let (whole, by) = even(&mut Setup::new(&ask));
                let zero = digits(whole / by).contains(&0);
                assert_eq!((whole % by, whole > 99), (0, band > 2), "{whole} ÷ {by} in band {band}");
                assert!(zero == (band == 4) || band == 0, "{whole} ÷ {by} in band {band}");
                let (whole, by) = uneven(&mut Setup::new(&ask));
                assert!(whole % by > 0 && whole / by > 10, "{whole} ÷ {by}");
            }
        }
    }

    #[test]
    fn slips_of_long_division() {
        let has =
            |whole, by, n, code| assert!(long_rules(whole, by).contains(&(n, code)), "{whole} ÷ {by}: {n} {code}");
        has(96, 4, 21, "divides-digits-apart");
        has(618, 6, 13, "drops-zero");
        has(420, 4, 15, "drops-zero");
        has(318, 6, 261, "smaller-into-larger");
        assert!(long_rules(84, 4).iter().all(|(n, code)| *code != "divides-digits-apart" || *n == 21));
    }

    #[test]
    fn parts_that_can_be_shared() {
        assert_eq!(chunks(384, 6), [(360, 60), (24, 4)]);
        assert_eq!(chunks(618, 6), [(600, 100), (18, 3)]);
        assert_eq!(chunks(75, 4), [(40, 10), (32, 8)]);
    }
}
