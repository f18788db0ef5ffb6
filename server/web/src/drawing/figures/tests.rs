//! Figures hold for whatever a tool asks: well-formed, bounded, the same each time, and silent about the answer.

use super::*;
use crate::translator::Translator;
use chalkbox_domain::item::{Bar, ChartForm, FractionForm, Layout, NumberLine};
use proptest::prelude::*;

fn words() -> Words {
    Translator::new().expect("embedded words parse").words("en")
}

fn any_line() -> impl Strategy<Value = NumberLine> {
    let any = prop::num::f32::ANY;
    (any, any, any, prop::collection::vec(any, 0..40), prop::collection::vec(any, 0..40))
        .prop_map(|(lowest, highest, step, labels, marks)| NumberLine { lowest, highest, step, labels, marks })
}

fn any_figure() -> impl Strategy<Value = Figure> {
    let layout = prop_oneof![Just(Layout::Line), Just(Layout::Dice), Just(Layout::Scattered)];
    let form = prop_oneof![Just(FractionForm::Circle), Just(FractionForm::Bar), Just(FractionForm::Set)];
    let chart = prop_oneof![Just(ChartForm::Bars), Just(ChartForm::Pictures), Just(ChartForm::Tally)];
    let bar = (".{0,20}", any::<u16>()).prop_map(|(label, value)| Bar { label, value });
    prop_oneof![
        (any::<u16>(), layout).prop_map(|(count, layout)| Figure::Dots { count, layout }),
        any::<u16>().prop_map(|count| Figure::TenFrame { count }),
        any::<(u8, u8, u8)>().prop_map(|(hundreds, tens, ones)| Figure::BaseTen { hundreds, tens, ones }),
        any::<(u8, u8)>().prop_map(|(count, each)| Figure::Groups { count, each }),
        any_line().prop_map(Figure::NumberLine),
        prop::collection::vec(any::<u16>(), 0..40).prop_map(|parts| Figure::BarModel { parts }),
        (any::<u8>(), any::<u8>(), form, any::<bool>()).prop_map(|(filled, parts, form, equal)| Figure::Fraction {
            filled,
            parts,
            form,
            equal
        }),
        any::<(u8, u8)>().prop_map(|(hour, minute)| Figure::Clock { hour, minute }),
        prop::collection::vec(any::<u32>(), 0..60).prop_map(|values| Figure::Coins { values }),
        prop_oneof![".{0,30}", Just("cube".to_owned()), Just("kite".to_owned())]
            .prop_map(|name| Figure::Shape { name }),
        any::<u16>().prop_map(|degrees| Figure::Angle { degrees }),
        prop::collection::vec(prop_oneof![".{0,12}", Just("mango".to_owned())], 0..70)
            .prop_map(|names| Figure::Row { names }),
        (any::<u8>(), any::<u8>(), prop::collection::vec(any::<u16>(), 0..80))
            .prop_map(|(columns, rows, filled)| Figure::Grid { columns, rows, filled }),
        (chart, prop::collection::vec(bar, 0..20), any::<u16>()).prop_map(|(form, bars, step)| Figure::Chart {
            form,
            bars,
            step
        }),
    ]
}

/// A small check of well-formed XML: tags nest, attributes are quoted, no loose `<` or `&`.
fn well_formed(xml: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        if text.contains('>') || text.split('&').skip(1).any(|e| e.split(';').next().is_none_or(|n| n.len() >= 6)) {
            return Err(format!("loose sign in {text:?}"));
        }
        let end = rest[start..].find('>').ok_or("an open tag")? + start;
        let tag = &rest[start + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
        } else {
            if !tag.matches('"').count().is_multiple_of(2) || tag.contains('<') {
                return Err(format!("attributes of {tag:?}"));
            }
            if !tag.ends_with('/') {
                open.push(tag.split(' ').next().unwrap_or_default());
            }
        }
        rest = &rest[end + 1..];
    }
    if open.is_empty() && rest.is_empty() { Ok(()) } else { Err(format!("left open: {open:?} {rest:?}")) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn every_figure_is_well_formed_bounded_and_the_same_again(figure in any_figure(), seed in any::<u32>(), plain in any::<bool>()) {
        let t = words();
        let spoken = if plain { Spoken::Plain } else { Spoken::Describe };
        let setting = Setting { t: &t, spoken, seed, minor_digits: 2 };
        let drawn = super::figure(&figure, &setting);
        prop_assert_eq!(well_formed(&drawn), Ok(()), "{}", drawn);
        prop_assert!(drawn.len() < 24_000, "{} bytes", drawn.len());
        prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf"));
        prop_assert!(drawn.contains("aria-label=\"") && !drawn.contains("aria-label=\"\""));
        let size = drawn.split("viewBox=\"0 0 ").nth(1).and_then(|v| v.split('"').next()).expect("a view box");
        for side in size.split(' ') {
            let side: f64 = side.parse().expect("a number");
            prop_assert!((1.0..=2000.0).contains(&side), "{}", size);
        }
        prop_assert_eq!(super::figure(&figure, &setting), drawn);
    }
}

fn check(figure: Figure, spoken: Spoken, expect: &str) {
    let t = words();
    let setting = Setting { t: &t, spoken, seed: 7, minor_digits: 2 };
    assert_eq!(label(&figure, &setting), expect);
}

#[test]
fn a_question_tells_things_and_not_their_number() {
    check(Figure::Dots { count: 3, layout: Layout::Line }, Spoken::Plain, "In a row: dot, dot, dot");
    check(Figure::Dots { count: 3, layout: Layout::Line }, Spoken::Describe, "3 dots");
    check(
        Figure::Clock { hour: 3, minute: 30 },
        Spoken::Plain,
        "A clock. Short hand: between 3 and 4. Long hand: at 6.",
    );
    check(Figure::Clock { hour: 15, minute: 30 }, Spoken::Describe, "A clock that shows 15:30");
    check(
        Figure::Fraction { filled: 1, parts: 3, form: FractionForm::Bar, equal: true },
        Spoken::Plain,
        "Cut in equal parts: shaded, plain, plain",
    );
    check(Figure::Coins { values: vec![50, 100] }, Spoken::Plain, "Money: 0.5, 1");
    let line = NumberLine { lowest: 0.0, highest: 1.0, step: 0.1, labels: vec![0.0, 1.0], marks: vec![0.7] };
    check(
        Figure::NumberLine(line),
        Spoken::Plain,
        "A number line from 0 to 1. The triangle flag stands 7 marks after 0",
    );
}

#[test]
fn what_is_left_out_is_said() {
    let t = words();
    let setting = Setting { t: &t, spoken: Spoken::Plain, seed: 1, minor_digits: 0 };
    let drawn = figure(&Figure::Dots { count: 512, layout: Layout::Scattered }, &setting);
    assert_eq!(drawn.matches("<circle").count(), 100);
    assert!(drawn.contains("… + 412"));
}

#[test]
fn scattered_dots_never_touch() {
    let t = words();
    for count in [1_u16, 5, 10, 20, 37] {
        for seed in 0..40 {
            let setting = Setting { t: &t, spoken: Spoken::Plain, seed, minor_digits: 0 };
            let drawn = figure(&Figure::Dots { count, layout: Layout::Scattered }, &setting);
            let read = |part: &str, name: &str| -> f64 {
                part.split(name)
                    .nth(1)
                    .and_then(|v| v.split('"').next())
                    .and_then(|v| v.parse().ok())
                    .expect("a number")
            };
            let at: Vec<(f64, f64)> =
                drawn.split("<circle").skip(1).map(|c| (read(c, "cx=\""), read(c, "cy=\""))).collect();
            assert_eq!(at.len(), usize::from(count));
            for (k, a) in at.iter().enumerate() {
                for b in &at[k + 1..] {
                    assert!((a.0 - b.0).hypot(a.1 - b.1) > 25.0, "{count} dots, seed {seed}: {a:?} {b:?}");
                }
            }
        }
    }
}
