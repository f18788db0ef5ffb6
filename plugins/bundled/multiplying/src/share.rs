//! Sharing things fairly (numeracy.mult.share). Never here: the sign for dividing.

use chalkbox_tool::forms::{asked, bar};
use chalkbox_tool::{Answer, Block, Lang, Picture, Problem, Rule, Setup, both, counted, row, say};

use crate::help;

/// What one share is mistaken for.
pub fn share_rules(whole: i64, by: i64) -> Vec<Rule> {
    let right = whole / by;
    vec![
        (right - 1, "stops-sharing-early"),
        (by, "counts-groups"),
        (right + 1, "unequal-groups"),
        (whole - by, "subtracts-instead"),
    ]
}

/// Hints, steps and praise for dealing round by round; what cannot go round is left.
pub fn dealing(p: Problem, l: Lang, whole: i64, by: i64) -> Problem {
    let (each, left) = (whole / by, whole % by);
    let (rest, last) = (whole - by, whole - (each - 1) * by);
    let p = p.hint(say!(
        l,
        "Deal round by round: one for each, then one more for each.",
        "Distribue tour par tour : d'abord un pour chacun, puis encore un."
    ));
    let first = say!(
        l,
        "After one round each has 1. There are still {rest} to share.",
        "Après un tour, chacun en a 1. Il en reste {rest} à partager."
    );
    // With two rounds the picture before the last is the same.
    let p = if each > 2 { p.hint_with(first, help::plates(by, 1)) } else { p };
    let p = p
        .hint_with(
            say!(
                l,
                "Here it is before the last round. There are still {last}. What happens now?",
                "Voici les parts avant le dernier tour. Il en reste {last}. Que se passe-t-il ?"
            ),
            help::plates(by, each - 1),
        )
        .step(say!(l, "Deal one to each, round by round.", "Distribue un par un, tour après tour."))
        .step_show(help::plates(by, each));
    let p = if left == 0 {
        p.step(say!(
            l,
            "Nothing is left. Each gets {each}: {by} times {each} is {whole}.",
            "Il ne reste rien. Chacun en a {each} : {by} fois {each} font {whole}."
        ))
    } else {
        p.step(say!(
            l,
            "Each gets {each}. {left} cannot go round again: left over.",
            "Chacun en a {each}. Avec {left}, on ne peut plus faire un tour : c'est le reste."
        ))
    };
    p.praise(say!(l, "Yes. All have the same: {each} each.", "Oui. Tous en ont autant : {each} chacun.")).seconds(25)
}

/// `numeracy.mult.share`
pub fn share(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(4)) {
        (0, _) => {
            let each = s.rng.range(2, 3);
            dealt(s, each, 2)
        }
        (1, _) => {
            let by = *s.rng.pick(&[2, 2, 5]);
            let each = if by == 5 { 2 } else { s.rng.range(3, 5) };
            dealt(s, each, by)
        }
        (2, _) => {
            let by = s.rng.range(2, 4);
            let each = s.rng.range(2, 12 / by);
            dealt(s, each, by)
        }
        (3, 0) => fair(s),
        (3, _) => {
            let by = s.rng.range(2, 5);
            let each = s.rng.range(3, 20 / by);
            dealt(s, each, by)
        }
        (_, 0) => one_more_child(s),
        (_, 1) => levelled(s),
        (_, form) => left_over(s, form == 2),
    }
}

/// So many things for so many children, seen in the easy bands.
fn dealt(s: &mut Setup, each: i64, by: i64) -> Problem {
    let (l, whole, picture) = (s.lang, each * by, help::small(s));
    let amount = counted(l, whole, &picture.thing(l));
    let rules = share_rules(whole, by);
    let tapped = s.band < 3 && s.rng.chance(2, 3);
    let answer = if tapped { Answer::tap(picture.name, whole, each, &rules) } else { asked(s, each, &rules, 20) };
    let mut p = Problem::new(answer);
    if s.band < 3 {
        p = p.figure(row(picture.name, whole));
    } else if s.rng.chance(1, 3) {
        p = p.show(bar(&[whole]));
    }
    p = if tapped {
        p.tell(say!(
            l,
            "Share {amount} fairly among {by} children. Tap what one child gets.",
            "Partage {amount} entre {by} enfants, en parts égales. Touche la part d'un enfant."
        ))
    } else {
        p.tell(say!(
            l,
            "{amount} are shared fairly among {by} children. How many does each get?",
            "On partage {amount} entre {by} enfants, en parts égales. Combien chacun en reçoit-il ?"
        ))
    };
    dealing(p, l, whole, by)
}

/// One row of pictures for each child.
fn shares(picture: &Picture, each: &[i64]) -> Vec<Block> {
    each.iter().map(|n| Block::Figure(row(picture.name, *n))).collect()
}

/// Which sharing is fair?
fn fair(s: &mut Setup) -> Problem {
    let (l, picture) = (s.lang, help::small(s));
    let (by, each) = (s.rng.range(2, 3), s.rng.range(3, 5));
    let mut near = vec![each; by as usize];
    (near[0], near[1]) = (each + 1, each - 1);
    let mut far = vec![each - 1; by as usize];
    far[0] = each + by - 1;
    if by == 2 {
        far = vec![each - 2, each + 2];
    }
    let even = shares(picture, &vec![each; by as usize]);
    let wrong = vec![(shares(picture, &near), Some("unequal-groups")), (shares(picture, &far), Some("unequal-groups"))];
    let (whole, many) = (each * by, picture.thing(l).many);
    Problem::new(Answer::choice(&mut s.rng, even.clone(), wrong))
        .tell(say!(
            l,
            "{whole} {many} for {by} children, a row for each. Which sharing is fair?",
            "{whole} {many} pour {by} enfants, une rangée pour chacun. Quel partage est juste ?"
        ))
        .hint(say!(l, "Fair means: all have the same.", "Un partage juste : tous en ont autant."))
        .hint(say!(
            l,
            "Pair the things of one row with those of the next. Is one without partner?",
            "Mets les choses d'une rangée deux par deux avec l'autre. Y en a-t-il une toute seule ?"
        ))
        .hint(say!(l, "Look for {by} rows of {each}.", "Cherche {by} rangées de {each}."))
        .step(say!(l, "Compare the rows: all must be as long.", "Compare les rangées : toutes ont la même longueur."))
        .step_show(even)
        .step(say!(l, "{by} times {each} is {whole}.", "{by} fois {each} font {whole}."))
        .praise(say!(l, "Yes. Everyone gets {each}.", "Oui. Chacun en reçoit {each}."))
        .seconds(25)
}

/// One or two are left over: how many each, how many left?
fn left_over(s: &mut Setup, each_asked: bool) -> Problem {
    let (l, picture) = (s.lang, help::small(s));
    let (by, each) = (s.rng.range(3, 5), s.rng.range(2, 4));
    let left = s.rng.range(1, 2);
    let whole = by * each + left;
    let amount = counted(l, whole, &picture.thing(l));
    let story = say!(
        l,
        "{amount} are shared fairly among {by} children. All get the same, as many as can be.",
        "On partage {amount} entre {by} enfants. Tous en ont autant, le plus possible."
    );
    let (right, rules) = if each_asked {
        (each, share_rules(whole, by))
    } else {
        (left, vec![(0, "ignores-remainder"), (left + by, "stops-sharing-early"), (each, "swaps-quotient-remainder")])
    };
    let p = Problem::new(asked(s, right, &rules, 20)).tell(story);
    let p = if each_asked {
        p.tell(say!(l, "How many does each get?", "Combien chacun en reçoit-il ?"))
    } else {
        p.tell(say!(l, "How many are left over?", "Combien en reste-t-il ?"))
    };
    dealing(p, l, whole, by)
}

/// One more child comes to share the same heap.
fn one_more_child(s: &mut Setup) -> Problem {
    let (l, picture) = (s.lang, help::small(s));
    let (whole, by) = *s.rng.pick(&[(6, 2), (12, 2), (12, 3), (20, 4)]);
    let (amount, next) = (counted(l, whole, &picture.thing(l)), by + 1);
    let (before, after) = (whole / by, whole / next);
    let more = s.rng.chance(1, 2);
    let (from, to) = if more { (by, next) } else { (next, by) };
    let card = |words: &str| both(words.to_owned());
    let options = vec![
        (card(l.pick("more", "plus")), None),
        (card(l.pick("fewer", "moins")), None),
        (card(l.pick("as many", "autant")), None),
    ];
    let answer = Answer::choice_in_order(options, usize::from(more));
    let p = Problem::new(answer).tell(say!(
        l,
        "{amount} are shared among {from} children. Then they are shared among {to}. Does each get more or fewer?",
        "On partage {amount} entre {from} enfants, puis entre {to}. Chacun en reçoit-il plus, moins ou autant ?"
    ));
    p.hint(say!(l, "The heap stays the same. What changes?", "Le tas reste le même. Qu'est-ce qui change ?"))
        .hint_with(
            say!(l, "Here it is for {from} children.", "Voici les parts pour {from} enfants."),
            help::plates(from, whole / from),
        )
        .hint_with(say!(l, "And for {to} children.", "Et pour {to} enfants."), help::plates(to, whole / to))
        .step(say!(
            l,
            "For {by} children: {before} each. For {next} children: {after} each.",
            "Pour {by} enfants : {before} chacun. Pour {next} enfants : {after} chacun."
        ))
        .step(say!(
            l,
            "More children, smaller shares. Fewer children, larger shares.",
            "Plus d'enfants, parts plus petites. Moins d'enfants, parts plus grandes."
        ))
        .praise(say!(
            l,
            "Yes. The more children, the smaller the share.",
            "Oui. Plus il y a d'enfants, plus la part est petite."
        ))
        .seconds(30)
}

/// Two unequal heaps become two equal ones.
fn levelled(s: &mut Setup) -> Problem {
    let (l, picture) = (s.lang, help::small(s));
    let (name, name2) = s.two_names();
    let (each, moved) = (s.rng.range(4, 8), s.rng.range(1, 3));
    let (a, b) = (each + moved, each - moved);
    let (some, whole) = (counted(l, a, &picture.thing(l)), a + b);
    let rules = [
        (whole, "repeats-given-number"),
        (a - b, "subtracts-instead"),
        (each + 1, "unequal-groups"),
        (b, "unequal-groups"),
    ];
    Problem::new(asked(s, each, &rules, 20))
        .show(shares(picture, &[a, b]))
        .tell(say!(
            l,
            "{name} has {some}, {name2} has {b}. They make it fair. How many has each then?",
            "{name} a {some}, {name2} en a {b}. Ensuite, on fait deux parts égales. Combien chacun en a-t-il ?"
        ))
        .hint(say!(l, "Who must give some away?", "Qui doit en donner ?"))
        .hint(say!(
            l,
            "Move one over and look: are the rows as long now? Go on.",
            "Déplaces-en un et regarde : les rangées sont-elles égales ? Continue."
        ))
        .hint(say!(
            l,
            "Together there are {whole}. Share them among two.",
            "Ensemble, il y en a {whole}. Partage-les en deux."
        ))
        .step(say!(l, "Put all together: {a} + {b} = {whole}.", "Mets tout ensemble : {a} + {b} = {whole}."))
        .step(say!(l, "Share {whole} among two: {each} each.", "Partage {whole} en deux : {each} chacun."))
        .step_show(shares(picture, &[each, each]))
        .praise(say!(l, "Yes. Now both have {each}.", "Oui. Maintenant, chacun en a {each}."))
        .seconds(30)
}
