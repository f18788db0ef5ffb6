//! QR codes as one path: sharp on paper, small on the wire.

use super::markup::{Markup, escape};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// The code of a text, spoken as `label`. Empty when the text is too long for any code (about 2,300 letters).
pub fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return Markup::default();
    };
    let width = code.width();
    let cells = code.to_colors();
    let mut path = String::new();
    for (y, row) in cells.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|c| **c == Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    let size = width + 8;
    Markup(format!(
        "<svg class=\"qr\" viewBox=\"-4 -4 {size} {size}\" role=\"img\" aria-label=\"{}\"><path fill=\"#fff\" d=\"M-4-4h{size}v{size}h-{size}z\"/><path d=\"{path}\"/></svg>",
        escape(label)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_drawn_and_a_book_is_not() {
        let drawn = qr("http://192.168.0.7", "address");
        assert!(drawn.0.starts_with("<svg class=\"qr\" viewBox=\"-4 -4 33 33\""), "{}", &drawn.0[..80]);
        assert_eq!(qr(&"x".repeat(9000), ""), Markup::default());
    }
}
