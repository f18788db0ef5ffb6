//! Programs and their tokens, for the technologist.

use super::context::{PageContext, TokenForm, go};
use crate::body::Form;
use crate::error::WebError;
use crate::guard::{Guarded, Member, TechnologistOnly};
use crate::views::admin::{ProgramLine, ProgramsPage};
use crate::views::paths;
use actix_web::{HttpResponse, web};
use chalkbox_service::programs::ProgramError;
use serde::Deserialize;

fn page(
    door: &Guarded<TechnologistOnly>,
    context: &PageContext,
    made: Option<(String, String)>,
    trouble: String,
) -> Result<HttpResponse, WebError> {
    let line = |p: chalkbox_service::programs::ProgramView| ProgramLine {
        end: paths::end_program(&p.id),
        name: p.name,
        member: p.member,
    };
    context.show(&ProgramsPage {
        t: context.t.clone(),
        page: context.page(),
        programs: door.chalkbox().programs()?.into_iter().map(line).collect(),
        made,
        trouble,
    })
}

/// All of them, and the form for another.
pub async fn list(door: Guarded<TechnologistOnly>, context: PageContext) -> Result<HttpResponse, WebError> {
    page(&door, &context, None, String::new())
}

/// What the program is for.
#[derive(Debug, Deserialize)]
pub struct ProgramForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    name: String,
}

/// Makes a token and shows it, once.
pub async fn add(
    door: Guarded<TechnologistOnly>,
    context: PageContext,
    form: Form<ProgramForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let name = form.name.trim().to_owned();
    let asked = name.clone();
    match door.run(move |c, who: Member| c.add_program(who.id, &asked)).await {
        Ok(token) => page(&door, &context, Some((name, token)), String::new()),
        Err(WebError::Program(ProgramError::Name(_))) => {
            page(&door, &context, None, context.t.msg("programs-trouble-name"))
        }
        Err(WebError::Program(ProgramError::Taken)) => {
            page(&door, &context, None, context.t.msg("programs-trouble-taken"))
        }
        Err(WebError::Program(ProgramError::TooMany)) => {
            page(&door, &context, None, context.t.msg("programs-trouble-many"))
        }
        Err(other) => Err(other),
    }
}

/// Takes a token back.
pub async fn end(
    door: Guarded<TechnologistOnly>,
    program: web::Path<String>,
    form: Form<TokenForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    door.run(move |c, who: Member| c.end_program(who.id, &program)).await?;
    Ok(go(paths::PROGRAMS))
}
