//! Sticks that are in, and how much room a disk has. A stick is what is mounted below one of a few folders; its names are
//! somebody else's and are never taken for more than words.

use super::{Safekeeping, SafekeepingError, locked};
use crate::Chalkbox;
use crate::sign_in::hex;
use sha2::{Digest, Sha256};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::{Duration, Instant};

/// How the names of backups begin, folders and `.tar` files.
pub(super) const SET: &str = "chalkbox-backup-";
/// Whoever makes this folder on a stick marks it as one for the box.
const MARK: &str = "chalkbox";
/// Sticks that are listed at most.
const MOST: usize = 16;
/// Entries of a folder that are looked at, at most.
const LOOKED_AT: usize = 64;
/// Entries of a stick that are looked at, at most: a stick may hold anything.
const LOOKED_AT_ON_STICK: usize = 2000;
/// A list of the sticks is good for so long.
const GOOD_FOR: Duration = Duration::from_secs(3);
/// Characters of a name that are shown.
const SHOWN: usize = 40;
/// Characters of a backup's name that are shown: all of the box's own.
const SET_SHOWN: usize = 60;

/// Where systems mount sticks.
pub(super) fn usual_roots() -> Vec<PathBuf> {
    ["/media", "/run/media"].map(PathBuf::from).to_vec()
}

/// A stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StickView {
    /// Names it in forms; says nothing of where it is.
    pub id: String,
    /// Its own name, cut to 40 characters.
    pub name: String,
    /// Bytes that are free; none when the system does not say.
    pub free_bytes: Option<u64>,
    /// Whether it is no stick but a folder on the box's own disk: what is saved there goes with the card.
    pub is_own_disk: bool,
    /// Backups that are on it.
    pub sets: Vec<SetView>,
}

/// A backup on a stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetView {
    /// Names it in forms.
    pub id: String,
    /// Its own name, cut to 60 characters.
    pub name: String,
}

/// How much room a disk has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskRoom {
    /// Bytes in all.
    pub total_bytes: u64,
    /// Bytes that are free.
    pub free_bytes: u64,
}

impl DiskRoom {
    /// Free, in hundredths, rounded down.
    pub fn free_percent(&self) -> u64 {
        (u128::from(self.free_bytes) * 100 / u128::from(self.total_bytes.max(1))) as u64
    }
    /// Bytes that answers need more than anything else: nothing big is written into the last twentieth.
    pub fn spare_bytes(&self) -> u64 {
        self.total_bytes / 20
    }
}

/// The room of the disk that a path is on; none when the system does not say.
pub fn disk_room(path: &Path) -> Option<DiskRoom> {
    let found = rustix::fs::statvfs(path).ok()?;
    Some(DiskRoom {
        total_bytes: found.f_blocks.saturating_mul(found.f_frsize),
        free_bytes: found.f_bavail.saturating_mul(found.f_frsize),
    })
}

/// Folders in a folder, by name; links are not followed.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .take(LOOKED_AT)
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

/// Whether something is mounted there, or somebody made it ready for backups.
fn is_stick(root_device: u64, path: &Path) -> bool {
    let mounted = std::fs::metadata(path).is_ok_and(|of| of.dev() != root_device);
    let marked = || std::fs::symlink_metadata(path.join(MARK)).is_ok_and(|of| of.is_dir());
    mounted || marked() || !sets_in(path).is_empty()
}

/// Backups in a folder, by name; links are not followed.
pub(super) fn sets_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_set = |entry: &std::fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type();
        name.starts_with(SET) && kind.is_ok_and(|kind| kind.is_dir() || (kind.is_file() && name.ends_with(".tar")))
    };
    let entries = entries.take(LOOKED_AT_ON_STICK).flatten();
    let mut found: Vec<PathBuf> = entries.filter(is_set).map(|entry| entry.path()).collect();
    // Which ones are shown must not hang on the order in which the stick tells them.
    found.sort();
    found.truncate(MOST);
    found
}

/// The disk that a path is on; none when it is not there.
pub(super) fn device_of(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|of| of.dev())
}

/// The sticks as they were found last, and whether somebody looks just now: a stick that fails answers slowly, and pages ask
/// often.
#[derive(Default)]
pub(super) struct Listed {
    last: Mutex<Option<(Instant, Vec<StickView>)>>,
    looking: Mutex<()>,
}

/// All sticks below the roots: `/media/NAME`, `/run/media/USER/NAME`.
fn found_below(roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for root in roots {
        let Ok(device) = std::fs::metadata(root).map(|of| of.dev()) else { continue };
        for first in folders_in(root) {
            if is_stick(device, &first) {
                found.push(first);
            } else {
                found.extend(folders_in(&first).into_iter().filter(|path| is_stick(device, path)));
            }
        }
    }
    found.truncate(MOST);
    found
}

fn id_of(path: &Path) -> String {
    let hash: [u8; 32] = Sha256::digest(path.as_os_str().as_encoded_bytes()).into();
    hex(&hash[..8])
}

impl Safekeeping {
    /// The next list of sticks is a new one: work may have changed what is on them.
    pub(super) fn list_anew(&self) {
        if let Some((at, _)) = locked(&self.listed.last).as_mut()
            && let Some(before) = at.checked_sub(GOOD_FOR)
        {
            *at = before;
        }
    }
}

fn name_of(path: &Path, shown: usize) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(shown).collect()
}

impl Chalkbox {
    fn stick_paths(&self) -> Vec<PathBuf> {
        found_below(&self.safekeeping().roots.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The name of this box's own backup, wherever it is.
    pub(super) fn own_set_name(&self) -> String {
        format!("{SET}{}", self.store().box_id())
    }

    /// Sticks that are in and hold this box's backup already, by their ids.
    pub(super) fn known_sticks(&self) -> Vec<String> {
        let is_known = |path: &PathBuf| {
            let set = path.join(self.own_set_name());
            !self.is_own_disk(path) && std::fs::symlink_metadata(&set).is_ok_and(|of| of.is_dir())
        };
        self.stick_paths().iter().filter(|path| is_known(path)).map(|path| id_of(path)).collect()
    }

    /// Whether a folder is on the box's own disk, so that a backup in it goes with the card.
    pub(super) fn is_own_disk(&self, path: &Path) -> bool {
        !self.sticks_may_share_a_disk() && device_of(path) == device_of(self.data())
    }

    /// Sticks that are in, as they were found a moment ago; one looks at a time.
    pub(super) fn sticks_lately(&self) -> Vec<StickView> {
        let listed = &self.safekeeping().listed;
        let last = locked(&listed.last).clone();
        if let Some((_, sticks)) = last.as_ref().filter(|(at, _)| at.elapsed() < GOOD_FOR) {
            return sticks.clone();
        }
        let _looking = match listed.looking.try_lock() {
            Ok(looking) => looking,
            Err(TryLockError::Poisoned(error)) => error.into_inner(),
            Err(TryLockError::WouldBlock) => return last.map(|(_, sticks)| sticks).unwrap_or_default(),
        };
        let sticks = self.sticks();
        *locked(&listed.last) = Some((Instant::now(), sticks.clone()));
        sticks
    }

    /// Sticks that are in.
    pub fn sticks(&self) -> Vec<StickView> {
        let view = |path: PathBuf| StickView {
            is_own_disk: self.is_own_disk(&path),
            id: id_of(&path),
            name: name_of(&path, SHOWN),
            free_bytes: disk_room(&path).map(|room| room.free_bytes),
            sets: sets_in(&path).iter().map(|set| SetView { id: id_of(set), name: name_of(set, SET_SHOWN) }).collect(),
        };
        self.stick_paths().into_iter().map(view).collect()
    }

    /// Every backup on the sticks: where it is, its id, its name, and the stick's name.
    pub(super) fn sets_on_sticks(&self) -> Vec<(PathBuf, String, String, String)> {
        let of_stick = |stick: PathBuf| {
            let name = name_of(&stick, SHOWN);
            sets_in(&stick).into_iter().map(move |set| {
                let (id, own) = (id_of(&set), name_of(&set, SET_SHOWN));
                (set, id, own, name.clone())
            })
        };
        self.stick_paths().into_iter().flat_map(of_stick).collect()
    }

    /// A stick's folder and its name.
    pub(super) fn stick_folder(&self, id: &str) -> Result<(PathBuf, String), SafekeepingError> {
        let path =
            self.stick_paths().into_iter().find(|path| id_of(path) == id).ok_or(SafekeepingError::NoSuchStick)?;
        let name = name_of(&path, SHOWN);
        Ok((path, name))
    }

    /// A backup on a stick, and the stick's name.
    pub(super) fn set_on_stick(&self, id: &str) -> Result<(PathBuf, String), SafekeepingError> {
        let of_stick = |stick: PathBuf| {
            let set = sets_in(&stick).into_iter().find(|set| id_of(set) == id)?;
            Some((set, name_of(&stick, SHOWN)))
        };
        self.stick_paths().into_iter().find_map(of_stick).ok_or(SafekeepingError::NoSuchStick)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::create_dir_all;

    #[test]
    fn only_what_was_made_ready_or_is_mounted_is_a_stick() {
        let media = tempfile::tempdir().expect("a folder");
        for path in ["blue/chalkbox", "amina/red/chalkbox-backup-01", "plain/inside", "amina/plain"] {
            create_dir_all(media.path().join(path)).expect("made");
        }
        std::fs::write(media.path().join("amina/red/chalkbox-backup-02.tar"), b"").expect("written");
        std::fs::write(media.path().join("amina/red/chalkbox-backup-03.txt"), b"").expect("written");
        std::os::unix::fs::symlink(media.path().join("blue"), media.path().join("link")).expect("linked");
        let found = found_below(&[media.path().to_owned(), media.path().join("nowhere")]);
        let names = |paths: &[PathBuf]| -> Vec<String> { paths.iter().map(|path| name_of(path, SHOWN)).collect() };
        assert_eq!(names(&found), ["red", "blue"]);
        assert_ne!(id_of(&found[0]), id_of(&found[1]));
        assert_eq!(names(&sets_in(&found[0])), ["chalkbox-backup-01", "chalkbox-backup-02.tar"]);
        assert_eq!(names(&sets_in(&found[1])), Vec::<String>::new());
    }

    #[test]
    fn a_stick_full_of_names_shows_the_same_few() {
        let stick = tempfile::tempdir().expect("a folder");
        for n in (0..60).rev() {
            std::fs::write(stick.path().join(format!("chalkbox-backup-{n:02}.tar")), b"").expect("written");
        }
        let names: Vec<String> = sets_in(stick.path()).iter().map(|path| name_of(path, SHOWN)).collect();
        let first: Vec<String> = (0..MOST).map(|n| format!("chalkbox-backup-{n:02}.tar")).collect();
        assert_eq!(names, first);
    }

    #[test]
    fn a_disk_says_how_much_room_it_has() {
        let room = disk_room(Path::new("/")).expect("a disk");
        assert!(room.free_bytes <= room.total_bytes && room.free_percent() <= 100);
        assert_eq!(DiskRoom { total_bytes: 1000, free_bytes: 49 }.free_percent(), 4);
        assert!(disk_room(Path::new("/nowhere/at/all")).is_none());
    }
}
