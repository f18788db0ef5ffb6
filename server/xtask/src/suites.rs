//! `cargo xtask test`: every check in the order in which it is cheapest to fail, then one line for each.
//!
//! The suites of `tests/` see the box from outside only; each is one entry of [`SUITES`], and runs when its folder is there.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::Args;

use crate::commands;
use crate::plugins;
use crate::proofs;
use crate::repository::Repository;
use crate::setup::{self, Job};
use crate::tidy;

/// What `test` can be told.
#[derive(Args)]
pub struct TestArguments {
    /// Only these steps, by name. Without names: all of them.
    only: Vec<String>,
}

/// One suite: a folder of `tests/` with npm's packages. It runs by `npm ci` where these are missing, then `npm test`.
struct Suite {
    name: &'static str,
    needs: &'static [Job],
}

/// The suites from outside. Each finds the server that it drives in `CHALKBOX_BIN`.
const SUITES: &[Suite] = &[Suite { name: "browser", needs: &[Job::Browser] }];

/// What one step gave.
struct Outcome {
    name: String,
    passed: usize,
    failed: usize,
    took: Duration,
}

/// Sets up, runs every step, prints a line for each.
///
/// # Errors
/// When any step failed; every step is run all the same, so that one run shows everything.
pub fn test(repository: &Repository, arguments: &TestArguments) -> anyhow::Result<()> {
    let mut outcomes = Vec::new();
    let mut step = |name: &str, body: &mut dyn FnMut() -> anyhow::Result<Counts>| {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|only| only == name) {
            return;
        }
        println!("\n== {name}");
        let start = Instant::now();
        let counts = body().unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Counts { passed: 0, failed: 1 }
        });
        outcomes.push(Outcome {
            name: name.to_owned(),
            passed: counts.passed,
            failed: counts.failed,
            took: start.elapsed(),
        });
    };

    step("setup", &mut || setup::ensure(&needs(repository)).map(one));
    step("tidy", &mut || tidy::command(repository).map(one));
    step("format", &mut || cargo(repository, &["fmt", "--all", "--check"]).map(one));
    step("plugins", &mut || plugins::build(repository.root()).map(|packs| Counts { passed: packs.len(), failed: 0 }));
    step("lints", &mut || {
        cargo(repository, &["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]).map(one)
    });
    step("cargo", &mut || cargo_test(repository));
    for suite in SUITES.iter().filter(|suite| is_present(repository, suite)) {
        step(suite.name, &mut || run_suite(repository, suite));
    }

    println!();
    for outcome in &outcomes {
        let Outcome { name, passed, failed, took } = outcome;
        println!("{name:<12} {passed:>5} passed, {failed:>3} failed  {:>5.0} s", took.as_secs_f32());
    }
    let passed: usize = outcomes.iter().map(|outcome| outcome.passed).sum();
    let failed: usize = outcomes.iter().map(|outcome| outcome.failed).sum();
    println!("{passed} passed, {failed} failed");
    if outcomes.is_empty() {
        bail!("no step of that name");
    }
    if failed > 0 {
        bail!("not all passed");
    }
    Ok(())
}

fn is_present(repository: &Repository, suite: &Suite) -> bool {
    repository.root().join("tests").join(suite.name).is_dir()
}

fn needs(repository: &Repository) -> Vec<Job> {
    let mut jobs = vec![Job::Server, Job::Lints, Job::Plugins];
    for suite in SUITES.iter().filter(|suite| is_present(repository, suite)) {
        jobs.extend(suite.needs);
    }
    jobs
}

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: usize,
    failed: usize,
}

fn one((): ()) -> Counts {
    Counts { passed: 1, failed: 0 }
}

impl Counts {
    /// Adds what a line of a test program's output says: cargo's `test result: ok. 3 passed; 0 failed; …`, node's
    /// `# pass 3` and `# fail 0` (or `ℹ pass 3`), and the plain `3 passed, 0 failed`.
    fn read(&mut self, line: &str) {
        let line = line.trim();
        let words: Vec<&str> = line.split([' ', ';', ',']).filter(|word| !word.is_empty()).collect();
        if line.starts_with("test result: ") || (words.len() == 4 && words[1] == "passed" && words[3] == "failed") {
            self.passed += before(&words, "passed");
            self.failed += before(&words, "failed");
        } else if let ["#" | "ℹ", kind, number] = words[..]
            && let Ok(number) = number.parse::<usize>()
        {
            match kind {
                "pass" => self.passed += number,
                "fail" => self.failed += number,
                _ => {}
            }
        }
    }

    /// The counts of a program that ended: failing without a failed test is a failure too, and so is testing nothing.
    fn ended(mut self, is_success: bool) -> Self {
        if self.failed == 0 && (!is_success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

fn before(words: &[&str], word: &str) -> usize {
    let place = words.iter().position(|other| *other == word);
    place.and_then(|place| words.get(place.checked_sub(1)?)?.parse().ok()).unwrap_or(0)
}

fn cargo(repository: &Repository, arguments: &[&str]) -> anyhow::Result<()> {
    commands::run(Command::new("cargo").current_dir(repository.root()).args(arguments))
}

fn cargo_test(repository: &Repository) -> anyhow::Result<Counts> {
    let mut counts = Counts::default();
    let mut command = Command::new("cargo");
    command.current_dir(repository.root()).args(["test", "--workspace", "--no-fail-fast"]);
    let is_success = commands::run_reading(&mut command, |line| counts.read(line))?;
    Ok(counts.ended(is_success))
}

fn run_suite(repository: &Repository, suite: &Suite) -> anyhow::Result<Counts> {
    let folder = repository.root().join("tests").join(suite.name);
    if !folder.join("node_modules").is_dir() {
        commands::run(Command::new("npm").current_dir(&folder).args(["ci", "--no-audit", "--no-fund"]))?;
    }
    let mut command = Command::new("npm");
    command.args(["test", "--silent"]);
    proofs::build_server(repository)?;
    command.current_dir(&folder).env("CHALKBOX_BIN", repository.server("debug"));
    let mut counts = Counts::default();
    let is_success = commands::run_reading(&mut command, |line| counts.read(line))?;
    Ok(counts.ended(is_success))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(lines: &[&str]) -> Counts {
        let mut counts = Counts::default();
        lines.iter().for_each(|line| counts.read(line));
        counts
    }

    #[test]
    fn results_of_cargo_node_and_plain_programs_are_added_up() {
        let cargo = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured",
            "test result: FAILED. 2 passed; 1 failed;",
        ];
        assert_eq!(counts(&cargo), Counts { passed: 5, failed: 1 });
        assert_eq!(counts(&["# tests 4", "# pass 3", "# fail 1"]), Counts { passed: 3, failed: 1 });
        assert_eq!(counts(&["ℹ pass 7", "ℹ fail 0"]), Counts { passed: 7, failed: 0 });
        assert_eq!(counts(&["12 passed, 2 failed"]), Counts { passed: 12, failed: 2 });
        assert_eq!(counts(&["it passed, nothing failed today"]), Counts::default());
    }

    #[test]
    fn a_program_that_fails_or_tests_nothing_is_not_a_pass() {
        assert_eq!(Counts::default().ended(true).failed, 1);
        assert_eq!(Counts { passed: 3, failed: 0 }.ended(false).failed, 1);
        assert_eq!(Counts { passed: 3, failed: 0 }.ended(true).failed, 0);
    }
}
