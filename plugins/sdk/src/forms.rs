//! Ways to ask for a number (typed, chosen, put into a gap, whose is right), bars, columns, and draws until numbers fit. Never
//! here: any skill's numbers.

use crate::{Answer, Block, Figure, Lang, Rng, Rule, Setup, distractors, say, text};

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

/// Three children with three answers: whose is right? The rules give the others', up to `high`.
pub fn whose(s: &mut Setup, right: i64, rules: &[Rule], high: i64) -> Answer {
    let (one, two) = s.two_names();
    let mut three = s.name();
    for _ in 0..16 {
        if three != one && three != two {
            break;
        }
        three = s.name();
    }
    let wrong = distractors(&mut s.rng, right, rules, 2, 1, high);
    let mut names = vec![one, two, three];
    s.rng.shuffle(&mut names);
    let l = s.lang;
    let card = |name: &String, n: i64| text(say!(l, "{name}: {n}", "{name} : {n}"));
    let cards = wrong.iter().zip(&names[1..]).map(|((n, code), name)| (card(name, *n), *code)).collect();
    Answer::choice(&mut s.rng, card(&names[0], right), cards)
}

/// Two numbers written one under the other, with the columns named.
pub fn columns(l: Lang, a: i64, sign: &str, b: i64) -> Block {
    let (above, below) = (a.to_string(), b.to_string());
    let width = above.len().max(below.len());
    let names = l.pick(["O", "T", "H", "Th"], ["U", "D", "C", "M"]);
    let head = std::iter::once(String::new()).chain((0..width).rev().map(|i| names[i.min(3)].to_owned())).collect();
    let row = |sign: &str, digits: &str| {
        let blank = std::iter::repeat_n(String::new(), width - digits.len());
        std::iter::once(sign.to_owned()).chain(blank).chain(digits.chars().map(String::from)).collect()
    };
    Block::Table(vec![head, row("", &above), row(sign, &below)])
}

/// A figure as the content of an option.
pub fn drawn(figure: Figure) -> Vec<Block> {
    vec![Block::Figure(figure)]
}

/// Bars from the same start, one above the other; bars of no length are left out.
pub fn bars(lengths: &[i64]) -> Vec<Block> {
    lengths.iter().flat_map(|n| bar(&[*n])).collect()
}

/// One bar cut into parts; parts of nothing are left out, and a bar of nothing is no block.
pub fn bar(parts: &[i64]) -> Vec<Block> {
    let parts: Vec<u16> = parts.iter().filter(|n| **n > 0).map(|n| (*n).min(i64::from(u16::MAX)) as u16).collect();
    if parts.is_empty() { vec![] } else { vec![Block::Figure(Figure::BarModel(parts))] }
}

/// Draws until the numbers fit, at most a thousand times: the condition must leave many of the numbers drawn.
pub fn until<T>(s: &mut Setup, draw: impl Fn(&mut Rng) -> T, fits: impl Fn(&T) -> bool) -> T {
    let mut drawn = draw(&mut s.rng);
    for _ in 0..1000 {
        if fits(&drawn) {
            break;
        }
        drawn = draw(&mut s.rng);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Interaction, check};

    #[test]
    fn a_sentence_becomes_gaps() {
        let ask = check::ask("x", 0.5, 1, "en");
        let answer = tiles(&mut Setup::new(&ask), "8 + 6 = 10 + _ = _", &[4, 14], &[(16, "forgets-second-part")], 20);
        let Interaction::GapMatch(gaps) = &answer.interaction else { panic!("gaps") };
        let words: Vec<_> = gaps.left.iter().map(|gap| (gap.before.as_str(), gap.after.as_str())).collect();
        assert_eq!(words, [("8 + 6 = 10 +", ""), ("=", "")]);
        assert!(gaps.right.len() >= 4);
    }

    #[test]
    fn two_gaps_change_places() {
        let ask = check::ask("x", 0.5, 1, "en");
        let answer = tiles(&mut Setup::new(&ask), "_ × _ = 12", &[3, 4], &[], 20);
        let crate::Response::Pairs(right) = &answer.right else { panic!("pairs") };
        let turned = vec![(right[0].0.clone(), right[1].1.clone()), (right[1].0.clone(), right[0].1.clone())];
        assert_eq!(answer.turned(0, 1), Some(crate::Response::Pairs(turned)));
        assert_eq!((answer.turned(0, 2), Answer::number(3, &[]).turned(0, 1)), (None, None));
    }

    #[test]
    fn columns_stand_under_each_other() {
        let Block::Table(rows) = columns(Lang::Fr, 124, "×", 3) else { panic!("a table") };
        assert_eq!(rows, [["", "C", "D", "U"], ["", "1", "2", "4"], ["×", "", "", "3"]]);
    }

    #[test]
    fn empty_parts_are_left_out() {
        assert_eq!(bar(&[3, 0]), [Block::Figure(Figure::BarModel(vec![3]))]);
        assert_eq!(bars(&[0]), []);
    }
}
