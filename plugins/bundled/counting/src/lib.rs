//! The tool for counting: amounts to 10, the row of numbers to 20, steps of ten, two and five (numeracy.count.*).
mod amounts;
use chalkbox_tool::{Skill, Tip, Tool, export_tool};

/// The tool.
pub struct Counting;

impl Tool for Counting {
    const SKILLS: &'static [Skill] = &[Skill { id: "numeracy.count.see-1-to-3", plan: amounts::see_1_to_3 }];
    const TIPS: &'static [Tip] = &[];
}

export_tool!(Counting);
