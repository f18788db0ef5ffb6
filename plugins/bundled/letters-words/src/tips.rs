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
    tip(
        "upside-letter",
        "Look where the letter is open: up or down?",
        "Regarde où la lettre est ouverte : en haut ou en bas ?",
    ),
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
    tip(
        "first-letter-only",
        "Look at all the letters, not only at the first one.",
        "Regarde toutes les lettres, pas seulement la première.",
    ),
    tip(
        "swaps-neighbours",
        "Compare the two that stand side by side once more.",
        "Compare encore les deux qui sont côte à côte.",
    ),
    tip(
        "orders-by-length",
        "Long or short does not count here: go by the letters.",
        "La longueur ne compte pas ici : suis l'ordre des lettres.",
    ),
    tip(
        "first-sound-guess",
        "The start is right. Now read on to the last letter.",
        "Le début est juste. Lis maintenant jusqu'à la dernière lettre.",
    ),
    tip(
        "vowel-swap",
        "Look at the vowel in the middle and say its sound again.",
        "Regarde bien la voyelle et redis son bruit.",
    ),
    tip(
        "drops-last-sound",
        "You began well. Which letter stands at the end?",
        "Tu as bien commencé. Que lis-tu tout à la fin ?",
    ),
    tip("order-reversed", "Start at the first letter and go along.", "Pars de la première lettre et avance."),
    tip(
        "drops-cluster-sound",
        "Two consonants stand together. Say both of them.",
        "Deux consonnes sont côte à côte. Dis les deux.",
    ),
    tip(
        "adds-vowel-in-cluster",
        "Nothing stands between these two consonants. Say them close together.",
        "Il n'y a rien entre ces deux consonnes. Dis-les l'une contre l'autre.",
    ),
    tip(
        "letter-order-swap",
        "You have all the letters. Look at their order.",
        "Tu as toutes les lettres. Regarde leur ordre.",
    ),
    tip(
        "splits-digraph",
        "Two letters work together here and make one sound.",
        "Ici deux lettres travaillent ensemble et font un seul son.",
    ),
    tip(
        "confuses-near-sound",
        "These two sounds are near. Feel your lips and your throat.",
        "Ces deux sons sont proches. Sens tes lèvres et ta gorge.",
    ),
    tip(
        "short-for-long",
        "The vowel has a helper. Read both together.",
        "La voyelle n'est pas seule. Lis les lettres ensemble.",
    ),
    tip(
        "syllable-drop",
        "A part is missing or stands twice. Read the parts one by one.",
        "Une partie manque ou revient deux fois. Lis les parties une à une.",
    ),
    tip(
        "first-part-guess",
        "The start is right. Cover it and read the end.",
        "Le début est juste. Cache-le et lis la fin.",
    ),
    tip(
        "parts-swapped",
        "You have the parts. Say them in this order: is it a word?",
        "Tu as les parties. Dis-les dans cet ordre : est-ce un mot ?",
    ),
    tip(
        "vowel-omitted",
        "Something is missing between the consonants. Which vowel?",
        "Il manque quelque chose entre les consonnes. Quelle voyelle ?",
    ),
    tip(
        "letter-omitted",
        "One letter is missing. Go through the word letter by letter.",
        "Il manque une lettre. Parcours le mot lettre par lettre.",
    ),
    tip(
        "phonetic-spelling",
        "It sounds like that. Yet it is written in another way.",
        "Cela se dit ainsi. Mais cela s'écrit autrement.",
    ),
    tip(
        "same-sound-other-spelling",
        "The sound is right. Here other letters write it.",
        "Le son est juste. Ici, d'autres lettres l'écrivent.",
    ),
    tip(
        "no-double",
        "Look at the place where the base meets the ending: something changes there.",
        "Regarde l'endroit où la base touche la terminaison : quelque chose y change.",
    ),
    tip(
        "same-for-opposite",
        "That means nearly the same. Turn it round.",
        "Cela veut dire presque la même chose. Cherche l'inverse.",
    ),
    tip(
        "opposite-for-same",
        "That is the other way round. Look for what says the same.",
        "C'est l'inverse. Cherche ce qui dit la même chose.",
    ),
    tip(
        "related-thing",
        "That often goes with it. Yet what does the word itself mean?",
        "Cela va souvent avec. Mais que veut dire le mot lui-même ?",
    ),
    tip(
        "adds-not",
        "With “not” it is true. There is a word of its own for it.",
        "Avec « pas », c'est vrai. Il y a aussi un mot exprès.",
    ),
    tip(
        "prefix-ignored",
        "Look at the part in front of the base: what does it do?",
        "Regarde le morceau devant la base : que change-t-il ?",
    ),
    tip(
        "affix-only",
        "You know what the small part does. Now join it with the base.",
        "Tu sais ce que fait le petit morceau. Assemble-le avec la base.",
    ),
    tip(
        "false-affix",
        "Take the part off: the rest means something here. Look for a word where it does not.",
        "Enlève le morceau : ici, le reste veut dire quelque chose. Cherche un mot où ce n'est pas le cas.",
    ),
    tip(
        "drops-ending",
        "The base is right. Now look at what stands behind it.",
        "La base est juste. Regarde maintenant ce qui vient derrière.",
    ),
    tip(
        "wrong-ending",
        "The base is right. Which ending says what is asked?",
        "La base est juste. Quelle fin dit ce qu'on demande ?",
    ),
    tip("base-changed", "Take the ending off and read the base again.", "Enlève la fin et relis la base."),
    tip(
        "over-regular",
        "That is how most words do it. This one has a way of its own.",
        "La plupart des mots font ainsi. Celui-ci fait autrement.",
    ),
    tip(
        "too-general",
        "That is true of many more things. Find the closer word.",
        "C'est vrai de bien d'autres choses. Trouve le mot plus précis.",
    ),
    tip(
        "fits-topic-only",
        "It could stand in such a text. Does it fit into this sentence?",
        "Cela pourrait être dans un tel texte. Cela va-t-il dans cette phrase ?",
    ),
    tip(
        "clue-word-itself",
        "It stands close by. Which words explain it?",
        "C'est tout près. Mais quels mots l'expliquent ?",
    ),
    tip(
        "common-sense-only",
        "It can mean that as well. What does it mean in this sentence?",
        "Il peut aussi vouloir dire cela. Que veut-il dire dans cette phrase ?",
    ),
    tip(
        "everyday-sense",
        "At home it means that. What does it mean in the lesson?",
        "À la maison, c'est cela. Que veut-il dire en classe ?",
    ),
    tip(
        "example-for-meaning",
        "That is an example. What do all the examples share?",
        "C'est un exemple. Qu'ont en commun tous les exemples ?",
    ),
    tip(
        "ignores-small-word",
        "Look at the small words again: they change the meaning.",
        "Regarde encore les petits mots : ils changent le sens.",
    ),
    tip(
        "first-word-match",
        "The first part is right. Now check the rest of the sentence.",
        "Le début est juste. Vérifie maintenant le reste de la phrase.",
    ),
    tip(
        "who-whom-swap",
        "Who does it, or which comes first? Read it once more.",
        "Qui le fait, ou qui vient d'abord ? Relis encore.",
    ),
    tip(
        "missing-capital",
        "Look at the first letter of each sentence.",
        "Regarde la première lettre de chaque phrase.",
    ),
    tip(
        "no-end-mark",
        "Where does the sentence end? Something must stand there.",
        "Où la phrase finit-elle ? Il y faut quelque chose.",
    ),
    tip("no-spaces", "Two words touch. Put a space between them.", "Deux mots se touchent. Il faut un espace."),
    tip(
        "wrong-mark",
        "Read it as it is marked. Does it sound right?",
        "Lis comme les signes le disent. Est-ce que cela sonne juste ?",
    ),
    tip(
        "comma-for-stop",
        "Each part can stand alone: a comma is too weak here.",
        "Chaque partie peut être seule : la virgule est trop faible ici.",
    ),
    tip(
        "runs-past-stops",
        "Your voice makes short stops here. Mark them.",
        "Ta voix fait ici de petites pauses. Marque-les.",
    ),
    tip(
        "speech-whole-sentence",
        "Only what comes out of the mouth stands between the marks.",
        "Seul ce qui sort de la bouche est entre guillemets.",
    ),
    tip("speech-unmarked", "Somebody speaks here. Which words are that?", "Quelqu'un parle ici. Quels mots dit-il ?"),
];
