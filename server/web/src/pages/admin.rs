//! The box at a glance, and the poster that tells how to reach it.

use super::context::PageContext;
use crate::error::WebError;
use crate::guard::{Guarded, StaffOnly};
use crate::views::admin::{BoxPage, PosterPage, ToolLine};
use crate::views::paths;
use crate::words::backups::due_words;
use crate::words::happened_words;
use actix_web::HttpResponse;
use chalkbox_domain::event::StaffRole;
use chalkbox_service::sign_in::Viewer;

/// The box, for technologist and leader; a teacher sees it too, with the own classes.
pub async fn the_box(door: Guarded<StaffOnly>, context: PageContext) -> Result<HttpResponse, WebError> {
    let chalkbox = door.chalkbox();
    let info = chalkbox.box_info();
    let viewer = Viewer::Staff(door.who.id, door.who.roles.clone());
    let tool = |t: chalkbox_service::library::ToolView| ToolLine {
        title: t.title,
        version: t.version,
        skills: t.skills.len(),
        active: t.state == "active",
        missing: false,
    };
    let locale = context.locale();
    let missing = |t: &chalkbox_service::library::MissingTool| ToolLine {
        title: t.title_in(&locale),
        version: t.version(),
        missing: true,
        ..ToolLine::default()
    };
    let missing: Vec<ToolLine> = chalkbox.missing_tools().iter().map(missing).collect();
    let (happened, away) = door.run(|c, _| -> Result<_, WebError> { Ok((c.happened(), c.backup_away())) }).await?;
    context.show(&BoxPage {
        t: context.t.clone(),
        page: context.page(),
        school: info.school,
        version: info.version.to_owned(),
        address: context.state.reach().addresses.first().cloned().unwrap_or_default(),
        classes: chalkbox
            .classes_for(Some(&viewer))
            .into_iter()
            .map(|c| {
                let opens = chalkbox.may_open(door.who.id, &door.who.roles, c.id).is_ok();
                (c.name, c.learners, if opens { paths::today(&c.id.to_string()) } else { String::new() })
            })
            .collect(),
        tools: chalkbox.tools(&locale).into_iter().map(tool).chain(missing).collect(),
        teacher: door.who.roles.contains(&StaffRole::Teacher),
        technologist: door.who.roles.contains(&StaffRole::Technologist),
        leader: door.who.roles.contains(&StaffRole::Leader),
        notices: happened.iter().map(|one| happened_words(&context.t, one)).collect(),
        backup: if away.is_due() { due_words(&context.t, away) } else { String::new() },
    })
}

/// The poster. Open to everybody: it holds nothing but the address.
pub async fn poster(context: PageContext) -> Result<HttpResponse, WebError> {
    context.show(&PosterPage {
        t: context.t.clone(),
        page: context.page(),
        school: context.state.chalkbox.box_info().school,
        addresses: context.state.reach().addresses,
        back: match &context.viewer {
            Some(Viewer::Staff(_, roles)) if roles.contains(&StaffRole::Technologist) => paths::ADMIN,
            Some(Viewer::Staff(..)) => paths::TEACH,
            _ => paths::WELCOME,
        },
    })
}
