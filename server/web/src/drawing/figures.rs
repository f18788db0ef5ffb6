//! Figures of mathematics, drawn so that every tool's dots, lines, clocks and charts look alike and can be spoken.
//! What a tool asks for may be absurd: every size is bounded here, and what is left out is said.

mod canvas;
mod chart;
mod clock;
mod counting;
pub mod lines;
mod money;
mod parts;
mod shapes;
mod spoken;

pub use spoken::label;

use crate::translator::Words;
use chalkbox_domain::item::Figure;

/// What a figure's label may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// All of it, numbers too: in lessons, hints, feedback and solutions.
    Describe,
    /// What there is to see, one thing after the other, so that the listener counts and reads as the others do: in
    /// questions.
    Plain,
}

/// What drawing a figure depends on beside the figure.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Words of its label and axis.
    pub t: &'a Words,
    /// What the label may say.
    pub spoken: Spoken,
    /// The ask's seed, which scatters dots.
    pub seed: u32,
    /// Digits of the currency's smallest unit: 2 for cents, 0 for francs without.
    pub minor_digits: u8,
}

/// The figure as SVG with a spoken label: well-formed, with a sound view box, the same bytes for the same input.
pub fn figure(figure: &Figure, setting: &Setting<'_>) -> String {
    let canvas = match figure {
        Figure::Dots { count, layout } => counting::dots(*count, *layout, setting.seed),
        Figure::TenFrame { count } => counting::ten_frame(*count),
        Figure::BaseTen { hundreds, tens, ones } => counting::base_ten(*hundreds, *tens, *ones),
        Figure::Groups { count, each } => counting::groups(*count, *each),
        Figure::NumberLine(line) => return lines::number_line(line, setting),
        Figure::BarModel { parts } => lines::bar_model(parts, setting.spoken),
        Figure::Fraction { filled, parts, form, equal } => parts::fraction(*filled, *parts, *form, *equal),
        Figure::Clock { hour, minute } => clock::clock(*hour, *minute),
        Figure::Coins { values } => money::coins(values, setting),
        Figure::Shape { name } => shapes::shape(name),
        Figure::Angle { degrees } => shapes::angle(*degrees),
        Figure::Row { names } => counting::row(names),
        Figure::Grid { columns, rows, filled } => parts::grid(*columns, *rows, filled),
        Figure::Chart { form, bars, step } => chart::chart(*form, bars, *step),
    };
    canvas.svg(&label(figure, setting))
}

#[cfg(test)]
mod tests;
