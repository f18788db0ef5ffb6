//! The whole log out, for technologists: JSON Lines, streamed.

use crate::error::{Problem, WebError};
use crate::guard::{Guarded, TechnologistOnly};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chalkbox_domain::ids::EventId;
use chalkbox_service::export::line;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Where to go on.
#[derive(Debug, Deserialize, IntoParams)]
pub struct After {
    /// The last event that is there already.
    pub after: Option<String>,
}

/// Events read from the store at a time.
const AT_ONCE: usize = 500;

/// The event log, one JSON object a line, in the order of the box.
#[utoipa::path(
    get,
    path = "/api/v1/export/events",
    params(After),
    security(("session" = []), ("bearer" = [])),
    responses(
        (status = 200, content_type = "application/x-ndjson", body = String), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub async fn events(door: Guarded<TechnologistOnly>, query: web::Query<After>) -> Result<HttpResponse, WebError> {
    let after: Option<EventId> = match query.after.as_deref().filter(|a| !a.is_empty()) {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|_| WebError::Wrong { field: "after".into(), message: "the id of an event".into() })?,
        ),
    };
    // The first page is read before the answer begins, so that what is wrong has a status of its own.
    let first = door.run(move |c, _| c.events_after(after, AT_ONCE)).await?;
    let chalkbox = Arc::clone(door.chalkbox());
    let begin = (chalkbox, after, Some(first), false);
    let stream = futures_util::stream::unfold(begin, |(chalkbox, after, first, done)| async move {
        if done {
            return None;
        }
        let page = match first {
            Some(events) => Ok(Ok(events)),
            None => {
                let reader = Arc::clone(&chalkbox);
                web::block(move || reader.events_after(after, AT_ONCE)).await
            }
        };
        let events = match page {
            Ok(Ok(events)) => events,
            Ok(Err(e)) => {
                return Some((
                    Err(actix_web::error::ErrorServiceUnavailable(e.to_string())),
                    (chalkbox, after, None, true),
                ));
            }
            Err(_) => {
                return Some((Err(actix_web::error::ErrorServiceUnavailable("busy")), (chalkbox, after, None, true)));
            }
        };
        let done = events.len() < AT_ONCE;
        let last = events.last().map(|e| e.id).or(after);
        let mut lines = String::new();
        for event in events {
            match line(&event) {
                Ok(text) => {
                    lines.push_str(&text);
                    lines.push('\n');
                }
                Err(e) => {
                    return Some((Err(actix_web::error::ErrorInternalServerError(e)), (chalkbox, last, None, true)));
                }
            }
        }
        Some((Ok::<_, actix_web::Error>(web::Bytes::from(lines)), (chalkbox, last, None, done)))
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/x-ndjson"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .streaming(stream))
}
