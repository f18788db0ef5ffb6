//! Tens and ones: the teens, reading to 99, tens and ones, ten more and ten less. Never here: which number is bigger.

use chalkbox_tool::{
    Answer, Block, Figure, Grid, Lang, Problem, Rule, Setup, base_ten, number_words, say, ten_frame, text,
};

use crate::digits::{as_heard, blocks, choose, misheard, swapped, teen_ty, units};

/// Makes 11 to 19 as ten and some more.
pub fn teens(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, _) => {
            let n = s.rng.range(11, 15);
            if form == 0 { make_teen(s, n) } else { how_many_on_frames(s, n) }
        }
        (1, _) => {
            let n = s.rng.range(11, 19);
            if form == 0 { make_teen(s, n) } else { how_many_on_frames(s, n) }
        }
        (2, 0) => {
            let n = s.rng.range(11, 19);
            make_teen(s, n)
        }
        (2, _) => {
            let ones = s.rng.range(1, 9);
            ten_and_some(s, ones)
        }
        (3, _) => {
            let n = s.rng.range(11, 19);
            ten_plus_what(s, n, form < 2)
        }
        (_, 0) => {
            let n = s.rng.range(12, 19);
            how_many_on_frames(s, n)
        }
        _ => {
            let n = s.rng.range(12, 19);
            which_picture(s, n)
        }
    }
}

/// Hints, steps and praise that show a teen as ten and some.
fn teen_help(s: &Setup, n: i64, problem: Problem) -> Problem {
    let ones = n - 10;
    problem
        .hint(say!(s.lang, "Is there a full ten?", "Y a-t-il une dizaine pleine ?"))
        .hint_with(
            say!(
                s.lang,
                "Fill one ten first. How many are outside it?",
                "Remplis d'abord une dizaine. Combien restent dehors ?"
            ),
            [Block::Figure(ten_frame(10))],
        )
        .hint_with(say!(s.lang, "It is ten and {ones}.", "C'est dix et {ones}."), [Block::Figure(ten_frame(n))])
        .step(say!(
            s.lang,
            "Fill one frame: that is ten. Put the rest in the second: {ones}.",
            "Remplis un cadre : cela fait dix. Mets le reste dans le second : {ones}."
        ))
        .step_show([Block::Figure(ten_frame(n)), Block::Math(format!("10 + {ones} = {n}"))])
        .praise(say!(s.lang, "Yes, {n} is ten and {ones}.", "Oui, {n}, c'est dix et {ones}."))
        .seconds(18)
}

fn teen_rules(s: &Setup, n: i64) -> Vec<Rule> {
    let ones = n - 10;
    let mut rules: Vec<Rule> = vec![(swapped(n), "swaps-digits")];
    rules.extend(teen_ty(s.lang, n));
    rules.extend([(1 + ones, "face-value"), (100 + ones, "writes-as-heard"), (n + 1, "counts-one-twice")]);
    rules
}

fn make_teen(s: &mut Setup, n: i64) -> Problem {
    let ones = n - 10;
    let answer = Answer::tap(
        "bean",
        20,
        n,
        &[(ones, "face-value"), (1 + ones, "face-value"), (n + 1, "misses-one"), (n - 1, "counts-one-twice")],
    );
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Touch {n} beans: first a full ten, then some more.",
        "Touche {n} haricots : d'abord une dizaine pleine, puis encore."
    ));
    teen_help(s, n, problem).seconds(25)
}

fn how_many_on_frames(s: &mut Setup, n: i64) -> Problem {
    let answer = Answer::number(n, &teen_rules(s, n));
    let problem = Problem::new(answer)
        .tell(say!(s.lang, "How many are there? Write the number.", "Combien y en a-t-il ? Écris le nombre."))
        .figure(ten_frame(n));
    teen_help(s, n, problem)
}

fn ten_and_some(s: &mut Setup, ones: i64) -> Problem {
    let n = 10 + ones;
    let answer = Answer::number(n, &teen_rules(s, n));
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "Ten and {ones} more: what number is it?",
        "Dix et encore {ones} : quel nombre est-ce ?"
    ));
    teen_help(s, n, problem)
}

fn ten_plus_what(s: &mut Setup, n: i64, ones_hidden: bool) -> Problem {
    let ones = n - 10;
    let gap = if ones_hidden {
        (format!("{n} = 10 + "), String::new(), ones.to_string())
    } else {
        (String::new(), format!(" = 10 + {ones}"), n.to_string())
    };
    let extra: Vec<(String, Option<&'static str>)> = if ones_hidden {
        vec![
            (n.to_string(), Some("face-value")),
            ((ones + 1).to_string(), Some("counts-one-twice")),
            ("10".to_owned(), None),
        ]
    } else {
        vec![
            (swapped(n).to_string(), Some("swaps-digits")),
            ((100 + ones).to_string(), Some("writes-as-heard")),
            ((1 + ones).to_string(), Some("face-value")),
        ]
    };
    let answer = Answer::gaps(&mut s.rng, &[gap], &extra);
    let problem =
        Problem::new(answer).tell(say!(s.lang, "Which number belongs in the gap?", "Quel nombre va dans le trou ?"));
    teen_help(s, n, problem)
}

fn which_picture(s: &mut Setup, n: i64) -> Problem {
    let ones = n - 10;
    let card = |tens: i64, ones: i64| vec![Block::Figure(base_ten(0, tens, ones))];
    let wrong = vec![
        (card(ones, 1), Some("swaps-digits")),
        (card(ones, 0), (s.lang == Lang::En).then_some("teen-ty")),
        (card(0, 1 + ones), Some("face-value")),
    ];
    let answer = Answer::choice(&mut s.rng, card(1, ones), wrong);
    let problem = Problem::new(answer).tell(say!(s.lang, "Which picture shows {n}?", "Quelle image montre {n} ?"));
    teen_help(s, n, problem)
}

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

/// Tens and ones in a two-digit number.
pub fn tens_ones(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let (t, o) = (s.rng.range(2, 9), s.rng.range(1, 9));
    let o = if o == t { o % 9 + 1 } else { o };
    match (s.band, form) {
        (0, 0 | 1) => {
            let n = s.rng.range(1, 3) * 10 + o;
            from_blocks(s, n)
        }
        (0, _) => {
            let t = s.rng.range(1, 3);
            let o = if o == t { o + 4 } else { o };
            how_many_of(s, t, o, form == 2, true)
        }
        (1, 0) => match_blocks(s),
        (1, _) => which_blocks(s, t.min(5), if o == t.min(5) { o + 1 } else { o }),
        (2, _) => how_many_of(s, t, o, form < 2, false),
        (3, _) => build_from(s, t, o, form < 2),
        (_, 0) => worth(s, t, o),
        _ => other_name(s, t, o, form == 1),
    }
}

/// Hints, steps and praise that show a number as tens and ones.
fn split_help(s: &Setup, t: i64, o: i64, problem: Problem) -> Problem {
    let n = t * 10 + o;
    let ten = t * 10;
    let t_as_tens = units(s.lang, t, 1);
    let o_as_ones = units(s.lang, o, 0);
    problem
        .hint(say!(
            s.lang,
            "Which digit tells the tens? It stands on the left.",
            "Quel chiffre dit les dizaines ? Il est à gauche."
        ))
        .hint_with(say!(s.lang, "Look at it in tens and ones.", "Regarde-le en dizaines et unités."), [blocks(n)])
        .hint(say!(s.lang, "{n} is {t_as_tens} and {o_as_ones}.", "{n}, c'est {t_as_tens} et {o_as_ones}."))
        .step(say!(s.lang, "Draw {t_as_tens} and {o_as_ones}.", "Dessine {t_as_tens} et {o_as_ones}."))
        .step_show([blocks(n), Block::Math(format!("{ten} + {o} = {n}"))])
        .praise(say!(s.lang, "Yes, {n} is {t_as_tens} and {o_as_ones}.", "Oui, {n}, c'est {t_as_tens} et {o_as_ones}."))
        .seconds(18)
}

fn how_many_of(s: &mut Setup, t: i64, o: i64, tens: bool, picture: bool) -> Problem {
    let n = t * 10 + o;
    let (right, rules) = if tens {
        (t, [(o, "swaps-digits"), (t * 10, "face-value")])
    } else {
        (o, [(t, "swaps-digits"), (n, "face-value")])
    };
    let t_as_tens = units(s.lang, t, 1);
    let ask = if tens {
        say!(s.lang, "How many tens are in {n}?", "Combien de dizaines dans {n} ?")
    } else {
        say!(s.lang, "{n} is {t_as_tens} and how many ones?", "{n}, c'est {t_as_tens} et combien d'unités ?")
    };
    let mut problem = Problem::new(Answer::number(right, &rules)).tell(ask);
    if picture {
        problem = problem.figure(base_ten(0, t, o));
    }
    split_help(s, t, o, problem)
}

fn match_blocks(s: &mut Setup) -> Problem {
    let d = s.rng.distinct(1, 5, 3);
    let numbers = [d[0] * 10 + d[1], d[1] * 10 + d[0], d[2] * 10 + d[0]];
    let pairs = numbers.iter().map(|n| (text(n.to_string()), vec![blocks(*n)])).collect();
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &[(0, 1, "swaps-digits"), (1, 0, "swaps-digits")]);
    split_help(
        s,
        d[0],
        d[1],
        Problem::new(answer).tell(say!(s.lang, "Join each number to its blocks.", "Relie chaque nombre à ses blocs.")),
    )
    .seconds(30)
}

fn which_blocks(s: &mut Setup, t: i64, o: i64) -> Problem {
    let n = t * 10 + o;
    let card = |tens: i64, ones: i64| vec![Block::Figure(base_ten(0, tens, ones))];
    let wrong =
        vec![(card(o, t), Some("swaps-digits")), (card(0, t + o), Some("face-value")), (card(t, (o + 1) % 10), None)];
    let answer = Answer::choice(&mut s.rng, card(t, o), wrong);
    split_help(s, t, o, Problem::new(answer).tell(say!(s.lang, "Which blocks show {n}?", "Quels blocs montrent {n} ?")))
}

fn build_from(s: &mut Setup, t: i64, o: i64, ones_first: bool) -> Problem {
    let n = t * 10 + o;
    let turned = o * 10 + t;
    let mut rules = vec![(turned, if ones_first { "order-not-unit" } else { "swaps-digits" })];
    rules.extend(as_heard(s.lang, n).map(|heard| (heard, "writes-as-heard")));
    rules.push((t * 100 + o, "writes-as-heard"));
    rules.push((t + o, "face-value"));
    let o_as_ones = units(s.lang, o, 0);
    let t_as_tens = units(s.lang, t, 1);
    let ask = if ones_first {
        say!(
            s.lang,
            "{o_as_ones} and {t_as_tens}: what number is it?",
            "{o_as_ones} et {t_as_tens} : quel nombre est-ce ?"
        )
    } else {
        say!(
            s.lang,
            "{t_as_tens} and {o_as_ones}: what number is it?",
            "{t_as_tens} et {o_as_ones} : quel nombre est-ce ?"
        )
    };
    split_help(s, t, o, Problem::new(Answer::number(n, &rules)).tell(ask))
}

fn worth(s: &mut Setup, t: i64, o: i64) -> Problem {
    let n = t * 10 + o;
    let answer =
        choose(&mut s.rng, t * 10, &[(t, "face-value"), (o * 10, "swaps-digits"), (n, "face-value")], 4, (1, 99));
    split_help(
        s,
        t,
        o,
        Problem::new(answer).tell(say!(s.lang, "What is the {t} in {n} worth?", "Que vaut le {t} dans {n} ?")),
    )
}

/// Other names of a number: 43 is 3 tens and 13 ones.
fn other_name(s: &mut Setup, t: i64, o: i64, hidden_ones: bool) -> Problem {
    let n = t * 10 + o;
    let (fewer, more) = (t - 1, o + 10);
    let fewer_as_tens = units(s.lang, fewer, 1);
    let more_as_ones = units(s.lang, more, 0);
    let (right, rules, ask) = if hidden_ones {
        let rules = vec![(o, "face-value"), (n, "face-value")];
        (
            more,
            rules,
            say!(
                s.lang,
                "{n} is {fewer_as_tens} and how many ones?",
                "{n}, c'est {fewer_as_tens} et combien d'unités ?"
            ),
        )
    } else {
        let rules = vec![
            (fewer * 100 + more, "writes-as-heard"),
            (fewer * 10 + o, "face-value"),
            (more * 10 + fewer, "order-not-unit"),
        ];
        (
            n,
            rules,
            say!(
                s.lang,
                "{more_as_ones} and {fewer_as_tens}: what number is it?",
                "{more_as_ones} et {fewer_as_tens} : quel nombre est-ce ?"
            ),
        )
    };
    let t_as_tens = units(s.lang, t, 1);
    let o_as_ones = units(s.lang, o, 0);
    Problem::new(Answer::number(right, &rules))
        .tell(ask)
        .hint(say!(
            s.lang,
            "Ten ones can be tied to one ten, and one ten untied to ten ones.",
            "Dix unités font une dizaine, et une dizaine se défait en dix unités."
        ))
        .hint_with(
            say!(s.lang, "Look at the tens and the ones here.", "Regarde les dizaines et les unités."),
            [Block::Figure(base_ten(0, fewer, more))],
        )
        .hint(say!(
            s.lang,
            "{fewer_as_tens} and {more_as_ones} are {n}.",
            "{fewer_as_tens} et {more_as_ones} font {n}."
        ))
        .step(say!(
            s.lang,
            "{t_as_tens} and {o_as_ones}: untie one ten.",
            "{t_as_tens} et {o_as_ones} : défais une dizaine."
        ))
        .step_show([Block::Figure(base_ten(0, t, o)), Block::Figure(base_ten(0, fewer, more))])
        .step(say!(
            s.lang,
            "It is still {n}: {fewer_as_tens} and {more_as_ones}.",
            "C'est toujours {n} : {fewer_as_tens} et {more_as_ones}."
        ))
        .praise(say!(
            s.lang,
            "Yes, {n} is also {fewer_as_tens} and {more_as_ones}.",
            "Oui, {n}, c'est aussi {fewer_as_tens} et {more_as_ones}."
        ))
        .seconds(25)
}

/// Ten more and ten less.
pub fn ten_more_less(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let more = s.rng.chance(1, 2);
    match (s.band, form) {
        (0, _) => {
            let tens = s.rng.range(1, 8);
            by_ten(s, tens * 10, 10).figure(base_ten(0, tens, 0))
        }
        (1, _) => {
            let n = s.rng.range(11, 60);
            on_the_grid(s, n)
        }
        (2, 0) => hidden_in_run(s, true),
        (2, _) => {
            let n = s.rng.range(21, 89);
            by_ten(s, n, if more { 10 } else { -10 })
        }
        (3, 0 | 1) => {
            let n = if more { s.rng.range(81, 99) } else { s.rng.range(100, 119) };
            by_ten(s, n, if more { 10 } else { -10 })
        }
        (3, _) => hidden_in_run(s, more),
        (_, 0 | 1) => {
            let n = s.rng.range(31, 69);
            let by = if form == 0 { 20 } else { 30 };
            by_ten(s, n, if more { by } else { -by })
        }
        _ => undo(s, more),
    }
}

fn by_ten(s: &mut Setup, n: i64, by: i64) -> Problem {
    let right = n + by;
    let size = by.abs();
    let one = by.signum();
    let rules = [
        (n + one * size / 10, "step-of-one"),
        (n - by, "wrong-direction"),
        (n + by + one * size / 10, "changes-both-digits"),
        (n + by * 10, "wrong-column"),
    ];
    let (tens, tens_after) = (n / 10, right / 10);
    let ask = if by > 0 {
        say!(s.lang, "What is {size} more than {n}?", "Combien font {size} de plus que {n} ?")
    } else {
        say!(s.lang, "What is {size} less than {n}?", "Combien font {size} de moins que {n} ?")
    };
    let tens_as_tens = units(s.lang, tens, 1);
    let tens_after_as_tens = units(s.lang, tens_after, 1);
    Problem::new(Answer::number(right, &rules))
        .tell(ask)
        .hint(say!(
            s.lang,
            "Which digit changes: the tens or the ones?",
            "Quel chiffre change : les dizaines ou les unités ?"
        ))
        .hint_with(
            if by > 0 {
                say!(
                    s.lang,
                    "Here is the number. Add tens and leave the ones.",
                    "Voici le nombre. Ajoute des dizaines et laisse les unités."
                )
            } else {
                say!(
                    s.lang,
                    "Here is the number. Take tens away and leave the ones.",
                    "Voici le nombre. Enlève des dizaines et laisse les unités."
                )
            },
            [blocks(n)],
        )
        .hint(say!(
            s.lang,
            "There were {tens_as_tens}. Now there are {tens_after}.",
            "Il y avait {tens_as_tens}. Maintenant il y en a {tens_after}."
        ))
        .step(say!(
            s.lang,
            "{tens_as_tens} become {tens_after_as_tens}. The ones stay.",
            "{tens_as_tens} deviennent {tens_after_as_tens}. Les unités restent."
        ))
        .step_show([blocks(n), blocks(right)])
        .step(say!(s.lang, "The number is {right}.", "Le nombre est {right}."))
        .praise(say!(s.lang, "Yes, {right}: only the tens changed.", "Oui, {right} : seules les dizaines ont changé."))
        .seconds(12)
}

fn on_the_grid(s: &mut Setup, n: i64) -> Problem {
    let cell = (n - 1) as u16;
    by_ten(s, n, 10).figure(Figure::Grid(Grid { columns: 10, rows: 10, filled: vec![cell] })).tell(say!(
        s.lang,
        "The coloured square is {n}. One row down is ten more.",
        "La case colorée est {n}. Une ligne plus bas, c'est dix de plus."
    ))
}

fn hidden_in_run(s: &mut Setup, up: bool) -> Problem {
    let first = if s.band < 3 { s.rng.range(11, 59) } else { s.rng.range(71, 99) };
    let mut run: Vec<i64> = (0..4).map(|k| first + 10 * k).collect();
    if !up {
        run.reverse();
    }
    let place = s.rng.range(1, 2) as usize;
    let before = crate::digits::listed(&run[..place]);
    let after = crate::digits::listed(&run[place + 1..]);
    let last = run[place - 1];
    let step = run[1] - run[0];
    let extra = [
        ((last + step.signum()).to_string(), Some("step-of-one")),
        ((run[place] + step.signum()).to_string(), Some("changes-both-digits")),
        ((run[0] - step).to_string(), Some("wrong-direction")),
    ];
    let answer =
        Answer::gaps(&mut s.rng, &[(format!("{before}, "), format!(", {after}"), run[place].to_string())], &extra);
    let whole = crate::digits::listed(&run);
    Problem::new(answer)
        .tell(say!(s.lang, "Which number is missing?", "Quel nombre manque ?"))
        .hint(say!(
            s.lang,
            "Which digit changes from one number to the next?",
            "Quel chiffre change d'un nombre à l'autre ?"
        ))
        .hint(say!(
            s.lang,
            "The ones stay. The tens go one step each time.",
            "Les unités restent. Les dizaines avancent d'un pas chaque fois."
        ))
        .hint(say!(s.lang, "The whole run: {whole}.", "Toute la suite : {whole}."))
        .step(say!(s.lang, "Each step is one ten: {whole}.", "Chaque pas est une dizaine : {whole}."))
        .praise(say!(s.lang, "Yes: {whole}. Only the tens change.", "Oui : {whole}. Seules les dizaines changent."))
        .seconds(20)
}

/// Which number is ten less than ?, so that it becomes 47?
fn undo(s: &mut Setup, more: bool) -> Problem {
    let end = s.rng.range(31, 79);
    let (right, opposite) = if more { (end - 10, end + 10) } else { (end + 10, end - 10) };
    let rules = [
        (opposite, "wrong-direction"),
        (if more { end - 1 } else { end + 1 }, "step-of-one"),
        (if more { end - 11 } else { end + 11 }, "changes-both-digits"),
    ];
    let name = s.name();
    Problem::new(Answer::number(right, &rules))
        .tell(if more {
            say!(
                s.lang,
                "{name} had some beans and got ten more. Now there are {end}. How many were there before?",
                "{name} avait des haricots et en a reçu dix de plus. Maintenant il y en a {end}. Combien avant ?"
            )
        } else {
            say!(
                s.lang,
                "{name} had some beans and gave ten away. Now there are {end}. How many were there before?",
                "{name} avait des haricots et en a donné dix. Maintenant il y en a {end}. Combien avant ?"
            )
        })
        .hint(say!(s.lang, "Were there more or fewer before?", "Y en avait-il plus ou moins avant ?"))
        .hint_with(
            say!(
                s.lang,
                "This is how many there are now. Undo the ten.",
                "Voici combien il y en a maintenant. Défais la dizaine."
            ),
            [blocks(end)],
        )
        .hint(if more {
            say!(s.lang, "Take ten from {end}.", "Enlève dix à {end}.")
        } else {
            say!(s.lang, "Give ten back to {end}.", "Rends dix à {end}.")
        })
        .step(say!(s.lang, "Go the way back: {end}, then {right}.", "Reviens en arrière : {end}, puis {right}."))
        .step_show([blocks(end), blocks(right)])
        .praise(say!(s.lang, "Yes, {right}. You went the way back.", "Oui, {right}. Tu as fait le chemin inverse."))
        .seconds(20)
}
