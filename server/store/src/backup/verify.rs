//! Reading a set from its first byte to its last: is it all there, is it what was written, and what is in it.

use super::create::{Progress, tell};
use super::error::BackupError;
use super::manifest::Entry;
use super::paths::{self, Kind, SUM};
use super::set::{OpenSet, SetSummary};
use super::sources::Tally;
use super::{Step, Target};
use crate::codec::decode_event;
use crate::disk::Disk;
use crate::record::Record;
use crate::volume::{VolumeError, VolumeName, read_volume};
use chalkbox_domain::event::EventBody;
use chalkbox_domain::ids::LearnerId;
use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::sync::Arc;

/// Sets that were read to their ends and are whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Each of them.
    pub sets: Vec<VerifiedSet>,
}

/// A set that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedSet {
    /// What it says of itself, now proved.
    pub summary: SetSummary,
    /// What is in it; none for an encrypted set of which the passphrase was not given: then it is only proved that every
    /// byte is as it was written.
    pub contents: Option<Contents>,
}

/// What is in a set, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// Events, those of erased learners not counted.
    pub events: u64,
    /// Events of erased learners: only that they were there.
    pub erased: u64,
    /// Learners that events are about.
    pub learners: u64,
    /// Events by kind, by the names in `docs/store-format.md`. `unknown` are of a newer program.
    pub kinds: BTreeMap<&'static str, u64>,
}

impl Contents {
    /// Answers of learners.
    pub fn answers(&self) -> u64 {
        self.kinds.get("answered").copied().unwrap_or(0)
    }
}

/// Reads all sets of a stick or file and checks everything in them. Changes nothing. Without the passphrase of an
/// encrypted set, its bytes are checked and its contents are not.
///
/// # Errors
/// See [`BackupError`]: the first thing that is wrong.
pub fn verify(
    target: &Target,
    passphrase: Option<&str>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Verified, BackupError> {
    let mut sets = OpenSet::all(target)?;
    let total = sets.iter().map(OpenSet::bytes).sum();
    let mut done = 0;
    let mut verified = Vec::new();
    for set in &mut sets {
        if let Some(passphrase) = passphrase {
            set.unlock(passphrase)?;
        }
        let contents = check(set, &mut |bytes| {
            done += bytes;
            tell(progress, Step::Check, done, total)
        })?;
        verified.push(VerifiedSet { summary: set.summary(), contents });
    }
    Ok(Verified { sets: verified })
}

/// Checks the set in a folder of a disk of any kind, as [`verify`] does it.
///
/// # Errors
/// See [`verify`].
pub fn verify_on(disk: Arc<dyn Disk>, set: &str, passphrase: Option<&str>) -> Result<VerifiedSet, BackupError> {
    let mut set = OpenSet::on(disk, set)?;
    if let Some(passphrase) = passphrase {
        set.unlock(passphrase)?;
    }
    let contents = check(&set, &mut |_| Ok(()))?;
    Ok(VerifiedSet { summary: set.summary(), contents })
}

/// Checks everything in a set; tells the bytes of each file when it was checked.
pub(super) fn check(
    set: &OpenSet,
    read: &mut dyn FnMut(u64) -> Result<(), BackupError>,
) -> Result<Option<Contents>, BackupError> {
    let mut counted = Counted::default();
    for entry in &set.manifest.files {
        let plain = entry.plain_path(&set.manifest);
        match (entry.volume(&set.manifest), paths::kind(plain)) {
            (Some(name), _) => {
                set.read(entry, &mut |content| volume(set, entry, name, content, &mut counted))?;
                has_sum(set, entry)?;
            }
            (None, Some(Kind::Events(name))) => {
                set.read(entry, &mut |content| sum(set, entry, &name, content))?;
            }
            _ => {
                set.read(entry, &mut |_| Ok(()))?;
            }
        }
        read(entry.size)?;
    }
    if set.manifest.ranges() != set.manifest.boxes {
        return Err(set.damaged(paths::MANIFEST, "the boxes that it names are not those of its volumes"));
    }
    counted.contents.learners = counted.learners.len() as u64;
    Ok(set.is_open().then_some(counted.contents))
}

#[derive(Default)]
struct Counted {
    contents: Contents,
    learners: HashSet<LearnerId>,
}

impl Counted {
    fn add(&mut self, record: &Record) -> Result<(), VolumeError> {
        match record {
            Record::Event { payload, .. } => {
                let event = decode_event(payload)
                    .map_err(|e| VolumeError::Io(std::io::Error::new(std::io::ErrorKind::InvalidData, e)))?;
                self.contents.events += 1;
                self.learners.extend(event.learner);
                *self.contents.kinds.entry(kind_of(&event.body)).or_default() += 1;
            }
            Record::Erased { .. } => self.contents.erased += 1,
            Record::Lost { .. } => {}
        }
        Ok(())
    }
}

/// A kind's name in the documents.
fn kind_of(body: &EventBody) -> &'static str {
    match body {
        EventBody::Answered(_) => "answered",
        EventBody::Hinted(_) => "hinted",
        EventBody::ProfileSet(_) => "profile-set",
        EventBody::ClassSet(_) => "class-set",
        EventBody::StaffSet(_) => "staff-set",
        EventBody::SettingsSet(_) => "settings-set",
        EventBody::TokenSet(_) => "token-set",
        EventBody::PackSet(_) => "pack-set",
        EventBody::ContextSet(_) => "context-set",
        EventBody::GapNoted { .. } => "gap-noted",
        EventBody::ClockCorrected { .. } => "clock-corrected",
        EventBody::Carried(_) => "carried",
        EventBody::YearClosed(_) => "year-closed",
        EventBody::Unknown { .. } => "unknown",
        #[allow(unreachable_patterns, reason = "kinds are added elsewhere; each is counted, if not by its name")]
        _ => "other",
    }
}

/// Reads a volume and compares it with what the manifest says of it.
fn volume(
    set: &OpenSet,
    entry: &Entry,
    name: VolumeName,
    content: &mut dyn Read,
    counted: &mut Counted,
) -> Result<(), BackupError> {
    let mut tally = Tally::new();
    let mut content = content;
    let found = read_volume(&mut content, &mut |record| {
        tally.add(&record);
        counted.add(&record)
    });
    let found = found.map_err(|e| set.damaged(&entry.path, &told(&e)))?;
    if found != name {
        return Err(set.damaged(&entry.path, "it holds other events than its name says"));
    }
    if entry.events != Some(tally.finish()) {
        return Err(set.damaged(&entry.path, "it holds other events than the manifest says"));
    }
    Ok(())
}

/// An error and its causes in one line.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// The path under which a volume's checksum is listed.
fn sum_of(set: &OpenSet, volume: &Entry) -> String {
    let sealed = if set.manifest.encrypted_for.is_some() { paths::SEALED } else { "" };
    format!("{}{SUM}{sealed}", volume.plain_path(&set.manifest))
}

fn has_sum(set: &OpenSet, volume: &Entry) -> Result<(), BackupError> {
    match set.manifest.entry(&sum_of(set, volume)) {
        Some(_) => Ok(()),
        None => Err(set.damaged(&volume.path, "its checksum is not listed")),
    }
}

/// Compares a volume's checksum with the manifest.
fn sum(set: &OpenSet, entry: &Entry, name: &str, content: &mut dyn Read) -> Result<(), BackupError> {
    let other = || set.damaged(&entry.path, "it is the checksum of something else");
    let volume = set.manifest.files.iter().find(|v| v.events.is_some() && sum_of(set, v) == entry.path);
    let hash = volume.ok_or_else(other)?.inside().1;
    let mut text = Vec::new();
    content.take(300).read_to_end(&mut text).map_err(|_| other())?;
    let told = format!("{hash}  {}\n", name.strip_suffix(SUM).unwrap_or(name));
    if text == told.as_bytes() { Ok(()) } else { Err(other()) }
}
