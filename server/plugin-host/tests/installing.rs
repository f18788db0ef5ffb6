//! What is installed, what is refused and why, and what is left on the disk.

mod support;

use chalkbox_plugin_host::{Compiler, PluginHost, PluginHostConfig};
use chalkbox_service::ports::{InstallError, PluginRunner, RunError};
use std::path::{Path, PathBuf};
use support::{Guest, ask, child, host, pack_of, patient, shell};

fn refused(component: &[u8]) -> String {
    let (data, host) = host(&patient());
    let error = host.install(&pack_of(component)).expect_err("refused");
    assert!(host.installed().is_empty());
    assert_eq!(folders(data.path()), Vec::<String>::new(), "nothing is left");
    match error {
        InstallError::Refused(why) => why,
        other => panic!("refused for another reason: {other}"),
    }
}

fn folders(data: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(data.join("plugins")).expect("the folder is there");
    let entries = entries.map(|entry| entry.expect("readable"));
    entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// The sealed code of the only pack.
fn code(data: &Path) -> PathBuf {
    let folder = data.join("plugins").join(&folders(data)[0]);
    let entries = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path());
    entries.into_iter().find(|path| path.extension().is_some_and(|end| end == "cwasm")).expect("code is there")
}

#[test]
fn a_component_that_imports_is_refused_with_the_remedy() {
    let wasi = wat::parse_str("(component (import \"wasi:cli/environment@0.2.0\" (instance)))").expect("text");
    let why = refused(&wasi);
    assert!(why.contains("wasi:cli/environment@0.2.0") && why.contains("--stub-wasi"), "{why}");
    let types = wat::parse_str("(component (import \"chalkbox:activity/types@1.0.0\" (instance)))").expect("text");
    assert!(refused(&types).contains("one interface"));
    let function = wat::parse_str("(component (import \"now\" (func (result u32))))").expect("text");
    assert!(refused(&function).contains("“now”"));
}

#[test]
fn what_is_no_tool_is_refused() {
    let module = Guest::default().module();
    assert!(refused(&module).contains("core module"));
    assert!(refused(b"").contains("cannot be read"));
    assert!(refused(b"hello, world").contains("cannot be read"));
    let empty = wat::parse_str("(component)").expect("text");
    assert!(refused(&empty).contains("chalkbox:activity/activity@1."));
    let wrong = "(component (instance $i) (export \"chalkbox:activity/activity@1.0.0\" (instance $i)))";
    assert!(!refused(&wat::parse_str(wrong).expect("text")).is_empty());
}

/// Numbers without a pattern, so that a pack of them is not refused for how well it shrinks.
fn scattered(n: u32) -> u32 {
    n.wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(2_246_822_519)
}

#[test]
fn what_would_be_too_much_to_compile_is_refused_before() {
    let drops =
        |count: u32| (0..count).map(|n| format!("(drop (i32.const {}))", scattered(n) as i32)).collect::<String>();
    let large = Guest { more: format!("(func {})", drops(200_000)), ..Guest::default() };
    assert!(refused(&large.component()).contains("largest function"));
    let function = |n: u32| format!("(func (drop (i32.const {})))", scattered(n) as i32);
    let many = Guest { more: (0..20_001).map(function).collect(), ..Guest::default() };
    assert!(refused(&many.component()).contains("functions"));
    let parameter = |n: u32| if scattered(n) & 1 == 0 { "(param i32)" } else { "(param i64)" };
    let signature = |n: u32| (0..n % 300).map(|k| parameter(n * 1000 + k)).collect::<String>();
    let types =
        Guest { more: (0..5_001).map(|n| format!("(type (func {}))", signature(n))).collect(), ..Guest::default() };
    assert!(refused(&types.component()).contains("types"));
    let memory = Guest { pages: 400, ..Guest::default() };
    assert!(refused(&memory.component()).contains("memory"));
    let mut padded = Guest::default().component();
    padded.extend((0..5 << 18).flat_map(|n| scattered(n).to_le_bytes()));
    assert!(refused(&padded).contains("takes 4194304"));
}

#[test]
fn broken_components_do_no_harm() {
    let component = Guest::default().component();
    for cut in (0..component.len()).step_by(component.len() / 40) {
        assert!(!refused(&component[..cut]).is_empty());
    }
    let (_data, host) = host(&patient());
    let mut refusals = 0;
    for flip in 0..60 {
        let mut flipped = component.clone();
        let at = flip * 7_919 % component.len();
        flipped[at] ^= 1 << (flip % 8);
        match host.install(&pack_of(&flipped)) {
            // A flip may fall into a name or a number; then whatever it says is an answer or an error.
            Ok(pack) => drop(host.generate(pack.hash, &ask())),
            Err(InstallError::Refused(_)) => refusals += 1,
            Err(other) => panic!("byte {at}: {other}"),
        }
    }
    assert!(refusals > 10, "{refusals}");
}

#[test]
fn installing_twice_is_installing_once() {
    let (data, host) = host(&patient());
    let pack = Guest::default().pack();
    let first = host.install(&pack).expect("installs");
    let written = std::fs::metadata(code(data.path())).expect("there").modified().expect("told");
    let again = host.install_all(&[&pack, &pack]);
    assert!(again.iter().all(|outcome| outcome.as_ref().is_ok_and(|pack| pack.hash == first.hash)));
    assert_eq!(std::fs::metadata(code(data.path())).expect("there").modified().expect("told"), written);
    assert_eq!((host.installed().len(), folders(data.path())), (1, vec![first.hash.to_string()]));
}

#[test]
fn the_next_start_needs_no_compiler() {
    let (data, first) = host(&patient());
    let pack = first.install(&Guest::default().pack()).expect("installs").hash;
    drop(first);
    let broken = shell("exit 9");
    let host = PluginHost::open(data.path(), broken, &patient()).expect("opens");
    host.prepare();
    assert!(host.generate(pack, &ask()).is_ok());
    assert_eq!(host.install(&Guest::default().pack()).expect("is there").hash, pack);
}

#[test]
fn code_with_a_wrong_seal_is_never_run_and_made_again() {
    let (data, first) = host(&patient());
    let pack = first.install(&Guest::default().pack()).expect("installs").hash;
    drop(first);
    let path = code(data.path());
    let sound = std::fs::read(&path).expect("reads");
    let mut changed = sound.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(&path, &changed).expect("writes");
    let without = PluginHost::open(data.path(), shell("exit 9"), &patient()).expect("opens");
    assert!(matches!(without.generate(pack, &ask()), Err(RunError::Internal(_))));
    drop(without);
    let host = PluginHost::open(data.path(), child(), &patient()).expect("opens");
    assert!(host.generate(pack, &ask()).is_ok());
    assert_ne!(std::fs::read(&path).expect("reads"), changed);
}

#[test]
fn a_damaged_pack_is_unknown_until_it_is_installed_again() {
    let (data, first) = host(&patient());
    let pack = first.install(&Guest::default().pack()).expect("installs").hash;
    let component = data.path().join("plugins").join(pack.to_string()).join("plugin.wasm");
    std::fs::write(component, b"rot").expect("writes");
    assert_eq!(first.install(&Guest::default().pack()).expect("installs again").hash, pack);
    assert!(first.generate(pack, &ask()).is_ok());
    assert_eq!(folders(data.path()), [pack.to_string()]);
}

fn compile_error(compiler: Compiler, config: &PluginHostConfig) -> String {
    let data = tempfile::tempdir().expect("a temporary folder");
    let host = PluginHost::open(data.path(), compiler, config).expect("opens");
    let error = host.install(&Guest::default().pack()).expect_err("no code");
    assert_eq!(folders(data.path()), Vec::<String>::new(), "nothing is left");
    match error {
        InstallError::Compile(why) => why,
        other => panic!("another error: {other}"),
    }
}

#[test]
fn a_compiler_that_runs_away_is_stopped() {
    let config = PluginHostConfig { compile_seconds: 1, ..patient() };
    assert!(compile_error(shell("sleep 30"), &config).contains("longer than 1 s"));
    let config = PluginHostConfig { compile_memory_mib: 1, ..patient() };
    assert!(compile_error(child(), &config).contains("more than 1 MiB"));
    assert!(compile_error(shell("echo oops >&2; exit 7"), &patient()).contains("oops"));
    let nowhere = chalkbox_plugin_host::CompilerCommand { program: "/nowhere/to/be/found".into(), args: vec![] };
    assert!(compile_error(Compiler::Child(nowhere), &patient()).contains("starting the compiler"));
}
