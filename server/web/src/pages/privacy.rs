//! What is kept of whom, for leader and technologist: one child's facts given out, one child erased.

use super::context::{PageContext, TokenForm};
use super::teach::learner_id;
use crate::body::Form;
use crate::error::WebError;
use crate::guard::{Guarded, LeaderOrTechnologist, Member};
use crate::views::paths;
use crate::views::privacy::{ChildPage, ClassOfChildren, ErasedPage, PrivacyPage};
use crate::words::backups::renewal_words;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chalkbox_domain::event::StaffRole;
use chalkbox_service::privacy::PrivacyError;
use chalkbox_service::safekeeping::Renewal;
use serde::Deserialize;

/// Seconds after which the page looks again how far the backup on the card is.
const LOOK_AGAIN: u16 = 5;

type Door = Guarded<LeaderOrTechnologist>;

/// What is kept, and every child.
pub async fn list(door: Door, context: PageContext) -> Result<HttpResponse, WebError> {
    let (children, renewal) =
        door.run(|c, who: Member| -> Result<_, PrivacyError> { Ok((c.children(&who.roles)?, c.renewal())) }).await?;
    let mut classes: Vec<ClassOfChildren> = Vec::new();
    let mut last = None;
    for child in children {
        let class = (!child.class_name.is_empty()).then_some(child.class);
        if last != Some(class) || classes.is_empty() {
            last = Some(class);
            let name = if class.is_some() { child.class_name } else { context.t.msg("privacy-left") };
            classes.push(ClassOfChildren { name, children: Vec::new() });
        }
        if let Some(class) = classes.last_mut() {
            class.children.push((child.display_name, child.avatar, paths::child(&child.id.to_string())));
        }
    }
    let mut page = context.page();
    if matches!(renewal, Some(Renewal::Waits | Renewal::Runs { .. })) {
        page.refresh_seconds = LOOK_AGAIN;
    }
    let renewal = renewal.map(|renewal| renewal_words(&context.t, &renewal)).unwrap_or_default();
    context.show(&PrivacyPage { t: context.t.clone(), page, renewal, classes })
}

async fn child_page(
    door: &Door,
    context: &PageContext,
    learner: String,
    trouble: String,
) -> Result<HttpResponse, WebError> {
    let id = learner_id(&learner)?;
    let child = door.run(move |c, who: Member| c.child(&who.roles, id)).await?;
    context.show(&ChildPage {
        t: context.t.clone(),
        page: context.page(),
        learner,
        name: child.display_name,
        face: child.avatar,
        class: child.class_name,
        leads: door.who.roles.contains(&StaffRole::Leader),
        entries: child.entries.unwrap_or(0),
        trouble,
    })
}

/// One child.
pub async fn child(door: Door, context: PageContext, learner: web::Path<String>) -> Result<HttpResponse, WebError> {
    child_page(&door, &context, learner.into_inner(), String::new()).await
}

/// Everything about one child, as a file.
pub async fn export(door: Door, learner: web::Path<String>, form: Form<TokenForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let id = learner_id(&learner)?;
    let lines = door.run(move |c, who: Member| c.export_learner(&who.roles, id)).await?;
    // Not the name: it would lie in the list of downloads of a shared machine.
    let name = format!("attachment; filename=\"learner-{}.jsonl\"", &id.to_string()[..8]);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/x-ndjson"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(lines))
}

/// The name, typed again.
#[derive(Debug, Deserialize)]
pub struct EraseForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    name: String,
}

/// Erases one child.
pub async fn erase(
    door: Door,
    context: PageContext,
    learner: web::Path<String>,
    form: Form<EraseForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let id = learner_id(&learner)?;
    let typed = form.name.clone();
    let erased = door
        .run(move |c, who: Member| -> Result<_, PrivacyError> {
            let name = c.child(&who.roles, id)?.display_name;
            Ok((name, c.erase_learner(who.id, &who.roles, id, &typed)?))
        })
        .await;
    match erased {
        Ok((name, erased)) => context.show(&ErasedPage {
            t: context.t.clone(),
            page: context.page(),
            name,
            has_card_backup: erased.has_card_backup,
        }),
        Err(WebError::Privacy(PrivacyError::OtherName)) => {
            child_page(&door, &context, learner.into_inner(), context.t.msg("erase-trouble-name")).await
        }
        Err(other) => Err(other),
    }
}
