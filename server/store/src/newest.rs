//! What came last of each learner and each tablet: enough to know of nearly every answer that it is new, without asking
//! the engine, which may be busy with its files.

use crate::engine::{KvEngine, Row, Span, after_prefix};
use crate::error::StoreError;
use crate::keys;
use chalkbox_domain::event::{Event, Hlc, SendKey};
use chalkbox_domain::ids::{ClientId, LearnerId};
use std::collections::HashMap;

/// Of so many learners and of so many tablets it is kept; then it begins anew.
const MOST: usize = 10_000;

/// The newest of what is in an engine. Whoever is in here was looked up in the engine once, and followed since.
#[derive(Default)]
pub(crate) struct Newest {
    learners: HashMap<LearnerId, Hlc>,
    clients: HashMap<ClientId, Sent>,
}

/// The newest sending of a tablet.
struct Sent {
    cseq: u64,
    /// The row that it stands in; none before the first.
    row: Option<Vec<u8>>,
}

impl Newest {
    /// Whether nothing that a learner did at that moment or later is in the engine.
    pub fn none_since(&mut self, learner: LearnerId, from: Hlc, engine: &dyn KvEngine) -> Result<bool, StoreError> {
        if let Some(newest) = self.learners.get(&learner) {
            return Ok(*newest < from);
        }
        let prefix = keys::events_of(learner);
        let newest = match last(engine, prefix)? {
            Some((key, _)) => keys::event_key_at(&key)?,
            None => Hlc(0),
        };
        if self.learners.len() >= MOST {
            self.learners.clear();
        }
        self.learners.insert(learner, newest);
        Ok(newest < from)
    }

    /// Whether a tablet has sent nothing under that number or a higher one.
    pub fn is_next(&mut self, send: SendKey, engine: &dyn KvEngine) -> Result<bool, StoreError> {
        if let Some(sent) = self.clients.get(&send.client) {
            return Ok(sent.cseq < send.cseq);
        }
        let sent = match last(engine, keys::sendings_of(send.client))? {
            Some((key, row)) => Sent { cseq: keys::last_sending(&key, &row)?, row: Some(row) },
            None => Sent { cseq: 0, row: None },
        };
        if self.clients.len() >= MOST {
            self.clients.clear();
        }
        let next = sent.cseq < send.cseq;
        self.clients.insert(send.client, sent);
        Ok(next)
    }

    /// The row that a sending goes into, as it stands now, where that is known: `Some(None)` when there is none yet.
    pub fn row_of(&self, send: SendKey) -> Option<Option<&[u8]>> {
        let sent = self.clients.get(&send.client)?;
        let (before, now) = (keys::sending(SendKey { cseq: sent.cseq.max(1), ..send }).0, keys::sending(send).0);
        match sent.cseq {
            0 => Some(None),
            _ if now == before => Some(sent.row.as_deref()),
            // Blocks behind the newest have no row.
            newest if send.cseq > newest => Some(None),
            _ => None,
        }
    }

    /// An event goes into the engine; `row`: the one that its sending then stands in.
    pub fn follow(&mut self, event: &Event, row: Option<&[u8]>) {
        if let Some(newest) = self.learners.get_mut(&keys::owner(event.learner)) {
            *newest = event.at.max(*newest);
        }
        let Some((send, row)) = event.send.zip(row) else { return };
        if let Some(sent) = self.clients.get_mut(&send.client) {
            let key = |cseq| keys::sending(SendKey { cseq, ..send }).0;
            if send.cseq >= sent.cseq || key(send.cseq) == key(sent.cseq.max(1)) {
                *sent = Sent { cseq: sent.cseq.max(send.cseq), row: Some(row.to_vec()) };
            }
        }
    }
}

/// The last row whose key begins so.
fn last(engine: &dyn KvEngine, prefix: Vec<u8>) -> Result<Option<Row>, StoreError> {
    let span = Span { to: after_prefix(&prefix), from: prefix, reverse: true, limit: 1 };
    Ok(engine.range(&span)?.pop())
}
