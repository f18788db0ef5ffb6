//! Lets a few calls run at the same time and a bounded number wait; the rest are turned away at once.
//!
//! Calls run on the caller's own thread, which is made for blocking; the gate is what a queue would be for.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The gate before the engine.
#[derive(Debug)]
pub(crate) struct Gate {
    state: Mutex<State>,
    freed: Condvar,
    permits: usize,
    waiting_most: usize,
    patience: Duration,
}

#[derive(Debug, Default)]
struct State {
    running: usize,
    waiting: usize,
}

/// One call's leave to run; given back when dropped.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    gate: &'a Gate,
}

impl Gate {
    /// `permits` at once, `waiting_most` in front of the gate, each for `patience` at most.
    pub(crate) fn new(permits: usize, waiting_most: usize, patience: Duration) -> Self {
        Self { state: Mutex::default(), freed: Condvar::new(), permits, waiting_most, patience }
    }

    /// Waits for a turn; none when too many wait already or it took too long.
    pub(crate) fn enter(&self) -> Option<Permit<'_>> {
        let mut state = self.state();
        if state.running >= self.permits {
            if state.waiting >= self.waiting_most {
                return None;
            }
            let until = Instant::now() + self.patience;
            state.waiting += 1;
            while state.running >= self.permits {
                let left = until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    state.waiting -= 1;
                    return None;
                }
                state = self.freed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
            }
            state.waiting -= 1;
        }
        state.running += 1;
        Some(Permit { gate: self })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.gate.state().running -= 1;
        self.gate.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_runs_one_waits_and_one_is_turned_away() {
        let gate = Gate::new(1, 1, Duration::from_secs(20));
        let first = gate.enter().expect("free");
        std::thread::scope(|scope| {
            let second = scope.spawn(|| gate.enter().is_some());
            while gate.state().waiting == 0 {
                std::thread::yield_now();
            }
            assert!(gate.enter().is_none(), "the queue is full");
            drop(first);
            assert!(second.join().expect("no panic"));
        });
        assert!(gate.enter().is_some());
    }

    #[test]
    fn patience_ends() {
        let gate = Gate::new(1, 1, Duration::from_millis(5));
        let _first = gate.enter().expect("free");
        assert!(gate.enter().is_none());
        assert_eq!(gate.state().waiting, 0);
    }
}
