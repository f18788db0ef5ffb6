//! The seams of the service: what it needs from outside and does not do itself. A port exists only where there are
//! two real implementations, the true one and the simulated one.

use chalkbox_content::formats::pack::PackManifest;
use chalkbox_domain::ids::PackHash;
use chalkbox_domain::item::{Ask, Block, Item, Response, Solution, Verdict};

pub use chalkbox_store::Clock;

/// Runs digital tools: the true one in a sandbox, the simulated one in tests.
pub trait PluginRunner: Send + Sync {
    /// Checks, compiles and keeps a pack. Installing the same bytes again repairs what is damaged and makes sure that
    /// no learner waits for the compiler.
    fn install(&self, pack: &[u8]) -> Result<InstalledPack, InstallError>;
    /// Installs several packs, no more of them at the same time than the machine can bear. The outcomes are in the
    /// order of the packs.
    fn install_all(&self, packs: &[&[u8]]) -> Vec<Result<InstalledPack, InstallError>>;
    /// The item of an ask.
    fn generate(&self, plugin: PackHash, ask: &Ask) -> Result<Item, RunError>;
    /// The verdict on a response; text and numbers are normalised before the tool sees them.
    fn evaluate(&self, plugin: PackHash, ask: &Ask, response: &Response) -> Result<Verdict, RunError>;
    /// Hint number `level`, counted from 1.
    fn hint(&self, plugin: PackHash, ask: &Ask, level: u8) -> Result<Vec<Block>, RunError>;
    /// A right response and the way to it.
    fn solve(&self, plugin: PackHash, ask: &Ask) -> Result<Solution, RunError>;
    /// A file of the pack's `assets/`.
    fn asset(&self, plugin: PackHash, path: &str) -> Option<Asset>;
    /// How each loaded tool fares.
    fn health(&self) -> Vec<PluginHealth>;
}

/// A pack that is on this box.
#[derive(Debug, Clone)]
pub struct InstalledPack {
    /// SHA-256 of the pack's bytes.
    pub hash: PackHash,
    /// What it says of itself.
    pub manifest: PackManifest,
}

/// A file of a pack.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type, from its name.
    pub media_type: &'static str,
}

/// How a tool fares since the start of the program.
#[derive(Debug, Clone)]
pub struct PluginHealth {
    /// Which.
    pub plugin: PackHash,
    /// Calls answered.
    pub calls: u64,
    /// 95th percentile of the time of a call, in microseconds.
    pub p95_us: u64,
    /// Traps and time-outs.
    pub traps: u64,
    /// True after too many strikes, until a trial has gone well.
    pub quarantined: bool,
}

/// Why a pack was not installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The file is not a sound pack.
    #[error("the pack is not sound: {0}")]
    Pack(String),
    /// The plugin inside was refused before it was compiled.
    #[error("the plugin was refused: {0}")]
    Refused(String),
    /// The compiler gave up or ran out of its limits.
    #[error("the plugin could not be compiled: {0}")]
    Compile(String),
    /// The disk refused.
    #[error("the pack could not be stored at {path}")]
    Io {
        /// Where.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Why a tool gave no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RunError {
    /// No such plugin on this box.
    #[error("plugin {0} is not on this box")]
    Unknown(PackHash),
    /// Too many strikes, or no code to run; it rests for some minutes.
    #[error("the tool is in quarantine")]
    Quarantined,
    /// All places are taken; try again soon.
    #[error("all places for tools are taken")]
    Busy,
    /// It took longer than it may.
    #[error("the tool did not answer in time")]
    TimedOut,
    /// It crashed inside its sandbox.
    #[error("the tool stopped: {reason}")]
    Trapped {
        /// What the sandbox said.
        reason: String,
    },
    /// It does not know the skill.
    #[error("the tool does not know the skill")]
    UnknownSkill,
    /// It cannot read the response.
    #[error("the tool cannot read the response: {0}")]
    BadResponse(String),
    /// It gave up by itself.
    #[error("the tool gave up: {0}")]
    Internal(String),
    /// What it returned makes no sense.
    #[error("the tool returned nonsense: {0}")]
    Nonsense(String),
}

impl RunError {
    /// The failure without any word of the tool's own, for logs: what a tool says of a response may quote it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "not on this box",
            Self::Quarantined => "in quarantine",
            Self::Busy => "all places taken",
            Self::TimedOut => "no answer in time",
            Self::Trapped { .. } => "stopped in its sandbox",
            Self::UnknownSkill => "does not know the skill",
            Self::BadResponse(_) => "cannot read the response",
            Self::Internal(_) => "gave up",
            Self::Nonsense(_) => "returned nonsense",
        }
    }
}
