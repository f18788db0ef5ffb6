//! Backups in words: what was done when, what runs, what went wrong, what a backup holds.

use super::ago;
use crate::translator::{Arg, Words};
use crate::views::backups::{DeedLine, JobLine};
use chalkbox_domain::event::StaffRole;
use chalkbox_service::safekeeping::{
    Away, BackupsView, BroughtBack, ComesAlong, Deed, Fault, Holdings, JobKind, JobState, JobView, Outcome, Renewal,
};

/// Where a backup lies, in words; a stick says its own name.
fn place_words(t: &Words, place: &str) -> String {
    match place {
        "card" => t.msg("place-card"),
        "device" => t.msg("place-device"),
        "upload" => t.msg("place-upload"),
        "box" => t.msg("place-box"),
        stick => t.msg1("place-stick", "name", stick),
    }
}

fn deed_line(t: &Words, view: &BackupsView, name: String, deed: Option<&Deed>, now_ms: u64) -> DeedLine {
    let Some(deed) = deed else {
        return DeedLine { name, detail: t.msg("deed-never"), more: String::new(), fine: None, bad: false };
    };
    let (when, place) = (ago(t, now_ms, deed.at_ms()), place_words(t, &deed.place));
    let key = if deed.fine { "deed-fine" } else { "deed-bad" };
    let mut more = Vec::new();
    if deed.fine && deed.events > 0 {
        more.push(t.msg2("deed-holds", "events", deed.events, "since", view.since(deed)));
    }
    if let Some(failed) = &deed.since {
        more.push(t.msg1("deed-since", "when", ago(t, now_ms, failed.at_ms())));
    }
    let more = more.join(" ");
    DeedLine { name, detail: t.msg2(key, "when", when, "place", place), more, fine: Some(deed.fine), bad: !deed.fine }
}

/// What was done last of each kind, the one that matters most first.
pub fn deed_lines(t: &Words, view: &BackupsView, now_ms: u64) -> Vec<DeedLine> {
    let record = &view.record;
    let done = [
        (t.msg("deed-away"), &record.saved_away),
        (t.msg("deed-card"), &record.saved_on_card),
        (t.msg("deed-checked"), &record.checked),
        (t.msg("deed-tested"), &record.restore_tested),
        (t.msg("deed-scrubbed"), &record.scrubbed),
    ]
    .into_iter()
    .map(|(name, deed)| deed_line(t, view, name, deed.as_ref(), now_ms));
    let bad = record.bad.iter().map(|deed| deed_line(t, view, t.msg("deed-no-pass"), Some(deed), now_ms));
    bad.chain(done).collect()
}

/// Why a backup should be made now.
pub fn due_words(t: &Words, away: Away) -> String {
    match away {
        Away::Never => t.msg("backups-never"),
        Away::Bad => t.msg("backups-bad"),
        Away::Days(days) => t.msg1("backups-old", "days", days),
    }
}

/// Bytes in the unit that people know from sticks.
fn size_words(t: &Words, bytes: u64) -> String {
    match bytes {
        0..1_000_000 => t.msg1("size-kilobytes", "count", bytes.div_ceil(1000)),
        1_000_000..10_000_000_000 => t.msg1("size-megabytes", "count", bytes / 1_000_000),
        _ => t.msg1("size-gigabytes", "count", bytes / 1_000_000_000),
    }
}

/// How much is free.
pub fn free_words(t: &Words, bytes: u64) -> String {
    t.msg1("stick-free", "size", size_words(t, bytes))
}

/// What went wrong, and what to do.
pub fn fault_words(t: &Words, fault: &Fault) -> String {
    match fault {
        Fault::NoBackup => t.msg("backup-fault-none"),
        Fault::Gone => t.msg("backup-fault-gone"),
        Fault::ReadOnly => t.msg("backup-fault-read-only"),
        Fault::NotLocked => t.msg("backup-fault-not-locked"),
        Fault::Newer => t.msg("backup-fault-newer"),
        Fault::KeyNeeded => t.msg("backup-fault-key-needed"),
        Fault::Passphrase => t.msg("backup-fault-key"),
        Fault::CutShort(_) => t.msg("backup-fault-short"),
        Fault::NoSchool => t.msg("backup-fault-no-school"),
        Fault::Clock => t.msg("backup-fault-clock"),
        Fault::Damaged(_) => t.msg("backup-fault-damaged"),
        Fault::NoRoom { needed, free } => {
            t.msg2("backup-fault-room", "needed", size_words(t, *needed), "free", size_words(t, *free))
        }
        Fault::Medium(_) => t.msg("backup-fault-medium"),
        Fault::Store(_) => t.msg("backup-fault-store"),
        Fault::NotTheSame(_) => t.msg("backup-fault-other"),
        Fault::Stopped => t.msg("backup-fault-stopped"),
        Fault::Untrusted => t.msg("backup-fault-untrusted"),
        Fault::Foreign => t.msg("backup-fault-foreign"),
        Fault::OtherKey => t.msg("backup-fault-other-key"),
        Fault::OtherBackup => t.msg("backup-fault-other-backup"),
        Fault::Busy => t.msg("backup-fault-busy"),
        Fault::Unfit(name) => t.msg1("backup-fault-unfit", "name", name.as_str()),
        Fault::Box(_) => t.msg("backup-fault-box"),
        Fault::Preparing => t.msg("backup-fault-preparing"),
        Fault::Halted => t.msg("backup-fault-halted"),
    }
}

/// The same where work was done: only a stick can be put back in, unlocked or thrown away.
pub fn fault_words_at(t: &Words, place: &str, fault: &Fault) -> String {
    match (place, fault) {
        ("card", Fault::Gone | Fault::ReadOnly | Fault::Medium(_) | Fault::Untrusted) => t.msg("backup-fault-card"),
        ("device", Fault::Gone | Fault::ReadOnly | Fault::Medium(_)) => t.msg("backup-fault-device"),
        ("upload", Fault::Gone | Fault::ReadOnly | Fault::Medium(_)) => t.msg("backup-fault-upload"),
        _ => fault_words(t, fault),
    }
}

fn brought_words(t: &Words, back: &BroughtBack) -> String {
    let mut words = t.msg2("brought-back", "new", back.new_events, "known", back.known_events);
    for (count, key) in [(back.mended, "brought-mended"), (back.conflicts, "brought-conflicts")] {
        if count > 0 {
            words.push(' ');
            words.push_str(&t.msg1(key, "count", count));
        }
    }
    if back.other_key {
        words.push(' ');
        words.push_str(&t.msg("brought-other-key"));
    }
    words
}

fn outcome_words(t: &Words, place: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Saved(saved) if place == "card" => t.msg1("job-saved-card", "size", size_words(t, saved.bytes)),
        Outcome::Saved(saved) if place == "device" => t.msg1("job-sent", "size", size_words(t, saved.bytes)),
        Outcome::Saved(saved) => t.msg1("job-saved", "size", size_words(t, saved.bytes)),
        Outcome::Sound(0) => t.msg("job-sound-locked"),
        Outcome::Sound(events) => t.msg1("job-sound", "count", *events),
        Outcome::Restorable(back) => t.msg2("job-restorable", "learners", back.learners, "answers", back.answers),
        Outcome::Holds(_) => t.msg("job-holds"),
        Outcome::BroughtBack(back) => brought_words(t, back),
    }
}

/// What may be done while work runs at a place.
fn runs_words(t: &Words, place: &str) -> String {
    match place {
        "card" | "upload" => t.msg("job-runs-here"),
        "device" => t.msg("job-runs-device"),
        _ => t.msg("job-runs"),
    }
}

/// What runs or ran last.
pub fn job_line(t: &Words, job: &JobView) -> JobLine {
    let place = place_words(t, &job.place);
    let running = job.state == JobState::Running;
    let key = match (job.kind, running) {
        (JobKind::Save, true) => "job-save-runs",
        (JobKind::Check, true) => "job-check-runs",
        (JobKind::Drill, true) => "job-drill-runs",
        (JobKind::Look, true) => "job-look-runs",
        (JobKind::BringBack, true) => "job-bring-runs",
        (JobKind::Restore, true) => "job-restore-runs",
        (JobKind::Renew, true) => "job-renew-runs",
        (JobKind::Save, false) => "job-save-done",
        (JobKind::Check, false) => "job-check-done",
        (JobKind::Drill, false) => "job-drill-done",
        (JobKind::Look, false) => "job-look-done",
        (JobKind::BringBack, false) => "job-bring-done",
        (JobKind::Restore, false) => "job-restore-done",
        (JobKind::Renew, false) => "job-renew-done",
    };
    let (detail, failed) = match &job.state {
        JobState::Running => (runs_words(t, &job.place), false),
        JobState::Done(outcome) => (outcome_words(t, &job.place, outcome), false),
        JobState::Failed(fault) => (fault_words_at(t, &job.place, fault), *fault != Fault::Halted),
    };
    let can_stop = running && job.kind.can_stop();
    let percent = (running && job.total > 0).then(|| job.done.min(job.total) * 100 / job.total);
    JobLine { heading: t.msg1(key, "place", place), detail, running, failed, can_stop, percent }
}

/// How far the box is with taking erased children out of the backup on its card.
pub fn renewal_words(t: &Words, renewal: &Renewal) -> String {
    match renewal {
        Renewal::Waits | Renewal::Runs { total: 0, .. } => t.msg("renewal-waits"),
        Renewal::Runs { done, total } => t.msg1("renewal-runs", "percent", done.min(total) * 100 / total),
        Renewal::Failed(fault) => {
            let why = match fault {
                // Of a stick they speak otherwise.
                Fault::NoRoom { .. } => fault_words(t, fault),
                _ => t.msg("renewal-failed-do"),
            };
            format!("{} {why}", t.msg("renewal-failed"))
        }
    }
}

/// What else would change here, line by line.
fn comes_words(t: &Words, comes: &ComesAlong) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if let Some(here) = &comes.other_than {
        lines.push(t.msg1("holds-other-school", "name", here));
    }
    for (role, count) in &comes.staff {
        lines.push(match role {
            StaffRole::Teacher => t.msg1("holds-teachers", "count", *count),
            StaffRole::Leader => t.msg1("holds-leaders", "count", *count),
            StaffRole::Technologist => t.msg1("holds-technologists", "count", *count),
        });
    }
    if comes.erased > 0 {
        lines.push(t.msg1("holds-erased", "count", comes.erased));
    }
    if comes.settings {
        lines.push(t.msg("holds-settings"));
    }
    lines
}

/// What a backup holds, line by line, and how much of it is new here.
pub fn holds_words(t: &Words, held: &Holdings, date: impl Fn(u64) -> String) -> (Vec<String>, String) {
    let mut lines = vec![
        if held.school.is_empty() { t.msg("holds-no-school") } else { t.msg1("holds-school", "name", &held.school) },
        t.msg2("holds-people", "learners", held.learners, "classes", held.classes),
        t.msg1("holds-answers", "count", held.answers),
    ];
    if held.events > 0 {
        lines.push(t.msg2("holds-time", "from", date(held.from_ms), "to", date(held.to_ms)));
    }
    if held.boxes > 1 {
        lines.push(t.msg1("holds-boxes", "count", held.boxes));
    }
    if held.own {
        lines.push(t.msg("holds-own"));
    }
    lines.extend(comes_words(t, &held.comes));
    let new = if held.new_events == 0 {
        t.msg("holds-nothing-new")
    } else {
        t.msg_with("holds-new", &[("count", Arg::from(held.new_events)), ("events", Arg::from(held.events))])
    };
    (lines, new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translator::Translator;
    use chalkbox_service::safekeeping::Saved;

    #[test]
    fn sizes_are_said_in_the_unit_that_people_know() {
        let t = Translator::new().expect("words").words("en");
        for (bytes, words) in
            [(0, "0 kB"), (1, "1 kB"), (999_999, "1000 kB"), (5_400_000, "5 MB"), (32_000_000_000, "32 GB")]
        {
            assert_eq!(size_words(&t, bytes), words);
        }
    }

    #[test]
    fn what_a_backup_would_change_is_said_and_nothing_else() {
        let t = Translator::new().expect("words").words("en");
        assert_eq!(comes_words(&t, &ComesAlong::default()), Vec::<String>::new());
        let comes = ComesAlong {
            other_than: Some("Our school".into()),
            staff: vec![(StaffRole::Teacher, 2), (StaffRole::Technologist, 1)],
            erased: 1,
            settings: true,
        };
        for lang in ["en", "fr"] {
            let words = comes_words(&Translator::new().expect("words").words(lang), &comes);
            assert_eq!(words.len(), 5, "{words:?}");
            assert!(words[0].contains("Our school") && words.iter().all(|line| !line.contains('⟦')), "{words:?}");
        }
    }

    #[test]
    fn work_says_how_far_it_is_and_never_more_than_all() {
        let t = Translator::new().expect("words").words("en");
        let job = |done, total, state| JobView { kind: JobKind::Check, place: "BLUE".into(), done, total, state };
        assert_eq!(job_line(&t, &job(0, 0, JobState::Running)).percent, None);
        assert_eq!(job_line(&t, &job(7, 5, JobState::Running)).percent, Some(100));
        let failed = job_line(&t, &job(1, 5, JobState::Failed(Fault::Gone)));
        assert!(failed.failed && !failed.running && failed.percent.is_none());
        assert!(failed.heading.contains("BLUE") && failed.detail.contains("stick"), "{failed:?}");
        assert!(job_line(&t, &job(1, 5, JobState::Running)).can_stop);
        let halted = job_line(&t, &job(1, 5, JobState::Failed(Fault::Halted)));
        assert!(!halted.failed && !halted.can_stop, "somebody wanted it so: {halted:?}");
    }

    #[test]
    fn a_stick_is_spoken_of_only_where_there_is_one() {
        let translator = Translator::new().expect("words");
        let t = translator.words("en");
        let line = |place: &str, state| {
            let place = place.to_owned();
            job_line(&t, &JobView { kind: JobKind::Save, place, done: 0, total: 0, state }).detail
        };
        let medium = || Fault::Medium("x".into());
        for place in ["card", "device", "upload"] {
            let mut all = vec![
                line(place, JobState::Running),
                line(place, JobState::Failed(medium())),
                line(place, JobState::Failed(Fault::ReadOnly)),
                line(place, JobState::Failed(Fault::Box("x".into()))),
            ];
            if place != "upload" {
                all.push(line(place, JobState::Done(Outcome::Saved(Saved { bytes: 1 }))));
            }
            for text in all {
                assert!(!text.contains("the stick") && !text.contains("Slide"), "{place}: {text}");
            }
        }
        let done = line("device", JobState::Done(Outcome::Saved(Saved { bytes: 1 })));
        assert!(!done.contains("read back"), "nobody has read it: {done}");
        assert!(line("BLUE", JobState::Done(Outcome::Saved(Saved { bytes: 1 }))).contains("may be taken out"));
        assert!(line("BLUE", JobState::Failed(Fault::Untrusted)).contains("Throw"));
    }

    #[test]
    fn every_fault_has_its_own_words_in_every_language() {
        let all = [
            Fault::NoBackup,
            Fault::Gone,
            Fault::ReadOnly,
            Fault::NotLocked,
            Fault::Newer,
            Fault::Passphrase,
            Fault::Damaged(String::new()),
            Fault::NoRoom { needed: 2, free: 1 },
            Fault::Medium(String::new()),
            Fault::Store(String::new()),
            Fault::NotTheSame(String::new()),
            Fault::Stopped,
            Fault::Untrusted,
            Fault::Foreign,
            Fault::OtherKey,
            Fault::OtherBackup,
            Fault::Busy,
            Fault::Unfit("tool.wasm".into()),
            Fault::Box(String::new()),
            Fault::Preparing,
            Fault::Halted,
        ];
        let translator = Translator::new().expect("words");
        for language in ["en", "fr"] {
            let t = translator.words(language);
            let said: std::collections::BTreeSet<String> = all.iter().map(|fault| fault_words(&t, fault)).collect();
            assert_eq!(said.len(), all.len(), "{language}: {said:#?}");
            assert!(said.iter().all(|text| !text.contains(['⟦', '{', '$'])), "{language}: {said:#?}");
        }
    }
}
