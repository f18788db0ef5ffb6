//! The knowledge map as a landscape: a hill for each grade, a road for each strand, a plant for each skill (C2.2).
//! States come from elsewhere; this only draws them. Equal input gives equal bytes.

mod layout;
mod scene;

use super::markup::Markup;
use super::plants::PlantState;
use crate::translator::Words;
use layout::Layout;

pub(super) use layout::smooth;
pub(super) use scene::CLOUD;

/// All that the picture needs of the map and of one child.
#[derive(Debug, Clone, Default)]
pub struct MapView {
    /// Skills in the order of the map's file.
    pub skills: Vec<MapSkill>,
    /// Strands in the order of the map's file.
    pub strands: Vec<MapStrand>,
}

/// One skill.
#[derive(Debug, Clone)]
pub struct MapSkill {
    /// Id on the map.
    pub id: String,
    /// Id of its strand.
    pub strand: String,
    /// The grade by whose end most can do it.
    pub grade: u8,
    /// Ids of skills that are needed before.
    pub prerequisites: Vec<String>,
    /// Length of the longest chain of prerequisites that ends here; 1 without any.
    pub depth: u32,
    /// Place in the map's file.
    pub file_index: usize,
    /// As it stands for the child.
    pub state: PlantState,
    /// In the child's words ("count to 20").
    pub title: String,
}

/// One strand.
#[derive(Debug, Clone)]
pub struct MapStrand {
    /// Id on the map.
    pub id: String,
    /// Id of its domain, such as `numeracy`.
    pub domain: String,
    /// Title for people.
    pub title: String,
    /// The page on which its road is walked.
    pub href: String,
}

/// A row of the list under the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadSummary {
    /// Strand id, for the icon.
    pub strand: String,
    /// Title.
    pub title: String,
    /// The page of the road.
    pub href: String,
    /// Skills that the child can do.
    pub known: usize,
    /// Skills in all.
    pub total: usize,
    /// Bars: letter of the state and its share in percent; only those above 0.
    pub bars: Vec<(&'static str, usize)>,
}

impl RoadSummary {
    /// The bars as parts of an SVG that is 100 wide and 9 high.
    pub fn drawn(&self) -> Markup {
        let mut x = 0;
        let mut out = String::new();
        for (letter, share) in &self.bars {
            out.push_str(&format!("<path class=\"bg-{letter}\" d=\"M{x} 0h{share}v9h-{share}z\"/>"));
            x += share;
        }
        Markup(out)
    }
}

/// One picture a domain, in the order of the map, made to stand side by side. `here` is the skill with the pin.
pub fn pictures(view: &MapView, here: Option<&str>, t: &Words) -> Vec<Markup> {
    let layout = Layout::of(view);
    (0..layout.domains.len()).map(|domain| scene::picture(view, &layout, domain, here, t)).collect()
}

/// The same roads as rows of a list, in the order in which they stand in the picture.
pub fn summaries(view: &MapView) -> Vec<RoadSummary> {
    let layout = Layout::of(view);
    let mut rows = Vec::new();
    for road in layout.domains.iter().flat_map(|d| &d.roads) {
        let strand = &view.strands[road.strand];
        let count = |state: PlantState| road.skills.iter().filter(|s| view.skills[**s].state == state).count();
        let total = road.skills.len();
        let bars = [PlantState::Kept, PlantState::Can, PlantState::Learning, PlantState::Ready]
            .into_iter()
            .map(|state| (state.letter(), 100 * count(state) / total.max(1)))
            .filter(|(_, share)| *share > 0)
            .collect();
        rows.push(RoadSummary {
            strand: strand.id.clone(),
            title: strand.title.clone(),
            href: strand.href.clone(),
            known: count(PlantState::Kept) + count(PlantState::Can),
            total,
            bars,
        });
    }
    rows
}

/// The strands left and right of this one on the map, as places in `view.strands`.
pub fn neighbours(view: &MapView, strand: &str) -> (Option<usize>, Option<usize>) {
    let layout = Layout::of(view);
    for domain in &layout.domains {
        if let Some(at) = domain.roads.iter().position(|r| view.strands[r.strand].id == strand) {
            let left = at.checked_sub(1).map(|k| domain.roads[k].strand);
            return (left, domain.roads.get(at + 1).map(|r| r.strand));
        }
    }
    (None, None)
}

/// Which of the four trees grows on a strand: in turn along its domain.
pub fn tree_kind(view: &MapView, strand: &str) -> usize {
    let layout = Layout::of(view);
    let places = layout.domains.iter().flat_map(|d| d.roads.iter().enumerate());
    places.filter(|(_, r)| view.strands[r.strand].id == strand).map(|(k, _)| k % 4).next().unwrap_or(0)
}

#[cfg(test)]
mod tests;
