//! A class as it happens: server-sent events for the teachers who have it open.

use super::rfc3339;
use super::school::class_id;
use crate::error::WebError;
use crate::guard::{Guarded, TeacherOnly};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chalkbox_service::live::Happening;
use serde_json::json;
use std::time::Duration;
use tokio::sync::mpsc;

/// Messages that may wait for one slow page; a page that is further behind is closed and loads anew.
const WAITING: usize = 256;
const HEARTBEAT: Duration = Duration::from_secs(15);

/// One happening as a server-sent event.
pub(crate) fn message(happening: &Happening) -> String {
    match happening {
        Happening::Answered { learner, skill, score, state, at_ms, event } => {
            let data =
                json!({"learner": learner, "skill": skill, "score": score, "state": state, "at": rfc3339(*at_ms)});
            format!("id: {event}\ndata: {data}\n\n")
        }
        Happening::Presence { learner, here, at_ms } => {
            format!("event: presence\ndata: {}\n\n", json!({"learner": learner, "here": here, "at": rfc3339(*at_ms)}))
        }
        Happening::Hand { learner, up, at_ms } => {
            format!("event: hand\ndata: {}\n\n", json!({"learner": learner, "up": up, "at": rfc3339(*at_ms)}))
        }
    }
}

/// Streams what happens in a class.
#[utoipa::path(get, path = "/api/v1/classes/{class}/live", params(("class" = String, Path)), responses(
    (status = 200, content_type = "text/event-stream", body = String), (status = 401, body = crate::error::Problem),
    (status = 403, body = crate::error::Problem), (status = 404, body = crate::error::Problem)))]
pub async fn listen(door: Guarded<TeacherOnly>, class: web::Path<String>) -> Result<HttpResponse, WebError> {
    let class = class_id(&class)?;
    door.chalkbox().may_open(door.who.id, &door.who.roles, class)?;
    let (send, waiting) = mpsc::channel::<String>(WAITING);
    door.chalkbox().live().listen(class, Box::new(move |happening| send.try_send(message(happening)).is_ok()));
    let stream = futures_util::stream::unfold((waiting, true), |(mut waiting, first)| async move {
        let text = if first {
            "retry: 2000\n\n".to_owned()
        } else {
            match tokio::time::timeout(HEARTBEAT, waiting.recv()).await {
                Ok(Some(text)) => text,
                Ok(None) => return None,
                Err(_) => ": still here\n\n".to_owned(),
            }
        };
        Some((Ok::<_, actix_web::Error>(web::Bytes::from(text)), (waiting, false)))
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .streaming(stream))
}
