//! Amounts that can be seen: seeing, touching, counting, matching and giving up to ten. Never here: the row of numbers beyond them.

use chalkbox_tool::{
    Answer, Block, Figure, Lang, Layout, PICTURES, Picture, Problem, Rule, Setup, counted, de, dots, number_card,
    number_words, row, say, ten_frame,
};

/// Counting one thing twice, or passing one over.
fn slips(n: i64) -> [Rule; 2] {
    [(n + 1, "counts-one-twice"), (n - 1, "misses-one")]
}

/// A card with a group of dots, which also says its number.
fn group_card(lang: Lang, n: i64, layout: Layout) -> Vec<Block> {
    vec![Block::Figure(dots(n, layout)), Block::Speech(number_words(lang, n))]
}

/// Sees 1 to 3 at a glance.
pub fn see_1_to_3(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, _) => {
            let n = *s.rng.pick(&[1, 3]);
            let figure = glance(s, n, Layout::Line);
            see(s, n, figure, &[(4 - n, if n == 1 { "counts-one-twice" } else { "misses-one" })], 2)
        }
        (1, _) => {
            let n = s.rng.range(1, 3);
            let layout = *s.rng.pick(&[Layout::Line, Layout::Dice]);
            see(s, n, dots(n, layout), &slips(n), 3)
        }
        (2, 0) => tap_for_each(s, 1, 3, Seen::Row),
        (2, _) => {
            let n = s.rng.range(1, 3);
            let figure = glance(s, n, Layout::Scattered);
            see(s, n, figure, &slips(n), 3)
        }
        (3, 0) => which_has(s),
        (3, _) => {
            let n = s.rng.range(1, 3);
            see(s, n, dots(n, Layout::Scattered), &slips(n), 3)
        }
        (_, 0) => which_has(s),
        _ => every_three(s),
    }
}

/// A row of a picture, or dots.
fn glance(s: &mut Setup, n: i64, layout: Layout) -> Figure {
    let picture = s.picture();
    if s.rng.chance(1, 2) { row(picture.name, n) } else { dots(n, layout) }
}

fn see(s: &mut Setup, n: i64, figure: Figure, rules: &[Rule], cards: usize) -> Problem {
    let lang = s.lang;
    // Cards laid out like the question would be matched by their looks.
    let on_a_die = matches!(&figure, Figure::Dots(dots) if dots.layout == Layout::Dice);
    let layout = if on_a_die { Layout::Line } else { Layout::Dice };
    let answer = Answer::choose_card(&mut s.rng, n, rules, cards, (1, 4), |n| group_card(lang, n, layout));
    let word = number_words(s.lang, n);
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "How many do you see? Touch the card with the same number.",
            "Combien en vois-tu ? Touche la carte qui en a autant."
        ))
        .figure(figure)
        .hint(say!(
            s.lang,
            "Look at the whole group at once. You need not count.",
            "Regarde tout le groupe d'un coup. Pas besoin de compter."
        ))
        .hint(say!(
            s.lang,
            "Hold up one finger for each one you see. Find your fingers on a card.",
            "Lève un doigt pour chacun. Retrouve tes doigts sur une carte."
        ))
        .hint_with(
            say!(s.lang, "Say the word: {word}.", "Dis le mot : {word}."),
            [Block::Figure(dots(n, Layout::Dice))],
        )
        .step(say!(
            s.lang,
            "Look at the group and show as many fingers.",
            "Regarde le groupe et montre autant de doigts."
        ))
        .step_show([Block::Figure(dots(n, Layout::Dice))])
        .step(say!(
            s.lang,
            "Say the word: {word}. Touch the card with {word}.",
            "Dis le mot : {word}. Touche la carte avec {word}."
        ))
        .praise(say!(s.lang, "Yes, {word}. You saw it at a glance.", "Oui, {word}. Tu l'as vu d'un coup d'œil."))
        .seconds(8)
}

/// Which card has so many? The others have more, or one fewer.
fn which_has(s: &mut Setup) -> Problem {
    let n = s.rng.range(1, 3);
    let pictures = s.rng.distinct(0, PICTURES.len() as i64 - 1, 3);
    let name = |i: usize| PICTURES[pictures[i] as usize].name;
    let mut wrong = vec![(vec![Block::Figure(row(name(1), n + 2))], Some("bigger-looks-more"))];
    wrong.push(if n > 1 {
        (vec![Block::Figure(row(name(2), n - 1))], Some("counts-one-twice"))
    } else {
        (vec![Block::Figure(row(name(2), n + 1))], Some("misses-one"))
    });
    let answer = Answer::choice(&mut s.rng, vec![Block::Figure(row(name(0), n))], wrong);
    let word = number_words(s.lang, n);
    Problem::new(answer)
        .tell(say!(s.lang, "Which card has {word}?", "Quelle carte en a {word} ?"))
        .hint(say!(s.lang, "Show {word} on your fingers.", "Montre {word} avec tes doigts."))
        .hint(say!(
            s.lang,
            "Hold your fingers beside each card. Which card has one for each finger?",
            "Mets tes doigts près de chaque carte. Laquelle en a un pour chaque doigt ?"
        ))
        .hint_with(
            say!(s.lang, "It looks like this many.", "Il y en a autant que cela."),
            [Block::Figure(dots(n, Layout::Line))],
        )
        .step(say!(
            s.lang,
            "Show {word} on your fingers and look at each card.",
            "Montre {word} avec tes doigts et regarde chaque carte."
        ))
        .step_show([Block::Figure(row(name(0), n))])
        .step(say!(s.lang, "This card has {word}.", "Cette carte en a {word}."))
        .praise(say!(s.lang, "Yes, that card has {word}.", "Oui, cette carte en a {word}."))
        .seconds(10)
}

/// Every group of three among groups of two, three and four.
fn every_three(s: &mut Setup) -> Problem {
    let pictures = s.rng.distinct(0, PICTURES.len() as i64 - 1, 4);
    let card = |i: usize, n: i64| vec![Block::Figure(row(PICTURES[pictures[i] as usize].name, n))];
    let other = *s.rng.pick(&[2, 3, 4]);
    let mut right = vec![card(0, 3)];
    let mut wrong = vec![(card(1, 2), Some("counts-one-twice")), (card(2, 4), Some("misses-one"))];
    match other {
        3 => right.push(card(3, 3)),
        2 => wrong.push((card(3, 2), Some("counts-one-twice"))),
        _ => wrong.push((card(3, 4), Some("misses-one"))),
    }
    let answer = Answer::choice_of_all(&mut s.rng, right, wrong);
    Problem::new(answer)
        .tell(say!(s.lang, "Touch every card that has three.", "Touche toutes les cartes qui en ont trois."))
        .hint(say!(s.lang, "Look at one card. Is it two, three or four?", "Regarde une carte. Deux, trois ou quatre ?"))
        .hint_with(
            say!(s.lang, "Three looks like this.", "Trois, c'est comme cela."),
            [Block::Figure(dots(3, Layout::Line))],
        )
        .hint(say!(
            s.lang,
            "Put three fingers beside each card. None may be left over.",
            "Mets trois doigts près de chaque carte. Il ne doit rien rester."
        ))
        .step(say!(
            s.lang,
            "Look at each card by itself and say its number.",
            "Regarde chaque carte seule et dis son nombre."
        ))
        .step_show([Block::Figure(dots(3, Layout::Line))])
        .step(say!(s.lang, "Touch each card where you said three.", "Touche chaque carte où tu as dit trois."))
        .praise(say!(s.lang, "Yes, you found every group of three.", "Oui, tu as trouvé tous les groupes de trois."))
        .seconds(15)
}

/// How the things to count are shown.
#[derive(Clone, Copy)]
enum Seen {
    Row,
    Scattered,
    AmongOthers,
}

/// Touches each thing once, up to five.
pub fn touch_to_5(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, _) => tap_for_each(s, 1, 3, Seen::Row),
        (1, 0) | (2, 0) => who_counted_right(s),
        (1, _) => tap_for_each(s, 1, 4, Seen::Row),
        (2, _) => tap_for_each(s, 3, 5, Seen::Row),
        (3, 0) => who_counted_right(s),
        (3, _) => tap_for_each(s, 4, 5, Seen::Scattered),
        _ => tap_for_each(s, 3, 5, Seen::AmongOthers),
    }
}

fn tap_for_each(s: &mut Setup, low: i64, high: i64, seen: Seen) -> Problem {
    let n = s.rng.range(low, high);
    let spare = s.rng.range(2, 3);
    let picture = s.picture();
    let thing = picture.thing(s.lang);
    let many = &thing.many;
    let mut rules = slips(n).to_vec();
    let mut others = 0;
    let (figure, ask) = match seen {
        Seen::Row => (
            row(picture.name, n),
            say!(
                s.lang,
                "Touch one picture below for each thing you see.",
                "Touche une image en bas pour chaque chose que tu vois."
            ),
        ),
        Seen::Scattered => (
            dots(n, Layout::Scattered),
            say!(s.lang, "Touch one picture below for each dot you see.", "Touche une image en bas pour chaque point."),
        ),
        Seen::AmongOthers => {
            others = s.rng.range(2, 3);
            rules.insert(0, (n + others, "counts-all-things"));
            (
                among_others(s, picture, n, others),
                say!(
                    s.lang,
                    "Count only the {many}. Touch that many below.",
                    "Compte seulement les {many}. Touches-en autant en bas."
                ),
            )
        }
    };
    let answer = Answer::tap(picture.name, n + spare + others, n, &rules);
    let all = counted(s.lang, n, &thing);
    let word = number_words(s.lang, n);
    Problem::new(answer)
        .tell(ask)
        .figure(figure)
        .hint(say!(s.lang, "Touch one thing, say one word.", "Touche une chose, dis un mot."))
        .hint(say!(
            s.lang,
            "Go from one end to the other. Which ones have you not touched yet?",
            "Va d'un bout à l'autre. Lesquels n'as-tu pas encore touchés ?"
        ))
        .hint(say!(
            s.lang,
            "Count with me to the last word: {word}. Touch {word}.",
            "Compte avec moi jusqu'au dernier mot : {word}. Touches-en {word}."
        ))
        .step(say!(
            s.lang,
            "Put your finger on each thing once and say one word for each.",
            "Pose le doigt une fois sur chaque chose et dis un mot pour chacune."
        ))
        .step_show([Block::Figure(row(picture.name, n))])
        .step(say!(
            s.lang,
            "The last word is {word}, so touch {word}.",
            "Le dernier mot est {word}, alors touches-en {word}."
        ))
        .praise(say!(s.lang, "Yes, one touch for each: {all}.", "Oui, un toucher pour chacun : {all}."))
        .seconds(12)
}

/// A row with `n` of a picture among others.
fn among_others(s: &mut Setup, picture: &Picture, n: i64, others: i64) -> Figure {
    let mut other = s.picture();
    while other.name == picture.name {
        other = s.picture();
    }
    let mut names = vec![picture.name.to_owned(); n as usize];
    names.extend(vec![other.name.to_owned(); others as usize]);
    s.rng.shuffle(&mut names);
    Figure::Row(names)
}

/// Three children counted the same row aloud: whose count fits?
fn who_counted_right(s: &mut Setup) -> Problem {
    let n = s.rng.range(3, 4 + i64::from(s.band >= 2));
    let picture = s.picture();
    let lang = s.lang;
    let count = |to: i64| {
        let digits: Vec<String> = (1..=to).map(|k| k.to_string()).collect();
        let words: Vec<String> = (1..=to).map(|k| number_words(lang, k)).collect();
        vec![Block::Text(digits.join(" ")), Block::Speech(words.join(", "))]
    };
    let wrong = vec![(count(n + 1), Some("counts-one-twice")), (count(n - 1), Some("misses-one"))];
    let answer = Answer::choice(&mut s.rng, count(n), wrong);
    let word = number_words(lang, n);
    Problem::new(answer)
        .tell(say!(
            lang,
            "Three children counted these. Who counted right?",
            "Trois enfants ont compté. Qui a bien compté ?"
        ))
        .figure(row(picture.name, n))
        .hint(say!(lang, "Count them yourself: one touch, one word.", "Compte toi-même : un toucher, un mot."))
        .hint(say!(
            lang,
            "Which was your last word? Look for the count that stops there.",
            "Quel est ton dernier mot ? Cherche celui qui s'arrête là."
        ))
        .hint(say!(lang, "The last word must be {word}.", "Le dernier mot doit être {word}."))
        .step(say!(lang, "Say one word for each thing.", "Dis un mot pour chaque chose."))
        .step_show(count(n))
        .step(say!(
            lang,
            "The right count stops at {word}: nothing missed, nothing twice.",
            "Le bon compte s'arrête à {word} : rien d'oublié, rien deux fois."
        ))
        .praise(say!(lang, "Yes, one word for each thing.", "Oui, un mot pour chaque chose."))
        .seconds(15)
}

/// Says how many, up to ten.
pub fn how_many_10(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, 0) => tap_same_number(s, 2, 5),
        (0, _) => {
            let n = s.rng.range(1, 5);
            let figure = glance(s, n, Layout::Line);
            let fewer = if n > 2 { n - 2 } else { n + 4 };
            how_many(s, n, figure, &[(n + 2, "counts-one-twice"), (fewer, "misses-one")], 3)
        }
        (1, 0) => tap_same_number(s, 4, 7),
        (1, _) => {
            let n = s.rng.range(4, 7);
            let figure = glance(s, n, Layout::Line);
            how_many(s, n, figure, &slips(n), 4)
        }
        (2, _) => {
            let n = s.rng.range(5, 8);
            let figure = if form < 2 { ten_frame(n) } else { dots(n, Layout::Dice) };
            how_many(s, n, figure, &slips(n), 4)
        }
        (3, 0) => last_word(s),
        (3, _) => {
            let n = s.rng.range(6, 10);
            how_many(s, n, dots(n, Layout::Scattered), &slips(n), 4)
        }
        (_, 0) => last_word(s),
        (_, 1) => {
            let n = s.rng.range(7, 10);
            how_many(s, n, dots(n, Layout::Scattered), &slips(n), 4)
        }
        _ => spread_out(s),
    }
}

fn choose_spoken(s: &mut Setup, n: i64, rules: &[Rule], cards: usize) -> Answer {
    let lang = s.lang;
    Answer::choose_card(&mut s.rng, n, rules, cards, (1, 12), |n| number_card(lang, n))
}

fn how_many(s: &mut Setup, n: i64, figure: Figure, rules: &[Rule], cards: usize) -> Problem {
    let answer = choose_spoken(s, n, rules, cards);
    counting_help(
        s,
        n,
        Problem::new(answer).tell(say!(s.lang, "How many are there?", "Combien y en a-t-il ?")).figure(figure),
    )
    .seconds(15)
}

/// The hints, steps and praise of every item that counts a group.
fn counting_help(s: &Setup, n: i64, problem: Problem) -> Problem {
    let word = number_words(s.lang, n);
    problem
        .hint(say!(
            s.lang,
            "Touch each one once and say the words. Which word did you say last?",
            "Touche chacun une fois et dis les mots. Quel mot as-tu dit en dernier ?"
        ))
        .hint(say!(
            s.lang,
            "Start at one end, so that you know where you stop.",
            "Commence à un bout, pour savoir où t'arrêter."
        ))
        .hint(say!(
            s.lang,
            "The last word is {word}. That tells how many.",
            "Le dernier mot est {word}. Il dit combien."
        ))
        .step(say!(s.lang, "Count each one once.", "Compte chacun une seule fois."))
        .step_show([Block::Figure(ten_frame(n))])
        .step(say!(
            s.lang,
            "The last word is {word}: that is {n} in all.",
            "Le dernier mot est {word} : il y en a {n} en tout."
        ))
        .praise(say!(s.lang, "Yes, {n}. Your last word tells how many.", "Oui, {n}. Ton dernier mot dit combien."))
}

fn tap_same_number(s: &mut Setup, low: i64, high: i64) -> Problem {
    let n = s.rng.range(low, high);
    let picture = s.picture();
    let answer = Answer::tap("bean", n + 3, n, &slips(n));
    let ask = say!(
        s.lang,
        "How many are there? Touch the same number of beans.",
        "Combien y en a-t-il ? Touche autant de haricots."
    );
    counting_help(s, n, Problem::new(answer).tell(ask).figure(row(picture.name, n))).seconds(15)
}

/// The same things pushed apart: how many now?
fn spread_out(s: &mut Setup) -> Problem {
    let n = s.rng.range(6, 9);
    let name = s.name();
    let answer = choose_spoken(
        s,
        n,
        &[(n + 1, "spread-changes-number"), (n + 2, "spread-changes-number"), (n - 1, "misses-one")],
        4,
    );
    let ask = say!(
        s.lang,
        "{name} counted {n} stones in a line. Then {name} spread them out. How many are there now?",
        "{name} a compté {n} pierres en ligne. Puis {name} les a écartées. Combien y en a-t-il maintenant ?"
    );
    Problem::new(answer)
        .tell(ask)
        .figure(dots(n, Layout::Scattered))
        .hint(say!(
            s.lang,
            "Did anyone bring a stone or take one away?",
            "Quelqu'un a-t-il ajouté ou pris une pierre ?"
        ))
        .hint(say!(
            s.lang,
            "Try it with your fingers: spread them. Are there more fingers?",
            "Essaie avec tes doigts : écarte-les. As-tu plus de doigts ?"
        ))
        .hint(say!(
            s.lang,
            "Nothing came, nothing went: it is still {n}.",
            "Rien en plus, rien en moins : c'est toujours {n}."
        ))
        .step(say!(
            s.lang,
            "The stones only moved. None came and none went.",
            "Les pierres ont seulement bougé. Aucune n'est venue, aucune n'est partie."
        ))
        .step(say!(
            s.lang,
            "So there are still {n}. Count them to be sure.",
            "Donc il y en a toujours {n}. Compte pour vérifier."
        ))
        .praise(say!(
            s.lang,
            "Yes, still {n}. Moving them does not change how many.",
            "Oui, toujours {n}. Les bouger ne change pas le nombre."
        ))
        .seconds(20)
}

/// Somebody counted aloud: how many in all?
fn last_word(s: &mut Setup) -> Problem {
    let n = s.rng.range(5, 9);
    let name = s.name();
    let food = s.food();
    let (many, of_many) = (&food.many, de(&food.many));
    let answer = choose_spoken(s, n, &[(1, "no-cardinality"), (n + 1, "counts-one-twice"), (n - 1, "misses-one")], 4);
    let counted: Vec<String> = (1..=n).map(|k| k.to_string()).collect();
    let counted = counted.join(", ");
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "{name} counted the {many}: {counted}. How many {many} are there?",
            "{name} a compté les {many} : {counted}. Combien {of_many} y a-t-il ?"
        ))
        .hint(say!(s.lang, "Listen to the counting again.", "Écoute encore le comptage."))
        .hint(say!(s.lang, "Which word came last?", "Quel mot est venu en dernier ?"))
        .hint(say!(s.lang, "The last word was {n}.", "Le dernier mot était {n}."))
        .step(say!(
            s.lang,
            "Say the counting again and stop at the last word: {n}.",
            "Redis le comptage et arrête-toi au dernier mot : {n}."
        ))
        .step(say!(s.lang, "The last word tells how many in all: {n}.", "Le dernier mot dit combien en tout : {n}."))
        .praise(say!(s.lang, "Yes, {n}. The last word tells how many.", "Oui, {n}. Le dernier mot dit combien."))
        .seconds(15)
}
