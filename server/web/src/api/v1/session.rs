//! Signing in and out by program, and who is signed in.

use crate::body::Body;
use crate::error::{Problem, WebError};
use crate::guard::{Anyone, COOKIE, Guarded, SignedIn, session_token};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, web};
use chalkbox_domain::ids::LearnerId;
use chalkbox_service::doors::{Code, Me, SignInError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One of: a learner with pictures or digits, a card, a name with a password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionDraft {
    /// A learner's id; goes with `pictures` or `digits`.
    pub learner: Option<String>,
    /// Three different of 1 to 9, in order.
    pub pictures: Option<Vec<u8>>,
    /// Four digits.
    pub digits: Option<String>,
    /// The token on a printed card.
    pub card: Option<String>,
    /// A member of staff; goes with `password`.
    pub username: Option<String>,
    /// The password.
    pub password: Option<String>,
}

/// Who was signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionAnswer {
    /// `learner`, `teacher`, `leader` or `technologist`.
    pub role: &'static str,
    /// All roles, the chief one first.
    pub roles: Vec<&'static str>,
    /// The person's id.
    pub id: String,
    /// As shown.
    pub display_name: String,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeAnswer {
    /// `learner`, `teacher`, `leader` or `technologist`.
    pub role: &'static str,
    /// All roles, the chief one first.
    pub roles: Vec<&'static str>,
    /// The person's id.
    pub id: String,
    /// As shown.
    pub display_name: String,
    /// Ids of the classes that are theirs.
    pub classes: Vec<String>,
}

/// The device that a request comes from, as far as misses at a door are counted.
pub(crate) fn device(request: &HttpRequest) -> String {
    request.peer_addr().map(|a| a.ip().to_string()).unwrap_or_default()
}

/// The session cookie: for this browser session, out of reach of scripts.
pub(crate) fn cookie(token: String) -> Cookie<'static> {
    Cookie::build(COOKIE, token).path("/").http_only(true).same_site(SameSite::Lax).finish()
}

/// A cookie that removes the session cookie.
pub(crate) fn no_cookie() -> Cookie<'static> {
    let mut cookie = cookie(String::new());
    cookie.make_removal();
    cookie
}

enum Way {
    Learner(LearnerId, Code),
    Card(String),
    Staff(String, String),
}

fn way(draft: SessionDraft) -> Result<Way, WebError> {
    let wrong =
        |field: &str, message: &str| Err(WebError::Wrong { field: field.to_owned(), message: message.to_owned() });
    match draft {
        SessionDraft { learner: Some(learner), pictures, digits, card: None, username: None, password: None } => {
            let id = learner.parse().map_err(|_| WebError::SignIn(SignInError::NoSuchPerson))?;
            match (pictures, digits) {
                (Some(pictures), None) => Ok(Way::Learner(id, Code::Pictures(pictures))),
                (None, Some(digits)) => Ok(Way::Learner(id, Code::Digits(digits))),
                _ => wrong("pictures", "three different numbers of 1 to 9, or “digits”: four digits; one of the two"),
            }
        }
        SessionDraft {
            card: Some(token),
            learner: None,
            pictures: None,
            digits: None,
            username: None,
            password: None,
        } => Ok(Way::Card(token)),
        SessionDraft {
            username: Some(name),
            password: Some(password),
            learner: None,
            pictures: None,
            digits: None,
            card: None,
        } => Ok(Way::Staff(name, password)),
        SessionDraft { username: Some(_), password: None, .. } => wrong("password", "is missing"),
        SessionDraft { username: None, password: Some(_), .. } => wrong("username", "is missing"),
        _ => wrong("learner", "give {learner, pictures}, {learner, digits}, {card} or {username, password}"),
    }
}

/// Signs somebody in.
#[utoipa::path(
    post,
    path = "/api/v1/session",
    request_body = SessionDraft,
    responses(
        (status = 200, body = SessionAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 408, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub async fn begin(
    door: Guarded<Anyone>,
    draft: Body<SessionDraft>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let way = way(draft.0)?;
    let device = device(&request);
    let signed_in = door
        .run(move |c, _| match way {
            Way::Learner(id, code) => c.sign_in_learner(id, &code, &device),
            Way::Card(token) => c.sign_in_card(&token, &device),
            Way::Staff(name, password) => c.sign_in_staff(&name, &password, &device),
        })
        .await?;
    let Me { role, roles, id, display_name, .. } = signed_in.me;
    Ok(HttpResponse::Ok().cookie(cookie(signed_in.token)).json(SessionAnswer { role, roles, id, display_name }))
}

/// Signs out.
#[utoipa::path(
    delete,
    path = "/api/v1/session",
    security(("session" = []), ("bearer" = [])),
    responses(
        (status = 204), (status = 401, body = Problem), (status = 403, body = Problem)
    )
)]
pub async fn end(door: Guarded<SignedIn>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    if let Some(token) = session_token(&request) {
        door.chalkbox().sign_out(&token);
    }
    Ok(HttpResponse::NoContent().cookie(no_cookie()).finish())
}

/// Who is signed in.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    security(("session" = []), ("bearer" = [])),
    responses(
        (status = 200, body = MeAnswer), (status = 401, body = Problem), (status = 404, body = Problem)
    )
)]
pub async fn me(door: Guarded<SignedIn>) -> Result<web::Json<MeAnswer>, WebError> {
    let Me { role, roles, id, display_name, classes } =
        door.chalkbox().me(&door.who).ok_or(WebError::NotFound { what: "person" })?;
    Ok(web::Json(MeAnswer { role, roles, id, display_name, classes }))
}
