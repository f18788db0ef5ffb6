//! A teacher's pages: classes, Today, one learner, the grid, letting a child in, class set-up (people and screens).

use super::context::{PageContext, TokenForm, go};
use crate::api::v1::school::class_id;
use crate::body::Form;
use crate::drawing::figures::{Setting, Spoken};
use crate::drawing::plants::SignState;
use crate::error::WebError;
use crate::guard::{Guarded, Member, StaffOnly};
use crate::translator::Words;
use crate::views::blocks::plain;
use crate::views::home::ClassTile;
use crate::views::paths;
use crate::views::teach::{
    AnswerLine, Claim, ClassBar, ClassDraftForm, ClassesPage, FirstThing, GridPage, GridRow, LearnerPage, LearnerTile,
    LetInPage, LetInTile, NextLine, Presence, SkillLine, StrandShare, StuckTile, TodayPage,
};
use crate::words::{ago, given_words, happened_words, next_words, sign};
use actix_web::{HttpResponse, web};
use chalkbox_domain::event::{SkillState, StaffRole};
use chalkbox_domain::ids::LearnerId;
use chalkbox_service::Chalkbox;
use chalkbox_service::classes::{ClassError, ClassView, Doing, Face, LatestAnswer, SkillEvidence, Today, TodayOf};
use chalkbox_service::setup::{ClassDraft, unfit_names};
use chalkbox_service::sign_in::Viewer;
use chalkbox_service::waiting::WaitingOf;
use serde::Deserialize;

/// p from which a skill may be called mastered, in percent: the mark on the bar.
const MARK: u8 = 95;

/// The classes of a teacher.
pub async fn classes(door: Guarded<StaffOnly>, context: PageContext) -> Result<HttpResponse, WebError> {
    classes_page(&door, &context, ClassDraftForm::default())
}

fn classes_page(
    door: &Guarded<StaffOnly>,
    context: &PageContext,
    draft: ClassDraftForm,
) -> Result<HttpResponse, WebError> {
    let chalkbox = door.chalkbox();
    let viewer = Viewer::Staff(door.who.id, door.who.roles.clone());
    let tile = |c: ClassView| ClassTile {
        href: paths::today(&c.id.to_string()),
        name: c.name,
        detail: context.t.msg1("class-learners", "count", c.learners),
        picture: c.picture,
    };
    let classes: Vec<ClassTile> =
        chalkbox.classes_seen_by(door.who.id, &door.who.roles).into_iter().map(tile).collect();
    context.show(&ClassesPage {
        t: context.t.clone(),
        page: context.page(),
        name: chalkbox.me(&viewer).map(|m| m.display_name).unwrap_or_default(),
        classes,
        admin: door.who.roles.iter().any(|r| matches!(r, StaffRole::Technologist | StaffRole::Leader)),
        draft,
    })
}

pub(super) fn bar(door: &Guarded<StaffOnly>, context: &PageContext, class: &ClassView) -> ClassBar {
    ClassBar {
        change: door.chalkbox().may_change(door.who.id, &door.who.roles, class.id).is_ok(),
        class: class.id.to_string(),
        name: class.name.clone(),
        detail: context.t.msg1("class-learners", "count", class.learners),
        open: class.open,
    }
}

fn presence(doing: Doing) -> Presence {
    match doing {
        Doing::HandUp => Presence::HandUp,
        Doing::Stuck => Presence::Stuck,
        Doing::Working => Presence::Working,
        Doing::Here => Presence::Waiting,
        Doing::WasHere => Presence::Done,
        Doing::Away => Presence::Away,
    }
}

fn detail(context: &PageContext, learner: &TodayOf) -> String {
    match (&learner.skill, learner.quiet_minutes) {
        (Some((_, title)), Some(minutes)) if minutes < 60 && learner.doing != Doing::WasHere => {
            context.t.msg2("today-on-skill", "skill", title, "minutes", minutes)
        }
        (Some(_), _) => context.t.msg2("today-score", "right", learner.right, "answers", learner.answers),
        (None, _) => String::new(),
    }
}

/// At most three things to do first, each with its reason and one way on.
fn first_things(context: &PageContext, class: &str, learners: &[TodayOf]) -> Vec<FirstThing> {
    let t = &context.t;
    let mut first = Vec::new();
    for learner in learners.iter().filter(|l| l.doing == Doing::HandUp).take(1) {
        first.push(FirstThing {
            heading: t.msg1("first-hand", "name", &learner.display_name),
            reason: t.msg("first-hand-reason"),
            faces: vec![learner.avatar],
            word: t.msg("first-hand-word"),
            href: paths::let_in(class),
        });
    }
    for learner in learners.iter().filter(|l| l.doing == Doing::Stuck).take(2) {
        let wrong = learner.last_six.iter().filter(|r| !**r).count();
        let skill = learner.skill.as_ref().map(|(_, title)| title.clone()).unwrap_or_default();
        first.push(FirstThing {
            heading: t.msg2("first-stuck", "name", &learner.display_name, "skill", skill),
            reason: t.msg2("first-stuck-reason", "wrong", wrong, "tries", learner.last_six.len()),
            faces: vec![learner.avatar],
            word: t.msg("first-stuck-word"),
            href: paths::learner(class, &learner.learner.to_string()),
        });
    }
    first.truncate(3);
    first
}

/// Answers that wait on devices.
fn notes(t: &Words, today: &Today) -> Vec<String> {
    let waits = |w: &WaitingOf| t.msg2("today-waiting", "count", w.answers, "name", &w.display_name);
    today.waiting.iter().map(waits).collect()
}

/// Today.
pub async fn today(
    door: Guarded<StaffOnly>,
    context: PageContext,
    class: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let id = class_id(&class)?;
    let locale = context.locale();
    let (today, happened) = door
        .run(move |c, who: Member| -> Result<_, ClassError> {
            Ok((c.today(who.id, &who.roles, id, &locale)?, c.happened()))
        })
        .await?;
    let top = bar(&door, &context, &today.class);
    let (stuck, others): (Vec<&TodayOf>, Vec<&TodayOf>) = today.learners.iter().partition(|l| l.doing == Doing::Stuck);
    context.show(&TodayPage {
        t: context.t.clone(),
        page: context.page(),
        bar: top.clone(),
        stuck: stuck
            .into_iter()
            .map(|l| StuckTile {
                href: top.learner(&l.learner.to_string()),
                name: l.display_name.clone(),
                face: l.avatar,
                skill: l.skill.as_ref().map(|(_, t)| t.clone()).unwrap_or_default(),
                detail: context.t.msg2(
                    "today-score",
                    "right",
                    l.last_six.iter().filter(|r| **r).count(),
                    "answers",
                    l.last_six.len(),
                ),
            })
            .collect(),
        first: if top.change { first_things(&context, &class, &today.learners) } else { Vec::new() },
        others: others
            .into_iter()
            .map(|l| LearnerTile {
                id: l.learner.to_string(),
                href: top.learner(&l.learner.to_string()),
                name: l.display_name.clone(),
                face: l.avatar,
                presence: presence(l.doing),
                detail: detail(&context, l),
            })
            .collect(),
        notes: notes(&context.t, &today),
        late: (today.late > 0).then(|| context.t.msg1("today-late", "count", today.late)),
        notices: happened
            .iter()
            .filter(|one| one.is_for_teachers())
            .map(|one| happened_words(&context.t, one))
            .collect(),
    })
}

/// A strand to look at.
#[derive(Debug, Deserialize)]
pub struct StrandQuery {
    strand: Option<String>,
}

/// Learners by skills of one strand.
pub async fn grid(
    door: Guarded<StaffOnly>,
    context: PageContext,
    class: web::Path<String>,
    query: web::Query<StrandQuery>,
) -> Result<HttpResponse, WebError> {
    let id = class_id(&class)?;
    let (view, progress) = door
        .run(move |c, who: Member| -> Result<_, ClassError> {
            Ok((c.may_open(who.id, &who.roles, id)?, c.progress(who.id, &who.roles, id)?))
        })
        .await?;
    let library = door.chalkbox().library();
    let map = library.map();
    let locale = context.locale();
    let class = class.into_inner();
    let served = |at: usize| map.numbers().any(|no| map.skill(no).strand == at && library.served().contains(no));
    let asked = query.strand.as_deref().and_then(|s| map.strands().iter().position(|x| x.id == s));
    let at = asked.or_else(|| (0..map.strands().len()).find(|at| served(*at))).unwrap_or(0);
    let columns: Vec<usize> = map.numbers().filter(|no| map.skill(*no).strand == at).map(|no| no.at()).collect();
    let top = bar(&door, &context, &view);
    context.show(&GridPage {
        t: context.t.clone(),
        page: context.page(),
        bar: top.clone(),
        strand: library.strand_title(at, &locale),
        strands: map
            .strands()
            .iter()
            .enumerate()
            .map(|(i, s)| (paths::grid(&class, Some(&s.id)), library.strand_title(i, &locale), i == at))
            .collect(),
        skills: columns
            .iter()
            .map(|c| library.skill_title(chalkbox_domain::map::SkillNo(*c as u16), &locale))
            .collect(),
        rows: progress
            .learners
            .iter()
            .map(|l| GridRow {
                name: l.display_name.clone(),
                href: top.learner(&l.learner.to_string()),
                states: columns.iter().map(|c| sign(l.states[*c], false)).collect(),
            })
            .collect(),
    })
}

pub(super) fn learner_id(text: &str) -> Result<LearnerId, WebError> {
    text.parse().map_err(|_| WebError::Class(ClassError::NoSuchLearner))
}

/// What is known of a learner's newest skill, in words, with what would change it.
fn claim(context: &PageContext, evidence: Option<&SkillEvidence>, name: &str) -> Option<Claim> {
    let e = evidence?;
    let t = &context.t;
    let right = e.last.iter().rev().take(4).filter(|r| **r).count();
    let words = match e.state {
        SkillState::Mastered | SkillState::Secure => t.msg2("claim-can", "name", name, "skill", &e.title),
        _ => t.msg2("claim-learning", "name", name, "skill", &e.title),
    };
    let change = match e.state {
        SkillState::Mastered | SkillState::Secure => t.msg("claim-change-can"),
        _ if e.answers < 4 => t.msg1("claim-change-answers", "count", 4 - e.answers),
        _ if right < 3 => t.msg("claim-change-right"),
        _ => t.msg("claim-change-sure"),
    };
    Some(Claim {
        skill: e.title.clone(),
        words,
        percent: (e.mastery * 100.0).round().clamp(0.0, 100.0) as u8,
        mark: MARK,
        change,
    })
}

/// One learner.
pub async fn learner(
    door: Guarded<StaffOnly>,
    context: PageContext,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (class, learner) = path.into_inner();
    learner_page(&door, &context, &class, &learner, Vec::new()).await
}

async fn learner_page(
    door: &Guarded<StaffOnly>,
    context: &PageContext,
    class: &str,
    learner: &str,
    code: Vec<u8>,
) -> Result<HttpResponse, WebError> {
    let id = learner_id(learner)?;
    let class_id = class_id(class)?;
    let locale = context.locale();
    let for_titles = locale.clone();
    let (page, doing) = door
        .run(move |c, who: Member| -> Result<_, ClassError> {
            let page = c.learner_page(who.id, &who.roles, id, &for_titles)?;
            if page.class.id != class_id {
                return Err(ClassError::NoSuchLearner);
            }
            let today = c.today(who.id, &who.roles, class_id, &for_titles)?;
            let doing = today.learners.iter().find(|l| l.learner == id).map_or(Doing::Away, |l| l.doing);
            Ok((page, doing))
        })
        .await?;
    let library = door.chalkbox().library();
    let map = library.map();
    let now = door.chalkbox().box_info().time_ms;
    let t = &context.t;
    let states = &page.states;
    let share = |at: usize, title: String, id: &str| {
        let all: Vec<usize> = map.numbers().filter(|no| map.skill(*no).strand == at).map(|no| no.at()).collect();
        let known = all.iter().filter(|c| matches!(states[**c], SkillState::Mastered | SkillState::Secure)).count();
        StrandShare { title, percent: (known * 100 / all.len().max(1)) as u8, href: paths::grid(class, Some(id)) }
    };
    let known = states.iter().filter(|s| matches!(s, SkillState::Mastered | SkillState::Secure)).count();
    context.show(&LearnerPage {
        t: t.clone(),
        page: context.page(),
        bar: bar(door, context, &page.class),
        learner: learner.to_owned(),
        name: page.face.display_name.clone(),
        face: page.face.avatar,
        presence: presence(doing),
        claim: claim(context, page.skills.first(), &page.face.display_name),
        answers: page
            .latest
            .iter()
            .map(|a| AnswerLine {
                right: a.correct,
                asked: asked_line(context, a),
                answer: answer_line(context, a),
                remark: match (&a.misconception, a.helped) {
                    (Some(name), _) => name.clone(),
                    (None, true) => t.msg("answer-with-help"),
                    (None, false) => String::new(),
                },
                when: ago(t, now, a.at_ms),
            })
            .collect(),
        skills: page
            .skills
            .iter()
            .map(|s| SkillLine {
                sign: sign(s.state, false),
                title: s.title.clone(),
                evidence: evidence_words(context, s, now),
            })
            .collect(),
        strands: map
            .strands()
            .iter()
            .enumerate()
            .map(|(i, s)| share(i, library.strand_title(i, &locale), &s.id))
            .collect(),
        next: page
            .next
            .iter()
            .map(|c| NextLine {
                sign: if c.kind == "review" { SignState::Can } else { SignState::Ready },
                title: c.title.clone(),
                reason: next_words(t, &c.reason),
            })
            .collect(),
        known: (known, map.len()),
        code,
    })
}

/// What was asked, in one line of words.
fn asked_line(context: &PageContext, a: &LatestAnswer) -> String {
    let setting = setting(context, a.seed);
    a.item.as_ref().map_or_else(|| a.skill.clone(), |item| plain(&item.body, &setting))
}

/// What was answered, in one line of words.
fn answer_line(context: &PageContext, a: &LatestAnswer) -> String {
    let setting = setting(context, a.seed);
    a.item.as_ref().map(|item| given_words(&item.interaction, &a.response, &setting)).unwrap_or_default()
}

fn setting(context: &PageContext, seed: u32) -> Setting<'_> {
    Setting { t: &context.t, spoken: Spoken::Describe, seed, minor_digits: 2 }
}

fn evidence_words(context: &PageContext, s: &SkillEvidence, now: u64) -> String {
    let t = &context.t;
    let right = s.last.iter().filter(|r| **r).count();
    let mut words = t.msg2("evidence-last", "right", right, "count", s.last.len());
    words.push_str(" · ");
    words.push_str(&ago(t, now, s.last_ms));
    if let Some((name, _)) = s.misconceptions.first() {
        words.push_str(" · ");
        words.push_str(name);
    }
    words
}

/// Makes a new picture code, shown once.
pub async fn new_code(
    door: Guarded<StaffOnly>,
    context: PageContext,
    path: web::Path<(String, String)>,
    form: Form<TokenForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let (class, learner) = path.into_inner();
    let id = learner_id(&learner)?;
    let code = door.run(move |c, who: Member| c.new_code(who.id, &who.roles, id)).await?;
    learner_page(&door, &context, &class, &learner, code).await
}

/// Who may be let in.
pub async fn let_in(
    door: Guarded<StaffOnly>,
    context: PageContext,
    class: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let_in_page(&door, &context, &class, String::new(), ClassDraftForm::default()).await
}

async fn let_in_page(
    door: &Guarded<StaffOnly>,
    context: &PageContext,
    class: &str,
    done: String,
    draft: ClassDraftForm,
) -> Result<HttpResponse, WebError> {
    let id = class_id(class)?;
    let (view, faces) = door.run(move |c, who: Member| c.class_to_change(who.id, &who.roles, id)).await?;
    let chalkbox = door.chalkbox();
    context.show(&LetInPage {
        t: context.t.clone(),
        page: context.page(),
        bar: bar(door, context, &view),
        learners: waiting_first(chalkbox, faces)
            .into_iter()
            .map(|f| LetInTile {
                waiting: chalkbox.hand_is_up(f.id),
                id: f.id.to_string(),
                name: f.display_name,
                face: f.avatar,
            })
            .collect(),
        done,
        draft,
    })
}

/// Children with a hand up stand first; among themselves all keep their order.
fn waiting_first(chalkbox: &Chalkbox, mut faces: Vec<Face>) -> Vec<Face> {
    faces.sort_by_key(|face| !chalkbox.hand_is_up(face.id));
    faces
}

/// Which child comes in.
#[derive(Debug, Deserialize)]
pub struct LetInForm {
    #[serde(default)]
    token: String,
    learner: String,
}

/// "Come in": the child's next touch on its own face opens the door.
pub async fn say_come_in(
    door: Guarded<StaffOnly>,
    context: PageContext,
    class: web::Path<String>,
    form: Form<LetInForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let id = learner_id(&form.learner)?;
    let face = door.run(move |c, who: Member| c.let_in(who.id, &who.roles, id)).await?;
    let_in_page(&door, &context, &class, face.display_name, ClassDraftForm::default()).await
}

/// Open or close.
#[derive(Debug, Deserialize)]
pub struct OpenForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    open: String,
}

/// Opens or closes a class for sign-in.
pub async fn open_or_close(
    door: Guarded<StaffOnly>,
    class: web::Path<String>,
    form: Form<OpenForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let id = class_id(&class)?;
    let open = form.open == "1";
    door.run(move |c, who: Member| c.open_or_close(who.id, &who.roles, id, open)).await?;
    Ok(go(paths::let_in(&class)))
}

/// A class with names, one a line.
#[derive(Debug, Deserialize)]
pub struct ClassForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    grade: u8,
    #[serde(default)]
    learners: String,
}

/// The names of a list as it was typed or pasted, one a line; numbers and bullets in front of them are the list's.
fn names_of(list: &str) -> Vec<String> {
    list.lines().map(without_mark).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn without_mark(line: &str) -> &str {
    let line = line.trim();
    let numbered = line.trim_start_matches(char::is_numeric);
    let name = numbered.trim_start_matches(['.', ')', ':', '-', '–', '•', '*']).trim_start();
    let is_marked = name.len() < numbered.len() && !name.is_empty();
    if is_marked { name } else { line }
}

/// Unfit names that are told at once, at most.
const TOLD: usize = 5;

/// What is wrong with a class or its children, in words that name the lines.
fn class_trouble(t: &Words, field: &str, names: &[String]) -> String {
    let short = |name: &str| match name.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    };
    let unfit: Vec<String> = unfit_names(names).take(TOLD).map(short).collect();
    match field {
        "class" => t.msg("class-trouble-name"),
        _ if unfit.is_empty() => t.msg("class-trouble-many"),
        _ => t.msg1("class-trouble-learner", "name", unfit.join(", ")),
    }
}

/// Makes a class, and leads on to the cards with which its children come in.
pub async fn add_class(
    door: Guarded<StaffOnly>,
    context: PageContext,
    form: Form<ClassForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let ClassForm { name, grade, learners, .. } = form.into_inner();
    let names = names_of(&learners);
    let draft = ClassDraft { name: name.clone(), grade, learners: names.clone() };
    match door.run(move |c, who: Member| c.add_class(who.id, &draft)).await {
        Ok(class) if names.is_empty() => Ok(go(paths::let_in(&class.to_string()))),
        Ok(class) => Ok(go(paths::cards(&class.to_string(), None))),
        Err(WebError::Class(ClassError::Wrong { field, .. })) => {
            let trouble = class_trouble(&context.t, field, &names);
            classes_page(&door, &context, ClassDraftForm { name, grade, learners, trouble })
        }
        Err(other) => Err(other),
    }
}

/// Adds learners to a class.
pub async fn add_learners(
    door: Guarded<StaffOnly>,
    context: PageContext,
    class: web::Path<String>,
    form: Form<ClassForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let id = class_id(&class)?;
    let learners = form.into_inner().learners;
    let names = names_of(&learners);
    let given = names.clone();
    match door.run(move |c, who: Member| c.add_learners(who.id, &who.roles, id, &given)).await {
        Ok(_) => Ok(go(paths::let_in(&class))),
        Err(WebError::Class(ClassError::Wrong { field, .. })) => {
            let trouble = class_trouble(&context.t, field, &names);
            let draft = ClassDraftForm { learners, trouble, ..ClassDraftForm::default() };
            let_in_page(&door, &context, &class, String::new(), draft).await
        }
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_list_gives_its_names_without_numbers_and_bullets() {
        let list = "1. Amina\n 2) Kofi Mensah \n\n3\tZoé\n• Ines\n- Omar\n٤. نور\nJean-Luc\n4you\n7";
        let names = ["Amina", "Kofi Mensah", "Zoé", "Ines", "Omar", "نور", "Jean-Luc", "4you", "7"];
        assert_eq!(names_of(list), names);
    }
}
