//! A class as it happens: server-sent events for the teachers who have it open.

use super::rfc3339;
use super::school::class_id;
use crate::error::{Problem, WebError};
use crate::guard::{Credential, Guarded, TeacherOnly};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chalkbox_domain::ids::ClassId;
use chalkbox_service::Chalkbox;
use chalkbox_service::export::short;
use chalkbox_service::live::Happening;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Messages that may wait for one slow page; a page that is further behind is closed and loads anew.
const WAITING: usize = 256;
/// So often a quiet page is told that the box is there, and every page's sign-in is looked up again.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// One happening as a server-sent event.
pub(crate) fn message(happening: &Happening) -> String {
    match happening {
        Happening::Answered { learner, skill, score, state, at_ms, event } => {
            let (score, at) = (score.map(short), rfc3339(*at_ms));
            let data = json!({"learner": learner, "skill": skill, "score": score, "state": state, "at": at});
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
#[utoipa::path(
    get,
    path = "/api/v1/classes/{class}/live",
    params(("class" = String, Path)),
    security(("session" = []), ("bearer" = [])),
    responses(
        (status = 200, content_type = "text/event-stream", body = String), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)
    )
)]
pub async fn listen(
    door: Guarded<TeacherOnly>,
    class: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let class = class_id(&class)?;
    door.chalkbox().may_open(door.who.id, &door.who.roles, class)?;
    let (send, waiting) = mpsc::channel::<String>(WAITING);
    door.chalkbox().live().listen(class, Box::new(move |happening| send.try_send(message(happening)).is_ok()));
    let listener = Listener {
        chalkbox: Arc::clone(door.chalkbox()),
        credential: Credential::of(&request),
        class,
        waiting,
        next_look: Instant::now(),
        begun: false,
    };
    let stream = futures_util::stream::unfold(listener, |mut listener| async move {
        let text = listener.next().await?;
        Some((Ok::<_, actix_web::Error>(web::Bytes::from(text)), listener))
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .streaming(stream))
}

/// A page that listens.
struct Listener {
    chalkbox: Arc<Chalkbox>,
    credential: Option<Credential>,
    class: ClassId,
    waiting: mpsc::Receiver<String>,
    next_look: Instant,
    begun: bool,
}

impl Listener {
    /// What the page is told next; none ends the stream.
    async fn next(&mut self) -> Option<String> {
        if !self.begun {
            self.begun = true;
            self.next_look = Instant::now() + HEARTBEAT;
            return Some("retry: 2000\n\n".to_owned());
        }
        // In a busy class something is always there to be told; the look at the sign-in is due all the same.
        if Instant::now() < self.next_look
            && let Ok(told) = tokio::time::timeout_at(self.next_look, self.waiting.recv()).await
        {
            return told;
        }
        self.next_look = Instant::now() + HEARTBEAT;
        self.is_allowed().then(|| ": still here\n\n".to_owned())
    }

    /// Whether whoever listens is still signed in, and the class still theirs. Listening is no use that keeps a
    /// sign-in alive.
    fn is_allowed(&self) -> bool {
        let who = self.credential.as_ref().and_then(|c| c.still_admits::<TeacherOnly>(&self.chalkbox).ok());
        who.is_some_and(|who| self.chalkbox.may_open(who.id, &who.roles, self.class).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_domain::event::SkillState;
    use chalkbox_domain::ids::{BoxId, EventId, LearnerId};

    #[test]
    fn a_score_is_written_as_the_response_call_writes_it() {
        let score = 2.0_f32 / 3.0;
        let told = message(&Happening::Answered {
            learner: LearnerId([1; 16]),
            skill: "numeracy.add.within-10".parse().expect("an id"),
            score: Some(score),
            state: Some(SkillState::Learning),
            at_ms: 0,
            event: EventId { box_id: BoxId([2; 8]), seq: 3 },
        });
        let replied = serde_json::to_string(&score).expect("a number");
        assert_eq!(replied, "0.6666667");
        assert!(told.contains(&format!("\"score\":{replied},")), "{told}");
    }
}
