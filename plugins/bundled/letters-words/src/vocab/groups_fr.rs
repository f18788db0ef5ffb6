//! French groups of words. Never here: English.

use super::groups::{Feature, Group, group};

/// Groups far apart from each other.
pub(super) const GROUPS: &[Group] = &[
    group(
        "animaux",
        &["chèvre", "chien", "vache", "grenouille", "abeille", "cheval", "serpent", "lion"],
        &["nid", "lait", "herbe"],
    ),
    group(
        "aliments",
        &["riz", "pain", "gâteau", "soupe", "haricots", "fromage", "confiture", "bouillie"],
        &["assiette", "marmite", "cuillère"],
    ),
    group(
        "parties du corps",
        &["main", "pied", "nez", "oreille", "genou", "bouche", "bras", "dos"],
        &["bague", "savon", "peigne"],
    ),
    group(
        "vêtements",
        &["chemise", "jupe", "chapeau", "pantalon", "manteau", "robe", "pagne", "foulard"],
        &["aiguille", "fer", "miroir"],
    ),
    group(
        "moyens de transport",
        &["bus", "bateau", "train", "camion", "avion", "taxi", "pirogue", "vélo"],
        &["route", "billet", "pont"],
    ),
    group(
        "outils",
        &["marteau", "scie", "pelle", "hache", "râteau", "houe", "pioche", "pince"],
        &["bois", "trou", "champ"],
    ),
    group(
        "choses pour écrire",
        &["stylo", "crayon", "craie", "pinceau", "feutre", "plume"],
        &["papier", "banc", "lettre"],
    ),
    group(
        "gens de la famille",
        &["mère", "père", "sœur", "frère", "oncle", "tante", "cousin", "grand-mère"],
        &["maison", "repas", "lit"],
    ),
    group(
        "couleurs",
        &["rouge", "bleu", "vert", "jaune", "noir", "blanc", "brun"],
        &["peinture", "arc-en-ciel", "tissu"],
    ),
    group("nombres", &["deux", "cinq", "sept", "dix", "douze", "trois"], &["boutique", "prix", "règle"]),
];

/// Finer features.
pub(super) const FEATURES: &[Feature] = &[
    Feature {
        sides: ["vit dans l'eau", "vit sur la terre"],
        words: [&["poisson", "baleine", "requin", "crabe", "pieuvre"], &["chèvre", "lion", "chameau", "poule", "âne"]],
    },
    Feature {
        sides: ["a des ailes", "n'a pas d'ailes"],
        words: [
            &["abeille", "poule", "hibou", "papillon", "perroquet"],
            &["vache", "serpent", "grenouille", "chat", "chèvre"],
        ],
    },
    Feature {
        sides: ["en bois", "en métal"],
        words: [
            &["bûche", "planche", "crayon", "branche", "pirogue"],
            &["clou", "aiguille", "pièce", "clé", "boîte de conserve"],
        ],
    },
    Feature {
        sides: ["cela se boit", "cela se mâche"],
        words: [&["lait", "thé", "eau", "jus"], &["pain", "noix", "carotte", "viande"]],
    },
    Feature {
        sides: ["chaud", "froid"],
        words: [&["feu", "vapeur", "braises", "soupe qui bout"], &["glace", "neige", "gel", "glaçon"]],
    },
];
