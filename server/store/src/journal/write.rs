//! Appending: one write and one sync for a batch, into space that was filled with zeros before; the next file is made
//! before it is needed. An error of the medium is final for a file: its batch is written again to a new one. A full disk
//! is no such error: what it has no room for is refused, and taken when there is room again.

use super::format::{self, FORMAT, HEADER_BYTES, Header};
use super::{FOLDER, FileName, JournalError, QUARANTINE};
use crate::disk::{Disk, DiskFile};
use chalkbox_domain::ids::BoxId;
use sha2::{Digest, Sha256};
use std::io;
use std::sync::Arc;

/// Sizes; the defaults are the format's, tests use smaller ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JournalOptions {
    /// From this length on a file is closed.
    pub seal_at: u64,
    /// Zeros are written in such steps.
    pub fill_step: u64,
    /// The next file is made so many events before it is begun.
    pub lead: u64,
}

impl Default for JournalOptions {
    fn default() -> Self {
        Self { seal_at: 4 << 20, fill_step: 1 << 20, lead: 512 }
    }
}

/// A file that can be appended to.
pub(super) struct OpenFile {
    pub name: FileName,
    pub file: Box<dyn DiskFile>,
    /// Where the next frame goes.
    pub used: u64,
    /// Up to here zeros are on the medium.
    pub filled: u64,
    /// Hash of everything before `used`.
    pub sha: Sha256,
    pub events: u64,
    /// An operation on it failed: never write to it again.
    pub spoiled: bool,
    /// Work ahead failed: it is tried again when so much is used.
    pub ahead_again_at: u64,
}

/// The end of the journal, where events are added.
pub(crate) struct Journal {
    pub(super) disk: Arc<dyn Disk>,
    pub(super) box_id: BoxId,
    pub(super) boot: u64,
    pub(super) options: JournalOptions,
    pub(super) next_seq: u64,
    pub(super) current: OpenFile,
    pub(super) prepared: Option<OpenFile>,
    pub(super) failed: bool,
}

/// Makes a file under its final name: header, zeros, sync, folder. A half-made one is removed.
pub(super) fn create(
    disk: &dyn Disk,
    box_id: BoxId,
    boot: u64,
    first: u64,
    options: JournalOptions,
) -> Result<OpenFile, JournalError> {
    let name = FileName::new(box_id, first);
    let header = Header { format: FORMAT, box_id, boot, first_seq: first }.encode();
    let file = disk.create(&name.path).map_err(JournalError::io("create", &name.path))?;
    let make = || -> io::Result<()> {
        let mut bytes = vec![0; options.fill_step as usize];
        bytes[..HEADER_BYTES].copy_from_slice(&header);
        file.write(0, &bytes)?;
        file.sync()?;
        disk.sync_folder(FOLDER)
    };
    if let Err(error) = make() {
        // It would take room from what is still to be written, and stand in the way of the next try.
        let _ = disk.remove(&name.path);
        return Err(JournalError::io("create", &name.path)(error));
    }
    Ok(OpenFile {
        file,
        used: HEADER_BYTES as u64,
        filled: options.fill_step,
        sha: Sha256::new_with_prefix(header),
        events: 0,
        spoiled: false,
        ahead_again_at: 0,
        name,
    })
}

/// Whether an error only says that there is no room.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

impl OpenFile {
    /// Writes zeros until `room` bytes are free behind what is used.
    fn fill(&mut self, room: u64, step: u64) -> io::Result<()> {
        while self.filled < self.used + room {
            let zeros = vec![0; (step - self.filled % step) as usize];
            self.file.write(self.filled, &zeros)?;
            self.file.sync()?;
            self.filled += zeros.len() as u64;
        }
        Ok(())
    }

    /// Puts frames behind the others, on the medium. When the disk is full, nothing of them was written and the file is
    /// as good as before; after every other error it is spoiled.
    fn append(&mut self, frames: &[u8], events: u64, step: u64) -> io::Result<()> {
        if let Err(error) = self.fill(frames.len() as u64, step) {
            self.spoiled = !is_full(&error);
            return Err(error);
        }
        let written = self.file.write(self.used, frames).and_then(|()| self.file.sync());
        if written.is_err() {
            self.spoiled = true;
            return written;
        }
        self.used += frames.len() as u64;
        self.events += events;
        self.sha.update(frames);
        Ok(())
    }

    /// Closes the file. Only a help for later checks: nothing is lost without it.
    pub(super) fn seal(&mut self, last_seq: u64, step: u64) {
        let mut frame = Vec::new();
        format::push_seal(&mut frame, last_seq, self.events, &self.sha.clone().finalize().into());
        if let Err(error) = self.append(&frame, 0, step) {
            tracing::warn!(file = self.name.name(), %error, "a journal file could not be sealed");
        }
    }
}

impl Journal {
    /// The number that the next event gets.
    pub fn next_seq(&self) -> u64 {
        self.next_seq
    }

    /// First number of the file that holds `seq`, which must not be older than the file in use.
    #[cfg(test)]
    pub fn file_of(&self, seq: u64) -> u64 {
        match &self.prepared {
            Some(prepared) if prepared.name.first <= seq => prepared.name.first,
            _ => self.current.name.first,
        }
    }

    /// Appends the payloads of events `next_seq`, `next_seq + 1`, …; they are on the medium when it returns.
    /// Gives the first number of the file that each of them went to.
    ///
    /// # Errors
    /// [`JournalError::Full`] when there is no room: nothing was written, and it can be tried again. Otherwise when the
    /// medium failed twice; from then on always.
    pub fn append(&mut self, payloads: &[Vec<u8>]) -> Result<Vec<u64>, JournalError> {
        let mut files = Vec::with_capacity(payloads.len());
        let mut rest = payloads;
        while !rest.is_empty() {
            if self.failed {
                return Err(JournalError::Failed);
            }
            let room = self.prepared.as_ref().map_or(u64::MAX, |p| p.name.first - self.next_seq);
            let (now, later) = rest.split_at(rest.len().min(usize::try_from(room).unwrap_or(usize::MAX)));
            if let Err(error) = self.append_batch(now) {
                // A first part that is on the medium already must not be written again under other numbers, and nobody
                // is told of it: only the next opening can put that right.
                if matches!(error, JournalError::Full) && files.is_empty() {
                    return Err(error);
                }
                self.failed = true;
                tracing::error!(%error, "the journal failed twice; it takes no more events");
                return Err(JournalError::Failed);
            }
            files.extend(now.iter().map(|_| self.current.name.first));
            self.next_seq += now.len() as u64;
            self.switch_when_due();
            rest = later;
        }
        Ok(files)
    }

    fn append_batch(&mut self, payloads: &[Vec<u8>]) -> Result<(), JournalError> {
        let batch = (self.next_seq, payloads.len() as u16);
        let mut frames = Vec::with_capacity(payloads.iter().map(|p| p.len() + format::FRAME_BYTES).sum());
        for (seq, payload) in (self.next_seq..).zip(payloads) {
            format::push_event(&mut frames, seq, batch, payload);
        }
        let (events, step) = (payloads.len() as u64, self.options.fill_step);
        if !self.current.spoiled {
            match self.current.append(&frames, events, step) {
                Ok(()) => return Ok(()),
                Err(error) if !self.current.spoiled => {
                    tracing::error!(file = self.current.name.name(), %error, "no room for events");
                    return Err(JournalError::Full);
                }
                Err(error) => {
                    tracing::error!(file = self.current.name.name(), %error, "the journal changes to a new file");
                }
            }
        }
        self.replace_current()?;
        let path = self.current.name.path.clone();
        self.current.append(&frames, events, step).map_err(JournalError::io("write", &path))
    }

    /// A new file for the number that is due, after the one in use failed.
    fn replace_current(&mut self) -> Result<(), JournalError> {
        if self.current.name.first == self.next_seq {
            // Nothing in it was acknowledged, and the new file needs its name.
            let path = &self.current.name.path;
            let aside = format!("{QUARANTINE}/{:016x}-write-failed-{}", self.boot, self.current.name.name());
            self.disk.create_folder(QUARANTINE).map_err(JournalError::io("create", QUARANTINE))?;
            self.disk.rename(path, &aside).map_err(JournalError::io("set aside", path))?;
            self.disk.sync_folder(FOLDER).map_err(JournalError::io("sync", FOLDER))?;
        }
        self.current = create(&*self.disk, self.box_id, self.boot, self.next_seq, self.options)?;
        Ok(())
    }

    /// Begins the prepared file when its first number is due.
    fn switch_when_due(&mut self) {
        if self.prepared.as_ref().is_some_and(|p| p.name.first == self.next_seq)
            && let Some(next) = self.prepared.take()
        {
            if !self.current.spoiled {
                self.current.seal(self.next_seq - 1, self.options.fill_step);
            }
            self.current = next;
        }
    }

    /// Closes the file in use and begins another, so that no event that was stored before lies in the one in use. Gives the
    /// number from which on that one is.
    ///
    /// # Errors
    /// When the new file cannot be made; the one in use stays in use.
    pub fn roll(&mut self) -> Result<u64, JournalError> {
        if self.failed {
            return Err(JournalError::Failed);
        }
        if self.current.name.first != self.next_seq {
            let next = create(&*self.disk, self.box_id, self.boot, self.next_seq, self.options)?;
            if !self.current.spoiled {
                self.current.seal(self.next_seq - 1, self.options.fill_step);
            }
            self.current = next;
        }
        Ok(self.next_seq)
    }

    /// Work that is better done while nobody waits: zeros ahead, the next file. Failing here is noted and met again,
    /// where it counts, by an append: what was synced stays good, so the room that is left is used up first.
    pub fn prepare(&mut self) {
        if self.failed || self.current.used < self.current.ahead_again_at {
            return;
        }
        let step = self.options.fill_step;
        let half = step / 2;
        // What fails is not tried after every batch: each try may write the last free bytes of the disk once more.
        let again_at = self.current.used + step / 16;
        if !self.current.spoiled
            && self.current.filled < self.current.used + half
            && let Err(error) = self.current.fill(half, step)
        {
            tracing::warn!(file = self.current.name.name(), %error, "no space could be made ahead");
            self.current.ahead_again_at = again_at;
        }
        if self.prepared.is_none() && self.current.used + self.options.seal_at / 8 >= self.options.seal_at {
            let first = self.next_seq + self.options.lead;
            match create(&*self.disk, self.box_id, self.boot, first, self.options) {
                Ok(file) => self.prepared = Some(file),
                Err(error) => {
                    tracing::warn!(%error, "the next journal file could not be made yet");
                    self.current.ahead_again_at = again_at;
                }
            }
        }
    }
}
