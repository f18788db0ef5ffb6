//! Local contexts in force, and those that were: each is a file named by its hash, kept so that any item can be made
//! again (C5.4).

use crate::keys::write_secret;
use crate::setup::SetupError;
use crate::{Chalkbox, StoreTrouble};
use chalkbox_content::hash::{context_hash, context_json};
use chalkbox_domain::event::{Actor, ContextSet, EventBody};
use chalkbox_domain::ids::ContextHash;
use chalkbox_domain::item::LocalContext;
use std::path::PathBuf;

impl Chalkbox {
    fn context_file(&self, hash: ContextHash) -> PathBuf {
        self.data().join("contexts").join(format!("{hash}.json"))
    }

    /// A context by its hash: the one in force, else from its file.
    pub(crate) fn context_by_hash(&self, hash: ContextHash, locale: &str) -> Option<LocalContext> {
        let library = self.library();
        let (context, now) = library.context(locale);
        if now == hash {
            return Some(context.clone());
        }
        if let Some(context) = library.any_context(hash) {
            return Some(context.clone());
        }
        self.context_on_disk(hash)
    }

    /// A context from its file; none where that is missing or is not what its name says.
    fn context_on_disk(&self, hash: ContextHash) -> Option<LocalContext> {
        let bytes = std::fs::read(self.context_file(hash)).ok()?;
        let context: LocalContext = serde_json::from_slice(&bytes).ok()?;
        (context_hash(&context) == hash).then_some(context)
    }

    /// Writes a context's file unless it is there and whole. Its name is on the disk after [`Self::sync_contexts`].
    fn keep_context(&self, hash: ContextHash, context: &LocalContext) -> Result<(), SetupError> {
        let path = self.context_file(hash);
        let io = |source| SetupError::Io { path: path.clone(), source };
        if self.context_on_disk(hash).is_none() {
            std::fs::create_dir_all(self.data().join("contexts")).map_err(io)?;
            write_secret(&path, &context_json(context)).map_err(io)?;
        }
        Ok(())
    }

    /// Puts the names of all contexts on the disk. Also where nothing was written now: whoever wrote them may have been
    /// stopped before their names and that of their folder were there.
    fn sync_contexts(&self) -> Result<(), SetupError> {
        let folder = self.data().join("contexts");
        for names in [folder.as_path(), self.data()] {
            let io = |source| SetupError::Io { path: names.to_owned(), source };
            std::fs::File::open(names).and_then(|names| names.sync_all()).map_err(io)?;
        }
        Ok(())
    }

    /// Puts the context of the school's country in force: its files are on the disk before an event names them, and are
    /// written again if they are gone or damaged since.
    pub(crate) fn adopt_context(&self) -> Result<(), SetupError> {
        let country = self.people().settings.as_ref().map_or_else(|| "XX".to_owned(), |s| s.country.clone());
        self.set_country(&country);
        let library = self.library();
        let known = crate::views::contexts(self.store())?;
        let mut bodies = Vec::new();
        for (locale, context, hash) in library.contexts_in_force() {
            self.keep_context(*hash, context)?;
            if known.iter().any(|k| k.country == country && k.locale == *locale && k.hash == *hash) {
                continue;
            }
            bodies.push(EventBody::ContextSet(ContextSet {
                country: country.clone(),
                locale: locale.clone(),
                hash: *hash,
            }));
        }
        if !library.contexts_in_force().is_empty() {
            self.sync_contexts()?;
        }
        if bodies.is_empty() {
            return Ok(());
        }
        self.administer(Actor::Box, bodies).map_err(|e: StoreTrouble| e.into())
    }
}
