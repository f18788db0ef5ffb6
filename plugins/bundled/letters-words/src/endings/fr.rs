//! French forms of nouns and verbs. Never here: English, questions.

use super::{Noun, Use, Verb, noun, verb, wants};

/// Base, one now, nous, later, before, several before.
pub(super) const VERBS: &[Verb] = &[
    verb(false, &["jouer", "joue", "jouons", "jouera", "jouait", "jouaient"]),
    verb(false, &["parler", "parle", "parlons", "parlera", "parlait", "parlaient"]),
    verb(false, &["chanter", "chante", "chantons", "chantera", "chantait", "chantaient"]),
    verb(false, &["danser", "danse", "dansons", "dansera", "dansait", "dansaient"]),
    verb(false, &["marcher", "marche", "marchons", "marchera", "marchait", "marchaient"]),
    verb(false, &["sauter", "saute", "sautons", "sautera", "sautait", "sautaient"]),
    verb(false, &["dessiner", "dessine", "dessinons", "dessinera", "dessinait", "dessinaient"]),
    verb(false, &["travailler", "travaille", "travaillons", "travaillera", "travaillait", "travaillaient"]),
    verb(false, &["cuisiner", "cuisine", "cuisinons", "cuisinera", "cuisinait", "cuisinaient"]),
    verb(false, &["grimper", "grimpe", "grimpons", "grimpera", "grimpait", "grimpaient"]),
    verb(true, &["manger", "mange", "mangeons", "mangera", "mangeait", "mangeaient"]),
    verb(true, &["nager", "nage", "nageons", "nagera", "nageait", "nageaient"]),
    verb(true, &["plonger", "plonge", "plongeons", "plongera", "plongeait", "plongeaient"]),
    verb(true, &["avancer", "avance", "avançons", "avancera", "avançait", "avançaient"]),
    verb(true, &["commencer", "commence", "commençons", "commencera", "commençait", "commençaient"]),
    verb(true, &["balayer", "balaie", "balayons", "balaiera", "balayait", "balayaient"]),
    verb(true, &["nettoyer", "nettoie", "nettoyons", "nettoiera", "nettoyait", "nettoyaient"]),
];

/// What asks for a form.
pub(super) const USES: &[Use] = &[
    wants(1, "Maintenant, {name} ___.", "une personne le fait maintenant", &[]),
    wants(2, "Nous ___ ensemble.", "nous le faisons", &[]),
    wants(3, "Demain, {name} ___.", "une personne le fera plus tard", &[]),
    wants(4, "Avant, {name} ___ souvent.", "une personne le faisait avant", &[]),
];

/// One with its article, one, many, and what the regular ending would give where it does not fit.
pub(super) const NOUNS: &[Noun] = &[
    noun("un chat", "chat", "chats", ""),
    noun("une table", "table", "tables", ""),
    noun("une poule", "poule", "poules", ""),
    noun("un livre", "livre", "livres", ""),
    noun("une fleur", "fleur", "fleurs", ""),
    noun("un sac", "sac", "sacs", ""),
    noun("une porte", "porte", "portes", ""),
    noun("un chien", "chien", "chiens", ""),
    noun("une lune", "lune", "lunes", ""),
    noun("un bateau", "bateau", "bateaux", "bateaus"),
    noun("un gâteau", "gâteau", "gâteaux", "gâteaus"),
    noun("un chapeau", "chapeau", "chapeaux", "chapeaus"),
    noun("un jeu", "jeu", "jeux", "jeus"),
    noun("un cheval", "cheval", "chevaux", "chevals"),
    noun("un animal", "animal", "animaux", "animals"),
    noun("un journal", "journal", "journaux", "journals"),
    noun("un genou", "genou", "genoux", "genous"),
    noun("un hibou", "hibou", "hiboux", "hibous"),
    noun("un œil", "œil", "yeux", "œils"),
    noun("un travail", "travail", "travaux", "travails"),
];

/// Who does something.
pub(super) const PEOPLE: &[Noun] = &[
    noun("un garçon", "garçon", "garçons", ""),
    noun("une fille", "fille", "filles", ""),
    noun("un ami", "ami", "amis", ""),
    noun("un enfant", "enfant", "enfants", ""),
];
