//! Which is bigger: comparing and ordering numbers to 10, 99, 999 and 9999. Never here: where they stand on a line.

use chalkbox_tool::{Answer, Block, Figure, Judge, Layout, Problem, Response, Rule, Setup, dots, line, say, text};

use crate::digits::{blocks, digit, listed, shown, swapped, units};

/// Compares numerals to ten.
pub fn compare_10(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let bigger = s.rng.chance(1, 2);
    match (s.band, form) {
        (0, _) => {
            let low = s.rng.range(1, 3);
            let high = s.rng.range(low + 3, 6);
            with_dots(s, low, high)
        }
        (1, 0 | 1) => put_on_line(s),
        (1, _) => {
            let low = s.rng.range(1, 7);
            let high = s.rng.range(low + 2, 9);
            let labels: Vec<i64> = (0..=10).collect();
            which_is(s, &[low, high], true).figure(Figure::NumberLine(line(0, 10, 1, &labels, &[])))
        }
        (2, _) => {
            let low = s.rng.range(0, 8);
            let high = (low + s.rng.range(1, 3)).min(10);
            which_is(s, &[low, high], bigger)
        }
        (3, 0) => {
            let low = s.rng.range(1, 8);
            which_is(s, &[low, low + 1], bigger)
        }
        (3, _) => {
            let numbers = s.rng.distinct(0, 10, 3);
            which_is(s, &numbers, bigger)
        }
        (_, 0) => {
            let (a, b) = (s.rng.range(0, 10), s.rng.range(0, 10));
            sign(s, a, b)
        }
        (_, 1) => {
            let low = s.rng.range(1, 6);
            between(s, low, low + 3)
        }
        _ => {
            let numbers = s.rng.distinct(0, 10, 4);
            put_in_order(s, numbers, bigger)
        }
    }
}

fn with_dots(s: &mut Setup, low: i64, high: i64) -> Problem {
    let card = |n: i64| vec![Block::Text(n.to_string()), Block::Figure(dots(n, Layout::Line))];
    let answer = Answer::choice(&mut s.rng, card(high), vec![(card(low), Some("more-fewer-swapped"))]);
    help_to_compare(
        s,
        Problem::new(answer).tell(say!(s.lang, "Which number is bigger?", "Quel nombre est le plus grand ?")),
        &[low, high],
        high,
    )
}

fn put_on_line(s: &mut Setup) -> Problem {
    let n = s.rng.range(1, 9);
    let other = if n == 6 { 9 } else { 6 };
    let rules: Vec<Rule> = if matches!(n, 6 | 9) { vec![(other, "looks-alike-numeral")] } else { vec![] };
    let labels = [0, 5, 10];
    let answer = Answer::slider(line(0, 10, 1, &labels, &[]), n, 0.5, &rules);
    let (before, after) = (n - 1, n + 1);
    Problem::new(answer)
        .tell(say!(s.lang, "Put {n} where it belongs on the line.", "Mets {n} à sa place sur la ligne."))
        .hint(say!(s.lang, "Is it nearer to 0 or to 10?", "Est-il plus près de 0 ou de 10 ?"))
        .hint(say!(s.lang, "Start at 0 and jump one step for each word.", "Pars de 0 et saute un pas pour chaque mot."))
        .hint(say!(s.lang, "It stands between {before} and {after}.", "Il est entre {before} et {after}."))
        .step(say!(s.lang, "Count the steps from 0: {n}.", "Compte les pas depuis 0 : {n}."))
        .step_show([Block::Figure(Figure::NumberLine(line(0, 10, 1, &labels, &[n])))])
        .praise(say!(
            s.lang,
            "Yes, {n} stands there: after {before} and before {after}.",
            "Oui, {n} est là : après {before} et avant {after}."
        ))
        .seconds(15)
}

/// Which of these is the biggest, or the smallest?
pub fn which_is(s: &mut Setup, numbers: &[i64], bigger: bool) -> Problem {
    let least = numbers.iter().copied().min().unwrap_or(0);
    let most = numbers.iter().copied().max().unwrap_or(0);
    let (right, opposite) = if bigger { (most, least) } else { (least, most) };
    let mut wrong: Vec<_> = Vec::new();
    let mut others: Vec<i64> = numbers.iter().copied().filter(|n| *n != right).collect();
    s.rng.shuffle(&mut others);
    for n in others {
        let code = mistake(n, right, opposite, bigger);
        wrong.push((text(shown(n)), code));
    }
    let answer = Answer::choice(&mut s.rng, text(shown(right)), wrong);
    let ask = match (bigger, numbers.len()) {
        (true, 2) => say!(s.lang, "Which number is bigger?", "Quel nombre est le plus grand ?"),
        (false, 2) => say!(s.lang, "Which number is smaller?", "Quel nombre est le plus petit ?"),
        (true, _) => say!(s.lang, "Which number is the greatest?", "Lequel est le plus grand de tous ?"),
        (false, _) => say!(s.lang, "Which number is the least?", "Lequel est le plus petit de tous ?"),
    };
    help_to_compare(s, Problem::new(answer).tell(ask), numbers, right)
}

/// What choosing `n` instead of `right` shows.
fn mistake(n: i64, right: i64, opposite: i64, bigger: bool) -> Option<&'static str> {
    let largest_digit = |n: i64| (0..5).map(|column| digit(n, column)).max().unwrap_or(0);
    if n == 0 && bigger {
        return Some("zero-is-big");
    }
    if n < 10 && right < 10 && (n == 6 || right == 6) {
        // Read as its look-alike, 6 would be the bigger one, or 9 the smaller.
        let alike = if bigger { n == 6 && right < 9 } else { right == 6 && n < 9 };
        if alike {
            return Some("looks-alike-numeral");
        }
    }
    if n > 9 && n % 100 == swapped(right) % 100 && n / 100 == right / 100 && n % 10 != 0 && right % 10 != 0 {
        return Some("swaps-digits");
    }
    if n >= 100
        && right >= 100
        && n / 100 == right / 100
        && (n % 10 == 0) != (right % 10 == 0)
        && crate::digits::zero_moved(n) == right
    {
        return Some("zero-moved");
    }
    let by_one_digit = if bigger {
        n % 10 > right % 10 || largest_digit(n) > largest_digit(right)
    } else {
        n % 10 < right % 10 || largest_digit(n) < largest_digit(right)
    };
    if n > 9 && by_one_digit {
        return Some("compares-ones");
    }
    (n == opposite).then_some("more-fewer-swapped")
}

fn help_to_compare(s: &Setup, problem: Problem, numbers: &[i64], right: i64) -> Problem {
    let mut rising = numbers.to_vec();
    rising.sort_unstable();
    let most = rising[rising.len() - 1];
    let row = listed(&rising);
    let right_shown = shown(right);
    let problem = if most <= 10 {
        let labels: Vec<i64> = (0..=10).collect();
        problem
            .hint(say!(
                s.lang,
                "Say them as in counting: which comes first, which later?",
                "Dis-les comme on compte : lequel vient d'abord, lequel plus tard ?"
            ))
            .hint_with(
                say!(
                    s.lang,
                    "Find them on the line. Farther along is bigger.",
                    "Trouve-les sur la ligne. Plus loin, c'est plus grand."
                ),
                [Block::Figure(Figure::NumberLine(line(0, 10, 1, &labels, &rising)))],
            )
    } else {
        let pictures: Vec<Block> =
            if most < 1000 && rising.len() < 4 { rising.iter().map(|n| blocks(*n)).collect() } else { vec![] };
        problem
            .hint(say!(
                s.lang,
                "Start from the left: which column counts most?",
                "Commence à gauche : quelle colonne compte le plus ?"
            ))
            .hint_with(
                say!(
                    s.lang,
                    "Write them under each other in columns. Stop where they differ first.",
                    "Écris-les l'un sous l'autre en colonnes. Arrête-toi à la première différence."
                ),
                pictures,
            )
    };
    problem
        .hint(say!(s.lang, "In counting order: {row}.", "Dans l'ordre : {row}."))
        .step(if most <= 10 {
            say!(
                s.lang,
                "Count up: you come first to the smaller number.",
                "Compte : tu arrives d'abord au plus petit."
            )
        } else {
            say!(
                s.lang,
                "Compare the columns from the left and stop at the first difference.",
                "Compare les colonnes depuis la gauche et arrête-toi à la première différence."
            )
        })
        .step(say!(
            s.lang,
            "From small to big: {row}. The answer is {right_shown}.",
            "Du petit au grand : {row}. La réponse est {right_shown}."
        ))
        .praise(say!(s.lang, "Yes. From small to big: {row}.", "Oui. Du petit au grand : {row}."))
        .seconds(if most <= 99 { 12 } else { 20 })
}

/// Less than, equal or greater than?
pub fn sign(s: &mut Setup, a: i64, b: i64) -> Problem {
    let right = match a.cmp(&b) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 2,
    };
    let spoken = [
        say!(s.lang, "is less than", "est plus petit que"),
        say!(s.lang, "is equal to", "est égal à"),
        say!(s.lang, "is greater than", "est plus grand que"),
    ];
    let options = ["<", "=", ">"].iter().zip(&spoken).enumerate().map(|(i, (mark, words))| {
        let code = match right {
            1 => None,
            _ if i != 1 && i != right => Some("sign-reversed"),
            _ if i == 1 && a > 9 && a == swapped(b) => Some("swaps-digits"),
            _ => None,
        };
        (vec![Block::Math((*mark).to_owned()), Block::Speech(words.clone())], code)
    });
    let answer = Answer::choice_in_order(options.collect(), right);
    let (a_shown, b_shown, words) = (shown(a), shown(b), &spoken[right]);
    let mark = ["<", "=", ">"][right];
    Problem::new(answer)
        .tell(say!(s.lang, "Which sign belongs between the numbers?", "Quel signe va entre les nombres ?"))
        .math(format!("{a_shown} _ {b_shown}"))
        .speak(say!(s.lang, "{a}, and {b}", "{a}, et {b}"))
        .hint(say!(
            s.lang,
            "Which number is bigger? Look from the left.",
            "Quel nombre est le plus grand ? Regarde depuis la gauche."
        ))
        .hint(say!(
            s.lang,
            "The open side of the sign looks at the bigger number.",
            "Le côté ouvert du signe regarde le plus grand nombre."
        ))
        .hint(say!(s.lang, "{a_shown} {words} {b_shown}.", "{a_shown} {words} {b_shown}."))
        .step(say!(s.lang, "Say it: {a_shown} {words} {b_shown}.", "Dis-le : {a_shown} {words} {b_shown}."))
        .step_show([Block::Math(format!("{a_shown} {mark} {b_shown}"))])
        .praise(say!(s.lang, "Yes, {a_shown} {words} {b_shown}.", "Oui, {a_shown} {words} {b_shown}."))
        .seconds(15)
}

/// Any number strictly between two.
pub fn between(s: &mut Setup, low: i64, high: i64) -> Problem {
    let others = (low + 2..high).map(|n| Response::Number(n.to_string())).collect();
    let rules = [(low, "repeats-given-number"), (high, "repeats-given-number")];
    let answer = Answer::number(low + 1, &rules).judge(Judge::AnyOf(others));
    let labels: Vec<i64> = vec![low, high];
    let (first, next) = (low + 1, low + 2);
    Problem::new(answer)
        .tell(say!(s.lang, "Write a number between {low} and {high}.", "Écris un nombre entre {low} et {high}."))
        .hint(say!(
            s.lang,
            "It must be more than {low} and less than {high}.",
            "Il doit être plus grand que {low} et plus petit que {high}."
        ))
        .hint_with(
            say!(s.lang, "Look at the line between them.", "Regarde la ligne entre les deux."),
            [Block::Figure(Figure::NumberLine(line(low - 1, high + 1, 1, &labels, &[])))],
        )
        .hint(say!(s.lang, "Count on from {low}: {first} is the next.", "Compte après {low} : {first} est le suivant."))
        .step(say!(
            s.lang,
            "Count on from {low}: {first}, {next}, and stop before {high}.",
            "Compte après {low} : {first}, {next}, et arrête-toi avant {high}."
        ))
        .step(say!(s.lang, "For example {first}.", "Par exemple {first}."))
        .praise(say!(s.lang, "Yes, that lies between {low} and {high}.", "Oui, il est entre {low} et {high}."))
        .retry(say!(
            s.lang,
            "It must be more than {low} and less than {high}.",
            "Il doit être plus grand que {low} et plus petit que {high}."
        ))
        .seconds(15)
}

/// Cards to put in order, smallest first or biggest first.
pub fn put_in_order(s: &mut Setup, mut numbers: Vec<i64>, rising: bool) -> Problem {
    numbers.sort_unstable();
    if !rising {
        numbers.reverse();
    }
    let turned: Vec<usize> = (0..numbers.len()).rev().collect();
    let mut by_ones: Vec<usize> = (0..numbers.len()).collect();
    by_ones.sort_by_key(|i| if rising { numbers[*i] % 10 } else { 9 - numbers[*i] % 10 });
    let mut rules = vec![(turned, "more-fewer-swapped")];
    if numbers.iter().all(|n| *n > 9) && by_ones.windows(2).any(|two| two[0] > two[1]) {
        rules.push((by_ones, "compares-ones"));
    }
    let answer = Answer::order(&mut s.rng, numbers.iter().map(|n| text(shown(*n))).collect(), rules);
    let row = listed(&numbers);
    let first = shown(numbers[0]);
    Problem::new(answer)
        .tell(if rising {
            say!(s.lang, "Put the numbers in order: the smallest first.", "Range les nombres : le plus petit d'abord.")
        } else {
            say!(s.lang, "Put the numbers in order: the biggest first.", "Range les nombres : le plus grand d'abord.")
        })
        .hint(if numbers.iter().all(|n| *n < 11) {
            say!(s.lang, "Which one comes first when you count?", "Lequel vient d'abord quand tu comptes ?")
        } else {
            say!(
                s.lang,
                "Compare the first column on the left. Equal? Go one column on.",
                "Compare la première colonne à gauche. Égales ? Passe à la suivante."
            )
        })
        .hint(say!(
            s.lang,
            "Look which number must come first, then look among the rest.",
            "Cherche celui qui vient en premier, puis cherche parmi les autres."
        ))
        .hint(say!(s.lang, "Begin with {first}.", "Commence par {first}."))
        .step(say!(
            s.lang,
            "Begin with {first}. Compare the rest from the left, column by column.",
            "Commence par {first}. Compare les autres depuis la gauche, colonne par colonne."
        ))
        .step(say!(s.lang, "The order is {row}.", "L'ordre est {row}."))
        .praise(say!(s.lang, "Yes: {row}.", "Oui : {row}."))
        .seconds(30)
}

/// The biggest or the smallest number from digit cards. A zero may not stand first.
pub fn from_cards(s: &mut Setup, digits: &[i64], biggest: bool) -> Problem {
    let number = |order: &[i64]| order.iter().fold(0, |n, digit| n * 10 + digit);
    let mut falling = digits.to_vec();
    falling.sort_unstable_by(|a, b| b.cmp(a));
    let mut rising: Vec<i64> = falling.iter().rev().copied().collect();
    let without_first = number(&rising);
    if let Some(first) = rising.iter().position(|digit| *digit > 0) {
        rising.swap(0, first);
    }
    let (right, other) =
        if biggest { (number(&falling), number(&rising)) } else { (number(&rising), number(&falling)) };
    let mut rules = vec![(other, "more-fewer-swapped")];
    if !biggest && without_first != right {
        rules.push((without_first, "drops-zero"));
    }
    if digits.len() == 2 {
        rules.push((swapped(right), "swaps-digits"));
    }
    let answer = Answer::number(right, &rules);
    let cards = listed(digits);
    let first = if biggest { falling[0] } else { rising[0] };
    let ask = if biggest {
        say!(
            s.lang,
            "Make the biggest number with these cards: {cards}. Use each card once.",
            "Forme le plus grand nombre avec ces cartes : {cards}. Utilise chaque carte une fois."
        )
    } else {
        say!(
            s.lang,
            "Make the smallest number with these cards: {cards}. Use each card once, and no zero in front.",
            "Forme le plus petit nombre avec ces cartes : {cards}. Utilise chaque carte une fois, sans zéro devant."
        )
    };
    Problem::new(answer)
        .tell(ask)
        .hint(say!(s.lang, "Which place counts most?", "Quelle place compte le plus ?"))
        .hint(if biggest {
            say!(
                s.lang,
                "Put the biggest digit in the place that counts most.",
                "Mets le plus grand chiffre à la place qui compte le plus."
            )
        } else {
            say!(
                s.lang,
                "Put the smallest digit that may stand there in the place that counts most.",
                "Mets le plus petit chiffre possible à la place qui compte le plus."
            )
        })
        .hint(say!(s.lang, "The number begins with {first}.", "Le nombre commence par {first}."))
        .step(say!(
            s.lang,
            "The left place counts most: put {first} there, then go on with the rest in the same way.",
            "La place de gauche compte le plus : mets-y {first}, puis continue de même."
        ))
        .step(say!(s.lang, "The number is {right}.", "Le nombre est {right}."))
        .praise(say!(
            s.lang,
            "Yes, {right}: the left place counts most.",
            "Oui, {right} : la place de gauche compte le plus."
        ))
        .seconds(20)
}

/// Compares and orders two-digit numbers.
pub fn order_99(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let bigger = s.rng.chance(1, 2);
    match (s.band, form) {
        (0, _) => {
            let tens = s.rng.distinct(1, 9, 2);
            let far = (tens[0] - tens[1]).abs() > 2;
            let ones = if far { s.rng.range(0, 9) } else { 0 };
            which_is(s, &[tens[0] * 10 + ones, tens[1] * 10 + if far { ones / 2 } else { 0 }], bigger)
        }
        (1, 0) => {
            let (a, b) = other_tens(s);
            sign(s, a, b)
        }
        (1, _) => {
            let (a, b) = other_tens(s);
            which_is(s, &[a, b], bigger)
        }
        (2, 0 | 1) => {
            let (tens, ones) = (s.rng.range(1, 9), s.rng.distinct(0, 9, 2));
            let (a, b) = (tens * 10 + ones[0], tens * 10 + ones[1]);
            if form == 0 { sign(s, a, b) } else { which_is(s, &[a, b], bigger) }
        }
        (2, _) => {
            let pair = s.rng.distinct(1, 9, 2);
            let (a, b) = (pair[0] * 10 + pair[1], pair[1] * 10 + pair[0]);
            if form == 2 { sign(s, a, b) } else { which_is(s, &[a, b], bigger) }
        }
        (3, _) => {
            let numbers = with_traps(s, 4);
            put_in_order(s, numbers, bigger)
        }
        (_, 0) => {
            let low = s.rng.range(21, 94);
            between(s, low, low + 4)
        }
        (_, 1) => {
            let digits = s.rng.distinct(1, 9, 2);
            from_cards(s, &digits, bigger)
        }
        _ => {
            let numbers = with_traps(s, 5);
            put_in_order(s, numbers, bigger)
        }
    }
}

/// Two numbers with other tens, the bigger one with the smaller ones digit.
fn other_tens(s: &mut Setup) -> (i64, i64) {
    let low = s.rng.range(1, 8);
    let ones = s.rng.range(0, 4);
    let (small, big) = (low * 10 + s.rng.range(ones + 1, 9), (low + 1) * 10 + ones);
    if s.rng.chance(1, 2) { (small, big) } else { (big, small) }
}

/// Numbers that share tens, ones or swapped digits.
fn with_traps(s: &mut Setup, count: usize) -> Vec<i64> {
    let pair = s.rng.distinct(2, 8, 2);
    let (a, b) = (pair[0], pair[1]);
    let mut numbers = vec![a * 10 + b, b * 10 + a, a * 10 + (b + 1) % 10, (a + 1) * 10 + b - 1, (b - 1) * 10 + 9];
    let mut kept: Vec<i64> = Vec::new();
    numbers.push(a * 11);
    numbers.push(b * 11);
    for n in numbers {
        if kept.len() < count && !kept.contains(&n) {
            kept.push(n);
        }
    }
    kept
}

/// Compares and orders three-digit numbers.
pub fn order_999(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    let bigger = s.rng.chance(1, 2);
    match (s.band, form) {
        (0, _) => {
            let hundreds = s.rng.distinct(1, 9, 2);
            let (a, b) = (hundreds[0] * 100 + s.rng.range(10, 99), hundreds[1] * 100 + s.rng.range(10, 99));
            if form == 0 { sign(s, a, b) } else { which_is(s, &[a, b], bigger) }
        }
        (1, _) => {
            let (hundreds, tens) = (s.rng.range(1, 9) * 100, s.rng.distinct(0, 9, 2));
            let (a, b) = (hundreds + tens[0] * 10 + s.rng.range(0, 9), hundreds + tens[1] * 10 + s.rng.range(0, 9));
            if form == 0 { sign(s, a, b) } else { which_is(s, &[a, b], bigger) }
        }
        (2, 0) => {
            let (small, big) = (s.rng.range(61, 99), s.rng.range(101, 160));
            which_is(s, &[small, big], bigger)
        }
        (2, 1) => {
            let (head, ones) = (s.rng.range(11, 98) * 10, s.rng.distinct(0, 9, 2));
            sign(s, head + ones[0], head + ones[1])
        }
        (2, _) => {
            let (hundreds, d) = (s.rng.range(1, 9) * 100, s.rng.range(1, 9));
            if form == 2 {
                sign(s, hundreds + d, hundreds + d * 10)
            } else {
                which_is(s, &[hundreds + d, hundreds + d * 10], bigger)
            }
        }
        (3, _) => {
            let numbers = same_digits(s, 4);
            put_in_order(s, numbers, bigger)
        }
        (_, 0) => {
            let mut digits = s.rng.distinct(1, 9, 3);
            if s.rng.chance(1, 2) {
                digits[1] = 0;
            }
            from_cards(s, &digits, bigger)
        }
        (_, 1) => which_digit_fits(s),
        _ => {
            let mut numbers = same_digits(s, 4);
            numbers.push(s.rng.range(80, 99));
            put_in_order(s, numbers, bigger)
        }
    }
}

/// Numbers made of the same three digits.
fn same_digits(s: &mut Setup, count: usize) -> Vec<i64> {
    let d = s.rng.distinct(1, 9, 3);
    let orders = [[0, 1, 2], [1, 0, 2], [2, 1, 0], [2, 0, 1], [0, 2, 1], [1, 2, 0]];
    let mut numbers: Vec<i64> = orders.iter().map(|o| d[o[0]] * 100 + d[o[1]] * 10 + d[o[2]]).collect();
    s.rng.shuffle(&mut numbers);
    numbers.truncate(count);
    numbers
}

/// Which digit makes 4?6 greater than 458?
fn which_digit_fits(s: &mut Setup) -> Problem {
    let (hundreds, tens, ones) = (s.rng.range(1, 9), s.rng.range(4, 7), s.rng.range(2, 8));
    let limit_ones = s.rng.range(ones + 1, 9);
    let limit = hundreds * 100 + tens * 10 + limit_ones;
    // With fewer ones than the limit, the tens must be bigger than the limit's.
    let right = tens + 1;
    let wrong = vec![
        (tens.to_string(), Some("compares-ones")),
        ((tens - 1).to_string(), Some("sign-reversed")),
        ((tens - 3).to_string(), None),
    ];
    let answer = Answer::choose_text(&mut s.rng, right.to_string(), wrong);
    let whole = hundreds * 100 + right * 10 + ones;
    let tens_as_tens = units(s.lang, tens, 1);
    let limit_ones_as_ones = units(s.lang, limit_ones, 0);
    let right_as_tens = units(s.lang, right, 1);
    Problem::new(answer)
        .tell(say!(s.lang, "Which digit fits in the empty place?", "Quel chiffre va à la place vide ?"))
        .math(format!("{hundreds} _ {ones} > {limit}"))
        .hint(say!(s.lang, "The hundreds are equal. Which column comes next?", "Les centaines sont égales. Quelle colonne vient ensuite ?"))
        .hint(say!(s.lang, "With equal tens the ones would decide: {ones} against {limit_ones}.", "Avec des dizaines égales, les unités décideraient : {ones} contre {limit_ones}."))
        .hint(say!(s.lang, "The tens must be more than {tens}.", "Il faut plus de {tens_as_tens}."))
        .step(say!(s.lang, "The hundreds are equal, so compare the tens.", "Les centaines sont égales, alors compare les dizaines."))
        .step(say!(s.lang, "{tens_as_tens} would leave {ones} against {limit_ones_as_ones}: too small. {right_as_tens} make it bigger.", "{tens_as_tens} laisseraient {ones} contre {limit_ones_as_ones} : trop petit. {right_as_tens} suffisent."))
        .step_show([Block::Math(format!("{whole} > {limit}"))])
        .praise(say!(s.lang, "Yes, {whole} is greater than {limit}.", "Oui, {whole} est plus grand que {limit}."))
        .seconds(25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_at_one_digit_shows_whichever_way_is_asked() {
        assert_eq!(mistake(39, 42, 39, true), Some("compares-ones"));
        assert_eq!(mistake(42, 39, 42, false), Some("compares-ones"));
        assert_eq!(mistake(52, 41, 52, false), Some("more-fewer-swapped"));
        assert_eq!(mistake(41, 52, 41, true), Some("more-fewer-swapped"));
    }
}
