//! What happened to the store, as facts that a person may be told. Each has its words in web: what happened, what is safe,
//! what to do. What only a programmer could do something about is left to the log.

use super::disk_room;
use crate::Chalkbox;
use chalkbox_store::{Notice, Readiness};

/// One thing that people of the school should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// Answers that were taken are lost.
    Gap {
        /// How many entries of the log.
        entries: u64,
    },
    /// Nothing more is kept: the card failed, or has no room.
    ReadOnly,
    /// There is no room left for answers.
    DiskFull,
    /// There is little room left.
    DiskNearlyFull {
        /// In hundredths.
        free_percent: u64,
    },
    /// The tables are being made again; answers are taken meanwhile.
    Preparing {
        /// In hundredths.
        percent: u64,
    },
    /// Damage was found in the log and mended; nothing is lost by it.
    Mended {
        /// Entries that were saved from it.
        entries: u64,
    },
    /// The tables were damaged and were made again from the log; nothing is lost by it.
    TablesMadeAgain,
    /// The last run ended without warning, such as a power cut.
    UncleanStop,
    /// Two boxes have one name, as when a card was copied: what came in from the other was set aside.
    CopiedCard,
    /// The box does not know what time it is.
    ClockGuessed,
}

impl Happened {
    /// Whether a teacher must know it: what they do next depends on it.
    pub fn is_for_teachers(&self) -> bool {
        matches!(self, Self::Gap { .. } | Self::ReadOnly | Self::DiskFull | Self::Preparing { .. })
    }
}

/// How far the box is with putting its memory in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preparing {
    /// Entries done.
    pub done: u64,
    /// Entries in all.
    pub total: u64,
}

impl Preparing {
    /// In hundredths, 0 to 99: it is not done before it is done.
    pub fn percent(&self) -> u64 {
        (u128::from(self.done) * 100 / u128::from(self.total.max(1))).min(99) as u64
    }
}

/// Under so many bytes a disk is full: what one batch of answers and the next file of the log need.
const FULL_BYTES: u64 = 24 << 20;
/// Under so many hundredths its people are told.
const LITTLE_PERCENT: u64 = 5;

/// What a notice of the store means for people; none: nothing that they could do or need to know.
fn told(notice: &Notice) -> Option<Happened> {
    match notice {
        Notice::UncleanStop => Some(Happened::UncleanStop),
        Notice::Gap { from, to } | Notice::OtherGap { from, to, .. } => Some(Happened::Gap { entries: to.saturating_sub(*from) + 1 }),
        Notice::FileRepaired { rescued, .. } => Some(Happened::Mended { entries: *rescued }),
        Notice::EngineSetAside { .. } | Notice::EngineFailed => Some(Happened::TablesMadeAgain),
        Notice::GaveUp => Some(Happened::ReadOnly),
        Notice::Conflict { .. } => Some(Happened::CopiedCard),
        Notice::ClockGuessed => Some(Happened::ClockGuessed),
        // A torn tail was told to nobody, and what is replayed or folded anew changes nothing that was seen.
        _ => None,
    }
}

/// Adds up what came more than once, so that a damaged card fills no page.
fn gathered(all: impl Iterator<Item = Happened>) -> Vec<Happened> {
    let mut out: Vec<Happened> = Vec::new();
    for one in all {
        let same = out.iter_mut().find(|known| std::mem::discriminant(*known) == std::mem::discriminant(&one));
        match (same, one) {
            (Some(Happened::Gap { entries }), Happened::Gap { entries: more })
            | (Some(Happened::Mended { entries }), Happened::Mended { entries: more }) => *entries += more,
            (Some(_), _) => {}
            (None, new) => out.push(new),
        }
    }
    out
}

impl Chalkbox {
    /// How far the box is with putting its memory in order; none: it is in order.
    pub fn preparing(&self) -> Option<Preparing> {
        match self.store().readiness() {
            Readiness::Ready => None,
            Readiness::Preparing { done, total } => Some(Preparing { done, total }),
        }
    }

    /// What has happened since the start and is so now; what asks for something first.
    pub fn happened(&self) -> Vec<Happened> {
        let mut all: Vec<Happened> = Vec::new();
        let room = disk_room(self.data());
        let full = self.store().is_full() || room.is_some_and(|room| room.free_bytes < FULL_BYTES);
        if full {
            all.push(Happened::DiskFull);
        } else if self.store().is_read_only() {
            all.push(Happened::ReadOnly);
        }
        if let Some(room) = room.filter(|room| !full && room.free_percent() < LITTLE_PERCENT) {
            all.push(Happened::DiskNearlyFull { free_percent: room.free_percent() });
        }
        all.extend(self.preparing().map(|room| Happened::Preparing { percent: room.percent() }));
        let mut told = gathered(self.store().notices().iter().filter_map(told));
        told.retain(|one| !all.contains(one));
        told.sort_by_key(|one| !one.is_for_teachers());
        all.extend(told);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn what_came_often_is_told_once_and_lost_entries_are_counted() {
        let file = |rescued| Notice::FileRepaired { file: "a.j".into(), rescued };
        let all = [
            Notice::UncleanStop,
            Notice::Gap { from: 5, to: 5 },
            file(3),
            Notice::Gap { from: 9, to: 11 },
            file(0),
            Notice::Replayed { events: 7 },
            Notice::UncleanStop,
        ];
        let told = gathered(all.iter().filter_map(told));
        assert_eq!(told, [Happened::UncleanStop, Happened::Gap { entries: 4 }, Happened::Mended { entries: 3 }]);
        let aside = Notice::EngineSetAside { reason: chalkbox_store::SetAside::Probe, folder: PathBuf::from("x") };
        assert_eq!(super::told(&aside), Some(Happened::TablesMadeAgain));
    }

    #[test]
    fn only_what_changes_the_lesson_is_for_teachers() {
        for (one, teachers) in [
            (Happened::Gap { entries: 1 }, true),
            (Happened::ReadOnly, true),
            (Happened::DiskFull, true),
            (Happened::Preparing { percent: 3 }, true),
            (Happened::DiskNearlyFull { free_percent: 4 }, false),
            (Happened::Mended { entries: 0 }, false),
            (Happened::ClockGuessed, false),
        ] {
            assert_eq!(one.is_for_teachers(), teachers, "{one:?}");
        }
    }

    #[test]
    fn it_is_not_done_before_it_is_done() {
        assert_eq!(Preparing { done: 0, total: 0 }.percent(), 0);
        assert_eq!(Preparing { done: 10, total: 10 }.percent(), 99);
        assert_eq!(Preparing { done: 1, total: 3 }.percent(), 33);
    }
}
