//! Who may import whom: the rooms' arrows, the owners of heavy libraries, and where async may be.
//!
//! Read from each `Cargo.toml` (what could be imported) and from the sources (what is), so that a wrong arrow is found
//! where it is drawn. ARCHITECTURE.md shows the same picture.

use super::Finding;
use super::tree::{TextFile, Tree};

/// A room: a folder with a package of its own.
struct Room {
    /// Its folder, with the slash.
    folder: &'static str,
    /// Its package's name.
    package: &'static str,
    /// The rooms that it may import.
    may_import: &'static [&'static str],
}

const fn room(folder: &'static str, package: &'static str, may_import: &'static [&'static str]) -> Room {
    Room { folder, package, may_import }
}

const DOMAIN: &str = "chalkbox-domain";
const CONTENT: &str = "chalkbox-content";
const STORE: &str = "chalkbox-store";
const SERVICE: &str = "chalkbox-service";
const PLUGIN_HOST: &str = "chalkbox-plugin-host";
const APPLIANCE: &str = "chalkbox-appliance";
const WEB: &str = "chalkbox-web";
const TESTKIT: &str = "chalkbox-testkit";
const TOOL: &str = "chalkbox-tool";

const ROOMS: &[Room] = &[
    room("server/domain/", DOMAIN, &[]),
    room("server/content/", CONTENT, &[DOMAIN]),
    room("server/store/", STORE, &[DOMAIN]),
    room("server/service/", SERVICE, &[CONTENT, STORE, DOMAIN]),
    room("server/plugin-host/", PLUGIN_HOST, &[SERVICE, CONTENT, DOMAIN]),
    room("server/appliance/", APPLIANCE, &[SERVICE, DOMAIN]),
    room("server/web/", WEB, &[SERVICE, CONTENT, DOMAIN]),
    room("server/chalkbox/", "chalkbox", &[WEB, PLUGIN_HOST, APPLIANCE, SERVICE, CONTENT, STORE, DOMAIN]),
    room("server/testkit/", TESTKIT, &[PLUGIN_HOST, SERVICE, CONTENT, STORE, DOMAIN]),
    room("server/xtask/", "xtask", &[CONTENT, DOMAIN]),
    room("plugins/sdk/", TOOL, &[]),
    room("plugins/", "a digital tool", &[TOOL]),
];

/// What a test may import beyond its room's arrows: builders, and the true runner of digital tools.
const FOR_TESTS: &[&str] = &[TESTKIT, PLUGIN_HOST, STORE, CONTENT, DOMAIN, TOOL];

/// A library that only its owners may name; a trailing `*` stands for every name that begins so.
struct Owned {
    library: &'static str,
    owners: &'static [&'static str],
}

const OWNED: &[Owned] = &[
    Owned { library: "actix-*", owners: &[WEB] },
    Owned { library: "askama*", owners: &[WEB] },
    Owned { library: "wasmtime*", owners: &[PLUGIN_HOST] },
    Owned { library: "mdns-sd", owners: &[APPLIANCE] },
    Owned { library: "sled", owners: &[STORE] },
    Owned { library: "redb", owners: &[STORE] },
    Owned { library: "tokio", owners: &[WEB, APPLIANCE, "chalkbox"] },
    Owned { library: "anyhow", owners: &["chalkbox", "xtask"] },
    Owned { library: "clap", owners: &["chalkbox", "xtask"] },
];

/// Rooms at the rim, the only ones where code may wait.
const RIM: &[&str] = &[WEB, APPLIANCE, "chalkbox"];

/// The room that a path lies in. The first match wins: a narrower folder stands above a wider one.
fn room_of(path: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| path.starts_with(room.folder))
}

fn is_room(package: &str) -> bool {
    ROOMS.iter().any(|room| room.package == package)
}

fn owners_of(library: &str) -> Option<&'static [&'static str]> {
    OWNED
        .iter()
        .find(|owned| match owned.library.strip_suffix('*') {
            Some(start) => library.starts_with(start),
            None => library == owned.library,
        })
        .map(|owned| owned.owners)
}

/// Dependencies in each `Cargo.toml`.
pub fn manifests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files().filter(|file| file.path.ends_with("/Cargo.toml")) {
        let Some(room) = room_of(&file.path) else { continue };
        let Ok(manifest) = file.text.parse::<toml::Table>() else {
            findings.push(Finding::error("manifest", &file.path, 0, "is not valid TOML"));
            continue;
        };
        for (table, is_for_tests) in
            [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)]
        {
            let Some(names) = manifest.get(table).and_then(toml::Value::as_table) else { continue };
            for name in names.keys() {
                findings.extend(wrong_dependency(file, room, name, is_for_tests));
            }
        }
    }
    findings
}

fn wrong_dependency(file: &TextFile, room: &Room, name: &str, is_for_tests: bool) -> Option<Finding> {
    let line = file.lines().find(|(_, line)| line.starts_with(name)).map_or(0, |(number, _)| number);
    if is_room(name) && !room.may_import.contains(&name) && !(is_for_tests && FOR_TESTS.contains(&name)) {
        return Some(Finding::error("arrow", &file.path, line, arrow_message(room, name)));
    }
    let owners = owners_of(name)?;
    (!owners.contains(&room.package))
        .then(|| Finding::error("owner", &file.path, line, owner_message(room, name, owners)))
}

/// Paths into other rooms and owned libraries in the sources.
pub fn sources(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let Some(room) = room_of(&file.path) else { continue };
        let shipped_until = file.shipped_code().last().map_or(0, |(number, _)| number);
        for (number, line) in file.code() {
            for name in first_segments(&without_strings(line)) {
                let package = name.replace('_', "-");
                let is_for_tests = number > shipped_until;
                if package == room.package {
                    continue;
                }
                if is_room(&package)
                    && package != "chalkbox"
                    && !room.may_import.contains(&package.as_str())
                    && !(is_for_tests && FOR_TESTS.contains(&package.as_str()))
                {
                    findings.push(Finding::error("arrow", &file.path, number, arrow_message(room, &package)));
                }
                if let Some(owners) = owners_of(&package)
                    && !owners.contains(&room.package)
                {
                    findings.push(Finding::error("owner", &file.path, number, owner_message(room, &package, owners)));
                }
            }
        }
    }
    findings
}

/// The names that stand first in a path on this line: `sled` in `use sled::Db;`, in `sled::open(…)` and in `use sled;`.
fn first_segments(line: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let bytes = line.as_bytes();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    for (end, _) in line.match_indices("::") {
        let start = bytes[..end].iter().rposition(|byte| !is_name(*byte)).map_or(0, |before| before + 1);
        let is_first = !line[..start].ends_with("::");
        if start < end && is_first {
            names.push(&line[start..end]);
        }
    }
    if let Some(rest) = line.trim_start().strip_prefix("use ")
        && let Some(name) = rest.trim_end().strip_suffix(';')
        && name.bytes().all(is_name)
    {
        names.push(name);
    }
    names
}

fn arrow_message(room: &Room, package: &str) -> String {
    let allowed = if room.may_import.is_empty() { "no other room".to_owned() } else { room.may_import.join(", ") };
    format!("{} must not import {package}: it may import {allowed}", room.package)
}

fn owner_message(room: &Room, library: &str, owners: &[&str]) -> String {
    format!("{} must not name {library}: it belongs to {}", room.package, owners.join(", "))
}

/// Code that waits, below the rim.
pub fn asynchronous(tree: &Tree) -> Vec<Finding> {
    const SIGNS: &[&str] = &["async fn ", "async move ", "async {", ".await"];
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.path.starts_with("server/")) {
        let Some(room) = room_of(&file.path).filter(|room| !RIM.contains(&room.package)) else { continue };
        for (number, line) in file.code() {
            let bare = without_strings(line);
            if let Some(sign) = SIGNS.iter().find(|sign| bare.contains(**sign)) {
                let message =
                    format!("`{}` in {}: async stays at the rim ({})", sign.trim(), room.package, RIM.join(", "));
                findings.push(Finding::error("async", &file.path, number, message));
            }
        }
    }
    findings
}

/// A line without what stands in double quotes, so that words about code are not taken for code.
pub fn without_strings(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    let mut is_inside = false;
    let mut before = ' ';
    for letter in line.chars() {
        if letter == '"' && before != '\\' && before != '\'' {
            is_inside = !is_inside;
        } else if !is_inside {
            bare.push(letter);
        }
        before = letter;
    }
    bare
}
