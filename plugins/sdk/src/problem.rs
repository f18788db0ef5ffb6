//! One planned question with all that belongs to it, and short ways to write blocks and figures. Never here: how it is judged.

use crate::{Answer, BaseTen, Block, Dots, Figure, Groups, Item, Lang, Layout, NumberLine, number_words, spoken_math};

/// A planned question. Build it with [`Problem::new`] and the methods that add a block, a hint or a step each.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What is shown.
    pub body: Vec<Block>,
    /// How it is answered, what is right and what wrong answers mean.
    pub answer: Answer,
    /// The hints, first rung first; at most five.
    pub hints: Vec<Vec<Block>>,
    /// The way to the answer, for "show me how".
    pub steps: Vec<Block>,
    /// Said after a right answer: what is right about it.
    pub praise: String,
    /// Said after a wrong answer that shows no known misconception: what to try. Empty: the first hint is said.
    pub retry: String,
    /// Expected time to answer.
    pub seconds: u16,
}

impl Problem {
    /// A question with its answer and nothing to see yet.
    pub fn new(answer: Answer) -> Self {
        Self {
            body: Vec::new(),
            answer,
            hints: Vec::new(),
            steps: Vec::new(),
            praise: String::new(),
            retry: String::new(),
            seconds: 20,
        }
    }

    /// Adds an instruction, shown and spoken.
    #[inline(never)]
    pub fn tell(mut self, words: String) -> Self {
        self.body.extend(both(words));
        self
    }

    /// Adds an instruction that is spoken in other words than it is written.
    #[inline(never)]
    pub fn tell_as(mut self, written: String, spoken: String) -> Self {
        self.body.push(Block::Text(written));
        self.body.push(Block::Speech(spoken));
        self
    }

    /// Adds what is only spoken.
    #[inline(never)]
    pub fn speak(mut self, words: String) -> Self {
        self.body.push(Block::Speech(words));
        self
    }

    /// Adds what is only written.
    #[inline(never)]
    pub fn write(mut self, words: String) -> Self {
        self.body.push(Block::Text(words));
        self
    }

    /// Adds a line of mathematics.
    #[inline(never)]
    pub fn math(mut self, line: impl Into<String>) -> Self {
        self.body.push(Block::Math(line.into()));
        self
    }

    /// Adds a line of mathematics that is also spoken, as a question where it has a blank.
    #[inline(never)]
    pub fn sum(self, lang: Lang, line: &str) -> Self {
        let spoken = spoken_math(lang, line);
        let spoken = if line.contains('_') { format!("{spoken}{}", lang.pick("?", "\u{a0}?")) } else { spoken };
        self.math(line).speak(spoken)
    }

    /// Adds a figure.
    #[inline(never)]
    pub fn figure(mut self, figure: Figure) -> Self {
        self.body.push(Block::Figure(figure));
        self
    }

    /// Adds blocks of any kind.
    #[inline(never)]
    pub fn show(mut self, blocks: impl IntoIterator<Item = Block>) -> Self {
        self.body.extend(blocks);
        self
    }

    /// Adds a hint in words, shown and spoken.
    #[inline(never)]
    pub fn hint(self, words: String) -> Self {
        self.hint_with(words, [])
    }

    /// Adds a hint in words with blocks below.
    #[inline(never)]
    pub fn hint_with(mut self, words: String, blocks: impl IntoIterator<Item = Block>) -> Self {
        let mut rung = both(words);
        rung.extend(blocks);
        self.hints.push(rung);
        self
    }

    /// Adds a step of the solution in words, shown and spoken.
    #[inline(never)]
    pub fn step(mut self, words: String) -> Self {
        self.steps.extend(both(words));
        self
    }

    /// Adds blocks to the solution.
    #[inline(never)]
    pub fn step_show(mut self, blocks: impl IntoIterator<Item = Block>) -> Self {
        self.steps.extend(blocks);
        self
    }

    /// Says what is right about a right answer.
    #[inline(never)]
    pub fn praise(mut self, words: String) -> Self {
        self.praise = words;
        self
    }

    /// Says what to try after a wrong answer without a known misconception. It must not hold the answer.
    #[inline(never)]
    pub fn retry(mut self, words: String) -> Self {
        self.retry = words;
        self
    }

    /// Sets the expected time to answer.
    #[inline(never)]
    pub fn seconds(mut self, seconds: u16) -> Self {
        self.seconds = seconds;
        self
    }

    /// The learner's side of the problem.
    pub fn into_item(self) -> Item {
        Item {
            hints: self.hints.len() as u8,
            body: self.body,
            interaction: self.answer.interaction,
            seconds: self.seconds,
        }
    }
}

/// Words as a shown and a spoken block.
pub fn both(words: String) -> Vec<Block> {
    vec![Block::Text(words.clone()), Block::Speech(words)]
}

/// One written block, as the content of an option.
pub fn text(words: impl Into<String>) -> Vec<Block> {
    vec![Block::Text(words.into())]
}

/// A number to be read or heard: in digits, and spoken. Not for skills where hearing it would give the answer.
pub fn number_card(lang: Lang, n: i64) -> Vec<Block> {
    vec![Block::Text(n.to_string()), Block::Speech(number_words(lang, n))]
}

/// A figure of dots.
pub fn dots(count: i64, layout: Layout) -> Figure {
    Figure::Dots(Dots { count: count.clamp(0, 1000) as u16, layout })
}

/// Ten-frames with so many filled places.
pub fn ten_frame(count: i64) -> Figure {
    Figure::TenFrame(count.clamp(0, 1000) as u16)
}

/// Hundreds, tens and ones as blocks.
pub fn base_ten(hundreds: i64, tens: i64, ones: i64) -> Figure {
    let small = |n: i64| n.clamp(0, 255) as u8;
    Figure::BaseTen(BaseTen { hundreds: small(hundreds), tens: small(tens), ones: small(ones) })
}

/// Equal groups.
pub fn groups(count: i64, each: i64) -> Figure {
    Figure::Groups(Groups { count: count.clamp(0, 255) as u8, each: each.clamp(0, 255) as u8 })
}

/// A row of the same picture.
pub fn row(picture: &str, count: i64) -> Figure {
    Figure::Row(vec![picture.to_owned(); count.clamp(0, 100) as usize])
}

/// A number line from `lowest` to `highest` with a tick every `step`, some ticks named and some numbers marked.
pub fn line(lowest: i64, highest: i64, step: i64, labels: &[i64], marks: &[i64]) -> NumberLine {
    let floats = |list: &[i64]| list.iter().map(|n| *n as f32).collect();
    NumberLine {
        lowest: lowest as f32,
        highest: highest as f32,
        step: step as f32,
        labels: floats(labels),
        marks: floats(marks),
    }
}
