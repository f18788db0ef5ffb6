//! Numbers as learners type them, bands of difficulty, and distractors made by rules. Never here: a skill's own rules.

use crate::{Rng, Rule};

/// The band of a difficulty: 0 for 0 to 0.2, up to 4 for 0.8 to 1. Anything that is no number counts as 0.
pub fn band(difficulty: f32) -> u8 {
    // The cast takes NaN and negatives to 0.
    ((difficulty * 5.0) as u8).min(4)
}

/// An exact number as typed: a whole number, a decimal or a fraction.
#[derive(Clone, Copy, Debug)]
pub struct Rational {
    /// Above the line.
    pub numerator: i64,
    /// Below the line, never 0.
    pub denominator: i64,
}

impl PartialEq for Rational {
    fn eq(&self, other: &Self) -> bool {
        i128::from(self.numerator) * i128::from(other.denominator)
            == i128::from(other.numerator) * i128::from(self.denominator)
    }
}

impl Rational {
    /// The nearest `f32`.
    pub fn to_f32(self) -> f32 {
        (self.numerator as f64 / self.denominator as f64) as f32
    }
}

/// Reads "12", "-3", "0.25", "3/4" or "1 1/2"; a comma counts as a point. A blank stands between groups of three digits
/// ("4 050") or between the whole and the fraction of a mixed number. Nothing else, and no number beyond nine digits on
/// either side of the point, is a number.
pub fn parse_number(typed: &str) -> Option<Rational> {
    if typed.len() > 40 {
        return None;
    }
    let plain = typed.replace(['\u{a0}', '\u{202f}'], " ");
    let plain = plain.trim();
    let (negative, size) = plain.strip_prefix('-').map_or((false, plain), |rest| (true, rest));
    let Rational { numerator, denominator } = match size.split_once('/') {
        Some((above, below)) => fraction(above, digits(below)?)?,
        None => decimal(size)?,
    };
    Some(Rational { numerator: if negative { -numerator } else { numerator }, denominator })
}

/// A fraction without a sign, or a mixed number: "3" or "1 3" above the line.
fn fraction(above: &str, denominator: i64) -> Option<Rational> {
    if denominator == 0 {
        return None;
    }
    // No fraction begins with 0: "1 000/3" has a thousand above the line.
    let (wholes, above) = above.rsplit_once(' ').filter(|(_, above)| !above.starts_with('0')).unwrap_or(("0", above));
    Some(Rational { numerator: digits(wholes)? * denominator + digits(above)?, denominator })
}

/// A whole number or a decimal without a sign; ".5" and "5." will do.
fn decimal(size: &str) -> Option<Rational> {
    let (head, tail) = size.split_once(['.', ',']).unwrap_or((size, ""));
    if (head.is_empty() && tail.is_empty()) || tail.len() > 9 || !tail.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let denominator = 10_i64.pow(tail.len() as u32);
    let whole = if head.is_empty() { 0 } else { digits(head)? };
    let part: i64 = if tail.is_empty() { 0 } else { tail.parse().ok()? };
    Some(Rational { numerator: whole * denominator + part, denominator })
}

/// Up to nine digits in one run, or in groups: one to three, then three in each.
fn digits(typed: &str) -> Option<i64> {
    let mut groups = typed.split(' ');
    let first = groups.next().unwrap_or_default();
    let grouped = typed.contains(' ');
    if first.is_empty() || (grouped && first.len() > 3) || !groups.all(|group| group.len() == 3) {
        return None;
    }
    let joined = typed.replace(' ', "");
    if joined.len() > 9 || !joined.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    joined.parse().ok()
}

/// Wrong answers for a choice: first those that the rules make, then near numbers, until there are `count`. Drops what equals
/// the answer, what is doubled, and what lies outside `low..=high`. The code says which rule, if any, made the number.
pub fn distractors(
    rng: &mut Rng,
    answer: i64,
    rules: &[Rule],
    count: usize,
    low: i64,
    high: i64,
) -> Vec<(i64, Option<&'static str>)> {
    let mut found: Vec<(i64, Option<&'static str>)> = Vec::new();
    let fits = |n: i64, found: &[(i64, Option<&'static str>)]| {
        n != answer && (low..=high).contains(&n) && !found.iter().any(|(other, _)| *other == n)
    };
    for &(n, code) in rules {
        if found.len() < count && fits(n, &found) {
            found.push((n, Some(code)));
        }
    }
    let up_first = rng.chance(1, 2);
    let mut distance = 1;
    while found.len() < count && distance <= high.saturating_sub(low) {
        let both =
            if up_first { [answer + distance, answer - distance] } else { [answer - distance, answer + distance] };
        for n in both {
            if found.len() < count && fits(n, &found) {
                found.push((n, None));
            }
        }
        distance += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_of_the_five_difficulties() {
        assert_eq!([0.0, 0.25, 0.5, 0.75, 1.0].map(band), [0, 1, 2, 3, 4]);
        assert_eq!([f32::NAN, -1.0, f32::INFINITY].map(band), [0, 0, 4]);
    }

    #[test]
    fn typed_numbers() {
        let check = |typed: &str, expect: Option<(i64, i64)>| {
            let expect = expect.map(|(numerator, denominator)| Rational { numerator, denominator });
            assert_eq!(parse_number(typed), expect, "{typed}");
        };
        check("012", Some((12, 1)));
        check("4 050", Some((4050, 1)));
        check("0.50", Some((1, 2)));
        check("-0,5", Some((-1, 2)));
        check("-.5", Some((-1, 2)));
        check("6/8", Some((3, 4)));
        check("1/0", None);
        check("", None);
        check("-", None);
        check("--5", None);
        check("٣", None);
        check("12345678901234567890", None);
        check("1e3", None);
        check(".", None);
        check("5.", Some((5, 1)));
        check("3/-4", None);
    }

    /// What the host sends: "1½" comes as "1 1/2", and "12 34" stays two words.
    #[test]
    fn a_blank_is_for_mixed_numbers_and_thousands_only() {
        let check = |typed: &str, expect: Option<(i64, i64)>| {
            let expect = expect.map(|(numerator, denominator)| Rational { numerator, denominator });
            assert_eq!(parse_number(typed), expect, "{typed}");
        };
        check("1 1/2", Some((3, 2)));
        check("-1 1/2", Some((-3, 2)));
        check("-0 1/2", Some((-1, 2)));
        check("1 100/200", Some((3, 2)));
        check("1 000 1/2", Some((2001, 2)));
        check("1 000/3", Some((1000, 3)));
        check("1/1 000", Some((1, 1000)));
        check(" 12 ", Some((12, 1)));
        check("1\u{202f}000,5", Some((2001, 2)));
        check("12 345 678", Some((12_345_678, 1)));
        check("999999999 999999999/999999999", Some((1_000_000_000, 1)));
        for typed in [
            "1 2", "12 34", "1 2 3", "1234 567", "1 0000", "0.5 5", "1 1/0", "1 /2", "1/ 2", "1 1 1/2", "- 3", "1 -1/2",
        ] {
            check(typed, None);
        }
    }

    #[test]
    fn distractors_are_rules_first_and_never_the_answer() {
        let mut rng = Rng::new(1, "x", 0);
        let made = distractors(&mut rng, 5, &[(6, "one-more"), (5, "same"), (6, "twice"), (-1, "negative")], 3, 0, 9);
        assert_eq!(made.len(), 3);
        assert_eq!(made[0], (6, Some("one-more")));
        assert!(made[1..].iter().all(|(n, code)| *n != 5 && *n != 6 && code.is_none()));
    }
}
