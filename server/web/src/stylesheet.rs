//! One style sheet, two directions: written left to right, mirrored by turning left and right round. A declaration that
//! must not turn carries the comment `/*keep*/` in its rule.

use crate::translator::Direction;

/// The style sheet for a direction of writing.
pub fn for_direction(css: &str, direction: Direction) -> String {
    match direction {
        Direction::Ltr => css.to_owned(),
        Direction::Rtl => css
            .split('}')
            .map(|rule| if rule.contains("/*keep*/") { rule.to_owned() } else { turned(rule) })
            .collect::<Vec<_>>()
            .join("}"),
    }
}

/// Turns `left` and `right` round, as words and as ends of names such as `margin-left`.
fn turned(rule: &str) -> String {
    let mut out = String::with_capacity(rule.len());
    let mut rest = rule;
    while let Some(at) = [rest.find("left"), rest.find("right")].into_iter().flatten().min() {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let (word, other) = if after.starts_with("left") { ("left", "right") } else { ("right", "left") };
        let whole = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let alone = whole(before.chars().next_back().or(out.chars().rev().nth(before.len())))
            && whole(after[word.len()..].chars().next());
        out.push_str(if alone { other } else { word });
        rest = &after[word.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_and_right_turn_round_and_other_words_stay() {
        let css = ".a{margin-left:4px;text-align:right}.bright{left:0}.n{/*keep*/float:left}";
        let rtl = for_direction(css, Direction::Rtl);
        assert_eq!(rtl, ".a{margin-right:4px;text-align:left}.bright{right:0}.n{/*keep*/float:left}");
        assert_eq!(for_direction(&rtl, Direction::Rtl), css);
        assert_eq!(for_direction(css, Direction::Ltr), css);
    }
}
