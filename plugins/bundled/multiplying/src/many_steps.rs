//! Stories of several steps with all four operations (numeracy.mult.multi-step-story). Never here: stories of one step.

use chalkbox_tool::forms::{asked, bar, tiles, until};
use chalkbox_tool::{Answer, Block, Judge, Problem, Response, Rule, Setup, counted, de, say, spoken_math, text};

/// A story with its steps in order.
struct Plan {
    words: String,
    /// Each step: the sum and its result. The last result is the answer.
    steps: Vec<(String, i64)>,
    /// All steps in one line, without the answer.
    line: String,
    rules: Vec<Rule>,
    /// The bar of the first step.
    bar: Vec<Block>,
}

impl Plan {
    fn right(&self) -> i64 {
        self.steps.last().map_or(0, |(_, result)| *result)
    }
}

/// How a story is answered.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Number,
    Order,
    Expression,
    Tiles,
}

/// Hints, steps and praise of a story: first the plan, then step by step.
fn helped(p: Problem, s: &Setup, plan: &Plan) -> Problem {
    let l = s.lang;
    let right = plan.right();
    let (sum, first) = &plan.steps[0];
    let mut p = p
        .hint(say!(
            l,
            "What is asked? What must you know before that?",
            "Que demande-t-on ? Que faut-il savoir avant cela ?"
        ))
        .hint_with(say!(l, "Here is the first step as bars.", "Voici la première étape en barres."), plan.bar.clone())
        .hint(say!(
            l,
            "First step: {sum} = {first}. Go on from there.",
            "Première étape : {sum} = {first}. Continue à partir de là."
        ));
    for (sum, result) in &plan.steps {
        p = p.step(say!(l, "{sum} = {result}.", "{sum} = {result}."));
    }
    p.step(say!(l, "The answer is {right}.", "La réponse est {right}."))
        .praise(say!(
            l,
            "Yes, {right}. You took one step after the other.",
            "Oui, {right}. Tu as avancé étape par étape."
        ))
        .seconds(75)
}

/// The story in the form asked for.
fn told(s: &mut Setup, plan: &Plan, form: Form) -> Problem {
    let l = s.lang;
    let math = |line: &str| vec![Block::Math(line.to_owned())];
    let answer = match form {
        Form::Number => asked(s, plan.right(), &plan.rules, 1000),
        Form::Order => {
            let right = plan.right();
            let mut lines: Vec<_> = plan.steps.iter().map(|(sum, result)| math(&format!("{sum} = {result}"))).collect();
            let independent = lines.len() > 2;
            lines.push(text(say!(l, "The answer is {right}.", "La réponse est {right}.")));
            let turned = (0..lines.len()).rev().collect();
            let answer = Answer::order(&mut s.rng, lines, vec![(turned, "left-to-right-only")]);
            // With two products it does not matter which comes first.
            if independent { first_two_free(answer) } else { answer }
        }
        Form::Expression => {
            let flat = plan.line.replace(['(', ')'], "");
            let numbers: Vec<&str> = flat.split_whitespace().step_by(2).collect();
            let added = numbers.join(" + ");
            let (sum, _) = &plan.steps[0];
            let wrong = vec![
                (math(&added), Some("uses-all-numbers")),
                (math(sum), Some("stops-after-one-step")),
                (math(&turned_signs(&plan.line)), Some("key-word-operation")),
            ];
            Answer::choice(&mut s.rng, math(&plan.line), wrong)
        }
        Form::Tiles => {
            let (sentence, rights) = blanked(&plan.line);
            let rules: Vec<Rule> = plan.rules.iter().copied().filter(|(n, _)| !rights.contains(n)).collect();
            let swaps = sentence.contains("_ × _");
            let answer = tiles(s, &format!("{sentence} = _"), &[rights, vec![plan.right()]].concat(), &rules, 1000);
            if swaps { answer.either_way(0, 1) } else { answer }
        }
    };
    let p = Problem::new(answer).tell(plan.words.clone());
    let p = match form {
        Form::Number => p,
        Form::Order => p.tell(say!(l, "Put the steps in order.", "Mets les étapes dans l'ordre.")),
        Form::Expression => p.tell(say!(l, "Which line fits the story?", "Quelle écriture va avec l'histoire ?")),
        Form::Tiles => {
            let (sentence, _) = blanked(&plan.line);
            p.tell(say!(l, "Fill in the line.", "Complète l'écriture."))
                .speak(spoken_math(l, &format!("{sentence} = _")))
        }
    };
    helped(p, s, plan)
}

/// An order whose first two things may change places.
fn first_two_free(answer: Answer) -> Answer {
    let Response::Order(mut ids) = answer.right.clone() else { return answer };
    ids.swap(0, 1);
    answer.judge(Judge::AnyOf(vec![Response::Order(ids)]))
}

/// A line with minus for plus, plus for minus and times for divided.
fn turned_signs(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '+' => '−',
            '−' => '+',
            '÷' => '×',
            other => other,
        })
        .collect()
}

/// A line with a blank for each number but the first; gives these numbers too.
fn blanked(line: &str) -> (String, Vec<i64>) {
    let mut numbers = Vec::new();
    let mut first = true;
    let parts: Vec<String> = line
        .split_whitespace()
        .map(|part| match part.parse::<i64>() {
            Ok(n) if !first => {
                numbers.push(n);
                "_".to_owned()
            }
            Ok(_) => {
                first = false;
                part.to_owned()
            }
            Err(_) => part.to_owned(),
        })
        .collect();
    (parts.join(" "), numbers)
}

/// `numeracy.mult.multi-step-story`
pub fn multi_step_story(s: &mut Setup) -> Problem {
    let kind = s.rng.below(3);
    let form = *s.rng.pick(&[Form::Number, Form::Number, Form::Order, Form::Expression, Form::Tiles]);
    match s.band {
        0 => {
            let plan = bags_and_more(s, kind == 0);
            let form = if form == Form::Expression { Form::Number } else { form };
            let bar = plan.bar.clone();
            told(s, &plan, form).show(bar)
        }
        1 => {
            let plan = if kind == 0 { shared_and_more(s) } else { picked_and_sold(s) };
            told(s, &plan, form)
        }
        2 => {
            let plan = match kind {
                0 => two_products(s),
                1 => change(s),
                _ => together_then_shared(s),
            };
            // A line with brackets or two products is for the hardest band.
            let form = if form == Form::Tiles && kind != 1 { Form::Number } else { form };
            told(s, &plan, form)
        }
        3 if kind == 0 => boxes(s),
        3 => {
            let plan = two_buys(s);
            let form = if form == Form::Tiles { Form::Order } else { form };
            told(s, &plan, form)
        }
        _ => match kind {
            0 => backwards(s),
            1 => {
                let plan = hidden_first(s);
                told(s, &plan, if form == Form::Tiles { Form::Number } else { form })
            }
            _ => with_extra_number(s, form),
        },
    }
}

/// 3 bags of 5 and 4 more, in either order.
fn bags_and_more(s: &mut Setup, more_first: bool) -> Plan {
    let l = s.lang;
    let (g, each, food) = (s.rng.range(3, 5), s.rng.range(4, 8), s.food());
    let more = until(s, |r| r.range(3, 9), |more| *more != each && *more != g);
    let (product, right) = (g * each, g * each + more);
    let (many, of_many, some) = (&food.many, de(&food.many), counted(l, more, &food));
    let words = if more_first {
        say!(
            l,
            "There are {some} on the table, and {g} bags with {each} {many} in each. How many {many} are there in all?",
            "Il y a {some} sur la table, et {g} sacs de {each} {many}. Combien {of_many} y a-t-il en tout ?"
        )
    } else {
        say!(
            l,
            "There are {g} bags of {each} {many}, and {more} more on the table. How many {many} are there in all?",
            "Il y a {g} sacs de {each} {many}, et encore {more} sur la table. Combien {of_many} y a-t-il en tout ?"
        )
    };
    let mut rules = vec![(product, "stops-after-one-step")];
    rules.extend(more_first.then_some(((more + g) * each, "left-to-right-only")));
    rules.push((g + each + more, "uses-all-numbers"));
    let mut parts = vec![each; g as usize];
    parts.push(more);
    Plan {
        words,
        steps: vec![(format!("{g} × {each}"), product), (format!("{product} + {more}"), right)],
        line: if more_first { format!("{more} + {g} × {each}") } else { format!("{g} × {each} + {more}") },
        rules,
        bar: bar(&parts),
    }
}

/// Baskets that are picked, some of it sold.
fn picked_and_sold(s: &mut Setup) -> Plan {
    let l = s.lang;
    let (name, food) = (s.name(), s.food());
    let (g, each, sold) = until(
        s,
        |r| (r.range(4, 9), r.range(5, 12), r.range(8, 40)),
        |(g, each, sold)| g * each <= 100 && g * each - sold > 4 && *sold > *each,
    );
    let (product, right, many) = (g * each, g * each - sold, &food.many);
    let of_many = de(many);
    Plan {
        words: say!(
            l,
            "{name} picks {g} baskets with {each} {many} in each and sells {sold}. How many {many} are left?",
            "{name} cueille {g} paniers de {each} {many} et en vend {sold}. Combien {of_many} reste-t-il ?"
        ),
        steps: vec![(format!("{g} × {each}"), product), (format!("{product} − {sold}"), right)],
        line: format!("{g} × {each} − {sold}"),
        rules: vec![
            (product, "stops-after-one-step"),
            (product + sold, "key-word-operation"),
            (g + each + sold, "uses-all-numbers"),
        ],
        bar: bar(&vec![each; g as usize]),
    }
}

/// A share is added to what was there.
fn shared_and_more(s: &mut Setup) -> Plan {
    let l = s.lang;
    let (name, food) = (s.name(), s.food());
    let (g, each) = until(s, |r| (r.range(3, 8), r.range(4, 12)), |(g, each)| g * each <= 90);
    let had = s.rng.range(5, 19);
    let (whole, right) = (g * each, each + had);
    let (amount, some) = (counted(l, whole, &food), counted(l, had, &food));
    Plan {
        words: say!(
            l,
            "{amount} are shared among {g} children. {name}, one of them, had {some} before. How many has {name} now?",
            "On partage {amount} entre {g} enfants, dont {name}, qui avait déjà {some}. Combien en a {name} maintenant ?"
        ),
        steps: vec![(format!("{whole} ÷ {g}"), each), (format!("{each} + {had}"), right)],
        line: format!("{whole} ÷ {g} + {had}"),
        rules: vec![
            (each, "stops-after-one-step"),
            (whole + had, "key-word-operation"),
            (whole + g + had, "uses-all-numbers"),
        ],
        bar: bar(&[whole]),
    }
}

/// Two kinds of bags.
fn two_products(s: &mut Setup) -> Plan {
    let l = s.lang;
    let food = s.food();
    let (g, a, h, b) = until(
        s,
        |r| (r.range(3, 8), r.range(6, 12), r.range(3, 8), r.range(6, 12)),
        |(g, a, h, b)| g != h && a != b && g * a + h * b <= 200 && g * a != h * b,
    );
    let (one, two, many) = (g * a, h * b, &food.many);
    let (right, of_many) = (one + two, de(many));
    Plan {
        words: say!(
            l,
            "There are {g} bags of {a} {many} and {h} boxes of {b} {many}. How many {many} are there in all?",
            "Il y a {g} sacs de {a} {many} et {h} boîtes de {b} {many}. Combien {of_many} y a-t-il en tout ?"
        ),
        steps: vec![(format!("{g} × {a}"), one), (format!("{h} × {b}"), two), (format!("{one} + {two}"), right)],
        line: format!("{g} × {a} + {h} × {b}"),
        rules: vec![
            (one, "stops-after-one-step"),
            (two, "stops-after-one-step"),
            ((one + h) * b, "left-to-right-only"),
            (g + a + h + b, "uses-all-numbers"),
        ],
        bar: bar(&vec![a; g as usize]),
    }
}

/// Some are bought and paid with a larger coin: what comes back?
fn change(s: &mut Setup) -> Plan {
    let l = s.lang;
    let (name, food) = (s.name(), s.food());
    let (n, price) = until(s, |r| (r.range(3, 7), r.range(12, 30)), |(n, price)| (40..96).contains(&(n * price)));
    let (cost, right, some) = (n * price, 100 - n * price, counted(l, n, &food));
    Plan {
        words: say!(
            l,
            "{name} buys {some} at {price} coins each and pays with 100. How many coins does {name} get back?",
            "{name} achète {some} à {price} sous pièce et paie avec 100 sous. Combien de sous rend-on à {name} ?"
        ),
        steps: vec![(format!("{n} × {price}"), cost), (format!("100 − {cost}"), right)],
        line: format!("100 − {n} × {price}"),
        rules: vec![
            (cost, "stops-after-one-step"),
            ((100 - n) * price, "left-to-right-only"),
            (100 + n + price, "uses-all-numbers"),
        ],
        bar: bar(&vec![price; n as usize]),
    }
}

/// Two amounts are put together, then shared.
fn together_then_shared(s: &mut Setup) -> Plan {
    let l = s.lang;
    let (name, name2) = s.two_names();
    let food = s.food();
    let (a, b, g) = until(
        s,
        |r| (r.range(18, 75), r.range(18, 75), r.range(3, 8)),
        |(a, b, g)| a != b && (a + b) % g == 0 && a % g != 0,
    );
    let (whole, right, some) = (a + b, (a + b) / g, counted(l, a, &food));
    Plan {
        words: say!(
            l,
            "{name} has {some}, {name2} has {b}. All of them are shared among {g} children. How many does each get?",
            "{name} a {some}, {name2} en a {b}. On partage le tout entre {g} enfants. Combien chacun en reçoit-il ?"
        ),
        steps: vec![(format!("{a} + {b}"), whole), (format!("{whole} ÷ {g}"), right)],
        line: format!("({a} + {b}) ÷ {g}"),
        rules: vec![
            (whole, "stops-after-one-step"),
            (whole * g, "key-word-operation"),
            (whole + g, "uses-all-numbers"),
        ],
        bar: bar(&[a, b]),
    }
}

/// Two things are bought: what is left of the money?
fn two_buys(s: &mut Setup) -> Plan {
    let l = s.lang;
    let name = s.name();
    let (n, price, m, cost) = until(
        s,
        |r| (r.range(2, 6), r.range(12, 28), r.range(2, 5), r.range(8, 19)),
        |(n, price, m, cost)| {
            n != m && price != cost && (90..196).contains(&(n * price + m * cost)) && n * price != m * cost
        },
    );
    let (one, two) = (n * price, m * cost);
    let (sum, right) = (one + two, 200 - one - two);
    Plan {
        words: say!(
            l,
            "With 200 coins {name} buys {n} notebooks at {price} coins and {m} pens at {cost}. How many coins are left?",
            "Avec 200 sous, {name} achète {n} cahiers à {price} sous et {m} stylos à {cost}. Combien de sous reste-t-il ?"
        ),
        steps: vec![
            (format!("{n} × {price}"), one),
            (format!("{m} × {cost}"), two),
            (format!("{one} + {two}"), sum),
            (format!("200 − {sum}"), right),
        ],
        line: format!("200 − {n} × {price} − {m} × {cost}"),
        rules: vec![
            (sum, "stops-after-one-step"),
            (200 - one, "stops-after-one-step"),
            (200 - one + two, "key-word-operation"),
        ],
        bar: bar(&vec![price; n as usize]),
    }
}

/// What is picked, less what is eaten, goes into boxes: the last step has a remainder to judge.
fn boxes(s: &mut Setup) -> Problem {
    let l = s.lang;
    let food = s.food();
    let (g, each, sold, by) = until(
        s,
        |r| (r.range(4, 8), r.range(9, 15), r.range(6, 20), r.range(5, 9)),
        |(g, each, sold, by)| (g * each - sold) % by > 0 && (g * each - sold) / by > 3,
    );
    let (product, left) = (g * each, g * each - sold);
    let (full, over) = (left / by, left % by);
    let all = s.rng.chance(1, 2);
    let right = if all { full + 1 } else { full };
    let slip = if all { full } else { full + 1 };
    let many = &food.many;
    let question = if all {
        say!(l, "How many boxes are needed for all of the rest?", "Combien de boîtes faut-il pour tout le reste ?")
    } else {
        say!(l, "How many boxes are full?", "Combien de boîtes sont pleines ?")
    };
    let words = say!(
        l,
        "From {g} baskets with {each} {many} in each, {sold} are sold. The rest goes into boxes of {by}. {question}",
        "Sur {g} paniers de {each} {many}, on en vend {sold}. Le reste va dans des boîtes de {by}. {question}"
    );
    let plan = Plan {
        words,
        steps: vec![(format!("{g} × {each}"), product), (format!("{product} − {sold}"), left)],
        line: String::new(),
        rules: vec![
            (slip, "remainder-story-slip"),
            (over, "swaps-quotient-remainder"),
            (left, "stops-after-one-step"),
            (product, "stops-after-one-step"),
        ],
        bar: bar(&vec![each; g as usize]),
    };
    let answer = asked(s, right, &plan.rules, 200);
    let mut p = helped(Problem::new(answer).tell(plan.words.clone()), s, &plan);
    // The shared help ends at the second step: here the boxes follow.
    p.steps.truncate(4);
    let kept = full * by;
    p.step_show([Block::Math(format!("{left} = {full} × {by} + {over}"))])
        .step(if all {
            say!(
                l,
                "{full} boxes hold {kept}; the other {over} need one more: {right}.",
                "{full} boîtes en contiennent {kept} ; pour le reste, {over}, il en faut encore une : {right}."
            )
        } else {
            say!(
                l,
                "{full} boxes hold {kept}; the other {over} do not fill one: {right}.",
                "{full} boîtes en contiennent {kept} ; le reste, {over}, n'en remplit pas une : {right}."
            )
        })
        .praise(say!(l, "Yes, {right}. You thought of the rest.", "Oui, {right}. Tu as pensé au reste."))
        .seconds(90)
}

/// The amount that must be found first is not asked for.
fn hidden_first(s: &mut Setup) -> Plan {
    let l = s.lang;
    let (name, name2) = s.two_names();
    let (a, k, food) = (s.rng.range(12, 35), s.rng.range(3, 5), s.food());
    let (times, some) = (a * k, counted(l, a, &food));
    let right = a + times;
    Plan {
        words: say!(
            l,
            "{name} has {some}. {name2} has {k} times as many. How many do they have together?",
            "{name} a {some}. {name2} en a {k} fois plus. Combien cela fait-il ensemble ?"
        ),
        steps: vec![(format!("{k} × {a}"), times), (format!("{a} + {times}"), right)],
        line: format!("{a} + {k} × {a}"),
        rules: vec![
            (times, "stops-after-one-step"),
            (a + a + k, "more-for-times"),
            ((a + k) * a, "left-to-right-only"),
        ],
        bar: [bar(&[a]), bar(&vec![a; k as usize])].concat(),
    }
}

/// From the end back to the start: what was there at first?
fn backwards(s: &mut Setup) -> Problem {
    let l = s.lang;
    let (food, name) = (s.food(), s.name());
    let (g, each, left) = until(s, |r| (r.range(3, 8), r.range(6, 15), r.range(4, 19)), |(_, each, left)| left != each);
    let (given, right, many) = (g * each, g * each + left, &food.many);
    let plan = Plan {
        words: say!(
            l,
            "{name} gives {each} {many} to each of {g} children. {left} are left. How many {many} were there at first?",
            "{name} donne {each} {many} à chacun des {g} enfants. Il en reste {left}. Combien y en avait-il au début ?"
        ),
        steps: vec![(format!("{g} × {each}"), given), (format!("{given} + {left}"), right)],
        line: format!("{g} × {each} + {left}"),
        rules: vec![
            (given - left, "key-word-operation"),
            (given, "stops-after-one-step"),
            (each + g + left, "uses-all-numbers"),
        ],
        bar: bar(&vec![each; g as usize]),
    };
    told(s, &plan, Form::Number)
}

/// A number that the question does not need, before a story of buying or selling.
fn with_extra_number(s: &mut Setup, form: Form) -> Problem {
    let l = s.lang;
    let (helper, age) = (s.name(), s.rng.range(8, 12));
    let mut plan = if s.rng.chance(1, 2) { change(s) } else { picked_and_sold(s) };
    let extra = say!(l, "{helper} is {age} years old.", "{helper} a {age} ans.");
    plan.words = format!("{extra} {}", plan.words);
    plan.rules.insert(0, (plan.right() + age, "uses-all-numbers"));
    told(s, &plan, form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plan_ends_above_zero() {
        let plans: [fn(&mut Setup) -> Plan; 7] =
            [picked_and_sold, shared_and_more, two_products, change, together_then_shared, two_buys, hidden_first];
        for seed in 0..300 {
            let ask = chalkbox_tool::check::ask("numeracy.mult.multi-step-story", 0.5, seed, "en");
            for plan in plans {
                let plan = plan(&mut Setup::new(&ask));
                assert!(plan.steps.iter().all(|(_, result)| *result > 0), "{}", plan.words);
                let slips = plan.rules.iter().filter(|(n, _)| *n != plan.right());
                assert!(slips.count() > 1, "{}", plan.words);
            }
        }
    }

    #[test]
    fn a_line_gets_its_blanks() {
        assert_eq!(blanked("100 − 3 × 25"), ("100 − _ × _".to_owned(), vec![3, 25]));
        assert_eq!(turned_signs("(12 + 6) ÷ 3"), "(12 − 6) × 3");
    }
}
