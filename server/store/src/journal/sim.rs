//! A disk for tests that knows which bytes and names are on the medium and which are only on their way; the power can
//! go at any operation, and operations can fail.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::disk::{Disk, DiskFile};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

/// What arrives at once or not at all: a sector of a disk, or a page of the file system.
const PIECES: [usize; 2] = [512, 4096];

/// A small random source, so that a failing case can be run again by its seed.
#[derive(Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }
}

/// What the medium does badly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faults {
    /// The power goes at this operation, counted from 1.
    pub cut_at: Option<u64>,
    /// This operation fails.
    pub error_at: Option<u64>,
    /// This operation and all behind it fail.
    pub errors_from: Option<u64>,
    /// Syncs say yes and do nothing.
    pub lying: bool,
    /// So many bytes all files may have; a write that needs more fails.
    pub room: Option<u64>,
    /// This operation finds the disk full, whatever room there is.
    pub full_at: Option<u64>,
    /// From this operation on the file system is mounted read-only.
    pub read_only_from: Option<u64>,
    /// How much of a write that fails gets into the file.
    pub part: Part,
}

/// How much of a write that fails gets into the file all the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    Nothing,
    OneByte,
    #[default]
    Half,
    AllButOneByte,
    /// Everything: only the answer is an error.
    All,
}

impl Part {
    pub const ALL: [Part; 5] = [Part::Nothing, Part::OneByte, Part::Half, Part::AllButOneByte, Part::All];

    fn of(self, len: usize) -> usize {
        match self {
            Self::Nothing => 0,
            Self::OneByte => len.min(1),
            Self::Half => len / 2,
            Self::AllButOneByte => len.saturating_sub(1),
            Self::All => len,
        }
    }
}

#[derive(Clone, Default)]
struct Inode {
    on_medium: Vec<u8>,
    seen: Vec<u8>,
    on_the_way: Vec<(usize, Vec<u8>)>,
}

#[derive(Clone)]
enum NameOp {
    Set(String, u64),
    Remove(String),
    Rename(String, String),
}

impl NameOp {
    fn touches(&self, folder: &str) -> bool {
        let within = |path: &String| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        match self {
            Self::Set(path, _) | Self::Remove(path) => within(path),
            Self::Rename(from, to) => within(from) || within(to),
        }
    }
    fn run(&self, names: &mut BTreeMap<String, u64>) {
        match self {
            Self::Set(path, inode) => {
                names.insert(path.clone(), *inode);
            }
            Self::Remove(path) => {
                names.remove(path);
            }
            Self::Rename(from, to) => {
                if let Some(inode) = names.remove(from) {
                    names.insert(to.clone(), inode);
                }
            }
        }
    }
}

#[derive(Clone, Default)]
struct State {
    inodes: BTreeMap<u64, Inode>,
    names_on_medium: BTreeMap<String, u64>,
    names_seen: BTreeMap<String, u64>,
    names_on_the_way: Vec<NameOp>,
    ops: u64,
    off: bool,
    faults: Faults,
}

enum Go {
    On,
    /// The power goes now: the operation may have begun.
    Last,
}

impl State {
    fn step(&mut self) -> io::Result<Go> {
        if self.off {
            return Err(io::Error::other("no power"));
        }
        self.ops += 1;
        if self.faults.cut_at == Some(self.ops) {
            self.off = true;
            return Ok(Go::Last);
        }
        Ok(Go::On)
    }
    /// The error that this operation meets.
    fn error(&self) -> Option<io::Error> {
        let reached = |from: Option<u64>| from.is_some_and(|from| self.ops >= from);
        if reached(self.faults.read_only_from) {
            Some(io::ErrorKind::ReadOnlyFilesystem.into())
        } else if self.faults.full_at == Some(self.ops) {
            Some(io::ErrorKind::StorageFull.into())
        } else if self.faults.error_at == Some(self.ops) || reached(self.faults.errors_from) {
            Some(io::Error::other("EIO"))
        } else {
            None
        }
    }
    /// Whether this write to a file needs more than there is.
    fn is_full(&self, id: u64, end: usize) -> bool {
        let bytes: usize = self.names_seen.values().map(|id| self.inodes[id].seen.len()).sum();
        let grown = end.saturating_sub(self.inodes[&id].seen.len());
        self.faults.room.is_some_and(|room| grown > 0 && (bytes + grown) as u64 > room)
    }
    fn name(&mut self, op: NameOp) -> io::Result<()> {
        let go = self.step()?;
        if let Some(error) = self.error() {
            return Err(error);
        }
        op.run(&mut self.names_seen);
        self.names_on_the_way.push(op);
        match go {
            Go::On => Ok(()),
            Go::Last => Err(io::Error::other("no power")),
        }
    }
}

/// The disk; clones share it.
#[derive(Clone, Default)]
pub struct SimDisk(Arc<Mutex<State>>);

impl SimDisk {
    pub fn new(faults: Faults) -> Self {
        let disk = Self::default();
        disk.0.lock().unwrap().faults = faults;
        disk
    }

    /// Operations so far that change something.
    pub fn ops(&self) -> u64 {
        self.0.lock().unwrap().ops
    }

    /// From now on the medium does this badly.
    pub fn set_faults(&self, faults: Faults) {
        self.0.lock().unwrap().faults = faults;
    }

    /// The power was off and is on again: what was on its way arrived (every fourth seed), or not (every fourth), or in pieces,
    /// small ones or large ones, as the dice fall. Names arrive in their order, as a file system with a journal has them.
    pub fn after_power_cut(&self, seed: u64, faults: Faults) -> Self {
        let state = self.0.lock().unwrap();
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let piece = PIECES[seed as usize / 4 % 2];
        let mut after = State { names_on_medium: state.names_on_medium.clone(), faults, ..State::default() };
        let kept = match seed % 4 {
            0 => 0,
            1 => state.names_on_the_way.len(),
            _ => dice.roll() as usize % (state.names_on_the_way.len() + 1),
        };
        state.names_on_the_way[..kept].iter().for_each(|op| op.run(&mut after.names_on_medium));
        for (id, inode) in &state.inodes {
            let mut bytes = inode.on_medium.clone();
            for (offset, written) in &inode.on_the_way {
                let mut at = 0;
                while at < written.len() {
                    let end = (at + piece - (offset + at) % piece).min(written.len());
                    let arrives = match seed % 4 {
                        0 => false,
                        1 => true,
                        _ => dice.roll().is_multiple_of(2),
                    };
                    if arrives {
                        put(&mut bytes, offset + at, &written[at..end]);
                    }
                    at = end;
                }
            }
            after.inodes.insert(*id, Inode { seen: bytes.clone(), on_medium: bytes, on_the_way: Vec::new() });
        }
        after.names_seen = after.names_on_medium.clone();
        Self(Arc::new(Mutex::new(after)))
    }

    /// A copy that goes its own way, as if the power had been cut with everything arrived.
    pub fn copy(&self) -> Self {
        let mut state = self.0.lock().unwrap().clone();
        state.ops = 0;
        Self(Arc::new(Mutex::new(state)))
    }

    /// Changes a byte of a file on the medium.
    pub fn damage(&self, path: &str, at: usize, change: impl FnOnce(u8) -> u8) {
        let mut state = self.0.lock().unwrap();
        let id = state.names_seen[path];
        let inode = state.inodes.get_mut(&id).unwrap();
        inode.seen[at] = change(inode.seen[at]);
        inode.on_medium = inode.seen.clone();
    }
}

fn put(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    if bytes.len() < at + part.len() {
        bytes.resize(at + part.len(), 0);
    }
    bytes[at..at + part.len()].copy_from_slice(part);
}

impl Disk for SimDisk {
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let state = self.0.lock().unwrap();
        let inside = |path: &String| Some(path.strip_prefix(folder)?.strip_prefix('/')?.to_owned());
        Ok(state.names_seen.keys().filter_map(inside).collect())
    }

    fn create_folder(&self, _folder: &str) -> io::Result<()> {
        if self.0.lock().unwrap().off { Err(io::Error::other("no power")) } else { Ok(()) }
    }

    fn create(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.0.lock().unwrap();
        if state.names_seen.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let id = state.inodes.len() as u64;
        state.inodes.insert(id, Inode::default());
        state.name(NameOp::Set(path.to_owned(), id))?;
        Ok(Box::new(SimFile { disk: self.clone(), id }))
    }

    fn open(&self, path: &str, write: bool) -> io::Result<Box<dyn DiskFile>> {
        let state = self.0.lock().unwrap();
        // The next operation would be the one that changes something.
        if write && state.faults.read_only_from.is_some_and(|from| state.ops + 1 >= from) {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        let id = *state.names_seen.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(SimFile { disk: self.clone(), id }))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.lock().unwrap().name(NameOp::Rename(from.to_owned(), to.to_owned()))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.0.lock().unwrap().name(NameOp::Remove(path.to_owned()))
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        if matches!(state.step()?, Go::Last) {
            return Err(io::Error::other("no power"));
        }
        if let Some(error) = state.error() {
            return Err(error);
        }
        if state.faults.lying {
            return Ok(());
        }
        let State { names_on_medium, names_on_the_way, .. } = &mut *state;
        names_on_the_way.retain(|op| {
            let done = op.touches(folder);
            if done {
                op.run(names_on_medium);
            }
            !done
        });
        Ok(())
    }
}

struct SimFile {
    disk: SimDisk,
    id: u64,
}

impl DiskFile for SimFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.disk.0.lock().unwrap().inodes[&self.id].seen.len() as u64)
    }

    fn read(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let state = self.disk.0.lock().unwrap();
        let seen = &state.inodes[&self.id].seen;
        let from = seen.len().min(offset as usize);
        Ok(seen[from..seen.len().min(from + len)].to_vec())
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.0.lock().unwrap();
        let go = state.step()?;
        let full = state.is_full(self.id, offset as usize + bytes.len());
        let error = if full { Some(io::ErrorKind::StorageFull.into()) } else { state.error() };
        // Also a write that fails may leave a part behind, but not where nothing can be written.
        let part = match &error {
            None => bytes.len(),
            Some(e) if e.kind() == io::ErrorKind::ReadOnlyFilesystem => 0,
            Some(_) => state.faults.part.of(bytes.len()),
        };
        let inode = state.inodes.get_mut(&self.id).unwrap();
        put(&mut inode.seen, offset as usize, &bytes[..part]);
        inode.on_the_way.push((offset as usize, bytes[..part].to_vec()));
        match (go, error) {
            (Go::On, None) => Ok(()),
            (Go::On, Some(error)) => Err(error),
            (Go::Last, _) => Err(io::Error::other("no power")),
        }
    }

    fn sync(&self) -> io::Result<()> {
        let mut state = self.disk.0.lock().unwrap();
        if matches!(state.step()?, Go::Last) {
            return Err(io::Error::other("no power"));
        }
        let (error, lying) = (state.error(), state.faults.lying);
        let inode = state.inodes.get_mut(&self.id).unwrap();
        if let Some(error) = error {
            // As Linux does it: the bytes count as clean from now on and are never written, though they can be read.
            inode.on_the_way.clear();
            return Err(error);
        }
        if !lying {
            for (offset, bytes) in std::mem::take(&mut inode.on_the_way) {
                put(&mut inode.on_medium, offset, &bytes);
            }
        }
        Ok(())
    }
}
