//! How events become views: the seam between the store, which knows rows, and the rules, which know learning.

use crate::keys::{ViewKey, ViewPrefix};
use chalkbox_domain::event::Event;
use chalkbox_domain::ids::LearnerId;

/// Folds events into views. Must be pure: the same events in the same order give the same rows, byte for byte.
pub trait Projection: Send + Sync {
    /// Another number than the one in the data folder: all views are thrown away and folded anew at opening.
    /// Not `u32::MAX`.
    fn version(&self) -> u32;
    /// Writes what changes through one event. `views` shows the rows as all earlier events left them.
    ///
    /// Events come in the order of the journal, [`EventBody::Unknown`](chalkbox_domain::event::EventBody) among them. Where
    /// several ids are one child, an event's `learner` is the one that stands for it, not the one it happened under.
    fn project(&self, event: &Event, views: &dyn ViewReader, out: &mut ViewWrites);
    /// What becomes of a row that was carried over the end of a school year, when the events that made it are gone: `rules` is
    /// the version that wrote it. None: it is left out. A new version that changes what rows look like changes old ones here.
    fn carried_over(&self, rules: u32, key: &ViewKey, row: Vec<u8>) -> Option<Vec<u8>> {
        let _ = (rules, key);
        Some(row)
    }
    /// Two ids are one child: what of `from` was carried over the end of a year goes into what was carried of `to`. Events of
    /// both come under `to` anyway. By default nothing is joined.
    fn join(&self, from: LearnerId, to: LearnerId, views: &dyn ViewReader, out: &mut ViewWrites) {
        let _ = (from, to, views, out);
    }
}

/// Rows as a projection sees them.
pub trait ViewReader {
    /// One row.
    fn get(&self, key: &ViewKey) -> Option<Vec<u8>>;
    /// All rows whose keys begin so, in the order of their keys.
    fn list(&self, prefix: &ViewPrefix) -> Vec<(ViewKey, Vec<u8>)>;
}

/// Rows that a projection wants changed; a later write of a key wins. Keep rows under 1,000 bytes and under
/// 50 of them for one event.
#[derive(Debug, Default)]
pub struct ViewWrites {
    rows: Vec<(ViewKey, Option<Vec<u8>>)>,
    damaged: Option<ViewKey>,
}

impl ViewWrites {
    /// Writes a row.
    pub fn set(&mut self, key: ViewKey, value: Vec<u8>) {
        self.rows.push((key, Some(value)));
    }
    /// Removes a row.
    pub fn delete(&mut self, key: ViewKey) {
        self.rows.push((key, None));
    }
    /// Says that a row that was read is not what it should be. Nothing is written then: the store takes no more events
    /// and folds all views anew at the next opening.
    pub fn found_damaged(&mut self, key: ViewKey) {
        self.damaged.get_or_insert(key);
    }
    /// The first row that was found damaged.
    pub fn damaged(&self) -> Option<&ViewKey> {
        self.damaged.as_ref()
    }
    /// What was written, in order; `None` for a removal.
    pub fn rows(&self) -> &[(ViewKey, Option<Vec<u8>>)] {
        &self.rows
    }
    pub(crate) fn into_rows(self) -> Vec<(ViewKey, Option<Vec<u8>>)> {
        self.rows
    }
}

/// No views at all: for programs that only read or move events.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoViews;

impl Projection for NoViews {
    fn version(&self) -> u32 {
        0
    }
    fn project(&self, _event: &Event, _views: &dyn ViewReader, _out: &mut ViewWrites) {}
}
