//! The map drawn: sky, hills from back to front, river, things in the clearings, roads with their plants, the pin.

use super::layout::{Layout, Point, Road, WIDTH, smooth};
use super::{MapView, PlantState};
use crate::drawing::icons::strand_icon_name;
use crate::drawing::markup::{Markup, escape};
use crate::translator::{Arg, Words};
use std::fmt::Write as _;

/// One cloud, from its lower left.
pub(in crate::drawing) const CLOUD: &str = "c4-10 18-11 22-3 9-4 17 6 9 10h-26c-7 0-9-4-5-7z";
/// Things for the clearings, in turn, and how far from roads and plants they keep.
const THINGS: [(&str, f64); 7] = [
    ("d-hut", 17.0),
    ("d-tuft", 9.0),
    ("d-hay", 17.0),
    ("d-goat", 17.0),
    ("d-tuft", 9.0),
    ("d-rock", 9.0),
    ("d-flow", 9.0),
];
/// Most things in the clearings of one half.
const MOST_THINGS: usize = 27;

fn whole(v: f64) -> i64 {
    libm::round(v) as i64
}

/// One half of the landscape.
pub(super) fn picture(view: &MapView, layout: &Layout, domain: usize, here: Option<&str>, t: &Words) -> Markup {
    let x0 = domain as f64 * WIDTH;
    let height = whole(layout.height);
    let label = match layout.domains[domain].id.as_str() {
        "numeracy" => t.msg("map-number-hills"),
        "literacy" => t.msg("map-word-hills"),
        _ => t.msg("map-hills"),
    };
    let mut out = format!("<svg viewBox=\"{x0} 0 {WIDTH} {height}\" role=\"group\" aria-label=\"{}\">", escape(&label));
    sky(&mut out, x0, domain, height);
    hills(&mut out, layout, x0);
    river(&mut out, layout, x0);
    let pin = here.and_then(|id| layout.by_id.get(id)).copied();
    let pin = pin.filter(|s| layout.domains[domain].roads.iter().any(|r| r.skills.contains(s)));
    clearings(&mut out, layout, domain, pin);
    for road in &layout.domains[domain].roads {
        branch(&mut out, view, layout, domain, road);
    }
    for k in 0..layout.domains[domain].roads.len() {
        draw_road(&mut out, view, layout, (domain, k), t);
    }
    let (thing, dx, dy) = if domain.is_multiple_of(2) { ("d-school", 34.0, 22.0) } else { ("d-boat", 292.0, 8.0) };
    let _ = write!(out, "<use href=\"#{thing}\" x=\"{}\" y=\"{}\"/>", x0 + dx, whole(layout.height - dy));
    if let Some(skill) = pin {
        draw_pin(&mut out, layout.plants[skill]);
    }
    out.push_str("</svg>");
    Markup(out)
}

fn sky(out: &mut String, x0: f64, domain: usize, height: i64) {
    let _ = write!(out, "<path class=\"msky\" d=\"M{x0} 0h{WIDTH}v{height}h-{WIDTH}z\"/>");
    let _ = if domain.is_multiple_of(2) {
        write!(
            out,
            "<circle class=\"su\" cx=\"{}\" cy=\"36\" r=\"19\"/><path class=\"pa\" d=\"M{} 26{CLOUD}M{} 50{CLOUD}\"/>",
            x0 + 302.0,
            x0 + 206.0,
            x0 + 338.0
        )
    } else {
        write!(
            out,
            "<path class=\"pa\" d=\"M{} 26{CLOUD}M{} 44{CLOUD}\"/><path class=\"inks\" d=\"M{} 26c4-5 7-5 9 0 2-5 6-5 9-1M{} 40c3-4 6-4 7 0 2-4 5-4 7-1M{} 44c2-3 5-3 6 0 2-3 4-3 6-1\"/>",
            x0 + 70.0,
            x0 + 200.0,
            x0 + 290.0,
            x0 + 326.0,
            x0 + 268.0
        )
    };
}

fn hills(out: &mut String, layout: &Layout, x0: f64) {
    for hill in (0..layout.base.len() - 1).rev() {
        let bottom = if hill == 0 { layout.height } else { layout.base[hill] + 24.0 };
        let outline = |dy: f64| {
            let points: Vec<Point> = (0..=12)
                .map(|k| x0 - 40.0 + f64::from(k) * 40.0)
                .map(|x| (x, layout.base[hill + 1] - Layout::crest(hill, x) + dy))
                .collect();
            format!("{}V{}H{}z", smooth(&points), whole(bottom), whole(x0 - 40.0))
        };
        let body = outline(0.0);
        let _ =
            write!(out, "<path class=\"msh\" d=\"{}\"/><path class=\"m{}\" d=\"{body}\"/>", outline(-3.0), hill % 6);
        if hill <= layout.reach {
            let _ = write!(out, "<path class=\"mhi\" d=\"{}\"/>", outline(if hill > 0 { 9.0 } else { 12.0 }));
        } else {
            let haze = (25 + 20 * (hill - layout.reach)).min(85);
            let _ = write!(out, "<path class=\"mz\" opacity=\".{haze}\" d=\"{body}\"/>");
        }
    }
}

fn river(out: &mut String, layout: &Layout, x0: f64) {
    let h = whole(layout.height);
    let x = x0 as i64;
    let _ = write!(
        out,
        "<path class=\"wat\" d=\"M{x} {}c40-12 80 6 130-1s90-10 140 0 90 5 130-2v28H{x}z\"/><path class=\"wav\" d=\"M{} {}c6-4 12-4 18 0M{} {}c6-4 12-4 18 0M{} {}c6-4 12-4 18 0M{} {}c4-3 8-3 12 0\"/>",
        h - 22,
        x + 60,
        h - 9,
        x + 190,
        h - 6,
        x + 310,
        h - 10,
        x + 250,
        h - 13
    );
}

/// Fills the clearings: points by the golden angle, kept where no road, plant or other thing is near.
fn clearings(out: &mut String, layout: &Layout, domain: usize, pin: Option<usize>) {
    let x0 = domain as f64 * WIDTH;
    let mut busy: Vec<Point> = Vec::new();
    for road in &layout.domains[domain].roads {
        for skill in &road.skills {
            busy.push(layout.plants[*skill]);
            busy.push(layout.stops[*skill]);
        }
        let foot = layout.stops[road.skills[0]].1;
        busy.extend((0..26).step_by(3).map(|dy| (road.middle, (foot + f64::from(dy)).min(layout.height))));
    }
    if let Some(skill) = pin {
        let (x, y) = layout.plants[skill];
        busy.extend([-9.0, 0.0, 9.0].iter().flat_map(|dx| [6.0, 16.0, 26.0].map(|dy| (x + dx, y - dy))));
    }
    let near = |a: Point, b: Point, r: f64| (a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1) < r * r;
    let mut put: Vec<(Point, &str)> = Vec::new();
    for n in 0..900_u32 {
        let hill = (n as usize * 7) % (layout.reach + 1);
        let x = x0 + 14.0 + (f64::from(n) * 137.508) % (WIDTH - 28.0);
        let room = (layout.base[hill] - layout.base[hill + 1] - 6.0).max(8.0);
        let y = layout.base[hill + 1] + 12.0 + (f64::from(n) * 61.8) % room - Layout::crest(hill, x) * 0.5;
        let (thing, distance) = THINGS[put.len() % THINGS.len()];
        let crowded =
            busy.iter().any(|b| near((x, y), *b, distance)) || put.iter().any(|(p, _)| near((x, y), *p, 27.0));
        if y > layout.height - 30.0 || crowded {
            continue;
        }
        put.push(((x, y), thing));
        if put.len() == MOST_THINGS {
            break;
        }
    }
    put.sort_by(|a, b| a.0.1.total_cmp(&b.0.1).then(a.0.0.total_cmp(&b.0.0)));
    for ((x, y), thing) in put {
        let _ = write!(out, "<use href=\"#{thing}\" x=\"{}\" y=\"{}\"/>", whole(x), whole(y));
    }
}

/// A thin road from the deepest prerequisite in another strand to where this road begins.
fn branch(out: &mut String, view: &MapView, layout: &Layout, domain: usize, road: &Road) {
    let first = &view.skills[road.skills[0]];
    if first.state == PlantState::Later {
        return;
    }
    let before = first.prerequisites.iter().filter_map(|p| layout.by_id.get(p)).copied();
    let in_domain = |s: &usize| layout.domains[domain].roads.iter().any(|r| r.skills.contains(s));
    let Some(from) = before.filter(in_domain).max_by_key(|s| (view.skills[*s].depth, view.skills[*s].file_index))
    else {
        return;
    };
    let ((xa, ya), (xb, yb)) = (layout.stops[from], layout.stops[road.skills[0]]);
    let (xa, ya, xb, yb) = (whole(xa), whole(ya), whole(xb), whole(yb));
    let _ = write!(out, "<path class=\"tr br\" d=\"M{xa} {ya}C{xa} {} {xb} {} {xb} {yb}\"/>", ya - 16, yb + 30);
}

/// One road of a domain: the domain's number and the road's in it.
fn draw_road(out: &mut String, view: &MapView, layout: &Layout, (domain, number): (usize, usize), t: &Words) {
    let road = &layout.domains[domain].roads[number];
    let kind = number % 4;
    let strand = &view.strands[road.strand];
    let state = |s: &usize| view.skills[*s].state;
    let known = road.skills.iter().filter(|s| state(s).is_known()).count();
    let near: Vec<usize> = road.skills.iter().copied().filter(|s| state(s) != PlantState::Later).collect();
    let far: Vec<usize> = road.skills.iter().copied().filter(|s| state(s) == PlantState::Later).collect();
    let label = t.msg_with(
        "map-road",
        &[("strand", Arg::from(&strand.title)), ("known", Arg::from(known)), ("total", Arg::from(road.skills.len()))],
    );
    let ys = road.skills.iter().map(|s| layout.stops[*s].1);
    let (top, foot) = (ys.clone().fold(f64::INFINITY, f64::min), ys.fold(0.0, f64::max));
    let _ = write!(
        out,
        "<a href=\"{}\" aria-label=\"{}\"><rect class=\"hit\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"9\"/>",
        escape(&strand.href),
        escape(&label),
        whole(road.middle - road.width / 2.0),
        whole(top - 14.0),
        whole(road.width),
        whole(foot - top + 46.0)
    );
    let begin = layout.stops[road.skills[0]].1;
    let sign = if near.is_empty() { begin } else { (begin + 20.0).min(layout.height - 30.0) };
    let pale: Vec<Point> = near.last().into_iter().chain(&far).map(|s| layout.stops[*s]).collect();
    if pale.len() > 1 {
        let _ = write!(out, "<path class=\"tr fad\" d=\"{}\"/>", smooth(&pale));
    }
    if !near.is_empty() {
        let path: Vec<Point> =
            std::iter::once((road.middle, sign)).chain(near.iter().map(|s| layout.stops[*s])).collect();
        let path = smooth(&path);
        let _ = write!(out, "<path class=\"tx\" d=\"{path}\"/><path class=\"tr\" d=\"{path}\"/>");
    }
    threads(out, view, layout, domain, road, &near);
    for skill in road.skills.iter().rev() {
        let on_road = matches!(state(skill), PlantState::Later | PlantState::Soon);
        let (x, y) = if on_road { layout.stops[*skill] } else { layout.plants[*skill] };
        let _ = write!(out, "<use href=\"#{}\" x=\"{}\" y=\"{}\"/>", state(skill).id(kind), whole(x), whole(y));
    }
    let _ = write!(
        out,
        "<g transform=\"translate({} {})\"><rect class=\"sign\" x=\"-9\" y=\"-9\" width=\"18\" height=\"18\" rx=\"5\"/><g class=\"sg\"><use href=\"#i-{}\" x=\"-7\" y=\"-7\" width=\"14\" height=\"14\"/></g></g></a>",
        whole(road.middle),
        whole(sign),
        strand_icon_name(&strand.id)
    );
}

/// What a road needs from others of its half, shown only while it is pointed at or focused.
fn threads(out: &mut String, view: &MapView, layout: &Layout, domain: usize, road: &Road, near: &[usize]) {
    let mut d = String::new();
    for skill in near {
        let to = layout.plants[*skill];
        for before in &view.skills[*skill].prerequisites {
            let Some(from) = layout.by_id.get(before).copied() else { continue };
            let other = layout.domains[domain].roads.iter().any(|r| r.skills.contains(&from));
            if !other || road.skills.contains(&from) {
                continue;
            }
            let (x, y) = layout.plants[from];
            let bow = y.min(to.1) - 12.0;
            let _ = write!(
                d,
                "M{} {}Q{} {} {} {}",
                whole(x),
                whole(y),
                whole((x + to.0) / 2.0),
                whole(bow),
                whole(to.0),
                whole(to.1)
            );
        }
    }
    if !d.is_empty() {
        let _ = write!(out, "<path class=\"th\" d=\"{d}\"/>");
    }
}

fn draw_pin(out: &mut String, (x, y): Point) {
    let _ = write!(
        out,
        "<g transform=\"translate({} {})\"><g transform=\"scale(1.3)\"><path d=\"M0 0l-6-8a11.5 11.5 0 1 1 12 0z\" class=\"pin\"/><circle cy=\"-17\" r=\"8\" fill=\"#fffdf4\"/><circle cx=\"-2.6\" cy=\"-18\" r=\"1.3\"/><circle cx=\"2.6\" cy=\"-18\" r=\"1.3\"/><path d=\"M-3-14c2 2 4 2 6 0\" fill=\"none\" stroke=\"#17120f\" stroke-linecap=\"round\"/></g></g>",
        whole(x),
        whole(y - 9.0)
    );
}
