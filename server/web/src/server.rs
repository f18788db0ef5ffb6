//! The HTTP server: limits, headers, routes, and the page that a failed request shows to people.

use crate::api;
use crate::assets;
use crate::error::{Problem, ProblemFace, WebError};
use crate::language;
use crate::pages;
use crate::state::WebState;
use crate::views::home::ErrorPage;
use crate::views::{self, Page, paths};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use std::net::TcpListener;
use std::time::Duration;

/// How the server behaves.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebConfig {
    /// Threads that answer requests; 0: one a core, at most four.
    pub workers: usize,
    /// Connections open at once, at most; further ones wait.
    pub connections: usize,
}

impl Default for WebConfig {
    fn default() -> Self {
        Self { workers: 0, connections: 2_000 }
    }
}

/// Bytes of a form at most.
const FORM_MOST: usize = 64 * 1024;

/// Starts serving on a bound socket; the future ends when the server was told to stop.
pub fn serve(state: web::Data<WebState>, listener: TcpListener, config: &WebConfig) -> std::io::Result<Server> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let workers = if config.workers == 0 { cores.clamp(1, 4) } else { config.workers };
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .app_data(web::PayloadConfig::new(crate::body::MOST))
            .app_data(web::FormConfig::default().limit(FORM_MOST).error_handler(|e, _| form_error(&e).into()))
            .app_data(
                web::QueryConfig::default()
                    .error_handler(|e, _| WebError::Wrong { field: "query".into(), message: e.to_string() }.into()),
            )
            .app_data(web::PathConfig::default().error_handler(|_, _| WebError::NotFound { what: "page" }.into()))
            .wrap(from_fn(finish))
            .wrap(Compress::default())
            .configure(routes)
    })
    .workers(workers)
    .max_connections(config.connections.max(16) / workers.max(1))
    .client_request_timeout(Duration::from_secs(10))
    .client_disconnect_timeout(Duration::from_secs(2))
    .keep_alive(Duration::from_secs(30))
    .backlog(1024)
    .shutdown_timeout(3)
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}

/// Every address of the box.
pub fn routes(app: &mut web::ServiceConfig) {
    app.route("/healthz", web::get().to(health))
        .route("/static/{name}", web::get().to(assets::serve))
        .route("/favicon.ico", web::get().to(assets::icon))
        .route("/plugins/{hash}/assets/{path:.*}", web::get().to(assets::of_plugin))
        .route("/content/{pack}/{path:.*}", web::get().to(assets::of_content))
        .service(web::scope("/api/v1").configure(api::v1::routes).default_service(web::to(no_address)))
        .configure(pages::routes)
        .default_service(web::to(no_address));
}

async fn health() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok")
}

async fn no_address(request: HttpRequest) -> Result<HttpResponse, WebError> {
    let known = request.match_pattern().is_some_and(|p| p != "/api/v1" && !p.is_empty());
    if known && request.method() != actix_web::http::Method::GET {
        Err(WebError::Method)
    } else {
        Err(WebError::NotFound { what: "page" })
    }
}

fn form_error(error: &actix_web::error::UrlencodedError) -> WebError {
    use actix_web::error::UrlencodedError as E;
    match error {
        E::Overflow { limit, .. } => WebError::TooLarge { limit: *limit },
        E::UnknownLength => WebError::TooLarge { limit: FORM_MOST },
        other => WebError::Wrong { field: "form".into(), message: other.to_string() },
    }
}

/// Headers that every answer carries, and a page in place of a problem where people look.
async fn finish(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let for_people = !request.path().starts_with("/api/") && accepts_html(request.request());
    // No clone of the request may live while it is routed: actix-web routes only a request that it alone holds.
    let mut response = if is_compressed(&request) {
        request.error_response(WebError::Compressed)
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    let face = response.response().extensions().get::<ProblemFace>().cloned();
    if for_people && let Some(face) = face {
        let page = error_page(response.request(), &face);
        response = response.into_response(page).map_into_boxed_body();
    }
    let headers = response.headers_mut();
    let set = |headers: &mut header::HeaderMap, name: header::HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "same-origin");
    set(headers, header::X_FRAME_OPTIONS, "SAMEORIGIN");
    set(
        headers,
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    );
    Ok(response)
}

/// Whether the body would grow while it is read: a few bytes can become all memory before its length is known.
fn is_compressed(request: &ServiceRequest) -> bool {
    request.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity")
}

fn accepts_html(request: &HttpRequest) -> bool {
    request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"))
}

/// What happened, what is safe, what to do next, and one way on.
fn error_page(request: &HttpRequest, face: &ProblemFace) -> HttpResponse {
    let Some(state) = request.app_data::<web::Data<WebState>>() else {
        return HttpResponse::InternalServerError().finish();
    };
    let t = language::words(request, state);
    let Problem { status, .. } = &face.problem;
    let (heading, detail, href, word) = match (face.case, status) {
        ("wrong-code", _) => ("error-card", "error-card-detail", paths::WELCOME, "error-to-welcome"),
        ("pause", _) => ("error-pause", "error-pause-detail", paths::WELCOME, "error-to-welcome"),
        ("moved", _) => ("error-moved", "error-moved-detail", paths::WELCOME, "error-to-welcome"),
        ("idle", _) => ("error-idle", "error-idle-detail", paths::WELCOME, "error-to-welcome"),
        ("not-signed-in", _) => ("error-signed-out", "error-signed-out-detail", paths::WELCOME, "error-to-welcome"),
        ("not-allowed" | "form-token" | "foreign-origin", _) => {
            ("error-not-allowed", "error-not-allowed-detail", paths::WELCOME, "error-to-welcome")
        }
        ("class-closed", _) => ("error-closed", "error-closed-detail", paths::WELCOME, "error-to-welcome"),
        ("too-old", _) => ("error-too-old", "error-too-old-detail", paths::LEARN, "error-to-path"),
        ("tool-failed", _) => ("error-tool", "error-tool-detail", paths::LEARN, "error-to-path"),
        ("erasing-unfinished", _) => ("error-erasing", "error-erasing-detail", paths::PRIVACY, "erased-on"),
        ("cannot-store", _) => ("error-store", "error-store-detail", paths::WELCOME, "error-to-welcome"),
        (_, 401) => ("error-signed-out", "error-signed-out-detail", paths::WELCOME, "error-to-welcome"),
        (_, 403) => ("error-not-allowed", "error-not-allowed-detail", paths::WELCOME, "error-to-welcome"),
        (_, 422) => ("error-wrong", "error-wrong-detail", paths::WELCOME, "error-to-welcome"),
        (_, 404 | 405 | 410) => ("error-not-found", "error-not-found-detail", paths::WELCOME, "error-to-welcome"),
        (_, 400 | 408 | 409 | 413) => ("error-wrong", "error-wrong-detail", paths::WELCOME, "error-to-welcome"),
        (_, 429 | 503) => ("error-busy", "error-busy-detail", paths::WELCOME, "error-to-welcome"),
        _ => ("error-ours", "error-ours-detail", paths::WELCOME, "error-to-welcome"),
    };
    let view = ErrorPage {
        heading: t.msg(heading),
        detail: t.msg(detail),
        href: href.to_owned(),
        word: t.msg(word),
        page: Page {
            sheets: assets::sheets(t.direction()),
            script: String::new(),
            help: paths::HELP.to_owned(),
            ..Page::default()
        },
        t,
    };
    let status =
        actix_web::http::StatusCode::from_u16(*status).unwrap_or(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    response.content_type("text/html; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-store"));
    if let Some(seconds) = face.wait {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    match views::html(&view) {
        Ok(html) => response.body(html),
        Err(_) => response.body(face.problem.title.clone()),
    }
}

/// The shared parts, as handlers get them.
pub type Shared = web::Data<WebState>;

/// Wraps the shared parts for [`serve`].
pub fn shared(state: WebState) -> Shared {
    web::Data::new(state)
}
