//! Long words read by their beginning, middle and ending. Never here: the meaning of a part by itself.

use chalkbox_tool::{Answer, Block, Problem, Setup, say};

use super::{Built, Coded, built, en, fr, other_parts};
use crate::tiles::build;

/// A word of three parts and more, with what it means.
pub(super) struct Long {
    /// The written parts.
    pub parts: &'static [&'static str],
    /// Its meaning, without the word.
    pub means: &'static str,
}

pub(super) const fn long(parts: &'static [&'static str], means: &'static str) -> Long {
    Long { parts, means }
}

/// A word whose base changes: base, word, meaning, others like it parted by blanks.
pub(super) struct Turned {
    /// The base.
    pub base: &'static str,
    /// The built word.
    pub word: &'static str,
    /// Its meaning.
    pub means: &'static str,
    /// Other words of the base.
    pub others: &'static str,
}

pub(super) const fn turned(
    base: &'static str,
    word: &'static str,
    means: &'static str,
    others: &'static str,
) -> Turned {
    Turned { base, word, means, others }
}

/// `literacy.word.long`.
pub fn long_words(s: &mut Setup) -> Problem {
    match s.band {
        0 => ending_gap(s),
        1 => by_meaning(s),
        2 => from_parts(s, false),
        3 => changed_base(s),
        _ => from_parts(s, true),
    }
}

/// Which ending makes the word for the meaning?
fn ending_gap(s: &mut Setup) -> Problem {
    let mut all = built(s.lang, &["suffix"], &[3, 4]);
    all.retain(|one| one.parts().is_some());
    let one = *s.rng.pick(&all);
    let [stem, part] = one.parts().unwrap_or_default();
    let extra = other_parts(s, one, 2);
    let answer = Answer::gaps(&mut s.rng, &[(stem, String::new(), part.clone())], &extra);
    let means = one.means;
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Which ending makes the word for: {means}?",
        "Quelle fin donne le mot pour : {means} ?"
    ));
    let mut two = [part, extra[0].0.clone()];
    two.sort();
    let [one_of, other] = two;
    told(problem, s, one.base, one.word)
        .hint(say!(s.lang, "Two are left: {one_of} or {other}.", "Il reste deux choix : {one_of} ou {other}."))
        .seconds(20)
}

/// Whole words that share parts: which one has the meaning?
fn by_meaning(s: &mut Setup) -> Problem {
    let all = built(s.lang, &["prefix", "suffix"], &[3, 4]);
    let one = *s.rng.pick(&all);
    let mut wrong: Vec<Coded> =
        vec![(one.base.to_owned(), Some(if one.prefixed() { "prefix-ignored" } else { "drops-ending" }))];
    let start = |word: &str| word.chars().take(2).collect::<String>();
    let mut others: Vec<&Built> =
        all.iter().filter(|other| other.word != one.word && other.means != one.means).collect();
    s.rng.shuffle(&mut others);
    others.sort_by_key(|other| (other.base != one.base, start(other.word) != start(one.word)));
    wrong.extend(
        others
            .iter()
            .map(|other| (other.word.to_owned(), (start(other.word) == start(one.word)).then_some("first-part-guess"))),
    );
    wrong.truncate(3);
    let answer = Answer::choose_text(&mut s.rng, one.word, wrong);
    let means = one.means;
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Read the words. Which one means: {means}?",
        "Lis les mots. Lequel veut dire : {means} ?"
    ));
    let begin: String = one.word.chars().take(3).collect();
    told(problem, s, one.base, one.word)
        .hint(say!(s.lang, "It begins with {begin}", "Il commence par {begin}"))
        .seconds(25)
}

/// A long word to build from its parts, or its missing part to find.
fn from_parts(s: &mut Setup, school: bool) -> Problem {
    let table = if school { s.lang.pick(en::SCHOOL, fr::SCHOOL) } else { s.lang.pick(en::THREE, fr::THREE) };
    let row = s.rng.pick(table);
    let parts: Vec<String> = row.parts.iter().map(|part| (*part).to_owned()).collect();
    let (whole, means, first) = (parts.concat(), row.means, parts[0].clone());
    let problem = if s.rng.chance(1, 2) {
        let answer = build(&mut s.rng, &parts, &[], "parts-swapped");
        Problem::new(answer).tell(say!(
            s.lang,
            "Put the parts together. The word means: {means}",
            "Assemble les morceaux. Le mot veut dire : {means}"
        ))
    } else {
        let mut wrong: Vec<Coded> = Vec::new();
        let at = 1 + s.rng.below(parts.len() as u32 - 1) as usize;
        let kept: Vec<&str> =
            parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, part)| part.as_str()).collect();
        wrong.push((kept.concat(), Some("syllable-drop")));
        let mut swapped = parts.clone();
        swapped.swap(at - 1, at);
        wrong.push((swapped.concat(), Some("parts-swapped")));
        let start = |word: &str| word.chars().take(1).collect::<String>();
        let mut others: Vec<String> =
            table.iter().map(|other| other.parts.concat()).filter(|other| *other != whole).collect();
        s.rng.shuffle(&mut others);
        others.sort_by_key(|other| start(other) != start(&whole));
        wrong.extend(others.into_iter().take(1).map(|other| {
            let code = (start(&other) == start(&whole)).then_some("first-part-guess");
            (other, code)
        }));
        let answer = Answer::choose_text(&mut s.rng, whole.clone(), wrong);
        Problem::new(answer).tell(say!(
            s.lang,
            "Read to the end. Which word means: {means}",
            "Lis jusqu'au bout. Quel mot veut dire : {means}"
        ))
    };
    told(problem, s, "", &whole)
        .step_show([Block::Text(format!("{} → {whole}", parts.join(" · ")))])
        .hint(say!(s.lang, "The first part is “{first}”.", "Le premier morceau est « {first} »."))
        .seconds(40)
}

/// Words whose base changes before the ending; the options are of one base.
fn changed_base(s: &mut Setup) -> Problem {
    let row = s.rng.pick(s.lang.pick(en::TURNED, fr::TURNED));
    let mut wrong: Vec<Coded> = row.others.split(' ').map(|other| (other.to_owned(), Some("wrong-ending"))).collect();
    wrong.push((row.base.to_owned(), Some("drops-ending")));
    let answer = Answer::choose_text(&mut s.rng, row.word, wrong);
    let (means, word, count) = (row.means, row.word, row.word.chars().count());
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Read the words. Which one means: {means}?",
        "Lis les mots. Lequel veut dire : {means} ?"
    ));
    let end: String = word.chars().skip(count.saturating_sub(3)).collect();
    told(problem, s, row.base, word).hint(say!(s.lang, "It ends in {end}", "Il finit par {end}")).seconds(25)
}

fn told(problem: Problem, s: &Setup, base: &str, word: &str) -> Problem {
    let way = if base.is_empty() { word.to_owned() } else { format!("{base} → {word}") };
    problem
        .hint(say!(
            s.lang,
            "Look for a beginning or an ending that you know.",
            "Cherche un début ou une fin que tu connais."
        ))
        .hint(say!(s.lang, "Cover both. What is left in the middle?", "Cache les deux. Que reste-t-il au milieu ?"))
        .step(say!(
            s.lang,
            "Take off the beginning and the ending, read the middle, then put all together:",
            "Enlève le début et la fin, lis le milieu, puis remets tout ensemble :"
        ))
        .step_show([Block::Text(way)])
        .praise(say!(
            s.lang,
            "Yes, you read a very long word by its parts.",
            "Oui, tu as lu un très long mot par ses morceaux."
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        for row in [en::THREE, en::SCHOOL, fr::THREE, fr::SCHOOL].into_iter().flatten() {
            assert!(row.parts.len() > 2 && row.parts.len() < 6, "{:?}", row.parts);
            assert!(!row.means.contains(&row.parts.concat()), "{}", row.means);
        }
        for row in en::TURNED.iter().chain(fr::TURNED) {
            assert!(
                !row.word.starts_with(row.base) || row.word.chars().count() > row.base.chars().count(),
                "{}",
                row.word
            );
            assert!(row.others.split(' ').all(|other| other != row.word && other != row.base), "{}", row.word);
        }
    }
}
