//! The store of this repository, with views switched off: what is on trial is whether events are kept.

use std::path::Path;
use std::sync::Arc;

use anyhow::ensure;
use chalkbox_store::{NoViews, Notice, Store, StoreConfig};

use super::{Reader, Seen, Writer};
use crate::load;

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
