//! Answers about other days against evaluating on every one of them, over programmes and records made up by chance. In:
//! `MILEPOST_TIME_CASES`, and `MILEPOST_ORACLE_SEED` to begin elsewhere. Out: the first difference.

#![expect(
    clippy::unwrap_used,
    reason = "a suite fails by panicking, also outside the test functions themselves"
)]

use milepost_tests::time::is_what_every_day_gives;

/// Programmes in the default run, each with one record and more than 3 600 days.
const CASES: u64 = 60;

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .map_or(otherwise, |said| said.parse().unwrap())
}

#[test]
fn every_day_alone_gives_the_same() {
    let first = number("MILEPOST_ORACLE_SEED", 1);
    for seed in first..first + number("MILEPOST_TIME_CASES", CASES) {
        if let Err(report) = is_what_every_day_gives(seed) {
            panic!("{report}");
        }
    }
}
