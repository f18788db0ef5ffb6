//! Where engines lie in the data folder: `engine/<number>/`. One that is whole has a mark beside it, `<number>.whole`; the newest
//! with a mark is in use. An engine that is being built has none, so a cut while it is built leaves the one before in use.

use crate::engine::{EngineError, EngineOptions, KvEngine, MemEngine, RedbEngine, SledEngine, WriteBehind};
use crate::error::{OpenError, StoreError};
use crate::folder::{self, io_error, sync_folder};
use crate::notice::SetAside;
use crate::store::EngineChoice;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The engines' folder in the data folder.
const FOLDER: &str = "engine";
/// Beside the engines: the journals were changed in a way that the one in use does not follow, and one that is folded from
/// nothing is owed.
const OWED: &str = "owed";
/// How many engines that failed are kept; what is in them is in the journal too.
const KEPT_ASIDE: usize = 2;

/// Most bytes of everything in quarantine, or a fifth of the disk where that is less.
const MOST_ASIDE: u64 = 1 << 30;

/// The engines of a data folder.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    data: PathBuf,
    choice: EngineChoice,
    owing: Arc<Mutex<Owing>>,
}

/// Changes of the journals that the engine in use does not follow.
#[derive(Debug, Default)]
struct Owing {
    /// Those that go on now.
    working: u32,
    /// Rises when one begins and when it ends.
    moves: u64,
}

/// A change of the journals that the engine in use does not follow: while it lasts, and after it until an engine is in use
/// that was begun after it, the medium has a mark by which an opening folds everything anew.
#[must_use]
pub(crate) struct Change {
    shelf: Shelf,
    /// The mark was not there before.
    pub fresh: bool,
    began: u64,
    nothing: bool,
}

impl Change {
    /// Nothing was changed: takes the mark away again, if it is this one's alone.
    pub fn withdraw(mut self) {
        self.nothing = true;
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        let mut owing = self.shelf.owing();
        owing.working = owing.working.saturating_sub(1);
        if !self.nothing {
            owing.moves += 1;
        } else if self.fresh && owing.working == 0 && owing.moves == self.began {
            self.shelf.remove_owed();
        }
    }
}

impl Shelf {
    pub fn new(data: &Path, choice: EngineChoice) -> Self {
        Self { data: data.to_owned(), choice, owing: Arc::default() }
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

    fn owing(&self) -> MutexGuard<'_, Owing> {
        self.owing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Before the journals are changed in a way that the engine in use does not follow: the mark is on the medium when it
    /// returns. Whoever ends the change orders a build.
    pub fn owe(&self) -> Result<Change, OpenError> {
        let mut owing = self.owing();
        let (folder, fresh) = (self.folder(), !self.owes());
        folder::create(&folder)?;
        if fresh {
            let path = folder.join(OWED);
            File::create(&path).and_then(|f| f.sync_all()).map_err(io_error("write", &path))?;
        }
        sync_folder(&folder)?;
        owing.working += 1;
        owing.moves += 1;
        Ok(Change { shelf: self.clone(), fresh, began: owing.moves, nothing: false })
    }

    /// Whether an engine that is folded from nothing is owed.
    pub fn owes(&self) -> bool {
        self.folder().join(OWED).exists()
    }

    /// Which state of the journals an engine is built from that is begun now.
    pub fn moves(&self) -> u64 {
        self.owing().moves
    }

    /// An engine is in use that was begun at that state: nothing is owed any more, unless something changed since.
    pub fn paid(&self, begun: u64) {
        let owing = self.owing();
        if owing.working == 0 && owing.moves == begun {
            self.remove_owed();
        }
    }

    fn remove_owed(&self) {
        let path = self.folder().join(OWED);
        if !path.exists() {
            return;
        }
        let gone = std::fs::remove_file(&path).map_err(io_error("remove", &path));
        if let Err(error) = gone.and_then(|()| sync_folder(&self.folder())) {
            tracing::warn!(%error, "a mark could not be removed; the next start folds everything once more");
        }
    }

    /// Removes what there is of an engine that did not become whole: the room may be needed for answers.
    pub fn discard(&self, number: u32) {
        let path = self.path(number);
        if self.choice != EngineChoice::Memory
            && !self.mark_of(number).exists()
            && path.exists()
            && let Err(error) = std::fs::remove_dir_all(&path)
        {
            tracing::warn!(%error, path = %path.display(), "an engine that was not finished could not be removed");
        }
    }

    /// Whether there is room for an engine beside the one in use.
    pub fn look_for_room(&self) -> Result<(), StoreError> {
        if self.choice == EngineChoice::Memory {
            return Ok(());
        }
        let Ok(fs) = rustix::fs::statvfs(&self.data) else { return Ok(()) };
        let free = fs.f_bavail.saturating_mul(fs.f_frsize);
        let needs = engine_bytes_for(&self.data.join(crate::journal::FOLDER));
        if free < needs { Err(StoreError::NoRoom { needs, free }) } else { Ok(()) }
    }

    /// Removes everything but one engine. What cannot be removed is left: the next start tries again.
    pub fn sweep(&self, keep: Option<u32>) {
        let mut kept = vec![OWED.to_owned()];
        kept.extend(keep.into_iter().flat_map(|n| [n.to_string(), format!("{n}.whole")]));
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
        self.bound_quarantine();
        Ok(Some(to))
    }

    /// Keeps the newest engines in quarantine and removes the others: whatever they hold is in the journal. Then the oldest
    /// of everything goes, until the rest is not too much.
    pub fn bound_quarantine(&self) {
        let quarantine = self.data.join(crate::journal::QUARANTINE);
        let disk = rustix::fs::statvfs(&self.data).map_or(u64::MAX, |fs| fs.f_blocks.saturating_mul(fs.f_frsize));
        bound(&quarantine, MOST_ASIDE.min(disk / 5));
    }
}

/// Removes what is too much in a quarantine; the newest always stays.
fn bound(quarantine: &Path, most: u64) {
    let Ok(entries) = std::fs::read_dir(quarantine) else { return };
    let mut all: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    all.sort();
    let folders: Vec<&PathBuf> = all.iter().filter(|p| p.is_dir()).collect();
    let mut gone: Vec<PathBuf> =
        folders.iter().take(folders.len().saturating_sub(KEPT_ASIDE)).map(|path| path.to_path_buf()).collect();
    all.retain(|path| !gone.contains(path));
    all.sort_by_key(|path| std::fs::metadata(path).and_then(|m| m.modified()).ok());
    let sizes: Vec<u64> = all.iter().map(|path| bytes_of(path)).collect();
    let mut left: u64 = sizes.iter().sum();
    for (path, bytes) in all.iter().zip(sizes).take(all.len().saturating_sub(1)) {
        if left > most {
            left -= bytes;
            gone.push(path.clone());
        }
    }
    for path in gone {
        let removed = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        if let Err(error) = removed {
            tracing::warn!(%error, path = %path.display(), "what was set aside long ago could not be removed");
        }
    }
}

/// Bytes that an engine takes with everything of these journals in it, about: sled was measured at 700 to 900 for an answer, of
/// which 350 lie in a journal file and some 70 in a volume.
fn engine_bytes_for(journal: &Path) -> u64 {
    const LEAST: u64 = 16 << 20;
    let Ok(entries) = std::fs::read_dir(journal) else { return LEAST };
    let of = |path: PathBuf| {
        let times = if path.extension().is_some_and(|e| e == "j") { 3 } else { 12 };
        bytes_of(&path).saturating_mul(times)
    };
    LEAST + entries.filter_map(|e| Some(of(e.ok()?.path()))).sum::<u64>()
}

/// Bytes of a file, or of everything in a folder.
fn bytes_of(path: &Path) -> u64 {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.filter_map(|e| Some(bytes_of(&e.ok()?.path()))).sum(),
        Err(_) => std::fs::metadata(path).map_or(0, |m| m.len()),
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
        Kind::Sled => Arc::new(WriteBehind::<SledEngine>::open(folder, options)?),
        Kind::Redb => Arc::new(WriteBehind::<RedbEngine>::open(folder, options)?),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn what_is_owed_is_paid_only_by_an_engine_begun_after_the_last_change() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path(), EngineChoice::Memory);
        assert!(!shelf.owes());
        shelf.owe().unwrap().withdraw();
        assert!(!shelf.owes(), "nothing was changed");
        let first = shelf.owe().unwrap();
        let within = shelf.moves();
        shelf.paid(within);
        assert!(shelf.owes(), "it goes on");
        let second = shelf.clone().owe().unwrap();
        assert!(first.fresh && !second.fresh);
        drop(first);
        second.withdraw();
        shelf.paid(within);
        assert!(shelf.owes(), "begun before its end");
        let after = shelf.moves();
        shelf.sweep(None);
        assert!(Shelf::new(folder.path(), EngineChoice::Memory).owes(), "the next start knows it too");
        shelf.paid(after);
        assert!(!shelf.owes());
    }

    #[test]
    fn everything_in_quarantine_is_bounded_and_the_newest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: usize| {
            std::fs::write(folder.path().join(name), vec![7; bytes]).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(12));
        };
        let left = || {
            let names =
                std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
            names.collect::<std::collections::BTreeSet<String>>()
        };
        for n in 1..=3 {
            std::fs::create_dir(folder.path().join(format!("{n}-engine-failed"))).unwrap();
            write(&format!("{n}-engine-failed/db"), 100);
        }
        write("4-damaged-a", 400);
        write("0-torn-b", 300);
        write("5-conflict-c", 300);
        bound(folder.path(), 10_000);
        assert_eq!(left().len(), 5, "two engines, three files: {:?}", left());
        bound(folder.path(), 700);
        assert_eq!(left().into_iter().collect::<Vec<_>>(), ["0-torn-b", "5-conflict-c"]);
        bound(folder.path(), 1);
        assert_eq!(left().into_iter().collect::<Vec<_>>(), ["5-conflict-c"]);
    }
}
