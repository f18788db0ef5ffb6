//! QR codes of an address: for the terminal in half blocks, for paper and pages as SVG. Never decides what is in the code.

use std::fmt::Write as _;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around a code, without which phones do not find it. Modules, by the standard.
const QUIET: i32 = 4;

/// The text could not be made into a code.
#[derive(Debug, thiserror::Error)]
#[error("{length} bytes do not fit into a QR code")]
pub struct CodeError {
    /// How long the text was, in bytes.
    length: usize,
    #[source]
    source: QrError,
}

/// How the terminal shows light and dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// White on black is asked for, so that the code is right whatever the terminal's own colours are.
    Ansi,
    /// Characters only, for a file or a terminal without colours; right on a dark ground.
    Plain,
}

/// A QR code.
#[derive(Debug)]
pub struct Code {
    width: i32,
    modules: Vec<Color>,
}

impl Code {
    /// The code of a text (an address). Medium error correction: a creased poster still works.
    ///
    /// # Errors
    /// When the text is longer than about 2,300 bytes.
    pub fn new(text: &str) -> Result<Self, CodeError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .map_err(|source| CodeError { length: text.len(), source })?;
        let width = i32::try_from(code.width()).expect("a code is at most 177 modules wide");
        Ok(Self { width, modules: code.into_colors() })
    }

    /// The code in half blocks, two rows of modules a line, each line ended.
    pub fn terminal(&self, ink: Ink) -> String {
        let range = -QUIET..self.width + QUIET;
        let mut text = String::new();
        for y in range.clone().step_by(2) {
            if ink == Ink::Ansi {
                text.push_str("\u{1b}[97;40m");
            }
            for x in range.clone() {
                // What is drawn is the light part.
                text.push(match (self.is_dark(x, y), self.is_dark(x, y + 1)) {
                    (false, false) => '█',
                    (false, true) => '▀',
                    (true, false) => '▄',
                    (true, true) => ' ',
                });
            }
            if ink == Ink::Ansi {
                text.push_str("\u{1b}[0m");
            }
            text.push('\n');
        }
        text
    }

    /// The code as an SVG element without a size of its own: the page gives it one. `label` is read aloud in its place.
    pub fn svg(&self, label: &str) -> String {
        let side = self.width + 2 * QUIET;
        let mut path = String::new();
        for y in 0..self.width {
            let mut x = 0;
            while x < self.width {
                let length = (x..self.width).take_while(|x| self.is_dark(*x, y)).count();
                if length > 0 {
                    // Writing to a string does not fail.
                    let _never = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
                }
                x += i32::try_from(length).expect("no row is longer than 177") + 1;
            }
        }
        let label = escape(label);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
        )
    }

    /// Whether the module is dark; outside the code all is light.
    fn is_dark(&self, x: i32, y: i32) -> bool {
        let inside = 0..self.width;
        inside.contains(&x)
            && inside.contains(&y)
            && usize::try_from(y * self.width + x).is_ok_and(|index| self.modules[index] == Color::Dark)
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads modules back from the terminal's drawing.
    fn read_terminal(text: &str) -> Vec<Vec<bool>> {
        let mut rows = Vec::new();
        for line in text.lines() {
            let pairs: Vec<(bool, bool)> = line
                .chars()
                .map(|block| match block {
                    '█' => (false, false),
                    '▀' => (false, true),
                    '▄' => (true, false),
                    _ => (true, true),
                })
                .collect();
            rows.push(pairs.iter().map(|pair| pair.0).collect());
            rows.push(pairs.iter().map(|pair| pair.1).collect());
        }
        rows
    }

    /// Reads modules back from the SVG's path.
    fn read_svg(svg: &str, side: usize) -> Vec<Vec<bool>> {
        let mut rows = vec![vec![false; side]; side];
        let path = svg.rsplit(" d=\"").next().unwrap().split('"').next().unwrap();
        for run in path.split('M').skip(1) {
            let (place, length) = run.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let length: usize = length.split('v').next().unwrap().parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            rows[y][x..x + length].fill(true);
        }
        rows
    }

    #[test]
    fn both_drawings_show_the_same_modules_with_a_quiet_border() {
        for text in ["http://chalkbox.local", "http://192.168.100.200:8080", "http://10.42.0.1/join/ABCDEF"] {
            let code = Code::new(text).unwrap();
            let side = usize::try_from(code.width + 2 * QUIET).unwrap();
            let drawn = read_terminal(&code.terminal(Ink::Plain));
            let svg = read_svg(&code.svg("the address"), side);
            assert_eq!(drawn[..side], svg[..], "{text}");
            assert!(svg[..4].iter().chain(&svg[side - 4..]).flatten().all(|dark| !dark), "{text}");
            // A finder's outer ring: seven dark modules at the top left.
            assert!(svg[4][4..11].iter().all(|dark| *dark) && !svg[4][11], "{text}");
        }
    }

    #[test]
    fn a_terminals_own_colours_do_not_matter_with_ansi() {
        let code = Code::new("http://chalkbox.local").unwrap();
        for line in code.terminal(Ink::Ansi).lines() {
            assert!(line.starts_with("\u{1b}[97;40m") && line.ends_with("\u{1b}[0m"));
        }
        assert!(!code.terminal(Ink::Plain).contains('\u{1b}'));
    }

    #[test]
    fn the_label_cannot_break_out() {
        let svg = Code::new("x").unwrap().svg("\"><script>&");
        assert!(svg.contains("aria-label=\"&quot;>&lt;script>&amp;\""), "{svg}");
    }

    #[test]
    fn too_much_is_refused_with_its_length() {
        let error = Code::new(&"x".repeat(3000)).unwrap_err();
        assert_eq!(error.to_string(), "3000 bytes do not fit into a QR code");
    }
}
