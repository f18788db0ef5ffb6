//! The API's own description, made from the handlers' types.

use super::{export, items, live, path, school, session};
use crate::guard::COOKIE;
use actix_web::HttpResponse;
use utoipa::openapi::RefOr;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

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
    ),
    modifiers(&WaysIn, &Problems)
)]
pub struct ApiV1;

/// What goes wrong is told as RFC 9457 has it.
struct Problems;

impl Modify for Problems {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        for path in openapi.paths.paths.values_mut() {
            for call in [&mut path.get, &mut path.post, &mut path.delete].into_iter().flatten() {
                for (status, response) in &mut call.responses.responses {
                    if let RefOr::T(response) = response
                        && status.starts_with(['4', '5'])
                        && let Some(problem) = response.content.shift_remove("application/json")
                    {
                        response.content.insert("application/problem+json".to_owned(), problem);
                    }
                }
            }
        }
    }
}

/// How a program shows who it is.
struct WaysIn;

impl Modify for WaysIn {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let cookie = ApiKey::Cookie(ApiKeyValue::with_description(COOKIE, "given by `POST /api/v1/session`"));
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("a program's token; acts as the member of staff who made it"))
            .build();
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

/// Serves the description.
pub async fn serve() -> HttpResponse {
    HttpResponse::Ok().json(ApiV1::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// Who may call, as docs/http-api.md says it.
    enum Who {
        All,
        SignedIn,
        Staff,
        Learner,
    }
    use Who::{All, Learner, SignedIn, Staff};

    /// Every call, and whether it reads or writes what is stored.
    const CALLS: [(&str, &str, Who, bool); 16] = [
        ("get", "/box", All, false),
        ("get", "/map", All, false),
        ("get", "/plugins", Staff, false),
        ("get", "/classes", All, false),
        ("get", "/classes/{class}/learners", All, false),
        ("get", "/classes/{class}/progress", Staff, true),
        ("get", "/classes/{class}/live", Staff, false),
        ("post", "/session", All, true),
        ("delete", "/session", SignedIn, false),
        ("get", "/me", SignedIn, false),
        ("get", "/me/path", Learner, true),
        ("post", "/me/items", Learner, true),
        ("post", "/me/items/{item}/response", Learner, true),
        ("post", "/me/items/{item}/hint", Learner, true),
        ("get", "/me/items/{item}/solution", Learner, true),
        ("get", "/export/events", Staff, true),
    ];

    fn described() -> Value {
        serde_json::to_value(ApiV1::openapi()).expect("JSON")
    }

    #[test]
    fn every_route_is_described_and_every_call_is_a_route() {
        let source = include_str!("../v1.rs");
        let mut routes: Vec<(String, String)> = source
            .lines()
            .filter_map(|line| line.trim().strip_prefix(".route(\"")?.split_once("\", web::"))
            .filter_map(|(path, rest)| Some((rest.split_once('(')?.0.to_owned(), path.to_owned())))
            .filter(|(_, path)| path != "/openapi.json")
            .collect();
        let mut calls: Vec<(String, String)> = CALLS.iter().map(|c| (c.0.to_owned(), c.1.to_owned())).collect();
        routes.sort();
        calls.sort();
        assert_eq!(routes, calls);
        let described = described();
        let paths = described["paths"].as_object().expect("paths");
        assert_eq!(paths.values().filter_map(Value::as_object).map(serde_json::Map::len).sum::<usize>(), CALLS.len());
    }

    #[test]
    fn every_call_names_the_statuses_that_happen_and_who_may() {
        let described = described();
        for (method, path, who, stored) in CALLS {
            let call = &described["paths"][format!("/api/v1{path}")][method];
            let mut needed: Vec<u16> = Vec::new();
            let security = match who {
                All => 0,
                SignedIn | Staff => 2,
                Learner => 1,
            };
            assert_eq!(call["security"].as_array().map_or(0, Vec::len), security, "{method} {path}");
            if security > 0 {
                needed.push(401);
            }
            if matches!(who, Staff | Learner) || method != "get" {
                needed.push(403);
            }
            if path.contains('{') {
                needed.push(404);
            }
            if call.get("requestBody").is_some() {
                needed.extend([400, 408, 413, 422]);
            }
            if stored {
                needed.push(503);
            }
            for status in needed {
                let response = &call["responses"][status.to_string()];
                let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{method} {path}: {status}");
            }
        }
        for way in ["session", "bearer"] {
            assert!(described["components"]["securitySchemes"][way]["type"].is_string(), "{way}");
        }
    }
}
