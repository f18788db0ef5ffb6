//! Local contexts on the disk: what an event names is there, whole.

use crate::support::School;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|p| (p.clone(), fs::read(&p).unwrap()))
        .collect()
}

#[test]
fn a_context_that_is_gone_or_damaged_is_written_again_at_the_next_start() {
    let mut school = School::new();
    let folder = school.data.path().join("contexts");
    let whole = files(&folder);
    assert_eq!(whole.len(), 2, "one for each language of the pages: {:?}", whole.keys());
    let paths: Vec<&PathBuf> = whole.keys().collect();
    school.close();
    fs::remove_file(paths[0]).unwrap();
    let cut = &whole[paths[1]][..40];
    fs::write(paths[1], cut).unwrap();
    school.start().unwrap();
    assert_eq!(files(&folder), whole);

    school.close();
    // Sound JSON, but another context than its name says.
    fs::copy(paths[0], paths[1]).unwrap();
    school.start().unwrap();
    assert_eq!(files(&folder), whole);

    school.close();
    fs::remove_dir_all(&folder).unwrap();
    school.start().unwrap();
    assert_eq!(files(&folder), whole);
}
