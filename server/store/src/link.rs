//! The same child under two ids: a teacher says that they are one, and what is known is folded anew as if there had always
//! been one. Nothing that was stored is changed, so it can be taken back.

use crate::error::{StoreError, SubmitError};
use crate::keeper::Work;
use crate::store::Store;
use chalkbox_domain::event::{Actor, EventBody, EventDraft};
use chalkbox_domain::ids::LearnerId;
use chalkbox_domain::links::Links;
use std::sync::PoisonError;
use std::sync::mpsc::sync_channel;

/// Two learners did not become one child, or two children.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// They are one child already, or the same id; or there is nothing to take back. Nothing was changed.
    #[error("that is so already")]
    Already,
    /// What was learnt is still being put in order; nothing was changed.
    #[error("the store is still putting its memory in order; try again when it is ready")]
    NotReady,
    /// What was to be stored was not; nothing was changed.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// Reading or writing failed. What is in the journal already comes into force with the next engine.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// From here on `learner` is the same child as `to`: what is known of both is folded anew as that of one, under `to` (or
    /// whoever stands for it). It is on the medium and in force when this returns; until then everything goes on as before.
    ///
    /// # Errors
    /// See [`LinkError`].
    pub fn link(&self, learner: LearnerId, to: LearnerId, actor: Actor) -> Result<(), LinkError> {
        self.say_who(learner, EventBody::Linked { learner, to }, actor, |links| links.one(learner) != links.one(to))
    }

    /// Takes it back that `learner` is the same child as another: each has again what happened under its own id. What was
    /// carried over the end of a year meanwhile stays with the other.
    ///
    /// # Errors
    /// See [`LinkError`].
    pub fn unlink(&self, learner: LearnerId, actor: Actor) -> Result<(), LinkError> {
        let linked = |links: &Links| links.pairs().any(|(from, _)| from == learner);
        self.say_who(learner, EventBody::Unlinked { learner }, actor, linked)
    }

    fn say_who(
        &self,
        learner: LearnerId,
        body: EventBody,
        actor: Actor,
        is_news: impl FnOnce(&Links) -> bool,
    ) -> Result<(), LinkError> {
        let _alone = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_read_only() {
            return Err(SubmitError::ReadOnly.into());
        }
        if !self.is_ready() {
            return Err(LinkError::NotReady);
        }
        if !is_news(&self.reader.current.links()) {
            return Err(LinkError::Already);
        }
        let saying = EventDraft { at_ms: None, send: None, learner: Some(learner), actor, body };
        let (done, outcome) = sync_channel(1);
        self.reader.current.ask_keeper(Work::Link { saying: Box::new(saying), done });
        match outcome.recv().unwrap_or(Err(StoreError::Closing)) {
            Err(StoreError::NotSaid(error)) => Err(LinkError::Submit(*error)),
            other => Ok(other?),
        }
    }
}
