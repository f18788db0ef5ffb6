//! The teens: ten and some more. Never here: other tens, which number is bigger.

use chalkbox_tool::{Answer, Block, Lang, Problem, Rule, Setup, base_ten, say, ten_frame};

use crate::digits::{swapped, teen_ty};

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
