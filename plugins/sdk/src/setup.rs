//! What a planner gets: the ask, its generator, its language and band, and words of the place. Never here: any question.

use crate::{Ask, Lang, PICTURES, Picture, Rng, Thing, band};

/// The ask, opened up for a planner.
pub struct Setup<'a> {
    /// The ask itself.
    pub ask: &'a Ask,
    /// The generator; draw everything from it.
    pub rng: Rng,
    /// The language to write in.
    pub lang: Lang,
    /// 0 (easiest) to 4 (hardest).
    pub band: u8,
}

impl<'a> Setup<'a> {
    /// Opens an ask.
    pub fn new(ask: &'a Ask) -> Self {
        let band = band(ask.difficulty);
        Self { ask, rng: Rng::new(ask.seed, &ask.skill, band), lang: Lang::of(&ask.locale), band }
    }

    /// A child's name of the place.
    pub fn name(&mut self) -> String {
        let spare = ["Ama", "Kofi", "Lina", "Samir"];
        let draw = self.rng.bits();
        match self.ask.context.names.as_slice() {
            [] => spare[(draw % 4) as usize].to_owned(),
            names => names[(draw % names.len() as u64) as usize].clone(),
        }
    }

    /// Two different names (the same twice only when the place lists a single one).
    pub fn two_names(&mut self) -> (String, String) {
        let first = self.name();
        let mut second = self.name();
        for _ in 0..16 {
            if second != first {
                break;
            }
            second = self.name();
        }
        (first, second)
    }

    /// A food of the place that can be counted.
    pub fn food(&mut self) -> Thing {
        self.thing(&self.ask.context.foods, 1)
    }

    /// An animal of the place.
    pub fn animal(&mut self) -> Thing {
        self.thing(&self.ask.context.animals, 10)
    }

    /// A thing of the place that can be counted.
    pub fn object(&mut self) -> Thing {
        self.thing(&self.ask.context.objects, 4)
    }

    /// One of the pictures that the host can draw in a row, with its words.
    pub fn picture(&mut self) -> &'static Picture {
        self.rng.pick(PICTURES)
    }

    /// Always one draw, whatever the list, so that the numbers of an item do not depend on the place.
    fn thing(&mut self, from: &[Thing], spare: usize) -> Thing {
        let draw = self.rng.bits();
        if from.is_empty() {
            return PICTURES[spare].thing(self.lang);
        }
        from[(draw % from.len() as u64) as usize].clone()
    }
}
