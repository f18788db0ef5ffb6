//! Where everything of the map stands: hills by grade, roads by strand, plants by skill. Numbers only, no drawing.

use super::{MapSkill, MapView};
use std::collections::HashMap;
use std::f64::consts::TAU;

/// Width of one domain's picture.
pub(super) const WIDTH: f64 = 400.0;
/// Room above the last hill.
const SKY: f64 = 66.0;
/// Room below the first hill, for the river.
const FOOT: f64 = 46.0;
/// Most hills; later grades share the last one.
const MOST_HILLS: usize = 12;

/// Neighbours need each other, so that few roads cross. Strands that are not named here follow in the map's order.
const ORDER: &[&str] = &[
    "shape", "measure", "data", "count", "place", "add", "mult", "fraction", "decimal", "pattern", "print", "oral",
    "sound", "letter", "word", "fluency", "read", "vocab", "write",
];

/// A point of the picture.
pub(super) type Point = (f64, f64);

/// The whole landscape.
pub(super) struct Layout {
    pub(super) domains: Vec<Domain>,
    /// Lower edge of each hill, and last the upper edge of the highest.
    pub(super) base: Vec<f64>,
    pub(super) height: f64,
    /// By place in `MapView::skills`: where the plant stands.
    pub(super) plants: Vec<Point>,
    /// By place in `MapView::skills`: the point of the road beside it.
    pub(super) stops: Vec<Point>,
    /// By id: place in `MapView::skills`.
    pub(super) by_id: HashMap<String, usize>,
    /// The highest hill on which the child has begun.
    pub(super) reach: usize,
}

/// One half of the landscape.
pub(super) struct Domain {
    pub(super) roads: Vec<Road>,
    /// The domain's id.
    pub(super) id: String,
}

/// One road.
pub(super) struct Road {
    /// Place in `MapView::strands`.
    pub(super) strand: usize,
    /// Places in `MapView::skills`, from the beginning of the road.
    pub(super) skills: Vec<usize>,
    /// Middle of its column.
    pub(super) middle: f64,
    /// Width of its column.
    pub(super) width: f64,
}

/// The hill of a skill.
pub(super) fn hill(skill: &MapSkill) -> usize {
    usize::from(skill.grade).min(MOST_HILLS - 1)
}

impl Layout {
    pub(super) fn of(view: &MapView) -> Layout {
        let by_id = view.skills.iter().enumerate().map(|(k, s)| (s.id.clone(), k)).collect();
        let hills = view.skills.iter().map(hill).max().map_or(1, |h| h + 1);
        let mut domains = domains(view);
        let heights = hill_heights(view, &domains, hills);
        let height = SKY + heights.iter().sum::<f64>() + FOOT;
        let mut base = vec![height - FOOT];
        for h in &heights {
            base.push(base[base.len() - 1] - h);
        }
        for (k, domain) in domains.iter_mut().enumerate() {
            domain.place_columns(view, k, hills);
        }
        let reach = view.skills.iter().filter(|s| s.state.is_known() || s.state.is_open()).map(hill).max().unwrap_or(0);
        let mut layout = Layout {
            plants: vec![(0.0, 0.0); view.skills.len()],
            stops: vec![(0.0, 0.0); view.skills.len()],
            domains,
            base,
            height,
            by_id,
            reach,
        };
        layout.place_skills(view, &heights);
        layout
    }

    /// How far the upper edge of a hill is lifted at x.
    pub(super) fn crest(hill: usize, x: f64) -> f64 {
        let k = hill as f64;
        9.0 * libm::sin(x / WIDTH * TAU * (0.62 + 0.13 * k) + k * 1.7)
            + 4.0 * libm::sin(x / WIDTH * TAU * 1.9 + k * 2.3)
    }

    /// How far the ground is lifted at this share of a hill's height.
    fn lift(hill: usize, share: f64, x: f64) -> f64 {
        let below = if hill > 0 { Layout::crest(hill - 1, x) } else { 0.0 };
        below * (1.0 - share) + Layout::crest(hill, x) * share
    }

    fn place_skills(&mut self, view: &MapView, heights: &[f64]) {
        for road in self.domains.iter().flat_map(|d| &d.roads) {
            let sway = (road.width * 0.22).min(9.0);
            let aside = (road.width * 0.25).min(9.5);
            for (h, height) in heights.iter().enumerate() {
                let cell: Vec<usize> = road.skills.iter().copied().filter(|s| hill(&view.skills[*s]) == h).collect();
                for (k, skill) in cell.iter().enumerate() {
                    let share = if cell.len() > 1 { (k as f64 + 0.62) / cell.len() as f64 } else { 0.5 };
                    let y = self.base[h] - 4.0 - share * (height - 9.0);
                    let x = road.middle + sway * libm::sin(y / 25.0 + 2.3 * road.middle);
                    let y = y - Layout::lift(h, share, x);
                    let side = if view.skills[*skill].file_index % 2 == 1 { 1.0 } else { -1.0 };
                    self.stops[*skill] = (x, y);
                    self.plants[*skill] = (x + side * aside, y + 3.0);
                }
            }
        }
    }
}

/// Domains in the order of the map; strands without skills have no road.
fn domains(view: &MapView) -> Vec<Domain> {
    let mut domains: Vec<Domain> = Vec::new();
    for (k, strand) in view.strands.iter().enumerate() {
        let mut skills: Vec<usize> = (0..view.skills.len()).filter(|s| view.skills[*s].strand == strand.id).collect();
        if skills.is_empty() {
            continue;
        }
        skills.sort_by_key(|s| (hill(&view.skills[*s]), view.skills[*s].depth, view.skills[*s].file_index));
        let road = Road { strand: k, skills, middle: 0.0, width: 0.0 };
        match domains.iter_mut().find(|d| d.id == strand.domain) {
            Some(domain) => domain.roads.push(road),
            None => domains.push(Domain { id: strand.domain.clone(), roads: vec![road] }),
        }
    }
    for domain in &mut domains {
        domain.roads.sort_by_key(|road| {
            let name = view.strands[road.strand].id.rsplit('.').next().unwrap_or_default();
            (ORDER.iter().position(|o| *o == name).unwrap_or(ORDER.len()), road.strand)
        });
    }
    domains
}

/// A hill is as high as its fullest road needs; what is not reached yet lies low and far.
fn hill_heights(view: &MapView, domains: &[Domain], hills: usize) -> Vec<f64> {
    (0..hills)
        .map(|h| {
            let on_hill = |road: &Road| road.skills.iter().filter(|s| hill(&view.skills[**s]) == h).count();
            let fullest = domains.iter().flat_map(|d| &d.roads).map(on_hill).max().unwrap_or(0);
            let here = view.skills.iter().filter(|s| hill(s) == h);
            let (mut all, mut seen) = (0_u32, 0_u32);
            for skill in here {
                all += 1;
                seen += u32::from(skill.state != super::PlantState::Later);
            }
            let share = f64::from(seen) / f64::from(all.max(1));
            fullest as f64 * (4.5 + 8.0 * (1.6 * share).min(1.0)) + 14.0
        })
        .collect()
}

impl Domain {
    /// Columns as wide as their fullest hill asks.
    fn place_columns(&mut self, view: &MapView, domain: usize, hills: usize) {
        let wish = |road: &Road| {
            let fullest = (0..hills).map(|h| road.skills.iter().filter(|s| hill(&view.skills[**s]) == h).count()).max();
            1.0 + 0.4 * (fullest.unwrap_or(0) as f64 / 2.0).min(4.0)
        };
        let wishes: Vec<f64> = self.roads.iter().map(wish).collect();
        let total: f64 = wishes.iter().sum();
        let mut x = domain as f64 * WIDTH + 10.0;
        for (road, wish) in self.roads.iter_mut().zip(wishes) {
            road.width = (WIDTH - 20.0) * wish / total;
            road.middle = x + road.width / 2.0;
            x += road.width;
        }
    }
}

/// A smooth curve through points (Catmull-Rom written as Béziers), with whole numbers. Empty for fewer than two.
pub(in crate::drawing) fn smooth(points: &[Point]) -> String {
    use std::fmt::Write as _;
    let (Some(first), true) = (points.first(), points.len() > 1) else {
        return String::new();
    };
    let whole = |v: f64| libm::round(v) as i64;
    let mut d = format!("M{} {}", whole(first.0), whole(first.1));
    for k in 0..points.len() - 1 {
        let (a, b) = (points[k], points[k + 1]);
        let before = if k > 0 { points[k - 1] } else { a };
        let after = points.get(k + 2).copied().unwrap_or(b);
        let _ = write!(
            d,
            "C{} {} {} {} {} {}",
            whole(a.0 + (b.0 - before.0) / 6.0),
            whole(a.1 + (b.1 - before.1) / 6.0),
            whole(b.0 - (after.0 - a.0) / 6.0),
            whole(b.1 - (after.1 - a.1) / 6.0),
            whole(b.0),
            whole(b.1)
        );
    }
    d
}
