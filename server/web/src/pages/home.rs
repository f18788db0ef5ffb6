//! The way in: welcome, faces, picture code, asking the teacher, staff, language, help, leaving (people and screens).

use super::context::{PageContext, THEME_COOKIE, TokenForm, go, safe_back};
use crate::api::v1::session::{cookie, device, no_cookie};
use crate::body::Form;
use crate::error::WebError;
use crate::guard::session_token;
use crate::language;
use crate::views::home::{
    AskTeacherPage, ByePage, ClassTile, CodePage, CodeTrouble, FaceTile, HelpPage, LanguagePage, PageLink, PartOfDay,
    StaffPage, StaffTrouble, WelcomePage, WhoPage,
};
use crate::views::{NotMe, Who, paths};
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, web};
use chalkbox_domain::ids::{ClassId, LearnerId};
use chalkbox_service::classes::{ClassError, Face};
use chalkbox_service::doors::{Code, SignInError, SignedIn};
use chalkbox_service::sign_in::Viewer;
use serde::Deserialize;
use std::sync::Arc;

/// Faces on one page.
const NINE: usize = 9;

/// Welcome: find your class. Whoever is signed in is led to the own page, a new box to its first start.
pub async fn welcome(context: PageContext) -> Result<HttpResponse, WebError> {
    let chalkbox = &context.state.chalkbox;
    if !chalkbox.is_set_up() {
        return Ok(go(paths::SETUP));
    }
    match &context.viewer {
        Some(Viewer::Learner(_)) => return Ok(go(paths::LEARN)),
        Some(Viewer::Staff(..)) => return Ok(go(paths::TEACH)),
        None => {}
    }
    let info = chalkbox.box_info();
    let tile = |c: chalkbox_service::classes::ClassView| ClassTile {
        href: paths::faces(&c.id.to_string(), 0),
        name: c.name,
        detail: String::new(),
        picture: c.picture,
    };
    let hour = (info.time_ms.saturating_sub(chalkbox.day_start_ms(info.time_ms)) / 3_600_000).min(23) as u8;
    context.show(&WelcomePage {
        t: context.t.clone(),
        page: context.page(),
        school: info.school,
        day: PartOfDay::of_hour(hour),
        classes: chalkbox.classes_for(None).into_iter().map(tile).collect(),
    })
}

/// A query with an address to go back to.
#[derive(Debug, Deserialize)]
pub struct Back {
    /// A path on this box.
    #[serde(default)]
    pub back: String,
}

/// Choose a language.
pub async fn language(context: PageContext, query: web::Query<Back>) -> Result<HttpResponse, WebError> {
    context.show(&LanguagePage {
        t: context.t.clone(),
        page: context.page(),
        languages: context.state.translator.languages(),
        back: safe_back(&query.back),
    })
}

/// A chosen language.
#[derive(Debug, Deserialize)]
pub struct LanguageForm {
    lang: String,
    #[serde(default)]
    back: String,
}

/// Keeps a language on this device.
pub async fn choose_language(context: PageContext, form: Form<LanguageForm>) -> Result<HttpResponse, WebError> {
    let words = context.state.translator.words(&form.lang);
    let cookie = Cookie::build(language::COOKIE, words.lang())
        .path("/")
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish();
    let mut response = go(safe_back(&form.back));
    response.add_cookie(&cookie).map_err(|_| WebError::Busy)?;
    Ok(response)
}

/// A chosen theme.
#[derive(Debug, Deserialize)]
pub struct ThemeForm {
    theme: String,
    #[serde(default)]
    back: String,
}

/// Keeps day or dim on this device.
pub async fn choose_theme(_context: PageContext, form: Form<ThemeForm>) -> Result<HttpResponse, WebError> {
    let theme = if form.theme == "dim" { "dim" } else { "day" };
    let cookie =
        Cookie::build(THEME_COOKIE, theme).path("/").same_site(SameSite::Lax).max_age(Duration::days(365)).finish();
    let mut response = go(safe_back(&form.back));
    response.add_cookie(&cookie).map_err(|_| WebError::Busy)?;
    Ok(response)
}

/// Help for whoever is there.
pub async fn help(context: PageContext, query: web::Query<Back>) -> Result<HttpResponse, WebError> {
    let for_staff = [paths::STAFF, paths::TEACH, paths::ADMIN, paths::SETUP];
    let staff =
        matches!(context.viewer, Some(Viewer::Staff(..))) || for_staff.iter().any(|p| query.back.starts_with(p));
    context.show(&HelpPage { t: context.t.clone(), page: context.page(), staff, back: safe_back(&query.back) })
}

/// Which page of faces.
#[derive(Debug, Deserialize)]
pub struct FacesQuery {
    #[serde(default)]
    page: usize,
}

/// Who are you?
pub async fn who(
    context: PageContext,
    class: web::Path<String>,
    query: web::Query<FacesQuery>,
) -> Result<HttpResponse, WebError> {
    let id: ClassId = class.parse().map_err(|_| ClassError::NoSuchClass)?;
    let view = context.state.chalkbox.open_class(id)?;
    let faces = context.state.chalkbox.faces_of(id, None)?;
    let count = faces.len().div_ceil(NINE);
    let at = query.page.min(count.saturating_sub(1));
    let tile = |f: &Face| FaceTile {
        href: paths::code(&class, &f.id.to_string(), &[]),
        name: f.display_name.clone(),
        face: f.avatar,
    };
    let link = |n: usize| PageLink { number: n + 1, href: paths::faces(&class, n), current: n == at };
    context.show(&WhoPage {
        t: context.t.clone(),
        page: context.page(),
        class_name: view.name,
        faces: faces.iter().skip(at * NINE).take(NINE).map(tile).collect(),
        pages: if count > 1 { (0..count).map(link).collect() } else { Vec::new() },
        next: (at + 1 < count).then(|| paths::faces(&class, at + 1)),
    })
}

/// A child at the door.
fn at_door(context: &PageContext, class: &str, learner: &str) -> Result<(LearnerId, Face, Who), WebError> {
    let id: LearnerId = learner.parse().map_err(|_| ClassError::NoSuchLearner)?;
    let wanted: ClassId = class.parse().map_err(|_| ClassError::NoSuchClass)?;
    let (face, of) = context.state.chalkbox.face_of(id).ok_or(ClassError::NoSuchLearner)?;
    if of != wanted {
        return Err(ClassError::NoSuchLearner.into());
    }
    context.state.chalkbox.open_class(of)?;
    let who = Who { name: face.display_name.clone(), face: face.avatar, not_me: NotMe::Back(paths::faces(class, 0)) };
    Ok((id, face, who))
}

/// Pictures touched so far.
#[derive(Debug, Deserialize)]
pub struct CodeQuery {
    #[serde(default)]
    p: String,
}

fn pictures(text: &str) -> Vec<u8> {
    text.split(',').filter_map(|p| p.trim().parse().ok()).filter(|p| (1..=9).contains(p)).take(3).collect()
}

/// Touch your three pictures; a child that the teacher let in is inside at once.
pub async fn code(
    context: PageContext,
    path: web::Path<(String, String)>,
    query: web::Query<CodeQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (class, learner) = path.into_inner();
    let (id, face, who) = at_door(&context, &class, &learner)?;
    if face.let_in
        && let Ok(inside) = enter_with(&context, id, Code::LetIn, &request).await
    {
        return Ok(inside);
    }
    let mut chosen = pictures(&query.p);
    chosen.truncate(2);
    let trouble = if face.has_code { CodeTrouble::None } else { CodeTrouble::NoCode };
    code_page(&context, who, class, learner, chosen, trouble)
}

fn code_page(
    context: &PageContext,
    who: Who,
    class: String,
    learner: String,
    chosen: Vec<u8>,
    trouble: CodeTrouble,
) -> Result<HttpResponse, WebError> {
    context.show(&CodePage { t: context.t.clone(), page: context.page(), who, class, learner, chosen, trouble })
}

async fn enter_with(
    context: &PageContext,
    id: LearnerId,
    code: Code,
    request: &HttpRequest,
) -> Result<HttpResponse, WebError> {
    let chalkbox = Arc::clone(&context.state.chalkbox);
    let device = device(request);
    let signed_in: SignedIn =
        web::block(move || chalkbox.sign_in_learner(id, &code, &device)).await.map_err(|_| WebError::Busy)??;
    let mut response = go(paths::LEARN);
    response.add_cookie(&cookie(signed_in.token)).map_err(|_| WebError::Busy)?;
    Ok(response)
}

/// A whole picture code.
#[derive(Debug, Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    pictures: String,
}

/// Tries a picture code.
pub async fn enter(
    context: PageContext,
    path: web::Path<(String, String)>,
    form: Form<CodeForm>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (class, learner) = path.into_inner();
    let (id, _, who) = at_door(&context, &class, &learner)?;
    let trouble = match enter_with(&context, id, Code::Pictures(pictures(&form.pictures)), &request).await {
        Ok(inside) => return Ok(inside),
        Err(WebError::SignIn(SignInError::WrongCode | SignInError::Malformed { .. })) => CodeTrouble::NotThese,
        Err(WebError::SignIn(SignInError::Pause { seconds })) => CodeTrouble::Pause(seconds as u32),
        Err(other) => return Err(other),
    };
    code_page(&context, who, class, learner, Vec::new(), trouble)
}

/// Signs in by a printed card's address.
pub async fn card(
    context: PageContext,
    token: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let chalkbox = Arc::clone(&context.state.chalkbox);
    let device = device(&request);
    let signed_in = web::block(move || chalkbox.sign_in_card(&token, &device)).await.map_err(|_| WebError::Busy)??;
    let mut response = go(paths::LEARN);
    response.add_cookie(&cookie(signed_in.token)).map_err(|_| WebError::Busy)?;
    Ok(response)
}

/// Asks the teacher: the hand goes up.
pub async fn ask_teacher(context: PageContext, path: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (class, learner) = path.into_inner();
    let (id, _, _) = at_door(&context, &class, &learner)?;
    context.state.chalkbox.hand(id, true)?;
    Ok(go(paths::ask_teacher(&class, &learner)))
}

/// Waits for the teacher; inside as soon as the teacher says so.
pub async fn waiting(
    context: PageContext,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (class, learner) = path.into_inner();
    let (id, face, who) = at_door(&context, &class, &learner)?;
    if face.let_in
        && let Ok(inside) = enter_with(&context, id, Code::LetIn, &request).await
    {
        context.state.chalkbox.hand(id, false)?;
        return Ok(inside);
    }
    let mut page = context.page();
    page.refresh_seconds = 4;
    context.show(&AskTeacherPage { t: context.t.clone(), page, who, code_href: paths::code(&class, &learner, &[]) })
}

/// Staff sign-in.
pub async fn staff(context: PageContext) -> Result<HttpResponse, WebError> {
    if matches!(context.viewer, Some(Viewer::Staff(..))) {
        return Ok(go(paths::TEACH));
    }
    context.show(&StaffPage {
        t: context.t.clone(),
        page: context.page(),
        username: String::new(),
        trouble: StaffTrouble::None,
    })
}

/// Name and password.
#[derive(Debug, Deserialize)]
pub struct StaffForm {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
}

/// Tries name and password.
pub async fn enter_staff(
    context: PageContext,
    form: Form<StaffForm>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let chalkbox = Arc::clone(&context.state.chalkbox);
    let StaffForm { username, password } = form.into_inner();
    let (name, device) = (username.clone(), device(&request));
    let tried =
        web::block(move || chalkbox.sign_in_staff(&name, &password, &device)).await.map_err(|_| WebError::Busy)?;
    let trouble = match tried {
        Ok(signed_in) => {
            let mut response = go(if signed_in.me.role == "technologist" && signed_in.me.classes.is_empty() {
                paths::ADMIN
            } else {
                paths::TEACH
            });
            response.add_cookie(&cookie(signed_in.token)).map_err(|_| WebError::Busy)?;
            return Ok(response);
        }
        Err(SignInError::WrongPassword) => StaffTrouble::NotKnown,
        Err(SignInError::Pause { seconds }) => StaffTrouble::Pause(seconds as u32),
        Err(other) => return Err(other.into()),
    };
    context.show(&StaffPage { t: context.t.clone(), page: context.page(), username, trouble })
}

/// "Someone else's turn", "Not me", sign out.
pub async fn leave(
    context: PageContext,
    _form: Form<TokenForm>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let next = match &context.viewer {
        Some(Viewer::Learner(id)) => context
            .state
            .chalkbox
            .face_of(*id)
            .map(|(_, class)| format!("/bye?back={}", paths::encoded(&paths::faces(&class.to_string(), 0)))),
        _ => None,
    };
    if let Some(token) = session_token(&request) {
        context.state.chalkbox.sign_out(&token);
    }
    let mut response = go(next.unwrap_or_else(|| paths::WELCOME.to_owned()));
    response.add_cookie(&no_cookie()).map_err(|_| WebError::Busy)?;
    Ok(response)
}

/// Nobody is signed in any more.
pub async fn bye(context: PageContext, query: web::Query<Back>) -> Result<HttpResponse, WebError> {
    context.show(&ByePage { t: context.t.clone(), page: context.page(), next_href: safe_back(&query.back) })
}
