//! Lessons as a learner walks them, step by step (C5.3).

use crate::Chalkbox;
pub use chalkbox_content::lesson::{Ask as QuickQuestion, Captions, Lesson, Medium, Part, Span, Step, StepKind};
use chalkbox_domain::ids::SkillId;

/// Why a lesson was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LessonError {
    /// There is no lesson for the skill, or no such step in it.
    #[error("there is no such lesson")]
    NoLesson,
}

/// One step of a lesson.
#[derive(Debug, Clone)]
pub struct LessonStep {
    /// The lesson's title.
    pub title: String,
    /// The language it is written in.
    pub locale: String,
    /// The step.
    pub step: Step,
    /// Which, from 0.
    pub at: usize,
    /// How many there are.
    pub steps: usize,
    /// Whether a tool gives items for the skill at all.
    pub served: bool,
}

impl Chalkbox {
    /// Opens a step of the lesson of a skill.
    pub fn lesson_step(&self, skill: &str, at: usize, locale: &str) -> Result<LessonStep, LessonError> {
        let id: SkillId = skill.parse().map_err(|_| LessonError::NoLesson)?;
        let library = self.library();
        let lesson: &Lesson = library.lesson(&id, locale).ok_or(LessonError::NoLesson)?;
        let step = lesson.steps.get(at).ok_or(LessonError::NoLesson)?.clone();
        Ok(LessonStep {
            title: lesson.title.clone(),
            locale: lesson.locale.clone(),
            step,
            at,
            steps: lesson.steps.len(),
            served: !library.tools_of(&id).is_empty(),
        })
    }
}
