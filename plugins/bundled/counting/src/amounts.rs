//! x
use chalkbox_tool::*;
pub fn see_1_to_3(s: &mut Setup) -> Problem {
    let n = s.rng.range(1, 3);
    Problem::new(Answer::choose_number(&mut s.rng, n, &[], 3, 1, 4)).tell(say!(s.lang, "How many? {n}", "Combien ?"))
        .hint(say!(s.lang, "a", "b")).step(say!(s.lang, "a", "b"))
}
