//! English forms of nouns and verbs. Never here: French, questions.

use super::{Noun, Use, Verb, noun, verb, wants};

/// Base, -s, -ed, -ing.
pub(super) const VERBS: &[Verb] = &[
    verb(false, &["jump", "jumps", "jumped", "jumping"]),
    verb(false, &["play", "plays", "played", "playing"]),
    verb(false, &["help", "helps", "helped", "helping"]),
    verb(false, &["paint", "paints", "painted", "painting"]),
    verb(false, &["cook", "cooks", "cooked", "cooking"]),
    verb(false, &["walk", "walks", "walked", "walking"]),
    verb(false, &["talk", "talks", "talked", "talking"]),
    verb(false, &["clean", "cleans", "cleaned", "cleaning"]),
    verb(false, &["work", "works", "worked", "working"]),
    verb(false, &["climb", "climbs", "climbed", "climbing"]),
    verb(false, &["rest", "rests", "rested", "resting"]),
    verb(false, &["wait", "waits", "waited", "waiting"]),
    verb(true, &["stop", "stops", "stopped", "stopping"]),
    verb(true, &["clap", "claps", "clapped", "clapping"]),
    verb(true, &["hop", "hops", "hopped", "hopping"]),
    verb(true, &["skip", "skips", "skipped", "skipping"]),
    verb(true, &["run", "runs", "ran", "running"]),
    verb(true, &["swim", "swims", "swam", "swimming"]),
    verb(true, &["bake", "bakes", "baked", "baking"]),
    verb(true, &["dance", "dances", "danced", "dancing"]),
    verb(true, &["smile", "smiles", "smiled", "smiling"]),
    verb(true, &["hide", "hides", "hid", "hiding"]),
    verb(true, &["cry", "cries", "cried", "crying"]),
    verb(true, &["try", "tries", "tried", "trying"]),
];

/// What asks for a form.
pub(super) const USES: &[Use] = &[
    wants(3, "Look, {name} is ___ now.", "it is going on now", &[]),
    wants(2, "Yesterday {name} ___ for an hour.", "it was before", &[]),
    wants(1, "Every day {name} ___ with me.", "he or she often does it", &[2]),
];

/// One with its article, one, many, and what the regular ending would give where it does not fit.
pub(super) const NOUNS: &[Noun] = &[
    noun("one cat", "cat", "cats", ""),
    noun("one cup", "cup", "cups", ""),
    noun("one book", "book", "books", ""),
    noun("one bird", "bird", "birds", ""),
    noun("one drum", "drum", "drums", ""),
    noun("one dog", "dog", "dogs", ""),
    noun("one tree", "tree", "trees", ""),
    noun("one train", "train", "trains", ""),
    noun("one hen", "hen", "hens", ""),
    noun("one hand", "hand", "hands", ""),
    noun("one foot", "foot", "feet", "foots"),
    noun("one tooth", "tooth", "teeth", "tooths"),
    noun("one mouse", "mouse", "mice", "mouses"),
    noun("one man", "man", "men", "mans"),
    noun("one woman", "woman", "women", "womans"),
    noun("one child", "child", "children", "childs"),
    noun("one leaf", "leaf", "leaves", "leafs"),
    noun("one knife", "knife", "knives", "knifes"),
    noun("one baby", "baby", "babies", "babys"),
    noun("one box", "box", "boxes", "boxs"),
    noun("one dish", "dish", "dishes", "dishs"),
];

/// Who does something.
pub(super) const PEOPLE: &[Noun] = &[
    noun("one boy", "boy", "boys", ""),
    noun("one girl", "girl", "girls", ""),
    noun("one friend", "friend", "friends", ""),
    noun("one farmer", "farmer", "farmers", ""),
];
