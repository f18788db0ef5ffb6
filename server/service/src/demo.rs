//! The invented school: three classes of twenty, one member of staff in each role, and some days of work behind them,
//! made by the same rules and tools as real work. Nothing in it is anybody's (C1.4).

use crate::Chalkbox;
use crate::keys::write_secret;
use crate::passwords;
use crate::setup::{SetupError, random_id, random_pictures};
use crate::sign_in::hex;
use crate::study::ResponseDraft;
use chalkbox_domain::event::{Actor, Class, EventBody, Profile, Settings, Staff, StaffRole};
use chalkbox_domain::ids::{ClassId, LearnerId, StaffId};
use chalkbox_domain::item::{Interaction, Response};
use serde::Serialize;
use std::path::PathBuf;

/// How to sign in to the demo school, for programs.
#[derive(Debug, Clone, Serialize)]
pub struct DemoSignIn {
    /// One member of staff in each role.
    pub staff: Vec<DemoStaff>,
    /// Sixty learners.
    pub learners: Vec<DemoLearner>,
}

/// A member of staff of the demo school.
#[derive(Debug, Clone, Serialize)]
pub struct DemoStaff {
    /// To sign in with.
    pub username: String,
    /// Made anew for each demo school.
    pub password: String,
    /// `teacher`, `leader` or `technologist`.
    pub role: &'static str,
}

/// A learner of the demo school.
#[derive(Debug, Clone, Serialize)]
pub struct DemoLearner {
    /// The learner's id.
    pub id: String,
    /// The class's id.
    pub class: String,
    /// The picture code.
    pub pictures: Vec<u8>,
}

const CLASSES: u8 = 3;
const IN_A_CLASS: usize = 20;
/// Learners of the first two classes have worked before; of the third nobody has.
const BEGUN: usize = 36;
const HOUR_MS: u64 = 3_600_000;

/// The file that tells programs how to sign in.
pub const FILE: &str = "demo-sign-in.json";

impl Chalkbox {
    /// Makes the demo school, unless the box belongs to a school already. Returns how to sign in when it was made.
    pub fn make_demo(&self, locale: &str) -> Result<Option<DemoSignIn>, SetupError> {
        let people_made = {
            let _one_at_a_time = self.administration();
            if self.is_set_up() {
                return Ok(None);
            }
            self.demo_people(locale)?
        };
        let (sign_in, bodies, begun) = people_made;
        // The file first: were the plug pulled in between, a school without it could never be entered, while a file
        // without a school is written anew at the next start.
        let path: PathBuf = self.data().join(FILE);
        let json = serde_json::to_vec_pretty(&sign_in).unwrap_or_default();
        write_secret(&path, &json).map_err(|source| SetupError::Io { path, source })?;
        self.administer(Actor::Box, bodies)?;
        self.adopt_context()?;
        self.demo_work(&begun, locale);
        Ok(Some(sign_in))
    }

    #[allow(clippy::type_complexity)]
    fn demo_people(&self, locale: &str) -> Result<(DemoSignIn, Vec<EventBody>, Vec<(LearnerId, u8)>), SetupError> {
        let mut bodies = Vec::new();
        let mut sign_in = DemoSignIn { staff: Vec::new(), learners: Vec::new() };
        let mut teacher = StaffId([0; 16]);
        for (username, name, role, word) in [
            ("teacher", "Grace Wanjiru", StaffRole::Teacher, "teacher"),
            ("leader", "Ibrahim Diallo", StaffRole::Leader, "leader"),
            ("technologist", "Lakshmi Rao", StaffRole::Technologist, "technologist"),
        ] {
            let id = StaffId(random_id().map_err(SetupError::Random)?);
            let password = hex(&random_id().map_err(SetupError::Random)?[..5]);
            if role == StaffRole::Teacher {
                teacher = id;
            }
            bodies.push(EventBody::StaffSet(Staff {
                id,
                username: username.into(),
                display_name: name.into(),
                roles: vec![role],
                password: passwords::hash(&password).map_err(SetupError::Password)?,
                locale: None,
                active: true,
            }));
            sign_in.staff.push(DemoStaff { username: username.into(), password, role: word });
        }
        let country = self.countries().first().map_or_else(|| "XX".to_owned(), |c| c.code.clone());
        let names = self.names_of(&country);
        let class_word = if locale.starts_with("fr") { "Classe" } else { "Class" };
        let mut begun = Vec::new();
        for n in 1..=CLASSES {
            let class = ClassId(random_id().map_err(SetupError::Random)?);
            bodies.push(EventBody::ClassSet(Class {
                id: class,
                name: format!("{class_word} {n}"),
                grade: n,
                teachers: vec![teacher],
                open: true,
                picture: (n - 1) * 3 % 12,
            }));
            for at in 0..IN_A_CLASS {
                let id = LearnerId(random_id().map_err(SetupError::Random)?);
                let pictures = random_pictures().map_err(SetupError::Random)?;
                let place = usize::from(n - 1) * IN_A_CLASS + at;
                bodies.push(EventBody::ProfileSet(Profile {
                    id,
                    display_name: demo_name(&names, place),
                    avatar: (place % 30) as u8,
                    class,
                    grade: n,
                    code: Some(crate::doors::pictures_hash(self, id, &pictures)),
                    card: None,
                    locale: None,
                    active: true,
                }));
                sign_in.learners.push(DemoLearner { id: id.to_string(), class: class.to_string(), pictures });
                if place < BEGUN {
                    begun.push((id, n));
                }
            }
        }
        bodies.push(EventBody::SettingsSet(Settings {
            school: if locale.starts_with("fr") { "École de démonstration" } else { "Demo School" }.into(),
            locale: locale.into(),
            country,
            zone: "UTC".into(),
            demo: true,
        }));
        Ok((sign_in, bodies, begun))
    }

    /// Some days of work, many learners side by side as on a real day.
    fn demo_work(&self, learners: &[(LearnerId, u8)], locale: &str) {
        let hands = 12;
        std::thread::scope(|scope| {
            for hand in 0..hands {
                let mine: Vec<(usize, LearnerId, u8)> = learners
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| at % hands == hand)
                    .map(|(at, (id, grade))| (at, *id, *grade))
                    .collect();
                scope.spawn(move || {
                    for (at, id, grade) in mine {
                        if let Err(reason) = self.demo_learner(at, id, grade, locale) {
                            tracing::warn!(%reason, "the demo school lacks some work");
                        }
                    }
                });
            }
        });
    }

    fn demo_learner(&self, at: usize, learner: LearnerId, grade: u8, locale: &str) -> Result<(), String> {
        let now = self.store().now_ms();
        let mut dice = Dice(at as u64 * 7919 + 11);
        let days: &[u64] = match at % 4 {
            0 => &[50, 26, 1],
            1 => &[49, 25],
            2 => &[27, 2],
            _ => &[26],
        };
        for hours in days {
            let begin = now.saturating_sub(hours * HOUR_MS).saturating_sub(dice.below(20) * 60_000);
            for n in 0..(5 + dice.below(4)) {
                let asked_ms = begin + n * 40_000;
                let item = self.ask_at(learner, locale, asked_ms).map_err(|e| e.to_string())?;
                let chance = if at % 7 == 3 { 45 } else { 70 + u64::from(grade) * 5 };
                let response = self.demo_response(&item, dice.below(100) < chance, &mut dice)?;
                let elapsed_ms = 4_000 + dice.below(14_000);
                let age_ms = now.saturating_sub(asked_ms + elapsed_ms);
                let draft = ResponseDraft { item: item.item, key: None, response, elapsed_ms, age_ms: Some(age_ms) };
                self.respond(learner, &draft).map_err(|e| e.to_string())?;
            }
        }
        Ok(())
    }

    fn demo_response(&self, item: &crate::study::HandedItem, right: bool, dice: &mut Dice) -> Result<Response, String> {
        let ask = self.ask_of_item(item).ok_or("an item of this moment cannot be opened")?;
        let solution = self.plugins().solve(item.plugin, &ask).map_err(|e| e.to_string())?.response;
        Ok(if right { solution } else { not_yet(&item.interaction, solution, dice) })
    }
}

/// A response that a child might give who is not there yet.
fn not_yet(interaction: &Interaction, solution: Response, dice: &mut Dice) -> Response {
    match (interaction, solution) {
        (Interaction::Choice { options, .. }, Response::Choice { ids }) => {
            let others: Vec<&String> = options.iter().map(|o| &o.id).filter(|id| !ids.contains(id)).collect();
            match others.get(dice.below(others.len().max(1) as u64) as usize) {
                Some(id) => Response::Choice { ids: vec![(*id).clone()] },
                None => Response::Skipped,
            }
        }
        (_, Response::Number { value }) => match value.parse::<i64>() {
            Ok(n) => Response::Number { value: (n + 1).to_string() },
            Err(_) => Response::Skipped,
        },
        (Interaction::TapCount { available, .. }, Response::Count { value }) => {
            Response::Count { value: if value < u32::from(*available) { value + 1 } else { value.saturating_sub(1) } }
        }
        (_, Response::Order { mut ids }) => {
            ids.rotate_left(1);
            Response::Order { ids }
        }
        (_, Response::Pairs { mut pairs }) if pairs.len() > 1 => {
            let first = pairs[0].1.clone();
            pairs[0].1 = pairs[1].1.clone();
            pairs[1].1 = first;
            Response::Pairs { pairs }
        }
        _ => Response::Skipped,
    }
}

/// A name for a place: the country's names, then the same with a second letter.
fn demo_name(names: &[String], place: usize) -> String {
    if names.is_empty() {
        return format!("Child {}", place + 1);
    }
    let name = &names[place % names.len()];
    match place / names.len() {
        0 => name.clone(),
        round => format!("{name} {}.", char::from(b'A' + (round as u8 * 5 + place as u8) % 26)),
    }
}

/// Small dice of its own, so that two demo schools look alike.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % most.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_names_differ() {
        let names: Vec<String> = (0..16).map(|n| format!("N{n}")).collect();
        let all: std::collections::BTreeSet<String> = (0..60).map(|n| demo_name(&names, n)).collect();
        assert_eq!(all.len(), 60);
    }
}
