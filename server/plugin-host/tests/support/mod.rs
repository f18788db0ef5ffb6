//! Guests for the tests: small core modules in text, made into components that keep to the contract in form, and
//! whatever the test wants in deed. Also the packs around them, and a host with a folder of its own.

#![allow(dead_code, reason = "each test file uses its own part")]

use chalkbox_content::write_pack;
use chalkbox_domain::item::{Ask, LocalContext};
use chalkbox_plugin_host::{Compiler, CompilerCommand, PluginHost, PluginHostConfig};
use std::path::{Path, PathBuf};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};

const ITEM: u32 = 1_024;
const VERDICT: u32 = 1_200;
const HINT: u32 = 1_300;
const SOLUTION: u32 = 1_400;
const BLOCK: u32 = 2_048;
const TEXT: u32 = 3_072;

/// A guest whose four functions are WebAssembly text: each takes the address of its arguments in local 0 and leaves
/// the address of its result.
pub struct Guest {
    pub generate: String,
    pub evaluate: String,
    pub hint: String,
    pub solve: String,
    /// Score of the verdict that `evaluate` points at.
    pub score: f32,
    /// Pages of memory from the start.
    pub pages: u32,
    /// Address and length of the item's text.
    pub text: (u32, u32),
    /// More fields of the module.
    pub more: String,
}

impl Default for Guest {
    /// Asks “How many?”, takes 34 for right in any case, and has a hint and a solution.
    fn default() -> Self {
        Self {
            generate: format!("i32.const {ITEM}"),
            // The response stands behind the ask's 72 bytes: its case, its address, its length.
            evaluate: format!(
                "(if (i32.ne (i32.load16_u (i32.load offset=76 (local.get 0))) (i32.const 0x3433))
                   (then (f32.store (i32.const {}) (f32.const 0))))
                 i32.const {VERDICT}",
                VERDICT + 4
            ),
            hint: format!("i32.const {HINT}"),
            solve: format!("i32.const {SOLUTION}"),
            score: 1.0,
            pages: 2,
            text: (TEXT, 9),
            more: String::new(),
        }
    }
}

impl Guest {
    /// The core module.
    pub fn module(&self) -> Vec<u8> {
        let function = |name: &str, body: &str| {
            format!("(func (export \"chalkbox:activity/activity@1.0.0#{name}\") (param i32) (result i32) {body})\n")
        };
        let text = format!(
            "(module
               (memory (export \"memory\") {pages})
               (global $next (mut i32) (i32.const 8192))
               (func (export \"cabi_realloc\") (param i32 i32 i32 i32) (result i32) (local i32)
                 (local.set 4 (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
                 (global.set $next (i32.add (local.get 4) (local.get 3)))
                 (local.get 4))
               {generate}{evaluate}{hint}{solve}{more}{data})",
            pages = self.pages,
            generate = function("generate", &self.generate),
            evaluate = function("evaluate", &self.evaluate),
            hint = function("hint", &self.hint),
            solve = function("solve", &self.solve),
            more = self.more,
            data = self.data(),
        );
        wat::parse_str(text).expect("the test's text is WebAssembly")
    }

    /// What the functions point at, laid out as the canonical ABI has it.
    fn data(&self) -> String {
        // Ok; one block; number-entry, integer, no unit; 2 hints, 20 seconds.
        let mut item = vec![0; 64];
        put(&mut item, 4, &[BLOCK, 1]);
        item[12] = 2;
        item[60] = 2;
        item[62] = 20;
        // Ok; the score; no feedback, no misconception.
        let mut verdict = vec![0; 28];
        verdict[4..8].copy_from_slice(&self.score.to_le_bytes());
        // Ok; one block.
        let mut hint = vec![0; 12];
        put(&mut hint, 4, &[BLOCK, 1]);
        // Ok; number "34"; one block.
        let mut solution = vec![0; 24];
        solution[4] = 2;
        put(&mut solution, 8, &[TEXT + 64, 2, BLOCK, 1]);
        // Text.
        let mut block = vec![0; 12];
        put(&mut block, 4, &[self.text.0, self.text.1]);
        [
            (ITEM, item),
            (VERDICT, verdict),
            (HINT, hint),
            (SOLUTION, solution),
            (BLOCK, block),
            (TEXT, b"How many?".to_vec()),
            (TEXT + 64, b"34".to_vec()),
        ]
        .iter()
        .map(|(at, bytes)| {
            let bytes: String = bytes.iter().map(|byte| format!("\\{byte:02x}")).collect();
            format!("(data (i32.const {at}) \"{bytes}\")\n")
        })
        .collect()
    }

    /// The component.
    pub fn component(&self) -> Vec<u8> {
        component_of(self.module())
    }

    /// A pack with the component.
    pub fn pack(&self) -> Vec<u8> {
        pack_of(&self.component())
    }
}

fn put(bytes: &mut [u8], at: usize, words: &[u32]) {
    for (n, word) in words.iter().enumerate() {
        bytes[at + 4 * n..at + 4 * n + 4].copy_from_slice(&word.to_le_bytes());
    }
}

/// A core module with the contract's exports, as a component.
pub fn component_of(mut module: Vec<u8>) -> Vec<u8> {
    let mut resolve = wit_parser::Resolve::default();
    let wit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/wit");
    let (package, _) = resolve.push_path(wit).expect("the contract parses");
    let world = resolve.select_world(&[package], Some("tool")).expect("the contract has the world");
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).expect("metadata fits");
    ComponentEncoder::default().validate(true).module(&module).expect("a module").encode().expect("a component")
}

/// A pack with this as its component and one picture.
pub fn pack_of(component: &[u8]) -> Vec<u8> {
    let manifest = r#"
        kind = "plugin"
        id = "org.example.guest"
        version = "1.0.0"
        interface = "1.0"
        licence = "Apache-2.0"
        locales = ["en"]
        title = { en = "Guest" }
        summary = { en = "A guest of the tests." }
        modalities = ["practise"]
        [[skills]]
        id = "numeracy.add.within-10"
        role = "practise"
    "#;
    let files: [(&str, &[u8]); 4] = [
        ("LICENSE", b"Apache-2.0"),
        ("assets/dot.svg", b"<svg/>"),
        ("pack.toml", manifest.as_bytes()),
        ("plugin.wasm", component),
    ];
    let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    write_pack(&files.into()).expect("names and sizes are those of a pack")
}

/// An ask that any guest takes.
pub fn ask() -> Ask {
    ask_for("numeracy.add.within-10", 7)
}

/// An ask for a skill, with a little local context.
pub fn ask_for(skill: &str, seed: u32) -> Ask {
    let context = LocalContext {
        names: vec!["Amina".into()],
        currency: "KES".into(),
        coins: vec![1, 5, 10],
        ..LocalContext::default()
    };
    Ask { skill: skill.parse().expect("a skill's id"), difficulty: 0.5, seed, locale: "en".into(), context }
}

/// The compiler of the tests: the child that does what the box's hidden command does.
pub fn child() -> Compiler {
    Compiler::Child(CompilerCommand {
        program: PathBuf::from(env!("CARGO_BIN_EXE_compile-plugin-child")),
        args: vec![],
    })
}

/// A compiler that is this shell command.
pub fn shell(command: &str) -> Compiler {
    Compiler::Child(CompilerCommand { program: "/bin/sh".into(), args: vec!["-c".into(), command.into()] })
}

/// Limits of time that a slow and busy test machine keeps.
pub fn patient() -> PluginHostConfig {
    PluginHostConfig {
        generate_ms: 2_000,
        evaluate_ms: 2_000,
        hint_ms: 2_000,
        solve_ms: 2_000,
        ..PluginHostConfig::default()
    }
}

/// A host in a folder of its own.
pub fn host(config: &PluginHostConfig) -> (tempfile::TempDir, PluginHost) {
    let data = tempfile::tempdir().expect("a temporary folder");
    let host = PluginHost::open(data.path(), child(), config).expect("opens");
    (data, host)
}
