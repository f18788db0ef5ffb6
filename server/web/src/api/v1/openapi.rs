//! The API's own description, made from the handlers' types.

use super::{export, items, live, path, school, session};
use actix_web::HttpResponse;
use utoipa::OpenApi;

/// OpenAPI 3.1 of version 1.
#[derive(OpenApi)]
#[openapi(
    info(title = "Chalkbox", description = "The programs' door of a Chalkbox: see docs/http-api.md for the rules."),
    paths(
        school::the_box,
        school::map,
        school::plugins,
        school::classes,
        school::learners,
        school::progress,
        live::listen,
        session::begin,
        session::end,
        session::me,
        path::show,
        items::ask,
        items::respond,
        items::hint,
        items::solution,
        export::events
    )
)]
pub struct ApiV1;

/// Serves the description.
pub async fn serve() -> HttpResponse {
    HttpResponse::Ok().json(ApiV1::openapi())
}
