//! The file of a pack (`*.chalk`): a zip, read with distrust and written the same twice.
//!
//! The reader walks the directory and the local headers itself, since a library that hands out entries by name hides
//! what an attacker plays with: two entries of one name, headers that disagree, entries that overlap. Sizes in headers
//! are believed only after inflating within ceilings. Everything stays in memory; names never reach a disk unchecked.

use flate2::{Crc, Decompress, FlushDecompress, Status};
use std::collections::{BTreeMap, BTreeSet};

mod write;
pub use write::{WriteFault, write_pack};

/// Ceilings of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackLimits {
    /// Bytes of the file.
    pub pack_bytes: usize,
    /// Bytes of all files in it together.
    pub unpacked_bytes: usize,
    /// Files in it.
    pub files: usize,
    /// Bytes that one packed byte may become, beyond the first 64 KiB of a file.
    pub ratio: usize,
}

impl PackLimits {
    /// What a box takes unless its owner says otherwise: 16 MiB, 32 MiB unpacked, 500 files.
    pub const USUAL: PackLimits = PackLimits { pack_bytes: 16 << 20, unpacked_bytes: 32 << 20, files: 500, ratio: 200 };
    /// What a box takes at most: 64 MiB, 128 MiB unpacked, 2,000 files.
    pub const MOST: PackLimits =
        PackLimits { pack_bytes: 64 << 20, unpacked_bytes: 128 << 20, files: 2_000, ratio: 200 };
}

/// Bytes of a file that may come out of any number of packed ones.
const FREE_BYTES: usize = 64 << 10;
/// Characters of a name, at most.
const NAME: usize = 200;

/// The list of a pack's files with their hashes that a box keeps beside them: no file of a pack may be called so.
pub const FILE_LIST: &str = "files.sha256";

/// Why a file is no pack that may be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackFault {
    /// More bytes than a pack may have.
    #[error("the pack has {bytes} bytes, {most} at most")]
    TooLarge {
        /// How many.
        bytes: usize,
        /// Ceiling.
        most: usize,
    },
    /// No zip, or cut off.
    #[error("this is no whole pack: {part} is missing or broken")]
    Broken {
        /// Which part.
        part: &'static str,
    },
    /// Something of zip that packs do not use.
    #[error("the pack uses {what}, which packs do not")]
    Unsupported {
        /// What.
        what: &'static str,
    },
    /// More files than a pack may have.
    #[error("the pack has {files} files, {most} at most")]
    TooManyFiles {
        /// How many.
        files: usize,
        /// Ceiling.
        most: usize,
    },
    /// A name that could lead somewhere else.
    #[error("“{name}” is not a name that a pack may hold")]
    Name {
        /// The name, as far as it can be shown.
        name: String,
    },
    /// The name of the box's own list.
    #[error("“{name}” is the name of the box's own list of a pack's files; call it something else")]
    Reserved {
        /// As it stands in the pack.
        name: String,
    },
    /// Two entries of one name, also but for case, or a file where another entry needs a folder.
    #[error("“{name}” stands twice in the pack")]
    Doubled {
        /// The second name.
        name: String,
    },
    /// A link, device or pipe.
    #[error("“{name}” is no plain file")]
    NotPlain {
        /// Which.
        name: String,
    },
    /// The two headers of an entry disagree.
    #[error("the two headers of “{name}” disagree about its {field}")]
    Disagree {
        /// Which entry.
        name: String,
        /// About what.
        field: &'static str,
    },
    /// Entries that lie on top of each other.
    #[error("“{name}” lies on top of another entry")]
    Overlap {
        /// Which.
        name: String,
    },
    /// A file that grows beyond measure.
    #[error("“{name}” becomes {ratio} times larger or more, {most} at most")]
    Ratio {
        /// Which.
        name: String,
        /// How many times, when it was stopped.
        ratio: usize,
        /// Ceiling.
        most: usize,
    },
    /// All files together are too large.
    #[error("the files of the pack are larger than {most} bytes")]
    Unpacked {
        /// Ceiling.
        most: usize,
    },
    /// A file that does not become what its header says.
    #[error("“{name}” does not become what its header says: {field}")]
    Lies {
        /// Which.
        name: String,
        /// What differs.
        field: &'static str,
    },
}

/// Reads a pack: names and contents of all files in it.
pub fn read_pack(file: &[u8], limits: &PackLimits) -> Result<BTreeMap<String, Vec<u8>>, PackFault> {
    if file.len() > limits.pack_bytes {
        return Err(PackFault::TooLarge { bytes: file.len(), most: limits.pack_bytes });
    }
    let directory = Directory::find(file, limits)?;
    let entries = directory.entries(file)?;
    names_differ(&entries)?;
    let mut placed = Vec::with_capacity(entries.len());
    for entry in &entries {
        placed.push((entry.data(file, directory.start)?, entry));
    }
    // Whole entries, header to end, one after the other: nothing is used twice.
    let mut spans: Vec<_> = placed.iter().map(|(data, entry)| (entry.header, data.end, &entry.name)).collect();
    spans.sort_unstable();
    if let Some(two) = spans.windows(2).find(|two| two[0].1 > two[1].0) {
        return Err(PackFault::Overlap { name: two[1].2.clone() });
    }
    let mut left = limits.unpacked_bytes;
    let mut files = BTreeMap::new();
    for (data, entry) in placed {
        let content = entry.content(&file[data], left, limits)?;
        left -= content.len();
        if !entry.is_folder() {
            files.insert(entry.name.clone(), content);
        }
    }
    Ok(files)
}

/// Little-endian fields of a header, front to back.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn at(file: &'a [u8], at: usize, part: &'static str) -> Result<Self, PackFault> {
        file.get(at..).map(Fields).ok_or(PackFault::Broken { part })
    }
    fn take(&mut self, length: usize) -> Result<&'a [u8], PackFault> {
        let (field, rest) = self.0.split_at_checked(length).ok_or(PackFault::Broken { part: "a header" })?;
        self.0 = rest;
        Ok(field)
    }
    fn u16(&mut self) -> Result<u16, PackFault> {
        self.take(2).map(|b| u16::from_le_bytes([b[0], b[1]]))
    }
    fn u32(&mut self) -> Result<u32, PackFault> {
        self.take(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }
    fn size(&mut self) -> Result<usize, PackFault> {
        match self.u32()? {
            u32::MAX => Err(PackFault::Unsupported { what: "zip64" }),
            size => Ok(size as usize),
        }
    }
}

/// Where the directory of a zip lies.
struct Directory {
    start: usize,
    length: usize,
    count: usize,
}

impl Directory {
    const SIGNATURE: u32 = 0x0605_4b50;
    const LENGTH: usize = 22;

    /// The directory's end stands at the very end of the file: a pack has no comment, and nothing before or behind it.
    fn find(file: &[u8], limits: &PackLimits) -> Result<Self, PackFault> {
        let at = file.len().checked_sub(Self::LENGTH).ok_or(PackFault::Broken { part: "the directory" })?;
        let mut fields = Fields::at(file, at, "the directory")?;
        if fields.u32()? != Self::SIGNATURE {
            return Err(PackFault::Broken { part: "the directory" });
        }
        let (disk, first_disk, here, count) = (fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?);
        let (length, start, comment) = (fields.size()?, fields.size()?, fields.u16()?);
        if disk != 0 || first_disk != 0 || here != count {
            return Err(PackFault::Unsupported { what: "several volumes" });
        }
        if comment != 0 || start.checked_add(length) != Some(at) {
            return Err(PackFault::Broken { part: "the directory" });
        }
        let count = usize::from(count);
        if count > limits.files {
            return Err(PackFault::TooManyFiles { files: count, most: limits.files });
        }
        Ok(Self { start, length, count })
    }

    fn entries(&self, file: &[u8]) -> Result<Vec<Entry>, PackFault> {
        let mut fields = Fields(&file[self.start..self.start + self.length]);
        let entries = (0..self.count).map(|_| Entry::read(&mut fields)).collect::<Result<Vec<_>, _>>()?;
        if fields.0.is_empty() { Ok(entries) } else { Err(PackFault::Broken { part: "the directory" }) }
    }
}

/// How an entry is packed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Stored,
    Deflated,
}

/// One entry as the directory tells it.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    packed_as: Method,
    crc: u32,
    packed: usize,
    size: usize,
    header: usize,
}

impl Entry {
    const SIGNATURE: u32 = 0x0201_4b50;
    const LOCAL: u32 = 0x0403_4b50;
    /// Bit 11 says that the name is UTF-8, which ASCII always is; bits 1 and 2 only tell how hard the packer tried.
    const FLAGS: u16 = 0x0806;

    fn read(fields: &mut Fields) -> Result<Self, PackFault> {
        if fields.u32()? != Self::SIGNATURE {
            return Err(PackFault::Broken { part: "the directory" });
        }
        let (_made_by, _needs, flags, method) = (fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?);
        let (_time, crc, packed, size) = (fields.u32()?, fields.u32()?, fields.size()?, fields.size()?);
        let (name, extra, comment) = (fields.u16()?, fields.u16()?, fields.u16()?);
        let (disk, _inner, outer, header) = (fields.u16()?, fields.u16()?, fields.u32()?, fields.size()?);
        let name = checked_name(fields.take(usize::from(name))?)?;
        extra_fits(fields.take(usize::from(extra))?)?;
        fields.take(usize::from(comment))?;
        if flags & 1 != 0 {
            return Err(PackFault::Unsupported { what: "encryption" });
        }
        if flags & 8 != 0 {
            return Err(PackFault::Unsupported { what: "sizes that stand behind the data" });
        }
        if flags & !Self::FLAGS != 0 || disk != 0 {
            return Err(PackFault::Unsupported { what: "rare features of zip" });
        }
        let packed_as = match method {
            0 => Method::Stored,
            8 => Method::Deflated,
            _ => return Err(PackFault::Unsupported { what: "a rare way of packing" }),
        };
        // The upper half holds the Unix mode where one was set: a plain file, a folder, or nothing said.
        let plain = matches!((outer >> 16) & 0o170_000, 0 | 0o100_000) || name.ends_with('/');
        if !plain || (name.ends_with('/') && !matches!((outer >> 16) & 0o170_000, 0 | 0o040_000)) {
            return Err(PackFault::NotPlain { name });
        }
        Ok(Self { name, flags, method, packed_as, crc, packed, size, header })
    }

    fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// Compares the local header, and gives where the packed bytes lie.
    fn data(&self, file: &[u8], directory: usize) -> Result<std::ops::Range<usize>, PackFault> {
        let local = &file[..directory];
        let mut fields = Fields::at(local, self.header, "a file")?;
        if fields.u32()? != Self::LOCAL {
            return Err(PackFault::Broken { part: "a file" });
        }
        let (_needs, flags, method) = (fields.u16()?, fields.u16()?, fields.u16()?);
        let (_time, crc, packed, size) = (fields.u32()?, fields.u32()?, fields.size()?, fields.size()?);
        let (name, extra) = (fields.u16()?, fields.u16()?);
        let name = fields.take(usize::from(name))?;
        extra_fits(fields.take(usize::from(extra))?)?;
        let agree = [
            ("flags", flags == self.flags),
            ("method", method == self.method),
            ("checksum", crc == self.crc),
            ("packed size", packed == self.packed),
            ("size", size == self.size),
            ("name", name == self.name.as_bytes()),
        ];
        if let Some((field, _)) = agree.iter().find(|(_, agree)| !agree) {
            return Err(PackFault::Disagree { name: self.name.clone(), field });
        }
        let start = local.len() - fields.0.len();
        let end = start.checked_add(self.packed).filter(|end| *end <= local.len());
        end.map(|end| start..end).ok_or(PackFault::Broken { part: "a file" })
    }

    /// Unpacks within the ceilings and compares with what the header says.
    fn content(&self, packed: &[u8], left: usize, limits: &PackLimits) -> Result<Vec<u8>, PackFault> {
        let lies = |field| PackFault::Lies { name: self.name.clone(), field };
        if self.is_folder() && self.size != 0 {
            return Err(lies("a folder with content"));
        }
        let most = FREE_BYTES.max(packed.len().saturating_mul(limits.ratio));
        let content = match self.packed_as {
            Method::Stored => packed.to_vec(),
            Method::Deflated => inflate(packed, left.min(most).min(self.size)).map_err(|stopped| match stopped {
                Stopped::Broken => lies("not deflated data"),
                Stopped::Full if left.min(most) >= self.size => lies("its size"),
                Stopped::Full if most <= left => {
                    PackFault::Ratio { name: self.name.clone(), ratio: limits.ratio, most: limits.ratio }
                }
                Stopped::Full => PackFault::Unpacked { most: limits.unpacked_bytes },
            })?,
        };
        if content.len() > left {
            return Err(PackFault::Unpacked { most: limits.unpacked_bytes });
        }
        if content.len() != self.size {
            return Err(lies("its size"));
        }
        let mut crc = Crc::new();
        crc.update(&content);
        if crc.sum() == self.crc { Ok(content) } else { Err(lies("its checksum")) }
    }
}

/// Why inflating ended early.
enum Stopped {
    Broken,
    Full,
}

/// Inflates to at most `most` bytes; all packed bytes must be used.
fn inflate(packed: &[u8], most: usize) -> Result<Vec<u8>, Stopped> {
    let mut inflate = Decompress::new(false);
    let mut out: Vec<u8> = Vec::with_capacity(most.min(1 << 16));
    loop {
        // Room grows with what truly came out, never with what a header promised; one byte more shows an overflow.
        let room = (out.len().max(4096)).min(most + 1 - out.len());
        out.reserve(room);
        let (before_in, before_out) = (inflate.total_in(), out.len());
        let rest = &packed[before_in as usize..];
        // Not `Finish`: that promises room for everything at once, and one backend stops for good where there is too little.
        let status = inflate.decompress_vec(rest, &mut out, FlushDecompress::None).map_err(|_| Stopped::Broken)?;
        if out.len() > most {
            return Err(Stopped::Full);
        }
        match status {
            Status::StreamEnd if inflate.total_in() as usize == packed.len() => return Ok(out),
            Status::StreamEnd => return Err(Stopped::Broken),
            Status::Ok | Status::BufError => {
                if inflate.total_in() == before_in && out.len() == before_out {
                    return Err(Stopped::Broken);
                }
            }
        }
    }
}

/// Extra fields may say anything but other sizes (zip64) or another name.
fn extra_fits(extra: &[u8]) -> Result<(), PackFault> {
    let mut fields = Fields(extra);
    while !fields.0.is_empty() {
        let (id, length) = (fields.u16()?, fields.u16()?);
        fields.take(usize::from(length))?;
        match id {
            0x0001 => return Err(PackFault::Unsupported { what: "zip64" }),
            0x7075 => return Err(PackFault::Unsupported { what: "a second name" }),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a pack may hold a file of that name.
pub fn is_pack_name(name: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p != "." && p != "..";
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'/');
    name.len() <= NAME && name.bytes().all(fits) && name.split('/').all(part)
}

/// Whether a file or folder at the top of a pack would stand where the box keeps its own list.
fn is_reserved(name: &str) -> bool {
    name.split('/').next().is_some_and(|top| top.eq_ignore_ascii_case(FILE_LIST))
}

fn checked_name(bytes: &[u8]) -> Result<String, PackFault> {
    let text = std::str::from_utf8(bytes).ok();
    match text.filter(|t| is_pack_name(t.strip_suffix('/').unwrap_or(t))) {
        Some(name) if is_reserved(name) => Err(PackFault::Reserved { name: name.to_owned() }),
        Some(name) => Ok(name.to_owned()),
        None => Err(PackFault::Name { name: String::from_utf8_lossy(bytes).escape_debug().take(80).collect() }),
    }
}

/// No two names alike but for case, and no file where another entry needs a folder.
fn names_differ(entries: &[Entry]) -> Result<(), PackFault> {
    let lower = |entry: &Entry| entry.name.trim_end_matches('/').to_ascii_lowercase();
    let mut names = BTreeSet::new();
    for entry in entries {
        if !names.insert(lower(entry)) {
            return Err(PackFault::Doubled { name: entry.name.clone() });
        }
    }
    let files: BTreeSet<String> = entries.iter().filter(|e| !e.is_folder()).map(lower).collect();
    for entry in entries {
        let name = lower(entry);
        if name.match_indices('/').any(|(at, _)| files.contains(&name[..at])) {
            return Err(PackFault::Doubled { name: entry.name.clone() });
        }
    }
    // Folders of one spelling only: `media/a` and `Media/b` would fall together on some disks.
    let mut spelled: BTreeMap<String, &str> = BTreeMap::new();
    for entry in entries {
        for (at, _) in entry.name.match_indices('/') {
            let folder = &entry.name[..at];
            if *spelled.entry(folder.to_ascii_lowercase()).or_insert(folder) != folder {
                return Err(PackFault::Doubled { name: entry.name.clone() });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
