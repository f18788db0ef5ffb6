//! `trials cuts`: a process writes to a system on a real ext4; its power is cut; whatever was acknowledged before must be
//! there afterwards, once and intact.

use std::collections::BTreeSet;
use std::io::Read;
use std::os::fd::AsRawFd;
use std::path::PathBuf;
use std::process::{ChildStdout, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;

use crate::child::{self, Contents, Verdict};
use crate::ext4::{self, Volume};
use crate::load::{self, Random};
use crate::scratch::Scratch;
use crate::system_calls::{readable_within, shut_down};
use crate::systems::{Kind, Which};
use crate::table;

/// So many cuts happen to one state, one after another, before a new file system is made.
const CUTS_OF_ONE_STATE: u32 = 8;
/// Opening and reading after a cut takes at most so long.
const LIMIT: Duration = Duration::from_secs(60);

/// Events that are there before a disk begins to lie.
const FILLED_HONESTLY: u64 = 50;

/// The systems that a cut can tell apart.
const SYSTEMS: [Kind; 6] = [Kind::Ours, Kind::Sled, Kind::SledSync, Kind::Redb, Kind::Sqlite, Kind::SqliteRollback];

/// What `cuts` can be told.
#[derive(Args)]
pub struct Settings {
    /// ours, sled, sled-sync, redb, redb-checked, sqlite, sqlite-rollback, or all.
    #[arg(long, default_value = "ours")]
    system: Which,
    /// How many cuts for each system.
    #[arg(long, default_value_t = 40)]
    cuts: u32,
    /// How many for ours, if not as many.
    #[arg(long)]
    ours: Option<u32>,
    /// Where the random moments begin; printed.
    #[arg(long)]
    seed: Option<u64>,
    /// `fsync` and `fdatasync` do nothing and say "done", as on a bad card: events must get lost, or the trial sees nothing.
    #[arg(long)]
    lying: bool,
    /// `sync_file_range` does nothing.
    #[arg(long)]
    no_range_sync: bool,
    /// Stop at the first cut that does harm.
    #[arg(long)]
    until_loss: bool,
    /// Where the image lies; otherwise where the system keeps temporary files.
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// What the cuts of one system did.
#[derive(Default)]
struct Tally {
    cuts: u32,
    acknowledged: u64,
    cuts_with_loss: u32,
    lost: u64,
    /// Events that were there twice or not as they were written.
    spoilt: u64,
    not_opened: u32,
}

impl Tally {
    fn harmless(&self) -> bool {
        self.cuts_with_loss == 0 && self.spoilt == 0 && self.not_opened == 0
    }
}

/// Cuts each system that was asked for; whether ours kept everything.
pub fn run(settings: &Settings) -> anyhow::Result<bool> {
    ext4::enter_own_namespace()?;
    let seed = settings.seed.unwrap_or_else(load::seed_of_now);
    eprintln!("seed {seed}");
    let scratch = Scratch::new(settings.folder.as_deref())?;
    let mut rows = Vec::new();
    let mut ours_kept = true;
    for system in settings.system.of(&SYSTEMS) {
        let cuts = crate::times(system, settings.cuts, settings.ours);
        let tally = Trial::new(system, settings, &scratch, seed)?.cut(cuts)?;
        ours_kept &= system != Kind::Ours || tally.harmless();
        rows.push([
            title(system, settings),
            tally.cuts.to_string(),
            table::count(tally.acknowledged),
            tally.cuts_with_loss.to_string(),
            table::count(tally.lost),
            table::count(tally.spoilt),
            tally.not_opened.to_string(),
        ]);
    }
    let headings =
        ["system", "cuts", "acknowledged events", "cuts that lost some", "events lost", "spoilt", "did not open"];
    table::print(headings, &rows);
    Ok(ours_kept)
}

fn title(system: Kind, settings: &Settings) -> String {
    let mut title = system.title().to_owned();
    if settings.lying {
        title += ", on a disk that lies";
    }
    if settings.no_range_sync {
        title += ", `sync_file_range` does nothing";
    }
    title
}

struct Trial<'a> {
    system: Kind,
    settings: &'a Settings,
    scratch: &'a Scratch,
    volume: Volume,
    random: Random,
    /// What must be there.
    expected: BTreeSet<u64>,
    tally: Tally,
}

impl<'a> Trial<'a> {
    fn new(system: Kind, settings: &'a Settings, scratch: &'a Scratch, seed: u64) -> anyhow::Result<Self> {
        let volume = Volume::new(scratch)?;
        let random = Random::new(seed);
        Ok(Self { system, settings, scratch, volume, random, expected: BTreeSet::new(), tally: Tally::default() })
    }

    fn cut(mut self, cuts: u32) -> anyhow::Result<Tally> {
        let start = Instant::now();
        let mut cuts_of_this_state = CUTS_OF_ONE_STATE;
        for cut in 1..=cuts {
            if cuts_of_this_state == CUTS_OF_ONE_STATE {
                self.begin_anew()?;
                cuts_of_this_state = 0;
            }
            cuts_of_this_state += 1;
            let is_sound = self.cut_once(cut)?;
            self.tally.cuts += 1;
            // A state that does not open cannot be gone on from.
            if !is_sound {
                cuts_of_this_state = CUTS_OF_ONE_STATE;
            }
            if cut % 20 == 0 || cut == cuts {
                let Tally { acknowledged, lost, not_opened, .. } = &self.tally;
                let seconds = start.elapsed().as_secs();
                eprintln!(
                    "{}: {cut} cuts in {seconds} s, {acknowledged} acknowledged, {lost} lost, {not_opened} did not open",
                    self.system.word()
                );
            }
            if self.settings.until_loss && !self.tally.harmless() {
                break;
            }
        }
        Ok(self.tally)
    }

    /// A new file system. For a disk that lies, the system's files are made while it is still honest: what gets lost later
    /// is then an acknowledged event and not merely a folder that was never there.
    fn begin_anew(&mut self) -> anyhow::Result<()> {
        self.volume.format()?;
        self.expected.clear();
        if self.settings.lying {
            child::fill_folder(self.system, &self.volume.folder().join("data"), FILLED_HONESTLY)?;
            self.expected.extend(child::filled(FILLED_HONESTLY));
            self.tally.acknowledged += FILLED_HONESTLY;
        }
        Ok(())
    }

    /// One cut; whether what is left can be gone on from.
    fn cut_once(&mut self, run: u32) -> anyhow::Result<bool> {
        let folder = self.volume.folder().join("data");
        let handle = self.volume.handle()?;
        let mut command = child::command("write", self.system, &folder)?;
        command.arg(run.to_string()).stdout(Stdio::piped()).stderr(Stdio::null());
        let lies: Vec<&str> = [(self.settings.lying, "sync"), (self.settings.no_range_sync, "range")]
            .into_iter()
            .filter_map(|(lies, about)| lies.then_some(about))
            .collect();
        if !lies.is_empty() {
            command.env("LD_PRELOAD", child::lying_disk()?).env("LYING_DISK", lies.join(","));
        }
        // Some cuts come while the system is still opening, most while it writes.
        let moment = Instant::now() + Duration::from_micros(10_000 + self.random.below(600_000));
        let mut writer = command.spawn().context("cannot start the part that writes")?;
        let mut pipe = writer.stdout.take().context("its output was not piped")?;
        let told = acknowledged_until(&mut pipe, moment);
        // From here on nothing that the writer says is read. What was read before was in the pipe before this call began,
        // so the system had acknowledged it while the disk still had power. An acknowledgement that stands in the pipe
        // now and was not read may be older than the cut, but nobody can tell; it is left out, which is the safe side:
        // it counts neither as promised nor, if it is there, as wrong.
        let cut = shut_down(&handle);
        writer.kill()?;
        writer.wait()?;
        drop((pipe, handle));
        cut.context("the file system cannot be shut down: is it an ext4?")?;
        let (told, ended) = told?;
        if ended {
            eprintln!("{}: the writer ended before the cut", self.system.word());
        }
        self.tally.acknowledged += told.len() as u64;
        self.expected.extend(told);
        self.volume.after_a_cut()?;
        let verdict = child::look(self.system, &folder, self.scratch, LIMIT)?;
        Ok(self.judge(verdict, ended))
    }

    fn judge(&mut self, verdict: Verdict, writer_ended: bool) -> bool {
        let trouble = match verdict {
            Verdict::Read(contents) => {
                self.compare(&contents);
                if !writer_ended {
                    return true;
                }
                "did not open for writing".to_owned()
            }
            Verdict::DoesNotOpen(said) => format!("does not open: {said}"),
            Verdict::Crash(said) => format!("crashed: {said}"),
            Verdict::Hang => format!("hung for {} s", LIMIT.as_secs()),
        };
        self.tally.not_opened += 1;
        let trouble: String = trouble.replace('\n', " ").chars().take(240).collect();
        eprintln!("{}, cut {}: {trouble}", self.system.word(), self.tally.cuts + 1);
        false
    }

    fn compare(&mut self, contents: &Contents) {
        let lost: Vec<u64> = self.expected.iter().copied().filter(|id| !contents.events.contains_key(id)).collect();
        let twice = contents.events.values().filter(|times| **times > 1).count();
        let spoilt = contents.wrong.len() + twice;
        if !lost.is_empty() || spoilt > 0 {
            let (word, cut) = (self.system.word(), self.tally.cuts + 1);
            eprintln!(
                "{word}, cut {cut}: {} acknowledged events lost, {spoilt} spoilt {:?}",
                lost.len(),
                contents.missing
            );
        }
        self.tally.cuts_with_loss += u32::from(!lost.is_empty());
        self.tally.lost += lost.len() as u64;
        self.tally.spoilt += spoilt as u64;
        // What is lost is lost once.
        self.expected.retain(|id| contents.events.contains_key(id));
    }
}

/// The numbers that arrive until the moment, and whether the writer ended by itself.
fn acknowledged_until(pipe: &mut ChildStdout, moment: Instant) -> anyhow::Result<(Vec<u64>, bool)> {
    let mut told = Vec::new();
    // As much as a pipe holds, so that one look after the moment takes all that lies in it.
    let mut buffer = vec![0; 1 << 16];
    let mut ended = false;
    loop {
        let left = moment.saturating_duration_since(Instant::now());
        let milliseconds = left.as_micros().div_ceil(1000).try_into().unwrap_or(i32::MAX);
        if readable_within(&pipe.as_raw_fd(), milliseconds)? {
            let read = pipe.read(&mut buffer)?;
            told.extend_from_slice(&buffer[..read]);
            ended = read == 0;
        }
        if left.is_zero() || ended {
            break;
        }
    }
    let numbers = told.chunks_exact(8).map(|bytes| bytes.try_into().map(u64::from_le_bytes));
    Ok((numbers.collect::<Result<_, _>>()?, ended))
}
