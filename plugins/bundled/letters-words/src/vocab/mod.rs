//! What words mean: several meanings, new words in a sentence, school words, groups of words. Never here: word parts,
//! opposites, reading aloud.

mod context;
mod groups;
mod groups_en;
mod groups_fr;
mod meanings;
mod school;
mod school_en;
mod school_fr;

pub use context::in_context;
pub use groups::sort_words;
pub use meanings::many_meanings;
pub use school::school_words;

use chalkbox_tool::Setup;

/// A wrong option with the misconception it shows.
type Coded = (String, Option<&'static str>);

/// A text of the tables with names and things of the place in its slots.
pub fn filled(s: &mut Setup, text: &str) -> String {
    let (name, other) = s.two_names();
    let animal = s.animal();
    let one = s.lang.pick(animal.one, animal.definite);
    text.replace("{name2}", &other).replace("{name}", &name).replace("{animal}", &one).replace("{place}", "Kasa")
}
