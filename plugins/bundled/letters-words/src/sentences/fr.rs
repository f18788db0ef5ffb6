//! French sentences. Never here: English, questions about them.

use super::marks::{Marked, Two, marked, two};
use super::{Line, line, turns};

/// Each in one order only; no word twice in the same shape.
pub(super) const LINES: &[Line] = &[
    line(1, "Le chat dort."),
    line(1, "La lune brille."),
    line(1, "Maman chante bien."),
    line(1, "Il fait chaud."),
    line(1, "Je suis là."),
    line(1, "Elle a faim."),
    line(1, "Mon chien court."),
    line(2, "La poule est sur le toit."),
    line(2, "Mon sac est rouge."),
    line(2, "Nous allons à l'école."),
    line(2, "Le chat boit du lait."),
    line(2, "Papa lave sa voiture."),
    line(2, "Ma sœur joue au ballon."),
    line(2, "Un oiseau chante dans l'arbre."),
    line(2, "Il range son livre."),
    turns(3, "Le vieil homme nourrit sa chèvre chaque matin.", 2, 5),
    turns(3, "Mon oncle répare le vélo dans sa cour.", 1, 4),
    turns(3, "Le garçon porte ce bébé dans ses bras.", 1, 4),
    turns(3, "La fille épluche une mangue pour son frère.", 1, 4),
    turns(3, "Notre chat boit le lait dans un bol.", 1, 4),
    line(3, "Quand il pleut, nous jouons sous le toit."),
    line(3, "Le bus s'arrête juste devant notre école."),
    line(3, "Ma tante vend des mangues au marché."),
];

/// Sentences by their end mark.
pub(super) const ENDS: &[Marked] = &[
    marked("J'ai six ans", "."),
    marked("Je m'appelle Awa", "."),
    marked("J'habite près du fleuve", "."),
    marked("J'aime le riz et les haricots", "."),
    marked("Où est mon sac", "?"),
    marked("Vois-tu le bateau", "?"),
    marked("Qui a pris le dernier gâteau", "?"),
    marked("Quel âge as-tu", "?"),
    marked("Comment t'appelles-tu", "?"),
    marked("Attention, un serpent", "!"),
    marked("Arrête tout de suite", "!"),
    marked("Quel gros poisson", "!"),
    marked("Au secours, je tombe", "!"),
];

/// Two sentences side by side.
pub(super) const PAIRS: &[Two] = &[
    two("Nous rentrons.", "Il est tard."),
    two("Le soleil brûle.", "Nous restons sous un arbre."),
    two("Mon chien est vieux.", "Il dort tout le jour."),
    two("Papa fait la soupe.", "Nous mettons la table."),
    two("Le bus est là.", "Prends ton sac."),
    two("Elle est tombée.", "Son genou lui fait mal."),
];

/// Lists and apostrophes: the right one, then wrong ones with s (commas missing), c (a comma too many), a (apostrophe).
pub(super) const INSIDE: &[&[&str]] = &[
    &[
        "Il y a du riz, du poisson et du thé.",
        "s:Il y a du riz du poisson et du thé.",
        "c:Il y a, du riz, du poisson et, du thé.",
    ],
    &[
        "Je vois une chèvre, une poule et deux chiens.",
        "s:Je vois une chèvre une poule et deux chiens.",
        "c:Je vois, une chèvre, une poule et, deux chiens.",
    ],
    &[
        "Prends un stylo, un livre et une règle.",
        "s:Prends un stylo un livre et une règle.",
        "c:Prends, un stylo, un livre et, une règle.",
    ],
    &["Awa, Léo et Mina jouent.", "s:Awa Léo et Mina jouent.", "c:Awa, Léo et, Mina, jouent."],
    &["L'âne boit.", "a:Lâne boit.", "a:Le âne boit."],
    &["Il n'est pas là.", "a:Il nest pas là.", "a:Il ne'st pas là."],
    &["C'est ma sœur.", "a:Cest ma sœur.", "a:Ce'st ma sœur."],
    &["J'ai faim.", "a:Jai faim.", "a:Je ai faim."],
];

/// What is said and who says it: the words in the mouth, the mark inside, the teller's words.
pub(super) const SAID: &[[&str; 3]] = &[
    ["Entre", "", "dit maman."],
    ["Est-ce loin", "?", "demande Léo."],
    ["Arrête", "!", "crie le chauffeur."],
    ["J'ai faim", "", "dit le garçon."],
    ["Où est mon chapeau", "?", "demande l'oncle."],
    ["Nous sommes en retard", "", "dit Mina."],
];
