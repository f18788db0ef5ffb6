//! The ids of a map that may have mistakes: other files are still compared with them, so that one reading tells all.

/// Ids that stand in a map, whatever else is wrong with it: what other files name is compared with these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapIds {
    /// Of skills, also of those that are no good.
    pub skills: Vec<String>,
    /// Of strands.
    pub strands: Vec<String>,
    /// Of the steps of levels.
    pub levels: Vec<String>,
    /// Of competencies.
    pub competencies: Vec<String>,
}
