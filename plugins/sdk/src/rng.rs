//! The seeded generator: whole numbers only, the same draws on every machine. Never here: floats, entropy, the clock.

/// SplitMix64, seeded from what makes an item: the seed, the skill and the band. The language does not count, so that an
/// item has the same numbers in every language.
#[derive(Clone, Debug)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// A generator for one ask.
    pub fn new(seed: u32, skill: &str, band: u8) -> Self {
        // FNV-1a over skill and band spreads neighbouring seeds of neighbouring skills apart.
        let mut state: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in skill.bytes().chain([band]).chain(seed.to_le_bytes()) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self { state }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..end`; 0 when `end` is 0.
    pub fn below(&mut self, end: u32) -> u32 {
        // The high 32 bits, scaled: the bias is below one in a billion for the small ends of an item.
        ((u128::from(self.bits() >> 32) * u128::from(end)) >> 32) as u32
    }

    /// A number in `low..=high`; `low` when the range is empty.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        if high <= low {
            return low;
        }
        low + i64::from(self.below((high - low + 1).min(i64::from(u32::MAX)) as u32))
    }

    /// True `part` times out of `whole`.
    pub fn chance(&mut self, part: u32, whole: u32) -> bool {
        self.below(whole) < part
    }

    /// One of `from`, which must not be empty.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        assert!(!from.is_empty(), "pick needs something to pick from");
        &from[self.below(from.len() as u32) as usize]
    }

    /// Puts the things in a random order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last as u32 + 1) as usize);
        }
    }

    /// `count` different numbers of `low..=high` in random order (fewer when the range is shorter). For short ranges.
    pub fn distinct(&mut self, low: i64, high: i64, count: usize) -> Vec<i64> {
        let mut all: Vec<i64> = (low..=high).collect();
        self.shuffle(&mut all);
        all.truncate(count);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_draws_and_other_seed_other_draws() {
        let draw = |seed, skill, band| {
            let mut rng = Rng::new(seed, skill, band);
            (0..8).map(|_| rng.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "a", 0), draw(1, "a", 0));
        assert_ne!(draw(1, "a", 0), draw(2, "a", 0));
        assert_ne!(draw(1, "a", 0), draw(1, "b", 0));
        assert_ne!(draw(1, "a", 0), draw(1, "a", 1));
    }

    #[test]
    fn frozen_draws() {
        // These numbers are in event logs: changing the generator would change every item ever shown.
        let mut rng = Rng::new(7, "numeracy.count.how-many-10", 2);
        let drawn: Vec<u32> = (0..6).map(|_| rng.below(100)).collect();
        assert_eq!(drawn, [87, 58, 35, 69, 6, 65]);
    }

    #[test]
    fn every_value_of_a_range_comes_up() {
        let mut rng = Rng::new(3, "x", 0);
        let mut seen = [false; 5];
        for _ in 0..200 {
            seen[(rng.range(-2, 2) + 2) as usize] = true;
        }
        assert_eq!(seen, [true; 5]);
    }
}
