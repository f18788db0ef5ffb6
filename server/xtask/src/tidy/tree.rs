//! The text files of a folder, read once for all rules. Never judges them.

use std::path::Path;

use anyhow::Context;

/// What is made, not written. (`.git` is a file in a second work tree.)
const MADE: &[&str] = &[".git", "node_modules"];

/// Text larger than this is data (word lists, recorded journals), which no rule reads. Bytes.
const LARGEST_TEXT: u64 = 2 << 20;

/// One text file.
pub struct TextFile {
    /// From the top of the tree, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl TextFile {
    /// The file's lines, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The lines of a Rust file that are code: no comments, counted from 1.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The code that ships: as [`code`](Self::code), without test modules and without files that are tests.
    pub fn shipped_code(&self) -> impl Iterator<Item = (usize, &str)> {
        let first_test_line = if self.is_test() { 0 } else { self.first_test_line() };
        self.code().take_while(move |(number, _)| *number < first_test_line)
    }

    fn is_test(&self) -> bool {
        self.path.split('/').any(|part| matches!(part, "tests" | "benches" | "examples" | "tests.rs"))
            || self.path.ends_with("_tests.rs")
            || self.lines().any(|(_, line)| line.trim_end() == "#![cfg(test)]")
    }

    /// The house puts `#[cfg(test)] mod tests {` last, so that all below it is a test.
    fn first_test_line(&self) -> usize {
        let mut after_attribute = false;
        for (number, line) in self.lines() {
            if after_attribute && line.trim_start().starts_with("mod ") && line.trim_end().ends_with('{') {
                return number;
            }
            after_attribute = line.trim() == "#[cfg(test)]";
        }
        usize::MAX
    }
}

/// A folder's text files.
pub struct Tree {
    files: Vec<TextFile>,
}

impl Tree {
    /// Reads every text file below `root`, but for what builds leave behind.
    ///
    /// # Errors
    /// When a folder or file cannot be read.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let mut tree = Self { files: Vec::new() };
        tree.descend(root, "")?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    fn descend(&mut self, folder: &Path, prefix: &str) -> anyhow::Result<()> {
        for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if MADE.contains(&name.as_str()) {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                let is_target = prefix.is_empty() && (name == "target" || name.starts_with("target-"));
                if !is_target {
                    self.descend(&entry.path(), &format!("{path}/"))?;
                }
            } else if kind.is_file() && entry.metadata()?.len() <= LARGEST_TEXT {
                let bytes = std::fs::read(entry.path()).with_context(|| format!("cannot read {path}"))?;
                // What is not UTF-8 is a picture or a sound.
                if let Ok(text) = String::from_utf8(bytes) {
                    self.files.push(TextFile { path, text });
                }
            }
        }
        Ok(())
    }

    /// Every text file, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = &TextFile> {
        self.files.iter()
    }

    /// The Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &TextFile> {
        self.files().filter(|file| file.path.ends_with(".rs"))
    }

    /// The file at this path, if it is there and text.
    pub fn file(&self, path: &str) -> Option<&TextFile> {
        self.files.iter().find(|file| file.path == path)
    }
}
