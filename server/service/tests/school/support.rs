//! A school with one teacher, one class and a tool that does as it is told.

use chalkbox_content::formats::pack::{PackManifest, read_manifest};
use chalkbox_content::write_pack;
use chalkbox_domain::event::StaffRole;
use chalkbox_domain::ids::{ClassId, LearnerId, PackHash, StaffId};
use chalkbox_domain::item::{Ask, Block, ChoiceOption, Interaction, Item, NumberForm, Response, Solution, Verdict};
use chalkbox_service::Chalkbox;
use chalkbox_service::doors::{Code, SignedIn};
use chalkbox_service::ports::{Asset, Clock, InstallError, InstalledPack, PluginHealth, PluginRunner, RunError};
use chalkbox_service::setup::{ClassDraft, SetupDraft};
use chalkbox_service::start::{Parts, StartError};
use chalkbox_service::study::ResponseDraft;
use chalkbox_service::views::Rules;
use chalkbox_store::{EngineChoice, Projection, Store, StoreConfig};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A skill that is asked by typing alone, as far as a device can ask it.
pub const TYPED: &str = "numeracy.count.on-to-20";
/// A skill of typing and of choosing one of four.
pub const MIXED: &str = "numeracy.count.before-after";
pub const PASSWORD: &str = "a long password";
pub const MINUTE: u64 = 60_000;
pub const HOUR: u64 = 60 * MINUTE;
/// 25 November 2026.
const NOW: u64 = 1_795_600_000_000;

/// A clock that is told the time.
pub struct Told {
    pub unix: AtomicU64,
    pub mono: AtomicU64,
}

impl Told {
    pub fn forward(&self, ms: u64) {
        self.unix.fetch_add(ms, Ordering::Relaxed);
        self.mono.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for Told {
    fn unix_ms(&self) -> u64 {
        self.unix.load(Ordering::Relaxed)
    }
    fn mono_ms(&self) -> u64 {
        self.mono.load(Ordering::Relaxed)
    }
}

/// How the tool makes items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Types,
    Writes,
    Chooses,
}

/// A tool whose answer is always the last digit of the seed.
pub struct Tool {
    pub install_fails: AtomicBool,
    pub way: Mutex<Way>,
    pub generate_fails: Mutex<Option<RunError>>,
    pub evaluate_fails: Mutex<Option<RunError>>,
    pub misconception: Mutex<Option<String>>,
    pub generated: AtomicU32,
}

fn right(ask: &Ask) -> String {
    (ask.seed % 10).to_string()
}

fn text(text: &str) -> Vec<Block> {
    vec![Block::Text { text: text.into() }]
}

impl PluginRunner for Tool {
    fn install(&self, _pack: &[u8]) -> Result<InstalledPack, InstallError> {
        if self.install_fails.load(Ordering::Relaxed) {
            return Err(InstallError::Compile("out of memory".into()));
        }
        Ok(InstalledPack { hash: PackHash([7; 32]), manifest: manifest() })
    }
    fn install_all(&self, packs: &[&[u8]]) -> Vec<Result<InstalledPack, InstallError>> {
        packs.iter().map(|pack| self.install(pack)).collect()
    }
    fn generate(&self, _plugin: PackHash, ask: &Ask) -> Result<Item, RunError> {
        self.generated.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(std::time::Duration::from_micros(200));
        if let Some(failure) = self.generate_fails.lock().unwrap().clone() {
            return Err(failure);
        }
        let option = |n: u32| ChoiceOption { id: ((ask.seed + n) % 10).to_string(), content: text("a number") };
        let interaction = match *self.way.lock().unwrap() {
            Way::Types => Interaction::NumberEntry { form: NumberForm::Integer, unit: None },
            Way::Writes => Interaction::TextEntry { longest: 5 },
            Way::Chooses => Interaction::Choice { options: (0..4).map(option).collect(), max: 1 },
        };
        Ok(Item { body: text("Which digit?"), interaction, hints: 2, seconds: 10 })
    }
    fn evaluate(&self, _plugin: PackHash, ask: &Ask, response: &Response) -> Result<Verdict, RunError> {
        if let Some(failure) = self.evaluate_fails.lock().unwrap().clone() {
            return Err(failure);
        }
        let right = match response {
            Response::Number { value } | Response::Text { value } => *value == right(ask),
            Response::Choice { ids } => ids == &[right(ask)],
            _ => false,
        };
        let misconception = self.misconception.lock().unwrap().clone();
        Ok(Verdict { score: f32::from(u8::from(right)), feedback: text("Said."), misconception })
    }
    fn hint(&self, _plugin: PackHash, _ask: &Ask, _level: u8) -> Result<Vec<Block>, RunError> {
        Ok(text("The last one."))
    }
    fn solve(&self, _plugin: PackHash, ask: &Ask) -> Result<Solution, RunError> {
        let response = match *self.way.lock().unwrap() {
            Way::Types => Response::Number { value: right(ask) },
            Way::Writes => Response::Text { value: right(ask) },
            Way::Chooses => Response::Choice { ids: vec![right(ask)] },
        };
        Ok(Solution { response, steps: text("Look at the end.") })
    }
    fn asset(&self, _plugin: PackHash, _path: &str) -> Option<Asset> {
        None
    }
    fn health(&self) -> Vec<PluginHealth> {
        Vec::new()
    }
}

fn manifest() -> PackManifest {
    let (manifest, found) = read_manifest("pack.toml", manifest_text().as_bytes());
    manifest.unwrap_or_else(|| panic!("{found:?}"))
}

/// The tool's pack, as far as anybody here looks into it.
fn pack() -> Vec<u8> {
    write_pack(&[("pack.toml".to_owned(), manifest_text().into_bytes())].into()).unwrap()
}

fn manifest_text() -> String {
    format!(
        r#"kind = "plugin"
id = "org.example.digits"
version = "0.1.0"
interface = "1.0"
licence = "MIT"
locales = ["en"]
title = {{ en = "Digits" }}
summary = {{ en = "The last digit." }}
modalities = ["practise"]
skills = [{{ id = "{TYPED}", role = "practise" }}, {{ id = "{MIXED}", role = "practise" }}]
"#
    )
}

fn files(folder: &Path, below: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(folder, &path, into);
        } else {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            into.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

/// The school.
pub struct School {
    pub data: TempDir,
    pub clock: Arc<Told>,
    pub tool: Arc<Tool>,
    chalkbox: Option<Arc<Chalkbox>>,
}

impl std::ops::Deref for School {
    type Target = Chalkbox;
    fn deref(&self) -> &Chalkbox {
        self.chalkbox.as_deref().expect("it is open")
    }
}

impl School {
    /// A box that belongs to nobody yet.
    pub fn bare() -> Self {
        let mut school = Self {
            data: TempDir::new().unwrap(),
            clock: Arc::new(Told { unix: AtomicU64::new(NOW), mono: AtomicU64::new(1_000) }),
            tool: Arc::new(Tool {
                install_fails: AtomicBool::new(false),
                way: Mutex::new(Way::Types),
                generate_fails: Mutex::new(None),
                evaluate_fails: Mutex::new(None),
                misconception: Mutex::new(None),
                generated: AtomicU32::new(0),
            }),
            chalkbox: None,
        };
        school.start().unwrap();
        school
    }

    /// A school with an owner, who teaches one class of three.
    pub fn new() -> Self {
        let school = Self::bare();
        let learners = ["Ada", "Ben", "Che"].map(str::to_owned).to_vec();
        let draft = SetupDraft {
            locale: "en".into(),
            school: "A school".into(),
            country: school.countries()[0].code.clone(),
            zone: "UTC".into(),
            owner: "Amina".into(),
            username: "amina".into(),
            password: PASSWORD.into(),
            classes: vec![ClassDraft { name: "Class 3".into(), grade: 3, learners }],
        };
        school.set_up(&draft).unwrap();
        school
    }

    /// The store of the closed school under other rules.
    pub fn store_under(&self, rules: Arc<dyn Projection>) -> Store {
        assert!(self.chalkbox.is_none(), "close it first");
        let clock: Arc<dyn Clock> = self.clock.clone();
        let engine = EngineChoice::Sled { cache_bytes: 8 << 20 };
        Store::open(StoreConfig { clock, engine, ..StoreConfig::new(self.data.path(), rules) }).unwrap().0
    }

    pub fn close(&mut self) {
        self.chalkbox = None;
    }

    pub fn start(&mut self) -> Result<(), StartError> {
        let store = self.store_under(Arc::new(Rules));
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content/packs/foundations");
        let mut content = BTreeMap::new();
        files(&folder, &folder, &mut content);
        let parts = Parts {
            data: self.data.path().to_owned(),
            store,
            plugins: self.tool.clone(),
            clock: self.clock.clone(),
            content,
            packs: vec![pack()],
            locales: vec!["en".into(), "fr".into()],
        };
        let chalkbox = Chalkbox::start(parts)?;
        chalkbox.let_sticks_share_a_disk(true);
        self.chalkbox = Some(Arc::new(chalkbox));
        Ok(())
    }

    /// The open school as threads share it.
    pub fn shared(&self) -> Arc<Chalkbox> {
        Arc::clone(self.chalkbox.as_ref().expect("it is open"))
    }

    pub fn class(&self) -> ClassId {
        *self.people().classes.keys().next().expect("a class")
    }

    /// The n-th learner of the class, by name.
    pub fn child(&self, n: usize) -> LearnerId {
        let class = self.class();
        self.people().learners_of(class)[n].id
    }

    /// The owner, who teaches.
    pub fn owner(&self) -> (StaffId, Vec<StaffRole>) {
        let people = self.people();
        let member = people.staff.values().next().expect("an owner");
        (member.id, member.roles.clone())
    }

    /// Gives a child a picture code.
    pub fn code(&self, learner: LearnerId) -> Code {
        let (owner, roles) = self.owner();
        Code::Pictures(self.new_code(owner, &roles, learner).unwrap())
    }

    pub fn sign_in(&self, learner: LearnerId) -> SignedIn {
        let code = self.code(learner);
        self.sign_in_learner(learner, &code, "tablet").unwrap()
    }

    /// A response to a handed-out item that is right.
    pub fn right(&self, item: &chalkbox_service::study::HandedItem, key: &str) -> ResponseDraft {
        let value = (item.seed % 10).to_string();
        let response = match item.interaction {
            Interaction::Choice { .. } => Response::Choice { ids: vec![value] },
            Interaction::TextEntry { .. } => Response::Text { value },
            _ => Response::Number { value },
        };
        ResponseDraft { item: item.item.clone(), key: Some(key.into()), response, elapsed_ms: 5_000, age_ms: None }
    }
}
