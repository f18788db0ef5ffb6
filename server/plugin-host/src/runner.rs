//! The plugin host: installs packs and calls their tools, each call in an instance of its own, under every limit.
//!
//! What a tool says is checked for meaning before it leaves here. Which tool serves which skill, and what a verdict
//! means for a learner, is the service's affair.

use crate::abi::{Answer, Guest, GuestFault};
use crate::compile::{CompileError, Compiler};
use crate::engine::PluginEngine;
use crate::gate::Gate;
use crate::health::{Leave, Record};
use crate::inspect::inspect;
use crate::library::{Library, LibraryError, Staged, sha256};
use crate::limits::{PluginHostConfig, machine_mib};
use crate::loader::{CodeError, Loader};
use crate::meaning::{Meaning, Nonsense, PackFacts, clip};
use crate::meter::{Meter, Refused, SharedMemory};
use crate::pack::{self, COMPONENT, MANIFEST, Pack, facts};
use chalkbox_content::formats::pack::PackManifest;
use chalkbox_domain::ids::PackHash;
use chalkbox_domain::item::{Ask, Block, Item, Response, Solution, Verdict};
use chalkbox_domain::normalise;
use chalkbox_service::ports::{Asset, InstallError, InstalledPack, PluginHealth, PluginRunner, RunError};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};
use wasmtime::{Store, Trap};

/// Why the host cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder of packs cannot be used.
    #[error("the folder of packs: {0}")]
    Library(#[from] LibraryError),
    /// This machine cannot run the engine.
    #[error("the WebAssembly engine does not start: {0}")]
    Engine(String),
}

/// Runs digital tools in a sandbox. Calls block and run on the caller's thread, which needs 1 MiB of stack.
pub struct PluginHost {
    loader: Loader,
    library: Library,
    limits: PluginHostConfig,
    gate: Gate,
    memory: Arc<SharedMemory>,
    plugins: RwLock<BTreeMap<PackHash, Arc<Plugin>>>,
    committing: Mutex<()>,
    now: Box<dyn Fn() -> Instant + Send + Sync>,
}

/// One stored tool.
struct Plugin {
    pack: InstalledPack,
    facts: PackFacts,
    memory_most: usize,
    guest: OnceLock<Box<dyn Guest>>,
    /// One loads; others wait as long as they would for a place to run.
    loading: Gate,
    record: Mutex<Record>,
}

impl Plugin {
    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PluginHost {
    /// Opens the packs stored under the data folder, for whoever holds the lock of that folder: what another program
    /// left half done there is removed. Compiles nothing: code is loaded, or made, when a pack is installed (again) or
    /// a tool is called for the first time.
    ///
    /// # Errors
    /// When the folder cannot be made, read or written, or the engine does not start.
    pub fn open(data: &Path, compiler: Compiler, config: &PluginHostConfig) -> Result<Self, OpenError> {
        Self::with_library(Library::open(data)?, compiler, config)
    }

    /// Opens the packs stored under a data folder that another program may be using: nothing is written there, code
    /// that is missing is compiled elsewhere and forgotten at the end, and nothing can be installed. Strikes bring no
    /// quarantine, since whoever reads wants every answer.
    ///
    /// # Errors
    /// When the folder cannot be read, or the engine does not start.
    pub fn open_to_read(data: &Path, compiler: Compiler, config: &PluginHostConfig) -> Result<Self, OpenError> {
        Self::with_library(Library::read_only(data), compiler, config)
    }

    fn with_library(library: Library, compiler: Compiler, config: &PluginHostConfig) -> Result<Self, OpenError> {
        let mut limits = config.within_most(machine_mib());
        if !library.is_owned() {
            limits.strikes = u32::MAX;
        }
        let engine = PluginEngine::start().map_err(|error| OpenError::Engine(format!("{error:#}")))?;
        let host = Self {
            loader: Loader::new(engine, compiler, &limits, library.key()?),
            gate: Gate::new(limits.permits(), limits.calls_waiting as usize, ms(limits.wait_ms)),
            memory: SharedMemory::new((limits.all_memory_mib as usize) << 20),
            plugins: RwLock::default(),
            committing: Mutex::default(),
            now: Box::new(Instant::now),
            library,
            limits,
        };
        for hash in host.library.stored()? {
            match host.stored(hash) {
                Some(plugin) => host.remember(plugin),
                None => tracing::warn!(pack = %hash, "the stored pack is damaged; install it again"),
            }
        }
        Ok(host)
    }

    /// The same with another clock for strikes and quarantine.
    #[must_use]
    pub fn with_clock(mut self, now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        self.now = Box::new(now);
        self
    }

    /// Packs on this box, by hash.
    pub fn installed(&self) -> Vec<InstalledPack> {
        self.all().iter().map(|plugin| plugin.pack.clone()).collect()
    }

    fn all(&self) -> Vec<Arc<Plugin>> {
        self.plugins.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    fn find(&self, hash: PackHash) -> Option<Arc<Plugin>> {
        self.plugins.read().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned()
    }

    fn remember(&self, plugin: Plugin) {
        self.plugins.write().unwrap_or_else(PoisonError::into_inner).insert(plugin.pack.hash, Arc::new(plugin));
    }

    /// A pack as it lies on the disk.
    fn stored(&self, hash: PackHash) -> Option<Plugin> {
        let stored = self.library.pack(hash)?;
        let manifest = pack::manifest(&stored.read(MANIFEST)?).ok()?;
        stored.names().find(|name| *name == COMPONENT)?;
        let facts = facts(&manifest, stored.names());
        Some(self.plugin(InstalledPack { hash, manifest }, facts))
    }

    fn plugin(&self, pack: InstalledPack, facts: PackFacts) -> Plugin {
        Plugin {
            memory_most: self.memory_most(&pack.manifest),
            pack,
            facts,
            guest: OnceLock::new(),
            loading: Gate::new(1, self.limits.calls_waiting as usize, ms(self.limits.wait_ms)),
            record: Mutex::default(),
        }
    }

    /// What the pack asks for, or what the box gives, whichever is smaller; in bytes.
    fn memory_most(&self, manifest: &PackManifest) -> usize {
        let asked = manifest.memory_mib.unwrap_or(self.limits.memory_mib).max(1);
        (asked.min(self.limits.memory_mib) as usize) << 20
    }

    fn install_new(&self, hash: PackHash, pack: Pack) -> Result<InstalledPack, InstallError> {
        let Pack { manifest, files } = pack;
        let component = &files[COMPONENT];
        let memory_most = self.memory_most(&manifest);
        let limits = PluginHostConfig { memory_mib: (memory_most >> 20) as u32, ..self.limits.clone() };
        inspect(component, &limits).map_err(|error| InstallError::Refused(error.to_string()))?;

        let staged = self.library.stage(hash, &files).map_err(io)?;
        let guest = self.loader.make(component, staged.folder()).map_err(|error| match error {
            CodeError::Compile(CompileError::Refused { reason }) | CodeError::Adapt(reason) => {
                InstallError::Refused(reason)
            }
            CodeError::Disk(error) => io(error),
            error @ (CodeError::Compile(_) | CodeError::Damaged) => InstallError::Compile(error.to_string()),
        })?;
        let facts = facts(&manifest, files.keys().map(String::as_str));
        let plugin = self.plugin(InstalledPack { hash, manifest }, facts);
        let _ = plugin.guest.set(guest);
        let pack = plugin.pack.clone();
        self.commit(staged, plugin, &files)?;
        tracing::info!(pack = %hash, id = %pack.manifest.id, "a tool was installed");
        Ok(pack)
    }

    /// Moves a pack into place, unless another thread was faster with the same.
    fn commit(&self, staged: Staged, plugin: Plugin, files: &BTreeMap<String, Vec<u8>>) -> Result<(), InstallError> {
        let _one_at_a_time = self.committing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.sound(plugin.pack.hash, files).is_none() {
            staged.commit().map_err(io)?;
            self.remember(plugin);
        }
        Ok(())
    }

    /// The tool of a pack that is known here and lies on the disk with all these files as they are.
    fn sound(&self, hash: PackHash, files: &BTreeMap<String, Vec<u8>>) -> Option<Arc<Plugin>> {
        let plugin = self.find(hash)?;
        self.library.pack(hash)?.holds(files).then_some(plugin)
    }

    /// The code of a tool: at hand, or sealed on the disk, or made again. A tool without code rests, so that not every
    /// call starts the compiler.
    fn guest<'a>(&self, plugin: &'a Plugin) -> Result<&'a dyn Guest, RunError> {
        if let Some(guest) = plugin.guest.get() {
            return Ok(guest.as_ref());
        }
        let resting = plugin.record().resting();
        let _one_at_a_time = plugin.loading.enter().ok_or(RunError::Busy)?;
        if plugin.guest.get().is_none() {
            // Whoever was before us found that there is none.
            if plugin.record().resting() != resting {
                return Err(RunError::Quarantined);
            }
            let stored = self.library.pack(plugin.pack.hash).ok_or(CodeError::Damaged);
            let loaded = stored.and_then(|stored| self.loader.stored(&stored, self.library.is_owned()));
            let guest = loaded.map_err(|error| {
                let rest = plugin.record().rest(self.now());
                tracing::error!(pack = %plugin.pack.hash, %error, rest_s = rest.as_secs(), "a stored tool has no code");
                RunError::Internal(error.to_string())
            })?;
            let _ = plugin.guest.set(guest);
        }
        let guest = plugin.guest.get().expect("set above, and never taken out");
        Ok(guest.as_ref())
    }

    fn now(&self) -> Instant {
        (self.now)()
    }

    fn run<T>(
        &self,
        hash: PackHash,
        most_ms: u32,
        call: impl FnOnce(&dyn Guest, &mut Store<Meter>) -> Answer<T>,
        check: impl FnOnce(&Meaning<'_>, &T) -> Result<(), Nonsense>,
    ) -> Result<T, RunError> {
        let plugin = self.find(hash).ok_or(RunError::Unknown(hash))?;
        let leave = plugin.record().admit(self.now()).ok_or(RunError::Quarantined)?;
        // Before the gate: a tool that has to be compiled first must not keep the others from answering.
        let ready = self.guest(&plugin);
        let place = || self.gate.enter().ok_or(RunError::Busy);
        let (guest, _permit) = match ready.and_then(|guest| Ok((guest, place()?))) {
            Ok(ready) => ready,
            Err(error) => {
                if error == RunError::Busy {
                    plugin.record().not_made(&leave, self.now());
                }
                return Err(error);
            }
        };
        let began = Instant::now();
        let (answer, refused) = self.call(&plugin, guest, ms(most_ms), call);
        plugin.record().called(began.elapsed());
        let answer = answer.map_err(|error| self.struck(&plugin, &leave, &error, refused))?;
        if plugin.record().went_well(&leave) {
            tracing::info!(pack = %hash, "the tool works again: its quarantine is over");
        }
        let value = answer.map_err(|fault| match fault {
            GuestFault::UnknownSkill => RunError::UnknownSkill,
            GuestFault::BadResponse(why) => RunError::BadResponse(clip(&why)),
            GuestFault::Internal(why) => RunError::Internal(clip(&why)),
        })?;
        check(&Meaning { facts: &plugin.facts, limits: &self.limits }, &value).map_err(|nonsense| {
            // Not what it returned there: a verdict may quote what a child typed.
            tracing::warn!(pack = %hash, place = nonsense.place, "a tool returned nonsense");
            RunError::Nonsense(nonsense.to_string())
        })?;
        Ok(value)
    }

    /// One call in a store of its own; also why it was refused memory, if it was.
    fn call<T>(
        &self,
        plugin: &Plugin,
        guest: &dyn Guest,
        most: Duration,
        call: impl FnOnce(&dyn Guest, &mut Store<Meter>) -> Answer<T>,
    ) -> (Answer<T>, Option<Refused>) {
        let meter = Meter::new(Arc::clone(&self.memory), plugin.memory_most, self.limits.table_elements as usize);
        let mut store = Store::new(self.loader.engine().wasm(), meter);
        store.limiter(|meter| meter);
        store.set_hostcall_fuel((self.limits.output_kib as usize) << 10);
        let _running = self.loader.engine().running();
        store.set_epoch_deadline(PluginEngine::ticks(most));
        let answer = call(guest, &mut store);
        let refused = store.data().refused();
        (answer, refused)
    }

    /// What the sandbox's error means, with a strike when it is the tool's own doing.
    fn struck(&self, plugin: &Plugin, leave: &Leave, error: &wasmtime::Error, refused: Option<Refused>) -> RunError {
        let trap = error.downcast_ref::<Trap>().copied();
        let outcome = match (trap, refused) {
            (Some(Trap::Interrupt), _) => RunError::TimedOut,
            (_, Some(Refused::Shared)) => {
                plugin.record().not_made(leave, self.now());
                return RunError::Busy;
            }
            (_, Some(Refused::Own)) => {
                let mib = plugin.memory_most >> 20;
                RunError::Trapped { reason: format!("it needs more than {mib} MiB of memory") }
            }
            (Some(trap), _) => RunError::Trapped { reason: trap.to_string() },
            (None, _) => RunError::Trapped { reason: error.root_cause().to_string() },
        };
        tracing::warn!(pack = %plugin.pack.hash, reason = %outcome, "a tool was stopped");
        let (most, memory) = (self.limits.strikes, self.limits.strike_memory());
        let rest = plugin.record().strike(leave, self.now(), most, memory);
        if let Some(rest) = rest {
            tracing::error!(pack = %plugin.pack.hash, rest_s = rest.as_secs(), "the tool is in quarantine");
        }
        outcome
    }
}

impl PluginRunner for PluginHost {
    fn install(&self, pack: &[u8]) -> Result<InstalledPack, InstallError> {
        let hash = PackHash(sha256(pack));
        let pack = pack::read(pack, &self.limits).map_err(|error| InstallError::Pack(error.to_string()))?;
        // Known is not enough: its files may have been damaged since.
        let Some(plugin) = self.sound(hash, &pack.files) else { return self.install_new(hash, pack) };
        drop(pack);
        if let Err(error) = self.guest(&plugin) {
            tracing::error!(pack = %hash, %error, "a stored tool cannot be made ready");
        }
        Ok(plugin.pack.clone())
    }

    fn install_all(&self, packs: &[&[u8]]) -> Vec<Result<InstalledPack, InstallError>> {
        side_by_side(packs, |pack| self.install(pack))
    }

    fn generate(&self, plugin: PackHash, ask: &Ask) -> Result<Item, RunError> {
        let check = |meaning: &Meaning<'_>, item: &Item| meaning.item(item);
        self.run(plugin, self.limits.generate_ms, |guest, store| guest.generate(store, ask), check)
    }

    fn evaluate(&self, plugin: PackHash, ask: &Ask, response: &Response) -> Result<Verdict, RunError> {
        let response = normalise::response(response, &ask.locale);
        let check = |meaning: &Meaning<'_>, verdict: &Verdict| meaning.verdict(verdict);
        self.run(plugin, self.limits.evaluate_ms, |guest, store| guest.evaluate(store, ask, &response), check)
    }

    fn hint(&self, plugin: PackHash, ask: &Ask, level: u8) -> Result<Vec<Block>, RunError> {
        let check = |meaning: &Meaning<'_>, blocks: &Vec<Block>| meaning.hint(blocks);
        self.run(plugin, self.limits.hint_ms, |guest, store| guest.hint(store, ask, level), check)
    }

    fn solve(&self, plugin: PackHash, ask: &Ask) -> Result<Solution, RunError> {
        let check = |meaning: &Meaning<'_>, solution: &Solution| meaning.solution(solution);
        self.run(plugin, self.limits.solve_ms, |guest, store| guest.solve(store, ask), check)
    }

    fn asset(&self, plugin: PackHash, path: &str) -> Option<Asset> {
        if !self.find(plugin)?.facts.assets.contains(path) {
            return None;
        }
        let bytes = self.library.pack(plugin)?.read(&format!("assets/{path}"))?;
        Some(Asset { bytes, media_type: pack::media_type(path) })
    }

    fn health(&self) -> Vec<PluginHealth> {
        let health = |plugin: &Arc<Plugin>| {
            let record = plugin.record();
            PluginHealth {
                plugin: plugin.pack.hash,
                calls: record.calls(),
                p95_us: record.p95_us(),
                traps: record.traps(),
                quarantined: record.quarantined(),
            }
        };
        self.all().iter().map(health).collect()
    }
}

fn io(error: LibraryError) -> InstallError {
    InstallError::Io { path: error.path.display().to_string(), source: error.source }
}

fn ms(ms: u32) -> Duration {
    Duration::from_millis(ms.into())
}

/// Does the work of every entry, as many at the same time as there are cores, and gives the outcomes in order.
fn side_by_side<T: Sync, U: Send>(entries: &[T], work: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(entry) = entries.get(at) else { return done };
            done.push((at, work(entry)));
        }
    };
    let mut outcomes: Vec<(usize, U)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores.min(entries.len())).map(|_| scope.spawn(take)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("the work does not panic")).collect()
    });
    outcomes.sort_by_key(|(at, _)| *at);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}
