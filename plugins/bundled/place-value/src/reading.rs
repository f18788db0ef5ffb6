//! Numbers read and written, heard or laid in blocks: to 99 here, lent to larger numbers. Never here: which number is bigger.

use chalkbox_tool::{Answer, Block, Lang, Problem, Rule, Setup, number_words, say, text};

use crate::digits::{blocks, choose, misheard, units};

/// Reads and writes numbers to 99.
pub fn read_99(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, _) => {
            let n = if form < 2 { s.rng.range(11, 19) } else { s.rng.range(2, 9) * 10 };
            let mut rules = vec![];
            for _ in 0..3 {
                rules.push((s.rng.range(1, 9) * 10 + s.rng.range(1, 9), "number-name-slip"));
            }
            find_written(s, n, &rules, 4, 99)
        }
        (1, 0) | (2, 0) => {
            let n = s.rng.range(21, 59 + 40 * i64::from(s.band - 1));
            from_blocks(s, n)
        }
        (1, _) => {
            let n = s.rng.range(2, 5) * 10 + s.rng.range(1, 9);
            find_written(
                s,
                n,
                &[(n + 11, "number-name-slip"), (n + 22, "number-name-slip"), (n - 9, "number-name-slip")],
                4,
                99,
            )
        }
        (2, _) => {
            let n = s.rng.range(21, 99);
            let rules = misheard(s.lang, n);
            find_written(s, n, &rules, 4, 999)
        }
        (3, 0) => from_words_in_pairs(s),
        (3, _) => {
            let n = s.rng.range(11, 99);
            write_it(s, n)
        }
        (_, 0) => from_words_in_pairs(s),
        (_, 1) => {
            let n = if s.rng.chance(1, 2) { s.rng.range(13, 19) } else { s.rng.range(3, 9) * 10 };
            let rules = misheard(s.lang, n);
            find_written(s, n, &rules, 4, 999)
        }
        _ => {
            let n = if s.rng.chance(1, 2) { s.rng.range(13, 19) } else { s.rng.range(3, 9) * 10 + s.rng.range(0, 9) };
            write_it(s, n)
        }
    }
}

/// Hints, steps and praise for a number that is heard or read in words.
pub fn reading_help(s: &Setup, n: i64, problem: Problem) -> Problem {
    let word = number_words(s.lang, n);
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    let hundreds_as_hundreds = units(s.lang, hundreds, 2);
    let tens_as_tens = units(s.lang, tens, 1);
    let head = if hundreds > 0 { &hundreds_as_hundreds } else { &tens_as_tens };
    let ones_as_ones = units(s.lang, ones, 0);
    let parts = if hundreds > 0 {
        say!(
            s.lang,
            "{hundreds_as_hundreds}, {tens_as_tens} and {ones_as_ones}",
            "{hundreds_as_hundreds}, {tens_as_tens} et {ones_as_ones}"
        )
    } else {
        say!(s.lang, "{tens_as_tens} and {ones_as_ones}", "{tens_as_tens} et {ones_as_ones}")
    };
    problem
        .hint(if hundreds > 0 {
            say!(
                s.lang,
                "How many digits has a number with hundreds?",
                "Combien de chiffres a un nombre avec des centaines ?"
            )
        } else {
            say!(s.lang, "Find the tens first.", "Trouve d'abord les dizaines.")
        })
        .hint_with(say!(s.lang, "Look at it in blocks.", "Regarde-le en blocs."), [blocks(n)])
        .hint(say!(s.lang, "It begins with {head}. In all: {parts}.", "Il commence par {head}. En tout : {parts}."))
        .step(say!(s.lang, "Hear it in parts: {parts}.", "Entends-le en parties : {parts}."))
        .step_show([blocks(n)])
        .step(say!(
            s.lang,
            "Write one digit for each column: {n}. Read it back: {word}.",
            "Écris un chiffre par colonne : {n}. Relis-le : {word}."
        ))
        .praise(say!(s.lang, "Yes, {word} is {n}: {parts}.", "Oui, {word}, c'est {n} : {parts}."))
        .seconds(15)
}

/// The number in words, to be found among numerals.
pub fn find_written(s: &mut Setup, n: i64, rules: &[Rule], options: usize, most: i64) -> Problem {
    let word = number_words(s.lang, n);
    let answer = choose(&mut s.rng, n, rules, options, (1, most));
    let ask = Problem::new(answer).tell_as(
        say!(s.lang, "Find the number: {word}", "Trouve le nombre : {word}"),
        say!(s.lang, "Find the number {word}.", "Trouve le nombre {word}."),
    );
    reading_help(s, n, ask)
}

/// The number in words, to be written in digits.
pub fn write_it(s: &mut Setup, n: i64) -> Problem {
    let word = number_words(s.lang, n);
    let answer = Answer::number(n, &misheard(s.lang, n));
    let ask = Problem::new(answer).tell_as(
        say!(s.lang, "Write this number in digits: {word}", "Écris ce nombre en chiffres : {word}"),
        say!(s.lang, "Write the number {word}.", "Écris le nombre {word}."),
    );
    reading_help(s, n, ask)
}

/// Blocks, to be written as a number.
pub fn from_blocks(s: &mut Setup, n: i64) -> Problem {
    let mut rules = misheard(s.lang, n);
    rules.retain(|(_, code)| *code != "teen-ty");
    let answer = Answer::number(n, &rules);
    let Block::Figure(figure) = blocks(n) else { unreachable!("blocks are a figure") };
    let ask = Problem::new(answer)
        .tell(say!(s.lang, "What number do the blocks show?", "Quel nombre montrent les blocs ?"))
        .figure(figure);
    reading_help(s, n, ask)
}

fn from_words_in_pairs(s: &mut Setup) -> Problem {
    let ones = s.rng.range(3, 9);
    let other = loop {
        let other = s.rng.range(2, 9);
        if other != ones {
            break other;
        }
    };
    // A teen with its ten, and a number with its digits changed round.
    let numbers = [10 + ones, ones * 10, other * 10 + ones, ones * 10 + other];
    let lang = s.lang;
    let word = |n: i64| {
        let word = number_words(lang, n);
        vec![Block::Text(word.clone()), Block::Speech(word)]
    };
    let pairs = numbers.iter().map(|n| (word(*n), text(n.to_string()))).collect();
    let mut rules = vec![(2, 3, "swaps-digits"), (3, 2, "swaps-digits")];
    if lang == Lang::En {
        rules.extend([(0, 1, "teen-ty"), (1, 0, "teen-ty")]);
    }
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &rules);
    let problem =
        Problem::new(answer).tell(say!(lang, "Join the words and the numbers.", "Relie les mots et les nombres."));
    let first = numbers[0];
    let first_word = number_words(lang, first);
    problem
        .hint(say!(lang, "Listen for the tens in each word.", "Écoute les dizaines dans chaque mot."))
        .hint(say!(
            lang,
            "Which words have ones as well? Those numbers do not end in 0.",
            "Quels mots ont aussi des unités ? Ces nombres ne finissent pas par 0."
        ))
        .hint(say!(lang, "Begin with {first_word}: {first}.", "Commence par {first_word} : {first}."))
        .step(say!(
            lang,
            "Say each number in tens and ones, then find its digits.",
            "Dis chaque nombre en dizaines et unités, puis trouve ses chiffres."
        ))
        .step_show(numbers.iter().map(|n| Block::Text(format!("{} = {n}", number_words(lang, *n)))))
        .praise(say!(lang, "Yes, every word has found its number.", "Oui, chaque mot a trouvé son nombre."))
        .seconds(30)
}
