//! One spelling for what people type in many: text in Unicode's composed form without outer blanks, numbers in ASCII
//! digits with a point. What is stored and scored is the normalised response; doing it twice changes nothing.
//!
//! Whether a response is right, or makes sense at all, is never decided here.

use crate::item::Response;
use unicode_normalization::UnicodeNormalization;

/// The response as it is stored and scored. `locale` (BCP 47) decides what a comma in a number means.
pub fn response(response: &Response, locale: &str) -> Response {
    match response {
        Response::Text { value } => Response::Text { value: text(value) },
        Response::Number { value } => Response::Number { value: number(value, locale) },
        other => other.clone(),
    }
}

/// Composed (NFC), without blanks at either end, blanks within made single spaces.
pub fn text(typed: &str) -> String {
    let composed: String = typed.nfc().filter(|c| !is_invisible(*c)).collect();
    // Composed again: what was taken out may have stood between a letter and its accent.
    composed.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// ASCII digits, `-` before, `.` for the decimals, `/` for a fraction, a space between a whole number and a fraction.
/// What is no number is left as it is, in its plainest characters.
pub fn number(typed: &str, locale: &str) -> String {
    let plain: String = typed.chars().filter(|c| !is_invisible(*c)).flat_map(plain_characters).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let joined = join_words(&words);
    let joined = joined.strip_prefix('+').unwrap_or(&joined);
    points(joined, comma_is_decimal(locale))
}

/// Joins the groups of `1 000` and the blanks around signs, but keeps `1 1/2` two words.
fn join_words(words: &[&str]) -> String {
    let mut out = String::new();
    for word in words {
        let three = word.len() >= 3 && word.as_bytes()[..3].iter().all(u8::is_ascii_digit);
        let group = three && word.as_bytes().get(3).is_none_or(|b| !b.is_ascii_digit()) && !word.contains('/');
        let after_digit = out.ends_with(|c: char| c.is_ascii_digit());
        let digit_first = word.starts_with(|c: char| c.is_ascii_digit());
        if after_digit && digit_first && !group {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Makes the decimal mark a point and drops marks between thousands.
fn points(number: &str, comma_is_decimal: bool) -> String {
    let commas = number.matches(',').count();
    let points = number.matches('.').count();
    let grouped = |mark| is_grouped(number, mark);
    match (commas, points) {
        (0, 0) => number.to_owned(),
        // Both: the last one is the decimal mark.
        (1.., 1..) if number.rfind(',') > number.rfind('.') => number.replace('.', "").replace(',', "."),
        (1.., 1..) => number.replace(',', ""),
        (1, 0) if comma_is_decimal || !grouped(',') => number.replace(',', "."),
        (1.., 0) if grouped(',') => number.replace(',', ""),
        (0, 2..) if grouped('.') => number.replace('.', ""),
        _ => number.to_owned(),
    }
}

/// Whether the mark stands between groups of three digits after one to three, not all of them starting with 0.
fn is_grouped(number: &str, mark: char) -> bool {
    let mut parts = number.trim_start_matches('-').split(mark);
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let first = parts.next().is_some_and(|part| (1..=3).contains(&part.len()) && digits(part) && part != "0");
    first && parts.all(|part| part.len() == 3 && digits(part))
}

/// Where people write 0,5 for a half. Elsewhere a comma stands between thousands.
fn comma_is_decimal(locale: &str) -> bool {
    let language = locale.split(['-', '_']).next().unwrap_or(locale).to_ascii_lowercase();
    let region = locale.split(['-', '_']).nth(1).unwrap_or_default();
    match language.as_str() {
        "es" => !matches!(region, "MX" | "GT" | "HN" | "NI" | "PA" | "SV" | "DO" | "PR" | "US"),
        other => ["fr", "pt", "de", "it", "nl", "ru", "uk", "pl", "tr", "id", "vi", "rw", "rn", "wo", "ln", "ff"]
            .contains(&other),
    }
}

/// Characters that nobody sees or types on purpose: marks of direction, joiners, the byte order mark, controls.
fn is_invisible(c: char) -> bool {
    let direction =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    direction
        || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
        || (c.is_control() && !c.is_whitespace())
}

/// What a character of a number is on the simplest keyboard.
fn plain_characters(c: char) -> impl Iterator<Item = char> {
    let vulgar = match c {
        '½' => " 1/2",
        '⅓' => " 1/3",
        '⅔' => " 2/3",
        '¼' => " 1/4",
        '¾' => " 3/4",
        '⅕' => " 1/5",
        '⅖' => " 2/5",
        '⅗' => " 3/5",
        '⅘' => " 4/5",
        '⅙' => " 1/6",
        '⅚' => " 5/6",
        '⅛' => " 1/8",
        '⅜' => " 3/8",
        '⅝' => " 5/8",
        '⅞' => " 7/8",
        _ => "",
    };
    let single = if vulgar.is_empty() { plain_character(c) } else { None };
    vulgar.chars().chain(single)
}

fn plain_character(c: char) -> Option<char> {
    if let Some(digit) = digit(c) {
        return Some(digit);
    }
    match c {
        '−' | '‐' | '‑' | '‒' | '–' | '﹣' | '－' => Some('-'),
        '＋' | '﹢' => Some('+'),
        '⁄' | '∕' | '／' => Some('/'),
        '٫' | '．' => Some('.'),
        '，' => Some(','),
        // Between thousands.
        '٬' | '\'' | '’' => None,
        other => Some(other),
    }
}

/// The ASCII digit of a decimal digit of any script. Each script has its ten digits in a row, from zero.
fn digit(c: char) -> Option<char> {
    /// The zeros of the scripts in use in schools, and of the full-width forms.
    const ZEROS: [u32; 39] = [
        0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
        0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
        0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x11136, 0x16b50, 0x1e950,
    ];
    let code = u32::from(c);
    let value = if c.is_ascii_digit() {
        code - u32::from('0')
    } else {
        ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10))?
    };
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_spelling_become_one() {
        let table = [
            ("12", "en", "12"),
            (" 12 ", "en", "12"),
            ("+7", "en", "7"),
            ("−3", "en", "-3"),
            ("- 3", "en", "-3"),
            ("٣٤", "ar", "34"),
            ("۳۴", "fa", "34"),
            ("१२", "hi", "12"),
            ("১২", "bn", "12"),
            ("߁߂", "nqo", "12"),
            ("１２", "en", "12"),
            ("٠٫٥", "ar", "0.5"),
            ("١٬٢٣٤", "ar", "1234"),
            ("0,5", "fr", "0.5"),
            ("0,5", "en", "0.5"),
            ("0,125", "en", "0.125"),
            ("1,234", "en", "1234"),
            ("1,234", "fr", "1.234"),
            ("1,234,567", "en", "1234567"),
            ("1.234.567", "en", "1234567"),
            ("1,234.5", "en", "1234.5"),
            ("1.234,5", "fr", "1234.5"),
            ("1 000", "fr", "1000"),
            ("1\u{202f}000,5", "fr", "1000.5"),
            ("12 345 678", "fr", "12345678"),
            ("3/4", "en", "3/4"),
            (" 3 / 4 ", "en", "3/4"),
            ("٣⁄٤", "ar", "3/4"),
            ("¾", "en", "3/4"),
            ("1½", "en", "1 1/2"),
            ("1 1/2", "en", "1 1/2"),
            ("1 100/200", "en", "1 100/200"),
            ("\u{200f}12\u{200e}", "ar", "12"),
            ("1.5", "fr", "1.5"),
            ("12 34", "en", "12 34"),
            ("1,2,3", "en", "1,2,3"),
            ("twelve", "en", "twelve"),
            ("", "en", ""),
        ];
        for (typed, locale, expected) in table {
            assert_eq!(number(typed, locale), expected, "{typed} in {locale}");
            assert_eq!(number(expected, locale), expected, "{typed} in {locale}: twice is once");
        }
    }

    #[test]
    fn text_is_composed_and_trimmed() {
        assert_eq!(text("  e\u{301}cole \n"), "école");
        assert_eq!(text("un  petit\tchat"), "un petit chat");
        assert_eq!(text("ca\u{200b}t\u{202e}"), "cat");
        assert_eq!(text("e\u{200b}\u{301}"), "é");
        assert_eq!(text(" \u{3000} "), "");
    }

    #[test]
    fn other_responses_stay_as_they_are() {
        let ids = Response::Choice { ids: vec![" a ".into()] };
        assert_eq!(response(&ids, "en"), ids);
        assert_eq!(response(&Response::Number { value: "٧".into() }, "ar"), Response::Number { value: "7".into() });
        assert_eq!(response(&Response::Text { value: " chat ".into() }, "fr"), Response::Text { value: "chat".into() });
    }
}
