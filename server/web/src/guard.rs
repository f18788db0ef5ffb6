//! The door of every handler that needs somebody: the permission is part of the type, so that a forgotten check does
//! not compile. A guard hands out the box only together with who asks.

use crate::error::WebError;
use crate::state::WebState;
use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpRequest, web};
use chalkbox_domain::event::StaffRole;
use chalkbox_domain::ids::{LearnerId, StaffId};
use chalkbox_service::Chalkbox;
use chalkbox_service::sign_in::{NotSignedIn, SignIn, Viewer};
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::sync::Arc;

/// Name of the session cookie.
pub const COOKIE: &str = "chalkbox_session";

/// Sent by the script when a page asks for itself again.
const RENEWS: &str = "Chalkbox-Renews";

/// Who may pass a guard.
pub trait Policy: 'static {
    /// What the handler learns of who asks.
    type Who: Clone + Send + 'static;
    /// Lets in or says who would be.
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError>;
}

/// Everybody, signed in or not.
pub struct Anyone;
/// Whoever is signed in.
pub struct SignedIn;
/// A learner.
pub struct LearnerOnly;
/// Any member of staff.
pub struct StaffOnly;
/// A teacher.
pub struct TeacherOnly;
/// A teacher or a leader.
pub struct TeacherOrLeader;
/// A technologist.
pub struct TechnologistOnly;
/// A leader or a technologist.
pub struct LeaderOrTechnologist;

/// A member of staff at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: StaffId,
    /// Roles held.
    pub roles: Vec<StaffRole>,
}

impl Policy for Anyone {
    type Who = Option<Viewer>;
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError> {
        Ok(sign_in.ok().map(|s| s.viewer))
    }
}

impl Policy for SignedIn {
    type Who = Viewer;
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError> {
        Ok(sign_in?.viewer)
    }
}

impl Policy for LearnerOnly {
    type Who = LearnerId;
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError> {
        match sign_in?.viewer {
            Viewer::Learner(id) => Ok(id),
            Viewer::Staff(..) => Err(WebError::NotAllowed { needed: "learners" }),
        }
    }
}

fn member(sign_in: Result<SignIn, NotSignedIn>, roles: &[StaffRole], needed: &'static str) -> Result<Member, WebError> {
    match sign_in?.viewer {
        Viewer::Staff(id, held) if roles.is_empty() || held.iter().any(|r| roles.contains(r)) => {
            Ok(Member { id, roles: held })
        }
        _ => Err(WebError::NotAllowed { needed }),
    }
}

impl Policy for StaffOnly {
    type Who = Member;
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError> {
        member(sign_in, &[], "staff")
    }
}

impl Policy for TeacherOnly {
    type Who = Member;
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError> {
        member(sign_in, &[StaffRole::Teacher], "teachers")
    }
}

impl Policy for TeacherOrLeader {
    type Who = Member;
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError> {
        member(sign_in, &[StaffRole::Teacher, StaffRole::Leader], "teachers and leaders")
    }
}

impl Policy for TechnologistOnly {
    type Who = Member;
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError> {
        member(sign_in, &[StaffRole::Technologist], "technologists")
    }
}

impl Policy for LeaderOrTechnologist {
    type Who = Member;
    fn admit(sign_in: Result<SignIn, NotSignedIn>) -> Result<Self::Who, WebError> {
        member(sign_in, &[StaffRole::Leader, StaffRole::Technologist], "leaders and technologists")
    }
}

/// The box, with who asks. Writes from another site do not pass.
pub struct Guarded<P: Policy> {
    chalkbox: Arc<Chalkbox>,
    /// Who asks.
    pub who: P::Who,
    /// The second secret of the sign-in, for forms; empty when nobody is signed in.
    pub form_token: String,
    policy: PhantomData<P>,
}

impl<P: Policy> Guarded<P> {
    /// Runs a use case off the async threads.
    pub async fn run<T, E, F>(&self, use_case: F) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: Into<WebError> + Send + 'static,
        F: FnOnce(&Chalkbox, P::Who) -> Result<T, E> + Send + 'static,
    {
        let chalkbox = Arc::clone(&self.chalkbox);
        let who = self.who.clone();
        web::block(move || use_case(&chalkbox, who)).await.map_err(|_| WebError::Busy)?.map_err(Into::into)
    }

    /// The box itself, for what is only a look into memory.
    pub fn chalkbox(&self) -> &Arc<Chalkbox> {
        &self.chalkbox
    }

    /// Refuses a form whose token is not that of the sign-in.
    pub fn check_form(&self, token: &str) -> Result<(), WebError> {
        if !self.form_token.is_empty() && token == self.form_token { Ok(()) } else { Err(WebError::FormToken) }
    }
}

impl<P: Policy> FromRequest for Guarded<P> {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(guard(request))
    }
}

fn guard<P: Policy>(request: &HttpRequest) -> Result<Guarded<P>, WebError> {
    let state = request.app_data::<web::Data<WebState>>().ok_or(WebError::Busy)?;
    check_origin(request)?;
    let sign_in = sign_in_of(request, &state.chalkbox);
    let form_token = sign_in.as_ref().map(|s| s.form_token.clone()).unwrap_or_default();
    Ok(Guarded { who: P::admit(sign_in)?, chalkbox: Arc::clone(&state.chalkbox), form_token, policy: PhantomData })
}

/// Who a request says it comes from: a program's bearer token, else the session cookie.
pub fn sign_in_of(request: &HttpRequest, chalkbox: &Chalkbox) -> Result<SignIn, NotSignedIn> {
    match Credential::of(request) {
        Some(Credential::Bearer(token)) => chalkbox.program(&token),
        Some(Credential::Session(token)) if renews(request) => chalkbox.viewer_unprolonged(&token),
        Some(Credential::Session(token)) => chalkbox.viewer(&token),
        None => Err(NotSignedIn::Unknown),
    }
}

/// Whether a page asks for itself again, with nobody at it: by script, or by the refresh of the page without one. It does not
/// keep anybody signed in.
pub fn renews(request: &HttpRequest) -> bool {
    request.headers().contains_key(RENEWS) || request.query_string() == "renew"
}

/// What a request shows to say who it comes from. Kept by answers that go on for hours, to ask again.
pub enum Credential {
    /// A program's token.
    Bearer(String),
    /// The session cookie.
    Session(String),
}

impl Credential {
    /// What a request shows.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let bearer = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.strip_prefix("Bearer "));
        match bearer {
            Some(token) => Some(Self::Bearer(token.trim().to_owned())),
            None => session_token(request).map(Self::Session),
        }
    }

    /// Whether it still opens what a policy guards, and for whom. Does not prolong the sign-in.
    pub fn still_admits<P: Policy>(&self, chalkbox: &Chalkbox) -> Result<P::Who, WebError> {
        P::admit(match self {
            Self::Bearer(token) => chalkbox.program(token),
            Self::Session(token) => chalkbox.viewer_unprolonged(token),
        })
    }
}

/// The token in the session cookie.
pub fn session_token(request: &HttpRequest) -> Option<String> {
    request.cookie(COOKIE).map(|c| c.value().to_owned())
}

/// A write whose `Origin` is another site is refused: `SameSite=Lax` alone is not known to the oldest browsers.
pub fn check_origin(request: &HttpRequest) -> Result<(), WebError> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let Some(origin) = request.headers().get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().map_err(|_| WebError::ForeignOrigin)?;
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let same = ["http://", "https://"].iter().any(|scheme| origin.strip_prefix(scheme) == Some(host));
    if same && !host.is_empty() { Ok(()) } else { Err(WebError::ForeignOrigin) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    /// A technologist's half an hour, and a child's ten minutes, end also in front of a page that looks again by itself.
    #[test]
    fn a_page_that_asks_for_itself_again_is_told_from_a_person() {
        let get = |path: &str| TestRequest::get().uri(path);
        assert!(!renews(&get("/admin/backups").to_http_request()));
        assert!(!renews(&get("/admin/backups?renewed=1").to_http_request()));
        assert!(renews(&get("/admin/backups").insert_header((RENEWS, "1")).to_http_request()));
        assert!(renews(&get("/admin/backups?renew").to_http_request()));
        let script = include_str!("../static/chalkbox.js");
        assert!(script.contains(&format!("'{RENEWS}': '1'")), "the script marks what it asks for by itself");
        assert!(include_str!("../templates/base.html").contains("url=?renew"), "and so does the page without script");
    }
}
