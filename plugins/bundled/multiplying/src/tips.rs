//! What to say after each misconception: first what was right, then what to look at. Never here: the rules that find them.

use chalkbox_tool::Tip;

const fn tip(code: &'static str, en: &'static str, fr: &'static str) -> Tip {
    Tip { code, en, fr }
}

/// One tip for each misconception of the manifest.
pub const TIPS: &[Tip] = &[
    tip(
        "addition-pairs",
        "Those two make the number by plus. Lay full rows: which two make it by times?",
        "Ces deux nombres le font par addition. Fais des rangées complètes : lesquels le font par multiplication ?",
    ),
    tip(
        "adds-carry-first",
        "You kept the carried ten. Multiply the tens first, then add what was carried.",
        "Tu as gardé la retenue. Multiplie d'abord les dizaines, puis ajoute la retenue.",
    ),
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
        "counts-edge-only",
        "You counted the edge well. There are squares inside too: count row by row.",
        "Tu as bien compté le bord. Il y a aussi des carrés à l'intérieur : compte rangée par rangée.",
    ),
    tip(
        "counts-groups",
        "You read that number well. Now look inside the groups: how many things are in each?",
        "Tu as bien lu ce nombre. Regarde maintenant dans les groupes : combien y en a-t-il dans chacun ?",
    ),
    tip(
        "divides-digits-apart",
        "You shared each place. What is left of the tens is opened and shared with the ones.",
        "Tu as partagé chaque rang. Ce qui reste des dizaines s'ouvre et se partage avec les unités.",
    ),
    tip(
        "division-order-swapped",
        "Those numbers belong together. In a division the order counts: what is being shared stands first.",
        "Ces nombres vont ensemble. Dans une division, l'ordre compte : ce qu'on partage vient en premier.",
    ),
    tip(
        "double-half-swapped",
        "You thought of two equal parts. Double puts the same again, half keeps one of two parts.",
        "Tu as pensé à deux parts égales. Le double remet la même chose, la moitié garde une part sur deux.",
    ),
    tip(
        "drops-zero",
        "Your digits are right. Say what each is worth: ones, tens or hundreds? A zero keeps an empty place.",
        "Tes chiffres sont justes. Dis ce que vaut chacun : unités, dizaines, centaines ? Un zéro garde la place vide.",
    ),
    tip(
        "factors-multiples-swapped",
        "These numbers belong together. Factors fit in, multiples go on: which one is asked?",
        "Ces nombres vont ensemble. Un diviseur entre juste, un multiple va plus loin : lequel demande-t-on ?",
    ),
    tip(
        "forgets-carry",
        "Each place was worked out. Ten ones make a new ten: where does it go?",
        "Chaque rang est calculé. Dix unités font une nouvelle dizaine : où va-t-elle ?",
    ),
    tip(
        "forgets-one-and-self",
        "You know how factors fit in. Think of 1 and of the number itself too.",
        "Tu sais comment un diviseur entre juste. Pense aussi à 1 et au nombre lui-même.",
    ),
    tip(
        "forgets-zero-shift",
        "Your small products are right. What is the tens digit really worth? Estimate first.",
        "Tes petits produits sont justes. Que vaut vraiment le chiffre des dizaines ? Estime d'abord.",
    ),
    tip(
        "groups-sizes-swapped",
        "The total is the same. Say it in words: how many groups, and how many in each?",
        "Le total est le même. Dis-le avec des mots : combien de groupes, et combien dans chacun ?",
    ),
    tip(
        "ignores-remainder",
        "The groups are right. Look outside the groups: is something left?",
        "Les groupes sont justes. Regarde en dehors des groupes : reste-t-il quelque chose ?",
    ),
    tip(
        "joins-digits",
        "Those are the right numbers. Make the groups instead of putting the digits side by side.",
        "Ce sont les bons nombres. Fais les groupes au lieu de mettre les chiffres côte à côte.",
    ),
    tip(
        "key-word-operation",
        "You listened to the words. Draw a bar for each number of the story: which one is the whole?",
        "Tu as écouté les mots. Dessine une barre pour chaque nombre de l'histoire : lequel est le tout ?",
    ),
    tip(
        "left-to-right-only",
        "You used every number. Tell the story again: which part must be known first?",
        "Tu as pris tous les nombres. Raconte encore l'histoire : que faut-il savoir d'abord ?",
    ),
    tip(
        "more-for-times",
        "You saw who has more. Draw one bar, then draw it so many times.",
        "Tu as vu qui en a le plus. Dessine une barre, puis redessine-la autant de fois.",
    ),
    tip(
        "multiplies-instead",
        "You looked for equal groups. Are there any, and is the whole asked or known already?",
        "Tu as cherché des groupes égaux. Y en a-t-il ? Demande-t-on le tout, ou le connaît-on déjà ?",
    ),
    tip(
        "multiplies-one-part",
        "You cut it well. Both parts must be taken as many times: look at each part of the rectangle.",
        "Tu as bien coupé. Il faut prendre chaque partie autant de fois : regarde chaque partie du rectangle.",
    ),
    tip(
        "odd-means-prime",
        "Many prime numbers are odd, but not all odd numbers are prime. Lay it in 3 rows: does it fit?",
        "Beaucoup de nombres premiers sont impairs, mais pas l'inverse. Mets-le en 3 rangées : cela va-t-il juste ?",
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
        "product-for-lcm",
        "That is a multiple of both. Is there a smaller one? Write both rows.",
        "C'est un multiple des deux. Y en a-t-il un plus petit ? Écris les deux suites.",
    ),
    tip(
        "remainder-as-decimal",
        "The groups and the rest are right. The rest is no part of a group yet: say it as 'left over'.",
        "Les groupes et le reste sont justes. Le reste n'est pas une partie de groupe : dis « il reste ».",
    ),
    tip(
        "remainder-story-slip",
        "Your division is right. Act it out: what happens with those that are left?",
        "Ta division est juste. Joue l'histoire : que deviennent ceux qui restent ?",
    ),
    tip(
        "remainder-too-big",
        "You made equal groups. Look at what is left: can one more group be made?",
        "Tu as fait des groupes égaux. Regarde ce qui reste : peut-on faire encore un groupe ?",
    ),
    tip(
        "repeats-given-number",
        "You read that number well. Now find the one that is asked for.",
        "Tu as bien lu ce nombre. Cherche maintenant celui qui est demandé.",
    ),
    tip(
        "smaller-into-larger",
        "You looked at each digit. When a place is too small to share, open it and go on to the next.",
        "Tu as regardé chaque chiffre. Si un rang est trop petit pour être partagé, ouvre-le et passe au suivant.",
    ),
    tip(
        "splits-both-add-parts",
        "Those parts are right. The rectangle has four parts: which two are missing?",
        "Ces parties sont justes. Le rectangle a quatre parties : lesquelles manquent ?",
    ),
    tip(
        "stops-after-one-step",
        "Your first step is right. Read the question again: what comes next?",
        "Ta première étape est juste. Relis la question : que faut-il faire ensuite ?",
    ),
    tip(
        "stops-sharing-early",
        "Your shares are equal. Is there still enough for one more round?",
        "Tes parts sont égales. Peut-on faire encore un tour ?",
    ),
    tip(
        "subtracts-instead",
        "You used the right numbers. Dividing makes equal groups: how many fit?",
        "Tu as pris les bons nombres. Diviser, c'est faire des groupes égaux : combien y en a-t-il ?",
    ),
    tip(
        "swaps-quotient-remainder",
        "Both numbers are there. Say 'groups' for one and 'left over' for the other: which goes where?",
        "Les deux nombres y sont. Dis « groupes » pour l'un et « reste » pour l'autre : lequel va où ?",
    ),
    tip(
        "table-neighbour",
        "That is a near fact. Work it out from one you are sure of.",
        "C'est un résultat voisin. Retrouve-le à partir d'un résultat dont tu es sûr.",
    ),
    tip(
        "unequal-groups",
        "You thought of equal groups. Look at each one: are they all alike, and is nothing missing?",
        "Tu as pensé à des groupes égaux. Regarde chacun : sont-ils tous pareils, et le compte y est-il ?",
    ),
    tip(
        "uses-all-numbers",
        "You saw every number. Which of them does the question need, and for what?",
        "Tu as vu tous les nombres. Desquels la question a-t-elle besoin, et pour quoi faire ?",
    ),
    tip(
        "uses-shown-sign",
        "You worked with the right numbers. Read the line as a riddle and undo it.",
        "Tu as pris les bons nombres. Lis la ligne comme une devinette et fais le contraire.",
    ),
    tip(
        "writes-both-digits",
        "Each column was worked out well. Only one digit fits in a column: the new ten moves on.",
        "Chaque colonne est bien calculée. Un seul chiffre tient dans une colonne : la nouvelle dizaine passe à côté.",
    ),
    tip(
        "wrong-family",
        "These numbers are near. Which number is the whole, and which two make it by times?",
        "Ces nombres sont proches. Quel nombre est le tout, et lesquels le font par multiplication ?",
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
