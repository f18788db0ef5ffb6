//! Numerals and sets: matching them, giving a set of a named size, comparing two sets. Never here: counting itself.

use chalkbox_tool::{
    Answer, Block, Figure, Layout, PICTURES, Problem, Rule, Setup, counted, de, dots, number_card, number_words, row,
    say, ten_frame,
};

/// Joins numerals and groups.
pub fn match_to_10(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(4)) {
        (1, 0) => make_as_many(s, 2, 6),
        (2, 0) => make_as_many(s, 4, 8),
        (3, 0) => make_as_many(s, 5, 10),
        (2, 1) => which_group(s, 3, 8),
        (3 | 4, 1) => which_group(s, 5, 10),
        _ => join(s),
    }
}

/// A group drawn as the band wants it.
fn group(s: &mut Setup, n: i64) -> Vec<Block> {
    let figure = match (s.band, s.rng.below(2)) {
        (0, _) => dots(n, Layout::Line),
        (1, 0) => dots(n, Layout::Line),
        (1, _) => dots(n, Layout::Dice),
        (2, 0) => dots(n, Layout::Line),
        (3, 1) => dots(n, Layout::Scattered),
        (4, 1) if n > 0 => dots(n, Layout::Scattered),
        _ => ten_frame(n),
    };
    vec![Block::Figure(figure)]
}

fn join(s: &mut Setup) -> Problem {
    let numbers = match s.band {
        0 => s.rng.distinct(1, 4, 3),
        1 => s.rng.distinct(1, 6, 3),
        2 => s.rng.distinct(3, 8, 4),
        3 => {
            let first = s.rng.range(5, 7);
            (first..first + 4).collect()
        }
        _ => {
            let mut numbers = s.rng.distinct(1, 10, 3);
            numbers.push(0);
            numbers
        }
    };
    let extra_number =
        (1..=10).rev().find(|n| !numbers.contains(n) && (numbers.contains(&(n - 1)) || numbers.contains(&(n + 1))));
    let extra_number = extra_number.filter(|_| s.band == 4);
    let lang = s.lang;
    let pairs: Vec<_> = numbers.iter().map(|n| (number_card(lang, *n), group(s, *n))).collect();
    let extra: Vec<_> = extra_number.map(|n| group(s, n)).into_iter().collect();
    let mut all = numbers.clone();
    all.extend(extra_number);
    let rules = join_rules(&numbers, &all);
    let answer = Answer::matching(&mut s.rng, pairs, extra, &rules);
    let first = numbers[0];
    Problem::new(answer)
        .tell(say!(lang, "Join each number to its group.", "Relie chaque nombre à son groupe."))
        .hint(say!(lang, "Start with one group: count it.", "Commence par un groupe : compte-le."))
        .hint(say!(
            lang,
            "Say the name of a number and count that far on a group.",
            "Dis le nom d'un nombre et compte jusque-là sur un groupe."
        ))
        .hint_with(
            say!(
                lang,
                "The number {first} goes with a group of this many.",
                "Le nombre {first} va avec un groupe qui en a autant."
            ),
            [Block::Figure(ten_frame(first))],
        )
        .step(say!(
            lang,
            "Count a group, say the last word and find its number.",
            "Compte un groupe, dis le dernier mot et trouve son nombre."
        ))
        .step_show(numbers.iter().flat_map(|n| [Block::Text(n.to_string()), Block::Figure(ten_frame(*n))]))
        .praise(say!(lang, "Yes, each number has found its group.", "Oui, chaque nombre a trouvé son groupe."))
        .seconds(35)
}

/// What joining a numeral (index on the left) to a wrong group (index on the right) shows.
fn join_rules(left: &[i64], right: &[i64]) -> Vec<(usize, usize, &'static str)> {
    const ALIKE: [(i64, i64); 3] = [(6, 9), (2, 5), (3, 8)];
    let mut rules = Vec::new();
    for (l, numeral) in left.iter().enumerate() {
        for (r, amount) in right.iter().enumerate() {
            let alike = ALIKE.iter().any(|(a, b)| (*a, *b) == (*numeral, *amount) || (*b, *a) == (*numeral, *amount));
            match numeral - amount {
                1 => rules.push((l, r, "counts-one-twice")),
                -1 => rules.push((l, r, "misses-one")),
                _ if alike => rules.push((l, r, "looks-alike-numeral")),
                _ => {}
            }
        }
    }
    rules
}

fn make_as_many(s: &mut Setup, low: i64, high: i64) -> Problem {
    let n = s.rng.range(low, high);
    let picture = s.picture();
    let thing = picture.thing(s.lang);
    let (many, of_many) = (&thing.many, de(&thing.many));
    let alike: &[Rule] = match n {
        6 => &[(9, "looks-alike-numeral")],
        2 => &[(5, "looks-alike-numeral")],
        3 => &[(8, "looks-alike-numeral")],
        5 => &[(2, "looks-alike-numeral")],
        8 => &[(3, "looks-alike-numeral")],
        9 => &[(6, "looks-alike-numeral")],
        _ => &[],
    };
    let answer = Answer::tap(picture.name, 12, n, &[&slips_when_giving(n), alike].concat());
    let all = counted(s.lang, n, &thing);
    Problem::new(answer)
        .tell_as(
            say!(s.lang, "Touch this many {many}: {n}", "Touche autant {of_many} : {n}"),
            say!(s.lang, "Look at the number. Touch that many {many}.", "Regarde le nombre. Touches-en autant."),
        )
        .hint(say!(s.lang, "What is the name of this number?", "Comment s'appelle ce nombre ?"))
        .hint(say!(
            s.lang,
            "Say one word for each one you touch. Stop at the number.",
            "Dis un mot pour chacun que tu touches. Arrête-toi au nombre."
        ))
        .hint_with(say!(s.lang, "It is this many.", "C'est autant que cela."), [Block::Figure(ten_frame(n))])
        .step(say!(
            s.lang,
            "Say the number: {n}. Count while you touch, and stop at {n}.",
            "Dis le nombre : {n}. Compte en touchant et arrête-toi à {n}."
        ))
        .step_show([Block::Figure(row(picture.name, n))])
        .praise(say!(s.lang, "Yes, {all}: as many as the number says.", "Oui, {all} : autant que le nombre le dit."))
        .seconds(18)
}

/// When a set is made, one counted twice leaves it short and one not counted leaves it over.
fn slips_when_giving(n: i64) -> [Rule; 2] {
    [(n - 1, "counts-one-twice"), (n + 1, "misses-one")]
}

fn which_group(s: &mut Setup, low: i64, high: i64) -> Problem {
    let n = s.rng.range(low, high);
    let lang = s.lang;
    let scattered = s.band == 3;
    let card = |n: i64| vec![Block::Figure(if scattered { dots(n, Layout::Scattered) } else { ten_frame(n) })];
    let much_more = (n + 3, "bigger-looks-more");
    let answer = Answer::choose_card(
        &mut s.rng,
        n,
        &[much_more, (n - 1, "counts-one-twice"), (n + 1, "misses-one")],
        4,
        (1, 13),
        card,
    );
    Problem::new(answer)
        .tell_as(
            say!(lang, "Which group has {n}?", "Quel groupe en a {n} ?"),
            say!(
                lang,
                "Look at the number. Which group has that many?",
                "Regarde le nombre. Quel groupe en a autant ?"
            ),
        )
        .hint(say!(
            lang,
            "Say the name of the number. Then count one group.",
            "Dis le nom du nombre. Puis compte un groupe."
        ))
        .hint(say!(
            lang,
            "A group can look big or small: only counting tells.",
            "Un groupe peut sembler grand ou petit : il faut compter."
        ))
        .hint_with(say!(lang, "It is this many.", "C'est autant que cela."), [Block::Figure(dots(n, Layout::Line))])
        .step(say!(
            lang,
            "Count each group and stop when the last word is {n}.",
            "Compte chaque groupe et arrête-toi quand le dernier mot est {n}."
        ))
        .step_show([Block::Figure(ten_frame(n))])
        .praise(say!(lang, "Yes, that group has {n}.", "Oui, ce groupe en a {n}."))
        .seconds(18)
}

/// Gives a set of a named size.
pub fn give_to_10(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(4)) {
        (0, _) => give(s, 1, 3, 5),
        (1, 0) => which_set(s, 2, 5),
        (1, _) => give(s, 2, 5, 8),
        (2, 0) => which_set(s, 4, 7),
        (2, _) => give(s, 4, 7, 10),
        (3, _) => give(s, 6, 10, 12),
        (_, 0) => give(s, 7, 10, 12),
        _ => mend(s),
    }
}

fn give(s: &mut Setup, low: i64, high: i64, available: i64) -> Problem {
    let n = s.rng.range(low, high);
    let picture = s.picture();
    let thing = picture.thing(s.lang);
    let name = s.name();
    let all = counted(s.lang, n, &thing);
    let mut rules: Vec<Rule> = vec![(available, "gives-all")];
    rules.extend(slips_when_giving(n).into_iter().filter(|(n, _)| *n > 0));
    rules.extend((1..available).filter(|k| (k - n).abs() > 1).map(|k| (k, "grabs-some")));
    let word = number_words(s.lang, n);
    Problem::new(Answer::tap(picture.name, available, n, &rules))
        .tell(say!(
            s.lang,
            "{name} wants {all}. Touch that many, then say done.",
            "{name} veut {all}. Touches-en autant, puis valide."
        ))
        .hint(say!(s.lang, "Say the number to yourself and keep it in mind.", "Dis-toi le nombre et garde-le en tête."))
        .hint(say!(
            s.lang,
            "Say one word each time you touch one. Stop when you come to the number.",
            "Dis un mot chaque fois que tu en touches un. Arrête-toi au nombre."
        ))
        .hint_with(
            say!(s.lang, "Stop at {word}. It looks like this.", "Arrête-toi à {word}. C'est comme cela."),
            [Block::Figure(ten_frame(n))],
        )
        .step(say!(
            s.lang,
            "Count as each one is given, and stop at {word}.",
            "Compte chacun que tu donnes et arrête-toi à {word}."
        ))
        .step_show([Block::Figure(row(picture.name, n))])
        .praise(say!(
            s.lang,
            "Yes, {all}. You stopped at the right number.",
            "Oui, {all}. Tu as su t'arrêter au bon nombre."
        ))
        .seconds(18)
}

/// A set that is short by one or two: how many are missing?
fn mend(s: &mut Setup) -> Problem {
    let n = s.rng.range(7, 10);
    let missing = s.rng.range(1, 3);
    let there = n - missing;
    let picture = s.picture();
    let thing = picture.thing(s.lang);
    let name = s.name();
    let (many, all) = (&thing.many, counted(s.lang, n, &thing));
    let rules = [(12, "gives-all"), (n, "gives-all"), (missing - 1, "counts-one-twice"), (missing + 1, "misses-one")];
    let answer = Answer::tap(picture.name, 12, missing, &rules);
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "{name} needs {all}, but there are only these. Touch the {many} that are missing.",
            "{name} a besoin de {all}, mais il n'y a que cela. Touche les {many} qui manquent."
        ))
        .figure(row(picture.name, there))
        .hint(say!(s.lang, "Count what is there first.", "Compte d'abord ce qu'il y a."))
        .hint(say!(
            s.lang,
            "Go on counting, one touch for each word, and stop at the number that is needed.",
            "Continue à compter, un toucher par mot, et arrête-toi au nombre voulu."
        ))
        .hint_with(
            say!(s.lang, "Here are {n}. There were {there}.", "En voici {n}. Il y en avait {there}."),
            [Block::Figure(ten_frame(n))],
        )
        .step(say!(
            s.lang,
            "There are {there}. Count on to {n}: one touch for each word.",
            "Il y en a {there}. Compte jusqu'à {n} : un toucher par mot."
        ))
        .step_show([Block::Figure(row(picture.name, n))])
        .step(say!(s.lang, "Missing: {missing}.", "Il en manquait {missing}."))
        .praise(say!(s.lang, "Yes, now there are {n}.", "Oui, maintenant il y en a {n}."))
        .seconds(25)
}

fn which_set(s: &mut Setup, low: i64, high: i64) -> Problem {
    let n = s.rng.range(low, high);
    let picture = s.picture();
    let thing = picture.thing(s.lang);
    let all = counted(s.lang, n, &thing);
    let card = |n: i64| vec![Block::Figure(row(picture.name, n))];
    let answer =
        Answer::choose_card(&mut s.rng, n, &[(n + 1, "misses-one"), (n - 1, "counts-one-twice")], 3, (1, 10), card);
    Problem::new(answer)
        .tell(say!(s.lang, "Which card gives you {all}?", "Quelle carte te donne {all} ?"))
        .hint(say!(
            s.lang,
            "Keep the number in mind and count one card.",
            "Garde le nombre en tête et compte une carte."
        ))
        .hint(say!(
            s.lang,
            "One card has too few, another has too many.",
            "Une carte n'en a pas assez, une autre en a trop."
        ))
        .hint_with(say!(s.lang, "It is this many.", "C'est autant que cela."), [Block::Figure(dots(n, Layout::Line))])
        .step(say!(
            s.lang,
            "Count each card. The right one stops at {n}.",
            "Compte chaque carte. La bonne s'arrête à {n}."
        ))
        .step_show(card(n))
        .praise(say!(
            s.lang,
            "Yes, that is {all}: not one more, not one less.",
            "Oui, {all} : pas un de plus, pas un de moins."
        ))
        .seconds(15)
}

/// Compares sets: more, fewer, the same.
pub fn compare_sets(s: &mut Setup) -> Problem {
    let form = s.rng.below(5);
    let more = s.rng.chance(1, 2);
    match (s.band, form) {
        (0, _) => {
            let a = s.rng.range(1, 2);
            let b = a + s.rng.range(3, 4 - (a - 1));
            which_more(s, a, b, true, Look::Rows)
        }
        (1, 0) => same_number_here(s, 2, 5),
        (1, _) => {
            let a = s.rng.range(1, 4);
            which_more(s, a, a + 2, true, Look::Rows)
        }
        (2, 0) => same_number_here(s, 4, 7),
        (2, _) => {
            let (a, apart) = (s.rng.range(3, 6), s.rng.range(0, 2));
            which_more(s, a, a + apart, true, Look::Mixed)
        }
        (3, 0) => fewest_to_most(s, 4, 10),
        (3, _) => {
            let (a, apart) = (s.rng.range(4, 8), s.rng.range(0, 2));
            which_more(s, a, a + apart, true, Look::FewerIsWider)
        }
        (_, 0) => fewest_to_most(s, 5, 10),
        _ => {
            let (a, apart) = (s.rng.range(5, 9), s.rng.range(0, 1));
            which_more(s, a, a + apart, more, Look::FewerIsWider)
        }
    }
}

/// How the two sets are drawn.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    Rows,
    Mixed,
    FewerIsWider,
}

fn which_more(s: &mut Setup, fewer: i64, greater: i64, ask_more: bool, look: Look) -> Problem {
    let pictures = s.rng.distinct(0, PICTURES.len() as i64 - 1, 2);
    let name = |i: usize| PICTURES[pictures[i] as usize].name;
    let (small, large): (Figure, Figure) = match look {
        Look::Rows => (row(name(0), fewer), row(name(1), greater)),
        Look::Mixed if s.rng.chance(1, 2) => (dots(fewer, Layout::Line), dots(greater, Layout::Dice)),
        Look::Mixed => (row(name(0), fewer), dots(greater, Layout::Line)),
        Look::FewerIsWider => (dots(fewer, Layout::Scattered), dots(greater, Layout::Dice)),
    };
    let same = fewer == greater;
    let swapped = if ask_more && look == Look::FewerIsWider { "bigger-looks-more" } else { "more-fewer-swapped" };
    let same_code = (greater - fewer == 1).then_some("misses-one");
    let missed = Some("same-missed");
    let code = |is_large: bool| if same { missed } else { (is_large != ask_more).then_some(swapped) };
    let mut options =
        vec![(vec![Block::Figure(small)], code(false), !ask_more), (vec![Block::Figure(large)], code(true), ask_more)];
    s.rng.shuffle(&mut options);
    let mut right = options.iter().position(|(_, _, is_right)| *is_right).unwrap_or(0);
    let mut options: Vec<_> = options.into_iter().map(|(content, code, _)| (content, code)).collect();
    if look != Look::Rows {
        let label = say!(s.lang, "They are the same", "C'est pareil");
        options.push((vec![Block::Text(label.clone()), Block::Speech(label)], same_code));
        right = if same { 2 } else { right };
    }
    let ask = match (look, ask_more) {
        (Look::Rows, true) => say!(s.lang, "Which card has more?", "Quelle carte en a le plus ?"),
        (_, true) => {
            say!(s.lang, "Which card has more, or are they the same?", "Quelle carte en a le plus, ou est-ce pareil ?")
        }
        _ => say!(
            s.lang,
            "Which card has fewer, or are they the same?",
            "Quelle carte en a le moins, ou est-ce pareil ?"
        ),
    };
    let (low, high) = (number_words(s.lang, fewer), number_words(s.lang, greater));
    let told = if same {
        say!(s.lang, "Both have {low}: they are the same.", "Les deux en ont {low} : c'est pareil.")
    } else {
        say!(
            s.lang,
            "One has {high}, the other has {low}. There are more where there are {high}.",
            "L'une en a {high}, l'autre {low}. Il y en a plus là où il y en a {high}."
        )
    };
    Problem::new(Answer::choice_in_order(options, right))
        .tell(ask)
        .hint(say!(
            s.lang,
            "Pair them with your fingers: one from here, one from there.",
            "Fais des paires avec tes doigts : un d'ici, un de là."
        ))
        .hint(say!(
            s.lang,
            "Is one left without a partner? Count both cards.",
            "En reste-t-il un tout seul ? Compte les deux cartes."
        ))
        .hint(told.clone())
        .step(say!(s.lang, "Pair them one by one, or count both cards.", "Fais des paires, ou compte les deux cartes."))
        .step_show([Block::Figure(ten_frame(fewer)), Block::Figure(ten_frame(greater))])
        .step(told.clone())
        .praise(say!(s.lang, "Yes. {told}", "Oui. {told}"))
        .seconds(15)
}

fn same_number_here(s: &mut Setup, low: i64, high: i64) -> Problem {
    let n = s.rng.range(low, high);
    let picture = s.picture();
    let answer = Answer::tap("stone", n + 3, n, &[(n - 1, "misses-one"), (n + 3, "bigger-looks-more")]);
    let of_many = de(&picture.thing(s.lang).many);
    let many = picture.thing(s.lang).many;
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "Touch one stone for each of the {many}: the same number.",
            "Touche autant de pierres qu'il y a {of_many}."
        ))
        .figure(row(picture.name, n))
        .hint(say!(
            s.lang,
            "One stone for this one, one stone for the next.",
            "Une pierre pour celui-ci, une pierre pour le suivant."
        ))
        .hint(say!(s.lang, "Count the row first, then the stones.", "Compte d'abord la rangée, puis les pierres."))
        .hint(say!(s.lang, "There are {n}, so touch {n} stones.", "Il y en a {n}, alors touche {n} pierres."))
        .step(say!(s.lang, "Give each one a stone as a partner.", "Donne une pierre à chacun."))
        .step_show([Block::Figure(row(picture.name, n)), Block::Figure(row("stone", n))])
        .step(say!(
            s.lang,
            "No one is left without a partner: {n} and {n} are the same.",
            "Personne ne reste seul : {n} et {n}, c'est pareil."
        ))
        .praise(say!(s.lang, "Yes, {n} and {n}: the same number.", "Oui, {n} et {n} : le même nombre."))
        .seconds(15)
}

fn fewest_to_most(s: &mut Setup, low: i64, high: i64) -> Problem {
    let mut numbers = s.rng.distinct(low, high, 3);
    numbers.sort_unstable();
    let wide = s.rng.below(3) as usize;
    let contents = numbers.iter().enumerate().map(|(i, n)| {
        let layout = if i == wide { Layout::Scattered } else { Layout::Dice };
        vec![Block::Figure(dots(*n, layout))]
    });
    let answer = Answer::order(&mut s.rng, contents.collect(), vec![(vec![2, 1, 0], "more-fewer-swapped")]);
    let said: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let said = said.join(", ");
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "Put the cards in order: the fewest first, the most last.",
            "Range les cartes : d'abord celle qui en a le moins, à la fin celle qui en a le plus."
        ))
        .hint(say!(s.lang, "Count each card.", "Compte chaque carte."))
        .hint(say!(
            s.lang,
            "Which number comes first when you count from one?",
            "Quel nombre vient d'abord quand tu comptes depuis un ?"
        ))
        .hint(say!(s.lang, "The cards have {said}.", "Les cartes en ont {said}."))
        .step(say!(
            s.lang,
            "Count each card and say the numbers as in counting: {said}.",
            "Compte chaque carte et dis les nombres dans l'ordre : {said}."
        ))
        .step_show(numbers.iter().map(|n| Block::Figure(ten_frame(*n))))
        .praise(say!(s.lang, "Yes: {said}, from fewest to most.", "Oui : {said}, du moins au plus."))
        .seconds(30)
}
