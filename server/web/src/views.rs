//! What each page shows, as plain values: one struct a page, filled by a handler, drawn by the template of the same
//! name. Nothing here decides anything; numbers are counted, states named and addresses made before they come here.
//!
//! A handler ends in `views::html(&XPage { … })`. Addresses of the site are made by `views::paths` only.

pub mod admin;
pub mod answer;
pub mod backups;
pub mod blocks;
pub mod cards;
pub mod home;
pub mod learn;
pub mod paths;
pub mod privacy;
pub mod same_child;
pub mod teach;
pub mod teaching;
pub mod year;

pub use crate::drawing::markup::Markup;
pub use crate::translator::Words;

use crate::drawing::icons;
use crate::drawing::markup::escape;
use crate::drawing::sprite::sprite;
use askama::Template;

/// Addresses of the style sheets. A page asks for those that it needs: the first page of all fits one round trip.
#[derive(Debug, Clone, Default)]
pub struct Sheets {
    /// For every page.
    pub every: String,
    /// For what a child walks and answers.
    pub learn: String,
    /// For what grown-ups look at and print.
    pub teach: String,
}

/// What every page needs beside its words.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Day or dim.
    pub theme: Theme,
    /// Addresses of the style sheets for this direction of writing.
    pub sheets: Sheets,
    /// Address of the script; empty: none is asked for.
    pub script: String,
    /// The token that each form of this sign-in carries; empty where nobody is signed in.
    pub token: String,
    /// Reload by itself after so many seconds, for pages that wait for somebody; 0 never.
    pub refresh_seconds: u16,
    /// Where the "?" leads.
    pub help: String,
}

impl Page {
    /// An icon by name; see `drawing::icons`.
    pub fn icon(&self, name: &str) -> Markup {
        icons::icon(name)
    }

    /// A strand's icon by the strand's id.
    pub fn strand_icon(&self, strand: &str) -> Markup {
        icons::strand_icon(strand)
    }

    /// A child's face by number, beside a written name.
    pub fn face(&self, number: &u8) -> Markup {
        crate::drawing::faces::face(*number)
    }

    /// A button that speaks. It shows itself only where the script finds a voice for the language.
    pub fn say(&self, t: &Words, text: impl AsRef<str>) -> Markup {
        let text = text.as_ref();
        if text.trim().is_empty() {
            return Markup::default();
        }
        Markup(format!(
            "<button class=\"say\" type=\"button\" hidden data-speak=\"{}\" aria-label=\"{}\">{}</button>",
            escape(text),
            escape(&t.msg("hear")),
            self.icon("say")
        ))
    }

    /// The line under a heading.
    pub fn underline(&self) -> Markup {
        icons::underline()
    }

    /// The name of the box, as strokes.
    pub fn wordmark(&self) -> Markup {
        icons::wordmark()
    }

    /// The hidden field of every form that writes.
    pub fn token_field(&self) -> Markup {
        if self.token.is_empty() {
            return Markup::default();
        }
        Markup(format!("<input type=\"hidden\" name=\"token\" value=\"{}\">", escape(&self.token)))
    }
}

/// Something that happened to the box, for grown-ups: what, and what is safe and to be done.
#[derive(Debug, Clone, Default)]
pub struct NoticeLine {
    /// What happened.
    pub heading: String,
    /// What is safe, what to do.
    pub detail: String,
    /// Whether something is lost or will be.
    pub grave: bool,
}

/// How light the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Paper by day.
    #[default]
    Day,
    /// Calm and dark.
    Dim,
}

impl Theme {
    /// The attribute `data-theme`; empty by day.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Day => "",
            Theme::Dim => "dim",
        }
    }
}

/// The child whose page this is; its face and name stay in the same corner of every page.
#[derive(Debug, Clone, Default)]
pub struct Who {
    /// Name as shown.
    pub name: String,
    /// Number of the face.
    pub face: u8,
    /// Where "Not me" goes.
    pub not_me: NotMe,
}

/// What "Not me" does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum NotMe {
    /// Nobody is signed in yet: a link back to the faces.
    Back(String),
    /// Ends the sign-in by a form.
    #[default]
    Leave,
}

/// Pebbles on the board: how far along, without a clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions answered.
    pub done: u8,
    /// Questions in all; 0 hides the pebbles.
    pub total: u8,
}

impl Progress {
    /// One letter for each pebble: `d` done, `h` here, empty for to come. At most twelve.
    pub fn pebbles(&self) -> Vec<&'static str> {
        (0..self.total.min(12))
            .map(|k| match k.cmp(&self.done) {
                std::cmp::Ordering::Less => "d",
                std::cmp::Ordering::Equal => "h",
                std::cmp::Ordering::Greater => "",
            })
            .collect()
    }

    /// The number of the question that is open, from 1.
    pub fn at(&self) -> u8 {
        self.done.saturating_add(1).min(self.total)
    }
}

/// A view could not be written.
#[derive(Debug, thiserror::Error)]
#[error("a page could not be written")]
pub struct PageError {
    /// What the template says.
    #[from]
    source: askama::Error,
}

/// Writes a page: template, then the symbols that it uses, then without the blanks of the template's indentation.
pub fn html<T: Template>(view: &T) -> Result<String, PageError> {
    let raw = view.render()?;
    let mut out = String::with_capacity(raw.len());
    for line in raw.lines() {
        let line = line.trim_start();
        if line.is_empty() {
            continue;
        }
        if line == "<!--sprite-->" {
            out.push_str(&sprite(&raw));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pebbles_show_done_here_and_to_come() {
        assert_eq!(Progress { done: 1, total: 3 }.pebbles(), ["d", "h", ""]);
        assert_eq!(Progress { done: 9, total: 3 }.pebbles(), ["d", "d", "d"]);
        assert_eq!(Progress { done: 0, total: 200 }.pebbles().len(), 12);
        assert_eq!(Progress { done: 3, total: 3 }.at(), 3);
    }
}
