//! Encryption of sets, in the public format age: `age -d -i key.age FILE.age` opens what is written here.
//!
//! A set has a key pair. Its files are encrypted for the public half, which stands in the manifest, so that the box goes on
//! adding to a set without knowing how to read it. The private half lies in the set itself, locked with the passphrase.

use super::error::{BackupError, on_box};
use age::secrecy::{ExposeSecret, SecretString};
use age::stream::StreamWriter;
use age::x25519;
use std::cell::RefCell;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::rc::Rc;

/// Fewest characters of a passphrase that a person chose.
const LEAST: usize = 10;
/// Letters and digits of a recovery key: none that look alike (0 o, 1 l i).
const ALPHABET: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
const GROUPS: usize = 6;
const GROUP: usize = 4;
/// Cost of guessing: scrypt with 2 to this power. 64 MiB of memory, some half second on the smallest box.
const WORK: u8 = 16;
/// Costs above this are refused: 256 MiB.
const MOST_WORK: u8 = 18;
/// Where the header of an encrypted file must have ended.
const HEADER: usize = 4096;
/// Largest file that holds a locked key.
pub(super) const LARGEST_KEY: u64 = 8192;
/// Bytes that are encrypted as one piece, and what is added to each.
const PIECE: u64 = 64 << 10;
const TAG: u64 = 16;

/// A new recovery key: six groups of four letters and digits, without those that look alike; over 118 bits.
///
/// # Errors
/// When the system gives no random bytes.
pub fn new_passphrase() -> Result<String, BackupError> {
    let mut text = String::with_capacity(GROUPS * (GROUP + 1));
    let mut drawn = 0;
    while drawn < GROUPS * GROUP {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(BackupError::Random)?;
        // 248 is the largest multiple of 31 in a byte: what lies above would make some letters likelier.
        for byte in bytes.iter().filter(|b| **b < 248).take(GROUPS * GROUP - drawn) {
            if drawn > 0 && drawn % GROUP == 0 {
                text.push('-');
            }
            text.push(ALPHABET[usize::from(*byte) % ALPHABET.len()] as char);
            drawn += 1;
        }
    }
    Ok(text)
}

/// A passphrase as it was meant: a recovery key may be typed in capitals, with blanks or without hyphens.
fn meant(passphrase: &str) -> SecretString {
    let bare: String =
        passphrase.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_lowercase()).collect();
    let is_recovery_key = bare.len() == GROUPS * GROUP && bare.bytes().all(|b| ALPHABET.contains(&b));
    if is_recovery_key {
        let groups: Vec<&str> = (0..GROUPS).map(|n| &bare[n * GROUP..(n + 1) * GROUP]).collect();
        return groups.join("-").into();
    }
    passphrase.trim_end_matches(['\r', '\n']).to_owned().into()
}

/// The public half of a set's key, and the private half locked with the passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupKey {
    recipient: String,
    locked: Vec<u8>,
}

impl BackupKey {
    /// A new key, locked with a passphrase.
    ///
    /// # Errors
    /// When the passphrase has fewer than 10 characters.
    pub fn new(passphrase: &str) -> Result<Self, BackupError> {
        let passphrase = meant(passphrase);
        if passphrase.expose_secret().chars().count() < LEAST {
            return Err(BackupError::WeakPassphrase { least: LEAST });
        }
        let identity = x25519::Identity::generate();
        let secret = identity.to_string();
        let text = format!("# public key: {}\n{}\n", identity.to_public(), secret.expose_secret());
        let mut lock = age::scrypt::Recipient::new(passphrase);
        lock.set_work_factor(WORK);
        let locked = encrypt(&lock, text.as_bytes(), Path::new(super::paths::KEY))?;
        Ok(Self { recipient: identity.to_public().to_string(), locked })
    }

    /// From what a set holds; the locked half is not opened.
    pub(super) fn of_set(recipient: &str, locked: Vec<u8>) -> Self {
        Self { recipient: recipient.to_owned(), locked }
    }

    /// The public half, `age1…`.
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// The file `key.age`.
    pub(super) fn locked(&self) -> &[u8] {
        &self.locked
    }

    /// Opens the private half.
    pub(super) fn unlock(&self, passphrase: &str, path: &Path) -> Result<x25519::Identity, BackupError> {
        let damaged = |why: &str| BackupError::Damaged { path: path.to_owned(), why: why.to_owned() };
        let header_fits = self.locked.windows(5).take(HEADER).any(|w| w == b"\n--- ");
        if self.locked.len() as u64 > LARGEST_KEY || !header_fits {
            return Err(damaged("it is no locked key"));
        }
        let mut lock = age::scrypt::Identity::new(meant(passphrase));
        lock.set_max_work_factor(MOST_WORK);
        let open = age::Decryptor::new(self.locked.as_slice()).map_err(|e| damaged(&e.to_string()))?;
        if !open.is_scrypt() {
            return Err(damaged("it is not locked with a passphrase"));
        }
        let wrong = |e| match e {
            age::DecryptError::ExcessiveWork { .. } => damaged("it asks for more memory than a box has"),
            age::DecryptError::InvalidHeader => damaged("its header is another"),
            _ => BackupError::WrongPassphrase { path: path.to_owned() },
        };
        let mut text = String::new();
        open.decrypt(std::iter::once(&lock as &dyn age::Identity))
            .map_err(wrong)?
            .read_to_string(&mut text)
            .map_err(|_| damaged("its content is another"))?;
        let line = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-"));
        let identity: x25519::Identity =
            line.and_then(|line| line.parse().ok()).ok_or_else(|| damaged("there is no key in it"))?;
        if identity.to_public().to_string() != self.recipient {
            return Err(damaged("it is the key of another backup"));
        }
        Ok(identity)
    }

    /// The key that a box encrypts new sets for; none when nobody has chosen one. What cannot be read counts as none.
    pub fn kept(data: &Path) -> Option<Self> {
        let folder = data.join(KEPT);
        let recipient = read_short(&folder.join(KEPT_PUBLIC)).and_then(|b| String::from_utf8(b).ok())?;
        let recipient = recipient.trim().to_owned();
        recipient.parse::<x25519::Recipient>().ok()?;
        Some(Self { recipient, locked: read_short(&folder.join(KEPT_LOCKED))? })
    }

    /// Keeps it in the data folder: from now on new sets are encrypted for it, and sets that are may be added to.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&self, data: &Path) -> Result<(), BackupError> {
        let folder = data.join(KEPT);
        std::fs::create_dir_all(&folder).map_err(on_box("make", &folder))?;
        // The public half last: without it there is no key.
        for (name, bytes) in [(KEPT_LOCKED, self.locked.as_slice()), (KEPT_PUBLIC, self.recipient.as_bytes())] {
            let (path, beside) = (folder.join(name), folder.join(format!("{name}.new")));
            let write = || -> io::Result<()> {
                let mut file = std::fs::File::create(&beside)?;
                file.write_all(bytes)?;
                file.sync_all()?;
                std::fs::rename(&beside, &path)
            };
            write().map_err(on_box("write", &path))?;
        }
        std::fs::File::open(&folder).and_then(|f| f.sync_all()).map_err(on_box("sync", &folder))
    }
}

/// Where a box keeps its key.
const KEPT: &str = "backup";
const KEPT_PUBLIC: &str = "key.pub";
const KEPT_LOCKED: &str = "key.age";

fn read_short(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path).ok()?.take(LARGEST_KEY + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST_KEY).then_some(bytes)
}

/// Encrypts bytes at once.
fn encrypt(recipient: &dyn age::Recipient, content: &[u8], path: &Path) -> Result<Vec<u8>, BackupError> {
    let mut sealed = Vec::new();
    let mut writer = encryptor(recipient, path)?.wrap_output(&mut sealed).map_err(on_box("encrypt", path))?;
    writer.write_all(content).map_err(on_box("encrypt", path))?;
    writer.finish().map_err(on_box("encrypt", path))?;
    Ok(sealed)
}

fn encryptor(recipient: &dyn age::Recipient, path: &Path) -> Result<age::Encryptor, BackupError> {
    age::Encryptor::with_recipients(std::iter::once(recipient))
        .map_err(|e| BackupError::Encrypt { path: path.to_owned(), source: Box::new(e) })
}

/// What was encrypted and not yet read.
#[derive(Default, Clone)]
struct Ready(Rc<RefCell<Vec<u8>>>);

impl Write for Ready {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A content as it is encrypted, to be read; how long it will be is known before.
pub(super) struct Sealing<R> {
    content: R,
    writer: Option<StreamWriter<Ready>>,
    ready: Ready,
    given: usize,
}

/// Encrypts a content of `size` bytes for a public key. Also how many bytes will be read from it.
pub(super) fn seal<R: Read>(
    recipient: &str,
    content: R,
    size: u64,
    path: &Path,
) -> Result<(Sealing<R>, u64), BackupError> {
    let key: x25519::Recipient = recipient.parse().map_err(|why: &str| BackupError::Damaged {
        path: path.to_owned(),
        why: format!("the key that it is encrypted for: {why}"),
    })?;
    let ready = Ready::default();
    let writer = encryptor(&key, path)?.wrap_output(ready.clone()).map_err(on_box("encrypt", path))?;
    let header = ready.0.borrow().len() as u64;
    let pieces = size.div_ceil(PIECE).max(1);
    Ok((Sealing { content, writer: Some(writer), ready, given: 0 }, header + size + pieces * TAG))
}

impl<R: Read> Read for Sealing<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.0.borrow().len() {
            self.ready.0.borrow_mut().clear();
            self.given = 0;
            let Some(writer) = &mut self.writer else { return Ok(0) };
            let mut piece = vec![0; PIECE as usize];
            let n = self.content.read(&mut piece)?;
            if n > 0 {
                writer.write_all(&piece[..n])?;
            } else if let Some(writer) = self.writer.take() {
                writer.finish()?;
            }
        }
        let ready = self.ready.0.borrow();
        let n = (ready.len() - self.given).min(out.len());
        out[..n].copy_from_slice(&ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

/// The content of an encrypted file.
pub(super) fn open<'a>(
    identity: &x25519::Identity,
    sealed: impl Read + 'a,
    path: &Path,
) -> Result<impl Read + 'a, BackupError> {
    let damaged = |why: String| BackupError::Damaged { path: path.to_owned(), why };
    let mut sealed = BufReader::with_capacity(PIECE as usize, sealed);
    // A header has no end that could be trusted, and is read into memory: so it must end soon.
    let mut head = Vec::new();
    sealed.by_ref().take(HEADER as u64).read_to_end(&mut head).map_err(on_box("read", path))?;
    if !head.windows(5).any(|w| w == b"\n--- ") {
        return Err(damaged("it is not encrypted".to_owned()));
    }
    let whole = io::Cursor::new(head).chain(sealed);
    let decryptor = age::Decryptor::new_buffered(whole).map_err(|e| damaged(e.to_string()))?;
    decryptor.decrypt(std::iter::once(identity as &dyn age::Identity)).map_err(|e| damaged(e.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn recovery_keys_are_long_and_differ() {
        let (one, other) = (new_passphrase().unwrap(), new_passphrase().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [4; 6]);
        assert!(one.bytes().all(|b| b == b'-' || ALPHABET.contains(&b)));
        let bits = f64::from(ALPHABET.len() as u32).log2() * (GROUPS * GROUP) as f64;
        assert!(bits > 100.0, "{bits}");
        let shouted = one.to_ascii_uppercase().replace('-', " ") + "\n";
        assert_eq!(meant(&shouted).expose_secret(), one);
        assert_eq!(meant("a Phrase of my own-\n").expose_secret(), "a Phrase of my own-");
    }

    #[test]
    fn what_is_encrypted_opens_again_and_is_as_long_as_foretold() {
        let path = Path::new("x");
        let key = BackupKey::new("correct horse battery").unwrap();
        let identity = key.unlock("correct horse battery", path).unwrap();
        assert!(matches!(key.unlock("correct horse", path), Err(BackupError::WrongPassphrase { .. })));
        for size in [0, 1, 65_535, 65_536, 65_537, 200_000usize] {
            let content: Vec<u8> = (0..size).map(|n| n as u8).collect();
            let (mut reader, foretold) = seal(key.recipient(), content.as_slice(), size as u64, path).unwrap();
            let mut sealed = Vec::new();
            reader.read_to_end(&mut sealed).unwrap();
            assert_eq!(sealed.len() as u64, foretold, "size {size}");
            let mut back = Vec::new();
            open(&identity, sealed.as_slice(), path).unwrap().read_to_end(&mut back).unwrap();
            assert_eq!(back, content);
        }
    }

    #[test]
    fn a_weak_passphrase_and_an_endless_header_are_refused() {
        assert!(matches!(BackupKey::new("too short"), Err(BackupError::WeakPassphrase { .. })));
        let identity = x25519::Identity::generate();
        let endless = io::repeat(b'a');
        assert!(matches!(open(&identity, endless, Path::new("x")), Err(BackupError::Damaged { .. })));
    }

    #[test]
    fn a_kept_key_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(BackupKey::kept(folder.path()), None);
        let key = BackupKey::new("correct horse battery").unwrap();
        key.keep(folder.path()).unwrap();
        assert_eq!(BackupKey::kept(folder.path()), Some(key));
    }
}
