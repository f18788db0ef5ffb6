//! What engines without a queue of their own get, so that the comparison is fair: one thread gathers all that waits into
//! one durable commit, as ours does.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use anyhow::{anyhow, bail};

use super::{Reader, Seen, Writer};
use crate::load;

/// As in our journal.
const MAX_EVENTS: usize = 1024;
const MAX_BYTES: usize = 256 * 1024;

/// A number and its bytes.
pub type Row = (u64, Vec<u8>);

/// A store of numbers and bytes.
pub trait Engine: Send {
    /// Stores all of these in one commit; durable when it returns.
    fn commit(&mut self, rows: &[Row]) -> anyhow::Result<()>;
    /// Gives every row to `take`.
    fn rows(&mut self, take: &mut dyn FnMut(u64, &[u8])) -> anyhow::Result<()>;
    /// Ends in order.
    fn close(self: Box<Self>) -> anyhow::Result<()>;
}

struct Request {
    rows: Vec<Row>,
    reply: SyncSender<bool>,
}

/// An engine behind a queue.
pub struct Grouped {
    inbox: SyncSender<Request>,
    thread: Mutex<JoinHandle<anyhow::Result<()>>>,
}

impl Grouped {
    /// Starts the thread that commits.
    pub fn new(engine: Box<dyn Engine>) -> Self {
        let (inbox, requests) = sync_channel(512);
        let thread = std::thread::spawn(move || commit_all(engine, &requests));
        Self { inbox, thread: Mutex::new(thread) }
    }
}

fn commit_all(mut engine: Box<dyn Engine>, requests: &Receiver<Request>) -> anyhow::Result<()> {
    while let Ok(first) = requests.recv() {
        let mut rows = Vec::new();
        let mut waiting = Vec::new();
        let mut bytes = 0;
        let mut next = Some(first);
        while let Some(Request { rows: more, reply }) = next {
            bytes += more.iter().map(|(_, value)| value.len()).sum::<usize>();
            rows.extend(more);
            waiting.push(reply);
            next = if rows.len() < MAX_EVENTS && bytes < MAX_BYTES { requests.try_recv().ok() } else { None };
        }
        let done = engine.commit(&rows);
        for reply in waiting {
            let _ = reply.send(done.is_ok());
        }
        done?;
    }
    engine.close()
}

impl Writer for Grouped {
    fn store(&self, ids: &[u64]) -> anyhow::Result<()> {
        let rows = ids.iter().map(|id| (*id, load::value(*id))).collect();
        let (reply, answer) = sync_channel(1);
        self.inbox.send(Request { rows, reply }).map_err(|_| anyhow!("the committing thread is gone"))?;
        if !answer.recv()? {
            bail!("the commit failed");
        }
        Ok(())
    }

    fn close(self: Box<Self>) -> anyhow::Result<()> {
        let Self { inbox, thread } = *self;
        drop(inbox);
        let thread = thread.into_inner().unwrap_or_else(PoisonError::into_inner);
        thread.join().map_err(|_| anyhow!("the committing thread panicked"))?
    }
}

/// An engine without a queue.
pub struct EngineReader(pub Box<dyn Engine>);

impl Reader for EngineReader {
    fn read(&mut self, take: &mut dyn FnMut(Seen)) {
        let read = self.0.rows(&mut |id, value| take(Seen::Event { id, intact: value == load::value(id) }));
        if let Err(error) = read {
            take(Seen::Missing(format!("{error:#}")));
        }
    }
}
