//! Slips of the pen: which known name a wrong one was probably meant to be.

/// The known name that is nearest to a wrong one, if no more than a third of its bytes differ.
pub fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    if wrong.len() > 100 {
        return None;
    }
    let best = known.map(|name| (distance(wrong, name), name)).min()?;
    (best.0 * 3 <= wrong.len().max(3)).then(|| best.1.to_owned())
}

/// Bytes to change, add, leave out, or swap with their neighbour, to make one name of the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let mut least = (last[j] + usize::from(a[i] != b[j])).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let check = |wrong: &str, expect: Option<&str>| {
            let known = ["numeracy.add.within-10", "numeracy.add.within-20", "mc4"];
            assert_eq!(nearest(wrong, known.into_iter()).as_deref(), expect, "{wrong}");
        };
        check("numeracy.add.witin-20", Some("numeracy.add.within-20"));
        check("numeracy.add.within10", Some("numeracy.add.within-10"));
        check("mc3", Some("mc4"));
        check("m4c", Some("mc4"));
        check("drag", None);
        check("", None);
        check(&"x".repeat(5_000), None);
        assert_eq!(nearest("anything", std::iter::empty()), None);
    }
}
