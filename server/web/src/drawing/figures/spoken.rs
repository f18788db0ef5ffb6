//! What a voice says of a figure. In a question the label tells what there is, one thing after the other, and leaves
//! the counting, reading and comparing to the listener.

use super::counting::{MOST_BLOCKS, MOST_DOTS, MOST_GROUPS, MOST_PICTURES, capped, dice_faces};
use super::lines::{self, written};
use super::{Setting, Spoken, chart, money, parts, shapes};
use crate::drawing::pictures;
use crate::translator::{Arg, Words};
use chalkbox_domain::item::{Bar, ChartForm, Figure, FractionForm, Layout, NumberLine};

/// Most things that are told one by one; beyond, "many".
const MOST_TOLD: usize = 30;

/// The label of a figure in the setting's words; never empty, also where a tool gives names without a letter.
pub fn label(figure: &Figure, setting: &Setting<'_>) -> String {
    let label = match setting.spoken {
        Spoken::Describe => described(figure, setting),
        Spoken::Plain => told(figure, setting),
    };
    if label.chars().any(|c| !c.is_control() && !c.is_whitespace()) { label } else { setting.t.msg("fig-none") }
}

/// The same word again and again.
fn again(word: &str, count: usize, t: &Words) -> String {
    if count == 0 {
        return t.msg("fig-none");
    }
    if count > MOST_TOLD {
        return t.msg1("fig-many", "thing", word);
    }
    vec![word; count].join(", ")
}

fn described(figure: &Figure, setting: &Setting<'_>) -> String {
    let t = setting.t;
    match figure {
        Figure::Dots { count, .. } => t.msg1("fig-dots", "count", *count),
        Figure::TenFrame { count } => t.msg1("fig-ten-frame", "count", *count),
        Figure::BaseTen { hundreds, tens, ones } => t.msg_with(
            "fig-base-ten",
            &[("hundreds", Arg::from(*hundreds)), ("tens", Arg::from(*tens)), ("ones", Arg::from(*ones))],
        ),
        Figure::Groups { count, each } => t.msg2("fig-groups", "count", *count, "each", *each),
        Figure::NumberLine(line) => number_line(line, setting),
        Figure::BarModel { parts } => {
            let numbers: Vec<String> = parts.iter().take(lines::MOST_PARTS).map(u16::to_string).collect();
            t.msg1("fig-bar-model", "parts", t.list(&numbers))
        }
        Figure::Fraction { filled, parts, equal, .. } => {
            t.msg2(if *equal { "fig-fraction" } else { "fig-fraction-unequal" }, "filled", *filled, "parts", *parts)
        }
        Figure::Clock { hour, minute } => t.msg1("fig-clock", "time", format!("{}:{:02}", hour % 24, minute % 60)),
        Figure::Shape { name } => shapes::find(name).map_or_else(|| name.clone(), |s| t.msg(s.key)),
        Figure::Angle { degrees } => t.msg1("fig-angle", "degrees", (*degrees).clamp(1, 360)),
        Figure::Grid { columns, rows, filled } => t.msg_with(
            "fig-grid",
            &[("columns", Arg::from(*columns)), ("rows", Arg::from(*rows)), ("filled", Arg::from(filled.len()))],
        ),
        Figure::Chart { bars, .. } => {
            let rows: Vec<String> = bars
                .iter()
                .take(chart::MOST_BARS)
                .map(|b| t.msg2("fig-chart-row", "label", &b.label, "value", b.value))
                .collect();
            t.msg1("fig-chart", "rows", rows.join("; "))
        }
        Figure::Coins { .. } | Figure::Row { .. } => told(figure, setting),
    }
}

fn told(figure: &Figure, setting: &Setting<'_>) -> String {
    let t = setting.t;
    match figure {
        Figure::Dots { count, layout } => told_dots(*count, *layout, t),
        Figure::TenFrame { count } => told_ten_frame(*count, t),
        Figure::BaseTen { hundreds, tens, ones } => told_base_ten([*hundreds, *tens, *ones], t),
        Figure::Groups { count, each } => {
            let group = t.msg1(
                "fig-told-group",
                "things",
                again(&t.msg("fig-dot"), usize::from((*each).min(MOST_GROUPS.1)), t),
            );
            let groups = usize::from((*count).min(MOST_GROUPS.0));
            if groups == 0 { t.msg("fig-none") } else { vec![group; groups].join("; ") }
        }
        Figure::NumberLine(line) => number_line(line, setting),
        Figure::BarModel { parts } => told_bar_model(parts, t),
        Figure::Fraction { filled, parts, form, equal } => told_fraction(*filled, *parts, *form, *equal, t),
        Figure::Clock { hour, minute } => told_clock(*hour, *minute, t),
        Figure::Coins { values } => {
            let amounts: Vec<String> =
                values.iter().take(money::MOST_COINS).map(|v| money::amount(*v, setting)).collect();
            t.msg1("fig-coins", "values", amounts.join(", "))
        }
        Figure::Shape { name } => told_shape(name, t),
        Figure::Angle { .. } => t.msg("fig-told-angle"),
        Figure::Row { names } => {
            let words: Vec<String> = names.iter().take(MOST_PICTURES).map(|n| pictures::name(n, t)).collect();
            if words.is_empty() { t.msg("fig-none") } else { words.join(", ") }
        }
        Figure::Grid { columns, rows, filled } => told_grid(*columns, *rows, filled, t),
        Figure::Chart { form, bars, step } => told_chart(*form, bars, *step, t),
    }
}

fn told_dots(count: u16, layout: Layout, t: &Words) -> String {
    let (count, _) = capped(count, MOST_DOTS);
    let dot = t.msg("fig-dot");
    match layout {
        Layout::Line => t.msg1("fig-told-line", "things", again(&dot, usize::from(count), t)),
        Layout::Dice => {
            let faces: Vec<String> = dice_faces(count).iter().map(|f| again(&dot, usize::from(*f), t)).collect();
            t.msg1("fig-told-dice", "things", faces.join("; "))
        }
        Layout::Scattered => t.msg1("fig-told-scattered", "things", again(&dot, usize::from(count), t)),
    }
}

fn told_ten_frame(count: u16, t: &Words) -> String {
    let (count, _) = capped(count, MOST_DOTS);
    let cells: Vec<String> = (0..super::counting::frames(count) * 10)
        .map(|k| t.msg(if k < count { "fig-dot" } else { "fig-empty" }))
        .collect();
    let rows: Vec<String> = cells.chunks(5).map(|row| row.join(", ")).collect();
    t.msg1("fig-told-ten-frame", "things", rows.join("; "))
}

fn told_base_ten(blocks: [u8; 3], t: &Words) -> String {
    let words = ["fig-plate", "fig-rod", "fig-cube"];
    let told: Vec<String> = words
        .iter()
        .zip(blocks)
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| again(&t.msg(key), usize::from(count.min(MOST_BLOCKS)), t))
        .collect();
    if told.is_empty() { t.msg("fig-none") } else { told.join("; ") }
}

/// Ends, written numbers, and each mark by the ticks that a finger would count from the written number before it.
fn number_line(line: &NumberLine, setting: &Setting<'_>) -> String {
    let t = setting.t;
    let (lowest, highest, step) = lines::ends(line);
    let labels = lines::inside(&line.labels, lowest, highest);
    let mut out = t.msg2("fig-line", "lowest", written(lowest, t), "highest", written(highest, t));
    for (k, mark) in lines::marks(line, lowest, highest).into_iter().enumerate() {
        let flag = t.msg(lines::FLAG_KEYS[k % 4]);
        out.push_str(". ");
        if setting.spoken == Spoken::Describe {
            out.push_str(&t.msg2("fig-line-mark", "flag", &flag, "number", written(mark, t)));
            continue;
        }
        let from = labels.iter().copied().rfind(|l| *l <= mark + 1e-6).unwrap_or(lowest);
        let ticks = libm::round((mark - from) / step * 10.0) / 10.0;
        out.push_str(&t.msg_with(
            "fig-line-mark-ticks",
            &[
                ("flag", Arg::from(flag)),
                ("ticks", Arg::from(written(ticks, t))),
                ("from", Arg::from(written(from, t))),
            ],
        ));
    }
    out
}

fn told_bar_model(parts: &[u16], t: &Words) -> String {
    let shown = parts.len().min(lines::MOST_PARTS);
    let sizes = &parts[..shown];
    let longest = sizes.iter().max().copied().unwrap_or(0);
    let words: Vec<String> =
        sizes.iter().map(|p| t.msg(if *p == longest { "fig-part-longest" } else { "fig-part-shorter" })).collect();
    t.msg1("fig-told-bar-model", "parts", words.join(", "))
}

fn told_fraction(filled: u8, of: u8, form: FractionForm, equal: bool, t: &Words) -> String {
    let of = of.clamp(1, parts::MOST_PARTS);
    let cells: Vec<String> = (0..of).map(|k| t.msg(if k < filled { "fig-shaded" } else { "fig-plain" })).collect();
    let key = match (form, equal) {
        (FractionForm::Set, _) => "fig-told-set",
        (_, true) => "fig-told-fraction",
        (_, false) => "fig-told-fraction-unequal",
    };
    t.msg1(key, "parts", cells.join(", "))
}

fn told_clock(hour: u8, minute: u8, t: &Words) -> String {
    let (hour, minute) = (hour % 12, minute % 60);
    let name = |h: u8| if h.is_multiple_of(12) { 12 } else { h % 12 };
    let long = if minute % 5 == 0 {
        t.msg1("fig-hand-at", "number", name(minute / 5))
    } else {
        t.msg2("fig-hand-past", "ticks", minute % 5, "number", name(minute / 5))
    };
    let short = if minute == 0 {
        t.msg1("fig-hand-at", "number", name(hour))
    } else {
        t.msg2("fig-hand-between", "low", name(hour), "high", name(hour + 1))
    };
    t.msg2("fig-told-clock", "short", short, "long", long)
}

fn told_shape(name: &str, t: &Words) -> String {
    match shapes::find(name) {
        Some(shape) if shape.is_solid() => t.msg("fig-told-solid"),
        Some(shape) => match shape.sides {
            Some(sides) => t.msg1("fig-told-shape", "sides", again(&t.msg("fig-side"), usize::from(sides), t)),
            None => t.msg("fig-told-round"),
        },
        None => name.to_owned(),
    }
}

fn told_grid(columns: u8, rows: u8, filled: &[u16], t: &Words) -> String {
    let (across, down) = (u16::from(columns.clamp(1, parts::MOST_CELLS)), u16::from(rows.clamp(1, parts::MOST_CELLS)));
    if across * down > 120 {
        return t.msg2("fig-told-grid-large", "columns", across, "rows", down);
    }
    let told: Vec<String> = (0..down)
        .map(|y| {
            let row: Vec<String> = (0..across)
                .map(|x| {
                    t.msg(if filled.contains(&(y * u16::from(columns.max(1)) + x)) {
                        "fig-shaded"
                    } else {
                        "fig-plain"
                    })
                })
                .collect();
            row.join(", ")
        })
        .collect();
    t.msg1("fig-told-grid", "rows", told.join("; "))
}

fn told_chart(form: ChartForm, bars: &[Bar], step: u16, t: &Words) -> String {
    let rows: Vec<String> = bars
        .iter()
        .take(chart::MOST_BARS)
        .map(|bar| match form {
            ChartForm::Bars => t.msg2("fig-chart-bar", "label", &bar.label, "value", bar.value),
            ChartForm::Pictures => {
                let things = again(&t.msg("fig-picture"), usize::from(bar.value / step.max(1)), t);
                t.msg2("fig-chart-told", "label", &bar.label, "things", things)
            }
            ChartForm::Tally => {
                let things = again(&t.msg("fig-tally"), usize::from(bar.value), t);
                t.msg2("fig-chart-told", "label", &bar.label, "things", things)
            }
        })
        .collect();
    t.msg1("fig-chart", "rows", rows.join("; "))
}
