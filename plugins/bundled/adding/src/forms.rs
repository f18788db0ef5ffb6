//! Ways to ask for a number: typed, chosen, put into a gap. Never here: which numbers, or what they are about.

use chalkbox_tool::{Answer, Block, Figure, Rule, Setup, distractors};

/// One number: typed three times out of four (typing cannot be guessed), else one of four up to `high`.
pub fn asked(s: &mut Setup, right: i64, rules: &[Rule], high: i64) -> Answer {
    if s.rng.chance(3, 4) { Answer::number(right, rules) } else { chosen(s, right, rules, high) }
}

/// One of four numbers of 0 to `high`.
pub fn chosen(s: &mut Setup, right: i64, rules: &[Rule], high: i64) -> Answer {
    Answer::choose_number(&mut s.rng, right, rules, 4, 0, high)
}

/// Number tiles for the blanks (`_`) of a sentence, with three tiles too many.
pub fn tiles(s: &mut Setup, sentence: &str, rights: &[i64], rules: &[Rule], high: i64) -> Answer {
    let wrong = distractors(&mut s.rng, rights[0], rules, 3, 0, high);
    let extra: Vec<_> =
        wrong.into_iter().filter(|(n, _)| !rights.contains(n)).map(|(n, code)| (n.to_string(), code)).collect();
    let rights: Vec<String> = rights.iter().map(i64::to_string).collect();
    tiles_of(s, sentence, &rights, &extra)
}

/// Tiles of any text for the blanks (`_`) of a sentence: the right ones in reading order, then those too many.
pub fn tiles_of(s: &mut Setup, sentence: &str, rights: &[String], extra: &[(String, Option<&'static str>)]) -> Answer {
    let mut parts = sentence.split('_').map(str::trim);
    let mut before = parts.next().unwrap_or_default().to_owned();
    let mut gaps: Vec<(String, String, String)> = Vec::new();
    for (right, part) in rights.iter().zip(parts) {
        gaps.push((before, String::new(), right.clone()));
        before = part.to_owned();
    }
    if let Some(last) = gaps.last_mut() {
        last.1 = before;
    }
    Answer::gaps(&mut s.rng, &gaps, extra)
}

/// A figure as the content of an option.
pub fn drawn(figure: Figure) -> Vec<Block> {
    vec![Block::Figure(figure)]
}

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
