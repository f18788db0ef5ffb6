//! What every engine on disk needs around it: its panics become errors, and what its own code leaves out is synced.

use super::EngineError;
use std::error::Error;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Does something with an engine; `doing` says what, as a verb. An engine that panicked is not trusted any more, so it
/// does no harm that a half-done change may lie in it.
pub(super) fn guarded<T, E>(doing: &'static str, work: impl FnOnce() -> Result<T, E>) -> Result<T, EngineError>
where
    E: Error + Send + Sync + 'static,
{
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(source)) => Err(EngineError::Failed { doing, source: Box::new(source) }),
        Err(panic) => {
            let message = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
                .unwrap_or_default();
            Err(EngineError::Panicked { doing, message })
        }
    }
}

/// Brings a file or a folder onto the medium.
pub(super) fn sync(path: &Path) -> Result<(), EngineError> {
    File::open(path).and_then(|f| f.sync_all()).map_err(|source| EngineError::Sync { path: path.to_owned(), source })
}
