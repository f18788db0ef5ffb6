//! Asking for an item, answering it, hints and solutions.

use super::{interaction_with_addresses, with_addresses};
use crate::body::Body;
use crate::error::{Problem, WebError};
use crate::guard::{Guarded, LearnerOnly};
use crate::language;
use actix_web::{HttpRequest, web};
use chalkbox_domain::event::SkillState;
use chalkbox_domain::item::{Block, Interaction, Response};
use chalkbox_service::study::{HandedItem, ResponseDraft};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which item is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemDraft {
    /// A skill's id; without it the box chooses.
    pub skill: Option<String>,
}

/// An item, without its answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemAnswer {
    /// The sealed ask; good for 60 days, also after a power cut.
    pub item: String,
    /// The skill's id.
    pub skill: String,
    /// The item's language.
    pub locale: String,
    /// Which tool made it.
    pub plugin: PluginName,
    /// Blocks as in `plugins/wit/`.
    #[schema(value_type = Vec<Object>)]
    pub body: Vec<Block>,
    /// Interaction as in `plugins/wit/`.
    #[schema(value_type = Object)]
    pub interaction: Interaction,
    /// How many hints there are.
    pub hints: u8,
    /// Expected time.
    pub seconds: u16,
}

/// A tool's name and version.
#[derive(Debug, Serialize, ToSchema)]
pub struct PluginName {
    /// The pack's id.
    pub id: String,
    /// Semver.
    pub version: String,
}

/// A response.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerDraft {
    /// Response as in `plugins/wit/`.
    #[schema(value_type = Object)]
    pub response: Response,
    /// Milliseconds from showing to answering; at most a day.
    #[serde(default)]
    pub elapsed_ms: u64,
    /// How long ago it was given, in milliseconds; none: just now.
    #[serde(default)]
    pub age_ms: Option<u64>,
}

/// What became of a response.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplyAnswer {
    /// 0..=1; null when the tool failed.
    pub score: Option<f32>,
    /// Whether it is right; null when the tool failed.
    pub correct: Option<bool>,
    /// Blocks for the learner.
    #[schema(value_type = Vec<Object>)]
    pub feedback: Vec<Block>,
    /// The skill now.
    pub skill: SkillNow,
    /// The stored event's id.
    pub event: String,
}

/// A skill's state.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkillNow {
    /// Its id.
    pub id: String,
    /// p, full precision; null while read models are rebuilt.
    pub mastery: Option<f64>,
    /// State; null while read models are rebuilt.
    #[schema(value_type = Option<String>)]
    pub state: Option<SkillState>,
}

/// Which hint is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HintDraft {
    /// From 1 to the item's `hints`.
    pub level: u8,
}

/// A hint.
#[derive(Debug, Serialize, ToSchema)]
pub struct HintAnswer {
    /// Which.
    pub level: u8,
    /// Blocks.
    #[schema(value_type = Vec<Object>)]
    pub body: Vec<Block>,
}

/// A right response and the way to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SolutionAnswer {
    /// A right response.
    #[schema(value_type = Object)]
    pub response: Response,
    /// Blocks, step by step.
    #[schema(value_type = Vec<Object>)]
    pub steps: Vec<Block>,
}

pub(crate) fn item_answer(handed: HandedItem) -> ItemAnswer {
    ItemAnswer {
        item: handed.item,
        skill: handed.skill.to_string(),
        locale: handed.locale,
        plugin: PluginName { id: handed.plugin_id, version: handed.plugin_version },
        body: with_addresses(handed.body, handed.plugin),
        interaction: interaction_with_addresses(handed.interaction, handed.plugin),
        hints: handed.hints,
        seconds: handed.seconds,
    }
}

/// Hands out an item.
#[utoipa::path(
    post,
    path = "/api/v1/me/items",
    request_body = ItemDraft,
    security(("session" = [])),
    responses(
        (status = 200, body = ItemAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 408, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)
    )
)]
pub async fn ask(
    door: Guarded<LearnerOnly>,
    draft: Body<ItemDraft>,
    request: HttpRequest,
) -> Result<web::Json<ItemAnswer>, WebError> {
    let locale = language::of_request(&request, door.chalkbox());
    let handed = door.run(move |c, learner| c.ask(learner, draft.0.skill.as_deref(), &locale)).await?;
    Ok(web::Json(item_answer(handed)))
}

/// Takes a response. The answer leaves only when the event is on the disk.
#[utoipa::path(
    post,
    path = "/api/v1/me/items/{item}/response",
    params(("item" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = AnswerDraft,
    security(("session" = [])),
    responses(
        (status = 200, body = ReplyAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 408, body = Problem),
        (status = 409, body = Problem), (status = 410, body = Problem), (status = 413, body = Problem),
        (status = 422, body = Problem), (status = 503, body = Problem)
    )
)]
pub async fn respond(
    door: Guarded<LearnerOnly>,
    item: web::Path<String>,
    draft: Body<AnswerDraft>,
    request: HttpRequest,
) -> Result<web::Json<ReplyAnswer>, WebError> {
    let key = match request.headers().get("Idempotency-Key") {
        None => None,
        Some(value) => Some(
            value.to_str().map_err(|_| WebError::Respond(chalkbox_service::study::RespondError::BadKey))?.to_owned(),
        ),
    };
    let AnswerDraft { response, elapsed_ms, age_ms } = draft.0;
    let answer = ResponseDraft { item: item.into_inner(), key, response, elapsed_ms, age_ms };
    let reply = door.run(move |c, learner| c.respond(learner, &answer)).await?;
    Ok(web::Json(ReplyAnswer {
        score: reply.score,
        correct: reply.correct,
        feedback: with_addresses(reply.feedback, reply.plugin),
        skill: SkillNow { id: reply.skill.to_string(), mastery: reply.mastery, state: reply.state },
        event: reply.event.to_string(),
    }))
}

/// Gives a hint; that it was given is on the disk before it is shown.
#[utoipa::path(
    post,
    path = "/api/v1/me/items/{item}/hint",
    params(("item" = String, Path)),
    request_body = HintDraft,
    security(("session" = [])),
    responses(
        (status = 200, body = HintAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 408, body = Problem),
        (status = 409, body = Problem), (status = 410, body = Problem), (status = 413, body = Problem),
        (status = 422, body = Problem), (status = 503, body = Problem)
    )
)]
pub async fn hint(
    door: Guarded<LearnerOnly>,
    item: web::Path<String>,
    draft: Body<HintDraft>,
) -> Result<web::Json<HintAnswer>, WebError> {
    let level = draft.0.level;
    let (body, plugin) = door.run(move |c, learner| c.hint(learner, &item, level)).await?;
    Ok(web::Json(HintAnswer { level, body: with_addresses(body, plugin) }))
}

/// Shows how it is done, once the item is answered.
#[utoipa::path(
    get,
    path = "/api/v1/me/items/{item}/solution",
    params(("item" = String, Path)),
    security(("session" = [])),
    responses(
        (status = 200, body = SolutionAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 410, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub async fn solution(
    door: Guarded<LearnerOnly>,
    item: web::Path<String>,
) -> Result<web::Json<SolutionAnswer>, WebError> {
    let (solution, plugin) = door.run(move |c, learner| c.solution(learner, &item)).await?;
    Ok(web::Json(SolutionAnswer { response: solution.response, steps: with_addresses(solution.steps, plugin) }))
}
