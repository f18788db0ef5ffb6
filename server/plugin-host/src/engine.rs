//! The one engine: its settings, its name for stored code, and the clock that ends calls that take too long.
//!
//! Settings are in one function, because the compiling child must use the very same ones.

use sha2::{Digest, Sha256};
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use wasmtime::{Config, Engine, EngineWeak, InstanceAllocationStrategy, OptLevel, Strategy};

/// One step of the engine's clock.
pub(crate) const TICK: Duration = Duration::from_millis(10);
/// After so many steps without a call the clock stands still, so that an idle box idles.
const IDLE_TICKS: u32 = 50;
/// The native stack that a guest may use. Every thread that calls needs this much and its own.
const GUEST_STACK: usize = 512 << 10;

/// Everything that changes the code made or the way memory is laid out.
pub(crate) fn settings() -> Config {
    let mut config = Config::new();
    config
        .strategy(Strategy::Cranelift)
        .cranelift_opt_level(OptLevel::Speed)
        // The same ask gives the same item on every machine, so a NaN has one bit pattern and vectors one meaning.
        .cranelift_nan_canonicalization(true)
        .wasm_relaxed_simd(false)
        .wasm_memory64(false)
        .concurrency_support(false)
        .epoch_interruption(true)
        .max_wasm_stack(GUEST_STACK)
        // Tables for debuggers would be an eighth of the code in memory; a trap says what it is without them.
        .generate_address_map(false)
        .native_unwind_info(false)
        // The defaults reserve gigabytes of address space for every memory; a Pi with a class has none to give.
        .allocation_strategy(InstanceAllocationStrategy::OnDemand)
        .memory_reservation(64 << 20)
        .memory_reservation_for_growth(0)
        .memory_guard_size(64 << 10);
    config
}

/// The engine with its clock. Dropping it ends the clock.
pub(crate) struct PluginEngine {
    engine: Engine,
    key: String,
    clock: Arc<Clock>,
    thread: Option<JoinHandle<()>>,
}

impl PluginEngine {
    /// Makes the engine and starts its clock, standing still.
    pub(crate) fn start() -> wasmtime::Result<Self> {
        let engine = Engine::new(&settings())?;
        let clock = Arc::new(Clock::default());
        let thread = {
            let (clock, engine) = (Arc::clone(&clock), engine.weak());
            std::thread::Builder::new().name("plugin-clock".into()).spawn(move || clock.run(&engine))?
        };
        Ok(Self { key: key_of(&engine), engine, clock, thread: Some(thread) })
    }

    /// The engine itself.
    pub(crate) fn wasm(&self) -> &Engine {
        &self.engine
    }

    /// Names the engine's version and settings: code made under another key is of no use here.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Lets the clock go as long as the value returned lives.
    pub(crate) fn running(&self) -> Running<'_> {
        self.clock.calls.fetch_add(1, Ordering::SeqCst);
        if self.clock.asleep.load(Ordering::SeqCst) {
            let _held = self.clock.lock.lock().unwrap_or_else(PoisonError::into_inner);
            self.clock.wake.notify_all();
        }
        Running { clock: &self.clock }
    }

    /// How many steps of the clock are at least `time`.
    pub(crate) fn ticks(time: Duration) -> u64 {
        // One more, because the first step may come at once.
        u64::try_from(time.as_millis().div_ceil(TICK.as_millis())).unwrap_or(u64::MAX - 1) + 1
    }
}

impl Drop for PluginEngine {
    fn drop(&mut self) {
        self.clock.stop.store(true, Ordering::SeqCst);
        {
            let _held = self.clock.lock.lock().unwrap_or_else(PoisonError::into_inner);
            self.clock.wake.notify_all();
        }
        if let Some(thread) = self.thread.take() {
            // A clock that panicked has nothing left to clean up.
            let _ = thread.join();
        }
    }
}

/// As long as this lives, the clock goes.
pub(crate) struct Running<'a> {
    clock: &'a Clock,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.clock.calls.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Counts calls and moves the engine's epoch while there are any.
#[derive(Default)]
struct Clock {
    calls: AtomicUsize,
    asleep: AtomicBool,
    stop: AtomicBool,
    lock: Mutex<()>,
    wake: Condvar,
}

impl Clock {
    fn run(&self, engine: &EngineWeak) {
        let mut idle = 0;
        while !self.stop.load(Ordering::SeqCst) {
            std::thread::sleep(TICK);
            let Some(engine) = engine.upgrade() else { return };
            engine.increment_epoch();
            drop(engine);
            idle = if self.calls.load(Ordering::SeqCst) == 0 { idle + 1 } else { 0 };
            if idle >= IDLE_TICKS {
                self.sleep_until_called();
                idle = 0;
            }
        }
    }

    fn sleep_until_called(&self) {
        let mut held = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        // Told first and looked at after: a call that comes between sees the clock asleep and wakes it.
        self.asleep.store(true, Ordering::SeqCst);
        while self.calls.load(Ordering::SeqCst) == 0 && !self.stop.load(Ordering::SeqCst) {
            held = self.wake.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        self.asleep.store(false, Ordering::SeqCst);
    }
}

/// Sixteen hex digits for everything that code depends on, the engine's full version with it: the engine would take
/// code of another patch release, but a patch may repair the compiler, and then old code must not live on.
fn key_of(engine: &Engine) -> String {
    let mut hasher = ShaHasher(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut hasher);
    hasher.0.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `std::hash` into SHA-256: the standard hashers promise nothing from one release to the next.
struct ShaHasher(Sha256);

impl Hasher for ShaHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let digest = self.0.clone().finalize();
        digest[..8].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_same_for_the_same_settings_only() {
        let here = PluginEngine::start().expect("engine starts");
        let again = PluginEngine::start().expect("engine starts");
        assert_eq!(here.key(), again.key());
        let mut other = settings();
        other.epoch_interruption(false);
        assert_ne!(here.key(), key_of(&Engine::new(&other).expect("engine starts")));
    }

    #[test]
    fn the_clock_stands_still_without_calls_and_wakes_for_one() {
        let engine = PluginEngine::start().expect("engine starts");
        std::thread::sleep(TICK * (IDLE_TICKS + 40));
        assert!(engine.clock.asleep.load(Ordering::SeqCst));
        let running = engine.running();
        std::thread::sleep(TICK * 5);
        assert!(!engine.clock.asleep.load(Ordering::SeqCst));
        drop(running);
    }

    #[test]
    fn a_deadline_is_never_shorter_than_asked() {
        assert_eq!(PluginEngine::ticks(Duration::from_millis(1)), 2);
        assert_eq!(PluginEngine::ticks(Duration::from_millis(250)), 26);
    }
}
