//! Stands between a program and the system's calls that make files durable (`LD_PRELOAD`): counts them and, when told
//! so, does nothing and says "done", as a bad card does. Only for trials; nothing of the box is linked with it.
//!
//! `LYING_DISK` says about which it lies: a list of `sync` (`fsync`, `fdatasync`) and `range` (`sync_file_range`).
// A function that takes the place of one of C's must have its name and its way of being called, which Rust calls unsafe.
#![allow(unsafe_code)]

use std::ffi::{c_int, c_long, c_uint};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

static SYNCS: AtomicU64 = AtomicU64::new(0);
static RANGES: AtomicU64 = AtomicU64::new(0);

fn lies_about(what: &str) -> bool {
    static LIES: OnceLock<String> = OnceLock::new();
    let lies = LIES.get_or_init(|| std::env::var("LYING_DISK").unwrap_or_default());
    lies.split(',').any(|word| word == what)
}

fn sync(call: c_long, file: c_int) -> c_int {
    SYNCS.fetch_add(1, Ordering::Relaxed);
    if lies_about("sync") {
        return 0;
    }
    // SAFETY: both calls take one file number, and the system checks it.
    (unsafe { libc::syscall(call, file) }) as c_int
}

/// In the place of C's.
#[unsafe(no_mangle)]
pub extern "C" fn fsync(file: c_int) -> c_int {
    sync(libc::SYS_fsync, file)
}

/// In the place of C's.
#[unsafe(no_mangle)]
pub extern "C" fn fdatasync(file: c_int) -> c_int {
    sync(libc::SYS_fdatasync, file)
}

/// In the place of C's.
#[unsafe(no_mangle)]
pub extern "C" fn sync_file_range(file: c_int, from: i64, length: i64, flags: c_uint) -> c_int {
    RANGES.fetch_add(1, Ordering::Relaxed);
    if lies_about("range") {
        return 0;
    }
    // SAFETY: numbers only, and the system checks them.
    (unsafe { libc::syscall(libc::SYS_sync_file_range, file, from, length, flags) }) as c_int
}

/// How often `fsync` and `fdatasync` were called.
#[unsafe(no_mangle)]
pub extern "C" fn lying_disk_syncs() -> u64 {
    SYNCS.load(Ordering::Relaxed)
}

/// How often `sync_file_range` was called.
#[unsafe(no_mangle)]
pub extern "C" fn lying_disk_ranges() -> u64 {
    RANGES.load(Ordering::Relaxed)
}
