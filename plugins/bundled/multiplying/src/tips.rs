//! What to say after each misconception: first what was right, then what to look at. Never here: the rules that find them.

use chalkbox_tool::Tip;

const fn tip(code: &'static str, en: &'static str, fr: &'static str) -> Tip {
    Tip { code, en, fr }
}

/// One tip for each misconception of the manifest.
pub const TIPS: &[Tip] = &[
    tip(
        "adds-instead-of-multiplies",
        "You used the right numbers. One tells how many groups, the other how many in each: build the groups.",
        "Tu as pris les bons nombres. L'un dit combien de groupes, l'autre combien dans chacun : construis les groupes.",
    ),
    tip(
        "compensates-by-one",
        "You went to the right known fact. The difference is a whole group: how many are in one?",
        "Tu es parti du bon résultat connu. La différence est un groupe entier : combien y en a-t-il dedans ?",
    ),
    tip(
        "counts-groups",
        "You read that number well. Now look inside the groups: how many things are in each?",
        "Tu as bien lu ce nombre. Regarde maintenant dans les groupes : combien y en a-t-il dans chacun ?",
    ),
    tip(
        "double-half-swapped",
        "You thought of two equal parts. Double puts the same again, half keeps one of two parts.",
        "Tu as pensé à deux parts égales. Le double remet la même chose, la moitié garde une part sur deux.",
    ),
    tip(
        "drops-zero",
        "Your times fact is right. Were those ones or tens?",
        "Ta multiplication est juste. Était-ce des unités ou des dizaines ?",
    ),
    tip(
        "groups-sizes-swapped",
        "The total is the same. Say it in words: how many groups, and how many in each?",
        "Le total est le même. Dis-le avec des mots : combien de groupes, et combien dans chacun ?",
    ),
    tip(
        "joins-digits",
        "Those are the right numbers. Make the groups instead of putting the digits side by side.",
        "Ce sont les bons nombres. Fais les groupes au lieu de mettre les chiffres côte à côte.",
    ),
    tip(
        "off-by-one-part",
        "You are very near. Count the last part once more.",
        "Tu es tout près. Compte encore une fois la dernière partie.",
    ),
    tip(
        "one-group-off",
        "You are very near. Raise one finger for each group.",
        "Tu es tout près. Lève un doigt pour chaque groupe.",
    ),
    tip(
        "plus-two-for-double",
        "You saw the two. Double is the same number two times, half is one of two equal parts.",
        "Tu as vu le deux. Le double, c'est deux fois le même nombre ; la moitié, une de deux parts égales.",
    ),
    tip(
        "repeats-given-number",
        "You read that number well. Now find the one that is asked for.",
        "Tu as bien lu ce nombre. Cherche maintenant celui qui est demandé.",
    ),
    tip(
        "subtracts-instead",
        "You used the right numbers. Dividing makes equal groups: how many fit?",
        "Tu as pris les bons nombres. Diviser, c'est faire des groupes égaux : combien y en a-t-il ?",
    ),
    tip(
        "table-neighbour",
        "That is a near fact. Work it out from one you are sure of.",
        "C'est un résultat voisin. Retrouve-le à partir d'un résultat dont tu es sûr.",
    ),
    tip(
        "uses-shown-sign",
        "You worked with the right numbers. Read the line as a riddle and undo it.",
        "Tu as pris les bons nombres. Lis la ligne comme une devinette et fais le contraire.",
    ),
    tip(
        "wrong-step-size",
        "You counted in equal steps. How big is one step here?",
        "Tu as compté par pas égaux. Quelle est la taille d'un pas ici ?",
    ),
    tip(
        "zero-one-rule",
        "You saw that this number is special. Tell it as a story: so many plates, so many things on each.",
        "Tu as vu que ce nombre est spécial. Raconte : tant d'assiettes, tant de choses sur chacune.",
    ),
];
