//! A file that only takes up room. When the disk is full it is given up, and answers fit again until somebody has made
//! room: answers are the last thing that a box refuses.

use crate::disk::Disk;
use std::io;
use std::path::Path;

/// Its name in the data folder.
pub(crate) const FILE: &str = "ballast";
const CHUNK: usize = 1 << 20;
/// So many times its size must be free for it to be made.
const ROOM: u64 = 8;

/// Makes it when it is not there and there is room; `data` is the real folder, to see how much there is.
pub(crate) fn make(disk: &dyn Disk, data: &Path, bytes: u64) -> io::Result<()> {
    if bytes == 0 || disk.open(FILE, false).and_then(|file| file.len()).is_ok_and(|len| len >= bytes) {
        return Ok(());
    }
    let room = rustix::fs::statvfs(data).map(|fs| fs.f_bavail.saturating_mul(fs.f_frsize))?;
    if room < bytes.saturating_mul(ROOM) {
        return Ok(());
    }
    // What a cut left of an earlier try.
    let _ = disk.remove(FILE);
    let file = disk.create(FILE)?;
    let mut at = 0;
    while at < bytes {
        let len = CHUNK.min((bytes - at) as usize);
        file.write(at, &vec![0; len])?;
        at += len as u64;
    }
    file.sync()
}

/// Gives it up; whether there was one.
pub(crate) fn give_up(disk: &dyn Disk) -> bool {
    disk.remove(FILE).is_ok()
}
