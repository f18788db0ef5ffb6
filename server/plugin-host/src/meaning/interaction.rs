//! Bounds of interactions: something to choose from, ids that are unique, files that exist.

use super::{Checked, Meaning, Nonsense, clip, ensure, figure, nonsense, text};
use chalkbox_domain::item::{ChoiceOption, Gap, Interaction};
use std::collections::BTreeSet;

/// Bytes of JSON for a page of the tool's own, and of its answer.
pub(super) const DATA_MOST: usize = 16 << 10;
/// CSS pixels of such a page.
const HEIGHT_MOST: u16 = 2_000;
/// Characters of a typed answer.
const LONGEST_MOST: u16 = 400;
/// Things to tap.
const TAPS_MOST: u16 = 200;

impl Meaning<'_> {
    /// Checks an interaction and counts the bytes of the text it shows.
    pub(super) fn interaction(&self, interaction: &Interaction) -> Result<usize, Nonsense> {
        let mut ids = Ids::default();
        match interaction {
            Interaction::Choice { options, max } => {
                let bytes = self.options("interaction.options", options, &mut ids)?;
                let fits = (1..=options.len()).contains(&usize::from(*max));
                ensure(fits, "interaction.max", format_args!("is {max} of {} options", options.len()))?;
                Ok(bytes)
            }
            Interaction::TextEntry { longest } => {
                let fits = (1..=LONGEST_MOST).contains(longest);
                ensure(fits, "interaction.longest", format_args!("is {longest}, not 1 to {LONGEST_MOST}"))?;
                Ok(0)
            }
            Interaction::NumberEntry { unit, .. } => {
                let unit = unit.as_deref().unwrap_or_default();
                text::line("interaction.unit", unit)?;
                ensure(unit.len() <= 40, "interaction.unit", "is longer than 40 bytes")?;
                Ok(unit.len())
            }
            Interaction::Order { options } => self.options("interaction.options", options, &mut ids),
            Interaction::Match { left, right, .. } => {
                let left = self.options("interaction.left", left, &mut ids)?;
                Ok(left + self.options("interaction.right", right, &mut ids)?)
            }
            Interaction::GapMatch { left, right } => {
                let left = self.gaps(left, &mut ids)?;
                Ok(left + self.options("interaction.right", right, &mut ids)?)
            }
            Interaction::Slider(line) => figure::number_line("interaction", line).map(|()| 0),
            Interaction::SelectPoint(media) => self.media("interaction", media),
            Interaction::TapCount { picture, available } => {
                text::name("interaction.picture", picture)?;
                let fits = (1..=TAPS_MOST).contains(available);
                ensure(fits, "interaction.available", format_args!("is {available}, not 1 to {TAPS_MOST}"))?;
                Ok(0)
            }
            Interaction::Custom { page, data, height, fallback } => {
                self.custom(page, data, *height)?;
                fallback.as_deref().map_or(Ok(0), |fallback| self.fallback(fallback))
            }
        }
    }

    fn custom(&self, page: &str, data: &str, height: u16) -> Checked {
        let there = self.facts.pages.contains(page);
        ensure(there, "interaction.page", format_args!("“{}” is not in web/", clip(page)))?;
        ensure(data.len() <= DATA_MOST, "interaction.data", format_args!("is longer than {DATA_MOST} bytes"))?;
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(data) {
            return nonsense("interaction.data", format_args!("is not JSON: {error}"));
        }
        let fits = (1..=HEIGHT_MOST).contains(&height);
        ensure(fits, "interaction.height", format_args!("is {height}, not 1 to {HEIGHT_MOST}"))
    }

    fn fallback(&self, fallback: &Interaction) -> Result<usize, Nonsense> {
        match fallback {
            Interaction::Choice { .. } | Interaction::TextEntry { .. } | Interaction::NumberEntry { .. } => {
                self.interaction(fallback)
            }
            _ => nonsense("interaction.fallback", "is neither choice, text-entry nor number-entry").map(|()| 0),
        }
    }

    fn options(&self, place: &str, options: &[ChoiceOption], ids: &mut Ids) -> Result<usize, Nonsense> {
        self.count(place, options.len())?;
        let mut bytes = 0;
        for (at, option) in options.iter().enumerate() {
            let place = format!("{place}.{at}");
            ids.take(&place, &option.id)?;
            ensure(!option.content.is_empty(), &place, "shows nothing")?;
            bytes += self.blocks(&place, &option.content)?;
        }
        Ok(bytes)
    }

    fn gaps(&self, gaps: &[Gap], ids: &mut Ids) -> Result<usize, Nonsense> {
        self.count("interaction.left", gaps.len())?;
        for (at, gap) in gaps.iter().enumerate() {
            let place = format!("interaction.left.{at}");
            ids.take(&place, &gap.id)?;
            text::lines(&place, &gap.before)?;
            text::lines(&place, &gap.after)?;
        }
        Ok(gaps.iter().map(|gap| gap.before.len() + gap.after.len()).sum())
    }

    fn count(&self, place: &str, count: usize) -> Checked {
        let most = self.limits.options as usize;
        ensure((1..=most).contains(&count), place, format_args!("are {count}, not 1 to {most}"))
    }
}

/// Ids of one item, each once.
#[derive(Default)]
struct Ids(BTreeSet<String>);

impl Ids {
    fn take(&mut self, place: &str, id: &str) -> Checked {
        text::name(&format!("{place}.id"), id)?;
        ensure(self.0.insert(id.to_owned()), format_args!("{place}.id"), format_args!("“{id}” is there twice"))
    }
}
