//! French words for prefixes and suffixes. Never here: English, questions.

use super::long::{Long, Turned, long, turned};
use super::{FalsePart, no};

/// Letters that look like a word part.
pub(super) const NO_PART: &[FalsePart] = &[
    no("re-", "renard repas requin", "refaire relire remettre"),
    no("dé-", "début désert déjà", "défaire démonter déplier"),
    no("in-", "insecte instant", "inutile invisible injuste"),
    no("im-", "image immense", "impossible impoli impatient"),
    no("-eur", "fleur peur couleur", "chanteur danseur laveur"),
    no("-ette", "assiette dette", "fillette maisonnette poulette"),
    no("-ment", "moment comment", "lentement rapidement seulement"),
];

/// Words with a prefix and a suffix.
pub(super) const THREE: &[Long] = &[
    long(&["in", "lav", "able"], "qu'on ne peut pas laver."),
    long(&["im", "mange", "able"], "qu'on ne peut pas manger."),
    long(&["in", "cass", "able"], "qu'on ne peut pas casser."),
    long(&["dé", "mont", "able"], "dont on peut enlever les pièces."),
    long(&["re", "fleur", "ir"], "donner encore des fleurs."),
    long(&["re", "plant", "er"], "mettre encore en terre."),
    long(&["en", "terr", "er"], "mettre dans la terre."),
    long(&["in", "utile", "ment"], "sans que cela serve."),
    long(&["in", "juste", "ment"], "d'une façon qui n'est pas juste."),
    long(&["im", "poli", "ment"], "d'une façon qui n'est pas polie."),
    long(&["mal", "propre", "té"], "le fait d'être sale."),
    long(&["re", "coiff", "er"], "peigner encore une fois."),
];

/// School words of four parts and five.
pub(super) const SCHOOL: &[Long] = &[
    long(&["in", "for", "ma", "tion"], "ce qui apprend quelque chose."),
    long(&["mul", "ti", "pli", "ca", "tion"], "le calcul de 3 fois 4."),
    long(&["con", "ver", "sa", "tion"], "le fait de parler ensemble."),
    long(&["gé", "o", "gra", "phie"], "l'étude des pays et des rivières."),
    long(&["tem", "pé", "ra", "ture"], "elle dit s'il fait chaud ou froid."),
    long(&["cal", "cu", "la", "trice"], "une machine qui fait des calculs."),
    long(&["é", "du", "ca", "tion"], "tout ce que l'on apprend aux enfants."),
    long(&["dic", "tion", "nai", "re"], "un livre qui explique les mots."),
    long(&["ex", "pé", "rien", "ce"], "un essai pour trouver une réponse."),
    long(&["po", "pu", "la", "tion"], "tous les gens d'un lieu."),
    long(&["a", "gri", "cul", "ture"], "le travail des champs."),
    long(&["é", "lec", "tri", "ci", "té"], "elle fait briller la lampe."),
    long(&["ré", "cré", "a", "tion"], "le temps pour jouer à l'école."),
    long(&["a", "li", "men", "ta", "tion"], "tout ce que l'on mange."),
];

/// Words whose base changes.
pub(super) const TURNED: &[Turned] = &[
    turned("maison", "maisonnette", "petite maison", "maisonnée maisons"),
    turned("poule", "poulette", "petite poule", "poulailler poulet"),
    turned("mangue", "manguier", "l'arbre à mangues", "mangues manguiers"),
    turned("banane", "bananier", "l'arbre à bananes", "bananes bananeraie"),
    turned("ferme", "fermier", "l'homme de la ferme", "fermière fermette"),
    turned("lait", "laitage", "aliment fait avec du lait", "laitier laiteux"),
    turned("doux", "doucement", "d'une façon douce", "douceur douce"),
    turned("long", "longuement", "pendant longtemps", "longueur longue"),
    turned("sec", "sécheresse", "un temps sans pluie", "sécher sèche"),
    turned("peur", "peureux", "qui a souvent peur", "peureuse apeuré"),
    turned("blanc", "blancheur", "le fait d'être blanc", "blanchir blanche"),
    turned("poisson", "poissonnier", "celui qui vend du poisson", "poissonneux poissons"),
    turned("chanter", "chanteuse", "celle qui chante", "chanteur chanson"),
    turned("grand", "grandir", "devenir plus grand", "grandeur grande"),
];
