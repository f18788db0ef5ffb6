//! Rules about a file's text: header, size, name, unfinished work, `unwrap`, and traces of the machine it was written on.

use super::Finding;
use super::arrows::without_strings;
use super::tree::{TextFile, Tree};

/// Lines beyond which a file is looked at twice.
const LONG: usize = 600;
/// Lines beyond which a file must be split.
const TOO_LONG: usize = 900;

/// Names that say nothing about what lives inside.
const EMPTY_NAMES: &[&str] = &["util", "utils", "common", "helper", "helpers", "manager", "misc"];

/// Every Rust file opens by saying what lives in it.
pub fn headers(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| {
            Finding::error("header", &file.path, 1, "does not open with `//!`: say what lives here, what never does")
        })
        .collect()
}

/// Files stay small enough to be read in one sitting.
pub fn sizes(tree: &Tree) -> Vec<Finding> {
    tree.files()
        .filter(|file| file.path.ends_with(".rs") || file.path.ends_with(".js"))
        .filter_map(|file| {
            let lines = file.lines().count();
            let message = format!("{lines} lines: {LONG} are comfortable, {TOO_LONG} the most");
            if lines > TOO_LONG {
                Some(Finding::error("size", &file.path, 0, message))
            } else {
                (lines > LONG).then(|| Finding::warning("size", &file.path, 0, message))
            }
        })
        .collect()
}

/// A module is named after what it is about.
pub fn module_names(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter_map(|file| {
            let parts = file.path.trim_end_matches(".rs").split('/');
            let name = parts.into_iter().find(|part| EMPTY_NAMES.contains(part))?;
            Some(Finding::error("name", &file.path, 0, format!("`{name}` says nothing: name what lives inside")))
        })
        .collect()
}

/// Nothing is left for later.
pub fn unfinished(tree: &Tree) -> Vec<Finding> {
    // Put together here, so that this file does not find itself.
    let macros = ["dbg", "todo", "unimplemented"].map(|name| format!("{name}!("));
    let marks = [["TO", "DO"], ["FIX", "ME"]].map(|halves| halves.concat());
    let mut findings = Vec::new();
    for file in tree.rust() {
        for (number, line) in file.lines() {
            let bare = without_strings(line);
            let sign = macros.iter().find(|sign| bare.contains(sign.as_str()));
            if let Some(sign) = sign.or_else(|| marks.iter().find(|mark| bare.contains(mark.as_str()))) {
                findings.push(Finding::error("unfinished", &file.path, number, format!("`{sign}`")));
            }
        }
    }
    findings
}

/// What can fail says so: no `unwrap` in code that ships.
pub fn unwraps(tree: &Tree) -> Vec<Finding> {
    let sign = [".unwrap", "()"].concat();
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.path.starts_with("server/")) {
        for (number, line) in file.shipped_code() {
            if without_strings(line).contains(&sign) {
                let message = "`unwrap` outside tests: return the error, or `expect` with the invariant";
                findings.push(Finding::error("unwrap", &file.path, number, message));
            }
        }
    }
    findings
}

/// Nothing of the machine that a file was written on, and no registry's address.
pub fn machine(tree: &Tree) -> Vec<Finding> {
    let paths = [["/wo", "rk/"], ["/ro", "ot/"], ["../sha", "red"]].map(|halves| halves.concat());
    let hosts = [
        ["registry.npmjs", ".org"],
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["pypi", ".org"],
        ["deb.debian", ".org"],
    ]
    .map(|halves| halves.concat());
    let mut findings = Vec::new();
    for file in tree.files().filter(|file| !is_lock_file(file)) {
        for (number, line) in file.lines() {
            for sign in paths.iter().chain(&hosts) {
                if line.contains(sign.as_str()) {
                    let message = format!("`{sign}`: a path or address of one machine; take it from the environment");
                    findings.push(Finding::error("machine", &file.path, number, message));
                }
            }
        }
    }
    findings
}

/// Lock files name the public registries only, so that a clone anywhere can use them.
pub fn lock_files(tree: &Tree) -> Vec<Finding> {
    let npm = ["https://registry.npmjs", ".org/"].concat();
    let cargo = "registry+https://github.com/rust-lang/crates.io-index";
    let mut findings = Vec::new();
    for file in tree.files().filter(|file| is_lock_file(file)) {
        for (number, line) in file.lines() {
            let address = line.trim().trim_end_matches(',');
            let is_foreign = match address.split_once("\": \"") {
                Some(("\"resolved", url)) => !url.starts_with(&npm),
                _ => address.strip_prefix("source = \"").is_some_and(|source| source.trim_end_matches('"') != cargo),
            };
            if is_foreign {
                findings.push(Finding::error("lock", &file.path, number, "not from the public registry"));
            }
        }
    }
    findings
}

fn is_lock_file(file: &TextFile) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    matches!(name, "Cargo.lock" | "package-lock.json")
}
