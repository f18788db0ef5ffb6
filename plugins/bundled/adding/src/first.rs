//! First steps: joining and taking with things, the parts of 5. Never here: facts beyond 5, the signs alone.

use chalkbox_tool::forms::{asked, drawn, tiles};
use chalkbox_tool::{
    Answer, Block, Figure, Lang, Layout, Problem, Rule, Setup, Thing, counted, de, dots, row, say, spoken_math,
    ten_frame, text,
};

use crate::count::count_short;

/// Two amounts that come together, or one that leaves: the first, the second, whether it leaves.
fn objects_numbers(s: &mut Setup) -> (i64, i64, bool) {
    let takes = s.band > 0 && s.rng.chance(1, 2);
    let (a, b) = match (s.band, takes) {
        (0, _) => (s.rng.range(1, 2), 1),
        (1, false) => parts_of(s, 2, 4),
        (1, true) => (s.rng.range(2, 4), 1),
        (2 | 3, false) => parts_of(s, 3, 5),
        (2 | 3, true) => (s.rng.range(3, 5), s.rng.range(1, 2)),
        (_, false) => {
            let a = s.rng.range(1, 5);
            (a, s.rng.range(0, 5 - a))
        }
        (_, true) => {
            let a = s.rng.range(1, 5);
            (a, s.rng.range(1, a))
        }
    };
    (a, b, takes)
}

/// Two parts, neither empty, of a whole in a range.
fn parts_of(s: &mut Setup, low: i64, high: i64) -> (i64, i64) {
    let whole = s.rng.range(low, high);
    let a = s.rng.range(1, whole - 1);
    (a, whole - a)
}

/// `numeracy.add.objects-5`
pub fn objects_5(s: &mut Setup) -> Problem {
    let l = s.lang;
    let picture = s.picture();
    let thing = picture.thing(l);
    let (a, b, takes) = objects_numbers(s);
    let right = if takes { a - b } else { a + b };
    let rules: Vec<Rule> = if takes {
        vec![(a + b, "adds-instead"), (b, "answers-with-taken"), (right + 1, "counts-one-twice")]
    } else {
        vec![(b, "counts-one-group"), (a, "counts-one-group"), (right + 1, "counts-one-twice")]
    };
    let form = s.rng.below(4);
    let answer = match form {
        0 if right > 0 => {
            let known: Vec<_> = rules.iter().filter(|(n, _)| *n > 0 && *n != right).take(2).collect();
            let mut wrong: Vec<_> = known.iter().map(|(n, code)| (drawn(row(picture.name, *n)), Some(*code))).collect();
            wrong.push((drawn(row(picture.name, right + 2)), None));
            Answer::choice(&mut s.rng, drawn(row(picture.name, right)), wrong)
        }
        1 => Answer::number(right, &rules),
        _ => Answer::tap(picture.name, 10, right, &rules),
    };
    let mut p = Problem::new(answer);
    if s.band < 4 {
        p = p.figure(row(picture.name, a));
        if !takes && s.band < 3 {
            p = p.figure(row(picture.name, b));
        }
    }
    p = p.tell(objects_story(s, &thing, a, b, takes));
    p = match form {
        0 if right > 0 => p.tell(say!(l, "Touch the picture that shows it.", "Touche l'image qui le montre.")),
        1 => p,
        _ => p.tell(say!(l, "Tap to show how many.", "Touche pour montrer combien.")),
    };
    objects_help(p.seconds(15), s, picture.name, (a, b, right), takes)
}

fn objects_story(s: &Setup, thing: &Thing, a: i64, b: i64, takes: bool) -> String {
    let some = counted(s.lang, a, thing);
    match (s.band < 4, takes) {
        // Both groups are in the picture: the words must not ask for one that is there already.
        (true, false) if s.band < 3 && b > 0 => say!(
            s.lang,
            "You see {some}, and {b} more. How many are there in all?",
            "Tu vois {some}, et encore {b}. Combien y en a-t-il en tout ?"
        ),
        (true, false) => say!(
            s.lang,
            "You see {some}. Add {b} more. How many are there now?",
            "Tu vois {some}. Ajoutes-en encore {b}. Combien y en a-t-il maintenant ?"
        ),
        (true, true) => say!(
            s.lang,
            "You see {some}. Take {b} away. How many are left?",
            "Tu vois {some}. Enlèves-en {b}. Combien en reste-t-il ?"
        ),
        (false, false) if b == 0 => say!(
            s.lang,
            "A cloth hides {some}. Nothing more is put under it. How many are under the cloth?",
            "Un tissu cache {some}. On ne met rien de plus dessous. Combien y en a-t-il sous le tissu ?"
        ),
        (false, false) => say!(
            s.lang,
            "A cloth hides {some}. Put {b} more under it. How many are under the cloth?",
            "Un tissu cache {some}. Mets-en encore {b} dessous. Combien y en a-t-il sous le tissu ?"
        ),
        (false, true) => say!(
            s.lang,
            "A cloth hides {some}. Take {b} out. How many are still under the cloth?",
            "Un tissu cache {some}. Sors-en {b}. Combien y en a-t-il encore sous le tissu ?"
        ),
    }
}

fn objects_help(p: Problem, s: &Setup, picture: &str, (a, b, right): (i64, i64, i64), takes: bool) -> Problem {
    let l = s.lang;
    let whole = [Block::Figure(row(picture, if takes { a } else { right }))];
    if b == 0 {
        return p
            .hint(say!(l, "Do it with stones: lay {a}.", "Fais-le avec des cailloux : pose {a}."))
            .hint_with(say!(l, "Here they are. Do more come?", "Les voici. En vient-il d'autres ?"), whole.clone())
            .hint(say!(l, "Nothing comes and nothing goes. Count them.", "Rien ne vient, rien ne part. Compte-les."))
            .step(say!(l, "Show {a}. Nothing is added.", "Montre {a}. On n'ajoute rien."))
            .step_show(whole)
            .step(say!(l, "Count all of them: {right}.", "Compte le tout : {right}."))
            .praise(say!(l, "Yes, still {right}.", "Oui, toujours {right}."));
    }
    if takes {
        p.hint(say!(
            l,
            "Do it with stones: lay {a}, then take {b}.",
            "Fais-le avec des cailloux : pose {a}, puis enlève {b}."
        ))
        .hint_with(
            say!(l, "Here they are before. Cover {b} with your hand.", "Les voici avant. Caches-en {b} avec la main."),
            whole.clone(),
        )
        .hint(say!(
            l,
            "Touch each one that you still see and count.",
            "Touche chacun de ceux que tu vois encore et compte."
        ))
        .step(say!(l, "Show all {a}.", "Montre les {a}."))
        .step_show(whole)
        .step(say!(
            l,
            "Take {b} away and count what stays: {right}.",
            "Enlèves-en {b} et compte ce qui reste : {right}."
        ))
        .praise(say!(l, "Yes. {b} went and {right} stayed.", "Oui. On en a enlevé {b}, il en reste {right}."))
    } else {
        let short = count_short(a, b);
        p.hint(say!(
            l,
            "Do it with stones: lay {a}, then {b} more.",
            "Fais-le avec des cailloux : pose {a}, puis encore {b}."
        ))
        .hint_with(
            say!(l, "Now both groups stand in one row.", "Voici les deux groupes en une seule rangée."),
            whole.clone(),
        )
        .hint(say!(l, "Count with me: {short} You say the last word.", "Compte avec moi : {short} Dis le dernier mot."))
        .step(say!(l, "Show {a}. Move {b} more to them.", "Montre {a}. Mets-en encore {b} avec."))
        .step_show(whole)
        .step(say!(l, "Count all of them: {right}.", "Compte le tout : {right}."))
        .praise(say!(l, "Yes, {right} in all.", "Oui, {right} en tout."))
    }
}

/// What a missing part is mistaken for.
pub fn part_rules(known: i64, whole: i64) -> Vec<Rule> {
    let right = whole - known;
    vec![
        (known, "repeats-given-number"),
        (whole, "repeats-given-number"),
        (right + 1, "off-by-one-part"),
        (right - 1, "off-by-one-part"),
        (whole + known, "adds-instead"),
    ]
}

/// `numeracy.add.parts-of-5`
pub fn parts_of_5(s: &mut Setup) -> Problem {
    let l = s.lang;
    if s.band >= 1 && s.rng.chance(1, 5) {
        return parts_joined(s);
    }
    let whole = match s.band {
        1 => s.rng.range(4, 5),
        4 => s.rng.range(3, 5),
        _ => 5,
    };
    let known = if s.band == 4 { s.rng.range(0, whole) } else { s.rng.range(1, whole - 1) };
    let right = whole - known;
    let rules = part_rules(known, whole);
    let p = match s.band {
        0 => {
            let (one, other) = two_pictures(s);
            let names =
                [vec![one.name.to_owned(); known as usize], vec![other.name.to_owned(); right as usize]].concat();
            let (first, second) = (counted(l, known, &one.thing(l)), other.thing(l).many);
            let of_second = de(&second);
            let answer = asked(s, right, &rules, 5);
            Problem::new(answer).figure(Figure::Row(names)).tell(say!(
                l,
                "You see 5 things: {first} and how many {second}?",
                "Tu vois 5 choses : {first} et combien {of_second} ?"
            ))
        }
        1 => {
            let answer = asked(s, right, &rules, 5);
            Problem::new(answer).figure(dots(known, Layout::Line)).tell(say!(
                l,
                "There are {whole} dots in all. You see {known}. How many are hidden?",
                "Il y a {whole} points en tout. Tu en vois {known}. Combien sont cachés ?"
            ))
        }
        2 => {
            let sentence = format!("{known} + _ = 5");
            if s.rng.chance(1, 3) {
                let answer = tiles(s, &sentence, &[right], &rules, 8);
                Problem::new(answer)
                    .figure(ten_frame(known))
                    .tell(say!(l, "Put in the number that is missing.", "Mets le nombre qui manque."))
                    .speak(spoken_math(l, &sentence))
            } else {
                Problem::new(asked(s, right, &rules, 8))
                    .figure(ten_frame(known))
                    .tell(say!(l, "How many more make 5?", "Combien en faut-il encore pour faire 5 ?"))
                    .sum(l, &sentence)
            }
        }
        _ => {
            let sentence = match s.rng.below(3) {
                0 => format!("_ + {known} = {whole}"),
                1 => format!("{whole} = {known} + _"),
                _ => format!("{whole} − {known} = _"),
            };
            Problem::new(asked(s, right, &rules, 10))
                .tell(say!(l, "Find the other part.", "Trouve l'autre partie."))
                .sum(l, &sentence)
        }
    };
    part_help(p, l, known, whole).seconds(12)
}

/// The way by fingers to the part that is not known.
fn part_help(p: Problem, l: Lang, known: i64, whole: i64) -> Problem {
    let right = whole - known;
    let fingers = Block::Figure(dots(whole, Layout::Line));
    let p = p
        .hint(say!(l, "Hold up {whole} fingers.", "Lève {whole} doigts."))
        .hint(say!(l, "Fold down the part you know: {known}.", "Plie la partie que tu connais : {known}."))
        .hint_with(
            say!(
                l,
                "Here are {whole}. Cover {known} and count the rest.",
                "En voici {whole}. Caches-en {known} et compte le reste."
            ),
            [fingers.clone()],
        )
        .step(say!(l, "Show {whole}.", "Montre {whole}."))
        .step_show([fingers]);
    let are = if right == 1 { "is" } else { "are" };
    p.step(say!(l, "Cover {known}. {right} {are} still there.", "Caches-en {known}. Il en reste {right}."))
        .step_show([Block::Math(format!("{whole} = {known} + {right}"))])
        .praise(say!(l, "Yes. {known} and {right} make {whole}.", "Oui. {known} et {right} font {whole}."))
}

/// Two different pictures.
pub fn two_pictures(s: &mut Setup) -> (&'static chalkbox_tool::Picture, &'static chalkbox_tool::Picture) {
    let one = s.picture();
    let mut other = s.picture();
    while other.name == one.name {
        other = s.picture();
    }
    (one, other)
}

/// Join the two parts that make 5 (or 4).
fn parts_joined(s: &mut Setup) -> Problem {
    let l = s.lang;
    let whole = if s.band == 1 { s.rng.range(4, 5) } else { 5 };
    let lefts = s.rng.distinct(i64::from(s.band < 4), whole - i64::from(s.band < 4), 3);
    let side = |n: i64| {
        let mut content = text(n.to_string());
        if s.band < 3 && n > 0 {
            content.push(Block::Figure(dots(n, Layout::Line)));
        }
        content
    };
    let pairs = lefts.iter().map(|n| (side(*n), side(whole - n))).collect();
    let spare = (0..=whole + 1).find(|n| !lefts.contains(&(whole - n))).unwrap_or(whole + 1);
    let extra = vec![side(spare)];
    let mut rules = Vec::new();
    for (i, left) in lefts.iter().enumerate() {
        for (j, other) in lefts.iter().enumerate() {
            if i != j {
                let right = whole - other;
                let near = (right - (whole - left)).abs() == 1;
                rules.extend((right == *left).then_some((i, j, "repeats-given-number")));
                rules.extend((right != *left && near).then_some((i, j, "off-by-one-part")));
            }
        }
    }
    let (first, partner) = (lefts[0], whole - lefts[0]);
    Problem::new(Answer::matching(&mut s.rng, pairs, extra, &rules))
        .tell(say!(
            l,
            "Join the two parts that make {whole}. One card has no partner.",
            "Relie les deux parties qui font {whole}. Une carte n'a pas de partenaire."
        ))
        .hint(say!(l, "Hold up {whole} fingers and fold some down.", "Lève {whole} doigts et plies-en quelques-uns."))
        .hint(say!(
            l,
            "Choose one number, fold that many, count those still up.",
            "Choisis un nombre, plie autant de doigts, compte ceux qui sont levés."
        ))
        .hint(say!(
            l,
            "{first} goes with {partner}. Now the others.",
            "{first} va avec {partner}. À toi pour les autres."
        ))
        .step(say!(l, "{first} and {partner} make {whole}.", "{first} et {partner} font {whole}."))
        .step(say!(
            l,
            "Do the same for each card: part and part make {whole}.",
            "Fais de même pour chaque carte : partie et partie font {whole}."
        ))
        .praise(say!(l, "Yes, each pair makes {whole}.", "Oui, chaque paire fait {whole}."))
        .seconds(30)
}
