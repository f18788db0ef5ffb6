//! What a machine must have for each job, and how it gets it: installed when run as root on Debian, said otherwise.
//!
//! Never installs anything that is already there, and never touches a machine that lacks nothing.

use std::path::Path;
use std::process::Command;

use anyhow::bail;

use crate::commands;

/// A job that needs programs beyond cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Building the server.
    Server,
    /// Formatting and lints.
    Lints,
    /// Building digital tools to WebAssembly.
    Plugins,
    /// Driving a browser against the server.
    Browser,
    /// Network name spaces with avahi as the client.
    Network,
}

impl Job {
    /// Every job there is.
    pub const ALL: [Job; 5] = [Job::Server, Job::Lints, Job::Plugins, Job::Browser, Job::Network];
}

/// How one sees that a need is met.
enum Sign {
    /// A program on the path.
    Program(&'static str),
    /// A file or folder.
    Path(&'static str),
    /// `cargo NAME --version` works.
    CargoCommand(&'static str),
}

/// How a need is met where it is not.
enum Remedy {
    /// A package of Debian.
    Debian(&'static str),
    /// A component of rustup.
    Rustup(&'static str),
}

/// One thing that a job needs.
struct Need {
    job: Job,
    sign: Sign,
    remedy: Remedy,
    reason: &'static str,
}

const fn debian(job: Job, sign: Sign, package: &'static str, reason: &'static str) -> Need {
    Need { job, sign, remedy: Remedy::Debian(package), reason }
}

const NEEDS: &[Need] = &[
    debian(Job::Server, Sign::Program("cc"), "build-essential", "links the programs, compiles zstd"),
    debian(Job::Server, Sign::Program("zstd"), "zstd", "unpacks backups in the test of recovery"),
    debian(Job::Server, Sign::Program("python3"), "python3", "reads backups in the test of recovery"),
    debian(Job::Server, Sign::Program("strace"), "strace", "shows the test of syncs what the server asks of the system"),
    Need { job: Job::Lints, sign: Sign::CargoCommand("clippy"), remedy: Remedy::Rustup("clippy"), reason: "lints" },
    Need { job: Job::Lints, sign: Sign::CargoCommand("fmt"), remedy: Remedy::Rustup("rustfmt"), reason: "formats" },
    debian(Job::Plugins, Sign::Path("/usr/bin/rustc"), "rustc-web", "compiles digital tools to wasm32"),
    debian(
        Job::Plugins,
        Sign::Path("/usr/lib/rustlib/src"),
        "rust-web-src",
        "the standard library's source for wasm32",
    ),
    debian(Job::Plugins, Sign::Program("wasm-ld"), "lld", "links wasm32"),
    debian(Job::Browser, Sign::Program("chromium"), "chromium", "the browser that plays a child"),
    debian(Job::Browser, Sign::Program("node"), "nodejs", "drives the browser"),
    debian(Job::Browser, Sign::Program("npm"), "npm", "fetches what drives the browser"),
    debian(Job::Network, Sign::Program("avahi-daemon"), "avahi-daemon", "finds the box as other machines do"),
    debian(Job::Network, Sign::Program("avahi-browse"), "avahi-utils", "asks avahi"),
    debian(Job::Network, Sign::Program("dbus-daemon"), "dbus-daemon", "avahi's door"),
    debian(Job::Network, Sign::Program("ip"), "iproute2", "makes network name spaces"),
    debian(Job::Network, Sign::Program("curl"), "curl", "asks the box for a page"),
];

/// Sees that the jobs can be done: silent when nothing lacks, installs as root, and otherwise says what to install.
///
/// # Errors
/// When something is missing and could not be installed; the message is the remedy.
pub fn ensure(jobs: &[Job]) -> anyhow::Result<()> {
    let missing: Vec<&Need> =
        NEEDS.iter().filter(|need| jobs.contains(&need.job) && !already_served(need) && !is_met(&need.sign)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        println!("missing: {} ({})", remedy_name(&need.remedy), need.reason);
    }
    let packages: Vec<&str> = missing.iter().filter_map(|need| debian_name(&need.remedy)).collect();
    if !packages.is_empty() {
        if !(commands::on_path("apt-get") && is_root()) {
            bail!("{}", advice(&missing));
        }
        install(&packages)?;
    }
    for need in &missing {
        if let Remedy::Rustup(component) = need.remedy {
            commands::run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Whether rustup already brings what a Debian package would: with its wasm32 target nothing else is needed.
fn already_served(need: &Need) -> bool {
    need.job == Job::Plugins && rustup_has_wasm()
}

/// Whether rustup's tool chain can compile to `wasm32-unknown-unknown` by itself.
pub fn rustup_has_wasm() -> bool {
    commands::output("rustc", &["--print", "sysroot"])
        .is_some_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir())
}

/// Whether this process may install packages and make network name spaces.
pub fn is_root() -> bool {
    commands::output("id", &["-u"]).is_some_and(|id| id.trim() == "0")
}

fn is_met(sign: &Sign) -> bool {
    match sign {
        Sign::Program(name) => commands::on_path(name),
        Sign::Path(path) => Path::new(path).exists(),
        Sign::CargoCommand(name) => commands::output("cargo", &[name, "--version"]).is_some(),
    }
}

fn install(packages: &[&str]) -> anyhow::Result<()> {
    let apt = |arguments: &[&str]| {
        commands::run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
    };
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(packages);
    // A fresh machine has no list of packages yet, an old one may have a stale one.
    apt(&["update", "--quiet"])?;
    apt(&arguments)
}

fn advice(missing: &[&Need]) -> String {
    let debian: Vec<&str> = missing.iter().filter_map(|need| debian_name(&need.remedy)).collect();
    let mut lines = vec!["something is missing. Run this, then try again:".to_owned()];
    if !debian.is_empty() {
        lines.push(format!("  sudo apt-get install --no-install-recommends {}", debian.join(" ")));
    }
    for need in missing {
        if let Remedy::Rustup(component) = need.remedy {
            lines.push(format!("  rustup component add {component}"));
        }
    }
    if missing.iter().any(|need| need.job == Job::Plugins) {
        lines
            .push("  or, for the tools, where rustup can add targets: rustup target add wasm32-unknown-unknown".into());
    }
    lines.push("(the names are Debian's; another system has the same programs under its own)".into());
    lines.join("\n")
}

fn debian_name(remedy: &Remedy) -> Option<&'static str> {
    match remedy {
        Remedy::Debian(name) => Some(name),
        Remedy::Rustup(_) => None,
    }
}

fn remedy_name(remedy: &Remedy) -> &'static str {
    match remedy {
        Remedy::Debian(name) | Remedy::Rustup(name) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_names_every_missing_package_in_one_command() {
        let missing: Vec<&Need> = NEEDS.iter().filter(|need| matches!(need.job, Job::Network | Job::Lints)).collect();
        let advice = advice(&missing);
        assert!(advice.contains("avahi-daemon avahi-utils dbus-daemon iproute2 curl"), "{advice}");
        assert!(advice.contains("rustup component add clippy"), "{advice}");
        assert!(!advice.contains("wasm32"), "{advice}");
    }

    #[test]
    fn every_job_has_a_need() {
        for job in Job::ALL {
            assert!(NEEDS.iter().any(|need| need.job == job), "{job:?}");
        }
    }
}
