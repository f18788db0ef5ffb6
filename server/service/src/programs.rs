//! Programs that come with a token instead of a person (`Authorization: Bearer`): a technologist makes and ends them.
//! A program acts as the member of staff who made its token, and no longer than that person is in the school.

use crate::setup::{name_fits, random_id};
use crate::sign_in::hex;
use crate::{Chalkbox, StoreTrouble, views};
use chalkbox_domain::event::{Actor, EventBody, Token};
use chalkbox_domain::ids::StaffId;

/// Tokens at most: enough for every report and importer of a school, few enough to look through.
pub const MOST: usize = 50;

/// Why a program's token was not made or ended.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// No such program, or ended before.
    #[error("there is no such program")]
    NoSuchProgram,
    /// The name does not fit.
    #[error("name: {0}")]
    Name(String),
    /// Another has this name: two alike could not be told apart when one must end.
    #[error("there is a program of this name; end it first, or take another name")]
    Taken,
    /// Too many.
    #[error("at most {MOST} programs; end one that is not used any more")]
    TooMany,
    /// Too much waits to be written.
    #[error("the box is busy; try again in a moment")]
    Busy,
    /// The disk refused.
    #[error("the program could not be stored: {0}")]
    Store(String),
}

impl From<StoreTrouble> for ProgramError {
    fn from(trouble: StoreTrouble) -> Self {
        match trouble {
            StoreTrouble::Busy => Self::Busy,
            StoreTrouble::Failed(reason) => Self::Store(reason),
        }
    }
}

/// A program as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramView {
    /// The first eight bytes of its token's hash in hex: names it, opens nothing.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// As whom it acts; empty when that person has left, and then it opens nothing.
    pub member: String,
}

fn id_of(token: &Token) -> String {
    hex(&token.hash[..8])
}

impl Chalkbox {
    /// Every program that has a token, by name.
    pub fn programs(&self) -> Result<Vec<ProgramView>, ProgramError> {
        let tokens = views::tokens(self.store())?;
        let people = self.people();
        let member = |id: StaffId| people.member(id).map(|m| m.display_name.clone()).unwrap_or_default();
        let view = |t: Token| ProgramView { id: id_of(&t), member: member(t.staff), name: t.name };
        let mut all: Vec<ProgramView> = tokens.into_iter().map(view).collect();
        all.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        Ok(all)
    }

    /// Makes a token for a program that acts as this member of staff. Shown once: the box keeps its hash.
    pub fn add_program(&self, member: StaffId, name: &str) -> Result<String, ProgramError> {
        let _one_at_a_time = self.administration();
        let name = name_fits("name", name, 40).map_err(|(_, message)| ProgramError::Name(message))?;
        let tokens = views::tokens(self.store())?;
        if tokens.iter().any(|token| token.name == name) {
            return Err(ProgramError::Taken);
        }
        if tokens.len() >= MOST {
            return Err(ProgramError::TooMany);
        }
        let random = |e: getrandom::Error| ProgramError::Store(e.to_string());
        let text = hex(&[random_id().map_err(random)?, random_id().map_err(random)?].concat());
        let hash = self.seal_key().keyed_hash("token", text.as_bytes());
        let token = Token { hash, name, staff: member, active: true };
        self.administer(Actor::Staff(member), vec![EventBody::TokenSet(token)])?;
        Ok(text)
    }

    /// Takes a program's token back: its next request is refused.
    pub fn end_program(&self, member: StaffId, id: &str) -> Result<(), ProgramError> {
        let _one_at_a_time = self.administration();
        let mut token =
            views::tokens(self.store())?.into_iter().find(|t| id_of(t) == id).ok_or(ProgramError::NoSuchProgram)?;
        token.active = false;
        self.administer(Actor::Staff(member), vec![EventBody::TokenSet(token)])?;
        Ok(())
    }
}
