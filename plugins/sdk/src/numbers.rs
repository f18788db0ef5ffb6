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

/// Reads "12", "-3", "4 050", "0.25" or "3/4"; a comma counts as a point. Nothing else, and no number beyond nine digits on
/// either side of the point, is a number.
pub fn parse_number(typed: &str) -> Option<Rational> {
    if typed.len() > 40 {
        return None;
    }
    let plain: String = typed.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    if let Some((above, below)) = plain.split_once('/') {
        let (numerator, denominator) = (whole(above)?, whole(below)?);
        return (denominator > 0).then_some(Rational { numerator, denominator });
    }
    let (head, tail) = plain.split_once(['.', ',']).unwrap_or((&plain, ""));
    let negative = head.starts_with('-');
    let head = whole(if head.is_empty() || head == "-" { "0" } else { head })?;
    if plain.trim_start_matches('-').is_empty() || tail.len() > 9 || !tail.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let denominator = 10_i64.pow(tail.len() as u32);
    let part = if tail.is_empty() { 0 } else { tail.parse().ok()? };
    let numerator = head * denominator + if negative { -part } else { part };
    Some(Rational { numerator, denominator })
}

fn whole(digits: &str) -> Option<i64> {
    let plain = digits.strip_prefix('-').unwrap_or(digits);
    if plain.is_empty() || plain.len() > 9 || !plain.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
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
