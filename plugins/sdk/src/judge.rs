//! Scores a response against a plan and says something useful about it. Never here: the plan, or what is shown.

use crate::{
    Answer, Block, ChoiceOption, Fault, Interaction, Judge, Lang, Problem, Response, Verdict, both, parse_number,
};

/// The verdict on a response. `tip` knows what to say after a misconception.
pub(crate) fn verdict(
    problem: &Problem,
    response: &Response,
    lang: Lang,
    tip: &dyn Fn(&str) -> Option<&'static str>,
) -> Result<Verdict, Fault> {
    let answer = &problem.answer;
    if *response == Response::Skipped {
        return Ok(Verdict { score: 0.0, feedback: not_yet(problem, lang, None), misconception: None });
    }
    if !fits(&answer.interaction, response) {
        return Err(Fault::BadResponse("this kind of response does not answer this item".to_owned()));
    }
    let score = score(answer, response);
    if score >= 1.0 {
        let praise = if problem.praise.is_empty() {
            lang.pick("Yes, that is right.", "Oui, c'est juste.")
        } else {
            &problem.praise
        };
        return Ok(Verdict { score: 1.0, feedback: both(praise.to_owned()), misconception: None });
    }
    let code = answer.wrong.iter().find(|wrong| shows(answer, &wrong.response, response)).map(|wrong| wrong.code);
    let mut feedback = not_yet(problem, lang, code.and_then(tip));
    if score > 0.0 {
        let part = lang.pick("Part of it is right.", "Une partie est juste.");
        feedback.splice(0..0, both(part.to_owned()));
    }
    Ok(Verdict { score, feedback, misconception: code.map(str::to_owned) })
}

/// "Not yet", and what to try: the tip for the misconception, else the problem's own words, else its first hint.
fn not_yet(problem: &Problem, lang: Lang, tip: Option<&str>) -> Vec<Block> {
    let start = lang.pick("Not yet.", "Pas encore.");
    match tip {
        Some(tip) => both(format!("{start} {tip}")),
        None if !problem.retry.is_empty() => both(format!("{start} {}", problem.retry)),
        // With a single rung the first hint is the last, which may hold the answer.
        None if problem.hints.len() > 1 => {
            let mut blocks = both(start.to_owned());
            blocks.extend(problem.hints[0].iter().cloned());
            blocks
        }
        None => both(format!(
            "{start} {}",
            lang.pick("Look again and try once more.", "Regarde encore et essaie de nouveau.")
        )),
    }
}

/// Whether a response is of the kind that the interaction asks for.
fn fits(interaction: &Interaction, response: &Response) -> bool {
    match response {
        Response::Choice(_) => matches!(interaction, Interaction::Choice(_)),
        Response::Text(_) => matches!(interaction, Interaction::TextEntry(_)),
        Response::Number(_) => matches!(interaction, Interaction::NumberEntry(_) | Interaction::Slider(_)),
        Response::Order(_) => matches!(interaction, Interaction::Order(_)),
        Response::Pairs(_) => matches!(interaction, Interaction::Match(_) | Interaction::GapMatch(_)),
        Response::Point(_) => matches!(interaction, Interaction::SelectPoint(_)),
        Response::Count(_) => matches!(interaction, Interaction::TapCount(_)),
        Response::Custom(_) => matches!(interaction, Interaction::Custom(_)),
        Response::Skipped => true,
    }
}

/// The score: 1 for a right response, a part for a partly right choice of several, order or set of pairs, else 0.
fn score(answer: &Answer, response: &Response) -> f32 {
    if same(answer, &answer.right, response) {
        return 1.0;
    }
    if let Judge::AnyOf(others) = &answer.judge
        && others.iter().any(|other| same(answer, other, response))
    {
        return 1.0;
    }
    let (hits, whole) = match (&answer.right, response) {
        (Response::Choice(right), Response::Choice(chosen)) if right.len() > 1 => {
            let good = right.iter().filter(|id| chosen.contains(id)).count();
            let bad = chosen.iter().filter(|id| !right.contains(id)).count();
            (good.saturating_sub(bad), right.len())
        }
        (Response::Order(right), Response::Order(given)) => neighbours(right, given),
        (Response::Pairs(right), Response::Pairs(given)) => {
            let good = right.iter().filter(|pair| has_pair(answer, given, pair) && single(given, &pair.0)).count();
            (good, right.len())
        }
        _ => (0, 1),
    };
    // Right altogether was found above: something extra or doubled keeps a full count below 1.
    let most = whole.saturating_sub(1);
    hits.min(most) as f32 / whole.max(1) as f32
}

/// How many neighbours of the right order stand in that order in the given one; nothing unless all are given once.
fn neighbours(right: &[String], given: &[String]) -> (usize, usize) {
    let whole = right.len().saturating_sub(1).max(1);
    let place = |id: &String| given.iter().position(|other| other == id);
    if given.len() != right.len() || right.iter().any(|id| place(id).is_none()) {
        return (0, whole);
    }
    (right.windows(2).filter(|two| place(&two[0]) < place(&two[1])).count(), whole)
}

/// Whether two responses mean the same to this answer.
fn same(answer: &Answer, right: &Response, given: &Response) -> bool {
    match (right, given) {
        (Response::Choice(a), Response::Choice(b)) => {
            a.len() == b.len() && a.iter().all(|id| b.contains(id)) && unique(b)
        }
        (Response::Number(a), Response::Number(b)) => match (&answer.judge, parse_number(a), parse_number(b)) {
            (Judge::Near(tolerance), Some(a), Some(b)) => (a.to_f32() - b.to_f32()).abs() <= *tolerance,
            (Judge::Form, Some(a), Some(b)) => a.numerator == b.numerator && a.denominator == b.denominator,
            (_, Some(a), Some(b)) => a == b,
            _ => false,
        },
        (Response::Text(a), Response::Text(b)) => b.len() <= 4096 && plain(a) == plain(b),
        (Response::Order(a), Response::Order(b)) => a == b,
        (Response::Pairs(a), Response::Pairs(b)) => {
            a.len() == b.len() && a.iter().all(|pair| has_pair(answer, b, pair))
        }
        (Response::Count(a), Response::Count(b)) => a == b,
        (Response::Custom(a), Response::Custom(b)) => a == b,
        (Response::Point(a), Response::Point(b)) => match answer.judge {
            Judge::Near(tolerance) => (a.0 - b.0).hypot(a.1 - b.1) <= tolerance,
            _ => a == b,
        },
        _ => false,
    }
}

/// Whether a response shows a known mistake: it is that response, or holds its pairs.
fn shows(answer: &Answer, known: &Response, given: &Response) -> bool {
    match (known, given) {
        (Response::Pairs(known), Response::Pairs(given)) => known.iter().all(|pair| given.contains(pair)),
        (Response::Choice(known), Response::Choice(given)) if known.len() == 1 => given.contains(&known[0]),
        _ => same(answer, known, given),
    }
}

fn unique(ids: &[String]) -> bool {
    ids.iter().enumerate().all(|(i, id)| !ids[..i].contains(id))
}

fn single(given: &[(String, String)], left: &str) -> bool {
    given.iter().filter(|(l, _)| l == left).count() == 1
}

/// Whether the given pairs hold this one, or one whose right side looks the same.
fn has_pair(answer: &Answer, given: &[(String, String)], pair: &(String, String)) -> bool {
    let tiles: &[ChoiceOption] = match &answer.interaction {
        Interaction::Match(pairs) => &pairs.right,
        Interaction::GapMatch(gaps) => &gaps.right,
        _ => &[],
    };
    let content = |id: &str| tiles.iter().find(|tile| tile.id == id).map(|tile| &tile.content);
    given
        .iter()
        .any(|(l, r)| *l == pair.0 && (*r == pair.1 || (content(r).is_some() && content(r) == content(&pair.1))))
}

/// Text without what does not count: outer and doubled blanks, case, the shape of apostrophes.
fn plain(typed: &str) -> String {
    let straight = typed.replace(['\u{2019}', '\u{2018}', '\u{02bc}'], "'");
    straight.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rng, text};

    fn rng() -> Rng {
        Rng::new(5, "x", 0)
    }

    fn judged(answer: Answer, response: Response) -> (f32, Option<String>) {
        let problem = Problem::new(answer).hint("Look.".to_owned()).hint("Count.".to_owned());
        let verdict = verdict(&problem, &response, Lang::En, &|_| None).expect("the right kind of response");
        (verdict.score, verdict.misconception)
    }

    #[test]
    fn numbers_count_by_value_and_show_their_rule() {
        let answer = || Answer::number(46, &[(64, "swaps-digits"), (406, "writes-as-heard")]);
        assert_eq!(judged(answer(), Response::Number("046".into())).0, 1.0);
        assert_eq!(judged(answer(), Response::Number("64".into())), (0.0, Some("swaps-digits".into())));
        assert_eq!(judged(answer(), Response::Number("47".into())), (0.0, None));
        assert_eq!(judged(Answer::fraction(1, 2, &[]), Response::Number("2/4".into())).0, 1.0);
        assert_eq!(judged(Answer::fraction(1, 2, &[]).judge(Judge::Form), Response::Number("2/4".into())).0, 0.0);
        assert_eq!(judged(Answer::fraction(3, 2, &[]), Response::Number("1 1/2".into())).0, 1.0);
        assert_eq!(judged(Answer::fraction(11, 2, &[]), Response::Number("1 1/2".into())).0, 0.0);
        assert_eq!(judged(Answer::number(12, &[]), Response::Number("1 2".into())).0, 0.0);
    }

    #[test]
    fn another_kind_of_response_is_a_fault() {
        let problem = Problem::new(Answer::number(4, &[]));
        let fault = verdict(&problem, &Response::Count(4), Lang::En, &|_| None);
        assert!(matches!(fault, Err(Fault::BadResponse(_))));
    }

    #[test]
    fn an_order_earns_its_neighbours() {
        let contents = || ["1", "2", "3", "4"].map(text).to_vec();
        let answer = Answer::order(&mut rng(), contents(), vec![(vec![3, 2, 1, 0], "more-fewer-swapped")]);
        let Response::Order(ids) = answer.right.clone() else { panic!("an order") };
        let arranged = |places: &[usize]| Response::Order(places.iter().map(|i| ids[*i].clone()).collect());
        assert_eq!(judged(answer.clone(), arranged(&[0, 1, 2, 3])).0, 1.0);
        assert_eq!(judged(answer.clone(), arranged(&[1, 0, 2, 3])).0, 2.0 / 3.0);
        assert_eq!(judged(answer.clone(), arranged(&[3, 2, 1, 0])), (0.0, Some("more-fewer-swapped".into())));
        assert_eq!(judged(answer, arranged(&[0, 1, 2])).0, 0.0);
    }

    #[test]
    fn pairs_earn_a_part_and_nothing_by_joining_all_with_all() {
        let pairs = vec![(text("3"), text("...")), (text("2"), text(".."))];
        let answer = Answer::matching(&mut rng(), pairs, vec![text("....")], &[(0, 2, "counts-one-twice")]);
        let Response::Pairs(right) = answer.right.clone() else { panic!("pairs") };
        assert_eq!(judged(answer.clone(), Response::Pairs(vec![right[0].clone()])).0, 0.5);
        let all = right.iter().flat_map(|(l, _)| ["r1", "r2", "r3"].map(|r| (l.clone(), r.to_owned()))).collect();
        assert_eq!(judged(answer.clone(), Response::Pairs(all)).0, 0.0);
        let wrong = answer.wrong[0].response.clone();
        assert_eq!(judged(answer, wrong), (0.0, Some("counts-one-twice".into())));
    }

    #[test]
    fn equal_tiles_change_places_freely() {
        let gap = |tile: &str| ("= ".to_owned(), String::new(), tile.to_owned());
        let answer = Answer::gaps(&mut rng(), &[gap("5"), gap("5")], &[("10".to_owned(), Some("gives-all"))]);
        let Response::Pairs(right) = answer.right.clone() else { panic!("pairs") };
        let crossed = vec![(right[0].0.clone(), right[1].1.clone()), (right[1].0.clone(), right[0].1.clone())];
        assert_eq!(judged(answer, Response::Pairs(crossed)).0, 1.0);
    }

    #[test]
    fn a_place_on_the_line_is_right_within_its_tolerance() {
        let answer = || Answer::slider(crate::line(0, 100, 10, &[0, 100], &[]), 38, 4.0, &[(83, "swaps-digits")]);
        assert_eq!(judged(answer(), Response::Number("41.5".into())).0, 1.0);
        assert_eq!(judged(answer(), Response::Number("43".into())).0, 0.0);
        assert_eq!(judged(answer(), Response::Number("81".into())), (0.0, Some("swaps-digits".into())));
    }

    #[test]
    fn feedback_never_holds_the_last_hint() {
        let problem = Problem::new(Answer::number(12, &[])).hint("It is 12.".to_owned());
        let verdict = verdict(&problem, &Response::Number("3".into()), Lang::En, &|_| None).expect("a number");
        assert!(!format!("{:?}", verdict.feedback).contains("12"));
    }
}
