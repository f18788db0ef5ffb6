//! The sealed item: an ask as an opaque text that only this box can make. Nothing is written when an item is handed
//! out; the seal itself is the proof, good over power cuts and for 60 days.
//!
//! Layout before base64url, integers big-endian:
//! version 1 · learner 16 · skill 4 · plugin 8 · step 1 · seed 4 · mode 1 · asked, ms 6 · context 8 · locale length 1 · locale · MAC 16.
//! The MAC is HMAC-SHA-256 over all before it, cut to 16 bytes; it doubles as the item's key in the log.

use chalkbox_domain::event::Mode;
use chalkbox_domain::ids::{ContextHash, ItemKey, LearnerId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How long an item may be answered, in milliseconds: 60 days.
pub const ITEM_LIFE_MS: u64 = 60 * 24 * 3600 * 1000;
const VERSION: u8 = 1;
const FIXED: usize = 50;
const MAC: usize = 16;

/// What a sealed item says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAsk {
    /// Whose item it is.
    pub learner: LearnerId,
    /// First bytes of the SHA-256 of the skill's id.
    pub skill: [u8; 4],
    /// First bytes of the pack's hash.
    pub plugin: [u8; 8],
    /// Difficulty in quarters, 0 to 4.
    pub step: u8,
    /// Seed of the ask.
    pub seed: u32,
    /// In what frame of mind.
    pub mode: Mode,
    /// When it was handed out, milliseconds since 1970 by this box's clock.
    pub asked_ms: u64,
    /// The local context.
    pub context: ContextHash,
    /// BCP 47.
    pub locale: String,
}

/// The key of this box's seals.
pub struct SealKey([u8; 32]);

impl SealKey {
    /// A key from 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn mac(&self, bytes: &[u8]) -> [u8; MAC] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(bytes);
        let full: [u8; 32] = mac.finalize().into_bytes().into();
        let mut cut = [0; MAC];
        cut.copy_from_slice(&full[..MAC]);
        cut
    }

    /// A keyed hash for codes and card tokens, so that the data folder alone does not tell them.
    pub fn keyed_hash(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// Seals an ask. Returns the item's text and its key in the log.
    pub fn seal(&self, ask: &SealedAsk) -> (String, ItemKey) {
        let mut bytes = Vec::with_capacity(FIXED + ask.locale.len() + MAC);
        bytes.push(VERSION);
        bytes.extend(ask.learner.0);
        bytes.extend(ask.skill);
        bytes.extend(ask.plugin);
        bytes.push(ask.step);
        bytes.extend(ask.seed.to_be_bytes());
        bytes.push(mode_byte(ask.mode));
        bytes.extend(&ask.asked_ms.to_be_bytes()[2..]);
        bytes.extend(ask.context.0);
        let locale = &ask.locale.as_bytes()[..ask.locale.len().min(35)];
        bytes.push(locale.len() as u8);
        bytes.extend(locale);
        let mac = self.mac(&bytes);
        bytes.extend(mac);
        (base64url(&bytes), ItemKey(mac))
    }

    /// Opens a sealed item; none when it is not this box's work, to the last bit.
    pub fn open(&self, text: &str) -> Option<(SealedAsk, ItemKey)> {
        let bytes = unbase64url(text, 200)?;
        let cut = bytes.len().checked_sub(MAC).filter(|at| *at >= FIXED)?;
        let (body, mac) = bytes.split_at(cut);
        let true_mac = self.mac(body);
        let differs = mac.iter().zip(true_mac).fold(0u8, |acc, (a, b)| acc | (a ^ b));
        if differs != 0 || body[0] != VERSION || body.len() != FIXED + body[FIXED - 1] as usize {
            return None;
        }
        let take = |from: usize, len: usize| &body[from..from + len];
        let mut asked = [0u8; 8];
        asked[2..].copy_from_slice(take(35, 6));
        let ask = SealedAsk {
            learner: LearnerId(take(1, 16).try_into().ok()?),
            skill: take(17, 4).try_into().ok()?,
            plugin: take(21, 8).try_into().ok()?,
            step: body[29],
            seed: u32::from_be_bytes(take(30, 4).try_into().ok()?),
            mode: mode_of(body[34])?,
            asked_ms: u64::from_be_bytes(asked),
            context: ContextHash(take(41, 8).try_into().ok()?),
            locale: String::from_utf8(body[FIXED..].to_vec()).ok()?,
        };
        Some((ask, ItemKey(true_mac)))
    }
}

fn mode_byte(mode: Mode) -> u8 {
    match mode {
        Mode::Placement => 1,
        Mode::Teach => 2,
        Mode::Practise => 3,
        Mode::Show => 4,
        Mode::Review => 5,
        Mode::CheckUp => 6,
    }
}

fn mode_of(byte: u8) -> Option<Mode> {
    [Mode::Placement, Mode::Teach, Mode::Practise, Mode::Show, Mode::Review, Mode::CheckUp]
        .get(byte.checked_sub(1)? as usize)
        .copied()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 for addresses, without padding (RFC 4648 §5).
pub fn base64url(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            out.push(ALPHABET[(word >> (18 - 6 * i) & 63) as usize] as char);
        }
    }
    out
}

/// The inverse of [`base64url`]; none for any other text, and for texts over `most` characters.
pub fn unbase64url(text: &str, most: usize) -> Option<Vec<u8>> {
    if text.len() > most || text.len() % 4 == 1 {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        let mut word = 0u32;
        for b in chunk {
            word = word << 6 | ALPHABET.iter().position(|a| a == b)? as u32;
        }
        word <<= 6 * (4 - chunk.len());
        out.extend(&word.to_be_bytes()[1..chunk.len()]);
    }
    (base64url(&out) == text).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> SealedAsk {
        SealedAsk {
            learner: LearnerId([7; 16]),
            skill: [1, 2, 3, 4],
            plugin: [9; 8],
            step: 3,
            seed: 0xdead_beef,
            mode: Mode::Show,
            asked_ms: 1_795_000_000_123,
            context: ContextHash([5; 8]),
            locale: "fr".into(),
        }
    }

    #[test]
    fn a_seal_opens_to_what_was_sealed() {
        let key = SealKey::new([3; 32]);
        let (text, item) = key.seal(&sample());
        assert!(text.len() < 100, "{}", text.len());
        assert_eq!(key.open(&text), Some((sample(), item)));
    }

    #[test]
    fn no_changed_seal_opens() {
        let key = SealKey::new([3; 32]);
        let (text, _) = key.seal(&sample());
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(bytes).expect("ASCII");
            assert_eq!(key.open(&forged), None, "character {at}");
        }
        assert_eq!(SealKey::new([4; 32]).open(&text), None);
        for wrong in ["", "A", "é", "AAAA", &text[..text.len() - 4], &format!("{text}AAAA")] {
            assert_eq!(key.open(wrong), None);
        }
    }
}
