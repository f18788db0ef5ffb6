//! Whether a response can be an answer to an interaction at all: kinds agree, ids exist, numbers are numbers,
//! sizes are within bounds. Whether it is *right* is the tool's affair alone.

use chalkbox_domain::item::{Interaction, NumberForm, Response};
use chalkbox_domain::normalise;

/// What is wrong with a response, by field of the response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapeFault {
    /// The field, such as `response.ids`.
    pub field: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

const LONGEST_TEXT: usize = 400;
const LONGEST_NUMBER: usize = 40;
const LONGEST_CUSTOM: usize = 16 * 1024;
/// Characters that may come in for the longest text: accents may stand beside their letters, marks of direction around.
const LONGEST_TYPED: usize = LONGEST_TEXT * 2 + 8;
/// Bytes of an id, as the host holds tools to.
const LONGEST_ID: usize = 64;
/// Ids or pairs of one response: an item has at most 50 options.
const MOST_IDS: usize = 64;

/// Checks what holds for every response, whatever it answers: this comes before the item is opened, and it is all that
/// can be checked when no tool makes the item again. `response` is as it came in.
pub fn bounds(response: &Response) -> Result<(), ShapeFault> {
    let fault = |field, message: String| Err(ShapeFault { field, message });
    match response {
        Response::Choice { ids } | Response::Order { ids } => {
            sized("response.ids", ids.len(), ids.iter().map(String::as_str))
        }
        Response::Pairs { pairs } => {
            sized("response.pairs", pairs.len(), pairs.iter().flat_map(|(l, r)| [l.as_str(), r.as_str()]))
        }
        Response::Text { value } if value.chars().count() > LONGEST_TYPED => {
            fault("response.value", format!("is longer than {LONGEST_TEXT} characters"))
        }
        Response::Text { value } if normalise::text(value).is_empty() => {
            fault("response.value", "is empty; use \"skipped\" to answer nothing".into())
        }
        Response::Number { value } if value.chars().count() > LONGEST_TYPED => {
            fault("response.value", format!("is longer than {LONGEST_NUMBER} characters"))
        }
        // What a comma means is the item's affair; how long the number is hangs little on it.
        Response::Number { value } => number(&normalise::number(value, ""), true),
        Response::Point { x, y } => place(*x, *y),
        Response::Custom { value } => custom(value),
        Response::Text { .. } | Response::Count { .. } | Response::Skipped => Ok(()),
    }
}

/// Checks a response, normalised, against the interaction it is meant for.
pub fn check(interaction: &Interaction, response: &Response) -> Result<(), ShapeFault> {
    let fault = |field, message: String| Err(ShapeFault { field, message });
    match (interaction, response) {
        (_, Response::Skipped) => Ok(()),
        (Interaction::Choice { options, max }, Response::Choice { ids }) => {
            if ids.is_empty() || ids.len() > usize::from((*max).max(1)) {
                return fault(
                    "response.ids",
                    format!("choose 1 to {max} of the options; use \"skipped\" to answer nothing"),
                );
            }
            known(ids, options.iter().map(|o| o.id.as_str()))?;
            unique(ids)
        }
        (Interaction::Order { options }, Response::Order { ids }) => {
            known(ids, options.iter().map(|o| o.id.as_str()))?;
            unique(ids)?;
            if ids.len() == options.len() {
                Ok(())
            } else {
                fault("response.ids", format!("all {} things belong in the order", options.len()))
            }
        }
        (Interaction::TextEntry { longest }, Response::Text { value }) => {
            let most = usize::from(*longest).clamp(1, LONGEST_TEXT);
            match value.chars().count() {
                0 => fault("response.value", "is empty; use \"skipped\" to answer nothing".into()),
                n if n > most * 2 + 8 => fault("response.value", format!("is longer than {most} characters")),
                _ => Ok(()),
            }
        }
        (Interaction::NumberEntry { form, .. }, Response::Number { value }) => {
            number(value, *form == NumberForm::Fraction)
        }
        (Interaction::Slider(_), Response::Number { value }) => number(value, false),
        (Interaction::Match { left, right, reuse }, Response::Pairs { pairs }) => {
            joined(pairs, left.iter().map(|o| o.id.as_str()), right.iter().map(|o| o.id.as_str()), *reuse)
        }
        (Interaction::GapMatch { left, right }, Response::Pairs { pairs }) => {
            joined(pairs, left.iter().map(|g| g.id.as_str()), right.iter().map(|o| o.id.as_str()), false)
        }
        (Interaction::SelectPoint(_), Response::Point { x, y }) => place(*x, *y),
        (Interaction::TapCount { available, .. }, Response::Count { value }) => {
            if *value <= u32::from(*available) {
                Ok(())
            } else {
                fault("response.value", format!("there are only {available} things to tap"))
            }
        }
        (Interaction::Custom { .. }, Response::Custom { value }) => custom(value),
        (Interaction::Custom { fallback: Some(inner), .. }, _) => check(inner, response),
        _ => fault("response.type", format!("this item is answered by \"{}\"", expected(interaction))),
    }
}

/// The response type that an interaction asks for.
pub fn expected(interaction: &Interaction) -> &'static str {
    match interaction {
        Interaction::Choice { .. } => "choice",
        Interaction::TextEntry { .. } => "text",
        Interaction::NumberEntry { .. } | Interaction::Slider(_) => "number",
        Interaction::Order { .. } => "order",
        Interaction::Match { .. } | Interaction::GapMatch { .. } => "pairs",
        Interaction::SelectPoint(_) => "point",
        Interaction::TapCount { .. } => "count",
        Interaction::Custom { .. } => "custom",
    }
}

fn sized<'a>(field: &'static str, count: usize, mut ids: impl Iterator<Item = &'a str>) -> Result<(), ShapeFault> {
    if count > MOST_IDS {
        return Err(ShapeFault { field, message: format!("are {count}, at most {MOST_IDS}") });
    }
    match ids.find(|id| id.len() > LONGEST_ID) {
        None => Ok(()),
        Some(id) => {
            Err(ShapeFault { field, message: format!("“{}…” is longer than {LONGEST_ID} bytes", clip(id)) })
        }
    }
}

/// Not-a-number and the infinities lie nowhere.
fn place(x: f32, y: f32) -> Result<(), ShapeFault> {
    if [x, y].iter().all(|v| (0.0..=1.0).contains(v)) {
        Ok(())
    } else {
        Err(ShapeFault { field: "response", message: "x and y lie between 0 and 1".into() })
    }
}

fn custom(value: &str) -> Result<(), ShapeFault> {
    if value.len() <= LONGEST_CUSTOM {
        Ok(())
    } else {
        Err(ShapeFault { field: "response.value", message: "is over 16 KiB".into() })
    }
}

fn known<'a>(ids: &[String], there: impl Iterator<Item = &'a str> + Clone) -> Result<(), ShapeFault> {
    match ids.iter().find(|id| !there.clone().any(|t| t == id.as_str())) {
        None => Ok(()),
        Some(id) => {
            Err(ShapeFault { field: "response.ids", message: format!("“{}” is not one of the options", clip(id)) })
        }
    }
}

fn unique(ids: &[String]) -> Result<(), ShapeFault> {
    match ids.iter().enumerate().find(|(i, id)| ids[..*i].contains(id)) {
        None => Ok(()),
        Some((_, id)) => {
            Err(ShapeFault { field: "response.ids", message: format!("“{}” is there twice", clip(id)) })
        }
    }
}

fn joined<'a>(
    pairs: &[(String, String)],
    left: impl Iterator<Item = &'a str> + Clone,
    right: impl Iterator<Item = &'a str> + Clone,
    reuse: bool,
) -> Result<(), ShapeFault> {
    let fault = |message: String| Err(ShapeFault { field: "response.pairs", message });
    if pairs.is_empty() {
        return fault("no pair is joined; use \"skipped\" to answer nothing".into());
    }
    for (i, (l, r)) in pairs.iter().enumerate() {
        if !left.clone().any(|t| t == l) {
            return fault(format!("“{}” is not on the left", clip(l)));
        }
        if !right.clone().any(|t| t == r) {
            return fault(format!("“{}” is not on the right", clip(r)));
        }
        if pairs[..i].iter().any(|(a, b)| a == l || (!reuse && b == r)) {
            return fault(format!("“{}” or “{}” is joined twice", clip(l), clip(r)));
        }
    }
    Ok(())
}

fn number(value: &str, fraction: bool) -> Result<(), ShapeFault> {
    let fault = |message: &str| Err(ShapeFault { field: "response.value", message: message.into() });
    if value.trim().is_empty() {
        return fault("is empty; use \"skipped\" to answer nothing");
    }
    if value.chars().count() > LONGEST_NUMBER {
        return fault(&format!("is longer than {LONGEST_NUMBER} characters"));
    }
    let fits = |c: char| {
        c.is_numeric() || c.is_whitespace() || matches!(c, '.' | ',' | '-' | '−' | '+' | '٫' | '٬' | '\'' | '’')
    };
    if value.chars().all(|c| fits(c) || (fraction && matches!(c, '/' | '⁄'))) {
        Ok(())
    } else if fraction {
        fault("is not a number or a fraction such as \"3/4\"")
    } else {
        fault("is not a number")
    }
}

fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_domain::item::{ChoiceOption, Gap};

    fn options(ids: &[&str]) -> Vec<ChoiceOption> {
        ids.iter().map(|id| ChoiceOption { id: (*id).into(), content: vec![] }).collect()
    }
    fn ids(list: &[&str]) -> Vec<String> {
        list.iter().map(|s| (*s).to_owned()).collect()
    }
    fn pairs(list: &[(&str, &str)]) -> Response {
        Response::Pairs { pairs: list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect() }
    }

    #[test]
    fn each_interaction_takes_its_own_response_only() {
        let choice = Interaction::Choice { options: options(&["a", "b"]), max: 1 };
        let order = Interaction::Order { options: options(&["a", "b"]) };
        let text = Interaction::TextEntry { longest: 5 };
        let number = Interaction::NumberEntry { form: NumberForm::Integer, unit: None };
        let fraction = Interaction::NumberEntry { form: NumberForm::Fraction, unit: None };
        let sort = Interaction::Match { left: options(&["l1", "l2"]), right: options(&["r1"]), reuse: true };
        let join = Interaction::Match { left: options(&["l1", "l2"]), right: options(&["r1", "r2"]), reuse: false };
        let gap = Interaction::GapMatch {
            left: vec![Gap { id: "g1".into(), before: String::new(), after: String::new() }],
            right: options(&["t1", "t2"]),
        };
        let taps = Interaction::TapCount { picture: "bean".into(), available: 7 };
        let table: &[(&Interaction, Response, bool)] = &[
            (&choice, Response::Choice { ids: ids(&["a"]) }, true),
            (&choice, Response::Choice { ids: ids(&["c"]) }, false),
            (&choice, Response::Choice { ids: ids(&["a", "b"]) }, false),
            (&choice, Response::Choice { ids: vec![] }, false),
            (&choice, Response::Number { value: "1".into() }, false),
            (&choice, Response::Skipped, true),
            (&order, Response::Order { ids: ids(&["b", "a"]) }, true),
            (&order, Response::Order { ids: ids(&["b"]) }, false),
            (&order, Response::Order { ids: ids(&["b", "b"]) }, false),
            (&text, Response::Text { value: "chat".into() }, true),
            (&text, Response::Text { value: "x".repeat(500) }, false),
            (&text, Response::Text { value: String::new() }, false),
            (&number, Response::Number { value: " 12 ".into() }, true),
            (&number, Response::Number { value: "3".into() }, true),
            (&number, Response::Number { value: "twelve".into() }, false),
            (&number, Response::Number { value: "3/4".into() }, false),
            (&fraction, Response::Number { value: "3/4".into() }, true),
            (&sort, pairs(&[("l1", "r1"), ("l2", "r1")]), true),
            (&join, pairs(&[("l1", "r1"), ("l2", "r1")]), false),
            (&join, pairs(&[("l1", "r9")]), false),
            (&gap, pairs(&[("g1", "t2")]), true),
            (&gap, pairs(&[]), false),
            (&taps, Response::Count { value: 7 }, true),
            (&taps, Response::Count { value: 8 }, false),
        ];
        for (interaction, response, fits) in table {
            assert_eq!(check(interaction, response).is_ok(), *fits, "{response:?}");
        }
    }

    #[test]
    fn what_the_host_normalises_is_no_fault_and_blanks_are_no_answer() {
        let number = Interaction::NumberEntry { form: NumberForm::Integer, unit: None };
        let fraction = Interaction::NumberEntry { form: NumberForm::Fraction, unit: None };
        let text = Interaction::TextEntry { longest: 5 };
        let table: &[(&Interaction, &str, bool)] = &[
            (&number, "٣", true),
            (&number, "\u{061c}3\u{feff}", true),
            (&number, "\u{200f}–３", true),
            (&number, "＋3", true),
            (&number, "½", false),
            (&number, "\u{200e} \u{feff}", false),
            (&fraction, "3／4", true),
            (&fraction, "1½", true),
            (&fraction, "3∕4", true),
            (&text, "e\u{301}te\u{301}", true),
            (&text, " \u{3000}\u{200b} ", false),
        ];
        for (interaction, value, fits) in table {
            let value = (*value).to_owned();
            let typed = match interaction {
                Interaction::TextEntry { .. } => Response::Text { value },
                _ => Response::Number { value },
            };
            assert_eq!(check(interaction, &normalise::response(&typed, "en")).is_ok(), *fits, "{typed:?}");
        }
    }

    #[test]
    fn what_no_item_takes_is_refused_without_one() {
        let text = |value: &str| Response::Text { value: value.into() };
        let number = |value: &str| Response::Number { value: value.into() };
        let long = "i".repeat(65);
        let table: &[(Response, bool)] = &[
            (Response::Skipped, true),
            (Response::Count { value: 7 }, true),
            (text("chat"), true),
            (text(&"e\u{301}".repeat(400)), true),
            (text(&"x".repeat(809)), false),
            (text("\u{200b} "), false),
            (number("\u{061c}1½\u{feff}"), true),
            (number("twelve"), false),
            (number(&"1".repeat(41)), false),
            (number(&" ".repeat(60_000)), false),
            (Response::Choice { ids: ids(&["a", "a b"]) }, true),
            (Response::Choice { ids: vec![long.clone()] }, false),
            (Response::Order { ids: (0..65).map(|n| n.to_string()).collect() }, false),
            (pairs(&[("l1", "r1")]), true),
            (pairs(&[("l1", long.as_str())]), false),
            (Response::Pairs { pairs: vec![(String::new(), String::new()); 65] }, false),
            (Response::Point { x: 0.0, y: 1.0 }, true),
            (Response::Point { x: f32::INFINITY, y: 0.5 }, false),
            (Response::Point { x: 0.5, y: f32::NAN }, false),
            (Response::Point { x: -0.1, y: 0.5 }, false),
            (Response::Custom { value: "x".repeat(LONGEST_CUSTOM) }, true),
            (Response::Custom { value: "x".repeat(LONGEST_CUSTOM + 1) }, false),
        ];
        for (response, fits) in table {
            assert_eq!(bounds(response).is_ok(), *fits, "{response:?}");
        }
    }
}
