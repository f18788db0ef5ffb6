//! A lesson as values: steps of text, figures, sums, quick questions, pictures, sounds and films. No HTML: the face
//! renders it, reads it aloud and mirrors it.

use chalkbox_domain::ids::SkillId;
use chalkbox_domain::item::Figure;

/// A lesson for one skill in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The skill.
    pub skill: SkillId,
    /// BCP 47.
    pub locale: String,
    /// Title for the child.
    pub title: String,
    /// How long it takes.
    pub minutes: u8,
    /// Items of the skill that follow at the end, 1 to 5.
    pub items: u8,
    /// In order; each kind at least once, the last a check.
    pub steps: Vec<Step>,
}

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Shows or tells.
    Teach,
    /// Works one out.
    Example,
    /// Lets the child try.
    Check,
}

impl StepKind {
    /// All kinds.
    pub const ALL: [StepKind; 3] = [Self::Teach, Self::Example, Self::Check];

    /// Its class in a heading.
    pub fn class(self) -> &'static str {
        match self {
            Self::Teach => "teach",
            Self::Example => "example",
            Self::Check => "check",
        }
    }
}

/// One step: what fits on a screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What for.
    pub kind: StepKind,
    /// Its heading.
    pub title: String,
    /// What it holds, in order.
    pub parts: Vec<Part>,
}

/// One part of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Running text.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// Its entries.
        entries: Vec<Vec<Span>>,
    },
    /// A sum, in the notation of items.
    Math(String),
    /// Drawn by the face.
    Figure(Figure),
    /// A quick question that is not scored.
    Ask(Ask),
    /// A picture.
    Picture(Medium),
    /// A sound.
    Sound(Medium),
    /// A film.
    Film {
        /// The film.
        film: Medium,
        /// Its captions.
        captions: Vec<Captions>,
    },
}

/// Text in one manner. A newline in it starts a new line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Words and letters to be read.
    pub strong: bool,
    /// Stress.
    pub emphasis: bool,
}

/// A file of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// Path in the pack, `media/…`.
    pub path: String,
    /// What it shows or says.
    pub alt: String,
}

/// Captions of a film in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captions {
    /// BCP 47.
    pub locale: String,
    /// Path in the pack, `media/…vtt`.
    pub path: String,
}

/// A quick question with one right answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The question.
    pub question: String,
    /// Two to six answers.
    pub options: Vec<String>,
    /// The right one, counted from 0.
    pub answer: usize,
    /// Why, said after any answer.
    pub why: String,
}

impl Lesson {
    /// Paths of all files that the lesson shows, captions among them, in order.
    pub fn media(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().flat_map(|s| &s.parts).flat_map(|part| match part {
            Part::Picture(m) | Part::Sound(m) => vec![m.path.as_str()],
            Part::Film { film, captions } => {
                std::iter::once(film.path.as_str()).chain(captions.iter().map(|c| c.path.as_str())).collect()
            }
            Part::Paragraph(_) | Part::List { .. } | Part::Math(_) | Part::Figure(_) | Part::Ask(_) => Vec::new(),
        })
    }
}
