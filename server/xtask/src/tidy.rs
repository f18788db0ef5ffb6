//! The rules of the house, as a pure function from a folder to findings. One file per family of rules; the table is [`RULES`].
//!
//! Never changes a file. A rule that only a person can judge (good names, clear words) does not belong here.

mod arrows;
mod papers;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use anyhow::bail;

use crate::repository::Repository;
pub use tree::Tree;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The rule is broken: `tidy` fails.
    Error,
    /// Look twice: `tidy` passes.
    Warning,
}

/// One place where a rule is not kept.
#[derive(Clone, Debug)]
pub struct Finding {
    weight: Weight,
    /// The rule's short name, for searching.
    rule: &'static str,
    path: String,
    /// Counted from 1; 0 is the file as a whole.
    line: usize,
    message: String,
}

impl Finding {
    /// A finding that makes `tidy` fail.
    pub fn error(rule: &'static str, path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { weight: Weight::Error, rule, path: path.to_owned(), line, message: message.into() }
    }

    /// A finding that asks for a second look.
    pub fn warning(rule: &'static str, path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { weight: Weight::Warning, ..Self::error(rule, path, line, message) }
    }
}

/// A rule reads the tree and gives what it finds.
type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: &[Rule] = &[
    arrows::manifests,
    arrows::sources,
    arrows::asynchronous,
    text::headers,
    text::sizes,
    text::module_names,
    text::unfinished,
    text::unwraps,
    text::machine,
    text::lock_files,
    papers::dependency_lines,
    papers::unused_dependencies,
    crate::wit::frozen,
];

/// Everything that the rules find in a folder, errors first.
fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.weight == Weight::Warning, finding.path.clone(), finding.line);
        key(a).cmp(&key(b))
    });
    findings
}

/// The command: prints every finding, and fails when one is an error.
///
/// # Errors
/// When a rule is broken or the folder cannot be read.
pub fn command(repository: &Repository) -> anyhow::Result<()> {
    let tree = Tree::read(repository.root())?;
    let findings = check(&tree);
    for finding in &findings {
        let place = if finding.line == 0 { String::new() } else { format!(":{}", finding.line) };
        let weight = if finding.weight == Weight::Error { "error" } else { "warning" };
        println!("{}{place}: {weight}: {} [{}]", finding.path, finding.message, finding.rule);
    }
    let errors = findings.iter().filter(|finding| finding.weight == Weight::Error).count();
    let files = tree.files().count();
    if errors > 0 {
        bail!("tidy: {errors} rules broken in {files} files");
    }
    println!("tidy: {files} files, {} warnings", findings.len());
    Ok(())
}
