//! Which file of a content pack is in which format. The one table of formats; formats never look at it.

/// What a path in a content pack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// What the pack is.
    Manifest,
    /// The knowledge map.
    Map,
    /// Titles of the map in a language.
    Titles,
    /// A place.
    Context,
    /// A lesson.
    Lesson,
    /// A picture, sound or film.
    Media,
    /// Captions of a film.
    Captions,
    /// For authors: how items of a skill are made, words of a language. Plain TOML here.
    Reference,
    /// For people: licence, read-me, signature.
    Words,
    /// Nothing reads it.
    Unknown,
}

/// The kind of a path.
pub(crate) fn kind_of(path: &str) -> FileKind {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match (folder, ending) {
        ("", _) => match name {
            "pack.toml" => FileKind::Manifest,
            "map.toml" => FileKind::Map,
            "LICENSE" | "README.md" | "pack.sig" => FileKind::Words,
            _ => FileKind::Unknown,
        },
        ("locales", "toml") => FileKind::Titles,
        ("context", "toml") => FileKind::Context,
        ("lessons", "md") => FileKind::Lesson,
        ("items" | "language", "toml") => FileKind::Reference,
        ("media", "svg" | "png" | "jpg" | "mp3" | "mp4") => FileKind::Media,
        ("media", "vtt") => FileKind::Captions,
        _ => FileKind::Unknown,
    }
}
