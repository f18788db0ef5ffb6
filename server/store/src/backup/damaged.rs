//! A set that is known to be damaged: which of its files are not as they were written, and whether the box has what was in
//! them.

use super::Step;
use super::create::{Progress, is_as_written, tell};
use super::error::{BackupError, on_medium};
use super::manifest::Manifest;
use super::stick::{Hashing, Reading, SetFolder};
use crate::volume::VolumeName;
use std::io;

/// Reads what the set holds and takes out of its manifest what is not as it was written; the volumes among it.
pub(super) fn take_damaged(
    set: &SetFolder,
    former: &mut Manifest,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<(String, VolumeName)>, BackupError> {
    let total = former.files.iter().map(|entry| entry.size).sum();
    let (mut done, mut whole, mut damaged) = (0, Vec::new(), Vec::new());
    for entry in &former.files {
        let read = set.open(&entry.path).and_then(|file| {
            let mut reading = Hashing::new(Reading::new(file));
            reading.drain().map(|()| is_as_written(entry, &reading))
        });
        match read {
            Ok(true) => whole.push(entry.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(on_medium("read", &set.shown(&entry.path))(error));
            }
            // What cannot be read is damaged as well.
            Ok(false) | Err(_) => damaged.extend(entry.volume(former).map(|name| (entry.path.clone(), name))),
        }
        done += entry.size;
        tell(progress, Step::Check, done, total)?;
    }
    former.files = whole;
    Ok(damaged)
}

/// Whether all events of a volume stand in a new one.
pub(super) fn is_covered(manifest: &Manifest, lost: VolumeName) -> bool {
    manifest.files.iter().any(|entry| {
        let (Some(name), Some(events)) = (entry.volume(manifest), &entry.events) else { return false };
        let spans = name.box_id == lost.box_id && name.from <= lost.from && name.to >= lost.to;
        spans && events.lost.iter().all(|(from, to)| *to < lost.from || *from > lost.to)
    })
}
