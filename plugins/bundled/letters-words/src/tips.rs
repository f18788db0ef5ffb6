//! What to try next after each misconception, said to the learner after "not yet". Never here: answers of an item.

use chalkbox_tool::Tip;

const fn tip(code: &'static str, en: &'static str, fr: &'static str) -> Tip {
    Tip { code, en, fr }
}

/// One tip for each misconception of the manifest.
pub const TIPS: &[Tip] = &[
    tip(
        "b-d-reversal",
        "Look on which side of the stick the belly is.",
        "Regarde de quel côté du bâton se trouve le ventre.",
    ),
    tip("upside-letter", "Look where the letter is open: up or down?", "Regarde où la lettre est ouverte : en haut ou en bas ?"),
    tip(
        "look-alike",
        "These two look alike. Find the small part that differs.",
        "Ces deux-là se ressemblent. Cherche le petit détail qui change.",
    ),
    tip(
        "capital-only-bigger",
        "A capital letter often has another shape, not only another size.",
        "La majuscule a souvent une autre forme, pas seulement une autre taille.",
    ),
    tip("first-letter-only", "Look at all the letters, not only at the first one.", "Regarde toutes les lettres, pas seulement la première."),
    tip("swaps-neighbours", "Compare the two that stand side by side once more.", "Compare encore les deux qui sont côte à côte."),
    tip(
        "orders-by-length",
        "Long or short does not count here: go by the letters.",
        "La longueur ne compte pas ici : suis l'ordre des lettres.",
    ),
];
