//! How a question is answered: one constructor per interaction, which sets the right response, how it is judged and what
//! each known wrong response means. Never here: what is shown above it.

use crate::{
    Block, Choice, ChoiceOption, Gap, GapMatch, Interaction, MatchPairs, NumberEntry, NumberForm, NumberLine, Response,
    Rng, TapCount, TextEntry, distractors, text,
};

/// A wrong number and the misconception that makes it.
pub type Rule = (i64, &'static str);

/// What makes a response right.
#[derive(Clone, Debug, PartialEq)]
pub enum Judge {
    /// The right response: the same choice, the same value of a number, the same text but for case, the same pairs, the same order.
    Same,
    /// A number no farther than this from the right one.
    Near(f32),
    /// The right response or one of these.
    AnyOf(Vec<Response>),
    /// The right number in exactly its form: 2/4 is not 1/2.
    Form,
}

/// A response known to be wrong, with what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// The response; for pairs, the pairs that show it (others may stand beside them).
    pub response: Response,
    /// The misconception, as in the manifest.
    pub code: &'static str,
}

/// The answer side of a problem.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What the learner gets.
    pub interaction: Interaction,
    /// The right response.
    pub right: Response,
    /// What else is right.
    pub judge: Judge,
    /// Known wrong responses, the most telling first.
    pub wrong: Vec<Wrong>,
}

/// The content of an option with the misconception that choosing it shows.
pub type Distractor = (Vec<Block>, Option<&'static str>);

impl Answer {
    /// Any interaction with its right response and no known wrong ones.
    pub fn new(interaction: Interaction, right: Response) -> Self {
        Self { interaction, right, judge: Judge::Same, wrong: Vec::new() }
    }

    /// Sets what else is right.
    pub fn judge(mut self, judge: Judge) -> Self {
        self.judge = judge;
        self
    }

    /// Adds a known wrong response; one that is right all the same is never reported.
    pub fn wrong(mut self, response: Response, code: &'static str) -> Self {
        self.wrong.push(Wrong { response, code });
        self
    }

    /// One of several, shuffled. Distractors that equal the right content or an earlier one are dropped.
    pub fn choice(rng: &mut Rng, right: Vec<Block>, wrong: Vec<Distractor>) -> Self {
        let mut contents: Vec<(Vec<Block>, Option<&'static str>, bool)> = vec![(right, None, true)];
        for (content, code) in wrong {
            if !contents.iter().any(|(other, _, _)| *other == content) {
                contents.push((content, code, false));
            }
        }
        rng.shuffle(&mut contents);
        Self::choice_of(contents)
    }

    /// One of several in the order given; `right` is the index of the right one.
    pub fn choice_in_order(options: Vec<Distractor>, right: usize) -> Self {
        Self::choice_of(
            options.into_iter().enumerate().map(|(i, (content, code))| (content, code, i == right)).collect(),
        )
    }

    fn choice_of(contents: Vec<(Vec<Block>, Option<&'static str>, bool)>) -> Self {
        let mut options = Vec::new();
        let mut right = Vec::new();
        let mut wrong = Vec::new();
        for (index, (content, code, is_right)) in contents.into_iter().enumerate() {
            let id = letter(index);
            if is_right {
                right.push(id.clone());
            } else if let Some(code) = code {
                wrong.push(Wrong { response: Response::Choice(vec![id.clone()]), code });
            }
            options.push(ChoiceOption { id, content });
        }
        let max = right.len().max(1) as u8;
        Self {
            interaction: Interaction::Choice(Choice { options, max }),
            right: Response::Choice(right),
            judge: Judge::Same,
            wrong,
        }
    }

    /// Every right one of several, shuffled; choosing some of them earns part of the score. The learner may choose all.
    pub fn choice_of_all(rng: &mut Rng, right: Vec<Vec<Block>>, wrong: Vec<Distractor>) -> Self {
        let mut contents: Vec<_> = right.into_iter().map(|content| (content, None, true)).collect();
        contents.extend(wrong.into_iter().map(|(content, code)| (content, code, false)));
        rng.shuffle(&mut contents);
        let mut answer = Self::choice_of(contents);
        if let Interaction::Choice(choice) = &mut answer.interaction {
            choice.max = choice.options.len() as u8;
        }
        answer
    }

    /// One number of `options`, in digits, shuffled: the rules' numbers first, near ones to fill up.
    pub fn choose_number(rng: &mut Rng, right: i64, rules: &[Rule], options: usize, low: i64, high: i64) -> Self {
        Self::choose_card(rng, right, rules, options, (low, high), |n| text(n.to_string()))
    }

    /// One of `options` cards, shuffled; each stands for a number of `range` (both ends count) and is drawn by `card`.
    pub fn choose_card(
        rng: &mut Rng,
        right: i64,
        rules: &[Rule],
        options: usize,
        range: (i64, i64),
        card: impl Fn(i64) -> Vec<Block>,
    ) -> Self {
        let wrong = distractors(rng, right, rules, options.saturating_sub(1), range.0, range.1);
        let wrong = wrong.into_iter().map(|(n, code)| (card(n), code)).collect();
        Self::choice(rng, card(right), wrong)
    }

    /// One of several written words, shuffled.
    pub fn choose_text(rng: &mut Rng, right: impl Into<String>, wrong: Vec<(String, Option<&'static str>)>) -> Self {
        Self::choice(rng, text(right), wrong.into_iter().map(|(words, code)| (text(words), code)).collect())
    }

    /// A whole number to type.
    pub fn number(right: i64, rules: &[Rule]) -> Self {
        let form = NumberEntry { form: NumberForm::Integer, unit: None };
        let mut answer = Self::new(Interaction::NumberEntry(form), Response::Number(right.to_string()));
        for (n, code) in rules.iter().filter(|(n, _)| *n != right && *n >= 0) {
            answer = answer.wrong(Response::Number(n.to_string()), code);
        }
        answer
    }

    /// A decimal number to type, with wrong ones as they would be typed.
    pub fn decimal(right: &str, rules: &[(&str, &'static str)]) -> Self {
        Self::typed(NumberForm::Decimal, right.to_owned(), rules)
    }

    /// A fraction to type as two numbers. Any equal fraction is right unless [`Judge::Form`] is set.
    pub fn fraction(numerator: i64, denominator: i64, rules: &[(&str, &'static str)]) -> Self {
        Self::typed(NumberForm::Fraction, format!("{numerator}/{denominator}"), rules)
    }

    fn typed(form: NumberForm, right: String, rules: &[(&str, &'static str)]) -> Self {
        let mut answer = Self::new(Interaction::NumberEntry(NumberEntry { form, unit: None }), Response::Number(right));
        for (typed, code) in rules {
            answer = answer.wrong(Response::Number((*typed).to_owned()), code);
        }
        answer
    }

    /// Names the unit behind a number to type.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        if let Interaction::NumberEntry(entry) = &mut self.interaction {
            entry.unit = Some(unit.into());
        }
        self
    }

    /// A word or a short text to type; case and the shape of apostrophes do not count.
    pub fn text(right: &str, longest: u16, rules: &[(&str, &'static str)]) -> Self {
        let mut answer = Self::new(Interaction::TextEntry(TextEntry { longest }), Response::Text(right.to_owned()));
        for (typed, code) in rules {
            answer = answer.wrong(Response::Text((*typed).to_owned()), code);
        }
        answer
    }

    /// Things to put in order, given in the right order and shown in another. A rule is an order of indexes with its code.
    pub fn order(rng: &mut Rng, contents: Vec<Vec<Block>>, rules: Vec<(Vec<usize>, &'static str)>) -> Self {
        let count = contents.len();
        let mut shown: Vec<usize> = (0..count).collect();
        for _ in 0..16 {
            rng.shuffle(&mut shown);
            if count < 2 || shown.windows(2).any(|two| two[0] > two[1]) {
                break;
            }
        }
        // ids[i] is the id of the i-th thing in the right order; ids follow the shown order, so they tell nothing.
        let mut ids = vec![String::new(); count];
        for (place, index) in shown.iter().enumerate() {
            ids[*index] = letter(place);
        }
        let options = shown
            .iter()
            .map(|index| ChoiceOption { id: ids[*index].clone(), content: contents[*index].clone() })
            .collect();
        let mut answer = Self::new(Interaction::Order(options), Response::Order(ids.clone()));
        for (order, code) in rules {
            let order = order.iter().filter_map(|index| ids.get(*index).cloned()).collect();
            answer = answer.wrong(Response::Order(order), code);
        }
        answer
    }

    /// Pairs to join, both sides shuffled, with further things on the right that have no partner. A rule is (left index, right
    /// index, code), where right indexes go on from the pairs into `extra`.
    pub fn matching(
        rng: &mut Rng,
        pairs: Vec<(Vec<Block>, Vec<Block>)>,
        extra: Vec<Vec<Block>>,
        rules: &[(usize, usize, &'static str)],
    ) -> Self {
        let partners: Vec<usize> = (0..pairs.len()).collect();
        let (left, mut right): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        right.extend(extra);
        Self::joined(rng, left, right, &partners, false, rules)
    }

    /// Things to sort into groups: each thing with the index of its group. Groups keep their order. Rules as in matching.
    pub fn sorting(
        rng: &mut Rng,
        things: Vec<(Vec<Block>, usize)>,
        groups: Vec<Vec<Block>>,
        rules: &[(usize, usize, &'static str)],
    ) -> Self {
        let (left, partners): (Vec<_>, Vec<_>) = things.into_iter().unzip();
        Self::joined(rng, left, groups, &partners, true, rules)
    }

    /// Both kinds of joining; groups, which may be used again, keep their order.
    fn joined(
        rng: &mut Rng,
        left: Vec<Vec<Block>>,
        right: Vec<Vec<Block>>,
        partners: &[usize],
        reuse: bool,
        rules: &[(usize, usize, &'static str)],
    ) -> Self {
        let (left, left_ids) = lay_out(rng, left, "l", true);
        let (right, right_ids) = lay_out(rng, right, "r", !reuse);
        let pairs = partners.iter().enumerate().map(|(l, r)| (left_ids[l].clone(), right_ids[*r].clone())).collect();
        let mut answer = Self::new(Interaction::Match(MatchPairs { left, right, reuse }), Response::Pairs(pairs));
        for (l, r, code) in rules {
            if let (Some(l), Some(r)) = (left_ids.get(*l), right_ids.get(*r)) {
                answer = answer.wrong(Response::Pairs(vec![(l.clone(), r.clone())]), code);
            }
        }
        answer
    }

    /// Gaps to fill with tiles: each gap with the text before, the text after and its tile; then further tiles, each with the
    /// misconception shown by putting it in any gap. Equal tiles are interchangeable; all tiles are shuffled.
    pub fn gaps(rng: &mut Rng, gaps: &[(String, String, String)], extra: &[(String, Option<&'static str>)]) -> Self {
        let mut tiles: Vec<String> = gaps.iter().map(|(_, _, tile)| tile.clone()).collect();
        let mut codes: Vec<(usize, &'static str)> = Vec::new();
        for (tile, code) in extra {
            if tiles.contains(tile) {
                continue;
            }
            codes.extend(code.map(|code| (tiles.len(), code)));
            tiles.push(tile.clone());
        }
        let (right, ids) = lay_out(rng, tiles.into_iter().map(text).collect(), "r", true);
        let left: Vec<Gap> = gaps
            .iter()
            .enumerate()
            .map(|(i, (before, after, _))| Gap {
                id: format!("g{}", i + 1),
                before: before.clone(),
                after: after.clone(),
            })
            .collect();
        let pairs = left.iter().zip(&ids).map(|(gap, id)| (gap.id.clone(), id.clone())).collect();
        let mut wrong = Vec::new();
        for (tile, code) in codes {
            for gap in &left {
                wrong.push(Wrong { response: Response::Pairs(vec![(gap.id.clone(), ids[tile].clone())]), code });
            }
        }
        Self {
            interaction: Interaction::GapMatch(GapMatch { left, right }),
            right: Response::Pairs(pairs),
            judge: Judge::Same,
            wrong,
        }
    }

    /// The right pairs with the tiles of two gaps exchanged: for a sum that may be written either way round, or for a slip
    /// that swaps two numbers. Nothing when the answer has no such gaps.
    pub fn turned(&self, one: usize, other: usize) -> Option<Response> {
        let Response::Pairs(mut pairs) = self.right.clone() else { return None };
        let tiles = (pairs.get(one)?.1.clone(), pairs.get(other)?.1.clone());
        (pairs[one].1, pairs[other].1) = (tiles.1, tiles.0);
        Some(Response::Pairs(pairs))
    }

    /// Also takes the tiles of two gaps the other way round.
    pub fn either_way(self, one: usize, other: usize) -> Self {
        match self.turned(one, other) {
            Some(turned) => self.judge(Judge::AnyOf(vec![turned])),
            None => self,
        }
    }

    /// So many things to tap out of those available.
    pub fn tap(picture: &str, available: i64, right: i64, rules: &[Rule]) -> Self {
        let available = available.clamp(0, 100);
        let tap = TapCount { picture: picture.to_owned(), available: available as u16 };
        let mut answer = Self::new(Interaction::TapCount(tap), Response::Count(right.max(0) as u32));
        for (n, code) in rules.iter().filter(|(n, _)| *n != right && (0..=available).contains(n)) {
            answer = answer.wrong(Response::Count(*n as u32), code);
        }
        answer
    }

    /// A place on a number line, right within `tolerance`; a rule's place is recognised within the same tolerance.
    pub fn slider(line: NumberLine, right: i64, tolerance: f32, rules: &[Rule]) -> Self {
        let mut answer =
            Self::new(Interaction::Slider(line), Response::Number(right.to_string())).judge(Judge::Near(tolerance));
        for (n, code) in rules.iter().filter(|(n, _)| (*n - right).abs() as f32 > tolerance) {
            answer = answer.wrong(Response::Number(n.to_string()), code);
        }
        answer
    }
}

/// The id of the option at a place: a, b, c …
fn letter(place: usize) -> String {
    match u8::try_from(place) {
        Ok(small) if small < 26 => char::from(b'a' + small).to_string(),
        _ => format!("o{place}"),
    }
}

/// Shuffles contents into options; gives the options as shown and the id of each content in the order given.
fn lay_out(rng: &mut Rng, contents: Vec<Vec<Block>>, prefix: &str, shuffle: bool) -> (Vec<ChoiceOption>, Vec<String>) {
    let mut shown: Vec<usize> = (0..contents.len()).collect();
    if shuffle {
        rng.shuffle(&mut shown);
    }
    let mut ids = vec![String::new(); contents.len()];
    for (place, index) in shown.iter().enumerate() {
        ids[*index] = format!("{prefix}{}", place + 1);
    }
    let options =
        shown.iter().map(|index| ChoiceOption { id: ids[*index].clone(), content: contents[*index].clone() }).collect();
    (options, ids)
}
