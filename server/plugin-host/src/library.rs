//! Packs on the disk: each in a folder named by its hash, written beside and moved into place, so that a power cut
//! leaves all of it or nothing. Also the key that seals compiled code. What is in a pack matters not here.
//!
//! One program owns the folder: whoever holds the lock of the data folder. Others may read it at the same time and
//! leave no trace in it.

use chalkbox_domain::ids::PackHash;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The disk refused, at a path.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct LibraryError {
    /// Where.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: io::Error,
}

fn at(path: &Path) -> impl Fn(io::Error) -> LibraryError {
    move |source| LibraryError { path: path.to_owned(), source }
}

/// The list of a stored pack's files with their hashes, in the folder with them.
const INDEX: &str = chalkbox_content::pack_file::FILE_LIST;
const KEY: &str = "code.key";
/// How the names of files with compiled code begin.
pub(crate) const CODE: &str = "code-";
const STAGED: &str = ".new-";
const REPLACED: &str = ".old-";

/// The folder of packs.
pub(crate) struct Library {
    root: PathBuf,
    staged: AtomicU64,
    owned: bool,
}

impl Library {
    /// Opens `plugins/` in the data folder to read what is there. Nothing is made, removed or written.
    pub(crate) fn read_only(data: &Path) -> Self {
        Self { root: data.join("plugins"), staged: AtomicU64::new(0), owned: false }
    }

    /// Opens `plugins/` in the data folder, makes it if need be, and removes what a power cut left half done. Only for
    /// the holder of the data folder's lock: what is half done may be another program's work of this moment.
    pub(crate) fn open(data: &Path) -> Result<Self, LibraryError> {
        let root = data.join("plugins");
        DirBuilder::new().recursive(true).mode(0o700).create(&root).map_err(at(&root))?;
        for entry in fs::read_dir(&root).map_err(at(&root))? {
            let entry = entry.map_err(at(&root))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(STAGED) || name.starts_with(REPLACED) {
                let path = entry.path();
                let gone = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                gone.map_err(at(&path))?;
            }
        }
        Ok(Self { root, staged: AtomicU64::new(0), owned: true })
    }

    /// Whether this program may write here.
    pub(crate) fn is_owned(&self) -> bool {
        self.owned
    }

    /// The key that seals code, drawn at first use. A key that others could read or that is damaged is replaced:
    /// all code is then made again. Who only reads draws one for the moment, which opens no stored code.
    pub(crate) fn key(&self) -> Result<[u8; 32], LibraryError> {
        let path = self.root.join(KEY);
        match fs::read(&path) {
            Ok(bytes) => {
                let private = fs::metadata(&path).map_err(at(&path))?.permissions().mode() & 0o077 == 0;
                if let (Ok(key), true) = (<[u8; 32]>::try_from(bytes), private) {
                    return Ok(key);
                }
                tracing::warn!("the key of compiled code is damaged or was open to others; a new one is drawn");
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(&path)(error)),
        }
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| at(&path)(io::Error::other(error)))?;
        if !self.owned {
            return Ok(key);
        }
        let beside = self.root.join(format!("{STAGED}key-{}", std::process::id()));
        write_new(&beside, &key)?;
        fs::rename(&beside, &path).map_err(at(&path))?;
        sync_folder(&self.root)?;
        Ok(key)
    }

    /// Hashes of all packs stored.
    pub(crate) fn stored(&self) -> Result<Vec<PackHash>, LibraryError> {
        let mut found = Vec::new();
        if !self.owned && !self.root.exists() {
            return Ok(found);
        }
        for entry in fs::read_dir(&self.root).map_err(at(&self.root))? {
            let entry = entry.map_err(at(&self.root))?;
            found.extend(entry.file_name().to_str().and_then(|name| name.parse::<PackHash>().ok()));
        }
        found.sort();
        Ok(found)
    }

    /// The stored pack, if it is there and its list can be read.
    pub(crate) fn pack(&self, hash: PackHash) -> Option<StoredPack> {
        let folder = self.root.join(hash.to_string());
        let index = fs::read_to_string(folder.join(INDEX)).ok()?;
        let mut files = BTreeMap::new();
        for line in index.lines() {
            let (hash, name) = line.split_once("  ")?;
            files.insert(name.to_owned(), hash.parse::<PackHash>().ok()?.0);
        }
        Some(StoredPack { folder, files })
    }

    /// Writes a pack's files beside the others; nothing is stored before [`Staged::commit`].
    pub(crate) fn stage(&self, hash: PackHash, files: &BTreeMap<String, Vec<u8>>) -> Result<Staged, LibraryError> {
        if !self.owned {
            return Err(at(&self.root)(io::Error::new(io::ErrorKind::PermissionDenied, "opened to read only")));
        }
        let (process, number) = (std::process::id(), self.staged.fetch_add(1, Ordering::Relaxed));
        let staged = Staged {
            root: self.root.clone(),
            folder: self.root.join(format!("{STAGED}{hash}-{process}-{number}")),
            target: self.root.join(hash.to_string()),
            replaced: self.root.join(format!("{REPLACED}{hash}-{process}-{number}")),
        };
        make_folder(&staged.folder)?;
        let mut index = String::new();
        for (name, bytes) in files {
            let path = staged.folder.join(name);
            if let Some(folder) = path.parent() {
                make_folder(folder)?;
            }
            write_new(&path, bytes)?;
            index.push_str(&format!("{}  {name}\n", PackHash(sha256(bytes))));
        }
        write_new(&staged.folder.join(INDEX), index.as_bytes())?;
        Ok(staged)
    }
}

/// A pack's files on their way in. Dropping it before it is committed removes them.
pub(crate) struct Staged {
    root: PathBuf,
    folder: PathBuf,
    target: PathBuf,
    replaced: PathBuf,
}

impl Staged {
    /// Where the files lie until they are committed.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Moves the files to their place, instead of a damaged copy if there is one.
    pub(crate) fn commit(self) -> Result<(), LibraryError> {
        sync_tree(&self.folder)?;
        if self.target.exists() {
            fs::rename(&self.target, &self.replaced).map_err(at(&self.target))?;
        }
        fs::rename(&self.folder, &self.target).map_err(at(&self.target))?;
        sync_folder(&self.root)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for folder in [&self.folder, &self.replaced] {
            if folder.exists() && fs::remove_dir_all(folder).is_err() {
                tracing::warn!(folder = %folder.display(), "left for the next start to remove");
            }
        }
    }
}

/// A pack in its folder.
pub(crate) struct StoredPack {
    folder: PathBuf,
    files: BTreeMap<String, [u8; 32]>,
}

impl StoredPack {
    /// Names of the pack's files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.files.keys().map(String::as_str)
    }

    /// Where it lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether it is whole: these files, none more, and each as it was in the pack.
    pub(crate) fn holds(&self, files: &BTreeMap<String, Vec<u8>>) -> bool {
        self.files.len() == files.len()
            && files.iter().all(|(name, bytes)| self.read(name).is_some_and(|stored| stored == *bytes))
    }

    /// Removes compiled code from the folder: of other engines, and what a power cut left half done. One file stays.
    pub(crate) fn remove_code_but(&self, keep: &Path) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let (name, path) = (entry.file_name(), entry.path());
            let name = name.to_string_lossy();
            // A pack may have a file of its own whose name begins like that.
            if !name.starts_with(CODE) || self.files.contains_key(&*name) || path == keep {
                continue;
            }
            match fs::remove_file(&path) {
                Ok(()) => tracing::info!(path = %path.display(), "old code of a tool was removed"),
                Err(error) => tracing::warn!(path = %path.display(), %error, "old code of a tool cannot be removed"),
            }
        }
    }

    /// A file of the pack, if it is one and unchanged since it was stored.
    pub(crate) fn read(&self, name: &str) -> Option<Vec<u8>> {
        let expected = self.files.get(name)?;
        let bytes = fs::read(self.folder.join(name)).ok()?;
        (sha256(&bytes) == *expected).then_some(bytes)
    }
}

/// Writes a file that only the box reads, and does not return before the disk has it. An older one is replaced whole.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), LibraryError> {
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    // Left by a power cut, if it is there.
    let _ = fs::remove_file(&beside);
    write_new(&beside, bytes)?;
    fs::rename(&beside, path).map_err(at(path))?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// SHA-256 of bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn make_folder(path: &Path) -> Result<(), LibraryError> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(at(path))
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), LibraryError> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(at(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at(path))
}

fn sync_folder(path: &Path) -> Result<(), LibraryError> {
    File::open(path).and_then(|folder| folder.sync_all()).map_err(at(path))
}

fn sync_tree(folder: &Path) -> Result<(), LibraryError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        }
    }
    sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> BTreeMap<String, Vec<u8>> {
        [("pack.toml", "id"), ("assets/a/b.svg", "<svg/>")]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    #[test]
    fn a_pack_is_there_whole_or_not_at_all() {
        let data = tempfile::tempdir().expect("temporary folder");
        let library = Library::open(data.path()).expect("opens");
        let hash = PackHash([7; 32]);
        drop(library.stage(hash, &files()).expect("stages"));
        assert!(library.stored().expect("lists").is_empty());
        library.stage(hash, &files()).expect("stages").commit().expect("commits");
        assert_eq!(library.stored().expect("lists"), [hash]);
        let pack = library.pack(hash).expect("there");
        assert_eq!(pack.read("assets/a/b.svg").as_deref(), Some(&b"<svg/>"[..]));
        assert_eq!(pack.read("../code.key"), None);
        // A power cut in the middle leaves a folder that the next start removes.
        let half = library.stage(PackHash([8; 32]), &files()).expect("stages");
        let folder = half.folder().to_owned();
        std::mem::forget(half);
        Library::open(data.path()).expect("opens");
        assert!(!folder.exists());
    }

    #[test]
    fn a_reader_leaves_no_trace() {
        let data = tempfile::tempdir().expect("temporary folder");
        let reader = Library::read_only(data.path());
        assert!(reader.stored().expect("lists").is_empty());
        assert_ne!(reader.key().expect("draws"), reader.key().expect("draws again"));
        assert!(reader.stage(PackHash([7; 32]), &files()).is_err());
        assert!(!data.path().join("plugins").exists());
        let library = Library::open(data.path()).expect("opens");
        let half = library.stage(PackHash([8; 32]), &files()).expect("stages");
        let key = library.key().expect("draws");
        let reader = Library::read_only(data.path());
        assert_eq!(reader.key().expect("reads"), key);
        assert!(half.folder().exists(), "another program is at work there");
    }

    #[test]
    fn code_of_other_engines_goes_and_files_of_the_pack_stay() {
        let data = tempfile::tempdir().expect("temporary folder");
        let library = Library::open(data.path()).expect("opens");
        let hash = PackHash([7; 32]);
        let mut files = files();
        files.insert("code-of-conduct".into(), b"be kind".to_vec());
        library.stage(hash, &files).expect("stages").commit().expect("commits");
        let pack = library.pack(hash).expect("there");
        for name in ["code-1-new.cwasm", "code-1-old.cwasm", "code-1-new.77.scratch", "code-1-new.77.new"] {
            fs::write(pack.folder().join(name), "code").expect("writes");
        }
        pack.remove_code_but(&pack.folder().join("code-1-new.cwasm"));
        assert!(pack.holds(&files));
        let left = fs::read_dir(pack.folder()).expect("lists").flatten().map(|entry| entry.file_name());
        let mut left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with(CODE)).collect();
        left.sort();
        assert_eq!(left, ["code-1-new.cwasm", "code-of-conduct"]);
    }

    #[test]
    fn a_changed_file_is_none_and_is_replaced_by_installing_again() {
        let data = tempfile::tempdir().expect("temporary folder");
        let library = Library::open(data.path()).expect("opens");
        let hash = PackHash([7; 32]);
        library.stage(hash, &files()).expect("stages").commit().expect("commits");
        let pack = library.pack(hash).expect("there");
        fs::write(pack.folder().join("pack.toml"), "ID").expect("writes");
        assert_eq!(pack.read("pack.toml"), None);
        assert!(!pack.holds(&files()));
        library.stage(hash, &files()).expect("stages").commit().expect("commits");
        assert_eq!(pack.read("pack.toml").as_deref(), Some(&b"id"[..]));
        assert_eq!(library.stored().expect("lists"), [hash]);
    }

    #[test]
    fn the_key_stays_and_is_for_the_box_alone() {
        let data = tempfile::tempdir().expect("temporary folder");
        let library = Library::open(data.path()).expect("opens");
        let key = library.key().expect("draws");
        assert_eq!(library.key().expect("reads"), key);
        let path = data.path().join("plugins").join(KEY);
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("opens it to all");
        assert_ne!(library.key().expect("draws again"), key);
        fs::write(&path, b"short").expect("writes");
        assert_eq!(library.key().expect("draws again").len(), 32);
    }
}
