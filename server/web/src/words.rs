//! What the rules say, in words: reasons of cards, states, times. The only place where a fact of the domain meets a
//! message key.

pub mod backups;

use crate::drawing::figures::Setting;
use crate::drawing::plants::{PlantState, SignState};
use crate::translator::{Arg, Words};
use crate::views::NoticeLine;
use crate::views::blocks::plain;
use chalkbox_domain::event::SkillState;
use chalkbox_domain::item::{ChoiceOption, Interaction, Response};
use chalkbox_domain::selection::cards::Reason;
use chalkbox_service::safekeeping::Happened;

/// Why a card is offered, said to the child.
pub fn reason_words(t: &Words, reason: &Reason) -> String {
    reason_in(t, reason, reason_keys(reason).0)
}

/// Why a card is offered, said to the teacher.
pub fn next_words(t: &Words, reason: &Reason) -> String {
    reason_in(t, reason, reason_keys(reason).1)
}

fn reason_in(t: &Words, reason: &Reason, key: &str) -> String {
    match reason {
        Reason::OpensMost { count } => t.msg1(key, "count", *count),
        Reason::LittleLately { domain } | Reason::AnotherDomain { domain } => {
            t.msg1(key, "domain", domain_words(t, domain))
        }
        _ => t.msg(key),
    }
}

/// The message to the child and the one to the teacher.
fn reason_keys(reason: &Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::TeacherChose => ("card-reason-pinned", "next-reason-pinned"),
        Reason::InPlan => ("card-reason-plan", "next-reason-plan"),
        Reason::OpensMost { .. } => ("card-reason-opens-most", "next-reason-opens-most"),
        Reason::ContinueToday => ("card-reason-today", "next-reason-today"),
        Reason::ContinueYesterday => ("card-reason-yesterday", "next-reason-yesterday"),
        Reason::AlmostThere => ("card-reason-almost", "next-reason-almost"),
        Reason::FirstOfAll => ("card-reason-first", "next-reason-first"),
        Reason::LittleLately { .. } => ("card-reason-little-lately", "next-reason-little-lately"),
        Reason::AnotherDomain { .. } => ("card-reason-other-domain", "next-reason-other-domain"),
        Reason::AnotherStrand { .. } => ("card-reason-other-strand", "next-reason-other-strand"),
        Reason::SomethingNew => ("card-reason-new", "next-reason-new"),
        Reason::ReviewDue => ("card-reason-review", "next-reason-review"),
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

/// A day in words: "25 November 2026".
pub fn date_words(t: &Words, (year, month, day): (i16, i8, i8)) -> String {
    const MONTHS: [&str; 12] = [
        "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
        "month-11", "month-12",
    ];
    let at = usize::try_from(month - 1).unwrap_or(0).min(11);
    // As text: a year is no number that is grouped by thousands.
    t.msg_with(
        "date",
        &[
            ("day", Arg::from(day.to_string())),
            ("month", Arg::from(t.msg(MONTHS[at]))),
            ("year", Arg::from(year.to_string())),
        ],
    )
}

/// What happened to the box, what is safe, and what to do.
pub fn happened_words(t: &Words, happened: &Happened) -> NoticeLine {
    let (heading, detail, grave) = match happened {
        Happened::Gap { entries } => (t.msg1("happened-gap", "count", *entries), t.msg("happened-gap-do"), true),
        Happened::ReadOnly => (t.msg("happened-read-only"), t.msg("happened-read-only-do"), true),
        Happened::EndDamaged => (t.msg("happened-end"), t.msg("happened-end-do"), true),
        Happened::NotBuilt => (t.msg("happened-not-built"), t.msg("happened-not-built-do"), true),
        Happened::NoRoomToBuild { mib } => {
            (t.msg("happened-no-room"), t.msg1("happened-no-room-do", "mib", *mib), true)
        }
        Happened::LastReserve => (t.msg("happened-reserve"), t.msg("happened-reserve-do"), true),
        Happened::OtherJournal { boxes } => {
            (t.msg1("happened-other-log", "count", *boxes), t.msg("happened-other-log-do"), false)
        }
        Happened::DiskFull => (t.msg("happened-full"), t.msg("happened-full-do"), true),
        Happened::DiskNearlyFull { free_percent } => {
            (t.msg1("happened-nearly-full", "percent", *free_percent), t.msg("happened-nearly-full-do"), false)
        }
        Happened::Preparing { percent } => {
            (t.msg1("happened-preparing", "percent", *percent), t.msg("happened-preparing-do"), false)
        }
        Happened::Mended { .. } => (t.msg("happened-mended"), t.msg("happened-mended-do"), false),
        Happened::TablesMadeAgain => (t.msg("happened-tables"), t.msg("happened-tables-do"), false),
        Happened::UncleanStop => (t.msg("happened-stop"), t.msg("happened-stop-do"), false),
        Happened::CopiedCard => (t.msg("happened-copied"), t.msg("happened-copied-do"), true),
        Happened::NewestGone => (t.msg("happened-newest"), t.msg("happened-newest-do"), true),
        Happened::ClockGuessed => (t.msg("happened-clock"), t.msg("happened-clock-do"), false),
    };
    NoticeLine { heading, detail, grave }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translator::Translator;

    #[test]
    fn whatever_happens_to_the_box_is_said_with_what_to_do_in_every_language() {
        let all = [
            Happened::Gap { entries: 1 },
            Happened::Gap { entries: 5 },
            Happened::ReadOnly,
            Happened::EndDamaged,
            Happened::NotBuilt,
            Happened::NoRoomToBuild { mib: 40 },
            Happened::DiskFull,
            Happened::LastReserve,
            Happened::DiskNearlyFull { free_percent: 3 },
            Happened::Preparing { percent: 7 },
            Happened::Mended { entries: 2 },
            Happened::TablesMadeAgain,
            Happened::UncleanStop,
            Happened::CopiedCard,
            Happened::OtherJournal { boxes: 1 },
            Happened::OtherJournal { boxes: 2 },
            Happened::NewestGone,
            Happened::ClockGuessed,
        ];
        let translator = Translator::new().expect("words");
        for language in ["en", "fr"] {
            let t = translator.words(language);
            let mut headings = std::collections::BTreeSet::new();
            for one in &all {
                let NoticeLine { heading, detail, .. } = happened_words(&t, one);
                for text in [&heading, &detail] {
                    assert!(!text.is_empty() && !text.contains(['⟦', '{', '$']), "{language}: {one:?}: {text}");
                }
                assert!(headings.insert(heading), "{language}: {one:?} is said like another");
            }
        }
    }
}
