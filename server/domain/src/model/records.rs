//! All of one learner's skill records, one to each skill of a map.

use super::state::SkillRecord;
use crate::map::{KnowledgeMap, SkillNo};

/// One learner's records in the order of a map; what was never touched stands at its start.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillRecords(Vec<SkillRecord>);

impl SkillRecords {
    /// A learner of whom nothing is known.
    pub fn new(map: &KnowledgeMap) -> Self {
        Self(vec![SkillRecord::default(); map.len()])
    }

    /// From stored rows, named by the short names of skills. Rows of skills that the map does not have any more are
    /// left out: they come back when the skill does.
    pub fn from_rows(map: &KnowledgeMap, rows: impl IntoIterator<Item = ([u8; 4], SkillRecord)>) -> Self {
        let mut records = Self::new(map);
        for (short, record) in rows {
            if let Some(no) = map.find_short(short) {
                records.0[no.at()] = record;
            }
        }
        records
    }

    /// The record of a skill.
    pub fn get(&self, no: SkillNo) -> &SkillRecord {
        &self.0[no.at()]
    }
    /// The record of a skill, to be changed.
    pub fn get_mut(&mut self, no: SkillNo) -> &mut SkillRecord {
        &mut self.0[no.at()]
    }
    /// How many skills are mastered (also those to refresh).
    pub fn mastered(&self) -> usize {
        self.0.iter().filter(|r| r.status.is_mastered()).count()
    }
    /// All records in the order of the map.
    pub fn iter(&self) -> impl Iterator<Item = (SkillNo, &SkillRecord)> {
        self.0.iter().enumerate().map(|(at, record)| (SkillNo(at as u16), record))
    }
}
