//! What can be wrong with a volume, and what to do about it.

use super::VolumeName;
use crate::codec::text::TextError;
use chalkbox_domain::ids::{BoxId, EventId};
use std::io;

/// Why a volume cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum VolumeError {
    /// The medium failed.
    #[error("the file cannot be read or written")]
    Io(#[from] io::Error),
    /// The text is not a volume's.
    #[error("line {line}: {fault}; {}", fault.remedy())]
    Fault {
        /// Which line of the text, from 1.
        line: u64,
        /// What is wrong.
        fault: VolumeFault,
    },
    /// The records that were given to be written are not those that the volume is to hold.
    #[error("event {id} cannot be written: {fault}")]
    Unwritable {
        /// Which event or number it is about.
        id: EventId,
        /// What is wrong.
        fault: VolumeFault,
    },
    /// A file's name says other events than it holds.
    #[error("the file's name is not that of what it holds, {}; give it that name", holds.file_name())]
    Misnamed {
        /// What it holds.
        holds: VolumeName,
    },
    /// What was read back is not what was written.
    #[error("what was read back is not what was written; the medium is failing, use another one")]
    ReadBack,
    /// Whoever took the records wanted no more.
    #[error("a record was not taken")]
    NotTaken(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Any of these, in a certain file.
    #[error("{file}")]
    InFile {
        /// The file's name.
        file: String,
        /// What is wrong.
        #[source]
        error: Box<VolumeError>,
    },
}

impl VolumeError {
    pub(super) fn in_file(self, file: &str) -> Self {
        Self::InFile { file: file.to_owned(), error: Box::new(self) }
    }
}

/// What is wrong with a line of a volume.
#[derive(Debug, thiserror::Error)]
pub enum VolumeFault {
    /// The file does not begin like one that zstd made.
    #[error("the file is not compressed with zstd")]
    NotZstd,
    /// It was compressed in a way that is not taken.
    #[error("the file is compressed {how}")]
    Compressed {
        /// How.
        how: &'static str,
    },
    /// The compressed bytes are damaged.
    #[error("the compressed bytes are damaged ({0})")]
    Damaged(io::Error),
    /// The file or its text ends too early.
    #[error("the file ends here, in the middle")]
    CutShort,
    /// A line is too long.
    #[error("the line is longer than {most} bytes")]
    LongLine {
        /// So many are allowed.
        most: u64,
    },
    /// There is too much text.
    #[error("there is more text than {most} bytes")]
    TooMuchText {
        /// So many are allowed.
        most: u64,
    },
    /// There are too many records.
    #[error("there are more than {most} records")]
    TooManyRecords {
        /// So many are allowed.
        most: u64,
    },
    /// The line is not UTF-8.
    #[error("the line is not text")]
    NotText,
    /// The first line is not a header.
    #[error("this is not the first line of a volume of events ({0})")]
    NoHeader(serde_json::Error),
    /// The file is of another format.
    #[error("this is not a volume of events but another format")]
    OtherFormat,
    /// A newer program wrote the file.
    #[error("the file has version {version} of its format")]
    NewerVersion {
        /// Its version.
        version: u32,
    },
    /// The header's numbers make no sense.
    #[error("events {from} to {to} cannot be")]
    Range {
        /// First number.
        from: u64,
        /// Last number.
        to: u64,
    },
    /// The line is none of those that may stand here.
    #[error("this is no record ({0})")]
    NoRecord(serde_json::Error),
    /// The event in the line cannot be read.
    #[error(transparent)]
    Event(TextError),
    /// The event is larger than a journal takes.
    #[error("the event has {bytes} bytes, more than {most}")]
    LargeEvent {
        /// So many it has.
        bytes: usize,
        /// So many are allowed.
        most: usize,
    },
    /// The record is of another box.
    #[error("the record is of box {found}, not of {expected}")]
    OtherBox {
        /// Whose the volume is.
        expected: BoxId,
        /// Whose the record is.
        found: BoxId,
    },
    /// Numbers are left out.
    #[error("number {found} follows, but {expected} is missing")]
    Hole {
        /// The number that should be here.
        expected: u64,
        /// The number that is here.
        found: u64,
    },
    /// A number stands twice, or out of order.
    #[error("number {found} stands here again or out of order; {expected} should follow")]
    Again {
        /// The number that should be here.
        expected: u64,
        /// The number that is here.
        found: u64,
    },
    /// Lost numbers that make no sense.
    #[error("lost numbers {from} to {to} cannot be here")]
    Lost {
        /// First lost number.
        from: u64,
        /// Last lost number.
        to: u64,
    },
    /// More numbers than the header says.
    #[error("number {found} is behind the last one, {last}")]
    Beyond {
        /// The number that is here.
        found: u64,
        /// Last number of the volume.
        last: u64,
    },
    /// The records end too early.
    #[error("the records end before number {next}, but should go to {last}")]
    Unfinished {
        /// The number that should have followed.
        next: u64,
        /// Last number of the volume.
        last: u64,
    },
    /// The last line is not one.
    #[error("the last line cannot be read ({0})")]
    BadEnd(serde_json::Error),
    /// The last line says another number of records.
    #[error("there are {found} records, not {said} as the last line says")]
    Count {
        /// What it says.
        said: u64,
        /// How many there are.
        found: u64,
    },
    /// The text is not what it was.
    #[error("the SHA-256 of the lines before is not what the last line says")]
    Sum,
    /// Something follows the last line.
    #[error("something follows the last line")]
    BehindEnd,
}

impl VolumeFault {
    /// What a person can do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NotZstd | Self::OtherFormat | Self::NoHeader(_) => {
                "choose a file “backup-….jsonl.zst” as Chalkbox wrote it"
            }
            Self::Compressed { .. } => "unpack it and compress it again with “zstd -3”",
            Self::NewerVersion { .. } => "update Chalkbox, then try again",
            Self::TooMuchText { .. } | Self::TooManyRecords { .. } => "no volume is as large; take another copy",
            Self::Event(_) => {
                "if it comes from a newer Chalkbox, update this one; otherwise the file is damaged, take another copy"
            }
            Self::Damaged(_)
            | Self::CutShort
            | Self::LongLine { .. }
            | Self::NotText
            | Self::Range { .. }
            | Self::NoRecord(_)
            | Self::LargeEvent { .. }
            | Self::OtherBox { .. }
            | Self::Hole { .. }
            | Self::Again { .. }
            | Self::Lost { .. }
            | Self::Beyond { .. }
            | Self::Unfinished { .. }
            | Self::BadEnd(_)
            | Self::Count { .. }
            | Self::Sum
            | Self::BehindEnd => "the file is damaged, take another copy",
        }
    }
}
