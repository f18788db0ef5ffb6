//! Facts to 20: adding and taking away through ten, families of facts. Never here: stories, columns.

use chalkbox_tool::forms::{asked, bar, bars, tiles};
use chalkbox_tool::{Answer, Block, Figure, Problem, Rule, Setup, line, say, spoken_math, ten_frame};

use crate::first::part_rules;
use crate::help;
use crate::ten::take_rules;

/// What a + b through ten is mistaken for.
pub fn add_rules(a: i64, b: i64) -> Vec<Rule> {
    let total = a + b;
    let mut rules = vec![(total - 1, "counts-the-start")];
    if total > 10 && a < 10 && b < 10 {
        rules.push((10, "forgets-second-part"));
        rules.push((10 + a.min(b), "forgets-second-part"));
    }
    if total > 10 {
        rules.push((total - 10, "drops-ten"));
    }
    rules.push(((a - b).abs(), "subtracts-instead"));
    rules
}

/// What a − b through ten is mistaken for.
pub fn teen_rules(a: i64, b: i64) -> Vec<Rule> {
    let (ones, mut rules) = (a % 10, Vec::new());
    if a > 10 && b < 10 && b > ones {
        rules.push((10 + b - ones, "smaller-from-larger"));
        rules.push((10, "forgets-second-part"));
    }
    rules.extend([(a - b + 1, "counts-the-start"), (a + b, "adds-instead"), (a - b - 1, "misses-one")]);
    rules
}

/// A pair that crosses ten: the total in a range, both parts up to 9.
pub fn crossing(s: &mut Setup, low: i64, high: i64) -> (i64, i64) {
    let total = s.rng.range(low, high);
    let a = s.rng.range(total - 9, 9);
    (a, total - a)
}

/// `numeracy.add.within-20`
pub fn within_20(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(4)) {
        (4, 0 | 1) => return unknown_part(s),
        (4, 2) => return three_numbers(s),
        (2 | 3, 0) => return split_tiles(s),
        _ => {}
    }
    let l = s.lang;
    let (a, b) = match s.band {
        0 if s.rng.chance(1, 2) => (10, s.rng.range(1, 9)),
        0 => (9, s.rng.range(2, 9)),
        1 => {
            let big = s.rng.range(8, 9);
            (big, s.rng.range(3, 14 - big))
        }
        2 if s.rng.chance(1, 2) => {
            let n = s.rng.range(6, 8);
            (n, n + s.rng.range(i64::from(n == 8) - 1, i64::from(n < 8)))
        }
        2 => crossing(s, 11, 16),
        3 => crossing(s, 11, 18),
        _ => {
            let teen = s.rng.range(11, 16);
            (teen, s.rng.range(2, 19 - teen))
        }
    };
    let (a, b) = if s.rng.chance(1, 3) { (b, a) } else { (a, b) };
    let rules = add_rules(a, b);
    let slider = s.band == 2 && s.rng.chance(1, 4);
    let answer = if slider {
        Answer::slider(line(0, 20, 1, &[0, 10, 20], &[a]), a + b, 0.5, &rules)
    } else {
        asked(s, a + b, &rules, 20)
    };
    let mut p = Problem::new(answer);
    p = match s.band {
        0 | 1 => p.figure(ten_frame(a)).figure(ten_frame(b)),
        2 if !slider => p.figure(Figure::NumberLine(line(0, 20, 1, &[0, 10, 20], &[a]))),
        _ => p,
    };
    p = if slider {
        p.tell(say!(l, "Show on the line where it lands.", "Montre sur la ligne où l'on arrive."))
    } else {
        p.tell(say!(l, "How much is it together?", "Combien cela fait-il ensemble ?"))
    };
    help::through_ten(p.sum(l, &format!("{a} + {b} = _")), l, a, b).seconds(15)
}

/// 8 + 6 = 8 + ? + ? = 10 + ?
fn split_tiles(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (x, y) = crossing(s, 11, if s.band == 2 { 16 } else { 18 });
    let (a, b) = (x.max(y), x.min(y));
    let (fill, rest) = (10 - a, a + b - 10);
    let sentence = format!("{a} + {b} = {a} + _ + _ = 10 + _");
    let rights = [fill, rest, rest];
    let rules: Vec<Rule> = vec![(b, "forgets-second-part"), (a, "repeats-given-number")];
    // The two parts of the split may stand in either order.
    let answer = tiles(s, &sentence, &rights, &rules, 9).either_way(0, 1);
    let p = Problem::new(answer)
        .tell(say!(l, "Split the {b} so that {a} becomes 10.", "Partage {b} pour que {a} devienne 10."))
        .speak(spoken_math(l, &sentence));
    help::through_ten(p, l, a, b).seconds(35)
}

fn unknown_part(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, right) = crossing(s, 11, 18);
    let whole = a + right;
    let rules = [
        (whole + a, "equals-means-answer"),
        (right - 1, "counts-the-start"),
        (a, "repeats-given-number"),
        (whole, "repeats-given-number"),
    ];
    let p = Problem::new(Answer::number(right, &rules))
        .tell(say!(l, "How many are missing?", "Combien en manque-t-il ?"))
        .sum(l, &format!("{a} + _ = {whole}"));
    let (fill, rest) = (10 - a, whole - 10);
    p.hint(say!(l, "How many from {a} to ten?", "Combien de {a} à dix ?"))
        .hint_with(
            say!(l, "Look at {a} and {whole} on the line.", "Regarde {a} et {whole} sur la ligne."),
            [Block::Figure(Figure::NumberLine(line(0, 20, 1, &[0, 10, 20], &[a, whole])))],
        )
        .hint(say!(
            l,
            "From {a} to 10 it is {fill}, from 10 to {whole} it is {rest}. Together?",
            "De {a} à 10, il y a {fill}, de 10 à {whole}, il y a {rest}. Et ensemble ?"
        ))
        .step(say!(l, "First to ten: {a} + {fill} = 10.", "D'abord à dix : {a} + {fill} = 10."))
        .step(say!(l, "Then on: 10 + {rest} = {whole}.", "Puis plus loin : 10 + {rest} = {whole}."))
        .step(say!(l, "{fill} and {rest} make {right}.", "{fill} et {rest} font {right}."))
        .praise(say!(l, "Yes. {a} and {right} make {whole}.", "Oui. {a} et {right} font {whole}."))
        .seconds(20)
}

/// Three numbers with a ten inside.
fn three_numbers(s: &mut Setup) -> Problem {
    let l = s.lang;
    let a = s.rng.range(2, 8);
    let (c, b) = (10 - a, s.rng.range(2, 9));
    let right = 10 + b;
    let rules = [(right - 1, "counts-the-start"), (10, "forgets-second-part"), (right - 10, "drops-ten")];
    Problem::new(asked(s, right, &rules, 20))
        .tell(say!(l, "How much is it together?", "Combien cela fait-il ensemble ?"))
        .sum(l, &format!("{a} + {b} + {c} = _"))
        .hint(say!(
            l,
            "Two of them are good friends: which make ten?",
            "Deux d'entre eux sont amis : lesquels font dix ?"
        ))
        .hint_with(
            say!(l, "The frame shows {a}. Which number fills it?", "Le cadre montre {a}. Quel nombre le remplit ?"),
            [Block::Figure(ten_frame(a))],
        )
        .hint(say!(l, "{a} and {c} make 10. Now add {b}.", "{a} et {c} font 10. Ajoute maintenant {b}."))
        .step(say!(l, "Find the ten: {a} + {c} = 10.", "Trouve la dizaine : {a} + {c} = 10."))
        .step(say!(l, "Add the other: 10 + {b} = {right}.", "Ajoute l'autre : 10 + {b} = {right}."))
        .praise(say!(l, "Yes. You found the ten inside.", "Oui. Tu as trouvé la dizaine."))
        .seconds(20)
}

/// `numeracy.add.sub-within-20`
pub fn sub_within_20(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(4)) {
        (4, 0) => return missing(s, false),
        (4, 1) => return missing(s, true),
        (3, 0) => return back_tiles(s),
        _ => {}
    }
    let l = s.lang;
    let (a, b) = match s.band {
        0 => {
            let a = s.rng.range(12, 18);
            (a, if s.rng.chance(1, 2) { a - 10 } else { s.rng.range(1, a - 11) })
        }
        1 => {
            let a = s.rng.range(11, 13);
            (a, s.rng.range(a - 9, 4))
        }
        2 => {
            let a = s.rng.range(11, 13);
            (a, s.rng.range(5, 9))
        }
        3 => {
            let a = s.rng.range(11, 18);
            (a, s.rng.range(a - 9, 9))
        }
        _ if s.rng.chance(1, 2) => {
            let a = s.rng.range(13, 19);
            (a, a - s.rng.range(1, 3))
        }
        _ => (20, s.rng.range(2, 18)),
    };
    let rules = if a < 20 { teen_rules(a, b) } else { take_rules(a, b) };
    let rules: Vec<Rule> = rules.into_iter().filter(|(_, code)| *code != "answers-with-taken").collect();
    let answer = asked(s, a - b, &rules, 30);
    let mut p = Problem::new(answer);
    p = match s.band {
        0 | 1 => p.figure(ten_frame(a)),
        2 => p.figure(Figure::NumberLine(line(0, 20, 1, &[0, 10, 20], &[a]))),
        _ => p,
    };
    p = p
        .tell(say!(l, "Take away. How many are left?", "Enlève. Combien en reste-t-il ?"))
        .sum(l, &format!("{a} − {b} = _"));
    help::back_through_ten(p, l, a, b).seconds(18)
}

/// 13 − 5 = 13 − 3 − ?
fn back_tiles(s: &mut Setup) -> Problem {
    let l = s.lang;
    let a = s.rng.range(11, 17);
    let b = s.rng.range(a - 9, 9);
    let (ones, rest) = (a - 10, b - (a - 10));
    let sentence = format!("{a} − {b} = {a} − {ones} − _");
    let rules = [(b, "repeats-given-number"), (rest + 1, "counts-the-start"), (rest - 1, "misses-one")];
    let p = Problem::new(tiles(s, &sentence, &[rest], &rules, 9))
        .tell(say!(
            l,
            "First go back to ten. How much is still to take?",
            "Reviens d'abord à dix. Combien reste-t-il à enlever ?"
        ))
        .speak(spoken_math(l, &sentence));
    help::back_through_ten(p, l, a, b).seconds(25)
}

/// 13 − ? = 8, or ? − 6 = 9.
fn missing(s: &mut Setup, start: bool) -> Problem {
    let l = s.lang;
    let (left, b) = crossing(s, 11, 18);
    let a = left + b;
    let (right, sentence) = if start { (a, format!("_ − {b} = {left}")) } else { (b, format!("{a} − _ = {left}")) };
    let rules: Vec<Rule> = if start {
        vec![((left - b).abs(), "equals-means-answer"), (a - 1, "misses-one"), (a + 1, "counts-the-start")]
    } else {
        vec![(a + left, "adds-instead"), (b + 1, "counts-the-start"), (b - 1, "misses-one")]
    };
    let p = Problem::new(Answer::number(right, &rules))
        .tell(say!(l, "Which number is missing?", "Quel nombre manque ?"))
        .sum(l, &sentence);
    if start {
        return p
            .hint(say!(l, "What was there before {b} were taken?", "Qu'y avait-il avant d'en enlever {b} ?"))
            .hint_with(
                say!(
                    l,
                    "The bar shows what was taken and what is left.",
                    "La barre montre ce qu'on a enlevé et ce qui reste."
                ),
                bar(&[b, left]),
            )
            .hint(say!(l, "Put them back together: {left} + {b}.", "Remets-les ensemble : {left} + {b}."))
            .step(say!(l, "Undo it: put {b} back to {left}.", "Fais le contraire : remets {b} avec {left}."))
            .step_show([Block::Math(format!("{left} + {b} = {a}"))])
            .praise(say!(l, "Yes. {a} − {b} is {left} again.", "Oui. {a} − {b} redonne {left}."))
            .seconds(25);
    }
    help::part(p, l, left, a).seconds(25)
}

/// `numeracy.add.families`
pub fn families(s: &mut Setup) -> Problem {
    let (low, high) = match s.band {
        0 => (4, 6),
        1 | 2 => (6, 10),
        _ => (11, 18),
    };
    let whole = s.rng.range(low, high);
    let mut a = s.rng.range((whole - 9).max(1), whole.min(10) - 1);
    // The two parts differ, so that the family has four facts.
    if 2 * a == whole {
        a -= 1;
    }
    let b = whole - a;
    match (s.band, s.rng.below(5)) {
        (1..=3, 0) => family_joined(s, a, b),
        (2 | 3, 1) => family_helper(s, a, b),
        (4, 0 | 1) => undone(s, a, b),
        _ => family_fact(s, a, b),
    }
}

fn family_fact(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let whole = a + b;
    let (right, sentence, known) = match (s.band, s.rng.below(3)) {
        (0, 0) | (1, 0) => (whole, format!("{b} + {a} = _"), a),
        (4, 0) => (whole, format!("_ − {a} = {b}"), a),
        (_, 0) => (b, format!("{whole} − _ = {a}"), a),
        (_, 1) => (b, format!("{whole} − {a} = _"), a),
        _ => (a, format!("{whole} − {b} = _"), b),
    };
    let mut rules: Vec<Rule> = if right == whole {
        vec![((a - b).abs(), "wrong-family"), (a, "repeats-given-number"), (b, "repeats-given-number")]
    } else {
        vec![(whole + known, "adds-instead"), (known, "repeats-given-number"), (whole, "repeats-given-number")]
    };
    rules.extend([(right + 1, "off-by-one-part"), (right - 1, "off-by-one-part")]);
    let given = s.band != 2;
    let typed = right == whole || s.rng.chance(2, 3);
    let answer = if typed { Answer::number(right, &rules) } else { tiles(s, &sentence, &[right], &rules, 40) };
    let mut p = Problem::new(answer);
    p = match s.band {
        0 => p.figure(Figure::BarModel(vec![a as u16, b as u16])),
        2 if right != whole => p.show(bars(&[whole, known])),
        _ => p,
    };
    p = if given || right == whole {
        p.tell(say!(l, "You know {a} + {b} = {whole}. Use it.", "Tu sais que {a} + {b} = {whole}. Sers-t'en."))
    } else {
        p.tell(say!(
            l,
            "The whole is {whole}. One part is {known}. Find the other part.",
            "Le tout est {whole}. Une partie est {known}. Trouve l'autre partie."
        ))
    };
    let p = if typed { p.sum(l, &sentence) } else { p.speak(spoken_math(l, &sentence)) };
    if !given && right != whole {
        return help::part(p, l, known, whole).seconds(18);
    }
    family_help(p, s, a, b).seconds(18)
}

fn family_help(p: Problem, s: &Setup, a: i64, b: i64) -> Problem {
    let (l, whole) = (s.lang, a + b);
    p.hint(say!(l, "Which number is the whole?", "Quel nombre est le tout ?"))
        .hint_with(
            say!(l, "Here is the whole with its two parts.", "Voici le tout avec ses deux parties."),
            bar(&[a, b]),
        )
        .hint(say!(l, "One of the four facts: {b} + {a} = {whole}.", "Une des quatre égalités : {b} + {a} = {whole}."))
        .step(say!(l, "Whole {whole}, parts {a} and {b}.", "Tout {whole}, parties {a} et {b}."))
        .step_show([
            Block::Math(format!("{a} + {b} = {whole}")),
            Block::Math(format!("{b} + {a} = {whole}")),
            Block::Math(format!("{whole} − {a} = {b}")),
            Block::Math(format!("{whole} − {b} = {a}")),
        ])
        .praise(say!(l, "Yes. {a}, {b} and {whole} are one family.", "Oui. {a}, {b} et {whole} sont une famille."))
}

/// Join each adding fact to the taking-away fact of its family.
fn family_joined(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let whole = a + b;
    let fact = |line: String| vec![Block::Math(line)];
    let other = whole - 1;
    let pairs = vec![
        (fact(format!("{a} + {b} = {whole}")), fact(format!("{whole} − {a} = {b}"))),
        (fact(format!("{a} + {} = {other}", b - 1)), fact(format!("{other} − {a} = {}", b - 1))),
        (fact(format!("{a} + {} = {}", b + 1, whole + 1)), fact(format!("{} − {a} = {}", whole + 1, b + 1))),
    ];
    let extra = vec![fact(format!("{b} − {a} = {whole}"))];
    let rules = [
        (0, 3, "order-of-words"),
        (0, 1, "wrong-family"),
        (0, 2, "wrong-family"),
        (1, 0, "wrong-family"),
        (1, 2, "wrong-family"),
        (2, 0, "wrong-family"),
        (2, 1, "wrong-family"),
    ];
    let p = Problem::new(Answer::matching(&mut s.rng, pairs, extra, &rules)).tell(say!(
        l,
        "Join the facts of one family. One card is left over.",
        "Relie les égalités d'une même famille. Une carte reste seule."
    ));
    family_help(p, s, a, b).seconds(40)
}

/// Which fact helps with whole − a?
fn family_helper(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let whole = a + b;
    let fact = |line: String| vec![Block::Math(line)];
    let (big, small) = (a.max(b), a.min(b));
    let wrong = vec![
        (fact(format!("{whole} + {a} = {}", whole + a)), Some("adds-instead")),
        (fact(format!("{big} − {small} = {}", big - small)), Some("wrong-family")),
        (fact(format!("{a} − {whole} = {b}")), Some("order-of-words")),
    ];
    let answer = Answer::choice(&mut s.rng, fact(format!("{a} + {b} = {whole}")), wrong);
    let p = Problem::new(answer)
        .tell(say!(l, "Which fact helps you?", "Quelle égalité t'aide ?"))
        .sum(l, &format!("{whole} − {a} = _"));
    p.hint(say!(l, "Which number is the whole?", "Quel nombre est le tout ?"))
        .hint_with(
            say!(
                l,
                "The bars show the whole and the part you know.",
                "Les barres montrent le tout et la partie connue."
            ),
            bars(&[whole, a]),
        )
        .hint(say!(
            l,
            "Look for the fact with {a}, its partner, and {whole} as the whole.",
            "Cherche l'égalité avec {a}, son partenaire, et {whole} comme tout."
        ))
        .step(say!(l, "{whole} is the whole, {a} is one part.", "{whole} est le tout, {a} est une partie."))
        .step(say!(l, "{a} + {b} = {whole}, so {whole} − {a} = {b}.", "{a} + {b} = {whole}, donc {whole} − {a} = {b}."))
        .praise(say!(l, "Yes. The same three numbers.", "Oui. Ce sont les trois mêmes nombres."))
        .retry(say!(
            l,
            "A family has one whole and two parts. Look for the same three numbers.",
            "Une famille a un tout et deux parties. Cherche les trois mêmes nombres."
        ))
        .seconds(25)
}

/// Add and take away the same: nothing changes.
fn undone(s: &mut Setup, a: i64, b: i64) -> Problem {
    let l = s.lang;
    let whole = a + b;
    let (sentence, right) = if s.rng.chance(1, 2) {
        (format!("{a} + {b} − {b} = _"), a)
    } else {
        (format!("{whole} − {a} + {a} = _"), whole)
    };
    let change = if right == a { b } else { a };
    let mut rules: Vec<Rule> =
        part_rules(0, right).into_iter().filter(|(_, code)| *code == "off-by-one-part").collect();
    rules.insert(0, (right + change, "adds-instead"));
    Problem::new(Answer::number(right, &rules))
        .tell(say!(l, "Look first, then answer.", "Regarde d'abord, puis réponds."))
        .sum(l, &sentence)
        .hint(say!(l, "What comes and what goes?", "Qu'est-ce qui vient et qu'est-ce qui part ?"))
        .hint(say!(
            l,
            "{change} comes and {change} goes. Think of doing and undoing.",
            "{change} vient et {change} part. Pense à faire et défaire."
        ))
        .hint(say!(
            l,
            "The two steps undo each other. So you are back at the start: the first number.",
            "Les deux étapes s'annulent. Tu reviens au départ : le premier nombre."
        ))
        .step(say!(l, "+ {change} and − {change} undo each other.", "+ {change} et − {change} s'annulent."))
        .step(say!(l, "It stays {right}.", "Cela reste {right}."))
        .praise(say!(
            l,
            "Yes. Adding and taking away the same changes nothing.",
            "Oui. Ajouter et enlever la même chose ne change rien."
        ))
        .seconds(18)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_through_ten() {
        assert_eq!(
            add_rules(8, 6),
            [
                (13, "counts-the-start"),
                (10, "forgets-second-part"),
                (16, "forgets-second-part"),
                (4, "drops-ten"),
                (2, "subtracts-instead")
            ]
        );
        assert_eq!(teen_rules(13, 5)[..2], [(12, "smaller-from-larger"), (10, "forgets-second-part")]);
        assert_eq!(teen_rules(15, 2)[0], (14, "counts-the-start"));
    }

    #[test]
    fn crossing_pairs_cross_ten() {
        for seed in 0..500 {
            let ask = chalkbox_tool::check::ask("numeracy.add.within-20", 0.75, seed, "en");
            let (a, b) = crossing(&mut Setup::new(&ask), 11, 18);
            assert!((2..=9).contains(&a) && (2..=9).contains(&b) && a + b > 10, "{a} + {b}");
        }
    }
}
