//! Is each local context there that answers were made with?

use super::{Check, Finding, Ground};
use chalkbox_content::hash::context_hash;
use chalkbox_domain::item::LocalContext;
use std::path::Path;

pub struct Contexts;

const REMEDY: &str = "bring back a backup, which has it; until then answers made with it cannot be scored again";
/// Bytes of a context at most.
const LARGEST: u64 = 1 << 20;

fn is_whole(path: &Path, hash: chalkbox_domain::ids::ContextHash) -> bool {
    if path.metadata().map_or(true, |of| of.len() > LARGEST) {
        return false;
    }
    let read = std::fs::read(path).ok().and_then(|bytes| serde_json::from_slice::<LocalContext>(&bytes).ok());
    read.is_some_and(|context| context_hash(&context) == hash)
}

impl Check for Contexts {
    fn name(&self) -> &'static str {
        "contexts"
    }

    fn look(&self, ground: &Ground) -> Vec<Finding> {
        let folder = ground.data.join("contexts");
        let mut found = Vec::new();
        for hash in &ground.log.contexts {
            let path = folder.join(format!("{hash}.json"));
            if !is_whole(&path, *hash) {
                found.push(Finding::wrong(self, "a local context is missing or damaged", &path, REMEDY));
            }
        }
        if found.is_empty() {
            let what = format!("{} local contexts that answers name, all whole", ground.log.contexts.len());
            found.push(Finding::ok(self, what, &folder));
        }
        found
    }
}
