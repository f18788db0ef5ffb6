//! How far the learners of a class are, skill by skill, and each learner strand by strand (C7.3).

use crate::event::SkillState;
use crate::map::KnowledgeMap;
use crate::model::implication::Beliefs;
use crate::model::records::SkillRecords;

/// One learner's row in the skill grid, in the order of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgressRow {
    /// States.
    pub states: Vec<SkillState>,
    /// p of the learner's own answers, rounded to two places.
    pub mastery: Vec<f64>,
}

/// The row of one learner.
pub fn row(map: &KnowledgeMap, records: &SkillRecords, beliefs: &Beliefs) -> ProgressRow {
    ProgressRow {
        states: map.numbers().map(|no| beliefs.state(no, records)).collect(),
        mastery: map.numbers().map(|no| two_places(records.get(no).p)).collect(),
    }
}

/// How many learners or skills are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StateCounts {
    /// A prerequisite is missing.
    pub not_started: u32,
    /// May be begun.
    pub ready: u32,
    /// Begun, or resting.
    pub learning: u32,
    /// Taken to be known.
    pub credited: u32,
    /// Mastered, secure or to be refreshed.
    pub mastered: u32,
}

impl StateCounts {
    /// Counts states.
    pub fn of(states: impl IntoIterator<Item = SkillState>) -> Self {
        let mut counts = Self::default();
        for state in states {
            let count = match state {
                SkillState::NotStarted => &mut counts.not_started,
                SkillState::Ready => &mut counts.ready,
                SkillState::Learning | SkillState::Resting => &mut counts.learning,
                SkillState::Credited => &mut counts.credited,
                SkillState::Mastered | SkillState::Secure | SkillState::Refresh => &mut counts.mastered,
            };
            *count += 1;
        }
        counts
    }
    /// All together.
    pub fn total(&self) -> u32 {
        self.not_started + self.ready + self.learning + self.credited + self.mastered
    }
}

/// For each skill of the map, how many of these learners are in which state.
pub fn by_skill(map: &KnowledgeMap, rows: &[ProgressRow]) -> Vec<StateCounts> {
    map.numbers().map(|no| StateCounts::of(rows.iter().map(|r| r.states[no.at()]))).collect()
}

/// For each strand of the map, how many of its skills are in which state for one learner.
pub fn by_strand(map: &KnowledgeMap, row: &ProgressRow) -> Vec<StateCounts> {
    let of_strand = |strand: usize| map.numbers().filter(move |no| map.skill(*no).strand == strand);
    (0..map.strands().len()).map(|s| StateCounts::of(of_strand(s).map(|no| row.states[no.at()]))).collect()
}

/// A probability as lists show it.
pub fn two_places(p: f64) -> f64 {
    libm::round(p * 100.0) / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::tests::small_map;
    use crate::map::{SkillNo, SkillSet};
    use crate::model::state::{SkillRecord, Status};

    #[test]
    fn a_class_is_counted_by_skill_and_a_learner_by_strand() {
        let map = small_map();
        let served: SkillSet = map.numbers().collect();
        let (new, mut ahead) = (SkillRecords::new(&map), SkillRecords::new(&map));
        *ahead.get_mut(SkillNo(0)) = SkillRecord { p: 0.956, status: Status::Mastered, ..SkillRecord::default() };
        let rows = [&new, &ahead].map(|r| row(&map, r, &Beliefs::of(&map, r, &served)));
        assert_eq!((rows[0].mastery[0], rows[1].mastery[0]), (0.2, 0.96));
        let skills = by_skill(&map, &rows);
        assert_eq!(skills[0], StateCounts { ready: 1, mastered: 1, ..StateCounts::default() });
        assert_eq!(skills[1], StateCounts { ready: 1, not_started: 1, ..StateCounts::default() });
        let strands = by_strand(&map, &rows[1]);
        assert_eq!(strands[0], StateCounts { mastered: 1, ready: 2, not_started: 1, ..StateCounts::default() });
        assert_eq!(strands.iter().map(StateCounts::total).sum::<u32>() as usize, map.len());
    }
}
