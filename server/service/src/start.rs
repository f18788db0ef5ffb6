//! From nothing to a school that answers: keys, content, people, tools, local context.

use crate::library::{Content, Library, MissingTool};
use crate::ports::{Clock, InstalledPack, PluginRunner};
use crate::seal::SealKey;
use crate::setup::SetupError;
use crate::{Chalkbox, StoreTrouble, TURNS, keys, views};
use chalkbox_content::{Diagnostic, check_content_pack};
use chalkbox_domain::event::{Actor, EventBody, EventDraft, PackSet, PackState};
use chalkbox_domain::ids::SkillId;
use chalkbox_store::Store;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, RwLock};

/// Parts that the binary puts together.
pub struct Parts {
    /// The data folder.
    pub data: PathBuf,
    /// The opened store, with [`views::Rules`] as its projection.
    pub store: Store,
    /// Runs the tools.
    pub plugins: Arc<dyn PluginRunner>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Files of the content pack by their names in it.
    pub content: BTreeMap<String, Vec<u8>>,
    /// Packs of tools that ship with the box.
    pub packs: Vec<Vec<u8>>,
    /// Languages of the pages, the first one the default.
    pub locales: Vec<String>,
}

/// Why the box cannot teach.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A secret of the data folder cannot be read or made.
    #[error(transparent)]
    Key(#[from] keys::KeyError),
    /// The content has mistakes.
    #[error("the content has mistakes: {}", first(.0))]
    Content(Vec<Diagnostic>),
    /// What was decided at the start cannot be stored.
    #[error("the start cannot be stored: {0}")]
    Store(#[from] StoreTrouble),
    /// The local context cannot be put in force.
    #[error("the local context cannot be put in force")]
    Context(#[source] SetupError),
}

fn first(found: &[Diagnostic]) -> String {
    match found.first() {
        Some(one) if found.len() > 1 => format!("{one} (and {} more)", found.len() - 1),
        Some(one) => one.to_string(),
        None => "none is named".into(),
    }
}

/// A short hash over names and bytes of files.
fn hash_of(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name.as_bytes());
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    let full: [u8; 32] = hash.finalize().into();
    full[..6].iter().map(|b| format!("{b:02x}")).collect()
}

impl Chalkbox {
    /// Puts the parts together. Installs the tools that ship with the box, as far as that can be done, and writes down
    /// which are active.
    pub fn start(parts: Parts) -> Result<Self, StartError> {
        let Parts { data, store, plugins, clock, content, packs, locales } = parts;
        crate::safekeeping::clear_left(&data);
        let seal_key = SealKey::new(keys::load_or_make(&data, keys::ITEM_KEY)?);
        let (mut pack, found) = check_content_pack(&content);
        let map = match pack.map.take() {
            Some(map) if !found.iter().any(Diagnostic::is_error) => map,
            _ => return Err(StartError::Content(found)),
        };
        let hash = hash_of(&content);
        // All else has been read; what is kept is what is sent out as it is.
        let files = content.into_iter().filter(|(name, _)| name.starts_with("media/")).collect();
        let content = Arc::new(Content { hash, map, pack, files });
        let (installed, missing) = install(&*plugins, &packs);
        drop(packs);
        let people = views::people(&store)?;
        let (newest, every) = views::packs(&store)?;
        let tools: Vec<(InstalledPack, PackState)> = installed
            .into_iter()
            .map(|tool| {
                let word = newest.iter().find(|p| p.id == tool.manifest.id);
                let state = word.map_or(PackState::Active, |p| p.state);
                (tool, state)
            })
            .collect();
        let changed = new_words(&tools, &newest);
        if !changed.is_empty() {
            store.submit_many(changed).map_err(StoreTrouble::from)?;
        }
        let country = people.settings.as_ref().map_or_else(|| "XX".to_owned(), |s| s.country.clone());
        let library = Library::new(content, tools, every, &country, &locales);
        tell_unserved(&library);
        let chalkbox = Self {
            data,
            store,
            plugins,
            clock,
            library: RwLock::new(Arc::new(library)),
            missing,
            people: RwLock::new(people),
            seal_key: RwLock::new(Arc::new(seal_key)),
            sign_ins: crate::sign_in::SignIns::default(),
            misses: crate::misses::Misses::default(),
            let_ins: crate::doors::LetIns::default(),
            password_gate: crate::doors::PasswordGate::default(),
            decoy: OnceLock::new(),
            hands: Mutex::default(),
            live: crate::live::Live::default(),
            turns: (0..TURNS).map(|_| Mutex::new(())).collect(),
            administration: Mutex::new(()),
            leaving: Mutex::default(),
            forms: Mutex::default(),
            locales,
            safekeeping: crate::safekeeping::Safekeeping::default(),
            waiting: crate::waiting::Waiting::default(),
        };
        if chalkbox.is_set_up() {
            chalkbox.adopt_context().map_err(StartError::Context)?;
        }
        Ok(chalkbox)
    }
}

/// Installs the packs that ship with the box. What cannot be installed is left out and told: the school goes on with the
/// other tools, and every start tries all of them again.
fn install(plugins: &dyn PluginRunner, packs: &[Vec<u8>]) -> (Vec<InstalledPack>, Vec<MissingTool>) {
    let bytes: Vec<&[u8]> = packs.iter().map(Vec::as_slice).collect();
    let (mut installed, mut missing) = (Vec::new(), Vec::new());
    for (pack, outcome) in packs.iter().zip(plugins.install_all(&bytes)) {
        match outcome {
            Ok(tool) => installed.push(tool),
            Err(error) => {
                let tool = MissingTool::of(pack);
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                tracing::error!(
                    tool = tool.name(),
                    %error,
                    cause,
                    "a tool cannot be installed and is left out; start the box again to try again"
                );
                missing.push(tool);
            }
        }
    }
    (installed, missing)
}

/// What is to be written down of the tools: which of them is not the one that was named last.
fn new_words(tools: &[(InstalledPack, PackState)], newest: &[PackSet]) -> Vec<EventDraft> {
    tools
        .iter()
        .filter(|(tool, _)| newest.iter().all(|p| p.id != tool.manifest.id || p.hash != tool.hash))
        .map(|(tool, state)| EventDraft {
            at_ms: None,
            send: None,
            learner: None,
            actor: Actor::Box,
            body: EventBody::PackSet(PackSet {
                id: tool.manifest.id.clone(),
                version: tool.manifest.version.to_string(),
                hash: tool.hash,
                state: *state,
            }),
        })
        .collect()
}

/// Says which lessons lead to no question: a child goes through all its steps, and then nothing comes.
fn tell_unserved(library: &Library) {
    let lessons: BTreeSet<&SkillId> = library.content().pack.lessons.keys().map(|(skill, _)| skill).collect();
    let unserved: Vec<&str> =
        lessons.into_iter().filter(|skill| library.tools_of(skill).is_empty()).map(SkillId::as_str).collect();
    if !unserved.is_empty() {
        tracing::warn!(
            skills = unserved.join(" "),
            "lessons end without questions: no active tool serves their skills"
        );
    }
}
