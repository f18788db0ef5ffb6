//! Prints what a call costs: `cargo run --release -p chalkbox-plugin-host --example bench -- PACK…`. Each line is one
//! pack: compiling it, its first call, then a fresh instance with `generate` and all checks, mean and 95th percentile.
//! The budget for a tool in Rust is 60 µs on a desktop machine; a Pi 4 is about five times slower.

use chalkbox_domain::item::{Ask, LocalContext};
use chalkbox_plugin_host::{Compiler, PluginHost, PluginHostConfig};
use chalkbox_service::ports::PluginRunner;
use std::error::Error;
use std::time::Instant;

const CALLS: u32 = 5_000;

fn main() -> Result<(), Box<dyn Error>> {
    let data = std::env::temp_dir().join(format!("chalkbox-bench-{}", std::process::id()));
    let outcome = std::env::args().skip(1).try_for_each(|path| bench(&data, &path));
    std::fs::remove_dir_all(&data)?;
    outcome
}

fn bench(data: &std::path::Path, path: &str) -> Result<(), Box<dyn Error>> {
    let host = PluginHost::open(data, Compiler::InProcess, &PluginHostConfig::default())?;
    let began = Instant::now();
    let pack = host.install(&std::fs::read(path)?)?;
    let compiled = began.elapsed();
    let skill = pack.manifest.skills.first().ok_or("the pack serves no skill")?;
    let ask = |seed| Ask {
        skill: skill.id.clone(),
        difficulty: 0.5,
        seed,
        locale: pack.manifest.best_locale("en").to_owned(),
        context: LocalContext::default(),
    };
    let began = Instant::now();
    host.generate(pack.hash, &ask(0))?;
    let first = began.elapsed();
    let began = Instant::now();
    for seed in 1..=CALLS {
        host.generate(pack.hash, &ask(seed))?;
    }
    let mean = began.elapsed() / CALLS;
    let p95_us = host.health().iter().find(|health| health.plugin == pack.hash).map_or(0, |health| health.p95_us);
    println!(
        "{}: installed in {compiled:?}, first call {first:?}, then {mean:?} each, 95% within {p95_us} µs",
        pack.manifest.id
    );
    Ok(())
}
