//! `media/*.svg`: drawings that only show. They are shown as pictures, where they cannot act; they may still not try, nor
//! load anything from elsewhere.

use crate::diagnostic::{Diagnostic, Mistake, Severity};

/// What makes a drawing more than one, wherever it stands.
const ACTIVE: [&str; 11] = [
    "<script",
    "<foreignobject",
    "<!entity",
    "<!doctype",
    "javascript:",
    "<iframe",
    "<style",
    "@import",
    "xml:base",
    "image-set",
    "\\",
];

/// Everything in a drawing that it must not have.
pub fn check(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let error = |what| Diagnostic::about(path, Severity::Error, what);
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![error(Mistake::NotUtf8)] };
    let lower = without_references(text).to_ascii_lowercase();
    if !lower.contains("<svg") || !lower.trim_end().ends_with("</svg>") {
        return vec![error(Mistake::NotMedia { expected: "SVG drawing" })];
    }
    let mut active: Vec<&'static str> = ACTIVE.into_iter().filter(|word| lower.contains(word)).collect();
    if handles(&lower) {
        active.push("on…=");
    }
    if leads_away(&lower) {
        active.push("href");
    }
    if loads(&lower) {
        active.push("url(…)");
    }
    active.into_iter().map(|found| error(Mistake::ActivePicture { found })).collect()
}

/// The text with characters written as `&#104;` or `&#x68;` put in their places, since whoever shows it does so too.
fn without_references(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 2..];
        let number = rest.split_once(';').and_then(|(number, behind)| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            Some((char::from_u32(code.ok()?)?, behind))
        });
        match number {
            Some((character, behind)) => {
                plain.push(character);
                rest = behind;
            }
            None => plain.push_str("&#"),
        }
    }
    plain + rest
}

/// Whether an attribute such as `onclick=` stands in it.
fn handles(lower: &str) -> bool {
    lower.match_indices("on").any(|(at, _)| {
        let before = lower[..at].chars().next_back();
        let word: String = lower[at + 2..].chars().take_while(char::is_ascii_alphabetic).collect();
        let after = lower[at + 2 + word.len()..].trim_start();
        before.is_some_and(|c| c.is_whitespace() || c == '"' || c == '\'' || c == '/')
            && !word.is_empty()
            && after.starts_with('=')
    })
}

/// Whether an `href` leads out of the drawing, or is set by an animation.
fn leads_away(lower: &str) -> bool {
    let animated = ["\"href\"", "'href'", "\"xlink:href\"", "'xlink:href'"];
    animated.into_iter().any(|name| lower.contains(name))
        || lower.match_indices("href").any(|(at, word)| {
            let after = lower[at + word.len()..].trim_start();
            after.strip_prefix('=').is_some_and(|value| !is_within(value))
        })
}

/// Whether something is loaded by `url(…)`, as `fill` and `filter` can.
fn loads(lower: &str) -> bool {
    lower.match_indices("url").any(|(at, word)| {
        let after = lower[at + word.len()..].trim_start();
        after.strip_prefix('(').is_some_and(|target| !is_within(target))
    })
}

/// Whether a target lies within the drawing: `#id`, in quotes or not.
fn is_within(target: &str) -> bool {
    let mut bare = target.trim_start();
    for quote in ["&quot;", "&apos;", "\"", "'"] {
        bare = bare.strip_prefix(quote).unwrap_or(bare);
    }
    bare.trim_start().starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(inside: &str, expect: &[&str]) {
        let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
        let found: Vec<String> = super::check("media/a.svg", drawing.as_bytes())
            .into_iter()
            .map(|found| match found.what {
                Mistake::ActivePicture { found } => found.to_owned(),
                other => other.to_string(),
            })
            .collect();
        assert_eq!(found, expect, "{inside}");
    }

    #[test]
    fn a_drawing_shows_and_does_nothing_else() {
        check("<path d=\"M0 0h9\" fill=\"url(#g)\"/><use href=\"#a\"/><use xlink:href = ' #a'/>", &[]);
        check("<path style=\"fill: url(&quot;#g&quot;); stroke: url( '#s' )\"/><text>on time = 5, an url</text>", &[]);
        check("<image href=\"http://example.org/a.png\"/>", &["href"]);
        check("<image href = \"http://example.org/a.png\"/>", &["href"]);
        check("<image xlink:href\n=\n'//example.org/a.png'/>", &["href"]);
        check("<image href=\"data:image/png;base64,AAAA\"/>", &["href"]);
        check("<image hre&#102;=\"a.png\"/>", &["href"]);
        check("<set attributeName=\"href\" to=\"http://example.org\"/>", &["href"]);
        check("<path fill=\"url(http://example.org/a.svg#g)\"/>", &["url(…)"]);
        check("<path style=\"filter:URL ( 'http://example.org/a.svg#g' )\"/>", &["url(…)"]);
        check("<path fill=\"u&#x72;l(//example.org)\"/>", &["url(…)"]);
        check("<path fill=\"u\\72l(//example.org)\"/>", &["\\"]);
        check("<g onclick = \"go()\"/><script>go()</script>", &["<script", "on…="]);
        check("<g xml:base=\"http://example.org/\"/>", &["xml:base"]);
    }

    #[test]
    fn what_is_no_drawing_is_told() {
        assert_eq!(super::check("media/a.svg", b"<svg>").len(), 1);
        assert_eq!(super::check("media/a.svg", b"\xff").len(), 1);
        assert_eq!(without_references("&#9999999999;&#x;&#65"), "&#9999999999;&#x;&#65");
    }
}
