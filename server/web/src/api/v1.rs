//! Version 1 of the API: a contract that outside programs call as written. Additions only.

pub mod export;
pub mod items;
pub mod live;
pub mod openapi;
pub mod path;
pub mod school;
pub mod session;

use actix_web::web;
use chalkbox_domain::ids::PackHash;
use chalkbox_domain::item::{Block, ChoiceOption, Interaction};
pub(crate) use chalkbox_service::export::rfc3339;

/// Puts the box's own address of a pack's file where the tool wrote its path.
pub(crate) fn with_addresses(mut blocks: Vec<Block>, plugin: PackHash) -> Vec<Block> {
    for block in &mut blocks {
        if let Block::Image(media) | Block::Audio(media) = block {
            media.path = format!("/plugins/{plugin}/assets/{}", media.path);
        }
    }
    blocks
}

/// As [`with_addresses`], for what an interaction shows.
pub(crate) fn interaction_with_addresses(interaction: Interaction, plugin: PackHash) -> Interaction {
    let options = |list: Vec<ChoiceOption>| -> Vec<ChoiceOption> {
        list.into_iter().map(|o| ChoiceOption { id: o.id, content: with_addresses(o.content, plugin) }).collect()
    };
    match interaction {
        Interaction::Choice { options: o, max } => Interaction::Choice { options: options(o), max },
        Interaction::Order { options: o } => Interaction::Order { options: options(o) },
        Interaction::Match { left, right, reuse } => {
            Interaction::Match { left: options(left), right: options(right), reuse }
        }
        Interaction::GapMatch { left, right } => Interaction::GapMatch { left, right: options(right) },
        Interaction::SelectPoint(mut media) => {
            media.path = format!("/plugins/{plugin}/assets/{}", media.path);
            Interaction::SelectPoint(media)
        }
        other => other,
    }
}

/// Every address of the API.
pub fn routes(scope: &mut web::ServiceConfig) {
    scope
        .route("/openapi.json", web::get().to(openapi::serve))
        .route("/box", web::get().to(school::the_box))
        .route("/map", web::get().to(school::map))
        .route("/plugins", web::get().to(school::plugins))
        .route("/classes", web::get().to(school::classes))
        .route("/classes/{class}/learners", web::get().to(school::learners))
        .route("/classes/{class}/progress", web::get().to(school::progress))
        .route("/classes/{class}/live", web::get().to(live::listen))
        .route("/session", web::post().to(session::begin))
        .route("/session", web::delete().to(session::end))
        .route("/me", web::get().to(session::me))
        .route("/me/path", web::get().to(path::show))
        .route("/me/items", web::post().to(items::ask))
        .route("/me/items/{item}/response", web::post().to(items::respond))
        .route("/me/items/{item}/hint", web::post().to(items::hint))
        .route("/me/items/{item}/solution", web::get().to(items::solution))
        .route("/export/events", web::get().to(export::events));
}
