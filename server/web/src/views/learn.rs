//! A learner's pages: path, map, road, lesson, question, feedback, solution, done.

use super::answer::{self, AnswerForm, Tile};
use super::blocks::Asked;
use super::{Markup, NotMe, Page, Progress, Who, Words, paths};
use crate::drawing::map::{self, MapView};
use crate::drawing::plants::{self, PlantState};
use crate::drawing::{landscape, road};
use askama::Template;

/// My path: up to three cards before the hills.
#[derive(Template)]
#[template(path = "learn/path.html")]
pub struct PathPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// First the next step. None: all that the box has is kept; the page says so kindly.
    pub cards: Vec<PathCard>,
    /// How many skills the child can do; so many trees stand on the hills, to a limit.
    pub known: usize,
    /// Whether the child's hand is up.
    pub hand: bool,
}

impl PathPage {
    /// Where the page comes back to after a touch on the hand.
    pub fn here(&self) -> String {
        paths::LEARN.to_owned()
    }

    /// The hills with the child's trees.
    pub fn hills(&self) -> Markup {
        landscape::hills(self.known)
    }
}

/// In place of path and map while the box puts its memory in order.
#[derive(Template)]
#[template(path = "learn/preparing.html")]
pub struct PreparingPage {
    /// Words.
    pub t: Words,
    /// Frame; it looks again by itself.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// How far it is, 0 to 99.
    pub percent: u64,
    /// Whether the child's hand is up.
    pub hand: bool,
}

impl PreparingPage {
    /// Where the page comes back to after a touch on the hand.
    pub fn here(&self) -> String {
        paths::LEARN.to_owned()
    }
}

/// One thing to do next.
#[derive(Debug, Clone)]
pub struct PathCard {
    /// `paths::practise` or `paths::lesson`.
    pub href: String,
    /// What kind of step.
    pub kind: CardKind,
    /// In the child's words, such as "Find a number on the number line".
    pub title: String,
    /// "Because …", made by `words::reason_words`.
    pub reason: String,
    /// Strand id, for the picture where there is no figure.
    pub strand: String,
    /// A figure of such a question; empty shows the strand's icon.
    pub figure: Markup,
}

/// The kinds of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CardKind {
    /// A few questions to find the right place.
    Placement,
    /// A lesson or first practice.
    #[default]
    Learn,
    /// On with it.
    Practise,
    /// Keep it.
    Review,
    /// Another strand.
    New,
    /// The teacher chose it.
    Pinned,
}

impl CardKind {
    /// Icon.
    pub fn icon(self) -> &'static str {
        match self {
            CardKind::Placement => "flag",
            CardKind::Learn => "book",
            CardKind::Practise => "step",
            CardKind::Review => "again",
            CardKind::New => "spark",
            CardKind::Pinned => "star",
        }
    }

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            CardKind::Placement => "card-placement",
            CardKind::Learn => "card-learn",
            CardKind::Practise => "card-practise",
            CardKind::Review => "card-review",
            CardKind::New => "card-new",
            CardKind::Pinned => "card-pinned",
        }
    }
}

/// My map.
#[derive(Template)]
#[template(path = "learn/map.html")]
pub struct MapPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// Skills and strands with the child's states.
    pub map: MapView,
    /// The skill that the child is on, where the pin stands.
    pub here: Option<String>,
}

impl MapPage {
    /// One picture a domain, to stand side by side.
    pub fn pictures(&self) -> Vec<Markup> {
        map::pictures(&self.map, self.here.as_deref(), &self.t)
    }

    /// Rows of the list under the picture.
    pub fn roads(&self) -> Vec<map::RoadSummary> {
        map::summaries(&self.map)
    }

    /// The key: plant and word.
    pub fn key(&self) -> Vec<(Markup, String)> {
        PlantState::ALL.iter().take(5).map(|state| (plants::plant(*state, 0), self.t.msg(state.name_key()))).collect()
    }
}

/// One road, walked from its beginning at the bottom.
#[derive(Template)]
#[template(path = "learn/road.html")]
pub struct RoadPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// Strand id.
    pub strand: String,
    /// Its title.
    pub title: String,
    /// From the beginning of the road to its end; the page turns them round.
    pub steps: Vec<road::RoadStep>,
    /// The road beside it on the map, address and title.
    pub left: Option<(String, String)>,
    /// The road on its other side.
    pub right: Option<(String, String)>,
}

impl RoadPage {
    /// Rows from the end of the road to its beginning.
    pub fn rows(&self) -> Vec<road::RoadRow> {
        road::rows(&self.steps, &self.strand)
    }
}

/// One step of a lesson.
#[derive(Template)]
#[template(path = "learn/lesson.html")]
pub struct LessonPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// The lesson's title.
    pub title: String,
    /// What kind of step.
    pub kind: LessonStepKind,
    /// Pebbles: steps of the lesson.
    pub progress: Progress,
    /// The step's own text, pictures and figures, made safe by the lesson's renderer.
    pub body: Markup,
    /// All of it as it is spoken; empty: nothing to hear.
    pub speak: String,
    /// A question inside the step.
    pub question: Option<LessonQuestion>,
    /// The step before.
    pub previous: Option<String>,
    /// The step after, or the first question of the skill.
    pub next: String,
    /// Whether `next` is practice.
    pub last: bool,
}

/// Kinds of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LessonStepKind {
    /// Something new.
    #[default]
    Teach,
    /// One worked before your eyes.
    Example,
    /// Try it yourself.
    Check,
}

impl LessonStepKind {
    /// Icon.
    pub fn icon(self) -> &'static str {
        match self {
            LessonStepKind::Teach => "book",
            LessonStepKind::Example => "eye",
            LessonStepKind::Check => "pen",
        }
    }

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            LessonStepKind::Teach => "lesson-teach",
            LessonStepKind::Example => "lesson-example",
            LessonStepKind::Check => "lesson-check",
        }
    }
}

/// A question inside a lesson: each option is a link, nothing is counted.
#[derive(Debug, Clone, Default)]
pub struct LessonQuestion {
    /// What is asked.
    pub ask: String,
    /// What there is to touch.
    pub options: Vec<LessonOption>,
    /// Said once an option was touched.
    pub reply: Option<LessonReply>,
}

/// One option of a question inside a lesson.
#[derive(Debug, Clone, Default)]
pub struct LessonOption {
    /// Its words.
    pub text: String,
    /// The same page with this option touched.
    pub href: String,
    /// Whether it was touched.
    pub chosen: bool,
}

/// What is said of a touched option.
#[derive(Debug, Clone, Default)]
pub struct LessonReply {
    /// Whether it was right.
    pub right: bool,
    /// Words; empty says the plain ones.
    pub text: String,
}

/// A question of a skill.
#[derive(Template)]
#[template(path = "learn/activity.html")]
pub struct ActivityPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// The sealed item.
    pub item: String,
    /// Pebbles.
    pub progress: Progress,
    /// What is asked; `blocks::asked`.
    pub asked: Asked,
    /// How to answer; `answer::form`.
    pub form: AnswerForm,
    /// `<client>.<n>`, for the form without script; the script puts its own.
    pub key: String,
    /// The hint that is open, drawn by `blocks::render`; empty: none.
    pub hint: Markup,
    /// The hint as it is spoken.
    pub hint_speak: String,
    /// The next hint to ask for, from 1; 0: there is none (any more).
    pub next_hint: u8,
    /// Said when an answer could not be read, such as an empty one; the word is a message already.
    pub trouble: String,
    /// Whether the child's hand is up.
    pub hand: bool,
}

impl ActivityPage {
    /// Where the page comes back to after a touch on the hand.
    pub fn here(&self) -> String {
        paths::item(&self.item)
    }

    /// Whether tiles need the whole width: long words or wide figures.
    pub fn wide(&self, tiles: &[Tile]) -> bool {
        tiles.iter().any(|tile| tile.is_wide())
    }

    /// The place at which a thing stands at first, from 1.
    pub fn place(&self, tiles: &[Tile], tile: &Tile) -> usize {
        tiles.iter().position(|t| t.id == tile.id).map_or(1, |k| k + 1)
    }

    /// A partner as an entry of a list.
    pub fn option(&self, tile: &Tile) -> String {
        answer::option_text(tile, &self.t)
    }

    /// The form's address.
    pub fn action(&self) -> String {
        paths::item(&self.item)
    }

    /// The hint's address.
    pub fn hint_action(&self) -> String {
        paths::hint(&self.item)
    }

    /// The address for the script.
    pub fn api(&self) -> String {
        format!("/api/v1/me/items/{}/response", paths::encoded(&self.item))
    }
}

/// How an answer was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Right.
    Right,
    /// Not yet.
    NotYet,
    /// "I do not know yet."
    Skipped,
    /// Kept, but it could not be scored (the tool failed); it does not count.
    Unscored,
}

/// What is said of an answer.
#[derive(Template)]
#[template(path = "learn/feedback.html")]
pub struct FeedbackPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// Pebbles, this answer counted.
    pub progress: Progress,
    /// What was asked.
    pub asked: Asked,
    /// The child's answer; `answer::given`.
    pub given: Markup,
    /// How it was taken.
    pub outcome: Outcome,
    /// The tool's words; `blocks::render` with `Spoken::Describe`.
    pub feedback: Markup,
    /// The same, to hear.
    pub speak: String,
    /// The plant of the skill as it stands now.
    pub state: PlantState,
    /// The next question, or done.
    pub next: String,
    /// "Show me how"; none hides it.
    pub solution: Option<String>,
}

impl FeedbackPage {
    /// The plant.
    pub fn plant(&self) -> Markup {
        plants::plant_with(self.state, 0, "plant grow")
    }
}

/// "Show me how": the way, step by step.
#[derive(Template)]
#[template(path = "learn/solution.html")]
pub struct SolutionPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// Pebbles.
    pub progress: Progress,
    /// What was asked.
    pub asked: Asked,
    /// Steps, each drawn by `blocks::render` with `Spoken::Describe`.
    pub steps: Vec<Markup>,
    /// A right answer as it is shown; `answer::given`.
    pub answer: Markup,
    /// All of it, to hear.
    pub speak: String,
    /// The next question.
    pub next: String,
}

/// Done: what I can now do.
#[derive(Template)]
#[template(path = "learn/done.html")]
pub struct DonePage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// The skill in the child's words ("find a number on the number line").
    pub can: String,
    /// `Can` or `Kept` says "I can …"; others say that it grows.
    pub state: PlantState,
    /// One of four trees, the strand's.
    pub kind: usize,
    /// Answers of this round that the box has.
    pub answers: u32,
    /// Of these right.
    pub right: u32,
    /// The path.
    pub next: String,
    /// Once more of the same skill; none hides it.
    pub again: Option<String>,
}

impl DonePage {
    /// The hill with the plant on it.
    pub fn picture(&self) -> Markup {
        landscape::done(self.state, self.kind)
    }
}
