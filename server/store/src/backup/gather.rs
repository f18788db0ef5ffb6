//! What goes into a set, compared with what is in it: each file of the box is taken over from the former manifest, or
//! written. Nothing of a former set is given up that the new one does not hold in its place.

use super::create::{Progress, tell};
use super::crypt;
use super::error::{BackupError, on_box};
use super::manifest::{Content, Entry, Events, Manifest, hex};
use super::paths::{self, FILES, Kind, SEALED, SUM};
use super::sources::{self, DataFile, Tally, data_files, name_of};
use super::stick::Hashing;
use super::{Step, readme};
use crate::journal::{Segment, segments};
use crate::record::Record;
use crate::volume::{VolumeError, VolumeName, read_volume, write_volume};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Where the files of a set are written to.
pub(super) trait Out {
    /// Writes a file of `size` bytes.
    fn put(&mut self, path: &str, size: u64, content: &mut dyn Read) -> Result<(), BackupError>;
}

/// A file of the box is not there any more, or changes: it has to be looked at again.
#[derive(Debug)]
pub(super) enum Stop {
    /// Begin again.
    Again(BackupError),
    /// It cannot be done.
    End(BackupError),
}

impl From<BackupError> for Stop {
    fn from(error: BackupError) -> Self {
        Self::End(error)
    }
}

/// What was written beyond what was there.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    /// Positions of new files in the manifest.
    pub paths: Vec<String>,
    /// Their bytes.
    pub bytes: u64,
}

/// A former volume whose numbers all lie in a new one.
struct Covered {
    path: String,
    /// What it says that its events are.
    digest: String,
    /// What those numbers are in the new one.
    tally: Tally,
}

/// Events of the box as a volume that the set is to hold.
struct Volume<'a> {
    name: VolumeName,
    size: u64,
    /// SHA-256 in hex.
    hash: String,
    events: Events,
    /// The file of the box that it comes from, and its state; empty for one that changes in a moment.
    source: &'a Path,
    state: &'a str,
}

/// Gathers a set.
pub(super) struct Gathering<'a> {
    data: &'a Path,
    former: Option<&'a Manifest>,
    out: &'a mut dyn Out,
    progress: &'a mut dyn FnMut(Progress),
    done: u64,
    total: u64,
    /// The new manifest, so far.
    pub manifest: Manifest,
    /// What was written.
    pub written: Written,
    /// Paths of former volumes whose events all stand in new ones.
    superseded: BTreeSet<String>,
}

impl<'a> Gathering<'a> {
    /// Begins with an empty manifest; `former` is what the set holds already.
    pub fn new(
        data: &'a Path,
        former: Option<&'a Manifest>,
        manifest: Manifest,
        out: &'a mut dyn Out,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Self {
        let (written, superseded) = (Written::default(), BTreeSet::new());
        Self { data, former, out, progress, done: 0, total: 0, manifest, written, superseded }
    }

    /// Takes over or writes everything.
    pub fn run(&mut self, locked: Option<&[u8]>) -> Result<(), Stop> {
        let segments = segments(self.data).map_err(|e| Stop::Again(e.into()))?;
        let files = data_files(self.data)?;
        let sizes = segments.iter().map(|s| s.path.as_path()).chain(files.iter().map(|f| f.path.as_path()));
        self.total = sizes.filter_map(|path| std::fs::metadata(path).ok()).map(|m| m.len()).sum();
        self.open_file(paths::README, readme().as_bytes())?;
        if let Some(locked) = locked {
            self.open_file(paths::KEY, locked)?;
        }
        for file in &files {
            self.data_file(file)?;
        }
        for segment in &segments {
            self.segment(segment)?;
        }
        self.keep_former();
        if self.manifest.files.len() > FILES {
            let path = self.data.to_owned();
            return Err(BackupError::Unfit { path, why: "more than 20,000 files" }.into());
        }
        self.manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.manifest.boxes = self.manifest.ranges();
        Ok(())
    }

    /// What is still to be written, estimated from above: of the box's bytes that were not looked at.
    pub fn left(&self) -> u64 {
        self.total.saturating_sub(self.done)
    }

    fn went_on(&mut self, bytes: u64) -> Result<(), Stop> {
        self.done += bytes;
        Ok(tell(self.progress, Step::Write, self.done.min(self.total), self.total)?)
    }

    fn former_entries(&self) -> impl Iterator<Item = (&'a Manifest, &'a Entry)> + use<'a> {
        self.former.into_iter().flat_map(|m| m.files.iter().map(move |e| (m, e)))
    }

    /// A file that is readable by everybody, also in an encrypted set. Never written anew: it says the same.
    fn open_file(&mut self, path: &str, bytes: &[u8]) -> Result<(), Stop> {
        if let Some(entry) = self.former.and_then(|m| m.entry(path)) {
            self.manifest.files.push(entry.clone());
            return Ok(());
        }
        self.out.put(path, bytes.len() as u64, &mut { bytes })?;
        let sha256 = hex(&Sha256::digest(bytes));
        self.note(Entry {
            path: path.to_owned(),
            size: bytes.len() as u64,
            sha256,
            content: None,
            events: None,
            source: String::new(),
        });
        Ok(())
    }

    fn note(&mut self, entry: Entry) {
        self.written.paths.push(entry.path.clone());
        self.written.bytes += entry.size;
        self.manifest.files.push(entry);
    }

    /// Writes a content under a path, or encrypted under the path that says so. `expected` is its hash.
    fn write(&mut self, path: &str, size: u64, content: &mut dyn Read, source: &Path) -> Result<Entry, Stop> {
        let shown = Path::new(path);
        let mut content = Hashing::new(content.take(size));
        let mut entry = Entry {
            path: path.to_owned(),
            size,
            sha256: String::new(),
            content: None,
            events: None,
            source: String::new(),
        };
        if let Some(recipient) = self.manifest.encrypted_for.clone() {
            entry.path.push_str(SEALED);
            let (sealing, sealed_size) = crypt::seal(&recipient, &mut content, size, shown)?;
            let mut stored = Hashing::new(sealing);
            self.out.put(&entry.path, sealed_size, &mut stored)?;
            (entry.size, entry.sha256) = (stored.bytes, stored.hex());
            entry.content = Some(Content { size: content.bytes, sha256: content.hex() });
        } else {
            self.out.put(&entry.path, size, &mut content)?;
            entry.sha256 = content.hex();
        }
        if content.bytes != size {
            return Err(Stop::Again(BackupError::Changed { path: source.to_owned() }));
        }
        Ok(entry)
    }

    /// The first path for a file under which the former set and this one hold nothing.
    fn free_path(&self, path: &str) -> String {
        let sealed = if self.manifest.encrypted_for.is_some() { SEALED } else { "" };
        let is_taken = |candidate: &String| {
            let stored = format!("{candidate}{sealed}");
            self.former.is_some_and(|m| m.entry(&stored).is_some()) || self.manifest.entry(&stored).is_some()
        };
        let mut number = 1;
        loop {
            let candidate = paths::generation(path, number);
            if !is_taken(&candidate) {
                return candidate;
            }
            number += 1;
        }
    }

    fn data_file(&mut self, file: &DataFile) -> Result<(), Stop> {
        let again = |e| Stop::Again(on_box("read", &file.path)(e));
        let opened = File::open(&file.path).map_err(again)?;
        let found = opened.metadata().map_err(again)?;
        let state = sources::state_of(&found);
        let kind = Kind::Data(file.name.clone());
        let of_kind = |(m, e): &(&Manifest, &Entry)| paths::kind(e.plain_path(m)).as_ref() == Some(&kind);
        let known: Vec<&Entry> = self.former_entries().filter(of_kind).map(|(_, e)| e).collect();
        if let Some(&entry) = known.iter().find(|e| e.source == state) {
            self.manifest.files.push(entry.clone());
            return self.went_on(found.len());
        }
        let mut bytes = Vec::new();
        opened.take(sources::LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(again)?;
        if bytes.len() as u64 > sources::LARGEST_FILE {
            return Err(BackupError::Unfit { path: file.path.clone(), why: "larger than 64 MiB" }.into());
        }
        let hash = hex(&Sha256::digest(&bytes));
        if let Some(&entry) = known.iter().find(|e| e.inside() == (bytes.len() as u64, hash.as_str())) {
            self.manifest.files.push(Entry { source: state, ..entry.clone() });
        } else {
            let path = self.free_path(&format!("files/{}", file.name));
            let entry = self.write(&path, bytes.len() as u64, &mut bytes.as_slice(), &file.path)?;
            self.note(Entry { source: state, ..entry });
        }
        self.went_on(bytes.len() as u64)
    }

    fn segment(&mut self, segment: &Segment) -> Result<(), Stop> {
        let again = |e| Stop::Again(on_box("read", &segment.path)(e));
        let found = std::fs::metadata(&segment.path).map_err(again)?;
        let state = sources::state_of(&found);
        if segment.closed && self.take_over_unchanged(segment, &state) {
            return self.went_on(found.len());
        }
        let packed = segment.path.file_name().and_then(|n| n.to_str()).and_then(VolumeName::parse);
        match packed {
            Some(name) => self.packed(segment, name, &state)?,
            None => self.frames(segment, &state)?,
        }
        self.went_on(found.len())
    }

    /// Takes the volume of a closed file over that was made from the same state of it.
    fn take_over_unchanged(&mut self, segment: &Segment, state: &str) -> bool {
        let same = |(m, e): &(&Manifest, &Entry)| {
            e.source == state && e.volume(m).is_some_and(|v| v.box_id == segment.box_id && v.from == segment.first)
        };
        match self.former_entries().find(same) {
            Some((former, entry)) => self.take_over(former, entry, state),
            None => false,
        }
    }

    /// Takes a former volume and its checksum over; false when the checksum is not there.
    fn take_over(&mut self, former: &Manifest, entry: &Entry, state: &str) -> bool {
        let sealed = if former.encrypted_for.is_some() { SEALED } else { "" };
        let Some(sum) = former.entry(&format!("{}{SUM}{sealed}", entry.plain_path(former))) else { return false };
        if self.manifest.entry(&entry.path).is_none() {
            self.manifest.files.push(Entry { source: state.to_owned(), ..entry.clone() });
            self.manifest.files.push(sum.clone());
        }
        true
    }

    /// Events in frames: they are packed in memory, a journal file at a time.
    fn frames(&mut self, segment: &Segment, state: &str) -> Result<(), Stop> {
        let records = match segment.records(self.data) {
            Ok(records) => records,
            Err(source) => {
                let there = segment.path.exists();
                let error = BackupError::Events { path: segment.path.clone(), source };
                return Err(if there { Stop::End(error) } else { Stop::Again(error) });
            }
        };
        if !segment.closed {
            // Beside a running server something may be read that is not on the medium yet. It must be before it goes to
            // another one: a power cut here could else give its number to another event.
            File::open(&segment.path)
                .and_then(|f| f.sync_all())
                .map_err(|e| Stop::Again(on_box("sync", &segment.path)(e)))?;
        }
        self.listed(segment, records, state)
    }

    /// Writes records as a volume; of a file that may be taken over unread later.
    fn listed(&mut self, segment: &Segment, records: Vec<Record>, state: &str) -> Result<(), Stop> {
        let Some(name) = name_of(segment.box_id, &records) else { return Ok(()) };
        let mut bytes = Vec::new();
        let mut tally = Tally::new();
        let mut covered = self.covered(name);
        for record in &records {
            tally.add(record);
            covered.iter_mut().for_each(|c| c.tally.add(record));
        }
        write_volume(&name, &mut records.into_iter(), &mut bytes)
            .map_err(|source| BackupError::Volume { path: segment.path.clone(), source })?;
        let hash = hex(&Sha256::digest(&bytes));
        let size = bytes.len() as u64;
        // Only what can be taken over unread needs the state; an open file's is another in a moment.
        let state = if segment.closed { state } else { "" };
        let volume = Volume { name, size, hash, events: tally.finish(), source: &segment.path, state };
        self.volume(volume, &mut bytes.as_slice())?;
        self.supersede(covered);
        Ok(())
    }

    /// Events that are a volume already: read twice, once to check it, never held.
    fn packed(&mut self, segment: &Segment, name: VolumeName, state: &str) -> Result<(), Stop> {
        let open = || File::open(&segment.path).map_err(|e| Stop::Again(on_box("read", &segment.path)(e)));
        let mut tally = Tally::new();
        let mut covered = self.covered(name);
        let mut input = Hashing::new(io::BufReader::new(open()?));
        let found = read_volume(&mut input, &mut |record| {
            tally.add(&record);
            covered.iter_mut().for_each(|c| c.tally.add(&record));
            Ok(())
        });
        match found {
            Ok(found) if found == name => {}
            Err(VolumeError::Io(error)) => return Err(Stop::Again(on_box("read", &segment.path)(error))),
            // What else there is goes along all the same, and what a former set has of these numbers stays in it.
            damaged => {
                let fault = damaged
                    .err()
                    .map_or_else(|| "it holds other events than its name says".to_owned(), |e| e.to_string());
                tracing::error!(file = %segment.path.display(), fault, "a volume is damaged; its events are not in this backup");
                return self.listed(segment, vec![Record::Lost { from: name.from, to: name.to }], state);
            }
        }
        input.drain().map_err(on_box("read", &segment.path))?;
        let (size, hash) = (input.bytes, input.hex());
        let volume = Volume { name, size, hash, events: tally.finish(), source: &segment.path, state };
        self.volume(volume, &mut open()?)?;
        self.supersede(covered);
        Ok(())
    }

    /// Takes over the volume of that content, or writes it with its checksum.
    fn volume(&mut self, volume: Volume<'_>, content: &mut dyn Read) -> Result<(), Stop> {
        let Volume { name, size, hash, .. } = &volume;
        let same = |(m, e): &(&Manifest, &Entry)| e.volume(m) == Some(*name) && e.inside() == (*size, hash.as_str());
        if let Some((former, entry)) = self.former_entries().find(same)
            && self.take_over(former, entry, volume.state)
        {
            return Ok(());
        }
        let file_name = name.file_name();
        let path = self.free_path(&format!("events/{file_name}"));
        let entry = self.write(&path, *size, content, volume.source)?;
        if entry.inside().1 != hash {
            return Err(Stop::Again(BackupError::Changed { path: volume.source.to_owned() }));
        }
        let sum = format!("{hash}  {file_name}\n");
        self.note(Entry { source: volume.state.to_owned(), events: Some(volume.events), ..entry });
        let entry = self.write(&format!("{path}{SUM}"), sum.len() as u64, &mut sum.as_bytes(), volume.source)?;
        self.note(entry);
        Ok(())
    }

    /// Former volumes that a new one might replace.
    fn covered(&self, name: VolumeName) -> Vec<Covered> {
        let covers = |v: VolumeName| v.box_id == name.box_id && v.from >= name.from && v.to <= name.to;
        self.former_entries()
            .filter_map(|(m, e)| {
                let (volume, events) = (e.volume(m)?, e.events.as_ref()?);
                let tally = Tally::within((volume.from, volume.to), events.lost.clone());
                covers(volume).then(|| Covered { path: e.path.clone(), digest: events.digest.clone(), tally })
            })
            .collect()
    }

    /// A former volume can go when all its events, as they were, stand in the new one.
    fn supersede(&mut self, covered: Vec<Covered>) {
        let same = covered.into_iter().filter_map(|c| (c.tally.finish().digest == c.digest).then_some(c.path));
        self.superseded.extend(same);
    }

    /// Keeps what the box has no more, or has otherwise: it may be the only copy. Settings alone are as they are now.
    fn keep_former(&mut self) {
        let mut kept: Vec<(&Manifest, &Entry)> = Vec::new();
        for (former, entry) in self.former_entries() {
            match paths::kind(entry.plain_path(former)) {
                Some(Kind::Events(_)) => {
                    let gone = entry.volume(former).is_none() || self.superseded.contains(&entry.path);
                    if !gone && self.manifest.entry(&entry.path).is_none() {
                        kept.push((former, entry));
                    }
                }
                Some(Kind::Data(name)) if name != "chalkbox.toml" => {
                    let kind = Some(Kind::Data(name));
                    let is_there = |e: &Entry| paths::kind(e.plain_path(&self.manifest)) == kind;
                    if !self.manifest.files.iter().any(is_there) {
                        self.manifest.files.push(entry.clone());
                    }
                }
                _ => {}
            }
        }
        for (former, entry) in kept {
            let state = entry.source.clone();
            self.take_over(former, entry, &state);
        }
    }
}
