//! The number line to 100, and rounding. Never here: comparing.

use chalkbox_tool::{Answer, Block, Figure, Judge, NumberLine, Problem, Response, Rule, Setup, line, say, text};

use crate::digits::{choose, shown, swapped};

/// The names on a line.
fn labels(low: i64, high: i64, step: i64) -> Vec<i64> {
    (low..=high).step_by(step as usize).collect()
}

/// Places numbers on a line 0 to 100.
pub fn line_100(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let tens = labels(0, 100, 10);
    match (s.band, form) {
        (0, 0) => which_arrow(s, &tens),
        (0, _) => {
            let n = s.rng.range(1, 9) * 10;
            put(s, n, (0, 100), &tens, 5.0)
        }
        (1, 0) => which_arrow(s, &[0, 50, 100]),
        (1, _) => {
            let n = s.rng.range(1, 9) * 10;
            put(s, n, (0, 100), &[0, 50, 100], 6.0)
        }
        (2, 0) => read_arrow(s, (0, 100), &tens),
        (2, _) => {
            let n = any(s);
            put(s, n, (0, 100), &tens, 4.0)
        }
        (3, _) => {
            let n = any(s);
            put(s, n, (0, 100), &[0, 50, 100], 6.0)
        }
        (_, 0) => read_arrow(s, (40, 60), &[40, 50, 60]),
        (_, 1) => {
            let n = s.rng.range(4, 46);
            put(s, n, (0, 50), &[0, 50], 3.0)
        }
        _ => {
            let n = any(s);
            put(s, n, (0, 100), &[0, 100], 6.0)
        }
    }
}

/// A number between the tens.
fn any(s: &mut Setup) -> i64 {
    s.rng.range(0, 9) * 10 + s.rng.range(1, 9)
}

fn line_of(ends: (i64, i64), labels: &[i64], marks: &[i64]) -> NumberLine {
    line(ends.0, ends.1, 1, labels, marks)
}

fn put(s: &mut Setup, n: i64, ends: (i64, i64), labels: &[i64], tolerance: f32) -> Problem {
    let (low, high) = ends;
    let mut rules: Vec<Rule> = Vec::new();
    if n > 10 && n % 10 != 0 && swapped(n) <= high {
        rules.push((swapped(n), "swaps-digits"));
    }
    if high == 50 {
        rules.push((n / 2, "line-end-ignored"));
    } else if n < 30 {
        rules.push((n + 20, "small-numbers-wide"));
    }
    let answer = Answer::slider(line_of(ends, labels, &[]), n, tolerance, &rules);
    let middle = (low + high) / 2;
    let (below, above) = (n / 10 * 10, (n + 9) / 10 * 10);
    let last = if below == above {
        say!(s.lang, "It stands at {n}, like this.", "Il est à {n}, comme ceci.")
    } else {
        say!(s.lang, "It lies between {below} and {above}.", "Il est entre {below} et {above}.")
    };
    let marks = if below == above { vec![n] } else { vec![below, above] };
    let side = match n.cmp(&middle) {
        std::cmp::Ordering::Less => say!(s.lang, "before the middle", "avant le milieu"),
        std::cmp::Ordering::Equal => say!(s.lang, "in the middle", "au milieu"),
        std::cmp::Ordering::Greater => say!(s.lang, "after the middle", "après le milieu"),
    };
    Problem::new(answer)
        .tell(say!(s.lang, "Put {n} where it belongs on the line.", "Mets {n} à sa place sur la ligne."))
        .hint(say!(
            s.lang,
            "Look at both ends. What number is in the middle?",
            "Regarde les deux bouts. Quel nombre est au milieu ?"
        ))
        .hint_with(
            say!(
                s.lang,
                "The middle is {middle}. Is your number before or after it?",
                "Le milieu est {middle}. Ton nombre est-il avant ou après ?"
            ),
            [Block::Figure(Figure::NumberLine(line_of(ends, &[low, middle, high], &[])))],
        )
        .hint_with(last, [Block::Figure(Figure::NumberLine(line_of(ends, &[low, middle, high], &marks)))])
        .step(say!(
            s.lang,
            "Find the middle: {middle}. The number {n} is {side}.",
            "Trouve le milieu : {middle}. Le nombre {n} est {side}."
        ))
        .step_show([Block::Figure(Figure::NumberLine(line_of(ends, &[low, middle, high], &[n])))])
        .praise(say!(s.lang, "Yes, {n} belongs there: {side}.", "Oui, {n} est bien là : {side}."))
        .seconds(15)
}

fn read_arrow(s: &mut Setup, ends: (i64, i64), labels: &[i64]) -> Problem {
    // A mark at every step: the place can be counted exactly.
    let step = if ends.1 - ends.0 == 100 { 5 } else { 1 };
    let n = ends.0 + step * s.rng.range(1, (ends.1 - ends.0) / step - 1);
    let n = if labels.contains(&n) { n + step } else { n };
    let below = n / 10 * 10;
    let steps = (n - ends.0) / step;
    let rules = [
        (steps, "counts-steps-as-ones"),
        (below + (n - below) / step, "counts-steps-as-ones"),
        (swapped(n), "swaps-digits"),
    ];
    let shown_line = |marks: &[i64]| Figure::NumberLine(line(ends.0, ends.1, step, labels, marks));
    let above = below + 10;
    Problem::new(Answer::number(n, &rules))
        .tell(say!(s.lang, "What number does the flag stand on?", "Sur quel nombre est le drapeau ?"))
        .figure(shown_line(&[n]))
        .hint(say!(
            s.lang,
            "Which named numbers are on both sides of it?",
            "Quels nombres écrits sont de chaque côté ?"
        ))
        .hint(say!(
            s.lang,
            "How many small steps are there between two named numbers? How big is one?",
            "Combien de petits pas entre deux nombres écrits ? De combien est un pas ?"
        ))
        .hint(say!(
            s.lang,
            "It is between {below} and {above}. One small step is {step}.",
            "Il est entre {below} et {above}. Un petit pas vaut {step}."
        ))
        .step(say!(
            s.lang,
            "One small step is {step}. Start at {below} and count the steps.",
            "Un petit pas vaut {step}. Pars de {below} et compte les pas."
        ))
        .step(say!(s.lang, "The flag stands on {n}.", "Le drapeau est sur {n}."))
        .praise(say!(s.lang, "Yes, {n}. You found how big a step is.", "Oui, {n}. Tu as trouvé combien vaut un pas."))
        .seconds(20)
}

fn which_arrow(s: &mut Setup, labels: &[i64]) -> Problem {
    let n = s.rng.range(1, 9) * 10;
    let card = |n: i64| vec![Block::Figure(Figure::NumberLine(line(0, 100, 10, labels, &[n])))];
    let others = [n + 10, n - 10, n + 30, n - 30];
    // Every line here ends at 100, so no flag shows that the end was overlooked.
    let mut wrong = Vec::new();
    wrong.extend((n + 20 < 100).then(|| (card(n + 20), Some("small-numbers-wide"))));
    wrong.extend(others.iter().filter(|k| (1..100).contains(*k)).map(|k| (card(*k), None)));
    wrong.truncate(2);
    let answer = Answer::choice(&mut s.rng, card(n), wrong);
    let half = if n < 50 {
        say!(s.lang, "before the middle", "avant le milieu")
    } else if n > 50 {
        say!(s.lang, "after the middle", "après le milieu")
    } else {
        say!(s.lang, "in the middle", "au milieu")
    };
    let steps = n / 10;
    let of_steps = if steps == 1 { "step" } else { "steps" };
    Problem::new(answer)
        .tell(say!(s.lang, "On which line does the flag stand on {n}?", "Sur quelle ligne le drapeau est-il sur {n} ?"))
        .hint(say!(s.lang, "What number is in the middle of the line?", "Quel nombre est au milieu de la ligne ?"))
        .hint(say!(
            s.lang,
            "Each step is ten. Count in tens from 0.",
            "Chaque pas vaut dix. Compte de dix en dix depuis 0."
        ))
        .hint(say!(
            s.lang,
            "It is {steps} {of_steps} of ten from 0, {half}.",
            "C'est à {steps} pas de dix depuis 0, {half}."
        ))
        .step(say!(
            s.lang,
            "Count in tens to {n}: {steps} {of_steps} from 0.",
            "Compte de dix en dix jusqu'à {n} : {steps} pas depuis 0."
        ))
        .step_show(card(n))
        .praise(say!(
            s.lang,
            "Yes, {n} is {half}, {steps} {of_steps} of ten from 0.",
            "Oui, {n} est {half}, à {steps} pas de dix depuis 0."
        ))
        .seconds(18)
}

/// The nearest multiple of `to`, the middle going up.
pub fn nearest(n: i64, to: i64) -> i64 {
    (n + to / 2) / to * to
}

/// What children answer when they round.
fn rounding_rules(n: i64, to: i64) -> Vec<Rule> {
    let right = nearest(n, to);
    let down = n / to * to;
    let mut rules = Vec::new();
    let in_chain = nearest(nearest(n, 10), 100);
    if to == 100 && in_chain != right {
        rules.push((in_chain, "rounds-in-chain"));
    }
    if right == down {
        rules.push((down + to, "rounds-up-always"));
    } else {
        rules.push((down, "rounds-down-always"));
    }
    if to == 100 {
        rules.push((nearest(n, 10), "rounds-wrong-place"));
    } else if n > 100 {
        rules.push((nearest(n, 100), "rounds-wrong-place"));
    }
    rules.push((n + to, "keeps-other-digits"));
    rules.push((n % to + nearest(n, to) / to * to, "keeps-other-digits"));
    rules
}

/// Rounds to the nearest ten and hundred.
pub fn round_10_100(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, _) => {
            let ones = *s.rng.pick(&[1, 2, 3, 7, 8, 9]);
            let n = s.rng.range(1, 8) * 10 + ones;
            let low = n / 10 * 10;
            round(s, n, 10).figure(Figure::NumberLine(line(low, low + 10, 1, &[low, low + 10], &[n])))
        }
        (1, 0) => {
            let n = s.rng.range(2, 8) * 10 + s.rng.range(1, 4);
            round_by_choice(s, n, 10)
        }
        (1, _) => {
            let ones = *s.rng.pick(&[1, 2, 3, 4, 6, 7, 8, 9]);
            let n = s.rng.range(1, 8) * 10 + ones;
            round(s, n, 10)
        }
        (2, 0 | 1) => {
            let n = s.rng.range(1, 8) * 10 + 5;
            round(s, n, 10)
        }
        (2, _) => {
            let n = s.rng.range(11, 94) * 10 + s.rng.range(1, 9);
            round(s, n, 10)
        }
        (3, 0) => sort_hundreds(s),
        (3, 1) => {
            let n = s.rng.range(1, 8) * 100 + s.rng.range(11, 89);
            round_by_choice(s, n, 100)
        }
        (3, _) => {
            let n = s.rng.range(1, 8) * 100 + s.rng.range(11, 89);
            round(s, n, 100)
        }
        (_, 0) => {
            let n = s.rng.range(95, 99);
            let n = if s.rng.chance(1, 2) { n } else { n + 100 * s.rng.range(1, 8) };
            round(s, n, 10)
        }
        (_, 1) => {
            let n = s.rng.range(951, 998);
            round(s, n, 100)
        }
        (_, 2) => {
            // 45 to 49 in the last places: rounding twice goes wrong.
            let n = s.rng.range(1, 8) * 100 + s.rng.range(45, 49);
            round(s, n, 100)
        }
        _ => which_round_to(s),
    }
}

fn place_word(s: &Setup, to: i64) -> String {
    if to == 10 { say!(s.lang, "ten", "dizaine") } else { say!(s.lang, "hundred", "centaine") }
}

fn rounding_help(s: &Setup, n: i64, to: i64, problem: Problem) -> Problem {
    let (low, high, right) = (n / to * to, n / to * to + to, nearest(n, to));
    let middle = low + to / 2;
    let (low_shown, high_shown, right_shown) = (shown(low), shown(high), shown(right));
    let why = if n == middle {
        say!(
            s.lang,
            "{n} is just in the middle, and from the middle we go up",
            "{n} est juste au milieu, et du milieu on monte"
        )
    } else if n < middle {
        say!(s.lang, "{n} is before the middle, {middle}", "{n} est avant le milieu, {middle}")
    } else {
        say!(s.lang, "{n} is after the middle, {middle}", "{n} est après le milieu, {middle}")
    };
    let step = to / 10;
    problem
        .hint(if to == 10 {
            say!(s.lang, "Between which two tens is it?", "Entre quelles deux dizaines est-il ?")
        } else {
            say!(s.lang, "Between which two hundreds is it?", "Entre quelles deux centaines est-il ?")
        })
        .hint_with(
            say!(s.lang, "Look at the line. The middle is {middle}.", "Regarde la ligne. Le milieu est {middle}."),
            [Block::Figure(Figure::NumberLine(line(low, high, step, &[low, middle, high], &[])))],
        )
        .hint_with(
            say!(
                s.lang,
                "Here is {n}. Which end is nearer? In the middle we go up.",
                "Voici {n}. Quel bout est le plus près ? Au milieu, on monte."
            ),
            [Block::Figure(Figure::NumberLine(line(low, high, step, &[low, high], &[n])))],
        )
        .step(say!(
            s.lang,
            "{n} lies between {low_shown} and {high_shown}. The middle is {middle}.",
            "{n} est entre {low_shown} et {high_shown}. Le milieu est {middle}."
        ))
        .step_show([Block::Figure(Figure::NumberLine(line(low, high, step, &[low, middle, high], &[n])))])
        .step(say!(s.lang, "{why}: so {right_shown}.", "{why} : donc {right_shown}."))
        .praise(say!(s.lang, "Yes, {right_shown}: {why}.", "Oui, {right_shown} : {why}."))
        .seconds(18)
}

fn round(s: &mut Setup, n: i64, to: i64) -> Problem {
    let place = place_word(s, to);
    let answer = Answer::number(nearest(n, to), &rounding_rules(n, to));
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Round {n} to the nearest {place}.",
        "Arrondis {n} à la {place} la plus proche."
    ));
    rounding_help(s, n, to, problem)
}

fn round_by_choice(s: &mut Setup, n: i64, to: i64) -> Problem {
    let place = place_word(s, to);
    let answer = choose(&mut s.rng, nearest(n, to), &rounding_rules(n, to), 4, (0, 2000));
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Which is the nearest {place} to {n}?",
        "Quelle est la {place} la plus proche de {n} ?"
    ));
    rounding_help(s, n, to, problem)
}

/// Numbers to sort to their nearest hundred.
fn sort_hundreds(s: &mut Setup) -> Problem {
    let h = s.rng.range(2, 7) * 100;
    let numbers =
        [h - s.rng.range(11, 49), h + s.rng.range(11, 44), h + s.rng.range(51, 89), h + 100 + s.rng.range(11, 44)];
    let things = numbers.iter().zip([0, 0, 1, 1]).map(|(n, group)| (text(n.to_string()), group)).collect();
    let groups = vec![text(h.to_string()), text((h + 100).to_string())];
    let rules = [
        (1, 1, "rounds-up-always"),
        (2, 0, "rounds-down-always"),
        (0, 1, "rounds-up-always"),
        (3, 0, "rounds-down-always"),
    ];
    let answer = Answer::sorting(&mut s.rng, things, groups, &rules);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Put each number to its nearest hundred.",
        "Mets chaque nombre avec sa centaine la plus proche."
    ));
    rounding_help(s, numbers[1], 100, problem)
        .praise(say!(
            s.lang,
            "Yes, each number is with its nearest hundred.",
            "Oui, chaque nombre est avec sa centaine la plus proche."
        ))
        .seconds(35)
}

/// Any number that rounds to a ten.
fn which_round_to(s: &mut Setup) -> Problem {
    let ten = s.rng.range(2, 9) * 10;
    let (low, high) = (ten - 5, ten + 4);
    let others = (low..=high).filter(|n| *n != ten + 3).map(|n| Response::Number(n.to_string())).collect();
    let answer = Answer::number(
        ten + 3,
        &[
            (ten + 5, "rounds-down-always"),
            (ten + 9, "rounds-down-always"),
            (ten - 6, "rounds-up-always"),
            (ten - 9, "rounds-up-always"),
        ],
    )
    .judge(Judge::AnyOf(others));
    let example = ten + 3;
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "Write a number that rounds to {ten} (nearest ten).",
            "Écris un nombre qui s'arrondit à {ten} (à la dizaine)."
        ))
        .hint(say!(
            s.lang,
            "Which numbers are nearer to {ten} than to any other ten?",
            "Quels nombres sont plus près de {ten} que d'une autre dizaine ?"
        ))
        .hint_with(
            say!(s.lang, "Look around {ten} on the line.", "Regarde autour de {ten} sur la ligne."),
            [Block::Figure(Figure::NumberLine(line(ten - 10, ten + 10, 1, &[ten - 10, ten, ten + 10], &[])))],
        )
        .hint(say!(
            s.lang,
            "From {low} to {high}, all are nearest to {ten}.",
            "De {low} à {high}, tous sont plus près de {ten}."
        ))
        .step(say!(
            s.lang,
            "The middles are {low} and one more than {high}: from {low} to {high} all round to {ten}.",
            "Les milieux sont {low} et un de plus que {high} : de {low} à {high}, tous s'arrondissent à {ten}."
        ))
        .step(say!(s.lang, "For example {example}.", "Par exemple {example}."))
        .praise(say!(s.lang, "Yes, that rounds to {ten}.", "Oui, il s'arrondit à {ten}."))
        .retry(say!(
            s.lang,
            "Is it nearer to {ten} than to the next ten?",
            "Est-il plus près de {ten} que de la dizaine voisine ?"
        ))
        .seconds(20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::check::ask;

    #[test]
    fn a_flag_on_a_line_to_100_never_shows_an_overlooked_end() {
        for seed in 0..200 {
            let ask = ask("numeracy.place.line-100", 0.5, seed, "en");
            let answer = which_arrow(&mut Setup::new(&ask), &[0, 50, 100]).answer;
            assert!(answer.wrong.iter().all(|wrong| wrong.code == "small-numbers-wide"), "seed {seed}");
        }
    }
}
