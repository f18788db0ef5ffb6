//! What is wrong with an author's file, where, and what to do about it. Never an error of the program.

use chalkbox_domain::ids::SkillId;
use chalkbox_domain::map::MapFault;
use std::fmt;

/// Whether the pack can be used all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can.
    Warning,
}

/// One mistake at one place. Written as `file:line: what is wrong; remedy`.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Whether the pack can be used all the same.
    pub severity: Severity,
    /// Path within the pack.
    pub file: String,
    /// Line, from 1; none: it is about the file as a whole.
    pub line: Option<u32>,
    /// Column in characters, from 1, where one place in the line is meant.
    pub column: Option<u32>,
    /// What is wrong.
    pub what: Mistake,
}

impl Diagnostic {
    /// About a file as a whole.
    pub fn about(file: &str, severity: Severity, what: Mistake) -> Self {
        Self { severity, file: file.to_owned(), line: None, column: None, what }
    }
    /// A stable word for the mistake, such as `unknown-key`.
    pub fn code(&self) -> &'static str {
        self.what.code()
    }
    /// Whether the pack cannot be used with it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        let mark = if self.is_error() { "" } else { "warning: " };
        write!(f, ": {mark}{}", self.what)?;
        match self.what.remedy() {
            Some(remedy) => write!(f, "; {remedy}"),
            None => Ok(()),
        }
    }
}

/// What can be wrong. The words say what; [`Mistake::remedy`] says what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Mistake {
    /// Not UTF-8.
    #[error("this is not UTF-8 text")]
    NotUtf8,
    /// More bytes than such a file may have.
    #[error("the file has {bytes} bytes, {most} at most")]
    TooLarge {
        /// How many.
        bytes: usize,
        /// Ceiling.
        most: usize,
    },
    /// Not in the format at all.
    #[error("this is no {format}: {message}")]
    Syntax {
        /// Which format.
        format: &'static str,
        /// What its reader said.
        message: String,
    },
    /// A key that nobody reads.
    #[error("unknown key “{key}”")]
    UnknownKey {
        /// The key.
        key: String,
        /// A known key that is near.
        nearest: Option<&'static str>,
    },
    /// A key that must be there.
    #[error("“{key}” is missing")]
    MissingKey {
        /// The key.
        key: String,
    },
    /// A value of another kind.
    #[error("“{key}” is {found} and should be {expected}")]
    WrongType {
        /// The key.
        key: String,
        /// What would be right.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A number outside of its range.
    #[error("“{key}” is {found}; it runs from {least} to {most}")]
    OutOfRange {
        /// The key.
        key: String,
        /// What is there.
        found: String,
        /// From.
        least: f64,
        /// To.
        most: f64,
    },
    /// A text that is empty, too long, or holds characters that nobody sees.
    #[error("“{key}” should be 1 to {most} visible characters")]
    Text {
        /// The key.
        key: String,
        /// Characters, at most.
        most: usize,
    },
    /// A text that is not the id, locale, version … that it should be.
    #[error("“{text}” is not {expected}")]
    NotA {
        /// The text.
        text: String,
        /// What would be right.
        expected: &'static str,
    },
    /// Too few or too many in a list.
    #[error("“{key}” has {count}; {least} to {most} are wanted")]
    Count {
        /// The key.
        key: String,
        /// How many.
        count: usize,
        /// From.
        least: usize,
        /// To.
        most: usize,
    },
    /// Twice the same in a list.
    #[error("“{value}” stands twice in “{key}”")]
    Doubled {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Numbers that should rise.
    #[error("“{key}” does not rise at {value}")]
    NotRising {
        /// The key.
        key: String,
        /// Where.
        value: i64,
    },
    /// A fault of the map.
    #[error("{0}")]
    Map(MapFault),
    /// A translation of something that the map does not have.
    #[error("the map has no {kind} “{id}”")]
    UnknownTitle {
        /// Skill, strand, level or competency.
        kind: &'static str,
        /// Its id.
        id: String,
        /// One that is near.
        nearest: Option<String>,
    },
    /// Something of the map that has no translation here.
    #[error("{count} of the map’s titles are not translated, the first is “{first}”")]
    MissingTitles {
        /// How many.
        count: usize,
        /// The first one.
        first: String,
    },
    /// A file whose name does not fit what it says.
    #[error("the file says “{says}”, its name says “{name}”")]
    NameDiffers {
        /// What the file says.
        says: String,
        /// What its name says.
        name: String,
    },
    /// A locale that the pack does not have.
    #[error("the pack does not list the locale “{locale}”")]
    UnknownLocale {
        /// Which.
        locale: String,
    },
    /// A text that lacks one of the pack's locales.
    #[error("“{key}” lacks the locale “{locale}”")]
    MissingLocale {
        /// Of what.
        key: String,
        /// Which.
        locale: String,
    },
    /// A lesson without the TOML at its head.
    #[error("the lesson does not begin with TOML between two lines of “+++”")]
    NoFrontMatter,
    /// HTML in a lesson.
    #[error("HTML “{html}” in a lesson")]
    Html {
        /// Its beginning.
        html: String,
    },
    /// Markdown that lessons do not use.
    #[error("{what} in a lesson")]
    Markdown {
        /// What.
        what: &'static str,
    },
    /// Something before the first step.
    #[error("there is something before the first step")]
    BeforeSteps,
    /// A heading without one of the three kinds.
    #[error("the step “{title}” does not say what it is")]
    StepKind {
        /// Its title.
        title: String,
    },
    /// A step with nothing in it.
    #[error("the step “{title}” is empty")]
    EmptyStep {
        /// Its title.
        title: String,
    },
    /// A lesson that lacks a kind of step.
    #[error("the lesson has no step of the kind “{kind}”")]
    MissingStep {
        /// Which kind.
        kind: &'static str,
    },
    /// A lesson that does not end in a check.
    #[error("the last step is not a check")]
    LastStep,
    /// A fenced block of a kind that nobody draws.
    #[error("a block of the kind “{kind}”")]
    Fence {
        /// What stands behind the fence.
        kind: String,
    },
    /// A figure that is none.
    #[error("the figure cannot be drawn: {fault}")]
    Figure {
        /// Why.
        fault: FigureFault,
    },
    /// A sum with something that sums do not have.
    #[error("“{found}” is not part of a sum")]
    Math {
        /// The character.
        found: char,
    },
    /// A right answer that is not among the options.
    #[error("the answer {answer} is not one of the {options} options")]
    Answer {
        /// Counted from 1.
        answer: i64,
        /// How many options.
        options: usize,
    },
    /// A picture, sound or film without words for those who cannot see or hear it.
    #[error("“{path}” has no words for those who cannot see or hear it")]
    NoAlt {
        /// Its path.
        path: String,
    },
    /// Something that is no picture, sound or film of the pack.
    #[error("“{path}” is not a picture, sound or film of the pack")]
    MediaPath {
        /// Its path.
        path: String,
    },
    /// A file that is named and not there.
    #[error("“{path}” is not in the pack")]
    MissingFile {
        /// Its path.
        path: String,
    },
    /// A file that nobody names.
    #[error("nothing names this file")]
    UnusedFile,
    /// A file at a place where nothing is read.
    #[error("nothing reads a file of this name")]
    UnknownFile,
    /// A file whose content is not what its name says.
    #[error("this is no {expected}")]
    NotMedia {
        /// What it should be.
        expected: &'static str,
    },
    /// A picture that does more than show.
    #[error("the picture has “{found}” in it")]
    ActivePicture {
        /// What.
        found: &'static str,
    },
    /// A lesson for a skill that the map does not have.
    #[error("the map has no skill “{skill}”")]
    LessonSkill {
        /// Which.
        skill: SkillId,
        /// One that is near.
        nearest: Option<String>,
    },
    /// A lesson that is there in some of the pack's languages only.
    #[error("the lesson for “{skill}” is missing in “{locale}”")]
    LessonMissing {
        /// Which skill.
        skill: SkillId,
        /// Which language.
        locale: String,
    },
    /// Two languages of a lesson with other steps.
    #[error("the steps are not of the same kinds as in “{locale}”")]
    StepsDiffer {
        /// The other language.
        locale: String,
    },
    /// A pack of the other kind.
    #[error("a pack of the kind “{kind}” stands here")]
    OtherKind {
        /// Its kind.
        kind: &'static str,
    },
}

/// Why a figure cannot be drawn.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FigureFault {
    /// Not JSON of a figure.
    #[error("{message}")]
    Json {
        /// What the reader of JSON said.
        message: String,
    },
    /// A number outside of what can be drawn.
    #[error("“{field}” is {found}, it runs from {least} to {most}")]
    Range {
        /// Field.
        field: &'static str,
        /// What is there.
        found: f64,
        /// From.
        least: f64,
        /// To.
        most: f64,
    },
    /// A list too short or too long.
    #[error("“{field}” has {count}, {least} to {most} can be drawn")]
    Count {
        /// Field.
        field: &'static str,
        /// How many.
        count: usize,
        /// From.
        least: usize,
        /// To.
        most: usize,
    },
    /// The name of something that the box cannot draw.
    #[error("the box has no {kind} “{name}”")]
    Name {
        /// Picture or shape.
        kind: &'static str,
        /// The name.
        name: String,
        /// One that is near.
        nearest: Option<String>,
        /// All that there are.
        known: &'static [&'static str],
    },
}

impl Mistake {
    /// A stable word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::TooLarge { .. } => "too-large",
            Self::Syntax { .. } => "syntax",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::WrongType { .. } => "wrong-type",
            Self::OutOfRange { .. } => "out-of-range",
            Self::Text { .. } => "text",
            Self::NotA { .. } => "not-a",
            Self::Count { .. } => "count",
            Self::Doubled { .. } => "doubled",
            Self::NotRising { .. } => "not-rising",
            Self::Map(fault) => map_code(fault),
            Self::UnknownTitle { .. } => "unknown-title",
            Self::MissingTitles { .. } => "missing-titles",
            Self::NameDiffers { .. } => "name-differs",
            Self::UnknownLocale { .. } => "unknown-locale",
            Self::MissingLocale { .. } => "missing-locale",
            Self::NoFrontMatter => "no-front-matter",
            Self::Html { .. } => "html",
            Self::Markdown { .. } => "markdown",
            Self::BeforeSteps => "before-steps",
            Self::StepKind { .. } => "step-kind",
            Self::EmptyStep { .. } => "empty-step",
            Self::MissingStep { .. } => "missing-step",
            Self::LastStep => "last-step",
            Self::Fence { .. } => "fence",
            Self::Figure { .. } => "figure",
            Self::Math { .. } => "math",
            Self::Answer { .. } => "answer",
            Self::NoAlt { .. } => "no-alt",
            Self::MediaPath { .. } => "media-path",
            Self::MissingFile { .. } => "missing-file",
            Self::UnusedFile => "unused-file",
            Self::UnknownFile => "unknown-file",
            Self::NotMedia { .. } => "not-media",
            Self::ActivePicture { .. } => "active-picture",
            Self::LessonSkill { .. } => "lesson-skill",
            Self::LessonMissing { .. } => "lesson-missing",
            Self::StepsDiffer { .. } => "steps-differ",
            Self::OtherKind { .. } => "other-kind",
        }
    }

    /// What to do about it; none where the words say it already.
    pub fn remedy(&self) -> Option<String> {
        let near = |name: &str| format!("did you mean “{name}”?");
        let fixed = |words: &str| Some(words.to_owned());
        match self {
            Self::NotUtf8 => fixed("save it as UTF-8"),
            Self::TooLarge { .. } => fixed("make it smaller or split it"),
            Self::Figure { fault: FigureFault::Name { nearest: Some(name), .. } } => Some(near(name)),
            Self::Figure { fault: FigureFault::Name { known, .. } } => Some(format!("there are {}", known.join(", "))),
            Self::Syntax { .. } | Self::Count { .. } | Self::Figure { .. } => None,
            Self::UnknownKey { nearest: Some(key), .. } => Some(near(key)),
            Self::UnknownKey { nearest: None, .. } => fixed("leave it out"),
            Self::MissingKey { .. } => fixed("add it"),
            Self::WrongType { .. } | Self::OutOfRange { .. } | Self::Text { .. } | Self::NotA { .. } => None,
            Self::Doubled { .. } => fixed("leave one out"),
            Self::NotRising { .. } => fixed("write the smallest first and each once"),
            Self::Map(fault) => map_remedy(fault),
            Self::UnknownTitle { nearest: Some(id), .. } => Some(near(id)),
            Self::UnknownTitle { nearest: None, .. } => fixed("leave it out, or add it to map.toml"),
            Self::MissingTitles { .. } => fixed("until then they are shown in the map’s own language"),
            Self::NameDiffers { .. } => fixed("rename the file or mend what it says"),
            Self::UnknownLocale { .. } => fixed("add it to “locales” in pack.toml"),
            Self::MissingLocale { .. } => fixed("add it"),
            Self::NoFrontMatter => fixed("begin with +++, skill, title, minutes, items, +++"),
            Self::Html { .. } => fixed("write Markdown; a “<” of its own is written “&lt;”"),
            Self::Markdown { .. } => fixed("use paragraphs, lists, **bold**, *italic*, pictures and the three blocks"),
            Self::BeforeSteps => fixed("put it under a heading such as “## Under the cup {.teach}”"),
            Self::StepKind { .. } => fixed("add one of {.teach}, {.example} and {.check} to the heading"),
            Self::EmptyStep { .. } => fixed("fill it or leave it out"),
            Self::MissingStep { .. } => fixed("add one"),
            Self::LastStep => fixed("end with a step {.check} that leads to the items"),
            Self::Fence { .. } => fixed("use figure, math or ask"),
            Self::Math { .. } => fixed("use digits, letters, + − × ÷ = < > ( ), a/b, ^ and _"),
            Self::Answer { .. } => fixed("count from 1"),
            Self::NoAlt { .. } => fixed("write them between the brackets: ![what it shows](media/…)"),
            Self::MediaPath { .. } => fixed("use media/<name> with .svg, .png, .jpg, .mp3 or .mp4"),
            Self::MissingFile { .. } => fixed("add the file or mend the path"),
            Self::UnusedFile | Self::UnknownFile => fixed("use it, or leave it out"),
            Self::NotMedia { .. } => fixed("save it again in the format of its name"),
            Self::ActivePicture { .. } => {
                fixed("save it as a plain drawing, without script and without what lies elsewhere")
            }
            Self::LessonSkill { nearest: Some(id), .. } => Some(near(id)),
            Self::LessonSkill { nearest: None, .. } => fixed("add it to map.toml first"),
            Self::LessonMissing { .. } => fixed("write it; until then it is shown in the pack’s first language"),
            Self::StepsDiffer { .. } => fixed("give both the same kinds of steps in the same order"),
            Self::OtherKind { .. } => fixed("use the command for that kind"),
        }
    }
}

fn map_code(fault: &MapFault) -> &'static str {
    match fault {
        MapFault::Empty => "map-empty",
        MapFault::TooManySkills { .. } => "map-too-many-skills",
        MapFault::Cycle { .. } => "map-circle",
        MapFault::UnknownSkill { .. } => "map-unknown-skill",
        MapFault::Itself { .. } => "map-itself",
        MapFault::DoubledId { .. } => "map-doubled-id",
        MapFault::SameShort { .. } => "map-same-short",
        MapFault::UnknownItemType { .. } => "map-unknown-item-type",
        MapFault::NoItemType { .. } => "map-no-item-type",
        MapFault::UnknownStrand { .. } => "map-unknown-strand",
        MapFault::OtherDomain { .. } => "map-other-domain",
        MapFault::Weight { .. } => "map-weight",
        MapFault::Grade { .. } => "map-grade",
        MapFault::TooManyReferences { .. } => "map-too-many-references",
        MapFault::Chances { .. } => "map-chances",
        MapFault::DoubledDefinition { .. } => "map-doubled-definition",
        MapFault::UnknownLevelSkill { .. } => "map-unknown-level-skill",
        MapFault::LaterGrade { .. } => "map-later-grade",
        MapFault::Implied { .. } => "map-implied",
    }
}

fn map_remedy(fault: &MapFault) -> Option<String> {
    let fixed = |words: &str| Some(words.to_owned());
    match fault {
        MapFault::Empty => fixed("add a skill"),
        MapFault::TooManySkills { .. } => fixed("split the map"),
        MapFault::Cycle { .. } => fixed("leave out one of these prerequisites"),
        MapFault::UnknownSkill { nearest: Some(id), .. } | MapFault::UnknownLevelSkill { nearest: Some(id), .. } => {
            Some(format!("did you mean “{id}”?"))
        }
        MapFault::UnknownItemType { nearest: Some(id), .. } => Some(format!("did you mean “{id}”?")),
        MapFault::UnknownSkill { .. } | MapFault::UnknownLevelSkill { .. } => {
            fixed("add it to the map or leave it out")
        }
        MapFault::UnknownItemType { .. } => fixed("add it to [item_type] or leave it out"),
        MapFault::Itself { .. } => fixed("leave it out"),
        MapFault::DoubledId { .. } => fixed("give one of them an id that was never used"),
        MapFault::SameShort { .. } => fixed("give one of them another id"),
        MapFault::NoItemType { .. } => fixed("add “it”"),
        MapFault::UnknownStrand { .. } => fixed("add it to [strand]; a strand is the first two parts of the id"),
        MapFault::OtherDomain { .. } => fixed("move it to the block and strand of its own domain"),
        MapFault::Weight { .. } | MapFault::Grade { .. } => None,
        MapFault::TooManyReferences { .. } => fixed("name only what is truly needed"),
        MapFault::Chances { .. } => fixed("both lie between 0 and 1 and come to less than 1 together"),
        MapFault::DoubledDefinition { .. } => fixed("leave one out"),
        MapFault::LaterGrade { .. } => fixed("move one of the grades, or the prerequisite to “soft”"),
        MapFault::Implied { .. } => fixed("it can be left out"),
    }
}
