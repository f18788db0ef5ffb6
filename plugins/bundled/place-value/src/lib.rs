//! The tool for place value and comparing numbers, to ten and up to 10 000 (numeracy.place.*).
//! Never here: counting things, or adding.

mod digits;
mod hundreds;
mod lines;
mod order;
mod reading;
mod teens;
mod ten_more;
mod tens;
mod thousands;

use chalkbox_tool::{Skill, Tip, Tool, export_tool};

/// The tool.
pub struct PlaceValue;

impl Tool for PlaceValue {
    const SKILLS: &'static [Skill] = &[
        Skill { id: "numeracy.place.compare-10", plan: order::compare_10 },
        Skill { id: "numeracy.place.teens", plan: teens::teens },
        Skill { id: "numeracy.place.read-99", plan: reading::read_99 },
        Skill { id: "numeracy.place.tens-ones", plan: tens::tens_ones },
        Skill { id: "numeracy.place.order-99", plan: order::order_99 },
        Skill { id: "numeracy.place.line-100", plan: lines::line_100 },
        Skill { id: "numeracy.place.ten-more-less", plan: ten_more::ten_more_less },
        Skill { id: "numeracy.place.read-999", plan: hundreds::read_999 },
        Skill { id: "numeracy.place.expand-999", plan: hundreds::expand_999 },
        Skill { id: "numeracy.place.order-999", plan: order::order_999 },
        Skill { id: "numeracy.place.round-10-100", plan: lines::round_10_100 },
        Skill { id: "numeracy.place.to-10000", plan: thousands::to_10000 },
        Skill { id: "numeracy.place.times-10-100", plan: thousands::times_10_100 },
    ];
    const TIPS: &'static [Tip] = TIPS;
}

export_tool!(PlaceValue);

const fn tip(code: &'static str, en: &'static str, fr: &'static str) -> Tip {
    Tip { code, en, fr }
}

const TIPS: &[Tip] = &[
    tip(
        "more-fewer-swapped",
        "Read again: bigger or smaller? First which?",
        "Relis : plus grand ou plus petit ? Lequel d'abord ?",
    ),
    tip(
        "looks-alike-numeral",
        "Look closely at 6 and 9: where is the belly?",
        "Regarde bien le 6 et le 9 : où est le ventre ?",
    ),
    tip("sign-reversed", "The open side looks at the bigger number.", "Le côté ouvert regarde le plus grand nombre."),
    tip("zero-is-big", "Zero is an empty plate. Is that a lot?", "Zéro, c'est une assiette vide. Est-ce beaucoup ?"),
    tip(
        "swaps-digits",
        "Which digit tells the tens? Say the number slowly.",
        "Quel chiffre dit les dizaines ? Dis le nombre lentement.",
    ),
    tip(
        "zero-moved",
        "Which column is empty? That one gets the 0.",
        "Quelle colonne est vide ? C'est elle qui reçoit le 0.",
    ),
    tip(
        "drops-zero",
        "An empty column needs a 0. A 0 keeps the place.",
        "Une colonne vide a besoin d'un 0. Le 0 garde la place.",
    ),
    tip(
        "compares-ones",
        "Start on the left: that column counts most.",
        "Commence à gauche : cette colonne compte le plus.",
    ),
    tip(
        "repeats-given-number",
        "That number was given. Go one step inside.",
        "Ce nombre était donné. Fais un pas à l'intérieur.",
    ),
    tip("teen-ty", "Is it ten and some, or some tens?", "Est-ce dix et quelques, ou plusieurs dizaines ?"),
    tip(
        "face-value",
        "Look at the place of the digit: ones, tens or hundreds?",
        "Regarde la place du chiffre : unités, dizaines ou centaines ?",
    ),
    tip(
        "writes-as-heard",
        "Each column has room for one digit only.",
        "Chaque colonne n'a de place que pour un chiffre.",
    ),
    tip(
        "counts-one-twice",
        "Was one counted twice? One touch, one word.",
        "L'un a-t-il été compté deux fois ? Un toucher, un mot.",
    ),
    tip("misses-one", "Count the ten again, then the rest.", "Recompte la dizaine, puis le reste."),
    tip("number-name-slip", "Listen again, one part after the other.", "Écoute encore, une partie après l'autre."),
    tip(
        "order-not-unit",
        "Which part is tens, which is ones? Sort them first.",
        "Quelle partie est en dizaines, laquelle en unités ? Trie d'abord.",
    ),
    tip("step-of-one", "The step is ten: the tens change.", "Le pas est de dix : ce sont les dizaines qui changent."),
    tip("wrong-direction", "Should it get bigger or smaller?", "Doit-il devenir plus grand ou plus petit ?"),
    tip("changes-both-digits", "Only one digit changes. Which one?", "Un seul chiffre change. Lequel ?"),
    tip("wrong-column", "Look at the columns: which one is meant?", "Regarde les colonnes : laquelle est concernée ?"),
    tip("small-numbers-wide", "Find the middle of the line first.", "Trouve d'abord le milieu de la ligne."),
    tip("line-end-ignored", "Look at both ends of the line first.", "Regarde d'abord les deux bouts de la ligne."),
    tip("counts-steps-as-ones", "How big is one small step?", "Combien vaut un petit pas ?"),
    tip(
        "rounds-down-always",
        "Look at the end above too. Which is nearer?",
        "Regarde aussi le bout du haut. Lequel est plus près ?",
    ),
    tip(
        "rounds-up-always",
        "Look at the end below too. Which is nearer?",
        "Regarde aussi le bout du bas. Lequel est plus près ?",
    ),
    tip(
        "rounds-in-chain",
        "Start from the number itself, not from one already rounded.",
        "Pars du nombre lui-même, pas d'un nombre déjà arrondi.",
    ),
    tip(
        "rounds-wrong-place",
        "Which place is asked for: tens, hundreds or thousands?",
        "Quelle place demande-t-on : dizaines, centaines ou milliers ?",
    ),
    tip("keeps-other-digits", "A round number ends in zeros.", "Un nombre arrondi finit par des zéros."),
    tip(
        "adds-instead-of-multiplies",
        "Times means that many groups, not that many more.",
        "Fois veut dire autant de groupes, pas autant de plus.",
    ),
    tip(
        "subtracts-instead-of-divides",
        "Divide means share into equal parts, not take away.",
        "Diviser, c'est partager en parts égales, pas enlever.",
    ),
    tip(
        "wrong-power-of-ten",
        "Count the places: one for 10, two for 100.",
        "Compte les places : une pour 10, deux pour 100.",
    ),
    tip("stops-half-way", "That is the first step. One more to go.", "C'est le premier pas. Il en reste un."),
];

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_every_promise_of_the_contract() {
        chalkbox_tool::check::check_tool::<super::PlaceValue>(include_str!("../pack.toml"));
    }
}
