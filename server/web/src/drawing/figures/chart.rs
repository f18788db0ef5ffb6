//! Charts: bars on an axis, pictures that stand for so many, tally marks.

use super::canvas::Canvas;
use chalkbox_domain::item::{Bar, ChartForm};

/// Most bars of a chart.
pub(super) const MOST_BARS: usize = 12;
/// Most pictures or tally marks of one row; more is written as a number.
const MOST_MARKS: u16 = 25;
/// Most lines of the axis.
const MOST_LINES: u32 = 20;

pub(super) fn chart(form: ChartForm, bars: &[Bar], step: u16) -> Canvas {
    let shown = &bars[..bars.len().min(MOST_BARS)];
    let mut canvas = match form {
        ChartForm::Bars => upright(shown, step),
        ChartForm::Pictures => rows(shown, |canvas, bar, y| pictures(canvas, bar.value, step.max(1), y)),
        ChartForm::Tally => rows(shown, |canvas, bar, y| tally(canvas, bar.value, y)),
    };
    canvas.left_out(bars.len() - shown.len());
    canvas
}

/// The step of the axis, so that it has at most twenty lines.
fn axis_step(highest: u16, step: u16) -> u32 {
    let step = u32::from(step.max(1));
    let lines = u32::from(highest).div_ceil(step);
    if lines <= MOST_LINES { step } else { step * lines.div_ceil(MOST_LINES) }
}

fn upright(bars: &[Bar], step: u16) -> Canvas {
    let highest = bars.iter().map(|b| b.value).max().unwrap_or(0);
    let step = axis_step(highest, step);
    let lines = u32::from(highest).div_ceil(step).max(1);
    let (left, gap) = (40.0, 62.0);
    let width = left + bars.len().max(1) as f64 * gap + 8.0;
    let line_height = (150.0 / f64::from(lines)).max(11.0);
    let foot = 14.0 + line_height * f64::from(lines);
    let mut canvas = Canvas::new(width, foot + 28.0);
    let mut axis = String::new();
    for k in 0..=lines {
        let y = foot - f64::from(k) * line_height;
        axis.push_str(&format!("M{left} {}H{}", crate::drawing::markup::number(y), width - 4.0));
        if lines <= 10 || k % 2 == 0 {
            canvas.text("ft fs", left - 18.0, y + 4.0, &(k * step).to_string());
        }
    }
    canvas.path("fl", &axis);
    for (k, bar) in bars.iter().enumerate() {
        let height = f64::from(bar.value) / f64::from(step) * line_height;
        let x = left + k as f64 * gap + 14.0;
        if bar.value > 0 {
            canvas.rect(if k % 2 == 0 { "fsh" } else { "fsu" }, (x, foot - height), (36.0, height), 0.0);
        }
        canvas.text("ft fs", x + 18.0, foot + 20.0, &short(&bar.label));
    }
    canvas.path("fk", &format!("M{left} 6V{}H{}", crate::drawing::markup::number(foot), width - 4.0));
    canvas
}

fn short(label: &str) -> String {
    if label.chars().count() <= 10 {
        return label.to_owned();
    }
    label.chars().take(9).chain(['…']).collect()
}

fn rows(bars: &[Bar], draw: impl Fn(&mut Canvas, &Bar, f64)) -> Canvas {
    let mut canvas = Canvas::new(400.0, bars.len().max(1) as f64 * 40.0 + 4.0);
    for (k, bar) in bars.iter().enumerate() {
        let y = k as f64 * 40.0 + 2.0;
        if k > 0 {
            canvas.path("fl", &format!("M4 {y}H396"));
        }
        canvas.text("ft fs", 50.0, y + 25.0, &short(&bar.label));
        draw(&mut canvas, bar, y);
    }
    canvas.path("fk", &format!("M100 2V{}", bars.len().max(1) as f64 * 40.0 + 2.0));
    canvas
}

/// One round for each `step`, half a round for what is at least half of one.
fn pictures(canvas: &mut Canvas, value: u16, step: u16, y: f64) {
    let whole = value / step;
    if whole > MOST_MARKS {
        canvas.text("ft", 250.0, y + 26.0, &value.to_string());
        return;
    }
    let room = (280.0 / f64::from(whole + 1)).min(32.0);
    let radius = (room / 2.0 - 2.0).max(3.0);
    for k in 0..whole {
        canvas.circle("d3 ol", 118.0 + f64::from(k) * room, y + 20.0, radius);
    }
    if !value.is_multiple_of(step) {
        let x = 118.0 + f64::from(whole) * room;
        let number = crate::drawing::markup::number;
        let d = format!(
            "M{} {}a{r} {r} 0 0 0 0 {}z",
            number(x),
            number(y + 20.0 - radius),
            number(2.0 * radius),
            r = number(radius)
        );
        canvas.path("d3 ol", &d);
    }
}

fn tally(canvas: &mut Canvas, value: u16, y: f64) {
    if value > MOST_MARKS * 2 {
        canvas.text("ft", 250.0, y + 26.0, &value.to_string());
        return;
    }
    let room = if value > MOST_MARKS { 5.0 } else { 9.0 };
    let mut d = String::new();
    for k in 0..value {
        let start = 116.0 + f64::from(k / 5) * (room * 4.0 + 14.0);
        if k % 5 == 4 {
            d.push_str(&format!("M{} {}l{} -22", start - 4.0, y + 31.0, room * 3.0 + 8.0));
        } else {
            d.push_str(&format!("M{} {}v26", start + f64::from(k % 5) * room, y + 7.0));
        }
    }
    canvas.path("fk", &d);
}
