//! The first start: a language, a school, an owner, and the box is a school's (people and screens, technologist 1).

use crate::passwords;
use crate::{Chalkbox, StoreTrouble};
use chalkbox_domain::event::{Actor, Class, EventBody, EventDraft, Profile, Settings, Staff, StaffRole};
use chalkbox_domain::ids::{ClassId, LearnerId, StaffId};
use std::path::PathBuf;

/// What the first-start pages ask.
#[derive(Debug, Clone)]
pub struct SetupDraft {
    /// Default language of the school, one of the box's.
    pub locale: String,
    /// The school's name.
    pub school: String,
    /// Country of the local context, one of the box's, or `XX`.
    pub country: String,
    /// IANA time zone; empty: UTC.
    pub zone: String,
    /// The owner's name as shown.
    pub owner: String,
    /// To sign in with.
    pub username: String,
    /// At least 8 characters, no other rule.
    pub password: String,
    /// Names of first classes, one a line, may be empty.
    pub classes: Vec<ClassDraft>,
}

/// A class to make, with the first names of its learners.
#[derive(Debug, Clone, Default)]
pub struct ClassDraft {
    /// As people call it.
    pub name: String,
    /// Grade, 0 pre-primary.
    pub grade: u8,
    /// Names of learners.
    pub learners: Vec<String>,
}

/// Why the school was not set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// It was done before.
    #[error("this box belongs to a school already; sign in instead")]
    Done,
    /// A field is wrong.
    #[error("{field}: {message}")]
    Wrong {
        /// Which.
        field: &'static str,
        /// What would be right.
        message: String,
    },
    /// The password could not be hashed.
    #[error("the password could not be kept: {0}")]
    Password(argon2::password_hash::Error),
    /// The system gave no random bits.
    #[error("the system gave no random bits: {0}")]
    Random(getrandom::Error),
    /// Too much waits to be written.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The disk refused.
    #[error("the school could not be stored: {0}")]
    Store(String),
    /// A file could not be written.
    #[error("{path} could not be written")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl From<StoreTrouble> for SetupError {
    fn from(trouble: StoreTrouble) -> Self {
        match trouble {
            StoreTrouble::Busy => Self::Busy,
            StoreTrouble::Failed(reason) => Self::Store(reason),
        }
    }
}

/// The shortest password, in characters.
pub const SHORTEST_PASSWORD: usize = 8;
/// The longest name of a school, in characters.
pub const LONGEST_SCHOOL: usize = 80;
/// The longest name of a person or class, in characters.
pub const LONGEST_NAME: usize = 40;
/// Learners of a class at most.
pub const MOST_IN_A_CLASS: usize = 120;

/// Those of these names that no learner can have.
pub fn unfit_names(names: &[String]) -> impl Iterator<Item = &str> {
    names.iter().filter(|name| name_fits("learners", name, LONGEST_NAME).is_err()).map(String::as_str)
}

/// A name for people: 1 to `most` characters without control characters, outer blanks cut.
pub(crate) fn name_fits(field: &'static str, text: &str, most: usize) -> Result<String, (&'static str, String)> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 || length > most {
        return Err((field, format!("1 to {most} characters")));
    }
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')) {
        return Err((field, "letters, digits and spaces, no control characters".into()));
    }
    Ok(text.to_owned())
}

fn username_fits(text: &str) -> Result<String, (&'static str, String)> {
    let text = text.trim();
    let fits = (2..=40).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    if fits {
        Ok(text.to_owned())
    } else {
        Err(("username", "2 to 40 letters, digits, “.”, “_” or “-”".into()))
    }
}

/// 128 random bits.
pub(crate) fn random_id() -> Result<[u8; 16], getrandom::Error> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A random picture code: three different pictures of nine.
pub(crate) fn random_pictures() -> Result<Vec<u8>, getrandom::Error> {
    let random = random_id()?;
    let mut left: Vec<u8> = (1..=9).collect();
    Ok((0..3)
        .map(|i| left.remove((usize::from(random[2 * i]) << 8 | usize::from(random[2 * i + 1])) % left.len()))
        .collect())
}

impl Chalkbox {
    /// Whether the first start was gone through.
    pub fn is_set_up(&self) -> bool {
        self.people().settings.is_some()
    }

    /// Makes the school and its owner (technologist, leader and teacher in one). Returns the owner's id.
    pub fn set_up(&self, draft: &SetupDraft) -> Result<StaffId, SetupError> {
        let _one_at_a_time = self.administration();
        if self.is_set_up() {
            return Err(SetupError::Done);
        }
        let wrong = |(field, message)| SetupError::Wrong { field, message };
        let school = name_fits("school", &draft.school, LONGEST_SCHOOL).map_err(wrong)?;
        let owner = name_fits("owner", &draft.owner, LONGEST_NAME).map_err(wrong)?;
        let username = username_fits(&draft.username).map_err(wrong)?;
        if draft.password.chars().count() < SHORTEST_PASSWORD || draft.password.chars().count() > 200 {
            return Err(SetupError::Wrong {
                field: "password",
                message: format!("{SHORTEST_PASSWORD} to 200 characters"),
            });
        }
        if !self.locales().contains(&draft.locale) {
            return Err(SetupError::Wrong {
                field: "locale",
                message: format!("one of {}", self.locales().join(", ")),
            });
        }
        if !self.countries().iter().any(|c| c.code == draft.country) {
            return Err(SetupError::Wrong { field: "country", message: "one of the countries on the page".into() });
        }
        let zone = if draft.zone.is_empty() { "UTC".to_owned() } else { draft.zone.clone() };
        if jiff::tz::TimeZone::get(&zone).is_err() {
            return Err(SetupError::Wrong { field: "zone", message: "a time zone such as Africa/Nairobi".into() });
        }
        let id = StaffId(random_id().map_err(SetupError::Random)?);
        let password = passwords::hash(&draft.password).map_err(SetupError::Password)?;
        let staff = Staff {
            id,
            username,
            display_name: owner,
            roles: vec![StaffRole::Technologist, StaffRole::Leader, StaffRole::Teacher],
            password,
            locale: None,
            active: true,
        };
        let settings =
            Settings { school, locale: draft.locale.clone(), country: draft.country.clone(), zone, demo: false };
        let mut bodies = vec![EventBody::StaffSet(staff)];
        for class in &draft.classes {
            bodies.extend(self.class_bodies(class, vec![id])?.1);
        }
        // Last, so that a cut in between leaves a box that still asks for its first start.
        bodies.push(EventBody::SettingsSet(settings));
        self.administer(Actor::Staff(id), bodies)?;
        self.adopt_context()?;
        Ok(id)
    }

    /// The events that make a class with its learners, and the class's id; codes are set later, by printing them.
    pub(crate) fn class_bodies(
        &self,
        draft: &ClassDraft,
        teachers: Vec<StaffId>,
    ) -> Result<(ClassId, Vec<EventBody>), SetupError> {
        let wrong = |(field, message)| SetupError::Wrong { field, message };
        if draft.grade > 12 {
            return Err(SetupError::Wrong { field: "grade", message: "0 (pre-primary) to 12".into() });
        }
        if draft.learners.len() > MOST_IN_A_CLASS {
            return Err(SetupError::Wrong {
                field: "learners",
                message: format!("at most {MOST_IN_A_CLASS} in a class"),
            });
        }
        let id = ClassId(random_id().map_err(SetupError::Random)?);
        let name = name_fits("class", &draft.name, LONGEST_NAME).map_err(wrong)?;
        let picture = id.0[0] % 12;
        let mut bodies =
            vec![EventBody::ClassSet(Class { id, name, grade: draft.grade, teachers, open: true, picture })];
        for (n, learner) in draft.learners.iter().enumerate() {
            let display_name = name_fits("learners", learner, LONGEST_NAME).map_err(wrong)?;
            bodies.push(EventBody::ProfileSet(Profile {
                id: LearnerId(random_id().map_err(SetupError::Random)?),
                display_name,
                avatar: (n % 30) as u8,
                class: id,
                grade: draft.grade,
                code: None,
                card: None,
                locale: None,
                active: true,
            }));
        }
        Ok((id, bodies))
    }

    /// Stores administration, all of it in order, and shows it at once.
    pub(crate) fn administer(&self, actor: Actor, bodies: Vec<EventBody>) -> Result<(), StoreTrouble> {
        let drafts = bodies
            .iter()
            .map(|body| EventDraft {
                at_ms: None,
                send: None,
                learner: match body {
                    EventBody::ProfileSet(profile) => Some(profile.id),
                    _ => None,
                },
                actor,
                body: body.clone(),
            })
            .collect();
        self.store().submit_many(drafts)?;
        let mut people = self.people_mut();
        for body in bodies {
            match body {
                EventBody::SettingsSet(settings) => people.settings = Some(settings),
                EventBody::ClassSet(class) => {
                    people.classes.insert(class.id, class);
                }
                EventBody::ProfileSet(profile) => {
                    people.learners.insert(profile.id, profile);
                }
                EventBody::StaffSet(member) => {
                    people.staff.insert(member.id, member);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_codes_are_codes() {
        for _ in 0..500 {
            let code = crate::doors::Code::Pictures(random_pictures().expect("random"));
            assert!(crate::doors::code_text(&code).is_ok(), "{code:?}");
        }
    }

    #[test]
    fn names_for_people_are_short_and_without_tricks() {
        assert_eq!(name_fits("school", "  École de Thiès ", 80), Ok("École de Thiès".into()));
        for wrong in ["", "   ", "a\u{202e}b", "a\nb", &"x".repeat(81)] {
            assert!(name_fits("school", wrong, 80).is_err(), "{wrong:?}");
        }
        assert!(username_fits("amina.k").is_ok());
        assert!(username_fits("a b").is_err());
    }
}
