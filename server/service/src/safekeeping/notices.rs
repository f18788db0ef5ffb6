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
    /// What was kept last before the box stopped was damaged, and some of it may be lost.
    EndDamaged,
    /// Nothing more is kept: the card failed, or has no room.
    ReadOnly,
    /// The tables could not be made again from the log; it is tried again. The log is whole, and answers are kept.
    NotBuilt,
    /// There is too little room to make the tables again from the log; it is tried again. Answers are kept.
    NoRoomToBuild {
        /// Mebibytes that should be made free.
        mib: u64,
    },
    /// There is no room left for answers.
    DiskFull,
    /// There is little room left.
    DiskNearlyFull {
        /// In hundredths.
        free_percent: u64,
    },
    /// The room that was kept for answers on a full disk is in use: after it there is none.
    LastReserve,
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
    /// Files of another box's log lie on the card, where only this box's belong. They were left alone.
    OtherJournal {
        /// Of how many boxes.
        boxes: u64,
    },
    /// The newest part of the log is gone. The box goes on under another name, so that nothing is mixed up.
    NewestGone,
    /// The box does not know what time it is.
    ClockGuessed,
}

impl Happened {
    /// Whether a teacher must know it: what they do next depends on it.
    pub fn is_for_teachers(&self) -> bool {
        let lost = matches!(self, Self::Gap { .. } | Self::EndDamaged | Self::NewestGone);
        lost || matches!(self, Self::ReadOnly | Self::DiskFull | Self::Preparing { .. })
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

/// What a notice of the store means for people; none: nothing that they could do or need to know. Each kind is named here,
/// so that a new one is decided on too.
fn told(notice: &Notice) -> Option<Happened> {
    match notice {
        Notice::UncleanStop => Some(Happened::UncleanStop),
        Notice::Gap { from, to } | Notice::OtherGap { from, to, .. } => {
            Some(Happened::Gap { entries: to.saturating_sub(*from) + 1 })
        }
        Notice::FileRepaired { rescued, .. } => Some(Happened::Mended { entries: *rescued }),
        Notice::EngineSetAside { .. } | Notice::EngineFailed => Some(Happened::TablesMadeAgain),
        Notice::NotBuilt => Some(Happened::NotBuilt),
        Notice::NoRoomToBuild { needs, free } => {
            Some(Happened::NoRoomToBuild { mib: (needs.saturating_sub(*free) >> 20) + 1 })
        }
        Notice::LastReserve => Some(Happened::LastReserve),
        Notice::OtherJournal { .. } => Some(Happened::OtherJournal { boxes: 1 }),
        Notice::Conflict { .. } => Some(Happened::CopiedCard),
        Notice::OtherName { .. } => Some(Happened::NewestGone),
        Notice::ClockGuessed => Some(Happened::ClockGuessed),
        // Nobody was told that these were kept, so their senders send them again. That the box stopped is told anyway.
        Notice::TornTail { cut: true, .. } => None,
        Notice::TornTail { cut: false, .. } => Some(Happened::EndDamaged),
        // Every start does it, and after an update all is folded anew: nothing is lost, nothing is to be done. While it lasts
        // it is told as preparing.
        Notice::Replayed { .. } | Notice::ViewsRebuilt { .. } => None,
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
            (Some(Happened::OtherJournal { boxes }), Happened::OtherJournal { boxes: more }) => *boxes += more,
            (Some(_), _) => {}
            (None, new) => out.push(new),
        }
    }
    out
}

/// Leaves out what something else says already, and better.
fn without_echoes(all: &mut Vec<Happened>) {
    let has = |wanted: &Happened| all.contains(wanted);
    let (full, reserve) = (has(&Happened::DiskFull), has(&Happened::LastReserve));
    all.retain(|one| match one {
        Happened::LastReserve => !full,
        Happened::DiskNearlyFull { .. } => !reserve,
        _ => true,
    });
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
        all.extend(gathered(self.store().notices().iter().filter_map(told)));
        without_echoes(&mut all);
        // What was found first of one kind stays first.
        all.sort_by_key(|one| !one.is_for_teachers());
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
    fn every_kind_of_notice_is_told_or_hidden_on_purpose() {
        let box_id = chalkbox_domain::ids::BoxId([3; 8]);
        let aside = |reason| Notice::EngineSetAside { reason, folder: PathBuf::from("x") };
        let kinds = [
            (Notice::UncleanStop, Some(Happened::UncleanStop)),
            (Notice::TornTail { file: "a.j".into(), bytes: 9, cut: true }, None),
            (Notice::TornTail { file: "a.j".into(), bytes: 9, cut: false }, Some(Happened::EndDamaged)),
            (Notice::FileRepaired { file: "a.j".into(), rescued: 2 }, Some(Happened::Mended { entries: 2 })),
            (Notice::Gap { from: 2, to: 4 }, Some(Happened::Gap { entries: 3 })),
            (aside(chalkbox_store::SetAside::Disagrees), Some(Happened::TablesMadeAgain)),
            (Notice::Replayed { events: 7 }, None),
            (Notice::ViewsRebuilt { from: Some(1), to: 2 }, None),
            (Notice::EngineFailed, Some(Happened::TablesMadeAgain)),
            (Notice::NotBuilt, Some(Happened::NotBuilt)),
            (Notice::NoRoomToBuild { needs: 90 << 20, free: 30 << 20 }, Some(Happened::NoRoomToBuild { mib: 61 })),
            (Notice::LastReserve, Some(Happened::LastReserve)),
            (Notice::OtherJournal { box_id }, Some(Happened::OtherJournal { boxes: 1 })),
            (Notice::Conflict { box_id, seq: 1 }, Some(Happened::CopiedCard)),
            (Notice::OtherName { was: box_id, now: box_id }, Some(Happened::NewestGone)),
            (Notice::ClockGuessed, Some(Happened::ClockGuessed)),
        ];
        for (notice, wanted) in &kinds {
            assert_eq!(told(notice), *wanted, "{notice:?}");
        }
        let two = [Notice::OtherJournal { box_id }, Notice::OtherJournal { box_id }];
        assert_eq!(gathered(two.iter().filter_map(told)), [Happened::OtherJournal { boxes: 2 }]);
    }

    #[test]
    fn one_trouble_is_told_once() {
        let left = |mut all: Vec<Happened>| {
            without_echoes(&mut all);
            all
        };
        let few = Happened::DiskNearlyFull { free_percent: 1 };
        assert_eq!(left(vec![Happened::DiskFull, Happened::LastReserve]), [Happened::DiskFull]);
        assert_eq!(left(vec![few.clone(), Happened::LastReserve]), [Happened::LastReserve]);
        assert_eq!(left(vec![Happened::ReadOnly, few.clone()]), [Happened::ReadOnly, few]);
    }

    #[test]
    fn only_what_changes_the_lesson_is_for_teachers() {
        for (one, teachers) in [
            (Happened::Gap { entries: 1 }, true),
            (Happened::ReadOnly, true),
            (Happened::EndDamaged, true),
            (Happened::NewestGone, true),
            (Happened::NotBuilt, false),
            (Happened::NoRoomToBuild { mib: 3 }, false),
            (Happened::LastReserve, false),
            (Happened::OtherJournal { boxes: 1 }, false),
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
