//! What is installed, what is refused and why, and what is left on the disk.

mod support;

use chalkbox_plugin_host::{Compiler, PluginHost, PluginHostConfig};
use chalkbox_service::ports::{InstallError, PluginRunner, RunError};
use std::collections::BTreeMap;
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
fn what_is_damaged_of_a_pack_is_repaired_by_installing_it_again() {
    let (data, host) = host(&patient());
    let pack = host.install(&Guest::default().pack()).expect("installs").hash;
    for file in ["plugin.wasm", "assets/dot.svg", "pack.toml", "LICENSE", "files.sha256"] {
        let path = data.path().join("plugins").join(pack.to_string()).join(file);
        let sound = std::fs::read(&path).expect("there");
        std::fs::write(&path, b"rot").expect("writes");
        assert_eq!(host.install(&Guest::default().pack()).expect("installs again").hash, pack);
        assert!(std::fs::read(&path).expect("there") == sound, "{file}");
        assert!(host.generate(pack, &ask()).is_ok() && host.asset(pack, "dot.svg").is_some(), "{file}");
        std::fs::remove_file(&path).expect("removes");
        host.install(&Guest::default().pack()).expect("installs again");
        assert!(path.exists(), "{file}");
    }
    assert_eq!(folders(data.path()), [pack.to_string()]);
}

#[test]
fn after_an_update_of_the_engine_code_is_made_at_the_start_and_old_code_goes() {
    let (data, first) = host(&patient());
    let pack = Guest::default().pack();
    let hash = first.install(&pack).expect("installs").hash;
    drop(first);
    let path = code(data.path());
    let old = path.with_file_name("code-00-0123456789abcdef.cwasm");
    std::fs::rename(&path, &old).expect("as if another engine had made it");
    std::fs::write(path.with_extension("4711.scratch"), b"half").expect("left by a power cut");
    let host = PluginHost::open(data.path(), child(), &patient()).expect("opens");
    assert!(host.install_all(&[&pack])[0].is_ok());
    assert_eq!(code(data.path()), path, "made before anybody asks");
    let names = std::fs::read_dir(path.parent().expect("a folder")).expect("lists").flatten();
    let left: Vec<_> =
        names.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("code-")).collect();
    assert_eq!(left, [path]);
    assert!(host.generate(hash, &ask()).is_ok());
}

#[test]
fn a_tool_that_cannot_be_compiled_rests_and_keeps_no_other_from_answering() {
    let (data, first) = host(&patient());
    let good = first.install(&Guest::default().pack()).expect("installs").hash;
    let late = first.install(&Guest { score: 0.5, ..Guest::default() }.pack()).expect("installs").hash;
    drop(first);
    let folder = data.path().join("plugins").join(late.to_string());
    for entry in std::fs::read_dir(&folder).expect("lists").flatten() {
        if entry.path().extension().is_some_and(|end| end == "cwasm") {
            std::fs::remove_file(entry.path()).expect("removes");
        }
    }
    let log = data.path().join("log");
    let compiler = shell(&format!("echo compiling >> {0}; sleep 1; exit 9", log.display()));
    let config = PluginHostConfig { calls_at_once: 1, calls_waiting: 0, ..patient() };
    let host = PluginHost::open(data.path(), compiler, &config).expect("opens");
    assert!(host.generate(good, &ask()).is_ok());
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| host.generate(late, &ask()));
        while !log.exists() {
            std::thread::yield_now();
        }
        assert!(host.generate(good, &ask()).is_ok(), "the one place is free");
        assert_eq!(host.generate(late, &ask()), Err(RunError::Busy), "the second is told to come again");
        assert!(matches!(slow.join().expect("no panic"), Err(RunError::Internal(_))));
    });
    for _ in 0..3 {
        assert_eq!(host.generate(late, &ask()), Err(RunError::Quarantined));
    }
    assert_eq!(std::fs::read_to_string(&log).expect("there").lines().count(), 1, "not compiled at every call");
    assert!(host.health().iter().any(|health| health.plugin == late && health.quarantined));
}

/// Every file below a folder with its bytes.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("lists").flatten() {
        if entry.path().is_dir() {
            found.insert(entry.path(), vec![]);
            found.extend(everything(&entry.path()));
        } else {
            found.insert(entry.path(), std::fs::read(entry.path()).expect("reads"));
        }
    }
    found
}

#[test]
fn a_reader_beside_a_server_leaves_everything_as_it_is() {
    let (data, server) = host(&patient());
    let pack = server.install(&Guest::default().pack()).expect("installs").hash;
    let bad = Guest { generate: "unreachable".into(), ..Guest::default() }.pack();
    let bad = server.install(&bad).expect("installs").hash;
    let plugins = data.path().join("plugins");
    // What the server is about to put in place, no code, and a key that a server would draw anew.
    std::fs::create_dir(plugins.join(".new-half")).expect("makes");
    std::fs::write(plugins.join(".old-half"), b"half").expect("writes");
    let codes: Vec<PathBuf> =
        everything(&plugins).into_keys().filter(|path| path.extension().is_some_and(|end| end == "cwasm")).collect();
    assert_eq!(codes.len(), 2);
    std::fs::remove_file(&codes[0]).expect("removes");
    std::fs::write(codes[1].with_extension("1.scratch"), b"half").expect("writes");
    std::fs::write(plugins.join("code.key"), b"short").expect("writes");
    let before = everything(data.path());
    let reader = PluginHost::open_to_read(data.path(), child(), &patient()).expect("opens");
    assert!(reader.generate(pack, &ask()).is_ok());
    for _ in 0..7 {
        assert!(matches!(reader.generate(bad, &ask()), Err(RunError::Trapped { .. })), "asked every time");
    }
    assert!(reader.solve(bad, &ask()).is_ok());
    assert!(matches!(reader.install(&Guest { score: 0.5, ..Guest::default() }.pack()), Err(InstallError::Io { .. })));
    assert!(everything(data.path()) == before);
    assert!(server.generate(pack, &ask()).is_ok());
    let nowhere = data.path().join("nowhere");
    assert!(PluginHost::open_to_read(&nowhere, child(), &patient()).expect("opens").installed().is_empty());
    assert!(!nowhere.exists());
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
