//! `trials damage`: a closed system's files are hurt at a random place, and it is opened and read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::Args;

use crate::child::{self, Contents, Verdict};
use crate::load::{self, Random};
use crate::scratch::Scratch;
use crate::systems::{Kind, Which};
use crate::table;

/// Opening and reading takes at most so long.
const LIMIT: Duration = Duration::from_secs(30);

/// The systems that damage can tell apart.
const SYSTEMS: [Kind; 5] = [Kind::Ours, Kind::Sled, Kind::Redb, Kind::RedbChecked, Kind::Sqlite];

/// What `damage` can be told.
#[derive(Args)]
pub struct Settings {
    /// ours, sled, sled-sync, redb, redb-checked, sqlite, sqlite-rollback, or all.
    #[arg(long, default_value = "ours")]
    system: Which,
    /// How many places for each system.
    #[arg(long, default_value_t = 200)]
    points: u32,
    /// How many for ours, if not as many.
    #[arg(long)]
    ours: Option<u32>,
    /// How many events are there to be hurt: about 900 bytes each.
    #[arg(long, default_value_t = 6000)]
    events: u64,
    /// Where the random places begin; printed.
    #[arg(long)]
    seed: Option<u64>,
    /// Where the copies lie; otherwise where the system keeps temporary files.
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// What came of one hurt place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    AllRight,
    ReportedLoss,
    /// Said so as well, but ours had a second, whole copy of what is missing.
    NeedlessLoss,
    SilentLoss,
    WrongValue,
    DoesNotOpen,
    Crash,
    Hang,
}

impl Outcome {
    const ALL: [Self; 8] = [
        Self::AllRight,
        Self::ReportedLoss,
        Self::NeedlessLoss,
        Self::SilentLoss,
        Self::WrongValue,
        Self::DoesNotOpen,
        Self::Crash,
        Self::Hang,
    ];

    fn is_bearable(self) -> bool {
        matches!(self, Self::AllRight | Self::ReportedLoss)
    }
}

/// Hurts each system that was asked for; whether ours bore it.
pub fn run(settings: &Settings) -> anyhow::Result<bool> {
    let seed = settings.seed.unwrap_or_else(load::seed_of_now);
    eprintln!("seed {seed}");
    let scratch = Scratch::new(settings.folder.as_deref())?;
    let mut rows = Vec::new();
    let mut ours_bore_it = true;
    for system in settings.system.of(&SYSTEMS) {
        let points = crate::times(system, settings.points, settings.ours);
        let outcomes = hurt_often(system, points, settings.events, seed, &scratch)?;
        ours_bore_it &= system != Kind::Ours || outcomes.iter().all(|outcome| outcome.is_bearable());
        let count = |of: Outcome| outcomes.iter().filter(|outcome| **outcome == of).count().to_string();
        let [right, reported, needless, silent, wrong, closed, crash, hang] = Outcome::ALL.map(count);
        let hurt = outcomes.len().to_string();
        // The others keep everything once.
        let needless = if system == Kind::Ours { needless } else { "–".to_owned() };
        rows.push([system.title().to_owned(), hurt, right, reported, needless, silent, wrong, closed, crash, hang]);
    }
    let headings = [
        "system",
        "places",
        "all right",
        "reported loss",
        "needless loss",
        "silent loss",
        "wrong value",
        "does not open",
        "crash",
        "hang",
    ];
    table::print(headings, &rows);
    Ok(ours_bore_it)
}

fn hurt_often(system: Kind, points: u32, events: u64, seed: u64, scratch: &Scratch) -> anyhow::Result<Vec<Outcome>> {
    let (whole, hurt) = (scratch.path("whole"), scratch.path("hurt"));
    remove(&whole)?;
    child::fill_folder(system, &whole, events)?;
    let mut files = Vec::new();
    list(&whole, Path::new(""), &mut files)?;
    ensure!(!files.is_empty(), "{} wrote no files", system.word());
    let expected: BTreeSet<u64> = child::filled(events).collect();
    let unhurt = classify(system, child::look(system, &copy(&whole, &hurt, &files)?, scratch, LIMIT)?, &expected);
    ensure!(unhurt.0 == Outcome::AllRight, "{}, before any damage: {unhurt:?}", system.word());
    let mut random = Random::new(seed);
    let mut outcomes = Vec::new();
    for point in 1..=points {
        copy(&whole, &hurt, &files)?;
        let what = hurt_somewhere(&hurt, &files, &mut random)?;
        let (outcome, said) = classify(system, child::look(system, &hurt, scratch, LIMIT)?, &expected);
        if system == Kind::Ours && !outcome.is_bearable() {
            let said: String = said.replace('\n', " ").chars().take(240).collect();
            eprintln!("ours, {what}: {outcome:?}: {said}");
        }
        outcomes.push(outcome);
        if point % 100 == 0 {
            let right = outcomes.iter().filter(|outcome| **outcome == Outcome::AllRight).count();
            eprintln!("{}: {point} places, {right} all right", system.word());
        }
    }
    remove(&whole)?;
    remove(&hurt)?;
    Ok(outcomes)
}

fn classify(system: Kind, verdict: Verdict, expected: &BTreeSet<u64>) -> (Outcome, String) {
    match verdict {
        Verdict::DoesNotOpen(said) => (Outcome::DoesNotOpen, said),
        Verdict::Crash(said) => (Outcome::Crash, said),
        Verdict::Hang => (Outcome::Hang, String::new()),
        Verdict::Read(Contents { events, wrong, missing }) => {
            // An event that nobody wrote, or that is there twice, is served as well.
            let strange = events.iter().filter(|(id, times)| **times > 1 || !expected.contains(id)).count();
            let gone: Vec<u64> = expected.iter().copied().filter(|id| !events.contains_key(id)).collect();
            let (lost, kept_twice) = (gone.len(), gone.iter().filter(|id| is_kept_twice(system, **id)).count());
            let said = format!(
                "{lost} lost, {kept_twice} of them kept twice; {} wrong, {strange} strange; {missing:?}",
                wrong.len()
            );
            let outcome = match () {
                () if !wrong.is_empty() || strange > 0 => Outcome::WrongValue,
                () if lost > 0 && missing.is_empty() => Outcome::SilentLoss,
                () if kept_twice > 0 => Outcome::NeedlessLoss,
                () if lost > 0 => Outcome::ReportedLoss,
                () => Outcome::AllRight,
            };
            (outcome, said)
        }
    }
}

/// Whether an event lies in two files, so that one hurt place cannot take it away: ours has those of up to 1 KiB in its
/// journal and in its engine. Near that size it is not asked for.
fn is_kept_twice(system: Kind, id: u64) -> bool {
    system == Kind::Ours && load::value(id).len() < 900
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Every file below a folder, from there.
fn list(top: &Path, below: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let mut entries = fs::read_dir(top.join(below))?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(top, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path, files: &[PathBuf]) -> anyhow::Result<PathBuf> {
    remove(to)?;
    for file in files {
        let target = to.join(file);
        fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
        fs::copy(from.join(file), target)?;
    }
    Ok(to.to_owned())
}

/// Hurts one place of one file; says which and how.
fn hurt_somewhere(folder: &Path, files: &[PathBuf], random: &mut Random) -> anyhow::Result<String> {
    let (file, mut bytes) = loop {
        let file = &files[random.below(files.len() as u64) as usize];
        let bytes = fs::read(folder.join(file))?;
        if !bytes.is_empty() {
            break (file, bytes);
        }
    };
    let length = bytes.len() as u64;
    let at = random.below(length) as usize;
    let end = (at + 1 + random.below(512) as usize).min(bytes.len());
    let how = match random.below(4) {
        0 => {
            bytes[at] ^= 1 << random.below(8);
            "a bit flipped"
        }
        1 => {
            bytes[at..end].fill(0);
            "zeroed"
        }
        2 => {
            bytes.truncate(at);
            "cut"
        }
        _ => {
            let again = bytes[at..end].to_vec();
            bytes.splice(end..end, again);
            "doubled"
        }
    };
    fs::write(folder.join(file), bytes)?;
    Ok(format!("{} at {at} to {end} of {length}, {how}", file.display()))
}
