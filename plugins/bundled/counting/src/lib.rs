//! The tool for counting: amounts to ten, the row of numbers to twenty, steps of ten, two and five (numeracy.count.*).
//! Never here: what can only be heard (saying, reading numerals aloud) or written by hand; that waits for sound and paper.

mod amounts;
mod places;
mod row_to_20;
mod runs;
mod sets;
mod steps;

use chalkbox_tool::{Skill, Tip, Tool, export_tool};

/// The tool.
pub struct Counting;

impl Tool for Counting {
    const SKILLS: &'static [Skill] = &[
        Skill { id: "numeracy.count.see-1-to-3", plan: amounts::see_1_to_3 },
        Skill { id: "numeracy.count.touch-to-5", plan: amounts::touch_to_5 },
        Skill { id: "numeracy.count.how-many-10", plan: amounts::how_many_10 },
        Skill { id: "numeracy.count.match-to-10", plan: sets::match_to_10 },
        Skill { id: "numeracy.count.give-to-10", plan: sets::give_to_10 },
        Skill { id: "numeracy.count.compare-sets", plan: sets::compare_sets },
        Skill { id: "numeracy.count.on-to-20", plan: row_to_20::on_to_20 },
        Skill { id: "numeracy.count.back-20", plan: row_to_20::back_20 },
        Skill { id: "numeracy.count.before-after", plan: row_to_20::before_after },
        Skill { id: "numeracy.count.ordinal-10", plan: places::ordinal_10 },
        Skill { id: "numeracy.count.tens-to-100", plan: steps::tens_to_100 },
        Skill { id: "numeracy.count.twos-fives", plan: steps::twos_fives },
    ];
    const TIPS: &'static [Tip] = TIPS;
}

export_tool!(Counting);

const fn tip(code: &'static str, en: &'static str, fr: &'static str) -> Tip {
    Tip { code, en, fr }
}

const TIPS: &[Tip] = &[
    tip(
        "counts-one-twice",
        "Was one counted twice? One touch, one word.",
        "L'un a-t-il été compté deux fois ? Un toucher, un mot.",
    ),
    tip(
        "misses-one",
        "Was one left out? Go from one end to the other.",
        "En as-tu oublié un ? Va d'un bout à l'autre.",
    ),
    tip(
        "counts-all-things",
        "Look again at what is asked for. Count only that kind.",
        "Regarde ce qui est demandé. Compte seulement cette sorte.",
    ),
    tip(
        "bigger-looks-more",
        "Something can look big and still be few. Count to be sure.",
        "Cela peut sembler grand et être peu. Compte pour vérifier.",
    ),
    tip(
        "spread-changes-number",
        "They only moved apart. Did any come or go?",
        "Elles se sont seulement écartées. En est-il venu ou parti ?",
    ),
    tip("no-cardinality", "Which word came last in the counting?", "Quel mot est venu en dernier en comptant ?"),
    tip(
        "looks-alike-numeral",
        "Look closely at the number: which one is it?",
        "Regarde bien le nombre : lequel est-ce ?",
    ),
    tip(
        "gives-all",
        "Keep the number in mind and stop when you reach it.",
        "Garde le nombre en tête et arrête-toi quand tu y arrives.",
    ),
    tip("grabs-some", "Count each one aloud as you touch it.", "Compte chacun à voix haute en le touchant."),
    tip(
        "more-fewer-swapped",
        "More means some are left over. Fewer means some are missing.",
        "Plus, c'est qu'il en reste. Moins, c'est qu'il en manque.",
    ),
    tip(
        "same-missed",
        "Pair them one by one. Is any left without a partner?",
        "Fais des paires. En reste-t-il un tout seul ?",
    ),
    tip(
        "starts-from-one",
        "You can start in the middle. Say the last number and go on.",
        "Tu peux partir du milieu. Dis le dernier nombre et continue.",
    ),
    tip(
        "skips-number",
        "A step was too long. Say every number on the way.",
        "Un pas était trop grand. Dis chaque nombre en chemin.",
    ),
    tip(
        "wrong-direction",
        "Which way do we go, up or down? Point first, then step.",
        "Dans quel sens va-t-on ? Montre d'abord, puis avance.",
    ),
    tip(
        "counts-the-start",
        "Stand on the start, jump, and only then say one.",
        "Place-toi au départ, saute, et dis un seulement après.",
    ),
    tip("teen-ty", "Listen to the end of the word: teen or ty?", "Écoute bien la fin du mot."),
    tip(
        "repeats-given-number",
        "That is the number you were given. Take one step from it.",
        "C'est le nombre donné. Fais un pas à partir de lui.",
    ),
    tip("wrong-end", "Find the front first, and start there.", "Trouve d'abord la tête de la file et commence là."),
    tip("ordinal-as-amount", "This place belongs to one only. Which one?", "Cette place est pour un seul. Lequel ?"),
    tip(
        "step-of-one",
        "Each step is bigger than one. How big is it?",
        "Chaque pas est plus grand que un. De combien ?",
    ),
    tip(
        "wrong-step-size",
        "Look at the first two numbers: how big is one step?",
        "Regarde les deux premiers nombres : de combien est le pas ?",
    ),
    tip(
        "counts-groups",
        "You counted the groups. How many are in each one?",
        "Tu as compté les groupes. Combien y en a-t-il dans chacun ?",
    ),
];

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_every_promise_of_the_contract() {
        chalkbox_tool::check::check_tool::<super::Counting>(include_str!("../pack.toml"));
    }
}
