//! Version 1 of the contract: bindings made from the WIT, and the way between them and the domain's own types,
//! field by field. No limits and no meaning are checked here.

use super::{Answer, Guest, GuestFault};
use crate::meter::Meter;
use chalkbox_domain::item as own;
use wasmtime::Store;
use wasmtime::component::{Component, Linker};

/// The interface that a component of this version exports, up to the minor version.
pub(super) const INTERFACE: &str = "chalkbox:activity/activity@1.";

#[allow(missing_docs)]
mod bindings {
    wasmtime::component::bindgen!({ path: "../../plugins/wit", world: "tool" });
}

use bindings::exports::chalkbox::activity::activity as wit;
use bindings::{Tool, ToolPre};

struct GuestV1(ToolPre<Meter>);

/// A guest of this version.
pub(super) fn adapt(linker: &Linker<Meter>, component: &Component) -> wasmtime::Result<Box<dyn Guest>> {
    Ok(Box::new(GuestV1(ToolPre::new(linker.instantiate_pre(component)?)?)))
}

impl GuestV1 {
    fn call<T, U>(
        &self,
        store: &mut Store<Meter>,
        call: impl FnOnce(&wit::Guest, &mut Store<Meter>) -> wasmtime::Result<Result<T, wit::Fault>>,
        lift: impl FnOnce(T) -> U,
    ) -> Answer<U> {
        let tool: Tool = self.0.instantiate(&mut *store)?;
        Ok(call(tool.chalkbox_activity_activity(), store)?.map(lift).map_err(GuestFault::from))
    }
}

impl Guest for GuestV1 {
    fn generate(&self, store: &mut Store<Meter>, ask: &own::Ask) -> Answer<own::Item> {
        let ask = wit::Ask::from(ask);
        self.call(store, |tool, store| tool.call_generate(store, &ask), own::Item::from)
    }

    fn evaluate(&self, store: &mut Store<Meter>, ask: &own::Ask, response: &own::Response) -> Answer<own::Verdict> {
        let (ask, response) = (wit::Ask::from(ask), wit::Response::from(response.clone()));
        self.call(store, |tool, store| tool.call_evaluate(store, &ask, &response), own::Verdict::from)
    }

    fn hint(&self, store: &mut Store<Meter>, ask: &own::Ask, level: u8) -> Answer<Vec<own::Block>> {
        let ask = wit::Ask::from(ask);
        self.call(store, |tool, store| tool.call_hint(store, &ask, level), each)
    }

    fn solve(&self, store: &mut Store<Meter>, ask: &own::Ask) -> Answer<own::Solution> {
        let ask = wit::Ask::from(ask);
        self.call(store, |tool, store| tool.call_solve(store, &ask), own::Solution::from)
    }
}

fn each<T, U: From<T>>(values: Vec<T>) -> Vec<U> {
    values.into_iter().map(U::from).collect()
}

// What goes in.

impl From<&own::Ask> for wit::Ask {
    fn from(ask: &own::Ask) -> Self {
        Self {
            skill: ask.skill.as_str().to_owned(),
            difficulty: ask.difficulty,
            seed: ask.seed,
            locale: ask.locale.clone(),
            context: wit::LocalContext::from(&ask.context),
        }
    }
}

impl From<&own::LocalContext> for wit::LocalContext {
    fn from(context: &own::LocalContext) -> Self {
        let things = |things: &[own::Thing]| things.iter().map(wit::Thing::from).collect();
        Self {
            names: context.names.clone(),
            foods: things(&context.foods),
            animals: things(&context.animals),
            objects: things(&context.objects),
            currency: context.currency.clone(),
            coins: context.coins.clone(),
        }
    }
}

impl From<&own::Thing> for wit::Thing {
    fn from(thing: &own::Thing) -> Self {
        Self {
            one: thing.one.clone(),
            many: thing.many.clone(),
            indefinite: thing.indefinite.clone(),
            definite: thing.definite.clone(),
            some: thing.some.clone(),
        }
    }
}

impl From<own::Response> for wit::Response {
    fn from(response: own::Response) -> Self {
        match response {
            own::Response::Choice { ids } => Self::Choice(ids),
            own::Response::Text { value } => Self::Text(value),
            own::Response::Number { value } => Self::Number(value),
            own::Response::Order { ids } => Self::Order(ids),
            own::Response::Pairs { pairs } => Self::Pairs(pairs),
            own::Response::Point { x, y } => Self::Point((x, y)),
            own::Response::Count { value } => Self::Count(value),
            own::Response::Custom { value } => Self::Custom(value),
            own::Response::Skipped => Self::Skipped,
        }
    }
}

// What comes out.

impl From<wit::Response> for own::Response {
    fn from(response: wit::Response) -> Self {
        match response {
            wit::Response::Choice(ids) => Self::Choice { ids },
            wit::Response::Text(value) => Self::Text { value },
            wit::Response::Number(value) => Self::Number { value },
            wit::Response::Order(ids) => Self::Order { ids },
            wit::Response::Pairs(pairs) => Self::Pairs { pairs },
            wit::Response::Point((x, y)) => Self::Point { x, y },
            wit::Response::Count(value) => Self::Count { value },
            wit::Response::Custom(value) => Self::Custom { value },
            wit::Response::Skipped => Self::Skipped,
        }
    }
}

impl From<wit::Fault> for GuestFault {
    fn from(fault: wit::Fault) -> Self {
        match fault {
            wit::Fault::UnknownSkill => Self::UnknownSkill,
            wit::Fault::BadResponse(why) => Self::BadResponse(why),
            wit::Fault::Internal(why) => Self::Internal(why),
        }
    }
}

impl From<wit::Item> for own::Item {
    fn from(item: wit::Item) -> Self {
        Self { body: each(item.body), interaction: item.interaction.into(), hints: item.hints, seconds: item.seconds }
    }
}

impl From<wit::Verdict> for own::Verdict {
    fn from(verdict: wit::Verdict) -> Self {
        Self { score: verdict.score, feedback: each(verdict.feedback), misconception: verdict.misconception }
    }
}

impl From<wit::Solution> for own::Solution {
    fn from(solution: wit::Solution) -> Self {
        Self { response: solution.response.into(), steps: each(solution.steps) }
    }
}

impl From<wit::Block> for own::Block {
    fn from(block: wit::Block) -> Self {
        match block {
            wit::Block::Text(text) => Self::Text { text },
            wit::Block::Speech(text) => Self::Speech { text },
            wit::Block::Math(text) => Self::Math { text },
            wit::Block::Image(media) => Self::Image(media.into()),
            wit::Block::Audio(media) => Self::Audio(media.into()),
            wit::Block::Figure(figure) => Self::Figure { figure: figure.into() },
            wit::Block::Table(rows) => Self::Table { rows },
        }
    }
}

impl From<wit::Media> for own::Media {
    fn from(media: wit::Media) -> Self {
        Self { path: media.path, alt: media.alt }
    }
}

impl From<wit::Figure> for own::Figure {
    fn from(figure: wit::Figure) -> Self {
        match figure {
            wit::Figure::Dots(dots) => Self::Dots { count: dots.count, layout: dots.layout.into() },
            wit::Figure::TenFrame(count) => Self::TenFrame { count },
            wit::Figure::BaseTen(b) => Self::BaseTen { hundreds: b.hundreds, tens: b.tens, ones: b.ones },
            wit::Figure::Groups(groups) => Self::Groups { count: groups.count, each: groups.each },
            wit::Figure::NumberLine(line) => Self::NumberLine(line.into()),
            wit::Figure::BarModel(parts) => Self::BarModel { parts },
            wit::Figure::Fraction(f) => {
                Self::Fraction { filled: f.filled, parts: f.parts, form: f.form.into(), equal: f.equal }
            }
            wit::Figure::Clock(clock) => Self::Clock { hour: clock.hour, minute: clock.minute },
            wit::Figure::Coins(values) => Self::Coins { values },
            wit::Figure::Shape(name) => Self::Shape { name },
            wit::Figure::Angle(degrees) => Self::Angle { degrees },
            wit::Figure::Row(names) => Self::Row { names },
            wit::Figure::Grid(grid) => Self::Grid { columns: grid.columns, rows: grid.rows, filled: grid.filled },
            wit::Figure::Chart(c) => Self::Chart { form: c.form.into(), bars: each(c.bars), step: c.step },
        }
    }
}

impl From<wit::NumberLine> for own::NumberLine {
    fn from(line: wit::NumberLine) -> Self {
        Self { lowest: line.lowest, highest: line.highest, step: line.step, labels: line.labels, marks: line.marks }
    }
}

impl From<wit::Bar> for own::Bar {
    fn from(bar: wit::Bar) -> Self {
        Self { label: bar.label, value: bar.value }
    }
}

impl From<wit::Interaction> for own::Interaction {
    fn from(interaction: wit::Interaction) -> Self {
        match interaction {
            wit::Interaction::Choice(choice) => choice.into(),
            wit::Interaction::TextEntry(entry) => entry.into(),
            wit::Interaction::NumberEntry(entry) => entry.into(),
            wit::Interaction::Order(options) => Self::Order { options: each(options) },
            wit::Interaction::Match(m) => Self::Match { left: each(m.left), right: each(m.right), reuse: m.reuse },
            wit::Interaction::GapMatch(gaps) => Self::GapMatch { left: each(gaps.left), right: each(gaps.right) },
            wit::Interaction::Slider(line) => Self::Slider(line.into()),
            wit::Interaction::SelectPoint(media) => Self::SelectPoint(media.into()),
            wit::Interaction::TapCount(tap) => Self::TapCount { picture: tap.picture, available: tap.available },
            wit::Interaction::Custom(custom) => Self::Custom {
                page: custom.page,
                data: custom.data,
                height: custom.height,
                fallback: custom.fallback.map(|fallback| Box::new(fallback.into())),
            },
        }
    }
}

impl From<wit::Fallback> for own::Interaction {
    fn from(fallback: wit::Fallback) -> Self {
        match fallback {
            wit::Fallback::Choice(choice) => choice.into(),
            wit::Fallback::TextEntry(entry) => entry.into(),
            wit::Fallback::NumberEntry(entry) => entry.into(),
        }
    }
}

impl From<wit::Choice> for own::Interaction {
    fn from(choice: wit::Choice) -> Self {
        Self::Choice { options: each(choice.options), max: choice.max }
    }
}

impl From<wit::TextEntry> for own::Interaction {
    fn from(entry: wit::TextEntry) -> Self {
        Self::TextEntry { longest: entry.longest }
    }
}

impl From<wit::NumberEntry> for own::Interaction {
    fn from(entry: wit::NumberEntry) -> Self {
        Self::NumberEntry { form: entry.form.into(), unit: entry.unit }
    }
}

impl From<wit::ChoiceOption> for own::ChoiceOption {
    fn from(option: wit::ChoiceOption) -> Self {
        Self { id: option.id, content: each(option.content) }
    }
}

impl From<wit::Gap> for own::Gap {
    fn from(gap: wit::Gap) -> Self {
        Self { id: gap.id, before: gap.before, after: gap.after }
    }
}

/// Enums have the same cases under the same names.
macro_rules! same_cases {
    ($($name:ident { $($case:ident),+ })+) => {
        $(impl From<wit::$name> for own::$name {
            fn from(value: wit::$name) -> Self {
                match value { $(wit::$name::$case => Self::$case),+ }
            }
        })+
    };
}

same_cases! {
    Layout { Line, Dice, Scattered }
    FractionForm { Circle, Bar, Set }
    ChartForm { Bars, Pictures, Tally }
    NumberForm { Integer, Decimal, Fraction }
}
