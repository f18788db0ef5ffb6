//! The box's name on the network, and the small file that keeps it: `chalkbox.local`, or `chalkbox-2.local` where
//! another box has the first. Pure but for [`remembered`] and [`remember`].
//!
//! A name once taken is tried first at the next start. Otherwise two boxes that are switched on together could swap
//! names, and a poster on the wall would lead to the other class.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The first box's name without `.local`.
const LABEL: &str = "chalkbox";

/// A label of a name may be this long. Bytes, by the rules of DNS.
const LONGEST_LABEL: usize = 63;

/// Which of several boxes on one network this is, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(u32);

impl Number {
    /// The only box, or the first.
    pub(crate) const FIRST: Number = Number(1);

    /// The number to try when this one is taken.
    pub(crate) fn next(self) -> Number {
        Number(self.0.saturating_add(1))
    }

    /// `chalkbox.local`, `chalkbox-2.local`, …
    pub(crate) fn host_name(self) -> String {
        match self.0 {
            1 => format!("{LABEL}.local"),
            number => format!("{LABEL}-{number}.local"),
        }
    }

    /// The name under which the service is listed: the school's, with the number behind it where there are several boxes.
    /// Shortened to what a label holds, between letters.
    pub(crate) fn instance(self, school: &str) -> String {
        let school: String = school.chars().filter(|letter| !letter.is_control()).collect();
        let school = match school.trim() {
            "" => "Chalkbox",
            named => named,
        };
        let suffix = if self == Self::FIRST { String::new() } else { format!(" ({})", self.0) };
        let mut end = school.len().min(LONGEST_LABEL - suffix.len());
        while !school.is_char_boundary(end) {
            end -= 1;
        }
        format!("{}{suffix}", school[..end].trim_end())
    }
}

/// The number that this box had before, or the first where nothing sensible is kept.
pub(crate) fn remembered(path: &Path) -> Number {
    let number = fs::read_to_string(path).ok().and_then(|text| text.trim().parse().ok());
    number.filter(|number| (1..1000).contains(number)).map_or(Number::FIRST, Number)
}

/// Keeps the number: written beside, synced, renamed, so that a power cut leaves the old or the new.
pub(crate) fn remember(path: &Path, number: Number) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|kept| kept.trim() == number.0.to_string()) {
        return Ok(());
    }
    let beside = path.with_extension("part");
    let mut file = fs::File::create(&beside)?;
    writeln!(file, "{}", number.0)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_from_the_second_box_on() {
        assert_eq!(Number::FIRST.host_name(), "chalkbox.local");
        assert_eq!(Number::FIRST.next().host_name(), "chalkbox-2.local");
        assert_eq!(Number::FIRST.next().next().host_name(), "chalkbox-3.local");
    }

    #[test]
    fn the_service_carries_the_schools_name() {
        assert_eq!(Number::FIRST.instance("St. Mary's"), "St. Mary's");
        assert_eq!(Number(2).instance("Mto Bridge"), "Mto Bridge (2)");
        assert_eq!(Number::FIRST.instance(" \n\t "), "Chalkbox");
        assert_eq!(Number::FIRST.instance("a\u{7}b"), "ab");
    }

    #[test]
    fn a_long_name_is_cut_between_letters_and_keeps_its_number() {
        let long = "é".repeat(60);
        assert_eq!(Number::FIRST.instance(&long), "é".repeat(31));
        let second = Number(12).instance(&long);
        assert!(second.ends_with("é (12)") && second.len() <= LONGEST_LABEL, "{second}");
    }

    #[test]
    fn the_number_is_kept_and_nonsense_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("host-number");
        assert_eq!(remembered(&path), Number::FIRST);
        remember(&path, Number(3)).unwrap();
        assert_eq!(remembered(&path), Number(3));
        for nonsense in ["", "0", "-2", "many", "4000000000", "1000"] {
            fs::write(&path, nonsense).unwrap();
            assert_eq!(remembered(&path), Number::FIRST, "{nonsense:?}");
        }
        remember(&path, Number::FIRST).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "1\n");
    }
}
