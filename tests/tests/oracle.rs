//! The engine against the oracle, over programmes and records made up by chance. In: `MILEPOST_ORACLE_CASES`, and
//! `MILEPOST_ORACLE_SEED` to begin elsewhere. Out: the smallest case in which the two differ.

use std::time::Instant;

use milepost_tests::differential::{Verdict, run};

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().map_or(otherwise, |said| said.parse().unwrap())
}

#[test]
fn engine_and_oracle_agree() {
    let cases = number("MILEPOST_ORACLE_CASES", 500);
    let first = number("MILEPOST_ORACLE_SEED", 1);
    let mut discarded = 0;
    let start = Instant::now();
    for seed in first..first + cases {
        match run(seed) {
            Verdict::Agreed => {}
            Verdict::Discarded(why) => {
                discarded += 1;
                if std::env::var("MILEPOST_ORACLE_SHOW").is_ok() {
                    println!("seed {seed} discarded: {why}");
                }
            }
            Verdict::Differs(report) => panic!("after {} cases: {report}", seed - first + 1),
        }
    }
    println!("{cases} programmes, {discarded} with errors, in {:?}", start.elapsed());
    assert!(discarded * 100 <= cases * 5, "{discarded} of {cases} programmes have errors");
}
