//! Figures in lessons: one JSON object each, within what can be drawn on a small screen.

use crate::diagnostic::FigureFault;
use chalkbox_domain::drawn::{PICTURES, SHAPES};
use chalkbox_domain::item::{Bar, Figure, NumberLine};
use chalkbox_domain::near::nearest;

/// Things in one figure, at most.
const THINGS: f64 = 200.0;
/// Entries of a list, at most.
const ENTRIES: usize = 100;
/// Numbers on a line stay within this.
const NUMBER: f64 = 1e6;
/// Characters of a label, at most.
const LABEL: usize = 40;

/// Reads a figure.
pub fn read_figure(json: &str) -> Result<Figure, FigureFault> {
    let figure: Figure = serde_json::from_str(json).map_err(|e| FigureFault::Json { message: e.to_string() })?;
    extra_key(json, &figure)?;
    check(&figure)?;
    Ok(figure)
}

/// A key that the figure does not have would be dropped in silence: it is a slip of the pen.
fn extra_key(json: &str, figure: &Figure) -> Result<(), FigureFault> {
    let written: serde_json::Value =
        serde_json::from_str(json).map_err(|e| FigureFault::Json { message: e.to_string() })?;
    let known = serde_json::to_value(figure).map_err(|e| FigureFault::Json { message: e.to_string() })?;
    let keys = |v: &serde_json::Value| v.as_object().map(|o| o.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    match keys(&written).into_iter().find(|k| known.get(k).is_none()) {
        Some(key) => Err(FigureFault::Json { message: format!("unknown field `{key}`") }),
        None => Ok(()),
    }
}

/// Whether a figure lies within what can be drawn.
pub fn check(figure: &Figure) -> Result<(), FigureFault> {
    match figure {
        Figure::Dots { count, .. } | Figure::TenFrame { count } => range(
            "count",
            f64::from(*count),
            0.0,
            if matches!(figure, Figure::TenFrame { .. }) { 100.0 } else { THINGS },
        ),
        Figure::BaseTen { hundreds, tens, ones } => {
            range("hundreds", f64::from(*hundreds), 0.0, 20.0)?;
            range("tens", f64::from(*tens), 0.0, 30.0)?;
            range("ones", f64::from(*ones), 0.0, 40.0)
        }
        Figure::Groups { count, each } => {
            range("count", f64::from(*count), 0.0, 20.0)?;
            range("each", f64::from(*each), 0.0, 20.0)
        }
        Figure::NumberLine(line) => number_line(line),
        Figure::BarModel { parts } => count("parts", parts.len(), 1, 20),
        Figure::Fraction { filled, parts, .. } => {
            range("parts", f64::from(*parts), 1.0, 60.0)?;
            range("filled", f64::from(*filled), 0.0, f64::from(*parts))
        }
        Figure::Clock { hour, minute } => {
            range("hour", f64::from(*hour), 0.0, 23.0)?;
            range("minute", f64::from(*minute), 0.0, 59.0)
        }
        Figure::Coins { values } => count("values", values.len(), 1, 40),
        Figure::Shape { name } => known("shape", &SHAPES, std::slice::from_ref(name)),
        Figure::Angle { degrees } => range("degrees", f64::from(*degrees), 1.0, 360.0),
        Figure::Row { names } => {
            count("names", names.len(), 1, ENTRIES)?;
            known("picture", &PICTURES, names)
        }
        Figure::Grid { columns, rows, filled } => {
            range("columns", f64::from(*columns), 1.0, 20.0)?;
            range("rows", f64::from(*rows), 1.0, 20.0)?;
            let cells = f64::from(*columns) * f64::from(*rows);
            filled.iter().try_for_each(|cell| range("filled", f64::from(*cell), 0.0, cells - 1.0))
        }
        Figure::Chart { bars, step, .. } => {
            range("step", f64::from(*step), 1.0, 1_000.0)?;
            count("bars", bars.len(), 1, 20)?;
            bars.iter().try_for_each(|bar| bar_fits(bar, *step))
        }
    }
}

fn bar_fits(bar: &Bar, step: u16) -> Result<(), FigureFault> {
    count("label", bar.label.chars().count(), 1, LABEL)?;
    range("value", f64::from(bar.value), 0.0, f64::from(step) * 30.0)
}

fn number_line(line: &NumberLine) -> Result<(), FigureFault> {
    let (lowest, highest, step) = (f64::from(line.lowest), f64::from(line.highest), f64::from(line.step));
    range("lowest", lowest, -NUMBER, NUMBER)?;
    range("highest", highest, lowest + 1e-3, NUMBER)?;
    range("step", step, (highest - lowest) / THINGS, highest - lowest)?;
    count("labels", line.labels.len(), 0, ENTRIES)?;
    count("marks", line.marks.len(), 0, ENTRIES)?;
    line.labels.iter().try_for_each(|l| range("labels", f64::from(*l), lowest, highest))?;
    line.marks.iter().try_for_each(|m| range("marks", f64::from(*m), lowest, highest))
}

fn range(field: &'static str, found: f64, least: f64, most: f64) -> Result<(), FigureFault> {
    if (least..=most).contains(&found) { Ok(()) } else { Err(FigureFault::Range { field, found, least, most }) }
}

fn count(field: &'static str, count: usize, least: usize, most: usize) -> Result<(), FigureFault> {
    if (least..=most).contains(&count) { Ok(()) } else { Err(FigureFault::Count { field, count, least, most }) }
}

fn known(kind: &'static str, known: &'static [&'static str], names: &[String]) -> Result<(), FigureFault> {
    match names.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(FigureFault::Name {
            kind,
            name: name.chars().take(40).collect(),
            nearest: nearest(name, known.iter().copied()),
            known,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expect: Option<&str>) {
        let fault = read_figure(json).err().map(|f| f.to_string());
        assert_eq!(fault.as_deref(), expect, "{json}");
    }

    #[test]
    fn a_figure_is_drawn_only_within_its_bounds() {
        check(r#"{"type":"dots","count":7,"layout":"dice"}"#, None);
        check(r#"{"type":"dots","count":201,"layout":"dice"}"#, Some("“count” is 201, it runs from 0 to 200"));
        check(r#"{"type":"ten-frame","count":101}"#, Some("“count” is 101, it runs from 0 to 100"));
        check(r#"{"type":"groups","count":3,"each":21}"#, Some("“each” is 21, it runs from 0 to 20"));
        let line = |step: &str, marks: &str| {
            format!(
                r#"{{"type":"number-line","lowest":0,"highest":10,"step":{step},"labels":[0,10],"marks":[{marks}]}}"#
            )
        };
        check(&line("1", "3"), None);
        check(&line("0", "3"), Some("“step” is 0, it runs from 0.05 to 10"));
        check(&line("1", "11"), Some("“marks” is 11, it runs from 0 to 10"));
        check(
            r#"{"type":"fraction","filled":5,"parts":4,"form":"bar","equal":true}"#,
            Some("“filled” is 5, it runs from 0 to 4"),
        );
        check(r#"{"type":"clock","hour":24,"minute":0}"#, Some("“hour” is 24, it runs from 0 to 23"));
        check(r#"{"type":"row","names":[]}"#, Some("“names” has 0, 1 to 100 can be drawn"));
        check(r#"{"type":"row","names":["<b>"]}"#, Some("the box has no picture “<b>”"));
        check(r#"{"type":"row","names":["mango","mangoo"]}"#, Some("the box has no picture “mangoo”"));
        check(r#"{"type":"shape","name":"mango"}"#, Some("the box has no shape “mango”"));
        check(r#"{"type":"grid","columns":2,"rows":2,"filled":[4]}"#, Some("“filled” is 4, it runs from 0 to 3"));
        check(r#"{"type":"shape","name":"triangle","colour":"red"}"#, Some("unknown field `colour`"));
        assert!(read_figure(r#"{"type":"pie"}"#).is_err_and(|f| f.to_string().starts_with("unknown variant `pie`")));
        assert!(read_figure("7").is_err() && read_figure("").is_err() && read_figure("[]").is_err());
    }
}
