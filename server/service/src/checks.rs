//! What `chalkbox doctor` looks at: the data of a box, its tools and the box itself. Each check reads and changes nothing,
//! also beside a running server, and says what it found in one line with the remedy.

pub mod all;
mod backup_age;
mod clock;
mod contexts;
mod item_key;
mod journal;
mod log;
mod plugins;
mod quarantine;
mod school_year;
mod space;
mod volumes;

pub use log::{Log, LogError};

use serde::Serialize;
use std::path::{Path, PathBuf};

/// How good or bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// As it should be.
    Ok,
    /// Works, but somebody should look at it.
    Look,
    /// Wrong: something is lost, or will be.
    Wrong,
}

impl Mark {
    /// The word that stands in front of a line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Look => "look",
            Self::Wrong => "wrong",
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How good or bad.
    pub mark: Mark,
    /// Name of the check.
    pub check: &'static str,
    /// What was found.
    pub what: String,
    /// Where.
    #[serde(rename = "where")]
    pub place: String,
    /// What to do; empty when nothing is to be done.
    pub remedy: String,
}

impl Finding {
    fn new(mark: Mark, check: &dyn Check, what: impl Into<String>, place: &Path, remedy: &str) -> Self {
        let place = place.display().to_string();
        Self { mark, check: check.name(), what: what.into(), place, remedy: remedy.to_owned() }
    }
    fn ok(check: &dyn Check, what: impl Into<String>, place: &Path) -> Self {
        Self::new(Mark::Ok, check, what, place, "")
    }
    fn look(check: &dyn Check, what: impl Into<String>, place: &Path, remedy: &str) -> Self {
        Self::new(Mark::Look, check, what, place, remedy)
    }
    fn wrong(check: &dyn Check, what: impl Into<String>, place: &Path, remedy: &str) -> Self {
        Self::new(Mark::Wrong, check, what, place, remedy)
    }
}

/// What checks look at.
pub struct Ground {
    /// The data folder.
    pub data: PathBuf,
    /// The log, read through once for all checks.
    pub log: Log,
    /// The machine's clock, milliseconds since 1970.
    pub now_ms: u64,
    /// Memory of the machine in bytes; none when it does not say.
    pub memory_bytes: Option<u64>,
}

/// One check.
pub trait Check {
    /// Its name, for programs.
    fn name(&self) -> &'static str;
    /// Looks.
    fn look(&self, ground: &Ground) -> Vec<Finding>;
}

/// Memory of this machine in bytes.
pub fn memory_bytes() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_checks_are_their_own() {
        let mut names: Vec<&str> = all::checks().iter().map(|check| check.name()).collect();
        assert!(names.len() >= 9);
        let before = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), before);
    }

    #[test]
    fn a_machine_says_how_much_memory_it_has() {
        assert!(memory_bytes().is_none_or(|bytes| bytes > 16 << 20));
    }
}
