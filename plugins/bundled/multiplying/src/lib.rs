//! The tool for multiplying and dividing (numeracy.mult.*): from equal groups and fair shares over tables and stories
//! to written sums, factors and stories of several steps.
//! Never here: adding in columns, or how a response is judged.

mod arrays;
mod columns;
mod divide;
mod factors;
mod groups;
mod help;
mod inverse;
mod long;
mod many_steps;
mod meaning;
mod rectangles;
mod remainder;
mod rules;
mod share;
mod stories;
mod tables;
mod tips;

use chalkbox_tool::{Skill, Tip, Tool, export_tool};

/// Multiplies and divides.
pub struct Multiplying;

impl Tool for Multiplying {
    const SKILLS: &'static [Skill] = &[
        Skill { id: "numeracy.mult.equal-groups", plan: groups::equal_groups },
        Skill { id: "numeracy.mult.share", plan: share::share },
        Skill { id: "numeracy.mult.arrays", plan: arrays::arrays },
        Skill { id: "numeracy.mult.doubles-halves", plan: groups::doubles_halves },
        Skill { id: "numeracy.mult.tables-2-5-10", plan: tables::tables_2_5_10 },
        Skill { id: "numeracy.mult.tables-3-4", plan: tables::tables_3_4 },
        Skill { id: "numeracy.mult.tables-10", plan: tables::tables_10 },
        Skill { id: "numeracy.mult.divide-meaning", plan: meaning::divide_meaning },
        Skill { id: "numeracy.mult.inverse", plan: inverse::inverse },
        Skill { id: "numeracy.mult.divide-facts", plan: divide::divide_facts },
        Skill { id: "numeracy.mult.story", plan: stories::story },
        Skill { id: "numeracy.mult.rules", plan: rules::rules },
        Skill { id: "numeracy.mult.two-by-one", plan: columns::two_by_one },
        Skill { id: "numeracy.mult.remainder", plan: remainder::remainder },
        Skill { id: "numeracy.mult.divide-long", plan: long::divide_long },
        Skill { id: "numeracy.mult.two-by-two", plan: rectangles::two_by_two },
        Skill { id: "numeracy.mult.multi-step-story", plan: many_steps::multi_step_story },
        Skill { id: "numeracy.mult.factors", plan: factors::factors },
    ];
    const TIPS: &'static [Tip] = tips::TIPS;
}

export_tool!(Multiplying);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tool_keeps_every_promise() {
        chalkbox_tool::check::check_tool::<Multiplying>(include_str!("../pack.toml"));
    }
}
