//! Facts within 10: adding, taking away, pairs that make 10, families of facts. Never here: stories, or how facts are explained.

use chalkbox_tool::forms::{asked, bar, tiles};
use chalkbox_tool::{Answer, Block, Figure, Layout, Problem, Rule, Setup, dots, line, say, spoken_math, ten_frame};

use crate::first::part_rules;
use crate::help;

/// What a + b is mistaken for.
pub fn add_rules(a: i64, b: i64) -> Vec<Rule> {
    let mut rules = vec![(a + b - 1, "counts-the-start")];
    if a > 0 && a < 10 && b < 10 {
        rules.push((a * 10 + b, "joins-digits"));
    }
    rules.extend([((a - b).abs(), "subtracts-instead"), (a + b + 1, "counts-one-twice")]);
    rules
}

/// What a − b is mistaken for.
pub fn take_rules(a: i64, b: i64) -> Vec<Rule> {
    let mut rules = vec![
        (a - b + 1, "counts-the-start"),
        (a + b, "adds-instead"),
        (b, "answers-with-taken"),
        (a - b - 1, "misses-one"),
    ];
    if b == 0 {
        rules = vec![(0, "zero-one-rule"), (a - 1, "zero-one-rule")];
    }
    rules
}

/// `numeracy.add.within-10`
pub fn within_10(s: &mut Setup) -> Problem {
    if s.band == 4 {
        return match s.rng.below(3) {
            0 => unknown_part(s, 10),
            1 => result_first(s),
            _ => three_numbers(s),
        };
    }
    let l = s.lang;
    let (a, b) = match s.band {
        0 => split(s, 2, 5, 1),
        1 => {
            let small = s.rng.range(1, 2);
            let big = s.rng.range(1, 6 - small);
            if s.rng.chance(1, 2) { (small, big) } else { (big, small) }
        }
        2 if s.rng.chance(1, 3) => {
            let n = s.rng.range(2, 4);
            (n, n)
        }
        2 => split(s, 4, 8, 1),
        _ => split(s, 4, 10, 0),
    };
    let rules = add_rules(a, b);
    let tap = s.band < 3 && s.rng.chance(1, 4);
    let picture = s.picture();
    let answer = if tap { Answer::tap(picture.name, 12, a + b, &rules) } else { asked(s, a + b, &rules, 20) };
    let mut p = Problem::new(answer);
    p = match s.band {
        0 => p.figure(dots(a, Layout::Dice)).figure(dots(b, Layout::Dice)),
        1 => p.figure(dots(b, Layout::Line)),
        2 if s.rng.chance(1, 2) => p.figure(ten_frame(a)),
        2 => p.figure(Figure::NumberLine(line(0, 10, 1, &[0, 5, 10], &[a]))),
        _ => p,
    };
    p = if tap {
        p.tell(say!(l, "Tap to show how many there are together.", "Touche pour montrer combien cela fait ensemble."))
    } else {
        p.tell(say!(l, "How much is it together?", "Combien cela fait-il ensemble ?"))
    };
    help::add(p.sum(l, &format!("{a} + {b} = _")), l, a, b).seconds(12)
}

/// Two parts, each at least `least`, of a whole in a range.
fn split(s: &mut Setup, low: i64, high: i64, least: i64) -> (i64, i64) {
    let whole = s.rng.range(low, high);
    let a = s.rng.range(least, whole - least);
    (a, whole - a)
}

/// a + ? = whole, typed or with tiles.
fn unknown_part(s: &mut Setup, high: i64) -> Problem {
    let l = s.lang;
    let (a, right) = split(s, 5, high, 1);
    let whole = a + right;
    let mut rules: Vec<Rule> = vec![(whole + a, "equals-means-answer")];
    rules.extend(part_rules(a, whole).into_iter().filter(|(_, code)| *code == "repeats-given-number"));
    rules.push((right - 1, "counts-the-start"));
    let sentence = format!("{a} + _ = {whole}");
    let p = if s.rng.chance(1, 3) {
        let answer = tiles(s, &sentence, &[right], &rules, 20);
        Problem::new(answer)
            .figure(Figure::NumberLine(line(0, 10, 1, &[0, 5, 10], &[a, whole])))
            .tell(say!(l, "Put in the number that is missing.", "Mets le nombre qui manque."))
            .speak(spoken_math(l, &sentence))
    } else {
        Problem::new(Answer::number(right, &rules))
            .tell(say!(l, "How many are missing?", "Combien en manque-t-il ?"))
            .sum(l, &sentence)
    };
    help::part(p, l, a, whole).seconds(15)
}

fn result_first(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = split(s, 5, 10, 1);
    let answer = asked(s, a + b, &add_rules(a, b), 20);
    let p = Problem::new(answer)
        .tell(say!(l, "Which number is the same as this sum?", "Quel nombre est égal à cette somme ?"))
        .sum(l, &format!("_ = {a} + {b}"));
    help::add(p, l, a, b).seconds(15)
}

fn three_numbers(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, rest) = split(s, 5, 10, 2);
    let b = s.rng.range(1, rest - 1);
    let (c, right) = (rest - b, a + rest);
    let (first, whole) = (a + b, format!("{a} + {b} + {c}"));
    let rules = [(right - 1, "counts-the-start"), (right + 1, "counts-one-twice")];
    Problem::new(asked(s, right, &rules, 15))
        .tell(say!(l, "How much is it together?", "Combien cela fait-il ensemble ?"))
        .sum(l, &format!("{whole} = _"))
        .hint(say!(
            l,
            "Choose two of the numbers to put together first.",
            "Choisis deux des nombres à mettre ensemble d'abord."
        ))
        .hint_with(say!(l, "The bar shows the three parts.", "La barre montre les trois parties."), bar(&[a, b, c]))
        .hint(say!(l, "{a} and {b} make {first}. Now add {c}.", "{a} et {b} font {first}. Ajoute maintenant {c}."))
        .step(say!(l, "Put two together: {a} + {b} = {first}.", "Mets-en deux ensemble : {a} + {b} = {first}."))
        .step(say!(l, "Add the third: {first} + {c} = {right}.", "Ajoute le troisième : {first} + {c} = {right}."))
        .praise(say!(l, "Yes. All three make {right}.", "Oui. Les trois font {right}."))
        .seconds(20)
}

/// `numeracy.add.sub-within-10`
pub fn sub_within_10(s: &mut Setup) -> Problem {
    let l = s.lang;
    if s.band == 4 && s.rng.chance(1, 2) {
        return unknown_taken(s);
    }
    let (a, b) = match s.band {
        0 => {
            let a = s.rng.range(2, 5);
            (a, s.rng.range(1, a - 1))
        }
        1 => {
            let a = s.rng.range(3, 6);
            (a, s.rng.range(1, 2))
        }
        2 => {
            let a = s.rng.range(4, 8);
            (a, s.rng.range(0, a))
        }
        3 => {
            let a = s.rng.range(5, 10);
            (a, s.rng.range(1, a - 1))
        }
        _ => {
            let a = s.rng.range(6, 10);
            (a, s.rng.range(a - 2, a - 1))
        }
    };
    let rules = take_rules(a, b);
    let tap = s.band < 3 && s.rng.chance(1, 4);
    let picture = s.picture();
    let answer = if tap { Answer::tap(picture.name, 12, a - b, &rules) } else { asked(s, a - b, &rules, 20) };
    let mut p = Problem::new(answer);
    p = match s.band {
        0 | 1 => p.figure(dots(a, Layout::Line)),
        2 if s.rng.chance(1, 2) => p.figure(ten_frame(a)),
        2 => p.figure(Figure::NumberLine(line(0, 10, 1, &[0, 5, 10], &[a]))),
        _ => p,
    };
    p = if tap {
        p.tell(say!(l, "Tap to show how many are left.", "Touche pour montrer combien il en reste."))
    } else {
        p.tell(say!(l, "Take away. How many are left?", "Enlève. Combien en reste-t-il ?"))
    };
    let sentence = if s.band == 4 { format!("_ = {a} − {b}") } else { format!("{a} − {b} = _") };
    help::take(p.sum(l, &sentence), l, a, b).seconds(14)
}

/// a − ? = left.
fn unknown_taken(s: &mut Setup) -> Problem {
    let l = s.lang;
    let a = s.rng.range(5, 10);
    let left = s.rng.range(1, a - 1);
    let right = a - left;
    let rules = [(a + left, "adds-instead"), (right + 1, "counts-the-start"), (right - 1, "misses-one")];
    let sentence = format!("{a} − _ = {left}");
    let p = if s.rng.chance(1, 3) {
        Problem::new(tiles(s, &sentence, &[right], &rules, 20))
            .tell(say!(l, "Put in the number that is missing.", "Mets le nombre qui manque."))
            .speak(spoken_math(l, &sentence))
    } else {
        Problem::new(Answer::number(right, &rules))
            .tell(say!(l, "How many were taken away?", "Combien en a-t-on enlevé ?"))
            .sum(l, &sentence)
    };
    help::part(p, l, left, a).seconds(16)
}

/// What the partner to ten is mistaken for.
fn ten_rules(n: i64, whole: i64) -> Vec<Rule> {
    let right = whole - n;
    let step = whole / 10;
    vec![
        (right - step, "counts-the-start"),
        (whole + n, "equals-means-answer"),
        (n, "repeats-given-number"),
        (whole, "repeats-given-number"),
        (right + step, "off-by-one-part"),
    ]
}

/// `numeracy.add.make-10`
pub fn make_10(s: &mut Setup) -> Problem {
    let l = s.lang;
    match (s.band, s.rng.below(5)) {
        (1..=3, 0) => return tens_joined(s),
        (4, 0) => return two_of_four(s),
        (4, 1 | 2) => return three_to_ten(s),
        _ => {}
    }
    let (n, whole) = match s.band {
        2 => (*s.rng.pick(&[9, 8, 5, 1, 2]), 10),
        4 => (s.rng.range(1, 9) * 10, 100),
        _ => (s.rng.range(1, 9), 10),
    };
    let right = whole - n;
    let rules = ten_rules(n, whole);
    let sentence = match (s.band, s.rng.below(3)) {
        (3, 0) => format!("10 − {n} = _"),
        (2.., 1) => format!("_ + {n} = {whole}"),
        _ => format!("{n} + _ = {whole}"),
    };
    let p = if s.band >= 2 && s.rng.chance(1, 4) {
        Problem::new(tiles(s, &sentence, &[right], &rules, 2 * whole))
            .tell(say!(l, "Put in the number that makes {whole}.", "Mets le nombre qui fait {whole}."))
            .speak(spoken_math(l, &sentence))
    } else {
        let p = Problem::new(asked(s, right, &rules, 2 * whole));
        let p = if s.band < 2 { p.figure(ten_frame(n)) } else { p };
        let p = if s.band == 0 {
            p.tell(say!(l, "How many places are empty?", "Combien de places sont vides ?"))
        } else {
            p.tell(say!(l, "How many more make {whole}?", "Combien faut-il encore pour faire {whole} ?"))
        };
        p.sum(l, &sentence)
    };
    let p = if whole == 100 {
        let (tens, other) = (n / 10, right / 10);
        p.hint(if tens == 1 {
            say!(l, "Think in tens: {n} is 1 ten.", "Pense en dizaines : {n}, c'est 1 dizaine.")
        } else {
            say!(l, "Think in tens: {n} is {tens} tens.", "Pense en dizaines : {n}, c'est {tens} dizaines.")
        })
        .hint_with(
            say!(l, "The frame stands for ten tens.", "Le cadre représente dix dizaines."),
            [Block::Figure(ten_frame(tens))],
        )
        .hint(say!(
            l,
            "{tens} and {other} make 10. So how many tens?",
            "{tens} et {other} font 10. Alors, combien de dizaines ?"
        ))
    } else {
        let fingers = count_empty(n);
        p.hint(say!(l, "Think of ten fingers.", "Pense à tes dix doigts."))
            .hint_with(say!(l, "The frame shows {n}.", "Le cadre montre {n}."), [Block::Figure(ten_frame(n))])
            .hint(say!(
                l,
                "Count the empty places up to ten: {fingers}",
                "Compte les places vides jusqu'à dix : {fingers}"
            ))
    };
    p.step(say!(l, "Fill {n}. What is still missing to {whole}?", "Remplis {n}. Que manque-t-il jusqu'à {whole} ?"))
        .step_show([Block::Figure(ten_frame(n * 10 / whole))])
        .step(say!(l, "What is missing: {right}.", "Il manque {right}."))
        .step_show([Block::Math(format!("{n} + {right} = {whole}"))])
        .step_show((n != right).then(|| Block::Math(format!("{right} + {n} = {whole}"))))
        .praise(say!(l, "Yes. {n} and {right} make {whole}.", "Oui. {n} et {right} font {whole}."))
        .seconds(12)
}

/// The places after n up to ten, as a count that the learner ends.
fn count_empty(n: i64) -> String {
    crate::count::count_short(n, 10 - n)
}

fn tens_joined(s: &mut Setup) -> Problem {
    let l = s.lang;
    // 1 to 9 without 5: at most one of each pair stands on the left, so that no card fits twice.
    let mut lefts = s.rng.distinct(1, 4, 3);
    for left in &mut lefts {
        if s.rng.chance(1, 2) {
            *left = 10 - *left;
        }
    }
    let spare = 5;
    let card = |n: i64, shown: bool| {
        if shown {
            vec![Block::Text(n.to_string()), Block::Figure(ten_frame(n))]
        } else {
            vec![Block::Text(n.to_string())]
        }
    };
    let shown = s.band == 1;
    let pairs = lefts.iter().map(|n| (card(*n, shown), card(10 - n, false))).collect();
    let mut rules = Vec::new();
    for (i, left) in lefts.iter().enumerate() {
        let near = |n: i64| (n - (10 - left)).abs() == 1;
        for (j, other) in lefts.iter().enumerate() {
            if i != j && near(10 - other) {
                rules.push((i, j, "off-by-one-part"));
            }
        }
        if near(spare) {
            rules.push((i, lefts.len(), "off-by-one-part"));
        }
    }
    let (a, b) = (lefts[0], 10 - lefts[0]);
    Problem::new(Answer::matching(&mut s.rng, pairs, vec![card(spare, false)], &rules))
        .tell(say!(
            l,
            "Join the numbers that make 10. One card is left over.",
            "Relie les nombres qui font 10. Une carte reste seule."
        ))
        .hint(say!(l, "Think of ten fingers.", "Pense à tes dix doigts."))
        .hint_with(
            say!(
                l,
                "Look at the frame of {a}: how many places are empty?",
                "Regarde le cadre de {a} : combien de places sont vides ?"
            ),
            [Block::Figure(ten_frame(a))],
        )
        .hint(say!(l, "{a} goes with {b}. Now the others.", "{a} va avec {b}. À toi pour les autres."))
        .step(say!(l, "{a} and {b} make 10.", "{a} et {b} font 10."))
        .step(say!(
            l,
            "For each card, ask: how many empty places?",
            "Pour chaque carte, demande : combien de places vides ?"
        ))
        .praise(say!(l, "Yes, each pair makes 10.", "Oui, chaque paire fait 10."))
        .seconds(30)
}

/// Two of four numbers make 10.
fn two_of_four(s: &mut Setup) -> Problem {
    let l = s.lang;
    let a = s.rng.range(1, 4);
    let b = 10 - a;
    // One stranger, and one number beside a partner: no other two of the four make 10.
    let near = if b < 9 { b + 1 } else { b - 1 };
    let stranger =
        (1..=9).find(|n| ![a, b, near].contains(n) && ![a, b, near].contains(&(10 - n)) && *n != 5).unwrap_or(5);
    let card = |n: i64| vec![Block::Text(n.to_string())];
    let mut cards = [(card(a), true), (card(b), true), (card(near), false), (card(stranger), false)];
    s.rng.shuffle(&mut cards);
    let options: Vec<_> = cards
        .iter()
        .enumerate()
        .map(|(i, (content, _))| chalkbox_tool::ChoiceOption { id: format!("c{}", i + 1), content: content.clone() })
        .collect();
    let id = |n: i64| {
        options.iter().find(|option| option.content == card(n)).map(|option| option.id.clone()).unwrap_or_default()
    };
    let right = chalkbox_tool::Response::Choice(vec![id(a), id(b)]);
    let slip = chalkbox_tool::Response::Choice(vec![id(a), id(near)]);
    let choice = chalkbox_tool::Interaction::Choice(chalkbox_tool::Choice { options, max: 2 });
    Problem::new(Answer::new(choice, right).wrong(slip, "off-by-one-part"))
        .tell(say!(l, "Choose the two numbers that make 10.", "Choisis les deux nombres qui font 10."))
        .hint(say!(l, "Take one number. How many more does it need?", "Prends un nombre. Combien lui manque-t-il ?"))
        .hint_with(say!(l, "The frame shows {a}.", "Le cadre montre {a}."), [Block::Figure(ten_frame(a))])
        .hint(say!(l, "{a} is one of them. Find its partner.", "{a} est l'un des deux. Trouve son partenaire."))
        .step(say!(l, "Empty places beside {a}: {b}.", "Places vides à côté de {a} : {b}."))
        .step_show([Block::Math(format!("{a} + {b} = 10"))])
        .praise(say!(l, "Yes. {a} and {b} make 10.", "Oui. {a} et {b} font 10."))
        .seconds(20)
}

fn three_to_ten(s: &mut Setup) -> Problem {
    let l = s.lang;
    let first = s.rng.range(3, 9);
    let a = s.rng.range(1, first - 1);
    let (b, right) = (first - a, 10 - first);
    let rules = [
        (right - 1, "counts-the-start"),
        (10 + first, "equals-means-answer"),
        (10, "repeats-given-number"),
        (right + 1, "off-by-one-part"),
    ];
    Problem::new(Answer::number(right, &rules))
        .tell(say!(l, "How many more make 10?", "Combien faut-il encore pour faire 10 ?"))
        .sum(l, &format!("{a} + {b} + _ = 10"))
        .hint(say!(l, "Put the two numbers you know together.", "Mets ensemble les deux nombres connus."))
        .hint_with(
            say!(
                l,
                "The bars show 10, and below it the two parts.",
                "Les barres montrent 10, et dessous les deux parties."
            ),
            [bar(&[10]), bar(&[a, b])].concat(),
        )
        .hint(say!(
            l,
            "{a} and {b} make {first}. From there to ten?",
            "{a} et {b} font {first}. Et de là jusqu'à dix ?"
        ))
        .step(say!(l, "{a} + {b} = {first}.", "{a} + {b} = {first}."))
        .step(say!(l, "{first} + {right} = 10.", "{first} + {right} = 10."))
        .praise(say!(l, "Yes. All three make 10.", "Oui. Les trois font 10."))
        .seconds(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_one_fact() {
        assert_eq!(
            add_rules(3, 4),
            [(6, "counts-the-start"), (34, "joins-digits"), (1, "subtracts-instead"), (8, "counts-one-twice")]
        );
        assert_eq!(take_rules(8, 3)[..2], [(6, "counts-the-start"), (11, "adds-instead")]);
        assert_eq!(take_rules(8, 0), [(0, "zero-one-rule"), (7, "zero-one-rule")]);
        assert_eq!(ten_rules(6, 10)[..2], [(3, "counts-the-start"), (16, "equals-means-answer")]);
        assert_eq!(ten_rules(30, 100)[0], (60, "counts-the-start"));
    }
}
