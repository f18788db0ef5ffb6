//! What travels in the binary: the content pack, and the packs of our own tools as `cargo xtask plugins` built them.

use rust_embed::RustEmbed;
use std::collections::BTreeMap;

#[derive(RustEmbed)]
#[folder = "../../content/packs/foundations"]
struct Foundations;

#[derive(RustEmbed)]
#[folder = "$CHALKBOX_PACKS"]
#[include = "*.chalk"]
struct Packs;

/// Files of the content pack by their names in it.
pub fn content() -> BTreeMap<String, Vec<u8>> {
    Foundations::iter()
        .filter_map(|name| Some((name.to_string(), Foundations::get(&name)?.data.into_owned())))
        .collect()
}

/// Packs of our own tools.
pub fn packs() -> Vec<Vec<u8>> {
    Packs::iter().filter_map(|name| Some(Packs::get(&name)?.data.into_owned())).collect()
}
