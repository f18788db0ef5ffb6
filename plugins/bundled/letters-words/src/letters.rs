//! Letters: telling shapes apart, capital and small, alphabetical order. Never here: sounds, words to be read for sense.

use chalkbox_tool::{Answer, Block, Problem, Rng, Setup, say, text};

use crate::data::{Data, Letter, Word, data, dictionary_key, in_hints};

type Coded = (String, Option<&'static str>);

/// The misconception of taking one small letter for another that looks like it.
pub fn confusion(asked: &str, taken: &str) -> &'static str {
    match (asked, taken) {
        ("b", "d") | ("d", "b") | ("p", "q") | ("q", "p") => "b-d-reversal",
        ("n", "u") | ("u", "n") | ("m", "w") | ("w", "m") => "upside-letter",
        _ => "look-alike",
    }
}

/// `literacy.letter.shapes`: the same letter among others, from very different ones to look-alikes.
pub fn shapes(s: &mut Setup) -> Problem {
    let data = data(s.lang);
    match s.band {
        4 => letter_in_words(s, data),
        1.. if s.rng.chance(1, 3) => same_letters(s, data),
        _ => same_letter(s, data),
    }
}

/// The letters that a band asks: a to z first, those with an accent or joined once the plain ones are known.
fn of_band(data: &'static Data, band: u8) -> &'static [Letter] {
    if band < 2 { &data.letters[..26] } else { data.letters }
}

/// Letters that differ from `letter` in the way that a band asks for, with what taking them shows.
fn others(rng: &mut Rng, data: &'static Data, letter: &'static Letter, band: u8) -> Vec<Coded> {
    let mut from: Vec<&Letter> = of_band(data, band).iter().filter(|other| other.small != letter.small).collect();
    rng.shuffle(&mut from);
    let alike = |other: &Letter| letter.looks.contains(&other.small) || other.looks.contains(&letter.small);
    let unlike = |other: &&Letter| !alike(other) && dictionary_key(other.small) != dictionary_key(letter.small);
    match band {
        0 | 1 => {
            let far = from.iter().filter(|other| other.shape != letter.shape).filter(|other| unlike(other));
            far.map(|other| (other.small.to_owned(), None)).collect()
        }
        2 => {
            // A small shape group is filled up with letters of other groups.
            let near = from.iter().filter(|other| other.shape == letter.shape).filter(|other| unlike(other));
            let far = from.iter().filter(|other| other.shape != letter.shape).filter(|other| unlike(other));
            near.chain(far).map(|other| (other.small.to_owned(), None)).collect()
        }
        _ => {
            let (mut alike, far): (Vec<_>, Vec<_>) = from.into_iter().partition(|other| alike(other));
            alike.sort_by_key(|other| letter.looks.iter().position(|small| *small == other.small).unwrap_or(99));
            let near =
                alike.into_iter().map(|other| (other.small.to_owned(), Some(confusion(letter.small, other.small))));
            near.chain(far.into_iter().map(|other| (other.small.to_owned(), None))).collect()
        }
    }
}

fn same_letter(s: &mut Setup, data: &'static Data) -> Problem {
    let letter = s.rng.pick(of_band(data, s.band));
    let mut wrong = others(&mut s.rng, data, letter, s.band);
    wrong.truncate(if s.band == 0 { 2 } else { 3 });
    let small = letter.small;
    let answer = Answer::choose_text(&mut s.rng, small, wrong);
    shape_words(
        Problem::new(answer)
            .tell(say!(s.lang, "Find the same letter.", "Trouve la même lettre."))
            .write(small.to_owned())
            .step(say!(
                s.lang,
                "Look at the stick, the belly and the hook of the letter.",
                "Regarde le bâton, le ventre et le crochet de la lettre."
            ))
            .step_show([Block::Text(small.to_owned())])
            .praise(say!(s.lang, "Yes, it is the same letter: {small}.", "Oui, c'est la même lettre : {small}."))
            .seconds(12),
        s,
    )
}

fn same_letters(s: &mut Setup, data: &'static Data) -> Problem {
    let first = s.rng.pick(of_band(data, s.band));
    let mut row = others(&mut s.rng, data, first, s.band);
    row.truncate(if s.band < 3 { 2 } else { 3 });
    let mut letters = vec![first.small.to_owned()];
    letters.extend(row.iter().map(|(small, _)| small.clone()));
    let mut rules = Vec::new();
    for (i, (_, code)) in row.iter().enumerate() {
        if let Some(code) = code {
            rules.extend([(0, i + 1, *code), (i + 1, 0, *code)]);
        }
    }
    let pairs = letters.iter().map(|small| (text(small.clone()), text(small.clone()))).collect();
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &rules);
    let all = letters.join("  ").replace("  ", " ");
    shape_words(
        Problem::new(answer)
            .tell(say!(s.lang, "Join the letters that are the same.", "Relie les lettres qui sont pareilles."))
            .step(say!(
                s.lang,
                "Take one letter and look for its twin on the other side.",
                "Prends une lettre et cherche sa jumelle de l'autre côté."
            ))
            .step_show([Block::Text(all)])
            .praise(say!(s.lang, "Yes, each letter has found its twin.", "Oui, chaque lettre a trouvé sa jumelle."))
            .seconds(25),
        s,
    )
}

fn shape_words(problem: Problem, s: &Setup) -> Problem {
    problem
        .hint(say!(s.lang, "Where is the stick? Where is the belly?", "Où est le bâton ? Où est le ventre ?"))
        .hint(say!(
            s.lang,
            "Trace it with your finger, then trace the others.",
            "Suis-la avec le doigt, puis suis les autres."
        ))
        .hint(say!(
            s.lang,
            "Look at one part only, such as the side of the belly, and compare it in each letter.",
            "Regarde un seul détail, par exemple le côté du ventre, et compare-le dans chaque lettre."
        ))
}

/// Touch every word in which a letter stands; the others hold letters that look like it.
fn letter_in_words(s: &mut Setup, data: &'static Data) -> Problem {
    let (mut letter, mut with, mut without) = (&data.letters[0], vec![], vec![]);
    for _ in 0..60 {
        letter = s.rng.pick(data.letters);
        (with, without) = holding(data, letter.small, letter.looks);
        if with.len() > 5 && without.len() > 5 {
            break;
        }
    }
    let small = letter.small;
    s.rng.shuffle(&mut with);
    s.rng.shuffle(&mut without);
    let count = 2 + s.rng.below(2) as usize;
    let right: Vec<Vec<Block>> = with.iter().take(count).map(|word| text(word.w)).collect();
    let wrong = without
        .iter()
        .take(5 - count)
        .map(|word| {
            let taken = letter.looks.iter().find(|looks| word.w.contains(**looks)).copied().unwrap_or_default();
            (text(word.w), Some(confusion(small, taken)))
        })
        .collect();
    let answer = Answer::choice_of_all(&mut s.rng, right, wrong);
    shape_words(
        Problem::new(answer)
            .tell(say!(
                s.lang,
                "Touch every word in which you see this letter.",
                "Touche tous les mots où tu vois cette lettre."
            ))
            .write(small.to_owned())
            .step(say!(
                s.lang,
                "Go along each word, letter by letter, and compare.",
                "Avance dans chaque mot, lettre par lettre, et compare."
            ))
            .step(say!(s.lang, "{count} words have this letter.", "{count} mots ont cette lettre."))
            .praise(say!(
                s.lang,
                "Yes, you found it in each of its words.",
                "Oui, tu l'as trouvée dans chacun de ses mots."
            ))
            .seconds(30),
        s,
    )
}

/// Short words with a letter, and short words without it that hold one of its look-alikes.
fn holding(data: &'static Data, small: &str, looks: &[&str]) -> (Vec<&'static Word>, Vec<&'static Word>) {
    let short = data.words.iter().filter(|word| (3..=6).contains(&word.w.chars().count()));
    let (with, without): (Vec<_>, Vec<_>) = short.partition(|word| word.w.contains(small));
    let without = without.into_iter().filter(|word| looks.iter().any(|looks| word.w.contains(looks))).collect();
    (with, without)
}

/// How much a capital looks like its small letter: 0 the same, 1 partly, 2 differs, 3 differs and has look-alikes.
fn capital_step(small: &str) -> u8 {
    match dictionary_key(small).as_str() {
        "c" | "o" | "s" | "v" | "w" | "x" | "z" => 0,
        "f" | "i" | "j" | "k" | "m" | "p" | "t" | "u" | "y" => 1,
        "b" | "d" | "g" | "q" => 3,
        _ => 2,
    }
}

/// `literacy.letter.capitals`: join or choose capital and small, then whole words.
pub fn capitals(s: &mut Setup) -> Problem {
    let data = data(s.lang);
    if s.band == 4 {
        return capital_words(s, data);
    }
    let letters: Vec<&Letter> =
        of_band(data, s.band).iter().filter(|letter| capital_step(letter.small) == s.band).collect();
    if s.rng.chance(1, 2) { capital_pairs(s, data, letters) } else { capital_choice(s, data, letters) }
}

fn capital_choice(s: &mut Setup, data: &'static Data, letters: Vec<&'static Letter>) -> Problem {
    let letter = *s.rng.pick(&letters);
    let to_capital = s.rng.chance(2, 3);
    let form = |letter: &Letter| (if to_capital { letter.capital } else { letter.small }).to_owned();
    let (shown, right) = if to_capital { (letter.small, letter.capital) } else { (letter.capital, letter.small) };
    let mut near: Vec<&Letter> = letter.looks.iter().filter_map(|small| data.letter(small)).collect();
    s.rng.shuffle(&mut near);
    // The mirror letter first: it is the mistake that tells most.
    near.sort_by_key(|other| confusion(letter.small, other.small) != "b-d-reversal");
    let mut wrong: Vec<Coded> = Vec::new();
    if to_capital && s.band >= 2 {
        wrong.push((letter.small.to_owned(), Some("capital-only-bigger")));
    }
    let near_count = usize::from(s.band.max(1)).min(2);
    wrong.extend(near.iter().take(near_count).map(|other| {
        let code = if confusion(letter.small, other.small) == "b-d-reversal" { "b-d-reversal" } else { "look-alike" };
        (form(other), Some(code))
    }));
    let mut rest: Vec<&Letter> = data.letters.iter().take(26).filter(|other| other.small != letter.small).collect();
    s.rng.shuffle(&mut rest);
    let size = if s.band == 0 { 2 } else { 3 };
    for other in rest {
        if wrong.len() >= size {
            break;
        }
        if !wrong.iter().any(|(taken, _)| *taken == form(other)) {
            wrong.push((form(other), None));
        }
    }
    wrong.truncate(size);
    let answer = Answer::choose_text(&mut s.rng, right, wrong);
    let ask = if to_capital {
        say!(s.lang, "Which one is the capital of this letter?", "Quelle est la majuscule de cette lettre ?")
    } else {
        say!(s.lang, "Which one is the small letter of this capital?", "Quelle est la minuscule de cette majuscule ?")
    };
    capital_words_of(
        Problem::new(answer).tell(ask).write(shown.to_owned()),
        s,
        format!("{} {}", letter.capital, letter.small),
    )
    .seconds(12)
}

fn capital_pairs(s: &mut Setup, data: &'static Data, mut letters: Vec<&'static Letter>) -> Problem {
    s.rng.shuffle(&mut letters);
    // One of each base letter, so that é and è never stand for e in the same item below the top.
    let mut chosen: Vec<&Letter> = Vec::new();
    for letter in letters {
        if chosen.len() < 3 + usize::from(s.band > 1)
            && !chosen.iter().any(|other| dictionary_key(other.small) == dictionary_key(letter.small))
        {
            chosen.push(letter);
        }
    }
    let mut rules = Vec::new();
    for (i, one) in chosen.iter().enumerate() {
        for (j, other) in chosen.iter().enumerate() {
            if one.looks.contains(&other.small) {
                let code =
                    if confusion(one.small, other.small) == "b-d-reversal" { "b-d-reversal" } else { "look-alike" };
                rules.push((i, j, code));
            }
        }
    }
    let mut extra = Vec::new();
    if s.band > 0
        && let Some(near) = chosen[0].looks.iter().find(|small| !chosen.iter().any(|other| other.small == **small))
        && let Some(near) = data.letter(near)
    {
        rules.push((
            0,
            chosen.len(),
            if confusion(chosen[0].small, near.small) == "b-d-reversal" { "b-d-reversal" } else { "look-alike" },
        ));
        extra.push(text(near.capital));
    }
    let all = chosen.iter().map(|letter| format!("{} {}", letter.capital, letter.small)).collect::<Vec<_>>().join(", ");
    let pairs = chosen.iter().map(|letter| (text(letter.small), text(letter.capital))).collect();
    let answer = Answer::matching(&mut s.rng, pairs, extra, &rules);
    let ask = say!(s.lang, "Join each small letter to its capital.", "Relie chaque minuscule à sa majuscule.");
    capital_words_of(Problem::new(answer).tell(ask), s, all).seconds(30)
}

fn capital_words_of(problem: Problem, s: &Setup, all: String) -> Problem {
    let word = s.band == 4;
    let first = if word {
        say!(s.lang, "Go from letter to letter and compare.", "Avance lettre par lettre et compare.")
    } else {
        say!(s.lang, "Say the letter, then look for the same one.", "Dis la lettre, puis cherche la même.")
    };
    let second = if word {
        say!(
            s.lang,
            "Which letter is another one in the words that look alike?",
            "Dans les mots qui se ressemblent, quelle lettre est différente ?"
        )
    } else if all.is_ascii() {
        say!(
            s.lang,
            "Think of a name that begins with this letter. How does it start?",
            "Pense à un prénom qui commence par cette lettre. Comment commence-t-il ?"
        )
    } else {
        // Hardly a name begins with ê or ç.
        say!(
            s.lang,
            "A capital keeps its accent and every other small mark.",
            "La majuscule garde l'accent et tous les autres petits signes."
        )
    };
    problem
        .hint(first)
        .hint(second)
        .hint(say!(
            s.lang,
            "Write it in the air, small and then as a capital.",
            "Écris-la en l'air, en minuscule puis en majuscule."
        ))
        .step(say!(s.lang, "Capital and small letter belong together:", "La majuscule et la minuscule vont ensemble :"))
        .step_show([Block::Text(all)])
        .praise(say!(s.lang, "Yes, big and small belong together.", "Oui, la grande et la petite vont ensemble."))
}

/// A word in small letters and the same word in capitals, among words that differ in one look-alike letter.
fn capital_words(s: &mut Setup, data: &'static Data) -> Problem {
    let words: Vec<&Word> = data.words.iter().filter(|word| (3..=6).contains(&word.w.chars().count())).collect();
    let word = s.rng.pick(&words).w;
    let letters: Vec<char> = word.chars().collect();
    let mut wrong: Vec<Coded> = Vec::new();
    for (i, c) in letters.iter().enumerate() {
        let Some(letter) = data.letter(&c.to_string()) else { continue };
        for looks in letter.looks {
            let mut changed: Vec<String> = letters.iter().map(char::to_string).collect();
            changed[i] = (*looks).to_owned();
            let code = if confusion(letter.small, looks) == "b-d-reversal" { "b-d-reversal" } else { "look-alike" };
            wrong.push((changed.concat(), Some(code)));
        }
    }
    wrong.retain(|(made, _)| !crate::data::unkind(&dictionary_key(made)));
    s.rng.shuffle(&mut wrong);
    wrong.sort_by_key(|(_, code)| *code != Some("b-d-reversal"));
    wrong.dedup_by(|a, b| a.0 == b.0);
    wrong.truncate(3);
    let up = s.rng.chance(1, 2);
    let form = |w: &str| if up { w.to_uppercase() } else { w.to_owned() };
    let shown = if up { word.to_owned() } else { word.to_uppercase() };
    let wrong = wrong.into_iter().map(|(made, code)| (form(&made), code)).collect();
    let answer = Answer::choose_text(&mut s.rng, form(word), wrong);
    let ask = if up {
        say!(s.lang, "Find the same word in capitals.", "Trouve le même mot en majuscules.")
    } else {
        say!(s.lang, "Find the same word in small letters.", "Trouve le même mot en minuscules.")
    };
    let all = format!("{} {word}", word.to_uppercase());
    capital_words_of(Problem::new(answer).tell(ask).write(shown), s, all).seconds(20)
}

/// `literacy.letter.abc-order`: letters, then words, in the order of the alphabet.
pub fn abc_order(s: &mut Setup) -> Problem {
    let data = data(s.lang);
    match (s.band, s.rng.below(3)) {
        (0, 0) => missing_letter(s, 3),
        (1, 0) => missing_letter(s, 4),
        (0, _) => {
            let start = s.rng.range(0, 23) as u8;
            order_letters(s, vec![start, start + 1, start + 2])
        }
        (1, _) => {
            let mut places: Vec<u8> = s.rng.distinct(0, 25, 4).into_iter().map(|n| n as u8).collect();
            places.sort_unstable();
            order_letters(s, places)
        }
        (band, 0) => between_words(s, data, usize::from(band) - 2),
        (band, _) => order_words(s, data, usize::from(band) - 2),
    }
}

fn abc(place: u8) -> String {
    char::from(b'a' + place.min(25)).to_string()
}

/// What comes first, for things to put in order.
fn first_of_all(s: &Setup) -> String {
    say!(
        s.lang,
        "Which letter comes first in the alphabet? Put it at the beginning.",
        "Quelle lettre vient d'abord dans l'alphabet ? Mets-la au début."
    )
}

/// Hints and praise of every form; the second hint is its own.
fn abc_words(problem: Problem, s: &Setup, second: String) -> Problem {
    problem
        .hint(say!(s.lang, "Sing the alphabet quietly to yourself.", "Chante l'alphabet tout bas."))
        .hint(second)
        .praise(say!(s.lang, "Yes, that is the order of the alphabet.", "Oui, c'est l'ordre de l'alphabet."))
}

fn missing_letter(s: &mut Setup, length: u8) -> Problem {
    let start = s.rng.range(0, i64::from(26 - length)) as u8;
    let gap = s.rng.range(1, i64::from(length) - 1) as u8;
    let right = abc(start + gap);
    let row: Vec<String> = (0..length).map(|i| if i == gap { "_".to_owned() } else { abc(start + i) }).collect();
    let (before, after) = (abc(start + gap - 1), abc((start + gap + 1).min(25)));
    let answer = Answer::text(&right, 1, &[(&before, "swaps-neighbours"), (&after, "swaps-neighbours")]);
    abc_words(
        Problem::new(answer)
            .tell(say!(s.lang, "Type the letter that is missing.", "Écris la lettre qui manque."))
            .write(row.join(" "))
            .step(say!(
                s.lang,
                "Say the alphabet along the row: after {before} comes {right}.",
                "Dis l'alphabet le long de la ligne : après {before} vient {right}."
            )),
        s,
        say!(s.lang, "Look at the letters on both sides of the gap.", "Regarde les lettres de chaque côté du trou."),
    )
    .hint(say!(s.lang, "Begin at {before} and say the next letter.", "Commence à {before} et dis la lettre suivante."))
    .seconds(20)
}

fn order_letters(s: &mut Setup, places: Vec<u8>) -> Problem {
    let letters: Vec<String> = places.iter().map(|place| abc(*place)).collect();
    let contents = letters.iter().map(|letter| text(letter.clone())).collect();
    let answer = Answer::order(&mut s.rng, contents, swapped(letters.len()));
    let all = letters.join(" ");
    let first = &letters[0];
    abc_words(
        Problem::new(answer)
            .tell(say!(
                s.lang,
                "Put the letters in the order of the alphabet.",
                "Range les lettres dans l'ordre de l'alphabet."
            ))
            .step(say!(
                s.lang,
                "Say the alphabet and stop at each of these letters.",
                "Dis l'alphabet et arrête-toi à chacune de ces lettres."
            ))
            .step_show([Block::Text(all)]),
        s,
        first_of_all(s),
    )
    .hint(say!(s.lang, "The first one is {first}.", "La première est {first}."))
    .seconds(30)
}

/// Each pair of neighbours swapped.
fn swapped(count: usize) -> Vec<(Vec<usize>, &'static str)> {
    let orders = (1..count).map(|at| {
        let mut order: Vec<usize> = (0..count).collect();
        order.swap(at - 1, at);
        (order, "swaps-neighbours")
    });
    orders.collect()
}

/// Words sorted as in a dictionary that share their first `shared` letters.
fn row_of_words(rng: &mut Rng, data: &'static Data, shared: usize, count: usize) -> Vec<&'static Word> {
    for _ in 0..200 {
        let first = rng.pick(data.words);
        let Some(start) = first.key.get(..shared) else { continue };
        let mut group: Vec<&Word> = data.words.iter().filter(|word| word.key.starts_with(start)).collect();
        rng.shuffle(&mut group);
        let next = |word: &Word| word.key.as_bytes().get(shared).copied();
        let mut row: Vec<&Word> = Vec::new();
        for word in group {
            // Another next letter each, and no words of under three letters, so that one place decides.
            let fresh = next(word).is_some() && !row.iter().any(|other| next(other) == next(word));
            if row.len() < count && fresh && word.key.len() > 2 && !in_hints(word.w) {
                row.push(word);
            }
        }
        if row.len() == count {
            row.sort_by_key(|word| word.key);
            return row;
        }
    }
    data.words[..count].iter().collect()
}

fn listed(row: &[&Word]) -> String {
    row.iter().map(|word| word.w).collect::<Vec<_>>().join(", ")
}

fn order_words(s: &mut Setup, data: &'static Data, shared: usize) -> Problem {
    let mut row = row_of_words(&mut s.rng, data, shared, 3);
    let mut rules: Vec<(Vec<usize>, &'static str)> = Vec::new();
    if shared > 0 {
        // A word with a later first letter, so that going by the first letter alone leaves the others as they may be found.
        let later: Vec<&Word> =
            data.words.iter().filter(|word| word.key.len() > 2 && word.key[..1] > row[0].key[..1]).collect();
        if !later.is_empty() {
            row.push(*s.rng.pick(later.as_slice()));
        }
        rules.extend([vec![1, 0, 2, 3], vec![0, 2, 1, 3], vec![2, 1, 0, 3], vec![1, 2, 0, 3], vec![2, 0, 1, 3]].map(
            |mut order| {
                order.retain(|place| *place < row.len());
                (order, "first-letter-only")
            },
        ));
    }
    let mut by_length: Vec<usize> = (0..row.len()).collect();
    by_length.sort_by_key(|place| row[*place].w.chars().count());
    if by_length.windows(2).any(|two| two[0] > two[1]) {
        rules.push((by_length, "orders-by-length"));
    }
    rules.extend(swapped(row.len()));
    let contents = row.iter().map(|word| text(word.w)).collect();
    let answer = Answer::order(&mut s.rng, contents, rules);
    let first = row[0].w;
    let what = look_at(s, shared);
    abc_words(
        Problem::new(answer)
            .tell(say!(
                s.lang,
                "Put the words in the order of the alphabet.",
                "Range les mots dans l'ordre de l'alphabet."
            ))
            .step(what.clone())
            .step_show([Block::Text(listed(&row))]),
        s,
        first_of_all(s),
    )
    .hint(what)
    .hint(say!(s.lang, "The first word is {first}.", "Le premier mot est {first}."))
    .seconds(45)
}

fn look_at(s: &Setup, shared: usize) -> String {
    match shared {
        0 => say!(s.lang, "Compare the first letters.", "Compare les premières lettres."),
        1 => say!(
            s.lang,
            "Same first letter? Then compare the second letters.",
            "Même première lettre ? Compare alors les deuxièmes."
        ),
        _ => say!(
            s.lang,
            "Same first and second letters? Then compare the third letters.",
            "Mêmes première et deuxième lettres ? Compare alors les troisièmes."
        ),
    }
}

/// Which word stands between two others in the dictionary?
fn between_words(s: &mut Setup, data: &'static Data, shared: usize) -> Problem {
    let row = row_of_words(&mut s.rng, data, shared, 3);
    let (low, right, high) = (row[0], row[1].w, row[2]);
    let mut outside: Vec<&Word> =
        data.words.iter().filter(|word| word.key.len() > 2 && (word.key < low.key || word.key > high.key)).collect();
    s.rng.shuffle(&mut outside);
    // Near ones first: those that share the first letter look as if they would fit.
    let near = |word: &&Word| word.key[..1] == low.key[..1] || word.key[..1] == high.key[..1];
    outside.sort_by_key(|word| !near(word));
    let wrong =
        outside.iter().take(2).map(|word| (word.w.to_owned(), near(word).then_some("first-letter-only"))).collect();
    let answer = Answer::choose_text(&mut s.rng, right, wrong);
    let what = look_at(s, shared);
    let start_of: String = right.chars().take(shared + 1).collect();
    abc_words(
        Problem::new(answer)
            .tell(say!(
                s.lang,
                "Which word comes between these two in the dictionary?",
                "Quel mot vient entre ces deux-là dans le dictionnaire ?"
            ))
            .write(format!("{} … {}", low.w, high.w))
            .step(what.clone())
            .step_show([Block::Text(listed(&row))]),
        s,
        say!(
            s.lang,
            "It comes after the first word and before the second one.",
            "Il vient après le premier mot et avant le deuxième."
        ),
    )
    .hint(what)
    .hint(say!(s.lang, "It begins with: {start_of}", "Il commence par : {start_of}"))
    .seconds(40)
}
