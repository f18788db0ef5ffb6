//! Prefixes and suffixes: what they do to the meaning, and long words read and built by them. Never here: plurals and tenses.

mod en;
mod fr;
mod long;

use chalkbox_tool::{Answer, Block, Lang, Problem, Setup, say, text};

pub use long::long_words;

use crate::data::{Affix, data};
use crate::tiles::build;

/// A wrong option with the misconception it shows.
type Coded = (String, Option<&'static str>);

/// One built word.
#[derive(Clone, Copy)]
struct Built {
    affix: &'static Affix,
    base: &'static str,
    word: &'static str,
    means: &'static str,
}

impl Built {
    /// The affix without its hyphen.
    fn part(&self) -> &'static str {
        self.affix.affix.trim_matches('-')
    }

    fn prefixed(&self) -> bool {
        self.affix.kind == "prefix"
    }

    /// The word in two parts, where the base stays whole but for a last e or a French er.
    fn parts(&self) -> Option<[String; 2]> {
        let part = self.part();
        let kept = |stem: &str| {
            stem == self.base || self.base.strip_suffix("er") == Some(stem) || self.base.strip_suffix('e') == Some(stem)
        };
        if self.prefixed() {
            let stem = self.word.strip_prefix(part)?;
            (stem == self.base).then(|| [part.to_owned(), stem.to_owned()])
        } else {
            let stem = self.word.strip_suffix(part)?;
            kept(stem).then(|| [stem.to_owned(), part.to_owned()])
        }
    }
}

/// The built words of some kinds and levels.
fn built(lang: Lang, kinds: &[&str], levels: &[u8]) -> Vec<Built> {
    let affixes =
        data(lang).affixes.iter().filter(|affix| kinds.contains(&affix.kind) && levels.contains(&affix.level));
    affixes
        .flat_map(|affix| affix.examples.iter().map(|[base, word, means]| Built { affix, base, word, means }))
        .collect()
}

/// `literacy.vocab.affixes`: what word parts do to the meaning.
pub fn meanings(s: &mut Setup) -> Problem {
    match s.band {
        0 => what_does_it_mean(s, &["prefix"], &[3]),
        1 => what_does_it_mean(s, &["suffix"], &[3]),
        2 => build_for_meaning(s),
        3 => join_meanings(s),
        _ => {
            if s.rng.chance(1, 2) {
                no_part(s)
            } else {
                what_does_it_mean(s, &["prefix", "suffix"], &[4, 5])
            }
        }
    }
}

fn what_does_it_mean(s: &mut Setup, kinds: &[&str], levels: &[u8]) -> Problem {
    let all = built(s.lang, kinds, levels);
    let one = *s.rng.pick(&all);
    let same_base = built(s.lang, &["prefix", "suffix"], &[3, 4, 5])
        .into_iter()
        .filter(|other| other.base == one.base && other.word != one.word);
    let mut wrong: Vec<Coded> = same_base.map(|other| (other.means.to_owned(), Some("wrong-ending"))).take(1).collect();
    wrong.push((one.base.to_owned(), Some(if one.prefixed() { "prefix-ignored" } else { "drops-ending" })));
    // "not, before p and b" says for whom it is written: as a meaning its start is enough.
    let means = one.affix.means.split(", devant").next().unwrap_or_default();
    wrong.push((means.to_owned(), Some("affix-only")));
    let mut others: Vec<Built> = all.into_iter().filter(|other| other.base != one.base).collect();
    s.rng.shuffle(&mut others);
    wrong.extend(others.first().map(|other| (other.means.to_owned(), None)));
    wrong.truncate(3);
    let answer = Answer::choose_text(&mut s.rng, one.means, wrong);
    let problem = Problem::new(answer)
        .tell(say!(s.lang, "Read the word. What does it mean?", "Lis le mot. Que veut-il dire ?"))
        .write(one.word.to_owned());
    told(problem, s, one).seconds(25)
}

fn told(problem: Problem, s: &Setup, one: Built) -> Problem {
    let (base, part, does) = (one.base, one.affix.affix, one.affix.means);
    problem
        .hint(say!(s.lang, "Cut it into its parts.", "Coupe-le en morceaux."))
        .hint(say!(
            s.lang,
            "Find the base that you know, then look at what stands before or behind it.",
            "Trouve la base que tu connais, puis regarde ce qui est devant ou derrière."
        ))
        .hint(say!(
            s.lang,
            "The base is “{base}”. The part “{part}” says: {does}.",
            "La base est « {base} ». Le morceau « {part} » dit : {does}."
        ))
        .step(say!(
            s.lang,
            "Say what each part means, then join the meanings:",
            "Dis ce que veut dire chaque morceau, puis assemble :"
        ))
        .step_show([Block::Text(
            format!("{base} + {part} → {} : {}", one.word, one.means).replace(" :", s.lang.pick(":", "\u{a0}:")),
        )])
        .praise(say!(s.lang, "Yes, the parts tell you the meaning.", "Oui, les morceaux te disent le sens."))
}

/// Affixes of the same kind that would not make the same meaning.
fn other_parts(s: &mut Setup, one: Built, count: usize) -> Vec<Coded> {
    let code = (!one.prefixed()).then_some("wrong-ending");
    let mut others: Vec<Coded> = data(s.lang)
        .affixes
        .iter()
        .filter(|other| {
            other.kind == one.affix.kind && other.means != one.affix.means && other.affix != one.affix.affix
        })
        .map(|other| (other.affix.trim_matches('-').to_owned(), code))
        .collect();
    s.rng.shuffle(&mut others);
    others.truncate(count);
    others
}

fn build_for_meaning(s: &mut Setup) -> Problem {
    let mut all = built(s.lang, &["prefix", "suffix"], &[3]);
    all.retain(|one| one.parts().is_some());
    let one = *s.rng.pick(&all);
    let parts = one.parts().unwrap_or_default();
    let mut extra = other_parts(s, one, 1);
    extra.push((s.lang.pick("s", "es").to_owned(), (!one.prefixed()).then_some("wrong-ending")));
    let answer = build(&mut s.rng, &parts, &extra, "parts-swapped");
    let means = one.means;
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Build the word that means: {means}",
        "Construis le mot qui veut dire : {means}"
    ));
    told(problem, s, one).seconds(30)
}

fn join_meanings(s: &mut Setup) -> Problem {
    let all = built(s.lang, &["prefix", "suffix"], &[4]);
    let lead = *s.rng.pick(&all);
    let mut group: Vec<Built> = all
        .iter()
        .copied()
        .filter(|one| one.affix.affix == lead.affix.affix && one.affix.kind == lead.affix.kind)
        .collect();
    group.truncate(3);
    // One more that shares a base with one of them where there is one, else any other.
    let every = built(s.lang, &["prefix", "suffix"], &[3, 4, 5]);
    let mut more: Vec<Built> =
        every.into_iter().filter(|one| !group.iter().any(|other| other.word == one.word)).collect();
    s.rng.shuffle(&mut more);
    more.sort_by_key(|one| !group.iter().any(|other| other.base == one.base));
    group.extend(more.first().copied());
    let mut rules: Vec<(usize, usize, &'static str)> = Vec::new();
    for i in 0..group.len() {
        for j in 0..group.len() {
            if i != j {
                rules.push((i, j, if group[i].base == group[j].base { "wrong-ending" } else { "affix-only" }));
            }
        }
    }
    let pairs = group.iter().map(|one| (text(one.word), text(one.means))).collect();
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &rules);
    let problem =
        Problem::new(answer).tell(say!(s.lang, "Join each word with its meaning.", "Relie chaque mot à son sens."));
    let lines: Vec<Block> = group.iter().map(|one| Block::Text(format!("{} – {}", one.word, one.means))).collect();
    told(problem, s, group[0]).step_show(lines).seconds(45)
}

/// The letters of an affix that are none in one of the words.
struct FalsePart {
    part: &'static str,
    none: &'static str,
    real: &'static str,
}

const fn no(part: &'static str, none: &'static str, real: &'static str) -> FalsePart {
    FalsePart { part, none, real }
}

fn no_part(s: &mut Setup) -> Problem {
    let row = s.rng.pick(s.lang.pick(en::NO_PART, fr::NO_PART));
    let none: Vec<&str> = row.none.split(' ').collect();
    let right = *s.rng.pick(&none);
    let wrong = row.real.split(' ').map(|word| (word.to_owned(), Some("false-affix"))).collect();
    let answer = Answer::choose_text(&mut s.rng, right, wrong);
    let part = row.part;
    let start: String = right.chars().take(3).collect();
    let rest = right.replacen(part.trim_matches('-'), "…", 1);
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "In which word is “{part}” no part with a meaning of its own?",
            "Dans quel mot « {part} » n'est-il pas un morceau qui a un sens ?"
        ))
        .hint(say!(s.lang, "Take the part off. Is the rest a word?", "Enlève le morceau. Le reste est-il un mot ?"))
        .hint(say!(
            s.lang,
            "Does the rest have to do with the meaning of all of it?",
            "Le reste a-t-il un lien avec le sens du tout ?"
        ))
        .hint(say!(s.lang, "It begins with {start}", "Il commence par {start}"))
        .step(say!(
            s.lang,
            "Take the part off each word. Here the rest means nothing that fits:",
            "Enlève le morceau de chaque mot. Ici, le reste ne veut rien dire qui convienne :"
        ))
        .step_show([Block::Text(format!("{right} → {rest}"))])
        .praise(say!(s.lang, "Yes, there it is only letters.", "Oui, là, ce ne sont que des lettres."))
        .seconds(30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_apart() {
        let parts = |lang: Lang, word: &str| {
            let all = built(lang, &["prefix", "suffix"], &[3, 4, 5]);
            all.into_iter().find(|one| one.word == word).and_then(|one| one.parts())
        };
        assert_eq!(parts(Lang::En, "unhappy"), Some(["un".to_owned(), "happy".to_owned()]));
        assert_eq!(parts(Lang::En, "happiness"), None);
        assert_eq!(parts(Lang::Fr, "chanteuse"), Some(["chant".to_owned(), "euse".to_owned()]));
    }

    #[test]
    fn false_parts_are_in_every_word() {
        for row in en::NO_PART.iter().chain(fr::NO_PART) {
            let part = row.part.trim_matches('-');
            for word in row.none.split(' ').chain(row.real.split(' ')) {
                assert!(
                    if row.part.starts_with('-') { word.ends_with(part) } else { word.starts_with(part) },
                    "{word}"
                );
            }
            assert_eq!(row.real.split(' ').count(), 3, "{}", row.part);
        }
    }
}
