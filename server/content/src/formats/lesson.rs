//! `lessons/<skill>.<locale>.md`: Markdown with a TOML head, in steps; see `content/README.md` for authors.

use super::figure::read_figure;
use crate::diagnostic::{Diagnostic, Mistake, Severity};
use crate::lesson::{Ask, Captions, Lesson, Medium, Part, Span, Step, StepKind};
use crate::notes::{self, Notes, Table};
use chalkbox_domain::ids::SkillId;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// Bytes of a lesson, at most.
pub const MOST_BYTES: usize = 64 << 10;
/// Characters of a title or an option, at most.
const TITLE: usize = 80;
/// Characters of one paragraph, question or sum, at most.
const TEXT: usize = 2_000;
/// Steps, at most.
const STEPS: usize = 12;
/// Parts of a step, at most.
const PARTS: usize = 30;

/// What a lesson is read against.
#[derive(Debug, Clone, Copy)]
pub struct LessonScene<'a> {
    /// The pack's locales.
    pub locales: &'a [String],
    /// All paths in the pack.
    pub files: &'a BTreeSet<String>,
}

/// Reads a lesson; none if anything is wrong with it.
pub fn read_lesson(file: &str, bytes: &[u8], scene: LessonScene) -> (Option<Lesson>, Vec<Diagnostic>) {
    let text = match notes::text(file, bytes, MOST_BYTES) {
        Ok(text) => text,
        Err(wrong) => return (None, vec![*wrong]),
    };
    let mut notes = Notes::new(file, text, 0);
    let Some((head, body)) = split(text) else {
        notes.error(0, Mistake::NoFrontMatter);
        return (None, notes.found);
    };
    let head = front_matter(&mut notes, &text[head], file);
    let locale = head.as_ref().map_or_else(|| name_of(file).1, |h| h.locale.clone());
    let steps = Reader::new(&mut notes, scene, &text[body.clone()], body.start, &locale).read();
    notes.found.sort_by_key(|d| d.line);
    let head = head.filter(|_| !notes.has_error());
    let lesson = head.map(|h| Lesson {
        skill: h.skill,
        locale: h.locale,
        title: h.title,
        minutes: h.minutes,
        items: h.items,
        steps,
    });
    (lesson, notes.found)
}

/// Skill and locale by a lesson's file name; empty where it has none.
pub fn name_of(file: &str) -> (String, String) {
    let name = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".md");
    let (skill, locale) = name.rsplit_once('.').unwrap_or((name, ""));
    (skill.to_owned(), locale.to_owned())
}

/// Where the head and the body lie.
fn split(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let open = if text.starts_with("+++\n") {
        4
    } else if text.starts_with("+++\r\n") {
        5
    } else {
        return None;
    };
    let mut at = open;
    for line in text[open..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((open..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    None
}

struct Head {
    skill: SkillId,
    locale: String,
    title: String,
    minutes: u8,
    items: u8,
}

fn front_matter(notes: &mut Notes, text: &str, file: &str) -> Option<Head> {
    let mut own = Notes::new(file, text, 1);
    let head = (|| {
        let table = notes::parse(&mut own, text)?;
        let mut table = Table::new(table.get_ref(), 0);
        let skill = table.text(&mut own, "skill", 64);
        let title = table.text(&mut own, "title", TITLE);
        let minutes = table.whole(&mut own, "minutes", 1..=60);
        let items = table.whole(&mut own, "items", 1..=5);
        table.done(&mut own);
        let (name, locale) = name_of(file);
        let skill = skill?;
        if skill.value != name {
            own.error(skill.at, Mistake::NameDiffers { says: skill.value.clone(), name });
        }
        let Ok(id) = skill.value.parse::<SkillId>() else {
            own.error(
                skill.at,
                Mistake::NotA { text: skill.value, expected: "a skill’s id such as “numeracy.add.within-10”" },
            );
            return None;
        };
        Some(Head { skill: id, locale, title: title?.value, minutes: minutes? as u8, items: items? as u8 })
    })();
    notes.found.append(&mut own.found);
    head
}

/// What a list gathers.
struct OpenList {
    ordered: bool,
    entries: Vec<Vec<Span>>,
}

/// Goes through the events of one lesson and gathers steps.
struct Reader<'a> {
    notes: &'a mut Notes,
    scene: LessonScene<'a>,
    body: &'a str,
    /// Bytes of the file before the body.
    offset: usize,
    locale: &'a str,
    steps: Vec<Step>,
    spans: Vec<Span>,
    strong: u32,
    emphasis: u32,
    list: Option<OpenList>,
    /// Inside of a heading: the words of its title.
    title: Option<String>,
    /// Inside of a block: what stands behind its fence, and its text.
    block: Option<(String, String)>,
    /// Inside of a picture: its path and its words.
    medium: Option<(String, String)>,
    /// Something before the first step was told already.
    told_before: bool,
}

impl<'a> Reader<'a> {
    fn new(notes: &'a mut Notes, scene: LessonScene<'a>, body: &'a str, offset: usize, locale: &'a str) -> Self {
        Self {
            notes,
            scene,
            body,
            offset,
            locale,
            steps: Vec::new(),
            spans: Vec::new(),
            strong: 0,
            emphasis: 0,
            list: None,
            title: None,
            block: None,
            medium: None,
            told_before: false,
        }
    }

    fn read(mut self) -> Vec<Step> {
        let body = self.body;
        let mut kind = StepKind::Teach;
        for (event, range) in Parser::new_ext(body, Options::ENABLE_HEADING_ATTRIBUTES).into_offset_iter() {
            let at = self.offset + range.start;
            match event {
                Event::Start(Tag::Heading { level, classes, .. }) => {
                    if level != HeadingLevel::H2 {
                        self.notes.error(at, Mistake::Markdown { what: "a heading that is not of level 2 (##)" });
                    }
                    let found = StepKind::ALL.into_iter().find(|k| classes.iter().any(|c| c.as_ref() == k.class()));
                    if found.is_none() || classes.len() != 1 {
                        let title = notes::begin_of(body, range).trim_start_matches('#').trim().to_owned();
                        self.notes.error(at, Mistake::StepKind { title });
                    }
                    kind = found.unwrap_or(StepKind::Teach);
                    self.title = Some(String::new());
                }
                Event::End(TagEnd::Heading(_)) => self.begin_step(kind, at),
                Event::Start(tag) => self.start(tag, at),
                Event::End(tag) => self.end(tag, at),
                Event::Text(words) => self.words(&words, at),
                Event::SoftBreak => self.words(" ", at),
                Event::HardBreak => self.words("\n", at),
                Event::Html(html) | Event::InlineHtml(html) => {
                    let html = html.trim().chars().take(40).collect();
                    self.notes.error(at, Mistake::Html { html });
                }
                Event::Rule => self.refuse(at, "a rule"),
                Event::Code(_) => self.refuse(at, "code"),
                Event::InlineMath(_) | Event::DisplayMath(_) => self.refuse(at, "math between dollars"),
                Event::FootnoteReference(_) => self.refuse(at, "a footnote"),
                Event::TaskListMarker(_) => self.refuse(at, "a task list"),
            }
        }
        self.judge();
        self.steps
    }

    fn refuse(&mut self, at: usize, what: &'static str) {
        self.notes.error(at, Mistake::Markdown { what });
    }

    fn start(&mut self, tag: Tag, at: usize) {
        match tag {
            Tag::Paragraph | Tag::Item => {}
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::List(first) if self.list.is_none() => {
                self.list = Some(OpenList { ordered: first.is_some(), entries: Vec::new() });
            }
            Tag::List(_) => self.refuse(at, "a list within a list"),
            Tag::CodeBlock(CodeBlockKind::Fenced(kind)) => self.block = Some((kind.trim().to_owned(), String::new())),
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.refuse(at, "a block of indented text");
                self.block = Some((String::new(), String::new()));
            }
            Tag::Image { dest_url, .. } => {
                if self.list.is_some() {
                    self.refuse(at, "a picture within a list");
                }
                self.medium = Some((dest_url.to_string(), String::new()));
            }
            Tag::Link { .. } => self.refuse(at, "a link"),
            Tag::BlockQuote(_) => self.refuse(at, "a quotation block"),
            // Its lines come as events of their own and are told there.
            Tag::HtmlBlock => {}
            _ => self.refuse(at, "something that lessons do not have"),
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Paragraph if self.list.is_none() => self.paragraph(at),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Item => {
                let spans = std::mem::take(&mut self.spans);
                if let Some(list) = &mut self.list {
                    list.entries.push(spans);
                }
            }
            TagEnd::List(_) => {
                if let Some(OpenList { ordered, entries }) = self.list.take() {
                    self.push(at, Part::List { ordered, entries });
                }
            }
            TagEnd::CodeBlock => {
                if let Some((kind, text)) = self.block.take() {
                    self.fenced(&kind, &text, at);
                }
            }
            TagEnd::Image => {
                if let Some((path, alt)) = self.medium.take() {
                    self.paragraph(at);
                    self.show(path, alt, at);
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str, at: usize) {
        if words.chars().any(notes::unseen) {
            self.notes.error(at, Mistake::Text { key: "text".to_owned(), most: TEXT });
        }
        if let Some((_, text)) = &mut self.block {
            text.push_str(words);
        } else if let Some((_, alt)) = &mut self.medium {
            alt.push_str(words);
        } else if let Some(title) = &mut self.title {
            title.push_str(words);
        } else {
            let (strong, emphasis) = (self.strong > 0, self.emphasis > 0);
            match self.spans.last_mut() {
                Some(last) if last.strong == strong && last.emphasis == emphasis => last.text.push_str(words),
                _ => self.spans.push(Span { text: words.to_owned(), strong, emphasis }),
            }
        }
    }

    fn begin_step(&mut self, kind: StepKind, at: usize) {
        let title = self.title.take().unwrap_or_default().trim().to_owned();
        if title.is_empty() || title.chars().count() > TITLE {
            self.notes.error(at, Mistake::Text { key: "heading".to_owned(), most: TITLE });
        }
        self.empty_step(at);
        self.steps.push(Step { kind, title, parts: Vec::new() });
        if self.steps.len() == STEPS + 1 {
            self.notes.error(at, Mistake::Count { key: "steps".to_owned(), count: STEPS + 1, least: 3, most: STEPS });
        }
    }

    fn empty_step(&mut self, at: usize) {
        if let Some(title) = self.steps.last().filter(|s| s.parts.is_empty()).map(|s| s.title.clone()) {
            self.notes.error(at, Mistake::EmptyStep { title });
        }
    }

    fn push(&mut self, at: usize, part: Part) {
        match self.steps.last_mut() {
            Some(step) => {
                step.parts.push(part);
                if step.parts.len() == PARTS + 1 {
                    let key = "parts of a step".to_owned();
                    self.notes.error(at, Mistake::Count { key, count: PARTS + 1, least: 1, most: PARTS });
                }
            }
            None if !self.told_before => {
                self.told_before = true;
                self.notes.error(at, Mistake::BeforeSteps);
            }
            None => {}
        }
    }

    fn paragraph(&mut self, at: usize) {
        let mut spans = std::mem::take(&mut self.spans);
        if let Some(first) = spans.first_mut() {
            first.text = first.text.trim_start().to_owned();
        }
        if let Some(last) = spans.last_mut() {
            last.text = last.text.trim_end().to_owned();
        }
        spans.retain(|s| !s.text.is_empty());
        if spans.iter().map(|s| s.text.chars().count()).sum::<usize>() > TEXT {
            self.notes.error(at, Mistake::Text { key: "paragraph".to_owned(), most: TEXT });
        }
        if !spans.is_empty() {
            self.push(at, Part::Paragraph(spans));
        }
    }

    fn fenced(&mut self, kind: &str, text: &str, at: usize) {
        match kind {
            "figure" => match read_figure(text) {
                Ok(figure) => self.push(at, Part::Figure(figure)),
                Err(fault) => self.notes.error(at, Mistake::Figure { fault }),
            },
            "math" => self.math(text.trim(), at),
            "ask" => self.ask(text, at),
            "" => {}
            _ => self.notes.error(at, Mistake::Fence { kind: kind.chars().take(40).collect() }),
        }
    }

    fn math(&mut self, text: &str, at: usize) {
        let fits = |c: char| c.is_alphanumeric() || " +−-×÷=<>()/^_.,;:?≠≤≥%°\n".contains(c);
        if text.is_empty() || text.chars().count() > 200 {
            self.notes.error(at, Mistake::Text { key: "math".to_owned(), most: 200 });
        }
        if let Some(found) = text.chars().find(|c| !fits(*c)) {
            self.notes.error(at, Mistake::Math { found });
        }
        self.push(at, Part::Math(text.to_owned()));
    }

    fn ask(&mut self, text: &str, at: usize) {
        // The block's own lines begin one below its fence.
        let file = self.notes.file().to_owned();
        let mut own = Notes::new(&file, text, self.notes.line(at));
        let ask = (|| {
            let table = notes::parse(&mut own, text)?;
            let mut table = Table::new(table.get_ref(), 0);
            let question = table.text(&mut own, "question", 300);
            let options = table.texts(&mut own, "options", TITLE);
            let answer = table.whole(&mut own, "answer", 1..=100);
            let why = table.text(&mut own, "why", 300);
            let last = table.at;
            table.done(&mut own);
            if !(2..=6).contains(&options.len()) {
                let count = options.len();
                own.error(last, Mistake::Count { key: "options".to_owned(), count, least: 2, most: 6 });
            }
            for (n, option) in options.iter().enumerate() {
                if options[..n].iter().any(|o| o.value == option.value) {
                    own.error(option.at, Mistake::Doubled { key: "options".to_owned(), value: option.value.clone() });
                }
            }
            let answer = answer?;
            if answer as usize > options.len() {
                own.error(last, Mistake::Answer { answer, options: options.len() });
            }
            let options = options.into_iter().map(|o| o.value).collect();
            Some(Ask { question: question?.value, options, answer: answer as usize - 1, why: why?.value })
        })();
        self.notes.found.append(&mut own.found);
        if let Some(ask) = ask {
            self.push(at, Part::Ask(ask));
        }
    }

    fn show(&mut self, path: String, alt: String, at: usize) {
        let alt = alt.trim().to_owned();
        if alt.is_empty() {
            self.notes.error(at, Mistake::NoAlt { path: path.clone() });
        }
        let ending = path.rsplit_once('.').map(|(_, e)| e.to_owned()).unwrap_or_default();
        let plain = path
            .strip_prefix("media/")
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)));
        if !plain || !["svg", "png", "jpg", "mp3", "mp4"].contains(&ending.as_str()) {
            self.notes.error(at, Mistake::MediaPath { path });
            return;
        }
        if !self.scene.files.contains(&path) {
            self.notes.error(at, Mistake::MissingFile { path: path.clone() });
        }
        let part = match ending.as_str() {
            "mp3" => Part::Sound(Medium { path, alt }),
            "mp4" => {
                let captions = self.captions(&path, at);
                Part::Film { film: Medium { path, alt }, captions }
            }
            _ => Part::Picture(Medium { path, alt }),
        };
        self.push(at, part);
    }

    /// Captions beside a film, one file for each of the pack's locales; the lesson's own must be there.
    fn captions(&mut self, film: &str, at: usize) -> Vec<Captions> {
        let stem = film.trim_end_matches(".mp4");
        let captions: Vec<Captions> = self
            .scene
            .locales
            .iter()
            .map(|locale| Captions { locale: locale.clone(), path: format!("{stem}.{locale}.vtt") })
            .filter(|c| self.scene.files.contains(&c.path))
            .collect();
        if captions.iter().all(|c| c.locale != self.locale) {
            self.notes.error(at, Mistake::MissingFile { path: format!("{stem}.{}.vtt", self.locale) });
        }
        captions
    }

    /// What only the whole shows: each kind at least once, the last a check, nothing empty.
    fn judge(&mut self) {
        self.empty_step(self.offset + self.body.trim_end().len());
        for kind in StepKind::ALL {
            if self.steps.iter().all(|s| s.kind != kind) {
                self.notes.whole(Severity::Error, Mistake::MissingStep { kind: kind.class() });
            }
        }
        if self.steps.last().is_some_and(|s| s.kind != StepKind::Check) {
            self.notes.whole(Severity::Error, Mistake::LastStep);
        }
    }
}
