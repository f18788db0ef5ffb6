//! What to say after each misconception: first what was right, then what to look at. Never here: the rules that find them.

use chalkbox_tool::Tip;

const fn tip(code: &'static str, en: &'static str, fr: &'static str) -> Tip {
    Tip { code, en, fr }
}

/// One tip for each misconception of the manifest.
pub const TIPS: &[Tip] = &[
    tip(
        "adds-all-digits",
        "You used every digit. Now keep tens with tens and ones with ones.",
        "Tu as utilisé tous les chiffres. Maintenant, garde les dizaines avec les dizaines et les unités avec les unités.",
    ),
    tip(
        "adds-instead",
        "You used the right numbers. Is there more at the end, or less?",
        "Tu as pris les bons nombres. À la fin, y en a-t-il plus ou moins ?",
    ),
    tip(
        "answers-with-larger-set",
        "You saw who has more. Now find how many more: line both up and look at what sticks out.",
        "Tu as vu qui en a le plus. Cherche maintenant combien de plus : aligne les deux et regarde ce qui dépasse.",
    ),
    tip(
        "answers-with-taken",
        "You know how many left. What is still here?",
        "Tu sais combien sont partis. Qu'est-ce qui est encore là ?",
    ),
    tip(
        "borrow-no-decrement",
        "You opened a ten, that is right. Cross it out: one ten fewer is left.",
        "Tu as ouvert une dizaine, c'est juste. Barre-la : il reste une dizaine de moins.",
    ),
    tip(
        "borrows-past-zero",
        "You saw that more ones are needed. Open a hundred into ten tens first, then one of those tens.",
        "Tu as vu qu'il faut plus d'unités. Ouvre d'abord une centaine en dix dizaines, puis une de ces dizaines.",
    ),
    tip(
        "carries-always",
        "You know how to carry. Do it only when the ones make ten or more, and only once.",
        "Tu sais faire la retenue. Fais-la seulement si les unités font dix ou plus, et une seule fois.",
    ),
    tip(
        "carries-ones-digit",
        "You saw that there is something to carry. The new ten goes over to the tens, the ones stay.",
        "Tu as vu la retenue. C'est la nouvelle dizaine qui passe aux dizaines, les unités restent.",
    ),
    tip(
        "changes-both-digits",
        "You changed the number by the right digit. Is it tens or ones? Only that place changes.",
        "Tu as pris le bon chiffre. Est-ce des dizaines ou des unités ? Seule cette place change.",
    ),
    tip(
        "counts-one-group",
        "You counted one group well. Now count both groups together.",
        "Tu as bien compté un groupe. Compte maintenant les deux groupes ensemble.",
    ),
    tip(
        "counts-one-twice",
        "You are very near. Move each thing aside as you say its word.",
        "Tu es tout près. Déplace chaque chose en disant son mot.",
    ),
    tip(
        "counts-the-start",
        "You counted well. Stand on the first number and say one only after the first jump.",
        "Tu as bien compté. Reste sur le premier nombre et dis un seulement après le premier saut.",
    ),
    tip("drops-ten", "The ones are right. Where is the ten?", "Les unités sont justes. Où est la dizaine ?"),
    tip(
        "drops-zero",
        "You worked with the right digit. Is a column empty? Then a zero keeps its place.",
        "Tu as pris le bon chiffre. Une colonne est-elle vide ? Alors un zéro garde sa place.",
    ),
    tip(
        "equals-means-answer",
        "You read the numbers well. The sign = says: the same on both sides.",
        "Tu as bien lu les nombres. Le signe = dit : la même chose des deux côtés.",
    ),
    tip(
        "exact-not-about",
        "Your sum is exact. Here about is enough: round first.",
        "Ton calcul est exact. Ici, à peu près suffit : arrondis d'abord.",
    ),
    tip(
        "forgets-carry",
        "Each column was worked out. Ten ones make a new ten: where does it go?",
        "Chaque colonne est calculée. Dix unités font une nouvelle dizaine : où va-t-elle ?",
    ),
    tip(
        "forgets-second-part",
        "You went to ten, that is a good way. Use the part that is still to come.",
        "Tu es allé à dix, c'est un bon chemin. Utilise la partie qui reste.",
    ),
    tip(
        "joins-digits",
        "Those are the right numbers. Put the things together, not the digits side by side.",
        "Ce sont les bons nombres. Mets ensemble les choses, pas les chiffres côte à côte.",
    ),
    tip(
        "key-word-operation",
        "You listened to the words. Draw both amounts: who has more?",
        "Tu as écouté les mots. Dessine les deux quantités : qui en a le plus ?",
    ),
    tip(
        "misses-one",
        "You are very near. Cross off each one as you count it.",
        "Tu es tout près. Barre chaque chose en la comptant.",
    ),
    tip("off-by-one-part", "You are very near. Check with your fingers.", "Tu es tout près. Vérifie avec tes doigts."),
    tip(
        "order-of-words",
        "Those are the right numbers. Which one is the whole? Write it first.",
        "Ce sont les bons nombres. Lequel est le tout ? Écris-le d'abord.",
    ),
    tip(
        "plus-minus-swapped",
        "The numbers are right. Plus says come, minus says go: which is it here?",
        "Les nombres sont justes. Plus veut dire venir, moins veut dire partir : que se passe-t-il ici ?",
    ),
    tip(
        "repeats-given-number",
        "You read that number well. Now find the one that is asked for.",
        "Tu as bien lu ce nombre. Cherche maintenant celui qui est demandé.",
    ),
    tip(
        "rounds-down-always",
        "You made round numbers, that is right. Which round neighbour is nearer to each?",
        "Tu as pris des nombres ronds, c'est juste. De quel nombre rond chacun est-il le plus près ?",
    ),
    tip(
        "rounds-wrong-place",
        "You made round numbers, that is right. Round both to the place that is asked.",
        "Tu as pris des nombres ronds, c'est juste. Arrondis les deux au rang demandé.",
    ),
    tip(
        "second-step-from-start",
        "Your second step is the right one. Start it from what came out of the first.",
        "Ta deuxième étape est la bonne. Pars de ce que la première a donné.",
    ),
    tip(
        "smaller-from-larger",
        "You worked column by column. Take from the top number: if it is too small, open a ten.",
        "Tu as calculé colonne par colonne. Enlève au nombre du haut : s'il est trop petit, ouvre une dizaine.",
    ),
    tip(
        "stops-after-one-step",
        "Your first step is right. Read the question again: what comes next?",
        "Ta première étape est juste. Relis la question : que faut-il faire ensuite ?",
    ),
    tip(
        "subtracts-instead",
        "You used the right numbers. Do they come together or does one leave?",
        "Tu as pris les bons nombres. Se mettent-ils ensemble ou l'un s'en va-t-il ?",
    ),
    tip(
        "uses-all-numbers",
        "You saw every number. Which of them does the question need?",
        "Tu as vu tous les nombres. Desquels la question a-t-elle besoin ?",
    ),
    tip(
        "writes-both-digits",
        "Each column was added well. Only one digit fits in a column: the new ten moves on.",
        "Chaque colonne est bien additionnée. Un seul chiffre tient dans une colonne : la nouvelle dizaine passe à côté.",
    ),
    tip(
        "wrong-column",
        "You have the right digits. Put ones under ones and tens under tens.",
        "Tu as les bons chiffres. Mets les unités sous les unités et les dizaines sous les dizaines.",
    ),
    tip(
        "wrong-family",
        "These numbers are near. A family has one whole and two parts: which three belong together?",
        "Ces nombres sont proches. Une famille a un tout et deux parties : quels sont les trois qui vont ensemble ?",
    ),
    tip(
        "wrong-sign-for-story",
        "You used the numbers of the story. Tell it in your own words: what happens?",
        "Tu as pris les nombres de l'histoire. Raconte-la avec tes mots : que se passe-t-il ?",
    ),
    tip(
        "zero-minus-n",
        "You saw the zero. Nothing is there to take from: open a ten first.",
        "Tu as vu le zéro. Il n'y a rien à enlever là : ouvre d'abord une dizaine.",
    ),
    tip("zero-one-rule", "You saw the zero. Zero takes nothing away.", "Tu as vu le zéro. Zéro n'enlève rien."),
];
