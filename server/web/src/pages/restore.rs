//! First start with a backup: an empty box becomes the school that a stick holds. Open to everybody until the box belongs to
//! a school, and to nobody afterwards, like the rest of the first start.

use super::backups::trouble_words;
use super::context::{PageContext, go};
use crate::body::Form;
use crate::error::WebError;
use crate::views::admin::{SetupRestorePage, SetupRestoredPage, SetupSet};
use crate::views::paths;
use crate::words::backups::{fault_words, holds_words, job_line};
use crate::words::date_words;
use actix_web::{HttpResponse, web};
use chalkbox_service::Chalkbox;
use chalkbox_service::safekeeping::{At, Holdings, Job, JobKind, JobState, JobView, Outcome, RestorableSet};
use serde::Deserialize;
use std::sync::Arc;

/// Seconds after which a page looks again: of work that runs, and for a stick.
const LOOK_AGAIN: u16 = 2;

/// What the page shows, read at once.
struct Seen {
    sets: Vec<RestorableSet>,
    job: Option<JobView>,
    holds: Option<Holdings>,
}

/// Where a box that belongs to a school leads to: what came back, where that has just happened, else the door.
fn done_already(context: &PageContext) -> Result<Option<HttpResponse>, WebError> {
    let chalkbox = &context.state.chalkbox;
    if !chalkbox.is_set_up() {
        return Ok(None);
    }
    let restored = chalkbox.job().filter(|job| job.kind == JobKind::Restore);
    let back = match restored.map(|job| job.state) {
        // The school is there, and its last things are being put in place.
        Some(JobState::Running) => return Ok(None),
        Some(JobState::Done(Outcome::BroughtBack(back))) => back,
        _ => return Ok(Some(go(paths::WELCOME))),
    };
    context
        .show(&SetupRestoredPage {
            t: context.t.clone(),
            page: context.page(),
            school: chalkbox.box_info().school,
            entries: back.new_events,
            other_key: back.other_key,
        })
        .map(Some)
}

async fn page(context: &PageContext, trouble: String) -> Result<HttpResponse, WebError> {
    if let Some(door) = done_already(context)? {
        return Ok(door);
    }
    let chalkbox = Arc::clone(&context.state.chalkbox);
    // Sticks answer slowly.
    let seen =
        web::block(move || Seen { sets: chalkbox.restorable_sets(), job: chalkbox.job(), holds: chalkbox.looked_at() });
    let Seen { sets, job, holds } = seen.await.map_err(|_| WebError::Busy)?;
    // It may have been done since.
    if job.as_ref().is_some_and(|job| job.state != JobState::Running)
        && let Some(door) = done_already(context)?
    {
        return Ok(door);
    }
    let t = &context.t;
    let chalkbox: &Chalkbox = &context.state.chalkbox;
    let date = |ms| date_words(t, chalkbox.local_date(ms));
    let running = job.as_ref().is_some_and(|job| job.state == JobState::Running);
    let mut page = context.page();
    // Nothing may be taken from under somebody who types a key.
    if trouble.is_empty() && (running || sets.is_empty()) {
        page.refresh_seconds = LOOK_AGAIN;
    }
    let line = |set: RestorableSet| SetupSet {
        name: match set.made_ms {
            0 => set.stick,
            ms => t.msg2("restore-set", "stick", set.stick, "date", date(ms)),
        },
        detail: set.name,
        fault: set.fault.map(|fault| fault_words(t, &fault)).unwrap_or_default(),
        locked: set.locked,
        id: set.id,
    };
    let mut job = job.map(|job| job_line(t, &job));
    if let Some(job) = job.as_mut().filter(|job| job.running) {
        job.detail = t.msg("restore-runs");
    }
    let usable = holds.as_ref().is_some_and(|held| !held.school.is_empty());
    context.show(&SetupRestorePage {
        t: t.clone(),
        sets: sets.into_iter().map(line).collect(),
        holds: holds.map(|held| holds_words(t, &held, date).0).unwrap_or_default(),
        page,
        job,
        running,
        usable,
        trouble,
    })
}

/// Backups on the sticks that are in, and how the work on one goes.
pub async fn show(context: PageContext) -> Result<HttpResponse, WebError> {
    page(&context, String::new()).await
}

async fn begin(context: &PageContext, job: Job) -> Result<HttpResponse, WebError> {
    if let Some(door) = done_already(context)? {
        return Ok(door);
    }
    let chalkbox = Arc::clone(&context.state.chalkbox);
    match web::block(move || chalkbox.begin_job(job)).await.map_err(|_| WebError::Busy)? {
        Ok(()) => Ok(go(paths::SETUP_RESTORE)),
        Err(error) => page(context, trouble_words(&context.t, &error)).await,
    }
}

/// Which backup, and the key of a locked one.
#[derive(Debug, Deserialize)]
pub struct LookForm {
    #[serde(default)]
    at: String,
    #[serde(default)]
    passphrase: String,
}

/// Looks into a backup.
pub async fn look(context: PageContext, form: Form<LookForm>) -> Result<HttpResponse, WebError> {
    let passphrase = Some(form.passphrase.clone()).filter(|typed| !typed.trim().is_empty());
    begin(&context, Job::Look { at: At::Set(form.at.clone()), passphrase }).await
}

/// Makes the box the school that was looked at.
pub async fn bring(context: PageContext) -> Result<HttpResponse, WebError> {
    begin(&context, Job::Restore).await
}

/// Chooses again.
pub async fn forget(context: PageContext) -> Result<HttpResponse, WebError> {
    if let Some(door) = done_already(&context)? {
        return Ok(door);
    }
    let chalkbox = Arc::clone(&context.state.chalkbox);
    let forget = move || {
        chalkbox.forget_job();
        if chalkbox.job().is_none() {
            chalkbox.forget_looked_at();
        }
    };
    web::block(forget).await.map_err(|_| WebError::Busy)?;
    Ok(go(paths::SETUP_RESTORE))
}
