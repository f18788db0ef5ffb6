//! A set of skills of one map, one bit each.

use super::SkillNo;

/// A set of skills of one map. Iterates in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SkillSet {
    words: Vec<u64>,
}

impl SkillSet {
    /// Adds a skill; false if it was in already.
    pub fn insert(&mut self, no: SkillNo) -> bool {
        let (word, bit) = (no.at() / 64, 1u64 << (no.at() % 64));
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        let fresh = self.words[word] & bit == 0;
        self.words[word] |= bit;
        fresh
    }
    /// Whether a skill is in.
    pub fn contains(&self, no: SkillNo) -> bool {
        self.words.get(no.at() / 64).is_some_and(|w| w & (1 << (no.at() % 64)) != 0)
    }
    /// Adds all of another set.
    pub fn union(&mut self, other: &SkillSet) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine |= theirs;
        }
    }
    /// How many are in.
    pub fn len(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }
    /// Whether none is in.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }
    /// How many are in this set and not in the other.
    pub fn count_without(&self, other: &SkillSet) -> usize {
        let theirs = other.words.iter().copied().chain(std::iter::repeat(0));
        self.words.iter().zip(theirs).map(|(mine, theirs)| (mine & !theirs).count_ones() as usize).sum()
    }
    /// The skills in, rising.
    pub fn iter(&self) -> impl Iterator<Item = SkillNo> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                if left == 0 {
                    return None;
                }
                let bit = left.trailing_zeros();
                left &= left - 1;
                Some(SkillNo((at * 64) as u16 + bit as u16))
            })
        })
    }
}

impl FromIterator<SkillNo> for SkillSet {
    fn from_iter<I: IntoIterator<Item = SkillNo>>(skills: I) -> Self {
        let mut set = Self::default();
        for no in skills {
            set.insert(no);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_keeps_what_it_was_given() {
        let set: SkillSet = [3, 200, 64, 3, 63].map(SkillNo).into_iter().collect();
        assert_eq!(set.iter().map(|n| n.0).collect::<Vec<_>>(), [3, 63, 64, 200]);
        assert_eq!((set.len(), set.contains(SkillNo(64)), set.contains(SkillNo(999))), (4, true, false));
        let other: SkillSet = [63, 7].map(SkillNo).into_iter().collect();
        assert_eq!((set.count_without(&other), other.count_without(&set)), (3, 1));
        let mut both = other.clone();
        both.union(&set);
        assert_eq!(both.len(), 5);
        assert!(SkillSet::default().is_empty() && !set.is_empty());
    }
}
