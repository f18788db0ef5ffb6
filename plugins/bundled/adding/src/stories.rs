//! Number stories to 20: joining, taking, comparing, missing parts. Never here: stories of two steps.

use chalkbox_tool::forms::{asked, bar, bars, drawn, tiles_of};
use chalkbox_tool::{Answer, Block, Problem, Rule, Setup, Thing, counted, number_words, row, say};

/// A story told in words, with the sentence that solves it.
struct Story {
    words: String,
    /// The number sentence with a blank where the answer stands.
    sentence: String,
    right: i64,
    rules: Vec<Rule>,
    /// The bars that show it: what is known.
    bars: Vec<Block>,
    /// The sum that gives the answer.
    sum: String,
}

/// Hints, steps and praise of a story.
fn told(p: Problem, s: &Setup, story: &Story) -> Problem {
    let l = s.lang;
    let (sum, right, sentence) = (&story.sum, story.right, &story.sentence);
    p.hint(say!(
        l,
        "Tell the story in your own words. What happens?",
        "Raconte l'histoire avec tes mots. Que se passe-t-il ?"
    ))
    .hint_with(say!(l, "The bars show what you know.", "Les barres montrent ce que tu sais."), story.bars.clone())
    .hint_with(
        say!(l, "Write it as a number sentence and work it out.", "Écris l'histoire en nombres, puis calcule."),
        [Block::Math(sentence.clone())],
    )
    .step(say!(
        l,
        "What is known, what is asked? The _ stands for what is asked.",
        "Que sait-on, que demande-t-on ? Le _ est ce qu'on demande."
    ))
    .step_show([Block::Math(sentence.clone()), Block::Math(format!("{sum} = {right}"))])
    .praise(say!(l, "Yes, {right}. You understood the story.", "Oui, {right}. Tu as compris l'histoire."))
    .seconds(35)
}

/// The story with its number typed, or chosen one time out of four.
fn told_plainly(s: &mut Setup, story: Story) -> Problem {
    let answer = asked(s, story.right, &story.rules, 40);
    told(Problem::new(answer).tell(story.words.clone()), s, &story)
}

/// `numeracy.add.story-20`
pub fn story_20(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(5)) {
        (0, _) => pictured(s),
        (1, 0) => which_bar(s),
        (1, _) => result_unknown(s, 10, false),
        (2, 0 | 1) => which_sentence(s),
        (2, _) => change_unknown(s, 10, false),
        (3, 0) => built(s),
        (3, 1 | 2) => result_unknown(s, 20, true),
        (3, _) => change_unknown(s, 20, true),
        (_, 0 | 1) => extra_number(s),
        _ => start_unknown(s),
    }
}

/// What a story of joining or taking is mistaken for.
fn story_rules(a: i64, b: i64, takes: bool) -> Vec<Rule> {
    if takes {
        vec![
            (a + b, "wrong-sign-for-story"),
            (a, "repeats-given-number"),
            (b, "repeats-given-number"),
            (a - b + 1, "counts-the-start"),
        ]
    } else {
        vec![
            ((a - b).abs(), "wrong-sign-for-story"),
            (a, "repeats-given-number"),
            (b, "repeats-given-number"),
            (a + b - 1, "counts-the-start"),
        ]
    }
}

/// Numbers of a joining or taking story, all at least 2 but for the smallest stories.
fn story_numbers(s: &mut Setup, most: i64, takes: bool) -> (i64, i64) {
    let least = if most > 5 { 2 } else { 1 };
    let whole = s.rng.range(if most > 10 { 11 } else { 2 * least + 1 }, most);
    let part = s.rng.range(least, whole - least);
    if takes { (whole, part) } else { (part, whole - part) }
}

/// A number of things in digits, or its word.
fn amount(s: &Setup, n: i64, thing: &Thing, as_word: bool) -> String {
    if as_word && n > 1 { format!("{} {}", number_words(s.lang, n), thing.many) } else { counted(s.lang, n, thing) }
}

fn join_or_take(s: &mut Setup, thing: &Thing, (a, b): (i64, i64), takes: bool, as_word: bool) -> Story {
    let l = s.lang;
    let (name, name2) = s.two_names();
    let some = amount(s, a, thing, as_word);
    let words = if takes {
        say!(
            l,
            "{name} has {some} and gives {b} to {name2}. How many are left for {name}?",
            "{name} a {some} et en donne {b} à {name2}. Combien en reste-t-il à {name} ?"
        )
    } else {
        say!(
            l,
            "{name} has {some}. {name2} gives {name} {b} more. How many does {name} have now?",
            "{name} a {some}. {name2} lui en donne encore {b}. Combien en a {name} maintenant ?"
        )
    };
    let (sign, right) = if takes { ('−', a - b) } else { ('+', a + b) };
    let bars = if takes { bars(&[a, b]) } else { bar(&[a, b]) };
    Story {
        words,
        sentence: format!("{a} {sign} {b} = _"),
        right,
        rules: story_rules(a, b, takes),
        bars,
        sum: format!("{a} {sign} {b}"),
    }
}

/// The smallest stories, with things to see.
fn pictured(s: &mut Setup) -> Problem {
    let picture = s.picture();
    let thing = picture.thing(s.lang);
    let takes = s.rng.chance(1, 2);
    let (a, b) = story_numbers(s, 5, takes);
    let story = join_or_take(s, &thing, (a, b), takes, false);
    if s.rng.chance(1, 3) {
        let l = s.lang;
        let answer = Answer::tap(picture.name, 10, story.right, &story.rules);
        let p = Problem::new(answer).figure(row(picture.name, a)).tell(story.words.clone()).tell(say!(
            l,
            "Tap to show how many.",
            "Touche pour montrer combien."
        ));
        return told(p, s, &story);
    }
    let answer = asked(s, story.right, &story.rules, 10);
    told(Problem::new(answer).figure(row(picture.name, a)).tell(story.words.clone()), s, &story)
}

fn result_unknown(s: &mut Setup, most: i64, as_word: bool) -> Problem {
    let thing = s.food();
    let takes = s.rng.chance(1, 2);
    let numbers = story_numbers(s, most, takes);
    let story = join_or_take(s, &thing, numbers, takes, as_word);
    told_plainly(s, story)
}

/// Which bar shows the story of joining?
fn which_bar(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.object();
    let (a, b) = story_numbers(s, 10, false);
    let story = join_or_take(s, &thing, (a, b), false, false);
    let card = |parts: &[u16]| drawn(chalkbox_tool::Figure::BarModel(parts.to_vec()));
    let (x, y) = (a as u16, b as u16);
    let wrong = vec![(card(&[x]), None), (card(&[x, y, x + y]), None), (card(&[x, y + 1]), None)];
    let answer = Answer::choice(&mut s.rng, card(&[x, y]), wrong);
    let p = Problem::new(answer).tell(story.words.clone()).tell(say!(
        l,
        "Which bar shows the story?",
        "Quelle barre montre l'histoire ?"
    ));
    told(p, s, &story)
}

fn change(s: &mut Setup, most: i64, as_word: bool) -> Story {
    let l = s.lang;
    let thing = s.food();
    let name = s.name();
    let (a, b) = story_numbers(s, most, false);
    let whole = a + b;
    let some = amount(s, a, &thing, as_word);
    let words = say!(
        l,
        "{name} had {some}. Then some more came. Now {name} has {whole}. How many came?",
        "{name} avait {some}. On lui en a donné d'autres. Maintenant, {name} en a {whole}. Combien lui en a-t-on donné ?"
    );
    let rules = vec![
        (a + whole, "equals-means-answer"),
        (a, "repeats-given-number"),
        (whole, "repeats-given-number"),
        (b - 1, "counts-the-start"),
    ];
    Story {
        words,
        sentence: format!("{a} + _ = {whole}"),
        right: b,
        rules,
        bars: bars(&[whole, a]),
        sum: format!("{whole} − {a}"),
    }
}

fn change_unknown(s: &mut Setup, most: i64, as_word: bool) -> Problem {
    let story = change(s, most, as_word);
    told_plainly(s, story)
}

/// Which number sentence tells the story with the unknown change?
fn which_sentence(s: &mut Setup) -> Problem {
    let l = s.lang;
    let story = change(s, 10, false);
    let math = |line: String| vec![Block::Math(line)];
    let right = story.right;
    let Some((a, whole)) = story.sentence.split_once(" + _ = ") else { return told_plainly(s, story) };
    let wrong = vec![
        (math(format!("{a} + {whole} = _")), Some("equals-means-answer")),
        (math(format!("{a} − _ = {whole}")), Some("wrong-sign-for-story")),
        (math(format!("{whole} + _ = {a}")), None),
    ];
    let answer = Answer::choice(&mut s.rng, math(story.sentence.clone()), wrong);
    let sentence = story.sentence.clone();
    Problem::new(answer)
        .tell(story.words.clone())
        .tell(say!(l, "Which number sentence tells it?", "Quelle écriture le raconte ?"))
        .hint(say!(
            l,
            "Tell the story in your own words. What happens?",
            "Raconte l'histoire avec tes mots. Que se passe-t-il ?"
        ))
        .hint_with(say!(l, "The bars show what you know.", "Les barres montrent ce que tu sais."), story.bars.clone())
        .hint(say!(l, "First comes {a}. What comes last?", "D'abord, il y a {a}. Qu'y a-t-il à la fin ?"))
        .step(say!(
            l,
            "Start {a}, something comes, then there are {whole}.",
            "Au départ {a}, on en ajoute, puis il y en a {whole}."
        ))
        .step_show([Block::Math(sentence)])
        .step(say!(l, "So {right} came.", "On en a donc ajouté {right}."))
        .praise(say!(l, "Yes. The sentence follows the story.", "Oui. L'écriture suit l'histoire."))
        .seconds(35)
}

/// Numbers and sign of a story as tiles.
fn built(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let takes = s.rng.chance(1, 2);
    let (a, b) = story_numbers(s, 20, takes);
    let story = join_or_take(s, &thing, (a, b), takes, true);
    let (sign, other) = if takes { ("−", "+") } else { ("+", "−") };
    let rights = [a.to_string(), sign.to_owned(), b.to_string(), story.right.to_string()];
    let extra = [(other.to_owned(), Some("wrong-sign-for-story")), ((a + b + 10).to_string(), None)];
    let mut answer = tiles_of(s, "_ _ _ = _", &rights, &extra);
    if !takes {
        // Adding may be written either way round.
        answer = answer.either_way(0, 2);
    }
    let p = Problem::new(answer).tell(story.words.clone()).tell(say!(
        l,
        "Build the number sentence.",
        "Écris-le avec les cartes."
    ));
    told(p, s, &story).seconds(50)
}

fn extra_number(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let takes = s.rng.chance(1, 2);
    let (a, b) = story_numbers(s, 20, takes);
    let age = s.rng.range(6, 9);
    let mut story = join_or_take(s, &thing, (a, b), takes, false);
    let elder = s.name();
    let age_told = say!(l, "{elder} is {age} years old.", "{elder} a {age} ans.");
    story.words = format!("{age_told} {}", story.words);
    story.rules.insert(0, (a + b + age, "uses-all-numbers"));
    told_plainly(s, story)
}

fn start_unknown(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let name = s.name();
    let (b, left) = story_numbers(s, 20, false);
    let (whole, many) = (b + left, &thing.many);
    let words = say!(
        l,
        "{name} had some {many}. {name} gave {b} away. Now {left} are left. How many {many} were there at first?",
        "{name} avait des {many}. {name} en a donné {b}. Il en reste {left}. Combien y en avait-il au début ?"
    );
    let rules = vec![
        ((left - b).abs(), "wrong-sign-for-story"),
        (left, "repeats-given-number"),
        (b, "repeats-given-number"),
        (whole - 1, "counts-the-start"),
    ];
    let story = Story {
        words,
        sentence: format!("_ − {b} = {left}"),
        right: whole,
        rules,
        bars: bar(&[b, left]),
        sum: format!("{left} + {b}"),
    };
    told_plainly(s, story)
}

/// `numeracy.add.story-compare-20`
pub fn story_compare_20(s: &mut Setup) -> Problem {
    match (s.band, s.rng.below(4)) {
        (0, _) => compare(s, 6, false),
        (1, 0) => compare_bars(s),
        (1, _) => compare(s, 10, false),
        (2, 0) => compare(s, 10, true),
        (2, _) => rest_of(s, 10),
        (3, 0 | 1) => rest_of(s, 20),
        (3, _) => compare(s, 20, true),
        (_, 0) => compare_extra(s),
        _ => one_unknown(s),
    }
}

/// More and fewer: two amounts that differ by at least 2, the larger first.
fn two_amounts(s: &mut Setup, most: i64) -> (i64, i64) {
    let a = s.rng.range(if most > 10 { 11 } else { 4 }, most);
    (a, s.rng.range((a - 9).max(1), a - 2))
}

fn compare_rules(a: i64, b: i64) -> Vec<Rule> {
    vec![(a, "answers-with-larger-set"), (a + b, "key-word-operation"), (a - b + 1, "counts-the-start")]
}

fn compared(s: &mut Setup, most: i64, fewer: bool, thing: &Thing) -> (Story, i64, i64) {
    let l = s.lang;
    let (name, name2) = s.two_names();
    let (a, b) = two_amounts(s, most);
    let some = counted(l, a, thing);
    let words = if fewer {
        say!(
            l,
            "{name} has {some}. {name2} has {b}. How many fewer does {name2} have?",
            "{name} a {some}. {name2} en a {b}. Combien en a {name2} de moins ?"
        )
    } else {
        say!(
            l,
            "{name} has {some}. {name2} has {b}. How many more does {name} have?",
            "{name} a {some}. {name2} en a {b}. Combien en a {name} de plus ?"
        )
    };
    let story = Story {
        words,
        sentence: format!("{b} + _ = {a}"),
        right: a - b,
        rules: compare_rules(a, b),
        bars: bars(&[a, b]),
        sum: format!("{a} − {b}"),
    };
    (story, a, b)
}

fn compare(s: &mut Setup, most: i64, fewer: bool) -> Problem {
    let picture = s.picture();
    let fewer = fewer && s.rng.chance(2, 3) || most == 10 && s.rng.chance(1, 2);
    let food = s.food();
    let thing = if s.band == 0 { picture.thing(s.lang) } else { food };
    let (story, a, b) = compared(s, most, fewer, &thing);
    let answer = asked(s, story.right, &story.rules, 40);
    let p = Problem::new(answer);
    let p = match s.band {
        0 => p.figure(row(picture.name, a)).figure(row(picture.name, b)),
        1 => p.show(bars(&[a, b])),
        _ => p,
    };
    told(p.tell(story.words.clone()), s, &story)
}

/// Which bars fit the story?
fn compare_bars(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let (story, a, b) = compared(s, 10, false, &thing);
    let wrong = vec![(bars(&[a + b, b]), Some("key-word-operation")), (bars(&[a, a]), None), (bar(&[a, b]), None)];
    let answer = Answer::choice(&mut s.rng, bars(&[a, b]), wrong);
    let p = Problem::new(answer).tell(story.words.clone()).tell(say!(
        l,
        "Which bars show the story?",
        "Quelles barres montrent l'histoire ?"
    ));
    told(p, s, &story)
}

/// Some are here, the rest are there.
fn rest_of(s: &mut Setup, most: i64) -> Problem {
    let l = s.lang;
    let thing = s.object();
    let (a, b) = two_amounts(s, most);
    let some = counted(l, a, &thing);
    let are = if b == 1 { "is" } else { "are" };
    let words = say!(
        l,
        "There are {some}. In the basket there {are} {b}. The rest are on the table. How many are on the table?",
        "Il y a {some}. Dans le panier, il y en a {b}. Le reste est sur la table. Combien y en a-t-il sur la table ?"
    );
    let rules = vec![(a + b, "key-word-operation"), (a, "answers-with-larger-set"), (a - b + 1, "counts-the-start")];
    let story = Story {
        words,
        sentence: format!("{b} + _ = {a}"),
        right: a - b,
        rules,
        bars: bars(&[a, b]),
        sum: format!("{a} − {b}"),
    };
    told_plainly(s, story)
}

fn compare_extra(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let (mut story, a, b) = compared(s, 20, false, &thing);
    let age = s.rng.range(6, 9);
    let elder = s.name();
    let told_first = say!(l, "{elder} is {age} years old.", "{elder} a {age} ans.");
    story.words = format!("{told_first} {}", story.words);
    story.rules.insert(0, (a + b + age, "uses-all-numbers"));
    told_plainly(s, story)
}

/// One amount and the difference are known, in words that point the other way.
fn one_unknown(s: &mut Setup) -> Problem {
    let l = s.lang;
    let thing = s.food();
    let (name, name2) = s.two_names();
    let (a, b) = two_amounts(s, 20);
    let difference = a - b;
    let more = s.rng.chance(1, 2);
    let some = counted(l, if more { a } else { b }, &thing);
    let words = if more {
        say!(
            l,
            "{name} has {some}. That is {difference} more than {name2} has. How many does {name2} have?",
            "{name} a {some}. C'est {difference} de plus que {name2}. Combien en a {name2} ?"
        )
    } else {
        say!(
            l,
            "{name} has {some}. That is {difference} fewer than {name2} has. How many does {name2} have?",
            "{name} a {some}. C'est {difference} de moins que {name2}. Combien en a {name2} ?"
        )
    };
    let story = if more {
        let rules =
            vec![(a + difference, "key-word-operation"), (a, "answers-with-larger-set"), (b + 1, "counts-the-start")];
        Story {
            words,
            sentence: format!("_ + {difference} = {a}"),
            right: b,
            rules,
            bars: bars(&[a, difference]),
            sum: format!("{a} − {difference}"),
        }
    } else {
        let rules = vec![((b - difference).abs(), "key-word-operation"), (a - 1, "counts-the-start")];
        Story {
            words,
            sentence: format!("_ − {difference} = {b}"),
            right: a,
            rules,
            bars: bar(&[b, difference]),
            sum: format!("{b} + {difference}"),
        }
    };
    told_plainly(s, story)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn story_numbers_stay_in_their_band() {
        for seed in 0..500 {
            let ask = chalkbox_tool::check::ask("numeracy.add.story-20", 0.5, seed, "en");
            for (most, takes) in [(5, true), (5, false), (10, true), (10, false), (20, true), (20, false)] {
                let (a, b) = story_numbers(&mut Setup::new(&ask), most, takes);
                let (whole, other) = if takes { (a, a - b) } else { (a + b, a) };
                assert!(whole <= most && b > 0 && other > 0, "{a} and {b} to {most}");
            }
            let (a, b) = two_amounts(&mut Setup::new(&ask), 20);
            assert!(b >= 1 && a - b >= 2 && a <= 20);
        }
    }
}
