//! The map is the same for the same child, joins at its seam, and stays small.

use super::*;
use crate::translator::Translator;
use flate2::{Compression, write::GzEncoder};
use std::collections::HashMap;
use std::io::Write as _;

/// The starter map with the skills of the first two grades known.
pub(crate) fn starter() -> MapView {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/packs/foundations/map.toml");
    let table: toml::Table = std::fs::read_to_string(path).expect("the starter map").parse().expect("TOML");
    let text = |v: &toml::Value, key: &str| v.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let mut skills: Vec<MapSkill> = Vec::new();
    for group in table["skills"].as_array().expect("skills") {
        for skill in group["list"].as_array().expect("a list") {
            let id = text(skill, "id");
            let before = skill.get("pre").and_then(toml::Value::as_array);
            skills.push(MapSkill {
                strand: id.rsplit_once('.').map(|x| x.0).expect("a strand").to_owned(),
                grade: skill["g"].as_integer().expect("a grade") as u8,
                prerequisites: before.into_iter().flatten().filter_map(|p| p.as_str().map(str::to_owned)).collect(),
                depth: 0,
                file_index: skills.len(),
                state: PlantState::Later,
                title: text(skill, "can"),
                id,
            });
        }
    }
    let before: HashMap<String, Vec<String>> = skills.iter().map(|s| (s.id.clone(), s.prerequisites.clone())).collect();
    fn depth(id: &str, before: &HashMap<String, Vec<String>>) -> u32 {
        1 + before.get(id).into_iter().flatten().map(|p| depth(p, before)).max().unwrap_or(0)
    }
    let states: HashMap<String, PlantState> = skills
        .iter()
        .map(|s| (s.id.clone(), if s.grade == 0 { PlantState::Kept } else { PlantState::Can }))
        .filter(|(id, _)| skills.iter().any(|s| s.id == *id && s.grade <= 1))
        .collect();
    for skill in &mut skills {
        skill.depth = depth(&skill.id, &before);
        let ready = skill.prerequisites.iter().all(|p| states.contains_key(p));
        skill.state =
            states.get(&skill.id).copied().unwrap_or(if ready { PlantState::Ready } else { PlantState::Later });
    }
    let strands = table["strand"].as_table().expect("strands").iter().map(|(id, strand)| MapStrand {
        id: id.clone(),
        domain: text(strand, "domain"),
        title: text(strand, "t"),
        href: format!("/learn/map/{id}#here"),
    });
    // The table gives its entries by name; the map has numbers before words.
    let mut strands: Vec<MapStrand> = strands.collect();
    strands.sort_by_key(|s| s.domain != "numeracy");
    MapView { strands, skills }
}

fn gzip(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).expect("into memory");
    encoder.finish().expect("into memory").len()
}

#[test]
fn the_starter_map_is_drawn_the_same_each_time_and_small() {
    let view = starter();
    let t = Translator::new().expect("embedded words parse").words("en");
    let drawn = pictures(&view, Some("numeracy.place.line-100"), &t);
    assert_eq!(drawn, pictures(&view, Some("numeracy.place.line-100"), &t));
    assert_eq!(drawn.len(), 2);
    let bytes = gzip(&format!("{}{}", drawn[0], drawn[1]));
    println!("map picture: {bytes} bytes gzip");
    assert!(bytes < 13_000, "{bytes}");
    for (picture, roads) in drawn.iter().zip([10, 9]) {
        assert_eq!(picture.0.matches("<a href=").count(), roads);
        assert!(!picture.0.contains("NaN"));
    }
    assert_eq!(drawn[0].0.matches("class=\"pin\"").count(), 1);
    assert_eq!(drawn[1].0.matches("class=\"pin\"").count(), 0);
}

#[test]
fn every_skill_stands_inside_its_half_and_in_order_up_the_road() {
    let view = starter();
    let layout = Layout::of(&view);
    for (d, domain) in layout.domains.iter().enumerate() {
        for road in &domain.roads {
            let mut last = f64::INFINITY;
            for skill in &road.skills {
                let (x, y) = layout.plants[*skill];
                let x0 = d as f64 * layout::WIDTH;
                assert!(x > x0 && x < x0 + layout::WIDTH && y > 0.0 && y < layout.height, "{}", view.skills[*skill].id);
                assert!(layout.stops[*skill].1 < last, "{} does not climb", view.skills[*skill].id);
                last = layout.stops[*skill].1;
            }
        }
    }
}

#[test]
fn summaries_and_neighbours_follow_the_picture() {
    let view = starter();
    let rows = summaries(&view);
    assert_eq!(rows.len(), 19);
    assert_eq!(rows[0].strand, "numeracy.shape");
    assert!(rows.iter().all(|r| r.known <= r.total && r.bars.iter().map(|b| b.1).sum::<usize>() <= 100));
    let (left, right) = neighbours(&view, "numeracy.place");
    assert_eq!(left.map(|k| view.strands[k].id.as_str()), Some("numeracy.count"));
    assert_eq!(right.map(|k| view.strands[k].id.as_str()), Some("numeracy.add"));
    assert_eq!(neighbours(&view, "none"), (None, None));
    assert_eq!(tree_kind(&view, "numeracy.measure"), 1);
}

#[test]
fn an_empty_or_foreign_map_is_drawn_too() {
    let t = Translator::new().expect("embedded words parse").words("en");
    assert!(pictures(&MapView::default(), None, &t).is_empty());
    let skill = MapSkill {
        id: "music.beat.clap".into(),
        strand: "music.beat".into(),
        grade: 255,
        prerequisites: vec!["nowhere".into()],
        depth: 1,
        file_index: 0,
        state: PlantState::Ready,
        title: "clap".into(),
    };
    let strand =
        MapStrand { id: "music.beat".into(), domain: "music".into(), title: "<Beat>".into(), href: "/x".into() };
    let drawn = pictures(&MapView { skills: vec![skill], strands: vec![strand] }, Some("nowhere"), &t);
    assert!(drawn[0].0.contains("&lt;Beat&gt;") && drawn[0].0.contains("#i-book"));
}
