//! Keeps the plugin contract's word: a released interface file is copied, its hash noted, and never edited again.
//!
//! `plugins/wit/<interface>.wit` is the newest; `plugins/wit/released/<version>/` holds what was released, beside `SHA256SUMS`.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::tidy::{Finding, Tree};

const FOLDER: &str = "plugins/wit/";
const RELEASED: &str = "plugins/wit/released/";
const SUMS: &str = "SHA256SUMS";

/// Freezes each interface file under its own version. Freezing again what is already frozen changes nothing.
///
/// # Errors
/// When a file names no version, differs from what was released under that version, or cannot be written.
pub fn freeze(root: &Path) -> anyhow::Result<()> {
    let tree = Tree::read(root)?;
    let current: Vec<_> = tree.files().filter(|file| is_current(&file.path)).collect();
    if current.is_empty() {
        bail!("no interface file in {FOLDER}");
    }
    for file in current {
        let version = version(&file.text).with_context(|| format!("{} names no version", file.path))?;
        let name = file.path.trim_start_matches(FOLDER);
        let folder = root.join(RELEASED).join(version);
        let copy = folder.join(name);
        if let Ok(released) = fs::read_to_string(&copy) {
            if released != file.text {
                bail!("{} differs from the released {version}: give it a new version", file.path);
            }
            println!("{name} {version} is frozen already");
            continue;
        }
        fs::create_dir_all(&folder)?;
        fs::write(&copy, &file.text)?;
        let mut sums = fs::read_to_string(folder.join(SUMS)).unwrap_or_default();
        sums.push_str(&format!("{}  {name}\n", sha256(file.text.as_bytes())));
        fs::write(folder.join(SUMS), sums)?;
        println!("{name} {version} frozen in {}", folder.display());
    }
    Ok(())
}

/// The rule: released files match their noted hashes, and the newest file is either the released one or has a new version.
pub fn frozen(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files().filter(|file| file.path.starts_with(RELEASED) && file.path.ends_with(".wit")) {
        let Some((folder, name)) = file.path.rsplit_once('/') else { continue };
        let line = format!("{}  {name}", sha256(file.text.as_bytes()));
        let is_noted =
            tree.file(&format!("{folder}/{SUMS}")).is_some_and(|sums| sums.text.lines().any(|noted| noted == line));
        if !is_noted {
            findings.push(Finding::error("wit", &file.path, 0, "was edited after its release: put it back"));
        }
    }
    for file in tree.files().filter(|file| is_current(&file.path)) {
        let Some(version) = version(&file.text) else {
            findings.push(Finding::error("wit", &file.path, 1, "names no version: `package a:b@1.2.3;`"));
            continue;
        };
        let name = file.path.trim_start_matches(FOLDER);
        match tree.file(&format!("{RELEASED}{version}/{name}")) {
            Some(released) if released.text == file.text => {}
            Some(_) => findings.push(Finding::error(
                "wit",
                &file.path,
                0,
                format!("differs from the released {version}: a change needs a new version"),
            )),
            None => findings.push(Finding::error(
                "wit",
                &file.path,
                0,
                format!("{version} is not frozen: run `cargo xtask freeze-wit`"),
            )),
        }
    }
    findings
}

fn is_current(path: &str) -> bool {
    path.strip_prefix(FOLDER).is_some_and(|name| name.ends_with(".wit") && !name.contains('/'))
}

/// The version in `package chalkbox:activity@1.0.0;`.
fn version(text: &str) -> Option<&str> {
    let package = text.lines().find_map(|line| line.strip_prefix("package "))?;
    let version = package.split_once('@')?.1.strip_suffix(';')?;
    let is_plain = version.split('.').count() == 3 && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_plain.then_some(version)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
