//! The tools that the box carries, through the whole host: installed from their packs, asked in every skill, level
//! and language. `cargo xtask plugins` builds the packs; without them there is nothing to test, and that is a failure.

mod support;

use chalkbox_domain::item::{Ask, Response};
use chalkbox_plugin_host::PluginHost;
use chalkbox_service::ports::{InstalledPack, PluginRunner, RunError};
use std::path::{Path, PathBuf};
use std::time::Instant;
use support::{ask_for, host, patient};

/// The folder that `cargo xtask plugins` writes to: `packs/` in the target folder, where this package's child lies too.
fn packs() -> Vec<Vec<u8>> {
    let child = Path::new(env!("CARGO_BIN_EXE_compile-plugin-child"));
    let target = child.parent().and_then(Path::parent).expect("the target folder");
    let folder = std::env::var_os("CHALKBOX_PACKS").map_or_else(|| target.join("packs"), PathBuf::from);
    let entries = std::fs::read_dir(&folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("readable").path());
    let packs: Vec<Vec<u8>> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "chalk"))
        .map(|path| std::fs::read(path).expect("readable"))
        .collect();
    assert!(!packs.is_empty(), "no packs in {}: run “cargo xtask plugins” first", folder.display());
    packs
}

fn asks(pack: &InstalledPack) -> impl Iterator<Item = Ask> + '_ {
    let skills = pack.manifest.skills.iter();
    skills.flat_map(move |skill| {
        pack.manifest.locales.iter().flat_map(move |locale| {
            (0..5u8).map(move |step| Ask {
                difficulty: f32::from(step) / 4.0,
                locale: locale.clone(),
                ..ask_for(skill.id.as_str(), 1_000 + u32::from(step))
            })
        })
    })
}

fn play(host: &PluginHost, pack: &InstalledPack, ask: &Ask) -> Result<(), RunError> {
    let item = host.generate(pack.hash, ask)?;
    assert_eq!(host.generate(pack.hash, ask)?, item, "the same ask, the same item: {ask:?}");
    for level in 1..=item.hints {
        host.hint(pack.hash, ask, level)?;
    }
    let solution = host.solve(pack.hash, ask)?;
    assert!(host.evaluate(pack.hash, ask, &solution.response)?.correct(), "its own solution is right: {ask:?}");
    assert!(!host.evaluate(pack.hash, ask, &Response::Skipped)?.correct(), "skipping is not right: {ask:?}");
    Ok(())
}

#[test]
fn bundled_tools_keep_the_contract() {
    let packs = packs();
    let (_data, host) = host(&patient());
    let began = Instant::now();
    let installed = host.install_all(&packs.iter().map(Vec::as_slice).collect::<Vec<_>>());
    eprintln!("{} packs installed in {} ms", packs.len(), began.elapsed().as_millis());
    let mut faults = Vec::new();
    for pack in installed {
        let pack = pack.expect("a bundled pack installs");
        for ask in asks(&pack) {
            if let Err(error) = play(&host, &pack, &ask) {
                faults.push(format!("{} {} {}: {error}", ask.skill, ask.difficulty, ask.locale));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    assert!(host.health().iter().all(|health| health.traps == 0 && health.calls > 0));
}
