//! The signs +, − and =: sentences for pictures and stories, both sides the same (numeracy.add.signs). Never here: how many.

use std::collections::BTreeSet;

use chalkbox_tool::forms::{bar, drawn, tiles, tiles_of};
use chalkbox_tool::{
    Answer, Block, Figure, Lang, Problem, Response, Setup, Thing, counted, row, say, spoken_math, text,
};

use crate::first::two_pictures;

/// `numeracy.add.signs`
pub fn signs(s: &mut Setup) -> Problem {
    match s.band {
        0 => sign_pictures(s),
        1 if s.rng.chance(1, 3) => sign_pictures(s),
        1 => sign_chosen(s),
        2 => sign_built(s, false),
        3 if s.rng.chance(1, 2) => sign_built(s, true),
        3 => true_or_not(s, 3),
        _ if s.rng.chance(1, 2) => balanced(s),
        _ => true_or_not(s, 4),
    }
}

/// A sum on either side of the equals sign, one number missing.
fn balanced(s: &mut Setup) -> Problem {
    let l = s.lang;
    let whole = s.rng.range(3, 7);
    let a = s.rng.range(1, whole - 1);
    let b = whole - a;
    let c = s.rng.range(1, whole - 1);
    let right = whole - c;
    let sentence = format!("{a} + {b} = {c} + _");
    let rules = [(whole, "equals-means-answer"), (whole + c, "equals-means-answer"), (right + 1, "off-by-one-part")];
    let p = if s.rng.chance(1, 2) {
        let answer = tiles(s, &sentence, &[right], &rules, 14);
        Problem::new(answer).speak(spoken_math(l, &sentence))
    } else {
        Problem::new(Answer::number(right, &rules)).sum(l, &sentence)
    };
    p.tell(say!(l, "Make both sides the same.", "Rends les deux côtés pareils."))
        .hint(say!(
            l,
            "Think of a balance: both sides weigh the same.",
            "Pense à une balance : les deux côtés pèsent pareil."
        ))
        .hint_with(
            say!(l, "The bar shows one side: {a} and {b}.", "La barre montre un côté : {a} et {b}."),
            bar(&[a, b]),
        )
        .hint(say!(
            l,
            "This side is {whole}. {c} and how many make {whole}?",
            "Ce côté vaut {whole}. {c} et combien font {whole} ?"
        ))
        .step(say!(l, "{a} + {b} is {whole}.", "{a} + {b}, c'est {whole}."))
        .step(say!(
            l,
            "The other side must be {whole} too: {c} + {right} = {whole}.",
            "L'autre côté doit valoir {whole} aussi : {c} + {right} = {whole}."
        ))
        .praise(say!(l, "Yes. Both sides are {whole}.", "Oui. Les deux côtés valent {whole}."))
        .seconds(25)
}

/// Two kinds of things in a row, and the sum that belongs to each row.
fn sign_pictures(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (one, other) = two_pictures(s);
    let mut sums: Vec<(i64, i64)> = (1..=3).flat_map(|a| (1..=2).map(move |b| (a, b))).collect();
    s.rng.shuffle(&mut sums);
    // Who starts with the other kind writes 2 + 1 for 1 + 2, and is right: only one of the two may stand there.
    let mut seen = BTreeSet::new();
    sums.retain(|(a, b)| seen.insert((*a.min(b), *a.max(b))));
    let picture = |(a, b): (i64, i64)| {
        drawn(Figure::Row([vec![one.name.to_owned(); a as usize], vec![other.name.to_owned(); b as usize]].concat()))
    };
    let sum = |(a, b): (i64, i64)| vec![Block::Math(format!("{a} + {b}"))];
    let (a, b) = sums[0];
    let p = if s.rng.chance(1, 2) {
        let pairs = sums[..2].iter().map(|pair| (picture(*pair), sum(*pair))).collect();
        let answer = Answer::matching(&mut s.rng, pairs, vec![sum(sums[2])], &[]);
        Problem::new(answer).tell(say!(
            l,
            "Join each picture to its number sentence. One sentence is left over.",
            "Relie chaque image à son écriture. Une écriture reste seule."
        ))
    } else {
        let wrong = vec![
            (vec![Block::Math(format!("{a} − {b}"))], Some("plus-minus-swapped")),
            (vec![Block::Math(format!("{a}{b}"))], Some("joins-digits")),
            (sum(sums[1]), None),
        ];
        let answer = Answer::choice(&mut s.rng, sum((a, b)), wrong);
        let shown = picture((a, b));
        Problem::new(answer).show(shown).tell(say!(
            l,
            "The two kinds are put together. Which number sentence shows it?",
            "On met les deux sortes ensemble. Quelle écriture le montre ?"
        ))
    };
    p.hint(say!(
        l,
        "Look at one picture. Count the first kind, then the second kind.",
        "Regarde une image. Compte la première sorte, puis la deuxième."
    ))
    .hint(say!(l, "The sign + says: put together.", "Le signe + veut dire : mettre ensemble."))
    .hint_with(
        say!(
            l,
            "Here are {a} and {b}: write {a}, then +, then the other number.",
            "Voici {a} et {b} : écris {a}, puis +, puis l'autre nombre."
        ),
        picture((a, b)),
    )
    .step_show(picture((a, b)))
    .step(say!(l, "{a} of one kind, {b} of the other kind.", "{a} d'une sorte, {b} de l'autre sorte."))
    .step_show([Block::Math(format!("{a} + {b}"))])
    .praise(say!(l, "Yes. Put together is written with +.", "Oui. Mettre ensemble s'écrit avec +."))
    .seconds(20)
}

/// A story of coming or going: its sentence is chosen.
fn sign_chosen(s: &mut Setup) -> Problem {
    let l = s.lang;
    let picture = s.picture();
    let thing = picture.thing(l);
    let takes = s.rng.chance(1, 2);
    let a = s.rng.range(2, 5);
    let b = s.rng.range(1, a - 1);
    let (sign, other) = if takes { ('−', '+') } else { ('+', '−') };
    let line = |sign: char, a: i64, b: i64| vec![Block::Math(format!("{a} {sign} {b}"))];
    let mut wrong = vec![(line(other, a, b), Some("plus-minus-swapped"))];
    if takes {
        wrong.push((line('−', b, a), Some("order-of-words")));
    }
    wrong.push((vec![Block::Math(format!("{a}{b}"))], Some("joins-digits")));
    let answer = Answer::choice(&mut s.rng, line(sign, a, b), wrong);
    sign_help(
        Problem::new(answer).figure(row(picture.name, a)).tell(sign_story(s, &thing, a, b, takes)),
        s,
        (a, b),
        takes,
    )
}

fn sign_story(s: &Setup, thing: &Thing, a: i64, b: i64, takes: bool) -> String {
    let some = counted(s.lang, a, thing);
    let are = if b == 1 { "is" } else { "are" };
    if takes {
        say!(
            s.lang,
            "There are {some}. {b} of them {are} taken away. Which number sentence tells it?",
            "Il y a {some}. On en enlève {b}. Quelle écriture le raconte ?"
        )
    } else {
        say!(
            s.lang,
            "There are {some}. {b} more {are} added. Which number sentence tells it?",
            "Il y a {some}. On en ajoute {b}. Quelle écriture le raconte ?"
        )
    }
}

fn sign_help(p: Problem, s: &Setup, (a, b): (i64, i64), takes: bool) -> Problem {
    let l = s.lang;
    let (sign, result) = if takes { ('−', a - b) } else { ('+', a + b) };
    p.hint(say!(l, "Did more come, or did some go?", "Y en a-t-il qui arrivent, ou qui partent ?"))
        .hint(say!(
            l,
            "First the start: {a}. Then what changes: {b}.",
            "D'abord le début : {a}. Puis ce qui change : {b}."
        ))
        .hint(say!(l, "The sign is {sign}. Now put the numbers.", "Le signe est {sign}. Maintenant, mets les nombres."))
        .step(say!(l, "It starts with {a}. Then {sign} {b}.", "Cela commence par {a}. Puis {sign} {b}."))
        .step_show([Block::Math(format!("{a} {sign} {b} = {result}"))])
        .praise(say!(l, "Yes. The sign {sign} tells what happens.", "Oui. Le signe {sign} dit ce qui se passe."))
        .seconds(25)
}

/// A spoken story: its sentence is built from tiles.
fn sign_built(s: &mut Setup, takes: bool) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let a = s.rng.range(3, 6);
    let b = s.rng.range(1, if takes { a - 1 } else { 4 });
    let result = if takes { a - b } else { a + b };
    let (sign, other) = if takes { ("−", "+") } else { ("+", "−") };
    let rights = [a.to_string(), sign.to_owned(), b.to_string(), result.to_string()];
    let mut extra = vec![(other.to_owned(), Some("plus-minus-swapped"))];
    extra.push((format!("{a}{b}"), Some("joins-digits")));
    let sentence = "_ _ _ = _";
    let mut answer = tiles_of(s, sentence, &rights, &extra);
    if !takes {
        // Adding may be written either way round.
        answer = answer.either_way(0, 2);
    } else if let Response::Pairs(pairs) = &answer.right {
        let swapped = vec![(pairs[0].0.clone(), pairs[2].1.clone()), (pairs[2].0.clone(), pairs[0].1.clone())];
        answer = answer.wrong(Response::Pairs(swapped), "order-of-words");
    }
    let some = counted(l, a, &thing);
    let are = if b == 1 { "is" } else { "are" };
    let stay = if result == 1 { "stays" } else { "stay" };
    let story = if takes {
        say!(
            l,
            "There are {some}. {b} of them {are} eaten, {result} {stay}. Build the number sentence.",
            "Il y a {some}. On en mange {b}, il en reste {result}. Écris-le avec les cartes."
        )
    } else {
        say!(
            l,
            "There are {some}. Add {b} more: now there are {result}. Build the number sentence.",
            "Il y a {some}. On en ajoute {b} : il y en a maintenant {result}. Écris-le avec les cartes."
        )
    };
    sign_help(Problem::new(answer).tell(story), s, (a, b), takes).seconds(40)
}

/// Is the sentence true? The equals sign means "the same as", wherever the sum stands.
fn true_or_not(s: &mut Setup, band: u8) -> Problem {
    let l = s.lang;
    let whole = s.rng.range(3, 6);
    let a = s.rng.range(1, whole - 1);
    let b = whole - a;
    let c = s.rng.range(1, whole - 1);
    let is_true = s.rng.chance(2, 3);
    // A false sentence is one out on the left.
    let off = i64::from(!is_true);
    let (line, left, right) = match (band, s.rng.below(4)) {
        (3, _) => (format!("{} = {a} + {b}", whole + off), whole + off, whole),
        (_, 0) => (format!("{} = {whole}", whole + off), whole + off, whole),
        (_, 1) => (format!("{whole} = {} − 1", whole + 1 + off), whole, whole + off),
        (_, _) => (format!("{a} + {} = {c} + {}", b + off, whole - c), whole + off, whole),
    };
    let words = [text(l.pick("true", "vrai")), text(l.pick("not true", "pas vrai"))];
    let code = is_true.then_some("equals-means-answer");
    let [yes, no] = words;
    let answer = Answer::choice_in_order(vec![(yes, None), (no, code)], usize::from(!is_true));
    let verdict = match (l, is_true) {
        (Lang::En, true) => "That is the same: it is true.",
        (Lang::En, false) => "That is not the same: it is not true.",
        (Lang::Fr, true) => "C'est pareil : c'est vrai.",
        (Lang::Fr, false) => "Ce n'est pas pareil : ce n'est pas vrai.",
    };
    Problem::new(answer)
        .sum(l, &line)
        .tell(say!(l, "True or not true?", "Vrai ou pas vrai ?"))
        .hint(say!(l, "The sign = says: the same on both sides.", "Le signe = dit : la même chose des deux côtés."))
        .hint(say!(l, "Work out each side alone. Think of a balance.", "Calcule chaque côté. Pense à une balance."))
        .hint(say!(l, "The left side is {left}. Now the right side.", "Le côté gauche vaut {left}. Et le côté droit ?"))
        .step(say!(l, "Left side: {left}. Right side: {right}.", "Côté gauche : {left}. Côté droit : {right}."))
        .step(verdict.to_owned())
        .praise(say!(l, "Yes. You looked at both sides.", "Oui. Tu as regardé les deux côtés."))
        .retry(say!(l, "Work out each side alone.", "Calcule chaque côté séparément."))
        .seconds(20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::check::{DIFFICULTIES, LOCALES, ask};
    use chalkbox_tool::{Interaction, Tool};

    use crate::Adding;

    /// A sum with its numbers in rising order; other content as it is.
    fn either_way(content: &[Block]) -> String {
        let line = content.iter().find_map(|block| match block {
            Block::Math(line) | Block::Text(line) => Some(line.clone()),
            _ => None,
        });
        let line = line.unwrap_or_default();
        let mut numbers: Vec<&str> = line.split(" + ").collect();
        numbers.sort_unstable();
        numbers.join(" + ")
    }

    fn each(mut holds: impl FnMut(&chalkbox_tool::Ask, Problem)) {
        for locale in LOCALES {
            for difficulty in DIFFICULTIES {
                for seed in 0..300 {
                    let ask = ask("numeracy.add.signs", difficulty, seed, locale);
                    let problem = Adding::plan(&ask).expect("a plan");
                    holds(&ask, problem);
                }
            }
        }
    }

    #[test]
    fn no_sum_stands_beside_its_commuted_twin() {
        let mut compared = 0;
        each(|ask, problem| {
            let options = match &problem.answer.interaction {
                Interaction::Choice(choice) => &choice.options,
                Interaction::Match(pairs) => &pairs.right,
                _ => return,
            };
            let sums: Vec<String> = options.iter().map(|option| either_way(&option.content)).collect();
            compared += usize::from(sums.iter().any(|sum| sum.contains('+')));
            let different: BTreeSet<&String> = sums.iter().collect();
            assert_eq!(different.len(), sums.len(), "{} seed {}: {sums:?}", ask.difficulty, ask.seed);
        });
        assert!(compared > 500, "{compared}");
    }

    #[test]
    fn a_built_sum_is_right_either_way_round_and_a_difference_is_not() {
        let mut built = BTreeSet::new();
        each(|ask, problem| {
            let (Interaction::GapMatch(gaps), Response::Pairs(right)) =
                (&problem.answer.interaction, &problem.answer.right)
            else {
                return;
            };
            let [first, sign, second, result] = right.as_slice() else { return };
            let shown = |id: &str| {
                let tile = gaps.right.iter().find(|tile| tile.id == id).expect("a tile");
                either_way(&tile.content)
            };
            let adds = shown(&sign.1) != "−";
            let turned = vec![
                (first.0.clone(), second.1.clone()),
                sign.clone(),
                (second.0.clone(), first.1.clone()),
                result.clone(),
            ];
            let score = Adding::evaluate(ask, &Response::Pairs(turned)).expect("pairs").score;
            let same = shown(&first.1) == shown(&second.1);
            assert_eq!(score == 1.0, adds || same, "{} seed {}", ask.difficulty, ask.seed);
            built.insert(adds);
        });
        assert_eq!(built.len(), 2);
    }
}
