//! English groups of words. Never here: French.

use super::groups::{Feature, Group, group};

/// Groups far apart from each other.
pub(super) const GROUPS: &[Group] = &[
    group("animals", &["goat", "dog", "cow", "frog", "bee", "horse", "snake", "lion"], &["nest", "milk", "grass"]),
    group("food", &["rice", "bread", "cake", "soup", "beans", "cheese", "jam", "porridge"], &["plate", "pot", "spoon"]),
    group(
        "parts of the body",
        &["hand", "foot", "nose", "ear", "knee", "mouth", "arm", "back"],
        &["ring", "soap", "comb"],
    ),
    group(
        "clothes",
        &["shirt", "skirt", "hat", "sock", "coat", "dress", "trousers", "scarf"],
        &["needle", "iron", "mirror"],
    ),
    group(
        "things to travel in",
        &["bus", "boat", "train", "lorry", "plane", "taxi", "canoe", "van"],
        &["road", "ticket", "bridge"],
    ),
    group("tools", &["hammer", "saw", "spade", "axe", "rake", "hoe", "drill", "pliers"], &["wood", "hole", "field"]),
    group(
        "things to write with",
        &["pen", "pencil", "chalk", "brush", "crayon", "marker"],
        &["paper", "desk", "letter"],
    ),
    group(
        "people of a family",
        &["mother", "father", "sister", "brother", "uncle", "aunt", "cousin", "grandmother"],
        &["house", "supper", "bed"],
    ),
    group("colours", &["red", "blue", "green", "yellow", "black", "white", "brown"], &["paint", "rainbow", "cloth"]),
    group("numbers", &["two", "five", "seven", "ten", "twelve", "three"], &["shop", "price", "ruler"]),
];

/// Finer features.
pub(super) const FEATURES: &[Feature] = &[
    Feature {
        sides: ["live in water", "live on land"],
        words: [&["fish", "whale", "shark", "crab", "octopus"], &["goat", "lion", "camel", "hen", "donkey"]],
    },
    Feature {
        sides: ["have wings", "have no wings"],
        words: [&["bee", "hen", "owl", "moth", "parrot"], &["cow", "snake", "frog", "cat", "goat"]],
    },
    Feature {
        sides: ["made of wood", "made of metal"],
        words: [&["log", "plank", "pencil", "branch", "canoe"], &["nail", "needle", "coin", "key", "tin"]],
    },
    Feature {
        sides: ["you can drink it", "you can only chew it"],
        words: [&["milk", "tea", "water", "juice"], &["bread", "nut", "carrot", "meat"]],
    },
    Feature {
        sides: ["hot", "cold"],
        words: [&["fire", "steam", "embers", "boiling soup"], &["ice", "snow", "frost", "an icicle"]],
    },
];
