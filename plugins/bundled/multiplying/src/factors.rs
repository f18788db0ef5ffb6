//! Factors and multiples (numeracy.mult.factors). Never here: times tables to know by heart.

use chalkbox_tool::forms::{asked, until};
use chalkbox_tool::{Answer, Block, Interaction, Problem, Response, Rule, Setup, both, say, text};

use crate::help;

/// All factors of a number, rising.
fn factors_of(n: i64) -> Vec<i64> {
    (1..=n).filter(|d| n % d == 0).collect()
}

/// The prime numbers to 20.
const PRIMES: [i64; 8] = [2, 3, 5, 7, 11, 13, 17, 19];

/// Numbers as a sentence lists them: 1, 2, 3.
fn listed(numbers: &[i64]) -> String {
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

fn card(n: i64) -> Vec<Block> {
    text(n.to_string())
}

/// The response that chooses the options with these numbers.
fn chosen(answer: &Answer, numbers: &[i64]) -> Response {
    let Interaction::Choice(choice) = &answer.interaction else { return Response::Choice(vec![]) };
    let wanted: Vec<_> = numbers.iter().map(|n| card(*n)).collect();
    let ids = choice.options.iter().filter(|option| wanted.contains(&option.content)).map(|option| option.id.clone());
    Response::Choice(ids.collect())
}

/// `numeracy.mult.factors`
pub fn factors(s: &mut Setup) -> Problem {
    let form = s.rng.below(5);
    match (s.band, form) {
        (0, _) => {
            let by = *s.rng.pick(&[2, 5, 10]);
            multiples(s, by, 50)
        }
        (1, 0 | 1) => which_rectangle(s),
        (1, _) => other_factor(s),
        (2, 0 | 1) => {
            let by = *s.rng.pick(&[3, 4, 6]);
            multiples(s, by, 48)
        }
        (2, _) => all_factors(s),
        (3, 0 | 1) => is_factor(s),
        (3, 2) => sorted(s),
        (3, _) => primes(s),
        (_, 0 | 1) => least_common_multiple(s),
        (_, 2) => common_factors(s),
        (_, 3) => missing_in_list(s),
        _ => riddle(s),
    }
}

/// Which are multiples of a number? Several are right.
fn multiples(s: &mut Setup, by: i64, most: i64) -> Problem {
    let l = s.lang;
    let times = s.rng.distinct(2, most / by, 3);
    let right: Vec<i64> = times.iter().map(|n| n * by).collect();
    let mut wrong: Vec<(i64, Option<&'static str>)> = Vec::new();
    if by == 6 || by == 10 {
        wrong.push((by / 2, Some("factors-multiples-swapped")));
    } else {
        wrong.push((1, Some("factors-multiples-swapped")));
    }
    let near = until(s, |r| r.range(11, most - 1), |n| n % by != 0);
    wrong.push((near, None));
    let next = right[0] + if by > 2 { 2 } else { 1 };
    if next != near {
        wrong.push((next, None));
    }
    let wrong = wrong.into_iter().map(|(n, code)| (card(n), code)).collect();
    let answer = Answer::choice_of_all(&mut s.rng, right.iter().map(|n| card(*n)).collect(), wrong);
    let (first, second, third, x, y) = (by, 2 * by, 3 * by, right[0], times[0]);
    Problem::new(answer)
        .tell(say!(
            l,
            "Which are multiples of {by}? Choose them all.",
            "Quels sont les multiples de {by} ? Choisis-les tous."
        ))
        .hint(say!(
            l,
            "Count in steps of {by}: {first}, {second}, {third} …",
            "Compte de {by} en {by} : {first}, {second}, {third} …"
        ))
        .hint(say!(l, "Which cards do you meet on the way?", "Quelles cartes rencontres-tu en chemin ?"))
        .hint(say!(l, "{x} is {y} × {by}. Now the others.", "{x}, c'est {y} × {by}. À toi pour les autres."))
        .step(say!(
            l,
            "Multiples of {by} come from steps of {by}, and go on for ever.",
            "Les multiples de {by} viennent en comptant de {by} en {by}, sans fin."
        ))
        .step_show([Block::Math(format!("{y} × {by} = {x}"))])
        .praise(say!(l, "Yes. All of these are in the table of {by}.", "Oui. Ils sont tous dans la table de {by}."))
        .seconds(35)
}

/// Hints, steps and praise for the factors of a number: full rows only.
fn rows_help(p: Problem, s: &Setup, n: i64) -> Problem {
    let l = s.lang;
    let all = factors_of(n);
    let pairs: Vec<(i64, i64)> = all.iter().map(|d| (*d, n / d)).filter(|(a, b)| a <= b).collect();
    let (a, b) = *pairs.last().unwrap_or(&(1, n));
    let lines: Vec<String> = pairs.iter().map(|(a, b)| format!("{a} × {b}")).collect();
    let (told, list) = (lines.join(", "), listed(&all));
    p.hint(say!(
        l,
        "Start with 1 row. Then try 2 rows, 3 rows and so on.",
        "Commence par 1 rangée. Essaie ensuite 2 rangées, 3 rangées …"
    ))
    .hint(say!(
        l,
        "Only full rows count: nothing may be left over.",
        "Seules les rangées complètes comptent : rien ne doit rester."
    ))
    .hint_with(say!(l, "Here is one of the rectangles.", "Voici un des rectangles."), help::array(a, b))
    .step(say!(l, "The full rectangles: {told}.", "Les rectangles complets : {told}."))
    .step(say!(l, "The factors of {n} are {list}.", "Les diviseurs de {n} sont {list}."))
}

/// Which rectangle can be made of so many squares?
fn which_rectangle(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (n, a) = *s.rng.pick(&[(6, 2), (8, 2), (10, 2), (12, 2), (12, 3), (15, 3), (16, 4), (18, 3)]);
    let b = n / a;
    let wrong = vec![
        (help::array(a, n - a), Some("addition-pairs")),
        (help::array(a, b + 1), None),
        (help::array(a + 1, b), None),
    ];
    let p = Problem::new(Answer::choice(&mut s.rng, help::array(a, b), wrong)).tell(say!(
        l,
        "Which rectangle is made of {n} squares?",
        "Quel rectangle est fait de {n} carrés ?"
    ));
    rows_help(p, s, n).praise(say!(l, "Yes. {a} rows of {b} are {n}.", "Oui. {a} rangées de {b} font {n}.")).seconds(30)
}

/// 12 = 3 × ?
fn other_factor(s: &mut Setup) -> Problem {
    let l = s.lang;
    let n = *s.rng.pick(&[6, 8, 10, 12, 14, 15, 16]);
    let inner: Vec<i64> = factors_of(n).into_iter().filter(|d| *d > 1 && *d < n).collect();
    let a = *s.rng.pick(&inner);
    let b = n / a;
    let rules = [
        (n - a, "addition-pairs"),
        (b + 1, "one-group-off"),
        (b - 1, "one-group-off"),
        (n * a, "factors-multiples-swapped"),
    ];
    let p = Problem::new(asked(s, b, &rules, 60))
        .show(help::array(a, b))
        .tell(say!(l, "Find the other factor of the pair.", "Trouve l'autre facteur de la paire."))
        .sum(l, &format!("{n} = {a} × _"));
    rows_help(p, s, n)
        .praise(say!(l, "Yes. {a} and {b} are factors of {n}.", "Oui. {a} et {b} sont des diviseurs de {n}."))
        .seconds(25)
}

/// All factors of a number, chosen among others.
fn all_factors(s: &mut Setup) -> Problem {
    let l = s.lang;
    let n = *s.rng.pick(&[8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 22, 24]);
    let all = factors_of(n);
    let not = until(s, |r| r.range(3, n - 1), |d| n % d != 0);
    let wrong = vec![(card(2 * n), Some("factors-multiples-swapped")), (card(not), None)];
    let mut answer = Answer::choice_of_all(&mut s.rng, all.iter().map(|d| card(*d)).collect(), wrong);
    let inner: Vec<i64> = all.iter().copied().filter(|d| *d > 1 && *d < n).collect();
    let short = chosen(&answer, &inner);
    answer = answer.wrong(short, "forgets-one-and-self");
    let p = Problem::new(answer).tell(say!(
        l,
        "Which are factors of {n}? Choose them all.",
        "Quels sont les diviseurs de {n} ? Choisis-les tous."
    ));
    rows_help(p, s, n)
        .praise(say!(l, "Yes, these are all the factors of {n}.", "Oui, ce sont tous les diviseurs de {n}."))
        .seconds(50)
}

/// Is one number a factor, or a multiple, of the other?
fn is_factor(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, holds) = (s.rng.range(3, 9), s.rng.chance(1, 2));
    let b = until(s, |r| r.range(2 * a, 60), |b| (b % a == 0) == holds);
    let turned = s.rng.chance(1, 3);
    // Turned round it asks for the multiple: never true here.
    let (x, y, holds) = if turned && holds { (b, a, false) } else { (a, b, holds) };
    let code = if x > y { Some("factors-multiples-swapped") } else { None };
    let yes_no = |words: &str| both(words.to_owned());
    let options = vec![(yes_no(l.pick("yes", "oui")), code.filter(|_| !holds)), (yes_no(l.pick("no", "non")), None)];
    let (times, left) = (b / a, b % a);
    let line = if left > 0 { format!("{b} = {times} × {a} + {left}") } else { format!("{b} = {times} × {a}") };
    let p = Problem::new(Answer::choice_in_order(options, usize::from(!holds))).tell(say!(
        l,
        "Is {x} a factor of {y}?",
        "Est-ce que {x} est un diviseur de {y} ?"
    ));
    let why = if x > y {
        say!(
            l,
            "{x} is larger than {y}: it is a multiple, not a factor.",
            "{x} est plus grand que {y} : c'est un multiple, pas un diviseur."
        )
    } else if holds {
        say!(l, "{times} × {a} = {b}, and nothing is left: yes.", "{times} × {a} = {b}, et il ne reste rien : oui.")
    } else {
        say!(
            l,
            "{times} full groups of {a}, and {left} left over: no.",
            "{times} groupes complets de {a}, et il reste {left} : non."
        )
    };
    p.hint(say!(l, "A factor fits in: nothing is left over.", "Un diviseur entre juste : il ne reste rien."))
        .hint(say!(l, "Count in steps of {x}. Do you meet {y}?", "Compte de {x} en {x}. Rencontres-tu {y} ?"))
        .hint(say!(l, "Look: {line}. What does that tell?", "Regarde : {line}. Qu'est-ce que cela montre ?"))
        .step_show([Block::Math(line)])
        .step(why)
        .praise(say!(l, "Yes. You tried if it fits.", "Oui. Tu as essayé si cela entre juste."))
        .seconds(30)
}

/// Sort by multiples of 3 and of 5.
fn sorted(s: &mut Setup) -> Problem {
    let l = s.lang;
    let three = until(s, |r| r.range(2, 13) * 3, |n| n % 5 != 0);
    let five = until(s, |r| r.range(2, 9) * 5, |n| n % 3 != 0);
    let shared = *s.rng.pick(&[15, 30, 45]);
    let other = until(s, |r| r.range(11, 44), |n| n % 3 != 0 && n % 5 != 0);
    let things = vec![(card(three), 0), (card(five), 1), (card(shared), 2), (card(other), 3)];
    let groups = vec![
        text(say!(l, "only of 3", "de 3 seulement")),
        text(say!(l, "only of 5", "de 5 seulement")),
        text(say!(l, "of 3 and of 5", "de 3 et de 5")),
        text(say!(l, "of neither", "ni de 3 ni de 5")),
    ];
    let rules = [(2, 0, "stops-after-one-step"), (2, 1, "stops-after-one-step")];
    Problem::new(Answer::sorting(&mut s.rng, things, groups, &rules))
        .tell(say!(
            l,
            "Multiples of 3, of 5, of both or of neither? Sort them.",
            "Multiples de 3, de 5, des deux, ou d'aucun ? Trie-les."
        ))
        .hint(say!(l, "Try 5 first: the last digit is 0 or 5.", "Essaie d'abord 5 : le dernier chiffre est 0 ou 5."))
        .hint(say!(l, "Then count in steps of 3.", "Ensuite, compte de 3 en 3."))
        .hint(say!(l, "{shared} is in both tables.", "{shared} est dans les deux tables."))
        .step(say!(
            l,
            "{three} is in the table of 3, {five} in the table of 5.",
            "{three} est dans la table de 3, {five} dans celle de 5."
        ))
        .step(say!(l, "{shared} is in both, {other} in neither.", "{shared} est dans les deux, {other} dans aucune."))
        .praise(say!(l, "Yes. You tried both tables.", "Oui. Tu as essayé les deux tables."))
        .seconds(50)
}

/// Which is a prime number?
fn primes(s: &mut Setup) -> Problem {
    let l = s.lang;
    let right = *s.rng.pick(&PRIMES);
    let odd = *s.rng.pick(&[9, 15]);
    let even = *s.rng.pick(&[4, 6, 8, 10, 12, 14, 16, 18]);
    let wrong = vec![(card(odd), Some("odd-means-prime")), (card(even), None), (card(1), None)];
    let (a, b) = (3, odd / 3);
    Problem::new(Answer::choice(&mut s.rng, card(right), wrong))
        .tell(say!(
            l,
            "A prime number has exactly two factors: 1 and itself. Which one is prime?",
            "Un nombre premier a exactement deux diviseurs : 1 et lui-même. Lequel est premier ?"
        ))
        .hint(say!(
            l,
            "Lay rows: which number makes a single line only?",
            "Fais des rangées : quel nombre ne donne qu'une seule ligne ?"
        ))
        .hint_with(
            say!(
                l,
                "{odd} makes full rows, so it is not prime.",
                "{odd} donne des rangées complètes : il n'est pas premier."
            ),
            help::array(a, b),
        )
        .hint(say!(
            l,
            "{even} is in the table of 2. And 1 has a single factor.",
            "{even} est dans la table de 2. Et 1 n'a qu'un diviseur."
        ))
        .step(say!(
            l,
            "{odd} = {a} × {b} and {even} is in the table of 2; 1 has one factor only.",
            "{odd} = {a} × {b} et {even} est dans la table de 2 ; 1 n'a qu'un diviseur."
        ))
        .step(say!(l, "{right} is only 1 × {right}: prime.", "{right}, c'est seulement 1 × {right} : premier."))
        .praise(say!(l, "Yes, {right} is prime.", "Oui, {right} est premier."))
        .seconds(35)
}

/// The least common multiple of two numbers.
fn least_common_multiple(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = *s.rng.pick(&[(4, 6), (6, 9), (3, 6), (6, 8), (4, 10), (6, 10), (2, 8), (4, 8), (10, 15), (12, 8)]);
    let right = (1..).map(|n| n * a).find(|n| n % b == 0).unwrap_or(a * b);
    let common = factors_of(a).into_iter().filter(|d| b % d == 0).max().unwrap_or(1);
    let rules: Vec<Rule> = vec![
        (a * b, "product-for-lcm"),
        (common, "factors-multiples-swapped"),
        (2 * right, "product-for-lcm"),
        (a + b, "adds-instead-of-multiplies"),
    ];
    let larger = a.max(b);
    let (first, second) = (listed(&[larger, 2 * larger]), a.min(b));
    Problem::new(asked(s, right, &rules, 150))
        .tell(say!(
            l,
            "Which is the least number that is a multiple of {a} and of {b}?",
            "Quel est le plus petit nombre qui est multiple de {a} et de {b} ?"
        ))
        .hint(say!(l, "Write both rows of multiples.", "Écris les deux suites de multiples."))
        .hint(say!(
            l,
            "Go through the multiples of {larger}, one by one.",
            "Prends les multiples de {larger}, un par un."
        ))
        .hint(say!(
            l,
            "{first} … Which is the first that is in the table of {second}?",
            "{first} … Lequel est le premier dans la table de {second} ?"
        ))
        .step(say!(
            l,
            "{right} is in both tables, and no smaller number is.",
            "{right} est dans les deux tables, et aucun nombre plus petit n'y est."
        ))
        .step_show([
            Block::Math(format!("{} × {a} = {right}", right / a)),
            Block::Math(format!("{} × {b} = {right}", right / b)),
        ])
        .praise(say!(
            l,
            "Yes. {right} is the first in both tables.",
            "Oui. {right} est le premier dans les deux tables."
        ))
        .seconds(50)
}

/// Which are factors of both numbers?
fn common_factors(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (a, b) = *s.rng.pick(&[(12, 18), (16, 24), (12, 20), (18, 24), (20, 30), (15, 30), (24, 36)]);
    let right: Vec<i64> = factors_of(a).into_iter().filter(|d| b % d == 0).collect();
    let only = factors_of(b).into_iter().find(|d| a % d != 0).unwrap_or(b);
    let all = listed(&right);
    let wrong = vec![
        (card(a * 2 * b / right[right.len() - 1]), Some("factors-multiples-swapped")),
        (card(only), Some("stops-after-one-step")),
    ];
    let answer = Answer::choice_of_all(&mut s.rng, right.iter().map(|d| card(*d)).collect(), wrong);
    let short = chosen(&answer, &right[1..]);
    let answer = answer.wrong(short, "forgets-one-and-self");
    let second = right[1];
    let (x, y) = (a / second, b / second);
    Problem::new(answer)
        .tell(say!(
            l,
            "Which are factors of both {a} and {b}? Choose them all.",
            "Quels sont les diviseurs communs de {a} et {b} ? Choisis-les tous."
        ))
        .hint(say!(l, "Begin with 1.", "Commence par 1."))
        .hint(say!(
            l,
            "Try each card: does it fit into {a}, and into {b}?",
            "Essaie chaque carte : entre-t-elle juste dans {a}, et dans {b} ?"
        ))
        .hint(say!(
            l,
            "{second} fits: {x} × {second} = {a} and {y} × {second} = {b}.",
            "{second} convient : {x} × {second} = {a} et {y} × {second} = {b}."
        ))
        .step(say!(
            l,
            "In both lists of factors stand: {all}.",
            "Dans les deux listes de diviseurs, on trouve : {all}."
        ))
        .praise(say!(l, "Yes, all of these fit into both.", "Oui, ils entrent tous juste dans les deux."))
        .seconds(60)
}

/// One factor is missing in a list.
fn missing_in_list(s: &mut Setup) -> Problem {
    let l = s.lang;
    let n = *s.rng.pick(&[24, 28, 30, 32, 36, 40, 42, 48]);
    let all = factors_of(n);
    let at = s.rng.range(2, all.len() as i64 - 2) as usize;
    let right = all[at];
    let other = n / right;
    let told = all.iter().enumerate().map(|(i, d)| if i == at { "?".to_owned() } else { d.to_string() });
    let list = told.collect::<Vec<_>>().join(", ");
    let rules = [
        (right + 1, "one-group-off"),
        (right - 1, "one-group-off"),
        (2 * n, "factors-multiples-swapped"),
        (n - other, "addition-pairs"),
    ];
    let rules: Vec<Rule> = rules.into_iter().filter(|(d, _)| n % d != 0).collect();
    Problem::new(Answer::number(right, &rules))
        .tell(say!(
            l,
            "These are the factors of {n}, but one is missing. Which one?",
            "Voici les diviseurs de {n}, mais il en manque un. Lequel ?"
        ))
        .tell_as(list.clone(), list.replace('?', l.pick("what", "quel nombre")))
        .hint(say!(
            l,
            "Factors come in pairs: the first with the last.",
            "Les diviseurs vont par deux : le premier avec le dernier."
        ))
        .hint(say!(
            l,
            "Join them from both ends. Which has no partner?",
            "Relie-les par les deux bouts. Lequel n'a pas de partenaire ?"
        ))
        .hint(if other == right {
            say!(l, "Which number times itself makes {n}?", "Quel nombre fois lui-même fait {n} ?")
        } else {
            say!(
                l,
                "{other} has no partner. What times {other} makes {n}?",
                "{other} n'a pas de partenaire. Combien de fois {other} font {n} ?"
            )
        })
        .step_show([Block::Math(format!("{other} × {right} = {n}"))])
        .step(say!(l, "So {right} is missing.", "Il manque donc {right}."))
        .praise(say!(l, "Yes, {right} × {other} is {n}.", "Oui, {right} × {other} font {n}."))
        .seconds(50)
}

/// A multiple of the first number, a factor of the second, more than the third: only the last number is all that.
fn clues(s: &mut Setup) -> (i64, i64, i64, i64) {
    until(
        s,
        |r| (r.range(2, 6), *r.pick(&[24, 30, 36, 40, 48]), r.range(4, 15), r.range(6, 24)),
        |(by, whole, low, right)| {
            let fits: Vec<i64> =
                factors_of(*whole).into_iter().filter(|d| d % by == 0 && d > low && d < whole).collect();
            fits == [*right]
        },
    )
}

/// I am a multiple of 4, a factor of 36 …
fn riddle(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (by, whole, low, right) = clues(s);
    let rules = [
        (whole, "repeats-given-number"),
        (by, "repeats-given-number"),
        (whole * by, "factors-multiples-swapped"),
        (right + by, "stops-after-one-step"),
        (right - by, "stops-after-one-step"),
    ];
    let list = listed(&factors_of(whole));
    Problem::new(Answer::number(right, &rules))
        .tell(say!(
            l,
            "I am a multiple of {by} and a factor of {whole}, more than {low}, less than {whole}. Who am I?",
            "Je suis multiple de {by}, diviseur de {whole}, plus grand que {low} et plus petit que {whole}. Qui suis-je ?"
        ))
        .hint(say!(l, "Take one clue at a time.", "Prends un indice à la fois."))
        .hint(say!(l, "Write the factors of {whole} in pairs.", "Écris les diviseurs de {whole} par paires."))
        .hint(say!(l, "They are {list}. Which are more than {low}?", "Ce sont {list}. Lesquels dépassent {low} ?"))
        .step(say!(l, "The factors of {whole}: {list}.", "Les diviseurs de {whole} : {list}."))
        .step(say!(
            l,
            "Only {right} is more than {low}, less than {whole} and in the table of {by}.",
            "Seul {right} dépasse {low}, est plus petit que {whole} et se trouve dans la table de {by}."
        ))
        .praise(say!(l, "Yes, I am {right}.", "Oui, je suis {right}."))
        .seconds(75)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_riddle_has_one_answer() {
        for seed in 0..300 {
            let ask = chalkbox_tool::check::ask("numeracy.mult.factors", 1.0, seed, "en");
            let (by, whole, low, right) = clues(&mut Setup::new(&ask));
            let fits = (low + 1..whole).filter(|n| n % by == 0 && whole % n == 0).collect::<Vec<_>>();
            assert_eq!(fits, [right], "{by} {whole} {low}");
        }
    }

    #[test]
    fn factors_and_primes() {
        assert_eq!(factors_of(12), [1, 2, 3, 4, 6, 12]);
        assert_eq!((1..=20).filter(|n| factors_of(*n).len() == 2).collect::<Vec<_>>(), PRIMES);
    }
}
