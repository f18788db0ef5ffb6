//! In which language somebody is answered: their own choice on this device, their own in the school's records, the
//! browser's, the school's.

use crate::guard::sign_in_of;
use crate::state::WebState;
use crate::translator::Words;
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use chalkbox_service::Chalkbox;
use chalkbox_service::sign_in::Viewer;

/// The cookie that keeps a choice of language.
pub const COOKIE: &str = "chalkbox_lang";

/// BCP 47 of the language for a request.
pub fn of_request(request: &HttpRequest, chalkbox: &Chalkbox) -> String {
    match request.app_data::<web::Data<WebState>>() {
        Some(state) => words(request, state).lang().to_owned(),
        None => chalkbox.locales().first().cloned().unwrap_or_else(|| "en".to_owned()),
    }
}

/// The words for a request.
pub fn words(request: &HttpRequest, state: &WebState) -> Words {
    let chosen = request.cookie(COOKIE).map(|c| c.value().to_owned()).filter(|c| c.len() <= 20);
    if let Some(code) = chosen {
        return state.translator.words(&code);
    }
    if let Some(code) = own(request, state) {
        return state.translator.words(&code);
    }
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    match header {
        Some(text) if !text.trim().is_empty() && text.trim() != "*" => state.translator.negotiate(Some(text)),
        _ => {
            let people = state.chalkbox.people();
            state.translator.words(people.settings.as_ref().map_or("en", |s| s.locale.as_str()))
        }
    }
}

fn own(request: &HttpRequest, state: &WebState) -> Option<String> {
    let viewer = sign_in_of(request, &state.chalkbox).ok()?.viewer;
    let people = state.chalkbox.people();
    match viewer {
        Viewer::Learner(id) => people.learner(id)?.locale.clone(),
        Viewer::Staff(id, _) => people.member(id)?.locale.clone(),
    }
}
