//! What the rules say, in words: reasons of cards, states, times. The only place where a fact of the domain meets a
//! message key.

use crate::drawing::figures::Setting;
use crate::drawing::plants::{PlantState, SignState};
use crate::translator::Words;
use crate::views::blocks::plain;
use chalkbox_domain::event::SkillState;
use chalkbox_domain::item::{ChoiceOption, Interaction, Response};
use chalkbox_domain::selection::cards::Reason;

/// Why a card is offered, said to the child.
pub fn reason_words(t: &Words, reason: &Reason) -> String {
    reason_in(t, reason, "card-reason")
}

/// Why a card is offered, said to the teacher.
pub fn next_words(t: &Words, reason: &Reason) -> String {
    reason_in(t, reason, "next-reason")
}

fn reason_in(t: &Words, reason: &Reason, to: &str) -> String {
    let msg = |key: &str| t.msg(&format!("{to}-{key}"));
    let of_domain = |key: &str, domain| t.msg1(&format!("{to}-{key}"), "domain", domain_words(t, domain));
    match reason {
        Reason::TeacherChose => msg("pinned"),
        Reason::InPlan => msg("plan"),
        Reason::OpensMost { count } => t.msg1(&format!("{to}-opens-most"), "count", *count),
        Reason::ContinueToday => msg("today"),
        Reason::ContinueYesterday => msg("yesterday"),
        Reason::AlmostThere => msg("almost"),
        Reason::FirstOfAll => msg("first"),
        Reason::LittleLately { domain } => of_domain("little-lately", domain),
        Reason::AnotherDomain { domain } => of_domain("other-domain", domain),
        Reason::AnotherStrand { .. } => msg("other-strand"),
        Reason::SomethingNew => msg("new"),
        Reason::ReviewDue => msg("review"),
    }
}

/// A domain in words: the two that ship have their own, any other shows its id.
pub fn domain_words(t: &Words, domain: &str) -> String {
    match domain {
        "numeracy" => t.msg("domain-numeracy"),
        "literacy" => t.msg("domain-literacy"),
        other => other.to_owned(),
    }
}

/// A state as a plant of the map. `soon`: everything that it needs is known, learnt or ready.
pub fn plant(state: SkillState, soon: bool) -> PlantState {
    match state {
        SkillState::Secure => PlantState::Kept,
        SkillState::Mastered => PlantState::Can,
        SkillState::Learning | SkillState::Refresh | SkillState::Resting => PlantState::Learning,
        // Credited is believed, not shown: the child may show it now.
        SkillState::Ready | SkillState::Credited => PlantState::Ready,
        SkillState::NotStarted if soon => PlantState::Soon,
        SkillState::NotStarted => PlantState::Later,
    }
}

/// A state as a sign of the grid.
pub fn sign(state: SkillState, stuck: bool) -> SignState {
    if stuck {
        return SignState::Stuck;
    }
    match state {
        SkillState::Secure => SignState::Kept,
        SkillState::Mastered => SignState::Can,
        SkillState::Credited => SignState::Believed,
        SkillState::Learning | SkillState::Refresh | SkillState::Resting => SignState::Learning,
        SkillState::Ready => SignState::Ready,
        SkillState::NotStarted => SignState::NotYet,
    }
}

/// How long ago, in words.
pub fn ago(t: &Words, now_ms: u64, then_ms: u64) -> String {
    let minutes = now_ms.saturating_sub(then_ms) / 60_000;
    match minutes {
        0 => t.msg("ago-now"),
        1..=59 => t.msg1("ago-minutes", "count", minutes),
        60..=1439 => t.msg1("ago-hours", "count", minutes / 60),
        _ => t.msg1("ago-days", "count", minutes / 1440),
    }
}

/// What was answered, in one line of words.
pub fn given_words(interaction: &Interaction, response: &Response, setting: &Setting<'_>) -> String {
    let name = |id: &str| option_words(interaction, id, setting);
    match response {
        Response::Choice { ids } | Response::Order { ids } => {
            ids.iter().map(|id| name(id)).collect::<Vec<_>>().join(", ")
        }
        Response::Text { value } | Response::Number { value } => value.clone(),
        Response::Count { value } => value.to_string(),
        Response::Pairs { pairs } => {
            pairs.iter().map(|(l, r)| format!("{} – {}", name(l), name(r))).collect::<Vec<_>>().join(", ")
        }
        Response::Point { x, y } => format!("{:.0} %, {:.0} %", x * 100.0, y * 100.0),
        Response::Custom { .. } => setting.t.msg("given-custom"),
        Response::Skipped => setting.t.msg("answer-skip"),
    }
}

/// What the thing with this id says; its id where it says nothing in words.
fn option_words(interaction: &Interaction, id: &str, setting: &Setting<'_>) -> String {
    let among = |options: &[ChoiceOption]| options.iter().find(|o| o.id == id).map(|o| plain(&o.content, setting));
    let found = match interaction {
        Interaction::Choice { options, .. } | Interaction::Order { options } => among(options),
        Interaction::Match { left, right, .. } => among(left).or_else(|| among(right)),
        Interaction::GapMatch { left, right } => {
            among(right).or_else(|| left.iter().find(|g| g.id == id).map(|g| format!("{}…{}", g.before, g.after)))
        }
        Interaction::Custom { fallback: Some(inner), .. } => return option_words(inner, id, setting),
        _ => None,
    };
    found.filter(|words| !words.is_empty()).unwrap_or_else(|| id.to_owned())
}
