//! What others have of events that the journal lost: the engine, and the backups on the card.

use crate::engine::{KvEngine, Span};
use crate::erase;
use crate::journal;
use crate::keys::{self, EventRow};
use crate::open::BACKUPS;
use crate::record::Record;
use crate::volume::VolumeName;
use chalkbox_domain::ids::{BoxId, LearnerId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// What came back, but of learners who are erased only that it was there.
pub(crate) fn without(mut found: BTreeMap<u64, Record>, mut erased: BTreeSet<LearnerId>) -> BTreeMap<u64, Record> {
    erased.extend(found.values().flat_map(|record| match record {
        Record::Event { payload, .. } => erase::erasing(payload),
        _ => Vec::new(),
    }));
    let erased: Vec<LearnerId> = erased.into_iter().collect();
    for record in found.values_mut() {
        if let Some(forgotten) = erase::forgotten(record, &erased) {
            *record = forgotten;
        }
    }
    found
}

/// What stood under some numbers of a box, as the engine and the backups on the card have it: to be given to [`without`].
pub(crate) fn rescue(
    engine: Option<&dyn KvEngine>,
    data: &Path,
    box_id: BoxId,
    missing: &[RangeInclusive<u64>],
) -> BTreeMap<u64, Record> {
    let there = engine.map(|engine| rescue_from_engine(engine, box_id, missing)).unwrap_or_default();
    let mut found: BTreeMap<u64, Record> =
        there.into_iter().map(|(seq, payload)| (seq, Record::Event { seq, payload })).collect();
    let wanted = missing.iter().map(|m| (m.end() - m.start()).saturating_add(1)).fold(0, u64::saturating_add);
    if (found.len() as u64) < wanted {
        for (seq, record) in rescue_from_backups(data, box_id, missing) {
            found.entry(seq).or_insert(record);
        }
    }
    found
}

/// The volumes of this box in the backups on the card, by what their names say, locked ones too; also those of files that
/// were just being packed.
fn own_volumes(data: &Path, own: BoxId) -> Vec<(VolumeName, PathBuf)> {
    const DEPTH: usize = 4;
    let of_name = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        VolumeName::parse(name.strip_suffix(".age").unwrap_or(name)).filter(|name| name.box_id == own)
    };
    let mut volumes = Vec::new();
    let mut folders: Vec<(PathBuf, usize)> = vec![(data.join(BACKUPS), 0), (data.join(journal::FOLDER), DEPTH)];
    while let Some((folder, depth)) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if !path.is_dir() {
                volumes.extend(of_name(&path).map(|name| (name, path)));
            } else if depth < DEPTH {
                folders.push((path, depth + 1));
            }
        }
    }
    volumes
}

/// The highest number of this box that the backups on the card know of.
pub(crate) fn backed_up_to(data: &Path, own: BoxId) -> u64 {
    own_volumes(data, own).iter().map(|(name, _)| name.to).max().unwrap_or(0)
}

/// What stood under some numbers as the backups on the card have it, where those can be read without a passphrase.
fn rescue_from_backups(data: &Path, own: BoxId, missing: &[RangeInclusive<u64>]) -> BTreeMap<u64, Record> {
    let mut found = BTreeMap::new();
    let wanted = |v: &VolumeName| missing.iter().any(|m| *m.start() <= v.to && *m.end() >= v.from);
    for (_, path) in own_volumes(data, own).into_iter().filter(|(name, _)| wanted(name)) {
        let Ok(mut file) = std::fs::File::open(&path) else { continue };
        let mut inside = BTreeMap::new();
        let whole = crate::volume::read_volume(&mut file, &mut |record| {
            if !matches!(record, Record::Lost { .. }) && missing.iter().any(|m| m.contains(&record.first())) {
                inside.insert(record.first(), record);
            }
            Ok(())
        });
        match whole {
            // One that was made after an erasing says so, whatever an older one has.
            Ok(_) => found.extend(
                inside
                    .into_iter()
                    .filter(|(seq, _)| !matches!(found.get(seq), Some(Record::Erased { .. })))
                    .collect::<Vec<_>>(),
            ),
            Err(error) => tracing::warn!(%error, "a backup on the card is damaged or locked"),
        }
    }
    found
}

/// Events of some numbers as the engine has them: rows that read back whole.
fn rescue_from_engine(engine: &dyn KvEngine, box_id: BoxId, missing: &[RangeInclusive<u64>]) -> BTreeMap<u64, Vec<u8>> {
    const PAGE: usize = 500;
    let mut found = BTreeMap::new();
    let mut span = Span { limit: PAGE, ..Span::prefix(b"E") };
    while let Ok(rows) = engine.range(&span) {
        for (key, row) in &rows {
            if let (Ok((of, seq)), Ok(EventRow::Here(payload))) = (keys::event_key_id(key), keys::read_event_row(row))
                && of == box_id
                && missing.iter().any(|m| m.contains(&seq))
            {
                found.insert(seq, payload.to_vec());
            }
        }
        match rows.last() {
            Some((key, _)) if rows.len() == PAGE => span.from = [key.as_slice(), &[0]].concat(),
            _ => break,
        }
    }
    found
}
