//! Packs as authors write them: the bundled one has no mistake, the broken ones show all of theirs at once.

use chalkbox_content::formats::map::read_map;
use chalkbox_content::formats::pack::read_manifest;
use chalkbox_content::{ContentPack, Diagnostic, check_content_pack};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// All files under a folder, by their path within it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, within: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder of this repository") {
            let entry = entry.expect("a file of this repository");
            let name = format!("{within}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, fs::read(entry.path()).expect("a file of this repository"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn said(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("{d}\n")).collect()
}

fn fixture(name: &str) -> (ContentPack, String) {
    let (pack, diagnostics) = check_content_pack(&files(&root().join("fixtures").join(name)));
    (pack, said(&diagnostics))
}

#[test]
fn the_bundled_pack_has_no_mistake() {
    let (pack, diagnostics) = check_content_pack(&files(&root().join("../../content/packs/foundations")));
    assert_eq!(said(&diagnostics), "");
    let map = pack.map.expect("a map");
    assert_eq!((map.len(), map.id(), map.locale()), (187, "foundations", "en"));
    assert!(pack.lessons.len() >= 40, "{} lessons", pack.lessons.len());
    for (country, place) in &pack.contexts {
        for locale in ["en", "fr", "fr-SN"] {
            assert!(
                place.local(locale).is_some_and(|c| c.names.len() >= 12 && c.foods.len() >= 8),
                "{country} {locale}"
            );
        }
    }
    for no in map.numbers() {
        assert_eq!(pack.titles.skill(&map, no, "fr").locale, "fr", "{}", map.skill(no).id);
        assert_eq!(pack.titles.strand(&map, map.skill(no).strand, "fr").locale, "fr");
    }
}

#[test]
fn the_bundled_tools_say_rightly_what_they_are() {
    let bytes = fs::read(root().join("../../content/packs/foundations/map.toml")).expect("the bundled map");
    let map = read_map("map.toml", &bytes).0.expect("a sound map");
    let mut tools = 0;
    for entry in fs::read_dir(root().join("../../plugins/bundled")).expect("the bundled tools") {
        let path = entry.expect("a tool").path().join("pack.toml");
        let Ok(bytes) = fs::read(&path) else { continue };
        let (manifest, diagnostics) = read_manifest(&path.to_string_lossy(), &bytes);
        assert_eq!(said(&diagnostics), "");
        let manifest = manifest.expect("a sound manifest");
        for skill in &manifest.skills {
            assert!(map.find(&skill.id).is_some(), "{}: {}", manifest.id, skill.id);
        }
        tools += 1;
    }
    assert!(tools > 0);
}

#[test]
fn a_good_pack_is_read_whole() {
    let (pack, said) = fixture("good");
    assert_eq!(said, "");
    let skill = "numeracy.add.within-5".parse().expect("an id");
    insta::assert_debug_snapshot!("good-lesson", pack.lesson(&skill, "fr-SN").expect("a lesson"));
    assert_eq!(pack.lesson(&skill, "sw").map(|l| l.locale.as_str()), Some("en"));
    assert_eq!(pack.contexts["XX"].local("en").map(|c| c.coins), Some(vec![1, 2, 5]));
}

#[test]
fn a_broken_map_tells_all_its_mistakes() {
    let (pack, said) = fixture("broken-map");
    assert!(pack.map.is_none());
    insta::assert_snapshot!("broken-map", said);
}

#[test]
fn broken_lessons_tell_all_their_mistakes() {
    let (pack, said) = fixture("broken-lessons");
    assert!(
        pack.lessons
            .keys()
            .all(|(skill, _)| skill.as_str() == "numeracy.add.whole" || skill.as_str() == "numeracy.add.stray")
    );
    insta::assert_snapshot!("broken-lessons", said);
}

#[test]
fn broken_places_titles_and_media_tell_all_their_mistakes() {
    let (pack, said) = fixture("broken-places");
    assert!(pack.contexts.is_empty());
    insta::assert_snapshot!("broken-places", said);
}

#[test]
fn a_mistake_in_the_map_hides_none_in_other_files() {
    let mut pack = files(&root().join("fixtures/good"));
    let mut change = |path: &str, from: &str, to: &str| {
        let text = String::from_utf8(pack[path].clone()).expect("text");
        assert!(text.contains(from), "{path}: {from}");
        pack.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    };
    change("map.toml", "[map]", "[map]\ntitel = \"\"");
    change("locales/fr.toml", "numeracy.add.within-5", "numeracy.add.witin-5");
    let lesson = pack["lessons/numeracy.add.within-5.en.md"].clone();
    let lesson = String::from_utf8(lesson).expect("text").replace("numeracy.add.within-5", "numeracy.add.within-50");
    pack.insert("lessons/numeracy.add.within-50.en.md".into(), lesson.into_bytes());
    let (read, diagnostics) = check_content_pack(&pack);
    assert!(read.map.is_none());
    let errors: Vec<Diagnostic> = diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    insta::assert_snapshot!("map-and-others", said(&errors));
    // Of a file that is no TOML at all nothing is known: nothing is compared, and the mistakes within others are told.
    pack.insert("map.toml".into(), b"[map".to_vec());
    pack.insert("locales/fr.toml".into(), b"\"numeracy.add.within-5\" = { t = 3 }".to_vec());
    let files: Vec<String> =
        check_content_pack(&pack).1.into_iter().filter(Diagnostic::is_error).map(|d| d.file).collect();
    assert!(files.contains(&"locales/fr.toml".into()) && !files.iter().any(|f| f.starts_with("lessons/")), "{files:?}");
}

#[test]
fn a_broken_manifest_tells_all_its_mistakes() {
    insta::assert_snapshot!("broken-manifest", fixture("broken-manifest").1);
    let empty = check_content_pack(&BTreeMap::new()).1;
    insta::assert_snapshot!("nothing-at-all", said(&empty));
}

#[test]
fn garbage_in_any_file_is_told_and_never_panics() {
    let good = files(&root().join("fixtures/good"));
    let garbage: [&[u8]; 7] =
        [b"", b"\xff\xfe", b"+++\n+++\n", b"[[[[", b"a = 1\na = 2", b"\xef\xbb\xbf", &[b'['; 5_000]];
    for path in good.keys().filter(|p| p.as_str() != "LICENSE") {
        for bytes in garbage {
            let mut broken = good.clone();
            broken.insert(path.clone(), bytes.to_vec());
            let (_, diagnostics) = check_content_pack(&broken);
            // An empty list of words is none the worse for being empty.
            let harmless = path.starts_with("items/") && bytes.len() <= 3;
            assert!(!diagnostics.is_empty() || harmless, "{path} {bytes:?}");
        }
    }
}

/// Bytes of a good file with some of them changed, left out or doubled.
fn spoiled(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    for (at, kind, byte) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = at % bytes.len();
        match kind % 3 {
            0 => bytes[at] = *byte,
            1 => drop(bytes.remove(at)),
            _ => bytes.insert(at, *byte),
        }
    }
    bytes
}

proptest! {
    /// Whatever becomes of a file, reading it ends in values or diagnostics, never in a panic; and what is read without
    /// an error is a whole pack.
    #[test]
    fn a_spoiled_file_never_panics(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<usize>(), any::<u8>(), prop_oneof![any::<u8>(), prop::sample::select(b"\"[]{}=#+`*!<>\n.-".to_vec())]), 1..12),
    ) {
        let mut pack = files(&root().join("fixtures/good"));
        let path = which.get(&pack.keys().cloned().collect::<Vec<_>>()).clone();
        let bytes = spoiled(pack[&path].clone(), &changes);
        pack.insert(path, bytes);
        let (pack, diagnostics) = check_content_pack(&pack);
        if !diagnostics.iter().any(Diagnostic::is_error) {
            prop_assert!(pack.manifest.is_some() && pack.map.is_some() && !pack.lessons.is_empty());
        }
    }
}
