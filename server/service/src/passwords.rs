//! Passwords of staff, hashed for keeping (Argon2id, 19 MiB, two passes). Who may sign in is decided elsewhere.

use argon2::password_hash::errors::InvalidValue;
use argon2::password_hash::{Error, Output, ParamsString, PasswordHash, Salt, SaltString};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};

/// Blocks that are asked for at least, most of them never touched: over 32 MiB. When the C library gets back a smaller
/// piece that it had from the system, it takes its size for usual and from then on keeps up to twice as much free memory
/// to itself: after one sign-in the box would hold 38 MiB more for ever.
const BLOCKS_LEAST: usize = 33 << 10;

/// Hashes a password, with a salt of its own.
pub fn hash(password: &str) -> Result<String, Error> {
    let mut salt = [0u8; 16];
    getrandom::fill(&mut salt).map_err(|_| Error::SaltInvalid(InvalidValue::Malformed))?;
    let salt = SaltString::encode_b64(&salt)?;
    let argon2 = Argon2::default();
    let output = output(&argon2, password, salt.as_salt(), Params::DEFAULT_OUTPUT_LEN)?;
    let hash = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::default().into()),
        params: ParamsString::try_from(argon2.params())?,
        salt: Some(salt.as_salt()),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

/// Whether a password is the one of a hash. What is no hash fits none.
pub fn fits(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash).and_then(|hash| compare(&hash, password)).unwrap_or(false)
}

fn compare(hash: &PasswordHash<'_>, password: &str) -> Result<bool, Error> {
    let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else { return Ok(false) };
    let version = hash.version.map(Version::try_from).transpose()?.unwrap_or_default();
    let argon2 = Argon2::new(Algorithm::try_from(hash.algorithm)?, version, Params::try_from(hash)?);
    // Outputs are compared in a time that tells nothing.
    Ok(output(&argon2, password, salt, expected.len())? == expected)
}

fn output(argon2: &Argon2<'_>, password: &str, salt: Salt<'_>, len: usize) -> Result<Output, Error> {
    let mut bytes = [0u8; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut bytes)?;
    let count = argon2.params().block_count();
    let mut blocks: Vec<Block> = Vec::with_capacity(count.max(BLOCKS_LEAST));
    blocks.resize(count, Block::default());
    Output::init_with(len, |out| {
        Ok(argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, &mut blocks)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::{PasswordHasher, PasswordVerifier};

    #[test]
    fn a_hash_fits_its_password_and_none_else() {
        let kept = hash("chalk and slate").expect("hashes");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(fits(&kept, "chalk and slate") && !fits(&kept, "chalk and slat") && !fits(&kept, ""));
        assert_ne!(hash("chalk and slate").expect("hashes"), kept, "a salt of its own");
        assert!(!fits("", "") && !fits("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ", "x"));
    }

    #[test]
    fn hashes_are_those_that_everybody_makes() {
        let kept = hash("slate").expect("hashes");
        let theirs = Argon2::default();
        assert!(theirs.verify_password(b"slate", &PasswordHash::new(&kept).expect("a hash")).is_ok());
        let salt = SaltString::encode_b64(&[7; 16]).expect("a salt");
        let made = theirs.hash_password(b"slate", &salt).expect("hashes").to_string();
        assert!(fits(&made, "slate") && !fits(&made, "chalk"));
    }
}
