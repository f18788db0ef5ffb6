//! A learner at work: path, question, hint, feedback, solution, done (C5.3).

use super::context::{PageContext, go};
use crate::api::v1::{interaction_with_addresses, with_addresses};
use crate::body::Form;
use crate::drawing::figures::{Setting, Spoken};
use crate::drawing::plants::PlantState;
use crate::error::WebError;
use crate::guard::{Guarded, LearnerOnly};
use crate::views::answer::{form, given, read_form};
use crate::views::blocks::{asked, render, speech};
use crate::views::learn::{
    ActivityPage, CardKind, DonePage, FeedbackPage, Outcome, PathCard, PathPage, PreparingPage, SolutionPage,
};
use crate::views::{Markup, Progress, paths};
use crate::words::{plant, reason_words};
use actix_web::{HttpResponse, web};
use chalkbox_domain::event::{Answered, EventBody, SkillState};
use chalkbox_domain::item::{Block, Response};
use chalkbox_domain::selection::cards::Reason;
use chalkbox_service::rounds::RunOfAnswers;
use chalkbox_service::study::{AskError, CardView, HandedItem, HintError, RespondError, ResponseDraft};
use serde::Deserialize;

/// Questions of one go.
pub const GO: u8 = 6;

/// Seconds after which the page of a box that prepares looks again.
const LOOK_AGAIN: u16 = 3;

/// What stands in place of path and map while the box puts its memory in order; none: it is in order.
pub(super) fn preparing(door: &Guarded<LearnerOnly>, context: &PageContext) -> Option<Result<HttpResponse, WebError>> {
    let preparing = door.chalkbox().preparing()?;
    let mut page = context.page();
    page.refresh_seconds = LOOK_AGAIN;
    Some(context.show(&PreparingPage {
        t: context.t.clone(),
        page,
        who: context.who(door.who),
        percent: preparing.percent(),
        hand: door.chalkbox().hand_is_up(door.who),
    }))
}

/// My path.
pub async fn path(door: Guarded<LearnerOnly>, context: PageContext) -> Result<HttpResponse, WebError> {
    if let Some(page) = preparing(&door, &context) {
        return page;
    }
    let locale = context.locale();
    let view = door.run(move |c, learner| c.path(learner, &locale)).await?;
    let cards = view.cards.iter().map(|card| path_card(&context, card)).collect();
    context.show(&PathPage {
        t: context.t.clone(),
        page: context.page(),
        who: context.who(door.who),
        cards,
        known: view.mastered as usize,
        hand: door.chalkbox().hand_is_up(door.who),
    })
}

fn path_card(context: &PageContext, card: &CardView) -> PathCard {
    let kind = match (&card.reason, card.kind) {
        (Reason::TeacherChose, _) => CardKind::Pinned,
        (Reason::SomethingNew, _) => CardKind::New,
        (_, "learn") => CardKind::Learn,
        (_, "review") => CardKind::Review,
        (_, "placement") => CardKind::Placement,
        _ => CardKind::Practise,
    };
    let skill = card.skill.as_str();
    PathCard {
        href: if card.has_lesson && card.kind == "learn" { paths::lesson(skill, 0) } else { paths::practise(skill) },
        kind,
        title: card.can.clone(),
        reason: reason_words(&context.t, &card.reason),
        strand: card.strand.clone(),
        figure: Markup::default(),
    }
}

/// A hand.
#[derive(Debug, Deserialize)]
pub struct HandForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    up: String,
    #[serde(default)]
    back: String,
}

/// Raises or lowers the hand.
pub async fn hand(door: Guarded<LearnerOnly>, form: Form<HandForm>) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    door.chalkbox().hand(door.who, form.up != "0")?;
    Ok(go(super::context::safe_back(if form.back.is_empty() { paths::LEARN } else { &form.back })))
}

/// Which skill.
#[derive(Debug, Deserialize)]
pub struct SkillQuery {
    #[serde(default)]
    skill: String,
}

/// Opens a new question of a skill, or of the first card.
pub async fn practise(
    door: Guarded<LearnerOnly>,
    context: PageContext,
    query: web::Query<SkillQuery>,
) -> Result<HttpResponse, WebError> {
    // What comes next cannot be told now; the path says so, and looks again.
    if door.chalkbox().preparing().is_some() {
        return Ok(go(paths::LEARN));
    }
    let locale = context.locale();
    let skill = query.into_inner().skill;
    let handed =
        door.run(move |c, learner| c.ask(learner, Some(skill.as_str()).filter(|s| !s.is_empty()), &locale)).await;
    match handed {
        Ok(handed) => Ok(go(paths::item(&handed.item))),
        Err(WebError::Ask(AskError::NothingToOffer)) => Ok(go(paths::LEARN)),
        Err(other) => Err(other),
    }
}

/// A handed-out item, what became of it and what its tool says of that, and how far the go is.
struct AtItem {
    handed: HandedItem,
    answer: Option<Answered>,
    feedback: Vec<Block>,
    run: RunOfAnswers,
}

async fn at_item(door: &Guarded<LearnerOnly>, item: String) -> Result<AtItem, WebError> {
    door.run(move |c, learner| -> Result<AtItem, HintError> {
        let handed = c.item_again(learner, &item)?;
        let answer = c.answer_of(learner, &item)?.and_then(|event| match event.body {
            EventBody::Answered(answered) => Some(*answered),
            _ => None,
        });
        let feedback = answer.as_ref().map(|answered| c.feedback_of(answered)).unwrap_or_default();
        let run = c.run_of(learner, &handed.skill)?;
        Ok(AtItem { handed, answer, feedback, run })
    })
    .await
}

fn progress(run: &RunOfAnswers, answered: bool) -> Progress {
    let done = run.answers.saturating_sub(u32::from(answered)) % u32::from(GO);
    Progress { done: done as u8, total: GO }
}

fn setting<'a>(context: &'a PageContext, handed: &HandedItem) -> Setting<'a> {
    Setting { t: &context.t, spoken: Spoken::Plain, seed: handed.seed, minor_digits: 2 }
}

/// A question; once it is answered, what became of it.
pub async fn item(
    door: Guarded<LearnerOnly>,
    context: PageContext,
    item: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let at = at_item(&door, item.into_inner()).await?;
    match &at.answer {
        None => activity(&door, &context, at, Hinted::default(), String::new()),
        Some(answered) => feedback(&door, &context, &at, answered),
    }
}

#[derive(Default)]
struct Hinted {
    body: Markup,
    speak: String,
    level: u8,
}

fn activity(
    door: &Guarded<LearnerOnly>,
    context: &PageContext,
    at: AtItem,
    hinted: Hinted,
    trouble: String,
) -> Result<HttpResponse, WebError> {
    let AtItem { handed, run, .. } = at;
    let body = with_addresses(handed.body.clone(), handed.plugin);
    let interaction = interaction_with_addresses(handed.interaction.clone(), handed.plugin);
    let setting = setting(context, &handed);
    context.show(&ActivityPage {
        t: context.t.clone(),
        page: context.page(),
        who: context.who(door.who),
        progress: progress(&run, false),
        asked: asked(&body, &setting),
        form: form(&interaction, &setting),
        key: form_key(&handed.item),
        hint: hinted.body,
        hint_speak: hinted.speak,
        next_hint: if hinted.level < handed.hints { hinted.level + 1 } else { 0 },
        trouble,
        item: handed.item,
        hand: door.chalkbox().hand_is_up(door.who),
    })
}

/// The key that the form sends without script: the same for the same item, so that sending twice is one answer.
fn form_key(item: &str) -> String {
    let tail = item.len().saturating_sub(40);
    format!("form-{}", item.get(tail..).unwrap_or_default())
}

/// Takes a form's answer and leads on to what became of it.
pub async fn answer(
    door: Guarded<LearnerOnly>,
    context: PageContext,
    item: web::Path<String>,
    fields: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, WebError> {
    let fields = fields.into_inner();
    let field = |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    door.check_form(&field("token"))?;
    let item = item.into_inner();
    let again = async |trouble: &str| {
        let at = at_item(&door, item.clone()).await?;
        if at.answer.is_some() {
            return Ok(go(paths::item(&item)));
        }
        activity(&door, &context, at, Hinted::default(), context.t.msg(trouble))
    };
    let Some(response) = read_form(&field("kind"), &fields) else { return again("answer-empty").await };
    let elapsed_ms = field("elapsed_ms").parse().unwrap_or(0);
    let key = Some(field("key")).filter(|k| !k.is_empty());
    let draft = ResponseDraft { item: item.clone(), key, response, elapsed_ms, age_ms: None };
    match door.run(move |c, learner| c.respond(learner, &draft)).await {
        Ok(_) | Err(WebError::Respond(RespondError::AlreadyAnswered { .. } | RespondError::KeyUsed { .. })) => {
            Ok(go(paths::item(&item)))
        }
        Err(WebError::Respond(RespondError::Shape(_) | RespondError::TooLarge | RespondError::Unstorable)) => {
            again("answer-odd").await
        }
        Err(other) => Err(other),
    }
}

fn feedback(
    door: &Guarded<LearnerOnly>,
    context: &PageContext,
    at: &AtItem,
    answered: &Answered,
) -> Result<HttpResponse, WebError> {
    let handed = &at.handed;
    let setting = setting(context, handed);
    let echo = context.t.msg(if answered.correct() { "feedback-right" } else { "feedback-not-yet" });
    let blocks = without_echo(with_addresses(at.feedback.clone(), handed.plugin), &echo);
    let interaction = interaction_with_addresses(handed.interaction.clone(), handed.plugin);
    let outcome = match answered.score {
        None => Outcome::Unscored,
        Some(_) if answered.response == Response::Skipped => Outcome::Skipped,
        Some(_) if answered.correct() => Outcome::Right,
        Some(_) => Outcome::NotYet,
    };
    let over = at.run.answers > 0 && (at.run.answers.is_multiple_of(u32::from(GO)) || at.run.newly_mastered);
    let skill = handed.skill.as_str();
    context.show(&FeedbackPage {
        t: context.t.clone(),
        page: context.page(),
        who: context.who(door.who),
        progress: progress(&at.run, true),
        asked: asked(&with_addresses(handed.body.clone(), handed.plugin), &setting),
        given: given(&interaction, &answered.response, &setting),
        outcome,
        feedback: render(&blocks, &setting),
        speak: speech(&blocks, &context.t),
        state: plant(answered.state.unwrap_or(SkillState::Learning), false),
        next: if over { done_address(skill) } else { paths::practise(skill) },
        solution: (outcome != Outcome::Right).then(|| paths::solution(&handed.item)),
    })
}

/// The tool's words without the short word ("Not yet.") that the page says above them already.
fn without_echo(blocks: Vec<Block>, echo: &str) -> Vec<Block> {
    let bare = |text: String| {
        let rest = text.trim_start().strip_prefix(echo).map(|rest| rest.trim_start().to_owned());
        rest.unwrap_or(text)
    };
    blocks
        .into_iter()
        .map(|block| match block {
            Block::Text { text } => Block::Text { text: bare(text) },
            Block::Speech { text } => Block::Speech { text: bare(text) },
            other => other,
        })
        .filter(|block| !matches!(block, Block::Text { text } | Block::Speech { text } if text.is_empty()))
        .collect()
}

fn done_address(skill: &str) -> String {
    format!("/learn/done?skill={}", paths::encoded(skill))
}

/// Which hint.
#[derive(Debug, Deserialize)]
pub struct HintForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    level: u8,
}

/// Opens a hint: noted first, then shown with the question.
pub async fn hint(
    door: Guarded<LearnerOnly>,
    context: PageContext,
    item: web::Path<String>,
    form: Form<HintForm>,
) -> Result<HttpResponse, WebError> {
    door.check_form(&form.token)?;
    let level = form.level;
    let item = item.into_inner();
    let wanted = item.clone();
    let given = door.run(move |c, learner| c.hint(learner, &wanted, level)).await;
    let (blocks, plugin) = match given {
        Ok(given) => given,
        Err(WebError::Hint(HintError::Answered)) => return Ok(go(paths::item(&item))),
        Err(other) => return Err(other),
    };
    let at = at_item(&door, item).await?;
    let setting = setting(&context, &at.handed);
    let blocks = with_addresses(blocks, plugin);
    let hinted = Hinted { body: render(&blocks, &setting), speak: speech(&blocks, &context.t), level };
    activity(&door, &context, at, hinted, String::new())
}

/// "Show me how", once the item is answered.
pub async fn solution(
    door: Guarded<LearnerOnly>,
    context: PageContext,
    item: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let item = item.into_inner();
    let at = at_item(&door, item.clone()).await?;
    let (solution, plugin) = door.run(move |c, learner| c.solution(learner, &item)).await?;
    let setting = setting(&context, &at.handed);
    let steps = with_addresses(solution.steps, plugin);
    let interaction = interaction_with_addresses(at.handed.interaction.clone(), plugin);
    let over = at.run.answers % u32::from(GO) == 0 && at.run.answers > 0;
    let skill = at.handed.skill.as_str();
    context.show(&SolutionPage {
        t: context.t.clone(),
        page: context.page(),
        who: context.who(door.who),
        progress: progress(&at.run, true),
        asked: asked(&with_addresses(at.handed.body.clone(), plugin), &setting),
        steps: steps
            .iter()
            .filter(|b| !matches!(b, Block::Speech { .. }))
            .map(|b| render(std::slice::from_ref(b), &setting))
            .collect(),
        answer: given(&interaction, &solution.response, &setting),
        speak: speech(&steps, &context.t),
        next: if over { done_address(skill) } else { paths::practise(skill) },
    })
}

/// The end of a go: what I can now do, and what next.
pub async fn done(
    door: Guarded<LearnerOnly>,
    context: PageContext,
    query: web::Query<SkillQuery>,
) -> Result<HttpResponse, WebError> {
    if door.chalkbox().preparing().is_some() {
        return Ok(go(paths::LEARN));
    }
    let locale = context.locale();
    let skill = query.into_inner().skill;
    let view = door.run(move |c, learner| c.done(learner, &skill, &locale)).await?;
    let shown = matches!(view.state, SkillState::Mastered | SkillState::Secure);
    context.show(&DonePage {
        t: context.t.clone(),
        page: context.page(),
        who: context.who(door.who),
        can: view.can,
        state: if shown { PlantState::Can } else { plant(view.state, false) },
        kind: view.strand_at % 4,
        answers: view.answers,
        right: view.right,
        next: paths::LEARN.to_owned(),
        again: (!shown).then(|| paths::practise(view.skill.as_str())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_word_is_said_once() {
        let text = |text: &str| Block::Text { text: text.to_owned() };
        let said = without_echo(vec![text("Not yet."), text("Not yet. Count on."), text("Look: not yet.")], "Not yet.");
        assert_eq!(said, [text("Count on."), text("Look: not yet.")]);
    }
}
