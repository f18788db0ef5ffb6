//! What a skill's state looks like: plants for children, signs for teachers, and the small things of the landscape.
//! Which state a skill is in is decided elsewhere.

use super::markup::Markup;

/// A skill as it stands on the map. More is known of it elsewhere; a picture needs only this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlantState {
    /// Kept over time: full tree with fruit (`secure`, and `mastered` that was right again later).
    Kept,
    /// Can do: the small plain tree (`mastered`).
    Can,
    /// Learning: a sprout on soil (`learning`, `refresh`, `resting`).
    Learning,
    /// Ready now: a seed in a sun (`ready`; `credited`, which is believed and not yet shown).
    Ready,
    /// Opens next: all prerequisites are known, being learned or ready.
    Soon,
    /// Later: a faint dot without a name.
    Later,
}

impl PlantState {
    /// Every state, best first.
    pub const ALL: [PlantState; 6] = [
        PlantState::Kept,
        PlantState::Can,
        PlantState::Learning,
        PlantState::Ready,
        PlantState::Soon,
        PlantState::Later,
    ];

    /// Whether the child can do it.
    pub fn is_known(self) -> bool {
        matches!(self, PlantState::Kept | PlantState::Can)
    }

    /// Whether the child may work on it now.
    pub fn is_open(self) -> bool {
        matches!(self, PlantState::Learning | PlantState::Ready)
    }

    /// The key of its name to a child.
    pub fn name_key(self) -> &'static str {
        match self {
            PlantState::Kept => "plant-kept",
            PlantState::Can => "plant-can",
            PlantState::Learning => "plant-learning",
            PlantState::Ready => "plant-ready",
            PlantState::Soon => "plant-soon",
            PlantState::Later => "plant-later",
        }
    }

    /// The id of its drawing; `kind` is one of four trees.
    pub(super) fn id(self, kind: usize) -> &'static str {
        match self {
            PlantState::Kept => ["k0", "k1", "k2", "k3"][kind % 4],
            PlantState::Can => ["n0", "n1", "n2", "n3"][kind % 4],
            PlantState::Learning => "pl",
            PlantState::Ready => "pr",
            PlantState::Soon => "ps",
            PlantState::Later => "pf",
        }
    }

    /// A letter for classes of the style sheet.
    pub fn letter(self) -> &'static str {
        match self {
            PlantState::Kept => "k",
            PlantState::Can => "c",
            PlantState::Learning => "l",
            PlantState::Ready => "r",
            PlantState::Soon => "n",
            PlantState::Later => "f",
        }
    }
}

const SHADE: &str = "<ellipse class=\"msh\" rx=\"6\" ry=\"2\"/>";

/// Plants: id, scale, whether it casts a shade, drawing. The foot of a plant is at 0,0; it is about 20 units high.
const PLANTS: &[(&str, &str, bool, &str)] = &[
    (
        "k0",
        "1.22",
        true,
        "<path class=\"bk\" d=\"M-1.5 0l.5-7h2l.5 7z\"/><circle class=\"lf\" cy=\"-11\" r=\"7\"/><circle class=\"lf2\" cx=\"-2\" cy=\"-13\" r=\"4\"/><g class=\"fr\"><circle cx=\"-3.5\" cy=\"-9\" r=\"1.5\"/><circle cx=\"3\" cy=\"-8\" r=\"1.5\"/><circle cx=\"2\" cy=\"-14\" r=\"1.5\"/></g>",
    ),
    (
        "n0",
        "1.2",
        true,
        "<path class=\"bk\" d=\"M-1.3 0l.4-6h1.8l.4 6z\"/><circle class=\"lf\" cy=\"-9\" r=\"5.8\"/><circle class=\"lf2\" cx=\"-1.6\" cy=\"-10.6\" r=\"3.2\"/>",
    ),
    (
        "k1",
        "1.22",
        true,
        "<path class=\"bks\" d=\"M0 0c1-5 0-8-1-12\"/><path class=\"lf\" d=\"M-1-12c-5-3-8-1-10 3 4-1 7-1 10-3zM-1-12c0-5 4-7 8-5-2 3-5 4-8 5zM-1-12c5-2 9 1 9 6-3-3-6-4-9-6z\"/><path class=\"lf2\" d=\"M-1-12c-3-4-7-5-9-3 2 3 6 3 9 3zM-1-12c-4 1-6 5-5 9 3-2 5-5 5-9z\"/><g class=\"fr\"><circle cx=\"1.5\" cy=\"-9.5\" r=\"1.6\"/><circle cx=\"-2\" cy=\"-9.2\" r=\"1.6\"/></g>",
    ),
    (
        "n1",
        "1.2",
        true,
        "<path class=\"bks\" d=\"M0 0c1-4 0-6-1-9\"/><path class=\"lf\" d=\"M-1-9c-4-3-7-1-8 2 3 0 6 0 8-2zM-1-9c0-4 3-6 7-4-2 3-4 4-7 4zM-1-9c4-1 7 1 7 4-3-2-5-3-7-4z\"/><path class=\"lf2\" d=\"M-1-9c-3-3-6-4-7-2 1 2 4 3 7 2z\"/>",
    ),
    (
        "k2",
        "1.22",
        true,
        "<path class=\"bk\" d=\"M-1.3 0v-3h2.6v3z\"/><path class=\"lf\" d=\"M0-20c5 6 6 12 3.5 17.5h-7C-6-8-5-14 0-20z\"/><path class=\"lf2\" d=\"M0-20c-4 6-5 12-3.5 17.5H-1C-2-9-2-14 0-20z\"/><path class=\"su\" d=\"M0-23.5l1.2 2.4 2.6.2-2 1.8.6 2.6L0-17.9l-2.4 1.4.6-2.6-2-1.8 2.6-.2z\"/>",
    ),
    (
        "n2",
        "1.2",
        true,
        "<path class=\"bk\" d=\"M-1.2 0v-3h2.4v3z\"/><path class=\"lf\" d=\"M0-16c4 5 5 9 3 14h-6c-2-5-1-9 3-14z\"/><path class=\"lf2\" d=\"M0-16c-3 5-4 9-3 14h2c-1-5-1-9 1-14z\"/>",
    ),
    (
        "k3",
        "1.22",
        true,
        "<path class=\"bks\" d=\"M0 0v-8M0-5l-5-5M0-6l5-4\"/><path class=\"lf\" d=\"M-10-9c-1-5 5-7 8-4 3-4 11-2 11 4-6 3-13 3-19 0z\"/><path class=\"lf2\" d=\"M-9-10c0-3 4-5 7-3 1 3-3 5-7 3z\"/><g class=\"fr\"><circle cx=\"-5\" cy=\"-8.5\" r=\"1.4\"/><circle cx=\"1\" cy=\"-10.5\" r=\"1.4\"/><circle cx=\"6\" cy=\"-8.5\" r=\"1.4\"/></g>",
    ),
    (
        "n3",
        "1.2",
        true,
        "<path class=\"bks\" d=\"M0 0v-7M0-4l-3-4M0-4l3-3\"/><path class=\"lf\" d=\"M-8-7c-1-4 4-6 7-3 3-3 9-2 9 3-5 2-11 2-16 0z\"/><path class=\"lf2\" d=\"M-7-8c0-3 3-4 6-2 0 2-3 4-6 2z\"/>",
    ),
    (
        "pl",
        "1.1",
        false,
        "<ellipse class=\"so\" cy=\"-.5\" rx=\"6\" ry=\"2.6\"/><path class=\"bks\" d=\"M0-1v-6\"/><path class=\"lf2\" d=\"M0-6c-1-4-4-5-7-4 0 3 3 5 7 4z\"/><path class=\"lf\" d=\"M0-6c1-5 4-6 7-5 0 4-3 6-7 5z\"/>",
    ),
    (
        "pr",
        "1.1",
        false,
        "<circle class=\"su\" cy=\"-5\" r=\"6.6\"/><path class=\"rays\" d=\"M0-14.5v2M-9.5-5h2M9.5-5h-2M-6.7-11.7l1.4 1.4M6.7-11.7l-1.4 1.4M-6.7 1.7l1.4-1.4M6.7 1.7L5.3.3\"/><path class=\"so\" d=\"M0-9.5c2.4 2.8 3.4 4.3 3.4 6a3.4 3.4 0 0 1-6.8 0c0-1.7 1-3.2 3.4-6z\"/>",
    ),
    ("ps", "1.1", false, "<circle class=\"sd\" cy=\"-3\" r=\"3.6\"/>"),
    ("pf", "1.1", false, "<circle class=\"far\" cy=\"-2\" r=\"1.7\"/>"),
];

/// Things of the landscape, at their foot.
const THINGS: &[(&str, &str)] = &[
    (
        "d-hut",
        "<ellipse class=\"msh\" rx=\"11\" ry=\"2.5\"/><path d=\"M-8-9H8V0H-8z\" fill=\"#d9b38a\"/><path d=\"M-2.5 0v-6h5v6z\" fill=\"#5a3a24\"/><path d=\"M-11-8L0-18 11-8z\" fill=\"#8a5a36\"/>",
    ),
    (
        "d-hay",
        "<ellipse class=\"msh\" rx=\"7\" ry=\"2\"/><path d=\"M-6 0c-2-7 2-11 6-12 4 1 8 5 6 12z\" fill=\"#d9a441\"/><path d=\"M-3-1c-1-4 1-7 3-9M2-1c1-4 0-7-2-9\" fill=\"none\" stroke=\"#a87a25\"/>",
    ),
    (
        "d-goat",
        "<path d=\"M-6-7c4-1 7-1 10 0l3-3 3 1-1 3-3 1v5H4.5v-4h-6v4H-4v-4c-1 0-2-1-2-3z\" fill=\"#fff8e6\" stroke=\"#5a3a24\" stroke-width=\".8\"/><path d=\"M7-10l-2-2\" stroke=\"#5a3a24\"/>",
    ),
    ("d-tuft", "<path class=\"tuft\" d=\"M-3 0c0-2-1-3-2-4M0 0v-5M3 0c0-2 1-3 2-4\"/>"),
    (
        "d-rock",
        "<path d=\"M-6 0c-1-4 2-6 5-6 4 0 7 2 7 6z\" fill=\"#a79c8c\"/><path d=\"M-4-2c0-2 2-3 4-3\" fill=\"none\" stroke=\"#d3cabb\"/>",
    ),
    (
        "d-flow",
        "<path class=\"tuft\" d=\"M-4 0v-4M0 0v-6M4 0v-3\"/><circle cx=\"-4\" cy=\"-5\" r=\"2\" fill=\"#fff8e6\"/><circle cy=\"-7\" r=\"2.2\" fill=\"#d9542b\"/><circle cx=\"4\" cy=\"-4\" r=\"1.8\" fill=\"#fff8e6\"/>",
    ),
    (
        "d-school",
        "<ellipse class=\"msh\" rx=\"24\" ry=\"3\"/><path d=\"M-20-15h40V0h-40z\" fill=\"#efd9ad\"/><path d=\"M-24-14l7-11h34l7 11z\" fill=\"#1c4740\"/><path d=\"M-4 0v-9h8v9z\" fill=\"#6d432c\"/><path d=\"M-16-11h7v6h-7zM9-11h7v6H9z\" fill=\"#2f7fa8\"/><path d=\"M0-25v-15\" class=\"bks\"/><path class=\"fr\" d=\"M0-40l13 4-13 4z\"/>",
    ),
    (
        "d-boat",
        "<path d=\"M-13-5h26l-5 6H-8z\" fill=\"#6d432c\"/><path d=\"M1-24V-7h11z\" fill=\"#fff8e6\"/><path d=\"M-1-20v13h-8z\" fill=\"#c2452f\"/><path d=\"M0-25v20\" stroke=\"#6d432c\" stroke-width=\"1.5\"/>",
    ),
];

/// A plant or thing by its id in the sprite.
pub(super) fn body(id: &str) -> Option<String> {
    if let Some((_, scale, shade, drawing)) = PLANTS.iter().find(|(n, ..)| *n == id) {
        let shade = if *shade { SHADE } else { "" };
        return Some(format!("<g transform=\"scale({scale})\">{shade}{drawing}</g>"));
    }
    THINGS.iter().find(|(n, _)| *n == id).map(|(_, drawing)| (*drawing).to_owned())
}

/// A plant that stands alone, such as in the key of the map. `kind` is one of four trees; hidden from the voice.
pub fn plant(state: PlantState, kind: usize) -> Markup {
    plant_with(state, kind, "plant")
}

/// The same with a class of the style sheet.
pub fn plant_with(state: PlantState, kind: usize, class: &str) -> Markup {
    Markup(format!(
        "<svg class=\"{class}\" viewBox=\"-14 -29 28 33\" aria-hidden=\"true\"><use href=\"#{}\"/></svg>",
        state.id(kind)
    ))
}

/// What a teacher's grid shows of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignState {
    /// Right again after time had passed.
    Kept,
    /// Can do.
    Can,
    /// Believed because of what else the learner can do; not shown yet.
    Believed,
    /// Working on it.
    Learning,
    /// May begin.
    Ready,
    /// Many tries and not there.
    Stuck,
    /// A prerequisite is missing.
    NotYet,
}

impl SignState {
    /// Every state in the order of the key.
    pub const ALL: [SignState; 7] = [
        SignState::Kept,
        SignState::Can,
        SignState::Believed,
        SignState::Learning,
        SignState::Ready,
        SignState::Stuck,
        SignState::NotYet,
    ];

    /// A letter for the style sheet and the sprite.
    pub fn letter(self) -> &'static str {
        match self {
            SignState::Kept => "k",
            SignState::Can => "c",
            SignState::Believed => "b",
            SignState::Learning => "l",
            SignState::Ready => "r",
            SignState::Stuck => "s",
            SignState::NotYet => "n",
        }
    }

    /// The key of its name to a teacher.
    pub fn name_key(self) -> &'static str {
        match self {
            SignState::Kept => "sign-kept",
            SignState::Can => "sign-can",
            SignState::Believed => "sign-believed",
            SignState::Learning => "sign-learning",
            SignState::Ready => "sign-ready",
            SignState::Stuck => "sign-stuck",
            SignState::NotYet => "sign-not-yet",
        }
    }
}

/// The teacher's sign, differing in shape and colour; hidden from the voice, the word stands beside it.
pub fn sign(state: SignState) -> Markup {
    Markup(format!("<svg class=\"sy\" aria-hidden=\"true\"><use href=\"#y-{}\"/></svg>", state.letter()))
}

pub(super) fn sign_body(letter: &str) -> Option<&'static str> {
    Some(match letter {
        "k" => {
            "<circle cx=\"13\" cy=\"13\" r=\"10.5\" fill=\"var(--leaf)\"/><path d=\"M13 6.5l1.9 4.2 4.5.5-3.3 3 .9 4.5-4-2.3-4 2.3.9-4.5-3.3-3 4.5-.5z\" fill=\"var(--paper)\"/>"
        }
        "c" => {
            "<circle cx=\"13\" cy=\"13\" r=\"9.5\" fill=\"var(--leaf)\"/><path d=\"M8 13.5l3.6 3.5 6.6-7.5\" fill=\"none\" stroke=\"var(--paper)\" stroke-width=\"2.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
        }
        "b" => {
            "<circle cx=\"13\" cy=\"13\" r=\"9\" fill=\"var(--paper)\" stroke=\"var(--leaf)\" stroke-width=\"2.2\" stroke-dasharray=\"3 2.6\"/><path d=\"M8 13.5l3.6 3.5 6.6-7.5\" fill=\"none\" stroke=\"var(--leaf)\" stroke-width=\"2.4\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
        }
        "l" => {
            "<circle cx=\"13\" cy=\"13\" r=\"9\" fill=\"var(--paper)\" stroke=\"var(--sky)\" stroke-width=\"2.2\"/><path d=\"M13 4a9 9 0 0 0 0 18z\" fill=\"var(--sky)\"/>"
        }
        "r" => {
            "<path d=\"M7 22.5v-18l13.5 5.2L7 15\" fill=\"var(--sun)\" stroke=\"var(--ink)\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>"
        }
        "s" => {
            "<path d=\"M13 2.5L23.5 13 13 23.5 2.5 13z\" fill=\"var(--clay)\"/><path d=\"M13 8v6M13 17.6v.1\" stroke=\"var(--paper)\" stroke-width=\"2.8\" stroke-linecap=\"round\"/>"
        }
        "n" => "<circle cx=\"13\" cy=\"13\" r=\"2.2\" fill=\"var(--edge)\"/>",
        _ => return None,
    })
}
