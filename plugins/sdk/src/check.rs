//! The native test kit: asks a tool everything it claims and holds it to the contract. Never here: a host, WebAssembly, files.

use std::collections::BTreeSet;

use crate::{
    Ask, Block, Figure, Interaction, Item, LocalContext, NumberLine, Problem, Response, Thing, Tool, Verdict, band,
};

/// The locales that a bundled tool speaks.
pub const LOCALES: [&str; 2] = ["en", "fr"];
/// The difficulties that the box asks, one in each band.
pub const DIFFICULTIES: [f32; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// Seeds tried for every skill, difficulty and locale.
pub const SEEDS: u32 = 50;
/// The least number of different items among [`SEEDS`].
pub const LEAST_DIFFERENT: usize = 4;

/// An ask with a small local context in the locale's language.
pub fn ask(skill: &str, difficulty: f32, seed: u32, locale: &str) -> Ask {
    let thing = |one: &str, many: &str, indefinite: &str, definite: &str, some: &str| Thing {
        one: one.into(),
        many: many.into(),
        indefinite: indefinite.into(),
        definite: definite.into(),
        some: some.into(),
    };
    let (foods, animals, objects) = if locale.starts_with("fr") {
        (
            vec![
                thing("mangue", "mangues", "une mangue", "la mangue", "de la mangue"),
                thing("orange", "oranges", "une orange", "l'orange", "de l'orange"),
            ],
            vec![thing("chèvre", "chèvres", "une chèvre", "la chèvre", "de la chèvre")],
            vec![thing("bâton", "bâtons", "un bâton", "le bâton", "du bâton")],
        )
    } else {
        (
            vec![
                thing("mango", "mangoes", "a mango", "the mango", "some mango"),
                thing("orange", "oranges", "an orange", "the orange", "some orange"),
            ],
            vec![thing("goat", "goats", "a goat", "the goat", "some goats")],
            vec![thing("stick", "sticks", "a stick", "the stick", "some sticks")],
        )
    };
    Ask {
        skill: skill.to_owned(),
        difficulty,
        seed,
        locale: locale.to_owned(),
        context: LocalContext {
            names: ["Amina", "Kwame", "Zola"].map(str::to_owned).to_vec(),
            foods,
            animals,
            objects,
            currency: "KES".to_owned(),
            coins: vec![100, 500, 1000, 2000, 5000, 10_000],
        },
    }
}

/// Holds a tool to the contract: every skill × difficulty × seed × locale, and its manifest (`pack.toml`).
///
/// # Panics
/// At the first broken promise, with the ask that shows it.
pub fn check_tool<T: Tool>(manifest: &str) {
    let known = check_manifest::<T>(manifest);
    let mut used = BTreeSet::new();
    for skill in T::SKILLS {
        for locale in LOCALES {
            for difficulty in DIFFICULTIES {
                let mut seen: Vec<Item> = Vec::new();
                for seed in 0..SEEDS {
                    let ask = ask(skill.id, difficulty, seed, locale);
                    let item = check_ask::<T>(&ask, &mut used);
                    if !seen.contains(&item) {
                        seen.push(item);
                    }
                }
                let at = format!("{} band {} {locale}", skill.id, band(difficulty));
                assert!(seen.len() >= LEAST_DIFFERENT, "{at}: only {} different items of {SEEDS}", seen.len());
            }
        }
        bare_context::<T>(skill.id);
    }
    for code in &used {
        assert!(known.contains(code), "misconception {code} is not in the manifest");
        assert!(T::TIPS.iter().any(|tip| tip.code == code), "misconception {code} has no tip");
    }
    for code in &known {
        assert!(used.contains(code), "misconception {code} of the manifest never comes up");
    }
    let mut unknown = ask("no.such.skill", 0.0, 0, "en");
    assert!(T::generate(&unknown).is_err(), "an unknown skill must be a fault");
    unknown.skill = String::new();
    assert!(T::solve(&unknown).is_err(), "an empty skill must be a fault");
}

/// A place without names and things must not stop a tool: each of the four calls answers, in every language.
fn bare_context<T: Tool>(skill: &str) {
    for locale in LOCALES {
        for difficulty in DIFFICULTIES {
            for seed in 0..10 {
                let mut ask = ask(skill, difficulty, seed, locale);
                ask.context = LocalContext {
                    names: vec![],
                    foods: vec![],
                    animals: vec![],
                    objects: vec![],
                    currency: String::new(),
                    coins: vec![],
                };
                bare_calls::<T>(&ask);
            }
        }
    }
}

fn bare_calls<T: Tool>(ask: &Ask) {
    let at = format!("{} difficulty {} seed {} {} without a place", ask.skill, ask.difficulty, ask.seed, ask.locale);
    let failed = |fault| -> ! { panic!("{at}: {fault:?}") };
    let item = T::generate(ask).unwrap_or_else(|fault| failed(fault));
    check_item(&item, &at);
    let solution = T::solve(ask).unwrap_or_else(|fault| failed(fault));
    check_blocks(&solution.steps, &at);
    let verdict = T::evaluate(ask, &solution.response).unwrap_or_else(|fault| failed(fault));
    assert!(verdict.score == 1.0, "{at}: the solution scores {}", verdict.score);
    check_verdict(&verdict, &at);
    for level in 1..=item.hints {
        check_blocks(&T::hint(ask, level).unwrap_or_else(|fault| failed(fault)), &at);
    }
}

/// The manifest names exactly the tool's skills, and every misconception in every locale. Gives the misconceptions.
fn check_manifest<T: Tool>(manifest: &str) -> BTreeSet<String> {
    let table: toml::Table = manifest.parse().expect("pack.toml is TOML");
    let listed: BTreeSet<&str> = table["skills"]
        .as_array()
        .expect("skills")
        .iter()
        .map(|skill| skill["id"].as_str().expect("skills.id"))
        .collect();
    let served: BTreeSet<&str> = T::SKILLS.iter().map(|skill| skill.id).collect();
    assert_eq!(listed, served, "the skills of pack.toml (left) and of the tool (right)");
    assert_eq!(served.len(), T::SKILLS.len(), "a skill is served twice");
    let locales: Vec<&str> = table["locales"].as_array().expect("locales").iter().filter_map(|l| l.as_str()).collect();
    for field in ["title", "summary"] {
        assert!(locales.iter().all(|locale| table[field].get(locale).is_some()), "{field} lacks a locale");
    }
    let Some(codes) = table.get("misconceptions").and_then(|codes| codes.as_table()) else { return BTreeSet::new() };
    for (code, names) in codes {
        assert!(locales.iter().all(|locale| names.get(locale).is_some()), "misconception {code} lacks a locale");
    }
    codes.keys().cloned().collect()
}

/// Every promise about one ask. Gives the item.
fn check_ask<T: Tool>(ask: &Ask, used: &mut BTreeSet<String>) -> Item {
    let at = format!("{} difficulty {} seed {} {}", ask.skill, ask.difficulty, ask.seed, ask.locale);
    let item = T::generate(ask).unwrap_or_else(|fault| panic!("{at}: {fault:?}"));
    assert_eq!(item, T::generate(ask).expect("as before"), "{at}: the same ask gave another item");
    check_item(&item, &at);
    let problem = T::plan(ask).expect("as before");

    let solution = T::solve(ask).expect("a planned ask is solved");
    assert!(!solution.steps.is_empty(), "{at}: no steps");
    check_blocks(&solution.steps, &at);
    let verdict = T::evaluate(ask, &solution.response).unwrap_or_else(|fault| panic!("{at}: {fault:?}"));
    assert!(verdict.score == 1.0, "{at}: the solution scores {}", verdict.score);
    check_verdict(&verdict, &at);

    for wrong in &problem.answer.wrong {
        let verdict = T::evaluate(ask, &wrong.response).unwrap_or_else(|fault| panic!("{at}: {fault:?}"));
        let listed = format!("{at}: {:?} ({})", wrong.response, wrong.code);
        assert!(verdict.score < 1.0, "{listed} is right");
        check_verdict(&verdict, &listed);
        let code = verdict.misconception.unwrap_or_else(|| panic!("{listed} shows no misconception"));
        used.insert(code);
    }
    for odd in odd_responses(&item) {
        if let Ok(verdict) = T::evaluate(ask, &odd) {
            assert!(verdict.score < 1.0, "{at}: {odd:?} is right");
            check_verdict(&verdict, &at);
        }
    }
    check_hints::<T>(ask, &item, &problem, &at);
    item
}

/// The limits of the contract and of good sense on what is shown.
fn check_item(item: &Item, at: &str) {
    check_blocks(&item.body, at);
    let bytes: usize = item.body.iter().map(|block| words(block).map_or(0, str::len)).sum();
    assert!(bytes <= 16 * 1024, "{at}: the body has {bytes} bytes");
    assert!(item.body.iter().any(|block| matches!(block, Block::Speech(_))), "{at}: nothing is spoken");
    assert!((1..=5).contains(&item.hints), "{at}: {} hints", item.hints);
    assert!((3..=600).contains(&item.seconds), "{at}: {} seconds", item.seconds);
    for options in option_lists(&item.interaction) {
        assert!((1..=12).contains(&options.len()), "{at}: {} options", options.len());
        let ids: BTreeSet<&str> = options.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids.len(), options.len(), "{at}: an option's id is used twice");
        for (_, content) in &options {
            check_blocks(content, at);
        }
    }
    match &item.interaction {
        Interaction::Choice(choice) => {
            assert!(choice.options.len() >= 2, "{at}: a choice of one");
            for (i, option) in choice.options.iter().enumerate() {
                assert!(!option.content.is_empty(), "{at}: an empty option");
                let doubled = choice.options[..i].iter().any(|other| other.content == option.content);
                assert!(!doubled, "{at}: two options look alike: {:?}", option.content);
            }
        }
        Interaction::Order(options) => {
            assert!(options.len() >= 2, "{at}: one thing to order");
            for (i, option) in options.iter().enumerate() {
                let doubled = options[..i].iter().any(|other| other.content == option.content);
                assert!(!doubled, "{at}: two things to order look alike");
            }
        }
        Interaction::TapCount(tap) => assert!((1..=100).contains(&tap.available), "{at}: {} to tap", tap.available),
        Interaction::Slider(line) => check_line(line, at),
        _ => {}
    }
}

/// The options of an interaction, list by list.
fn option_lists(interaction: &Interaction) -> Vec<Vec<(&str, &[Block])>> {
    fn borrow(options: &[crate::ChoiceOption]) -> Vec<(&str, &[Block])> {
        options.iter().map(|option| (option.id.as_str(), option.content.as_slice())).collect()
    }
    match interaction {
        Interaction::Choice(choice) => vec![borrow(&choice.options)],
        Interaction::Order(options) => vec![borrow(options)],
        Interaction::Match(pairs) => vec![borrow(&pairs.left), borrow(&pairs.right)],
        Interaction::GapMatch(gaps) => {
            vec![gaps.left.iter().map(|gap| (gap.id.as_str(), [].as_slice())).collect(), borrow(&gaps.right)]
        }
        _ => vec![],
    }
}

fn check_verdict(verdict: &Verdict, at: &str) {
    assert!((0.0..=1.0).contains(&verdict.score), "{at}: score {}", verdict.score);
    assert!(!verdict.feedback.is_empty(), "{at}: no feedback");
    check_blocks(&verdict.feedback, at);
}

/// Hints exist to the last rung, no farther, and do not hold the answer before it (as far as a machine can tell).
fn check_hints<T: Tool>(ask: &Ask, item: &Item, problem: &Problem, at: &str) {
    let secret = secret_of(problem);
    let shown: String = item.body.iter().filter_map(words).collect::<Vec<_>>().join(" ");
    for level in 1..=item.hints {
        let rung = T::hint(ask, level).unwrap_or_else(|fault| panic!("{at}: hint {level}: {fault:?}"));
        assert!(!rung.is_empty(), "{at}: hint {level} is empty");
        check_blocks(&rung, at);
        if let Some(secret) = secret.as_deref().filter(|secret| level < item.hints && !holds(&shown, secret)) {
            let told: String = rung.iter().filter_map(words).collect::<Vec<_>>().join(" ");
            assert!(!holds(&told, secret), "{at}: hint {level} tells the answer {secret}: {told}");
        }
    }
    assert!(T::hint(ask, 0).is_err() && T::hint(ask, item.hints + 1).is_err(), "{at}: a hint beyond the ladder");
}

/// The answer as it would stand in a text, where that is telling: numbers over 10 and words of three letters and more.
fn secret_of(problem: &Problem) -> Option<String> {
    let telling = |words: &str| match words.parse::<i64>() {
        Ok(n) => n > 10,
        Err(_) => words.chars().count() > 2,
    };
    let secret = match (&problem.answer.right, &problem.answer.interaction) {
        (Response::Number(n), Interaction::NumberEntry(_)) => n.clone(),
        (Response::Text(word), _) => word.clone(),
        (Response::Choice(ids), Interaction::Choice(choice)) if ids.len() == 1 => {
            let option = choice.options.iter().find(|option| option.id == ids[0])?;
            // Only what is written: a spoken "one" is an everyday word too.
            option
                .content
                .iter()
                .find_map(|block| words(block).filter(|_| !matches!(block, Block::Speech(_))))?
                .to_owned()
        }
        _ => return None,
    };
    telling(&secret).then_some(secret)
}

/// Whether a text holds a word or number, not as a part of another one.
fn holds(told: &str, secret: &str) -> bool {
    let (told, secret) = (told.to_lowercase(), secret.to_lowercase());
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    told.match_indices(&secret).any(|(start, found)| {
        !inside(told[..start].chars().next_back()) && !inside(told[start + found.len()..].chars().next())
    })
}

/// Responses that no one should send, and some that children do.
fn odd_responses(item: &Item) -> Vec<Response> {
    let texts =
        ["", " ", "\u{0661}\u{0662}", "漢字", "' OR 1=1", "-", "9/0", "NaN", "1e400", "999999999999999999999999"];
    let mut odd = vec![
        Response::Skipped,
        Response::Choice(vec![]),
        Response::Choice(vec!["no such id".to_owned(); 40]),
        Response::Order(vec![]),
        Response::Order(vec!["a".to_owned(); 12]),
        Response::Pairs(vec![]),
        Response::Pairs(vec![("l1".to_owned(), "r99".to_owned()); 30]),
        Response::Count(u32::MAX),
        Response::Point((f32::NAN, -1.0)),
        Response::Custom("{".repeat(100)),
        Response::Text("ا".repeat(20_000)),
        Response::Number("9".repeat(20_000)),
    ];
    for words in texts {
        odd.push(Response::Text(words.to_owned()));
        odd.push(Response::Number(words.to_owned()));
    }
    if let Interaction::Choice(choice) = &item.interaction {
        // Everything at once must not be a way through; where everything may be chosen it is the choice itself that tells.
        if usize::from(choice.max) < choice.options.len() {
            odd.push(Response::Choice(choice.options.iter().map(|option| option.id.clone()).collect()));
        }
    }
    odd
}

fn check_blocks(blocks: &[Block], at: &str) {
    for block in blocks {
        if let Some(words) = words(block) {
            assert!(!words.trim().is_empty(), "{at}: an empty block");
            let bad = words.chars().find(|c| {
                (c.is_control() && *c != '\n') || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            });
            assert!(bad.is_none(), "{at}: control character in {words:?}");
            assert!(!words.contains("  ") && !words.contains('{'), "{at}: untidy text {words:?}");
        }
        if let Block::Figure(figure) = block {
            check_figure(figure, at);
        }
    }
}

fn check_figure(figure: &Figure, at: &str) {
    match figure {
        Figure::NumberLine(line) => check_line(line, at),
        Figure::Row(names) => {
            assert!((1..=24).contains(&names.len()), "{at}: a row of {}", names.len());
            for name in names {
                assert!(crate::PICTURES.iter().any(|picture| picture.name == *name), "{at}: no picture {name}");
            }
        }
        Figure::Fraction(fraction) => {
            assert!(fraction.parts > 0 && fraction.filled <= fraction.parts, "{at}: fraction")
        }
        Figure::Grid(grid) => {
            let cells = u16::from(grid.columns) * u16::from(grid.rows);
            assert!(grid.filled.iter().all(|cell| *cell < cells), "{at}: a cell outside the grid");
        }
        _ => {}
    }
}

fn check_line(line: &NumberLine, at: &str) {
    assert!(line.lowest < line.highest && line.step > 0.0, "{at}: number line {line:?}");
    let inside = |n: &f32| (line.lowest..=line.highest).contains(n);
    assert!(line.labels.iter().all(inside) && line.marks.iter().all(inside), "{at}: number line {line:?}");
    assert!((line.highest - line.lowest) / line.step <= 200.0, "{at}: too many ticks on {line:?}");
}

/// The words of a block, if it has any.
fn words(block: &Block) -> Option<&str> {
    match block {
        Block::Text(words) | Block::Speech(words) | Block::Math(words) => Some(words),
        _ => None,
    }
}
