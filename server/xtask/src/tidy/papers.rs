//! Papers that must agree with the code: every library has its line and reason in `docs/dependencies.md`.

use std::collections::BTreeSet;

use super::Finding;
use super::tree::Tree;

const MANIFEST: &str = "Cargo.toml";
/// Of the browser tests.
const PACKAGES: &str = "tests/browser/package.json";
const PAPER: &str = "docs/dependencies.md";

/// A line for each library that the workspace names, and no line for one that it does not.
pub fn dependency_lines(tree: &Tree) -> Vec<Finding> {
    let mut libraries = libraries(tree);
    libraries.extend(packages(tree));
    let Some(paper) = tree.file(PAPER) else {
        return vec![Finding::error("dependency", PAPER, 0, "is missing: it gives each library its reason")];
    };
    // A row of the table: | `name` | …
    let rows: Vec<(usize, &str)> = paper
        .lines()
        .filter_map(|(number, line)| Some((number, line.strip_prefix("| `")?.split('`').next()?)))
        .collect();
    let mut findings = Vec::new();
    for library in &libraries {
        if !rows.iter().any(|(_, name)| name == library) {
            let message = format!("`{library}` has no line in {PAPER}: say why it is needed");
            findings.push(Finding::error("dependency", MANIFEST, 0, message));
        }
    }
    for (number, name) in rows {
        if !libraries.contains(name) {
            let message = format!("`{name}` is not a dependency of the workspace or of the browser tests");
            findings.push(Finding::error("dependency", PAPER, number, message));
        }
    }
    findings
}

/// A library that no package asks for is only weight.
pub fn unused_dependencies(tree: &Tree) -> Vec<Finding> {
    let mut used = BTreeSet::new();
    for file in tree.files().filter(|file| file.path.ends_with("/Cargo.toml")) {
        for (_, line) in file.lines() {
            if let Some(end) = line.find([' ', '.', '=']) {
                used.insert(&line[..end]);
            }
        }
    }
    libraries(tree)
        .iter()
        .filter(|library| !used.contains(library.as_str()))
        .map(|library| Finding::warning("dependency", MANIFEST, 0, format!("no package uses `{library}`")))
        .collect()
}

/// The names in `[workspace.dependencies]` that come from a registry.
fn libraries(tree: &Tree) -> BTreeSet<String> {
    let manifest = tree.file(MANIFEST).and_then(|file| file.text.parse::<toml::Table>().ok());
    manifest
        .as_ref()
        .and_then(|manifest| manifest.get("workspace")?.get("dependencies")?.as_table())
        .into_iter()
        .flatten()
        .filter(|(_, value)| value.get("path").is_none())
        .map(|(name, _)| name.clone())
        .collect()
}

/// The packages that the browser tests ask for.
fn packages(tree: &Tree) -> BTreeSet<String> {
    let manifest = tree.file(PACKAGES).and_then(|file| serde_json::from_str::<serde_json::Value>(&file.text).ok());
    let names = manifest.as_ref().and_then(|manifest| manifest.get("devDependencies")?.as_object());
    names.into_iter().flatten().map(|(name, _)| name.clone()).collect()
}
