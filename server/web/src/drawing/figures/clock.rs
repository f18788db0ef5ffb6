//! The analogue clock. It is never mirrored.

use super::canvas::{Canvas, point};
use std::f64::consts::TAU;

pub(super) fn clock(hour: u8, minute: u8) -> Canvas {
    let mut canvas = Canvas::new(140.0, 140.0);
    canvas.circle("fp", 70.0, 70.0, 65.0);
    let at = |turn: f64, r: f64| {
        let a = turn * TAU;
        (70.0 + r * libm::sin(a), 70.0 - r * libm::cos(a))
    };
    let (mut long, mut short) = (String::new(), String::new());
    for k in 0..60 {
        let turn = f64::from(k) / 60.0;
        let ((x0, y0), (x1, y1)) = (at(turn, 62.0), at(turn, if k % 5 == 0 { 55.0 } else { 59.0 }));
        let mark = format!("M{}L{}", point(x0, y0), point(x1, y1));
        if k % 5 == 0 { long.push_str(&mark) } else { short.push_str(&mark) }
    }
    canvas.path("fl", &short);
    canvas.path("fk", &long);
    for k in 1..=12 {
        let (x, y) = at(f64::from(k) / 12.0, 46.0);
        canvas.text("ft", x, y + 5.0, &k.to_string());
    }
    let minute = f64::from(minute % 60);
    let hour = f64::from(hour % 12) + minute / 60.0;
    let ((hx, hy), (mx, my)) = (at(hour / 12.0, 30.0), at(minute / 60.0, 52.0));
    canvas.path("hh", &format!("M70 70L{}", point(hx, hy)));
    canvas.path("mh", &format!("M70 70L{}", point(mx, my)));
    canvas.circle("inkf", 70.0, 70.0, 5.0);
    canvas
}
