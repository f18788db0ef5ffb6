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
    tip("first-sound-guess", "The start is right. Now read on to the last letter.", "Le début est juste. Lis maintenant jusqu'à la dernière lettre."),
    tip("vowel-swap", "Look at the vowel in the middle and say its sound again.", "Regarde bien la voyelle et redis son bruit."),
    tip("drops-last-sound", "You began well. Which letter stands at the end?", "Tu as bien commencé. Que lis-tu tout à la fin ?"),
    tip("order-reversed", "Start at the first letter and go along.", "Pars de la première lettre et avance."),
    tip("drops-cluster-sound", "Two consonants stand together. Say both of them.", "Deux consonnes sont côte à côte. Dis les deux."),
    tip("adds-vowel-in-cluster", "Nothing stands between these two consonants. Say them close together.", "Il n'y a rien entre ces deux consonnes. Dis-les l'une contre l'autre."),
    tip("letter-order-swap", "You have all the letters. Look at their order.", "Tu as toutes les lettres. Regarde leur ordre."),
    tip("splits-digraph", "Two letters work together here and make one sound.", "Ici deux lettres travaillent ensemble et font un seul son."),
    tip("confuses-near-sound", "These two sounds are near. Feel your lips and your throat.", "Ces deux sons sont proches. Sens tes lèvres et ta gorge."),
    tip("short-for-long", "The vowel has a helper. Read both together.", "La voyelle n'est pas seule. Lis les lettres ensemble."),
];
