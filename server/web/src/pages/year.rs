//! The end of a school year, for leader and technologist.

use super::context::PageContext;
use crate::body::Form;
use crate::error::WebError;
use crate::guard::{Guarded, LeaderOrTechnologist, Member};
use crate::views::year::{YearClosedPage, YearPage};
use crate::words::date_words;
use actix_web::HttpResponse;
use chalkbox_domain::event::StaffRole;
use chalkbox_service::year::YearError;
use serde::Deserialize;

type Door = Guarded<LeaderOrTechnologist>;

async fn page(door: &Door, context: &PageContext, name: String, trouble: String) -> Result<HttpResponse, WebError> {
    let years = door.run(|c, who: Member| c.years(&who.roles)).await?;
    let t = &context.t;
    let last = match &years.last {
        Some((name, at_ms)) => {
            let date = date_words(t, door.chalkbox().local_date(*at_ms));
            t.msg2("year-last", "name", name.as_str(), "date", date.as_str())
        }
        None => t.msg("year-never"),
    };
    context.show(&YearPage {
        t: t.clone(),
        page: context.page(),
        last,
        would_go: years.would_go,
        would_stay: years.would_stay,
        stick_is_fresh: years.stick_is_fresh,
        technologist: door.who.roles.contains(&StaffRole::Technologist),
        name,
        trouble,
    })
}

/// How the years stand.
pub async fn show(door: Door, context: PageContext) -> Result<HttpResponse, WebError> {
    page(&door, &context, String::new(), String::new()).await
}

/// The year's name, and whether older entries go.
#[derive(Debug, Deserialize)]
pub struct YearForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    forget: String,
}

/// Closes the year.
pub async fn close(door: Door, context: PageContext, form: Form<YearForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let (name, forget) = (form.name.clone(), !form.forget.is_empty());
    let typed = name.clone();
    let closed = door.run(move |c, who: Member| c.close_year(&who.roles, &name, forget)).await;
    let trouble = match closed {
        Ok(closed) => {
            return context.show(&YearClosedPage {
                t: context.t.clone(),
                page: context.page(),
                name: closed.name,
                rows: closed.rows,
                gone: closed.gone,
                card_backup_left: closed.card_backup_left,
            });
        }
        Err(WebError::Year(YearError::Name)) => "year-trouble-name",
        Err(WebError::Year(YearError::SameName)) => "year-trouble-same",
        Err(WebError::Year(YearError::NoStick)) => "year-trouble-stick",
        Err(WebError::Year(YearError::TooSoon)) => "year-trouble-soon",
        Err(WebError::Year(YearError::NotReady | YearError::BackupRuns)) => "year-trouble-wait",
        Err(other) => return Err(other),
    };
    page(&door, &context, typed, context.t.msg(trouble)).await
}
