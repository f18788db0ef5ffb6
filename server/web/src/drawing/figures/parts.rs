//! Parts of a whole: fractions and grids.

use super::canvas::{Canvas, point};
use chalkbox_domain::item::FractionForm;
use std::f64::consts::TAU;

/// Most parts of a whole.
pub(super) const MOST_PARTS: u8 = 24;
/// Most columns and rows of a grid.
pub(super) const MOST_CELLS: u8 = 20;

/// Relative sizes of the parts: all 1, or plainly unfair in turn.
fn weights(parts: u8, equal: bool) -> Vec<f64> {
    (0..parts).map(|k| if equal || k % 2 == 0 { 1.0 } else { 2.4 }).collect()
}

pub(super) fn fraction(filled: u8, parts: u8, form: FractionForm, equal: bool) -> Canvas {
    let shown = parts.clamp(1, MOST_PARTS);
    let weights = weights(shown, equal);
    let mut canvas = match form {
        FractionForm::Circle => circle(filled, &weights),
        FractionForm::Bar => bar(filled, &weights),
        FractionForm::Set => set(filled, &weights),
    };
    canvas.left_out(usize::from(parts.saturating_sub(shown)));
    canvas
}

fn class(k: usize, filled: u8) -> &'static str {
    if k < usize::from(filled) { "fsu" } else { "fp" }
}

fn circle(filled: u8, weights: &[f64]) -> Canvas {
    let mut canvas = Canvas::new(108.0, 108.0);
    let total: f64 = weights.iter().sum();
    if weights.len() == 1 {
        canvas.circle(class(0, filled), 54.0, 54.0, 50.0);
        return canvas;
    }
    let mut angle = 0.0;
    let rim = |a: f64| point(54.0 + 50.0 * libm::sin(a), 54.0 - 50.0 * libm::cos(a));
    for (k, weight) in weights.iter().enumerate() {
        let next = angle + TAU * weight / total;
        let large = u8::from(next - angle > TAU / 2.0);
        canvas.path(class(k, filled), &format!("M54 54L{}A50 50 0 {large} 1 {}z", rim(angle), rim(next)));
        angle = next;
    }
    canvas
}

fn bar(filled: u8, weights: &[f64]) -> Canvas {
    let mut canvas = Canvas::new(312.0, 66.0);
    let unit = 300.0 / weights.iter().sum::<f64>();
    let mut x = 6.0;
    for (k, weight) in weights.iter().enumerate() {
        canvas.rect(class(k, filled), (x, 6.0), (weight * unit, 54.0), 0.0);
        x += weight * unit;
    }
    canvas
}

fn set(filled: u8, weights: &[f64]) -> Canvas {
    let columns = weights.len().min(6);
    let rows = weights.len().div_ceil(6);
    let mut canvas = Canvas::new(columns as f64 * 46.0 + 4.0, rows as f64 * 46.0 + 4.0);
    for (k, weight) in weights.iter().enumerate() {
        let radius = if *weight > 1.0 { 20.0 } else { 14.0 };
        canvas.circle(class(k, filled), (k % 6) as f64 * 46.0 + 25.0, (k / 6) as f64 * 46.0 + 25.0, radius);
    }
    canvas
}

pub(super) fn grid(columns: u8, rows: u8, filled: &[u16]) -> Canvas {
    let (across, down) = (columns.clamp(1, MOST_CELLS), rows.clamp(1, MOST_CELLS));
    let cell = 26.0;
    let (width, height) = (f64::from(across) * cell, f64::from(down) * cell);
    let mut canvas = Canvas::new(width + 6.0, height + 6.0);
    canvas.rect("fp", (3.0, 3.0), (width, height), 0.0);
    for number in filled.iter().take(usize::from(across) * usize::from(down)) {
        let (x, y) = (number % u16::from(columns.max(1)), number / u16::from(columns.max(1)));
        if x < u16::from(across) && y < u16::from(down) {
            canvas.rect("d3", (f64::from(x) * cell + 3.0, f64::from(y) * cell + 3.0), (cell, cell), 0.0);
        }
    }
    let mut lines = format!("M3 3h{width}v{height}h-{width}z");
    for k in 1..across {
        lines.push_str(&format!("M{}v{height}", point(f64::from(k) * cell + 3.0, 3.0)));
    }
    for k in 1..down {
        lines.push_str(&format!("M{}h{width}", point(3.0, f64::from(k) * cell + 3.0)));
    }
    canvas.path("fk", &lines);
    canvas.left_out(
        usize::from(columns) * usize::from(rows) - usize::from(across.min(columns)) * usize::from(down.min(rows)),
    );
    canvas
}
