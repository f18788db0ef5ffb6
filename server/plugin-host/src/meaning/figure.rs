//! Bounds of figures: what can be drawn on a small screen and counted by a child.

use super::{Checked, Nonsense, ensure, text};
use chalkbox_domain::item::{Bar, Figure, NumberLine};

/// Checks a figure and counts the bytes of its words.
pub(super) fn figure(place: &str, figure: &Figure) -> Result<usize, Nonsense> {
    match figure {
        Figure::Dots { count, .. } => most(place, "dots", usize::from(*count), 200)?,
        Figure::TenFrame { count } => most(place, "filled places", usize::from(*count), 100)?,
        Figure::BaseTen { hundreds, tens, ones } => {
            for (what, count) in [("hundreds", hundreds), ("tens", tens), ("ones", ones)] {
                most(place, what, usize::from(*count), 40)?;
            }
        }
        Figure::Groups { count, each } => {
            most(place, "groups", usize::from(*count), 30)?;
            most(place, "things", usize::from(*count) * usize::from(*each), 400)?;
        }
        Figure::NumberLine(line) => number_line(place, line)?,
        Figure::BarModel { parts } => {
            at_least_one(place, "parts", parts.len(), 30)?;
            ensure(!parts.contains(&0), place, "has a part of length 0")?;
        }
        Figure::Fraction { filled, parts, .. } => {
            at_least_one(place, "parts", usize::from(*parts), 100)?;
            most(place, "wholes", usize::from(*filled).div_ceil(usize::from(*parts)), 10)?;
        }
        Figure::Clock { hour, minute } => {
            ensure(*hour <= 23 && *minute <= 59, place, format_args!("{hour}:{minute} is no time"))?;
        }
        Figure::Coins { values } => {
            at_least_one(place, "coins", values.len(), 60)?;
            ensure(!values.contains(&0), place, "has a coin without value")?;
        }
        Figure::Shape { name } => text::name(place, name)?,
        Figure::Angle { degrees } => {
            ensure((1..=360).contains(degrees), place, format_args!("{degrees} degrees is not 1 to 360"))?;
        }
        Figure::Row { names } => {
            at_least_one(place, "pictures", names.len(), 100)?;
            names.iter().try_for_each(|name| text::name(place, name))?;
        }
        Figure::Grid { columns, rows, filled } => grid(place, *columns, *rows, filled)?,
        Figure::Chart { bars, step, .. } => return chart(place, bars, *step),
    }
    Ok(0)
}

/// A number line, also as a slider: finite, rising, with few enough ticks, and nothing written beside it.
pub(super) fn number_line(place: &str, line: &NumberLine) -> Checked {
    let NumberLine { lowest, highest, step, labels, marks } = line;
    let numbers = || labels.iter().chain(marks);
    let finite = [lowest, highest, step].into_iter().chain(numbers()).all(|number| number.is_finite());
    ensure(finite, place, "has a number that is not finite")?;
    ensure(lowest < highest, place, format_args!("goes from {lowest} to {highest}"))?;
    let ticks = (highest - lowest) / step;
    ensure(*step > 0.0 && ticks <= 1_000.0, place, format_args!("has steps of {step}, too small or none"))?;
    most(place, "labels", labels.len(), 60)?;
    most(place, "marks", marks.len(), 60)?;
    // Sums of steps miss the ends by a hair.
    let slack = (highest - lowest) * 1e-4;
    let inside = |number: &f32| (lowest - slack..=highest + slack).contains(number);
    ensure(numbers().all(inside), place, "has a label or mark beside the line")
}

fn grid(place: &str, columns: u8, rows: u8, filled: &[u16]) -> Checked {
    at_least_one(place, "columns", usize::from(columns), 30)?;
    at_least_one(place, "rows", usize::from(rows), 30)?;
    let cells = u16::from(columns) * u16::from(rows);
    let unique = filled.iter().enumerate().all(|(at, cell)| !filled[..at].contains(cell));
    let fits = filled.len() <= usize::from(cells) && filled.iter().all(|cell| *cell < cells);
    ensure(fits && unique, place, "fills cells that are not there, or one twice")
}

fn chart(place: &str, bars: &[Bar], step: u16) -> Result<usize, Nonsense> {
    at_least_one(place, "bars", bars.len(), 20)?;
    ensure(step > 0, place, "has steps of 0")?;
    for bar in bars {
        text::line(place, &bar.label)?;
        ensure(!bar.label.trim().is_empty(), place, "has a bar without a label")?;
        most(place, "steps in a bar", usize::from(bar.value / step), 200)?;
    }
    Ok(bars.iter().map(|bar| bar.label.len()).sum())
}

fn most(place: &str, what: &str, count: usize, most: usize) -> Checked {
    ensure(count <= most, place, format_args!("has {count} {what}, at most {most}"))
}

fn at_least_one(place: &str, what: &str, count: usize, most: usize) -> Checked {
    ensure((1..=most).contains(&count), place, format_args!("has {count} {what}, not 1 to {most}"))
}
