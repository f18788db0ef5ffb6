//! Where engines lie in the data folder: `engine/<number>/`. One that is whole has a mark beside it, `<number>.whole`; the newest
//! with a mark is in use. An engine that is being built has none, so a cut while it is built leaves the one before in use.

use crate::engine::{EngineError, EngineOptions, KvEngine, MemEngine, RedbEngine, SledEngine};
use crate::error::OpenError;
use crate::folder::{self, io_error, sync_folder};
use crate::notice::SetAside;
use crate::store::EngineChoice;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The engines' folder in the data folder.
const FOLDER: &str = "engine";
/// How many engines that failed are kept; what is in them is in the journal too.
const KEPT_ASIDE: usize = 2;

/// The engines of a data folder.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    data: PathBuf,
    choice: EngineChoice,
}

impl Shelf {
    pub fn new(data: &Path, choice: EngineChoice) -> Self {
        Self { data: data.to_owned(), choice }
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    fn folder(&self) -> PathBuf {
        self.data.join(FOLDER)
    }

    fn path(&self, number: u32) -> PathBuf {
        self.folder().join(number.to_string())
    }

    fn mark_of(&self, number: u32) -> PathBuf {
        self.folder().join(format!("{number}.whole"))
    }

    fn names(&self) -> Result<Vec<String>, OpenError> {
        let folder = self.folder();
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(io_error("list", &folder)(e)),
        };
        let mut names = Vec::new();
        for entry in entries {
            names.extend(entry.map_err(io_error("list", &folder))?.file_name().into_string().ok());
        }
        Ok(names)
    }

    /// The engine in use, if it is of the chosen kind. None with an engine in memory, which is made anew at each opening.
    pub fn in_use(&self) -> Result<Option<u32>, OpenError> {
        if self.choice == EngineChoice::Memory {
            return Ok(None);
        }
        let marked = |name: &String| name.strip_suffix(".whole").and_then(|n| n.parse::<u32>().ok());
        let newest = self.names()?.iter().filter_map(marked).filter(|n| self.path(*n).is_dir()).max();
        Ok(newest.filter(|n| kind_of(&self.path(*n)) == kind(self.choice)))
    }

    /// A number that no engine has.
    pub fn free_number(&self) -> Result<u32, OpenError> {
        let number = |name: &String| name.trim_end_matches(".whole").parse::<u32>().ok();
        Ok(self.names()?.iter().filter_map(number).max().map_or(1, |n| n.wrapping_add(1)))
    }

    /// Opens an engine, making it when it is not there.
    pub fn open(&self, number: u32) -> Result<Arc<dyn KvEngine>, EngineError> {
        let folder = self.folder();
        let made =
            || EngineError::Failed { doing: "make its folder", source: "the folder of engines cannot be made".into() };
        folder::create(&folder).map_err(|_| made())?;
        open_as(kind(self.choice), &self.path(number), self.choice.cache_bytes())
    }

    /// Says that an engine is whole, on the medium.
    pub fn mark(&self, number: u32) -> Result<(), OpenError> {
        if self.choice == EngineChoice::Memory {
            return Ok(());
        }
        let path = self.mark_of(number);
        File::create(&path).and_then(|f| f.sync_all()).map_err(io_error("write", &path))?;
        sync_folder(&self.folder())
    }

    /// Takes the mark of every engine away: the next opening builds a new one.
    pub fn unmark_all(&self) -> Result<(), OpenError> {
        for name in self.names()?.iter().filter(|name| name.ends_with(".whole")) {
            let path = self.folder().join(name);
            std::fs::remove_file(&path).map_err(io_error("remove", &path))?;
        }
        if self.folder().exists() { sync_folder(&self.folder()) } else { Ok(()) }
    }

    /// Removes everything but one engine. What cannot be removed is left: the next start tries again.
    pub fn sweep(&self, keep: Option<u32>) {
        let kept: Vec<String> = keep.map(|n| vec![n.to_string(), format!("{n}.whole")]).unwrap_or_default();
        for name in self.names().unwrap_or_default() {
            if kept.contains(&name) {
                continue;
            }
            let path = self.folder().join(&name);
            let gone = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
            if let Err(error) = gone {
                tracing::warn!(%error, path = %path.display(), "an old engine could not be removed");
            }
        }
    }

    /// Moves an engine into quarantine; where to. Only the newest few stay there.
    pub fn set_aside(&self, number: u32, reason: SetAside, stamp: &str) -> Result<Option<PathBuf>, OpenError> {
        let from = self.path(number);
        let mark = self.mark_of(number);
        if mark.exists() {
            std::fs::remove_file(&mark).map_err(io_error("remove", &mark))?;
        }
        if !from.exists() {
            return Ok(None);
        }
        let quarantine = self.data.join(crate::journal::QUARANTINE);
        folder::create(&quarantine)?;
        let base = format!("{stamp}-{}", reason.word());
        let mut to = quarantine.join(&base);
        for n in 2.. {
            if !to.exists() {
                break;
            }
            to = quarantine.join(format!("{base}.{n}"));
        }
        std::fs::rename(&from, &to).map_err(io_error("set aside", &from))?;
        sync_folder(&quarantine)?;
        sync_folder(&self.folder())?;
        self.bound_quarantine(&quarantine);
        Ok(Some(to))
    }

    /// Keeps the newest engines in quarantine and removes the others: whatever they hold is in the journal.
    fn bound_quarantine(&self, quarantine: &Path) {
        let Ok(entries) = std::fs::read_dir(quarantine) else { return };
        let mut folders: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_dir()).collect();
        folders.sort();
        let too_many = folders.len().saturating_sub(KEPT_ASIDE);
        for path in folders.iter().take(too_many) {
            if let Err(error) = std::fs::remove_dir_all(path) {
                tracing::warn!(%error, path = %path.display(), "an engine in quarantine could not be removed");
            }
        }
    }
}

/// Kinds of engines, by what lies in their folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sled,
    Redb,
    Memory,
}

fn kind(choice: EngineChoice) -> Kind {
    match choice {
        EngineChoice::Sled { .. } => Kind::Sled,
        EngineChoice::Redb { .. } => Kind::Redb,
        EngineChoice::Memory => Kind::Memory,
    }
}

fn kind_of(folder: &Path) -> Kind {
    if folder.join(crate::engine::REDB_FILE).exists() { Kind::Redb } else { Kind::Sled }
}

fn open_as(kind: Kind, folder: &Path, cache_bytes: u64) -> Result<Arc<dyn KvEngine>, EngineError> {
    let options = EngineOptions { cache_bytes };
    Ok(match kind {
        Kind::Sled => Arc::new(SledEngine::open(folder, options)?),
        Kind::Redb => Arc::new(RedbEngine::open(folder, options)?),
        Kind::Memory => Arc::new(MemEngine::open(folder, options)?),
    })
}

/// Opens the engine in use of a data folder, whatever kind it is; none when there is none.
pub(crate) fn open_any(data: &Path) -> Result<Option<Arc<dyn KvEngine>>, EngineError> {
    for choice in [EngineChoice::Sled { cache_bytes: 0 }, EngineChoice::Redb { cache_bytes: 0 }] {
        let shelf = Shelf::new(data, choice);
        if let Ok(Some(number)) = shelf.in_use() {
            return open_as(kind(choice), &shelf.path(number), EngineOptions::default().cache_bytes).map(Some);
        }
    }
    Ok(None)
}
