//! The table of checks, in the order in which they are told.

use super::{
    Check, Finding, Ground, backup_age, clock, contexts, item_key, journal, plugins, quarantine, school_year, space,
    volumes,
};

/// Every check.
pub fn checks() -> Vec<Box<dyn Check>> {
    vec![
        Box::new(journal::Journal),
        Box::new(volumes::Volumes),
        Box::new(space::Space),
        Box::new(clock::ClockCheck),
        Box::new(item_key::ItemKeyFile),
        Box::new(plugins::Plugins),
        Box::new(contexts::Contexts),
        Box::new(backup_age::BackupAge),
        Box::new(quarantine::Quarantine),
        Box::new(school_year::SchoolYear),
    ]
}

/// What all of them find.
pub fn look(ground: &Ground) -> Vec<Finding> {
    checks().iter().flat_map(|check| check.look(ground)).collect()
}
