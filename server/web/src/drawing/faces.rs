//! Thirty children's faces of cut paper. A face is six or seven coloured uses of shared parts, so a page of nine costs
//! little; always content, never sad. Which child has which face is not decided here.

use super::markup::{Markup, escape};
use std::fmt::Write as _;

/// How many different faces there are; numbers beyond begin again.
pub const FACES: u8 = 30;

const SKINS: [&str; 6] = ["#4f3226", "#6d432c", "#8c5a38", "#ad7648", "#cf9c69", "#ecc59c"];
const HAIR: [&str; 3] = ["#1d1714", "#2b1c14", "#3a2418"];
const CLOTH: [&str; 8] = ["#c2452f", "#1f6289", "#f0b03a", "#2c7140", "#8e2f55", "#d97b34", "#3c4f7c", "#5f8f8a"];
const GROUND: [&str; 7] = ["#f3d9a2", "#cfe3d2", "#d5e3ee", "#f2cfc0", "#e5dcc0", "#d9e2b5", "#ecd3dc"];
const DARK: &str = "#17120f";

/// Shared parts: ground, shoulders, neck and head, three expressions, hair behind (`b`), hair in front (`q`), ribbons.
const PARTS: &[(&str, &str)] = &[
    ("fb", "<path d=\"M32 1c18 0 31 12 31 31S50 63 32 63 1 51 1 32 13 1 32 1z\"/>"),
    ("fs", "<path d=\"M9 58c2-9 12-12 23-12s21 3 23 12c-13 7-33 7-46 0z\"/>"),
    ("fn", "<path d=\"M27 40h10v8c-2 3-8 3-10 0z\"/><ellipse cx=\"32\" cy=\"30\" rx=\"14\" ry=\"15.5\"/>"),
    (
        "fe0",
        "<circle cx=\"26.5\" cy=\"30.5\" r=\"1.9\"/><circle cx=\"37.5\" cy=\"30.5\" r=\"1.9\"/><path d=\"M27 38.5c2.5 3 7.5 3 10 0\" fill=\"none\" stroke=\"#17120f\" stroke-width=\"1.6\" stroke-linecap=\"round\"/>",
    ),
    (
        "fe1",
        "<circle cx=\"26.5\" cy=\"30.5\" r=\"1.9\"/><circle cx=\"37.5\" cy=\"30.5\" r=\"1.9\"/><path d=\"M28 39c2 1.8 6 1.8 8 0\" fill=\"none\" stroke=\"#17120f\" stroke-width=\"1.6\" stroke-linecap=\"round\"/>",
    ),
    (
        "fe2",
        "<circle cx=\"26.5\" cy=\"30.5\" r=\"1.9\"/><circle cx=\"37.5\" cy=\"30.5\" r=\"1.9\"/><path d=\"M26.5 38c3 4 8 4 11 0z\" fill=\"#fff\" stroke=\"#17120f\" stroke-width=\"1.6\" stroke-linejoin=\"round\"/>",
    ),
    ("fq0", "<path d=\"M18 29c-2-13 5-20 14-20s16 7 14 20c-2-7-5-10-14-10s-12 3-14 10z\"/>"),
    ("fr1", "<circle cx=\"32\" cy=\"23\" r=\"19\"/>"),
    ("fq1", "<path d=\"M18 27c3-8 8-9 14-9s11 1 14 9c0-9-5-14-14-14s-14 5-14 14z\"/>"),
    ("fr2", "<path d=\"M32 6c-14 0-20 10-19 25 1 10-3 16-5 21h48c-2-5-6-11-5-21C52 16 46 6 32 6z\"/>"),
    ("fq2", "<path d=\"M19 31c0-12 5-17 13-17s13 5 13 17c2-12-2-22-13-22s-15 10-13 22z\"/>"),
    ("fr3", "<circle cx=\"15\" cy=\"17\" r=\"8.5\"/><circle cx=\"49\" cy=\"17\" r=\"8.5\"/>"),
    ("fq3", "<path d=\"M18 29c-1-13 5-19 14-19s15 6 14 19c-3-7-7-11-14-12-7 1-11 5-14 12z\"/>"),
    ("fr4", "<path d=\"M17 22c-5 8-5 17-4 25h6V26zM47 22c5 8 5 17 4 25h-6V26z\"/>"),
    ("ft4", "<path d=\"M12 45h8v4h-8zM44 45h8v4h-8z\"/>"),
    ("fq4", "<path d=\"M18 29c-1-13 5-19 14-19s15 6 14 19c-2-6-8-8-14-13-6 5-12 7-14 13z\"/>"),
    ("fr5", "<path d=\"M32 8c-12 0-18 8-17 20 0 9-1 15-3 19h40c-2-4-3-10-3-19C50 16 44 8 32 8z\"/>"),
    ("fq5", "<path d=\"M18 31c0-8 4-11 12-15 6 5 14 6 16 15 1-14-5-21-14-21s-15 7-14 21z\"/>"),
    (
        "fq6",
        "<path d=\"M18 25c-1-11 5-16 14-16s15 5 14 16c-9-3-19-3-28 0z\"/><path d=\"M18 21c9-3 19-3 28 0\" fill=\"none\" stroke=\"#f3d9a2\" stroke-width=\"2\"/>",
    ),
    ("fr7", "<circle cx=\"32\" cy=\"8\" r=\"7\"/>"),
    ("fq7", "<path d=\"M18 29c-2-13 5-19 14-19s16 6 14 19c-2-7-6-11-14-11s-12 4-14 11z\"/>"),
    (
        "fq8",
        "<path d=\"M16 24C14 12 22 6 33 6s17 6 15 18c-4-3-8-5-13-6-7 0-14 2-19 6z\"/><path d=\"M19 20c7-7 16-8 26-6\" fill=\"none\" stroke=\"#cfe3d2\" stroke-width=\"2\"/>",
    ),
    ("fq9", "<path d=\"M16 36c-3-16 3-27 16-27s19 11 16 27l-3-1c0-6 0-9-2-12-6 1-15 0-21-3-2 4-3 8-3 15z\"/>"),
];

/// One of ten heads: what is behind, what hangs, whether it is cloth (a scarf, a cap) and which cloth goes with it.
struct Head {
    behind: Option<&'static str>,
    behind_is_cloth: bool,
    ribbon: Option<&'static str>,
    front: &'static str,
    front_is_cloth: bool,
    cloth_shift: usize,
}

const fn hair(behind: Option<&'static str>, front: &'static str) -> Head {
    Head { behind, behind_is_cloth: false, ribbon: None, front, front_is_cloth: false, cloth_shift: 2 }
}

const fn cap(front: &'static str, cloth_shift: usize) -> Head {
    Head { behind: None, behind_is_cloth: false, ribbon: None, front, front_is_cloth: true, cloth_shift }
}

const HEADS: [Head; 10] = [
    hair(None, "fq0"),
    hair(Some("fr1"), "fq1"),
    Head {
        behind: Some("fr2"),
        behind_is_cloth: true,
        ribbon: None,
        front: "fq2",
        front_is_cloth: true,
        cloth_shift: 4,
    },
    hair(Some("fr3"), "fq3"),
    Head {
        behind: Some("fr4"),
        behind_is_cloth: false,
        ribbon: Some("ft4"),
        front: "fq4",
        front_is_cloth: false,
        cloth_shift: 2,
    },
    hair(Some("fr5"), "fq5"),
    cap("fq6", 3),
    hair(Some("fr7"), "fq7"),
    cap("fq8", 5),
    hair(None, "fq9"),
];

/// A part by its id in the sprite.
pub(super) fn part(id: &str) -> Option<&'static str> {
    PARTS.iter().find(|(n, _)| *n == id).map(|(_, body)| *body)
}

/// A face beside a written name, so hidden from the voice.
pub fn face(number: u8) -> Markup {
    Markup(draw(number, " aria-hidden=\"true\""))
}

/// A face that stands alone and is spoken by this name.
pub fn named_face(number: u8, name: &str) -> Markup {
    Markup(draw(number, &format!(" role=\"img\" aria-label=\"{}\"", escape(name))))
}

fn draw(number: u8, spoken: &str) -> String {
    let k = usize::from(number % FACES);
    let head = &HEADS[k % HEADS.len()];
    let hair = HAIR[k % HAIR.len()];
    let cloth = CLOTH[(k + head.cloth_shift) % CLOTH.len()];
    let mut out = format!("<svg class=\"face\" viewBox=\"0 0 64 64\"{spoken}>");
    let mut put = |id: &str, fill: &str| {
        let _ = write!(out, "<use href=\"#{id}\" fill=\"{fill}\"/>");
    };
    put("fb", GROUND[k * 4 % GROUND.len()]);
    if let Some(behind) = head.behind {
        put(behind, if head.behind_is_cloth { cloth } else { hair });
    }
    if let Some(ribbon) = head.ribbon {
        put(ribbon, cloth);
    }
    put("fs", CLOTH[(k * 3 + 1) % CLOTH.len()]);
    put("fn", SKINS[(k * 5 + 2) % SKINS.len()]);
    put(head.front, if head.front_is_cloth { cloth } else { hair });
    put(["fe0", "fe1", "fe2"][k % 3], DARK);
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn thirty_faces_differ_and_then_begin_again() {
        let all: BTreeSet<_> = (0..FACES).map(|k| face(k).0).collect();
        assert_eq!(all.len(), usize::from(FACES));
        assert_eq!(face(FACES + 3), face(3));
    }

    #[test]
    fn every_part_that_is_used_exists() {
        for k in 0..FACES {
            for used in face(k).0.split("href=\"#").skip(1) {
                let id = used.split('"').next().expect("an id");
                assert!(part(id).is_some(), "{id}");
            }
        }
    }
}
