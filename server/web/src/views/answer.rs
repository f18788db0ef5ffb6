//! How a learner answers: the form of each interaction, which works without script, the reading of what it sends, and
//! an answer shown again. Field names live only here and in `templates/parts/answer.html`.
//!
//! Names: choice `ids` (repeated); text, number and slider `value`, a fraction `top` and `bottom`; order `pos-ID`;
//! match and gap-match `pair-ID`; tap-count `tap` (repeated) or `value`; a point `x`, `y`; `skip` for "I do not know yet".

use super::blocks::{math, plain, render, speech};
use super::{Markup, Words};
use crate::drawing::figures::{Setting, lines};
use crate::drawing::markup::{escape, number};
use crate::drawing::pictures;
use chalkbox_domain::item::{Block, ChoiceOption, Interaction, NumberForm, Response};
use std::fmt::Write as _;

/// Most things that a form shows; a tool that sends more has them cut here, after the host has refused what is absurd.
const MOST: usize = 60;
/// The size at which a picture to point at is shown without script, in CSS pixels.
const POINT_SIZE: (f32, f32) = (320.0, 240.0);

/// A form to answer with.
#[derive(Debug, Clone)]
pub enum AnswerForm {
    /// One touch answers.
    One {
        /// What there is to touch.
        tiles: Vec<Tile>,
    },
    /// Ticks and "done".
    Several {
        /// What there is to tick.
        tiles: Vec<Tile>,
        /// How many may be ticked.
        max: u8,
    },
    /// Letters.
    Text {
        /// Characters, at most.
        longest: u16,
    },
    /// A number.
    Number {
        /// Whether a point may be typed.
        decimal: bool,
        /// Shown behind; may be empty.
        unit: String,
    },
    /// A fraction: two fields.
    Fraction,
    /// Places for things.
    Order {
        /// The things as shown at first.
        tiles: Vec<Tile>,
    },
    /// Partners for things, baskets for things, tiles for gaps.
    Pairs {
        /// What gets a partner.
        left: Vec<Left>,
        /// Partners, baskets or tiles.
        right: Vec<Tile>,
        /// Whether one partner may serve several.
        reuse: bool,
        /// Whether `left` are gaps in a line of text.
        gaps: bool,
    },
    /// A place on a number line.
    Slider {
        /// The line itself.
        line: Markup,
        /// From the edge of the drawing to the end of the line, in percent.
        rim: String,
        /// Left end.
        lowest: String,
        /// Right end.
        highest: String,
        /// Smallest move.
        step: String,
        /// Where it stands at first: the middle.
        start: String,
    },
    /// A place on a picture.
    Point {
        /// Address of the picture.
        src: String,
        /// What it shows.
        alt: String,
    },
    /// Things to touch.
    Tap {
        /// One of them.
        picture: Markup,
        /// Its name.
        name: String,
        /// From 1, one number each.
        numbers: Vec<u16>,
    },
    /// A page of the tool's own that a person must watch: there is no form for it.
    Observe,
}

/// Something to touch.
#[derive(Debug, Clone)]
pub struct Tile {
    /// Its id in the item.
    pub id: String,
    /// A letter or number that names it in lists, "A", "B" …
    pub letter: String,
    /// What it shows.
    pub content: Markup,
    /// One line of words, for lists and voices.
    pub label: String,
    /// To hear; may be empty.
    pub speak: String,
}

impl Tile {
    /// Whether it needs the whole width: a long text, a word or a sum that does not fit half of a small phone in one
    /// piece, or a figure wider than a card.
    pub fn is_wide(&self) -> bool {
        /// Characters of text that look well on a few lines.
        const TEXT: usize = 18;
        /// Characters that stand side by side in half of 360 pixels.
        const PIECE: usize = 7;
        let count = |text: &str| text.chars().count();
        let is_sum = self.content.0.contains("<span class=\"n\">");
        let piece =
            if is_sum { count(&self.label) } else { self.label.split_whitespace().map(count).max().unwrap_or(0) };
        let figure = self.content.0.contains("class=\"figure fw");
        figure || (!self.content.0.contains("<svg") && (count(&self.label) > TEXT || piece > PIECE))
    }
}

/// Something that gets a partner.
#[derive(Debug, Clone)]
pub struct Left {
    /// Its id in the item.
    pub id: String,
    /// What it shows; of a gap the text before it.
    pub content: Markup,
    /// The text after a gap.
    pub after: Markup,
    /// One line of words.
    pub label: String,
}

impl AnswerForm {
    /// The kind, as the script and the style sheet call it.
    pub fn kind(&self) -> &'static str {
        match self {
            AnswerForm::One { .. } => "one",
            AnswerForm::Several { .. } => "several",
            AnswerForm::Text { .. } => "text",
            AnswerForm::Number { .. } => "number",
            AnswerForm::Fraction => "fraction",
            AnswerForm::Order { .. } => "order",
            AnswerForm::Pairs { .. } => "pairs",
            AnswerForm::Slider { .. } => "slider",
            AnswerForm::Point { .. } => "point",
            AnswerForm::Tap { .. } => "tap",
            AnswerForm::Observe => "observe",
        }
    }

    /// How many things may be ticked; 0 where nothing is ticked.
    pub fn max(&self) -> u8 {
        if let AnswerForm::Several { max, .. } = self { *max } else { 0 }
    }

    /// Whether the form needs a button "done".
    pub fn has_done(&self) -> bool {
        !matches!(self, AnswerForm::One { .. } | AnswerForm::Point { .. } | AnswerForm::Observe)
    }
}

/// The form of an interaction.
pub fn form(interaction: &Interaction, setting: &Setting<'_>) -> AnswerForm {
    match interaction {
        Interaction::Choice { options, max } if *max <= 1 => AnswerForm::One { tiles: tiles(options, setting) },
        Interaction::Choice { options, max } => AnswerForm::Several { tiles: tiles(options, setting), max: *max },
        Interaction::TextEntry { longest } => AnswerForm::Text { longest: (*longest).clamp(1, 2000) },
        Interaction::NumberEntry { form: NumberForm::Fraction, .. } => AnswerForm::Fraction,
        Interaction::NumberEntry { form, unit } => {
            AnswerForm::Number { decimal: *form == NumberForm::Decimal, unit: unit.clone().unwrap_or_default() }
        }
        Interaction::Order { options } => AnswerForm::Order { tiles: tiles(options, setting) },
        Interaction::Match { left, right, reuse } => AnswerForm::Pairs {
            left: left.iter().take(MOST).map(|o| left_thing(o, setting)).collect(),
            right: tiles(right, setting),
            reuse: *reuse,
            gaps: false,
        },
        Interaction::GapMatch { left, right } => AnswerForm::Pairs {
            left: left
                .iter()
                .take(MOST)
                .map(|gap| Left {
                    id: gap.id.clone(),
                    content: math(&gap.before, setting.t),
                    after: math(&gap.after, setting.t),
                    label: format!("{} … {}", gap.before, gap.after),
                })
                .collect(),
            right: tiles(right, setting),
            reuse: false,
            gaps: true,
        },
        Interaction::Slider(line) => {
            let (lowest, highest, step) = lines::ends(line);
            let middle = lowest + step * libm::floor((highest - lowest) / step / 2.0);
            AnswerForm::Slider {
                line: Markup(lines::number_line(line, setting)),
                rim: short(lines::rim_percent(line, setting.t)),
                lowest: short(lowest),
                highest: short(highest),
                step: short(step),
                start: short(middle),
            }
        }
        Interaction::SelectPoint(media) => AnswerForm::Point { src: media.path.clone(), alt: media.alt.clone() },
        Interaction::TapCount { picture, available } => AnswerForm::Tap {
            picture: pictures::picture(picture),
            name: pictures::name(picture, setting.t),
            numbers: (1..=(*available).min(MOST as u16)).collect(),
        },
        Interaction::Custom { fallback: Some(fallback), .. } if !matches!(**fallback, Interaction::Custom { .. }) => {
            form(fallback, setting)
        }
        Interaction::Custom { .. } => AnswerForm::Observe,
    }
}

/// A number as an attribute of a range field: up to four digits after the point.
fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn tiles(options: &[ChoiceOption], setting: &Setting<'_>) -> Vec<Tile> {
    let shown = options.iter().take(MOST).enumerate();
    shown
        .map(|(k, option)| Tile {
            id: option.id.clone(),
            letter: letter(k),
            content: content(&option.content, setting),
            label: plain(&option.content, setting),
            speak: speech(&option.content, setting.t),
        })
        .collect()
}

/// A, B … Z, then numbers.
fn letter(k: usize) -> String {
    match u8::try_from(k) {
        Ok(k @ 0..=25) => char::from(b'A' + k).to_string(),
        _ => (k + 1).to_string(),
    }
}

fn left_thing(option: &ChoiceOption, setting: &Setting<'_>) -> Left {
    Left {
        id: option.id.clone(),
        content: content(&option.content, setting),
        after: Markup::default(),
        label: plain(&option.content, setting),
    }
}

/// Inside a button only phrases may stand: one text or sum without a paragraph, all else as it is.
fn content(blocks: &[Block], setting: &Setting<'_>) -> Markup {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Text { text } if text.chars().any(char::is_alphabetic) => {
                let _ = write!(out, "<span>{}</span>", escape(text));
            }
            Block::Text { text } | Block::Math { text } => {
                let _ = write!(out, "{}", math(text, setting.t));
            }
            Block::Figure { figure } => out.push_str(&crate::drawing::figures::figure(figure, setting)),
            Block::Image(_) => out.push_str(&render(std::slice::from_ref(block), setting).0),
            Block::Speech { .. } | Block::Audio(_) => {}
            Block::Table { .. } => {
                let _ = write!(out, "<span>{}</span>", escape(&plain(std::slice::from_ref(block), setting)));
            }
        }
    }
    Markup(out)
}

/// What a form sent, as a response. None: nothing that could be an answer. `kind` is the form's own word for itself,
/// so that an answer can be kept even when its tool has failed since. Scoring and sizes are checked elsewhere.
pub fn read_form(kind: &str, fields: &[(String, String)]) -> Option<Response> {
    let one = |name: &str| fields.iter().find(|(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim());
    if one("skip").is_some() {
        return Some(Response::Skipped);
    }
    match kind {
        "one" | "several" => {
            let ids: Vec<String> = fields.iter().filter(|(n, _)| n == "ids").map(|(_, v)| v.clone()).collect();
            (!ids.is_empty()).then_some(Response::Choice { ids })
        }
        "text" => one("value").map(|v| Response::Text { value: v.to_owned() }),
        "fraction" => {
            let (top, bottom) = (one("top")?, one("bottom")?);
            Some(Response::Number { value: format!("{top}/{bottom}") })
        }
        "number" | "slider" => one("value").map(|v| Response::Number { value: v.to_owned() }),
        "order" => read_order(fields),
        "pairs" => read_pairs(fields),
        "point" => {
            let x = one("x").or_else(|| one("point.x"))?.parse::<f32>().ok()?;
            let y = one("y").or_else(|| one("point.y"))?.parse::<f32>().ok()?;
            let part = |v: f32, size: f32| (v / size).clamp(0.0, 1.0);
            (x.is_finite() && y.is_finite())
                .then(|| Response::Point { x: part(x, POINT_SIZE.0), y: part(y, POINT_SIZE.1) })
        }
        "tap" => {
            let typed = one("value").and_then(|v| v.parse::<u32>().ok());
            let taps = fields.iter().filter(|(n, _)| n == "tap").count();
            Some(Response::Count { value: typed.unwrap_or(taps as u32) })
        }
        _ => None,
    }
}

/// Every thing must have a place of its own.
fn read_order(fields: &[(String, String)]) -> Option<Response> {
    let mut placed: Vec<(u32, &str)> = Vec::new();
    for (name, place) in fields {
        if let Some(id) = name.strip_prefix("pos-") {
            placed.push((place.trim().parse().ok()?, id));
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    let doubled = placed.windows(2).any(|w| w[0].0 == w[1].0);
    (!placed.is_empty() && !doubled)
        .then(|| Response::Order { ids: placed.into_iter().map(|(_, id)| id.to_owned()).collect() })
}

fn read_pairs(fields: &[(String, String)]) -> Option<Response> {
    let pairs: Vec<(String, String)> = fields
        .iter()
        .filter_map(|(name, right)| Some((name.strip_prefix("pair-")?.to_owned(), right.clone())))
        .filter(|(_, right)| !right.is_empty())
        .collect();
    (!pairs.is_empty()).then_some(Response::Pairs { pairs })
}

/// An answer as it was given, to show beside what is said of it.
pub fn given(interaction: &Interaction, response: &Response, setting: &Setting<'_>) -> Markup {
    let mut out = String::new();
    let mut tile = |inner: &str| {
        let _ = write!(out, "<span class=\"gv\">{inner}</span>");
    };
    match response {
        Response::Choice { ids } | Response::Order { ids } => {
            for id in ids {
                tile(&shown(interaction, id, setting).0);
            }
        }
        Response::Text { value } => tile(&escape(value)),
        Response::Number { value } => tile(&math(value, setting.t).0),
        Response::Count { value } => tile(&format!("<span class=\"n\">{value}</span>")),
        Response::Pairs { pairs } => {
            for (left, right) in pairs {
                let (left, right) = (shown(interaction, left, setting), shown(interaction, right, setting));
                tile(&format!("{left}<i class=\"to\" aria-hidden=\"true\"></i>{right}"));
            }
        }
        Response::Point { x, y } => {
            let place = setting.t.msg2("given-point", "x", percent(*x), "y", percent(*y));
            tile(&escape(&place));
        }
        Response::Custom { .. } => tile(&escape(&setting.t.msg("given-custom"))),
        Response::Skipped => tile(&escape(&setting.t.msg("answer-skip"))),
    }
    Markup(out)
}

fn percent(part: f32) -> String {
    number(f64::from(part.clamp(0.0, 1.0)) * 100.0)
}

/// What the thing with this id shows; the id itself where the item has none such.
fn shown(interaction: &Interaction, id: &str, setting: &Setting<'_>) -> Markup {
    let among = |options: &[ChoiceOption]| options.iter().find(|o| o.id == id).map(|o| content(&o.content, setting));
    let found = match interaction {
        Interaction::Choice { options, .. } | Interaction::Order { options } => among(options),
        Interaction::Match { left, right, .. } => among(left).or_else(|| among(right)),
        Interaction::GapMatch { left, right } => among(right).or_else(|| {
            let gap = left.iter().find(|g| g.id == id)?;
            Some(Markup(format!("{}…{}", math(&gap.before, setting.t), math(&gap.after, setting.t))))
        }),
        Interaction::Custom { fallback: Some(fallback), .. } => return shown(fallback, id, setting),
        _ => None,
    };
    found.unwrap_or_else(|| Markup(escape(id)))
}

/// The letters of the alphabet that a list of partners shows, in words: "A: three dots".
pub fn option_text(tile: &Tile, t: &Words) -> String {
    if tile.label.chars().count() <= 40 && !tile.label.is_empty() {
        return tile.label.clone();
    }
    t.msg1("answer-tile", "letter", &tile.letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &str, fields: &[(&str, &str)]) -> Option<Response> {
        let fields: Vec<_> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        read_form(kind, &fields)
    }

    #[test]
    fn forms_are_read_as_responses() {
        let number = |value: &str| Some(Response::Number { value: value.into() });
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(read("several", &[("ids", "a"), ("ids", "b")]), Some(Response::Choice { ids: ids(&["a", "b"]) }));
        assert_eq!(read("one", &[]), None);
        assert_eq!(read("one", &[("skip", "1")]), Some(Response::Skipped));
        assert_eq!(
            read("order", &[("key", "k"), ("pos-a", "3"), ("pos-b", "1"), ("pos-c", "2")]),
            Some(Response::Order { ids: ids(&["b", "c", "a"]) })
        );
        assert_eq!(read("order", &[("pos-a", "1"), ("pos-b", "1"), ("pos-c", "2")]), None);
        assert_eq!(read("order", &[("pos-a", "first")]), None);
        assert_eq!(read("pairs", &[("pair-g", "t")]), Some(Response::Pairs { pairs: vec![("g".into(), "t".into())] }));
        assert_eq!(read("pairs", &[("pair-g", "")]), None);
        assert_eq!(read("fraction", &[("top", " 3"), ("bottom", "4")]), number("3/4"));
        assert_eq!(read("slider", &[("value", "7")]), number("7"));
        assert_eq!(read("text", &[("value", " ox ")]), Some(Response::Text { value: "ox".into() }));
        assert_eq!(read("tap", &[("tap", "1"), ("tap", "4")]), Some(Response::Count { value: 2 }));
        assert_eq!(read("tap", &[]), Some(Response::Count { value: 0 }));
        assert_eq!(read("point", &[("x", "160"), ("y", "9000")]), Some(Response::Point { x: 0.5, y: 1.0 }));
        assert_eq!(read("point", &[("x", "NaN"), ("y", "1")]), None);
        assert_eq!(read("dance", &[("value", "7")]), None);
    }

    #[test]
    fn what_does_not_fit_half_of_a_small_phone_in_one_piece_is_wide() {
        let tile = |content: &str, label: &str| Tile {
            id: "a".into(),
            letter: "A".into(),
            content: Markup(content.into()),
            label: label.into(),
            speak: String::new(),
        };
        let sum = |text: &str| tile(&format!("<span class=\"n\">{text}</span>"), text).is_wide();
        let text = |text: &str| tile(text, text).is_wide();
        assert!(sum("1 2 3 4 5 6") && sum("123 + 45") && !sum("12 + 34"));
        assert!(text("thermometer") && text("one two three four five") && !text("the red bird"));
        assert!(!tile("<svg></svg>", "six long words that name it").is_wide());
    }
}
