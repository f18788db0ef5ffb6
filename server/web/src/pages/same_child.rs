//! The same child twice: to say so, and to take it back.

use super::context::{PageContext, TokenForm, go};
use super::teach::learner_id;
use crate::body::Form;
use crate::error::WebError;
use crate::guard::{Guarded, Member, StaffOnly};
use crate::views::paths;
use crate::views::same_child::{EntryLine, SameChildPage};
use actix_web::{HttpResponse, web};
use chalkbox_domain::ids::LearnerId;
use chalkbox_service::classes::{ClassError, Entry};

fn line(entry: Entry) -> EntryLine {
    EntryLine {
        id: entry.face.id.to_string(),
        name: entry.face.display_name,
        face: entry.face.avatar,
        class: entry.class,
    }
}

/// As whom else a child was entered, and who else it may be.
pub async fn show(
    door: Guarded<StaffOnly>,
    context: PageContext,
    learner: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = learner_id(&learner)?;
    let (same, class) = door
        .run(move |c, who: Member| -> Result<_, ClassError> {
            let same = c.same_child(who.id, &who.roles, id)?;
            let class = c.face_of(id).filter(|_| same.is_theirs).map(|(_, class)| class);
            Ok((same, class))
        })
        .await?;
    let back = class.map_or_else(|| paths::child(&learner), |class| paths::learner(&class.to_string(), &learner));
    context.show(&SameChildPage {
        t: context.t.clone(),
        page: context.page(),
        back,
        child: line(same.child),
        joined: same.joined.into_iter().map(line).collect(),
        alike: same.alike.into_iter().map(line).collect(),
        others: same.others.into_iter().map(line).collect(),
    })
}

/// Two entries are one child.
pub async fn join(
    door: Guarded<StaffOnly>,
    path: web::Path<(String, String)>,
    form: Form<TokenForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let (learner, other) = both(&path)?;
    door.run(move |c, who: Member| c.join_children(who.id, &who.roles, learner, other)).await?;
    Ok(go(paths::same_child(&path.0)))
}

/// They are two children after all.
pub async fn part(
    door: Guarded<StaffOnly>,
    path: web::Path<(String, String)>,
    form: Form<TokenForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let (learner, other) = both(&path)?;
    door.run(move |c, who: Member| c.part_children(who.id, &who.roles, learner, other)).await?;
    Ok(go(paths::same_child(&path.0)))
}

fn both((learner, other): &(String, String)) -> Result<(LearnerId, LearnerId), WebError> {
    Ok((learner_id(learner)?, learner_id(other)?))
}
