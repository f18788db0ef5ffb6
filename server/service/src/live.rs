//! What happens in a class right now, told to whoever has the class open. Nothing is kept: a page that was away loads anew.

use chalkbox_domain::event::SkillState;
use chalkbox_domain::ids::{ClassId, EventId, LearnerId, SkillId};
use std::collections::HashMap;
use std::sync::Mutex;

/// One thing that happened in a class.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// A learner answered.
    Answered {
        /// Who.
        learner: LearnerId,
        /// On which skill.
        skill: SkillId,
        /// 0..=1; none when the tool failed.
        score: Option<f32>,
        /// The skill's state now; none while the box puts its memory in order.
        state: Option<SkillState>,
        /// When, milliseconds since 1970.
        at_ms: u64,
        /// The stored event.
        event: EventId,
    },
    /// A learner signed in, or out.
    Presence {
        /// Who.
        learner: LearnerId,
        /// True: is here.
        here: bool,
        /// When, milliseconds since 1970.
        at_ms: u64,
    },
    /// A learner raised or lowered a hand.
    Hand {
        /// Who.
        learner: LearnerId,
        /// True: is up.
        up: bool,
        /// When, milliseconds since 1970.
        at_ms: u64,
    },
}

/// Receives happenings; false ends the subscription.
pub type Listener = Box<dyn Fn(&Happening) -> bool + Send>;

/// Tells listeners what happens in their class.
#[derive(Default)]
pub struct Live {
    listeners: Mutex<HashMap<ClassId, Vec<Listener>>>,
}

/// Listeners of one class at most; the oldest goes first.
const MOST: usize = 64;

impl Live {
    /// Listens to a class until the listener says false. The listener must not block.
    pub fn listen(&self, class: ClassId, listener: Listener) {
        let mut all = self.lock();
        let list = all.entry(class).or_default();
        if list.len() >= MOST {
            drop(list.remove(0));
        }
        list.push(listener);
    }

    /// Tells all listeners of a class.
    pub fn tell(&self, class: ClassId, happening: &Happening) {
        if let Some(list) = self.lock().get_mut(&class) {
            list.retain(|listener| listener(happening));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ClassId, Vec<Listener>>> {
        self.listeners.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn only_the_class_hears_and_who_left_is_forgotten() {
        let live = Live::default();
        let (send, heard) = mpsc::channel();
        live.listen(ClassId([1; 16]), Box::new(move |h| send.send(h.clone()).is_ok()));
        let happening = Happening::Hand { learner: LearnerId([2; 16]), up: true, at_ms: 1 };
        live.tell(ClassId([2; 16]), &happening);
        assert!(heard.try_recv().is_err());
        live.tell(ClassId([1; 16]), &happening);
        assert_eq!(heard.try_recv(), Ok(happening.clone()));
        drop(heard);
        live.tell(ClassId([1; 16]), &happening);
        assert!(live.lock()[&ClassId([1; 16])].is_empty());
    }
}
