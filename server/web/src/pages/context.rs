//! What every page needs of its request: words, theme, who is signed in, addresses of style and script.

use crate::assets;
use crate::error::WebError;
use crate::guard::{check_origin, renews, sign_in_of};
use crate::language;
use crate::state::WebState;
use crate::translator::Words;
use crate::views::{self, NotMe, Page, Theme, Who, paths};
use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;
use chalkbox_domain::ids::LearnerId;
use chalkbox_service::sign_in::Viewer;
use serde::Deserialize;
use std::future::{Ready, ready};

/// The cookie that keeps day or dim.
pub const THEME_COOKIE: &str = "chalkbox_theme";

/// A request for a page.
pub struct PageContext {
    /// Shared parts.
    pub state: web::Data<WebState>,
    /// The words.
    pub t: Words,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// Whether a page that waits asks again by itself.
    pub looks_again: bool,
    theme: Theme,
    token: String,
    here: String,
}

impl FromRequest for PageContext {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(context(request))
    }
}

fn context(request: &HttpRequest) -> Result<PageContext, WebError> {
    let state = request.app_data::<web::Data<WebState>>().ok_or(WebError::Busy)?.clone();
    check_origin(request)?;
    let sign_in = sign_in_of(request, &state.chalkbox).ok();
    let dim = request.cookie(THEME_COOKIE).is_some_and(|c| c.value() == "dim");
    Ok(PageContext {
        t: language::words(request, &state),
        theme: if dim { Theme::Dim } else { Theme::Day },
        token: sign_in.as_ref().map(|s| s.form_token.clone()).unwrap_or_default(),
        viewer: sign_in.map(|s| s.viewer),
        looks_again: renews(request),
        here: here(request),
        state,
    })
}

/// The address at which the page that is shown can be asked for again: a form's answer has the page of its form.
fn here(request: &HttpRequest) -> String {
    if request.method() == Method::POST {
        paths::page_of_form(request.path())
    } else {
        request.uri().path_and_query().map_or_else(|| request.path().to_owned(), |p| p.as_str().to_owned())
    }
}

impl PageContext {
    /// The frame of the page.
    pub fn page(&self) -> Page {
        Page {
            theme: self.theme,
            sheets: assets::sheets(self.t.direction()),
            script: assets::script(),
            token: self.token.clone(),
            refresh_seconds: 0,
            help: format!("{}?back={}", paths::HELP, paths::encoded(&self.here)),
        }
    }

    /// BCP 47 of the page.
    pub fn locale(&self) -> String {
        self.t.lang().to_owned()
    }

    /// The child whose page this is.
    pub fn who(&self, learner: LearnerId) -> Who {
        match self.state.chalkbox.face_of(learner) {
            Some((face, _)) => Who { name: face.display_name, face: face.avatar, not_me: NotMe::Leave },
            None => Who::default(),
        }
    }

    /// Draws a view.
    pub fn show<T: Template>(&self, view: &T) -> Result<HttpResponse, WebError> {
        let html = views::html(view)?;
        Ok(HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(html))
    }
}

/// Leads on to another page of this box, by GET.
pub fn go(address: impl Into<String>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address.into()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// An address to go back to: a path on this box and nothing else.
pub fn safe_back(address: &str) -> String {
    let fits = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|c: char| c == '\\' || c.is_control())
        && address.len() < 600;
    if fits { address.to_owned() } else { paths::WELCOME.to_owned() }
}

/// The token that every form of a signed-in page carries.
#[derive(Debug, Deserialize)]
pub struct TokenForm {
    /// As the page had it.
    #[serde(default)]
    pub token: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_never_leads_off_the_box() {
        for (from, to) in [
            ("/learn", "/learn"),
            ("//evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\\b", "/"),
            ("/a\0", "/"),
            ("", "/"),
        ] {
            assert_eq!(safe_back(from), to);
        }
    }
}
