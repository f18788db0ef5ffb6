//! A backup restored beside the school, in a folder that is gone afterwards: the surest way to know what it holds, and the
//! only one to know that it can be brought back.

use super::jobs::ORDER;
use super::medium::{self, CameBack, Fault, Medium, Promised, Tell};
use super::sticks::disk_room;
use crate::Chalkbox;
use crate::people::People;
use crate::views::{self, Rules};
use chalkbox_domain::event::{Event, EventBody, Hlc, PackSet, Settings, Staff, StaffRole};
use chalkbox_domain::ids::{BoxId, LearnerId, StaffId};
use chalkbox_store::journal::segments;
use chalkbox_store::{Notice, Record, Store, StoreConfig, decode_event};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Its folder in the data folder.
pub const FOLDER: &str = "scratch";
/// Bytes that must be free for a backup of `n` bytes: compressed text grows about so many times.
const GROWS: u64 = 12;
/// Bytes that must be free besides.
const BESIDES: u64 = 64 << 20;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings {
    /// Name of the school whose backup it is; empty when it says none.
    pub school: String,
    /// Whether this box's own entries are in it.
    pub own: bool,
    /// How many boxes have entries in it.
    pub boxes: usize,
    /// Entries of the log.
    pub events: u64,
    /// Answers among them.
    pub answers: u64,
    /// Learners who have not left.
    pub learners: usize,
    /// Classes.
    pub classes: usize,
    /// When the first entry was written, milliseconds since 1970; 0 when there is none.
    pub from_ms: u64,
    /// When the last was.
    pub to_ms: u64,
    /// Entries that this box does not have, counted box by box.
    pub new_events: u64,
    /// What else would change here if it were brought back.
    pub comes: ComesAlong,
}

/// What a backup changes here besides adding entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComesAlong {
    /// The school here, if the backup is another school's.
    pub other_than: Option<String>,
    /// Grown-ups who could sign in here from then on with the password from there: how many for each role.
    pub staff: Vec<(StaffRole, usize)>,
    /// Children of this school who were erased there: they would be erased here.
    pub erased: usize,
    /// Whether name, country and language of the school would become others.
    pub settings: bool,
}

impl ComesAlong {
    fn of(school: &Chalkbox, own: bool, people: &People, marks: &Marks) -> Result<Self, Fault> {
        let here = school.people().clone();
        let known = |member: &Staff| here.staff.get(&member.id).is_some_and(|known| known != member);
        let set_anew = matches!((&here.settings, &people.settings), (Some(ours), Some(theirs)) if ours != theirs);
        // Of what both have set, the newer word counts.
        let ours = if set_anew || people.staff.values().any(known) {
            Marks::of_school(school.data())?
        } else {
            Marks::default()
        };
        let mut staff: BTreeMap<StaffRole, usize> = BTreeMap::new();
        for member in people.staff.values().filter(|member| member.active) {
            let newer = marks.staff.get(&member.id) > ours.staff.get(&member.id);
            if !here.staff.contains_key(&member.id) || (known(member) && newer) {
                member.roles.iter().for_each(|role| *staff.entry(*role).or_default() += 1);
            }
        }
        let name = |settings: &Option<Settings>| settings.as_ref().map(|s| s.school.trim().to_lowercase());
        let other = set_anew && !own && name(&here.settings) != name(&people.settings);
        let other_than = here.settings.filter(|_| other).map(|settings| settings.school);
        let erased = marks.erased.iter().filter(|learner| here.learners.contains_key(learner)).count();
        let settings = set_anew && marks.settings > ours.settings;
        Ok(Self { other_than, staff: staff.into_iter().collect(), erased, settings })
    }
}

/// Where something stands in the order of all entries.
type Place = (Hlc, BoxId, u64);

/// What entries say that is no count.
#[derive(Default)]
struct Marks {
    /// How much of what is lost here it holds.
    back: u64,
    /// The newest number of each box.
    newest: BTreeMap<BoxId, u64>,
    /// Who was erased.
    erased: BTreeSet<LearnerId>,
    /// Where the settings were set last.
    settings: Option<Place>,
    /// The same of each grown-up.
    staff: BTreeMap<StaffId, Place>,
}

impl Marks {
    fn add(&mut self, box_id: BoxId, seq: u64, event: &Event) {
        let place = (event.hlc, box_id, seq);
        match &event.body {
            EventBody::Erased { learner } => {
                self.erased.insert(*learner);
            }
            EventBody::SettingsSet(_) => self.settings = self.settings.max(Some(place)),
            EventBody::StaffSet(member) => {
                let last = self.staff.entry(member.id).or_insert(place);
                *last = place.max(*last);
            }
            _ => {}
        }
    }

    /// The same of the school itself; what cannot be read there is passed over.
    fn of_school(data: &Path) -> Result<Self, Fault> {
        let failed = |error: &dyn std::fmt::Display| Fault::Store(error.to_string());
        let mut marks = Self::default();
        for segment in segments(data).map_err(|e| failed(&e))? {
            for record in segment.records(data).map_err(|e| failed(&e))? {
                if let Record::Event { seq, payload } = record
                    && let Ok(event) = decode_event(&payload)
                {
                    marks.add(segment.box_id, seq, &event);
                }
            }
        }
        Ok(marks)
    }
}

/// The folder; removed with all that is in it when this goes.
struct Scratch(PathBuf);

impl Scratch {
    fn make(data: &Path) -> Result<Self, Fault> {
        let path = data.join(FOLDER);
        let failed = |error: std::io::Error| Fault::Box(format!("{}: {error}", path.display()));
        if path.exists() {
            // Left by a cut.
            std::fs::remove_dir_all(&path).map_err(failed)?;
        }
        std::fs::create_dir(&path).map_err(failed)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, folder = %self.0.display(), "a scratch folder cannot be removed");
        }
    }
}

/// Bytes of the files of a backup.
fn size_of(medium: &Medium) -> u64 {
    match medium {
        Medium::File(path) => path.metadata().map_or(0, |of| of.len()),
        Medium::Folder(path) => {
            let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
            entries.filter_map(|entry| entry.metadata().ok()).map(|of| of.len()).sum()
        }
    }
}

/// Bytes of a file at most that can lie here and still be looked into, where so many are free.
pub(super) fn largest(free: u64) -> u64 {
    free.saturating_sub(BESIDES) / (GROWS + 1)
}

fn check_room(data: &Path, medium: &Medium) -> Result<(), Fault> {
    let Some(room) = disk_room(data) else { return Ok(()) };
    let needed = size_of(medium).saturating_mul(GROWS).saturating_add(BESIDES);
    let free = room.free_bytes.saturating_sub(room.spare_bytes());
    if needed > free { Err(Fault::NoRoom { needed, free }) } else { Ok(()) }
}

/// Restores a backup beside the school, compares both, and removes it again.
pub(super) fn drill(
    school: &Chalkbox,
    medium: &Medium,
    passphrase: Option<&str>,
    tell: Tell<'_>,
) -> Result<CameBack, Fault> {
    check_room(school.data(), medium)?;
    let in_order = || if school.preparing().is_none() { Ok(()) } else { Err(Fault::Preparing) };
    in_order()?;
    let scratch = Scratch::make(school.data())?;
    let config = StoreConfig::new(&scratch.0, Arc::new(Rules));
    // Before and after: what comes meanwhile is in the school alone.
    let was_newest = medium::is_newest(medium, school.store())?;
    let promised = medium::drill(school.store(), config, medium, passphrase, tell)?;
    let is_newest = was_newest && medium::is_newest(medium, school.store())?;
    in_order()?;
    let came = count(&scratch.0, Whose::Others)?;
    if !came.keeps(&promised) {
        let (entries, learners) = (came.events + came.erased, came.learners.len());
        let came = format!("{entries} entries, {} answers, {learners} learners", came.answers);
        return Err(Fault::NotTheSame(format!("{came} came of {promised:?}")));
    }
    // Entries that the school has lost are in its backup still.
    if is_newest && !promised.same_states && count(school.data(), Whose::All)?.events == came.events {
        return Err(Fault::NotTheSame("other states follow from it than the school has".to_owned()));
    }
    Ok(CameBack {
        events: came.events,
        answers: came.answers,
        learners: came.learners.len() as u64,
        same_states: promised.same_states,
    })
}

/// Whose entries are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// All boxes'.
    All,
    /// Not the box's own: what a scratch box has noted by itself is in no backup.
    Others,
}

/// What the files of a data folder hold.
#[derive(Debug, Default)]
struct Counted {
    events: u64,
    erased: u64,
    answers: u64,
    learners: BTreeSet<LearnerId>,
}

impl Counted {
    /// Whether it is all that a backup says it holds. Only by the number of entries when an entry stands in it twice, or
    /// when somebody's erasing came with it and took more entries out than it says.
    fn keeps(&self, promised: &Promised) -> bool {
        let is_plain = promised.events + promised.erased == promised.entries;
        let as_said = self.answers == promised.answers && self.learners.len() as u64 == promised.learners;
        self.events + self.erased == promised.entries && (!is_plain || self.erased > promised.erased || as_said)
    }
}

fn count(data: &Path, whose: Whose) -> Result<Counted, Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::Box(error.to_string());
    let mut counted = Counted::default();
    let all = segments(data).map_err(|e| failed(&e))?;
    for segment in all.into_iter().filter(|segment| whose == Whose::All || !segment.own) {
        for record in segment.records(data).map_err(|e| failed(&e))? {
            match record {
                Record::Event { payload, .. } => {
                    let event = decode_event(&payload).map_err(|e| failed(&e))?;
                    counted.events += 1;
                    counted.answers += u64::from(matches!(event.body, EventBody::Answered(_)));
                    counted.learners.extend(event.learner);
                }
                Record::Erased { .. } => counted.erased += 1,
                Record::Lost { .. } => {}
            }
        }
    }
    Ok(counted)
}

/// Restores a backup beside the school and says what came, and what it says of each tool.
pub(super) fn restore(
    school: &Chalkbox,
    medium: &Medium,
    passphrase: Option<&str>,
    tell: Tell<'_>,
) -> Result<(Holdings, Vec<PackSet>), Fault> {
    check_room(school.data(), medium)?;
    let scratch = Scratch::make(school.data())?;
    let failed = |error: &dyn std::fmt::Display| Fault::Store(error.to_string());
    let (store, _) = Store::open(StoreConfig::new(&scratch.0, Arc::new(Rules))).map_err(|e| failed(&e))?;
    medium::bring_into(&store, &scratch.0, medium, passphrase, tell)?;
    if !store.wait_until_ready(ORDER) {
        return Err(Fault::Store("it could not be put in order in time".to_owned()));
    }
    let people = views::people(&store).map_err(|e| failed(&e))?;
    let (tools, _) = views::packs(&store).map_err(|e| failed(&e))?;
    store.close();
    drop(store);
    let own = school.store().box_id();
    let lost: Vec<(BoxId, u64, u64)> = school
        .store()
        .notices()
        .iter()
        .filter_map(|notice| match notice {
            Notice::Gap { from, to } => Some((own, *from, *to)),
            Notice::OtherGap { box_id, from, to } => Some((*box_id, *from, *to)),
            _ => None,
        })
        .collect();
    let (counted, marks) = read_through(&scratch.0, &lost)?;
    let newest = &marks.newest;
    let comes = ComesAlong::of(school, newest.contains_key(&school.store().box_id()), &people, &marks)?;
    let boxes = school.store().boxes().map_err(|e| failed(&e))?;
    let here = |id: &BoxId| boxes.iter().find(|one| one.box_id == *id).map_or(0, |one| one.newest);
    let holdings = Holdings {
        own: newest.contains_key(&school.store().box_id()),
        new_events: newest.iter().map(|(id, newest)| newest.saturating_sub(here(id))).sum::<u64>() + marks.back,
        school: people.settings.map(|s| s.school).unwrap_or_default(),
        learners: people.learners.values().filter(|l| l.active).count(),
        classes: people.classes.len(),
        comes,
        ..counted
    };
    Ok((holdings, tools))
}

/// Counts what the files of a data folder hold, and tells what else they say. `lost`: which numbers of which box are lost here.
fn read_through(data: &Path, lost: &[(BoxId, u64, u64)]) -> Result<(Holdings, Marks), Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::Store(error.to_string());
    let (mut events, mut answers, mut from_ms, mut to_ms) = (0, 0, u64::MAX, 0);
    let mut marks = Marks::default();
    // What the scratch box has noted by itself is in no backup.
    for segment in segments(data).map_err(|e| failed(&e))?.into_iter().filter(|segment| !segment.own) {
        for record in segment.records(data).map_err(|e| failed(&e))? {
            let last = marks.newest.entry(segment.box_id).or_default();
            *last = record.last().max(*last);
            let Record::Event { seq, payload } = record else { continue };
            let event = decode_event(&payload).map_err(|e| failed(&e))?;
            marks.add(segment.box_id, seq, &event);
            let within = |(id, from, to): &(BoxId, u64, u64)| *id == segment.box_id && (*from..=*to).contains(&seq);
            marks.back += u64::from(lost.iter().any(within));
            events += 1;
            answers += u64::from(matches!(event.body, EventBody::Answered(_)));
            from_ms = from_ms.min(event.at.ms());
            to_ms = to_ms.max(event.at.ms());
        }
    }
    let holdings = Holdings {
        school: String::new(),
        own: false,
        boxes: marks.newest.len(),
        events,
        answers,
        learners: 0,
        classes: 0,
        from_ms: if events == 0 { 0 } else { from_ms },
        to_ms,
        new_events: 0,
        comes: ComesAlong::default(),
    };
    Ok((holdings, marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_came_whole_is_all_that_was_saved() {
        let learners: BTreeSet<LearnerId> = [LearnerId([1; 16])].into();
        let came = |events, erased, answers| Counted { events, erased, answers, learners: learners.clone() };
        let said = Promised { entries: 10, events: 9, erased: 1, answers: 5, learners: 1, same_states: true };
        assert!(came(9, 1, 5).keeps(&said));
        assert!(!came(8, 1, 5).keeps(&said), "an entry is missing");
        assert!(!came(9, 1, 4).keeps(&said), "an answer is");
        assert!(!came(9, 1, 5).keeps(&Promised { learners: 2, ..said }), "a learner is");
        assert!(came(7, 3, 3).keeps(&said), "an erasing came with it");
        assert!(came(9, 1, 5).keeps(&Promised { events: 12, answers: 8, ..said }), "some stand in it twice");
    }
}
