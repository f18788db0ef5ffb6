//! Stories of two steps (numeracy.add.two-step-story). Never here: stories of one step.

use chalkbox_tool::forms::{asked, bar, bars, tiles, until};
use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, counted, say, text};

use crate::slips::{carries, trades};

/// A start and two changes: positive comes, negative goes.
struct Steps {
    start: i64,
    first: i64,
    second: i64,
}

impl Steps {
    fn middle(&self) -> i64 {
        self.start + self.first
    }

    fn end(&self) -> i64 {
        self.middle() + self.second
    }

    /// "45 − 18 + 20"
    fn line(&self) -> String {
        format!("{} {} {}", self.start, signed(self.first), signed(self.second))
    }

    /// What two steps are mistaken for.
    fn rules(&self) -> Vec<Rule> {
        let (a, b, c) = (self.start, self.first, self.second);
        let mut rules = vec![(a + b, "stops-after-one-step"), (a + c, "second-step-from-start")];
        if b < 0 || c < 0 {
            rules.push((a + b.abs() + c.abs(), "uses-all-numbers"));
        }
        rules.extend([(a + b - c, "wrong-sign-for-story"), (a - b + c, "wrong-sign-for-story")]);
        rules
    }

    /// Whether no ten has to be made or opened.
    fn smooth(&self) -> bool {
        let step = |from: i64, by: i64| if by > 0 { carries(from, by) == 0 } else { trades(from, -by) == 0 };
        step(self.start, self.first) && step(self.middle(), self.second)
    }
}

fn signed(n: i64) -> String {
    if n < 0 { format!("− {}", -n) } else { format!("+ {n}") }
}

/// Numbers of a band that never go below 1.
fn steps(s: &mut Setup) -> Steps {
    let (low, high, most) = match s.band {
        0 => (2, 9, 20),
        1 => (11, 32, 50),
        4 => (120, 600, 1000),
        _ => (12, 68, 100),
    };
    let smooth = s.band == 1;
    let (small, large) = if s.band == 4 { (40, 250) } else { (2, high / 2) };
    let same = s.band == 0;
    until(
        s,
        |r| {
            let (first, second) = (r.range(small, large), r.range(small, large));
            let down = r.chance(1, 2);
            let first = if down { -first } else { first };
            let second = if down == same { -second } else { second };
            Steps { start: r.range(low, most.min(2 * high)), first, second }
        },
        |t| {
            t.middle() > 0
                && t.end() > 0
                && t.middle().max(t.end()).max(t.start) <= most
                && t.first.abs() != t.second.abs()
                && (!smooth || t.smooth())
        },
    )
}

/// `numeracy.add.two-step-story`
pub fn two_step_story(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(5)) {
        (2, 0..=2) | (3, 0) => hidden_step(s),
        (3, 1 | 2) => compare_then_total(s),
        (_, 3) => told(s, Form::Tiles),
        (1.., 4) => told(s, Form::Order),
        _ => told(s, Form::Number),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Number,
    Tiles,
    Order,
}

/// A basket to which things come and from which things go.
fn told(s: &mut Setup, form: Form) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let name = s.name();
    let t = steps(s);
    let helper = s.name();
    let age = s.rng.range(6, 9);
    let some = counted(l, t.start, &thing);
    let part = |n: i64| {
        let amount = n.abs();
        if n < 0 {
            say!(l, "{name} sells {amount} of them.", "{name} en vend {amount}.")
        } else {
            say!(l, "{name} picks {amount} more.", "{name} en ramasse encore {amount}.")
        }
    };
    let (one, two) = (part(t.first), part(t.second));
    let mut story = say!(
        l,
        "{name} has {some}. {one} Then {two} How many are there now?",
        "{name} a {some}. {one} Ensuite, {two} Combien y en a-t-il maintenant ?"
    );
    let mut rules = t.rules();
    if s.band == 4 {
        let extra = say!(l, "{helper} helps for {age} days.", "{helper} aide pendant {age} jours.");
        story = format!("{extra} {story}");
        rules.insert(0, (t.start + t.first.abs() + t.second.abs() + age, "uses-all-numbers"));
    }
    let (middle, end) = (t.middle(), t.end());
    let answer = match form {
        Form::Number => asked(s, end, &rules, 1200),
        Form::Tiles => {
            let blank = |n: i64| if n < 0 { "− _" } else { "+ _" };
            let sentence = format!("{} {} {} = _", t.start, blank(t.first), blank(t.second));
            let wrong = [(middle, "stops-after-one-step"), (t.start + t.second, "second-step-from-start")];
            let wrong: Vec<Rule> =
                wrong.into_iter().filter(|(n, _)| ![end, t.first.abs(), t.second.abs()].contains(n)).collect();
            let rights = [t.first.abs(), t.second.abs(), end];
            tiles(s, &sentence, &rights, &wrong, 1200)
        }
        Form::Order => {
            let line = |from: i64, by: i64| text(format!("{from} {} = {}", signed(by), from + by));
            let last = text(say!(l, "Now there are {end}.", "Il y en a maintenant {end}."));
            let lines = vec![line(t.start, t.first), line(middle, t.second), last];
            Answer::order(
                &mut s.rng,
                lines,
                vec![(vec![1, 0, 2], "second-step-from-start"), (vec![2, 0, 1], "stops-after-one-step")],
            )
        }
    };
    let mut p = Problem::new(answer);
    if s.band == 0 {
        p = p.show(if t.first < 0 { bars(&[t.start]) } else { bar(&[t.start, t.first, t.second]) });
    }
    p = p.tell(story);
    p = match form {
        Form::Number => p,
        Form::Tiles => p.tell(say!(l, "Fill the number sentence.", "Complète l'écriture.")),
        Form::Order => p.tell(say!(l, "Put the steps in order.", "Mets les étapes dans l'ordre.")),
    };
    let bars = if t.first < 0 { bars(&[t.start, -t.first]) } else { bar(&[t.start, t.first]) };
    explained(
        p,
        s,
        (format!("{} {}", t.start, signed(t.first)), middle),
        (format!("{middle} {}", signed(t.second)), end),
        bars,
    )
    .step_show([Block::Math(format!("{} = {end}", t.line()))])
}

/// Hints and steps from the two sums, each with its result.
fn explained(p: Problem, s: &Setup, first: (String, i64), second: (String, i64), bars: Vec<Block>) -> Problem {
    let l = s.lang;
    let ((one, middle), (two, end)) = (first, second);
    p.hint(say!(l, "What happens first? What then?", "Que se passe-t-il d'abord ? Et ensuite ?"))
        .hint_with(say!(l, "The bars show the first step.", "Les barres montrent la première étape."), bars)
        .hint(say!(
            l,
            "First step: {one} = {middle}. Go on from there.",
            "Première étape : {one} = {middle}. Continue à partir de là."
        ))
        .step(say!(l, "First: {one} = {middle}.", "D'abord : {one} = {middle}."))
        .step(say!(l, "Then: {two} = {end}.", "Ensuite : {two} = {end}."))
        .praise(say!(l, "Yes, {end}. You did both steps.", "Oui, {end}. Tu as fait les deux étapes."))
        .seconds(60)
}

/// The total has to be found first, then what is left of it.
fn hidden_step(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let (name, name2) = s.two_names();
    let trade = s.band == 3;
    let (a, b, c) = until(
        s,
        |r| (r.range(12, 48), r.range(12, 48), r.range(11, 60)),
        |(a, b, c)| {
            a != b
                && a + b <= 99
                && a + b - c >= 5
                && (a - c).abs() > 2
                && trade == (carries(*a, *b) + trades(a + b, *c) > 0)
        },
    );
    let (total, right) = (a + b, a + b - c);
    let some = counted(l, a, &thing);
    let story = say!(
        l,
        "{name} brings {some}, {name2} brings {b}. Together they sell {c}. How many are left?",
        "{name} apporte {some}, {name2} en apporte {b}. Ensemble, on en vend {c}. Combien en reste-t-il ?"
    );
    let mut rules: Vec<Rule> = vec![(total, "stops-after-one-step"), (total + c, "uses-all-numbers")];
    rules.extend((a > c).then_some((a - c, "second-step-from-start")));
    rules.push(((a - b).abs() + c, "wrong-sign-for-story"));
    let answer = asked(s, right, &rules, 200);
    let p = Problem::new(answer).tell(story);
    explained(p, s, (format!("{a} + {b}"), total), (format!("{total} − {c}"), right), bar(&[a, b]))
}

/// One has more than the other: how many have both together?
fn compare_then_total(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let (name, name2) = s.two_names();
    let (a, more) =
        until(s, |r| (r.range(15, 42), r.range(5, 18)), |(a, more)| 2 * a + more < 100 && carries(*a, a + more) > 0);
    let (b, right) = (a + more, 2 * a + more);
    let some = counted(l, a, &thing);
    let story = say!(
        l,
        "{name} has {some}. {name2} has {more} more than {name}. How many do they have together?",
        "{name} a {some}. {name2} en a {more} de plus. Combien cela fait-il ensemble ?"
    );
    let rules = [(b, "stops-after-one-step"), (a - more, "wrong-sign-for-story"), (right - 10, "forgets-carry")];
    let answer = asked(s, right, &rules, 200);
    let p = Problem::new(answer).tell(story);
    explained(p, s, (format!("{a} + {more}"), b), (format!("{a} + {b}"), right), bars(&[a, b]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_steps_stay_above_zero_and_within_the_band() {
        let most = [20, 50, 100, 100, 1000];
        for (band, difficulty) in chalkbox_tool::check::DIFFICULTIES.into_iter().enumerate() {
            for seed in 0..300 {
                let ask = chalkbox_tool::check::ask("numeracy.add.two-step-story", difficulty, seed, "en");
                let t = steps(&mut Setup::new(&ask));
                assert!(t.middle() > 0 && t.end() > 0 && t.middle().max(t.end()) <= most[band], "{}", t.line());
                assert!(band != 0 || (t.first < 0) == (t.second < 0), "{}", t.line());
                assert!(band != 1 || t.smooth(), "{}", t.line());
            }
        }
    }

    #[test]
    fn rules_of_two_steps() {
        let rules = Steps { start: 45, first: -18, second: 20 }.rules();
        assert_eq!(
            rules[..3],
            [(27, "stops-after-one-step"), (65, "second-step-from-start"), (83, "uses-all-numbers")]
        );
        assert!(rules.contains(&(7, "wrong-sign-for-story")));
    }
}
