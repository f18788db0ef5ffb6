//! The bytes of the records: what goes in comes out, and what is no record is refused.

use super::*;
use proptest::prelude::*;

#[test]
fn the_layout_is_the_one_that_is_written_down() {
    let skill = SkillRecord {
        p: 0.5,
        n: 3,
        tries: 4,
        right: 0b101,
        fixed: 0b010,
        status: Status::Mastered,
        mastered_ms: 7,
        last_ms: 0x0102,
    };
    let mut expect = vec![1, 3, 0b101, 0b010, 3, 0, 0, 0, 4, 0, 0, 0];
    expect.extend(0.5f64.to_le_bytes());
    expect.extend([7, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(skill.to_bytes().to_vec(), expect);
    let mut item = vec![1, 2, 0, 0, 0, 9, 0, 0, 0];
    item.extend((-0.5f64).to_le_bytes());
    assert_eq!(ItemRecord { d: -0.5, n_d: 2, n_resp: 9 }.to_bytes().to_vec(), item);
}

#[test]
fn what_is_no_record_is_refused() {
    let good = SkillRecord::default().to_bytes();
    let check = |bytes: &[u8], expect: &str| {
        assert_eq!(SkillRecord::from_bytes(bytes).expect_err("refused").to_string(), expect);
    };
    check(&[], "a skill record of 0 bytes");
    check(&good[..35], "a skill record of 35 bytes");
    check(&[good.as_slice(), &[0]].concat(), "a skill record of 37 bytes");
    let with = |at: usize, byte: u8| {
        let mut bytes = good;
        bytes[at] = byte;
        bytes
    };
    check(&with(0, 2), "a skill record of version 2, which this program does not know");
    check(&with(1, 7), "a skill record whose field status makes no sense");
    check(&with(19, 0x7f), "a skill record whose field p makes no sense");
    let mut learner = LearnerRecord::default().to_bytes();
    learner[1] = 6;
    assert_eq!(
        LearnerRecord::from_bytes(&learner).expect_err("refused").to_string(),
        "a learner record whose field counts makes no sense"
    );
    let mut item = ItemRecord::start(2).to_bytes();
    item[9..].copy_from_slice(&f64::NAN.to_le_bytes());
    assert_eq!(
        ItemRecord::from_bytes(&item).expect_err("refused").to_string(),
        "a item record whose field d makes no sense"
    );
}

#[test]
fn a_new_skill_or_a_pause_begins_an_activity() {
    let mut learner = LearnerRecord::default();
    let mark = |skill: &str, seed| ItemMark { tool: [1; 4], skill: tag(skill), step: 0, seed };
    let minute = 60_000;
    assert_eq!(learner.share_of("numeracy"), 0.0);
    learner.note(mark("numeracy.add.a", 1), "numeracy", minute);
    learner.note(mark("numeracy.add.a", 2), "numeracy", 2 * minute);
    learner.note(mark("literacy.word.b", 1), "literacy", 3 * minute);
    assert_eq!(learner.share_of("numeracy"), 0.5);
    learner.note(mark("literacy.word.b", 2), "literacy", 40 * minute);
    assert!((learner.share_of("literacy") - 2.0 / 3.0).abs() < 1e-12);
    assert!(learner.saw(&mark("numeracy.add.a", 1)) && !learner.saw(&mark("numeracy.add.a", 9)));
    learner.note(mark("literacy.word.b", 3), "literacy", 41 * minute);
    learner.note(mark("literacy.word.b", 4), "literacy", 42 * minute);
    assert!(!learner.saw(&mark("numeracy.add.a", 1)), "only the last five");
    // a late answer does not turn the time back
    learner.note(mark("literacy.word.b", 5), "literacy", minute);
    assert_eq!(learner.last_ms, 42 * minute);
}

proptest! {
    #[test]
    fn records_come_back_as_they_went(
        p in P_EDGE..=1.0 - P_EDGE, n in any::<u32>(), tries in any::<u32>(), right in any::<u8>(), fixed in any::<u8>(),
        status in 0usize..7, times in any::<(u64, u64)>(), theta in -2.0f64..=2.0, d in -3.0f64..=3.0,
        notes in prop::collection::vec((any::<u32>(), 0u8..5, 0u64..1 << 40, 0usize..4), 0..30),
    ) {
        let skill = SkillRecord { p, n, tries, right, fixed, status: Status::ALL[status], mastered_ms: times.0, last_ms: times.1 };
        prop_assert_eq!(SkillRecord::from_bytes(&skill.to_bytes()), Ok(skill));
        let item = ItemRecord { d, n_d: n, n_resp: tries };
        prop_assert_eq!(ItemRecord::from_bytes(&item.to_bytes()), Ok(item));
        let mut learner = LearnerRecord { theta, n_theta: n, ..LearnerRecord::default() };
        for (seed, step, at, domain) in notes {
            let domain = ["numeracy", "literacy", "social", "digital"][domain];
            learner.note(ItemMark { tool: seed.to_le_bytes(), skill: tag(domain), step, seed }, domain, at);
        }
        prop_assert_eq!(LearnerRecord::from_bytes(&learner.to_bytes()), Ok(learner));
    }

    #[test]
    fn no_bytes_at_all_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = (SkillRecord::from_bytes(&bytes), LearnerRecord::from_bytes(&bytes), ItemRecord::from_bytes(&bytes));
    }
}
