//! When a skill counts as mastered: at least four answers, three of the last four right, 95 % sure, and not by formats
//! alone that can be guessed (C7.2).

use super::state::{SkillRecord, Status};

/// From this p on we are sure enough.
pub const P_MASTERED: f64 = 0.95;
/// Answers that must count before anything is declared.
pub const ANSWERS: u32 = 4;
/// Right ones among the last four.
pub const RIGHT_OF_LAST_FOUR: u32 = 3;

/// Whether the record meets the mastery rule. `mixed_formats`: the skill has formats of different guess, so not all of
/// the last four answers may be of a kind whose guess the format fixes.
pub fn is_shown(record: &SkillRecord, mixed_formats: bool) -> bool {
    record.p >= P_MASTERED
        && record.n >= ANSWERS
        && record.right_of_last(4) >= RIGHT_OF_LAST_FOUR
        && !(mixed_formats && record.all_fixed_of_last_four())
}

/// The status after an answer on the skill. What was mastered stays so: forgetting shows in reviews, not in practice.
pub fn status_after(record: &SkillRecord, mixed_formats: bool) -> Status {
    match record.status {
        Status::Mastered | Status::Secure | Status::Refresh => record.status,
        Status::Untouched | Status::Learning | Status::Credited | Status::Resting => {
            if is_shown(record, mixed_formats) {
                Status::Mastered
            } else if record.status == Status::Untouched {
                Status::Learning
            } else {
                record.status
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `answers`: oldest first; `+` right, `-` wrong, in capitals (`P`, `M`) of a fixed-guess format.
    fn check(p: f64, answers: &str, mixed: bool, from: Status, expect: Status) {
        let mut record = SkillRecord { p, status: from, ..SkillRecord::default() };
        for answer in answers.chars() {
            record.note(matches!(answer, '+' | 'P'), matches!(answer, 'P' | 'M'));
        }
        assert_eq!(status_after(&record, mixed), expect, "{p} {answers} {mixed} {from:?}");
    }

    #[test]
    fn each_part_of_the_rule_has_its_edge() {
        use Status::*;
        check(0.95, "++++", false, Learning, Mastered);
        check(0.949_999, "++++", false, Learning, Learning);
        check(0.99, "+++", false, Learning, Learning);
        check(0.99, "+++", false, Untouched, Learning);
        check(0.99, "-+++", false, Learning, Mastered);
        check(0.99, "--++", false, Learning, Learning);
        check(0.99, "----+++++", false, Learning, Mastered);
        check(0.99, "+++++++--", false, Learning, Learning);
        check(0.99, "PPPP", false, Learning, Mastered);
        check(0.99, "PPPP", true, Learning, Learning);
        check(0.99, "+PPPP", true, Learning, Learning);
        check(0.99, "P+PP", true, Learning, Mastered);
        check(0.99, "PPMP", true, Learning, Learning);
        check(0.99, "PP-P", true, Learning, Mastered);
    }

    #[test]
    fn what_is_mastered_stays_mastered_in_practice() {
        use Status::*;
        check(0.10, "----", false, Mastered, Mastered);
        check(0.10, "----", false, Secure, Secure);
        check(0.99, "++++", false, Refresh, Refresh);
        check(0.99, "++++", false, Credited, Mastered);
        check(0.30, "+-", false, Credited, Credited);
        check(0.30, "+-", false, Resting, Resting);
    }
}
