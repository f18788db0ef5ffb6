//! Somebody who knows the right answers: opens a box's seals with the box's own key and asks the same tool to solve.

use crate::{TestBox, copy_folder};
use chalkbox_domain::ids::SkillId;
use chalkbox_domain::item::{Ask, LocalContext};
use chalkbox_plugin_host::{Compiler, CompilerCommand, PluginHost, PluginHostConfig};
use chalkbox_service::ports::PluginRunner;
use chalkbox_service::seal::{SealKey, SealedAsk};
use serde_json::Value;
use std::path::PathBuf;
use tempfile::TempDir;

/// A sandbox with the tools of one box, and the key of its seals.
pub struct Solver {
    host: PluginHost,
    key: SealKey,
    contexts: PathBuf,
    _tools: TempDir,
}

impl Solver {
    /// Of a box that has served once. The tools are copied, so that the box's own folder is left alone.
    pub fn new(of: &TestBox, program: &str) -> Self {
        let tools = TempDir::new().expect("a folder for the test");
        copy_folder(&of.data().join("plugins"), &tools.path().join("plugins"));
        let compiler = Compiler::Child(CompilerCommand {
            program: program.into(),
            args: vec!["compile-plugin".into(), "--".into()],
        });
        let host = PluginHost::open(tools.path(), compiler, &PluginHostConfig::default()).expect("the sandbox");
        let key = std::fs::read(of.data().join("item.key")).expect("the key of the seals");
        let key = SealKey::new(key.try_into().expect("32 bytes"));
        Self { host, key, contexts: of.data().join("contexts"), _tools: tools }
    }

    /// What the seal of an item says.
    pub fn open(&self, item: &str) -> SealedAsk {
        self.key.open(item).expect("this box's own seal").0
    }

    /// The same seal with something changed, made with the box's own key.
    pub fn forge(&self, item: &str, change: impl FnOnce(&mut SealedAsk)) -> String {
        let mut ask = self.open(item);
        change(&mut ask);
        self.key.seal(&ask).0
    }

    /// A right response to an item as the box handed it out.
    pub fn solve(&self, item: &Value) -> Value {
        let sealed = self.open(item["item"].as_str().expect("an item"));
        let skill: SkillId = item["skill"].as_str().and_then(|s| s.parse().ok()).expect("a skill");
        let pack = self.host.installed().into_iter().find(|p| p.hash.0.starts_with(&sealed.plugin)).expect("its tool");
        let context = std::fs::read(self.contexts.join(format!("{}.json", sealed.context))).expect("its context");
        let context: LocalContext = serde_json::from_slice(&context).expect("a context");
        let ask =
            Ask { skill, difficulty: f32::from(sealed.step) / 4.0, seed: sealed.seed, locale: sealed.locale, context };
        let solution = self.host.solve(pack.hash, &ask).expect("a solution");
        serde_json::to_value(solution.response).expect("JSON")
    }
}
