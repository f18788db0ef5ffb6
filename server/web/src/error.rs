//! The one place that turns an error of the service into an answer: status, problem type and words. One value, two
//! faces: `application/problem+json` for programs (RFC 9457), a page with the remedy for people.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use chalkbox_service::classes::ClassError;
use chalkbox_service::doors::SignInError;
use chalkbox_service::export::ExportError;
use chalkbox_service::lessons::LessonError;
use chalkbox_service::privacy::PrivacyError;
use chalkbox_service::programs::ProgramError;
use chalkbox_service::safekeeping::{Fault, SafekeepingError};
use chalkbox_service::setup::SetupError;
use chalkbox_service::sign_in::NotSignedIn;
use chalkbox_service::study::{AskError, HintError, RespondError, SolutionError};
use chalkbox_service::year::YearError;
use serde::Serialize;
use utoipa::ToSchema;

/// Every way in which a request can fail.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The body is not JSON.
    #[error("the body is not JSON: {0}")]
    NotJson(String),
    /// The body is JSON of another shape.
    #[error("{field}: {message}")]
    Wrong {
        /// Where.
        field: String,
        /// What and what would be right.
        message: String,
    },
    /// The body is over the limit.
    #[error("the body is over {limit} bytes")]
    TooLarge {
        /// Bytes.
        limit: usize,
    },
    /// The body did not arrive in time.
    #[error("the body did not arrive within {seconds} seconds")]
    TooSlow {
        /// How long was waited.
        seconds: u64,
    },
    /// The body is compressed.
    #[error("the body is compressed; send it as it is, without Content-Encoding")]
    Compressed,
    /// Nobody is signed in.
    #[error(transparent)]
    NotSignedIn(#[from] NotSignedIn),
    /// Signed in, but not as somebody who may do this.
    #[error("this is for {needed}")]
    NotAllowed {
        /// Who may.
        needed: &'static str,
    },
    /// A write that another site sent.
    #[error("the request came from another site")]
    ForeignOrigin,
    /// A form without its token: an old page, or another site.
    #[error("the form is too old")]
    FormToken,
    /// No such thing, or not yours to know.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The method does not exist here.
    #[error("this address does not take that method")]
    Method,
    /// Asking for an item.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// Answering it.
    #[error(transparent)]
    Respond(#[from] RespondError),
    /// Asking for a hint.
    #[error(transparent)]
    Hint(#[from] HintError),
    /// Asking for the solution.
    #[error(transparent)]
    Solution(#[from] SolutionError),
    /// Signing in.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// Looking at a class.
    #[error(transparent)]
    Class(#[from] ClassError),
    /// Opening a lesson.
    #[error(transparent)]
    Lesson(#[from] LessonError),
    /// The first start.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// Programs and their tokens.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// Giving the log out.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// Giving out or erasing what is known of a child.
    #[error(transparent)]
    Privacy(#[from] PrivacyError),
    /// Closing a school year.
    #[error(transparent)]
    Year(#[from] YearError),
    /// Working on backups.
    #[error(transparent)]
    Safekeeping(#[from] SafekeepingError),
    /// The server is stopping or out of threads.
    #[error("the box is busy")]
    Busy,
    /// A page could not be made: a fault of ours.
    #[error("the page could not be made")]
    Render(#[from] crate::views::PageError),
}

/// A field that was wrong.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldFault {
    /// Path of the field in the body.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// A problem as RFC 9457 has it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// A stable name of the kind of problem.
    pub r#type: String,
    /// The kind in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// This case in words, with the remedy.
    pub detail: String,
    /// Fields that were wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldFault>,
}

/// What an error becomes: status, stable name, title, seconds to wait, and the message key of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    /// HTTP status.
    pub status: StatusCode,
    /// Last part of the problem type.
    pub name: &'static str,
    /// In words.
    pub title: &'static str,
    /// `Retry-After`, in seconds.
    pub wait: Option<u64>,
}

const fn face(status: StatusCode, name: &'static str, title: &'static str) -> Face {
    Face { status, name, title, wait: None }
}

const fn busy(wait: u64) -> Face {
    Face { status: StatusCode::SERVICE_UNAVAILABLE, name: "busy", title: "The box is busy", wait: Some(wait) }
}

const NOT_FOUND: Face = face(StatusCode::NOT_FOUND, "not-found", "No such thing");
const TOO_LARGE: Face = face(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large");
const TOO_OLD: Face = face(StatusCode::GONE, "too-old", "Too old");
const WRONG: Face = face(StatusCode::UNPROCESSABLE_ENTITY, "wrong-input", "Well-formed but wrong");
const CONFLICT: Face = face(StatusCode::CONFLICT, "conflict", "A conflict");
const SIGNED_OUT: Face = face(StatusCode::UNAUTHORIZED, "not-signed-in", "Not signed in");
const FORBIDDEN: Face = face(StatusCode::FORBIDDEN, "not-allowed", "Not allowed");
const STORE: Face = Face {
    status: StatusCode::SERVICE_UNAVAILABLE,
    name: "cannot-store",
    title: "The box cannot keep anything right now",
    wait: Some(30),
};

/// A backup that cannot be used is the fault of what was brought, what the box cannot keep is the box's.
fn fault_face(fault: &Fault) -> Face {
    match fault {
        Fault::NoBackup
        | Fault::Damaged(_)
        | Fault::CutShort(_)
        | Fault::NotTheSame(_)
        | Fault::Newer
        | Fault::KeyNeeded
        | Fault::Passphrase
        | Fault::NoSchool => WRONG,
        Fault::Clock | Fault::NotLocked | Fault::Gone | Fault::ReadOnly | Fault::NoRoom { .. } => CONFLICT,
        Fault::Foreign | Fault::OtherKey | Fault::OtherBackup | Fault::Halted => CONFLICT,
        Fault::Busy | Fault::Preparing => busy(5),
        Fault::Medium(_) | Fault::Store(_) | Fault::Stopped => STORE,
        Fault::Untrusted | Fault::Unfit(_) | Fault::Box(_) => STORE,
    }
}

impl WebError {
    /// The error's one face for programs and people.
    pub fn face(&self) -> Face {
        match self {
            Self::NotJson(_) => face(StatusCode::BAD_REQUEST, "not-json", "Not JSON"),
            Self::Wrong { .. } => WRONG,
            Self::TooLarge { .. } => TOO_LARGE,
            Self::TooSlow { .. } => face(StatusCode::REQUEST_TIMEOUT, "too-slow", "Too slow"),
            Self::Compressed => face(StatusCode::UNSUPPORTED_MEDIA_TYPE, "compressed", "Compressed"),
            Self::NotSignedIn(_) => SIGNED_OUT,
            Self::NotAllowed { .. } => FORBIDDEN,
            Self::ForeignOrigin => face(StatusCode::FORBIDDEN, "foreign-origin", "From another site"),
            Self::FormToken => face(StatusCode::FORBIDDEN, "form-token", "The form is too old"),
            Self::NotFound { .. } => NOT_FOUND,
            Self::Method => face(StatusCode::METHOD_NOT_ALLOWED, "method", "Method not allowed"),
            Self::Ask(e) => match e {
                AskError::UnknownSkill | AskError::NoTool | AskError::NothingToOffer => NOT_FOUND,
                AskError::Busy => busy(1),
                AskError::ToolsFailed { .. } => Face {
                    wait: Some(30),
                    ..face(StatusCode::SERVICE_UNAVAILABLE, "tool-failed", "The tool gave no item")
                },
                AskError::Store(_) => STORE,
            },
            Self::Respond(e) => match e {
                RespondError::NoSuchItem => NOT_FOUND,
                RespondError::TooOld => TOO_OLD,
                RespondError::BadKey | RespondError::Shape(_) | RespondError::Unstorable => WRONG,
                RespondError::TooLarge => TOO_LARGE,
                RespondError::KeyUsed { .. } => {
                    face(StatusCode::CONFLICT, "key-used", "The key was used for something else")
                }
                RespondError::AlreadyAnswered { .. } => {
                    face(StatusCode::CONFLICT, "already-answered", "Already answered")
                }
                RespondError::Busy => busy(1),
                RespondError::Store(_) => STORE,
            },
            Self::Hint(e) => match e {
                HintError::NoSuchItem => NOT_FOUND,
                HintError::TooOld => TOO_OLD,
                HintError::NoSuchHint { .. } => WRONG,
                HintError::Answered => CONFLICT,
                HintError::Busy => busy(1),
                HintError::ToolFailed(_) => Face {
                    wait: Some(30),
                    ..face(StatusCode::SERVICE_UNAVAILABLE, "tool-failed", "The tool gave no hint")
                },
                HintError::Store(_) => STORE,
            },
            Self::Solution(e) => match e {
                SolutionError::NoSuchItem => NOT_FOUND,
                SolutionError::TooOld => TOO_OLD,
                SolutionError::NotAnswered => face(StatusCode::CONFLICT, "not-answered", "Not answered yet"),
                SolutionError::Busy => busy(1),
                SolutionError::ToolFailed(_) => Face {
                    wait: Some(30),
                    ..face(StatusCode::SERVICE_UNAVAILABLE, "tool-failed", "The tool gave no solution")
                },
                SolutionError::Store(_) => STORE,
            },
            Self::SignIn(e) => match e {
                SignInError::NoSuchPerson => NOT_FOUND,
                SignInError::WrongCode => face(StatusCode::UNAUTHORIZED, "wrong-code", "That is not the code"),
                SignInError::WrongPassword => {
                    face(StatusCode::UNAUTHORIZED, "wrong-password", "Name or password is wrong")
                }
                SignInError::Malformed { .. } => WRONG,
                SignInError::Closed => face(StatusCode::FORBIDDEN, "class-closed", "The class is not open now"),
                SignInError::Pause { seconds } => {
                    Face { wait: Some(*seconds), ..face(StatusCode::TOO_MANY_REQUESTS, "pause", "Too many tries") }
                }
                SignInError::Busy => busy(2),
                SignInError::Random(_) => busy(1),
            },
            Self::Class(e) => match e {
                ClassError::NoSuchClass | ClassError::NoSuchLearner => NOT_FOUND,
                ClassError::NotYours => FORBIDDEN,
                ClassError::Closed => face(StatusCode::FORBIDDEN, "class-closed", "The class is not open now"),
                ClassError::Wrong { .. } => WRONG,
                ClassError::Busy => busy(1),
                ClassError::Store(_) => STORE,
            },
            Self::Lesson(e) => match e {
                LessonError::NoLesson => NOT_FOUND,
            },
            Self::Setup(e) => match e {
                SetupError::Done => CONFLICT,
                SetupError::Wrong { .. } => WRONG,
                SetupError::Password(_) | SetupError::Random(_) => busy(1),
                SetupError::Busy => busy(1),
                SetupError::Store(_) => STORE,
                SetupError::Io { .. } => STORE,
            },
            Self::Program(e) => match e {
                ProgramError::NoSuchProgram => NOT_FOUND,
                ProgramError::Name(_) => WRONG,
                ProgramError::Taken | ProgramError::TooMany => CONFLICT,
                ProgramError::Busy => busy(1),
                ProgramError::Store(_) => STORE,
            },
            Self::Export(e) => match e {
                ExportError::NoSuchEvent => NOT_FOUND,
                ExportError::Busy => busy(1),
                ExportError::Store(_) => STORE,
            },
            Self::Privacy(e) => match e {
                PrivacyError::NotYours => FORBIDDEN,
                PrivacyError::NoSuchLearner => NOT_FOUND,
                PrivacyError::OtherName => WRONG,
                PrivacyError::Busy => busy(1),
                PrivacyError::Store(_) => STORE,
                PrivacyError::Unfinished(_) => {
                    face(StatusCode::INTERNAL_SERVER_ERROR, "erasing-unfinished", "Noted, and not done yet")
                }
            },
            Self::Year(e) => match e {
                YearError::NotYours => FORBIDDEN,
                YearError::Name | YearError::SameName => WRONG,
                YearError::NoStick | YearError::TooSoon => CONFLICT,
                YearError::BackupRuns | YearError::NotReady => busy(5),
                YearError::Busy => busy(1),
                YearError::Store(_) => STORE,
            },
            Self::Safekeeping(e) => match e {
                SafekeepingError::Running => busy(5),
                SafekeepingError::NoSuchStick => NOT_FOUND,
                SafekeepingError::NothingLookedAt | SafekeepingError::NotEmpty | SafekeepingError::KeyMade => CONFLICT,
                SafekeepingError::NoRoom { .. } => TOO_LARGE,
                SafekeepingError::Fault(fault) => fault_face(fault),
                SafekeepingError::Random(_) => busy(1),
                SafekeepingError::Io { .. } => STORE,
            },
            Self::Busy => busy(1),
            Self::Render(_) => face(StatusCode::INTERNAL_SERVER_ERROR, "our-fault", "A fault of ours"),
        }
    }

    /// What a page tells apart: the problem's name, and why a sign-in ended.
    fn case(&self) -> &'static str {
        match self {
            Self::NotSignedIn(NotSignedIn::Moved) => "moved",
            Self::NotSignedIn(NotSignedIn::Idle) => "idle",
            _ => self.face().name,
        }
    }

    /// The fields that were wrong.
    pub fn fields(&self) -> Vec<FieldFault> {
        let one =
            |field: &str, message: &str| vec![FieldFault { field: field.to_owned(), message: message.to_owned() }];
        match self {
            Self::Wrong { field, message } => one(field, message),
            Self::Respond(RespondError::Shape(fault)) => one(fault.field, &fault.message),
            Self::Respond(RespondError::Unstorable) => one("response", "cannot be kept as it is"),
            Self::Respond(RespondError::BadKey) => one("Idempotency-Key", "1 to 64 of A-Z, a-z, 0-9, “.”, “_” and “-”"),
            Self::Hint(HintError::NoSuchHint { hints }) => one("level", &format!("this item has hints 1 to {hints}")),
            Self::SignIn(SignInError::Malformed { field, message })
            | Self::Setup(SetupError::Wrong { field, message })
            | Self::Class(ClassError::Wrong { field, message }) => one(field, message),
            Self::Program(ProgramError::Name(message)) => one("name", message),
            Self::Year(YearError::Name) => one("name", "1 to 40 letters"),
            Self::Year(YearError::SameName) => one("name", "not that of the last year"),
            Self::Privacy(PrivacyError::OtherName) => one("name", "the name of the child, as it is shown"),
            _ => Vec::new(),
        }
    }

    /// The problem as programs see it. The detail of a fault of ours tells nothing of the inside.
    pub fn problem(&self) -> Problem {
        let face = self.face();
        Problem {
            r#type: format!("urn:chalkbox:problem:{}", face.name),
            title: face.title.to_owned(),
            status: face.status.as_u16(),
            detail: self.to_string(),
            errors: self.fields(),
        }
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        self.face().status
    }

    fn error_response(&self) -> HttpResponse {
        let face = self.face();
        if face.status.is_server_error() {
            tracing::warn!(problem = face.name, error = %self, "a request failed");
        }
        let mut response = HttpResponse::build(face.status);
        if let Some(seconds) = face.wait {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        response.content_type("application/problem+json");
        let body = serde_json::to_string(&self.problem()).unwrap_or_else(|_| "{\"status\":500}".to_owned());
        let mut response = response.body(body);
        response.extensions_mut().insert(ProblemFace { problem: self.problem(), case: self.case(), wait: face.wait });
        response
    }
}

/// Left on a failed response, so that pages can show the same problem to people.
#[derive(Debug, Clone)]
pub struct ProblemFace {
    /// The problem.
    pub problem: Problem,
    /// Its name, or a closer one where people are told more than programs need.
    pub case: &'static str,
    /// Seconds to wait.
    pub wait: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A device keeps what a 5xx refused and sends it again, for ever if the answer itself is at fault.
    #[test]
    fn an_answer_at_fault_is_never_a_5xx() {
        let check = |error: RespondError, status: u16| {
            let problem = WebError::from(error).problem();
            assert_eq!(problem.status, status, "{}", problem.detail);
        };
        check(RespondError::TooLarge, 413);
        check(RespondError::Unstorable, 422);
        check(RespondError::BadKey, 422);
        check(RespondError::Store("full".into()), 503);
    }
}
