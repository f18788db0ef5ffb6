//! The way in: welcome, faces, picture code, asking the teacher, staff sign-in, language, help, error.

use super::{Markup, NotMe, Page, Who, Words, paths};
use crate::drawing::{class_pictures, code_pictures};
use crate::translator::LanguageName;
use askama::Template;

/// Welcome: find your class.
#[derive(Template)]
#[template(path = "home/welcome.html")]
pub struct WelcomePage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The school's name; empty is not shown.
    pub school: String,
    /// The part of the day, for the greeting.
    pub day: PartOfDay,
    /// Classes that are open now.
    pub classes: Vec<ClassTile>,
}

/// For a greeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartOfDay {
    /// Until noon.
    #[default]
    Morning,
    /// Until five.
    Afternoon,
    /// After five.
    Evening,
}

impl PartOfDay {
    /// The part of the day of an hour of the school's clock, 0 to 23.
    pub fn of_hour(hour: u8) -> PartOfDay {
        match hour {
            4..=11 => PartOfDay::Morning,
            12..=16 => PartOfDay::Afternoon,
            _ => PartOfDay::Evening,
        }
    }

    /// The key of the greeting.
    pub fn key(self) -> &'static str {
        match self {
            PartOfDay::Morning => "welcome-morning",
            PartOfDay::Afternoon => "welcome-afternoon",
            PartOfDay::Evening => "welcome-evening",
        }
    }
}

/// One class to touch.
#[derive(Debug, Clone, Default)]
pub struct ClassTile {
    /// Where it leads: `paths::faces`, or `paths::today` for a teacher.
    pub href: String,
    /// The class's name.
    pub name: String,
    /// A second line, such as the grade; empty is not shown.
    pub detail: String,
    /// 0 to 11, see `drawing::class_pictures`.
    pub picture: u8,
}

impl ClassTile {
    /// Its picture.
    pub fn drawing(&self) -> Markup {
        class_pictures::class_picture(self.picture)
    }
}

/// Choose a language: one tile each, every one in its own words.
#[derive(Template)]
#[template(path = "home/language.html")]
pub struct LanguagePage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// `Translator::languages`.
    pub languages: Vec<LanguageName>,
    /// Where the form goes afterwards: a path on this box.
    pub back: String,
}

/// Who are you?
#[derive(Template)]
#[template(path = "home/who.html")]
pub struct WhoPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The class's name.
    pub class_name: String,
    /// At most nine.
    pub faces: Vec<FaceTile>,
    /// One link for each page of nine; empty if one page holds all.
    pub pages: Vec<PageLink>,
    /// The next page, if there is one.
    pub next: Option<String>,
}

/// One child to touch.
#[derive(Debug, Clone, Default)]
pub struct FaceTile {
    /// `paths::code`.
    pub href: String,
    /// Name as shown.
    pub name: String,
    /// Number of the face.
    pub face: u8,
}

/// A numbered page.
#[derive(Debug, Clone, Default)]
pub struct PageLink {
    /// From 1.
    pub number: usize,
    /// Where.
    pub href: String,
    /// Whether this is it.
    pub current: bool,
}

/// Touch your three pictures. Each touch is a link that adds to `p`; the third one sends the form.
#[derive(Template)]
#[template(path = "home/code.html")]
pub struct CodePage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child; `not_me` is `NotMe::Back`.
    pub who: Who,
    /// Class id.
    pub class: String,
    /// Learner id.
    pub learner: String,
    /// Pictures touched so far, at most two.
    pub chosen: Vec<u8>,
    /// What went wrong before.
    pub trouble: CodeTrouble,
}

/// Why a picture code did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CodeTrouble {
    /// Nothing did.
    #[default]
    None,
    /// Other pictures.
    NotThese,
    /// Too many tries; a pause of so many seconds.
    Pause(u32),
    /// The child has no pictures yet: only the teacher opens.
    NoCode,
}

/// One of the nine pictures on the pad.
pub struct CodeKey {
    /// 1 to 9.
    pub number: u8,
    /// Its name.
    pub name: String,
    /// Already touched.
    pub used: bool,
    /// Where the touch leads, or the code that the touch completes.
    pub step: CodeStep,
}

/// What touching a picture does.
pub enum CodeStep {
    /// First and second: a link.
    Link(String),
    /// Third: sends "2,7,4".
    Send(String),
}

impl CodePage {
    /// Back to the faces of the class.
    pub fn faces(&self) -> String {
        paths::faces(&self.class, 0)
    }
    /// The pad, from picture 1 to 9.
    pub fn keys(&self) -> Vec<CodeKey> {
        (1..=9)
            .map(|number| {
                let mut chosen = self.chosen.clone();
                chosen.push(number);
                let step = if chosen.len() < 3 {
                    CodeStep::Link(paths::code(&self.class, &self.learner, &chosen))
                } else {
                    CodeStep::Send(paths::pictures(&chosen))
                };
                let name = code_pictures::name_key(number).map(|key| self.t.msg(key)).unwrap_or_default();
                CodeKey { number, name, used: self.chosen.contains(&number), step }
            })
            .collect()
    }

    /// A picture by number.
    pub fn picture(&self, number: &u8) -> Markup {
        code_pictures::code_picture(*number)
    }

    /// Three places: whether a picture was touched for each.
    pub fn slots(&self) -> [bool; 3] {
        [0, 1, 2].map(|k| k < self.chosen.len())
    }

    /// The form's address.
    pub fn action(&self) -> String {
        paths::code(&self.class, &self.learner, &[])
    }

    /// Asks the teacher instead.
    pub fn ask(&self) -> String {
        paths::ask_teacher(&self.class, &self.learner)
    }
}

/// Waiting for the teacher; reloads by itself (`page.refresh_seconds`).
#[derive(Template)]
#[template(path = "home/ask_teacher.html")]
pub struct AskTeacherPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// The child.
    pub who: Who,
    /// Back to the picture code.
    pub code_href: String,
}

/// Nobody is signed in any more.
#[derive(Template)]
#[template(path = "home/bye.html")]
pub struct ByePage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Faces of the class that was there, else the welcome page.
    pub next_href: String,
}

/// Staff sign-in with name and password (`username`, `password`).
#[derive(Template)]
#[template(path = "home/staff.html")]
pub struct StaffPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// Typed before.
    pub username: String,
    /// What went wrong before.
    pub trouble: StaffTrouble,
}

/// Why staff were not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StaffTrouble {
    /// Nothing did.
    #[default]
    None,
    /// Name and password do not belong together.
    NotKnown,
    /// Too many tries; wait so many seconds.
    Pause(u32),
}

/// Help for whoever is there.
#[derive(Template)]
#[template(path = "home/help.html")]
pub struct HelpPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// For a child or for staff.
    pub staff: bool,
    /// Where "back" leads: a path on this box.
    pub back: String,
}

/// Something did not work: what happened, what is safe, what to do next.
#[derive(Template)]
#[template(path = "home/error.html")]
pub struct ErrorPage {
    /// Words.
    pub t: Words,
    /// Frame.
    pub page: Page,
    /// What happened, in words.
    pub heading: String,
    /// What is safe, and what to do next.
    pub detail: String,
    /// The way on.
    pub href: String,
    /// The way on, in words.
    pub word: String,
}
