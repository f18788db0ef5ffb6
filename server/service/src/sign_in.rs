//! Who is signed in on which device: kept in memory alone, so that the card is spared and a cut ends every sign-in.
//!
//! A token is 128 random bits. Learners stay until ten (below grade 2) or twenty minutes of quiet, teachers twelve
//! hours, leaders and technologists thirty minutes. Signing in elsewhere moves a learner there.

use chalkbox_domain::event::StaffRole;
use chalkbox_domain::ids::{LearnerId, StaffId};
use std::collections::HashMap;
use std::sync::Mutex;

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// A child.
    Learner(LearnerId),
    /// A member of staff with the roles held at sign-in.
    Staff(StaffId, Vec<StaffRole>),
}

/// What a token opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Who.
    pub viewer: Viewer,
    /// A second random text that forms must carry, so that another site cannot post for this one.
    pub form_token: String,
}

/// Why a token opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSignedIn {
    /// No such token: never made, ended, or from before a power cut.
    #[error("not signed in")]
    Unknown,
    /// Too long quiet.
    #[error("the sign-in ended after a quiet time")]
    Idle,
    /// The learner signed in on another device.
    #[error("signed in on another device")]
    Moved,
}

struct Entry {
    sign_in: SignIn,
    last_ms: u64,
    idle_ms: u64,
    moved: bool,
}

impl Entry {
    fn is_idle(&self, now_mono_ms: u64) -> bool {
        now_mono_ms.saturating_sub(self.last_ms) >= self.idle_ms
    }
}

/// All sign-ins of the box.
#[derive(Default)]
pub struct SignIns {
    entries: Mutex<HashMap<[u8; 16], Entry>>,
}

const MINUTE: u64 = 60_000;
/// Sign-ins kept at most; the quietest goes first.
const MOST: usize = 5_000;

/// Minutes of quiet after which a viewer is signed out.
pub fn idle_minutes(viewer: &Viewer, grade: u8) -> u64 {
    match viewer {
        Viewer::Learner(_) if grade < 2 => 10,
        Viewer::Learner(_) => 20,
        Viewer::Staff(_, roles) if roles.contains(&StaffRole::Teacher) => 12 * 60,
        Viewer::Staff(..) => 30,
    }
}

impl SignIns {
    /// Signs somebody in and returns the token. A learner's other sign-ins end.
    pub fn begin(
        &self,
        viewer: Viewer,
        idle_minutes: u64,
        now_mono_ms: u64,
    ) -> Result<(String, SignIn), getrandom::Error> {
        let mut random = [0u8; 32];
        getrandom::fill(&mut random)?;
        let (token, form) = random.split_at(16);
        let sign_in = SignIn { viewer, form_token: hex(form) };
        let mut entries = self.lock();
        if let Viewer::Learner(_) = sign_in.viewer {
            entries.values_mut().filter(|e| e.sign_in.viewer == sign_in.viewer).for_each(|e| e.moved = true);
        }
        if entries.len() >= MOST {
            entries.retain(|_, e| !e.moved && now_mono_ms.saturating_sub(e.last_ms) < e.idle_ms);
        }
        if entries.len() >= MOST
            && let Some(quietest) = entries.iter().min_by_key(|(_, e)| e.last_ms).map(|(k, _)| *k)
        {
            entries.remove(&quietest);
        }
        let mut key = [0u8; 16];
        key.copy_from_slice(token);
        entries.insert(
            key,
            Entry { sign_in: sign_in.clone(), last_ms: now_mono_ms, idle_ms: idle_minutes * MINUTE, moved: false },
        );
        Ok((hex(token), sign_in))
    }

    /// Who a token belongs to; notes that the viewer is there.
    pub fn find(&self, token: &str, now_mono_ms: u64) -> Result<SignIn, NotSignedIn> {
        let key = unhex(token).ok_or(NotSignedIn::Unknown)?;
        let mut entries = self.lock();
        let entry = entries.get_mut(&key).ok_or(NotSignedIn::Unknown)?;
        if entry.moved {
            return Err(NotSignedIn::Moved);
        }
        if entry.is_idle(now_mono_ms) {
            entries.remove(&key);
            return Err(NotSignedIn::Idle);
        }
        entry.last_ms = now_mono_ms;
        Ok(entry.sign_in.clone())
    }

    /// As [`Self::find`], without prolonging anything.
    pub fn peek(&self, token: &str, now_mono_ms: u64) -> Result<SignIn, NotSignedIn> {
        let key = unhex(token).ok_or(NotSignedIn::Unknown)?;
        match self.lock().get(&key) {
            None => Err(NotSignedIn::Unknown),
            Some(entry) if entry.moved => Err(NotSignedIn::Moved),
            Some(entry) if entry.is_idle(now_mono_ms) => Err(NotSignedIn::Idle),
            Some(entry) => Ok(entry.sign_in.clone()),
        }
    }

    /// Whether a learner is signed in on some device.
    pub fn is_here(&self, learner: LearnerId, now_mono_ms: u64) -> bool {
        let wanted = Viewer::Learner(learner);
        self.lock().values().any(|e| !e.moved && !e.is_idle(now_mono_ms) && e.sign_in.viewer == wanted)
    }

    /// Ends one sign-in. True when there was one.
    pub fn end(&self, token: &str) -> bool {
        unhex(token).is_some_and(|key| self.lock().remove(&key).is_some())
    }

    /// Ends every sign-in of a viewer that the closure names; returns how many.
    pub fn end_all(&self, mut which: impl FnMut(&Viewer) -> bool) -> usize {
        let mut entries = self.lock();
        let before = entries.len();
        entries.retain(|_, e| !which(&e.sign_in.viewer));
        before - entries.len()
    }

    /// Milliseconds of monotonic time at which each signed-in learner was last seen.
    pub fn learners_seen(&self, now_mono_ms: u64) -> Vec<(LearnerId, u64)> {
        let entries = self.lock();
        let mut seen: Vec<(LearnerId, u64)> = entries
            .values()
            .filter(|e| !e.moved && !e.is_idle(now_mono_ms))
            .filter_map(|e| match e.sign_in.viewer {
                Viewer::Learner(id) => Some((id, e.last_ms)),
                Viewer::Staff(..) => None,
            })
            .collect();
        seen.sort_unstable();
        seen
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 16], Entry>> {
        self.entries.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Bytes as hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 16]> {
    text.parse::<LearnerId>().ok().map(|id| id.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learner_is_on_one_device_and_told_so_on_the_other() {
        let all = SignIns::default();
        let child = Viewer::Learner(LearnerId([1; 16]));
        let (first, _) = all.begin(child.clone(), 10, 0).expect("random");
        let (second, _) = all.begin(child.clone(), 10, 5).expect("random");
        assert_eq!(all.find(&first, 6), Err(NotSignedIn::Moved));
        assert_eq!(all.find(&second, 6).expect("there").viewer, child);
        assert!(all.end(&second));
        assert_eq!(all.find(&second, 7), Err(NotSignedIn::Unknown));
    }

    #[test]
    fn quiet_ends_a_sign_in_and_use_prolongs_it() {
        let all = SignIns::default();
        let (token, _) = all.begin(Viewer::Learner(LearnerId([1; 16])), 10, 0).expect("random");
        assert!(all.find(&token, 9 * MINUTE).is_ok());
        assert!(all.find(&token, 18 * MINUTE).is_ok());
        assert_eq!(all.find(&token, 28 * MINUTE), Err(NotSignedIn::Idle));
        let (token, _) = all.begin(Viewer::Learner(LearnerId([1; 16])), 10, 0).expect("random");
        assert!(all.peek(&token, 9 * MINUTE).is_ok());
        assert_eq!(all.peek(&token, 10 * MINUTE), Err(NotSignedIn::Idle));
        assert!(!all.is_here(LearnerId([1; 16]), 10 * MINUTE));
        for forged in ["", "x", "00000000000000000000000000000000"] {
            assert_eq!(all.find(forged, 0), Err(NotSignedIn::Unknown));
        }
    }
}
