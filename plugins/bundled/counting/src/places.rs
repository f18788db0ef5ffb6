//! Places in a queue: first to tenth. Never here: how many there are.

use chalkbox_tool::{Answer, Block, Figure, Lang, PICTURES, Picture, Problem, Setup, ordinal, say};

/// Uses the words first to tenth.
pub fn ordinal_10(s: &mut Setup) -> Problem {
    let form = s.rng.below(4);
    match (s.band, form) {
        (0, _) => {
            let length = s.rng.range(3, 4) as u32;
            let last = s.rng.chance(1, 2);
            who_is(s, length, if last { length } else { 1 }, false, last)
        }
        (1, 0) => lay_out_queue(s, 3),
        (1, _) => {
            let place = s.rng.range(1, 3) as u32;
            who_is(s, 5, place, false, false)
        }
        (2, 0) => lay_out_queue(s, 4),
        (2, _) => {
            let place = s.rng.range(2, 5) as u32;
            who_is(s, 6, place, false, false)
        }
        (3, _) => {
            let place = s.rng.range(3, 10) as u32;
            let other_end = s.rng.chance(1, 3);
            who_is(s, 10, place, other_end, false)
        }
        (_, 0) => lay_out_queue(s, 5),
        (_, 1) => how_many_before(s),
        (_, 2) => after_someone(s),
        _ => {
            let place = s.rng.range(2, 5) as u32;
            who_is(s, 8, place, true, false)
        }
    }
}

/// A queue of different pictures.
fn queue(s: &mut Setup, length: u32) -> Vec<&'static Picture> {
    s.rng.distinct(0, PICTURES.len() as i64 - 1, length as usize).into_iter().map(|i| &PICTURES[i as usize]).collect()
}

fn names(queue: &[&Picture]) -> Figure {
    Figure::Row(queue.iter().map(|picture| picture.name.to_owned()).collect())
}

fn one(picture: &Picture) -> Vec<Block> {
    vec![Block::Figure(Figure::Row(vec![picture.name.to_owned()]))]
}

/// The place in words; French agrees with the picture's word.
fn place_of(lang: Lang, place: u32, picture: &Picture) -> String {
    ordinal(lang, place, picture.fr[2].starts_with("une "))
}

/// The words of a queue up to a place: "first the cup, second the goat".
fn walk(lang: Lang, queue: &[&Picture]) -> String {
    let parts: Vec<String> = queue
        .iter()
        .zip(1..)
        .map(|(picture, place)| {
            let definite = picture.thing(lang).definite;
            let place = place_of(lang, place, picture);
            say!(lang, "{place} {definite}", "{place} : {definite}")
        })
        .collect();
    parts.join(lang.pick(", ", " ; "))
}

/// Who is at a place of the queue, counted from the end that is named as the front?
fn who_is(s: &mut Setup, length: u32, place: u32, other_end: bool, as_last: bool) -> Problem {
    let shown = queue(s, length);
    let mut counted = shown.clone();
    if other_end {
        counted.reverse();
    }
    let index = place as usize - 1;
    let right = counted[index];
    let mirror = counted[length as usize - 1 - index];
    let mut wrong = Vec::new();
    if mirror.name != right.name {
        wrong.push((one(mirror), Some("wrong-end")));
    }
    if length > 4 && place > 1 {
        wrong.push((vec![Block::Figure(names(&counted[..place as usize]))], Some("ordinal-as-amount")));
    }
    for near in [index + 1, index.wrapping_sub(1), index + 2, index.wrapping_sub(2)] {
        if wrong.len() < 3
            && let Some(picture) = counted.get(near).filter(|picture| picture.name != right.name)
        {
            wrong.push((one(picture), None));
        }
    }
    let answer = Answer::choice(&mut s.rng, one(right), wrong);
    let front = counted[0].thing(s.lang).definite;
    let end = counted[counted.len() - 1].thing(s.lang).definite;
    let word = ordinal(s.lang, place, true);
    // At the very front the start must be told in another way than by naming who is first.
    let start = if place == 1 {
        say!(s.lang, "At the end of the queue stands {end}.", "Au bout de la file se trouve {end}.")
    } else {
        say!(s.lang, "At the front of the queue stands {front}.", "En tête de la file se trouve {front}.")
    };
    let ask = if as_last {
        say!(s.lang, "{start} Who is last?", "{start} Qui est à la dernière place ?")
    } else {
        say!(s.lang, "{start} Who is {word}?", "{start} Qui est à la {word} place ?")
    };
    let told = walk(s.lang, &counted[..place as usize]);
    Problem::new(answer)
        .tell(ask)
        .figure(names(&shown))
        .hint(say!(s.lang, "Where is the front of the queue? Start there.", "Où est la tête de la file ? Commence là."))
        .hint(say!(
            s.lang,
            "Say the places along the queue: first, second, and so on.",
            "Dis les places le long de la file : premier, deuxième, et ainsi de suite."
        ))
        .hint(say!(s.lang, "Along the queue: {told}.", "Le long de la file : {told}."))
        .step(say!(s.lang, "Find the front of the queue.", "Trouve la tête de la file."))
        .step(say!(s.lang, "Go along it and stop at your word: {told}.", "Avance et arrête-toi à ton mot : {told}."))
        .step_show(one(right))
        .praise(say!(
            s.lang,
            "Yes, you started at the front and stopped at the right place.",
            "Oui, tu pars de la tête et tu t'arrêtes à la bonne place."
        ))
        .seconds(15)
}

/// The queue is told; the learner lays it out.
fn lay_out_queue(s: &mut Setup, length: u32) -> Problem {
    let queue = queue(s, length);
    let told = walk(s.lang, &queue);
    let reversed = (0..queue.len()).rev().collect();
    let answer =
        Answer::order(&mut s.rng, queue.iter().map(|picture| one(picture)).collect(), vec![(reversed, "wrong-end")]);
    let front = queue[0].thing(s.lang).definite;
    Problem::new(answer)
        .tell(say!(s.lang, "Make the queue: {told}.", "Fais la file : {told}."))
        .hint(say!(s.lang, "Who is first? Put that one at the front.", "Qui vient en premier ? Mets-le en tête."))
        .hint(say!(
            s.lang,
            "At the front stands {front}. Who comes second?",
            "En tête se trouve {front}. Qui vient en deuxième ?"
        ))
        .hint_with(
            say!(s.lang, "The queue looks like this.", "La file est comme cela."),
            [Block::Figure(names(&queue))],
        )
        .step(say!(s.lang, "Place them one by one: {told}.", "Place-les un par un : {told}."))
        .step_show([Block::Figure(names(&queue))])
        .praise(say!(s.lang, "Yes, everyone stands in the right place.", "Oui, chacun est à la bonne place."))
        .seconds(25)
}

fn how_many_before(s: &mut Setup) -> Problem {
    let place = s.rng.range(4, 9) as u32;
    let shown = queue(s, 10);
    let front = shown[0].thing(s.lang).definite;
    let word = ordinal(s.lang, place, false);
    let before = i64::from(place) - 1;
    let rules = [(before + 1, "counts-the-start"), (10 - i64::from(place), "wrong-end")];
    Problem::new(Answer::number(before, &rules))
        .tell(say!(
            s.lang,
            "At the front of the queue stands {front}. How many stand before the {word} one?",
            "En tête de la file se trouve {front}. Combien sont avant la {word} place ?"
        ))
        .figure(names(&shown))
        .hint(say!(s.lang, "Find the front, then the {word} one.", "Trouve la tête, puis la {word} place."))
        .hint(say!(
            s.lang,
            "Count only those who come earlier, not the {word} one.",
            "Compte seulement ceux qui viennent plus tôt, sans la {word} place."
        ))
        .hint(say!(
            s.lang,
            "Up to the {word} there are {place}. One of them is the {word} itself.",
            "Jusqu'à la {word} place, il y en a {place}. L'un d'eux est à la {word} place."
        ))
        .step(say!(
            s.lang,
            "Count from the front to the {word}: that is {place}.",
            "Compte de la tête à la {word} place : cela fait {place}."
        ))
        .step(say!(
            s.lang,
            "Leave out the {word} itself: {before} stand before it.",
            "Enlève la {word} place : il en reste {before} avant."
        ))
        .praise(say!(s.lang, "Yes, {before} stand before the {word}.", "Oui, {before} sont avant la {word} place."))
        .seconds(20)
}

fn after_someone(s: &mut Setup) -> Problem {
    let shown = queue(s, 10);
    let steps = s.rng.range(2, 3) as u32;
    // As many stand before as are counted, so that the other way leads to somebody too.
    let from = s.rng.range(i64::from(steps), 8 - i64::from(steps)) as usize;
    let right = shown[from + steps as usize];
    let wrong = vec![
        (one(shown[from + steps as usize - 1]), Some("counts-the-start")),
        (one(shown[from - steps as usize]), Some("wrong-end")),
        (one(shown[from + steps as usize + 1]), None),
    ];
    let answer = Answer::choice(&mut s.rng, one(right), wrong);
    let (front, start) = (shown[0].thing(s.lang).definite, shown[from].thing(s.lang).definite);
    let place = ordinal(s.lang, steps, true);
    let told = walk(s.lang, &shown[from + 1..=from + steps as usize]);
    Problem::new(answer)
        .tell(say!(
            s.lang,
            "At the front of the queue stands {front}. Who is {place} after {start}?",
            "En tête de la file se trouve {front}. Qui est à la {place} place après {start} ?"
        ))
        .figure(names(&shown))
        .hint(say!(
            s.lang,
            "Find {start}. The one just behind is first after it.",
            "Trouve {start}. Juste derrière, c'est le premier après."
        ))
        .hint(say!(s.lang, "Go away from the front: one step, one word.", "Éloigne-toi de la tête : un pas, un mot."))
        .hint(say!(s.lang, "After {start}: {told}.", "Après {start} : {told}."))
        .step(say!(
            s.lang,
            "Stand at {start} and step once before you say first: {told}.",
            "Place-toi sur {start} et fais un pas avant de dire premier : {told}."
        ))
        .step_show(one(right))
        .praise(say!(s.lang, "Yes, you stepped first and counted then.", "Oui, tu as avancé d'abord, puis compté."))
        .seconds(20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_tool::{Interaction, Response, check::ask};

    #[test]
    fn the_wrong_end_is_as_far_on_the_other_side() {
        for seed in 0..200 {
            let ask = ask("numeracy.count.ordinal-10", 1.0, seed, "en");
            let problem = after_someone(&mut Setup::new(&ask));
            let Some(Block::Figure(Figure::Row(queue))) =
                problem.body.iter().find(|block| matches!(block, Block::Figure(_)))
            else {
                panic!("a queue")
            };
            let Interaction::Choice(choice) = &problem.answer.interaction else { panic!("a choice") };
            let place = |response: &Response| {
                let Response::Choice(ids) = response else { panic!("a choice") };
                let option = choice.options.iter().find(|option| option.id == ids[0]).expect("an option");
                let [Block::Figure(Figure::Row(names))] = option.content.as_slice() else { panic!("one picture") };
                queue.iter().position(|name| *name == names[0]).expect("somebody of the queue")
            };
            let right = place(&problem.answer.right);
            let wrong = problem.answer.wrong.iter().find(|wrong| wrong.code == "wrong-end").expect("the other end");
            let apart = right - place(&wrong.response);
            assert!(apart == 4 || apart == 6, "seed {seed}: {apart} apart");
        }
    }
}
