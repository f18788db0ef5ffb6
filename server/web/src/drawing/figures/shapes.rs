//! Plane shapes, solids and angles.

use super::canvas::{Canvas, point};
use std::f64::consts::TAU;

/// A shape by its English name: key of its name, and how many straight sides it has (solids and round ones none).
pub(super) struct ShapeName {
    pub(super) name: &'static str,
    pub(super) key: &'static str,
    pub(super) sides: Option<u8>,
    solid: bool,
    draw: fn(&mut Canvas),
}

impl ShapeName {
    /// Whether it has depth.
    pub(super) fn is_solid(&self) -> bool {
        self.solid
    }
}

macro_rules! flat {
    ($name:literal, $key:literal, $sides:expr, $d:literal) => {
        ShapeName { name: $name, key: $key, sides: $sides, solid: false, draw: |c| c.path("fsh", $d) }
    };
}
macro_rules! solid {
    ($name:literal, $key:literal, $back:literal, $front:literal) => {
        ShapeName {
            name: $name,
            key: $key,
            sides: None,
            solid: true,
            draw: |c| {
                c.path("fsu", $back);
                c.path("fk", $front);
            },
        }
    };
}

const SHAPES: &[ShapeName] = &[
    ShapeName {
        name: "circle",
        key: "shape-circle",
        sides: None,
        solid: false,
        draw: |c| c.circle("fsh", 60.0, 60.0, 48.0),
    },
    flat!("oval", "shape-oval", None, "M8 60c0-44 104-44 104 0s-104 44-104 0z"),
    flat!("semicircle", "shape-semicircle", None, "M10 84a50 50 0 0 1 100 0z"),
    flat!("triangle", "shape-triangle", Some(3), "M60 12l52 92H8z"),
    flat!("right-triangle", "shape-right-triangle", Some(3), "M16 14v90h92z"),
    flat!("square", "shape-square", Some(4), "M16 16h88v88H16z"),
    flat!("rectangle", "shape-rectangle", Some(4), "M6 32h108v56H6z"),
    flat!("rhombus", "shape-rhombus", Some(4), "M60 8l40 52-40 52-40-52z"),
    flat!("diamond", "shape-rhombus", Some(4), "M60 8l40 52-40 52-40-52z"),
    flat!("parallelogram", "shape-parallelogram", Some(4), "M34 30h80L86 90H6z"),
    flat!("trapezium", "shape-trapezium", Some(4), "M36 28h48l28 64H8z"),
    flat!("trapezoid", "shape-trapezium", Some(4), "M36 28h48l28 64H8z"),
    flat!("kite", "shape-kite", Some(4), "M60 6l36 40-36 68-36-68z"),
    flat!("pentagon", "shape-pentagon", Some(5), "M60 8l52 38-20 62H28L8 46z"),
    flat!("hexagon", "shape-hexagon", Some(6), "M33 14h54l27 46-27 46H33L6 60z"),
    flat!("octagon", "shape-octagon", Some(8), "M40 10h40l30 30v40l-30 30H40L10 80V40z"),
    flat!("star", "shape-star", Some(10), "M60 6l16 34 36 4-27 25 8 37-33-19-33 19 8-37L8 44l36-4z"),
    flat!("heart", "shape-heart", None, "M60 108C6 68 4 20 34 18c14 0 22 8 26 18 4-10 12-18 26-18 30 2 28 50-26 90z"),
    flat!("cross", "shape-cross", Some(12), "M44 10h32v34h34v32H76v34H44V76H10V44h34z"),
    solid!("cube", "shape-cube", "M14 40l36-22h58v58l-36 26H14z", "M14 40h58v62M72 40l36-22"),
    solid!("cuboid", "shape-cuboid", "M6 50l26-20h82v42L88 94H6z", "M6 50h82v44M88 50l26-20"),
    solid!(
        "sphere",
        "shape-sphere",
        "M12 60a48 48 0 1 0 96 0 48 48 0 1 0-96 0z",
        "M12 60c18 22 78 22 96 0M42 26c6-6 14-9 22-9"
    ),
    solid!("cylinder", "shape-cylinder", "M22 24c0-18 76-18 76 0v72c0 18-76 18-76 0z", "M22 24c0 18 76 18 76 0"),
    solid!("cone", "shape-cone", "M60 8l44 88c-4 18-84 18-88 0z", "M16 96c4-16 84-16 88 0"),
    solid!("pyramid", "shape-pyramid", "M58 8l54 74-40 30L8 88z", "M58 8l14 104"),
    solid!("prism", "shape-prism", "M8 96l28-66 60-16 18 56-54 26z", "M36 30l24 66"),
];

/// The shape of this name.
pub(super) fn find(name: &str) -> Option<&'static ShapeName> {
    SHAPES.iter().find(|s| s.name == name)
}

/// An unknown name is written on a card.
pub(super) fn shape(name: &str) -> Canvas {
    let mut canvas = Canvas::new(120.0, 120.0);
    match find(name) {
        Some(shape) => (shape.draw)(&mut canvas),
        None => {
            canvas.rect("fp", (4.0, 34.0), (112.0, 52.0), 10.0);
            let short: String = name.chars().take(14).collect();
            canvas.text("ft", 60.0, 65.0, &short);
        }
    }
    canvas
}

pub(super) fn angle(degrees: u16) -> Canvas {
    let degrees = f64::from(degrees.clamp(1, 360));
    let mut canvas = Canvas::new(200.0, 180.0);
    let at = |turn: f64, r: f64| {
        let a = turn / 360.0 * TAU;
        (100.0 + r * libm::cos(a), 96.0 - r * libm::sin(a))
    };
    let (x, y) = at(degrees, 84.0);
    if (degrees - 90.0).abs() < 0.5 {
        canvas.path("arc", "M100 72h24v24");
    } else {
        let (ax, ay) = at(degrees.min(359.9), 30.0);
        let large = u8::from(degrees > 180.0);
        canvas.path("arc", &format!("M130 96A30 30 0 {large} 0 {}", point(ax, ay)));
    }
    canvas.path("fk wide", &format!("M184 96H100L{}", point(x, y)));
    canvas.circle("inkf", 100.0, 96.0, 4.0);
    canvas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_lessons_may_use_is_drawn_and_none_else() {
        let drawn: Vec<&str> = SHAPES.iter().map(|shape| shape.name).collect();
        assert_eq!(drawn, chalkbox_domain::drawn::SHAPES);
    }
}
