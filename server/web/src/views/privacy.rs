//! What is kept of whom, and one child's facts: to give out, to erase.

use super::{Page, Words, paths};
use askama::Template;

/// What is kept, and every child.
#[derive(Template)]
#[template(path = "lead/privacy.html")]
pub struct PrivacyPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// How far the backup on the card is with losing those who were erased; empty: nothing of them is left.
    pub renewal: String,
    /// Classes with their children; last those who left.
    pub classes: Vec<ClassOfChildren>,
}

/// A class.
#[derive(Debug, Clone, Default)]
pub struct ClassOfChildren {
    /// Name.
    pub name: String,
    /// Children: name, face, `paths::child`.
    pub children: Vec<(String, u8, String)>,
}

/// One child.
#[derive(Template)]
#[template(path = "lead/child.html")]
pub struct ChildPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Learner id.
    pub learner: String,
    /// Name.
    pub name: String,
    /// Face.
    pub face: u8,
    /// Class; empty for a child who left.
    pub class: String,
    /// Whether the asker leads the school, and may say that a child was entered twice.
    pub leads: bool,
    /// Entries about the child.
    pub entries: usize,
    /// What is wrong with what was typed, a message already; empty: nothing.
    pub trouble: String,
}

/// A child was erased.
#[derive(Template)]
#[template(path = "lead/erased.html")]
pub struct ErasedPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The name, said a last time.
    pub name: String,
    /// Whether there is a backup on the card, which is made anew now.
    pub has_card_backup: bool,
}
