//! A school comes to a box that belongs to nobody yet, from a backup. The box keeps its own number: the old one may have
//! given out numbers after the backup. Why the running store takes the backup in, instead of being exchanged: decision 0017.

use super::jobs::{ORDER, Outcome};
use super::medium::{self, Fault, Tell};
use super::{LookedAt, SafekeepingError, locked};
use crate::keys::{self, write_secret};
use crate::seal::SealKey;
use crate::{Chalkbox, views};
use chalkbox_domain::event::{Actor, EventBody, PackSet, PackState};
use std::io::ErrorKind;

/// A backup on a stick, as an empty box offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestorableSet {
    /// Names it in forms.
    pub id: String,
    /// The stick's name.
    pub stick: String,
    /// Its own name.
    pub name: String,
    /// When it was made, milliseconds since 1970, by the clock of the box that made it; 0 when that is not known.
    pub made_ms: u64,
    /// Whether it needs its recovery key.
    pub locked: bool,
    /// Why it cannot be used, as far as that is seen without reading it.
    pub fault: Option<Fault>,
}

impl Chalkbox {
    /// Every backup on the sticks that are in, the newest first.
    pub fn restorable_sets(&self) -> Vec<RestorableSet> {
        let mut all: Vec<RestorableSet> = Vec::new();
        for (path, id, name, stick) in self.sets_on_sticks() {
            let (made_ms, locked, fault) = match medium::summary(&path) {
                Ok(found) => (found.made_ms, found.locked, None),
                Err(fault) => (0, false, Some(fault)),
            };
            all.push(RestorableSet { id, stick, name, made_ms, locked, fault });
        }
        all.sort_by_key(|set| (set.fault.is_some(), std::cmp::Reverse(set.made_ms)));
        all
    }

    /// Brings what was looked at last to this box, which belongs to nobody yet: school, people, answers, codes and cards.
    pub(super) fn become_school(&self, tell: Tell<'_>) -> Result<Outcome, SafekeepingError> {
        let looked_at = locked(&self.safekeeping().looked_at).clone().ok_or(SafekeepingError::NothingLookedAt)?;
        let (medium, _) = self.medium_at(&looked_at.at)?;
        // Nobody makes another school meanwhile.
        let one_at_a_time = self.administration();
        if self.is_set_up() {
            return Err(SafekeepingError::NotEmpty);
        }
        if looked_at.holdings.school.is_empty() {
            return Err(Fault::NoSchool.into());
        }
        self.give_key_up()?;
        let back = medium::bring_into(self.store(), self.data(), &medium, looked_at.passphrase.as_deref(), tell);
        self.take_key_up()?;
        let back = back?;
        if !self.store().wait_until_ready(ORDER) {
            return Err(Fault::Store("it could not be put in order in time".to_owned()).into());
        }
        let failed = |trouble: crate::StoreTrouble| Fault::Store(trouble.to_string());
        self.leave_off(&looked_at.tools).map_err(failed)?;
        self.read_people_anew().map_err(failed)?;
        drop(one_at_a_time);
        self.keep_recovery_key(&looked_at);
        self.forget_looked_at();
        Ok(Outcome::BroughtBack(back))
    }

    /// The key that this box has made for itself makes room for the school's: nothing was sealed with it that anybody has.
    fn give_key_up(&self) -> Result<(), SafekeepingError> {
        let path = self.data().join(keys::ITEM_KEY);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(SafekeepingError::io(&path)(error)),
            _ => Ok(()),
        }
    }

    /// Uses the key that is there now; where there is none, one is made.
    fn take_key_up(&self) -> Result<(), SafekeepingError> {
        let key = keys::load_or_make(self.data(), keys::ITEM_KEY).map_err(|error| Fault::Store(error.to_string()))?;
        self.set_seal_key(SealKey::new(key));
        Ok(())
    }

    /// What the school had switched off stays off: this box has written down all its tools as active when it started, and that
    /// is later.
    fn leave_off(&self, tools: &[PackSet]) -> Result<(), crate::StoreTrouble> {
        let (newest, _) = views::packs(self.store())?;
        let was_off = |now: &PackSet| {
            now.state == PackState::Active
                && tools.iter().any(|then| then.id == now.id && then.hash == now.hash && then.state == PackState::Off)
        };
        let off: Vec<EventBody> = newest
            .into_iter()
            .filter(was_off)
            .map(|tool| EventBody::PackSet(PackSet { state: PackState::Off, ..tool }))
            .collect();
        if off.is_empty() { Ok(()) } else { self.administer(Actor::Box, off) }
    }

    /// A school that locks its backups goes on to do so, with the key that was typed.
    fn keep_recovery_key(&self, looked_at: &LookedAt) {
        let Some(key) = looked_at.passphrase.as_deref().filter(|_| looked_at.locked && !self.has_recovery_key()) else {
            return;
        };
        let path = self.recovery_key_path();
        if let Err(error) = write_secret(&path, key.as_bytes()) {
            tracing::warn!(%error, path = %path.display(), "the recovery key could not be kept; new backups are open");
        }
    }
}
