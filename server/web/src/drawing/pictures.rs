//! Little pictures for rows and for tapping: things that a child counts. A new one is drawn here, named in the list of
//! the domain, by which lessons are checked, and has its word in the locales.

use super::markup::{Markup, escape};
use crate::translator::Words;

/// A hand: these fingers, then the palm over their feet.
macro_rules! hand {
    ($fingers:literal) => {
        concat!(
            "<g fill=\"#ad7648\"><path d=\"",
            $fingers,
            "\"/><path d=\"M12 24h25v10c0 7-5 11-12 11s-13-4-13-11z\"/></g>"
        )
    };
}

struct Picture {
    name: &'static str,
    key: &'static str,
    body: &'static str,
}

const PICTURES: &[Picture] = &[
    Picture {
        name: "apple",
        key: "pic-apple",
        body: "<path fill=\"#c2452f\" d=\"M24 15c6-6 18-3 18 9 0 11-8 20-13 20-2 0-3-1-5-1s-3 1-5 1C14 44 6 35 6 24 6 12 18 9 24 15z\"/><path fill=\"none\" d=\"M24 15c0-4 1-7 4-10\"/><path fill=\"#4d8a48\" d=\"M27 8c4-5 10-4 12-2-2 4-8 5-12 2z\"/>",
    },
    Picture {
        name: "mango",
        key: "pic-mango",
        body: "<path fill=\"#f0a52f\" d=\"M20 9c12-3 23 8 20 21-2 10-13 15-22 11C6 35 5 13 20 9z\"/><path fill=\"#d9542b\" stroke=\"none\" d=\"M19 10.5C7 14 6 34 17 39.5c-4-9-3-20 2-29z\"/><path fill=\"none\" d=\"M20 9c0-3 1-4 3-6\"/><path fill=\"#4d8a48\" d=\"M22 6c4-4 11-3 13 0-4 3-9 3-13 0z\"/>",
    },
    Picture {
        name: "banana",
        key: "pic-banana",
        body: "<path fill=\"#f6cf4f\" d=\"M10 7l5-1c0 15 8 24 27 25l1 5C22 46 5 32 10 7z\"/><path fill=\"none\" d=\"M13 12c0 14 9 24 26 24\"/>",
    },
    Picture {
        name: "bean",
        key: "pic-bean",
        body: "<path fill=\"#8a3f2b\" d=\"M9 18C13 6 31 5 38 15c7 10 4 24-5 26-8 2-8-6-14-9S6 27 9 18z\"/><path fill=\"none\" stroke=\"#e7c3a4\" d=\"M20 27c3 2 5 4 7 7\"/>",
    },
    Picture {
        name: "stone",
        key: "pic-stone",
        body: "<path fill=\"#a79c8c\" d=\"M6 33c-2-9 6-19 16-20 11-1 21 8 20 18-1 9-33 11-36 2z\"/><path fill=\"none\" stroke=\"#d9d1c4\" d=\"M14 24c2-4 6-6 10-6\"/>",
    },
    Picture {
        name: "leaf",
        key: "pic-leaf",
        body: "<path fill=\"#4d8a48\" d=\"M8 40C4 20 18 6 42 6c1 22-12 37-34 34z\"/><path fill=\"none\" d=\"M5 44C14 32 22 23 33 15M19 29v-9M19 29h9\"/>",
    },
    Picture {
        name: "cup",
        key: "pic-cup",
        body: "<path fill=\"none\" stroke-width=\"4\" d=\"M34 18c11-2 11 14-2 13\"/><path fill=\"#1f6289\" d=\"M8 12h27l-3 27c-6 3-15 3-21 0z\"/><path fill=\"none\" stroke=\"#d3e6ee\" d=\"M11 20h21\"/>",
    },
    Picture {
        name: "spoon",
        key: "pic-spoon",
        body: "<path fill=\"#c9cdbf\" d=\"M23 26l4 0 3 19h-8z\"/><ellipse fill=\"#dfe3d6\" cx=\"25\" cy=\"15\" rx=\"9\" ry=\"12\"/><path fill=\"none\" d=\"M21 10c1-2 3-3 5-3\"/>",
    },
    Picture {
        name: "ball",
        key: "pic-ball",
        body: "<circle fill=\"#c2452f\" cx=\"24\" cy=\"24\" r=\"18\"/><path fill=\"#fff3d0\" d=\"M8 16c10 6 22 6 32 0 3 5 3 11 0 16-10-6-22-6-32 0-3-5-3-11 0-16z\"/>",
    },
    Picture {
        name: "fish",
        key: "pic-fish",
        body: "<path fill=\"#d97b34\" d=\"M3 24c8-13 23-14 31-2l10-8c-2 7-2 13 0 20l-10-8C26 38 11 37 3 24z\"/><path fill=\"none\" d=\"M20 16c4 6 4 11 0 17\"/><circle fill=\"#17120f\" stroke=\"none\" cx=\"12\" cy=\"22\" r=\"2.2\"/>",
    },
    Picture {
        name: "goat",
        key: "pic-goat",
        body: "<path fill=\"#fff8e6\" d=\"M8 21c6-2 12-1 19 0l5-8 9 3-2 7-6 3v6l-1 11h-4l-1-9H17l-2 9h-4l-1-11c-2-3-3-7-2-11z\"/><path fill=\"none\" d=\"M33 13c-3-3-7-4-9-2M38 24v5\"/><circle fill=\"#17120f\" stroke=\"none\" cx=\"36\" cy=\"18\" r=\"1.5\"/>",
    },
    Picture {
        name: "hen",
        key: "pic-hen",
        body: "<path fill=\"none\" d=\"M20 38v7M27 38v7\"/><path fill=\"#b5652f\" d=\"M5 14c5 5 11 7 17 5l5-9c2-4 9-3 10 2l0 12c-1 9-8 15-17 15C10 39 4 28 5 14z\"/><path fill=\"#c23b22\" d=\"M27 9c0-4 3-4 4-2 2-3 5-1 5 3z\"/><path fill=\"#f6bd3f\" d=\"M37 13l6 3-6 2z\"/><circle fill=\"#17120f\" stroke=\"none\" cx=\"32.5\" cy=\"13\" r=\"1.6\"/><path fill=\"#d9a066\" d=\"M13 24c4-2 10-1 13 1-2 6-10 7-13-1z\"/>",
    },
    Picture {
        name: "star",
        key: "pic-star",
        body: "<path fill=\"#f6bd3f\" d=\"M24 4l6 13 14 1.5-10.5 9.5 3 14L24 35l-12.5 7 3-14L4 18.5 18 17z\"/>",
    },
    Picture {
        name: "flower",
        key: "pic-flower",
        body: "<path fill=\"none\" d=\"M24 28v17M24 40c-5 0-8-3-9-6M24 38c5 0 7-3 8-6\"/><g fill=\"#d98aa4\"><circle cx=\"24\" cy=\"9\" r=\"6.5\"/><circle cx=\"14\" cy=\"16\" r=\"6.5\"/><circle cx=\"34\" cy=\"16\" r=\"6.5\"/><circle cx=\"18\" cy=\"26\" r=\"6.5\"/><circle cx=\"30\" cy=\"26\" r=\"6.5\"/></g><circle fill=\"#f6bd3f\" cx=\"24\" cy=\"18\" r=\"6\"/>",
    },
    Picture {
        name: "book",
        key: "pic-book",
        body: "<path fill=\"#2c7140\" d=\"M8 8h29c2 0 4 2 4 4v30H12c-2 0-4-2-4-4z\"/><path fill=\"#fffdf4\" d=\"M12 36h29v6H12c-4 0-4-6 0-6z\"/><path fill=\"none\" stroke=\"#d3e6c4\" d=\"M16 16h17M16 22h11\"/>",
    },
    Picture { name: "hand-1", key: "pic-hand-1", body: hand!("M20 26V8a3 3 0 0 1 6 0v18z") },
    Picture { name: "hand-2", key: "pic-hand-2", body: hand!("M17 26V9a3 3 0 0 1 6 0v17zM24 26V7a3 3 0 0 1 6 0v19z") },
    Picture {
        name: "hand-3",
        key: "pic-hand-3",
        body: hand!(
            "M14 26V11a2.8 2.8 0 0 1 5.6 0v15zM21 26V7a2.8 2.8 0 0 1 5.6 0v19zM28 26V10a2.8 2.8 0 0 1 5.6 0v16z"
        ),
    },
    Picture {
        name: "hand-4",
        key: "pic-hand-4",
        body: hand!(
            "M13 26V12a2.5 2.5 0 0 1 5 0v14zM19.3 26V7a2.5 2.5 0 0 1 5 0v19zM25.6 26V8a2.5 2.5 0 0 1 5 0v18zM32 26V13a2.3 2.3 0 0 1 4.6 0v13z"
        ),
    },
    Picture {
        name: "hand-5",
        key: "pic-hand-5",
        body: hand!(
            "M13 26V12a2.5 2.5 0 0 1 5 0v14zM19.3 26V7a2.5 2.5 0 0 1 5 0v19zM25.6 26V8a2.5 2.5 0 0 1 5 0v18zM32 26V13a2.3 2.3 0 0 1 4.6 0v13zM13 34L5.5 25a2.6 2.6 0 0 1 4-3.3L16 28z"
        ),
    },
];

fn find(name: &str) -> Option<&'static Picture> {
    PICTURES.iter().find(|p| p.name == name)
}

/// The drawing for the sprite, with its outline.
pub(super) fn body(name: &str) -> Option<String> {
    find(name).map(|p| format!("<g class=\"ol\">{}</g>", p.body))
}

/// Whether there is a drawing of this name.
pub fn exists(name: &str) -> bool {
    find(name).is_some()
}

/// The names of all pictures, in a fixed order.
pub fn names() -> impl Iterator<Item = &'static str> {
    PICTURES.iter().map(|p| p.name)
}

/// The picture's name in words; an unknown one keeps the name that the tool gave.
pub fn name(name: &str, t: &Words) -> String {
    find(name).map_or_else(|| name.to_owned(), |p| t.msg(p.key))
}

/// One picture in a box of 48 units, hidden from the voice. An unknown name is written on a card instead.
pub fn picture(name: &str) -> Markup {
    Markup(format!("<svg class=\"pic1\" viewBox=\"0 0 48 48\" aria-hidden=\"true\">{}</svg>", placed(name, 0.0, 0.0)))
}

/// The same, as part of a larger drawing, at this place.
pub(super) fn placed(name: &str, x: f64, y: f64) -> String {
    use super::markup::number;
    if exists(name) {
        return format!("<use href=\"#o-{name}\" x=\"{}\" y=\"{}\" width=\"48\" height=\"48\"/>", number(x), number(y));
    }
    let short: String = name.chars().take(8).collect();
    format!(
        "<rect class=\"fp\" x=\"{}\" y=\"{}\" width=\"44\" height=\"32\" rx=\"6\"/><text class=\"ft fs\" x=\"{}\" y=\"{}\">{}</text>",
        number(x + 2.0),
        number(y + 8.0),
        number(x + 24.0),
        number(y + 28.0),
        escape(&short)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_picture_is_a_card_with_its_name() {
        assert!(picture("mango").0.contains("#o-mango"));
        let card = picture("<zebra>").0;
        assert!(card.contains("&lt;zebra&gt;") && !card.contains("<zebra"));
    }

    #[test]
    fn every_name_that_lessons_may_use_is_drawn_and_none_else() {
        assert_eq!(names().collect::<Vec<_>>(), chalkbox_domain::drawn::PICTURES);
    }
}
