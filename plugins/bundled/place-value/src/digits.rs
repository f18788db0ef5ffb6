//! What every skill of place value needs: digits, written numbers, wrong readings of number words. Never here: a question.

use chalkbox_tool::{Answer, Block, Lang, Rng, Rule, base_ten, text};

/// A number as written: from 1000 on with an unbreakable gap, "4 050".
pub fn shown(n: i64) -> String {
    if n < 1000 { n.to_string() } else { format!("{}\u{a0}{:03}", n / 1000, n % 1000) }
}

/// Numbers one after another.
pub fn listed(numbers: &[i64]) -> String {
    let words: Vec<String> = numbers.iter().map(|n| shown(*n)).collect();
    words.join(", ")
}

/// The digit of a column: 0 for ones, 1 for tens and so on.
pub fn digit(n: i64, column: u32) -> i64 {
    n / 10_i64.pow(column) % 10
}

/// Blocks of hundreds, tens and ones for a number below 1000.
pub fn blocks(n: i64) -> Block {
    Block::Figure(base_ten(n / 100, n / 10 % 10, n % 10))
}

/// The tens and ones of a number changed round: 46 and 64, 365 and 356.
pub fn swapped(n: i64) -> i64 {
    n / 100 * 100 + n % 10 * 10 + n / 10 % 10
}

/// A choice among written numbers, the rules' first.
pub fn choose(rng: &mut Rng, right: i64, rules: &[Rule], options: usize, range: (i64, i64)) -> Answer {
    Answer::choose_card(rng, right, rules, options, range, |n| text(shown(n)))
}

/// The numbers that a child writes who puts down every part as it is heard: forty-six as 406, three hundred and five as 3005.
/// The words of French from 70 to 99 are built otherwise and are left out.
pub fn as_heard(lang: Lang, n: i64) -> Option<i64> {
    let below_hundred = |n: i64| match n {
        0..=20 => Some(n.to_string()),
        _ if lang == Lang::Fr && n >= 70 => None,
        _ if n % 10 == 0 => Some(n.to_string()),
        _ => Some(format!("{}{}", n / 10 * 10, n % 10)),
    };
    let mut written = String::new();
    let (thousands, hundreds, rest) = (n / 1000, n / 100 % 10, n % 100);
    if thousands > 0 {
        written.push_str(&(thousands * 1000).to_string());
    }
    if hundreds > 0 {
        written.push_str(&(hundreds * 100).to_string());
    }
    if rest > 0 || n == 0 {
        written.push_str(&below_hundred(rest)?);
    }
    written.parse().ok().filter(|heard| *heard != n && written.len() <= 9)
}

/// Teens and tens that sound alike in the language.
pub fn teen_ty(lang: Lang, n: i64) -> Option<Rule> {
    match (lang, n) {
        (Lang::En, 13..=19) => Some((n % 10 * 10, "teen-ty")),
        (Lang::En, 30 | 40 | 50 | 60 | 70 | 80 | 90) => Some((n / 10 + 10, "teen-ty")),
        _ => None,
    }
}

/// A number without its zeros: 305 as 35.
pub fn without_zeros(n: i64) -> i64 {
    n.to_string().replace('0', "").parse().unwrap_or(0)
}

/// The same digits with the first zero and the digit before it changed round (350 and 305, 4050 and 4500); `n` when there is none to move.
pub fn zero_moved(n: i64) -> i64 {
    let mut digits: Vec<char> = n.to_string().chars().collect();
    let from = digits.windows(2).skip(1).position(|two| (two[0] == '0') != (two[1] == '0'));
    if let Some(place) = from {
        digits.swap(place + 1, place + 2);
    }
    digits.into_iter().collect::<String>().parse().unwrap_or(n)
}

/// "1 ten", "3 tens"; French takes the singular for 0 too.
pub fn units(lang: Lang, n: i64, column: u32) -> String {
    const EN: [[&str; 2]; 4] = [["one", "ones"], ["ten", "tens"], ["hundred", "hundreds"], ["thousand", "thousands"]];
    const FR: [[&str; 2]; 4] =
        [["unité", "unités"], ["dizaine", "dizaines"], ["centaine", "centaines"], ["millier", "milliers"]];
    let column = (column as usize).min(3);
    let word = match lang {
        Lang::En => EN[column][usize::from(n != 1)],
        Lang::Fr => FR[column][usize::from(n > 1)],
    };
    format!("{n} {word}")
}

/// "makes" for one, "make" for more.
pub fn makes(lang: Lang, n: i64) -> &'static str {
    if n == 1 { lang.pick("makes", "fait") } else { lang.pick("make", "font") }
}

/// What children write for a number that they hear.
pub fn misheard(lang: Lang, n: i64) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    rules.extend(teen_ty(lang, n));
    if n >= 100 && n.to_string()[1..].contains('0') {
        rules.push((zero_moved(n), "zero-moved"));
    }
    if n.to_string().contains('0') {
        rules.push((without_zeros(n), "drops-zero"));
    }
    rules.extend(as_heard(lang, n).map(|heard| (heard, "writes-as-heard")));
    if n % 10 != 0 && n / 10 % 10 != 0 {
        rules.push((swapped(n), "swaps-digits"));
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_readings() {
        assert_eq!(as_heard(Lang::En, 46), Some(406));
        assert_eq!(as_heard(Lang::En, 365), Some(300_605));
        assert_eq!(as_heard(Lang::En, 305), Some(3005));
        assert_eq!(as_heard(Lang::En, 4050), Some(400_050));
        assert_eq!(as_heard(Lang::Fr, 75), None);
        assert_eq!(as_heard(Lang::En, 16), None);
        assert_eq!(without_zeros(305), 35);
        assert_eq!(zero_moved(305), 350);
        assert_eq!(zero_moved(350), 305);
        assert_eq!(zero_moved(4050), 4500);
        assert_eq!(swapped(365), 356);
        assert_eq!(units(Lang::En, 1, 1), "1 ten");
        assert_eq!(units(Lang::Fr, 0, 0), "0 unité");
        assert_eq!((makes(Lang::En, 1), makes(Lang::Fr, 3)), ("makes", "font"));
        assert_eq!(shown(4050), "4\u{a0}050");
    }
}
