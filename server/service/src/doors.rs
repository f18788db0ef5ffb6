//! Signing in and out: picture codes and digits of learners, cards, a teacher's "come in", passwords of staff,
//! tokens of programs (people and screens: a code is a door handle, not a lock).

use crate::misses::Door;
use crate::setup::random_id;
use crate::sign_in::{NotSignedIn, SignIn, Viewer, hex, idle_minutes};
use crate::{Chalkbox, live::Happening, passwords, views};
use chalkbox_domain::event::{Profile, Staff, StaffRole};
use chalkbox_domain::ids::{ClassId, LearnerId};
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
    /// Too many passwords wait to be hashed.
    #[error("too many people sign in at once; try again in a moment")]
    Busy,
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
    /// Takes the word back.
    pub fn forget(&self, learner: LearnerId) {
        self.lock().remove(&learner);
    }
    fn take(&self, learner: LearnerId, now_mono_ms: u64) -> bool {
        self.lock().remove(&learner).is_some_and(|until| until > now_mono_ms)
    }
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<LearnerId, u64>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Passwords hashed at once: each takes 19 MiB and a noticeable time on a small board.
const HASHED_AT_ONCE: u8 = 2;
/// Passwords that may wait. Each holds one of the threads that answers need too.
const HASHES_WAITING: u8 = 8;

/// Lets few passwords be hashed at once, few more wait, and nobody else.
#[derive(Default)]
pub struct PasswordGate {
    inside: Mutex<Inside>,
    free: Condvar,
}

#[derive(Default)]
struct Inside {
    running: u8,
    waiting: u8,
}

/// Gives a place back, also when hashing panicked.
struct Place<'a>(&'a PasswordGate);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.free.notify_one();
    }
}

impl PasswordGate {
    /// Does the work when there is a place for it; none when too many wait already.
    fn run<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let mut inside = self.lock();
        if inside.running >= HASHED_AT_ONCE {
            if inside.waiting >= HASHES_WAITING {
                return None;
            }
            inside.waiting += 1;
            while inside.running >= HASHED_AT_ONCE {
                inside = self.free.wait(inside).unwrap_or_else(std::sync::PoisonError::into_inner);
            }
            inside.waiting -= 1;
        }
        inside.running += 1;
        drop(inside);
        let _place = Place(self);
        Some(work())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The keyed hash of a code, bound to the learner so that equal codes do not look equal.
fn code_hash(chalkbox: &Chalkbox, learner: LearnerId, code: &str) -> [u8; 32] {
    let mut bytes = learner.0.to_vec();
    bytes.extend(code.as_bytes());
    chalkbox.seal_key().keyed_hash("code", &bytes)
}

/// The keyed hash of three pictures that were drawn for a learner.
pub(crate) fn pictures_hash(chalkbox: &Chalkbox, learner: LearnerId, pictures: &[u8]) -> [u8; 32] {
    code_hash(chalkbox, learner, &pictures_text(pictures))
}

fn pictures_text(pictures: &[u8]) -> String {
    format!("p{}-{}-{}", pictures[0], pictures[1], pictures[2])
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
            Ok(pictures_text(pictures))
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
        if !self.is_open(profile.class) {
            return Err(SignInError::Closed);
        }
        let now = self.clock().mono_ms();
        if *code == Code::LetIn {
            return if self.let_ins().take(id, now) { self.open_for(&profile) } else { Err(SignInError::WrongCode) };
        }
        let door = Door::of_learner(id, device);
        let given = code_hash(self, id, &text);
        let found = profile.code.is_some_and(|kept| same(&kept, &given)).then_some(id);
        self.misses().tried(&door, found, now).map_err(|seconds| SignInError::Pause { seconds })?;
        if found.is_some() {
            return self.open_for(&profile);
        }
        match self.misses().pause(&door, now) {
            Some(seconds) => {
                self.note_struggle_at_door(id);
                Err(SignInError::Pause { seconds })
            }
            None => Err(SignInError::WrongCode),
        }
    }

    /// Signs a learner in by the token on a printed card.
    pub fn sign_in_card(&self, token: &str, device: &str) -> Result<SignedIn, SignInError> {
        let now = self.clock().mono_ms();
        let door = Door::of_cards(device);
        let given = self.seal_key().keyed_hash("card", token.as_bytes());
        // A card that was made for another entry of the child opens for the child.
        let found = {
            let people = self.people();
            let of_card = people.learners.values().find(|l| l.active && l.card.is_some_and(|kept| same(&kept, &given)));
            of_card.and_then(|l| people.learner(people.links.one(l.id))).cloned()
        };
        let opens_for = found.as_ref().map(|profile| profile.id);
        self.misses().tried(&door, opens_for, now).map_err(|seconds| SignInError::Pause { seconds })?;
        let profile = found.ok_or(SignInError::WrongCode)?;
        self.open_for(&profile)
    }

    fn is_open(&self, class: ClassId) -> bool {
        self.people().classes.get(&class).is_some_and(|c| c.open)
    }

    fn open_for(&self, profile: &Profile) -> Result<SignedIn, SignInError> {
        let viewer = Viewer::Learner(profile.id);
        let minutes = idle_minutes(&viewer, profile.grade);
        let (token, _) = self.sign_ins().begin(viewer, minutes, self.clock().mono_ms()).map_err(SignInError::Random)?;
        // Closing a class ends the sign-ins that there are; one that began meanwhile ends itself.
        if !self.is_open(profile.class) {
            self.sign_ins().end(&token);
            return Err(SignInError::Closed);
        }
        // Whoever is in was helped, by whom ever: a hand that was raised at the door comes down.
        self.lower_hand(profile.id);
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
        let door = Door::of_staff(username, device);
        // Counted as a miss before the slow hashing, so that many tries at once are not all let past.
        self.misses().attempt(&door, now).map_err(|seconds| SignInError::Pause { seconds })?;
        let member = self.people().by_username(username).cloned();
        // Somebody unknown costs the same time as a wrong password, so that names cannot be probed.
        let fits = self.password_gate().run(|| match &member {
            Some(member) => passwords::fits(&member.password, password),
            None => passwords::fits(self.decoy_password(), password),
        });
        let Some(fits) = fits else {
            self.misses().not_looked_at(&door);
            return Err(SignInError::Busy);
        };
        let member = member.filter(|_| fits).ok_or(SignInError::WrongPassword)?;
        self.misses().opened(&door, now);
        let viewer = Viewer::Staff(member.id, member.roles.clone());
        let minutes = idle_minutes(&viewer, 0);
        let (token, _) = self.sign_ins().begin(viewer, minutes, self.clock().mono_ms()).map_err(SignInError::Random)?;
        let me = self.staff_me(&member);
        Ok(SignedIn { token, me })
    }

    /// Who a session token belongs to.
    pub fn viewer(&self, token: &str) -> Result<SignIn, NotSignedIn> {
        self.still_in_school(self.sign_ins().find(token, self.clock().mono_ms())?)
    }

    /// As [`Self::viewer`], without counting as use: a stream that only listens must not keep a sign-in alive.
    pub fn viewer_unprolonged(&self, token: &str) -> Result<SignIn, NotSignedIn> {
        self.still_in_school(self.sign_ins().peek(token, self.clock().mono_ms())?)
    }

    fn still_in_school(&self, sign_in: SignIn) -> Result<SignIn, NotSignedIn> {
        let there = match &sign_in.viewer {
            Viewer::Learner(id) => self.people().learner(*id).is_some(),
            Viewer::Staff(id, _) => self.people().member(*id).is_some(),
        };
        if there { Ok(sign_in) } else { Err(NotSignedIn::Unknown) }
    }

    /// As whom a program acts by its bearer token.
    pub fn program(&self, token: &str) -> Result<SignIn, NotSignedIn> {
        let given = self.seal_key().keyed_hash("token", token.as_bytes());
        let owner = views::token_owner(self.store(), &given).unwrap_or_else(|error| {
            tracing::error!(%error, "a program is not let in");
            None
        });
        let staff = owner.ok_or(NotSignedIn::Unknown)?;
        let people = self.people();
        let member = people.member(staff).ok_or(NotSignedIn::Unknown)?;
        let form_token = hex(&self.seal_key().keyed_hash("form", token.as_bytes())[..16]);
        Ok(SignIn { viewer: Viewer::Staff(member.id, member.roles.clone()), form_token })
    }

    /// Signs out.
    pub fn sign_out(&self, token: &str) {
        if let Ok(SignIn { viewer: Viewer::Learner(id), .. }) = self.sign_ins().peek(token, self.clock().mono_ms()) {
            // Let go of the people before anything else asks for them: a writer that waits between two reads of one
            // thread waits for ever, and everybody with it.
            let class = self.people().learner(id).map(|p| p.class);
            self.lower_hand(id);
            if let Some(class) = class {
                let gone = Happening::Presence { learner: id, here: false, at_ms: self.clock().unix_ms() };
                self.live().tell(class, &gone);
            }
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
