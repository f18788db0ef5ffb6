//! The tool for adding and taking away (numeracy.add.*): from things on a cloth to columns, stories and estimates.
//! Never here: multiplying, or how a response is judged.

mod first;
mod forms;
mod help;
mod tips;

use chalkbox_tool::{Skill, Tip, Tool, export_tool};

/// Adds and takes away.
pub struct Adding;

impl Tool for Adding {
    const SKILLS: &'static [Skill] = &[
        Skill { id: "numeracy.add.objects-5", plan: first::objects_5 },
        Skill { id: "numeracy.add.parts-of-5", plan: first::parts_of_5 },
        Skill { id: "numeracy.add.signs", plan: first::signs },
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
