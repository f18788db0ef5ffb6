//! What a digital tool needs to be written in Rust: the contract's types, a planner that derives all four calls from one
//! plan, a seeded generator, words in two languages and a test kit. Never here: any skill's content, any clock, any I/O.
//!
//! A tool is one crate (`crate-type = ["cdylib", "rlib"]`). For each skill it has a planner: a pure function from the ask to
//! a [`Problem`], which holds the question, the right answer, the wrong answers with the misconception each one shows,
//! the hints and the worked steps. `generate`, `evaluate`, `hint` and `solve` all follow from that plan, so they cannot
//! disagree. The same code is tested natively with [`check::check_tool`] and built to WebAssembly by `cargo xtask plugins`.
//!
//! # A whole tool
//!
//! ```
//! use chalkbox_tool::{Answer, Figure, Layout, Problem, Setup, Skill, Tip, Tool, dots, export_tool, say};
//!
//! /// Counts small groups.
//! pub struct Groups;
//!
//! impl Tool for Groups {
//!     const SKILLS: &'static [Skill] = &[Skill { id: "numeracy.count.how-many-10", plan: how_many }];
//!     const TIPS: &'static [Tip] = &[Tip {
//!         code: "misses-one",
//!         en: "Move each thing aside as you say its word.",
//!         fr: "Déplace chaque chose en disant son mot.",
//!     }];
//! }
//!
//! /// Dots to count: few and in a line in the easy bands, more and scattered in the hard ones.
//! fn how_many(s: &mut Setup) -> Problem {
//!     let n = s.rng.range(1 + i64::from(s.band), 4 + i64::from(s.band));
//!     let layout = if s.band < 2 { Layout::Line } else { Layout::Scattered };
//!     let answer = Answer::number(n, &[(n - 1, "misses-one")]);
//!     Problem::new(answer)
//!         .tell(say!(s.lang, "How many dots do you see?", "Combien de points vois-tu ?"))
//!         .figure(dots(n, layout))
//!         .hint(say!(s.lang, "Touch one dot, say one word.", "Touche un point, dis un mot."))
//!         .hint(say!(s.lang, "The last word you say tells how many: {n}.", "Le dernier mot dit combien : {n}."))
//!         .step(say!(s.lang, "Count each dot once. The last word is {n}.", "Compte chaque point une fois. Le dernier mot est {n}."))
//!         .praise(say!(s.lang, "Yes, you counted each dot once.", "Oui, tu as compté chaque point une fois."))
//!         .seconds(15)
//! }
//!
//! export_tool!(Groups);
//!
//! # let ask = chalkbox_tool::check::ask("numeracy.count.how-many-10", 0.5, 7, "en");
//! # let solution = Groups::solve(&ask).unwrap();
//! # assert_eq!(Groups::evaluate(&ask, &solution.response).unwrap().score, 1.0);
//! ```
//!
//! # Habits that keep a tool right
//!
//! * Draw every number from [`Setup::rng`]; decide by [`Setup::band`] (0 to 4). Nothing else may vary.
//! * Never branch on the language before drawing: an item has the same numbers in every language.
//! * Write every instruction with [`Problem::tell`], which is shown and spoken: who cannot read yet can still play.
//! * List wrong answers by the rule that makes them; an entry equal to the right answer is dropped for you.
//! * Hints climb: point at something, show a smaller case, then do the first step. Only the last may hold the answer.

#[allow(missing_docs, unsafe_code, clippy::all, clippy::unwrap_used)]
pub mod bindings {
    //! The contract's types and glue, generated from the WIT. Use the names re-exported at the root of the crate.
    wit_bindgen::generate!({
        path: "../wit",
        world: "tool",
        pub_export_macro: true,
        export_macro_name: "export_component",
        default_bindings_module: "chalkbox_tool::bindings",
        additional_derives: [PartialEq],
    });
}

mod answer;
#[cfg(not(target_arch = "wasm32"))]
pub mod check;
pub mod forms;
mod judge;
mod lang;
mod numbers;
mod problem;
mod rng;
mod setup;
mod things;
mod tool;

pub use answer::{Answer, Judge, Rule, Wrong};
pub use bindings::exports::chalkbox::activity::activity::{
    Ask, Bar, BaseTen, Block, Chart, ChartForm, Choice, ChoiceOption, ClockFace, Custom, Dots, Fallback, Fault, Figure,
    Fraction, FractionForm, Gap, GapMatch, Grid, Groups, Interaction, Item, Layout, LocalContext, MatchPairs, Media,
    NumberEntry, NumberForm, NumberLine, Response, Solution, TapCount, TextEntry, Thing, Verdict,
};
pub use lang::{Lang, counted, de, french_spaces, number_words, ordinal, spoken_math};
pub use numbers::{Rational, band, distractors, parse_number};
pub use problem::{Problem, base_ten, both, dots, groups, line, number_card, row, ten_frame, text};
pub use rng::Rng;
pub use setup::Setup;
pub use things::{PICTURES, Picture};
pub use tool::{Planner, Skill, Tip, Tool};

/// Chooses the text of the ask's language: `say!(lang, "{n} beans", "{n} haricots")`. Both take `format!` arguments in line.
/// French marks get their unbreakable space.
#[macro_export]
macro_rules! say {
    ($lang:expr, $en:literal, $fr:literal $(,)?) => {
        match $lang {
            $crate::Lang::En => ::std::format!($en),
            $crate::Lang::Fr => $crate::french_spaces(&::std::format!($fr)),
        }
    };
}

/// Makes a type that implements [`Tool`] the tool of this crate's component. Does nothing in a native build.
#[macro_export]
macro_rules! export_tool {
    ($tool:ident) => {
        #[cfg(target_arch = "wasm32")]
        #[allow(unsafe_code, missing_docs)]
        mod chalkbox_component {
            struct Component;

            impl $crate::bindings::exports::chalkbox::activity::activity::Guest for Component {
                fn generate(ask: $crate::Ask) -> ::std::result::Result<$crate::Item, $crate::Fault> {
                    <super::$tool as $crate::Tool>::generate(&ask)
                }
                fn evaluate(
                    ask: $crate::Ask,
                    response: $crate::Response,
                ) -> ::std::result::Result<$crate::Verdict, $crate::Fault> {
                    <super::$tool as $crate::Tool>::evaluate(&ask, &response)
                }
                fn hint(
                    ask: $crate::Ask,
                    level: u8,
                ) -> ::std::result::Result<::std::vec::Vec<$crate::Block>, $crate::Fault> {
                    <super::$tool as $crate::Tool>::hint(&ask, level)
                }
                fn solve(ask: $crate::Ask) -> ::std::result::Result<$crate::Solution, $crate::Fault> {
                    <super::$tool as $crate::Tool>::solve(&ask)
                }
            }

            $crate::bindings::export_component!(Component with_types_in $crate::bindings);
        }
    };
}
