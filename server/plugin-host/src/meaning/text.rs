//! Text that may be shown: no control characters, and nothing that turns the direction of what follows.

use super::{Checked, Nonsense};

/// Whether a character may stand in a line. Marks of direction (U+200E, U+200F) may: they turn nothing but blanks.
pub(super) fn may_stand(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !(c.is_control() || turns || breaks)
}

/// Text of one line.
pub(super) fn line(place: &str, text: &str) -> Checked {
    match text.chars().find(|c| !may_stand(*c)) {
        None => Ok(()),
        Some(c) => Err(Nonsense {
            place: place.to_owned(),
            fault: format!("holds U+{:04X}, which may not stand in text", u32::from(c)),
        }),
    }
}

/// Text in which a newline starts a new line.
pub(super) fn lines(place: &str, text: &str) -> Checked {
    text.split('\n').try_for_each(|part| line(place, part))
}

/// A name as figures and pictures have: letters, digits, `-`, `_`, `.`; 1 to 64.
pub(super) fn name(place: &str, name: &str) -> Checked {
    let fits = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'));
    if fits && (1..=64).contains(&name.len()) {
        return Ok(());
    }
    Err(Nonsense { place: place.to_owned(), fault: format!("“{}” is not a name", super::clip(name)) })
}
