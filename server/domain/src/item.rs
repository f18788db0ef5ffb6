//! What a digital tool is asked and what it gives back: the newest version of the plugin contract
//! (`plugins/wit/chalkbox-activity.wit`) as plain values, with the JSON that the API, the log and golden
//! tests use: names in kebab-case, a variant is `{"type": CASE, …}` with its record's fields beside it.

use crate::ids::SkillId;
use serde::{Deserialize, Serialize};

/// One opportunity to practise. The same ask gives the same item, on every machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Ask {
    /// The skill on the map.
    pub skill: SkillId,
    /// 0 easiest to 1 hardest, within the skill; the box asks 0, 0.25, 0.5, 0.75 and 1.
    pub difficulty: f32,
    /// Where the tool's own dice start.
    pub seed: u32,
    /// BCP 47, one of the tool's.
    pub locale: String,
    /// Names, money and things of the place.
    pub context: LocalContext,
}

/// Names, money and things of the place, in the language of the ask (C5.4).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LocalContext {
    /// First names of children.
    pub names: Vec<String>,
    /// Countable foods.
    pub foods: Vec<Thing>,
    /// Animals that children know.
    pub animals: Vec<Thing>,
    /// Small things to count.
    pub objects: Vec<Thing>,
    /// ISO 4217.
    pub currency: String,
    /// Coins and notes in use, in the smallest unit, rising.
    pub coins: Vec<u32>,
}

/// A word with the forms that stories need.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Thing {
    /// mango
    pub one: String,
    /// mangoes
    pub many: String,
    /// a mango
    pub indefinite: String,
    /// the mango
    pub definite: String,
    /// some mango
    pub some: String,
}

/// One piece of what is shown. Never HTML: the face renders it, reads it aloud and mirrors it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Block {
    /// Plain text; a newline starts a new line.
    Text {
        /// The words.
        text: String,
    },
    /// Spoken and not written.
    Speech {
        /// The words.
        text: String,
    },
    /// Digits, letters, + − × ÷ = < > ( ), a/b for a fraction, ^ for a power, _ for a blank.
    Math {
        /// The sum.
        text: String,
    },
    /// A picture of the pack.
    Image(Media),
    /// A sound of the pack.
    Audio(Media),
    /// Drawn by the face.
    Figure {
        /// What to draw.
        figure: Figure,
    },
    /// Rows of cells.
    Table {
        /// Row by row, equal lengths.
        rows: Vec<Vec<String>>,
    },
}

/// A file of the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Path in `assets/`; in the API its address on the box.
    pub path: String,
    /// What it shows or says.
    pub alt: String,
}

/// A figure that the face draws, so that every tool's numbers and shapes look alike and can be spoken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Figure {
    /// Dots, laid out in one of three ways.
    Dots {
        /// How many.
        count: u16,
        /// How they lie.
        layout: Layout,
    },
    /// Frames of ten, filled row by row.
    TenFrame {
        /// How many are filled.
        count: u16,
    },
    /// Blocks for hundreds, tens and ones.
    BaseTen {
        /// Plates.
        hundreds: u8,
        /// Rods.
        tens: u8,
        /// Cubes.
        ones: u8,
    },
    /// Equal groups.
    Groups {
        /// How many groups.
        count: u8,
        /// How many in each.
        each: u8,
    },
    /// A number line.
    NumberLine(NumberLine),
    /// One bar in parts.
    BarModel {
        /// The parts' lengths.
        parts: Vec<u16>,
    },
    /// A fraction of a whole or of a set.
    Fraction {
        /// Parts that are shaded.
        filled: u8,
        /// Parts in all.
        parts: u8,
        /// Circle, bar or set.
        form: FractionForm,
        /// False: plainly unfair parts.
        equal: bool,
    },
    /// An analogue clock.
    Clock {
        /// 0 to 23.
        hour: u8,
        /// 0 to 59.
        minute: u8,
    },
    /// Coins and notes.
    Coins {
        /// Their values in the smallest unit.
        values: Vec<u32>,
    },
    /// A plane or solid shape.
    Shape {
        /// Its English name, such as `triangle`.
        name: String,
    },
    /// An angle.
    Angle {
        /// 1 to 360.
        degrees: u16,
    },
    /// Little pictures in a row.
    Row {
        /// Names of pictures known to the face.
        names: Vec<String>,
    },
    /// A grid of cells.
    Grid {
        /// Columns.
        columns: u8,
        /// Rows.
        rows: u8,
        /// Shaded cells counted from 0, row by row.
        filled: Vec<u16>,
    },
    /// A chart.
    Chart {
        /// Bars, pictures or tally marks.
        form: ChartForm,
        /// The bars.
        bars: Vec<Bar>,
        /// Step of the axis, or what one picture stands for.
        step: u16,
    },
}

/// How dots lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// In a row.
    Line,
    /// As on dice.
    Dice,
    /// Scattered by count and seed.
    Scattered,
}

/// A number line; also the slider that places a number on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct NumberLine {
    /// Left end.
    pub lowest: f32,
    /// Right end.
    pub highest: f32,
    /// Distance of ticks.
    pub step: f32,
    /// Numbers that are written.
    pub labels: Vec<f32>,
    /// Numbers that are marked.
    pub marks: Vec<f32>,
}

/// What a fraction is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FractionForm {
    /// A round.
    Circle,
    /// A bar.
    Bar,
    /// A set of things.
    Set,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartForm {
    /// Bars.
    Bars,
    /// Pictures.
    Pictures,
    /// Tally marks.
    Tally,
}

/// One bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How many.
    pub value: u16,
}

/// How the learner answers (QTI 3 names).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Interaction {
    /// Pick one or several.
    Choice {
        /// What there is to pick.
        options: Vec<ChoiceOption>,
        /// How many may be chosen.
        max: u8,
    },
    /// Type letters or a word.
    TextEntry {
        /// Characters, at most.
        longest: u16,
    },
    /// Type a number.
    NumberEntry {
        /// Whole, decimal or fraction ("3/4").
        form: NumberForm,
        /// Shown behind the field.
        unit: Option<String>,
    },
    /// Put in order.
    Order {
        /// In the order shown at first.
        options: Vec<ChoiceOption>,
    },
    /// Join pairs, or sort into groups.
    Match {
        /// Things.
        left: Vec<ChoiceOption>,
        /// Partners or baskets.
        right: Vec<ChoiceOption>,
        /// True: a basket takes several.
        reuse: bool,
    },
    /// Put tiles into gaps.
    GapMatch {
        /// Gaps in reading order.
        left: Vec<Gap>,
        /// Tiles.
        right: Vec<ChoiceOption>,
    },
    /// Place a number on a line.
    Slider(NumberLine),
    /// Touch a place on a picture.
    SelectPoint(Media),
    /// Touch things, one tap each.
    TapCount {
        /// A picture's name as in `row`.
        picture: String,
        /// How many there are to tap.
        available: u16,
    },
    /// A page of the tool's own in a sandboxed frame.
    Custom {
        /// Page in `web/`.
        page: String,
        /// JSON for it.
        data: String,
        /// CSS pixels.
        height: u16,
        /// Without script; none: a person observes.
        fallback: Option<Box<Interaction>>,
    },
}

/// Something to pick, to put in order or to join.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChoiceOption {
    /// Unique within the item.
    pub id: String,
    /// What it shows.
    pub content: Vec<Block>,
}

/// What a number entry takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberForm {
    /// Whole numbers.
    Integer,
    /// With a point.
    Decimal,
    /// Two whole numbers, sent as "3/4".
    Fraction,
}

/// A gap in a line of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Gap {
    /// Unique within the item.
    pub id: String,
    /// Text before it.
    pub before: String,
    /// Text after it.
    pub after: String,
}

/// What a learner answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Response {
    /// Chosen ids.
    Choice {
        /// In any order.
        ids: Vec<String>,
    },
    /// Typed text.
    Text {
        /// As typed.
        value: String,
    },
    /// Typed number.
    Number {
        /// As typed, such as "12", "0.4" or "3/4".
        value: String,
    },
    /// Ids in the learner's order.
    Order {
        /// All of them.
        ids: Vec<String>,
    },
    /// Joined pairs.
    Pairs {
        /// Left id, right id.
        pairs: Vec<(String, String)>,
    },
    /// A touched place, 0..1 of width and height.
    Point {
        /// From the left.
        x: f32,
        /// From the top.
        y: f32,
    },
    /// How many were tapped.
    Count {
        /// Taps.
        value: u32,
    },
    /// What a page of the tool's own sent.
    Custom {
        /// Its JSON.
        value: String,
    },
    /// "I do not know yet."
    Skipped,
}

/// What is shown to the learner; never the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Item {
    /// What is shown.
    pub body: Vec<Block>,
    /// How to answer.
    pub interaction: Interaction,
    /// How many hints there are.
    pub hints: u8,
    /// Expected time.
    pub seconds: u16,
}

/// What a tool says of a response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Verdict {
    /// 0..=1.
    pub score: f32,
    /// For the learner.
    pub feedback: Vec<Block>,
    /// A stable word of the tool's manifest.
    pub misconception: Option<String>,
}

impl Verdict {
    /// From this score on a response is right.
    pub const RIGHT: f32 = 0.999;
    /// Whether the response is right.
    pub fn correct(&self) -> bool {
        self.score >= Self::RIGHT
    }
}

/// A right response and the way to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Solution {
    /// Scores 1 when evaluated.
    pub response: Response,
    /// Step by step.
    pub steps: Vec<Block>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Serialize + for<'a> Deserialize<'a> + PartialEq + std::fmt::Debug>(value: T, json: &str) {
        let written = serde_json::to_string(&value).expect("serialises");
        assert_eq!(written, json);
        assert_eq!(serde_json::from_str::<T>(json).expect("parses"), value);
    }

    #[test]
    fn json_is_the_contract_s() {
        check(
            Interaction::NumberEntry { form: NumberForm::Integer, unit: None },
            r#"{"type":"number-entry","form":"integer","unit":null}"#,
        );
        check(
            Interaction::Choice {
                options: vec![ChoiceOption { id: "a".into(), content: vec![Block::Text { text: "7".into() }] }],
                max: 1,
            },
            r#"{"type":"choice","options":[{"id":"a","content":[{"type":"text","text":"7"}]}],"max":1}"#,
        );
        check(Response::Pairs { pairs: vec![("l1".into(), "r2".into())] }, r#"{"type":"pairs","pairs":[["l1","r2"]]}"#);
        check(Response::Count { value: 7 }, r#"{"type":"count","value":7}"#);
        check(Response::Skipped, r#"{"type":"skipped"}"#);
        check(
            Block::Figure { figure: Figure::TenFrame { count: 7 } },
            r#"{"type":"figure","figure":{"type":"ten-frame","count":7}}"#,
        );
        check(
            Block::Image(Media { path: "a.svg".into(), alt: "A".into() }),
            r#"{"type":"image","path":"a.svg","alt":"A"}"#,
        );
        check(
            Interaction::Slider(NumberLine { lowest: 0.0, highest: 1.0, step: 0.1, labels: vec![0.0], marks: vec![] }),
            r#"{"type":"slider","lowest":0.0,"highest":1.0,"step":0.1,"labels":[0.0],"marks":[]}"#,
        );
    }
}
