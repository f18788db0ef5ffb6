//! Keys and rows of the engine: one tree, the first byte is the table, numbers are big-endian, widths are fixed.
//! Every row starts with a byte that tells its version.

use crate::codec::{fixed, wire};
use crate::engine::{KvEngine, Span};
use crate::error::StoreError;
use chalkbox_domain::event::{Event, EventBody, Hlc, SendKey};
use chalkbox_domain::ids::{BoxId, ClientId, EventId, ItemKey, LearnerId, SkillId};
use chalkbox_domain::links::Links;
use prost::Message;
use sha2::{Digest, Sha256};
use std::fmt;

/// Version of keys and rows in the engine; another number there means that it is rebuilt from the journal.
pub(crate) const SCHEMA: u64 = 2;
/// Rows above this size lie badly in the engine, so long events are left in the journal.
pub(crate) const MAX_ROW: usize = 1024;
/// Sendings of one client in one row of table `C`.
const BLOCK: u64 = 16;

const ROW_V: u8 = 1;
const IN_JOURNAL: u8 = 2;

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

fn bad(table: char) -> StoreError {
    StoreError::Row { table }
}

/// What the watermarks of all boxes begin with.
pub(crate) const APPLIED: &[u8] = b"Mapplied";
/// The box in the key of a watermark, or of a mark of imported events.
pub(crate) fn applied_box(key: &[u8]) -> Result<BoxId, StoreError> {
    let tail = key.len().checked_sub(8).and_then(|at| key.get(at..)).ok_or_else(|| bad('M'))?;
    Ok(BoxId(fixed(tail, "key").map_err(|_| bad('M'))?))
}

/// Names in table `M`.
#[derive(Clone, Copy)]
pub(crate) enum Meta {
    Schema,
    Box,
    Applied(BoxId),
    /// Up to where events of another box were said to have come in.
    Imported(BoxId),
    Views,
    /// The numbers of the last two `YearClosed` events of this box, the newest first.
    Years,
    /// Up to which number this box's events were dropped when the engine was built.
    Dropped,
    /// How many rows table `E` has.
    Rows,
    /// Numbers of this box that were found lost, from this one on.
    Gap(u64),
    /// Numbers of another box that cannot be found here, from this one on.
    OtherGap(BoxId, u64),
    /// By how much guessed times of a start of a box were off, as was said at that moment.
    Corrected(BoxId, u64, Hlc),
}

pub(crate) fn meta(name: Meta) -> Vec<u8> {
    match name {
        Meta::Schema => b"Mschema".to_vec(),
        Meta::Box => b"Mbox".to_vec(),
        Meta::Applied(b) => joined(&[b"Mapplied", &b.0]),
        Meta::Imported(b) => joined(&[b"Mimported", &b.0]),
        Meta::Views => b"Mviews".to_vec(),
        Meta::Years => b"Myears".to_vec(),
        Meta::Dropped => b"Mdropped".to_vec(),
        Meta::Rows => b"Mrows".to_vec(),
        Meta::Gap(from) => joined(&[GAP, &from.to_be_bytes()]),
        Meta::OtherGap(b, from) => joined(&[OTHER_GAP, &b.0, &from.to_be_bytes()]),
        Meta::Corrected(b, boot, said) => joined(&[CORRECTED, &b.0, &boot.to_be_bytes(), &said.0.to_be_bytes()]),
    }
}

/// The beginning of the keys that say which numbers were found lost.
pub(crate) const GAP: &[u8] = b"Mgap";

/// The first number in such a key.
pub(crate) fn gap_from(key: &[u8]) -> Result<u64, StoreError> {
    let from = key.strip_prefix(GAP).and_then(|from| from.try_into().ok());
    from.map(u64::from_be_bytes).ok_or_else(|| bad('M'))
}

/// The beginning of the keys that say which numbers of other boxes cannot be found.
pub(crate) const OTHER_GAP: &[u8] = b"Mothergap";

/// Box and first number in such a key.
pub(crate) fn other_gap_from(key: &[u8]) -> Result<(BoxId, u64), StoreError> {
    match key.strip_prefix(OTHER_GAP).map(<[u8]>::as_chunks::<8>) {
        Some(([box_id, from], [])) => Ok((BoxId(*box_id), u64::from_be_bytes(*from))),
        _ => Err(bad('M')),
    }
}

/// The beginning of the keys that say by how much guessed times were off.
pub(crate) const CORRECTED: &[u8] = b"Mcorrected";

/// Box, start and the moment at which it was said in such a key.
pub(crate) fn correction(key: &[u8]) -> Result<(BoxId, u64, Hlc), StoreError> {
    match key.strip_prefix(CORRECTED).map(<[u8]>::as_chunks::<8>) {
        Some(([box_id, boot, said], [])) => {
            Ok((BoxId(*box_id), u64::from_be_bytes(*boot), Hlc(u64::from_be_bytes(*said))))
        }
        _ => Err(bad('M')),
    }
}

/// A row that holds one number.
pub(crate) fn number_row(number: u64) -> Vec<u8> {
    joined(&[&[ROW_V], &number.to_be_bytes()])
}

pub(crate) fn read_number(row: &[u8]) -> Result<u64, StoreError> {
    match row.split_first() {
        Some((&ROW_V, rest)) => rest.try_into().map(u64::from_be_bytes).map_err(|_| bad('M')),
        _ => Err(bad('M')),
    }
}

/// The row of the last closings with one more: its number, and that of the one before.
pub(crate) fn with_year(row: Option<&[u8]>, seq: u64) -> Result<Vec<u8>, StoreError> {
    let before = read_years(row)?.first().copied().unwrap_or(0);
    Ok(joined(&[&[ROW_V], &seq.to_be_bytes(), &before.to_be_bytes()]))
}

/// The numbers of the last closings, the newest first; at most two.
pub(crate) fn read_years(row: Option<&[u8]>) -> Result<Vec<u64>, StoreError> {
    let Some(row) = row else { return Ok(Vec::new()) };
    let (Some(&ROW_V), Some((numbers, []))) = (row.first(), row.get(1..).map(<[u8]>::as_chunks::<8>)) else {
        return Err(bad('M'));
    };
    Ok(numbers.iter().copied().map(u64::from_be_bytes).filter(|seq| *seq > 0).collect())
}

/// Whose history a row of table `E` stands in; the box's own events stand under zeros.
pub(crate) fn owner(learner: Option<LearnerId>) -> LearnerId {
    learner.unwrap_or(LearnerId([0; 16]))
}

/// Table `E`, or the beginning of it for one learner from a moment on.
pub(crate) fn events_from(learner: LearnerId, at: Hlc) -> Vec<u8> {
    joined(&[b"E", &learner.0, &at.0.to_be_bytes()])
}

pub(crate) fn events_of(learner: LearnerId) -> Vec<u8> {
    joined(&[b"E", &learner.0])
}

pub(crate) fn event(e: &Event) -> Vec<u8> {
    joined(&[&events_from(owner(e.learner), e.at), &e.id.box_id.0, &e.id.seq.to_be_bytes()])
}

/// A row of table `E`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum EventRow<'a> {
    Here(&'a [u8]),
    /// Too long for a row; of an answer, its item.
    InJournal(&'a [u8]),
}

/// `item`: what an answer answers, so that a row without its event can still be told apart.
pub(crate) fn event_row(payload: &[u8], item: Option<ItemKey>) -> Vec<u8> {
    if payload.len() + 5 > MAX_ROW {
        let item = item.map(|i| i.0.to_vec()).unwrap_or_default();
        let check = crc32c::crc32c(&item).to_be_bytes();
        return joined(&[&[IN_JOURNAL], &item, &check]);
    }
    joined(&[&[ROW_V], payload, &crc32c::crc32c(payload).to_be_bytes()])
}

pub(crate) fn read_event_row(row: &[u8]) -> Result<EventRow<'_>, StoreError> {
    match row.split_first() {
        Some((&IN_JOURNAL, rest)) => match rest.split_last_chunk::<4>() {
            Some((item, crc)) if crc32c::crc32c(item) == u32::from_be_bytes(*crc) => Ok(EventRow::InJournal(item)),
            _ => Err(bad('E')),
        },
        Some((&ROW_V, rest)) => {
            let (payload, crc) = rest.split_last_chunk::<4>().ok_or_else(|| bad('E'))?;
            if crc32c::crc32c(payload) != u32::from_be_bytes(*crc) {
                return Err(bad('E'));
            }
            Ok(EventRow::Here(payload))
        }
        _ => Err(bad('E')),
    }
}

/// The item that the answer in a row answers; none when it is no answer or does not read back.
pub(crate) fn row_item(row: &[u8]) -> Option<ItemKey> {
    match read_event_row(row).ok()? {
        EventRow::InJournal(item) => item.try_into().ok().map(ItemKey),
        EventRow::Here(payload) => match crate::codec::decode_event(payload).ok()?.body {
            EventBody::Answered(answer) => Some(answer.item),
            _ => None,
        },
    }
}

/// Box and sequence number in a key of table `E`.
pub(crate) fn event_key_id(key: &[u8]) -> Result<(BoxId, u64), StoreError> {
    let tail = key.get(25..41).ok_or_else(|| bad('E'))?;
    let box_id = BoxId(fixed(&tail[..8], "key").map_err(|_| bad('E'))?);
    let seq = u64::from_be_bytes(fixed(&tail[8..], "key").map_err(|_| bad('E'))?);
    Ok((box_id, seq))
}

/// The moment in a key of table `E`.
pub(crate) fn event_key_at(key: &[u8]) -> Result<Hlc, StoreError> {
    let at = key.get(17..25).and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| bad('E'))?;
    Ok(Hlc(u64::from_be_bytes(at)))
}

/// Table `C` of one tablet.
pub(crate) fn sendings_of(ClientId(client): ClientId) -> Vec<u8> {
    joined(&[b"C", &client])
}

/// The highest number in a row of table `C`.
pub(crate) fn last_sending(key: &[u8], row: &[u8]) -> Result<u64, StoreError> {
    let block =
        key.get(17..25).and_then(|bytes| bytes.try_into().ok()).map(u64::from_be_bytes).ok_or_else(|| bad('C'))?;
    let place = read_block(Some(row))?.seq.iter().rposition(|seq| *seq != 0).ok_or_else(|| bad('C'))?;
    Ok(block.saturating_mul(BLOCK).saturating_add(place as u64).saturating_add(1))
}

/// The key of table `C` for a sending, and its place in the row.
pub(crate) fn sending(send: SendKey) -> (Vec<u8>, usize) {
    let ClientId(client) = send.client;
    let at = send.cseq.saturating_sub(1);
    (joined(&[b"C", &client, &(at / BLOCK).to_be_bytes()]), (at % BLOCK) as usize)
}

/// The event that the sending at a place of a row became; none when it never arrived. `own` is this box.
pub(crate) fn read_sending(row: Option<&[u8]>, place: usize, own: BoxId) -> Result<Option<EventId>, StoreError> {
    let block = read_block(row)?;
    let Some(seq) = block.seq.get(place).copied().filter(|seq| *seq != 0) else { return Ok(None) };
    let box_id = match block.others.iter().find(|other| other.place as usize == place) {
        Some(other) => BoxId(fixed(&other.box_id, "box").map_err(|_| bad('C'))?),
        None => own,
    };
    Ok(Some(EventId { box_id, seq }))
}

fn read_block(row: Option<&[u8]>) -> Result<wire::SendBlock, StoreError> {
    match row.map(<[u8]>::split_first) {
        None => Ok(wire::SendBlock::default()),
        Some(Some((&ROW_V, rest))) => wire::SendBlock::decode(rest).map_err(|_| bad('C')),
        Some(_) => Err(bad('C')),
    }
}

/// The row with one more sending in it. The first event of a sending stays the first.
pub(crate) fn with_sending(row: Option<&[u8]>, place: usize, id: EventId, own: BoxId) -> Result<Vec<u8>, StoreError> {
    let mut block = read_block(row)?;
    if block.seq.len() <= place {
        block.seq.resize(place + 1, 0);
    }
    if block.seq[place] == 0 {
        block.seq[place] = id.seq;
        if id.box_id != own {
            block.others.push(wire::OtherBox { place: place as u32, box_id: id.box_id.0.to_vec() });
        }
    }
    Ok(joined(&[&[ROW_V], &block.encode_to_vec()]))
}

/// The mark of a learner who was erased, and whether the journals are rid of the learner already.
pub(crate) fn erased(learner: LearnerId) -> Vec<u8> {
    joined(&[b"X", &learner.0])
}

pub(crate) fn erased_row(done: bool) -> Vec<u8> {
    vec![ROW_V, u8::from(done)]
}

/// Who was erased, by a key of table `X`.
pub(crate) fn of_erased(key: &[u8]) -> Option<LearnerId> {
    key.strip_prefix(b"X").and_then(|id| id.try_into().ok()).map(LearnerId)
}

/// Who was erased, of a row of table `X`, and whether that is done.
pub(crate) fn read_erased(key: &[u8], row: &[u8]) -> Result<(LearnerId, bool), StoreError> {
    match (of_erased(key), row) {
        (Some(learner), [ROW_V, done]) => Ok((learner, *done == 1)),
        _ => Err(bad('X')),
    }
}

/// The beginning of the keys that say that a learner is the same child as another.
pub(crate) const LINKED: &[u8] = b"A";

/// Table `A`: as whom a learner's child goes on.
pub(crate) fn linked(learner: LearnerId) -> Vec<u8> {
    joined(&[LINKED, &learner.0])
}

pub(crate) fn linked_row(to: LearnerId) -> Vec<u8> {
    view_row(&to.0)
}

/// Which ids are one child, as an engine has it.
pub(crate) fn links_in(engine: &dyn KvEngine) -> Result<Links, StoreError> {
    let mut links = Links::default();
    for (key, row) in engine.range(&Span::prefix(LINKED))? {
        let row = read_view_row(&key, row)?;
        let (from, to) = link_in(&key, &row).ok_or_else(|| bad('A'))?;
        links.join(from, to);
    }
    Ok(links)
}

/// A learner and as whom its child goes on, if these are a key and a row (without its version byte) that say so: among rows
/// that were carried over the end of a year.
pub fn link_in(key: &[u8], row: &[u8]) -> Option<(LearnerId, LearnerId)> {
    let from = key.strip_prefix(LINKED)?.try_into().ok()?;
    Some((LearnerId(from), LearnerId(row.try_into().ok()?)))
}

/// What was applied from one journal file: number of events, and the xor of the first eight bytes of their SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FileSum {
    pub count: u64,
    pub xor: u64,
}

impl FileSum {
    pub fn add(&mut self, payload: &[u8]) {
        let hash = Sha256::digest(payload);
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        self.count += 1;
        self.xor ^= u64::from_be_bytes(first);
    }
    pub fn row(self) -> Vec<u8> {
        joined(&[&[ROW_V], &self.count.to_be_bytes(), &self.xor.to_be_bytes()])
    }
    pub fn read(row: Option<&[u8]>) -> Result<Self, StoreError> {
        let Some(row) = row else { return Ok(Self::default()) };
        let (Some(&ROW_V), Some(rest)) = (row.first(), row.get(1..)) else { return Err(bad('S')) };
        let number = |at: usize| rest.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_be_bytes);
        match (number(0), number(8), rest.len()) {
            (Some(count), Some(xor), 16) => Ok(Self { count, xor }),
            _ => Err(bad('S')),
        }
    }
}

pub(crate) fn file_sum(first_seq: u64) -> Vec<u8> {
    joined(&[b"S", &first_seq.to_be_bytes()])
}

/// The first bytes of the tables that a projection writes.
pub(crate) const VIEW_TABLES: [u8; 3] = *b"KLV";
/// The first bytes of the tables that are carried over the end of a year: the views, who was erased, and who is one child.
pub(crate) const CARRIED_TABLES: [u8; 5] = *b"KLVXA";

/// The name of a row that a projection keeps.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewKey(Vec<u8>);

impl ViewKey {
    /// What is known of one skill of one learner.
    pub fn skill(learner: LearnerId, skill: &SkillId) -> Self {
        Self(joined(&[b"K", &learner.0, &Self::skill_bytes(skill)]))
    }
    /// A learner's profile.
    pub fn learner(learner: LearnerId) -> Self {
        Self(joined(&[b"L", &learner.0]))
    }
    /// The newest of something else: `kind` and `name` are the projection's choice; `name` up to 200 bytes.
    pub fn value(kind: u8, name: &[u8]) -> Self {
        Self(joined(&[b"V", &[kind], name]))
    }
    /// The four bytes that stand for a skill in keys: the first of its id's SHA-256. A map in which two skills
    /// agree in them must be refused.
    pub fn skill_bytes(skill: &SkillId) -> [u8; 4] {
        let hash = Sha256::digest(skill.as_str().as_bytes());
        [hash[0], hash[1], hash[2], hash[3]]
    }
    /// The key as it stands in the engine.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
    /// The learner of a key made by [`ViewKey::skill`] or [`ViewKey::learner`].
    pub fn of_learner(&self) -> Option<LearnerId> {
        match self.0.first() {
            Some(b'K' | b'L') => self.0.get(1..17).and_then(|b| b.try_into().ok()).map(LearnerId),
            _ => None,
        }
    }
    /// The four bytes of the skill in a key made by [`ViewKey::skill`].
    pub fn of_skill(&self) -> Option<[u8; 4]> {
        match self.0.first() {
            Some(b'K') => self.0.get(17..21).and_then(|b| b.try_into().ok()),
            _ => None,
        }
    }
    /// The name in a key made by [`ViewKey::value`].
    pub fn name(&self) -> Option<&[u8]> {
        match self.0.first() {
            Some(b'V') => self.0.get(2..),
            _ => None,
        }
    }
    /// The key of the same row for another learner, if it is a learner's: made by [`ViewKey::skill`], [`ViewKey::learner`], or
    /// named by the learner's id.
    pub fn for_learner(&self, learner: LearnerId) -> Option<Self> {
        match self.0.first() {
            Some(b'K' | b'L') => Some(Self(joined(&[&self.0[..1], &learner.0, self.0.get(17..)?]))),
            Some(b'V') if self.0.len() == 18 => Some(Self(joined(&[&self.0[..2], &learner.0]))),
            _ => None,
        }
    }
    /// A key as it stands in the engine, or in rows that were carried over the end of a year.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for ViewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ViewKey(")?;
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))?;
        write!(f, ")")
    }
}

/// The beginning that several view keys share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewPrefix(Vec<u8>);

impl ViewPrefix {
    /// All skills of one learner.
    pub fn skills_of(learner: LearnerId) -> Self {
        Self(joined(&[b"K", &learner.0]))
    }
    /// All skills of all learners.
    pub fn skills() -> Self {
        Self(b"K".to_vec())
    }
    /// All profiles.
    pub fn learners() -> Self {
        Self(b"L".to_vec())
    }
    /// All values of a kind.
    pub fn values(kind: u8) -> Self {
        Self(vec![b'V', kind])
    }
    /// All values of a kind whose name begins so.
    pub fn values_from(kind: u8, name: &[u8]) -> Self {
        Self(joined(&[b"V", &[kind], name]))
    }
    /// The prefix as it stands in the engine.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Whether a row of the views is one learner's: of a skill, the profile, or another that the learner's id names.
pub(crate) fn is_of(key: &[u8], learner: LearnerId) -> bool {
    let key = ViewKey::from_bytes(key.to_vec());
    key.of_learner() == Some(learner) || key.name() == Some(&learner.0)
}

pub(crate) fn view_row(value: &[u8]) -> Vec<u8> {
    joined(&[&[ROW_V], value])
}

pub(crate) fn read_view_row(key: &[u8], mut row: Vec<u8>) -> Result<Vec<u8>, StoreError> {
    if row.first() != Some(&ROW_V) {
        return Err(bad(key.first().copied().map_or('?', char::from)));
    }
    row.remove(0);
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sendings_find_their_first_event_in_any_order() {
        let (client, own) = (ClientId([7; 16]), BoxId([1; 8]));
        let mut rows = std::collections::BTreeMap::<Vec<u8>, Vec<u8>>::new();
        for (cseq, seq) in [(1, 10), (40, 11), (16, 12), (17, 13), (2, 14), (u64::MAX, 15), (16, 99)] {
            let (key, place) = sending(SendKey { client, cseq });
            let id = EventId { box_id: if seq == 14 { BoxId([2; 8]) } else { own }, seq };
            let row = with_sending(rows.get(&key).map(Vec::as_slice), place, id, own).expect("a good row");
            rows.insert(key, row);
        }
        for (cseq, seq) in [
            (1, Some(10)),
            (40, Some(11)),
            (16, Some(12)),
            (17, Some(13)),
            (2, Some(14)),
            (3, None),
            (41, None),
            (u64::MAX, Some(15)),
        ] {
            let (key, place) = sending(SendKey { client, cseq });
            let id = seq.map(|seq| EventId { box_id: if seq == 14 { BoxId([2; 8]) } else { own }, seq });
            assert_eq!(read_sending(rows.get(&key).map(Vec::as_slice), place, own).expect("a good row"), id, "{cseq}");
        }
    }

    #[test]
    fn a_flipped_bit_in_an_event_row_is_noticed() {
        let mut row = event_row(b"some event", None);
        assert_eq!(read_event_row(&row).expect("whole"), EventRow::Here(b"some event"));
        for at in 0..row.len() {
            row[at] ^= 4;
            assert!(read_event_row(&row).is_err(), "byte {at}");
            row[at] ^= 4;
        }
        let long = event_row(&[0; 1020], Some(ItemKey([7; 16])));
        assert_eq!(row_item(&long), Some(ItemKey([7; 16])));
        assert_eq!(read_event_row(&event_row(&[0; 1020], None)).expect("whole"), EventRow::InJournal(&[]));
    }

    #[test]
    fn keys_have_fixed_places() {
        let learner = LearnerId([3; 16]);
        let skill: SkillId = "numeracy.add.within-10".parse().expect("well formed");
        let key = ViewKey::skill(learner, &skill);
        assert_eq!(
            (key.as_bytes().len(), key.of_learner(), key.of_skill()),
            (21, Some(learner), Some(ViewKey::skill_bytes(&skill)))
        );
        assert_eq!(ViewKey::value(9, b"abc").name(), Some(b"abc".as_slice()));
    }
}
