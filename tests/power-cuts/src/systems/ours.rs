//! The store of this repository, with views switched off: what is on trial is whether events are kept.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use chalkbox_store::{NoViews, Notice, Store, StoreConfig};

use super::{Reader, Seen, Writer};
use crate::load;

/// Building an engine anew takes at most so long.
const READY: Duration = Duration::from_secs(20);

/// The store.
pub struct Ours(Store);

impl Ours {
    /// Opens a data folder.
    pub fn open(folder: &Path) -> anyhow::Result<(Self, Vec<Notice>)> {
        let (store, notices) = Store::open(StoreConfig::new(folder, Arc::new(NoViews)))?;
        Ok((Self(store), notices))
    }
}

impl Writer for Ours {
    fn store(&self, ids: &[u64]) -> anyhow::Result<()> {
        let acks = match ids {
            [id] => vec![self.0.submit(load::draft(*id))?],
            _ => self.0.submit_many(ids.iter().map(|id| load::draft(*id)).collect())?,
        };
        ensure!(acks.len() == ids.len() && acks.iter().all(|ack| !ack.duplicate), "an event was taken for another");
        Ok(())
    }

    fn close(self: Box<Self>) -> anyhow::Result<()> {
        self.0.close();
        Ok(())
    }
}

/// The store, and what it said when it was opened.
pub struct OursReader {
    /// The store.
    pub store: Ours,
    /// What it said.
    pub notices: Vec<Notice>,
}

impl Reader for OursReader {
    /// Its scrub, which the box runs by itself in quiet moments.
    fn mend(&mut self, take: &mut dyn FnMut(Seen)) {
        let Ours(store) = &self.store;
        store.wait_until_ready(READY);
        match store.scrub(&|| true) {
            Ok(report) => {
                report
                    .lost
                    .iter()
                    .for_each(|(from, to)| take(Seen::Missing(format!("events {from} to {to} are lost"))));
            }
            Err(error) => take(Seen::Missing(format!("{error:#}"))),
        }
    }

    fn read(&mut self, take: &mut dyn FnMut(Seen)) {
        for notice in &self.notices {
            eprintln!("{notice:?}");
            if matches!(notice, Notice::Gap { .. }) {
                take(Seen::Missing(format!("{notice:?}")));
            }
        }
        for event in self.store.0.stream(None) {
            match event {
                Ok(event) => {
                    if let Some((id, intact)) = load::recognise(&event) {
                        take(Seen::Event { id, intact });
                    }
                }
                Err(error) => take(Seen::Missing(format!("{error:#}"))),
            }
        }
        self.store.0.close();
    }
}
