//! How much a tool may use, and the most that whoever opens a host may give. The box takes the defaults; tests and
//! measurements take others. No file changes them.
//!
//! The numbers are for a box of one or two GiB with a class of tablets; nothing here enforces them.

use std::num::NonZeroUsize;
use std::time::Duration;

/// Limits of the plugin host. Every number above its most is taken as the most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginHostConfig {
    /// Size of a component in MiB; most 24.
    pub component_mib: u32,
    /// Size of a pack in MiB; most 64.
    pub pack_mib: u32,
    /// Size of a pack's files together in MiB; most 128.
    pub unpacked_mib: u32,
    /// Files in a pack; most 2,000.
    pub files: u32,
    /// Memory of one instance in MiB; most 64. A pack may ask for less.
    pub memory_mib: u32,
    /// Memory of all running instances together in MiB; most 256, and an eighth of the machine's.
    pub all_memory_mib: u32,
    /// Elements of all tables of one instance; most 20,000.
    pub table_elements: u32,
    /// Time for `generate` in ms; most 2,000.
    pub generate_ms: u32,
    /// Time for `evaluate` in ms; most 2,000.
    pub evaluate_ms: u32,
    /// Time for `hint` in ms; most 2,000.
    pub hint_ms: u32,
    /// Time for `solve` in ms; most 2,000.
    pub solve_ms: u32,
    /// Size of one answer of a tool in KiB, counted as the host holds it; most 1,024.
    pub output_kib: u32,
    /// Text of an item's body, or of a solution's steps, in KiB; most 64.
    pub body_kib: u32,
    /// Options, tiles or partners in one interaction; most 50.
    pub options: u32,
    /// Text of a feedback or a hint in KiB; most 32.
    pub feedback_kib: u32,
    /// Hints of an item; most 9.
    pub hints: u32,
    /// Time to compile one component in seconds; most 300.
    pub compile_seconds: u32,
    /// Address space to compile one component in MiB; most 512.
    pub compile_memory_mib: u32,
    /// Largest function body in KiB; most 1,024.
    pub function_kib: u32,
    /// Functions in a component; most 40,000.
    pub functions: u32,
    /// Types in a component; most 10,000.
    pub types: u32,
    /// Traps and time-outs within `strike_minutes` that put a tool into quarantine; at least 1, most 20.
    pub strikes: u32,
    /// For how many minutes a trap or time-out is remembered; most 60.
    pub strike_minutes: u32,
    /// Calls at the same time; 0 means the machine's cores less one, at least 1. Most 64.
    pub calls_at_once: u32,
    /// Calls that may wait for their turn; one more is told to come again. Most 1,024.
    pub calls_waiting: u32,
    /// For how long a call waits for its turn in ms; most 10,000.
    pub wait_ms: u32,
}

impl Default for PluginHostConfig {
    fn default() -> Self {
        Self {
            component_mib: 4,
            pack_mib: 16,
            unpacked_mib: 32,
            files: 500,
            memory_mib: 16,
            all_memory_mib: 64,
            table_elements: 20_000,
            generate_ms: 250,
            evaluate_ms: 100,
            hint_ms: 100,
            solve_ms: 250,
            output_kib: 256,
            body_kib: 16,
            options: 12,
            feedback_kib: 8,
            hints: 5,
            compile_seconds: 60,
            compile_memory_mib: 256,
            function_kib: 512,
            functions: 20_000,
            types: 5_000,
            strikes: 5,
            strike_minutes: 10,
            calls_at_once: 0,
            calls_waiting: 64,
            wait_ms: 2_000,
        }
    }
}

impl PluginHostConfig {
    /// The same with every number cut to its most, and at least 1 where nothing would mean nothing works.
    /// `machine_mib` is the machine's memory, where it is known.
    pub fn within_most(&self, machine_mib: Option<u32>) -> Self {
        let all_memory = machine_mib.map_or(256, |mib| (mib / 8).clamp(16, 256));
        let all_memory_mib = self.all_memory_mib.clamp(1, all_memory);
        Self {
            component_mib: self.component_mib.clamp(1, 24),
            pack_mib: self.pack_mib.clamp(1, 64),
            unpacked_mib: self.unpacked_mib.clamp(1, 128),
            files: self.files.clamp(3, 2_000),
            memory_mib: self.memory_mib.clamp(1, 64).min(all_memory_mib),
            all_memory_mib,
            table_elements: self.table_elements.min(20_000),
            generate_ms: self.generate_ms.clamp(1, 2_000),
            evaluate_ms: self.evaluate_ms.clamp(1, 2_000),
            hint_ms: self.hint_ms.clamp(1, 2_000),
            solve_ms: self.solve_ms.clamp(1, 2_000),
            output_kib: self.output_kib.clamp(1, 1_024),
            body_kib: self.body_kib.clamp(1, 64),
            options: self.options.clamp(1, 50),
            feedback_kib: self.feedback_kib.clamp(1, 32),
            hints: self.hints.min(9),
            compile_seconds: self.compile_seconds.clamp(1, 300),
            compile_memory_mib: self.compile_memory_mib.clamp(1, 512),
            function_kib: self.function_kib.clamp(1, 1_024),
            functions: self.functions.min(40_000),
            types: self.types.min(10_000),
            strikes: self.strikes.clamp(1, 20),
            strike_minutes: self.strike_minutes.min(60),
            calls_at_once: self.calls_at_once.min(64),
            calls_waiting: self.calls_waiting.min(1_024),
            wait_ms: self.wait_ms.min(10_000),
        }
    }

    /// How many calls run at the same time on this machine.
    pub(crate) fn permits(&self) -> usize {
        match self.calls_at_once {
            0 => std::thread::available_parallelism().map_or(1, NonZeroUsize::get).saturating_sub(1).max(1),
            set => set as usize,
        }
    }

    /// For how long a trap or time-out is remembered.
    pub(crate) fn strike_memory(&self) -> Duration {
        Duration::from_secs(u64::from(self.strike_minutes) * 60)
    }
}

/// The machine's memory in MiB, as the kernel tells it; none elsewhere than on Linux.
pub(crate) fn machine_mib() -> Option<u32> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    u32::try_from(kib / 1024).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_never_pass_their_most() {
        let greedy = PluginHostConfig {
            memory_mib: 4_000,
            all_memory_mib: 4_000,
            generate_ms: 0,
            ..PluginHostConfig::default()
        };
        let large = greedy.within_most(Some(64_000));
        assert_eq!((large.memory_mib, large.all_memory_mib, large.generate_ms), (64, 256, 1));
        let small = greedy.within_most(Some(512));
        assert_eq!((small.memory_mib, small.all_memory_mib), (64, 64));
        let defaults = PluginHostConfig::default();
        assert_eq!(defaults.within_most(Some(1_024)), defaults);
    }
}
