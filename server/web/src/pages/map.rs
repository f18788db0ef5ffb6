//! The map to walk: the landscape of all roads, and one road step by step (C3.1).

use super::context::PageContext;
use super::learn::preparing;
use crate::drawing::map::{MapSkill, MapStrand, MapView};
use crate::drawing::road::RoadStep;
use crate::error::WebError;
use crate::guard::{Guarded, LearnerOnly};
use crate::views::learn::{MapPage, RoadPage};
use crate::views::paths;
use crate::words::plant;
use actix_web::{HttpResponse, web};
use chalkbox_domain::event::SkillState;
use chalkbox_domain::map::{KnowledgeMap, SkillNo};
use chalkbox_service::library::Library;
use chalkbox_service::study::AskError;

/// Whether everything that a skill needs is known, learnt or ready.
fn soon(map: &KnowledgeMap, no: SkillNo, states: &[SkillState]) -> bool {
    map.skill(no).prerequisites.iter().all(|p| states[p.at()] != SkillState::NotStarted)
}

/// The map as it is drawn for one learner.
pub(crate) fn map_view(library: &Library, states: &[SkillState], locale: &str) -> MapView {
    let map = library.map();
    MapView {
        skills: map
            .numbers()
            .map(|no| {
                let skill = map.skill(no);
                MapSkill {
                    id: skill.id.to_string(),
                    strand: map.strand_of(no).id.clone(),
                    grade: skill.grade,
                    prerequisites: skill.prerequisites.iter().map(|p| map.skill(*p).id.to_string()).collect(),
                    depth: u32::from(map.depth(no)),
                    file_index: no.at(),
                    state: plant(states[no.at()], soon(map, no, states)),
                    title: library.skill_can(no, locale),
                }
            })
            .collect(),
        strands: map
            .strands()
            .iter()
            .enumerate()
            .map(|(i, s)| MapStrand {
                id: s.id.clone(),
                domain: s.domain.clone(),
                title: library.strand_title(i, locale),
                href: paths::road(&s.id),
            })
            .collect(),
    }
}

/// My map.
pub async fn show(door: Guarded<LearnerOnly>, context: PageContext) -> Result<HttpResponse, WebError> {
    if let Some(page) = preparing(&door, &context) {
        return page;
    }
    let locale = context.locale();
    let path = door.run({
        let locale = locale.clone();
        move |c, learner| c.path(learner, &locale)
    });
    let path = path.await?;
    let library = door.chalkbox().library();
    context.show(&MapPage {
        t: context.t.clone(),
        page: context.page(),
        who: context.who(door.who),
        map: map_view(&library, &path.states, &locale),
        here: path.cards.first().map(|c| c.skill.to_string()),
    })
}

/// Walks one road.
pub async fn road(
    door: Guarded<LearnerOnly>,
    context: PageContext,
    strand: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    if let Some(page) = preparing(&door, &context) {
        return page;
    }
    let locale = context.locale();
    let path = door.run({
        let locale = locale.clone();
        move |c, learner| c.path(learner, &locale)
    });
    let path = path.await?;
    let library = door.chalkbox().library();
    let map = library.map();
    let at = map.strands().iter().position(|s| s.id == *strand).ok_or(WebError::Ask(AskError::UnknownSkill))?;
    let mut on_road: Vec<SkillNo> = map.numbers().filter(|no| map.skill(*no).strand == at).collect();
    on_road.sort_by_key(|no| (map.skill(*no).grade, map.depth(*no), no.at()));
    let here = path.cards.iter().find(|c| c.strand == *strand).map(|c| c.skill.clone());
    let step = |no: SkillNo| {
        let skill = map.skill(no);
        let state = plant(path.states[no.at()], soon(map, no, &path.states));
        let missing = skill
            .prerequisites
            .iter()
            .find(|p| !matches!(path.states[p.at()], SkillState::Mastered | SkillState::Secure | SkillState::Credited));
        let id = skill.id.as_str();
        let served = library.served().contains(no);
        RoadStep {
            grade: skill.grade,
            state,
            title: library.skill_can(no, &locale),
            href: (served && state.is_open())
                .then(|| if library.has_lesson(&skill.id) { paths::lesson(id, 0) } else { paths::practise(id) }),
            after: missing.map(|p| library.skill_can(*p, &locale)),
            from: skill.prerequisites.iter().find(|p| map.skill(**p).strand != at).map(|p| {
                format!("{}: {}", library.strand_title(map.skill(*p).strand, &locale), library.skill_can(*p, &locale))
            }),
            here: here.as_ref() == Some(&skill.id),
        }
    };
    let neighbour = |n: Option<usize>| {
        n.and_then(|n| map.strands().get(n).map(|s| (paths::road(&s.id), library.strand_title(n, &locale))))
    };
    context.show(&RoadPage {
        t: context.t.clone(),
        page: context.page(),
        who: context.who(door.who),
        strand: strand.to_string(),
        title: library.strand_title(at, &locale),
        steps: on_road.into_iter().map(step).collect(),
        left: neighbour(at.checked_sub(1)),
        right: neighbour(Some(at + 1)),
    })
}
