//! Volumes as files: whole under their name or not there at all, read back before they have it.

use super::{VolumeError, VolumeName, read_volume, write_volume};
use crate::codec::text::hex;
use crate::record::Record;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Writes a volume into a folder under its own name; a file that had it is replaced. It is written as `….part`, synced,
/// read back from the medium and checked, and only then renamed, and the folder synced: a cut leaves the old file, the new
/// one, or a `….part` that the next attempt overwrites.
///
/// # Errors
/// As [`write_volume`] and [`read_volume`], with the file's name, or [`VolumeError::ReadBack`]. The `….part` is removed, if
/// the medium lets it.
pub fn store_volume(
    folder: &Path,
    name: &VolumeName,
    records: &mut dyn Iterator<Item = Record>,
) -> Result<PathBuf, VolumeError> {
    let file_name = name.file_name();
    place(folder, &file_name, |part| {
        let written = {
            let mut out = Summing { inner: BufWriter::new(File::create(part)?), sum: Sha256::new() };
            write_volume(name, records, &mut out)?;
            let file = out.inner.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            out.sum.finalize()
        };
        let mut back = Summing { inner: from_medium(part)?, sum: Sha256::new() };
        let held = read_volume(&mut back, &mut |_| Ok(()));
        if back.sum.finalize() != written {
            return Err(VolumeError::ReadBack);
        }
        // The same bytes: should they not be a volume, writing has a fault, which the error names.
        if held? == *name { Ok(()) } else { Err(VolumeError::ReadBack) }
    })
    .map_err(|error| error.in_file(&file_name))
}

/// Reads a volume's file as [`read_volume`] does, and sees that it holds what its name says.
///
/// # Errors
/// As [`read_volume`], with the file's name, or [`VolumeError::Misnamed`].
pub fn read_volume_file(
    path: &Path,
    take: &mut dyn FnMut(Record) -> Result<(), VolumeError>,
) -> Result<VolumeName, VolumeError> {
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut read = || {
        let holds = read_volume(&mut File::open(path)?, take)?;
        if VolumeName::parse(&file_name) == Some(holds) { Ok(holds) } else { Err(VolumeError::Misnamed { holds }) }
    };
    read().map_err(|error: VolumeError| error.in_file(&file_name))
}

/// Writes `<file>.sha256` beside a file, as `sha256sum --check` reads it, in the same order of syncs as a volume. Returns
/// its path.
///
/// # Errors
/// When the medium fails.
pub fn write_checksum(path: &Path) -> Result<PathBuf, VolumeError> {
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        let mut summing = Summing { inner: File::open(path)?, sum: Sha256::new() };
        io::copy(&mut summing, &mut io::sink())?;
        let line = format!("{}  {file_name}\n", hex(&summing.sum.finalize()));
        place(folder, &format!("{file_name}.sha256"), |part| {
            let mut file = File::create(part)?;
            file.write_all(line.as_bytes())?;
            file.sync_all()?;
            let mut back = String::new();
            from_medium(part)?.take(line.len() as u64 + 1).read_to_string(&mut back)?;
            if back == line { Ok(()) } else { Err(VolumeError::ReadBack) }
        })
    };
    write().map_err(|error| error.in_file(&file_name))
}

/// Lets `fill` write and check `<name>.part`, then gives it its name.
fn place(
    folder: &Path,
    name: &str,
    fill: impl FnOnce(&Path) -> Result<(), VolumeError>,
) -> Result<PathBuf, VolumeError> {
    let (part, path) = (folder.join(format!("{name}.part")), folder.join(name));
    let placed = fill(&part).and_then(|()| {
        fs::rename(&part, &path)?;
        File::open(folder)?.sync_all()?;
        Ok(())
    });
    match placed {
        Ok(()) => Ok(path),
        Err(error) => {
            // It is of no use; where it cannot be removed either, the first error says more.
            let _ = fs::remove_file(&part);
            Err(error)
        }
    }
}

/// Opens a synced file so that its bytes come from the medium, not from the memory that they were written from. Where the
/// system does not know how, they come from memory.
fn from_medium(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if let Err(error) = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed) {
        tracing::debug!(%error, "a file is read back from memory");
    }
    Ok(file)
}

/// Passes bytes on and takes their SHA-256.
struct Summing<T> {
    inner: T,
    sum: Sha256,
}

impl<T: Write> Write for Summing<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(bytes)?;
        self.sum.update(&bytes[..taken]);
        Ok(taken)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Summing<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.sum.update(&buffer[..read]);
        Ok(read)
    }
}
