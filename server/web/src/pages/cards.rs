//! Cards for the way in: made for a class or one child, shown once, to print and cut.

use super::context::PageContext;
use super::teach::{bar, learner_id};
use crate::api::v1::school::class_id;
use crate::body::Form;
use crate::error::WebError;
use crate::guard::{Guarded, Member, StaffOnly};
use crate::views::cards::{CardToPrint, CardsAskPage, CardsPage};
use crate::views::paths;
use actix_web::{HttpRequest, HttpResponse, web};
use chalkbox_domain::ids::LearnerId;
use chalkbox_service::classes::{CardMade, ClassError};
use serde::Deserialize;

/// For whom.
#[derive(Debug, Deserialize)]
pub struct ForWhom {
    learner: Option<String>,
}

/// Says what making cards means, and asks.
pub async fn ask(
    door: Guarded<StaffOnly>,
    context: PageContext,
    class: web::Path<String>,
    query: web::Query<ForWhom>,
) -> Result<HttpResponse, WebError> {
    let id = class_id(&class)?;
    let (view, mut faces) = door.run(move |c, who: Member| c.class_to_change(who.id, &who.roles, id)).await?;
    if let Some(learner) = &query.learner {
        let wanted = learner_id(learner)?;
        faces.retain(|face| face.id == wanted);
    }
    let only = match (&query.learner, faces.first()) {
        (Some(_), None) => return Err(WebError::Class(ClassError::NoSuchLearner)),
        (Some(learner), Some(face)) => Some((learner.clone(), face.display_name.clone())),
        (None, _) => None,
    };
    context.show(&CardsAskPage {
        t: context.t.clone(),
        page: context.page(),
        bar: bar(&door, &context, &view),
        count: faces.len(),
        ends: faces.iter().any(|face| face.has_card),
        only,
    })
}

/// What to make.
#[derive(Debug, Deserialize)]
pub struct CardsForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    pictures: String,
    #[serde(default)]
    learner: String,
}

/// Makes the cards and shows them to print. This page is the only place where they can be seen.
pub async fn make(
    door: Guarded<StaffOnly>,
    context: PageContext,
    class: web::Path<String>,
    form: Form<CardsForm>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let id = class_id(&class)?;
    let only: Option<LearnerId> = match form.learner.as_str() {
        "" => None,
        learner => Some(learner_id(learner)?),
    };
    let pictures = form.pictures == "1";
    let (view, made) = door
        .run(move |c, who: Member| -> Result<_, ClassError> {
            Ok((c.may_change(who.id, &who.roles, id)?, c.new_cards(who.id, &who.roles, id, only, pictures)?))
        })
        .await?;
    let base = base_address(&context, &request);
    let card = |(at, made): (usize, CardMade)| CardToPrint {
        number: at + 1,
        name: made.display_name,
        face: made.avatar,
        address: format!("{base}{}", paths::card(&made.token)),
        pictures: made.pictures.unwrap_or_default(),
    };
    context.show(&CardsPage {
        t: context.t.clone(),
        page: context.page(),
        class: class.into_inner(),
        name: view.name,
        cards: made.into_iter().enumerate().map(card).collect(),
    })
}

/// The address that tablets reach: the surest that the network room knows, else the one this page was asked by.
fn base_address(context: &PageContext, request: &HttpRequest) -> String {
    let surest = context.state.reach().addresses.into_iter().next();
    surest.unwrap_or_else(|| format!("http://{}", request.connection_info().host()))
}
