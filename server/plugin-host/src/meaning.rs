//! The sandbox does not check meaning; this does: what a tool returned is finite, within bounds, readable, complete,
//! and names only files that its pack holds. Nothing here knows whether an item is a good one.

mod figure;
mod interaction;
mod text;

use crate::limits::PluginHostConfig;
use chalkbox_domain::item::{Block, Item, Media, Response, Solution, Verdict};
use std::collections::BTreeSet;
use std::fmt::Display;

/// What failed: where in the answer, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct Nonsense {
    /// The field, such as `body.2.alt`.
    pub place: String,
    /// What is wrong with it.
    pub fault: String,
}

type Checked = Result<(), Nonsense>;

fn nonsense(place: impl Display, fault: impl Display) -> Checked {
    Err(Nonsense { place: place.to_string(), fault: fault.to_string() })
}

/// Fails unless `fine`.
fn ensure(fine: bool, place: impl Display, fault: impl Display) -> Checked {
    if fine { Ok(()) } else { nonsense(place, fault) }
}

/// What of a pack its answers may name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackFacts {
    /// Files in `assets/`, without that folder.
    pub assets: BTreeSet<String>,
    /// Files in `web/`, without that folder.
    pub pages: BTreeSet<String>,
    /// Misconceptions of the manifest.
    pub misconceptions: BTreeSet<String>,
}

/// Checks the answers of one pack's tool.
pub(crate) struct Meaning<'a> {
    pub(crate) facts: &'a PackFacts,
    pub(crate) limits: &'a PluginHostConfig,
}

/// The expected time of an item, in seconds.
const SECONDS_MOST: u16 = 3_600;
/// Blocks in one list.
const BLOCKS_MOST: usize = 60;
/// Rows of a table.
const ROWS_MOST: usize = 40;
/// Cells of a table's row.
const CELLS_MOST: usize = 20;
/// Bytes of an `alt`.
const ALT_MOST: usize = 1_000;

impl Meaning<'_> {
    /// An item as `generate` gives it.
    pub(crate) fn item(&self, item: &Item) -> Checked {
        ensure(!item.body.is_empty(), "body", "is empty")?;
        let shown = self.blocks("body", &item.body)? + self.interaction(&item.interaction)?;
        let most = kib(self.limits.body_kib);
        ensure(shown <= most, "item", format_args!("shows {shown} bytes of text, at most {most}"))?;
        let hints = self.limits.hints;
        ensure(u32::from(item.hints) <= hints, "hints", format_args!("are {}, at most {hints}", item.hints))?;
        let seconds = item.seconds;
        ensure((1..=SECONDS_MOST).contains(&seconds), "seconds", format_args!("is {seconds}, not 1 to {SECONDS_MOST}"))
    }

    /// A verdict as `evaluate` gives it.
    pub(crate) fn verdict(&self, verdict: &Verdict) -> Checked {
        let score = verdict.score;
        ensure((0.0..=1.0).contains(&score), "score", format_args!("is {score}, not from 0 to 1"))?;
        self.spoken("feedback", &verdict.feedback, self.limits.feedback_kib)?;
        match &verdict.misconception {
            Some(word) if !self.facts.misconceptions.contains(word) => {
                nonsense("misconception", format_args!("“{}” is not in the manifest's list", clip(word)))
            }
            _ => Ok(()),
        }
    }

    /// A hint as `hint` gives it.
    pub(crate) fn hint(&self, blocks: &[Block]) -> Checked {
        ensure(!blocks.is_empty(), "hint", "is empty")?;
        self.spoken("hint", blocks, self.limits.feedback_kib)
    }

    /// A solution as `solve` gives it.
    pub(crate) fn solution(&self, solution: &Solution) -> Checked {
        response("response", &solution.response)?;
        ensure(solution.response != Response::Skipped, "response", "skips the item it should solve")?;
        self.spoken("steps", &solution.steps, self.limits.body_kib)
    }

    fn spoken(&self, place: &str, blocks: &[Block], most_kib: u32) -> Checked {
        let (bytes, most) = (self.blocks(place, blocks)?, kib(most_kib));
        ensure(bytes <= most, place, format_args!("has {bytes} bytes of text, at most {most}"))
    }

    /// Checks blocks and counts the bytes of their text.
    fn blocks(&self, place: &str, blocks: &[Block]) -> Result<usize, Nonsense> {
        let count = blocks.len();
        ensure(count <= BLOCKS_MOST, place, format_args!("has {count} blocks, at most {BLOCKS_MOST}"))?;
        let mut bytes = 0;
        for (at, block) in blocks.iter().enumerate() {
            bytes += self.block(&format!("{place}.{at}"), block)?;
        }
        Ok(bytes)
    }

    fn block(&self, place: &str, block: &Block) -> Result<usize, Nonsense> {
        match block {
            Block::Text { text } | Block::Speech { text } => {
                text::lines(place, text)?;
                ensure(!text.trim().is_empty(), place, "is blank")?;
                Ok(text.len())
            }
            Block::Math { text } => {
                text::line(place, text)?;
                ensure(!text.trim().is_empty(), place, "is blank")?;
                Ok(text.len())
            }
            Block::Image(media) | Block::Audio(media) => self.media(place, media),
            Block::Figure { figure } => figure::figure(place, figure),
            Block::Table { rows } => table(place, rows),
        }
    }

    /// A file of the pack with words for who cannot see or hear it.
    fn media(&self, place: &str, media: &Media) -> Result<usize, Nonsense> {
        let Media { path, alt } = media;
        ensure(self.facts.assets.contains(path), place, format_args!("“{}” is not in assets/", clip(path)))?;
        text::lines(&format!("{place}.alt"), alt)?;
        ensure(!alt.trim().is_empty(), format_args!("{place}.alt"), "is missing")?;
        ensure(alt.len() <= ALT_MOST, format_args!("{place}.alt"), format_args!("is longer than {ALT_MOST} bytes"))?;
        Ok(alt.len())
    }
}

fn table(place: &str, rows: &[Vec<String>]) -> Result<usize, Nonsense> {
    let columns = rows.first().map_or(0, Vec::len);
    ensure(
        (1..=ROWS_MOST).contains(&rows.len()),
        place,
        format_args!("has {} rows, not 1 to {ROWS_MOST}", rows.len()),
    )?;
    ensure((1..=CELLS_MOST).contains(&columns), place, format_args!("has {columns} columns, not 1 to {CELLS_MOST}"))?;
    ensure(rows.iter().all(|row| row.len() == columns), place, "has rows of unequal length")?;
    for cell in rows.iter().flatten() {
        text::line(place, cell)?;
    }
    Ok(rows.iter().flatten().map(String::len).sum())
}

/// A response that a tool gives as its own solution.
fn response(place: &str, response: &Response) -> Checked {
    let most = 100;
    let short = |text: &String| text.len() <= 4_096;
    match response {
        Response::Choice { ids } | Response::Order { ids } => {
            ensure(ids.len() <= most && ids.iter().all(short), place, "has too many or too long ids")
        }
        Response::Pairs { pairs } => {
            let fine = pairs.iter().all(|(left, right)| short(left) && short(right));
            ensure(pairs.len() <= most && fine, place, "has too many or too long pairs")
        }
        Response::Text { value } | Response::Number { value } => ensure(short(value), place, "is too long"),
        Response::Custom { value } => ensure(value.len() <= interaction::DATA_MOST, place, "is too long"),
        Response::Point { x, y } => {
            let inside = |v: &f32| (0.0..=1.0).contains(v);
            ensure(inside(x) && inside(y), place, format_args!("({x}, {y}) is not on the picture"))
        }
        Response::Count { .. } | Response::Skipped => Ok(()),
    }
}

fn kib(kib: u32) -> usize {
    (kib as usize) << 10
}

/// A guest's own words, short enough for a message and without tricks.
pub(crate) fn clip(text: &str) -> String {
    text.chars().take(60).filter(|c| text::may_stand(*c)).collect()
}

#[cfg(test)]
mod tests;
