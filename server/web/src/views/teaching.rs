//! A step of a lesson as HTML, and as words for the voice. Lessons hold no HTML; everything is escaped here.

use super::Markup;
use super::blocks::{math, spoken_math};
use crate::drawing::figures::{self, Setting};
use crate::drawing::markup::escape;
use chalkbox_service::lessons::{Medium, Part, Span, Step};
use std::fmt::Write as _;

/// The step without its quick question, and what the voice reads. `address` makes the address of a file of the pack.
pub fn step(step: &Step, locale: &str, setting: &Setting<'_>, address: &dyn Fn(&str) -> String) -> (Markup, String) {
    let mut html = String::new();
    let mut spoken = vec![step.title.clone()];
    for part in &step.parts {
        match part {
            Part::Paragraph(spans) => {
                let _ = write!(html, "<p>{}</p>", inline(spans));
                spoken.push(words(spans));
            }
            Part::List { ordered, entries } => {
                let tag = if *ordered { "ol" } else { "ul" };
                let _ = write!(html, "<{tag}>");
                for entry in entries {
                    let _ = write!(html, "<li>{}</li>", inline(entry));
                    spoken.push(words(entry));
                }
                let _ = write!(html, "</{tag}>");
            }
            Part::Math(text) => {
                let _ = write!(html, "<p class=\"sum\">{}</p>", math(text, setting.t));
                spoken.push(spoken_math(text, setting.t));
            }
            Part::Figure(figure) => {
                let _ = write!(html, "<div class=\"fig0\">{}</div>", figures::figure(figure, setting));
            }
            Part::Picture(medium) => {
                let (src, alt) = source(medium, address);
                let _ = write!(html, "<img class=\"pict\" src=\"{src}\" alt=\"{alt}\">");
            }
            Part::Sound(medium) => {
                let (src, alt) = source(medium, address);
                let _ = write!(
                    html,
                    "<figure class=\"hear\"><audio controls preload=\"none\" src=\"{src}\"></audio><figcaption>{alt}</figcaption></figure>"
                );
            }
            Part::Film { film, captions } => {
                let (src, alt) = source(film, address);
                let _ = write!(html, "<figure class=\"film\"><video controls preload=\"none\" src=\"{src}\">");
                for track in captions {
                    let chosen = if track.locale == locale { " default" } else { "" };
                    let (path, lang) = (escape(&address(&track.path)), escape(&track.locale));
                    let _ = write!(
                        html,
                        "<track kind=\"captions\" srclang=\"{lang}\" label=\"{lang}\" src=\"{path}\"{chosen}>"
                    );
                }
                let _ = write!(html, "</video><figcaption>{alt}</figcaption></figure>");
            }
            Part::Ask(ask) => spoken.push(ask.question.clone()),
        }
    }
    (Markup(html), spoken.join("\n"))
}

fn source(medium: &Medium, address: &dyn Fn(&str) -> String) -> (String, String) {
    (escape(&address(&medium.path)), escape(&medium.alt))
}

fn inline(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        let text = escape(&span.text).replace('\n', "<br>");
        let (open, close) = match (span.strong, span.emphasis) {
            (true, true) => ("<b><i>", "</i></b>"),
            (true, false) => ("<b>", "</b>"),
            (false, true) => ("<i>", "</i>"),
            (false, false) => ("", ""),
        };
        let _ = write!(out, "{open}{text}{close}");
    }
    out
}

fn words(spans: &[Span]) -> String {
    spans.iter().map(|s| s.text.as_str()).collect()
}
