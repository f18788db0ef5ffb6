//! Each rule of `tidy` against a small house that is in order, and against the same house with one thing wrong.

use std::fs;

use super::*;

/// A house in order: two rooms, the face, a contract, the papers.
const IN_ORDER: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        "[workspace]\n[workspace.dependencies]\nchalkbox-domain = { path = \"server/domain\" }\nlibm = \"0.2\"\n",
    ),
    ("docs/dependencies.md", "| library | reason |\n|---|---|\n| `libm` | equal results on every machine |\n"),
    ("server/domain/Cargo.toml", "[dependencies]\nlibm.workspace = true\n"),
    (
        "server/domain/src/lib.rs",
        "//! Pure.\npub fn one() -> u8 { 1 }\n#[cfg(test)]\nmod tests {\n    fn t() { Some(1).unwrap(); }\n}\n",
    ),
    ("server/web/Cargo.toml", "[dependencies]\nchalkbox-domain.workspace = true\nactix-web = \"4\"\n"),
    ("server/web/src/lib.rs", "//! The face.\nuse actix_web::App;\npub async fn page() { chalkbox_domain::one(); }\n"),
];

/// What `tidy` finds in the house in order after these files were written over it: `(rule, path)`.
fn find(changes: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let house = tempfile::tempdir().unwrap();
    for (path, text) in IN_ORDER.iter().chain(changes) {
        let path = house.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let tree = Tree::read(house.path()).unwrap();
    check(&tree).into_iter().map(|finding| (finding.rule, finding.path)).collect()
}

/// One thing wrong gives exactly this finding.
fn check_one(path: &str, text: &str, rule: &'static str) {
    assert_eq!(find(&[(path, text)]), vec![(rule, path.to_owned())], "{text}");
}

#[test]
fn a_house_in_order_gives_no_finding() {
    assert_eq!(find(&[]), vec![]);
}

#[test]
fn a_room_that_could_import_what_it_must_not_is_found() {
    let manifest = "server/domain/Cargo.toml";
    let libm = "[dependencies]\nlibm.workspace = true\n";
    check_one(manifest, &format!("{libm}chalkbox-store.workspace = true\n"), "arrow");
    check_one(manifest, &format!("{libm}[build-dependencies]\nchalkbox-content.workspace = true\n"), "arrow");
    check_one(manifest, &format!("{libm}[dev-dependencies]\nchalkbox-web.workspace = true\n"), "arrow");
    check_one(manifest, &format!("{libm}sled = \"0.34\"\n"), "owner");
    check_one(manifest, &format!("{libm}[dev-dependencies]\ntokio = \"1\"\n"), "owner");
    check_one(manifest, "libm.workspace = true\n[dependencies\n", "manifest");
}

#[test]
fn tests_may_use_the_builders() {
    let manifest = "[dependencies]\nlibm.workspace = true\n[dev-dependencies]\nchalkbox-testkit.workspace = true\n";
    let test = "//! A test.\nuse chalkbox_testkit::x;\n";
    assert_eq!(find(&[("server/domain/Cargo.toml", manifest), ("server/domain/tests/x.rs", test)]), vec![]);
    check_one("server/domain/src/x.rs", test, "arrow");
}

#[test]
fn a_source_that_imports_what_it_must_not_is_found() {
    check_one("server/domain/src/x.rs", "//! X.\nuse chalkbox_store::Store;\n", "arrow");
    check_one("server/domain/src/x.rs", "//! X.\nfn x() { let y = chalkbox_web::y(); }\n", "arrow");
    check_one("server/web/src/x.rs", "//! X.\nuse chalkbox_store::{\n    Store,\n};\n", "arrow");
    check_one("server/service/src/x.rs", "//! X.\nuse sled::Db;\n", "owner");
    check_one("server/service/src/x.rs", "//! X.\nuse redb;\n", "owner");
    check_one("server/web/src/x.rs", "//! X.\nfn x() { wasmtime::Engine::default(); }\n", "owner");
    check_one("server/chalkbox/src/x.rs", "//! X.\nuse actix_files::Files;\n", "owner");
    check_one("server/web/src/x.rs", "//! X.\nuse mdns_sd::ServiceDaemon;\n", "owner");
    check_one("plugins/bundled/x/src/lib.rs", "//! X.\nuse chalkbox_domain::Map;\n", "arrow");
}

#[test]
fn words_about_other_rooms_are_not_imports() {
    let words = "//! X, see sled::Db.\n// use wasmtime::Engine;\nfn x() { say(\"sled::Db and .await\"); crate::store::sled::open(); }\n";
    assert_eq!(find(&[("server/domain/src/x.rs", words)]), vec![]);
}

#[test]
fn async_below_the_rim_is_found() {
    for code in ["async fn x() {}", "fn x() { y().await; }", "fn x() { go(async move { 1 }); }"] {
        check_one("server/service/src/x.rs", &format!("//! X.\n{code}\n"), "async");
        assert_eq!(find(&[("server/appliance/src/x.rs", &format!("//! X.\n{code}\n"))]), vec![]);
    }
}

#[test]
fn a_file_without_a_header_is_found() {
    check_one("server/domain/src/x.rs", "fn x() {}\n", "header");
    check_one("plugins/sdk/src/x.rs", "/// X.\nfn x() {}\n", "header");
}

#[test]
fn long_files_are_warned_of_and_then_refused() {
    let long = format!("//! X.\n{}", "// x\n".repeat(599));
    let warned = format!("//! X.\n{}", "// x\n".repeat(600));
    let refused = format!("//! X.\n{}", "// x\n".repeat(900));
    assert_eq!(find(&[("server/domain/src/x.rs", &long)]), vec![]);
    let house = tempfile::tempdir().unwrap();
    for (name, text) in [("warned.rs", warned), ("refused.rs", refused)] {
        fs::write(house.path().join(name), text).unwrap();
    }
    let weights: Vec<_> = text::sizes(&Tree::read(house.path()).unwrap())
        .into_iter()
        .map(|finding| (finding.path, finding.weight))
        .collect();
    assert_eq!(weights, [("refused.rs".into(), Weight::Error), ("warned.rs".into(), Weight::Warning)]);
}

#[test]
fn names_that_say_nothing_are_found() {
    for path in ["server/domain/src/utils.rs", "server/domain/src/common/x.rs", "plugins/sdk/src/helpers.rs"] {
        check_one(path, "//! X.\n", "name");
    }
    assert_eq!(find(&[("server/domain/src/uncommon.rs", "//! X.\n")]), vec![]);
}

#[test]
fn unfinished_work_is_found() {
    let wrong = [
        ["fn x() { to", "do!() }"],
        ["fn x() { db", "g!(1); }"],
        ["fn x() { unimpl", "emented!() }"],
        ["// TO", "DO: later"],
    ];
    for halves in wrong {
        check_one("server/domain/src/x.rs", &format!("//! X.\n{}\n", halves.concat()), "unfinished");
    }
}

#[test]
fn unwrap_is_found_outside_tests_only() {
    let code = "fn x() { Some(1).unwrap(); }\n";
    check_one("server/domain/src/x.rs", &format!("//! X.\n{code}"), "unwrap");
    assert_eq!(find(&[("server/domain/tests/x.rs", &format!("//! X.\n{code}"))]), vec![]);
    assert_eq!(find(&[("server/domain/src/x.rs", &format!("//! X.\n#![cfg(test)]\n{code}"))]), vec![]);
    let both = format!("//! X.\n{code}#[cfg(test)]\nmod tests {{\n{code}}}\n");
    check_one("server/domain/src/x.rs", &both, "unwrap");
}

#[test]
fn traces_of_one_machine_are_found() {
    check_one("tests/e2e/x.js", &["const root = '/wo", "rk/main';\n"].concat(), "machine");
    check_one("README.md", &["cd /ro", "ot/chalkbox\n"].concat(), "machine");
    check_one("tests/browser/.npmrc", &["registry=https://registry.npmjs", ".org/\n"].concat(), "machine");
    let lock = "  \"resolved\": \"https://mirror.example/x.tgz\",\n";
    check_one("tests/browser/package-lock.json", lock, "lock");
    check_one("Cargo.lock", "source = \"registry+https://mirror.example/index\"\n", "lock");
}

#[test]
fn a_library_without_a_reason_and_a_reason_without_a_library_are_found() {
    let more = "[workspace]\n[workspace.dependencies]\nlibm = \"0.2\"\nsha2 = \"0.11\"\n";
    let found = find(&[("Cargo.toml", more)]);
    assert_eq!(found, vec![("dependency", "Cargo.toml".into()), ("dependency", "Cargo.toml".into())]);
    let paper = "| library | reason |\n| `libm` | x |\n| `sha2` | y |\n";
    check_one("docs/dependencies.md", paper, "dependency");
}

#[test]
fn the_contract_is_frozen() {
    let wit = "package chalkbox:activity@1.0.0;\n";
    let sum = "8aa4d8ba3a1cca5d7b2ad5bfc5ef1ae6ef2cf64f3bd3be2ba95ef0f9f4d3fb11  a.wit\n";
    let house = tempfile::tempdir().unwrap();
    let folder = house.path().join("plugins/wit");
    fs::create_dir_all(&folder).unwrap();
    let rules = || -> Vec<String> {
        crate::wit::frozen(&Tree::read(house.path()).unwrap()).into_iter().map(|finding| finding.path).collect()
    };
    fs::write(folder.join("a.wit"), wit).unwrap();
    assert_eq!(rules(), ["plugins/wit/a.wit"], "not frozen yet");
    crate::wit::freeze(house.path()).unwrap();
    assert_eq!(rules(), Vec::<String>::new());
    crate::wit::freeze(house.path()).unwrap();

    fs::write(folder.join("a.wit"), format!("{wit}// more\n")).unwrap();
    assert_eq!(rules(), ["plugins/wit/a.wit"], "changed under the same version");
    assert!(crate::wit::freeze(house.path()).is_err());

    fs::write(folder.join("a.wit"), "package chalkbox:activity@1.1.0;\n// more\n").unwrap();
    crate::wit::freeze(house.path()).unwrap();
    assert_eq!(rules(), Vec::<String>::new());

    fs::write(folder.join("released/1.0.0/a.wit"), format!("{wit}// edited\n")).unwrap();
    assert_eq!(rules(), ["plugins/wit/released/1.0.0/a.wit"]);
    fs::write(folder.join("released/1.0.0/SHA256SUMS"), sum).unwrap();
    assert_eq!(rules(), ["plugins/wit/released/1.0.0/a.wit"]);
}
