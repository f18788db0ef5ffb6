//! Signing in and out: picture codes and digits of learners, cards, a teacher's "come in", passwords of staff,
//! tokens of programs (people and screens: a code is a door handle, not a lock).

use crate::setup::random_id;
use crate::sign_in::{NotSignedIn, PAUSE_SECONDS, SignIn, Viewer, hex, idle_minutes};
use crate::{Chalkbox, live::Happening, passwords};
use chalkbox_domain::event::{Profile, Staff, StaffRole};
use chalkbox_domain::ids::{LearnerId, StaffId};
use std::collections::HashMap;
use std::sync::{Condvar, Mutex};

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such learner.
    #[error("there is no such learner")]
    NoSuchPerson,
    /// The pictures or digits are not this learner's, or the card is not known.
    #[error("that is not the code; try again, or ask the teacher to let you in")]
    WrongCode,
    /// Name or password is wrong; which of them is not told.
    #[error("name or password is wrong")]
    WrongPassword,
    /// Not a code at all.
    #[error("{field}: {message}")]
    Malformed {
        /// The field.
        field: &'static str,
        /// What would be right.
        message: String,
    },
    /// The class is not open for sign-in.
    #[error("the class is not open now; the teacher opens it")]
    Closed,
    /// Too many misses; the door rests.
    #[error("too many tries; wait {seconds} seconds, or ask the teacher to let you in")]
    Pause {
        /// Seconds to wait.
        seconds: u64,
    },
    /// The system gave no random bits.
    #[error("the system gave no random bits: {0}")]
    Random(getrandom::Error),
}

/// How a learner shows who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// Three different pictures of nine, in order.
    Pictures(Vec<u8>),
    /// Four digits.
    Digits(String),
    /// The teacher said "come in" a moment ago.
    LetIn,
}

/// Somebody who was just signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// For the cookie.
    pub token: String,
    /// Who.
    pub me: Me,
}

/// Who is signed in, as the API tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Chief role: `learner`, `teacher`, `leader` or `technologist`.
    pub role: &'static str,
    /// All roles, the chief one first.
    pub roles: Vec<&'static str>,
    /// The learner's or member's id.
    pub id: String,
    /// As shown.
    pub display_name: String,
    /// Ids of the classes that are theirs.
    pub classes: Vec<String>,
}

/// The API's word for a staff role.
pub fn role_name(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Teacher => "teacher",
        StaffRole::Leader => "leader",
        StaffRole::Technologist => "technologist",
    }
}

/// How long a teacher's "come in" holds, in milliseconds.
const LET_IN_MS: u64 = 3 * 60_000;

/// Learners whom a teacher said to come in, with the end of it in monotonic time.
#[derive(Default)]
pub struct LetIns(Mutex<HashMap<LearnerId, u64>>);

impl LetIns {
    /// Lets a learner in without a code for three minutes.
    pub fn allow(&self, learner: LearnerId, now_mono_ms: u64) {
        let mut all = self.lock();
        all.retain(|_, until| *until > now_mono_ms);
        all.insert(learner, now_mono_ms + LET_IN_MS);
    }
    /// Whether the learner may come in without a code.
    pub fn holds(&self, learner: LearnerId, now_mono_ms: u64) -> bool {
        self.lock().get(&learner).is_some_and(|until| *until > now_mono_ms)
    }
    fn take(&self, learner: LearnerId, now_mono_ms: u64) -> bool {
        self.lock().remove(&learner).is_some_and(|until| until > now_mono_ms)
    }
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<LearnerId, u64>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// At most two passwords are hashed at once: each takes 19 MiB and a noticeable time on a small board.
#[derive(Default)]
pub struct PasswordGate {
    running: Mutex<u8>,
    free: Condvar,
}

impl PasswordGate {
    fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        let mut running = self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        while *running >= 2 {
            running = self.free.wait(running).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        *running += 1;
        drop(running);
        let result = work();
        *self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner) -= 1;
        self.free.notify_one();
        result
    }
}

/// The keyed hash of a code, bound to the learner so that equal codes do not look equal.
pub(crate) fn code_hash(chalkbox: &Chalkbox, learner: LearnerId, code: &str) -> [u8; 32] {
    let mut bytes = learner.0.to_vec();
    bytes.extend(code.as_bytes());
    chalkbox.seal_key().keyed_hash("code", &bytes)
}

/// The text of a code that is hashed: pictures as `p2-7-4`, digits as `d1234`.
pub fn code_text(code: &Code) -> Result<String, SignInError> {
    match code {
        Code::Pictures(pictures) => {
            let fits = pictures.len() == 3
                && pictures.iter().all(|p| (1..=9).contains(p))
                && (0..3).all(|i| !pictures[..i].contains(&pictures[i]));
            if !fits {
                return Err(SignInError::Malformed {
                    field: "pictures",
                    message: "three different numbers of 1 to 9".into(),
                });
            }
            Ok(format!("p{}-{}-{}", pictures[0], pictures[1], pictures[2]))
        }
        Code::Digits(digits) => {
            if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(SignInError::Malformed { field: "digits", message: "four digits".into() });
            }
            Ok(format!("d{digits}"))
        }
        Code::LetIn => Ok(String::new()),
    }
}

fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0u8, |acc, (x, y)| acc | (x ^ y)) == 0
}

impl Chalkbox {
    /// A hash of a password that nobody has, so that an unknown name costs as much time as a wrong password.
    pub(crate) fn make_decoy() -> String {
        passwords::hash(&format!("nobody-{}", random_id().map(|b| hex(&b)).unwrap_or_default())).unwrap_or_default()
    }

    /// Signs a learner in. `device` tells devices apart, so that one tablet's misses do not close another's door.
    pub fn sign_in_learner(&self, id: LearnerId, code: &Code, device: &str) -> Result<SignedIn, SignInError> {
        let text = code_text(code)?;
        let profile = self.people().learner(id).cloned().ok_or(SignInError::NoSuchPerson)?;
        if !self.people().classes.get(&profile.class).is_some_and(|c| c.open) {
            return Err(SignInError::Closed);
        }
        let now = self.clock().mono_ms();
        let door = format!("{id}@{device}");
        if *code == Code::LetIn {
            return if self.let_ins().take(id, now) { self.open_for(&profile) } else { Err(SignInError::WrongCode) };
        }
        if let Some(seconds) = self.misses().pause(&door, now) {
            return Err(SignInError::Pause { seconds });
        }
        let given = code_hash(self, id, &text);
        if profile.code.is_some_and(|kept| same(&kept, &given)) {
            self.misses().clear(&door);
            return self.open_for(&profile);
        }
        if self.misses().miss(&door, now) {
            self.note_struggle_at_door(id);
            return Err(SignInError::Pause { seconds: PAUSE_SECONDS });
        }
        Err(SignInError::WrongCode)
    }

    /// Signs a learner in by the token on a printed card.
    pub fn sign_in_card(&self, token: &str, device: &str) -> Result<SignedIn, SignInError> {
        let now = self.clock().mono_ms();
        let door = format!("card@{device}");
        if let Some(seconds) = self.misses().pause(&door, now) {
            return Err(SignInError::Pause { seconds });
        }
        let given = self.seal_key().keyed_hash("card", token.as_bytes());
        let found = self
            .people()
            .learners
            .values()
            .find(|l| l.active && l.card.is_some_and(|kept| same(&kept, &given)))
            .cloned();
        match found {
            Some(profile) if self.people().classes.get(&profile.class).is_some_and(|c| c.open) => {
                self.open_for(&profile)
            }
            Some(_) => Err(SignInError::Closed),
            None => {
                self.misses().miss(&door, now);
                Err(SignInError::WrongCode)
            }
        }
    }

    fn open_for(&self, profile: &Profile) -> Result<SignedIn, SignInError> {
        let viewer = Viewer::Learner(profile.id);
        let minutes = idle_minutes(&viewer, profile.grade);
        let (token, _) = self.sign_ins().begin(viewer, minutes, self.clock().mono_ms()).map_err(SignInError::Random)?;
        let happening = Happening::Presence { learner: profile.id, here: true, at_ms: self.clock().unix_ms() };
        self.live().tell(profile.class, &happening);
        Ok(SignedIn { token, me: learner_me(profile) })
    }

    /// Signs a member of staff in.
    pub fn sign_in_staff(&self, username: &str, password: &str, device: &str) -> Result<SignedIn, SignInError> {
        if username.chars().count() > 80 || password.chars().count() > 200 {
            return Err(SignInError::WrongPassword);
        }
        let now = self.clock().mono_ms();
        let door = format!("{}@{device}", username.trim().to_lowercase());
        if let Some(seconds) = self.misses().pause(&door, now) {
            return Err(SignInError::Pause { seconds });
        }
        let member = self.people().by_username(username).cloned();
        // Somebody unknown costs the same time as a wrong password, so that names cannot be probed.
        let hash = member.as_ref().map_or_else(|| self.decoy_password().to_owned(), |m| m.password.clone());
        let fits = self.password_gate().run(|| passwords::fits(&hash, password));
        match member {
            Some(member) if fits => {
                self.misses().clear(&door);
                let viewer = Viewer::Staff(member.id, member.roles.clone());
                let minutes = idle_minutes(&viewer, 0);
                let (token, _) =
                    self.sign_ins().begin(viewer, minutes, self.clock().mono_ms()).map_err(SignInError::Random)?;
                let me = self.staff_me(&member);
                Ok(SignedIn { token, me })
            }
            _ => {
                self.misses().miss(&door, now);
                Err(SignInError::WrongPassword)
            }
        }
    }

    /// Who a session token belongs to.
    pub fn viewer(&self, token: &str) -> Result<SignIn, NotSignedIn> {
        let sign_in = self.sign_ins().find(token, self.clock().mono_ms())?;
        let there = match &sign_in.viewer {
            Viewer::Learner(id) => self.people().learner(*id).is_some(),
            Viewer::Staff(id, _) => self.people().member(*id).is_some(),
        };
        if there { Ok(sign_in) } else { Err(NotSignedIn::Unknown) }
    }

    /// As whom a program acts by its bearer token.
    pub fn program(&self, token: &str) -> Result<SignIn, NotSignedIn> {
        let given = self.seal_key().keyed_hash("token", token.as_bytes());
        let staff: StaffId = self.token_owner(&given).ok_or(NotSignedIn::Unknown)?;
        let people = self.people();
        let member = people.member(staff).ok_or(NotSignedIn::Unknown)?;
        let form_token = hex(&self.seal_key().keyed_hash("form", token.as_bytes())[..16]);
        Ok(SignIn { viewer: Viewer::Staff(member.id, member.roles.clone()), form_token })
    }

    /// Signs out.
    pub fn sign_out(&self, token: &str) {
        if let Ok(SignIn { viewer: Viewer::Learner(id), .. }) = self.sign_ins().find(token, self.clock().mono_ms())
            && let Some(class) = self.people().learner(id).map(|p| p.class)
        {
            self.lower_hand(id);
            self.live().tell(class, &Happening::Presence { learner: id, here: false, at_ms: self.clock().unix_ms() });
        }
        self.sign_ins().end(token);
    }

    /// Who is signed in, as the API tells it.
    pub fn me(&self, viewer: &Viewer) -> Option<Me> {
        let people = self.people();
        match viewer {
            Viewer::Learner(id) => people.learner(*id).map(learner_me),
            Viewer::Staff(id, _) => {
                let member = people.member(*id)?.clone();
                drop(people);
                Some(self.staff_me(&member))
            }
        }
    }

    fn staff_me(&self, member: &Staff) -> Me {
        let people = self.people();
        let roles: Vec<&'static str> = member.roles.iter().map(|r| role_name(*r)).collect();
        let classes = people
            .classes_by_name()
            .iter()
            .filter(|c| c.teachers.contains(&member.id))
            .map(|c| c.id.to_string())
            .collect();
        Me {
            role: roles.first().copied().unwrap_or("teacher"),
            roles,
            id: member.id.to_string(),
            display_name: member.display_name.clone(),
            classes,
        }
    }
}

fn learner_me(profile: &Profile) -> Me {
    Me {
        role: "learner",
        roles: vec!["learner"],
        id: profile.id.to_string(),
        display_name: profile.display_name.clone(),
        classes: vec![profile.class.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_three_different_pictures_or_four_digits() {
        let table: &[(Code, Option<&str>)] = &[
            (Code::Pictures(vec![2, 7, 4]), Some("p2-7-4")),
            (Code::Pictures(vec![2, 2, 4]), None),
            (Code::Pictures(vec![2, 7]), None),
            (Code::Pictures(vec![0, 7, 4]), None),
            (Code::Pictures(vec![10, 7, 4]), None),
            (Code::Digits("0042".into()), Some("d0042")),
            (Code::Digits("42".into()), None),
            (Code::Digits("٠٠٤٢".into()), None),
        ];
        for (code, text) in table {
            assert_eq!(code_text(code).ok().as_deref(), *text, "{code:?}");
        }
    }

    #[test]
    fn come_in_holds_once_and_for_three_minutes() {
        let all = LetIns::default();
        let child = LearnerId([1; 16]);
        assert!(!all.take(child, 0));
        all.allow(child, 0);
        assert!(all.take(child, LET_IN_MS - 1));
        assert!(!all.take(child, LET_IN_MS - 1));
        all.allow(child, 0);
        assert!(!all.holds(child, LET_IN_MS));
    }
}
