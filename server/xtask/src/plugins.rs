//! Builds the bundled tools: one cargo call to WebAssembly, one component and one pack (`*.chalk`) each. The same sources and
//! compiler give the same bytes. Never here: signing, installing, or what a tool teaches.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

use crate::target_dir;

const WASM: &str = "wasm32-unknown-unknown";
/// Debian's compiler with WebAssembly, its sources and its linker, for where rustup cannot add a target.
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "lld"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// A pack that was built, or found to be up to date.
#[derive(Clone, Debug)]
pub struct BuiltPack {
    /// The tool's id, `org.chalkbox.<folder>`.
    pub id: String,
    /// The pack's file.
    pub path: PathBuf,
    /// Size of the pack in bytes.
    pub pack_bytes: u64,
    /// Size of the component in bytes.
    pub component_bytes: u64,
    /// How many skills the manifest lists.
    pub skills: usize,
}

/// Builds all packs and prints what they weigh.
///
/// # Errors
/// As [`build`].
pub fn run(root: &Path) -> anyhow::Result<()> {
    for pack in build(root)? {
        println!(
            "{}: {} skills, component {} bytes, pack {} bytes, {}",
            pack.id,
            pack.skills,
            pack.component_bytes,
            pack.pack_bytes,
            pack.path.display()
        );
    }
    Ok(())
}

/// Builds every tool under `plugins/bundled/` into `<target>/packs/`. Does nothing when no source changed since the last time.
///
/// # Errors
/// A missing compiler (with what to install), a tool that does not build, a component with imports, a manifest that does
/// not fit its folder.
pub fn build(root: &Path) -> anyhow::Result<Vec<BuiltPack>> {
    let tools = find_tools(root)?;
    let packs_dir = target_dir(root).join("packs");
    let stamp_path = packs_dir.join("stamp");
    fs::create_dir_all(&packs_dir).with_context(|| format!("cannot make {}", packs_dir.display()))?;

    let compiler = Compiler::find()?;
    let stamp = stamp(root, compiler.version())?;
    let up_to_date = fs::read_to_string(&stamp_path).is_ok_and(|old| old == stamp)
        && tools.iter().all(|tool| packs_dir.join(tool.pack_name()).is_file());
    if up_to_date {
        println!("plugins: {} packs are up to date", tools.len());
    } else {
        println!("plugins: building {} tools to {WASM} with {}", tools.len(), compiler.name());
        let modules = compile(root, &tools, &compiler)?;
        remove_old(&packs_dir, &tools)?;
        for tool in &tools {
            write_pack(root, tool, &modules, &packs_dir)?;
        }
        fs::write(&stamp_path, &stamp).with_context(|| format!("cannot write {}", stamp_path.display()))?;
    }
    tools.iter().map(|tool| tool.built(&packs_dir)).collect()
}

/// A tool's sources.
struct ToolSource {
    folder: PathBuf,
    package: String,
    manifest: Manifest,
}

/// What this chore needs of `pack.toml`; the box reads it in full.
#[derive(Deserialize)]
struct Manifest {
    kind: String,
    id: String,
    interface: String,
    skills: Vec<toml::Value>,
}

impl ToolSource {
    fn pack_name(&self) -> String {
        format!("{}.chalk", self.manifest.id)
    }

    /// The name that rustc gives the module.
    fn module_name(&self) -> String {
        format!("{}.wasm", self.package.replace('-', "_"))
    }

    fn built(&self, packs_dir: &Path) -> anyhow::Result<BuiltPack> {
        let path = packs_dir.join(self.pack_name());
        let file = fs::File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        let pack_bytes = file.metadata()?.len();
        let component_bytes = zip::ZipArchive::new(file)?.by_name("plugin.wasm")?.size();
        Ok(BuiltPack {
            id: self.manifest.id.clone(),
            path,
            pack_bytes,
            component_bytes,
            skills: self.manifest.skills.len(),
        })
    }
}

/// The tools in order of their folders, with manifests that fit.
fn find_tools(root: &Path) -> anyhow::Result<Vec<ToolSource>> {
    let bundled = root.join("plugins/bundled");
    let mut folders: Vec<PathBuf> = fs::read_dir(&bundled)
        .with_context(|| format!("cannot list {}", bundled.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.join("Cargo.toml").is_file())
        .collect();
    folders.sort();
    folders.into_iter().map(read_tool).collect()
}

fn read_tool(folder: PathBuf) -> anyhow::Result<ToolSource> {
    #[derive(Deserialize)]
    struct CargoManifest {
        package: Package,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
    }
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let cargo: CargoManifest =
        toml::from_str(&read("Cargo.toml")?).with_context(|| format!("in {}/Cargo.toml", folder.display()))?;
    let manifest: Manifest =
        toml::from_str(&read("pack.toml")?).with_context(|| format!("in {}/pack.toml", folder.display()))?;
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    ensure!(
        manifest.id == format!("org.chalkbox.{name}") && manifest.kind == "plugin" && manifest.interface == "1.0",
        "{}/pack.toml must have kind \"plugin\", id \"org.chalkbox.{name}\" and interface \"1.0\"",
        folder.display()
    );
    ensure!(!manifest.skills.is_empty(), "{}/pack.toml lists no skill", folder.display());
    Ok(ToolSource { folder, package: cargo.package.name, manifest })
}

/// The compiler that can make WebAssembly here.
enum Compiler {
    /// rustup's own, with the target installed.
    Rustup { version: String },
    /// Debian's compiler, which builds the standard library from its sources too.
    Debian { version: String, linker: PathBuf },
}

impl Compiler {
    /// rustup's where it has the target, else Debian's, which is installed when that is allowed.
    fn find() -> anyhow::Result<Self> {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let sysroot = PathBuf::from(output(Command::new(&rustc).args(["--print", "sysroot"]))?.trim());
        let version = output(Command::new(&rustc).arg("-vV"))?;
        if sysroot.join("lib/rustlib").join(WASM).join("lib").is_dir() {
            return Ok(Self::Rustup { version });
        }
        if !debian_is_ready() {
            install_debian_packages()?;
        }
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        let own = sysroot.join("lib/rustlib").join(host).join("bin/rust-lld");
        let linker = if own.is_file() { own } else { PathBuf::from("/usr/bin/wasm-ld") };
        Ok(Self::Debian { version: output(Command::new(DEBIAN_RUSTC).arg("-vV"))?, linker })
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Rustup { .. } => "rustup's compiler",
            Self::Debian { .. } => "Debian's rustc-web (the standard library is built too)",
        }
    }

    fn version(&self) -> &str {
        match self {
            Self::Rustup { version } | Self::Debian { version, .. } => version,
        }
    }

    fn set_up(&self, cargo: &mut Command) {
        cargo.args(["--target", WASM]);
        // A small stack in linear memory: tools recurse nowhere, and an instance is made for every call.
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Clink-arg=-zstack-size=131072");
        if let Self::Debian { linker, .. } = self {
            cargo
                .arg("-Zbuild-std=std,panic_abort")
                .env("RUSTC", DEBIAN_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }
}

/// Whether Debian's compiler is there, new enough for this workspace, with the sources of its standard library.
fn debian_is_ready() -> bool {
    let version = output(Command::new(DEBIAN_RUSTC).arg("--version")).unwrap_or_default();
    let minor = version
        .strip_prefix("rustc 1.")
        .and_then(|rest| rest.split('.').next())
        .and_then(|minor| minor.parse::<u32>().ok());
    minor.is_some_and(|minor| minor >= 95) && Path::new("/usr/lib/rustlib/src/rust/library/std/Cargo.toml").is_file()
}

/// Installs Debian's packages when run as root; otherwise says what to install.
fn install_debian_packages() -> anyhow::Result<()> {
    let packages = DEBIAN_PACKAGES.join(" ");
    let remedy = format!(
        "there is no compiler for {WASM}. Run one of these and start again:\n  rustup target add {WASM}\n  sudo apt-get install {packages}"
    );
    if output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        println!("plugins: installing {packages}");
        let install = |verb: &[&str]| {
            Command::new("apt-get")
                .args(verb)
                .env("DEBIAN_FRONTEND", "noninteractive")
                .status()
                .is_ok_and(|status| status.success())
        };
        let mut verb = vec!["install", "--yes", "--no-install-recommends"];
        verb.extend(DEBIAN_PACKAGES);
        // The lists of a fresh machine may be old: a refused refresh is no failure when the packages are found all the same.
        install(&["update"]);
        install(&verb);
    }
    if debian_is_ready() { Ok(()) } else { bail!(remedy) }
}

/// What a command prints.
fn output(command: &mut Command) -> anyhow::Result<String> {
    let done = command.output().with_context(|| format!("cannot run {command:?}"))?;
    ensure!(done.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&done.stderr));
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// What tools are built from: their own sources, and the words that letters-words takes into itself.
const SOURCES: [&str; 2] = ["plugins", "content/packs/foundations/language"];

/// A hash over the tools' sources, their locked dependencies, this chore and the compiler.
fn stamp(root: &Path, compiler: &str) -> anyhow::Result<String> {
    let mut files = BTreeMap::new();
    for folder in SOURCES {
        list_files(&root.join(folder), folder, &mut files)?;
    }
    for name in ["Cargo.toml", "Cargo.lock"] {
        files.insert(name.to_owned(), root.join(name));
    }
    let mut hash = Sha256::new();
    hash.update(compiler);
    hash.update(include_str!("plugins.rs"));
    for (name, path) in files {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        hash.update(format!("{name} {}\n", bytes.len()));
        hash.update(&bytes);
    }
    Ok(hex(&hash.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file below a folder, by its name in the pack or in the stamp (with `/` on every machine).
fn list_files(folder: &Path, prefix: &str, found: &mut BTreeMap<String, PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_str().map(|name| format!("{prefix}/{name}"));
        let name = name.with_context(|| format!("{} has a name that is not UTF-8", entry.path().display()))?;
        if entry.file_type()?.is_dir() {
            list_files(&entry.path(), &name, found)?;
        } else {
            found.insert(name, entry.path());
        }
    }
    Ok(())
}

/// Compiles all tools in one cargo call; gives the folder with the modules.
fn compile(root: &Path, tools: &[ToolSource], compiler: &Compiler) -> anyhow::Result<PathBuf> {
    let target = target_dir(root).join("tools");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args(["build", "--quiet", "--profile", "tool", "--target-dir"]).arg(&target);
    // Coverage and the like are for the machine's own code.
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("RUSTC_WRAPPER");
    for tool in tools {
        cargo.args(["--package", &tool.package]);
    }
    compiler.set_up(&mut cargo);
    let status = cargo.status().with_context(|| format!("cannot run {cargo:?}"))?;
    ensure!(status.success(), "the tools do not build to {WASM}");
    Ok(target.join(WASM).join("tool"))
}

/// Removes packs of tools that are no longer there.
fn remove_old(packs_dir: &Path, tools: &[ToolSource]) -> anyhow::Result<()> {
    for entry in fs::read_dir(packs_dir)? {
        let path = entry?.path();
        let old = path.extension().is_some_and(|ext| ext == "chalk")
            && !tools.iter().any(|tool| path.ends_with(tool.pack_name()));
        if old {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Makes the component of a tool and writes its pack.
fn write_pack(root: &Path, tool: &ToolSource, modules: &Path, packs_dir: &Path) -> anyhow::Result<()> {
    let module_path = modules.join(tool.module_name());
    let module = fs::read(&module_path).with_context(|| format!("cannot read {}", module_path.display()))?;
    let component = component(&module).with_context(|| format!("{} is no tool", tool.package))?;

    let mut entries: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    entries.insert("plugin.wasm".to_owned(), component);
    for (name, path) in pack_files(root, tool)? {
        entries.insert(name, fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
    }
    let pack = zip_of(&entries)?;
    let path = packs_dir.join(tool.pack_name());
    fs::write(&path, pack).with_context(|| format!("cannot write {}", path.display()))
}

/// The files of a pack beside its component: the manifest, the licence, pictures and sounds, golden cases.
fn pack_files(root: &Path, tool: &ToolSource) -> anyhow::Result<BTreeMap<String, PathBuf>> {
    let own_licence = tool.folder.join("LICENSE");
    let mut files = BTreeMap::from([
        ("pack.toml".to_owned(), tool.folder.join("pack.toml")),
        ("LICENSE".to_owned(), if own_licence.is_file() { own_licence } else { root.join("plugins/LICENSE") }),
    ]);
    let assets = tool.folder.join("assets");
    if assets.is_dir() {
        list_files(&assets, "assets", &mut files)?;
    }
    Ok(files)
}

/// Wraps a core module into a component and sees that it imports nothing.
fn component(module: &[u8]) -> anyhow::Result<Vec<u8>> {
    let component = wit_component::ComponentEncoder::default().module(module)?.validate(true).encode()?;
    let wit_component::DecodedWasm::Component(resolve, world) = wit_component::decode(&component)? else {
        bail!("the result is no component");
    };
    let imports: Vec<String> = resolve.worlds[world].imports.keys().map(|key| resolve.name_world_key(key)).collect();
    ensure!(imports.is_empty(), "it imports {}; a tool may import nothing", imports.join(", "));
    Ok(component)
}

/// A zip with sorted entries and fixed times, so that the same entries give the same bytes.
fn zip_of(entries: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_is_sorted_and_the_same_every_time() {
        let entries =
            BTreeMap::from([("plugin.wasm".to_owned(), vec![0; 5000]), ("LICENSE".to_owned(), b"free".to_vec())]);
        let first = zip_of(&entries).expect("a zip");
        assert_eq!(first, zip_of(&entries).expect("a zip"));
        let mut archive = zip::ZipArchive::new(Cursor::new(first)).expect("a readable zip");
        let names: Vec<String> = (0..archive.len())
            .map(|i| archive.by_index(i).expect("an entry").name().expect("a name").into_owned())
            .collect();
        assert_eq!(names, ["LICENSE", "plugin.wasm"]);
    }

    #[test]
    fn every_source_of_a_tool_is_in_the_stamp() {
        let root = tempfile::tempdir().expect("a folder");
        let sources =
            ["Cargo.toml", "Cargo.lock", "plugins/bundled/a/src/lib.rs", "content/packs/foundations/language/en.toml"];
        for source in sources {
            let path = root.path().join(source);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, "one").expect("written");
        }
        let before = stamp(root.path(), "rustc").expect("a stamp");
        assert_eq!(stamp(root.path(), "rustc").expect("a stamp"), before);
        assert_ne!(stamp(root.path(), "another").expect("a stamp"), before);
        for source in sources {
            fs::write(root.path().join(source), "two").expect("written");
            assert_ne!(stamp(root.path(), "rustc").expect("a stamp"), before, "{source}");
            fs::write(root.path().join(source), "one").expect("written");
        }
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(component(b"not wasm").is_err());
    }
}
