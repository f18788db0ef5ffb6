//! Column arithmetic as children do it wrong: one pure function a misconception. Never here: questions, words.

/// The digits of a number, ones first, filled up with zeros to `columns`.
pub fn digits(n: i64, columns: usize) -> Vec<i64> {
    let mut rest = n.max(0);
    let mut out = Vec::new();
    while rest > 0 || out.len() < columns {
        out.push(rest % 10);
        rest /= 10;
    }
    out
}

fn number(digits: &[i64]) -> i64 {
    digits.iter().rev().fold(0, |n, digit| n * 10 + digit)
}

fn columns(a: i64, b: i64) -> Vec<(i64, i64)> {
    let width = digits(a, 1).len().max(digits(b, 1).len());
    digits(a, width).into_iter().zip(digits(b, width)).collect()
}

/// In how many columns of a + b a new ten is made.
pub fn carries(a: i64, b: i64) -> usize {
    let mut carry = 0;
    let mut carried = |(x, y): (i64, i64)| {
        carry = i64::from(x + y + carry >= 10);
        carry == 1
    };
    columns(a, b).into_iter().filter(|pair| carried(*pair)).count()
}

/// In how many columns of a − b (a ≥ b) a ten is opened.
pub fn trades(a: i64, b: i64) -> usize {
    let mut borrowed = 0;
    let mut traded = |(x, y): (i64, i64)| {
        borrowed = i64::from(x - borrowed < y);
        borrowed == 1
    };
    columns(a, b).into_iter().filter(|pair| traded(*pair)).count()
}

/// 47 + 38 → 75: every carry is lost, but a last column may make two digits.
pub fn no_carry(a: i64, b: i64) -> i64 {
    let pairs = columns(a, b);
    let last = pairs.len() - 1;
    let sums: Vec<i64> =
        pairs.iter().enumerate().map(|(i, (x, y))| if i == last { x + y } else { (x + y) % 10 }).collect();
    sums.iter().rev().fold(0, |n, sum| n * 10 + sum)
}

/// 47 + 38 → 715: both digits of every column are written.
pub fn both_digits(a: i64, b: i64) -> i64 {
    let written: String = columns(a, b).iter().rev().map(|(x, y)| (x + y).to_string()).collect();
    written.parse().unwrap_or(-1)
}

/// 47 + 38 → 121: of 15 the 1 is written and the 5 carried. `every`: in all columns; else only in the first that carries.
pub fn ones_carried(a: i64, b: i64, every: bool) -> i64 {
    let (mut carry, mut slipped, mut out) = (0, false, Vec::new());
    let pairs = columns(a, b);
    let last = pairs.len() - 1;
    for (i, (x, y)) in pairs.into_iter().enumerate() {
        let sum = x + y + carry;
        if sum >= 10 && i < last && (every || !slipped) {
            out.push((sum / 10) % 10);
            carry = sum % 10;
            slipped = true;
        } else {
            out.push(sum % 10);
            carry = sum / 10;
        }
    }
    carry * 10_i64.pow(out.len() as u32) + number(&out)
}

/// 65 − 38 → 33: in each column the smaller digit is taken from the larger.
pub fn smaller_from_larger(a: i64, b: i64) -> i64 {
    number(&columns(a, b).iter().map(|(x, y)| (x - y).abs()).collect::<Vec<_>>())
}

/// 65 − 38 → 37: tens are opened but no column gets smaller.
pub fn no_decrement(a: i64, b: i64) -> i64 {
    number(&columns(a, b).iter().map(|(x, y)| (x - y).rem_euclid(10)).collect::<Vec<_>>())
}

/// 60 − 24 → 44 (`keep`: 0 − n is n) or 40 (0 − n is 0). Nothing when no zero stands on top, or another column needs a trade.
pub fn from_zero(a: i64, b: i64, keep: bool) -> Option<i64> {
    let pairs = columns(a, b);
    if !pairs.iter().any(|(x, y)| *x == 0 && *y > 0) || pairs.iter().any(|(x, y)| *x > 0 && x < y) {
        return None;
    }
    Some(number(
        &pairs.iter().map(|(x, y)| if *x == 0 { if keep { *y } else { 0 } } else { x - y }).collect::<Vec<_>>(),
    ))
}

/// 28 + 5 → 78: the shorter number is written under the first digits of the longer. Nothing when both are as long.
pub fn left_aligned(a: i64, b: i64) -> Option<i64> {
    let (long, short) = (a.max(b), a.min(b));
    let shift = digits(long, 1).len() - digits(short, 1).len();
    (shift > 0).then(|| short * 10_i64.pow(shift as u32))
}

/// 34 + 25 → 14: all digits together.
pub fn digit_sum(a: i64, b: i64) -> i64 {
    digits(a, 1).iter().chain(&digits(b, 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adding_slips() {
        assert_eq!((no_carry(47, 38), no_carry(365, 278), no_carry(72, 53)), (75, 533, 125));
        assert_eq!((both_digits(47, 38), both_digits(365, 278)), (715, 51313));
        assert_eq!(
            (ones_carried(47, 38, true), ones_carried(365, 278, false), ones_carried(365, 278, true)),
            (121, 661, 1111)
        );
        assert_eq!((left_aligned(28, 5), left_aligned(365, 27), left_aligned(34, 20)), (Some(50), Some(270), None));
        assert_eq!(digit_sum(34, 25), 14);
    }

    #[test]
    fn taking_slips() {
        assert_eq!((smaller_from_larger(65, 38), smaller_from_larger(523, 267)), (33, 344));
        assert_eq!((no_decrement(65, 38), no_decrement(523, 267)), (37, 366));
        assert_eq!((from_zero(60, 24, true), from_zero(60, 24, false)), (Some(44), Some(40)));
        assert_eq!(
            (from_zero(503, 261, true), from_zero(503, 261, false), from_zero(503, 267, true)),
            (Some(362), Some(302), None)
        );
        assert_eq!(from_zero(68, 23, true), None);
    }

    #[test]
    fn columns_that_trade() {
        assert_eq!((carries(34, 25), carries(47, 38), carries(398, 105), carries(95, 8)), (0, 1, 2, 2));
        assert_eq!((trades(68, 23), trades(65, 38), trades(503, 267), trades(600, 248)), (0, 1, 2, 2));
    }
}
