//! First start: language, school, owner (people and screens, technologist 1). Open to everybody until it is done, and
//! to nobody afterwards. What step 2 said waits in a cookie of the browser until step 3 makes the school at once.

use super::context::{PageContext, go};
use crate::api::v1::session::{cookie, device};
use crate::body::Form;
use crate::error::WebError;
use crate::language;
use crate::views::admin::{SetupDonePage, SetupLanguagePage, SetupOwnerPage, SetupSchoolPage};
use crate::views::paths;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, web};
use chalkbox_service::seal::{base64url, unbase64url};
use chalkbox_service::setup::{LONGEST_SCHOOL, SetupDraft, SetupError};
use serde::Deserialize;
use std::sync::Arc;

/// The cookie in which step 2 waits: school and country as lines, base64.
const COOKIE: &str = "chalkbox_setup";
/// Letters of that cookie at most: a name of the longest kind in letters of four bytes, with its country.
const COOKIE_MOST: usize = (LONGEST_SCHOOL * 4 + 8) * 4 / 3;

/// Where a first start that is done already leads: to the door.
fn done_already(context: &PageContext) -> Option<HttpResponse> {
    context.state.chalkbox.is_set_up().then(|| go(paths::WELCOME))
}

fn waiting(request: &HttpRequest) -> SchoolForm {
    let text = request
        .cookie(COOKIE)
        .and_then(|c| unbase64url(c.value(), COOKIE_MOST))
        .and_then(|b| String::from_utf8(b).ok())
        .unwrap_or_default();
    let (school, country) = text.split_once('\n').unwrap_or_default();
    SchoolForm { school: school.to_owned(), country: country.to_owned() }
}

/// Step 1: language.
pub async fn language(context: PageContext) -> Result<HttpResponse, WebError> {
    if let Some(door) = done_already(&context) {
        return Ok(door);
    }
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
    if let Some(door) = done_already(&context) {
        return Ok(door);
    }
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
    if let Some(door) = done_already(&context) {
        return Ok(door);
    }
    school_page(&context, waiting(&request), String::new())
}

/// Checks step 2 and goes on.
pub async fn keep_school(context: PageContext, form: Form<SchoolForm>) -> Result<HttpResponse, WebError> {
    if let Some(door) = done_already(&context) {
        return Ok(door);
    }
    let form = form.into_inner();
    let length = form.school.trim().chars().count();
    if length == 0 || length > LONGEST_SCHOOL {
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

fn owner_page(context: &PageContext, form: OwnerForm, trouble: String) -> Result<HttpResponse, WebError> {
    context.show(&SetupOwnerPage {
        t: context.t.clone(),
        page: context.page(),
        name: form.name,
        username: form.username,
        zones: zones(),
        zone: form.zone,
        trouble,
    })
}

/// Step 3: the owner.
pub async fn owner(context: PageContext, request: HttpRequest) -> Result<HttpResponse, WebError> {
    if let Some(door) = done_already(&context) {
        return Ok(door);
    }
    if waiting(&request).school.is_empty() {
        return Ok(go("/setup/school"));
    }
    let country = waiting(&request).country;
    let zone = context.state.chalkbox.zone_of_country(&country);
    owner_page(&context, OwnerForm { zone, ..OwnerForm::default() }, String::new())
}

/// The zones that a school may be in: those named by a place.
fn zones() -> Vec<String> {
    let places = ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    let named = |zone: &str| zone.split_once('/').is_some_and(|(region, _)| places.contains(&region));
    let all = jiff::tz::db().available().map(|zone| zone.as_str().to_owned());
    std::iter::once("UTC".to_owned()).chain(all.filter(|zone| named(zone))).collect()
}

/// The language of the school: that of the page, where the box speaks it, else the first one.
fn school_locale(context: &PageContext) -> String {
    let locales = context.state.chalkbox.locales();
    let page = context.locale();
    if locales.contains(&page) { page } else { locales.first().cloned().unwrap_or(page) }
}

/// What step 3 asks.
#[derive(Debug, Default, Deserialize)]
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
    if let Some(door) = done_already(&context) {
        return Ok(door);
    }
    let form = form.into_inner();
    let SchoolForm { school, country } = waiting(&request);
    if school.is_empty() {
        return Ok(go("/setup/school"));
    }
    let chalkbox = Arc::clone(&context.state.chalkbox);
    let draft = SetupDraft {
        locale: school_locale(&context),
        school: school.clone(),
        country,
        zone: form.zone.clone(),
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
            "zone" => context.t.msg("setup-trouble-zone"),
            _ => context.t.msg("setup-trouble-school"),
        };
        return owner_page(&context, form, trouble);
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
