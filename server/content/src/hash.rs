//! The names that are made of hashes: of a pack, of a local context, of a skill in the store's keys.

use chalkbox_domain::ids::{ContextHash, PackHash, SkillId};
use chalkbox_domain::item::LocalContext;
use sha2::{Digest, Sha256};

/// The name of a pack: the SHA-256 of its file.
pub fn pack_hash(file: &[u8]) -> PackHash {
    PackHash(Sha256::digest(file).into())
}

/// The short name of a skill in the store's keys: the first four bytes of the SHA-256 of its id.
pub fn skill_short(skill: &SkillId) -> [u8; 4] {
    first(skill.as_str().as_bytes())
}

/// A local context as the bytes that are kept and hashed: its JSON with the keys in the order of the contract, no blanks.
pub fn context_json(context: &LocalContext) -> Vec<u8> {
    serde_json::to_vec(context).expect("texts and numbers always have a JSON")
}

/// The name of a local context: the first eight bytes of the SHA-256 of [`context_json`].
pub fn context_hash(context: &LocalContext) -> ContextHash {
    ContextHash(first(&context_json(context)))
}

fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    std::array::from_fn(|at| digest[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_known_hashes() {
        // SHA-256 of "abc" begins with ba7816bf 8f01cfea
        assert_eq!(pack_hash(b"abc").to_string()[..16], *"ba7816bf8f01cfea");
        assert_eq!(skill_short(&"abc".parse().expect("an id")), [0xba, 0x78, 0x16, 0xbf]);
        let json = context_json(&LocalContext { currency: "XXX".into(), ..LocalContext::default() });
        assert_eq!(json, br#"{"names":[],"foods":[],"animals":[],"objects":[],"currency":"XXX","coins":[]}"#);
        assert_eq!(context_hash(&LocalContext::default()), context_hash(&LocalContext::default()));
    }
}
