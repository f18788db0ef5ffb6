//! The pictures that the host draws in rows and for tapping, with their words. Never here: the drawings.

use crate::{Lang, Thing};

/// A picture that the host can draw, with the words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The name for a `row` figure or a `tap-count`.
    pub name: &'static str,
    /// English: one, many, with "a" or "an".
    pub en: [&'static str; 3],
    /// French: one, many, with "un" or "une", with "le", "la" or "l'", with "du", "de la" or "de l'".
    pub fr: [&'static str; 5],
}

impl Picture {
    /// The words in a language, in the shape of the local context's things.
    pub fn thing(&self, lang: Lang) -> Thing {
        match lang {
            Lang::En => Thing {
                one: self.en[0].to_owned(),
                many: self.en[1].to_owned(),
                indefinite: self.en[2].to_owned(),
                definite: format!("the {}", self.en[0]),
                some: format!("some {}", self.en[1]),
            },
            Lang::Fr => Thing {
                one: self.fr[0].to_owned(),
                many: self.fr[1].to_owned(),
                indefinite: self.fr[2].to_owned(),
                definite: self.fr[3].to_owned(),
                some: self.fr[4].to_owned(),
            },
        }
    }
}

const fn picture(name: &'static str, en: [&'static str; 3], fr: [&'static str; 5]) -> Picture {
    Picture { name, en, fr }
}

/// Every picture, in a fixed order (items of old events depend on it: add at the end only).
pub const PICTURES: &[Picture] = &[
    picture("apple", ["apple", "apples", "an apple"], ["pomme", "pommes", "une pomme", "la pomme", "de la pomme"]),
    picture("mango", ["mango", "mangoes", "a mango"], ["mangue", "mangues", "une mangue", "la mangue", "de la mangue"]),
    picture(
        "banana",
        ["banana", "bananas", "a banana"],
        ["banane", "bananes", "une banane", "la banane", "de la banane"],
    ),
    picture("bean", ["bean", "beans", "a bean"], ["haricot", "haricots", "un haricot", "le haricot", "du haricot"]),
    picture("stone", ["stone", "stones", "a stone"], ["pierre", "pierres", "une pierre", "la pierre", "de la pierre"]),
    picture(
        "leaf",
        ["leaf", "leaves", "a leaf"],
        ["feuille", "feuilles", "une feuille", "la feuille", "de la feuille"],
    ),
    picture("cup", ["cup", "cups", "a cup"], ["tasse", "tasses", "une tasse", "la tasse", "de la tasse"]),
    picture(
        "spoon",
        ["spoon", "spoons", "a spoon"],
        ["cuillère", "cuillères", "une cuillère", "la cuillère", "de la cuillère"],
    ),
    picture("ball", ["ball", "balls", "a ball"], ["balle", "balles", "une balle", "la balle", "de la balle"]),
    picture("fish", ["fish", "fish", "a fish"], ["poisson", "poissons", "un poisson", "le poisson", "du poisson"]),
    picture("goat", ["goat", "goats", "a goat"], ["chèvre", "chèvres", "une chèvre", "la chèvre", "de la chèvre"]),
    picture("hen", ["hen", "hens", "a hen"], ["poule", "poules", "une poule", "la poule", "de la poule"]),
    picture("star", ["star", "stars", "a star"], ["étoile", "étoiles", "une étoile", "l'étoile", "de l'étoile"]),
    picture("flower", ["flower", "flowers", "a flower"], ["fleur", "fleurs", "une fleur", "la fleur", "de la fleur"]),
    picture("book", ["book", "books", "a book"], ["livre", "livres", "un livre", "le livre", "du livre"]),
];
