//! A sheet of one figure: shapes in the classes of the style sheet, then a view box and a label around them.

use crate::drawing::markup::{escape, number};
use std::fmt::Write as _;

/// A figure in the making. Units are those of its own view box.
pub(super) struct Canvas {
    width: f64,
    height: f64,
    body: String,
}

impl Canvas {
    /// A sheet of this size, at least 1 by 1.
    pub(super) fn new(width: f64, height: f64) -> Canvas {
        Canvas { width: width.max(1.0), height: height.max(1.0), body: String::new() }
    }

    pub(super) fn circle(&mut self, class: &str, x: f64, y: f64, r: f64) {
        let _ = write!(
            self.body,
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            number(x),
            number(y),
            number(r)
        );
    }

    pub(super) fn rect(&mut self, class: &str, at: (f64, f64), size: (f64, f64), round: f64) {
        let _ = write!(
            self.body,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            number(at.0),
            number(at.1),
            number(size.0),
            number(size.1)
        );
        if round > 0.0 {
            let _ = write!(self.body, " rx=\"{}\"", number(round));
        }
        self.body.push_str("/>");
    }

    pub(super) fn path(&mut self, class: &str, d: &str) {
        let _ = write!(self.body, "<path class=\"{class}\" d=\"{d}\"/>");
    }

    /// Text whose middle is at x.
    pub(super) fn text(&mut self, class: &str, x: f64, y: f64, text: &str) {
        let _ = write!(
            self.body,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>",
            number(x),
            number(y),
            escape(text)
        );
    }

    /// A drawing made elsewhere.
    pub(super) fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// Says in the drawing that so many more were left out, below all else.
    pub(super) fn left_out(&mut self, count: usize) {
        if count > 0 {
            self.height += 22.0;
            let (x, y) = (self.width / 2.0, self.height - 5.0);
            self.text("ft", x, y, &format!("… + {count}"));
        }
    }

    /// The finished figure. `--w` tells the style sheet its width in units, so that a dot is as large in every figure of
    /// a page; the class says how wide it is: `f1` small, `f2` middling, `fw` wide.
    pub(super) fn svg(self, label: &str) -> String {
        let size = if self.width <= 150.0 {
            "f1"
        } else if self.width <= 260.0 {
            "f2"
        } else {
            "fw"
        };
        format!(
            "<svg class=\"figure {size}\" style=\"--w:{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">{}</svg>",
            number(self.width),
            number(self.width),
            number(self.height),
            escape(label),
            self.body
        )
    }
}

/// A point of a path.
pub(super) fn point(x: f64, y: f64) -> String {
    format!("{} {}", number(x), number(y))
}
