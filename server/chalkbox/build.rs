//! Tells the binary where `cargo xtask plugins` put the packs of our own tools. A build without them works and serves
//! no tools; `cargo xtask` always builds them first.

use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-env-changed=CHALKBOX_PACKS");
    let packs = match std::env::var_os("CHALKBOX_PACKS") {
        Some(folder) => PathBuf::from(folder),
        None => {
            // OUT_DIR is <target>/<profile>/build/<package>/out.
            let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
            out.ancestors().nth(4).map(|target| target.join("packs")).unwrap_or_default()
        }
    };
    if let Err(error) = std::fs::create_dir_all(&packs) {
        println!("cargo:warning=the folder of packs cannot be made: {error}");
    }
    println!("cargo:rerun-if-changed={}", packs.display());
    println!("cargo:rustc-env=CHALKBOX_PACKS={}", packs.display());
}
