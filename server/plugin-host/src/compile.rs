//! Turns components into machine code, in a child process with limits, and keeps the code under a seal.
//!
//! A hostile component can keep a compiler busy for minutes or eat all memory, and neither can be stopped inside a
//! process. Compiled code is trusted code: it is made only here, and mapped only when its seal is right.

use crate::engine::{PluginEngine, settings};
use crate::limits::PluginHostConfig;
use hmac::{Hmac, KeyInit, Mac};
use rustix::process::{Resource, Rlimit, Signal};
use sha2::Sha256;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use wasmtime::Engine;
use wasmtime::component::Component;

/// Where components are compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compiler {
    /// In a child process: the only way for packs from outside.
    Child(CompilerCommand),
    /// In this process, without limits: for tests and author's commands that compile what they built themselves.
    InProcess,
}

/// How to start a program that ends in [`compile_child_main`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompilerCommand {
    /// The program: the box's own.
    pub program: PathBuf,
    /// Its arguments, such as a hidden command's name; the host adds its own four behind them.
    pub args: Vec<OsString>,
}

/// Why there is no machine code of a component.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// The compiler was still at it when its time was over.
    #[error("compiling took longer than {seconds} s")]
    TooSlow {
        /// The limit.
        seconds: u32,
    },
    /// The compiler wanted more memory than it may have.
    #[error("compiling needs more than {mib} MiB of memory")]
    TooMuchMemory {
        /// The limit.
        mib: u32,
    },
    /// The component is not valid, or uses what this box does not offer.
    #[error("the compiler refuses the component: {reason}")]
    Refused {
        /// What the compiler says, cut to one line.
        reason: String,
    },
    /// The child ended in a way that says nothing of the component.
    #[error("the compiler ended with {status}: {said}")]
    Child {
        /// How it ended.
        status: ExitStatus,
        /// The last it said.
        said: String,
    },
    /// The child could not be started, or its files not read or written.
    #[error("{doing}: {source}")]
    Disk {
        /// What was being done.
        doing: &'static str,
        /// What went wrong.
        #[source]
        source: std::io::Error,
    },
}

const EXIT_USAGE: u8 = 2;
const EXIT_REFUSED: u8 = 3;
const EXIT_MEMORY: u8 = 4;
/// So much of what a child says is kept.
const SAID_MOST: u64 = 2_048;

fn disk(doing: &'static str) -> impl FnOnce(std::io::Error) -> CompileError {
    move |source| CompileError::Disk { doing, source }
}

/// Compiles the component in the file `input`, which holds `component`, and gives the code; `scratch` is a file name
/// for the child to write to, removed afterwards.
pub(crate) fn compile(
    compiler: &Compiler,
    engine: &PluginEngine,
    limits: &PluginHostConfig,
    component: &[u8],
    input: &Path,
    scratch: &Path,
) -> Result<Vec<u8>, CompileError> {
    let command = match compiler {
        Compiler::InProcess => {
            let code = engine.wasm().precompile_component(component);
            return code.map_err(|error| CompileError::Refused { reason: one_line(&format!("{error:#}")) });
        }
        Compiler::Child(command) => command,
    };
    let outcome = run_child(command, limits, input, scratch)
        .and_then(|()| std::fs::read(scratch).map_err(disk("reading the compiler's output")));
    // There may be none: a child that fails writes nothing.
    let _ = std::fs::remove_file(scratch);
    outcome
}

fn run_child(
    command: &CompilerCommand,
    limits: &PluginHostConfig,
    input: &Path,
    output: &Path,
) -> Result<(), CompileError> {
    let mut child = Command::new(&command.program)
        .args(&command.args)
        .arg(input)
        .arg(output)
        .arg(limits.compile_memory_mib.to_string())
        .arg(limits.compile_seconds.to_string())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(disk("starting the compiler"))?;
    let status = wait(&mut child, Duration::from_secs(limits.compile_seconds.into()));
    let mut said = String::new();
    if let Some(stderr) = child.stderr.take() {
        let mut bytes = Vec::new();
        // What cannot be read of a dead child's words is no loss.
        let _ = stderr.take(SAID_MOST).read_to_end(&mut bytes);
        said = one_line(&String::from_utf8_lossy(&bytes));
    }
    let Some(status) = status.map_err(disk("waiting for the compiler"))? else {
        return Err(CompileError::TooSlow { seconds: limits.compile_seconds });
    };
    match status.code() {
        Some(0) => Ok(()),
        Some(code) if code == i32::from(EXIT_REFUSED) => Err(CompileError::Refused { reason: said }),
        Some(code) if code == i32::from(EXIT_MEMORY) => {
            Err(CompileError::TooMuchMemory { mib: limits.compile_memory_mib })
        }
        // Rust ends a process that cannot allocate with these words and SIGABRT.
        None if said.contains("memory allocation of") => {
            Err(CompileError::TooMuchMemory { mib: limits.compile_memory_mib })
        }
        None if signal(status) == Some(Signal::XCPU.as_raw()) => {
            Err(CompileError::TooSlow { seconds: limits.compile_seconds })
        }
        _ => Err(CompileError::Child { status, said }),
    }
}

/// None: it had to be killed.
fn wait(child: &mut Child, time: Duration) -> std::io::Result<Option<ExitStatus>> {
    let until = Instant::now() + time;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= until {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(400).collect()
}

/// What the child does: `args` are what the host adds to [`CompilerCommand::args`] — the component's file, the file
/// to write, MiB of address space and seconds. Sets its own limits first, then compiles; its exit code is the answer.
pub fn compile_child_main(args: &[OsString]) -> ExitCode {
    let number = |text: &OsString| text.to_str().and_then(|text| text.parse::<u32>().ok());
    let [input, output, mib, seconds] = args else {
        say("usage: COMPONENT OUTPUT MIB SECONDS");
        return ExitCode::from(EXIT_USAGE);
    };
    let (Some(mib), Some(seconds)) = (number(mib), number(seconds)) else {
        say("MIB and SECONDS are whole numbers");
        return ExitCode::from(EXIT_USAGE);
    };
    if let Err(error) = confine(mib, seconds) {
        say(&format!("cannot limit itself: {error}"));
        return ExitCode::FAILURE;
    }
    let compiled = std::fs::read(input).map_err(wasmtime::Error::from).and_then(|component| {
        // Not one component of a pack has anything to say to the engine that runs: a fresh one, dropped with us.
        Engine::new(&settings())?.precompile_component(&component)
    });
    match compiled {
        Ok(code) => match std::fs::write(output, code) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                say(&format!("cannot write: {error}"));
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            let reason = format!("{error:#}");
            say(&reason);
            let memory = reason.contains("Cannot allocate memory") || reason.contains("out of memory");
            ExitCode::from(if memory { EXIT_MEMORY } else { EXIT_REFUSED })
        }
    }
}

fn say(text: &str) {
    // Nobody to tell when even this fails.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Limits this process: address space, processor time, no core file, lowest priority, and gone with its parent.
fn confine(mib: u32, seconds: u32) -> rustix::io::Result<()> {
    let at_most = |limit: u64| Rlimit { current: Some(limit), maximum: Some(limit) };
    rustix::process::setrlimit(Resource::As, at_most(u64::from(mib) << 20))?;
    rustix::process::setrlimit(Resource::Cpu, at_most(u64::from(seconds)))?;
    rustix::process::setrlimit(Resource::Core, at_most(0))?;
    rustix::process::nice(19)?;
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    Ok(())
}

/// Seals compiled code with a key that only this box has.
pub(crate) struct CodeSeal {
    key: [u8; 32],
}

/// Bytes of the seal in front of the code.
const SEAL_BYTES: usize = 32;

impl CodeSeal {
    /// The seal of this key.
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    fn mac(&self, component: &[u8; 32], engine_key: &str, code: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(b"chalkbox compiled code 1\0");
        mac.update(component);
        mac.update(engine_key.as_bytes());
        mac.update(b"\0");
        mac.update(code);
        mac
    }

    /// The code with its seal in front, as it is stored.
    pub(crate) fn close(&self, component: &[u8; 32], engine_key: &str, code: &[u8]) -> Vec<u8> {
        let mut stored = Vec::with_capacity(SEAL_BYTES + code.len());
        stored.extend_from_slice(&self.mac(component, engine_key, code).finalize().into_bytes());
        stored.extend_from_slice(code);
        stored
    }

    /// The code, if the seal says that this box made it of this component for this engine.
    fn open<'a>(&self, component: &[u8; 32], engine_key: &str, stored: &'a [u8]) -> Option<&'a [u8]> {
        let (seal, code) = stored.split_at_checked(SEAL_BYTES)?;
        self.mac(component, engine_key, code).verify_slice(seal).ok()?;
        Some(code)
    }

    /// Makes a component of stored code; none if the seal or the engine refuses it, and then it is compiled again.
    #[allow(unsafe_code)]
    pub(crate) fn load(&self, component: &[u8; 32], engine: &PluginEngine, stored: &[u8]) -> Option<Component> {
        let code = self.open(component, engine.key(), stored)?;
        // SAFETY: `deserialize` runs whatever the bytes say, so they must be the unchanged output of
        // `precompile_component`. The MAC over exactly these bytes, in memory, is right under a key that is drawn on
        // this box, readable by the server alone and used for nothing else; `close` is called in one place, on what
        // our own compiler has just written. The engine's key is under the MAC too, and the engine checks its
        // version and settings once more.
        let loaded = unsafe { Component::deserialize(engine.wasm(), code) };
        match loaded {
            Ok(component) => Some(component),
            Err(error) => {
                tracing::warn!(error = %error, "sealed code does not fit this engine; it is compiled again");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_holds_code_component_and_engine_together() {
        let seal = CodeSeal::new([7; 32]);
        let stored = seal.close(&[1; 32], "engine", b"code");
        assert_eq!(seal.open(&[1; 32], "engine", &stored), Some(&b"code"[..]));
        assert_eq!(seal.open(&[2; 32], "engine", &stored), None);
        assert_eq!(seal.open(&[1; 32], "other", &stored), None);
        assert_eq!(CodeSeal::new([8; 32]).open(&[1; 32], "engine", &stored), None);
        for at in 0..stored.len() {
            let mut changed = stored.clone();
            changed[at] ^= 1;
            assert_eq!(seal.open(&[1; 32], "engine", &changed), None, "byte {at}");
            assert_eq!(seal.open(&[1; 32], "engine", &stored[..at]), None, "cut at {at}");
        }
    }
}
