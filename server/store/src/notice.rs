//! What happened while the store was opened or ran that a person may want to know: plain facts, no words for people.

use chalkbox_domain::ids::BoxId;
use std::path::PathBuf;

/// Why an engine folder was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAside {
    /// The probe before opening failed.
    Probe,
    /// Opening or reading gave an error.
    Failed,
    /// Opening or reading panicked.
    Panicked,
    /// It belongs to another box or to another version of the format.
    Foreign,
    /// What it holds and what the journal holds do not agree.
    Disagrees,
}

impl SetAside {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Probe => "probe-failed",
            Self::Failed => "engine-failed",
            Self::Panicked => "engine-panicked",
            Self::Foreign => "engine-foreign",
            Self::Disagrees => "engine-disagrees",
        }
    }
}

impl Notice {
    /// Whether it tells of numbers that are lost.
    pub(crate) fn is_gap(&self) -> bool {
        matches!(self, Self::Gap { .. } | Self::OtherGap { .. })
    }

    /// Whether another gap is within this one.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Gap { from, to }, Self::Gap { from: first, to: last }) => from <= first && to >= last,
            (Self::OtherGap { box_id, from, to }, Self::OtherGap { box_id: other, from: first, to: last }) => {
                box_id == other && from <= first && to >= last
            }
            _ => false,
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The last run did not end in order (power cut, kill).
    UncleanStop,
    /// The journal ended in a batch that is not whole; it was copied to quarantine and removed.
    TornTail {
        /// Name of the journal file.
        file: String,
        /// Bytes set aside.
        bytes: u64,
        /// A cut explains it: then nobody was told of that batch. Otherwise it was damaged, and somebody may have been.
        cut: bool,
    },
    /// A journal file was damaged and has been written anew; the damaged one is in quarantine.
    FileRepaired {
        /// Name of the journal file.
        file: String,
        /// Events taken from the engine.
        rescued: u64,
    },
    /// Events that were acknowledged are lost.
    Gap {
        /// First missing number.
        from: u64,
        /// Last missing number.
        to: u64,
    },
    /// Events of another box that had come in cannot be read any more.
    OtherGap {
        /// Whose.
        box_id: BoxId,
        /// First missing number.
        from: u64,
        /// Last missing number.
        to: u64,
    },
    /// The engine's folder was moved away.
    EngineSetAside {
        /// Why.
        reason: SetAside,
        /// Where to.
        folder: PathBuf,
    },
    /// Events from the journal were put into the engine at opening.
    Replayed {
        /// How many.
        events: u64,
    },
    /// All views were folded anew, because the rules have another version.
    ViewsRebuilt {
        /// The version before; none when it was never finished.
        from: Option<u32>,
        /// The version now.
        to: u32,
    },
    /// The engine failed while it was in use; another is built, and answers are taken meanwhile.
    EngineFailed,
    /// Engines could not be built one after another; it is tried again, with pauses. Answers are taken meanwhile.
    NotBuilt,
    /// There is too little room on the disk to build an engine; it is tried again, with pauses. Answers are taken meanwhile.
    NoRoomToBuild {
        /// Bytes that it takes, about.
        needs: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// The disk was full and the room that was kept for this has been given up: a person should make room soon.
    LastReserve,
    /// The journal's folder holds files of another box that are no volumes. What is in them counts; only an erasing writes
    /// to them.
    OtherJournal {
        /// Whose.
        box_id: BoxId,
    },
    /// Numbers of a box came in with other events than are here under them: two boxes with one name, a copied card. What was
    /// here stays, what came is in quarantine.
    Conflict {
        /// Whose.
        box_id: BoxId,
        /// The first such number.
        seq: u64,
    },
    /// The newest file of the journal is gone, and with it numbers that nobody here knows any more. So that none is given out
    /// again the box has another name now; what it had under the former one is here like another box's.
    OtherName {
        /// What it was called.
        was: BoxId,
        /// What it is called.
        now: BoxId,
    },
    /// The machine's clock is not believed.
    ClockGuessed,
}
