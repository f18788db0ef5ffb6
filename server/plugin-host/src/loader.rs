//! From a component on the disk to a tool that can be called: its sealed code if that is there, else compiled anew.
//!
//! Whoever owns the folder of packs keeps the code there. Who only reads compiles in a folder of its own and keeps
//! nothing.

use crate::abi::{self, Guest};
use crate::compile::{CodeSeal, CompileError, Compiler, compile};
use crate::engine::PluginEngine;
use crate::library::{CODE, LibraryError, StoredPack, sha256, write_whole};
use crate::limits::PluginHostConfig;
use crate::meter::Meter;
use crate::pack::COMPONENT;
use crate::scratch::ScratchFolder;
use chalkbox_domain::ids::PackHash;
use std::path::{Path, PathBuf};
use std::time::Instant;
use wasmtime::component::{Component, Linker};

/// Why there is no code to run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CodeError {
    /// The compiler did not make any.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// The code is not that of a tool.
    #[error("{0}")]
    Adapt(String),
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] LibraryError),
    /// The component is not there, or not what was stored.
    #[error("the stored component is damaged; install the pack again")]
    Damaged,
}

/// Makes tools callable.
pub(crate) struct Loader {
    engine: PluginEngine,
    linker: Linker<Meter>,
    compiler: Compiler,
    limits: PluginHostConfig,
    seal: CodeSeal,
}

impl Loader {
    /// With a key that seals code.
    pub(crate) fn new(engine: PluginEngine, compiler: Compiler, limits: &PluginHostConfig, key: [u8; 32]) -> Self {
        let linker = Linker::new(engine.wasm());
        Self { engine, linker, compiler, limits: limits.clone(), seal: CodeSeal::new(key) }
    }

    /// The engine that everything made here runs in.
    pub(crate) fn engine(&self) -> &PluginEngine {
        &self.engine
    }

    /// The tool of a stored pack. The owner of the folder keeps code that had to be made, and no other.
    pub(crate) fn stored(&self, pack: &StoredPack, owned: bool) -> Result<Box<dyn Guest>, CodeError> {
        let component = pack.read(COMPONENT).ok_or(CodeError::Damaged)?;
        let hash = sha256(&component);
        let path = self.code_path(pack.folder(), &hash);
        let sealed = std::fs::read(&path).ok();
        let loaded = sealed.and_then(|sealed| self.seal.load(&hash, &self.engine, &sealed));
        let guest = match loaded.and_then(|component| self.adapt(&component).ok()) {
            Some(guest) => guest,
            None if owned => self.make(&component, pack.folder())?,
            None => {
                let scratch = ScratchFolder::new()?;
                // What was checked is what is compiled, whatever becomes of the pack meanwhile.
                write_whole(&scratch.path().join(COMPONENT), &component)?;
                self.make(&component, scratch.path())?
            }
        };
        if owned {
            pack.remove_code_but(&path);
        }
        Ok(guest)
    }

    /// Compiles a component that lies in `folder`, and leaves the sealed code there.
    pub(crate) fn make(&self, component: &[u8], folder: &Path) -> Result<Box<dyn Guest>, CodeError> {
        let began = Instant::now();
        let hash = sha256(component);
        let input = folder.join(COMPONENT);
        let path = self.code_path(folder, &hash);
        let scratch = path.with_extension(format!("{}.scratch", std::process::id()));
        let code = compile(&self.compiler, &self.engine, &self.limits, component, &input, &scratch)?;
        let sealed = self.seal.close(&hash, self.engine.key(), &code);
        let loaded = self.seal.load(&hash, &self.engine, &sealed);
        let loaded = loaded.ok_or_else(|| CodeError::Adapt("the engine does not take its own code".into()))?;
        let guest = self.adapt(&loaded)?;
        write_whole(&path, &sealed)?;
        tracing::info!(took_ms = began.elapsed().as_millis(), bytes = code.len(), "compiled a tool");
        Ok(guest)
    }

    fn code_path(&self, folder: &Path, component: &[u8; 32]) -> PathBuf {
        folder.join(format!("{CODE}{}-{}.cwasm", PackHash(*component), self.engine.key()))
    }

    fn adapt(&self, component: &Component) -> Result<Box<dyn Guest>, CodeError> {
        abi::adapt(&self.linker, component).map_err(|error| CodeError::Adapt(format!("{error:#}")))
    }
}
