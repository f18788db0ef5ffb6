//! Lines and bars: the number line, also of the slider, and the bar model.

use super::canvas::{Canvas, point};
use super::{Setting, Spoken};
use crate::drawing::markup::number;
use crate::translator::Words;
use chalkbox_domain::item::{Figure, NumberLine};

/// Most ticks of a line; a line that asks for more gets ten steps.
const MOST_TICKS: f64 = 200.0;
/// Most numbers or marks that are written.
pub(super) const MOST_LABELS: usize = 24;
/// Most parts of a bar.
pub(super) const MOST_PARTS: usize = 12;

/// Left end, right end and step of a line, made sound: numbers, left below right, step above 0, at most 200 ticks.
pub fn ends(line: &NumberLine) -> (f64, f64, f64) {
    let finite = |v: f32, or: f64| if v.is_finite() { f64::from(v) } else { or };
    let lowest = finite(line.lowest, 0.0).clamp(-1.0e6, 1.0e6);
    let mut highest = finite(line.highest, lowest + 10.0).clamp(-1.0e6, 1.0e6);
    if highest <= lowest {
        highest = lowest + 10.0;
    }
    let mut step = tidy(finite(line.step, 0.0));
    if step <= 0.0 || (highest - lowest) / step > MOST_TICKS || step > highest - lowest {
        step = (highest - lowest) / 10.0;
    }
    (tidy(lowest), tidy(highest), step)
}

/// A 32-bit number as people write it: 0.1 and not 0.100000001.
fn tidy(value: f64) -> f64 {
    libm::round(value * 1.0e5) / 1.0e5
}

/// A number as it is written in this language: at most three digits after the point, a minus sign of full width.
pub fn written(value: f64, t: &Words) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if text == "-0" { "0" } else { text };
    text.replace('.', &t.msg("decimal-point")).replace('-', "−")
}

/// The numbers of a list that lie on the line, tidied, in order, without doubles.
pub(super) fn inside(values: &[f32], lowest: f64, highest: f64) -> Vec<f64> {
    let mut out: Vec<f64> = values.iter().filter(|v| v.is_finite()).map(|v| tidy(f64::from(*v))).collect();
    out.retain(|v| *v >= lowest - 1e-6 && *v <= highest + 1e-6);
    out.sort_by(f64::total_cmp);
    out.dedup();
    out.truncate(MOST_LABELS);
    out
}

/// Marks in the order of the tool, since their shapes name them.
pub(super) fn marks(line: &NumberLine, lowest: f64, highest: f64) -> Vec<f64> {
    let on = |v: &&f32| v.is_finite() && f64::from(**v) >= lowest - 1e-6 && f64::from(**v) <= highest + 1e-6;
    line.marks.iter().filter(on).map(|v| tidy(f64::from(*v))).take(MOST_LABELS).collect()
}

/// Units between the edge of the drawing and either end of its line.
const RIM: f64 = 22.0;

/// How wide a line with these labels is drawn, in its own units.
fn sheet_width(labels: &[f64], t: &Words) -> f64 {
    let longest = labels.iter().map(|v| written(*v, t).chars().count()).max().unwrap_or(1);
    ((labels.len() * (longest * 9 + 9)) as f64 + 40.0).clamp(340.0, 760.0)
}

/// How far from the edge of the drawing the line's ends lie, in percent of its width, so that a slider fits below it.
pub fn rim_percent(line: &NumberLine, t: &Words) -> f64 {
    let (lowest, highest, _) = ends(line);
    100.0 * RIM / sheet_width(&inside(&line.labels, lowest, highest), t)
}

/// A number line with ticks, written numbers, and a flag at each mark.
pub fn number_line(line: &NumberLine, setting: &Setting<'_>) -> String {
    let (lowest, highest, step) = ends(line);
    let labels = inside(&line.labels, lowest, highest);
    let marks = marks(line, lowest, highest);
    let width = sheet_width(&labels, setting.t);
    let top = if marks.is_empty() { 16.0 } else { 60.0 };
    let mut canvas = Canvas::new(width, top + 44.0);
    let at = |v: f64| RIM + (v - lowest) / (highest - lowest) * (width - 2.0 * RIM);
    canvas.path("fk", &format!("M8 {top}H{}", number(width - 8.0)));
    let ticks = libm::floor((highest - lowest) / step + 1e-6) as i32;
    let mut small = String::new();
    for k in 0..=ticks {
        let x = at(lowest + f64::from(k) * step);
        small.push_str(&format!("M{}v12", point(x, top - 6.0)));
    }
    canvas.path(if ticks > 60 { "fl" } else { "fk" }, &small);
    for value in &labels {
        canvas.path("fk", &format!("M{}v20", point(at(*value), top - 10.0)));
        canvas.text("ft", at(*value), top + 34.0, &written(*value, setting.t));
    }
    for (k, value) in marks.iter().enumerate() {
        flag(&mut canvas, k, at(*value), top);
    }
    canvas.svg(&super::label(&Figure::NumberLine(line.clone()), setting))
}

/// A flag on a pole: four shapes in turn, so that they are told apart without colour.
fn flag(canvas: &mut Canvas, k: usize, x: f64, top: f64) {
    canvas.path("fk", &format!("M{}V28", point(x, top)));
    match k % 4 {
        0 => canvas.path("d1 ol", &format!("M{}l13 22h-26z", point(x, 4.0))),
        1 => canvas.circle("d2 ol", x, 16.0, 12.0),
        2 => canvas.path("d3 ol", &format!("M{}l14 14-14 14-14-14z", point(x, 2.0))),
        _ => canvas.rect("d4 ol", (x - 11.0, 5.0), (22.0, 22.0), 2.0),
    }
}

/// Keys of the flags' names, in turn.
pub(super) const FLAG_KEYS: [&str; 4] = ["fig-flag-triangle", "fig-flag-circle", "fig-flag-diamond", "fig-flag-square"];

/// One bar in parts. In a question the numbers are left to the question's own words, and up to 20 the units can be
/// counted; where all may be said, each part carries its number.
pub(super) fn bar_model(parts: &[u16], spoken: Spoken) -> Canvas {
    let shown = &parts[..parts.len().min(MOST_PARTS)];
    let total: f64 = shown.iter().map(|p| f64::from(*p)).sum();
    let mut canvas = Canvas::new(312.0, 58.0);
    let unit = 300.0 / total.max(1.0);
    let mut x = 6.0;
    let mut units = String::new();
    for (k, part) in shown.iter().enumerate() {
        let width = f64::from(*part) * unit;
        canvas.rect(if k % 2 == 0 { "fsh" } else { "fsu" }, (x, 6.0), (width.max(1.0), 44.0), 4.0);
        for n in 1..u32::from(*part).min(20) {
            units.push_str(&format!("M{}v8", point(x + f64::from(n) * unit, 42.0)));
        }
        if spoken == Spoken::Describe {
            canvas.text("ft", x + width / 2.0, 32.0, &part.to_string());
        }
        x += width;
    }
    if total <= 20.0 {
        canvas.path("fl", &units);
    }
    canvas.left_out(parts.len() - shown.len());
    canvas
}
