//! Identities as types, so that a class can never be passed for a learner.
//!
//! Random ids are 128 bits and written as 32 hex digits; skills are named by their id on the map.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A text that is not the id it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {expected}")]
pub struct IdError {
    /// What was given, cut to 80 characters.
    pub text: String,
    /// What would have been right, such as "32 hex digits".
    pub expected: &'static str,
}

impl IdError {
    fn new(text: &str, expected: &'static str) -> Self {
        Self { text: text.chars().take(80).collect(), expected }
    }
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes = text.as_bytes();
    if bytes.len() != 2 * N {
        return None;
    }
    let digit = |b: u8| (b as char).to_digit(16).map(|d| d as u8);
    let mut out = [0u8; N];
    for (i, slot) in out.iter_mut().enumerate() {
        *slot = digit(bytes[2 * i])? << 4 | digit(bytes[2 * i + 1])?;
    }
    Some(out)
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
}

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $bytes]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hex(&self.0, f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                unhex(text).map(Self).ok_or_else(|| IdError::new(text, $expected))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

byte_id! {
    /// A learner: random, never made from a name.
    LearnerId, 16, "32 hex digits"
}
byte_id! {
    /// A class.
    ClassId, 16, "32 hex digits"
}
byte_id! {
    /// A member of staff.
    StaffId, 16, "32 hex digits"
}
byte_id! {
    /// The SHA-256 of a pack's file: which plugin or content, to the byte.
    PackHash, 32, "64 hex digits"
}
byte_id! {
    /// The first eight bytes of the SHA-256 of a local context in its canonical JSON.
    ContextHash, 8, "16 hex digits"
}
byte_id! {
    /// This installation of a box, drawn once.
    BoxId, 8, "16 hex digits"
}
byte_id! {
    /// Who sent something: a browser profile, or one sending (docs/store-format.md, duplicates).
    ClientId, 16, "32 hex digits"
}
byte_id! {
    /// One handed-out item: the seal's own MAC, so no two differ only in it.
    ItemKey, 16, "32 hex digits"
}

/// A skill's id on the knowledge map, such as `numeracy.add.within-10`: 3 to 64 of `[a-z0-9.-]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct SkillId(String);

impl SkillId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The strand that the id stands in: its first two parts (`numeracy.add`).
    pub fn strand(&self) -> &str {
        match self.0.match_indices('.').nth(1) {
            Some((at, _)) => &self.0[..at],
            None => &self.0,
        }
    }
    /// The domain: the id's first part (`numeracy`).
    pub fn domain(&self) -> &str {
        self.0.split('.').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for SkillId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SkillId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let fits = (3..=64).contains(&text.len())
            && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdError::new(text, "3 to 64 of a-z, 0-9, “.” and “-”"))
        }
    }
}

impl<'de> Deserialize<'de> for SkillId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// An event's identity: which box stored it, and its number there (1, 2, 3, … without gaps). As text `<box hex>-<seq>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    /// The box that stored it first.
    pub box_id: BoxId,
    /// Its number on that box.
    pub seq: u64,
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.box_id, self.seq)
    }
}

impl FromStr for EventId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let wrong = || IdError::new(text, "16 hex digits, “-”, a number");
        let (box_id, seq) = text.split_once('-').ok_or_else(wrong)?;
        Ok(Self { box_id: box_id.parse().map_err(|_| wrong())?, seq: seq.parse().map_err(|_| wrong())? })
    }
}

impl Serialize for EventId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_the_round_trip_and_refuse_the_rest() {
        let id = LearnerId([0xab; 16]);
        assert_eq!(id.to_string().parse::<LearnerId>(), Ok(id));
        for wrong in ["", "ab", "zz".repeat(16).as_str(), "é".repeat(16).as_str(), "a".repeat(33).as_str()] {
            assert!(wrong.parse::<LearnerId>().is_err(), "{wrong}");
        }
        let event = EventId { box_id: BoxId([1; 8]), seq: 42 };
        assert_eq!(event.to_string().parse::<EventId>(), Ok(event));
        assert!("0101010101010101".parse::<EventId>().is_err());
    }

    #[test]
    fn a_skill_knows_its_strand() {
        let skill: SkillId = "numeracy.add.within-10".parse().expect("well formed");
        assert_eq!((skill.domain(), skill.strand()), ("numeracy", "numeracy.add"));
        assert!("../etc".parse::<SkillId>().is_err());
        assert!("Numeracy".parse::<SkillId>().is_err());
    }
}
