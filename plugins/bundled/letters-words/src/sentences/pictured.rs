//! Sentences read for their meaning, shown by rows of pictures or by who did what. Never here: sentences to write.

use chalkbox_tool::{Answer, Block, Figure, Lang, PICTURES, Picture, Problem, Setup, de, number_words, say, text};

use super::Coded;

/// A wrong row of pictures with the misconception it shows.
type CodedRow = (Vec<&'static str>, Option<&'static str>);

/// `literacy.read.sentence`.
pub fn read_sentence(s: &mut Setup) -> Problem {
    match s.band {
        0 => one_thing(s),
        1 => how_many(s),
        2 => which_sentence(s),
        3 => small_words(s),
        _ => who_to_whom(s),
    }
}

/// Three different pictures.
fn three(s: &mut Setup) -> [&'static Picture; 3] {
    let mut all: Vec<&Picture> = PICTURES.iter().filter(|picture| picture.en[0] != picture.en[1]).collect();
    s.rng.shuffle(&mut all);
    [all[0], all[1], all[2]]
}

fn a(lang: Lang, picture: &Picture) -> &'static str {
    lang.pick(picture.en[2], picture.fr[2])
}

fn the(lang: Lang, picture: &Picture) -> String {
    lang.pick(format!("the {}", picture.en[0]), picture.fr[3].to_owned())
}

fn many(lang: Lang, picture: &Picture, count: i64) -> String {
    if count == 1 {
        a(lang, picture).to_owned()
    } else {
        format!("{} {}", number_words(lang, count), lang.pick(picture.en[1], picture.fr[1]))
    }
}

fn row(pictures: &[&'static str]) -> Vec<Block> {
    vec![Block::Figure(Figure::Row(pictures.iter().map(|name| (*name).to_owned()).collect()))]
}

fn names(parts: &[(&'static Picture, i64)]) -> Vec<&'static str> {
    parts
        .iter()
        .flat_map(|(picture, count)| std::iter::repeat_n(picture.name, usize::try_from(*count).unwrap_or(1)))
        .collect()
}

/// The sentence stands there; rows of pictures are the options.
fn choose_row(s: &mut Setup, sentence: String, right: &[&'static str], wrong: Vec<CodedRow>) -> Problem {
    let options = wrong.into_iter().map(|(pictures, code)| (row(&pictures), code)).collect();
    let answer = Answer::choice(&mut s.rng, row(right), options);
    let problem = Problem::new(answer)
        .tell(say!(
            s.lang,
            "Read the sentence. Which picture does it tell about?",
            "Lis la phrase. De quelle image parle-t-elle ?"
        ))
        .write(sentence.clone());
    told(problem, s).step_show([Block::Text(sentence)]).step_show(row(right)).seconds(25)
}

fn told(problem: Problem, s: &Setup) -> Problem {
    problem
        .hint(say!(
            s.lang,
            "Read it again to the full stop and see it in your mind.",
            "Relis jusqu'au point et vois-le dans ta tête."
        ))
        .hint(say!(
            s.lang,
            "Look at the small words: how many, where, not, who.",
            "Regarde les petits mots : combien, où, pas, qui."
        ))
        .hint(say!(
            s.lang,
            "Check each part of the sentence, one after the other.",
            "Vérifie chaque morceau de la phrase, l'un après l'autre."
        ))
        .step(say!(
            s.lang,
            "Say it in your own words and check each part:",
            "Dis-le avec tes mots et vérifie chaque morceau :"
        ))
        .praise(say!(s.lang, "Yes, you read every word of it.", "Oui, tu en as lu chaque mot."))
}

fn one_thing(s: &mut Setup) -> Problem {
    let [right, one, other] = three(s);
    let thing = a(s.lang, right);
    let sentence = match s.rng.below(3) {
        0 => say!(s.lang, "I can see {thing}.", "Je vois {thing}."),
        1 => say!(s.lang, "This is {thing}.", "Voilà {thing}."),
        _ => say!(s.lang, "There is {thing} here.", "Il y a {thing} ici."),
    };
    choose_row(s, sentence, &[right.name], vec![(vec![one.name], None), (vec![other.name], None)])
}

fn how_many(s: &mut Setup) -> Problem {
    let [one, other, third] = three(s);
    if s.rng.chance(1, 2) {
        let count = s.rng.range(2, 5);
        let less = if count == 2 { 4 } else { count - 1 };
        let things = many(s.lang, one, count);
        let sentence = say!(s.lang, "I see {things}.", "Je vois {things}.");
        let wrong = vec![
            (names(&[(one, less)]), Some("ignores-small-word")),
            (names(&[(other, count)]), None),
            (names(&[(one, 1)]), Some("first-word-match")),
        ];
        return choose_row(s, sentence, &names(&[(one, count)]), wrong);
    }
    let (first, second) = (a(s.lang, one), a(s.lang, other));
    let sentence = say!(s.lang, "There is {first} and {second}.", "Il y a {first} et {second}.");
    let wrong = vec![
        (vec![one.name, third.name], Some("first-word-match")),
        (vec![third.name, other.name], None),
        (vec![one.name], Some("first-word-match")),
    ];
    choose_row(s, sentence, &[one.name, other.name], wrong)
}

/// The picture stands there; sentences that differ in one thing are the options.
fn which_sentence(s: &mut Setup) -> Problem {
    let [one, other, _] = three(s);
    let (first, second) = if s.rng.chance(1, 2) { (2, 1) } else { (3, 2) };
    let lang = s.lang;
    let says = |m: i64, n: i64| {
        let (left, right) = (many(lang, one, m), many(lang, other, n));
        say!(lang, "I see {left} and {right}.", "Je vois {left} et {right}.")
    };
    let right = says(first, second);
    let wrong: Vec<Coded> = vec![
        (says(second, first), Some("who-whom-swap")),
        (says(first, second + 2), Some("ignores-small-word")),
        (says(first + 1, second), Some("ignores-small-word")),
    ];
    let answer = Answer::choose_text(&mut s.rng, right.clone(), wrong);
    let problem = Problem::new(answer)
        .tell(say!(lang, "Look at the picture. Which sentence is true?", "Regarde l'image. Quelle phrase est vraie ?"))
        .figure(Figure::Row(names(&[(one, first), (other, second)]).iter().map(|name| (*name).to_owned()).collect()));
    told(problem, s).step_show([Block::Text(right)]).seconds(30)
}

/// Between, next to, but not.
fn small_words(s: &mut Setup) -> Problem {
    let [one, other, third] = three(s);
    let (x, y, z) = (the(s.lang, one), the(s.lang, other), the(s.lang, third));
    let middle = crate::spell::upper_first(&x);
    match s.rng.below(3) {
        0 => {
            let sentence = say!(s.lang, "{middle} is between {y} and {z}.", "{middle} est entre {y} et {z}.");
            let wrong = vec![
                (vec![one.name, other.name, third.name], Some("ignores-small-word")),
                (vec![other.name, third.name, one.name], Some("ignores-small-word")),
            ];
            choose_row(s, sentence, &[other.name, one.name, third.name], wrong)
        }
        1 => {
            let sentence = say!(
                s.lang,
                "{middle} is next to {y}, not next to {z}.",
                "{middle} est à côté de {y}, et loin de {z}."
            )
            .replace("de le ", "du ");
            let wrong = vec![
                (vec![other.name, third.name, one.name], Some("ignores-small-word")),
                (vec![other.name, one.name, third.name], Some("ignores-small-word")),
            ];
            choose_row(s, sentence, &[one.name, other.name, third.name], wrong)
        }
        _ => {
            let (first, none) =
                (a(s.lang, one), s.lang.pick(format!("no {}", other.en[0]), format!("pas {}", de(other.fr[0]))));
            let sentence = say!(s.lang, "There is {first}, but {none}.", "Il y a {first}, mais {none}.");
            let wrong = vec![
                (vec![one.name, other.name], Some("ignores-small-word")),
                (vec![third.name, other.name], None),
                (vec![other.name], Some("ignores-small-word")),
            ];
            choose_row(s, sentence, &[one.name, third.name], wrong)
        }
    }
}

/// French "que" before a name.
fn que(name: &str) -> String {
    if de(name).starts_with("d'") { format!("qu'{name}") } else { format!("que {name}") }
}

/// Who did it, and to whom?
fn who_to_whom(s: &mut Setup) -> Problem {
    let (a, b) = s.two_names();
    let thing = s.food().indefinite;
    let (of_b, than_b) = (de(&b), que(&b));
    let (sentence, question, first_is_right) = match s.rng.below(6) {
        0 => (
            say!(s.lang, "{a} gives {b} {thing}.", "{a} donne {thing} à {b}."),
            say!(s.lang, "Who has it now?", "Qui l'a maintenant ?"),
            false,
        ),
        1 => (
            say!(s.lang, "{a} gets {thing} from {b}.", "{a} reçoit {thing} {of_b}."),
            say!(s.lang, "Who has it now?", "Qui l'a maintenant ?"),
            true,
        ),
        2 => (
            say!(s.lang, "{a} walks behind {b}.", "{a} marche derrière {b}."),
            say!(s.lang, "Who is in front?", "Qui est devant ?"),
            false,
        ),
        3 => (
            say!(s.lang, "{a} runs faster than {b}.", "{a} court plus vite {than_b}."),
            say!(s.lang, "Who comes last?", "Qui arrive après l'autre ?"),
            false,
        ),
        4 => (
            say!(s.lang, "{a} is called by {b}.", "C'est {a} {than_b} appelle."),
            say!(s.lang, "Who calls?", "Qui appelle ?"),
            false,
        ),
        _ => (
            say!(s.lang, "{a} carries the bag for {b}.", "{a} porte le sac pour {b}."),
            say!(s.lang, "Who holds the bag?", "Qui tient le sac ?"),
            true,
        ),
    };
    let (right, other) = if first_is_right { (a, b) } else { (b, a) };
    let wrong: Vec<Coded> = vec![(other, Some("who-whom-swap")), (s.lang.pick("nobody", "personne").to_owned(), None)];
    let answer = Answer::choice(
        &mut s.rng,
        text(right.clone()),
        wrong.into_iter().map(|(words, code)| (text(words), code)).collect(),
    );
    let problem = Problem::new(answer)
        .tell(say!(s.lang, "Read the sentence, then the question.", "Lis la phrase, puis la question."))
        .write(format!("{sentence}\n{question}"));
    told(problem, s).step_show([Block::Text(format!("{sentence} {question} {right}."))]).seconds(30)
}
