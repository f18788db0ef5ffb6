//! Counts the memory and tables of one running instance and of all together; knows nothing of what runs in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasmtime::ResourceLimiter;

/// Bytes that all running instances hold together.
#[derive(Debug)]
pub(crate) struct SharedMemory {
    used: AtomicUsize,
    most: usize,
}

impl SharedMemory {
    /// None used of `most` bytes.
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { used: AtomicUsize::new(0), most })
    }

    fn take(&self, bytes: usize) -> bool {
        let fits = |used: usize| used.checked_add(bytes).filter(|sum| *sum <= self.most);
        self.used.fetch_update(Ordering::AcqRel, Ordering::Acquire, fits).is_ok()
    }

    fn give_back(&self, bytes: usize) {
        self.used.fetch_sub(bytes, Ordering::AcqRel);
    }

    /// Bytes in use now.
    #[cfg(test)]
    pub(crate) fn used(&self) -> usize {
        self.used.load(Ordering::Acquire)
    }
}

/// Why an instance was refused memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It asked for more than one instance may have: its own fault.
    Own,
    /// The others hold the rest: not its fault.
    Shared,
    /// It asked for more table elements than one instance may have.
    Table,
}

/// The store's data: what one instance holds, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Meter {
    shared: Arc<SharedMemory>,
    memory: usize,
    memory_most: usize,
    tables: usize,
    tables_most: usize,
    refused: Option<Refused>,
}

impl Meter {
    /// Nothing used of `memory_most` bytes and `tables_most` elements.
    pub(crate) fn new(shared: Arc<SharedMemory>, memory_most: usize, tables_most: usize) -> Self {
        Self { shared, memory: 0, memory_most, tables: 0, tables_most, refused: None }
    }

    /// The last refusal, if there was one.
    pub(crate) fn refused(&self) -> Option<Refused> {
        self.refused
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.shared.give_back(self.memory);
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        let more = desired.saturating_sub(current);
        if self.memory.checked_add(more).is_none_or(|sum| sum > self.memory_most) {
            self.refused = Some(Refused::Own);
            return Ok(false);
        }
        if !self.shared.take(more) {
            self.refused = Some(Refused::Shared);
            return Ok(false);
        }
        self.memory += more;
        Ok(true)
    }

    fn table_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        let more = desired.saturating_sub(current);
        if self.tables.checked_add(more).is_none_or(|sum| sum > self.tables_most) {
            self.refused = Some(Refused::Table);
            return Ok(false);
        }
        self.tables += more;
        Ok(true)
    }

    // A component is a handful of core instances glued together; hundreds are an attack on the allocator.
    fn instances(&self) -> usize {
        64
    }

    fn tables(&self) -> usize {
        64
    }

    fn memories(&self) -> usize {
        8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_counted_for_one_and_for_all_and_given_back() {
        let shared = SharedMemory::new(100);
        let mut first = Meter::new(Arc::clone(&shared), 80, 10);
        assert!(first.memory_growing(0, 60, None).expect("no error"));
        assert!(!first.memory_growing(60, 90, None).expect("no error"));
        assert_eq!(first.refused(), Some(Refused::Own));
        let mut second = Meter::new(Arc::clone(&shared), 80, 10);
        assert!(!second.memory_growing(0, 50, None).expect("no error"));
        assert_eq!(second.refused(), Some(Refused::Shared));
        drop(first);
        assert!(second.memory_growing(0, 50, None).expect("no error"));
        assert!(!second.table_growing(0, 11, None).expect("no error"));
        assert_eq!((shared.used(), second.refused()), (50, Some(Refused::Table)));
        drop(second);
        assert_eq!(shared.used(), 0);
    }
}
