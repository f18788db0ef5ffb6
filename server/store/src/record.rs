//! What stands under the numbers of a box, whatever file it lies in: a journal file, or a volume of a backup.

/// What stands under a number of a box, or under several that are lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// An event.
    Event {
        /// Its number.
        seq: u64,
        /// Its bytes, as [`decode_event`](crate::decode_event) reads them.
        payload: Vec<u8>,
    },
    /// An event of a learner who was erased: only that it was there.
    Erased {
        /// Its number.
        seq: u64,
        /// SHA-256 of the bytes that it had.
        sha256: [u8; 32],
    },
    /// Numbers that were given out and whose events nobody has any more.
    Lost {
        /// First of them.
        from: u64,
        /// Last of them.
        to: u64,
    },
}

impl Record {
    /// First number that it speaks of.
    pub fn first(&self) -> u64 {
        match self {
            Self::Event { seq, .. } | Self::Erased { seq, .. } => *seq,
            Self::Lost { from, .. } => *from,
        }
    }
    /// Last number that it speaks of.
    pub fn last(&self) -> u64 {
        match self {
            Self::Event { seq, .. } | Self::Erased { seq, .. } => *seq,
            Self::Lost { to, .. } => *to,
        }
    }
}
