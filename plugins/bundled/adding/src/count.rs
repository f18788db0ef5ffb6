//! Counts on and back as a child says them. Never here: questions.

/// The words of a count on or back from a number, without the number it starts at: 5 and 3 give "6, 7, 8".
pub fn count(from: i64, steps: i64) -> String {
    let to = from + steps;
    let numbers: Vec<i64> = if steps < 0 { (to..from).rev().collect() } else { (from + 1..=to).collect() };
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// As [`count`], but stopping one short of the end, with dots for what the learner says.
pub fn count_short(from: i64, steps: i64) -> String {
    let known = count(from, steps - steps.signum());
    if known.is_empty() { format!("{from} …") } else { format!("{from}, {known} …") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_go_on_and_back() {
        assert_eq!(count(5, 3), "6, 7, 8");
        assert_eq!(count(9, -2), "8, 7");
        assert_eq!(count(4, 0), "");
        assert_eq!(count_short(5, 3), "5, 6, 7 …");
        assert_eq!(count_short(9, -1), "9 …");
    }
}
