//! Which ids are one child: entered on two boxes, or twice on one. A teacher says so, and can take it back.

use crate::event::EventBody;
use crate::ids::LearnerId;
use std::collections::BTreeMap;

/// Ids that were said to be the same child as another. What is known of a child stands under one id, whichever of its ids an
/// answer was given under.
///
/// The newest word on an id counts. Whoever follows the events of all boxes in their one order comes to the same links.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links(BTreeMap<LearnerId, LearnerId>);

impl Links {
    /// Follows what happened; whether a link came, changed or went.
    pub fn follow(&mut self, body: &EventBody) -> bool {
        match body {
            EventBody::Linked { learner, to } => self.join(*learner, *to),
            EventBody::Unlinked { learner } => self.0.remove(learner).is_some(),
            EventBody::Erased { learner } => self.forget(*learner),
            _ => false,
        }
    }

    /// From here on `learner` is the same child as `to`; whether that is new.
    pub fn join(&mut self, learner: LearnerId, to: LearnerId) -> bool {
        learner != to && self.0.insert(learner, to) != Some(to)
    }

    /// Takes a learner out who is not to be known any more; whether there were links.
    pub fn forget(&mut self, learner: LearnerId) -> bool {
        let before = self.0.len();
        self.0.retain(|from, to| *from != learner && *to != learner);
        self.0.len() != before
    }

    /// These links after one thing more has happened.
    #[must_use]
    pub fn with(&self, body: Option<&EventBody>) -> Self {
        let mut links = self.clone();
        if let Some(body) = body {
            links.follow(body);
        }
        links
    }

    /// The id under which it is kept what is known of a child: its own, where nobody said anything else. Two boxes may have
    /// been told opposite things; then it is the smallest of those that go round in a circle.
    pub fn one(&self, learner: LearnerId) -> LearnerId {
        let mut way = vec![learner];
        let mut last = learner;
        while let Some(next) = self.0.get(&last) {
            if let Some(at) = way.iter().position(|id| id == next) {
                return way[at..].iter().min().copied().unwrap_or(learner);
            }
            way.push(*next);
            last = *next;
        }
        last
    }

    /// All ids of the child that has this one: first that of [`Self::one`].
    pub fn all(&self, learner: LearnerId) -> Vec<LearnerId> {
        let one = self.one(learner);
        let mut all = vec![one];
        if !self.0.is_empty() {
            all.extend(self.0.keys().filter(|id| **id != one && self.one(**id) == one));
        }
        all
    }

    /// Whether an id stands for its child, and is not only another one of a child that has several.
    pub fn stands(&self, learner: LearnerId) -> bool {
        self.one(learner) == learner
    }

    /// Each id with the one that it was said to be the same child as.
    pub fn pairs(&self) -> impl Iterator<Item = (LearnerId, LearnerId)> + '_ {
        self.0.iter().map(|(from, to)| (*from, *to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> LearnerId {
        LearnerId([n; 16])
    }

    #[test]
    fn ids_are_one_child_over_any_number_of_links() {
        let mut links = Links::default();
        assert_eq!((links.one(id(1)), links.all(id(1))), (id(1), vec![id(1)]));
        assert!(links.follow(&EventBody::Linked { learner: id(1), to: id(2) }));
        assert!(!links.follow(&EventBody::Linked { learner: id(1), to: id(2) }), "said before");
        assert!(links.follow(&EventBody::Linked { learner: id(2), to: id(3) }));
        for n in 1..=3 {
            assert_eq!((links.one(id(n)), links.all(id(n))), (id(3), vec![id(3), id(1), id(2)]), "{n}");
        }
        assert!(links.stands(id(3)) && links.stands(id(9)) && !links.stands(id(1)));
        assert!(links.follow(&EventBody::Unlinked { learner: id(2) }));
        assert_eq!((links.one(id(1)), links.all(id(3))), (id(2), vec![id(3)]));
        assert!(!links.follow(&EventBody::Unlinked { learner: id(2) }));
        assert!(!links.join(id(5), id(5)), "nobody is another than himself");
    }

    #[test]
    fn opposite_words_of_two_boxes_make_one_child() {
        let mut links = Links::default();
        for (from, to) in [(2, 3), (3, 4), (4, 2), (7, 4)] {
            links.join(id(from), id(to));
        }
        for n in [2, 3, 4, 7] {
            assert_eq!(links.one(id(n)), id(2), "{n}");
        }
        assert_eq!(links.all(id(7)), [id(2), id(3), id(4), id(7)]);
    }

    #[test]
    fn nobody_is_linked_to_a_learner_who_was_erased() {
        let mut links = Links::default();
        links.join(id(1), id(2));
        links.join(id(2), id(3));
        links.join(id(4), id(3));
        assert!(links.follow(&EventBody::Erased { learner: id(2) }));
        assert_eq!((links.all(id(1)), links.all(id(3))), (vec![id(1)], vec![id(3), id(4)]));
        assert_eq!(links.with(Some(&EventBody::Unlinked { learner: id(4) })), Links::default());
        assert_eq!(links.pairs().collect::<Vec<_>>(), [(id(4), id(3))]);
    }
}
