//! A map as it was written, before anything about it is believed: ids that may point nowhere, numbers that may be wrong.

use crate::ids::SkillId;

/// Everything a map file says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapParts {
    /// The map's id.
    pub id: String,
    /// The map's version.
    pub version: String,
    /// Language of the titles, BCP 47.
    pub locale: String,
    /// Title.
    pub title: String,
    /// Strands.
    pub strands: Vec<StrandPart>,
    /// Item types.
    pub item_types: Vec<ItemTypePart>,
    /// Level tables.
    pub levels: Vec<LevelPart>,
    /// Competencies.
    pub competencies: Vec<CompetencyPart>,
    /// Skills.
    pub skills: Vec<SkillPart>,
}

/// A strand as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrandPart {
    /// Id.
    pub id: String,
    /// Domain.
    pub domain: String,
    /// Title.
    pub title: String,
}

/// An item type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemTypePart {
    /// Id.
    pub id: String,
    /// What it is.
    pub name: String,
    /// Guess.
    pub guess: f64,
    /// Slip.
    pub slip: f64,
    /// Whether the format fixes the guess.
    pub guess_fixed: bool,
}

/// A skill as written.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillPart {
    /// Id.
    pub id: SkillId,
    /// First four bytes of the SHA-256 of the id; this room has no hash, so whoever reads the file brings it.
    pub short: [u8; 4],
    /// Title.
    pub title: String,
    /// What follows "I can".
    pub can: String,
    /// Grade.
    pub grade: u8,
    /// Domain of the block in which it stands.
    pub domain: String,
    /// Needed before.
    pub prerequisites: Vec<SkillId>,
    /// Helpful before.
    pub soft: Vec<SkillId>,
    /// Practised along with it.
    pub encompassed: Vec<(SkillId, f64)>,
    /// Item types by id.
    pub item_types: Vec<String>,
    /// Fluency target a minute.
    pub fluency: Option<u16>,
    /// Whether its content depends on the language.
    pub by_language: bool,
}

/// A level table as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelPart {
    /// Domain.
    pub domain: String,
    /// Steps from the lowest.
    pub steps: Vec<LevelStepPart>,
}

/// A step as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelStepPart {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Skills.
    pub skills: Vec<SkillId>,
}

/// A competency as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompetencyPart {
    /// Id.
    pub id: String,
    /// Family.
    pub family: String,
    /// Title.
    pub title: String,
}
