//! Division with something left over (numeracy.mult.remainder). Never here: written division.

use chalkbox_tool::forms::{asked, tiles_of};
use chalkbox_tool::{Answer, Block, Problem, Response, Rule, Setup, counted, row, say, spoken_math, text};

use crate::help;

/// A whole with the size of its groups.
#[derive(Clone, Copy)]
struct Parts {
    whole: i64,
    by: i64,
}

impl Parts {
    fn groups(self) -> i64 {
        self.whole / self.by
    }

    fn left(self) -> i64 {
        self.whole % self.by
    }
}

/// A whole of a band that does not come out even.
fn parts(s: &mut Setup) -> Parts {
    let (by, most) = match s.band {
        0 => (s.rng.range(2, 5), 15),
        1 => (*s.rng.pick(&[2, 5, 5, 10]), 30),
        2 => (*s.rng.pick(&[3, 4, 6]), 50),
        _ => (s.rng.range(6, 9), 99),
    };
    let least = if s.band > 1 { 3 } else { 2 };
    let groups = s.rng.range(least, ((most - by + 1) / by).min(10));
    Parts { whole: groups * by + s.rng.range(1, by - 1), by }
}

/// Hints, steps and praise: the table number below, the groups, what is left.
fn helped(p: Problem, s: &Setup, parts: Parts) -> Problem {
    let (l, Parts { whole, by }) = (s.lang, parts);
    let (groups, left) = (parts.groups(), parts.left());
    let (below, before, less) = (groups * by, (groups - 1) * by, groups - 1);
    let p = p.hint(say!(
        l,
        "Count in steps of {by}. Which number is just below {whole}?",
        "Compte de {by} en {by}. Quel nombre est juste au-dessous de {whole} ?"
    ));
    let p = if groups <= 10 && below <= 40 {
        p.hint_with(
            say!(
                l,
                "Here are {before} in groups. Can one more group be made? What is left then?",
                "En voici {before} en groupes. Peut-on faire encore un groupe ? Que reste-t-il ensuite ?"
            ),
            help::plates(less, by),
        )
    } else {
        p.hint(say!(
            l,
            "{less} × {by} = {before}. Can one more group be made?",
            "{less} × {by} = {before}. Peut-on faire encore un groupe ?"
        ))
    };
    p.hint(say!(
        l,
        "{groups} groups hold {below}. How many are missing up to {whole}?",
        "{groups} groupes en contiennent {below}. Combien en manque-t-il jusqu'à {whole} ?"
    ))
    .step(say!(
        l,
        "Just below {whole} is {groups} × {by} = {below}.",
        "Juste au-dessous de {whole}, il y a {groups} × {by} = {below}."
    ))
    .step(say!(l, "Left over: {whole} − {below} = {left}.", "Il reste : {whole} − {below} = {left}."))
    .step_show([Block::Math(format!("{whole} = {groups} × {by} + {left}"))])
    .step(say!(
        l,
        "{left} is less than {by}: no more group can be made.",
        "{left} est plus petit que {by} : on ne peut plus faire de groupe."
    ))
    .praise(say!(
        l,
        "Yes. {groups} groups of {by}, and {left} left over.",
        "Oui. {groups} groupes de {by}, et il reste {left}."
    ))
    .seconds(35)
}

/// `numeracy.mult.remainder`
pub fn remainder(s: &mut Setup) -> Problem {
    let form = s.rng.below(6);
    match (s.band, form) {
        (0, _) => with_things(s, form < 3),
        (1 | 2, 0) => which(s),
        (1, 1) => with_things(s, true),
        (1 | 2, _) => both_numbers(s),
        (3, 0) => greatest(s),
        (3, 1) => which(s),
        (3, _) => both_numbers(s),
        (_, 0) => backwards(s),
        (_, 1) => which_leave(s),
        (_, 2) => full_boxes(s),
        (_, 3) => shared_money(s),
        _ => boats(s),
    }
}

/// Things in rows: how many groups, or how many are left?
fn with_things(s: &mut Setup, left_asked: bool) -> Problem {
    let l = s.lang;
    let parts = parts(s);
    let Parts { whole, by } = parts;
    let picture = help::small(s);
    let amount = counted(l, whole, &picture.thing(l));
    let (groups, left) = (parts.groups(), parts.left());
    let (right, rules): (i64, Vec<Rule>) = if left_asked {
        (left, vec![(0, "ignores-remainder"), (left + by, "remainder-too-big"), (groups, "swaps-quotient-remainder")])
    } else {
        (
            groups,
            vec![
                (groups - 1, "remainder-too-big"),
                (left, "swaps-quotient-remainder"),
                (groups + 1, "remainder-story-slip"),
            ],
        )
    };
    let p =
        Problem::new(asked(s, right, &rules, 30)).show((whole <= 24).then(|| Block::Figure(row(picture.name, whole))));
    let p = p.tell(say!(l, "{amount} are put into groups of {by}.", "On met {amount} en groupes de {by}."));
    let p = if left_asked {
        p.tell(say!(l, "How many are left over?", "Combien en reste-t-il ?"))
    } else {
        p.tell(say!(l, "How many full groups are there?", "Combien y a-t-il de groupes complets ?"))
    };
    helped(p, s, parts)
}

/// 17 ÷ 5 = ? remainder ?, with tiles.
fn both_numbers(s: &mut Setup) -> Problem {
    let l = s.lang;
    let parts = parts(s);
    let (answer, spoken) = result_tiles(s, parts.whole, parts.by);
    let p = Problem::new(answer)
        .tell(say!(l, "How many groups, and how many are left over?", "Combien de groupes, et combien en reste-t-il ?"))
        .speak(spoken);
    helped(p, s, parts)
}

/// Tiles for the groups and the remainder of whole ÷ by, with the line for the voice.
pub fn result_tiles(s: &mut Setup, whole: i64, by: i64) -> (Answer, String) {
    let l = s.lang;
    let parts = Parts { whole, by };
    let (groups, left) = (parts.groups(), parts.left());
    let sentence = l.pick(format!("{whole} ÷ {by} = _ remainder _"), format!("{whole} ÷ {by} = _ reste _"));
    let rights = [groups.to_string(), left.to_string()];
    let low = groups - 1;
    let extra: Vec<(String, Option<&'static str>)> =
        [(0, Some("ignores-remainder")), (low, None), (left + by, None), (groups + 1, Some("one-group-off"))]
            .into_iter()
            .filter(|(n, _)| *n != groups && *n != left)
            .map(|(n, code)| (n.to_string(), code))
            .collect();
    let mut answer = tiles_of(s, &sentence, &rights, &extra);
    if groups != left
        && let Some(turned) = answer.turned(0, 1)
    {
        answer = answer.wrong(turned, "swaps-quotient-remainder");
    }
    if let Some(slip) = tiles_at(&answer, &[low.to_string(), (left + by).to_string()]) {
        answer = answer.wrong(slip, "remainder-too-big");
    }
    (answer, spoken_math(l, &sentence))
}

/// The response that puts these tiles into the gaps in order, if they are all there.
fn tiles_at(answer: &Answer, tiles: &[String]) -> Option<Response> {
    let chalkbox_tool::Interaction::GapMatch(gaps) = &answer.interaction else { return None };
    let pairs = gaps.left.iter().zip(tiles).map(|(gap, tile)| {
        let shown = gaps.right.iter().find(|option| option.content == text(tile.clone()))?;
        Some((gap.id.clone(), shown.id.clone()))
    });
    Some(Response::Pairs(pairs.collect::<Option<Vec<_>>>()?))
}

/// Which result is right?
fn which(s: &mut Setup) -> Problem {
    let l = s.lang;
    let parts = parts(s);
    let Parts { whole, by } = parts;
    let (groups, left) = (parts.groups(), parts.left());
    let card = |q: i64, r: i64| text(say!(l, "{q} remainder {r}", "{q} reste {r}"));
    let mut wrong = vec![
        (card(groups - 1, left + by), Some("remainder-too-big")),
        (text(l.pick(format!("{groups}.{left}"), format!("{groups},{left}"))), Some("remainder-as-decimal")),
    ];
    if groups != left {
        wrong.push((card(left, groups), Some("swaps-quotient-remainder")));
    }
    wrong.push((card(groups, 0), Some("ignores-remainder")));
    let p = Problem::new(Answer::choice(&mut s.rng, card(groups, left), wrong))
        .tell(say!(l, "Which result is right?", "Quel résultat est juste ?"))
        .sum(l, &format!("{whole} ÷ {by} = _"));
    helped(p, s, parts)
}

/// The greatest remainder there can be.
fn greatest(s: &mut Setup) -> Problem {
    let l = s.lang;
    let by = s.rng.range(4, 10);
    let right = by - 1;
    let rules = [(by, "remainder-too-big"), (by + 1, "remainder-too-big"), (right - 1, "off-by-one-part")];
    Problem::new(asked(s, right, &rules, 12))
        .tell(say!(
            l,
            "A number is divided by {by}. What is the greatest remainder there can be?",
            "On divise un nombre par {by}. Quel est le plus grand reste possible ?"
        ))
        .hint(say!(l, "What happens when {by} are left?", "Que se passe-t-il s'il en reste {by} ?"))
        .hint(say!(
            l,
            "Try some numbers in a row. What is left each time?",
            "Essaie quelques nombres à la suite. Que reste-t-il chaque fois ?"
        ))
        .hint(say!(
            l,
            "{by} left over would make one more group. So it must be less.",
            "S'il en restait {by}, on ferait encore un groupe. Il faut donc moins."
        ))
        .step(say!(
            l,
            "{by} would be a whole group. One less can be left: {right}.",
            "{by} serait un groupe entier. Il peut en rester un de moins : {right}."
        ))
        .praise(say!(
            l,
            "Yes. The remainder is always less than {by}.",
            "Oui. Le reste est toujours plus petit que {by}."
        ))
        .seconds(25)
}

/// ? ÷ 6 = 7 remainder 2
fn backwards(s: &mut Setup) -> Problem {
    let l = s.lang;
    let parts = parts(s);
    let Parts { whole, by } = parts;
    let (groups, left, below) = (parts.groups(), parts.left(), whole - parts.left());
    let rules = [
        (below, "ignores-remainder"),
        (groups + by + left, "adds-instead-of-multiplies"),
        (whole + by, "one-group-off"),
    ];
    let p = Problem::new(asked(s, whole, &rules, 120)).tell(say!(
        l,
        "A number is divided by {by}. It makes {groups} groups and {left} are left over. Which number is it?",
        "On divise un nombre par {by}. Cela fait {groups} groupes, et il reste {left}. Quel est ce nombre ?"
    ));
    p.hint(say!(l, "Put all together again.", "Remets tout ensemble."))
        .hint(say!(l, "First the full groups: {groups} × {by}.", "D'abord les groupes complets : {groups} × {by}."))
        .hint(say!(
            l,
            "{groups} × {by} = {below}. Do not forget what was left.",
            "{groups} × {by} = {below}. N'oublie pas le reste."
        ))
        .step(say!(l, "The groups: {groups} × {by} = {below}.", "Les groupes : {groups} × {by} = {below}."))
        .step(say!(l, "And the rest: {below} + {left} = {whole}.", "Et le reste : {below} + {left} = {whole}."))
        .praise(say!(l, "Yes. Groups and rest make {whole}.", "Oui. Les groupes et le reste font {whole}."))
        .seconds(35)
}

/// Which of these leave so many?
fn which_leave(s: &mut Setup) -> Problem {
    let l = s.lang;
    let by = s.rng.range(3, 6);
    let left = s.rng.range(1, by - 1);
    let some = s.rng.distinct(2, 9, 4);
    let right = some[..2].iter().map(|g| text((g * by + left).to_string())).collect();
    let other = if left + 1 < by { left + 1 } else { left - 1 };
    let wrong = vec![
        (text((some[2] * by).to_string()), Some("ignores-remainder")),
        (text((some[3] * by + other).to_string()), None),
    ];
    let (n, groups) = (some[0] * by + left, some[0]);
    Problem::new(Answer::choice_of_all(&mut s.rng, right, wrong))
        .tell(say!(
            l,
            "Divide each number by {by}. Which ones leave {left}? Choose them all.",
            "Divise chaque nombre par {by}. Lesquels laissent {left} comme reste ? Choisis-les tous."
        ))
        .hint(say!(
            l,
            "Count in steps of {by}: these leave nothing.",
            "Compte de {by} en {by} : ceux-là ne laissent rien."
        ))
        .hint(say!(l, "Find the step just below each number.", "Cherche le pas juste au-dessous de chaque nombre."))
        .hint(say!(
            l,
            "{n} is {groups} × {by} and {left} more. Now the others.",
            "{n}, c'est {groups} × {by} et encore {left}. À toi pour les autres."
        ))
        .step(say!(
            l,
            "A number that is {left} more than a step leaves {left}.",
            "Un nombre qui a {left} de plus qu'un pas laisse {left}."
        ))
        .step_show([Block::Math(format!("{n} = {groups} × {by} + {left}"))])
        .praise(say!(l, "Yes. All of these leave {left}.", "Oui. Tous laissent {left}."))
        .seconds(40)
}

/// All must sit: one boat more than the full ones.
fn boats(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (by, groups) = (s.rng.range(4, 8), s.rng.range(3, 8));
    let parts = Parts { whole: by * groups + s.rng.range(1, by - 1), by };
    let (whole, left, right) = (parts.whole, parts.left(), groups + 1);
    let rules = [
        (groups, "remainder-story-slip"),
        (left, "swaps-quotient-remainder"),
        (whole - by, "subtracts-instead"),
        (whole * by, "multiplies-instead"),
    ];
    let p = Problem::new(asked(s, right, &rules, 40)).tell(say!(
        l,
        "{whole} children cross a river. A boat takes {by} children. How many boats are needed for all?",
        "Pour traverser une rivière, une barque prend {by} enfants. Combien de barques faut-il pour {whole} enfants ?"
    ));
    story_help(
        p,
        s,
        parts,
        right,
        say!(
            l,
            "{left} more must cross too: one more boat. {right} boats.",
            "Avec {left} de plus à faire traverser, il faut encore une barque : {right} barques."
        ),
    )
}

/// Only full boxes count.
fn full_boxes(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (by, groups) = (s.rng.range(4, 8), s.rng.range(3, 8));
    let parts = Parts { whole: by * groups + s.rng.range(1, by - 1), by };
    let (whole, left, food) = (parts.whole, parts.left(), s.food());
    let amount = counted(l, whole, &food);
    let rules = [
        (groups + 1, "remainder-story-slip"),
        (left, "swaps-quotient-remainder"),
        (whole - by, "subtracts-instead"),
        (groups - 1, "remainder-too-big"),
    ];
    let p = Problem::new(asked(s, groups, &rules, 40)).tell(say!(
        l,
        "{amount} are packed into boxes of {by}. Only full boxes are sold. How many boxes are sold?",
        "On range {amount} par boîtes de {by}. On ne vend que les boîtes pleines. Combien de boîtes vend-on ?"
    ));
    story_help(
        p,
        s,
        parts,
        groups,
        say!(
            l,
            "What is left, {left}, does not fill a box: {groups} boxes.",
            "Ce qui reste, {left}, ne remplit pas une boîte : on en vend {groups}."
        ),
    )
}

/// What is left is asked, in coins.
fn shared_money(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (by, groups) = (s.rng.range(4, 8), s.rng.range(3, 8));
    let parts = Parts { whole: by * groups + s.rng.range(1, by - 1), by };
    let (whole, left, name) = (parts.whole, parts.left(), s.name());
    let below = whole - left;
    let rules = [
        (groups, "remainder-story-slip"),
        (0, "ignores-remainder"),
        (left + by, "remainder-too-big"),
        (whole - by, "stops-after-one-step"),
    ];
    let p = Problem::new(asked(s, left, &rules, 40)).tell(say!(
        l,
        "A pen costs {by} coins. {name} has {whole} coins and buys as many pens as possible. How many coins are left?",
        "Un stylo coûte {by} sous. {name} a {whole} sous et en achète le plus possible. Combien de sous reste-t-il ?"
    ));
    story_help(
        p,
        s,
        parts,
        left,
        say!(
            l,
            "{groups} pens cost {below} coins. {whole} − {below} = {left}.",
            "{groups} stylos coûtent {below} sous. {whole} − {below} = {left}."
        ),
    )
}

/// The help of a division, with what the story wants at the end.
fn story_help(p: Problem, s: &Setup, parts: Parts, right: i64, last: String) -> Problem {
    let l = s.lang;
    let Parts { whole, by } = parts;
    let (groups, left) = (parts.groups(), parts.left());
    p.hint(say!(
        l,
        "Divide first. Then ask what happens with the rest.",
        "Divise d'abord. Puis demande-toi ce que devient le reste."
    ))
    .hint(say!(
        l,
        "Which number of the table of {by} is just below {whole}?",
        "Dans la table de {by}, quel nombre est juste au-dessous de {whole} ?"
    ))
    .hint(say!(
        l,
        "{whole} is {groups} times {by} and {left} more. What does the story want?",
        "{whole}, c'est {groups} fois {by} et encore {left}. Que veut l'histoire ?"
    ))
    .step_show([Block::Math(format!("{whole} = {groups} × {by} + {left}"))])
    .step(last)
    .praise(say!(l, "Yes, {right}. You thought of the rest.", "Oui, {right}. Tu as pensé au reste."))
    .seconds(45)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_always_left() {
        let most = [15, 30, 50, 99, 99];
        for (band, difficulty) in chalkbox_tool::check::DIFFICULTIES.into_iter().enumerate() {
            for seed in 0..300 {
                let ask = chalkbox_tool::check::ask("numeracy.mult.remainder", difficulty, seed, "en");
                let parts = parts(&mut Setup::new(&ask));
                assert!(parts.left() > 0 && parts.groups() > 1 && parts.whole <= most[band], "{}", parts.whole);
            }
        }
    }
}
