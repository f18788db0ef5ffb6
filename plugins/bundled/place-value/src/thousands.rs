//! Numbers to 10 000, and times and divided by 10 and 100. Never here: written multiplication.

use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, number_words, say, text};

use crate::digits::{as_heard, choose, digit, listed, makes, misheard, shown, units, without_zeros, zero_moved};
use crate::order::{put_in_order, which_is};

/// Reads, writes and compares numbers to 10 000.
pub fn to_10000(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let d = s.rng.distinct(1, 9, 4);
    let full = d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3];
    match (s.band, form) {
        (0, 0) => parts(s, d[0] * 1000 + d[1] * 100),
        (0, 1) => {
            let n = d[0] * 1000;
            write_words(s, n)
        }
        (0, _) => write_words(s, d[0] * 1000 + d[1] * 100),
        (1, 0) => worth(s, full, 2),
        (1, 1) => worth(s, full, 3),
        (1, 2) => parts(s, full),
        (1, _) => write_words(s, full),
        (2, _) => {
            let n =
                [d[0] * 1000 + d[2] * 10, d[0] * 1000 + d[3], d[0] * 1000 + d[1] * 100, d[0] * 1000 + d[2] * 10 + d[3]]
                    [form as usize];
            if s.rng.chance(1, 3) { parts(s, n) } else { write_words(s, n) }
        }
        (3, 0) => {
            let low = s.rng.range(1, 8);
            let (a, b) = (low * 1000 + 900 + s.rng.range(90, 99), (low + 1) * 1000 + s.rng.range(100, 109));
            which_is(s, &[a, b], true)
        }
        (3, _) => {
            let (a, b) = (d[0] * 1000, d[1]);
            let numbers = vec![a + b * 100, a + b * 10, a + b, b * 1000 + d[0] * 100];
            put_in_order(s, numbers, form < 3)
        }
        (_, 0) => hundreds_in(s, d[0] * 1000 + d[1] * 100),
        (_, 1) => {
            let by = *s.rng.pick(&[1, 10, 100]);
            let n = match by {
                1 => d[0].min(8) * 1000 + d[1] * 100 + 99,
                10 => d[0].min(8) * 1000 + d[1] * 100 + 90 + d[3],
                _ => d[0].min(8) * 1000 + 900 + d[2] * 10 + d[3],
            };
            more_across(s, n, by)
        }
        (_, 2) => nearest_thousand(s, full),
        _ => {
            let (a, b) = (d[0] * 1000, d[1]);
            let numbers = vec![a + b * 100, a + b * 10, 10_000, d[2] * 100 + d[3] * 10 + b, a + 999];
            let rising = s.rng.chance(1, 2);
            put_in_order(s, numbers, rising)
        }
    }
}

/// Hints, steps and praise that show a number in four columns.
fn four_columns(s: &Setup, n: i64, problem: Problem) -> Problem {
    let (th, h, t, o) = (digit(n, 3), digit(n, 2), digit(n, 1), digit(n, 0));
    let heads = say!(s.lang, "Th|H|T|O", "M|C|D|U");
    let heads: Vec<String> = heads.split('|').map(str::to_owned).collect();
    let empty: Vec<String> = vec![th.to_string(), "?".to_owned(), "?".to_owned(), "?".to_owned()];
    let filled: Vec<String> = [th, h, t, o].iter().map(i64::to_string).collect();
    let number = shown(n);
    let th_as_thousands = units(s.lang, th, 3);
    let h_as_hundreds = units(s.lang, h, 2);
    let t_as_tens = units(s.lang, t, 1);
    let o_as_ones = units(s.lang, o, 0);
    problem
        .hint(say!(
            s.lang,
            "Draw four columns: thousands, hundreds, tens, ones.",
            "Dessine quatre colonnes : milliers, centaines, dizaines, unités."
        ))
        .hint_with(
            say!(
                s.lang,
                "Put each part in its column. An empty column gets a 0.",
                "Mets chaque partie dans sa colonne. Une colonne vide reçoit un 0."
            ),
            [Block::Table(vec![heads.clone(), empty])],
        )
        .hint_with(
            say!(s.lang, "Now all the columns.", "Maintenant toutes les colonnes."),
            [Block::Table(vec![heads.clone(), filled.clone()])],
        )
        .step(say!(
            s.lang,
            "Fill the columns: {th_as_thousands}, {h_as_hundreds}, {t_as_tens}, {o_as_ones}.",
            "Remplis les colonnes : {th_as_thousands}, {h_as_hundreds}, {t_as_tens}, {o_as_ones}."
        ))
        .step_show([Block::Table(vec![heads, filled])])
        .step(say!(s.lang, "The number is {number}.", "Le nombre est {number}."))
        .praise(say!(
            s.lang,
            "Yes, {number}: {th_as_thousands}, {h_as_hundreds}, {t_as_tens}, {o_as_ones}.",
            "Oui, {number} : {th_as_thousands}, {h_as_hundreds}, {t_as_tens}, {o_as_ones}."
        ))
        .seconds(20)
}

fn write_words(s: &mut Setup, n: i64) -> Problem {
    let word = number_words(s.lang, n);
    let mut rules: Vec<Rule> = as_heard(s.lang, n).map(|heard| (heard, "writes-as-heard")).into_iter().collect();
    rules.extend(misheard(s.lang, n).into_iter().filter(|(_, code)| matches!(*code, "zero-moved" | "drops-zero")));
    let problem = Problem::new(Answer::number(n, &rules)).tell_as(
        say!(s.lang, "Write this number in digits: {word}", "Écris ce nombre en chiffres : {word}"),
        say!(s.lang, "Write the number {word}.", "Écris le nombre {word}."),
    );
    four_columns(s, n, problem)
}

fn worth(s: &mut Setup, n: i64, column: u32) -> Problem {
    let asked = digit(n, column);
    let right = asked * 10_i64.pow(column);
    let answer = choose(
        &mut s.rng,
        right,
        &[(asked, "face-value"), (right / 10, "wrong-column"), (right * 10, "wrong-column")],
        4,
        (1, 99_999),
    );
    let number = shown(n);
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "What is the {asked} in {number} worth?",
        "Que vaut le {asked} dans {number} ?"
    ));
    four_columns(s, n, problem)
}

fn parts(s: &mut Setup, n: i64) -> Problem {
    let values: Vec<i64> =
        (0..4).rev().map(|column| digit(n, column) * 10_i64.pow(column)).filter(|value| *value > 0).collect();
    let number = shown(n);
    let gaps: Vec<(String, String, String)> = values
        .iter()
        .enumerate()
        .map(|(i, value)| {
            let before = if i == 0 { format!("{number} = ") } else { String::new() };
            let after = if i + 1 < values.len() { " +".to_owned() } else { String::new() };
            (before, after, shown(*value))
        })
        .collect();
    let second = values.get(1).copied().unwrap_or(0);
    let extra = [
        (digit(n, 3).to_string(), Some("face-value")),
        (shown(second * 10), Some("zero-moved")),
        (shown(second / 10), Some("zero-moved")),
    ];
    let extra: Vec<_> = extra.into_iter().filter(|(tile, _)| tile != "0").collect();
    let answer = Answer::gaps(&mut s.rng, &gaps, &extra);
    let problem = Problem::new(answer).tell(say!(s.lang, "Break the number into its parts.", "Décompose le nombre."));
    four_columns(s, n, problem).seconds(30)
}

fn hundreds_in(s: &mut Setup, n: i64) -> Problem {
    let right = n / 100;
    let (thousands, hundreds) = (n / 1000, n / 100 % 10);
    let number = shown(n);
    let made = thousands * 10;
    let answer = Answer::number(
        right,
        &[(hundreds, "face-value"), (n / 10, "wrong-column"), (thousands + hundreds, "face-value")],
    );
    let thousands_as_thousands = units(s.lang, thousands, 3);
    let make = makes(s.lang, thousands);
    let made_as_hundreds = units(s.lang, made, 2);
    let hundreds_as_hundreds = units(s.lang, hundreds, 2);
    let right_as_hundreds = units(s.lang, right, 2);
    Problem::new(answer)
        .tell(say!(s.lang, "How many hundreds make {number}?", "Combien de centaines font {number} ?"))
        .hint(say!(s.lang, "The thousands are made of hundreds too.", "Les milliers sont faits de centaines aussi."))
        .hint(say!(s.lang, "One thousand is ten hundreds.", "Un millier, c'est dix centaines."))
        .hint(say!(
            s.lang,
            "{thousands_as_thousands} {make} {made_as_hundreds}, and {hundreds_as_hundreds} more.",
            "{thousands_as_thousands} {make} {made_as_hundreds}, et encore {hundreds_as_hundreds}."
        ))
        .step(say!(
            s.lang,
            "{thousands_as_thousands} {make} {made_as_hundreds}.",
            "{thousands_as_thousands} {make} {made_as_hundreds}."
        ))
        .step(say!(
            s.lang,
            "With {hundreds} more: {right_as_hundreds}.",
            "Avec {hundreds} de plus : {right_as_hundreds}."
        ))
        .praise(say!(s.lang, "Yes, {right_as_hundreds} make {number}.", "Oui, {right_as_hundreds} font {number}."))
        .seconds(25)
}

fn more_across(s: &mut Setup, n: i64, by: i64) -> Problem {
    let right = n + by;
    let (number, answer_shown) = (shown(n), shown(right));
    let rules = [(n + by * 10, "wrong-column"), (n - 9 * by, "wrong-column"), (n - by, "wrong-direction")];
    let row = listed(&[n - by, n, right]);
    Problem::new(Answer::number(right, &rules))
        .tell(say!(s.lang, "What is {by} more than {number}?", "Combien font {by} de plus que {number} ?"))
        .hint(say!(
            s.lang,
            "Which column grows? What happens when it is full?",
            "Quelle colonne grandit ? Que se passe-t-il quand elle est pleine ?"
        ))
        .hint(say!(
            s.lang,
            "Ten in one column are one in the next column on the left.",
            "Dix dans une colonne font un dans la colonne de gauche."
        ))
        .hint(say!(s.lang, "Say: {row}.", "Dis : {row}."))
        .step(say!(
            s.lang,
            "Nine and one are ten: write 0 and carry one to the left.",
            "Neuf et un font dix : écris 0 et passe un à gauche."
        ))
        .step(say!(s.lang, "The number is {answer_shown}.", "Le nombre est {answer_shown}."))
        .praise(say!(
            s.lang,
            "Yes, {answer_shown}: ten of one column moved to the left.",
            "Oui, {answer_shown} : dix d'une colonne sont passés à gauche."
        ))
        .seconds(20)
}

fn nearest_thousand(s: &mut Setup, n: i64) -> Problem {
    let (low, high) = (n / 1000 * 1000, n / 1000 * 1000 + 1000);
    let right = crate::lines::nearest(n, 1000);
    let other = if right == low { (high, "rounds-up-always") } else { (low, "rounds-down-always") };
    let (number, right_shown, low_shown, high_shown, middle) =
        (shown(n), shown(right), shown(low), shown(high), shown(low + 500));
    let rules = [other, (crate::lines::nearest(n, 100), "rounds-wrong-place"), (n + 1000, "keeps-other-digits")];
    Problem::new(Answer::number(right, &rules))
        .tell(say!(s.lang, "Round {number} to the nearest thousand.", "Arrondis {number} au millier le plus proche."))
        .hint(say!(s.lang, "Between which two thousands is it?", "Entre quels deux milliers est-il ?"))
        .hint(say!(s.lang, "It is between {low_shown} and {high_shown}.", "Il est entre {low_shown} et {high_shown}."))
        .hint(say!(
            s.lang,
            "The middle is {middle}. Which end is nearer?",
            "Le milieu est {middle}. Quel bout est le plus près ?"
        ))
        .step(say!(s.lang, "Compare {number} with the middle, {middle}.", "Compare {number} au milieu, {middle}."))
        .step(say!(s.lang, "The nearest thousand is {right_shown}.", "Le millier le plus proche est {right_shown}."))
        .praise(say!(s.lang, "Yes, {right_shown} is nearest.", "Oui, {right_shown} est le plus proche."))
        .seconds(20)
}

/// Multiplies and divides by 10 and 100 by place value.
pub fn times_10_100(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let one = s.rng.range(2, 9);
    let two = s.rng.range(1, 9) * 10 + s.rng.range(1, 9);
    match (s.band, form) {
        (0, 0) => ten_times(s, one),
        (0, _) => times(s, one, 10),
        (1, 0) => times(s, one, 100),
        (1, 1) => match_sums(s, one),
        (1, _) => times(s, two, 10),
        (2, 0 | 1) => times(s, two, 100),
        (2, _) => divide(s, two * 10, 10),
        (3, 0) => divide(s, two * 100, 100),
        (3, 1) => divide(s, two * 100, 10),
        (3, _) => what_was_done(s, two),
        (_, 0) => missing_factor(s, two),
        (_, 1) => both_ways(s, one),
        (_, 2) => {
            let n = s.rng.range(1, 9) * 100 + s.rng.range(1, 9);
            times(s, n, 10)
        }
        _ => divide(s, one * 1000, 10),
    }
}

/// Hints, steps and praise that move every digit by so many places.
fn move_help(s: &Setup, n: i64, right: i64, problem: Problem) -> Problem {
    let left = right > n;
    let places = if n.max(right) / n.min(right).max(1) == 100 { 2 } else { 1 };
    let (from, to) = (shown(n), shown(right));
    let way = match (left, places) {
        (true, 1) => say!(s.lang, "one place to the left", "d'une place vers la gauche"),
        (true, _) => say!(s.lang, "two places to the left", "de deux places vers la gauche"),
        (false, 1) => say!(s.lang, "one place to the right", "d'une place vers la droite"),
        (false, _) => say!(s.lang, "two places to the right", "de deux places vers la droite"),
    };
    let heads: Vec<String> = say!(s.lang, "TTh|Th|H|T|O", "DM|M|C|D|U").split('|').map(str::to_owned).collect();
    let columns = |n: i64| -> Vec<String> {
        (0..5)
            .rev()
            .map(|column| if 10_i64.pow(column) > n { String::from("·") } else { digit(n, column).to_string() })
            .collect()
    };
    problem
        .hint(say!(
            s.lang,
            "Does the number get bigger or smaller? By how many places does each digit move?",
            "Le nombre devient-il plus grand ou plus petit ? De combien de places bouge chaque chiffre ?"
        ))
        .hint_with(
            say!(
                s.lang,
                "Here it is in columns. Move every digit {way}.",
                "Le voici en colonnes. Déplace chaque chiffre {way}."
            ),
            [Block::Table(vec![heads.clone(), columns(n)])],
        )
        .hint_with(
            say!(s.lang, "After the move it looks like this.", "Après le déplacement, c'est comme ceci."),
            [Block::Table(vec![heads.clone(), columns(right)])],
        )
        .step(say!(
            s.lang,
            "Write {from} in columns and move every digit {way}.",
            "Écris {from} en colonnes et déplace chaque chiffre {way}."
        ))
        .step_show([Block::Table(vec![heads, columns(n), columns(right)])])
        .step(say!(s.lang, "The result is {to}.", "Le résultat est {to}."))
        .praise(say!(s.lang, "Yes, {to}: every digit moved {way}.", "Oui, {to} : chaque chiffre a bougé {way}."))
        .seconds(15)
}

fn times(s: &mut Setup, n: i64, by: i64) -> Problem {
    let right = n * by;
    let mut rules =
        vec![(n + by, "adds-instead-of-multiplies"), (if by == 10 { n * 100 } else { n * 10 }, "wrong-power-of-ten")];
    if n.to_string().contains('0') {
        rules.push((without_zeros(n) * 10, "drops-zero"));
        rules.push((zero_moved(n), "drops-zero"));
    }
    let number = shown(n);
    let problem = Problem::new(Answer::number(right, &rules)).math(format!("{number} × {by} = _")).tell_as(
        say!(s.lang, "How much is it?", "Combien cela fait-il ?"),
        say!(s.lang, "How much is {n} times {by}?", "Combien font {n} fois {by} ?"),
    );
    move_help(s, n, right, problem)
}

fn divide(s: &mut Setup, n: i64, by: i64) -> Problem {
    let right = n / by;
    let other = if by == 10 { n / 100 } else { n / 10 };
    let mut rules = vec![(n * by, "wrong-direction"), (n - by, "subtracts-instead-of-divides")];
    rules.push((other, if by == 10 && n % 1000 == 0 { "drops-zero" } else { "wrong-power-of-ten" }));
    let number = shown(n);
    let problem = Problem::new(Answer::number(right, &rules)).math(format!("{number} ÷ {by} = _")).tell_as(
        say!(s.lang, "How much is it?", "Combien cela fait-il ?"),
        say!(s.lang, "How much is {n} divided by {by}?", "Combien font {n} divisé par {by} ?"),
    );
    move_help(s, n, right, problem)
}

fn ten_times(s: &mut Setup, n: i64) -> Problem {
    let answer = choose(
        &mut s.rng,
        n * 10,
        &[(n + 10, "adds-instead-of-multiplies"), (n * 100, "wrong-power-of-ten"), (n * 10 + n, "changes-both-digits")],
        4,
        (1, 999),
    );
    let problem =
        Problem::new(answer).tell(say!(s.lang, "Which number is ten times {n}?", "Quel nombre est dix fois {n} ?"));
    move_help(s, n, n * 10, problem)
}

fn match_sums(s: &mut Setup, n: i64) -> Problem {
    let other = n % 9 + 1;
    let sums = [
        (format!("{n} × 10"), n * 10),
        (format!("{n} × 100"), n * 100),
        (format!("{other} × 10"), other * 10),
        (format!("{other} × 100"), other * 100),
    ];
    let pairs = sums.iter().map(|(sum, result)| (vec![Block::Math(sum.clone())], text(result.to_string()))).collect();
    let rules = [
        (0, 1, "wrong-power-of-ten"),
        (1, 0, "wrong-power-of-ten"),
        (2, 3, "wrong-power-of-ten"),
        (3, 2, "wrong-power-of-ten"),
    ];
    let answer = Answer::matching(&mut s.rng, pairs, vec![], &rules);
    move_help(
        s,
        n,
        n * 10,
        Problem::new(answer).tell(say!(s.lang, "Join each sum to its answer.", "Relie chaque calcul à sa réponse.")),
    )
    .praise(say!(s.lang, "Yes, every sum has found its answer.", "Oui, chaque calcul a trouvé sa réponse."))
    .seconds(30)
}

fn what_was_done(s: &mut Setup, n: i64) -> Problem {
    let by = *s.rng.pick(&[10, 100]);
    let up = s.rng.chance(1, 2);
    let (from, to) = if up { (n, n * by) } else { (n * by, n) };
    let name = |up: bool, by: i64| if up { format!("× {by}") } else { format!("÷ {by}") };
    let other = if by == 10 { 100 } else { 10 };
    let card = |words: String| vec![Block::Math(words)];
    let wrong = vec![
        (card(name(up, other)), Some("wrong-power-of-ten")),
        (card(name(!up, by)), Some("wrong-direction")),
        (card(name(!up, other)), None),
    ];
    let answer = Answer::choice(&mut s.rng, card(name(up, by)), wrong);
    let (from_shown, to_shown) = (shown(from), shown(to));
    let problem = Problem::new(answer).tell(say!(
        s.lang,
        "{from_shown} became {to_shown}. What was done?",
        "{from_shown} est devenu {to_shown}. Qu'a-t-on fait ?"
    ));
    move_help(s, from, to, problem)
}

fn missing_factor(s: &mut Setup, n: i64) -> Problem {
    let by = *s.rng.pick(&[10, 100]);
    let whole = n * by;
    let other = if by == 10 { whole / 100 } else { whole / 10 };
    let rules =
        [(other, "wrong-power-of-ten"), (whole * by, "wrong-direction"), (whole - by, "subtracts-instead-of-divides")];
    let whole_shown = shown(whole);
    let problem = Problem::new(Answer::number(n, &rules)).math(format!("_ × {by} = {whole_shown}")).tell_as(
        say!(s.lang, "Which number is missing?", "Quel nombre manque ?"),
        say!(s.lang, "Which number times {by} is {whole}?", "Quel nombre fois {by} fait {whole} ?"),
    );
    move_help(s, whole, n, problem)
}

/// 60 × 10 ÷ 100: there and back.
fn both_ways(s: &mut Setup, n: i64) -> Problem {
    let start = n * 10;
    let right = n;
    let between = start * 10;
    let rules = [(start, "wrong-power-of-ten"), (start * 1000, "wrong-direction"), (between, "stops-half-way")];
    let between_shown = shown(between);
    Problem::new(Answer::number(right, &rules))
        .math(format!("{start} × 10 ÷ 100 = _"))
        .tell_as(
            say!(s.lang, "How much is it?", "Combien cela fait-il ?"),
            say!(
                s.lang,
                "How much is {start} times 10, divided by 100?",
                "Combien font {start} fois 10, divisé par 100 ?"
            ),
        )
        .hint(say!(s.lang, "Do one step after the other.", "Fais un pas après l'autre."))
        .hint(say!(
            s.lang,
            "One place to the left, then two places to the right.",
            "Une place vers la gauche, puis deux vers la droite."
        ))
        .hint(say!(s.lang, "First {start} × 10 = {between_shown}.", "D'abord {start} × 10 = {between_shown}."))
        .step(say!(
            s.lang,
            "{start} × 10 = {between_shown}: one place to the left.",
            "{start} × 10 = {between_shown} : une place vers la gauche."
        ))
        .step(say!(
            s.lang,
            "{between_shown} ÷ 100 = {right}: two places to the right.",
            "{between_shown} ÷ 100 = {right} : deux places vers la droite."
        ))
        .praise(say!(
            s.lang,
            "Yes, {right}. One to the left and two to the right is one to the right.",
            "Oui, {right}. Une à gauche et deux à droite, c'est une à droite."
        ))
        .seconds(20)
}
