//! Every rule of meaning, each with an answer that breaks only it.

use super::*;
use chalkbox_domain::item::{
    Bar, ChartForm, ChoiceOption, Figure, FractionForm, Gap, Interaction, Layout, NumberForm, NumberLine,
};

fn facts() -> PackFacts {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    PackFacts {
        assets: set(&["dog.svg", "sounds/a.mp3"]),
        pages: set(&["index.html"]),
        misconceptions: set(&["off-by-one"]),
    }
}

fn text(text: &str) -> Block {
    Block::Text { text: text.into() }
}

fn option(id: &str) -> ChoiceOption {
    ChoiceOption { id: id.into(), content: vec![text("7")] }
}

fn item(body: Vec<Block>, interaction: Interaction) -> Item {
    Item { body, interaction, hints: 3, seconds: 20 }
}

fn entry() -> Interaction {
    Interaction::NumberEntry { form: NumberForm::Integer, unit: None }
}

fn line() -> NumberLine {
    NumberLine { lowest: 0.0, highest: 1.0, step: 0.1, labels: vec![0.0, 1.0], marks: vec![0.5] }
}

fn custom(page: &str, data: &str, fallback: Option<Interaction>) -> Interaction {
    Interaction::Custom { page: page.into(), data: data.into(), height: 300, fallback: fallback.map(Box::new) }
}

fn fault(item: &Item) -> Option<String> {
    let limits = PluginHostConfig::default();
    let facts = facts();
    Meaning { facts: &facts, limits: &limits }.item(item).err().map(|nonsense| nonsense.to_string())
}

#[test]
fn sound_items_of_every_kind_pass() {
    let image = Media { path: "dog.svg".into(), alt: "a dog".into() };
    let interactions = [
        entry(),
        Interaction::Choice { options: vec![option("a"), option("b")], max: 2 },
        Interaction::TextEntry { longest: 10 },
        Interaction::Order { options: vec![option("a"), option("b")] },
        Interaction::Match { left: vec![option("l1")], right: vec![option("r1"), option("r2")], reuse: false },
        Interaction::GapMatch {
            left: vec![Gap { id: "g1".into(), before: "A ".into(), after: " barks.".into() }],
            right: vec![option("t1")],
        },
        Interaction::Slider(line()),
        Interaction::SelectPoint(image.clone()),
        Interaction::TapCount { picture: "bean".into(), available: 9 },
        custom("index.html", "{\"a\":[1]}", Some(entry())),
    ];
    let body = vec![
        text("How many?\nCount \u{200f}them."),
        Block::Image(image),
        Block::Audio(Media { path: "sounds/a.mp3".into(), alt: "the sound of a".into() }),
        Block::Math { text: "3 + _ = 5".into() },
        Block::Table { rows: vec![vec!["a".into(), String::new()], vec!["1".into(), "2".into()]] },
        Block::Figure { figure: Figure::Fraction { filled: 7, parts: 4, form: FractionForm::Circle, equal: true } },
    ];
    for interaction in interactions {
        assert_eq!(fault(&item(body.clone(), interaction.clone())), None, "{interaction:?}");
    }
}

#[test]
fn text_that_tricks_the_eye_or_says_nothing_is_refused() {
    let cases = [
        (text("a\u{202e}b"), "U+202E"),
        (text("a\u{2066}b"), "U+2066"),
        (text("a\u{0}b"), "U+0000"),
        (text("a\u{85}b"), "U+0085"),
        (text("a\rb"), "U+000D"),
        (text(" \n "), "blank"),
        (Block::Math { text: "1\n2".into() }, "U+000A"),
        (Block::Image(Media { path: "dog.svg".into(), alt: " ".into() }), "alt: is missing"),
        (Block::Image(Media { path: "../dog.svg".into(), alt: "a dog".into() }), "not in assets/"),
        (Block::Audio(Media { path: "b.mp3".into(), alt: "b".into() }), "not in assets/"),
        (Block::Table { rows: vec![vec!["a".into()], vec![]] }, "unequal"),
        (Block::Table { rows: vec![] }, "0 rows"),
        (text(&"long ".repeat(4_000)), "20000 bytes"),
    ];
    for (block, expected) in cases {
        let said = fault(&item(vec![block.clone()], entry())).unwrap_or_default();
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(fault(&item(vec![], entry())).is_some_and(|said| said.contains("body: is empty")));
}

#[test]
fn figures_that_cannot_be_drawn_are_refused() {
    let nan = NumberLine { marks: vec![f32::NAN], ..line() };
    let backwards = NumberLine { highest: -1.0, ..line() };
    let fine = NumberLine { step: 1e-9, ..line() };
    let beside = NumberLine { labels: vec![1.5], ..line() };
    let bar = |value| vec![Bar { label: "goats".into(), value }];
    let figures = [
        Figure::Dots { count: 5_000, layout: Layout::Scattered },
        Figure::TenFrame { count: 101 },
        Figure::BaseTen { hundreds: 200, tens: 0, ones: 0 },
        Figure::Groups { count: 30, each: 30 },
        Figure::NumberLine(nan),
        Figure::NumberLine(backwards),
        Figure::NumberLine(fine),
        Figure::NumberLine(beside),
        Figure::NumberLine(NumberLine { step: -0.1, ..line() }),
        Figure::NumberLine(NumberLine { highest: f32::INFINITY, ..line() }),
        Figure::BarModel { parts: vec![] },
        Figure::BarModel { parts: vec![3, 0] },
        Figure::Fraction { filled: 1, parts: 0, form: FractionForm::Bar, equal: true },
        Figure::Fraction { filled: 250, parts: 1, form: FractionForm::Bar, equal: true },
        Figure::Clock { hour: 24, minute: 0 },
        Figure::Clock { hour: 1, minute: 60 },
        Figure::Coins { values: vec![0] },
        Figure::Shape { name: "<b>".into() },
        Figure::Angle { degrees: 361 },
        Figure::Row { names: vec![String::new()] },
        Figure::Grid { columns: 2, rows: 2, filled: vec![4] },
        Figure::Grid { columns: 2, rows: 2, filled: vec![1, 1] },
        Figure::Grid { columns: 0, rows: 2, filled: vec![] },
        Figure::Chart { form: ChartForm::Bars, bars: bar(5), step: 0 },
        Figure::Chart { form: ChartForm::Tally, bars: bar(5_000), step: 1 },
        Figure::Chart { form: ChartForm::Bars, bars: vec![], step: 1 },
    ];
    for figure in figures {
        let said = fault(&item(vec![Block::Figure { figure: figure.clone() }], entry()));
        assert!(said.is_some_and(|said| said.starts_with("body.0")), "{figure:?}");
    }
}

#[test]
fn interactions_that_nobody_can_answer_are_refused() {
    let thirteen: Vec<ChoiceOption> = (0..13).map(|n| option(&format!("o{n}"))).collect();
    let cases = [
        (Interaction::Choice { options: vec![], max: 1 }, "are 0"),
        (Interaction::Choice { options: thirteen, max: 1 }, "are 13"),
        (Interaction::Choice { options: vec![option("a"), option("a")], max: 1 }, "there twice"),
        (Interaction::Choice { options: vec![option("a")], max: 0 }, "max"),
        (Interaction::Choice { options: vec![option("a")], max: 2 }, "max"),
        (Interaction::Choice { options: vec![option("")], max: 1 }, "not a name"),
        (
            Interaction::Choice { options: vec![ChoiceOption { id: "a".into(), content: vec![] }], max: 1 },
            "shows nothing",
        ),
        (Interaction::Match { left: vec![option("a")], right: vec![option("a")], reuse: false }, "there twice"),
        (Interaction::TextEntry { longest: 0 }, "longest"),
        (Interaction::NumberEntry { form: NumberForm::Integer, unit: Some("\u{202e}".into()) }, "U+202E"),
        (Interaction::Slider(NumberLine { lowest: f32::NAN, ..line() }), "not finite"),
        (Interaction::SelectPoint(Media { path: "no.svg".into(), alt: "no".into() }), "not in assets/"),
        (Interaction::TapCount { picture: "bean".into(), available: 0 }, "available"),
        (custom("other.html", "{}", None), "not in web/"),
        (custom("index.html", "{", None), "not JSON"),
        (custom("index.html", "{}", Some(Interaction::Slider(line()))), "fallback"),
    ];
    for (interaction, expected) in cases {
        let said = fault(&item(vec![text("?")], interaction.clone())).unwrap_or_default();
        assert!(said.contains(expected), "{interaction:?}: {said}");
    }
    assert!(fault(&Item { hints: 6, ..item(vec![text("?")], entry()) }).is_some_and(|said| said.contains("hints")));
    assert!(fault(&Item { seconds: 0, ..item(vec![text("?")], entry()) }).is_some_and(|said| said.contains("seconds")));
}

#[test]
fn verdicts_hints_and_solutions_have_bounds() {
    let (facts, limits) = (facts(), PluginHostConfig::default());
    let meaning = Meaning { facts: &facts, limits: &limits };
    let verdict = |score, misconception: Option<&str>| Verdict {
        score,
        feedback: vec![text("Not yet.")],
        misconception: misconception.map(str::to_owned),
    };
    assert_eq!(meaning.verdict(&verdict(0.5, Some("off-by-one"))), Ok(()));
    assert_eq!(meaning.verdict(&verdict(1.0, None)), Ok(()));
    for score in [f32::NAN, f32::INFINITY, -0.1, 2.0] {
        assert!(meaning.verdict(&verdict(score, None)).is_err(), "{score}");
    }
    assert!(meaning.verdict(&verdict(0.0, Some("made-up"))).is_err());
    assert!(meaning.hint(&[]).is_err());
    assert!(meaning.hint(&[text(&"x".repeat(9_000))]).is_err());
    let solution = |response| Solution { response, steps: vec![text("Look.")] };
    assert_eq!(meaning.solution(&solution(Response::Number { value: "7".into() })), Ok(()));
    assert!(meaning.solution(&solution(Response::Skipped)).is_err());
    assert!(meaning.solution(&solution(Response::Point { x: f32::NAN, y: 0.0 })).is_err());
    assert!(meaning.solution(&solution(Response::Point { x: 0.0, y: 1.1 })).is_err());
}
