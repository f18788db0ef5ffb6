//! Equal groups, doubles and halves, with things and pictures. Never here: times tables.

use chalkbox_tool::forms::{asked, bar};
use chalkbox_tool::{
    Answer, Block, Figure, Layout, Problem, Rule, Setup, counted, dots, number_words, row, say, spoken_math, ten_frame,
};

use crate::help;

fn group_rules(g: i64, each: i64) -> Vec<Rule> {
    vec![
        (g + each, "adds-instead-of-multiplies"),
        (g, "counts-groups"),
        (each, "counts-groups"),
        ((g - 1) * each, "one-group-off"),
        ((g + 1) * each, "one-group-off"),
    ]
}

fn group_help(p: Problem, s: &Setup, g: i64, each: i64) -> Problem {
    let (l, right) = (s.lang, g * each);
    let sum = vec![each.to_string(); g as usize].join(" + ");
    let last = vec![each.to_string(); 2].join(" + ");
    let two = 2 * each;
    p.hint(say!(l, "How many groups? How many in each?", "Combien de groupes ? Combien dans chacun ?"))
        .hint(say!(
            l,
            "Touch one group for each step, and count in steps of {each}.",
            "Touche un groupe à chaque pas, et compte de {each} en {each}."
        ))
        .hint(say!(
            l,
            "Two groups: {last} = {two}. Go on group by group.",
            "Deux groupes : {last} = {two}. Continue groupe par groupe."
        ))
        .step(say!(l, "There are {g} groups of {each}.", "Il y a {g} groupes de {each}."))
        .step_show(help::plates(g, each))
        .step_show([Block::Math(format!("{sum} = {right}"))])
        .praise(say!(l, "Yes. {g} groups of {each} make {right}.", "Oui. {g} groupes de {each} font {right}."))
        .seconds(25)
}

/// `numeracy.mult.equal-groups`
pub fn equal_groups(s: &mut Setup) -> Problem {
    match s.band {
        0 => {
            let (g, each) = (s.rng.range(2, 3), *s.rng.pick(&[2, 5]));
            in_all(s, g, each)
        }
        1 => parts(s),
        2 => {
            let (g, each) = (s.rng.range(3, 5), s.rng.range(2, 5));
            in_all(s, g, each)
        }
        3 => made(s),
        _ if s.rng.chance(1, 2) => which_picture(s),
        _ => covered(s),
    }
}

fn in_all(s: &mut Setup, g: i64, each: i64) -> Problem {
    let l = s.lang;
    let p = Problem::new(asked(s, g * each, &group_rules(g, each), 50)).show(help::plates(g, each)).tell(say!(
        l,
        "{g} groups of {each}. How many in all?",
        "{g} groupes de {each}. Combien en tout ?"
    ));
    group_help(p, s, g, each)
}

/// How many groups, or how many in each?
fn parts(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (g, each) = (s.rng.range(2, 4), *s.rng.pick(&[2, 5, 10]));
    let of_groups = s.rng.chance(1, 2);
    let (right, other) = if of_groups { (g, each) } else { (each, g) };
    let rules = [(other, "groups-sizes-swapped"), (g * each, "repeats-given-number")];
    let p = Problem::new(asked(s, right, &rules, 50)).show(help::plates(g, each));
    let p = if of_groups {
        p.tell(say!(l, "How many groups are there?", "Combien y a-t-il de groupes ?"))
            .hint(say!(l, "Put your finger on a whole group.", "Pose ton doigt sur un groupe entier."))
            .hint(say!(l, "Count the rings, not the dots inside.", "Compte les cercles, pas les points dedans."))
    } else {
        p.tell(say!(l, "How many are in each group?", "Combien y en a-t-il dans chaque groupe ?"))
            .hint(say!(l, "Look at one group only.", "Regarde un seul groupe."))
            .hint(say!(
                l,
                "Count what is inside one ring. All rings have the same.",
                "Compte ce qui est dans un cercle. Tous en ont autant."
            ))
    };
    p.step(say!(l, "There are {g} groups, each with {each}.", "Il y a {g} groupes, chacun de {each}."))
        .step_show(help::plates(g, each))
        .praise(say!(l, "Yes. {g} groups of {each}.", "Oui. {g} groupes de {each}."))
        .seconds(20)
}

/// Tap as many as the groups hold, told in words.
fn made(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (g, each, picture) = (s.rng.range(2, 6), s.rng.range(2, 4), s.picture());
    let things = picture.thing(l);
    let amount = counted(l, each, &things);
    let words = number_words(l, g);
    let p = Problem::new(Answer::tap(picture.name, 30, g * each, &group_rules(g, each))).tell(say!(
        l,
        "There are {words} plates. Each gets {amount}. Tap as many as you need.",
        "Il y a {words} assiettes. Chacune reçoit {amount}. Touches-en autant qu'il en faut."
    ));
    group_help(p, s, g, each)
}

/// One group is seen, the others are covered.
fn covered(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (g, each) = (s.rng.range(3, 6), s.rng.range(2, 5));
    let p = Problem::new(asked(s, g * each, &group_rules(g, each), 50)).show(help::plates(1, each)).tell(say!(
        l,
        "You see one of {g} equal groups. How many are in all {g} groups?",
        "Tu vois un de {g} groupes égaux. Combien y en a-t-il dans les {g} groupes ?"
    ));
    group_help(p, s, g, each)
}

fn which_picture(s: &mut Setup) -> Problem {
    let l = s.lang;
    let g = s.rng.range(2, 5);
    let each = if s.rng.chance(1, 2) { g + 1 } else { g + 2 };
    let (g, each) = if s.rng.chance(1, 2) { (each, g) } else { (g, each) };
    let wrong = vec![
        (help::plates(each, g), Some("groups-sizes-swapped")),
        (help::plates(g + 1, each), Some("one-group-off")),
        (help::plates(g, each + 1), None),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, help::plates(g, each), wrong)).tell(say!(
        l,
        "Which picture shows {g} groups of {each}?",
        "Quelle image montre {g} groupes de {each} ?"
    ));
    group_help(p, s, g, each)
}

/// `numeracy.mult.doubles-halves`
pub fn doubles_halves(s: &mut Setup) -> Problem {
    match s.band {
        0 => {
            let n = s.rng.range(1, 5);
            double(s, n, true)
        }
        1 => {
            let n = s.rng.range(1, 5);
            half(s, n, true)
        }
        band => {
            let (n, halves) = (s.rng.range(if band == 2 { 6 } else { 3 }, 10), s.rng.chance(1, 2));
            match (band, s.rng.below(4)) {
                (4, 0) => twice(s),
                (4, 1) => half_of_what(s, n),
                (4, 2) => double(s, n * 10, false),
                (4, _) => near_double(s, n),
                _ if halves => half(s, n, band == 2),
                _ => double(s, n, band == 2),
            }
        }
    }
}

fn double(s: &mut Setup, n: i64, seen: bool) -> Problem {
    let (l, right) = (s.lang, 2 * n);
    let mut rules = vec![(n + 2, "plus-two-for-double"), (n, "repeats-given-number")];
    if n % 2 == 0 {
        rules.insert(0, (n / 2, "double-half-swapped"));
    }
    let mut p = Problem::new(asked(s, right, &rules, 220));
    if seen {
        p = if n > 5 { p.figure(ten_frame(n)) } else { p.figure(dots(n, Layout::Dice)) };
    }
    p.tell(say!(l, "What is the double of {n}?", "Quel est le double de {n} ?"))
        .hint(say!(l, "Double: the same again.", "Le double : encore la même chose."))
        .hint_with(say!(l, "The bar shows it twice.", "La barre le montre deux fois."), bar(&[n, n]))
        .hint(say!(l, "Work out {n} + {n}.", "Calcule {n} + {n}."))
        .step(say!(l, "Put {n} and {n} together.", "Mets {n} et {n} ensemble."))
        .step_show(bar(&[n, n]))
        .step_show([Block::Math(format!("{n} + {n} = {right}"))])
        .praise(say!(l, "Yes. Two times {n} is {right}.", "Oui. Deux fois {n} font {right}."))
        .seconds(12)
}

fn half(s: &mut Setup, right: i64, seen: bool) -> Problem {
    let (l, n) = (s.lang, 2 * right);
    let rules = [
        (2 * n, "double-half-swapped"),
        (n - 2, "plus-two-for-double"),
        (n, "repeats-given-number"),
        (right + 1, "off-by-one-part"),
        (right - 1, "off-by-one-part"),
    ];
    let picture = s.picture();
    let mut p = Problem::new(asked(s, right, &rules, 50));
    if seen {
        p = if n > 10 { p.figure(ten_frame(n)) } else { p.figure(row(picture.name, n)) };
    }
    p.tell(say!(l, "What is half of {n}?", "Quelle est la moitié de {n} ?"))
        .hint(say!(
            l,
            "Half: share into two equal parts and keep one.",
            "La moitié : partage en deux parts égales et gardes-en une."
        ))
        .hint(say!(l, "Which number and itself make {n}?", "Quel nombre et lui-même font {n} ?"))
        .hint_with(
            say!(
                l,
                "The bar is cut in two equal parts. Count one.",
                "La barre est coupée en deux parts égales. Comptes-en une."
            ),
            bar(&[right, right]),
        )
        .step(say!(l, "Share {n} into two equal parts.", "Partage {n} en deux parts égales."))
        .step_show(bar(&[right, right]))
        .step_show([Block::Math(format!("{right} + {right} = {n}"))])
        .praise(say!(l, "Yes. {right} and {right} make {n}.", "Oui. {right} et {right} font {n}."))
        .seconds(14)
}

/// Double, then double again.
fn twice(s: &mut Setup) -> Problem {
    let l = s.lang;
    let n = s.rng.range(2, 9);
    let (once, right) = (2 * n, 4 * n);
    let rules = [
        (once, "wrong-step-size"),
        (n + 4, "plus-two-for-double"),
        (3 * n, "one-group-off"),
        (once + 2, "plus-two-for-double"),
    ];
    Problem::new(asked(s, right, &rules, 50))
        .tell(say!(
            l,
            "Double {n}, then double again. What do you get?",
            "Prends le double de {n}, puis encore le double. Qu'obtiens-tu ?"
        ))
        .hint(say!(l, "Do the first double. Keep it in mind.", "Fais le premier double. Retiens-le."))
        .hint_with(say!(l, "The bar shows all the parts.", "La barre montre toutes les parts."), bar(&[n, n, n, n]))
        .hint(say!(
            l,
            "The first double is {once}. Now {once} + {once}.",
            "Le premier double est {once}. Maintenant {once} + {once}."
        ))
        .step(say!(l, "{n} + {n} = {once}.", "{n} + {n} = {once}."))
        .step(say!(l, "{once} + {once} = {right}.", "{once} + {once} = {right}."))
        .praise(say!(l, "Yes. Two doubles make four times: {right}.", "Oui. Deux doubles font quatre fois : {right}."))
        .seconds(22)
}

/// n is half of ?
fn half_of_what(s: &mut Setup, n: i64) -> Problem {
    let (l, right) = (s.lang, 2 * n);
    let mut rules = vec![(n + 2, "plus-two-for-double"), (n, "repeats-given-number")];
    if n % 2 == 0 {
        rules.insert(0, (n / 2, "double-half-swapped"));
    }
    Problem::new(asked(s, right, &rules, 50))
        .tell(say!(l, "{n} is half of a number. Which number?", "{n} est la moitié d'un nombre. Lequel ?"))
        .hint(say!(
            l,
            "One part of two is {n}. The other part is the same.",
            "Une part sur deux vaut {n}. L'autre est pareille."
        ))
        .hint_with(say!(l, "The bar shows both parts.", "La barre montre les deux parts."), bar(&[n, n]))
        .hint(say!(l, "Put the two parts together: {n} + {n}.", "Mets les deux parts ensemble : {n} + {n}."))
        .step(say!(
            l,
            "Both halves are {n}: {n} + {n} = {right}.",
            "Les deux moitiés valent {n} : {n} + {n} = {right}."
        ))
        .praise(say!(l, "Yes. Half of {right} is {n}.", "Oui. La moitié de {right} est {n}."))
        .seconds(18)
}

/// n + (n + 1) from the double.
fn near_double(s: &mut Setup, n: i64) -> Problem {
    let l = s.lang;
    let (more, double) = (n + 1, 2 * n);
    let right = double + 1;
    let line = format!("{n} + {more} = _");
    let rules = [(double, "off-by-one-part"), (right + 1, "off-by-one-part")];
    Problem::new(asked(s, right, &rules, 50))
        .tell(say!(l, "Use a double.", "Sers-toi d'un double."))
        .math(&line)
        .speak(spoken_math(l, &line))
        .hint(say!(l, "Which double is very near?", "Quel double est tout près ?"))
        .hint_with(
            say!(l, "The bar shows the double and one more.", "La barre montre le double et un de plus."),
            bar(&[n, n, 1]),
        )
        .hint(say!(l, "{n} + {n} = {double}. And one more?", "{n} + {n} = {double}. Et encore un ?"))
        .step(say!(l, "The double: {n} + {n} = {double}.", "Le double : {n} + {n} = {double}."))
        .step_show([Block::Figure(Figure::BarModel(vec![n as u16, n as u16, 1]))])
        .step(say!(l, "One more: {right}.", "Encore un : {right}."))
        .praise(say!(l, "Yes. The double of {n} and one more.", "Oui. Le double de {n} et un de plus."))
        .seconds(18)
}
