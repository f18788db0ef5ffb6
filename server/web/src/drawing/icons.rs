//! Icons: a box of 24 units, one round chalk stroke, no fill. Drawn once a page as a symbol (see `sprite`), then used.

use super::markup::Markup;

/// Name and stroke of every icon; names of strands are `s-` and the last part of the strand's id.
const ICONS: &[(&str, &str)] = &[
    ("again", "M5 12a7 7 0 1 0 2.3-5.2M7.6 3v4.2h4.2"),
    ("back", "M19 12H5.6M11 6.2L5 12l6 5.8"),
    (
        "book",
        "M12 6.6C9.8 4.9 6.8 4.5 3.5 5v13.3c3.3-.5 6.3 0 8.5 1.5 2.2-1.5 5.2-2 8.5-1.5V5c-3.3-.5-6.3-.1-8.5 1.6zM12 6.6v13",
    ),
    ("card", "M3.5 5.5h17v13h-17zM6.5 9H11v4.5H6.5zM14 9.5h3.6M14 13h3.6"),
    ("check", "M4.5 12.8l5 5L19.7 6.7"),
    ("check2", "M2.5 13l4 4.2L14 8.5M11 16.5l1 .7 8.8-9.7"),
    ("clock", "M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4zM12 7.5V12l3.2 2.2"),
    ("door", "M6 20.5V4.2l11-1v17.3M3.5 20.5h17M13.6 12v.8"),
    ("eye", "M2.5 12c5-7.6 14-7.6 19 0-5 7.6-14 7.6-19 0zM12 14.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z"),
    ("flag", "M6 21V4c4-2 7 2 12 0v8.5c-5 2-8-2-12 0"),
    (
        "group",
        "M8 10.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM16.5 10.5a2.4 2.4 0 1 0 0-4.8M3 19c.3-3.5 2-5.3 5-5.3s4.7 1.8 5 5.3M15.2 13.9c3.2-.3 5.2 1.5 5.5 5.1",
    ),
    ("grid", "M4 4.5h16v15H4zM4 9.5h16M4 14.5h16M9.4 4.5v15M14.7 4.5v15"),
    (
        "hand",
        "M7.2 13.2V6.7a1.5 1.5 0 0 1 3 0v4.6V4.6a1.5 1.5 0 0 1 3 0v6.6-5a1.5 1.5 0 0 1 3 0v8c0 4-2.2 6.6-5.4 6.6-2.6 0-4-1.2-5.4-3.6L3 13.6c1-1.3 2.6-1 4.2 1.2",
    ),
    ("help", "M8.6 9a3.5 3.5 0 1 1 5.4 3c-1.5.9-2 1.5-2 3M12 18.7v.2"),
    ("knot", "M3.5 15.5c4-1 5.5-9 9-9a3.3 3.3 0 0 1 0 6.6c-3.5 0-5-2.6-3.5-5M20.5 17.5c-3 .5-5.5-.8-6.3-3"),
    ("lamp", "M9.2 17.2c.1-2.2-3-3.4-3-7.1a5.8 5.8 0 0 1 11.6 0c0 3.7-3.1 4.9-3 7.1zM9.6 20.4h4.8"),
    ("lang", "M3.5 6h9M8 3.5V6c0 4-2 6.5-4.5 8M5.5 9.5c1 2.5 3 4 5.5 4.7M12.5 20l4-10 4 10M14 17h5"),
    ("less", "M5 12h14"),
    ("list", "M4 6.5h.1M8.5 6.5H20M4 12h.1M8.5 12H20M4 17.5h.1M8.5 17.5H20"),
    ("lock", "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"),
    ("map", "M3.5 18.5c3-6 5.6-8.4 7.8-5 1 1.6 2 1.2 3.2-.8 1.5-2.6 3.2-3 6 5.8zM15 9.7V4l4.2 1.7L15 7.4"),
    ("more", "M12 5v14M5 12h14"),
    ("next", "M5 12h13.4M13 6.2l6 5.8-6 5.8"),
    ("none", "M12 19.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z"),
    ("off", "M3 9.5c5.5-4.5 12.5-4.5 18 0M7 13.5c3-2.3 7-2.3 10 0M12 18.5v.1M4 3.5l16 17"),
    ("pause", "M8.3 5.5v13M15.7 5.4v13.2"),
    ("pen", "M5 19.2l1-4L16.2 5a1.9 1.9 0 0 1 2.8 0 1.9 1.9 0 0 1 0 2.8L8.9 18.2z"),
    ("power", "M12 3.5V12M7 6.4a7.3 7.3 0 1 0 10 0"),
    ("print", "M7 8.5V4h10v4.5M7 16.5H3.8V9h16.4v7.5H17M7 13.8h10V20H7z"),
    ("save", "M12 4v10M8 10.5l4 4 4-4M4.5 15.5v4h15v-4"),
    ("say", "M4 9.5v5h3.5l5 4.2V5.3l-5 4.2zM16 9c1.6 1.8 1.6 4.3 0 6M18.6 6.4c3.1 3.3 3.1 8 0 11.2"),
    (
        "spark",
        "M12 3.5v5M12 15.5v5M3.5 12h5M15.5 12h5M6.2 6.2l2.7 2.7M15.1 15.1l2.7 2.7M17.8 6.2l-2.7 2.7M8.9 15.1l-2.7 2.7",
    ),
    ("star", "M12 4l2.4 5.2 5.6.6-4.2 3.8 1.2 5.6-5-2.8-5 2.8 1.2-5.6L4 9.8l5.6-.6z"),
    ("step", "M3.5 19.5h5.7v-5h5.6v-5h5.7v-5"),
    (
        "sun",
        "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.8v1.7M12 19.5v1.7M2.8 12h1.7M19.5 12h1.7M5.5 5.5l1.2 1.2M17.3 17.3l1.2 1.2M18.5 5.5l-1.2 1.2M6.7 17.3l-1.2 1.2",
    ),
    (
        "swap",
        "M8.5 10.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19.5C3.4 15.9 5.5 14 8.5 14s5 1.9 5.5 5.5M15.5 6h5.2M18.6 3.6L21 6l-2.4 2.4",
    ),
    ("talk", "M4 5h16v10.5h-8.5L7 19.5v-4H4z"),
    ("s-add", "M12 4.5v15M4.5 12h15"),
    ("s-count", "M6 7.5h.1M6 12h.1M6 16.5h.1M11.5 7.5h.1M11.5 12h.1M11.5 16.5h.1M17.5 6v12"),
    ("s-data", "M4 20.5h16.5M6 17v-4M11 17V8M16 17V5"),
    ("s-decimal", "M4.5 8c0-4 5-4 5 0v8c0 4-5 4-5 0zM13 19v.1M17 6l2.5-1.5V20"),
    ("s-fluency", "M3 9c3-4 5 4 8.5 0s5-2 8.5 0M3 15.5c3-3.5 6 3 9 0 2-2 4-1.5 7-.5M16.5 12.5l3 2.5-3 3"),
    ("s-fraction", "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v8l6.5 4.5M12 12l-7 4"),
    ("s-letter", "M4 18c1-2 2-8 4.5-8s3.5 8 0 8c-3 0-3-8 1-8 3 0 2 8 3.5 8M16 4.5V18M16 14c0-5 5-5 5-.5s-5 5-5 1"),
    ("s-measure", "M3 15.5L15.5 3 21 8.5 8.5 21zM7 11.5l2 2M10 8.5l2.5 2.5M13 5.5l2 2"),
    ("s-mult", "M6 6h.1M12 6h.1M18 6h.1M6 12h.1M12 12h.1M18 12h.1M6 18h.1M12 18h.1M18 18h.1"),
    ("s-oral", "M4 5h16v10.5h-8.5L7 19.5v-4H4zM8 10.2h8"),
    ("s-pattern", "M3 16l4.5-8 4.5 8 4.5-8 4.5 8"),
    ("s-place", "M4 4.5h4.5v15H4zM12 10h4v4h-4zM12 15.5h4v4h-4zM17.5 15.5h3v4h-3zM4 9.5h4.5M4 14.5h4.5"),
    ("s-print", "M5 4h11.5c1.5 0 2.5 1 2.5 2.5V20H7.5C6 20 5 19 5 17.5zM5 17.5c0-1.5 1-2 2.5-2H19"),
    (
        "s-read",
        "M11 5C9 4 6 4 3.5 4.5V17c2.5-.5 5 0 7 1M11 5c2-1 5-1 7.5-.5V10M16 18.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM18.6 17.6l2.4 2.9M11 5v7",
    ),
    ("s-shape", "M4 20l5-9.5 5 9.5zM17.5 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM11 3.5h6v6h-6z"),
    ("s-sound", "M7 9a5 5 0 0 1 10 0c0 4-3.5 4.5-4 8-.4 3-4.5 3.5-5 .5M10 9.5a2 2 0 0 1 4 0c0 1.5-1.5 2-2 3.5"),
    ("s-vocab", "M4 4.5h8.5l8 8.5-7.5 7.5-9-8.5zM8.5 8.8v.1"),
    ("s-word", "M3.5 7h17v10h-17zM9.2 7v10M14.8 7v10"),
    ("s-write", "M4.5 20l1-4.5L16 5a2 2 0 0 1 3 3L8.5 18.5zM12.5 20.5h8"),
];

/// Those that point somewhere, and so turn round in a right-to-left page.
const POINTING: &[&str] = &["again", "back", "list", "map", "next", "step", "swap"];

/// The path of an icon.
pub(super) fn path(name: &str) -> Option<&'static str> {
    ICONS.iter().find(|(n, _)| *n == name).map(|(_, path)| *path)
}

/// An icon, never alone: a word stands beside it or in the `aria-label` of what it is in.
/// An unknown name draws the plain ring, so that a new strand or state is seen and not lost.
pub fn icon(name: &str) -> Markup {
    let known = if path(name).is_some() { name } else { "none" };
    let turn = if POINTING.contains(&known) { " turn" } else { "" };
    Markup(format!("<svg class=\"i{turn}\" aria-hidden=\"true\"><use href=\"#i-{known}\"/></svg>"))
}

/// The icon of a strand, named by the last part of its id (`numeracy.place` gives `s-place`).
pub fn strand_icon(strand: &str) -> Markup {
    icon(&strand_icon_name(strand))
}

/// The name of a strand's icon; the open book where the strand is none of ours.
pub fn strand_icon_name(strand: &str) -> String {
    let name = format!("s-{}", strand.rsplit('.').next().unwrap_or_default());
    if path(&name).is_some() { name } else { "book".to_owned() }
}

/// The wordmark, drawn as strokes.
pub fn wordmark() -> Markup {
    const STROKES: &str = "M36 22c-6-8-26-6-27 12-1 18 20 21 28 11M50 8v44M50 38c3-10 19-11 19 2v12M104 34c-4-9-19-7-19 6 0 14 17 14 19 1V29v23M120 8v44M136 8v44M156 29l-18 11 19 12M171 8v44M171 40c0-15 23-15 23 0s-23 15-23 0zM205 40c0-15 23-15 23 0s-23 15-23 0zM238 29l21 23M259 28l-21 24";
    Markup(format!(
        "<svg class=\"mark\" viewBox=\"0 0 268 64\" role=\"img\" aria-label=\"Chalkbox\"><path id=\"wm\" d=\"{STROKES}\"/><use href=\"#wm\" class=\"dust\"/></svg>"
    ))
}

/// The hand-drawn line under a heading of the board.
pub fn underline() -> Markup {
    Markup("<svg class=\"under\" viewBox=\"0 0 160 9\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"M3 5.5C40 2 70 7 112 4c18-1 30 0 45 1\"/></svg>".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_pointing_one_exists() {
        let mut names: Vec<_> = ICONS.iter().map(|(n, _)| *n).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(POINTING.iter().all(|n| path(n).is_some()));
    }

    #[test]
    fn a_strand_of_another_map_gets_the_book() {
        assert_eq!(strand_icon_name("numeracy.place"), "s-place");
        assert_eq!(strand_icon_name("music.rhythm"), "book");
        assert!(icon("no<pe").0.contains("#i-none"));
    }
}
