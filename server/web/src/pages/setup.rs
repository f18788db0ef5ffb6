//! First start: language, school, owner (people and screens, technologist 1). Open to everybody until it is done, and
//! to nobody afterwards. What step 2 said waits in a cookie of the browser until step 3 makes the school at once.

use super::context::{PageContext, go};
use crate::api::v1::session::{cookie, device};
use crate::body::Form;
use crate::error::WebError;
use crate::language;
use crate::views::admin::{SetupDonePage, SetupLanguagePage, SetupOwnerPage, SetupSchoolPage};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, web};
use chalkbox_service::seal::{base64url, unbase64url};
use chalkbox_service::setup::{SetupDraft, SetupError};
use serde::Deserialize;
use std::sync::Arc;

/// The cookie in which step 2 waits: school and country as lines, base64.
const COOKIE: &str = "chalkbox_setup";

fn still_open(context: &PageContext) -> Result<(), WebError> {
    if context.state.chalkbox.is_set_up() { Err(SetupError::Done.into()) } else { Ok(()) }
}

fn waiting(request: &HttpRequest) -> SchoolForm {
    let text = request
        .cookie(COOKIE)
        .and_then(|c| unbase64url(c.value()))
        .and_then(|b| String::from_utf8(b).ok())
        .unwrap_or_default();
    let (school, country) = text.split_once('\n').unwrap_or_default();
    SchoolForm { school: school.to_owned(), country: country.to_owned() }
}

/// Step 1: language.
pub async fn language(context: PageContext) -> Result<HttpResponse, WebError> {
    still_open(&context)?;
    context.show(&SetupLanguagePage {
        t: context.t.clone(),
        page: context.page(),
        languages: context.state.translator.languages(),
    })
}

/// A chosen language.
#[derive(Debug, Deserialize)]
pub struct LanguageForm {
    lang: String,
}

/// Keeps the language and goes on.
pub async fn keep_language(context: PageContext, form: Form<LanguageForm>) -> Result<HttpResponse, WebError> {
    still_open(&context)?;
    let words = context.state.translator.words(&form.lang);
    let mut response = go("/setup/school");
    response.add_cookie(&kept(language::COOKIE, words.lang().to_owned())).map_err(|_| WebError::Busy)?;
    Ok(response)
}

fn kept(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value).path("/").same_site(SameSite::Lax).finish()
}

/// What step 2 asks.
#[derive(Debug, Default, Deserialize)]
pub struct SchoolForm {
    #[serde(default)]
    school: String,
    #[serde(default)]
    country: String,
}

fn school_page(context: &PageContext, form: SchoolForm, trouble: String) -> Result<HttpResponse, WebError> {
    let locale = context.locale();
    context.show(&SetupSchoolPage {
        t: context.t.clone(),
        page: context.page(),
        school: form.school,
        countries: context.state.chalkbox.countries().iter().map(|c| (c.code.clone(), c.title_in(&locale))).collect(),
        country: form.country,
        trouble,
    })
}

/// Step 2: school and country.
pub async fn school(context: PageContext, request: HttpRequest) -> Result<HttpResponse, WebError> {
    still_open(&context)?;
    school_page(&context, waiting(&request), String::new())
}

/// Checks step 2 and goes on.
pub async fn keep_school(context: PageContext, form: Form<SchoolForm>) -> Result<HttpResponse, WebError> {
    still_open(&context)?;
    let form = form.into_inner();
    let length = form.school.trim().chars().count();
    if length == 0 || length > 80 {
        let trouble = context.t.msg("setup-trouble-school");
        return school_page(&context, form, trouble);
    }
    if !context.state.chalkbox.countries().iter().any(|c| c.code == form.country) {
        let trouble = context.t.msg("setup-trouble-country");
        return school_page(&context, form, trouble);
    }
    let mut response = go("/setup/owner");
    let value = base64url(format!("{}\n{}", form.school.trim(), form.country).as_bytes());
    response.add_cookie(&kept(COOKIE, value)).map_err(|_| WebError::Busy)?;
    Ok(response)
}

fn owner_page(
    context: &PageContext,
    name: String,
    username: String,
    trouble: String,
) -> Result<HttpResponse, WebError> {
    context.show(&SetupOwnerPage { t: context.t.clone(), page: context.page(), name, username, trouble })
}

/// Step 3: the owner.
pub async fn owner(context: PageContext, request: HttpRequest) -> Result<HttpResponse, WebError> {
    still_open(&context)?;
    if waiting(&request).school.is_empty() {
        return Ok(go("/setup/school"));
    }
    owner_page(&context, String::new(), String::new(), String::new())
}

/// What step 3 asks.
#[derive(Debug, Deserialize)]
pub struct OwnerForm {
    #[serde(default)]
    zone: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
}

/// Makes the school; the owner is signed in.
pub async fn keep_owner(
    context: PageContext,
    form: Form<OwnerForm>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    still_open(&context)?;
    let form = form.into_inner();
    let SchoolForm { school, country } = waiting(&request);
    if school.is_empty() {
        return Ok(go("/setup/school"));
    }
    let chalkbox = Arc::clone(&context.state.chalkbox);
    let draft = SetupDraft {
        locale: context.locale(),
        school: school.clone(),
        country,
        zone: form.zone,
        owner: form.name.clone(),
        username: form.username.clone(),
        password: form.password.clone(),
        classes: Vec::new(),
    };
    let made = web::block(move || chalkbox.set_up(&draft)).await.map_err(|_| WebError::Busy)?;
    if let Err(SetupError::Wrong { field, .. }) = &made {
        let trouble = match *field {
            "owner" => context.t.msg("setup-trouble-name"),
            "username" => context.t.msg("setup-trouble-username"),
            "password" => context.t.msg("setup-trouble-password"),
            _ => context.t.msg("setup-trouble-school"),
        };
        return owner_page(&context, form.name, form.username, trouble);
    }
    made?;
    let chalkbox = Arc::clone(&context.state.chalkbox);
    let device = device(&request);
    let signed_in = web::block(move || chalkbox.sign_in_staff(&form.username, &form.password, &device))
        .await
        .map_err(|_| WebError::Busy)??;
    let mut response = context.show(&SetupDonePage {
        t: context.t.clone(),
        page: context.page(),
        school,
        address: context.state.reach().addresses.first().cloned().unwrap_or_default(),
    })?;
    response.add_cookie(&cookie(signed_in.token)).map_err(|_| WebError::Busy)?;
    let mut gone = kept(COOKIE, String::new());
    gone.make_removal();
    response.add_cookie(&gone).map_err(|_| WebError::Busy)?;
    Ok(response)
}
