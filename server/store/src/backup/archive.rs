//! A set as one file: a tar archive with the same paths. Written as a stream; read by our own walk over its blocks, which
//! takes plain files and folders alone and leaves no byte unlooked at.

use super::error::{BackupError, on_medium};
use super::paths::{self, FILES, MANIFEST};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

const BLOCK: usize = 512;
/// Longest name in an entry of its own, and longest list of further properties.
const LONG: u64 = 8192;
/// Folders and long names come on top of the files.
const ENTRIES: usize = 3 * FILES;

/// Writes the files of a set, one behind the other.
pub(super) struct Archive<'a> {
    builder: tar::Builder<&'a mut dyn Write>,
    set: String,
    created_s: u64,
}

impl<'a> Archive<'a> {
    /// `set` is the folder that all paths lie in; `created_s` the time that they all carry.
    pub fn new(out: &'a mut dyn Write, set: &str, created_s: u64) -> Self {
        Self { builder: tar::Builder::new(out), set: set.to_owned(), created_s }
    }

    /// Adds a file; exactly `size` bytes must come.
    pub fn add(&mut self, path: &str, size: u64, content: &mut dyn Read) -> io::Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(size);
        header.set_mode(0o600);
        header.set_mtime(self.created_s);
        header.set_entry_type(tar::EntryType::Regular);
        self.builder.append_data(&mut header, format!("{}/{path}", self.set), content.take(size))
    }

    /// Writes the end.
    pub fn finish(self) -> io::Result<()> {
        self.builder.into_inner()?.flush()
    }
}

/// A file's path, and offset and size of its bytes.
type Found = (String, (u64, u64));

/// What is in an archive.
pub(super) struct Index {
    file: File,
    shown: PathBuf,
    /// Offset and size of each file, by its path in the set.
    files: BTreeMap<String, (u64, u64)>,
}

impl Index {
    /// Walks over an archive.
    pub fn of(path: &Path) -> Result<Self, BackupError> {
        let file = open_plain(path)?;
        let length = file.metadata().map_err(on_medium("read", path))?.len();
        let walk = Walk { file: &file, path, length, at: 0 };
        let found = walk.files()?;
        let prefix = prefix(&found, path)?;
        let mut apart = paths::Apart::default();
        let mut files = BTreeMap::new();
        for (name, place) in found {
            let refused = |why: &str| BackupError::Refused { path: path.join(&name), why: why.to_owned() };
            let Some(inside) = name.strip_prefix(&prefix) else { return Err(refused("it lies outside of the backup")) };
            if !apart.admits(inside) {
                return Err(refused("two paths fall together"));
            }
            files.insert(inside.to_owned(), place);
        }
        Ok(Self { file, shown: path.to_owned(), files })
    }

    /// A path of the set as people call it.
    pub fn shown(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.shown.clone() } else { self.shown.join(path) }
    }

    /// A file's bytes, and how many they are.
    pub fn open(&self, path: &str) -> Option<(Part<'_>, u64)> {
        let (offset, size) = *self.files.get(path)?;
        Some((Part { file: &self.file, offset, end: offset + size }, size))
    }
}

/// Opens a plain file, not waiting for a pipe and not asking a device.
fn open_plain(path: &Path) -> Result<File, BackupError> {
    use rustix::fs::{Mode, OFlags};
    let file = rustix::fs::open(path, OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty())
        .map(File::from)
        .map_err(|e| on_medium("read", path)(e.into()))?;
    if file.metadata().map_err(on_medium("read", path))?.is_file() {
        Ok(file)
    } else {
        Err(BackupError::NoBackup { path: path.to_owned() })
    }
}

/// The folder in the archive that is the set: where the manifest that lies highest is.
fn prefix(found: &[Found], path: &Path) -> Result<String, BackupError> {
    let above =
        |name: &str| name.strip_suffix(MANIFEST).filter(|p| p.is_empty() || p.ends_with('/')).map(str::to_owned);
    let mut prefixes: Vec<String> = found.iter().filter_map(|(name, _)| above(name)).collect();
    prefixes.sort_by_key(|p| p.matches('/').count());
    prefixes.dedup();
    let Some(highest) = prefixes.first() else { return Err(BackupError::NoBackup { path: path.to_owned() }) };
    let level = highest.matches('/').count();
    let names: Vec<String> = prefixes
        .iter()
        .filter(|p| p.matches('/').count() == level)
        .map(|p| p.trim_end_matches('/').to_owned())
        .collect();
    if names.len() > 1 { Err(BackupError::Several { path: path.to_owned(), names }) } else { Ok(highest.clone()) }
}

/// Part of a file as a stream.
pub(super) struct Part<'a> {
    file: &'a File,
    offset: u64,
    end: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.end - self.offset).unwrap_or(usize::MAX).min(out.len());
        let n = self.file.read_at(&mut out[..room], self.offset)?;
        self.offset += n as u64;
        Ok(n)
    }
}

struct Walk<'a> {
    file: &'a File,
    path: &'a Path,
    length: u64,
    at: u64,
}

impl Walk<'_> {
    fn cut(&self, why: &str) -> BackupError {
        BackupError::CutShort { path: self.path.to_owned(), why: why.to_owned() }
    }

    fn damaged(&self, why: &str) -> BackupError {
        BackupError::Damaged { path: self.path.to_owned(), why: format!("{why} at byte {}", self.at) }
    }

    fn refused(&self, why: &str) -> BackupError {
        BackupError::Refused { path: self.path.to_owned(), why: why.to_owned() }
    }

    fn take(&mut self, len: usize) -> Result<Vec<u8>, BackupError> {
        let mut bytes = vec![0; len];
        self.file.read_exact_at(&mut bytes, self.at).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => self.cut("it ends in the middle"),
            _ => on_medium("read", self.path)(e),
        })?;
        self.at += len as u64;
        Ok(bytes)
    }

    /// All files with where their bytes are.
    fn files(mut self) -> Result<Vec<Found>, BackupError> {
        let mut files = Vec::new();
        let mut long: Option<Vec<u8>> = None;
        for _ in 0..ENTRIES {
            let block = self.take(BLOCK)?;
            if block.iter().all(|b| *b == 0) {
                return self.end(files);
            }
            let header = self.header(&block)?;
            let size = header.entry_size().map_err(|_| self.damaged("a size is none"))?;
            match header.entry_type().as_byte() {
                b'L' => long = Some(self.long_name(size)?),
                b'x' => long = self.properties(size)?.or(long),
                b'g' => self.properties(size).map(|_| ())?,
                b'0' | 0 => {
                    let name = self.name(long.take(), &header)?;
                    files.push((name, (self.at, size)));
                    self.skip(size)?;
                }
                b'5' if size == 0 => {
                    let name = long.take().unwrap_or_else(|| header.path_bytes().into_owned());
                    self.folder(&name)?;
                }
                _ => return Err(self.refused("it holds something that is neither file nor folder")),
            }
            if files.len() > FILES {
                break;
            }
        }
        Err(self.refused("it holds too many files"))
    }

    /// Reads a header whose checksum is right to the last byte.
    fn header(&self, block: &[u8]) -> Result<tar::Header, BackupError> {
        const SUM: std::ops::Range<usize> = 148..156;
        let field = &block[SUM];
        let digits = match (&field[..6], &field[6..]) {
            (digits, [0, b' ']) => digits,
            (_, [digit, 0]) if digit.is_ascii_digit() => &field[..7],
            _ => return Err(self.damaged("a header is none")),
        };
        let told = std::str::from_utf8(digits).ok().and_then(|d| u32::from_str_radix(d, 8).ok());
        let sum: u32 = block.iter().enumerate().map(|(i, b)| u32::from(if SUM.contains(&i) { b' ' } else { *b })).sum();
        if told != Some(sum) {
            return Err(self.damaged("a header's checksum is another"));
        }
        Ok(tar::Header::from_byte_slice(block).clone())
    }

    fn name(&self, long: Option<Vec<u8>>, header: &tar::Header) -> Result<String, BackupError> {
        let bytes = long.unwrap_or_else(|| header.path_bytes().into_owned());
        let name = std::str::from_utf8(&bytes).map_err(|_| self.refused("a name is no text"))?;
        let name = name.strip_prefix("./").unwrap_or(name);
        match paths::fault(name) {
            Some(why) => Err(self.refused(why)),
            None => Ok(name.to_owned()),
        }
    }

    fn folder(&self, name: &[u8]) -> Result<(), BackupError> {
        let name = std::str::from_utf8(name).map_err(|_| self.refused("a name is no text"))?;
        let name = name.strip_prefix("./").unwrap_or(name).trim_end_matches('/');
        match paths::fault(name) {
            Some(why) if !name.is_empty() && name != "." => Err(self.refused(why)),
            _ => Ok(()),
        }
    }

    fn long_name(&mut self, size: u64) -> Result<Vec<u8>, BackupError> {
        let mut name = self.short(size)?;
        while name.last() == Some(&0) {
            name.pop();
        }
        Ok(name)
    }

    /// The path among further properties, lines of `<length> <name>=<value>`.
    fn properties(&mut self, size: u64) -> Result<Option<Vec<u8>>, BackupError> {
        let bytes = self.short(size)?;
        let mut path = None;
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let line = (|| {
                let blank = rest.iter().position(|b| *b == b' ')?;
                let length: usize = std::str::from_utf8(&rest[..blank]).ok()?.parse().ok()?;
                let line = rest.get(blank + 1..length)?.strip_suffix(b"\n")?;
                let equals = line.iter().position(|b| *b == b'=')?;
                Some((length, &line[..equals], &line[equals + 1..]))
            })();
            let Some((length, key, value)) = line else { return Err(self.damaged("properties are none")) };
            match key {
                b"path" => path = Some(value.to_vec()),
                b"size" | b"linkpath" => return Err(self.refused("a property says another size or a link")),
                _ if key.starts_with(b"GNU.sparse") => return Err(self.refused("a file has holes")),
                _ => {}
            }
            rest = &rest[length..];
        }
        Ok(path)
    }

    /// A short entry's bytes.
    fn short(&mut self, size: u64) -> Result<Vec<u8>, BackupError> {
        if size > LONG {
            return Err(self.refused("a name is too long"));
        }
        let start = self.at;
        let bytes = self.take(size as usize)?;
        self.at = start;
        self.skip(size)?;
        Ok(bytes)
    }

    /// Goes behind an entry's bytes and the zeros that fill its last block.
    fn skip(&mut self, size: u64) -> Result<(), BackupError> {
        let end = self.at.checked_add(size).filter(|end| *end <= self.length);
        self.at = end.ok_or_else(|| self.cut("a file's bytes are missing"))?;
        let padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
        if self.take(padding as usize)?.iter().any(|b| *b != 0) {
            return Err(self.damaged("there is something behind a file"));
        }
        Ok(())
    }

    /// Two blocks of zeros, and nothing but zeros behind them.
    fn end(mut self, files: Vec<Found>) -> Result<Vec<Found>, BackupError> {
        if self.take(BLOCK)?.iter().any(|b| *b != 0) {
            return Err(self.damaged("the end is none"));
        }
        if self.length - self.at > 1 << 20 {
            return Err(self.damaged("there is something behind the end"));
        }
        let rest = (self.length - self.at) as usize;
        if self.take(rest)?.iter().any(|b| *b != 0) {
            return Err(self.damaged("there is something behind the end"));
        }
        Ok(files)
    }
}
