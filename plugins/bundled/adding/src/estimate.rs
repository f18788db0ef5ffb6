//! About how much: round, then add or take away (numeracy.add.estimate). Never here: exact columns.

use chalkbox_tool::forms::until;
use chalkbox_tool::{Answer, Block, Figure, Problem, Rule, Setup, line, say, text};

/// The nearest multiple of `to`.
fn round(n: i64, to: i64) -> i64 {
    (n + to / 2) / to * to
}

/// Not half way between two round numbers, and not round itself.
fn plain(n: i64, to: i64) -> bool {
    let rest = n % to;
    rest > 0 && (rest - to / 2).abs() > to / 20
}

/// How far the rounded sum or difference is from the exact one.
fn drift(a: i64, b: i64, to: i64, takes: bool) -> i64 {
    let b = if takes { -b } else { b };
    // Rounding is the same on both sides of zero: no number drawn lies half way.
    let rounded = round(a, to) + b.signum() * round(b.abs(), to);
    (rounded - (a + b)).abs()
}

/// `numeracy.add.estimate`
pub fn estimate(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(4)) {
        (3, 0 | 1) => possible(s),
        (2, 0) => more_or_less(s),
        (4, 0) => too_low_or_high(s),
        (4, 1) => three_numbers(s),
        (2 | 4, 2) => on_the_line(s),
        _ => about(s),
    }
}

/// About a + b or a − b, rounded to tens or hundreds.
fn about(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (to, takes) = match s.band {
        0 => (10, false),
        1 => (10, true),
        _ => (100, s.rng.chance(1, 2)),
    };
    let choice = s.band == 0 || s.rng.chance(1, 3);
    let (low, high) = if to == 10 { (12, 88) } else { (112, 888) };
    let (a, b) = until(
        s,
        |r| (r.range(low, high), r.range(low, high)),
        |(a, b)| {
            plain(*a, to)
                && plain(*b, to)
                && (!takes || round(*a, to) - round(*b, to) >= 2 * to)
                && (takes || a + b < 10 * to)
                // Where the nearest is to be chosen, no other round number may be as near.
                && (!choice || 2 * drift(*a, *b, to, takes) < to)
        },
    );
    let (ra, rb) = (round(a, to), round(b, to));
    let (sign, right, exact) = if takes { ('−', ra - rb, a - b) } else { ('+', ra + rb, a + b) };
    let (da, db) = (a / to * to, b / to * to);
    let down = if takes { da - db } else { da + db };
    let mixed = if takes { (ra - round(b, to / 10)).max(0) } else { ra + round(b, to / 10) };
    let mut rules: Vec<Rule> = vec![(exact, "exact-not-about"), (down, "rounds-down-always")];
    rules.extend((to == 100).then_some((mixed, "rounds-wrong-place")));
    rules.extend(takes.then_some((ra + rb, "adds-instead")));
    let answer = if choice {
        let mut wrong: Vec<Rule> = rules.iter().copied().filter(|(n, _)| n % to == 0 && *n != right).collect();
        wrong.truncate(1);
        let mut options: Vec<_> = wrong.iter().map(|(n, code)| (text(n.to_string()), Some(*code))).collect();
        options.extend(
            [right + 3 * to, (right - 3 * to).abs()]
                .iter()
                .filter(|n| **n != right)
                .map(|n| (text(n.to_string()), None)),
        );
        Answer::choice(&mut s.rng, text(right.to_string()), options)
    } else {
        Answer::number(right, &rules)
    };
    let p = Problem::new(answer);
    let p = if choice {
        p.tell(say!(
            l,
            "About how much is it? Choose the nearest.",
            "Cela fait environ combien ? Choisis le plus proche."
        ))
    } else if to == 10 {
        p.tell(say!(
            l,
            "Round both numbers to tens, then work it out.",
            "Arrondis les deux nombres à la dizaine, puis calcule."
        ))
    } else {
        p.tell(say!(
            l,
            "Round both numbers to hundreds, then work it out.",
            "Arrondis les deux nombres à la centaine, puis calcule."
        ))
    };
    rounding_help(p.sum(l, &format!("{a} {sign} {b}")), s, (a, b), to, takes)
}

fn rounding_help(p: Problem, s: &Setup, (a, b): (i64, i64), to: i64, takes: bool) -> Problem {
    let l = s.lang;
    let (ra, rb) = (round(a, to), round(b, to));
    let (sign, right) = if takes { ('−', ra - rb) } else { ('+', ra + rb) };
    let high = to * 10;
    p.hint(say!(l, "Which round number is each one near?", "De quel nombre rond chacun est-il proche ?"))
        .hint_with(
            say!(l, "Look at both on the line.", "Regarde les deux sur la ligne."),
            [Block::Figure(Figure::NumberLine(line(0, high, to, &[0, high / 2, high], &[a, b])))],
        )
        .hint(say!(l, "{a} is near {ra}. Now round {b}.", "{a} est proche de {ra}. Arrondis maintenant {b}."))
        .step(say!(l, "{a} is about {ra}, {b} is about {rb}.", "{a}, c'est environ {ra} ; {b}, c'est environ {rb}."))
        .step_show([Block::Math(format!("{ra} {sign} {rb} = {right}"))])
        .step(say!(l, "So the answer is about {right}.", "La réponse est donc environ {right}."))
        .praise(say!(
            l,
            "Yes, about {right}. Rounding shows if an answer makes sense.",
            "Oui, environ {right}. Arrondir montre si une réponse est possible."
        ))
        .seconds(35)
}

/// Is a + b more or less than a round number? Rounding is enough to see it.
fn more_or_less(s: &mut Setup) -> Problem {
    let l = s.lang;
    let limit = s.rng.range(4, 8) * 100;
    let (a, b) = until(
        s,
        |r| (r.range(112, 588), r.range(112, 588)),
        |(a, b)| {
            plain(*a, 100)
                && plain(*b, 100)
                && (round(*a, 100) + round(*b, 100) - limit).abs() == 100
                && (a + b - limit).abs() > 30
                && (a + b > limit) == (round(*a, 100) + round(*b, 100) > limit)
        },
    );
    let more = a + b > limit;
    let cut = a / 100 * 100 + b / 100 * 100;
    let code = (more && cut <= limit).then_some("rounds-down-always");
    let words = [
        (text(say!(l, "more than {limit}", "plus de {limit}")), None),
        (text(say!(l, "less than {limit}", "moins de {limit}")), code),
    ];
    let answer = Answer::choice_in_order(words.to_vec(), usize::from(!more));
    let p = Problem::new(answer)
        .tell(say!(
            l,
            "More or less than {limit}? Do not work it out: round.",
            "Plus ou moins de {limit} ? Sans calculer : arrondis."
        ))
        .sum(l, &format!("{a} + {b}"));
    rounding_help(p, s, (a, b), 100, false)
}

/// A guess on a line. It is right near the exact result, and the rounded one is always near enough.
fn on_the_line(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = until(
        s,
        |r| (r.range(412, 888), r.range(112, 488)),
        |(a, b)| {
            plain(*a, 100) && plain(*b, 100) && round(*a, 100) - round(*b, 100) >= 200 && drift(*a, *b, 100, true) <= 40
        },
    );
    let right = a - b;
    let rules = [((a + b).min(1000), "adds-instead"), (a, "repeats-given-number")];
    let answer = Answer::slider(line(0, 1000, 100, &[0, 500, 1000], &[]), right, 60.0, &rules);
    let p = Problem::new(answer)
        .tell(say!(l, "Put your guess on the line.", "Place ton estimation sur la ligne."))
        .sum(l, &format!("{a} − {b}"));
    rounding_help(p, s, (a, b), 100, true).step(say!(
        l,
        "Exactly it is {right}: any guess near it is good.",
        "Exactement, c'est {right} : toute estimation proche est bonne."
    ))
}

/// An answer is given: can it be right, and how do you see it?
fn possible(s: &mut Setup) -> Problem {
    let l = s.lang;
    // 0: it can be right; 1: wrong last digit; 2: much too big; 3: much too small.
    let kind = s.rng.below(4) as usize;
    let (a, b, given) = given_sum(s, kind);
    let cut = a / 100 * 100 + b / 100 * 100;
    let size = |words: String, code| (text(words), code);
    let options = vec![
        size(
            say!(l, "It can be right.", "C'est possible."),
            (kind == 3 && (given - cut).abs() <= 50).then_some("rounds-down-always"),
        ),
        size(say!(l, "The last digit does not fit.", "Le dernier chiffre ne va pas."), None),
        size(
            say!(l, "It is much too big.", "C'est beaucoup trop grand."),
            (kind == 0 && given - cut >= 150).then_some("rounds-down-always"),
        ),
        size(say!(l, "It is much too small.", "C'est beaucoup trop petit."), None),
    ];
    let answer = Answer::choice_in_order(options, kind);
    let (ra, rb) = (round(a, 100), round(b, 100));
    let about = ra + rb;
    let (x, y) = (a % 10, b % 10);
    let ends = (x + y) % 10;
    let last = given % 10;
    let verdict = match kind {
        0 => say!(
            l,
            "Size and last digit fit: it can be right.",
            "La taille et le dernier chiffre vont : c'est possible."
        ),
        1 => say!(l, "It must end in {ends}, not in {last}.", "Cela doit finir par {ends}, pas par {last}."),
        2 => say!(
            l,
            "About {about} is right: {given} is much too big.",
            "Environ {about} serait juste : {given} est beaucoup trop grand."
        ),
        _ => say!(
            l,
            "About {about} is right: {given} is much too small.",
            "Environ {about} serait juste : {given} est beaucoup trop petit."
        ),
    };
    Problem::new(answer)
        .sum(l, &format!("{a} + {b} = {given}"))
        .tell(say!(l, "Check without working it out. What do you see?", "Vérifie sans tout calculer. Que vois-tu ?"))
        .hint(say!(
            l,
            "Check the size first, then the last digit.",
            "Vérifie d'abord la taille, puis le dernier chiffre."
        ))
        .hint(say!(
            l,
            "Round both to hundreds. Then add only the ones: {x} + {y}.",
            "Arrondis les deux à la centaine. Puis ajoute seulement les unités : {x} + {y}."
        ))
        .hint(say!(l, "It is about {about}. Compare with {given}.", "C'est environ {about}. Compare avec {given}."))
        .step(say!(l, "Size: {ra} + {rb} = {about}.", "Taille : {ra} + {rb} = {about}."))
        .step(say!(l, "Last digit: {x} + {y} ends in {ends}.", "Dernier chiffre : {x} + {y} finit par {ends}."))
        .step(verdict)
        .praise(say!(l, "Yes. Size and last digit tell a lot.", "Oui. La taille et le dernier chiffre en disent long."))
        .seconds(40)
}

/// Two numbers and what is said to be their sum, for a kind of [`possible`].
fn given_sum(s: &mut Setup, kind: usize) -> (i64, i64, i64) {
    // Near the rounded sum is right or one digit wrong; much too big or small is far from it: no case lies between.
    let (a, b) = until(
        s,
        |r| (r.range(112, 488), r.range(112, 488)),
        |(a, b)| plain(*a, 100) && plain(*b, 100) && drift(*a, *b, 100, false) <= 40 && (kind != 3 || a + b >= 400),
    );
    let exact = a + b;
    let given = match kind {
        0 => exact,
        1 => exact + s.rng.range(1, 4),
        2 => exact + s.rng.range(3, 5) * 100,
        _ => exact - 200 - s.rng.range(0, 9) * 10,
    };
    (a, b, given)
}

/// Was the estimate too low or too high?
fn too_low_or_high(s: &mut Setup) -> Problem {
    let l = s.lang;
    let up = s.rng.chance(1, 2);
    let (a, b) = until(
        s,
        |r| (r.range(112, 488), r.range(112, 488)),
        |(a, b)| plain(*a, 100) && plain(*b, 100) && (round(*a, 100) > *a) == up && (round(*b, 100) > *b) == up,
    );
    let (ra, rb) = (round(a, 100), round(b, 100));
    let about = ra + rb;
    let options = vec![(text(l.pick("too high", "trop grande")), None), (text(l.pick("too low", "trop petite")), None)];
    let way = if up { say!(l, "up", "vers le haut") } else { say!(l, "down", "vers le bas") };
    let verdict = if up { say!(l, "too high", "trop grande") } else { say!(l, "too low", "trop petite") };
    Problem::new(Answer::choice_in_order(options, usize::from(!up)))
        .tell(say!(l, "For {a} + {b} a child says: about {about}. Is that guess a little too high or too low?", "Pour {a} + {b}, un enfant dit : environ {about}. Cette estimation est-elle un peu trop grande ou trop petite ?"))
        .hint(say!(l, "Compare each number with its round neighbour.", "Compare chaque nombre avec son voisin rond."))
        .hint(say!(l, "{a} became {ra}. Is that more or less?", "{a} est devenu {ra}. Est-ce plus ou moins ?"))
        .hint(say!(l, "{b} became {rb}. Both went the same way.", "{b} est devenu {rb}. Les deux vont dans le même sens."))
        .step(say!(l, "Both numbers were rounded {way}.", "Les deux nombres ont été arrondis {way}."))
        .step(say!(l, "So the guess is {verdict}.", "L'estimation est donc {verdict}."))
        .praise(say!(l, "Yes. You looked which way each number went.", "Oui. Tu as regardé dans quel sens va chaque nombre."))
        .seconds(35)
}

fn three_numbers(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b, c) = until(
        s,
        |r| (r.range(112, 388), r.range(112, 388), r.range(112, 388)),
        |(a, b, c)| [a, b, c].iter().all(|n| plain(**n, 100)),
    );
    let (ra, rb, rc) = (round(a, 100), round(b, 100), round(c, 100));
    let right = ra + rb + rc;
    let rules = [
        (a + b + c, "exact-not-about"),
        (a / 100 * 100 + b / 100 * 100 + c / 100 * 100, "rounds-down-always"),
        (ra + rb + round(c, 10), "rounds-wrong-place"),
    ];
    Problem::new(Answer::number(right, &rules))
        .tell(say!(
            l,
            "Round each number to hundreds, then add.",
            "Arrondis chaque nombre à la centaine, puis additionne."
        ))
        .sum(l, &format!("{a} + {b} + {c}"))
        .hint(say!(l, "Which hundred is each number near?", "De quelle centaine chaque nombre est-il proche ?"))
        .hint_with(
            say!(l, "Look at them on the line.", "Regarde-les sur la ligne."),
            [Block::Figure(Figure::NumberLine(line(0, 500, 100, &[0, 500], &[a, b, c])))],
        )
        .hint(say!(
            l,
            "{a} is near {ra}, {b} is near {rb}. Now the third.",
            "{a} est proche de {ra}, {b} de {rb}. Et le troisième ?"
        ))
        .step(say!(l, "Rounded: {ra}, {rb} and {rc}.", "Arrondis : {ra}, {rb} et {rc}."))
        .step_show([Block::Math(format!("{ra} + {rb} + {rc} = {right}"))])
        .praise(say!(l, "Yes, about {right}.", "Oui, environ {right}."))
        .seconds(45)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::check::{DIFFICULTIES, LOCALES, ask};
    use chalkbox_tool::{Interaction, Response, Tool};

    use crate::Adding;

    #[test]
    fn rounding_goes_to_the_nearest() {
        assert_eq!([298, 415, 249, 612].map(|n| round(n, 100)), [300, 400, 200, 600]);
        assert!(!plain(250, 100) && !plain(300, 100) && plain(298, 100) && !plain(45, 10));
        assert_eq!((drift(46, 24, 10, true), drift(143, 141, 100, false)), (8, 84));
    }

    /// The lines of mathematics among some blocks.
    fn maths(blocks: &[Block]) -> Vec<&str> {
        blocks
            .iter()
            .filter_map(|block| if let Block::Math(line) = block { Some(line.as_str()) } else { None })
            .collect()
    }

    /// A line's numbers and its value, up to an equals sign.
    fn worked_out(line: &str) -> (Vec<i64>, i64) {
        let (mut numbers, mut total, mut sign) = (vec![], 0, 1);
        for token in line.split(" = ").next().unwrap_or_default().split(' ') {
            match token {
                "+" => sign = 1,
                "−" => sign = -1,
                number => {
                    let number: i64 = number.parse().expect("a number");
                    numbers.push(number);
                    total += sign * number;
                }
            }
        }
        (numbers, total)
    }

    /// What is chosen among numbers is nearest to the exact result; what the steps teach is right.
    fn holds(problem: &Problem, ask: &chalkbox_tool::Ask) {
        let at = format!("{} seed {}", ask.difficulty, ask.seed);
        let taught = maths(&problem.steps).first().and_then(|line| line.split(" = ").nth(1)).map(str::to_owned);
        let Some((_, exact)) = maths(&problem.body).first().map(|line| worked_out(line)) else { return };
        match (&problem.answer.interaction, &problem.answer.right) {
            (Interaction::Choice(choice), Response::Choice(right)) => {
                let number = |content: &[Block]| match content {
                    [Block::Text(words)] => words.parse::<i64>().ok(),
                    _ => None,
                };
                let far = |option: &chalkbox_tool::ChoiceOption| number(&option.content).map(|n| (n - exact).abs());
                let key = choice.options.iter().find(|option| option.id == right[0]).expect("the right option");
                let Some(nearest) = far(key) else { return };
                for other in choice.options.iter().filter(|option| option.id != key.id) {
                    assert!(far(other).expect("a number") > nearest, "{at}: {:?} is as near to {exact}", other.content);
                }
                assert_eq!(number(&key.content).map(|n| n.to_string()), taught, "{at}: the steps teach something else");
            }
            (Interaction::NumberEntry(_) | Interaction::Slider(_), _) => {
                let taught = taught.expect("steps with a sum");
                let verdict = Adding::evaluate(ask, &Response::Number(taught.clone())).expect("a number");
                assert!(verdict.score == 1.0, "{at}: {taught} is taught and scores {}", verdict.score);
            }
            _ => {}
        }
    }

    #[test]
    fn what_is_taught_is_right_and_nothing_offered_is_nearer() {
        for locale in LOCALES {
            for difficulty in DIFFICULTIES {
                for seed in 0..400 {
                    let ask = ask("numeracy.add.estimate", difficulty, seed, locale);
                    holds(&Adding::plan(&ask).expect("a plan"), &ask);
                }
            }
        }
    }

    /// "Much too big" and "much too small" are so by the method that is taught, and nothing else is.
    #[test]
    fn sizes_follow_from_rounding() {
        let mut kinds = std::collections::BTreeSet::new();
        for seed in 0..400 {
            let ask = ask("numeracy.add.estimate", 0.75, seed, "en");
            let problem = Adding::plan(&ask).expect("a plan");
            let Some((sum, given)) = maths(&problem.body).first().and_then(|line| line.split_once(" = ")) else {
                continue;
            };
            let given: i64 = given.parse().expect("a number");
            let (numbers, exact) = worked_out(sum);
            let about: i64 = numbers.iter().map(|n| round(*n, 100)).sum();
            let Response::Choice(right) = &problem.answer.right else { panic!("a choice") };
            kinds.insert(right[0].clone());
            let fits = match right[0].as_str() {
                "a" => given == exact && (given - about).abs() <= 50,
                "b" => given % 10 != exact % 10 && (given - about).abs() <= 50,
                "c" => given - about >= 150,
                _ => about - given >= 150 && given > 0,
            };
            assert!(fits, "seed {seed}: {sum} = {given} is about {about}, key {}", right[0]);
        }
        assert_eq!(kinds.len(), 4);
    }
}
