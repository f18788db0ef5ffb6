//! An answer that one thread waits for and another gives, once. Two hundred senders wait at a time: a channel for each would
//! make memory for what can never be in it, and would look again and again before it sleeps.

use crate::error::SubmitError;
use crate::writer::Reply;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

#[derive(Default)]
struct Place {
    reply: Mutex<Option<Reply>>,
    given: Condvar,
}

/// The end of whoever gives the answer. Dropped without one it says that nothing is stored any more.
pub(crate) struct Asked(Option<Arc<Place>>);

/// The end of whoever waits.
pub(crate) struct Awaited(Arc<Place>);

/// Both ends.
pub(crate) fn reply() -> (Asked, Awaited) {
    let place = Arc::<Place>::default();
    (Asked(Some(place.clone())), Awaited(place))
}

impl Asked {
    /// Gives the answer. Whoever waited may be gone.
    pub fn give(mut self, reply: Reply) {
        self.put(reply);
    }

    fn put(&mut self, reply: Reply) {
        if let Some(place) = self.0.take() {
            *place.reply.lock().unwrap_or_else(PoisonError::into_inner) = Some(reply);
            place.given.notify_one();
        }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.put(Err(SubmitError::ReadOnly));
    }
}

impl Awaited {
    /// The answer, once it is there.
    pub fn wait(self) -> Reply {
        let Place { reply, given } = &*self.0;
        let place = reply.lock().unwrap_or_else(PoisonError::into_inner);
        let mut place = given.wait_while(place, |place| place.is_none()).unwrap_or_else(PoisonError::into_inner);
        place.take().unwrap_or(Err(SubmitError::ReadOnly))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_answered_also_by_nobody() {
        let (asked, awaited) = reply();
        let waiting = std::thread::spawn(|| awaited.wait());
        asked.give(Ok(Vec::new()));
        assert!(waiting.join().expect("no panic").is_ok_and(|acks| acks.is_empty()));
        let (asked, awaited) = reply();
        let waiting = std::thread::spawn(|| awaited.wait());
        drop(asked);
        assert!(matches!(waiting.join().expect("no panic"), Err(SubmitError::ReadOnly)));
        let (asked, awaited) = reply();
        drop(awaited);
        asked.give(Err(SubmitError::Busy));
    }
}
