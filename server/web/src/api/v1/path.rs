//! A learner's own path: what to do next.

use crate::error::{Problem, WebError};
use crate::guard::{Guarded, LearnerOnly};
use crate::language;
use crate::words::reason_words;
use actix_web::{HttpRequest, web};
use serde::Serialize;
use utoipa::ToSchema;

/// What to do next.
#[derive(Debug, Serialize, ToSchema)]
pub struct PathAnswer {
    /// At most three cards, the best first.
    pub next: Vec<CardAnswer>,
    /// Mastered skills that are due to be seen again.
    pub reviews_due: u32,
    /// Mastered skills.
    pub mastered: u32,
}

/// One card.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardAnswer {
    /// The skill's id.
    pub skill: String,
    /// Its title in the learner's language.
    pub title: String,
    /// `placement`, `learn`, `practise` or `review`.
    pub kind: &'static str,
    /// Why it is offered, in the learner's language.
    pub reason: String,
}

/// What to do next.
#[utoipa::path(
    get,
    path = "/api/v1/me/path",
    security(("session" = [])),
    responses(
        (status = 200, body = PathAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub async fn show(
    door: Guarded<LearnerOnly>,
    request: HttpRequest,
    state: web::Data<crate::state::WebState>,
) -> Result<web::Json<PathAnswer>, WebError> {
    let locale = language::of_request(&request, door.chalkbox());
    let for_titles = locale.clone();
    let path = door.run(move |c, learner| c.path(learner, &for_titles)).await?;
    let words = state.translator.words(&locale);
    let card = |c: chalkbox_service::study::CardView| CardAnswer {
        skill: c.skill.to_string(),
        title: c.title,
        kind: c.kind,
        reason: reason_words(&words, &c.reason),
    };
    Ok(web::Json(PathAnswer {
        next: path.cards.into_iter().map(card).collect(),
        reviews_due: path.reviews_due,
        mastered: path.mastered,
    }))
}
