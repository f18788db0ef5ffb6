//! Writing a pack: entries sorted by name, one fixed time, no modes, so that the same files give the same bytes.

use super::{is_pack_name, is_reserved};
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use std::collections::BTreeMap;

/// The first moment that zip knows, 1 January 1980: all files have it.
const DATE: u16 = 0x0021;
/// Zip 2.0: deflate and folders.
const NEEDS: u16 = 20;

/// Why files cannot be a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteFault {
    /// A name that a pack may not hold.
    #[error("“{name}” is not a name that a pack may hold")]
    Name {
        /// Which.
        name: String,
    },
    /// The name of the box's own list.
    #[error("“{name}” is the name of the box's own list of a pack's files; call it something else")]
    Reserved {
        /// Which.
        name: String,
    },
    /// Two names alike but for case.
    #[error("“{name}” stands twice")]
    Doubled {
        /// The second one.
        name: String,
    },
    /// More than a zip without extensions can hold.
    #[error("too much for one pack")]
    TooLarge,
}

/// Packs files (path, bytes). Each is deflated where that makes it smaller, else stored.
pub fn write_pack(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, WriteFault> {
    let mut lower = std::collections::BTreeSet::new();
    for name in files.keys() {
        if !is_pack_name(name) {
            return Err(WriteFault::Name { name: name.clone() });
        }
        if is_reserved(name) {
            return Err(WriteFault::Reserved { name: name.clone() });
        }
        if !lower.insert(name.to_ascii_lowercase()) {
            return Err(WriteFault::Doubled { name: name.clone() });
        }
    }
    let count = u16::try_from(files.len()).ok().filter(|n| *n < u16::MAX).ok_or(WriteFault::TooLarge)?;
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let header = size(out.len())?;
        let deflated = deflate(content);
        let (method, packed): (u16, &[u8]) = if deflated.len() < content.len() { (8, &deflated) } else { (0, content) };
        let mut crc = Crc::new();
        crc.update(content);
        let mut same = Vec::new();
        for field in [NEEDS, 0, method, 0, DATE] {
            same.extend(field.to_le_bytes());
        }
        for field in [crc.sum(), size(packed.len())?, size(content.len())?] {
            same.extend(field.to_le_bytes());
        }
        same.extend((name.len() as u16).to_le_bytes());
        same.extend(0u16.to_le_bytes());
        out.extend(0x0403_4b50u32.to_le_bytes());
        out.extend(&same);
        out.extend(name.as_bytes());
        out.extend(packed);
        directory.extend(0x0201_4b50u32.to_le_bytes());
        directory.extend(NEEDS.to_le_bytes());
        directory.extend(&same);
        // comment, disk, inner attributes, outer attributes
        directory.extend([0; 2 + 2 + 2 + 4]);
        directory.extend(header.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = size(out.len())?;
    let length = size(directory.len())?;
    out.append(&mut directory);
    out.extend(0x0605_4b50u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    Ok(out)
}

fn size(bytes: usize) -> Result<u32, WriteFault> {
    u32::try_from(bytes).ok().filter(|n| *n < u32::MAX).ok_or(WriteFault::TooLarge)
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut deflate = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(content.len() / 2 + 64);
    loop {
        let rest = &content[deflate.total_in() as usize..];
        let status = deflate.compress_vec(rest, &mut out, FlushCompress::Finish);
        match status.expect("deflating in memory only asks for more room") {
            Status::StreamEnd => return out,
            Status::Ok | Status::BufError => out.reserve(out.len().max(4096)),
        }
    }
}
