//! French sentences, tasks, everyday senses and examples for school words. Never here: English.

/// What the word means at home.
pub(super) const EVERYDAY: &[(&str, &str)] = &[
    ("milieu", "le centre d'une chose"),
    ("suite", "ce qui arrive après"),
    ("plan", "une idée pour demain"),
    ("commerce", "une petite boutique"),
    ("différence", "une dispute entre amis"),
    ("égal", "qui n'a pas d'importance"),
    ("solide", "qui ne casse pas"),
    ("somme", "un petit temps de sommeil"),
    ("mesurer", "faire attention à ce qu'on dit"),
    ("coutume", "un habit de fête"),
];

/// An example, which is not the meaning.
pub(super) const EXAMPLES: &[(&str, &str)] = &[
    ("liquide", "du lait"),
    ("insecte", "une fourmi"),
    ("milieu", "une mare avec des grenouilles"),
    ("somme", "12 haricots"),
    ("commerce", "des mangues au marché"),
    ("solide", "une pierre"),
    ("suite", "2, 4, 6, 8"),
    ("preuve", "des pas dans la boue"),
    ("frontière", "le fleuve au nord"),
    ("égal", "3 et 3"),
    ("plan", "la feuille sur notre mur"),
    ("estimer", "environ 50 oiseaux"),
];

/// A sentence that only this word fits.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("mesurer", "Prends une règle pour ___ la table."),
    ("observer", "Reste assis dix minutes pour ___ les fourmis."),
    ("prévoir", "Avant l'essai, il faut ___ si la pierre va flotter."),
    ("liquide", "L'huile est un ___ : elle coule sur l'assiette."),
    ("solide", "La glace est un ___ : elle garde sa forme."),
    ("milieu", "La mare est le ___ où vit la grenouille."),
    ("insecte", "L'abeille a six pattes : c'est un ___."),
    ("égal", "5 + 1 est ___ à 4 + 2."),
    ("somme", "3 + 4 + 5 : la ___ est 12."),
    ("différence", "Entre 9 et 7, la ___ est 2."),
    ("estimer", "Ne compte pas : il suffit d'___ combien il y a de haricots."),
    ("suite", "2, 4, 6, 8 : c'est une ___ de nombres."),
    ("plan", "Le ___ montre notre village vu d'en haut."),
    ("frontière", "À la ___, on quitte un pays et on entre dans l'autre."),
    ("commerce", "Le ___ du sel a rendu la ville riche : on venait en acheter."),
    ("coutume", "Chez nous, c'est la ___ de saluer d'abord les anciens."),
    ("preuve", "Le sol mouillé est la ___ qu'il a plu."),
];

/// Tasks as they stand in books.
pub(super) const TASKS: &[(&str, &str)] = &[
    ("comparer", "Tu dois comparer une chèvre et une poule."),
    ("décrire", "Tu dois décrire la cour de ton école."),
    ("expliquer", "Tu dois expliquer comment pousse une graine."),
    ("mesurer", "Tu dois mesurer ton crayon."),
    ("observer", "Tu dois observer la lune pendant une semaine."),
    ("prévoir", "Tu dois prévoir quel verre sera vide en premier."),
    ("estimer", "Tu dois estimer le nombre de feuilles de l'arbre."),
    ("preuve", "Donne une preuve prise dans le texte."),
    ("somme", "Écris la somme des trois nombres."),
    ("différence", "Trouve la différence des deux nombres."),
];
