//! Proofs and measurements that are too heavy for every change: `cargo xtask kill-points`, `power-cuts`, `store-trials`,
//! `budgets`, `test-network`, `store-proofs`, `school-day`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use clap::Args;

use crate::commands;
use crate::plugins;
use crate::repository::Repository;
use crate::setup::{self, Job};

/// Kills a box at two hundred random moments, and the store alone at a thousand, and looks for answers that were acknowledged
/// and are gone, or there twice.
///
/// # Errors
/// When something is missing on this machine, does not build, or an answer was lost.
pub fn kill_points(repository: &Repository) -> anyhow::Result<()> {
    setup::ensure(&[Job::Server, Job::Plugins])?;
    plugins::build(repository.root())?;
    let mut test = Command::new("cargo");
    // By the test's name and not by its file: see `build_server`.
    test.current_dir(repository.root()).args(["test", "--workspace", "--", "--ignored", "--nocapture"]);
    let names = ["answers_outlive_two_hundred_kills", "nothing_acknowledged_is_lost_by_a_thousand_kills"];
    commands::run(test.args(names))
}

/// Cuts the power of a real ext4 under the store, as often as told: nothing acknowledged may be gone. Then on a disk whose
/// syncs do nothing, where something must be gone: proof that the first part can see.
///
/// # Errors
/// When this is not root, something does not build, an event was lost, or none was lost on the disk that lies.
pub fn power_cuts(repository: &Repository, cuts: u32) -> anyhow::Result<()> {
    let trials = build_trials(repository)?;
    let cuts = cuts.to_string();
    let asked = ["cuts", "--system", "ours", "--cuts", &cuts];
    may_cut(&trials, &asked)?;
    commands::run(Command::new(&trials).args(asked))?;
    let lying = ["cuts", "--system", "ours", "--cuts", "40", "--lying", "--until-loss"];
    println!("$ {} {}", trials.display(), lying.join(" "));
    let status = Command::new(&trials).args(lying).status().context("cannot start the trials")?;
    // 1 says that an event was lost; anything else is no proof.
    if status.code() != Some(1) {
        bail!("on a disk whose syncs do nothing no event was lost ({status}): these cuts prove nothing");
    }
    println!("power-cuts: {cuts} cuts, none lost; on a disk that lies the same trial finds loss");
    Ok(())
}

/// Makes `docs/store-trials.md`: power cuts, damage and speed of the store and of others beside it.
///
/// # Errors
/// When this is not root, something does not build, a trial cannot be made, or ours did not keep what it promises; the
/// paper is written all the same if every trial was made.
pub fn store_trials(repository: &Repository) -> anyhow::Result<()> {
    let trials = build_trials(repository)?;
    let cuts = ["cuts", "--system", "all", "--cuts", "60", "--ours", "200"];
    let ranges = ["cuts", "--system", "sled", "--cuts", "60", "--no-range-sync"];
    let lying = ["cuts", "--system", "ours", "--cuts", "40", "--lying"];
    let damage = ["damage", "--system", "all", "--points", "200", "--ours", "1000"];
    let burst = ["speed", "--writers", "200", "--events", "20000"];
    let speed = ["speed", "--writers", "200"];
    may_cut(&trials, &cuts)?;
    let mut failed = Vec::new();
    let mut table = |arguments: &[&str], must_hold: bool| -> anyhow::Result<String> {
        let mut lines = Vec::new();
        let held = commands::run_reading(Command::new(&trials).args(arguments), |line| lines.push(line.to_owned()))?;
        if lines.is_empty() {
            bail!("`trials {}` was not made", arguments.join(" "));
        }
        if held != must_hold {
            failed.push(arguments.join(" "));
        }
        Ok(lines.join("\n"))
    };
    let paper = [
        TRIALS_OPENING.to_owned(),
        TRIALS_OF_CUTS.to_owned(),
        table(&cuts, true)?,
        TRIALS_OF_LIES.to_owned(),
        rows_below(&table(&ranges, true)?, &table(&lying, false)?),
        TRIALS_OF_DAMAGE.to_owned(),
        table(&damage, true)?,
        TRIALS_OF_SPEED.to_owned(),
        table(&burst, true)?,
        TRIALS_OF_LASTING_SPEED.to_owned(),
        table(&speed, true)?,
    ];
    let path = repository.root().join("docs/store-trials.md");
    std::fs::write(&path, paper.join("\n\n") + "\n").with_context(|| format!("cannot write {}", path.display()))?;
    println!("store-trials: docs/store-trials.md is written");
    if !failed.is_empty() {
        bail!("not as promised: `trials {}`", failed.join("`, `trials "));
    }
    Ok(())
}

const TRIALS_OPENING: &str = "\
# The store beside others

Made by `cargo xtask store-trials` (as root; half an hour), which writes this paper anew. How the store keeps its promise:
[store-format.md](store-format.md). The trials themselves: `tests/power-cuts`.

All systems get the same events: most of 200 to 600 bytes, now and then one of 2 KiB, seldom one of up to 40 KiB. Each is used
as its own documentation says that data becomes durable. The others get one thread that gathers what waits into one commit, as
ours has one.";

const TRIALS_OF_CUTS: &str = "\
## Power cuts

A real ext4 in an image. A process writes from six threads and says what was acknowledged. At a random moment the file system is
shut down by its own call, without writing what is in memory; then it is mounted again, and another process opens and reads the
system. Only what was acknowledged before the call counts. Every eight cuts begin with a new file system. *Spoilt*: there twice,
or not as it was written. *Did not open*: an error, a panic, or a minute without end.";

const TRIALS_OF_LIES: &str = "\
The same where syncs do nothing and say \"done\". For sled it is the one call that it makes on Linux, `sync_file_range`; for ours
all of them, as on a bad card. No store can keep its promise there: that the trial finds the loss shows that it can see.";

const TRIALS_OF_DAMAGE: &str = "\
## Damage

Six thousand events are written and the system is closed in order. Then, again and again, one random place of one of its files is
hurt: a bit flipped, up to 512 bytes zeroed, the file cut off, up to 512 bytes doubled. Another process opens the system and reads
all of it. *Reported loss*: something is missing and the system says so. *Silent loss*: something is missing and it says nothing.
*Wrong value*: it gives what nobody wrote.

Ours keeps events of up to 1 KiB twice, in its journal and in its engine; longer ones lie in the journal alone. So that a start
does not take longer with each year, opening does not read files that are closed: that is the scrub's work, which the box does by
itself once a week, at night. *Mended*: what was missing at first was all back after a scrub. *Needless loss*: something of which a
second copy was whole was missing after it.";

const TRIALS_OF_SPEED: &str = "\
## Speed

200 threads, each waiting for its acknowledgement before its next event; answers of the usual size. Ours does more than store: it
looks whether an item was answered or an event sent before, and has each event in its tables before it answers. All on the same
disk in one run, so compare the columns, not the numbers. *Bytes*: what the process wrote to files; the disk gets whole blocks,
and what the file system writes of its own. The disk's limit is `fdatasync` of full batches (one event of each thread) into space
that is written already.

First 20,000 events, a hundred of each thread: more than a school has in an hour.";

const TRIALS_OF_LASTING_SPEED: &str = "\
Then 100,000 in a row. Ours takes what comes first into memory and passes it on to its engine behind the answers; what lasts
longer goes at the engine's speed.";

/// A table, and below it the rows of a second one with the same columns.
fn rows_below(first: &str, second: &str) -> String {
    let rows = second.lines().skip(2);
    first.lines().chain(rows).collect::<Vec<_>>().join("\n")
}

/// Builds `tests/power-cuts`, a workspace of its own; where its program is.
fn build_trials(repository: &Repository) -> anyhow::Result<PathBuf> {
    setup::ensure(&[Job::Server])?;
    let target = repository.target().join("power-cuts");
    let mut build = Command::new("cargo");
    build.current_dir(repository.root().join("tests/power-cuts")).env("CARGO_TARGET_DIR", &target);
    commands::run(build.args(["build", "--release"]))?;
    Ok(target.join("release/trials"))
}

/// Whether a file system's power can be cut here; the error is the remedy.
fn may_cut(trials: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let missing: Vec<&str> =
        ["mkfs.ext4", "mount", "umount", "unshare"].into_iter().filter(|name| !commands::on_path(name)).collect();
    if !missing.is_empty() {
        bail!(
            "{} is missing. Run this, then try again:\n  sudo apt-get install e2fsprogs mount util-linux",
            missing.join(", ")
        );
    }
    if !setup::is_root() {
        bail!(
            "cutting a file system's power needs root. Run this chore as root, or the trial alone:\n  sudo {} {}",
            trials.display(),
            arguments.join(" ")
        );
    }
    Ok(())
}

/// Measures the program as it ships: start, memory, sign-in, answer, first page.
///
/// # Errors
/// When something is missing on this machine, does not build, or costs too much.
pub fn budgets(repository: &Repository) -> anyhow::Result<()> {
    setup::ensure(&[Job::Server, Job::Plugins])?;
    plugins::build(repository.root())?;
    let mut test = Command::new("cargo");
    test.current_dir(repository.root()).args(["test", "--release", "--package", "chalkbox", "--test", "budgets"]);
    commands::run(test.args(["--", "--nocapture"]))
}

/// Two boxes and a tablet in network name spaces of their own; avahi on the tablet must find and resolve the boxes.
///
/// # Errors
/// When something is missing on this machine, does not build, or a box is not found.
pub fn network(repository: &Repository) -> anyhow::Result<()> {
    setup::ensure(&[Job::Server, Job::Plugins, Job::Network])?;
    plugins::build(repository.root())?;
    build_server(repository)?;
    let program = repository.root().join("tests/network/run");
    commands::run(Command::new(program).env("CHALKBOX_BIN", repository.server("debug")))
}

/// Builds the server as the tests drive it.
///
/// # Errors
/// When it does not build.
pub fn build_server(repository: &Repository) -> anyhow::Result<()> {
    // Built as `cargo test` builds it: alone, or with one test named, it would have other features of its libraries, and
    // all of them be compiled anew.
    let mut build = Command::new("cargo");
    commands::run(build.current_dir(repository.root()).args(["test", "--workspace", "--no-run"]))
}

/// What the tests of the store have in a long form.
const STORE_PROOFS: [&str; 6] = ["damage", "several_boxes", "erase", "memory", "engines", "model"];

/// Runs the store's own tests in their long form, as the program ships: a thousand damaged folders, thousands of histories of
/// several boxes, hundreds of erasings, a million events, engines with a million keys, a thousand histories beside a model.
///
/// # Errors
/// When there is no proof of a name, something is missing on this machine, does not build, or is not as promised.
pub fn store_proofs(repository: &Repository, only: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = only.iter().find(|name| !STORE_PROOFS.contains(&name.as_str())) {
        bail!("no proof is called {unknown}; there are {}", STORE_PROOFS.join(", "));
    }
    setup::ensure(&[Job::Server])?;
    let mut test = Command::new("cargo");
    test.current_dir(repository.root()).args(["test", "--release", "--package", "chalkbox-store"]);
    for name in STORE_PROOFS.iter().filter(|name| only.is_empty() || only.iter().any(|only| only == *name)) {
        test.args(["--test", name]);
    }
    commands::run(test.args(["--", "--ignored", "--nocapture", "--test-threads=1"]))
}

/// How a school day goes.
#[derive(Args)]
pub struct SchoolDayArguments {
    /// How many learners, each at a tablet.
    #[arg(long, default_value_t = 200)]
    learners: u32,
    /// How long the day is.
    #[arg(long, default_value_t = 10)]
    minutes: u32,
    /// Seconds from one kill of the server to the next.
    #[arg(long, default_value_t = 20)]
    cut_every: u32,
    /// Seconds that a learner thinks about a question, at most.
    #[arg(long, default_value_t = 10)]
    thinks: u32,
}

/// Lets learners work against the real server, which is killed again and again. With `--learners 500 --minutes 60 --cut-every 60
/// --thinks 5` it is a whole day of a large school in an hour.
///
/// # Errors
/// When something is missing on this machine, does not build, an acknowledged answer is missing or there twice, or memory or
/// files grow beyond their limits.
pub fn school_day(repository: &Repository, arguments: &SchoolDayArguments) -> anyhow::Result<()> {
    setup::ensure(&[Job::Server, Job::Plugins])?;
    plugins::build(repository.root())?;
    let SchoolDayArguments { learners, minutes, cut_every, thinks } = arguments;
    let mut test = Command::new("cargo");
    test.current_dir(repository.root())
        .env("CHALKBOX_DAY_LEARNERS", learners.to_string())
        .env("CHALKBOX_DAY_MINUTES", minutes.to_string())
        .env("CHALKBOX_DAY_CUT_EVERY", cut_every.to_string())
        .env("CHALKBOX_DAY_THINKS", thinks.to_string());
    test.args(["test", "--release", "--package", "chalkbox", "--test", "school_day"]);
    commands::run(test.args(["--", "--ignored", "--nocapture"]))
}
