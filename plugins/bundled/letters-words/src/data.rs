//! The language data as static tables (written by `build.rs` from the foundations pack) and how to find things in them.
//! Never here: questions, distractors.

use chalkbox_tool::Lang;

pub use crate::key::dictionary_key;

/// A letter of the alphabet.
pub struct Letter {
    /// The small letter.
    pub small: &'static str,
    /// Its capital.
    pub capital: &'static str,
    /// Small letters that look alike.
    pub looks: &'static [&'static str],
    /// Its shape group: round, stick, slant, other.
    pub shape: &'static str,
}

/// A way to write a sound.
pub struct Sound {
    /// Its name in `Word::s`.
    pub id: &'static str,
    /// The letters; `a_e` stands apart.
    pub g: &'static str,
    /// The sound; empty for a mute letter.
    pub ipa: &'static str,
    /// c, v, digraph, team, mute …
    pub kind: &'static str,
    /// Sounds (ids) that are easily taken for it.
    pub near: &'static [&'static str],
}

/// A word with its parts.
pub struct Word {
    /// As written.
    pub w: &'static str,
    /// As dictionaries order it.
    pub key: &'static str,
    /// Its sounds in order, as ids.
    pub s: &'static [&'static str],
    /// Its written parts.
    pub syl: &'static [&'static str],
    /// Its spelling pattern.
    pub pattern: &'static str,
    /// The step from which it can be read sound by sound.
    pub set: u8,
    /// What it is about.
    pub theme: &'static str,
    /// The sentence of `clues` that it answers.
    pub clue: Option<&'static str>,
}

/// A part put before or behind a word.
pub struct Affix {
    /// With a hyphen where the base stands.
    pub affix: &'static str,
    /// ending, prefix, suffix.
    pub kind: &'static str,
    /// What it does.
    pub means: &'static str,
    /// 1 to 5.
    pub level: u8,
    /// Base, built word, meaning.
    pub examples: &'static [[&'static str; 3]],
}

/// A word with two meanings.
pub struct Meaning {
    /// As written.
    pub word: &'static str,
    /// 1 to 4.
    pub level: u8,
    /// Each meaning with a sentence that shows it.
    pub senses: [[&'static str; 2]; 2],
}

/// A word less known in a sentence that gives its meaning away.
pub struct Unknown {
    /// As written.
    pub word: &'static str,
    /// restate, example, contrast, cause.
    pub kind: &'static str,
    /// The sentence, with slots for names.
    pub text: &'static str,
    /// The words of the sentence that give it away.
    pub clue: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What it does not mean.
    pub not: &'static [&'static str],
}

/// All of a language.
pub struct Data {
    /// The letters in the order of the file: a to z first.
    pub letters: &'static [Letter],
    /// Sounds in teaching order.
    pub sounds: &'static [Sound],
    /// The words.
    pub words: &'static [Word],
    /// Common words learned partly by heart.
    pub irregular: &'static [&'static str],
    /// Endings, prefixes and suffixes.
    pub affixes: &'static [Affix],
    /// Level and two words of like meaning.
    pub synonyms: &'static [(u8, &'static str, &'static str)],
    /// Level and two opposites.
    pub antonyms: &'static [(u8, &'static str, &'static str)],
    /// Words with two meanings.
    pub meanings: &'static [Meaning],
    /// Words to be understood from their sentence.
    pub context: &'static [Unknown],
    /// School words: word, subject, meaning.
    pub school: &'static [(&'static str, &'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The tables of a language.
pub fn data(lang: Lang) -> &'static Data {
    lang.pick(&EN, &FR)
}

impl Data {
    /// A word of the list.
    pub fn word(&self, w: &str) -> Option<&'static Word> {
        self.words.iter().find(|word| word.w == w)
    }

    /// A letter by its small form.
    pub fn letter(&self, small: &str) -> Option<&'static Letter> {
        self.letters.iter().find(|letter| letter.small == small)
    }

    /// A sound by its id.
    pub fn sound(&self, id: &str) -> Option<&'static Sound> {
        self.sounds.iter().find(|sound| sound.id == id)
    }
}

/// Whether a made distractor happens to be a word that no child should be shown, in either language.
pub fn unkind(word: &str) -> bool {
    const RUDE: &[&str] = &[
        "ass", "arse", "bastard", "bitch", "bite", "bitte", "bum", "caca", "chie", "chié", "chier", "cock", "con",
        "coon", "conne", "couille", "crap", "cul", "cum", "cunt", "damn", "die", "dick", "dike", "fag", "fart",
        "foutre", "fuck", "gook", "hell", "hoe", "kill", "merde", "negro", "nègre", "nichon", "nique", "paki", "pede",
        "pee", "pet", "pipi", "piss", "pisse", "poo", "porn", "prick", "pute", "rape", "salaud", "salope", "sex",
        "shit", "slut", "spic", "tit", "tits", "turd", "twat", "whore",
    ];
    RUDE.contains(&word)
}

/// Words of the hints themselves: they never stand as an answer, so that no hint tells it by chance.
pub fn in_hints(word: &str) -> bool {
    const TALK: &[&str] = &[
        "add", "again", "all", "and", "any", "are", "begin", "but", "each", "end", "find", "first", "for", "goes",
        "have", "hear", "how", "join", "keep", "know", "left", "letter", "line", "look", "many", "match", "more",
        "name", "next", "not", "now", "one", "only", "out", "part", "point", "put", "quick", "read", "right", "row",
        "same", "say", "see", "short", "sing", "small", "song", "sound", "start", "stop", "take", "that", "the",
        "them", "then", "there", "they", "this", "touch", "two", "what", "when", "where", "which", "with", "word",
        "you", "your", "autre", "autres", "avec", "bien", "bout", "chaque", "chercher", "dans", "deux", "dire",
        "doigt", "début", "encore", "fin", "joue", "lettre", "ligne", "lire", "mais", "met", "mot", "même", "nom",
        "petit", "peu", "phrase", "place", "pour", "près", "puis", "quel", "regarde", "regarder", "relie", "signe",
        "son", "sont", "sous", "sur", "tout", "trouve", "trouver", "une", "voisin", "vers",
    ];
    TALK.contains(&word)
}
