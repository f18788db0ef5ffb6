//! The box, the map, the tools and the classes.

use super::rfc3339;
use crate::error::{Problem, WebError};
use crate::guard::{Anyone, Guarded, StaffOnly, TeacherOrLeader};
use crate::language;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chalkbox_domain::ids::ClassId;
use chalkbox_service::classes::ClassError;
use serde::Serialize;
use utoipa::ToSchema;

/// The box.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoxAnswer {
    /// Its name on the network; null while it is not announced.
    pub name: Option<String>,
    /// Version of the program.
    pub version: String,
    /// The school's name; empty before the first start was gone through.
    pub school: String,
    /// The box's clock, RFC 3339.
    pub time: String,
    /// Languages of the pages, BCP 47.
    pub languages: Vec<String>,
}

/// The knowledge map.
#[derive(Debug, Serialize, ToSchema)]
pub struct MapAnswer {
    /// Version of the map.
    pub version: String,
    /// Strands in the map's order.
    pub strands: Vec<StrandAnswer>,
    /// Skills in the map's order.
    pub skills: Vec<SkillAnswer>,
}

/// A strand.
#[derive(Debug, Serialize, ToSchema)]
pub struct StrandAnswer {
    /// Its id.
    pub id: String,
    /// Its title in the asked language.
    pub title: String,
    /// Its domain.
    pub domain: String,
}

/// A skill.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkillAnswer {
    /// Its id.
    pub id: String,
    /// Its title in the asked language.
    pub title: String,
    /// Its strand's id.
    pub strand: String,
    /// Grades in which it is expected, 0 pre-primary.
    pub grades: Vec<u8>,
    /// Ids of skills needed before.
    pub prerequisites: Vec<String>,
}

/// A tool.
#[derive(Debug, Serialize, ToSchema)]
pub struct PluginAnswer {
    /// The pack's id.
    pub id: String,
    /// Semver.
    pub version: String,
    /// In the asked language.
    pub title: String,
    /// Skills it serves.
    pub skills: Vec<String>,
    /// `active`, `off` or `quarantined`.
    pub state: &'static str,
}

/// A class.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassAnswer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A learner on the class page.
#[derive(Debug, Serialize, ToSchema)]
pub struct LearnerAnswer {
    /// The learner's id.
    pub id: String,
    /// First name as shown.
    pub display_name: String,
    /// Number of the drawn face.
    pub avatar: u8,
}

/// Where a class stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressAnswer {
    /// Ids of the skills, the columns.
    pub skills: Vec<String>,
    /// One row a learner.
    pub learners: Vec<ProgressRow>,
}

/// One learner's row.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressRow {
    /// The learner's id.
    pub id: String,
    /// First name as shown.
    pub display_name: String,
    /// State of each skill, in the order of `skills`.
    #[schema(value_type = Vec<String>)]
    pub states: Vec<chalkbox_domain::event::SkillState>,
    /// p of each skill, two places.
    pub mastery: Vec<f64>,
}

/// The box.
#[utoipa::path(get, path = "/api/v1/box", responses((status = 200, body = BoxAnswer)))]
pub async fn the_box(door: Guarded<Anyone>, state: web::Data<crate::state::WebState>) -> web::Json<BoxAnswer> {
    let info = door.chalkbox().box_info();
    web::Json(BoxAnswer {
        name: state.host_name(),
        version: info.version.to_owned(),
        school: info.school,
        time: rfc3339(info.time_ms),
        languages: info.languages,
    })
}

/// The knowledge map.
#[utoipa::path(get, path = "/api/v1/map", responses((status = 200, body = MapAnswer), (status = 304)))]
pub async fn map(door: Guarded<Anyone>, request: HttpRequest) -> HttpResponse {
    let locale = language::of_request(&request, door.chalkbox());
    let library = door.chalkbox().library();
    let etag = format!("\"{}-{}\"", library.content_hash(), locale);
    if request.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(&etag)) {
        return HttpResponse::NotModified().insert_header((header::ETAG, etag)).finish();
    }
    let map = library.map();
    let answer = MapAnswer {
        version: map.version().to_owned(),
        strands: map
            .strands()
            .iter()
            .enumerate()
            .map(|(i, s)| StrandAnswer {
                id: s.id.clone(),
                title: library.strand_title(i, &locale),
                domain: s.domain.clone(),
            })
            .collect(),
        skills: map
            .numbers()
            .map(|no| {
                let skill = map.skill(no);
                SkillAnswer {
                    id: skill.id.to_string(),
                    title: library.skill_title(no, &locale),
                    strand: map.strand_of(no).id.clone(),
                    grades: vec![skill.grade],
                    prerequisites: skill.prerequisites.iter().map(|p| map.skill(*p).id.to_string()).collect(),
                }
            })
            .collect(),
    };
    HttpResponse::Ok()
        .insert_header((header::ETAG, etag))
        .insert_header((header::VARY, "Accept-Language, Authorization, Cookie"))
        .json(answer)
}

/// The tools of the box.
#[utoipa::path(
    get,
    path = "/api/v1/plugins",
    security(("session" = []), ("bearer" = [])),
    responses(
        (status = 200, body = Vec<PluginAnswer>), (status = 401, body = Problem), (status = 403, body = Problem)
    )
)]
pub async fn plugins(door: Guarded<StaffOnly>, request: HttpRequest) -> web::Json<Vec<PluginAnswer>> {
    let locale = language::of_request(&request, door.chalkbox());
    let list = door.chalkbox().tools(&locale);
    let answer = |t: chalkbox_service::library::ToolView| PluginAnswer {
        id: t.id,
        version: t.version,
        title: t.title,
        skills: t.skills.iter().map(ToString::to_string).collect(),
        state: t.state,
    };
    web::Json(list.into_iter().map(answer).collect())
}

/// The classes open for sign-in; staff see their own, leader and technologist all.
#[utoipa::path(get, path = "/api/v1/classes", responses((status = 200, body = Vec<ClassAnswer>)))]
pub async fn classes(door: Guarded<Anyone>) -> web::Json<Vec<ClassAnswer>> {
    let list = door.chalkbox().classes_for(door.who.as_ref());
    web::Json(list.into_iter().map(|c| ClassAnswer { id: c.id.to_string(), name: c.name }).collect())
}

/// The id in a path: what cannot be an id is no such class.
pub(crate) fn class_id(text: &str) -> Result<ClassId, WebError> {
    text.parse().map_err(|_| WebError::Class(ClassError::NoSuchClass))
}

/// The learners of a class, while it is open.
#[utoipa::path(get, path = "/api/v1/classes/{class}/learners", params(("class" = String, Path)), responses(
    (status = 200, body = Vec<LearnerAnswer>), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn learners(
    door: Guarded<Anyone>,
    class: web::Path<String>,
) -> Result<web::Json<Vec<LearnerAnswer>>, WebError> {
    let list = door.chalkbox().faces_of(class_id(&class)?, door.who.as_ref())?;
    Ok(web::Json(
        list.into_iter()
            .map(|l| LearnerAnswer { id: l.id.to_string(), display_name: l.display_name, avatar: l.avatar })
            .collect(),
    ))
}

/// Where a class stands, skill by skill.
#[utoipa::path(
    get,
    path = "/api/v1/classes/{class}/progress",
    params(("class" = String, Path)),
    security(("session" = []), ("bearer" = [])),
    responses(
        (status = 200, body = ProgressAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 503, body = Problem)
    )
)]
pub async fn progress(
    door: Guarded<TeacherOrLeader>,
    class: web::Path<String>,
) -> Result<web::Json<ProgressAnswer>, WebError> {
    let class = class_id(&class)?;
    let progress = door.run(move |c, who| c.progress(who.id, &who.roles, class)).await?;
    let row = |r: chalkbox_service::classes::ProgressOf| ProgressRow {
        id: r.learner.to_string(),
        display_name: r.display_name,
        states: r.states,
        mastery: r.mastery.iter().map(|p| (p * 100.0).round() / 100.0).collect(),
    };
    Ok(web::Json(ProgressAnswer {
        skills: progress.skills.iter().map(ToString::to_string).collect(),
        learners: progress.learners.into_iter().map(row).collect(),
    }))
}
