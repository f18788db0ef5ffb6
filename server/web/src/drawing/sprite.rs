//! Parts that many pictures of a page share are written once, as symbols, at its top: this finds which ones a finished
//! page uses and writes them.

use super::{code_pictures, faces, icons, pictures, plants};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The symbols that this HTML uses, sorted, in one hidden SVG; empty if it uses none.
pub fn sprite(html: &str) -> String {
    let used: BTreeSet<&str> = html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut defs = String::new();
    for id in used {
        write_symbol(&mut defs, id);
    }
    if defs.is_empty() {
        return defs;
    }
    format!("<svg class=\"sprite\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>{defs}</defs></svg>")
}

/// Ids that belong to the page itself (a heading that a link jumps to) have no symbol and are left alone.
fn write_symbol(out: &mut String, id: &str) {
    if let Some(path) = id.strip_prefix("i-").and_then(icons::path) {
        let _ = write!(out, "<symbol id=\"{id}\" viewBox=\"0 0 24 24\"><path d=\"{path}\"/></symbol>");
    } else if let Some(body) = id.strip_prefix("c-").and_then(code_pictures::body) {
        let _ = write!(out, "<symbol id=\"{id}\" viewBox=\"0 0 64 64\">{body}</symbol>");
    } else if let Some(body) = id.strip_prefix("o-").and_then(pictures::body) {
        let _ = write!(out, "<symbol id=\"{id}\" viewBox=\"0 0 48 48\">{body}</symbol>");
    } else if let Some(body) = id.strip_prefix("y-").and_then(plants::sign_body) {
        let _ = write!(out, "<symbol id=\"{id}\" viewBox=\"0 0 26 26\">{body}</symbol>");
    } else if let Some(body) = faces::part(id) {
        let _ = write!(out, "<g id=\"{id}\">{body}</g>");
    } else if let Some(body) = plants::body(id) {
        let _ = write!(out, "<g id=\"{id}\">{body}</g>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::{code_pictures::code_picture, faces::face, icons::icon};

    #[test]
    fn each_symbol_comes_once_and_in_order() {
        let page = format!("{}{}{}{}<a href=\"#here\">", icon("next"), icon("next"), face(3), code_picture(2));
        let sprite = sprite(&page);
        assert_eq!(sprite.matches("id=\"i-next\"").count(), 1);
        assert!(sprite.contains("id=\"c-2\"") && sprite.contains("id=\"fb\"") && !sprite.contains("here"));
        assert_eq!(super::sprite("<p>none</p>"), "");
    }
}
