//! Division as sharing and as grouping, and its sign (numeracy.mult.divide-meaning). Never here: facts known by heart.

use chalkbox_tool::forms::asked;
use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, counted, row, say};

use crate::share::dealing;
use crate::{divide, help};

/// What is known of the groups: how many there are, or how many stand in each.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    Groups,
    Each,
}

/// Hints, steps and praise for packing so many in each.
fn packing(p: Problem, s: &Setup, whole: i64, by: i64) -> Problem {
    let (l, right) = (s.lang, whole / by);
    let (rest, less, before) = (whole - by, right - 1, whole - by);
    p.hint(say!(
        l,
        "You know how many are in each group. How many groups can be made?",
        "Tu sais combien il y en a par groupe. Combien de groupes peut-on faire ?"
    ))
    .hint_with(
        say!(l, "Here is the first group. There are still {rest}.", "Voici le premier groupe. Il en reste {rest}."),
        help::plates(1, by),
    )
    .hint_with(
        say!(
            l,
            "These hold {before}. One more group, then count the groups.",
            "En voici {before}. Ajoute un groupe, puis compte les groupes."
        ),
        help::plates(less, by),
    )
    .step(say!(l, "Make groups of {by} until nothing is left.", "Fais des groupes de {by} jusqu'à la fin."))
    .step_show(help::plates(right, by))
    .step(say!(
        l,
        "There are {right} groups: {whole} ÷ {by} = {right}.",
        "Il y a {right} groupes : {whole} ÷ {by} = {right}."
    ))
    .praise(say!(l, "Yes. {right} groups of {by} make {whole}.", "Oui. {right} groupes de {by} font {whole}."))
    .seconds(30)
}

/// The help that fits what is known.
fn helped(p: Problem, s: &Setup, whole: i64, by: i64, known: Known) -> Problem {
    match known {
        Known::Groups => {
            let line = Block::Math(format!("{whole} ÷ {by} = {}", whole / by));
            dealing(p, s.lang, whole, by).step_show([line]).seconds(30)
        }
        Known::Each => packing(p, s, whole, by),
    }
}

/// What whole ÷ by is mistaken for.
fn meaning_rules(whole: i64, by: i64, known: Known) -> Vec<Rule> {
    let right = whole / by;
    let mut rules = vec![(whole - by, "subtracts-instead")];
    rules.push(if known == Known::Groups { (by, "counts-groups") } else { (by, "repeats-given-number") });
    let less = if known == Known::Groups { "stops-sharing-early" } else { "one-group-off" };
    rules.extend([(right - 1, less), (right + 1, "one-group-off"), (whole * by, "multiplies-instead")]);
    rules
}

/// `numeracy.mult.divide-meaning`
pub fn divide_meaning(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let known = if s.rng.chance(1, 2) { Known::Groups } else { Known::Each };
    match (s.band, form) {
        (0, _) => {
            let by = s.rng.range(2, 3);
            let right = s.rng.range(2, 12 / by);
            divided(s, right, by, Known::Groups)
        }
        (1, _) => {
            let by = *s.rng.pick(&[2, 2, 3, 4, 5]);
            let right = s.rng.range(2, 12 / by);
            divided(s, right, by, Known::Each)
        }
        (2, 0) => joined(s),
        (2, _) => {
            let by = s.rng.range(2, 5);
            let right = s.rng.range(2, 20 / by);
            divided(s, right, by, known)
        }
        (3, 0 | 1) => which_sentence(s, known),
        (3, _) => {
            let by = s.rng.range(3, 6);
            let right = s.rng.range(3, 30 / by);
            divided(s, right, by, known)
        }
        (_, 0) => which_story(s),
        (_, 1) => {
            let n = s.rng.range(2, 9);
            let (whole, by) = *s.rng.pick(&[(n, 1), (n, n)]);
            divide::quotient(s, whole, by)
        }
        (_, 2) => in_groups_of(s),
        _ => not_this(s),
    }
}

/// The story of a division in words.
fn told(s: &Setup, amount: &str, by: i64, known: Known) -> String {
    match known {
        Known::Groups => say!(
            s.lang,
            "{amount} are shared among {by} children. How many does each get?",
            "On partage {amount} entre {by} enfants. Combien chacun en reçoit-il ?"
        ),
        Known::Each => say!(
            s.lang,
            "{amount} go into bags, {by} in each bag. How many bags are needed?",
            "On met {amount} dans des sacs, {by} par sac. Combien de sacs faut-il ?"
        ),
    }
}

/// A story with its sentence; things are seen in the first three bands.
fn divided(s: &mut Setup, right: i64, by: i64, known: Known) -> Problem {
    let (l, whole) = (s.lang, right * by);
    let seen = s.band < 3;
    let tapped = seen && known == Known::Each && s.rng.chance(1, 3);
    // What goes into cups must be small.
    let picture = if tapped { help::tiny(s) } else { help::small(s) };
    let food = s.food();
    let amount = counted(l, whole, &if seen { picture.thing(l) } else { food });
    let rules = meaning_rules(whole, by, known);
    let answer = if tapped { Answer::tap("cup", 12, right, &rules) } else { asked(s, right, &rules, 40) };
    let mut p = Problem::new(answer);
    if seen {
        p = p.figure(row(picture.name, whole));
    }
    p = if tapped {
        p.tell(say!(
            l,
            "{amount} go into cups, {by} in each cup. Tap as many cups as you need.",
            "On met {amount} dans des tasses, {by} par tasse. Touche les tasses qu'il faut."
        ))
    } else {
        p.tell(told(s, &amount, by, known))
    };
    helped(p.sum(l, &format!("{whole} ÷ {by} = _")), s, whole, by, known)
}

/// Join each picture to its division.
fn joined(s: &mut Setup) -> Problem {
    let l = s.lang;
    let mut cards = vec![(2, 3), (2, 4), (2, 5), (3, 3), (3, 4), (3, 5), (4, 4), (4, 5)];
    s.rng.shuffle(&mut cards);
    cards.truncate(3);
    let line = |g: i64, e: i64| vec![Block::Math(format!("{} ÷ {g} = {e}", g * e))];
    let pairs = cards.iter().map(|(g, e)| (help::plates(*g, *e), line(*g, *e))).collect();
    let (g, e) = cards[0];
    let whole = g * e;
    let extra = vec![vec![Block::Math(format!("{g} ÷ {whole} = {e}"))]];
    let rules = [(0, 3, "division-order-swapped")];
    Problem::new(Answer::matching(&mut s.rng, pairs, extra, &rules))
        .tell(say!(
            l,
            "Join each picture to its division. One card is left over.",
            "Relie chaque image à sa division. Une carte reste seule."
        ))
        .hint(say!(l, "Count the whole first.", "Compte d'abord le tout."))
        .hint(say!(
            l,
            "The whole is written first. Then the number of rings.",
            "Le tout s'écrit en premier. Ensuite, le nombre de cercles."
        ))
        .hint_with(
            say!(l, "This picture has {whole} dots in {g} rings.", "Cette image a {whole} points dans {g} cercles."),
            help::plates(g, e),
        )
        .step(say!(
            l,
            "{whole} dots in {g} rings are {e} in each: {whole} ÷ {g} = {e}.",
            "{whole} points dans {g} cercles, cela fait {e} par cercle : {whole} ÷ {g} = {e}."
        ))
        .step(say!(l, "Do the same with the other pictures.", "Fais de même pour les autres images."))
        .praise(say!(l, "Yes. The whole stands first.", "Oui. Le tout vient en premier."))
        .seconds(45)
}

/// Which sentence tells the story?
fn which_sentence(s: &mut Setup, known: Known) -> Problem {
    let l = s.lang;
    let (by, right) = (s.rng.range(3, 6), s.rng.range(2, 5));
    let (whole, food) = (by * right, s.food());
    let amount = counted(l, whole, &food);
    let math = |line: String| vec![Block::Math(line)];
    let wrong = vec![
        (math(format!("{by} ÷ {whole} = _")), Some("division-order-swapped")),
        (math(format!("{whole} − {by} = _")), Some("subtracts-instead")),
        (math(format!("{whole} × {by} = _")), Some("multiplies-instead")),
    ];
    let answer = Answer::choice(&mut s.rng, math(format!("{whole} ÷ {by} = _")), wrong);
    let p = Problem::new(answer).tell(told(s, &amount, by, known)).tell(say!(
        l,
        "Which sentence tells it?",
        "Quelle écriture le raconte ?"
    ));
    helped(p, s, whole, by, known)
}

/// Which story is whole ÷ by?
fn which_story(s: &mut Setup) -> Problem {
    let l = s.lang;
    let known = if s.rng.chance(1, 2) { Known::Groups } else { Known::Each };
    let (by, right) = (s.rng.range(3, 5), s.rng.range(2, 6));
    let (whole, food, name) = (by * right, s.food(), s.name());
    let (amount, many) = (counted(l, whole, &food), food.many);
    let fits = match known {
        Known::Groups => say!(l, "{amount} are shared among {by} children.", "On partage {amount} entre {by} enfants."),
        Known::Each => say!(l, "{amount} are put into bags of {by}.", "On met {amount} dans des sacs de {by}."),
    };
    let away = say!(l, "{name} has {amount} and gives {by} away.", "{name} a {amount} et en donne {by}.");
    let times = say!(l, "There are {by} bags with {whole} {many} in each.", "Il y a {by} sacs de {whole} {many}.");
    let wrong = vec![(away, Some("subtracts-instead")), (times, Some("multiplies-instead"))];
    let answer = Answer::choose_text(&mut s.rng, fits.clone(), wrong);
    let (groups, each) = if known == Known::Groups { (by, right) } else { (right, by) };
    Problem::new(answer)
        .tell(say!(l, "Which story fits this?", "Quelle histoire va avec cette écriture ?"))
        .sum(l, &format!("{whole} ÷ {by}"))
        .hint(say!(l, "Dividing: a whole becomes equal groups.", "Diviser : d'un tout, on fait des groupes égaux."))
        .hint(say!(l, "Is {whole} the whole in the story?", "Dans l'histoire, {whole} est-il le tout ?"))
        .hint_with(
            say!(l, "The picture shows the right story.", "L'image montre la bonne histoire."),
            help::plates(groups, each),
        )
        .step(say!(l, "The whole, {whole}, is put into equal groups.", "Le tout, {whole}, est mis en groupes égaux."))
        .step(fits)
        .step_show(help::plates(groups, each))
        .praise(say!(l, "Yes. The whole becomes equal groups.", "Oui. Du tout, on fait des groupes égaux."))
        .seconds(35)
}

/// Which picture shows the whole in groups of so many?
fn in_groups_of(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (by, right) = (s.rng.range(2, 5), s.rng.range(2, 4));
    let right = if right == by { right + 1 } else { right };
    let whole = by * right;
    let wrong = vec![
        (help::plates(by, right), Some("groups-sizes-swapped")),
        (help::plates(right - 1, by), Some("one-group-off")),
        (help::plates(right + 1, by), Some("one-group-off")),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, help::plates(right, by), wrong)).tell(say!(
        l,
        "Which picture shows {whole} in groups of {by}?",
        "Quelle image montre {whole} en groupes de {by} ?"
    ));
    packing(p, s, whole, by)
}

/// Which picture cannot be whole ÷ by?
fn not_this(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (by, right) = (s.rng.range(2, 5), s.rng.range(2, 5));
    let right = if right == by { right + 1 } else { right };
    let whole = by * right;
    let odd = if s.rng.chance(1, 2) { help::plates(by, by) } else { help::plates(right, right) };
    let wrong = vec![(help::plates(by, right), None), (help::plates(right, by), Some("groups-sizes-swapped"))];
    Problem::new(Answer::choice(&mut s.rng, odd, wrong))
        .tell(say!(
            l,
            "Two pictures can show this. Which one cannot?",
            "Deux images peuvent le montrer. Laquelle ne le peut pas ?"
        ))
        .sum(l, &format!("{whole} ÷ {by}"))
        .hint(say!(l, "How many things are in all?", "Combien y a-t-il de choses en tout ?"))
        .hint(say!(
            l,
            "It can be {by} groups, or groups of {by}.",
            "Cela peut être {by} groupes, ou bien des groupes de {by}."
        ))
        .hint(say!(
            l,
            "Count in each picture. One does not have {whole}.",
            "Compte dans chaque image. Dans l'une, il n'y en a pas {whole}."
        ))
        .step(say!(l, "{by} groups of {right} fit.", "{by} groupes de {right} conviennent."))
        .step_show(help::plates(by, right))
        .step(say!(l, "{right} groups of {by} fit too.", "{right} groupes de {by} conviennent aussi."))
        .step_show(help::plates(right, by))
        .praise(say!(l, "Yes. That one has another whole.", "Oui. Celle-là a un autre tout."))
        .seconds(35)
}
