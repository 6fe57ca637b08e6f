//! The engine against the oracle, and what must hold of every evaluation, over programmes and records made up by chance.
//! In: `MILEPOST_ORACLE_CASES`, and `MILEPOST_ORACLE_SEED` to begin elsewhere. Out: the smallest case found in which
//! something does not hold.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a suite fails by panicking, also outside the test functions themselves"
)]

use milepost_tests::differential::{Verdict, run};
use milepost_tests::properties;

/// Programmes in the default run; each is compared on three records and two days.
const CASES: u64 = 400;

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .map_or(otherwise, |said| said.parse().unwrap())
}

fn seeds() -> std::ops::Range<u64> {
    let first = number("MILEPOST_ORACLE_SEED", 1);
    first..first + number("MILEPOST_ORACLE_CASES", CASES)
}

#[test]
fn engine_and_oracle_agree() {
    let (mut cases, mut discarded) = (0, Vec::new());
    for seed in seeds() {
        cases += 1;
        match run(seed) {
            Verdict::Agreed => {}
            Verdict::Discarded(why) => discarded.push(format!("seed {seed}: {why}")),
            Verdict::Differs(report) => panic!("after {cases} programmes: {report}"),
        }
    }
    println!(
        "{cases} programmes, of which {} were discarded for errors:\n{}",
        discarded.len(),
        discarded.join("")
    );
    assert!(
        discarded.len() * 100 <= cases * 4,
        "{} of {cases} programmes have errors",
        discarded.len()
    );
}

fn holds(property: fn(u64) -> Result<(), String>) {
    for seed in seeds() {
        if let Err(report) = property(seed) {
            panic!("{report}");
        }
    }
}

#[test]
fn order_means_nothing_on_distinct_dates() {
    holds(properties::order_means_nothing);
}

#[test]
fn what_needs_information_says_which() {
    holds(properties::what_needs_information_says_which);
}

#[test]
fn what_nobody_asks_for_means_nothing() {
    holds(properties::what_nobody_asks_for_means_nothing);
}

#[test]
fn an_evaluator_remembers_nothing() {
    holds(properties::an_evaluator_remembers_nothing);
}

#[test]
fn worst_is_never_better_than_best() {
    holds(properties::worst_is_never_better_than_best);
}

#[test]
fn more_does_no_harm_where_at_least_is_asked() {
    holds(properties::more_does_no_harm);
}

#[test]
fn waivers_reach_no_further_than_meant() {
    holds(properties::waivers_reach_no_further_than_meant);
}

#[test]
fn a_waiver_is_needed_or_idle() {
    let needed = seeds().map(|seed| match properties::waivers_are_needed_or_idle(seed) {
        Ok(needed) => needed,
        Err(report) => panic!("{report}"),
    });
    let needed: usize = needed.sum();
    println!("{needed} needed");
    assert!(needed > 0);
}

#[test]
fn bits_keep_their_promises() {
    holds(properties::bits_keep_their_promises);
}
