//! The tool for adding and taking away (numeracy.add.*): from things on a cloth to columns, stories and estimates.
//! Never here: multiplying, or how a response is judged.

mod columns;
mod count;
mod estimate;
mod first;
mod help;
mod hundreds;
mod signs;
mod slips;
mod stories;
mod ten;
mod tens;
mod tips;
mod twenty;
mod two_steps;

use chalkbox_tool::{Skill, Tip, Tool, export_tool};

/// Adds and takes away.
pub struct Adding;

impl Tool for Adding {
    const SKILLS: &'static [Skill] = &[
        Skill { id: "numeracy.add.objects-5", plan: first::objects_5 },
        Skill { id: "numeracy.add.parts-of-5", plan: first::parts_of_5 },
        Skill { id: "numeracy.add.signs", plan: signs::signs },
        Skill { id: "numeracy.add.within-10", plan: ten::within_10 },
        Skill { id: "numeracy.add.sub-within-10", plan: ten::sub_within_10 },
        Skill { id: "numeracy.add.make-10", plan: ten::make_10 },
        Skill { id: "numeracy.add.within-20", plan: twenty::within_20 },
        Skill { id: "numeracy.add.sub-within-20", plan: twenty::sub_within_20 },
        Skill { id: "numeracy.add.families", plan: twenty::families },
        Skill { id: "numeracy.add.tens-no-regroup", plan: tens::tens_no_regroup },
        Skill { id: "numeracy.add.two-digit", plan: tens::two_digit },
        Skill { id: "numeracy.add.sub-two-digit-no-regroup", plan: tens::sub_two_digit_no_regroup },
        Skill { id: "numeracy.add.sub-two-digit", plan: tens::sub_two_digit },
        Skill { id: "numeracy.add.three-digit", plan: hundreds::three_digit },
        Skill { id: "numeracy.add.sub-three-digit", plan: hundreds::sub_three_digit },
        Skill { id: "numeracy.add.story-20", plan: stories::story_20 },
        Skill { id: "numeracy.add.story-compare-20", plan: stories::story_compare_20 },
        Skill { id: "numeracy.add.two-step-story", plan: two_steps::two_step_story },
        Skill { id: "numeracy.add.estimate", plan: estimate::estimate },
    ];
    const TIPS: &'static [Tip] = tips::TIPS;
}

export_tool!(Adding);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tool_keeps_every_promise() {
        chalkbox_tool::check::check_tool::<Adding>(include_str!("../pack.toml"));
    }
}
