//! Cards for the way in: the question before they are made, and the sheets to print.

use super::teach::ClassBar;
use super::{Markup, Page, Words, paths};
use crate::drawing::{code_pictures, qr};
use askama::Template;

/// Cards on one sheet of A4: two columns of five.
pub const ON_A_SHEET: usize = 10;

/// Before cards are made: for whom, and what ends by it.
#[derive(Template)]
#[template(path = "teach/cards_ask.html")]
pub struct CardsAskPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The class.
    pub bar: ClassBar,
    /// How many children get one.
    pub count: usize,
    /// Whether cards from before end by it.
    pub ends: bool,
    /// The one child's id and name; none: the whole class.
    pub only: Option<(String, String)>,
}

impl CardsAskPage {
    fn tab(&self) -> &'static str {
        "tab-let-in"
    }
    /// Where the form goes.
    pub fn action(&self) -> String {
        paths::cards(&self.bar.class, None)
    }
}

/// Cards just made, to print: sheets to cut, and the teacher's list.
#[derive(Template)]
#[template(path = "teach/cards.html")]
pub struct CardsPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The class.
    pub class: String,
    /// Its name.
    pub name: String,
    /// The cards, in the order of the list.
    pub cards: Vec<CardToPrint>,
}

/// One card.
#[derive(Debug, Clone, Default)]
pub struct CardToPrint {
    /// Its number on the teacher's list, from 1.
    pub number: usize,
    /// Whose; on the teacher's list alone.
    pub name: String,
    /// Number of the drawn face.
    pub face: u8,
    /// What the code holds: the address that opens the child's path.
    pub address: String,
    /// The new pictures; empty: those from before stay.
    pub pictures: Vec<u8>,
}

impl CardsPage {
    /// Cards sheet by sheet.
    pub fn sheets(&self) -> std::slice::Chunks<'_, CardToPrint> {
        self.cards.chunks(ON_A_SHEET)
    }
    /// The code of a card.
    pub fn qr(&self, card: &CardToPrint) -> Markup {
        qr::qr(&card.address, &self.t.msg1("card-qr", "number", card.number))
    }
    /// A picture of a code.
    pub fn picture(&self, number: &u8) -> Markup {
        code_pictures::code_picture(*number)
    }
    /// Back to the class.
    pub fn back(&self) -> String {
        paths::let_in(&self.class)
    }
}
