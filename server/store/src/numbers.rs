//! Sets of events by box and number, kept as ranges.

use chalkbox_domain::event::BoxRange;
use chalkbox_domain::ids::{BoxId, EventId};
use std::collections::BTreeMap;

/// Numbers of boxes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Numbers(BTreeMap<BoxId, Vec<(u64, u64)>>);

impl Numbers {
    /// Puts numbers in; ranges that touch become one.
    pub fn put(&mut self, box_id: BoxId, from: u64, to: u64) {
        if to < from {
            return;
        }
        let ranges = self.0.entry(box_id).or_default();
        ranges.push((from, to));
        ranges.sort_unstable();
        let mut merged: Vec<(u64, u64)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges.drain(..) {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        *ranges = merged;
    }

    /// Puts ranges in.
    pub fn put_all<'a>(&mut self, ranges: impl IntoIterator<Item = &'a BoxRange>) {
        for range in ranges {
            self.put(range.box_id, range.from, range.to);
        }
    }

    /// Whether an event is among them.
    pub fn has(&self, id: EventId) -> bool {
        self.has_all(id.box_id, id.seq, id.seq)
    }

    /// Whether all of these numbers are among them.
    pub fn has_all(&self, box_id: BoxId, from: u64, to: u64) -> bool {
        self.0.get(&box_id).is_some_and(|ranges| ranges.iter().any(|(first, last)| *first <= from && to <= *last))
    }

    /// Takes a box out.
    pub fn forget(&mut self, box_id: BoxId) {
        self.0.remove(&box_id);
    }

    /// Those that are not among others.
    pub fn without(&self, others: &Self) -> Self {
        let mut left = Self::default();
        for (box_id, ranges) in &self.0 {
            let gone = others.0.get(box_id).map_or(&[] as &[(u64, u64)], Vec::as_slice);
            for (from, to) in ranges {
                let mut next = *from;
                for (first, last) in gone.iter().filter(|(first, last)| first <= to && *last >= *from) {
                    left.put(*box_id, next, first.saturating_sub(1));
                    next = next.max(last.saturating_add(1));
                }
                left.put(*box_id, next, *to);
            }
        }
        left
    }

    /// All ranges, by box and number.
    pub fn ranges(&self) -> Vec<BoxRange> {
        let of = |(box_id, ranges): (&BoxId, &Vec<(u64, u64)>)| {
            let box_id = *box_id;
            ranges.iter().map(move |(from, to)| BoxRange { box_id, from: *from, to: *to }).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_touch_become_one() {
        let (a, b) = (BoxId([1; 8]), BoxId([2; 8]));
        let mut numbers = Numbers::default();
        for (from, to) in [(7, 9), (1, 2), (3, 3), (20, 1 << 53), (9, 12), (5, 4)] {
            numbers.put(a, from, to);
        }
        numbers.put(b, 1, 1);
        let range = |box_id, from, to| BoxRange { box_id, from, to };
        assert_eq!(numbers.ranges(), [range(a, 1, 3), range(a, 7, 12), range(a, 20, 1 << 53), range(b, 1, 1)]);
        assert!(numbers.has(EventId { box_id: a, seq: 12 }) && !numbers.has(EventId { box_id: b, seq: 2 }));
        assert!(numbers.has_all(a, 7, 12) && !numbers.has_all(a, 3, 7));
        let mut some = Numbers::default();
        [(2, 2), (8, 30)].iter().for_each(|(from, to)| some.put(a, *from, *to));
        let left = [range(a, 1, 1), range(a, 3, 3), range(a, 7, 7), range(a, 31, 1 << 53), range(b, 1, 1)];
        assert_eq!(numbers.without(&some).ranges(), left);
        assert_eq!(numbers.without(&numbers), Numbers::default());
        numbers.forget(a);
        assert_eq!(numbers.ranges(), [range(b, 1, 1)]);
    }
}
