//! A lesson, step by step: teach, example, check; a quick question answers at once, the last step leads to items (C5.3).

use super::context::PageContext;
use crate::drawing::figures::{Setting, Spoken};
use crate::error::WebError;
use crate::guard::{Guarded, LearnerOnly};
use crate::views::learn::{LessonOption, LessonPage, LessonQuestion, LessonReply, LessonStepKind};
use crate::views::{Progress, paths, teaching as draw};
use actix_web::{HttpResponse, web};
use chalkbox_service::lessons::{Part, StepKind};
use serde::Deserialize;

/// What was answered to a step's question.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    /// The option, from 1.
    chosen: Option<usize>,
}

/// A step of a lesson.
pub async fn show(
    door: Guarded<LearnerOnly>,
    context: PageContext,
    path: web::Path<(String, usize)>,
    query: web::Query<Chosen>,
) -> Result<HttpResponse, WebError> {
    let (skill, at) = path.into_inner();
    let view = door.chalkbox().lesson_step(&skill, at, &context.locale())?;
    let words = context.state.translator.words(&view.locale);
    let setting = Setting { t: &words, spoken: Spoken::Describe, seed: 1, minor_digits: 2 };
    let media = |name: &str| format!("/content/{}/{name}", door.chalkbox().library().content_hash());
    let (body, speak) = draw::step(&view.step, &view.locale, &setting, &media);
    let ask = view.step.parts.iter().find_map(|p| if let Part::Ask(ask) = p { Some(ask) } else { None });
    let question = ask.map(|ask| LessonQuestion {
        ask: ask.question.clone(),
        options: ask
            .options
            .iter()
            .enumerate()
            .map(|(i, text)| LessonOption {
                text: text.clone(),
                href: format!("{}?chosen={}", paths::lesson(&skill, at), i + 1),
                chosen: query.chosen == Some(i + 1),
            })
            .collect(),
        reply: query.chosen.map(|chosen| {
            let right = is_right(ask.answer, chosen);
            LessonReply { right, text: if right { ask.why.clone() } else { context.t.msg("lesson-not-yet") } }
        }),
    });
    let last = at + 1 == view.steps;
    context.show(&LessonPage {
        t: context.t.clone(),
        page: context.page(),
        who: context.who(door.who),
        title: view.step.title.clone(),
        kind: match view.step.kind {
            StepKind::Teach => LessonStepKind::Teach,
            StepKind::Example => LessonStepKind::Example,
            StepKind::Check => LessonStepKind::Check,
        },
        progress: Progress { done: at.min(255) as u8, total: view.steps.min(255) as u8 },
        body,
        speak,
        question,
        previous: at.checked_sub(1).map(|before| paths::lesson(&skill, before)),
        next: match (last, view.served) {
            (false, _) => paths::lesson(&skill, at + 1),
            (true, true) => paths::practise(&skill),
            (true, false) => paths::LEARN.to_owned(),
        },
        last,
    })
}

/// Whether the option touched, counted from 1 as in the address, is the right one, counted from 0 as in the lesson.
fn is_right(answer: usize, chosen: usize) -> bool {
    chosen.checked_sub(1) == Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_that_the_lesson_calls_right_is_right() {
        let right: Vec<usize> = (0..=4).filter(|chosen| is_right(1, *chosen)).collect();
        assert_eq!(right, [2]);
        assert!(is_right(0, 1) && !is_right(0, 0));
    }
}
