//! A teacher's pages: classes, Today, one learner, the skill grid, letting a child in.

use super::home::ClassTile;
use super::{Markup, NoticeLine, Page, Words, paths};
use crate::drawing::plants::{self, SignState};
use askama::Template;

/// The classes of a teacher.
#[derive(Template)]
#[template(path = "teach/classes.html")]
pub struct ClassesPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The teacher's name.
    pub name: String,
    /// Their classes, leading to `paths::today`.
    pub classes: Vec<ClassTile>,
    /// Whether to show the way to the box's own page (leader, technologist).
    pub admin: bool,
    /// The form for a new class as it was last sent.
    pub draft: ClassDraftForm,
}

/// A form for a class or for more children, as it was last sent: nothing that was typed is lost.
#[derive(Debug, Clone, Default)]
pub struct ClassDraftForm {
    /// Name of the class.
    pub name: String,
    /// Grade.
    pub grade: u8,
    /// Names, one a line.
    pub learners: String,
    /// What is wrong, a message already; empty: nothing was sent yet.
    pub trouble: String,
}

/// The board of a class.
#[derive(Debug, Clone, Default)]
pub struct ClassBar {
    /// Class id.
    pub class: String,
    /// Class name.
    pub name: String,
    /// A second line: "40 learners", or "on Tablet 9 since 9:12".
    pub detail: String,
    /// Whether learners may sign in.
    pub open: bool,
    /// Whether it is the viewer's to change: a leader only looks.
    pub change: bool,
}

impl ClassBar {
    /// Tabs: address, key of the word.
    pub fn tabs(&self) -> Vec<(String, &'static str)> {
        let mut tabs = vec![(paths::today(&self.class), "tab-today"), (paths::grid(&self.class, None), "tab-grid")];
        if self.change {
            tabs.push((paths::let_in(&self.class), "tab-let-in"));
        }
        tabs
    }

    /// The page of a learner of the class; empty for those who only look.
    pub fn learner(&self, learner: &str) -> String {
        if self.change { paths::learner(&self.class, learner) } else { String::new() }
    }
}

/// What a child is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// Many tries and not there.
    Stuck,
    /// Asks for help.
    HandUp,
    /// Answering.
    Working,
    /// Practised today, not signed in now.
    Done,
    /// Signed in, nothing answered yet.
    Waiting,
    /// Not here.
    Away,
}

impl Presence {
    /// In the order of the page.
    pub const ALL: [Presence; 6] =
        [Presence::Stuck, Presence::HandUp, Presence::Working, Presence::Done, Presence::Waiting, Presence::Away];

    /// Icon.
    pub fn icon(self) -> &'static str {
        match self {
            Presence::Stuck => "knot",
            Presence::HandUp => "hand",
            Presence::Working => "pen",
            Presence::Done => "door",
            Presence::Waiting => "clock",
            Presence::Away => "none",
        }
    }

    /// Key of its word.
    pub fn key(self) -> &'static str {
        match self {
            Presence::Stuck => "presence-stuck",
            Presence::HandUp => "presence-hand",
            Presence::Working => "presence-working",
            Presence::Done => "presence-done",
            Presence::Waiting => "presence-waiting",
            Presence::Away => "presence-away",
        }
    }

    /// Class of the style sheet for its colour.
    pub fn class(self) -> &'static str {
        match self {
            Presence::Stuck => "c-clay",
            Presence::HandUp => "c-sun",
            Presence::Working => "c-sky",
            Presence::Done => "off",
            Presence::Waiting => "",
            Presence::Away => "off",
        }
    }
}

/// Today: who is stuck first, then what to do, then everyone else. A page that is open follows `live`.
#[derive(Template)]
#[template(path = "teach/today.html")]
pub struct TodayPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The class.
    pub bar: ClassBar,
    /// Those who are stuck.
    pub stuck: Vec<StuckTile>,
    /// At most three things to do first.
    pub first: Vec<FirstThing>,
    /// All others, in the order of `Presence::ALL`, then by name.
    pub others: Vec<LearnerTile>,
    /// Lines such as "2 answers are waiting on Amina’s tablet".
    pub notes: Vec<String>,
    /// How many came late, in words.
    pub late: Option<String>,
    /// What happened to the box that changes the lesson.
    pub notices: Vec<NoticeLine>,
}

impl TodayPage {
    /// The tab that is open.
    pub fn tab(&self) -> &'static str {
        "tab-today"
    }

    /// How many of each presence, in the order of the page.
    pub fn counts(&self) -> Vec<(Presence, usize)> {
        Presence::ALL
            .iter()
            .map(|p| {
                let others = self.others.iter().filter(|o| o.presence == *p).count();
                (*p, others + if *p == Presence::Stuck { self.stuck.len() } else { 0 })
            })
            .collect()
    }

    /// The stream of news.
    pub fn live(&self) -> String {
        paths::live(&self.bar.class)
    }
}

/// A child who is stuck.
#[derive(Debug, Clone, Default)]
pub struct StuckTile {
    /// `paths::learner`.
    pub href: String,
    /// Name.
    pub name: String,
    /// Face.
    pub face: u8,
    /// The skill, short.
    pub skill: String,
    /// "14 min, 3 of 10"; see the words `today-stuck-detail`.
    pub detail: String,
}

/// Something to do first.
#[derive(Debug, Clone, Default)]
pub struct FirstThing {
    /// "Sit with Juma, Neema and Salim".
    pub heading: String,
    /// Why.
    pub reason: String,
    /// Faces of those concerned.
    pub faces: Vec<u8>,
    /// The button's word.
    pub word: String,
    /// Where it leads.
    pub href: String,
}

/// A child who is not stuck.
#[derive(Debug, Clone)]
pub struct LearnerTile {
    /// Learner id, for the live news.
    pub id: String,
    /// `paths::learner`.
    pub href: String,
    /// Name.
    pub name: String,
    /// Face.
    pub face: u8,
    /// What it is doing.
    pub presence: Presence,
    /// Said instead of the presence's word where more is known; may be empty.
    pub detail: String,
}

/// One learner.
#[derive(Template)]
#[template(path = "teach/learner.html")]
pub struct LearnerPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The class, with the learner's name as detail.
    pub bar: ClassBar,
    /// Learner id.
    pub learner: String,
    /// Name.
    pub name: String,
    /// Face.
    pub face: u8,
    /// What it is doing now.
    pub presence: Presence,
    /// The skill that it works on, with the reasons of what is said about it.
    pub claim: Option<Claim>,
    /// The last answers, newest first.
    pub answers: Vec<AnswerLine>,
    /// Skills with evidence, grouped by strand by the order given.
    pub skills: Vec<SkillLine>,
    /// Share of each strand.
    pub strands: Vec<StrandShare>,
    /// What comes next, with reasons.
    pub next: Vec<NextLine>,
    /// Skills that the learner can do, and all.
    pub known: (usize, usize),
    /// The picture code just made, shown this once; else empty.
    pub code: Vec<u8>,
}

impl LearnerPage {
    /// The tab that is open.
    pub fn tab(&self) -> &'static str {
        "none"
    }

    /// A sign by state.
    pub fn sign(&self, state: &SignState) -> Markup {
        plants::sign(*state)
    }

    /// A picture of the code.
    pub fn picture(&self, number: &u8) -> Markup {
        crate::drawing::code_pictures::code_picture(*number)
    }

    /// Makes new pictures for this child.
    pub fn cards(&self) -> String {
        paths::cards(&self.bar.class, Some(&self.learner))
    }
    /// New pictures for this child.
    pub fn new_code(&self) -> String {
        paths::new_code(&self.bar.class, &self.learner)
    }

    /// Where to say that the child was entered twice.
    pub fn same(&self) -> String {
        paths::same_child(&self.learner)
    }

    /// Where the teacher lets this child in.
    pub fn let_in(&self) -> String {
        paths::let_in(&self.bar.class)
    }
}

/// What is said of a skill, and why.
#[derive(Debug, Clone, Default)]
pub struct Claim {
    /// The skill as a teacher names it.
    pub skill: String,
    /// What is said, in words.
    pub words: String,
    /// How sure, 0 to 100.
    pub percent: u8,
    /// The mark at which "can do" is said, 0 to 100.
    pub mark: u8,
    /// What would change it.
    pub change: String,
}

/// One answer as the child saw it.
#[derive(Debug, Clone, Default)]
pub struct AnswerLine {
    /// None: not counted.
    pub right: Option<bool>,
    /// What was asked, in one line.
    pub asked: String,
    /// What was answered.
    pub answer: String,
    /// A remark, such as the mistake's name; may be empty.
    pub remark: String,
    /// When, in words.
    pub when: String,
}

/// A skill with its evidence.
#[derive(Debug, Clone)]
pub struct SkillLine {
    /// State.
    pub sign: SignState,
    /// Title.
    pub title: String,
    /// "4 of 5 right, last on Tuesday".
    pub evidence: String,
}

/// A share of a strand.
#[derive(Debug, Clone, Default)]
pub struct StrandShare {
    /// Title.
    pub title: String,
    /// 0 to 100.
    pub percent: u8,
    /// The grid of this strand.
    pub href: String,
}

/// What comes next.
#[derive(Debug, Clone)]
pub struct NextLine {
    /// State.
    pub sign: SignState,
    /// Title.
    pub title: String,
    /// Reason.
    pub reason: String,
}

/// Learners by skills of one strand.
#[derive(Template)]
#[template(path = "teach/grid.html")]
pub struct GridPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The class.
    pub bar: ClassBar,
    /// The strand that is shown.
    pub strand: String,
    /// All strands: address, title, whether it is this one.
    pub strands: Vec<(String, String, bool)>,
    /// Titles of the columns.
    pub skills: Vec<String>,
    /// One row a learner.
    pub rows: Vec<GridRow>,
}

/// A row of the grid.
#[derive(Debug, Clone, Default)]
pub struct GridRow {
    /// Name.
    pub name: String,
    /// `paths::learner`.
    pub href: String,
    /// As many as there are columns.
    pub states: Vec<SignState>,
}

impl GridPage {
    /// The tab that is open.
    pub fn tab(&self) -> &'static str {
        "tab-grid"
    }

    /// A sign by state.
    pub fn sign(&self, state: &SignState) -> Markup {
        plants::sign(*state)
    }

    /// States with their words, for the key.
    pub fn key(&self) -> Vec<(Markup, String)> {
        SignState::ALL.iter().map(|s| (plants::sign(*s), self.t.msg(s.name_key()))).collect()
    }

    /// How many can do each skill.
    pub fn sums(&self) -> Vec<usize> {
        let known = |s: &SignState| matches!(s, SignState::Kept | SignState::Can);
        (0..self.skills.len())
            .map(|c| self.rows.iter().filter(|r| r.states.get(c).is_some_and(known)).count())
            .collect()
    }
}

/// Let a child in without its pictures.
#[derive(Template)]
#[template(path = "teach/let_in.html")]
pub struct LetInPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The class.
    pub bar: ClassBar,
    /// Those who ask first, then all others by name.
    pub learners: Vec<LetInTile>,
    /// The name of the child just let in; empty: nobody yet.
    pub done: String,
    /// The form for more children as it was last sent.
    pub draft: ClassDraftForm,
}

/// A child to let in.
#[derive(Debug, Clone, Default)]
pub struct LetInTile {
    /// Learner id, sent as `learner`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Face.
    pub face: u8,
    /// Whether it asked at a tablet.
    pub waiting: bool,
}

impl LetInPage {
    /// The tab that is open.
    pub fn tab(&self) -> &'static str {
        "tab-let-in"
    }

    /// The form's address.
    pub fn action(&self) -> String {
        paths::let_in(&self.bar.class)
    }

    /// Opens or closes the class.
    pub fn open_action(&self) -> String {
        paths::open(&self.bar.class)
    }

    /// Adds children.
    pub fn add_action(&self) -> String {
        paths::add_learners(&self.bar.class)
    }
}
