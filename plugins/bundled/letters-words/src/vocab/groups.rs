//! Words sorted into groups. Words are shown and heard. Never here: the tables of groups.

use chalkbox_tool::{Answer, Block, Problem, Setup, both, say};

use super::{Coded, groups_en, groups_fr};

/// A group: its name, its members, things often met with it that are no members.
pub(super) struct Group {
    pub name: &'static str,
    pub members: &'static [&'static str],
    pub beside: &'static [&'static str],
}

pub(super) const fn group(
    name: &'static str,
    members: &'static [&'static str],
    beside: &'static [&'static str],
) -> Group {
    Group { name, members, beside }
}

/// A finer feature: the words of its two sides, and words for each.
pub(super) struct Feature {
    pub sides: [&'static str; 2],
    pub words: [&'static [&'static str]; 2],
}

/// `literacy.vocab.sort-words`.
pub fn sort_words(s: &mut Setup) -> Problem {
    match s.band {
        0 => sort(s, 2, 4),
        1 => sort(s, 2, 6),
        2 => sort(s, 3, 6),
        3 => odd_one(s),
        _ => {
            if s.rng.chance(1, 2) {
                by_feature(s)
            } else {
                name_of_group(s)
            }
        }
    }
}

fn groups(s: &Setup) -> &'static [Group] {
    s.lang.pick(groups_en::GROUPS, groups_fr::GROUPS)
}

fn some(s: &mut Setup, from: &[&'static str], count: usize) -> Vec<&'static str> {
    let mut all = from.to_vec();
    s.rng.shuffle(&mut all);
    all.truncate(count);
    all
}

fn told(problem: Problem, s: &Setup) -> Problem {
    problem
        .hint(say!(s.lang, "What kind of thing is each of them?", "Quelle sorte de chose est-ce, à chaque fois ?"))
        .hint(say!(s.lang, "What do we do with it? Where is it found?", "Qu'en fait-on ? Où le trouve-t-on ?"))
        .praise(say!(s.lang, "Yes, each one stands with its kind.", "Oui, chacun est avec ceux de sa sorte."))
}

/// Words and the baskets for them.
fn sorted_into(s: &mut Setup, names: &[&str], words: &[(&'static str, usize)]) -> Problem {
    let rules: Vec<(usize, usize, &'static str)> = words
        .iter()
        .enumerate()
        .flat_map(|(i, (_, group))| (0..names.len()).filter(move |j| j != group).map(move |j| (i, j, "related-thing")))
        .collect();
    let things = words.iter().map(|(word, group)| (both((*word).to_owned()), *group)).collect();
    let answer =
        Answer::sorting(&mut s.rng, things, names.iter().map(|name| both((*name).to_owned())).collect(), &rules);
    let (word, place) = (words[0].0, names[words[0].1]);
    let lines: Vec<Block> = (0..names.len())
        .map(|at| {
            let members: Vec<&str> = words.iter().filter(|(_, group)| *group == at).map(|(word, _)| *word).collect();
            Block::Text(format!("{} – {}", names[at], members.join(", ")))
        })
        .collect();
    let problem =
        Problem::new(answer).tell(say!(s.lang, "Put each word into its group.", "Mets chaque mot dans son groupe."));
    told(problem, s)
        .hint(say!(s.lang, "“{word}” goes to: {place}.", "« {word} » va avec : {place}."))
        .step(say!(
            s.lang,
            "Name each one, ask what kind of thing it is, put it with its kind:",
            "Nomme chacun, demande-toi quelle sorte de chose c'est, mets-le avec sa sorte :"
        ))
        .step_show(lines)
        .seconds(45)
}

fn sort(s: &mut Setup, count: usize, words: usize) -> Problem {
    let mut places: Vec<usize> = (0..groups(s).len()).collect();
    s.rng.shuffle(&mut places);
    let chosen: Vec<&Group> = places.iter().take(count).map(|place| &groups(s)[*place]).collect();
    let mut all: Vec<(&'static str, usize)> = Vec::new();
    for (at, group) in chosen.iter().enumerate() {
        all.extend(some(s, group.members, words / count).into_iter().map(|word| (word, at)));
    }
    let names: Vec<&str> = chosen.iter().map(|group| group.name).collect();
    sorted_into(s, &names, &all)
}

fn by_feature(s: &mut Setup) -> Problem {
    let feature = s.rng.pick(s.lang.pick(groups_en::FEATURES, groups_fr::FEATURES));
    let mut all: Vec<(&'static str, usize)> = Vec::new();
    for (at, words) in feature.words.iter().enumerate() {
        all.extend(some(s, words, 3).into_iter().map(|word| (word, at)));
    }
    sorted_into(s, &feature.sides, &all)
}

/// Three of a kind and one that is often met with them.
fn odd_one(s: &mut Setup) -> Problem {
    let group = s.rng.pick(groups(s));
    let members = some(s, group.members, 3);
    let odd = some(s, group.beside, 1)[0];
    let wrong = members.iter().map(|word| (both((*word).to_owned()), Some("related-thing"))).collect();
    let answer = Answer::choice(&mut s.rng, both(odd.to_owned()), wrong);
    let (name, list) = (group.name, members.join(", "));
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Which one does not belong to the others?",
        "Lequel ne va pas avec les autres ?"
    ));
    told(problem, s)
        .hint(say!(s.lang, "Three of them are of this kind: {name}.", "Trois sont de cette sorte : {name}."))
        .step(say!(s.lang, "Three are of one kind: {name}.", "Trois sont de la même sorte : {name}."))
        .step_show([Block::Text(format!("{list} / {odd}"))])
        .seconds(20)
}

/// One word for all of them: neither too wide nor too narrow.
fn name_of_group(s: &mut Setup) -> Problem {
    let group = s.rng.pick(groups(s));
    let members = some(s, group.members, 3);
    let mut others: Vec<&str> = groups(s).iter().map(|other| other.name).filter(|name| *name != group.name).collect();
    s.rng.shuffle(&mut others);
    let wrong: Vec<Coded> = vec![
        (s.lang.pick("things", "choses").to_owned(), Some("too-general")),
        (some(s, group.beside, 1)[0].to_owned(), Some("related-thing")),
        (others[0].to_owned(), None),
    ];
    let options = wrong.into_iter().map(|(words, code)| (both(words), code)).collect();
    let answer = Answer::choice(&mut s.rng, both(group.name.to_owned()), options);
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "Which word says best what all of these are?",
            "Quel mot dit le mieux ce que sont tous ceux-là ?"
        ))
        .show(both(members.join(", ")));
    let start: String = group.name.chars().take(1).collect();
    told(problem, s)
        .hint(say!(s.lang, "It begins with {start}.", "Cela commence par {start}."))
        .step(say!(s.lang, "Ask what is the same about all of them:", "Demande-toi ce qui est pareil pour tous :"))
        .step_show([Block::Text(format!("{} – {}", members.join(", "), group.name))])
        .seconds(20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::Lang;

    #[test]
    fn nothing_is_in_two_groups() {
        for lang in [Lang::En, Lang::Fr] {
            let groups = lang.pick(groups_en::GROUPS, groups_fr::GROUPS);
            for (i, group) in groups.iter().enumerate() {
                assert!(group.members.len() > 5 && group.beside.len() > 1, "{}", group.name);
                for word in group.members {
                    assert!(
                        groups.iter().enumerate().all(|(j, other)| i == j || !other.members.contains(word)),
                        "{word}"
                    );
                    assert!(!group.beside.contains(word), "{word}");
                }
            }
            for feature in lang.pick(groups_en::FEATURES, groups_fr::FEATURES) {
                assert!(feature.words[0].iter().all(|word| !feature.words[1].contains(word)), "{:?}", feature.sides);
            }
        }
    }
}
