//! What nothing safe offers: cutting ext4's power, waiting for a pipe, a limit of memory, the counts of `lying-disk`.
#![allow(unsafe_code, reason = "calls of the system that no safe library has; each says why it is sound")]

use std::ffi::CStr;
use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;

/// ext4's own call for this: `_IOR('X', 125, __u32)`.
const EXT4_IOC_SHUTDOWN: u32 = 0x8004_587d;
/// At once: without writing what is in memory and without closing the file system's journal.
const NO_LOG_FLUSH: u32 = 2;

/// Shuts down the ext4 that this file or folder lies on, as a power cut would: nothing reaches the disk any more.
pub fn shut_down(on: &File) -> io::Result<()> {
    let flags: u32 = NO_LOG_FLUSH;
    // SAFETY: the call reads one `u32` where the pointer points, and that lives until it returns.
    let done = unsafe { libc::ioctl(on.as_raw_fd(), EXT4_IOC_SHUTDOWN as _, &raw const flags) };
    if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Waits until the file can be read without waiting, or until the time is over.
pub fn readable_within(file: &impl AsRawFd, milliseconds: i32) -> io::Result<bool> {
    let mut asked = libc::pollfd { fd: file.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    // SAFETY: one entry, which lives until the call returns.
    match unsafe { libc::poll(&raw mut asked, 1, milliseconds) } {
        -1 => Err(io::Error::last_os_error()),
        found => Ok(found > 0),
    }
}

/// From now on this process gets no more address space than this, in bytes: a damaged length must not take the machine
/// down with it.
pub fn limit_memory(bytes: u64) -> io::Result<()> {
    let limit = libc::rlimit { rlim_cur: bytes as _, rlim_max: bytes as _ };
    // SAFETY: reads one structure, which lives until the call returns.
    let done = unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limit) };
    if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Whether this process is root's.
pub fn is_root() -> bool {
    // SAFETY: has no arguments and cannot fail.
    unsafe { libc::geteuid() == 0 }
}

/// How often this process called `fsync` or `fdatasync`, and `sync_file_range`; none without `lying-disk`.
pub fn syncs_so_far() -> Option<(u64, u64)> {
    Some((counter(c"lying_disk_syncs")?, counter(c"lying_disk_ranges")?))
}

fn counter(name: &CStr) -> Option<u64> {
    // SAFETY: the name ends in a zero byte; what is found under it is `lying-disk`'s function of this type, or nothing.
    let found = unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) };
    if found.is_null() {
        return None;
    }
    // SAFETY: as above; a pointer to a function is as large as any other.
    let function: extern "C" fn() -> u64 = unsafe { std::mem::transmute(found) };
    Some(function())
}
