//! What one skill says about another: who can add two-digit numbers is taken to know adding to ten, until shown
//! otherwise; and what a learner is ready for (C5.3). Computed afresh from the records each time and never stored, so
//! that nothing is counted twice and the order of events does not matter.

use super::records::SkillRecords;
use crate::event::SkillState;
use crate::map::{KnowledgeMap, SkillNo, SkillSet};

/// How much of a skill's p goes down to its prerequisites.
pub const PASSED_DOWN: f64 = 0.97;
/// From this p on a skill is taken to be known.
pub const P_KNOWN: f64 = 0.85;

/// What follows for one learner from all records together.
#[derive(Debug, Clone, PartialEq)]
pub struct Beliefs {
    p: Vec<f64>,
    known: SkillSet,
    open: SkillSet,
}

impl Beliefs {
    /// Computes them. `served`: skills for which some tool of the box gives items.
    pub fn of(map: &KnowledgeMap, records: &SkillRecords, served: &SkillSet) -> Self {
        let mut p: Vec<f64> = records.iter().map(|(_, r)| r.p).collect();
        for &no in map.order().iter().rev() {
            let above = map.dependants(no).iter().map(|c| p[c.at()]).fold(0.0, f64::max);
            p[no.at()] = p[no.at()].max(PASSED_DOWN * above);
        }
        let known: SkillSet = map
            .numbers()
            .filter(|no| {
                let credited = records.get(*no).status.state() == Some(SkillState::Credited);
                credited || records.get(*no).status.is_mastered() || p[no.at()] >= P_KNOWN
            })
            .collect();
        let mut open = SkillSet::default();
        for &no in map.order() {
            // A prerequisite that no tool can ask for does not close the gate while nobody has seen it either way:
            // its own prerequisites stand in for it.
            let passes = |q: &SkillNo| {
                known.contains(*q) || (!served.contains(*q) && records.get(*q).is_untouched() && open.contains(*q))
            };
            if map.skill(no).prerequisites.iter().all(passes) {
                open.insert(no);
            }
        }
        Self { p, known, open }
    }

    /// p with what the skills that rest on this one say.
    pub fn p(&self, no: SkillNo) -> f64 {
        self.p[no.at()]
    }
    /// Whether the skill is taken to be known.
    pub fn is_known(&self, no: SkillNo) -> bool {
        self.known.contains(no)
    }
    /// Whether nothing that the skill needs is missing.
    pub fn is_open(&self, no: SkillNo) -> bool {
        self.open.contains(no)
    }
    /// Whether the learner may begin it: not known, and nothing that it needs is missing.
    pub fn is_ready(&self, no: SkillNo) -> bool {
        !self.is_known(no) && self.is_open(no)
    }

    /// The state of a skill: by its own record, else by what the map says. Own evidence goes first, so that a skill
    /// that was begun is never reported as shown by implication.
    pub fn state(&self, no: SkillNo, records: &SkillRecords) -> SkillState {
        match records.get(no).status.state() {
            Some(own) => own,
            None if self.is_known(no) => SkillState::Credited,
            None if self.is_open(no) => SkillState::Ready,
            None => SkillState::NotStarted,
        }
    }
}

/// The states of all skills in the order of the map.
pub fn states(map: &KnowledgeMap, records: &SkillRecords, served: &SkillSet) -> Vec<SkillState> {
    let beliefs = Beliefs::of(map, records, served);
    map.numbers().map(|no| beliefs.state(no, records)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::tests::{part, parts, small_map};
    use crate::model::state::{SkillRecord, Status};
    use SkillState::*;
    use proptest::prelude::*;

    fn all(map: &KnowledgeMap) -> SkillSet {
        map.numbers().collect()
    }

    /// States of the small map (root, two, other, three, shape, say, read) for some own records.
    fn check(own: &[(u16, f64, Status)], unserved: &[u16], expect: [SkillState; 7]) {
        let map = small_map();
        let mut records = SkillRecords::new(&map);
        for (no, p, status) in own {
            *records.get_mut(SkillNo(*no)) =
                SkillRecord { p: *p, status: *status, n: 1, tries: 1, ..SkillRecord::default() };
        }
        let served = map.numbers().filter(|n| !unserved.contains(&n.0)).collect();
        assert_eq!(states(&map, &records, &served), expect, "{own:?} without {unserved:?}");
    }

    #[test]
    fn what_is_ready_follows_from_what_is_known() {
        let start = [Ready, NotStarted, NotStarted, NotStarted, Ready, Ready, NotStarted];
        check(&[], &[], start);
        check(&[(0, 0.96, Status::Mastered)], &[], [Mastered, Ready, Ready, NotStarted, Ready, Ready, NotStarted]);
        // forgotten is still mastered, however low p is
        check(&[(0, 0.5, Status::Refresh)], &[], [Refresh, Ready, Ready, NotStarted, Ready, Ready, NotStarted]);
        // well on the way is known enough to go on
        check(&[(0, 0.85, Status::Learning)], &[], [Learning, Ready, Ready, NotStarted, Ready, Ready, NotStarted]);
        check(
            &[(0, 0.84, Status::Learning)],
            &[],
            [Learning, NotStarted, NotStarted, NotStarted, Ready, Ready, NotStarted],
        );
        check(&[(0, 0.9, Status::Credited)], &[], [Credited, Ready, Ready, NotStarted, Ready, Ready, NotStarted]);
    }

    #[test]
    fn what_rests_on_a_skill_vouches_for_it() {
        // 0.97 · 0.95 for two and other, 0.97² · 0.95 = 0.894 for the root
        check(&[(3, 0.95, Status::Mastered)], &[], [Credited, Credited, Credited, Mastered, Ready, Ready, NotStarted]);
        // 0.97² · 0.90 = 0.847 is not enough for the root
        check(&[(3, 0.90, Status::Learning)], &[], [Ready, Credited, Credited, Learning, Ready, Ready, NotStarted]);
        // own evidence is never reported as implied
        check(
            &[(3, 0.95, Status::Mastered), (1, 0.1, Status::Learning)],
            &[],
            [Credited, Learning, Credited, Mastered, Ready, Ready, NotStarted],
        );
    }

    #[test]
    fn a_skill_that_no_tool_serves_does_not_close_the_gate_while_nothing_is_known_of_it() {
        check(&[], &[5], [Ready, NotStarted, NotStarted, NotStarted, Ready, Ready, Ready]);
        check(
            &[(5, 0.1, Status::Learning)],
            &[5],
            [Ready, NotStarted, NotStarted, NotStarted, Ready, Learning, NotStarted],
        );
        // through several in a row
        check(&[], &[0, 1, 2], [Ready, Ready, Ready, Ready, Ready, Ready, NotStarted]);
        check(&[], &[1, 2], [Ready, NotStarted, NotStarted, NotStarted, Ready, Ready, NotStarted]);
    }

    #[test]
    fn soft_prerequisites_block_nothing() {
        let mut soft = vec![part("numeracy.add.a", 0, &[], &["mc4"]), part("numeracy.add.b", 0, &[], &["mc4"])];
        soft[1].soft.push("numeracy.add.a".parse().expect("an id"));
        let map = KnowledgeMap::build(parts(soft)).expect("a map");
        assert_eq!(states(&map, &SkillRecords::new(&map), &all(&map)), [Ready, Ready]);
    }

    proptest! {
        #[test]
        fn a_ready_skill_has_known_prerequisites(ps in prop::collection::vec(0.001f64..0.999, 7), statuses in prop::collection::vec(0u8..4, 7)) {
            let map = small_map();
            let mut records = SkillRecords::new(&map);
            for (at, (p, status)) in ps.iter().zip(&statuses).enumerate() {
                let status = [Status::Untouched, Status::Learning, Status::Mastered, Status::Credited][usize::from(*status)];
                if status != Status::Untouched {
                    *records.get_mut(SkillNo(at as u16)) = SkillRecord { p: *p, status, tries: 1, n: 1, ..SkillRecord::default() };
                }
            }
            let beliefs = Beliefs::of(&map, &records, &all(&map));
            for no in map.numbers() {
                prop_assert!(beliefs.p(no) > 0.0 && beliefs.p(no) < 1.0);
                prop_assert!(beliefs.p(no) >= records.get(no).p);
                if beliefs.state(no, &records) == Ready {
                    prop_assert!(map.skill(no).prerequisites.iter().all(|q| beliefs.is_known(*q)));
                    prop_assert!(!beliefs.is_known(no));
                }
            }
        }
    }
}
