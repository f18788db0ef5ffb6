//! Building words from tiles and typing them: shared by spelling and by words of parts. Never here: which words, which
//! mistakes a skill looks for.

use chalkbox_tool::{Answer, Response};

/// Gaps side by side, one for each part of a word, with further tiles and what using them shows.
pub fn build(
    rng: &mut chalkbox_tool::Rng,
    parts: &[String],
    extra: &[(String, Option<&'static str>)],
    swap: &'static str,
) -> Answer {
    let gaps: Vec<(String, String, String)> =
        parts.iter().map(|part| (String::new(), String::new(), part.clone())).collect();
    let answer = Answer::gaps(rng, &gaps, extra);
    with_swaps(answer, parts, swap)
}

/// Two neighbours in each other's place show a misconception.
fn with_swaps(mut answer: Answer, parts: &[String], code: &'static str) -> Answer {
    let Response::Pairs(right) = answer.right.clone() else { return answer };
    for (at, two) in right.windows(2).enumerate() {
        if parts[at] != parts[at + 1] {
            let swapped = vec![(two[0].0.clone(), two[1].1.clone()), (two[1].0.clone(), two[0].1.clone())];
            answer = answer.wrong(Response::Pairs(swapped), code);
        }
    }
    answer
}

/// A word to type. Known wrong spellings that are the right one are left out; œ may be typed as oe.
pub fn typed(right: &str, rules: Vec<(String, &'static str)>) -> Answer {
    let mut kept: Vec<(String, &'static str)> = Vec::new();
    for (spelling, code) in rules {
        if spelling != right
            && spelling != right.replace('œ', "oe")
            && !kept.iter().any(|(other, _)| *other == spelling)
        {
            kept.push((spelling, code));
        }
    }
    let rules: Vec<(&str, &'static str)> = kept.iter().map(|(spelling, code)| (spelling.as_str(), *code)).collect();
    let answer = Answer::text(right, 20, &rules);
    if right.contains('œ') {
        answer.judge(chalkbox_tool::Judge::AnyOf(vec![Response::Text(right.replace('œ', "oe"))]))
    } else {
        answer
    }
}

/// The first letter and a line for each further one: "c _ _".
pub fn first_letter(word: &str) -> String {
    let mut shown: Vec<String> = word.chars().map(|_| "_".to_owned()).collect();
    if let (Some(first), Some(letter)) = (shown.first_mut(), word.chars().next()) {
        *first = letter.to_string();
    }
    shown.join(" ")
}

/// A word with two neighbouring letters swapped, each way that changes it; the first letter stays.
pub fn letters_swapped(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let swaps = (2..letters.len()).filter(|at| letters[*at] != letters[*at - 1]).map(|at| {
        let mut swapped = letters.clone();
        swapped.swap(at - 1, at);
        swapped.into_iter().collect()
    });
    swaps.collect()
}

/// A word with one letter left out, each way; the first letter stays.
pub fn letter_left_out(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    (1..letters.len())
        .map(|gone| letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, c)| *c).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::{Judge, Rng};

    #[test]
    fn letters_are_swapped_left_out_and_hidden() {
        assert_eq!(first_letter("œuf"), "œ _ _");
        assert_eq!(letters_swapped("said"), ["siad", "sadi"]);
        assert_eq!(letter_left_out("said"), ["sid", "sad", "sai"]);
        assert!(matches!(typed("œuf", vec![]).judge, Judge::AnyOf(_)));
        assert!(typed("cup", vec![("cup".to_owned(), "vowel-swap")]).wrong.is_empty());
    }

    #[test]
    fn swapped_tiles_show_it_and_equal_tiles_do_not() {
        let mut rng = Rng::new(1, "x", 0);
        let parts = ["p", "a", "p", "a"].map(str::to_owned);
        assert_eq!(build(&mut rng, &parts, &[], "letter-order-swap").wrong.len(), 3);
        let parts = ["e", "g", "g"].map(str::to_owned);
        assert_eq!(build(&mut rng, &parts, &[], "letter-order-swap").wrong.len(), 1);
    }
}
