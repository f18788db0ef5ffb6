//! Stories of equal groups (numeracy.mult.story), with the trap of an unequal one. Never here: several steps.

use chalkbox_tool::forms::{asked, bar, bars};
use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, Thing, counted, de, say, text};

use crate::help;

/// A story told in words, with the sentence that solves it.
struct Tale {
    words: String,
    /// The number sentence with a blank where the answer stands.
    sentence: String,
    right: i64,
    rules: Vec<Rule>,
    /// The bar that shows what is known.
    bar: Vec<Block>,
    /// Where to start the bar, said with it.
    pointer: String,
    /// The bar with all its parts.
    cut: Vec<Block>,
}

/// What is not known: the whole, how many in each, or how many groups.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Whole,
    Each,
    Groups,
}

/// Hints, steps and praise of a story.
fn helped(p: Problem, s: &Setup, tale: &Tale) -> Problem {
    let l = s.lang;
    let (right, sentence) = (tale.right, &tale.sentence);
    let solved = sentence.replace('_', &right.to_string());
    p.hint(say!(
        l,
        "What are the groups? Is the whole known, or is it asked?",
        "Quels sont les groupes ? Connaît-on le tout, ou le demande-t-on ?"
    ))
    .hint_with(tale.pointer.clone(), tale.bar.clone())
    .hint_with(
        say!(l, "Write it as a number sentence and work it out.", "Écris l'histoire en nombres, puis calcule."),
        [Block::Math(sentence.clone())],
    )
    .step(say!(
        l,
        "Tell it in your own words, then draw equal parts.",
        "Raconte-la avec tes mots, puis dessine des parts égales."
    ))
    .step_show(tale.cut.clone())
    .step_show([Block::Math(solved)])
    .step(say!(l, "The answer of the story is {right}.", "La réponse de l'histoire est {right}."))
    .praise(say!(
        l,
        "Yes, {right}. You saw the groups in the story.",
        "Oui, {right}. Tu as vu les groupes de l'histoire."
    ))
    .seconds(40)
}

/// The story with its number typed, or chosen one time out of four.
fn told(s: &mut Setup, tale: Tale) -> Problem {
    let answer = asked(s, tale.right, &tale.rules, 100);
    helped(Problem::new(answer).tell(tale.words.clone()), s, &tale)
}

/// The words of a story of bags, rows or prices; `place` chooses between them.
fn whole_words(s: &Setup, g: i64, each: i64, place: u32, thing: &Thing) -> String {
    let many = &thing.many;
    let of_many = de(many);
    match place {
        0 => say!(
            s.lang,
            "There are {g} bags with {each} {many} in each. How many {many} are there in all?",
            "Il y a {g} sacs, avec {each} {many} par sac. Combien {of_many} y a-t-il en tout ?"
        ),
        1 => say!(
            s.lang,
            "A garden has {g} rows with {each} plants in each row. How many plants are there?",
            "Dans un jardin, il y a {g} rangées de {each} plants. Combien y a-t-il de plants ?"
        ),
        _ => say!(
            s.lang,
            "One notebook costs {each} coins. How many coins do {g} notebooks cost?",
            "Un cahier coûte {each} sous. Combien de sous coûtent {g} cahiers ?"
        ),
    }
}

/// A story of equal groups with one of its three numbers asked.
fn tale(s: &mut Setup, (g, each): (i64, i64), what: Asked) -> Tale {
    let l = s.lang;
    let (food, place, whole) = (s.food(), s.rng.below(3), g * each);
    let amount = counted(l, whole, &food);
    let cut = bar(&vec![each; g as usize]);
    let near = |right: i64| [(right - 1, "one-group-off"), (right + 1, "one-group-off")];
    match what {
        Asked::Whole => Tale {
            words: whole_words(s, g, each, place, &food),
            sentence: format!("{g} × {each} = _"),
            right: whole,
            rules: vec![
                (g + each, "adds-instead-of-multiplies"),
                (whole - each, "one-group-off"),
                (whole + each, "one-group-off"),
            ],
            bar: cut.clone(),
            pointer: say!(
                l,
                "Each part is one group. The whole bar is asked.",
                "Chaque part est un groupe. On demande toute la barre."
            ),
            cut,
        },
        Asked::Each => {
            let mut rules = vec![(whole * g, "multiplies-instead"), (whole - g, "subtracts-instead")];
            rules.extend(near(each));
            Tale {
                words: say!(
                    l,
                    "{amount} are shared equally among {g} children. How many does each get?",
                    "On partage {amount} en parts égales entre {g} enfants. Combien chacun en reçoit-il ?"
                ),
                sentence: format!("{whole} ÷ {g} = _"),
                right: each,
                rules,
                bar: bar(&[whole]),
                pointer: say!(
                    l,
                    "The whole bar is known. Cut it into {g} equal parts.",
                    "On connaît toute la barre. Coupe-la en {g} parts égales."
                ),
                cut,
            }
        }
        Asked::Groups => {
            let mut rules = vec![(whole * each, "multiplies-instead"), (whole - each, "subtracts-instead")];
            rules.extend(near(g));
            Tale {
                words: say!(
                    l,
                    "{amount} are put into bags, {each} in each bag. How many bags are there?",
                    "On met {amount} dans des sacs, {each} par sac. Combien y a-t-il de sacs ?"
                ),
                sentence: format!("{whole} ÷ {each} = _"),
                right: g,
                rules,
                bar: bars(&[whole, each]),
                pointer: say!(
                    l,
                    "The long bar is the whole, the short one is a group. How often does it fit?",
                    "La longue barre est le tout, la courte est un groupe. Combien de fois y va-t-elle ?"
                ),
                cut,
            }
        }
    }
}

/// `numeracy.mult.story`
pub fn story(s: &mut Setup) -> Problem {
    let form = s.rng.below(5);
    let what = *s.rng.pick(&[Asked::Whole, Asked::Each, Asked::Groups]);
    match (s.band, form) {
        (0, _) => pictured(s),
        (1, _) => {
            let g = s.rng.range(2, 5);
            let each = s.rng.range(2, 20 / g);
            let what = if what == Asked::Whole { Asked::Each } else { what };
            let story = tale(s, (g, each), what);
            let bar = if what == Asked::Each { bar(&[g * each]) } else { story.bar.clone() };
            let p = told(s, story);
            // Under the words, so that they are read first.
            p.show(bar)
        }
        (2, 0 | 1) => which_sentence(s, what),
        (2, _) => {
            let numbers = (s.rng.range(3, 5), s.rng.range(3, 9));
            let story = tale(s, numbers, what);
            told(s, story)
        }
        (3, 0) => joined(s),
        (3, 1 | 2) => which_sign(s, what),
        (3, _) => {
            let g = s.rng.range(4, 8);
            let numbers = (g, s.rng.range(3, 50 / g));
            let story = tale(s, numbers, what);
            told(s, story)
        }
        (_, 0) => extra_number(s),
        (_, 1) => unequal_group(s),
        (_, 2) => as_many_asked(s),
        _ => times_as_many(s),
    }
}

/// The smallest stories, with the groups to see.
fn pictured(s: &mut Setup) -> Problem {
    let numbers = (s.rng.range(2, 4), *s.rng.pick(&[2, 5, 10]));
    let mut story = tale(s, numbers, Asked::Whole);
    let food = s.food();
    story.words = whole_words(s, numbers.0, numbers.1, 0, &food);
    let answer = asked(s, story.right, &story.rules, 60);
    let p = Problem::new(answer).show(help::plates(numbers.0, numbers.1)).tell(story.words.clone());
    helped(p, s, &story).seconds(30)
}

/// Which number sentence fits the story?
fn which_sentence(s: &mut Setup, what: Asked) -> Problem {
    let l = s.lang;
    let (g, each) = (s.rng.range(3, 5), s.rng.range(6, 9));
    let whole = g * each;
    let story = tale(s, (g, each), what);
    let math = |line: String| vec![Block::Math(line)];
    let (x, y) = match what {
        Asked::Whole => (g, each),
        Asked::Each => (whole, g),
        Asked::Groups => (whole, each),
    };
    let wrong = if what == Asked::Whole {
        vec![
            (math(format!("{x} + {y} = _")), Some("adds-instead-of-multiplies")),
            (math(format!("{y} ÷ {x} = _")), None),
            (math(format!("{y} − {x} = _")), None),
        ]
    } else {
        vec![
            (math(format!("{x} × {y} = _")), Some("multiplies-instead")),
            (math(format!("{x} − {y} = _")), Some("subtracts-instead")),
            (math(format!("{y} ÷ {x} = _")), Some("division-order-swapped")),
        ]
    };
    let answer = Answer::choice(&mut s.rng, math(story.sentence.clone()), wrong);
    let p = Problem::new(answer).tell(story.words.clone()).tell(say!(
        l,
        "Which sentence fits the story?",
        "Quelle écriture va avec l'histoire ?"
    ));
    // The last hint of a story writes the sentence: here it says what to look for.
    let mut p = helped(p, s, &story);
    p.hints.pop();
    p.hint(if what == Asked::Whole {
        say!(l, "The groups are known, the whole is asked.", "On connaît les groupes, on demande le tout.")
    } else {
        say!(
            l,
            "The whole, {whole}, is known. It is put into equal groups.",
            "On connaît le tout, {whole}. On en fait des groupes égaux."
        )
    })
}

/// Three stories of the same numbers, each with its sentence.
fn joined(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (g, each) = *s.rng.pick(&[(4, 6), (3, 8), (5, 6), (4, 7), (5, 8), (6, 8), (4, 9), (3, 7)]);
    let whole = g * each;
    let stories = [Asked::Whole, Asked::Each, Asked::Groups].map(|what| tale(s, (g, each), what));
    let line = |tale: &Tale| vec![Block::Math(tale.sentence.clone())];
    let pairs = stories.iter().map(|tale| (text(tale.words.clone()), line(tale))).collect();
    let extra = vec![vec![Block::Math(format!("{whole} × {g} = _"))]];
    let rules = [
        (1, 3, "multiplies-instead"),
        (2, 3, "multiplies-instead"),
        (1, 2, "groups-sizes-swapped"),
        (2, 1, "groups-sizes-swapped"),
    ];
    let bar = stories[0].bar.clone();
    Problem::new(Answer::matching(&mut s.rng, pairs, extra, &rules))
        .tell(say!(
            l,
            "Join each story to its sentence. One sentence is left over.",
            "Relie chaque histoire à son écriture. Une écriture reste seule."
        ))
        .hint(say!(l, "In which story is the whole asked?", "Dans quelle histoire demande-t-on le tout ?"))
        .hint_with(say!(l, "All three tell of this bar.", "Les trois parlent de cette barre."), bar)
        .hint(say!(
            l,
            "{whole} among {g} children is {whole} ÷ {g}. Now the others.",
            "{whole} entre {g} enfants, c'est {whole} ÷ {g}. À toi pour les autres."
        ))
        .step(say!(l, "Whole asked: {g} × {each}.", "On demande le tout : {g} × {each}."))
        .step(say!(l, "How many in each: {whole} ÷ {g}.", "Combien dans chacun : {whole} ÷ {g}."))
        .step(say!(l, "How many groups: {whole} ÷ {each}.", "Combien de groupes : {whole} ÷ {each}."))
        .praise(say!(
            l,
            "Yes. Three stories, one family of numbers.",
            "Oui. Trois histoires, une seule famille de nombres."
        ))
        .seconds(75)
}

/// The sign and the answer of a story as tiles; one time out of four it is a story of plus.
fn which_sign(s: &mut Setup, what: Asked) -> Problem {
    let l = s.lang;
    let (g, each) = (s.rng.range(3, 6), s.rng.range(7, 8));
    let plain = s.rng.chance(1, 4);
    let story = if plain { put_together(s, each, g) } else { tale(s, (g, each), what) };
    let (sign, codes): (&str, [(&str, Option<&'static str>); 3]) = if plain {
        ("+", [("×", Some("multiplies-instead")), ("÷", None), ("−", None)])
    } else if what == Asked::Whole {
        ("×", [("+", Some("adds-instead-of-multiplies")), ("÷", None), ("−", None)])
    } else {
        ("÷", [("×", Some("multiplies-instead")), ("−", Some("subtracts-instead")), ("+", None)])
    };
    let (before, rest) = story.sentence.split_once(sign).unwrap_or_default();
    let after = rest.split('=').next().unwrap_or_default();
    let mut extra: Vec<_> = codes.iter().map(|(sign, code)| ((*sign).to_owned(), *code)).collect();
    extra.extend(
        story.rules.iter().filter(|(n, _)| *n != story.right).take(2).map(|(n, code)| (n.to_string(), Some(*code))),
    );
    let gaps = [
        (before.trim().to_owned(), after.trim().to_owned(), sign.to_owned()),
        ("=".to_owned(), String::new(), story.right.to_string()),
    ];
    let p = Problem::new(Answer::gaps(&mut s.rng, &gaps, &extra)).tell(story.words.clone()).tell(say!(
        l,
        "Put in the sign and the answer.",
        "Mets le signe et la réponse."
    ));
    helped(p, s, &story).seconds(50)
}

/// A story of plus among the others: two amounts that are no equal groups.
fn put_together(s: &mut Setup, a: i64, b: i64) -> Tale {
    let l = s.lang;
    let food = s.food();
    let (many, of_many) = (&food.many, de(&food.many));
    Tale {
        words: say!(
            l,
            "There are {a} {many} in one bag and {b} in another. How many {many} are there in all?",
            "Il y a {a} {many} dans un sac et {b} dans un autre. Combien {of_many} y a-t-il en tout ?"
        ),
        sentence: format!("{a} + {b} = _"),
        right: a + b,
        rules: vec![(a * b, "multiplies-instead")],
        bar: bar(&[a, b]),
        pointer: say!(l, "Look at the parts: are they equal?", "Regarde les parts : sont-elles égales ?"),
        cut: bar(&[a, b]),
    }
}

/// A number that the question does not need.
fn extra_number(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (g, each, age) = (s.rng.range(4, 9), s.rng.range(5, 9), s.rng.range(6, 11));
    let elder = s.name();
    let what = *s.rng.pick(&[Asked::Whole, Asked::Whole, Asked::Groups]);
    let mut story = tale(s, (g, each), what);
    let first = say!(l, "{elder} is {age} years old.", "{elder} a {age} ans.");
    story.words = format!("{first} {}", story.words);
    story.rules.insert(0, (story.right + age, "uses-all-numbers"));
    told(s, story)
}

/// All bags are alike but one.
fn unequal_group(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (g, each, less) = (s.rng.range(3, 6), s.rng.range(5, 9), s.rng.range(2, 4));
    let (food, same) = (s.food(), g * each);
    let (many, of_many, right) = (&food.many, de(&food.many), same + less);
    let mut parts = vec![each; g as usize];
    parts.push(less);
    let story = Tale {
        words: say!(
            l,
            "There are {g} bags of {each} {many} and 1 bag of {less}. How many {many} are there in all?",
            "Il y a {g} sacs de {each} {many} et 1 sac de {less}. Combien {of_many} y a-t-il en tout ?"
        ),
        sentence: format!("{g} × {each} + {less} = _"),
        right,
        rules: vec![
            ((g + 1) * each, "unequal-groups"),
            (same, "stops-after-one-step"),
            (g + each + less, "adds-instead-of-multiplies"),
            (g * each * less, "uses-all-numbers"),
        ],
        bar: bar(&parts),
        pointer: say!(l, "One part is not like the others.", "Une part n'est pas comme les autres."),
        cut: bar(&parts),
    };
    told(s, story)
}

/// 3 times as many as: the larger amount is asked.
fn times_as_many(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (name, name2) = s.two_names();
    let (k, a, food) = (s.rng.range(3, 6), s.rng.range(4, 15), s.food());
    let amount = counted(l, a, &food);
    let story = Tale {
        words: say!(
            l,
            "{name} has {amount}. {name2} has {k} times as many. How many does {name2} have?",
            "{name} a {amount}. {name2} en a {k} fois plus. Combien en a {name2} ?"
        ),
        sentence: format!("{k} × {a} = _"),
        right: k * a,
        rules: vec![(a + k, "more-for-times"), (a * (k + 1), "one-group-off"), (a * (k - 1), "one-group-off")],
        bar: [bar(&[a]), bar(&vec![a; k as usize])].concat(),
        pointer: say!(
            l,
            "One bar for {name}, {k} of it for {name2}.",
            "Une part pour {name}, {k} parts pareilles pour {name2}."
        ),
        cut: [bar(&[a]), bar(&vec![a; k as usize])].concat(),
    };
    told(s, story)
}

/// 3 times as many as: the smaller amount is asked, against the words.
fn as_many_asked(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (name, name2) = s.two_names();
    let (k, a, food) = (s.rng.range(3, 6), s.rng.range(4, 12), s.food());
    let whole = k * a;
    let amount = counted(l, whole, &food);
    let story = Tale {
        words: say!(
            l,
            "{name} has {amount}. That is {k} times as many as {name2} has. How many does {name2} have?",
            "{name} a {amount}. C'est {k} fois plus que ce qu'a {name2}. Combien en a {name2} ?"
        ),
        sentence: format!("{whole} ÷ {k} = _"),
        right: a,
        rules: vec![
            (whole * k, "key-word-operation"),
            (whole - k, "more-for-times"),
            (whole + k, "more-for-times"),
            (a + 1, "one-group-off"),
            (a - 1, "one-group-off"),
        ],
        bar: bar(&[whole]),
        pointer: say!(
            l,
            "Here is the bar of {name}. Cut it into {k}: one part is for {name2}.",
            "Voici la barre pour {name}. Coupe-la en {k} : il y en a une part pour {name2}."
        ),
        cut: bar(&vec![a; k as usize]),
    };
    told(s, story)
}
