//! Endings: read on a known base, and what they do to the meaning: one or many, now or before, more and most. Never here:
//! prefixes and suffixes that make new words, the tables.

mod en;
mod fr;

use chalkbox_tool::{Answer, Block, Figure, Lang, PICTURES, Picture, Problem, Setup, both, say, text};

use crate::data::data;

/// A wrong option with the misconception it shows.
type Coded = (String, Option<&'static str>);

/// A verb in its forms, the base first. English: base, -s, -ed, -ing. French: base, one now, nous, later, before, several before.
struct Verb {
    forms: &'static [&'static str],
    /// Whether the base changes before an ending.
    changes: bool,
}

const fn verb(changes: bool, forms: &'static [&'static str]) -> Verb {
    Verb { forms, changes }
}

/// What asks for a form: its place among the forms, a sentence for it, its meaning by itself.
struct Use {
    form: usize,
    sentence: &'static str,
    means: &'static str,
    /// Forms that would do as well and never stand beside it.
    also: &'static [usize],
}

const fn wants(form: usize, sentence: &'static str, means: &'static str, also: &'static [usize]) -> Use {
    Use { form, sentence, means, also }
}

/// A noun: one with its article, the plain word, many, and the regular ending where it does not fit (else empty).
struct Noun {
    one: &'static str,
    base: &'static str,
    many: &'static str,
    regular: &'static str,
}

const fn noun(one: &'static str, base: &'static str, many: &'static str, regular: &'static str) -> Noun {
    Noun { one, base, many, regular }
}

fn verbs(lang: Lang, changes: bool) -> Vec<&'static Verb> {
    lang.pick(en::VERBS, fr::VERBS).iter().filter(|verb| verb.changes == changes).collect()
}

fn nouns(lang: Lang, odd: bool) -> Vec<&'static Noun> {
    lang.pick(en::NOUNS, fr::NOUNS).iter().filter(|noun| noun.regular.is_empty() != odd).collect()
}

fn uses(lang: Lang) -> &'static [Use] {
    lang.pick(en::USES, fr::USES)
}

/// The other forms of a verb: the base leaves the ending out, the others are wrong endings.
fn other_forms(verb: &Verb, wanted: &Use) -> Vec<Coded> {
    let others = verb
        .forms
        .iter()
        .enumerate()
        .filter(|(i, form)| *i != wanted.form && !wanted.also.contains(i) && **form != verb.forms[wanted.form]);
    others.map(|(i, form)| ((*form).to_owned(), Some(if i == 0 { "drops-ending" } else { "wrong-ending" }))).collect()
}

/// `literacy.word.endings`: words read with their ending.
pub fn read(s: &mut Setup) -> Problem {
    match s.band {
        0 => which_many(s, false),
        1 => form_for(s, false, 2),
        2 => join_forms(s),
        3 => form_that_says(s),
        _ => form_into_sentence(s),
    }
}

/// `literacy.vocab.endings`: what an ending does to the meaning.
pub fn meaning(s: &mut Setup) -> Problem {
    match s.band {
        0 => picture_number(s),
        1 => now_or_before(s),
        2 => ending_into_sentence(s),
        3 => more_and_who(s),
        _ => {
            if s.rng.chance(1, 2) {
                which_many(s, true)
            } else {
                two_endings(s)
            }
        }
    }
}

/// "One cat, two …".
fn which_many(s: &mut Setup, odd: bool) -> Problem {
    let mut all = nouns(s.lang, odd);
    s.rng.shuffle(&mut all);
    let noun = all[0];
    let mut wrong: Vec<Coded> = vec![(noun.base.to_owned(), Some("drops-ending"))];
    if odd {
        wrong.insert(0, (noun.regular.to_owned(), Some("over-regular")));
    } else {
        let first = |other: &Noun| other.base.chars().next() == noun.base.chars().next();
        all[1..].sort_by_key(|other| !first(other));
        wrong.push((all[1].many.to_owned(), first(all[1]).then_some("base-changed")));
    }
    let answer = Answer::choose_text(&mut s.rng, noun.many, wrong);
    let one = noun.one;
    let line = say!(s.lang, "{one}, two ___", "{one}, deux ___");
    let problem = Problem::new(answer)
        .tell(say!(s.lang, "Read. Which word says: more than one?", "Lis. Quel mot veut dire : plus d'un ?"))
        .write(line.clone());
    let count = noun.many.chars().count();
    told(problem, s)
        .hint(say!(s.lang, "It has {count} letters.", "Il a {count} lettres."))
        .step(say!(
            s.lang,
            "Read the base, then the ending that says: many.",
            "Lis la base, puis la fin qui dit : plusieurs."
        ))
        .step_show([Block::Text(line.replace("___", noun.many))])
        .seconds(20)
}

fn told(problem: Problem, s: &Setup) -> Problem {
    problem
        .hint(say!(s.lang, "Cover the ending and read the base.", "Cache la fin et lis la base."))
        .hint(say!(
            s.lang,
            "Now look at the ending. Which small word tells when, or how many?",
            "Regarde la fin. Quel petit mot dit quand, ou combien ?"
        ))
        .praise(say!(s.lang, "Yes, you looked at the ending.", "Oui, tu as bien regardé la fin."))
}

fn drawn_use(s: &mut Setup) -> &'static Use {
    s.rng.pick(uses(s.lang))
}

/// The sentence with a name in it.
fn sentence(s: &mut Setup, wanted: &Use) -> String {
    wanted.sentence.replace("{name}", &s.name())
}

/// A form for a sentence, the base beside it.
fn form_for(s: &mut Setup, changes: bool, others: usize) -> Problem {
    let all = verbs(s.lang, changes);
    let verb = *s.rng.pick(&all);
    let wanted = drawn_use(s);
    let mut wrong = other_forms(verb, wanted);
    // The base always stands among them.
    s.rng.shuffle(&mut wrong[1..]);
    wrong.truncate(others);
    let right = verb.forms[wanted.form];
    let line = sentence(s, wanted);
    let answer = Answer::choose_text(&mut s.rng, right, wrong);
    let base = verb.forms[0];
    let problem = Problem::new(answer)
        .tell(say!(s.lang, "Read. Which form of the word fits?", "Lis. Quelle forme du mot convient ?"))
        .write(format!("{base} → {line}"));
    with_form(told(problem, s), s, verb, wanted, &line)
}

fn with_form(problem: Problem, s: &Setup, verb: &Verb, wanted: &Use, line: &str) -> Problem {
    let (right, means) = (verb.forms[wanted.form], wanted.means);
    let end: String = right.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    problem
        .hint(say!(s.lang, "It must say: {means}. It ends in {end}", "Il faut dire : {means}. Cela finit par {end}"))
        .step(say!(
            s.lang,
            "Find the word that tells when or who, choose the ending, say the sentence:",
            "Trouve le mot qui dit quand ou qui, choisis la fin, dis la phrase :"
        ))
        .step_show([Block::Text(line.replace("___", right))])
        .seconds(25)
}

/// Bases and forms to join where the spelling changes.
fn join_forms(s: &mut Setup) -> Problem {
    let mut all = verbs(s.lang, true);
    s.rng.shuffle(&mut all);
    all.truncate(3);
    let changed = s.lang.pick(&[3, 1], &[2, 3]);
    let form = *s.rng.pick(changed.as_slice());
    let pairs: Vec<(&str, &str)> = all.iter().map(|verb| (verb.forms[0], verb.forms[form])).collect();
    let rules: Vec<(usize, usize, &'static str)> =
        (0..3).flat_map(|i| (0..3).filter(move |j| *j != i).map(move |j| (i, j, "base-changed"))).collect();
    let answer = Answer::matching(
        &mut s.rng,
        pairs.iter().map(|(base, form)| (text(*base), text(*form))).collect(),
        vec![],
        &rules,
    );
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Read. Join each base with its longer form.",
        "Lis. Relie chaque base à sa forme avec une terminaison."
    ));
    let (base, longer) = pairs[0];
    let lines: Vec<Block> = pairs.iter().map(|(base, form)| Block::Text(format!("{base} → {form}"))).collect();
    told(problem, s)
        .hint(say!(s.lang, "“{base}” belongs to “{longer}”.", "« {base} » va avec « {longer} »."))
        .step(say!(
            s.lang,
            "Take the ending off. The base may have changed a letter:",
            "Enlève la terminaison. La base a peut-être changé une lettre :"
        ))
        .step_show(lines)
        .seconds(40)
}

/// Which form says so by itself? All options are of one base.
fn form_that_says(s: &mut Setup) -> Problem {
    let changes = s.rng.chance(1, 2);
    let all = verbs(s.lang, changes);
    let verb = *s.rng.pick(&all);
    let wanted = drawn_use(s);
    let mut wrong = other_forms(verb, wanted);
    wrong.truncate(3);
    let right = verb.forms[wanted.form];
    let answer = Answer::choose_text(&mut s.rng, right, wrong);
    let means = wanted.means;
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Read the words. Which one says: {means}?",
        "Lis les mots. Lequel veut dire : {means} ?"
    ));
    with_form(told(problem, s), s, verb, wanted, "___")
}

fn form_into_sentence(s: &mut Setup) -> Problem {
    let changes = s.rng.chance(1, 2);
    let all = verbs(s.lang, changes);
    let verb = *s.rng.pick(&all);
    let wanted = drawn_use(s);
    let line = sentence(s, wanted);
    let (before, after) = line.split_once("___").unwrap_or((&line, ""));
    let gap = (before.trim_end().to_owned(), after.trim_start().to_owned(), verb.forms[wanted.form].to_owned());
    let answer = Answer::gaps(&mut s.rng, &[gap], &other_forms(verb, wanted));
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Put the form that fits into the sentence.",
        "Mets dans la phrase la forme qui convient."
    ));
    with_form(told(problem, s), s, verb, wanted, &line)
}

/// A picture of one thing or several: which word?
fn picture_number(s: &mut Setup) -> Problem {
    let word = |picture: &Picture, many: bool, lang: Lang| {
        let at = usize::from(many);
        lang.pick(picture.en[at], picture.fr[at])
    };
    let whole: Vec<&Picture> = PICTURES.iter().filter(|picture| picture.en[0] != picture.en[1]).collect();
    let picture = *s.rng.pick(&whole);
    let count = s.rng.range(1, 4);
    let many = count > 1;
    let right = word(picture, many, s.lang);
    let others: Vec<&Picture> = whole.into_iter().filter(|other| other.name != picture.name).collect();
    let other = *s.rng.pick(&others);
    let wrong = vec![
        (word(picture, !many, s.lang).to_owned(), Some(if many { "drops-ending" } else { "wrong-ending" })),
        (word(other, many, s.lang).to_owned(), None),
    ];
    let answer = Answer::choose_text(&mut s.rng, right, wrong);
    let problem = Problem::new(answer)
        .tell(say!(s.lang, "Read. Which word goes with the picture?", "Lis. Quel mot va avec l'image ?"))
        .figure(Figure::Row(vec![picture.name.to_owned(); count as usize]));
    let says = if many {
        say!(s.lang, "more than one", "plusieurs")
    } else {
        say!(s.lang, "only one", "un seul ou une seule")
    };
    told(problem, s)
        .hint(say!(s.lang, "The picture shows {says}.", "L'image montre : {says}."))
        .step(say!(
            s.lang,
            "Count, then choose the word with or without the ending:",
            "Compte, puis choisis le mot avec ou sans la terminaison :"
        ))
        .step_show([Block::Text(format!("{count} {right}"))])
        .seconds(15)
}

/// Short phrases to sort: now or before.
fn now_or_before(s: &mut Setup) -> Problem {
    let (now, before) = s.lang.pick((3, 2), (1, 4));
    let mut all = verbs(s.lang, false);
    s.rng.shuffle(&mut all);
    let things: Vec<(String, usize)> = all
        .iter()
        .take(4)
        .enumerate()
        .map(|(i, verb)| {
            let group = if i < 2 { i } else { s.rng.below(2) as usize };
            let form = verb.forms[if group == 0 { now } else { before }];
            (say!(s.lang, "{form}", "elle {form}"), group)
        })
        .collect();
    let groups = vec![both(say!(s.lang, "now", "maintenant")), both(say!(s.lang, "before", "avant"))];
    let rules: Vec<(usize, usize, &'static str)> =
        things.iter().enumerate().map(|(i, (_, group))| (i, 1 - group, "wrong-ending")).collect();
    let contents = things.iter().map(|(words, group)| (text(words.clone()), *group)).collect();
    let answer = Answer::sorting(&mut s.rng, contents, groups, &rules);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Read. Is it going on now, or was it before?",
        "Lis. Est-ce maintenant, ou était-ce avant ?"
    ));
    let lines = things.iter().map(|(words, group)| {
        let when = if *group == 0 { s.lang.pick("now", "maintenant") } else { s.lang.pick("before", "avant") };
        Block::Text(format!("{words} – {when}"))
    });
    let lines: Vec<Block> = lines.collect();
    told(problem, s)
        .hint(say!(s.lang, "-ing: going on. -ed: it is over.", "-e : cela se passe. -ait : c'était avant."))
        .step(say!(s.lang, "The ending tells when:", "La terminaison dit quand :"))
        .step_show(lines)
        .seconds(40)
}

/// The ending alone into a sentence; the base stands there.
fn ending_into_sentence(s: &mut Setup) -> Problem {
    let all = verbs(s.lang, false);
    let verb = *s.rng.pick(&all);
    let wanted = drawn_use(s);
    let stem = match s.lang {
        Lang::En => verb.forms[0],
        Lang::Fr => verb.forms[0].strip_suffix("er").unwrap_or(verb.forms[0]),
    };
    let ending = |form: &str| form.strip_prefix(stem).unwrap_or(form).to_owned();
    let extra: Vec<Coded> =
        other_forms(verb, wanted).into_iter().skip(1).map(|(form, code)| (ending(&form), code)).collect();
    let line = sentence(s, wanted);
    let (before, after) = line.split_once("___").unwrap_or((&line, ""));
    let gap = (format!("{before}{stem}"), after.trim_start().to_owned(), ending(verb.forms[wanted.form]));
    let answer = Answer::gaps(&mut s.rng, &[gap], &extra);
    let problem =
        Problem::new(answer).tell(say!(s.lang, "Put the right ending to the word.", "Mets la bonne fin au mot."));
    with_form(told(problem, s), s, verb, wanted, &line)
}

/// More and most, who does it; in French what fits la, and who does it.
fn more_and_who(s: &mut Setup) -> Problem {
    let kinds: &[&str] = s.lang.pick(&["-er", "-est"], &["-e", "-eur", "-euse"]);
    let fits = |affix: &&crate::data::Affix| kinds.contains(&affix.affix) && affix.kind != "prefix";
    let affixes: Vec<_> = data(s.lang).affixes.iter().filter(fits).collect();
    let affix = *s.rng.pick(&affixes);
    let [base, right, means] = *s.rng.pick(affix.examples);
    let line = match (affix.affix, affix.kind) {
        ("-er", "ending") => format!("This one is {base}. That one is even ___."),
        ("-est", _) => "Of all of them, this one is the ___.".to_owned(),
        ("-er", _) => format!("A ___ is {means}."),
        ("-e", _) => say!(s.lang, "{base}", "Le sac est {base}. La robe est ___."),
        ("-eur", _) => say!(s.lang, "{base}", "Un ___, c'est {means}."),
        _ => say!(s.lang, "{base}", "Une ___, c'est {means}."),
    };
    let turned = match (affix.affix, affix.kind) {
        ("-er", "ending") => right.strip_suffix("er").map(|stem| format!("{stem}est")),
        ("-est", _) => right.strip_suffix("est").map(|stem| format!("{stem}er")),
        ("-er", _) => Some(format!("{base}ing")),
        ("-e", _) => Some(format!("{base}s")),
        ("-eur", _) => right.strip_suffix("eur").map(|stem| format!("{stem}euse")),
        _ => right.strip_suffix("euse").map(|stem| format!("{stem}eur")),
    };
    let mut wrong: Vec<Coded> = vec![(base.to_owned(), Some("drops-ending"))];
    wrong.extend(turned.map(|other| (other, Some("wrong-ending"))));
    let answer = Answer::choose_text(&mut s.rng, right, wrong);
    let (ending, does) = (affix.affix, affix.means);
    let problem = Problem::new(answer)
        .tell(say!(s.lang, "Read. Which form of the word fits?", "Lis. Quelle forme du mot convient ?"))
        .write(line.clone());
    told(problem, s)
        .hint(say!(s.lang, "The ending {ending} says: {does}.", "La fin {ending} dit : {does}."))
        .step(say!(
            s.lang,
            "Ask what must be said, choose the ending for it, say the sentence:",
            "Demande-toi ce qu'il faut dire, choisis la fin, dis la phrase :"
        ))
        .step_show([Block::Text(line.replace("___", right))])
        .seconds(25)
}

/// Two endings in one sentence: many, and a time.
fn two_endings(s: &mut Setup) -> Problem {
    let all = verbs(s.lang, false);
    let verb = *s.rng.pick(&all);
    let people = s.rng.pick(s.lang.pick(en::PEOPLE, fr::PEOPLE));
    let form = verb.forms[s.lang.pick(2, 5)];
    let gaps = [
        (s.lang.pick("Yesterday two", "Hier, deux").to_owned(), String::new(), people.many.to_owned()),
        (String::new(), s.lang.pick("here.", "ici.").to_owned(), form.to_owned()),
    ];
    let extra: Vec<Coded> = vec![
        (people.base.to_owned(), Some("drops-ending")),
        (verb.forms[0].to_owned(), Some("drops-ending")),
        (verb.forms[3].to_owned(), Some("wrong-ending")),
    ];
    let answer = Answer::gaps(&mut s.rng, &gaps, &extra);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Two words need an ending. Fill the sentence.",
        "Deux mots ont besoin d'une terminaison. Complète la phrase."
    ));
    let whole = format!("{} {} {} {}", gaps[0].0, people.many, form, gaps[1].1);
    told(problem, s)
        .hint(say!(s.lang, "How many? Two. When? It is over.", "Combien ? Deux. Quand ? C'est passé."))
        .step(say!(
            s.lang,
            "First the word that tells how many, then the word that tells when:",
            "D'abord le mot qui dit combien, puis le mot qui dit quand :"
        ))
        .step_show([Block::Text(whole)])
        .seconds(40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        for lang in [Lang::En, Lang::Fr] {
            for verb in lang.pick(en::VERBS, fr::VERBS) {
                assert_eq!(verb.forms.len(), lang.pick(4, 6), "{}", verb.forms[0]);
                let stem = lang.pick(verb.forms[0], verb.forms[0].strip_suffix("er").unwrap_or_default());
                let plain = verb.forms.iter().all(|form| form.starts_with(stem));
                assert!(verb.changes || plain, "{}", verb.forms[0]);
            }
            for wanted in uses(lang) {
                assert!(wanted.sentence.contains("___") && !wanted.also.contains(&wanted.form));
            }
            for noun in lang.pick(en::NOUNS, fr::NOUNS).iter().chain(lang.pick(en::PEOPLE, fr::PEOPLE)) {
                assert!(
                    noun.one.ends_with(noun.base) && noun.many != noun.base && noun.many != noun.regular,
                    "{}",
                    noun.base
                );
            }
            assert!(nouns(lang, true).len() > 6 && nouns(lang, false).len() > 6);
        }
    }
}
