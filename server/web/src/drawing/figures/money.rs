//! Coins and notes. They carry numbers, never a likeness of real money.

use super::Setting;
use super::canvas::Canvas;
use super::lines::written;

/// Most coins of one figure.
pub(super) const MOST_COINS: usize = 30;

/// A value of the smallest unit in the unit that people say: 250 cents is 2.5.
pub(super) fn amount(value: u32, setting: &Setting<'_>) -> String {
    let mut unit = 1.0;
    for _ in 0..setting.minor_digits.min(4) {
        unit *= 10.0;
    }
    written(f64::from(value) / unit, setting.t)
}

pub(super) fn coins(values: &[u32], setting: &Setting<'_>) -> Canvas {
    let shown = &values[..values.len().min(MOST_COINS)];
    let mut sizes: Vec<u32> = shown.to_vec();
    sizes.sort_unstable();
    sizes.dedup();
    let columns = shown.len().clamp(1, 6);
    let rows = shown.len().div_ceil(6).max(1);
    let mut canvas = Canvas::new(columns as f64 * 72.0, rows as f64 * 72.0);
    for (k, value) in shown.iter().enumerate() {
        let (x, y) = ((k % 6) as f64 * 72.0 + 36.0, (k / 6) as f64 * 72.0 + 36.0);
        let rank = sizes.iter().position(|s| s == value).unwrap_or(0);
        let text = amount(*value, setting);
        if is_note(*value, setting) {
            canvas.rect(["nt0", "nt1", "nt2"][rank % 3], (x - 34.0, y - 20.0), (68.0, 40.0), 3.0);
            canvas.path("fl", &format!("M{} {}h56v28h-56z", x - 28.0, y - 14.0));
        } else {
            let radius = 21.0 + 3.0 * rank.min(4) as f64;
            canvas.circle(["cn0", "cn1", "cn2"][rank % 3], x, y, radius);
            canvas.circle("cnr", x, y, radius - 4.5);
        }
        let class = if text.chars().count() > 4 { "ftc fs" } else { "ftc" };
        canvas.text(class, x, y + 5.5, &text);
    }
    canvas.left_out(values.len() - shown.len());
    canvas
}

/// Large money is paper in every country that we know; the smallest note differs, so this is a plain guess that only
/// changes the outline.
fn is_note(value: u32, setting: &Setting<'_>) -> bool {
    value >= if setting.minor_digits == 0 { 1000 } else { 5000 }
}
